//! Helpers for testing rules: a small consistent report, changed in one place, with the expected places marked.

use crate::config::Settings;
use crate::report::{Digest, Document};
use crate::rules::{Applicability, Finding, Neighbours, Severity};
use crate::statute::{Column, Edition, Quantity, Row, RowSpec, Section, TableKind};
use crate::text::{Span, TextEdit, apply};
use std::sync::Arc;

/// A consistent report for `year`, pipes between its cells: four applications, three granted, one carried over; one
/// review.
pub(in crate::rules) fn report(year: u16) -> String {
    let format = Edition::of_year(year).format();
    let mut text = format!("云岭市档案局{year}年政府信息公开工作年度报告\n\n");
    text.push_str(&format!("{}\n\n", Section::Overview.heading()));
    text.push_str(&format!(
        "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n（一）主动公开情况。我局主动公开政府信息12条。\n\
         （二）依申请公开情况。\n（三）政府信息管理情况。\n（四）政府信息公开平台建设情况。\n（五）监督保障情况。\n\n"
    ));
    for kind in TableKind::ALL {
        text.push_str(&format!("{}\n\n", kind.section().heading()));
        let spec = format.table(kind);
        if kind == TableKind::Review {
            text.push_str("行政复议 | 行政诉讼 | |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n");
        }
        if kind == TableKind::Applications {
            text.push_str("申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n");
        }
        let mut item = None;
        for row in spec.rows {
            if row.row.item() != item {
                item = row.row.item();
                text.push_str(&format!("{} |\n信息内容 |", item.map(|item| item.name()).unwrap_or_default()));
                for column in row.columns {
                    let unit = if column.quantity() == Quantity::Amount { "（单位：万元）" } else { "" };
                    text.push_str(&format!(" {}{unit} |", column.name()));
                }
                text.push('\n');
            }
            let label = if row.label.is_empty() { String::new() } else { format!("{} | ", row.label) };
            let values: Vec<String> = values(row).iter().map(i64::to_string).collect();
            text.push_str(&format!("{label}{} |\n", values.join(" | ")));
        }
        text.push('\n');
    }
    text.push_str(&format!(
        "{}\n\n存在的主要问题是公开内容不够丰富，下一步将改进公开方式，提高公开质量。\n\n{}\n\n\
         本年度未收取政府信息公开信息处理费。\n\n云岭市档案局\n{}年1月20日\n",
        Section::Problems.heading(),
        Section::Other.heading(),
        year + 1
    ));
    text
}

/// The sample report for `year`, with `sentences` under （二）依申请公开情况.
pub(in crate::rules) fn saying(year: u16, sentences: &str) -> String {
    report(year).replace("（二）依申请公开情况。\n", &format!("（二）依申请公开情况。\n{sentences}\n"))
}

/// The same for 2022, with one more application, carried over from the year before and granted: four of five are handled.
pub(in crate::rules) fn saying_with_carried_in(sentences: &str) -> String {
    let (none, one) = ("0 | 0 | 0 | 0 | 0 | 0 | 0", "1 | 0 | 0 | 0 | 0 | 0 | 1");
    let (three, four) = ("2 | 1 | 0 | 0 | 0 | 0 | 3", "3 | 1 | 0 | 0 | 0 | 0 | 4");
    let changes = [(Row::CarriedIn, none, one), (Row::Granted, three, four), (Row::Handled, three, four)];
    changes.into_iter().fold(saying(2022, sentences), |text, (row, old, new)| {
        let label = row_label(row);
        let changed = text.replace(&format!("{label} | {old} |"), &format!("{label} | {new} |"));
        assert_ne!(changed, text, "{label}");
        changed
    })
}

/// The sample report for 2022 of `body`, with `sentence` after its title.
pub(in crate::rules) fn opening_with(body: &str, sentence: &str) -> String {
    let report = report(2022).replace("云岭市档案局2022", &format!("{body}2022"));
    report.replacen("\n\n", &format!("\n\n{sentence}\n\n"), 1)
}

fn values(row: &RowSpec) -> Vec<i64> {
    use crate::statute::Row::*;
    match row.row {
        Received => vec![3, 1, 0, 0, 0, 0, 4],
        Granted | Handled => vec![2, 1, 0, 0, 0, 0, 3],
        CarriedOut => vec![1, 0, 0, 0, 0, 0, 1],
        ReviewAndLitigation => vec![1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        NormativeDocuments if row.columns.contains(&Column::InForce) => vec![1, 0, 5],
        _ => vec![0; row.columns.len()],
    }
}

/// The findings of the rule `code` in `source`, which contains one report.
pub(in crate::rules) fn findings(code: &str, source: &str) -> Vec<Finding> {
    findings_under(&only(code), source)
}

/// Settings that select only the rule `code`.
pub(in crate::rules) fn only(code: &str) -> Settings {
    Settings { select: vec![code.to_owned()], ..Settings::default() }
}

/// The findings in `source`, which contains one report, under `settings`.
pub(in crate::rules) fn findings_under(settings: &Settings, source: &str) -> Vec<Finding> {
    check(source, settings)
}

/// The digest of the report in `source`.
pub(in crate::rules) fn digest(source: &str) -> Digest {
    let document = Document::new(source);
    let Some(unit) = document.unit(0) else { panic!("no report in {source}") };
    let title = unit.report().title.as_ref().and_then(|title| title.body.as_ref().zip(title.year));
    let Some(((body, _), (year, _))) = title else { panic!("no title in {source}") };
    Digest::of(unit, body, year)
}

/// Neighbours for the sample body in 2022, with these reports of the year before.
pub(in crate::rules) fn last_years(reports: &[&str]) -> Neighbours {
    let last_year = reports.iter().map(|report| Arc::new(digest(report))).collect();
    Neighbours { body: "云岭市档案局".to_owned(), year: 2022, last_year, ..Neighbours::default() }
}

/// The label of `row` in the newest format that has it.
pub(in crate::rules) fn row_label(row: Row) -> &'static str {
    row.name()
}

