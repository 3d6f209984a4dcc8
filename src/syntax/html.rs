//! HTML from web sites and from word processors: lines of words between tags (L6, L7), and tables.
//!
//! A block starts with tags or with a line that has one. It contains one line of words, or a table, or only tags.
//! Tables that lay out a page are dissolved: only an innermost table that looks like data counts.

use super::cursor::Cursor;
use super::grid::{CellPlace, Rows};
use super::hidden::tags;
use super::line::is_space;
use super::markup::{Tag, TagKind, TagRole, first_tag, looks_like_tag};
use super::view::DecodedText;
use super::{Block, BlockKind, Builder, Layout, LeafKind, Markup, heading, looks_like_title};
use crate::text::Span;

/// A table with a cell longer than this, in bytes of text, lays out a page.
pub(super) const LONGEST_CELL: usize = 600;

/// The block at `cursor` if it starts with a tag.
pub(super) fn parse(cursor: &Cursor<'_>) -> Option<Block> {
    // The cursor does not read the whole line, because a page may be a single line.
    let rest = cursor.rest(cursor.start);
    let content = rest.trim_start_matches(|c| is_space(c) && !matches!(c, '\n' | '\r'));
    let start = cursor.start + rest.len() - content.len();
    cursor.look(start + "<!--".len());
    if !content.starts_with('<') {
        return None;
    }
    // A comment in a line of its own is not HTML: a plain text with such a comment is not a web page.
    if content.starts_with("<!--") && cursor.line(cursor.start)?.is_comment() {
        return None;
    }
    let (end, looked) = looks_like_tag(content);
    cursor.look(start + looked);
    end?;
    Some(block(cursor)).filter(|block| block.len > 0)
}

/// The block at `cursor` if its first line has a tag somewhere.
pub(super) fn parse_line(cursor: &Cursor<'_>) -> Option<Block> {
    let line = cursor.line(cursor.start)?;
    if !line.content.contains('<') || line.is_comment() {
        return None;
    }
    // A tag may continue in the next line.
    let (found, looked) = first_tag_in(cursor, line.content);
    cursor.look(cursor.start + looked);
    found?;
    Some(block(cursor)).filter(|block| block.len > 0)
}

fn first_tag_in(cursor: &Cursor<'_>, line: &str) -> (Option<usize>, usize) {
    let (found, looked) = first_tag(line);
    if found.is_some() {
        return (found, looked);
    }
    let Some(last) = line.rfind('<') else { return (None, looked) };
    let (end, seen) = looks_like_tag(cursor.rest(cursor.start + last));
    (end.map(|_| last), looked.max(last + seen))
}

/// A line of words under construction.
struct TextLine {
    /// The end of the block.
    end: usize,
    /// From the first to the last visible character.
    span: Option<Span>,
}

fn block(cursor: &Cursor<'_>) -> Block {
    let mut tags = tags(cursor.text(), cursor.start, cursor.seen()).peekable();
    if let Some(first) = tags.peek()
        && first.starts("table")
        && cursor.slice(Span::new(cursor.start, first.span.start)).chars().all(is_space)
    {
        drop(tags);
        return match table(cursor) {
            Some(table) => table.build(cursor),
            // The table lays out the page, so its tag is treated like other tags.
            None => words(cursor, true).build(cursor),
        };
    }
    drop(tags);
    words(cursor, false).build(cursor)
}

