//! JUnit XML: a suite for each file, a failed case for each finding that makes the run fail, a passed one for the rest.

use super::{Setup, severity_word};
use crate::cli::checked::Checked;
use crate::cli::files::Failure;
use crate::exchange::row_and_column;
use crate::syntax::{escape_attribute, is_xml};
use std::fmt::Write;

/// The number of cases so far, and of those that failed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cases {
    tests: usize,
    failed: usize,
}

/// The suite of `file`.
pub(super) fn part(setup: &Setup<'_>, file: &Checked, so_far: &mut Cases) -> String {
    let mut suite = String::new();
    let name = escape(&file.name);
    let failures = file.findings.iter().filter(|finding| setup.fail_on.fails(finding.severity)).count();
    let cases = file.findings.len().max(1);
    so_far.tests += cases;
    so_far.failed += failures;
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(suite, "  <testsuite name=\"{name}\" tests=\"{cases}\" failures=\"{failures}\" errors=\"0\">");
    if file.findings.is_empty() {
        let _ = writeln!(suite, "    <testcase name=\"gongkai\" classname=\"{name}\"/>");
    }
    for finding in &file.findings {
        let (row, column) = row_and_column(&file.text, finding.span.start);
        let case = escape(&format!("{} {} {row}:{column}", finding.rule.code, finding.rule.name));
        let message = escape(&finding.message);
        let place = format!("{}:{row}:{column}: {}", file.name, severity_word(finding.severity, setup.language));
        let mut body = format!("{place}[{}] {}", finding.rule.code, finding.message);
        for related in &finding.related {
            let (row, column) = row_and_column(&file.text, related.span.start);
            let _ = write!(body, "\n{}:{row}:{column}: {}", file.name, related.message);
        }
        let body = escape(&body);
        let _ = writeln!(suite, "    <testcase name=\"{case}\" classname=\"{name}\">");
        if setup.fail_on.fails(finding.severity) {
            let code = finding.rule.code;
            let _ = writeln!(suite, "      <failure type=\"{code}\" message=\"{message}\">{body}</failure>");
        } else {
            let _ = writeln!(suite, "      <system-out>{body}</system-out>");
        }
        let _ = writeln!(suite, "    </testcase>");
    }
    suite + "  </testsuite>\n"
}

/// The part before the suites.
pub(super) fn head(failures: &[Failure], cases: Cases) -> String {
    let errors = failures.len();
    let (tests, failed) = (cases.tests + errors, cases.failed);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"gongkai\" tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\">\n"
    )
}

/// The part after the suites: the files that cannot be read.
pub(super) fn tail(failures: &[Failure]) -> String {
    let mut suites = String::new();
    for failure in failures {
        let (name, message) = (escape(&failure.name), escape(&failure.message));
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    \
             <testcase name=\"gongkai\" classname=\"{name}\">\n      \
             <error type=\"unreadable\" message=\"{message}\"/>\n    </testcase>\n  </testsuite>"
        );
    }
    suites + "</testsuites>\n"
}

/// `text` for an attribute or an element. Characters that XML does not allow become U+FFFD, because a message should
/// show that something is there; line ends and tabs become references, because an attribute would not keep them
/// otherwise.
fn escape(text: &str) -> String {
    let allowed: String = text.chars().map(|c| if is_xml(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    escape_attribute(&allowed).replace('\t', "&#9;").replace('\n', "&#10;").replace('\r', "&#13;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::{FailOn, OutputFormat};
    use crate::cli::output::{example, rendered_with};
    use crate::config::Language;

    #[test]
    fn a_case_for_each_finding_and_each_file_without() {
        let clean = crate::cli::checked::Checked::for_test("a&b.txt", "", Vec::new(), Vec::new());
        let failures = [Failure { name: "c.txt".into(), message: "<?>".into() }];
        let files = [clean, example()];
        let run = |fail_on| rendered_with(OutputFormat::Junit, &files, &failures, Language::English, fail_on);
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="gongkai" tests="3" failures="1" errors="1">
  <testsuite name="a&amp;b.txt" tests="1" failures="0" errors="0">
    <testcase name="gongkai" classname="a&amp;b.txt"/>
  </testsuite>
  <testsuite name="reports/2021.txt" tests="1" failures="1" errors="0">
    <testcase name="GK303 row-total 3:2" classname="reports/2021.txt">
      <failure type="GK303" message="总计应为 12，现为 11">reports/2021.txt:3:2: error[GK303] 总计应为 12，现为 11&#10;reports/2021.txt:2:3: “自然人” 10</failure>
    </testcase>
  </testsuite>
  <testsuite name="c.txt" tests="1" failures="0" errors="1">
    <testcase name="gongkai" classname="c.txt">
      <error type="unreadable" message="&lt;?&gt;"/>
    </testcase>
  </testsuite>
</testsuites>
"#;
        assert_eq!(run(FailOn::Error), expected);
        let never = run(FailOn::Never);
        assert!(never.contains("failures=\"0\"") && never.contains("<system-out>") && !never.contains("<failure"));
    }

    #[test]
    fn nothing_in_a_text_is_read_as_markup() {
        assert_eq!(escape("a<b> & \"c\"\n\u{1b}表"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{fffd}表");
    }
}
