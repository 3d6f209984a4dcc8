//! Text of a document, made safe to be put inside Markdown.

use crate::ide::one_line;

/// `text` so that Markdown shows it as it is: nothing in it can become a link, an image, HTML, an entity, a heading or
/// code, nor run over into another line, nor turn the direction of writing.
///
/// Every ASCII punctuation mark is escaped (CommonMark allows it for all of them), which breaks bare addresses too. Line
/// ends and other control characters become spaces; marks that are invisible and change how the rest is shown are left
/// out.
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            '\u{e0000}'..='\u{e007f}' => {}
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => escaped.push(' '),
            c if c.is_ascii_punctuation() => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// [`escape_markdown`] of at most `limit` characters of `text`, with one blank for a run of white space, and with an ellipsis if there are more.
pub(super) fn excerpt(text: &str, limit: usize) -> String {
    let text = one_line(text);
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(limit).collect();
    let rest = if characters.next().is_some() { "…" } else { "" };
    format!("{}{rest}", escape_markdown(&start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_in_a_document_becomes_markup() {
        for (text, shown) in [
            ("[点此](command:workbench.action.quit)", r"\[点此\]\(command\:workbench\.action\.quit\)"),
            ("![](https://example.com/x.png)", r"\!\[\]\(https\:\/\/example\.com\/x\.png\)"),
            ("<img src=x onerror=alert(1)>", r"\<img src\=x onerror\=alert\(1\)\>"),
            ("https://example.com", r"https\:\/\/example\.com"),
            ("www.example.com a@example.com", r"www\.example\.com a\@example\.com"),
            ("&lt;b&gt; &nbsp;", r"\&lt\;b\&gt\; \&nbsp\;"),
            ("`x` **y** __z__ ~~s~~ $(zap)", r"\`x\` \*\*y\*\* \_\_z\_\_ \~\~s\~\~ \$\(zap\)"),
            ("一\n# 二\r\n> 三\t四", r"一 \# 二  \> 三 四"),
            ("a\\[b]", r"a\\\[b\]"),
            ("12\u{202e}34\u{feff}", "1234"),
            ("（一）临溪县 １２", "（一）临溪县 １２"),
        ] {
            assert_eq!(escape_markdown(text), shown, "{text:?}");
        }
    }

    #[test]
    fn an_excerpt_is_cut_before_it_is_escaped() {
        assert_eq!(excerpt("  a*b*c  ", 3), r"a\*b…");
        assert_eq!(excerpt("a*b", 3), r"a\*b");
    }

    proptest! {
        #[test]
        fn every_mark_is_escaped_and_every_word_is_kept(text in "\\PC*") {
            let escaped = escape_markdown(&text);
            let mut characters = escaped.chars();
            let mut words = String::new();
            while let Some(c) = characters.next() {
                if c == '\\' {
                    let mark = characters.next();
                    prop_assert!(mark.is_some_and(|mark| mark.is_ascii_punctuation()));
                } else {
                    prop_assert!(!c.is_ascii_punctuation() && !c.is_control());
                    words.extend(c.is_alphanumeric().then_some(c));
                }
            }
            let kept: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
            prop_assert_eq!(words, kept);
        }
    }
}
