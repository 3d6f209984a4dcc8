//! What becomes of a report that was converted: how much of its tables is read, and what is wrongly said of it.

use super::{Model, Place, Rendered};
use gongkai::analysis::Analysis;
use gongkai::rules::Severity;
use gongkai::statute::{CellRef, TableKind};
use std::sync::Arc;

/// What was read of converted reports.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) reports: usize,
    /// Rows of tables, and those of which every figure was read as it was written.
    pub(crate) rows: usize,
    pub(crate) read: usize,
    /// Rows with a figure that was read as another.
    pub(crate) misread: usize,
    /// Errors and warnings, and those among them that say that something is missing.
    pub(crate) loud: usize,
    pub(crate) missing: usize,
}

impl Reading {
    pub(crate) fn add(&mut self, other: Reading) {
        self.reports += other.reports;
        self.rows += other.rows;
        self.read += other.read;
        self.misread += other.misread;
        self.loud += other.loud;
        self.missing += other.missing;
    }
}

/// Reads `rendered`, which says `model`. Gives what it came to, and what was wrong in words.
pub(crate) fn read(model: &Model, rendered: &Rendered) -> (Reading, Vec<String>) {
    let analysis = Analysis::new(&rendered.text, Arc::default());
    let mut reading = Reading { reports: 1, ..Reading::default() };
    let mut wrong = Vec::new();
    let unit = analysis.units().find(|unit| unit.report.is_recognised());
    for kind in TableKind::ALL {
        let table = unit.and_then(|unit| unit.report.table(kind));
        for (row, spec) in model.spec(kind).rows.iter().enumerate() {
            reading.rows += 1;
            let places = (0..spec.columns.len()).map(|column| CellRef { row, column });
            let due = |cell| model.figure(Place { table: kind, cell }).trim_start_matches('+').to_owned();
            let found = |cell| -> Option<String> {
                let span = table?.cell(cell)?.span;
                let unit = unit?;
                Some(span.of(unit.source).trim_start_matches('+').to_owned())
            };
            let cells: Vec<(String, Option<String>)> = places.map(|cell| (due(cell), found(cell))).collect();
            reading.read += usize::from(cells.iter().all(|(due, found)| found.as_ref() == Some(due)));
            let misread = cells.iter().any(|(due, found)| found.as_ref().is_some_and(|found| found != due));
            if misread {
                reading.misread += 1;
                wrong.push(format!("{} misread: {cells:?}", spec.label));
            }
        }
    }
    for finding in analysis.findings().iter().filter(|finding| finding.severity >= Severity::Warning) {
        reading.loud += 1;
        reading.missing += usize::from(matches!(finding.rule.code, "GK103" | "GK113" | "GK114"));
        wrong.push(format!("{} {}", finding.rule.code, finding.message));
    }
    (reading, wrong)
}
