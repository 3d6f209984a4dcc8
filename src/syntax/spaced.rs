//! Tables that lost their rules: as they come out of a PDF (L9), a line for each row, or for part of one, with spaces
//! between what were cells; or with one cell a line (L11).
//!
//! A line of words is never far from looking like one of these. A table is only where lines end in several figures, or
//! several lines are a figure each; what is between them and shortly before them belongs to it if it is short and no
//! sentence.

use super::cursor::Cursor;
use super::line::Line;
use super::line_shape::{LIKELY, LineShape, tokens};
use super::{Block, BlockKind, Builder, Layout, LeafKind};

/// So many lines of headers may be before the first figures: with one cell a line, and cells broken over lines.
const HEADER: usize = 40;

/// At most so many empty lines may be inside a table, at the edge of a page; before its first figures, so many.
const GAP: usize = 12;
const GAP_IN_HEADER: usize = 3;

/// So many lines without figures may be between two rows: a long label, that of a group, and a page's edge.
const BETWEEN: usize = 12;

/// So many lines with a figure each are those of a table.
const BARE: usize = 4;

/// A line that looks like a heading is the label of a row or a group if so many lines after it at most are without figures.
const BELOW_LABEL: usize = 9;
const BROKEN_LABEL: usize = 2;

/// A table whose last figures are more than those of one row goes on with the labels of the others.
const ROW: usize = 7;
const LATE_LABELS: usize = 24;

/// So many lines with a figure or two may be before the first certain row. Without an end to them, every line of a
/// column of figures would be looked at once for each line above it.
const UNCERTAIN: usize = 100;

/// A line that ends in at least so many figures is a row, whatever is around it.
const CERTAIN: usize = 7;

/// A line that ends in [`LIKELY`] figures is a row, too, if so many lines around it end in one at least.
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

/// The lines of the table, up to its last row and what can only be the rest of that row's label; and how it is laid out.
fn region<'a>(cursor: &Cursor<'a>) -> Option<(Vec<Line<'a>>, Layout)> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut pending: Vec<Line<'a>> = Vec::new();
    let (mut blank, mut fragments, mut certain, mut likely, mut rows) = (0, 0, false, 0, 0);
    // How many lines are a figure and nothing else, and how many of those are the last ones.
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
    // The labels of rows whose figures are before them, as where a PDF is read in the order in which it was written.
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

/// Whether `line`, which looks like a heading, is a label in a table that goes on: figures are not far after it. With
/// `late`, also if nothing but labels is there up to the next heading or sentence.
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
