//! The example reports in `tests/reports` and `examples/reports` give the findings listed beside them, and no other error or warning of the
//! rules that exist. `tests/reports/README.md` describes the lists.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use gongkai::analysis::check;
use gongkai::config::Settings;
use gongkai::ide::fix_all;
use gongkai::rules::{Severity, rules};
use gongkai::text::{Encoding, Text, apply};
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug)]
struct Due {
    code: String,
    severity: Severity,
    rows: RangeInclusive<usize>,
    /// Whether the safe fixes put it right.
    safe: bool,
}

fn parse(list: &str) -> Vec<Due> {
    let lines = list.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines
        .filter(|line| !line.is_empty())
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [code, severity, rows, fate] = words[..] else { panic!("not CODE severity ROW fate: {line}") };
            let severity = match severity {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                other => panic!("{other}: {line}"),
            };
            let (first, last) = rows.split_once('-').unwrap_or((rows, rows));
            let safe = match fate {
                "safe" => true,
                "stays" => false,
                other => panic!("{other}: {line}"),
            };
            Due { code: code.to_owned(), severity, rows: first.parse().unwrap()..=last.parse().unwrap(), safe }
        })
        .collect()
}

/// Code, severity and 1-based row of the errors and warnings in `source`.
fn loud(source: &str) -> Vec<(String, Severity, usize)> {
    let text = Text::new(source);
    check(source, &Settings::default())
        .iter()
        .filter(|finding| finding.severity >= Severity::Warning)
        .map(|finding| {
            let row = text.position(finding.span.start, Encoding::Utf32).line + 1;
            (finding.rule.code.to_owned(), finding.severity, row)
        })
        .collect()
}

/// The problems with `found` where `due` is expected.
fn compare(mut found: Vec<(String, Severity, usize)>, due: &[Due]) -> Vec<String> {
    let mut problems = Vec::new();
    for due in due.iter().filter(|due| rules().any(|rule| rule.code == due.code)) {
        let at = found
            .iter()
            .position(|(code, severity, row)| *code == due.code && *severity == due.severity && due.rows.contains(row));
        match at {
            Some(at) => drop(found.remove(at)),
            None => problems.push(format!("missing: {} {:?} in rows {:?}", due.code, due.severity, due.rows)),
        }
    }
    problems.extend(found.iter().map(|(code, severity, row)| format!("not due: {code} {severity:?} in row {row}")));
    problems
}

fn reports() -> Vec<PathBuf> {
    let folder = |name| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let folders = ["tests/reports", "tests/reports/regressions", "examples/reports"];
    let entries = folders.into_iter().flat_map(folder);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.with_extension("expected").is_file() && file.extension().is_some_and(|e| e != "expected"));
    files.sort();
    files
}

/// Checks each report in turn and names it in the failure.
fn for_each(problems_of: impl Fn(&str, &[Due]) -> Vec<String>) {
    let mut problems = Vec::new();
    for file in reports() {
        let source = fs::read_to_string(&file).unwrap();
        let due = parse(&fs::read_to_string(file.with_extension("expected")).unwrap());
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        problems.extend(problems_of(&source, &due).into_iter().map(|problem| format!("{name}: {problem}")));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_list_has_a_report_and_every_layout_an_example() {
    assert!(reports().len() >= 7, "{:?}", reports());
    for_each(|source, _| {
        let analysis = gongkai::analysis::Analysis::new(source, Default::default());
        if !analysis.is_report() {
            return vec!["is not recognised as a report".to_owned()];
        }
        let unit = analysis.units().find(|unit| unit.report.is_recognised());
        let tables = unit.map_or(0, |unit| unit.report.tables.len());
        if tables == 3 { Vec::new() } else { vec![format!("{tables} tables")] }
    });
}

#[test]
fn the_findings_are_those_listed() {
    for_each(|source, due| compare(loud(source), due));
}

#[test]
fn safe_fixes_repair_the_listed_findings_only() {
    for_each(|source, due| {
        let fixed = apply(source, &fix_all(&check(source, &Settings::default())));
        let rest: Vec<Due> = due.iter().filter(|due| !due.safe).cloned().collect();
        let mut problems = compare(loud(&fixed), &rest);
        if due.iter().all(|due| !due.safe) && fixed != source {
            problems.push("changed, though there is nothing to put right".to_owned());
        }
        if apply(&fixed, &fix_all(&check(&fixed, &Settings::default()))) != fixed {
            problems.push("safe fixes twice are not safe fixes once".to_owned());
        }
        problems
    });
}
