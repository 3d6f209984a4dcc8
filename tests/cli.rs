//! The program as a user runs it: arguments in; stdout, stderr, exit code and files out.

#![cfg(all(feature = "cli", feature = "server"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod command;
mod folder;

use command::{Run, SELECT, blank, gongkai, gongkai_with, read, report, stdout_of, wrong};
use folder::folder;
use gongkai::files::Charset;
use gongkai::statute::{Column, Outcome, Row};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

// --- inputs

#[test]
fn a_report_without_faults_is_clean() {
    let folder = folder(&[("a.txt", &report(&[]))]);
    let run = gongkai(folder.path(), &["check", SELECT]).exits(0).warns("checked 1 file:");
    assert_eq!(run.out, "");
}

#[test]
fn a_text_without_a_report_has_no_findings_and_is_no_error() {
    let folder = folder(&[("a.txt", "会议通知\n\n请于周五下午三点到会。\n")]);
    let run = gongkai(folder.path(), &["check", "--verbose"]).exits(0).warns("a.txt: no report was recognised");
    assert_eq!(run.out, "");
    let run = gongkai(folder.path(), &["check"]).exits(0).warns("checked 0 files:");
    assert!(!run.warns("not recognised as a report: 1 file;").err.contains("a.txt"));
}

#[test]
fn folders_are_searched_for_reports_without_ignored_files() {
    let wrong = wrong();
    let folder = folder(&[
        ("a.txt", &wrong),
        ("sub/b.md", &wrong),
        ("sub/c.HTML", &wrong),
        ("sub/d.pdf", &wrong),
        ("sub/e.doc", &wrong),
        ("sub/~$f.docx", &wrong),
        ("drafts/f.txt", &wrong),
        (".gitignore", "drafts/\n"),
        ("sub/g.txt", &wrong),
        ("sub/.ignore", "g.txt\n"),
        (".hidden/h.txt", &wrong),
    ]);
    let names = |run: &Run| {
        let mut names: Vec<String> =
            run.json().iter().map(|finding| finding["filename"].as_str().unwrap().to_owned()).collect();
        names.dedup();
        names
    };
    let json = |paths: &[&str]| {
        let run = gongkai(folder.path(), &[&["check", SELECT, "--output-format=json", "-v"], paths].concat());
        (names(&run), run)
    };
    let (found, run) = json(&[]);
    assert_eq!(found, ["a.txt", "sub/b.md", "sub/c.HTML"]);
    run.exits(1).warns("sub/e.doc: passed over").warns("passed over: 2 files (1 .doc, 1 .pdf)");
    assert_eq!(json(&["sub"]).0, ["sub/b.md", "sub/c.HTML"]);
    assert_eq!(json(&["./sub", "sub/b.md"]).0, ["sub/b.md", "sub/c.HTML"], "a file named twice is checked once");
    assert_eq!(json(&["drafts/f.txt", "sub/d.pdf"]).0, ["drafts/f.txt", "sub/d.pdf"], "what is named is checked");
}

#[cfg(unix)]
#[test]
fn links_out_of_a_folder_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret/a.txt", &wrong())]);
    let folder = folder(&[("in/b.txt", &report(&[]))]);
    symlink(outside.path().join("secret"), folder.path().join("in/link")).unwrap();
    symlink(outside.path().join("secret/a.txt"), folder.path().join("in/link.txt")).unwrap();
    let run =
        gongkai(folder.path(), &["check", SELECT, "in", "--output-format=json"]).exits(0).warns("checked 1 file:");
    assert!(run.json().is_empty());
    gongkai(folder.path(), &["check", SELECT, "in/link.txt"]).exits(1);
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_others_are_checked() {
    let folder = folder(&[("a.txt", &wrong()), ("word.docx", "PK")]);
    // A picture, and 政府信息公开 in GBK without its last byte.
    fs::write(folder.path().join("picture.txt"), b"\x89PNG\0\0").unwrap();
    fs::write(folder.path().join("gbk.txt"), b"\xd5\xfe\xb8\xae\xd0\xc5\xcf\xa2\xb9\xab\xbf").unwrap();
    let run = gongkai(folder.path(), &["check", SELECT, ".", "none.txt", "word.docx"]).exits(2).prints("a.txt:");
    let run = run.warns("picture.txt: not text in UTF-8, UTF-16 or GB18030 (byte 0 cannot be read)");
    let run = run.warns("none.txt: there is no such file").warns("word.docx: the Word file is damaged: open it");
    assert!(!run.out.contains("gbk"), "{}", run.out);
    let run = gongkai(folder.path(), &["check", "--lang=zh", "gbk.txt", "none.txt"]).exits(2);
    run.warns("gbk.txt: 不是 UTF-8、UTF-16 或 GB18030 文本（第 0 字节处无法读取）").warns("none.txt: 文件不存在");
    gongkai(folder.path(), &["check", "--encoding=gbk", "gbk.txt"])
        .exits(2)
        .warns("not text in GBK (byte 10 cannot be read)");
}

#[test]
fn the_encoding_of_a_file_is_detected_and_kept() {
    for (name, mark) in
        [("gbk", ""), ("gb18030", "𠮷"), ("utf-16le", "\u{feff}"), ("utf-16be", "\u{feff}"), ("utf-16le", "")]
    {
        let charset = Charset::named(name).unwrap();
        let text = |report: String| format!("{mark}{}", report.replace('\n', "\r\n"));
        let folder = folder(&[]);
        let file = folder.path().join("a.txt");
        fs::write(&file, charset.encode(&text(wrong())).unwrap()).unwrap();
        let found = |arguments: &[&str]| gongkai(folder.path(), arguments).exits(1).json()[0]["location"].clone();
        let there = found(&["check", SELECT, "--output-format=json"]);
        assert_eq!(found(&["check", SELECT, "--output-format=json", "--encoding", name]), there);
        fs::write(folder.path().join("a.txt"), text(wrong())).unwrap();
        assert_eq!(found(&["check", SELECT, "--output-format=json"]), there, "the place is that in UTF-8");

        let blank = charset.encode(&text(blank())).unwrap();
        fs::write(&file, &blank).unwrap();
        gongkai(folder.path(), &["check", SELECT, "--diff"]).exits(1);
        let printed = stdout_of(folder.path(), &["check", SELECT, "--fix", "-"], &blank);
        gongkai(folder.path(), &["check", SELECT, "--fix"]).exits(0);
        let fixed = fs::read(&file).unwrap();
        assert_eq!(fixed, charset.encode(&text(report(&[]))).unwrap(), "{name}");
        assert_eq!(printed, fixed, "{name}");
    }
}

