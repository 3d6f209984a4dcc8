//! Judgement, pure: a report in, findings out.

mod arithmetic;
mod cells;
mod context;
mod dates;
mod gk001;
mod gk101;
mod gk102;
mod gk103;
mod gk104;
mod gk105;
mod gk106;
mod gk107;
mod gk108;
mod gk109;
mod gk110;
mod gk111;
mod gk112;
mod gk113;
mod gk114;
mod gk115;
mod gk116;
mod gk117;
mod gk118;
mod gk119;
mod gk120;
mod gk121;
mod gk122;
mod gk123;
mod gk124;
mod gk125;
mod gk126;
mod gk127;
mod gk128;
mod gk129;
mod gk130;
mod gk201;
mod gk202;
mod gk203;
mod gk204;
mod gk205;
mod gk206;
mod gk207;
mod gk208;
mod gk209;
mod gk210;
mod gk211;
mod gk212;
mod gk213;
mod gk301;
mod gk302;
mod gk303;
mod gk304;
mod gk305;
mod gk306;
mod gk307;
mod gk308;
mod gk309;
mod gk310;
mod gk311;
mod gk312;
mod gk313;
mod gk401;
mod gk402;
mod gk403;
mod gk404;
mod gk405;
mod gk406;
mod gk407;
mod gk408;
mod gk409;
mod gk410;
mod gk411;
mod gk412;
mod gk413;
mod gk414;
mod gk415;
mod gk416;
mod gk417;
mod gk601;
mod gk602;
mod gk603;
mod gk604;
mod gk605;
mod gk606;
mod gk607;
mod gk608;
mod lines;
mod localise;
mod names;
mod narrative;
mod order;
mod preamble;
mod prose;
mod rewrite;
pub mod selection;
pub mod suppression;
#[cfg(test)]
mod testing;
#[cfg(test)]
pub(crate) use testing::unmark;

use context::Context;
pub use context::Memo;

pub use crate::config::Severity;

use crate::config::{Language, Settings};
use crate::report::{Facets, Report};
use crate::say;
use crate::text::{Span, TextEdit};
use std::cmp::Ordering;

/// Whether a fix may be applied unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Right in every case it is offered.
    Safe,
    /// To be looked at.
    Unsafe,
}

/// One way to put a finding right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for a menu.
    pub message: String,
    /// Whether it may be applied unasked.
    pub applicability: Applicability,
    /// Whether it is the one to take when a single key is pressed.
    pub preferred: bool,
    /// Whether it rewrites more than the place of the finding: a refactoring rather than a quick fix.
    pub rewrite: bool,
    /// What it changes; no two touch the same place.
    pub edits: Vec<TextEdit>,
    /// Whether what it does and what it changes is still to be worked out, all or in part: nobody asks that at every
    /// keystroke. See [`complete`].
    pub draft: bool,
}

/// At most so many places are related to a finding; one entry more says how many there are besides. An editor lists each of
/// them under the finding.
pub(crate) const RELATED_LIMIT: usize = 8;

/// An operand of a finding, or another place that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// A number for what a finding says and for where it says that: of two findings of a report with the same number each can be
/// told in place of the other. The first is that of findings without any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Serial(u64);

impl Serial {
    /// The number behind this one, which that becomes.
    pub fn advance(&mut self) -> Serial {
        self.0 += 1;
        *self
    }
}

/// Something to be said about a place. Findings are the same that say the same.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static RuleMeta,
    /// How bad it is.
    pub severity: Severity,
    /// The smallest span a person would edit.
    pub span: Span,
    /// What is wrong and what to do, in the reader's language.
    pub message: String,
    /// Every operand.
    pub related: Vec<Related>,
    /// Ways to put it right, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Given and kept by [`crate::analysis`], for as long as nothing of what a client is told of it changes.
    pub serial: Serial,
}

