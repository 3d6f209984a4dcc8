//! Reads and writes the bytes of files. Only this layer knows encodings and containers; all earlier layers work on
//! text.

mod charset;
pub mod docx;
#[cfg(feature = "walk")]
mod walk;

use crate::report::Document;
pub use charset::{Charset, NotText, TextFile, Unwritable, decode};
use docx::{Unreadable, WordFile};
use std::fmt;
#[cfg(feature = "walk")]
pub use walk::{EXTENSIONS, IGNORE_FILES, WalkLimits, Walked, has_extension, walk};

/// An opened file.
#[derive(Clone, Debug)]
pub enum OpenedFile {
    /// A text file.
    Text(TextFile),
    /// A Word file.
    Word(Box<WordFile>),
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// It is not text.
    NotText(NotText),
    /// It is an office file that cannot be read.
    Unreadable(Unreadable),
}

/// Opens the file `bytes` with the name `name`. Its content decides what it is, not its name. Text is in the encoding
/// `wanted` or in the detected one.
///
/// # Errors
///
/// If it cannot be read.
pub fn open(bytes: Vec<u8>, name: &str, wanted: Option<Charset>) -> Result<OpenedFile, OpenError> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let is_word = matches!(extension.as_str(), "docx" | "docm" | "dotx" | "dotm");
    let refused = match bytes.as_slice() {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            return WordFile::open(bytes).map(Box::new).map(OpenedFile::Word).map_err(OpenError::Unreadable);
        }
        // An OLE container.
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(old_office(&bytes, &extension)),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Unreadable::Pdf),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(Unreadable::Rtf),
        // A Word file whose start or whole content is lost.
        _ => is_word.then_some(Unreadable::Damaged),
    };
    match refused {
        Some(refused) => Err(OpenError::Unreadable(refused)),
        None => decode(bytes, wanted).map(OpenedFile::Text).map_err(OpenError::NotText),
    }
}

/// The kind of the OLE container `bytes`, in a file with this `extension`.
fn old_office(bytes: &[u8], extension: &str) -> Unreadable {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &name).is_some() {
        Unreadable::Encrypted
    } else if extension == "wps" {
        Unreadable::Wps
    } else {
        Unreadable::OldWord
    }
}

impl OpenedFile {
    /// Its document model.
    pub fn document(&self) -> Document {
        match self {
            OpenedFile::Text(file) => Document::new(&file.text),
            OpenedFile::Word(file) => file.document(),
        }
    }

    /// Its text.
    pub fn text(&self) -> &str {
        match self {
            OpenedFile::Text(file) => &file.text,
            OpenedFile::Word(file) => file.text(),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::NotText(error) => error.fmt(f),
            OpenError::Unreadable(error) => error.fmt(f),
        }
    }
}