#[test]
fn characters_that_the_encoding_lacks_are_not_written() {
    let folder = folder(&[]);
    let file = folder.path().join("a.txt");
    // A second encoding of the euro sign, which GBK does not write.
    let mut bytes = Charset::named("gbk").unwrap().encode(&blank()).unwrap();
    bytes.extend(b"\n\xa2\xe3\n");
    fs::write(&file, &bytes).unwrap();
    let run = gongkai(folder.path(), &["check", SELECT, "--fix", "--encoding=gbk"]);
    run.exits(2).warns("cannot be written back as they are in GBK, and is left unchanged");
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn standard_input_is_checked_under_its_name() {
    let folder = folder(&[]);
    let run = gongkai_with(folder.path(), &["check", SELECT, "-", "--output-format=json"], wrong().as_bytes()).exits(1);
    assert_eq!(run.json()[0]["filename"], "-");
    let named = ["check", SELECT, "-", "--stdin-filename", "./报告/a.txt", "--output-format=json"];
    let run = gongkai_with(folder.path(), &named, wrong().as_bytes()).exits(1);
    assert_eq!(run.json()[0]["filename"], "报告/a.txt");
    gongkai_with(folder.path(), &["check", "-"], b"\xff\xfe\x00")
        .exits(2)
        .warns("-: not text in UTF-16LE (byte 2 cannot be read)");
}

// --- formats of the output

#[test]
fn json_has_the_shape_that_programs_rely_on() {
    let folder = folder(&[("报告/a.txt", &wrong())]);
    let run = gongkai(folder.path(), &["check", SELECT, "--output-format=json", "--lang=zh"]).exits(1);
    let findings = run.json();
    assert_eq!(findings.len(), 1, "one cause, one finding: {}", run.out);
    let finding = &findings[0];
    assert_eq!(finding["filename"], "报告/a.txt");
    assert_eq!((&finding["code"], &finding["name"]), (&"GK303".into(), &"row-total".into()));
    assert_eq!(finding["severity"], "error");
    let source = wrong();
    let row = source.lines().position(|line| line.starts_with("一、本年新收")).unwrap();
    let line: Vec<char> = source.lines().nth(row).unwrap().chars().collect();
    assert_eq!(finding["location"]["row"], row + 1);
    assert_eq!(finding["location"]["column"], line.len(), "the last character of the line, one-based");
    assert_eq!(finding["end_location"]["row"], row + 1);
    assert_eq!(finding["end_location"]["column"], line.len() + 1, "exclusive");
    assert!(!finding["related"].as_array().unwrap().is_empty());
    let fix = &finding["fixes"][0];
    assert_eq!((&fix["applicability"], &fix["preferred"]), (&"safe".into(), &true.into()));
    assert_eq!(fix["edits"][0]["content"], "3");
    assert_eq!(fix["edits"][0]["location"], finding["location"]);

    // The order of the keys is part of the format.
    let mut rest = run.out.as_str();
    for key in [
        "filename",
        "code",
        "name",
        "severity",
        "message",
        "location",
        "end_location",
        "place",
        "fingerprint",
        "related",
    ] {
        let at = rest.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is not in its place"));
        rest = &rest[at..];
    }
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut expected = vec![
        "filename",
        "code",
        "name",
        "severity",
        "message",
        "location",
        "end_location",
        "place",
        "fingerprint",
        "related",
        "fixes",
    ];
    expected.sort();
    let mut found = keys(finding);
    found.sort();
    assert_eq!(found, expected);
}

/// The fingerprints of the findings in `text` under `name`, by code.
fn fingerprints(name: &str, text: &str, arguments: &[&str]) -> Vec<(String, String)> {
    let all = [&["check", "-", "--output-format=json", "--stdin-filename", name], arguments].concat();
    let run = gongkai_with(Path::new("."), &all, text.as_bytes());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    run.json().iter().map(|finding| (text(&finding["code"]), text(&finding["fingerprint"]))).collect()
}

#[test]
fn a_finding_names_its_place_in_the_report() {
    let place = |text: &str, code: &str| {
        let run = gongkai_with(Path::new("."), &["check", "-", "--output-format=json"], text.as_bytes());
        run.json().iter().find(|finding| finding["code"] == code).map(|finding| finding["place"].clone())
    };
    let cell =
        serde_json::json!({"section": 3, "table": 3, "row": "一、本年新收政府信息公开申请数量", "column": "总计"});
    assert_eq!(place(&wrong(), "GK303"), Some(cell));
    let doubtful = report(&[(Row::ReviewAndLitigation, Column::SuitAfterReview(Outcome::Total), "2")]);
    let cell = serde_json::json!({"section": 4, "table": 4, "column": "行政诉讼（复议后起诉）总计"});
    assert_eq!(place(&doubtful, "GK304"), Some(cell), "the row of this table has no label");
    let renamed = report(&[]).replace("五、存在的主要问题及改进情况", "五、存在的主要问题及改进");
    assert_eq!(place(&renamed, "GK105"), Some(serde_json::json!({"section": 5})));
}

#[test]
fn a_fingerprint_depends_on_body_year_rule_place_and_figures_only() {
    let source = report(&[
        (Row::Received, Column::AllApplicants, "4"),
        (Row::Granted, Column::LegalServices, ""),
        (Row::ReviewAndLitigation, Column::Review(Outcome::Total), "2"),
    ])
    .replace("公开内容不够及时。", "公开内容不够及时（如公告)。");
    let of = |text: &str| fingerprints("a.txt", text, &[]);
    let before = of(&source);
    assert!(before.len() >= 4, "{before:?}");
    let mut each: Vec<&String> = before.iter().map(|(_, fingerprint)| fingerprint).collect();
    each.sort();
    each.dedup();
    assert_eq!(each.len(), before.len(), "each finding has its own");

    let above = source.replace("一、总体情况\n", "一、总体情况\n\n本年度共召开专题会议部署公开工作。\n\n另有一段。\n");
    assert_eq!(of(&above), before, "lines above");
    assert_eq!(of(&source.replace('\n', "\r\n")), before, "line ends");
    assert_eq!(of(&format!("\u{feff}{source}")), before, "a byte order mark");
    assert_eq!(fingerprints("b/c.md", &source, &[]), before, "another name");
    assert_eq!(fingerprints("a.txt", &source, &["--lang=zh"]), before, "another language");
    let narrowed: Vec<_> = before.iter().filter(|(code, _)| code == "GK303").cloned().collect();
    assert_eq!(fingerprints("a.txt", &source, &["--select=GK303"]), narrowed, "fewer rules");

    let other = |text: &str| fingerprints("a.txt", text, &["--select=GK303"]);
    assert_ne!(other(&source.replace("青石县", "白水县")), narrowed, "another body");
    assert_ne!(other(&source.replace("2023年", "2022年")), narrowed, "another year");
    let figure = report(&[(Row::Received, Column::AllApplicants, "5")]);
    assert_ne!(other(&figure), narrowed, "another figure");
    let place = report(&[(Row::Handled, Column::AllApplicants, "4")]);
    assert_ne!(other(&place), narrowed, "another row");
}

#[test]
fn json_lines_has_the_same_findings_one_a_line() {
    let folder = folder(&[("a.txt", &wrong()), ("b.txt", &blank()), ("c.txt", "无关\n")]);
    let array = gongkai(folder.path(), &["check", SELECT, "--output-format=json"]).json();
    let run = gongkai(folder.path(), &["check", SELECT, "--output-format=json-lines"]);
    let lines: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, array);
    assert_eq!(array.len(), 2);
    assert!(run.err.contains("1 error,") && !run.err.contains("gongkai rule"), "{}", run.err);
    assert_eq!(gongkai(folder.path(), &["check", "c.txt", "--output-format=json"]).exits(0).out, "[]\n");
    assert_eq!(gongkai(folder.path(), &["check", "c.txt", "--output-format=json-lines"]).exits(0).out, "");
}

