//! Words that are looked for together: one pass over a text finds them all.

/// A set of words.
#[derive(Debug)]
pub struct Words {
    /// Each with its first character and its place in the set, by the character.
    words: Vec<(char, usize, &'static str)>,
    /// The characters that some of them start with, by the last bits of their codes: nearly every place in a text is told by
    /// that.
    firsts: [u64; 64],
}

impl Words {
    /// The set of `words`, none of which is empty.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Words {
        let words = words.into_iter().enumerate();
        let mut words: Vec<_> = words.filter_map(|(index, word)| Some((word.chars().next()?, index, word))).collect();
        words.sort();
        let mut firsts = [0u64; 64];
        for (first, ..) in &words {
            let (index, bit) = slot(*first);
            if let Some(bits) = firsts.get_mut(index) {
                *bits |= bit;
            }
        }
        Words { words, firsts }
    }

    /// Where the words stand in `text`, also where they overlap: the byte, and which word. In the order of the text; those
    /// that start at one place in the order of the set.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let starts = text.char_indices().filter(|(_, c)| {
            let (index, bit) = slot(*c);
            self.firsts.get(index).is_some_and(|bits| bits & bit != 0)
        });
        starts.flat_map(move |(at, c)| {
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

/// Which of the bits of [`Words::firsts`] stands for `c`: the word, and the bit in it.
fn slot(c: char) -> (usize, u64) {
    let code = c as usize;
    (code / 64 % 64, 1 << (code % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

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
