//! A document: its text, and the reports in it, each read by itself.
//!
//! A document may hold many reports. What an edit costs depends on the report it is in: that report's tree is brought up to
//! date, the blocks that changed are read again, and its model is put together anew.

use super::marked_up::{FoundTables, ReportView, in_source, map_spans, view};
use super::reading::{BlockReading, Reading, read_block, read_block_again, read_figure};
use super::tables::{figure_at, replace_figure};
use super::{Cell, Facets, LabelUse, Report, Table, Unread, Value, assemble};
use crate::statute::{Section, SectionMatch, chinese_numeral, recognise, recognise_section};
use crate::syntax::{Block, BlockKind, Tree, ends_inside_tag, heading, looks_like_title, unmarked, visible_lines};
use crate::text::{Span, Text, line_breaks, lines_around, with_usual_hanzi};
use std::sync::{Arc, OnceLock};

/// A text and the reports in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    text: Text,
    units: Vec<Arc<ReportUnit>>,
    /// What of each of them is asked at every edit, in one place: there may be a thousand.
    extents: Vec<UnitExtent>,
}

/// How far a unit reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
struct UnitExtent {
    length: usize,
    /// How many lines end in it.
    breaks: usize,
    /// Whether the last one does.
    ends_line: bool,
    /// Whether a tag starts in it that what follows may end.
    open: bool,
}

/// A part of the text that holds one report, or none. It is read when somebody first asks what it says.
#[derive(Clone, Debug)]
pub struct ReportUnit {
    source: String,
    /// Whether a tag or an entity may be in it.
    marked: bool,
    outline: ReportBoundaries,
    content: OnceLock<UnitContent>,
}

/// What a unit says.
#[derive(Clone, Debug, PartialEq)]
struct UnitContent {
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
    pub inside: Option<ReportEdit>,
}

/// An edit inside a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportEdit {
    /// What was replaced, counted from the report's start.
    replaced: Span,
    /// How many bytes took its place.
    inserted: usize,
    /// The line that was edited, counted from the report's start, as it is now.
    line: Span,
    /// Whether lines end as they did.
    keeps_lines: bool,
    /// What of the report is no longer as it was, but for having moved.
    pub changed: Facets,
}

impl ReportEdit {
    /// Whether `span` is a place in the old report of which nobody can tell where it is now.
    pub fn is_unclear(&self, span: Span) -> bool {
        span.is_empty() && self.replaced.touches(span.start)
    }

    /// Whether the edit leaves `span` of the old report alone, and so [`ReportEdit::moved`] tells where it is now.
    pub fn is_apart(&self, span: Span) -> bool {
        !span.meets(self.replaced)
    }

    /// Whether `span` of the new report is in the lines and columns in which it were before.
    pub fn is_on_its_line(&self, span: Span) -> bool {
        // A line break may have two bytes.
        span.end < self.line.start || (self.keeps_lines && span.start > self.line.end + 1)
    }

    /// Where a span of the old report that the edit does not touch is now.
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
}

impl ReportEdit {
    /// What the edit changed of the report `before`, which it made `after`, if it was inside of a table.
    fn changed_in_tables(&self, before: &Report, after: &Report) -> Facets {
        match self.same_labels(before, after) {
            true => Facets::VALUES.and(Facets::SPELLING),
            false => Facets::TABLES,
        }
    }

