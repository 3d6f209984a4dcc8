//! `textDocument/definition`, `textDocument/references` and `textDocument/documentHighlight`

use super::super::convert;
use super::super::session::Session;
use crate::analysis::Analysis;
use crate::config::Features;
use crate::ide;
use crate::text::Span;
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams, GotoDefinitionResponse,
    Location, ReferenceParams, TextDocumentPositionParams, Url,
};

/// The source of the figure at the position.
pub(in super::super) fn definition(session: &Session, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let place = &params.text_document_position_params;
    at(
        session,
        place,
        |features| features.definition,
        |analysis, uri, offset| {
            let found = locations(session, analysis, uri, ide::definitions(analysis, offset));
            (!found.is_empty()).then_some(GotoDefinitionResponse::Array(found))
        },
    )
}

/// The places where the figure at the position is repeated or added up.
pub(in super::super) fn references(session: &Session, params: &ReferenceParams) -> Option<Vec<Location>> {
    let place = &params.text_document_position;
    at(
        session,
        place,
        |features| features.references,
        |analysis, uri, offset| {
            let found = ide::references(analysis, offset, params.context.include_declaration);
            Some(locations(session, analysis, uri, found))
        },
    )
}

/// The figure at the position with its related figures: totals as write accesses, the others as read accesses.
pub(in super::super) fn highlight(
    session: &Session,
    params: &DocumentHighlightParams,
) -> Option<Vec<DocumentHighlight>> {
    let place = &params.text_document_position_params;
    at(
        session,
        place,
        |features| features.document_highlight,
        |analysis, _, offset| {
            let found = ide::highlights(analysis, offset).into_iter().map(|highlight| DocumentHighlight {
                range: convert::range(analysis.text(), highlight.span, session.capabilities().encoding),
                kind: Some(match highlight.is_total {
                    true => DocumentHighlightKind::WRITE,
                    false => DocumentHighlightKind::READ,
                }),
            });
            Some(found.collect())
        },
    )
}

/// The result of `find` for the report and the offset at `place`, if the settings switch the feature on.
fn at<T>(
    session: &Session,
    place: &TextDocumentPositionParams,
    is_on: fn(&Features) -> bool,
    find: impl Fn(&Analysis, &Url, usize) -> Option<T>,
) -> Option<T> {
    let shared = session.documents.get(&place.text_document.uri)?;
    let (document, uri) = (shared.read(), shared.uri());
    let analysis = document.report().filter(|analysis| is_on(&analysis.settings().features))?;
    find(analysis, uri, convert::offset(analysis.text(), place.position, session.capabilities().encoding))
}

fn locations(session: &Session, analysis: &Analysis, uri: &Url, spans: Vec<Span>) -> Vec<Location> {
    let encoding = session.capabilities().encoding;
    let location = |span| Location { uri: uri.clone(), range: convert::range(analysis.text(), span, encoding) };
    spans.into_iter().map(location).collect()
}
