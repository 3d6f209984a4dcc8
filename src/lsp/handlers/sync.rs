//! Notifications that open, change and close documents. They run in the door, in wire order.

use super::super::documents::is_configuration;
use super::super::message::Params;
use super::super::session::Session;
use super::settings;
use crate::say;
use std::sync::Arc;
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    MessageType, Url,
};

/// `textDocument/didOpen`
pub(in super::super) fn open(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidOpenTextDocumentParams { text_document: opened } = params.read()?;
    // It may be long, and is there twice now.
    drop(params);
    let settings = session.settings_for(&opened.uri);
    let language = settings.language;
    if session.documents.open(&opened, settings) {
        let uri = &opened.uri;
        let line =
            say!(language, "gongkai：{uri} 重复打开，以后者为准", "gongkai: {uri} was open; the new text counts");
        session.log(MessageType::WARNING, line);
    }
    show(session, opened.uri);
    Ok(())
}

/// `textDocument/didChange`
pub(in super::super) fn change(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let params: DidChangeTextDocumentParams = params.read()?;
    let uri = params.text_document.uri;
    let Some(document) = session.documents.get(&uri) else {
        unknown(session, "textDocument/didChange", &uri);
        return Ok(());
    };
    let encoding = session.capabilities().encoding;
    document.change(params.text_document.version, params.content_changes, encoding);
    show(session, uri);
    Ok(())
}

/// `textDocument/didClose`
pub(in super::super) fn close(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidCloseTextDocumentParams { text_document: closed } = params.read()?;
    if session.documents.close(&closed.uri) {
        show(session, closed.uri);
    } else {
        unknown(session, "textDocument/didClose", &closed.uri);
    }
    Ok(())
}

/// `textDocument/didSave`
pub(in super::super) fn save(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidSaveTextDocumentParams { text_document: saved, .. } = params.read()?;
    if is_configuration(&saved.uri) {
        settings::apply(session);
    }
    Ok(())
}

/// Has the client see the state of `uri`, unless it asks for itself.
pub(super) fn show(session: &Session, uri: Url) {
    if !session.capabilities().pulls {
        session.queue.push(uri);
    }
}

fn unknown(session: &Session, method: &str, uri: &Url) {
    let line =
        say!(session.settings().language, "gongkai：{method}：{uri} 未打开", "gongkai: {method}: {uri} is not open");
    session.log(MessageType::WARNING, line);
}
