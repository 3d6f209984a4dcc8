//! GK309 other-dominant: most outcomes are “other”.

use crate::rules::support::cells::find;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::statute::{Column, Row};

rule! {
    code: "GK309",
    name: "other-dominant",
    severity: Info,
    reads: TABLES,
    title: ["“其他”占办理结果一半以上", "Most outcomes are “other”"],
    checks: [
        "表三（七）总计不少于 10 件，而（六）其他处理中的“3.其他”占一半以上。",
        "（七）总计 of Table 3 is 10 or more, and more than half of it is in row 3.其他 of （六）其他处理.",
    ],
    basis: [
        "国办公开办函〔2021〕30号把办理结果分列各项；“其他”只用于不能归入前列各项的情形，占多数时可能是归类有误。",
        "国办公开办函〔2021〕30号 lists the outcomes one by one. The last row is for what fits none of them; when it holds most cases, they may be in the wrong row.",
    ],
    example: [
        "\
不符：（七）总计 12 件，其中“3.其他”8 件。

相符：（七）总计 12 件，其中“3.其他”2 件。",
        "\
Fires: 8 of 12 cases under 3.其他.

Silent: 2 of 12.",
    ],
    fix: [
        "归类是否恰当须由填报人核对，不自动修正。",
        "Only the records show to which row a case belongs.",
    ],
    configuration: [
        "（七）总计达到多少件才比较，由 `[thresholds]` 的 `GK309` 设定。",
        "`GK309` in `[thresholds]` sets the number of cases from which shares are compared.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let enough = context.settings.threshold("GK309");
    let language = context.language;
    for table in &context.report.tables {
        let (Some((other_at, other)), Some((total_at, total))) =
            (find(table, Row::OtherOutcome, Column::AllApplicants), find(table, Row::Handled, Column::AllApplicants))
        else {
            continue;
        };
        let (Some(part), Some(all)) = (other.count(), total.count()) else { continue };
        if all < enough || part <= all / 2 || part > all {
            continue;
        }
        let (name, whole) = (names::cell(table, other_at, language), names::cell(table, total_at, language));
        let message = say!(
            language,
            "{name}为 {part}，占{whole} {all} 的一半以上；请核对是否应归入前列各项",
            "{name} is {part}, over half of {whole}, {all}: check whether they belong in the rows above"
        );
        let related = Related { span: total.span, message: format!("{whole} {all}") };
        findings.push(Finding::new(&RULE, other.span, message).related([related]));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn with(other: &str, total: &str) -> String {
        report(2022)
            .replace("3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", &format!("3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | {other} |"))
            .replace(
                "（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |",
                &format!("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | {total} |"),
            )
    }

    #[test]
    fn more_than_half() {
        reports("GK309", Severity::Info, &with("⟦8⟧", "12"));
        reports("GK309", Severity::Info, &with("⟦6⟧", "10"));
        reports("GK309", Severity::Info, &with("⟦7⟧", "13"));
    }

    #[test]
    fn half_or_few() {
        silent("GK309", &with("6", "12"));
        silent("GK309", &with("6", "13"));
        silent("GK309", &with("9", "9"));
        // More than all is a wrong sum, not a habit.
        silent("GK309", &with("30", "12"));
        silent("GK309", &with("8", "/"));
    }

    #[test]
    fn all_of_them() {
        reports("GK309", Severity::Info, &with("⟦12⟧", "12"));
    }
}
