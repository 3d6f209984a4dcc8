//! The visible text of marked-up source, with a map back to the source.

use super::escape::escape_words;
use super::hidden::tags;
use super::marks::marks;
use super::markup::{TagKind, TagRole, reference};
use crate::text::{Span, TextEdit, width};
use std::borrow::Cow;
use std::cell::Cell;

/// Visible text, and the place of each of its parts in the source.
///
/// Between the parts from the source there may be others that have no source, such as a tab between two cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecodedText {
    text: String,
    /// The parts, in the order of the view, which is also that of the source.
    pieces: Vec<ViewPart>,
    /// Whether words are written into the source unchanged, without the escapes of HTML.
    is_plain: bool,
}

/// A part of the view that comes from the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ViewPart {
    view: Span,
    source: Span,
    /// Whether it has the same bytes in the source; otherwise the source writes it as a unit in another form, such as
    /// `&nbsp;`.
    verbatim: bool,
}

impl DecodedText {
    /// The visible text of `source`, which starts at `offset` in the text that the map refers to. Line breaks of the
    /// source become spaces, or nothing between two hanzi; those of the markup become line feeds.
    pub(super) fn of(source: &str, offset: usize) -> DecodedText {
        let mut decoded = DecodedText::default();
        decoded.append(source, offset);
        decoded
    }

    /// Adds the visible text of `source`.
    pub(crate) fn append(&mut self, source: &str, offset: usize) {
        let (begin, mut at) = (self.text.len(), 0);
        // A line break of the source, until the next character is known.
        let mut open: Option<Span> = None;
        if source.contains('<') {
            let seen = Cell::new(0);
            for tag in tags(source, 0, &seen) {
                self.words(source, Span::new(at, tag.span.start), offset, &mut open);
                at = tag.span.end;
                let breaks = tag.kind != TagKind::Comment && matches!(tag.role(), TagRole::Block | TagRole::Break);
                if breaks && self.text.len() > begin && !self.text.ends_with('\n') {
                    open = None;
                    self.text.push('\n');
                }
            }
        }
        self.words(source, Span::new(at, source.len()), offset, &mut open);
        if let Some(line_end) = open {
            self.piece(" ", line_end.shift(offset), line_end.of(source) == " ");
        }
    }

