//! Error localization: which cell causes a wrong total, and which values blanks must have.
//!
//! The identities of a table are a linear system over its cells. Of all corrections that make every identity hold, it
//! takes the one that changes the fewest cells (Fellegi and Holt, "A Systematic Approach to Automatic Edit and
//! Imputation", 1976); among equals, one that a typing error explains comes first (after Scholtus, "Automatic
//! correction of simple typing errors in numerical data with balance edits", 2009). All arithmetic is exact, with
//! integers.

use crate::report::{Table, Value};
use crate::statute::{CellRef, Identity, IdentityKind, TableSpec};
use crate::text::Memo;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

thread_local! {
    /// The resolutions of tables, by their figures. An edit changes at most one of the three tables of a report.
    static RESOLUTIONS: RefCell<Memo<ResolutionKey, Rc<Resolution>>> = const { RefCell::new(Memo::new(64)) };
}

/// A change of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::rules) struct Change {
    /// The cell.
    pub(in crate::rules) cell: CellRef,
    /// The written value.
    pub(in crate::rules) old: i64,
    /// The correct value.
    pub(in crate::rules) new: i64,
}

/// One way to make a set of violated identities hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::rules) struct Correction {
    /// The cells to change.
    pub(in crate::rules) changes: Vec<Change>,
    /// Whether each change undoes a single typing error.
    pub(in crate::rules) slip: bool,
}

/// Identities that are violated together, and the possible cause.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::rules) struct Contradiction {
    /// The reported identity.
    pub(in crate::rules) identity: usize,
    /// Every violated identity that belongs to it; indices into the table's identities.
    pub(in crate::rules) violated: Vec<usize>,
    /// The place of the finding: the wrong cell, or the total of the identity.
    pub(in crate::rules) place: CellRef,
    /// What explains it.
    pub(in crate::rules) cause: Cause,
}

/// What explains a contradiction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::rules) enum Cause {
    /// This change is the only one of so few cells.
    One(Change),
    /// One of several changes of a single cell; slips first.
    Rivals(Vec<Correction>),
    /// One of two or more cells that are wrong, each by itself and certain as the smallest set.
    Several(Change),
    /// One of several changes of two cells; those that keep a row's total first.
    Pairs(Vec<Correction>),
    /// No change of up to two cells.
    Unknown,
}

/// The known values of a table's cells, by place.
#[derive(Debug)]
pub(in crate::rules) struct Values<'a> {
    spec: &'a TableSpec,
    width: usize,
    values: Vec<Option<i64>>,
}

impl<'a> Values<'a> {
    /// The counts of `table`; other content is unknown.
    pub(in crate::rules) fn of(table: &Table) -> Values<'static> {
        let mut values = Values::unknown(table.spec);
        table.cells().for_each(|(place, cell)| values.set(place, cell.count()));
        values
    }

    /// Their table.
    pub(in crate::rules) fn spec(&self) -> &'a TableSpec {
        self.spec
    }

    pub(in crate::rules) fn unknown(spec: &'a TableSpec) -> Values<'a> {
        let width = spec.rows.iter().map(|row| row.columns.len()).max().unwrap_or(0);
        Values { spec, width, values: vec![None; width * spec.rows.len()] }
    }

    fn index(&self, cell: CellRef) -> usize {
        cell.row * self.width + cell.column
    }

    pub(in crate::rules) fn get(&self, cell: CellRef) -> Option<i64> {
        self.values.get(self.index(cell)).copied().flatten()
    }

    pub(in crate::rules) fn set(&mut self, cell: CellRef, value: Option<i64>) {
        let index = self.index(cell);
        if let Some(slot) = self.values.get_mut(index) {
            *slot = value;
        }
    }

    /// Σ coefficient × value, if every operand is known.
    pub(in crate::rules) fn residual(&self, identity: &Identity) -> Option<i64> {
        identity.terms.iter().try_fold(0i64, |sum, (cell, coefficient)| {
            sum.checked_add(self.get(*cell)?.checked_mul(i64::from(*coefficient))?)
        })
    }
}

