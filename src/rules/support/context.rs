//! The input of rules, and helpers for building findings.

use crate::config::{Language, Settings};
use crate::report::page_writer::{NewPart, PageWriter, Side};
use crate::report::{Cell, Report, Table};
use crate::rules::arithmetic::error_localization::{Resolution, resolve};
use crate::rules::support::dates::{Period, periods};
use crate::rules::support::figure::{Figure, figures};
use crate::rules::support::line_content::LineContent;
use crate::rules::support::neighbours::Neighbours;
use crate::rules::support::preamble::{Passage, preamble};
use crate::rules::support::sentence_sums::SentenceSums;
use crate::rules::{Applicability, Finding, Fix};
use crate::statute::TableKind;
use crate::text::{Span, TextEdit, lines_around};
use std::cell::{Cell as Memory, OnceCell};
use std::collections::HashSet;
use std::rc::Rc;

/// The input of rules: a report, its text and the settings, with data that several rules share.
pub(in crate::rules) struct Context<'a> {
    pub(in crate::rules) source: &'a str,
    pub(in crate::rules) report: &'a Report,
    pub(in crate::rules) language: Language,
    pub(in crate::rules) settings: &'a Settings,
    /// The reports it is compared with.
    pub(in crate::rules) neighbours: &'a Neighbours,
    /// Whether a fix that writes a whole table may stay a draft.
    pub(in crate::rules) drafts: bool,
    /// If the report is marked up, what writes new lines and rows into its source.
    pub(in crate::rules) page: Option<PageWriter<'a>>,
    words: OnceCell<Vec<(Span, Rc<LineContent>)>>,
    /// The index after the line that was returned last.
    next_line: Memory<usize>,
    resolutions: OnceCell<Vec<(&'a Table, Rc<Resolution>)>>,
    figures: OnceCell<Vec<Figure<'a>>>,
    periods: OnceCell<Vec<Period>>,
    preamble: OnceCell<Vec<Passage<'a>>>,
    sentence_sums: OnceCell<SentenceSums>,
    contradicted: OnceCell<HashSet<usize>>,
}

static ALONE: Neighbours = Neighbours::NONE;

