//! An edited document equals a fresh one with the same text.

use super::script::Script;
use super::{Law, visible};
use gongkai::analysis::Analysis;
use gongkai::ide;
use gongkai::report::Document;
use gongkai::syntax::Tree;
use gongkai::text::{Encoding, Span, changed_part};
use std::sync::Arc;

/// The largest number of edits of one input.
const EDITS: usize = 32;

/// Any sequence of edits of any text.
pub(crate) fn any(bytes: &[u8]) -> Law {
    let mut script = Script::new(bytes);
    let mut edited = Edited::new(script.text());
    for _ in 0..EDITS {
        match script.edit(&edited.text) {
            Some((span, content)) => edited.edit(span, &content, script.request())?,
            None => break,
        }
    }
    edited.compare()
}

/// What a client requests after an edit. Requested results are kept when the next edit comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Nothing.
    Nothing,
    /// The first report that is not checked yet.
    FirstReport,
    /// Everything.
    Everything,
}

/// A document with edits, and its text.
pub(crate) struct Edited {
    pub(crate) text: String,
    analysis: Analysis,
    /// The syntax tree of the whole text, as if it were one report.
    tree: Tree,
    /// The colours at the last request, as a client has them: places relative to the token before.
    colours: Vec<Colour>,
    /// The edits since the last request.
    done: Vec<String>,
}

impl Edited {
    pub(crate) fn new(text: String) -> Edited {
        Edited {
            analysis: Analysis::new(&text, Arc::default()),
            tree: Tree::parse(&text),
            text,
            colours: Vec::new(),
            done: Vec::new(),
        }
    }

    /// Replaces `span`, which has to be inside the text, and requests results.
    pub(crate) fn edit(&mut self, span: Span, content: &str, request: Request) -> Law {
        self.done.push(format!("{}..{} → {content:?}, {request:?}", span.start, span.end));
        self.analysis.edit(span, content);
        self.text.replace_range(span.range(), content);
        self.tree.edit(&self.text, span, content.len());
        match request {
            Request::Nothing => Ok(()),
            Request::FirstReport => {
                self.analysis.check_until(|| true);
                Ok(())
            }
            Request::Everything => self.compare(),
        }
    }

    /// Compares everything visible with a fresh reading of the text.
    pub(crate) fn compare(&mut self) -> Law {
        let text = &self.text;
        let after = || format!("after {}\nin\n{text}", self.done.join("; "));
        if self.tree != Tree::parse(text) {
            return Err(format!("another tree {}", after()));
        }
        let (got, due) = (visible(&self.analysis), visible(&Analysis::new(text, Arc::default())));
        if got.text != due.text {
            return Err(format!("another text {}", after()));
        }
        if got.units != due.units {
            return Err(format!("another model {}\n{}", after(), difference(&got.units, &due.units)));
        }
        // The next edit starts from state that no client sees.
        if *self.analysis.document() != Document::new(text) {
            return Err(format!("other readings {}", after()));
        }
        if got.findings != due.findings {
            return Err(format!("other findings {}\n{}", after(), difference(&got.findings, &due.findings)));
        }
        if got.told != due.told {
            return Err(format!("other drafts {}\n{}", after(), difference(&got.told, &due.told)));
        }
        let document = self.analysis.document();
        for ((offset, _), line) in document.units().zip(document.first_lines()) {
            let start = document.text().position(offset, Encoding::Utf8);
            if line != (start.column == 0).then_some(start.line) {
                return Err(format!("a report said to start line {line:?} starts at {start:?} {}", after()));
            }
        }
        if got.words != due.words {
            let [got, due] = [&got.words, &due.words].map(|words| String::from_utf8_lossy(words));
            let differ = got.lines().zip(due.lines()).find(|(got, due)| got != due);
            return Err(format!("other words {}\n{differ:#?}", after()));
        }
        let (got, due) = (Shown::of(&self.analysis), Shown::of(&Analysis::new(text, Arc::default())));
        if got != due {
            return Err(format!("an editor shows something else {}\n{}", after(), difference(&got, &due)));
        }
        // The changes of the colours, applied to those of the last request, give the colours of a fresh document.
        let (new, due) =
            (colours(&self.analysis, &got.tokens), colours(&Analysis::new(text, Arc::default()), &due.tokens));
        if let Some((gone, come)) = changed_part(&self.colours, &new) {
            self.colours.splice(gone, new.get(come).unwrap_or_default().to_vec());
        }
        if self.colours != due {
            return Err(format!("the changes give other colours {}", after()));
        }
        self.done.clear();
        Ok(())
    }
}

/// A token: lines after the token before, columns after that token or the start of the line, length, kind.
type Colour = (usize, usize, usize, ide::ColourKind, bool, bool);

/// `tokens` as they are sent to a client.
fn colours(analysis: &Analysis, tokens: &[ide::ColourToken]) -> Vec<Colour> {
    let (mut line, mut column) = (0, 0);
    let mut colours = Vec::with_capacity(tokens.len());
    for token in tokens {
        let place = |offset| analysis.text().position(offset, Encoding::Utf16);
        let (start, end) = (place(token.span.start), place(token.span.end));
        let down = start.line - line;
        let across = if down == 0 { start.column - column } else { start.column };
        (line, column) = (start.line, start.column);
        colours.push((down, across, end.column - start.column, token.kind, token.is_total, token.is_stated));
    }
    colours
}

/// What an editor shows of a whole document.
#[derive(Debug, PartialEq)]
struct Shown {
    symbols: Vec<ide::Symbol>,
    hints: Vec<ide::Hint>,
    lenses: Vec<ide::Lens>,
    tokens: Vec<ide::ColourToken>,
    folds: Vec<ide::Fold>,
}

impl Shown {
    fn of(analysis: &Analysis) -> Shown {
        let whole = Span::new(0, analysis.text().len());
        Shown {
            symbols: ide::symbols(analysis),
            hints: ide::hints(analysis, whole),
            lenses: ide::lenses(analysis),
            tokens: ide::semantic_tokens(analysis, whole),
            folds: ide::folding(analysis),
        }
    }
}

/// The first line in which the printed values differ, with the lines around it.
fn difference(got: &impl std::fmt::Debug, due: &impl std::fmt::Debug) -> String {
    let (got, due) = (format!("{got:#?}"), format!("{due:#?}"));
    let same = got.lines().zip(due.lines()).take_while(|(got, due)| got == due).count();
    let around = |text: &str| text.lines().skip(same.saturating_sub(8)).take(16).collect::<Vec<_>>().join("\n");
    format!("---- got\n{}\n---- due\n{}", around(&got), around(&due))
}
