//! A place in the text to parse a block from, which remembers how far was looked.

use super::line::Line;
use super::line_shape::LineShapes;
use crate::text::Span;
use std::cell::Cell;

/// A stretch of one text without a line break, up to the one that ends it. A page may be one line of a hundred thousand
/// blocks: its end is looked for once, and so are the marks in it.
#[derive(Default)]
pub(super) struct LineMarks {
    extent: Cell<(usize, usize)>,
    /// For a tab and for a pipe: from where to where was looked, and where the last one ends.
    marks: [Cell<(usize, usize, usize)>; 2],
    /// What its lines look like to [`super::spaced`].
    shapes: LineShapes,
}

impl LineMarks {
    /// Where the content of the line that holds `offset` ends.
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

    /// Whether a `mark`, a tab or a pipe, is after `offset` in its line.
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

/// A place to parse from. A block is a function of the text after that place, and of nothing before it.
pub(super) struct Cursor<'a> {
    text: &'a str,
    pub(super) start: usize,
    seen: Cell<usize>,
    known: &'a LineMarks,
}

impl<'a> Cursor<'a> {
    /// `known` is of the same text.
    pub(super) fn new(text: &'a str, start: usize, known: &'a LineMarks) -> Cursor<'a> {
        Cursor { text, start, seen: Cell::new(start), known }
    }

    /// All of the text. Whoever looks at it says how far.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// What is in `span`.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The text from `offset` on. Whoever looks at it says how far.
    pub(super) fn rest(&self, offset: usize) -> &'a str {
        self.text.get(offset..).unwrap_or_default()
    }

    /// What lines of the text look like.
    pub(super) fn shapes(&self) -> &'a LineShapes {
        &self.known.shapes
    }

    /// Notes that the text was looked at up to `offset`.
    pub(super) fn look(&self, offset: usize) {
        self.seen.set(self.seen.get().max(offset));
    }

    /// How far the text was looked at.
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
        // A lone CR at the end may yet become CRLF.
        let looked = if line_break == 1 && bytes.get(content) == Some(&b'\r') { end + 1 } else { end };
        self.seen.set(self.seen.get().max(looked));
        Some(Line { start: offset, content: rest.get(..content).unwrap_or_default(), end })
    }

    /// The line that the place is in, from there on, if it holds a tab or a pipe, whichever `mark` is, and is no comment.
    pub(super) fn line_with(&self, mark: u8) -> Option<Line<'a>> {
        let line = self.line(self.start)?;
        (self.known.has(self.text, self.start, mark) && !line.is_comment()).then_some(line)
    }

    /// The lines from `offset` on.
    pub(super) fn lines(&self, offset: usize) -> impl Iterator<Item = Line<'a>> {
        std::iter::successors(self.line(offset), |line| self.line(line.end))
    }

    /// How many bytes after `end` were looked at.
    pub(super) fn reach(&self, end: usize) -> usize {
        self.seen.get().saturating_sub(end)
    }
}
