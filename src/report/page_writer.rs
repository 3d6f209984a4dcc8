//! Writes lines, rows and tables into a web page, in the likeness of those that are there.
//!
//! Its places are those of the visible text, its edits those of the source. Tags and attributes of the page stay; a new
//! line has the tags of a line like it, a new row those of the row beside it.

use super::official_form::{FormContent, official_form};
use super::{Report, Table};
use crate::statute::{Column, Row, TableSpec};
use crate::syntax::page_source::{
    SourceCell, SourceLine, SourceRow, SourceTable, fresh, line_around, name_in, rows_of_cell, table_around, wrappers,
    wrappers_in_cell,
};
use crate::syntax::{DecodedText, Layout, escape_words};
use crate::text::{Span, TextEdit, lines_around};

/// What is inserted into a page.
pub(crate) enum NewPart<'a> {
    /// A heading, like the other headings.
    Heading(&'a str),
    /// A line of words.
    Line(&'a str),
    /// An empty table.
    Table(&'static TableSpec),
    /// Lines as they are, between lines of plain text.
    Text(String),
}

/// Which side of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Before it.
    Before,
    /// After it.
    After,
}

/// The source of a page, with its visible text and the model of that.
#[derive(Clone, Copy)]
pub(crate) struct PageWriter<'a> {
    source: &'a str,
    view: &'a DecodedText,
    report: &'a Report,
    /// The part of the source that is the report's.
    article: Span,
}

