//! The open documents.

use super::configurations::Effective;
use super::convert;
use super::document_tokens::DocumentTokens;
use super::locks::lock;
use super::uris::{self, Spellings};
use crate::analysis::Analysis;
use crate::config::Settings;
use crate::configuration::FILE_NAME;
use crate::report;
use crate::rules::{Finding, Neighbours};
use crate::text::{Encoding, Replacement, Span, Text};
use dashmap::DashMap;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

/// An open document, shared.
#[derive(Clone)]
pub(super) struct Shared {
    uri: Arc<Url>,
    document: Arc<Mutex<OpenDocument>>,
}

/// The open documents by the URI that the client opened them under. Another spelling of that URI and another path to
/// the same file find them too. A file has two documents only if the client has it open twice, once through a link.
#[derive(Default)]
pub(super) struct Documents {
    open: DashMap<Url, Shared>,
    /// The URIs of documents that are files, by path.
    by_path: DashMap<PathBuf, Url>,
    /// The paths of documents that are files, with links followed.
    real: DashMap<Url, PathBuf>,
    /// How the client spells its URIs.
    pub(super) spellings: Spellings,
}

/// Whether a document that the client opens was open already.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// It was not open.
    New,
    /// It was open already.
    Again,
    /// It was open under another spelling of its URI, which is given.
    Respelled(Url),
}

/// Numbers the states of all documents, so that a document that is opened again does not repeat a number.
static GENERATION: AtomicU64 = AtomicU64::new(1);

/// An open document.
pub(super) struct OpenDocument {
    version: i32,
    generation: u64,
    has_comments: bool,
    content: DocumentContent,
    /// See [`Effective::uncertain`].
    uncertain: bool,
    /// The number of its text: like `generation`, but the same under other settings and beside other reports.
    text_generation: u64,
    /// The reports that its units are compared with.
    neighbours: Vec<Neighbours>,
    /// The findings of a configuration file about members without a report.
    members: Vec<Finding>,
    /// How long the next part of it may be checked while other work waits.
    slice: Duration,
    /// The tokens that the client was given last, with the name of that result.
    tokens: Option<(String, DocumentTokens)>,
}

/// A document longer than this, in bytes, is checked in parts, so that typing in one of its hundreds of reports stays
/// fast.
const LONG: usize = 2_000_000;

/// The first findings of a long document come after this time, the others in parts that take longer and longer.
const FIRST_SLICE: Duration = Duration::from_millis(2);
const LONGEST_SLICE: Duration = Duration::from_millis(16);

/// Whether `uri` is a configuration file.
pub(super) fn is_configuration(uri: &Url) -> bool {
    match uris::path(uri) {
        Some(path) => path.file_name().is_some_and(|name| name == FILE_NAME),
        None => uri.path().rsplit('/').next() == Some(FILE_NAME),
    }
}

/// The path of a document that is a file.
fn file(uri: &Url) -> Option<PathBuf> {
    if uri.scheme() == "file" { uris::path(uri) } else { None }
}

/// Whether a document can contain comments, by the client's language id or else by the document's name.
fn has_comments(document: &TextDocumentItem) -> bool {
    let name = document.uri.path().to_ascii_lowercase();
    let is_called = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    match document.language_id.as_str() {
        "markdown" | "html" => true,
        "plaintext" | "gongkai-report" => false,
        _ => is_called(&[".md", ".markdown", ".html", ".htm"]),
    }
}

/// Edits more than this many bytes apart are applied one by one, so that the text between them is not parsed again.
const NEAR: usize = 50_000;

/// The content of a document.
enum DocumentContent {
    /// Its text, not analysed yet.
    Unread(Text, Arc<Settings>),
    /// Its analysis.
    Sound(Analysis),
    /// Its analysis, the text after edits that are not analysed yet, and these edits joined into one.
    Edited(Analysis, Text, Replacement),
    /// Its text, after the analysis failed on it.
    Failed(Text, Arc<Settings>),
    /// A configuration file.
    Configuration(Text, Arc<Settings>),
}

