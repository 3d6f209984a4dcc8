//! Applying fixes to a text.

use crate::analysis::check;
use crate::config::Settings;
use crate::ide;
use crate::rules::{Applicability, Finding};
use crate::text::{TextEdit, apply, compatible};
use similar::{ChangeTag, TextDiff};
use std::collections::HashSet;

/// How often fixes are looked for again in what fixes have made. One round is the rule; a blank that follows from
/// another blank needs a second.
const ROUNDS: usize = 10;

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
pub(super) fn mend(source: &str, settings: &Settings, unsafe_fixes: bool) -> Mended {
    mend_by(source, |text| {
        let findings = check(text, settings);
        if unsafe_fixes { every_first_fix(&findings) } else { ide::fix_all(&findings) }
    })
}

fn mend_by(source: &str, edits: impl Fn(&str) -> Vec<TextEdit>) -> Mended {
    let mut text = source.to_owned();
    let mut seen = HashSet::from([text.clone()]);
    for _ in 0..ROUNDS {
        let new = apply(&text, &edits(&text));
        // Two fixes that undo each other would go on for ever.
        if !seen.insert(new.clone()) {
            break;
        }
        text = new;
    }
    let changed = |tag| TextDiff::from_lines(source, &text).iter_all_changes().filter(|line| line.tag() == tag).count();
    Mended { lines: changed(ChangeTag::Delete).max(changed(ChangeTag::Insert)), text }
}

/// The edits of one fix of each finding, the first safe one or else the first, and none that clashes with an earlier
/// one. Safe fixes go first: an unsafe one must not keep a safe one out.
fn every_first_fix(findings: &[Finding]) -> Vec<TextEdit> {
    let mut edits = ide::fix_all(findings);
    for finding in findings {
        if finding.fixes.iter().any(|fix| fix.applicability == Applicability::Safe) {
            continue;
        }
        let Some(fix) = finding.fixes.first() else { continue };
        let new: Vec<&TextEdit> = fix.edits.iter().filter(|edit| !edits.contains(edit)).collect();
        if new.iter().all(|edit| edits.iter().all(|other| compatible(edit, other))) {
            edits.extend(new.into_iter().cloned());
        }
    }
    edits.sort();
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Fix, RuleMeta, Serial, Severity};
    use crate::text::Span;

    const RULE: RuleMeta = RuleMeta {
        code: "GK303",
        name: "row-total",
        severity: Severity::Error,
        title: ["", ""],
        documentation: ["", ""],
    };

    fn edit(start: usize, end: usize, content: &str) -> TextEdit {
        TextEdit { span: Span::new(start, end), content: content.into() }
    }

    fn finding(fixes: &[(Applicability, TextEdit)]) -> Finding {
        let fix = |(applicability, edit): &(Applicability, TextEdit)| Fix {
            message: String::new(),
            applicability: *applicability,
            preferred: false,
            rewrite: false,
            draft: false,
            edits: vec![edit.clone()],
        };
        Finding {
            rule: &RULE,
            severity: Severity::Error,
            span: Span::at(0),
            message: String::new(),
            related: Vec::new(),
            fixes: fixes.iter().map(fix).collect(),
            serial: Serial::default(),
        }
    }

    #[test]
    fn fixes_are_looked_for_again_in_what_fixes_have_made() {
        let mended = mend_by("a", |text| match text {
            "a" => vec![edit(0, 1, "b")],
            "b" => vec![edit(0, 1, "c")],
            _ => Vec::new(),
        });
        assert_eq!(mended, Mended { text: "c".into(), lines: 1 });
    }

    #[test]
    fn fixes_that_undo_each_other_come_to_an_end() {
        let mended = mend_by("a", |text| vec![edit(0, 1, if text == "a" { "b" } else { "a" })]);
        assert_eq!(mended.text, "b", "the first of the two texts stands");
        let grows = mend_by("", |text| vec![edit(text.len(), text.len(), "x")]);
        assert_eq!(grows.text.len(), ROUNDS);
    }

    #[test]
    fn a_safe_fix_comes_before_an_unsafe_one_that_clashes_with_it() {
        use Applicability::{Safe, Unsafe};
        let findings = [
            finding(&[(Unsafe, edit(0, 2, "u")), (Unsafe, edit(5, 6, "never"))]),
            finding(&[(Unsafe, edit(3, 4, "never")), (Safe, edit(1, 2, "s"))]),
            finding(&[(Unsafe, edit(3, 4, "u"))]),
        ];
        assert_eq!(every_first_fix(&findings), [edit(1, 2, "s"), edit(3, 4, "u")]);
    }
}
