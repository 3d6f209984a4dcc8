//! Tables and lines of a web page as they are in its source, for edits that add rows and lines to it.

use super::grid::{CellPlace, Rows};
use super::hidden::tags;
use super::markup::{Tag, TagKind, TagRole};
use super::page_elements::attribute;
use super::view::DecodedText;
use crate::text::{Span, TextEdit};
use std::cell::Cell;

/// A table with its tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceTable {
    /// From its start tag to its end tag.
    pub(crate) span: Span,
    /// Its start tag.
    pub(crate) tag: Span,
    /// Its rows, in the order of the source.
    pub(crate) rows: Vec<SourceRow>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceRow {
    /// From its start tag to its end tag, or to the next row.
    pub(crate) span: Span,
    /// Its start tag, if it has one.
    pub(crate) tag: Option<Span>,
    /// The cells that start in it.
    pub(crate) cells: Vec<SourceCell>,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SourceCell {
    /// Its start tag.
    pub(crate) tag: Span,
    /// What is in it, with the tags.
    pub(crate) content: Span,
    /// Where it is in the grid.
    pub(crate) place: CellPlace,
    /// The number of rows in its tag.
    pub(crate) down: usize,
}

impl SourceTable {
    /// The row and the cell whose content contains `at`.
    pub(crate) fn cell_at(&self, at: usize) -> Option<(&SourceRow, &SourceCell)> {
        let is_there = |cell: &&SourceCell| cell.content.start <= at && at <= cell.content.end;
        self.rows.iter().find_map(|row| Some((row, row.cells.iter().find(is_there)?)))
    }

    /// Its cells, in the order of the source.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &SourceCell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }
}

/// A table that is still open.
struct UnclosedTable {
    tag: Span,
    rows: Vec<SourceRow>,
    /// Whether the last row, and the last cell in it, is still open.
    row: bool,
    cell: bool,
    grid: Rows,
}

impl UnclosedTable {
    fn end_cell(&mut self, at: usize) {
        if std::mem::take(&mut self.cell)
            && let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut())
        {
            cell.content.end = at;
        }
    }

    fn end_row(&mut self, at: usize) {
        if std::mem::take(&mut self.row)
            && let Some(row) = self.rows.last_mut()
        {
            row.span.end = at;
        }
    }

    fn start_row(&mut self, at: usize, tag: Option<Span>) {
        self.rows.push(SourceRow { span: Span::at(at), tag, cells: Vec::new() });
        self.row = true;
    }

    fn tag(&mut self, tag: &Tag) {
        let starts = tag.kind == TagKind::Start;
        self.grid.tag(tag, starts);
        let Span { start, end } = tag.span;
        match tag.name.as_str() {
            "tr" => {
                self.end_cell(start);
                self.end_row(if starts { start } else { end });
                if starts {
                    self.start_row(start, Some(tag.span));
                }
            }
            "thead" | "tbody" | "tfoot" => {
                self.end_cell(start);
                self.end_row(start);
            }
            "td" | "th" => {
                self.end_cell(start);
                if starts {
                    if !self.row {
                        self.start_row(start, None);
                    }
                    let place = CellPlace { row: 0, column: 0, across: 1, down: 1 };
                    let down = tag.attributes.down.unwrap_or(1);
                    let cell = SourceCell { tag: tag.span, content: Span::at(end), place, down };
                    if let Some(row) = self.rows.last_mut() {
                        row.cells.push(cell);
                    }
                    self.cell = true;
                }
            }
            _ => {}
        }
    }

    fn close(mut self, end: &Tag) -> SourceTable {
        self.end_cell(end.span.start);
        self.end_row(end.span.start);
        let places = self.grid.form();
        for (cell, place) in self.rows.iter_mut().flat_map(|row| &mut row.cells).zip(places) {
            cell.place = place;
        }
        SourceTable { span: Span::new(self.tag.start, end.span.end), tag: self.tag, rows: self.rows }
    }
}

