//! GK313 rule-maker: rules of a body that makes none.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Related, Severity, TABLES};
use crate::say;
use crate::statute::{CellRef, Row, RuleMaking, TableKind};

rule! {
    code: "GK313",
    name: "rule-maker",
    severity: Warning,
    reads: TABLES.and(Facets::TITLE),
    title: ["没有规章制定权而填报了规章", "A body without the power to make rules reports some"],
    checks: [
        "县（市辖区）级政府及其部门、乡镇和街道的报告，表二“规章”一行填了大于 0 的数。市的部门自己不制定规章，但可能承担起草工作，只作提示。从名称看不出级别的（如县级市与地级市）不提示。",
        "In the report of a county or district, of one of its departments, of a township or of a sub-district, the row 规章 of Table 2 has a figure above 0. A department of a city makes no rules either, but may draft them: that is information. There is no finding if the name does not show the level (a city may be a county).",
    ],
    basis: [
        "《立法法》规定，国务院部门和省、自治区、直辖市、设区的市、自治州的人民政府可以制定规章。县级政府、乡镇和县级部门制定的文件是行政规范性文件。",
        "By 《立法法》, rules are made by departments of the State Council and by the governments of provinces, cities with districts and autonomous prefectures. What a county, a township or a department of a county issues is a normative document.",
    ],
    example: [
        "\
不符：青石县水务局的报告，“规章”本年制发件数为 2。

相符：青石县水务局的报告，“规章”一行均为 0，“行政规范性文件”本年制发件数为 2。",
        "\
Fires: 2 rules made this year in the report of 青石县水务局.

Silent: no rules there, and 2 normative documents.",
    ],
    fix: [
        "把误填的件数移到“行政规范性文件”一行，须由填报人核对，不自动修正。",
        "The figures may belong in the row 行政规范性文件. Only the records show this.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(body) = context.report.body() else { return };
    let severity = match body.rule_making() {
        RuleMaking::None => Severity::Warning,
        RuleMaking::Drafts => Severity::Info,
        RuleMaking::Makes | RuleMaking::Uncertain => return,
    };
    let Some(table) = context.report.table(TableKind::Disclosure) else { return };
    let Some(row) = table.spec.index(Row::Rules) else { return };
    let language = context.language;
    let columns = table.spec.rows.get(row).map_or(0, |row| row.columns.len());
    let mut some = (0..columns).filter_map(|column| {
        let place = CellRef { row, column };
        let cell = table.cell(place)?;
        Some((names::cell(table, place, language), cell.count().filter(|count| *count > 0)?, cell.span))
    });
    let Some((name, count, span)) = some.next() else { return };
    let documents = names::row(Row::NormativeDocuments, language);
    let message = match severity {
        Severity::Info => say!(
            language,
            "{name}为 {count}；市的部门自己不制定规章，请核对是否应计入{documents}",
            "{name} is {count}; a department of a city makes no rules itself: check whether they belong under {documents}"
        ),
        _ => say!(
            language,
            "{name}为 {count}；县级及以下机关没有规章制定权，请核对是否应计入{documents}",
            "{name} is {count}; no body of a county or below makes rules: check whether they belong under {documents}"
        ),
    };
    let related = some.map(|(name, count, span)| Related { span, message: format!("{name} {count}") });
    findings.push(Finding::new(&RULE, span, message).severity(severity).related(related));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    fn of(body: &str, rules: &str) -> String {
        report(2022).replace("云岭市档案局", body).replace("规章 | 0 | 0 | 0 |", &format!("规章 | {rules} |"))
    }

    #[test]
    fn bodies_that_make_no_rules() {
        for body in ["青石县水务局", "青石县人民政府", "云岭市青河区人民政府办公室", "青石县云溪镇人民政府"]
        {
            reports("GK313", Severity::Warning, &of(body, "⟦2⟧ | 0 | 5"));
            reports("GK313", Severity::Warning, &of(body, "0 | 0 | ⟦5⟧"));
        }
        reports("GK313", Severity::Info, &of("云岭市档案局", "⟦2⟧ | 0 | 5"));
        let (_, related) = said("GK313", &of("青石县水务局", "2 | 1 | 5"));
        assert_eq!(related.len(), 2);
    }

    #[test]
    fn bodies_that_make_rules_or_may() {
        for body in ["云岭省人民政府", "云岭市人民政府", "云岭市", "云岭高新技术产业开发区管理委员会"]
        {
            silent("GK313", &of(body, "2 | 0 | 5"));
        }
        silent("GK313", &of("青石县水务局", "0 | 0 | 0"));
        silent("GK313", &of("青石县水务局", "/ | | 无"));
        // Normative documents are made by all of them.
        silent("GK313", &of("青石县水务局", "0 | 0 | 0").replace("行政规范性文件 | 1 |", "行政规范性文件 | 9 |"));
    }
}
