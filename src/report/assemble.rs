//! Assembles a report's model from the readings of its blocks.

use super::article::{has_rows, items};
use super::code_blocks::is_example;
use super::grid_reading::Grid;
use super::marked_up::FoundTables;
use super::passages::{Gap, join, passages, words};
use super::reading::{BlockReading, Heading, Prose, Reading, section_of_item, years};
use super::section_headings::{Candidate, choose, numbered_by_lists};
use super::statements::{Subsection, read_again};
use super::tables::Binder;
use super::{
    Joint, LabelUse, Page, Paragraph, Report, SectionHeading, Statement, Title, YearMention, article, statements,
    unread,
};
use crate::statute::{Edition, Label, LabelMatch, Likeness, Row, body_after_year};
use crate::syntax::{Block, BlockKind, Tree, is_space, looks_like_title};
use crate::text::{Span, fold};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The model of the report with the visible text `source`, from the `readings` of the blocks of `tree`. Spans count in
/// the visible text.
///
/// `kept` has the tables of an earlier model at their current places, and its year, if nothing that they depend on has
/// changed, except perhaps the year. `before` is an earlier model of the same visible text: statements of unchanged prose
/// are copied from it.
pub(super) fn assemble(
    source: &str,
    tree: &Tree,
    readings: &[Arc<BlockReading>],
    kept: Option<(FoundTables, Option<u16>)>,
    before: Option<&Report>,
) -> Report {
    let mut at = 0;
    let mut offsets = Vec::with_capacity(readings.len());
    for (block, reading) in tree.blocks.iter().zip(readings) {
        offsets.push(at);
        at += reading.view.as_ref().map_or(block.len, |view| view.len());
    }
    let mut page = Page::of(source, readings, &offsets);
    let mut all = 0..readings.len();
    let mut headings = candidates(readings, &offsets, source);
    let mut sections = choose(&headings, source.len());
    let mut titled = None;
    if page.is_some() {
        let known = sections.iter().filter(|heading| heading.section.is_some());
        let headings: Vec<Span> = known.map(|heading| heading.span).collect();
        if let Some(article) = article::article(source, readings, &offsets, &headings) {
            let (title, start) = title_in_page(source, readings, &offsets, &article, headings.first().copied());
            (all, titled) = (start..article.end, Some(title));
        }
    }
    let (readings, offsets) = (&readings[all.clone()], &offsets[all.clone()]);
    let blocks = &tree.blocks[all.clone()];
    let lines: Vec<(usize, &Prose)> = prose_of(readings, offsets).collect();
    if let Some(page) = &mut page {
        let end =
            readings.iter().zip(offsets).rev().find_map(|(reading, offset)| reading.end().map(|end| end + offset));
        let start = lines.first().map_or(0, |(offset, prose)| prose.span.start + offset);
        page.article = Span::new(start, end.unwrap_or(start).max(start));
        headings = candidates(readings, offsets, source);
        sections = choose(&headings, page.article.end);
    }
    let title = titled.unwrap_or_else(|| title(source, &lines));
    let year = year(&title, &lines);
    let same_year = |(_, before): &(FoundTables, Option<u16>)| *before == year.map(|(year, _)| year);
    let FoundTables { tables, mut labels, mut strays, pieced, lines_name_rows } = match kept.filter(same_year) {
        Some((bound, _)) => bound,
        None => bind(source, blocks, readings, offsets, year.map(|(year, _)| Edition::of_year(year))),
    };
    for (offset, prose) in &lines {
        labels.extend(prose.items.iter().map(|(item, span)| LabelUse {
            span: span.shift(*offset),
            label: LabelMatch { label: Label::Item(*item), likeness: Likeness::Standard },
            table: None,
        }));
    }
    labels.sort_by_key(|label| label.span);
    strays.sort();
    let paragraphs = paragraphs(source, readings, offsets, &title, &sections);
    let (statements, subsections) = read_statements(source, &paragraphs, before);
    let unread = Vec::new();
    let pieced = apart(pieced.into_iter().chain(numbered_by_lists(&headings)).collect());
    let mut report = Report {
        title,
        year,
        sections,
        tables,
        paragraphs,
        statements,
        subsections,
        strays,
        labels,
        page,
        unread,
        pieced,
        lines_name_rows,
        is_example: false,
    };
    unread::settle(&mut report, &figures_without_labels(readings, offsets), source);
    report.is_example = is_example(&report, source);
    report
}

