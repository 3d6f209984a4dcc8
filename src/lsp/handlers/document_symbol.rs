//! `textDocument/documentSymbol`

use super::super::convert::{ReportPlaces, places};
use super::super::session::Session;
use crate::analysis::Analysis;
use crate::config::Language;
use crate::ide::{self, ReportMemo};
use crate::text::Encoding;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use std::cell::RefCell;
use std::rc::Rc;
use tower_lsp::lsp_types::{DocumentSymbol, DocumentSymbolParams, Location, SymbolInformation, SymbolKind, Url};

/// The outline of a document.
#[derive(Serialize)]
#[serde(untagged)]
pub(in super::super) enum Outline {
    Tree(Vec<WrittenSymbol>),
    List(Vec<SymbolInformation>),
}

/// The symbol of a report as JSON.
#[derive(Clone)]
pub(in super::super) struct WrittenSymbol(Rc<RawValue>);

impl Serialize for WrittenSymbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

thread_local! {
    /// The symbols by language, encoding and the first line of the report: an edit inside a line leaves all others as they were.
    static WRITTEN: RefCell<ReportMemo<(Language, Encoding, u32), Option<WrittenSymbol>>> =
        const { RefCell::new(ReportMemo::new(ide::REPORTS)) };
}

/// The outline: a tree if the client shows one, else a list.
pub(in super::super) fn handle(session: &Session, params: &DocumentSymbolParams) -> Option<Outline> {
    let shared = session.documents.get(&params.text_document.uri)?;
    let (document, uri) = (shared.read(), shared.uri());
    let analysis = document.report().filter(|analysis| analysis.settings().features.document_symbols)?;
    let client = session.capabilities();
    if !client.symbol_tree {
        return Some(Outline::List(flat(analysis, client.encoding, uri, |_| true)));
    }
    let language = analysis.settings().language;
    let tree = places(analysis, client.encoding).filter_map(|(unit, places)| {
        let make = |unit| {
            let symbol = branch(&places, &*ide::report_symbol(unit, language)?);
            Some(WrittenSymbol(to_raw_value(&symbol).ok()?.into()))
        };
        match places.first_line() {
            Some(line) => ide::by_report(&WRITTEN, (language, client.encoding, line), unit, make),
            None => make(unit),
        }
    });
    Some(Outline::Tree(tree.collect()))
}

/// The outline as a list, without symbols whose names are not `wanted`.
pub(super) fn flat(
    analysis: &Analysis,
    encoding: Encoding,
    uri: &Url,
    wanted: impl Fn(&str) -> bool,
) -> Vec<SymbolInformation> {
    let mut list = Vec::new();
    for (unit, places) in places(analysis, encoding) {
        if let Some(symbol) = ide::report_symbol(unit, analysis.settings().language) {
            flatten(&places, uri, &symbol, None, &wanted, &mut list);
        }
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
fn branch(places: &ReportPlaces<'_>, symbol: &ide::Symbol) -> DocumentSymbol {
    let children = symbol.children.iter().map(|child| branch(places, child)).collect::<Vec<_>>();
    DocumentSymbol {
        name: symbol.name.clone(),
        detail: (!symbol.detail.is_empty()).then(|| symbol.detail.clone()),
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
    places: &ReportPlaces<'_>,
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
