//! Parts of tables that cannot be read. They never count as missing, because their labels or figures are present.

use super::number::read;
use super::{Report, RowShape, Table, Unread, Value};
use crate::statute::{Label, LabelMatch, Likeness, Row, TableKind, recognise};
use crate::syntax::is_space;
use crate::text::Span;

/// This many labels of a table are more than a mention in prose.
const LABELS: usize = 2;

/// This many figures by themselves are part of a table.
const FIGURES: usize = 7;

/// The fewest rows that must be present, in another shape, in a table of which more than half of the rows fail.
const BROKEN: usize = 3;

/// Takes out of `report`, whose text is `source`, the tables of which most rows failed, and notes all that was not
/// read. `figures` are those in tables without any label of a row, with how many they are.
pub(super) fn settle(report: &mut Report, figures: &[(Span, usize)], source: &str) {
    let broken = |table: &Table| -> bool {
        let rows = || table.rows.iter();
        let missing = rows().filter(|row| row.is_none()).count();
        let torn = rows().flatten().filter(|row| !matches!(row.shape, RowShape::Full | RowShape::Padded)).count();
        torn >= BROKEN && missing > 0 && (missing + torn) * 2 > table.rows.len()
    };
    for table in report.tables.extract_if(.., |table| broken(table)) {
        report.unread.push(Unread { span: table.span, kind: table.spec.kind, row: None });
    }
    for kind in TableKind::ALL {
        match report.table(kind) {
            Some(_) => rows_of(report, source, kind),
            None if report.unread(kind).next().is_none() => {
                report.unread.extend(remains(report, figures, source, kind).map(|span| Unread {
                    span,
                    kind,
                    row: None,
                }));
            }
            None => {}
        }
    }
    report.unread.sort();
}

/// The lines of words in the section of the table of `kind`.
fn lines(report: &Report, kind: TableKind) -> impl Iterator<Item = Span> {
    let of_section = move |section| section == Some(kind.section());
    report.paragraphs.iter().filter(move |paragraph| of_section(paragraph.section)).map(|paragraph| paragraph.span)
}

/// Where there is something of the table of `kind`, which was not found.
fn remains(report: &Report, unlabelled: &[(Span, usize)], source: &str, kind: TableKind) -> Option<Span> {
    let section = report.section(kind.section())?.extent;
    let inside = |span: Span| section.start <= span.start && span.end <= section.end;
    let mut found: Vec<Span> = Vec::new();
    let (mut labels, mut figures) = (0, 0);
    for (span, count) in unlabelled.iter().filter(|(span, _)| inside(*span)) {
        figures += count;
        found.push(*span);
    }
    for label in report.labels.iter().filter(|label| label.table == Some(kind) && inside(label.span)) {
        labels += 1;
        found.push(label.span);
    }
    for line in lines(report, kind) {
        let shape = shape(line.of(source), kind);
        labels += usize::from(shape.label.is_some());
        figures += shape.figures;
        if shape.label.is_some() || shape.figures > 0 {
            found.push(line);
        }
    }
    for span in report.strays.iter().filter(|span| inside(**span)) {
        if shape(span.of(source), kind).label.is_some() {
            labels += 1;
            found.push(*span);
        }
    }
    (labels >= LABELS || figures >= FIGURES).then(|| found.into_iter().reduce(Span::cover)).flatten()
}

/// Notes which rows of the table of `kind`, which was found, are there but not read.
fn rows_of(report: &mut Report, source: &str, kind: TableKind) {
    let Some(table) = report.table(kind) else { return };
    let missing: Vec<Row> =
        table.spec.rows.iter().zip(&table.rows).filter(|(_, row)| row.is_none()).map(|(spec, _)| spec.row).collect();
    let mut unread: Vec<Unread> = Vec::new();
    let torn = table.spec.rows.iter().zip(&table.rows).filter_map(|(spec, row)| Some((spec.row, row.as_ref()?)));
    for (row, found) in torn.filter(|(_, row)| row.shape == RowShape::Unread) {
        unread.push(Unread { span: found.span, kind, row: Some(row) });
    }
    if !missing.is_empty() {
        let texts = lines(report, kind).chain(report.strays.iter().copied());
        for span in texts {
            let label = shape(span.of(source), kind).label;
            let Some(row) = label.filter(|row| missing.contains(row)) else { continue };
            if unread.iter().all(|other| other.row != Some(row)) {
                unread.push(Unread { span, kind, row: Some(row) });
            }
        }
    }
    report.unread.append(&mut unread);
}

/// What a line has of a table.
#[derive(Default)]
struct Shape {
    /// The row that it names, and nothing else but figures.
    label: Option<Row>,
    /// How many figures it has, if it has nothing else.
    figures: usize,
}

fn shape(line: &str, kind: TableKind) -> Shape {
    let is_figure = |word: &str| matches!(read(word).1, Value::Number(_) | Value::Placeholder);
    let words = || line.split(is_space).filter(|word| !word.is_empty());
    if words().all(is_figure) {
        return Shape { label: None, figures: words().count() };
    }
    let label = line.trim_end_matches(|c: char| is_space(c) || c.is_ascii_digit() || matches!(c, '.' | '-' | '/'));
    match recognise(label) {
        Some(LabelMatch { label: Label::Row(row), likeness: Likeness::Standard }) if row.table() == kind => {
            Shape { label: Some(row), figures: 0 }
        }
        _ => Shape::default(),
    }
}