impl Documents {
    /// Opens a document, or replaces it if it is open already.
    pub(super) fn open(&self, opened: &TextDocumentItem, effective: Effective) -> Opened {
        let Effective { settings, uncertain } = effective;
        let text = Text::new(&opened.text);
        let content = match is_configuration(&opened.uri) {
            true => DocumentContent::Configuration(text, settings),
            false => DocumentContent::Unread(text, settings),
        };
        let has_comments = has_comments(opened);
        let generation = next_generation();
        let document = OpenDocument {
            version: opened.version,
            generation,
            text_generation: generation,
            neighbours: Vec::new(),
            members: Vec::new(),
            has_comments,
            content,
            uncertain,
            slice: FIRST_SLICE,
            tokens: None,
        };
        let uri = opened.uri.clone();
        let respelled = file(&uri).and_then(|path| {
            self.real.insert(uri.clone(), uris::real(&path));
            self.by_path.insert(path, uri.clone()).filter(|old| *old != uri)
        });
        if let Some(old) = &respelled {
            self.open.remove(old);
            self.real.remove(old);
        }
        let shared = Shared { uri: Arc::new(uri.clone()), document: Arc::new(Mutex::new(document)) };
        match (self.open.insert(uri, shared), respelled) {
            (_, Some(old)) => Opened::Respelled(old),
            (Some(_), None) => Opened::Again,
            (None, None) => Opened::New,
        }
    }

    /// Closes `uri`; gives the URI that it was opened under, if it was open.
    pub(super) fn close(&self, uri: &Url) -> Option<Url> {
        let uri = self.key(uri)?;
        if let Some(path) = file(&uri) {
            self.by_path.remove(&path);
            self.real.remove(&uri);
        }
        self.open.remove(&uri).map(|(uri, _)| uri)
    }

    /// The path of the document `uri`, with links followed, if it is a file.
    pub(super) fn real_path(&self, uri: &Url) -> Option<PathBuf> {
        self.real.get(uri).map(|path| path.value().clone())
    }

    /// The paths of all documents that are files, with links followed.
    pub(super) fn real_paths(&self) -> HashSet<PathBuf> {
        self.real.iter().map(|path| path.value().clone()).collect()
    }

    /// The document `uri`. It does not return a guard of the map: a guard held across an `.await` blocks the whole
    /// server.
    pub(super) fn get(&self, uri: &Url) -> Option<Shared> {
        let get = |uri: &Url| self.open.get(uri).map(|document| document.value().clone());
        get(uri).or_else(|| get(&self.key(uri)?))
    }

    /// The document that is the file `path`.
    pub(super) fn at(&self, path: &Path) -> Option<Shared> {
        let uri = self.by_path.get(path).map(|uri| uri.value().clone());
        self.get(&uri.or_else(|| self.leading_to(path))?)
    }

    /// The URI under which `uri` was opened.
    fn key(&self, uri: &Url) -> Option<Url> {
        if self.open.contains_key(uri) {
            return Some(uri.clone());
        }
        let path = file(uri)?;
        let same = self.by_path.get(&path).map(|uri| uri.value().clone());
        same.or_else(|| self.leading_to(&path))
    }

    /// The URI of a document that is the file that `path` leads to.
    fn leading_to(&self, path: &Path) -> Option<Url> {
        let path = uris::real(path);
        let found = self.real.iter().find(|document| *document.value() == path);
        found.map(|document| document.key().clone())
    }

    /// The URIs of all of them.
    pub(super) fn uris(&self) -> Vec<Url> {
        self.open.iter().map(|document| document.key().clone()).collect()
    }
}

impl Shared {
    /// The URI that it was opened under.
    pub(super) fn uri(&self) -> &Url {
        &self.uri
    }

    /// The document, after its analysis has applied all pending edits.
    pub(super) fn read(&self) -> MutexGuard<'_, OpenDocument> {
        let mut document = lock(&self.document);
        document.settle();
        document
    }

    /// Applies `changes`, each to the text after the one before. They are analysed when the document is next read.
    pub(super) fn change(&self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        lock(&self.document).change(version, changes, encoding);
    }

    /// The number of its state.
    pub(super) fn generation(&self) -> u64 {
        lock(&self.document).generation
    }

    /// Its text, and the number of that text.
    pub(super) fn snapshot(&self) -> (Text, u64) {
        let document = lock(&self.document);
        (document.text().clone(), document.text_generation)
    }

    /// Runs `update`, which returns whether findings may have changed, if the document still has the text with the
    /// number `generation`.
    pub(super) fn update(&self, generation: u64, update: impl FnOnce(&mut OpenDocument) -> bool) -> bool {
        let mut document = self.read();
        let changed = document.text_generation == generation && update(&mut document);
        if changed {
            document.generation = next_generation();
        }
        changed
    }

    /// Replaces its settings; returns whether its findings may change.
    pub(super) fn configure(&self, effective: Effective) -> bool {
        let mut document = self.read();
        document.uncertain = effective.uncertain;
        document.configure(effective.settings)
    }
}