/// The innermost table of several cells around `at` in `source`.
pub(crate) fn table_around(source: &str, at: usize) -> Option<SourceTable> {
    let seen = Cell::new(0);
    let mut open: Vec<UnclosedTable> = Vec::new();
    for tag in tags(source, 0, &seen) {
        if tag.kind == TagKind::Comment {
            continue;
        }
        if tag.starts("table") {
            if tag.span.start > at && open.is_empty() {
                return None;
            }
            open.push(UnclosedTable {
                tag: tag.span,
                rows: Vec::new(),
                row: false,
                cell: false,
                grid: Rows::default(),
            });
        } else if tag.ends("table") {
            let table = open.pop().map(|table| table.close(&tag));
            let is_it =
                |table: &SourceTable| table.span.start <= at && at < table.span.end && table.cells().nth(1).is_some();
            if let Some(table) = table.filter(is_it) {
                return Some(table);
            }
        } else if let Some(table) = open.last_mut() {
            table.tag(&tag);
        }
    }
    None
}

/// How a line of words is set off from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceLine {
    /// It is all that an element says: from the start tag to the end tag, or to the next element.
    Element {
        /// All of it.
        span: Span,
        /// Its start tag.
        tag: Span,
    },
    /// It is set off by `<br>` inside an element.
    Broken,
    /// It is in no element, as a line of Markdown beside HTML.
    Plain,
    /// It has no form that a new line could have.
    Other,
}

/// Elements that hold a single line of words.
const LINES: [&str; 11] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "center", "li", "blockquote"];

fn is_blank(source: &str) -> bool {
    DecodedText::of(source, 0).text().chars().all(char::is_whitespace)
}

/// The form of the line whose words are `words`.
pub(crate) fn line_around(source: &str, words: Span) -> SourceLine {
    let seen = Cell::new(0);
    // The elements that are open, and whether one of them has said something.
    let mut open: Vec<(Tag, bool)> = Vec::new();
    let mut at = 0;
    let mut tags = tags(source, 0, &seen).peekable();
    while let Some(tag) = tags.next_if(|tag| tag.span.start < words.start) {
        if !is_blank(source.get(at..tag.span.start).unwrap_or_default()) {
            open.iter_mut().for_each(|(_, says)| *says = true);
        }
        at = tag.span.end.max(at);
        match (tag.kind, tag.role()) {
            (TagKind::Comment, _) | (_, TagRole::Inline | TagRole::Hidden | TagRole::Break) => {}
            (TagKind::Start, _) => {
                // A paragraph ends where another element starts.
                if open.last().is_some_and(|(last, _)| last.name == "p" || (last.name == "li" && tag.name == "li")) {
                    open.pop();
                }
                if !matches!(tag.name.as_str(), "meta" | "link" | "base" | "col") {
                    open.push((tag, false));
                }
            }
            (TagKind::End, _) => {
                if let Some(place) = open.iter().rposition(|(open, _)| open.name == tag.name) {
                    open.truncate(place);
                }
            }
        }
    }
    let Some((element, said)) = open.pop() else {
        let line = crate::text::lines_around(source, words).of(source);
        return if line.contains('<') { SourceLine::Other } else { SourceLine::Plain };
    };
    let said = said || !is_blank(source.get(at..words.start).unwrap_or_default());
    let mut at = words.end;
    let mut broken = false;
    for tag in tags.skip_while(|tag| tag.span.start < words.end) {
        let goes_on = !is_blank(source.get(at..tag.span.start).unwrap_or_default());
        at = tag.span.end.max(at);
        if goes_on {
            return if broken || said { SourceLine::Broken } else { SourceLine::Other };
        }
        match (tag.kind, tag.role()) {
            (TagKind::Comment, _) | (_, TagRole::Inline | TagRole::Hidden) => {}
            (_, TagRole::Break) => broken = true,
            (kind, _) => {
                let own_end = kind == TagKind::End && tag.name == element.name;
                if said || !LINES.contains(&element.name.as_str()) {
                    return if said { SourceLine::Broken } else { SourceLine::Other };
                }
                // Only the end of a paragraph or of an item need not be written.
                let may_be_open = matches!(element.name.as_str(), "p" | "li");
                return match (own_end, may_be_open) {
                    (true, _) => {
                        SourceLine::Element { span: Span::new(element.span.start, tag.span.end), tag: element.span }
                    }
                    (false, true) => {
                        SourceLine::Element { span: Span::new(element.span.start, tag.span.start), tag: element.span }
                    }
                    (false, false) => SourceLine::Broken,
                };
            }
        }
    }
    SourceLine::Other
}

