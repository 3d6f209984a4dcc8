//! GK414 contradiction: the text says that all is done while something is left, or says one thing twice in two ways.

use crate::report::{Amount, Statement};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding, Fix, Related, Severity};
use crate::say;
use crate::statute::TableKind;
use crate::statute::prose::Fact;
use std::collections::HashSet;

rule! {
    code: "GK414",
    name: "contradiction",
    severity: Error,
    reads: BOTH,
    title: ["正文前后矛盾", "The text contradicts itself or the table"],
    checks: [
        "\
正文称政府信息公开申请“全部办结”“均已答复”，而表三“结转下年度继续办理”不为 0；或同一数字在正文中两次出现而数值不同、表格又不能说明何者为准。

称“按时”“期限内”办结的，降为警告；已说明结转件数的不提示。能与表格对照的数字由 GK401–GK410 检查，不重复提示。",
        "\
The text says that all applications were answered while Table 3 carries some over; or it gives one figure twice with two values, and no table shows which is right.

If the text says so only of the applications that were due, the finding is a warning; if it says how many are carried over, there is none. Figures that a table has are checked by GK401–GK410.",
    ],
    basis: [
        "结转的申请就是没有办结的申请；同一事项只有一个数。",
        "Applications that are carried over are not answered, and a fact has only one number.",
    ],
    example: [
        "\
不符：正文“收到申请4件，全部办结”，表三结转下年度 1 件。

相符：“收到申请4件，办结3件，结转1件”。",
        "\
Fires: `收到申请4件，全部办结` where Table 3 carries over 1.

Silent: `收到申请4件，办结3件，结转1件`.",
    ],
    fix: [
        "改写正文还是改正表格须由填报人核对，不自动修正。",
        "Only the records show whether the words or the table have to be changed.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let year = context.report.year.map(|(year, _)| year);
    let carried = |statement: &&Statement| matches!(statement.fact, Some(Fact::CarriedOut | Fact::Carried));
    let stated: HashSet<i64> = context.report.statements.iter().filter(carried).filter_map(Statement::count).collect();
    for statement in context.report.statements.iter().filter(|statement| narrative::of_year(statement, year)) {
        findings.extend(left_over(context, statement, &stated));
    }
    twice(context, findings);
}

/// `全部办结`, while something is carried over; `stated` is what the text gives as carried over.
fn left_over(context: &Context<'_>, statement: &Statement, stated: &HashSet<i64>) -> Option<Finding> {
    let language = context.language;
    let Amount::All { on_time } = statement.amount else { return None };
    if statement.guard.is_some() || narrative::scope_differs(context, statement) {
        return None;
    }
    let table = context.report.table(TableKind::Applications)?;
    let cells = Fact::CarriedOut.cells(table.spec);
    let left = narrative::sum(table, &cells).filter(|left| *left > 0)?;
    if stated.contains(&left) || narrative::is_doubtful(context, table, &cells) {
        return None;
    }
    let place = *cells.first()?;
    let (words, name) = (context.text(statement.span), names::cell(table, place, language));
    let message = say!(
        language,
        "正文称“{words}”，但表三{name}为 {left}：请改写正文，或核对表三",
        "The text says “{words}”, but {name} in Table 3 is {left}: rewrite the text, or check the table"
    );
    let related = Related { span: table.cell(place)?.span, message: format!("{name} {left}") };
    let severity = if on_time { Severity::Warning } else { Severity::Error };
    Some(Finding::new(&RULE, statement.span, message).severity(severity).related([related]))
}

/// The same figure twice, with two values, where no table shows which is right.
fn twice(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let mut seen: Vec<(Fact, &Statement, i64)> = Vec::new();
    let carried = narrative::numbers(context).any(|(_, other, _)| matches!(other.fact, Some(Fact::CarriedIn)));
    for (_, statement, count) in narrative::numbers(context) {
        let Some(fact) = statement.fact.filter(|fact| said_once(*fact, carried)) else { continue };
        let table = fact.table().and_then(|kind| context.report.table(kind));
        let known = table.is_some_and(|table| narrative::sum(table, &fact.cells(table.spec)).is_some());
        if known || statement.part_of.is_some() || statement.scope.is_some() {
            continue;
        }
        let measure = |statement: &Statement| statement.measure.map(|(measure, _)| measure);
        let before = seen.iter().find(|(other, first, _)| *other == fact && measure(first) == measure(statement));
        match before {
            Some((_, first, value)) if *value != count && first.sentence != statement.sentence => {
                let message = say!(
                    language,
                    "此处为 {count}，前文同一事项为 {value}，应一致，请核对",
                    "This is {count}, but the same figure was given before as {value}: find out which is right"
                );
                let related =
                    Related { span: first.span, message: say!(language, "前文 {value}", "before: {value}") };
                let mut finding = Finding::new(&RULE, statement.span, message).related([related]);
                let changes = [
                    (statement, *value, say!(language, "将此处改为 {value}", "Change this to {value}")),
                    (*first, count, say!(language, "将前文改为 {count}", "Change the other to {count}")),
                ];
                for (place, value, message) in changes {
                    if let Some(edits) = narrative::restate(context, place, value) {
                        finding = finding.fix(Fix::doubtful(message, edits));
                    }
                }
                findings.push(finding);
            }
            Some(_) => {}
            None => seen.push((fact, statement, count)),
        }
    }
}

/// Whether two values of `fact` exclude each other.
fn said_once(fact: Fact, carried: bool) -> bool {
    match fact {
        Fact::Received => !carried,
        Fact::Review(_) | Fact::Litigation(_) | Fact::Decisions(_) | Fact::Published => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn all_is_done_and_something_is_left() {
        let due = |sentence: &str| reports("GK414", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，⟦全部办结⟧。");
        due("收到政府信息公开申请4件，⟦均已答复⟧。");
        reports("GK414", Severity::Warning, &saying(2022, "收到政府信息公开申请4件，⟦全部按时办结⟧。"));
    }

    #[test]
    fn what_was_due_is_done() {
        let quiet = |sentence: &str| silent("GK414", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，办结3件，结转1件。");
        quiet("收到政府信息公开申请4件，结转1件，其余全部办结。");
        quiet("收到政府信息公开申请4件，到期的均已办结。");
        quiet("收到政府信息公开申请4件，结转下年度1件，全部办结。");
        quiet("行政许可申请全部办结，政府信息公开工作有序。");
        quiet("2021年收到政府信息公开申请4件，全部办结。");
        let row = "结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |";
        let source = saying(2022, "收到政府信息公开申请4件，全部办结。");
        silent("GK414", &source.replace(row, "结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"));
    }

    #[test]
    fn one_figure_with_two_values() {
        let report = |text: &str| saying(2022, text);
        reports("GK414", Severity::Error, &report("全年主动公开政府信息⟦13⟧条。"));
        silent("GK414", &report("全年主动公开政府信息12条。"));
        silent("GK414", &report("2021年主动公开政府信息13条。"));
        silent("GK414", &report("在网站主动公开政府信息10条，其中主动公开政策类信息3条。"));
        silent("GK414", &report("主动公开政府信息比上年增加3条。"));
        silent("GK414", &report("全市主动公开政府信息1300条。"));
        // The table shows which is right.
        silent("GK414", &report("收到政府信息公开申请4件。我局收到政府信息公开申请5件。"));
    }

    #[test]
    fn which_figures_have_one_value_only() {
        for carried in [false, true] {
            assert_eq!(said_once(Fact::Received, carried), !carried);
            assert!(said_once(Fact::Published, carried));
            assert!(!said_once(Fact::Handled, carried) && !said_once(Fact::CarriedOut, carried));
        }
    }

    #[test]
    fn nothing_is_left_or_the_table_is_in_doubt() {
        let source = saying(2022, "收到政府信息公开申请3件，全部办结。");
        let nothing = source
            .replace("申请数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |", "申请数量 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |")
            .replace("继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |");
        silent("GK414", &nothing);
        let doubtful =
            source.replace("继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 2 |");
        silent("GK414", &doubtful);
    }

    #[test]
    fn what_is_left_is_told_elsewhere_or_is_another_body_s() {
        let said = |sentence: &str| saying(2022, sentence);
        silent("GK414", &said("结转下年度继续办理政府信息公开申请1件。收到政府信息公开申请4件，全部办结。"));
        silent("GK414", &said("全市政府信息公开申请全部办结。"));
        silent("GK414", &said("历年政府信息公开申请全部办结。"));
        for other in ["结转下年度继续办理政府信息公开申请2件", "收到建议1件"] {
            let source = said(&format!("{other}。收到政府信息公开申请4件，⟦全部办结⟧。"));
            reports("GK414", Severity::Error, &source);
        }
    }

    #[test]
    fn other_measures_count_other_things() {
        silent("GK414", &saying(2022, "全年主动公开政府信息13份。"));
    }
}
