//! Reports that are kept beside the project, in `../shared`, and what has to be found in them. They are optional: without
//! them the tests say so and pass.
//!
//! - `seeds`: `expected/seeds.json` lists every error and warning, and informations that have to be among the findings.
//! - `reports`: `expected/reports.json` lists what has to be found and what must not be.
//! - `cases`: small inputs that were checked wrongly once. [`CASES`] has the right findings for each.
//!
//! What does not hold yet is listed in [`NOT_YET`]. An entry there that holds fails the test: take it out.
#![cfg(all(feature = "cli", feature = "server"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use gongkai::analysis::Analysis;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is not fulfilled yet: the name of a case, or the file and the expected finding as the test prints them.
const NOT_YET: &[&str] = &[];

/// A finding as `check --output-format json` prints it.
struct Finding {
    code: String,
    severity: String,
    row: u64,
    message: String,
    /// The text at its place.
    text: String,
    /// The replacements of its fixes with their rows: of the safe ones and of the others.
    edits: Vec<Edit>,
}

struct Edit {
    safe: bool,
    content: String,
    rows: RangeInclusive<u64>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { code, severity, row, message, text, edits } = self;
        write!(f, "{row}: {code} {severity}: {message} at {:?}", shortened(text))?;
        for Edit { content, rows, .. } in edits.iter().filter(|edit| edit.safe) {
            write!(f, "\n        safe fix: {:?} in rows {rows:?}", shortened(content))?;
        }
        Ok(())
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if shared.join("expected").is_dir() {
        return Some(shared);
    }
    #[expect(clippy::print_stdout, reason = "whoever reads the log has to know")]
    {
        println!("skipped: nothing at {}", shared.display());
    }
    None
}

fn expected(shared: &Path, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(shared.join("expected").join(name)).unwrap()).unwrap()
}

/// The text between two places of a finding; rows and characters count from 1. Empty if the file is not UTF-8.
fn excerpt(source: &str, location: &Value, end: &Value) -> String {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let offset = |place: &Value| {
        let at = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap() - 1;
        let before: usize = lines.iter().take(at("row")).map(|line| line.len()).sum();
        let line = lines.get(at("row")).copied().unwrap_or_default();
        before + line.char_indices().nth(at("column")).map_or(line.len(), |(offset, _)| offset)
    };
    source.get(offset(location)..offset(end)).unwrap_or_default().to_owned()
}

/// What `check` finds in a file. `Err` is its message about a file that it cannot read.
fn check(path: &Path) -> Result<Vec<Finding>, String> {
    let run = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["check", "--lang", "zh", "--output-format", "json"])
        .arg(path)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&run.stderr).into_owned();
    if run.status.code().is_none_or(|code| code > 1) {
        return Err(errors);
    }
    let source = String::from_utf8(fs::read(path).unwrap()).unwrap_or_default();
    let found: Vec<Value> = serde_json::from_slice(&run.stdout).unwrap();
    let row = |place: &Value| place["row"].as_u64().unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let edits = |finding: &Value| {
        let mut edits = Vec::new();
        for fix in finding["fixes"].as_array().unwrap() {
            for edit in fix["edits"].as_array().unwrap() {
                edits.push(Edit {
                    safe: fix["applicability"] == "safe",
                    content: word(&edit["content"]),
                    rows: row(&edit["location"])..=row(&edit["end_location"]),
                });
            }
        }
        edits
    };
    let finding = |finding: &Value| Finding {
        code: word(&finding["code"]),
        severity: word(&finding["severity"]),
        row: row(&finding["location"]),
        message: word(&finding["message"]),
        text: excerpt(&source, &finding["location"], &finding["end_location"]),
        edits: edits(finding),
    };
    Ok(found.iter().map(finding).collect())
}

fn is_loud(severity: &str) -> bool {
    severity != "info"
}

fn listed(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("\n      {finding}")).collect()
}

/// Collects what is wrong and compares it with [`NOT_YET`].
#[derive(Default)]
struct Verdict {
    problems: Vec<String>,
    tried: BTreeSet<String>,
}

