//! Recognises lines that look like the title of a report or like a top-level heading.

use super::line::is_space;
use crate::text::{FoldedChar, Span, fold_char};

/// A top-level heading: the places of the numeral and of the name in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingShape {
    /// The Chinese numeral, `五` of `五、`; `None` for a Markdown heading without one.
    pub numeral: Option<Span>,
    /// The text after the numeral, without white space around it.
    pub name: Span,
}

/// Reads `line` as a heading: `一、总体情况`, `## 一、总体情况`, `## 总体情况`, `第一部分 总体情况`. A line that is long or ends like a
/// sentence is not a heading.
pub fn heading(line: &str) -> Option<HeadingShape> {
    let mut rest = line.trim_start_matches(|c| is_space(c) || c == '\u{feff}');
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest = rest.trim_start_matches('#').trim_start_matches(|c| is_space(c) || c == '*');
    // The start of a line excludes most lines.
    if hashes == 0 && !rest.starts_with(is_numeral) {
        return None;
    }
    let body = rest.trim_end_matches(|c| is_space(c) || c == '*' || c == '#');
    if body.len() > 180 || body.ends_with(['。', '；', '，', ';', ',']) {
        return None;
    }
    let start = line.len() - rest.len();
    let numeral_len: usize = body.chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let after = body.get(numeral_len..).unwrap_or_default();
    let marked = after.trim_start_matches(is_space);
    let mark = marked.chars().next().filter(|c| matches!(c, '、' | '.' | '．' | '，' | ',' | '､' | '：' | ':'));
    let numbered = numeral_len > 0 && numeral_len <= 9 && mark.is_some();
    if !numbered && (hashes == 0 || body.is_empty()) {
        return None;
    }
    let name = if numbered {
        marked.trim_start_matches(|c| is_space(c) || matches!(c, '、' | '.' | '．' | '，' | ',' | '､' | '：' | ':'))
    } else {
        body
    };
    let name_start = start + body.len() - name.len();
    Some(HeadingShape {
        numeral: numbered.then(|| Span::new(start, start + numeral_len)),
        name: Span::new(name_start, name_start + name.len()),
    })
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Whether `line` ends like a sentence or like the name of a section, and so is not the first or last part of a cell.
pub(super) fn ends_as_name(line: &str) -> bool {
    let mut backwards = line.chars().rev().filter(|c| !is_space(*c));
    match backwards.next() {
        Some('。') => true,
        Some('况') => backwards.next() == Some('情') && backwards.count() >= 8,
        _ => false,
    }
}

/// The bytes of a year, 公开 and 年报.
const SHORTEST_TITLE: usize = 16;

/// Whether `line` looks like the title of a report: short, with 信息公开 and a year, and 报告 at its end.
pub fn looks_like_title(line: &str) -> bool {
    // This is called for every line; the length or the last character excludes nearly all of them.
    if line.len() < SHORTEST_TITLE || line.len() > 300 {
        return false;
    }
    let last = line.chars().rev().find(|c| !is_space(*c) && !matches!(c, '*' | '#'));
    if !matches!(last, Some('告' | '报' | ')' | '）')) {
        return false;
    }
    let folded: String = line
        .chars()
        .filter_map(|c| match fold_char(c) {
            FoldedChar::One(c) => Some(c),
            FoldedChar::Drop => None,
            FoldedChar::Nfkc => Some(c),
        })
        .collect();
    let body = folded.trim_start_matches('#').trim_end_matches(['*', '#']).trim_start_matches('*');
    let ends = body.ends_with("报告") || body.ends_with("年报") || body.ends_with("报告)");
    ends && body.chars().count() <= 60
        && body.contains("公开")
        && !body.contains(['。', ';', ',', ':', '《', '|'])
        && has_year(body)
}

fn has_year(folded: &str) -> bool {
    folded.match_indices('年').any(|(at, _)| {
        let before = folded.get(..at).unwrap_or_default();
        let digits: usize =
            before.chars().rev().take_while(|c| c.is_ascii_digit() || "〇零一二三四五六七八九".contains(*c)).count();
        digits >= 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for title in [
            "云岭市档案局2023年政府信息公开工作年度报告",
            "# 云岭市档案局 2023 年政府信息公开工作年度报告",
            "2020年度政府信息公开工作年度报告",
            "云岭市档案局二〇二三年政府信息公开年度报告",
        ] {
            assert!(looks_like_title(title), "{title}");
        }
        for other in [
            "编制《云岭市档案局2023年政府信息公开工作年度报告》",
            "2023年，我局按照要求编制政府信息公开工作年度报告",
            "2023年，我局发布政府信息公开工作年度报告。",
            "政府信息公开工作年度报告",
        ] {
            assert!(!looks_like_title(other), "{other}");
        }
    }

    #[test]
    fn headings() {
        let parts = |line: &'static str| heading(line).map(|h| (h.numeral.map(|n| n.of(line)), h.name.of(line)));
        assert_eq!(parts("一、 总体情况"), Some((Some("一"), "总体情况")));
        assert_eq!(parts("  ## 二、主动公开 "), Some((Some("二"), "主动公开")));
        assert_eq!(parts("## 总体情况"), Some((None, "总体情况")));
        assert_eq!(parts("一是加强领导"), None);
        assert_eq!(parts("一、加强领导。"), None);
        assert_eq!(parts("（一）主动公开"), None);
        assert_eq!(parts("总体情况"), None);
    }
}
