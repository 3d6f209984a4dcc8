//! A page for people who have no terminal: a single file without external resources.

use super::{Setup, place_words, position_words, severity_word};
use crate::analysis::ReportPlace;
use crate::cli::checked::Checked;
use crate::cli::files::Failure;
use crate::config::Language;
use crate::exchange::{escape_html as escape, severity_key};
use crate::rules::{Applicability, Finding, Severity};
use crate::say;
use std::fmt::Write;

const STYLE: &str = "\
body{font:16px/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}\
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem;word-break:break-all}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.35rem .6rem;text-align:left;vertical-align:top}\
th{background:#f3f3f3}.error{color:#b00020}.warning{color:#8a5a00}.info{color:#1a5fb4}.fix{color:#555}\
td:first-child{white-space:nowrap}";

/// The part before the tables: the numbers of findings, and the files that cannot be read.
pub(super) fn head(setup: &Setup<'_>, failures: &[Failure], counts: [usize; 3]) -> String {
    let language = setup.language;
    let title = say!(language, "年度报告检查结果", "Findings in the annual reports");
    let tag = say!(language, "zh-CN", "en");
    let severities = [Severity::Error, Severity::Warning, Severity::Info].into_iter();
    let totals: Vec<String> = severities
        .zip(counts)
        .map(|(severity, count)| format!("{} {count}", severity_word(severity, language)))
        .collect();
    let mut body = String::new();
    for failure in failures {
        // Writing to a string cannot fail, here and below.
        let _ =
            writeln!(body, "<h2>{}</h2>\n<p class=\"error\">{}</p>", escape(&failure.name), escape(&failure.message));
    }
    if failures.is_empty() && counts.iter().all(|count| *count == 0) {
        let _ = writeln!(body, "<p>{}</p>", say!(language, "没有发现问题。", "Nothing was found."));
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n<p>{}</p>\n{body}",
        totals.join(" · ")
    )
}

/// The part after the tables.
pub(super) const TAIL: &str = "</body>\n</html>\n";

/// The table of `file`; empty if it has no findings.
pub(super) fn part(setup: &Setup<'_>, file: &Checked) -> String {
    let mut body = String::new();
    if !file.findings.is_empty() {
        table(&mut body, file, setup.language);
    }
    body
}

fn table(body: &mut String, file: &Checked, language: Language) {
    let heads = match language {
        Language::Chinese => ["级别", "规则", "位置", "问题"],
        Language::English => ["Severity", "Rule", "Place", "Finding"],
    };
    let heads: String = heads.iter().map(|head| format!("<th>{head}</th>")).collect();
    let _ = writeln!(body, "<h2>{}</h2>\n<table>\n<tr>{heads}</tr>", escape(&file.name));
    for (finding, identity) in file.findings.iter().zip(&file.identities) {
        let (key, word) = (severity_key(finding.severity), severity_word(finding.severity, language));
        let (code, title) = (finding.rule.code, escape(finding.rule.title(language)));
        let place = escape(&place(file, finding, &identity.place, language));
        let message = escape(&finding.message);
        let fixes: String = finding
            .fixes
            .iter()
            .map(|fix| {
                let doubt = match fix.applicability {
                    Applicability::Safe => String::new(),
                    Applicability::Unsafe => say!(language, "（须核实）", " (needs a look)"),
                };
                format!("<br><span class=\"fix\">→ {}{doubt}</span>", escape(&fix.message))
            })
            .collect();
        let _ = writeln!(
            body,
            "<tr><td class=\"{key}\">{word}</td><td>{code} {title}</td><td>{place}</td><td>{message}{fixes}</td></tr>"
        );
    }
    let _ = writeln!(body, "</table>");
}

/// The place of a finding for a reader: the cell or section, and the line for readers who have the text open.
fn place(file: &Checked, finding: &Finding, place: &ReportPlace, language: Language) -> String {
    let mut parts = place_words(place, language);
    parts.push(position_words(file, finding.span.start, language));
    parts.join(&say!(language, "，", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::OutputFormat;
    use crate::cli::output::{example, rendered};

    #[test]
    fn every_finding_is_in_the_page_and_nothing_is_fetched() {
        let mut odd = example();
        odd.name = "<b>&.txt".into();
        let files = [example(), odd];
        let failures = [Failure { name: "c.docx".into(), message: "<?>".into() }];
        let page = rendered(OutputFormat::Html, &files, &failures, Language::Chinese);
        assert_eq!(page.matches("总计应为 12，现为 11").count(), 2, "{page}");
        for due in
            ["表三，（一）予以公开，第 3 行第 2 列", "错误 2 · 警告 0 · 提示 0", "&lt;b&gt;&amp;.txt", "&lt;?&gt;"]
        {
            assert!(page.contains(due), "{due}\n{page}");
        }
        for fetched in ["http:", "https:", "src=", "href=", "@import", "url("] {
            assert!(!page.contains(fetched), "{fetched}");
        }
        assert!(rendered(OutputFormat::Html, &[], &[], Language::English).contains("Nothing was found."));
    }
}