impl Verdict {
    /// Records the outcome of the demand `name`: what is wrong, if anything is.
    fn expect(&mut self, name: &str, problem: Option<String>) {
        self.tried.insert(name.to_owned());
        match (problem, NOT_YET.contains(&name)) {
            (Some(problem), false) => self.problems.push(format!("{name}: {problem}")),
            (None, true) => self.problems.push(format!("{name}: holds now, take it out of NOT_YET")),
            _ => {}
        }
    }

    /// Fails if an entry of [`NOT_YET`] that starts with `prefix` was not tried.
    #[track_caller]
    fn finish(self, prefix: &str) {
        let mut problems = self.problems;
        let of_this = NOT_YET.iter().filter(|name| name.starts_with(prefix) && !self.tried.contains(**name));
        problems.extend(of_this.map(|name| format!("{name}: in NOT_YET, but there is no such expectation")));
        assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    }
}

#[test]
fn the_seeds_have_exactly_the_listed_findings() {
    let Some(shared) = shared() else { return };
    let mut verdict = Verdict::default();
    for (file, expected) in expected(&shared, "seeds.json")["seeds"].as_object().unwrap() {
        let name = |due: &str| format!("seeds/{}: {due}", &file[..3]);
        let found = match check(&shared.join("seeds").join(file)) {
            Ok(found) => found,
            Err(problem) => {
                verdict.expect(&name("is read"), Some(problem));
                continue;
            }
        };
        let (mut loud, quiet): (Vec<_>, Vec<_>) = found.into_iter().partition(|finding| is_loud(&finding.severity));
        let all = listed(&loud);
        for due in expected["must"].as_array().unwrap() {
            let (code, severity) = (due["code"].as_str().unwrap(), due["severity"].as_str().unwrap());
            let rows = due["rows"][0].as_u64().unwrap()..=due["rows"][1].as_u64().unwrap();
            let least = due["count"].as_u64().unwrap();
            let most = due["count_max"].as_u64().unwrap_or(least);
            let mut count = 0;
            loud.retain(|found| {
                let is_it = found.code == code && found.severity == severity && rows.contains(&found.row);
                let taken = is_it && count < most;
                count += u64::from(taken);
                !taken
            });
            let problem = (count < least).then(|| format!("{count} of {least} found; all that is:{all}"));
            verdict.expect(&name(&format!("{code} {severity} in {rows:?}")), problem);
        }
        let rest = (!loud.is_empty()).then(|| listed(&loud));
        verdict.expect(&name("nothing else"), rest);
        for code in expected["info"].as_array().unwrap().iter().filter_map(Value::as_str) {
            let is_there = quiet.iter().any(|finding| finding.code == code);
            verdict.expect(&name(&format!("{code} info")), (!is_there).then(|| "not found".to_owned()));
        }
    }
    verdict.finish("seeds/");
}

/// All seeds are read, with the year and the edition in the list.
#[test]
fn the_seeds_are_read_as_reports_of_their_year_and_edition() {
    let Some(shared) = shared() else { return };
    for (name, expected) in expected(&shared, "seeds.json")["seeds"].as_object().unwrap() {
        let source = fs::read_to_string(shared.join("seeds").join(name)).unwrap();
        let analysis = Analysis::new(&source, Default::default());
        let units: Vec<_> = analysis.units().filter(|unit| unit.report.is_recognised()).collect();
        assert_eq!(units.len(), 1, "{name}");
        assert_eq!(units[0].report.tables.len(), 3, "{name}");
        // 001 and 002 have no title: their year is in the prose.
        let year = units[0].report.year.map(|(year, _)| u64::from(year));
        assert_eq!(year, expected["year"].as_u64(), "{name}");
        for table in &units[0].report.tables {
            assert_eq!(Some(u64::from(table.spec.edition.year())), expected["format"].as_u64(), "{name}");
        }
    }
}

/// Whether `finding` is the one that an entry of `reports.json` describes: everything in the entry is true of it.
fn is_described(finding: &Finding, entry: &Value) -> bool {
    let same = |key: &str, value: &str| entry[key].as_str().is_none_or(|due| due == value);
    same("code", &finding.code)
        && entry["row"].as_u64().is_none_or(|row| row == finding.row)
        && same("text", finding.text.trim())
}