    /// Whether the labels of the tables are as they were, but for having moved.
    fn same_labels(&self, before: &Report, after: &Report) -> bool {
        let moved = |span: Span| self.moved(span);
        let label = |label: &LabelUse| LabelUse { span: moved(label.span), ..label.clone() };
        let row_labels = |table: &Table| -> Vec<Option<Span>> {
            table.rows.iter().map(|row| row.as_ref().and_then(|row| Some(row.label?.0))).collect()
        };
        let same_rows = |(before, after): (&Table, &Table)| {
            let rows = row_labels(before).into_iter().map(|span| span.map(moved));
            before.spec == after.spec
                && before.witness.map(moved) == after.witness
                && rows.eq(row_labels(after))
                && before.rows.iter().map(Option::is_some).eq(after.rows.iter().map(Option::is_some))
                && before
                    .surplus_rows
                    .iter()
                    .map(|(row, span)| (*row, moved(*span)))
                    .eq(after.surplus_rows.iter().copied())
        };
        let apart = |span: &Span| !span.meets(self.replaced);
        before.labels.iter().map(|label| &label.span).chain(&before.strays).all(apart)
            && before.labels.iter().map(label).eq(after.labels.iter().cloned())
            && before.strays.iter().map(|span| moved(*span)).eq(after.strays.iter().copied())
            && before.pieced.iter().map(|span| moved(*span)).eq(after.pieced.iter().copied())
            && self.same_unread(before, after)
            && before.tables.len() == after.tables.len()
            && before.tables.iter().zip(&after.tables).all(same_rows)
    }

    /// Whether what could not be read is as it was, but for having moved.
    fn same_unread(&self, before: &Report, after: &Report) -> bool {
        let moved = before.unread.iter().map(|unread| Unread { span: self.moved(unread.span), ..*unread });
        moved.eq(after.unread.iter().copied())
    }

    /// What were in `span` of the text before the edit, which took `removed` away and made `source`.
    fn before(&self, removed: &str, source: &str, span: Span) -> String {
        let Span { start, end } = self.replaced;
        let ahead = Span::new(span.start, span.end.min(start)).of(source);
        let gone = Span::new(span.start.clamp(start, end) - start, span.end.clamp(start, end) - start).of(removed);
        let now = |at: usize| at.max(end) - end + start + self.inserted;
        let behind = if span.end > end { Span::new(now(span.start), now(span.end)).of(source) } else { "" };
        [ahead, gone, behind].concat()
    }
}

/// The blocks of a report that an edit replaced, and those that took their place.
struct Replaced<'a> {
    /// What the edit replaced, and how many bytes took its place.
    inside: ReportEdit,
    /// What was read of the old blocks, and where those stood.
    old: &'a [Arc<BlockReading>],
    extent: Span,
    new: &'a [Arc<BlockReading>],
}

impl Replaced<'_> {
    /// What an edit changed that made `after` of the report `before`, whose tables it took over if it `keeps_tables`. Blocks
    /// are read each by itself, so that figures of tables never come from prose, nor prose from tables; what they share is
    /// the year.
    fn changed(&self, before: &Report, after: &Report, keeps_tables: bool) -> Facets {
        let in_tables = |readings: &[Arc<BlockReading>]| {
            readings.iter().any(|reading| matches!(reading.reading, Reading::Table(_)))
                && !readings.iter().any(|reading| matches!(reading.reading, Reading::Prose(_)))
        };
        let replaced = self.inside.replaced;
        let strictly_inside = self.extent.start < replaced.start && replaced.end < self.extent.end;
        if strictly_inside && in_tables(self.old) && in_tables(self.new) {
            return self.inside.changed_in_tables(before, after);
        }
        let apart = |span: Span| !span.meets(replaced);
        let moved = |span: Span| self.inside.moved(span);
        let same_head = || {
            let (mut title, mut sections) = (before.title.clone(), before.sections.clone());
            title.iter_mut().for_each(|title| title.map_spans(moved));
            sections.iter_mut().for_each(|heading| heading.map_spans(moved));

            // Findings about the year show where it is said.
            before.year.is_none_or(|(_, span)| apart(span))
                && before.year.map(|(year, span)| (year, moved(span))) == after.year
                && before.title.as_ref().is_none_or(|title| apart(title.span))
                && before.sections.iter().all(|heading| apart(heading.span))
                && title == after.title
                && sections == after.sections
        };
        // What is not read of a table may be among the lines of words.
        let same_tables = keeps_tables && self.inside.same_unread(before, after);
        if same_tables && same_head() { Facets::PROSE } else { Facets::ALL }
    }

    /// Whether nothing of what the tables of `before` are made of was replaced.
    fn keeps_tables(&self, before: &Report) -> bool {
        let plain = |reading: &Arc<BlockReading>| match &reading.reading {
            Reading::Blank | Reading::Meta(_) => true,
            Reading::Prose(prose) => !prose.is_title && prose.heading.is_none(),
            Reading::Table(_) => false,
        };
        let of_tables = before.labels.iter().filter(|label| label.table.is_some()).map(|label| label.span);
        let spans = before.tables.iter().map(|table| table.span).chain(before.strays.iter().copied());
        // A table that was taken out as unreadable may be whole again.
        !before.lines_name_rows
            && before.unread.iter().all(|unread| unread.row.is_some())
            && self.old.iter().chain(self.new).all(plain)
            && spans.chain(of_tables).all(|span| !span.meets(self.inside.replaced))
    }
}