/// Elements that give words their looks, and a cell its paragraph.
const WRAPPERS: [&str; 13] = ["p", "div", "span", "font", "b", "strong", "i", "em", "u", "center", "h2", "h3", "o:p"];

/// The tags of `source` in `before` that are around the words after it: their start tags, and the end tags to them.
pub(crate) fn wrappers(source: &str, before: Span) -> (String, String) {
    let seen = Cell::new(0);
    let mut open: Vec<(Tag, String)> = Vec::new();
    let text = before.of(source);
    for tag in tags(text, 0, &seen) {
        match tag.kind {
            TagKind::Comment => {}
            TagKind::Start => open.push((tag.clone(), fresh(tag.span.of(text), &[]))),
            TagKind::End => {
                if let Some(at) = open.iter().rposition(|(open, _)| open.name == tag.name) {
                    open.truncate(at);
                }
            }
        }
    }
    let kept: Vec<&(Tag, String)> =
        open.iter().filter(|(tag, _)| WRAPPERS.contains(&tag.name.as_str()) && !tag.attributes.self_closing).collect();
    let starts = kept.iter().map(|(_, text)| text.as_str()).collect();
    let ends = kept.iter().rev().map(|(_, text)| format!("</{}>", name_in(text))).collect();
    (starts, ends)
}

/// The tags around the words of a cell with this `content`, and around the place for them in an empty one.
pub(crate) fn wrappers_in_cell(source: &str, content: Span) -> (String, String) {
    let text = content.of(source);
    let decoded = DecodedText::of(text, 0);
    let shown = decoded.text();
    let from = shown.len() - shown.trim_start().len();
    let first = if from < shown.len() { decoded.source_span(Span::new(from, shown.len())).start } else { text.len() };
    wrappers(source, Span::new(content.start, content.start + first))
}

/// The name in the start tag `tag` as it is written.
pub(crate) fn name_in(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
    name.get(..end).unwrap_or_default()
}

/// The start tag `tag` for another element of its kind: without what names one element, and without `others`.
pub(crate) fn fresh(tag: &str, others: &[&str]) -> String {
    let mut tag = tag.to_owned();
    for name in ["id", "name"].iter().chain(others) {
        while let Some(span) = whole_attribute(&tag, name) {
            tag.replace_range(span.range(), "");
        }
    }
    tag
}

/// The attribute `name` of `tag` with its value and the space before it.
fn whole_attribute(tag: &str, name: &str) -> Option<Span> {
    let value = attribute(tag, name)?;
    let before = tag.get(..value.start)?.trim_end_matches(['"', '\'']).trim_end().strip_suffix('=')?.trim_end();
    let start = before.len().checked_sub(name.len())?;
    let start = tag.get(..start)?.trim_end().len();
    let quoted = tag.get(value.end..)?.starts_with(['"', '\'']);
    Some(Span::new(start, value.end + usize::from(quoted)))
}

