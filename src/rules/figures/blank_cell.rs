//! GK201 blank-cell: a cell is blank.

use crate::config::Language;
use crate::report::{Table, Value};
use crate::rules::arithmetic::error_localization::Resolution;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, Related, TABLES};
use crate::say;
use crate::statute::{CellRef, TableKind};
use crate::text::TextEdit;
use std::collections::BTreeMap;

rule! {
    code: "GK201",
    name: "blank-cell",
    severity: Warning,
    reads: TABLES,
    title: ["应填数字的单元格为空", "A cell is blank"],
    checks: [
        "表二、表三、表四中应填数字的单元格为空，或只有空格（含全角空格、不间断空格）。同一行中相邻的空格、三行以上同一列的空格各作一处报告，写在其中第一格。",
        "A cell that needs a number is empty or contains only spaces of any kind. Neighbouring blanks of a row, and blanks of one column in three or more rows, are one finding, at the first of them.",
    ],
    basis: [
        "格式规定的表格每格均应填报，没有发生的填 0；空白无法与漏填区分，相关合计也无从核对。",
        "Every cell of the official tables has to be filled in, with 0 if nothing happened: a blank cannot be distinguished from an omission, and no sum with it can be checked.",
    ],
    example: [
        "\
不符：“（一）予以公开”六栏均为 0，总计为空。

相符：总计填 0。",
        "\
Fires: six zeros in the row （一）予以公开, and an empty total.

Silent: the total is 0.",
    ],
    fix: [
        "勾稽关系能唯一确定其值的（同一关系中只有一个空白，或合计为 0），填入该值（可自动修正），同一处的空格一次填齐。不能确定的只作提示。",
        "Where the identities force one value (a single blank among known operands, or a total of 0) the fix fills it in: a safe fix, for all blanks of the finding at once. Other blanks are only reported.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (table, resolution) in context.resolutions() {
        let groups = groups(table);
        findings.extend(groups.iter().filter_map(|group| finding(context, table, resolution, group)));
    }
}

/// This many rows with the same blank columns have a common cause.
const ROWS: usize = 3;

/// The blanks of `table`, in groups with a common cause, each in the order of the cells: neighbours in a row, and
/// blanks in the same columns of several rows.
fn groups(table: &Table) -> Vec<Vec<CellRef>> {
    let is_blank = |place: &CellRef| table.cell(*place).is_some_and(|cell| cell.value == Value::Blank);
    let places = table.cells().map(|(place, _)| place).filter(is_blank);
    let mut runs: Vec<Vec<CellRef>> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.row == place.row && last.column + 1 == place.column) => {
                run.push(place);
            }
            _ => runs.push(vec![place]),
        }
    }
    let columns = |run: &[CellRef]| {
        let column = |place: Option<&CellRef>| place.map(|place| table.names(*place).1);
        (column(run.first()), column(run.last()))
    };
    let mut by_columns: BTreeMap<_, Vec<Vec<CellRef>>> = BTreeMap::new();
    for run in runs {
        by_columns.entry(columns(&run)).or_default().push(run);
    }
    let mut groups: Vec<Vec<CellRef>> = Vec::new();
    for runs in by_columns.into_values() {
        match runs.len() >= ROWS {
            true => groups.push(runs.concat()),
            false => groups.extend(runs),
        }
    }
    groups
}