#[test]
fn the_reports_have_all_required_and_no_forbidden_findings() {
    let Some(shared) = shared() else { return };
    let mut verdict = Verdict::default();
    for (file, expected) in expected(&shared, "reports.json").as_object().unwrap() {
        let name = |due: &str| format!("reports/{file}: {due}");
        let found = match check(&shared.join("reports").join(file)) {
            Ok(found) => found,
            Err(problem) => {
                verdict.expect(&name("is read"), Some(problem));
                continue;
            }
        };
        // Equal entries require as many findings.
        let mut due: BTreeMap<String, (&Value, usize)> = BTreeMap::new();
        for entry in expected["must"].as_array().unwrap() {
            let words = ["code", "severity", "text"].map(|key| entry[key].as_str().unwrap_or_default());
            let row = entry["row"].as_u64().map_or(String::new(), |row| format!(" in row {row}"));
            let count = entry["rows"].as_u64().map_or(1, |rows| usize::try_from(rows).unwrap());
            due.entry(format!("{}{row}", words.join(" ").trim_end())).or_insert((entry, 0)).1 += count;
        }
        for (due, (entry, least)) in due {
            let is_it = |finding: &&Finding| {
                is_described(finding, entry) && Some(finding.severity.as_str()) == entry["severity"].as_str()
            };
            let count = found.iter().filter(is_it).count();
            let same_code: Vec<String> =
                found.iter().filter(|finding| entry["code"] == *finding.code).map(ToString::to_string).collect();
            let problem = (count < least)
                .then(|| format!("{count} of {least} found; of this code:\n      {}", same_code.join("\n      ")));
            verdict.expect(&name(&due), problem);
        }
        for entry in expected["must_not"].as_array().unwrap() {
            let severities: &[&str] = match entry["severity"].as_str().unwrap() {
                "error" => &["error"],
                "warning" => &["error", "warning"],
                _ => &["error", "warning", "info"],
            };
            let wrong = found
                .iter()
                .find(|finding| severities.contains(&finding.severity.as_str()) && is_described(finding, entry));
            let [code, text] = ["code", "text"].map(|key| entry[key].as_str().unwrap_or_default());
            verdict.expect(&name(&format!("no {code} {text}")), wrong.map(|finding| format!("{finding}")));
        }
    }
    verdict.finish("reports/");
}

/// The right findings for one of the cases.
#[derive(Clone)]
struct Case {
    file: &'static str,
    /// The findings that are required.
    must: Vec<ExpectedFinding>,
    /// The findings that are forbidden.
    forbidden: Vec<ForbiddenFinding>,
    /// Rows that no safe fix may change.
    untouched: Option<RangeInclusive<u64>>,
    /// For a whole report: the smallest number of tables to be read.
    tables: Option<usize>,
    /// For a whole report: warnings that are allowed.
    allowed: Vec<&'static str>,
}

/// A required finding.
#[derive(Clone)]
struct ExpectedFinding {
    code: &'static str,
    severity: &'static str,
    rows: RangeInclusive<u64>,
    /// Part of its message.
    message: &'static str,
    /// The replacement of one of its fixes; empty if any will do.
    offers: &'static str,
}

/// Forbidden findings.
#[derive(Clone)]
struct ForbiddenFinding {
    /// The start of the code.
    code: &'static str,
    rows: RangeInclusive<u64>,
    /// Part of the message.
    message: &'static str,
}

fn due(code: &'static str, severity: &'static str, rows: RangeInclusive<u64>) -> ExpectedFinding {
    ExpectedFinding { code, severity, rows, message: "", offers: "" }
}

fn forbidden(code: &'static str) -> ForbiddenFinding {
    ForbiddenFinding { code, rows: 1..=u64::MAX, message: "" }
}

impl ExpectedFinding {
    fn message(self, message: &'static str) -> ExpectedFinding {
        ExpectedFinding { message, ..self }
    }

    fn offers(self, offers: &'static str) -> ExpectedFinding {
        ExpectedFinding { offers, ..self }
    }

