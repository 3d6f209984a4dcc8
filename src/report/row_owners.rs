//! Cells beside several rows of 表三, such as 三、本年度办理结果 and （三）不予公开, and the rows that they own. A row under such a
//! cell is identified by its position if its own label cannot be read.

use super::labelled_row::{GroupPosition, LabelledRow};
use crate::statute::{Group, Row, TableSpec};
use crate::syntax::CellPlace;

/// The cells of groups that were met in a table.
#[derive(Default)]
pub(super) struct Owners {
    cells: Vec<(Group, CellPlace)>,
}

impl Owners {
    /// Another table begins.
    pub(super) fn clear(&mut self) {
        self.cells.clear();
    }

    /// The cell of `group` is at `place`.
    pub(super) fn push(&mut self, group: Group, place: CellPlace) {
        if place.down > 1 {
            self.cells.push((group, place));
        }
    }

    /// Where `row` is under those cells that reach it, the outermost first. Rows are asked for from the top down.
    pub(super) fn of(&mut self, row: usize) -> Vec<GroupPosition> {
        self.cells.retain(|(_, place)| row < place.row + place.down);
        let standing = |(group, place): &(Group, CellPlace)| {
            Some(GroupPosition { group: *group, at: row.checked_sub(place.row)?, of: place.down })
        };
        self.cells.iter().filter_map(standing).collect()
    }
}

/// Which row of `spec` is so: the innermost cell that has as many rows as its group tells.
fn row_at(spec: &TableSpec, standings: &[GroupPosition]) -> Option<usize> {
    standings.iter().rev().find_map(|standing| {
        let rows = || spec.rows.iter().enumerate().filter(|(_, row)| row.row.groups().contains(&standing.group));
        if rows().count() != standing.of {
            return None;
        }
        rows().nth(standing.at).map(|(index, _)| index)
    })
}

/// Which rows of a table the pieces are by their places under the cells of groups.
pub(super) struct RowsByPosition {
    rows: Vec<Option<usize>>,
    /// Whether a piece has the label of a row elsewhere in the table, and its place tells that it is a slip.
    slips: Vec<bool>,
    /// The row of the next piece after each that has one.
    next: Vec<Option<Row>>,
}

impl RowsByPosition {
    pub(super) fn of(spec: &TableSpec, pieces: &[LabelledRow]) -> RowsByPosition {
        let rows: Vec<Option<usize>> = pieces.iter().map(|piece| row_at(spec, &piece.standings)).collect();
        let named = |piece: &LabelledRow| piece.row.and_then(|(row, ..)| spec.index(row));
        // For each row: whether a piece has its label, and whether one in its place has.
        let mut labelled = vec![(false, false); spec.rows.len()];
        for (piece, placed) in pieces.iter().zip(&rows) {
            if let Some(index) = named(piece)
                && let Some((anywhere, in_place)) = labelled.get_mut(index)
            {
                *anywhere = true;
                *in_place |= *placed == Some(index);
            }
        }
        let slips = pieces.iter().zip(&rows).map(|(piece, placed)| match (named(piece), placed) {
            (Some(named), Some(placed)) if named != *placed => labelled[named].1 && !labelled[*placed].0,
            _ => false,
        });
        let slips = slips.collect();
        let mut next: Vec<Option<Row>> = Vec::with_capacity(pieces.len());
        let mut behind = None;
        for piece in pieces.iter().rev() {
            next.push(behind);
            behind = piece.row.map(|(row, ..)| row).or(behind);
        }
        next.reverse();
        RowsByPosition { rows, slips, next }
    }

    pub(super) fn row(&self, at: usize) -> Option<usize> {
        self.rows.get(at).copied().flatten()
    }

    pub(super) fn is_slip(&self, at: usize) -> bool {
        self.slips.get(at).copied().unwrap_or(false)
    }

    pub(super) fn next_row(&self, at: usize) -> Option<Row> {
        self.next.get(at).copied().flatten()
    }
}
