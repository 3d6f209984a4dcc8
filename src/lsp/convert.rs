//! Between byte offsets and the types of the protocol.

use super::capabilities::ClientCapabilities;
use super::documents::Document;
use crate::analysis::Analysis;
use crate::config::{Language, Settings};
use crate::configuration;
use crate::rules::{Applicability, Finding, Severity, rules};
use crate::say;
use crate::text::{self, Encoding, Span, Text};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;
use tower_lsp::lsp_types::{
    CodeDescription, CreateFile, CreateFileOptions, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DocumentChangeOperation, DocumentChanges, Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier,
    Position, Range, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

/// Where the pages of `docs/rules` are served: whoever packages the program says so when building it, with a `/` at the
/// end. Otherwise a name that is reserved for leading nowhere; see `docs/decisions`.
const DOCS_BASE: &str = match option_env!("GONGKAI_DOCS_BASE") {
    Some(base) => base,
    None => "https://gongkai.invalid/docs/rules/",
};

/// [`Diagnostic::source`] of everything said here.
pub(super) const SOURCE: &str = "gongkai";

/// Byte `offset` as a position.
pub(super) fn position(text: &Text, offset: usize, encoding: Encoding) -> Position {
    let text::Position { line, column } = text.position(offset, encoding);
    let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
    Position::new(narrow(line), narrow(column))
}

/// A span up to this long is read, rather than looked up at both ends.
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
            let units: usize = content.chars().map(|c| encoding.units(c)).sum();
            let end = Position { line: start.line, character: start.character + units as u32 };
            return Range { start, end };
        }
    }
    Range { start, end: position(text, span.end, encoding) }
}

/// A position as a byte offset; one outside the text is brought inside.
pub(super) fn offset(text: &Text, position: Position, encoding: Encoding) -> usize {
    let position = text::Position { line: position.line as usize, column: position.character as usize };
    text.offset(position, encoding)
}

/// A range as a span; one that runs backwards is empty.
pub(super) fn span(text: &Text, range: Range, encoding: Encoding) -> Span {
    let start = offset(text, range.start, encoding);
    Span::new(start, offset(text, range.end, encoding).max(start))
}

/// The diagnostics of `document`: none if there is no report in it; at most as many as the settings allow, the gravest,
/// and then one more that says how many are missing.
pub(super) fn diagnostics(client: ClientCapabilities, uri: &Url, document: &Document) -> Vec<Diagnostic> {
    if let Some((text, settings)) = document.configuration() {
        return misunderstood(client, text, settings);
    }
    let Some((analysis, mut findings)) = document.findings() else { return Vec::new() };
    let most = analysis.settings().max_findings;
    let left_out = findings.len().saturating_sub(most);
    if left_out > 0 {
        let mut order: Vec<usize> = (0..findings.len()).collect();
        order.sort_by_key(|&index| Reverse(findings.get(index).map(|finding| finding.severity)));
        order.truncate(most);
        order.sort_unstable();
        let mut index = 0;
        findings.retain(|_| {
            index += 1;
            order.binary_search(&(index - 1)).is_ok()
        });
    }
    let cap = (left_out > 0).then(|| capped(analysis.settings().language, left_out, most));
    cap.into_iter().chain(findings.iter().map(|finding| diagnostic(client, uri, analysis, finding))).collect()
}

/// What is not understood in the configuration file `text`.
fn misunderstood(client: ClientCapabilities, text: &Text, settings: &Settings) -> Vec<Diagnostic> {
    let (_, problems) = configuration::parse(&text.to_string(), settings);
    let diagnostic = |problem: configuration::Problem| Diagnostic {
        range: range(text, problem.span, client.encoding),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: problem.message,
        ..Diagnostic::default()
    };
    problems.into_iter().map(diagnostic).collect()
}

fn capped(language: Language, left_out: usize, most: usize) -> Diagnostic {
    let message = say!(
        language,
        "另有 {left_out} 个问题未显示（最多显示 {most} 个，由设置 maxFindings 决定）",
        "{left_out} more findings are not shown (at most {most} are, by the setting maxFindings)"
    );
    Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

/// Where the rule `code` is explained. Addresses are parsed once: every diagnostic has one.
fn page(code: &str) -> Option<CodeDescription> {
    static PAGES: LazyLock<HashMap<&str, Url>> = LazyLock::new(|| {
        let page = |code: &str| Url::parse(&format!("{DOCS_BASE}{code}.md")).ok();
        rules().filter_map(|rule| Some((rule.code, page(rule.code)?))).collect()
    });
    PAGES.get(code).map(|href| CodeDescription { href: href.clone() })
}

/// `finding` as a diagnostic.
pub(super) fn diagnostic(client: ClientCapabilities, uri: &Url, analysis: &Analysis, finding: &Finding) -> Diagnostic {
    let range = |span| range(analysis.text(), span, client.encoding);
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: range(related.span) },
        message: related.message.clone(),
    });
    let fixable = finding.fixes.iter().map(|fix| fix.applicability).min().map(|applicability| match applicability {
        Applicability::Safe => "safe",
        Applicability::Unsafe => "unsafe",
    });
    Diagnostic {
        range: range(finding.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.code.to_owned())),
        code_description: page(finding.rule.code),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: (client.related_information && !finding.related.is_empty()).then(|| related.collect()),
        tags: None,
        data: Some(json!({
            "name": finding.rule.name,
            "span": [finding.span.start, finding.span.end],
            "fix": fixable,
        })),
    }
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

/// `edits` to version `version` of `uri` (none if it is not open), in the form that the client takes.
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

/// What `markdown` says, without its marks, for a client that shows plain text.
pub(super) fn plain_text(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let line = line.trim_start_matches('#').trim_end();
        let line = if line.len() < markdown.len() { line.strip_prefix(' ').unwrap_or(line) } else { line };
        let mut rest = line;
        while let Some(at) = rest.find(['*', '`', '\\', '[']) {
            let (before, mark) = rest.split_at(at);
            plain.push_str(before);
            let mut chars = mark.chars();
            rest = match chars.next() {
                // An escaped character stands for itself.
                Some('\\') => {
                    plain.extend(chars.next());
                    chars.as_str()
                }
                Some('[') => match link(mark) {
                    Some((shown, behind)) => {
                        plain.push_str(shown);
                        behind
                    }
                    None => {
                        plain.push('[');
                        chars.as_str()
                    }
                },
                _ => chars.as_str(),
            };
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The words of a link at the start of `text`, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    let (shown, target) = text.strip_prefix('[')?.split_once("](")?;
    let (_, behind) = target.split_once(')')?;
    (!shown.contains('[')).then_some((shown, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn markdown_loses_its_marks_and_nothing_else() {
        assert_eq!(plain_text("### 表三\n\n**（一）** `10` + 2\n"), "表三\n\n（一） 10 + 2");
        assert_eq!(plain_text(r"\*不是\* 强调 \[x\]"), "*不是* 强调 [x]");
        assert_eq!(plain_text("见[条例](https://example.invalid/a)第二十条"), "见条例第二十条");
        assert_eq!(plain_text("[未闭合 a](b"), "[未闭合 a](b");
    }
}
