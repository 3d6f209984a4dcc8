//! Unified diffs, as `patch` and `git apply` read them.

use similar::TextDiff;

/// What has to be done to `old` to make `new` of it; `name` is the file's.
pub(in crate::cli) fn diff(name: &str, old: &str, new: &str, colored: bool) -> String {
    let (from, to) = (format!("a/{}", name.trim_start_matches('/')), format!("b/{}", name.trim_start_matches('/')));
    let diff = TextDiff::from_lines(old, new);
    let text = diff.unified_diff().context_radius(3).header(&from, &to).to_string();
    if !colored {
        return text;
    }
    let paint = |line: &str| {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        let style = match line.chars().next() {
            _ if line.starts_with("+++") || line.starts_with("---") => "\u{1b}[1m",
            Some('+') => "\u{1b}[32m",
            Some('-') => "\u{1b}[31m",
            Some('@') => "\u{1b}[36m",
            _ => return format!("{line}{end}"),
        };
        format!("{style}{line}\u{1b}[0m{end}")
    };
    text.split_inclusive('\n').map(paint).collect()
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
    }

    #[test]
    fn colours_change_no_character() {
        let (old, new) = ("a\nb\n", "a\nc\n");
        let colored = diff("x", old, new, true);
        assert_ne!(colored, diff("x", old, new, false));
        assert_eq!(anstream::adapter::strip_str(&colored).to_string(), diff("x", old, new, false));
    }
}