#[test]
fn text_shows_the_cell_with_a_caret_in_the_readers_language() {
    let folder = folder(&[("a.txt", &wrong())]);
    let run = gongkai(folder.path(), &["check", SELECT]).exits(1).prints("error[GK303]").prints("^").prints("help:");
    assert!(!run.out.contains('\u{1b}'), "no colours in a pipe");
    run.warns("1 error,").warns("gongkai rule GK303");
    let run = gongkai(folder.path(), &["check", SELECT, "--lang=zh", "--color=always"]).exits(1);
    run.prints("错误").prints("\u{1b}[").warns("错误 1 处");
}

#[test]
fn sarif_github_and_junit_list_every_finding() {
    let folder = folder(&[("年报 1.txt", &wrong()), ("b.txt", &report(&[]))]);
    fs::write(folder.path().join("c.txt"), b"\xff\xfe\x00").unwrap();
    let run = |format: &str| gongkai(folder.path(), &["check", SELECT, "--output-format", format]).exits(2);

    let log: Value = serde_json::from_str(&run("sarif").out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let results = &log["runs"][0]["results"];
    assert_eq!(results.as_array().unwrap().len(), 1);
    assert_eq!(results[0]["ruleId"], "GK303");
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E5%B9%B4%E6%8A%A5%201.txt");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert!(place["region"]["startLine"].as_u64() > Some(1));
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][0]["id"], "GK303");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);

    let github = run("github").out;
    assert!(github.starts_with("::error file=年报 1.txt,line="), "{github}");
    assert!(github.contains(",title=GK303 "), "{github}");
    assert_eq!(github.lines().count(), 1);

    let junit = run("junit").out;
    assert!(junit.contains("<testsuites name=\"gongkai\" tests=\"3\" failures=\"1\" errors=\"1\">"), "{junit}");
    assert_eq!(junit.matches("<testsuite ").count(), 3);
}

#[test]
fn output_is_the_same_for_any_number_of_jobs() {
    let (wrong, blank, fine) = (wrong(), blank(), report(&[]));
    let names: Vec<String> = (0..40).map(|n| format!("{}/{n}.txt", n % 7)).collect();
    let files: Vec<(&str, &str)> =
        names.iter().enumerate().map(|(n, name)| (name.as_str(), [&wrong, &blank, &fine][n % 3].as_str())).collect();
    let folder = folder(&files);
    for format in ["text", "concise", "json", "json-lines", "sarif", "github", "junit", "html"] {
        let run = |jobs: &str| {
            let run = gongkai(folder.path(), &["check", SELECT, "--output-format", format, "-j", jobs]).exits(1);
            (run.out, run.err)
        };
        let one = run("1");
        assert!(one.0.contains("GK303"), "{format}");
        assert_eq!(one, run("7"), "{format}");
    }
    let findings = gongkai(folder.path(), &["check", SELECT, "--output-format=json", "-j7"]).json();
    let keys: Vec<_> = findings
        .iter()
        .map(|one| (one["filename"].as_str().unwrap().to_owned(), one["location"]["row"].as_u64()))
        .collect();
    assert!(keys.is_sorted(), "{keys:?}");
}

#[test]
fn findings_go_to_a_file_and_everything_else_can_be_silenced() {
    let folder = folder(&[("a.txt", &wrong())]);
    let to_file = ["check", SELECT, "a.txt", "--output-format=json", "--output-file", "out.json", "--quiet"];
    let run = gongkai(folder.path(), &to_file).exits(1);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    let written: Value = serde_json::from_str(&read(folder.path(), "out.json")).unwrap();
    assert_eq!(written.as_array().unwrap().len(), 1);
    gongkai(folder.path(), &["check", SELECT, "a.txt", "--output-file", "none/out.json"])
        .exits(2)
        .warns("none/out.json");
}

#[test]
fn statistics_count_rules_on_stderr() {
    let folder = folder(&[("a.txt", &wrong()), ("b.txt", &wrong()), ("c.txt", &blank())]);
    let run = gongkai(folder.path(), &["check", SELECT, "--statistics", "--output-format=json"]).exits(1);
    assert_eq!(run.json().len(), 3);
    let lines: Vec<&str> = run.err.lines().filter(|line| line.contains("  GK")).map(str::trim).collect();
    assert_eq!(lines, ["2  GK303  error    row-total", "1  GK201  warning  blank-cell"]);
}

// --- selection of findings

#[test]
fn rules_are_selected_and_ignored_by_code_name_and_group() {
    let both = report(&[(Row::Received, Column::AllApplicants, "4"), (Row::Granted, Column::AllApplicants, "")]);
    let folder = folder(&[("a.txt", &both)]);
    let codes = |arguments: &[&str]| {
        let run = gongkai(folder.path(), &[&["check", "--output-format=json"], arguments].concat());
        run.json().iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&["--select=GK3"]), ["GK303"]);
    assert_eq!(codes(&["--select=gk201"]), ["GK201"]);
    assert_eq!(codes(&["--select", "blank-cell,row-total"]), ["GK303", "GK201"]);
    assert_eq!(codes(&["--select=GK2", "--select=GK3", "--ignore=row-total"]), ["GK201"]);
    let run = gongkai(folder.path(), &["check", "--select=GK300"]).exits(2);
    run.warns("--select: there is no rule `GK300`; did you mean `GK30");
    gongkai(folder.path(), &["check", "--ignore=blank-cel"]).exits(2).warns("did you mean `blank-cell`?");
}

#[test]
fn the_exit_code_is_one_from_the_chosen_severity_on() {
    let folder = folder(&[("warning.txt", &blank()), ("error.txt", &wrong())]);
    let code = |file: &str, fail_on: &str| gongkai(folder.path(), &["check", SELECT, file, "--fail-on", fail_on]).code;
    assert_eq!([code("warning.txt", "error"), code("warning.txt", "warning"), code("warning.txt", "info")], [0, 1, 1]);
    assert_eq!([code("error.txt", "error"), code("error.txt", "never")], [1, 0]);
}

