//! What is found in a line of words by itself, whatever stands around it. It is worked out once, and kept from one judgement
//! to the next as long as the line says the same: who types in one paragraph has the others looked at no more.

use super::prose::At;
use crate::text::{Span, fold};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// A line. Places count from its start.
#[derive(Debug)]
pub(super) struct Line {
    text: Box<str>,
    folded: OnceLock<String>,
    /// Marks in half width that GK601 is about.
    pub(super) half_width: OnceLock<Vec<Vec<At>>>,
    /// Slips that GK605 is about, and what is meant.
    pub(super) slips: OnceLock<Vec<(Span, String)>>,
    /// Whether its quotes and brackets have their counterparts in it, which GK603 asks.
    pub(super) is_matched: OnceLock<bool>,
    /// Whether something in it may be what GK604 is about.
    pub(super) is_suspicious: OnceLock<bool>,
    /// Whether it states a figure, which GK606 asks.
    pub(super) has_figure: OnceLock<bool>,
    /// Where it speaks of many departments, and with which words, which GK606 asks.
    pub(super) of_many: OnceLock<Option<(usize, &'static str)>>,
}

impl Line {
    fn new(text: &str) -> Line {
        Line {
            text: text.into(),
            folded: OnceLock::new(),
            half_width: OnceLock::new(),
            slips: OnceLock::new(),
            is_matched: OnceLock::new(),
            is_suspicious: OnceLock::new(),
            has_figure: OnceLock::new(),
            of_many: OnceLock::new(),
        }
    }

    /// What it says.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The same, folded.
    pub(super) fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(&self.text))
    }
}

/// Lines by what they say.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(BTreeMap<u64, Arc<Line>>);

impl Lines {
    /// The line that says `text`, as it was known here or else `before`.
    pub(super) fn line(&mut self, text: &str, before: &Lines) -> Arc<Line> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let hash = hasher.finish();
        let known = |lines: &Lines| lines.0.get(&hash).filter(|line| &*line.text == text).cloned();
        if let Some(line) = known(self) {
            return line;
        }
        let line = known(before).unwrap_or_else(|| Arc::new(Line::new(text)));
        self.0.insert(hash, Arc::clone(&line));
        line
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_line_is_known_of_the_same_words_only() {
        let (mut first, mut second) = (Lines::default(), Lines::default());
        let line = first.line("一、总体　情况", &second);
        assert_eq!((line.text(), line.folded()), ("一、总体　情况", "一、总体情况"));
        assert!(Arc::ptr_eq(&line, &first.line("一、总体　情况", &second)));
        assert!(Arc::ptr_eq(&line, &second.line("一、总体　情况", &first)));
        assert!(!Arc::ptr_eq(&line, &second.line("一、总体情况", &first)));
    }
}
