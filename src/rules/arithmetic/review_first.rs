//! GK310 review-first: many suits without review.

use crate::rules::support::cells::find;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::statute::{Column, Group, Outcome, Row, TableKind};

rule! {
    code: "GK310",
    name: "review-first",
    severity: Info,
    reads: TABLES,
    title: ["未经复议直接起诉偏多", "Many suits without review"],
    checks: [
        "2024 年及以后的报告，表四“未经复议直接起诉”总计大于“行政复议”与“复议后起诉”总计之和，也大于表三（四）无法提供、（五）不予处理各行总计之和。表三有空白或无法识别的，不作核对。",
        "In a report for 2024 or later the suits without review in Table 4 are more than the reviews and the suits after review together, and more than the rows of （四）无法提供 and （五）不予处理 in Table 3 together. There is no finding if one of these rows is blank or cannot be read.",
    ],
    basis: [
        "《行政复议法》第二十三条第一款第四项：申请政府信息公开，行政机关不予公开的，应当先申请行政复议。按照法释〔2025〕8号第一条，对“无法提供”“不予处理”的告知可以直接起诉；其他类型的决定也可能直接起诉，上一年作出的决定也可能在本年起诉，因此只作提示。",
        "《行政复议法》, Article 23(1)(4): a refusal to disclose has to go to administrative review first. By 法释〔2025〕8号, Article 1, an answer that falls under （四） or （五） may be sued directly. Other decisions may be sued directly too, and a decision of the year before may be sued this year, so this is only information.",
    ],
    example: [
        "\
不符：行政复议 1 件，复议后起诉 0 件，（四）（五）两项 2 件，未经复议直接起诉 6 件。

相符：行政复议 1 件，复议后起诉 0 件，（四）（五）两项 8 件，未经复议直接起诉 6 件。",
        "\
Fires: 1 review, no suit after review, 2 answers under （四） and （五）, 6 suits without review.

Silent: 1 review, no suit after review, 8 answers under （四） and （五）, 6 suits without review.",
    ],
    fix: [
        "是否填错栏目须由填报人核对，不自动修正。",
        "Only the records show whether a case is in the wrong group.",
    ],
}

/// The first report year in which most refusals have to go to review first.
const SINCE: u16 = 2024;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.report.year.is_none_or(|(year, _)| year < SINCE) {
        return;
    }
    let language = context.language;
    for table in &context.report.tables {
        let total = |column: fn(Outcome) -> Column| {
            let (place, cell) = find(table, Row::ReviewAndLitigation, column(Outcome::Total))?;
            Some((cell.count()?, cell.span, names::cell(table, place, language)))
        };
        let (Some((direct, span, name)), Some((reviews, first_at, first)), Some((after, second_at, second))) =
            (total(Column::DirectSuit), total(Column::Review), total(Column::SuitAfterReview))
        else {
            continue;
        };
        let Some(admitted) = admitted_directly(context) else { continue };
        if direct <= reviews.saturating_add(after).max(admitted) {
            continue;
        }
        let message = say!(
            language,
            "{name}为 {direct}，多于行政复议 {reviews} 与复议后起诉 {after} 之和，也多于表三无法提供、不予处理的 {admitted} 件；对不予公开不服的应先申请行政复议，请核对是否填错栏目",
            "{name} is {direct}, more than {reviews} reviews and {after} suits after review, and more than the {admitted} answers under （四） and （五） of Table 3: a refusal has to go to review first; check the columns"
        );
        findings.push(Finding::new(&RULE, span, message).related([
            Related { span: first_at, message: format!("{first} {reviews}") },
            Related { span: second_at, message: format!("{second} {after}") },
        ]));
    }
}

/// How many answers of the year may be sued without review: those under （四）无法提供 and （五）不予处理.
fn admitted_directly(context: &Context<'_>) -> Option<i64> {
    let table = context.report.table(TableKind::Applications)?;
    let rows = table.spec.rows.iter().map(|row| row.row);
    let of_these = rows.filter(|row| matches!(row.groups().last(), Some(Group::Unavailable | Group::Declined)));
    of_these.map(|row| find(table, row, Column::AllApplicants)?.1.count()).sum()
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    const ROW: &str = "1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";

    #[test]
    fn suits_without_review() {
        let row = "1 | 0 | 0 | 0 | 1 | 4 | 0 | 2 | 0 | ⟦6⟧ | 0 | 0 | 0 | 0 | 0 |";
        reports("GK310", Severity::Info, &report(2024).replace(ROW, row));
        reports("GK310", Severity::Info, &report(2025).replace(ROW, row));
    }

    #[test]
    fn answers_that_may_be_sued_directly() {
        let row = "1 | 0 | 0 | 0 | 1 | 4 | 0 | 2 | 0 | 6 | 0 | 0 | 0 | 0 | 0 |";
        let source = report(2024).replace(ROW, row);
        let with = |held: &str, repeated: &str| {
            source
                .replace(
                    "1.本机关不掌握相关政府信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                    &format!("1.本机关不掌握相关政府信息 | 0 | 0 | 0 | 0 | 0 | 0 | {held} |"),
                )
                .replace(
                    "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                    &format!("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | {repeated} |"),
                )
        };
        assert_ne!(with("1", "1"), source);
        silent("GK310", &with("4", "2"));
        reports("GK310", Severity::Info, &with("4", "1").replace("| 6 |", "| ⟦6⟧ |"));
        // Nothing is compared with what cannot be read.
        silent("GK310", &with("", "0"));
        silent("GK310", &source.replace("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", ""));
    }

    #[test]
    fn earlier_years_and_fewer_suits() {
        let row = "1 | 0 | 0 | 0 | 1 | 4 | 0 | 2 | 0 | 6 | 0 | 0 | 0 | 0 | 0 |";
        silent("GK310", &report(2023).replace(ROW, row));
        silent("GK310", &report(2024).replace(ROW, "1 | 0 | 0 | 0 | 1 | 2 | 0 | 0 | 0 | 2 | 1 | 0 | 0 | 0 | 1 |"));
        silent("GK310", &report(2024).replace(ROW, "1 | 0 | 0 | 0 | / | 2 | 0 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 0 |"));
    }
}
