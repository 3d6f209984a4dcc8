//! The tags of a text, with their places; the text between them is words.

use super::line::is_space;
use crate::text::Span;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Reader, Tokenizer};
use std::cell::Cell;
use std::convert::Infallible;

/// A piece of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) span: Span,
    pub(super) kind: TagKind,
    /// In lower case; empty for a comment or a document type.
    pub(super) name: String,
    /// The relevant attributes.
    pub(super) attributes: Attributes,
}

/// The relevant attributes of a start tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// Whether the attribute `hidden` or an inline style makes the element invisible. Style sheets are not read.
    pub(super) hidden: bool,
    /// `<…/>`
    pub(super) self_closing: bool,
    /// `colspan`, if it is a number.
    pub(super) across: Option<usize>,
    /// `rowspan`, if it is a number.
    pub(super) down: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    Start,
    End,
    Comment,
}

/// The effect of a tag on the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagRole {
    /// It is inside a line of words.
    Inline,
    /// It ends a line of words, and so does its end tag.
    Block,
    /// It ends a line of words, and has no content: `<br>`.
    Break,
    /// Its content is invisible, or not part of the page's content.
    Hidden,
}

/// The role of the tags of the element `name`.
pub(super) fn role(name: &str) -> TagRole {
    match name {
        "br" | "hr" => TagRole::Break,
        name if HIDDEN.contains(&name) => TagRole::Hidden,
        name if BLOCKS.contains(&name) => TagRole::Block,
        _ => TagRole::Inline,
    }
}

impl Tag {
    pub(super) fn role(&self) -> TagRole {
        role(&self.name)
    }

    pub(super) fn starts(&self, name: &str) -> bool {
        self.kind == TagKind::Start && self.name == name
    }

    pub(super) fn ends(&self, name: &str) -> bool {
        self.kind == TagKind::End && self.name == name
    }
}

/// Elements that are on lines of their own.
const BLOCKS: [&str; 41] = [
    "html",
    "head",
    "body",
    "meta",
    "link",
    "base",
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "center",
    "blockquote",
    "pre",
    "form",
    "fieldset",
    "figure",
    "address",
];

/// Elements that editors and word processors write inside a line.
const INLINE: [&str; 36] = [
    "a", "abbr", "area", "b", "big", "br", "code", "del", "em", "font", "hr", "i", "img", "input", "ins", "label",
    "map", "mark", "nobr", "option", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "tt", "u", "wbr", "xml",
];

/// Elements whose content is invisible, or does not belong to the page: see [`super::hidden`].
const HIDDEN: [&str; 14] = [
    "aside", "button", "footer", "iframe", "nav", "noembed", "noscript", "script", "select", "style", "svg",
    "template", "textarea", "title",
];

/// The longest tag that counts when deciding whether a text is HTML. A tag may contain a whole picture.
const LONGEST: usize = 1 << 20;

/// The end of the tag, comment or document type at the start of `text`, and how far the text was read.
pub(super) fn looks_like_tag(text: &str) -> (Option<usize>, usize) {
    let Some(rest) = text.strip_prefix('<') else { return (None, 1) };
    if rest.starts_with("!--") {
        // Up to the end of the text if it is not closed.
        let end = rest.find("-->").map_or(text.len(), |at| at + 4);
        return (Some(end), end);
    }
    // Word processors write `<![if !supportLists]>` and `<?xml:namespace … />`.
    let starts = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if !["!doctype", "![if", "![endif", "?xml"].into_iter().any(starts) {
        let name_start = rest.strip_prefix('/').unwrap_or(rest);
        let length = name_start
            .bytes()
            .take(24)
            .position(|byte| !(byte.is_ascii_alphanumeric() || byte == b':' || byte == b'-'))
            .unwrap_or(name_start.len().min(24));
        let name = name_start.get(..length).unwrap_or_default().to_ascii_lowercase();
        let name = name.as_str();
        let known =
            [BLOCKS.as_slice(), &INLINE, &HIDDEN].iter().any(|names| names.contains(&name)) || name.contains(':');
        let after = name_start.as_bytes().get(length);
        let delimited = matches!(after, Some(b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'>'));
        if !known || !delimited || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return (None, 32.min(text.len()));
        }
    }
    let window = rest.as_bytes().get(..LONGEST).unwrap_or(rest.as_bytes());
    match window.iter().position(|byte| matches!(byte, b'>' | b'<')) {
        Some(at) if window.get(at) == Some(&b'>') => (Some(at + 2), at + 2),
        Some(at) => (None, at + 2),
        None => (None, window.len() + 1),
    }
}

