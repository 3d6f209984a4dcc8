//! `textDocument/definition`, `textDocument/references` and `textDocument/documentHighlight`

use super::super::session::Session;
use super::super::{closed, convert, uris};
use crate::analysis::Analysis;
use crate::config::Features;
use crate::files::OpenedFile;
use crate::ide::{self, CarriedFigure};
use crate::report::Document;
use crate::text::Span;
use std::path::PathBuf;
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams, GotoDefinitionResponse,
    Location, ReferenceParams, TextDocumentPositionParams, Url,
};

/// The source of the figure at the position.
pub(in super::super) fn definition(session: &Session, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let place = &params.text_document_position_params;
    let (found, carried) = at(
        session,
        place,
        |features| features.definition,
        |analysis, uri, offset| {
            let found = locations(session, analysis, uri, ide::definitions(analysis, offset));
            Some((found, ide::carried_from(analysis, offset)))
        },
    )?;
    // The figure of last year's report is the source; the totals here are not.
    let found: Vec<Location> = elsewhere(session, carried).into_iter().chain(found).collect();
    (!found.is_empty()).then_some(GotoDefinitionResponse::Array(found))
}

/// The places where the figure at the position is repeated or added up.
pub(in super::super) fn references(session: &Session, params: &ReferenceParams) -> Option<Vec<Location>> {
    let place = &params.text_document_position;
    let (mut found, carried) = at(
        session,
        place,
        |features| features.references,
        |analysis, uri, offset| {
            let found = ide::references(analysis, offset, params.context.include_declaration);
            let carried = [ide::carried_from(analysis, offset), ide::carried_to(analysis, offset)];
            Some((locations(session, analysis, uri, found), carried))
        },
    )?;
    found.extend(elsewhere(session, carried.into_iter().flatten()));
    Some(found)
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

/// The places of `figures` in the other reports of the open folders. No other document may be locked. A Word file has no
/// place that an editor of text can show.
fn elsewhere(session: &Session, figures: impl IntoIterator<Item = CarriedFigure>) -> Vec<Location> {
    let encoding = session.capabilities().encoding;
    let mut found = Vec::new();
    for figure in figures {
        let reports: Vec<(PathBuf, usize)> = {
            let index = session.workspace.index();
            let reports = index.reports_of(&figure.body, figure.year);
            reports.map(|report| (PathBuf::from(report.path), report.unit)).collect()
        };
        for (path, unit) in reports {
            if let Some(shared) = session.documents.at(&path) {
                let document = shared.read();
                let analysis = document.report();
                let span = analysis.and_then(|analysis| figure.place_in(analysis.document(), unit).zip(Some(analysis)));
                found.extend(span.map(|(span, analysis)| Location {
                    uri: shared.uri().clone(),
                    range: convert::range(analysis.text(), span, encoding),
                }));
            } else if let Some(uri) = uris::of(&path)
                && let Ok(Some(OpenedFile::Text(file))) = closed::read(session, &uri)
            {
                let document = Document::new(&file.text);
                let span = figure.place_in(&document, unit);
                found.extend(span.map(|span| Location { uri, range: convert::range(document.text(), span, encoding) }));
            }
        }
    }
    found
}

fn locations(session: &Session, analysis: &Analysis, uri: &Url, spans: Vec<Span>) -> Vec<Location> {
    let encoding = session.capabilities().encoding;
    let location = |span| Location { uri: uri.clone(), range: convert::range(analysis.text(), span, encoding) };
    spans.into_iter().map(location).collect()
}
