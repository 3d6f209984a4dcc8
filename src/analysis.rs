//! The only entry: text and settings in, findings out. Pushed and pulled diagnostics, command line and tests all use
//! it.
//!
//! The analysis keeps the findings of each report of a document; an edit checks only the report that it changes again.

mod exemptions;
pub mod history;
mod identity;
mod published;
mod report_index;
#[cfg(feature = "configuration")]
mod stated;

pub use identity::{FindingIdentity, ReportPlace, identify, place_of_cell};
pub use published::PositionRange;
pub use report_index::{IndexedFile, KnownReport, ReportIndex};
#[cfg(feature = "configuration")]
pub use stated::{StatedReport, missing_reports};

use crate::config::{Settings, Severity};
use crate::report::page_writer::PageWriter;
use crate::report::{Document, Facets, Report, ReportEdit, ReportUnit, ReportView};
use crate::rules::suppression::{Directive, DirectiveScope, directives, suppress};
use crate::rules::{
    Finding, FindingNumber, Neighbours, check_page, check_report, leaves_unchanged, recheck, write_fixes,
};
use crate::syntax::{DecodedText, Tree, without_markdown};
use crate::text::{Span, Text, TextEdit};
use exemptions::exempted;
use identity::{Identifier, identities};
use published::PublishedFindings;
use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// A document and the results of its check, updated with every edit.
///
/// A report is read and checked when its findings are first needed, or when it is edited; see
/// [`Analysis::check_until`].
#[derive(Clone, Debug)]
pub struct Analysis {
    document: Document,
    settings: Arc<Settings>,
    /// For each unit of the document, the reports that it is compared with; none for units past the end.
    neighbours: Vec<Arc<Neighbours>>,
    /// For each unit of the document, the result of its check, once there is one; spans count from the start of the
    /// unit.
    checked: Vec<OnceLock<UnitState>>,
}

/// The findings of a unit, and the summary of them that is read for every unit: a document may have a thousand.
#[derive(Clone, Debug)]
struct UnitState {
    /// How many of its findings are reported if no comment suppresses any, by severity.
    counts: BySeverity,
    /// Whether a comment in the unit suppresses findings.
    has_directives: bool,
    checked: Arc<UnitFindings>,
}

static ALONE: Neighbours = Neighbours::NONE;

/// Numbers of findings: errors, warnings, information.
pub type BySeverity = [usize; 3];

/// The number of `severity` among `counts`.
pub fn number_of(severity: Severity, counts: &mut BySeverity) -> &mut usize {
    let [errors, warnings, informations] = counts;
    match severity {
        Severity::Error => errors,
        Severity::Warning => warnings,
        Severity::Info => informations,
    }
}

/// The findings of a unit by itself.
#[derive(Debug)]
struct UnitFindings {
    /// Its findings.
    findings: Vec<Finding>,
    /// The last number given to one of them or to a finding of an earlier state.
    last_number: FindingNumber,
    /// For each finding, the entries of the settings that exempt it; empty if no finding is exempted.
    exempted: Vec<Vec<usize>>,
    /// The comments in the unit that suppress findings.
    directives: Vec<Directive>,
    /// The findings as they were last sent to a client.
    published: Mutex<PublishedFindings>,
    /// See [`Analysis::edits_of`].
    edits: OnceLock<Option<Box<[TextEdit]>>>,
}

/// The findings of a unit before an edit, with spans moved to the text after the edit.
#[derive(Default)]
struct Before {
    /// The findings that the edit cannot change.
    kept: Vec<Finding>,
    /// The other findings; the check may find them again.
    dropped: Vec<Finding>,
    /// The last number given to any finding.
    last_number: FindingNumber,
}

/// The reported findings of one report.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    origin: Origin<'a>,
    offset: usize,
    /// How many findings there are.
    pub counts: BySeverity,
}