/// Every contradiction among the known values of a table, each component of violated identities by itself.
pub(in crate::rules) fn contradictions(values: &Values<'_>) -> Vec<Contradiction> {
    let identities = values.spec.identities();
    let residuals: Vec<Option<i64>> = identities.iter().map(|identity| values.residual(identity)).collect();
    let violated: Vec<usize> =
        residuals.iter().enumerate().filter(|(_, r)| r.is_some_and(|r| r != 0)).map(|(index, _)| index).collect();
    if violated.is_empty() {
        return Vec::new();
    }
    let system = LinearSystem { values, identities, residuals };
    let (mut solved, mut open): (Vec<_>, Vec<_>) =
        components(values.spec, &violated).into_iter().partition(|component| !system.singles(component).is_empty());
    // A contradiction that no single cell explains may have one cause in several columns: a case counted in the wrong
    // one. The columns share no cell, so their identities are in separate components until a change of two cells
    // satisfies both. Two components at a time: all identities of one of the two cells are in one component.
    while let Some(first) = open.pop() {
        let with = |other: &[usize]| {
            let mut union: Vec<usize> = other.iter().chain(&first).copied().collect();
            union.sort_unstable();
            union
        };
        match open.iter().position(|other| !system.pairs(&with(other)).is_empty()) {
            Some(index) => solved.push(with(&open.remove(index))),
            None => solved.push(first),
        }
    }
    solved.sort_unstable();
    solved.into_iter().flat_map(|component| system.solve(&component)).collect()
}

/// The violated identities in groups that share no cell, each in order; the groups by their last.
fn components(spec: &TableSpec, violated: &[usize]) -> Vec<Vec<usize>> {
    let identities = spec.identities();
    // For each identity that was met, the last one of its group.
    let mut groups: Vec<Option<usize>> = vec![None; identities.len()];
    for index in violated {
        groups[*index] = Some(*index);
        for (cell, _) in &identities[*index].terms {
            for (other, _) in spec.identities_of(*cell) {
                if let Some(group) = groups[*other].filter(|group| group != index) {
                    groups.iter_mut().filter(|it| **it == Some(group)).for_each(|it| *it = Some(*index));
                }
            }
        }
    }
    let members = |group: &usize| -> Vec<usize> {
        violated.iter().copied().filter(|index| groups[*index] == Some(*group)).collect()
    };
    violated.iter().filter(|index| groups[**index] == Some(**index)).map(members).collect()
}

struct LinearSystem<'a> {
    values: &'a Values<'a>,
    identities: &'a [Identity],
    residuals: Vec<Option<i64>>,
}

