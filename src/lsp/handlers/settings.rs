//! Settings, by all the ways they come: told at the start, pushed, asked for, and files that change.

use super::super::message::Params;
use super::super::session::Session;
use crate::configuration::FILE_NAME;
use crate::say;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tower_lsp::lsp_types::{
    ConfigurationItem, DidChangeConfigurationParams, DidChangeWorkspaceFoldersParams, MessageType, Registration, Url,
    WorkspaceFolder,
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
    Ok(())
}

/// `workspace/didChangeConfiguration`
pub(in super::super) fn changed(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidChangeConfigurationParams { settings } = params.read()?;
    // Clients that can be asked say here only that it is time to ask, or what they say is what they will answer.
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
pub(in super::super) fn file_changed(session: &Arc<Session>, _: Params) -> serde_json::Result<()> {
    // Nothing but configuration files is watched.
    session.forget_missing_configurations();
    apply(session);
    Ok(())
}

/// Asks for the editor's settings, if it can be asked. The answer may be late, or never come: the task waits for it by
/// itself, and is never given up; see [`Session::spawn`].
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

/// Has the configuration files watched that lie above the open folders, and those of `uri`, if it is in none of them.
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
        // A pattern has no way to say that one of its signs is meant as a letter.
        let path = folder.join(FILE_NAME).to_str()?.replace('\\', "/");
        (!path.contains(['*', '?', '[', ']', '{', '}'])).then(|| json!(path))
    };
    watch(session, session.unwatched(uri).into_iter().filter_map(pattern).collect());
}

/// Has the client say when a file changes that one of `patterns` fits, if it can do that.
fn watch(session: &Arc<Session>, patterns: Vec<Value>) {
    static REGISTRATIONS: AtomicU64 = AtomicU64::new(0);
    if !session.capabilities().watches || patterns.is_empty() {
        return;
    }
    let client = session.client.clone();
    session.spawn(async move {
        let watchers: Vec<Value> = patterns.into_iter().map(|pattern| json!({"globPattern": pattern})).collect();
        let registration = Registration {
            id: format!("gongkai-configuration-{}", REGISTRATIONS.fetch_add(1, Ordering::Relaxed)),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({"watchers": watchers})),
        };
        // Without it, files are read again when they are saved here, and when a report is opened or saved.
        let _ = client.register_capability(vec![registration]).await;
    });
}

/// Takes in the editor's settings `options`.
fn take(session: &Arc<Session>, options: &Value) {
    for problem in session.configure(options) {
        session.log(MessageType::WARNING, format!("gongkai: {problem}"));
    }
    apply(session);
}

/// Checks every document by the settings as they are now, where they are others than before.
pub(super) fn apply(session: &Arc<Session>) {
    apply_to(session, session.documents.uris());
}

/// Checks the documents `uris` by the settings as they are now, where they are others than before.
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
        // Whether and when the client answers does not matter to anyone; see `Session::spawn`.
        session.spawn(async move { drop(client.workspace_diagnostic_refresh().await) });
    }
}
