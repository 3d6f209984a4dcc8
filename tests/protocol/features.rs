//! The page of features against the meta model and against what the server offers.

use crate::checked::Checked;
use crate::meta::MetaModel;
use crate::sessions::{hello, rich};
use std::collections::BTreeMap;
use std::path::Path;

/// The methods in the first column of the page's tables, with whether they are served and the text of the last column.
fn page() -> BTreeMap<String, (bool, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/features.md");
    let page = std::fs::read_to_string(page).unwrap();
    let mut methods = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [names, served, last] = cells.as_slice() else { panic!("{line}") };
        for name in names.split('`').skip(1).step_by(2) {
            let is_served = served.starts_with("yes");
            assert!(is_served || served.starts_with("no"), "{line}");
            let old = methods.insert(name.to_owned(), (is_served, (*last).to_owned()));
            assert!(old.is_none(), "{name} is there twice");
        }
    }
    methods
}

#[test]
fn every_method_of_the_protocol_is_on_the_page_with_a_test_or_a_reason() {
    let (model, page) = (MetaModel::load(), page());
    let missing: Vec<&str> = model.methods().filter(|method| !page.contains_key(*method)).collect();
    assert!(missing.is_empty(), "not in docs/features.md: {missing:#?}");
    let known: Vec<&str> = model.methods().collect();
    for (name, (is_served, last)) in &page {
        assert!(known.contains(&name.as_str()) || name.starts_with("gongkai/"), "{name} is no method of LSP 3.17");
        let names_a_test = last.contains("`tests/") || last.contains("`src/");
        assert!(!is_served || names_a_test, "{name} names no test: {last}");
        assert!(last.len() > 5, "{name} says nothing");
    }
}

#[test]
fn the_page_of_features_lists_the_requests_that_are_offered() {
    let (client, page) = (Checked::start(hello(rich("utf-16", true), None)), page());
    for (method, capability) in [
        ("textDocument/hover", "hoverProvider"),
        ("textDocument/signatureHelp", "signatureHelpProvider"),
        ("textDocument/declaration", "declarationProvider"),
        ("textDocument/definition", "definitionProvider"),
        ("textDocument/typeDefinition", "typeDefinitionProvider"),
        ("textDocument/implementation", "implementationProvider"),
        ("textDocument/references", "referencesProvider"),
        ("textDocument/documentHighlight", "documentHighlightProvider"),
        ("textDocument/documentSymbol", "documentSymbolProvider"),
        ("textDocument/codeAction", "codeActionProvider"),
        ("textDocument/codeLens", "codeLensProvider"),
        ("textDocument/documentLink", "documentLinkProvider"),
        ("textDocument/documentColor", "colorProvider"),
        ("textDocument/formatting", "documentFormattingProvider"),
        ("textDocument/rangeFormatting", "documentRangeFormattingProvider"),
        ("textDocument/onTypeFormatting", "documentOnTypeFormattingProvider"),
        ("textDocument/rename", "renameProvider"),
        ("textDocument/foldingRange", "foldingRangeProvider"),
        ("textDocument/selectionRange", "selectionRangeProvider"),
        ("textDocument/prepareCallHierarchy", "callHierarchyProvider"),
        ("textDocument/prepareTypeHierarchy", "typeHierarchyProvider"),
        ("textDocument/linkedEditingRange", "linkedEditingRangeProvider"),
        ("textDocument/moniker", "monikerProvider"),
        ("textDocument/inlayHint", "inlayHintProvider"),
        ("textDocument/inlineValue", "inlineValueProvider"),
        ("textDocument/diagnostic", "diagnosticProvider"),
        ("textDocument/completion", "completionProvider"),
        ("textDocument/semanticTokens/full", "semanticTokensProvider"),
        ("workspace/symbol", "workspaceSymbolProvider"),
    ] {
        let offered = !client.capabilities[capability].is_null() && client.capabilities[capability] != false;
        assert_eq!(page[method].0, offered, "{method}");
    }
    for (method, options) in [
        ("textDocument/semanticTokens/full/delta", "/semanticTokensProvider/full/delta"),
        ("textDocument/semanticTokens/range", "/semanticTokensProvider/range"),
        ("completionItem/resolve", "/completionProvider/resolveProvider"),
        ("codeAction/resolve", "/codeActionProvider/resolveProvider"),
        ("codeLens/resolve", "/codeLensProvider/resolveProvider"),
        ("documentLink/resolve", "/documentLinkProvider/resolveProvider"),
        ("inlayHint/resolve", "/inlayHintProvider/resolveProvider"),
        ("workspaceSymbol/resolve", "/workspaceSymbolProvider/resolveProvider"),
        ("workspace/diagnostic", "/diagnosticProvider/workspaceDiagnostics"),
    ] {
        let offered = client.capabilities.pointer(options).is_some_and(|option| *option == true);
        assert_eq!(page[method].0, offered, "{method}");
    }
    client.end();
}
