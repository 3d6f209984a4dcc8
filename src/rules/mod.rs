//! The checks: pure functions from a report to findings.

mod finding;
#[macro_use]
mod rule;
mod arithmetic;
mod figures;
mod rule_meta;
pub mod selection;
mod statements;
mod structure;
mod style;
mod support;
pub mod suppression;
mod years;

#[cfg(test)]
pub(crate) use support::testing::unmark;

use rule::{BOTH, NOTHING, Rule, SPELLING, TABLES, WORDS};
use support::context::Context;

pub use crate::config::Severity;
#[cfg(feature = "exchange")]
pub(crate) use finding::RELATED_LIMIT;
pub use finding::{Applicability, Finding, FindingNumber, Fix, Related};
pub use rule_meta::RuleMeta;
pub use support::neighbours::{Members, Neighbours, Sum};

use crate::config::Settings;
use crate::report::page_writer::PageWriter;
use crate::report::{Facets, Report};
use crate::text::Span;

/// The rules by group, and in each by code.
static GROUPS: [&[&Rule]; 7] = [
    suppression::RULES,
    structure::RULES,
    figures::RULES,
    arithmetic::RULES,
    statements::RULES,
    years::RULES,
    style::RULES,
];

/// Every rule, by code.
fn all_rules() -> impl Iterator<Item = &'static Rule> {
    GROUPS.into_iter().flatten().copied()
}

/// The metadata of every rule, by code.
pub fn rules() -> impl Iterator<Item = &'static RuleMeta> {
    all_rules().map(|rule| &rule.meta)
}

/// The findings of `report`, whose text is `source`, compared with its `neighbours`, by position, then code.
pub fn check_report(source: &str, report: &Report, settings: &Settings, neighbours: &Neighbours) -> Vec<Finding> {
    ask(&Context::new(source, report, settings).beside(neighbours), Facets::ALL, Vec::new())
}

/// The same for a report that is marked up: `source` is its visible text, and `page` writes into what is marked up.
pub(crate) fn check_page(
    (source, report, page): (&str, &Report, PageWriter<'_>),
    settings: &Settings,
    neighbours: &Neighbours,
) -> Vec<Finding> {
    let mut context = Context::new(source, report, settings).beside(neighbours);
    context.page = Some(page);
    ask(&context, Facets::ALL, Vec::new())
}

/// The finding at `span` of a configuration that names the members of a region: those in `missing` have no report for
/// `year`.
pub fn missing_members(span: Span, year: u16, missing: &[String], settings: &Settings) -> Finding {
    years::member_missing::of_configuration(span, year, missing, settings)
}

/// The finding at `span` of a configuration: the member's `path` leads to no report.
pub fn missing_path(span: Span, path: &str, settings: &Settings) -> Finding {
    years::member_missing::of_path(span, path, settings)
}

/// Completes the fixes of `findings` whose text is not written yet. The findings are of `report`, whose text is
/// `source`.
pub fn write_fixes(findings: &mut [Finding], source: &str, report: &Report, settings: &Settings) {
    let is_draft = |finding: &Finding| finding.fixes.iter().any(|fix| fix.draft);
    let context = Context::new(source, report, settings);
    while let Some(rule) = findings.iter().find(|finding| is_draft(finding)).and_then(rule) {
        let mut found = Vec::new();
        rule.find(&context, &mut found);
        for finding in findings.iter_mut().filter(|finding| finding.rule == &rule.meta && is_draft(finding)) {
            let same = |other: &&mut Finding| other.span == finding.span && other.message == finding.message;
            let fixes = found.iter_mut().find(same).map(|same| std::mem::take(&mut same.fixes));
            finding.fixes = fixes.unwrap_or_default();
            leave_the_page_alone(finding, report);
            doubt_fixes_of_pieces(finding, report);
        }
    }
}

fn rule(finding: &Finding) -> Option<&'static Rule> {
    let code = finding.rule.code;
    let group = GROUPS.iter().find(|group| group.last().is_some_and(|last| code <= last.meta.code))?;
    group.binary_search_by_key(&code, |rule| rule.meta.code).ok().map(|at| group[at])
}

/// The findings of `report`, whose text is `source`, after an edit that `changed` some facets of it. Some fixes are
/// drafts. `kept` are the earlier findings that [`leaves_unchanged`] selects, with their current spans.
pub fn recheck(
    source: &str,
    report: &Report,
    (settings, neighbours): (&Settings, &Neighbours),
    changed: Facets,
    kept: Vec<Finding>,
) -> Vec<Finding> {
    let mut context = Context::new(source, report, settings).beside(neighbours);
    context.drafts = true;
    ask(&context, changed, kept)
}

