//! GK403 carried: the text gives another number of applications carried over than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding, Fix, Related};
use crate::report::Statement;
use crate::say;
use crate::statute::prose::Fact;
use crate::text::{Span, TextEdit};

rule! {
    code: "GK403",
    name: "carried",
    severity: Error,
    reads: BOTH,
    title: ["正文的结转数与表三不符", "Applications carried over: text and table differ"],
    checks: [
        "\
正文所述结转下年度的件数应等于表三“结转下年度继续办理”的总计；上年结转的件数应等于“上年结转”的总计。只写“结转”的，符合其一即可。写明结转到哪一年、从哪一年结转的，应为报告年度的下一年、上一年。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of applications that the text says are carried over to next year equals the last row of Table 3; of those carried over from last year, the second row. Where it says neither, either will do. A year that is named must be the next one, or the one before.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“结转下年度2件”，表三为 1。

相符：正文“结转下年度1件”。",
        "\
Fires: `结转下年度2件` where Table 3 has 1.

Silent: `结转下年度1件`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| {
        matches!(fact, Fact::CarriedIn | Fact::CarriedOut | Fact::Carried)
    });
    let Some((year, stated)) = context.report.year else { return };
    for statement in &context.report.statements {
        findings.extend(of_another_year(context, statement, year, stated));
    }
}

/// 结转至2024年 in a report for 2022: applications go on into the next year, and come from the year before.
fn of_another_year(context: &Context<'_>, statement: &Statement, year: u16, stated: Span) -> Option<Finding> {
    let language = context.language;
    statement.count()?;
    let (named, due) = match (statement.fact?, statement.to_year, statement.from_year) {
        (Fact::CarriedOut, Some(named), _) if named != year + 1 => (named, year + 1),
        // 2022年结转 may be said of what this year leaves.
        (Fact::Carried | Fact::CarriedIn, None, Some(named)) if named.abs_diff(year) > 1 => (named, year - 1),
        _ => return None,
    };
    let place = Span::new(statement.sentence.start, statement.span.end);
    let written = named.to_string();
    let at = context.text(place).rfind(&written).map(|at| place.start + at);
    let span = at.map_or(statement.span, |at| Span::new(at, at + written.len()));
    let message = say!(
        language,
        "这是 {year} 年度的报告，结转的年度应为 {due} 年，现写 {named} 年",
        "This is the report for {year}: what is carried over should name {due}, but names {named}"
    );
    let related = Related { span: stated, message: say!(language, "报告年度 {year}", "The report is for {year}") };
    let fix = Fix::doubtful(
        say!(language, "将 {named} 改为 {due}", "Change {named} to {due}"),
        vec![TextEdit { span, content: due.to_string() }],
    );
    let finding = Finding::new(&RULE, span, message).related([related]);
    Some(if at.is_some() { finding.fix(fix) } else { finding })
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK403", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，结转下年度继续办理⟦2⟧件。");
        due("收到政府信息公开申请4件，上年结转⟦1⟧件，答复3件，结转1件。");
        due("收到政府信息公开申请4件，结转至2023年办理⟦3⟧件。");
        due("2021年结转政府信息公开申请⟦3⟧件。");
        due("收到政府信息公开申请4件，另有⟦2⟧件结转下年继续办理。");
        due("收到政府信息公开申请4件，下一年度继续办理⟦2⟧件。");
        due("收到政府信息公开申请4件，尚在办理⟦2⟧件。");
        due("收到政府信息公开申请4件。答复3件，顺延至次年办理⟦两⟧件。");
    }

    #[test]
    fn another_year() {
        let due = |sentence: &str| reports("GK403", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，结转至⟦2022⟧年办理1件。");
        due("收到政府信息公开申请4件，1件结转到2023年办理，⟦2020⟧年结转0件。");
        silent("GK403", &saying(2022, "收到政府信息公开申请4件，2021年结转0件，1件结转到2023年继续办理。"));
        silent("GK403", &saying(2022, "2022年结转至下年度1件政府信息公开申请。"));
    }

    #[test]
    fn the_same_number() {
        let quiet = |sentence: &str| silent("GK403", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，结转下一年度1件。");
        quiet("收到政府信息公开申请4件，上年结转0件，结转1件。");
        quiet("资金结转5项，政府信息公开工作有序。");
    }

    #[test]
    fn carried_over_from_one_year_or_to_the_other() {
        let source = |sentence: &str| {
            saying(2022, sentence)
                .replace(
                    "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                    "二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
                )
                .replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |")
                .replace("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（七）总计 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |")
        };
        silent("GK403", &source("收到政府信息公开申请4件，结转1件。"));
        silent("GK403", &source("收到政府信息公开申请4件，结转2件。"));
        reports("GK403", Severity::Error, &source("收到政府信息公开申请4件，结转⟦3⟧件。"));
    }
}
