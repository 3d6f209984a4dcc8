//! The official formats: the rows and columns of each table.

mod f2019;
mod f2021;

pub use f2019::F2019;
pub use f2021::F2021;

use super::{Column, Edition, Outcome, Row, TableKind};

/// One edition of the official format.
#[derive(Debug, PartialEq, Eq)]
pub struct Format {
    /// Which one.
    pub edition: Edition,
    /// 表二, 表三, 表四.
    pub tables: [TableSpec; 3],
}

impl Format {
    /// Its table of `kind`.
    pub fn table(&'static self, kind: TableKind) -> &'static TableSpec {
        &self.tables[kind as usize]
    }
}

/// A table of an edition.
#[derive(Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// Which table.
    pub kind: TableKind,
    /// Which edition.
    pub edition: Edition,
    /// Its rows, in order.
    pub rows: &'static [RowSpec],
}

/// A row of an edition.
#[derive(Debug, PartialEq, Eq)]
pub struct RowSpec {
    /// Which row.
    pub row: Row,
    /// Its label as printed; empty for the row of 表四.
    pub label: &'static str,
    /// Its figures, from left to right.
    pub columns: &'static [Column],
}

impl TableSpec {
    /// The place of `row` among the rows.
    pub fn index(&self, row: Row) -> Option<usize> {
        self.rows.iter().position(|spec| spec.row == row)
    }
}

/// The seven columns of 表三.
pub(super) const APPLICANTS: &[Column] = &[
    Column::NaturalPersons,
    Column::Businesses,
    Column::ResearchBodies,
    Column::PublicInterestBodies,
    Column::LegalServices,
    Column::OtherOrganisations,
    Column::AllApplicants,
];

/// The one row of 表四, the same in both editions.
pub(super) const REVIEW: &[RowSpec] = &[RowSpec {
    row: Row::ReviewAndLitigation,
    label: "",
    columns: &[
        Column::Review(Outcome::Upheld),
        Column::Review(Outcome::Corrected),
        Column::Review(Outcome::Other),
        Column::Review(Outcome::Pending),
        Column::Review(Outcome::Total),
        Column::DirectSuit(Outcome::Upheld),
        Column::DirectSuit(Outcome::Corrected),
        Column::DirectSuit(Outcome::Other),
        Column::DirectSuit(Outcome::Pending),
        Column::DirectSuit(Outcome::Total),
        Column::SuitAfterReview(Outcome::Upheld),
        Column::SuitAfterReview(Outcome::Corrected),
        Column::SuitAfterReview(Outcome::Other),
        Column::SuitAfterReview(Outcome::Pending),
        Column::SuitAfterReview(Outcome::Total),
    ],
}];

/// The label of `row` in the newest edition that has it.
pub(super) fn label_of(row: Row) -> &'static str {
    [&F2021, &F2019]
        .iter()
        .flat_map(|format| format.tables.iter())
        .flat_map(|table| table.rows)
        .find(|spec| spec.row == row)
        .map_or("", |spec| spec.label)
}

/// A row of 表三.
pub(super) const fn applications(row: Row, label: &'static str) -> RowSpec {
    RowSpec { row, label, columns: APPLICANTS }
}
