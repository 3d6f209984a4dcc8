//! The review office: a county's reports of two years, with faults of every rule that compares reports; letters, overview and
//! rounds; figures as data, sums, comparisons and new reports.

#![cfg(all(feature = "cli", feature = "server"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../command/mod.rs"]
mod command;
mod county;
mod data;
#[path = "../generator/mod.rs"]
mod generator;

use command::{gongkai, read};
use county::{Report, bodies, county, sum};
use generator::Rng;
use gongkai::statute::{Column, Row};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const CONFIGURATION: &str = "\
[region]
report = '*/云岭县汇总.txt'
level = 'county'
members = ['2022/', '2023/']
exclude = ['*统计局*']
";

/// The county's reports without a fault: 120 members in 2022 and 2023 with the county's own, and 29 bodies in 2019 and 2020.
fn reports(members: usize, older: usize) -> Vec<Report> {
    let mut rng = Rng::new(7);
    let mut all = bodies(0..members, 2022, &mut rng);
    for year in [2022, 2023] {
        let counted = all.iter().filter(|report| report.year == year && !report.body.contains("统计局"));
        let figures = sum(counted.map(|report| &report.figures));
        all.push(county(year, figures, &mut rng));
    }
    all.extend(bodies(0..older, 2019, &mut rng));
    all
}

fn find<'a>(reports: &'a mut [Report], body: &str, year: u16) -> &'a mut Report {
    let found = reports.iter_mut().find(|report| report.body == body && report.year == year);
    found.unwrap_or_else(|| panic!("no report of {body} for {year}"))
}

fn written(reports: &[Report]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("gongkai.toml"), CONFIGURATION).unwrap();
    reports.iter().for_each(|report| report.write(folder.path()));
    folder
}

/// For each file and rule, how many findings there are.
fn counted(findings: &[Value]) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        *counts.entry((text("filename"), text("code"))).or_default() += 1;
    }
    counts
}

fn checked(folder: &Path) -> BTreeMap<(String, String), usize> {
    let run = gongkai(folder, &["check", "--select=GK5", "--output-format=json", "--fail-on=never"]).exits(0);
    counted(&run.json())
}

/// Adds a fault for each rule and returns the expected findings.
fn seed(reports: &mut Vec<Report>) -> BTreeMap<(String, String), usize> {
    let mut due = BTreeMap::new();
    let mut add = |report: &Report, code: &str| *due.entry((report.file.clone(), code.to_owned())).or_default() += 1;
    // Two faults that cancel out: the county's own carry-over is unchanged.
    for (body, more) in [("云岭县民政局", 1), ("云岭县教育局", -1)] {
        let report = find(reports, body, 2023);
        // Only where there are applications to move.
        report.shift(Row::CarriedOut, Row::Received, 0);
        let (from, to) = if more > 0 { (Row::Received, Row::CarriedIn) } else { (Row::CarriedIn, Row::Received) };
        if more < 0 && report.figures[&(Row::CarriedIn, Column::NaturalPersons)] == 0 {
            let before = find(reports, body, 2022);
            before.add(Row::CarriedOut, Column::NaturalPersons, 1);
            before.add(Row::CarriedOut, Column::AllApplicants, 1);
            before.add(Row::Received, Column::NaturalPersons, 1);
            before.add(Row::Received, Column::AllApplicants, 1);
            let county = find(reports, "云岭县", 2022);
            for row in [Row::CarriedOut, Row::Received] {
                county.add(row, Column::NaturalPersons, 1);
                county.add(row, Column::AllApplicants, 1);
            }
            // The figure that was carried over is missing this year.
            let county = find(reports, "云岭县", 2023);
            county.shift(Row::Received, Row::CarriedIn, 1);
            let report = find(reports, body, 2023);
            report.shift(Row::Received, Row::CarriedIn, 1);
        }
        let report = find(reports, body, 2023);
        report.shift(from, to, 1);
        add(report, "GK501");
    }
    for (body, more) in [("云岭县审计局", 2), ("云岭县商务局", -2)] {
        let report = find(reports, body, 2023);
        report.add(Row::NormativeDocuments, Column::InForce, more);
        add(report, "GK502");
    }
    let report = find(reports, "云岭县水务局", 2020);
    report.add(Row::Penalties, Column::ItemsLastYear, 4);
    add(report, "GK503");
    let report = find(reports, "云岭县林草局", 2023);
    let more = 9 * report.figures[&(Row::Licences, Column::Decisions)] + 200;
    report.add(Row::Licences, Column::Decisions, more);
    add(report, "GK504");
    find(reports, "云岭县", 2023).add(Row::Licences, Column::Decisions, more);
    let words = find(reports, "云岭县交通运输局", 2022).words.clone();
    let report = find(reports, "云岭县交通运输局", 2023);
    report.words = words;
    add(report, "GK505");
    let words = find(reports, "云岭县农业农村局", 2023).words.clone();
    find(reports, "云岭县应急管理局", 2023).words = words;
    add(find(reports, "云岭县应急管理局", 2023), "GK506");
    add(find(reports, "云岭县农业农村局", 2023), "GK506");
    let report = find(reports, "云岭县", 2022);
    report.shift(Row::Granted, Row::NotHeld, 1);
    add(report, "GK507");
    add(report, "GK507");
    reports.retain(|report| !(report.body == "云岭县医疗保障局" && report.year == 2023));
    add(find(reports, "云岭县", 2023), "GK508");
    due
}

