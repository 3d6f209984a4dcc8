//! The one entry: text and settings in, findings out. Push, pull, command line and tests all come through here.

use crate::config::Settings;
use crate::report::Report;
use crate::rules::Finding;
use crate::text::{Span, Text};
use std::sync::Arc;

/// An open document with all that is known of it, kept up to date edit by edit.
#[derive(Clone, Debug)]
pub struct Analysis {
    text: Text,
    settings: Arc<Settings>,
}

/// What an edit made necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reparsed {
    /// The bytes of the new text that were parsed again.
    pub span: Span,
}

/// One report of a document.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// Where its text starts in the document; the model's spans count from here.
    pub offset: usize,
    /// Its text.
    pub source: &'a str,
    /// What it means.
    pub report: &'a Report,
}

impl Analysis {
    /// The analysis of `source`.
    pub fn new(source: &str, settings: Arc<Settings>) -> Analysis {
        Analysis { text: Text::new(source), settings }
    }

    /// Replaces `span` by `content`, and does again what that makes necessary.
    pub fn edit(&mut self, span: Span, content: &str) -> Reparsed {
        let span = self.text.edit(span, content);
        Reparsed { span: Span::new(span.start, span.start + content.len()) }
    }

    /// Judges the document again under other settings.
    pub fn configure(&mut self, settings: Arc<Settings>) {
        self.settings = settings;
    }

    /// The text as it stands.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// What it is judged by.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Whether any report was recognised.
    pub fn is_report(&self) -> bool {
        false
    }

    /// The reports in the document, in order.
    pub fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        std::iter::empty()
    }

    /// The report that `offset` stands in.
    pub fn unit_at(&self, offset: usize) -> Option<Unit<'_>> {
        let _ = offset;
        None
    }

    /// Every finding, by position, then code; spans count from the start of the document.
    pub fn findings(&self) -> Vec<Finding> {
        Vec::new()
    }
}

/// The findings of `source`: what [`Analysis::findings`] gives for a fresh document.
pub fn check(source: &str, settings: &Settings) -> Vec<Finding> {
    Analysis::new(source, Arc::new(settings.clone())).findings()
}
