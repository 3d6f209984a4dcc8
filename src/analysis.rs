//! The one entry: text and settings in, findings out. Push, pull, command line and tests all come through here.
//!
//! Findings are kept for each report of a document; an edit has only its own report checked again.

mod exemptions;
pub mod history;
mod identity;
mod published;

pub use identity::{FindingIdentity, ReportPlace, identify, place_of_cell};
pub use published::PositionRange;

use crate::config::{Settings, Severity};
use crate::report::{Document, Facets, Report, ReportEdit, ReportUnit, ReportView};
use crate::rules::suppression::{Directive, DirectiveScope, directives, suppress};
use crate::rules::{Finding, FindingNumber, Neighbours, check_report, leaves_unchanged, recheck, write_fixes};
use crate::syntax::{DecodedText, Tree};
use crate::text::{Span, Text};
use exemptions::exempted;
use identity::{Identifier, identities};
use published::PublishedFindings;
use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// An open document with all that is known of it, kept up to date edit by edit.
///
/// A report is read and checked when somebody first asks for what is found in it, or edits it; see [`Analysis::check_until`].
#[derive(Clone, Debug)]
pub struct Analysis {
    document: Document,
    settings: Arc<Settings>,
    /// For each unit of the document, the reports beside it; none for those past the end.
    neighbours: Vec<Arc<Neighbours>>,
    /// For each unit of the document, what it was found to be, once that is known; spans count from the start of the unit.
    checked: Vec<OnceLock<UnitState>>,
}

/// What is known of a unit, and what of that is asked for of every unit: there may be a thousand.
#[derive(Clone, Debug)]
struct UnitState {
    /// How many of its findings are reported, if no comment holds any back: errors, warnings, informations.
    counts: BySeverity,
    /// Whether a comment asks for something not to be reported.
    has_directives: bool,
    checked: Arc<UnitFindings>,
}

static ALONE: Neighbours = Neighbours::NONE;

/// Numbers of errors, of warnings and of informations.
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

/// What is known of a unit by itself.
#[derive(Debug)]
struct UnitFindings {
    /// Its findings.
    findings: Vec<Finding>,
    /// The last number number that one of them or of those before got.
    last_number: FindingNumber,
    /// For each of them, which entries of the settings exempt it; empty if none exempts any.
    exempted: Vec<Vec<usize>>,
    /// The comments in it that ask for findings not to be reported.
    directives: Vec<Directive>,
    /// What a client was told of them.
    published: Mutex<PublishedFindings>,
}

/// What was found in a unit before an edit; spans count as they do after it.
#[derive(Default)]
struct Before {
    /// The findings that the edit leaves as they are.
    kept: Vec<Finding>,
    /// Others, which may be found again.
    dropped: Vec<Finding>,
    /// The last number number of all.
    last_number: FindingNumber,
}

/// What is reported of one report.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    origin: Origin<'a>,
    offset: usize,
    /// How many findings.
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

/// What a document comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFindings {
    /// What there is to say of it, by position, then code; spans count from the start of the document.
    pub findings: Vec<Finding>,
    /// For each of them, where it is and what it is known by.
    pub identities: Vec<FindingIdentity>,
    /// The exemptions of the settings that a finding was held back by: their entries, each once, in order.
    pub exemptions_used: Vec<usize>,
}

/// A finding that is reported.
#[derive(Clone, Debug)]
pub struct Reported<'a> {
    /// The finding; its spans count from `offset`.
    pub finding: Cow<'a, Finding>,
    /// Where its report starts.
    pub offset: usize,
    /// The report; none if it is about the document.
    origin: Option<Origin<'a>>,
}

/// The report that a finding is of.
#[derive(Clone, Copy, Debug)]
struct Origin<'a> {
    unit: &'a ReportUnit,
    checked: &'a UnitFindings,
    /// The line that it starts, if it does.
    line: Option<usize>,
}

/// What an edit made necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reparsed {
    /// The bytes of the new text that were parsed again.
    pub span: Span,
    /// What of the report was checked again.
    pub checked: Facets,
}

/// One report of a document.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// Where its text starts in the document; the model's spans count from here.
    pub offset: usize,
    /// Its text.
    pub source: &'a str,
    /// What it means.
    pub report: &'a Report,
    /// What is seen of it, if its text is marked up.
    pub view: Option<&'a DecodedText>,
}