/// The finding for the blanks `group`, at the first of them, with the values that the sums determine.
fn finding(context: &Context<'_>, table: &Table, resolution: &Resolution, group: &[CellRef]) -> Option<Finding> {
    let language = context.language;
    let first = *group.first()?;
    let span = table.cell(first)?.span;
    let name = names::cell(table, first, language);
    let value = |place: CellRef| resolution.forced.iter().find(|(forced, _)| *forced == place).map(|(_, value)| *value);
    let forced: Vec<(CellRef, i64)> =
        group.iter().filter_map(|place| value(*place).map(|value| (*place, value))).collect();
    let edits: Vec<TextEdit> =
        forced.iter().filter_map(|(place, value)| Some(context.fill(table.cell(*place)?, *value))).collect();
    let message = match (group, forced.as_slice()) {
        ([_], [(_, value)]) => {
            say!(language, "{name}未填，按勾稽关系应为 {value}", "{name} is blank; the other figures give {value}")
        }
        ([_], _) => {
            say!(language, "{name}未填；没有发生的应填 0", "{name} is blank; fill in 0 if nothing happened")
        }
        _ => of_several(table, group, &forced, language)?,
    };
    let others = group.iter().skip(1).filter_map(|place| {
        let name = names::cell(table, *place, language);
        let message = match value(*place) {
            Some(value) => say!(language, "{name}，应为 {value}", "{name}, should be {value}"),
            None => name.to_owned(),
        };
        Some(Related { span: table.cell(*place)?.span, message })
    });
    let finding = Finding::new(&RULE, span, message).related(others);
    let title = match forced.as_slice() {
        [] => return Some(finding),
        [(place, value)] => {
            let name = names::cell(table, *place, language);
            say!(language, "在{name}填入 {value}", "Fill in {value} for {name}")
        }
        _ => say!(
            language,
            "填入按勾稽关系确定的 {} 格",
            "Fill in the {} cells that the other figures give",
            forced.len()
        ),
    };
    // In a row that lacks a cell it is uncertain which one, so a filled blank might be in the wrong column.
    let is_whole = |place: &CellRef| {
        let row = table.rows.get(place.row).and_then(Option::as_ref);
        row.is_some_and(|row| row.cells.iter().all(Option::is_some))
    };
    let fill = if group.iter().all(is_whole) { Fix::safe } else { Fix::doubtful };
    Some(finding.fix(fill(title, edits)))
}

