//! How a report looks: its tables as grids with merged cells, and each layout as a way to write a grid down.

use super::{Model, Place, Rng};
use gongkai::statute::{CellRef, Column, Edition, Group, Header, Outcome, Row, Section, TableKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// The ways of writing a table down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One cell a line behind a tab, an empty line ends a row; what a merged cell covers downwards is a blank cell.
    CellLines,
    /// One cell a line before a pipe; what merged cells cover is left out and made up for by pipes at the row's end.
    PipedLines,
    /// The same with a row on a line.
    Pipes,
    /// Pipes at both ends of the row too, and a cell for each column: blank where merged.
    BorderedPipes,
    /// Tabs, a cell for each column, blank where merged.
    Tabs,
    /// Tabs; the header is narrower than the rows behind it, as a page break leaves it.
    WideTabs,
    /// A Markdown table.
    Markdown,
    /// HTML as a site publishes it, with the page around the report.
    Html,
    /// HTML as a word processor exports it: words and figures cut up by tags, characters as references.
    WordHtml,
    /// Text out of a PDF: spaces between cells, labels broken over lines, page numbers between rows.
    Spaced,
}

impl Layout {
    /// Layouts in which no cell has a place of its own in the text that could be dropped or left blank byte for byte.
    pub(crate) const PUBLISHED: [Layout; 3] = [Layout::Html, Layout::WordHtml, Layout::Spaced];

    pub(crate) fn is_html(self) -> bool {
        matches!(self, Layout::Html | Layout::WordHtml)
    }

    pub(crate) const ALL: [Layout; 7] = [
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

    fn draw(self, rng: &mut Rng) -> bool {
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
    /// A space behind the number of a label, or two inside `第二十条第（一）项`.
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
    /// Paragraphs behind two ideographic spaces.
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

/// Where a figure stands in the text.
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

/// Where the heading of a section stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeadingPlace {
    /// Its line, with the line end.
    pub(crate) line: Range<usize>,
    /// The numeral.
    pub(crate) numeral: Range<usize>,
    /// The numeral and the `、` behind it.
    pub(crate) ordinal: Range<usize>,
}

/// A text, and where its parts stand in it.
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

/// What a cell of a grid is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Header,
    Label(usize),
    Figure(CellRef),
}

#[derive(Clone, Debug)]
struct GridCell {
    role: Role,
    text: String,
    across: usize,
    down: usize,
}

/// A grid's rows; each may have a width of its own.
type Grid = Vec<Vec<GridCell>>;

/// What stands in one column of one row.
enum Slot<'a> {
    Starts(&'a GridCell),
    /// Covered by the cell to the left.
    Across,
    /// The first column that a cell above covers.
    Down,
    /// Another one of them.
    DownAcross,
}

/// The text of `model` in `style`.
pub(crate) fn render(model: &Model, style: &Style) -> Rendered {
    render_without(model, style, None)
}

/// The same with a row left out.
pub(crate) fn render_without(model: &Model, style: &Style, missing: Option<(TableKind, usize)>) -> Rendered {
    Writer {
        model,
        style,
        missing,
        rng: Rng::new(style.seed),
        end: if style.crlf { "\r\n" } else { "\n" },
        out: Rendered::default(),
    }
    .report()
}

struct Writer<'a> {
    model: &'a Model,
    style: &'a Style,
    missing: Option<(TableKind, usize)>,
    rng: Rng,
    end: &'static str,
    out: Rendered,
}

