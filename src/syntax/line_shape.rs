//! The shape of a line that may be part of a table without rules.

use super::heading::{heading, looks_like_title};
use super::line::{Line, is_space};
use crate::text::{CharacterSet, FoldedChar, fold_char};
use std::cell::RefCell;

/// The number of figures in the row of 表四, which has no label.
pub(super) const REVIEW: usize = 15;

/// How many of them may be unreadable.
const UNREADABLE: usize = 3;

/// A line that ends in this many figures is a row if another one is near.
pub(super) const LIKELY: usize = 3;

/// The number of characters of 申请人情况, the longest header of a table that ends in 情况.
const HEADER_WORDS: usize = 5;

/// A cache of the shapes of recently read lines of a text. Each line of a column of figures is read again for a hundred
/// lines above it.
#[derive(Default)]
pub(super) struct LineShapes {
    /// Slots chosen by the last digits of a line's start: the start, the end of the content, and the shape.
    known: RefCell<Vec<(usize, usize, LineShape)>>,
}

/// The number of cached lines: more than [`UNCERTAIN`] lines and those between them.
const REMEMBERED: usize = 256;

impl LineShapes {
    pub(super) fn of(&self, line: &Line<'_>) -> LineShape {
        let mut known = self.known.borrow_mut();
        if known.is_empty() {
            known.resize(REMEMBERED, (usize::MAX, 0, LineShape::Blank));
        }
        let end = line.start + line.content.len();
        // Even lines of a single character start two bytes apart.
        let Some(slot) = known.get_mut(line.start / 2 % REMEMBERED) else { return shape_of(line) };
        if (slot.0, slot.1) != (line.start, end) {
            *slot = (line.start, end, shape_of(line));
        }
        slot.2
    }
}

/// The shape of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineShape {
    Blank,
    /// `- 4 -`
    Page,
    /// `----- ---`: a rule of a table in columns.
    Rule,
    /// It ends in this many figures; the second value is whether it contains nothing else.
    Figures(usize, bool),
    /// Short and not a sentence: part of a label or of a header.
    Fragment,
    /// The same, but it looks like a heading, as a row whose label continues in the next line may.
    Heading,
    Prose,
}

/// The longest line of a table, in bytes, including the white space between its columns.
const LONG: usize = 300;
const LONG_WITH_SPACES: usize = 1200;

fn is_long(content: &str) -> bool {
    let without = |content: &str| content.split(is_space).map(str::len).sum::<usize>();
    content.len() > LONG && (content.len() > LONG_WITH_SPACES || without(content) > LONG)
}

/// `------- ----`: the rule under the header of a Markdown table with aligned columns.
fn is_rule(line: &str) -> bool {
    line.len() >= 5 && line.starts_with('-') && line.bytes().all(|byte| matches!(byte, b'-' | b' '))
}

/// Characters that no row contains.
const OF_PROSE: CharacterSet = CharacterSet::new(&['\t', '|', '。', '；', '《', '<', '#']);

fn shape_of(line: &Line<'_>) -> LineShape {
    let content = line.content;
    if line.is_blank() {
        return LineShape::Blank;
    }
    let prose = |(_, c): (usize, char)| matches!(c, '\t' | '|' | '。' | '；' | '《' | '<' | '#');
    if is_long(content) || OF_PROSE.found(content).any(prose) {
        return LineShape::Prose;
    }
    let trimmed = content.trim_matches(is_space);
    if is_page_number(trimmed) {
        return LineShape::Page;
    }
    if is_rule(trimmed) {
        return LineShape::Rule;
    }
    let (mut figures, mut words, mut all, mut numbers) = (0usize, 0usize, 0usize, 0usize);
    for (_, token) in tokens(line) {
        all += 1;
        if is_figure(token) {
            figures += 1;
            numbers += 1;
        } else if figures > 0 && !token.chars().any(is_hanzi) {
            // An unreadable figure.
            figures += 1;
        } else {
            words += figures + 1;
            figures = 0;
        }
    }
    if all == REVIEW && numbers + UNREADABLE >= REVIEW {
        return LineShape::Figures(all, true);
    }
    let title = looks_like_title(content);
    if figures > 0
        && !title
        && (figures >= LIKELY || trimmed.len() <= 90)
        && !trimmed.contains(['，', ',']) | (figures >= LIKELY)
    {
        return LineShape::Figures(figures, words == 0 && all > 0);
    }
    if title || trimmed.len() > 150 || trimmed.ends_with(['：', ':']) {
        return LineShape::Prose;
    }
    match heading(content) {
        // The start of a vertical label: 三、 above 本年.
        Some(shape) if shape.name.is_empty() => LineShape::Fragment,
        None if ends_a_heading(trimmed) => LineShape::Prose,
        // A section on a situation (情况) or on matters (事项), not a part of a row.
        Some(_) if trimmed.ends_with(['况', '项']) => LineShape::Prose,
        Some(_) => LineShape::Heading,
        None => LineShape::Fragment,
    }
}

