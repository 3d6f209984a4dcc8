//! What one connection shares: the client, what it can do, the settings and the open documents.

use super::capabilities::ClientCapabilities;
use super::documents::Documents;
use super::publish::Queue;
use crate::config::{Language, Settings};
use crate::configuration::{self, FILE_NAME, Loaded};
use crate::say;
use futures::future::BoxFuture;
use serde_json::Value;
use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tower_lsp::Client;
use tower_lsp::lsp_types::{MessageType, Url};

/// The state of one connection.
pub(super) struct Session {
    /// The way to the client. What goes through it goes out from what is spawned.
    pub(super) client: Client,
    /// The open documents.
    pub(super) documents: Documents,
    /// Documents whose diagnostics are to be sent.
    pub(super) queue: Queue,
    agreed: OnceLock<Agreed>,
    /// What the editor sets; configuration files go over it.
    settings: Mutex<Arc<Settings>>,
    /// Counts the times that the editor's settings were asked for or told: an answer that comes late is not taken.
    asked: AtomicU64,
    /// What was complained of already.
    complaints: Mutex<HashSet<String>>,
    /// See [`Session::spawn`].
    spawned: Mutex<Vec<BoxFuture<'static, ()>>>,
}

/// What `initialize` settled.
struct Agreed {
    capabilities: ClientCapabilities,
    settings: Settings,
    /// The folders that are open.
    roots: Vec<PathBuf>,
}

impl Session {
    pub(super) fn new(client: Client) -> Arc<Session> {
        Arc::new(Session {
            client,
            documents: Documents::default(),
            queue: Queue::default(),
            agreed: OnceLock::new(),
            settings: Mutex::default(),
            asked: AtomicU64::new(0),
            complaints: Mutex::default(),
            spawned: Mutex::default(),
        })
    }

    /// Takes in the parameters of `initialize`, as the client wrote them. Only the first time counts.
    pub(super) fn agree(&self, params: &Value) {
        let capabilities = ClientCapabilities::of(params);
        let language = params.get("locale").and_then(Value::as_str).map_or(Language::default(), Language::of_tag);
        let mut settings = Settings { language, ..Settings::default() };
        let problems = match params.get("initializationOptions") {
            Some(options) => configuration::read_options(options, &mut settings),
            None => Vec::new(),
        };
        let agreed = Agreed { capabilities, settings: settings.clone(), roots: roots(params) };
        if self.agreed.set(agreed).is_err() {
            return;
        }
        *lock(&self.settings) = Arc::new(settings);
        for problem in problems {
            self.log(MessageType::WARNING, problem);
        }
        if let Some(pid) = params.get("processId").and_then(Value::as_u64) {
            super::parent::watch(pid);
        }
    }

    /// Has `work` done beside everything else. It is never given up: a reply to a request that nobody waits for any more
    /// would end tower-lsp.
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        lock(&self.spawned).push(Box::pin(work));
    }

    /// What is to be done that was not taken yet.
    pub(super) fn spawned(&self) -> Vec<BoxFuture<'static, ()>> {
        std::mem::take(&mut lock(&self.spawned))
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
        let problems = configuration::read_options(options, &mut settings);
        *lock(&self.settings) = Arc::new(settings);
        problems
    }

    /// A number for a question that is asked, or an answer that came unasked, now.
    pub(super) fn ask(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Whether nothing was asked or told since the question `number`.
    pub(super) fn is_latest(&self, number: u64) -> bool {
        self.asked.load(Ordering::Relaxed) == number
    }

    /// The settings for `uri`: the editor's, and over them those of the nearest configuration file, as it stands on the
    /// disk.
    pub(super) fn settings_for(&self, uri: &Url) -> Arc<Settings> {
        let editor = self.settings();
        let Some(file) = uri.to_file_path().ok().map(|path| configuration::resolve(&path)) else { return editor };
        let Some(path) = file.parent().and_then(configuration::nearest) else { return editor };
        let name = path.display().to_string();
        match Loaded::read(path, &editor) {
            Ok(loaded) => {
                for problem in &loaded.problems {
                    self.complain_once(format!("{name}: {}", problem.message));
                }
                Arc::new(loaded.settings_for(Some(&file)))
            }
            Err(error) => {
                self.complain_once(say!(
                    editor.language,
                    "{name}: 无法读取配置文件（{error}）",
                    "{name}: the configuration cannot be read ({error})"
                ));
                editor
            }
        }
    }

    /// Shows `line` to the user, unless it was shown before.
    fn complain_once(&self, line: String) {
        if lock(&self.complaints).insert(line.clone()) {
            let client = self.client.clone();
            self.spawn(async move { client.show_message(MessageType::ERROR, format!("gongkai: {line}")).await });
        }
    }

    /// Where a configuration file for `uri` is, or would be: the nearest one, else in the innermost folder that is open,
    /// else beside it. `None` for what is no file.
    pub(super) fn configuration_for(&self, uri: &Url) -> Option<PathBuf> {
        let file = configuration::resolve(&uri.to_file_path().ok()?);
        let folder = file.parent()?;
        let roots = self.agreed.get().map(|agreed| agreed.roots.as_slice()).unwrap_or_default();
        let root = || roots.iter().filter(|root| folder.starts_with(root)).max_by_key(|root| root.as_os_str().len());
        configuration::nearest(folder).or_else(|| Some(root().map_or(folder, PathBuf::as_path).join(FILE_NAME)))
    }

    /// A line for the editor's log; on stderr as long as there is no editor.
    pub(super) fn log(&self, kind: MessageType, line: impl Into<String>) {
        let line = line.into();
        if !self.is_agreed() {
            complain(&line);
            return;
        }
        let client = self.client.clone();
        self.spawn(async move { client.log_message(kind, line).await });
    }
}

/// The folders that `initialize` says are open.
fn roots(params: &Value) -> Vec<PathBuf> {
    let folders = params.get("workspaceFolders").and_then(Value::as_array).into_iter().flatten();
    let uris = folders.filter_map(|folder| folder.get("uri")).chain(params.get("rootUri"));
    let uris = uris.filter_map(Value::as_str).filter_map(|uri| Url::parse(uri).ok());
    uris.filter_map(|uri| uri.to_file_path().ok()?.canonicalize().ok()).collect()
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
