//! Joins lines of prose into passages. A passage is one paragraph of the author: text from a PDF, or saved line by
//! line, splits it over lines, with blank lines and the edges of pages between them.

use super::{Joint, Paragraph, statements};
use crate::syntax::{is_page_edge, is_space};
use crate::text::{Span, width};
use std::borrow::Cow;

/// The passages of `paragraphs`, in order: runs of which the first line [`Joint::Starts`] and all others go on, or are
/// the edge of a page between two that do. Read [`words`] of each as one text.
pub fn passages(paragraphs: &[Paragraph]) -> impl Iterator<Item = &[Paragraph]> {
    paragraphs.chunk_by(|_, next| next.joint != Joint::Starts)
}

/// The words of `passage` from its first to its last; offsets in them count from the start of its first paragraph. Line
/// breaks are there, and may have blank lines between them. In the place of a page's edge are spaces, as many as it has
/// bytes.
pub fn words<'a>(passage: &[Paragraph], source: &'a str) -> Cow<'a, str> {
    let Some(span) = passage.iter().map(|paragraph| paragraph.span).reduce(Span::cover) else {
        return Cow::Borrowed("");
    };
    let text = span.of(source);
    if passage.iter().all(|paragraph| paragraph.joint != Joint::PageEdge) {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    let mut done = span.start;
    for edge in passage.iter().filter(|paragraph| paragraph.joint == Joint::PageEdge) {
        words.push_str(Span::new(done, edge.span.start).of(source));
        words.extend(std::iter::repeat_n(' ', edge.span.len()));
        done = edge.span.end;
    }
    words.push_str(Span::new(done, span.end).of(source));
    Cow::Owned(words)
}

/// The gap between a paragraph and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// A line break.
    Line,
    /// Blank lines.
    Blank,
    /// A heading, a table, the title; or there is no paragraph before it.
    Other,
}

/// Tells each of `paragraphs` of `source` how it hangs together with those before it. `gaps` has what lies before each.
pub(super) fn join(paragraphs: &mut [Paragraph], gaps: &[Gap], source: &str) {
    // The last line of words, and the widest gap since.
    let mut open: Option<(usize, Gap)> = None;
    let mut edges: Vec<usize> = Vec::new();
    for (index, gap) in gaps.iter().enumerate() {
        let Some(span) = paragraphs.get(index).map(|paragraph| paragraph.span) else { break };
        if *gap == Gap::Other {
            (open, edges) = (None, Vec::new());
        }
        if let Some((_, widest)) = &mut open
            && *gap == Gap::Blank
        {
            *widest = Gap::Blank;
        }
        if is_page_edge(span.of(source)) && open.is_some() {
            edges.push(index);
            continue;
        }
        let last = open.and_then(|(last, widest)| Some((paragraphs.get(last)?.span, widest)));
        let continues = last.is_some_and(|(last, widest)| {
            let gap = if edges.is_empty() { widest } else { Gap::Blank };
            goes_on(last, span, gap, source)
        });
        if continues {
            for edge in edges.iter().chain([&index]) {
                if let Some(paragraph) = paragraphs.get_mut(*edge) {
                    paragraph.joint = if *edge == index { Joint::Continues } else { Joint::PageEdge };
                }
            }
        }
        open = Some((index, Gap::Line));
        edges.clear();
    }
}

/// Whether the line `next` goes on with the sentence of the line `last`, which is before it with `gap` between.
fn goes_on(last: Span, next: Span, gap: Gap, source: &str) -> bool {
    let (line, words) = (last.of(source), next.of(source));
    if !statements::goes_on(line, words) || is_indented(last, next, source) {
        return false;
    }
    // Blank lines are what sets one paragraph off from another. They do not where both lines are prose and the first
    // breaks off in the middle of a sentence.
    let is_prose = |text: &str| text.contains(['，', '。', '；', ',', ';']);
    gap == Gap::Line || (is_prose(line) && is_prose(words))
}

/// Whether `next` is further from the margin than `last`, as the first line of a paragraph is.
fn is_indented(last: Span, next: Span, source: &str) -> bool {
    let indent = |span: Span| {
        let before = source.get(..span.start).unwrap_or_default();
        let white = before.chars().rev().take_while(|c| is_space(*c) && !matches!(c, '\n' | '\r'));
        white.map(width).sum::<usize>()
    };
    indent(next) > indent(last) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Document;

    /// The passages of section 一 of a report, with a bar where one ends.
    #[track_caller]
    fn check(lines: &str, expected: &[&str]) {
        let source = format!(
            "云岭市水务局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n{lines}\n\n二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n"
        );
        let document = Document::new(&source);
        let (_, unit) = document.units().next().unwrap();
        let report = unit.report();
        let shown = |passage: &[Paragraph]| words(passage, &source).split_whitespace().collect::<Vec<_>>().concat();
        assert_eq!(passages(&report.paragraphs).map(shown).collect::<Vec<_>>(), expected, "{lines}");
    }

    #[test]
    fn a_line_that_breaks_off_goes_on_in_the_next() {
        let line = "2023年，我局共收到公民、法人和其他组织提出的政府信息公";
        check(&format!("{line}\n开申请12件，均已答复。"), &[&format!("{line}开申请12件，均已答复。")]);
        check(&format!("{line}\n\n开申请12件，均已答复。"), &[&format!("{line}开申请12件，均已答复。")]);
        check(&format!("{line}\n\n\n开申请12件，均已答复。"), &[&format!("{line}开申请12件，均已答复。")]);
        check("全年收到申请12件。\n其中予以公开5件。", &["全年收到申请12件。", "其中予以公开5件。"]);
    }

    #[test]
    fn a_number_that_breaks_off_goes_on_in_the_next_line() {
        check("部分公开3件，占12\n.50%。", &["部分公开3件，占12.50%。"]);
        check("无法提供7件，占29.\n17%。", &["无法提供7件，占29.17%。"]);
        check("详见附件1.\n2024年另行公布。", &["详见附件1.", "2024年另行公布。"]);
        check("部分公开3件。\n.5元。", &["部分公开3件。", ".5元。"]);
    }

    #[test]
    fn the_edge_of_a_page_is_no_part_of_the_words() {
        let line = "2023年，我局共收到公民、法人和其他组织提出的政府信息公";
        for edge in ["- 4 -", "\n\n— 4 —\n\n", "第 4 页 共 9 页\n"] {
            check(&format!("{line}\n{edge}\n开申请12件。"), &[&format!("{line}开申请12件。")]);
        }
        check("全年收到申请12件。\n- 4 -\n其中予以公开5件。", &["全年收到申请12件。", "-4-", "其中予以公开5件。"]);
    }

    #[test]
    fn paragraphs_stay_apart() {
        let line = "2023年，我局共收到公民、法人和其他组织提出的政府信息公开申请";
        check(&format!("{line}\n\n（三）政府信息管理。"), &[line, "（三）政府信息管理。"]);
        check(&format!("{line}\n\n云岭市水务局"), &[line, "云岭市水务局"]);
        check(&format!("{line}\n　　全年收取费用0元。"), &[line, "全年收取费用0元。"]);
        check(
            "（二）依申请公开情况\n\n全年收到申请12件，均已答复。",
            &["（二）依申请公开情况", "全年收到申请12件，均已答复。"],
        );
    }
}