/// The findings of the rules that read a facet in `changed`, under their settings, together with the findings `before`.
fn ask(context: &Context<'_>, changed: Facets, before: Vec<Finding>) -> Vec<Finding> {
    let settings = context.settings;
    let mut findings = Vec::new();
    let asked = |rule: &&Rule| rule.reads().meets(changed) && settings.reports(rule.meta.code, rule.meta.name);
    for rule in all_rules().filter(asked) {
        rule.find(context, &mut findings);
    }
    for finding in &mut findings {
        leave_the_page_alone(finding, context.report);
        finding.limit_related(settings.language);
        doubt_fixes_of_pieces(finding, context.report);
        if let Some(severity) = settings.severity_of(finding.rule.code, finding.rule.name) {
            finding.severity = severity;
        }
    }
    findings.extend(before);
    findings.sort_by(Finding::order);
    findings
}

/// Drops the fixes of `finding` that write outside the report in a web page: that text belongs to the site.
fn leave_the_page_alone(finding: &mut Finding, report: &Report) {
    let Some(page) = &report.page else { return };
    let Span { start, end } = page.article;
    let inside = |span: Span| start <= span.start && span.end <= end;
    finding.fixes.retain(|fix| fix.of_source || fix.edits.iter().all(|edit| inside(edit.span)));
}

/// A cell or line that was assembled from pieces may be assembled wrongly, and an edit of it would overwrite the text
/// between the pieces. So no fix inside it is safe.
fn doubt_fixes_of_pieces(finding: &mut Finding, report: &Report) {
    if report.pieced.is_empty() {
        return;
    }
    let is_pieced = |fix: &Fix| fix.edits.iter().any(|edit| report.is_pieced(edit.span));
    for fix in finding.fixes.iter_mut().filter(|fix| !fix.of_source && is_pieced(fix)) {
        (fix.applicability, fix.preferred) = (Applicability::Unsafe, false);
    }
}

/// Whether an edit that `changed` some facets of a report cannot affect `finding`.
pub fn leaves_unchanged(finding: &Finding, changed: Facets) -> bool {
    rule(finding).is_some_and(|rule| !rule.reads().meets(changed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use crate::rules::support::testing::{findings, report};

    #[test]
    fn titles_and_documents_speak_the_readers_language() {
        let meta = &arithmetic::identity_rules::ROW_TOTAL.meta;
        assert_eq!(meta.title(Language::Chinese), "行总计不符");
        assert_eq!(meta.title(Language::English), "A row does not add up");
        assert!(meta.documentation(Language::Chinese).starts_with("## 检查内容"));
        assert!(meta.documentation(Language::English).starts_with("## What it checks"));
    }

    #[test]
    fn at_most_eight_places_are_related_and_the_others_counted() {
        let place = |at| Related { span: Span::new(at, at + 1), message: at.to_string() };
        for (count, left, last) in [(8, 8, "7"), (9, 9, "另有 1 处"), (27, 9, "另有 19 处")] {
            let mut finding = Finding::new(&arithmetic::identity_rules::ROW_TOTAL, Span::at(0), String::new())
                .related((0..count).map(place));
            finding.limit_related(Language::Chinese);
            let shown = finding.related.last().unwrap();
            assert_eq!((finding.related.len(), shown.message.as_str()), (left, last));
            assert_eq!(shown.span, place(left - 1).span, "it leads to the first of the others");
        }
    }

    #[test]
    fn every_span_of_a_finding_counts() {
        let source = report(2022).replace("（一）予以公开 | 2 | 1 | 0 |", "（一）予以公开 | 2 | 2 | 0 |");
        let found = findings("GK303", &source);
        let [finding] = found.as_slice() else { panic!("{found:#?}") };
        let mut due = vec![finding.span];
        due.extend(finding.related.iter().map(|related| related.span));
        due.extend(finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span));
        assert!(due.len() > 4);
        assert_eq!(finding.spans().collect::<Vec<_>>(), due);
        let moved: Vec<Span> = due.iter().map(|span| span.shift(3)).collect();
        assert_eq!(finding.shift(3).spans().collect::<Vec<_>>(), moved);
    }
}
