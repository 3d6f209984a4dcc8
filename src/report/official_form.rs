//! The official tables as printed: the place and extent of each cell in the grid.

use crate::statute::{CellRef, Column, Edition, Header, Quantity, RowSpec, TableKind, TableSpec};
use crate::syntax::CellPlace;

/// A cell of an official table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormCell {
    /// Where it is.
    pub place: CellPlace,
    /// What it holds.
    pub content: FormContent,
}

/// What a cell of an official table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormContent {
    /// Words over columns.
    Header(String),
    /// The name of a row or of a group of rows.
    Label(&'static str),
    /// A figure.
    Figure(CellRef),
}

/// The table of `spec`, row by row.
pub fn official_form(spec: &'static TableSpec) -> Vec<Vec<FormCell>> {
    match spec.kind {
        TableKind::Disclosure => disclosure(spec),
        TableKind::Applications => applications(spec),
        TableKind::Review => review(spec),
    }
}

/// Collects the cells of a table.
#[derive(Default)]
struct FormWriter {
    rows: Vec<Vec<FormCell>>,
}

impl FormWriter {
    fn start_row(&mut self) -> usize {
        self.rows.push(Vec::new());
        self.rows.len() - 1
    }

    /// Adds `content` to the last row, from `column` on.
    fn put(&mut self, column: usize, across: usize, down: usize, content: FormContent) {
        let row = self.rows.len().saturating_sub(1);
        if let Some(cells) = self.rows.last_mut() {
            cells.push(FormCell { place: CellPlace { row, column, across, down }, content });
        }
    }

    fn header(&mut self, column: usize, across: usize, down: usize, words: impl Into<String>) {
        self.put(column, across, down, FormContent::Header(words.into()));
    }
}

/// How many columns each of `count` cells reaches over that share `width` columns: the last takes what is left.
fn shares(count: usize, width: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).map(move |index| {
        let across = if index + 1 == count { width.saturating_sub(index).max(1) } else { 1 };
        (index, across)
    })
}

fn disclosure(spec: &'static TableSpec) -> Vec<Vec<FormCell>> {
    let width = spec.rows.iter().map(|row| row.columns.len()).max().unwrap_or(1);
    let mut form = FormWriter::default();
    let mut item = None;
    for (number, row) in spec.rows.iter().enumerate() {
        if row.row.item() != item {
            item = row.row.item();
            if let Some(item) = item {
                form.start_row();
                form.header(0, width + 1, 1, item.name());
            }
            form.start_row();
            form.header(0, 1, 1, Header::Content.name());
            for ((at, across), column) in shares(row.columns.len(), width).zip(row.columns) {
                form.header(at + 1, across, 1, header_of(*column, spec.edition));
            }
        }
        form.start_row();
        form.put(0, 1, 1, FormContent::Label(row.label));
        for (column, across) in shares(row.columns.len(), width) {
            form.put(column + 1, across, 1, FormContent::Figure(CellRef { row: number, column }));
        }
    }
    form.rows
}

/// The header of `column`, with the unit of an amount as the format of 2021 prints it.
fn header_of(column: Column, edition: Edition) -> String {
    let name = column.name_in(edition);
    match (column.quantity(), edition) {
        (Quantity::Amount, Edition::F2021) => format!("{name}（单位：万元）"),
        _ => name.to_owned(),
    }
}

/// The columns of labels in 表三.
const LABELS: usize = 3;

