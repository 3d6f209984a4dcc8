//! Comparison of statements in the prose with the tables: shared by the rules GK401–GK414.

use crate::report::{Amount, FigureRole, StatedYear, Statement, Table};
use crate::rules::arithmetic::error_localization::Cause;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, Related, Rule, Severity};
use crate::say;
use crate::statute::prose::{Ending, Fact, FigureScope};
use crate::statute::{Body, BodyKind, CellRef, Row, TableKind};
use crate::text::{Span, TextEdit};
use std::collections::HashSet;

/// A figure of the prose that disagrees with every reading of its table.
pub(in crate::rules) struct Disagreement<'a> {
    pub(in crate::rules) stated: i64,
    pub(in crate::rules) due: i64,
    table: &'a Table,
    /// The cells whose sum the prose should state.
    cells: Vec<CellRef>,
}

/// Every count in the prose that is about the report's year and can be compared.
pub(in crate::rules) fn numbers<'a>(context: &Context<'a>) -> impl Iterator<Item = (usize, &'a Statement, i64)> {
    let year = context.report.year.map(|(year, _)| year);
    let statements = context.report.statements.iter().enumerate();
    statements.filter_map(move |(index, statement)| {
        let count = statement.count().filter(|_| statement.role == FigureRole::Number)?;
        of_year(statement, year).then_some((index, statement, count))
    })
}

/// Whether `statement` is about the report's `year`.
pub(in crate::rules) fn of_year(statement: &Statement, year: Option<u16>) -> bool {
    match statement.year {
        StatedYear::Unsaid | StatedYear::This => true,
        StatedYear::Last => matches!(statement.fact, Some(Fact::CarriedIn | Fact::Carried)),
        StatedYear::Named(named) => {
            let carried = matches!(statement.fact, Some(Fact::Carried | Fact::CarriedIn));
            // 结转2026年14件: carried over to that year.
            let onward = statement.fact == Some(Fact::Carried);
            year.is_none_or(|year| {
                named == year
                    || (carried && Some(named) == year.checked_sub(1))
                    || (onward && Some(named) == year.checked_add(1))
            })
        }
    }
}

/// The findings of `rule` for the statements whose fact it checks.
pub(in crate::rules) fn compare(
    context: &Context<'_>,
    rule: &'static Rule,
    findings: &mut Vec<Finding>,
    about: fn(Fact) -> bool,
) {
    for (_, statement, _) in numbers(context) {
        let Some(fact) = statement.fact.filter(|fact| about(*fact)) else { continue };
        if let Some(disagreement) = disagreement(context, statement, fact) {
            findings.push(finding(context, rule, statement, fact, &disagreement));
        }
    }
}

/// Whether `statement` contradicts its table, which one of the rules GK401–GK410 reports.
pub(in crate::rules) fn is_contradicted(context: &Context<'_>, statement: &Statement) -> bool {
    statement.fact.is_some_and(|fact| disagreement(context, statement, fact).is_some())
}

/// The starts of the sentences with a figure that contradicts its table.
pub(in crate::rules) fn contradicted_sentences<'a>(context: &'a Context<'_>) -> &'a HashSet<usize> {
    context.contradicted_sentences(|| {
        let statements = context.report.statements.iter();
        let contradicted = statements.filter(|statement| is_contradicted(context, statement));
        contradicted.map(|statement| statement.sentence.start).collect()
    })
}

