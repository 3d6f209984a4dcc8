//! Every figure of every report, one a row, for spreadsheets and databases.

use super::row_and_column;
use crate::analysis::history::{GivenReport, known_as};
use crate::analysis::place_of_cell;
use crate::report::{Cell, Document, Report, Value};
use crate::text::folded_chars;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// A figure. The fields have the names and the order of the columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureRow<'a> {
    /// The name of the file.
    pub file: &'a str,
    /// The body and the year of the report, as far as they are known.
    pub body: Option<Cow<'a, str>>,
    /// See `body`.
    pub year: Option<u16>,
    /// The year of the official format.
    pub format: u16,
    /// 2 to 4.
    pub table: u8,
    /// The label of the row and the header of the column, as the format prints them.
    pub row: &'static str,
    /// See `row`.
    pub column: Cow<'static, str>,
    /// `None` if the cell contains no number.
    #[serde(serialize_with = "shortest")]
    pub value: Option<f64>,
    /// The text of the cell.
    pub text: String,
    /// The line, or in a Word file the paragraph, from 1.
    pub line: usize,
    /// The character in it, from 1, in Unicode scalar values.
    pub character: usize,
}

/// Writes `value` as people do: 12, not 12.0.
fn shortest<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        None => serializer.serialize_none(),
        Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => serializer.serialize_i64(*value as i64),
        Some(value) => serializer.serialize_f64(*value),
    }
}

/// Every figure of `document`, which is the file `name`, in the order of its tables.
pub fn figure_rows<'a>(document: &'a Document, name: &'a str, given: &'a GivenReport) -> Vec<FigureRow<'a>> {
    let mut rows = Vec::new();
    for (offset, unit) in document.units() {
        let report: &Report = unit.report();
        if !report.is_recognised() {
            continue;
        }
        let known = known_as(report, name, given);
        let titled = report.title.as_ref().and_then(|title| title.body.as_ref()).map(|(body, _)| body.as_str());
        let year = known.as_ref().map(|known| known.year).or(report.year.map(|(year, _)| year));
        let named = known.map(|known| known.body);
        let body = || match (&named, titled) {
            (Some(named), Some(titled)) if named == titled => Some(Cow::Borrowed(titled)),
            (Some(named), _) => Some(Cow::Owned(named.clone())),
            (None, titled) => titled.map(Cow::Borrowed),
        };
        for table in &report.tables {
            for (place, cell) in table.cells() {
                let shown = place_of_cell(table.spec, place);
                let (line, character) = row_and_column(document.text(), offset + cell.span.start);
                let text = match unit.view() {
                    Some(view) => view.text.shown(cell.span).trim(),
                    None => cell.span.of(unit.source()).trim(),
                };
                rows.push(FigureRow {
                    file: name,
                    body: body(),
                    year,
                    format: table.spec.edition.year(),
                    table: shown.table.unwrap_or_default(),
                    row: shown.row.unwrap_or_default(),
                    column: shown.column.unwrap_or_default(),
                    value: value(cell, text),
                    text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                    line,
                    character,
                });
            }
        }
    }
    rows
}

/// The value of `cell`, whose text is `text`.
fn value(cell: &Cell, text: &str) -> Option<f64> {
    let Value::Number(number) = &cell.value else { return None };
    if number.decimals <= 4 {
        return Some(number.scaled as f64 / 10_000.0);
    }
    // The model keeps few decimals, so longer ones are read from the text.
    let digits: String = folded_chars(text).filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    digits.trim_end_matches('.').parse().ok()
}
