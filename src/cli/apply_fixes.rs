//! Applies fixes to a text.

use crate::analysis::{Analysis, ReportPlace};
use crate::config::Settings;
use crate::files::docx::{FixedWord, Unreadable, WordFile};
use crate::ide;
use crate::rules::Finding;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// A text with its fixes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Repaired {
    /// The text.
    pub(super) text: String,
    /// The number of changed lines.
    pub(super) lines: usize,
}

/// `source` with its safe fixes applied, repeatedly until none is left. With `unsafe_fixes`, it also applies the first
/// fix of a finding without a safe one. It does not fix a finding whose fingerprint is `known`.
pub(super) fn apply_fixes(
    source: &str,
    settings: &Arc<Settings>,
    unsafe_fixes: bool,
    known: &BTreeSet<String>,
) -> Repaired {
    let choose = if unsafe_fixes { ide::first_edits } else { ide::fix_all };
    let mut left = KnownFindings { known, places: HashSet::new() };
    let fixed =
        ide::apply_fixes(&Analysis::new(source, Arc::clone(settings)), |analysis| choose(&left.others(analysis)));
    Repaired::of(source, fixed.text.unwrap_or_else(|| source.to_owned()))
}

/// The same for the Word file `file`; `None` if nothing changes.
pub(super) fn apply_fixes_to_word(
    file: &WordFile,
    settings: &Arc<Settings>,
    unsafe_fixes: bool,
    known: &BTreeSet<String>,
) -> Result<Option<(FixedWord, Repaired)>, Unreadable> {
    let choose = if unsafe_fixes { ide::first_edits } else { ide::fix_all };
    let mut left = KnownFindings { known, places: HashSet::new() };
    let fixed = file.fixed(settings, |analysis| left.others(analysis), choose)?;
    Ok(fixed.map(|fixed| {
        let repaired = Repaired::of(file.text(), fixed.file.text().to_owned());
        (fixed, repaired)
    }))
}

impl Repaired {
    /// `text`, the result of fixing `source`.
    fn of(source: &str, text: String) -> Repaired {
        let changes = TextDiff::from_lines(source, &text);
        let changed = |tag| changes.iter_all_changes().filter(|line| line.tag() == tag).count();
        let lines = changed(ChangeTag::Delete).max(changed(ChangeTag::Insert));
        Repaired { lines, text }
    }
}

/// Findings in a baseline, which no fix may touch.
struct KnownFindings<'a> {
    /// Their fingerprints.
    known: &'a BTreeSet<String>,
    /// The rules and cells of those found so far: fixes of other findings change figures, and so their fingerprints.
    places: HashSet<(&'static str, ReportPlace)>,
}

impl KnownFindings<'_> {
    /// The other findings in `analysis`.
    fn others(&mut self, analysis: &Analysis) -> Vec<Finding> {
        if self.known.is_empty() {
            return analysis.findings();
        }
        let outcome = analysis.outcome();
        let found = outcome.findings.into_iter().zip(outcome.identities);
        let others = found.filter(|(finding, identity)| {
            let place = (finding.rule.code, identity.place.clone());
            let is_known = self.known.contains(&identity.fingerprint);
            if is_known && identity.place.column.is_some() {
                self.places.insert(place);
                return false;
            }
            !is_known && !self.places.contains(&place)
        });
        others.map(|(finding, _)| finding).collect()
    }
}