impl OpenDocument {
    fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            self.content.change(change, encoding);
        }
        self.version = version;
        self.generation = next_generation();
        self.text_generation = self.generation;
        self.members.clear();
    }

    /// Applies the pending edits to the analysis.
    fn settle(&mut self) {
        if self.content.settle() && !self.neighbours.is_empty() {
            self.compare();
        }
    }

    /// Compares its units with `neighbours`, or with nothing; returns whether its findings may change.
    pub(super) fn compare_with(&mut self, neighbours: Option<Vec<Neighbours>>) -> bool {
        if neighbours.is_none() && self.neighbours.is_empty() {
            return false;
        }
        self.neighbours = neighbours.unwrap_or_default();
        self.compare()
    }

    fn compare(&mut self) -> bool {
        let DocumentContent::Sound(analysis) = &mut self.content else { return false };
        let alone = || vec![Neighbours::default(); analysis.document().units().count()];
        let neighbours = if self.neighbours.is_empty() { &alone() } else { &self.neighbours };
        let (text, settings) = (analysis.text().clone(), Arc::clone(analysis.settings()));
        let compared = catch_unwind(AssertUnwindSafe(|| analysis.compare_with(neighbours)));
        if compared.is_err() {
            self.content = DocumentContent::Failed(text, settings);
        }
        compared.unwrap_or(true)
    }

    /// Replaces the findings of a configuration file about members without a report; returns whether they changed.
    pub(super) fn report_members(&mut self, findings: Vec<Finding>) -> bool {
        let changed = self.members != findings;
        self.members = findings;
        changed
    }

    fn configure(&mut self, settings: Arc<Settings>) -> bool {
        if self.content.settings() == settings {
            return false;
        }
        self.generation = next_generation();
        if let DocumentContent::Sound(analysis) = &mut self.content {
            let text = analysis.text().clone();
            let configured = catch_unwind(AssertUnwindSafe(|| analysis.configure(Arc::clone(&settings))));
            if configured.is_err() {
                self.content = DocumentContent::Failed(text, settings);
            }
        } else if let DocumentContent::Failed(text, _) = &self.content {
            self.content = DocumentContent::of(text.clone(), settings);
        } else if let DocumentContent::Configuration(_, old) = &mut self.content {
            *old = settings;
        }
        true
    }

    /// The client's version number of its state.
    pub(super) fn version(&self) -> i32 {
        self.version
    }

    /// The number of its state; every state of every document has a different one.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// Its analysis; `None` if it failed, or if the document contains no report: then the server reports nothing.
    pub(super) fn report(&self) -> Option<&Analysis> {
        match &self.content {
            DocumentContent::Sound(analysis) if analysis.is_report() => Some(analysis),
            _ => None,
        }
    }

    /// Checks all parts that are not checked yet.
    pub(super) fn complete(&mut self) {
        self.advance(|| false);
    }

    /// Whether its check takes long enough to be done in parts.
    pub(super) fn is_long(&self) -> bool {
        self.text().len() > LONG
    }

    /// Checks the next part of it for a limited time; returns whether all of it is checked.
    pub(super) fn advance_for_a_while(&mut self) -> bool {
        let begin = Instant::now();
        let (slice, long) = (self.slice, self.is_long());
        let complete = self.advance(|| long && begin.elapsed() >= slice);
        self.slice = (slice * 2).min(LONGEST_SLICE);
        complete
    }

    fn advance(&mut self, enough: impl FnMut() -> bool) -> bool {
        let DocumentContent::Sound(analysis) = &self.content else { return true };
        let advanced = catch_unwind(AssertUnwindSafe(|| analysis.check_until(enough)));
        if advanced.is_err() {
            self.content = DocumentContent::Failed(analysis.text().clone(), Arc::clone(analysis.settings()));
        }
        advanced.unwrap_or(true)
    }

    /// The findings about members without a report, if it is a configuration file.
    pub(super) fn members(&self) -> &[Finding] {
        &self.members
    }

    /// Its text and the settings that it overrides, if it is a configuration file.
    pub(super) fn configuration(&self) -> Option<(&Text, &Settings)> {
        match &self.content {
            DocumentContent::Configuration(text, settings) => Some((text, settings)),
            _ => None,
        }
    }

    /// Keeps the `tokens` that the client is given as result `id`.
    pub(super) fn keep_tokens(&mut self, id: String, tokens: DocumentTokens) {
        self.tokens = Some((id, tokens));
    }

    /// The tokens that the client was given as result `id`, if they were kept.
    pub(super) fn take_tokens(&mut self, id: &str) -> Option<DocumentTokens> {
        self.tokens.take_if(|(kept, _)| kept == id).map(|(_, tokens)| tokens)
    }

    /// Whether safe fixes may be applied by themselves; see [`Effective::uncertain`].
    pub(super) fn may_fix_all(&self) -> bool {
        !self.uncertain
    }

    /// Whether it can contain comments.
    pub(super) fn has_comments(&self) -> bool {
        self.has_comments
    }

    /// Its text.
    pub(super) fn text(&self) -> &Text {
        self.content.text()
    }
}

