//! How long each part of the way takes, on reports of this repository: `cargo bench --bench parts`.
//!
//! They are in the order of the way of a text: lex, parse, bind, check, locate errors, publish. A part that an edit does not
//! repeat in full is measured for a whole report and for an edit.

use divan::Bencher;
use gongkai::analysis::{Analysis, check};
use gongkai::config::Settings;
use gongkai::report::Document;
use gongkai::rules::{Neighbours, check_report};
use gongkai::statute::prose::word_at;
use gongkai::syntax::Tree;
use gongkai::text::{Encoding, Lines, Span, Text, fold};
use std::sync::Arc;

/// A report for each of three layouts.
const REPORTS: [(&str, &str); 3] = [
    ("cells by line", include_str!("../tests/reports/cells-by-line-2019.txt")),
    ("tabs", include_str!("../tests/reports/tabs-2023.txt")),
    ("wrong totals", include_str!("../examples/reports/wrong-totals-2023.txt")),
];

/// The encoding that editors speak.
const ENCODING: Encoding = Encoding::Utf16;

fn source(name: &str) -> &'static str {
    REPORTS.iter().find(|(other, _)| *other == name).map_or("", |(_, source)| source)
}

fn names() -> impl Iterator<Item = &'static str> {
    REPORTS.iter().map(|(name, _)| *name)
}

/// Where a figure and where a word is typed in `source`: in the last row of the table of applications, and in the
/// first part.
fn places(source: &str) -> [usize; 2] {
    let after = |label: &str| source.rfind(label).map(|at| at + label.len());
    let figure = after("结转下年度继续办理").and_then(|at| Some(at + source[at..].find(|c: char| c.is_ascii_digit())?));
    assert!(figure.is_some() && after("监督保障").is_some(), "the report has lost its landmarks");
    [figure.unwrap_or_default(), after("监督保障").unwrap_or_default()]
}

/// A document of a hundred reports.
fn compendium() -> String {
    source("tabs").repeat(100)
}

/// `source` with a digit more at `at`, and the span that it took the place of.
fn typed(source: &str, at: usize) -> (String, Span) {
    (format!("{}1{}", &source[..at], &source[at..]), Span::at(at))
}

/// A document that was read: it is on a request for what it says.
fn bound(source: &str) -> Document {
    let document = Document::new(source);
    assert!(document.units().all(|(_, unit)| unit.report().is_recognised()), "no report");
    document
}

fn analysis(source: &str) -> Analysis {
    let analysis = Analysis::new(source, Arc::new(Settings::default()));
    analysis.check_until(|| false);
    analysis
}

// --- lex

#[divan::bench(args = names())]
fn lex_fold(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| fold(source(name)));
}

/// The words of the statute, looked for at every character as the reader of prose does.
#[divan::bench(args = names())]
fn lex_words(bencher: Bencher<'_, '_>, name: &str) {
    let characters: Vec<char> = fold(source(name)).chars().collect();
    bencher.bench(|| {
        let at = |start: usize| word_at(|index| characters.get(start + index).copied());
        (0..characters.len()).filter_map(at).map(|(length, _)| length).sum::<usize>()
    });
}

// --- parse

#[divan::bench(args = names())]
fn parse(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| Tree::parse(source(name)));
}

fn reparse(bencher: Bencher<'_, '_>, name: &str, place: usize) {
    let (text, span) = typed(source(name), places(source(name))[place]);
    let tree = Tree::parse(source(name));
    bencher.with_inputs(|| tree.clone()).bench_local_refs(|tree| tree.edit(&text, span, 1));
}

#[divan::bench(args = names())]
fn reparse_a_figure(bencher: Bencher<'_, '_>, name: &str) {
    reparse(bencher, name, 0);
}

#[divan::bench(args = names())]
fn reparse_a_word(bencher: Bencher<'_, '_>, name: &str) {
    reparse(bencher, name, 1);
}

// --- bind

/// With the parse: the two cannot be had apart.
#[divan::bench(args = names())]
fn bind(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| {
        let document = Document::new(source(name));
        // Read when asked for.
        document.units().map(|(_, unit)| unit.report().tables.len()).sum::<usize>()
    });
}