impl<'a> Part<'a> {
    /// The findings, by position, then code.
    pub fn reported(self) -> impl Iterator<Item = Reported<'a>> {
        let Part { origin, offset, .. } = self;
        let checked = origin.checked;
        let reported = checked.findings.iter().enumerate().filter(|(index, _)| checked.is_reported(*index));
        reported.map(move |(_, finding)| Reported { finding: Cow::Borrowed(finding), offset, origin: Some(origin) })
    }
}

/// The outcome of a document's check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFindings {
    /// The reported findings, by position, then code; spans count from the start of the document.
    pub findings: Vec<Finding>,
    /// For each finding, its place and fingerprint.
    pub identities: Vec<FindingIdentity>,
    /// The entries of the settings that exempted a finding, each once, in order.
    pub exemptions_used: Vec<usize>,
}

/// A reported finding.
#[derive(Clone, Debug)]
pub struct Reported<'a> {
    /// The finding; its spans count from `offset`.
    pub finding: Cow<'a, Finding>,
    /// Where its report starts.
    pub offset: usize,
    /// The report; none if the finding is about the document.
    origin: Option<Origin<'a>>,
}

/// The report that a finding belongs to.
#[derive(Clone, Copy, Debug)]
struct Origin<'a> {
    unit: &'a ReportUnit,
    checked: &'a UnitFindings,
    /// The line at whose start the report begins, if it begins at the start of a line.
    line: Option<usize>,
}

/// The work that an edit caused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reparsed {
    /// The part of the new text that was parsed again.
    pub span: Span,
    /// The facets of the report that were checked again.
    pub checked: Facets,
}

/// One report of a document.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// Where its text starts in the document; the model's spans count from here.
    pub offset: usize,
    /// Its text.
    pub source: &'a str,
    /// Its model.
    pub report: &'a Report,
    /// Its visible text, if the source is marked up.
    pub view: Option<&'a DecodedText>,
    /// The reports that it is compared with.
    pub neighbours: &'a Neighbours,
}

impl<'a> Unit<'a> {
    /// `unit`, which starts at `offset`.
    pub fn of_report(offset: usize, unit: &'a ReportUnit) -> Unit<'a> {
        Unit::beside((offset, unit), &ALONE)
    }

    fn beside((offset, unit): (usize, &'a ReportUnit), neighbours: &'a Neighbours) -> Unit<'a> {
        let view = unit.view().map(|view| &view.text);
        Unit { offset, source: unit.source(), report: unit.report(), view, neighbours }
    }

    /// The visible words of `span`, which counts from the start of the unit.
    pub fn shown(&self, span: Span) -> &'a str {
        self.view.map_or(span.of(self.source), |view| view.shown(span))
    }

    /// The words of the line `span` as a reader sees them: without tags, and without the marks of Markdown.
    pub fn words(&self, span: Span) -> Cow<'a, str> {
        match self.view {
            Some(view) => Cow::Borrowed(view.shown(span)),
            None => without_markdown(span.of(self.source)),
        }
    }
}

impl Analysis {
    /// The analysis of `source`.
    pub fn new(source: &str, settings: Arc<Settings>) -> Analysis {
        Analysis::of(Document::new(source), settings)
    }

    /// The analysis of `document`.
    pub fn of(document: Document, settings: Arc<Settings>) -> Analysis {
        let checked = document.units().map(|_| OnceLock::new()).collect();
        Analysis { document, settings, neighbours: Vec::new(), checked }
    }

    /// The analysis of `document`, with the reports that each of its units, in order, is compared with.
    pub fn beside(document: Document, settings: Arc<Settings>, neighbours: Vec<Neighbours>) -> Analysis {
        let neighbours = neighbours.into_iter().map(Arc::new).collect();
        Analysis { neighbours, ..Analysis::of(document, settings) }
    }

