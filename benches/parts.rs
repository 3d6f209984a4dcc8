//! How long each part of the way takes, on the example reports: `cargo bench --bench parts`.

use divan::Bencher;
use gongkai::analysis::{Analysis, check};
use gongkai::config::Settings;
use gongkai::report::Document;
use gongkai::rules::judge;
use gongkai::syntax::Tree;
use gongkai::text::{Encoding, Span, Text, fold};
use std::sync::Arc;

/// One report for each layout, and what stands in it to edit: a figure of a table, a word of the narrative.
const REPORTS: [(&str, &str); 3] = [
    ("cells by line", include_str!("../tests/reports/cells-by-line-2019.txt")),
    ("tabs", include_str!("../tests/reports/tabs-2023.txt")),
    ("wrong totals", include_str!("../examples/reports/wrong-totals-2023.txt")),
];

fn source(name: &str) -> &'static str {
    REPORTS.iter().find(|(other, _)| *other == name).map_or("", |(_, source)| source)
}

fn names() -> impl Iterator<Item = &'static str> {
    REPORTS.iter().map(|(name, _)| *name)
}

/// A document of a hundred reports.
fn compendium() -> String {
    source("tabs").repeat(100)
}

#[divan::bench(args = names())]
fn fold_text(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| fold(source(name)));
}

#[divan::bench(args = names())]
fn parse(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| Tree::parse(source(name)));
}

#[divan::bench(args = names())]
fn read(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| Document::new(source(name)));
}

#[divan::bench(args = names())]
fn judge_report(bencher: Bencher<'_, '_>, name: &str) {
    let document = Document::new(source(name));
    let settings = Settings::default();
    bencher.bench(|| {
        let units = document.units().iter();
        units.map(|unit| judge(unit.source(), unit.report(), &settings).len()).sum::<usize>()
    });
}

#[divan::bench(args = names())]
fn check_report(bencher: Bencher<'_, '_>, name: &str) {
    let settings = Settings::default();
    bencher.bench(|| check(source(name), &settings));
}

/// One character in and out again, at the figure or word `place`.
fn keystrokes(bencher: Bencher<'_, '_>, source: &str, place: &str) {
    let at = source.rfind(place).unwrap_or(0) + place.len();
    bencher.with_inputs(|| Analysis::new(source, Arc::new(Settings::default()))).bench_local_refs(|analysis| {
        analysis.edit(Span::at(at), "1");
        analysis.edit(Span::new(at, at + 1), "")
    });
}

#[divan::bench(args = names())]
fn two_keystrokes_in_a_table(bencher: Bencher<'_, '_>, name: &str) {
    keystrokes(bencher, source(name), "结转下年度继续办理\t");
}

#[divan::bench(args = names())]
fn two_keystrokes_in_the_narrative(bencher: Bencher<'_, '_>, name: &str) {
    keystrokes(bencher, source(name), "监督保障");
}

#[divan::bench]
fn two_keystrokes_in_a_compendium(bencher: Bencher<'_, '_>) {
    keystrokes(bencher, &compendium(), "监督保障");
}

#[divan::bench]
fn findings_of_a_compendium(bencher: Bencher<'_, '_>) {
    let analysis = Analysis::new(&source("wrong totals").repeat(100), Arc::new(Settings::default()));
    bencher.bench(|| analysis.findings());
}

#[divan::bench]
fn positions_in_a_compendium(bencher: Bencher<'_, '_>) {
    let text = Text::new(&compendium());
    bencher
        .bench(|| (0..text.len()).step_by(10_007).map(|at| text.position(at, Encoding::Utf16).column).sum::<usize>());
}

fn main() {
    divan::main();
}