/// What decides where the next report starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct ReportBoundaries {
    /// The part before the second title line.
    first: LineRun,
    /// All of it.
    all: LineRun,
    /// How many title lines it has.
    titles: usize,
}

/// What is seen of a run of lines without parsing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct LineRun {
    starts_with_title: bool,
    first_ordinal: Option<u8>,
    last_ordinal: u8,
    has_table: bool,
}

impl LineRun {
    fn add(&mut self, other: LineRun) {
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
    fn starts_report(self, before: LineRun) -> bool {
        let begins = self.first_ordinal == Some(1)
            || (self.first_ordinal == Some(2) && (self.last_ordinal >= 3 || self.has_table));
        self.starts_with_title && before.is_report() && begins
    }
}

/// What a line tells of where reports start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEvidence {
    Title,
    Table,
    /// It opens the section of this number.
    Section(u8),
}

impl LineEvidence {
    /// What `content` tells, a line of words; `tagged` says whether markup is in it.
    fn of(content: &str, tagged: bool) -> Option<LineEvidence> {
        if content.is_empty() {
            return None;
        }
        let content = &*unmarked(content);
        if looks_like_title(content) {
            return Some(LineEvidence::Title);
        }
        if memchr::memchr2(b'\t', b'|', content.as_bytes()).is_some() {
            return Some(LineEvidence::Table);
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
        ordinal.map(LineEvidence::Section)
    }
}

/// The parts of `text`, each from a title line to the next, with where they start.
fn parts(text: &str) -> Vec<(usize, LineRun)> {
    let mut parts = vec![(0, LineRun::default())];
    visible_lines(text, |start, content, tagged| {
        take_up(LineEvidence::of(content, tagged), start, &mut parts);
    });
    parts
}

/// Whether the outline of a text without any markup is what it was, because its one line that was edited, `before`, tells
/// what it told, as `after`.
fn same_outline(before: &str, after: &str) -> bool {
    let is_line = |text: &str| !text.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'<' | b'&'));
    is_line(before) && is_line(after) && LineEvidence::of(before, false) == LineEvidence::of(after, false)
}

/// Where the reports of `text` start, each with its outline.
fn split(text: &str) -> Vec<(usize, ReportBoundaries)> {
    join(parts(text))
}

/// The reports that `parts` make up: where they start, each with its outline.
fn join(parts: Vec<(usize, LineRun)>) -> Vec<(usize, ReportBoundaries)> {
    let mut reports: Vec<(usize, ReportBoundaries)> = Vec::new();
    for (start, part) in parts {
        let titles = usize::from(part.starts_with_title);
        match reports.last_mut() {
            Some((_, outline)) if !part.starts_report(outline.all) => {
                outline.all.add(part);
                outline.titles += titles;
            }
            _ => reports.push((start, ReportBoundaries { first: part, all: part, titles })),
        }
    }
    reports
}