impl PartialEq for Finding {
    fn eq(&self, other: &Finding) -> bool {
        let Finding { rule, severity, span, message, related, fixes, serial: _ } = self;
        (span, rule, severity) == (&other.span, &other.rule, &other.severity)
            && (message, related, fixes) == (&other.message, &other.related, &other.fixes)
    }
}

impl Eq for Finding {}

/// What a rule is called and how it is explained. Two are the same that have the same code.
#[derive(Debug)]
pub struct RuleMeta {
    /// `GK303`
    pub code: &'static str,
    /// `row-total`
    pub name: &'static str,
    /// The severity it has by the catalogue; single findings may have a lower one.
    pub severity: Severity,
    /// A title of a few words, in Chinese and in English.
    pub title: [&'static str; 2],
    /// The rule's documentation: Markdown under fixed headings, in Chinese and in English.
    pub documentation: [&'static str; 2],
}

impl PartialEq for RuleMeta {
    fn eq(&self, other: &RuleMeta) -> bool {
        self.code == other.code
    }
}

impl Eq for RuleMeta {}

impl RuleMeta {
    /// Its title for a reader.
    pub fn title(&self, language: Language) -> &'static str {
        self.title[language as usize]
    }

    /// Its documentation for a reader.
    pub fn documentation(&self, language: Language) -> &'static str {
        self.documentation[language as usize]
    }
}

/// A rule: what it is called, and how it judges.
struct Rule {
    meta: RuleMeta,
    /// What of a report it looks at: an edit elsewhere leaves its findings as they are.
    reads: Facets,
    /// Adds what it finds in the report, in any order.
    check: fn(&Context<'_>, &mut Vec<Finding>),
}

impl Rule {
    /// Adds what it finds.
    fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let known = findings.len();
        (self.check)(context, findings);
        findings.iter_mut().skip(known).for_each(|finding| context.withhold_safe_fixes(finding));
    }

    /// What its findings depend on: whether a fix in a table is safe depends on the year.
    fn reads(&self) -> Facets {
        if self.reads.meets(Facets::TABLES) { self.reads.and(Facets::YEAR) } else { self.reads }
    }
}

/// Every rule, by code.
static RULES: &[&Rule] = &[
    &gk001::RULE,
    &gk101::RULE,
    &gk102::RULE,
    &gk103::RULE,
    &gk104::RULE,
    &gk105::RULE,
    &gk106::RULE,
    &gk107::RULE,
    &gk108::RULE,
    &gk109::RULE,
    &gk110::RULE,
    &gk111::RULE,
    &gk112::RULE,
    &gk113::RULE,
    &gk114::RULE,
    &gk115::RULE,
    &gk116::RULE,
    &gk117::RULE,
    &gk118::RULE,
    &gk119::RULE,
    &gk120::RULE,
    &gk121::RULE,
    &gk122::RULE,
    &gk123::RULE,
    &gk124::RULE,
    &gk125::RULE,
    &gk126::RULE,
    &gk127::RULE,
    &gk128::RULE,
    &gk129::RULE,
    &gk130::RULE,
    &gk201::RULE,
    &gk202::RULE,
    &gk203::RULE,
    &gk204::RULE,
    &gk205::RULE,
    &gk206::RULE,
    &gk207::RULE,
    &gk208::RULE,
    &gk209::RULE,
    &gk210::RULE,
    &gk211::RULE,
    &gk212::RULE,
    &gk213::RULE,
    &gk301::RULE,
    &gk302::RULE,
    &gk303::RULE,
    &gk304::RULE,
    &gk305::RULE,
    &gk306::RULE,
    &gk307::RULE,
    &gk308::RULE,
    &gk309::RULE,
    &gk310::RULE,
    &gk311::RULE,
    &gk312::RULE,
    &gk313::RULE,
    &gk401::RULE,
    &gk402::RULE,
    &gk403::RULE,
    &gk404::RULE,
    &gk405::RULE,
    &gk406::RULE,
    &gk407::RULE,
    &gk408::RULE,
    &gk409::RULE,
    &gk410::RULE,
    &gk411::RULE,
    &gk412::RULE,
    &gk413::RULE,
    &gk414::RULE,
    &gk415::RULE,
    &gk416::RULE,
    &gk417::RULE,
    &gk601::RULE,
    &gk602::RULE,
    &gk603::RULE,
    &gk604::RULE,
    &gk605::RULE,
    &gk606::RULE,
    &gk607::RULE,
    &gk608::RULE,
];

