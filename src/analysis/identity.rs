//! The place of a finding in its report, in the terms of the tables, and the fingerprint that stays the same between
//! runs.

use super::Unit;
use crate::config::Settings;
use crate::report::{Report, Table, TableRow};
use crate::rules::{Finding, write_fixes};
use crate::statute::{CellRef, Column, Label, Row, RowSpec, TableSpec, key};
use crate::text::{Span, Text, folded_chars};
use std::borrow::Cow;
use std::collections::HashMap;

/// A place in a report in the terms of its readers, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReportPlace {
    /// The number of the section, 1 to 6.
    pub section: Option<u8>,
    /// The number of the table, 2 to 4 for 表二 to 表四.
    pub table: Option<u8>,
    /// The row's label as the format prints it.
    pub row: Option<&'static str>,
    /// The column's header, preceded by the headers above it where it alone is ambiguous.
    pub column: Option<Cow<'static, str>>,
}

/// The place and fingerprint of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingIdentity {
    /// Where it is.
    pub place: ReportPlace,
    /// Sixteen hexadecimal digits that stay the same while body, year, rule, place and figures do. Text added
    /// elsewhere, the language of messages and the layout do not change them.
    pub fingerprint: String,
}

/// Words of a finding outside the tables count up to this length, in characters: a paragraph does not name a place.
const WORDS: usize = 40;

/// Identifies the findings of one document.
#[derive(Debug, Default)]
pub(super) struct Identifier {
    /// How many findings had the same hash so far, before their ordinal is added.
    seen: HashMap<u64, u64>,
}

impl Identifier {
    /// The identity of `finding`, which belongs to `unit` if it is about a report; its spans count from the start of
    /// `text`.
    pub(super) fn identify(&mut self, finding: &Finding, unit: Option<Unit<'_>>, text: &Text) -> FindingIdentity {
        let inside = |span: Span, unit: Unit<'_>| {
            Span::new(span.start.saturating_sub(unit.offset), span.end.saturating_sub(unit.offset))
        };
        let shown = |span: Span| match unit {
            Some(unit) => Cow::Borrowed(unit.shown(inside(span, unit))),
            None => text.slice(span),
        };
        let mut hash = Hash::new();
        hash.add(finding.rule.code);
        let mut place = ReportPlace::default();
        if let Some(unit) = unit {
            let report = unit.report;
            let title = report.title.as_ref();
            let body = title.and_then(|title| title.body.as_ref()).map(|(body, _)| key(body));
            hash.add(&body.unwrap_or_default());
            hash.add(&report.year.map(|(year, _)| year.to_string()).unwrap_or_default());
            place = place_of(report, inside(finding.span, unit));
        }
        hash.add(&format!("{:?}{:?}", place.section, place.table));
        hash.add(place.row.unwrap_or_default());
        hash.add(place.column.as_deref().unwrap_or_default());
        if place.column.is_none() {
            // A rule may have several findings in one section; their words, or the text of their fixes, distinguish
            // them.
            let mut words = key(&shown(finding.span));
            if words.is_empty() {
                words = finding
                    .fixes
                    .first()
                    .and_then(|fix| fix.edits.first())
                    .map(|edit| key(&edit.content))
                    .unwrap_or_default();
            }
            if words.chars().count() <= WORDS {
                hash.add(&words);
            }
        }
        let related = finding.related.iter().map(|related| related.span);
        for span in [finding.span].into_iter().chain(related) {
            figures(&shown(span), &mut hash);
        }
        let number = self.seen.entry(hash.0).or_default();
        *number += 1;
        hash.add(&number.to_string());
        FindingIdentity { place, fingerprint: format!("{:016x}", hash.finish()) }
    }
}

/// The identities of `findings`, which are all findings of `unit`; spans count from its start.
pub(super) fn identities(findings: &[Finding], unit: Unit<'_>, settings: &Settings) -> Vec<FindingIdentity> {
    let mut findings = findings.to_vec();
    write_fixes(&mut findings, unit.source, unit.report, settings);
    let mut identifier = Identifier::default();
    let unit = Unit { offset: 0, ..unit };
    let text = Text::default();
    findings.iter().map(|finding| identifier.identify(finding, Some(unit), &text)).collect()
}

/// The identities of `findings` on a `text` that is not a report, such as a configuration file.
pub fn identify(text: &Text, findings: &[Finding]) -> Vec<FindingIdentity> {
    let mut identifier = Identifier::default();
    findings.iter().map(|finding| identifier.identify(finding, None, text)).collect()
}