#[test]
fn a_configuration_file_selects_and_the_command_line_overrides_it() {
    let folder = folder(&[
        ("a.txt", &wrong()),
        ("c.toml", "select = [\"GK2\"]\nlanguage = \"zh\"\n"),
        ("typo.toml", "selekt = []\n"),
        ("broken.toml", "select = [\n"),
    ]);
    gongkai(folder.path(), &["check", "a.txt", "--config=c.toml"]).exits(0).warns("检查了 1 个文件");
    gongkai(folder.path(), &["check", "a.txt", "--config=c.toml", "--lang=en", "--select=GK3"])
        .exits(1)
        .warns("1 error,");
    let run = gongkai(folder.path(), &["check", "a.txt", "--config=typo.toml"]).exits(2);
    run.warns("typo.toml:1:1: there is no setting `selekt`; did you mean `select`?");
    gongkai(folder.path(), &["check", "a.txt", "--config=broken.toml"]).exits(2).warns("broken.toml");
    gongkai(folder.path(), &["check", "a.txt", "--config=none.toml"]).exits(2).warns("none.toml");
    gongkai(folder.path(), &["check", "a.txt", "--config=c.toml", "--no-config"]).exits(2);
}

// --- files that are not read

/// One file of each kind in a folder: a report with findings, one without, another text, an empty file, and files that
/// are not read.
fn mixed() -> tempfile::TempDir {
    folder(&[
        ("good.txt", &report(&[])),
        ("wrong.txt", &wrong()),
        ("diary.md", "今天下雨。\n"),
        ("empty.txt", ""),
        ("a.wps", "PK"),
        ("sub/b.WPS", "PK"),
        ("sub/c.pdf", "%PDF"),
        ("noextension", ""),
        ("gongkai.toml", ""),
    ])
}

#[test]
fn unread_files_are_counted_by_kind_and_listed_on_request() {
    let folder = mixed();
    let run = gongkai(folder.path(), &["check", SELECT]).exits(1).warns("checked 2 files:");
    let run =
        run.warns("not recognised as a report: 2 files; passed over: 4 files (2 .wps, 1 without an extension, 1 .pdf)");
    assert!(!run.err.contains("diary.md"));
    let run = gongkai(folder.path(), &["check", SELECT, "--verbose"]).exits(1);
    for name in ["diary.md", "empty.txt", "a.wps", "sub/b.WPS", "sub/c.pdf", "noextension"] {
        assert!(run.err.contains(&format!("{name}: ")), "{name}\n{}", run.err);
    }
    gongkai(folder.path(), &["check", SELECT, "--lang=zh"])
        .warns("未识别为年度报告：2 个文件；跳过：4 个文件（2 个 .wps、1 个无扩展名、1 个 .pdf）");
    let clean = gongkai(folder.path(), &["check", SELECT, "good.txt"]).exits(0);
    clean.warns("not recognised as a report: 0 files; passed over: 0 files\n");
    assert_eq!(gongkai(folder.path(), &["check", SELECT, "good.txt", "--quiet"]).exits(0).err, "");
}

#[test]
fn a_report_can_be_required() {
    let folder = mixed();
    let run = |paths: &[&str]| gongkai(folder.path(), &[&["check", SELECT, "--require-report"], paths].concat());
    run(&["good.txt"]).exits(0);
    run(&["wrong.txt"]).exits(1);
    run(&["good.txt", "diary.md"]).exits(2).warns("--require-report: not recognised as a report: 1 file");
    run(&["empty.txt"]).exits(2).warns("there is no report");
    run(&["."]).exits(2).warns("passed over: 4 files");
    run(&["sub", "--quiet"]).exits(2).warns("passed over: 2 files");
    gongkai(folder.path(), &["check", SELECT, "sub"]).exits(0);
}

#[test]
fn excluded_files_are_skipped_unless_the_user_names_them() {
    let folder = folder(&[
        ("gongkai.toml", "exclude = [\"drafts\", \"old/*.txt\"]\n"),
        ("a.txt", &report(&[])),
        ("drafts/b.txt", &wrong()),
        ("x/drafts/b.pdf", ""),
        ("old/c.txt", &wrong()),
        ("old/deeper/d.txt", &report(&[])),
    ]);
    let run = gongkai(folder.path(), &["check", SELECT, "-v"]).exits(0).warns("checked 2 files:");
    run.warns("passed over: 0 files").warns("drafts/b.txt: left out by `exclude`");
    gongkai(folder.path(), &["check", SELECT, "drafts"]).exits(0).warns("checked 0 files:");
    gongkai(folder.path(), &["check", SELECT, "drafts/b.txt"]).exits(1);
    gongkai(folder.path(), &["check", SELECT, "drafts/b.txt", "--force-exclude"]).exits(0).warns("checked 0 files:");
    gongkai(folder.path(), &["check", SELECT, "--no-config"]).exits(1).warns("checked 4 files:");
}

// --- counting

#[test]
fn statistics_count_findings_before_fixes() {
    let folder = folder(&[("a.txt", &wrong()), ("gongkai.toml", "[severity]\nGK303 = \"info\"\n")]);
    let run =
        gongkai(folder.path(), &["check", SELECT, "--statistics"]).exits(0).warns("0 errors, 0 warnings, 1 info\n");
    let line = run.err.lines().find(|line| line.contains("GK303  ")).unwrap();
    assert!(line.contains("     1  GK303  info "), "{line}");
    let run = gongkai(folder.path(), &["check", SELECT, "--statistics", "--lang=zh"]).exits(0);
    let line = run.err.lines().find(|line| line.contains("GK303  ")).unwrap();
    assert!(line.contains("提示") && !line.contains("row-total"), "{line}");
}

#[test]
fn the_summary_by_file_starts_with_the_worst() {
    let worse = report(&[
        (Row::Received, Column::AllApplicants, "4"),
        (Row::ReviewAndLitigation, Column::Review(Outcome::Total), "2"),
    ]);
    let folder =
        folder(&[("a.txt", &report(&[])), ("b.txt", &blank()), ("c.txt", &worse), ("d.txt", &wrong()), ("e.txt", "x")]);
    let run = gongkai(folder.path(), &["check", SELECT, "--summary"]).exits(1);
    let rows: Vec<Vec<&str>> = run
        .err
        .lines()
        .skip_while(|line| !line.starts_with("error   "))
        .skip(1)
        .map(|line| line.split_whitespace().take(4).collect())
        .collect();
    let due = [
        ["2", "0", "0", "c.txt"],
        ["1", "0", "0", "d.txt"],
        ["0", "1", "0", "b.txt"],
        ["0", "0", "0", "a.txt"],
        ["0", "0", "0", "e.txt"],
    ];
    assert_eq!(rows, due, "{}", run.err);
}

// --- baselines and entries

