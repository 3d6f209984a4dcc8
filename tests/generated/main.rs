//! Generated pages are committed and have to be up to date: `UPDATE_DOCS=1 cargo test --test generated` writes them again.
#![allow(clippy::expect_used, reason = "a test may panic")]

#[cfg(all(feature = "cli", feature = "server"))]
mod command_line;
mod rules;
mod statute;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// Whether the file `name` differs from `content`. If files are to be updated, it is written instead.
fn is_stale(name: &str, content: &str) -> bool {
    let path = root().join(name);
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if committed == content {
        return false;
    }
    if updating() {
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
        fs::write(&path, content).expect("the file can be written");
    }
    !updating()
}

/// Fails if one of `files`, each a name and its content, is stale.
#[track_caller]
fn fresh(files: impl IntoIterator<Item = (String, String)>) {
    let stale: Vec<String> =
        files.into_iter().filter(|(name, content)| is_stale(name, content)).map(|(name, _)| name).collect();
    assert!(stale.is_empty(), "stale: {}\nUPDATE_DOCS=1 cargo test --test generated", stale.join(", "));
}

#[test]
fn the_page_on_the_statute() {
    fresh([("docs/statute.md".to_owned(), statute::page().expect("writing to a string"))]);
}

#[test]
fn the_pages_on_the_rules() {
    fresh(rules::pages());
    // A page without a rule is stale too.
    let folder = root().join("docs/rules");
    let names: Vec<PathBuf> = rules::pages().map(|(name, _)| root().join(name)).collect();
    let entries = fs::read_dir(folder).expect("the folder of the pages").map(|entry| entry.expect("a file").path());
    for orphan in entries.filter(|path| !names.contains(path)) {
        assert!(updating(), "{} is no rule's page", orphan.display());
        fs::remove_file(orphan).expect("the page can be removed");
    }
}

#[test]
fn the_tables_of_rules_in_the_readmes() {
    fresh([("README.md", 1), ("README.zh-CN.md", 0)].map(|(name, language)| {
        let readme = fs::read_to_string(root().join(name)).expect("a readme").replace("\r\n", "\n");
        (name.to_owned(), rules::with_table(&readme, language))
    }));
}

#[cfg(all(feature = "cli", feature = "server"))]
#[test]
fn the_page_on_the_command_line() {
    fresh([("docs/cli.md".to_owned(), command_line::page())]);
}
