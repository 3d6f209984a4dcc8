//! Byte spans and edits over them.

use std::ops::Range;

/// A half-open range of byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Span {
        Span { start: offset, end: offset }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// This span moved `by` bytes to the right.
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// Whether `offset` is inside or at either edge, as a cursor is.
    pub fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether the two share a byte or an edge.
    pub fn meets(self, other: Span) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span as a range for indexing a string.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The text of this span in `source`; empty if it is not a span of it.
    pub fn of(self, source: &str) -> &str {
        source.get(self.range()).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span { start: range.start, end: range.end }
    }
}

/// One replacement: `content` replaces the bytes of `span`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextEdit {
    /// The replaced span; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub content: String,
}

/// The combined effect of successive edits: one part of the text before them was replaced by a part of the text after
/// them, and nothing else changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The replaced part of the text before the edits.
    pub old: Span,
    /// The length of its replacement in bytes.
    pub inserted: usize,
}

impl Replacement {
    /// A single edit: `inserted` bytes replace `old`.
    pub fn new(old: Span, inserted: usize) -> Replacement {
        Replacement { old, inserted }
    }

    /// The replacement of [`Replacement::old`], in the text after the edits.
    pub fn new_span(self) -> Span {
        Span { start: self.old.start, end: self.old.start + self.inserted }
    }

    /// This replacement followed by one more edit: `inserted` bytes replace `span`.
    pub fn then(self, span: Span, inserted: usize) -> Replacement {
        let reached = self.new_span().cover(span);
        // Outside the replacement the two texts are equal, only shifted.
        let old = Span { start: reached.start, end: self.old.end + reached.end - self.new_span().end };
        Replacement { old, inserted: reached.len() - span.len() + inserted }
    }
}

/// Whether the two edits can be applied together: they share no byte, and are not insertions at one place.
pub fn compatible(a: &TextEdit, b: &TextEdit) -> bool {
    if a.span.start == b.span.start {
        return false;
    }
    a.span.end <= b.span.start || b.span.end <= a.span.start
}

/// `source` with `edits` applied. The edits may be in any order; an edit that overlaps an earlier one, or whose span is
/// not valid in `source`, is left out.
pub fn apply(source: &str, edits: &[TextEdit]) -> String {
    let mut ordered: Vec<&TextEdit> = edits.iter().collect();
    ordered.sort();
    let mut result = String::with_capacity(source.len());
    let mut done = 0;
    let mut last: Option<&TextEdit> = None;
    for edit in ordered {
        if last.is_some_and(|last| !compatible(last, edit)) {
            continue;
        }
        let (Some(kept), Some(_)) = (source.get(done..edit.span.start), source.get(edit.span.range())) else {
            continue;
        };
        result.push_str(kept);
        result.push_str(&edit.content);
        done = edit.span.end;
        last = Some(edit);
    }
    result.push_str(source.get(done..).unwrap_or_default());
    result
}

/// Combines `first`, edits of `source` that result in `middle`, and `second`, edits of `middle`, into edits of
/// `source`, by position, that can be applied together. Both are edits as [`apply`] takes them.
pub fn compose(source: &str, first: &[TextEdit], middle: &str, second: &[TextEdit]) -> Vec<TextEdit> {
    // The place of each edit in `middle`; for the first ones also the length of the text that they replaced in
    // `source`.
    let mut places: Vec<(Span, Option<usize>, Option<&TextEdit>)> = Vec::with_capacity(first.len() + second.len());
    let (mut grown, mut shrunk) = (0, 0);
    for edit in first {
        let start = edit.span.start + grown - shrunk;
        places.push((Span::new(start, start + edit.content.len()), Some(edit.span.len()), None));
        grown += edit.content.len();
        shrunk += edit.span.len();
    }
    places.extend(second.iter().map(|edit| (edit.span, None, Some(edit))));
    places.sort_by_key(|(span, ..)| *span);
    let mut composed = Vec::new();
    let (mut grown, mut shrunk) = (0, 0);
    let mut rest = places.into_iter().peekable();
    while let Some((mut span, length, edit)) = rest.next() {
        let start = span.start + shrunk - grown;
        let mut edits: Vec<&TextEdit> = edit.into_iter().collect();
        let mut put = |span: Span, length: Option<usize>| {
            if let Some(length) = length {
                grown += span.len();
                shrunk += length;
            }
        };
        put(span, length);
        while let Some((next, length, edit)) = rest.next_if(|(next, ..)| next.start <= span.end) {
            put(next, length);
            span = span.cover(next);
            edits.extend(edit);
        }
        let old = Span::new(start, span.end + shrunk - grown);
        let within = |edit: &&TextEdit| TextEdit {
            span: Span::new(edit.span.start - span.start, edit.span.end - span.start),
            content: edit.content.clone(),
        };
        let content = apply(span.of(middle), &edits.iter().map(within).collect::<Vec<_>>());
        if content != old.of(source) {
            composed.push(TextEdit { span: old, content });
        }
    }
    composed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_in_a_row_come_to_one() {
        let texts = ["", "x", "yz", "一二"];
        let steps =
            || (0..=6).flat_map(move |start| (start..=6).flat_map(move |end| texts.map(|text| (start, end, text))));
        for ((start, end, first), (start_2, end_2, second)) in steps().flat_map(|a| steps().map(move |b| (a, b))) {
            let mut text = "abcdef".to_owned();
            text.replace_range(start..end, first);
            let one = Replacement::new(Span::new(start, end), first.len());
            if text.get(start_2..end_2).is_none() {
                continue;
            }
            text.replace_range(start_2..end_2, second);
            let both = one.then(Span::new(start_2, end_2), second.len());
            let content = both.new_span().of(&text).to_owned();
            assert_eq!(apply("abcdef", &[TextEdit { span: both.old, content }]), text, "{one:?} {both:?}");
        }
    }

    #[test]
    fn edits_of_edits_come_to_edits_of_the_first_text() {
        let source = "abcdefghij";
        let mut state = 7_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut edits_of = |text: &str| {
            let mut edits: Vec<TextEdit> = Vec::new();
            let mut at = 0;
            while at <= text.len() && edits.len() < 4 {
                let start = at + random(4);
                let end = start + random(3);
                if end > text.len() {
                    break;
                }
                let content = ["", "X", "YZ", "ab"][random(4)].to_owned();
                let edit = TextEdit { span: Span::new(start, end), content };
                at = end;
                if edits.last().is_none_or(|last| compatible(last, &edit)) {
                    edits.push(edit);
                }
            }
            edits
        };
        for _ in 0..3000 {
            let first = edits_of(source);
            let middle = apply(source, &first);
            let second = edits_of(&middle);
            let both = compose(source, &first, &middle, &second);
            assert_eq!(apply(source, &both), apply(&middle, &second), "{first:?} {second:?} {both:?}");
            assert!(both.is_sorted() && both.windows(2).all(|two| compatible(&two[0], &two[1])), "{both:?}");
        }
    }

    #[test]
    fn edits_apply_in_any_order_and_clashes_are_left_out() {
        let edit = |start, end, content: &str| TextEdit { span: Span { start, end }, content: content.into() };
        assert_eq!(apply("abcdef", &[edit(4, 5, "E"), edit(0, 1, "A")]), "AbcdEf");
        assert_eq!(apply("abc", &[edit(0, 2, "x"), edit(1, 3, "y")]), "xc");
        assert_eq!(apply("abc", &[edit(3, 3, "!"), edit(9, 9, "?")]), "abc!");
    }
}