    /// Adds the visible text of `source`, a line or a cell of a Word file: its lines.
    pub(super) fn append_lines(&mut self, source: &str, offset: usize) {
        self.is_plain = true;
        let begin = self.text.len();
        let mut at = 0;
        for line in source.split(['\n', '\u{2028}']) {
            if !line.is_empty() {
                if self.text.len() > begin {
                    self.text.push('\n');
                }
                self.push_verbatim(line, offset + at);
            }
            // Either is followed by the next line.
            at += line.len();
            at += source.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
    }

    /// Adds the visible text of `source`, a line or a cell in Markdown.
    pub(super) fn append_marked(&mut self, source: &str, offset: usize) {
        let mut at = 0;
        for mark in marks(source) {
            self.append(source.get(at..mark.start).unwrap_or_default(), offset + at);
            at = mark.end;
        }
        self.append(source.get(at..).unwrap_or_default(), offset + at);
    }

    /// Adds the words of `span`, which contains no tags, without a line break at its end.
    fn words(&mut self, source: &str, span: Span, offset: usize, open: &mut Option<Span>) {
        let mut rest = span;
        while !rest.is_empty() {
            let text = rest.of(source);
            let is_blank = |c: char| matches!(c, '\n' | '\r') || (open.is_some() && matches!(c, ' ' | '\t'));
            let blank = text.len() - text.trim_start_matches(is_blank).len();
            if blank > 0 {
                open.get_or_insert(Span::new(rest.start, rest.start + blank));
                rest.start += blank;
                continue;
            }
            let plain = text.find(|c| matches!(c, '&' | '\n' | '\r') || takes_no_place(c)).unwrap_or(text.len());
            let (shown, length) = match reference(text).filter(|_| plain == 0) {
                Some((shown, length)) => (Cow::Owned(shown), length),
                // An ampersand that starts no reference is a character.
                None => {
                    let first = text.chars().next().map_or(1, char::len_utf8);
                    let length = if plain == 0 { first } else { plain };
                    (Cow::Borrowed(text.get(..length).unwrap_or_default()), length)
                }
            };
            if shown.chars().all(takes_no_place) {
                rest.start += length;
                continue;
            }
            if let Some(line_end) = open.take() {
                let before = self.text.chars().next_back();
                let chinese = before.is_some_and(is_chinese) && shown.chars().next().is_some_and(is_chinese);
                if before != Some('\n') && !chinese {
                    self.piece(" ", line_end.shift(offset), false);
                }
            }
            let source_span = Span::new(rest.start, rest.start + length);
            let verbatim = source_span.of(source) == shown;
            self.piece(&shown, source_span.shift(offset), verbatim);
            rest.start = source_span.end;
        }
    }

    fn piece(&mut self, shown: &str, source: Span, verbatim: bool) {
        if shown.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(shown);
        let view = Span::new(start, self.text.len());
        if let Some(last) = self.pieces.last_mut()
            && last.verbatim
            && verbatim
            && last.view.end == view.start
            && last.source.end == source.start
        {
            last.view.end = view.end;
            last.source.end = source.end;
            return;
        }
        self.pieces.push(ViewPart { view, source, verbatim });
    }

    /// Adds an empty place to the view, at which text may be inserted.
    pub(super) fn anchor(&mut self, source: usize) {
        self.pieces.push(ViewPart { view: Span::at(self.text.len()), source: Span::at(source), verbatim: true });
    }

    /// Adds visible text that has no source.
    pub(crate) fn separator(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds `source` unchanged.
    pub(crate) fn push_verbatim(&mut self, source: &str, offset: usize) {
        self.piece(source, Span::new(offset, offset + source.len()), true);
    }

    /// Adds the view `other`, whose source starts at `offset`.
    pub(crate) fn push(&mut self, other: &DecodedText, offset: usize) {
        let start = self.text.len();
        self.is_plain |= other.is_plain;
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.iter().map(|piece| ViewPart {
            view: piece.view.shift(start),
            source: piece.source.shift(offset),
            ..*piece
        }));
    }

    /// The visible text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether words are written into the source unchanged, as in a Word file.
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// The length of the visible text in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether the visible text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The first piece that ends at or after `offset` of the view.
    fn from(&self, offset: usize) -> &[ViewPart] {
        let index = self.pieces.partition_point(|piece| piece.view.end < offset);
        self.pieces.get(index..).unwrap_or_default()
    }

    /// The place of `span` of the view in the source: from its first byte there to its last.
    pub fn source_span(&self, span: Span) -> Span {
        if span.is_empty() {
            return Span::at(self.source_offset(span.start));
        }
        let inside = || self.from(span.start).iter().skip_while(move |piece| piece.view.end <= span.start);
        let mut parts = inside().take_while(|piece| piece.view.start < span.end).map(|piece| piece.part(span));
        match parts.next() {
            Some(first) => first.cover(parts.last().unwrap_or(first)),
            None => Span::at(self.source_offset(span.start)),
        }
    }

    /// The visible text of `span` of the source.
    pub fn shown(&self, span: Span) -> &str {
        let first = self.pieces.partition_point(|piece| piece.source.end <= span.start);
        let pieces = self.pieces.iter().skip(first).take_while(|piece| piece.source.start < span.end);
        let parts = pieces.map(|piece| {
            if !piece.verbatim {
                return piece.view;
            }
            let clamp = |offset: usize| {
                piece.view.start + (offset.clamp(piece.source.start, piece.source.end) - piece.source.start)
            };
            Span::new(clamp(span.start), clamp(span.end))
        });
        parts.reduce(Span::cover).map_or("", |seen| seen.of(&self.text))
    }

    /// The place in the source for an insertion at `offset` of the view: after the text there, if there is any.
    fn source_offset(&self, offset: usize) -> usize {
        let pieces = self.from(offset);
        match pieces.first() {
            Some(piece) if piece.view.start <= offset => piece.part(Span::at(offset)).end,
            Some(piece) => piece.source.start,
            None => self.pieces.last().map_or(0, |piece| piece.source.end),
        }
    }

    /// The edits of the source whose effect on the view is `edit`; `None` if the edit touches text that has no source.
    /// Tags inside the replaced text stay.
    pub fn source_edits(&self, edit: &TextEdit) -> Option<Vec<TextEdit>> {
        if edit.content.contains(['\n', '\r', '\t', '|']) {
            return None;
        }
        let content = match self.is_plain {
            true => edit.content.clone(),
            false => escape_words(&edit.content).into_owned(),
        };
        if edit.span.is_empty() {
            let at = edit.span.start;
            let there = || self.from(at).iter().take_while(|piece| piece.view.start <= at);
            // An insertion at the start of a line belongs to that line, not to the end of the line before.
            let starts_line = self.text.get(..at).is_some_and(|before| before.ends_with('\n'));
            let of_line = there().find(|piece| starts_line && piece.view.start == at);
            let piece = of_line.or_else(|| there().next())?;
            let inside = piece.view.start < edit.span.start && edit.span.start < piece.view.end;
            if inside && !piece.verbatim {
                return None;
            }
            return Some(vec![TextEdit { span: piece.part(edit.span), content }]);
        }
        let mut edits: Vec<TextEdit> = Vec::new();
        let mut done = edit.span.start;
        for piece in self.from(edit.span.start).iter().skip_while(|piece| piece.view.end <= edit.span.start) {
            if done >= edit.span.end {
                break;
            }
            let whole = edit.span.start <= piece.view.start && piece.view.end <= edit.span.end;
            if piece.view.start > done || (!piece.verbatim && !whole) {
                return None;
            }
            done = piece.view.end;
            let span = piece.part(edit.span);
            match edits.last_mut() {
                Some(last) if last.span.end == span.start => last.span.end = span.end,
                Some(_) => edits.push(TextEdit { span, content: String::new() }),
                None => edits.push(TextEdit { span, content: content.clone() }),
            }
        }
        (done >= edit.span.end && !edits.is_empty()).then_some(edits)
    }
}

/// Whether `c` has no width and only marks where a line may break.
pub(super) fn takes_no_place(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether `c` belongs to Chinese text: a line of the source that ends in such a character continues without a space.
fn is_chinese(c: char) -> bool {
    width(c) == 2 || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

impl ViewPart {
    /// The part of its source for `span` of the view; for an empty span, the edge or the place inside.
    fn part(&self, span: Span) -> Span {
        if self.verbatim {
            let clamp =
                |offset: usize| self.source.start + (offset.clamp(self.view.start, self.view.end) - self.view.start);
            Span::new(clamp(span.start), clamp(span.end))
        } else if span.is_empty() {
            Span::at(if span.start <= self.view.start { self.source.start } else { self.source.end })
        } else {
            self.source
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(source: &str, find: &str, content: &str) -> Option<String> {
        let decoded = DecodedText::of(source, 0);
        let at = decoded.text().find(find)?;
        let edits =
            decoded.source_edits(&TextEdit { span: Span::new(at, at + find.len()), content: content.into() })?;
        Some(crate::text::apply(source, &edits))
    }

    #[test]
    fn what_is_seen_leads_back_to_where_it_stands() {
        let source = "<b>20</b><i>23</i>&nbsp;年<br/>5 &lt; 6\r\n甲";
        let decoded = DecodedText::of(source, 0);
        assert_eq!(decoded.text(), "2023\u{a0}年\n5 < 6 甲");
        let span = |text: &str| {
            let at = decoded.text().find(text).unwrap();
            decoded.source_span(Span::new(at, at + text.len())).of(source)
        };
        assert_eq!(span("2023"), "20</b><i>23");
        assert_eq!(span("20"), "20");
        assert_eq!(span("23"), "23");
        assert_eq!(span("\u{a0}年"), "&nbsp;年");
        assert_eq!(span("<"), "&lt;");
        assert_eq!(span("甲"), "甲");
    }

    #[test]
    fn a_line_of_the_source_ends_in_a_space_or_between_hanzi_in_nothing() {
        let shown = |source: &str| DecodedText::of(source, 0).text().to_owned();
        assert_eq!(shown("信息公\r\n  开<b>\n工作</b>\n报告"), "信息公开工作报告");
        assert_eq!(shown("收到12\n件，\n办结12件"), "收到12 件，办结12件");
        assert_eq!(shown("甲\n<br>\n乙\n"), "甲\n乙 ");
        assert_eq!(shown("1&shy;2<wbr>3&#8203;4\u{200b}5&"), "12345&");
        assert_eq!(shown("\n甲 & 乙\n&nbsp;丙\n&ldquo;丁"), " 甲 & 乙 \u{a0}丙“丁");
        let source = "信息公\r\n<b>开</b>";
        let decoded = DecodedText::of(source, 0);
        assert_eq!(decoded.source_span(Span::new(6, 12)).of(source), "公\r\n<b>开");
        assert_eq!(edited(source, "公开", "安").as_deref(), Some("信息安\r\n<b></b>"));
    }

    #[test]
    fn what_stands_in_the_source_leads_to_what_is_seen() {
        let source = "<b>20</b><i>23</i>&nbsp;年<br/>5 &lt; 6\r\n甲<sup>①</sup>";
        let decoded = DecodedText::of(source, 0);
        let shown = |text: &str| {
            let at = source.find(text).unwrap();
            decoded.shown(Span::new(at, at + text.len()))
        };
        assert_eq!(shown(source), "2023\u{a0}年\n5 < 6 甲");
        assert_eq!(shown("0</b><i>2"), "02");
        assert_eq!(shown("&nbsp;年"), "\u{a0}年");
        assert_eq!(shown("年<br/>5"), "年\n5");
        assert_eq!(shown("bs"), "\u{a0}");
        assert_eq!(shown("<br/>"), "");
        assert_eq!(shown("①"), "");
        assert_eq!(decoded.shown(Span::at(source.len())), "");
    }

    #[test]
    fn an_edit_leaves_the_tags_alone() {
        let source = "<b>20</b><i>23</i>&nbsp;年<br/>5 &lt; 6";
        assert_eq!(edited(source, "2023", "7").as_deref(), Some("<b>7</b><i></i>&nbsp;年<br/>5 &lt; 6"));
        assert_eq!(edited(source, "\u{a0}", "").as_deref(), Some("<b>20</b><i>23</i>年<br/>5 &lt; 6"));
        assert_eq!(edited(source, "5", "<").as_deref(), Some("<b>20</b><i>23</i>&nbsp;年<br/>&lt; &lt; 6"));
        assert_eq!(edited(source, "年\n5", "x"), None, "the line break stands nowhere");
        assert_eq!(edited(source, "年", "a\nb"), None, "a line is no line in HTML");
    }
}
