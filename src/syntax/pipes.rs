//! Tables with pipes between cells: one cell a line (L2), a row in one line (L3), Markdown (L5).

use super::cursor::Cursor;
use super::line::{Line, is_space};
use super::marks::{marks, quote};
use super::markup::first_tag;
use super::{Block, BlockKind, Builder, Layout, LeafKind, Markup, ends_as_name, heading, looks_like_title};

/// The table of any of the three layouts at `cursor`, if there is one.
pub(super) fn parse(cursor: &Cursor<'_>) -> Option<Block> {
    if cursor.line_with(b'|').is_none() && !starts_above_its_pipe(cursor) && !starts_drawn(cursor) {
        return None;
    }
    if let Some(heading) = heading_row(cursor) {
        return Some(heading);
    }
    let lines = region(cursor);
    let rows = || lines.iter().filter(|line| line.has('|'));
    if rows().any(|line| is_rule(line.content)) || lines.iter().any(|line| is_drawn(line.content)) {
        return Some(rows_of_pipes(cursor, &lines, Layout::Markdown));
    }
    let several = rows().filter(|line| filled(line.content) > 1).count();
    if several * 3 > rows().count() {
        return Some(rows_of_pipes(cursor, &lines, Layout::Pipes));
    }
    if rows().all(|line| line.content.trim_end_matches(is_space).ends_with('|')) {
        return Some(cells_in_lines(cursor, &lines));
    }
    (several > 0).then(|| rows_of_pipes(cursor, &lines, Layout::Pipes))
}

/// A heading that a converter turned into the header of the table after it: `|三、收到…情况|Col2|Col3|`. The other cells
/// repeat it, or are blank, or have default names of columns.
fn heading_row(cursor: &Cursor<'_>) -> Option<Block> {
    let line = cursor.line_with(b'|')?;
    let content = line.content.trim_start_matches(is_space);
    if !content.starts_with('|') {
        return None;
    }
    let mut filled = fields(content).filter(|field| !field.chars().all(is_space));
    let first = filled.next()?;
    let name = first.trim_matches(is_space);
    // `三、本年度办理结果` looks the same, but is the label of a row.
    heading(name).filter(|shape| shape.numeral.is_some())?;
    let is_column_name = |field: &str| {
        let number = field.trim_matches(is_space).strip_prefix("Col");
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let others: Vec<&str> = filled.collect();
    let named =
        others.first().is_some_and(|other| is_column_name(other)) && others.iter().all(|other| is_column_name(other));
    let repeated = ends_as_name(name) && others.iter().all(|other| other.trim_matches(is_space) == name);
    let next = cursor.line(line.end)?;
    if !(named || repeated) || !next.has('|') || !(is_rule(next.content) || fields(content).count() > 3) {
        return None;
    }
    let start = line.start + (line.content.len() - content.len()) + content.find(name)?;
    let mut builder = Builder::new(cursor.start);
    builder.markup = Some(Markup::Marks);
    builder.push(LeafKind::Separator, start);
    builder.push(LeafKind::Text, start + name.len());
    builder.push(LeafKind::Separator, line.end);
    Some(builder.finish(BlockKind::Heading, cursor))
}

/// Whether `content` is a line between the rows of a drawn table: `+---+===+`.
fn is_drawn(content: &str) -> bool {
    let line = unquoted(content).trim_matches(is_space);
    line.len() > 4
        && line.starts_with('+')
        && line.ends_with('+')
        && line.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'=' | b':'))
}

/// Whether the first line is the upper edge of a drawn table.
fn starts_drawn(cursor: &Cursor<'_>) -> bool {
    let first = cursor.line(cursor.start).filter(|line| is_drawn(line.content));
    first.and_then(|first| cursor.line(first.end)).is_some_and(|line| line.has('|'))
}

/// Whether the first line is the first cell of a table in which a pipe follows each cell on a line of its own.
fn starts_above_its_pipe(cursor: &Cursor<'_>) -> bool {
    let first = cursor.line(cursor.start).filter(|line| line.content.len() <= 150 && !line.is_blank());
    let first = first.filter(|line| heading(line.content).is_none() && is_wrapped(line));
    first.and_then(|first| cursor.line(first.end)).is_some_and(|line| is_lone_pipe(&line))
}

