//! `gongkai/ruleDocumentation`

use super::super::session::Session;
use crate::config::Language;
use crate::ide;
use crate::rules::selection;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};

/// The rule, by its code or its name, and the language of the page: a tag such as `zh-cn`, or the session's if left
/// out.
#[derive(Deserialize)]
pub(in super::super) struct RuleDocumentationParams {
    code: String,
    language: Option<String>,
}

/// A page in Markdown.
#[derive(Serialize)]
pub(in super::super) struct RuleDocumentation {
    markdown: String,
}

/// What the rule checks, why, and how to fix its findings.
pub(in super::super) fn handle(session: &Session, params: &RuleDocumentationParams) -> Result<RuleDocumentation> {
    let ours = session.settings().language;
    let language = params.language.as_deref().map_or(ours, Language::of_tag);
    match ide::rule_documentation(&params.code, language) {
        Some(markdown) => Ok(RuleDocumentation { markdown }),
        None => Err(Error::invalid_params(selection::unknown(&params.code, ours))),
    }
}
