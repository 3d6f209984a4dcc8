//! What the session knows of the reports in the open folders, and the news of them. See
//! [`super::handlers::neighbours`] for the work.

use super::locks::lock;
use super::workspace_scan::{ScanState, key_of};
use crate::analysis::ReportIndex;
use crate::rules::Neighbours;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// The reports in the open folders.
#[derive(Default)]
pub(super) struct Workspace {
    pub(super) index: Mutex<ReportIndex>,
    pub(super) scanned: Mutex<ScanState>,
    pending: Mutex<WorkspaceNews>,
    arrival: Notify,
    /// Whether the task that waits for news exists.
    is_started: AtomicBool,
    /// Whether there is news that is not in the index yet.
    is_active: AtomicBool,
    /// Whether an open report can be compared with another one.
    has_others: AtomicBool,
    /// The folders in which the client watches the reports.
    pub(super) watched: Mutex<BTreeSet<PathBuf>>,
}

/// The news since the last scan.
#[derive(Default)]
pub(super) struct WorkspaceNews {
    /// Any file may have changed.
    pub(super) everything: bool,
    /// These files may have changed.
    pub(super) paths: BTreeSet<PathBuf>,
    /// The time of the latest news.
    latest: Option<Instant>,
}

impl Workspace {
    /// The reports, as of the last scan. The caller keeps it for a moment only.
    pub(super) fn index(&self) -> MutexGuard<'_, ReportIndex> {
        lock(&self.index)
    }

    /// For each unit of the file `path`, which has no links in it, the reports that it is compared with.
    pub(super) fn neighbours(&self, path: &Path) -> Option<Vec<Neighbours>> {
        self.index().neighbours(&key_of(path))
    }

    /// Whether the serving thread may be woken by something other than a message.
    pub(super) fn is_active(&self) -> bool {
        self.is_active.load(Ordering::Relaxed)
    }

    /// Whether there is a task that waits for news.
    pub(super) fn is_started(&self) -> bool {
        self.is_started.load(Ordering::Relaxed)
    }

    /// Notes that there is such a task from now on; returns whether there was none.
    pub(super) fn start(&self) -> bool {
        !self.is_started.swap(true, Ordering::Relaxed)
    }

    /// Takes note of a change of the text of an open document.
    pub(super) fn text_changed(&self) {
        if self.has_others.load(Ordering::Relaxed) {
            self.note(|_| ());
        }
    }

    /// Adds news by `note`.
    pub(super) fn note(&self, note: impl FnOnce(&mut WorkspaceNews)) {
        let mut pending = lock(&self.pending);
        note(&mut pending);
        pending.latest = Some(Instant::now());
        drop(pending);
        self.is_active.store(true, Ordering::Relaxed);
        self.arrival.notify_one();
    }

    /// Waits for news.
    pub(super) async fn news(&self) {
        loop {
            self.arrival.notified().await;
            // The scan before may have dealt with it.
            if lock(&self.pending).latest.is_some() {
                return;
            }
        }
    }

    /// The time since the latest news.
    pub(super) fn quiet(&self) -> Duration {
        lock(&self.pending).latest.map_or(Duration::MAX, |latest| latest.elapsed())
    }

    /// Takes the news.
    pub(super) fn take_news(&self) -> WorkspaceNews {
        std::mem::take(&mut *lock(&self.pending))
    }

    /// Notes that a scan is done, after which `reports` reports are known.
    pub(super) fn finish_scan(&self, reports: Option<usize>) {
        if let Some(reports) = reports {
            self.has_others.store(reports > 1, Ordering::Relaxed);
        }
        self.is_active.store(lock(&self.pending).latest.is_some(), Ordering::Relaxed);
    }
}
