//! Findings as people and programs want them. Every format is a function from a run to a text.

mod github;
mod json;
mod junit;
mod patch;
mod sarif;
mod text;

pub(super) use patch::diff;

use super::arguments::{FailOn, Format};
use super::check::Checked;
use super::files::Failure;
use crate::analysis::Analysis;
use crate::config::Language;
use crate::rules::Severity;
use crate::text::{Encoding, Span, Text};

/// All that an output can tell of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'a> {
    /// The files that were checked, by name.
    pub(super) files: &'a [Checked],
    /// What could not be read or written, by name.
    pub(super) failures: &'a [Failure],
    /// The reader's language.
    pub(super) language: Language,
    /// From which severity a finding counts as a failure.
    pub(super) fail_on: FailOn,
}

/// `run` in `format`, with colours if `colored` and the format has any.
pub(super) fn write(format: Format, run: &Run<'_>, colored: bool) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => text::text(run, colored),
        Format::Json => json::json(run)?,
        Format::JsonLines => json::json_lines(run)?,
        Format::Sarif => sarif::sarif(run)?,
        Format::Github => github::github(run),
        Format::Junit => junit::junit(run),
    })
}

/// A severity as programs spell it.
pub(super) fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// A severity as people read it.
pub(super) fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (severity, Language::English) => severity_key(severity),
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Info, Language::Chinese) => "提示",
    }
}

/// One-based row and column of a byte; the column counts Unicode scalar values.
pub(super) fn row_and_column(text: &Text, offset: usize) -> (usize, usize) {
    let position = text.position(offset, Encoding::Utf32);
    (position.line + 1, position.column + 1)
}

/// The label of the table row that `span` stands in, to show a reader where in the table that is.
pub(super) fn row_of(analysis: &Analysis, span: Span) -> Option<Span> {
    let unit = analysis.unit_at(span.start)?;
    let tables = unit.report.tables.iter().filter(|table| table.span.shift(unit.offset).meets(span));
    let rows = tables.flat_map(|table| table.rows.iter().flatten());
    let label = |row: &crate::report::TableRow| row.label.map(|(label, _)| label.shift(unit.offset));
    rows.filter(|row| row.span.shift(unit.offset).meets(span)).find_map(label)
}
