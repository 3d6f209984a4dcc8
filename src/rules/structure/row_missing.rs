//! GK114 row-missing: a row is missing.

use crate::report::{Facets, Table, TableRow};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::rewrite;
use crate::rules::{Finding, Fix, TABLES};
use crate::say;
use crate::syntax::Layout;
use crate::text::TextEdit;

rule! {
    code: "GK114",
    name: "row-missing",
    severity: Error,
    reads: TABLES.and(Facets::MARKS),
    title: ["表格缺行", "A row is missing"],
    checks: [
        "表二、表三中所用格式规定的每一行是否都在；同一处缺几行的只报告一处。行名丢失但数值还在的，由 GK115 提示；用错年度格式的，由 GK111 提示，只有那种格式才有的行不算缺行。",
        "Whether the tables have every row of the format; several missing rows in one place are one finding. For a row that lost only its label see GK115, for tables of the wrong year GK111. Rows that only the wrong format has are not required.",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号.",
    ],
    example: [
        "\
不符：“5.属于三类内部事务信息”之后直接是“7.属于行政执法案卷”。

相符：中间有“6.属于四类过程性信息”一行，没有发生的填 0。",
        "\
Fires: `5.属于三类内部事务信息` is followed by `7.属于行政执法案卷`.

Silent: `6.属于四类过程性信息` is between them, with 0 where nothing happened.",
    ],
    fix: [
        "插入缺少的一行，数字留空，由填报人填写，不自动修正。",
        "The fix inserts a blank row to fill in, so it is unsafe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in &context.report.tables {
        // If the year requires the other format, a row that only this one has is not missing.
        let due = context.report.edition_due().filter(|due| *due != table.spec.edition);
        let due = due.map(|due| due.format().table(table.spec.kind));
        let is_due = |index: usize| due.is_none_or(|due| due.index(table.spec.rows[index].row).is_some());
        let kind = table.spec.kind;
        let unread =
            |index: usize| context.report.unread(kind).any(|unread| unread.row == Some(table.spec.rows[index].row));
        let is_missing = |index: &usize| table.rows[*index].is_none() && is_due(*index) && !unread(*index);
        let missing: Vec<usize> = (0..table.rows.len()).filter(is_missing).collect();
        // Missing rows with no other row between them have a common cause.
        let groups = missing.chunk_by(|a, b| table.rows[*a..*b].iter().all(Option::is_none));
        findings.extend(groups.filter_map(|group| finding(context, table, group)));
    }
}

/// One finding for the rows `missing`, between which there is none.
fn finding(context: &Context<'_>, table: &Table, missing: &[usize]) -> Option<Finding> {
    let language = context.language;
    let (first, last) = (*missing.first()?, *missing.last()?);
    let table_name = names::table(table.spec.kind, language);
    let name = |index: usize| names::row(table.spec.rows[index].row, language);
    let which = match missing {
        [one] => say!(language, "{}一行", "the row {}", name(*one)),
        [one, two] => say!(language, "{}和{}两行", "the rows {} and {}", name(*one), name(*two)),
        _ => say!(language, "{}至{}共 {} 行", "{} to {}, {} rows", name(first), name(last), missing.len()),
    };
    let neighbour = |row: &TableRow| row.label.map_or(row.span, |(span, _)| span);
    let row_before = table.rows[..first].iter().flatten().last();
    let row_after = table.rows[last..].iter().flatten().next();
    let (before, after) = (row_before.map(neighbour), row_after.map(neighbour));
    let (span, message) = match (before, after) {
        (Some(span), _) => {
            let other = context.text(span).trim();
            (
                span,
                say!(language, "{table_name}在“{other}”之后缺少{which}", "{table_name} lacks {which} after “{other}”"),
            )
        }
        (None, Some(span)) => {
            let other = context.text(span).trim();
            (
                span,
                say!(language, "{table_name}在“{other}”之前缺少{which}", "{table_name} lacks {which} before “{other}”"),
            )
        }
        (None, None) => (table.span, say!(language, "{table_name}没有数据", "{table_name} has no figures")),
    };
    let finding = Finding::new(&RULE, span, message);
    let title = say!(language, "插入空白的{which}", "Insert {which}, blank");
    if let Some(page) = context.page {
        let of_page = table.layout == Some(Layout::Html);
        let edits = of_page.then(|| page.insert_rows(table, missing)).flatten();
        return Some(match edits {
            Some(edits) => finding.fix(Fix::doubtful(title, edits).of_source(true)),
            None => finding,
        });
    }
    let edits: Option<Vec<TextEdit>> = missing
        .iter()
        .map(|index| {
            let spec = &table.spec.rows[*index];
            rewrite::insert_row(context, row_before, row_after, spec.label, spec.columns.len())
        })
        .collect();
    let Some(edit) = edits.and_then(in_one) else { return Some(finding) };
    Some(finding.fix(Fix::doubtful(title, vec![edit])))
}

