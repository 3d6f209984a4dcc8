//! What is seen of a text, character by character, and where each is: tags are not seen, references for characters are
//! seen as the characters they represent.

use std::ops::Range;

/// The characters that are seen of `text`, HTML or not.
pub(crate) fn characters(text: &str, html: bool) -> Vec<(char, Range<usize>)> {
    const REFERENCES: [(&str, char); 4] =
        [("&ldquo;", '“'), ("&rdquo;", '”'), ("&nbsp;", '\u{a0}'), ("&#12288;", '\u{3000}')];
    let mut seen = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let reference = REFERENCES.iter().find(|(reference, _)| rest.starts_with(reference));
        let length = match (c, reference) {
            ('<', _) if html => {
                let end = if rest.starts_with("<!--") { "-->" } else { ">" };
                at += rest.find(end).map_or(rest.len(), |found| found + end.len());
                continue;
            }
            (_, Some((reference, c))) if html => {
                seen.push((*c, at..at + reference.len()));
                reference.len()
            }
            _ => {
                seen.push((c, at..at + c.len_utf8()));
                c.len_utf8()
            }
        };
        at += length;
    }
    seen
}

/// What is seen of `text`, without white space.
pub(crate) fn words(text: &str, html: bool) -> String {
    characters(text, html).into_iter().map(|(c, _)| c).filter(|c| !c.is_whitespace()).collect()
}

/// Where the characters of `words` are, for the first time in `range`.
pub(crate) fn find(text: &str, html: bool, words: &str, range: Range<usize>) -> Option<Vec<Range<usize>>> {
    let whole = text.get(range.clone())?;
    if let Some(at) = whole.find(words) {
        let start = range.start + at;
        return Some(words.char_indices().map(|(at, c)| start + at..start + at + c.len_utf8()).collect());
    }
    if !html {
        return None;
    }
    let seen = characters(whole, html);
    let wanted: Vec<char> = words.chars().collect();
    let at = seen.windows(wanted.len()).position(|window| window.iter().map(|(c, _)| c).eq(&wanted))?;
    let place = |place: &Range<usize>| range.start + place.start..range.start + place.end;
    Some(seen[at..at + wanted.len()].iter().map(|(_, range)| place(range)).collect())
}