    fn is(&self, finding: &Finding) -> bool {
        self.code == finding.code
            && self.severity == finding.severity
            && self.rows.contains(&finding.row)
            && finding.message.contains(self.message)
            && (self.offers.is_empty() || finding.edits.iter().any(|edit| edit.content == self.offers))
    }
}

impl ForbiddenFinding {
    fn message(self, message: &'static str) -> ForbiddenFinding {
        ForbiddenFinding { message, ..self }
    }

    fn rows(self, rows: RangeInclusive<u64>) -> ForbiddenFinding {
        ForbiddenFinding { rows, ..self }
    }

    fn forbids(&self, finding: &Finding) -> bool {
        finding.code.starts_with(self.code)
            && self.rows.contains(&finding.row)
            && finding.message.contains(self.message)
    }
}

impl Case {
    /// Part of a report: only the listed findings count.
    fn fragment(file: &'static str, must: &[ExpectedFinding], forbidden: &[ForbiddenFinding]) -> Case {
        let (must, forbidden) = (must.to_vec(), forbidden.to_vec());
        Case { file, must, forbidden, untouched: None, tables: None, allowed: Vec::new() }
    }

    /// A whole report: its three tables are read, its errors and warnings are the listed ones, and its right rows have no
    /// safe fix.
    fn document(file: &'static str, must: &[ExpectedFinding]) -> Case {
        Case { tables: Some(3), ..Case::fragment(file, must, &[]) }
    }

    fn untouched(self, rows: RangeInclusive<u64>) -> Case {
        Case { untouched: Some(rows), ..self }
    }

    fn with_tables(self, least: usize) -> Case {
        Case { tables: Some(least), ..self }
    }

    fn forbidden(self, forbidden: &[ForbiddenFinding]) -> Case {
        Case { forbidden: forbidden.to_vec(), ..self }
    }

