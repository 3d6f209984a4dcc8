//! The scripts at the root say which option they do not know, and print nothing that a log cannot show.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::{Command, Output};

fn run(script: &str, arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::new("bash").arg(root.join(script)).args(arguments).current_dir(root).output().unwrap()
}

#[test]
fn an_option_that_does_not_exist_is_named() {
    for script in ["demo", "test", "scripts/pictures", "scripts/wasm", "scripts/npm-packages"] {
        let output = run(script, &["--bogus"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{script}");
        assert!(said.lines().next().unwrap().contains("--bogus"), "{script}: {said}");
        assert!(!said.contains('\u{1b}'), "{script}: {said}");
    }
}

#[test]
fn help_says_every_option() {
    for (script, options) in [("demo", ["--check", "--port"]), ("test", ["--no-e2e", "--no-e2e"])] {
        let output = run(script, &["--help"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && options.iter().all(|option| said.contains(option)), "{script}: {said}");
    }
}
