//! GK412 completion-rate: the completion rate in the text does not fit the table.

use crate::report::{Amount, FigureRole, Statement};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::narrative;
use crate::rules::support::narrative::{contradicted_sentences, percent};
use crate::rules::{BOTH, Finding, Fix, Related};
use crate::say;
use crate::statute::TableKind;
use crate::statute::prose::Fact;
use crate::text::TextEdit;

rule! {
    code: "GK412",
    name: "completion-rate",
    severity: Warning,
    reads: BOTH,
    title: ["办结率与表三不符", "The completion rate does not fit the table"],
    checks: [
        "\
正文所述政府信息公开申请的办结率，应等于表三办理结果总计 ÷（本年新收 + 上年结转），按正文的小数位四舍五入（截去尾数的也认可）。

按时办结率、按期办结率和其他业务的办结率不核对。",
        "\
The completion rate of applications in the text equals the outcomes of Table 3 over those received and carried over, at the precision in which it is printed (cut off or rounded).

Rates of the applications that were due, and of other business, are not compared.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：新收 4 件、办结 3 件，正文“办结率100%”。

相符：正文“办结率75%”。",
        "\
Fires: 4 received, 3 answered, `办结率100%`.

Silent: `办结率75%`.",
    ],
    fix: [
        "提供按表三计算的比率，不自动采用。",
        "The rate computed from the table is offered as an unsafe fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let year = context.report.year.map(|(year, _)| year);
    for statement in &context.report.statements {
        let plain = statement.role == FigureRole::Rate && statement.guard.is_none() && !statement.quoted;
        if plain && statement.fact == Some(Fact::Handled) && narrative::of_year(statement, year) {
            findings.extend(finding(context, statement));
        }
    }
}

fn finding(context: &Context<'_>, statement: &Statement) -> Option<Finding> {
    let language = context.language;
    let Amount::Percent { digits, decimals } = statement.amount else { return None };
    let table = context.report.table(TableKind::Applications)?;
    let value = |fact: Fact| narrative::sum(table, &fact.cells(table.spec));
    let (handled, received, carried) = (value(Fact::Handled)?, value(Fact::Received)?, value(Fact::CarriedIn)?);
    let all = received.checked_add(carried)?;
    let fits = |part: i64, whole: i64| percent::fits(digits, decimals, part, whole);
    if all == 0 || fits(handled, all) || fits(handled.saturating_sub(carried), received) {
        return None;
    }
    let cells = [Fact::Handled, Fact::Received, Fact::CarriedIn].map(|fact| fact.cells(table.spec)).concat();
    // A figure that contradicts its table, and a sum that does not hold, are the finding.
    let contradicted = contradicted_sentences(context).contains(&statement.sentence.start);
    if contradicted || narrative::is_doubtful(context, table, &cells) {
        return None;
    }
    let (written, due) = (context.text(statement.span), percent::written(handled, all, decimals)?);
    let message = say!(
        language,
        "办结率写为 {written}%，按表三应为 {due}%（办结 {handled} ÷ 新收与上年结转 {all}）",
        "The completion rate is given as {written}%, but Table 3 makes it {due}% ({handled} answered of {all})"
    );
    let related = cells.iter().filter_map(|cell| {
        let name = names::cell(table, *cell, language);
        Some(Related { span: table.cell(*cell)?.span, message: format!("{name} {}", table.cell(*cell)?.count()?) })
    });
    let fix = Fix::doubtful(
        say!(language, "将办结率改为 {due}%", "Change the rate to {due}%"),
        vec![TextEdit { span: statement.span, content: due }],
    );
    Some(Finding::new(&RULE, statement.span, message).related(related).fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_rate() {
        let due = |sentence: &str| reports("GK412", Severity::Warning, &saying(2022, sentence));
        due("收到政府信息公开申请4件，办结3件，办结率⟦100⟧%。");
        due("收到政府信息公开申请4件，办结率达⟦75.1⟧%。");
        due("依申请公开办结率为⟦１００⟧％。");
    }

    #[test]
    fn the_rate_and_rates_of_other_things() {
        let quiet = |sentence: &str| silent("GK412", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，办结3件，办结率75%。");
        quiet("收到政府信息公开申请4件，办结3件，办结率75.00%。");
        quiet("收到政府信息公开申请4件，按时办结率100%。");
        quiet("行政许可办结率100%，政府信息公开工作有序。");
        quiet("政府信息公开申请办理群众满意率100%。");
        quiet("2021年政府信息公开申请办结率100%。");
        // One cause, one finding.
        quiet("收到政府信息公开申请4件，办结4件，办结率100%。");
    }

    #[test]
    fn the_rate_of_the_table_is_offered() {
        let source = saying(2022, "收到政府信息公开申请4件，办结率100.0%。");
        offers("GK412", &source, &saying(2022, "收到政府信息公开申请4件，办结率75.0%。"));
    }

    #[test]
    fn a_rate_of_all_or_of_those_received() {
        // Four of five; three of the four of this year.
        silent("GK412", &saying_with_carried_in("政府信息公开申请办结率80%。"));
        silent("GK412", &saying_with_carried_in("政府信息公开申请办结率75%。"));
        reports("GK412", Severity::Warning, &saying_with_carried_in("政府信息公开申请办结率⟦90⟧%。"));
    }

    #[test]
    fn a_rate_of_many_years_or_of_another_document() {
        let quiet = |sentence: &str| silent("GK412", &saying(2022, sentence));
        quiet("历年政府信息公开申请办结率100%。");
        quiet("我局印发《政府信息公开申请办结率100%工作目标》。");
    }
}