#[test]
fn a_county_without_faults_has_no_findings_across_reports() {
    let folder = written(&reports(24, 6));
    assert_eq!(checked(folder.path()), BTreeMap::new());
}

#[test]
fn every_fault_across_reports_is_found_in_a_county_of_three_hundred_and_nothing_else() {
    let mut reports = reports(120, 29);
    assert_eq!(reports.len(), 300);
    let due = seed(&mut reports);
    let rules: BTreeSet<&str> = due.keys().map(|(_, code)| code.as_str()).collect();
    assert_eq!(rules.len(), 8, "a fault of each rule: {rules:?}");
    let forms = |of: fn(&Report) -> &str| reports.iter().map(of).collect::<BTreeSet<&str>>();
    assert_eq!(forms(|report| report.file.rsplit('.').next().unwrap()).len(), 4, "text, Markdown, pages, Word files");
    assert_eq!(forms(Report::encoding).len(), 3);
    let folder = written(&reports);
    assert_eq!(checked(folder.path()), due);

    // The review finds the same, within three seconds in an optimised build.
    let start = Instant::now();
    gongkai(folder.path(), &["review", ".", "--out", "letters", "--quiet", "--select=GK5"]).exits(0);
    let time = start.elapsed();
    assert!(cfg!(debug_assertions) || time < Duration::from_secs(3), "{time:?}");
    let found: Vec<Value> = serde_json::from_str(&read(folder.path(), "letters/findings.json")).unwrap();
    assert_eq!(counted(&found), due);

    // In the second round two bodies send what they had sent, and all others what is right.
    let stays = |(file, code): &(String, String)| code == "GK502" && file.starts_with("2023/");
    for report in self::reports(120, 29) {
        if !["云岭县审计局", "云岭县商务局"].contains(&report.body.as_str()) {
            report.write(folder.path());
        }
    }
    let second = ["review", ".", "--out", "second", "--previous", "letters", "--quiet", "--select=GK5"];
    gongkai(folder.path(), &second).exits(0);
    let found: Vec<Value> = serde_json::from_str(&read(folder.path(), "second/findings.json")).unwrap();
    let of = |round: &str| {
        counted(&found.iter().filter(|finding| finding["round"] == round).cloned().collect::<Vec<Value>>())
    };
    let (remaining, fixed): (BTreeMap<_, _>, BTreeMap<_, _>) = due.into_iter().partition(|(fault, _)| stays(fault));
    assert_eq!(remaining.len(), 2);
    assert_eq!((of("remaining"), of("fixed"), of("new")), (remaining, fixed, BTreeMap::new()));
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let mut reports = reports(16, 4);
    seed(&mut reports);
    let folder = written(&reports);
    for format in ["json", "sarif", "junit", "html"] {
        let run = |jobs: &str| {
            let format = format!("--output-format={format}");
            gongkai(folder.path(), &["check", "--select=GK2,GK3,GK5", &format, "--fail-on=never", jobs]).out
        };
        assert_eq!(run("-j1"), run("-j7"), "{format}");
    }
}

