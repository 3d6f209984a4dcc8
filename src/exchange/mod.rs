//! Results for other programs and for people: findings and figures as data, letters as pages, the bytes of a fixed
//! file.
//!
//! The command line, the Python package and the browser produce the same output because all of them use this module.
//! Files are bytes here; nothing reads from or writes to a disk.

mod figures;
mod file_check;
mod finding_json;
mod letter;
mod letter_content;
pub(crate) mod letter_words;
mod refusal;

use crate::rules::Severity;
use crate::text::{Encoding, Span, Text};
pub use figures::{FigureRow, figure_rows};
pub use file_check::FileCheck;
pub use finding_json::{FindingJson, finding_json};
pub use letter::{Addressed, Letter, LetterItem, Round};
pub use letter_content::{ReportHead, letter_item, report_at, report_heads};
pub use refusal::{encoded, not_opened, not_word};

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The keyword of a severity for programs.
pub fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// One-based row and column of a byte; the column counts Unicode scalar values. A byte order mark does not count,
/// because programs remove it when they read the file as text.
pub fn row_and_column(text: &Text, offset: usize) -> (usize, usize) {
    let position = text.position(offset, Encoding::Utf32);
    let marked = position.line == 0 && position.column > 0 && has_mark(text);
    (position.line + 1, position.column + 1 - usize::from(marked))
}

/// Whether `text` starts with a byte order mark.
pub fn has_mark(text: &Text) -> bool {
    text.slice(Span::new(0, MARK.len_utf8())).starts_with(MARK)
}

/// The byte order mark.
pub const MARK: char = '\u{feff}';

/// `text` as HTML.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
