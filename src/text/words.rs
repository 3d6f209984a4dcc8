//! Characters and words that are looked for together: one pass over a text finds them all.

/// A set of characters.
#[derive(Debug)]
pub struct Characters {
    /// Those of which the codes end in the same twelve bits: nearly every place in a text is told by that.
    bits: [u64; 64],
}

impl Characters {
    /// The set of `characters`.
    #[expect(clippy::indexing_slicing, reason = "a slot has six bits, and no other way is constant")]
    pub const fn new(characters: &[char]) -> Characters {
        let mut bits = [0; 64];
        let mut rest = characters;
        while let [character, behind @ ..] = rest {
            let (index, bit) = slot(*character as usize);
            bits[index] |= bit;
            rest = behind;
        }
        Characters { bits }
    }

    /// Where they stand in `text`, in order. A few others are among what is found: the caller looks which it is.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, char)> + 'a {
        let bytes = text.as_bytes();
        let mut next = 0;
        std::iter::from_fn(move || {
            loop {
                let at = next;
                let low = |behind: usize| usize::from(bytes.get(at + behind).copied().unwrap_or_default() & 0x3f);
                let first = *bytes.get(at)?;
                let code = match first {
                    0..0x80 => {
                        next = at + 1;
                        usize::from(first)
                    }
                    0x80..0xe0 => {
                        next = at + 2;
                        usize::from(first & 0x1f) << 6 | low(1)
                    }
                    0xe0..0xf0 => {
                        next = at + 3;
                        low(1) << 6 | low(2)
                    }
                    0xf0.. => {
                        next = at + 4;
                        low(2) << 6 | low(3)
                    }
                };
                let (index, bit) = slot(code);
                if self.bits.get(index).is_some_and(|bits| bits & bit != 0) {
                    return Some((at, text.get(at..)?.chars().next()?));
                }
            }
        })
    }
}

/// Which of the bits of [`Characters`] stands for the character `code`: the word, and the bit in it.
const fn slot(code: usize) -> (usize, u64) {
    (code / 64 % 64, 1 << (code % 64))
}

/// A set of words.
#[derive(Debug)]
pub struct Words {
    /// Each with its first character and its place in the set, by the character.
    words: Vec<(char, usize, &'static str)>,
    firsts: Characters,
}

impl Words {
    /// The set of `words`, none of which is empty.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Words {
        let words = words.into_iter().enumerate();
        let mut words: Vec<_> = words.filter_map(|(index, word)| Some((word.chars().next()?, index, word))).collect();
        words.sort();
        let firsts: Vec<char> = words.iter().map(|(first, ..)| *first).collect();
        Words { words, firsts: Characters::new(&firsts) }
    }

    /// Where the words stand in `text`, also where they overlap: the byte, and which word. In the order of the text; those
    /// that start at one place in the order of the set.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.firsts.found(text).flat_map(move |(at, c)| {
            let rest = text.get(at..).unwrap_or_default();
            let words = self.words.iter().skip_while(move |(first, ..)| *first < c);
            let words = words.take_while(move |(first, ..)| *first == c);
            words.filter(move |(.., word)| rest.starts_with(*word)).map(move |(_, index, _)| (at, *index))
        })
    }

    /// Whether any of them stands in `text`.
    pub fn any_in(&self, text: &str) -> bool {
        self.found(text).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_at_every_place() {
        let set = ['x', 'é', '公', '，', '😀', '\u{20001}'];
        let characters = Characters::new(&set);
        let text = "😀公xé，\u{20001}\u{1000}aé公\u{801}y公";
        let found: Vec<_> = characters.found(text).filter(|(_, c)| set.contains(c)).collect();
        assert_eq!(found, text.char_indices().filter(|(_, c)| set.contains(c)).collect::<Vec<_>>());
        // Which has the last bits in common with 公, and is no more than a place to look at.
        let alike = char::from_u32('公' as u32 ^ 0x3000).unwrap();
        assert_eq!(characters.found(&alike.to_string()).count(), 1);
        assert_eq!(characters.found("y\u{ff}开\u{1f601}").count(), 0);
    }

    #[test]
    fn every_word_at_every_place() {
        let words = Words::new(["公开", "公开申请", "申请公开", "!", "开申"]);
        let text = "依申请公开申请！a!公";
        let due = [(3, 2), (9, 0), (9, 1), (12, 4), (25, 3)];
        assert_eq!(words.found(text).collect::<Vec<_>>(), due);
        for (at, word) in due {
            assert!(words.words.iter().any(|(_, index, known)| *index == word && text[at..].starts_with(known)));
        }
        assert!(words.any_in(text) && !words.any_in("公，开") && !words.any_in(""));
        // U+516C and U+616C have the last bits in common.
        assert!(!words.any_in("\u{616c}开"));
    }
}