fn review(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let run = gongkai(folder, &[&["review", "r", "--lang=zh", "--quiet"], arguments].concat()).exits(0);
    assert_eq!(run.err, "");
    let out = arguments.iter().skip_while(|argument| **argument != "--out").nth(1).unwrap();
    serde_json::from_str::<Vec<Value>>(&read(folder, &format!("{out}/findings.json"))).unwrap()
}

/// A folder with the reports below `r`.
fn office(reports: &[Report]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("r");
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join("gongkai.toml"), CONFIGURATION).unwrap();
    reports.iter().for_each(|report| report.write(&inside));
    folder
}

fn rounds(findings: &[Value]) -> BTreeMap<(String, String, String), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        let name = text("filename").rsplit('/').next().unwrap_or_default().to_owned();
        *counts.entry((name, text("code"), text("round"))).or_default() += 1;
    }
    counts
}

#[test]
fn a_second_round_accounts_for_every_finding() {
    let mut reports = reports(24, 6);
    seed(&mut reports);
    // A wrong total that remains wrong.
    find(&mut reports, "云岭县审计局", 2023).add(Row::Granted, Column::AllApplicants, 5);
    let folder = office(&reports);
    let first = review(folder.path(), &["--out", "one"]);
    assert!(first.iter().all(|finding| finding["round"] == "new"));
    let of = |findings: &[Value], round: &str| {
        let mut prints: Vec<String> = findings
            .iter()
            .filter(|finding| round.is_empty() || finding["round"] == round)
            .map(|finding| finding["fingerprint"].as_str().unwrap().to_owned())
            .collect();
        prints.sort();
        prints
    };
    // Without changes, all findings remain.
    let same = review(folder.path(), &["--out", "same", "--previous", "one"]);
    assert_eq!(of(&same, "remaining"), of(&first, ""));
    assert_eq!(same.len(), first.len());

    // One is fixed, and moved inside its file; another has a new fault; a third file is missing.
    let report = find(&mut reports, "云岭县商务局", 2023);
    report.add(Row::NormativeDocuments, Column::InForce, 2);
    report.words[0].insert(0, "（说明）本报告已按审核意见修改。".to_owned());
    report.write(&folder.path().join("r"));
    let report = find(&mut reports, "云岭县林草局", 2023);
    report.add(Row::Handled, Column::NaturalPersons, 3);
    report.write(&folder.path().join("r"));
    let absent = find(&mut reports, "云岭县水务局", 2020).file.clone();
    fs::remove_file(folder.path().join("r").join(&absent)).unwrap();
    let second = review(folder.path(), &["--out", "two", "--previous", "one"]);
    let counts = rounds(&second);
    let is = |body: &str, code: &str, round: &str| {
        let found = counts.iter().filter(|((file, c, r), _)| file.starts_with(body) && c == code && r == round);
        found.map(|(_, count)| count).sum::<usize>()
    };
    assert_eq!(is("云岭县商务局", "GK502", "fixed"), 1, "{counts:#?}");
    assert_eq!(is("云岭县商务局", "GK502", "remaining"), 0, "{counts:#?}");
    assert_eq!(is("云岭县审计局", "GK502", "remaining"), 1, "{counts:#?}");
    assert_eq!(is("云岭县林草局", "GK504", "remaining"), 1, "{counts:#?}");
    assert!(
        is("云岭县林草局", "GK302", "new") + is("云岭县林草局", "GK303", "new") + is("云岭县林草局", "GK301", "new")
            >= 1,
        "{counts:#?}"
    );
    assert_eq!(is("云岭县水务局", "GK503", "remaining"), 1, "a report that is not there has not been put right");
    // Every finding of the first round is accounted for once.
    let mut accounted = [of(&second, "fixed"), of(&second, "remaining")].concat();
    accounted.sort();
    assert_eq!(accounted, of(&first, ""));
    let page = read(folder.path(), "two/2023/云岭县商务局.审核意见.html");
    assert!(page.contains("与上次审核意见相比：已改正 1 处"), "{page}");
    let overview = read(folder.path(), "two/总览.html");
    assert!(overview.contains("本次未报送") && overview.contains("已改正"), "{overview}");
    // A fixed finding is not listed a third time.
    let third = review(folder.path(), &["--out", "three", "--previous", "two"]);
    assert_eq!(of(&third, "fixed"), Vec::<String>::new());
}

