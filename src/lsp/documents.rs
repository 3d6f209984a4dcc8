//! The open documents.

use super::convert;
use super::session::lock;
use crate::analysis::Analysis;
use crate::config::Settings;
use crate::configuration::FILE_NAME;
use crate::report;
use crate::rules::Finding;
use crate::text::{Encoding, Replacement, Span, Text};
use dashmap::DashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

/// An open document, shared.
#[derive(Clone)]
pub(super) struct Shared(Arc<Mutex<Document>>);

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

/// Edits that reach over more bytes than this are taken in one by one: what stands between them need not be read again.
const NEAR: usize = 50_000;

/// What is held of a document.
enum Content {
    /// Its text, that nobody has looked into.
    Unread(Text, Arc<Settings>),
    /// Its analysis.
    Sound(Analysis),
    /// Its analysis, the text after edits that this does not know of yet, and what they come to.
    Edited(Analysis, Text, Replacement),
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
            false => Content::Unread(text, settings),
        };
        let has_comments = has_comments(opened);
        let document = Document {
            version: opened.version,
            generation: next_generation(),
            has_comments,
            content,
            slice: FIRST_SLICE,
        };
        self.open.insert(opened.uri.clone(), Shared(Arc::new(Mutex::new(document)))).is_some()
    }

    /// Closes `uri`; says whether it was open.
    pub(super) fn close(&self, uri: &Url) -> bool {
        self.open.remove(uri).is_some()
    }

    /// The document `uri`. Never a guard of the map: one held across an `.await` blocks the whole server.
    pub(super) fn get(&self, uri: &Url) -> Option<Shared> {
        self.open.get(uri).map(|document| document.value().clone())
    }

    /// The URIs of all of them.
    pub(super) fn uris(&self) -> Vec<Url> {
        self.open.iter().map(|document| document.key().clone()).collect()
    }
}

impl Shared {
    /// The document as it stands: all edits that came are known to its analysis.
    pub(super) fn read(&self) -> MutexGuard<'_, Document> {
        let mut document = lock(&self.0);
        document.content.settle();
        document
    }

    /// Applies `changes`, each to the outcome of the one before. They are looked into when somebody wants to know.
    pub(super) fn change(&self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        lock(&self.0).change(version, changes, encoding);
    }

    /// The number of its state.
    pub(super) fn generation(&self) -> u64 {
        lock(&self.0).generation
    }

    /// Judges it by `settings` from now on; says whether those are others than before.
    pub(super) fn configure(&self, settings: Arc<Settings>) -> bool {
        self.read().configure(settings)
    }
}