/// Whether a line contains only pipes.
fn is_lone_pipe(line: &Line<'_>) -> bool {
    line.has('|') && line.content.chars().all(|c| c == '|' || is_space(c))
}

/// The fields between the pipes of a line; `\\|` is a character of a field.
fn fields(content: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(content);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text
            .match_indices('|')
            .map(|(at, _)| at)
            .find(|at| !text.get(..*at).is_some_and(|before| before.ends_with('\\')));
        rest = end.and_then(|end| text.get(end + 1..));
        Some(end.and_then(|end| text.get(..end)).unwrap_or(text))
    })
}

/// How many fields of a line are not blank.
fn filled(content: &str) -> usize {
    fields(content).filter(|field| !field.chars().all(is_space)).count()
}

/// `|---|:-:|`; dashes in only one field are a figure.
fn is_rule(content: &str) -> bool {
    let content = unquoted(content);
    content.contains("--")
        // Next to a cell that covers several rows of a drawn table, a line has a single piece of rule.
        && (filled(content) > 1 || content.contains("+-"))
        && content.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | '=') || is_space(c))
}

/// `content` without quote marks.
fn unquoted(content: &str) -> &str {
    content.get(quote(content)..).unwrap_or_default()
}

/// The lines of the table: those with a pipe, and single lines between two of them that continue a cell.
fn region<'a>(cursor: &Cursor<'a>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    // Lines that belong to the table if it continues after them: at most one, and any number of comments.
    let mut pending: Vec<Line<'a>> = Vec::new();
    let mut gap = false;
    // Only a cell on a line of its own can be split over two lines.
    let mut one_cell = true;
    for line in cursor.lines(cursor.start) {
        if line.has('|') || is_drawn(line.content) {
            one_cell &= filled(line.content) <= 1;
            lines.append(&mut pending);
            lines.push(line);
            gap = false;
        } else if line.is_comment() {
            pending.push(line);
        } else if !gap
            && (line.is_blank()
                || unquoted(line.content).is_empty()
                || (one_cell && (is_wrapped(&line) || is_cell_above_pipe(cursor, &line))))
        {
            pending.push(line);
            gap = true;
        } else if one_cell && pending.len() < MOST_LINES && continues_cell(cursor, &pending, &line) {
            pending.push(line);
        } else {
            break;
        }
    }
    lines
}

/// The most lines of a cell above its pipe: 社会, 公益, 组织.
const MOST_LINES: usize = 3;

/// Whether `line` is one more of a cell that begins with `before`, the pipe that ends it on a line of its own: 商业, 企业, |.
fn continues_cell(cursor: &Cursor<'_>, before: &[Line<'_>], line: &Line<'_>) -> bool {
    let is_part = |line: &Line<'_>| !line.is_blank() && !line.has('|') && is_wrapped(line);
    let ends = |line: &Line<'_>| cursor.line(line.end).is_some_and(|next| is_lone_pipe(&next));
    before.last().is_some_and(is_part)
        && is_part(line)
        && (ends(line) || cursor.line(line.end).is_some_and(|next| is_part(&next) && ends(&next)))
}

/// Whether a line that looks like a heading, such as `一、本年新收…`, is a cell: the next line is the pipe that ends it.
fn is_cell_above_pipe(cursor: &Cursor<'_>, line: &Line<'_>) -> bool {
    line.content.len() <= 150 && cursor.line(line.end).is_some_and(|next| is_lone_pipe(&next))
}

fn is_wrapped(line: &Line<'_>) -> bool {
    line.content.len() <= 150
        && !line.content.trim_start_matches(is_space).starts_with('#')
        && heading(line.content).is_none()
        && !looks_like_title(line.content)
        && !ends_as_name(line.content)
}

