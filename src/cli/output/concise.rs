//! One line a finding, for editors, `grep` and logs.

use crate::cli::checked::Checked;
use crate::cli::terminal::printable;
use crate::exchange::{row_and_column, severity_key};
use std::fmt::Write;

/// `FILE:ROW:COLUMN: SEVERITY[CODE] MESSAGE` for each finding. The severity is the same keyword in every language.
pub(super) fn part(file: &Checked) -> String {
    let mut out = String::new();
    for finding in &file.findings {
        let (row, column) = row_and_column(&file.text, finding.span.start);
        let (severity, code) = (severity_key(finding.severity), finding.rule.code);
        let line = format!("{}:{row}:{column}: {severity}[{code}] {}", file.name, finding.message);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", printable(&line).replace('\n', " "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::output::example;

    #[test]
    fn a_line_for_each_finding() {
        let due = "reports/2021.txt:3:2: error[GK303] 总计应为 12，现为 11\n";
        assert_eq!(part(&example()), due);
        let mut odd = example();
        odd.findings[0].message = "a\nb\u{1b}[31m".into();
        let line = part(&odd);
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
}
