//! The rows of a table before they are matched with the rows of a format.

use super::{Cell, Value};
use crate::statute::{Group, LabelMatch, Row};
use crate::text::Span;

/// A row as read: labels, then values.
#[derive(Default)]
pub(super) struct LabelledRow {
    pub(super) groups: Vec<Group>,
    pub(super) row: Option<(Row, LabelMatch, Span)>,
    /// Texts before the values that are no label of a row.
    pub(super) stray: Vec<Span>,
    pub(super) values: Vec<Cell>,
    /// The column of the grid in which the values start.
    pub(super) start: usize,
    /// The number of grid columns of the row; `None` if the layout does not show it.
    pub(super) width: Option<usize>,
    /// Its positions under the cells of groups, the outermost first.
    pub(super) standings: Vec<GroupPosition>,
    /// The place of its figures, if they are split.
    pub(super) torn: Option<Span>,
}

impl LabelledRow {
    pub(super) fn has_values(&self) -> bool {
        self.values.iter().any(|cell| cell.value != Value::Blank)
    }
}

/// The position of a row under the cell of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GroupPosition {
    pub(super) group: Group,
    /// The index of the row among those of the cell.
    pub(super) at: usize,
    /// How many rows the cell has.
    pub(super) of: usize,
}
