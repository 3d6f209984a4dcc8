//! Word files: the container and its parts, and a fixed copy in which only the document's entry is changed.
//!
//! [`crate::syntax::wordml`] reads the visible text of a document and maps edits back to it; earlier layers know
//! nothing of files.

mod comments;
mod container;
mod parts;
mod write;

use super::charset::{Charset, TextFile, decode};
use crate::analysis::Analysis;
use crate::config::Settings;
use crate::ide::rounds;
use crate::report::Document;
use crate::rules::{Applicability, Finding};
pub use crate::syntax::wordml::Refusal;
use crate::syntax::wordml::{Lock, MalformedXml, WordText, read};
use crate::text::{Span, TextEdit};
pub use comments::{Comment, Commenter};
use container::Container;
use parts::{Relationships, WordPart};
use std::fmt;
use std::sync::Arc;
pub use write::new_file;

/// A Word file.
#[derive(Clone, Debug)]
pub struct WordFile {
    bytes: Vec<u8>,
    /// The name of the document's entry.
    name: String,
    document: XmlEntry,
    styles: Option<String>,
    numbering: Option<String>,
    seen: WordText,
}

/// The text of an entry, and its encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
struct XmlEntry {
    text: String,
    charset: Charset,
    has_mark: bool,
}

/// Why a file cannot be read or copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The container is damaged.
    Damaged,
    /// The XML of a part is damaged.
    Malformed(MalformedXml),
    /// The file needs a password.
    Encrypted,
    /// A part is larger than any report, or compressed more strongly than any text.
    TooLarge,
    /// The container has no Word document.
    NoDocument,
    /// A file of Word 97 to 2003, `.doc`.
    OldWord,
    /// A file of WPS, `.wps`.
    Wps,
    /// A PDF file.
    Pdf,
    /// A file in Rich Text Format.
    Rtf,
}

/// A file with its fixes applied.
#[derive(Clone, Debug)]
pub struct FixedWord {
    /// The fixed file.
    pub file: WordFile,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A finding whose fix cannot be written into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The index of the finding.
    pub finding: usize,
    /// The reason.
    pub lock: Lock,
}

impl WordFile {
    /// Opens the file `bytes`.
    ///
    /// # Errors
    ///
    /// If they are not a Word file that can be read.
    pub fn open(bytes: Vec<u8>) -> Result<WordFile, Unreadable> {
        let mut container = Container::open(&bytes)?;
        let roots = Relationships::read(&mut container, "")?;
        let name = match roots.target(WordPart::Document) {
            Some(name) => name,
            None if container.has("word/document.xml") => "word/document.xml".to_owned(),
            None => return Err(Unreadable::NoDocument),
        };
        let document = xml(container.entry(&name)?.ok_or(Unreadable::NoDocument)?)?;
        let own = Relationships::read(&mut container, &name)?;
        let mut part = |part: WordPart| -> Result<Option<String>, Unreadable> {
            let Some(name) = own.target(part) else { return Ok(None) };
            // The report is read even if the styles cannot be read.
            Ok(container.entry(&name)?.and_then(|bytes| xml(bytes).ok()).map(|xml| xml.text))
        };
        let (styles, numbering) = (part(WordPart::Styles)?, part(WordPart::Numbering)?);
        let seen = read(&document.text, styles.as_deref(), numbering.as_deref()).map_err(Unreadable::Malformed)?;
        Ok(WordFile { bytes, name, document, styles, numbering, seen })
    }

