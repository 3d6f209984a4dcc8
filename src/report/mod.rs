//! The model of a document: its reports, each with its year, body, sections and tables of typed cells.
//!
//! This layer binds the blocks of `syntax` to the names of `statute`. It does no checks.

mod article;
mod assemble;
mod code_blocks;
mod columns;
mod digest;
mod document;
mod facets;
mod grid_reading;
mod labelled_row;
mod marked_up;
mod number;
pub mod official_form;
pub(crate) mod page_writer;
mod passages;
mod reading;
mod row_owners;
mod section_headings;
mod spaced_rows;
mod stacked;
pub mod statements;
pub(crate) mod table_writer;
mod tables;
mod torn_cells;
mod unread;

pub use article::{Page, Said};
pub use digest::{Clause, Digest, clauses, share};
pub use document::{Document, Edited, ReportEdit, ReportUnit};
pub use facets::Facets;
pub use marked_up::ReportView;
pub use passages::{passages, words};
pub use statements::{Amount, FigureRole, Measure, Parts, StatedYear, Statement, SubjectSource};

use crate::statute::{Body, CellRef, Column, Edition, LabelMatch, Row, Section, SectionMatch, TableKind, TableSpec};
use crate::syntax::Layout;
use crate::text::{Span, TextEdit};
use std::rc::Rc;

/// A report's model. Every span is in bytes from the start of the report's own text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The title, if there is one.
    pub title: Option<Title>,
    /// The year it reports on, and the place that states it.
    pub year: Option<(u16, Span)>,
    /// Headings of the top level, in the order of the text: the six sections and any other.
    pub sections: Vec<SectionHeading>,
    /// The tables: at most one of each kind, in the order of kinds.
    pub tables: Vec<Table>,
    /// Every line of words that is neither the title nor a heading of the top level, in the order of the text.
    pub paragraphs: Vec<Paragraph>,
    /// Every figure stated in the paragraphs, in the order of the text.
    pub statements: Vec<Statement>,
    /// The statements under each heading, identified by its text.
    pub subsections: Vec<statements::Subsection>,
    /// Texts in table cells that are neither labels nor in the place of a figure, in the order of the text.
    pub strays: Vec<Span>,
    /// Every recognised label of a table, and every mention of an item of Article 20, in the order of the text.
    pub labels: Vec<LabelUse>,
    /// The page around the report, if it is in one (HTML). Nothing outside of the article is read as the report's, but
    /// for a title that only the page has.
    pub page: Option<Page>,
    /// Parts of tables that are present but cannot be read, in the order of the text. They do not count as missing.
    pub unread: Vec<Unread>,
    /// Rows, headers and labels that were assembled from pieces, in the order of the text: from parts of a line, from
    /// adjacent or surrounding lines, or with guessed columns. No fix inside them is safe; see [`Report::is_pieced`].
    pub pieced: Vec<Span>,
    /// Whether the tables depend on the lines of prose beside them.
    pub lines_name_rows: bool,
    /// Whether the text only shows parts of a report in code blocks, as a handbook does.
    pub is_example: bool,
}

/// A part of a table that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Its place: its labels and figures, or those of one row.
    pub span: Span,
    /// The kind of its table.
    pub kind: TableKind,
    /// The row, if the rest of the table can be read; `None` if the whole table cannot be read, and [`Report::tables`]
    /// has no table of this kind.
    pub row: Option<Row>,
}

/// A line of words.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its text, without white space around it.
    pub span: Span,
    /// The section it is in; `None` before the first heading, and under a heading that opens none of the six.
    pub section: Option<Section>,
    /// Whether it follows the line above with no blank line, heading or table between: the two may be one paragraph.
    pub follows: bool,
    /// Its connection with the paragraphs before it.
    pub joint: Joint,
    /// The years it names.
    pub years: Vec<YearMention>,
}

/// The connection of a line of prose with the lines before it; see [`passages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// It starts a passage.
    Starts,
    /// It continues the sentence of the line before, in the next line, or across blank lines or the edge of a page.
    Continues,
    /// It is the number or the running title of a page, inside a passage that continues after it. It is not part of the
    /// words.
    PageEdge,
}

/// `2021年` in a line of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMention {
    /// The year.
    pub year: u16,
    /// Its digits.
    pub span: Span,
    /// Whether it is inside 《》.
    pub quoted: bool,
    /// The month and day that follow it.
    pub date: Option<(u8, u8)>,
}

/// A title.
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// Where it is; several lines, if it is broken over them.
    pub span: Span,
    /// The body that reports, as the title names it.
    pub body: Option<(String, Span)>,
    /// The year.
    pub year: Option<(u16, Span)>,
}

