//! The solver on small examples, and against trying every change on made-up tables.

use super::*;
use crate::statute::{Edition, Row, TableKind};
use proptest::prelude::*;

#[test]
fn slips() {
    for (written, meant) in [(11, 12), (12, 21), (1, 12), (122, 12), (120, 12), (0, 3), (1203, 1023)] {
        assert!(is_slip(written, meant), "{written} for {meant}");
    }
    // A sign, and a shifted decimal point either way.
    for (written, meant) in [(-3, 3), (3, -3), (70, 7), (7, 70), (1234, 124), (124, 1234), (1223, 123)] {
        assert!(is_slip(written, meant), "{written} for {meant}");
    }
    for (written, meant) in
        [(11, 22), (123, 321), (12, 345), (1, 100), (1243, 2134), (124, 213), (1324, 1432), (3, 12), (12, 31), (12, 23)]
    {
        assert!(!is_slip(written, meant), "{written} for {meant}");
    }
}

/// A consistent table of `spec` made from some numbers.
fn consistent(spec: &'static TableSpec, seeds: &[i64]) -> Values<'static> {
    let mut values = Values::unknown(spec);
    let mut seeds = seeds.iter().cycle().copied();
    for (row, row_spec) in spec.rows.iter().enumerate() {
        for column in 0..row_spec.columns.len() {
            values.set(CellRef { row, column }, Some(seeds.next().unwrap_or(0)));
        }
    }
    let change = |values: &mut Values<'_>, kind: IdentityKind| {
        for identity in spec.identities().iter().filter(|identity| identity.kind == kind) {
            if let (Some(residual), Some(old)) = (values.residual(identity), values.get(identity.total)) {
                values.set(identity.total, Some(old + residual));
            }
        }
    };
    change(&mut values, IdentityKind::RowTotal);
    change(&mut values, IdentityKind::Subtotal);
    change(&mut values, IdentityKind::RowTotal);
    change(&mut values, IdentityKind::ReviewTotal);
    // 一 gets the values that the balances require.
    for identity in spec.identities().iter().filter(|identity| identity.kind == IdentityKind::Balance) {
        let (first, _) = identity.terms[0];
        if let (Some(residual), Some(old)) = (values.residual(identity), values.get(first)) {
            let new = old - residual;
            values.set(first, Some(new.max(0)));
            if new < 0 {
                let (second, _) = identity.terms[1];
                values.set(second, Some(values.get(second).unwrap_or(0) - new));
            }
        }
    }
    change(&mut values, IdentityKind::RowTotal);
    values
}

/// Table 3 of 2021 with eight applications of natural persons, all granted; every other cell 0.
fn eight_granted() -> Values<'static> {
    let mut values = consistent(Edition::F2021.format().table(TableKind::Applications), &[0]);
    for row in [Row::Received, Row::Granted, Row::Handled] {
        values.set(at(row, PERSONS), Some(8));
        values.set(at(row, TOTAL), Some(8));
    }
    values
}

/// The columns of Table 3 that the examples use.
const PERSONS: usize = 0;
const BUSINESSES: usize = 1;
const TOTAL: usize = 6;

/// The cell of `row` of Table 3 in its `column`.
fn at(row: Row, column: usize) -> CellRef {
    let spec = Edition::F2021.format().table(TableKind::Applications);
    CellRef { row: spec.index(row).unwrap(), column }
}

fn change(cell: CellRef, old: i64, new: i64) -> Change {
    Change { cell, old, new }
}

/// The kinds of the identities that `contradiction` accounts for.
fn kinds(values: &Values<'_>, contradiction: &Contradiction) -> Vec<IdentityKind> {
    contradiction.violated.iter().map(|index| values.spec.identities()[*index].kind).collect()
}

#[test]
fn the_one_cell_that_explains_a_row_and_a_column() {
    let mut values = eight_granted();
    assert_eq!(contradictions(&values), []);
    values.set(at(Row::Granted, TOTAL), Some(7));
    let found = contradictions(&values);
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(only.cause, Cause::One(change(at(Row::Granted, TOTAL), 7, 8)));
    assert_eq!(only.place, at(Row::Granted, TOTAL));
    assert_eq!(kinds(&values, only), [IdentityKind::RowTotal, IdentityKind::Subtotal]);
    assert_eq!(only.identity, only.violated[0]);
}

