//! Converts a report to another form: an outline of its visible text, and a writer for each form.
//!
//! Tables are copied cell by cell, right or wrong. If a layout does not separate the cells, as in text from a PDF, the
//! cells are those of the model.

mod html_writer;
mod text_writer;
mod word_writer;

use crate::analysis::{Analysis, Unit};
use crate::report::Table as ReadTable;
use crate::report::table_writer;
use crate::statute::{CellRef, Column, Row, TableKind};
use crate::syntax::{Block, BlockKind, CellPlace, Layout, Tree, without_markdown};
use crate::text::Span;
use std::borrow::Cow;
pub use word_writer::WordParts;

/// The content of a report, independent of its form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportOutline {
    /// Its parts, in order.
    pub items: Vec<OutlineItem>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineItem {
    /// Its title.
    Title(String),
    /// A heading of the top level.
    Heading(String),
    /// A line of words.
    Line(String),
    /// A table, row by row.
    Table(Vec<Vec<OutlineCell>>),
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineCell {
    /// What it says.
    pub text: String,
    /// Where it is.
    pub place: CellPlace,
}

/// Figures of the tables of a document, for telling whether another has the same.
pub type Figures = Vec<(TableKind, CellRef, String)>;

/// Every figure that is read in `analysis`, as it is written but for white space.
pub fn figures(analysis: &Analysis) -> Figures {
    analysis.units().flat_map(figures_of).collect()
}

/// Every figure that is read in a report.
pub(super) fn figures_of(unit: Unit<'_>) -> Figures {
    let of_table = |table: &ReadTable| -> Figures {
        let cells = table.cells().map(|(place, cell)| {
            let written: String = unit.shown(cell.span).split_whitespace().collect();
            (table.spec.kind, place, written)
        });
        cells.collect()
    };
    unit.report.tables.iter().flat_map(of_table).collect()
}

impl ReportOutline {
    /// The outline of the document that `analysis` is of.
    pub fn of(analysis: &Analysis) -> ReportOutline {
        let mut outline = ReportOutline::default();
        for (unit, tree) in analysis.units().zip(analysis.trees()) {
            let end = unit.offset + unit.source.len();
            let source = analysis.text().slice(Span::new(unit.offset, end));
            outline.unit(unit, tree, &source);
        }
        outline
    }

    fn unit(&mut self, unit: Unit<'_>, tree: &Tree, source: &str) {
        let by_lines = |layout: Layout| layout.is_read_by_lines() || layout == Layout::PipedLines;
        // Tables whose cells only the reader tells, and whether each was written.
        let tables = unit.report.tables.iter().filter(|table| table.layout.is_none_or(by_lines));
        let mut read: Vec<(&ReadTable, bool)> = tables.map(|table| (table, false)).collect();
        let article = unit.report.page.as_ref().map(|page| page.article);
        let mut start = 0;
        for block in &tree.blocks {
            let span = Span::new(start, start + block.len);
            start = span.end;
            // The text of a page around the report is not part of it, and the page's title comes before the article.
            let of_title = || unit.report.title.as_ref().is_some_and(|title| title.span.meets(span));
            if article.is_some_and(|article| !article.meets(span) || article.end == span.start) && !of_title() {
                continue;
            }
            let inside = |table: &ReadTable| table.span.start < span.end && span.start < table.span.end;
            if let Some((table, is_written)) = read.iter_mut().find(|(table, _)| inside(table)) {
                if !std::mem::replace(is_written, true) {
                    self.items.extend(written(table, unit).map(OutlineItem::Table));
                }
                continue;
            }
            self.block(block, span.of(source));
        }
    }

    fn block(&mut self, block: &Block, source: &str) {
        match block.kind {
            BlockKind::Blank | BlockKind::Markup => {}
            BlockKind::Table(_) => self.items.push(OutlineItem::Table(cells(block, source))),
            kind => {
                let view = block.view(source);
                let words = view.as_ref().map_or(block.content().of(source), |view| view.text.text());
                for line in words.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()) {
                    let line = if view.is_some() { Cow::Borrowed(line) } else { without_markdown(line) };
                    let line = line.replace('\t', " ");
                    self.items.push(match kind {
                        BlockKind::Title => OutlineItem::Title(line),
                        BlockKind::Heading => OutlineItem::Heading(line),
                        _ => OutlineItem::Line(line),
                    });
                }
            }
        }
    }

    /// The outline as text in `layout`; `None` for a layout in which no table can be typed.
    pub fn text(&self, layout: Layout) -> Option<String> {
        table_writer::can_render(layout).then(|| text_writer::write(self, layout))
    }

    /// The outline as a page.
    pub fn html(&self) -> String {
        html_writer::write(self)
    }

    /// The outline as the parts of a Word file.
    pub fn word(&self) -> WordParts {
        word_writer::write(self)
    }
}

