//! The syntax of a document: blocks and cells. Parsing is lossless and never fails.
//!
//! This layer knows the form of headings and tables in each layout, and nothing of their meaning. A block depends only
//! on the text from its start on. So an edit keeps a block unless it touches the block or the text that was read to
//! find the block's end: see [`Tree::edit`].

#![warn(clippy::indexing_slicing)]

mod cursor;
mod escape;
mod grid;
mod heading;
mod hidden;
mod html;
mod line;
mod line_shape;
mod marks;
mod markup;
mod page_elements;
pub(crate) mod page_source;
mod pipes;
mod prose_lines;
mod reparse;
mod spaced;
mod tabs;
mod view;
#[cfg(feature = "files")]
pub mod wordml;

use crate::text::Span;
use cursor::{Cursor, LineMarks};
pub use escape::{escape_attribute, escape_words, is_xml};
pub use grid::CellPlace;
use heading::ends_as_name;
pub use heading::{HeadingShape, heading, looks_like_title};
#[cfg(feature = "files")]
use html::{LONGEST_CELL, is_data};
pub(crate) use line::is_space;
pub(crate) use line_shape::is_page_edge;
pub(crate) use marks::unmarked;
pub use marks::without_markdown;
pub(crate) use markup::{ends_inside_tag, visible_lines};
pub use page_elements::{MetaName, Step, Steps};
pub(crate) use page_elements::{meta, steps};
pub use reparse::{DigitCell, TreeEdit};
use std::sync::Arc;
pub use view::DecodedText;

/// How a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One cell a line, each after a tab; an empty line ends a row (L1).
    CellLines,
    /// One cell a line, each before a pipe; more pipes end a row (L2).
    PipedLines,
    /// Pipes between the cells of a row (L3).
    Pipes,
    /// Tabs between the cells of a row (L4).
    Tabs,
    /// A Markdown table (L5).
    Markdown,
    /// A table in HTML (L6, L7).
    Html,
    /// A table in a Word file (L8).
    Word,
    /// Spaces between the words and figures of a line, as in text from a PDF (L9).
    Spaced,
    /// One cell a line, without separators, perhaps with blank lines between cells (L11).
    BareLines,
}

impl Layout {
    /// Whether it has no separators: the form of lines gives the cells, and only their content gives the rows.
    pub fn is_read_by_lines(self) -> bool {
        matches!(self, Layout::Spaced | Layout::BareLines)
    }
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Blank lines.
    Blank,
    /// A line that looks like the title of a report.
    Title,
    /// A line that looks like a heading: `一、总体情况`, `## 一、…`.
    Heading,
    /// A line of prose.
    Paragraph,
    /// Tags without visible text between them.
    Markup,
    /// A table.
    Table(Layout),
}

/// The markup of a block's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Markup {
    /// With the tags of HTML.
    Tags,
    /// With the marks of Markdown, and tags among them.
    Marks,
    /// That of a Word file: the words are plain, but a paragraph may have several lines, and a cell several paragraphs.
    Word,
}

/// The role of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeafKind {
    /// Words of a title, heading or paragraph.
    Text,
    /// The content of a cell, including white space around it; may be empty.
    Cell,
    /// A separator of cells, or a line break.
    Separator,
    /// A separator that also ends a row.
    RowEnd,
}

/// A run of text with one role. A leaf stores its length, not its position, so that an edit does not change later
/// leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leaf {
    /// Its role.
    pub kind: LeafKind,
    /// Its length; 32 bits save memory, because a report has thousands of leaves, and no text is longer than 4 GB.
    length: u32,
}

impl Leaf {
    fn new(kind: LeafKind, len: usize) -> Leaf {
        Leaf { kind, length: u32::try_from(len).unwrap_or(u32::MAX) }
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.length as usize
    }

    /// Whether it is empty, as a cell may be.
    pub fn is_empty(self) -> bool {
        self.length == 0
    }
}

