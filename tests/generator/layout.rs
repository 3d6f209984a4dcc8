//! How a report looks: the layouts, the habits of those who write, and where what was written is.

use super::{Place, Rng};
use gongkai::statute::TableKind;
use std::collections::BTreeMap;
use std::ops::Range;

/// The ways of writing a table down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One cell a line after a tab, an empty line ends a row; what a merged cell covers downwards is a blank cell.
    CellLines,
    /// One cell a line before a pipe; what merged cells cover is left out and made up for by pipes at the row's end.
    PipedLines,
    /// The same with a row on a line.
    Pipes,
    /// Pipes at both ends of the row too, and a cell for each column: blank where merged.
    BorderedPipes,
    /// Tabs, a cell for each column, blank where merged.
    Tabs,
    /// Tabs; the header is narrower than the rows after it, as a page break leaves it.
    WideTabs,
    /// A Markdown table.
    Markdown,
    /// HTML as a site publishes it, with the page around the report.
    Html,
    /// HTML as a word processor exports it: words and figures cut up by tags, characters as references.
    WordHtml,
    /// Text out of a PDF: spaces between cells, labels broken over lines, page numbers between rows.
    Spaced,
    /// One cell a line and nothing else, as word processors and PDF libraries save text; long cells over several lines.
    BareLines,
    /// The same with an empty line between any two cells, as copied out of a browser.
    AiryLines,
    /// Text out of a PDF in the order in which that was written: one cell a line between empty lines, and the labels of the
    /// last rows and of groups after all figures of the table.
    LateLabels,
    /// Text out of a PDF in columns, with the total of a row that has a long label a line higher than its other figures.
    TopAligned,
    /// Tabs between cells, and headers that are broken over lines, as pasted out of a word processor.
    TabsOverLines,
    /// The same as [`Layout::TopAligned`] with figures of more than two digits broken in their cells: those rows cannot be read.
    TornFigures,
    /// Markdown out of a word processor's file: what a merged cell covers repeats it; sections are numbered by lists.
    Repeated,
    /// Markdown out of a PDF: labels of groups glued to those of rows, labels cut over two cells, a row whose label is in lines
    /// before it, 表四 in three tables.
    TornMarkdown,
    /// Markdown with tables drawn with lines, labels over several of them, headings marked with underscores.
    Drawn,
    /// An article in the page of a site that has a title of its own, and lines of the site before and after.
    Page,
}

impl Layout {
    /// Layouts in which no cell has a place of its own in the text that could be dropped or left blank byte for byte.
    pub(crate) const PUBLISHED: [Layout; 3] = [Layout::Html, Layout::WordHtml, Layout::Spaced];

    /// Every one of them.
    pub(crate) fn every() -> Vec<Layout> {
        [&Layout::TYPED[..], &Layout::PUBLISHED].concat()
    }

    /// Layouts that only converters write. No fault is put into them: what they give is held against the report as written.
    pub(crate) const CONVERTED: [Layout; 10] = [
        Layout::BareLines,
        Layout::AiryLines,
        Layout::LateLabels,
        Layout::TopAligned,
        Layout::TabsOverLines,
        Layout::Repeated,
        Layout::TornMarkdown,
        Layout::Drawn,
        Layout::Page,
        Layout::TornFigures,
    ];

    pub(crate) fn is_html(self) -> bool {
        matches!(self, Layout::Html | Layout::WordHtml | Layout::Page)
    }

    pub(crate) const TYPED: [Layout; 7] = [
        Layout::CellLines,
        Layout::PipedLines,
        Layout::Pipes,
        Layout::BorderedPipes,
        Layout::Tabs,
        Layout::WideTabs,
        Layout::Markdown,
    ];
}

/// How often a habit shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mix {
    Never,
    Sometimes,
    Always,
}

impl Mix {
    fn any(rng: &mut Rng) -> Mix {
        *rng.pick(&[Mix::Never, Mix::Never, Mix::Sometimes, Mix::Always])
    }