impl DocumentContent {
    /// `text` with its analysis. The analysis should never panic; if it does, only this document has no findings.
    fn of(text: Text, settings: Arc<Settings>) -> DocumentContent {
        let analysed = catch_unwind(|| {
            let document = report::Document::of(text.clone(), &text.to_string());
            Analysis::of(document, Arc::clone(&settings))
        });
        match analysed {
            Ok(analysis) => DocumentContent::Sound(analysis),
            Err(_) => DocumentContent::Failed(text, settings),
        }
    }

    fn text(&self) -> &Text {
        match self {
            DocumentContent::Sound(analysis) => analysis.text(),
            DocumentContent::Edited(_, text, _)
            | DocumentContent::Unread(text, _)
            | DocumentContent::Failed(text, _)
            | DocumentContent::Configuration(text, _) => text,
        }
    }

    fn settings(&self) -> Arc<Settings> {
        match self {
            DocumentContent::Sound(analysis) | DocumentContent::Edited(analysis, ..) => Arc::clone(analysis.settings()),
            DocumentContent::Unread(_, settings)
            | DocumentContent::Failed(_, settings)
            | DocumentContent::Configuration(_, settings) => Arc::clone(settings),
        }
    }

    fn change(&mut self, change: TextDocumentContentChangeEvent, encoding: Encoding) {
        let span = match change.range {
            Some(range) => convert::span(self.text(), range, encoding),
            None => Span::new(0, self.text().len()),
        };
        match self {
            DocumentContent::Configuration(text, _) => {
                text.edit(span, &change.text);
            }
            _ if change.range.is_none() => *self = DocumentContent::Unread(Text::new(&change.text), self.settings()),
            _ => self.edit(span, &change.text),
        }
    }

    fn edit(&mut self, span: Span, content: &str) {
        let span = self.text().clamp(span);
        let edit = Replacement::new(span, content.len());
        if let DocumentContent::Edited(_, _, done) = self {
            let both = done.then(span, content.len());
            if both.old.len().max(both.inserted) > NEAR {
                self.settle();
            }
        }
        *self = match self.take() {
            DocumentContent::Sound(analysis) => {
                let mut text = analysis.text().clone();
                text.edit(span, content);
                DocumentContent::Edited(analysis, text, edit)
            }
            DocumentContent::Edited(analysis, mut text, done) => {
                text.edit(span, content);
                DocumentContent::Edited(analysis, text, done.then(span, content.len()))
            }
            DocumentContent::Unread(mut text, settings)
            | DocumentContent::Failed(mut text, settings)
            | DocumentContent::Configuration(mut text, settings) => {
                text.edit(span, content);
                DocumentContent::Unread(text, settings)
            }
        };
    }

    fn take(&mut self) -> DocumentContent {
        std::mem::replace(self, DocumentContent::Failed(Text::default(), Arc::default()))
    }

