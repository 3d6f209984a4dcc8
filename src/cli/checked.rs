//! The result of checking a file.

use super::apply_fixes::Repaired;
use crate::analysis::{self, FindingIdentity, ReportPlace};
use crate::files::{Charset, OpenedFile};
use crate::rules::Finding;
use crate::syntax::wordml::Lock;
use crate::text::{Span, Text};

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// One or more reports.
    Report,
    /// A text in which no report was recognised.
    Other,
    /// A configuration file.
    Configuration,
}

/// A checked file.
#[derive(Debug)]
pub(super) struct Checked {
    /// Its name in the output.
    pub(super) name: String,
    /// Its current text.
    pub(super) text: Text,
    /// The findings of that text, by position, then code.
    pub(super) findings: Vec<Finding>,
    /// For each finding, its place and fingerprint.
    pub(super) identities: Vec<FindingIdentity>,
    /// The places of the rows that findings are in.
    pub(super) rows: Vec<Option<Span>>,
    /// Its kind.
    pub(super) kind: FileKind,
    /// The entries of its configuration that exempted a finding.
    pub(super) exemptions_used: Vec<usize>,
    /// The form of the file's bytes.
    pub(super) form: Form,
    /// The text before the fixes and the result, if fixes were requested and there were any.
    pub(super) repaired: Option<(String, Repaired)>,
}

/// The form of a file's bytes.
#[derive(Debug)]
pub(super) enum Form {
    /// Text in this encoding.
    Text(Charset),
    /// A Word file: its bytes after the fixes, if it came from standard input, and the places that were not fixed.
    Word { bytes: Vec<u8>, left: Vec<(Span, ReportPlace, Lock)> },
}

impl Form {
    /// The form of `file`.
    pub(super) fn of(file: &OpenedFile) -> Form {
        match file {
            OpenedFile::Text(file) => Form::Text(file.charset),
            OpenedFile::Word(_) => Form::Word { bytes: Vec::new(), left: Vec::new() },
        }
    }
}

impl Checked {
    /// Whether it is a Word file, whose lines are paragraphs.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.form, Form::Word { .. })
    }

    /// The bytes of the file with its current text.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.form {
            Form::Text(charset) => {
                // Text that the encoding cannot represent was refused before.
                let text = self.text.to_string();
                charset.encode(&text).unwrap_or_else(|_| text.into_bytes())
            }
            Form::Word { bytes, .. } => bytes.clone(),
        }
    }

    /// How many of its lines fixes have changed, or would change.
    pub(super) fn lines_changed(&self) -> Option<usize> {
        self.repaired.as_ref().map(|(_, repaired)| repaired.lines)
    }

    /// Keeps only the findings for which `keep` returns true.
    pub(super) fn retain(&mut self, keep: impl FnMut(&FindingIdentity) -> bool) {
        let kept: Vec<bool> = self.identities.iter().map(keep).collect();
        fn sift<T>(list: &mut Vec<T>, kept: &[bool]) {
            let mut kept = kept.iter();
            list.retain(|_| kept.next().is_none_or(|kept| *kept));
        }
        sift(&mut self.findings, &kept);
        sift(&mut self.identities, &kept);
        sift(&mut self.rows, &kept);
    }

    /// A configuration file with its findings.
    pub(super) fn of_configuration(name: &str, source: &str, findings: Vec<Finding>) -> Checked {
        let (name, text, rows) = (name.to_owned(), Text::new(source), vec![None; findings.len()]);
        let identities = analysis::identify(&text, &findings);
        Checked {
            name,
            text,
            findings,
            identities,
            rows,
            kind: FileKind::Configuration,
            exemptions_used: Vec::new(),
            form: Form::Text(Charset::Utf8),
            repaired: None,
        }
    }
}

#[cfg(test)]
impl Checked {
    /// A report with made-up findings, for testing outputs.
    pub(super) fn for_test(name: &str, source: &str, findings: Vec<Finding>, rows: Vec<Option<Span>>) -> Checked {
        Checked { rows, kind: FileKind::Report, ..Checked::of_configuration(name, source, findings) }
    }
}
