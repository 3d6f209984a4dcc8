//! SARIF 2.1.0, for code-scanning services.

use super::{Run, row_and_column};
use crate::cli::check::Checked;
use crate::config::Language;
use crate::rules::{Finding, RuleMeta, Severity};
use crate::text::{Span, Text};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The whole log: one run, the rules that found something, a result for each finding.
pub(super) fn sarif(run: &Run<'_>) -> serde_json::Result<String> {
    let used: BTreeMap<&str, &RuleMeta> =
        run.files.iter().flat_map(|file| &file.findings).map(|finding| (finding.rule.code, finding.rule)).collect();
    let codes: Vec<&str> = used.keys().copied().collect();
    let index = |code: &str| codes.binary_search(&code).unwrap_or_default();
    let results = run.files.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, finding)));
    let results: Vec<Value> = results.map(|(file, finding)| result(file, finding, index(finding.rule.code))).collect();
    let notifications: Vec<Value> = run
        .failures
        .iter()
        .map(|failure| {
            json!({
                "level": "error",
                "message": {"text": failure.message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&failure.name)}}}],
            })
        })
        .collect();
    let rules: Vec<Value> = used.values().map(|rule| descriptor(rule, run.language)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "gongkai", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": run.failures.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn descriptor(rule: &RuleMeta, language: Language) -> Value {
    let title = rule.title(language);
    let documentation = rule.documentation(language).trim();
    // The schema wants texts of at least one character.
    let documentation = if documentation.is_empty() { title } else { documentation };
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": title},
        "help": {"text": documentation, "markdown": documentation},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(file: &Checked, finding: &Finding, rule_index: usize) -> Value {
    let uri = uri(&file.name);
    let place = |span| json!({"artifactLocation": {"uri": uri}, "region": region(&file.text, span)});
    let related = finding.related.iter().enumerate().map(|(id, related)| {
        json!({"id": id, "message": {"text": related.message}, "physicalLocation": place(related.span)})
    });
    let fixes = finding.fixes.iter().map(|fix| {
        let replacements = fix.edits.iter().map(
            |edit| json!({"deletedRegion": region(&file.text, edit.span), "insertedContent": {"text": edit.content}}),
        );
        let replacements: Vec<Value> = replacements.collect();
        json!({
            "description": {"text": fix.message},
            "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": replacements}],
        })
    });
    json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rule_index,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place(finding.span)}],
        "relatedLocations": related.collect::<Vec<_>>(),
        "fixes": fixes.collect::<Vec<_>>(),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn region(text: &Text, span: Span) -> Value {
    let (start_line, start_column) = row_and_column(text, span.start);
    let (end_line, end_column) = row_and_column(text, span.end);
    json!({"startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column})
}

/// A path as a URI reference: everything but unreserved characters and `/` percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    if path.get(1..2) == Some(":") {
        // A drive letter would be read as a scheme.
        out.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::output::example;

    #[test]
    fn a_result_for_each_finding() {
        let files = [example()];
        let log: Value = serde_json::from_str(&sarif(&Run::of(&files, Language::English)).unwrap()).unwrap();
        let run = &log["runs"][0];
        let region = json!({"startLine": 3, "startColumn": 2, "endLine": 3, "endColumn": 4});
        let file = json!({"uri": "reports/2021.txt"});
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["tool"]["driver"]["rules"][0]["shortDescription"]["text"], "row total");
        assert_eq!(run["invocations"][0]["executionSuccessful"], true);
        assert_eq!(
            run["results"][0],
            json!({
                "ruleId": "GK303",
                "ruleIndex": 0,
                "level": "error",
                "message": {"text": "总计应为 12，现为 11"},
                "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
                "relatedLocations": [{
                    "id": 0,
                    "message": {"text": "“自然人” 10"},
                    "physicalLocation": {
                        "artifactLocation": file,
                        "region": {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5},
                    },
                }],
                "fixes": [{
                    "description": {"text": "将总计改为 12"},
                    "artifactChanges": [{
                        "artifactLocation": file,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "12"}}],
                    }],
                }],
            })
        );
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a/年报 1%.txt"), "a/%E5%B9%B4%E6%8A%A5%201%25.txt");
        assert_eq!(uri("C:/a.txt"), "file:///C%3A/a.txt");
    }
}
