//! Writing a report down: each layout as a way to write paragraphs, headings and grids.

use super::grid::{Grid, GridCell, Grids, Role, Slot, expand};
use super::layout::{CellPlace, HeadingPlace, Rendered};
use super::outline::{self, Line, Part};
use super::{Layout, Model, Place, Rng, Style};
use gongkai::statute::{Section, TableKind};

/// The text of `model` in `style`.
pub(crate) fn render(model: &Model, style: &Style) -> Rendered {
    render_without(model, style, None)
}

/// The same with a row left out.
pub(crate) fn render_without(model: &Model, style: &Style, missing: Option<(TableKind, usize)>) -> Rendered {
    Writer::new(model, style, missing).report()
}

/// The report for `model` in `style` as `lines` have it, which tell what is other than in the model.
pub(super) fn outline(model: &Model, style: &Style, lines: &[Line]) -> String {
    Writer::new(model, style, None).outline(lines)
}

pub(super) struct Writer<'a> {
    model: &'a Model,
    pub(super) style: &'a Style,
    missing: Option<(TableKind, usize)>,
    pub(super) rng: Rng,
    pub(super) end: &'static str,
    pub(super) out: Rendered,
    /// Comments in the table that is being written, each with the row that it is before.
    comments: Vec<(usize, String)>,
}