    /// Its visible text: a line for each paragraph.
    pub fn text(&self) -> &str {
        &self.seen.text
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its analysis. The text is [`WordFile::text`].
    pub fn analysis(&self, settings: &Arc<Settings>) -> Analysis {
        Analysis::of(self.document(), Arc::clone(settings))
    }

    /// Its document model. The text is [`WordFile::text`].
    pub fn document(&self) -> Document {
        Document::shaped(&self.seen.text, self.seen.tree.clone())
    }

    /// Removes the fixes from `findings` that cannot be written into the file. Returns the findings that lose a safe
    /// fix because their paragraph is locked.
    pub fn keep_writable(&self, findings: &mut [Finding]) -> Vec<Left> {
        let mut left = Vec::new();
        for (index, finding) in findings.iter_mut().enumerate() {
            let mut lock = None;
            finding.fixes.retain(|fix| match self.source_edits(&fix.edits) {
                Ok(_) => true,
                Err(Refusal::Locked(found)) => {
                    if fix.applicability == Applicability::Safe {
                        lock = Some(found);
                    }
                    false
                }
                Err(Refusal::NoWords) => false,
            });
            left.extend(lock.map(|lock| Left { finding: index, lock }));
        }
        left
    }

    /// The edits of the document for `edits` of the text, by position.
    fn source_edits(&self, edits: &[TextEdit]) -> Result<Vec<TextEdit>, Refusal> {
        let mut all = Vec::new();
        for edit in edits {
            all.extend(self.seen.source_edits(edit, &self.document.text)?);
        }
        all.sort();
        Ok(all)
    }

    /// The file with the edits that `choose` takes from the findings of `find`, as far as they can be written into the
    /// file. This is repeated until `choose` takes none; `None` if it takes none at all.
    ///
    /// # Errors
    ///
    /// If the file cannot be copied.
    pub fn fixed(
        &self,
        settings: &Arc<Settings>,
        mut find: impl FnMut(&Analysis) -> Vec<Finding>,
        choose: impl Fn(&[Finding]) -> Vec<TextEdit>,
    ) -> Result<Option<FixedWord>, Unreadable> {
        let mut edits_of = |file: &WordFile| -> Vec<TextEdit> {
            let mut findings = find(&file.analysis(settings));
            file.keep_writable(&mut findings);
            file.source_edits(&choose(&findings)).unwrap_or_default()
        };
        let first = edits_of(self);
        let mut file = self.clone();
        let fixed = rounds(&self.document.text, first, |edits| {
            let document = crate::text::apply(&file.document.text, edits);
            match file.reread(document) {
                Ok(()) => edits_of(&file),
                // The file was written here, so it can be read.
                Err(_) => Vec::new(),
            }
        });
        let Some(document) = fixed.text else { return Ok(None) };
        file.reread(document)?;
        let bytes = self.with_document(&file.document)?;
        file.bytes.clone_from(&bytes);
        Ok(Some(FixedWord { file, bytes }))
    }

    /// The file with `edits` of its text applied to its document. They are by position, and no two are at the same
    /// place.
    ///
    /// # Errors
    ///
    /// If an edit cannot be written into the file.
    pub fn edited(&self, edits: &[TextEdit]) -> Result<WordFile, Refusal> {
        let edits = self.source_edits(edits)?;
        let mut file = self.clone();
        file.reread(crate::text::apply(&self.document.text, &edits)).map_err(|_| Refusal::NoWords)?;
        Ok(file)
    }

    /// The bytes of the file with its current document.
    ///
    /// # Errors
    ///
    /// If the file cannot be copied.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Unreadable> {
        self.with_document(&self.document)
    }

    fn reread(&mut self, document: String) -> Result<(), Unreadable> {
        let (styles, numbering) = (self.styles.as_deref(), self.numbering.as_deref());
        self.seen = read(&document, styles, numbering).map_err(Unreadable::Malformed)?;
        self.document.text = document;
        Ok(())
    }

    /// The bytes of the file with another document.
    fn with_document(&self, document: &XmlEntry) -> Result<Vec<u8>, Unreadable> {
        let content = document.bytes();
        Container::open(&self.bytes)?.with(&[(&self.name, &content)])
    }

    /// The line of [`WordFile::text`] in which `span` starts, from 0.
    pub fn paragraph_of(&self, span: Span) -> usize {
        crate::text::line_breaks(self.seen.text.get(..span.start).unwrap_or_default())
    }
}

/// The text of an entry.
fn xml(bytes: Vec<u8>) -> Result<XmlEntry, Unreadable> {
    let malformed = Unreadable::Malformed(MalformedXml { at: 0 });
    let marked = matches!(bytes.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let wanted = if marked { None } else { Some(Charset::Utf8) };
    let TextFile { text, charset, .. } = decode(bytes, wanted).map_err(|_| malformed)?;
    let (text, has_mark) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest.to_owned(), true),
        None => (text, false),
    };
    Ok(XmlEntry { text, charset, has_mark })
}

impl XmlEntry {
    fn bytes(&self) -> Vec<u8> {
        let text = if self.has_mark { format!("\u{feff}{}", self.text) } else { self.text.clone() };
        // The encodings of XML parts have all characters.
        self.charset.encode(&text).unwrap_or_default()
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unreadable::Damaged => "the Word file is damaged: open it in Word or WPS, repair it and save it again",
            Unreadable::Malformed(MalformedXml { at }) => {
                return write!(
                    f,
                    "the text of the Word file is damaged (byte {at} of its XML): open it in Word or WPS, repair it and save it again"
                );
            }
            Unreadable::Encrypted => "a password protects it: take the password off in Word or WPS and save it again",
            Unreadable::TooLarge => {
                "it unpacks to far more than a report holds and is not read: save the report alone as a new .docx"
            }
            Unreadable::NoDocument => "it holds no Word document: save the report as .docx in Word or WPS",
            Unreadable::OldWord => "a Word file of the old kind (.doc): save it as .docx in Word or WPS",
            Unreadable::Wps => "a WPS file (.wps): save it as .docx in WPS",
            Unreadable::Pdf => "a PDF file: check the Word file that it was made from, or save its text as .txt",
            Unreadable::Rtf => "a file in Rich Text Format: save it as .docx in Word or WPS",
        })
    }
}
