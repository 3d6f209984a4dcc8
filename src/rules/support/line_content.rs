//! The features of a line of prose that depend on its text alone. They are cached by that text: after an edit only the
//! edited line is examined, and a line that occurs in many reports is examined once.

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

/// The kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum PersonalDatum {
    /// 公民身份号码
    IdentityNumber,
    /// The name of an applicant.
    Name,
    /// A mobile number.
    Mobile,
}

/// The features of a line. Places count from its start.
#[derive(Debug)]
pub(in crate::rules) struct LineContent {
    text: Box<str>,
    makeup: CharacterSummary,
    folded: OnceCell<String>,
    /// The number of characters of its key, as far as GK110 counts.
    pub(in crate::rules) letters: OnceCell<usize>,
    /// Half-width marks, for GK601.
    pub(in crate::rules) half_width: OnceCell<Vec<Vec<At>>>,
    /// Slips, and their corrections, for GK605.
    pub(in crate::rules) slips: OnceCell<Vec<(Span, String)>>,
    /// Titles inside titles, for GK607.
    pub(in crate::rules) nested_titles: OnceCell<Vec<NestedTitle>>,
    /// Instructions of the format and blanks that were not filled in, for GK126.
    pub(in crate::rules) template: OnceCell<(Vec<Span>, Vec<Span>)>,
    /// Personal data, for GK608.
    pub(in crate::rules) personal: OnceCell<Vec<(Span, PersonalDatum)>>,
    /// Whether its quotes and brackets are paired, for GK603.
    pub(in crate::rules) is_matched: OnceCell<bool>,
    /// Whether it may contain a finding of GK604.
    pub(in crate::rules) is_suspicious: OnceCell<bool>,
    /// Whether it states a figure, for GK606.
    pub(in crate::rules) has_figure: OnceCell<bool>,
    /// The handling fees that it states as collected, in ten-thousandths of a yuan, for GK308.
    pub(in crate::rules) handling_fees: OnceCell<Vec<(i128, Span)>>,
    /// The brackets of the number at its start, for GK602.
    pub(in crate::rules) numbering: OnceCell<Option<(At, At)>>,
    /// The topics required by GK109 that it covers.
    pub(in crate::rules) topics: OnceCell<u8>,
    /// The place and the words of a reference to many departments, for GK606.
    pub(in crate::rules) of_many: OnceCell<Option<(usize, &'static str)>>,
}

impl LineContent {
    /// The content of the line `text`.
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

    /// The text of the line.
    pub(in crate::rules) fn text(&self) -> &str {
        &self.text
    }

    /// The characters of the text: for most lines they exclude what a rule searches for.
    pub(in crate::rules) fn characters(&self) -> &CharacterSet {
        &self.makeup.characters
    }

    /// The result of [`WordSet::found`] for its text.
    pub(in crate::rules) fn found<'a>(&'a self, words: &'a WordSet) -> impl Iterator<Item = (usize, usize)> + 'a {
        words.may_stand_in(&self.makeup).then(|| words.found(&self.text)).into_iter().flatten()
    }

    /// The folded text.
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
