//! The shared state of one connection: the client and its capabilities, the settings and the open documents.

use super::capabilities::{ClientCapabilities, SuppressionMenu};
use super::configurations::{ConfigurationCache, Effective};
use super::documents::Documents;
use super::folder_checks::FolderChecks;
use super::locks::lock;
use super::publish_queue::Queue;
use super::uris;
use super::workspace::Workspace;
use crate::config::{Language, Settings};
use crate::configuration::{self, FILE_NAME, Loaded};
use crate::ide;
use crate::statute::explain::Law;
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
    /// Sends requests and notifications to the client, from spawned tasks.
    pub(super) client: Client,
    /// The open documents.
    pub(super) documents: Documents,
    /// Documents whose diagnostics are to be sent.
    pub(super) queue: Queue,
    /// The checks of folders.
    pub(super) folder_checks: FolderChecks,
    /// The reports in the open folders.
    pub(super) workspace: Workspace,
    /// Prints a log line while there is no client to send it to.
    print_error: fn(&str),
    agreed: OnceLock<Agreed>,
    /// The editor's settings; configuration files override them.
    settings: Mutex<Arc<Settings>>,
    /// The settings that the editor sent after `initialize`, as JSON.
    pushed: Mutex<Option<Value>>,
    /// Counts the requests for the editor's settings and the notifications of them, so that a late answer can be
    /// ignored.
    asked: AtomicU64,
    /// The configuration files read so far.
    configurations: ConfigurationCache,
    /// The folders that are open, without links.
    roots: Mutex<Vec<PathBuf>>,
    /// The folders outside the open ones in which the client watches a configuration file.
    watched: Mutex<BTreeSet<PathBuf>>,
    /// See [`Session::spawn`].
    spawned: Mutex<Vec<BoxFuture<'static, ()>>>,
}

/// The results of `initialize`.
struct Agreed {
    capabilities: ClientCapabilities,
    settings: Settings,
    /// The initialization options, as JSON.
    options: Option<Value>,
    /// Where the pages of the rules are, with a `/` at the end.
    documentation: Option<String>,
    /// Where the texts of laws are.
    laws: Vec<(Law, Url)>,
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
            workspace: Workspace::default(),
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

    /// Applies the parameters of `initialize`. Only the first call has an effect.
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
            laws: laws(params),
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

    /// Runs `work` in the background. It is never cancelled: a reply to a request that is no longer awaited would end
    /// tower-lsp.
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        lock(&self.spawned).push(Box::pin(work));
    }

    /// The tasks that were spawned since the last call.
    pub(super) fn spawned(&self) -> Vec<BoxFuture<'static, ()>> {
        std::mem::take(&mut lock(&self.spawned))
    }

    /// Whether `initialize` has been seen.
    pub(super) fn is_initialized(&self) -> bool {
        self.agreed.get().is_some()
    }

    /// The client's capabilities; the defaults before `initialize`.
    pub(super) fn capabilities(&self) -> ClientCapabilities {
        self.agreed.get().map(|agreed| agreed.capabilities).unwrap_or_default()
    }

    /// The current settings of the editor.
    pub(super) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&lock(&self.settings))
    }

    /// Applies settings that the editor sends, over those of `initialize`. Returns the problems with them.
    pub(super) fn configure(&self, options: &Value) -> Vec<String> {
        let mut settings = self.agreed.get().map(|agreed| agreed.settings.clone()).unwrap_or_default();
        let problems = configuration::read_options(options, &mut settings);
        *lock(&self.settings) = Arc::new(settings);
        *lock(&self.pushed) = Some(options.clone());
        problems
    }

    /// The editor's settings as JSON; later values override earlier ones.
    pub(super) fn options(&self) -> Vec<Value> {
        let first = self.agreed.get().and_then(|agreed| agreed.options.clone());
        first.into_iter().chain(lock(&self.pushed).clone()).collect()
    }

    /// A number for a request for settings, or for settings that came without a request.
    pub(super) fn ask(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Whether there was no other request or notification of settings since the request `number`.
    pub(super) fn is_latest(&self, number: u64) -> bool {
        self.asked.load(Ordering::Relaxed) == number
    }

    /// Queues the diagnostics of `uri`, unless the client pulls them.
    pub(super) fn show(&self, uri: Url) {
        if !self.capabilities().pulls {
            self.queue.push(uri);
        }
    }

    /// How the client offers the ways to suppress a finding.
    pub(super) fn suppression_menu(&self) -> SuppressionMenu {
        self.agreed.get().map(|agreed| agreed.suppression_menu).unwrap_or_default()
    }

    /// The address of the rules' pages, if the client sent one.
    pub(super) fn documentation(&self) -> Option<&str> {
        self.agreed.get()?.documentation.as_deref()
    }

    /// Whether the client named the address of any law.
    pub(super) fn has_laws(&self) -> bool {
        self.agreed.get().is_some_and(|agreed| !agreed.laws.is_empty())
    }

    /// The address of the text of `law`, if the client named one.
    pub(super) fn address_of(&self, law: Law) -> Option<&Url> {
        let laws = &self.agreed.get()?.laws;
        laws.iter().find(|(known, _)| *known == law).map(|(_, url)| url)
    }

    /// The settings for `uri`: the editor's, overridden by those of the nearest configuration file on the disk. A
    /// document that is not a file yet is treated as a file in the first open folder.
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

    /// The configuration file `path` as it applies now, over the editor's settings.
    pub(super) fn configuration_at(&self, path: &Path) -> Option<Loaded> {
        self.configurations.loaded(path, &self.settings())
    }

    /// The open folders, without links.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        lock(&self.roots).clone()
    }

    /// Forgets the configuration files that no longer exist.
    pub(super) fn forget_missing_configurations(&self) {
        self.configurations.forget_missing();
    }

    /// The path of the configuration file for `uri`, which may not exist yet: the nearest one, else in the innermost
    /// open folder, else beside `uri`. `None` if `uri` is not a file.
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

    /// Updates the open folders.
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

    /// The folders outside the open ones that may have a configuration file for an open folder or for `uri`, without
    /// those that an earlier call returned. The client has to watch them one by one.
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

    /// Writes a line to the editor's log, or to stderr while there is no editor.
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

/// The open folders in the parameters of `initialize`.
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

/// The initialization option `name`.
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

/// The addresses of laws in the initialization options, by the names that reports cite them by. Other names and other
/// values have no effect.
fn laws(params: &Value) -> Vec<(Law, Url)> {
    let laws = option(params, "lawUrls").and_then(Value::as_object).into_iter().flatten();
    laws.filter_map(|(name, url)| Some((ide::law_named(name)?, Url::parse(url.as_str()?).ok()?))).collect()
}

/// The address of the rules' pages in the initialization options.
fn documentation(params: &Value) -> Option<String> {
    let base = option(params, "documentationUrl")?.as_str().filter(|base| Url::parse(base).is_ok())?;
    Some(if base.ends_with('/') { base.to_owned() } else { format!("{base}/") })
}