/// A block, which consists of leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its length in bytes: the sum of its leaves.
    pub len: usize,
    /// How many bytes after its end were read to find that end.
    pub reach: usize,
    /// Its markup, if any: then its visible text differs from its source.
    pub markup: Option<Markup>,
    /// Its leaves.
    pub leaves: Arc<[Leaf]>,
    /// The place of each cell of a table, in the order of the text; `None` if the cells of each row simply follow each
    /// other.
    pub grid: Option<Arc<[CellPlace]>>,
}

/// The visible text of a block with markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The text: a line; for a table, rows with tabs between cells and a line end.
    pub text: DecodedText,
    /// The rows of a table: the spans of their cells, counted from the start of `text`.
    pub rows: Vec<Vec<Span>>,
}

impl Block {
    /// The rows of a table: the spans of their cells, counted from the block's start.
    pub fn rows(&self) -> Vec<Vec<Span>> {
        let mut rows = vec![Vec::new()];
        let mut at = 0;
        for leaf in self.leaves.iter() {
            let span = Span::new(at, at + leaf.len());
            at = span.end;
            match (leaf.kind, rows.last_mut()) {
                (LeafKind::Cell, Some(row)) => row.push(span),
                (LeafKind::RowEnd, Some(row)) if !row.is_empty() => rows.push(Vec::new()),
                _ => {}
            }
        }
        rows.retain(|row| !row.is_empty());
        rows
    }

    /// The content of a title, heading or paragraph, counted from the block's start.
    pub fn content(&self) -> Span {
        let mut at = 0;
        for leaf in self.leaves.iter() {
            let span = Span::new(at, at + leaf.len());
            if leaf.kind == LeafKind::Text {
                return span;
            }
            at = span.end;
        }
        Span::default()
    }

    /// Its visible text, if that differs from `source`, its text.
    pub fn view(&self, source: &str) -> Option<View> {
        let markup = self.markup?;
        let mut view = View { text: DecodedText::default(), rows: Vec::new() };
        let add = |view: &mut View, span: Span| match markup {
            Markup::Tags => view.text.append(span.of(source), span.start),
            Markup::Marks => view.text.append_marked(span.of(source), span.start),
            Markup::Word => view.text.append_lines(span.of(source), span.start),
        };
        if let BlockKind::Table(_) = self.kind {
            for row in self.rows() {
                let mut cells = Vec::with_capacity(row.len());
                for (index, cell) in row.iter().enumerate() {
                    if index > 0 {
                        view.text.separator("\t");
                    }
                    let start = view.text.len();
                    add(&mut view, *cell);
                    if view.text.len() == start {
                        view.text.anchor(cell.start);
                    }
                    cells.push(Span::new(start, view.text.len()));
                }
                view.text.separator("\n");
                view.rows.push(cells);
            }
        } else {
            let content = self.content();
            add(&mut view, content);
            if !view.text.is_empty() {
                view.text.separator("\n");
            }
        }
        Some(view)
    }
}

/// Collects the leaves of a block, each given by its end.
struct Builder {
    start: usize,
    at: usize,
    open: Option<usize>,
    markup: Option<Markup>,
    leaves: Vec<Leaf>,
}

impl Builder {
    fn new(start: usize) -> Builder {
        Builder { start, at: start, open: None, markup: None, leaves: Vec::new() }
    }

    /// Adds a leaf up to `end`, unless it would be empty.
    fn push(&mut self, kind: LeafKind, end: usize) {
        if let Some(open) = self.open.take() {
            self.leaves.push(Leaf::new(LeafKind::Cell, open - self.at));
            self.at = open;
        }
        if end > self.at {
            self.leaves.push(Leaf::new(kind, end - self.at));
            self.at = end;
        }
    }

    /// Adds text up to `end` to a cell that continues.
    fn push_open(&mut self, end: usize) {
        self.open = Some(end);
    }

    /// Adds a cell up to `end`, which may be empty.
    fn push_cell(&mut self, end: usize) {
        self.open = None;
        self.leaves.push(Leaf::new(LeafKind::Cell, end.saturating_sub(self.at)));
        self.at = self.at.max(end);
    }

    fn finish(self, kind: BlockKind, cursor: &Cursor<'_>) -> Block {
        let end = self.open.unwrap_or(self.at);
        Block { reach: cursor.reach(end), ..self.finish_alone(kind) }
    }

