//! The text of a document: a rope, byte spans, edits.
//!
//! Only this layer knows lines, line ends and UTF-8/16/32 columns. All later layers use byte offsets only. It knows
//! nothing of reports.

#![warn(clippy::indexing_slicing)]

mod changed_part;
mod fold;
mod lines;
mod memo;
mod radicals;
mod span;
mod words;

pub use changed_part::changed_part;
pub use fold::{Folded, FoldedChar, fold, fold_char, fold_where, folded_chars, keeps_hanzi, plain_runs, width};
pub use lines::{Lines, line_breaks, lines_around};
pub use memo::{Fingerprint, LocalMemo, Memo};
pub use radicals::with_usual_hanzi;
pub use span::{Replacement, Span, TextEdit, apply, compatible, compose};
pub use words::{CharacterSet, CharacterSummary, WordSet};

use ropey::Rope;
use std::borrow::Cow;

/// The unit in which a column is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// 16-bit units of UTF-16, the default of LSP.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// How many units of this encoding `c` takes.
    pub fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// How many units of this encoding `text` takes.
    pub fn length(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            // A character of four bytes, whose first byte is at least 0xf0, takes two units.
            Encoding::Utf16 => text.bytes().map(|byte| usize::from(is_first(byte)) + usize::from(byte >= 0xf0)).sum(),
            Encoding::Utf32 => text.bytes().filter(|byte| is_first(*byte)).count(),
        }
    }
}

/// Whether a character starts with `byte`.
fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// A zero-based line and a zero-based column in the units of some [`Encoding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Zero-based line; lines end at `\n`, `\r\n` or `\r` and nowhere else.
    pub line: usize,
    /// Zero-based column, in units of the requested encoding.
    pub column: usize,
}

/// Columns of a line up to this many bytes are counted in its text; in a longer line the rope counts them.
const SHORT_LINE: usize = 512;

/// A document's text: cheap to clone (a snapshot), cheap to edit anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    rope: Rope,
}

impl Text {
    /// The text `source`.
    pub fn new(source: &str) -> Text {
        Text { rope: Rope::from_str(source) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of lines: one more than the number of line ends.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The text of `span`, after clamping it to the text and to character boundaries.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let span = self.clamp(span);
        match self.rope.get_byte_slice(span.start..span.end) {
            Some(slice) => slice.into(),
            None => Cow::Borrowed(""),
        }
    }

    /// Replaces `span` by `content`, after clamping `span` to the text and to character boundaries. Returns the span
    /// that it replaced.
    pub fn edit(&mut self, span: Span, content: &str) -> Span {
        let span = self.clamp(span);
        let start = self.rope.try_byte_to_char(span.start).unwrap_or_default();
        if !span.is_empty() {
            let end = self.rope.try_byte_to_char(span.end).unwrap_or(start);
            // This cannot fail: both ends are in range and in order.
            let _ = self.rope.try_remove(start..end);
        }
        if !content.is_empty() {
            let _ = self.rope.try_insert(start, content);
        }
        span
    }

    /// `span` clamped to the text, with its ends in order and moved down to character boundaries.
    pub fn clamp(&self, span: Span) -> Span {
        let start = self.floor(span.start);
        // Most edits are insertions.
        let end = if span.end <= span.start { start } else { self.floor(span.end) };
        Span { start, end }
    }

    fn floor(&self, offset: usize) -> usize {
        let offset = offset.min(self.len());
        let Some((chunk, start, ..)) = self.rope.get_chunk_at_byte(offset) else { return offset };
        // The end of a chunk never splits a character.
        let mut within = offset - start;
        while !chunk.is_char_boundary(within) {
            within -= 1;
        }
        start + within
    }

    /// The zero-based line of byte `offset`; past the end, the last line.
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.try_byte_to_line(offset.min(self.len())).unwrap_or_default()
    }

