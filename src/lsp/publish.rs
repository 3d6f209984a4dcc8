//! Pushes diagnostics, all from one task: the newest state of each document that changed, as fast as the client reads.
//!
//! Edits that come faster than the client takes results coalesce: a document stands in the queue at most once.

use super::diagnostics::Diagnostics;
use super::output::{Message, Output};
use super::session::{Session, lock};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::available_parallelism;
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

    /// The first documents that wait.
    fn waiting(&self, most: usize) -> Vec<Url> {
        lock(&self.waiting).iter().take(most).cloned().collect()
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
    // How many of those that wait are judged already.
    let mut judged: usize = 0;
    loop {
        let uri = session.queue.next().await;
        if judged == 0 {
            judged = judge_together(&session, &uri);
        }
        judged = judged.saturating_sub(1);
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

/// Where so many documents wait, more than one processor is put to it.
const MANY: usize = 4;

/// At most so many are judged together: meanwhile nothing else is done.
const TOGETHER: usize = 16;

/// Reads and judges `next` and the documents behind it, on all processors, if there are many; says how many.
fn judge_together(session: &Session, next: &Url) -> usize {
    static PROCESSORS: LazyLock<usize> = LazyLock::new(|| available_parallelism().map_or(1, NonZeroUsize::get));
    let waiting = session.queue.waiting(TOGETHER - 1);
    if waiting.len() + 1 < MANY {
        return 0;
    }
    let documents: Vec<_> = std::iter::once(next).chain(&waiting).map(|uri| session.documents.get(uri)).collect();
    let at = AtomicUsize::new(0);
    let judge = || {
        while let Some(document) = documents.get(at.fetch_add(1, Ordering::Relaxed)) {
            if let Some(document) = document {
                document.read().complete_if_short();
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..(*PROCESSORS).min(documents.len()) {
            // Where no thread is to be had, this one does it alone.
            let _ = std::thread::Builder::new().spawn_scoped(scope, judge);
        }
        judge();
    });
    documents.len()
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
