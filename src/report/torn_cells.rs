//! Repairs cells that converters split or repeated, where that is certain.
//!
//! A merged cell is repeated in each place that it covers; a label is cut over two cells; the label of a group that
//! runs down the page is glued to the labels of its rows; the figures of a row are in one cell. What is put together so
//! is noted as pieced. A cell keeps its place in its row: what a repeat or the rest of a label leaves is blank.

use super::Value;
use super::grid_reading::{CellContent, Grid, GridCell};
use super::number::read;
use crate::statute::{Label, LabelMatch, Likeness, key, recognise};
use crate::syntax::is_space;
use crate::text::Span;

/// The possible numbers of figures of a row.
const COUNTS: [usize; 4] = [3, 5, 7, 15];

/// The largest number of letters in a line of a vertical group label.
const TORN: usize = 4;

/// The largest number of letters of a group's label among those of a row's.
const STRAY: usize = 8;

/// Repairs the cells of `grid`, which are in `source`.
pub(super) fn settle(grid: &mut Grid, source: &str) {
    let mut changed = false;
    // The columns under each header that is repeated.
    let mut merged: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<Vec<&str>> = None;
    let mut parted = false;
    let Grid { rows, pieced, places, .. } = grid;
    for row in rows.iter_mut() {
        if places.is_empty() {
            parted |= part_figures(row, source, pieced);
        }
        let texts: Vec<&str> = row.iter().map(|cell| cell.span.of(source)).collect();
        for cell in row.iter_mut() {
            changed |= blank_placeholder(cell, source) | settle_label(cell, source, pieced);
        }
        changed |= join_labels(row, source, pieced);
        let repeats = fold_labels(row, &texts);
        changed |= repeats > 0;
        if repeats > 0 && last.as_ref() == Some(&texts) {
            // A row that is as high as two lines of a cell beside it.
            row.iter_mut().for_each(blank);
            continue;
        }
        if row.iter().any(|cell| matches!(label(cell), Some(Label::Column(_) | Label::Header(_)))) {
            merged = repeated_columns(row, &texts);
        } else {
            changed |= fold_figures(row, &texts, &merged, pieced);
        }
        last = Some(texts);
    }
    if parted {
        join_rows(rows, source, pieced);
        excuse_labels(rows);
        // Nothing in it has a place of its own that is certain.
        pieced.extend(rows.iter().flatten().map(|cell| cell.span).reduce(Span::cover));
    }
    grid.settled |= changed || parted || !grid.pieced.is_empty();
}

fn label(cell: &GridCell) -> Option<Label> {
    match &cell.content {
        CellContent::Label(label) => Some(label.label),
        CellContent::Value(_) | CellContent::Torn => None,
    }
}

fn is_words(cell: &GridCell) -> bool {
    matches!(cell.content, CellContent::Label(_) | CellContent::Value(Value::Other))
}

/// Makes `cell` blank.
fn blank(cell: &mut GridCell) {
    *cell = GridCell { span: Span::at(cell.span.start), content: CellContent::Value(Value::Blank) };
}

/// Some converters name the columns of a table that has no header.
fn blank_placeholder(cell: &mut GridCell, source: &str) -> bool {
    let number = cell.span.of(source).strip_prefix("Col");
    let is_name = number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    if is_name {
        blank(cell);
    }
    is_name
}

/// Parts the figures that are several in a cell, if they are as many in all as a row has, and the cells are not.
fn part_figures(row: &mut Vec<GridCell>, source: &str, pieced: &mut Vec<Span>) -> bool {
    let is_filled = |cell: &GridCell| match &cell.content {
        CellContent::Value(value) => *value != Value::Blank,
        CellContent::Torn => true,
        CellContent::Label(_) => false,
    };
    let has_digit = |cell: &GridCell| cell.span.of(source).starts_with(|c: char| c.is_ascii_digit());
    let is_name = |cell: &GridCell| is_words(cell) && (label(cell).is_some() || !has_digit(cell));
    let first = row.iter().rposition(is_name).map_or(0, |last| last + 1);
    let cells = || row.iter().skip(first).filter(|cell| is_filled(cell));
    let several = |cell: &GridCell| cell.span.of(source).contains(is_space);
    if COUNTS.contains(&cells().count()) || !cells().any(several) {
        return false;
    }
    let mut figures = Vec::new();
    for cell in cells() {
        let text = cell.span.of(source);
        let mut at = cell.span.start;
        for word in text.split_inclusive(is_space) {
            let figure = word.trim_end_matches(is_space);
            let (span, value) = read(figure);
            match value {
                _ if figure.is_empty() => {}
                Value::Number(_) | Value::Placeholder => {
                    figures.push(GridCell { span: span.shift(at), content: CellContent::Value(value) });
                }
                _ => return false,
            }
            at += word.len();
        }
    }
    if !COUNTS.contains(&figures.len()) {
        return false;
    }
    pieced.extend(row.iter().map(|cell| cell.span).reduce(Span::cover));
    row.truncate(first);
    row.append(&mut figures);
    true
}

