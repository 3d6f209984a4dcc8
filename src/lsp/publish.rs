//! Pushes diagnostics: the newest state of each changed document, as fast as the client reads.
//!
//! Edits that come faster than the client reads results coalesce: a document is in the queue at most once.

use super::diagnostics::{Audience, Diagnostics};
use super::documents::OpenDocument;
use super::output::{Outgoing, Output};
use super::session::Session;
use crate::say;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};
use std::thread::available_parallelism;
use tower_lsp::lsp_types::{MessageType, Url};

/// Sends the diagnostics of the documents in the queue.
#[derive(Default)]
pub(super) struct Publisher {
    /// The prepared messages of the first documents in the queue; `None` for a document that is serialised at its turn.
    ready: VecDeque<Option<Ready>>,
    /// The buffer for messages, reused unless a message is very long.
    room: Vec<u8>,
}

/// The prepared message of a document in one of its states.
struct Ready {
    uri: Url,
    generation: u64,
    notification: Outgoing,
}

/// The largest buffer that is kept for the next message.
const ROOM: usize = 1 << 18;

impl Publisher {
    /// Sends the diagnostics of the first document in the queue; returns whether there was one.
    pub(super) fn publish_next(&mut self, session: &Session, output: &mut Output) -> io::Result<bool> {
        let Some(uri) = session.queue.next() else { return Ok(false) };
        if self.ready.is_empty() {
            self.ready = check_in_parallel(session, &uri);
        }
        if let Some(Some(ready)) = self.ready.pop_front() {
            // It may have been edited, closed, or checked by other settings since it was prepared.
            let generation = session.documents.get(&uri).map(|document| document.generation());
            if ready.uri == uri && Some(ready.generation) == generation {
                output.send(&ready.notification)?;
                return Ok(true);
            }
        }
        // The version is still current when the message is sent: edits run on this same thread.
        let room = std::mem::take(&mut self.room);
        let Ok((notification, complete)) = catch_unwind(AssertUnwindSafe(|| state(session, &uri, room))) else {
            let language = session.settings().language;
            let line = say!(
                language,
                "gongkai：{uri} 的诊断无法给出，发生内部错误，请报告",
                "gongkai: an internal error while {uri} was checked; please report it"
            );
            session.log(MessageType::ERROR, line);
            return Ok(true);
        };
        let notification = notification?;
        output.send(&notification)?;
        self.room = notification.into_room();
        self.room.clear();
        self.room.shrink_to(ROOM);
        if !complete {
            session.queue.push(uri);
        }
        Ok(true)
    }
}

/// If at least this many documents wait, they are checked in parallel.
const MANY: usize = 4;

/// At most this many documents are checked together, because the server does nothing else meanwhile.
const TOGETHER: usize = 32;

/// Reads and checks `next` and the documents after it on all processors, if there are many, and serialises their
/// findings.
fn check_in_parallel(session: &Session, next: &Url) -> VecDeque<Option<Ready>> {
    static PROCESSORS: LazyLock<usize> = LazyLock::new(|| available_parallelism().map_or(1, NonZeroUsize::get));
    let waiting = session.queue.waiting(TOGETHER - 1);
    if waiting.len() + 1 < MANY || *PROCESSORS < 2 {
        return VecDeque::new();
    }
    let documents: Vec<_> = std::iter::once(next).chain(&waiting).map(|uri| (uri, OnceLock::new())).collect();
    let at = AtomicUsize::new(0);
    let check = || {
        while let Some((uri, ready)) = documents.get(at.fetch_add(1, Ordering::Relaxed)) {
            let _ = ready.set(catch_unwind(AssertUnwindSafe(|| prepare(session, uri))).ok().flatten());
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..(*PROCESSORS).min(documents.len()) {
            // If no thread can be started, this thread does all of it.
            let _ = std::thread::Builder::new().spawn_scoped(scope, check);
        }
        check();
    });
    documents.into_iter().map(|(_, ready)| ready.into_inner().flatten()).collect()
}

/// The message for `uri`, if it is open and not checked in parts.
fn prepare(session: &Session, uri: &Url) -> Option<Ready> {
    let shared = session.documents.get(uri).filter(|document| document.uri() == uri)?;
    let mut document = shared.read();
    if document.is_long() {
        return None;
    }
    document.complete();
    let notification = notification(session, uri, &document, Vec::new()).ok()?;
    Some(Ready { uri: uri.clone(), generation: document.generation(), notification })
}

/// The message for `uri`, which has no diagnostics if `uri` is closed. For a document with many reports it has the
/// findings of the first reports while the others are still unchecked; the second value is whether all of them are
/// checked.
fn state(session: &Session, uri: &Url, room: Vec<u8>) -> (io::Result<Outgoing>, bool) {
    // By exactly this URI: a file that is open under another URI has no diagnostics under this one.
    let Some(document) = session.documents.get(uri).filter(|document| document.uri() == uri) else {
        return (published(room, &session.documents.spellings.of(uri), None, |_| Ok(())), true);
    };
    let mut document = document.read();
    let complete = document.advance_for_a_while();
    (notification(session, uri, &document, room), complete)
}

/// The notification with the current diagnostics of `document`, which is `uri`, written into `room`.
fn notification(session: &Session, uri: &Url, document: &OpenDocument, room: Vec<u8>) -> io::Result<Outgoing> {
    let diagnostics = Diagnostics::of(Audience::of(session, uri), document);
    let uri = session.documents.spellings.of(uri);
    published(room, &uri, Some(document.version()), |json| diagnostics.write(&uri, json))
}

/// The notification with the `diagnostics` of `uri`, written into `room`.
fn published(
    room: Vec<u8>,
    uri: &str,
    version: Option<i32>,
    diagnostics: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
) -> io::Result<Outgoing> {
    Outgoing::written(room, |json| {
        json.extend_from_slice(br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#);
        serde_json::to_writer(&mut *json, uri)?;
        json.extend_from_slice(br#","diagnostics":["#);
        diagnostics(json)?;
        match version {
            Some(version) => write!(json, r#"],"version":{version}}}}}"#),
            None => write!(json, "]}}}}"),
        }
    })
}