impl<'a> PageWriter<'a> {
    /// A writer into `source`; `report` is the model of its visible text `view`, and `article` what is the report's own.
    pub(crate) fn new(source: &'a str, view: &'a DecodedText, report: &'a Report, article: Span) -> PageWriter<'a> {
        PageWriter { source, view, report, article }
    }

    fn line_break(&self) -> &'static str {
        if self.source.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The source of the line with `span` in the visible text.
    fn words(&self, span: Span) -> Span {
        self.view.source_span(span)
    }

    /// The edit that inserts `parts` on one side of the line or of the table around `place`.
    pub(crate) fn insert(&self, place: Span, side: Side, parts: &[NewPart<'_>]) -> Option<TextEdit> {
        let words = self.words(place);
        if words.start < self.article.start || self.article.end < words.end {
            return None;
        }
        let in_table = self.report.tables.iter().any(|table| {
            table.layout == Some(Layout::Html) && {
                let labels = self.report.labels.iter().filter(|label| label.table == Some(table.spec.kind));
                table.span.meets(place) || labels.into_iter().any(|label| label.span.meets(place))
            }
        });
        let (at, form) = if in_table {
            let table = table_around(self.source, words.start)?;
            (if side == Side::Before { table.span.start } else { table.span.end }, SourceLine::Other)
        } else {
            let form = line_around(self.source, words);
            let at = match (form, side) {
                (SourceLine::Element { span, .. }, Side::Before) => span.start,
                (SourceLine::Element { span, .. }, Side::After) => span.end,
                (SourceLine::Broken, Side::Before) => words.start,
                (SourceLine::Broken, Side::After) => words.end,
                (SourceLine::Plain, Side::Before) => lines_around(self.source, words).start,
                (SourceLine::Plain, Side::After) => lines_around(self.source, words).end,
                (SourceLine::Other, _) => return None,
            };
            (at, form)
        };
        let mut written: Vec<String> = Vec::new();
        for part in parts {
            written.push(match (part, form) {
                (NewPart::Table(_), SourceLine::Broken) => return None,
                (NewPart::Text(text), SourceLine::Plain) => text.clone(),
                (NewPart::Text(_), _) => return None,
                (NewPart::Table(spec), _) => self.table(spec, None, |_, _| ""),
                (NewPart::Heading(words) | NewPart::Line(words), SourceLine::Broken) => {
                    escape_words(words).into_owned()
                }
                (NewPart::Heading(text), SourceLine::Plain) => format!("{}{text}", self.marks(words)),
                (NewPart::Line(words), SourceLine::Plain) => (*words).to_owned(),
                (NewPart::Heading(text), _) => self.line(text, self.heading_like(words)),
                (NewPart::Line(text), _) => self.line(text, self.line_like(words)),
            });
        }
        let line_break = self.line_break();
        let separator = match form {
            SourceLine::Broken => "<br>".to_owned(),
            SourceLine::Plain => line_break.repeat(2),
            _ => {
                // As the elements there are set off from each other.
                let before = self.source.get(..at).unwrap_or_default();
                let on_a_line = before.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
                let after = self.source.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
                if on_a_line || after.starts_with(['\n', '\r']) { line_break.to_owned() } else { String::new() }
            }
        };
        let joined = written.join(&separator);
        let content = match side {
            Side::Before => format!("{joined}{separator}"),
            Side::After => format!("{separator}{joined}"),
        };
        Some(TextEdit { span: Span::at(at), content })
    }

    /// The edit that replaces the lines around `span` by `content`.
    pub(crate) fn replace_lines(&self, span: Span, content: String) -> Option<TextEdit> {
        let lines = lines_around(self.source, self.words(span));
        // Tags around the lines are none of theirs.
        (!lines.of(self.source).contains('<')).then_some(TextEdit { span: lines, content })
    }

    /// The marks of the Markdown heading in which `words` are.
    fn marks(&self, words: Span) -> &'a str {
        let line = lines_around(self.source, words);
        let before = self.source.get(line.start..words.start).unwrap_or_default();
        let end = before.find(|c| !matches!(c, '#' | ' ')).unwrap_or(before.len());
        before.get(..end).unwrap_or_default()
    }

    /// The heading whose tags a new one near `words` gets: the nearest that is an element.
    fn heading_like(&self, words: Span) -> Option<Span> {
        let spans = self.report.sections.iter().map(|heading| self.words(heading.span));
        self.nearest(words, spans)
    }

    /// The line whose tags a new one near `words` gets.
    fn line_like(&self, words: Span) -> Option<Span> {
        let of_text = self.report.paragraphs.iter().filter(|line| line.section.is_some() && line.span.len() > 30);
        self.nearest(words, of_text.map(|line| self.words(line.span)))
    }

    /// The nearest to `words` of `spans` that are elements; the first few are tried.
    fn nearest(&self, words: Span, spans: impl Iterator<Item = Span>) -> Option<Span> {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_by_key(|span| span.start.abs_diff(words.start));
        let is_element = |span: &Span| {
            let form = line_around(self.source, *span);
            matches!(form, SourceLine::Element { tag, .. } if !matches!(name_in(tag.of(self.source)), "li" | "LI"))
        };
        spans.into_iter().take(3).find(is_element)
    }

    /// `text` as an element like that of the line `model`.
    fn line(&self, text: &str, model: Option<Span>) -> String {
        let text = escape_words(text);
        let form = model.map(|words| (words, line_around(self.source, words)));
        let Some((words, SourceLine::Element { tag, .. })) = form else { return format!("<p>{text}</p>") };
        let before = Span::new(tag.end, words.start.max(tag.end));
        let (starts, ends) = wrappers(self.source, before);
        let indent = indent(before.of(self.source));
        let tag = fresh(tag.of(self.source), &[]);
        format!("{tag}{starts}{indent}{text}{ends}</{}>", name_in(&tag))
    }

    /// The table of `spec` with tags like those of `model`, or of another table of the report.
    fn table<'f>(
        &self,
        spec: &'static TableSpec,
        model: Option<&SourceTable>,
        figure: impl Fn(Row, Column) -> &'f str,
    ) -> String {
        let other = || {
            let table = self.report.tables.iter().find(|table| table.layout == Some(Layout::Html))?;
            table_around(self.source, self.words(table.span).start)
        };
        let found = model.cloned().or_else(other);
        let tag =
            found.as_ref().map_or("<table border=\"1\">".to_owned(), |table| fresh(table.tag.of(self.source), &[]));
        format!("{tag}{}</{}>", self.rows(spec, found.as_ref(), figure), name_in(&tag))
    }

