//! The one entry: text and settings in, findings out. Push, pull, command line and tests all come through here.
//!
//! Findings are kept for each report of a document; an edit has only its own report judged again.

use crate::config::Settings;
use crate::report::{Document, Report, ReportUnit, ReportView};
use crate::rules::{Finding, judge};
use crate::text::{Span, Text};
use std::sync::Arc;

/// An open document with all that is known of it, kept up to date edit by edit.
#[derive(Clone, Debug)]
pub struct Analysis {
    document: Document,
    settings: Arc<Settings>,
    /// For each unit of the document, its findings; spans count from the start of the unit.
    findings: Vec<Arc<[Finding]>>,
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
    /// What it means.
    pub report: &'a Report,
}

impl Analysis {
    /// The analysis of `source`.
    pub fn new(source: &str, settings: Arc<Settings>) -> Analysis {
        let document = Document::new(source);
        let findings = document.units().iter().map(|unit| judge_unit(unit, &settings)).collect();
        Analysis { document, settings, findings }
    }

    /// Replaces `span` by `content`, and does again what that makes necessary.
    pub fn edit(&mut self, span: Span, content: &str) -> Reparsed {
        let edited = self.document.edit(span, content);
        let units = self.document.units().get(edited.new.clone()).unwrap_or_default();
        let fresh: Vec<_> = units.iter().map(|unit| judge_unit(unit, &self.settings)).collect();
        self.findings.splice(edited.old, fresh);
        Reparsed { span: edited.span }
    }

    /// Judges the document again under other settings.
    pub fn configure(&mut self, settings: Arc<Settings>) {
        self.settings = settings;
        self.findings = self.document.units().iter().map(|unit| judge_unit(unit, &self.settings)).collect();
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
            Unit { offset: start, source: unit.source(), report: unit.report() }
        })
    }

    /// The report that `offset` stands in; at a border, the one that starts there.
    pub fn unit_at(&self, offset: usize) -> Option<Unit<'_>> {
        self.units().filter(|unit| unit.offset <= offset).last()
    }

    /// Every finding, by position, then code; spans count from the start of the document.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (unit, found) in self.units().zip(&self.findings) {
            findings.extend(found.iter().map(|finding| finding.shift(unit.offset)));
        }
        findings
    }
}

fn judge_unit(unit: &ReportUnit, settings: &Settings) -> Arc<[Finding]> {
    if !unit.report().is_recognised() {
        return Arc::new([]);
    }
    match unit.view() {
        None => judge(unit.source(), unit.report(), settings).into(),
        Some(view) => {
            let mut findings = judge(view.text.text(), &view.report, settings);
            for finding in &mut findings {
                lead_back(finding, view);
            }
            findings.sort_by(|a, b| (a.span, a.rule.code).cmp(&(b.span, b.rule.code)));
            findings.into()
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