/// The lines of prose in `readings`, each with the start of its block.
fn prose_of<'a>(readings: &'a [Arc<BlockReading>], offsets: &[usize]) -> impl Iterator<Item = (usize, &'a Prose)> {
    readings.iter().zip(offsets).filter_map(|(reading, offset)| match &reading.reading {
        Reading::Prose(prose) => Some((*offset, prose)),
        _ => None,
    })
}

/// The title of the report in the blocks `article` of a page, whose first section starts at `first`, and the first block
/// of the report. The last title before that section is the report's own; if there is none, the page's title is used.
fn title_in_page(
    source: &str,
    readings: &[Arc<BlockReading>],
    offsets: &[usize],
    article: &Range<usize>,
    first: Option<Span>,
) -> (Option<Title>, usize) {
    let before_first =
        |(offset, prose): &(usize, &Prose)| first.is_none_or(|first| prose.span.shift(*offset).start < first.start);
    let (inside, outside) = (article.clone(), 0..article.start);
    let lines = |range: Range<usize>| prose_of(&readings[range.clone()], &offsets[range]);
    let head: Vec<(usize, &Prose)> = lines(inside.clone()).take_while(before_first).collect();
    let own = head.iter().rposition(|(_, prose)| prose.is_title).and_then(|index| title_at(source, &head, index));
    let near = head.get(head.len().saturating_sub(12)..).unwrap_or_default();
    let own = own.or_else(|| broken_title(source, near));
    if let Some(title) = own {
        let named = title.body.as_ref().map_or(title.span.start, |(_, span)| span.start);
        let start = named.min(title.span.start);
        let block = offsets.partition_point(|offset| *offset <= start).saturating_sub(1);
        return (Some(title), block.max(inside.start));
    }
    let around: Vec<(usize, &Prose)> = lines(outside).collect();
    let pages = around.iter().rposition(|(_, prose)| prose.is_title).and_then(|index| title_at(source, &around, index));
    let without_year = || title_without_year(source, near);
    let late = || {
        let all: Vec<(usize, &Prose)> = lines(inside.clone()).collect();
        all.iter().position(|(_, prose)| prose.is_title).and_then(|index| title_at(source, &all, index))
    };
    (pages.or_else(without_year).or_else(late), inside.start)
}

/// The tables of the report; `edition` is the one for its year.
fn bind(
    source: &str,
    blocks: &[Block],
    readings: &[Arc<BlockReading>],
    offsets: &[usize],
    edition: Option<Edition>,
) -> FoundTables {
    let mut binder = Binder::default();
    let tables = readings.iter().filter_map(|reading| match &reading.reading {
        Reading::Table(grid) if !grid.loose => Some(grid),
        _ => None,
    });
    let known: Vec<Row> = tables.flat_map(Grid::labelled_rows).collect();
    for (reading, offset) in readings.iter().zip(offsets) {
        match &reading.reading {
            Reading::Prose(prose) => {
                let span = prose.span.shift(*offset);
                if let Some(heading) = &prose.heading {
                    binder.heading(heading.section.map(|(section, _)| section));
                }
                binder.line(span.of(source), span);
            }
            Reading::Table(grid) if grid.loose && grid.labelled_rows().any(|row| known.contains(&row)) => {}
            Reading::Table(grid) => binder.grid(grid, *offset),
            Reading::Blank | Reading::Meta(_) => {}
        }
    }
    let FoundTables { mut tables, labels, strays, pieced: put_together, lines_name_rows } = binder.bind(edition);
    let pieced = pieced(readings, offsets, put_together);
    for table in &mut tables {
        let block = offsets.partition_point(|start| *start <= table.span.start).checked_sub(1);
        table.layout = block.and_then(|index| blocks.get(index)).and_then(|block| match block.kind {
            BlockKind::Table(layout) => Some(layout),
            _ => None,
        });
    }
    FoundTables { tables, labels, strays, pieced, lines_name_rows }
}

/// The tables with figures but without a row label.
fn figures_without_labels(readings: &[Arc<BlockReading>], offsets: &[usize]) -> Vec<(Span, usize)> {
    let mut found = Vec::new();
    for (reading, offset) in readings.iter().zip(offsets) {
        let Reading::Table(grid) = &reading.reading else { continue };
        let figures = grid.rows.iter().flatten().filter(|cell| cell.holds_figure());
        let count = figures.clone().count();
        if count > 0 && grid.labelled_rows().next().is_none() {
            found.extend(figures.map(|cell| cell.span.shift(*offset)).reduce(Span::cover).map(|span| (span, count)));
        }
    }
    found
}

