//! SARIF 2.1.0, for code-scanning services.

use super::{Run, row_and_column};
use crate::cli::checked::Checked;
use crate::cli::root::{Root, encoded, file_uri};
use crate::config::Language;
use crate::configuration::resolve;
use crate::rules::{Finding, RuleMeta, Severity};
use crate::say;
use crate::text::{Span, Text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// What the folder is called that paths are given from; GitHub knows it by this name.
const ROOT: &str = "%SRCROOT%";

/// The whole log: one run, the rules that found something, a result for each finding.
pub(super) fn sarif(run: &Run<'_>) -> serde_json::Result<String> {
    let used: BTreeMap<&str, &RuleMeta> =
        run.files.iter().flat_map(|file| &file.findings).map(|finding| (finding.rule.code, finding.rule)).collect();
    let codes: Vec<&str> = used.keys().copied().collect();
    let index = |code: &str| codes.binary_search(&code).unwrap_or_default();
    let results: Vec<Value> = run
        .files
        .iter()
        .flat_map(|file| {
            let artifact = artifact(run.root, &file.name);
            let findings = file.findings.iter().zip(&file.identities);
            findings.map(move |(finding, identity)| {
                result(file, finding, &identity.fingerprint, &artifact, index(finding.rule.code))
            })
        })
        .collect();
    let notifications: Vec<Value> = run
        .failures
        .iter()
        .map(|failure| {
            json!({
                "level": "error",
                "message": {"text": failure.message},
                "locations": [{"physicalLocation": {"artifactLocation": artifact(run.root, &failure.name)}}],
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
            "language": say!(run.language, "zh-CN", "en"),
            "originalUriBaseIds": {ROOT: {"uri": run.root.uri()}},
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
        "fullDescription": {"text": first_paragraph(documentation)},
        "help": {"text": documentation, "markdown": documentation},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

/// What a rule is about: the first lines of `documentation` that are no heading.
fn first_paragraph(documentation: &str) -> String {
    let lines = documentation.lines().map(str::trim);
    let lines = lines.skip_while(|line| line.is_empty() || line.starts_with('#')).take_while(|line| !line.is_empty());
    let words: Vec<&str> = lines.collect();
    if words.is_empty() { documentation.to_owned() } else { words.join(" ") }
}

/// The file called `name`: from the root, or, where that is not possible, by an address of its own.
fn artifact(root: &Root, name: &str) -> Value {
    match root.path_of(name) {
        Some(path) => json!({"uri": encoded(&path), "uriBaseId": ROOT}),
        None => json!({"uri": file_uri(&resolve(Path::new(name)))}),
    }
}

fn result(file: &Checked, finding: &Finding, fingerprint: &str, artifact: &Value, rule_index: usize) -> Value {
    let place = |span| json!({"artifactLocation": artifact, "region": region(&file.text, span)});
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
            "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        })
    });
    json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rule_index,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place(finding.span)}],
        "partialFingerprints": {"gongkai/v1": fingerprint},
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
        let file = json!({"uri": "reports/2021.txt", "uriBaseId": "%SRCROOT%"});
        let base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"].as_str().unwrap();
        assert!(base.starts_with("file:///") && base.ends_with('/'), "{base}");
        let descriptor = &run["tool"]["driver"]["rules"][0];
        assert_eq!(descriptor["fullDescription"]["text"], "A row has to add up.");
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
                "partialFingerprints": {"gongkai/v1": "9f3c"},
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
}