    /// Replaces `span` by `content`, and updates what depends on it.
    pub fn edit(&mut self, span: Span, content: &str) -> Reparsed {
        let edited = self.document.edit(span, content);
        match (self.document.unit(edited.new.start), edited.inside, self.checked.get_mut(edited.old.start)) {
            (Some(unit), Some(inside), Some(checked)) => {
                // A report that was never checked can wait.
                if let Some(old) = checked.take() {
                    let by = (&*self.settings, neighbours_of(&self.neighbours, edited.old.start));
                    *checked = UnitFindings::again(old.checked, &inside, unit, by).known().into();
                }
            }
            _ => {
                if edited.old.end <= self.neighbours.len() {
                    let alone = edited.new.clone().map(|_| Arc::default());
                    self.neighbours.splice(edited.old.clone(), alone);
                }
                self.checked.splice(edited.old, edited.new.map(|_| OnceLock::new()));
            }
        }
        Reparsed { span: edited.span, checked: edited.inside.map_or(Facets::ALL, |inside| inside.changed) }
    }

    /// Checks the document again under other settings.
    pub fn configure(&mut self, settings: Arc<Settings>) {
        self.settings = settings;
        self.checked = self.document.units().map(|_| OnceLock::new()).collect();
    }

    /// Compares each unit, in order, with other reports than before, and checks again what depends on them. Returns
    /// whether last year's report or a finding may have changed. Without effect if there are not as many `neighbours` as
    /// units.
    pub fn compare_with(&mut self, neighbours: &[Neighbours]) -> bool {
        let mut changed = false;
        if neighbours.len() != self.checked.len() {
            return changed;
        }
        let units = self.document.units().map(|(_, unit)| unit).zip(&mut self.checked).zip(neighbours);
        for (index, ((unit, checked), new)) in units.enumerate() {
            if neighbours_of(&self.neighbours, index) == new {
                continue;
            }
            changed |= neighbours_of(&self.neighbours, index).last_year != new.last_year;
            self.neighbours.resize_with(self.neighbours.len().max(index + 1), Arc::default);
            if let Some(old) = self.neighbours.get_mut(index) {
                *old = Arc::new(new.clone());
            }
            if let Some(old) = checked.take() {
                let numbers = |state: &UnitState| -> Vec<FindingNumber> {
                    state.checked.findings.iter().map(|finding| finding.number).collect()
                };
                let before = numbers(&old);
                let compared = UnitFindings::compared(old.checked, unit, (&self.settings, new)).known();
                changed |= numbers(&compared) != before;
                *checked = compared.into();
            }
        }
        changed
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The current text.
    pub fn text(&self) -> &Text {
        self.document.text()
    }

    /// The settings of the check.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Whether the document contains a report.
    pub fn is_report(&self) -> bool {
        self.document.units().any(|(_, unit)| unit.report().is_recognised())
    }

    /// The reports in the document, in order.
    pub fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        let units = self.document.units().enumerate();
        units.map(|(index, unit)| Unit::beside(unit, neighbours_of(&self.neighbours, index)))
    }

    /// The syntax tree of each report in the document, in order.
    pub fn trees(&self) -> impl Iterator<Item = &Tree> {
        self.document.units().map(|(_, unit)| unit.tree())
    }