#[test]
fn letters_overview_and_workbook_agree() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let mut reports = reports(24, 6);
    seed(&mut reports);
    let folder = office(&reports);
    fs::write(folder.path().join("r/通知.txt"), "会议通知\n").unwrap();
    let findings = review(folder.path(), &["--out", "out"]);
    let letters = |folder: &Path| {
        let names = ["2019", "2020", "2022", "2023"].map(|year| folder.join(year));
        names.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).count()
    };
    assert_eq!(letters(&folder.path().join("out")), reports.len());
    let letter = read(folder.path(), "out/2023/云岭县审计局.审核意见.html");
    for due in ["<p>云岭县审计局：</p>", "请核实的问题", "表二，“行政规范性文件”行，“现行有效件数”列", "按上年现行有效"]
    {
        assert!(letter.contains(due), "{due}\n{letter}");
    }
    let overview = read(folder.path(), "out/总览.html");
    for due in ["云岭县医疗保障局", "缺报", "未识别为年度报告", "年度、单位之间"] {
        assert!(overview.contains(due), "{due}");
    }
    for page in [&letter, &overview] {
        for fetched in ["<script", "http://", "https://", "src=", "url(", "@import"] {
            assert!(!page.contains(fetched), "{fetched}");
        }
    }
    let mut book: Xlsx<_> = open_workbook(folder.path().join("out/总览.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["问题", "数据", "单位"]);
    let rows = |book: &mut Xlsx<_>, name: &str| {
        let sheet = book.worksheet_range(name).unwrap();
        sheet.rows().map(<[Data]>::to_vec).collect::<Vec<_>>()
    };
    let text = |cell: &Data| cell.to_string();
    let listed = rows(&mut book, "问题");
    let reports_findings = findings.iter().filter(|finding| !finding["body"].is_null()).count();
    assert_eq!(listed.len() - 1, reports_findings);
    let bodies = rows(&mut book, "单位");
    assert!(bodies.iter().any(|row| text(&row[0]) == "云岭县医疗保障局" && text(&row[2]) == "缺报"));
    // Every figure is in the workbook.
    let figures = rows(&mut book, "数据");
    let at = |report: &Report, column: &str| {
        let found = figures.iter().find(|row| {
            text(&row[0]) == report.body
                && text(&row[1]) == report.year.to_string()
                && text(&row[3]) == "行政许可"
                && text(&row[4]) == column
        });
        found.map(|row| text(&row[5]))
    };
    let report = find(&mut reports, "云岭县林草局", 2023);
    let licences = report.figures[&(Row::Licences, Column::Decisions)].to_string();
    assert_eq!(at(report, "本年处理决定数量"), Some(licences));
    // A second run gives the same.
    review(folder.path(), &["--out", "again"]);
    for name in ["总览.html", "findings.json", "2023/云岭县审计局.审核意见.html"] {
        assert_eq!(read(folder.path(), &format!("out/{name}")), read(folder.path(), &format!("again/{name}")));
    }
}

#[test]
fn a_review_adds_comments_to_a_word_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("r")).unwrap();
    fs::write(folder.path().join("a.txt"), command::wrong()).unwrap();
    gongkai(folder.path(), &["convert", "a.txt", "r/a.docx"]).exits(0);
    let findings = review(folder.path(), &["--out", "out", "--comments"]);
    assert!(findings.iter().any(|finding| finding["code"] == "GK303"));
    // The copy has the text of the file.
    fs::copy(folder.path().join("out/a.批注.docx"), folder.path().join("copy.docx")).unwrap();
    gongkai(folder.path(), &["compare", "r/a.docx", "copy.docx"])
        .exits(0)
        .prints("all figures and sentences are the same");
    // The output of a review is not an input of the next one.
    assert_eq!(review(folder.path(), &["--out", "r/out", "--comments"]).len(), findings.len());
    assert_eq!(review(folder.path(), &["--out", "again"]).len(), findings.len());
}