/// The insertions `edits`, all at one place, as one.
fn in_one(edits: Vec<TextEdit>) -> Option<TextEdit> {
    edits.into_iter().reduce(|all, next| TextEdit { span: all.span, content: all.content + &next.content })
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn without(source: &str, row: &str) -> String {
        source.lines().filter(|line| !line.starts_with(row)).map(|line| format!("{line}\n")).collect()
    }

    #[test]
    fn a_missing_row_is_reported_on_the_row_before() {
        let source = report(2022);
        reports(
            "GK114",
            Severity::Error,
            &without(&source, "6.属于").replace("5.属于三类内部事务信息", "⟦5.属于三类内部事务信息⟧"),
        );
    }

    #[test]
    fn the_row_is_inserted_in_the_likeness_of_its_neighbour() {
        use crate::report::table_writer::render;
        use crate::statute::{Edition, TableKind};
        use crate::syntax::Layout;
        let spec = Edition::F2021.format().table(TableKind::Applications);
        let lines = |labels: &str, cells: &str| format!("{labels}{}", cells.repeat(7));
        for (layout, row, blank) in [
            (
                Layout::Tabs,
                format!("{}\n", lines("\t\t2.重复申请", "\t0")),
                format!("{}\n", lines("\t\t2.重复申请", "\t")),
            ),
            (
                Layout::Pipes,
                format!("{} |\n", lines(" |  | 2.重复申请", " | 0")),
                format!("{} |\n", lines(" |  | 2.重复申请", " | ")),
            ),
            (
                Layout::Markdown,
                format!("{} |\n", lines("|  |  | 2.重复申请", " | 0")),
                format!("{} |\n", lines("|  |  | 2.重复申请", " | ")),
            ),
            (Layout::CellLines, format!("\t\n\t\n{}\n", lines("\t2.重复申请\n", "\t0\n")), String::new()),
            (
                Layout::PipedLines,
                lines("2.重复申请 |\n", "0 |\n").replacen(
                    "0 |\n0 |\n0 |\n0 |\n0 |\n0 |\n0 |",
                    "0 |\n0 |\n0 |\n0 |\n0 |\n0 |\n0 | ||",
                    1,
                ),
                String::new(),
            ),
        ] {
            let table = render(spec, layout, "\n", |_, _| "0").unwrap();
            let source = format!(
                "云岭市档案局2022年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n{table}\n\n\n\n五、存在的主要问题及改进情况\n"
            );
            let without = source.replace(&row, "");
            assert_ne!(without, source, "{layout:?}\n{row}\n{source}");
            let found = findings("GK114", &without);
            assert_eq!(found.len(), 1, "{layout:?} {found:#?}");
            let fixed = crate::text::apply(&without, &found[0].fixes[0].edits);
            for code in ["GK114", "GK115", "GK117", "GK118"] {
                silent(code, &fixed);
            }
            assert!(fixed.contains("2.重复申请"));
            if !blank.is_empty() {
                assert_eq!(fixed, source.replace(&row, &blank));
            }
        }
    }

    #[test]
    fn rows_that_are_there() {
        // A lost label is another finding, and so is the other edition.
        silent("GK114", &report(2022).replace("6.属于四类过程性信息 |", "0 |"));
        silent("GK114", &report(2020).replace("2020", "2022").replace("2021", "2023"));
    }

    #[test]
    fn a_table_of_nothing_but_headers() {
        let source = without(&report(2022), "1 | 0 | 0 | 0 | 1");
        reports("GK114", Severity::Error, &source.replacen("行政复议 |", "⟦行政复议⟧ |", 1));
        assert_eq!(said("GK114", &source).0, "表四没有数据");
    }

    #[test]
    fn rows_missing_in_one_place_are_one_finding() {
        let source = report(2022);
        let two = without(&without(&source, "6.属于"), "7.属于");
        let (message, _) = said("GK114", &two);
        assert_eq!(
            message,
            "表三在“5.属于三类内部事务信息”之后缺少“（三）6.属于四类过程性信息”和“（三）7.属于行政执法案卷”两行"
        );
        let fixed = crate::text::apply(&two, &findings("GK114", &two)[0].fixes[0].edits);
        assert!(fixed.contains("6.属于四类过程性信息 |  |") || fixed.contains("6.属于四类过程性信息 | |"), "{fixed}");
        silent("GK114", &fixed);
        silent("GK117", &fixed);
        let three = without(&two, "5.属于");
        assert!(said("GK114", &three).0.contains("“（三）5.属于三类内部事务信息”至“（三）7.属于行政执法案卷”共 3 行"));
        // In two places: two findings.
        assert_eq!(findings("GK114", &without(&two, "3.要求提供")).len(), 2);
    }

    #[test]
    fn rows_of_the_format_that_must_not_be_used_are_not_missed() {
        // The tables of 2019 in a report for 2022.
        let old = report(2020).replace("2020", "2022").replace("2021", "2023");
        silent("GK114", &without(&without(&old, "其他对外管理服务事项"), "政府集中采购"));
        assert_eq!(findings("GK114", &without(&old, "行政处罚")).len(), 1);
    }
}