/// The cells of the table `block`, whose text is `source`.
fn cells(block: &Block, source: &str) -> Vec<Vec<OutlineCell>> {
    let view = block.view(source);
    let own_rows = block.rows();
    let rows = view.as_ref().map_or(&own_rows, |view| &view.rows);
    let seen = view.as_ref().map_or(source, |view| view.text.text());
    let mut places = block.grid.iter().flat_map(|grid| grid.iter());
    let cell = |row: usize, column: usize, span: &Span, place: Option<&CellPlace>| OutlineCell {
        text: joined(&if view.is_some() { Cow::Borrowed(span.of(seen)) } else { without_markdown(span.of(seen)) }),
        place: place.copied().unwrap_or(CellPlace { row, column, across: 1, down: 1 }),
    };
    let row = |(index, row): (usize, &Vec<Span>)| {
        row.iter().enumerate().map(|(column, span)| cell(index, column, span, places.next())).collect()
    };
    let mut rows: Vec<Vec<OutlineCell>> = rows.iter().enumerate().map(row).collect();
    // As they are shown.
    rows.sort_by_key(|row| row.first().map(|cell| cell.place.row));
    rows
}

/// The words of a cell on one line: its lines join without a blank between hanzi.
fn joined(text: &str) -> String {
    let mut out = String::new();
    for line in text.split(['\n', '\r', '\t']).map(str::trim).filter(|line| !line.is_empty()) {
        let chinese = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
        let between_hanzi = chinese(out.chars().next_back()) && chinese(line.chars().next());
        if !out.is_empty() && !between_hanzi {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// The table that was read as `table`, written as the format has it with the figures as they are; none if a figure has
/// no place in it.
fn written(table: &ReadTable, unit: Unit<'_>) -> Option<Vec<Vec<OutlineCell>>> {
    let figure = |row: Row, column: Column| -> &str {
        let found = table.spec.rows.iter().find(|spec| spec.row == row);
        let at = found.and_then(|spec| spec.columns.iter().position(|own| *own == column));
        let cell = at.and_then(|at| table.row(row)?.cells.get(at)?.as_ref());
        cell.map_or("", |cell| unit.shown(cell.span).trim())
    };
    let text = table_writer::render(table.spec, Layout::Tabs, "\n", figure)?;
    let rows = text.lines().enumerate().map(|(row, line)| {
        let cells = line.split('\t').enumerate();
        cells
            .map(|(column, text)| OutlineCell {
                text: joined(text),
                place: CellPlace { row, column, across: 1, down: 1 },
            })
            .collect()
    });
    Some(rows.collect())
}

/// What is in a column of a row.
enum Slot<'a> {
    /// A cell starts there.
    Starts(&'a OutlineCell),
    /// The cell above covers it; the value is whether this is that cell's first column.
    Down(bool),
    /// The cell before it covers it.
    Across,
    /// Nothing.
    Empty,
}

/// What is in every column of every row of `table`.
fn slots(table: &[Vec<OutlineCell>]) -> Vec<Vec<Slot<'_>>> {
    const WIDEST: usize = 1000;
    let mut rows = Vec::with_capacity(table.len());
    // What reaches down: by its first column, up to which column and for how many rows more.
    let mut above: Vec<(usize, usize, usize)> = Vec::new();
    for cells in table {
        let mut slots: Vec<Slot<'_>> = Vec::new();
        let mut next = Vec::new();
        let fill = |slots: &mut Vec<Slot<'_>>, until: usize, next: &mut Vec<(usize, usize, usize)>| {
            while slots.len() < until {
                let column = slots.len();
                match above.iter().find(|(start, end, _)| *start <= column && column < *end) {
                    Some((start, end, rows)) => {
                        for at in column..*end {
                            slots.push(Slot::Down(at == *start));
                        }
                        if *rows > 1 {
                            next.push((*start, *end, rows - 1));
                        }
                    }
                    None => slots.push(Slot::Empty),
                }
            }
        };
        for cell in cells {
            let place = cell.place;
            fill(&mut slots, place.column.min(WIDEST), &mut next);
            slots.push(Slot::Starts(cell));
            let across = place.across.clamp(1, WIDEST);
            slots.extend((1..across).map(|_| Slot::Across));
            if place.down > 1 {
                next.push((place.column, place.column + across, place.down - 1));
            }
        }
        let reach = above.iter().map(|(_, end, _)| *end).max().unwrap_or(0);
        fill(&mut slots, reach.min(WIDEST), &mut next);
        rows.push(slots);
        above = next;
    }
    rows
}
