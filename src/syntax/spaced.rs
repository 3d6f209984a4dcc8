//! Tables that lost their rules: as they come out of a PDF (L9), a line for each row, or for part of one, with spaces
//! between what were cells; or with one cell a line (L11).
//!
//! A line of words is never far from looking like one of these. A table is only where lines end in several figures, or
//! several lines are a figure each; what is between them and shortly before them belongs to it if it is short and no
//! sentence.

use super::cursor::{Cursor, Line, is_space};
use super::{Block, BlockKind, Builder, Layout, LeafKind, heading, looks_like_title};
use crate::text::{Characters, Fold, fold_char};
use std::cell::RefCell;

/// So many lines of headers may stand before the first figures: with one cell a line, and cells broken over lines.
const HEADER: usize = 40;

/// The row of 表四 has so many figures, and no label.
const REVIEW: usize = 15;

/// Of them, so many may be words.
const UNREADABLE: usize = 3;

/// The longest header of a table that ends in 情况, 申请人情况, has so many characters.
const HEADER_WORDS: usize = 5;

/// At most so many empty lines may stand inside a table, at the edge of a page; before its first figures, so many.
const GAP: usize = 12;
const GAP_IN_HEADER: usize = 3;

/// So many lines without figures may stand between two rows: a long label, that of a group, and a page's edge.
const BETWEEN: usize = 12;

/// So many lines with a figure each are those of a table.
const BARE: usize = 4;

/// A line that looks like a heading is the label of a row or a group if so many lines behind it at most are without figures.
const BELOW_LABEL: usize = 9;
const BROKEN_LABEL: usize = 2;

/// A table whose last figures are more than those of one row goes on with the labels of the others.
const ROW: usize = 7;
const LATE_LABELS: usize = 24;

/// So many lines with a figure or two may stand before the first certain row. Without an end to them, every line of a
/// column of figures would be looked at once for each line above it.
const UNCERTAIN: usize = 100;

/// A line that ends in at least so many figures is a row, whatever stands around it.
const CERTAIN: usize = 7;

/// A line that ends in so many figures is a row if another one is near.
const LIKELY: usize = 3;

/// A line that ends in [`LIKELY`] figures is a row, too, if so many lines around it end in one at least.
const MANY: usize = 5;

/// What lines look like, those of one text that were looked at last. Each line of a column of figures is looked at again for
/// a hundred lines above it.
#[derive(Default)]
pub(super) struct Shapes {
    /// At the last digits of where it starts: that, where its content ends, and what it looks like.
    known: RefCell<Vec<(usize, usize, Shape)>>,
}

/// So many lines are remembered; more than [`UNCERTAIN`] and what may stand between them.
const REMEMBERED: usize = 256;

impl Shapes {
    fn of(&self, line: &Line<'_>) -> Shape {
        let mut known = self.known.borrow_mut();
        if known.is_empty() {
            known.resize(REMEMBERED, (usize::MAX, 0, Shape::Blank));
        }
        let end = line.start + line.content.len();
        // Lines of one character each are two bytes apart.
        let Some(slot) = known.get_mut(line.start / 2 % REMEMBERED) else { return shape(line) };
        if (slot.0, slot.1) != (line.start, end) {
            *slot = (line.start, end, shape(line));
        }
        slot.2
    }
}

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Blank,
    /// `- 4 -`
    Page,
    /// It ends in so many figures; whether there is nothing else in it.
    Figures(usize, bool),
    /// Short, and no sentence: part of a label or of a header.
    Fragment,
    /// The same, but it looks like a heading; a row whose label goes on in the next line may look so.
    Heading,
    Prose,
}

