//! Applying fixes, to a text and to a file. The only part of the program that writes what a user wrote.

use crate::analysis::check;
use crate::config::{Language, Settings};
use crate::ide;
use crate::rules::{Applicability, Finding};
use crate::say;
use crate::text::{TextEdit, apply, compatible};
use similar::{ChangeTag, TextDiff};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

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

/// Puts `new` in the place of `old` in the file `path`, so that a crash at any moment leaves the one or the other: a
/// temporary file in the same folder, its permissions, fsync, rename. Nothing is written if the file no longer holds
/// `old`, or may not be written to.
pub(super) fn replace(path: &Path, old: &str, new: &str, language: Language) -> Result<(), String> {
    // A link stays a link: what it leads to is replaced.
    let failed = |error: io::Error| {
        say!(language, "无法写入（{error}），文件未改动", "cannot be written ({error}); it is unchanged")
    };
    let path = path.canonicalize().map_err(failed)?;
    let permissions = fs::metadata(&path).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(say!(
            language,
            "文件为只读，未改动：请先取消只读",
            "the file is read-only and unchanged: make it writable first"
        ));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".gongkai-").tempfile_in(folder).map_err(failed)?;
    file.write_all(new.as_bytes()).map_err(failed)?;
    file.as_file().set_permissions(permissions).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    if fs::read(&path).map_err(failed)? != old.as_bytes() {
        return Err(say!(
            language,
            "检查期间文件被改动，未写入：请重新运行",
            "the file was changed while it was being checked, and is left so: run again"
        ));
    }
    file.persist(&path).map_err(|error| failed(error.error))?;
    // The rename itself survives a power cut only once the folder is on disk. Not every system can do that.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
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

    #[test]
    fn a_file_that_was_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "newer").unwrap();
        assert!(replace(&file, "old", "mended", Language::English).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "newer");
        replace(&file, "newer", "mended", Language::English).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "mended");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the temporary file is gone");
    }
}
