//! `gongkai check` under configuration files.

use crate::folder::folder;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A report with a wrong total, in the row 二, and without some sections.
const REPORT: &str = "\
云岭市档案局2022年政府信息公开工作年度报告

三、收到和处理政府信息公开申请情况

本年度办理结果 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
一、本年新收政府信息公开申请数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |
二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 9 |
";

const ONLY: &str = "select = ['GK303', 'GK001']\n";

/// Exit code, stdout and stderr of `gongkai check` in `folder`.
fn run(folder: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "en_GB.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let done = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

/// The findings of a run: `file:row CODE severity`.
#[track_caller]
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    found_with(folder, arguments, "")
}

#[track_caller]
fn found_with(folder: &Path, arguments: &[&str], input: &str) -> Vec<String> {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--output-format=json"]).collect();
    let (code, out, err) = run(folder, &arguments, input);
    assert!(code < 2, "{err}");
    let findings: Vec<Value> = serde_json::from_str(&out).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    findings
        .iter()
        .map(|f| {
            format!("{}:{} {} {}", text(&f["filename"]), f["location"]["row"], text(&f["code"]), text(&f["severity"]))
        })
        .collect()
}

#[test]
fn the_nearest_configuration_above_a_report_applies() {
    let folder = folder(&[
        ("gongkai.toml", ONLY),
        ("a.txt", REPORT),
        ("2022/deep/b.txt", REPORT),
        ("2023/gongkai.toml", "select = ['GK303']\nseverity = { GK3 = 'info' }\n"),
        ("2023/c.txt", REPORT),
    ]);
    let all = ["2022/deep/b.txt:7 GK303 error", "2023/c.txt:7 GK303 info", "a.txt:7 GK303 error"];
    assert_eq!(found(folder.path(), &[]), all);
    assert_eq!(
        found(&folder.path().join("2022/deep"), &["../../2023", "."]),
        ["../../2023/c.txt:7 GK303 info", "b.txt:7 GK303 error"]
    );
    assert!(found(folder.path(), &["--no-config", "a.txt"]).len() > 1);
    assert_eq!(found(folder.path(), &["--config=2023/gongkai.toml", "a.txt"]), ["a.txt:7 GK303 info"]);
    assert_eq!(found(folder.path(), &["--ignore=GK303", "a.txt"]), Vec::<String>::new());
}

#[test]
fn the_name_of_standard_input_decides_its_configuration() {
    let folder = folder(&[("sub/gongkai.toml", ONLY), ("gongkai.toml", "ignore = ['GK3', 'GK1', 'GK2']\n")]);
    assert_eq!(found_with(folder.path(), &["-", "--stdin-filename=sub/x.txt"], REPORT), ["sub/x.txt:7 GK303 error"]);
    assert!(!found_with(folder.path(), &["-"], REPORT).iter().any(|line| line.contains("GK303")));
}

#[test]
fn a_mistake_in_the_configuration_stops_the_run_and_is_located() {
    let folder =
        folder(&[("a.txt", REPORT), ("gongkai.toml", "language = 'en'\nselekt = []\n[dates]\ndepartment = 'x'\n")]);
    let (code, out, err) = run(folder.path(), &["a.txt"], "");
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("gongkai.toml:2:1: there is no setting `selekt`; did you mean `select`?"), "{err}");
    assert!(err.contains("gongkai.toml:4:14: "), "{err}");
    fs::write(folder.path().join("gongkai.toml"), "select = [\n").unwrap();
    assert_eq!(run(folder.path(), &["a.txt"], "").0, 2);
    fs::write(folder.path().join("gongkai.toml"), [0xff, 0xfe]).unwrap();
    assert_eq!(run(folder.path(), &["a.txt"], "").0, 2);
    assert_eq!(run(folder.path(), &["a.txt", "--no-config"], "").0, 1);
}

#[test]
fn entries_suppress_the_findings_that_they_describe() {
    let entry = |fields: &str| format!("{ONLY}[[ignore]]\ncode = 'GK303'\nreason = 'as printed'\n{fields}");
    for (fields, held) in [
        ("", true),
        ("path = 'a.txt'", true),
        ("path = './sub/a.txt'", true),
        ("path = '*/*.txt'", true),
        ("path = 'b.txt'", false),
        ("path = './a.txt'", false),
        ("text = '二、上年结转'", true),
        ("text = '一、本年新收'", false),
    ] {
        let folder = folder(&[("gongkai.toml", &entry(fields)), ("sub/a.txt", REPORT)]);
        let lines = found(folder.path(), &["sub/a.txt"]);
        assert_eq!(!lines.contains(&"sub/a.txt:7 GK303 error".to_owned()), held, "{fields}: {lines:?}");
    }
}

#[test]
fn an_entry_without_effect_is_reported_when_that_is_certain() {
    let toml = format!("{ONLY}[[ignore]]\npath = '*.txt'\ncode = 'GK303'\nreason = 'x'\ntext = '一、本年新收'\n");
    let folder = folder(&[("gongkai.toml", &toml), ("a.txt", REPORT), ("b.txt", REPORT)]);
    let both = ["a.txt:7 GK303 error", "b.txt:7 GK303 error"];
    assert_eq!(found(folder.path(), &[]), [both[0], both[1], "gongkai.toml:4 GK001 warning"]);
    assert_eq!(found(folder.path(), &["a.txt"]), [both[0]], "b.txt may need it");
    assert_eq!(found(folder.path(), &["--select=GK201,GK001"]), Vec::<String>::new(), "not looked for");
    fs::write(folder.path().join("gongkai.toml"), toml.replace("*.txt", "a.txt")).unwrap();
    assert_eq!(found(folder.path(), &["a.txt"]), [both[0], "gongkai.toml:4 GK001 warning"]);
    assert_eq!(found(folder.path(), &["b.txt"]), [both[1]]);
    fs::write(folder.path().join("gongkai.toml"), toml.replace("text", "# text")).unwrap();
    assert_eq!(found(folder.path(), &[]), Vec::<String>::new());
    let (code, _, err) = run(folder.path(), &["--output-format=text"], "");
    assert_eq!(code, 0);
    assert!(err.contains("checked 2 files"), "{err}");
}

#[test]
fn comments_and_entries_suppress_findings_together() {
    let folder = folder(&[
        ("gongkai.toml", &format!("{ONLY}[[ignore]]\npath = 'a.md'\ncode = 'GK303'\nreason = 'x'\n")),
        ("a.md", &REPORT.replace("二、上年", "<!-- gongkai: ignore GK303 x -->\n二、上年")),
    ]);
    assert_eq!(found(folder.path(), &[]), Vec::<String>::new(), "neither is idle");
}

#[test]
fn fix_removes_comments_without_effect() {
    let folder = folder(&[("gongkai.toml", ONLY), ("a.md", &format!("<!-- gongkai: ignore GK303 x -->\n{REPORT}"))]);
    run(folder.path(), &["--fix"], "");
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap().lines().next(), REPORT.lines().next());
}
