//! The pages for contributors: the files that they name exist, and the quoted code is in its files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

/// The pages, by their paths from the root of the project.
const PAGES: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// The text of a file of the project.
fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}

/// Whether the project has that file or folder.
fn exists(path: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists()
}

/// The paths of the project that `page` names: targets of links, and paths between backticks.
fn named_files(page: &str) -> Vec<String> {
    let links = page.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let links =
        links.filter(|target| !target.contains("://")).map(|target| target.split('#').next().unwrap().to_owned());
    let words = page.split('`').skip(1).step_by(2).map(|word| word.trim_end_matches('/').to_owned());
    let words =
        words.filter(|word| ["src/", "tests/", "docs/", "scripts/"].iter().any(|start| word.starts_with(start)));
    links.chain(words.filter(|word| !word.contains([' ', '*']) && !word.contains("GKnnn"))).collect()
}

/// The code that `page` quotes, with the file that it is from, without the white space around its lines.
fn quotations(page: &str) -> Vec<(String, Vec<String>)> {
    let mut quotes = Vec::new();
    let mut lines = page.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if let Some(path) = line.strip_prefix("```rust ") {
            let code = lines.by_ref().take_while(|line| !line.starts_with("```")).map(str::to_owned);
            quotes.push((path.to_owned(), code.collect()));
        }
    }
    quotes
}

/// Whether `source` contains the lines of `code` in a row.
fn contains_lines(source: &str, code: &[String]) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    !code.is_empty() && lines.windows(code.len()).any(|window| window.iter().zip(code).all(|(a, b)| a == b))
}

#[test]
fn files_named_on_a_page_exist() {
    for page in PAGES {
        let missing: Vec<String> = named_files(&read(page)).into_iter().filter(|path| !exists(path)).collect();
        assert!(missing.is_empty(), "{page} names {missing:?}");
    }
}

#[test]
fn code_quoted_on_a_page_is_in_its_file() {
    let quotes: Vec<_> = PAGES.iter().flat_map(|page| quotations(&read(page))).collect();
    assert!(quotes.len() >= 4, "{quotes:?}");
    for (path, code) in quotes {
        assert!(contains_lines(&read(&path), &code), "{path} does not hold:\n{}", code.join("\n"));
    }
}

#[test]
fn every_decision_is_in_the_index_under_its_title() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/decisions");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    names.sort();
    let entry = |name: &String| {
        let text = read(&format!("docs/decisions/{name}"));
        let (number, title) = text.lines().next().unwrap().strip_prefix("# ").unwrap().split_once(". ").unwrap();
        assert!(name.starts_with(&format!("{number}-")), "{name} is titled {number}");
        format!("- [{number}]({name}) {title}")
    };
    let due: Vec<String> = names.iter().map(entry).collect();
    let index = read("docs/decisions/README.md");
    let listed: Vec<&str> = index.lines().filter(|line| line.starts_with("- [")).collect();
    assert_eq!(listed, due);
}

#[test]
fn names_and_quotes_are_found() {
    let page = "See [a](src/a.rs#L3) and `tests/b`.\n```rust src/a.rs\n  fn a() {\n```\n[site](https://example.org)\n";
    assert_eq!(named_files(page), ["src/a.rs", "tests/b"]);
    assert_eq!(quotations(page), [("src/a.rs".to_owned(), vec!["fn a() {".to_owned()])]);
    assert!(contains_lines("x\n    fn a() {\n}", &["fn a() {".to_owned()]));
    assert!(!contains_lines("x\n}", &["fn a() {".to_owned()]));
}
