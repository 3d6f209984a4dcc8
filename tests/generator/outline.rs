//! A report as a list of lines, whatever the layout: to be read, to be changed line by line, to be written in every layout.
//!
//! A row of a table is its cells between pipes; what merged cells cover is left out. Which cells are merged is taken from
//! the row of the model's table that the line is or represents.

use super::grid::{Grid, GridCell, Grids, Role};
use super::{Layout, Model, Rng, Style, writer};

use gongkai::statute::{CellRef, Section, TableKind};

/// What a line is. A row is that of the grid of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Title,
    Heading,
    Paragraph,
    Signature,
    Comment,
    Row(TableKind, usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) part: Part,
    pub(crate) text: String,
}

impl Line {
    /// The line as it is written in a list of lines.
    pub(crate) fn written(&self) -> String {
        let before = match self.part {
            Part::Title => "# ",
            Part::Heading => "## ",
            Part::Signature => "> ",
            Part::Paragraph | Part::Comment | Part::Row(..) => "",
        };
        format!("{before}{}", self.text)
    }

    /// The line that is `written` so, beside or instead of another one.
    pub(crate) fn read(written: &str, beside: Option<Part>) -> Line {
        let (part, text) = if let Some(text) = written.strip_prefix("# ") {
            (Part::Title, text)
        } else if let Some(text) = written.strip_prefix("## ") {
            (Part::Heading, text)
        } else if let Some(text) = written.strip_prefix("> ") {
            (Part::Signature, text)
        } else if unmarked(written).starts_with("<!--") {
            (Part::Comment, written)
        } else {
            match beside {
                Some(row @ Part::Row(..)) if written.contains('|') => (row, written),
                _ => (Part::Paragraph, written),
            }
        };
        Line { part, text: text.to_owned() }
    }
}

/// The lines of `model`.
pub(crate) fn outline(model: &Model) -> Vec<Line> {
    let style = Style::plain(Layout::Pipes);
    let line = |part: Part, text: &str| Line { part, text: text.to_owned() };
    let mut lines = vec![line(Part::Title, &model.title())];
    lines.extend(model.preamble.iter().map(|text| line(Part::Paragraph, text)));
    for section in Section::ALL {
        lines.push(line(Part::Heading, &section.heading()));
        lines.extend(model.sections[section as usize].iter().map(|text| line(Part::Paragraph, text)));
        for kind in TableKind::ALL.into_iter().filter(|kind| kind.section() == section) {
            let grid = Grids { model, style: &style, missing: None, rng: &mut Rng::new(0), end: "\n" }.table(kind);
            lines.extend(grid.iter().enumerate().map(|(index, row)| {
                let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                let end = if cells.len() == 1 { " |" } else { "" };
                line(Part::Row(kind, index), &format!("{}{end}", cells.join(" | ")))
            }));
        }
    }
    lines.extend(model.closing.iter().map(|text| line(Part::Signature, text)));
    lines
}

/// The model whose lines are those of `text`.
pub(crate) fn model(text: &str) -> Model {
    let mut model = Model::empty();
    let mut section: Option<usize> = None;
    for written in text.lines() {
        // Which row it is does not matter here.
        let line = Line::read(written, Some(Part::Row(TableKind::Disclosure, 0)));
        match (line.part, section) {
            (Part::Title, _) => model.entitle(&line.text),
            (Part::Heading, _) => section = Some(section.map_or(0, |section| section + 1)),
            (Part::Signature, _) => model.closing.push(line.text),
            (Part::Row(..), Some(section)) => {
                let cells = cells(&line.text);
                let kind = TableKind::ALL.into_iter().find(|kind| kind.section() as usize == section);
                let kind = kind.expect("a table stands in 二, 三 or 四");
                let rows = model.figures[kind as usize].len();
                let is_figure = |cell: &&str| cell.parse::<f64>().is_ok();
                if cells.last().is_some_and(is_figure) {
                    let count = model.spec(kind).rows[rows].columns.len();
                    let figures = &cells[cells.len() - count..];
                    model.figures[kind as usize].push(figures.iter().map(|&figure| figure.to_owned()).collect());
                }
            }
            (_, Some(section)) => model.sections[section].push(line.text),
            (_, None) => model.preamble.push(line.text),
        }
    }
    model
}