fn bind_again(bencher: Bencher<'_, '_>, name: &str, place: usize) {
    let at = places(source(name))[place];
    bencher.with_inputs(|| bound(source(name))).bench_local_refs(|document| {
        document.edit(Span::at(at), "1");
        document.units().map(|(_, unit)| unit.report().tables.len()).sum::<usize>()
    });
}

#[divan::bench(args = names())]
fn bind_again_for_a_figure(bencher: Bencher<'_, '_>, name: &str) {
    bind_again(bencher, name, 0);
}

#[divan::bench(args = names())]
fn bind_again_for_a_word(bencher: Bencher<'_, '_>, name: &str) {
    bind_again(bencher, name, 1);
}

// --- check

fn check_by(bencher: Bencher<'_, '_>, name: &str, settings: &Settings) {
    let document = bound(source(name));
    bencher.bench(|| {
        let units = document.units().map(|(_, unit)| unit);
        units
            .map(|unit| check_report(unit.source(), unit.report(), settings, &Neighbours::default()).len())
            .sum::<usize>()
    });
}

/// Every rule.
#[divan::bench(args = names())]
fn check_all(bencher: Bencher<'_, '_>, name: &str) {
    check_by(bencher, name, &Settings::default());
}

/// The rule that says which figure of a row is to blame, alone: nearly all of it is finding that out.
#[divan::bench(args = names())]
fn localise(bencher: Bencher<'_, '_>, name: &str) {
    check_by(bencher, name, &Settings { select: vec!["GK303".to_owned()], ..Settings::default() });
}

// --- positions

/// All findings of a hundred reports, as the server converts them.
#[divan::bench]
fn positions_of_findings(bencher: Bencher<'_, '_>) {
    let analysis = analysis(&source("wrong totals").repeat(100));
    let reported = analysis.reported();
    bencher.bench(|| analysis.positions(&reported, ENCODING).map(|(_, places)| places.len()).sum::<usize>());
}

#[divan::bench]
fn positions_in_a_rope(bencher: Bencher<'_, '_>) {
    let text = Text::new(&compendium());
    bencher.bench(|| (0..text.len()).step_by(10_007).map(|at| text.position(at, ENCODING).column).sum::<usize>());
}

#[divan::bench]
fn positions_in_lines(bencher: Bencher<'_, '_>) {
    let text = compendium();
    bencher.bench(|| {
        let lines = Lines::new(&text);
        (0..text.len()).step_by(10_007).map(|at| lines.position(at, ENCODING).column).sum::<usize>()
    });
}

#[divan::bench(args = names())]
fn lines_of_a_report(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| Lines::new(source(name)));
}

// --- all of it

#[divan::bench(args = names())]
fn check_text(bencher: Bencher<'_, '_>, name: &str) {
    let settings = Settings::default();
    bencher.bench(|| check(source(name), &settings));
}

/// One character in and out again, each time with all that the server asks for then.
fn keystrokes(bencher: Bencher<'_, '_>, source: &str, at: usize) {
    let told = |analysis: &Analysis| {
        analysis.check_until(|| false);
        let reported = analysis.reported();
        analysis.positions(&reported, ENCODING).map(|(_, places)| places.len()).sum::<usize>()
    };
    bencher.with_inputs(|| analysis(source)).bench_local_refs(|analysis| {
        analysis.edit(Span::at(at), "1");
        let typed = told(analysis);
        analysis.edit(Span::new(at, at + 1), "");
        typed + told(analysis)
    });
}

#[divan::bench(args = names())]
fn two_keystrokes_in_a_figure(bencher: Bencher<'_, '_>, name: &str) {
    keystrokes(bencher, source(name), places(source(name))[0]);
}

#[divan::bench(args = names())]
fn two_keystrokes_in_a_word(bencher: Bencher<'_, '_>, name: &str) {
    keystrokes(bencher, source(name), places(source(name))[1]);
}

#[divan::bench(sample_count = 20)]
fn two_keystrokes_in_a_compendium(bencher: Bencher<'_, '_>) {
    let text = compendium();
    let [figure, _] = places(&text);
    keystrokes(bencher, &text, figure);
}

#[divan::bench(sample_count = 20)]
fn findings_of_a_compendium(bencher: Bencher<'_, '_>) {
    let analysis = analysis(&source("wrong totals").repeat(100));
    bencher.bench(|| analysis.findings());
}

fn main() {
    divan::main();
}
