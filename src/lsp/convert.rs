//! Converts between byte offsets and the types of the protocol.

use super::capabilities::ClientCapabilities;
use crate::analysis::{Analysis, Unit};
use crate::text::{self, Encoding, Lines, Span, Text};
use std::collections::HashMap;
use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, ResourceOp, TextDocumentEdit, TextEdit, Url,
    WorkspaceEdit,
};

/// Byte `offset` as a position.
pub(super) fn position(text: &Text, offset: usize, encoding: Encoding) -> Position {
    narrow(text.position(offset, encoding))
}

/// `position` with the protocol's 32-bit numbers.
pub(super) fn narrow(position: text::Position) -> Position {
    let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
    Position::new(narrow(position.line), narrow(position.column))
}

/// In a span up to this long the text is read to find its end, which is faster than a second lookup.
const SHORT: usize = 64;

/// `span` as a range.
pub(super) fn range(text: &Text, span: Span, encoding: Encoding) -> Range {
    let start = position(text, span.start, encoding);
    if span.is_empty() {
        return Range { start, end: start };
    }
    if span.len() <= SHORT {
        let content = text.slice(span);
        if !content.contains(['\n', '\r']) {
            let units = encoding.length(&content) as u32;
            let end = Position { line: start.line, character: start.character + units };
            return Range { start, end };
        }
    }
    Range { start, end: position(text, span.end, encoding) }
}

/// Positions in a report, found in its own text: for an answer about all of a document that is faster than the rope.
pub(super) struct ReportPlaces<'a> {
    text: &'a Text,
    encoding: Encoding,
    /// Where the report starts.
    offset: usize,
    /// Its first line; `None` if it starts inside a line.
    first_line: Option<u32>,
    lines: Lines<'a>,
}

/// The reports of `analysis`, each with its positions.
pub(super) fn places(analysis: &Analysis, encoding: Encoding) -> impl Iterator<Item = (Unit<'_>, ReportPlaces<'_>)> {
    let text = analysis.text();
    analysis.units().zip(analysis.document().first_lines()).map(move |(unit, line)| {
        let first_line = line.and_then(|line| u32::try_from(line).ok());
        (unit, ReportPlaces { text, encoding, offset: unit.offset, first_line, lines: Lines::new(unit.source) })
    })
}

impl ReportPlaces<'_> {
    /// The first line of the report; `None` if it starts inside a line.
    pub(super) fn first_line(&self) -> Option<u32> {
        self.first_line
    }

    /// Byte `offset`, counted from the start of the report, as a position in the document.
    pub(super) fn position(&self, offset: usize) -> Position {
        let Some(first_line) = self.first_line else { return position(self.text, self.offset + offset, self.encoding) };
        let position = narrow(self.lines.position(offset, self.encoding));
        Position { line: first_line.saturating_add(position.line), ..position }
    }

    /// `span`, counted from the start of the report, as a range in the document.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }
}

/// The same for all reports of a document: spans count from its start.
pub(super) struct Places<'a> {
    reports: Vec<ReportPlaces<'a>>,
    analysis: &'a Analysis,
    encoding: Encoding,
}

impl<'a> Places<'a> {
    /// The positions of `analysis`.
    pub(super) fn new(analysis: &'a Analysis, encoding: Encoding) -> Places<'a> {
        Places { reports: places(analysis, encoding).map(|(_, places)| places).collect(), analysis, encoding }
    }

    /// Byte `offset` as a position.
    pub(super) fn position(&self, offset: usize) -> Position {
        let after = self.reports.partition_point(|report| report.offset <= offset);
        match after.checked_sub(1).and_then(|at| self.reports.get(at)) {
            Some(report) => report.position(offset - report.offset),
            None => position(self.analysis.text(), offset, self.encoding),
        }
    }

    /// `span` as a range.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }
}

/// A position as a byte offset; one outside the text is brought inside.
pub(super) fn offset(text: &Text, position: Position, encoding: Encoding) -> usize {
    let position = text::Position { line: position.line as usize, column: position.character as usize };
    text.offset(position, encoding)
}

/// A range as a span; one that runs backwards is empty.
pub(super) fn span(text: &Text, range: Range, encoding: Encoding) -> Span {
    let start = offset(text, range.start, encoding);
    if range.end <= range.start {
        return Span::at(start);
    }
    Span::new(start, offset(text, range.end, encoding).max(start))
}

/// The edit that creates the file `uri` with `content`; only for clients that create files.
pub(super) fn new_file(uri: &Url, content: String) -> WorkspaceEdit {
    let create = CreateFile {
        uri: uri.clone(),
        options: Some(CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) }),
        annotation_id: None,
    };
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None };
    let edits = vec![OneOf::Left(TextEdit { range: Range::default(), new_text: content })];
    let operations = vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits }),
    ];
    WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() }
}

/// `edits` to version `version` of `uri` (`None` if it is not open), in the form that the client takes.
pub(super) fn workspace_edit(
    client: ClientCapabilities,
    uri: &Url,
    version: Option<i32>,
    text: &Text,
    edits: &[text::TextEdit],
) -> WorkspaceEdit {
    let edits = edits
        .iter()
        .map(|edit| TextEdit { range: range(text, edit.span, client.encoding), new_text: edit.content.clone() });
    if client.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version };
        let edits = edits.map(OneOf::Left).collect();
        let document_changes = Some(DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]));
        WorkspaceEdit { document_changes, ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits.collect())])), ..WorkspaceEdit::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_reports_are_those_in_the_document() {
        let report = |body: &str| format!("{body}2023年政府信息公开工作年度报告\n一、总体情况\n收到😀申请5件。\n\n");
        let two = format!("{}{}", report("白石县档案局"), report("白石县水务局"));
        for text in [two.replace('\n', "\r\n"), two.replace('\n', "\r"), format!("\n{two}甲"), two, String::new()] {
            let analysis = Analysis::new(&text, std::sync::Arc::default());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let places = Places::new(&analysis, encoding);
                for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
                    assert_eq!(
                        places.position(offset),
                        position(analysis.text(), offset, encoding),
                        "{offset} {text:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn positions_a_client_may_invent_stay_inside_the_text() {
        let text = Text::new("表\n二");
        let at = |line, character| Position::new(line, character);
        assert_eq!(offset(&text, at(u32::MAX, u32::MAX), Encoding::Utf16), text.len());
        assert_eq!(span(&text, Range::new(at(1, 0), at(0, 0)), Encoding::Utf16), Span::at(4));
        assert_eq!(range(&text, Span::new(3, usize::MAX), Encoding::Utf8), Range::new(at(0, 3), at(1, 3)));
    }

    #[test]
    fn a_range_is_the_positions_of_its_ends_however_it_is_found() {
        let source = format!("表😀a\r\n二\u{301}b\rc\n{}\n", "长".repeat(30));
        let text = Text::new(&source);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for start in 0..source.len() + 2 {
                for end in start..source.len() + 2 {
                    let ends = Range::new(position(&text, start, encoding), position(&text, end, encoding));
                    assert_eq!(range(&text, Span::new(start, end), encoding), ends, "{start}..{end} {encoding:?}");
                }
            }
        }
    }
}
