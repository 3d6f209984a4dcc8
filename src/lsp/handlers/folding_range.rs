//! `textDocument/foldingRange`

use super::super::convert::Places;
use super::super::session::Session;
use crate::ide;
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeParams};

/// The foldable ranges, in whole lines. A range on a single line cannot be folded. Of two ranges that start on the same
/// line only the longer is returned, because editors drop the other.
pub(in super::super) fn handle(session: &Session, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.folding_ranges)?;
    let places = Places::new(analysis, session.capabilities().encoding);
    let line = |offset| places.position(offset).line;
    let mut lines: Vec<(u32, u32)> = ide::folding(analysis)
        .iter()
        .map(|fold| (line(fold.span.start), line(fold.span.end)))
        .filter(|(start, end)| start < end)
        .collect();
    lines.sort_by_key(|&(start, end)| (start, u32::MAX - end));
    lines.dedup_by_key(|&mut (start, _)| start);
    let folds = lines.into_iter().map(|(start_line, end_line)| FoldingRange {
        start_line,
        end_line,
        ..FoldingRange::default()
    });
    Some(folds.collect())
}
