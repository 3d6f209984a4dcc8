//! A line of a text, and its white space and comments.

/// A line: its start, the end of its content, and the start of the next line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    /// Its content, without the line break.
    pub(super) content: &'a str,
    pub(super) end: usize,
}

impl Line<'_> {
    /// Whether it has no content: only white space, or a comment.
    pub(super) fn is_blank(&self) -> bool {
        self.content.chars().all(is_space) || self.is_comment()
    }

    /// Whether it contains only a comment. Tables ignore such a line and continue after it.
    pub(super) fn is_comment(&self) -> bool {
        is_comment(self.content)
    }

    /// Whether it contains `mark` outside a comment.
    pub(super) fn has(&self, mark: char) -> bool {
        self.content.contains(mark) && !self.is_comment()
    }
}

/// White space of any width, including zero-width characters.
pub(crate) fn is_space(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => false,
        c => c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}'),
    }
}

/// Whether `line` is only a comment, `<!-- … -->`.
pub(crate) fn is_comment(line: &str) -> bool {
    // A byte decides for nearly every line: a comment starts with `<` and ends with `>`, perhaps with white space
    // around it, and no white space starts with the byte of a hanzi.
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