#[test]
fn every_figure_is_extracted() {
    let reports = reports(3, 0);
    let folder = written(&reports);
    let lines = gongkai(folder.path(), &["extract", "--format=json-lines", "--quiet"]).exits(0).out;
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for report in &reports {
        let own: Vec<&Value> = rows.iter().filter(|row| row["file"] == report.file.as_str()).collect();
        assert_eq!(own.len(), report.figures.len(), "{}", report.file);
        assert!(
            own.iter()
                .all(|row| row["body"] == report.body.as_str() && row["year"] == report.year && row["format"] == 2021)
        );
        let received =
            own.iter().find(|row| row["row"] == "一、本年新收政府信息公开申请数量" && row["column"] == "总计").unwrap();
        let due = report.figures[&(Row::Received, Column::AllApplicants)];
        assert_eq!(received["value"].as_f64(), Some(due as f64));
        // Line and character lead to the figure.
        let source = report.text();
        if !report.file.ends_with("html") && !report.file.ends_with("docx") {
            let line = source.lines().nth(received["line"].as_u64().unwrap() as usize - 1).unwrap();
            let at: String = line.chars().skip(received["character"].as_u64().unwrap() as usize - 1).collect();
            assert!(at.starts_with(&due.to_string()), "{at} {received}");
        }
    }
    // The same as CSV, to a file.
    gongkai(folder.path(), &["extract", "--output", "figures.csv"]).exits(0).warns("figures of 8 reports");
    let csv = read(folder.path(), "figures.csv");
    assert_eq!(csv.lines().count(), rows.len() + 1);
    assert_eq!(csv.lines().next().unwrap(), "file,body,year,format,table,row,column,value,text,line,character");
}

#[test]
fn odd_figures_are_extracted_as_written() {
    let folder = tempfile::tempdir().unwrap();
    let report = command::report(&[
        (Row::Fees, Column::FeeAmount, "12.345678"),
        (Row::Licences, Column::Decisions, "1,234件"),
        (Row::Penalties, Column::Decisions, ""),
        (Row::Coercion, Column::Decisions, "\"无\""),
    ]);
    fs::write(folder.path().join("a,b.txt"), report).unwrap();
    let lines = gongkai(folder.path(), &["extract", "--format=json-lines"]).exits(0).out;
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |row: &str| {
        let found = rows.iter().find(|one| one["row"] == row).unwrap();
        (found["value"].as_f64(), found["text"].as_str().unwrap().to_owned())
    };
    assert_eq!(of("行政事业性收费"), (Some(12.345_678), "12.345678".to_owned()));
    assert_eq!(of("行政许可"), (Some(1234.0), "1,234件".to_owned()));
    assert_eq!(of("行政处罚"), (None, String::new()));
    assert_eq!(of("行政强制"), (None, "\"无\"".to_owned()));
    let csv = gongkai(folder.path(), &["extract"]).exits(0).out;
    assert!(csv.contains("\"a,b.txt\",青石县水务局,2023,2021,2,行政强制,本年处理决定数量,,\"\"\"无\"\"\","), "{csv}");
}

