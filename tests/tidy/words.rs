//! Words: comments are plain English, without metaphors and archaic phrases.

use crate::{File, files_below};

/// Words and phrases that no comment contains, each with what to write instead.
const FORBIDDEN: [(&str, &str); 19] = [
    ("behind", "after"),
    ("in front of", "before"),
    ("is told", "say who does what"),
    ("are told", "say who does what"),
    ("is said", "the text states, the clause names"),
    ("are said", "the text states, the clause names"),
    ("said again", "reused, copied"),
    ("is spoken", "the subject, the context"),
    ("speaks", "states, is about"),
    ("let be", "unchanged"),
    ("an information", "information"),
    ("nobody", "say who"),
    ("somebody", "say who"),
    ("whoever", "say who"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("judge", "check"),
    ("judged", "checked"),
];

#[test]
fn comments_are_plain_english() {
    let files = ["src", "tests", "examples", "benches"].into_iter().flat_map(files_below);
    let problems: Vec<String> = files.flat_map(|file| problems(&file)).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// The forbidden words in the comments of `file`, each with its line.
fn problems(file: &File) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, line) in file.source.lines().enumerate() {
        let Some(comment) = line.trim_start().strip_prefix("//") else { continue };
        let plain = without_code(comment).to_lowercase();
        for (word, instead) in FORBIDDEN.into_iter().filter(|(word, _)| has_word(&plain, word)) {
            problems.push(format!("{}:{}: “{word}”: {instead}", file.path, index + 1));
        }
    }
    problems
}

/// `comment` without what is between backquotes.
fn without_code(comment: &str) -> String {
    comment.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Whether `text` contains `word` between characters that belong to no word.
fn has_word(text: &str, word: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word)
        .any(|(at, _)| is_edge(text[..at].chars().next_back()) && is_edge(text[at + word.len()..].chars().next()))
}

#[test]
fn forbidden_words_are_found_in_comments_only() {
    let found = |source: &str| problems(&File { path: "a.rs".to_owned(), source: source.to_owned() });
    assert_eq!(found("/// What stands behind it."), ["a.rs:1: “behind”: after"]);
    assert_eq!(found("fn f() {\n    // Is told, and SAID AGAIN.\n}").len(), 2);
    assert!(found("let behind = 1; // the judgement, `nobody`\n//! Recommended.").is_empty());
}
