//! The invariants of the code base that its source shows: the imports of each layer, the access to the system, the names of
//! the statute. Every checker is a function over a string, and is tested on small ones.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod circles;
mod names;
mod rust;
mod words;

use gongkai::statute::{F2019, F2021, key};
use rust::{blank, literals, paths, without_tests};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The layers, from left to right. A module imports only layers to its left; those in one entry do not import each
/// other.
const LAYERS: [&[&str]; 11] = [
    &["text"],
    &["syntax"],
    &["statute"],
    &["report"],
    &["rules"],
    &["configuration"],
    &["analysis"],
    &["ide"],
    &["files"],
    &["exchange"],
    &["lsp", "cli"],
];

/// Modules that every layer may import, and that import none.
const COMMON: [&str; 1] = ["config"];

/// The modules of the pure core: everything except the server and the command line.
const CORE: [&str; 9] = ["text", "syntax", "statute", "report", "rules", "analysis", "ide", "exchange", "config"];

/// Paths by which code reaches the system or an async runtime.
const SYSTEM: [&[&str]; 9] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "io"],
    &["std", "thread"],
    &["std", "time"],
    &["tokio"],
    &["tempfile"],
];

/// A source file of the crate.
struct File {
    /// Its path below the project's root, `/` between the parts.
    path: String,
    /// Its text.
    source: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The source files below `folder`, which is a path from the root.
fn files_below(folder: &str) -> Vec<File> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    collect(&root().join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| File {
        source: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"),
    };
    paths.into_iter().map(read).collect()
}

/// The source files of the crate without those of tests; read once for all tests.
fn sources() -> &'static [File] {
    static SOURCES: LazyLock<Vec<File>> = LazyLock::new(read_sources);
    &SOURCES
}

fn read_sources() -> Vec<File> {
    let files = files_below("src");
    assert!(files.len() > 20, "the source was not found");
    let tests: Vec<String> = files.iter().flat_map(|file| test_modules(&file.path, &file.source)).collect();
    let is_test = |path: &str| {
        let inside =
            |module: &String| path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
        tests.iter().any(inside)
    };
    files.into_iter().filter(|file| !is_test(&file.path)).collect()
}

