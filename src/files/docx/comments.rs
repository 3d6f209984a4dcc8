//! Writes Word comments into a copy of a file: their text in a part of its own, and marks around the commented text.

use super::container::Container;
use super::parts::{Relationships, WordPart, entry_of};
use super::{Unreadable, WordFile, XmlEntry, xml};
use crate::files::charset::Charset;
use crate::syntax::wordml::RangeMark;
use crate::syntax::{escape_attribute, is_xml};
use crate::text::{Span, TextEdit, apply};
use std::collections::BTreeMap;

/// A comment on a place of a Word file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The commented span of [`WordFile::text`].
    pub span: Span,
    /// Its text, paragraph by paragraph.
    pub paragraphs: Vec<String>,
}

/// The author and the date of comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commenter {
    /// The name shown with the comments.
    pub author: String,
    /// `2026-02-20T09:00:00Z`; with `None` the comments have no date, and the bytes are the same every time.
    pub date: Option<String>,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of parts and the types of relationships, of the transitional and of the strict edition.
const TRANSITIONAL: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
];
const STRICT: [&str; 2] =
    ["http://purl.oclc.org/ooxml/wordprocessingml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"];

const CONTENT_TYPES: &str = "[Content_Types].xml";

impl WordFile {
    /// The bytes of a copy of the file with `comments`. Its text does not change, and existing comments stay.
    ///
    /// # Errors
    ///
    /// Where a copy cannot be made.
    pub fn with_comments(&self, comments: &[Comment], by: &Commenter) -> Result<Vec<u8>, Unreadable> {
        let mut container = Container::open(&self.bytes)?;
        let own = Relationships::read(&mut container, &self.name)?;
        let [vocabulary, kinds] = if self.document.text.contains(STRICT[0]) { STRICT } else { TRANSITIONAL };
        let known = own.target(WordPart::Comments).filter(|name| container.has(name));
        let name = known.clone().unwrap_or_else(|| free_name(&self.name, &container));
        let mut part = match &known {
            Some(name) => xml(container.entry(name)?.ok_or(Unreadable::Damaged)?)?,
            None => XmlEntry {
                text: format!("{HEAD}<w:comments xmlns:w=\"{vocabulary}\"></w:comments>"),
                charset: Charset::Utf8,
                has_mark: false,
            },
        };
        let first = next_id(&part.text);
        let mut written = String::new();
        let (opened, prefix) = open_root(&part.text).ok_or(Unreadable::Damaged)?;
        let mut marks: BTreeMap<Span, CommentMarks> = BTreeMap::new();
        let mut id = first;
        for comment in comments {
            let Some(range) = self.seen.range(comment.span) else { continue };
            self.mark(&range, id, &mut marks);
            written.push_str(&comment_element(comment, by, id, &prefix));
            id += 1;
        }
        let end = opened.rfind("</").ok_or(Unreadable::Damaged)?;
        part.text = format!("{}{written}{}", &opened[..end], &opened[end..]);
        let edits: Vec<TextEdit> = marks.iter().map(|(span, marks)| marks.edit(*span, &self.document.text)).collect();
        let document = XmlEntry { text: apply(&self.document.text, &edits), ..self.document.clone() };
        let mut changed = vec![(self.name.clone(), document.bytes()), (name.clone(), part.bytes())];
        if known.is_none() {
            let types = xml(container.entry(CONTENT_TYPES)?.ok_or(Unreadable::Damaged)?)?;
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
            let entry = format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
            changed.push((CONTENT_TYPES.to_owned(), insert_last(types, &entry)?.bytes()));
            let file = name.rsplit('/').next().unwrap_or(&name);
            let entry = format!("<Relationship Id=\"{}\" Type=\"{kinds}/comments\" Target=\"{file}\"/>", own.free_id());
            let name = entry_of(&self.name);
            let relationships = match container.entry(&name)? {
                Some(bytes) => xml(bytes)?,
                None => XmlEntry {
                    text: format!(
                        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
                    ),
                    charset: Charset::Utf8,
                    has_mark: false,
                },
            };
            changed.push((name, insert_last(relationships, &entry)?.bytes()));
        }
        let changed: Vec<(&str, &[u8])> =
            changed.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
        let bytes = container.with(&changed)?;
        // The copy is read again, because a copy with another text must not be sent out.
        match WordFile::open(bytes.clone()) {
            Ok(copy) if copy.text() == self.text() => Ok(bytes),
            _ => Err(Unreadable::Damaged),
        }
    }

