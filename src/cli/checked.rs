//! What is known of a file that was checked.

use super::apply_fixes::Repaired;
use crate::analysis::{self, FindingIdentity, ReportPlace};
use crate::files::{Charset, OpenedFile};
use crate::rules::Finding;
use crate::syntax::wordml::Lock;
use crate::text::{Span, Text};

/// What a file was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A report, or several.
    Report,
    /// A text in which no report was recognised.
    Other,
    /// A configuration file.
    Configuration,
}

/// A file that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    /// What it is called.
    pub(super) name: String,
    /// Its text as it is now.
    pub(super) text: Text,
    /// What there is to say about that text, by position, then code.
    pub(super) findings: Vec<Finding>,
    /// For each of them, where it is and what it is known by.
    pub(super) identities: Vec<FindingIdentity>,
    /// The places of the rows that findings are in.
    pub(super) rows: Vec<Option<Span>>,
    /// What it was read as.
    pub(super) kind: FileKind,
    /// The entries of its configuration that held a finding back.
    pub(super) exemptions_used: Vec<usize>,
    /// What the bytes of the file are.
    pub(super) form: Form,
    /// What fixes have made of it, if they were asked for and there were any; and the text before.
    pub(super) repaired: Option<(String, Repaired)>,
}

/// What the bytes of a file are.
#[derive(Debug)]
pub(super) enum Form {
    /// Its text in this encoding.
    Text(Charset),
    /// A Word file: its bytes once fixes were applied, if it came from standard input, and what was left as it is.
    Word { bytes: Vec<u8>, left: Vec<(Span, ReportPlace, Lock)> },
}

impl Form {
    /// That of `file`.
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

    /// The bytes of the file with its text as it now is.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.form {
            Form::Text(charset) => {
                // What the encoding cannot hold was refused before.
                let text = self.text.to_string();
                charset.encode(&text).unwrap_or_else(|_| text.into_bytes())
            }
            Form::Word { bytes, .. } => bytes.clone(),
        }
    }

    /// How many of its lines fixes have changed, or would.
    pub(super) fn lines_changed(&self) -> Option<usize> {
        self.repaired.as_ref().map(|(_, repaired)| repaired.lines)
    }

    /// Leaves those findings of which `keep` says so.
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

    /// A configuration file with what there is to say of it.
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
    /// A file with made-up findings, for testing outputs.
    pub(super) fn for_test(name: &str, source: &str, findings: Vec<Finding>, rows: Vec<Option<Span>>) -> Checked {
        let (name, text) = (name.to_owned(), Text::new(source));
        let identities = analysis::identify(&text, &findings);
        Checked {
            name,
            text,
            findings,
            identities,
            rows,
            kind: FileKind::Report,
            exemptions_used: Vec::new(),
            form: Form::Text(Charset::Utf8),
            repaired: None,
        }
    }
}