/// The place of the cell `cell` in a table of `spec`.
pub fn place_of_cell(spec: &'static TableSpec, cell: CellRef) -> ReportPlace {
    let number = spec.kind.section().number();
    let row = spec.rows.get(cell.row);
    let column = row.and_then(|row| row.columns.get(cell.column));
    ReportPlace {
        section: Some(number),
        table: Some(number),
        row: row.and_then(label_of),
        column: column.map(|column| column_of(*column, spec)),
    }
}

/// The place of `span` in `report`.
fn place_of(report: &Report, span: Span) -> ReportPlace {
    let section = report.sections.iter().rev().find(|heading| heading.extent.start <= span.start);
    let section = section.and_then(|heading| heading.section).map(|(section, _)| section);
    let mut place = ReportPlace { section: section.map(|section| section.number()), ..ReportPlace::default() };
    let label = report.labels.iter().find(|label| label.table.is_some() && label.span.meets(span));
    // A blank cell at the end of a marked-up table has no visible text, so it is outside the visible text of the table.
    let has_cell = |row: &TableRow| row.cells.iter().flatten().any(|cell| cell.span == span);
    let in_table = |table: &&Table| table.span.meets(span) || table.rows.iter().flatten().any(has_cell);
    if let Some(table) = report.tables.iter().find(in_table) {
        place.table = Some(table.spec.kind.section().number());
        let rows = table.rows.iter().zip(table.spec.rows);
        let mut found = rows.filter_map(|(row, spec)| Some((row.as_ref()?, spec)));
        let exact = found.clone().find(|(row, _)| has_cell(row));
        if let Some((row, spec)) = exact.or_else(|| found.find(|(row, _)| row.span.meets(span))) {
            place.row = label_of(spec);
            let cells = row.cells.iter().zip(spec.columns);
            let mut cells = cells.filter_map(|(cell, column)| Some((cell.as_ref()?.span, *column)));
            // A blank cell touches its neighbours.
            let exact = cells.clone().find(|(cell, _)| *cell == span);
            let column = exact.or_else(|| {
                cells.find(|(cell, _)| !cell.is_empty() && cell.start <= span.start && span.end <= cell.end)
            });
            place.column = column.map(|(_, column)| column_of(column, table.spec));
        } else {
            match label.map(|label| label.label.label) {
                Some(Label::Row(row)) => place.row = row_of(row, table.spec),
                Some(Label::Column(column)) => place.column = Some(column_of(column, table.spec)),
                _ => {}
            }
        }
        place.section = place.section.or(place.table);
    } else if let Some(table) = label.and_then(|label| label.table) {
        place.table = Some(table.section().number());
    }
    place
}

fn row_of(row: Row, table: &'static TableSpec) -> Option<&'static str> {
    table.rows.iter().find(|spec| spec.row == row).and_then(label_of)
}

/// The label of `row`; the one row of 表四 has none.
fn label_of(row: &'static RowSpec) -> Option<&'static str> {
    (!row.label.is_empty()).then_some(row.label)
}

/// The header of `column` in `table`.
fn column_of(column: Column, table: &'static TableSpec) -> Cow<'static, str> {
    match column {
        Column::Review(_) | Column::DirectSuit(_) | Column::SuitAfterReview(_) => column.full_name(),
        _ => column.name_in(table.edition).into(),
    }
}

/// Adds the figures in `text`, however they are written: full-width or not, with separators or without.
fn figures(text: &str, hash: &mut Hash) {
    if text.chars().nth(WORDS).is_some() {
        return;
    }
    let mut figure = String::new();
    let words = text.split_whitespace().flat_map(|word| folded_chars(word).chain(['\n']));
    for c in words {
        match c {
            c if c.is_ascii_digit() || matches!(c, '.' | '-') => figure.push(c),
            ',' | '，' => {}
            _ if figure.contains(|c: char| c.is_ascii_digit()) => {
                hash.add(figure.trim_end_matches('.'));
                figure.clear();
            }
            _ => figure.clear(),
        }
    }
}

/// FNV-1a, 64 bits: the same in every build, because fingerprints are stored in files.
struct Hash(u64);

impl Hash {
    fn new() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }

    /// Adds `text` and its end.
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(self) -> u64 {
        // Without this the last bytes would change only some of the bits.
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str, expected: bool) {
        let hash = |text| {
            let mut hash = Hash::new();
            figures(text, &mut hash);
            hash.0
        };
        assert_eq!(hash(a) == hash(b), expected, "{a} {b}");
    }

    #[test]
    fn a_figure_is_the_same_however_it_is_written() {
        same("1234", "１，２３４", true);
        same("1234件", "约 1,234 条。", true);
        same("12", "13", false);
        same("1 2", "12", false);
        same("-3", "3", false);
        same("无", "", true);
    }
}