/// The start of the first HTML tag in `line`, and how far the text was read.
pub(super) fn first_tag(line: &str) -> (Option<usize>, usize) {
    let mut looked = 0;
    for (at, _) in line.match_indices('<') {
        let (end, seen) = looks_like_tag(line.get(at..).unwrap_or_default());
        looked = looked.max(at + seen);
        if end.is_some() {
            return (Some(at), looked);
        }
    }
    (None, looked)
}

/// Calls `each` for every visible line of `text`, in order, with its start, its words, and whether it contains a tag. A
/// line ends at a line break, or at a tag that starts or ends a block; it starts with the tags before its words. The
/// end of a line depends on nothing before the line, and on nothing after it except the rest of a tag.
pub(crate) fn visible_lines(text: &str, mut each: impl FnMut(usize, &str, bool)) {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        let mut start = 0;
        for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()) {
            each(start, text.get(start..end).unwrap_or_default(), false);
            start = end + 1;
        }
        if start < text.len() {
            each(start, text.get(start..).unwrap_or_default(), false);
        }
        return;
    }
    let mut start = 0;
    let mut at = 0;
    let mut words = String::new();
    let mut tagged = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let special = memchr::memchr3(b'\n', b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
        let plain = rest.get(..special).unwrap_or_default();
        let special = memchr::memchr(b'\r', plain.as_bytes()).unwrap_or(special);
        let plain = plain.get(..special).unwrap_or_default();
        let special_text = rest.get(special..).unwrap_or_default();
        if special_text.starts_with(['\n', '\r']) {
            if words.is_empty() && !tagged {
                each(start, plain, false);
            } else {
                words.push_str(plain);
                each(start, if tagged { words.trim_matches(is_space) } else { &words }, tagged);
            }
            words.clear();
            tagged = false;
            at += special + 1;
            start = at;
            continue;
        }
        words.push_str(plain);
        at += special;
        if special_text.starts_with('&') {
            match reference(special_text) {
                Some((shown, length)) => {
                    words.push_str(&shown);
                    at += length;
                }
                None => {
                    words.push('&');
                    at += 1;
                }
            }
            continue;
        }
        let Some(end) = looks_like_tag(special_text).0 else {
            if !special_text.is_empty() {
                words.push('<');
                at += 1;
            }
            continue;
        };
        let tag = special_text.get(..end).unwrap_or_default();
        let closes = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == ':' || *c == '-')
            .collect::<String>()
            .to_ascii_lowercase();
        if !matches!(role(&name), TagRole::Inline) {
            let seen = words.trim_matches(is_space);
            if !seen.is_empty() {
                each(start, seen, tagged);
                start = if closes { at + end } else { at };
            } else if closes {
                start = at + end;
            }
            words.clear();
        }
        tagged = true;
        at += end;
    }
    if !words.is_empty() {
        each(start, if tagged { words.trim_matches(is_space) } else { &words }, tagged);
    }
}

/// Whether `text` ends inside a tag or a comment.
pub(crate) fn ends_inside_tag(text: &str) -> bool {
    let Some(last) = text.rfind('<') else { return false };
    let open = text.get(last..).is_some_and(|rest| {
        let (end, looked) = looks_like_tag(rest);
        end.is_none() && looked >= rest.len()
    });
    open || text.rfind("<!--").and_then(|at| text.get(at..)).is_some_and(|rest| !rest.contains("-->"))
}

