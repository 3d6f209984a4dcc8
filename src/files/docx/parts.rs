//! The relationships of a Word file, which give each entry its role.

use super::container::Container;
use super::{Unreadable, xml};
use crate::syntax::wordml::MalformedXml;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A part of a Word file, by the last word of a relationship's type. The words before it differ between editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordPart {
    Document,
    Styles,
    Numbering,
    Comments,
}

impl WordPart {
    fn name(self) -> &'static str {
        match self {
            WordPart::Document => "officeDocument",
            WordPart::Styles => "styles",
            WordPart::Numbering => "numbering",
            WordPart::Comments => "comments",
        }
    }
}

/// A relationship of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relationship {
    id: String,
    kind: String,
    target: String,
}

/// The relationships of a part, or of the container.
#[derive(Clone, Debug, Default)]
pub(super) struct Relationships {
    /// The folder of the part, with its slash.
    folder: String,
    all: Vec<Relationship>,
}

/// The entry with the relationships of the part `name`, or of the container if `name` is empty.
pub(super) fn entry_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

impl Relationships {
    /// The relationships of the part `name`; empty if it has none.
    pub(super) fn read(container: &mut Container<'_>, name: &str) -> Result<Relationships, Unreadable> {
        let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let mut read = Relationships { folder, all: Vec::new() };
        let Some(bytes) = container.entry(&entry_of(name))? else { return Ok(read) };
        let source = xml(bytes)?.text;
        let mut reader = Reader::from_str(&source);
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or_default();
            let tag = match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
                Ok(Event::Eof) => return Ok(read),
                Ok(Event::DocType(_)) | Err(_) => return Err(Unreadable::Malformed(MalformedXml { at })),
                Ok(_) => continue,
            };
            if tag.local_name().into_inner() != "Relationship" {
                continue;
            }
            let value = |name: &str| {
                let attribute = tag.try_get_attribute(name).ok().flatten()?;
                Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
            };
            if let (Some(id), Some(kind), Some(target)) = (value("Id"), value("Type"), value("Target")) {
                read.all.push(Relationship { id, kind, target });
            }
        }
    }

    /// An unused identifier of a relationship.
    pub(super) fn free_id(&self) -> String {
        let ids = (1..=self.all.len() + 1).map(|number| format!("rIdComments{number}"));
        let is_free = |id: &String| self.all.iter().all(|one| one.id != *id);
        ids.into_iter().find(is_free).unwrap_or_default()
    }

    /// The name of the entry with the role `part`.
    pub(super) fn target(&self, part: WordPart) -> Option<String> {
        let is_part = |kind: &str| kind.rsplit('/').next() == Some(part.name());
        let target = &self.all.iter().find(|one| is_part(&one.kind))?.target;
        if let Some(absolute) = target.strip_prefix('/') {
            return Some(absolute.to_owned());
        }
        let mut folder = self.folder.trim_end_matches('/');
        let mut rest = target.as_str();
        while let Some(up) = rest.strip_prefix("../") {
            folder = folder.rsplit_once('/').map_or("", |(upper, _)| upper);
            rest = up;
        }
        let rest = rest.trim_start_matches("./");
        Some(if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") })
    }
}
