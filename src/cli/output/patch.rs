//! Unified diffs, as `patch` and `git apply` read them.

use crate::cli::terminal::printable;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;

/// The changes from `old` to `new`; `name` is that of the file. A coloured diff is for a terminal, so it has no control
/// characters of the file.
pub(in crate::cli) fn diff(name: &str, old: &str, new: &str, colored: bool) -> String {
    let [from, to] = ["a/", "b/"].map(|side| header(&format!("{side}{}", name.trim_start_matches('/'))));
    let [from, to] = [format!("--- {from}\n"), format!("+++ {to}\n")];
    // For these programs only a line feed ends a line; other line ends belong to the line.
    let [old, new] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let diff = TextDiff::from_slices(&old, &new);
    let paint = |line: String| if colored { painted(&line) } else { line };
    let mut text = String::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if text.is_empty() {
            text += &paint(from.clone());
            text += &paint(to.clone());
        }
        text += &paint(format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let line = change.value();
            text += &paint(format!("{sign}{line}{}", if line.ends_with('\n') { "" } else { "\n" }));
            if !line.ends_with('\n') {
                text += "\\ No newline at end of file\n";
            }
        }
    }
    text
}

/// `name` as in the header of a diff: with a tab after it if it contains white space, which could end the name, and
/// quoted as a C string if it contains characters that a line cannot.
fn header(name: &str) -> String {
    if name.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        let mut quoted = String::from("\"");
        for c in name.chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                c if c.is_control() => {
                    for byte in c.to_string().bytes() {
                        // Writing to a string cannot fail.
                        let _ = write!(quoted, "\\{byte:03o}");
                    }
                }
                c => quoted.push(c),
            }
        }
        return quoted + "\"";
    }
    format!("{name}{}", if name.contains(char::is_whitespace) { "\t" } else { "" })
}

fn painted(line: &str) -> String {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let style = match line.chars().next() {
        _ if line.starts_with("+++ ") || line.starts_with("--- ") => "\u{1b}[1m",
        Some('+') => "\u{1b}[32m",
        Some('-') => "\u{1b}[31m",
        Some('@') => "\u{1b}[36m",
        _ => return format!("{}\n", printable(line)),
    };
    format!("{style}{}\u{1b}[0m\n", printable(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_a_missing_last_one_are_kept() {
        assert_eq!(
            diff("表/a.txt", "一\r\n二\r\n三", "一\r\n2\r\n三", false),
            "--- a/表/a.txt\n+++ b/表/a.txt\n@@ -1,3 +1,3 @@\n 一\r\n-二\r\n+2\r\n 三\n\\ No newline at end of file\n"
        );
        assert_eq!(
            diff("a", "一\r二\r\r\n三\n", "一\r2\r\r\n三\n", false),
            "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n-一\r二\r\r\n+一\r2\r\r\n 三\n"
        );
        assert_eq!(diff("a", "一\n", "一\n", false), "");
    }

    #[test]
    fn names_are_written_as_the_programs_read_them() {
        for (name, due) in [
            ("a/b.txt", "a/b.txt"),
            ("a/年报 1.txt", "a/年报 1.txt\t"),
            ("a/\"b\"\\c", "\"a/\\\"b\\\"\\\\c\""),
            ("a/b\tc\n", "\"a/b\\011c\\012\""),
        ] {
            assert_eq!(header(name), due);
        }
    }

    #[test]
    fn colours_change_no_character() {
        let (old, new) = ("a\nb\n", "a\nc\n");
        let colored = diff("x", old, new, true);
        assert_ne!(colored, diff("x", old, new, false));
        assert_eq!(anstream::adapter::strip_str(&colored).to_string(), diff("x", old, new, false));
        assert!(!diff("x", "\u{9b}31m\n", "b\n", true).contains('\u{9b}'));
    }
}
