//! GK213 procurement-unit: the unit of the procurement amount is missing, or the amount beyond belief.

use crate::report::MeasureWord;
use crate::rules::support::cells::{HeaderUnit, digits, find, header_unit};
use crate::rules::support::context::Context;
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::statute::{Column, Row};

rule! {
    code: "GK213",
    name: "procurement-unit",
    severity: Warning,
    reads: TABLES,
    title: ["采购总金额的单位不明或可疑", "The procurement amount has no unit, or an implausible one"],
    checks: [
        "2019 年格式表二的采购总金额不为 0，而表头和单元格都没有单位；或者以万元计平均每个项目超过 1000 万元，像是以元填报。",
        "In Table 2 of the 2019 format the procurement amount is not 0, and neither the header nor the cell names a unit; or it is more than ten million yuan a project, and looks like yuan under a header in 万元.",
    ],
    basis: [
        "国办公开办函〔2019〕60号的表头没有写明采购总金额的单位，须由填报机关注明，否则数字无法理解，也无法汇总。",
        "国办公开办函〔2019〕60号 prints no unit for this amount. The body has to name it, or the number cannot be understood nor added up.",
    ],
    example: [
        "\
不符：表头为“采购总金额”，填“986000”；或者“采购总金额（单位：万元）”，93 个项目填“134691”。

相符：“采购总金额（单位：万元）”，15 个项目填“1001.115”。",
        "\
Fires: `986000` under `采购总金额`; `134691` for 93 projects under `采购总金额（单位：万元）`.

Silent: `1001.115` for 15 projects under `采购总金额（单位：万元）`.",
    ],
    fix: [
        "单位由填报人注明或核对，不自动修正。",
        "The body has to state or check the unit.",
    ],
}

/// So many 万元 a project are beyond belief: ten million yuan.
const A_PROJECT: i128 = 1_000;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures() {
        let number = figure.number;
        if figure.table.names(figure.place).1 != Column::ProcurementAmount || number.scaled <= 0 {
            continue;
        }
        let (name, written) = (figure.name(language), context.text(figure.cell.span));
        let (header, span) = header_unit(context, figure.table, figure.place);
        let in_ten_thousands = match (number.form.unit, header) {
            (Some(MeasureWord::TenThousandYuan), _) | (None, HeaderUnit::TenThousandYuan) => true,
            (None | Some(MeasureWord::Piece | MeasureWord::Measure), HeaderUnit::Missing) => {
                let message = say!(
                    language,
                    "{name}为 {written}，表头和单元格都没有写明单位；请在表头注明“（单位：万元）”，并核对数值",
                    "{name} is {written}, and neither its header nor the cell names a unit: write （单位：万元） in the header, and check the amount"
                );
                let header = say!(language, "表头没有单位", "the header names no unit");
                let related = span.map(|span| Related { span, message: header });
                findings.push(Finding::new(&RULE, figure.cell.span, message).related(related));
                continue;
            }
            _ => false,
        };
        let items = find(figure.table, Row::Procurement, Column::ProcurementItems)
            .and_then(|(_, cell)| Some((cell.count().filter(|items| *items > 0)?, cell.span)));
        let (true, Some((items, span))) = (in_ten_thousands, items) else { continue };
        if i128::from(number.scaled) <= i128::from(items).saturating_mul(A_PROJECT * 10_000) {
            continue;
        }
        let written = digits(i128::from(number.scaled), number.decimals);
        let each = digits(i128::from(number.scaled) / i128::from(items) / 10_000 * 10_000, 0);
        let message = say!(
            language,
            "{name}为 {written} 万元，{items} 个项目平均每个约 {each} 万元，像是以元填报，请核对单位",
            "{name} is {written} ten thousand yuan, some {each} for each of {items} projects; it looks like yuan: check the unit"
        );
        let related = say!(language, "采购项目数量 {items}", "procurement items: {items}");
        findings.push(Finding::new(&RULE, figure.cell.span, message).related([Related { span, message: related }]));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    /// A report with `items` projects for `amount`, the header with its unit.
    fn procurement(items: &str, amount: &str) -> String {
        report(2020).replace("政府集中采购 | 0 | 0 |", &format!("政府集中采购 | {items} | {amount} |"))
    }

    #[test]
    fn no_unit_anywhere() {
        let source = procurement("1", "⟦986000⟧").replace("采购总金额（单位：万元）", "采购总金额");
        reports("GK213", Severity::Warning, &source);
        reports("GK213", Severity::Warning, &source.replace("986000", "98.6"));
    }

    #[test]
    fn too_much_for_a_project() {
        reports("GK213", Severity::Warning, &procurement("93", "⟦134,691⟧"));
        reports("GK213", Severity::Warning, &procurement("93", "⟦134691万元⟧").replace("（单位：万元）", ""));
        reports("GK213", Severity::Warning, &procurement("1", "⟦1000.0001⟧"));
    }

    #[test]
    fn a_unit_and_a_sound_amount() {
        silent("GK213", &procurement("15", "1001.115"));
        silent("GK213", &procurement("15", "1001.115万元").replace("（单位：万元）", ""));
        silent("GK213", &procurement("1", "986000元").replace("（单位：万元）", ""));
        silent("GK213", &procurement("/", "98.6"));
        // The unit is with the row's label.
        let row =
            procurement("1", "98.6").replace("（单位：万元）", "").replace("政府集中采购 |", "政府集中采购（万元） |");
        silent("GK213", &row);
    }

    #[test]
    fn what_a_project_costs_is_shown() {
        let (message, _) = said("GK213", &procurement("93", "134691"));
        assert!(message.contains("为 134691 万元，93 个项目平均每个约 1448 万元"), "{message}");
    }

    #[test]
    fn no_project_to_share_it_between() {
        silent("GK213", &procurement("0", "98.6"));
    }
}
