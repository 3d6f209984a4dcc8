//! The figures of a report, each with its cell and its place.

use crate::report::{Cell, Number, Report, Table, Value};
use crate::statute::CellRef;

/// A cell that holds a figure.
#[derive(Clone, Copy)]
pub(in crate::rules) struct Figure<'a> {
    pub(in crate::rules) table: &'a Table,
    pub(in crate::rules) place: CellRef,
    pub(in crate::rules) cell: &'a Cell,
    pub(in crate::rules) number: &'a Number,
}

/// Every figure of `report` whose sign is not in words, and that has no words after it.
pub(in crate::rules) fn figures(report: &Report) -> Vec<Figure<'_>> {
    let cells = report.tables.iter().flat_map(|table| table.cells().map(move |(place, cell)| (table, place, cell)));
    cells
        .filter_map(|(table, place, cell)| match &cell.value {
            Value::Number(number) if !number.form.worded_sign && !number.form.remark => {
                Some(Figure { table, place, cell, number })
            }
            _ => None,
        })
        .collect()
}