impl<'a> Unit<'a> {
    /// `unit`, which starts at `offset`.
    pub fn of_report(offset: usize, unit: &'a ReportUnit) -> Unit<'a> {
        Unit::of((offset, unit))
    }

    fn of((offset, unit): (usize, &'a ReportUnit)) -> Unit<'a> {
        let view = unit.view().map(|view| &view.text);
        Unit { offset, source: unit.source(), report: unit.report(), view }
    }

    /// The words of `span`, which counts from the start of the unit, as their reader sees them.
    pub fn shown(&self, span: Span) -> &'a str {
        self.view.map_or(span.of(self.source), |view| view.shown(span))
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

    /// The analysis of `document` beside other reports: for each of its units, in order, these.
    pub fn beside(document: Document, settings: Arc<Settings>, neighbours: Vec<Neighbours>) -> Analysis {
        let neighbours = neighbours.into_iter().map(Arc::new).collect();
        Analysis { neighbours, ..Analysis::of(document, settings) }
    }

    /// Replaces `span` by `content`, and does again what that makes necessary.
    pub fn edit(&mut self, span: Span, content: &str) -> Reparsed {
        let edited = self.document.edit(span, content);
        match (self.document.unit(edited.new.start), edited.inside, self.checked.get_mut(edited.old.start)) {
            (Some(unit), Some(inside), Some(checked)) => {
                // What was never checked has time.
                if let Some(old) = checked.take() {
                    let neighbours = self.neighbours.get(edited.old.start).map_or(&ALONE, |beside| &**beside);
                    let by = (&*self.settings, neighbours);
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

    /// The document, with all that was read of it.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The text as it is.
    pub fn text(&self) -> &Text {
        self.document.text()
    }

    /// What it is checked by.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Whether any report was recognised.
    pub fn is_report(&self) -> bool {
        self.document.units().any(|(_, unit)| unit.report().is_recognised())
    }

    /// The reports in the document, in order.
    pub fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        self.document.units().map(Unit::of)
    }

    /// The shape of each report in the document, in order.
    pub fn trees(&self) -> impl Iterator<Item = &Tree> {
        self.document.units().map(|(_, unit)| unit.tree())
    }

    /// The report that `offset` is in; at a border, the one that starts there.
    pub fn unit_at(&self, offset: usize) -> Option<Unit<'_>> {
        self.document.unit_at(offset).map(Unit::of)
    }

    /// The rule that a comment names at `offset`, with where it does.
    pub fn rule_at(&self, offset: usize) -> Option<(Span, String)> {
        let (start, unit) = self.document.unit_at(offset)?;
        directives(unit.source()).iter().flat_map(|directive| &directive.rules).find_map(|rule| {
            let span = rule.span.shift(start);
            span.touches(offset).then(|| (span, rule.written.clone()))
        })
    }

    /// Checks what was not checked yet, one report after the other, until `stop` returns true. Says whether that is all.
    pub fn check_until(&self, mut stop: impl FnMut() -> bool) -> bool {
        let units = self.document.units().map(|(_, unit)| unit);
        let alone = std::iter::repeat(&ALONE);
        let neighbours = self.neighbours.iter().map(|beside| &**beside).chain(alone);
        let units = units.zip(neighbours);
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

    /// Every finding that is not held back, and what held others back.
    pub fn outcome(&self) -> DocumentFindings {
        self.check_until(|| false);
        let (reported, mut exemptions_used) = self.sift();
        exemptions_used.sort_unstable();
        exemptions_used.dedup();
        let mut outcome = DocumentFindings { exemptions_used, ..DocumentFindings::default() };
        let mut of_document = Identifier::default();
        // What a finding is known by does not depend on which others are reported: those that are not count, too.
        let mut of_unit = Vec::new().into_iter();
        let mut last: Option<&UnitFindings> = None;
        for reported in reported.chunk_by(Reported::has_offset_of) {
            for (reported, finding) in reported.iter().zip(self.with_fixes(reported)) {
                let identity = match reported.origin {
                    Some(Origin { unit, checked, .. }) => {
                        if last.is_none_or(|last| !std::ptr::eq(last, checked)) {
                            let unit = Unit::of((0, unit));
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

    /// What is `reported` of one unit, with all that its fixes write; spans count from the start of the document.
    fn with_fixes(&self, reported: &[Reported<'_>]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = reported.iter().map(|reported| reported.finding.as_ref().clone()).collect();
        let Some(first) = reported.first() else { return findings };
        if let Some(Origin { unit, .. }) = reported.iter().find_map(|reported| reported.origin) {
            // What a marked-up report is checked by is not its text; nothing is drafted there.
            write_fixes(&mut findings, unit.source(), unit.report(), &self.settings);
        }
        findings.iter_mut().for_each(|finding| finding.map_spans(|span| span.shift(first.offset)));
        findings
    }

    /// What is known so far to be reported, by position, then code: everything, once [`Analysis::check_until`] said so.
    pub fn reported(&self) -> Vec<Reported<'_>> {
        self.sift().0
    }

    /// The same report by report, but for those of which nothing is; `None` where a comment holds findings back.
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
            // A comment at the end of one report may speak of the first line of the next.
            for directive in directives.iter_mut().filter(|directive| directive.scope == DirectiveScope::Behind) {
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
        // As long as not everything was checked, nobody knows what takes no part.
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

    /// Whether its spans count from where those of `other` do.
    fn has_offset_of(&self, other: &Reported<'_>) -> bool {
        self.offset == other.offset
    }

    /// Whether it is of the same report as `other`, or both are about the document.
    fn is_beside(&self, other: &Reported<'_>) -> bool {
        match (self.origin, other.origin) {
            (Some(origin), Some(other)) => std::ptr::eq(origin.checked, other.checked),
            (None, None) => true,
            _ => false,
        }
    }
}

impl UnitFindings {
    /// What became of `old` by the edit of `inside`, which made `unit`.
    fn again(
        old: Arc<UnitFindings>,
        inside: &ReportEdit,
        unit: &ReportUnit,
        by: (&Settings, &Neighbours),
    ) -> UnitFindings {
        let (mut findings, last_number, published) = match Arc::try_unwrap(old) {
            Ok(old) => (old.findings, old.last_number, old.published),
            // A copy of the analysis has it too.
            Err(old) => (old.findings.clone(), old.last_number, Mutex::default()),
        };
        let mut changed = inside.changed;
        let mut dropped: Vec<Finding> =
            findings.extract_if(.., |finding| !leaves_unchanged(finding, changed)).collect();
        // Whether a place between two characters is before or after what was put there, only its rule knows.
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

    /// What is found in `unit`, where that `changed` since what was `before`.
    fn of(unit: &ReportUnit, by: (&Settings, &Neighbours), changed: Facets, before: Before) -> UnitFindings {
        let settings = by.0;
        let Before { kept, dropped, mut last_number } = before;
        let mut findings = check_unit(unit, by, changed, kept);
        for finding in findings.iter_mut().filter(|finding| finding.number == FindingNumber::default()) {
            // What is found again as it was, and where it was, needs no other words for the client.
            let known = dropped.iter().find(|dropped| *dropped == finding).map(|dropped| dropped.number);
            finding.number =
                known.filter(|number| *number != FindingNumber::default()).unwrap_or_else(|| last_number.advance());
        }
        let exempted = exempted(&findings, Unit::of((0, unit)), settings);
        let directives = directives(unit.source());
        UnitFindings { findings, last_number, exempted, directives, published: Mutex::default() }
    }

    fn known(self) -> UnitState {
        let mut counts = BySeverity::default();
        let reported = self.findings.iter().enumerate().filter(|(index, _)| self.is_reported(*index));
        for (_, finding) in reported {
            *number_of(finding.severity, &mut counts) += 1;
        }
        UnitState { counts, has_directives: !self.directives.is_empty(), checked: Arc::new(self) }
    }

    /// Whether finding `index` is reported, if no comment holds it back.
    fn is_reported(&self, index: usize) -> bool {
        self.exempted.get(index).is_none_or(Vec::is_empty)
    }

    fn published(&self) -> MutexGuard<'_, PublishedFindings> {
        self.published.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check_unit(unit: &ReportUnit, by: (&Settings, &Neighbours), changed: Facets, kept: Vec<Finding>) -> Vec<Finding> {
    if !unit.report().is_recognised() {
        return Vec::new();
    }
    let Some(view) = unit.view() else {
        return recheck(unit.source(), unit.report(), by, changed, kept);
    };
    let mut findings = check_report(view.text.text(), &view.report, by.0, by.1);
    for finding in &mut findings {
        map_to_source(finding, view);
    }
    findings.sort_by(Finding::order);
    findings
}

/// Brings a finding on what is seen of a report back to its text. A fix that has no way back is left out.
fn map_to_source(finding: &mut Finding, view: &ReportView) {
    finding.span = view.text.source_span(finding.span);
    for related in &mut finding.related {
        related.span = view.text.source_span(related.span);
    }
    finding.fixes.retain_mut(|fix| {
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
