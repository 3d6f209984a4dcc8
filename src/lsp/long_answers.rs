//! The requests about all of a document. Their answers may have megabytes, and are written as JSON at once: tower-lsp's
//! router would make a tree of JSON values of an answer first, which takes several times as long as all else.

use super::handlers::{code_lens, document_symbol, folding_range, report, semantic_tokens};
use super::message::Params;
use super::session::Session;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_lsp::jsonrpc::{Error, Result};

/// Answers a request: the result as JSON.
pub(super) type LongAnswer = fn(&Session, &Params) -> Result<Vec<u8>>;

/// What answers requests of `method`, if they are answered here.
pub(super) fn of(method: &str) -> Option<LongAnswer> {
    Some(match method {
        "textDocument/documentSymbol" => |session, params| written(&document_symbol::handle(session, &read(params)?)),
        "textDocument/foldingRange" => |session, params| written(&folding_range::handle(session, &read(params)?)),
        "textDocument/codeLens" => |session, params| written(&code_lens::handle(session, &read(params)?)),
        "textDocument/semanticTokens/full" => {
            |session, params| written(&semantic_tokens::full(session, &read(params)?))
        }
        "textDocument/semanticTokens/full/delta" => {
            |session, params| written(&semantic_tokens::delta(session, &read(params)?))
        }
        "gongkai/report" => |session, params| written(&report::handle(session, &read(params)?)?),
        _ => return None,
    })
}

fn read<T: DeserializeOwned>(params: &Params) -> Result<T> {
    params.read().map_err(|error| Error::invalid_params(error.to_string()))
}

fn written(result: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(result).map_err(|_| Error::internal_error())
}