#[test]
fn a_baseline_suppresses_known_findings_only() {
    let folder = folder(&[("a.txt", &wrong())]);
    let check = |arguments: &[&str]| gongkai(folder.path(), &[&["check", SELECT], arguments].concat());
    check(&["--write-baseline", "known.json"]).exits(0).warns("wrote 1 findings to known.json");
    let run = check(&["--baseline=known.json", "--require-report"]).exits(0).warns("1 known by the baseline");
    assert_eq!(run.out, "");

    let more = wrong().replace("二、主动公开政府信息情况", "另有说明。\n\n二、主动公开政府信息情况");
    fs::write(folder.path().join("a.txt"), &more).unwrap();
    check(&["--baseline=known.json"]).exits(0);
    let worse = report(&[
        (Row::Received, Column::AllApplicants, "4"),
        (Row::ReviewAndLitigation, Column::Review(Outcome::Total), "2"),
    ]);
    fs::write(folder.path().join("a.txt"), &worse).unwrap();
    let run = check(&["--baseline=known.json", "--output-format=json"]).exits(1);
    assert_eq!(run.json().len(), 1, "{}", run.out);
    assert_eq!(run.json()[0]["code"], "GK304");

    fs::write(folder.path().join("a.txt"), report(&[])).unwrap();
    check(&["--baseline=known.json"]).exits(0).warns("1 of the baseline are gone");
    check(&["--baseline=none.json"]).exits(2).warns("none.json: the baseline cannot be read");
    check(&["--baseline=a.txt"]).exits(2).warns("a.txt: this is no baseline");
    fs::write(folder.path().join("bad.txt"), b"\x00\xff\xfe\x00\x81").unwrap();
    let before = read(folder.path(), "known.json");
    check(&["--write-baseline=known.json"]).exits(2).warns("the baseline was not written");
    assert_eq!(read(folder.path(), "known.json"), before);
}

#[test]
fn findings_in_a_baseline_are_not_fixed() {
    // The wrong total is known; the blank cell is new.
    let other = report(&[(Row::Received, Column::AllApplicants, "4"), (Row::Petition, Column::NaturalPersons, "")]);
    let folder = folder(&[("a.txt", &wrong())]);
    let check = |arguments: &[&str]| gongkai(folder.path(), &[&["check", SELECT], arguments].concat());
    check(&["--write-baseline", "known.json"]).exits(0);
    check(&["--baseline=known.json", "--fix"]).exits(0);
    assert_eq!(read(folder.path(), "a.txt"), wrong(), "nothing but what is known");
    let run = check(&["--baseline=known.json", "--diff"]).exits(0);
    assert_eq!(run.out, "");
    check(&["--baseline=known.json", "--fix", "--unsafe-fixes"]).exits(0);
    assert_eq!(read(folder.path(), "a.txt"), wrong());

    fs::write(folder.path().join("a.txt"), &other).unwrap();
    check(&["--baseline=known.json", "--fix"]).exits(0);
    assert_eq!(read(folder.path(), "a.txt"), wrong(), "what is new is fixed, what is known is not");
    check(&["--fix"]).exits(0);
    assert_eq!(read(folder.path(), "a.txt"), report(&[]), "without the baseline both are");
}

#[test]
fn an_entry_may_name_a_fingerprint_or_a_place() {
    let two = report(&[
        (Row::Received, Column::AllApplicants, "4"),
        (Row::ReviewAndLitigation, Column::Review(Outcome::Total), "2"),
    ]);
    let folder = folder(&[("a.txt", &two), ("b.txt", &two)]);
    let check =
        |arguments: &[&str]| gongkai(folder.path(), &[&["check", "--select=GK0,GK2,GK3", "."], arguments].concat());
    let run = check(&["--output-format=json"]).exits(1);
    let found = run.json().to_vec();
    let codes: Vec<&str> = found.iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, ["GK303", "GK304", "GK303", "GK304"]);
    let configure = |entries: &str| fs::write(folder.path().join("gongkai.toml"), entries).unwrap();
    let left = || {
        let run = check(&["--output-format=json"]);
        let name = |one: &Value| format!("{} {}", one["filename"].as_str().unwrap(), one["code"].as_str().unwrap());
        run.json().iter().map(name).collect::<Vec<_>>()
    };

    let fingerprint = found[0]["fingerprint"].as_str().unwrap();
    configure(&format!("[[ignore]]\npath = 'a.txt'\ncode = 'GK3'\nfingerprint = '{fingerprint}'\nreason = 'x'\n"));
    assert_eq!(left(), ["a.txt GK304", "b.txt GK303", "b.txt GK304"]);

    let place = &found[0]["place"];
    let (row, column) = (place["row"].as_str().unwrap(), place["column"].as_str().unwrap());
    configure(&format!(
        "[[ignore]]\ncode = 'GK303'\nplace = {{ section = 3, table = 3, row = '{row}', column = '{column}' }}\nreason = 'x'\n"
    ));
    assert_eq!(left(), ["a.txt GK304", "b.txt GK304"]);
    configure("[[ignore]]\ncode = 'GK3'\nplace = { table = 4 }\nreason = 'x'\n");
    assert_eq!(left(), ["a.txt GK303", "b.txt GK303"]);

    // An entry without effect is reported, whether it has a fingerprint or a place.
    configure("[[ignore]]\ncode = 'GK303'\nplace = { row = '（二）部分公开' }\nreason = 'x'\n");
    assert_eq!(left(), ["a.txt GK303", "a.txt GK304", "b.txt GK303", "b.txt GK304", "gongkai.toml GK001"]);
    configure("[[ignore]]\npath = 'a.txt'\ncode = 'GK303'\nfingerprint = '0123456789abcdef'\nreason = 'x'\n");
    assert!(left().contains(&"gongkai.toml GK001".to_owned()));
    configure("[[ignore]]\ncode = 'GK303'\nfingerprint = '12'\nreason = 'x'\n");
    check(&[]).exits(2).warns("sixteen hexadecimal digits");
    // Suppressed findings are not fixed.
    configure(&format!("[[ignore]]\npath = 'a.txt'\ncode = 'GK3'\nfingerprint = '{fingerprint}'\nreason = 'x'\n"));
    check(&["--fix"]);
    assert_eq!(read(folder.path(), "a.txt"), two);
    assert_ne!(read(folder.path(), "b.txt"), two);
}

// --- formats for other programs

#[test]
fn concise_is_one_line_a_finding() {
    let folder = folder(&[("报告/a b.txt", &wrong())]);
    for language in ["--lang=zh", "--lang=en"] {
        let run = gongkai(folder.path(), &["check", SELECT, "--output-format=concise", language]).exits(1);
        assert_eq!(run.out.lines().count(), 1, "{}", run.out);
        let rest = run.out.strip_prefix("报告/a b.txt:").unwrap();
        let (place, message) = rest.split_once(": error[GK303] ").unwrap();
        assert!(place.split(':').all(|number| number.parse::<usize>().is_ok()), "{place}");
        assert!(message.len() > 10, "{message}");
    }
}

#[test]
fn the_html_output_is_self_contained() {
    let folder = folder(&[("a.txt", &wrong())]);
    let run = gongkai(folder.path(), &["check", SELECT, "--output-format=html", "--lang=zh"]).exits(1);
    assert!(run.out.starts_with("<!DOCTYPE html>") && run.out.contains("GK303"), "{}", run.out);
    assert!(!run.out.contains("http"), "{}", run.out);
}

