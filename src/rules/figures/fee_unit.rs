//! GK212 fee-unit: fees that look like yuan.

use crate::report::Facets;
use crate::rules::support::cells::{HeaderUnit, digits, header_unit};
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, TABLES};
use crate::say;
use crate::statute::Column;
use crate::text::TextEdit;

rule! {
    code: "GK212",
    name: "fee-unit",
    severity: Info,
    reads: TABLES.and(Facets::TITLE),
    title: ["收费金额可能以元计", "Fees may be in yuan instead of 万元"],
    checks: [
        "部门报告中以万元为单位的行政事业性收费金额是不小于 1000000 的整数，像是以元填报。",
        "In a department's report an amount of fees in 万元 is a whole number of a million or more: it looks like yuan.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的表头为“本年收费金额（单位：万元）”；一百万万元即一百亿元，远超一个部门的收费。报告的表格不列上一年的收费金额，所以不与上一年比较。",
        "The header of 国办公开办函〔2021〕30号 requires 万元 (ten thousand yuan). A million of them are ten billion yuan, far beyond what a department charges. The tables do not state last year's amount, so it is not compared.",
    ],
    example: [
        "\
不符：“1250000”。

相符：“125”。",
        "\
Fires: `1250000`.

Silent: `125`.",
    ],
    fix: [
        "可除以 10000，须由填报人确认，不自动修正。政府汇总的报告和表头以元为单位的，不提示。",
        "Dividing by 10000 is offered as an unsafe fix. Reports of governments, and headers in yuan, are not checked.",
    ],
}

/// A whole number of at least this value, in ten-thousandths, is taken for yuan: a million.
pub(in crate::rules) const LARGE: i128 = 1_000_000 * 10_000;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if !context.report.body().is_some_and(|body| body.is_department()) {
        return;
    }
    let language = context.language;
    for figure in context.figures() {
        let (number, form) = (figure.number, figure.number.form);
        let column = figure.table.names(figure.place).1;
        if column != Column::FeeAmount
            || i128::from(number.scaled) < LARGE
            || number.decimals > 0
            || form.unit.is_some()
        {
            continue;
        }
        let header = header_unit(context, figure.table, figure.place).0;
        if matches!(header, HeaderUnit::Yuan | HeaderUnit::Other) {
            continue;
        }
        let (name, written) = (figure.name(language), context.text(figure.cell.span));
        let divided = digits(i128::from(number.scaled) / 10_000, 0);
        let message = say!(
            language,
            "{name}为 {written} 万元，像是以元填报；如是，应填 {divided}",
            "{name} is {written} ten thousand yuan and looks like yuan; if so, write {divided}"
        );
        let edit = TextEdit { span: figure.cell.span, content: divided.clone() };
        let fix = Fix::doubtful(say!(language, "换算为 {divided} 万元", "Convert it to {divided}"), vec![edit]);
        findings.push(Finding::new(&RULE, figure.cell.span, message).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn millions_of_a_department() {
        let source = report(2022).replace("行政事业性收费 | 0", "行政事业性收费 | 125.0001");
        reports("GK212", Severity::Info, &source.replace("125.0001", "⟦1250001⟧"));
        offers("GK212", &source.replace("125.0001", "1250001"), &source);
        offers("GK212", &source.replace("125.0001", "1,250,001"), &source);
    }

    #[test]
    fn amounts_that_may_be_right() {
        for number in ["125", "999999", "1250000.5", "1250000元"] {
            silent("GK212", &report(2022).replace("行政事业性收费 | 0", &format!("行政事业性收费 | {number}")));
        }
        let large = report(2022).replace("行政事业性收费 | 0", "行政事业性收费 | 1250000");
        silent("GK212", &large.replace("云岭市档案局", "云岭市人民政府"));
        silent("GK212", &large.replace("云岭市档案局", "云岭市"));
        silent("GK212", &large.replace("（单位：万元）", "（单位：元）"));
        silent("GK212", &large.replace("云岭市档案局2022年政府信息公开工作年度报告", ""));
    }

    #[test]
    fn from_a_million_on() {
        reports("GK212", Severity::Info, &report(2022).replace("行政事业性收费 | 0", "行政事业性收费 | ⟦1000000⟧"));
    }
}
