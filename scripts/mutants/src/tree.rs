//! A copy of the project with a switch in it.

use crate::Result;
use crate::rewrite::{Mutant, culprits, residents, rewrite};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The switch: which mutant is on, and for a first run which ones a test comes by.
const SWITCH: &str = include_str!("switch.rs");

/// Every mutant that cargo-mutants knows of in `files` of `project`.
pub fn list(project: &Path, files: &[String]) -> Result<Vec<Mutant>> {
    let mut command = Command::new("cargo");
    command.args(["mutants", "--list", "--json"]).current_dir(project);
    for file in files {
        command.args(["-f", file]);
    }
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let list: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let mutants = list.iter().enumerate().map(|(index, value)| {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let at = |end: &str| {
            let number = |part: &str| value["span"][end][part].as_u64().unwrap_or(0) as usize;
            (number("line"), number("column"))
        };
        Mutant {
            id: index as u32 + 1,
            file: text("file"),
            span: [at("start"), at("end")],
            genre: text("genre"),
            replacement: text("replacement"),
            name: text("name"),
            key: {
                let name = text("name");
                let mut parts = name.splitn(4, ':');
                let (file, what) = (parts.next().unwrap_or_default(), parts.nth(2).unwrap_or_default());
                let bare = format!("{file}:{what}");
                let nth = alike.entry(bare.clone()).or_default();
                *nth += 1;
                format!("{bare} #{nth}")
            },
        }
    });
    Ok(mutants.collect())
}

