//! Assembles the rows of tables with one cell a line and no separators (L11).
//!
//! A label comes before its figures, which are on lines of their own or share one. A converter writes blank cells as
//! blank lines, or not at all. The labels of the statute decide which lines are a label. If the number of figures differs
//! from the number of columns, and the blank lines do not show which cells are blank, the row keeps its figures without
//! columns: nothing is guessed.

use super::Value;
use super::grid_reading::{CellContent, GridCell};
use super::number::read;
use super::spaced_rows::{Read, split, starts_number};
use crate::statute::{Column, F2019, F2021, Header, Label, LabelMatch, Likeness, Row, TableKind, recognise};
use crate::text::{Span, line_breaks};

/// The number of figures in 表四.
const REVIEW: usize = 15;

/// The largest number of lines of a label.
const BROKEN: usize = 6;

/// One cell, or part of one.
struct StackedCell {
    span: Span,
    /// Its value, if it is a figure or a placeholder for one.
    value: Option<Value>,
    /// The number of blank lines before it; `None` if something else precedes it, such as a page break.
    blank: Option<usize>,
}

/// Lines of words, followed by lines of figures.
struct Stretch {
    words: Vec<Span>,
    figures: Vec<StackedCell>,
    /// The number of blank lines between its last figure and the next words.
    trailing: Option<usize>,
}

/// A row and the labels before it.
struct RowRead {
    /// Headers and labels of groups before it.
    before: Vec<GridCell>,
    label: Option<GridCell>,
    row: Option<Row>,
    figures: Vec<GridCell>,
    pieced: bool,
}

/// The rows of the table whose lines consist of the tokens `lines` of `source`.
pub(super) fn rows(lines: &[Vec<Span>], source: &str) -> Read {
    let items = items(lines, source);
    let spacing = spacing(&items);
    let stretches = stretches(items, source);
    let mut rows: Vec<RowRead> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        rows.extend(read_stretch(&stretch, spacing, source));
    }
    move_figures_to_late_labels(&mut rows);
    tear(&mut rows);
    let mut read = Read::default();
    for row in rows {
        let cells = || row.before.iter().chain(&row.label).chain(&row.figures);
        if row.pieced
            && let Some(span) = cells().skip(row.before.len()).map(|cell| cell.span).reduce(Span::cover)
        {
            read.pieced.push(span);
        }
        let broken = |cell: &&GridCell| {
            matches!(cell.content, CellContent::Label(LabelMatch { likeness: Likeness::Broken, .. }))
        };
        read.pieced.extend(cells().filter(broken).map(|cell| cell.span));
        let cells: Vec<GridCell> = row.before.into_iter().chain(row.label).chain(row.figures).collect();
        if !cells.is_empty() {
            read.rows.push(cells);
        }
    }
    read
}

/// The words and figures of the lines, in order.
fn items(lines: &[Vec<Span>], source: &str) -> Vec<StackedCell> {
    let mut items: Vec<StackedCell> = Vec::new();
    let mut end: Option<usize> = None;
    for tokens in lines {
        let (words, figures) = split(tokens, source);
        let mut blank =
            end.zip(tokens.first()).and_then(|(end, first)| blank_lines(Span::new(end, first.start).of(source)));
        if let Some(span) = words.iter().copied().reduce(Span::cover) {
            items.push(StackedCell { span, value: None, blank });
            blank = Some(0);
        }
        for figure in figures {
            let (span, value) = read(figure.of(source));
            items.push(StackedCell { span: span.shift(figure.start), value: Some(value), blank });
            blank = Some(0);
        }
        end = tokens.last().map(|last| last.end).or(end);
    }
    items
}

/// The number of blank lines in `between`; `None` if it is not all white space.
fn blank_lines(between: &str) -> Option<usize> {
    let white = between.chars().all(crate::syntax::is_space);
    (white && !between.contains('\u{c}')).then(|| line_breaks(between).saturating_sub(1))
}

