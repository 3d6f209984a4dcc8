//! The open documents.

use super::convert;
#[cfg(any(test, debug_assertions))]
use super::session::lock;
use crate::analysis::Analysis;
use crate::config::Settings;
use crate::configuration::FILE_NAME;
use crate::rules::Finding;
use crate::text::{Encoding, Span, Text};
use dashmap::DashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

/// An open document, shared.
pub(super) type Shared = Arc<Mutex<Document>>;

/// The open documents by URI.
#[derive(Default)]
pub(super) struct Documents {
    open: DashMap<Url, Shared>,
}

/// Numbers the states of all documents, so that a document opened again does not repeat one.
static GENERATION: AtomicU64 = AtomicU64::new(1);

/// An open document.
pub(super) struct Document {
    version: i32,
    generation: u64,
    has_comments: bool,
    content: Content,
    /// For how long the next part of it may be judged while others wait.
    slice: Duration,
}

/// A document longer than this, in bytes, is judged in parts: hundreds of reports keep nobody waiting who types in one.
const LONG: usize = 2_000_000;

/// The first findings of a long document are there after so long, and the others follow in longer and longer parts.
const FIRST_SLICE: Duration = Duration::from_millis(2);
const LONGEST_SLICE: Duration = Duration::from_millis(16);

/// Whether `uri` is a configuration file.
pub(super) fn is_configuration(uri: &Url) -> bool {
    uri.path().rsplit('/').next() == Some(FILE_NAME)
}

/// Whether a document can hold comments: what the client says it is, or else what it is called, tells.
fn has_comments(document: &TextDocumentItem) -> bool {
    let name = document.uri.path().to_ascii_lowercase();
    let is_called = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    match document.language_id.as_str() {
        "markdown" | "html" => true,
        "plaintext" | "gongkai-report" => false,
        _ => is_called(&[".md", ".markdown", ".html", ".htm"]),
    }
}

/// What is held of a document.
enum Content {
    /// Its analysis.
    Sound(Analysis),
    /// Its text, after the analysis failed on it.
    Failed(Text, Arc<Settings>),
    /// A configuration file.
    Configuration(Text, Arc<Settings>),
}

impl Documents {
    /// Opens a document, or replaces it if it is open already; says whether it was.
    pub(super) fn open(&self, opened: &TextDocumentItem, settings: Arc<Settings>) -> bool {
        let text = Text::new(&opened.text);
        let content = match is_configuration(&opened.uri) {
            true => Content::Configuration(text, settings),
            false => Content::of(text, settings),
        };
        let has_comments = has_comments(opened);
        let document = Document {
            version: opened.version,
            generation: next_generation(),
            has_comments,
            content,
            slice: FIRST_SLICE,
        };
        self.open.insert(opened.uri.clone(), Arc::new(Mutex::new(document))).is_some()
    }

    /// Closes `uri`; says whether it was open.
    pub(super) fn close(&self, uri: &Url) -> bool {
        self.open.remove(uri).is_some()
    }

    /// The document `uri`. Never a guard of the map: one held across an `.await` blocks the whole server.
    pub(super) fn get(&self, uri: &Url) -> Option<Shared> {
        self.open.get(uri).map(|document| Arc::clone(document.value()))
    }

    /// The URIs of all of them.
    pub(super) fn uris(&self) -> Vec<Url> {
        self.open.iter().map(|document| document.key().clone()).collect()
    }
}

impl Document {
    /// Applies `changes`, each to the outcome of the one before.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            self.content.change(change, encoding);
        }
        self.version = version;
        self.generation = next_generation();
    }

    /// Judges it by `settings` from now on; says whether those are others than before.
    pub(super) fn configure(&mut self, settings: Arc<Settings>) -> bool {
        if self.content.settings() == settings {
            return false;
        }
        self.generation = next_generation();
        if let Content::Sound(analysis) = &mut self.content {
            let text = analysis.text().clone();
            let configured = catch_unwind(AssertUnwindSafe(|| analysis.configure(Arc::clone(&settings))));
            if configured.is_err() {
                self.content = Content::Failed(text, settings);
            }
        } else if let Content::Failed(text, _) = &self.content {
            self.content = Content::of(text.clone(), settings);
        } else if let Content::Configuration(_, old) = &mut self.content {
            *old = settings;
        }
        true
    }

    /// The version that the client gave its state.
    pub(super) fn version(&self) -> i32 {
        self.version
    }

    /// The number of its state, other than that of any other state of any document.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Its analysis; `None` if it failed, or if there is no report in it: there the server is silent.
    pub(super) fn report(&self) -> Option<&Analysis> {
        match &self.content {
            Content::Sound(analysis) if analysis.is_report() => Some(analysis),
            _ => None,
        }
    }

    /// Judges all of it that was not judged yet.
    pub(super) fn complete(&mut self) {
        self.advance(|| false);
    }

    /// Judges more of it, as long as nobody minds waiting; says whether all of it is judged.
    pub(super) fn advance_for_a_while(&mut self) -> bool {
        let begin = Instant::now();
        let (slice, long) = (self.slice, self.text().len() > LONG);
        let complete = self.advance(|| long && begin.elapsed() >= slice);
        self.slice = (slice * 2).min(LONGEST_SLICE);
        complete
    }

    fn advance(&mut self, enough: impl FnMut() -> bool) -> bool {
        let Content::Sound(analysis) = &self.content else { return true };
        let advanced = catch_unwind(AssertUnwindSafe(|| analysis.advance(enough)));
        if advanced.is_err() {
            self.content = Content::Failed(analysis.text().clone(), Arc::clone(analysis.settings()));
        }
        advanced.unwrap_or(true)
    }

    /// Its findings, with its analysis; `None` if there is no report in it.
    pub(super) fn findings(&self) -> Option<(&Analysis, Vec<Finding>)> {
        let analysis = self.report()?;
        let findings = catch_unwind(AssertUnwindSafe(|| analysis.findings())).ok()?;
        Some((analysis, findings))
    }

    /// Its text, if it is a configuration file, and the settings that stand behind it.
    pub(super) fn configuration(&self) -> Option<(&Text, &Settings)> {
        match &self.content {
            Content::Configuration(text, settings) => Some((text, settings)),
            _ => None,
        }
    }

    /// Whether it can hold comments.
    pub(super) fn has_comments(&self) -> bool {
        self.has_comments
    }

    /// Its text.
    pub(super) fn text(&self) -> &Text {
        self.content.text()
    }
}

