//! The elements around the words of a web page, and the data about its article in `meta` tags.

use super::hidden::tags;
use super::markup::{TagKind, all_tags};
use crate::text::Span;
use std::cell::Cell;

/// Elements that contain parts of a page. Paragraphs are not among them: they contain single lines, and are often not
/// closed.
const CONTAINERS: [&str; 17] = [
    "article", "body", "center", "div", "fieldset", "figure", "form", "header", "li", "main", "ol", "section", "table",
    "tbody", "td", "th", "tr",
];

/// A tag of an element that contains a part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The element's name, in lower case.
    pub name: &'static str,
    /// Whether it is a start tag.
    pub opens: bool,
    /// The start number of a list, or the number of an item, if the tag has one.
    pub number: Option<u8>,
}

/// The tags of a block around its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// The tags before its words.
    pub before: Box<[Step]>,
    /// The tags after its words.
    pub after: Box<[Step]>,
    /// The level of the heading, if the words are one: 1 for `h1`.
    pub level: Option<u8>,
}

/// The tags of `source`, a block that is not a table and whose words start at `words`.
pub(crate) fn steps(source: &str, words: usize) -> Steps {
    let (mut before, mut after, mut level) = (Vec::new(), Vec::new(), None);
    let seen = Cell::new(0);
    for tag in tags(source, 0, &seen) {
        let opens = tag.kind == TagKind::Start;
        if opens && tag.span.start < words && tag.name.len() == 2 {
            let digit = tag.name.strip_prefix('h').and_then(|digit| digit.parse().ok());
            level = digit.filter(|digit| (1..=6).contains(digit)).or(level);
        }
        let Some(name) = CONTAINERS.iter().find(|name| **name == tag.name) else { continue };
        let given = match *name {
            "ol" => Some("start"),
            "li" => Some("value"),
            _ => None,
        };
        let text = tag.span.of(source);
        let number = given.filter(|_| opens).and_then(|given| attribute(text, given)?.of(text).trim().parse().ok());
        let step = Step { name, opens, number };
        if tag.span.start < words { before.push(step) } else { after.push(step) }
    }
    Steps { before: before.into(), after: after.into(), level }
}

/// The data about the article of a page, in `<meta name="…" content="…">`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetaName {
    /// `ArticleTitle`
    ArticleTitle,
    /// `PubDate`
    Published,
    /// `ContentSource`
    ContentSource,
}

/// The names on government web sites; letter case does not matter.
const META: [(&str, MetaName); 3] = [
    ("articletitle", MetaName::ArticleTitle),
    ("pubdate", MetaName::Published),
    ("contentsource", MetaName::ContentSource),
];

/// The `meta` data in `source`, with the places of the values, in the order of the text.
pub(crate) fn meta(source: &str) -> Vec<(MetaName, Span)> {
    let seen = Cell::new(0);
    let tags = all_tags(source, 0, &seen).filter(|tag| tag.starts("meta"));
    let found = tags.filter_map(|tag| {
        let text = tag.span.of(source);
        let name = attribute(text, "name")?.of(text);
        let (_, meaning) = META.iter().find(|(known, _)| name.trim().eq_ignore_ascii_case(known))?;
        let value = attribute(text, "content")?;
        Some((*meaning, value.shift(tag.span.start)))
    });
    found.filter(|(_, span)| !span.of(source).trim().is_empty()).collect()
}

/// The place of the value of the attribute `name` in `tag`, a start tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<Span> {
    let is_space = |c: char| c.is_ascii_whitespace() || c == '/';
    let mut at = tag.find(is_space)?;
    loop {
        let rest = tag.get(at..)?;
        at += rest.len() - rest.trim_start_matches(is_space).len();
        let rest = tag.get(at..)?;
        let length = rest.find(|c: char| is_space(c) || matches!(c, '=' | '>'))?;
        let found = rest.get(..length)?;
        let following = rest.get(length..)?;
        let Some(value) = following.trim_start().strip_prefix('=') else {
            // The attribute has no value.
            at += length.max(1);
            if rest.starts_with('>') {
                return None;
            }
            continue;
        };
        let value = value.trim_start();
        let start = tag.len() - value.len();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (from, to) = match quote {
            Some(quote) => (start + 1, start + 1 + value.get(1..)?.find(quote)?),
            None => (start, start + value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len())),
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(Span::new(from, to));
        }
        at = if quote.is_some() { to + 1 } else { to };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_however_they_are_written() {
        let value = |tag: &'static str| attribute(tag, "content").map(|span| span.of(tag));
        assert_eq!(value("<meta name=\"PubDate\" content=\"2022-02-08 16:34\"/>"), Some("2022-02-08 16:34"));
        assert_eq!(value("<META NAME='a' CONTENT = 'b > c'>"), Some("b > c"));
        assert_eq!(value("<meta content=甲 name=乙>"), Some("甲"));
        assert_eq!(value("<meta hidden content=''>"), Some(""));
        for none in [
            "<meta>",
            "<meta name=a>",
            "<meta name=\"content=1\">",
            "<meta content>",
            "<meta x=\"",
            "<meta content=\"甲",
        ] {
            assert_eq!(value(none), None, "{none}");
        }
    }

    #[test]
    fn what_a_page_says_of_its_article() {
        let page = "<head><meta charset=utf-8><meta name=\"pubdate\" content=\"2022-02-08\"><META name='ArticleTitle' content='甲'>\
                    <meta name=\"ContentSource\" content=\" \"><meta name=keywords content=乙></head>";
        let found: Vec<_> = meta(page).into_iter().map(|(name, span)| (name, span.of(page))).collect();
        assert_eq!(found, [(MetaName::Published, "2022-02-08"), (MetaName::ArticleTitle, "甲")]);
    }

    #[test]
    fn the_elements_around_a_line() {
        let block = "<div class=a><p>甲</p></div><div>";
        let step = |name, opens| Step { name, opens, number: None };
        let found = steps(block, block.find('甲').unwrap());
        assert_eq!(found.before.as_ref(), [step("div", true)]);
        assert_eq!(found.after.as_ref(), [step("div", false), step("div", true)]);
        let block = "<ol start=3><li><h2>甲</h2></li></ol>";
        let found = steps(block, block.find('甲').unwrap());
        assert_eq!(found.before.as_ref(), [Step { number: Some(3), ..step("ol", true) }, step("li", true)]);
        assert_eq!(found.level, Some(2));
    }
}