impl LinearSystem<'_> {
    /// The identities that can be checked and contain `cell`, with its coefficient and the residual.
    fn of(&self, cell: CellRef) -> impl Iterator<Item = (usize, i64, i64)> {
        self.values.spec.identities_of(cell).iter().filter_map(|(index, coefficient)| {
            let residual = self.residuals.get(*index).copied().flatten()?;
            Some((*index, i64::from(*coefficient), residual))
        })
    }

    fn change(&self, cell: CellRef, delta: i64) -> Option<Change> {
        let old = self.values.get(cell)?;
        let new = old.checked_add(delta).filter(|new| *new >= 0 && delta != 0)?;
        Some(Change { cell, old, new })
    }

    fn solve(&self, component: &[usize]) -> Vec<Contradiction> {
        // Row total before subtotal before balance; of several the first.
        let identity = component.iter().copied().min_by_key(|index| (self.identities[*index].kind, *index));
        let Some(identity) = identity else { return Vec::new() };
        let place = self.identities[identity].total;
        let found = |place, cause| vec![Contradiction { identity, violated: component.to_vec(), place, cause }];
        let singles = self.singles(component);
        match singles.as_slice() {
            [change] => return found(change.cell, Cause::One(*change)),
            [] => {}
            _ => {
                let mut rivals: Vec<Correction> = singles
                    .into_iter()
                    .map(|change| Correction { slip: is_slip(change.old, change.new), changes: vec![change] })
                    .collect();
                // Slips first; then the total itself, which is the result of a calculation by hand.
                rivals.sort_by_key(|rival| {
                    let cell = rival.changes.first().map(|change| change.cell);
                    (!rival.slip, cell != Some(place), cell)
                });
                return found(place, Cause::Rivals(rivals));
            }
        }
        let pairs = self.pairs(component);
        if let [(pair, true)] = pairs.as_slice() {
            return pair
                .iter()
                .filter_map(|change| {
                    let violated: Vec<usize> = self
                        .of(change.cell)
                        .map(|(index, ..)| index)
                        .filter(|index| component.contains(index))
                        .collect();
                    let identity =
                        violated.iter().copied().min_by_key(|index| (self.identities[*index].kind, *index))?;
                    Some(Contradiction { identity, violated, place: change.cell, cause: Cause::Several(*change) })
                })
                .collect();
        }
        if !pairs.is_empty() {
            let mut pairs: Vec<Correction> = pairs
                .into_iter()
                .map(|(pair, _)| Correction {
                    slip: pair.iter().all(|change| is_slip(change.old, change.new)),
                    changes: pair.to_vec(),
                })
                .collect();
            pairs.sort_by_key(|pair| {
                let moved: i64 = pair.changes.iter().map(|change| change.new.abs_diff(change.old) as i64).sum();
                let first = pair.changes.first().map(|change| change.cell);
                (!same_row(&pair.changes), !pair.slip, moved, first)
            });
            return found(place, Cause::Pairs(pairs));
        }
        // Several causes at once: each identity of the first kind is reported by itself, and so is each subtotal that
        // the wrong rows do not explain.
        let kind = self.identities[identity].kind;
        let is_reported = |index: &usize| match self.identities[*index].kind {
            IdentityKind::Subtotal if kind == IdentityKind::RowTotal => !self.follows_from_rows(*index, component),
            other => other == kind,
        };
        component
            .iter()
            .filter(|index| is_reported(index))
            .map(|index| Contradiction {
                identity: *index,
                violated: vec![*index],
                place: self.identities[*index].total,
                cause: Cause::Unknown,
            })
            .collect()
    }

    /// Whether `subtotal` is violated only because rows of `component` are wrong: it holds once every wrong row is
    /// corrected in its column, or the residuals of all columns together equal that of the only wrong row. If the row
    /// of the subtotals is wrong too, the totals of all rows may be wrong, and the column has a separate cause.
    fn follows_from_rows(&self, subtotal: usize, component: &[usize]) -> bool {
        let residual = |index: usize| self.residuals.get(index).copied().flatten().unwrap_or(0);
        let of_kind = |kind| component.iter().copied().filter(move |index| self.identities[*index].kind == kind);
        let in_all: i64 = of_kind(IdentityKind::Subtotal).map(residual).sum();
        let mut rows = of_kind(IdentityKind::RowTotal);
        if let (Some(row), None) = (rows.next(), rows.next())
            && residual(row) == in_all
        {
            return true;
        }
        let mut rest = Some(residual(subtotal));
        for (cell, coefficient) in &self.identities[subtotal].terms {
            for (index, of_row, residual) in self.of(*cell) {
                if component.contains(&index) && self.identities[index].kind == IdentityKind::RowTotal {
                    if *cell == self.identities[subtotal].total {
                        return false;
                    }
                    let change = self.change(*cell, -residual * of_row);
                    rest = rest.zip(change).map(|(rest, it)| rest + i64::from(*coefficient) * (it.new - it.old));
                }
            }
        }
        rest == Some(0)
    }

    /// Every change of one cell that satisfies all of `component` and violates no other identity.
    fn singles(&self, component: &[usize]) -> Vec<Change> {
        let Some(first) = component.iter().min_by_key(|index| self.identities[**index].terms.len()) else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        for (cell, coefficient) in &self.identities[*first].terms {
            let delta = -self.residuals[*first].unwrap_or(0) * i64::from(*coefficient);
            let mut met = 0;
            let fits = self.of(*cell).all(|(index, coefficient, residual)| {
                met += usize::from(component.contains(&index));
                residual + coefficient * delta == 0
            });
            if fits && met == component.len() {
                changes.extend(self.change(*cell, delta));
            }
        }
        changes
    }

    /// Every change of two cells that satisfies all of `component`, violates no other identity, and is determined by
    /// that; and whether the two cells have no identity in common.
    fn pairs(&self, component: &[usize]) -> Vec<([Change; 2], bool)> {
        let Some(first) = component.iter().min_by_key(|index| self.identities[**index].terms.len()) else {
            return Vec::new();
        };
        let mut pairs: Vec<([Change; 2], bool)> = Vec::new();
        for (p, _) in &self.identities[*first].terms {
            let of_p: Vec<_> = self.of(*p).collect();
            // `q` has to satisfy the identities without `p`, and to compensate `p` in identities that are not violated.
            // If there are none of either, only the identities that contain both determine the two.
            let left = component.iter().filter(|index| of_p.iter().all(|(of_p, ..)| of_p != *index)).copied();
            let held = of_p.iter().filter(|(_, _, residual)| *residual == 0).map(|(index, ..)| *index);
            let due: Vec<usize> = left.chain(held).collect();
            let cells = |index: &usize| self.identities[*index].terms.iter().map(|(cell, _)| *cell);
            let mut partners: Vec<CellRef> = match due.iter().min_by_key(|index| self.identities[**index].terms.len()) {
                Some(fewest) => {
                    let parts_of = |cell| self.values.spec.identities_of(cell);
                    let is_of = |cell, index| parts_of(cell).iter().any(|(of, _)| *of == index);
                    cells(fewest).filter(|cell| due.iter().all(|index| is_of(*cell, *index))).collect()
                }
                None => of_p.iter().flat_map(|(index, ..)| cells(index)).collect(),
            };
            partners.sort_unstable();
            partners.dedup();
            for q in partners.iter().filter(|q| *q != p) {
                let of_q: Vec<_> = self.of(*q).collect();
                let Some((dp, dq, apart)) = solve_pair(component, &of_p, &of_q) else { continue };
                let (Some(a), Some(b)) = (self.change(*p, dp), self.change(*q, dq)) else { continue };
                let pair = if a.cell < b.cell { [a, b] } else { [b, a] };
                if !pairs.iter().any(|(known, _)| *known == pair) {
                    pairs.push((pair, apart));
                }
            }
        }
        pairs
    }
}