#[test]
fn a_rollup_lists_the_share_of_each_member() {
    let mut reports = reports(12, 0);
    let folder = written(&reports);
    let run = |arguments: &[&str]| gongkai(folder.path(), &[&["rollup", "--lang=zh"], arguments].concat());
    let csv = run(&["--format=csv"]).exits(0).warns("2023年：已汇总 11 个成员单位").out;
    let county = find(&mut reports, "云岭县", 2023);
    let due = county.figures[&(Row::Granted, Column::AllApplicants)];
    assert!(csv.contains(&format!("2023,3,（一）予以公开,总计,,{due}\n")), "{csv}");
    let parts: i64 = csv
        .lines()
        .filter(|line| line.starts_with("2023,3,（一）予以公开,总计,云岭县"))
        .map(|line| line.rsplit(',').next().unwrap().parse::<i64>().unwrap())
        .sum();
    assert_eq!(parts, due);
    let text = run(&["--year=2022"]).exits(0).out;
    assert!(text.contains("云岭县2022年汇总（11 个成员单位）"), "{text}");
    assert!(run(&["--format=markdown"]).exits(0).out.contains("| 行政许可 |"));
    // The county's own report, written from the sums, is what the county reported.
    run(&["--format=report", "--output=2023.md"]).exits(0);
    let own = county.file.clone();
    let compared = gongkai(folder.path(), &["compare", "2023.md", &own, "--output-format=json"]).exits(0).out;
    let compared: Value = serde_json::from_str(&compared).unwrap();
    assert_eq!(compared["figures"], Value::Array(Vec::new()));
    fs::remove_file(folder.path().join("2023.md")).unwrap();
    run(&["--format=xlsx", "--output=sums.xlsx"]).exits(0);
    // A member that has no report any more.
    let gone = find(&mut reports, "云岭县民政局", 2023).file.clone();
    fs::remove_file(folder.path().join(gone)).unwrap();
    run(&[]).exits(1).warns("上年有、本年没有报告：云岭县民政局");
    let empty = tempfile::tempdir().unwrap();
    gongkai(empty.path(), &["rollup"]).exits(2).warns("there are no reports of members");
}

#[test]
fn two_versions_of_a_report_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("a.txt", &command::report(&[]));
    write(
        "b.txt",
        &command::report(&[(Row::Granted, Column::NaturalPersons, "7")])
            .replace("全年发布信息120条", "全年发布信息121条"),
    );
    write("c.txt", "会议通知\n");
    let compare = |arguments: &[&str]| gongkai(folder.path(), &[&["compare"], arguments].concat());
    compare(&["a.txt", "a.txt"]).exits(0).prints("all figures and sentences are the same");
    let run = compare(&["a.txt", "b.txt"]).exits(1).prints("1 figures and 2 sentences differ");
    run.prints("Table 3 › （一）予以公开 › 自然人: 1 → 7").prints("+ 主动公开、依申请公开");
    compare(&["a.txt", "c.txt"]).exits(2).warns("no report was recognised");
    compare(&["a.txt", "d.txt"]).exits(2).warns("there is no such file");
}

