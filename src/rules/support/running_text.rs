//! Characters of running text: shared by the rules of style.

/// A character of a text and its start.
pub(in crate::rules) type At = (usize, char);

/// Whether `c` is a Chinese character.
pub(in crate::rules) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Whether `c` is a Chinese character or a mark that only Chinese text has.
pub(in crate::rules) fn is_chinese(c: char) -> bool {
    is_han(c)
        || matches!(
            c,
            '“' | '”' | '‘' | '’' | '《' | '》' | '（' | '）' | '、' | '。' | '，' | '；' | '：' | '！' | '？'
        )
}

/// Whether `c` is part of a Chinese number.
pub(in crate::rules) fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百".contains(c)
}

/// The bracketed number at the start of a line, `（一）` or `(一)` or a mixture: its two brackets.
pub(in crate::rules) fn numbering(line: &[At]) -> Option<(At, At)> {
    let start = line.iter().position(|(_, c)| !(c.is_whitespace() || matches!(c, '#' | '*' | '-')))?;
    let open = *line.get(start).filter(|(_, c)| matches!(c, '（' | '('))?;
    let inside = line.get(start + 1..)?;
    let len = inside.iter().take_while(|(_, c)| is_numeral(*c) || *c == ' ').count();
    let close = *inside.get(len).filter(|(_, c)| len > 0 && len <= 5 && matches!(c, '）' | ')'))?;
    Some((open, close))
}

/// The full-width counterpart of a half-width punctuation mark.
pub(in crate::rules) fn full_width(mark: char) -> Option<char> {
    Some(match mark {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_brackets_at_the_start_of_a_line() {
        let brackets = |line: &str| {
            let line: Vec<At> = line.char_indices().collect();
            numbering(&line).map(|((_, open), (at, close))| (open, at, close))
        };
        assert_eq!(brackets("（一）甲"), Some(('（', 6, '）')));
        assert_eq!(brackets("(十 二）甲"), Some(('(', 8, '）')));
        for before in ["## ", "- ", "**", "\u{3000}"] {
            assert_eq!(brackets(&format!("{before}(一)甲")), Some(('(', before.len() + 4, ')')), "{before:?}");
        }
        assert_eq!(brackets("（二十一二三）"), Some(('（', 18, '）')));
        for other in ["（）甲", "（一二三四五六）", "（一甲", "（一", "（甲）", "一）", "甲（一）"]
        {
            assert_eq!(brackets(other), None, "{other}");
        }
    }

    #[test]
    fn half_and_full_width() {
        let all: String = ",;:().".chars().filter_map(full_width).collect();
        assert_eq!(all, "，；：（）");
    }
}
