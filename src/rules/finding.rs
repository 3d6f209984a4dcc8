//! The findings of rules, and their fixes.

use super::rule_meta::RuleMeta;
use crate::config::{Language, Severity};
use crate::say;
use crate::text::{Span, TextEdit};
use std::cmp::Ordering;

/// Whether a fix may be applied without a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// The fix is right in every case in which it is offered.
    Safe,
    /// A person has to review the fix.
    Unsafe,
}

/// One way to correct a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// A description for a menu.
    pub message: String,
    /// Whether it may be applied without a review.
    pub applicability: Applicability,
    /// Whether an editor should take it when the user applies the fix with a single key.
    pub preferred: bool,
    /// Whether it rewrites more than the place of the finding. An editor offers it as a refactoring, not as a quick
    /// fix.
    pub rewrite: bool,
    /// Its edits, which do not overlap.
    pub edits: Vec<TextEdit>,
    /// Whether message and edits are still incomplete: they are not needed at every keystroke. See
    /// [`super::write_fixes`].
    pub draft: bool,
    /// Whether its edits are of the source of a page, not of the visible text, whose lines have no source of their own.
    pub(crate) of_source: bool,
}

/// A finding has at most this many related places, and one more entry that says how many are left out. An editor lists
/// each of them under the finding.
pub(crate) const RELATED_LIMIT: usize = 8;

/// An operand of a finding, or another place that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// A description of the text there.
    pub message: String,
}

/// A number for the content and the places of a finding: two findings of a report with the same number are
/// interchangeable for a client. The default is the number of findings that have none yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingNumber(u64);

impl FindingNumber {
    /// Increments this number and returns it.
    pub fn advance(&mut self) -> FindingNumber {
        self.0 += 1;
        *self
    }
}

/// A problem at a place. Findings with the same content are equal.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static RuleMeta,
    /// Its severity.
    pub severity: Severity,
    /// The smallest span a person would edit.
    pub span: Span,
    /// The problem and what to do about it, in the reader's language.
    pub message: String,
    /// Every operand.
    pub related: Vec<Related>,
    /// Ways to correct it, the likeliest first.
    pub fixes: Vec<Fix>,
    /// [`crate::analysis`] assigns the number, and keeps it as long as the finding stays the same for a client.
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
    /// Findings are ordered by position, then code; a rule's findings at one place keep the order of the rule.
    pub fn order(&self, other: &Finding) -> Ordering {
        (self.span, self.rule.code).cmp(&(other.span, other.rule.code))
    }

    /// The same finding, with every span moved `by` bytes to the right.
    pub fn shift(&self, by: usize) -> Finding {
        let mut finding = self.clone();
        finding.map_spans(|span| span.shift(by));
        finding
    }

    /// Keeps [`RELATED_LIMIT`] related places, and replaces the others by an entry with their number.
    pub(super) fn limit_related(&mut self, language: Language) {
        let count = self.related.len();
        if let Some(first) = self.related.get(RELATED_LIMIT) {
            let rest = Related { span: first.span, message: more(count - RELATED_LIMIT, language) };
            self.related.truncate(RELATED_LIMIT);
            self.related.push(rest);
        }
    }

    /// Its place and the related places.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.span).chain(self.related.iter().map(|related| related.span))
    }

    /// Every span in it.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.places().chain(self.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span))
    }

    /// Replaces every span by the result of `to`.
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
    /// A finding of `rule` at `span`, with the rule's severity, without related places and fixes.
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
    /// A safe fix, which is the preferred one.
    pub(super) fn safe(message: String, edits: Vec<TextEdit>) -> Fix {
        Fix {
            message,
            applicability: Applicability::Safe,
            preferred: true,
            rewrite: false,
            edits,
            draft: false,
            of_source: false,
        }
    }

    /// An unsafe fix that rewrites more than the place of the finding.
    pub(super) fn rewrite(message: String, edits: Vec<TextEdit>) -> Fix {
        Fix {
            message,
            applicability: Applicability::Unsafe,
            preferred: false,
            rewrite: true,
            edits,
            draft: false,
            of_source: false,
        }
    }

    /// The same fix, with edits of the source of a page if `is_page`.
    pub(super) fn of_source(self, is_page: bool) -> Fix {
        Fix { of_source: is_page, ..self }
    }

    /// An unsafe fix.
    pub(super) fn doubtful(message: String, edits: Vec<TextEdit>) -> Fix {
        Fix {
            message,
            applicability: Applicability::Unsafe,
            preferred: false,
            rewrite: false,
            edits,
            draft: false,
            of_source: false,
        }
    }
}

/// The entry that replaces `rest` related places.
fn more(rest: usize, language: Language) -> String {
    say!(language, "另有 {rest} 处", "{rest} more")
}
