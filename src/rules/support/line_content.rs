//! What is found in a line of words by itself, whatever is around it. It depends on the text of the line alone and is kept by
//! that: after an edit only the line that was typed in is looked at, and a line that is in many reports is looked at once.

use crate::rules::support::running_text::At;
use crate::text::{CharacterSet, CharacterSummary, Memo, Span, WordSet, fold};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

thread_local! {
    /// The lines by their text. A report of the usual length has some hundred.
    static LINES: RefCell<Memo<String, Rc<LineContent>>> = const { RefCell::new(Memo::new(1024)) };
}

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
pub(in crate::rules) struct LineContent {
    text: Box<str>,
    makeup: CharacterSummary,
    folded: OnceCell<String>,
    /// How many characters its key has, as far as GK110 counts.
    pub(in crate::rules) letters: OnceCell<usize>,
    /// Marks in half width that GK601 is about.
    pub(in crate::rules) half_width: OnceCell<Vec<Vec<At>>>,
    /// Slips that GK605 is about, and what is meant.
    pub(in crate::rules) slips: OnceCell<Vec<(Span, String)>>,
    /// Titles inside titles, which GK607 is about.
    pub(in crate::rules) nested_titles: OnceCell<Vec<NestedTitle>>,
    /// What the format says is to be filled in, and blanks that were not, which GK126 is about.
    pub(in crate::rules) template: OnceCell<(Vec<Span>, Vec<Span>)>,
    /// What identifies a person, which GK608 is about.
    pub(in crate::rules) personal: OnceCell<Vec<(Span, PersonalDatum)>>,
    /// Whether its quotes and brackets have their counterparts in it, which GK603 asks.
    pub(in crate::rules) is_matched: OnceCell<bool>,
    /// Whether something in it may be what GK604 is about.
    pub(in crate::rules) is_suspicious: OnceCell<bool>,
    /// Whether it states a figure, which GK606 asks.
    pub(in crate::rules) has_figure: OnceCell<bool>,
    /// What it says was collected as handling fees, which GK308 asks, in ten-thousandths of a yuan.
    pub(in crate::rules) handling_fees: OnceCell<Vec<(i128, Span)>>,
    /// The brackets of the number that it starts with, which GK602 compares.
    pub(in crate::rules) numbering: OnceCell<Option<(At, At)>>,
    /// What of that which GK109 asks for it speaks of.
    pub(in crate::rules) topics: OnceCell<u8>,
    /// Where it speaks of many departments, and with which words, which GK606 asks.
    pub(in crate::rules) of_many: OnceCell<Option<(usize, &'static str)>>,
}

impl LineContent {
    /// The line that says `text`.
    pub(in crate::rules) fn of(text: &str) -> Rc<LineContent> {
        Memo::of_text(&LINES, text, || Rc::new(LineContent::new(text)))
    }

    fn new(text: &str) -> LineContent {
        LineContent {
            text: text.into(),
            makeup: CharacterSummary::of(text),
            folded: OnceCell::new(),
            letters: OnceCell::new(),
            half_width: OnceCell::new(),
            slips: OnceCell::new(),
            nested_titles: OnceCell::new(),
            template: OnceCell::new(),
            personal: OnceCell::new(),
            is_matched: OnceCell::new(),
            is_suspicious: OnceCell::new(),
            has_figure: OnceCell::new(),
            handling_fees: OnceCell::new(),
            numbering: OnceCell::new(),
            topics: OnceCell::new(),
            of_many: OnceCell::new(),
        }
    }

    /// What it says.
    pub(in crate::rules) fn text(&self) -> &str {
        &self.text
    }

    /// The characters of that: they tell of most lines that there is nothing to look for.
    pub(in crate::rules) fn characters(&self) -> &CharacterSet {
        &self.makeup.characters
    }

    /// What [`WordSet::found`] gives for its text.
    pub(in crate::rules) fn found<'a>(&'a self, words: &'a WordSet) -> impl Iterator<Item = (usize, usize)> + 'a {
        words.may_stand_in(&self.makeup).then(|| words.found(&self.text)).into_iter().flatten()
    }

    /// The same, folded.
    pub(in crate::rules) fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_line_is_known_of_the_same_words_only() {
        let [first, again, other] = ["一、总体　情况", "一、总体　情况", "一、总体 情况"].map(LineContent::of);
        assert_eq!((first.text(), first.folded()), ("一、总体　情况", "一、总体情况"));
        assert!(Rc::ptr_eq(&first, &again) && !Rc::ptr_eq(&first, &other));
    }
}
