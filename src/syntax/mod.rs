//! The shape of a document, lossless and never failing: blocks and cells.
//!
//! It knows what headings and tables look like in each layout, and nothing of what they mean.

use std::sync::Arc;

/// How a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One cell a line, each behind a tab; an empty line ends a row (L1).
    CellLines,
    /// One cell a line, each before a pipe; more pipes end a row (L2).
    PipedLines,
    /// Pipes between the cells of a row (L3).
    Pipes,
    /// Tabs between the cells of a row (L4).
    Tabs,
    /// A Markdown table (L5).
    Markdown,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Lines with nothing in them.
    Blank,
    /// A line that looks like the title of a report.
    Title,
    /// A line that looks like a heading: `一、总体情况`, `## 一、…`.
    Heading,
    /// A line of prose.
    Paragraph,
    /// A table.
    Table(Layout),
}

/// What a leaf is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeafKind {
    /// Words of a title, heading or paragraph.
    Text,
    /// The content of a cell, white space around it included; may be empty.
    Cell,
    /// What stands between cells, or ends a line.
    Separator,
    /// A separator that also ends a row.
    RowEnd,
}

/// A run of text with one role. Leaves hold lengths only, so that an edit moves nothing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leaf {
    /// Its role.
    pub kind: LeafKind,
    /// Its length in bytes.
    pub len: usize,
}

/// A block: some leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its length in bytes: the sum of its leaves.
    pub len: usize,
    /// How many bytes behind its end were looked at to find that end.
    pub reach: usize,
    /// What it consists of.
    pub leaves: Arc<[Leaf]>,
}