    /// The report that `offset` is in; at a border, the one that starts there.
    pub fn unit_at(&self, offset: usize) -> Option<Unit<'_>> {
        let (start, unit) = self.document.unit_at(offset)?;
        let beside = match self.neighbours.is_empty() {
            true => &ALONE,
            false => {
                let index = self.document.units().position(|(other, _)| other == start);
                index.map_or(&ALONE, |index| neighbours_of(&self.neighbours, index))
            }
        };
        Some(Unit::beside((start, unit), beside))
    }

    /// The rule that a comment names at `offset`, with the span of its name.
    pub fn rule_at(&self, offset: usize) -> Option<(Span, String)> {
        let (start, unit) = self.document.unit_at(offset)?;
        directives(unit.source()).iter().flat_map(|directive| &directive.rules).find_map(|rule| {
            let span = rule.span.shift(start);
            span.touches(offset).then(|| (span, rule.written.clone()))
        })
    }

    /// Checks the reports that are not checked yet, one after the other, until `stop` returns true. Returns whether all
    /// of them are checked.
    pub fn check_until(&self, mut stop: impl FnMut() -> bool) -> bool {
        let units = self.document.units().map(|(_, unit)| unit);
        let units = units.zip((0..).map(|index| neighbours_of(&self.neighbours, index)));
        let mut open = units.zip(&self.checked).filter(|(_, checked)| checked.get().is_none());
        loop {
            let Some(((unit, neighbours), checked)) = open.next() else { return true };
            let fresh = || UnitFindings::of(unit, (&*self.settings, neighbours), Facets::ALL, Before::default());
            checked.get_or_init(|| fresh().known());
            if stop() {
                return open.next().is_none();
            }
        }
    }

    /// Every finding, by position, then code; spans count from the start of the document.
    pub fn findings(&self) -> Vec<Finding> {
        self.check_until(|| false);
        let (reported, _) = self.sift();
        reported.chunk_by(Reported::has_offset_of).flat_map(|reported| self.with_fixes(reported)).collect()
    }

    /// The same, only of reports that `span` meets.
    pub fn findings_in(&self, span: Span) -> Vec<Finding> {
        self.check_until(|| false);
        let (reported, _) = self.sift();
        let reported = reported.chunk_by(Reported::has_offset_of).filter(|reported| is_in(reported, span));
        reported.flat_map(|reported| self.with_fixes(reported)).collect()
    }

    /// Whether a comment suppresses findings. One in a report may be about the first line of the next.
    pub fn has_directives(&self) -> bool {
        self.check_until(|| false);
        self.checked.iter().any(|checked| checked.get().is_some_and(|checked| checked.has_directives))
    }

    /// The findings of unit `index`, with spans from its start, whether comments suppress them or not; `None` if there is
    /// no such unit.
    pub fn findings_of(&self, index: usize) -> Option<Vec<Finding>> {
        self.check_until(|| false);
        let (unit, checked) = (self.document.unit(index)?, &self.checked.get(index)?.get()?.checked);
        let origin = Origin { unit, checked, line: None };
        let reported: Vec<Reported<'_>> =
            Part { origin, offset: 0, counts: BySeverity::default() }.reported().collect();
        Some(self.with_fixes(&reported))
    }

    /// The edits that `make` makes of the findings of unit `index`, kept until its findings change.
    pub fn edits_of(&self, index: usize, make: impl FnOnce() -> Option<Box<[TextEdit]>>) -> Option<&[TextEdit]> {
        self.check_until(|| false);
        self.checked.get(index)?.get()?.checked.edits.get_or_init(make).as_deref()
    }

    /// Every finding that is not suppressed, and the exemptions that suppressed others.
    pub fn outcome(&self) -> DocumentFindings {
        self.outcome_where(|_| true)
    }

    /// The same, only of reports that `span` meets.
    pub fn outcome_in(&self, span: Span) -> DocumentFindings {
        self.outcome_where(|reported| is_in(reported, span))
    }

    /// The same, only of reports whose findings are `wanted`.
    fn outcome_where(&self, wanted: impl Fn(&[Reported<'_>]) -> bool) -> DocumentFindings {
        self.check_until(|| false);
        let (reported, mut exemptions_used) = self.sift();
        exemptions_used.sort_unstable();
        exemptions_used.dedup();
        let mut outcome = DocumentFindings { exemptions_used, ..DocumentFindings::default() };
        let mut of_document = Identifier::default();
        // A fingerprint must not depend on which other findings are reported, so those that are not reported count too.
        let mut of_unit = Vec::new().into_iter();
        let mut last: Option<&UnitFindings> = None;
        for reported in reported.chunk_by(Reported::has_offset_of).filter(|reported| wanted(reported)) {
            for (reported, finding) in reported.iter().zip(self.with_fixes(reported)) {
                let identity = match reported.origin {
                    Some(Origin { unit, checked, .. }) => {
                        if last.is_none_or(|last| !std::ptr::eq(last, checked)) {
                            let unit = Unit::of_report(0, unit);
                            let known = identities(&checked.findings, unit, &self.settings);
                            of_unit = checked.findings.iter().zip(known).collect::<Vec<_>>().into_iter();
                            last = Some(checked);
                        }
                        // Both are in the order of the text.
                        of_unit.find(|(other, _)| std::ptr::eq(*other, &*reported.finding)).map(|(_, known)| known)
                    }
                    None => None,
                };
                let identity = identity
                    .unwrap_or_else(|| of_document.identify(&finding, self.unit_at(finding.span.start), self.text()));
                outcome.identities.push(identity);
                outcome.findings.push(finding);
            }
        }
        outcome
    }

    /// The `reported` findings of one unit, with the texts that their fixes write; spans count from the start of the
    /// document.
    fn with_fixes(&self, reported: &[Reported<'_>]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = reported.iter().map(|reported| reported.finding.as_ref().clone()).collect();
        let Some(first) = reported.first() else { return findings };
        if let Some(Origin { unit, .. }) = reported.iter().find_map(|reported| reported.origin) {
            // Findings of a marked-up report come from its visible text, and their fixes are never drafts.
            write_fixes(&mut findings, unit.source(), unit.report(), &self.settings);
        }
        findings.iter_mut().for_each(|finding| finding.map_spans(|span| span.shift(first.offset)));
        findings
    }

    /// The findings reported so far, by position, then code: all of them once [`Analysis::check_until`] returned true.
    pub fn reported(&self) -> Vec<Reported<'_>> {
        self.sift().0
    }

    /// The same, report by report, without reports that have no findings; `None` if a comment suppresses findings.
    pub fn parts(&self) -> Option<Vec<Part<'_>>> {
        let mut parts = Vec::new();
        let units = self.document.units().zip(self.document.first_lines());
        for (((offset, unit), line), known) in units.zip(&self.checked) {
            let Some(UnitState { counts, has_directives, checked }) = known.get() else { continue };
            if *has_directives {
                return None;
            }
            if counts.iter().any(|count| *count > 0) {
                parts.push(Part { origin: Origin { unit, checked, line }, offset, counts: *counts });
            }
        }
        Some(parts)
    }

    fn sift(&self) -> (Vec<Reported<'_>>, Vec<usize>) {
        let mut complete = true;
        let mut reported = Vec::new();
        let mut exempted: Vec<bool> = Vec::new();
        let mut directives: Vec<Directive> = Vec::new();
        let mut used = Vec::new();
        let units = self.document.units().zip(self.document.first_lines());
        for (((offset, unit), line), checked) in units.zip(&self.checked) {
            let Some(UnitState { checked, .. }) = checked.get() else {
                complete = false;
                continue;
            };
            // A comment at the end of one report may be about the first line of the next.
            for directive in directives.iter_mut().filter(|directive| directive.scope == DirectiveScope::After) {
                let first = unit.source().split(['\n', '\r']).next().unwrap_or_default();
                directive.scope = DirectiveScope::Line(Span::new(offset, offset + first.len()));
            }
            directives.extend(checked.directives.iter().map(|directive| directive.shift(offset)));
            for (index, finding) in checked.findings.iter().enumerate() {
                let entries = checked.exempted.get(index).map(Vec::as_slice).unwrap_or_default();
                used.extend(entries);
                exempted.push(!entries.is_empty());
                let origin = Some(Origin { unit, checked, line });
                reported.push(Reported { finding: Cow::Borrowed(finding), offset, origin });
            }
        }
        if directives.is_empty() || !self.is_report() {
            let mut exempted = exempted.into_iter();
            reported.retain(|_| !exempted.next().unwrap_or_default());
            return (reported, used);
        }
        let findings = reported.iter().zip(exempted);
        let findings = findings.map(|(reported, exempted)| (reported.offset, &*reported.finding, exempted));
        let (kept, own) = suppress(findings, &directives, &self.settings);
        let mut kept = kept.into_iter();
        reported.retain(|_| kept.next().unwrap_or_default());
        // Which comments suppress nothing is known only when everything is checked.
        if complete && !own.is_empty() {
            reported.extend(own.into_iter().map(|finding| Reported::new(Cow::Owned(finding), 0)));
            reported.sort_by(|a, b| {
                let key = |it: &Reported<'_>| (it.finding.span.shift(it.offset), it.finding.rule.code);
                key(a).cmp(&key(b))
            });
        }
        (reported, used)
    }
}

