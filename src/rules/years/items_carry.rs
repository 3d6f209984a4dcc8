//! GK503 items-carry: items of last year are those that last year came to.

use crate::report::Facets;
use crate::rules::support::cells::find;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::years::{Compared, closest};
use crate::rules::{Finding, TABLES};
use crate::say;
use crate::statute::{Column, TableKind};

rule! {
    code: "GK503",
    name: "items-carry",
    severity: Warning,
    reads: TABLES.and(Facets::OTHERS),
    title: ["上一年项目数量与上年报告不符", "Items of last year differ from last year's report"],
    checks: [
        "2019 年格式，同一单位上年度报告一并检查时：本年“上一年项目数量” = 上年报告的“上一年项目数量” + 上年报告的“本年增/减”。",
        "In the format of 2019, when last year's report of the same body is among the files: items last year = its items last year + its change.",
    ],
    basis: [
        "国办公开办函〔2019〕60号规定的表二以上一年项目数量和本年增减列示项目，上年增减之后的数量即为本年的“上一年”数量。",
        "Table 2 of 国办公开办函〔2019〕60号 lists items by last year's number and this year's change; the sum of both is next year's “last year”.",
    ],
    example: [
        "\
不符：上年报告为 100、增减 +5，本年上一年项目数量 100。

相符：上年报告为 100、增减 +5，本年上一年项目数量 105。",
        "\
Fires: last year's report has 100 and +5, this one 100.

Silent: last year's report has 100 and +5, this one 105.",
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
    let Some(table) = context.report.table(TableKind::Disclosure) else { return };
    for spec in table.spec.rows {
        let Some((place, cell)) = find(table, spec.row, Column::ItemsLastYear) else { continue };
        let Some(this) = cell.count() else { continue };
        let compare = |digest: &crate::report::Digest| {
            let value = |column| digest.figure(spec.row, column).map(|value| value / 10_000);
            let before = value(Column::ItemsLastYear).zip(value(Column::ItemChange));
            let due = before.map(|(items, change)| items.saturating_add(change));
            due.map(|due| Compared { place, span: cell.span, this, due }).into_iter().collect()
        };
        let Some(differing) = closest(context.neighbours, compare) else { continue };
        let Some(Compared { due, .. }) = differing.first() else { continue };
        let (name, last) = (names::cell(table, place, language), context.neighbours.year.saturating_sub(1));
        let off = this.abs_diff(*due);
        let message = say!(
            language,
            "{name}为 {this}，{last}年报告的项目数量增减之后为 {due}，差 {off}；请核对是哪一年的数字有误",
            "{name} is {this}, but the report for {last} gives {due} items, a difference of {off}: check which is wrong"
        );
        findings.push(Finding::new(&RULE, cell.span, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;
    use crate::statute::Row;

    fn with(year: u16, figures: &str) -> String {
        let label = row_label(Row::Licences);
        report(year).replace(&format!("{label} | 0 | 0 | 0 |"), &format!("{label} | {figures} |"))
    }

    #[test]
    fn what_last_year_came_to() {
        let beside = last_years(&[&with(2019, "100 | -5 | 7")]);
        silent_beside("GK503", &beside, &with(2020, "95 | 0 | 7"));
        reports_beside("GK503", Severity::Warning, &beside, &with(2020, "⟦100⟧ | 0 | 7"));
        silent_beside("GK503", &beside, &with(2020, "/ | 0 | 7"));
        // A sign in words has its own rule, and no certain value.
        silent_beside("GK503", &last_years(&[&with(2019, "100 | 减5 | 7")]), &with(2020, "100 | 0 | 7"));
        silent("GK503", &with(2020, "100 | 0 | 7"));
    }

    #[test]
    fn the_newer_format_has_no_such_column() {
        silent_beside("GK503", &last_years(&[&with(2020, "100 | 5 | 7")]), &report(2021));
    }
}
