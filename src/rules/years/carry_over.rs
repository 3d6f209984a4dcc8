//! GK501 carry-over: what was carried over is what last year left.

use crate::report::Facets;
use crate::rules::support::cells::find;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::years::{Compared, closest};
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::statute::{Column, Row, TableKind};

rule! {
    code: "GK501",
    name: "carry-over",
    severity: Warning,
    reads: TABLES.and(Facets::OTHERS),
    title: ["上年结转与上年报告不符", "Applications carried over differ from last year’s report"],
    checks: [
        "同一单位上年度报告一并检查时：本年表三“二、上年结转政府信息公开申请数量”的七列，应与上年报告“四、结转下年度继续办理”的七列相同。",
        "When last year's report of the same body is among the files: the seven figures of row 二 of Table 3 are those of row 四 of last year's.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的表三以“上年结转”承接上年“结转下年度继续办理”，两者是同一批申请。",
        "Both rows of the form in 国办公开办函〔2021〕30号 count the same applications: those that were open at the turn of the year.",
    ],
    example: [
        "\
不符：上年报告四、总计 3，本年二、总计 2。

相符：两份报告均为 3；或上年报告不在一并检查的文件中。",
        "\
Fires: last year's report has 3 in row 四, this one 2 in row 二.

Silent: both have 3; or last year's report is not among the files.",
    ],
    fix: [
        "哪一年的数字有误须由填报人核对，不自动修正。",
        "Only the records show which year is wrong.",
    ],
    configuration: [
        "同一单位的报告按（单位、年度）识别：标题，其次文件名，或 `gongkai.toml` 的 `[[report]]`。",
        "Reports are matched by body and year: from the title, else from the name of the file, or from `[[report]]` in `gongkai.toml`.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let Some(table) = context.report.table(TableKind::Applications) else { return };
    let Some(index) = table.spec.index(Row::CarriedIn) else { return };
    let columns = table.spec.rows[index].columns;
    let compare = |digest: &crate::report::Digest| {
        let cells = columns.iter().filter_map(|column| {
            let (place, cell) = find(table, Row::CarriedIn, *column)?;
            let (this, last) = (cell.count()?, digest.figure(Row::CarriedOut, *column)? / 10_000);
            Some(Compared { place, span: cell.span, this, due: last })
        });
        cells.collect::<Vec<_>>()
    };
    let Some(differing) = closest(context.neighbours, compare) else { return };
    let is_total = |cell: &&Compared| table.names(cell.place).1 == Column::AllApplicants;
    let Some(shown) = differing.iter().find(is_total).or(differing.first()) else { return };
    let parts: Vec<String> = differing
        .iter()
        .map(|cell| {
            let column = names::column(table.names(cell.place).1, language);
            let (this, last) = (cell.this, cell.due);
            say!(language, "{column} {this}（上年报告为 {last}）", "{column} {this} (last year {last})")
        })
        .collect();
    let (year, last) = (context.neighbours.year, context.neighbours.year.saturating_sub(1));
    let rows = [Row::CarriedIn, Row::CarriedOut].map(|row| names::row(row, language));
    let message = say!(
        language,
        "{year}年{}与{last}年报告{}不一致：{}；请核对是哪一年的数字有误",
        "{} for {year} differs from {} in the report for {last}: {}; check which of the two is wrong",
        rows[0],
        rows[1],
        parts.join(&say!(language, "，", ", "))
    );
    let others = differing.iter().filter(|cell| cell.span != shown.span);
    let related = others.map(|cell| Related {
        span: cell.span,
        message: format!("{} {}", names::cell(table, cell.place, language), cell.this),
    });
    findings.push(Finding::new(&RULE, shown.span, message).related(related));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    /// The report for 2022, with `figures` carried over.
    fn with(figures: &str) -> String {
        let row = format!("{} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", row_label(Row::CarriedIn));
        let source = report(2022);
        assert!(source.contains(&row));
        source.replace(&row, &format!("{} | {figures} |", row_label(Row::CarriedIn)))
    }

    #[test]
    fn what_last_year_left_is_there() {
        let beside = last_years(&[&report(2021)]);
        silent_beside("GK501", &beside, &with("1 | 0 | 0 | 0 | 0 | 0 | 1"));
        // Last year has the format before; the rows are the same.
        silent_beside("GK501", &last_years(&[&report(2020)]), &with("1 | 0 | 0 | 0 | 0 | 0 | 1"));
        // Nothing to compare with.
        silent("GK501", &with("5 | 0 | 0 | 0 | 0 | 0 | 5"));
        // Another rule reports figures that cannot be read.
        silent_beside("GK501", &beside, &with("/ | 0 | 0 | 0 | 0 | 0 | 1"));
    }

    #[test]
    fn each_column_counts() {
        let beside = last_years(&[&report(2021)]);
        reports_beside("GK501", Severity::Warning, &beside, &with("0 | 0 | 0 | 0 | 0 | 0 | ⟦0⟧"));
        reports_beside("GK501", Severity::Warning, &beside, &with("⟦0⟧ | 1 | 0 | 0 | 0 | 0 | 1"));
        let found = findings_beside("GK501", &beside, &with("0 | 2 | 0 | 0 | 0 | 0 | 2"));
        assert!(found[0].message.contains("总计 2（上年报告为 1）"), "{}", found[0].message);
        assert_eq!(found[0].related.len(), 2);
    }

    #[test]
    fn one_of_two_versions_of_last_year_is_enough() {
        let draft = report(2021).replace(
            &format!("{} | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", row_label(Row::CarriedOut)),
            &format!("{} | 3 | 0 | 0 | 0 | 0 | 0 | 3 |", row_label(Row::CarriedOut)),
        );
        assert_ne!(draft, report(2021));
        let beside = last_years(&[&draft, &report(2021)]);
        silent_beside("GK501", &beside, &with("1 | 0 | 0 | 0 | 0 | 0 | 1"));
        reports_beside("GK501", Severity::Warning, &beside, &with("2 | 0 | 0 | 0 | 0 | 0 | ⟦2⟧"));
    }
}