/// Every rule, by code.
pub fn rules() -> impl Iterator<Item = &'static RuleMeta> {
    RULES.iter().map(|rule| &rule.meta)
}

/// What rules about the figures of a table look at.
const TABLES: Facets = Facets::TABLES.and(Facets::YEAR);
/// What rules about the writing of single figures look at.
const SPELLING: Facets = Facets::SPELLING.and(Facets::LABELS);
/// What rules about how something is written look at.
const WORDS: Facets = Facets::TITLE.and(Facets::HEADINGS).and(Facets::PROSE);
/// What rules that compare prose with a table look at.
const BOTH: Facets = TABLES.and(WORDS);

/// What is to be said about `report`, whose text is `source`, by position, then code.
pub fn judge(source: &str, report: &Report, settings: &Settings) -> Vec<Finding> {
    ask(&Context::new(source, report, settings), Facets::ALL, Vec::new())
}

/// Gives the fixes of `findings`, which are of the `report` whose text is `source`, what they write. `memo` is what the
/// judgement left that found them.
pub fn complete(findings: &mut [Finding], source: &str, report: &Report, settings: &Settings, memo: Memo) {
    let is_draft = |finding: &Finding| finding.fixes.iter().any(|fix| fix.draft);
    let context = Context::new(source, report, settings).with(memo, Vec::new());
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

/// The entry that stands for `rest` related places.
fn more(rest: usize, language: Language) -> String {
    say!(language, "另有 {rest} 处", "{rest} more")
}

/// Whether `message` is what [`more`] gives for some number.
fn is_count(message: &str, language: Language) -> bool {
    let digits: String = message.chars().filter(char::is_ascii_digit).collect();
    digits.parse().is_ok_and(|rest| message == more(rest, language))
}

fn rule(finding: &Finding) -> Option<&'static Rule> {
    let index = RULES.binary_search_by_key(&finding.rule.code, |rule| rule.meta.code).ok()?;
    RULES.get(index).copied()
}

/// What is kept of a judgement for the next one, under the same settings.
#[derive(Default)]
pub struct Kept {
    /// What was said before and still holds.
    pub findings: Vec<Finding>,
    /// What was said before of what changed since, where the edit did not touch it: some of it may hold again.
    pub said: Vec<Finding>,
    /// What was worked out.
    pub memo: Memo,
}

/// What is to be said about `report`, whose text is `source`, after an edit that `changed` some of it, with some fixes in
/// draft; and what there is to know at the next edit. The findings that still hold are those that [`keeps`]; all that is kept
/// has spans as they are now. What is kept as `said` is what was not said again as it was.
pub fn judge_again(source: &str, report: &Report, settings: &Settings, changed: Facets, kept: Kept) -> Kept {
    let mut context = Context::new(source, report, settings).with(kept.memo, kept.said);
    context.drafts = true;
    let findings = ask(&context, changed, kept.findings);
    let (memo, said) = context.into_memo();
    Kept { findings, said, memo }
}

