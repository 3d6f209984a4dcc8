//! Where the lines of a text start: many positions in a text that is at hand as a whole.

use super::{Encoding, Position, Span};

/// The lines of `source` that `span` meets, without the last line break. An end out of range counts as that of the text.
pub fn lines_around(source: &str, span: Span) -> Span {
    let is_break = |byte: u8| matches!(byte, b'\n' | b'\r');
    let before = source.get(..span.start).unwrap_or_default();
    let start = before.bytes().rposition(is_break).map_or(0, |at| at + 1);
    let behind = source.get(span.end..).unwrap_or_default();
    let end = behind.bytes().position(is_break).map_or(source.len(), |at| span.end + at);
    Span { start, end }
}

/// Where the lines of a text start. A line ends at `\n`, `\r\n` or `\r` and nowhere else.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of `source`.
    pub fn new(source: &'a str) -> Lines<'a> {
        let bytes = source.as_bytes();
        let mut starts = Vec::with_capacity(1 + source.len() / 24);
        starts.push(0);
        // Neither byte is part of another character.
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes.get(at..at + 2) != Some(b"\r\n") {
                starts.push(at + 1);
            }
        }
        Lines { source, starts }
    }

    /// What [`super::Text::position`] gives for the same text.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.source.get(start..offset).unwrap_or_default();
        Position { line, column: encoding.length(before.strip_suffix('\r').unwrap_or(before)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn positions_are_those_of_the_rope() {
        for source in ["", "\r", "表😀a\r\n二\u{301}b\rc\n\n\u{2028}\u{c}x\u{feff}", "\n\r\n\r\r\n", "a\r"] {
            let (text, lines) = (Text::new(source), Lines::new(source));
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for offset in 0..source.len() + 2 {
                    let place = text.position(offset, encoding);
                    assert_eq!(lines.position(offset, encoding), place, "{source:?} {offset} {encoding:?}");
                }
            }
        }
    }
}
