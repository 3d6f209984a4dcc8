//! The marks of Markdown in words: emphasis, escapes, quotes, bullets. They are not part of the visible text.

use super::line::is_space;
use super::markup::reference;
use crate::text::Span;
use std::borrow::Cow;

/// The marks in `line`, or in a cell, in the order of the text.
pub(super) fn marks(line: &str) -> Vec<Span> {
    let mut marks = Vec::new();
    let start = before_words(line, &mut marks);
    if memchr::memchr3(b'*', b'_', b'\\', line.as_bytes()).is_none() {
        return marks;
    }
    // The mark that opened emphasis and is not closed yet.
    let mut open: Option<(u8, Span)> = None;
    let bytes = line.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => {
                // At the end of a line it is a line break.
                let next = bytes.get(at + 1);
                if next.is_none_or(u8::is_ascii_punctuation) {
                    marks.push(Span::new(at, at + 1));
                    at += 1;
                }
            }
            b'*' | b'_' => {
                let length = bytes.get(at..).unwrap_or_default().iter().take_while(|other| *other == byte).count();
                let run = Span::new(at, at + length);
                emphasis(line, *byte, run, &mut open, &mut marks);
                at = run.end - 1;
            }
            _ => {}
        }
        at += 1;
    }
    marks.sort();
    marks
}

/// Processes a run of `*` or `_`.
fn emphasis(line: &str, byte: u8, run: Span, open: &mut Option<(u8, Span)>, marks: &mut Vec<Span>) {
    let next = line.get(run.end..).and_then(|rest| rest.chars().next());
    let previous = line.get(..run.start).and_then(|before| before.chars().next_back());
    let closes = previous.is_some_and(|c| !is_space(c));
    // The same character masks names: 张**、李**.
    let opens =
        next.is_some_and(|c| !is_space(c) && !matches!(c, '、' | '，' | '。' | '；' | '：' | '）' | '”' | '》'));
    // `____` is a blank to fill in.
    let is_mark = match byte {
        b'_' => run.len() == 2,
        _ => run.len() == 2 || run.len() == 3 || (run.len() == 4 && open.is_some()),
    };
    if !is_mark {
        return;
    }
    match open.take() {
        Some((other, before)) if other == byte && closes && before.end < run.start => {
            marks.extend([before, run]);
            if run.len() == 4 && opens {
                // It closes emphasis and opens it again; the second half is closed later.
                marks.pop();
                marks.push(Span::new(run.start, run.start + 2));
                *open = Some((byte, Span::new(run.start + 2, run.end)));
            }
        }
        _ if opens => *open = Some((byte, run)),
        other => *open = other,
    }
}

/// Adds the marks before the words of `line`: `> `, and `- ` before Chinese words. Returns the start of the words.
fn before_words(line: &str, marks: &mut Vec<Span>) -> usize {
    let blank = |rest: &str| rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let mut at = blank(line);
    let mut end = 0;
    while let Some(rest) = line.get(at..).filter(|rest| rest.starts_with('>')) {
        end = at + 1;
        at = end + blank(rest.get(1..).unwrap_or_default());
    }
    if end > 0 {
        marks.push(Span::new(0, at));
    }
    let rest = line.get(at..).unwrap_or_default();
    let words = rest.strip_prefix(['-', '*', '+']).filter(|words| words.starts_with([' ', '\t']));
    let is_item =
        |words: &str| words.trim_start().chars().find(|c| *c != '*' && *c != '_').is_some_and(|c| !c.is_ascii());
    match words.filter(|words| is_item(words)) {
        Some(words) => {
            let words_start = at + 1 + blank(words);
            marks.push(Span::new(at, words_start));
            words_start
        }
        None => at,
    }
}

/// The length of the quote marks at the start of `line`.
pub(super) fn quote(line: &str) -> usize {
    match line.trim_start_matches([' ', '\t']).starts_with('>') {
        true => {
            let rest = line.trim_start_matches([' ', '\t', '>']);
            line.len() - rest.len()
        }
        false => 0,
    }
}

/// Whether a line with `marks` needs no view: all or the start of it is in one emphasis, `**（一）主动公开。**…`, which the
/// readers of headings, titles and lead-ins ignore. A report without a view can be checked again in parts.
pub(super) fn is_plain(line: &str, marks: &[Span]) -> bool {
    let star = |span: &Span| span.of(line).starts_with('*');
    match marks {
        [] => true,
        [first, last] => {
            let before = line.get(..first.start).unwrap_or_default();
            star(first) && star(last) && first.len() == last.len() && before.chars().all(|c| is_space(c) || c == '#')
        }
        _ => false,
    }
}

