//! The starts of lines: finds many positions in a text that is one string.

use super::{Encoding, Position, Span};
use std::cell::Cell;

/// The lines of `source` that `span` touches, without the last line break. An end out of range counts as the text's
/// end.
pub fn lines_around(source: &str, span: Span) -> Span {
    let is_break = |byte: u8| matches!(byte, b'\n' | b'\r');
    let before = source.get(..span.start).unwrap_or_default();
    let start = before.bytes().rposition(is_break).map_or(0, |at| at + 1);
    let after = source.get(span.end..).unwrap_or_default();
    let end = after.bytes().position(is_break).map_or(source.len(), |at| span.end + at);
    Span { start, end }
}

/// How many lines end in `source`, at `\n`, `\r\n` or `\r`.
pub fn line_breaks(source: &str) -> usize {
    let bytes = source.as_bytes();
    let lone = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count();
    memchr::memchr_iter(b'\n', bytes).count() + lone
}

/// The lines of a text. A line ends at `\n`, `\r\n` or `\r` and nowhere else.
///
/// A search counts from the position of the previous one, because findings are in the order of the text.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    source: &'a str,
    /// Whether a `\r` without a `\n` after it ends some of them.
    returns: bool,
    last: Cell<LineExtent>,
}

/// A line: its number, its start, and an offset up to which it is known to extend.
#[derive(Clone, Copy, Debug, Default)]
struct LineExtent {
    number: usize,
    start: usize,
    end: usize,
}

impl<'a> Lines<'a> {
    /// The lines of `source`.
    pub fn new(source: &'a str) -> Lines<'a> {
        // Neither byte is part of another character.
        let bytes = source.as_bytes();
        let returns = memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
        Lines { source, returns, last: Cell::default() }
    }

    /// The result of [`super::Text::position`] for the same text.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        let LineExtent { number: line, start, .. } = self.line(offset);
        let before = self.source.get(start..offset).unwrap_or_default();
        Position { line, column: encoding.length(before.strip_suffix('\r').unwrap_or(before)) }
    }

    /// The line that contains `offset`.
    fn line(&self, offset: usize) -> LineExtent {
        let mut line = self.last.get();
        if (line.start..=line.end).contains(&offset) {
            return line;
        }
        if offset < line.start {
            line = self.line_before(line, offset);
        }
        let bytes = self.source.as_bytes();
        if self.returns {
            for at in line.start + 1..=offset {
                if self.starts_at(at) {
                    line = LineExtent { number: line.number + 1, start: at, end: at };
                }
            }
            line.end = offset;
        } else {
            let between = bytes.get(line.start..offset).unwrap_or_default();
            if let Some(last) = last_break(between) {
                line.number += count_breaks(between);
                line.start += last + 1;
            }
            let after = bytes.get(offset..).unwrap_or_default();
            line.end =
                offset + after.iter().take(SHORT).position(|byte| *byte == b'\n').unwrap_or(after.len().min(SHORT));
        }
        self.last.set(line);
        line
    }

    /// A line that starts at or before `offset`; `line` starts after `offset`.
    fn line_before(&self, line: LineExtent, offset: usize) -> LineExtent {
        let bytes = self.source.as_bytes();
        let (Some(before), Some(between)) = (bytes.get(..offset), bytes.get(offset..line.start)) else {
            return LineExtent::default();
        };
        if self.returns || line.start > 2 * offset {
            return LineExtent::default();
        }
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        LineExtent { number: line.number - memchr::memchr_iter(b'\n', between).count(), start, end: start }
    }

    /// Whether a line other than the first starts at `at`.
    fn starts_at(&self, at: usize) -> bool {
        match self.source.as_bytes().get(at - 1..) {
            Some([b'\n', ..]) => true,
            Some([b'\r', rest @ ..]) => rest.first() != Some(&b'\n'),
            _ => false,
        }
    }
}

/// Up to this many bytes are read one by one, because the vectorised search has a start-up cost.
const SHORT: usize = 32;

fn last_break(bytes: &[u8]) -> Option<usize> {
    match bytes.len() <= SHORT {
        true => bytes.iter().rposition(|byte| *byte == b'\n'),
        false => memchr::memrchr(b'\n', bytes),
    }
}

fn count_breaks(bytes: &[u8]) -> usize {
    match bytes.len() <= SHORT {
        true => bytes.iter().filter(|byte| **byte == b'\n').count(),
        false => memchr::memchr_iter(b'\n', bytes).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn positions_are_those_of_the_rope() {
        for source in
            ["", "\n表\r\n\r\n二", "\r", "表😀a\r\n二\u{301}b\rc\n\n\u{2028}\u{c}x\u{feff}", "\n\r\n\r\r\n", "a\r"]
        {
            let (text, lines) = (Text::new(source), Lines::new(source));
            assert_eq!(line_breaks(source), text.line_count() - 1);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for offset in (0..source.len() + 2).chain((0..source.len()).rev()) {
                    let place = text.position(offset, encoding);
                    assert_eq!(lines.position(offset, encoding), place, "{source:?} {offset} {encoding:?}");
                }
            }
        }
    }
}