/// The edit that writes `rows` as the number of rows of the cell whose start tag is `tag`.
pub(crate) fn rows_of_cell(source: &str, tag: Span, rows: usize) -> TextEdit {
    let text = tag.of(source);
    match attribute(text, "rowspan") {
        Some(value) => TextEdit { span: value.shift(tag.start), content: rows.to_string() },
        None => {
            // With the name, so that two edits that add it clash.
            let (start, name) = (tag.start + '<'.len_utf8(), name_in(text));
            let span = Span::new(start, start + name.len());
            TextEdit { span, content: format!("{name} rowspan=\"{rows}\"") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_element_or_set_off_in_one() {
        let form = |source: &str| {
            let at = source.find('甲').unwrap();
            match line_around(source, Span::new(at, at + '甲'.len_utf8())) {
                SourceLine::Element { span, tag } => format!("{}|{}", span.of(source), tag.of(source)),
                other => format!("{other:?}"),
            }
        };
        assert_eq!(
            form("<div><p class=a>&nbsp;<b>甲</b></p><p>乙</p></div>"),
            "<p class=a>&nbsp;<b>甲</b></p>|<p class=a>"
        );
        assert_eq!(form("<P>乙<P><STRONG>甲</STRONG>\n<TABLE><TR>"), "<P><STRONG>甲</STRONG>\n|<P>");
        assert_eq!(form("<div>甲</div>"), "<div>甲</div>|<div>");
        assert_eq!(form("<div>乙<br>甲<br>丙</div>"), "Broken");
        assert_eq!(form("<div>甲<br>丙</div>"), "Broken");
        assert_eq!(form("<p>乙<br/>甲</p>"), "Broken");
        assert_eq!(form("<p>甲乙</p>"), "Other");
        assert_eq!(form("<div>甲<p>乙</p></div>"), "Broken");
        assert_eq!(form("<td>甲</td>"), "Other");
        assert_eq!(form("## 甲\n"), "Plain");
        assert_eq!(form("<p>乙</p>\n甲\n"), "Plain");
        assert_eq!(form("<p>甲"), "Other");
    }

    #[test]
    fn a_table_and_its_rows_with_and_without_end_tags() {
        for source in [
            "<table><tr><td>一<td rowspan=2>甲<tr><td>2</table>",
            "<table><tr><td>一</td><td rowspan=2>甲</td></tr><tr><td>2</td></tr></table>",
        ] {
            let at = source.find('2').map(|_| source.rfind('2').unwrap()).unwrap();
            let table = table_around(source, at).unwrap();
            assert_eq!(table.rows.len(), 2, "{table:#?}");
            let (row, cell) = table.cell_at(at).unwrap();
            assert_eq!((row.cells.len(), cell.content.of(source), cell.place.row), (1, "2", 1));
            let first = &table.rows[0].cells;
            assert_eq!((first[1].place.column, first[1].place.down, first[1].down), (1, 2, 2));
            assert_eq!(table.rows[0].span.end, table.rows[1].span.start);
        }
        let layout = "<table><tr><td>a</td><td><table><tr><td>1</td><td><table><tr><td>2</td></tr></table></td></tr></table></td></tr></table>";
        let table = table_around(layout, layout.find('2').unwrap()).unwrap();
        assert_eq!(table.cells().count(), 2, "the frame in a cell is no table: {table:#?}");
        assert_eq!(table_around(layout, 0).map(|table| table.cells().count()), Some(2));
        assert_eq!(table_around("甲<table></table>", 0), None);
    }

    #[test]
    fn a_copy_of_a_tag_names_no_element() {
        assert_eq!(
            fresh("<td id=\"a\" class='b' rowspan=2 colspan = \"3\">", &["rowspan", "colspan"]),
            "<td class='b'>"
        );
        assert_eq!(fresh("<P ID=x>", &[]), "<P>");
        assert_eq!(fresh("<p>", &["id"]), "<p>");
        let source = "<td><p id=a style=\"x\"><span><a href=\"#\">";
        assert_eq!(
            wrappers(source, Span::new(4, source.len())),
            ("<p style=\"x\"><span>".to_owned(), "</span></p>".to_owned())
        );
        for (tag, due) in [("<TD ROWSPAN=3>", "<TD ROWSPAN=4>"), ("<td class=a>", "<td rowspan=\"4\" class=a>")] {
            let edit = rows_of_cell(tag, Span::new(0, tag.len()), 4);
            assert_eq!(crate::text::apply(tag, &[edit]), due);
        }
    }
}