/// The changes of two cells, given the identities of each, if they are determined. If only the second cell has an
/// identity of its own, the call with the two cells exchanged finds them.
fn solve_pair(component: &[usize], of_p: &[(usize, i64, i64)], of_q: &[(usize, i64, i64)]) -> Option<(i64, i64, bool)> {
    let find = |list: &[(usize, i64, i64)], index: usize| list.iter().find(|(i, ..)| *i == index).map(|(_, c, _)| *c);
    if !component.iter().all(|index| find(of_p, *index).is_some() || find(of_q, *index).is_some()) {
        return None;
    }
    let alone = |list: &[(usize, i64, i64)], other: &[(usize, i64, i64)]| -> Result<Option<i64>, ()> {
        let mut delta = None;
        for (index, coefficient, residual) in list {
            if find(other, *index).is_none() {
                let due = -residual * coefficient;
                if delta.is_some_and(|delta| delta != due) {
                    return Err(());
                }
                delta = Some(due);
            }
        }
        Ok(delta)
    };
    let (dp, mut dq) = (alone(of_p, of_q).ok()??, alone(of_q, of_p).ok()?);
    let mut apart = true;
    for (index, cp, residual) in of_p {
        let Some(cq) = find(of_q, *index) else { continue };
        apart = false;
        let due = -(residual + cp * dp) * cq;
        if *dq.get_or_insert(due) != due {
            return None;
        }
    }
    Some((dp, dq?, apart))
}

