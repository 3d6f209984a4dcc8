//! A document: its text, and the reports in it, which are read separately.
//!
//! A document may contain many reports. The cost of an edit depends on its own report: it updates that report's tree,
//! reads the changed blocks again, and assembles that report's model again.

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
    /// The data of each report that every edit needs, in one place: there may be a thousand.
    extents: Vec<UnitExtent>,
}

/// The extent of a unit.
#[derive(Clone, Copy, Debug, PartialEq)]
struct UnitExtent {
    length: usize,
    /// How many lines end in it.
    breaks: usize,
    /// Whether the last one does.
    ends_line: bool,
    /// Whether a tag in it may end in the text after it.
    open: bool,
}

/// A part of the text that contains one report, or none. It is read when its model is first needed.
#[derive(Clone, Debug)]
pub struct ReportUnit {
    source: String,
    /// Whether a tag or an entity may be in it.
    marked: bool,
    outline: ReportBoundaries,
    content: OnceLock<UnitContent>,
}

/// The content of a unit.
#[derive(Clone, Debug, PartialEq)]
struct UnitContent {
    tree: Tree,
    readings: Vec<Arc<BlockReading>>,
    report: Report,
    view: Option<ReportView>,
}

/// The changes of a document by an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The range of the removed units in the old document.
    pub old: std::ops::Range<usize>,
    /// The range of their replacements.
    pub new: std::ops::Range<usize>,
    /// The part of the new text that was parsed again.
    pub span: Span,
    /// The edit, if it was inside a single report.
    pub inside: Option<ReportEdit>,
}

/// An edit inside a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportEdit {
    /// The replaced span, counted from the report's start.
    replaced: Span,
    /// The length of the new text in bytes.
    inserted: usize,
    /// The edited line in the new text, counted from the report's start.
    line: Span,
    /// Whether the line ends are unchanged.
    keeps_lines: bool,
    /// The facets of the report that changed, apart from moved spans.
    pub changed: Facets,
}

impl ReportEdit {
    /// Whether `span` is a place in the old report whose place in the new one is ambiguous.
    pub fn is_unclear(&self, span: Span) -> bool {
        span.is_empty() && self.replaced.touches(span.start)
    }

    /// Whether the edit does not touch `span` of the old report, so that [`ReportEdit::moved`] returns its new place.
    pub fn is_apart(&self, span: Span) -> bool {
        !span.meets(self.replaced)
    }

    /// Whether `span` of the new report has the same lines and columns as before the edit.
    pub fn is_on_its_line(&self, span: Span) -> bool {
        // A line break may have two bytes.
        span.end < self.line.start || (self.keeps_lines && span.start > self.line.end + 1)
    }

    /// The new place of a span of the old report that the edit does not touch.
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
    /// The facets that an edit inside a table changed; `before` and `after` are the reports before and after it.
    fn changed_in_tables(&self, before: &Report, after: &Report) -> Facets {
        match self.same_labels(before, after) {
            true => Facets::VALUES.and(Facets::SPELLING),
            false => Facets::TABLES,
        }
    }

    /// Whether the labels of the tables are unchanged, apart from their spans.
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

    /// Whether the unread parts are unchanged, apart from their spans.
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

/// The blocks of a report that an edit replaced, and their replacements.
struct Replaced<'a> {
    /// The edit.
    inside: ReportEdit,
    /// The readings of the old blocks, and their places.
    old: &'a [Arc<BlockReading>],
    extent: Span,
    new: &'a [Arc<BlockReading>],
}

impl Replaced<'_> {
    /// What an edit changed that made `after` of the report `before`, whose tables it took over if it `keeps_tables`.
    /// Blocks are read each by itself, so that figures of tables never come from prose, nor prose from tables; what
    /// they share is the year.
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

            // Findings about the year point to the place that states it.
            before.year.is_none_or(|(_, span)| apart(span))
                && before.year.map(|(year, span)| (year, moved(span))) == after.year
                && before.title.as_ref().is_none_or(|title| apart(title.span))
                && before.sections.iter().all(|heading| apart(heading.span))
                && title == after.title
                && sections == after.sections
        };
        // Unread parts of a table may be in lines of prose.
        let same_tables = keeps_tables && self.inside.same_unread(before, after);
        if same_tables && same_head() { Facets::PROSE } else { Facets::ALL }
    }

    /// Whether the edit replaced no part of the tables of `before`.
    fn keeps_tables(&self, before: &Report) -> bool {
        let plain = |reading: &Arc<BlockReading>| match &reading.reading {
            Reading::Blank | Reading::Meta(_) => true,
            Reading::Prose(prose) => !prose.is_title && prose.heading.is_none(),
            Reading::Table(_) => false,
        };
        let of_tables = before.labels.iter().filter(|label| label.table.is_some()).map(|label| label.span);
        let spans = before.tables.iter().map(|table| table.span).chain(before.strays.iter().copied());
        // A table that was removed as unreadable may be whole again.
        !before.lines_name_rows
            && before.unread.iter().all(|unread| unread.row.is_some())
            && self.old.iter().chain(self.new).all(plain)
            && spans.chain(of_tables).all(|span| !span.meets(self.inside.replaced))
    }
}

