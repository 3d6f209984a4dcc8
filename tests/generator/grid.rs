//! The tables of a report as grids with merged cells, whatever the layout writes them as.

use super::{Layout, Model, Rng, Style};
use gongkai::statute::{CellRef, Column, Edition, Group, Header, Outcome, Row, TableKind};

/// What a cell of a grid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Header,
    Label(usize),
    Figure(CellRef),
}

#[derive(Clone, Debug)]
pub(super) struct GridCell {
    pub(super) role: Role,
    pub(super) text: String,
    pub(super) across: usize,
    pub(super) down: usize,
}

/// A grid's rows; each may have a width of its own.
pub(super) type Grid = Vec<Vec<GridCell>>;

/// What is in one column of one row.
pub(super) enum Slot<'a> {
    Starts(&'a GridCell),
    /// Covered by the cell to the left.
    Across,
    /// The first column that a cell above covers.
    Down,
    /// Another one of them.
    DownAcross,
}
/// Makes the grids of a report, with labels as the style writes them.
pub(super) struct Grids<'a> {
    pub(super) model: &'a Model,
    pub(super) style: &'a Style,
    /// A row to be left out.
    pub(super) missing: Option<(TableKind, usize)>,
    pub(super) rng: &'a mut Rng,
    pub(super) end: &'static str,
}

