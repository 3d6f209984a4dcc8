//! `textDocument/documentLink`

use super::super::convert::Places;
use super::super::session::Session;
use crate::ide;
use tower_lsp::lsp_types::{DocumentLink, DocumentLinkParams};

/// The citations of laws for which the client has named an address.
pub(in super::super) fn handle(session: &Session, params: &DocumentLinkParams) -> Option<Vec<DocumentLink>> {
    let document = session.documents.get(&params.text_document.uri)?;
    let document = document.read();
    let analysis = document.report().filter(|analysis| analysis.settings().features.document_links)?;
    let places = Places::new(analysis, session.capabilities().encoding);
    let links = ide::citations(analysis).into_iter().filter_map(|(span, law)| {
        let target = session.address_of(law)?.clone();
        Some(DocumentLink { range: places.range(span), target: Some(target), tooltip: None, data: None })
    });
    Some(links.collect())
}
