//! What becomes of a report: what is found in it, and what the safe fixes make of it, against what is due.

use super::faults::{Cure, Expected, Fault};
use super::seen;
use gongkai::analysis::{Analysis, check};
use gongkai::config::Settings;
use gongkai::ide::fix_all;
use gongkai::rules::{Finding, Severity, rules};
use gongkai::text::{Encoding, Text, apply};
use std::sync::Arc;

/// A finding in short: its code, its severity, and the 1-based line it starts on.
pub(crate) type Brief = (&'static str, Severity, usize);

pub(crate) fn findings(text: &str) -> Vec<Finding> {
    check(text, &Settings::default())
}

pub(crate) fn implemented(code: &str) -> bool {
    rules().any(|rule| rule.code == code)
}

/// Every one of `findings` in short.
pub(crate) fn brief(text: &str, findings: &[Finding]) -> Vec<Brief> {
    let positions = Text::new(text);
    let line = |finding: &Finding| positions.position(finding.span.start, Encoding::Utf32).line + 1;
    findings.iter().map(|finding| (finding.rule.code, finding.severity, line(finding))).collect()
}

/// The errors and warnings among `found`.
pub(crate) fn loud(mut found: Vec<Brief>) -> Vec<Brief> {
    found.retain(|(_, severity, _)| *severity >= Severity::Warning);
    found
}

/// What became of a fault.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// What was due and is not among the findings.
    pub(crate) missing: Vec<Expected>,
    /// Errors and warnings beside what was due.
    pub(crate) others: Vec<Brief>,
    /// What the safe fixes made of the text.
    pub(crate) fixed: String,
    /// Whether that is what they have to make of it.
    pub(crate) cured: bool,
    /// Whether they have nothing more to do then.
    pub(crate) settled: bool,
}

impl Verdict {
    /// Whether everything is as it should be.
    pub(crate) fn is_right(&self) -> bool {
        self.missing.is_empty() && self.others.is_empty() && self.cured && self.settled
    }
}

/// What becomes of `fault`; nothing if a rule that is due does not exist yet.
pub(crate) fn verdict_of(fault: &Fault) -> Option<Verdict> {
    let found = findings(&fault.text);
    let mut rest = brief(&fault.text, &found);
    let mut missing = Vec::new();
    match &fault.expected {
        Some(expected) => {
            if expected.iter().any(|due| !implemented(due.code)) {
                return None;
            }
            for due in expected {
                match rest.iter().position(|brief| due.is(*brief)) {
                    Some(at) => drop(rest.remove(at)),
                    None => missing.push(due.clone()),
                }
            }
            rest = loud(rest);
        }
        None => {
            if !implemented("GK302") {
                return None;
            }
            // Any of the sums may report it, more than one may.
            let sums = |(code, severity, _): &Brief| code.starts_with("GK3") && *severity == Severity::Error;
            if !rest.iter().any(sums) {
                missing.push(Expected { code: "GK302", severity: Severity::Error, or: None, lines: 1..=usize::MAX });
            }
            rest = loud(rest);
            rest.retain(|brief| !sums(brief));
        }
    }
    let fixed = apply(&fault.text, &fix_all(&found));
    let restored = || seen::words(&fixed, fault.cut) == seen::words(&fault.original, fault.cut);
    let cured = match fault.cure {
        Cure::Exact => fixed == fault.original || fault.cut && restored(),
        Cure::UpToSpace => restored(),
        Cure::None => fixed == fault.text,
        // A blank cell of no column may be taken for the one that is gone: what is read is then right all the same.
        Cure::NoneOrUpToSpace => fixed == fault.text || restored() || figures(&fixed) == figures(&fault.original),
    };
    let settled = apply(&fixed, &fix_all(&findings(&fixed))) == fixed;
    Some(Verdict { missing, others: rest, fixed, cured, settled })
}

/// Every figure of a text's tables as it is read.
fn figures(text: &str) -> Vec<Option<i64>> {
    let analysis = Analysis::new(text, Arc::default());
    let tables: Vec<_> = analysis.units().flat_map(|unit| unit.report.tables.clone()).collect();
    tables.iter().flat_map(|table| table.cells().map(|(_, cell)| cell.integer()).collect::<Vec<_>>()).collect()
}
