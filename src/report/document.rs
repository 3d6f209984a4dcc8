//! A document: its text, and the reports in it, each read by itself.
//!
//! A document may hold many reports. What an edit costs depends on the report it is in: that report's tree is brought up to
//! date, the blocks that changed are read again, and its model is put together anew.

use super::reading::{BlockReading, read_block};
use super::view::{ReportView, in_source, view, with_spans};
use super::{LabelUse, Report, assemble};
use crate::statute::{Section, SectionMatch, chinese_numeral, recognise, recognise_section};
use crate::syntax::{Tree, ends_inside_tag, heading, looks_like_title, visible_lines};
use crate::text::{Span, Text};
use std::sync::Arc;

/// A text and the reports in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    text: Text,
    units: Vec<Arc<ReportUnit>>,
}

/// A part of the text that holds one report, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportUnit {
    source: String,
    outline: Outline,
    tree: Tree,
    readings: Vec<Arc<BlockReading>>,
    report: Report,
    view: Option<ReportView>,
}

/// What an edit made necessary.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The units of the old document that are gone.
    pub old: std::ops::Range<usize>,
    /// The units that took their place.
    pub new: std::ops::Range<usize>,
    /// The bytes of the new text that were parsed again.
    pub span: Span,
    /// What was edited, if it was inside a single report.
    pub inside: Option<Inside>,
}

/// An edit inside a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Inside {
    /// The report as it was.
    before: Arc<ReportUnit>,
    /// What was replaced, counted from the report's start.
    replaced: Span,
    /// How many bytes took its place.
    inserted: usize,
}

impl Inside {
    /// Where a span of the old report that the edit does not touch stands now.
    pub fn moved(&self, span: Span) -> Span {
        let shift = |at: usize| at - self.replaced.end + self.replaced.start + self.inserted;
        Span {
            start: if span.start >= self.replaced.end { shift(span.start) } else { span.start },
            end: if span.end >= self.replaced.end && span.end > self.replaced.start {
                shift(span.end)
            } else {
                span.end
            },
        }
    }

    /// Whether the tables, and whether the prose, of `after` are those of the old report, but for having moved.
    pub fn kept(&self, after: &ReportUnit) -> (bool, bool) {
        // What was never judged as it stands has left nothing to keep.
        if self.before.view.is_some() || after.view.is_some() || !self.before.report.is_recognised() {
            return (false, false);
        }
        let apart = |span: Span| !span.meets(self.replaced);
        let (before, moved, after) =
            (&self.before.report, with_spans(&self.before.report, |span| self.moved(span)), &after.report);
        fn in_tables(report: &Report) -> impl Iterator<Item = &LabelUse> {
            report.labels.iter().filter(|label| label.table.is_some())
        }
        let tables = before.tables.iter().all(|table| apart(table.span))
            && in_tables(before).all(|label| apart(label.span))
            && before.strays.iter().all(|span| apart(*span))
            && moved.year.map(|(year, _)| year) == after.year.map(|(year, _)| year)
            && moved.tables == after.tables
            && moved.strays == after.strays
            && in_tables(&moved).eq(in_tables(after));
        let prose = before.title.iter().all(|title| apart(title.span))
            && before.sections.iter().all(|heading| apart(heading.span))
            && before.paragraphs.iter().all(|paragraph| apart(paragraph.span))
            && moved.title == after.title
            && moved.sections == after.sections
            && moved.paragraphs == after.paragraphs;
        (tables, prose)
    }
}

/// What decides where the next report starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Outline {
    /// The part before the second title line.
    first: Part,
    /// All of it.
    all: Part,
    /// How many title lines it has.
    titles: usize,
}

/// What is seen of a run of lines without parsing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct Part {
    starts_with_title: bool,
    first_ordinal: Option<u8>,
    last_ordinal: u8,
    has_table: bool,
}

impl Part {
    fn add(&mut self, other: Part) {
        self.first_ordinal = self.first_ordinal.or(other.first_ordinal);
        self.last_ordinal = self.last_ordinal.max(other.last_ordinal);
        self.has_table |= other.has_table;
    }

