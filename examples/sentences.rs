//! Tries the rules on labelled passages of prose: `cargo run --example sentences -- [FILE] [--misses]`
//!
//! For each passage a report whose tables agree with it must give no error and no warning; for each figure that says
//! something of the tables, a report in which it is wrong must give one on its line; a figure that must not be compared
//! may be changed at will. `tests/sentences/README.md` describes the passages. `--misses` prints what was missed, and
//! `--only TEXT` tries the passages whose id begins so.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a program that measures and prints"
)]

#[path = "../tests/generator/mod.rs"]
mod generator;
#[path = "../tests/sentences/harness/mod.rs"]
mod harness;

use harness::{Tally, read, try_all};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut path, mut misses, mut only) = (None, false, String::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--misses" => misses = true,
            "--only" => only = arguments.next().unwrap_or_default(),
            _ => path = Some(argument),
        }
    }
    let path = path.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/sentences.jsonl").to_owned());
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"));
    let mut passages = match text.and_then(|text| read(&text).map_err(|problem| format!("{path}: {problem}"))) {
        Ok(passages) => passages,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    passages.retain(|passage| passage.id.starts_with(&only));
    let tally: Tally = try_all(&passages);
    println!("{}", tally.table());
    println!("{:.1} % found, of the worst kind {:.1} %.", tally.recall(), tally.worst());
    let mut lists = vec![
        ("No tables agree with", &tally.unsolved),
        ("False alarms", &tally.alarms),
        ("Compared, and must not be", &tally.compared),
    ];
    if misses {
        lists.push(("Missed", &tally.misses));
    }
    for (title, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        println!("\n{title}:\n{}", lines.join("\n"));
    }
    ExitCode::SUCCESS
}
