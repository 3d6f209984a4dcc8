//! The cells of a table block, each with its content read by itself.

use super::Value;
use crate::statute::{Label, LabelMatch, Row};
use crate::syntax::CellPlace;
use crate::text::Span;

/// The cells of a table, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// Whether the rows are those of the table; otherwise (L2) only some of their ends are known.
    pub(super) has_rows: bool,
    pub(super) rows: Vec<Vec<GridCell>>,
    /// The places of the cells of each row; empty if they simply follow each other.
    pub(super) places: Vec<Vec<CellPlace>>,
    /// Rows, headers and labels that were assembled from pieces.
    pub(super) pieced: Vec<Span>,
    /// Whether the reading of some cells depends on their neighbours: then no cell is read again by itself.
    pub(super) settled: bool,
    /// Whether it is a row that a line of words holds; it counts where no table has that row.
    pub(super) loose: bool,
}

impl Grid {
    /// The rows that it has the labels of.
    pub(super) fn labelled_rows(&self) -> impl Iterator<Item = Row> {
        self.rows.iter().flatten().filter_map(|cell| match cell.content {
            CellContent::Label(LabelMatch { label: Label::Row(row), .. }) => Some(row),
            _ => None,
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct GridCell {
    pub(super) span: Span,
    pub(super) content: CellContent,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum CellContent {
    Label(LabelMatch),
    Value(Value),
    /// Part of a row whose figures are split.
    Torn,
}

impl GridCell {
    /// Whether a figure is in it, or part of one.
    pub(super) fn holds_figure(&self) -> bool {
        matches!(self.content, CellContent::Value(Value::Number(_)) | CellContent::Torn)
    }
}
