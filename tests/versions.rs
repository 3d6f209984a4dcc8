//! The version is in Cargo.toml only: the scripts that pack the other packages take it from there.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders of built or downloaded files.
const PASSED_OVER: [&str; 5] = ["target", "node_modules", "dist", ".git", "out"];

/// The files below `folder` with one of `names`.
fn files(folder: &Path, names: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap_or_default();
        if path.is_dir() && !path.is_symlink() {
            if !PASSED_OVER.contains(&name) {
                files(&path, names, found);
            }
        } else if names.contains(&name) {
            found.push(path);
        }
    }
}

fn manifests(names: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    files(root(), names, &mut found);
    found.sort();
    found
}

/// The first value of `key` on a line of its own, in TOML or JSON.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let rest = line.trim().strip_prefix(key)?.trim_start();
        let rest = rest.strip_prefix(['=', ':'])?.trim_start();
        rest.strip_prefix('"')?.split('"').next()
    })
}

#[test]
fn no_other_manifest_has_a_version() {
    let manifests = manifests(&["Cargo.toml", "package.json", "pyproject.toml", "manifest.json"]);
    assert!(manifests.len() > 4, "{manifests:?}");
    for path in manifests {
        let text = fs::read_to_string(&path).unwrap();
        let key = if path.extension().unwrap() == "json" { "\"version\"" } else { "version" };
        let version = value(&text, key);
        let expected = if path == root().join("Cargo.toml") { env!("CARGO_PKG_VERSION") } else { "0.0.0" };
        assert!(version.is_none_or(|version| version == expected), "{}: version {version:?}", path.display());
    }
}

#[test]
fn lock_files_are_of_this_version() {
    for path in manifests(&["Cargo.lock"]) {
        let text = fs::read_to_string(&path).unwrap();
        for package in
            text.split("[[package]]").filter(|package| package.trim_start().starts_with("name = \"gongkai\"\n"))
        {
            assert_eq!(value(package, "version"), Some(env!("CARGO_PKG_VERSION")), "{}", path.display());
        }
    }
}

#[test]
fn the_changelog_starts_with_this_version_or_the_next() {
    let text = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let heading = format!("## {}", env!("CARGO_PKG_VERSION"));
    assert!(text.lines().any(|line| line == "## Unreleased" || line.starts_with(&heading)), "no heading {heading}");
}

#[test]
fn the_files_of_the_release_workflow_exist() {
    let workflow = fs::read_to_string(root().join(".github/workflows/release.yml")).unwrap();
    let scripts: Vec<&str> =
        workflow.split_whitespace().filter(|word| word.starts_with("scripts/") || word.ends_with(".mjs")).collect();
    assert!(scripts.contains(&"scripts/release"), "{scripts:?}");
    for script in scripts {
        assert!(root().join(script).is_file(), "{script} is not there");
    }
}