/// The report for `model` in `style` as `lines` have it, which tell what is other than in the model.
pub(crate) fn render(model: &Model, style: &Style, lines: &[Line]) -> String {
    writer::outline(model, style, lines)
}

/// The cells of a row.
pub(crate) fn cells(row: &str) -> Vec<&str> {
    let row = row.strip_suffix('|').unwrap_or(row);
    row.split('|').map(|cell| cell.trim_matches(' ')).collect()
}

/// The table at the start of `lines`, with the merged cells of `full`; the comments in it, each with the row that it
/// is before; and how many lines these are.
pub(super) fn table(full: &Grid, kind: TableKind, lines: &[Line]) -> (Grid, Vec<(usize, String)>, usize) {
    let of_table = |line: &&Line| matches!(line.part, Part::Row(other, _) if other == kind);
    let inside = lines.iter().take_while(|line| of_table(line) || line.part == Part::Comment);
    let (mut rows, mut comments, mut count) = (Vec::new(), Vec::new(), 0);
    for (index, line) in inside.enumerate() {
        match line.part {
            Part::Row(_, origin) => {
                rows.push((origin, cells(&line.text)));
                count = index + 1;
            }
            _ => comments.push((rows.len(), line.text.clone())),
        }
    }
    comments.retain(|(before, _)| *before < rows.len());
    let origins: Vec<usize> = rows.iter().map(|(origin, _)| *origin).collect();
    let grid = rows.iter().enumerate().map(|(at, (origin, cells))| row(full, *origin, cells, &origins[at..])).collect();
    (grid, comments, count)
}

fn unmarked(text: &str) -> String {
    text.replace(['⟦', '⟧'], "")
}

/// A row with `cells`, merged as those of the row `origin` of `full`; `origins` are those of this row and the ones below.
fn row(full: &Grid, origin: usize, cells: &[&str], origins: &[usize]) -> Vec<GridCell> {
    let down = |first: usize, reach: usize| {
        origins.iter().take_while(|origin| (first..first + reach).contains(*origin)).count().max(1)
    };
    let has_figures = full[origin].iter().any(|cell| matches!(cell.role, Role::Figure(_)));
    let is_group = |cell: &GridCell| has_figures && cell.role == Role::Header && cell.down > 1;
    let whole = cells.len() == full[origin].len();
    let mut own = full[origin].iter().filter(|cell| whole || !is_group(cell)).peekable();
    let mut row: Vec<GridCell> = Vec::new();
    for (index, text) in cells.iter().enumerate() {
        // A group that starts here only because the row in which it did is gone, or that has no rows of its own.
        let named = |cell: &&GridCell| is_group(cell) && unmarked(text) == cell.text;
        let group = full.iter().enumerate().find_map(|(first, cells)| {
            let group = cells.iter().find(named)?;
            (first..first + group.down).contains(&origin).then_some((first, group))
        });
        let is_row = cells.get(index + 1).is_some_and(|next| unmarked(next).parse::<f64>().is_ok());
        let (like, reach) = match group.filter(|_| !whole) {
            Some((_, group)) if is_row => {
                let label = own.next_if(|cell| !matches!(cell.role, Role::Figure(_)));
                let across = group.across + label.map_or(0, |label| label.across);
                (GridCell { role: label.map_or(group.role, |label| label.role), across, ..group.clone() }, 1)
            }
            Some((first, group)) => (group.clone(), down(first, group.down)),
            None => match own.next() {
                Some(cell) => (cell.clone(), if cell.down > 1 { down(origin, cell.down) } else { 1 }),
                None => {
                    let figure = Role::Figure(CellRef { row: origin, column: index });
                    let role = if has_figures { figure } else { Role::Header };
                    (GridCell { role, text: String::new(), across: 1, down: 1 }, 1)
                }
            },
        };
        row.push(GridCell { text: (*text).to_owned(), down: reach, ..like });
    }
    row
}