impl<'a> Reported<'a> {
    /// `finding`, whose spans count from `offset`.
    pub fn new(finding: Cow<'a, Finding>, offset: usize) -> Reported<'a> {
        Reported { finding, offset, origin: None }
    }

    /// Whether its spans count from the same offset as those of `other`.
    fn has_offset_of(&self, other: &Reported<'_>) -> bool {
        self.offset == other.offset
    }

    /// Whether it belongs to the same report as `other`, or both are about the document.
    fn is_beside(&self, other: &Reported<'_>) -> bool {
        match (self.origin, other.origin) {
            (Some(origin), Some(other)) => std::ptr::eq(origin.checked, other.checked),
            (None, None) => true,
            _ => false,
        }
    }
}

impl UnitFindings {
    /// Updates `old` after the edit of `inside`, whose result is `unit`.
    fn again(
        old: Arc<UnitFindings>,
        inside: &ReportEdit,
        unit: &ReportUnit,
        by: (&Settings, &Neighbours),
    ) -> UnitFindings {
        let (mut findings, last_number, published) = UnitFindings::take(old);
        let mut changed = inside.changed;
        let mut dropped: Vec<Finding> =
            findings.extract_if(.., |finding| !leaves_unchanged(finding, changed)).collect();
        // Only the rule knows whether its place between two characters is before or after the text inserted there.
        if findings.iter().any(|finding| finding.spans().any(|span| inside.is_unclear(span))) {
            changed = Facets::ALL;
            findings.clear();
        }
        dropped.retain(|finding| finding.places().all(|span| inside.is_apart(span)));
        for finding in findings.iter_mut().chain(&mut dropped) {
            finding.map_spans(|span| inside.moved(span));
            if !finding.places().all(|span| inside.is_on_its_line(span)) {
                finding.number = FindingNumber::default();
            }
        }
        let before = Before { kept: findings, dropped, last_number };
        UnitFindings { published, ..UnitFindings::of(unit, by, changed, before) }
    }

