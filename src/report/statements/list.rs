//! Parts of a figure, as they are met.

use super::Parts;
use super::token::Punctuation;

/// A list of parts that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    /// The figure they are parts of: an index of statements.
    pub(super) whole: usize,
    /// The parts, each with the last character of its name.
    pub(super) items: Vec<(usize, Option<char>)>,
    /// Whether the text says that these are all.
    all: bool,
    /// Whether it is what is in brackets after a figure, without a word that says so.
    pub(super) bracket: bool,
    pub(super) separator: Option<Punctuation>,
    /// Whether something is in the list that is no part, or 等.
    pub(super) open: bool,
    /// Whether no word says that they are parts.
    pub(super) implied: bool,
    /// Whether not all of its parts are called kinds: 类.
    pub(super) mixed: bool,
    /// Whether a semicolon came after items parted by commas.
    pub(super) doubtful: bool,
    /// How many items there were then.
    split: usize,
    /// Where in them the group starts that a total in the list is of: 其中网站5条、微信3条，共8条；…
    group: usize,
    /// 从渠道看: whether it divides the whole in one of several ways.
    pub(super) divides: bool,
    /// Whether shares are between the parts.
    pub(super) shares: bool,
    /// Whether the last part is 其余 or 其他.
    rest: bool,
    /// Whether one thing may be counted in two of its parts.
    pub(super) overlap: bool,
    /// The part that is of applications for disclosure, and whether another is of something else.
    pub(super) own: Option<usize>,
    pub(super) names_another: bool,
    /// The sum of the parts, and of the figures between them that count other things.
    sum: i64,
    beside: i64,
    /// How many parts are outcomes of applications.
    pub(super) outcomes: usize,
    /// How many parts are named by how they came, or from whom: 网上申请3件, 公民2件.
    pub(super) ways: usize,
    /// Whether it is not known that the last part ends it.
    uncertain: bool,
    /// Whether each part has a line of its own, and the last of them ended with a full stop.
    pub(super) by_line: bool,
    pub(super) at_stop: bool,
}

impl List {
    pub(super) fn new(whole: usize, all: bool, bracket: bool) -> List {
        List { whole, all, bracket, ..List::default() }
    }

    /// Whether nothing is in it yet but a bracket.
    pub(super) fn is_fresh_bracket(&self) -> bool {
        self.bracket && self.items.is_empty()
    }

    pub(super) fn add(&mut self, number: usize, count: i64, named: Option<char>, rest: bool) {
        self.items.push((number, named));
        self.sum = self.sum.saturating_add(count);
        self.rest = rest;
    }

    /// Takes note of a figure of other things between its parts: 信息90条，访谈2期，其他信息8条. Whether the list of the parts of
    /// `whole` may go on after it.
    pub(super) fn pass_over(&mut self, count: i64, whole: i64) -> bool {
        if self.items.is_empty() || self.sum.saturating_add(self.beside) >= whole {
            return false;
        }
        self.beside = self.beside.saturating_add(count);
        self.open = true;
        true
    }

    /// Whether the parts make something near `whole`.
    fn is_near(&self, whole: i64) -> bool {
        self.sum.abs_diff(whole).saturating_mul(4) <= whole.unsigned_abs()
    }

    /// Whether `count` more would be more than `whole`, after figures of other things.
    pub(super) fn exceeds(&self, count: i64, whole: i64) -> bool {
        self.beside > 0 && self.sum.saturating_add(self.beside).saturating_add(count) > whole
    }

    /// Whether nothing follows yet the semicolon that may end it.
    pub(super) fn is_at_split(&self) -> bool {
        self.doubtful && self.split == self.items.len()
    }

    /// Whether all of its parts are named by how they came, or from whom.
    pub(super) fn is_of_ways(&self) -> bool {
        !self.items.is_empty() && self.ways == self.items.len()
    }

    /// Whether its parts are outcomes of applications.
    pub(super) fn is_of_outcomes(&self) -> bool {
        self.outcomes > 0 && self.ways == 0 && !self.names_another
    }

    /// Whether its parts are set apart by semicolons, and the last of them is the figure `number`.
    pub(super) fn ends_with_clause(&self, number: usize) -> bool {
        self.separator == Some(Punctuation::Semicolon) && self.items.last().is_some_and(|(last, _)| *last == number)
    }

    /// The items before the semicolon that may end it, if others follow.
    pub(super) fn before_split(&self) -> Option<Vec<usize>> {
        let before = self.items.get(..self.split).filter(|_| self.doubtful && self.split < self.items.len())?;
        Some(before.iter().map(|(item, _)| *item).collect())
    }

    /// Ends it at the semicolon that parts it, if it `ended` there. Gives the items that are none of it.
    pub(super) fn settle(&mut self, ended: bool) -> Vec<usize> {
        if !ended {
            self.uncertain = true;
            return Vec::new();
        }
        self.doubtful = false;
        self.items.drain(self.split..).map(|(item, _)| item).collect()
    }

    /// Whether a total in it says what some of its items make.
    pub(super) fn is_grouped(&self) -> bool {
        self.group > 0
    }

    /// The items since the last total in it, if they are more than one.
    pub(super) fn open_group(&self) -> Option<Vec<usize>> {
        let items = self.items.get(self.group..).filter(|items| items.len() >= 2)?;
        Some(items.iter().map(|(item, _)| *item).collect())
    }

    /// Puts their total in the place of the items since the last one.
    pub(super) fn close_group(&mut self, total: usize) {
        self.items.truncate(self.group);
        self.items.push((total, None));
        self.group = self.items.len();
        (self.doubtful, self.rest) = (false, false);
    }

    /// Takes note of a separator between its items.
    pub(super) fn separate(&mut self, mark: Punctuation) {
        if self.items.is_empty() {
            return;
        }
        match (mark, self.separator) {
            // Commas part its items: what comes now may be one more of them, or something else.
            (Punctuation::Semicolon, Some(Punctuation::Comma | Punctuation::Enumeration)) => {
                if !self.doubtful {
                    self.split = self.items.len();
                }
                self.doubtful = !self.shares && !self.is_grouped();
            }
            (Punctuation::Semicolon, _) => self.separator = Some(Punctuation::Semicolon),
            (_, None) => self.separator = Some(mark),
            _ => {}
        }
    }

    /// The parts of `whole`, if there are any; `regular` if it ends where a sentence, a bracket or a group of clauses does.
    pub(super) fn finish(&self, whole: Option<i64>, regular: bool) -> Option<Parts> {
        if self.items.is_empty() {
            return None;
        }
        // No word says that they are parts, and their sum does not either.
        if self.implied && !whole.is_some_and(|whole| self.is_near(whole)) {
            return None;
        }
        // Only several things that are all called kinds, or of which the last are the others, or that have shares, are taken
        // for parts of what was counted.
        let kinds = self.items.len() >= 3 && !self.mixed;
        if self.implied && !kinds && !((self.rest || self.shares) && self.items.len() >= 2) {
            return None;
        }
        let first = self.items.first().and_then(|(_, named)| *named);
        let alike = first.is_some() && self.items.iter().all(|(_, named)| *named == first);
        let items = self.items.iter().map(|(item, _)| *item).collect();
        let open = self.open || !regular;
        Some(Parts {
            items,
            all: !open && !self.uncertain && (self.all || self.rest),
            open,
            overlap: self.overlap && !self.rest,
            alike,
            beside: self.beside,
        })
    }
}