/// The evidence that decides where the next report starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct ReportBoundaries {
    /// The part before the second title line.
    first: LineRun,
    /// All of it.
    all: LineRun,
    /// How many title lines it has.
    titles: usize,
}

/// A summary of a run of lines, which are not parsed.
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

    /// Whether the lines contain enough to be a report.
    fn is_report(self) -> bool {
        self.last_ordinal >= 3 || self.has_table
    }

    /// Whether a new report starts here, after the lines `before`. A title that is repeated on every page starts no
    /// report, nor does one that is mentioned at the end.
    fn starts_report(self, before: LineRun) -> bool {
        let begins = self.first_ordinal == Some(1)
            || (self.first_ordinal == Some(2) && (self.last_ordinal >= 3 || self.has_table));
        self.starts_with_title && before.is_report() && begins
    }
}

/// The evidence of a line about the start of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEvidence {
    Title,
    Table,
    /// It opens the section of this number.
    Section(u8),
}

impl LineEvidence {
    /// The evidence of `content`, a line of words; `tagged` is whether it contains markup.
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
        // The name is more reliable than the number, which may be wrong.
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

/// Whether an edit of a line in a text without markup keeps the boundaries: `before` and `after` are the line before
/// and after the edit, and have the same evidence.
fn same_outline(before: &str, after: &str) -> bool {
    let is_line = |text: &str| !text.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'<' | b'&'));
    is_line(before) && is_line(after) && LineEvidence::of(before, false) == LineEvidence::of(after, false)
}

/// The starts of the reports of `text`, each with its boundaries.
fn split(text: &str) -> Vec<(usize, ReportBoundaries)> {
    join(parts(text))
}

/// The reports that consist of `parts`: their starts, each with its boundaries.
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

/// The reports of `text`, each with its extent and its boundaries; they cover the text without gaps.
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

    /// The content of `source`, whose tree is `tree`.
    fn of(source: &str, tree: Tree) -> UnitContent {
        let readings = read_blocks(&tree.blocks, source, 0);
        let (report, view) = understand(source, &tree, &readings, None, None);
        UnitContent { tree, readings, report, view }
    }

    /// The model of the visible text.
    fn seen(&self) -> &Report {
        self.view.as_ref().map_or(&self.report, |view| &view.report)
    }

    /// Applies the edit of `inside`, which removed `removed` and resulted in `source`. Returns the part of `source`
    /// that was parsed again.
    fn edit(&mut self, removed: &str, source: &str, inside: &mut ReportEdit) -> Span {
        match self.edit_figure(removed, source, inside) {
            Some(span) => span,
            None => self.edit_blocks(removed, source, inside),
        }
    }

    /// The same for an edit that only replaces a figure of digits by another in its cell.
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
        // White space around a figure is not part of its span.
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
                // A span that starts with the figure also includes text inserted before it, and one that ends with the
                // figure includes text inserted after it, such as a row whose last cell grew.
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

    /// The same for any edit: the blocks that it touches are read again.
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
        // The old model is kept only for a report without a view.
        let known = self.view.is_none() && self.report.is_recognised();
        let keeps_tables = known && replaced.keeps_tables(&self.report);
        let kept = keeps_tables.then(|| {
            let year = self.report.year.map(|(year, _)| year);
            (self.report.take_bound(|span| inside.moved(span)), year)
        });
        let (report, view) = understand(source, &self.tree, &self.readings, kept, Some(self.seen()));
        inside.changed = match known && view.is_none() && report.is_recognised() {
            true => inside.changed.and(replaced.changed(&self.report, &report, keeps_tables)),
            false => Facets::ALL,
        };
        (self.report, self.view) = (report, view);
        change.span
    }
}

/// The model of `source`, whose blocks are those of `tree` with the `readings`. For `kept` and `before`, see
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

