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
mod plain_text;
mod refusal;

use crate::rules::Severity;
use crate::syntax::escape_attribute;
use crate::text::{Encoding, Span, Text};
pub use figures::{FigureRow, figure_rows};
pub use file_check::FileCheck;
pub use finding_json::{FindingJson, finding_json};
pub use letter::{Addressed, Letter, LetterItem, Round};
pub use letter_content::{ReportHead, letter_item, report_at, report_heads};
pub use plain_text::plain_text;
pub use refusal::{GivenBy, encoded, not_new, not_opened, not_word};

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

/// `text` as HTML. A line end becomes a line break; other control characters, which HTML does not allow, become U+FFFD.
pub fn escape_html(text: &str) -> String {
    let replaced = |c: char| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c };
    let allowed: String = text.chars().map(replaced).collect();
    escape_attribute(&allowed).replace('\n', "<br>")
}