/// How `statement` contradicts its table, if it does. If a word has two readings, agreement with either is enough.
fn disagreement<'a>(context: &Context<'a>, statement: &Statement, fact: Fact) -> Option<Disagreement<'a>> {
    let stated = statement.count()?;
    let table = context.report.table(fact.table()?)?;
    let value = |fact: Fact| sum(table, &fact.cells(table.spec));
    let cells = fact.cells(table.spec);
    let due = sum(table, &cells)?;
    // 2022年结转 in a report for 2023: carried over from last year.
    let last = |named: StatedYear| {
        let year = context.report.year.and_then(|(year, _)| year.checked_sub(1));
        named == StatedYear::Last || year.is_some_and(|year| named == StatedYear::Named(year))
    };
    if fact == Fact::Carried && last(statement.year) {
        return disagreement(context, statement, Fact::CarriedIn);
    }
    let next = context.report.year.and_then(|(year, _)| year.checked_add(1));
    if fact == Fact::Carried && next.is_some_and(|year| statement.year == StatedYear::Named(year)) {
        return disagreement(context, statement, Fact::CarriedOut);
    }
    if due == stated || others(context, statement, fact, (due, table)) {
        return None;
    }
    // 信息不存在3件 may be some of them.
    if let Fact::Ended(Ending::Among(row)) = fact {
        let group = row.groups().last().and_then(|group| value(Fact::Ended(Ending::Group(*group))));
        if group.is_none_or(|group| stated <= group) {
            return None;
        }
    }
    let received = value(Fact::Received);
    let carried_in = value(Fact::CarriedIn);
    let in_all = received.zip(carried_in).and_then(|(received, carried)| received.checked_add(carried));
    let readings = match fact {
        Fact::Received | Fact::Accepted => vec![in_all],
        Fact::Processed => vec![in_all, received],
        Fact::ReceivedAndAnswered => vec![in_all, value(Fact::Handled)],
        // The figure may count only the applications received this year.
        // Of all received applications, none is left.
        Fact::Handled => vec![carried_in.and_then(|carried| due.checked_sub(carried))],
        Fact::Carried => vec![carried_in],
        // The sentence names the reason, but may count all of its kind.
        Fact::Ended(Ending::Because(row)) => {
            row.groups().last().map(|group| value(Fact::Ended(Ending::Group(*group)))).into_iter().collect()
        }
        _ => Vec::new(),
    };
    // A reading that cannot be computed may be the intended one.
    if readings.iter().any(|reading| reading.is_none_or(|reading| reading == stated))
        || is_doubtful(context, table, &cells)
    {
        return None;
    }
    Some(Disagreement { stated, due, table, cells })
}

/// Whether other statements are about the same: received besides accepted applications, or several parts of one sum.
fn others(context: &Context<'_>, statement: &Statement, fact: Fact, (due, table): (i64, &Table)) -> bool {
    let sums = context.sentence_sums();
    if fact == Fact::Accepted && sums.sum(statement, Some(Fact::Received)).is_some() {
        return true;
    }
    if statement.fact.is_some() && sums.sum(statement, statement.fact) == Some(due) {
        return true;
    }
    // 申请人撤回2件，答复8件: both have their rows.
    let withdrawn = sums.withdrawn_before(statement).and_then(|sum| sum.checked_add(statement.count()?));
    if matches!(fact, Fact::Handled | Fact::Processed) && withdrawn == Some(due) {
        return true;
    }
    // 33件已办结，答复27件，撤回6件: some of those.
    if fact == Fact::Handled
        && statement.count().is_some_and(|count| count < due)
        && sums.largest(statement, fact) == Some(due)
    {
        return true;
    }
    // 答复7件，不予受理4件，仍不明确1件: all of them were handled.
    if fact == Fact::Handled && sums.of_outcomes(statement) == Some(due) {
        return true;
    }
    // 当场答复3件，书面答复5件
    let one_way = sums.answered_in_one_way(statement);
    if fact == Fact::Handled && one_way.zip(statement.count()).and_then(|(a, b)| a.checked_add(b)) == Some(due) {
        return true;
    }
    // 逾期未补正2件，其他处理5件: rows of a kind, and the rest of that kind.
    if let Fact::Ended(Ending::Group(group)) = fact {
        let rows = table.spec.rows.iter().map(|spec| spec.row).filter(|row| row.groups().last() == Some(&group));
        let of_rows: Vec<i64> =
            rows.filter_map(|row| sums.sum(statement, Some(Fact::Ended(Ending::Row(row))))).collect();
        let named = of_rows.iter().try_fold(statement.count().unwrap_or(0), |sum, count| sum.checked_add(*count));
        if !of_rows.is_empty() && named == Some(due) {
            return true;
        }
    }
    // In a list of outcomes, a part with another name may belong to it too.
    let stated = statement.count().unwrap_or(0);
    let Some((few, sum)) = statement.part_of.and_then(|whole| sums.unknown.get(&whole)) else { return false };
    matches!(fact, Fact::Ended(_))
        && (few.iter().any(|other| stated.checked_add(*other) == Some(due))
            || sum.and_then(|sum| sum.checked_add(stated)) == Some(due))
}

