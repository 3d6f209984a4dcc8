//! Tables without rules: text from a PDF (L9), with a line for each row or part of a row and spaces between cells; or
//! with one cell a line (L11).
//!
//! A line of prose easily looks like part of such a table. So a table needs lines that end in several figures, or
//! several lines with a single figure each; lines between them and shortly before them belong to it if they are short
//! and not sentences.

use super::cursor::Cursor;
use super::line::Line;
use super::line_shape::{LIKELY, LineShape, tokens};
use super::{Block, BlockKind, Builder, Layout, LeafKind};

/// The largest number of header lines before the first figures, with one cell a line and cells split over lines.
const HEADER: usize = 40;

/// The largest number of successive empty lines inside a table, at the edge of a page or before its first figures.
const GAP: usize = 12;
const GAP_IN_HEADER: usize = 3;

/// The largest number of lines without figures between two rows: a long label, that of a group, and a page's edge.
const BETWEEN: usize = 12;

/// This many lines with a single figure each are a table.
const BARE: usize = 4;

/// A line that looks like a heading is the label of a row or a group if at most this many lines after it have no
/// figures.
const BELOW_LABEL: usize = 9;
const BROKEN_LABEL: usize = 2;

/// If the last figures of a table are more than those of one row, the labels of the other rows follow.
const ROW: usize = 7;
const LATE_LABELS: usize = 24;

/// The largest number of lines with one or two figures before the first certain row. Without this limit, every line of
/// a column of figures would be read once for each line above it.
const UNCERTAIN: usize = 100;

/// A line that ends in at least this many figures is always a row.
const CERTAIN: usize = 7;

/// A line that ends in [`LIKELY`] figures is also a row if this many lines around it end in at least one figure.
const MANY: usize = 5;

/// The table at `cursor`, if there is one.
pub(super) fn parse(cursor: &Cursor<'_>) -> Option<Block> {
    let first = cursor.line(cursor.start)?;
    if !matches!(cursor.shapes().of(&first), LineShape::Fragment | LineShape::Figures(..)) {
        return None;
    }
    let (lines, layout) = region(cursor)?;
    let mut builder = Builder::new(cursor.start);
    for line in &lines {
        if matches!(cursor.shapes().of(line), LineShape::Blank | LineShape::Page | LineShape::Rule) {
            builder.push(LeafKind::Separator, line.end);
            continue;
        }
        for (start, token) in tokens(line) {
            builder.push(LeafKind::Separator, start);
            builder.push_cell(start + token.len());
        }
        builder.push(LeafKind::Separator, line.start + line.content.len());
        builder.push(LeafKind::RowEnd, line.end);
    }
    Some(builder.finish(BlockKind::Table(layout), cursor))
}

/// The lines of the table, up to its last row and the rest of that row's label; and its layout.
fn region<'a>(cursor: &Cursor<'a>) -> Option<(Vec<Line<'a>>, Layout)> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut pending: Vec<Line<'a>> = Vec::new();
    let (mut blank, mut fragments, mut certain, mut likely, mut rows) = (0, 0, false, 0, 0);
    // The number of lines with a single figure and nothing else, and how many of those are at the end.
    let (mut bare, mut last_bare) = (0, 0);
    for line in cursor.lines(cursor.start) {
        let mut shape = cursor.shapes().of(&line);
        if shape == LineShape::Heading && !(lines.is_empty() && pending.is_empty()) {
            let limit = match bare * 2 > rows {
                true if last_bare > ROW => LATE_LABELS,
                true => BELOW_LABEL,
                false if rows == 0 => BROKEN_LABEL,
                false => 0,
            };
            if is_label(cursor, &line, limit, last_bare > ROW) {
                shape = LineShape::Fragment;
            }
        }
        match shape {
            // The rest of the last row's label is before the rule that closes the table.
            LineShape::Rule if blank == 0 && !lines.is_empty() && !pending.is_empty() => {
                lines.append(&mut pending);
                lines.push(line);
                fragments = 0;
                continue;
            }
            LineShape::Blank | LineShape::Page | LineShape::Rule => {
                blank += 1;
                if blank > if lines.is_empty() { GAP_IN_HEADER } else { GAP } {
                    break;
                }
                pending.push(line);
                continue;
            }
            LineShape::Figures(count, alone) => {
                certain |= count >= CERTAIN;
                likely += usize::from(count >= LIKELY);
                rows += 1;
                let is_bare = count == 1 && alone;
                bare += usize::from(is_bare);
                let goes_on = !pending.iter().any(|line| matches!(cursor.shapes().of(line), LineShape::Fragment));
                last_bare = if is_bare && goes_on { last_bare + 1 } else { usize::from(is_bare) };
                if !certain && likely == 0 && bare < BARE && lines.len() + pending.len() >= UNCERTAIN {
                    return None;
                }
                lines.append(&mut pending);
                lines.push(line);
                fragments = 0;
            }
            LineShape::Fragment => {
                fragments += 1;
                let limit = match (lines.is_empty(), last_bare > ROW) {
                    (true, _) => HEADER,
                    (false, true) => LATE_LABELS,
                    (false, false) if bare * 2 > rows => HEADER,
                    (false, false) => BETWEEN,
                };
                if fragments > limit {
                    break;
                }
                pending.push(line);
            }
            LineShape::Heading | LineShape::Prose => break,
        }
        blank = 0;
    }
    // The labels come after the figures, as in text from a PDF in the order in which it was written.
    let late = last_bare > ROW && last_bare.is_multiple_of(ROW);
    if late {
        lines.append(&mut pending);
        while lines.last().is_some_and(|line| {
            matches!(cursor.shapes().of(line), LineShape::Blank | LineShape::Page | LineShape::Rule)
        }) {
            lines.pop();
        }
    }
    let is_table = certain || likely > 1 || likely == 1 && rows >= MANY || bare >= BARE;
    let layout = if bare * 2 > rows { Layout::BareLines } else { Layout::Spaced };
    (is_table && !lines.is_empty()).then_some((lines, layout))
}

/// Whether `line`, which looks like a heading, is a label in a table that continues: figures follow soon after it. With
/// `late`, also if only labels follow up to the next heading or sentence.
fn is_label(cursor: &Cursor<'_>, line: &Line<'_>, limit: usize, late: bool) -> bool {
    let (mut others, mut blank) = (0, 0);
    for line in cursor.lines(line.end) {
        match cursor.shapes().of(&line) {
            LineShape::Blank | LineShape::Page | LineShape::Rule if blank < GAP => blank += 1,
            LineShape::Figures(count, alone) => return count >= LIKELY || (count == 1 && alone),
            LineShape::Fragment if others < limit => (others, blank) = (others + 1, 0),
            LineShape::Heading if others < limit && late => (others, blank) = (others + 1, 0),
            LineShape::Heading | LineShape::Prose => return late,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_lines_with_a_figure_are_prose() {
        for text in
            ["联系电话 0512 1234\n地址 云岭路 5\n", "一是公开 3\n二是公开 4\n", "附件 1\n附件 2\n甲\n乙 3 4 5\n"]
        {
            assert!(
                super::super::Tree::parse(text).blocks.iter().all(|block| !matches!(block.kind, BlockKind::Table(_))),
                "{text}"
            );
        }
    }
}
