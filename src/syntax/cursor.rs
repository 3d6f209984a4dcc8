//! The position from which a block is parsed. It records how far the text was read.

use super::line::Line;
use super::line_shape::LineShapes;
use crate::text::Span;
use std::cell::Cell;

/// The current line, with its end and its marks. A web page may be a single line of a hundred thousand blocks, so the
/// end and the marks are searched only once.
#[derive(Default)]
pub(super) struct LineMarks {
    extent: Cell<(usize, usize)>,
    /// For tabs and for pipes: the searched range, and the end of the last one found.
    marks: [Cell<(usize, usize, usize)>; 2],
    /// The shapes of lines, for [`super::spaced`].
    shapes: LineShapes,
}

impl LineMarks {
    /// The end of the content of the line that contains `offset`.
    fn end(&self, text: &str, offset: usize) -> usize {
        let (start, end) = self.extent.get();
        if (start..end).contains(&offset) {
            return end;
        }
        let bytes = text.as_bytes().get(offset..).unwrap_or_default();
        let length = memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
        self.extent.set((offset, offset + length));
        offset + length
    }

    /// Whether a `mark`, a tab or a pipe, follows after `offset` in its line.
    fn has(&self, text: &str, offset: usize, mark: u8) -> bool {
        let end = self.end(text, offset);
        let [tabs, pipes] = &self.marks;
        let known = if mark == b'|' { pipes } else { tabs };
        let (from, to, mut last) = known.get();
        if to != end || from > offset {
            let line = text.as_bytes().get(offset..end).unwrap_or_default();
            last = memchr::memrchr(mark, line).map_or(0, |at| offset + at + 1);
            known.set((offset, end, last));
        }
        last > offset
    }
}

/// A position to parse from. A block depends only on the text after it, on nothing before it.
pub(super) struct Cursor<'a> {
    text: &'a str,
    pub(super) start: usize,
    seen: Cell<usize>,
    known: &'a LineMarks,
}

impl<'a> Cursor<'a> {
    /// A cursor at `start`. `known` belongs to the same text.
    pub(super) fn new(text: &'a str, start: usize, known: &'a LineMarks) -> Cursor<'a> {
        Cursor { text, start, seen: Cell::new(start), known }
    }

    /// The whole text. The caller has to record how far it reads, with [`Cursor::look`].
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The text of `span`.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The text from `offset` on. The caller has to record how far it reads, with [`Cursor::look`].
    pub(super) fn rest(&self, offset: usize) -> &'a str {
        self.text.get(offset..).unwrap_or_default()
    }

    /// The shapes of lines.
    pub(super) fn shapes(&self) -> &'a LineShapes {
        &self.known.shapes
    }

    /// Records that the text was read up to `offset`.
    pub(super) fn look(&self, offset: usize) {
        self.seen.set(self.seen.get().max(offset));
    }

    /// How far the text was read.
    pub(super) fn seen(&self) -> &Cell<usize> {
        &self.seen
    }

    /// The line that starts at `offset`, unless that is the end of the text.
    pub(super) fn line(&self, offset: usize) -> Option<Line<'a>> {
        let rest = self.text.get(offset..).filter(|rest| !rest.is_empty())?;
        let bytes = rest.as_bytes();
        let content = self.known.end(self.text, offset) - offset;
        let line_break = match (bytes.get(content), bytes.get(content + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(_), _) => 1,
            (None, _) => 0,
        };
        let end = offset + content + line_break;
        // An edit may turn a lone CR at the end into CRLF.
        let looked = if line_break == 1 && bytes.get(content) == Some(&b'\r') { end + 1 } else { end };
        self.seen.set(self.seen.get().max(looked));
        Some(Line { start: offset, content: rest.get(..content).unwrap_or_default(), end })
    }

    /// The rest of the current line, if it contains `mark`, a tab or a pipe, and is not a comment.
    pub(super) fn line_with(&self, mark: u8) -> Option<Line<'a>> {
        let line = self.line(self.start)?;
        (self.known.has(self.text, self.start, mark) && !line.is_comment()).then_some(line)
    }

    /// The lines from `offset` on.
    pub(super) fn lines(&self, offset: usize) -> impl Iterator<Item = Line<'a>> {
        std::iter::successors(self.line(offset), |line| self.line(line.end))
    }

    /// How many bytes after `end` were read.
    pub(super) fn reach(&self, end: usize) -> usize {
        self.seen.get().saturating_sub(end)
    }
}