/// The message about several blanks: which, how many, and their values.
fn of_several(table: &Table, group: &[CellRef], forced: &[(CellRef, i64)], language: Language) -> Option<String> {
    let (first, last) = (*group.first()?, *group.last()?);
    let count = group.len();
    let column = |place: CellRef| names::column(table.names(place).1, language);
    let columns = match column(first) == column(last) {
        true => say!(language, "“{}”一列", "the column {}", column(first)),
        false => say!(language, "“{}”至“{}”", "{} to {}", column(first), column(last)),
    };
    let kind = names::table(table.spec.kind, language);
    let row = names::row(table.names(first).0, language);
    let rows = group.chunk_by(|a, b| a.row == b.row).count();
    let which = match (rows, table.spec.kind) {
        (1, TableKind::Review) => say!(language, "{kind}{columns}", "{kind}: {columns}"),
        (1, _) => say!(language, "{row}{columns}", "{row}: {columns}"),
        _ => say!(language, "{kind}{columns}从{row}起 {rows} 行", "{kind}: {columns} in {rows} rows from {row}"),
    };
    let due = match (forced.first(), forced.len() == count) {
        (Some((_, value)), true) if forced.iter().all(|(_, other)| other == value) => {
            say!(language, "按勾稽关系均应为 {value}", "the other figures give {value} for each")
        }
        (_, true) => say!(language, "按勾稽关系都能确定", "the other figures give all of them"),
        (Some(_), false) => {
            let forced = forced.len();
            say!(language, "其中 {forced} 格按勾稽关系能确定", "the other figures give {forced} of them")
        }
        (None, false) => say!(language, "没有发生的应填 0", "fill in 0 if nothing happened"),
    };
    Some(say!(language, "{which}共 {count} 格未填，{due}", "{which}: {count} cells are blank; {due}"))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn blanks_of_every_kind() {
        let source = report(2022);
        for blank in [" ", "  ", "\u{3000}", "\u{a0}", "&nbsp;"] {
            let row = format!("（一）予以公开 | 2 |{blank}| 0 |");
            let due = format!("（一）予以公开 | 2 |⟦{blank}⟧| 0 |");
            let marked = source.replace("（一）予以公开 | 2 | 1 | 0 |", &due);
            reports("GK201", Severity::Warning, &marked);
            assert!(source.replace("（一）予以公开 | 2 | 1 | 0 |", &row).contains(&row));
        }
        fixes_to("GK201", &source.replace("（一）予以公开 | 2 | 1 | 0 |", "（一）予以公开 | 2 |  | 0 |"), &source);
    }

    #[test]
    fn what_no_identity_forces_is_not_filled() {
        let source = report(2022).replace("行政许可 | 0 |", "行政许可 | |");
        let found = findings("GK201", &source);
        assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()));
        // The row requires 4 and the column 2, so no value satisfies both.
        let source = report(2022)
            .replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 |  | 1 | 0 | 0 | 0 | 0 | 5 |");
        let found = findings("GK201", &source);
        assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()));
    }

    #[test]
    fn padding_is_no_blank() {
        silent("GK201", &report(2022).replace("行政许可 | 0 |", "行政许可 | 0 | | |"));
        silent("GK201", &report(2022).replace("（二）部分公开", " | （二）部分公开"));
    }

    #[test]
    fn a_figure_goes_behind_the_spaces_but_not_to_the_pipe() {
        let source = report(2022);
        let with = |cell: &str| source.replace("（一）予以公开 | 2 | 1 |", &format!("（一）予以公开 | 2 |{cell}|"));
        for (blank, filled) in [("  ", " 1 "), (" ", " 1"), ("\u{3000}", "\u{3000}1"), ("   ", "  1 ")] {
            fixes_to("GK201", &with(blank), &with(filled));
        }
        let tabs = source.replace(" |\n", "\n").replace(" | ", "\t");
        let with = |cell: &str| tabs.replace("（一）予以公开\t2\t1\t", &format!("（一）予以公开\t2\t{cell}\t"));
        fixes_to("GK201", &with("  "), &with("  1"));
    }

    /// The sample report with the line `row` of table 3 changed by `edit`.
    fn in_row(source: &str, row: &str, edit: impl Fn(&str) -> String) -> String {
        let line = source.lines().find(|line| line.starts_with(row)).unwrap();
        source.replacen(line, &edit(line), 1)
    }

    #[test]
    fn neighbours_in_a_row_are_one_finding() {
        let source = report(2022);
        let row = "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
        let blank = source.replace(row, "2.重复申请 |⟦  ⟧|  |  |  |  |  |  |");
        reports("GK201", Severity::Warning, &blank);
        let (message, related) = said("GK201", &unmark(&blank).0);
        assert_eq!(message, "“（五）2.重复申请”“自然人”至“总计”共 7 格未填，按勾稽关系均应为 0");
        assert_eq!(related.len(), 6);
        fixes_to("GK201", &source.replace(row, "2.重复申请 |  |  |  |  |  |  |  |"), &source);
        // Not neighbours: two findings.
        reports("GK201", Severity::Warning, &source.replace(row, "2.重复申请 |⟦  ⟧| 0 |⟦  ⟧| 0 | 0 | 0 | 0 |"));
    }

    #[test]
    fn a_column_of_three_rows_is_one_finding_and_one_of_two_rows_is_two() {
        let source = report(2022);
        let total = |line: &str| line.replacen(" | 0 | 0 | 0 |", " |  | 0 | 0 |", 1);
        let mut two = source.clone();
        for row in ["1.属于国家秘密", "2.其他法律行政法规"] {
            two = in_row(&two, row, total);
        }
        assert_eq!(findings("GK201", &two).len(), 2);
        let three = in_row(&two, "4.保护第三方", total);
        let (message, _) = said("GK201", &three);
        assert!(message.starts_with("表三“自然人”一列从“（三）1.属于国家秘密”起 3 行共 3 格未填"), "{message}");
        fixes_to("GK201", &three, &source);
    }

    #[test]
    fn whole_rows_that_are_blank_are_one_finding() {
        let source = report(2022);
        let mut blank = source.clone();
        for row in ["1.属于国家秘密", "2.其他法律行政法规", "4.保护第三方"] {
            blank = in_row(&blank, row, |line| line.replace(" 0 |", "  |"));
        }
        let (message, related) = said("GK201", &blank);
        assert!(message.contains("3 行共 21 格未填"), "{message}");
        assert_eq!(related.len(), 9);
        assert_eq!(related[8].1, "另有 12 处");
    }

    #[test]
    fn what_is_forced_of_a_group_is_filled_in() {
        let source = report(2022);
        let blank = source.replace("规章 | 0 | 0 | 0 |", "规章 |  |  |  |");
        let (message, _) = said("GK201", &blank);
        assert_eq!(message, "“规章”“本年制发件数”至“现行有效件数”共 3 格未填，没有发生的应填 0");
        assert!(findings("GK201", &blank)[0].fixes.is_empty());
    }
}
