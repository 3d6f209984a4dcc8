//! Quick fixes and the one action that applies every safe fix.

use crate::analysis::Analysis;
use crate::rules::{Applicability, Finding};
use crate::text::{Span, TextEdit, compatible};

/// What an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Puts one finding right.
    QuickFix,
    /// Applies every safe fix of the document.
    FixAll,
    /// Rewrites more than a finding's place.
    Rewrite,
}

/// Something an editor can offer to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What a menu shows.
    pub title: String,
    /// What it is.
    pub kind: ActionKind,
    /// Whether it is the one to take unasked.
    pub preferred: bool,
    /// What it changes; no two edits touch the same place.
    pub edits: Vec<TextEdit>,
    /// The finding it puts right.
    pub finding: Option<Finding>,
}

/// The fixes for the findings that `span` meets, in the order of the findings.
pub fn actions(analysis: &Analysis, span: Span) -> Vec<Action> {
    let mut actions = Vec::new();
    for finding in analysis.findings().into_iter().filter(|finding| finding.span.meets(span)) {
        for fix in &finding.fixes {
            actions.push(Action {
                title: fix.message.clone(),
                kind: if fix.rewrite { ActionKind::Rewrite } else { ActionKind::QuickFix },
                preferred: fix.preferred && fix.applicability == Applicability::Safe,
                edits: fix.edits.clone(),
                finding: Some(finding.clone()),
            });
        }
    }
    actions
}

/// The edits of every safe fix in `findings`, in order of position: of a finding's fixes the first safe one, and none
/// that clashes with an earlier one.
pub fn fix_all(findings: &[Finding]) -> Vec<TextEdit> {
    let mut edits: Vec<TextEdit> = Vec::new();
    for finding in findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe) else { continue };
        let new: Vec<&TextEdit> = fix.edits.iter().filter(|edit| !edits.contains(edit)).collect();
        if new.iter().all(|edit| edits.iter().all(|other| compatible(edit, other))) {
            edits.extend(new.into_iter().cloned());
        }
    }
    edits.sort();
    edits
}