fn applications(spec: &'static TableSpec) -> Vec<Vec<FormCell>> {
    let mut form = FormWriter::default();
    let columns = spec.rows.first().map_or(&[][..], |row| row.columns);
    let of_organisations = |column: &Column| column.headers().contains(&Header::Organisations);
    let organisations = columns.iter().filter(|column| of_organisations(column)).count();
    form.start_row();
    form.header(0, LABELS, 3, Header::BalanceNote.name());
    form.header(LABELS, columns.len(), 1, Header::Applicants.name());
    form.start_row();
    let mut is_open = false;
    for (at, column) in columns.iter().enumerate() {
        match of_organisations(column) {
            true if !is_open => {
                is_open = true;
                form.header(LABELS + at, organisations, 1, Header::Organisations.name());
            }
            true => {}
            false => form.header(LABELS + at, 1, 2, column.name()),
        }
    }
    form.start_row();
    for (at, column) in columns.iter().enumerate().filter(|(_, column)| of_organisations(column)) {
        form.header(LABELS + at, 1, 1, column.name());
    }
    for (number, row) in spec.rows.iter().enumerate() {
        form.start_row();
        let groups = row.row.groups();
        for (level, group) in groups.iter().enumerate() {
            let is_in = |row: &RowSpec| row.row.groups().get(level) == Some(group);
            let starts = number.checked_sub(1).and_then(|before| spec.rows.get(before)).is_none_or(|row| !is_in(row));
            if starts {
                let down = spec.rows.iter().skip(number).take_while(|row| is_in(row)).count();
                form.put(level, 1, down, FormContent::Label(group.name()));
            }
        }
        form.put(groups.len(), LABELS.saturating_sub(groups.len()).max(1), 1, FormContent::Label(row.label));
        for column in 0..row.columns.len() {
            form.put(LABELS + column, 1, 1, FormContent::Figure(CellRef { row: number, column }));
        }
    }
    form.rows
}

fn review(spec: &'static TableSpec) -> Vec<Vec<FormCell>> {
    let mut form = FormWriter::default();
    let columns = spec.rows.first().map_or(&[][..], |row| row.columns);
    // Where the words over a column begin: the first column that has them at this level.
    let begins = |level: usize, at: usize| {
        let words = |at: usize| columns.get(at).and_then(|column| column.headers().get(level));
        words(at).is_some() && at.checked_sub(1).and_then(words) != words(at)
    };
    for level in 0..3 {
        form.start_row();
        for (at, column) in columns.iter().enumerate() {
            let headers = column.headers();
            if let Some(header) = headers.get(level) {
                if begins(level, at) {
                    let same = |other: &&Column| other.headers().get(level) == Some(header);
                    let across = columns.iter().skip(at).take_while(same).count();
                    form.header(at, across.max(1), 1, header.name());
                }
            } else if headers.len() == level {
                form.header(at, 1, 3 - level, column.name());
            }
        }
    }
    for (number, row) in spec.rows.iter().enumerate() {
        form.start_row();
        for column in 0..row.columns.len() {
            form.put(column, 1, 1, FormContent::Figure(CellRef { row: number, column }));
        }
    }
    form.rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_place_of_the_grid_is_covered_once_and_every_figure_is_in_it() {
        for edition in [Edition::F2019, Edition::F2021] {
            for kind in TableKind::ALL {
                let spec = edition.format().table(kind);
                let form = official_form(spec);
                let mut covered = BTreeSet::new();
                let mut figures = BTreeSet::new();
                for cell in form.iter().flatten() {
                    let CellPlace { row, column, across, down } = cell.place;
                    for place in (row..row + down).flat_map(|row| (column..column + across).map(move |at| (row, at))) {
                        assert!(covered.insert(place), "{edition:?} {kind:?} {cell:?}");
                    }
                    if let FormContent::Figure(place) = cell.content {
                        figures.insert((place.row, place.column));
                    }
                }
                let width = covered.iter().map(|(_, column)| column + 1).max().unwrap();
                assert_eq!(covered.len(), form.len() * width, "{edition:?} {kind:?}");
                let due: usize = spec.rows.iter().map(|row| row.columns.len()).sum();
                assert_eq!(figures.len(), due, "{edition:?} {kind:?}");
            }
        }
    }

    #[test]
    fn the_heads_are_those_of_the_notice() {
        let words = |kind| -> Vec<String> {
            let form = official_form(Edition::F2021.format().table(kind));
            let heads = form.iter().take(3).flatten().filter_map(|cell| match &cell.content {
                FormContent::Header(words) => Some(format!("{words}×{}×{}", cell.place.across, cell.place.down)),
                _ => None,
            });
            heads.collect()
        };
        assert_eq!(
            words(TableKind::Review)[..5],
            ["行政复议×5×1", "行政诉讼×10×1", "结果维持×1×2", "结果纠正×1×2", "其他结果×1×2"]
        );
        assert_eq!(
            words(TableKind::Applications)[1..5],
            ["申请人情况×7×1", "自然人×1×2", "法人或其他组织×5×1", "总计×1×2"]
        );
    }
}