    pub(super) fn draw(self, rng: &mut Rng) -> bool {
        match self {
            Mix::Never => false,
            Mix::Sometimes => rng.one_in(2),
            Mix::Always => true,
        }
    }
}

/// How a report looks. None of it makes it wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub(crate) layout: Layout,
    /// Half-width brackets and commas in labels.
    pub(crate) half_width: Mix,
    /// `1、` for `1.`.
    pub(crate) ideographic_comma: Mix,
    /// Straight quotes.
    pub(crate) straight_quotes: Mix,
    /// A space after the number of a label, or two inside `第二十条第（一）项`.
    pub(crate) spaced: Mix,
    /// White space around figures: nbsp, `　`, spaces.
    pub(crate) padded: Mix,
    /// A line break (where the layout has it, else a space) inside the label of a column.
    pub(crate) wrapped: Mix,
    /// Section headings with a space in them, or under an accepted name.
    pub(crate) headings: Mix,
    /// Lines end in CR LF.
    pub(crate) crlf: bool,
    /// Paragraphs apart by empty lines.
    pub(crate) airy: bool,
    /// Paragraphs after two ideographic spaces.
    pub(crate) indented: bool,
    /// Pipes fill a row up to the width of the grid, not only to that of its longest row.
    pub(crate) filled: bool,
    /// In [`Layout::WideTabs`], rows under a merged cell start in the first column.
    pub(crate) shifted: bool,
    /// A byte order mark, or empty lines before the title.
    pub(crate) preceded: bool,
    /// Decides what is left to chance above.
    pub(crate) seed: u64,
}

impl Style {
    /// As printed.
    pub(crate) fn plain(layout: Layout) -> Style {
        Style {
            layout,
            half_width: Mix::Never,
            ideographic_comma: Mix::Never,
            straight_quotes: Mix::Never,
            spaced: Mix::Never,
            padded: Mix::Never,
            wrapped: Mix::Never,
            headings: Mix::Never,
            crlf: false,
            airy: false,
            indented: false,
            filled: true,
            shifted: false,
            preceded: false,
            seed: 0,
        }
    }

    /// With all the habits of `rng`'s choice.
    pub(crate) fn quirky(layout: Layout, rng: &mut Rng) -> Style {
        Style {
            layout,
            half_width: Mix::any(rng),
            ideographic_comma: Mix::any(rng),
            straight_quotes: Mix::any(rng),
            spaced: Mix::any(rng),
            padded: Mix::any(rng),
            wrapped: Mix::any(rng),
            headings: Mix::any(rng),
            crlf: rng.one_in(4),
            airy: rng.one_in(2),
            indented: rng.one_in(3),
            filled: rng.one_in(2),
            shifted: rng.one_in(2),
            preceded: rng.one_in(4),
            seed: rng.next(),
        }
    }
}

/// Where a figure is in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CellPlace {
    /// The figure alone.
    pub(crate) figure: Range<usize>,
    /// The figure with the white space around it that belongs to the cell.
    pub(crate) content: Range<usize>,
    /// Where the cell starts, with what introduces it.
    pub(crate) start: usize,
    /// Where the next cell of its row starts.
    pub(crate) next: Option<usize>,
}

/// Where the heading of a section is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeadingPlace {
    /// Its line, with the line end.
    pub(crate) line: Range<usize>,
    /// The numeral.
    pub(crate) numeral: Range<usize>,
    /// The numeral and the `、` after it.
    pub(crate) ordinal: Range<usize>,
}

/// A text, and where its parts are in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    pub(crate) cells: BTreeMap<Place, CellPlace>,
    /// The labels of rows, without white space around them.
    pub(crate) labels: BTreeMap<(TableKind, usize), Range<usize>>,
    pub(crate) headings: Vec<HeadingPlace>,
    /// The tables.
    pub(crate) tables: Vec<Range<usize>>,
}

impl Rendered {
    /// The 1-based line that `offset` is on.
    pub(crate) fn line(&self, offset: usize) -> usize {
        line_of(&self.text, offset)
    }
}

/// The 1-based line of `text` that `offset` is on.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}
