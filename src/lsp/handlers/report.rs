//! `gongkai/report`

use super::super::convert::Places;
use super::super::session::Session;
use super::super::{closed, uris};
use crate::analysis::{Analysis, DocumentFindings};
use crate::files::OpenedFile;
use crate::ide::{self, ReportData};
use serde::Deserialize;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Range, TextDocumentIdentifier};

/// A document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct ReportParams {
    text_document: TextDocumentIdentifier,
}

/// The reports of a document that is open, or of a file, as typed data; none if there is no report in it. Of the fixes of a Word
/// file only those are given that have a way into it.
pub(in super::super) fn handle(session: &Session, params: &ReportParams) -> Result<Option<Vec<ReportData<Range>>>> {
    let uri = &params.text_document.uri;
    let encoding = session.capabilities().encoding;
    let data = |analysis: &Analysis, outcome: DocumentFindings| {
        let places = Places::new(analysis, encoding);
        ide::report_data(analysis, outcome, |span| places.range(span))
    };
    if let Some(document) = session.documents.get(uri) {
        let document = document.read();
        return Ok(document.report().map(|analysis| data(analysis, analysis.outcome())));
    }
    let Some(file) = closed::read(session, uri)? else { return Ok(None) };
    let neighbours = uris::path(uri).and_then(|path| session.workspace.neighbours(&uris::real(&path)));
    let settings = session.settings_for(uri).settings;
    let analysis = Analysis::beside(file.document(), settings, neighbours.unwrap_or_default());
    let mut outcome = analysis.outcome();
    if let OpenedFile::Word(file) = &file {
        file.keep_writable(&mut outcome.findings);
    }
    Ok(Some(data(&analysis, outcome)).filter(|reports| !reports.is_empty()))
}
