//! The tests that `docs/reliability.md` names exist, and the page names every test here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The names of the tests in `tests/NAME.rs`.
fn tests_of_file(name: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name).with_extension("rs");
    let source = fs::read_to_string(path).unwrap();
    let mut lines = source.lines().map(str::trim);
    let mut names = BTreeSet::new();
    while lines.any(|line| line == "#[test]") {
        let function = lines.next().and_then(|line| line.strip_prefix("fn ")).unwrap_or_default();
        names.insert(format!("{name}::{}", function.split('(').next().unwrap_or_default()));
    }
    names
}

/// The names of the tests in a folder of tests.
fn tests(folder: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let module = path.file_stem().unwrap().to_str().unwrap();
        let mut is_test = false;
        for line in source.lines().map(str::trim) {
            if line == "#[test]" {
                is_test = true;
            } else if let Some(name) = line.strip_prefix("fn ").filter(|_| is_test) {
                names.insert(format!("{folder}::{module}::{}", name.split('(').next().unwrap()));
                is_test = false;
            }
        }
    }
    names
}

/// The tests that `page` names, between backquotes, with the folder first.
fn named(page: &str) -> BTreeSet<String> {
    let folders = ["hostile::", "protocol::", "server::", "cli::", "writing::", "shipped::", "suppression::"];
    let quoted = page.split('`').skip(1).step_by(2);
    quoted.filter(|name| folders.iter().any(|folder| name.starts_with(folder))).map(str::to_owned).collect()
}

#[test]
fn the_page_of_features_names_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/features.md")).unwrap();
    let quoted = page.split('`').skip(1).step_by(2);
    let files: Vec<&str> = quoted.filter(|name| name.starts_with("src/") || name.starts_with("tests/")).collect();
    assert!(files.len() > 20, "{files:?}");
    for name in files {
        assert!(root.join(name).exists(), "{name} is not there");
    }
}

#[test]
fn the_page_of_reliability_lists_every_test_and_only_existing_ones() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md")).unwrap();
    let named = named(&page);
    let mut exist = tests("hostile");
    let here = exist.clone();
    exist.extend(tests("protocol"));
    exist.extend(tests("server"));
    exist.extend(["cli", "writing", "shipped", "suppression"].into_iter().flat_map(tests_of_file));
    let gone: Vec<_> = named.difference(&exist).collect();
    assert!(gone.is_empty(), "named, and not there: {gone:#?}");
    let silent: Vec<_> = here.difference(&named).filter(|name| !name.starts_with("hostile::page::")).collect();
    assert!(silent.is_empty(), "there, and not named: {silent:#?}");
}

#[test]
fn test_names_are_found_on_a_page() {
    let page = "| a | b | `hostile::a::b` |\n`hostile::a::b` and `src/lsp` and `server::c::d`, hostile::x";
    assert_eq!(named(page).into_iter().collect::<Vec<_>>(), ["hostile::a::b", "server::c::d"]);
    assert!(tests("hostile").contains("hostile::page::test_names_are_found_on_a_page"));
}
