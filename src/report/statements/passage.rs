//! A passage by itself: its tokens, and its statements if it has no figure. The tokens depend on its text alone; the statements
//! depend on the text and the context before it. Both are cached by these, so that after an edit only the edited passage is
//! read, and stock sentences are read once for all reports.

use super::Statement;
use super::discourse::{PassageState, PlainReading, Spoken, finish_passages, read_alone, read_passage};
use super::token::{self, Token, TokenKind};
use crate::statute::prose::{Subject, Term};
use crate::text::Memo;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    /// The passages by their text.
    static PASSAGES: RefCell<Memo<String, Rc<PassageReading>>> = const { RefCell::new(Memo::new(256)) };
}

/// A passage. Spans count from its start.
pub(super) struct PassageReading {
    tokens: Vec<Token>,
    /// Whether it states no figure and does not affect the figures of other passages.
    is_plain: bool,
    /// Its last statements, and the context before it at that time.
    said: RefCell<Option<(Spoken, Rc<PlainReading>)>>,
}

impl PassageReading {
    /// The passage with the text `text`.
    pub(super) fn of(text: &str) -> Rc<PassageReading> {
        Memo::of_text(&PASSAGES, text, || {
            let tokens = token::tokens(text);
            let figures = |token: &Token| {
                matches!(
                    token.kind,
                    TokenKind::Number(_) | TokenKind::Term(Term::Parts { .. } | Term::Inside | Term::Seen)
                )
            };
            let is_plain = !tokens.iter().any(figures);
            Rc::new(PassageReading { tokens, is_plain, said: RefCell::default() })
        })
    }

    /// Its tokens.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Its tokens, for a passage that starts at `start`.
    pub(super) fn tokens_at(&self, start: usize) -> Vec<Token> {
        let mut tokens = self.tokens.clone();
        tokens.iter_mut().for_each(|token| token.shift(start));
        tokens
    }

    /// Its statements in the context `spoken`, if they depend on nothing else.
    pub(super) fn plain_reading(&self, spoken: Spoken) -> Option<Rc<PlainReading>> {
        if !self.is_plain {
            return None;
        }
        let mut said = self.said.borrow_mut();
        let reading = match &*said {
            Some((before, reading)) if *before == spoken => Rc::clone(reading),
            _ => {
                let reading = Rc::new(read_alone(&self.tokens, spoken));
                *said = Some((spoken, Rc::clone(&reading)));
                reading
            }
        };
        Some(reading).filter(|reading| reading.is_complete())
    }

    /// The context after it in the context `spoken`, if it states nothing.
    pub(super) fn silent_reading(&self, spoken: Spoken) -> Option<Spoken> {
        self.plain_reading(spoken)?.silent()
    }
}

/// The statements in the `passages` under one heading, each with its start. `topic` is the topic that the heading names. For each
/// passage that states nothing, also the contexts before and after it.
pub(super) fn read(
    passages: &[(usize, Rc<PassageReading>)],
    topic: Option<Subject>,
) -> (Vec<Statement>, Vec<Option<[Spoken; 2]>>) {
    let mut said = PassageState::under(topic);
    let mut out = Vec::new();
    let mut silent = Vec::with_capacity(passages.len());
    for (start, passage) in passages {
        let before = said.spoken();
        let reading = before.and_then(|before| passage.plain_reading(before));
        silent.push(
            before.zip(reading.as_ref().and_then(|reading| reading.silent())).map(|(before, after)| [before, after]),
        );
        match reading {
            Some(reading) => said = reading.add(*start, &mut out, said),
            None => (out, said) = read_passage(&passage.tokens_at(*start), out, said),
        }
    }
    (finish_passages(out, said), silent)
}
