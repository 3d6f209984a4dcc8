//! GK504 jump: ten times as much as last year, or a tenth.

use crate::report::Facets;
use crate::rules::figures::fee_unit::LARGE;
use crate::rules::support::cells::digits;
use crate::rules::support::context::Context;
use crate::rules::{Finding, TABLES};
use crate::say;
use crate::statute::{Column, Quantity};

rule! {
    code: "GK504",
    name: "jump",
    severity: Info,
    reads: TABLES.and(Facets::OTHERS),
    title: ["与上年相差十倍以上", "Ten times last year, or a tenth"],
    checks: [
        "同一单位上年度报告一并检查时：表二第二十条第（五）（六）（八）项的处理决定数量和收费金额达到上年的 10 倍，或不到上年的十分之一。两年中较大的一个小于 20 时不比较。",
        "When last year's report of the same body is among the files: decisions and fees under items 5, 6 and 8 of Article 20 in Table 2 are ten times last year's or more, or a tenth or less. Figures that are below 20 in both years are not compared.",
    ],
    basis: [
        "数量悬殊的多为错位、多写少写一位或单位（元、万元）有误；国办公开办函〔2021〕30号要求发布内容准确。",
        "Most such jumps come from a shifted column, a digit too many or too few, or a wrong unit; 国办公开办函〔2021〕30号 requires accuracy.",
    ],
    example: [
        "\
不符：行政许可上年 356，本年 3560。

相符：行政许可上年 356，本年 410；上年 0，本年 50。",
        "\
Fires: 356 licences last year, 3560 this year.

Silent: 356 licences last year, 410 this year; none last year, 50 this year.",
    ],
    fix: [
        "数字是否有误须由填报人核对，不自动修正。",
        "Only the records show whether it is wrong.",
    ],
    configuration: [
        "倍数由 `[thresholds]` 的 `GK504` 设定。同一单位的报告按（单位、年度）识别：标题，其次文件名，或 `gongkai.toml` 的 `[[report]]`。",
        "The factor is `GK504` in `[thresholds]`. Reports are matched by body and year: from the title, else from the name of the file, or from `[[report]]` in `gongkai.toml`.",
    ],
}

/// Figures smaller than this in both years jump by chance; in ten-thousandths.
const SMALL: i64 = 20 * 10_000;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let factor = context.settings.threshold("GK504").max(2);
    let is_department = context.report.body().is_some_and(|body| body.is_department());
    for figure in context.figures() {
        let (row, column) = figure.table.names(figure.place);
        let number = figure.number;
        let looks_like_yuan = is_department && number.decimals == 0 && i128::from(number.scaled) >= LARGE;
        match column {
            Column::Decisions if number.form.unit.is_none() => {}
            // Another rule reports an amount that looks like yuan.
            Column::FeeAmount if number.form.unit.is_none() && !looks_like_yuan => {}
            _ => continue,
        }
        let this = number.scaled;
        let leaps = |last: i64| {
            let (low, high) = (this.min(last), this.max(last));
            low > 0 && high >= SMALL && high / factor >= low
        };
        let before = context.neighbours.last_year.iter().map(|digest| digest.figure(row, column));
        let Some(before) = before.collect::<Option<Vec<i64>>>() else { continue };
        // With several versions of last year's report each has to be far off.
        let Some(last) = before.first().filter(|_| before.iter().all(|last| leaps(*last))) else { continue };
        let decimals = |value: i64| digits(value.into(), if column.quantity() == Quantity::Amount { 2 } else { 0 });
        let (name, shown, last_shown) = (figure.name(language), decimals(this), decimals(*last));
        let message = match this > *last {
            true => say!(
                language,
                "{name}为 {shown}，是上年 {last_shown} 的 {factor} 倍以上；请核对是否有误（多写一位、单位或错行）",
                "{name} is {shown}, over {factor} times last year's {last_shown}: check it (a digit too many, the unit, the row)"
            ),
            false => say!(
                language,
                "{name}为 {shown}，不到上年 {last_shown} 的 {factor} 分之一；请核对是否有误（少写一位、单位或错行）",
                "{name} is {shown}, at most a {factor}th of last year's {last_shown}: check it (a digit lost, the unit, the row)"
            ),
        };
        findings.push(Finding::new(&RULE, figure.cell.span, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;
    use crate::statute::Row;

    fn with(year: u16, row: Row, figures: &str) -> String {
        let label = row_label(row);
        let source = report(year);
        let blank = if year < 2021 { "0 | 0 | 0" } else { "0" };
        let changed = source.replace(&format!("{label} | {blank} |"), &format!("{label} | {figures} |"));
        assert!(source.contains(&format!("{label} | {blank} |")));
        changed
    }

    #[test]
    fn leaps() {
        let beside = last_years(&[&with(2021, Row::Licences, "356")]);
        reports_beside("GK504", Severity::Info, &beside, &with(2022, Row::Licences, "⟦3560⟧"));
        reports_beside("GK504", Severity::Info, &beside, &with(2022, Row::Licences, "⟦35⟧"));
        let fees = last_years(&[&with(2021, Row::Fees, "12.5")]);
        reports_beside("GK504", Severity::Info, &fees, &with(2022, Row::Fees, "⟦125000⟧"));
        // Across the formats.
        let older = last_years(&[&with(2020, Row::Penalties, "3 | 0 | 40")]);
        reports_beside("GK504", Severity::Info, &older, &with(2021, Row::Penalties, "⟦400⟧"));
    }

    #[test]
    fn changes() {
        let beside = last_years(&[&with(2021, Row::Licences, "356")]);
        for figures in ["3559", "36", "0", "356", "/"] {
            silent_beside("GK504", &beside, &with(2022, Row::Licences, figures));
        }
        silent_beside("GK504", &last_years(&[&with(2021, Row::Licences, "1")]), &with(2022, Row::Licences, "12"));
        silent_beside("GK504", &last_years(&[&report(2021)]), &with(2022, Row::Licences, "5000"));
        let two = last_years(&[&with(2021, Row::Licences, "356"), &with(2021, Row::Licences, "3560")]);
        silent_beside("GK504", &two, &with(2022, Row::Licences, "3560"));
    }
}
