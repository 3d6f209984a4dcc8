//! Five real reports and what is due in them, where they are at hand: `../shared` beside the project is optional.
//!
//! Of the codes that are implemented, exactly the listed errors and warnings may be found, on the listed rows; the
//! listed informations have to be among the findings.
#![cfg(any(feature = "cli", feature = "server"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use gongkai::analysis::check;
use gongkai::config::Settings;
use gongkai::rules::{Severity, rules};
use gongkai::text::{Encoding, Text};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if shared.join("expected/seeds.json").is_file() {
        return Some(shared);
    }
    #[expect(clippy::print_stdout, reason = "whoever reads the log has to know")]
    {
        println!("skipped: no seeds at {}", shared.display());
    }
    None
}

fn implemented(code: &str) -> bool {
    rules().any(|rule| rule.code == code)
}

/// Code, severity and 1-based row of every finding.
fn rows(source: &str) -> Vec<(&'static str, Severity, u64)> {
    let text = Text::new(source);
    let row = |offset| text.position(offset, Encoding::Utf32).line as u64 + 1;
    let findings = check(source, &Settings::default());
    findings.iter().map(|finding| (finding.rule.code, finding.severity, row(finding.span.start))).collect()
}

#[test]
fn the_seeds_give_what_is_due_in_them_and_nothing_else() {
    let Some(shared) = shared() else { return };
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(shared.join("expected/seeds.json")).unwrap()).unwrap();
    let mut problems = Vec::new();
    for (name, expected) in expected["seeds"].as_object().unwrap() {
        let source = fs::read_to_string(shared.join("seeds").join(name)).unwrap();
        let found = rows(&source);
        let (mut loud, quiet): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|(_, severity, _)| *severity >= Severity::Warning);
        for due in expected["must"].as_array().unwrap() {
            let code = due["code"].as_str().unwrap();
            if !implemented(code) {
                continue;
            }
            let severity = match due["severity"].as_str().unwrap() {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                other => panic!("{other} is not listed as due"),
            };
            let (first, last) = (due["rows"][0].as_u64().unwrap(), due["rows"][1].as_u64().unwrap());
            let least = due["count"].as_u64().unwrap();
            let most = due["count_max"].as_u64().unwrap_or(least);
            let is_it = |finding: &(&str, Severity, u64)| {
                finding.0 == code && finding.1 == severity && (first..=last).contains(&finding.2)
            };
            let mut count = 0;
            while count < most
                && let Some(at) = loud.iter().position(is_it)
            {
                loud.remove(at);
                count += 1;
            }
            if count < least {
                problems.push(format!("{name}: {count} of {least} {code} {severity:?} in rows {first}–{last}"));
            }
        }
        for (code, severity, row) in loud {
            problems.push(format!("{name}: row {row}: {code} {severity:?} is not due"));
        }
        for code in
            expected["info"].as_array().unwrap().iter().filter_map(Value::as_str).filter(|code| implemented(code))
        {
            if !quiet.iter().any(|(found, severity, _)| *found == code && *severity == Severity::Info) {
                problems.push(format!("{name}: no {code} as information"));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The seeds are read whole: of each the year and edition that the list gives.
#[test]
fn the_seeds_are_read_as_reports_of_their_year_and_edition() {
    let Some(shared) = shared() else { return };
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(shared.join("expected/seeds.json")).unwrap()).unwrap();
    for (name, expected) in expected["seeds"].as_object().unwrap() {
        let source = fs::read_to_string(shared.join("seeds").join(name)).unwrap();
        let analysis = gongkai::analysis::Analysis::new(&source, Default::default());
        let units: Vec<_> = analysis.units().filter(|unit| unit.report.is_recognised()).collect();
        assert_eq!(units.len(), 1, "{name}");
        assert_eq!(units[0].report.tables.len(), 3, "{name}");
        // 001 and 002 have no title: their year is in the prose.
        let year = units[0].report.year.map(|(year, _)| u64::from(year));
        assert_eq!(year, expected["year"].as_u64(), "{name}");
        for table in &units[0].report.tables {
            assert_eq!(Some(u64::from(table.spec.edition.year())), expected["format"].as_u64(), "{name}");
        }
    }
}