/// The tags of `text` from `start` on, including those in invisible parts. `seen` is set to the furthest byte that was
/// read.
pub(super) fn all_tags<'a>(text: &'a str, start: usize, seen: &'a Cell<usize>) -> impl Iterator<Item = Tag> + 'a {
    let reader = Bytes { bytes: text.as_bytes(), at: start, seen };
    let mut emitter = CallbackEmitter::new(Collect::default());
    emitter.naively_switch_states(true);
    let length = text.len();
    Tokenizer::new_with_emitter(reader, emitter).map(move |tag| {
        let Ok(mut tag) = tag;
        tag.span = Span::new((tag.span.start + start).min(length), (tag.span.end + start).min(length));
        tag
    })
}

/// Collects a start tag, whose name, attributes and end are separate events.
#[derive(Debug, Default)]
struct Collect {
    name: String,
    start: usize,
    attributes: Attributes,
    /// The attribute whose value may come next.
    attribute: Vec<u8>,
}

impl Callback<Tag, usize> for Collect {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: html5gum::Span<usize>) -> Option<Tag> {
        let named = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                (self.name, self.start, self.attributes) = (named(name), span.start, Attributes::default());
                None
            }
            CallbackEvent::AttributeName { name } => {
                self.attributes.hidden |= name == b"hidden";
                self.attribute.clear();
                self.attribute.extend_from_slice(name);
                None
            }
            CallbackEvent::AttributeValue { value } => {
                match self.attribute.as_slice() {
                    b"style" => self.attributes.hidden |= hides(&String::from_utf8_lossy(value)),
                    b"colspan" => self.attributes.across = number(value),
                    b"rowspan" => self.attributes.down = number(value),
                    _ => {}
                }
                None
            }
            CallbackEvent::CloseStartTag { self_closing } => Some(Tag {
                span: Span::new(self.start, span.end),
                kind: TagKind::Start,
                name: std::mem::take(&mut self.name),
                attributes: Attributes { self_closing, ..self.attributes },
            }),
            CallbackEvent::EndTag { name } => Some(Tag::bare(span, TagKind::End, named(name))),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                Some(Tag::bare(span, TagKind::Comment, String::new()))
            }
            _ => None,
        }
    }
}

impl Tag {
    fn bare(span: html5gum::Span<usize>, kind: TagKind, name: String) -> Tag {
        Tag { span: Span::new(span.start, span.end), kind, name, attributes: Attributes::default() }
    }
}

/// Whether the inline style `style` makes an element invisible.
fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        let value = value.trim_start();
        let is = |word: &str| value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        match property.trim() {
            property if property.eq_ignore_ascii_case("display") => is("none"),
            property if property.eq_ignore_ascii_case("visibility") => is("hidden") || is("collapse"),
            _ => false,
        }
    })
}

/// The number at the start of an attribute's value, by the rules of HTML; all very large numbers are the same.
fn number(value: &[u8]) -> Option<usize> {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"+").unwrap_or(value);
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(None, |number: Option<usize>, digit| {
        Some(number.unwrap_or(0).saturating_mul(10).saturating_add(usize::from(digit - b'0')))
    })
}

/// The bytes of a text, one for one; a lone CR is a line end too. Records how far the text was read.
#[derive(Debug)]
struct Bytes<'a> {
    bytes: &'a [u8],
    at: usize,
    seen: &'a Cell<usize>,
}

impl Bytes<'_> {
    fn look(&self, to: usize) {
        self.seen.set(self.seen.get().max(to.min(self.bytes.len())));
    }
}

impl Reader for Bytes<'_> {
    type Error = Infallible;

    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        let byte = self.bytes.get(self.at).copied();
        self.at += usize::from(byte.is_some());
        self.look(self.at);
        Ok(byte.map(|byte| if byte == b'\r' { b'\n' } else { byte }))
    }

    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        self.look(self.at + wanted.len());
        let found = self.bytes.get(self.at..self.at + wanted.len());
        let same =
            found.is_some_and(|found| found == wanted || (!case_sensitive && found.eq_ignore_ascii_case(wanted)));
        if same {
            self.at += wanted.len();
        }
        Ok(same)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], buffer: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Infallible> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(first) = rest.first() else { return Ok(None) };
        if *first == b'\r' {
            self.at += 1;
            self.look(self.at);
            buffer[0] = b'\n';
            return Ok(buffer.get(..1));
        }
        let length = rest.iter().position(|byte| *byte == b'\r' || needle.contains(byte)).unwrap_or(rest.len()).max(1);
        self.at += length;
        self.look(self.at + 1);
        Ok(rest.get(..length))
    }
}