/// A heading of the top level.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionHeading {
    /// The section it opens, and how well its name fits; `None` for a heading that is none of the six.
    pub section: Option<(Section, SectionMatch)>,
    /// The ordinal: its number and the span of the numeral alone (`五` of `五、`).
    pub ordinal: Option<(u8, Span)>,
    /// The name, without the ordinal and without white space around it.
    pub name: Span,
    /// The heading: ordinal and name.
    pub span: Span,
    /// From the heading's start to the start of the next heading of the top level, or the end of the report.
    pub extent: Span,
}

/// A table, bound to an edition of the official format.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The specification of the table.
    pub spec: &'static TableSpec,
    /// The layout at its start.
    pub layout: Option<Layout>,
    /// From its first recognised cell to its last.
    pub span: Span,
    /// The first label that only this edition has.
    pub witness: Option<Span>,
    /// One for each row of `spec`, in that order; `None` where the row is missing.
    pub rows: Vec<Option<TableRow>>,
    /// Rows of the other edition, or a second time the same row, in the order of the text.
    pub surplus_rows: Vec<(Row, Span)>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// The label's span without white space around it, and how it was written; `None` if it was lost.
    pub label: Option<(Span, LabelMatch)>,
    /// From its label (or first value) to its last value.
    pub span: Span,
    /// One for each column of the row; `None` if no cell is known to be in it.
    pub cells: Vec<Option<Cell>>,
    /// Whether the number of values is right, and the values if it is not.
    pub shape: RowShape,
}

/// Whether the number of values in a row is right.
#[derive(Clone, Debug, PartialEq)]
pub enum RowShape {
    /// As many values as columns.
    Full,
    /// Too few values: these. Their columns are unknown, so `cells` has none.
    Short(Vec<Cell>),
    /// Too many values: these. `cells` has them only if every way of dropping the surplus results in the same row.
    Surplus(Vec<Cell>),
    /// Too many values, but the rest of the table determines which ones count: they are in `cells`.
    Padded,
    /// The label was lost, and a value is in its place, or nothing: that cell.
    LabelLost(Cell),
    /// Its figures are present but cannot be read, for example a figure split over two lines of its cell. `cells` has
    /// none.
    Unread,
}

/// A cell that needs a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its content without white space around it; for a blank cell, all of its white space.
    pub span: Span,
    /// Its value.
    pub value: Value,
}

/// The value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: white space of any kind.
    Blank,
    /// `/`, `-`, `无` and the like.
    Placeholder,
    /// A figure.
    Number(Number),
    /// Something else.
    Other,
}

/// A figure, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value in ten-thousandths, exact: `1001.115` is 10011150.
    pub scaled: i64,
    /// How many decimals are written.
    pub decimals: usize,
    /// The decimals after the fourth.
    pub tail: Tail,
    /// The unusual features of its form.
    pub form: NumberForm,
}

/// Decimals after the fourth, which a value in ten-thousandths cannot represent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tail {
    /// None but zeros.
    #[default]
    Zero,
    /// Less than half a ten-thousandth.
    Low,
    /// Half a ten-thousandth or more.
    High,
}

/// Unusual features of the form of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct NumberForm {
    /// Full-width digits or signs.
    pub full_width: bool,
    /// Thousands separators; `true` in the second place if the groups are of three.
    pub separators: Option<bool>,
    /// A unit after it, in brackets or not.
    pub unit: Option<MeasureWord>,
    /// Words about it after it: `22（其中修订16件）`.
    pub remark: bool,
    /// Leading zeros.
    pub leading_zeros: bool,
    /// A plus sign.
    pub plus: bool,
    /// A dash for the minus sign, or a minus sign before zero.
    pub odd_minus: bool,
    /// `增` or `减` instead of a sign.
    pub worded_sign: bool,
}

/// A unit written after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeasureWord {
    /// 件, 条, 项 and other words that count what the tables count.
    Piece,
    /// 次, 笔, 人 and other measure words: what they count may be something else.
    Measure,
    /// 元
    Yuan,
    /// 万元
    TenThousandYuan,
}

/// A label where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelUse {
    /// Its text, without white space around it.
    pub span: Span,
    /// Its meaning, and how it was written.
    pub label: LabelMatch,
    /// The table it is in; `None` for a mention in prose.
    pub table: Option<TableKind>,
}