/// The readings of `blocks`, which are in `source` from `start` on.
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

    /// The unit `source` with the tree `tree`.
    fn shaped(source: &str, outline: ReportBoundaries, tree: Tree) -> ReportUnit {
        let content = OnceLock::from(UnitContent::of(source, tree));
        ReportUnit { source: source.into(), marked: false, outline, content }
    }

    fn content(&self) -> &UnitContent {
        self.content.get_or_init(|| UnitContent::parse(&self.source))
    }

    /// Its text, with radicals from PDF files replaced by the hanzi that they look like; offsets stay the same.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its model; spans count from the start of the unit.
    pub fn report(&self) -> &Report {
        &self.content().report
    }

    /// Its visible text and the model of it, if the source is marked up.
    pub fn view(&self) -> Option<&ReportView> {
        self.content().view.as_ref()
    }

    /// Its syntax tree.
    pub fn tree(&self) -> &Tree {
        &self.content().tree
    }

    /// Replaces `replaced` by `content`, if that does not move the border between reports; returns whether it did.
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

    /// Whether replacing `replaced` by `content` may add or remove a line break.
    fn touches_line_break(&self, replaced: Span, content: &str) -> bool {
        let around = Span::new(replaced.start.saturating_sub(1), replaced.end + 1);
        let breaks = |text: &[u8]| text.iter().copied().any(is_line_break);
        let near = self.source.as_bytes().get(around.start..around.end.min(self.source.len()));
        near.is_some_and(breaks) || breaks(content.as_bytes())
    }

    /// Whether replacing `replaced` by `content` keeps all line ends, apart from moving them.
    fn keeps_lines(&self, replaced: Span, content: &str) -> bool {
        let source = self.source.as_bytes();
        let removed = source.get(replaced.range()).unwrap_or_default();
        let ends = |text: &[u8]| text.iter().copied().any(is_line_break);
        let before = replaced.start.checked_sub(1).and_then(|at| source.get(at));
        // `\r` and `\n` are one line break if nothing is between them.
        let torn = before == Some(&b'\r') && source.get(replaced.end) == Some(&b'\n');
        !torn && !ends(removed) && !ends(content.as_bytes())
    }

    /// Replaces `replaced` by `content`, if that does not move the border between reports. Returns the edit, and the
    /// part that was parsed again.
    fn edit(&mut self, replaced: Span, content: &str) -> Option<(ReportEdit, Span)> {
        let removed = self.source.get(replaced.range())?.to_owned();
        // Fixes use the line break of the text, so a change of it changes them.
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

    /// The document `text`, whose content is `source`.
    pub fn of(text: Text, source: &str) -> Document {
        let source = &*with_usual_hanzi(source);
        let extents = extents(source);
        let unit = |(span, outline): &(Span, ReportBoundaries)| Arc::new(ReportUnit::new(span.of(source), *outline));
        let units: Vec<Arc<ReportUnit>> = extents.iter().map(unit).collect();
        let extents = units.iter().map(|unit| UnitExtent::of(&unit.source, unit.marked)).collect();
        Document { text, units, extents }
    }

    /// The document `source` with the tree `tree`, which does not follow from the text alone. It is never edited: an
    /// edit changes its origin, which is then read again.
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

    /// The current text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The units, in order, each with its start; they cover the text without gaps.
    pub fn units(&self) -> impl Iterator<Item = (usize, &ReportUnit)> {
        let starts = self.extents.iter().scan(0, |end, extent| {
            let start = *end;
            *end += extent.length;
            Some(start)
        });
        starts.zip(self.units.iter().map(|unit| &**unit))
    }

    /// For each unit, in order, the line at its start; `None` if it starts inside a line.
    pub fn first_lines(&self) -> impl Iterator<Item = Option<usize>> {
        let mut line = 0;
        let behind = self.extents.iter().map(move |extent| {
            line += extent.breaks;
            extent.ends_line.then_some(line)
        });
        std::iter::once(Some(0)).chain(behind)
    }

    /// The unit that contains `offset`, with its start; at a border, the one that starts there.
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

    /// The same for an edit inside a single report that moves no border; otherwise it does nothing.
    fn edit_unit(&mut self, span: Span, content: &str) -> Option<Edited> {
        let (index, extent) = self.around(span)?;
        let local = Span::new(span.start - extent.start, span.end - extent.start);
        // In markup a report may start in the middle of a line, whose visible text then belongs to two reports.
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

    /// The unit that contains `span` and not only touches it, and its start; `None` also if a tag from an earlier unit
    /// may end there.
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

    /// Computes the borders between reports again; unchanged reports are kept.
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
