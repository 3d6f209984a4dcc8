//! tower-lsp's view of the server: one line for each method, whose work is a file in `handlers/`. The methods with long
//! answers are in `long_answers.rs`.

use super::capabilities;
use super::handlers::check_folder::{self, CheckFolderParams, FolderSummary};
use super::handlers::new_report::{self, NewReportParams, NewReportText};
use super::handlers::rule_documentation::{self, RuleDocumentation, RuleDocumentationParams};
use super::handlers::set_cell::{self, SetCellParams};
use super::handlers::{
    code_action, completion, diagnostic, document_link, execute_command, formatting, hover, inlay_hint, references,
    selection_range, semantic_tokens, workspace_symbol,
};
use super::session::Session;
use serde_json::Value;
use std::sync::Arc;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    CodeActionParams, CodeActionResponse, CompletionItem, CompletionParams, CompletionResponse,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams, ExecuteCommandParams, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InlayHint, InlayHintParams, Location, ReferenceParams,
    SelectionRange, SelectionRangeParams, SemanticTokensRangeParams, SemanticTokensRangeResult, ServerInfo,
    SymbolInformation, TextEdit, WorkspaceEdit, WorkspaceSymbolParams,
};
use tower_lsp::{LanguageServer, async_trait};

/// Answers requests. Every handler except one reads one state of one document and awaits nothing.
pub(super) struct Server {
    session: Arc<Session>,
}

impl Server {
    pub(super) fn new(session: Arc<Session>) -> Server {
        Server { session }
    }

    #[cfg(debug_assertions)]
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// `gongkai/ruleDocumentation`
    pub(super) async fn rule_documentation(&self, params: RuleDocumentationParams) -> Result<RuleDocumentation> {
        rule_documentation::handle(&self.session, &params)
    }

    /// `gongkai/setCell`
    pub(super) async fn set_cell(&self, params: SetCellParams) -> Result<WorkspaceEdit> {
        set_cell::handle(&self.session, &params)
    }

    /// `gongkai/newReport`
    pub(super) async fn new_report(&self, params: NewReportParams) -> Result<NewReportText> {
        new_report::handle(&self.session, &params)
    }

    /// `gongkai/checkFolder`, the only request that waits: for the end of another process.
    pub(super) async fn check_folder(&self, params: CheckFolderParams) -> Result<FolderSummary> {
        check_folder::handle(&self.session, params).await
    }
}

#[async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult {
            capabilities: capabilities::offer(
                self.session.capabilities(),
                self.session.suppression_menu(),
                self.session.has_laws(),
            ),
            server_info: Some(ServerInfo {
                name: "gongkai".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        Ok(hover::handle(&self.session, &params))
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        Ok(code_action::handle(&self.session, &params))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        execute_command::handle(&self.session, params).map(|()| None)
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        Ok(completion::handle(&self.session, &params))
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        Ok(completion::resolve(&self.session, item))
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        Ok(inlay_hint::handle(&self.session, &params))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(references::definition(&self.session, &params))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        Ok(references::references(&self.session, &params))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        Ok(references::highlight(&self.session, &params))
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        Ok(selection_range::handle(&self.session, &params))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        Ok(semantic_tokens::range(&self.session, &params))
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        Ok(formatting::document(&self.session, &params))
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        Ok(formatting::range(&self.session, &params))
    }

    async fn on_type_formatting(&self, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        Ok(formatting::on_type(&self.session, &params))
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        Ok(document_link::handle(&self.session, &params))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        Ok(Some(workspace_symbol::handle(&self.session, &params)))
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        Ok(diagnostic::handle(&self.session, &params))
    }
}
