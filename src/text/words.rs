//! Searches a text for sets of characters and words, in one pass.

/// An approximate set of characters: a character also counts as a member if its code ends in the same ten bits as that
/// of a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CharacterSet {
    bits: [u64; 16],
}

impl CharacterSet {
    /// The set of `characters`.
    #[expect(clippy::indexing_slicing, reason = "a slot has four bits, and no other way is constant")]
    pub const fn new(characters: &[char]) -> CharacterSet {
        let mut bits = [0; 16];
        let mut rest = characters;
        while let [character, after @ ..] = rest {
            let (index, bit) = slot(*character as usize);
            bits[index] |= bit;
            rest = after;
        }
        CharacterSet { bits }
    }

    /// Whether `c` may be a member: never false for a member.
    pub fn may_hold(&self, c: char) -> bool {
        let (index, bit) = slot(c as usize);
        self.bits.get(index).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether the two sets may have a member in common: never false if they have.
    pub fn may_meet(&self, other: &CharacterSet) -> bool {
        self.bits.iter().zip(&other.bits).fold(0, |all, (a, b)| all | (a & b)) != 0
    }

    /// The places of members in `text`, in order. The result may contain other characters, so the caller has to check.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, char)> + 'a {
        let bytes = text.as_bytes();
        let mut next = 0;
        std::iter::from_fn(move || {
            while let Some((code, length)) = code_at(bytes, next) {
                let at = next;
                next += length;
                let (index, bit) = slot(code);
                if self.bits.get(index).is_some_and(|bits| bits & bit != 0) {
                    return Some((at, text.get(at..)?.chars().next()?));
                }
            }
            None
        })
    }
}

/// A summary of the characters of a text, which excludes most searches without reading the text.
#[derive(Clone, Copy, Debug)]
pub struct CharacterSummary {
    /// Its characters.
    pub characters: CharacterSet,
    /// Whether one of them occurs twice in a row, or two with the same last bits do.
    doubled: bool,
}

impl CharacterSummary {
    /// The summary of `text`.
    pub fn of(text: &str) -> CharacterSummary {
        let (mut bits, mut doubled, mut before) = ([0; 16], false, usize::MAX);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some((code, length)) = code_at(bytes, at) {
            let (index, bit) = slot(code);
            if let Some(bits) = bits.get_mut(index) {
                *bits |= bit;
            }
            doubled |= code == before;
            before = code;
            at += length;
        }
        CharacterSummary { characters: CharacterSet { bits }, doubled }
    }
}

/// The last twelve bits of the code of the character at `at`, and its length in bytes.
#[inline]
fn code_at(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let low = |after: usize| usize::from(bytes.get(at + after).copied().unwrap_or_default() & 0x3f);
    let first = *bytes.get(at)?;
    Some(match first {
        0..0x80 => (usize::from(first), 1),
        0x80..0xe0 => (usize::from(first & 0x1f) << 6 | low(1), 2),
        0xe0..0xf0 => (low(1) << 6 | low(2), 3),
        0xf0.. => (low(2) << 6 | low(3), 4),
    })
}

/// The bit of [`CharacterSet`] for the character `code`: the index of the word, and the bit in it.
#[inline]
const fn slot(code: usize) -> (usize, u64) {
    (code / 64 % 16, 1 << (code % 64))
}

/// A set of words.
#[derive(Debug)]
pub struct WordSet {
    /// The first character of each word, its index in the set, and the word, by the character.
    words: Vec<(char, usize, &'static str)>,
    firsts: CharacterSet,
}

impl WordSet {
    /// The set of `words`, none of which is empty.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> WordSet {
        let words = words.into_iter().enumerate();
        let mut words: Vec<_> = words.filter_map(|(index, word)| Some((word.chars().next()?, index, word))).collect();
        words.sort();
        let firsts: Vec<char> = words.iter().map(|(first, ..)| *first).collect();
        WordSet { words, firsts: CharacterSet::new(&firsts) }
    }

    /// The occurrences of the words in `text`, including overlapping ones: the offset, and the index of the word. They
    /// are in the order of the text; words that start at the same place are in the order of the set.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.firsts.found(text).flat_map(move |(at, c)| {
            let rest = text.get(at..).unwrap_or_default();
            let words = self.words.iter().skip_while(move |(first, ..)| *first < c);
            let words = words.take_while(move |(first, ..)| *first == c);
            words.filter(move |(.., word)| rest.starts_with(*word)).map(move |(_, index, _)| (at, *index))
        })
    }

    /// Whether any of the words may occur in a text with the summary `makeup`: never false if one does.
    pub fn may_stand_in(&self, makeup: &CharacterSummary) -> bool {
        let CharacterSummary { characters, doubled } = makeup;
        let may_stand = |word: &str| {
            word.chars().all(|c| characters.may_hold(c)) && (*doubled || !CharacterSummary::of(word).doubled)
        };
        self.firsts.may_meet(characters) && self.words.iter().any(|(.., word)| may_stand(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_at_every_place() {
        let set = ['x', 'é', '公', '，', '😀', '\u{20401}'];
        let characters = CharacterSet::new(&set);
        let text = "😀公xé，\u{20401}\u{1000}aé公\u{801}y公";
        let found: Vec<_> = characters.found(text).filter(|(_, c)| set.contains(c)).collect();
        assert_eq!(found, text.char_indices().filter(|(_, c)| set.contains(c)).collect::<Vec<_>>());
        // A character with the same last bits as 公 is only a candidate.
        let alike = char::from_u32('公' as u32 ^ 0x3400).unwrap();
        assert_eq!(characters.found(&alike.to_string()).count(), 1);
        assert_eq!(characters.found("y\u{ff}开\u{1f601}").count(), 0);
        let of = |text: &str| CharacterSummary::of(text).characters;
        assert!(set.iter().all(|c| of(text).may_hold(*c)));
        assert_eq!(of(text), CharacterSet::new(&text.chars().collect::<Vec<_>>()));
        assert!(of("y公").may_meet(&characters) && !of("y开").may_meet(&characters));
        for (text, doubled) in
            [("", false), ("公", false), ("公开公", false), ("开公公", true), ("，，", true), ("😀😀", true)]
        {
            assert_eq!(CharacterSummary::of(text).doubled, doubled, "{text}");
        }
    }

    #[test]
    fn every_word_at_every_place() {
        let words = WordSet::new(["公开", "公开申请", "申请公开", "!", "开申"]);
        let text = "依申请公开申请！a!公";
        let due = [(3, 2), (9, 0), (9, 1), (12, 4), (25, 3)];
        assert_eq!(words.found(text).collect::<Vec<_>>(), due);
        for (at, word) in due {
            assert!(words.words.iter().any(|(_, index, known)| *index == word && text[at..].starts_with(known)));
        }
        let of = CharacterSummary::of;
        assert!(words.may_stand_in(&of(text)) && words.may_stand_in(&of("开公")));
        assert!(!words.may_stand_in(&of("公，申")));
        let doubled = WordSet::new(["，，"]);
        assert!(doubled.may_stand_in(&of("公，，")) && !doubled.may_stand_in(&of("公，开，")));
        let any_in = |text: &str| words.found(text).next().is_some();
        assert!(!any_in("公，开") && !any_in(""));
        // U+516C and U+556C have the same last bits.
        assert!(!any_in("\u{556c}开"));
    }
}