#[test]
fn a_total_that_is_part_of_the_balance() {
    let mut values = eight_granted();
    values.set(at(Row::Handled, PERSONS), Some(5));
    let found = contradictions(&values);
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(only.cause, Cause::One(change(at(Row::Handled, PERSONS), 5, 8)));
    assert_eq!(kinds(&values, only), [IdentityKind::RowTotal, IdentityKind::Subtotal, IdentityKind::Balance]);
}

#[test]
fn rivals_are_slips_first_and_never_negative() {
    let spec = Edition::F2021.format().table(TableKind::Review);
    let cell = |column| CellRef { row: 0, column };
    let mut values = consistent(spec, &[0]);
    for (column, value) in [(0, 120), (1, 5), (4, 17)] {
        values.set(cell(column), Some(value));
    }
    let found = contradictions(&values);
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    // 5 and the zeros would have to be less than nothing.
    let slip = Correction { changes: vec![change(cell(0), 120, 12)], slip: true };
    let total = Correction { changes: vec![change(cell(4), 17, 125)], slip: false };
    assert_eq!(only.cause, Cause::Rivals(vec![slip, total]));
    assert_eq!(only.place, cell(4));
    assert_eq!(kinds(&values, only), [IdentityKind::ReviewTotal]);
}

#[test]
fn the_total_comes_first_among_equals() {
    let spec = Edition::F2021.format().table(TableKind::Review);
    let mut values = consistent(spec, &[0]);
    values.set(CellRef { row: 0, column: 9 }, Some(3));
    let found = contradictions(&values);
    let [Contradiction { cause: Cause::Rivals(rivals), .. }] = found.as_slice() else { panic!("{found:#?}") };
    let columns: Vec<usize> = rivals.iter().map(|rival| rival.changes[0].cell.column).collect();
    assert_eq!(columns, [9, 5, 6, 7, 8]);
}

#[test]
fn two_cells_that_have_nothing_in_common_are_each_certain() {
    let mut values = eight_granted();
    values.set(at(Row::Granted, PERSONS), Some(9));
    values.set(at(Row::Repeated, BUSINESSES), Some(3));
    let found = contradictions(&values);
    let [first, second] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(first.cause, Cause::Several(change(at(Row::Granted, PERSONS), 9, 8)));
    assert_eq!(second.cause, Cause::Several(change(at(Row::Repeated, BUSINESSES), 3, 0)));
    for contradiction in [first, second] {
        assert_eq!(kinds(&values, contradiction), [IdentityKind::RowTotal, IdentityKind::Subtotal]);
        assert_eq!(contradiction.identity, contradiction.violated[0]);
    }
    assert_eq!([first.place, second.place], [at(Row::Granted, PERSONS), at(Row::Repeated, BUSINESSES)]);
}

#[test]
fn two_that_are_off_by_the_same_may_be_two_others() {
    let mut values = eight_granted();
    for (row, column) in [(Row::Granted, BUSINESSES), (Row::Repeated, PERSONS)] {
        for cell in [at(row, column), at(row, TOTAL)] {
            values.set(cell, values.get(cell).map(|old| old + 2));
        }
    }
    for row in [Row::Handled, Row::Received] {
        for (column, more) in [(PERSONS, 2), (BUSINESSES, 2), (TOTAL, 4)] {
            values.set(at(row, column), values.get(at(row, column)).map(|old| old + more));
        }
    }
    assert_eq!(contradictions(&values), []);
    values.set(at(Row::Granted, PERSONS), Some(9));
    values.set(at(Row::Repeated, BUSINESSES), Some(1));
    let found = contradictions(&values);
    let [Contradiction { cause: Cause::Pairs(pairs), violated, place, .. }] = found.as_slice() else {
        panic!("{found:#?}")
    };
    let mut explained: Vec<&[Change]> = pairs.iter().map(|pair| pair.changes.as_slice()).collect();
    explained.sort_unstable();
    let these = [change(at(Row::Granted, PERSONS), 9, 8), change(at(Row::Repeated, BUSINESSES), 1, 0)];
    let others = [change(at(Row::Granted, BUSINESSES), 2, 1), change(at(Row::Repeated, PERSONS), 2, 1)];
    assert_eq!(explained, [these.as_slice(), others.as_slice()]);
    assert_eq!((violated.len(), *place), (4, at(Row::Granted, TOTAL)));
}

