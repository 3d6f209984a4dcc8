//! Labelled passages, in the manner in which people write: what a passage says is found once it is wrong, what is right
//! or must not be compared stays silent. `README.md` in this folder describes the passages.
//!
//! `cargo run --example sentences -- FILE --misses` prints what is missed in a file of passages.
#![cfg(any(feature = "cli", feature = "server"))]
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and whoever reads its log has to know")]

#[path = "../generator/mod.rs"]
mod generator;
mod harness;

use harness::{Tally, read, try_all};
use std::fs;
use std::path::Path;

/// What has to be reached: in per cent, of all figures, of those of any one kind, of passages with a false alarm.
struct Floor {
    recall: f64,
    worst: f64,
    alarms: f64,
}

/// What is aimed at, and reached.
const SHARED: Floor = Floor { recall: 97.0, worst: 90.0, alarms: 0.5 };
const OWN: Floor = Floor { recall: 96.0, worst: 88.0, alarms: 0.5 };

fn tried(path: &Path) -> Tally {
    let text = fs::read_to_string(path).expect("passages are UTF-8");
    try_all(&read(&text).expect("every line is a passage"))
}

fn check(tally: &Tally, floor: &Floor) {
    println!("{}", tally.table());
    let Tally { alarms, compared, unsolved, misses, .. } = tally;
    assert!(unsolved.is_empty(), "no tables agree with:\n{}", unsolved.join("\n"));
    let all = misses.join("\n");
    assert!(compared.is_empty(), "compared, and must not be:\n{}", compared.join("\n"));
    assert!(tally.false_alarms() <= floor.alarms, "false alarms:\n{}", alarms.join("\n"));
    assert!(tally.recall() >= floor.recall, "{:.1} % found, missed:\n{all}", tally.recall());
    assert!(tally.worst() >= floor.worst, "{:.1} % of one kind found, missed:\n{all}", tally.worst());
}

#[test]
fn what_the_given_passages_say_is_found_once_it_is_wrong() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/sentences.jsonl");
    if !path.is_file() {
        println!("skipped: no passages at {}", path.display());
        return;
    }
    check(&tried(&path), &SHARED);
}

#[test]
fn what_the_projects_own_passages_say_is_found_once_it_is_wrong() {
    check(&tried(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences/passages.jsonl")), &OWN);
}
