//! The rows of a table as they are met, before they are known to be rows of a format.

use super::{Cell, Value};
use crate::statute::{Group, LabelMatch, Row};
use crate::text::Span;

/// A row as it is met: labels, then values.
#[derive(Default)]
pub(super) struct LabelledRow {
    pub(super) groups: Vec<Group>,
    pub(super) row: Option<(Row, LabelMatch, Span)>,
    /// Texts before the values that are no label of a row.
    pub(super) stray: Vec<Span>,
    pub(super) values: Vec<Cell>,
    /// In which column of the grid the values start.
    pub(super) start: usize,
    /// How many columns of the grid the row takes up in all; `None` where the layout does not tell.
    pub(super) width: Option<usize>,
    /// Under which groups' cells it is, the outermost first.
    pub(super) standings: Vec<GroupPosition>,
    /// Where its figures are, if they are broken up.
    pub(super) torn: Option<Span>,
}

impl LabelledRow {
    pub(super) fn has_values(&self) -> bool {
        self.values.iter().any(|cell| cell.value != Value::Blank)
    }
}

/// Where a row is under the cell of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GroupPosition {
    pub(super) group: Group,
    /// Which of the cell's rows it is, from 0.
    pub(super) at: usize,
    /// How many rows the cell has.
    pub(super) of: usize,
}
