//! Settings from all sources: `initialize`, notifications, the server's requests, and changed files.

use super::super::documents::is_configuration;
use super::super::message::Params;
use super::super::session::Session;
use super::super::uris;
use super::file_watches::watch;
use super::neighbours;
use crate::configuration::{self, FILE_NAME};
use crate::files::IGNORE_FILES;
use crate::say;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use tower_lsp::lsp_types::{
    ConfigurationItem, DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    MessageType, Url, WorkspaceFolder,
};

/// `initialized`
pub(in super::super) fn initialized(session: &Arc<Session>, _: Params) -> serde_json::Result<()> {
    let language = session.settings().language;
    let version = env!("CARGO_PKG_VERSION");
    let line = say!(language, "gongkai {version} 已启动", "gongkai {version} has started");
    session.log(MessageType::INFO, line);
    watch(session, vec![json!(format!("**/{FILE_NAME}"))]);
    watch_above(session, None);
    pull(session);
    Ok(())
}

/// `workspace/didChangeWorkspaceFolders`
pub(in super::super) fn folders_changed(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidChangeWorkspaceFoldersParams { event } = params.read()?;
    let uris = |folders: Vec<WorkspaceFolder>| folders.into_iter().map(|folder| folder.uri).collect::<Vec<_>>();
    session.change_roots(&uris(event.added), &uris(event.removed));
    watch_above(session, None);
    apply(session);
    neighbours::everything_changed(session);
    Ok(())
}

/// `workspace/didChangeConfiguration`
pub(in super::super) fn changed(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidChangeConfigurationParams { settings } = params.read()?;
    // A client that answers `workspace/configuration` either sends no settings here or sends the same as in its answer.
    let says_something = settings.as_object().is_some_and(|settings| !settings.is_empty());
    if says_something || !session.capabilities().tells_settings {
        session.ask();
        take(session, &settings);
    } else {
        apply(session);
    }
    pull(session);
    Ok(())
}

/// `workspace/didChangeWatchedFiles`
pub(in super::super) fn file_changed(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidChangeWatchedFilesParams { changes } = params.read()?;
    let (configurations, files): (Vec<Url>, Vec<Url>) =
        changes.into_iter().map(|change| change.uri).partition(is_configuration);
    if !configurations.is_empty() || files.is_empty() {
        session.forget_missing_configurations();
        apply(session);
        neighbours::everything_changed(session);
    }
    let paths: Vec<PathBuf> = files.iter().filter_map(uris::path).map(|path| configuration::resolve(&path)).collect();
    let is_list = |path: &PathBuf| path.file_name().is_some_and(|name| IGNORE_FILES.iter().any(|list| name == *list));
    if paths.iter().any(is_list) {
        neighbours::everything_changed(session);
    }
    neighbours::files_changed(session, paths);
    Ok(())
}

/// Requests the editor's settings, if the client answers that request. The answer may be late or never come: a task of
/// its own waits for it and is never cancelled; see [`Session::spawn`].
fn pull(session: &Arc<Session>) {
    if !session.capabilities().tells_settings {
        return;
    }
    let number = session.ask();
    let this = Arc::clone(session);
    session.spawn(async move {
        let session = this;
        let item = ConfigurationItem { scope_uri: None, section: Some("gongkai".to_owned()) };
        let Ok(answer) = session.client.configuration(vec![item]).await else { return };
        if let Some(options) = answer.first().filter(|options| options.is_object())
            && session.is_latest(number)
        {
            take(&session, options);
        }
    });
}

/// Makes the client watch the configuration files above the open folders, and above `uri` if it is in none of them.
pub(super) fn watch_above(session: &Arc<Session>, uri: Option<&Url>) {
    let capabilities = session.capabilities();
    if !capabilities.watches {
        return;
    }
    let pattern = |folder: PathBuf| {
        if capabilities.relative_patterns {
            let base = Url::from_directory_path(&folder).ok()?;
            return Some(json!({"baseUri": base, "pattern": FILE_NAME}));
        }
        // Glob patterns of LSP have no escapes.
        let path = folder.join(FILE_NAME).to_str()?.replace('\\', "/");
        (!path.contains(['*', '?', '[', ']', '{', '}'])).then(|| json!(path))
    };
    watch(session, session.unwatched(uri).into_iter().filter_map(pattern).collect());
}

/// Applies the editor's settings `options`.
fn take(session: &Arc<Session>, options: &Value) {
    for problem in session.configure(options) {
        session.log(MessageType::WARNING, format!("gongkai: {problem}"));
    }
    apply(session);
}

/// Checks every document whose settings have changed.
pub(super) fn apply(session: &Arc<Session>) {
    apply_to(session, session.documents.uris());
}

/// Checks those of the documents `uris` whose settings have changed.
pub(super) fn apply_to(session: &Arc<Session>, uris: Vec<Url>) {
    let mut any = false;
    for uri in uris {
        let Some(document) = session.documents.get(&uri) else { continue };
        let settings = session.settings_for(&uri);
        let changed = document.configure(settings);
        if changed {
            any = true;
            session.show(uri);
        }
    }
    let capabilities = session.capabilities();
    if any && capabilities.pulls && capabilities.refreshes {
        let client = session.client.clone();
        // The client's answer does not matter; see `Session::spawn`.
        session.spawn(async move { drop(client.workspace_diagnostic_refresh().await) });
    }
}
