//! Word files (L8): `document.xml` read in place. What is seen of it is a text, a line for each paragraph in the order of the
//! document, those of cells too; its shape is known from the markup, and every edit of it has a way back.
//!
//! It knows parts as text; containers and files are known elsewhere.

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

/// What is seen of a Word file.
#[derive(Clone, Debug)]
pub struct WordText {
    /// A line for each paragraph. A line break inside a paragraph is U+2028.
    pub text: String,
    /// Its shape.
    pub tree: Tree,
    /// Where each paragraph is, in the order of the text.
    lines: Vec<LineSource>,
    /// The runs of the document, by their start.
    runs: Vec<Span>,
}

/// Where a line of the text comes from.
#[derive(Clone, Debug)]
struct LineSource {
    /// What it is in the text, its line end included.
    span: Span,
    pieces: Vec<WordPiece>,
    anchor: Anchor,
    lock: Option<Lock>,
    /// Whether nothing that is put there is seen there.
    unseen: bool,
}

/// Why an edit of the text is no edit of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The paragraph, or the cell that it is in, must be left as it is.
    Locked(Lock),
    /// What is to be replaced, or put there, is no words of one paragraph.
    NoWords,
}

/// Where the marks of a range go: between runs, or into a paragraph that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeMark {
    /// A place between elements, or the tag of a paragraph without content.
    pub start: Span,
    /// The same for its end.
    pub end: Span,
    /// The prefix of the document's elements, with its colon.
    pub prefix: String,
}

/// Reads the part `document` of a Word file, with what its parts `styles` and `numbering` say.
///
/// # Errors
///
/// Where a part is no XML, or the document no document.
pub fn read(document: &str, styles: Option<&str>, numbering: Option<&str>) -> Result<WordText, MalformedXml> {
    // A list that cannot be read must not hide the report.
    let numbering = Numbering::read(styles, numbering).unwrap_or_default();
    WordReader::new(document, numbering).read().map(blocks::lay_out)
}

impl WordText {
    /// The edits of the document that make of the text what `edit` makes of it.
    ///
    /// # Errors
    ///
    /// Where there are none.
    pub fn source_edits(&self, edit: &TextEdit, document: &str) -> Result<Vec<TextEdit>, Refusal> {
        edits::source_edits(self, edit, document)
    }

    /// Where marks around `span` of the text go; none if it is no span of it.
    pub fn range(&self, span: Span) -> Option<RangeMark> {
        edits::range(self, span)
    }

    /// The line that `offset` is in.
    fn line_at(&self, offset: usize) -> Option<&LineSource> {
        let index = self.lines.partition_point(|line| line.span.end <= offset);
        self.lines.get(index).or(self.lines.last()).filter(|line| line.span.touches(offset))
    }
}

#[cfg(test)]
mod tests;
