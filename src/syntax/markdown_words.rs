//! The words of a line of Markdown, without its marks: of headings, of strong text, of characters that would be marks.

use super::markup::reference;
use std::borrow::Cow;

/// The words of the line `text` without the marks of Markdown: the number signs of a heading, the asterisks of strong
/// text, if they come in pairs, backslashes before punctuation, and references as `&lt;`. Plain text has none of them, and
/// comes back as it is.
pub fn without_markdown(text: &str) -> Cow<'_, str> {
    let words = match text.trim_start_matches('#') {
        words if words.len() < text.len() => words.trim_start(),
        _ => text,
    };
    let strong = words.matches("**").count();
    let strong = strong > 0 && strong.is_multiple_of(2);
    if !strong && !words.contains(['\\', '&']) {
        return Cow::Borrowed(words);
    }
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '*' if strong && after.starts_with('*') => &after[1..],
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                plain.extend(after.chars().next());
                &after[1..]
            }
            '&' => match reference(rest) {
                Some((characters, length)) => {
                    plain.push_str(&characters);
                    &rest[length..]
                }
                None => {
                    plain.push(c);
                    after
                }
            },
            _ => {
                plain.push(c);
                after
            }
        };
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (text, words) in [
            ("# 标题", "标题"),
            ("###（一）主动公开", "（一）主动公开"),
            ("**（一）主动公开。**发布3条。", "（一）主动公开。发布3条。"),
            ("## **标题**", "标题"),
            ("公开&lt;办法&#62;&amp;解读", "公开<办法>&解读"),
            (r"1\. 公开2\*3条", "1. 公开2*3条"),
            // An asterisk that nothing closes, a file's path, and plain text stay.
            ("公开**3条", "公开**3条"),
            (r"存于D:\公开", r"存于D:\公开"),
            ("公开3条，见#1", "公开3条，见#1"),
        ] {
            assert_eq!(without_markdown(text), words, "{text}");
        }
    }
}