    fn allowing(self, allowed: &[&'static str]) -> Case {
        Case { allowed: allowed.to_vec(), ..self }
    }

    /// The problems with the findings.
    fn problems(&self, path: &Path, found: &[Finding]) -> Vec<String> {
        let mut problems = Vec::new();
        let mut rest: Vec<&Finding> = found.iter().collect();
        for due in &self.must {
            match rest.iter().position(|finding| due.is(finding)) {
                Some(at) => drop(rest.remove(at)),
                None => {
                    let ExpectedFinding { code, severity, rows, message, offers } = due;
                    problems.push(format!("missing: {code} {severity} in rows {rows:?} {message} {offers}"));
                }
            }
        }
        let forbidden = found.iter().filter(|finding| self.forbidden.iter().any(|ban| ban.forbids(finding)));
        problems.extend(forbidden.map(|finding| format!("must not be there: {finding}")));
        if let Some(rows) = &self.untouched {
            let touches = |edit: &Edit| edit.safe && edit.rows.start() <= rows.end() && edit.rows.end() >= rows.start();
            let touching = found.iter().filter(|finding| finding.edits.iter().any(touches));
            problems.extend(touching.map(|finding| format!("must not have this safe fix: {finding}")));
        }
        if let Some(tables) = self.tables {
            let loud = rest.iter().filter(|finding| is_loud(&finding.severity));
            let loud = loud.filter(|finding| finding.severity == "error" || !self.allowed.contains(&&*finding.code));
            problems.extend(loud.map(|finding| format!("not due: {finding}")));
            // A report without faults may have safe fixes of style (GK6) only.
            let fixed = rest.iter().filter(|finding| !finding.code.starts_with("GK6"));
            let fixed = fixed.filter(|finding| finding.edits.iter().any(|edit| edit.safe));
            problems.extend(fixed.map(|finding| format!("has a safe fix for what is right: {finding}")));
            problems.extend(unread(path, tables));
        }
        problems
    }
}

/// The parts of a whole report that are not read. Files that are not UTF-8 are left to `check`.
fn unread(path: &Path, tables: usize) -> Option<String> {
    let source = String::from_utf8(fs::read(path).unwrap()).ok()?;
    let analysis = Analysis::new(&source, Default::default());
    let units: Vec<_> = analysis.units().filter(|unit| unit.report.is_recognised()).collect();
    let [unit] = &*units else { return Some(format!("{} reports instead of one", units.len())) };
    let sections = unit.report.sections.iter().filter(|heading| heading.section.is_some()).count();
    let read = unit.report.tables.len();
    (sections != 6 || read < tables).then(|| format!("{sections} of 6 sections and {read} of {tables} tables are read"))
}

/// The right findings for each of the cases, in the order of their list.
fn cases() -> Vec<Case> {
    /// The rules that report a table that is read wrongly.
    const MISREAD: [&str; 9] = ["GK113", "GK114", "GK115", "GK116", "GK117", "GK118", "GK119", "GK2", "GK3"];
    let read_right = |rows: RangeInclusive<u64>| MISREAD.map(|code| forbidden(code).rows(rows.clone()));
    let fragment = Case::fragment;
    let document = Case::document;
    vec![
        fragment("web/01-cells-between-blank-lines.txt", &[], &read_right(1..=64)),
        fragment(
            "web/02-pipe-on-its-own-line.txt",
            &[],
            &[
                forbidden("GK114").message("本年新收"),
                forbidden("GK114").message("上年结转"),
                forbidden("GK104"),
                forbidden("GK118"),
            ],
        ),
        fragment("web/03-gk411-part-named-plan.txt", &[due("GK411", "error", 3..=3).message("2533")], &[]),
        fragment("web/04-gk411-as-of-date.txt", &[due("GK411", "error", 3..=3).message("498")], &[]),
        fragment("web/05-gk411-measure-case.txt", &[], &[forbidden("GK411")]),
        fragment(
            "web/07-gk114-gk116-after-gk111.md",
            &[due("GK111", "error", 5..=18)],
            &[forbidden("GK112"), forbidden("GK114"), forbidden("GK116")],
        )
        .untouched(5..=18),
        fragment(
            "web/08-gk203-measure-words.md",
            &[
                due("GK208", "warning", 23..=23).message("2笔").offers("2"),
                due("GK208", "warning", 23..=23).message("205(万)"),
            ],
            &[forbidden("GK203")],
        ),
        fragment(
            "web/09-gk119-wrong-header-word.md",
            &[due("GK119", "warning", 7..=7).message("先行有效件数").offers("现行有效件数")],
            &[],
        ),
        fragment("web/10-gk302-hidden-behind-gk303.md", &[due("GK302", "error", 7..=31).message("自然人")], &[]),
        fragment("web/11-gk121-without-own-body.txt", &[due("GK121", "warning", 3..=3)], &[]),
        fragment("web/12-gk124-other-link-words.txt", &[], &[forbidden("GK124")]),
        fragment(
            "web/13-gk123-page-footer.html",
            &[due("GK123", "info", 6..=6)],
            &[forbidden("GK123").rows(7..=u64::MAX)],
        ),
        fragment("web/14-table4-as-three-tables.md", &[], &read_right(1..=u64::MAX)),
        fragment(
            "web/16-header-cells-taken-for-rows.md",
            &[],
            &[forbidden("GK116"), forbidden("GK117"), forbidden("GK118")],
        )
        .untouched(5..=5),
        fragment(
            "web/17-table2-text-beside-pipes.md",
            &[],
            &[forbidden("GK113"), forbidden("GK114"), forbidden("GK115"), forbidden("GK116"), forbidden("GK118")],
        ),
        fragment("web/19-gk414-replied-in-time.md", &[], &[forbidden("GK414")]),
        fragment("web/20-gk414-all-completed.md", &[due("GK414", "error", 5..=5)], &[]),
        fragment("web/21-gk122-wrapped-period.txt", &[], &[forbidden("GK122")]),
        fragment("web/24-gk103-heading-sanshi.txt", &[due("GK104", "warning", 5..=5)], &[forbidden("GK103")]),
        fragment(
            "web/25-gk605-doubled-words.txt",
            &[
                due("GK605", "info", 3..=3).message("精神精神"),
                due("GK605", "info", 3..=3).message("审核审核"),
                due("GK605", "info", 3..=3).message("问题问题"),
            ],
            &[forbidden("GK605").message("工作工作")],
        ),
        fragment("web/26-gk102-page-title.html", &[], &[forbidden("GK102")]).untouched(2..=2),
        fragment("web/27-gk302-wording-one-case.md", &[due("GK302", "error", 7..=31).message("2 件计错了栏目")], &[]),
        document("documents/00-base.md", &[]),
        document("documents/00-base.html", &[]),
        document("documents/07a-pdf-layout-base.txt", &[]),
        document("documents/01-one-cell-a-line.txt", &[due("GK303", "error", 69..=69).offers("38")]),
        document("documents/04-underscore-bold.md", &[due("GK303", "error", 39..=39).offers("38")]),
        document("documents/05-merged-cells-repeated.md", &[due("GK303", "error", 64..=64).offers("40")]),
        document("documents/06-word-paste-two-paragraph-header.txt", &[]),
        document("documents/07-pdf-total-a-line-higher.txt", &[]),
        // Whether its figures are read or reported as unread, it has no error.
        document("documents/08-pdf-figure-over-two-lines.txt", &[]).with_tables(0),
        document("documents/09-pdf-page-edge-in-table2.txt", &[]),
        document("documents/11-pymupdf4llm-vertical-label-in-cell.md", &[]),
        document("documents/12-label-cut-over-two-cells.md", &[]),
        document("documents/13-column-name-cut-over-two-cells.md", &[]),
        document("documents/14-prose-in-a-table-markitdown.md", &[]),
        document("documents/15-table4-in-three-tables.md", &[]),
        document("documents/16-table4-figures-in-a-table-of-their-own.md", &[]),
        document("documents/17-label-beside-the-table-pdfplumber.md", &[]),
        document("documents/19-kangxi-radicals.md", &[]),
        document("documents/20-gbk.txt", &[]),
        document("documents/20-utf16le-bom.txt", &[]),
        document("documents/21-parts-of-other-kinds-gk411.md", &[]),
        document(
            "documents/23-review-cases-missed-gk405.md",
            &[due("GK405", "error", 9..=9).message("134"), due("GK406", "error", 9..=9).message("57")],
        ),
        document("documents/24-period-over-two-lines-gk122.md", &[]).forbidden(&[forbidden("GK122")]),
        document("documents/25-figure-with-a-note-gk203.md", &[]).allowing(&["GK203"]),
        document("documents/26-year-first-title-gk102.md", &[due("GK102", "info", 1..=1)]),
        document("documents/27-blank-lines-between-wrapped-lines.txt", &[due("GK401", "info", 9..=11)]),
        document(
            "documents/28-pandoc-placeholder.md",
            &[due("GK604", "warning", 37..=37), due("GK604", "warning", 41..=41)],
        )
        .with_tables(1),
        document("documents/29-html-line-end-inside-the-title.html", &[due("GK102", "info", 2..=4)]),
        document("documents/30-block-quotes.md", &[]),
        document("documents/31-deleted-text-in-html.html", &[]),
        document("documents/32-headings-numbered-by-a-list.html", &[]),
    ]
}

/// Cases that other tests check.
const ELSEWHERE: [&str; 1] = ["documents/33-report.docx"];

#[test]
fn the_cases_have_the_right_findings() {
    let Some(shared) = shared() else { return };
    let mut verdict = Verdict::default();
    for case in cases() {
        let path = shared.join("cases").join(case.file);
        let problem = match check(&path) {
            Ok(found) => {
                let problems = case.problems(&path, &found);
                let problem = || format!("\n    {}\n    found:{}", problems.join("\n    "), listed(&found));
                (!problems.is_empty()).then(problem)
            }
            Err(problem) => Some(problem),
        };
        verdict.expect(&format!("cases/{}", case.file), problem);
    }
    verdict.finish("cases/");
}

/// Every case has its entry, and every entry its case.
#[test]
fn every_case_of_the_index_has_its_answer() {
    let Some(shared) = shared() else { return };
    let index = fs::read_to_string(shared.join("cases/INDEX.md")).unwrap();
    let first_cells = index.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let listed: BTreeSet<&str> =
        first_cells.flat_map(|cell| cell.split('`')).filter(|name| name.contains('/')).collect();
    let answered = cases().into_iter().map(|case| case.file).chain(ELSEWHERE).collect();
    assert_eq!(listed, answered);
}