/// The characters of the reference `&…;` at the start of `text`, and its length.
pub(super) fn reference(text: &str) -> Option<(String, usize)> {
    let length = text.as_bytes().iter().take(34).position(|byte| *byte == b';')? + 1;
    let written = text.get(..length)?;
    let inner = written.strip_prefix('&')?.strip_suffix(';')?;
    if inner.is_empty() || !inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '#') {
        return None;
    }
    let mut decoded = String::new();
    for Ok(token) in Tokenizer::new(written) {
        if let html5gum::Token::String(value) = token {
            decoded.push_str(&String::from_utf8_lossy(&value.value));
        }
    }
    // The tokenizer reads `&nothing;` as `¬` and words.
    (decoded != written && !decoded.is_empty() && !decoded.ends_with(';')).then_some((decoded, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_markup_are_those_of_a_text_with_some() {
        let lines = |text: &str| {
            let mut lines: Vec<(usize, String, bool)> = Vec::new();
            visible_lines(text, |start, line, tagged| lines.push((start, line.to_owned(), tagged)));
            lines
        };
        for text in ["", "一", "一\n", "一\r\n\r\n二", "\n\n", "\r", "一\r二\n\r三\t ", "\n一 \n二"] {
            let mut marked = lines(&format!("{text}\n&"));
            let last = marked.pop().map(|(_, line, _)| line);
            assert_eq!(last.as_deref(), Some("&"));
            // Before the mark, a line break ends a line that the text leaves open.
            if text.is_empty() || text.ends_with(['\n', '\r']) {
                marked.pop();
            }
            assert_eq!(lines(text), marked, "{text:?}");
        }
    }

    #[test]
    fn tags_stand_where_they_are_said_to() {
        let text = "<!DOCTYPE html>\r\n<P\r\nclass=\"a>b\">文&nbsp;字<br/>\r<!-- 甲 -->\n</p ><o:p></o:p><script>a<b></script>";
        let seen = Cell::new(0);
        let found: Vec<&str> = all_tags(text, 0, &seen).map(|tag| tag.span.of(text)).collect();
        assert_eq!(
            found,
            [
                "<!DOCTYPE html>",
                "<P\r\nclass=\"a>b\">",
                "<br/>",
                "<!-- 甲 -->",
                "</p >",
                "<o:p>",
                "</o:p>",
                "<script>",
                "</script>"
            ]
        );
        assert_eq!(seen.get(), text.len());
        let at = text.find("<br").unwrap();
        assert_eq!(all_tags(text, at, &seen).next().map(|tag| tag.span.start), Some(at));
    }

    #[test]
    fn what_looks_like_a_tag() {
        for tag in ["<p>", "</td >", "<o:p/>", "<!DOCTYPE html>", "<!-- a > b -->", "<SPAN\nlang=EN>", "<h1 class='a'>"]
        {
            assert_eq!(looks_like_tag(tag).0, Some(tag.len()), "{tag}");
        }
        for other in ["<", "<3", "<甲>", "<pp>", "<p", "<p <b>", "< p>", "<!ELEMENT>"] {
            assert_eq!(looks_like_tag(other).0, None, "{other}");
        }
    }

    #[test]
    fn references() {
        assert_eq!(reference("&nbsp;1"), Some(("\u{a0}".to_owned(), 6)));
        assert_eq!(reference("&#160;"), Some(("\u{a0}".to_owned(), 6)));
        assert_eq!(reference("&ldquo;"), Some(("“".to_owned(), 7)));
        assert_eq!(reference("&#x4e00;"), Some(("一".to_owned(), 8)));
        assert_eq!(reference("&nothing;"), None);
        assert_eq!(reference("& 甲;"), None);
    }
}
