//! The documents whose diagnostics are to be sent.

use super::locks::lock;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_lsp::lsp_types::Url;

/// Documents whose diagnostics are to be sent, in the order in which they changed.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<VecDeque<Url>>,
    started: AtomicBool,
}

impl Queue {
    /// Asks for `uri` to be sent.
    pub(super) fn push(&self, uri: Url) {
        let mut waiting = lock(&self.waiting);
        if !waiting.contains(&uri) {
            waiting.push_back(uri);
        }
    }

    /// Lets sending begin: nothing may come before the answer to `initialize`.
    pub(super) fn start(&self) {
        self.started.store(true, Ordering::Relaxed);
    }

    /// The first documents that wait.
    pub(super) fn waiting(&self, most: usize) -> Vec<Url> {
        lock(&self.waiting).iter().take(most).cloned().collect()
    }

    /// Whether a document waits that can be sent.
    pub(super) fn is_waiting(&self) -> bool {
        self.started.load(Ordering::Relaxed) && !lock(&self.waiting).is_empty()
    }

    pub(super) fn next(&self) -> Option<Url> {
        self.started.load(Ordering::Relaxed).then(|| lock(&self.waiting).pop_front())?
    }
}
