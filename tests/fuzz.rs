//! What the fuzzer found worth keeping, tried again on every run, and a little more of the same. `fuzz/README.md` says how
//! the fuzzer itself is run.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod generator;
mod laws;

use generator::Rng;
use laws::TARGETS;
use std::fs;
use std::path::{Path, PathBuf};

/// The most that the corpus of a target may come to, in bytes.
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

/// Fails with all inputs of which the law of `name` does not hold.
#[track_caller]
fn hold(name: &str, inputs: impl IntoIterator<Item = (String, Vec<u8>)>) {
    let (_, law) = TARGETS.iter().find(|(other, _)| *other == name).expect("a target has a law");
    let problem = |(input, bytes): (String, Vec<u8>)| law(&bytes).err().map(|problem| format!("{input}: {problem}"));
    let problems: Vec<String> = inputs.into_iter().filter_map(problem).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n========\n"));
}

/// So many inputs made of the corpus of `name`, the same ones every time; with the environment variable `GONGKAI_CASES` as
/// many as it says.
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

/// Changes `bytes` in one place, as a fuzzer would.
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
fn what_is_parsed_is_what_stands_there() {
    hold("parse", corpus("parse"));
    hold("parse", mutants("parse", 120));
}

#[test]
fn what_was_edited_is_as_if_it_had_been_so_from_the_start() {
    hold("edits", corpus("edits"));
    hold("edits", mutants("edits", 30));
}

#[cfg(feature = "server")]
#[test]
fn what_is_asked_is_answered_whatever_else_is_sent() {
    hold("frames", corpus("frames"));
    hold("frames", mutants("frames", 200));
}

#[test]
fn what_is_fixed_is_right_and_stays_so() {
    hold("fixes", corpus("fixes"));
    hold("fixes", mutants("fixes", 60));
}

#[test]
fn a_word_file_is_read_and_edited_whatever_it_holds() {
    hold("word", corpus("word"));
    hold("word", mutants("word", 300));
}

#[test]
fn the_corpora_are_small() {
    for (name, _) in TARGETS {
        let size: u64 = corpus(name).iter().map(|(_, bytes)| bytes.len() as u64).sum();
        assert!((1..CORPUS).contains(&size), "{name}: {size} bytes");
    }
}

/// `UPDATE_DOCS=1 cargo test --test fuzz` writes it anew.
#[test]
fn the_dictionary_of_the_fuzzer_holds_every_piece() {
    let path = folder().join("dictionary.txt");
    let due = laws::pieces::dictionary();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &due).expect("the dictionary can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(committed, due, "stale: UPDATE_DOCS=1 cargo test --test fuzz");
}