/// Writes `text` to `path` unless it is there already: cargo goes by the time of change.
fn write(path: &Path, text: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

/// Makes `tree` a copy of `project`'s tracked files with `mutants` behind a switch; those that no switch can hold.
pub fn copy(project: &Path, tree: &Path, mutants: &[Mutant], skip: &BTreeSet<u32>) -> Result<BTreeSet<u32>> {
    let files = Command::new("git").args(["ls-files", "-z"]).current_dir(project).output()?;
    let files = String::from_utf8(files.stdout)?;
    let mut by_file: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
    for mutant in mutants.iter().filter(|mutant| !skip.contains(&mutant.id)) {
        by_file.entry(&mutant.file).or_default().push(mutant);
    }
    let mut left: BTreeSet<u32> = mutants.iter().map(|mutant| mutant.id).collect();
    for name in files.split('\0').filter(|name| !name.is_empty()) {
        let path = project.join(name);
        if !path.is_file() {
            continue;
        }
        let mut bytes = fs::read(&path)?;
        if let Some(mutants) = by_file.get(name) {
            let (text, done) = rewrite(std::str::from_utf8(&bytes)?, mutants)?;
            left.retain(|id| !done.contains(id));
            bytes = text.into_bytes();
        }
        if name == "src/rules/arithmetic/error_localization/tests.rs" {
            // Trying out every change takes long: fewer made-up tables.
            let text = String::from_utf8(bytes)?;
            bytes =
                text.replace("with_cases(48)", "with_cases(6)").replace("with_cases(24)", "with_cases(2)").into_bytes();
        }
        if name == "src/lib.rs" {
            bytes.extend(b"\n#[allow(missing_docs)]\npub mod mutant;\n");
        }
        if name == "src/rules/rule.rs" {
            // A switch for each rule: it stays in the list of rules, but judges no more.
            let text = String::from_utf8(bytes)?;
            let before = "(self.check)(context, findings);";
            let after = format!("if !crate::mutant::silent(self.meta.code) {{ {before} }}");
            if !text.contains(before) {
                return Err("no place for the switch of the rules".into());
            }
            bytes = text.replacen(before, &after, 1).into_bytes();
        }
        write(&tree.join(name), &bytes)?;
    }
    write(&tree.join("src/mutant.rs"), SWITCH.as_bytes())?;
    Ok(left)
}

/// A test binary: what cargo calls it, and where it is.
#[derive(Clone, Debug)]
pub struct Binary {
    pub name: String,
    pub path: PathBuf,
}

/// cargo in `tree`, with every warning off and little debugging information.
fn cargo(tree: &Path, target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(tree).env("CARGO_TARGET_DIR", target);
    command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_TEST_OPT_LEVEL", "1");
    command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("RUSTFLAGS", "--cap-lints=allow");
    command.stderr(std::process::Stdio::inherit());
    command
}

/// What cargo says on its standard output, line by line.
fn messages(output: &[u8]) -> Result<Vec<Value>> {
    Ok(std::str::from_utf8(output)?.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// The mutants of `tree` that do not compile, as far as the compiler comes: it does not look for the errors of a later
/// phase while there are errors in an earlier one. None when all is well.
///
/// Every error counts. One that stands in no mutant's branch is charged to all mutants of its function.
pub fn check(tree: &Path, target: &Path) -> Result<BTreeSet<u32>> {
    let output = cargo(tree, target, &["check", "--lib", "--message-format=json"]).output()?;
    let mut refused = BTreeSet::new();
    let mut unexplained = Vec::new();
    let mut read: BTreeMap<String, String> = BTreeMap::new();
    for message in messages(&output.stdout)? {
        if message["reason"] != "compiler-message" || message["message"]["level"] != "error" {
            continue;
        }
        let message = &message["message"];
        let mut spans: Vec<&Value> = message["spans"].as_array().into_iter().flatten().collect();
        spans.sort_by_key(|span| span["is_primary"] != true);
        let places: Vec<(String, usize, usize)> = spans.into_iter().filter_map(ours).collect();
        let look = |search: fn(&str, usize, usize) -> BTreeSet<u32>, read: &mut BTreeMap<String, String>| {
            let mut found = places.iter().map(|(name, line, column)| {
                let text =
                    read.entry(name.clone()).or_insert_with(|| fs::read_to_string(tree.join(name)).unwrap_or_default());
                search(text, *line, *column)
            });
            found.find(|found| !found.is_empty())
        };
        match look(culprits, &mut read).or_else(|| look(residents, &mut read)) {
            Some(found) => refused.extend(found),
            None => unexplained.push(message["rendered"].as_str().unwrap_or_default().to_owned()),
        }
    }
    if !output.status.success() && refused.is_empty() {
        return Err(format!("it does not compile, and no mutant is the cause:\n{}", unexplained.join("\n")).into());
    }
    Ok(refused)
}

/// Where in the project's source `span` stands, seen through the macros it comes from.
fn ours(span: &Value) -> Option<(String, usize, usize)> {
    let mut span = span;
    while !span["file_name"].as_str().unwrap_or_default().starts_with("src/") {
        span = &span["expansion"]["span"];
        if span.is_null() {
            return None;
        }
    }
    let number = |key: &str| span[key].as_u64().unwrap_or(0) as usize;
    Some((span["file_name"].as_str()?.to_owned(), number("line_start"), number("column_start")))
}

/// Builds the library's own tests of `tree`, and those of the folder `tests` that are named.
pub fn build(tree: &Path, target: &Path, tests: &[&str]) -> Result<Vec<Binary>> {
    let mut arguments = vec!["test", "--no-run", "--message-format=json", "--lib"];
    arguments.extend(tests.iter().flat_map(|test| ["--test", *test]));
    let output = cargo(tree, target, &arguments).output()?;
    if !output.status.success() {
        return Err("the tests do not compile".into());
    }
    let mut binaries = Vec::new();
    for message in messages(&output.stdout)? {
        if message["reason"] == "compiler-artifact"
            && message["profile"]["test"] == true
            && let Some(path) = message["executable"].as_str()
        {
            let name = message["target"]["name"].as_str().unwrap_or_default().to_owned();
            let kind = message["target"]["kind"][0].as_str().unwrap_or_default();
            let name = if kind == "test" { name } else { kind.to_owned() };
            binaries.push(Binary { name, path: path.into() });
        }
    }
    Ok(binaries)
}
