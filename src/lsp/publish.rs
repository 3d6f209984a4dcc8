//! Pushes diagnostics, all from one task: the newest state of each document that changed, as fast as the client reads.
//!
//! Edits that come faster than the client takes results coalesce: a document stands in the queue at most once.

use super::convert;
use super::output::Output;
use super::session::{Session, lock};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::{Diagnostic, PublishDiagnosticsParams, Url};

/// Documents whose diagnostics are to be sent, in the order in which they changed.
#[derive(Default)]
pub(super) struct Queue {
    waiting: Mutex<VecDeque<Url>>,
    wake: Notify,
    ready: Notify,
}

impl Queue {
    /// Asks for `uri` to be sent.
    pub(super) fn push(&self, uri: Url) {
        let mut waiting = lock(&self.waiting);
        if !waiting.contains(&uri) {
            waiting.push_back(uri);
        }
        self.wake.notify_one();
    }

    /// Lets sending begin: nothing may come before the answer to `initialize`.
    pub(super) fn start(&self) {
        self.ready.notify_one();
    }

    async fn next(&self) -> Url {
        loop {
            let next = lock(&self.waiting).pop_front();
            match next {
                Some(uri) => return uri,
                None => self.wake.notified().await,
            }
        }
    }
}

/// Sends what is asked for, for as long as the session lasts.
pub(super) async fn run(session: Arc<Session>, output: Output) {
    session.queue.ready.notified().await;
    // The answer is ready, and on its way through tower-lsp's queues; what is sent here goes past them.
    for _ in 0..8 {
        tokio::task::yield_now().await;
    }
    loop {
        let uri = session.queue.next().await;
        let (version, diagnostics) = state(&session, &uri);
        // The version still stands: nothing was awaited since it was read, and edits run on this same thread.
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        if output.notify(PublishDiagnostics::METHOD, &params).is_err() {
            return;
        }
        // Lets edits that came meanwhile be applied first, so that they coalesce.
        tokio::task::yield_now().await;
    }
}

/// What the client should see of `uri`; nothing, if it is closed.
fn state(session: &Session, uri: &Url) -> (Option<i32>, Vec<Diagnostic>) {
    match session.documents.get(uri) {
        Some(document) => {
            let document = lock(&document);
            (Some(document.version()), convert::diagnostics(session.capabilities(), uri, &document))
        }
        None => (None, Vec::new()),
    }
}
