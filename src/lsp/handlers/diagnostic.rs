//! `textDocument/diagnostic`

use super::super::diagnostics::{Audience, Diagnostics};
use super::super::session::Session;
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};
use tower_lsp::lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

/// Distinguishes this process's results from those of an earlier process, which a client may still remember.
static PROCESS: LazyLock<u128> =
    LazyLock::new(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis());

/// The diagnostics of a document, or that they have not changed. A document that is not open has none.
pub(in super::super) fn handle(session: &Session, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
    let uri = &params.text_document.uri;
    let Some(shared) = session.documents.get(uri) else {
        return DocumentDiagnosticReport::from(RelatedFullDocumentDiagnosticReport::default()).into();
    };
    let mut document = shared.read();
    let result_id = format!("{:x}-{}", *PROCESS, document.generation());
    if params.previous_result_id.as_ref() == Some(&result_id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id };
        return DocumentDiagnosticReport::from(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        })
        .into();
    }
    document.complete();
    let items = Diagnostics::of(Audience::of(session, shared.uri()), &document).collect();
    let full = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    DocumentDiagnosticReport::from(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: full,
    })
    .into()
}
