//! The capabilities of the client, resolved once into plain values, and the capabilities that the server announces.
//!
//! They are read from the raw JSON: `lsp-types` 0.94 reads `workspace.diagnostic` where the specification has
//! `diagnostics`, and fails on any enumeration value that it does not know.

use super::token_legend;
use crate::text::Encoding;
use serde_json::Value;
use tower_lsp::lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions, DocumentOnTypeFormattingOptions,
    ExecuteCommandOptions, FoldingRangeProviderCapability, HoverProviderCapability, OneOf, PositionEncodingKind,
    SelectionRangeProviderCapability, SemanticTokensFullOptions, SemanticTokensOptions,
    SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

/// The command that asks the user which findings to suppress, and where.
pub(super) const SUPPRESS: &str = "gongkai.suppress";

/// How a client offers the ways to suppress a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum SuppressionMenu {
    /// The client has a menu of its own: the command `gongkai.chooseSuppression`, which takes a list of choices.
    Own,
    /// The server sends the choices with `window/showMessageRequest`.
    Asked,
    /// The client can only list every choice as a code action.
    #[default]
    None,
}

/// The kind of the action that applies every safe fix.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.gongkai");

/// The capabilities of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct ClientCapabilities {
    /// The negotiated unit of columns.
    pub(super) encoding: Encoding,
    /// It pulls diagnostics (`textDocument/diagnostic`), so the server does not push them.
    pub(super) pulls: bool,
    /// It takes `workspace/diagnostic/refresh`, after which it pulls again.
    pub(super) refreshes: bool,
    /// It takes `workspace/inlayHint/refresh`, after which it requests the hints again.
    pub(super) refreshes_hints: bool,
    /// It takes `workspace/codeLens/refresh`, after which it requests the lenses again.
    pub(super) refreshes_lenses: bool,
    /// It shows the operands of a diagnostic.
    pub(super) related_information: bool,
    /// It shows Markdown in a hover.
    pub(super) markdown: bool,
    /// It takes code actions with an edit, not only commands.
    pub(super) action_literals: bool,
    /// It applies edits that the server requests.
    pub(super) applies_edits: bool,
    /// It sends commands of the server back to it.
    pub(super) executes_commands: bool,
    /// It takes edits with the version they are for.
    pub(super) versioned_edits: bool,
    /// It takes an outline as a tree.
    pub(super) symbol_tree: bool,
    /// It answers `workspace/configuration`.
    pub(super) tells_settings: bool,
    /// It can watch files on the server's request.
    pub(super) watches: bool,
    /// It can watch files in a folder that is not open.
    pub(super) relative_patterns: bool,
    /// It reports when the user opens and closes folders.
    pub(super) workspace_folders: bool,
    /// It takes edits that create a file.
    pub(super) creates_files: bool,
    /// It shows Markdown beside a list of completions.
    pub(super) completion_markdown: bool,
    /// The requests that it makes.
    pub(super) uses: Uses,
}

/// Which of the requests the client makes that the server announces only to clients that make them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Uses {
    pub(super) hover: bool,
    pub(super) code_action: bool,
    pub(super) document_symbol: bool,
    pub(super) folding_range: bool,
    pub(super) semantic_tokens: bool,
    pub(super) formatting: bool,
    pub(super) range_formatting: bool,
    pub(super) on_type_formatting: bool,
    pub(super) completion: bool,
    pub(super) inlay_hint: bool,
    pub(super) code_lens: bool,
    pub(super) definition: bool,
    pub(super) references: bool,
    pub(super) document_highlight: bool,
    pub(super) selection_range: bool,
    pub(super) workspace_symbol: bool,
    pub(super) document_link: bool,
}