#[test]
fn a_case_in_the_wrong_column_joins_what_no_cell_has_in_common() {
    let mut values = eight_granted();
    values.set(at(Row::Granted, PERSONS), Some(7));
    values.set(at(Row::Granted, BUSINESSES), Some(1));
    let found = contradictions(&values);
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(kinds(&values, only), [IdentityKind::Subtotal, IdentityKind::Subtotal]);
    assert_eq!(only.place, at(Row::Handled, PERSONS));
    let Cause::Pairs(pairs) = &only.cause else { panic!("{only:#?}") };
    assert_eq!(pairs[0].changes, [change(at(Row::Granted, PERSONS), 7, 8), change(at(Row::Granted, BUSINESSES), 1, 0)]);
    assert!(pairs.iter().all(|pair| same_row(&pair.changes)));
}

/// `more` cases of `row` in `column`, and in every total that they count in.
fn add(values: &mut Values<'_>, row: Row, column: usize, more: i64) {
    for row in [row, Row::Handled, Row::Received] {
        for column in [column, TOTAL] {
            values.set(at(row, column), values.get(at(row, column)).map(|old| old + more));
        }
    }
}

#[test]
fn of_changes_in_several_rows_the_slips_come_first() {
    let mut values = eight_granted();
    add(&mut values, Row::Granted, PERSONS, 1);
    add(&mut values, Row::Granted, BUSINESSES, 2);
    add(&mut values, Row::Repeated, PERSONS, 2);
    assert_eq!(contradictions(&values), []);
    // 9 and 0, each one more: the four of the rectangle are off, and 10 for 9 is no slip.
    values.set(at(Row::Granted, PERSONS), Some(10));
    values.set(at(Row::Repeated, BUSINESSES), Some(1));
    let found = contradictions(&values);
    let [Contradiction { cause: Cause::Pairs(pairs), .. }] = found.as_slice() else { panic!("{found:#?}") };
    let explained: Vec<(&[Change], bool)> = pairs.iter().map(|pair| (pair.changes.as_slice(), pair.slip)).collect();
    let slips = [change(at(Row::Granted, BUSINESSES), 2, 1), change(at(Row::Repeated, PERSONS), 2, 1)];
    let others = [change(at(Row::Granted, PERSONS), 10, 9), change(at(Row::Repeated, BUSINESSES), 1, 0)];
    assert_eq!(explained, [(slips.as_slice(), true), (others.as_slice(), false)]);
}

#[test]
fn of_two_cells_one_may_be_known_by_what_the_other_leaves_of_their_row() {
    // A figure that cannot be read leaves the businesses without a sum: two too many of them show in their row only.
    let mut values = eight_granted();
    values.set(at(Row::Repeated, BUSINESSES), None);
    values.set(at(Row::Granted, PERSONS), Some(5));
    values.set(at(Row::Granted, BUSINESSES), Some(5));
    let found = contradictions(&values);
    let [Contradiction { cause: Cause::Pairs(pairs), .. }] = found.as_slice() else { panic!("{found:#?}") };
    let explained: Vec<&[Change]> = pairs.iter().map(|pair| pair.changes.as_slice()).collect();
    let in_the_row = [change(at(Row::Granted, PERSONS), 5, 8), change(at(Row::Granted, BUSINESSES), 5, 0)];
    let in_two_rows = [change(at(Row::Granted, BUSINESSES), 5, 3), change(at(Row::Repeated, PERSONS), 0, 3)];
    let of_the_persons = [change(at(Row::Granted, PERSONS), 5, 3), change(at(Row::Repeated, PERSONS), 0, 5)];
    assert_eq!(explained, [in_the_row.as_slice(), in_two_rows.as_slice(), of_the_persons.as_slice()]);
}

