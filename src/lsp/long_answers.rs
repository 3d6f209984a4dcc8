//! The requests about all of a document. Their answers may have megabytes, and are written as JSON at once: tower-lsp's
//! router would make a tree of JSON values of an answer first, which takes several times as long as all else.

use super::handlers::{code_lens, document_symbol, folding_range, report, semantic_tokens};
use super::message::Params;
use super::session::Session;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use tower_lsp::jsonrpc::Error;

/// Why there is no answer.
pub(super) struct Unanswered(pub(super) Error);

impl From<io::Error> for Unanswered {
    fn from(_: io::Error) -> Unanswered {
        Unanswered(Error::internal_error())
    }
}

/// Answers a request: appends the result as JSON.
pub(super) type LongAnswer = fn(&Session, &Params, &mut Vec<u8>) -> Result<(), Unanswered>;

/// What answers requests of `method`, if they are answered here.
pub(super) fn of(method: &str) -> Option<LongAnswer> {
    Some(match method {
        "textDocument/documentSymbol" => {
            |session, params, json| write(json, &document_symbol::handle(session, &read(params)?))
        }
        "textDocument/foldingRange" => {
            |session, params, json| write(json, &folding_range::handle(session, &read(params)?))
        }
        "textDocument/codeLens" => |session, params, json| write(json, &code_lens::handle(session, &read(params)?)),
        "textDocument/semanticTokens/full" => {
            |session, params, json| write(json, &semantic_tokens::full(session, &read(params)?))
        }
        "textDocument/semanticTokens/full/delta" => {
            |session, params, json| write(json, &semantic_tokens::delta(session, &read(params)?))
        }
        "gongkai/report" => {
            |session, params, json| write(json, &report::handle(session, &read(params)?).map_err(Unanswered)?)
        }
        _ => return None,
    })
}

fn read<T: DeserializeOwned>(params: &Params) -> Result<T, Unanswered> {
    params.read().map_err(|error| Unanswered(Error::invalid_params(error.to_string())))
}

fn write(json: &mut Vec<u8>, result: &impl Serialize) -> Result<(), Unanswered> {
    serde_json::to_writer(json, result).map_err(|error| io::Error::from(error).into())
}