/// Joins a label that goes on in the next row, which has no figures, in the same column; and gives a label without
/// figures those of the next row, which has nothing else. Only where figures had to be parted: elsewhere a row is a
/// row.
fn join_rows(rows: &mut [Vec<GridCell>], source: &str, pieced: &mut Vec<Span>) {
    let is_filled = |cell: &GridCell| !matches!(cell.content, CellContent::Value(Value::Blank));
    let is_figure = |cell: &GridCell| matches!(cell.content, CellContent::Value(Value::Number(_) | Value::Placeholder));
    for index in 1..rows.len() {
        let (before, behind) = rows.split_at_mut(index);
        let (Some(row), Some(next)) = (before.last_mut(), behind.first_mut()) else { continue };
        if !next.iter().any(is_figure) && row.iter().any(is_figure) {
            for (cell, rest) in
                row.iter_mut().zip(next.iter_mut()).filter(|(cell, rest)| is_words(cell) && is_words(rest))
            {
                let text = [cell.span.of(source), rest.span.of(source)].concat();
                let standard = recognise(&text).filter(|label| label.likeness == Likeness::Standard);
                if let Some(LabelMatch { label: label @ (Label::Row(_) | Label::Group(_)), .. }) = standard {
                    pieced.push(cell.span.cover(rest.span));
                    cell.content = CellContent::Label(LabelMatch { label, likeness: Likeness::Broken });
                    blank(rest);
                }
            }
        } else if next.iter().filter(|cell| is_filled(cell)).all(is_figure)
            && next.iter().any(is_figure)
            && !row.iter().any(is_figure)
            && row
                .iter()
                .rev()
                .find(|cell| is_filled(cell))
                .is_some_and(|cell| matches!(label(cell), Some(Label::Row(_))))
        {
            let figures: Vec<GridCell> = next.iter().filter(|cell| is_figure(cell)).cloned().collect();
            pieced.extend(figures.iter().map(|cell| cell.span).reduce(Span::cover));
            next.iter_mut().for_each(blank);
            while row.last().is_some_and(|cell| !is_filled(cell)) {
                row.pop();
            }
            row.extend(figures);
        }
    }
}

/// How many lines a cell of a table that is drawn with lines takes up at most.
const TALLEST: usize = 8;

/// Joins the labels of a table that is drawn with lines, whose cells go on in the lines below.
pub(super) fn join_lines(grid: &mut Grid, source: &str) {
    let is_figure = |cell: &GridCell| matches!(cell.content, CellContent::Value(Value::Number(_) | Value::Placeholder));
    let Grid { rows, pieced, settled, .. } = grid;
    for index in 0..rows.len() {
        let (_, rest) = rows.split_at_mut(index);
        let Some((row, below)) = rest.split_first_mut() else { continue };
        let lines = below.iter().take(TALLEST).take_while(|row| !row.iter().any(is_figure)).count();
        for (column, cell) in row.iter_mut().enumerate().filter(|(_, cell)| is_words(cell)) {
            if matches!(&cell.content, CellContent::Label(label) if label.likeness <= Likeness::Broken) {
                continue;
            }
            let (mut text, mut span) = (cell.span.of(source).to_owned(), cell.span);
            let parts = |row: &Vec<GridCell>| row.get(column).filter(|cell| is_words(cell)).map(|cell| cell.span);
            let spans: Vec<Span> = below.iter().take(lines).map_while(parts).collect();
            for (count, part) in spans.iter().enumerate() {
                text.push_str(part.of(source));
                span = span.cover(*part);
                let Some(label) = recognise(&text).filter(|label| label.likeness == Likeness::Standard) else {
                    continue;
                };
                cell.content = CellContent::Label(LabelMatch { likeness: Likeness::Broken, ..label });
                pieced.push(span);
                *settled = true;
                below.iter_mut().take(count + 1).filter_map(|row| row.get_mut(column)).for_each(blank);
                break;
            }
        }
    }
}

/// What is left of labels where figures had to be parted is not held against the report.
fn excuse_labels(rows: &mut [Vec<GridCell>]) {
    for cell in rows.iter_mut().flatten() {
        if let CellContent::Label(label) = &mut cell.content
            && label.likeness > Likeness::Broken
        {
            label.likeness = Likeness::Broken;
        }
    }
}

/// Reads the label in `cell` without what of a group's label is glued to it.
fn settle_label(cell: &mut GridCell, source: &str, pieced: &mut Vec<Span>) -> bool {
    let likeness = match &cell.content {
        CellContent::Label(label) => Some(label.likeness),
        CellContent::Value(Value::Other) => None,
        CellContent::Value(_) | CellContent::Torn => return false,
    };
    let text = cell.span.of(source);
    if likeness == Some(Likeness::Standard) || !text.contains(is_space) || text.len() > 400 {
        return false;
    }
    let found = behind_torn_label(text).or_else(|| around_torn_label(text, cell));
    if let Some(label) = found {
        cell.content = CellContent::Label(LabelMatch { label, likeness: Likeness::Broken });
        pieced.push(cell.span);
    }
    found.is_some()
}