#[test]
fn a_byte_order_mark_does_not_count_as_a_column() {
    let plain = "青石县水务局2023年政府信息公开工作报告";
    let source = report(&[]).replace("青石县水务局2023年政府信息公开工作年度报告", plain);
    let places = |source: &str| {
        let run =
            gongkai_with(Path::new("."), &["check", "-", "--output-format=json", "--select=GK1"], source.as_bytes());
        run.json()
            .iter()
            .map(|one| [&one["location"], &one["end_location"], &one["fixes"]].map(Value::clone))
            .collect::<Vec<_>>()
    };
    let due = places(&source);
    assert!(due.iter().any(|[start, ..]| start["row"] == 1), "something is found in the first line: {due:?}");
    assert_eq!(places(&format!("\u{feff}{source}")), due);
}

/// Checks what SARIF 2.1.0 and GitHub require of a log.
#[track_caller]
fn is_sarif(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"].as_str().unwrap();
    assert!(base.starts_with("file:///") && base.ends_with('/') && base.is_ascii(), "{base}");
    let driver = &run["tool"]["driver"];
    assert!(driver.get("informationUri").is_none(), "nothing points to an address that is not configured");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|text| !text.trim().is_empty()), "{text}: {rule}");
        }
        assert!(["error", "warning", "note"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
        assert!(rule.get("helpUri").is_none());
    }
    let is_place = |place: &Value| {
        let (uri, region) = (place["artifactLocation"]["uri"].as_str().unwrap(), &place["region"]);
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let escapes = uri.split('/').any(|part| matches!(part, "" | "." | ".."));
        assert!(uri.is_ascii() && !escapes && !uri.contains(':') && !uri.contains(' '), "{uri}");
        let number = |name: &str| region[name].as_u64().unwrap();
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
        assert!(start <= end, "{region}");
    };
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        is_place(&result["locations"][0]["physicalLocation"]);
        for related in result["relatedLocations"].as_array().unwrap() {
            is_place(&related["physicalLocation"]);
        }
        assert!(result["partialFingerprints"]["gongkai/v1"].is_string());
        for fix in result["fixes"].as_array().unwrap() {
            for change in fix["artifactChanges"].as_array().unwrap() {
                assert!(!change["replacements"].as_array().unwrap().is_empty(), "{fix}");
            }
        }
    }
}

#[test]
fn sarif_paths_start_at_the_root_of_the_repository() {
    let wrong = wrong();
    let folder = folder(&[
        (".git/HEAD", ""),
        ("sub/a b.txt", &wrong),
        ("sub/年报%.txt", &wrong),
        ("other/c.txt", &wrong),
        #[cfg(unix)]
        ("sub/a:b.txt", &wrong),
        #[cfg(unix)]
        ("sub/年:报.txt", &wrong),
    ]);
    let uris = |run: Run| {
        let log: Value = serde_json::from_str(&run.out).unwrap();
        is_sarif(&log);
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        let uri = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
        results.iter().map(|result| uri(result).as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let sub = folder.path().join("sub");
    let absolute = folder.path().join("other/c.txt");
    let sarif = ["check", SELECT, "--output-format=sarif", "--lang=zh"];
    let found = uris(gongkai(&sub, &[&sarif[..], &[".", absolute.to_str().unwrap()]].concat()));
    assert!(found.contains(&"sub/a%20b.txt".to_owned()) && found.contains(&"other/c.txt".to_owned()), "{found:?}");
    if cfg!(unix) {
        assert!(found.contains(&"sub/a%3Ab.txt".to_owned()), "{found:?}");
    }
    assert_eq!(uris(gongkai(&sub, &[&sarif[..], &["../other"]].concat())), ["other/c.txt"]);
    fs::remove_dir_all(folder.path().join(".git")).unwrap();
    assert_eq!(uris(gongkai(&sub, &[&sarif[..], &["../other"]].concat())), ["other/c.txt"], "without a repository");
    let everything = gongkai(folder.path(), &["check", "--output-format=sarif"]);
    assert!(!uris(everything).is_empty());
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let folder = folder(&[(".git/HEAD", ""), ("reports/2023/a.txt", &wrong())]);
    let sub = folder.path().join("reports/2023");
    for path in ["a.txt", "./a.txt", "../2023/a.txt", sub.join("a.txt").to_str().unwrap()] {
        let run = gongkai(&sub, &["check", SELECT, "--output-format=github", path]).exits(1);
        assert!(run.out.starts_with("::error file=reports/2023/a.txt,line="), "{path}: {}", run.out);
    }
    // The folder that GitHub Actions has checked out takes precedence over a repository inside it.
    fs::create_dir(sub.join(".git")).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["check", SELECT, "--output-format=github"])
        .current_dir(&sub)
        .env("GITHUB_WORKSPACE", folder.path())
        .output()
        .unwrap();
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(out.starts_with("::error file=reports/2023/a.txt,line="), "{out}");
}

#[test]
fn an_unknown_format_is_refused_with_the_list_of_formats() {
    let folder = folder(&[]);
    let run = gongkai(folder.path(), &["check", "--output-format=pdf"]).exits(2);
    run.warns("invalid value 'pdf'").warns("concise");
    let run = gongkai(folder.path(), &["check", "--output-format=pdf", "--lang=zh"]).exits(2);
    run.warns("“pdf”无效").warns("concise");
}

// --- fixes

#[test]
fn fix_applies_safe_fixes_and_changes_no_other_byte() {
    let folder = folder(&[("a.txt", &wrong()), ("b.txt", &blank()), ("c.txt", &report(&[]))]);
    let before = fs::metadata(folder.path().join("c.txt")).unwrap().modified().unwrap();
    let run = gongkai(folder.path(), &["check", SELECT, "--fix"]).exits(0).warns("changed 2 lines in 2 files");
    assert_eq!(run.out, "", "nothing remains");
    assert_eq!(read(folder.path(), "a.txt"), report(&[]));
    assert_eq!(read(folder.path(), "b.txt"), report(&[]));
    assert_eq!(fs::metadata(folder.path().join("c.txt")).unwrap().modified().unwrap(), before, "not written at all");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no temporary file is left");
    let again = gongkai(folder.path(), &["check", SELECT, "--fix"]).exits(0);
    assert!(!again.err.contains("changed"), "{}", again.err);
}

#[test]
fn fix_keeps_the_byte_order_mark_and_line_ends() {
    let dressed = |text: String| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let folder = folder(&[("a.txt", &dressed(wrong()))]);
    gongkai(folder.path(), &["check", SELECT, "--fix"]).exits(0);
    assert_eq!(read(folder.path(), "a.txt"), dressed(report(&[])));
}

#[cfg(unix)]
#[test]
fn fix_keeps_permissions_and_links_and_honours_write_protection() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("real/a.txt", &wrong()), ("locked.txt", &wrong())]);
    let path = |name: &str| folder.path().join(name);
    let mode = |name: &str, mode: u32| fs::set_permissions(path(name), fs::Permissions::from_mode(mode)).unwrap();
    mode("real/a.txt", 0o640);
    mode("locked.txt", 0o444);
    symlink(path("real/a.txt"), path("link.txt")).unwrap();
    gongkai(folder.path(), &["check", SELECT, "--fix", "link.txt"]).exits(0);
    assert!(path("link.txt").is_symlink(), "the link is still one");
    assert_eq!(read(folder.path(), "real/a.txt"), report(&[]));
    assert_eq!(fs::metadata(path("real/a.txt")).unwrap().permissions().mode() & 0o777, 0o640);

    let run = gongkai(folder.path(), &["check", SELECT, "--fix", "locked.txt"]).exits(2);
    run.warns("locked.txt: the file is read-only and unchanged").prints("GK303");
    assert_eq!(read(folder.path(), "locked.txt"), wrong());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no temporary file is left");
}

