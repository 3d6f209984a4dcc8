//! Pushes diagnostics, all from one task: the newest state of each document that changed, as fast as the client reads.
//!
//! Edits that come faster than the client takes results coalesce: a document stands in the queue at most once.

use super::diagnostics::Diagnostics;
use super::output::{Message, Output};
use super::session::{Session, lock};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::{PublishDiagnosticsParams, Url};

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
        // The version still stands when it is sent: nothing is awaited meanwhile, and edits run on this same thread.
        let (notification, complete) = state(&session, &uri);
        if notification.and_then(|notification| output.send(&notification)).is_err() {
            return;
        }
        if !complete {
            session.queue.push(uri);
        }
        // Lets edits that came meanwhile be applied first, so that they coalesce.
        tokio::task::yield_now().await;
    }
}

/// What the client should see of `uri`, ready to be sent: nothing, if it is closed. Of a document with many reports it sees
/// what is found in the first ones while the others are still judged; whether that was all is told.
fn state(session: &Session, uri: &Url) -> (io::Result<Message>, bool) {
    let Some(document) = session.documents.get(uri) else {
        return (
            Message::notification(
                PublishDiagnostics::METHOD,
                &PublishDiagnosticsParams::new(uri.clone(), Vec::new(), None),
            ),
            true,
        );
    };
    let mut document = document.read();
    let complete = document.advance_for_a_while();
    let diagnostics = Diagnostics::of(session.capabilities(), uri, &document);
    (published(uri, &diagnostics, document.version()), complete)
}

/// The notification with `diagnostics` of `uri`.
fn published(uri: &Url, diagnostics: &Diagnostics<'_>, version: i32) -> io::Result<Message> {
    Message::written(|json| {
        json.extend_from_slice(br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#);
        serde_json::to_writer(&mut *json, uri)?;
        json.extend_from_slice(br#","diagnostics":["#);
        diagnostics.write(json)?;
        write!(json, r#"],"version":{version}}}}}"#)
    })
}