/// What the rules find that look at what `changed`, under their settings, and what was found before.
fn ask(context: &Context<'_>, changed: Facets, before: Vec<Finding>) -> Vec<Finding> {
    let settings = context.settings;
    let mut findings = Vec::new();
    let asked = |rule: &&&Rule| rule.reads().meets(changed) && settings.reports(rule.meta.code, rule.meta.name);
    for rule in RULES.iter().filter(asked) {
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

/// Drops the fixes of `finding` that write outside of the report's own text in a page: that text is the site's.
fn leave_the_page_alone(finding: &mut Finding, report: &Report) {
    let Some(page) = &report.page else { return };
    let Span { start, end } = page.article;
    let inside = |span: Span| start <= span.start && span.end <= end;
    finding.fixes.retain(|fix| fix.edits.iter().all(|edit| inside(edit.span)));
}

/// What was put together from pieces may have been put together wrongly, and an edit of it would write over what lies between
/// the pieces: no fix inside of it is applied unasked.
fn doubt_fixes_of_pieces(finding: &mut Finding, report: &Report) {
    if report.pieced.is_empty() {
        return;
    }
    for fix in finding.fixes.iter_mut().filter(|fix| fix.edits.iter().any(|edit| report.is_pieced(edit.span))) {
        (fix.applicability, fix.preferred) = (Applicability::Unsafe, false);
    }
}

/// Whether an edit that `changed` some of a report leaves `finding` as it is.
pub fn keeps(finding: &Finding, changed: Facets) -> bool {
    rule(finding).is_some_and(|rule| !rule.reads().meets(changed))
}

impl Finding {
    /// Findings stand by position, then code; several of one rule at one place as the rule gives them.
    pub fn order(&self, other: &Finding) -> Ordering {
        (self.span, self.rule.code).cmp(&(other.span, other.rule.code))
    }

    /// The same finding, with every span moved `by` bytes to the right.
    pub fn shift(&self, by: usize) -> Finding {
        let mut finding = self.clone();
        finding.map_spans(|span| span.shift(by));
        finding
    }

    /// Leaves [`RELATED_LIMIT`] of the places that are related to it, and an entry that counts the others.
    fn limit_related(&mut self, language: Language) {
        let count = self.related.len();
        // What was said before an edit and holds again is limited already.
        if count == RELATED_LIMIT + 1 && self.related.last().is_some_and(|last| is_count(&last.message, language)) {
            return;
        }
        if let Some(first) = self.related.get(RELATED_LIMIT) {
            let rest = Related { span: first.span, message: more(count - RELATED_LIMIT, language) };
            self.related.truncate(RELATED_LIMIT);
            self.related.push(rest);
        }
    }

    /// Its place, and what is related to it.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.span).chain(self.related.iter().map(|related| related.span))
    }

    /// Every span that it tells of.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.places().chain(self.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span))
    }

    /// Puts every span where `to` does.
    pub fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        self.span = to(self.span);
        for related in &mut self.related {
            related.span = to(related.span);
        }
        for edit in self.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = to(edit.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, report};

    #[test]
    fn titles_and_documents_speak_the_readers_language() {
        let meta = &gk303::RULE.meta;
        assert_eq!(meta.title(Language::Chinese), "行总计不符");
        assert_eq!(meta.title(Language::English), "A row does not add up");
        assert!(meta.documentation(Language::Chinese).starts_with("## 检查内容"));
        assert!(meta.documentation(Language::English).starts_with("## What it checks"));
    }

    #[test]
    fn at_most_eight_places_are_related_and_the_others_counted() {
        let place = |at| Related { span: Span::new(at, at + 1), message: at.to_string() };
        for (count, left, last) in [(8, 8, "7"), (9, 9, "另有 1 处"), (27, 9, "另有 19 处")] {
            let mut finding = Finding::new(&gk303::RULE, Span::at(0), String::new()).related((0..count).map(place));
            for _ in 0..2 {
                finding.limit_related(Language::Chinese);
                let shown = finding.related.last().unwrap();
                assert_eq!((finding.related.len(), shown.message.as_str()), (left, last));
                assert_eq!(shown.span, place(left - 1).span, "it leads to the first of the others");
            }
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