#[test]
fn unsafe_fixes_are_applied_only_on_request() {
    // 1 upheld, 2 in all: any of the five cells may be wrong, and nothing shows which.
    let doubtful = report(&[
        (Row::ReviewAndLitigation, Column::Review(Outcome::Upheld), "1"),
        (Row::ReviewAndLitigation, Column::Review(Outcome::Total), "2"),
    ]);
    let folder = folder(&[("a.txt", &doubtful)]);
    let run = gongkai(folder.path(), &["check", SELECT, "--fix", "--output-format=json"]).exits(1);
    assert_eq!(read(folder.path(), "a.txt"), doubtful, "a doubtful sum is never changed without being asked");
    let findings = run.json();
    assert_eq!(findings.len(), 1, "{}", run.out);
    assert_eq!(findings[0]["code"], "GK304");
    let fixes = findings[0]["fixes"].as_array().unwrap();
    assert!(fixes.len() > 1 && fixes.iter().all(|fix| fix["applicability"] == "unsafe"), "{}", run.out);
    gongkai(folder.path(), &["check", SELECT, "--fix", "--unsafe-fixes"]).exits(0).warns("changed 1 line in 1 file");
    assert_ne!(read(folder.path(), "a.txt"), doubtful);
}

#[test]
fn diff_shows_the_changes_of_fix_without_writing_them() {
    let folder = folder(&[("报告/a.txt", &wrong()), ("b.txt", &report(&[]))]);
    let run = gongkai(folder.path(), &["check", SELECT, "--diff"]).exits(1).warns("would change 1 line in 1 file");
    assert!(run.out.starts_with("--- a/报告/a.txt\n+++ b/报告/a.txt\n@@ "), "{}", run.out);
    let changed: Vec<&str> = run.out.lines().filter(|line| line.starts_with(['+', '-'])).skip(2).collect();
    let line = |text: &str| text.lines().find(|line| line.starts_with("一、本年新收")).unwrap().to_owned();
    assert_eq!(changed, [format!("-{}", line(&wrong())), format!("+{}", line(&report(&[])))]);
    assert_eq!(read(folder.path(), "报告/a.txt"), wrong(), "nothing is changed");
    assert_eq!(gongkai(folder.path(), &["check", SELECT, "--diff", "b.txt"]).exits(0).out, "");
    gongkai(folder.path(), &["check", "--diff", "--fix"]).exits(2);
}

/// Applies `patch` in `folder` with `program` and returns the error messages; `None` if there is no such program.
fn applied(folder: &Path, program: &[&str], patch: &str) -> Option<Result<(), String>> {
    let mut child = Command::new(program[0])
        .args(&program[1..])
        .current_dir(folder)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .ok()?;
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), patch.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Some(if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&said).into_owned()) })
}

#[test]
fn a_diff_applies_with_patch_and_git_for_all_names_and_line_ends() {
    let names = [
        "a.txt",
        "年报 1.txt",
        "x y/b c.txt",
        #[cfg(unix)]
        "q\"uote\\.txt",
        #[cfg(unix)]
        "t\tab.txt",
    ];
    type LineEnds = fn(String) -> String;
    let line_ends: [(&str, LineEnds); 6] = [
        ("LF", |text| text),
        ("CRLF", |text| text.replace('\n', "\r\n")),
        ("CR CR LF", |text| text.replace('\n', "\r\r\n")),
        ("a lone CR in a line", |text| text.replace("全年发布信息120条。", "全年发布\r信息120条。")),
        ("a lone CR before the fix", |text| {
            text.replace("申请人情况", "申请人情况\r").replace("总计\n一、", "总计\r\n一、")
        }),
        ("no last line end", |text| text.trim_end().to_owned()),
    ];
    let programs: [&[&str]; 2] = [&["patch", "-p1", "--binary", "-s"], &["git", "apply", "-p1"]];
    for (kind, convert) in line_ends {
        for program in programs {
            let old = convert(wrong());
            let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, old.as_str())).collect();
            let folder = folder(&files);
            let patch = gongkai(folder.path(), &["check", SELECT, "--diff"]).exits(1).out;
            match applied(folder.path(), program, &patch) {
                None => continue,
                Some(result) => assert_eq!(result, Ok(()), "{program:?} {kind}\n{patch:?}"),
            }
            for name in names {
                assert_eq!(read(folder.path(), name), convert(report(&[])), "{program:?} {kind} {name}");
            }
        }
    }
}

#[test]
fn a_diff_is_in_the_encoding_of_its_file() {
    let folder = folder(&[]);
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    fs::write(folder.path().join("年报.txt"), gbk(&wrong())).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["check", SELECT, "--diff"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    fs::write(folder.path().join("diff"), &run.stdout).unwrap();
    let applied = Command::new("git").args(["apply", "diff"]).current_dir(folder.path()).output();
    let Ok(applied) = applied else { return };
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    assert_eq!(fs::read(folder.path().join("年报.txt")).unwrap(), gbk(&report(&[])));
}

#[test]
fn a_diff_of_utf_16_has_a_note_that_patch_cannot_apply_it() {
    let folder = folder(&[]);
    let bytes: Vec<u8> = format!("\u{feff}{}", wrong()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("年报.txt"), bytes).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["check", SELECT, "--diff"])
        .env("LANG", "zh_CN.UTF-8")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(said.contains("年报.txt 是 UTF-16 编码，patch 和 git apply 不能应用"), "{said}");
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = folder(&[]);
    let run = gongkai_with(folder.path(), &["check", SELECT, "--fix", "-"], wrong().as_bytes()).exits(0);
    assert_eq!(run.out, report(&[]));
    let plain = gongkai_with(folder.path(), &["check", "--fix", "-"], b"\xef\xbb\xbfabc\r\n").exits(0);
    assert_eq!(plain.out.as_bytes(), b"\xef\xbb\xbfabc\r\n", "what is no report comes back as it was");
    gongkai_with(folder.path(), &["check", "--fix", "-", "."], b"").exits(0);
}

// --- published reports, if they are available

