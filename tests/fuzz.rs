//! Runs the laws on the stored corpora of the fuzzer, and on some mutants of them. `fuzz/README.md` describes how to run
//! the fuzzer.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod generator;
mod laws;

use generator::Rng;
use laws::TARGETS;
use std::fs;
use std::path::{Path, PathBuf};

/// The largest size of the corpus of a target, in bytes.
const CORPUS: u64 = 200_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The corpus of the target `name`, by file name.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder().join("corpus").join(name)).expect("every target has a corpus");
    let mut corpus: Vec<_> = entries
        .map(|entry| {
            let entry = entry.expect("a file");
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("can be read"))
        })
        .collect();
    corpus.sort();
    corpus
}

/// Fails with all inputs that violate the law of `name`.
#[track_caller]
fn check_law(name: &str, inputs: impl IntoIterator<Item = (String, Vec<u8>)>) {
    let (_, law) = TARGETS.iter().find(|(other, _)| *other == name).expect("a target has a law");
    let problem = |(input, bytes): (String, Vec<u8>)| law(&bytes).err().map(|problem| format!("{input}: {problem}"));
    let problems: Vec<String> = inputs.into_iter().filter_map(problem).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n========\n"));
}

/// `count` inputs made from the corpus of `name`, the same ones every time; the environment variable `GONGKAI_CASES` sets
/// another number.
fn mutants(name: &str, default: usize) -> impl Iterator<Item = (String, Vec<u8>)> {
    let asked = std::env::var("GONGKAI_CASES").ok().and_then(|cases| cases.parse().ok());
    let corpus = corpus(name);
    (0..asked.unwrap_or(default)).map(move |seed| {
        let mut rng = Rng::new(seed as u64);
        let (_, mut bytes) = rng.pick(&corpus).clone();
        for _ in 0..rng.between(1, 8) {
            mutate(&mut bytes, &corpus, &mut rng);
        }
        (format!("mutant {seed}"), bytes)
    })
}

/// Changes `bytes` at one place, as a fuzzer does.
fn mutate(bytes: &mut Vec<u8>, corpus: &[(String, Vec<u8>)], rng: &mut Rng) {
    let at = rng.below(bytes.len() + 1);
    let end = (at + rng.below(12)).min(bytes.len());
    match rng.below(6) {
        0 => drop(bytes.splice(at..end, [rng.next() as u8])),
        1 => drop(bytes.splice(at..at, (0..rng.below(6)).map(|_| rng.next() as u8).collect::<Vec<_>>())),
        2 | 3 => drop(bytes.splice(at..at, rng.pick(laws::pieces::pieces()).bytes())),
        4 => drop(bytes.drain(at..end)),
        _ => {
            let (_, other) = rng.pick(corpus);
            let from = rng.below(other.len() + 1);
            bytes.truncate(at);
            bytes.extend(&other[from..]);
        }
    }
}

#[test]
fn parsing_loses_nothing() {
    check_law("parse", corpus("parse"));
    check_law("parse", mutants("parse", 120));
}

#[test]
fn an_edited_document_equals_a_fresh_one() {
    check_law("edits", corpus("edits"));
    check_law("edits", mutants("edits", 15));
}

#[cfg(feature = "server")]
#[test]
fn every_request_is_answered_among_any_other_bytes() {
    check_law("frames", corpus("frames"));
    check_law("frames", mutants("frames", 200));
}

#[test]
fn safe_fixes_repair_and_a_second_run_changes_nothing() {
    check_law("fixes", corpus("fixes"));
    check_law("fixes", mutants("fixes", 20));
}

#[test]
fn any_word_file_is_read_and_edited() {
    check_law("word", corpus("word"));
    check_law("word", mutants("word", 300));
}

#[test]
fn the_corpora_are_small() {
    for (name, _) in TARGETS {
        let size: u64 = corpus(name).iter().map(|(_, bytes)| bytes.len() as u64).sum();
        assert!((1..CORPUS).contains(&size), "{name}: {size} bytes");
    }
}

/// `UPDATE_DOCS=1 cargo test --test fuzz` writes it again.
#[test]
fn the_dictionary_of_the_fuzzer_is_complete() {
    let path = folder().join("dictionary.txt");
    let due = laws::pieces::dictionary();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &due).expect("the dictionary can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(committed, due, "stale: UPDATE_DOCS=1 cargo test --test fuzz");
}
