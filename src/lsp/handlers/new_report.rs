//! `gongkai/newReport`

use super::super::closed;
use super::super::session::Session;
use crate::analysis::history::first_report;
use crate::exchange::{GivenBy, not_new};
use crate::ide;
use crate::report::Digest;
use crate::say;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::Url;

/// The body, year and format of the new report.
#[derive(Deserialize)]
pub(in super::super) struct NewReportParams {
    year: u16,
    /// The body; that of last year's report if left out.
    body: Option<String>,
    /// `txt` or `md`.
    format: Option<String>,
    /// Last year's report: a document that is open, or a file.
    from: Option<Url>,
}

/// The text of a new report.
#[derive(Serialize)]
pub(in super::super) struct NewReportText {
    text: String,
}

/// An empty report in the format of its year, with the figures carried over from last year's.
pub(in super::super) fn handle(session: &Session, params: &NewReportParams) -> Result<NewReportText> {
    let language = session.settings().language;
    let last = params.from.as_ref().map(|uri| last_report(session, uri)).transpose()?;
    let text = ide::layout_of_extension(params.format.as_deref().unwrap_or("txt"))
        .and_then(|layout| ide::next_report(params.year, params.body.as_deref(), layout, last.as_ref()))
        .map_err(|problem| Error::invalid_params(not_new(problem, params.year, GivenBy::Dialogues, language)))?;
    Ok(NewReportText { text })
}

/// The report in the document `uri`.
fn last_report(session: &Session, uri: &Url) -> Result<Digest> {
    let language = session.settings().language;
    let found = match session.documents.get(uri) {
        Some(shared) => {
            let document = shared.read();
            document.report().and_then(|analysis| first_report(analysis.document(), uri.path()))
        }
        None => closed::read(session, uri)?.and_then(|file| first_report(&file.document(), uri.path())),
    };
    let none = || Error::invalid_params(say!(language, "其中未识别出年度报告", "no report was recognised in it"));
    found.map(|(_, digest)| digest).ok_or_else(none)
}