    /// The byte offset at which `line` starts; past the last line, the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        self.rope.try_line_to_byte(line).unwrap_or_else(|_| self.len())
    }

    /// The position of byte `offset`, with the column in units of `encoding`. An offset past the end counts as the end,
    /// an offset inside a character as its start, and one between `\r` and `\n` as the end of the line's content.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let start = self.line_start(line);
        if offset - start > SHORT_LINE {
            let end = offset - usize::from(self.rope.get_byte(offset - 1) == Some(b'\r'));
            return Position { line, column: self.units(end, encoding) - self.units(start, encoding) };
        }
        let content = self.slice(Span { start, end: offset });
        let content = content.strip_suffix('\r').unwrap_or(&content);
        Position { line, column: encoding.length(content) }
    }

    /// How many units of `encoding` are before byte `offset`, which is a character boundary. The rope's nodes hold the
    /// number, so the text is not read.
    fn units(&self, offset: usize, encoding: Encoding) -> usize {
        let chars = || self.rope.byte_to_char(offset);
        match encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf16 => self.rope.char_to_utf16_cu(chars()),
            Encoding::Utf32 => chars(),
        }
    }

    /// The byte offset of `position`, whose column is in units of `encoding`. A line past the last is the end of the
    /// text; a column past the line's content is the end of that content, before its line break; a column inside a
    /// character (the second half of a surrogate pair, say) is that character's start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        if position.line >= self.line_count() {
            return self.len();
        }
        let start = self.line_start(position.line);
        let end = self.line_start(position.line + 1);
        if end - start > SHORT_LINE {
            return self.offset_in_long_line(Span { start, end }, position.column, encoding);
        }
        let line = self.slice(Span { start, end });
        let content = line.trim_end_matches(['\n', '\r']);
        let mut column = 0usize;
        let mut offset = start;
        for c in content.chars() {
            let next = column + encoding.units(c);
            if next > position.column {
                break;
            }
            column = next;
            offset += c.len_utf8();
        }
        offset
    }

    /// [`Text::offset`] without reading the line, which is `line` with its line break.
    fn offset_in_long_line(&self, line: Span, column: usize, encoding: Encoding) -> usize {
        let mut end = line.end;
        while end > line.start && matches!(self.rope.get_byte(end - 1), Some(b'\n' | b'\r')) {
            end -= 1;
        }
        let length = self.units(end, encoding) - self.units(line.start, encoding);
        if column >= length {
            return end;
        }
        let target = self.units(line.start, encoding) + column;
        match encoding {
            Encoding::Utf8 => self.floor(target),
            Encoding::Utf16 => self.rope.char_to_byte(self.rope.utf16_cu_to_char(target)),
            Encoding::Utf32 => self.rope.char_to_byte(target),
        }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.rope == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `columns` are the expected columns in UTF-8, UTF-16 and UTF-32.
    #[track_caller]
    fn check(text: &str, offset: usize, line: usize, columns: [usize; 3]) {
        let rope = Text::new(text);
        for (encoding, column) in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().zip(columns) {
            let position = Position { line, column };
            assert_eq!(rope.position(offset, encoding), position, "{text:?} at {offset}, {encoding:?}");
            assert_eq!(rope.offset(position, encoding), offset, "{text:?} back from {position:?}, {encoding:?}");
        }
    }

    #[test]
    fn columns_in_all_three_encodings() {
        check("表a", 3, 0, [3, 1, 1]);
        check("😀a", 4, 0, [4, 2, 1]);
        check("𠮷a", 4, 0, [4, 2, 1]);
        check("e\u{301}a", 3, 0, [3, 2, 2]);
        check("\u{feff}a", 3, 0, [3, 1, 1]);
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_its_characters() {
        let line = "表😀a e\u{301}𠮷".repeat(SHORT_LINE / 8);
        for (text, start, end) in [
            (line.clone(), 0, line.len()),
            (format!("一\r\n{line}\r\n二"), 5, 5 + line.len()),
            (format!("\n\r{line}\r"), 2, 2 + line.len()),
        ] {
            let rope = Text::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let number = rope.line_of(start);
                let mut column = 0;
                for (at, c) in line.char_indices() {
                    let position = Position { line: number, column };
                    assert_eq!(rope.position(start + at, encoding), position, "byte {at}, {encoding:?}");
                    for inside in 0..encoding.units(c) {
                        let position = Position { line: number, column: column + inside };
                        assert_eq!(rope.offset(position, encoding), start + at, "{position:?}, {encoding:?}");
                    }
                    column += encoding.units(c);
                }
                for after in [column, column + 1, usize::MAX] {
                    let position = Position { line: number, column: after };
                    assert_eq!(rope.offset(position, encoding), end, "the end of the line");
                }
                for after in end..=(end + 1).min(text.len()) {
                    if rope.line_of(after) == number {
                        assert_eq!(rope.position(after, encoding), Position { line: number, column });
                    }
                }
            }
        }
    }

    #[test]
    fn lines_end_at_lf_crlf_and_cr_only() {
        check("a\r\nb", 3, 1, [0, 0, 0]);
        check("a\rb", 2, 1, [0, 0, 0]);
        check("a\nb", 2, 1, [0, 0, 0]);
        let probe = "a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f\r\ng\rh\ni";
        assert_eq!(Text::new(probe).line_count(), 4, "another crate may have turned ropey's unicode_lines on");
    }

    #[test]
    fn positions_a_client_may_invent_are_clamped() {
        let text = Text::new("表😀\r\nb");
        let at = |line, column| text.offset(Position { line, column }, Encoding::Utf16);
        assert_eq!(at(0, 2), 3, "inside a surrogate pair is the character's start");
        assert_eq!(at(0, 99), 7, "past the content is before the line break");
        assert_eq!(at(99, 0), text.len());
        assert_eq!(at(1, usize::MAX), text.len());
        assert_eq!(text.position(8, Encoding::Utf16), Position { line: 0, column: 3 }, "between CR and LF");
        assert_eq!(text.position(usize::MAX, Encoding::Utf16), Position { line: 1, column: 1 });
    }

    #[test]
    fn edits_out_of_range_change_what_they_can() {
        let mut text = Text::new("表b");
        text.edit(Span { start: 1, end: 2 }, "x");
        assert_eq!(text.to_string(), "x表b");
        text.edit(Span { start: 9, end: 3 }, "!");
        assert_eq!(text.to_string(), "x表b!");
    }
}
