//! Notifications that change the session. They run in the door, in wire order.

use super::super::session::{Session, lock};
use crate::say;
use serde_json::Value;
use tower_lsp::lsp_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    MessageType, Url,
};

/// `textDocument/didOpen`
pub(in super::super) fn open(session: &Session, params: Value) -> serde_json::Result<()> {
    let DidOpenTextDocumentParams { text_document: opened } = serde_json::from_value(params)?;
    let settings = session.settings();
    let language = settings.language;
    if session.documents.open(opened.uri.clone(), opened.version, &opened.text, settings) {
        let uri = &opened.uri;
        let line =
            say!(language, "gongkai：{uri} 重复打开，以后者为准", "gongkai: {uri} was open; the new text counts");
        session.log(MessageType::WARNING, line);
    }
    show(session, opened.uri);
    Ok(())
}

/// `textDocument/didChange`
pub(in super::super) fn change(session: &Session, params: Value) -> serde_json::Result<()> {
    let params: DidChangeTextDocumentParams = serde_json::from_value(params)?;
    let uri = params.text_document.uri;
    let Some(document) = session.documents.get(&uri) else {
        unknown(session, "textDocument/didChange", &uri);
        return Ok(());
    };
    let encoding = session.capabilities().encoding;
    lock(&document).change(params.text_document.version, params.content_changes, encoding);
    show(session, uri);
    Ok(())
}

/// `textDocument/didClose`
pub(in super::super) fn close(session: &Session, params: Value) -> serde_json::Result<()> {
    let DidCloseTextDocumentParams { text_document: closed } = serde_json::from_value(params)?;
    if session.documents.close(&closed.uri) {
        show(session, closed.uri);
    } else {
        unknown(session, "textDocument/didClose", &closed.uri);
    }
    Ok(())
}

/// `workspace/didChangeConfiguration`
pub(in super::super) fn configure(session: &Session, params: Value) -> serde_json::Result<()> {
    let DidChangeConfigurationParams { settings } = serde_json::from_value(params)?;
    for problem in session.configure(&settings) {
        session.log(MessageType::WARNING, problem);
    }
    let settings = session.settings();
    for uri in session.documents.uris() {
        let Some(document) = session.documents.get(&uri) else { continue };
        lock(&document).configure(settings.clone());
        show(session, uri);
    }
    let capabilities = session.capabilities();
    if capabilities.pulls && capabilities.refreshes {
        let client = session.client.clone();
        // Whether and when the client answers does not matter to anyone; see `Session::client`.
        tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
    }
    Ok(())
}

/// `initialized`
pub(in super::super) fn initialized(session: &Session, _: Value) -> serde_json::Result<()> {
    let language = session.settings().language;
    let version = env!("CARGO_PKG_VERSION");
    let line = say!(language, "gongkai {version} 已启动", "gongkai {version} has started");
    session.log(MessageType::INFO, line);
    Ok(())
}

/// Has the client see the state of `uri`, unless it asks for itself.
fn show(session: &Session, uri: Url) {
    if !session.capabilities().pulls {
        session.queue.push(uri);
    }
}

fn unknown(session: &Session, method: &str, uri: &Url) {
    let line =
        say!(session.settings().language, "gongkai：{method}：{uri} 未打开", "gongkai: {method}: {uri} is not open");
    session.log(MessageType::WARNING, line);
}