    /// Whether the report before is one that can be over.
    fn is_report(self) -> bool {
        self.last_ordinal >= 3 || self.has_table
    }

    /// Whether the report that `before` is of ends where this begins. A title that is repeated on every page starts no
    /// report, nor does one that is mentioned at the end.
    fn starts_report(self, before: Part) -> bool {
        let begins = self.first_ordinal == Some(1)
            || (self.first_ordinal == Some(2) && (self.last_ordinal >= 3 || self.has_table));
        self.starts_with_title && before.is_report() && begins
    }
}

/// The parts of `text`, each from a title line to the next, with where they start.
fn parts(text: &str) -> Vec<(usize, Part)> {
    let mut parts = vec![(0, Part::default())];
    visible_lines(text, |start, content, tagged| {
        if content.is_empty() {
            return;
        }
        if looks_like_title(content) {
            match parts.as_mut_slice() {
                [(0, part)] if start == 0 => part.starts_with_title = true,
                _ => parts.push((start, Part { starts_with_title: true, ..Part::default() })),
            }
            return;
        }
        let Some((_, part)) = parts.last_mut() else { return };
        if content.contains(['\t', '|']) {
            part.has_table = true;
            return;
        }
        // The name tells more than the number, which may be wrong.
        let ordinal = match heading(content) {
            // In markup a cell is a line, and `一、本年新收…` no heading.
            Some(_) if tagged && recognise(content).is_some() => None,
            Some(shape) => match recognise_section(shape.name.of(content)) {
                Some((section, fit)) if fit <= SectionMatch::Close => Some(section.number()),
                _ => shape.numeral.and_then(|span| chinese_numeral(span.of(content))).filter(|number| *number <= 6),
            },
            None => (content.trim() == Section::Overview.name()).then_some(Section::Overview.number()),
        };
        if let Some(ordinal) = ordinal {
            part.first_ordinal = part.first_ordinal.or(Some(ordinal));
            part.last_ordinal = part.last_ordinal.max(ordinal);
        }
    });
    parts
}

/// Where the reports of `text` start, each with its outline.
fn split(text: &str) -> Vec<(usize, Outline)> {
    let mut reports: Vec<(usize, Outline)> = Vec::new();
    for (start, part) in parts(text) {
        let titles = usize::from(part.starts_with_title);
        match reports.last_mut() {
            Some((_, outline)) if !part.starts_report(outline.all) => {
                outline.all.add(part);
                outline.titles += titles;
            }
            _ => reports.push((start, Outline { first: part, all: part, titles })),
        }
    }
    reports
}

/// The reports of `text`, each with its extent and its outline; they tile the text.
fn extents(text: &str) -> Vec<(Span, Outline)> {
    let starts = split(text);
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    starts.iter().zip(ends).map(|((start, outline), end)| (Span::new(*start, end), *outline)).collect()
}

impl ReportUnit {
    fn parse(source: String, outline: Outline) -> ReportUnit {
        let tree = Tree::parse(&source);
        let mut at = 0;
        let readings: Vec<Arc<BlockReading>> = tree
            .blocks
            .iter()
            .map(|block| {
                let span = Span::new(at, at + block.len);
                at = span.end;
                Arc::new(read_block(block, span.of(&source)))
            })
            .collect();
        ReportUnit::of(source, outline, tree, readings)
    }

    fn of(source: String, outline: Outline, tree: Tree, readings: Vec<Arc<BlockReading>>) -> ReportUnit {
        let view = view(&source, &tree, &readings).map(|text| {
            let report = assemble::assemble(text.text(), &tree, &readings);
            ReportView { text, report }
        });
        let report = match &view {
            Some(view) => in_source(&view.report, &view.text, source.len()),
            None => assemble::assemble(&source, &tree, &readings),
        };
        ReportUnit { source, outline, tree, readings, report, view }
    }

