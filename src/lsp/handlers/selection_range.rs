//! `textDocument/selectionRange`

use super::super::convert;
use super::super::session::Session;
use crate::ide;
use tower_lsp::lsp_types::{SelectionRange, SelectionRangeParams};

/// For each position, the parts of the report that contain it, from the smallest to the whole report.
pub(in super::super) fn handle(session: &Session, params: &SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.selection_ranges)?;
    let (text, encoding) = (analysis.text(), session.capabilities().encoding);
    let at = |position| {
        let chain = ide::selections(analysis, convert::offset(text, position, encoding));
        let grown = chain.into_iter().rev().fold(None, |parent: Option<Box<SelectionRange>>, span| {
            Some(Box::new(SelectionRange { range: convert::range(text, span, encoding), parent }))
        });
        grown.map(|range| *range)
    };
    params.positions.iter().map(|position| at(*position)).collect()
}