/// The errors and warnings in the published reports of `../shared` are exactly the expected ones. Without that folder the
/// test passes.
#[test]
fn published_reports_have_exactly_the_expected_findings() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let Ok(expected) = fs::read_to_string(shared.join("expected/seeds.json")) else { return };
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let rules = gongkai(&shared, &["rule", "--output-format=json"]).json();
    let exists = |code: &Value| rules.iter().any(|rule| rule["code"] == *code);
    let findings = gongkai(&shared.join("seeds"), &["check", "--output-format=json"]).exits(1).json();
    let mut problems = Vec::new();
    for (name, seed) in expected["seeds"].as_object().unwrap() {
        let mut left: Vec<&Value> =
            findings.iter().filter(|one| one["filename"] == *name && one["severity"] != "info").collect();
        for due in seed["must"].as_array().unwrap().iter().filter(|due| exists(&due["code"])) {
            let rows = due["rows"][0].as_u64()..=due["rows"][1].as_u64();
            for _ in 0..due["count"].as_u64().unwrap() {
                let found = left.iter().position(|one| {
                    one["code"] == due["code"]
                        && one["severity"] == due["severity"]
                        && rows.contains(&one["location"]["row"].as_u64())
                });
                match found {
                    Some(index) => drop(left.remove(index)),
                    None => problems.push(format!("missing in {name}: {due}")),
                }
            }
        }
        problems.extend(left.iter().map(|one| format!("not due in {name}: {one}")));
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

// --- the other commands

#[test]
fn rules_are_explained() {
    let folder = folder(&[]);
    let folder = folder.path();
    gongkai(folder, &["rule", "GK303"]).exits(0).prints("GK303 row-total").prints("error");
    gongkai(folder, &["rule", "row-total", "--lang=zh"]).exits(0).prints("GK303 row-total").prints("错误");
    let all = gongkai(folder, &["rule"]).exits(0).out;
    let codes: Vec<&str> = all.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert!(codes.len() > 10 && codes.is_sorted() && codes.contains(&"GK303"), "{all}");
    let json = gongkai(folder, &["rule", "--output-format=json"]).exits(0).json();
    assert_eq!(json.iter().map(|rule| rule["code"].as_str().unwrap()).collect::<Vec<_>>(), codes);
    let one: Value = serde_json::from_str(&gongkai(folder, &["rule", "gk303", "--output-format=json"]).out).unwrap();
    assert_eq!((&one["name"], &one["severity"]), (&"row-total".into(), &"error".into()));
    for text in [&one["title"]["zh"], &one["title"]["en"], &one["documentation"]["zh"], &one["documentation"]["en"]] {
        assert!(!text.as_str().unwrap().is_empty());
    }
    let title = one["title"]["zh"].as_str().unwrap();
    gongkai(folder, &["rule", title]).exits(0).prints("GK303 row-total");
    gongkai(folder, &["rule", one["title"]["en"].as_str().unwrap()]).exits(0).prints("GK303 row-total");
    gongkai(folder, &["rule", "row-totl"]).exits(2).warns("did you mean `row-total`?");
    gongkai(folder, &["rule", "row-totl", "--lang=zh"]).exits(2).warns("是否指“row-total”？");
}

#[test]
fn version_help_completions_and_wrong_usage() {
    let folder = folder(&[]);
    let folder = folder.path();
    assert_eq!(gongkai(folder, &["--version"]).exits(0).out, format!("gongkai {}\n", env!("CARGO_PKG_VERSION")));
    gongkai(folder, &["--help"]).exits(0).prints("Exit codes:").prints("check");
    let help = gongkai(folder, &["check", "--help"]).exits(0).prints("Exit codes:");
    for option in [
        "--fix",
        "--diff",
        "--unsafe-fixes",
        "--output-format",
        "--output-file",
        "--select",
        "--ignore",
        "--fail-on",
        "--config",
        "--no-config",
        "--color",
        "--quiet",
        "--verbose",
        "--statistics",
        "--summary",
        "--baseline",
        "--write-baseline",
        "--require-report",
        "--force-exclude",
        "--jobs",
        "--stdin-filename",
    ] {
        assert!(help.out.contains(option), "{option}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        gongkai(folder, &["completions", shell]).exits(0).prints("GONGKAI_COMPLETE");
    }
    // As the completion script of bash calls it.
    for (words, offered) in [(["check", "--unsafe"].as_slice(), "--unsafe-fixes"), (&["rule", "GK30"], "GK303")] {
        let run = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["--", "gongkai"])
            .args(words)
            .env("GONGKAI_COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
            .env("_CLAP_IFS", "\n")
            .output()
            .unwrap();
        let out = String::from_utf8_lossy(&run.stdout);
        assert!(out.lines().any(|line| line.starts_with(offered)), "{words:?}: {out:?}");
    }
    gongkai(folder, &[]).exits(2);
    gongkai(folder, &["chek"]).exits(2).warns("check");
    gongkai(folder, &["check", "--fail-on=fatal"]).exits(2).warns("possible values");
    gongkai(folder, &["check", "-j0"]).exits(2);
}

#[test]
fn help_and_wrong_usage_are_in_the_readers_language() {
    let folder = folder(&[]);
    let run = |arguments: &[&str], locale: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(arguments)
            .current_dir(folder.path())
            .env_remove("LC_MESSAGES")
            .env_remove("LC_ALL")
            .env("LANG", locale)
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let (code, help) = run(&["check", "--help"], "zh_CN.UTF-8");
    assert!(code == Some(0) && help.contains("用法：gongkai check") && help.contains("退出码："), "{help}");
    assert!(!help.contains("Usage") && !help.contains("Options"), "{help}");
    let (code, help) = run(&["help", "rule"], "zh_CN.UTF-8");
    assert!(code == Some(0) && help.contains("用法：gongkai rule"), "{help}");
    let (code, said) = run(&["check", "--fial-on=error"], "zh_CN.UTF-8");
    assert!(code == Some(2) && said.starts_with("错误：没有参数“--fial-on”，是否指“--fail-on”？"), "{said}");
    assert!(said.contains("gongkai check --help"), "{said}");
    let (code, said) = run(&["check", "--fial-on=error"], "en_GB.UTF-8");
    assert!(code == Some(2) && said.contains("unexpected argument"), "{said}");
    let (_, help) = run(&["--help", "--lang=en"], "zh_CN.UTF-8");
    assert!(help.contains("Usage: gongkai"), "{help}");
    let (_, help) = run(&["--lang=zh", "check", "-h"], "en_GB.UTF-8");
    assert!(help.contains("用法：gongkai check"), "{help}");
}

#[test]
fn messages_are_in_the_language_of_the_environment() {
    let folder = folder(&[]);
    let said = |lang: &str, lc_all: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["check", "none.txt"])
            .current_dir(folder.path())
            .env_remove("LC_MESSAGES")
            .env("LANG", lang)
            .env("LC_ALL", lc_all)
            .output()
            .unwrap();
        String::from_utf8(run.stderr).unwrap()
    };
    assert!(said("en_US.UTF-8", "").contains("there is no such file"));
    assert!(said("en_US.UTF-8", "C").contains("文件不存在"));
    assert!(said("", "").contains("文件不存在"));
}
