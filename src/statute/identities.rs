//! The sums that relate the cells of a table, as a linear system.

use super::{Column, Outcome, Row, TableKind};
use crate::statute::formats::TableSpec;
use std::sync::OnceLock;

/// A cell of a table: indices into [`TableSpec::rows`] and [`super::formats::RowSpec::columns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Index of the row.
    pub row: usize,
    /// Index of the column.
    pub column: usize,
}

/// The kind of an identity. A wrong cell that violates several is reported under the first kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentityKind {
    /// 总计 = the sum of the six applicant columns, in every row of 表三.
    RowTotal,
    /// （七）总计 = the sum of the outcomes, in every column of 表三.
    Subtotal,
    /// 一 + 二 = （七）总计 + 四, in every column of 表三.
    Balance,
    /// 总计 = 维持 + 纠正 + 其他 + 尚未审结, in each group of 表四.
    ReviewTotal,
}

/// Σ coefficient × cell = 0, with every coefficient 1 or −1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The kind.
    pub kind: IdentityKind,
    /// The cell that is a total by its name; its coefficient is −1.
    pub total: CellRef,
    /// Every cell with its coefficient, in reading order.
    pub terms: Vec<(CellRef, i8)>,
}

impl Identity {
    /// The coefficient of `cell`, 0 if it is no part of this.
    pub fn coefficient(&self, cell: CellRef) -> i8 {
        self.terms.iter().find(|(term, _)| *term == cell).map_or(0, |(_, coefficient)| *coefficient)
    }
}

/// The identities over the cells of a table, and for each cell the identities that contain it.
struct IdentitySystem {
    identities: Vec<Identity>,
    width: usize,
    /// For each cell, row by row: indices of identities, with its coefficient there.
    parts: Vec<Vec<(usize, i8)>>,
}

impl IdentitySystem {
    fn of(spec: &TableSpec) -> IdentitySystem {
        let identities = derive(spec);
        let width = spec.rows.iter().map(|row| row.columns.len()).max().unwrap_or(0);
        let mut parts = vec![Vec::new(); width * spec.rows.len()];
        for (index, identity) in identities.iter().enumerate() {
            for (cell, coefficient) in &identity.terms {
                parts[cell.row * width + cell.column].push((index, *coefficient));
            }
        }
        IdentitySystem { identities, width, parts }
    }
}

impl TableSpec {
    fn system(&self) -> &'static IdentitySystem {
        static SYSTEMS: [[OnceLock<IdentitySystem>; 3]; 2] = [const { [const { OnceLock::new() }; 3] }; 2];
        let system = &SYSTEMS[self.edition as usize][self.kind as usize];
        system.get_or_init(|| IdentitySystem::of(self.edition.format().table(self.kind)))
    }

    /// The identities over the cells of this table: row totals, subtotals, balances; review totals.
    pub fn identities(&self) -> &'static [Identity] {
        &self.system().identities
    }

    /// The identities that contain `cell`: their indices in [`TableSpec::identities`], in order, with its coefficient.
    pub fn identities_of(&self, cell: CellRef) -> &'static [(usize, i8)] {
        let system = self.system();
        let index = cell.row * system.width + cell.column;
        system.parts.get(index).filter(|_| cell.column < system.width).map_or(&[], Vec::as_slice)
    }
}

