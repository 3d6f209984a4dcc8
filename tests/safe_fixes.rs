//! The law of safe fixes: applied together, they bring no error and no warning that was not there before, in any document.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod generator;

use generator::faults::{Kind, faulty};
use generator::laws::{any_of, cases, report};
use generator::verdict::findings;
use generator::{Layout, render};
use gongkai::ide::fix_all;
use gongkai::rules::Severity;
use gongkai::text::apply;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How many errors and warnings of each rule `text` has.
fn loud(text: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings(text).iter().filter(|finding| finding.severity >= Severity::Warning) {
        *counts.entry(finding.rule.code).or_default() += 1;
    }
    counts
}

/// What the safe fixes of `text` bring that was not there.
fn brought(text: &str) -> Vec<String> {
    let fixed = apply(text, &fix_all(&findings(text)));
    if fixed == text {
        return Vec::new();
    }
    let before = loud(text);
    let more = |(code, count): (&str, usize)| {
        let known = before.get(code).copied().unwrap_or(0);
        (count > known).then(|| format!("{code}: {known} before, {count} after"))
    };
    loud(&fixed).into_iter().filter_map(more).collect()
}

/// The files under `folder`, if it is there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    found.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn documents_at_hand_are_not_made_worse() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tried = 0;
    let folders = ["tests/reports", "../shared/reports", "../shared/cases", "../shared/seeds"];
    for path in folders.iter().flat_map(|folder| files(&root.join(folder))) {
        // Other encodings and other kinds of files are read before they come here.
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
    fn conversions_that_are_cut_are_not_made_worse(seed: u64, layout in any_of(&Layout::CONVERTED), at in 0.0..1.0f64) {
        let (model, style) = report(seed, layout);
        let mut text = render(&model, &style).text;
        // A line is gone, as at the edge of a page.
        let line = (text.lines().count() as f64 * at) as usize;
        text = text.lines().enumerate().filter(|(index, _)| *index != line).map(|(_, line)| format!("{line}\n")).collect();
        prop_assert_eq!(brought(&text), Vec::<String>::new(), "{}", text);
    }
}