    /// Updates `old`, the findings of `unit`, after a change of the reports that it is compared with.
    fn compared(old: Arc<UnitFindings>, unit: &ReportUnit, by: (&Settings, &Neighbours)) -> UnitFindings {
        let (mut findings, last_number, published) = UnitFindings::take(old);
        let dropped = findings.extract_if(.., |finding| !leaves_unchanged(finding, Facets::OTHERS)).collect();
        let before = Before { kept: findings, dropped, last_number };
        UnitFindings { published, ..UnitFindings::of(unit, by, Facets::OTHERS, before) }
    }

    /// The findings in `old`, the last number given, and their serialised form.
    fn take(old: Arc<UnitFindings>) -> (Vec<Finding>, FindingNumber, Mutex<PublishedFindings>) {
        match Arc::try_unwrap(old) {
            Ok(old) => (old.findings, old.last_number, old.published),
            // A copy of the analysis shares it.
            Err(old) => (old.findings.clone(), old.last_number, Mutex::default()),
        }
    }

    /// The findings of `unit` after the facets `changed` since `before`.
    fn of(unit: &ReportUnit, by: (&Settings, &Neighbours), changed: Facets, before: Before) -> UnitFindings {
        let settings = by.0;
        let Before { kept, dropped, mut last_number } = before;
        let mut findings = check_unit(unit, by, changed, kept);
        for finding in findings.iter_mut().filter(|finding| finding.number == FindingNumber::default()) {
            // A finding that is found again unchanged keeps its number, so its serialised form can be reused.
            let known = dropped.iter().find(|dropped| *dropped == finding).map(|dropped| dropped.number);
            finding.number =
                known.filter(|number| *number != FindingNumber::default()).unwrap_or_else(|| last_number.advance());
        }
        let exempted = exempted(&findings, Unit::of_report(0, unit), settings);
        let directives = directives(unit.source());
        let (published, edits) = (Mutex::default(), OnceLock::new());
        UnitFindings { findings, last_number, exempted, directives, published, edits }
    }