/// The table at `cursor`, if there is one.
pub(super) fn parse(cursor: &Cursor<'_>) -> Option<Block> {
    let first = cursor.line(cursor.start)?;
    if !matches!(cursor.shapes().of(&first), Shape::Fragment | Shape::Figures(..)) {
        return None;
    }
    let (lines, layout) = region(cursor)?;
    let mut builder = Builder::new(cursor.start);
    for line in &lines {
        if matches!(cursor.shapes().of(line), Shape::Blank | Shape::Page) {
            builder.push(LeafKind::Separator, line.end);
            continue;
        }
        for (start, token) in tokens(line) {
            builder.push(LeafKind::Separator, start);
            builder.push_cell(start + token.len());
        }
        builder.push(LeafKind::Separator, line.start + line.content.len());
        builder.push(LeafKind::RowEnd, line.end);
    }
    Some(builder.finish(BlockKind::Table(layout), cursor))
}

/// The lines of the table, up to its last row and what can only be the rest of that row's label; and how it is laid out.
fn region<'a>(cursor: &Cursor<'a>) -> Option<(Vec<Line<'a>>, Layout)> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut pending: Vec<Line<'a>> = Vec::new();
    let (mut blank, mut fragments, mut certain, mut likely, mut rows) = (0, 0, false, 0, 0);
    // How many lines are a figure and nothing else, and how many of those are the last ones.
    let (mut bare, mut last_bare) = (0, 0);
    for line in cursor.lines(cursor.start) {
        let mut shape = cursor.shapes().of(&line);
        if shape == Shape::Heading && !(lines.is_empty() && pending.is_empty()) {
            let limit = match bare * 2 > rows {
                true if last_bare > ROW => LATE_LABELS,
                true => BELOW_LABEL,
                false if rows == 0 => BROKEN_LABEL,
                false => 0,
            };
            if is_label(cursor, &line, limit, last_bare > ROW) {
                shape = Shape::Fragment;
            }
        }
        match shape {
            Shape::Blank | Shape::Page => {
                blank += 1;
                if blank > if lines.is_empty() { GAP_IN_HEADER } else { GAP } {
                    break;
                }
                pending.push(line);
                continue;
            }
            Shape::Figures(count, alone) => {
                certain |= count >= CERTAIN;
                likely += usize::from(count >= LIKELY);
                rows += 1;
                let is_bare = count == 1 && alone;
                bare += usize::from(is_bare);
                let goes_on = !pending.iter().any(|line| matches!(cursor.shapes().of(line), Shape::Fragment));
                last_bare = if is_bare && goes_on { last_bare + 1 } else { usize::from(is_bare) };
                if !certain && likely == 0 && bare < BARE && lines.len() + pending.len() >= UNCERTAIN {
                    return None;
                }
                lines.append(&mut pending);
                lines.push(line);
                fragments = 0;
            }
            Shape::Fragment => {
                fragments += 1;
                let limit = match (lines.is_empty(), last_bare > ROW) {
                    (true, _) => HEADER,
                    (false, true) => LATE_LABELS,
                    (false, false) if bare * 2 > rows => HEADER,
                    (false, false) => BETWEEN,
                };
                if fragments > limit {
                    break;
                }
                pending.push(line);
            }
            Shape::Heading | Shape::Prose => break,
        }
        blank = 0;
    }
    // The labels of rows whose figures are before them, as where a PDF is read in the order in which it was written.
    let late = last_bare > ROW && last_bare.is_multiple_of(ROW);
    if late {
        lines.append(&mut pending);
        while lines.last().is_some_and(|line| matches!(cursor.shapes().of(line), Shape::Blank | Shape::Page)) {
            lines.pop();
        }
    }
    let is_table = certain || likely > 1 || likely == 1 && rows >= MANY || bare >= BARE;
    let layout = if bare * 2 > rows { Layout::BareLines } else { Layout::Spaced };
    (is_table && !lines.is_empty()).then_some((lines, layout))
}

