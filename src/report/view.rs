//! A report whose text is marked up: what is seen of it, the model of that, and the way back to the text.

use super::reading::BlockReading;
use super::{Cell, LabelUse, Paragraph, Report, RowShape, SectionHeading, Table, TableRow, Title, YearMention};
use crate::syntax::{DecodedText, Tree};
use crate::text::Span;
use std::sync::Arc;

/// What a reader sees of a marked-up report. Rules judge this; what they find is led back to the text.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportView {
    /// What is seen.
    pub text: DecodedText,
    /// What it means; spans count in what is seen.
    pub report: Report,
}

/// What is seen of `source`, if any block of it is marked up.
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

/// `report`, a model of what is seen, with every span where it stands in the text, which is `length` bytes long.
pub(super) fn in_source(report: &Report, view: &DecodedText, length: usize) -> Report {
    let mut report = with_spans(report, |span| view.source_span(span));
    // What a section extends over is not seen, so there is no way back from it.
    let mut end = length;
    for heading in report.sections.iter_mut().rev() {
        heading.extent = Span::new(heading.span.start, end);
        end = heading.span.start;
    }
    report
}

/// `report` with every span where `to` puts it.
pub(super) fn with_spans(report: &Report, to: impl Fn(Span) -> Span) -> Report {
    // Every field by name, so that a new one is not forgotten.
    let Report { title, year, sections, tables, paragraphs, strays, labels, statements } = report;
    let title = title.as_ref().map(|title| title.with_spans(&to));
    let sections = sections.iter().map(|heading| heading.with_spans(&to)).collect();
    let paragraphs = paragraphs
        .iter()
        .map(|Paragraph { span, section, follows, years }| Paragraph {
            span: to(*span),
            section: *section,
            follows: *follows,
            years: years.iter().map(|year| YearMention { span: to(year.span), ..*year }).collect(),
        })
        .collect();
    let labels = labels.iter().map(|label| LabelUse { span: to(label.span), ..label.clone() }).collect();
    Report {
        title,
        year: year.map(|(year, span)| (year, to(span))),
        sections,
        tables: tables.iter().map(|table| table_with_spans(table, &to)).collect(),
        paragraphs,
        strays: strays.iter().map(|span| to(*span)).collect(),
        labels,
        statements: statements.iter().map(|statement| statement.at(&to)).collect(),
    }
}

/// The tables of a report, their labels and what stands astray in them.
pub(super) struct Bound {
    pub(super) tables: Vec<Table>,
    pub(super) labels: Vec<LabelUse>,
    pub(super) strays: Vec<Span>,
}

impl Report {
    /// Its tables with every span where `to` puts it.
    pub(super) fn bound(&self, to: impl Fn(Span) -> Span) -> Bound {
        let labels = self.labels.iter().filter(|label| label.table.is_some());
        Bound {
            tables: self.tables.iter().map(|table| table_with_spans(table, &to)).collect(),
            labels: labels.map(|label| LabelUse { span: to(label.span), ..label.clone() }).collect(),
            strays: self.strays.iter().map(|span| to(*span)).collect(),
        }
    }
}

impl Title {
    /// The same with every span where `to` puts it.
    pub(super) fn with_spans(&self, to: impl Fn(Span) -> Span) -> Title {
        let Title { span, body, year } = self;
        Title {
            span: to(*span),
            body: body.as_ref().map(|(name, span)| (name.clone(), to(*span))),
            year: year.map(|(year, span)| (year, to(span))),
        }
    }
}

impl SectionHeading {
    /// The same with every span where `to` puts it.
    pub(super) fn with_spans(&self, to: impl Fn(Span) -> Span) -> SectionHeading {
        let SectionHeading { section, ordinal, name, span, extent } = self;
        SectionHeading {
            section: *section,
            ordinal: ordinal.map(|(number, span)| (number, to(span))),
            name: to(*name),
            span: to(*span),
            extent: to(*extent),
        }
    }
}

fn table_with_spans(table: &Table, to: impl Fn(Span) -> Span) -> Table {
    let Table { spec, layout, span, witness, rows, surplus_rows } = table;
    let cell = |Cell { span, value }: &Cell| Cell { span: to(*span), value: value.clone() };
    let row = |TableRow { label, span, cells, shape }: &TableRow| TableRow {
        label: label.map(|(span, label)| (to(span), label)),
        span: to(*span),
        cells: cells.iter().map(|found| found.as_ref().map(cell)).collect(),
        shape: match shape {
            RowShape::Surplus(values) => RowShape::Surplus(values.iter().map(cell).collect()),
            RowShape::LabelLost(value) => RowShape::LabelLost(cell(value)),
            RowShape::Full => RowShape::Full,
            RowShape::Padded => RowShape::Padded,
            RowShape::Short(values) => RowShape::Short(values.iter().map(cell).collect()),
        },
    };
    Table {
        spec,
        layout: *layout,
        span: to(*span),
        witness: witness.map(&to),
        rows: rows.iter().map(|found| found.as_ref().map(row)).collect(),
        surplus_rows: surplus_rows.iter().map(|(row, span)| (*row, to(*span))).collect(),
    }
}
