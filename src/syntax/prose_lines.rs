//! Lines outside tables: blank lines, titles, headings, paragraphs.

use super::cursor::Cursor;
use super::heading::{heading, looks_like_title};
use super::line::{Line, is_space};
use super::marks::{is_plain, marks, unmarked};
use super::{Block, BlockKind, Builder, LeafKind, Markup};
use std::borrow::Cow;

/// The block at `cursor`; `None` only at the end of the text.
pub(super) fn parse(cursor: &Cursor<'_>) -> Option<Block> {
    let first = cursor.line(cursor.start)?;
    let mut builder = Builder::new(cursor.start);
    if first.is_blank() {
        let end = cursor.lines(first.start).take_while(Line::is_blank).last().map_or(first.end, |line| line.end);
        builder.push(LeafKind::Separator, end);
        return Some(builder.finish(BlockKind::Blank, cursor));
    }
    let marked = !is_plain(first.content, &marks(first.content));
    let seen = if marked { unmarked(first.content) } else { Cow::Borrowed(first.content) };
    if marked && seen.chars().all(is_space) {
        builder.push(LeafKind::Separator, first.end);
        return Some(builder.finish(BlockKind::Blank, cursor));
    }
    builder.markup = marked.then_some(Markup::Marks);
    let kind = if looks_like_title(&seen) {
        BlockKind::Title
    } else if heading(&seen).is_some() {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    };
    builder.push(LeafKind::Text, first.start + first.content.len());
    builder.push(LeafKind::Separator, first.end);
    Some(builder.finish(kind, cursor))
}
