//! Applying fixes to a text.

use crate::analysis::Analysis;
use crate::config::Settings;
use crate::ide;
use similar::{ChangeTag, TextDiff};
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
/// without a safe fix is put right by its first one.
pub(super) fn mend(source: &str, settings: &Arc<Settings>, unsafe_fixes: bool) -> Mended {
    let choose = if unsafe_fixes { ide::first_edits } else { ide::fix_all };
    let fixed = ide::apply_fixes(&Analysis::new(source, Arc::clone(settings)), choose);
    let text = fixed.text.unwrap_or_else(|| source.to_owned());
    let changed = |tag| TextDiff::from_lines(source, &text).iter_all_changes().filter(|line| line.tag() == tag).count();
    Mended { lines: changed(ChangeTag::Delete).max(changed(ChangeTag::Insert)), text }
}
