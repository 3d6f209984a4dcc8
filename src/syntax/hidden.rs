//! Skips parts of a web page: those that are not visible, and those that do not belong to the page's content.
//!
//! Scripts, styles, templates, menus and the like are recognised by their names; other elements by the attribute
//! `hidden` or an inline style. Style sheets are not read. Struck-out words and the marks of footnotes are skipped too.

use super::markup::{Tag, TagKind, TagRole, all_tags, role};
use std::cell::Cell;
use std::collections::BTreeMap;

/// The tags of `text` from `start` on; a skipped part together with its tags is a single piece of markup, like a
/// comment. `seen` is set to the furthest byte that was read.
pub(super) fn tags<'a>(text: &'a str, start: usize, seen: &'a Cell<usize>) -> impl Iterator<Item = Tag> + 'a {
    Visible { tags: all_tags(text, start, seen), next: None, end: text.len() }
}

struct Visible<I> {
    tags: I,
    /// The tag after the last skipped part.
    next: Option<Tag>,
    /// The end of the text.
    end: usize,
}

impl<I: Iterator<Item = Tag>> Iterator for Visible<I> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        let mut tag = self.next.take().or_else(|| self.tags.next())?;
        if tag.kind == TagKind::Start && is_unread(&tag) {
            tag.span.end = self.end_of(&tag).max(tag.span.end);
            tag.kind = TagKind::Comment;
            if tag.name != "head" {
                tag.name.clear();
            }
        }
        Some(tag)
    }
}

/// Whether the element that `tag` starts is skipped.
fn is_unread(tag: &Tag) -> bool {
    tag.role() == TagRole::Hidden
        // If the whole page is hidden, a script shows it.
        || (tag.attributes.hidden && !matches!(tag.name.as_str(), "html" | "body"))
        || matches!(tag.name.as_str(), "head" | "del" | "s" | "strike" | "sup" | "rt" | "rp")
}

/// Elements that have no content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

impl<I: Iterator<Item = Tag>> Visible<I> {
    /// The end of the element that `root` starts. An element that is not closed ends with its parent, or before a tag
    /// that cannot be inside it, so that a missing tag does not hide the rest of the page.
    fn end_of(&mut self, root: &Tag) -> usize {
        if is_void(&root.name) || (root.name == "svg" && root.attributes.self_closing) {
            return root.span.end;
        }
        let mut open = HiddenElements::default();
        open.push(&root.name);
        for tag in self.tags.by_ref() {
            match tag.kind {
                TagKind::Comment => {}
                TagKind::Start if open.ends_before(&root.name, &tag.name) => {
                    let end = tag.span.start;
                    self.next = Some(tag);
                    return end;
                }
                TagKind::Start if is_void(&tag.name) => {}
                TagKind::Start => open.push(&tag.name),
                TagKind::End if open.close(&tag.name) => {
                    if open.names.is_empty() {
                        return tag.span.end;
                    }
                }
                // The end tag of the element's parent.
                TagKind::End
                    if role(&tag.name) == TagRole::Block
                        && (tag.name != "p" || role(&root.name) == TagRole::Inline) =>
                {
                    let end = tag.span.start;
                    self.next = Some(tag);
                    return end;
                }
                TagKind::End => {}
            }
        }
        self.end
    }
}

/// The open elements inside a skipped element, which comes first.
#[derive(Default)]
struct HiddenElements {
    names: Vec<String>,
    /// The number of open elements of each name.
    counts: BTreeMap<String, usize>,
}

impl HiddenElements {
    fn push(&mut self, name: &str) {
        self.names.push(name.to_owned());
        *self.counts.entry(name.to_owned()).or_default() += 1;
    }

    fn has(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }

    /// Closes the last element `name` and the elements in it; returns whether there is one.
    fn close(&mut self, name: &str) -> bool {
        if !self.has(name) {
            return false;
        }
        while let Some(last) = self.names.pop() {
            if let Some(count) = self.counts.get_mut(&last) {
                *count -= 1;
            }
            if last == name {
                break;
            }
        }
        true
    }