impl Content {
    /// `text` analysed. The analysis is not meant to panic; if it does, this document alone goes without.
    fn of(text: Text, settings: Arc<Settings>) -> Content {
        let analysed = catch_unwind(|| Analysis::new(&text.to_string(), Arc::clone(&settings)));
        match analysed {
            Ok(analysis) => Content::Sound(analysis),
            Err(_) => Content::Failed(text, settings),
        }
    }

    fn text(&self) -> &Text {
        match self {
            Content::Sound(analysis) => analysis.text(),
            Content::Failed(text, _) | Content::Configuration(text, _) => text,
        }
    }

    fn settings(&self) -> Arc<Settings> {
        match self {
            Content::Sound(analysis) => Arc::clone(analysis.settings()),
            Content::Failed(_, settings) | Content::Configuration(_, settings) => Arc::clone(settings),
        }
    }

    fn change(&mut self, change: TextDocumentContentChangeEvent, encoding: Encoding) {
        let mut text = self.text().clone();
        let span = match change.range {
            Some(range) => convert::span(&text, range, encoding),
            None => Span::new(0, text.len()),
        };
        if let Content::Configuration(text, _) = self {
            text.edit(span, &change.text);
            return;
        }
        if change.range.is_none() {
            *self = Content::of(Text::new(&change.text), self.settings());
            return;
        }
        let edited = match self {
            Content::Sound(analysis) => catch_unwind(AssertUnwindSafe(|| analysis.edit(span, &change.text))).is_ok(),
            Content::Failed(..) | Content::Configuration(..) => false,
        };
        if !edited {
            // Half an edit may have been done: start again from the text as it was.
            text.edit(span, &change.text);
            *self = Content::of(text, self.settings());
        }
    }
}

/// The document behind a lock.
#[cfg(any(test, debug_assertions))]
pub(super) fn with<T>(document: &Shared, read: impl FnOnce(&Document) -> T) -> T {
    read(&lock(document))
}

fn next_generation() -> u64 {
    GENERATION.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_lsp::lsp_types::{Position, Range};

    fn change(range: Option<[u32; 4]>, text: &str) -> TextDocumentContentChangeEvent {
        let range = range.map(|[l1, c1, l2, c2]| Range::new(Position::new(l1, c1), Position::new(l2, c2)));
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    fn open(text: &str) -> Shared {
        let documents = Documents::default();
        let uri = Url::parse("file:///a.txt").unwrap();
        let item = TextDocumentItem::new(uri.clone(), "plaintext".to_owned(), 1, text.to_owned());
        documents.open(&item, Arc::default());
        documents.get(&uri).unwrap()
    }

    #[test]
    fn changes_apply_one_after_another_in_the_encoding_agreed_on() {
        for (encoding, column) in [(Encoding::Utf8, 4), (Encoding::Utf16, 2), (Encoding::Utf32, 1)] {
            let document = open("😀表\n二");
            let mut document = document.lock().unwrap();
            let insert = change(Some([0, column, 0, column]), "x");
            let append = change(Some([1, 0, 1, 99]), "三");
            document.change(2, vec![insert, append], encoding);
            assert_eq!(document.text().to_string(), "😀x表\n三", "{encoding:?}");
            document.change(3, vec![change(None, "新"), change(Some([0, 0, 0, 0]), "全")], encoding);
            assert_eq!((document.text().to_string().as_str(), document.version()), ("全新", 3));
        }
    }

    #[test]
    fn every_state_has_a_number_of_its_own() {
        let (a, b) = (open("x"), open("x"));
        let first = with(&a, Document::generation);
        assert_ne!(first, with(&b, Document::generation));
        a.lock().unwrap().change(2, vec![], Encoding::Utf16);
        assert_ne!(first, with(&a, Document::generation));
        let changed = with(&a, Document::generation);
        assert!(!a.lock().unwrap().configure(Arc::default()), "the same settings");
        assert_eq!(changed, with(&a, Document::generation));
        let other = Arc::new(Settings { max_findings: 1, ..Settings::default() });
        assert!(a.lock().unwrap().configure(other));
        assert_ne!(changed, with(&a, Document::generation));
    }

    #[test]
    fn a_document_whose_analysis_failed_keeps_its_text_and_recovers() {
        let mut content = Content::Failed(Text::new("一\n二"), Arc::default());
        content.change(change(Some([1, 0, 1, 1]), "三"), Encoding::Utf16);
        assert!(matches!(&content, Content::Sound(_)));
        assert_eq!(content.text().to_string(), "一\n三");
    }
}
