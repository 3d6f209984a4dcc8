//! Assigns the values of a row to its columns, by their number and by the other rows of the table.

use super::labelled_row::LabelledRow;
use super::{Cell, RowShape, TableRow, Value};
use crate::statute::{LabelMatch, RowSpec, TableKind, TableSpec};
use crate::text::Span;
use std::collections::BTreeMap;

/// `values` without blanks at either end.
pub(super) fn trimmed(values: &[Cell]) -> &[Cell] {
    let filled = |cell: &Cell| cell.value != Value::Blank;
    match (values.iter().position(filled), values.iter().rposition(filled)) {
        (Some(first), Some(last)) => values.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}

pub(super) fn table_row(
    spec: &RowSpec,
    label: Option<(Span, LabelMatch)>,
    piece: &LabelledRow,
    peers: &Peers,
) -> TableRow {
    let due = spec.columns.len();
    if let Some(torn) = piece.torn {
        let span = label.map_or(torn, |(span, _)| span);
        return TableRow { label, span, cells: vec![None; due], shape: RowShape::Unread };
    }
    let mut values = piece.values.clone();
    // The rest of a label that was cut in two.
    if trimmed(&values).len() == due + 1
        && values.len() == due + 1
        && values.first().is_some_and(|cell| cell.value == Value::Other)
    {
        values.remove(0);
    }
    let usual = peers.of(piece);
    let last = values.last().map(|cell| cell.span);
    let (cells, shape) = place(values, due, piece.width, usual);
    let first = label.map(|(span, _)| span).or(cells.iter().flatten().next().map(|cell| cell.span));
    let span = match (first, last) {
        (Some(first), Some(last)) => first.cover(last),
        (first, last) => first.or(last).unwrap_or_default(),
    };
    TableRow { label, span, cells, shape }
}

/// What the whole rows of a table look like: those with as many figures as columns.
pub(super) struct Peers {
    /// For each size of row, in which column of the grid the figures usually start.
    columns: Vec<(RowSize, usize)>,
    /// Whether blanks are between label and figures in some whole row.
    blanks: bool,
    kind: TableKind,
}

/// How many cells a row has in all; where the layout does not tell that, how many are after its label.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RowSize {
    InAll(usize),
    BehindLabel(usize),
}

impl RowSize {
    fn of(piece: &LabelledRow) -> RowSize {
        piece.width.map_or(RowSize::BehindLabel(piece.values.len()), RowSize::InAll)
    }
}

/// What the whole rows tell about one with some number of cells after its label.
#[derive(Clone, Copy)]
pub(super) enum Usual {
    /// The number of blanks before the figures in rows of the same size.
    Offset(usize),
    /// No whole row has this size: a cell is gone.
    Gone {
        /// In some whole rows blanks are before the figures: one of those may be taken for the cell that is gone.
        beside_blanks: bool,
    },
    /// Nothing.
    Unknown,
}

impl Peers {
    pub(super) fn of_rows(spec: &TableSpec, pieces: &[LabelledRow]) -> Peers {
        // How many whole rows of each size start in each column.
        let mut seen: BTreeMap<(RowSize, usize), usize> = BTreeMap::new();
        let mut blanks = false;
        for piece in pieces {
            let index = piece.row.and_then(|(row, ..)| spec.index(row));
            let Some(due) = index.map(|index| spec.rows[index].columns.len()) else { continue };
            if trimmed(&piece.values).len() == due
                && let Some(offset) = piece.values.iter().position(|cell| cell.value != Value::Blank)
            {
                blanks |= offset > 0;
                *seen.entry((RowSize::of(piece), piece.start + offset)).or_default() += 1;
            }
        }
        // The column that comes most often; of several the first.
        let mut usual: BTreeMap<RowSize, (usize, usize)> = BTreeMap::new();
        for ((size, column), count) in seen {
            let known = usual.entry(size).or_insert((column, count));
            if count > known.1 {
                *known = (column, count);
            }
        }
        let columns = usual.into_iter().map(|(size, (column, _))| (size, column)).collect();
        Peers { columns, blanks, kind: spec.kind }
    }

    fn of(&self, piece: &LabelledRow) -> Usual {
        let size = RowSize::of(piece);
        match self.columns.iter().find(|(known, _)| *known == size) {
            Some((_, column)) => column.checked_sub(piece.start).map_or(Usual::Unknown, Usual::Offset),
            // Only the rows of 表三 have all the same columns.
            None if self.columns.is_empty() || self.kind != TableKind::Applications => Usual::Unknown,
            None => Usual::Gone { beside_blanks: self.blanks },
        }
    }
}

/// Which of `values` are in the `due` columns of a row. `width` is the number of cells of the whole row where the
/// layout tells it; `usual` says how many blanks are before the figures in other rows of as many cells.
pub(super) fn place(
    values: Vec<Cell>,
    due: usize,
    width: Option<usize>,
    usual: Usual,
) -> (Vec<Option<Cell>>, RowShape) {
    let found = values.len();
    let all = |cells: &[Cell]| (cells.iter().cloned().map(Some).collect::<Vec<_>>(), RowShape::Full);
    let starts_blank = values.first().is_some_and(|cell| cell.value == Value::Blank);
    if found == due && !(matches!(usual, Usual::Gone { beside_blanks: true }) && starts_blank) {
        return all(&values);
    }
    if found < due {
        // A second label took the place of the first figures. A row of blanks before its total says so; in any other
        // row as likely a figure is gone.
        let blank = |cell: &Cell| cell.value == Value::Blank;
        let only_total = values.split_last().is_some_and(|(total, others)| !blank(total) && others.iter().all(blank));
        if only_total && found > 1 && width == Some(due + 1) {
            let missing = vec![None; due - found];
            return (missing.into_iter().chain(values.into_iter().map(Some)).collect(), RowShape::Full);
        }
        return (vec![None; due], RowShape::Short(values));
    }
    let first = values.iter().position(|cell| cell.value != Value::Blank);
    let last = values.iter().rposition(|cell| cell.value != Value::Blank);
    let (Some(first), Some(last)) = (first, last) else {
        let from = if let Usual::Offset(offset) = usual { offset.min(found - due) } else { 0 };
        return all(values.get(from..from + due).unwrap_or_default());
    };
    let filled = last - first + 1;
    if filled > due {
        let surplus = values.get(first..=last).unwrap_or_default().to_vec();
        let same = surplus.windows(2).all(|pair| match pair {
            [a, b] => a.value == b.value,
            _ => true,
        });
        let cells = if same { surplus.iter().take(due).cloned().map(Some).collect() } else { vec![None; due] };
        return (cells, RowShape::Surplus(surplus));
    }
    let (lowest, highest) = ((last + 1).saturating_sub(due), first.min(found - due));
    let from = match usual {
        Usual::Offset(offset) if (lowest..=highest).contains(&offset) => offset,
        // Among blanks that are of no column, a cell that is gone leaves no trace of which it was.
        Usual::Gone { .. } if filled < due => {
            return (vec![None; due], RowShape::Short(values.get(first..=last).unwrap_or_default().to_vec()));
        }
        _ => lowest,
    };
    all(values.get(from..from + due).unwrap_or_default())
}