impl Document {
    fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            self.content.change(change, encoding);
        }
        self.version = version;
        self.generation = next_generation();
    }

    fn configure(&mut self, settings: Arc<Settings>) -> bool {
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

    /// Whether to judge it takes long enough to be done in parts.
    pub(super) fn is_long(&self) -> bool {
        self.text().len() > LONG
    }

    /// Judges more of it, as long as nobody minds waiting; says whether all of it is judged.
    pub(super) fn advance_for_a_while(&mut self) -> bool {
        let begin = Instant::now();
        let (slice, long) = (self.slice, self.is_long());
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
        let analysed = catch_unwind(|| {
            let document = report::Document::of(text.clone(), &text.to_string());
            Analysis::of(document, Arc::clone(&settings))
        });
        match analysed {
            Ok(analysis) => Content::Sound(analysis),
            Err(_) => Content::Failed(text, settings),
        }
    }

    fn text(&self) -> &Text {
        match self {
            Content::Sound(analysis) => analysis.text(),
            Content::Edited(_, text, _)
            | Content::Unread(text, _)
            | Content::Failed(text, _)
            | Content::Configuration(text, _) => text,
        }
    }

    fn settings(&self) -> Arc<Settings> {
        match self {
            Content::Sound(analysis) | Content::Edited(analysis, ..) => Arc::clone(analysis.settings()),
            Content::Unread(_, settings) | Content::Failed(_, settings) | Content::Configuration(_, settings) => {
                Arc::clone(settings)
            }
        }
    }

    fn change(&mut self, change: TextDocumentContentChangeEvent, encoding: Encoding) {
        let span = match change.range {
            Some(range) => convert::span(self.text(), range, encoding),
            None => Span::new(0, self.text().len()),
        };
        match self {
            Content::Configuration(text, _) => {
                text.edit(span, &change.text);
            }
            _ if change.range.is_none() => *self = Content::Unread(Text::new(&change.text), self.settings()),
            _ => self.edit(span, &change.text),
        }
    }

    fn edit(&mut self, span: Span, content: &str) {
        let span = self.text().clamp(span);
        let edit = Replacement::new(span, content.len());
        if let Content::Edited(_, _, done) = self {
            let both = done.then(span, content.len());
            if both.old.len().max(both.inserted) > NEAR {
                self.settle();
            }
        }
        *self = match self.take() {
            Content::Sound(analysis) => {
                let mut text = analysis.text().clone();
                text.edit(span, content);
                Content::Edited(analysis, text, edit)
            }
            Content::Edited(analysis, mut text, done) => {
                text.edit(span, content);
                Content::Edited(analysis, text, done.then(span, content.len()))
            }
            Content::Unread(mut text, settings)
            | Content::Failed(mut text, settings)
            | Content::Configuration(mut text, settings) => {
                text.edit(span, content);
                Content::Unread(text, settings)
            }
        };
    }

    fn take(&mut self) -> Content {
        std::mem::replace(self, Content::Failed(Text::default(), Arc::default()))
    }

    /// Has the analysis know of every edit.
    fn settle(&mut self) {
        *self = match self.take() {
            Content::Edited(mut analysis, text, done) => {
                let content = text.slice(done.new_span());
                // Half an edit may have been done: start again from the text as it is.
                match catch_unwind(AssertUnwindSafe(|| analysis.edit(done.old, &content))) {
                    Ok(_) => Content::Sound(analysis),
                    Err(_) => Content::of(text, Arc::clone(analysis.settings())),
                }
            }
            Content::Unread(text, settings) => Content::of(text, settings),
            settled => settled,
        };
    }
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
            let mut document = document.0.lock().unwrap();
            let insert = change(Some([0, column, 0, column]), "x");
            let append = change(Some([1, 0, 1, 99]), "三");
            document.change(2, vec![insert, append], encoding);
            assert_eq!(document.text().to_string(), "😀x表\n三", "{encoding:?}");
            document.change(3, vec![change(None, "新"), change(Some([0, 0, 0, 0]), "全")], encoding);
            assert_eq!((document.text().to_string().as_str(), document.version()), ("全新", 3));
        }
    }

    #[test]
    fn edits_nobody_looked_at_come_to_what_they_wrote() {
        let report = include_str!("../../tests/reports/cells-by-line-2019.txt");
        let (near, far) = (report.to_owned(), report.repeat(8));
        for text in [near, far] {
            let document = open(&text);
            let (mut expected, mut state) = (text, 1_u64);
            for round in 0..60 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (state >> 33) as usize % expected.len();
                let at = (0..=at).rev().find(|at| expected.is_char_boundary(*at)).unwrap();
                let content = ["7", "", "　", "\n表", "\t12\n"][round % 5];
                let end = (at + 1..=expected.len()).find(|end| expected.is_char_boundary(*end)).unwrap_or(at);
                let end = if round % 3 == 0 { end } else { at };
                let place = |offset| {
                    let position = Text::new(&expected).position(offset, Encoding::Utf8);
                    [u32::try_from(position.line).unwrap(), u32::try_from(position.column).unwrap()]
                };
                let ([l1, c1], [l2, c2]) = (place(at), place(end));
                document.change(round as i32, vec![change(Some([l1, c1, l2, c2]), content)], Encoding::Utf8);
                expected.replace_range(at..end, content);
                if round % 7 == 0 || round == 59 {
                    let document = document.read();
                    let (analysis, findings) = document.findings().unwrap();
                    assert_eq!(analysis.text().to_string(), expected);
                    assert_eq!(findings, Analysis::new(&expected, Arc::default()).findings(), "round {round}");
                }
            }
        }
    }

    #[test]
    fn every_state_has_a_number_of_its_own() {
        let (a, b) = (open("x"), open("x"));
        let first = a.read().generation();
        assert_ne!(first, b.read().generation());
        a.change(2, vec![], Encoding::Utf16);
        assert_ne!(first, a.read().generation());
        let changed = a.read().generation();
        assert!(!a.configure(Arc::default()), "the same settings");
        assert_eq!(changed, a.read().generation());
        let other = Arc::new(Settings { max_findings: 1, ..Settings::default() });
        assert!(a.configure(other));
        assert_ne!(changed, a.read().generation());
    }

    #[test]
    fn a_document_whose_analysis_failed_keeps_its_text_and_recovers() {
        let mut content = Content::Failed(Text::new("一\n二"), Arc::default());
        content.change(change(Some([1, 0, 1, 1]), "三"), Encoding::Utf16);
        content.settle();
        assert!(matches!(&content, Content::Sound(_)));
        assert_eq!(content.text().to_string(), "一\n三");
    }
}