impl<'a> Writer<'a> {
    fn new(model: &'a Model, style: &'a Style, missing: Option<(TableKind, usize)>) -> Writer<'a> {
        Writer {
            model,
            style,
            missing,
            rng: Rng::new(style.seed),
            end: if style.crlf { "\r\n" } else { "\n" },
            out: Rendered::default(),
            comments: Vec::new(),
        }
    }

    fn report(mut self) -> Rendered {
        let model = self.model;
        self.start();
        self.title(&model.title());
        for paragraph in &model.preamble {
            self.paragraph(paragraph);
        }
        for section in Section::ALL {
            self.section(section);
            for paragraph in &model.sections[section as usize] {
                self.paragraph(paragraph);
            }
            if let Some(kind) = TableKind::ALL.into_iter().find(|kind| kind.section() == section) {
                let grid = self.grids().table(kind);
                self.table(kind, &grid);
            }
        }
        for line in &model.closing {
            self.signature(line);
        }
        self.finish()
    }

    /// The report as `lines` have it, whatever the model says.
    fn outline(mut self, lines: &[Line]) -> String {
        self.start();
        let mut rest = lines;
        while let Some(line) = rest.first() {
            let mut read = 1;
            match line.part {
                Part::Title => self.title(&line.text),
                Part::Heading => self.heading(&line.text),
                Part::Paragraph => self.paragraph(&line.text),
                Part::Signature => self.signature(&line.text),
                Part::Comment => {
                    self.push(&line.text);
                    self.line_end();
                }
                Part::Row(kind, _) => {
                    let full = self.grids().table(kind);
                    let (grid, comments, count) = outline::table(&full, kind, rest);
                    (self.comments, read) = (comments, count);
                    self.table(kind, &grid);
                }
            }
            rest = &rest[read..];
        }
        self.finish().text
    }

    fn grids(&mut self) -> Grids<'_> {
        let Writer { model, style, missing, end, .. } = *self;
        Grids { model, style, missing, rng: &mut self.rng, end }
    }

    /// What is before the report.
    fn start(&mut self) {
        if self.style.preceded {
            let before = if self.rng.one_in(2) { "\u{feff}".to_owned() } else { self.end.repeat(2) };
            self.push(&before);
        }
        if self.style.layout.is_html() {
            self.page_head();
        }
    }

    /// What is after it.
    fn finish(mut self) -> Rendered {
        if self.style.layout == Layout::Page {
            self.push("</div><div class=\"share\"><p>分享到：</p><p>打印</p></div></div>");
            self.push("<div class=\"bottom\"><p>主办单位：云岭市数据局</p><p>2019年6月1日上线</p>");
        }
        if self.style.layout.is_html() {
            self.push("</div><footer><p>2018 版权所有</p></footer></body></html>");
            self.line_end();
        }
        self.out
    }

    fn title(&mut self, text: &str) {
        if self.style.layout.is_html() {
            self.push("<h1>");
            self.words(text);
            self.push("</h1>");
        } else {
            self.heading_text("# ", text);
        }
        self.line_end();
        self.paragraph_gap(true);
    }

    /// The words of a heading, after `mark` in Markdown: what is marked as a whole has it inside.
    fn heading_text(&mut self, mark: &str, text: &str) {
        let mark = if self.style.layout == Layout::Markdown { mark } else { "" };
        match text.strip_prefix('⟦').filter(|rest| rest.find('⟧') == Some(rest.len() - '⟧'.len_utf8())) {
            Some(rest) => self.push(&format!("⟦{mark}{rest}")),
            None => self.push(&format!("{mark}{text}")),
        }
    }

    /// A line of who signs, and when.
    fn signature(&mut self, text: &str) {
        self.paragraph_gap(false);
        if self.style.layout.is_html() {
            self.push("<p align=\"right\">");
            self.words(text);
            self.push("</p>");
        } else {
            self.push("\u{3000}\u{3000}\u{3000}\u{3000}");
            self.push(text);
        }
        self.line_end();
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
        if self.style.layout == Layout::Page {
            // The site's own title, which is not the report's.
            let title = self.model.title().replace("年政府信息公开工作", "年度政府信息公开工作");
            let head = format!(
                "<div class=\"title\">{title}</div><p>发布时间：2019-05-01 来源：云岭市数据局</p><div class=\"article\">"
            );
            self.push(&head);
            self.line_end();
        }
    }

    /// Words in HTML; cut up at any place and with references for characters where the layout does that.
    fn words(&mut self, text: &str) {
        if self.style.layout != Layout::WordHtml {
            self.push(text);
            return;
        }
        let mut marked = false;
        for (index, c) in text.chars().enumerate() {
            // What is marked starts and ends with words, not with a tag.
            let beside = std::mem::replace(&mut marked, c == '⟦') || c == '⟧';
            if index > 0 && self.rng.one_in(3) && !beside {
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

    pub(super) fn push(&mut self, text: &str) {
        self.out.text.push_str(text);
    }

    pub(super) fn at(&self) -> usize {
        self.out.text.len()
    }

    pub(super) fn line_end(&mut self) {
        self.push(self.end);
    }

    fn paragraph_gap(&mut self, wanted: bool) {
        let markdown =
            matches!(self.style.layout, Layout::Markdown | Layout::Repeated | Layout::TornMarkdown | Layout::Drawn);
        if wanted || self.style.airy || markdown {
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

    /// The heading of a section as the style writes it.
    fn section(&mut self, section: Section) {
        let start = self.at();
        if self.style.layout == Layout::Markdown {
            self.push("## ");
        }
        if self.style.layout == Layout::Drawn {
            self.push("__");
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
        let mut heading = section.heading();
        if self.style.layout == Layout::Repeated {
            heading = format!("{}.  {}", section.number(), section.name());
        }
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
            self.push(if self.style.layout == Layout::Drawn { "__" } else { "" });
        }
        self.line_end();
        let line = start..self.at();
        self.out.headings.push(HeadingPlace { line, numeral, ordinal: ordinal_span });
        self.paragraph_gap(false);
    }

    /// A heading as it is.
    fn heading(&mut self, text: &str) {
        if self.style.layout.is_html() {
            self.push("<p><strong>");
            self.words(text);
            self.push("</strong></p>");
        } else {
            self.heading_text("## ", text);
        }
        self.line_end();
        self.paragraph_gap(false);
    }

    fn table(&mut self, kind: TableKind, grid: &Grid) {
        let start = self.at();
        self.grid(kind, grid);
        self.out.tables.push(start..self.at());
        if !matches!(self.style.layout, Layout::PipedLines | Layout::Pipes) || self.style.airy {
            self.line_end();
        }
    }

    /// Writes a grid down.
    fn grid(&mut self, kind: TableKind, grid: &Grid) {
        match self.style.layout {
            Layout::Html | Layout::WordHtml | Layout::Page => return self.html_grid(kind, grid),
            Layout::Repeated | Layout::TornMarkdown | Layout::Drawn => return self.markdown_grid(kind, grid),
            Layout::Spaced => return self.spaced_grid(kind, grid),
            Layout::BareLines | Layout::AiryLines | Layout::LateLabels => return self.bare_grid(kind, grid),
            Layout::TopAligned | Layout::TornFigures => return self.column_grid(kind, grid),
            _ => {}
        }
        let rows = expand(grid);
        let widest = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let starts = |row: &Vec<Slot>| row.iter().filter(|slot| matches!(slot, Slot::Starts(_))).count();
        let longest = rows.iter().map(starts).max().unwrap_or_default();
        let filled = if self.style.filled { widest } else { longest };
        for (index, row) in rows.iter().enumerate() {
            self.comments_before(index);
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
                Layout::Tabs | Layout::WideTabs | Layout::TabsOverLines => {
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
                Layout::Html
                | Layout::WordHtml
                | Layout::Spaced
                | Layout::Repeated
                | Layout::TornMarkdown
                | Layout::Drawn
                | Layout::Page
                | Layout::BareLines
                | Layout::AiryLines
                | Layout::LateLabels
                | Layout::TopAligned
                | Layout::TornFigures => {}
            }
        }
    }

    fn html_grid(&mut self, kind: TableKind, grid: &Grid) {
        self.push("<table border=\"1\"><tbody>");
        self.line_end();
        for (index, row) in grid.iter().enumerate() {
            self.comments_before(index);
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
            let mut previous: Option<Place> = None;
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
                        if let Some(place) = previous.take().and_then(|place| self.out.cells.get_mut(&place)) {
                            place.next = Some(start);
                        }
                        self.push(&cell.text);
                        let figure = start..self.at();
                        let place = Place { table: kind, cell: cell_ref };
                        self.out
                            .cells
                            .insert(place, CellPlace { figure: figure.clone(), content: figure, start, next: None });
                        previous = Some(place);
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

    fn comments_before(&mut self, row: usize) {
        for (_, comment) in self.comments.extract_if(.., |(before, _)| *before == row).collect::<Vec<_>>() {
            self.push(&comment);
            self.line_end();
        }
    }

    /// The cells of a row, each between `before` and `behind`, the last one before `end`.
    fn cells(&mut self, kind: TableKind, cells: &[Option<&GridCell>], before: &str, following: &str, end: &str) {
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
            self.push(if index + 1 == cells.len() { end } else { following });
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