impl ClientCapabilities {
    /// The capabilities in the parameters of `initialize`.
    pub(super) fn of(params: &Value) -> ClientCapabilities {
        let at = |path: &str| params.get("capabilities").and_then(|capabilities| capabilities.pointer(path));
        let flag = |path: &str| at(path).and_then(Value::as_bool).unwrap_or_default();
        let lists = |path: &str, what: &str| {
            at(path).and_then(Value::as_array).is_some_and(|values| values.iter().any(|value| value == what))
        };
        let is_used = |path: &str| at(path).is_some_and(Value::is_object);
        let offers = |encoding: &str| lists("/general/positionEncodings", encoding);
        ClientCapabilities {
            encoding: if offers("utf-8") {
                Encoding::Utf8
            } else if offers("utf-32") {
                Encoding::Utf32
            } else {
                Encoding::Utf16
            },
            pulls: at("/textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes: flag("/workspace/diagnostics/refreshSupport") || flag("/workspace/diagnostic/refreshSupport"),
            refreshes_hints: flag("/workspace/inlayHint/refreshSupport"),
            refreshes_lenses: flag("/workspace/codeLens/refreshSupport"),
            related_information: flag("/textDocument/publishDiagnostics/relatedInformation")
                || flag("/textDocument/diagnostic/relatedInformation"),
            markdown: lists("/textDocument/hover/contentFormat", "markdown"),
            action_literals: at("/textDocument/codeAction/codeActionLiteralSupport").is_some_and(Value::is_object),
            applies_edits: flag("/workspace/applyEdit"),
            executes_commands: at("/workspace/executeCommand").is_some_and(Value::is_object),
            versioned_edits: flag("/workspace/workspaceEdit/documentChanges"),
            symbol_tree: flag("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            tells_settings: flag("/workspace/configuration"),
            watches: flag("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            relative_patterns: flag("/workspace/didChangeWatchedFiles/relativePatternSupport"),
            workspace_folders: flag("/workspace/workspaceFolders"),
            creates_files: flag("/workspace/workspaceEdit/documentChanges")
                && lists("/workspace/workspaceEdit/resourceOperations", "create"),
            completion_markdown: lists("/textDocument/completion/completionItem/documentationFormat", "markdown"),
            uses: Uses {
                hover: is_used("/textDocument/hover"),
                code_action: is_used("/textDocument/codeAction"),
                document_symbol: is_used("/textDocument/documentSymbol"),
                folding_range: is_used("/textDocument/foldingRange"),
                semantic_tokens: is_used("/textDocument/semanticTokens"),
                formatting: is_used("/textDocument/formatting"),
                range_formatting: is_used("/textDocument/rangeFormatting"),
                on_type_formatting: is_used("/textDocument/onTypeFormatting"),
                completion: is_used("/textDocument/completion"),
                inlay_hint: is_used("/textDocument/inlayHint"),
                code_lens: is_used("/textDocument/codeLens"),
                definition: is_used("/textDocument/definition"),
                references: is_used("/textDocument/references"),
                document_highlight: is_used("/textDocument/documentHighlight"),
                selection_range: is_used("/textDocument/selectionRange"),
                workspace_symbol: is_used("/workspace/symbol"),
                document_link: is_used("/textDocument/documentLink"),
            },
        }
    }
}

/// The capabilities that the server announces to `client`. Without `has_laws` there is nothing to link to.
pub(super) fn offer(client: ClientCapabilities, menu: SuppressionMenu, has_laws: bool) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match client.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            // The server reads a configuration file again when it is saved, for clients that do not watch files.
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        // Announced only to clients that pull: a client that neither pulls nor gets pushed diagnostics would see
        // nothing.
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("gongkai".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: false,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        }),
        hover_provider: client.uses.hover.then_some(HoverProviderCapability::Simple(true)),
        code_action_provider: client.uses.code_action.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL, CodeActionKind::REFACTOR_REWRITE]),
                ..CodeActionOptions::default()
            })
        }),
        execute_command_provider: (menu == SuppressionMenu::Asked)
            .then(|| ExecuteCommandOptions { commands: vec![SUPPRESS.to_owned()], ..ExecuteCommandOptions::default() }),
        document_symbol_provider: client.uses.document_symbol.then_some(OneOf::Left(true)),
        folding_range_provider: client.uses.folding_range.then_some(FoldingRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: client.uses.semantic_tokens.then(|| {
            SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
                legend: token_legend::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            })
        }),
        document_formatting_provider: client.uses.formatting.then_some(OneOf::Left(true)),
        document_range_formatting_provider: client.uses.range_formatting.then_some(OneOf::Left(true)),
        document_on_type_formatting_provider: client.uses.on_type_formatting.then(|| DocumentOnTypeFormattingOptions {
            first_trigger_character: "\n".to_owned(),
            more_trigger_character: None,
        }),
        completion_provider: client.uses.completion.then(|| CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(["\t", "|", " "].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        inlay_hint_provider: client.uses.inlay_hint.then_some(OneOf::Left(true)),
        code_lens_provider: client.uses.code_lens.then_some(CodeLensOptions { resolve_provider: Some(false) }),
        definition_provider: client.uses.definition.then_some(OneOf::Left(true)),
        references_provider: client.uses.references.then_some(OneOf::Left(true)),
        document_highlight_provider: client.uses.document_highlight.then_some(OneOf::Left(true)),
        selection_range_provider: client.uses.selection_range.then_some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: (client.uses.document_link && has_laws).then(|| DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        workspace_symbol_provider: client.uses.workspace_symbol.then_some(OneOf::Left(true)),
        workspace: client.workspace_folders.then_some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_best_encoding_on_offer_is_taken() {
        let agreed = |offered: Value| {
            ClientCapabilities::of(&json!({"capabilities": {"general": {"positionEncodings": offered}}})).encoding
        };
        assert_eq!(agreed(json!(["utf-16", "utf-32", "utf-8"])), Encoding::Utf8);
        assert_eq!(agreed(json!(["utf-16", "utf-32"])), Encoding::Utf32);
        assert_eq!(agreed(json!(["utf-16"])), Encoding::Utf16);
        assert_eq!(agreed(json!([])), Encoding::Utf16);
        assert_eq!(agreed(json!(null)), Encoding::Utf16);
    }

    #[test]
    fn a_client_that_says_nothing_can_do_nothing_special() {
        for params in
            [json!({}), json!({"capabilities": {}}), json!(null), json!({"capabilities": {"textDocument": 3}})]
        {
            assert_eq!(ClientCapabilities::of(&params), ClientCapabilities::default());
        }
    }

    #[test]
    fn refresh_is_read_under_both_spellings() {
        for key in ["diagnostics", "diagnostic"] {
            let params = json!({"capabilities": {"workspace": {key: {"refreshSupport": true}}}});
            assert!(ClientCapabilities::of(&params).refreshes, "{key}");
        }
    }
}