/// Whether all changes are in one row.
pub(in crate::rules) fn same_row(changes: &[Change]) -> bool {
    changes.windows(2).all(|pair| matches!(pair, [a, b] if a.cell.row == b.cell.row))
}

/// Whether a single typing error turns `meant` into `written` or back: a digit dropped, doubled or changed, two
/// swapped, a sign, or a shifted decimal point, which is an extra zero.
pub(in crate::rules) fn is_slip(written: i64, meant: i64) -> bool {
    let (a, b) = (written.to_string().into_bytes(), meant.to_string().into_bytes());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (x, y) = (a.get(same_start..).unwrap_or_default(), b.get(same_start..).unwrap_or_default());
    match (x, y) {
        // Changed, or swapped with its neighbour.
        ([p, q, rest @ ..], [r, s, other @ ..]) if p == s && q == r && rest == other => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        // Dropped or doubled.
        ([_, rest @ ..], _) if rest == y => true,
        (_, [_, rest @ ..]) if rest == x => true,
        _ => false,
    }
}

/// The result of checking the identities of a table.
#[derive(Debug)]
pub(in crate::rules) struct Resolution {
    /// Its counts.
    pub(in crate::rules) values: Values<'static>,
    /// The contradictions, with their possible causes.
    pub(in crate::rules) contradictions: Vec<Contradiction>,
    /// The blanks with only one possible value, and that value.
    pub(in crate::rules) forced: Vec<(CellRef, i64)>,
    all_totals: OnceCell<Vec<Change>>,
}

impl Resolution {
    /// The changes if every total of the table is computed again.
    pub(in crate::rules) fn all_totals(&self) -> &[Change] {
        self.all_totals.get_or_init(|| recomputed(&self.values))
    }
}

/// Everything that a [`Resolution`] depends on.
#[derive(Clone, PartialEq, Eq, Hash)]
struct ResolutionKey {
    /// Where the specification of the table is.
    spec: *const TableSpec,
    counts: Vec<Option<i64>>,
    /// The cells that were left blank.
    blanks: Vec<CellRef>,
}

/// The resolution of `table`.
pub(in crate::rules) fn resolve(table: &Table) -> Rc<Resolution> {
    let (mut values, mut blanks) = (Values::unknown(table.spec), Vec::new());
    table.cells().for_each(|(place, cell)| {
        values.set(place, cell.count());
        if cell.value == Value::Blank {
            blanks.push(place);
        }
    });
    let figures = ResolutionKey { spec: table.spec, counts: values.values.clone(), blanks };
    Memo::get_or_make(&RESOLUTIONS, &figures, || {
        let (contradictions, forced) = resolve_values(&values, &figures.blanks);
        Rc::new(Resolution { values, contradictions, forced, all_totals: OnceCell::new() })
    })
}