/// Whether `line`, which looks like a heading, is a label in a table that goes on: figures are not far behind it. With
/// `late`, also if nothing but labels is there up to the next heading or sentence.
fn is_label(cursor: &Cursor<'_>, line: &Line<'_>, limit: usize, late: bool) -> bool {
    let (mut others, mut blank) = (0, 0);
    for line in cursor.lines(line.end) {
        match cursor.shapes().of(&line) {
            Shape::Blank | Shape::Page if blank < GAP => blank += 1,
            Shape::Figures(count, alone) => return count >= LIKELY || (count == 1 && alone),
            Shape::Fragment if others < limit => (others, blank) = (others + 1, 0),
            Shape::Heading if others < limit && late => (others, blank) = (others + 1, 0),
            Shape::Heading | Shape::Prose => return late,
            _ => return false,
        }
    }
    false
}

/// What stands in no row.
const OF_PROSE: Characters = Characters::new(&['\t', '|', '。', '；', '《', '<', '#']);

fn shape(line: &Line<'_>) -> Shape {
    let content = line.content;
    if line.is_blank() {
        return Shape::Blank;
    }
    let prose = |(_, c): (usize, char)| matches!(c, '\t' | '|' | '。' | '；' | '《' | '<' | '#');
    if content.len() > 300 || OF_PROSE.found(content).any(prose) {
        return Shape::Prose;
    }
    let trimmed = content.trim_matches(is_space);
    if is_page_number(trimmed) {
        return Shape::Page;
    }
    let (mut figures, mut words, mut all, mut numbers) = (0usize, 0usize, 0usize, 0usize);
    for (_, token) in tokens(line) {
        all += 1;
        if is_figure(token) {
            figures += 1;
            numbers += 1;
        } else if figures > 0 && !token.chars().any(is_hanzi) {
            // Something unreadable among the figures.
            figures += 1;
        } else {
            words += figures + 1;
            figures = 0;
        }
    }
    if all == REVIEW && numbers + UNREADABLE >= REVIEW {
        return Shape::Figures(all, true);
    }
    let title = looks_like_title(content);
    if figures > 0
        && !title
        && (figures >= LIKELY || trimmed.len() <= 90)
        && !trimmed.contains(['，', ',']) | (figures >= LIKELY)
    {
        return Shape::Figures(figures, words == 0 && all > 0);
    }
    if title || trimmed.len() > 150 || trimmed.ends_with(['：', ':']) {
        return Shape::Prose;
    }
    match heading(content) {
        // The start of a label that runs down the page: 三、 over 本年.
        Some(shape) if shape.name.is_empty() => Shape::Fragment,
        None if ends_a_heading(trimmed) => Shape::Prose,
        // A section on how things stand, not a row that was cut.
        Some(_) if trimmed.ends_with(['况', '项']) => Shape::Prose,
        Some(_) => Shape::Heading,
        None => Shape::Fragment,
    }
}

/// Whether words without a number are the heading of a section: they end in 情况, and are longer than any header does.
fn ends_a_heading(line: &str) -> bool {
    let mut words = line.chars().rev().filter(|c| !is_space(*c));
    words.next() == Some('况') && words.next() == Some('情') && words.count() + 2 > HEADER_WORDS
}

/// The tokens of a line between white space.
fn tokens<'a>(line: &Line<'a>) -> impl Iterator<Item = (usize, &'a str)> {
    let (start, content) = (line.start, line.content);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = content.get(at..)?;
        let word = rest.trim_start_matches(is_space);
        let from = at + rest.len() - word.len();
        let length = word.find(is_space).unwrap_or(word.len());
        at = from + length;
        (length > 0).then(|| (start + from, word.get(..length).unwrap_or_default()))
    })
}

fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Whether `line`, without white space around it, is the number of a page.
pub(crate) fn is_page_edge(line: &str) -> bool {
    line.len() <= 60 && is_page_number(line.trim_matches(is_space))
}

/// `- 4 -`, `— 12 —`, `第 4 页`: what stands at the foot of a page.
fn is_page_number(line: &str) -> bool {
    let inner = line.trim_matches(|c: char| is_space(c) || matches!(c, '-' | '—' | '–' | '―' | '－' | '·'));
    let numbered = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if inner.len() < line.len() && numbered(inner) && line.starts_with(|c: char| !c.is_ascii_digit()) {
        let end = line.chars().last();
        // `-2` is a figure.
        return end.is_some_and(|c| !c.is_ascii_digit());
    }
    inner
        .strip_prefix('第')
        .and_then(|rest| rest.split_once('页'))
        .is_some_and(|(number, rest)| numbered(number.trim_matches(is_space)) && rest.chars().count() <= 8)
}