fn cells_in_lines(cursor: &Cursor<'_>, lines: &[Line<'_>]) -> Block {
    let mut builder = Builder::new(cursor.start);
    for line in lines {
        let Some(pipe) = line.content.find('|').filter(|_| !line.is_comment()) else {
            if line.is_blank() {
                builder.push(LeafKind::Separator, line.end);
            } else {
                builder.push_open(line.end);
            }
            continue;
        };
        builder.push_cell(line.start + pipe);
        let pipes = line.content.bytes().filter(|byte| *byte == b'|').count();
        builder.push(if pipes > 1 { LeafKind::RowEnd } else { LeafKind::Separator }, line.end);
    }
    builder.finish(BlockKind::Table(Layout::PipedLines), cursor)
}

/// Adds a field up to `end` as a cell. Next to a cell that covers several rows of a drawn table, the rule between the
/// other cells is in the same line: `年度办理 +-----+---+`. Each of its pieces is a blank cell.
fn push_field(builder: &mut Builder, field: &str, end: usize) {
    let is_edge = |c: char| matches!(c, '+' | '-' | '=');
    let rule = field.find("+-").and_then(|from| {
        let rest = field.get(from..)?;
        let length = rest.find(|c| !is_edge(c)).unwrap_or(rest.len());
        let rule = rest.get(..length)?;
        (rule.len() > 4 && rule.ends_with('+')).then_some((from, rule))
    });
    let Some((from, rule)) = rule else { return builder.push_cell(end) };
    let start = end - field.len() + from;
    if field.get(..from).is_some_and(|before| !before.chars().all(is_space)) {
        builder.push_cell(start);
    }
    let mut at = start + 1;
    for piece in rule.split_inclusive('+').skip(1) {
        at += piece.len();
        builder.push(LeafKind::Separator, at);
        builder.push_cell(at);
    }
    builder.push(LeafKind::Separator, start + rule.len());
    if start + rule.len() < end {
        builder.push_cell(end);
    }
}

fn rows_of_pipes(cursor: &Cursor<'_>, lines: &[Line<'_>], layout: Layout) -> Block {
    let rows = || lines.iter().filter(|line| line.has('|'));
    let closed = rows().filter(|line| line.content.trim_end_matches(is_space).ends_with('|')).count();
    let closed = closed * 2 > rows().count();
    let opened = rows().filter(|line| unquoted(line.content).trim_start_matches(is_space).starts_with('|')).count();
    let opened = opened * 2 >= rows().count();
    let mut builder = Builder::new(cursor.start);
    // The only line break in a cell of Markdown is `<br>`.
    let has_marks = |line: &Line<'_>| fields(unquoted(line.content)).any(|field| !marks(field).is_empty());
    if layout == Layout::Markdown {
        let has_tags = || lines.iter().any(|line| first_tag(line.content).0.is_some());
        let tags = || has_tags().then_some(Markup::Tags);
        builder.markup = if lines.iter().any(has_marks) { Some(Markup::Marks) } else { tags() };
    }
    for line in lines {
        if !line.has('|') && !is_drawn(line.content) {
            let kind =
                if line.is_blank() || unquoted(line.content).is_empty() { LeafKind::Separator } else { LeafKind::Text };
            builder.push(kind, line.start + line.content.len());
            builder.push(LeafKind::RowEnd, line.end);
            continue;
        }
        if is_rule(line.content) || is_drawn(line.content) {
            builder.push(LeafKind::Separator, line.end);
            continue;
        }
        let content_end = line.start + line.content.len();
        let mut at = line.start;
        let count = fields(line.content).count();
        for (index, field) in fields(line.content).enumerate() {
            if index > 0 {
                at += 1;
                builder.push(LeafKind::Separator, at);
            }
            at += field.len();
            let words = if index == 0 { unquoted(field) } else { field };
            let blank = words.chars().all(is_space);
            let edge = (index == 0 && opened) || (index + 1 == count && closed);
            if blank && edge {
                builder.push(LeafKind::Separator, at);
            } else {
                push_field(&mut builder, words, at);
            }
        }
        builder.push(LeafKind::Separator, content_end);
        builder.push(LeafKind::RowEnd, line.end);
    }
    builder.finish(BlockKind::Table(layout), cursor)
}
