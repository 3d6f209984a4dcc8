//! Applying fixes to a text.

use crate::analysis::{Analysis, ReportPlace};
use crate::config::Settings;
use crate::ide;
use crate::rules::Finding;
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// A text with its fixes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mended {
    /// The text.
    pub(super) text: String,
    /// How many lines are not what they were.
    pub(super) lines: usize,
}

/// `source` with its safe fixes applied, again and again until there is none left. With `unsafe_fixes`, a finding
/// without a safe fix is put right by its first one. A finding whose fingerprint is `known` is left as it is.
pub(super) fn mend(source: &str, settings: &Arc<Settings>, unsafe_fixes: bool, known: &BTreeSet<String>) -> Mended {
    let choose = if unsafe_fixes { ide::first_edits } else { ide::fix_all };
    let mut left = KnownFindings { known, places: HashSet::new() };
    let fixed = ide::apply_fixes(&Analysis::new(source, Arc::clone(settings)), |analysis| match known.is_empty() {
        true => choose(&analysis.findings()),
        false => choose(&left.others(analysis)),
    });
    let text = fixed.text.unwrap_or_else(|| source.to_owned());
    let changed = |tag| TextDiff::from_lines(source, &text).iter_all_changes().filter(|line| line.tag() == tag).count();
    Mended { lines: changed(ChangeTag::Delete).max(changed(ChangeTag::Insert)), text }
}

/// Findings that a baseline holds, and that no fix may touch.
struct KnownFindings<'a> {
    /// Their fingerprints.
    known: &'a BTreeSet<String>,
    /// The rules and cells of those that were met: fixes of other findings change figures, and so their fingerprints.
    places: HashSet<(&'static str, ReportPlace)>,
}

impl KnownFindings<'_> {
    /// What is found in `analysis` besides.
    fn others(&mut self, analysis: &Analysis) -> Vec<Finding> {
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
