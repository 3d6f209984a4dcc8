//! Notifications that open, change and close documents. The dispatcher runs them in wire order.

use super::super::documents::{Opened, is_configuration};
use super::super::message::Params;
use super::super::session::Session;
use super::super::uris::WrittenUri;
use super::{neighbours, settings};
use crate::say;
use serde::Deserialize;
use std::sync::Arc;
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidSaveTextDocumentParams, MessageType, TextDocumentItem,
    Url,
};

/// `DidOpenTextDocumentParams`, with the URI as the client writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DidOpenParams {
    text_document: OpenedDocument,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OpenedDocument {
    uri: WrittenUri,
    language_id: String,
    version: i32,
    text: String,
}

/// `textDocument/didOpen`
pub(in super::super) fn open(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidOpenParams { text_document: OpenedDocument { uri, language_id, version, text } } = params.read()?;
    // The text may be long, and is in memory twice now.
    drop(params);
    session.documents.spellings.note(&uri);
    let opened = TextDocumentItem { uri: uri.url, language_id, version, text };
    let effective = session.settings_for(&opened.uri);
    let language = effective.settings.language;
    let outcome = session.documents.open(&opened, effective);
    if outcome != Opened::New {
        let uri = &opened.uri;
        let line =
            say!(language, "gongkai：{uri} 重复打开，以后者为准", "gongkai: {uri} was open; the new text counts");
        session.log(MessageType::WARNING, line);
    }
    if let Opened::Respelled(old) = outcome {
        session.show(old);
    }
    settings::watch_above(session, Some(&opened.uri));
    if session.folder_checks.forget(&opened.uri) && session.capabilities().pulls {
        // The client pulls the diagnostics that replace them.
        let (client, uri) = (session.client.clone(), opened.uri.clone());
        session.spawn(async move { client.publish_diagnostics(uri, Vec::new(), None).await });
    }
    neighbours::document_appeared(session, &opened.uri);
    session.show(opened.uri);
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
    session.show(document.uri().clone());
    session.workspace.text_changed();
    Ok(())
}

/// `textDocument/didClose`
pub(in super::super) fn close(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidCloseTextDocumentParams { text_document: closed } = params.read()?;
    let path = session.documents.get(&closed.uri).and_then(|document| session.documents.real_path(document.uri()));
    match session.documents.close(&closed.uri) {
        Some(uri) => {
            session.show(uri);
            neighbours::document_closed(session, path);
        }
        None => unknown(session, "textDocument/didClose", &closed.uri),
    }
    Ok(())
}

/// `textDocument/didSave`
pub(in super::super) fn save(session: &Arc<Session>, params: Params) -> serde_json::Result<()> {
    let DidSaveTextDocumentParams { text_document: saved, .. } = params.read()?;
    if is_configuration(&saved.uri) {
        settings::apply(session);
        neighbours::everything_changed(session);
    } else if let Some(document) = session.documents.get(&saved.uri) {
        // Some clients do not watch files.
        settings::apply_to(session, vec![document.uri().clone()]);
        neighbours::document_appeared(session, document.uri());
    }
    Ok(())
}

fn unknown(session: &Session, method: &str, uri: &Url) {
    let line =
        say!(session.settings().language, "gongkai：{method}：{uri} 未打开", "gongkai: {method}: {uri} is not open");
    session.log(MessageType::WARNING, line);
}