/// The contradictions among the known values, and the forced values of `blanks`. With the forced values more identities
/// can be checked, which may leave only one of several possible wrong cells. Forced values cause no new contradictions:
/// a blank that would be part of one stays blank, because something else is wrong.
fn resolve_values(known: &Values<'_>, blanks: &[CellRef]) -> (Vec<Contradiction>, Vec<(CellRef, i64)>) {
    let mut found = contradictions(known);
    if blanks.is_empty() {
        return (found, Vec::new());
    }
    let (filled, deduced) = deduce_all(known);
    let identities = known.spec.identities();
    let mut doubtful: Vec<CellRef> = Vec::new();
    for contradiction in contradictions(&filled) {
        let part_of = |other: &Contradiction| other.violated.iter().all(|index| contradiction.violated.contains(index));
        let certain = matches!(&contradiction.cause, Cause::One(change) if known.get(change.cell).is_some());
        match found.iter().position(part_of).filter(|_| certain) {
            Some(at) => {
                let violated =
                    found.iter().filter(|other| part_of(other)).flat_map(|other| other.violated.clone()).collect();
                let identity = found[at].identity;
                found.retain(|other| !part_of(other));
                found.push(Contradiction { identity, violated, ..contradiction });
            }
            None => doubtful.extend(
                contradiction.violated.iter().flat_map(|index| identities[*index].terms.iter().map(|(cell, _)| *cell)),
            ),
        }
    }
    // Values that follow from a doubtful blank are doubtful too.
    let linked = |cell: CellRef, doubtful: &[CellRef]| {
        let open = |identity: &Identity| {
            known.residual(identity).is_none()
                && identity.terms.iter().any(|(other, _)| doubtful.contains(other) && known.get(*other).is_none())
        };
        known.spec.identities_of(cell).iter().any(|(index, _)| identities.get(*index).is_some_and(open))
    };
    loop {
        let more: Vec<CellRef> =
            deduced.iter().copied().filter(|cell| !doubtful.contains(cell) && linked(*cell, &doubtful)).collect();
        if more.is_empty() {
            break;
        }
        doubtful.extend(more);
    }
    let mut forced: Vec<(CellRef, i64)> = deduced
        .into_iter()
        .filter(|cell| blanks.contains(cell) && !doubtful.contains(cell))
        .filter_map(|cell| Some((cell, filled.get(cell)?)))
        .collect();
    forced.sort_unstable();
    (found, forced)
}

/// `known` with every value that the identities determine, one after the other; and the cells of these values.
fn deduce_all<'a>(known: &Values<'a>) -> (Values<'a>, Vec<CellRef>) {
    let mut values = Values { spec: known.spec, width: known.width, values: known.values.clone() };
    let mut deduced = Vec::new();
    loop {
        let before = deduced.len();
        for identity in known.spec.identities() {
            for (cell, value) in deduce(&values, identity) {
                // A negative value shows that something else is wrong, so the blank stays unknown.
                if value >= 0 {
                    values.set(cell, Some(value));
                    deduced.push(cell);
                }
            }
        }
        if deduced.len() == before {
            return (values, deduced);
        }
    }
}

/// The values that `identity` determines: that of a single unknown cell; 0 for all unknown cells if they add up to 0.
fn deduce(values: &Values<'_>, identity: &Identity) -> Vec<(CellRef, i64)> {
    let mut rest = 0i64;
    let mut unknown: Vec<(CellRef, i64)> = Vec::new();
    for (cell, coefficient) in &identity.terms {
        match values.get(*cell) {
            Some(value) => rest += i64::from(*coefficient) * value,
            None => unknown.push((*cell, i64::from(*coefficient))),
        }
    }
    match unknown.as_slice() {
        [(cell, coefficient)] => vec![(*cell, -rest * coefficient)],
        [(_, sign), ..] if rest == 0 && unknown.iter().all(|(_, other)| other == sign) => {
            unknown.iter().map(|(cell, _)| (*cell, 0)).collect()
        }
        _ => Vec::new(),
    }
}

/// Computes every total of the table again from its parts: row totals, then （七）总计, then the totals of 表四.
/// Only the cells that change.
fn recomputed(values: &Values<'_>) -> Vec<Change> {
    let mut current = Values { spec: values.spec, width: values.width, values: values.values.clone() };
    for kind in [IdentityKind::RowTotal, IdentityKind::Subtotal, IdentityKind::RowTotal, IdentityKind::ReviewTotal] {
        for identity in values.spec.identities().iter().filter(|identity| identity.kind == kind) {
            if let (Some(residual), Some(old)) = (current.residual(identity), current.get(identity.total))
                && residual != 0
            {
                current.set(identity.total, Some(old + residual));
            }
        }
    }
    let mut changes = Vec::new();
    for (row, spec) in values.spec.rows.iter().enumerate() {
        for column in 0..spec.columns.len() {
            let cell = CellRef { row, column };
            if let (Some(old), Some(new)) = (values.get(cell), current.get(cell))
                && old != new
                && new >= 0
            {
                changes.push(Change { cell, old, new });
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests;