    fn known(self) -> UnitState {
        let mut counts = BySeverity::default();
        let reported = self.findings.iter().enumerate().filter(|(index, _)| self.is_reported(*index));
        for (_, finding) in reported {
            *number_of(finding.severity, &mut counts) += 1;
        }
        UnitState { counts, has_directives: !self.directives.is_empty(), checked: Arc::new(self) }
    }

    /// Whether finding `index` is reported if no comment suppresses it.
    fn is_reported(&self, index: usize) -> bool {
        self.exempted.get(index).is_none_or(Vec::is_empty)
    }

    fn published(&self) -> MutexGuard<'_, PublishedFindings> {
        self.published.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether `reported`, the findings of one report, are of one that `span` meets, or of none.
fn is_in(reported: &[Reported<'_>], span: Span) -> bool {
    reported.first().is_some_and(|first| match first.origin {
        Some(Origin { unit, .. }) => Span::new(first.offset, first.offset + unit.source().len()).meets(span),
        None => true,
    })
}

/// The reports that unit `index` is compared with, of those of `all` units.
fn neighbours_of(all: &[Arc<Neighbours>], index: usize) -> &Neighbours {
    all.get(index).map_or(&ALONE, |beside| &**beside)
}

fn check_unit(unit: &ReportUnit, by: (&Settings, &Neighbours), changed: Facets, kept: Vec<Finding>) -> Vec<Finding> {
    if !unit.report().is_recognised() {
        return Vec::new();
    }
    let Some(view) = unit.view() else {
        return recheck(unit.source(), unit.report(), by, changed, kept);
    };
    let report = unit.report();
    let all = Span::new(0, unit.source().len());
    let article = report.page.as_ref().map_or(all, |page| page.article);
    let page = PageWriter::new(unit.source(), &view.text, &view.report, article);
    let mut findings = match view.text.is_plain() {
        true => check_report(view.text.text(), &view.report, by.0, by.1),
        false => check_page((view.text.text(), &view.report, page), by.0, by.1),
    };
    for finding in &mut findings {
        map_to_source(finding, view);
    }
    findings.sort_by(Finding::order);
    findings
}

/// Maps a finding on the visible text of a report to its source. A fix that cannot be mapped is left out.
fn map_to_source(finding: &mut Finding, view: &ReportView) {
    finding.span = view.text.source_span(finding.span);
    for related in &mut finding.related {
        related.span = view.text.source_span(related.span);
    }
    finding.fixes.retain_mut(|fix| {
        if fix.of_source {
            return true;
        }
        let edits: Option<Vec<_>> = fix.edits.iter().map(|edit| view.text.source_edits(edit)).collect();
        let Some(edits) = edits else { return false };
        fix.edits = edits.concat();
        true
    });
}

/// The findings of `source`: what [`Analysis::findings`] gives for a fresh document.
pub fn check(source: &str, settings: &Settings) -> Vec<Finding> {
    Analysis::new(source, Arc::new(settings.clone())).findings()
}
