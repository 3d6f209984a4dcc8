//! The running checks of folders, and the files for which they published findings.

use super::locks::lock;
use std::collections::BTreeSet;
use std::process::Child;
use std::sync::{Arc, Mutex};
use tower_lsp::lsp_types::{ProgressToken, Url};

/// A process that the request and its cancellation share.
pub(super) type SharedChild = Arc<Mutex<Child>>;

/// The running checks, and the files for which a check published findings.
#[derive(Default)]
pub(super) struct FolderChecks {
    /// The running processes, by the token of their progress.
    running: Mutex<Vec<(ProgressToken, SharedChild)>>,
    /// The files that have published findings and are not open.
    published: Mutex<BTreeSet<Url>>,
}

/// A process that ends when this is dropped: when the check is over, or the request was cancelled.
pub(super) struct RunningCheck<'a> {
    checks: &'a FolderChecks,
    token: Option<ProgressToken>,
    child: SharedChild,
}

impl FolderChecks {
    /// Registers `child` as a check of a folder.
    pub(super) fn start(&self, token: Option<ProgressToken>, child: Child) -> RunningCheck<'_> {
        let child = Arc::new(Mutex::new(child));
        if let Some(token) = &token {
            lock(&self.running).push((token.clone(), Arc::clone(&child)));
        }
        RunningCheck { checks: self, token, child }
    }

    /// Ends the check whose progress is reported under `token`.
    pub(super) fn cancel(&self, token: &ProgressToken) {
        let running = lock(&self.running);
        if let Some((_, child)) = running.iter().find(|(running, _)| running == token) {
            // The process may have ended already.
            let _ = lock(child).kill();
        }
    }

    /// Replaces the published files for which `is_below` is true by `reported`; returns those that are not among
    /// `reported`.
    pub(super) fn replace(&self, is_below: impl Fn(&Url) -> bool, reported: BTreeSet<Url>) -> Vec<Url> {
        let mut published = lock(&self.published);
        let gone = published.iter().filter(|uri| is_below(uri) && !reported.contains(*uri)).cloned().collect();
        published.retain(|uri| !is_below(uri));
        published.extend(reported);
        gone
    }

    /// Adds `reported` to the published files.
    pub(super) fn add(&self, reported: BTreeSet<Url>) {
        lock(&self.published).extend(reported);
    }

    /// Removes `uri` from the published files; returns whether it was one of them.
    pub(super) fn forget(&self, uri: &Url) -> bool {
        lock(&self.published).remove(uri)
    }
}

impl RunningCheck<'_> {
    /// Waits for the end of the process; returns whether it ended by itself.
    pub(super) fn finish(&self) -> bool {
        lock(&self.child).wait().is_ok_and(|status| status.code().is_some())
    }
}

impl Drop for RunningCheck<'_> {
    fn drop(&mut self) {
        if let Some(token) = &self.token {
            lock(&self.checks.running).retain(|(running, _)| running != token);
        }
        let mut child = lock(&self.child);
        let _ = child.kill();
        let _ = child.wait();
    }
}