#[test]
fn what_a_forced_blank_adds_is_told_of_the_identity_that_was_violated_before() {
    let mut values = eight_granted();
    values.set(at(Row::Granted, PERSONS), Some(9));
    let blank = at(Row::Granted, 2);
    values.set(blank, None);
    // The row cannot be summed up, the column can; and with the 0 that its column forces, the row is off as well.
    let (found, forced) = resolve_values(&values, &[blank]);
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(only.cause, Cause::One(change(at(Row::Granted, PERSONS), 9, 8)));
    assert_eq!(kinds(&values, only), [IdentityKind::Subtotal]);
    assert_eq!([only.identity], only.violated.as_slice());
    assert_eq!(forced, [(blank, 0)]);
}

#[test]
fn two_cases_in_wrong_columns_are_two_findings() {
    // Of two rows, one case each between other columns.
    let mut values = eight_granted();
    for row in [Row::Repeated, Row::Handled, Row::Received] {
        for (column, more) in [(2, 5), (3, 5), (TOTAL, 10)] {
            let old = values.get(at(row, column)).unwrap();
            values.set(at(row, column), Some(old + more));
        }
    }
    assert_eq!(contradictions(&values), []);
    values.set(at(Row::Granted, PERSONS), Some(7));
    values.set(at(Row::Granted, BUSINESSES), Some(1));
    values.set(at(Row::Repeated, 2), Some(3));
    values.set(at(Row::Repeated, 3), Some(7));
    let found = contradictions(&values);
    let [first, second] = found.as_slice() else { panic!("{found:#?}") };
    for (contradiction, row) in [(first, Row::Granted), (second, Row::Repeated)] {
        let Cause::Pairs(pairs) = &contradiction.cause else { panic!("{contradiction:#?}") };
        assert_eq!(contradiction.violated.len(), 2);
        assert_eq!(pairs[0].changes[0].cell.row, at(row, 0).row);
    }
}

#[test]
fn three_wrong_rows_are_reported_one_by_one() {
    let mut values = eight_granted();
    for (row, value) in [(Row::Granted, 1), (Row::PartlyGranted, 2), (Row::Repeated, 4)] {
        values.set(at(row, BUSINESSES), Some(value));
    }
    let found = contradictions(&values);
    assert_eq!(found.len(), 3, "{found:#?}");
    for (contradiction, row) in found.iter().zip([Row::Granted, Row::PartlyGranted, Row::Repeated]) {
        assert_eq!(contradiction.cause, Cause::Unknown);
        assert_eq!(contradiction.place, at(row, TOTAL));
        assert_eq!(contradiction.violated, [contradiction.identity]);
        assert_eq!(kinds(&values, contradiction), [IdentityKind::RowTotal]);
    }
}

#[test]
fn a_forced_blank_singles_out_the_cell_to_blame() {
    let mut values = eight_granted();
    values.set(at(Row::Granted, PERSONS), Some(9));
    let blanks = vec![at(Row::PartlyGranted, PERSONS), at(Row::Repeated, TOTAL)];
    for blank in &blanks {
        values.set(*blank, None);
    }
    // Neither column has a sum, and the row alone does not identify the cell.
    assert!(
        matches!(contradictions(&values).as_slice(), [Contradiction { cause: Cause::Rivals(rivals), .. }] if rivals.len() == 2)
    );
    let (found, forced) = resolve_values(&values, &blanks);
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(only.cause, Cause::One(change(at(Row::Granted, PERSONS), 9, 8)));
    assert_eq!(kinds(&values, only), [IdentityKind::RowTotal]);
    assert_eq!(forced, [(at(Row::PartlyGranted, PERSONS), 0), (at(Row::Repeated, TOTAL), 0)]);
}

#[test]
fn a_blank_that_row_and_column_force_to_different_values_stays_open() {
    let mut values = eight_granted();
    let blank = at(Row::PartlyGranted, PERSONS);
    values.set(blank, None);
    values.set(at(Row::PartlyGranted, TOTAL), Some(5));
    assert_eq!(resolve_values(&values, &[blank]), (contradictions(&values), vec![]));
    // And so does what follows from it.
    let other = at(Row::Handled, PERSONS);
    values.set(other, None);
    assert_eq!(resolve_values(&values, &[blank, other]).1, []);
}

#[test]
fn what_is_blank_is_forced_and_what_is_unreadable_is_not() {
    let mut values = eight_granted();
    let (blank, unreadable) = (at(Row::Repeated, PERSONS), at(Row::CarriedOut, TOTAL));
    values.set(blank, None);
    values.set(unreadable, None);
    assert_eq!(resolve_values(&values, &[blank]), (vec![], vec![(blank, 0)]));
}

