//! The scripts at the root name unknown options, and print no escape sequences into a log.
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
fn help_lists_every_option() {
    for (script, options) in [("demo", ["--check", "--port"]), ("test", ["--no-e2e", "--no-e2e"])] {
        let output = run(script, &["--help"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && options.iter().all(|option| said.contains(option)), "{script}: {said}");
    }
}

/// The checks of every artefact of a release pass for the present program.
#[test]
fn the_twenty_checks_pass() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut checks = Command::new("python3");
    checks.arg(root.join("scripts/twenty-checks")).args(["--quick", "--", env!("CARGO_BIN_EXE_gongkai")]);
    let Ok(output) = checks.output() else {
        eprintln!("passed over: there is no Python");
        return;
    };
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.ends_with("20 passed, 0 failed\n"), "{said}");
}