/// The sum of `cells`, if each can be read.
pub(in crate::rules) fn sum(table: &Table, cells: &[CellRef]) -> Option<i64> {
    if cells.is_empty() {
        return None;
    }
    cells.iter().try_fold(0i64, |sum, cell| sum.checked_add(table.cell(*cell)?.count()?))
}

/// Whether one of `cells` is in a sum of its table that does not hold, which another rule reports.
pub(in crate::rules) fn is_doubtful(context: &Context<'_>, table: &Table, cells: &[CellRef]) -> bool {
    let found = context.resolutions().iter().filter(|(other, _)| other.spec.kind == table.spec.kind);
    found.flat_map(|(_, resolution)| &resolution.contradictions).any(|contradiction| match &contradiction.cause {
        Cause::One(change) | Cause::Several(change) => cells.contains(&change.cell),
        _ => contradiction.violated.iter().any(|identity| {
            let identity = table.spec.identities().get(*identity);
            identity.is_some_and(|identity| cells.iter().any(|cell| identity.coefficient(*cell) != 0))
        }),
    })
}

/// Whether `statement` is about other bodies than the one that reports.
pub(in crate::rules) fn scope_differs(context: &Context<'_>, statement: &Statement) -> bool {
    let body = context.report.title.as_ref().and_then(|title| title.body.as_ref());
    match (statement.scope, body) {
        (None, _) => false,
        // A government reports for its region.
        (Some((FigureScope::Region, _)), body) => {
            let narrower = |body: &Body| body.is_department() || body.kind() == BodyKind::Office;
            body.is_none() || context.report.body().is_some_and(|body| narrower(&body))
        }
        // 镇政府办公室 is not a separate body.
        (Some((FigureScope::Office, _)), body) => {
            let township = context.report.body().is_some_and(|body| body.kind() == BodyKind::Township);
            !township && body.is_none_or(|(name, _)| !name.contains('办'))
        }
        (Some((FigureScope::Members, _)), _) => true,
    }
}

/// The table's name for the sum of `cells`.
fn source_of(context: &Context<'_>, table: &Table, cells: &[CellRef]) -> String {
    let language = context.language;
    let name = names::table(table.spec.kind, language);
    let rows: Vec<Row> = cells.iter().map(|cell| table.names(*cell).0).collect();
    let group = rows.first().and_then(|row| row.groups().last());
    match (cells, group) {
        ([cell], _) => {
            let cell = names::cell(table, *cell, language);
            if cell.starts_with(name) { cell.to_owned() } else { say!(language, "{name}{cell}", "{name}, {cell},") }
        }
        ([_, _], _) if rows == [Row::Received, Row::CarriedIn] => {
            say!(language, "{name}本年新收与上年结转之和", "the sum of those received and those carried over in {name}")
        }
        ([_, _], _) if rows == [Row::Granted, Row::PartlyGranted] => {
            say!(language, "{name}予以公开与部分公开之和", "the sum of those granted and partly granted in {name}")
        }
        ([_, _, _], _) if table.spec.kind == TableKind::Review => {
            say!(language, "{name}行政复议与行政诉讼总计之和", "the sum of reviews and litigation in {name}")
        }
        (_, Some(group)) => {
            let (chinese, english) = (group.name(), group.english());
            say!(language, "{name}“{chinese}”各项总计之和", "the sum of \"{english}\" in {name}")
        }
        _ => say!(language, "{name}两类总计之和", "the sum of the two totals in {name}"),
    }
}