    /// Whether the unclosed element `root` ends before the start of the element `name`.
    fn ends_before(&self, root: &str, name: &str) -> bool {
        // A list or a table in it has items and cells of its own.
        let inside = || ["dl", "ol", "table", "ul"].into_iter().any(|name| self.has(name));
        match root {
            "head" => {
                !matches!(
                    name,
                    "base"
                        | "link"
                        | "meta"
                        | "noscript"
                        | "object"
                        | "script"
                        | "style"
                        | "template"
                        | "title"
                        | "xml"
                ) && !name.contains(':')
            }
            "select" => !matches!(name, "hr" | "optgroup" | "option"),
            "nav" | "aside" | "footer" => matches!(name, "article" | "h1" | "main"),
            "button" | "svg" | "p" | "del" | "s" | "strike" | "sup" | "rt" | "rp" => role(name) == TagRole::Block,
            _ if inside() => false,
            "li" => name == "li",
            "dt" | "dd" => matches!(name, "dt" | "dd"),
            "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
            "tr" => matches!(name, "tr" | "tbody" | "thead" | "tfoot"),
            "tbody" | "thead" | "tfoot" => matches!(name, "tbody" | "thead" | "tfoot"),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::DecodedText;

    #[track_caller]
    fn check(page: &str, seen: &str) {
        let shown = DecodedText::of(page, 0);
        assert_eq!(shown.text().split_whitespace().collect::<String>(), seen, "{page}");
    }

    #[test]
    fn what_is_not_seen_is_not_read() {
        for hidden in [
            "<div style=\"display:none\">a<div>b</div>c</div>",
            "<DIV STYLE='color:red; DISPLAY : None !important'>a<p>b</div>",
            "<span style=\"visibility: hidden\">a</span>",
            "<p hidden>a<b>b</b></p>",
            "<p hidden=\"hidden\">a</p>",
            "<script>if (a</b/.c) '<p>'</script>",
            "<style>p > b { }</style>",
            "<template><p>a</p><template>b</template>c</template>",
            "<noscript><p>a</p></noscript>",
            "<!-- a <p>b</p> -->",
            "<!--[if gte mso 9]><xml><w:WordDocument>a</w:WordDocument></xml><![endif]-->",
            "<head><title>a</title><meta name=b>c</head>",
            "<svg><text>a</text><path d=''/></svg>",
            "<svg/>",
            "<nav><ul><li>a<li>b</ul></nav>",
            "<select><option>a<option>b</select>",
            "<sup>[1]</sup>",
            "<del>a</del>",
            "<s>a</s><strike>b</strike>",
            "<img hidden><br style=\"display:none\"><input hidden>",
        ] {
            check(&format!("甲{hidden}乙<p>丙</p>"), "甲乙丙");
        }
        check("<table><tr><td>甲<tr style=\"display:none\"><td>a<td>b<tr><td hidden>c<td>乙</table>", "甲乙");
    }

    #[test]
    fn what_is_seen_is_read() {
        check("<p style=\"display:block\">甲</p><p style=\"none\" class=hidden>乙</p>", "甲乙");
        check("<p data-hidden=1 title=\"display:none\">甲</p>", "甲");
        check("<![if !supportLists]>甲<![endif]>乙<?xml:namespace prefix = o />丙", "甲乙丙");
    }

    #[test]
    fn a_tag_too_few_does_not_take_the_rest_away() {
        for page in [
            "<p style=\"display:none\">a<b>b<p>甲</p>乙",
            "<p style=\"display:none\">a<table><tr><td>甲</table>乙",
            "<div><div style=\"display:none\">a</div></div>甲乙",
            "<div><nav>a<ul><li>b</div>甲乙",
            "<nav>a<h1>甲</h1>乙",
            "<ul><li hidden>a<li>甲</ul>乙",
            "<p><span style=\"display:none\">a</p>甲乙",
            "<p>",
            "<select><option>a<p>甲</p>乙",
            "<button>a<div>甲</div>乙",
            "<div><sup>a</div>甲乙",
            "<head><title>a</title><p>甲</p>乙",
            "<head><meta><body>甲乙",
        ] {
            check(page, if page == "<p>" { "" } else { "甲乙" });
        }
    }
}
