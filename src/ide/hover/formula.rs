//! Identities spelled out with the numbers as they are: `总计 12 = 自然人 10 + 商业企业 2 ✓`.

use super::super::sums::{Verdict, decimal, verdict};
use super::HoverSubject;
use super::markdown::excerpt;
use crate::config::Language;
use crate::report::{Cell, Table, Value};
use crate::say;
use crate::statute::{CellRef, Identity, IdentityKind, explain};

/// The most operands that a formula spells out; it counts the others.
const MANY: usize = 8;

/// `label` without what follows its name in brackets or after a comma, where it is a long one.
pub(super) fn short(label: &str) -> &str {
    let end = label.char_indices().skip(4).find(|(_, c)| matches!(c, '（' | '、' | '，')).map(|(at, _)| at);
    // A name that is short has nothing to be rid of, and 、 may be a part of it.
    match end {
        Some(end) if label.chars().count() > 20 => label.get(..end).unwrap_or(label),
        _ => label,
    }
}

impl HoverSubject<'_> {
    /// The content of a cell: a number, `□` for a blank, other text in quotation marks; `？` if the cell is unknown.
    pub(super) fn value(&self, cell: Option<&Cell>) -> String {
        match cell.map(|cell| (&cell.value, cell.span)) {
            None => self.pick(["？", "?"]).to_owned(),
            Some((Value::Number(number), _)) => decimal(i128::from(number.scaled)),
            Some((Value::Blank, _)) => "□".to_owned(),
            Some((Value::Placeholder | Value::Other, span)) => format!("“{}”", excerpt(self.unit.shown(span), 12)),
        }
    }

    /// `identity` with the numbers as they are, and whether it holds. Zeros are left out, but for `at` and in the
    /// balance, where every operand has its name in the form.
    pub(super) fn formula(&self, table: &Table, identity: &Identity, at: Option<CellRef>) -> String {
        let mut left: Vec<CellRef> = Vec::new();
        let mut right: Vec<CellRef> = Vec::new();
        let balance = identity.kind == IdentityKind::Balance;
        for (place, coefficient) in &identity.terms {
            let operands = if (*coefficient > 0) == balance { &mut left } else { &mut right };
            operands.push(*place);
        }
        let left = self.side(table, identity, &left, at);
        let right = self.side(table, identity, &right, at);
        let mark = match verdict(table, identity) {
            Verdict::Holds => " ✓".to_owned(),
            Verdict::Off(plus, minus) => {
                let gap = decimal(plus.abs_diff(minus).try_into().unwrap_or(i128::MAX));
                let (first, second) = if balance { (plus, minus) } else { (minus, plus) };
                let (first, second) = (decimal(first), decimal(second));
                say!(
                    self.language,
                    " ✗ 左边 {first}，右边 {second}，差 {gap}",
                    " ✗ left {first}, right {second}, off by {gap}"
                )
            }
            Verdict::Open(value) => {
                let value = decimal(value);
                say!(self.language, "（其余无误时 □ 为 {value}）", " (if the rest is right, □ is {value})")
            }
            Verdict::Unknown => say!(
                self.language,
                "（有的数空着或者读不出，不能核对）",
                " (some figure is blank or not readable: cannot be checked)"
            ),
        };
        format!("{left} = {right}{mark}")
    }

    /// The sum of `operands`, spelled out.
    fn side(&self, table: &Table, identity: &Identity, operands: &[CellRef], at: Option<CellRef>) -> String {
        let zero = |place: &CellRef| matches!(table.cell(*place).map(|cell| &cell.value), Some(Value::Number(n)) if n.scaled == 0);
        let keep_zeros = operands.len() <= 2;
        let mut told: Vec<CellRef> =
            operands.iter().filter(|place| keep_zeros || at == Some(**place) || !zero(place)).copied().collect();
        if told.is_empty() {
            return "0".to_owned();
        }
        // A row with unknown columns, or with blanks only, is described in two words.
        let missing = |place: &CellRef| table.cell(*place).is_none();
        let blank = |place: &CellRef| table.cell(*place).is_some_and(|cell| cell.value == Value::Blank);
        let mut several = Vec::new();
        for (alike, name) in [(&missing as &dyn Fn(&CellRef) -> bool, ["？", "?"]), (&blank, ["□", "□"])] {
            let count = told.iter().filter(|place| alike(place)).count();
            if count > 2 {
                told.retain(|place| !alike(place) || at == Some(*place));
                let (name, count) = (self.pick(name), told.iter().filter(|place| alike(place)).count().abs_diff(count));
                several.push(say!(self.language, "{name}（{count} 项）", "{name} ({count} cells)"));
            }
        }
        let mut terms: Vec<String> = told
            .iter()
            .take(MANY)
            .map(|place| format!("{} {}", self.operand(table, identity, *place), self.value(table.cell(*place))))
            .collect();
        if told.len() > MANY {
            let rest = told.len() - MANY;
            terms.push(say!(self.language, "另 {rest} 项", "{rest} more"));
        }
        terms.extend(several);
        terms.join(" + ")
    }

    /// What an operand is called inside `identity`: by its column where the identity runs along a row, else by its row.
    fn operand(&self, table: &Table, identity: &Identity, place: CellRef) -> String {
        match identity.kind {
            IdentityKind::RowTotal | IdentityKind::ReviewTotal => self.column_name(table.names(place).1),
            IdentityKind::Subtotal | IdentityKind::Balance => self.row_name(table, place.row),
        }
    }

    /// `identity` as an entry of a list, under its name.
    pub(super) fn entry(&self, table: &Table, identity: &Identity, at: Option<CellRef>) -> String {
        let name = self.pick(explain::identity_name(identity.kind));
        let column = match identity.kind {
            IdentityKind::RowTotal => String::new(),
            IdentityKind::ReviewTotal => self.headers(table.names(identity.total).1).pop().unwrap_or_default(),
            IdentityKind::Subtotal | IdentityKind::Balance => self.column_name(table.names(identity.total).1),
        };
        let column = if column.is_empty() { column } else { say!(self.language, "（{column}）", " ({column})") };
        let colon = match self.language {
            Language::Chinese => "：",
            Language::English => ": ",
        };
        format!("- {name}{column}{colon}{}", self.formula(table, identity, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::{F2019, F2021};

    #[test]
    fn long_labels_are_cut_after_their_name() {
        let (mut cut, mut whole) = (0, 0);
        for label in F2021.tables.iter().chain(&F2019.tables).flat_map(|table| table.rows).map(|row| row.label) {
            let short = short(label);
            assert!(label.starts_with(short) && short.chars().count() <= 25, "{label}");
            assert!(short.is_empty() == label.is_empty() && !short.ends_with(['（', '、']), "{label}");
            let count = if short == label { &mut whole } else { &mut cut };
            *count += 1;
        }
        assert_eq!((cut, whole), (4, 60));
    }

    #[test]
    fn values_are_printed_without_idle_decimals() {
        for (scaled, printed) in [(0, "0"), (120_000, "12"), (-20_000, "-2"), (10_011_150, "1001.115"), (-5, "-0.0005")]
        {
            assert_eq!(decimal(scaled), printed);
        }
    }
}
