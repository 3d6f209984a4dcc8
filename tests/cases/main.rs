//! Checks every rule on its own cases, in every layout: it reports exactly the marked places, and near misses have no
//! findings. `README.md` in this folder describes the cases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

#[path = "../generator/mod.rs"]
mod generator;
mod script;

use generator::outline::{Line, model, outline, render};
use generator::verdict::findings;
use generator::{Layout, Model, Style};
use gongkai::ide::fix_all;
use gongkai::rules::{Finding, Severity, rules};
use gongkai::text::{Span, apply};
use script::{Case, Due};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Rules whose cases have fewer than [`ENOUGH`] layouts, and why.
const FEWER: [(&str, &str); 1] =
    [("GK129", "only pages have data about their article, in their head; see tests/reports")];

/// The group of rules that compare a report with others. A case is one report; `tests/office` tests these rules on the
/// reports of a county, in several layouts and encodings.
const ACROSS_REPORTS: &str = "GK5";

/// The number of layouts in which a rule has to fire, and to be silent.
const ENOUGH: usize = 3;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The layouts in which the `index`th case of its rule is checked: every third of its layouts in turn; all of them if the
/// environment variable `GONGKAI_CASES` is set.
fn turn(index: usize, case: &Case) -> Vec<Layout> {
    const TURNS: usize = 3;
    let layouts = case.layouts();
    if layouts.len() < TURNS * ENOUGH || std::env::var_os("GONGKAI_CASES").is_some() {
        return layouts;
    }
    layouts
        .into_iter()
        .enumerate()
        .filter(|(at, _)| (at + index).is_multiple_of(TURNS))
        .map(|(_, layout)| layout)
        .collect()
}

/// The report that the cases of `year` change.
fn base(year: u16) -> String {
    fs::read_to_string(folder().join(format!("{year}.txt"))).unwrap().replace("\r\n", "\n")
}

/// The cases of each rule.
fn scripts() -> BTreeMap<String, Vec<Case>> {
    let files = fs::read_dir(folder().join("rules")).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
            let cases = script::parse(&text).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
            (code, cases)
        })
        .collect()
}

/// The text without its marks `⟦⟧`, and the marked spans, by their starts.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '⟦' => {
                open.push(spans.len());
                spans.push(Span::at(text.len()));
            }
            '⟧' => {
                let span: &mut Span = &mut spans[open.pop().expect("a mark that is open")];
                *span = Span::new(span.start, text.len());
            }
            _ => text.push(c),
        }
    }
    assert!(open.is_empty(), "a mark is not closed");
    (text, spans)
}

/// A finding: code, severity and place.
type Found = (Span, String, Severity);

fn in_short(text: &str, found: &[Finding]) -> Vec<Found> {
    let brief = |finding: &Finding| (widened(text, finding.span), finding.rule.code.to_owned(), finding.severity);
    found.iter().map(brief).collect()
}

/// `span`; for a blank cell with the spaces that the layout writes into every cell.
fn widened(text: &str, span: Span) -> Span {
    if !span.of(text).trim().is_empty() {
        return span;
    }
    let spaces = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let before = text[..span.start].len() - text[..span.start].trim_end_matches(' ').len();
    Span::new(span.start - before, span.end + spaces(&text[span.end..]))
}

fn severity_of(code: &str) -> Severity {
    rules().find(|rule| rule.code == code).unwrap_or_else(|| panic!("{code} is no rule")).severity
}

/// The problems with `case` of the rule `code` in `layout`.
fn problems(code: &str, case: &Case, base: &[Line], model: &Model, layout: Layout) -> Vec<String> {
    let lines = match case.lines(base) {
        Ok(lines) => lines,
        Err(problem) => return vec![format!("{code}, {}: {problem}", case.name)],
    };
    let (text, spans) = unmark(&render(model, &Style::plain(layout), &lines));
    let whole = Due { code: None, severity: None };
    let stated = if case.due.is_empty() { vec![whole; spans.len()] } else { case.due.clone() };
    let mut problems = Vec::new();
    if stated.len() != spans.len() || spans.is_empty() == case.fires {
        problems.push(format!("{} marks, {} findings due", spans.len(), stated.len()));
    }
    let mut due: Vec<Found> = spans
        .into_iter()
        .zip(stated)
        .map(|(span, due)| {
            let code = due.code.unwrap_or_else(|| code.to_owned());
            let severity = due.severity.unwrap_or_else(|| severity_of(&code));
            (widened(&text, span), code, severity)
        })
        .collect();
    due.sort();
    let found = findings(&text);
    let mut got = in_short(&text, &found);
    got.sort();
    let show = |(span, code, severity): &Found| format!("{code} {severity:?} {:?}", span.of(&text));
    problems.extend(due.iter().filter(|due| !got.contains(due)).map(|due| format!("missing: {}", show(due))));
    problems.extend(got.iter().filter(|found| !due.contains(found)).map(|found| format!("not due: {}", show(found))));
    let fixed = apply(&text, &fix_all(&found));
    if fixed != text && apply(&fixed, &fix_all(&findings(&fixed))) != fixed {
        problems.push("safe fixes twice are not safe fixes once".to_owned());
    }
    if !problems.is_empty() && std::env::var_os("GONGKAI_SHOW").is_some() {
        problems.push(text);
    }
    problems.into_iter().map(|problem| format!("{code}, {}, {layout:?}: {problem}", case.name)).collect()
}

