//! What a rule finds, and how it can be put right.

use super::rule_meta::RuleMeta;
use crate::config::{Language, Severity};
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
    /// Whether what it does and what it changes is still to be worked out, all or in part: that is not needed at every
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
    /// What is there.
    pub message: String,
}

/// A number for what a finding says and for where it says that: of two findings of a report with the same number each can be
/// told in place of the other. The first is that of findings without any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingNumber(u64);

impl FindingNumber {
    /// The number after this one, which that becomes.
    pub fn advance(&mut self) -> FindingNumber {
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
    pub number: FindingNumber,
}

impl PartialEq for Finding {
    fn eq(&self, other: &Finding) -> bool {
        let Finding { rule, severity, span, message, related, fixes, number: _ } = self;
        (span, rule, severity) == (&other.span, &other.rule, &other.severity)
            && (message, related, fixes) == (&other.message, &other.related, &other.fixes)
    }
}

impl Eq for Finding {}

impl Finding {
    /// Findings are by position, then code; several of one rule at one place as the rule gives them.
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
    pub(super) fn limit_related(&mut self, language: Language) {
        let count = self.related.len();
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

impl Finding {
    /// A finding of `rule` at `span`, as severe as the rule, with nothing related and no fix.
    pub(super) fn new(rule: &'static RuleMeta, span: Span, message: String) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            span,
            message,
            related: Vec::new(),
            fixes: Vec::new(),
            number: FindingNumber::default(),
        }
    }

    pub(super) fn severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    pub(super) fn related(mut self, related: impl IntoIterator<Item = Related>) -> Finding {
        self.related.extend(related);
        self
    }

    pub(super) fn fix(mut self, fix: Fix) -> Finding {
        self.fixes.push(fix);
        self
    }
}

impl Fix {
    /// A fix that may be applied unasked, and is the one to take.
    pub(super) fn safe(message: String, edits: Vec<TextEdit>) -> Fix {
        Fix { message, applicability: Applicability::Safe, preferred: true, rewrite: false, edits, draft: false }
    }

    /// A fix that rewrites more than the place of the finding, to be looked at.
    pub(super) fn rewrite(message: String, edits: Vec<TextEdit>) -> Fix {
        Fix { message, applicability: Applicability::Unsafe, preferred: false, rewrite: true, edits, draft: false }
    }

    /// A fix to be looked at.
    pub(super) fn doubtful(message: String, edits: Vec<TextEdit>) -> Fix {
        Fix { message, applicability: Applicability::Unsafe, preferred: false, rewrite: false, edits, draft: false }
    }
}

/// The entry that stands for `rest` related places.
fn more(rest: usize, language: Language) -> String {
    say!(language, "另有 {rest} 处", "{rest} more")
}
