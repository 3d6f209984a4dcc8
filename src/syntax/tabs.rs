//! Tables with tabs between cells: one cell a line (L1), or a row in one line (L4).

use super::cursor::Cursor;
use super::line::Line;
use super::{Block, BlockKind, Builder, Layout, LeafKind, ends_as_name, heading, looks_like_title};

/// The largest number of successive empty lines inside a table, for example between two pages.
const GAP: usize = 2;

/// A line that looks like a heading with a name of at most this many bytes is the start of a label: `三、本` of
/// 三、本年度办理结果.
const CUT: usize = 9;

/// The table of either layout at `cursor`, if there is one.
pub(super) fn parse(cursor: &Cursor<'_>) -> Option<Block> {
    if !is_row(&cursor.line_with(b'\t')?) {
        return None;
    }
    let lines = region(cursor);
    let rows = lines.iter().filter(|line| line.has('\t'));
    let (single, several) =
        rows.fold(
            (0usize, 0usize),
            |(single, several), line| {
                if is_single(line) { (single + 1, several) } else { (single, several + 1) }
            },
        );
    if several >= single.max(1) {
        // A single line with a tab may just as well be prose.
        (lines.len() > 1).then(|| rows_of_tabs(cursor, &lines))
    } else {
        (single > 2).then(|| cells_in_lines(cursor, &lines))
    }
}

/// A tab, then at most one cell.
fn is_single(line: &Line<'_>) -> bool {
    line.content.strip_prefix('\t').is_some_and(|cell| !cell.trim_end().contains('\t'))
}

/// Whether a line belongs to a table by itself: it has a tab, and is neither an indented paragraph nor a heading.
fn is_row(line: &Line<'_>) -> bool {
    line.has('\t') && !(is_single(line) && is_prose(line.content))
}

fn is_prose(content: &str) -> bool {
    (content.len() > 120 && content.contains('。')) || content.len() > 400 || looks_like_title(content)
}

/// The lines of the table: rows, wrapped cells and the empty lines between them, up to the last row.
fn region<'a>(cursor: &Cursor<'a>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut blank = 0;
    let mut wrapped = false;
    let mut pending: Vec<Line<'a>> = Vec::new();
    for line in cursor.lines(cursor.start) {
        if is_row(&line) {
            lines.append(&mut pending);
            lines.push(line);
            blank = 0;
            wrapped = false;
        } else if line.is_comment() {
            pending.push(line);
        } else if line.content.is_empty() || line.is_blank() {
            blank += 1;
            if blank > GAP {
                break;
            }
            pending.push(line);
        } else if blank == 0 && !wrapped && is_wrapped(&line) {
            // The rest of a cell that is split over two lines, but only if the table continues after it.
            pending.push(line);
            wrapped = true;
        } else {
            break;
        }
    }
    lines
}

/// Whether a line without a tab may be the rest of the cell above.
fn is_wrapped(line: &Line<'_>) -> bool {
    line.content.len() <= 150
        && !is_prose(line.content)
        && heading(line.content).is_none_or(|shape| shape.name.len() <= CUT)
        && !ends_as_name(line.content)
}

fn cells_in_lines(cursor: &Cursor<'_>, lines: &[Line<'_>]) -> Block {
    let mut builder = Builder::new(cursor.start);
    for (index, line) in lines.iter().enumerate() {
        if line.is_comment() {
            builder.push(LeafKind::Separator, line.end);
            continue;
        }
        let next = lines.get(index + 1..).unwrap_or_default().iter().find(|line| !line.is_comment());
        let wraps = next.is_some_and(|next| !next.content.starts_with('\t') && !next.is_blank());
        let content_end = line.start + line.content.len();
        let opens = line.content.starts_with('\t');
        if opens {
            builder.push(LeafKind::Separator, line.start + 1);
        }
        if !opens && line.is_blank() {
            builder.push(LeafKind::RowEnd, line.end);
        } else if wraps {
            // The line break belongs to the cell.
            builder.push_open(line.end);
        } else {
            builder.push_cell(content_end);
            builder.push(LeafKind::Separator, line.end);
        }
    }
    builder.finish(BlockKind::Table(Layout::CellLines), cursor)
}

fn rows_of_tabs(cursor: &Cursor<'_>, lines: &[Line<'_>]) -> Block {
    let mut builder = Builder::new(cursor.start);
    for line in lines {
        if line.is_blank() && !line.has('\t') {
            builder.push(LeafKind::RowEnd, line.end);
            continue;
        }
        let mut at = line.start;
        for (index, cell) in line.content.split('\t').enumerate() {
            if index > 0 {
                at += 1;
                builder.push(LeafKind::Separator, at);
            }
            at += cell.len();
            builder.push_cell(at);
        }
        builder.push(LeafKind::RowEnd, line.end);
    }
    builder.finish(BlockKind::Table(Layout::Tabs), cursor)
}
