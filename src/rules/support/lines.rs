//! What is found in a line of words by itself, whatever stands around it. It is worked out once, and kept from one judgement
//! to the next as long as the line says the same: who types in one paragraph has the others looked at no more.

use crate::rules::support::prose::At;
use crate::text::{Characters, Makeup, Span, Words, fold};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A title inside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules) struct NestedTitle {
    /// From its opening mark to its closing mark.
    pub(in crate::rules) span: Span,
    /// Whether it is certain that the inner marks are the wrong ones.
    pub(in crate::rules) certain: bool,
}

/// What of a person is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum PersonalDatum {
    /// 公民身份号码
    IdentityNumber,
    /// The name of an applicant.
    Name,
    /// A mobile number.
    Mobile,
}

/// A line. Places count from its start.
#[derive(Debug)]
pub(in crate::rules) struct Line {
    text: Box<str>,
    makeup: Makeup,
    folded: OnceLock<String>,
    /// How many characters its key has, as far as GK110 counts.
    pub(in crate::rules) letters: OnceLock<usize>,
    /// Marks in half width that GK601 is about.
    pub(in crate::rules) half_width: OnceLock<Vec<Vec<At>>>,
    /// Slips that GK605 is about, and what is meant.
    pub(in crate::rules) slips: OnceLock<Vec<(Span, String)>>,
    /// Titles inside titles, which GK607 is about.
    pub(in crate::rules) nested_titles: OnceLock<Vec<NestedTitle>>,
    /// What identifies a person, which GK608 is about.
    pub(in crate::rules) personal: OnceLock<Vec<(Span, PersonalDatum)>>,
    /// Whether its quotes and brackets have their counterparts in it, which GK603 asks.
    pub(in crate::rules) is_matched: OnceLock<bool>,
    /// Whether something in it may be what GK604 is about.
    pub(in crate::rules) is_suspicious: OnceLock<bool>,
    /// Whether it states a figure, which GK606 asks.
    pub(in crate::rules) has_figure: OnceLock<bool>,
    /// What it says was collected as handling fees, which GK308 asks, in ten-thousandths of a yuan.
    pub(in crate::rules) handling_fees: OnceLock<Vec<(i128, Span)>>,
    /// The brackets of the number that it starts with, which GK602 compares.
    pub(in crate::rules) numbering: OnceLock<Option<(At, At)>>,
    /// What of that which GK109 asks for it speaks of.
    pub(in crate::rules) topics: OnceLock<u8>,
    /// Where it speaks of many departments, and with which words, which GK606 asks.
    pub(in crate::rules) of_many: OnceLock<Option<(usize, &'static str)>>,
}

impl Line {
    pub(in crate::rules) fn new(text: &str) -> Line {
        Line {
            text: text.into(),
            makeup: Makeup::of(text),
            folded: OnceLock::new(),
            letters: OnceLock::new(),
            half_width: OnceLock::new(),
            slips: OnceLock::new(),
            nested_titles: OnceLock::new(),
            personal: OnceLock::new(),
            is_matched: OnceLock::new(),
            is_suspicious: OnceLock::new(),
            has_figure: OnceLock::new(),
            handling_fees: OnceLock::new(),
            numbering: OnceLock::new(),
            topics: OnceLock::new(),
            of_many: OnceLock::new(),
        }
    }

    /// What it says.
    pub(in crate::rules) fn text(&self) -> &str {
        &self.text
    }

    /// The characters of that: they tell of most lines that there is nothing to look for.
    pub(in crate::rules) fn characters(&self) -> &Characters {
        &self.makeup.characters
    }

    /// What [`Words::found`] gives for its text.
    pub(in crate::rules) fn found<'a>(&'a self, words: &'a Words) -> impl Iterator<Item = (usize, usize)> + 'a {
        words.may_stand_in(&self.makeup).then(|| words.found(&self.text)).into_iter().flatten()
    }

    /// The same, folded.
    pub(in crate::rules) fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(&self.text))
    }
}

/// A line that is known, or one that stands nowhere among the lines of words.
pub(in crate::rules) enum LineRef<'a> {
    Known(&'a Line),
    New(Box<Line>),
}

impl Deref for LineRef<'_> {
    type Target = Line;

    fn deref(&self) -> &Line {
        match self {
            LineRef::Known(line) => line,
            LineRef::New(line) => line,
        }
    }
}

/// So many lines may have been taken out of a text or put into it before what was known of those behind is lost.
const WINDOW: usize = 64;

/// The lines that say `texts`, in their order: as they were known `before`, wherever one of the next says the same.
pub(in crate::rules) fn lines<'a>(texts: impl Iterator<Item = &'a str>, before: &[Arc<Line>]) -> Vec<Arc<Line>> {
    let mut next = 0;
    let line = |text: &str| {
        let rest = before.get(next..).unwrap_or_default();
        match rest.iter().take(WINDOW).position(|line| &*line.text == text) {
            Some(at) => {
                next += at + 1;
                Arc::clone(&rest[at])
            }
            None => Arc::new(Line::new(text)),
        }
    };
    texts.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_line_is_known_of_the_same_words_only() {
        let before = lines(["甲", "一、总体　情况", "乙", "乙"].into_iter(), &[]);
        assert_eq!((before[1].text(), before[1].folded()), ("一、总体　情况", "一、总体情况"));
        assert!(!Arc::ptr_eq(&before[2], &before[3]));
        // One is gone, one is another, one is new.
        let after = lines(["一、总体　情况", "丙", "乙", "丁"].into_iter(), &before);
        assert_eq!(after.iter().map(|line| line.text()).collect::<Vec<_>>(), ["一、总体　情况", "丙", "乙", "丁"]);
        let known = |line: &Arc<Line>| before.iter().position(|before| Arc::ptr_eq(before, line));
        assert_eq!(after.iter().map(known).collect::<Vec<_>>(), [Some(1), None, Some(2), None]);
    }
}
