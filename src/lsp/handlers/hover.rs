//! `textDocument/hover`

use super::super::convert;
use super::super::session::Session;
use crate::exchange::plain_text;
use crate::ide;
use tower_lsp::lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// The explanation of the text at the position.
pub(in super::super) fn handle(session: &Session, params: &HoverParams) -> Option<Hover> {
    let params = &params.text_document_position_params;
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let client = session.capabilities();
    let offset = |text| convert::offset(text, params.position, client.encoding);
    let (text, ide::Hover { span, markdown }) = match document.configuration() {
        Some((text, settings)) => (text, ide::hover_configuration(&text.to_string(), offset(text), settings.language)?),
        None => {
            let analysis = document.report().filter(|analysis| analysis.settings().features.hover)?;
            (analysis.text(), ide::hover(analysis, offset(analysis.text()))?)
        }
    };
    let content = if client.markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: markdown }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: plain_text(&markdown) }
    };
    Some(Hover { contents: HoverContents::Markup(content), range: Some(convert::range(text, span, client.encoding)) })
}
