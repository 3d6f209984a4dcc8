//! What one connection shares: the client, what it can do, the settings and the open documents.

use super::capabilities::{ClientCapabilities, SuppressionMenu};
use super::configurations::{ConfigurationCache, Effective};
use super::documents::Documents;
use super::folder_checks::FolderChecks;
use super::locks::lock;
use super::publish_queue::Queue;
use super::uris;
use crate::config::{Language, Settings};
use crate::configuration::{self, FILE_NAME};
use futures::future::BoxFuture;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
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
    /// The checks of folders.
    pub(super) folder_checks: FolderChecks,
    /// Where a line goes as long as there is no client for it.
    print_error: fn(&str),
    agreed: OnceLock<Agreed>,
    /// What the editor sets; configuration files go over it.
    settings: Mutex<Arc<Settings>>,
    /// The same as the editor wrote it, if it set anything after `initialize`.
    pushed: Mutex<Option<Value>>,
    /// Counts the times that the editor's settings were asked for or told: an answer that comes late is not taken.
    asked: AtomicU64,
    /// The configuration files that were read.
    configurations: ConfigurationCache,
    /// The folders that are open, without links.
    roots: Mutex<Vec<PathBuf>>,
    /// The folders in which a configuration file is watched, one by one; all that is below an open folder is, too.
    watched: Mutex<BTreeSet<PathBuf>>,
    /// See [`Session::spawn`].
    spawned: Mutex<Vec<BoxFuture<'static, ()>>>,
}

/// What `initialize` settled.
struct Agreed {
    capabilities: ClientCapabilities,
    settings: Settings,
    /// The same as the editor wrote it.
    options: Option<Value>,
    /// Where the pages of the rules are, with a `/` at the end.
    documentation: Option<String>,
    suppression_menu: SuppressionMenu,
}

impl Session {
    pub(super) fn new(client: Client, print_error: fn(&str)) -> Arc<Session> {
        Arc::new(Session {
            client,
            print_error,
            documents: Documents::default(),
            queue: Queue::default(),
            folder_checks: FolderChecks::default(),
            agreed: OnceLock::new(),
            settings: Mutex::default(),
            pushed: Mutex::default(),
            asked: AtomicU64::new(0),
            configurations: ConfigurationCache::default(),
            roots: Mutex::default(),
            watched: Mutex::default(),
            spawned: Mutex::default(),
        })
    }