/// The number of blank lines between two cells of a row, if it is the same between nearly all neighbouring figures, so
/// that blank cells can be counted.
fn spacing(items: &[StackedCell]) -> Option<usize> {
    let between: Vec<usize> = items
        .windows(2)
        .filter_map(|pair| match pair {
            [StackedCell { value: Some(_), .. }, StackedCell { value: Some(_), blank, .. }] => *blank,
            _ => None,
        })
        .collect();
    let least = between.iter().copied().min()?;
    let usual = between.iter().filter(|blank| **blank == least).count();
    (usual * 4 >= between.len() * 3).then_some(least)
}

/// The items as stretches of words and figures. A word among figures that is not a label is in place of a figure.
fn stretches(items: Vec<StackedCell>, source: &str) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let next_values: Vec<bool> = items.iter().skip(1).map(|item| item.value.is_some()).chain([false]).collect();
    for (item, before_figure) in items.into_iter().zip(next_values) {
        let has_figures = stretches.last().is_some_and(|last| !last.figures.is_empty());
        if item.value.is_some() || (has_figures && before_figure && is_slip(&stretches, item.span, source)) {
            match stretches.last_mut() {
                Some(last) => last.figures.push(StackedCell { value: item.value.or(Some(Value::Other)), ..item }),
                None => stretches.push(Stretch { words: Vec::new(), figures: vec![item], trailing: None }),
            }
        } else if has_figures || stretches.is_empty() {
            if let Some(last) = stretches.last_mut() {
                last.trailing = item.blank;
            }
            stretches.push(Stretch { words: vec![item.span], figures: Vec::new(), trailing: None });
        } else if let Some(last) = stretches.last_mut() {
            last.words.push(item.span);
        }
    }
    stretches
}

/// Whether the word at `span`, between figures, is in place of a figure: it is not a part of a label, and the row before
/// it still lacks figures.
fn is_slip(stretches: &[Stretch], span: Span, source: &str) -> bool {
    let Some(last) = stretches.last() else { return false };
    let short = span.of(source).chars().count() <= 8;
    let lacks = |due: usize| last.figures.len() < due;
    let row = row_label(&last.words, source);
    let due = row.and_then(|(_, label, _)| columns(label.label).into_iter().max());
    short && recognise(span.of(source)).is_none() && !starts_number(span.of(source)) && due.is_some_and(lacks)
}

/// The number of figures in the row of `label`, in each edition.
fn columns(label: Label) -> Vec<usize> {
    let Label::Row(row) = label else { return Vec::new() };
    let specs = [&F2019, &F2021].into_iter().filter_map(|format| {
        let spec = format.table(row.table());
        Some(spec.rows.get(spec.index(row)?)?.columns.len())
    });
    specs.collect()
}

/// The words of `spans` as one, with the span of all of them.
fn joined(spans: &[Span], source: &str) -> Option<(String, Span)> {
    let text: String = spans.iter().map(|span| span.of(source)).collect();
    Some((text, spans.iter().copied().reduce(Span::cover)?))
}

/// The label of a row at the end of `words`: its number of lines, the label, its span. Lines that form a printed label
/// come first; else the label starts at the line that starts with a number.
fn row_label(words: &[Span], source: &str) -> Option<(usize, LabelMatch, Span)> {
    let of_lines = |count: usize| {
        let lines = words.get(words.len().checked_sub(count)?..)?;
        let (text, span) = joined(lines, source)?;
        let label = recognise(&text).filter(|label| matches!(label.label, Label::Row(_)))?;
        Some((count, label, span))
    };
    let found: Vec<_> = (1..=BROKEN.min(words.len())).filter_map(of_lines).collect();
    let printed = found.iter().find(|(_, label, _)| label.likeness == Likeness::Standard);
    let numbered = || found.iter().find(|(.., span)| starts_number(span.of(source)));
    let (count, label, span) = *printed.or_else(numbered).or(found.first())?;
    let likeness = if count > 1 { Likeness::Broken } else { label.likeness };
    Some((count, LabelMatch { likeness, ..label }, span))
}