/// The identities that the rows and columns of `spec` imply.
fn derive(spec: &TableSpec) -> Vec<Identity> {
    let mut identities = Vec::new();
    let width = spec.rows.first().map_or(0, |row| row.columns.len());
    match spec.kind {
        TableKind::Disclosure => {}
        TableKind::Applications => {
            for row in 0..spec.rows.len() {
                let total = CellRef { row, column: width - 1 };
                let mut terms: Vec<_> = (0..width - 1).map(|column| (CellRef { row, column }, 1)).collect();
                terms.push((total, -1));
                identities.push(Identity { kind: IdentityKind::RowTotal, total, terms });
            }
            let at = |row| spec.index(row).unwrap_or_default();
            let (received, carried_in) = (at(Row::Received), at(Row::CarriedIn));
            let (handled, carried_out) = (at(Row::Handled), at(Row::CarriedOut));
            for column in 0..width {
                let cell = |row| CellRef { row, column };
                let total = cell(handled);
                let mut terms: Vec<_> = spec
                    .rows
                    .iter()
                    .enumerate()
                    .filter(|(_, row)| row.row.is_outcome())
                    .map(|(row, _)| (cell(row), 1))
                    .collect();
                terms.push((total, -1));
                identities.push(Identity { kind: IdentityKind::Subtotal, total, terms });
                identities.push(Identity {
                    kind: IdentityKind::Balance,
                    total,
                    terms: vec![(cell(received), 1), (cell(carried_in), 1), (total, -1), (cell(carried_out), -1)],
                });
            }
        }
        TableKind::Review => {
            for (column, _) in spec.rows[0].columns.iter().enumerate().filter(|(_, column)| {
                matches!(
                    column,
                    Column::Review(Outcome::Total)
                        | Column::DirectSuit(Outcome::Total)
                        | Column::SuitAfterReview(Outcome::Total)
                )
            }) {
                let cell = |column| CellRef { row: 0, column };
                let mut terms: Vec<_> = (column - 4..column).map(|column| (cell(column), 1)).collect();
                terms.push((cell(column), -1));
                identities.push(Identity { kind: IdentityKind::ReviewTotal, total: cell(column), terms });
            }
        }
    }
    identities
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::Edition;

    #[test]
    fn there_are_as_many_as_the_formats_have() {
        for (edition, rows) in [(Edition::F2019, 23), (Edition::F2021, 25)] {
            let count = |table: TableKind, kind| {
                let identities = edition.format().table(table).identities();
                identities.iter().filter(|identity| identity.kind == kind).count()
            };
            assert_eq!(count(TableKind::Applications, IdentityKind::RowTotal), rows);
            assert_eq!(count(TableKind::Applications, IdentityKind::Subtotal), 7);
            assert_eq!(count(TableKind::Applications, IdentityKind::Balance), 7);
            assert_eq!(count(TableKind::Review, IdentityKind::ReviewTotal), 3);
            let subtotal = edition.format().table(TableKind::Applications).identities();
            let details = subtotal.iter().find(|identity| identity.kind == IdentityKind::Subtotal);
            assert_eq!(details.map(|identity| identity.terms.len() - 1), Some(rows - 4));
        }
    }

    #[test]
    fn a_cell_is_part_of_its_row_and_its_column() {
        let spec = Edition::F2021.format().table(TableKind::Applications);
        let at = |row, column| CellRef { row: spec.index(row).unwrap(), column };
        let parts = |cell: CellRef| -> Vec<(IdentityKind, CellRef, i8)> {
            let parts = spec.identities_of(cell).iter();
            parts
                .map(|(index, sign)| (spec.identities()[*index].kind, spec.identities()[*index].total, *sign))
                .collect()
        };
        use IdentityKind::{Balance, RowTotal, Subtotal};
        let (total, column) = (at(Row::Repeated, 6), at(Row::Handled, 2));
        assert_eq!(parts(at(Row::Repeated, 2)), [(RowTotal, total, 1), (Subtotal, column, 1)]);
        assert_eq!(parts(total), [(RowTotal, total, -1), (Subtotal, at(Row::Handled, 6), 1)]);
        assert_eq!(parts(column), [(RowTotal, at(Row::Handled, 6), 1), (Subtotal, column, -1), (Balance, column, -1)]);
        assert_eq!(parts(at(Row::Received, 2)), [(RowTotal, at(Row::Received, 6), 1), (Balance, column, 1)]);
        assert_eq!(parts(at(Row::CarriedOut, 2)), [(RowTotal, at(Row::CarriedOut, 6), 1), (Balance, column, -1)]);
        // There is no eighth column, and no row after the last.
        assert_eq!(parts(at(Row::Received, 7)), []);
        assert_eq!(parts(CellRef { row: spec.rows.len(), column: 0 }), []);
    }
}
