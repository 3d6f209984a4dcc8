//! What one connection shares: the client, what it can do, the settings and the open documents.

use super::capabilities::ClientCapabilities;
use super::documents::Documents;
use super::options;
use super::publish::Queue;
use crate::config::{Language, Settings};
use serde_json::Value;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::oneshot;
use tower_lsp::Client;
use tower_lsp::lsp_types::MessageType;

/// The state of one connection.
pub(super) struct Session {
    /// The way to the client. Requests through it go out from detached tasks only, and such a task is never aborted:
    /// a reply to a request that nobody waits for any more would end tower-lsp.
    pub(super) client: Client,
    /// The open documents.
    pub(super) documents: Documents,
    /// Documents whose diagnostics are to be sent.
    pub(super) queue: Queue,
    agreed: OnceLock<Agreed>,
    settings: Mutex<Arc<Settings>>,
    orphaned: Mutex<Option<oneshot::Sender<()>>>,
}

/// What `initialize` settled.
struct Agreed {
    capabilities: ClientCapabilities,
    settings: Settings,
}

impl Session {
    pub(super) fn new(client: Client, orphaned: oneshot::Sender<()>) -> Arc<Session> {
        Arc::new(Session {
            client,
            documents: Documents::default(),
            queue: Queue::default(),
            agreed: OnceLock::new(),
            settings: Mutex::default(),
            orphaned: Mutex::new(Some(orphaned)),
        })
    }

    /// Takes in the parameters of `initialize`, as the client wrote them. Only the first time counts.
    pub(super) fn agree(&self, params: &Value) {
        let capabilities = ClientCapabilities::of(params);
        let language = params.get("locale").and_then(Value::as_str).map_or(Language::default(), Language::of_tag);
        let mut settings = Settings { language, ..Settings::default() };
        let problems = match params.get("initializationOptions") {
            Some(options) => options::read(&mut settings, options),
            None => Vec::new(),
        };
        let agreed = Agreed { capabilities, settings: settings.clone() };
        if self.agreed.set(agreed).is_err() {
            return;
        }
        *lock(&self.settings) = Arc::new(settings);
        for problem in problems {
            self.log(MessageType::WARNING, problem);
        }
        if let (Some(pid), Some(orphaned)) =
            (params.get("processId").and_then(Value::as_u64), lock(&self.orphaned).take())
        {
            super::parent::watch(pid, orphaned);
        }
    }

    /// Whether `initialize` has been seen.
    pub(super) fn is_agreed(&self) -> bool {
        self.agreed.get().is_some()
    }

    /// What the client can do; nothing special before `initialize`.
    pub(super) fn capabilities(&self) -> ClientCapabilities {
        self.agreed.get().map(|agreed| agreed.capabilities).unwrap_or_default()
    }

    /// The settings as they stand.
    pub(super) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&lock(&self.settings))
    }

    /// Takes in settings that the editor pushes; they stand on those of `initialize`. Gives what is wrong with them.
    pub(super) fn configure(&self, options: &Value) -> Vec<String> {
        let mut settings = self.agreed.get().map(|agreed| agreed.settings.clone()).unwrap_or_default();
        let problems = options::read(&mut settings, options);
        *lock(&self.settings) = Arc::new(settings);
        problems
    }

    /// A line for the editor's log; on stderr as long as there is no editor.
    pub(super) fn log(&self, kind: MessageType, line: impl Into<String>) {
        let line = line.into();
        if !self.is_agreed() {
            complain(&line);
            return;
        }
        let client = self.client.clone();
        tokio::spawn(async move { client.log_message(kind, line).await });
    }
}

/// A lock that outlives a panic: what it guards is replaced as a whole, never left half done.
pub(super) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line on stderr, for as long as there is nobody else to tell.
pub(super) fn complain(line: &str) {
    // Nothing can be done about a stderr that is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}