/// Whether words without a number are the heading of a section: they end in 情况 and are longer than any such header.
fn ends_a_heading(line: &str) -> bool {
    let mut words = line.chars().rev().filter(|c| !is_space(*c));
    words.next() == Some('况') && words.next() == Some('情') && words.count() + 2 > HEADER_WORDS
}

/// The tokens of a line between white space.
pub(super) fn tokens<'a>(line: &Line<'a>) -> impl Iterator<Item = (usize, &'a str)> {
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

/// `- 4 -`, `— 12 —`, `第 4 页`: the number at the foot of a page.
pub(super) fn is_page_number(line: &str) -> bool {
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

/// Whether `token` can only be the content of a figure's cell: `12`, `-2`, `1,234`, `35.5万元`, `增34`, `/`.
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
        // An area code.
        return false;
    }
    let mut digits = 0;
    for (index, c) in token.chars().enumerate() {
        let FoldedChar::One(c) = fold_char(c) else { return false };
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
    use super::{Line, LineShape};

    fn shape_of(content: &str) -> LineShape {
        super::shape_of(&Line { start: 0, content, end: content.len() })
    }

    #[test]
    fn lines_of_tables_and_others() {
        assert_eq!(shape_of("一、本年新收政府信息公开申请数量 12 2 0 0 0 0 14"), LineShape::Figures(7, false));
        assert_eq!(shape_of("0 0 0 0 0 0 0"), LineShape::Figures(7, true));
        assert_eq!(shape_of("  行政许可    117"), LineShape::Figures(1, false));
        assert_eq!(shape_of("行政许可 8 减3 27"), LineShape::Figures(3, false));
        assert_eq!(shape_of("（一）予以公开 10 O 0 0 0 0 12"), LineShape::Figures(7, false));
        assert_eq!(shape_of("1 0 1 1 3 0 0 0 0 0 1 0 0 见附件 约3"), LineShape::Figures(15, true));
        assert_eq!(shape_of("- 4 -"), LineShape::Page);
        assert_eq!(shape_of("— 12 —"), LineShape::Page);
        assert_eq!(shape_of("第 4 页 共 9 页"), LineShape::Page);
        assert_eq!(shape_of("  ------------ ----- ----"), LineShape::Rule);
        assert_eq!(shape_of("--"), LineShape::Figures(1, true));
        assert_eq!(shape_of("-2"), LineShape::Figures(1, true));
        assert_eq!(shape_of("五、存在的主要问题及改进情况"), LineShape::Prose);
        assert_eq!(shape_of("主动公开政府信息情况"), LineShape::Prose);
        assert_eq!(shape_of("主动公开政府信息情 况"), LineShape::Prose);
        assert_eq!(shape_of("申请人情况"), LineShape::Fragment);
        assert_eq!(shape_of("一、本年新收政府"), LineShape::Heading);
        assert_eq!(shape_of("联系电话 0512 1234 5678"), LineShape::Figures(2, false));
        assert_eq!(shape_of("法提供"), LineShape::Fragment);
        assert_eq!(shape_of("全年共办理申请 12 件，其中 3 件"), LineShape::Fragment);
        assert_eq!(shape_of("2023年，我局共收到申请 12 2 0。"), LineShape::Prose);
        assert_eq!(shape_of("云岭市水务局2023年政府信息公开工作年度报告"), LineShape::Prose);
    }
}