    /// The rows of the table of `spec`, with tags like those of `model`.
    fn rows<'f>(
        &self,
        spec: &'static TableSpec,
        model: Option<&SourceTable>,
        figure: impl Fn(Row, Column) -> &'f str,
    ) -> String {
        let last = model.and_then(|table| table.rows.iter().rev().find(|row| row.cells.len() > 1));
        let form_of = |cell: Option<&SourceCell>| match cell {
            Some(cell) => CellForm::of(self.source, *cell, &["rowspan", "colspan", "width", "height"]),
            None => CellForm::default(),
        };
        let label = form_of(last.and_then(|row| row.cells.first()));
        let number = form_of(last.and_then(|row| row.cells.last()));
        let row_tag =
            last.and_then(|row| row.tag).map_or("<tr>".to_owned(), |tag| fresh(tag.of(self.source), &["height"]));
        let is_apart = last.is_some_and(|row| {
            self.source.get(..row.span.start).unwrap_or_default().trim_end_matches([' ', '\t']).ends_with(['\n', '\r'])
        });
        let line_break = if is_apart || last.is_none() { self.line_break() } else { "" };
        let mut written = String::new();
        for row in official_form(spec) {
            written.push_str(line_break);
            written.push_str(&row_tag);
            for cell in row {
                let (form, words) = match &cell.content {
                    FormContent::Header(words) => (&label, words.as_str()),
                    FormContent::Label(words) => (&label, *words),
                    FormContent::Figure(place) => {
                        let row = spec.rows.get(place.row);
                        let column = row.and_then(|row| row.columns.get(place.column));
                        (&number, row.zip(column).map_or("", |(row, column)| figure(row.row, *column)))
                    }
                };
                let mut reach = String::new();
                for (name, count) in [("rowspan", cell.place.down), ("colspan", cell.place.across)] {
                    if count > 1 {
                        reach.push_str(&format!(" {name}=\"{count}\""));
                    }
                }
                written.push_str(&form.write(&reach, words));
            }
            written.push_str(&format!("</{}>", name_in(&row_tag)));
        }
        written.push_str(line_break);
        written
    }

    /// The edit that converts `table` to `spec`: what both have keeps its figures as `figure` gives them. `None` if the
    /// table is not an element of its own.
    pub(crate) fn convert<'f>(
        &self,
        table: &Table,
        spec: &'static TableSpec,
        figure: impl Fn(Row, Column) -> &'f str,
    ) -> Option<TextEdit> {
        let own = self.words(table.span);
        let found = table_around(self.source, own.start)?;
        let inside = |span: Span| found.span.start <= span.start && span.end <= found.span.end;
        let of_others = self.report.tables.iter().filter(|other| other.spec.kind != table.spec.kind);
        let labels = self.report.labels.iter().filter(|label| label.table == Some(table.spec.kind));
        let is_whole = inside(own) && labels.into_iter().all(|label| inside(self.words(label.span)));
        if !is_whole || of_others.into_iter().any(|other| self.words(other.span).meets(found.span)) {
            return None;
        }
        // The tags around the rows, as `colgroup`, stay; those of groups of rows among them do not.
        let (first, last) = (found.rows.first()?, found.rows.last()?);
        let groups = Span::new(first.span.start, last.span.end).of(self.source).to_ascii_lowercase();
        if groups.contains("<tfoot") {
            return None;
        }
        let inner = Span::new(first.span.start, last.span.end);
        let mut content = self.rows(spec, Some(&found), figure);
        // A `thead` that ends among the rows ends before them.
        if groups.contains("</thead>") {
            let body = if groups.contains("<tbody") { "<tbody>" } else { "" };
            content = format!("</thead>{body}{content}");
        } else if groups.contains("<tbody") || groups.contains("</tbody") {
            return None;
        }
        Some(TextEdit { span: inner, content: content.trim_start_matches(['\n', '\r']).to_owned() })
    }

    /// The edits that insert the rows `missing` of the format into `table`, blank. They are between two rows that are
    /// there, or at an end of it. `None` where no row beside them is in their group.
    pub(crate) fn insert_rows(&self, table: &Table, missing: &[usize]) -> Option<Vec<TextEdit>> {
        let spec = table.spec;
        let (first, last) = (*missing.first()?, *missing.last()?);
        let row = |index: usize| -> Option<(Row, Span)> {
            let (label, _) = table.rows.get(index)?.as_ref()?.label?;
            Some((spec.rows.get(index)?.row, self.words(label)))
        };
        let before = (0..first).rev().find_map(row);
        let after = (last + 1..table.rows.len()).find_map(row);
        let (_, near) = before.or(after)?;
        let source = table_around(self.source, near.start)?;
        // A text for each of the two places, and how many rows each cell around them is longer.
        let (mut end, mut start) = (None::<(usize, String)>, None::<(usize, String)>);
        let mut longer: Vec<(&SourceCell, usize)> = Vec::new();
        for index in missing {
            let new = spec.rows.get(*index)?;
            let is_like = |(other, _): &(Row, Span)| {
                let of_other = spec.rows.iter().find(|own| own.row == *other);
                let same = (other.groups(), other.item()) == (new.row.groups(), new.row.item());
                same && of_other.is_some_and(|other| other.columns.len() == new.columns.len())
            };
            let beside = [before, after].into_iter().flatten();
            let (_, like) = beside.chain((0..table.rows.len()).filter_map(row)).find(is_like)?;
            let (model, label) = source.cell_at(like.start)?;
            let place = model.cells.iter().position(|own| own == label)?;
            let figures = model.cells.get(place + 1..).filter(|figures| figures.len() == new.columns.len())?;
            if std::iter::once(label).chain(figures).any(|cell| cell.down != 1) {
                return None;
            }
            let written = self.row(label, figures, new.label);
            // Its groups are around the row beside it too, whose own groups may be smaller.
            let is_around = |(other, _): &(Row, Span)| {
                other.item() == new.row.item() && other.groups().starts_with(new.row.groups())
            };
            let (side, beside) = match (before.filter(is_around), after.filter(is_around)) {
                (Some((_, label)), _) => (Side::Before, label),
                (None, Some((_, label))) => (Side::After, label),
                (None, None) => return None,
            };
            let (beside, cell) = source.cell_at(beside.start)?;
            let line = cell.place.row;
            let is_above = |other: &&SourceCell| {
                other.place.row <= line && line < other.place.row + other.place.down && *other != cell
            };
            for other in source.cells().filter(is_above).filter(|other| other.place.column < cell.place.column) {
                if other.place.column + other.place.across <= label.place.column {
                    match longer.iter_mut().find(|(known, _)| *known == other) {
                        Some((_, more)) => *more += 1,
                        None => longer.push((other, 1)),
                    }
                } else if side == Side::Before && other.place.row + other.place.down != line + 1 {
                    // A smaller group goes on after the row.
                    return None;
                }
            }
            let lead = self.lead(beside);
            let tag = beside.tag.map_or("<tr>".to_owned(), |tag| fresh(tag.of(self.source), &[]));
            let end_tag = format!("</{}>", name_in(&tag));
            match side {
                Side::Before => {
                    let own = beside.span.of(self.source);
                    let is_closed = own.get(own.len().saturating_sub(end_tag.len())..);
                    let is_closed = is_closed.is_some_and(|end| end.eq_ignore_ascii_case(&end_tag));
                    let (_, text) = end.get_or_insert((beside.span.end, String::new()));
                    text.push_str(&match is_closed {
                        true => format!("{lead}{tag}{written}{end_tag}"),
                        false => format!("{tag}{written}{end_tag}{lead}"),
                    });
                }
                Side::After => {
                    // After the cells of groups that now start with the new row.
                    let own = beside.cells.iter().position(|cell| cell.place.column >= label.place.column)?;
                    let at = if own == 0 { beside.span.start } else { beside.cells.get(own)?.tag.start };
                    let (_, text) = start.get_or_insert((at, String::new()));
                    text.push_str(&match own {
                        0 => format!("{tag}{written}{end_tag}{lead}"),
                        _ => format!("{written}{end_tag}{lead}{tag}"),
                    });
                }
            }
        }
        let edits = longer
            .into_iter()
            .map(|(cell, more)| rows_of_cell(self.source, cell.tag, cell.down.max(cell.place.down + more)));
        let texts = [end, start].into_iter().flatten();
        let texts = texts.map(|(at, content)| TextEdit { span: Span::at(at), content });
        let mut edits: Vec<TextEdit> = edits.chain(texts).collect();
        edits.sort();
        Some(edits)
    }

    /// The cells of a row with tags like those of `cell` and `figures`, with `label` and blank figures.
    fn row(&self, cell: &SourceCell, figures: &[SourceCell], label: &str) -> String {
        let label = CellForm::of(self.source, *cell, &[]).write("", label);
        let figures = figures.iter().map(|figure| CellForm::of(self.source, *figure, &[]).write("", ""));
        std::iter::once(label).chain(figures).collect()
    }

    /// The white space before a row, if it is on a line of its own.
    fn lead(&self, row: &SourceRow) -> &'a str {
        let before = self.source.get(..row.span.start).unwrap_or_default();
        before.get(before.trim_end().len()..).unwrap_or_default()
    }
}