/// What was assembled from pieces; no two of the spans touch.
fn pieced(readings: &[Arc<BlockReading>], offsets: &[usize], mut pieced: Vec<Span>) -> Vec<Span> {
    for (reading, offset) in readings.iter().zip(offsets) {
        let Reading::Table(grid) = &reading.reading else { continue };
        pieced.extend(grid.pieced.iter().map(|span| span.shift(*offset)));
        if grid.loose {
            let cells = grid.rows.iter().flatten().map(|cell| cell.span);
            pieced.extend(cells.reduce(Span::cover).map(|span| span.shift(*offset)));
        }
    }
    apart(pieced)
}

/// `spans` in order; spans that touch are merged.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match apart.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => apart.push(span),
        }
    }
    apart
}

/// The figures stated in the paragraphs; all paragraphs under one heading are read together.
fn read_statements(
    source: &str,
    paragraphs: &[Paragraph],
    before: Option<&Report>,
) -> (Vec<Statement>, Vec<Subsection>) {
    let known = before.map_or((&[] as &[_], &[] as &[_]), |before| (&before.subsections[..], &before.statements[..]));
    let (mut found, mut subsections) = (Vec::new(), Vec::new());
    let mut texts: Vec<(usize, Cow<'_, str>)> = Vec::new();
    let mut section = None;
    for passage in passages(paragraphs) {
        let Some(first) = passage.first() else { continue };
        if section != first.section || statements::opens_subsection(first.span.of(source)) {
            subsections.extend(read_again(&texts, known, &mut found));
            texts.clear();
        }
        section = first.section;
        texts.push((first.span.start, words(passage, source)));
    }
    subsections.extend(read_again(&texts, known, &mut found));
    (found, subsections)
}

/// The lines of prose, each with its section.
fn paragraphs(
    source: &str,
    readings: &[Arc<BlockReading>],
    offsets: &[usize],
    title: &Option<Title>,
    sections: &[SectionHeading],
) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut headings = sections.iter().peekable();
    let mut section = None;
    let (mut gap, mut gaps) = (Gap::Other, Vec::new());
    for (reading, offset) in readings.iter().zip(offsets) {
        let prose = match &reading.reading {
            Reading::Prose(prose) => prose,
            Reading::Blank => {
                gap = if gap == Gap::Line { Gap::Blank } else { gap };
                continue;
            }
            Reading::Table(_) | Reading::Meta(_) => {
                gap = Gap::Other;
                continue;
            }
        };
        let span = prose.span.shift(*offset);
        if let Some(heading) = headings.next_if(|heading| heading.span == span) {
            section = heading.section.map(|(section, _)| section);
            gap = Gap::Other;
            continue;
        }
        if title.as_ref().is_some_and(|title| title.span.start <= span.start && span.end <= title.span.end) {
            gap = Gap::Other;
            continue;
        }
        let years = prose.years.iter().map(|year| YearMention { span: year.span.shift(*offset), ..*year }).collect();
        paragraphs.push(Paragraph { span, section, follows: gap == Gap::Line, joint: Joint::Starts, years });
        gaps.push(std::mem::replace(&mut gap, Gap::Line));
    }
    join(&mut paragraphs, &gaps, source);
    paragraphs
}

fn candidates<'a>(readings: &'a [Arc<BlockReading>], offsets: &[usize], source: &str) -> Vec<Candidate<'a>> {
    let mut candidates: Vec<Candidate<'a>> = Vec::new();
    let mut items = items(readings).into_iter().peekable();
    for (index, (reading, offset)) in readings.iter().zip(offsets).enumerate() {
        let item = items.next_if(|(at, _)| *at == index).map(|(_, number)| number);
        match &reading.reading {
            Reading::Prose(prose) => {
                let span = prose.span.shift(*offset);
                let heading = match item {
                    // The number of a list item is there.
                    Some(number) if prose.heading.as_ref().is_none_or(|heading| heading.ordinal.is_none()) => {
                        let section = section_of_item(span.of(source), number);
                        section.map(|section| {
                            let level = reading.around.as_ref().and_then(|around| around.level);
                            let ordinal = Some((number, Span::at(prose.span.start)));
                            let section = Some(section);
                            Cow::Owned(Heading { level, listed: true, ordinal, name: prose.span, section })
                        })
                    }
                    _ => prose.heading.as_deref().map(Cow::Borrowed),
                };
                match (heading, candidates.last_mut()) {
                    (Some(heading), _) => candidates.push(Candidate {
                        heading,
                        offset: *offset,
                        span,
                        has_content: false,
                        has_table: false,
                    }),
                    (None, Some(last)) => last.has_content = true,
                    (None, None) => {}
                }
            }
            Reading::Table(_) => {
                if let Some(last) = candidates.last_mut() {
                    (last.has_content, last.has_table) = (true, last.has_table || has_rows(&reading.reading));
                }
            }
            Reading::Blank | Reading::Meta(_) => {}
        }
    }
    candidates
}

