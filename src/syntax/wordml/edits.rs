//! Maps edits of the text of a Word file back to its document.

use super::paragraphs::{BREAK, WordPiece, WrittenForm};
use super::{LineSource, RangeMark, Refusal, WordText};
use crate::syntax::escape_words;
use crate::text::{Span, TextEdit};

/// A piece with its span in the text.
type PlacedPiece<'a> = (Span, &'a WordPiece);

/// See [`WordText::source_edits`].
pub(super) fn source_edits(word: &WordText, edit: &TextEdit, document: &str) -> Result<Vec<TextEdit>, Refusal> {
    let line = word.line_at(edit.span.start).ok_or(Refusal::NoWords)?;
    // A line end has no source.
    if edit.span.end >= line.span.end || edit.content.contains(['\n', '\r', '\t', BREAK, '\u{b}']) {
        return Err(Refusal::NoWords);
    }
    if let Some(lock) = line.lock {
        return Err(Refusal::Locked(lock));
    }
    if line.unseen {
        return Err(Refusal::NoWords);
    }
    // Word drops spaces at the edge of a run without `xml:space="preserve"`.
    if edit.content.starts_with(' ') || edit.content.ends_with(' ') {
        return Err(Refusal::NoWords);
    }
    let pieces = placed(line);
    if edit.span.is_empty() {
        return insertion(line, &pieces, edit, document).map(|edit| vec![edit]);
    }
    let touched = pieces.iter().filter(|(span, _)| span.start < edit.span.end && edit.span.start < span.end);
    let touched: Vec<&PlacedPiece<'_>> = touched.collect();
    let words = |(_, piece): &&&PlacedPiece<'_>| matches!(piece.form, WrittenForm::Verbatim | WrittenForm::Reference);
    let home = touched.iter().find(words).map(|(span, _)| *span);
    let mut edits: Vec<TextEdit> = Vec::new();
    let content = escape_words(&edit.content).into_owned();
    for (span, piece) in touched {
        let part = Span::new(span.start.max(edit.span.start), span.end.min(edit.span.end));
        let source = match piece.form {
            WrittenForm::Verbatim => part_of(piece, *span, part),
            WrittenForm::Reference | WrittenForm::Object if part == *span => piece.source,
            WrittenForm::Reference | WrittenForm::Object | WrittenForm::Nowhere => return Err(Refusal::NoWords),
        };
        let content = match home {
            Some(home) if home == *span => content.clone(),
            None if edits.is_empty() && !content.is_empty() => {
                let prefix = &line.anchor.prefix;
                format!("<{prefix}t>{content}</{prefix}t>")
            }
            _ => String::new(),
        };
        match edits.last_mut() {
            // Adjacent parts become one edit.
            Some(last) if last.span.end == source.start => {
                last.span.end = source.end;
                last.content.push_str(&content);
            }
            _ => edits.push(TextEdit { span: source, content }),
        }
    }
    if edits.is_empty() {
        return Err(Refusal::NoWords);
    }
    Ok(edits)
}

/// The edit that inserts the content of `edit` into `line`.
fn insertion(
    line: &LineSource,
    pieces: &[PlacedPiece<'_>],
    edit: &TextEdit,
    document: &str,
) -> Result<TextEdit, Refusal> {
    let at = edit.span.start;
    let content = escape_words(&edit.content).into_owned();
    let words = |(_, piece): &&PlacedPiece<'_>| matches!(piece.form, WrittenForm::Verbatim | WrittenForm::Reference);
    let touching = pieces.iter().filter(words).filter(|(span, _)| span.touches(at));
    // After the text there, if there is any.
    if let Some((span, piece)) = touching.clone().find(|(span, _)| span.start < at).or(touching.clone().next()) {
        if piece.form == WrittenForm::Reference && span.start < at && at < span.end {
            return Err(Refusal::NoWords);
        }
        let source = match piece.form {
            WrittenForm::Verbatim => part_of(piece, *span, Span::at(at)),
            _ => Span::at(if at <= span.start { piece.source.start } else { piece.source.end }),
        };
        return Ok(TextEdit { span: source, content });
    }
    // A new run can be added only at the end of a paragraph without words.
    let end = line.span.end.saturating_sub(1);
    if at != end || pieces.iter().any(|(_, piece)| matches!(piece.form, WrittenForm::Verbatim | WrittenForm::Reference))
    {
        return Err(Refusal::NoWords);
    }
    let (anchor, prefix) = (&line.anchor, &line.anchor.prefix);
    let properties = anchor.properties.map_or("", |properties| properties.of(document));
    let run = format!("<{prefix}r>{properties}<{prefix}t>{content}</{prefix}t></{prefix}r>");
    let tag = anchor.place.of(document);
    let content = match tag.strip_suffix("/>") {
        Some(open) => format!("{}>{run}</{prefix}p>", open.trim_end()),
        None => run,
    };
    Ok(TextEdit { span: anchor.place, content })
}

/// See [`WordText::range`].
pub(super) fn range(word: &WordText, span: Span) -> Option<RangeMark> {
    let first = word.line_at(span.start)?;
    let last = word.line_at(span.end.max(span.start + 1) - 1)?;
    let runs = |line: &LineSource, span: Span| -> Option<(usize, usize)> {
        let pieces = placed(line);
        let end = span.end.max(span.start + 1);
        let meets =
            |(place, piece): &&PlacedPiece<'_>| piece.run.is_some() && place.start < end && span.start < place.end;
        let mut touched = pieces.iter().filter(meets).filter_map(|(_, piece)| word.runs.get(piece.run?));
        let first = touched.next()?;
        let last = touched.next_back().unwrap_or(first);
        Some((first.start, last.end.max(first.end)))
    };
    let start = runs(first, Span::new(span.start, span.end.min(first.span.end)));
    let end = runs(last, Span::new(span.start.max(last.span.start), span.end));
    let prefix = first.anchor.prefix.clone();
    Some(match (start, end) {
        (Some((start, _)), Some((_, end))) if start < end => {
            RangeMark { start: Span::at(start), end: Span::at(end), prefix }
        }
        // A place without text, as in a blank cell: the end of the paragraph.
        _ => RangeMark { start: first.anchor.place, end: first.anchor.place, prefix },
    })
}

fn placed(line: &LineSource) -> Vec<PlacedPiece<'_>> {
    let mut at = line.span.start;
    let mut placed = Vec::with_capacity(line.pieces.len());
    for piece in &line.pieces {
        let span = Span::new(at, at + piece.shown.len());
        at = span.end;
        placed.push((span, piece));
    }
    placed
}

/// The place in the document of `part` of `piece`, which is at `span` of the text.
fn part_of(piece: &WordPiece, span: Span, part: Span) -> Span {
    let start = piece.source.start + (part.start.clamp(span.start, span.end) - span.start);
    Span::new(start, start + part.len())
}