#[test]
fn blanks_that_add_up_to_nothing_are_all_nothing() {
    let row_of = |row: Row| (0..TOTAL).map(move |column| at(row, column));
    let blank_row = |row: Row, total: i64| {
        let mut values = eight_granted();
        row_of(row).for_each(|cell| values.set(cell, None));
        values.set(at(row, TOTAL), Some(total));
        let identity = values.spec.identities().iter().find(|identity| identity.total == at(row, TOTAL)).unwrap();
        deduce(&values, identity)
    };
    let zeros: Vec<(CellRef, i64)> = row_of(Row::Repeated).map(|cell| (cell, 0)).collect();
    assert_eq!(blank_row(Row::Repeated, 0), zeros);
    assert_eq!(blank_row(Row::Repeated, 3), []);
    // With the total blank as well, any figure would do.
    let mut values = eight_granted();
    values.set(at(Row::Repeated, PERSONS), None);
    values.set(at(Row::Repeated, TOTAL), None);
    let identity = values.spec.identities().iter().find(|identity| identity.total == at(Row::Repeated, TOTAL)).unwrap();
    assert_eq!(deduce(&values, identity), []);
    assert_eq!(deduce(&eight_granted(), identity), []);
}

#[test]
fn a_blank_below_nothing_stays_open() {
    let mut values = eight_granted();
    let blank = at(Row::Granted, BUSINESSES);
    values.set(blank, None);
    values.set(at(Row::Granted, PERSONS), Some(9));
    let identity = values.spec.identities().iter().find(|identity| identity.total == at(Row::Granted, TOTAL)).unwrap();
    assert_eq!(deduce(&values, identity), [(blank, -1)]);
    let (filled, deduced) = deduce_all(&values);
    // The column says 0.
    assert_eq!((filled.get(blank), deduced), (Some(0), vec![blank]));
}

#[test]
fn totals_computed_anew() {
    let mut values = eight_granted();
    assert_eq!(recomputed(&values), []);
    values.set(at(Row::Granted, BUSINESSES), Some(2));
    values.set(at(Row::Repeated, BUSINESSES), Some(3));
    assert_eq!(
        recomputed(&values),
        [
            change(at(Row::Granted, TOTAL), 8, 10),
            change(at(Row::Repeated, TOTAL), 0, 3),
            change(at(Row::Handled, BUSINESSES), 0, 5),
            change(at(Row::Handled, TOTAL), 8, 13),
        ]
    );
    // Not where an operand is missing, and not below nothing.
    values.set(at(Row::Repeated, 2), None);
    assert_eq!(recomputed(&values).first().map(|change| change.cell), Some(at(Row::Granted, TOTAL)));
    assert!(recomputed(&values).iter().all(|change| change.cell != at(Row::Repeated, TOTAL)));
    let mut negative = eight_granted();
    negative.set(at(Row::CarriedIn, PERSONS), Some(-2));
    negative.set(at(Row::CarriedIn, BUSINESSES), Some(1));
    assert!(recomputed(&negative).iter().all(|change| change.cell != at(Row::CarriedIn, TOTAL)));
    let mut review = consistent(Edition::F2021.format().table(TableKind::Review), &[0]);
    review.set(CellRef { row: 0, column: 1 }, Some(2));
    assert_eq!(recomputed(&review), [change(CellRef { row: 0, column: 4 }, 0, 2)]);
}

#[test]
fn changes_in_one_row() {
    let here = |row, column| change(CellRef { row, column }, 0, 1);
    assert!(same_row(&[here(1, 2)]));
    assert!(same_row(&[here(1, 2), here(1, 3)]));
    assert!(!same_row(&[here(1, 2), here(2, 2)]));
    assert!(!same_row(&[here(1, 2), here(1, 3), here(2, 3)]));
}