/// The labels in the lines `words`: of groups, headers, columns and rows, each over one line or more.
fn labels(words: &[Span], source: &str) -> Vec<GridCell> {
    let mut cells = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let printed = (1..=BROKEN).rev().find_map(|count| {
            let (text, span) = joined(words.get(at..at + count)?, source)?;
            let label = recognise(&text).filter(|label| label.likeness == Likeness::Standard)?;
            let likeness = if count > 1 { Likeness::Broken } else { label.likeness };
            Some((count, GridCell { span, content: CellContent::Label(LabelMatch { likeness, ..label }) }))
        });
        let other = || {
            let span = *words.get(at)?;
            let label = recognise(span.of(source)).filter(|label| label.likeness == Likeness::Variant)?;
            // A piece of a label may look like another wording of one.
            let alone = !matches!(label.label, Label::Row(_) | Label::Group(_));
            alone.then_some((1, GridCell { span, content: CellContent::Label(label) }))
        };
        let found = printed.or_else(other);
        at += found.as_ref().map_or(1, |(count, _)| *count);
        cells.extend(found.map(|(_, cell)| cell));
    }
    cells
}

/// The rows of a stretch: one, unless it contains figures of rows whose labels come later.
fn read_stretch(stretch: &Stretch, spacing: Option<usize>, source: &str) -> Vec<RowRead> {
    let value = |item: &StackedCell| GridCell {
        span: item.span,
        content: CellContent::Value(item.value.clone().unwrap_or(Value::Other)),
    };
    let figures: Vec<GridCell> = stretch.figures.iter().map(value).collect();
    let Some((count, label, span)) = row_label(&stretch.words, source).filter(|_| !figures.is_empty()) else {
        let mut before = labels(&stretch.words, source);
        let mut label = None;
        let of_review = |cell: &GridCell| {
            matches!(
                cell.content,
                CellContent::Label(LabelMatch { label: Label::Column(Column::Review(_)) | Label::Header(_), .. })
            )
        };
        let last = before.iter().rposition(of_review);
        if figures.len() == REVIEW && last.is_none() {
            let span = figures.first().map_or(Span::default(), |figure| Span::at(figure.span.start));
            let review = LabelMatch { label: Label::Header(Header::Review), likeness: Likeness::Standard };
            before.push(GridCell { span, content: CellContent::Label(review) });
        } else if !figures.is_empty() && last.is_none() {
            label =
                stretch.words.last().map(|span| GridCell { span: *span, content: CellContent::Value(Value::Other) });
        }
        return vec![RowRead { before, label, row: None, figures, pieced: false }];
    };
    let before = labels(stretch.words.get(..stretch.words.len() - count).unwrap_or_default(), source);
    let label_cell = GridCell { span, content: CellContent::Label(label) };
    let due = columns(label.label);
    let row = match label.label {
        Label::Row(row) => Some(row),
        _ => None,
    };
    let mut read = RowRead { before, label: Some(label_cell), row, figures, pieced: false };
    if due.contains(&read.figures.len()) {
        return vec![read];
    }
    read.pieced = true;
    if let Some(filled) = spacing.and_then(|spacing| with_blanks(stretch, spacing, &due, source)) {
        read.figures = filled;
        return vec![read];
    }
    let width = due.iter().copied().max().unwrap_or(0);
    if row.is_some_and(|row| row.table() == TableKind::Applications)
        && width > 0
        && read.figures.len() > width
        && read.figures.len().is_multiple_of(width)
    {
        let rest = read.figures.split_off(width);
        let rows = rest.chunks(width).map(|figures| RowRead {
            before: Vec::new(),
            label: None,
            row: None,
            figures: figures.to_vec(),
            pieced: true,
        });
        let mut rows: Vec<RowRead> = rows.collect();
        rows.insert(0, read);
        return rows;
    }
    vec![read]
}

/// The figures of a stretch and the blank cells that its blank lines represent, if their number is one of `due`.
fn with_blanks(stretch: &Stretch, spacing: usize, due: &[usize], source: &str) -> Option<Vec<GridCell>> {
    // A blank cell takes a line, and the lines between it and the next cell.
    let blanks = |lines: usize| {
        let more = lines.checked_sub(spacing)?;
        more.is_multiple_of(spacing + 1).then_some(more / (spacing + 1))
    };
    let blank_at = |at: usize| GridCell { span: Span::at(at), content: CellContent::Value(Value::Blank) };
    let mut cells: Vec<GridCell> = Vec::new();
    let mut end = stretch.words.last()?.end;
    for item in &stretch.figures {
        let count = blanks(item.blank?)?;
        cells.extend(blank_places(Span::new(end, item.span.start), spacing, count, source).map(blank_at));
        cells.push(GridCell { span: item.span, content: CellContent::Value(item.value.clone()?) });
        end = item.span.end;
    }
    if due.contains(&cells.len()) {
        return Some(cells);
    }
    let trailing = blanks(stretch.trailing?)?;
    let after = Span::new(end, source.len());
    cells.extend(blank_places(after, spacing, trailing, source).map(blank_at));
    due.contains(&cells.len()).then_some(cells)
}