/// `line` without its marks.
pub(crate) fn unmarked(line: &str) -> Cow<'_, str> {
    let marks = marks(line);
    if marks.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut seen = String::with_capacity(line.len());
    let mut at = 0;
    for mark in marks {
        seen.push_str(line.get(at..mark.start).unwrap_or_default());
        at = mark.end;
    }
    seen.push_str(line.get(at..).unwrap_or_default());
    Cow::Owned(seen)
}

/// The words of `line` as a reader sees them: without its marks, without the number signs of a heading, and with
/// the characters that references as `&lt;` are written for. Plain text has none of these and comes back as it is.
pub fn without_markdown(line: &str) -> Cow<'_, str> {
    let words = match line.trim_start_matches('#') {
        words if words.len() < line.len() => words.trim_start(),
        _ => line,
    };
    let marks = marks(words);
    if marks.is_empty() && !words.contains('&') {
        return Cow::Borrowed(words);
    }
    let mut seen = String::with_capacity(words.len());
    let mut at = 0;
    for mark in marks {
        push_decoded(words.get(at..mark.start).unwrap_or_default(), &mut seen);
        at = mark.end;
        // A character after a backslash does not start a reference.
        let escaped = words.get(at..).and_then(|rest| rest.chars().next()).filter(|_| mark.of(words) == "\\");
        if let Some(escaped) = escaped {
            seen.push(escaped);
            at += escaped.len_utf8();
        }
    }
    push_decoded(words.get(at..).unwrap_or_default(), &mut seen);
    Cow::Owned(seen)
}

/// Adds `text` to `seen`, with the characters that its references are written for.
fn push_decoded(text: &str, seen: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        seen.push_str(before);
        let written = rest.get(before.len()..).unwrap_or_default();
        let decoded = reference(written).and_then(|(characters, length)| Some((characters, written.get(length..)?)));
        rest = match decoded {
            Some((characters, after)) => {
                seen.push_str(&characters);
                after
            }
            None => {
                seen.push('&');
                after
            }
        };
    }
    seen.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, seen: &str) {
        assert_eq!(unmarked(line), seen, "{line}");
    }

    #[test]
    fn marks_are_not_seen() {
        check("__一、总体情况__", "一、总体情况");
        check("**（一）主动公开。**全年公开**120**条", "（一）主动公开。全年公开120条");
        check("**甲****乙**丙", "甲乙丙");
        check("***甲***", "甲");
        check("> 一、总体情况", "一、总体情况");
        check("> > - __甲__", "甲");
        check(">", "");
        check("- **一、总体情况**", "一、总体情况");
        check("1\\.属于国家秘密 3\\.5 \\-2 \\(一\\) 甲\\|乙", "1.属于国家秘密 3.5 -2 (一) 甲|乙");
        check("云岭市水务局\\", "云岭市水务局");
    }

    #[test]
    fn the_words_of_headings_and_of_references_are_seen() {
        for (line, words) in [
            ("# 标题", "标题"),
            ("###（一）主动公开", "（一）主动公开"),
            ("## **标题**", "标题"),
            ("**（一）主动公开。**发布3条。", "（一）主动公开。发布3条。"),
            ("公开&lt;办法&#62;&amp;解读", "公开<办法>&解读"),
            (r"1\. 公开2\*3条", "1. 公开2*3条"),
            // A reference that is escaped, and one that is none.
            (r"公开\&lt;&不&办法", "公开&lt;&不&办法"),
            // Asterisks in place of a name, or that nothing closes, the path of a file, and plain text.
            ("张**、李**", "张**、李**"),
            ("公开**3条", "公开**3条"),
            (r"存于D:\公开", r"存于D:\公开"),
            ("公开3条，见#1", "公开3条，见#1"),
        ] {
            assert_eq!(without_markdown(line), words, "{line}");
        }
    }

    #[test]
    fn what_looks_like_marks_is_seen() {
        for line in [
            "申请人张**、李**",
            "____年__月",
            "收费 5 * 3 ** 2",
            "- 2 -",
            "- 4",
            "D:\\年报\\甲",
            "甲**乙",
            "a_b__c",
            "5 > 3",
            "增长-2%",
            "**",
            "****",
        ] {
            check(line, line);
        }
    }

    #[test]
    fn a_line_marked_as_a_whole_is_plain() {
        for (line, plain) in [
            ("**一、总体情况**", true),
            ("# **甲** #", true),
            ("__甲__", false),
            ("**甲**乙", true),
            ("乙**甲**", false),
            ("**一、** **甲**", false),
            ("甲", true),
        ] {
            assert_eq!(is_plain(line, &marks(line)), plain, "{line}");
        }
    }
}
