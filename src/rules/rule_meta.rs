//! The metadata of a rule.

use crate::config::{Language, Severity};

/// A rule's code, name, severity, title and documentation. Rules with the same code are equal.
#[derive(Debug)]
pub struct RuleMeta {
    /// `GK303`
    pub code: &'static str,
    /// `row-total`
    pub name: &'static str,
    /// Its severity in the catalogue; single findings may have a lower one.
    pub severity: Severity,
    /// A title of a few words, in Chinese and in English.
    pub title: [&'static str; 2],
    /// The rule's documentation: Markdown under fixed headings, in Chinese and in English.
    pub documentation: [&'static str; 2],
    /// The source file that declares it, from the root of the project.
    pub source: &'static str,
}

impl PartialEq for RuleMeta {
    fn eq(&self, other: &RuleMeta) -> bool {
        self.code == other.code
    }
}

impl Eq for RuleMeta {}

impl RuleMeta {
    /// Its title for a reader.
    pub fn title(&self, language: Language) -> &'static str {
        self.title[language as usize]
    }

    /// Its documentation for a reader.
    pub fn documentation(&self, language: Language) -> &'static str {
        self.documentation[language as usize]
    }
}
