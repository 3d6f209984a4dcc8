//! Folding of text for comparison: NFKC, without spaces, with one kind of bracket and quote.

use std::str::Chars;
use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

/// A folded string, which is the same for all spellings of a label.
pub type Folded = String;

/// `source` in NFKC, without white space, with a single form of brackets, quotes, dashes and full stops after a number.
/// Two labels that differ only in spacing, width or the style of punctuation fold to the same string.
pub fn fold(source: &str) -> Folded {
    fold_where(source, |_| true)
}

/// The result of [`fold`] for `source`, reduced to hanzi, ASCII letters, digits and the characters for which `keeps`
/// returns true.
pub fn fold_where(source: &str, keeps: impl Fn(char) -> bool) -> Folded {
    let mut folded = String::with_capacity(source.len());
    for (plain, other) in plain_runs(source) {
        folded.push_str(plain);
        match other.chars().next().map(fold_char) {
            Some(FoldedChar::One(c)) if keeps(c) => folded.push(c),
            Some(FoldedChar::Nfkc) => folded.extend(folded_chars(other).filter(|c| keeps(*c))),
            Some(FoldedChar::One(_) | FoldedChar::Drop) | None => {}
        }
    }
    folded
}

/// Whether [`fold`] changes no hanzi of `source`, removes nothing, and produces only marks and ASCII from other
/// characters: then a word of hanzi that occurs in the folded text also occurs in `source`.
pub fn keeps_hanzi(source: &str) -> bool {
    let mut rest = source;
    loop {
        rest = rest.get(plain_length(rest)..).unwrap_or_default();
        let mut characters = rest.chars();
        match characters.next().map(fold_char) {
            None => return true,
            Some(FoldedChar::One(_)) => rest = characters.as_str(),
            Some(FoldedChar::Drop | FoldedChar::Nfkc) => return false,
        }
    }
}

/// `source` as runs of hanzi, ASCII letters and digits, which fold to themselves, each with the character after it.
pub fn plain_runs(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = source;
    std::iter::from_fn(move || {
        let (plain, after) = rest.split_at_checked(plain_length(rest))?;
        let (other, after) = after.split_at_checked(after.chars().next().map_or(0, char::len_utf8))?;
        rest = after;
        (!plain.is_empty() || !other.is_empty()).then_some((plain, other))
    })
}

/// How many bytes at the start of `text` are hanzi, ASCII letters and digits, as nearly all of a report is.
fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => 1,
            // U+4E00 to U+9FFF.
            0xe5..=0xe9 => 3,
            0xe4 if bytes.get(at + 1).is_some_and(|next| *next >= 0xb8) => 3,
            _ => break,
        };
    }
    at
}

/// The characters of [`fold`], one after the other, because the first few decide most comparisons.
pub fn folded_chars(source: &str) -> impl Iterator<Item = char> {
    FoldedChars { chars: source.chars(), several: Vec::new().into_iter() }
}

struct FoldedChars<'a> {
    chars: Chars<'a>,
    /// The rest of a character's NFKC form.
    several: std::vec::IntoIter<char>,
}

impl Iterator for FoldedChars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            if let Some(c) = self.several.next() {
                return Some(c);
            }
            let c = self.chars.next()?;
            match fold_char(c) {
                FoldedChar::Drop => {}
                FoldedChar::One(c) => return Some(c),
                FoldedChar::Nfkc => {
                    let several = std::iter::once(c).nfkc().filter_map(|c| match fold_char(c) {
                        FoldedChar::Drop => None,
                        FoldedChar::One(c) => Some(c),
                        FoldedChar::Nfkc => Some(c),
                    });
                    self.several = several.collect::<Vec<_>>().into_iter();
                }
            }
        }
    }
}

/// The result of [`fold`] for one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldedChar {
    /// It is removed.
    Drop,
    /// It becomes this one.
    One(char),
    /// It becomes its NFKC form, perhaps several characters.
    Nfkc,
}

/// The result of [`fold`] for `c`.
pub fn fold_char(c: char) -> FoldedChar {
    match c {
        // Nearly all characters are in these ranges, and the standard library's test for white space is slow for them.
        '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z' | 'A'..='Z' => FoldedChar::One(c),
        '\u{3000}' | '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => FoldedChar::Drop,
        c if c.is_whitespace() || c.is_control() => FoldedChar::Drop,
        '（' | '〔' | '［' | '【' | '﹝' | '[' => FoldedChar::One('('),
        '）' | '〕' | '］' | '】' | '﹞' | ']' => FoldedChar::One(')'),
        '“' | '”' | '＂' | '„' | '‟' | '「' | '」' | '『' | '』' | '‘' | '’' | '＇' | '\'' | '″' => {
            FoldedChar::One('"')
        }
        '—' | '–' | '―' | '‐' | '‑' | '−' | '－' => FoldedChar::One('-'),
        '\u{ff01}'..='\u{ff5e}' => FoldedChar::One(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        '｡' | '。' => FoldedChar::One('。'),
        '､' | '、' => FoldedChar::One('、'),
        c if c.is_ascii() => FoldedChar::One(c),
        _ => FoldedChar::Nfkc,
    }
}

/// The number of columns of a terminal that `c` takes: 2 for East Asian wide and full-width characters, 0 for combining
/// marks.
pub fn width(c: char) -> usize {
    UnicodeWidthChar::width(c).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_hanzi_stay_as_they_are() {
        for (text, keeps) in [
            ("", true),
            ("公开，１２条（3）！“a”—", true),
            ("公 开", false),
            ("公开\n", false),
            ("公\u{f900}开", false),
            ("㈠公开", false),
            ("公开\u{200b}", false),
        ] {
            assert_eq!(keeps_hanzi(text), keeps, "{text:?}");
            let hanzi = |text: &str| text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect::<String>();
            assert!(!keeps || hanzi(text) == hanzi(&fold(text)), "{text:?}");
        }
    }

    #[test]
    fn what_is_plain_folds_to_itself() {
        let odd =
            "\u{4dff}\u{4e00}\u{9fff}\u{a000}\u{3fff}\u{7fff}aZ09/:@[`{\u{80}é\u{ffff}\u{10000}（一）１２\u{fb01}㈠ 表";
        let one_by_one: String = folded_chars(odd).collect();
        assert_eq!(fold(odd), one_by_one);
        for (at, c) in odd.char_indices() {
            let plain = matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_ascii_alphanumeric();
            assert_eq!(plain_length(&odd[at..]) > 0, plain, "{c:?}");
        }
        assert_eq!(fold_where(odd, |_| false), "\u{4e00}\u{9fff}\u{7fff}aZ09一表");
    }

    #[test]
    fn spellings_of_one_label_fold_together() {
        for spelling in
            ["（一）予以公开", "(一) 予以公开", "（ 一 )予以\u{a0}公开", "（一）\u{3000}予以\n公开", "㈠予以公开"]
        {
            assert_eq!(fold(spelling), "(一)予以公开", "{spelling:?}");
        }
        assert_eq!(fold("3.危及“三安全一稳定”"), fold("３．危及\"三安全一稳定\""));
    }
}
