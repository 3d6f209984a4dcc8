//! What a document means: the reports in it, each with its year, body, sections and tables of typed cells.
//!
//! It binds the shapes of `syntax` to the names of `statute`. It checks nothing.

mod article;
mod assemble;
mod columns;
mod digest;
mod document;
mod facets;
mod grid_reading;
mod labelled_row;
mod marked_up;
mod number;
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
    /// The year it reports on, and where that is said.
    pub year: Option<(u16, Span)>,
    /// Headings of the top level, in the order of the text: the six sections and any other.
    pub sections: Vec<SectionHeading>,
    /// The tables that were found: at most one of each kind, in the order of kinds.
    pub tables: Vec<Table>,
    /// Every line of words that is neither the title nor a heading of the top level, in the order of the text.
    pub paragraphs: Vec<Paragraph>,
    /// Every figure stated in the paragraphs, in the order of the text.
    pub statements: Vec<Statement>,
    /// Which of the statements are under which heading, known by its text.
    pub subsections: Vec<statements::Subsection>,
    /// Texts in cells of tables that are no label as they are, nor in the place of a figure, in the order of the text.
    pub strays: Vec<Span>,
    /// Every recognised label of a table, and every mention of an item of Article 20, in the order of the text.
    pub labels: Vec<LabelUse>,
    /// The page around the report, if it is in one (HTML). Nothing outside of the article is read as the report's, but
    /// for a title that only the page has.
    pub page: Option<Page>,
    /// What the report holds of a table in a shape that cannot be read, in the order of the text. None of it is missing.
    pub unread: Vec<Unread>,
    /// Rows, headers and labels that were put together from pieces, in the order of the text: from parts of a line, from
    /// lines that follow one another or lie around one another, or with columns that were guessed. No fix inside of them is
    /// safe; see [`Report::is_pieced`].
    pub pieced: Vec<Span>,
    /// Whether what its tables are depends on the lines of words beside them.
    pub lines_name_rows: bool,
}

/// Something of a table that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Where it is: its labels and figures, or those of one row.
    pub span: Span,
    /// Which table it is of.
    pub kind: TableKind,
    /// The row it is, if the rest of the table is read; `None` if all of the table is unread, and [`Report::tables`] has no
    /// table of this kind.
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
    /// How it hangs together with the paragraphs before it.
    pub joint: Joint,
    /// The years it names.
    pub years: Vec<YearMention>,
}

/// How a line of words hangs together with the lines before it; see [`passages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// It starts a passage.
    Starts,
    /// It goes on with the sentence that the line before left open, in the next line, or across blank lines or the edge of a
    /// page.
    Continues,
    /// It is the number or the running title of a page, inside a passage that goes on after it. It is no part of the words.
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
    /// Which table of which edition it was read as.
    pub spec: &'static TableSpec,
    /// How it is laid out where it starts.
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
    /// One for each column of the row; `None` where no cell could be told to be it.
    pub cells: Vec<Option<Cell>>,
    /// What is there instead of the cells, where their number is wrong.
    pub shape: RowShape,
}

/// Whether the number of values in a row is right.
#[derive(Clone, Debug, PartialEq)]
pub enum RowShape {
    /// As many values as columns.
    Full,
    /// Too few: these. Which columns they are of cannot be told, so `cells` holds none.
    Short(Vec<Cell>),
    /// Too many: these. `cells` holds them only where every way of dropping the surplus gives the same row.
    Surplus(Vec<Cell>),
    /// Too many, but the rest of the table tells for certain which ones count: they are in `cells`.
    Padded,
    /// The label was lost, and a value is in its place, or nothing: that cell.
    LabelLost(Cell),
    /// Its figures are there, but in a shape that cannot be read: a figure broken over two lines of its cell, say. `cells`
    /// holds none.
    Unread,
}

/// A cell that a figure is due in.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What is in it, without white space around it; for a blank cell, all of its white space.
    pub span: Span,
    /// What it says.
    pub value: Value,
}

/// What a cell says.
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
    /// What the decimals after the fourth come to.
    pub tail: Tail,
    /// What is unusual about the way it is written.
    pub form: NumberForm,
}

/// Decimals after the fourth, which a value in ten-thousandths cannot hold.
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

/// What is unusual about the way a number is written.
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
    /// What it stands for, and how it was written.
    pub label: LabelMatch,
    /// The table it is in; `None` for a mention in prose.
    pub table: Option<TableKind>,
}

impl Cell {
    /// The edit that writes `content` into the cell of `source`, if it is blank: after its white space, but before a space that
    /// sets off a pipe.
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

    /// Its value as a whole number of either sign. An amount of money is none.
    pub fn integer(&self) -> Option<i64> {
        match &self.value {
            Value::Number(number) if number.is_whole() && !number.is_money() => Some(number.scaled / 10_000),
            _ => None,
        }
    }
}

impl Number {
    /// Whether it is a whole number of no sign, written in digits and nothing else.
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
    /// The cell at `place`, if one could be told to be it.
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
    /// Whether this is a report at all, or other text.
    pub fn is_recognised(&self) -> bool {
        let sections = self.sections.iter().filter(|heading| heading.section.is_some()).count();
        let rows = self.tables.iter().flat_map(|table| &table.rows).flatten().count();
        rows >= 3 || sections >= 3 || (self.title.is_some() && (sections > 0 || rows > 0))
    }

    /// The table of `kind`, if it was found.
    pub fn table(&self, kind: TableKind) -> Option<&Table> {
        self.tables.iter().find(|table| table.spec.kind == kind)
    }

    /// Whether `span` touches a row, a header or a label that was put together from pieces.
    pub fn is_pieced(&self, span: Span) -> bool {
        let first = self.pieced.partition_point(|piece| piece.end < span.start);
        self.pieced
            .get(first..)
            .is_some_and(|rest| rest.iter().take_while(|piece| piece.start <= span.end).next().is_some())
    }

    /// What of the table of `kind` cannot be read.
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

    /// The edition that its year asks for.
    pub fn edition_due(&self) -> Option<Edition> {
        self.year.map(|(year, _)| Edition::of_year(year))
    }
}
