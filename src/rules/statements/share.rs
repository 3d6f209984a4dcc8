//! GK413 share: the share in the text does not fit its figures.

use crate::report::{Amount, FigureRole, Statement};
use crate::rules::support::context::Context;
use crate::rules::support::narrative::percent;
use crate::rules::support::{names, narrative};
use crate::rules::{BOTH, Finding, Fix, Related};
use crate::say;
use crate::statute::TableKind;
use crate::statute::prose::{Ending, Fact, Guard};
use crate::text::{Span, TextEdit};

rule! {
    code: "GK413",
    name: "share",
    severity: Warning,
    reads: BOTH,
    title: ["占比与数字不符", "A share does not fit its figures"],
    checks: [
        "\
正文“a件，占p%”中的占比，应等于 a ÷ 总数，按正文的小数位四舍五入（截去尾数的也认可）。总数可以是同句所述的总数，也可以是表三的办理结果总计、本年新收，或本年新收与上年结转之和，符合其一即可。“予以公开占p%”没有件数的，按表三的该项计算。

“占”字后另有说明（如占某类的比例）的不核对。",
        "\
In `a件，占p%` the share equals a over the whole, at the precision in which it is printed (cut off or rounded). The whole is that of the same sentence, or in Table 3 the outcomes, those received, or those received and carried over: any will do. Where no number is given (`予以公开占p%`), the part is that of Table 3.

A share of something else that the text names is not compared.",
    ],
    basis: [
        "比率由同一句或同一表的两个数字得出，应能复算。",
        "A share is computed from two figures in the report.",
    ],
    example: [
        "\
不符：“收到申请4件，其中予以公开3件，占60%”。

相符：“…占75%”。",
        "\
Fires: `收到申请4件，其中予以公开3件，占60%`.

Silent: `…占75%`.",
    ],
    fix: [
        "提供复算的比率，不自动采用。",
        "The recomputed share is offered as an unsafe fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let year = context.report.year.map(|(year, _)| year);
    for statement in context.report.statements.iter().filter(|statement| narrative::of_year(statement, year)) {
        findings.extend(finding(context, statement));
    }
}

fn finding(context: &Context<'_>, statement: &Statement) -> Option<Finding> {
    let language = context.language;
    let Amount::Percent { digits, decimals } = statement.amount else { return None };
    // 累计公开80条，其中…4条，占5%: of figures of many years too.
    let of_list = matches!(statement.guard, Some(Guard::Running | Guard::Now));
    if (statement.guard.is_some() && !of_list) || statement.quoted {
        return None;
    }
    let part = match statement.role {
        FigureRole::ShareOf(part) => part,
        FigureRole::Share if of_list => return None,
        FigureRole::Share => return of_outcome(context, statement, digits, decimals),
        _ => return None,
    };
    let part = context.report.statements.get(part)?;
    let count = part.count_in_list()?;
    let whole = part.part_of.and_then(|whole| context.report.statements.get(whole));
    let mut wholes: Vec<(i64, Span)> = Vec::new();
    wholes.extend(whole.and_then(|whole| Some((whole.count_in_list()?, whole.span))));
    let of_table = |statement: &Statement| statement.fact.and_then(Fact::table) == Some(TableKind::Applications);
    if of_list && wholes.is_empty() {
        return None;
    }
    if of_table(part) || whole.is_some_and(of_table) {
        let table = context.report.table(TableKind::Applications)?;
        let value = |fact: Fact| {
            let cells = fact.cells(table.spec);
            Some((narrative::sum(table, &cells)?, table.cell(*cells.first()?)?.span))
        };
        let (handled, received, carried) = (value(Fact::Handled)?, value(Fact::Received)?, value(Fact::CarriedIn)?);
        wholes.extend([handled, received, (received.0.saturating_add(carried.0), received.1)]);
    }
    let fits = |(whole, _): &(i64, Span)| *whole == 0 || percent::fits(digits, decimals, count, *whole);
    if wholes.is_empty() || wholes.iter().any(fits) {
        return None;
    }
    // A figure that contradicts its table is the finding.
    if narrative::is_contradicted(context, part)
        || whole.is_some_and(|whole| narrative::is_contradicted(context, whole))
    {
        return None;
    }
    let (whole, span) = wholes.first().copied()?;
    let (written, due) = (context.text(statement.span), percent::written(count, whole, decimals)?);
    let message = say!(
        language,
        "占比写为 {written}%，{count} ÷ {whole} 应为 {due}%",
        "The share is given as {written}%, but {count} of {whole} is {due}%"
    );
    let related = [
        Related { span: part.span, message: say!(language, "所占的数 {count}", "the part: {count}") },
        Related { span, message: say!(language, "总数 {whole}", "the total: {whole}") },
    ];
    let fix = Fix::doubtful(
        say!(language, "将占比改为 {due}%", "Change the share to {due}%"),
        vec![TextEdit { span: statement.span, content: due }],
    );
    Some(Finding::new(&RULE, statement.span, message).related(related).fix(fix))
}

/// `予以公开占58.5%`: the part is a figure of the table.
fn of_outcome(context: &Context<'_>, statement: &Statement, digits: i128, decimals: usize) -> Option<Finding> {
    let language = context.language;
    let table = context.report.table(TableKind::Applications)?;
    let cells = statement.fact?.cells(table.spec);
    let value = |fact: Fact| narrative::sum(table, &fact.cells(table.spec));
    let (part, handled) = (narrative::sum(table, &cells)?, value(Fact::Handled)?);
    let (received, carried) = (value(Fact::Received)?, value(Fact::CarriedIn)?);
    let parts = match statement.fact? {
        Fact::Ended(Ending::Because(row)) => {
            let group = row.groups().last().map(|group| value(Fact::Ended(Ending::Group(*group))));
            vec![part, group??]
        }
        _ => vec![part],
    };
    let wholes = [handled, received, received.saturating_add(carried)];
    let fits = |part: i64| wholes.iter().any(|whole| *whole == 0 || percent::fits(digits, decimals, part, *whole));
    if parts.into_iter().any(fits) || narrative::is_doubtful(context, table, &cells) {
        return None;
    }
    let (written, due) = (context.text(statement.span), percent::written(part, handled, decimals)?);
    let message = say!(
        language,
        "占比写为 {written}%，按表格 {part} ÷ {handled} 应为 {due}%",
        "The share is given as {written}%, but by the table {part} of {handled} is {due}%"
    );
    let related = cells.iter().filter_map(|cell| {
        let found = table.cell(*cell)?;
        let name = names::cell(table, *cell, language);
        Some(Related { span: found.span, message: format!("{name} {}", found.count()?) })
    });
    let fix = Fix::doubtful(
        say!(language, "将占比改为 {due}%", "Change the share to {due}%"),
        vec![TextEdit { span: statement.span, content: due }],
    );
    Some(Finding::new(&RULE, statement.span, message).related(related).fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_share() {
        let due = |sentence: &str| reports("GK413", Severity::Warning, &saying(2022, sentence));
        due("公布信息928条，其中动态883条，占⟦93⟧%，目录45条，占比为⟦4.8⟧%，均已核对。"
            .replace("占比为⟦4.8⟧", "占比为4.8")
            .as_str());
        due("收到政府信息公开申请4件，予以公开3件（占总数的⟦70.0⟧%）。");
    }

    #[test]
    fn shares_that_fit_and_shares_of_other_things() {
        let quiet = |sentence: &str| silent("GK413", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，其中予以公开3件，占75%。");
        quiet("公布信息928条，其中动态883条，占95.2%。");
        quiet("考核分值占比4%，公布信息928条。");
        quiet("公布信息928条，占比4%。");
    }

    #[test]
    fn a_part_that_contradicts_its_table_is_the_finding() {
        silent("GK413", &saying(2022, "答复政府信息公开申请3件，其中予以公开2件，占60%。"));
    }

    #[test]
    fn a_share_of_many_years_or_of_another_document() {
        let quiet = |sentence: &str| silent("GK413", &saying(2022, sentence));
        quiet("公布信息928条，其中动态883条，约占93%。");
        quiet("历年公布信息928条，其中动态883条，占93%。");
        quiet("我局印发《公布信息928条，其中动态883条，占93%》。");
    }
}