/// Checks the cases of the rules whose codes start with `group`.
fn check(group: &str) {
    let bases: BTreeMap<u16, (Model, Vec<Line>)> = YEARS.map(|year| (year, read(year))).into();
    let mut problems_found = Vec::new();
    for (code, cases) in scripts().iter().filter(|(code, _)| code.starts_with(group)) {
        for (index, case) in cases.iter().enumerate() {
            let (model, lines) = &bases[&case.year];
            for layout in turn(index, case) {
                problems_found.extend(problems(code, case, lines, model, layout));
            }
        }
    }
    assert!(problems_found.is_empty(), "\n{}", problems_found.join("\n"));
}

/// The years of the reports that cases change.
const YEARS: [u16; 2] = [2020, 2024];

fn read(year: u16) -> (Model, Vec<Line>) {
    let model = model(&base(year));
    let lines = outline(&model);
    (model, lines)
}

#[test]
fn the_bases_are_read_as_they_are_written_and_right_in_every_layout() {
    for year in YEARS {
        let (model, lines) = read(year);
        let written: String = lines.iter().map(|line| format!("{}\n", line.written())).collect();
        assert_eq!(written, base(year));
        for layout in Layout::every() {
            let text = render(&model, &Style::plain(layout), &lines);
            assert_eq!(in_short(&text, &findings(&text)), [], "{layout:?}\n{text}");
        }
    }
}

#[test]
fn cases_on_suppression() {
    check("GK0");
}

#[test]
fn cases_on_structure() {
    check("GK1");
}

#[test]
fn cases_on_figures() {
    check("GK2");
}

#[test]
fn cases_on_arithmetic() {
    check("GK3");
}

#[test]
fn cases_on_statements() {
    check("GK4");
}

#[test]
fn cases_on_style() {
    check("GK6");
}

#[test]
fn every_rule_fires_and_is_silent_in_enough_layouts() {
    let scripts = scripts();
    let codes: Vec<&str> = rules().map(|rule| rule.code).collect();
    for code in scripts.keys() {
        assert!(codes.contains(&code.as_str()), "{code} is no rule, but has cases");
    }
    let mut problems = Vec::new();
    for code in codes {
        let cases = scripts.get(code).map(Vec::as_slice).unwrap_or_default();
        // Some layouts may have only one of the cases.
        let layouts = |fires: bool| {
            let asked = cases.iter().enumerate().filter(|(_, case)| case.fires == fires);
            let all = asked.flat_map(|(index, case)| turn(index, case));
            let mut layouts: Vec<String> = all.map(|layout| format!("{layout:?}")).collect();
            layouts.sort();
            layouts.dedup();
            layouts.len()
        };
        let excused = code.starts_with(ACROSS_REPORTS) || FEWER.iter().any(|(fewer, _)| *fewer == code);
        let (fires, silent) = (layouts(true), layouts(false));
        if (fires.min(silent) < ENOUGH) != excused {
            problems.push(format!("{code} fires in {fires} layouts and is silent in {silent}"));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn a_wrong_case_is_reported() {
    let (model, lines) = read(2024);
    let told = |script: &str| {
        let cases = script::parse(script).unwrap();
        problems("GK303", &cases[0], &lines, &model, Layout::Pipes).len()
    };
    let row = "（一）予以公开 | 10 | 2 | 0 | 0 | 1 | 0";
    let row = |total: &str| format!("三、本年度办理结果 | {row} | {total}");
    let case = |fires: &str, total: &str| format!("=== {fires} 2024: x\n-{}\n+{}\n", row("13"), row(total));
    assert_eq!(told(&case("fires", "⟦14⟧")), 0);
    // The finding is not expected, or expected elsewhere, or missing, or the change matches no line of the report.
    assert_eq!(told(&case("silent", "14")), 1);
    assert!(told(&case("fires", "⟦1⟧4")) > 1);
    assert_eq!(told(&case("fires", "⟦13⟧")), 1);
    assert_eq!(told("=== silent 2024: x\n-没有的一行\n"), 1);
    assert!(script::parse("=== maybe 2024: x\n").is_err());
    assert!(script::parse("+x\n").is_err());
}