#[test]
fn a_new_report_starts_with_the_figures_carried_over() {
    let folder = tempfile::tempdir().unwrap();
    let last = command::report(&[
        (Row::CarriedOut, Column::NaturalPersons, "2"),
        (Row::CarriedOut, Column::AllApplicants, "2"),
    ]);
    fs::write(folder.path().join("2023.txt"), last).unwrap();
    let new = |arguments: &[&str]| gongkai(folder.path(), &[&["new"], arguments].concat());
    new(&["--year=2024", "--from=2023.txt", "2024.md"]).exits(0);
    let lines = gongkai(folder.path(), &["extract", "2024.md", "--format=json-lines"]).exits(0).out;
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.iter().all(|row| row["body"] == "青石县水务局" && row["year"] == 2024));
    let filled: Vec<(&str, f64)> =
        rows.iter().filter_map(|row| Some((row["column"].as_str()?, row["value"].as_f64()?))).collect();
    assert_eq!(filled.len(), 7, "only what was carried over is known");
    assert!(filled.contains(&("自然人", 2.0)) && filled.contains(&("总计", 2.0)));
    new(&["--year=2024", "--from=2023.txt", "2024.md"]).exits(2).warns("the file is there already");
    new(&["--year=2025", "--from=2023.txt", "x.md"]).exits(2).warns("which is not the year before 2025");
    new(&["--year=2025", "x.txt"]).exits(2).warns("name the body");
    new(&["--year=2025", "--body=云岭县水务局", "x.txt"]).exits(0);
    new(&["--year=2025", "--body=云岭县水务局", "x.pdf"]).exits(2).warns("only .txt and .md");
}

#[test]
fn findings_are_also_written_as_a_workbook() {
    use calamine::{Reader, Xlsx, open_workbook};
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), command::wrong()).unwrap();
    gongkai(folder.path(), &["check", command::SELECT, "--output-format=xlsx", "--output-file=out.xlsx"]).exits(1);
    let mut book: Xlsx<_> = open_workbook(folder.path().join("out.xlsx")).unwrap();
    let sheet = book.worksheet_range("Findings").unwrap();
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[1][..3], ["a.txt", "error", "GK303"]);
    assert_eq!(&rows[1][4..7], ["3", "一、本年新收政府信息公开申请数量", "总计"]);
}

#[test]
fn body_and_year_may_be_given_where_the_title_lacks_them() {
    let folder = tempfile::tempdir().unwrap();
    let nameless = |carried: &str| {
        let report = command::report(&[
            (Row::CarriedIn, Column::NaturalPersons, carried),
            (Row::CarriedIn, Column::AllApplicants, carried),
        ]);
        report.replace(
            "青石县水务局2023年政府信息公开工作年度报告\n\n本报告统计期限为2023年1月1日至2023年12月31日。\n\n",
            "",
        )
    };
    fs::write(folder.path().join("a.txt"), nameless("0")).unwrap();
    fs::write(folder.path().join("b.txt"), nameless("1")).unwrap();
    let check = || {
        gongkai(folder.path(), &["check", "--select=GK501", "--output-format=json", "--fail-on=never"]).exits(0).json()
    };
    assert!(check().is_empty());
    let given = |file: &str, year: u16| format!("[[report]]\npath = '{file}'\nbody = '青石县水务局'\nyear = {year}\n");
    fs::write(folder.path().join("gongkai.toml"), given("a.txt", 2022) + &given("b.txt", 2023)).unwrap();
    let found = check();
    assert_eq!(found.iter().map(|one| one["filename"].as_str().unwrap()).collect::<Vec<_>>(), ["b.txt"]);
}

#[test]
fn members_without_a_report_are_reported_in_the_configuration() {
    let mut reports = reports(12, 0);
    reports.retain(|report| report.body != "云岭县");
    reports.retain(|report| !(report.body == "云岭县民政局" && report.year == 2023));
    let folder = written(&reports);
    let configuration = CONFIGURATION.replace("'2022/',", "'2022/', '2023/云岭县文化局.docx',");
    fs::write(folder.path().join("gongkai.toml"), configuration).unwrap();
    let run =
        gongkai(folder.path(), &["check", "--select=GK508", "--output-format=concise", "--fail-on=never", "--lang=zh"])
            .exits(0);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.out);
    assert!(
        lines[0]
            .starts_with("gongkai.toml:4:11: info[GK508] 有 1 个成员单位上年有报告，而没有2023年报告：云岭县民政局"),
        "{}",
        run.out
    );
    assert!(lines[1].contains("成员“2023/云岭县文化局.docx”没有找到报告"), "{}", run.out);
}