/// What `mark` tells, of a line that starts at `start`, taken up in the last of `parts`, or in a new one.
fn take_up(mark: Option<LineEvidence>, start: usize, parts: &mut Vec<(usize, LineRun)>) {
    if mark == Some(LineEvidence::Title) {
        match parts.as_mut_slice() {
            [(0, part)] if start == 0 => part.starts_with_title = true,
            _ => parts.push((start, LineRun { starts_with_title: true, ..LineRun::default() })),
        }
    }
    let Some((_, part)) = parts.last_mut() else { return };
    match mark {
        Some(LineEvidence::Table) => part.has_table = true,
        Some(LineEvidence::Section(ordinal)) => {
            part.first_ordinal = part.first_ordinal.or(Some(ordinal));
            part.last_ordinal = part.last_ordinal.max(ordinal);
        }
        Some(LineEvidence::Title) | None => {}
    }
}

/// The parts of `text`, whose blocks are those of `tree`.
fn parts_of_blocks(text: &str, tree: &Tree) -> Vec<(usize, LineRun)> {
    let mut parts = vec![(0, LineRun::default())];
    let mut start = 0;
    for block in &tree.blocks {
        let mark = match block.kind {
            BlockKind::Title => Some(LineEvidence::Title),
            BlockKind::Table(_) => Some(LineEvidence::Table),
            BlockKind::Heading | BlockKind::Paragraph => LineEvidence::of(block.content().shift(start).of(text), true),
            BlockKind::Blank | BlockKind::Markup => None,
        };
        take_up(mark, start, &mut parts);
        start += block.len;
    }
    parts
}

/// The reports of `text`, each with its extent and its outline; they tile the text.
fn extents(text: &str) -> Vec<(Span, ReportBoundaries)> {
    tiles(split(text), text.len())
}

/// The same for reports that start at `starts` in a text of `length` bytes.
fn tiles(starts: Vec<(usize, ReportBoundaries)>, length: usize) -> Vec<(Span, ReportBoundaries)> {
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([length]);
    starts.iter().zip(ends).map(|((start, outline), end)| (Span::new(*start, end), *outline)).collect()
}

impl UnitContent {
    fn parse(source: &str) -> UnitContent {
        UnitContent::of(source, Tree::parse(source))
    }

    /// What `source` says, whose shape is `tree`.
    fn of(source: &str, tree: Tree) -> UnitContent {
        let readings = read_blocks(&tree.blocks, source, 0);
        let (report, view) = understand(source, &tree, &readings, None, None);
        UnitContent { tree, readings, report, view }
    }

    /// The model of what is seen.
    fn seen(&self) -> &Report {
        self.view.as_ref().map_or(&self.report, |view| &view.report)
    }

    /// Takes in the edit of `inside`, which took `removed` away and made `source`. Gives the bytes of it that were parsed
    /// again.
    fn edit(&mut self, removed: &str, source: &str, inside: &mut ReportEdit) -> Span {
        match self.edit_figure(removed, source, inside) {
            Some(span) => span,
            None => self.edit_blocks(removed, source, inside),
        }
    }

