//! `workspace/symbol`

use super::super::session::Session;
use super::super::uris;
use super::document_symbol::flat;
use crate::config::Settings;
use crate::configuration;
use std::borrow::Cow;
use std::path::Path;
use tower_lsp::lsp_types::{Location, Position, Range, SymbolInformation, SymbolKind, WorkspaceSymbolParams};

/// At most this many symbols are returned.
const MOST: usize = 200;

/// The reports of the open folders, and the sections, tables and rows of the open documents, whose names contain the
/// words of the query: reports first.
pub(in super::super) fn handle(session: &Session, params: &WorkspaceSymbolParams) -> Vec<SymbolInformation> {
    let words: Vec<String> = params.query.split_whitespace().map(str::to_lowercase).collect();
    let is_asked_for = |name: &str| {
        let name = match name.chars().any(char::is_uppercase) {
            true => Cow::Owned(name.to_lowercase()),
            false => Cow::Borrowed(name),
        };
        words.iter().all(|word| name.contains(word))
    };
    let mut uris = session.documents.uris();
    uris.sort();
    let (mut found, mut parts) = (Vec::new(), Vec::new());
    for uri in uris {
        let Some(shared) = session.documents.get(&uri) else { continue };
        let document = shared.read();
        let Some(analysis) = document.report().filter(|analysis| analysis.settings().features.workspace_symbols) else {
            continue;
        };
        let symbols = flat(analysis, session.capabilities().encoding, shared.uri(), is_asked_for).into_iter();
        let (reports, others): (Vec<_>, Vec<_>) = symbols.partition(|symbol| symbol.kind == SymbolKind::FILE);
        found.extend(reports);
        if parts.len() < MOST {
            parts.extend(others);
        }
    }
    found.extend(closed_reports(session).into_iter().filter(|symbol| is_asked_for(&symbol.name)));
    found.extend(parts);
    found.truncate(MOST);
    found
}

/// The reports of the open folders that are in no open document.
#[expect(deprecated, reason = "lsp-types still has the field, and offers no constructor without it")]
fn closed_reports(session: &Session) -> Vec<SymbolInformation> {
    let editor = session.settings();
    let is_on = |settings: &Settings| settings.features.workspace_symbols;
    let configuration = |root: &Path| configuration::nearest(root).and_then(|path| session.configuration_at(&path));
    let mut roots = session.roots();
    roots.retain(|root| configuration(root).map_or(is_on(&editor), |loaded| is_on(loaded.configuration.settings())));
    let open = session.documents.real_paths();
    let index = session.workspace.index();
    let symbols = index.reports().filter_map(|report| {
        let path = Path::new(report.path);
        if !roots.iter().any(|root| path.starts_with(root)) || open.contains(path) {
            return None;
        }
        let start = Position::new(u32::try_from(report.line).unwrap_or(u32::MAX), 0);
        let location = Location { uri: uris::of(path)?, range: Range::new(start, start) };
        Some(SymbolInformation {
            name: format!("{}{}年", report.body, report.year),
            kind: SymbolKind::FILE,
            tags: None,
            deprecated: None,
            location,
            container_name: path.file_name().map(|name| name.to_string_lossy().into_owned()),
        })
    });
    symbols.collect()
}
