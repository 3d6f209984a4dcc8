//! GK117 row-order: rows are in another order.

use crate::report::{Table, TableRow};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::order;
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::text::Span;

rule! {
    code: "GK117",
    name: "row-order",
    severity: Warning,
    reads: TABLES,
    title: ["表格行序不符", "The rows are out of order"],
    checks: [
        "表二、表三的行是否按规定的顺序排列。",
        "Whether the rows of tables 2 and 3 are in the order of the format.",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号.",
    ],
    example: [
        "\
不符：“2.重复申请”排在“1.信访举报投诉类申请”之前。

相符：按规定的顺序排列。",
        "\
Fires: `2.重复申请` comes before `1.信访举报投诉类申请`.

Silent: the rows are in the order of the format.",
    ],
    fix: [
        "需把整行移到应有的位置，由填报人处理，不自动修正。",
        "The author has to move the row to its place; there is no automatic fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in &context.report.tables {
        let mut rows: Vec<(Span, usize)> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| row.as_ref().map(|row| (label(row), index)))
            // The position of a row that was assembled from pieces does not come from the author.
            .filter(|(span, _)| !context.report.is_pieced(*span))
            .collect();
        rows.sort();
        let indices: Vec<usize> = rows.iter().map(|(_, index)| *index).collect();
        let displaced = order::displaced(&indices);
        for (nth, at) in displaced.iter().enumerate() {
            // Rows that moved together are one finding, on the first.
            let with_last = nth.checked_sub(1).and_then(|last| displaced.get(last)).is_some_and(|last| {
                last + 1 == *at && indices.get(*last).map(|index| index + 1) == indices.get(*at).copied()
            });
            if !with_last {
                findings.extend(finding(context, table, &rows, *at));
            }
        }
    }
}

fn label(row: &TableRow) -> Span {
    row.label.map_or(row.span, |(span, _)| span)
}

fn finding(context: &Context<'_>, table: &Table, rows: &[(Span, usize)], at: usize) -> Option<Finding> {
    let language = context.language;
    let (span, index) = *rows.get(at)?;
    let this = names::row(table.spec.rows.get(index)?.row, language);
    let name = names::table(table.spec.kind, language);
    let neighbour = |index: usize| {
        let (span, _) = rows.iter().find(|(_, other)| *other == index)?;
        Some((*span, names::row(table.spec.rows.get(index)?.row, language)))
    };
    let before = (0..index).rev().find_map(neighbour);
    let after = (index + 1..table.spec.rows.len()).find_map(neighbour);
    let (message, related) = match (before, after) {
        (Some((span, other)), _) => (
            say!(language, "{name}的行序不符，{this}应在{other}之后", "{name}: the row {this} belongs after {other}"),
            span,
        ),
        (None, Some((span, other))) => (
            say!(language, "{name}的行序不符，{this}应在{other}之前", "{name}: the row {this} belongs before {other}"),
            span,
        ),
        (None, None) => return None,
    };
    let related = Related { span: related, message: names::written(context.text(related)) };
    Some(Finding::new(&RULE, span, message).related([related]))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn rows_out_of_order() {
        let source = report(2022);
        let row = |start: &str| format!("{}\n", source.lines().find(|line| line.starts_with(start)).unwrap());
        let (two, three) = (row("2.重复申请"), row("3.要求提供"));
        let moved = source.replace(&two, "").replace("（七）总计", &format!("{two}（七）总计"));
        reports("GK117", Severity::Warning, &moved.replace("2.重复申请", "⟦2.重复申请⟧"));
        let group = format!("{two}{three}");
        let moved = source.replace(&group, "").replace("（七）总计", &format!("{group}（七）总计"));
        reports("GK117", Severity::Warning, &moved.replace("2.重复申请", "⟦2.重复申请⟧"));
    }

    #[test]
    fn rows_in_order() {
        // A missing row, and a lost label, are other findings.
        let source = report(2022);
        silent("GK117", &source.replace("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", ""));
        silent("GK117", &source.replace("2.重复申请 |", "0 |"));
    }

    #[test]
    fn a_row_is_placed_by_its_neighbour() {
        let source = report(2022);
        let row = |start: &str| format!("{}\n", source.lines().find(|line| line.starts_with(start)).unwrap());
        let (two, three) = (row("2.重复申请"), row("3.要求提供"));
        let (message, related) = said("GK117", &source.replace(&format!("{two}{three}"), &format!("{three}{two}")));
        assert_eq!(related, [("1.信访举报投诉类申请".to_owned(), "1.信访举报投诉类申请".to_owned())]);
        assert_eq!(message, "表三的行序不符，“（五）2.重复申请”应在“（五）1.信访举报投诉类申请”之后");
        let (one, two) = (row("一、本年新收"), row("二、上年结转"));
        let (message, _) = said("GK117", &source.replace(&format!("{one}{two}"), &format!("{two}{one}")));
        assert_eq!(
            message,
            "表三的行序不符，“一、本年新收政府信息公开申请数量”应在“二、上年结转政府信息公开申请数量”之前"
        );
    }

    #[test]
    fn rows_that_do_not_belong_together_are_two_findings() {
        let source = report(2022);
        let row = |start: &str| format!("{}\n", source.lines().find(|line| line.starts_with(start)).unwrap());
        let (two, four) = (row("2.重复申请"), row("4.无正当理由"));
        let moved =
            source.replace(&two, "").replace(&four, "").replace("（七）总计", &format!("{two}{four}（七）总计"));
        let label = "4.无正当理由大量反复申请";
        reports(
            "GK117",
            Severity::Warning,
            &moved.replace("2.重复申请", "⟦2.重复申请⟧").replace(label, &format!("⟦{label}⟧")),
        );
    }
}