/// The line of words at `cursor`, with the tags before it and its closing tags. With `table_is_layout`, the tag of a
/// table at the start is treated like other tags.
fn words(cursor: &Cursor<'_>, mut table_is_layout: bool) -> TextLine {
    let mut span: Option<Span> = None;
    let mut at = cursor.start;
    let mut opened = false;
    let mut closing = false;
    for tag in tags(cursor.text(), cursor.start, cursor.seen()) {
        let gap = Span::new(at, tag.span.start.max(at));
        if let Some(end) = gap_ends(cursor, gap, &mut span, opened, closing) {
            return TextLine { end, span };
        }
        // The page's head is a block of its own.
        if span.is_none() && ((tag.name == "head" && tag.kind == TagKind::Comment) || tag.starts("meta")) {
            return TextLine { end: tag.span.end, span };
        }
        match (tag.role(), tag.kind) {
            (TagRole::Hidden, _) | (_, TagKind::Comment) => {}
            (TagRole::Inline, TagKind::Start) if closing => return TextLine { end: tag.span.start, span },
            (TagRole::Inline, _) => {}
            (TagRole::Break, _) if span.is_some() => closing = true,
            (TagRole::Break, _) => {}
            (TagRole::Block, TagKind::End) => {
                closing |= span.is_some();
            }
            (TagRole::Block, _) => {
                // A table is a block of its own, except for the tag at the start of one that lays out the page.
                let table = tag.starts("table");
                if span.is_some() || (table && at > cursor.start) || (table && !table_is_layout) {
                    return TextLine { end: tag.span.start, span };
                }
                table_is_layout &= !table;
                // In `<pre>` line breaks count.
                opened = tag.name != "pre";
            }
        }
        at = tag.span.end.max(at);
    }
    let length = cursor.text().len();
    let end = gap_ends(cursor, Span::new(at, length), &mut span, opened, closing).unwrap_or(length);
    TextLine { end, span }
}

/// Adds the words of `gap`, which is between two tags, and returns the end of the block if it ends in the gap. A block
/// that a tag opened ends at an empty line, any other at the end of its line.
fn gap_ends(cursor: &Cursor<'_>, gap: Span, span: &mut Option<Span>, opened: bool, closing: bool) -> Option<usize> {
    let text = cursor.slice(gap);
    let mut start = gap.start;
    for line in lines(text) {
        let end = start + line.len();
        let inner = line.trim_matches(is_space);
        if !inner.is_empty() {
            if closing {
                return Some(start);
            }
            let from = start + line.len() - line.trim_start_matches(is_space).len();
            let words = Span::new(from, from + inner.len());
            *span = Some(span.map_or(words, |span| span.cover(words)));
        }
        let empty = inner.is_empty() && start > gap.start;
        if line.ends_with(['\n', '\r']) && (closing || !opened || empty) {
            return Some(end);
        }
        start = end;
    }
    None
}

/// The lines of `text` with their line breaks.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let content = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let length = match content {
            Some(at) if bytes.get(at..at + 2) == Some(b"\r\n") => at + 2,
            Some(at) => at + 1,
            None => bytes.len(),
        };
        let (line, others) = rest.split_at_checked(length)?;
        rest = others;
        (!line.is_empty()).then_some(line)
    })
}