/// The places of `count` blank cells among the lines of `between`, `spacing` lines apart.
fn blank_places(between: Span, spacing: usize, count: usize, source: &str) -> impl Iterator<Item = usize> {
    let text = between.of(source);
    let ends = text.match_indices('\n').map(move |(at, _)| between.start + at + 1);
    ends.skip(spacing).step_by(spacing + 1).take(count)
}

/// Marks rows as unreadable: if figures without a label remain, the figures of a label without figures are elsewhere.
fn tear(rows: &mut [RowRead]) {
    let left = |row: &RowRead| row.label.is_none() && row.pieced && !row.figures.is_empty();
    if !rows.iter().any(left) {
        return;
    }
    for row in rows {
        if left(row) {
            let span = row.figures.iter().map(|figure| figure.span).reduce(Span::cover).unwrap_or_default();
            row.figures = vec![GridCell { span, content: CellContent::Torn }];
        }
        let labels = std::mem::take(&mut row.before);
        for (index, cell) in labels.iter().enumerate() {
            row.before.push(cell.clone());
            let has_rows_below = labels.get(index + 1).is_some() || row.label.is_some();
            let of_row = |other: Row| match cell.content {
                CellContent::Label(LabelMatch { label: Label::Row(row), .. }) => row == other,
                _ => false,
            };
            if matches!(cell.content, CellContent::Label(LabelMatch { label: Label::Row(_), .. }))
                && !(of_row(Row::OtherHandling) && has_rows_below)
            {
                row.before.push(GridCell { span: Span::at(cell.span.end), content: CellContent::Torn });
            }
        }
    }
}

/// Gives figures to labels that come after them: text in the order in which a PDF was written has the figures of the
/// last rows before their labels. If there are as many such rows as labels without figures, they belong together in order.
fn move_figures_to_late_labels(rows: &mut [RowRead]) {
    let is_orphan =
        |row: &RowRead| row.label.is_none() && row.before.is_empty() && row.pieced && !row.figures.is_empty();
    let Some(first) = rows.iter().position(is_orphan) else { return };
    let orphans = rows.iter().skip(first).take_while(|row| is_orphan(row)).count();
    let Some(late) = rows.get_mut(first + orphans).filter(|row| row.figures.is_empty()) else { return };
    let of_row = |cell: &GridCell| match cell.content {
        CellContent::Label(LabelMatch { label: Label::Row(row @ (Row::Handled | Row::CarriedOut)), .. }) => Some(row),
        _ => None,
    };
    let labels: Vec<GridCell> = late.before.iter().filter(|cell| of_row(cell).is_some()).cloned().collect();
    if labels.len() != orphans {
        return;
    }
    late.before.retain(|cell| of_row(cell).is_none());
    for (row, label) in rows.iter_mut().skip(first).zip(labels) {
        (row.row, row.label) = (of_row(&label), Some(label));
    }
}

#[cfg(test)]
mod tests {
    use crate::report::{Document, Report, RowShape, TableRow};
    use crate::statute::{F2021, Row, TableKind};

    /// A report with 表三 of one cell a line, `between` any two; `row` may replace the lines of a row.
    fn source(between: &str, row: impl Fn(Row, &str) -> Option<String>) -> String {
        let spec = F2021.table(TableKind::Applications);
        let mut lines = vec!["申请人情况".to_owned(), "自然人".to_owned()];
        for spec in spec.rows {
            let usual = || [spec.label, "1", "0", "0", "0", "0", "0", "1"].join(between);
            lines.push(row(spec.row, spec.label).unwrap_or_else(usual));
        }
        let table = lines.join(between);
        format!(
            "云岭市水务局2023年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n{table}\n\n五、存在的主要问题及改进情况\n\n公开不够及时。\n"
        )
    }