impl<'a> Context<'a> {
    /// The same context, with other reports to compare with.
    pub(in crate::rules) fn beside(self, neighbours: &'a Neighbours) -> Context<'a> {
        Context { neighbours, ..self }
    }

    pub(in crate::rules) fn new(source: &'a str, report: &'a Report, settings: &'a Settings) -> Context<'a> {
        let language = settings.language;
        Context {
            source,
            report,
            language,
            settings,
            neighbours: &ALONE,
            drafts: false,
            page: None,
            words: OnceCell::new(),
            next_line: Memory::default(),
            resolutions: OnceCell::new(),
            figures: OnceCell::new(),
            periods: OnceCell::new(),
            preamble: OnceCell::new(),
            sentence_sums: OnceCell::new(),
            contradicted: OnceCell::new(),
        }
    }

    /// The text of `span`.
    pub(in crate::rules) fn text(&self, span: Span) -> &'a str {
        span.of(self.source)
    }

    /// Every line of the prose with its content: title, headings and paragraphs, in the order of the text.
    pub(in crate::rules) fn words(&self) -> &[(Span, Rc<LineContent>)] {
        self.words.get_or_init(|| {
            let report = self.report;
            let title = report.title.iter().map(|title| title.span);
            let headings = report.sections.iter().map(|heading| heading.span);
            let mut spans: Vec<Span> =
                title.chain(headings).chain(report.paragraphs.iter().map(|line| line.span)).collect();
            spans.sort();
            spans.into_iter().map(|span| (span, LineContent::of(self.text(span)))).collect()
        })
    }

    /// The content of the line of prose in `span`.
    pub(in crate::rules) fn line(&self, span: Span) -> Rc<LineContent> {
        let words = self.words();
        // Callers read one line after the other.
        let next = self.next_line.get();
        let at = match words.get(next) {
            Some((place, _)) if *place == span => Ok(next),
            _ => words.binary_search_by_key(&span, |(place, _)| *place),
        };
        match at.ok().and_then(|at| Some((at, words.get(at)?))) {
            Some((at, (_, line))) => {
                self.next_line.set(at + 1);
                Rc::clone(line)
            }
            None => LineContent::of(self.text(span)),
        }
    }

    /// The start of the line that contains `offset`.
    pub(in crate::rules) fn line_start(&self, offset: usize) -> usize {
        lines_around(self.source, Span::at(offset)).start
    }

    /// The end of the line that contains `offset`, before its line break.
    pub(in crate::rules) fn line_end(&self, offset: usize) -> usize {
        lines_around(self.source, Span::at(offset)).end
    }

    /// The line break that the text uses.
    pub(in crate::rules) fn line_break(&self) -> &'static str {
        if self.source.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The edit that inserts the line `line` after the line that contains `offset`.
    pub(in crate::rules) fn line_after(&self, offset: usize, line: &str) -> TextEdit {
        TextEdit { span: Span::at(self.line_end(offset)), content: format!("{}{line}", self.line_break()) }
    }

    /// The edit that inserts the line `line` before the line that contains `offset`, with the heading marks (`## `) of
    /// that line.
    pub(in crate::rules) fn line_before(&self, offset: usize, line: &str) -> TextEdit {
        let marks = self.heading_marks(offset);
        TextEdit { span: Span::at(self.line_start(offset)), content: format!("{marks}{line}{}", self.line_break()) }
    }

    /// `finding` with a fix called `message` that inserts the line `line` before or after the line at `place`. In a page
    /// where no line can be inserted there it has no fix.
    pub(in crate::rules) fn with_line(
        &self,
        finding: Finding,
        message: String,
        (place, side): (Span, Side),
        line: &str,
    ) -> Finding {
        let edit = match (self.page, side) {
            (Some(page), _) => page.insert(place, side, &[NewPart::Line(line)]),
            (None, Side::Before) => Some(self.line_before(place.start, line)),
            (None, Side::After) => Some(self.line_after(place.end, line)),
        };
        match edit {
            Some(edit) => finding.fix(Fix::doubtful(message, vec![edit]).of_source(self.page.is_some())),
            None => finding,
        }
    }

    /// The marks of a heading (`## `) that the line of `offset` starts with.
    pub(in crate::rules) fn heading_marks(&self, offset: usize) -> &str {
        let rest = self.source.get(self.line_start(offset)..offset).unwrap_or_default();
        let end = rest.find(|c| !matches!(c, '#' | ' ')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The text of the cell before the one that `span` is in, in the same line; empty if there is none.
    pub(in crate::rules) fn cell_before(&self, span: Span) -> &'a str {
        let line = self.source.get(self.line_start(span.start)..span.start).unwrap_or_default();
        let line = line.trim_end_matches(is_between_cells);
        line.rsplit(is_cell_mark).next().unwrap_or_default().trim()
    }

    /// The text of the cell after the one that `span` is in, in the same line; empty if there is none.
    pub(in crate::rules) fn cell_after(&self, span: Span) -> &'a str {
        let line = self.source.get(span.end..self.line_end(span.end)).unwrap_or_default();
        let line = line.trim_start_matches(is_between_cells);
        line.split(is_cell_mark).next().unwrap_or_default().trim()
    }

    /// The result of checking the identities of each table.
    pub(in crate::rules) fn resolutions(&self) -> &[(&'a Table, Rc<Resolution>)] {
        self.resolutions.get_or_init(|| self.report.tables.iter().map(|table| (table, resolve(table))).collect())
    }

    /// The tables that follow the format of another year, if GK111 reports that. 表四 is the same in both formats.
    pub(in crate::rules) fn of_wrong_format(&self) -> impl Iterator<Item = &'a Table> {
        let report = self.report;
        let due = report.edition_due();
        // If 表二 is right and 表三 is not, the report mixes the formats, which another rule reports.
        let first = report.table(TableKind::Disclosure).or(report.table(TableKind::Applications));
        let other = move |table: &Table| due.is_some_and(|due| table.spec.edition != due);
        let wrong = first.is_some_and(other);
        report.tables.iter().filter(move |table| wrong && other(table) && table.spec.kind != TableKind::Review)
    }

    /// Makes every fix of `finding` unsafe that changes a table of the wrong format: the table has to be replaced, and
    /// a correction in it may be wrong in the right format.
    pub(in crate::rules) fn withhold_safe_fixes(&self, finding: &mut Finding) {
        let span = finding.span;
        for fix in finding.fixes.iter_mut().filter(|fix| fix.applicability == Applicability::Safe) {
            let meets = |table: &Table| {
                let changes = fix.edits.iter().any(|edit| table.span.meets(edit.span));
                table.span.meets(span) || changes
            };
            if self.of_wrong_format().any(meets) {
                (fix.applicability, fix.preferred) = (Applicability::Unsafe, false);
            }
        }
    }

    /// Every figure of the report, except those whose sign is in words, which are not numbers yet (GK203).
    pub(in crate::rules) fn figures(&self) -> &[Figure<'a>] {
        self.figures.get_or_init(|| figures(self.report))
    }

    /// Every period that the report states, and every whole year from date to date, in the order of the text.
    pub(in crate::rules) fn periods(&self) -> &[Period] {
        self.periods.get_or_init(|| periods(self.report, self.source))
    }

    /// The passages before the first section, without the title.
    pub(in crate::rules) fn preamble(&self) -> &[Passage<'a>] {
        self.preamble.get_or_init(|| preamble(self.report, self.source))
    }

    /// The sums of the statements of each sentence.
    pub(in crate::rules) fn sentence_sums(&self) -> &SentenceSums {
        self.sentence_sums.get_or_init(|| SentenceSums::new(&self.report.statements))
    }

    /// The starts of the sentences with a figure that contradicts its table; `find` computes them the first time.
    pub(in crate::rules) fn contradicted_sentences(&self, find: impl FnOnce() -> HashSet<usize>) -> &HashSet<usize> {
        self.contradicted.get_or_init(find)
    }

    /// The edit that writes `value` into the blank `cell`.
    pub(in crate::rules) fn fill(&self, cell: &Cell, value: i64) -> TextEdit {
        cell.filled(self.source, &value.to_string())
    }
}

fn is_cell_mark(c: char) -> bool {
    matches!(c, '|' | '\t')
}

fn is_between_cells(c: char) -> bool {
    is_cell_mark(c) || c == ' '
}
