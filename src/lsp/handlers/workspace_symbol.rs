//! `workspace/symbol`

use super::super::session::Session;
use super::document_symbol::flat;
use tower_lsp::lsp_types::{SymbolInformation, WorkspaceSymbolParams};

/// At most this many symbols are returned.
const MOST: usize = 200;

/// The reports, sections, tables and rows of the open documents whose names contain the words of the query.
pub(in super::super) fn handle(session: &Session, params: &WorkspaceSymbolParams) -> Vec<SymbolInformation> {
    let words: Vec<String> = params.query.split_whitespace().map(str::to_lowercase).collect();
    let mut uris = session.documents.uris();
    uris.sort();
    let mut found = Vec::new();
    for uri in uris {
        let Some(shared) = session.documents.get(&uri) else { continue };
        let document = shared.read();
        let Some(analysis) = document.report().filter(|analysis| analysis.settings().features.workspace_symbols) else {
            continue;
        };
        let symbols = flat(analysis, session.capabilities().encoding, shared.uri());
        let is_asked_for = |symbol: &SymbolInformation| {
            let name = symbol.name.to_lowercase();
            words.iter().all(|word| name.contains(word))
        };
        found.extend(symbols.into_iter().filter(is_asked_for).take(MOST - found.len()));
        if found.len() == MOST {
            break;
        }
    }
    found
}