    /// Takes in the parameters of `initialize`, as the client wrote them. Only the first time counts.
    pub(super) fn initialize(&self, params: &Value) {
        let capabilities = ClientCapabilities::of(params);
        let language = params.get("locale").and_then(Value::as_str).map_or(Language::default(), Language::of_tag);
        let mut settings = Settings { language, ..Settings::default() };
        let problems = match params.get("initializationOptions") {
            Some(options) => configuration::read_options(options, &mut settings),
            None => Vec::new(),
        };
        let agreed = Agreed {
            capabilities,
            settings: settings.clone(),
            options: params.get("initializationOptions").cloned(),
            documentation: documentation(params),
            suppression_menu: suppression_menu(params, capabilities),
        };
        if self.agreed.set(agreed).is_err() {
            return;
        }
        *lock(&self.roots) = roots(params);
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
    pub(super) fn is_initialized(&self) -> bool {
        self.agreed.get().is_some()
    }

    /// What the client can do; nothing special before `initialize`.
    pub(super) fn capabilities(&self) -> ClientCapabilities {
        self.agreed.get().map(|agreed| agreed.capabilities).unwrap_or_default()
    }

    /// The settings as they are.
    pub(super) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&lock(&self.settings))
    }

    /// Takes in settings that the editor pushes; they are on those of `initialize`. Gives what is wrong with them.
    pub(super) fn configure(&self, options: &Value) -> Vec<String> {
        let mut settings = self.agreed.get().map(|agreed| agreed.settings.clone()).unwrap_or_default();
        let problems = configuration::read_options(options, &mut settings);
        *lock(&self.settings) = Arc::new(settings);
        *lock(&self.pushed) = Some(options.clone());
        problems
    }

    /// What the editor sets, as it wrote it: what comes later goes over what comes first.
    pub(super) fn options(&self) -> Vec<Value> {
        let first = self.agreed.get().and_then(|agreed| agreed.options.clone());
        first.into_iter().chain(lock(&self.pushed).clone()).collect()
    }

    /// A number for a question that is asked, or an answer that came unasked, now.
    pub(super) fn ask(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Whether nothing was asked or told since the question `number`.
    pub(super) fn is_latest(&self, number: u64) -> bool {
        self.asked.load(Ordering::Relaxed) == number
    }

    /// Sends the diagnostics of `uri`, unless the client asks for them itself.
    pub(super) fn show(&self, uri: Url) {
        if !self.capabilities().pulls {
            self.queue.push(uri);
        }
    }

    /// How the client offers the ways to suppress a finding.
    pub(super) fn suppression_menu(&self) -> SuppressionMenu {
        self.agreed.get().map(|agreed| agreed.suppression_menu).unwrap_or_default()
    }

    /// Where the pages of the rules are, if the client says so.
    pub(super) fn documentation(&self) -> Option<&str> {
        self.agreed.get()?.documentation.as_deref()
    }

    /// What `uri` is checked by: the editor's settings, and over them those of the nearest configuration file, as it is on the
    /// disk. A document that is no file yet is checked as one in the first folder that is open.
    pub(super) fn settings_for(&self, uri: &Url) -> Effective {
        let editor = self.settings();
        let file = uris::path(uri).map(|path| configuration::resolve(&path));
        let folder = match &file {
            Some(file) => file.parent().map(Path::to_owned),
            None => lock(&self.roots).first().cloned(),
        };
        let Some(path) = folder.as_deref().and_then(configuration::nearest) else {
            return Effective::certain(editor);
        };
        let (effective, complaint) = self.configurations.settings_for(path, file.as_deref(), &editor);
        if let Some(complaint) = complaint {
            let client = self.client.clone();
            self.spawn(async move { client.show_message(MessageType::ERROR, format!("gongkai: {complaint}")).await });
        }
        effective
    }

    /// Forgets what was known of configuration files that are gone.
    pub(super) fn forget_missing_configurations(&self) {
        self.configurations.forget_missing();
    }

    /// Where a configuration file for `uri` is, or would be: the nearest one, else in the innermost folder that is open,
    /// else beside it. `None` for what is no file.
    pub(super) fn configuration_for(&self, uri: &Url) -> Option<PathBuf> {
        let file = configuration::resolve(&uris::path(uri)?);
        let folder = file.parent()?;
        if let Some(nearest) = configuration::nearest(folder) {
            return Some(nearest);
        }
        let roots = lock(&self.roots);
        let root = roots.iter().filter(|root| folder.starts_with(root)).max_by_key(|root| root.as_os_str().len());
        Some(root.map_or(folder, PathBuf::as_path).join(FILE_NAME))
    }

    /// Takes in that folders were opened and closed.
    pub(super) fn change_roots(&self, added: &[Url], removed: &[Url]) {
        let removed: Vec<PathBuf> = removed.iter().filter_map(root).collect();
        let mut roots = lock(&self.roots);
        roots.retain(|root| !removed.contains(root));
        for added in added.iter().filter_map(root) {
            if !roots.contains(&added) {
                roots.push(added);
            }
        }
    }

    /// The folders in which a configuration file may lie that concerns an open folder or `uri`, that are not below an open
    /// folder, and that were not given before: they have to be watched one by one.
    pub(super) fn unwatched(&self, uri: Option<&Url>) -> Vec<PathBuf> {
        let roots = lock(&self.roots);
        let mut folders: BTreeSet<PathBuf> =
            roots.iter().flat_map(|root| root.ancestors().skip(1)).map(Path::to_owned).collect();
        if let Some(file) = uri.and_then(uris::path).map(|path| configuration::resolve(&path)) {
            folders.extend(file.ancestors().skip(1).map(Path::to_owned));
        }
        folders.retain(|folder| !roots.iter().any(|root| folder.starts_with(root)));
        let mut watched = lock(&self.watched);
        folders.into_iter().filter(|folder| watched.insert(folder.clone())).collect()
    }

    /// A line for the editor's log; on stderr as long as there is no editor.
    pub(super) fn log(&self, kind: MessageType, line: impl Into<String>) {
        let line = line.into();
        if !self.is_initialized() {
            (self.print_error)(&line);
            return;
        }
        let client = self.client.clone();
        self.spawn(async move { client.log_message(kind, line).await });
    }
}

/// The folders that `initialize` says are open.
fn roots(params: &Value) -> Vec<PathBuf> {
    let folders = params.get("workspaceFolders").and_then(Value::as_array);
    let uris: Vec<&Value> = match folders {
        Some(folders) => folders.iter().filter_map(|folder| folder.get("uri")).collect(),
        None => params.get("rootUri").into_iter().collect(),
    };
    let uris = uris.into_iter().filter_map(Value::as_str).filter_map(|uri| Url::parse(uri).ok());
    uris.filter_map(|uri| root(&uri)).collect()
}

/// The folder `uri` without links.
fn root(uri: &Url) -> Option<PathBuf> {
    Some(uris::real(&uris::path(uri)?))
}

/// What `initialize` has under `name` in its options.
fn option<'a>(params: &'a Value, name: &str) -> Option<&'a Value> {
    let options = params.get("initializationOptions")?;
    options.get("gongkai").unwrap_or(options).get(name)
}

fn suppression_menu(params: &Value, capabilities: ClientCapabilities) -> SuppressionMenu {
    if option(params, "suppressionMenu").and_then(Value::as_bool) == Some(true) {
        SuppressionMenu::Own
    } else if capabilities.applies_edits && capabilities.executes_commands {
        SuppressionMenu::Asked
    } else {
        SuppressionMenu::None
    }
}

/// Where `initialize` says that the pages of the rules are.
fn documentation(params: &Value) -> Option<String> {
    let base = option(params, "documentationUrl")?.as_str().filter(|base| Url::parse(base).is_ok())?;
    Some(if base.ends_with('/') { base.to_owned() } else { format!("{base}/") })
}
