//! `textDocument/inlayHint`

use super::super::convert;
use super::super::session::Session;
use crate::ide;
use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

/// The hints in the range.
pub(in super::super) fn handle(session: &Session, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.inlay_hints)?;
    let (text, encoding) = (analysis.text(), session.capabilities().encoding);
    let hints = ide::hints(analysis, convert::span(text, params.range, encoding)).into_iter();
    let hints = hints.map(|hint| InlayHint {
        position: convert::position(text, hint.offset, encoding),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: (!hint.tooltip.is_empty()).then_some(InlayHintTooltip::String(hint.tooltip)),
        padding_left: Some(!hint.is_before),
        padding_right: Some(hint.is_before),
        data: None,
    });
    Some(hints.collect())
}
