//! `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`

use super::super::convert;
use super::super::session::Session;
use crate::analysis::Analysis;
use crate::ide;
use crate::text::Span;
use tower_lsp::lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit, Url,
};

/// The tables of the document in order.
pub(in super::super) fn document(session: &Session, params: &DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    of(session, &params.text_document.uri, |analysis| Some(Span::new(0, analysis.text().len())))
}

/// The lines of tables in the range.
pub(in super::super) fn range(session: &Session, params: &DocumentRangeFormattingParams) -> Option<Vec<TextEdit>> {
    let encoding = session.capabilities().encoding;
    of(session, &params.text_document.uri, |analysis| {
        let span = convert::span(analysis.text(), params.range, encoding);
        Some(lines(analysis, span))
    })
}

/// After a line break: the line before it.
pub(in super::super) fn on_type(session: &Session, params: &DocumentOnTypeFormattingParams) -> Option<Vec<TextEdit>> {
    let at = &params.text_document_position;
    of(session, &at.text_document.uri, |analysis| {
        let text = analysis.text();
        let line = (at.position.line as usize).checked_sub(1).filter(|line| *line < text.line_count())?;
        Some(lines(analysis, Span::at(text.line_start(line))))
    })
}

/// `span` with all of its first and its last line.
fn lines(analysis: &Analysis, span: Span) -> Span {
    let text = analysis.text();
    let start = text.line_start(text.line_of(span.start));
    let next = text.line_of(span.end) + 1;
    let end = if next < text.line_count() { text.line_start(next) } else { text.len() };
    Span::new(start, end.max(start))
}

fn of(session: &Session, uri: &Url, span: impl Fn(&Analysis) -> Option<Span>) -> Option<Vec<TextEdit>> {
    let document = session.documents.get(uri)?;
    let document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.formatting)?;
    let encoding = session.capabilities().encoding;
    let edits = ide::formatting(analysis, span(analysis)?).into_iter();
    let edits = edits
        .map(|edit| TextEdit { range: convert::range(analysis.text(), edit.span, encoding), new_text: edit.content });
    Some(edits.collect())
}
