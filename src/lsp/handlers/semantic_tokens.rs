//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`

use super::super::convert;
use super::super::document_tokens::{DocumentTokens, encoded};
use super::super::session::Session;
use serde::Serialize;
use serde_json::value::RawValue;
use tower_lsp::lsp_types::{
    SemanticTokens, SemanticTokensDeltaParams, SemanticTokensEdit, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, Url,
};

/// All tokens, written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct WrittenTokens {
    result_id: String,
    data: Box<RawValue>,
}

/// What is other than in an earlier result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct TokensDelta {
    result_id: String,
    edits: Vec<SemanticTokensEdit>,
}

/// An answer to a request for a delta.
#[derive(Serialize)]
#[serde(untagged)]
pub(in super::super) enum DeltaAnswer {
    Tokens(WrittenTokens),
    Delta(TokensDelta),
}

/// All tokens.
pub(in super::super) fn full(session: &Session, params: &SemanticTokensParams) -> Option<WrittenTokens> {
    let (result_id, tokens) = of_document(session, &params.text_document.uri)?;
    Some(WrittenTokens { result_id, data: tokens.written()? })
}

/// What is other than in the result that the client has, or all of them if that is not known any more.
pub(in super::super) fn delta(session: &Session, params: &SemanticTokensDeltaParams) -> Option<DeltaAnswer> {
    let uri = &params.text_document.uri;
    let old = session.documents.get(uri).and_then(|document| document.read().take_tokens(&params.previous_result_id));
    let (result_id, tokens) = of_document(session, uri)?;
    Some(match old {
        None => DeltaAnswer::Tokens(WrittenTokens { result_id, data: tokens.written()? }),
        Some(old) => DeltaAnswer::Delta(TokensDelta { result_id, edits: tokens.difference(&old) }),
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
fn of_document(session: &Session, uri: &Url) -> Option<(String, DocumentTokens)> {
    let document = session.documents.get(uri)?;
    let mut document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.semantic_tokens)?;
    let tokens = DocumentTokens::of(analysis, session.capabilities().encoding);
    let id = document.generation().to_string();
    document.keep_tokens(id.clone(), tokens.clone());
    Some((id, tokens))
}