    /// The same where all that happened is that a figure of digits took the place of another in its cell.
    fn edit_figure(&mut self, removed: &str, source: &str, inside: &mut ReportEdit) -> Option<Span> {
        if self.view.is_some() || !self.report.is_recognised() {
            return None;
        }
        let replaced = inside.replaced;
        let cell = self.tree.digit_cell(source, replaced.start, removed, inside.inserted)?;
        let reading = self.readings.get_mut(cell.block)?;
        let old = reading.figure(cell.cell)?;
        let new = read_figure(cell.span.shift(cell.start), source)?;
        let old_span = old.span.shift(cell.start);
        // White space around a figure is not of its span.
        let grown = Span::new(old_span.start, old_span.end - replaced.len() + inside.inserted);
        if replaced.start < old_span.start || replaced.end > old_span.end || new.span != grown {
            return None;
        }
        let read = Cell { span: Span::new(grown.start - cell.start, grown.end - cell.start), value: new.value.clone() };
        Arc::make_mut(reading).replace_figure(cell.cell, read);
        self.tree.resize(cell);
        match figure_at(&self.report.tables, old_span) {
            Some(place) => {
                let plain = |value: &Value| matches!(value, Value::Number(number) if number.is_plain());
                let spelling = if plain(&old.value) && plain(&new.value) { Facets::NONE } else { Facets::SPELLING };
                inside.changed = inside.changed.and(Facets::VALUES).and(spelling);
                // What starts with the figure starts with what was put before it, and what ends with the figure ends after
                // what was put after it: a row that its last cell grew in.
                map_spans(&mut self.report, |span| {
                    let mut moved = inside.moved(span);
                    if span.start == old_span.start && !span.is_empty() {
                        moved.start = span.start;
                    } else if replaced.end == old_span.end && span.end == replaced.end && span.start < replaced.start {
                        moved.end = replaced.start + inside.inserted;
                    }
                    moved
                });
                replace_figure(&mut self.report.tables, place, new);
            }
            None => {
                let (report, _) = understand(source, &self.tree, &self.readings, None, Some(self.seen()));
                inside.changed = inside.changed.and(inside.changed_in_tables(&self.report, &report));
                self.report = report;
            }
        }
        Some(cell.span.shift(cell.start))
    }

    /// The same for any edit: what it touches is read again.
    fn edit_blocks(&mut self, removed: &str, source: &str, inside: &mut ReportEdit) -> Span {
        let change = self.tree.edit(source, inside.replaced, inside.inserted);
        let new = self.tree.blocks.get(change.new.clone()).unwrap_or_default();
        let start = change.start;
        let fresh = match (new, change.gone.as_slice(), self.readings.get(change.old.start)) {
            ([new], [old], Some(known)) => {
                let text = Span::new(start, start + new.len);
                let old_text = inside.before(removed, source, Span::new(start, start + old.len));
                vec![Arc::new(read_block_again(new, text.of(source), (old, &old_text, &**known)))]
            }
            _ => read_blocks(new, source, start),
        };
        let old: Vec<Arc<BlockReading>> = self.readings.splice(change.old, fresh.iter().cloned()).collect();
        let grown = |end: usize| end + inside.replaced.len() - inside.inserted;
        let extent = Span { start, end: grown(change.span.end) };
        let replaced = Replaced { inside: *inside, old: &old, extent, new: &fresh };
        // What was not checked as it is has left nothing to keep.
        let known = self.view.is_none() && self.report.is_recognised();
        let keeps_tables = known && replaced.keeps_tables(&self.report);
        let kept = keeps_tables.then(|| {
            let year = self.report.year.map(|(year, _)| year);
            (self.report.take_bound(|span| inside.moved(span)), year)
        });
        let (report, view) = understand(source, &self.tree, &self.readings, kept, Some(self.seen()));
        inside.changed = match known && view.is_none() {
            true => inside.changed.and(replaced.changed(&self.report, &report, keeps_tables)),
            false => Facets::ALL,
        };
        (self.report, self.view) = (report, view);
        change.span
    }
}

/// What `source` means, whose blocks are those of `tree` and say `readings`. For `kept` and `before`, see
/// [`assemble::assemble`].
fn understand(
    source: &str,
    tree: &Tree,
    readings: &[Arc<BlockReading>],
    kept: Option<(FoundTables, Option<u16>)>,
    before: Option<&Report>,
) -> (Report, Option<ReportView>) {
    let view = view(source, tree, readings).map(|text| {
        let report = assemble::assemble(text.text(), tree, readings, None, before);
        ReportView { text, report }
    });
    let report = match &view {
        Some(view) => in_source(&view.report, &view.text, source.len()),
        None => assemble::assemble(source, tree, readings, kept, before),
    };
    (report, view)
}

