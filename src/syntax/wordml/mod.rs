//! Word files (L8): reads `document.xml` in place. Its visible text has a line for each paragraph in the order of the
//! document, including those of cells. The markup gives the syntax tree, and edits of the text are mapped back to the
//! document.
//!
//! This module works on the text of parts; `files` reads containers and files.

mod blocks;
mod edits;
mod numbering;
mod paragraphs;
mod xml;

use super::Tree;
use crate::text::{Span, TextEdit};
use numbering::Numbering;
pub use paragraphs::Lock;
use paragraphs::{Anchor, WordLine, WordPiece, WordReader};
pub use xml::MalformedXml;

/// The visible text of a Word file.
#[derive(Clone, Debug)]
pub struct WordText {
    /// The text: a line for each paragraph. A line break inside a paragraph is U+2028.
    pub text: String,
    /// Its syntax tree.
    pub tree: Tree,
    /// The source of each paragraph, in the order of the text.
    lines: Vec<LineSource>,
    /// The runs of the document, by their start.
    runs: Vec<Span>,
}

/// The source of a line of the text.
#[derive(Clone, Debug)]
struct LineSource {
    /// Its span in the text, including its line end.
    span: Span,
    pieces: Vec<WordPiece>,
    anchor: Anchor,
    lock: Option<Lock>,
    /// Whether text inserted there would not be visible there.
    unseen: bool,
}

/// Why an edit of the text cannot be applied to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The paragraph, or its cell, must not be changed.
    Locked(Lock),
    /// The replaced or the new text is not part of a single paragraph.
    NoWords,
}

/// The places for the marks of a range: between runs, or in an empty paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeMark {
    /// The start: a place between elements, or the tag of a paragraph without content.
    pub start: Span,
    /// The end, in the same way.
    pub end: Span,
    /// The prefix of the document's elements, with its colon.
    pub prefix: String,
}

/// Reads the part `document` of a Word file, with its parts `styles` and `numbering`.
///
/// # Errors
///
/// If a part is not XML, or `document` is not a Word document.
pub fn read(document: &str, styles: Option<&str>, numbering: Option<&str>) -> Result<WordText, MalformedXml> {
    // The report is read even if the lists cannot be read.
    let numbering = Numbering::read(styles, numbering).unwrap_or_default();
    WordReader::new(document, numbering).read().map(blocks::lay_out)
}

impl WordText {
    /// The edits of the document whose effect on the text is `edit`.
    ///
    /// # Errors
    ///
    /// If there are none.
    pub fn source_edits(&self, edit: &TextEdit, document: &str) -> Result<Vec<TextEdit>, Refusal> {
        edits::source_edits(self, edit, document)
    }

    /// The places for marks around `span` of the text; `None` if `span` is not valid in the text.
    pub fn range(&self, span: Span) -> Option<RangeMark> {
        edits::range(self, span)
    }

    /// The line that contains `offset`.
    fn line_at(&self, offset: usize) -> Option<&LineSource> {
        let index = self.lines.partition_point(|line| line.span.end <= offset);
        self.lines.get(index).or(self.lines.last()).filter(|line| line.span.touches(offset))
    }
}

#[cfg(test)]
mod tests;