fn finding(
    context: &Context<'_>,
    rule: &'static Rule,
    statement: &Statement,
    fact: Fact,
    disagreement: &Disagreement<'_>,
) -> Finding {
    let language = context.language;
    let Disagreement { stated, due, table, cells } = disagreement;
    let words = context.text(statement.span);
    let measure = statement.measure.map_or("", |(_, span)| context.text(span));
    let place = source_of(context, table, cells);
    let note = match fact {
        Fact::Received | Fact::Accepted => {
            say!(language, "（含上年结转也不相符）", " (nor does it with those carried over)")
        }
        _ => String::new(),
    };
    let written = if words.chars().any(|c| c.is_ascii_digit()) {
        say!(language, "{words}{measure}", "{words}{measure}")
    } else {
        say!(language, "“{words}{measure}”（{stated}）", "“{words}{measure}” ({stated})")
    };
    let differs = scope_differs(context, statement);
    let message = say!(
        language,
        "正文为 {written}，{place}为 {due}{note}，两处应一致，请核对后改正其一",
        "The text says {written}, but {place} is {due}{note}: find out which is right and change the other"
    );
    let message = match (differs, statement.scope) {
        (true, Some((_, span))) => {
            let scope = context.text(span);
            say!(
                language,
                "{message}（正文说的是“{scope}”，如统计范围不同可不改）",
                "{message} (the text is about “{scope}”: figures of another scope may differ)"
            )
        }
        _ => message,
    };
    let related = cells.iter().filter_map(|cell| {
        let name = names::cell(table, *cell, language);
        let found = table.cell(*cell)?;
        Some(Related { span: found.span, message: format!("{name} {}", found.count()?) })
    });
    let mut finding = Finding::new(rule, statement.span, message).related(related);
    if differs {
        finding = finding.severity(Severity::Info);
    }
    if let Some(edits) = restate(context, statement, *due) {
        let message = say!(language, "将正文改为 {due}，与表格一致", "Change the text to {due}, as in the table");
        finding = finding.fix(Fix::doubtful(message, edits));
    }
    if let ([cell], Some(found)) = (cells.as_slice(), cells.first().and_then(|cell| table.cell(*cell))) {
        let name = names::cell(table, *cell, language);
        let message = say!(language, "将{name}改为 {stated}，与正文一致", "Change {name} to {stated}, as in the text");
        finding = finding.fix(Fix::doubtful(message, vec![TextEdit { span: found.span, content: stated.to_string() }]));
    }
    finding
}

/// The edits that make `statement` state `value`; `None` if that would need another wording.
pub(in crate::rules) fn restate(context: &Context<'_>, statement: &Statement, value: i64) -> Option<Vec<TextEdit>> {
    let words = context.text(statement.span);
    if statement.measure.is_some() || words.chars().all(|c| c.is_numeric()) {
        return Some(vec![TextEdit { span: statement.span, content: value.to_string() }]);
    }
    if !matches!(statement.amount, Amount::Count(0)) {
        return None;
    }
    // 未收到…申请 → 收到…申请3件
    let place = statement.place?;
    let denial = words.find("收到").or_else(|| words.find("接到")).or_else(|| words.find("受理"))?;
    let start = statement.span.start;
    Some(vec![
        TextEdit { span: Span::new(start, start + denial), content: String::new() },
        TextEdit { span: place, content: format!("{value}件") },
    ])
}

/// Percentages, exact.
pub(in crate::rules) mod percent {
    /// `part` / `whole` in percent, times ten to the `decimals`: cut off, and rounded half up.
    fn scaled(part: i64, whole: i64, decimals: usize) -> Option<(i128, i128)> {
        let power = 10i128.checked_pow(u32::try_from(decimals).ok()?)?;
        let dividend = i128::from(part).checked_mul(100)?.checked_mul(power)?;
        let divisor = i128::from(whole);
        if divisor <= 0 {
            return None;
        }
        let rounded = dividend.checked_mul(2)?.checked_add(divisor)? / divisor.checked_mul(2)?;
        Some((dividend / divisor, rounded))
    }

    /// Whether `digits` with `decimals` decimals is `part` / `whole` in percent, rounded or cut off; also true if the
    /// percentage cannot be computed.
    pub(in crate::rules) fn fits(digits: i128, decimals: usize, part: i64, whole: i64) -> bool {
        scaled(part, whole, decimals).is_none_or(|(cut, rounded)| digits == cut || digits == rounded)
    }

    /// `part` / `whole` in percent, with `decimals` decimals.
    pub(in crate::rules) fn written(part: i64, whole: i64, decimals: usize) -> Option<String> {
        let (_, rounded) = scaled(part, whole, decimals)?;
        let digits = format!("{rounded:0>width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len().saturating_sub(decimals))?;
        Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn printed_precision() {
            assert!(fits(667, 1, 2, 3) && fits(666, 1, 2, 3) && !fits(668, 1, 2, 3) && !fits(66, 1, 2, 3));
            assert_eq!(written(2, 3, 1).as_deref(), Some("66.7"));
            assert_eq!(written(1, 200, 2).as_deref(), Some("0.50"));
            assert_eq!(written(3, 3, 0).as_deref(), Some("100"));
            assert_eq!(written(1, 0, 0), None);
        }
    }
}
