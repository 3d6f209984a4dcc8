//! A copy of the project with a switch in it.

use crate::Result;
use crate::rewrite::{Mutant, culprits, rewrite};
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
        if name == "src/rules/localise/tests.rs" {
            // Trying out every change takes long: fewer made-up tables.
            let text = String::from_utf8(bytes)?;
            bytes =
                text.replace("with_cases(48)", "with_cases(6)").replace("with_cases(24)", "with_cases(2)").into_bytes();
        }
        if name == "src/lib.rs" {
            bytes.extend(b"\n#[allow(missing_docs)]\npub mod mutant;\n");
        }
        if name == "src/rules/mod.rs" {
            // A switch for each rule: it stays in the list of rules, but judges no more.
            let text = String::from_utf8(bytes)?;
            let before = "(rule.check)(&context, &mut findings);";
            let after = format!("if !crate::mutant::silent(rule.meta.code) {{ {before} }}");
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

/// What came of a build.
pub enum Build {
    Done(Vec<Binary>),
    /// The mutants that did not compile.
    Refused(BTreeSet<u32>),
}

/// Builds the tests of `tree`.
pub fn build(tree: &Path, target: &Path) -> Result<Build> {
    let output = Command::new("cargo")
        .args(["test", "--no-run", "--message-format=json", "--lib", "--tests"])
        .current_dir(tree)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_TEST_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "--cap-lints=allow")
        .stderr(std::process::Stdio::inherit())
        .output()?;
    let mut binaries = Vec::new();
    let mut refused = BTreeSet::new();
    let mut unexplained = Vec::new();
    let mut read: BTreeMap<String, String> = BTreeMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        if message["reason"] == "compiler-artifact" && message["profile"]["test"] == true {
            if let Some(path) = message["executable"].as_str() {
                let name = message["target"]["name"].as_str().unwrap_or_default().to_owned();
                let kind = message["target"]["kind"][0].as_str().unwrap_or_default();
                let name = if kind == "test" { name } else { kind.to_owned() };
                binaries.push(Binary { name, path: path.into() });
            }
        }
        if message["reason"] == "compiler-message" && message["message"]["level"] == "error" {
            let message = &message["message"];
            let mut spans: Vec<&Value> = message["spans"].as_array().into_iter().flatten().collect();
            spans.sort_by_key(|span| span["is_primary"] != true);
            let found = spans.iter().find_map(|span| {
                let mut span = *span;
                while !span["file_name"].as_str().unwrap_or_default().starts_with("src/") {
                    span = &span["expansion"]["span"];
                    if span.is_null() {
                        return None;
                    }
                }
                let name = span["file_name"].as_str()?.to_owned();
                let text = read
                    .entry(name.clone())
                    .or_insert_with(|| fs::read_to_string(tree.join(&name)).unwrap_or_default());
                let number = |key: &str| span[key].as_u64().unwrap_or(0) as usize;
                let found = culprits(text, number("line_start"), number("column_start"));
                (!found.is_empty()).then_some(found)
            });
            match found {
                Some(found) => refused.extend(found),
                None => unexplained.push(message["rendered"].as_str().unwrap_or_default().to_owned()),
            }
        }
    }
    if output.status.success() {
        return Ok(Build::Done(binaries));
    }
    if refused.is_empty() {
        return Err(format!("the build fails, and no mutant is the cause:\n{}", unexplained.join("\n")).into());
    }
    Ok(Build::Refused(refused))
}
