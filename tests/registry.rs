//! No rule can be lost: the registry is the list in `tests/catalogue.txt`, every rule in it fires on a generated fault or an
//! example report, and every fault names an existing rule.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod generator;

use generator::faults::{Kind, faulty};
use generator::verdict::{findings, implemented};
use generator::{Layout, Rng};
use gongkai::rules::{Severity, rules};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// A line for each rule: code, name, severity.
fn registered() -> Vec<String> {
    rules().map(|rule| format!("{} {} {}", rule.code, rule.name, severity(rule.severity))).collect()
}

#[test]
fn the_registry_is_the_catalogue() {
    let list = fs::read_to_string(root().join("tests/catalogue.txt")).unwrap();
    let listed: Vec<&str> =
        list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(registered(), listed, "a rule has come or gone: say so in tests/catalogue.txt");
}

/// Codes, names and severities are those of the domain's catalogue, if it is available.
#[test]
fn names_and_severities_are_those_of_the_domain() {
    let Ok(domain) = fs::read_to_string(root().join("../shared/DOMAIN.md")) else { return };
    let registered = registered();
    for line in domain.lines().filter(|line| line.starts_with("| GK")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (code, name) = (cells[1], cells[2]);
        // The severity is one of the listed ones; single findings may have another.
        let severities = cells[3].split([';', ',']).filter_map(|part| match part.trim().chars().next()? {
            'E' => Some("error"),
            'W' => Some("warning"),
            'I' => Some("info"),
            _ => None,
        });
        let due: Vec<String> = severities.map(|severity| format!("{code} {name} {severity}")).collect();
        assert!(!implemented(code) || due.iter().any(|due| registered.contains(due)), "{due:?}: {registered:?}");
    }
}

/// A fault for each of a few seeds in all layouts, where there is a place for it.
fn faults(kind: Kind) -> impl Iterator<Item = generator::faults::Fault> {
    let mut rng = Rng::new(kind as u64);
    (0..4 * Layout::TYPED.len()).filter_map(move |index| {
        let plain = rng.one_in(2);
        faulty(kind, rng.next(), Layout::TYPED[index % Layout::TYPED.len()], plain)
    })
}

#[test]
fn every_fault_names_an_existing_rule() {
    for kind in Kind::ALL {
        for code in faults(kind).take(3).flat_map(|fault| fault.expected).flatten().map(|due| due.code) {
            assert!(implemented(code), "{kind:?} is due from {code}");
        }
    }
}

/// Removes the rules that fire in `text` from `silent`.
fn fire(text: &str, silent: &mut BTreeSet<&str>) {
    for finding in findings(text) {
        silent.remove(finding.rule.code);
    }
}

#[test]
fn every_rule_fires() {
    // The rules that compare reports fire in the county of `tests/office`.
    let alone = rules().map(|rule| rule.code).filter(|code| !code.starts_with("GK5"));
    let mut silent: BTreeSet<&str> = alone.collect();
    for folder in ["tests/reports", "tests/reports/regressions", "examples/reports"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.with_extension("expected").is_file()
                && let Ok(text) = fs::read_to_string(&path)
            {
                fire(&text, &mut silent);
            }
        }
    }
    for kind in Kind::ALL {
        for fault in faults(kind).take(6) {
            if fault.expected.iter().flatten().any(|due| silent.contains(due.code)) {
                fire(&fault.text, &mut silent);
            }
        }
    }
    assert!(
        silent.is_empty(),
        "no example and no generated fault makes these fire: {silent:?}; add a kind of fault to tests/generator, or a \
         report to tests/reports"
    );
}