impl TextLine {
    fn build(self, cursor: &Cursor<'_>) -> Block {
        let mut builder = Builder::new(cursor.start);
        builder.markup = Some(Markup::Tags);
        let end = self.end;
        let Some(span) = self.span.filter(|span| span.end <= end) else {
            builder.push(LeafKind::Separator, end);
            return builder.finish(BlockKind::Markup, cursor);
        };
        let seen = DecodedText::of(cursor.slice(span), 0);
        let kind = if looks_like_title(seen.text()) {
            BlockKind::Title
        } else if heading(seen.text()).is_some() {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        builder.push(LeafKind::Separator, span.start);
        builder.push(LeafKind::Text, span.end);
        builder.push(LeafKind::Separator, end);
        builder.finish(kind, cursor)
    }
}

/// A table: the spans of its cells by row, with the end of each row, and its grid.
struct OpenTable {
    rows: Vec<(Vec<Span>, usize)>,
    grid: Vec<CellPlace>,
    end: usize,
}

/// A cell being read.
struct OpenCell {
    /// The place for text if the cell stays empty: after the innermost opening tag.
    inside: usize,
    closed: bool,
    /// From its first to its last character, including white space.
    all: Option<Span>,
    /// The same without white space around it.
    seen: Option<Span>,
    /// The number of bytes of its text.
    length: usize,
}

impl OpenCell {
    fn span(&self) -> Span {
        self.seen.or(self.all).unwrap_or(Span::at(self.inside))
    }
}

/// The table that starts at `cursor`; `None` if it is not closed, contains a table of several cells, or does not look
/// like data.
fn table(cursor: &Cursor<'_>) -> Option<OpenTable> {
    let mut rows: Vec<(Vec<Span>, usize)> = Vec::new();
    let mut row: Vec<Span> = Vec::new();
    let mut grid = Rows::default();
    let mut open: Option<OpenCell> = None;
    let mut at = cursor.start;
    let (mut figures, mut words, mut titles) = (0usize, 0usize, 0usize);
    // The nesting depth of tables, and the number of cells of the inner one.
    let (mut depth, mut inner) = (0usize, 0usize);
    for tag in tags(cursor.text(), cursor.start, cursor.seen()) {
        if let Some(cell) = &mut open {
            cell.words(cursor, Span::new(at, tag.span.start.max(at)));
        }
        at = tag.span.end.max(at);
        if tag.starts("table") {
            (depth, inner) = (depth + 1, 0);
            if depth > 2 || (depth > 1 && open.is_none()) {
                return None;
            }
        }
        if depth > 1 {
            // A table of one cell inside a cell is only a frame around its words.
            inner += usize::from(is_cell(&tag) && tag.kind == TagKind::Start);
            if inner > 1 {
                return None;
            }
            depth -= usize::from(tag.ends("table"));
            continue;
        }
        grid.tag(&tag, tag.kind == TagKind::Start);
        let ends_cell = is_cell(&tag) || matches!(tag.name.as_str(), "tr" | "table" | "tbody" | "thead" | "tfoot");
        if ends_cell && let Some(cell) = open.take() {
            let span = cell.span();
            let text = DecodedText::of(cursor.slice(span), 0);
            let text = text.text().trim_matches(is_space);
            figures += usize::from(text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit()));
            words += usize::from(cell.length > LONGEST_CELL);
            titles += usize::from(looks_like_title(text));
            row.push(span);
        }
        if is_cell(&tag) && tag.kind == TagKind::Start {
            open = Some(OpenCell { inside: tag.span.end, closed: false, all: None, seen: None, length: 0 });
        } else if let Some(cell) = &mut open {
            cell.closed |= tag.kind == TagKind::End;
            if tag.kind == TagKind::Start && !cell.closed && tag.role() != TagRole::Break && cell.seen.is_none() {
                cell.inside = tag.span.end;
            }
        }
        let ends_row = matches!(tag.name.as_str(), "tr" | "table" | "tbody" | "thead" | "tfoot");
        if ends_row && !row.is_empty() {
            rows.push((std::mem::take(&mut row), tag.span.end));
        }
        if tag.ends("table") {
            let wide = rows.iter().any(|(row, _)| row.len() > 1);
            return is_data(wide, words > 0, titles, figures).then(|| OpenTable {
                rows,
                grid: grid.form(),
                end: tag.span.end,
            });
        }
    }
    None
}

/// Whether a table with these cells contains data, rather than laying out a page: some row has several cells, no cell
/// is long, and titles of reports occur only among figures.
pub(super) fn is_data(is_wide: bool, is_long: bool, titles: usize, figures: usize) -> bool {
    is_wide && !is_long && (titles == 0 || figures > 5)
}

fn is_cell(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "td" | "th")
}

impl OpenCell {
    fn words(&mut self, cursor: &Cursor<'_>, gap: Span) {
        if gap.is_empty() {
            return;
        }
        self.all = Some(self.all.map_or(gap, |all| all.cover(gap)));
        let text = cursor.slice(gap);
        let inner = text.trim_matches(is_space);
        if !inner.is_empty() {
            let start = gap.start + text.len() - text.trim_start_matches(is_space).len();
            let span = Span::new(start, start + inner.len());
            self.seen = Some(self.seen.map_or(span, |seen| seen.cover(span)));
            self.length += inner.len();
        }
    }
}

impl OpenTable {
    fn build(self, cursor: &Cursor<'_>) -> Block {
        let mut builder = Builder::new(cursor.start);
        builder.markup = Some(Markup::Tags);
        for (row, end) in &self.rows {
            for cell in row {
                builder.push(LeafKind::Separator, cell.start);
                builder.push_cell(cell.end);
            }
            builder.push(LeafKind::RowEnd, *end);
        }
        // The block extends to the end of the line.
        let rest = cursor.rest(self.end);
        let blank = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let line = rest.as_bytes().get(blank..).unwrap_or_default();
        let line_break = match line {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        let end = if line_break > 0 || line.is_empty() { self.end + blank + line_break } else { self.end };
        cursor.look(self.end + blank + 2);
        builder.push(LeafKind::Separator, end);
        Block { grid: Some(self.grid.into()), ..builder.finish(BlockKind::Table(Layout::Html), cursor) }
    }
}