/// The title, and the body that it or the line above it names.
fn title(source: &str, lines: &[(usize, &Prose)]) -> Option<Title> {
    match lines.iter().position(|(_, prose)| prose.is_title) {
        Some(index) => title_at(source, lines, index),
        None => unusual_title(source, lines),
    }
}

/// The title in line `index`, if it is one.
fn title_at(source: &str, lines: &[(usize, &Prose)], index: usize) -> Option<Title> {
    let (offset, prose) = lines.get(index)?;
    let span = prose.span.shift(*offset);
    let year = prose.years.last();
    let before = year.map_or(0, |year| year.span.start);
    let named = named(source, Span::new(span.start, offset + before.max(prose.span.start)));
    Some(Title {
        span,
        body: named
            .or_else(|| named_after(source, offset + year?.span.end, span.end))
            .or_else(|| named_above(source, lines, index)),
        year: year.map(|year| (year.year, year.span.shift(*offset))),
    })
}

/// The body in a title whose year comes first: between the digits of the year, which end at `start`, and the tail.
fn named_after(source: &str, start: usize, end: usize) -> Option<(String, Span)> {
    let rest = source.get(start..end)?;
    let plain: String = rest.chars().filter(|c| !is_space(*c) && !matches!(c, '*' | '#')).collect();
    let body = body_after_year(&plain)?;
    // The places of its first and its last character in the text, because a name may contain spaces.
    let before = plain.find(body)?;
    let count = |text: &str| text.chars().filter(|c| !is_space(*c) && !matches!(c, '*' | '#')).count();
    let (skipped, length) = (count(plain.get(..before)?), count(body));
    let mut places = rest.char_indices().filter(|(_, c)| !is_space(*c) && !matches!(c, '*' | '#')).skip(skipped);
    let (first, _) = places.next()?;
    let (last, c) = if length > 1 { places.nth(length - 2)? } else { (first, rest.get(first..)?.chars().next()?) };
    Some((body.to_owned(), Span::new(start + first, start + last + c.len_utf8())))
}

/// The body that the line above line `index` names.
fn named_above(source: &str, lines: &[(usize, &Prose)], index: usize) -> Option<(String, Span)> {
    let (offset, prose) = lines.get(index.checked_sub(1)?)?;
    let short = prose.heading.is_none() && prose.span.len() <= 120;
    short.then(|| named_or_none(source, prose.span.shift(*offset))).flatten()
}

/// A title before the first section that is broken over two or three lines, or without a year.
fn unusual_title(source: &str, lines: &[(usize, &Prose)]) -> Option<Title> {
    let opens = |prose: &Prose| prose.heading.as_ref().is_some_and(|heading| heading.section.is_some());
    let head = lines.iter().take(12).take_while(|(_, prose)| !opens(prose)).count();
    let head = lines.get(..head)?;
    broken_title(source, head).or_else(|| title_without_year(source, head))
}

/// A title that is broken over two or three of `lines`.
fn broken_title(source: &str, lines: &[(usize, &Prose)]) -> Option<Title> {
    (2..=3).find_map(|size| {
        let mut windows = lines.windows(size).enumerate();
        let (index, _) = windows.find(|(_, window)| looks_like_title(&joined(source, window)))?;
        title_over(source, lines, index..index + size)
    })
}

/// A title without a year.
fn title_without_year(source: &str, lines: &[(usize, &Prose)]) -> Option<Title> {
    let index = lines.iter().position(|(offset, prose)| is_title_without_year(prose.span.shift(*offset).of(source)))?;
    title_over(source, lines, index..index + 1)
}