#[test]
fn what_is_known_is_known_of_the_same_figures_only() {
    use crate::report::Document;
    use crate::rules::support::testing::report;
    let resolved = |source: &str, kind: TableKind| {
        let document = Document::new(source);
        let (_, unit) = document.units().next().unwrap();
        resolve(unit.report().table(kind).unwrap())
    };
    let with = |cell: &str| report(2022).replace("（一）予以公开 | 2 | 1 |", &format!("（一）予以公开 | 2 | {cell} |"));
    let all = || -> Vec<Rc<Resolution>> {
        let applications = ["1", "2", " ", "无"].map(|cell| resolved(&with(cell), TableKind::Applications));
        let review = [2020, 2022].map(|year| resolved(&report(year), TableKind::Review));
        applications.into_iter().chain(review).collect()
    };
    let (first, again) = (all(), all());
    for (index, one) in first.iter().enumerate() {
        for (other, two) in again.iter().enumerate() {
            assert_eq!(Rc::ptr_eq(one, two), index == other, "{index}, {other}");
        }
    }
}

fn holds(values: &Values<'_>, only: &[bool]) -> bool {
    values
        .spec
        .identities()
        .iter()
        .zip(only)
        .all(|(identity, checked)| !checked || values.residual(identity).is_none_or(|residual| residual == 0))
}

/// By trying: every set of one change, else of two, that makes the checkable identities hold; only changes by an amount
/// that some identity is off by, or the sum of two, can.
fn brute_force(values: &Values<'_>, size: usize) -> Vec<Vec<(CellRef, i64)>> {
    let checkable: Vec<bool> =
        values.spec.identities().iter().map(|identity| values.residual(identity).is_some()).collect();
    let mut deltas: Vec<i64> = values
        .spec
        .identities()
        .iter()
        .filter_map(|identity| values.residual(identity))
        .filter(|residual| *residual != 0)
        .flat_map(|residual| [residual, -residual])
        .collect();
    deltas.sort_unstable();
    deltas.dedup();
    let cells: Vec<CellRef> = values
        .spec
        .rows
        .iter()
        .enumerate()
        .flat_map(|(row, spec)| (0..spec.columns.len()).map(move |column| CellRef { row, column }))
        .filter(|cell| values.get(*cell).is_some())
        .collect();
    let mut copy = Values { spec: values.spec, width: values.width, values: values.values.clone() };
    let mut found = Vec::new();
    for (index, p) in cells.iter().enumerate() {
        let old_p = values.get(*p).unwrap();
        for dp in deltas.iter().filter(|d| old_p + **d >= 0) {
            copy.set(*p, Some(old_p + dp));
            if size == 1 {
                if holds(&copy, &checkable) {
                    found.push(vec![(*p, old_p + dp)]);
                }
            } else {
                for q in &cells[index + 1..] {
                    let old_q = values.get(*q).unwrap();
                    for dq in deltas.iter().filter(|d| old_q + **d >= 0) {
                        copy.set(*q, Some(old_q + dq));
                        if holds(&copy, &checkable) {
                            found.push(vec![(*p, old_p + dp), (*q, old_q + dq)]);
                        }
                    }
                    copy.set(*q, Some(old_q));
                }
            }
        }
        copy.set(*p, Some(old_p));
    }
    found
}

fn sorted(mut sets: Vec<Vec<(CellRef, i64)>>) -> Vec<Vec<(CellRef, i64)>> {
    sets.iter_mut().for_each(|set| set.sort_unstable());
    sets.sort_unstable();
    sets
}

fn pairs_of(changes: &[Change]) -> Vec<(CellRef, i64)> {
    changes.iter().map(|change| (change.cell, change.new)).collect()
}

