//! Tables in Markdown as converters of Word and PDF files write them.

use super::grid::{Grid, GridCell, Role, Slot, expand};
use super::layout::CellPlace;
use super::writer::Writer;
use super::{Layout, Place};
use gongkai::statute::TableKind;

/// The greatest width of a cell in a drawn table, in characters.
const CELL: usize = 12;

impl Writer<'_> {
    pub(super) fn markdown_grid(&mut self, kind: TableKind, grid: &Grid) {
        match self.style.layout {
            Layout::Drawn => self.drawn_grid(kind, grid),
            Layout::TornMarkdown if kind == TableKind::Review => self.review_in_three(grid),
            Layout::TornMarkdown => self.torn_grid(kind, grid),
            _ => self.repeated_grid(kind, grid),
        }
    }

    /// What a merged cell covers says what it says.
    fn repeated_grid(&mut self, kind: TableKind, grid: &Grid) {
        let mut above: Vec<Option<&GridCell>> = Vec::new();
        for (index, row) in expand(grid).iter().enumerate() {
            let mut left = None;
            let mut cells: Vec<(&GridCell, bool)> = Vec::new();
            for (column, slot) in row.iter().enumerate() {
                let covered = above.get(column).copied().flatten();
                let cell = match slot {
                    Slot::Starts(cell) => Some((*cell, true)),
                    Slot::Across => left.map(|cell| (cell, false)),
                    Slot::Down | Slot::DownAcross => covered.map(|cell| (cell, false)),
                };
                let Some((cell, own)) = cell else { continue };
                left = Some(cell);
                cells.push((cell, own));
            }
            above = cells.iter().map(|(cell, _)| Some(*cell)).collect();
            self.piped_row(kind, &cells);
            if index == 0 {
                self.rule(cells.len());
            }
        }
    }

    fn rule(&mut self, columns: usize) {
        let rule = format!("|{}", "---|".repeat(columns));
        self.push(&rule);
        self.line_end();
    }

    /// A row; of each cell whether it is the place in which it starts.
    fn piped_row(&mut self, kind: TableKind, cells: &[(&GridCell, bool)]) {
        self.push("|");
        for (cell, own) in cells {
            self.push(" ");
            if *own {
                self.placed(kind, cell)
            } else {
                self.push(&cell.text)
            }
            self.push(" |");
        }
        self.line_end();
    }

    /// The words of a cell, and where they are.
    fn placed(&mut self, kind: TableKind, cell: &GridCell) {
        let start = self.at();
        self.push(&cell.text);
        let span = start..self.at();
        match cell.role {
            Role::Header => {}
            Role::Label(row) => drop(self.out.labels.insert((kind, row), span)),
            Role::Figure(figure) => {
                let place = Place { table: kind, cell: figure };
                self.out.cells.insert(place, CellPlace { figure: span.clone(), content: span, start, next: None });
            }
        }
    }

    /// Labels as the columns of a PDF leave them: without the cells of groups, of which pieces are before those of rows.
    fn torn_grid(&mut self, kind: TableKind, grid: &Grid) {
        // A row from the middle of 表三 whose label is in two lines before it.
        let beside = (kind == TableKind::Applications).then_some(10);
        let mut torn = ["三、", "本", "年<br>度", "办<br>（三）不", "理<br>结<br>予公开", "果"].into_iter();
        let mut first = true;
        for row in grid {
            let figures: Vec<&GridCell> = row.iter().filter(|cell| matches!(cell.role, Role::Figure(_))).collect();
            let label = row.iter().find_map(|cell| match cell.role {
                Role::Label(index) => Some((cell, index)),
                _ => None,
            });
            let Some((label, index)) = label.filter(|_| !figures.is_empty()) else {
                if kind == TableKind::Disclosure {
                    self.header_row(row, first);
                } else if row.len() >= 5 && first {
                    let words: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                    let line = format!("||自然人|{}|总计|", words.join("|"));
                    self.push(&line);
                    self.line_end();
                    self.rule(words.len() + 4);
                } else {
                    continue;
                }
                first = false;
                continue;
            };
            let cut = label.text.char_indices().nth(9).map(|(at, _)| at).filter(|_| self.rng.one_in(4));
            if beside == Some(index) {
                let middle = label.text.char_indices().nth(6).map_or(0, |(at, _)| at);
                let (head, tail) = label.text.split_at(middle);
                let (head, tail) = (head.to_owned(), tail.to_owned());
                self.line_end();
                self.push(&head);
                self.line_end();
                self.push(&tail);
                self.line_end();
                self.push("||");
            } else if kind == TableKind::Applications && (4..10).contains(&index) {
                let piece = torn.next().unwrap_or_default();
                let text = format!("|{piece}<br>{}|", label.text);
                self.push(&text);
            } else if let Some(cut) = cut.filter(|_| kind == TableKind::Applications) {
                let text = format!("|{}|{}", &label.text[..cut], &label.text[cut..]);
                self.push(&text);
                self.push("|");
                self.figures(kind, &figures);
                continue;
            } else {
                let text = format!("|{}|", label.text);
                self.push(&text);
            }
            if kind == TableKind::Applications && beside != Some(index) {
                self.push("|");
            }
            self.figures(kind, &figures);
            if beside == Some(index) {
                self.rule(figures.len() + 1);
            }
        }
    }

    fn figures(&mut self, kind: TableKind, figures: &[&GridCell]) {
        for cell in figures {
            self.placed(kind, cell);
            self.push("|");
        }
        self.line_end();
    }

    /// A header of 表二; one in four names is cut over two cells.
    fn header_row(&mut self, row: &[GridCell], first: bool) {
        let mut text = String::from("|");
        for cell in row {
            let cut = cell
                .text
                .char_indices()
                .nth(1)
                .map(|(at, _)| at)
                .filter(|_| row.len() == 2 && cell.text.starts_with('本'));
            match cut {
                Some(cut) => text.push_str(&format!("{}|{}|", &cell.text[..cut], &cell.text[cut..])),
                None => text.push_str(&format!("{}|", cell.text)),
            }
        }
        self.push(&text);
        self.line_end();
        if first {
            self.rule(4);
        }
    }

    /// 表四 as a table for each of its parts.
    fn review_in_three(&mut self, grid: &Grid) {
        let Some((last, headers)) = grid.split_last() else { return };
        let outcomes: Vec<String> =
            headers.last().into_iter().flatten().take(5).map(|cell| cell.text.clone()).collect();
        let heads: Vec<&GridCell> = headers.iter().flatten().filter(|cell| cell.across == 5).collect();
        for (part, figures) in last.chunks(5).enumerate() {
            let name = heads.get(part).map_or("", |cell| cell.text.as_str());
            let lines = format!("### {name}{}{}|{}|", self.end, self.end, outcomes.join("|"));
            self.push(&lines);
            self.line_end();
            self.rule(5);
            self.push("|");
            let figures: Vec<&GridCell> = figures.iter().collect();
            self.figures(TableKind::Review, &figures);
            self.line_end();
        }
    }

    /// Lines between all cells; a long label goes on in the next lines of its cell.
    fn drawn_grid(&mut self, kind: TableKind, grid: &Grid) {
        let rows = expand(grid);
        let widest = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let rule = format!("+{}", "------------+".repeat(widest));
        self.push(&rule);
        self.line_end();
        for row in &rows {
            let lines = |cell: &GridCell| -> Vec<String> {
                let letters: Vec<char> = cell.text.chars().collect();
                let figure = matches!(cell.role, Role::Figure(_));
                let width = if figure { letters.len().max(1) } else { CELL };
                letters.chunks(width).map(|line| line.iter().collect()).collect()
            };
            let own = |slot: &Slot| match slot {
                Slot::Starts(cell) => lines(cell).len(),
                _ => 0,
            };
            let height = row.iter().map(own).max().unwrap_or(1).max(1);
            for line in 0..height {
                self.push("|");
                for slot in row {
                    self.push(" ");
                    if let Slot::Starts(cell) = slot {
                        match lines(cell).get(line) {
                            Some(text) if height == 1 || matches!(cell.role, Role::Figure(_)) => {
                                debug_assert_eq!(*text, cell.text);
                                self.placed(kind, cell);
                            }
                            Some(text) => self.push(text),
                            None => {}
                        }
                    }
                    self.push(" |");
                }
                self.line_end();
            }
            self.push(&rule);
            self.line_end();
        }
    }
}