/// The title that the lines `range` form together.
fn title_over(source: &str, lines: &[(usize, &Prose)], range: Range<usize>) -> Option<Title> {
    let window = lines.get(range.clone())?;
    let spans = || window.iter().map(|(offset, prose)| prose.span.shift(*offset));
    let span = spans().reduce(Span::cover)?;
    // The digits of the year may end a line, before 年.
    let words: Vec<(Span, usize)> =
        spans().scan(0, |at, span| Some((span, std::mem::replace(at, *at + span.len())))).collect();
    let in_text = |offset: usize, ends: bool| {
        let part = words.iter().rev().find(|(_, start)| *start < offset + usize::from(!ends));
        part.or(words.first()).map_or(span.start, |(part, start)| part.start + (offset - start))
    };
    let years = years(&joined(source, window));
    let year =
        years.last().map(|year| (year.year, Span::new(in_text(year.span.start, false), in_text(year.span.end, true))));
    let before = year.map_or(0, |(_, span)| span.start);
    let body = named(source, Span::new(span.start, before.max(span.start)));
    let body = body.map(|(name, span)| (name.split(is_space).collect(), span));
    let body =
        body.or_else(|| named_after(source, year?.1.end, span.end)).or_else(|| named_above(source, lines, range.start));
    Some(Title { span, body, year })
}

fn joined(source: &str, lines: &[(usize, &Prose)]) -> String {
    lines.iter().map(|(offset, prose)| prose.span.shift(*offset).of(source)).collect()
}

fn is_title_without_year(line: &str) -> bool {
    let folded = fold(line);
    let name = folded.trim_matches(['#', '*']);
    line.len() <= 180
        && (name.ends_with("年度报告") || name.ends_with("年报"))
        && name.contains("公开")
        && !name.contains(['。', ';', ',', ':', '《', '|'])
}

fn named_or_none(source: &str, span: Span) -> Option<(String, Span)> {
    named(source, span).filter(|(name, _)| !name.contains(['。', '，', '：']))
}

fn named(source: &str, span: Span) -> Option<(String, Span)> {
    let skip = |c: char| is_space(c) || matches!(c, '#' | '*');
    let text = span.of(source);
    let start = span.start + text.len() - text.trim_start_matches(skip).len();
    let name = text.trim_matches(skip);
    (!name.is_empty()).then(|| (name.to_owned(), Span::new(start, start + name.len())))
}

/// The year: of the title, else of the period, else the one that the text names most often, else the one before its
/// date. After a section, an apparent title may be the name of another report: there the period takes precedence.
fn year(title: &Option<Title>, lines: &[(usize, &Prose)]) -> Option<(u16, Span)> {
    let titled = title.as_ref().and_then(|title| title.year);
    let opens = |prose: &Prose| prose.heading.as_ref().is_some_and(|heading| heading.section.is_some());
    let before = |offset: usize| titled.is_some_and(|(_, span)| offset < span.start);
    let late = lines.iter().take_while(|(offset, _)| before(*offset)).any(|(_, prose)| opens(prose));
    if titled.is_some() && !late {
        return titled;
    }
    let mentions = || {
        lines
            .iter()
            .flat_map(|(offset, prose)| prose.years.iter().map(move |mention| (mention, mention.span.shift(*offset))))
    };
    let period = lines.iter().find_map(|(offset, prose)| {
        let start = prose.years.iter().find(|mention| mention.date == Some((1, 1)) && !mention.quoted)?;
        let ends = prose.years.iter().any(|mention| mention.date == Some((12, 31)) && mention.year == start.year);
        ends.then(|| (start.year, start.span.shift(*offset)))
    });
    if let Some(year) = period.or(titled) {
        return Some(year);
    }
    let mut counts: Vec<(usize, u16, Span)> = Vec::new();
    for (mention, span) in mentions().filter(|(mention, _)| !mention.quoted && mention.date.is_none()) {
        match counts.iter_mut().find(|(_, year, _)| *year == mention.year) {
            Some((count, ..)) => *count += 1,
            None => counts.push((1, mention.year, span)),
        }
    }
    // Of two years named equally often, the earlier one: the other belongs to next year's plans.
    let most = counts.iter().max_by_key(|(count, year, _)| (*count, u16::MAX - year));
    if let Some((_, year, span)) = most {
        return Some((*year, *span));
    }
    mentions()
        .rfind(|(mention, _)| !mention.quoted && mention.date.is_some())
        .map(|(mention, span)| (mention.year - 1, span))
}
