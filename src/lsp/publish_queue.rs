//! The documents whose diagnostics are to be sent.

use super::locks::lock;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_lsp::lsp_types::Url;

/// The queue, in the order in which the documents changed.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<VecDeque<Url>>,
    started: AtomicBool,
}

impl Queue {
    /// Adds `uri` to the queue.
    pub(super) fn push(&self, uri: Url) {
        let mut waiting = lock(&self.waiting);
        if !waiting.contains(&uri) {
            waiting.push_back(uri);
        }
    }

    /// Starts sending: nothing may be sent before the answer to `initialize`.
    pub(super) fn start(&self) {
        self.started.store(true, Ordering::Relaxed);
    }

    /// The first documents in the queue, at most `most`.
    pub(super) fn waiting(&self, most: usize) -> Vec<Url> {
        lock(&self.waiting).iter().take(most).cloned().collect()
    }

    /// Whether a document in the queue can be sent.
    pub(super) fn is_waiting(&self) -> bool {
        self.started.load(Ordering::Relaxed) && !lock(&self.waiting).is_empty()
    }

    pub(super) fn next(&self) -> Option<Url> {
        self.started.load(Ordering::Relaxed).then(|| lock(&self.waiting).pop_front())?
    }
}