/// What `blocks` say, which are in `source` from `start` on.
fn read_blocks(blocks: &[Block], source: &str, start: usize) -> Vec<Arc<BlockReading>> {
    let mut at = start;
    let read = |block: &Block| {
        let span = Span::new(at, at + block.len);
        at = span.end;
        Arc::new(read_block(block, span.of(source)))
    };
    blocks.iter().map(read).collect()
}

impl UnitExtent {
    fn of(source: &str, marked: bool) -> UnitExtent {
        UnitExtent {
            length: source.len(),
            breaks: line_breaks(source),
            ends_line: source.ends_with(['\n', '\r']),
            open: marked && ends_inside_tag(source),
        }
    }
}

fn may_be_marked(source: &str) -> bool {
    memchr::memchr2(b'<', b'&', source.as_bytes()).is_some()
}

fn is_line_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

impl PartialEq for ReportUnit {
    fn eq(&self, other: &ReportUnit) -> bool {
        self.source == other.source && self.outline == other.outline && self.content() == other.content()
    }
}

impl ReportUnit {
    fn new(source: &str, outline: ReportBoundaries) -> ReportUnit {
        ReportUnit { source: source.into(), marked: may_be_marked(source), outline, content: OnceLock::new() }
    }

    /// The unit `source` with the shape `tree`.
    fn shaped(source: &str, outline: ReportBoundaries, tree: Tree) -> ReportUnit {
        let content = OnceLock::from(UnitContent::of(source, tree));
        ReportUnit { source: source.into(), marked: false, outline, content }
    }

    fn content(&self) -> &UnitContent {
        self.content.get_or_init(|| UnitContent::parse(&self.source))
    }

    /// Its text as it is read: radicals that a printer wrote are the hanzi they look like, each where it was.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it means; spans count from the start of the unit.
    pub fn report(&self) -> &Report {
        &self.content().report
    }

    /// What is seen of it, if its text is marked up.
    pub fn view(&self) -> Option<&ReportView> {
        self.content().view.as_ref()
    }

    /// Its shape.
    pub fn tree(&self) -> &Tree {
        &self.content().tree
    }

    /// Replaces `replaced` by `content`, if that does not move the border between reports; says whether it did.
    fn replace(&mut self, replaced: Span, content: &str) -> bool {
        let line = lines_around(&self.source, replaced);
        let around = [Span::new(line.start, replaced.start), Span::new(replaced.end, line.end)];
        let [ahead, behind] = around.map(|span| span.of(&self.source));
        if !self.marked && same_outline(line.of(&self.source), &[ahead, content, behind].concat()) {
            self.source.replace_range(replaced.range(), content);
            return true;
        }
        let mut source = self.source.clone();
        source.replace_range(replaced.range(), content);
        if ends_inside_tag(&source) || !matches!(split(&source).as_slice(), [(0, outline)] if *outline == self.outline)
        {
            return false;
        }
        self.marked = may_be_marked(&source);
        self.source = source;
        true
    }

    /// Whether `content` in the place of `replaced` may put another line break in, or take one out.
    fn touches_line_break(&self, replaced: Span, content: &str) -> bool {
        let around = Span::new(replaced.start.saturating_sub(1), replaced.end + 1);
        let breaks = |text: &[u8]| text.iter().copied().any(is_line_break);
        let near = self.source.as_bytes().get(around.start..around.end.min(self.source.len()));
        near.is_some_and(breaks) || breaks(content.as_bytes())
    }

    /// Whether every line ends where it did, but for having moved, with `content` in the place of `replaced`.
    fn keeps_lines(&self, replaced: Span, content: &str) -> bool {
        let source = self.source.as_bytes();
        let removed = source.get(replaced.range()).unwrap_or_default();
        let ends = |text: &[u8]| text.iter().copied().any(is_line_break);
        let before = replaced.start.checked_sub(1).and_then(|at| source.get(at));
        // `\r` and `\n` are one line break if nothing is between them.
        let torn = before == Some(&b'\r') && source.get(replaced.end) == Some(&b'\n');
        !torn && !ends(removed) && !ends(content.as_bytes())
    }

