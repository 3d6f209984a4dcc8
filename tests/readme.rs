//! The readmes show what the command line prints, and their links lead to files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::Command;

const READMES: [(&str, &str); 2] = [("README.md", "en_US.UTF-8"), ("README.zh-CN.md", "zh_CN.UTF-8")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_command_prints_what_the_readme_shows() {
    for (name, language) in READMES {
        let readme = fs::read_to_string(root().join(name)).unwrap();
        let mut seen = 0;
        for block in readme.split("```console\n$ gongkai ").skip(1) {
            let (command, rest) = block.split_once('\n').unwrap();
            let (shown, _) = rest.split_once("```").unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
                .args(command.split(' '))
                .current_dir(root().join("editors/vscode/e2e/workspace"))
                .env("LANG", language)
                .env_remove("LC_ALL")
                .env_remove("LC_MESSAGES")
                .output()
                .unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert_eq!(printed.trim_end(), shown.trim_end(), "{name}: gongkai {command}");
            seen += 1;
        }
        assert!(seen > 0, "{name} shows no command");
    }
}

#[test]
fn the_links_of_the_readmes_lead_to_files() {
    for (name, _) in READMES {
        let readme = fs::read_to_string(root().join(name)).unwrap();
        let headings: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if let Some(heading) = target.strip_prefix('#') {
                let is_it = |known: &&str| known.to_lowercase().replace(' ', "-") == heading;
                assert!(headings.iter().any(is_it), "{name}: no heading for {target}");
            } else if !target.starts_with("https://") && !target.starts_with("command:") {
                assert!(root().join(target).exists(), "{name}: {target} is not there");
            }
        }
    }
}

#[test]
fn a_readme_with_parts_of_reports_is_not_a_report() {
    let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["check", "--lang=en", "--no-config", "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md"])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("not recognised as a report: 4 files"), "{said}");
}

#[test]
fn the_command_for_the_review_office_writes_letters_and_comments() {
    for (name, language) in READMES {
        let readme = fs::read_to_string(root().join(name)).unwrap();
        let block = readme.split("```sh\ngongkai review ").nth(1).unwrap();
        let command = block.split_once('\n').unwrap().0;
        let arguments: Vec<&str> = command.split(' ').collect();
        let (folder, out) = (arguments[0], arguments[2]);
        assert!(arguments.contains(&"--comments"), "{command}");
        let space = tempfile::tempdir().unwrap();
        fs::create_dir(space.path().join(folder)).unwrap();
        let run = |arguments: &[&str]| {
            let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
                .args(arguments)
                .current_dir(space.path())
                .env("LANG", language)
                .env_remove("LC_ALL")
                .output()
                .unwrap();
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        };
        let report = root().join("tests/reports/template-left-2024.md");
        for word in ["一", "二"] {
            run(&["convert", report.to_str().unwrap(), &format!("{folder}/{word}.docx")]);
        }
        run(&[&["review"], arguments.as_slice()].concat());
        for due in ["一.审核意见.html", "一.批注.docx", "二.审核意见.html", "二.批注.docx", "总览.html", "总览.xlsx"]
        {
            assert!(space.path().join(out).join(due).is_file(), "{name}: {due}");
        }
        let comments = fs::read(space.path().join(out).join("一.批注.docx")).unwrap();
        assert!(comments.windows(17).any(|bytes| bytes == b"word/comments.xml"), "{name}");
    }
}