impl Grids<'_> {
    pub(super) fn table(&mut self, kind: TableKind) -> Grid {
        match kind {
            TableKind::Disclosure => self.disclosure(),
            TableKind::Applications => self.applications(),
            TableKind::Review => self.review(),
        }
    }

    /// A cell with a label as the style writes it.
    fn label(&mut self, role: Role, text: &str, across: usize, down: usize) -> GridCell {
        let mut text = text.to_owned();
        if self.style.half_width.draw(self.rng) {
            text = text.replace('（', "(").replace('）', ")").replace('，', ", ").replace('：', ":");
        }
        if self.style.ideographic_comma.draw(self.rng) && text.starts_with(|c: char| c.is_ascii_digit()) {
            text = text.replacen('.', "、", 1);
        }
        if self.style.straight_quotes.draw(self.rng) {
            text = text.replace(['“', '”'], "\"");
        }
        if self.style.spaced.draw(self.rng) {
            if text.starts_with(['（', '(']) && matches!(role, Role::Label(_)) {
                text = text.replacen('）', "） ", 1).replacen(')', ") ", 1);
            } else if text.starts_with('第') {
                text = text.replacen("条第", "条  第", 1);
            }
        }
        let wraps = role == Role::Header && text.chars().count() >= 4 && !text.starts_with(['（', '(', '第']);
        if wraps && self.style.wrapped.draw(self.rng) {
            let at = text.char_indices().nth(2 + self.rng.below(2)).map_or(0, |(at, _)| at);
            text.insert_str(
                at,
                if matches!(self.style.layout, Layout::CellLines | Layout::TabsOverLines) { self.end } else { " " },
            );
        }
        GridCell { role, text, across, down }
    }

    fn header(&mut self, text: &str, across: usize, down: usize) -> GridCell {
        self.label(Role::Header, text, across, down)
    }

    fn figures(&self, kind: TableKind, row: usize) -> Vec<GridCell> {
        let figures = self.model.figures[kind as usize][row].iter().enumerate();
        figures
            .map(|(column, text)| {
                let role = Role::Figure(CellRef { row, column });
                GridCell { role, text: text.clone(), across: 1, down: 1 }
            })
            .collect()
    }

    fn present(&self, kind: TableKind) -> Vec<usize> {
        (0..self.model.spec(kind).rows.len()).filter(|row| self.missing != Some((kind, *row))).collect()
    }

    fn disclosure(&mut self) -> Grid {
        const WIDTH: usize = 4;
        let kind = TableKind::Disclosure;
        let (mut grid, mut item) = (Grid::new(), None);
        let spec = self.model.spec(kind);
        // The last cell of a short row reaches to the right edge.
        let fill = |mut row: Vec<GridCell>| {
            let width: usize = row.iter().map(|cell| cell.across).sum();
            if let Some(last) = row.last_mut() {
                last.across += WIDTH - width;
            }
            row
        };
        for row in self.present(kind) {
            let (name, columns) = (spec.rows[row].row, spec.rows[row].columns);
            if name.item() != item {
                item = name.item();
                if let Some(item) = item {
                    let cell = self.header(&item.name(), WIDTH, 1);
                    grid.push(vec![cell]);
                }
                let mut headers = vec![self.header(Header::Content.name(), 1, 1)];
                for column in columns {
                    let name = self.column_name(*column);
                    headers.push(self.header(&name, 1, 1));
                }
                grid.push(fill(headers));
            }
            let mut cells = vec![self.label(Role::Label(row), spec.rows[row].label, 1, 1)];
            cells.extend(self.figures(kind, row));
            grid.push(fill(cells));
        }
        grid
    }

    /// The header of `column`, with the unit for an amount.
    fn column_name(&self, column: Column) -> String {
        match (column, self.model.edition) {
            (Column::Decisions, Edition::F2021) => format!("本年{}", column.name()),
            (Column::FeeAmount | Column::ProcurementAmount, _) => format!("{}（单位：万元）", column.name()),
            _ => column.name().to_owned(),
        }
    }

    fn applications(&mut self) -> Grid {
        let kind = TableKind::Applications;
        let wide = self.style.layout == Layout::WideTabs;
        // Columns for labels: in the header and the rows before the page break, and after it.
        let (before, after) = if wide { (1, 6) } else { (3, 3) };
        let spec = self.model.spec(kind);
        let columns = spec.rows[0].columns;
        let mut grid = Grid::new();
        let note = self.header(Header::BalanceNote.name(), before, 3);
        let applicants = self.header(Header::Applicants.name(), if wide { 6 } else { 7 }, 1);
        let total = self.header(columns[6].name(), 1, if wide { 3 } else { 2 });
        let persons = self.header(columns[0].name(), 1, 2);
        let organisations = self.header(Header::Organisations.name(), 5, 1);
        let mut first = vec![note, applicants];
        let mut second = vec![persons, organisations];
        if wide {
            first.push(total)
        } else {
            second.push(total)
        }
        grid.extend([first, second]);
        let third = columns[1..6].iter().map(|column| self.header(column.name(), 1, 1)).collect();
        grid.push(third);
        let rows = self.present(kind);
        let mut open: Vec<Group> = Vec::new();
        for row in &rows {
            let name = spec.rows[*row].row;
            let groups = name.groups();
            let width = if matches!(name, Row::Received | Row::CarriedIn) { before } else { after };
            let mut cells = Vec::new();
            for (depth, group) in groups.iter().enumerate() {
                if open.get(depth) == Some(group) {
                    continue;
                }
                let down = rows.iter().filter(|row| spec.rows[**row].row.groups().contains(group)).count();
                cells.push(self.label(Role::Header, group.name(), 1, down));
            }
            open = groups.to_vec();
            cells.push(self.label(Role::Label(*row), spec.rows[*row].label, width - groups.len(), 1));
            cells.extend(self.figures(kind, *row));
            grid.push(cells);
        }
        grid
    }

    fn review(&mut self) -> Grid {
        let kind = TableKind::Review;
        let mut grid =
            vec![vec![self.header(Header::Review.name(), 5, 1), self.header(Header::Litigation.name(), 10, 1)]];
        let mut second: Vec<GridCell> = Outcome::ALL.iter().map(|outcome| self.header(outcome.name(), 1, 2)).collect();
        second.push(self.header(Header::DirectSuit.name(), 5, 1));
        second.push(self.header(Header::SuitAfterReview.name(), 5, 1));
        grid.push(second);
        let twice = Outcome::ALL.iter().chain(&Outcome::ALL);
        grid.push(twice.map(|outcome| self.header(outcome.name(), 1, 1)).collect());
        if !self.present(kind).is_empty() {
            grid.push(self.figures(kind, 0));
        }
        grid
    }
}

/// What is in every column of every row.
pub(super) fn expand(grid: &Grid) -> Vec<Vec<Slot<'_>>> {
    // For each column: how many rows more a cell above reaches down, and whether this is its first column.
    let mut above: Vec<(usize, bool)> = Vec::new();
    let mut rows = Vec::new();
    for cells in grid {
        let mut slots = Vec::new();
        let mut cells = cells.iter().peekable();
        loop {
            let column = slots.len();
            if let Some((reach, first)) = above.get_mut(column)
                && *reach > 0
            {
                *reach -= 1;
                slots.push(if *first { Slot::Down } else { Slot::DownAcross });
                continue;
            }
            let Some(cell) = cells.next() else { break };
            for across in 0..cell.across {
                let column = column + across;
                if above.len() <= column {
                    above.resize(column + 1, (0, true));
                }
                above[column] = (cell.down - 1, across == 0);
                slots.push(if across == 0 { Slot::Starts(cell) } else { Slot::Across });
            }
        }
        rows.push(slots);
    }
    rows
}
