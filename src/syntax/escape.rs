//! Writes text into XML and HTML, so that nothing in it becomes markup.

use std::borrow::Cow;

/// `text` for the words between two tags: references in place of `&`, `<` and `>`. Quotation marks stay as they are, so
/// that a fix changes no more of a file than it has to.
pub fn escape_words(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    })
}

/// `text` for the value of an attribute, or for the words between two tags: a reference for the quotation mark as well.
pub fn escape_attribute(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ => None,
    })
}

fn escape(text: &str, reference: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match reference(c) {
            Some(reference) => escaped.push_str(reference),
            None => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Whether a document of XML 1.0 may contain `c`. It may not contain most control characters, not even as references.
pub fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_attributes_cannot_become_markup() {
        let text = "<b>\"甲\" & '乙'</b>\n";
        assert_eq!(escape_words(text), "&lt;b&gt;\"甲\" &amp; '乙'&lt;/b&gt;\n");
        assert_eq!(escape_attribute(text), "&lt;b&gt;&quot;甲&quot; &amp; '乙'&lt;/b&gt;\n");
        assert!(matches!(escape_words("甲'乙"), Cow::Borrowed("甲'乙")));
    }

    #[test]
    fn xml_has_tabs_and_line_ends_and_no_other_control_characters() {
        let allowed: Vec<char> = ('\0'..' ').filter(|c| is_xml(*c)).collect();
        assert_eq!(allowed, ['\t', '\n', '\r']);
        assert!(is_xml('\u{7f}') && is_xml('\u{fffd}') && is_xml('𠮷') && !is_xml('\u{ffff}'));
    }
}
