//! The one entry: text and settings in, findings out. Push, pull, command line and tests all come through here.
//!
//! Findings are kept for each report of a document; an edit has only its own report judged again.

use crate::config::Settings;
use crate::report::{Document, Inside, Report, ReportUnit, ReportView};
use crate::rules::suppression::{Directive, Scope, directives, exempted_by, suppress};
use crate::rules::{Finding, Kept, Verdict, judge, judge_again};
use crate::syntax::Tree;
use crate::text::{Span, Text};
use std::sync::Arc;

/// An open document with all that is known of it, kept up to date edit by edit.
#[derive(Clone, Debug)]
pub struct Analysis {
    document: Document,
    settings: Arc<Settings>,
    /// For each unit of the document, what it was found to be; spans count from the start of the unit.
    judged: Vec<Arc<Judged>>,
}

/// What is known of a unit by itself.
#[derive(Debug)]
struct Judged {
    /// Its findings by what the rules look at; nothing where it is marked up.
    verdict: Verdict,
    /// Its findings.
    findings: Arc<[Finding]>,
    /// For each of them, which entries of the settings exempt it; empty if none exempts any.
    exempted: Vec<Vec<usize>>,
    /// The comments in it that ask for findings not to be reported.
    directives: Vec<Directive>,
}

/// What a document comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What there is to say of it, by position, then code; spans count from the start of the document.
    pub findings: Vec<Finding>,
    /// The exemptions of the settings that a finding was held back by: their entries, each once, in order.
    pub exemptions_used: Vec<usize>,
}

/// What an edit made necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reparsed {
    /// The bytes of the new text that were parsed again.
    pub span: Span,
}

/// One report of a document.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// Where its text starts in the document; the model's spans count from here.
    pub offset: usize,
    /// Its text.
    pub source: &'a str,
    /// Its shape.
    pub tree: &'a Tree,
    /// What it means.
    pub report: &'a Report,
}

impl Analysis {
    /// The analysis of `source`.
    pub fn new(source: &str, settings: Arc<Settings>) -> Analysis {
        let document = Document::new(source);
        let judged = document.units().iter().map(|unit| Judged::of(unit, &settings, Kept::default())).collect();
        Analysis { document, settings, judged }
    }

    /// Replaces `span` by `content`, and does again what that makes necessary.
    pub fn edit(&mut self, span: Span, content: &str) -> Reparsed {
        let edited = self.document.edit(span, content);
        let units = self.document.units().get(edited.new.clone()).unwrap_or_default();
        let before = edited.inside.as_ref().zip(self.judged.get(edited.old.start));
        let kept = |unit: &ReportUnit| before.map_or(Kept::default(), |(inside, judged)| judged.kept(inside, unit));
        let fresh: Vec<_> = units.iter().map(|unit| Judged::of(unit, &self.settings, kept(unit))).collect();
        self.judged.splice(edited.old, fresh);
        Reparsed { span: edited.span }
    }

    /// Judges the document again under other settings.
    pub fn configure(&mut self, settings: Arc<Settings>) {
        self.settings = settings;
        self.judged =
            self.document.units().iter().map(|unit| Judged::of(unit, &self.settings, Kept::default())).collect();
    }

    /// The text as it stands.
    pub fn text(&self) -> &Text {
        self.document.text()
    }

    /// What it is judged by.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Whether any report was recognised.
    pub fn is_report(&self) -> bool {
        self.document.units().iter().any(|unit| unit.report().is_recognised())
    }

    /// The reports in the document, in order.
    pub fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        let mut offset = 0;
        self.document.units().iter().map(move |unit| {
            let start = offset;
            offset += unit.source().len();
            Unit { offset: start, source: unit.source(), tree: unit.tree(), report: unit.report() }
        })
    }

    /// The report that `offset` stands in; at a border, the one that starts there.
    pub fn unit_at(&self, offset: usize) -> Option<Unit<'_>> {
        self.units().filter(|unit| unit.offset <= offset).last()
    }

    /// The rule that a comment names at `offset`, with where it does.
    pub fn rule_at(&self, offset: usize) -> Option<(Span, String)> {
        let mut at = 0;
        for (unit, judged) in self.document.units().iter().zip(&self.judged) {
            let mut rules = judged.directives.iter().flat_map(|directive| &directive.rules);
            if let Some(rule) = rules.find(|rule| rule.span.shift(at).touches(offset)) {
                return Some((rule.span.shift(at), rule.written.clone()));
            }
            at += unit.source().len();
        }
        None
    }

    /// Every finding, by position, then code; spans count from the start of the document.
    pub fn findings(&self) -> Vec<Finding> {
        self.outcome().findings
    }

    /// Every finding that is not held back, and what held others back.
    pub fn outcome(&self) -> Outcome {
        let mut findings = Vec::new();
        let mut directives: Vec<Directive> = Vec::new();
        let mut exemptions_used = Vec::new();
        for (unit, judged) in self.units().zip(&self.judged) {
            // A comment at the end of one report may speak of the first line of the next.
            for directive in directives.iter_mut().filter(|directive| directive.scope == Scope::Behind) {
                let first = unit.source.split(['\n', '\r']).next().unwrap_or_default();
                directive.scope = Scope::Line(Span::new(unit.offset, unit.offset + first.len()));
            }
            directives.extend(judged.directives.iter().map(|directive| directive.shift(unit.offset)));
            for (index, finding) in judged.findings.iter().enumerate() {
                let entries = judged.exempted.get(index).map(Vec::as_slice).unwrap_or_default();
                exemptions_used.extend(entries);
                findings.push((finding.shift(unit.offset), !entries.is_empty()));
            }
        }
        if !self.is_report() {
            directives.clear();
        }
        exemptions_used.sort_unstable();
        exemptions_used.dedup();
        Outcome { findings: suppress(findings, &directives, &self.settings), exemptions_used }
    }
}

impl Judged {
    /// What an edit inside the report left of this, if `after` is what became of the report.
    fn kept(&self, inside: &Inside, after: &ReportUnit) -> Kept {
        let (tables, prose) = inside.kept(after);
        Kept::of(&self.verdict, tables, prose, |span| inside.moved(span))
    }

    fn of(unit: &ReportUnit, settings: &Settings, kept: Kept) -> Arc<Judged> {
        let (verdict, findings) = judge_unit(unit, settings, kept);
        let exempted = match settings.exemptions.as_slice() {
            [] => Vec::new(),
            exemptions => {
                findings.iter().map(|finding| exempted_by(unit.source(), unit.report(), finding, exemptions)).collect()
            }
        };
        Arc::new(Judged { verdict, findings, exempted, directives: directives(unit.source()) })
    }
}

fn judge_unit(unit: &ReportUnit, settings: &Settings, kept: Kept) -> (Verdict, Arc<[Finding]>) {
    if !unit.report().is_recognised() {
        return (Verdict::default(), Arc::new([]));
    }
    match unit.view() {
        None => {
            let verdict = judge_again(unit.source(), unit.report(), settings, kept);
            let findings = verdict.findings().into();
            (verdict, findings)
        }
        Some(view) => {
            let mut findings = judge(view.text.text(), &view.report, settings);
            for finding in &mut findings {
                lead_back(finding, view);
            }
            findings.sort_by(|a, b| (a.span, a.rule.code).cmp(&(b.span, b.rule.code)));
            (Verdict::default(), findings.into())
        }
    }
}

/// Brings a finding on what is seen of a report back to its text. A fix that has no way back is left out.
fn lead_back(finding: &mut Finding, view: &ReportView) {
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