    /// Applies the pending edits to the analysis; returns whether there is a new analysis, which is of the document by
    /// itself.
    fn settle(&mut self) -> bool {
        let mut is_new = false;
        *self = match self.take() {
            DocumentContent::Edited(mut analysis, text, done) => {
                let content = text.slice(done.new_span());
                // The edit may be half done, so start again from the current text.
                match catch_unwind(AssertUnwindSafe(|| analysis.edit(done.old, &content))) {
                    Ok(_) => DocumentContent::Sound(analysis),
                    Err(_) => {
                        is_new = true;
                        DocumentContent::of(text, Arc::clone(analysis.settings()))
                    }
                }
            }
            DocumentContent::Unread(text, settings) => {
                is_new = true;
                DocumentContent::of(text, settings)
            }
            settled => settled,
        };
        is_new
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
        documents.open(&item, Effective::default());
        documents.get(&uri).unwrap()
    }

    #[test]
    fn changes_apply_one_after_another_in_the_encoding_agreed_on() {
        for (encoding, column) in [(Encoding::Utf8, 4), (Encoding::Utf16, 2), (Encoding::Utf32, 1)] {
            let document = open("😀表\n二");
            let mut document = document.document.lock().unwrap();
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
                    let analysis = document.report().unwrap();
                    assert_eq!(analysis.text().to_string(), expected);
                    let expected = Analysis::new(&expected, Arc::default()).findings();
                    assert_eq!(analysis.findings(), expected, "round {round}");
                }
            }
        }
    }

    #[test]
    fn another_spelling_and_another_path_find_the_same_document() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap().join("年报 (1).txt");
        std::fs::write(&real, "x").unwrap();
        let documents = Documents::default();
        let item = |uri: &str, version| {
            TextDocumentItem::new(Url::parse(uri).unwrap(), "plaintext".to_owned(), version, "x".to_owned())
        };
        let plain = format!("file://{}", real.display());
        let encoded = Url::parse(&plain).unwrap().as_str().replace('(', "%28").replace(')', "%29");
        assert_eq!(documents.open(&item(&encoded, 1), Effective::default()), Opened::New);
        let version = |uri: &str| documents.get(&Url::parse(uri).unwrap()).map(|found| found.read().version());
        assert_eq!(version(&plain), Some(1));
        assert_eq!(documents.get(&Url::parse(&plain).unwrap()).unwrap().uri().as_str(), encoded);
        let old = Url::parse(&encoded).unwrap();
        assert_eq!(documents.open(&item(&plain, 2), Effective::default()), Opened::Respelled(old.clone()));
        assert_eq!((version(&encoded), documents.uris().len()), (Some(2), 1));
        #[cfg(unix)]
        {
            let link = folder.path().join("link.txt");
            std::os::unix::fs::symlink(&real, &link).unwrap();
            let link = format!("file://{}", link.display());
            assert_eq!(version(&link), Some(2));
            // The client has two texts of one file; each keeps its own name.
            assert_eq!(documents.open(&item(&link, 3), Effective::default()), Opened::New);
            assert_eq!((version(&link), version(&plain)), (Some(3), Some(2)));
            assert!(documents.close(&Url::parse(&plain).unwrap()).is_some());
            assert_eq!(version(&plain), Some(3), "now the only one");
            assert!(documents.close(&Url::parse(&plain).unwrap()).is_some());
        }
        assert_eq!((version(&plain), documents.close(&old)), (None, None));
    }

    #[test]
    fn every_state_has_a_number_of_its_own() {
        let (a, b) = (open("x"), open("x"));
        let first = a.read().generation();
        assert_ne!(first, b.read().generation());
        a.change(2, vec![], Encoding::Utf16);
        assert_ne!(first, a.read().generation());
        let changed = a.read().generation();
        assert!(!a.configure(Effective::default()), "the same settings");
        assert_eq!(changed, a.read().generation());
        let other = Arc::new(Settings { max_findings: 1, ..Settings::default() });
        assert!(a.configure(Effective::certain(other)));
        assert_ne!(changed, a.read().generation());
    }

    #[test]
    fn a_document_whose_analysis_failed_keeps_its_text_and_recovers() {
        let mut content = DocumentContent::Failed(Text::new("一\n二"), Arc::default());
        content.change(change(Some([1, 0, 1, 1]), "三"), Encoding::Utf16);
        content.settle();
        assert!(matches!(&content, DocumentContent::Sound(_)));
        assert_eq!(content.text().to_string(), "一\n三");
    }
}
