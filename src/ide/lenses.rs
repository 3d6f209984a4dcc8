//! Summaries above the title and above each table.

use super::by_report::{REPORTS, ReportMemo, by_report};
use super::sums::{Verdict, verdict};
use crate::analysis::{Analysis, Reported, Unit, number_of};
use crate::config::{Language, Severity, counted};
use crate::report::Table;
use crate::rules::{Applicability, Finding};
use crate::say;
use crate::text::Span;
use std::cell::RefCell;
use std::rc::Rc;

/// A summary above a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Its start is in the line below the summary.
    pub span: Span,
    /// The words.
    pub title: String,
    /// What a click does.
    pub action: LensAction,
}

/// What a click on a lens does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LensAction {
    /// It shows the findings.
    ShowFindings,
    /// It applies every safe fix of the document.
    FixAll,
}

/// The lenses, in the order of the text.
pub fn lenses(analysis: &Analysis) -> Vec<Lens> {
    let language = analysis.settings().language;
    analysis.check_until(|| false);
    let findings = analysis.reported();
    let mut lenses = Vec::new();
    for unit in analysis.units().filter(|unit| unit.report.is_recognised()) {
        let own = Span::new(unit.offset, unit.offset + unit.source.len());
        // Findings are in the order of the text.
        let first = findings.partition_point(|finding| finding.offset < own.start);
        let rest = findings.get(first..).unwrap_or_default();
        let last = rest.partition_point(|finding| finding.offset < own.end);
        let findings = rest.get(..last).unwrap_or_default();
        lenses.extend(of_report(&unit, findings, language));
        let of_tables = by_report(&TABLES, language, unit, |unit| {
            unit.report.tables.iter().map(|table| of_table(&unit, table, language)).collect()
        });
        lenses.extend(of_tables.iter().map(|lens| Lens { span: lens.span.shift(unit.offset), ..lens.clone() }));
    }
    lenses.sort_by_key(|lens| lens.span);
    lenses
}

thread_local! {
    /// The lenses of the tables of a report, with spans from its start.
    static TABLES: RefCell<ReportMemo<Language, Rc<[Lens]>>> = const { RefCell::new(ReportMemo::new(REPORTS)) };
}

fn of_report(unit: &Unit<'_>, findings: &[Reported<'_>], language: Language) -> Vec<Lens> {
    let mut counts = [0; 3];
    let findings = findings.iter().map(|reported| &*reported.finding);
    for finding in findings.clone() {
        *number_of(finding.severity, &mut counts) += 1;
    }
    let [errors, warnings, _] = counts;
    let mut parts = vec![match (errors, warnings) {
        (0, 0) => say!(language, "没有错误", "no errors"),
        _ => {
            let errors = counted(language, errors, "错误 #", "error");
            let warnings = counted(language, warnings, "警告 #", "warning");
            say!(language, "{errors}，{warnings}", "{errors}, {warnings}")
        }
    }];
    if let Some((year, _)) = unit.report.year {
        parts.push(say!(language, "{year}年", "{year}"));
    }
    if let Some(edition) = unit.report.tables.first().map(|table| table.spec.edition.year()) {
        parts.push(say!(language, "{edition}年格式", "{edition} format"));
    }
    let span = Span::at(unit.offset + unit.report.title.as_ref().map_or(0, |title| title.span.start));
    let mut lenses = vec![Lens { span, title: parts.join(" · "), action: LensAction::ShowFindings }];
    let is_safe = |finding: &&Finding| finding.fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
    let safe = findings.filter(|finding| finding.severity != Severity::Info).filter(is_safe).count();
    if safe > 0 {
        let title = match safe {
            1 => say!(language, "修正可安全修正的 1 处", "Apply 1 safe fix"),
            _ => say!(language, "修正可安全修正的 {safe} 处", "Apply {safe} safe fixes"),
        };
        lenses.push(Lens { span, title, action: LensAction::FixAll });
    }
    lenses
}

fn of_table(unit: &Unit<'_>, table: &Table, language: Language) -> Lens {
    let identities = table.spec.identities();
    let verdicts: Vec<Verdict> = identities.iter().map(|identity| verdict(table, identity)).collect();
    let all = verdicts.len();
    let off = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Off(..))).count();
    let holds = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Holds)).count();
    let unknown = all - off - holds;
    let name = match language {
        Language::Chinese => table.spec.kind.name(),
        Language::English => table.spec.kind.english(),
    };
    let title = match (off, unknown) {
        _ if all == 0 => say!(language, "{name}", "{name}"),
        (0, 0) => say!(language, "{name}：勾稽关系 {all} 条全部成立", "{name}: all {all} identities hold"),
        (0, _) => say!(
            language,
            "{name}：勾稽关系 {all} 条，{unknown} 条有空格或读不出的数，不能核对",
            "{name}: {unknown} of {all} identities cannot be checked"
        ),
        _ => say!(language, "{name}：勾稽关系 {all} 条，{off} 条不符", "{name}: {off} of {all} identities do not hold"),
    };
    let span = table.rows.iter().flatten().fold(table.span, |span, row| span.cover(row.span));
    Lens { span: Span::at(span.start + unit.offset), title, action: LensAction::ShowFindings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis, analysis_of, offset_of};

    #[test]
    fn a_table_says_whether_it_balances() {
        let (source, sound) = analysis();
        let lens = |analysis: &Analysis| lenses(analysis).into_iter().find(|lens| lens.title.contains("表三")).unwrap();
        assert!(!lens(&sound).title.contains("不符"), "{:?}", lens(&sound));
        assert!(lens(&sound).span.start < offset_of(&source, "‸一、本年新收政府"), "above the figures");
        let (_, wrong) = analysis_of(&SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t5\t2\t0\t0\t0\t0\t8"));
        assert!(lens(&wrong).title.contains("条不符"), "{:?}", lens(&wrong));
    }

    #[test]
    fn the_title_has_year_and_format_and_what_can_be_fixed() {
        let (_, wrong) = analysis_of(&SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t5\t2\t0\t0\t0\t0\t8"));
        let found = lenses(&wrong);
        assert!(found[0].title.contains("2023年 · 2021年格式"), "{found:?}");
        assert!(found.iter().any(|lens| lens.action == LensAction::FixAll), "{found:?}");
        let (_, other) = analysis_of("会议通知\n\n周五下午三点开会。\n");
        assert_eq!(lenses(&other), []);
    }
}
