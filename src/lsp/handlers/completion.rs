//! `textDocument/completion` and `completionItem/resolve`

use super::super::convert;
use super::super::session::Session;
use crate::exchange::plain_text;
use crate::ide::{self, CompletionKind};
use serde_json::json;
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit, Documentation,
    MarkupContent, MarkupKind, TextEdit,
};

/// The completions at the position.
pub(in super::super) fn handle(session: &Session, params: &CompletionParams) -> Option<CompletionResponse> {
    let params = &params.text_document_position;
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let encoding = session.capabilities().encoding;
    let (text, offers) = match document.configuration() {
        Some((text, settings)) => {
            let offset = convert::offset(text, params.position, encoding);
            let source = text.to_string();
            (text, ide::configuration_completions(&source, offset, settings.language))
        }
        None => {
            let analysis = document.report().filter(|analysis| analysis.settings().features.completion)?;
            let offset = convert::offset(analysis.text(), params.position, encoding);
            (analysis.text(), ide::completions(analysis, offset, document.has_comments()))
        }
    };
    let items = offers.into_iter().enumerate().map(|(index, offer)| CompletionItem {
        label: offer.label,
        kind: Some(match offer.kind {
            CompletionKind::Section => CompletionItemKind::MODULE,
            CompletionKind::Figure => CompletionItemKind::VALUE,
            CompletionKind::Sentence => CompletionItemKind::TEXT,
            CompletionKind::Rule => CompletionItemKind::CONSTANT,
            CompletionKind::Setting => CompletionItemKind::PROPERTY,
        }),
        detail: Some(offer.detail),
        // Keeps this order; the client would sort by name.
        sort_text: Some(format!("{index:04}")),
        filter_text: Some(offer.filter),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: convert::range(text, offer.span, encoding),
            new_text: offer.content,
        })),
        data: offer.rule.map(|code| json!({ "rule": code })),
        ..CompletionItem::default()
    });
    Some(CompletionResponse::Array(items.collect()))
}

/// `item` with the page of the rule that it names; the page is long, so the list itself does not include it.
pub(in super::super) fn resolve(session: &Session, mut item: CompletionItem) -> CompletionItem {
    let code = item.data.as_ref().and_then(|data| data.get("rule")?.as_str());
    let page = code.and_then(|code| ide::rule_documentation(code, session.settings().language));
    if let Some(page) = page {
        item.documentation = Some(match session.capabilities().completion_markdown {
            true => Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: page }),
            false => Documentation::String(plain_text(&page)),
        });
    }
    item
}
