//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`

use super::super::session::Session;
use super::super::{convert, token_legend};
use crate::analysis::Analysis;
use crate::ide;
use crate::text::{Encoding, Span, changed_part};
use tower_lsp::lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensEdit,
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
    let data = encoded(analysis, Span::new(0, analysis.text().len()), session.capabilities().encoding);
    let id = document.generation().to_string();
    document.keep_tokens(id.clone(), data.clone());
    Some((id, data))
}

/// The tokens of `span`, each counted from the one before.
fn encoded(analysis: &Analysis, span: Span, encoding: Encoding) -> Vec<SemanticToken> {
    let text = analysis.text();
    let (mut line, mut start) = (0, 0);
    let tokens = ide::semantic_tokens(analysis, span).into_iter();
    let encoded = tokens.map(|token| {
        let range = convert::range(text, token.span, encoding);
        let delta_line = range.start.line.saturating_sub(line);
        let delta_start =
            if delta_line == 0 { range.start.character.saturating_sub(start) } else { range.start.character };
        (line, start) = (range.start.line, range.start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character.saturating_sub(range.start.character),
            token_type: token_legend::number_of(token.kind),
            token_modifiers_bitset: u32::from(token.is_total) | (u32::from(token.is_stated) << 1),
        }
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