fn tables() -> impl Strategy<Value = (Edition, TableKind)> {
    (
        prop_oneof![Just(Edition::F2019), Just(Edition::F2021)],
        prop_oneof![2 => Just(TableKind::Applications), 1 => Just(TableKind::Review)],
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_consistent_table_has_no_contradiction((edition, kind) in tables(), seeds in prop::collection::vec(0..40i64, 12..40)) {
        let values = consistent(edition.format().table(kind), &seeds);
        prop_assert!(contradictions(&values).is_empty());
    }

    #[test]
    fn one_wrong_cell_is_explained_as_by_trying_all(
        (edition, kind) in tables(),
        seeds in prop::collection::vec(0..40i64, 12..40),
        at in any::<prop::sample::Index>(),
        delta in prop_oneof![-5..=-1i64, 1..=5i64],
        blanks in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let spec = edition.format().table(kind);
        let mut values = consistent(spec, &seeds);
        let count = spec.rows.len() * spec.rows[0].columns.len();
        let cell = |index: usize| CellRef { row: index / spec.rows[0].columns.len(), column: index % spec.rows[0].columns.len() };
        for blank in blanks {
            values.set(cell(blank.index(count)), None);
        }
        let place = cell(at.index(count));
        if let Some(old) = values.get(place) {
            values.set(place, Some((old + delta).max(0)));
        }
        let found = contradictions(&values);
        let mut singles = Vec::new();
        for contradiction in &found {
            match &contradiction.cause {
                Cause::One(change) => singles.push(vec![(change.cell, change.new)]),
                Cause::Rivals(rivals) => singles.extend(rivals.iter().map(|rival| pairs_of(&rival.changes))),
                other => prop_assert!(false, "{other:?}"),
            }
        }
        prop_assert!(found.len() <= 1);
        prop_assert_eq!(sorted(singles), sorted(brute_force(&values, 1)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn two_wrong_cells_are_explained_as_by_trying_all(
        seeds in prop::collection::vec(0..12i64, 12..30),
        first in any::<prop::sample::Index>(),
        second in any::<prop::sample::Index>(),
        deltas in (1..=3i64, -3..=3i64),
    ) {
        let spec = Edition::F2019.format().table(TableKind::Applications);
        let mut values = consistent(spec, &seeds);
        let count = spec.rows.len() * 7;
        for (index, delta) in [(first.index(count), deltas.0), (second.index(count), deltas.1)] {
            let cell = CellRef { row: index / 7, column: index % 7 };
            values.set(cell, values.get(cell).map(|old| (old + delta).max(0)));
        }
        let found = contradictions(&values);
        if let [Contradiction { cause: Cause::Pairs(_), .. }] | [Contradiction { cause: Cause::Several(_), .. }, _] = found.as_slice() {
            let mut pairs = Vec::new();
            let mut several = Vec::new();
            for contradiction in &found {
                match &contradiction.cause {
                    Cause::Pairs(explanations) => {
                        // Within a row first; then slips; then those that move less.
                        let moved = |pair: &Correction| pair.changes.iter().map(|c| c.new.abs_diff(c.old)).sum::<u64>();
                        prop_assert!(explanations.is_sorted_by_key(|pair| (!same_row(&pair.changes), !pair.slip, moved(pair))));
                        pairs.extend(explanations.iter().map(|pair| pairs_of(&pair.changes)));
                    }
                    Cause::Several(change) => several.push((change.cell, change.new)),
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            if !several.is_empty() {
                pairs.push(several);
            }
            // The trial allows only amounts that an identity is off by; in one row, one of the two may be another.
            for tried in sorted(brute_force(&values, 2)) {
                prop_assert!(sorted(pairs.clone()).contains(&tried), "{tried:?} was not found");
            }
            let all = vec![true; spec.identities().len()];
            for pair in pairs {
                let mut fixed = Values { spec, width: values.width, values: values.values.clone() };
                for (cell, new) in pair {
                    fixed.set(cell, Some(new));
                }
                prop_assert!(holds(&fixed, &all));
            }
            prop_assert!(brute_force(&values, 1).is_empty());
        }
    }

    #[test]
    fn forced_blanks_are_what_stood_there(
        (edition, kind) in tables(),
        seeds in prop::collection::vec(0..40i64, 12..40),
        blanks in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let spec = edition.format().table(kind);
        let mut values = consistent(spec, &seeds);
        let width = spec.rows[0].columns.len();
        let mut cells: Vec<CellRef> = blanks.iter().map(|blank| {
            let index = blank.index(spec.rows.len() * width);
            CellRef { row: index / width, column: index % width }
        }).collect();
        cells.sort_unstable();
        cells.dedup();
        let before: Vec<Option<i64>> = cells.iter().map(|cell| values.get(*cell)).collect();
        for cell in &cells {
            values.set(*cell, None);
        }
        let (_, forced) = resolve_values(&values, &cells.clone());
        for (cell, value) in &forced {
            let stood = cells.iter().position(|other| other == cell).and_then(|at| before[at]);
            prop_assert_eq!(Some(*value), stood);
        }
        if cells.len() == 1 {
            prop_assert_eq!(forced.len(), 1, "a single blank among known operands is always forced");
        }
    }
}
