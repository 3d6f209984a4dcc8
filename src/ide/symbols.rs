//! The outline of a document: reports, sections, tables, rows.

use crate::analysis::Analysis;
use crate::text::Span;

/// What a symbol stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A report.
    Report,
    /// A section.
    Section,
    /// A table.
    Table,
    /// A row of a table.
    Row,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it stands for.
    pub kind: SymbolKind,
    /// Its name.
    pub name: String,
    /// A few words more; for a row, its figures.
    pub detail: String,
    /// All of it.
    pub span: Span,
    /// The part to show when it is chosen; inside `span`.
    pub selection: Span,
    /// What is inside it, in order.
    pub children: Vec<Symbol>,
}

/// The outline, in order of position.
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let _ = analysis;
    Vec::new()
}