    /// Replaces `replaced` by `content`, if that does not move the border between reports. Tells what was edited, and the
    /// bytes that were parsed again.
    fn edit(&mut self, replaced: Span, content: &str) -> Option<(ReportEdit, Span)> {
        let removed = self.source.get(replaced.range())?.to_owned();
        // Every fix that writes a line writes it as those of the text are written.
        let line_break = |unit: &ReportUnit| unit.source.contains("\r\n");
        let before = self.touches_line_break(replaced, content).then(|| line_break(self));
        let keeps_lines = self.keeps_lines(replaced, content);
        if !self.replace(replaced, content) {
            return None;
        }
        let changed = match before.is_none_or(|before| before == line_break(self)) {
            true => Facets::of_edit(&removed, content),
            false => Facets::ALL,
        };
        let inserted = content.len();
        let line = lines_around(&self.source, Span::new(replaced.start, replaced.start + inserted));
        let mut inside = ReportEdit { replaced, inserted, line, keeps_lines, changed };
        let parsed = match self.content.get_mut() {
            Some(known) => known.edit(&removed, &self.source, &mut inside),
            None => Span::new(0, self.source.len()),
        };
        Some((inside, parsed))
    }
}

impl Document {
    /// The document `source`.
    pub fn new(source: &str) -> Document {
        Document::of(Text::new(source), source)
    }

    /// The document `text`, which says `source`.
    pub fn of(text: Text, source: &str) -> Document {
        let source = &*with_usual_hanzi(source);
        let extents = extents(source);
        let unit = |(span, outline): &(Span, ReportBoundaries)| Arc::new(ReportUnit::new(span.of(source), *outline));
        let units: Vec<Arc<ReportUnit>> = extents.iter().map(unit).collect();
        let extents = units.iter().map(|unit| UnitExtent::of(&unit.source, unit.marked)).collect();
        Document { text, units, extents }
    }

    /// The document `source` with the shape `tree`, which its text alone does not tell. It is not edited: what it was made
    /// from is, and it is read anew.
    pub fn shaped(source: &str, tree: Tree) -> Document {
        let text = Text::new(source);
        let source = &*with_usual_hanzi(source);
        let spans = tiles(join(parts_of_blocks(source, &tree)), source.len());
        let mut blocks = tree.blocks.into_iter().peekable();
        let mut at = 0;
        let unit = |(span, outline): &(Span, ReportBoundaries)| {
            let mut own = Tree::default();
            while let Some(block) = blocks.next_if(|_| at < span.end) {
                at += block.len;
                own.blocks.push(block);
            }
            Arc::new(ReportUnit::shaped(span.of(source), *outline, own))
        };
        let units: Vec<Arc<ReportUnit>> = spans.iter().map(unit).collect();
        let extents = units.iter().map(|unit| UnitExtent::of(&unit.source, false)).collect();
        Document { text, units, extents }
    }

    /// The text as it is.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The units, in order, with where each starts; they tile the text.
    pub fn units(&self) -> impl Iterator<Item = (usize, &ReportUnit)> {
        let starts = self.extents.iter().scan(0, |end, extent| {
            let start = *end;
            *end += extent.length;
            Some(start)
        });
        starts.zip(self.units.iter().map(|unit| &**unit))
    }

    /// For each unit in order the line that it starts with; `None` where it starts inside one.
    pub fn first_lines(&self) -> impl Iterator<Item = Option<usize>> {
        let mut line = 0;
        let behind = self.extents.iter().map(move |extent| {
            line += extent.breaks;
            extent.ends_line.then_some(line)
        });
        std::iter::once(Some(0)).chain(behind)
    }

