//! GK210 split-number: a number split over two cells.

use crate::report::{Cell, RowShape, Table};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, TABLES};
use crate::say;
use crate::statute::TableKind;
use crate::text::TextEdit;

rule! {
    code: "GK210",
    name: "split-number",
    severity: Warning,
    reads: TABLES,
    title: ["一个数拆在两格", "A number is split over two cells"],
    checks: [
        "一行多出一格，而把相邻两个一位数合并成一个数，行内各项总计恰好成立，且只有这一种合并办法。",
        "A row has one cell too many, and joining two neighbouring one-digit cells, in one way only, makes its totals hold.",
    ],
    basis: [
        "表格从文档粘贴到网页时，一个两位数可能被拆在两格，其后各栏随之错位。",
        "In a table pasted into a page, a number of two digits may be split over two cells; every later column is then displaced.",
    ],
    example: [
        "\
不符：“1｜2｜0｜0｜0｜0｜0｜12”。

相符：“12｜0｜0｜0｜0｜0｜12”。",
        "\
Fires: `1 | 2 | 0 | 0 | 0 | 0 | 0 | 12`.

Silent: `12 | 0 | 0 | 0 | 0 | 0 | 12`.",
    ],
    fix: [
        "可合并为一个数，须由填报人确认，不自动修正。",
        "Joining the two is offered as an unsafe fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for table in &context.report.tables {
        for index in 0..table.rows.len() {
            let Some((first, second, joined)) = split(table, index) else { continue };
            let name = match table.spec.kind {
                TableKind::Review => names::table(table.spec.kind, language),
                kind => match table.spec.rows.get(index) {
                    Some(spec) => names::row(spec.row, language),
                    None => names::table(kind, language),
                },
            };
            let (a, b) = (context.text(first.span), context.text(second.span));
            let message = say!(
                language,
                "{name}多出一格：相邻的“{a}”和“{b}”应是一个数 {joined}，合并后总计成立",
                "{name} has a cell too many: “{a}” and “{b}” side by side look like one number, {joined}, with which the totals hold"
            );
            let span = first.span.cover(second.span);
            let edit = TextEdit { span, content: joined.to_string() };
            let fix = Fix::doubtful(say!(language, "合并为 {joined}", "Join them to {joined}"), vec![edit]);
            findings.push(Finding::new(&RULE, span, message).fix(fix));
        }
    }
}

/// The two cells of row `index` that hold one number between them, and that number: the row has one value too many, and
/// joining these two, and no others, makes its totals hold, while no dropping of a value does.
pub(in crate::rules) fn split(table: &Table, index: usize) -> Option<(&Cell, &Cell, i64)> {
    let row = table.rows.get(index)?.as_ref()?;
    let RowShape::Surplus(values) = &row.shape else { return None };
    if values.len() != row.cells.len() + 1 {
        return None;
    }
    let counts: Vec<i64> = values.iter().map(Cell::count).collect::<Option<_>>()?;
    // Most rows have no identity of their own, or nothing to join.
    if !counts.iter().any(|count| (1..=9).contains(count)) {
        return None;
    }
    let without = |at: usize| counts.iter().enumerate().filter(move |(other, _)| *other != at).map(|(_, count)| *count);
    if (0..counts.len()).any(|at| adds_up(table, index, &without(at).collect::<Vec<_>>())) {
        return None;
    }
    let mut found = None;
    for (at, pair) in counts.windows(2).enumerate() {
        let [tens @ 1..=9, ones @ 0..=9] = pair else { continue };
        let joined = tens * 10 + ones;
        let mut kept: Vec<i64> = without(at).collect();
        if let Some(slot) = kept.get_mut(at) {
            *slot = joined;
        }
        if adds_up(table, index, &kept) {
            if found.is_some() {
                return None;
            }
            found = Some((values.get(at)?, values.get(at + 1)?, joined));
        }
    }
    found
}

/// Whether `values` in row `index` satisfy every identity along that row, of which there is one at least.
fn adds_up(table: &Table, index: usize, values: &[i64]) -> bool {
    let mut along =
        table.spec.identities().iter().filter(|identity| identity.terms.iter().all(|(cell, _)| cell.row == index));
    let holds = |terms: &[(crate::statute::CellRef, i8)]| {
        let sum = terms.iter().try_fold(0i64, |sum, (cell, coefficient)| {
            sum.checked_add(values.get(cell.column)?.checked_mul(i64::from(*coefficient))?)
        });
        sum == Some(0)
    };
    let first = along.next().is_some_and(|identity| holds(&identity.terms));
    first && along.all(|identity| holds(&identity.terms))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn a_number_in_two_cells() {
        let whole = report(2022)
            .replace("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "2.重复申请 | 0 | 12 | 0 | 0 | 0 | 0 | 12 |");
        let split = whole.replace("| 0 | 12 | 0 | 0 | 0 | 0 | 12 |", "| 0 | ⟦1 | 2⟧ | 0 | 0 | 0 | 0 | 12 |");
        reports("GK210", Severity::Warning, &split);
        let plain = split.replace(['⟦', '⟧'], "");
        offers("GK210", &plain, &whole);
        silent("GK118", &plain);
        // The total itself is split.
        let total = whole.replace("| 0 | 12 | 0 | 0 | 0 | 0 | 12 |", "| 9 | 3 | 0 | 0 | 0 | 0 | ⟦1 | 2⟧ |");
        reports("GK210", Severity::Warning, &total);
    }

    #[test]
    fn a_number_of_table_four_in_two_cells() {
        let source = report(2022).replace("1 | 0 | 0 | 0 | 1 | 0 |", "⟦1 | 0⟧ | 0 | 0 | 0 | 10 | 0 |");
        reports("GK210", Severity::Warning, &source);
    }

    #[test]
    fn other_surplus_cells() {
        let row = |values: &str| {
            report(2022).replace("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", &format!("2.重复申请 | {values} |"))
        };
        // A zero too many; nothing adds up either way; two ways to join.
        for values in [
            "0 | 0 | 0 | 0 | 0 | 0 | 0 | 0",
            "1 | 0 | 0 | 0 | 0 | 0 | 0 | 1",
            "1 | 2 | 0 | 0 | 0 | 0 | 0 | 13",
            "1 | 1 | 1 | 0 | 0 | 0 | 0 | 12",
        ] {
            silent("GK210", &row(values));
        }
        silent("GK210", &report(2022).replace("行政许可 | 0 |", "行政许可 | 1 | 2 |"));
    }
}
