//! What can be folded: sections and tables.

use crate::analysis::Analysis;
use crate::text::Span;

/// A part of the text that can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fold {
    /// From the first byte of its first line to the last byte of its content.
    pub span: Span,
}

/// Every foldable part, in order of position.
pub fn folding(analysis: &Analysis) -> Vec<Fold> {
    let _ = analysis;
    Vec::new()
}
