//! Workflow commands: GitHub Actions shows their messages on the lines that they name.

use super::Setup;
use crate::cli::checked::Checked;
use crate::exchange::row_and_column;
use crate::rules::Severity;
use std::fmt::Write;

/// A command for each finding.
pub(super) fn part(setup: &Setup<'_>, file: &Checked) -> String {
    let mut out = String::new();
    // Relative to the root: a step may run in a subfolder, which GitHub does not know.
    let path = setup.root.path_of(&file.name).unwrap_or_else(|| file.name.clone());
    for finding in &file.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (row, column) = row_and_column(&file.text, finding.span.start);
        let (end_row, end_column) = row_and_column(&file.text, finding.span.end);
        let title = format!("{} {}", finding.rule.code, finding.rule.title(setup.language));
        let (name, title) = (property(&path), property(&title));
        let message = data(&finding.message);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{command} file={name},line={row},col={column},endLine={end_row},endColumn={end_column},title={title}::{message}"
        );
    }
    out
}

/// The escapes of a command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::OutputFormat;
    use crate::cli::output::{example, rendered};
    use crate::config::Language;

    #[test]
    fn a_command_for_each_finding() {
        assert_eq!(
            rendered(OutputFormat::Github, &[example()], &[], Language::Chinese),
            "::error file=reports/2021.txt,line=3,col=2,endLine=3,endColumn=4,title=GK303 行合计不符::总计应为 12，现为 11\n"
        );
    }

    #[test]
    fn nothing_in_a_text_ends_a_command_or_starts_one() {
        assert_eq!(data("50%：a, b\r\n::error::c"), "50%25：a, b%0D%0A::error::c");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
