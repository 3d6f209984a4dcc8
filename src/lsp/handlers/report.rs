//! `gongkai/report`

use super::super::convert;
use super::super::session::Session;
use crate::ide::{self, ReportData};
use serde::Deserialize;
use tower_lsp::lsp_types::{Range, TextDocumentIdentifier};

/// A document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct ReportParams {
    text_document: TextDocumentIdentifier,
}

/// The reports of an open document as typed data; none if the document contains no report.
pub(in super::super) fn handle(session: &Session, params: &ReportParams) -> Option<Vec<ReportData<Range>>> {
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let analysis = document.report()?;
    let encoding = session.capabilities().encoding;
    Some(ide::report_data(analysis, analysis.outcome(), |span| convert::range(analysis.text(), span, encoding)))
}