    /// Its text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it means; spans count from the start of the unit.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What is seen of it, if its text is marked up.
    pub fn view(&self) -> Option<&ReportView> {
        self.view.as_ref()
    }

    /// Its shape.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The unit after `replaced` gave way to `content`, and what was parsed again; `None` if the edit may move the border
    /// between reports.
    fn edited(&self, replaced: Span, content: &str) -> Option<(ReportUnit, Span)> {
        let mut source = self.source.clone();
        source.get(replaced.range())?;
        source.replace_range(replaced.range(), content);
        if ends_inside_tag(&source) {
            return None;
        }
        match split(&source).as_slice() {
            [(0, outline)] if *outline == self.outline => {}
            _ => return None,
        }
        let mut tree = self.tree.clone();
        let change = tree.edit(&source, replaced, content.len());
        let mut readings = self.readings.clone();
        let mut at = change.span.start;
        let fresh: Vec<Arc<BlockReading>> = tree.blocks[change.new.clone()]
            .iter()
            .map(|block| {
                let span = Span::new(at, at + block.len);
                at = span.end;
                Arc::new(read_block(block, span.of(&source)))
            })
            .collect();
        readings.splice(change.old, fresh);
        Some((ReportUnit::of(source, self.outline, tree, readings), change.span))
    }
}

impl Document {
    /// The document `source`.
    pub fn new(source: &str) -> Document {
        let units = extents(source)
            .into_iter()
            .map(|(span, outline)| Arc::new(ReportUnit::parse(span.of(source).to_owned(), outline)))
            .collect();
        Document { text: Text::new(source), units }
    }

    /// The text as it stands.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The units, in order; they tile the text.
    pub fn units(&self) -> &[Arc<ReportUnit>] {
        &self.units
    }

    /// Replaces `span` by `content`. The result equals a fresh document of the new text.
    pub fn edit(&mut self, span: Span, content: &str) -> Edited {
        let span = self.text.edit(span, content);
        let mut start = 0;
        for (index, unit) in self.units.iter().enumerate() {
            let extent = Span::new(start, start + unit.source.len());
            let after_start = index == 0 || span.start > extent.start;
            let before_end = index + 1 == self.units.len() || span.end < extent.end;
            if after_start && before_end && extent.start <= span.start && span.end <= extent.end {
                let local = Span::new(span.start - start, span.end - start);
                if let Some((edited, parsed)) = unit.edited(local, content) {
                    let before = std::mem::replace(&mut self.units[index], Arc::new(edited));
                    let inside = Some(Inside { before, replaced: local, inserted: content.len() });
                    return Edited { old: index..index + 1, new: index..index + 1, span: parsed.shift(start), inside };
                }
                break;
            }
            if extent.start > span.end {
                break;
            }
            start = extent.end;
        }
        self.split_again()
    }

    /// Finds the borders between reports anew; reports that are still the same are kept.
    fn split_again(&mut self) -> Edited {
        let source = self.text.to_string();
        let spans = extents(&source);
        let same = |unit: &ReportUnit, (span, outline): &(Span, Outline)| {
            unit.outline == *outline && unit.source == span.of(&source)
        };
        let kept = self.units.iter().zip(&spans).take_while(|(unit, part)| same(unit, part)).count();
        let room = self.units.len().min(spans.len()) - kept;
        let behind = self.units.iter().rev().zip(spans.iter().rev()).take(room);
        let kept_behind = behind.take_while(|(unit, part)| same(unit, part)).count();
        let (old, new) = (kept..self.units.len() - kept_behind, kept..spans.len() - kept_behind);
        let fresh: Vec<Arc<ReportUnit>> = spans[new.clone()]
            .iter()
            .map(|(span, outline)| Arc::new(ReportUnit::parse(span.of(&source).to_owned(), *outline)))
            .collect();
        let span = match (spans[new.clone()].first(), spans[new.clone()].last()) {
            (Some((first, _)), Some((last, _))) => first.cover(*last),
            _ => Span::default(),
        };
        self.units.splice(old.clone(), fresh);
        Edited { old, new, span, inside: None }
    }
}
