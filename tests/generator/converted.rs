//! Tables as converters leave them: one cell a line, or columns of a PDF whose rows take up several lines.

use super::grid::{Grid, GridCell, Role};
use super::layout::CellPlace;
use super::writer::Writer;
use super::{Layout, Place};
use gongkai::statute::TableKind;
use std::ops::Range;

/// The width of a cell with a label, in hanzi.
const LABEL: usize = 14;

/// The first column of figures, and how wide each is, in columns of a terminal.
const FIGURES: usize = 46;
const WIDTH: usize = 7;

impl Writer<'_> {
    /// One cell a line.
    pub(super) fn bare_grid(&mut self, kind: TableKind, grid: &Grid) {
        let late = self.style.layout == Layout::LateLabels;
        let mut after: Vec<&GridCell> = Vec::new();
        let last_rows = grid.len().saturating_sub(2);
        for (index, row) in grid.iter().enumerate() {
            for cell in row {
                let is_late = kind == TableKind::Applications
                    && match cell.role {
                        Role::Header => cell.down > 1 && row.iter().any(|cell| matches!(cell.role, Role::Figure(_))),
                        Role::Label(_) => index >= last_rows,
                        Role::Figure(_) => false,
                    };
                if late && is_late {
                    after.push(cell);
                } else {
                    self.bare_cell(kind, cell);
                }
            }
            if row.iter().any(|cell| matches!(cell.role, Role::Figure(_))) && !late && self.rng.one_in(12) {
                self.page_edge();
            }
        }
        for cell in after {
            self.bare_cell(kind, cell);
        }
    }

    fn bare_cell(&mut self, kind: TableKind, cell: &GridCell) {
        let long = cell.text.chars().count() > LABEL;
        let lines = if long && self.style.wrapped.draw(&mut self.rng) {
            pieces(&cell.text, LABEL)
        } else {
            vec![cell.text.clone()]
        };
        let span = self.at()..self.at() + lines.join(self.end).len();
        for line in lines {
            self.push(&line);
            self.line_end();
        }
        if self.style.layout != Layout::BareLines {
            self.line_end();
        }
        self.note(kind, cell, span);
    }

    /// The end of a page and the start of the next, with the number of the first.
    fn page_edge(&mut self) {
        let blank = self.rng.below(6);
        let number = format!("- {} -", 1 + self.rng.below(20));
        for _ in 0..blank {
            self.line_end();
        }
        self.push(&number);
        self.line_end();
        self.line_end();
    }

    /// Notes where `cell` is.
    fn note(&mut self, kind: TableKind, cell: &GridCell, span: Range<usize>) {
        match cell.role {
            Role::Header => {}
            Role::Label(row) => {
                self.out.labels.insert((kind, row), span);
            }
            Role::Figure(cell) => {
                let place = CellPlace { figure: span.clone(), content: span.clone(), start: span.start, next: None };
                self.out.cells.insert(Place { table: kind, cell }, place);
            }
        }
    }

    /// Columns of figures to the right of the labels.
    pub(super) fn column_grid(&mut self, kind: TableKind, grid: &Grid) {
        for row in grid {
            let words: Vec<&GridCell> = row.iter().filter(|cell| !matches!(cell.role, Role::Figure(_))).collect();
            let figures: Vec<&GridCell> = row.iter().filter(|cell| matches!(cell.role, Role::Figure(_))).collect();
            if kind != TableKind::Applications || figures.is_empty() {
                self.plain_line(kind, &words, &figures);
            } else if self.style.layout == Layout::TornFigures && figures.iter().any(|cell| cell.text.len() > 2) {
                self.torn_row(kind, &words, &figures);
            } else if words.last().is_some_and(|label| label.text.chars().count() > LABEL) {
                self.tall_row(kind, &words, &figures);
            } else {
                self.plain_line(kind, &words, &figures);
            }
            if !figures.is_empty() && self.rng.one_in(12) {
                self.page_edge();
            }
        }
    }

    /// Goes to `column` of the line, or a space further.
    fn go_to(&mut self, column: usize) {
        let line = self.out.text.rfind('\n').map_or(0, |at| at + 1);
        // Programs differ in how wide they take hanzi to be.
        let wide = self.style.filled;
        let here: usize = self.out.text[line..].chars().map(|c| if wide { gongkai::text::width(c) } else { 1 }).sum();
        if here > 0 || column > 0 {
            self.push(&" ".repeat(column.saturating_sub(here).max(1)));
        }
    }

    fn plain_line(&mut self, kind: TableKind, words: &[&GridCell], figures: &[&GridCell]) {
        for (index, cell) in words.iter().enumerate() {
            self.go_to(4 * index);
            let start = self.at();
            self.push(&cell.text);
            self.note(kind, cell, start..self.at());
        }
        for (index, cell) in figures.iter().enumerate() {
            self.go_to(FIGURES + index * WIDTH);
            self.figure(kind, cell);
        }
        self.line_end();
    }

    fn figure(&mut self, kind: TableKind, cell: &GridCell) {
        let start = self.at();
        self.push(&cell.text);
        self.note(kind, cell, start..self.at());
    }

    /// A row whose label takes up several lines, its total on the first of them and the other figures on the second.
    fn tall_row(&mut self, kind: TableKind, words: &[&GridCell], figures: &[&GridCell]) {
        let Some((label, groups)) = words.split_last() else { return };
        for group in groups {
            self.push(&group.text);
            self.line_end();
        }
        let lines = pieces(&label.text, LABEL);
        let start = self.at();
        for (index, line) in lines.iter().enumerate() {
            self.go_to(11);
            self.push(line);
            let last = figures.len() - 1;
            for (column, cell) in figures.iter().enumerate() {
                if (index == 0) == (column == last) && index < 2 {
                    self.go_to(FIGURES + column * WIDTH);
                    self.figure(kind, cell);
                }
            }
            self.line_end();
        }
        self.note(kind, label, start..self.at());
    }

    /// A row with figures too wide for their cells: what is before their last digit is a line higher, that a line lower.
    fn torn_row(&mut self, kind: TableKind, words: &[&GridCell], figures: &[&GridCell]) {
        let wide = |cell: &GridCell| cell.text.len() > 2;
        let head = |cell: &GridCell| cell.text[..cell.text.len() - 1].to_owned();
        let tail = |cell: &GridCell| cell.text[cell.text.len() - 1..].to_owned();
        let columns = || figures.iter().enumerate();
        for (column, cell) in columns().filter(|(_, cell)| wide(cell)) {
            self.go_to(FIGURES + column * WIDTH);
            self.push(&head(cell));
        }
        self.line_end();
        for (index, cell) in words.iter().enumerate() {
            self.go_to(4 * index);
            let start = self.at();
            self.push(&cell.text);
            self.note(kind, cell, start..self.at());
        }
        for (column, cell) in columns().filter(|(_, cell)| !wide(cell)) {
            self.go_to(FIGURES + column * WIDTH);
            self.figure(kind, cell);
        }
        self.line_end();
        for (column, cell) in columns().filter(|(_, cell)| wide(cell)) {
            self.go_to(FIGURES + column * WIDTH);
            self.push(&tail(cell));
        }
        self.line_end();
    }
}

/// `text` in lines of `length` characters.
fn pieces(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(length).map(|line| line.iter().collect()).collect()
}
