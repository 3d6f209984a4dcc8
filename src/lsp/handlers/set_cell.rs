//! `gongkai/setCell`

use super::super::convert;
use super::super::session::Session;
use crate::ide::{self, CellName, CellRefusal};
use serde::Deserialize;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{TextDocumentIdentifier, WorkspaceEdit};

/// A cell, as the format names it, and its new value.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct SetCellParams {
    text_document: TextDocumentIdentifier,
    /// Which of the document's reports, from 0.
    #[serde(default)]
    report: usize,
    /// 2 to 4.
    table: u8,
    /// The row's label; `None` in 表四.
    #[serde(default)]
    row: Option<String>,
    /// The column's header.
    column: String,
    /// The new value.
    value: String,
}

/// The edit that writes the value into the cell and changes no other figure.
pub(in super::super) fn handle(session: &Session, params: &SetCellParams) -> Result<WorkspaceEdit> {
    let refused = |refusal: CellRefusal, language| Error {
        message: refusal.message(language).into(),
        ..Error::invalid_params("")
    };
    let language = session.settings().language;
    let shared = session.documents.get(&params.text_document.uri);
    let shared = shared.ok_or_else(|| refused(CellRefusal::NoTable, language))?;
    let (document, uri) = (shared.read(), shared.uri());
    let analysis = document.report().ok_or_else(|| refused(CellRefusal::NoTable, language))?;
    let row = params.row.as_deref().unwrap_or_default();
    let name = CellName { report: params.report, table: params.table, row, column: &params.column };
    let edits = ide::set_cell(analysis, name, &params.value)
        .map_err(|refusal| refused(refusal, analysis.settings().language))?;
    Ok(convert::workspace_edit(session.capabilities(), uri, Some(document.version()), analysis.text(), &edits))
}
