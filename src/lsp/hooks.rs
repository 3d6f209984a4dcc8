//! Requests that only a debug build answers. The tests use them to bring the server into bad situations.

use super::documents::OpenDocument;
use super::server::Server;
use serde_json::{Value, json};
use std::time::Duration;
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::TextDocumentIdentifier;

/// Adds these requests to `builder`.
pub(super) fn register(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    builder
        .custom_method("gongkai/debug/panic", Server::debug_panic)
        .custom_method("gongkai/debug/sleep", Server::debug_sleep)
        .custom_method("gongkai/debug/block", Server::debug_block)
        .custom_method("gongkai/debug/text", Server::debug_text)
}

impl Server {
    async fn debug_panic(&self) -> Result<Value> {
        std::panic::panic_any("gongkai/debug/panic")
    }

    /// Waits for some milliseconds without blocking, like a slow handler.
    async fn debug_sleep(&self, [milliseconds]: [u64; 1]) -> Result<Value> {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        Ok(json!(milliseconds))
    }

    /// Blocks the thread for some milliseconds, like a handler that computes.
    async fn debug_block(&self, [milliseconds]: [u64; 1]) -> Result<Value> {
        std::thread::sleep(Duration::from_millis(milliseconds));
        Ok(json!(milliseconds))
    }

    /// The server's text of a document.
    async fn debug_text(&self, document: TextDocumentIdentifier) -> Result<Value> {
        let document = self.session().documents.get(&document.uri);
        let state =
            |document: &OpenDocument| json!({"version": document.version(), "text": document.text().to_string()});
        Ok(document.map_or(Value::Null, |document| state(&document.read())))
    }
}
