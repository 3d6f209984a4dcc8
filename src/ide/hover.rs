//! What a name of the statute or a figure means.

use crate::analysis::Analysis;
use crate::text::Span;

/// An explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it explains.
    pub span: Span,
    /// The explanation, in Markdown.
    pub markdown: String,
}

/// The explanation of what stands at `offset`.
pub fn hover(analysis: &Analysis, offset: usize) -> Option<Hover> {
    let _ = (analysis, offset);
    None
}
