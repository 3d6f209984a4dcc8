//! The elements of an XML part, each with its place and its vocabulary, which does not depend on the prefix.

use crate::text::Span;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use std::fmt;

/// The namespaces of the word-processing vocabulary, of the transitional and of the strict edition.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// The namespace of markup compatibility, for elements that only some programs know.
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// The deepest nesting of elements.
const DEEPEST: usize = 4096;

/// Why a part cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedXml {
    /// The offset of the error.
    pub at: usize,
}

impl fmt::Display for MalformedXml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the XML cannot be read at byte {}", self.at)
    }
}

/// The vocabulary of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Word,
    Compatibility,
    Other,
}

/// A piece of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A start tag, or the tag of an element without content, which an end follows.
    Start {
        vocabulary: Vocabulary,
        name: String,
        /// Names without prefix, values as written.
        attributes: Vec<(String, String)>,
        span: Span,
        /// Whether it has no content, `<w:p/>`.
        is_empty: bool,
    },
    /// An end tag; that of an element without content is empty, after its tag.
    End { vocabulary: Vocabulary, name: String, span: Span },
    /// Words, as written.
    Text(Span),
    /// A reference, `&amp;`, and its character.
    Reference(Span, char),
    /// `<![CDATA[…]]>`, and its text.
    Data(Span, String),
}

impl Element {
    /// Its name in the word-processing vocabulary; empty if it has none.
    pub(super) fn word_name(&self) -> &str {
        match self {
            Element::Start { vocabulary: Vocabulary::Word, name, .. }
            | Element::End { vocabulary: Vocabulary::Word, name, .. } => name,
            _ => "",
        }
    }
}

/// Reads a part element by element.
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    /// The pending end of an element without content.
    end: Option<Element>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(source: &'a str) -> Xml<'a> {
        Xml { reader: NsReader::from_str(source), end: None, depth: 0 }
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next element; `None` at the end of the part.
    pub(super) fn next_element(&mut self) -> Result<Option<Element>, MalformedXml> {
        if let Some(end) = self.end.take() {
            return Ok(Some(end));
        }
        loop {
            let start = self.at();
            let malformed = MalformedXml { at: start };
            let (resolved, event) = match self.reader.read_resolved_event() {
                Ok(read) => read,
                Err(_) => return Err(malformed),
            };
            let vocabulary = match resolved {
                ResolveResult::Bound(namespace) if WORD.contains(&namespace.0) => Vocabulary::Word,
                ResolveResult::Bound(namespace) if namespace.0 == COMPATIBILITY => Vocabulary::Compatibility,
                _ => Vocabulary::Other,
            };
            let (event, is_empty) = match event {
                Event::Empty(tag) => (Event::Start(tag), true),
                event => (event, false),
            };
            let element = match event {
                Event::Start(tag) => {
                    let (name, attributes) = (tag.local_name().into_inner().to_owned(), attributes(&tag, malformed)?);
                    let span = Span::new(start, self.at());
                    if is_empty {
                        self.end = Some(Element::End { vocabulary, name: name.clone(), span: Span::at(span.end) });
                    } else {
                        self.depth += 1;
                    }
                    if self.depth > DEEPEST {
                        return Err(malformed);
                    }
                    Element::Start { vocabulary, name, attributes, span, is_empty }
                }
                Event::End(tag) => {
                    let name = tag.local_name().into_inner().to_owned();
                    self.depth = self.depth.saturating_sub(1);
                    Element::End { vocabulary, name, span: Span::new(start, self.at()) }
                }
                Event::Text(_) => Element::Text(Span::new(start, self.at())),
                Event::CData(data) => {
                    let data = data.into_inner().into_owned();
                    Element::Data(Span::new(start, self.at()), data)
                }
                Event::GeneralRef(reference) => {
                    let stands_for = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        Ok(None) => match &*reference.into_inner() {
                            "amp" => Some('&'),
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        },
                        Err(_) => None,
                    };
                    Element::Reference(Span::new(start, self.at()), stands_for.ok_or(malformed)?)
                }
                // The format has no document types, whose entities could expand without end.
                Event::DocType(_) => return Err(malformed),
                Event::Eof if self.depth > 0 => return Err(malformed),
                Event::Eof => return Ok(None),
                _ => continue,
            };
            return Ok(Some(element));
        }
    }

    /// Skips the rest of the element whose start was read last.
    pub(super) fn skip(&mut self) -> Result<(), MalformedXml> {
        if self.end.take().is_some() {
            return Ok(());
        }
        let mut open = 1usize;
        while open > 0 {
            let start = self.at();
            match self.reader.read_event() {
                Ok(Event::Start(_)) => (open, self.depth) = (open + 1, self.depth + 1),
                Ok(Event::End(_)) => (open, self.depth) = (open - 1, self.depth.saturating_sub(1)),
                Ok(Event::Eof | Event::DocType(_)) | Err(_) => return Err(MalformedXml { at: start }),
                Ok(_) => {}
            }
            if self.depth > DEEPEST {
                return Err(MalformedXml { at: start });
            }
        }
        Ok(())
    }
}

/// The attributes of `tag`, without the prefixes of their names.
fn attributes(tag: &BytesStart<'_>, malformed: MalformedXml) -> Result<Vec<(String, String)>, MalformedXml> {
    let mut read = Vec::new();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| malformed)?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| malformed)?;
        read.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    Ok(read)
}

/// The value of the attribute `name`.
pub(super) fn value(attributes: &[(String, String)], name: &str) -> Option<String> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

/// Whether a property with this `w:val` is on, as it is without a value.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}