/// The findings of the rule `code` in `source`, compared with `neighbours`.
pub(in crate::rules) fn findings_beside(code: &str, neighbours: &Neighbours, source: &str) -> Vec<Finding> {
    findings_beside_under(&only(code), neighbours, source)
}

/// The same, under `settings`.
pub(in crate::rules) fn findings_beside_under(
    settings: &Settings,
    neighbours: &Neighbours,
    source: &str,
) -> Vec<Finding> {
    let document = Document::new(source);
    let Some(unit) = document.unit(0) else { panic!("no report in {source}") };
    crate::rules::check_report(unit.source(), unit.report(), settings, neighbours)
}

/// Checks that the rule `code` reports exactly the places marked `⟦⟧` in `marked`, compared with `neighbours`, with
/// `severity`.
#[track_caller]
pub(in crate::rules) fn reports_beside(code: &str, severity: Severity, neighbours: &Neighbours, marked: &str) {
    let (source, due) = unmark(marked);
    let found = findings_beside(code, neighbours, &source);
    let spans: Vec<Span> = found.iter().map(|finding| finding.span).collect();
    let shown: Vec<(&str, &str)> = found.iter().map(|f| (f.span.of(&source), f.message.as_str())).collect();
    assert_eq!(spans, due, "{shown:#?}");
    assert!(found.iter().all(|finding| finding.severity == severity), "{shown:#?}");
}

/// Checks that the rule `code` finds nothing in `source`, compared with `neighbours`.
#[track_caller]
pub(in crate::rules) fn silent_beside(code: &str, neighbours: &Neighbours, source: &str) {
    assert!(!source.contains('⟦'));
    reports_beside(code, Severity::Error, neighbours, source);
}

fn check(source: &str, settings: &Settings) -> Vec<Finding> {
    let document = Document::new(source);
    match document.units().collect::<Vec<_>>().as_slice() {
        [(_, unit)] => crate::rules::check_report(unit.source(), unit.report(), settings, &Neighbours::default()),
        units => panic!("{} reports in {source}", units.len()),
    }
}

/// The text without its marks `⟦⟧`, and the marked spans.
pub(crate) fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut source, mut spans, mut open) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '⟦' => open = source.len(),
            '⟧' => spans.push(Span::new(open, source.len())),
            _ => source.push(c),
        }
    }
    (source, spans)
}

/// Checks that the rule `code` reports exactly the places marked `⟦⟧` in `marked`, with `severity`.
#[track_caller]
pub(in crate::rules) fn reports(code: &str, severity: Severity, marked: &str) {
    let (source, due) = unmark(marked);
    let found = findings(code, &source);
    let spans: Vec<Span> = found.iter().map(|finding| finding.span).collect();
    let shown: Vec<(&str, &str)> = found.iter().map(|f| (f.span.of(&source), f.message.as_str())).collect();
    assert_eq!(spans, due, "{shown:#?}");
    for finding in &found {
        assert_eq!(finding.severity, severity, "{}", finding.message);
    }
}

/// Checks that the rule `code` finds nothing in `source`.
#[track_caller]
pub(in crate::rules) fn silent(code: &str, source: &str) {
    assert!(!source.contains('⟦'));
    reports(code, Severity::Error, source);
}

/// The message of the only finding of `code` in `source`, and the text and message of each of its related places.
#[track_caller]
pub(in crate::rules) fn said(code: &str, source: &str) -> (String, Vec<(String, String)>) {
    let found = findings(code, source);
    let [finding] = found.as_slice() else { panic!("not one finding: {found:#?}") };
    let related = finding.related.iter().map(|other| (other.span.of(source).to_owned(), other.message.clone()));
    (finding.message.clone(), related.collect())
}

/// The edits of the first fix of the first finding of `code` in `source`.
#[track_caller]
fn first_fix(code: &str, source: &str) -> (Applicability, Vec<TextEdit>) {
    let found = findings(code, source);
    let Some(fix) = found.first().and_then(|finding| finding.fixes.first()) else { panic!("no fix in {found:#?}") };
    (fix.applicability, fix.edits.clone())
}

/// Checks that the first fix of the first finding of `code` in `before` is safe and produces `after`, in which the rule
/// finds nothing.
#[track_caller]
pub(in crate::rules) fn fixes_to(code: &str, before: &str, after: &str) {
    let (applicability, edits) = first_fix(code, before);
    assert_eq!(applicability, Applicability::Safe);
    assert_eq!(apply(before, &edits), after);
    silent(code, after);
}

/// Checks that the first fix of the first finding of `code` in `before` is unsafe and produces `after`.
#[track_caller]
pub(in crate::rules) fn offers(code: &str, before: &str, after: &str) {
    let (applicability, edits) = first_fix(code, before);
    assert_eq!(applicability, Applicability::Unsafe);
    assert_eq!(apply(before, &edits), after);
}

/// So the tests of each rule have only its faults and its near misses.
#[test]
fn the_sample_reports_are_consistent() {
    for year in 2019..=2025 {
        let source = report(year);
        let found = check(&source, &Settings::default());
        let shown: Vec<(&str, &str, &str)> =
            found.iter().map(|f| (f.rule.code, f.span.of(&source), f.message.as_str())).collect();
        assert_eq!(shown, [], "{source}");
    }
}