/// The label of a row after lines of a few letters each.
fn behind_torn_label(text: &str) -> Option<Label> {
    let mut at = 0;
    for word in text.split_inclusive(is_space) {
        at += word.len();
        if key(word).chars().count() > TORN {
            return None;
        }
        let rest = text.get(at..).filter(|rest| !rest.trim_matches(is_space).is_empty())?;
        if let Some(LabelMatch { label: label @ Label::Row(_), likeness: Likeness::Standard }) = recognise(rest) {
            return Some(label);
        }
    }
    None
}

/// The label of a row whose letters are all there in their order, over lines, with some others among them.
fn around_torn_label(text: &str, cell: &GridCell) -> Option<Label> {
    let label @ Label::Row(row) = label(cell)? else { return None };
    let (written, due) = (key(text), key(row.name()));
    let mut letters = written.chars();
    let all_there = due.chars().all(|c| letters.any(|other| other == c));
    let more = written.chars().count().checked_sub(due.chars().count())?;
    (text.contains('\n') && all_there && more <= STRAY).then_some(label)
}

/// Joins a label that is cut over two cells, or three.
fn join_labels(row: &mut [GridCell], source: &str, pieced: &mut Vec<Span>) -> bool {
    let mut joined = false;
    let standard =
        |cell: &GridCell| matches!(&cell.content, CellContent::Label(label) if label.likeness <= Likeness::Broken);
    let mut at = 0;
    while at + 1 < row.len() {
        let found = (2..=3).rev().find_map(|count| {
            let cells = row.get(at..at + count)?;
            if !cells.iter().all(|cell| is_words(cell) && !standard(cell)) {
                return None;
            }
            let text: String = cells.iter().map(|cell| cell.span.of(source)).collect();
            let label = recognise(&text).filter(|label| label.likeness == Likeness::Standard)?;
            Some((count, label.label, cells.iter().map(|cell| cell.span).reduce(Span::cover)?))
        });
        let Some((count, label, span)) = found else {
            at += 1;
            continue;
        };
        for (index, cell) in row.iter_mut().skip(at).take(count).enumerate() {
            match index {
                0 => cell.content = CellContent::Label(LabelMatch { label, likeness: Likeness::Broken }),
                _ => blank(cell),
            }
        }
        pieced.push(span);
        joined = true;
        at += count;
    }
    joined
}

/// What is left of the names of two columns that are cut off and then the same, 本年新 say, is no longer than this.
const LONGEST_CUT: usize = 5;

/// Leaves the first of neighbouring cells with the same words; how many repeat it.
fn fold_labels(row: &mut [GridCell], texts: &[&str]) -> usize {
    let mut repeats = 0;
    for index in 1..row.len().min(texts.len()) {
        if texts[index] != texts[index - 1] {
            continue;
        }
        let Some(cell) = row.get_mut(index).filter(|cell| is_words(cell)) else { continue };
        // The names of columns that come one after the other may be cut to the same.
        let is_printed = matches!(&cell.content, CellContent::Label(label) if label.likeness <= Likeness::Broken);
        if !is_printed && texts[index].chars().count() <= LONGEST_CUT {
            continue;
        }
        blank(cell);
        repeats += 1;
    }
    repeats
}

/// From where to where the header of a column is repeated in a row whose cells said `texts`.
fn repeated_columns(row: &[GridCell], texts: &[&str]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = 0;
    while let Some(text) = texts.get(start) {
        let length = texts.iter().skip(start).take_while(|other| *other == text).count();
        let is_folded = |cell: &GridCell| cell.content == CellContent::Value(Value::Blank);
        let folded = row.iter().take(start + length).skip(start + 1).all(is_folded);
        let is_column = row.get(start).and_then(label).is_some_and(|label| matches!(label, Label::Column(_)));
        if length > 1 && folded && is_column {
            runs.push((start, start + length));
        }
        start += length;
    }
    runs
}

/// Leaves the first of the figures under a header that is repeated, if they are all the same.
fn fold_figures(row: &mut [GridCell], texts: &[&str], merged: &[(usize, usize)], pieced: &mut Vec<Span>) -> bool {
    let mut folded = false;
    for (start, end) in merged {
        let Some((first, others)) = texts.get(*start..*end).and_then(|texts| texts.split_first()) else { continue };
        if first.is_empty() || others.iter().any(|other| other != first) {
            continue;
        }
        pieced.extend(row.get(*start).map(|cell| cell.span));
        row.iter_mut().take(*end).skip(start + 1).for_each(blank);
        folded = true;
    }
    folded
}