impl Writer<'_> {
    fn report(mut self) -> Rendered {
        let (model, markdown) = (self.model, self.style.layout == Layout::Markdown);
        if self.style.preceded {
            let before = if self.rng.one_in(2) { "\u{feff}".to_owned() } else { self.end.repeat(2) };
            self.push(&before);
        }
        if self.style.layout.is_html() {
            self.page_head();
            self.push("<h1>");
            self.words(&model.title());
            self.push("</h1>");
        } else {
            self.push(if markdown { "# " } else { "" });
            self.push(&self.model.title());
        }
        self.line_end();
        self.paragraph_gap(true);
        for paragraph in &model.preamble {
            self.paragraph(paragraph);
        }
        for section in Section::ALL {
            self.heading(section);
            for paragraph in &model.sections[section as usize] {
                self.paragraph(paragraph);
            }
            if let Some(kind) = TableKind::ALL.into_iter().find(|kind| kind.section() == section) {
                self.table(kind);
            }
        }
        for line in &model.closing {
            self.paragraph_gap(false);
            if self.style.layout.is_html() {
                self.push("<p align=\"right\">");
                self.words(line);
                self.push("</p>");
            } else {
                self.push("\u{3000}\u{3000}\u{3000}\u{3000}");
                self.push(line);
            }
            self.line_end();
        }
        if self.style.layout.is_html() {
            self.push("</div><footer><p>2018 版权所有</p></footer></body></html>");
            self.line_end();
        }
        self.out
    }

    /// What a page has before the report.
    fn page_head(&mut self) {
        let lines = [
            "<!DOCTYPE html>",
            "<html><head><meta charset=\"utf-8\"><title>政府信息公开</title>",
            "<style>td > p { margin: 0 }</style><script>if (1 < 2) { document.write(\"<td>5</td>\"); }</script></head>",
            "<body><nav><a href=\"/\">首页</a><a href=\"/nb\">一、总体情况</a></nav>",
            "<table><tr><td>索引号</td><td>0123</td></tr><tr><td>名称</td><td>年报</td></tr></table>",
            "<!-- 正文 -->",
            "<div class=\"content\">",
        ];
        for line in lines {
            self.push(line);
            self.line_end();
        }
    }

    /// Words in HTML; cut up at any place and with references for characters where the layout does that.
    fn words(&mut self, text: &str) {
        if self.style.layout != Layout::WordHtml {
            self.push(text);
            return;
        }
        for (index, c) in text.chars().enumerate() {
            if index > 0 && self.rng.one_in(3) {
                let between = ["</span><span lang=\"EN-US\">", "</span><o:p></o:p><span>", "<b></b>", "<!-- x -->"];
                let between = *self.rng.pick::<&str>(&between);
                self.push(between);
            } else if index == 0 {
                self.push("<span>");
            }
            match c {
                '“' => self.push("&ldquo;"),
                '”' => self.push("&rdquo;"),
                '\u{a0}' => self.push("&nbsp;"),
                '\u{3000}' => self.push("&#12288;"),
                c => self.out.text.push(c),
            }
        }
        self.push(if text.is_empty() { "" } else { "</span>" });
    }

    fn push(&mut self, text: &str) {
        self.out.text.push_str(text);
    }

    fn at(&self) -> usize {
        self.out.text.len()
    }

    fn line_end(&mut self) {
        self.push(self.end);
    }

    fn paragraph_gap(&mut self, wanted: bool) {
        if wanted || self.style.airy || self.style.layout == Layout::Markdown {
            self.line_end();
        }
    }

    fn paragraph(&mut self, text: &str) {
        if self.style.layout.is_html() {
            self.push("<p>");
            self.words(&format!("{}{text}", if self.style.indented { "\u{3000}\u{3000}" } else { "" }));
            self.push("</p>");
            self.line_end();
            self.paragraph_gap(false);
            return;
        }
        if self.style.indented {
            self.push("\u{3000}\u{3000}");
        }
        self.push(text);
        self.line_end();
        self.paragraph_gap(false);
    }

    fn heading(&mut self, section: Section) {
        let start = self.at();
        if self.style.layout == Layout::Markdown {
            self.push("## ");
        }
        if self.style.layout.is_html() {
            self.push("<p><strong>");
        }
        let mut name = section.name().to_owned();
        let mut gap = "";
        if self.style.headings.draw(&mut self.rng) {
            match (self.rng.below(3), section) {
                (0, _) => gap = " ",
                // Names accepted in practice.
                (1, Section::Review) => name = "因政府信息公开工作被申请行政复议、提起行政诉讼情况".to_owned(),
                (1, Section::Problems) => name = "政府信息公开工作存在的主要问题及改进情况".to_owned(),
                _ => name = name.replace("情况", "情 况"),
            }
        }
        let heading = section.heading();
        let ordinal = heading.strip_suffix(section.name()).unwrap_or(&heading);
        let numeral = self.at()..self.at() + ordinal.trim_end_matches('、').len();
        let ordinal_span = self.at()..self.at() + ordinal.len();
        self.push(ordinal);
        self.push(gap);
        if self.style.layout.is_html() {
            self.words(&name);
            self.push("</strong></p>");
        } else {
            self.push(&name);
        }
        self.line_end();
        let line = start..self.at();
        self.out.headings.push(HeadingPlace { line, numeral, ordinal: ordinal_span });
        self.paragraph_gap(false);
    }

    fn table(&mut self, kind: TableKind) {
        let grid = match kind {
            TableKind::Disclosure => self.disclosure(),
            TableKind::Applications => self.applications(),
            TableKind::Review => self.review(),
        };
        let start = self.at();
        self.grid(kind, &grid);
        self.out.tables.push(start..self.at());
        if !matches!(self.style.layout, Layout::PipedLines | Layout::Pipes) || self.style.airy {
            self.line_end();
        }
    }

    /// A cell with a label as the style writes it.
    fn label(&mut self, role: Role, text: &str, across: usize, down: usize) -> GridCell {
        let mut text = text.to_owned();
        if self.style.half_width.draw(&mut self.rng) {
            text = text.replace('（', "(").replace('）', ")").replace('，', ", ").replace('：', ":");
        }
        if self.style.ideographic_comma.draw(&mut self.rng) && text.starts_with(|c: char| c.is_ascii_digit()) {
            text = text.replacen('.', "、", 1);
        }
        if self.style.straight_quotes.draw(&mut self.rng) {
            text = text.replace(['“', '”'], "\"");
        }
        if self.style.spaced.draw(&mut self.rng) {
            if text.starts_with(['（', '(']) && matches!(role, Role::Label(_)) {
                text = text.replacen('）', "） ", 1).replacen(')', ") ", 1);
            } else if text.starts_with('第') {
                text = text.replacen("条第", "条  第", 1);
            }
        }
        let wraps = role == Role::Header && text.chars().count() >= 4 && !text.starts_with(['（', '(', '第']);
        if wraps && self.style.wrapped.draw(&mut self.rng) {
            let at = text.char_indices().nth(2 + self.rng.below(2)).map_or(0, |(at, _)| at);
            text.insert_str(at, if self.style.layout == Layout::CellLines { self.end } else { " " });
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
        // Columns for labels: in the header and the rows before the page break, and behind it.
        let (before, behind) = if wide { (1, 6) } else { (3, 3) };
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
            let width = if matches!(name, Row::Received | Row::CarriedIn) { before } else { behind };
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

    /// Writes a grid down.
    fn grid(&mut self, kind: TableKind, grid: &Grid) {
        match self.style.layout {
            Layout::Html | Layout::WordHtml => return self.html_grid(kind, grid),
            Layout::Spaced => return self.spaced_grid(kind, grid),
            _ => {}
        }
        let rows = expand(grid);
        let widest = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let starts = |row: &Vec<Slot>| row.iter().filter(|slot| matches!(slot, Slot::Starts(_))).count();
        let longest = rows.iter().map(starts).max().unwrap_or_default();
        let filled = if self.style.filled { widest } else { longest };
        for (index, row) in rows.iter().enumerate() {
            let last = index + 1 == rows.len();
            let mut blanks = 0;
            let mut cells: Vec<Option<&GridCell>> = Vec::new();
            for slot in row {
                match (slot, self.style.layout) {
                    (Slot::Starts(cell), _) => cells.push(Some(*cell)),
                    (Slot::Down, Layout::CellLines) => cells.push(None),
                    (_, Layout::CellLines | Layout::PipedLines | Layout::Pipes) => {}
                    (Slot::Down, Layout::WideTabs) if self.style.shifted && row.len() > 8 && row.len() < 15 => {
                        blanks += 1
                    }
                    _ => cells.push(None),
                }
            }
            cells.extend(std::iter::repeat_n(None, blanks));
            match self.style.layout {
                Layout::CellLines => {
                    self.cells(kind, &cells, "\t", self.end, self.end);
                    self.line_end();
                }
                Layout::PipedLines | Layout::Pipes => {
                    let between = format!(" |{}", if self.style.layout == Layout::Pipes { " " } else { self.end });
                    let pads = if last { 0 } else { filled - cells.len() };
                    let pads = if pads > 0 { format!(" | {}", "|".repeat(pads)) } else { " |".to_owned() };
                    self.cells(kind, &cells, "", &between, &pads);
                    self.line_end();
                }
                Layout::Tabs | Layout::WideTabs => {
                    self.cells(kind, &cells, "", "\t", "");
                    self.line_end();
                }
                Layout::BorderedPipes | Layout::Markdown => {
                    self.push("|");
                    self.cells(kind, &cells, " ", " |", " |");
                    self.line_end();
                    if index == 0 && self.style.layout == Layout::Markdown {
                        let rule = format!("|{}", "---|".repeat(widest));
                        self.push(&rule);
                        self.line_end();
                    }
                }
                Layout::Html | Layout::WordHtml | Layout::Spaced => {}
            }
        }
    }

    fn html_grid(&mut self, kind: TableKind, grid: &Grid) {
        self.push("<table border=\"1\"><tbody>");
        self.line_end();
        for row in grid {
            self.push("<tr>");
            let mut previous: Option<Place> = None;
            for cell in row {
                let start = self.at();
                if let Some(place) = previous.take().and_then(|place| self.out.cells.get_mut(&place)) {
                    place.next = Some(start);
                }
                let mut open = "<td".to_owned();
                for (name, reach) in [("rowspan", cell.down), ("colspan", cell.across)] {
                    if reach > 1 {
                        open.push_str(&format!(" {name}=\"{reach}\""));
                    }
                }
                self.push(&open);
                let paragraph = self.style.layout == Layout::WordHtml || self.style.airy;
                self.push(if paragraph { "><p>" } else { ">" });
                let figure = matches!(cell.role, Role::Figure(_));
                let (left, right) = if figure { self.padding() } else { ("", "") };
                let content = self.at();
                self.push(left);
                let before = self.at();
                self.words(&cell.text);
                let after = self.at();
                // The outermost tags are not the figure's.
                let written = &self.out.text[before..after];
                let inner_start = before + if written.starts_with("<span>") { "<span>".len() } else { 0 };
                let inner_end = after - if written.ends_with("</span>") { "</span>".len() } else { 0 };
                self.push(right);
                let content = content..self.at();
                self.push(if paragraph { "</p></td>" } else { "</td>" });
                match cell.role {
                    Role::Header => {}
                    Role::Label(row) => {
                        self.out.labels.insert((kind, row), inner_start..inner_end);
                    }
                    Role::Figure(cell) => {
                        let place = Place { table: kind, cell };
                        let figure = inner_start..inner_end;
                        self.out.cells.insert(place, CellPlace { figure, content, start, next: None });
                        previous = Some(place);
                    }
                }
            }
            self.push("</tr>");
            self.line_end();
        }
        self.push("</tbody></table>");
    }

    fn spaced_grid(&mut self, kind: TableKind, grid: &Grid) {
        let broken = self.style.wrapped;
        let mut page = 3;
        for row in grid {
            let figures = row.iter().filter(|cell| matches!(cell.role, Role::Figure(_))).count();
            // What is left of a long label for the line below its figures.
            let mut rest = String::new();
            for (index, cell) in row.iter().enumerate() {
                if index > 0 && !self.out.text.ends_with('\n') {
                    self.push(" ");
                }
                match cell.role {
                    Role::Header if figures > 0 && cell.down > 1 && broken.draw(&mut self.rng) => {
                        // A group's label has a line of its own, above.
                        let text = cell.text.clone();
                        self.push(&text);
                        self.line_end();
                    }
                    Role::Header => {
                        let text = cell.text.clone();
                        self.push(&text);
                    }
                    Role::Label(row) => {
                        let start = self.at();
                        let length = cell.text.chars().count();
                        if length > 14 && broken.draw(&mut self.rng) {
                            let cut = |count: usize| cell.text.char_indices().nth(count).map_or(0, |(at, _)| at);
                            let (first, second) = (cut(length / 2), cut(length - 3));
                            let (head, middle, tail) =
                                (&cell.text[..first], &cell.text[first..second], &cell.text[second..]);
                            self.push(head);
                            self.line_end();
                            match self.rng.below(3) {
                                0 => {
                                    self.push(middle);
                                    rest = tail.to_owned();
                                }
                                1 => rest = format!("{middle}{tail}"),
                                _ => {
                                    self.push(middle);
                                    self.push(tail);
                                }
                            }
                        } else {
                            let text = cell.text.clone();
                            self.push(&text);
                        }
                        self.out.labels.insert((kind, row), start..self.at());
                    }
                    Role::Figure(cell_ref) => {
                        let start = self.at();
                        self.push(&cell.text);
                        let figure = start..self.at();
                        let place = Place { table: kind, cell: cell_ref };
                        self.out
                            .cells
                            .insert(place, CellPlace { figure: figure.clone(), content: figure, start, next: None });
                    }
                }
            }
            self.line_end();
            if !rest.is_empty() {
                self.push(&rest);
                self.line_end();
            }
            if figures > 0 && self.rng.one_in(12) {
                page += 1;
                let number = format!("- {page} -");
                self.push(&number);
                self.line_end();
                self.line_end();
            }
        }
    }

    /// The cells of a row, each between `before` and `behind`, the last one before `end`.
    fn cells(&mut self, kind: TableKind, cells: &[Option<&GridCell>], before: &str, behind: &str, end: &str) {
        let mut previous: Option<Place> = None;
        for (index, cell) in cells.iter().enumerate() {
            let start = self.at();
            if let Some(place) = previous.take().and_then(|place| self.out.cells.get_mut(&place)) {
                place.next = Some(start);
            }
            self.push(before);
            if let Some(cell) = cell {
                let figure = matches!(cell.role, Role::Figure(_));
                let (left, right) = if figure { self.padding() } else { ("", "") };
                let content = self.at();
                self.push(left);
                let inner = self.at();
                self.push(&cell.text);
                let inner = inner..self.at();
                self.push(right);
                match cell.role {
                    Role::Header => {}
                    Role::Label(row) => {
                        self.out.labels.insert((kind, row), inner);
                    }
                    Role::Figure(cell) => {
                        let place = Place { table: kind, cell };
                        let content = content..self.at();
                        self.out.cells.insert(place, CellPlace { figure: inner, content, start, next: None });
                        previous = Some(place);
                    }
                }
            }
            self.push(if index + 1 == cells.len() { end } else { behind });
        }
    }

    /// White space to the left and to the right of a figure.
    fn padding(&mut self) -> (&'static str, &'static str) {
        const SPACES: [&str; 6] = ["", " ", "\u{a0}", "\u{3000}", "\u{3000}\u{3000}", "\u{a0} "];
        if !self.style.padded.draw(&mut self.rng) {
            return ("", "");
        }
        (*self.rng.pick::<&str>(&SPACES), *self.rng.pick::<&str>(&SPACES))
    }
}

/// What stands in every column of every row.
fn expand(grid: &Grid) -> Vec<Vec<Slot<'_>>> {
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
