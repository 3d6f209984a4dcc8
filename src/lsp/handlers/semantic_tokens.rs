//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`

use super::super::session::Session;
use super::super::{convert, token_legend};
use crate::analysis::{Analysis, Unit};
use crate::ide::{self, ColourToken};
use crate::text::{Encoding, Lines, Memo, Span, changed_part};
use std::cell::RefCell;
use std::rc::Rc;
use tower_lsp::lsp_types::{
    Position, SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, Url,
};

/// All tokens.
pub(in super::super) fn full(session: &Session, params: &SemanticTokensParams) -> Option<SemanticTokensResult> {
    let (id, data) = of_document(session, &params.text_document.uri)?;
    Some(SemanticTokensResult::Tokens(SemanticTokens { result_id: Some(id), data }))
}

/// What is other than in the result that the client has, or all of them if that is not known any more.
pub(in super::super) fn delta(
    session: &Session,
    params: &SemanticTokensDeltaParams,
) -> Option<SemanticTokensFullDeltaResult> {
    let uri = &params.text_document.uri;
    let old = session.documents.get(uri).and_then(|document| document.read().take_tokens(&params.previous_result_id));
    let (id, data) = of_document(session, uri)?;
    Some(match old {
        None => SemanticTokensFullDeltaResult::Tokens(SemanticTokens { result_id: Some(id), data }),
        Some(old) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
            result_id: Some(id),
            edits: difference(&old, &data).into_iter().collect(),
        }),
    })
}

/// The tokens of a range.
pub(in super::super) fn range(
    session: &Session,
    params: &SemanticTokensRangeParams,
) -> Option<SemanticTokensRangeResult> {
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.semantic_tokens)?;
    let encoding = session.capabilities().encoding;
    let span = convert::span(analysis.text(), params.range, encoding);
    let data = encoded(analysis, span, encoding);
    Some(SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data }))
}

/// All tokens of `uri`, which the document keeps for the next delta.
fn of_document(session: &Session, uri: &Url) -> Option<(String, Vec<SemanticToken>)> {
    let document = session.documents.get(uri)?;
    let mut document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.semantic_tokens)?;
    let data = of_all(analysis, session.capabilities().encoding);
    let id = document.generation().to_string();
    document.keep_tokens(id.clone(), data.clone());
    Some((id, data))
}

/// The tokens of reports by their texts.
type TokensByText = Memo<(Encoding, Box<str>), Rc<ReportTokens>>;

thread_local! {
    /// After an edit all reports but one have the tokens that they had.
    static REPORTS: RefCell<TokensByText> = const { RefCell::new(Memo::new(256)) };
}

/// The tokens of a report, the first counted from its start.
struct ReportTokens {
    tokens: Vec<SemanticToken>,
    /// The line of the last one, counted from the first line of the report.
    last_line: u32,
}

impl ReportTokens {
    fn of(unit: Unit<'_>, encoding: Encoding) -> ReportTokens {
        let lines = Lines::new(unit.source);
        let place = |offset| convert::narrow(lines.position(offset, encoding));
        let tokens = ide::report_tokens(unit).into_iter();
        let mut numbers = RelativeNumbers::default();
        let tokens = tokens.map(|token| numbers.of(token, place(token.span.start), place(token.span.end))).collect();
        ReportTokens { tokens, last_line: numbers.line }
    }
}

/// All tokens of the document, each counted from the one before.
fn of_all(analysis: &Analysis, encoding: Encoding) -> Vec<SemanticToken> {
    let mut all: Vec<SemanticToken> = Vec::new();
    let mut last = 0;
    for (unit, first_line) in analysis.units().zip(analysis.document().first_lines()) {
        let Some(first_line) = first_line.and_then(|line| u32::try_from(line).ok()) else {
            // A report that starts inside a line.
            return encoded(analysis, Span::new(0, analysis.text().len()), encoding);
        };
        let key = (encoding, Box::from(unit.source));
        let known = Memo::get_or_make(&REPORTS, &key, || Rc::new(ReportTokens::of(unit, encoding)));
        let Some((first, others)) = known.tokens.split_first() else { continue };
        let line = first_line.saturating_add(first.delta_line);
        all.push(SemanticToken { delta_line: line.saturating_sub(last), ..*first });
        all.extend_from_slice(others);
        last = first_line.saturating_add(known.last_line);
    }
    all
}

/// Where the last token started.
#[derive(Default)]
struct RelativeNumbers {
    line: u32,
    start: u32,
}

impl RelativeNumbers {
    /// `token` from `start` to `end`, counted from the last one.
    fn of(&mut self, token: ColourToken, start: Position, end: Position) -> SemanticToken {
        let delta_line = start.line.saturating_sub(self.line);
        let delta_start = if delta_line == 0 { start.character.saturating_sub(self.start) } else { start.character };
        (self.line, self.start) = (start.line, start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: end.character.saturating_sub(start.character),
            token_type: token_legend::number_of(token.kind),
            token_modifiers_bitset: u32::from(token.is_total) | (u32::from(token.is_stated) << 1),
        }
    }
}

/// The tokens of `span`, each counted from the one before.
fn encoded(analysis: &Analysis, span: Span, encoding: Encoding) -> Vec<SemanticToken> {
    let text = analysis.text();
    let mut numbers = RelativeNumbers::default();
    let tokens = ide::semantic_tokens(analysis, span).into_iter();
    let encoded = tokens.map(|token| {
        let range = convert::range(text, token.span, encoding);
        numbers.of(token, range.start, range.end)
    });
    encoded.collect()
}

/// The one edit that makes `new` of `old`, if they differ.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    /// The protocol encodes a token as this number of integers.
    const NUMBERS: usize = 5;
    let (gone, come) = changed_part(old, new)?;
    let number = |tokens: usize| u32::try_from(tokens * NUMBERS).unwrap_or(u32::MAX);
    Some(SemanticTokensEdit {
        start: number(gone.start),
        delete_count: number(gone.len()),
        data: Some(new.get(come).unwrap_or_default().to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn tokens_of_reports_put_together_are_those_of_the_document() {
        let report = |body: &str| {
            format!("{body}2023年政府信息公开工作年度报告\n一、总体情况\n收到申请5件。😀\n二、主动公开政府信息情况\n")
        };
        let two = format!("{}\r\n{}", report("白石县档案局"), report("白石县水务局"));
        let others = [format!("\n\n{two}"), two.replace('\n', "\r"), String::new(), "会议纪要\n".to_owned()];
        for text in std::iter::once(two).chain(others) {
            let analysis = Analysis::new(&text, Arc::default());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let whole = Span::new(0, text.len());
                assert_eq!(of_all(&analysis, encoding), encoded(&analysis, whole, encoding), "{text:?}");
            }
        }
    }
}
