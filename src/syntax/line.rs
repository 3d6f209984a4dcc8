//! A line of a text, and what of it is white space or comment.

/// A line: where it starts, where its content ends, where the next one starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    /// Its content, without the line break.
    pub(super) content: &'a str,
    pub(super) end: usize,
}

impl Line<'_> {
    /// Whether nothing is to be read in it: white space, or a comment.
    pub(super) fn is_blank(&self) -> bool {
        self.content.chars().all(is_space) || self.is_comment()
    }

    /// Whether it holds a comment and nothing else. Such a line is not there for tables, which go on after it.
    pub(super) fn is_comment(&self) -> bool {
        is_comment(self.content)
    }

    /// Whether it holds `mark`, and not in a comment.
    pub(super) fn has(&self, mark: char) -> bool {
        self.content.contains(mark) && !self.is_comment()
    }
}

/// White space as people type and paste it: of any width, and the characters that take no place.
pub(crate) fn is_space(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => false,
        c => c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}'),
    }
}

/// Whether `line` is a comment, `<!-- … -->`, and nothing else.
pub(crate) fn is_comment(line: &str) -> bool {
    // Nearly every line is told by a byte: a comment ends with `>` and starts with `<`, or with white space around it, of
    // which no character starts as hanzi do.
    let bytes = line.as_bytes();
    let ends = bytes.last().is_some_and(|byte| !byte.is_ascii_graphic() || *byte == b'>');
    let starts = bytes.first().is_some_and(|byte| match byte {
        b'<' => true,
        0xe4..=0xe9 => false,
        byte => !byte.is_ascii_graphic(),
    });
    if !ends || !starts {
        return false;
    }
    let opens = line.trim_start_matches(is_space).strip_prefix("<!--");
    let inside = opens.and_then(|rest| rest.trim_end_matches(is_space).strip_suffix("-->"));
    inside.is_some_and(|inside| !inside.contains("-->"))
}
