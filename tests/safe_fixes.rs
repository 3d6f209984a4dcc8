//! The law of safe fixes: in any document, all of them together cause no new error or warning, and do not change a figure,
//! label or heading without a finding.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod generator;

use generator::faults::{Kind, faulty};
use generator::laws::{any_of, cases, report};
use generator::phrases::planted::planted;
use generator::verdict::findings;
use generator::{Layout, render};
use gongkai::analysis::Analysis;
use gongkai::ide::fix_all;
use gongkai::rules::Severity;
use gongkai::text::{Span, apply};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The number of errors and warnings of each rule in `text`.
fn loud(text: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings(text).iter().filter(|finding| finding.severity >= Severity::Warning) {
        *counts.entry(finding.rule.code).or_default() += 1;
    }
    counts
}

/// The figures, row labels and section headings of `text` as written, by their names.
fn all(text: &str) -> BTreeMap<String, String> {
    written(text, |_| true)
}

/// Those without a finding.
fn right(text: &str) -> BTreeMap<String, String> {
    let reported: Vec<Span> = findings(text).iter().map(|finding| finding.span).collect();
    written(text, |span| reported.iter().all(|other| other.end < span.start || span.end < other.start))
}

fn written(text: &str, is_wanted: impl Fn(Span) -> bool) -> BTreeMap<String, String> {
    let analysis = Analysis::new(text, Arc::default());
    let mut found = BTreeMap::new();
    for (index, unit) in analysis.units().enumerate() {
        let mut add = |name: String, span: Span| {
            if is_wanted(span.shift(unit.offset)) {
                let shown: String = unit.shown(span).split_whitespace().collect();
                found.insert(format!("report {index}, {name}"), shown);
            }
        };
        for table in &unit.report.tables {
            let kind = table.spec.kind as usize;
            for (place, cell) in table.cells().filter(|(_, cell)| cell.integer().is_some()) {
                add(format!("table {kind}, row {}, column {}", place.row, place.column), cell.span);
            }
            for (row, label) in
                table.rows.iter().enumerate().filter_map(|(row, found)| Some((row, found.as_ref()?.label?)))
            {
                add(format!("table {kind}, label {row}"), label.0);
            }
        }
        for heading in &unit.report.sections {
            if let Some((section, _)) = heading.section {
                add(format!("section {}", section.number()), heading.name);
            }
        }
    }
    found
}

/// The new findings after the safe fixes of `text`, and the changed parts that had no finding.
fn brought(text: &str) -> Vec<String> {
    let fixed = apply(text, &fix_all(&findings(text)));
    if fixed == text {
        return Vec::new();
    }
    let after = all(&fixed);
    let changed = right(text).into_iter().filter(|(name, shown)| after.get(name) != Some(shown));
    let mut wrong: Vec<String> =
        changed.map(|(name, shown)| format!("{name}: {shown} before, {:?} after", after.get(&name))).collect();
    let before = loud(text);
    let more = |(code, count): (&str, usize)| {
        let known = before.get(code).copied().unwrap_or(0);
        (count > known).then(|| format!("{code}: {known} before, {count} after"))
    };
    wrong.extend(loud(&fixed).into_iter().filter_map(more));
    wrong
}

/// The files below `folder`, if it exists.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    found.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn stored_documents_are_not_made_worse() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tried = 0;
    let folders = ["tests/reports", "../shared/reports", "../shared/cases", "../shared/seeds"];
    for path in folders.iter().flat_map(|folder| files(&root.join(folder))) {
        // Files in other encodings and other formats are decoded elsewhere.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        tried += 1;
        assert_eq!(brought(&text), Vec::<String>::new(), "{}", path.display());
    }
    assert!(tried >= 10, "the project has reports of its own");
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn faulty_reports_are_not_made_worse(
        seed: u64,
        kind in proptest::sample::select(&Kind::ALL[..]),
        layout in any_of(&Layout::every()),
    ) {
        if let Some(fault) = faulty(kind, seed, layout, false) {
            prop_assert_eq!(brought(&fault.text), Vec::<String>::new(), "{}", fault.text);
        }
    }

    #[test]
    fn reports_with_a_fault_in_their_prose_are_not_made_worse(
        seed: u64,
        layout in any_of(&Layout::every()),
        plain: bool,
    ) {
        if let Some(fault) = planted(seed, layout, plain, false) {
            prop_assert_eq!(brought(&fault.text), Vec::<String>::new(), "{}", fault.text);
            prop_assert_eq!(brought(&fault.original), Vec::<String>::new(), "{}", fault.original);
        }
    }

    #[test]
    fn truncated_conversions_are_not_made_worse(seed: u64, layout in any_of(&Layout::CONVERTED), at in 0.0..1.0f64) {
        let (model, style) = report(seed, layout);
        let mut text = render(&model, &style).text;
        // A line is missing, as at the edge of a page.
        let line = (text.lines().count() as f64 * at) as usize;
        text = text.lines().enumerate().filter(|(index, _)| *index != line).map(|(_, line)| format!("{line}\n")).collect();
        prop_assert_eq!(brought(&text), Vec::<String>::new(), "{}", text);
    }
}
