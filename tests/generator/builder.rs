//! Putting a fault into a report: where its parts are, and what is due when one of them is changed.

use super::faults::{Cure, Expected, Fault, Kind};
use super::{Layout, Model, Place, Rendered, Rng, Style, as_right, render, seen, statement};
use gongkai::rules::Severity;
use gongkai::statute::{Quantity, Section, TableKind};
use std::ops::{Range, RangeInclusive};

pub(super) struct Builder<'a> {
    pub(super) kind: Kind,
    pub(super) model: &'a Model,
    pub(super) style: &'a Style,
    pub(super) rendered: &'a Rendered,
}

impl Builder<'_> {
    pub(super) fn whole(&self, original: String, text: String, expected: Option<Vec<Expected>>, cure: Cure) -> Fault {
        let cut = self.style.layout == Layout::WordHtml;
        Fault { kind: self.kind, note: String::new(), original, cut, text, expected, cure }
    }

    /// The text with `edits`, which are in the order of the text.
    pub(super) fn edited(
        &self,
        edits: &[(Range<usize>, String)],
        expected: Option<Vec<Expected>>,
        cure: Cure,
    ) -> Fault {
        let original = &self.rendered.text;
        let (mut text, mut done, mut note) = (String::new(), 0, String::new());
        for (range, content) in edits {
            text.push_str(&original[done..range.start]);
            text.push_str(content);
            done = range.end;
            let line = self.rendered.line(range.start);
            note.push_str(&format!("line {line}: {:?} → {content:?}; ", &original[range.clone()]));
        }
        text.push_str(&original[done..]);
        Fault { note, ..self.whole(original.clone(), text, expected, cure) }
    }

    pub(super) fn one(
        &self,
        code: &'static str,
        severity: Severity,
        lines: RangeInclusive<usize>,
    ) -> Option<Vec<Expected>> {
        Some(vec![Expected { code, severity, or: None, lines }])
    }

    pub(super) fn on_line(&self, code: &'static str, severity: Severity, offset: usize) -> Option<Vec<Expected>> {
        let line = self.rendered.line(offset);
        self.one(code, severity, line..=line)
    }

    /// A finding anywhere in the row of `place`.
    pub(super) fn in_row(&self, place: Place, code: &'static str, severity: Severity) -> Option<Vec<Expected>> {
        let label = self.rendered.labels.get(&(place.table, place.cell.row));
        let row: Vec<_> = self.rendered.cells.iter().filter(|(other, _)| same_row(place, **other)).collect();
        let first = label.map_or(row.first()?.1.start, |label| label.start);
        let last = row.last()?.1.figure.start;
        self.one(code, severity, self.rendered.line(first)..=self.rendered.line(last))
    }

    pub(super) fn places(&self, table: TableKind) -> Vec<Place> {
        self.model.places().into_iter().filter(|place| place.table == table).collect()
    }

    /// A cell that another one of its row follows, in a row of which `wanted` holds.
    pub(super) fn inner_place(&self, rng: &mut Rng, wanted: impl Fn(Place) -> bool) -> Option<Place> {
        let inner = |place: &Place| {
            let columns = self.model.spec(place.table).rows[place.cell.row].columns;
            place.cell.column + 1 < columns.len()
        };
        let places: Vec<Place> =
            self.model.places().into_iter().filter(|place| inner(place) && wanted(*place)).collect();
        (!places.is_empty()).then(|| *rng.pick(&places))
    }

    pub(super) fn end(&self) -> &'static str {
        if self.style.crlf { "\r\n" } else { "\n" }
    }

    /// Whether words may be cut up by tags.
    fn html(&self) -> bool {
        self.style.layout.is_html()
    }

    /// Where the characters of `words` are in `range`, for the first time.
    pub(super) fn find_in(&self, range: Range<usize>, words: &str) -> Option<Vec<Range<usize>>> {
        seen::find(&self.rendered.text, self.html(), words, range)
    }

    /// The first place of the characters of `words`.
    pub(super) fn find(&self, words: &str) -> Option<Vec<Range<usize>>> {
        self.find_in(0..self.rendered.text.len(), words)
    }

    /// After the line end that follows `offset`.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        self.rendered.text[offset..].find('\n').map_or(self.rendered.text.len(), |at| offset + at + 1)
    }

    /// The start of the line that `offset` is on, after a byte order mark.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        let before = &self.rendered.text[..offset];
        before.rfind('\n').map_or(if before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }, |at| at + 1)
    }

    /// A heading of its own, as the layout writes it.
    pub(super) fn heading(&self, words: &str) -> String {
        let end = self.end();
        match self.style.layout {
            Layout::Markdown => format!("## {words}{end}{end}"),
            Layout::Html | Layout::WordHtml => format!("<p><strong>{words}</strong></p>{end}"),
            _ => format!("{words}{end}{end}"),
        }
    }

    /// A paragraph of its own, as the layout writes it.
    pub(super) fn paragraph(&self, words: &str) -> String {
        let end = self.end();
        if self.html() { format!("<p>{words}</p>{end}") } else { format!("{words}{end}{end}") }
    }

    /// The paragraphs of a section.
    pub(super) fn section(&self, section: Section) -> Option<Range<usize>> {
        let paragraphs = &self.model.sections[section as usize];
        let rest = self.rendered.headings[section as usize].line.end..self.rendered.text.len();
        let (first, last) = (paragraphs.first()?, paragraphs.last()?);
        Some(cover(&self.find_in(rest.clone(), first)?).start..cover(&self.find_in(rest, last)?).end)
    }

    /// The text with `wrong` in the place of `span`, to be found on that line.
    pub(super) fn respelled(
        &self,
        span: Range<usize>,
        wrong: &str,
        code: &'static str,
        severity: Severity,
        cure: Cure,
    ) -> Fault {
        let expected = self.on_line(code, severity, span.start);
        self.edited(&[(span, wrong.to_owned())], expected, cure)
    }

    /// The text with `wrong` in the place of the words `right`.
    pub(super) fn replaced(&self, right: &str, wrong: &str, code: &'static str, severity: Severity) -> Option<Fault> {
        Some(self.respelled(cover(&self.find(right)?), wrong, code, severity, Cure::None))
    }

    /// The text with `wrong` in the place of the figure at `place`.
    pub(super) fn figure(
        &self,
        place: Place,
        wrong: &str,
        code: &'static str,
        severity: Severity,
        cure: Cure,
    ) -> Fault {
        self.respelled(self.rendered.cells[&place].figure.clone(), wrong, code, severity, cure)
    }

    /// The text of another model, whose figure at `place` is to be found.
    pub(super) fn rewritten(
        &self,
        model: &Model,
        place: Place,
        code: &'static str,
        severity: Severity,
    ) -> Option<Fault> {
        let rendered = render(model, self.style);
        let line = rendered.line(rendered.cells[&place].figure.start);
        let expected = self.one(code, severity, line..=line);
        Some(self.whole(self.rendered.text.clone(), rendered.text, expected, Cure::None))
    }

    /// A figure of digits alone of which `wanted` holds.
    pub(super) fn some_figure(&self, rng: &mut Rng, wanted: impl Fn(Place, &str) -> bool) -> Option<Place> {
        let plain = |figure: &str| figure.bytes().all(|byte| byte.is_ascii_digit());
        let places = self.model.places().into_iter();
        let places: Vec<Place> = places
            .filter(|place| plain(self.model.figure(*place)) && wanted(*place, self.model.figure(*place)))
            .collect();
        (!places.is_empty()).then(|| *rng.pick(&places))
    }

    pub(super) fn is_count(&self, place: Place) -> bool {
        self.model.names(place).1.quantity() != Quantity::Amount
    }

    /// From the label of a row to its last figure.
    pub(super) fn row_span(&self, table: TableKind, row: usize) -> Option<Range<usize>> {
        let label = self.rendered.labels.get(&(table, row))?;
        let of_row = self.rendered.cells.iter().filter(|(place, _)| place.table == table && place.cell.row == row);
        Some(label.start..of_row.map(|(_, cell)| cell.content.end).max()?)
    }

    /// Where the characters of the statement of `kind` are, and which of them are its figure.
    pub(super) fn statement(&self, kind: Kind) -> Option<(Vec<Range<usize>>, Range<usize>)> {
        let (before, figure, after) = statement(self.model, kind)?;
        let places = self.find(&format!("{before}{figure}{after}"))?;
        let first = before.chars().count();
        Some((places, first..first + figure.len()))
    }

    /// The statement of this kind with another figure.
    pub(super) fn said(&self, code: &'static str, severity: Severity, rng: &mut Rng) -> Option<Fault> {
        let (_, figure, _) = statement(self.model, self.kind)?;
        let (places, digits) = self.statement(self.kind)?;
        let by = rng.between(2, 9);
        let wrong = match figure.split_once('.') {
            Some((whole, tenth)) => {
                let whole: i64 = whole.parse().ok()?;
                format!("{}.{tenth}", if whole > 50 { whole - by } else { whole + by })
            }
            // More than its parts, it may be that not all of them are listed.
            None if self.kind == Kind::SaidParts => (figure.parse::<i64>().ok()? - by).to_string(),
            None => (figure.parse::<i64>().ok()? + by).to_string(),
        };
        // There is more than one way to reckon a share.
        if as_right(self.model, self.kind).contains(&wrong) {
            return None;
        }
        Some(self.respelled(cover(&places[digits]), &wrong, code, severity, Cure::None))
    }
}

/// From the first of `places` to the last.
pub(super) fn cover(places: &[Range<usize>]) -> Range<usize> {
    let (first, last) = (places.first().map_or(0, |place| place.start), places.last().map_or(0, |place| place.end));
    first..last
}

pub(super) fn same_row(a: Place, b: Place) -> bool {
    a.table == b.table && a.cell.row == b.cell.row
}
