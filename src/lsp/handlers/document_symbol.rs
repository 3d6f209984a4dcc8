//! `textDocument/documentSymbol`

use super::super::convert::Places;
use super::super::session::Session;
use crate::analysis::Analysis;
use crate::ide;
use crate::text::Encoding;
use tower_lsp::lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, Url,
};

/// The outline: a tree if the client shows one, else a list.
pub(in super::super) fn handle(session: &Session, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let uri = &params.text_document.uri;
    let shared = session.documents.get(uri)?;
    let (document, uri) = (shared.read(), shared.uri());
    let analysis = document.report().filter(|analysis| analysis.settings().features.document_symbols)?;
    let client = session.capabilities();
    if client.symbol_tree {
        let places = Places::new(analysis, client.encoding);
        let tree = ide::symbols(analysis).into_iter().map(|symbol| branch(&places, symbol)).collect();
        return Some(DocumentSymbolResponse::Nested(tree));
    }
    Some(DocumentSymbolResponse::Flat(flat(analysis, client.encoding, uri, |_| true)))
}

/// The outline as a list, without symbols whose names are not `wanted`.
pub(super) fn flat(
    analysis: &Analysis,
    encoding: Encoding,
    uri: &Url,
    wanted: impl Fn(&str) -> bool,
) -> Vec<SymbolInformation> {
    let places = Places::new(analysis, encoding);
    let mut list = Vec::new();
    for symbol in &ide::symbols(analysis) {
        flatten(&places, uri, symbol, None, &wanted, &mut list);
    }
    list
}

fn kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Report => SymbolKind::FILE,
        ide::SymbolKind::Section => SymbolKind::NAMESPACE,
        ide::SymbolKind::Subsection => SymbolKind::STRING,
        ide::SymbolKind::Table => SymbolKind::STRUCT,
        ide::SymbolKind::Row => SymbolKind::FIELD,
    }
}

#[expect(deprecated, reason = "lsp-types still has the field, and offers no constructor without it")]
fn branch(places: &Places<'_>, symbol: ide::Symbol) -> DocumentSymbol {
    let children = symbol.children.into_iter().map(|child| branch(places, child)).collect::<Vec<_>>();
    DocumentSymbol {
        name: symbol.name,
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: places.range(symbol.span),
        selection_range: places.range(symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "lsp-types still has the field, and offers no constructor without it")]
fn flatten(
    places: &Places<'_>,
    uri: &Url,
    symbol: &ide::Symbol,
    container: Option<&str>,
    wanted: &impl Fn(&str) -> bool,
    list: &mut Vec<SymbolInformation>,
) {
    if wanted(&symbol.name) {
        list.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range: places.range(symbol.span) },
            container_name: container.map(str::to_owned),
        });
    }
    for child in &symbol.children {
        flatten(places, uri, child, Some(&symbol.name), wanted, list);
    }
}
