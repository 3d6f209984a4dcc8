//! Evaluates the identities of a table with its figures, and finds related figures.

use crate::report::{Report, Statement, Table, Value};
use crate::statute::{CellRef, Identity, IdentityKind};
use crate::text::Span;

/// Whether an identity holds over the cells as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It holds.
    Holds,
    /// It does not: the sums of the operands with a plus and with a minus, in ten-thousandths.
    Off(i128, i128),
    /// One cell is blank, and this is what makes the identity hold, in ten-thousandths.
    Open(i128),
    /// A cell is missing or not a number.
    Unknown,
}

/// The verdict on `identity` in `table`.
pub(super) fn verdict(table: &Table, identity: &Identity) -> Verdict {
    let (mut plus, mut minus) = (0i128, 0i128);
    let mut blank = None;
    for (place, coefficient) in &identity.terms {
        let side = if *coefficient > 0 { &mut plus } else { &mut minus };
        match table.cell(*place).map(|cell| &cell.value) {
            Some(Value::Number(number)) => match side.checked_add(i128::from(number.scaled)) {
                Some(sum) => *side = sum,
                None => return Verdict::Unknown,
            },
            Some(Value::Blank) if blank.is_none() => blank = Some(*coefficient),
            _ => return Verdict::Unknown,
        }
    }
    match blank {
        None if plus == minus => Verdict::Holds,
        None => Verdict::Off(plus, minus),
        Some(coefficient) => {
            let (other, own) = if coefficient > 0 { (minus, plus) } else { (plus, minus) };
            match other.checked_sub(own) {
                Some(value) if value >= 0 => Verdict::Open(value),
                _ => Verdict::Unknown,
            }
        }
    }
}

/// The value of the cell at `place` by the sums of `table`, if they agree and the cell differs: a total that is not the
/// sum of its parts, or a blank.
pub(super) fn due(table: &Table, place: CellRef) -> Option<i128> {
    let is_blank = table.cell(place)?.value == Value::Blank;
    let values = if is_blank { forced_values(table, place) } else { sums_of_parts(table, place) };
    match values.as_slice() {
        [value] => Some(*value),
        _ => None,
    }
}

/// The sums of parts from which the total at `place` differs, each once.
pub(super) fn sums_of_parts(table: &Table, place: CellRef) -> Vec<i128> {
    let is_sum = |identity: &&Identity| identity.total == place && identity.kind != IdentityKind::Balance;
    let is_blank = table.cell(place).is_some_and(|cell| cell.value == Value::Blank);
    let sums = table.spec.identities().iter().filter(is_sum).filter_map(|identity| match verdict(table, identity) {
        // The total has a minus, and the parts have a plus.
        Verdict::Off(parts, _) => Some(parts),
        Verdict::Open(sum) if is_blank => Some(sum),
        _ => None,
    });
    each_once(sums)
}

/// The values that the identities determine for the blank cell at `place`, each once.
pub(super) fn forced_values(table: &Table, place: CellRef) -> Vec<i128> {
    let identities = table.spec.identities_of(place).iter();
    let identities = identities.filter_map(|(index, _)| table.spec.identities().get(*index));
    each_once(identities.filter_map(|identity| match verdict(table, identity) {
        Verdict::Open(value) => Some(value),
        _ => None,
    }))
}

fn each_once(values: impl Iterator<Item = i128>) -> Vec<i128> {
    let mut values: Vec<i128> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// A value in ten-thousandths as it is printed: no more decimals than it needs.
pub(super) fn decimal(scaled: i128) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, rest) = (scaled.unsigned_abs() / 10_000, scaled.unsigned_abs() % 10_000);
    if rest == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{}", format!("{rest:04}").trim_end_matches('0'))
    }
}

/// A figure of a report.
#[derive(Clone, Copy)]
pub(super) enum FigurePlace<'a> {
    /// A cell of a table.
    Cell(&'a Table, CellRef),
    /// A figure of the text.
    Stated(&'a Statement),
}

/// The figure at `offset`, with where it is; at a border, the one that starts there.
pub(super) fn figure_at(report: &Report, offset: usize) -> Option<(Span, FigurePlace<'_>)> {
    let cells = report
        .tables
        .iter()
        .flat_map(|table| table.cells().map(move |(place, cell)| (cell.span, FigurePlace::Cell(table, place))));
    let stated = report.statements.iter().map(|statement| (statement.span, FigurePlace::Stated(statement)));
    cells
        .chain(stated)
        .filter(|(span, _)| span.touches(offset))
        .min_by_key(|(span, _)| (!(span.start <= offset && offset < span.end), span.len()))
}

/// The cells of `report` whose sum the figure `statement` of the text repeats.
pub(super) fn cells_of(report: &Report, statement: &Statement) -> Vec<Span> {
    let fact = statement.fact;
    let table = fact.and_then(|fact| report.table(fact.table()?));
    let (Some(fact), Some(table)) = (fact, table) else { return Vec::new() };
    fact.cells(table.spec).into_iter().filter_map(|cell| Some(table.cell(cell)?.span)).collect()
}

/// The figures of the text that the cell at `place` of `table` is a part of.
pub(super) fn statements_of(report: &Report, table: &Table, place: CellRef) -> Vec<Span> {
    let speaks = |statement: &&Statement| {
        statement
            .fact
            .is_some_and(|fact| fact.table() == Some(table.spec.kind) && fact.cells(table.spec).contains(&place))
    };
    report.statements.iter().filter(speaks).map(|statement| statement.span).collect()
}

/// The parts of the total in the cell at `place` of `table`.
pub(super) fn operands_of(table: &Table, place: CellRef) -> Vec<Span> {
    let own = table.spec.identities().iter().filter(|identity| identity.total == place);
    let others = own.flat_map(|identity| &identity.terms).filter(|(term, _)| *term != place);
    spans(table, others.map(|(term, _)| *term))
}

/// The totals that contain the cell at `place` of `table`.
pub(super) fn totals_of(table: &Table, place: CellRef) -> Vec<Span> {
    let identities =
        table.spec.identities_of(place).iter().filter_map(|(index, _)| table.spec.identities().get(*index));
    spans(table, identities.map(|identity| identity.total).filter(|total| *total != place))
}

/// Where the cells at `places` are: in the order of the text, each once.
fn spans(table: &Table, places: impl Iterator<Item = CellRef>) -> Vec<Span> {
    let mut spans: Vec<Span> = places.filter_map(|place| Some(table.cell(place)?.span)).collect();
    spans.sort();
    spans.dedup();
    spans
}