/// The tags of a cell, without what it says.
struct CellForm {
    tag: String,
    starts: String,
    ends: String,
}

impl Default for CellForm {
    fn default() -> CellForm {
        CellForm { tag: "<td>".to_owned(), starts: String::new(), ends: String::new() }
    }
}

impl CellForm {
    /// Those of `cell` without these attributes.
    fn of(source: &str, cell: SourceCell, without: &[&str]) -> CellForm {
        let (starts, ends) = wrappers_in_cell(source, cell.content);
        CellForm { tag: fresh(cell.tag.of(source), without), starts, ends }
    }

    /// A cell with these tags, `reach` among its attributes, and `words` in it.
    fn write(&self, reach: &str, words: &str) -> String {
        let CellForm { tag, starts, ends } = self;
        let name = name_in(tag);
        let rest = tag.get('<'.len_utf8() + name.len()..).unwrap_or(">");
        format!("<{name}{reach}{rest}{starts}{}{ends}</{name}>", escape_words(words))
    }
}

/// The blanks in `before`, which are before the words of a line, without tags.
fn indent(before: &str) -> String {
    let mut kept = String::new();
    let mut rest = before;
    while let Some((words, after)) = rest.split_once('<') {
        kept.push_str(words);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.trim_matches(['\n', '\r', ' ', '\t']).to_owned()
}
