//! SARIF 2.1.0, for code-scanning services.

use super::Setup;
use super::json::indented;
use crate::cli::checked::Checked;
use crate::cli::files::Failure;
use crate::cli::root::{Root, encoded, file_uri};
use crate::config::Language;
use crate::configuration::resolve;
use crate::exchange::row_and_column;
use crate::rules::{Finding, RuleMeta, Severity};
use crate::say;
use crate::text::{Span, Text};
use serde_json::{Value, json};
use std::path::Path;

/// The name of the folder to which paths are relative; GitHub knows this name.
const ROOT: &str = "%SRCROOT%";

/// The part before the results.
pub(super) fn head(setup: &Setup<'_>) -> serde_json::Result<String> {
    let bases = serde_json::to_string(&json!({ROOT: {"uri": setup.root.uri()}}))?;
    let language = say!(setup.language, "zh-CN", "en");
    Ok(format!(
        "{{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \
         \"runs\": [\n    {{\n      \"columnKind\": \"unicodeCodePoints\",\n      \"language\": \"{language}\",\n      \
         \"originalUriBaseIds\": {bases},\n      \"results\": ["
    ))
}

/// A result for each finding of `file`. `used` lists the rules with findings so far, in the order of their first
/// finding.
pub(super) fn part(setup: &Setup<'_>, file: &Checked, used: &mut Vec<&'static RuleMeta>) -> serde_json::Result<String> {
    let artifact = artifact(setup.root, &file.name);
    let findings = file.findings.iter().zip(&file.identities);
    let results = findings.map(|(finding, identity)| {
        let index = used.iter().position(|rule| *rule == finding.rule).unwrap_or_else(|| {
            used.push(finding.rule);
            used.len() - 1
        });
        let result = result(file, finding, &identity.fingerprint, &artifact, index);
        Ok(indented(&serde_json::to_string_pretty(&result)?, 8))
    });
    Ok(results.collect::<serde_json::Result<Vec<String>>>()?.join(",\n"))
}

/// The part after the results: the rules with findings, and the files that cannot be read.
pub(super) fn tail(setup: &Setup<'_>, failures: &[Failure], used: &[&'static RuleMeta]) -> serde_json::Result<String> {
    let notification = |failure: &Failure| {
        json!({
            "level": "error",
            "message": {"text": failure.message},
            "locations": [{"physicalLocation": {"artifactLocation": artifact(setup.root, &failure.name)}}],
        })
    };
    let notifications: Vec<Value> = failures.iter().map(notification).collect();
    let rules: Vec<Value> = used.iter().map(|rule| descriptor(rule, setup.language)).collect();
    let invocations = json!([{
        "executionSuccessful": failures.is_empty(),
        "toolExecutionNotifications": notifications,
    }]);
    let tool = json!({"driver": {"name": "gongkai", "version": env!("CARGO_PKG_VERSION"), "rules": rules}});
    let [invocations, tool] = [invocations, tool].map(|value| serde_json::to_string_pretty(&value));
    let (invocations, tool) = (indented(&invocations?, 6), indented(&tool?, 6));
    Ok(format!(
        "],\n      \"invocations\": {},\n      \"tool\": {}\n    }}\n  ]\n}}\n",
        invocations.trim_start(),
        tool.trim_start()
    ))
}

fn descriptor(rule: &RuleMeta, language: Language) -> Value {
    let title = rule.title(language);
    let documentation = rule.documentation(language).trim();
    // The schema requires texts of at least one character.
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

/// A summary of a rule: the first lines of `documentation` that are not a heading.
fn first_paragraph(documentation: &str) -> String {
    let lines = documentation.lines().map(str::trim);
    let lines = lines.skip_while(|line| line.is_empty() || line.starts_with('#')).take_while(|line| !line.is_empty());
    let words: Vec<&str> = lines.collect();
    if words.is_empty() { documentation.to_owned() } else { words.join(" ") }
}

/// The file `name`: relative to the root, or else with an absolute URI.
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
    use crate::cli::arguments::OutputFormat;
    use crate::cli::output::{example, rendered};

    #[test]
    fn a_result_for_each_finding() {
        let files = [example()];
        let log: Value = serde_json::from_str(&rendered(OutputFormat::Sarif, &files, &[], Language::English)).unwrap();
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