/// Whether `token` can only be what stands in the cell of a figure: `12`, `-2`, `1,234`, `35.5万元`, `增34`, `/`.
fn is_figure(token: &str) -> bool {
    if token.len() > 40 {
        return false;
    }
    if matches!(token, "/" | "-" | "—" | "--" | "——" | "－") {
        return true;
    }
    let token = token.strip_prefix(['增', '减']).unwrap_or(token);
    let token = ["万元", "元", "件", "条", "项"].iter().find_map(|unit| token.strip_suffix(unit)).unwrap_or(token);
    if token.starts_with('0') && token.get(1..2).is_some_and(|next| next != "." && next.len() == 1 && token.len() > 3) {
        // The code of an area.
        return false;
    }
    let mut digits = 0;
    for (index, c) in token.chars().enumerate() {
        let Fold::One(c) = fold_char(c) else { return false };
        match c {
            '0'..='9' => digits += 1,
            '+' | '-' if index == 0 => {}
            '.' | ',' if index > 0 => {}
            _ => return false,
        }
    }
    digits > 0 && !token.ends_with(['.', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape_of(content: &str) -> Shape {
        shape(&Line { start: 0, content, end: content.len() })
    }

    #[test]
    fn lines_of_tables_and_others() {
        assert_eq!(shape_of("一、本年新收政府信息公开申请数量 12 2 0 0 0 0 14"), Shape::Figures(7, false));
        assert_eq!(shape_of("0 0 0 0 0 0 0"), Shape::Figures(7, true));
        assert_eq!(shape_of("  行政许可    117"), Shape::Figures(1, false));
        assert_eq!(shape_of("行政许可 8 减3 27"), Shape::Figures(3, false));
        assert_eq!(shape_of("（一）予以公开 10 O 0 0 0 0 12"), Shape::Figures(7, false));
        assert_eq!(shape_of("1 0 1 1 3 0 0 0 0 0 1 0 0 见附件 约3"), Shape::Figures(15, true));
        assert_eq!(shape_of("- 4 -"), Shape::Page);
        assert_eq!(shape_of("— 12 —"), Shape::Page);
        assert_eq!(shape_of("第 4 页 共 9 页"), Shape::Page);
        assert_eq!(shape_of("-2"), Shape::Figures(1, true));
        assert_eq!(shape_of("五、存在的主要问题及改进情况"), Shape::Prose);
        assert_eq!(shape_of("主动公开政府信息情况"), Shape::Prose);
        assert_eq!(shape_of("主动公开政府信息情 况"), Shape::Prose);
        assert_eq!(shape_of("申请人情况"), Shape::Fragment);
        assert_eq!(shape_of("一、本年新收政府"), Shape::Heading);
        assert_eq!(shape_of("联系电话 0512 1234 5678"), Shape::Figures(2, false));
        assert_eq!(shape_of("法提供"), Shape::Fragment);
        assert_eq!(shape_of("全年共办理申请 12 件，其中 3 件"), Shape::Fragment);
        assert_eq!(shape_of("2023年，我局共收到申请 12 2 0。"), Shape::Prose);
        assert_eq!(shape_of("云岭市水务局2023年政府信息公开工作年度报告"), Shape::Prose);
    }

    #[test]
    fn single_lines_with_a_figure_are_prose() {
        for text in
            ["联系电话 0512 1234\n地址 云岭路 5\n", "一是公开 3\n二是公开 4\n", "附件 1\n附件 2\n甲\n乙 3 4 5\n"]
        {
            assert!(
                super::super::Tree::parse(text).blocks.iter().all(|block| !matches!(block.kind, BlockKind::Table(_))),
                "{text}"
            );
        }
    }
}
