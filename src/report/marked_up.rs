//! Marked-up reports: the visible text, the model of it, and the map back to the source.

use super::reading::BlockReading;
use super::{LabelUse, Paragraph, Report, RowShape, SectionHeading, Table, TableRow, Title};
use crate::syntax::{DecodedText, Tree};
use crate::text::Span;
use std::sync::Arc;

/// The visible text of a marked-up report. Rules check this text, and their findings are mapped back to the source.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportView {
    /// The visible text.
    pub text: DecodedText,
    /// Its model; spans count in the visible text.
    pub report: Report,
}

/// The visible text of `source`, if any block of it is marked up.
pub(super) fn view(source: &str, tree: &Tree, readings: &[Arc<BlockReading>]) -> Option<DecodedText> {
    if readings.iter().all(|reading| reading.view.is_none()) {
        return None;
    }
    let mut view = DecodedText::default();
    let mut at = 0;
    for (block, reading) in tree.blocks.iter().zip(readings) {
        match &reading.view {
            Some(text) => view.push(text, at),
            None => view.push_verbatim(Span::new(at, at + block.len).of(source), at),
        }
        at += block.len;
    }
    Some(view)
}

/// `report`, a model of the visible text, with every span mapped to the source, which is `length` bytes long.
pub(super) fn in_source(report: &Report, view: &DecodedText, length: usize) -> Report {
    let mut report = report.clone();
    map_spans(&mut report, |span| view.source_span(span));
    // The extent of a section is not visible text, so it cannot be mapped.
    let mut end = report.page.as_ref().map_or(length, |page| page.article.end);
    for heading in report.sections.iter_mut().rev() {
        heading.extent = Span::new(heading.span.start, end);
        end = heading.span.start;
    }
    report
}

/// Puts every span of `report` where `to` does.
pub(super) fn map_spans(report: &mut Report, to: impl Fn(Span) -> Span) {
    // Every field by name, so that a new one is not forgotten.
    let Report {
        title,
        year,
        sections,
        tables,
        paragraphs,
        strays,
        labels,
        statements,
        subsections,
        unread,
        pieced,
        lines_name_rows: _,
        is_example: _,
        page,
    } = report;
    let put = |span: &mut Span| *span = to(*span);
    title.iter_mut().for_each(|title| title.map_spans(&to));
    year.iter_mut().for_each(|(_, span)| put(span));
    sections.iter_mut().for_each(|heading| heading.map_spans(&to));
    for Paragraph { span, section: _, follows: _, joint: _, years } in paragraphs {
        put(span);
        years.iter_mut().for_each(|year| put(&mut year.span));
    }
    tables.iter_mut().for_each(|table| table.map_spans(&to));
    strays.iter_mut().chain(pieced).for_each(put);
    unread.iter_mut().for_each(|unread| put(&mut unread.span));
    labels.iter_mut().for_each(|label| put(&mut label.span));
    statements.iter_mut().for_each(|statement| statement.map_spans(&to));
    subsections.iter_mut().for_each(|subsection| subsection.map_starts(&to));
    page.iter_mut().for_each(|page| page.map_spans(&to));
}

/// The tables of a report, their labels and what is astray in them.
pub(super) struct FoundTables {
    pub(super) tables: Vec<Table>,
    pub(super) labels: Vec<LabelUse>,
    pub(super) strays: Vec<Span>,
    pub(super) pieced: Vec<Span>,
    pub(super) lines_name_rows: bool,
}

impl Report {
    /// Takes its tables out, with every span where `to` puts it.
    pub(super) fn take_bound(&mut self, to: impl Fn(Span) -> Span) -> FoundTables {
        let mut tables = std::mem::take(&mut self.tables);
        tables.iter_mut().for_each(|table| table.map_spans(&to));
        let labels = self.labels.iter().filter(|label| label.table.is_some());
        FoundTables {
            tables,
            labels: labels.map(|label| LabelUse { span: to(label.span), ..label.clone() }).collect(),
            strays: self.strays.iter().map(|span| to(*span)).collect(),
            lines_name_rows: self.lines_name_rows,
            pieced: self.pieced.iter().map(|span| to(*span)).collect(),
        }
    }
}

impl Title {
    /// Puts every span where `to` does.
    pub(super) fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        let Title { span, body, year } = self;
        *span = to(*span);
        body.iter_mut().for_each(|(_, span)| *span = to(*span));
        year.iter_mut().for_each(|(_, span)| *span = to(*span));
    }
}

impl SectionHeading {
    /// Puts every span where `to` does.
    pub(super) fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        let SectionHeading { section: _, ordinal, name, span, extent } = self;
        ordinal.iter_mut().for_each(|(_, span)| *span = to(*span));
        for span in [name, span, extent] {
            *span = to(*span);
        }
    }
}

impl Table {
    /// Puts every span where `to` does.
    fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        let Table { spec: _, layout: _, span, witness, rows, surplus_rows } = self;
        let put = |span: &mut Span| *span = to(*span);
        put(span);
        witness.iter_mut().for_each(put);
        for TableRow { label, span, cells, shape } in rows.iter_mut().flatten() {
            label.iter_mut().for_each(|(span, _)| put(span));
            put(span);
            cells.iter_mut().flatten().for_each(|cell| put(&mut cell.span));
            match shape {
                RowShape::Surplus(values) | RowShape::Short(values) => {
                    values.iter_mut().for_each(|cell| put(&mut cell.span));
                }
                RowShape::LabelLost(value) => put(&mut value.span),
                RowShape::Full | RowShape::Padded | RowShape::Unread => {}
            }
        }
        surplus_rows.iter_mut().for_each(|(_, span)| put(span));
    }
}
