//! Laws for any input. Each is a function over the bytes of a fuzzer, a generator or a stored file, and returns the problem.
//! The property tests, the replayed corpora and the fuzz targets share them.
#![allow(dead_code, reason = "each binary that includes this uses a part of it")]

pub(crate) mod editing;
pub(crate) mod fixing;
#[cfg(feature = "server")]
pub(crate) mod frames;
pub(crate) mod parsing;
pub(crate) mod pieces;
pub(crate) mod script;
pub(crate) mod word;

use gongkai::analysis::{self, Analysis, Reported};
use gongkai::report::Report;
use gongkai::rules::{Applicability, Finding};
use gongkai::syntax::Tree;
use gongkai::text::Encoding;
use std::io::Write;

/// The outcome of a law: the problem, if it does not hold.
pub(crate) type Law = Result<(), String>;

/// A law over the bytes of a fuzzer.
pub(crate) type Target = fn(&[u8]) -> Law;

/// The laws by the names of their fuzz targets.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("parse", parsing::any),
    ("edits", editing::any),
    #[cfg(feature = "server")]
    ("frames", frames::any),
    ("fixes", fixing::any),
    ("word", word::any),
];

/// Panics if the law does not hold.
#[track_caller]
pub(crate) fn assert_law(law: Law) {
    if let Err(problem) = law {
        panic!("{problem}");
    }
}

/// What is visible of a report in a document: its start, its text, its syntax and its meaning.
type Unit = (usize, String, Tree, Report);

/// Everything that is visible of an analysis.
pub(crate) struct Visible {
    pub(crate) text: String,
    pub(crate) units: Vec<Unit>,
    pub(crate) findings: Vec<Finding>,
    /// The findings as they are published, with drafts of some fixes.
    pub(crate) told: Vec<Finding>,
    /// The published text of each finding, with its places in lines and columns.
    pub(crate) words: Vec<u8>,
}

/// The published form of `reported`.
fn words(analysis: &Analysis, reported: &[Reported<'_>]) -> Vec<u8> {
    let mut words = Vec::new();
    let told = analysis.serialize(reported, Encoding::Utf16, &mut words, |finding, places, words| {
        let related: Vec<&str> = finding.related.iter().map(|related| related.message.as_str()).collect();
        let fixes: Vec<Applicability> = finding.fixes.iter().map(|fix| fix.applicability).collect();
        let Finding { rule, severity, message, .. } = finding;
        writeln!(words, "{} {severity:?} {places:?} {message} {related:?} {fixes:?}", rule.code)
    });
    told.expect("memory takes all");
    words
}

/// Everything that is visible of `analysis`.
pub(crate) fn visible(analysis: &Analysis) -> Visible {
    let unit = |(unit, tree): (analysis::Unit<'_>, &Tree)| {
        (unit.offset, unit.source.to_owned(), tree.clone(), unit.report.clone())
    };
    let findings = analysis.findings();
    let reported = analysis.reported();
    Visible {
        text: analysis.text().to_string(),
        units: analysis.units().zip(analysis.trees()).map(unit).collect(),
        told: reported.iter().map(|reported| reported.finding.as_ref().clone()).collect(),
        words: words(analysis, &reported),
        findings,
    }
}
