//! Facets: the parts of a report that an edit can change and a rule can read.

/// A set of facets of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facets(u16);

impl Facets {
    /// None of them.
    pub const NONE: Facets = Facets(0);
    /// The title, with its text, and the body that it names.
    pub const TITLE: Facets = Facets(1);
    /// The year that it is for.
    pub const YEAR: Facets = Facets(1 << 1);
    /// The headings of the sections, with their text.
    pub const HEADINGS: Facets = Facets(1 << 2);
    /// The paragraphs, with their text, and the figures stated in them.
    pub const PROSE: Facets = Facets(1 << 3);
    /// The labels and stray texts of the tables, and the set of rows.
    pub const LABELS: Facets = Facets(1 << 4);
    /// The values of the figures of the tables.
    pub const VALUES: Facets = Facets(1 << 6);
    /// The form of figures that are not plain digits, and other content of figure cells.
    pub const SPELLING: Facets = Facets(1 << 7);
    /// The tables.
    pub const TABLES: Facets = Facets::LABELS.and(Facets::VALUES).and(Facets::SPELLING);
    /// Line breaks, ASCII punctuation and markup, anywhere.
    pub const MARKS: Facets = Facets(1 << 5);
    /// The other reports that it is compared with; changed by no edit of its own text.
    pub const OTHERS: Facets = Facets(1 << 9);
    /// All of these, and any text between them.
    pub const ALL: Facets = Facets(u16::MAX);
    /// Text that is none of the above; changed by every edit.
    const WORDS: Facets = Facets(1 << 8);

    /// These and `other`.
    pub const fn and(self, other: Facets) -> Facets {
        Facets(self.0 | other.0)
    }

    /// Whether any of these is among `other`.
    pub const fn meets(self, other: Facets) -> bool {
        self.0 & other.0 != 0
    }

    /// The facets that replacing `removed` by `inserted` always changes.
    pub(super) fn of_edit(removed: &str, inserted: &str) -> Facets {
        let marks = |text: &str| text.bytes().any(|byte| byte.is_ascii_punctuation() || byte.is_ascii_control());
        if marks(removed) || marks(inserted) { Facets::WORDS.and(Facets::MARKS) } else { Facets::WORDS }
    }
}