    /// The unit that `offset` is in, with where it starts; at a border, the one that starts there.
    pub fn unit_at(&self, offset: usize) -> Option<(usize, &ReportUnit)> {
        self.units().take_while(|(start, _)| *start <= offset).last()
    }

    /// Unit `index`.
    pub fn unit(&self, index: usize) -> Option<&ReportUnit> {
        self.units.get(index).map(|unit| &**unit)
    }

    /// Replaces `span` by `content`. The result equals a fresh document of the new text.
    pub fn edit(&mut self, span: Span, content: &str) -> Edited {
        let span = self.text.edit(span, content);
        match self.edit_unit(span, &with_usual_hanzi(content)) {
            Some(edited) => edited,
            None => self.split_again(),
        }
    }

    /// The same where it is inside a single report and moves no border; otherwise nothing is done.
    fn edit_unit(&mut self, span: Span, content: &str) -> Option<Edited> {
        let (index, extent) = self.around(span)?;
        let local = Span::new(span.start - extent.start, span.end - extent.start);
        // In markup a report may start in the middle of a line, and what is seen of that line is of two reports.
        let follows = index.checked_sub(1).and_then(|before| self.extents.get(before));
        let goes_on = self.extents.get(index).filter(|_| index + 1 < self.extents.len());
        if follows.into_iter().chain(goes_on).any(|extent| !extent.ends_line) {
            return None;
        }
        let unit = Arc::make_mut(self.units.get_mut(index)?);
        let (inside, parsed) = unit.edit(local, content)?;
        *self.extents.get_mut(index)? = UnitExtent::of(&unit.source, unit.marked);
        let units = index..index + 1;
        Some(Edited { old: units.clone(), new: units, span: parsed.shift(extent.start), inside: Some(inside) })
    }

    /// The unit that `span` is inside of, not at a border, and where that is; `None` also where a tag that starts in a
    /// unit before may end.
    fn around(&self, span: Span) -> Option<(usize, Span)> {
        let mut start = 0;
        for (index, UnitExtent { length, open, .. }) in self.extents.iter().enumerate() {
            let extent = Span::new(start, start + length);
            let after_start = index == 0 || span.start > extent.start;
            let before_end = index + 1 == self.extents.len() || span.end < extent.end;
            if after_start && before_end && extent.start <= span.start && span.end <= extent.end {
                return Some((index, extent));
            }
            if extent.start > span.end || *open {
                break;
            }
            start = extent.end;
        }
        None
    }

    /// Finds the borders between reports anew; reports that are still the same are kept.
    fn split_again(&mut self) -> Edited {
        let source = self.text.to_string();
        let source = with_usual_hanzi(&source);
        let spans = extents(&source);
        let same = |unit: &ReportUnit, (span, outline): &(Span, ReportBoundaries)| {
            unit.outline == *outline && *unit.source == *span.of(&source)
        };
        let kept = self.units.iter().zip(&spans).take_while(|(unit, part)| same(unit, part)).count();
        let room = self.units.len().min(spans.len()) - kept;
        let behind = self.units.iter().rev().zip(spans.iter().rev()).take(room);
        let kept_behind = behind.take_while(|(unit, part)| same(unit, part)).count();
        let (old, new) = (kept..self.units.len() - kept_behind, kept..spans.len() - kept_behind);
        let fresh: Vec<Arc<ReportUnit>> = spans[new.clone()]
            .iter()
            .map(|(span, outline)| Arc::new(ReportUnit::new(span.of(&source), *outline)))
            .collect();
        let span = match (spans[new.clone()].first(), spans[new.clone()].last()) {
            (Some((first, _)), Some((last, _))) => first.cover(*last),
            _ => Span::default(),
        };
        self.extents.splice(old.clone(), fresh.iter().map(|unit| UnitExtent::of(&unit.source, unit.marked)));
        self.units.splice(old.clone(), fresh);
        Edited { old, new, span, inside: None }
    }
}