    /// Adds the marks of comment `id` around `range`.
    fn mark(&self, range: &RangeMark, id: usize, marks: &mut BTreeMap<Span, CommentMarks>) {
        let prefix = &range.prefix;
        let start = format!("<{prefix}commentRangeStart {prefix}id=\"{id}\"/>");
        let end = format!(
            "<{prefix}commentRangeEnd {prefix}id=\"{id}\"/><{prefix}r><{prefix}commentReference {prefix}id=\"{id}\"/></{prefix}r>"
        );
        // An attribute without a prefix has no namespace, so a document without prefixes declares one for its
        // attributes.
        let (start, end) = match prefix.is_empty() {
            true => {
                let declared = |mark: String| mark.replace(" id=", " xmlns:w=\"NAMESPACE\" w:id=");
                let [namespace, _] = if self.document.text.contains(STRICT[0]) { STRICT } else { TRANSITIONAL };
                [start, end].map(|mark| declared(mark).replace("NAMESPACE", namespace)).into()
            }
            false => (start, end),
        };
        if range.start == range.end {
            marks.entry(range.start).or_default().starts.push_str(&format!("{start}{end}"));
            return;
        }
        marks.entry(range.start).or_default().starts.push_str(&start);
        marks.entry(range.end).or_default().ends.push_str(&end);
    }
}

/// The marks at one place: first those of ranges that end there, then those of ranges that start there.
#[derive(Default)]
struct CommentMarks {
    ends: String,
    starts: String,
}

impl CommentMarks {
    /// The edit that inserts them at `place`: into the empty paragraph with that tag, or between elements.
    fn edit(&self, place: Span, document: &str) -> TextEdit {
        let marks = format!("{}{}", self.ends, self.starts);
        let content = match place.of(document).strip_suffix("/>") {
            Some(open) => {
                let name = open.trim_start_matches('<').split_whitespace().next().unwrap_or_default();
                format!("{}>{marks}</{name}>", open.trim_end())
            }
            None => marks,
        };
        TextEdit { span: place, content }
    }
}

fn comment_element(comment: &Comment, by: &Commenter, id: usize, prefix: &str) -> String {
    let author = escape(&by.author);
    let initials: String = by.author.chars().take(2).collect();
    let date = by.date.as_deref().map_or(String::new(), |date| format!(" {prefix}date=\"{}\"", escape(date)));
    let paragraphs: String = comment
        .paragraphs
        .iter()
        .enumerate()
        .map(|(index, paragraph)| {
            let reference = if index == 0 { format!("<{prefix}r><{prefix}annotationRef/></{prefix}r>") } else { String::new() };
            let words = escape(paragraph);
            format!("<{prefix}p>{reference}<{prefix}r><{prefix}t xml:space=\"preserve\">{words}</{prefix}t></{prefix}r></{prefix}p>")
        })
        .collect();
    // Every comment needs a paragraph.
    let paragraphs = if paragraphs.is_empty() { format!("<{prefix}p/>") } else { paragraphs };
    format!(
        "<{prefix}comment {prefix}id=\"{id}\" {prefix}author=\"{author}\"{date} {prefix}initials=\"{}\">{paragraphs}</{prefix}comment>",
        escape(&initials)
    )
}

/// The number after the largest number of a comment in `part`.
fn next_id(part: &str) -> usize {
    let ids = part.split("id=").skip(1).filter_map(|rest| {
        let value = rest.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
        value.parse::<usize>().ok()
    });
    ids.max().map_or(0, |last| last.saturating_add(1))
}

/// `part` with an end tag for its root, and the prefix of the root's name with its colon.
fn open_root(part: &str) -> Option<(String, String)> {
    let part = part.trim_end();
    let is_end = |at: usize| part.get(at..).is_some_and(|rest| rest.starts_with("</"));
    let (text, name) = match part.rfind('<') {
        Some(at) if is_end(at) => (part.to_owned(), part.get(at + 2..)?.trim_end_matches('>').trim().to_owned()),
        Some(at) => {
            let open = part.strip_suffix("/>")?;
            let name = part.get(at + 1..)?.split([' ', '/', '\n', '\r', '\t']).next()?.to_owned();
            (format!("{open}></{name}>"), name)
        }
        None => return None,
    };
    let prefix = name.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    Some((text, prefix))
}

/// `part` with `entry` as the last element of its root.
fn insert_last(part: XmlEntry, entry: &str) -> Result<XmlEntry, Unreadable> {
    let (text, _) = open_root(&part.text).ok_or(Unreadable::Damaged)?;
    let end = text.rfind("</").ok_or(Unreadable::Damaged)?;
    Ok(XmlEntry { text: format!("{}{entry}{}", &text[..end], &text[end..]), ..part })
}

/// An unused entry name for the comments of the document `name`.
fn free_name(name: &str, container: &Container<'_>) -> String {
    let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let names = (0..).map(|number: u32| match number {
        0 => format!("{folder}comments.xml"),
        number => format!("{folder}comments{number}.xml"),
    });
    names.take(1000).find(|name| !container.has(name)).unwrap_or_else(|| format!("{folder}comments-.xml"))
}

/// `text` for an element or an attribute, without the characters that XML does not allow: Word shows nothing for them.
fn escape(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| is_xml(*c)).collect();
    escape_attribute(&allowed).into_owned()
}
