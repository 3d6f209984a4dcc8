//! The least that a language server on tower-lsp can do: it keeps each document in a rope, applies every change to it, and
//! answers with a set of diagnostics that is always the same. What gongkai's times are measured against.
//!
//! ```text
//! echo [COUNT]    publishes COUNT diagnostics each time; none by default
//! ```

use ropey::Rope;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Hover,
    HoverContents, HoverParams, HoverProviderCapability, InitializeParams, InitializeResult, MarkedString, Position,
    Range, ServerCapabilities, TextDocumentContentChangeEvent, TextDocumentSyncCapability, TextDocumentSyncKind, Url,
};
use tower_lsp::{Client, LanguageServer, LspService, Server, async_trait};

struct Echo {
    client: Client,
    documents: Mutex<HashMap<Url, Rope>>,
    count: u32,
}

impl Echo {
    fn with<T>(&self, act: impl FnOnce(&mut HashMap<Url, Rope>) -> T) -> T {
        act(&mut self.documents.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn publish(&self, uri: Url, version: i32) {
        let diagnostic = |line| Diagnostic {
            range: Range::new(Position::new(line, 0), Position::new(line, 1)),
            message: "Something is said of this line, in a sentence of usual length, and nothing is meant by it."
                .into(),
            ..Diagnostic::default()
        };
        self.client.publish_diagnostics(uri, (0..self.count).map(diagnostic).collect(), Some(version)).await;
    }
}

/// Where `position` is in `rope`, in characters; its column counts units of UTF-16.
fn index(rope: &Rope, position: Position) -> usize {
    let line = rope.try_line_to_char(position.line as usize).unwrap_or_else(|_| rope.len_chars());
    let column = rope.char_to_utf16_cu(line) + position.character as usize;
    rope.try_utf16_cu_to_char(column).unwrap_or_else(|_| rope.len_chars())
}

fn apply(rope: &mut Rope, change: &TextDocumentContentChangeEvent) {
    let Some(range) = change.range else {
        *rope = Rope::from_str(&change.text);
        return;
    };
    let (start, end) = (index(rope, range.start), index(rope, range.end));
    if start < end {
        rope.remove(start..end);
    }
    rope.insert(start, &change.text);
}

#[async_trait]
impl LanguageServer for Echo {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult {
            capabilities: ServerCapabilities {
                text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
                hover_provider: Some(HoverProviderCapability::Simple(true)),
                ..ServerCapabilities::default()
            },
            server_info: None,
        })
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let rope = Rope::from_str(&document.text);
        self.with(|documents| documents.insert(document.uri.clone(), rope));
        self.publish(document.uri, document.version).await;
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.with(|documents| {
            if let Some(rope) = documents.get_mut(&document.uri) {
                params.content_changes.iter().for_each(|change| apply(rope, change));
            }
        });
        self.publish(document.uri, document.version).await;
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.with(|documents| documents.remove(&params.text_document.uri));
    }

    async fn hover(&self, _: HoverParams) -> Result<Option<Hover>> {
        let contents = HoverContents::Scalar(MarkedString::String("echo".to_owned()));
        Ok(Some(Hover { contents, range: None }))
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

/// Serves on standard input and output, and publishes `count` diagnostics each time.
pub(crate) fn serve(count: u32) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let (service, socket) = LspService::new(|client| Echo { client, documents: Mutex::default(), count });
        Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
    });
    Ok(())
}

fn main() -> std::io::Result<()> {
    serve(std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or_default())
}