impl Cell {
    /// The edit that writes `content` into the cell of `source`, if it is blank: after its white space, but before a
    /// space that sets off a pipe.
    pub fn filled(&self, source: &str, content: &str) -> TextEdit {
        let blank = self.span.of(source);
        let piped = source.get(self.span.end..).is_some_and(|rest| rest.starts_with('|'));
        let end = if piped && blank.len() >= 2 && blank.ends_with(' ') { self.span.end - 1 } else { self.span.end };
        TextEdit { span: Span::at(end), content: content.to_owned() }
    }

    /// Its value as a count: a whole number that is not negative.
    pub fn count(&self) -> Option<i64> {
        self.integer().filter(|value| *value >= 0)
    }

    /// Its value as a whole number of either sign; `None` for an amount of money.
    pub fn integer(&self) -> Option<i64> {
        match &self.value {
            Value::Number(number) if number.is_whole() && !number.is_money() => Some(number.scaled / 10_000),
            _ => None,
        }
    }
}

impl Number {
    /// Whether it is a whole number without a sign, written only in digits.
    pub fn is_plain(&self) -> bool {
        self.form == NumberForm::default() && self.decimals == 0 && self.scaled >= 0
    }

    /// Whether it is written as an amount of money.
    pub fn is_money(&self) -> bool {
        matches!(self.form.unit, Some(MeasureWord::Yuan | MeasureWord::TenThousandYuan))
    }

    /// Whether it is a whole number, however it is written.
    pub fn is_whole(&self) -> bool {
        self.scaled % 10_000 == 0 && self.tail == Tail::Zero
    }
}

impl Table {
    /// The cell at `place`, if it is known.
    pub fn cell(&self, place: CellRef) -> Option<&Cell> {
        self.rows.get(place.row)?.as_ref()?.cells.get(place.column)?.as_ref()
    }

    /// The row `row`, if it was found.
    pub fn row(&self, row: Row) -> Option<&TableRow> {
        self.rows.get(self.spec.index(row)?)?.as_ref()
    }

    /// The row and column that `place` names.
    pub fn names(&self, place: CellRef) -> (Row, Column) {
        let row = &self.spec.rows[place.row];
        (row.row, row.columns[place.column])
    }

    /// Every cell with its place, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (CellRef, &Cell)> {
        self.rows.iter().enumerate().flat_map(|(row, found)| {
            let cells = found.iter().flat_map(|found| found.cells.iter());
            cells.enumerate().filter_map(move |(column, cell)| Some((CellRef { row, column }, cell.as_ref()?)))
        })
    }
}

impl Report {
    /// Whether the text is a report. A document with the whole title of a report and nothing else is one that is about to be written.
    pub fn is_recognised(&self) -> bool {
        let sections = self.sections.iter().filter(|heading| heading.section.is_some()).count();
        let rows = self.tables.iter().flat_map(|table| &table.rows).flatten().count();
        let begins = || {
            let is_whole = self.title.as_ref().is_some_and(|title| title.body.is_some() && title.year.is_some());
            is_whole && self.page.is_none() && self.paragraphs.is_empty() && self.unread.is_empty()
        };
        !self.is_example && (Report::has_enough(sections, rows, self.title.is_some()) || begins())
    }

    /// Whether these numbers of sections and rows, with or without a title, are enough for a report.
    fn has_enough(sections: usize, rows: usize, has_title: bool) -> bool {
        rows >= 3 || sections >= 3 || (has_title && (sections > 0 || rows > 0))
    }

    /// The table of `kind`, if it was found.
    pub fn table(&self, kind: TableKind) -> Option<&Table> {
        self.tables.iter().find(|table| table.spec.kind == kind)
    }

    /// Whether `span` touches a row, a header or a label that was assembled from pieces.
    pub fn is_pieced(&self, span: Span) -> bool {
        let first = self.pieced.partition_point(|piece| piece.end < span.start);
        self.pieced
            .get(first..)
            .is_some_and(|rest| rest.iter().take_while(|piece| piece.start <= span.end).next().is_some())
    }

    /// The parts of the table of `kind` that cannot be read.
    pub fn unread(&self, kind: TableKind) -> impl Iterator<Item = &Unread> {
        self.unread.iter().filter(move |unread| unread.kind == kind)
    }

    /// The first heading that opens `section`.
    pub fn section(&self, section: Section) -> Option<&SectionHeading> {
        self.sections.iter().find(|heading| heading.section.is_some_and(|(found, _)| found == section))
    }

    /// The body that reports, as the title names it.
    pub fn body(&self) -> Option<Rc<Body>> {
        self.title.as_ref()?.body.as_ref().map(|(name, _)| Body::known(name))
    }

    /// The edition required for its year.
    pub fn edition_due(&self) -> Option<Edition> {
        self.year.map(|(year, _)| Edition::of_year(year))
    }
}