/// The modules of their own files that the module in `path` declares for tests only: their paths without `.rs`.
fn test_modules(path: &str, source: &str) -> Vec<String> {
    let folder =
        ["/mod.rs", "/lib.rs", "/main.rs", ".rs"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    let code = blank(source, true);
    let words: Vec<&str> = code.split_whitespace().collect();
    let declared = words.windows(3).filter(|three| three[..2] == ["#[cfg(test)]", "mod"]);
    declared.filter_map(|three| Some(format!("{folder}/{}", three[2].strip_suffix(';')?))).collect()
}

/// Fails with every problem that `check` finds in the files, one a line.
#[track_caller]
fn none(check: impl Fn(&File) -> Vec<String>) {
    let problems: Vec<String> = sources()
        .iter()
        .flat_map(|file| check(file).into_iter().map(|problem| format!("{}: {problem}", file.path)))
        .collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn each_layer_imports_only_those_to_its_left() {
    none(|file| misplaced_imports(&file.path, &file.source));
}

#[test]
fn only_the_server_uses_lsp() {
    none(
        |file| {
            if module(&file.path) == "lsp" { Vec::new() } else { uses(&file.source, &[&["tower_lsp"], &["lsp_types"]]) }
        },
    );
}

#[test]
fn the_core_does_no_io() {
    none(|file| {
        let found =
            if CORE.contains(&module(&file.path)) { uses(&without_tests(&file.source), &SYSTEM) } else { Vec::new() };
        // The type of a value for each thread; it starts no thread.
        found.into_iter().filter(|problem| !problem.contains("std::thread::LocalKey ")).collect()
    });
}

#[test]
fn only_the_statute_spells_a_rows_name() {
    none(|file| if module(&file.path) == "statute" { Vec::new() } else { row_names(&file.source) });
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    none(|file| unwraps(&file.source));
}

#[test]
fn every_module_states_its_purpose() {
    none(|file| undocumented(&file.source));
}

#[test]
fn every_dependency_has_a_reason() {
    let problems = unexplained_dependencies(&fs::read_to_string(root().join("Cargo.toml")).unwrap());
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn there_is_a_readme_and_both_licences() {
    for name in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        let text = fs::read_to_string(root().join(name)).unwrap_or_default();
        assert!(!text.trim().is_empty(), "{name} is missing or empty");
    }
}

// --- the checkers

/// The top-level module that a file belongs to: `rules` for `src/rules/row_total.rs`.
fn module(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// How many modules a file is below the crate's root: 1 for `src/text/mod.rs`, 2 for `src/text/span.rs`.
fn depth(path: &str) -> usize {
    let parts = path.strip_prefix("src/").unwrap_or(path).split('/').count();
    if path.ends_with("/mod.rs") { parts - 1 } else { parts }
}

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Imports in a file that the order of the layers forbids. Tests may import anything.
fn misplaced_imports(path: &str, source: &str) -> Vec<String> {
    let here = module(path);
    if here == "lib" {
        return Vec::new();
    }
    let targets = targets(path, &without_tests(source));
    let mut problems = Vec::new();
    if here == "main" {
        let wrong = targets.into_iter().filter(|(target, _)| target != "cli" && target != "lsp");
        return wrong.map(|(target, line)| format!("{line}: main names only cli and lsp, not {target}")).collect();
    }
    if rank(here).is_none() && !COMMON.contains(&here) {
        problems.push(format!("{here} has no place among the layers: give it one in tests/tidy.rs"));
    }
    for (target, line) in targets {
        // What `#[macro_export]` puts at the root belongs to config.
        if target == here || target == "say" || COMMON.contains(&target.as_str()) {
            continue;
        }
        match (rank(here), rank(&target)) {
            (Some(here), Some(there)) if there < here => {}
            _ => problems.push(format!("{line}: {here} must not import {target}")),
        }
    }
    problems
}

/// The top-level modules that `code` names, by `crate::`, `gongkai::` or enough `super::`, with the lines.
fn targets(path: &str, code: &str) -> Vec<(String, usize)> {
    let mut targets = Vec::new();
    for (path_used, line) in paths(code) {
        let supers = path_used.iter().take_while(|part| *part == "super").count();
        let target = match path_used.first().map(String::as_str) {
            Some("crate" | "gongkai") => path_used.get(1),
            Some("super") if supers == depth(path) => path_used.get(supers),
            Some("super") if supers > depth(path) => {
                targets.push(("above the root".to_owned(), line));
                continue;
            }
            _ => continue,
        };
        targets.extend(target.map(|target| (target.clone(), line)));
    }
    targets
}

/// Uses of any of `forbidden`, each the start of a path.
fn uses(source: &str, forbidden: &[&[&str]]) -> Vec<String> {
    let starts =
        |path: &[String], start: &[&str]| path.len() >= start.len() && path.iter().zip(start).all(|(a, b)| a == b);
    paths(source)
        .into_iter()
        .filter(|(path, _)| forbidden.iter().any(|start| starts(path, start)))
        .map(|(path, line)| format!("{line}: {} has no place here", path.join("::")))
        .collect()
}

/// The first lines of declarations of rules. A declaration ends with the first brace at the start of a line.
const DECLARATIONS: [&str; 2] = ["rule! {", "comparison! {"];

/// `source` without the declarations of rules; the lines keep their numbers.
fn without_declarations(source: &str) -> String {
    let mut is_inside = false;
    let line = |line: &str| {
        is_inside |= DECLARATIONS.contains(&line.trim_end());
        let kept = if is_inside { String::new() } else { line.to_owned() };
        is_inside &= line.trim_end() != "}";
        kept + "\n"
    };
    source.lines().map(line).collect()
}

/// String literals that spell the label of a table's row. Tests may, and so may the documentation of a rule: its examples
/// are reports.
fn row_names(source: &str) -> Vec<String> {
    let labels = F2021.tables.iter().chain(&F2019.tables).flat_map(|table| table.rows).map(|row| row.label);
    let labels: Vec<String> = labels.filter(|label| !label.is_empty()).map(key).collect();
    let without_number =
        |label: &str| label.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七".contains(c)).to_owned();
    let mut problems = Vec::new();
    for literal in literals(&without_declarations(&without_tests(source))) {
        let words = key(literal.text.trim_start_matches('r'));
        let spelled = labels.iter().find(|label| {
            let bare = without_number(label);
            // Short names (规章, 行政许可) are words of the language too: alone in a literal they name the row.
            let long = |name: &str| name.chars().count() >= 5;
            words == **label
                || (long(label) && words.contains(label.as_str()))
                || (long(&bare) && words.contains(&bare))
                || (bare.chars().count() > 2 && words == bare)
        });
        if let Some(label) = spelled {
            let words: String = literal.text.chars().take(60).collect();
            problems.push(format!("{}: {words} spells the row {label}: take its name from statute", literal.line));
        }
    }
    problems
}

fn unwraps(source: &str) -> Vec<String> {
    let code = blank(&without_tests(source), true);
    let lines = code.lines().enumerate();
    let wrong = lines
        .filter(|(_, line)| line.contains(".unwrap()") || line.contains(".expect(") || line.contains(".unwrap_err()"));
    wrong.map(|(index, line)| format!("{}: {}", index + 1, line.trim())).collect()
}

fn undocumented(source: &str) -> Vec<String> {
    let says = source.lines().next().and_then(|line| line.strip_prefix("//! ")).is_some_and(|words| words.len() >= 15);
    if says { Vec::new() } else { vec!["a module opens with a sentence on what it is for (`//! …`)".to_owned()] }
}

/// Dependencies without a comment above them in their group; a group ends at an empty line.
fn unexplained_dependencies(manifest: &str) -> Vec<String> {
    let (mut inside, mut explained) = (false, false);
    let mut problems = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.trim_end_matches(']').ends_with("dependencies");
            explained = false;
        } else if line.is_empty() {
            explained = false;
        } else if let Some(comment) = line.strip_prefix('#') {
            explained |= !comment.trim_matches([' ', '-']).is_empty();
        } else if inside && !explained {
            problems.push(line.to_owned());
        }
    }
    problems
}

// --- tests of the checkers

#[test]
fn misplaced_imports_are_found() {
    let wrong = |path: &str, source: &str| misplaced_imports(path, source).len();
    assert_eq!(wrong("src/rules/a.rs", "use crate::report::Report;\nuse crate::{say, text::Span, config};"), 0);
    assert_eq!(wrong("src/report/mod.rs", "use crate::{rules::Finding, text::Span};"), 1);
    assert_eq!(wrong("src/text/mod.rs", "fn f() { crate::statute::key(\"\"); }"), 1);
    assert_eq!(wrong("src/cli/mod.rs", "use crate::lsp::run;"), 1);
    assert_eq!(wrong("src/lsp/mod.rs", "use crate::ide::hover;"), 0);
    assert_eq!(wrong("src/config.rs", "use crate::text::Span;"), 1);
    assert_eq!(wrong("src/text/span.rs", "use super::super::rules::Finding;"), 1);
    assert_eq!(wrong("src/text/span.rs", "use super::Text;"), 0);
    assert_eq!(wrong("src/text/mod.rs", "use super::rules::Finding;"), 1);
    assert_eq!(wrong("src/novel.rs", ""), 1);
    assert_eq!(wrong("src/main.rs", "fn main() { gongkai::cli::run(gongkai::analysis::check) }"), 1);
    assert_eq!(
        wrong("src/text/mod.rs", "//! [`crate::rules`]\n#[cfg(test)]\nmod tests { use crate::rules::rules; }"),
        0
    );
}

#[test]
fn files_of_tests_are_found() {
    assert_eq!(test_modules("src/text/mod.rs", "#[cfg(test)]\nmod tests;\nmod a;"), ["src/text/tests"]);
    assert_eq!(test_modules("src/lib.rs", "#[cfg(test)] mod a;\n#[cfg(test)] mod b;"), ["src/a", "src/b"]);
    assert_eq!(test_modules("src/config.rs", "#[cfg(test)]\nmod tests;"), ["src/config/tests"]);
    assert!(test_modules("src/text/mod.rs", "mod tests;\n#[cfg(test)]\nmod b { }\n// #[cfg(test)] mod c;").is_empty());
}

#[test]
fn forbidden_paths_are_found() {
    let system = |source: &str| uses(source, &SYSTEM);
    assert_eq!(system("use std::{fmt, fs::File};"), ["1: std::fs::File has no place here"]);
    assert_eq!(system("\nfn f() { std :: fs::read(\"\"); }"), ["2: std::fs::read has no place here"]);
    assert_eq!(system("use tokio::spawn;").len(), 1);
    assert!(system("// std::fs\nuse std::fmt; const A: &str = \"std::fs::read\"; fn my_tokio() {}").is_empty());
    assert_eq!(uses("use tower_lsp::{lsp_types as lsp};", &[&["tower_lsp"]]).len(), 1);
}

#[test]
fn spelled_out_rows_are_found() {
    assert_eq!(row_names("const A: &str = \"（一）予以公开\";").len(), 1);
    assert_eq!(row_names("f(\"上表 1. 属于国家秘密 一行\")").len(), 1);
    assert_eq!(row_names("f(r#\"行政许可\"#)").len(), 1);
    assert_eq!(row_names("\n\nf(\"规章\")")[0].split(':').next(), Some("3"));
    assert!(row_names("f(\"行政许可的办理依据\"); f(\"其他\"); f(\"总计应为 {}\")").is_empty());
    assert!(row_names("/// （一）予以公开\nf() // （一）予以公开").is_empty());
    assert!(row_names("#[cfg(test)]\nmod tests { const A: &str = \"（一）予以公开\"; }").is_empty());
    assert!(row_names("rule! {\n    checks: \"（一）予以公开 | 1\",\n}\n").is_empty());
    assert_eq!(row_names("rule! {\n}\nconst ROW: &str = \"（一）予以公开 | 1\";\n").len(), 1);
    assert_eq!(row_names("const OTHER: &str = \"（一）予以公开 | 1\";").len(), 1);
}

#[test]
fn unwraps_are_found() {
    assert_eq!(unwraps("fn f() {\n a.unwrap();\n b.expect(\"x\");\n}").len(), 2);
    assert!(
        unwraps("#[expect(x)]\nfn f() { a.unwrap_or(1) } // a.unwrap()\n#[cfg(test)] mod t { fn g() { a.unwrap() } }")
            .is_empty()
    );
    assert_eq!(unwraps("#[cfg(test)] mod t { fn g() { '}'; \"}\"; a.unwrap() } }\nfn f() { a.unwrap() }").len(), 1);
    assert!(unwraps("#[cfg(all(test, unix))]\nmod t { fn g() { a.unwrap() } }").is_empty());
    assert_eq!(unwraps("#[cfg(not(test))]\nfn f() { a.unwrap() }").len(), 1);
    assert_eq!(unwraps("#[cfg(feature = \"test\")]\nfn f() { a.unwrap() }").len(), 1);
    assert_eq!(unwraps("#[cfg(test)]\nuse a;\nfn f() { a.unwrap() }").len(), 1);
}

#[test]
fn missing_explanations_are_found() {
    assert!(undocumented("//! What it is for, in a sentence.\n").is_empty());
    assert_eq!(undocumented("use a;\n//! Late.").len(), 1);
    assert_eq!(undocumented("//!\n").len(), 1);
    assert_eq!(
        unexplained_dependencies("[dependencies]\n# Why.\na = \"1\"\nb = \"1\"\n\nc = \"1\"\n[features]\nd = []"),
        ["c = \"1\""]
    );
    assert_eq!(unexplained_dependencies("[dev-dependencies]\n# ---\na = \"1\""), ["a = \"1\""]);
}

#[test]
fn paths_and_literals_of_rust_are_found() {
    assert_eq!(blank("a /* b /* c */ d */ e", true).replace(' ', ""), "ae");
    assert_eq!(blank("f(\"a\\\"b\", 'c', '\\'', r#\"d\"e\"#) // x", true).replace(' ', ""), "f(,,,)");
    assert_eq!(blank("fn f<'a>(x: &'a str) {}", true), "fn f<'a>(x: &'a str) {}");
    let found: Vec<String> =
        paths("use a::{b, c::{d, self}}; x::y(z)").into_iter().map(|(path, _)| path.join("::")).collect();
    assert_eq!(found, ["use", "a::b", "a::c::d", "a::c::self", "x::y", "z"]);
}