    fn read(source: &str) -> Report {
        Document::new(source).units().next().unwrap().1.report().clone()
    }

    fn row(report: &Report, row: Row) -> &TableRow {
        report.table(TableKind::Applications).and_then(|table| table.row(row)).unwrap()
    }

    fn figures(row: &TableRow) -> Vec<Option<i64>> {
        row.cells.iter().map(|cell| cell.as_ref().and_then(|cell| cell.count())).collect()
    }

    #[test]
    fn every_row_is_read() {
        for between in ["\n", "\n\n", "\r\n\r\n", "\n  \n"] {
            let report = read(&source(between, |_, _| None));
            let table = report.table(TableKind::Applications).unwrap();
            assert!(table.rows.iter().flatten().all(|row| row.shape == RowShape::Full), "{between:?}");
            assert_eq!(table.rows.iter().flatten().count(), 25, "{between:?}");
            assert_eq!((report.unread.len(), report.pieced.len()), (0, 0), "{between:?}");
        }
    }

    #[test]
    fn a_blank_that_blank_lines_show_is_read() {
        for between in ["\n", "\n\n"] {
            let blank = |kind: Row, label: &str| {
                (kind == Row::Granted).then(|| [label, "2", "", "0", "3", "0", "0", "5"].join(between))
            };
            let report = read(&source(between, blank));
            let row = row(&report, Row::Granted);
            assert_eq!(figures(row), [Some(2), None, Some(0), Some(3), Some(0), Some(0), Some(5)], "{between:?}");
            assert!(report.is_pieced(row.span));
        }
    }

    #[test]
    fn an_ambiguous_blank_is_not_guessed() {
        for between in ["\n", "\n\n"] {
            let lost = |kind: Row, label: &str| {
                (kind == Row::Granted).then(|| [label, "2", "0", "3", "0", "0", "5"].join(between))
            };
            let report = read(&source(between, lost));
            let row = row(&report, Row::Granted);
            assert!(matches!(&row.shape, RowShape::Short(cells) if cells.len() == 6), "{:?}", row.shape);
            assert!(report.is_pieced(row.span));
        }
    }

    #[test]
    fn a_label_over_lines_is_one() {
        let broken = |kind: Row, label: &str| {
            let cut = label.char_indices().nth(8)?.0;
            let (head, tail) = label.split_at(cut);
            (kind == Row::ToBeCreated).then(|| [head, tail, "2", "0", "0", "0", "0", "0", "2"].join("\n"))
        };
        let report = read(&source("\n", broken));
        let row = row(&report, Row::ToBeCreated);
        assert_eq!(figures(row)[0], Some(2));
        assert!(row.label.is_some_and(|(span, _)| report.is_pieced(span)));
        assert!(!report.is_pieced(row.cells[0].as_ref().unwrap().span));
    }

    #[test]
    fn a_word_in_place_of_a_figure_is_not_a_label() {
        let slip = |kind: Row, label: &str| {
            (kind == Row::Granted).then(|| [label, "2", "O", "0", "3", "见附件", "0", "5"].join("\n"))
        };
        let report = read(&source("\n", slip));
        let row = row(&report, Row::Granted);
        assert_eq!(row.shape, RowShape::Full);
        assert_eq!(figures(row), [Some(2), None, Some(0), Some(3), None, Some(0), Some(5)]);
    }

    #[test]
    fn figures_without_labels_are_unread_and_not_missing() {
        let bare = |kind: Row, _: &str| {
            matches!(kind, Row::StateSecret | Row::ForbiddenByLaw)
                .then(|| ["1", "0", "0", "0", "0", "0", "1"].join("\n"))
        };
        let report = read(&source("\n", bare));
        let unread: Vec<Option<Row>> = report.unread.iter().map(|unread| unread.row).collect();
        assert_eq!(unread, [Some(Row::StateSecret), Some(Row::ForbiddenByLaw)]);
        let all = read(&source("\n", |_, _| Some(["1", "0", "0", "0", "0", "0", "1"].join("\n"))));
        assert!(all.table(TableKind::Applications).is_none());
        assert_eq!(
            all.unread.iter().map(|unread| (unread.kind, unread.row)).collect::<Vec<_>>(),
            [(TableKind::Applications, None)]
        );
    }
}