    /// Builds a block whose end does not depend on the text after it.
    fn finish_alone(mut self, kind: BlockKind) -> Block {
        self.push(LeafKind::Separator, self.at);
        let len = self.at - self.start;
        Block { kind, len, reach: 0, markup: self.markup, leaves: self.leaves.into(), grid: None }
    }
}

/// The parser of a layout: the block at the cursor, or `None` if the block is not in this layout.
type FrontEnd = fn(&Cursor<'_>) -> Option<Block>;

/// The front ends in the order in which they are tried; the last one accepts any text.
const FRONT_ENDS: [FrontEnd; 6] =
    [html::parse, pipes::parse, tabs::parse, html::parse_line, spaced::parse, prose_lines::parse];

fn block_at(text: &str, start: usize, known: &LineMarks) -> Option<Block> {
    let cursor = Cursor::new(text, start, known);
    let mut block = FRONT_ENDS.iter().find_map(|parse| parse(&cursor))?;
    // The front ends that returned `None` have read text too.
    block.reach = cursor.reach(start + block.len);
    Some(block)
}

/// The blocks of a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The blocks, which cover the text without gaps.
    pub blocks: Vec<Block>,
}

impl Tree {
    /// The tree of `text`.
    pub fn parse(text: &str) -> Tree {
        let mut blocks = Vec::new();
        let mut at = 0;
        let known = LineMarks::default();
        while let Some(block) = block_at(text, at, &known) {
            at += block.len;
            blocks.push(block);
        }
        // A document may have a thousand reports, so unused capacity matters.
        blocks.shrink_to_fit();
        Tree { blocks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<(BlockKind, Vec<Vec<&str>>)> {
        let mut at = 0;
        Tree::parse(text)
            .blocks
            .iter()
            .filter_map(|block| {
                let start = at;
                at += block.len;
                let rows = block.rows();
                let rows = rows.iter().map(|row| row.iter().map(|cell| cell.shift(start).of(text)).collect()).collect();
                (block.kind != BlockKind::Blank).then_some((block.kind, rows))
            })
            .collect()
    }

    #[test]
    fn each_layout_is_found_by_its_looks() {
        let table = |layout, rows: &[&[&'static str]]| {
            (BlockKind::Table(layout), rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
        };
        assert_eq!(
            shape("二、情况\n\t信息内容\n\t本年新\n制作数量\n\n\t规章\n\t 0\n\t\n\n\n三、情况"),
            [
                (BlockKind::Heading, vec![]),
                table(Layout::CellLines, &[&["信息内容", "本年新\n制作数量"], &["规章", " 0", ""]]),
                (BlockKind::Heading, vec![])
            ]
        );
        assert_eq!(
            shape("信息内容 |\n件数 |\n规章 |\n0 | ||\n三、情况"),
            [table(Layout::PipedLines, &[&["信息内容 ", "件数 ", "规章 ", "0 "]]), (BlockKind::Heading, vec![])]
        );
        assert_eq!(
            shape("规章 | 0 | |\n| 文件 | 0 |"),
            [table(Layout::Pipes, &[&["规章 ", " 0 ", " "], &[" 文件 ", " 0 "]])]
        );
        assert_eq!(shape("规章\t0\t\n\t0\t1"), [table(Layout::Tabs, &[&["规章", "0", ""], &["", "0", "1"]])]);
        assert_eq!(
            shape("|规章|0|\n|---|---|\n|文件|1|"),
            [table(Layout::Markdown, &[&["规章", "0"], &["文件", "1"]])]
        );
    }

    #[test]
    fn a_table_goes_on_behind_a_comment() {
        let comment = "<!-- gongkai: ignore GK303 甲 | 乙\t丙 -->";
        for source in [
            "二、情况\n\t信息内容\n#\t本年新\n制作数量\n\n#\t规章\n#\t 0\n\t\n\n#三、情况",
            "信息内容 |\n件数 |\n#规章 |\n##0 | ||\n三、情况",
            "规章 | 0 | |\n##| 文件 | 0 |",
            "规章\t0\t\n##\t0\t1",
            "|规章|0|\n#|---|---|\n#|文件|1|",
            "#一、情况\n甲\n#乙",
        ] {
            let without = source.replace('#', "");
            let with = source.replace('#', &format!("{comment}\n"));
            let mut with = shape(&with);
            with.retain(|(kind, _)| *kind != BlockKind::Markup);
            assert_eq!(with, shape(&without), "{source}");
        }
    }

    #[test]
    fn markdown_as_people_write_it() {
        let table = |rows: &[&[&'static str]]| {
            (BlockKind::Table(Layout::Markdown), rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
        };
        assert_eq!(
            shape("**一、总体情况**\n规章 | 0\n--- | :-:\n文件\\|其他 | 1\n## **二、情况**\n"),
            [
                (BlockKind::Heading, vec![]),
                table(&[&["规章 ", " 0"], &["文件\\|其他 ", " 1"]]),
                (BlockKind::Heading, vec![])
            ]
        );
        let text = "|本年新<br>制作数量|0|\n|---|---|\n";
        let tree = Tree::parse(text);
        let view = tree.blocks[0].view(text).unwrap();
        assert_eq!(view.text.text(), "本年新\n制作数量\t0\n");
        assert_eq!(view.text.source_span(view.rows[0][0]).of(text), "本年新<br>制作数量");
    }

    #[test]
    fn html_is_found_by_its_looks() {
        let cells = |rows: &[&[&'static str]]| {
            (BlockKind::Table(Layout::Html), rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
        };
        assert_eq!(
            shape(
                "<div><h1>云岭市档案局2023年政府信息公开工作年度报告</h1>\r\n<p><b>一、</b>总体情况</p>甲<br>乙\n\
                 <table><tr><td rowspan=2>规章<td><i>1</i><i>2</i></td><td>&nbsp;</td></tr>\r<tr><td></td></tr></table>\n丙"
            ),
            [
                (BlockKind::Title, vec![]),
                (BlockKind::Heading, vec![]),
                (BlockKind::Paragraph, vec![]),
                (BlockKind::Paragraph, vec![]),
                cells(&[&["规章", "1</i><i>2", "&nbsp;"], &[""]]),
                (BlockKind::Paragraph, vec![]),
            ]
        );
        // A table that lays out the page is dissolved.
        let page =
            "<table><tr><td><p>一、总体情况</p><table><tr><td>规章</td><td>0</td></tr></table></td></tr></table>";
        assert_eq!(shape(page), [(BlockKind::Heading, vec![]), cells(&[&["规章", "0"]]), (BlockKind::Markup, vec![])]);
        // Marks in a Markdown report do not make it a web page.
        assert_eq!(
            shape("<!-- 说明 -->\n|甲|1|\n|---|---|\n<p>乙</p>\n丙\n"),
            [
                (BlockKind::Table(Layout::Markdown), vec![vec!["甲", "1"]]),
                (BlockKind::Paragraph, vec![]),
                (BlockKind::Paragraph, vec![])
            ]
        );
    }

    #[test]
    fn leaves_concatenate_to_the_text() {
        for text in [
            "",
            "\r",
            "\r\n\n",
            "a|b",
            "\t\t\n\n\n\n\tb",
            "|\n|",
            "x\u{2028}y",
            "a|b\n<!--|-->\nc|d",
            "<!---->",
            "\ta\n<!--\t-->\n\tb\nx\n<!-- -->\n\tc",
            "\tab\n\tc\nd\n\te\n",
        ] {
            let tree = Tree::parse(text);
            let len: usize = tree.blocks.iter().flat_map(|block| block.leaves.iter()).map(|leaf| leaf.len()).sum();
            assert_eq!(len, text.len(), "{text:?}");
            assert_eq!(tree.blocks.iter().map(|block| block.len).sum::<usize>(), text.len(), "{text:?}");
        }
    }

    #[test]
    fn lines_that_are_no_table_are_not_looked_at_again_and_again() {
        // Each could be the first of a table that never comes.
        let text = "1\n".repeat(2000);
        let longest = Tree::parse(&text).blocks.iter().map(|block| block.reach).max();
        assert!(longest.is_some_and(|reach| reach < 400), "{longest:?}");
    }
}
