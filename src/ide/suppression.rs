//! Ways to have a finding held back: a comment before its line or at the top of the file, or an entry of the
//! configuration where the text can hold no comments.

use crate::analysis::Analysis;
use crate::rules::{Finding, suppression};
use crate::say;
use crate::text::{Span, TextEdit};

/// Something that an editor can offer to hold a finding back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// What a menu shows.
    pub title: String,
    /// What it changes.
    pub edit: SuppressionEdit,
}

/// What a suppression changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuppressionEdit {
    /// A comment in the text.
    Comment(TextEdit),
    /// An entry of the configuration that is about this file.
    Entry(SuppressionEntry),
}

/// An entry of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppressionEntry {
    /// The rule's code.
    pub code: &'static str,
    /// The words of the row that it is about; `None` for the whole file.
    pub text: Option<String>,
    /// A place for the reason.
    pub reason: String,
}

/// How many characters of a line tell it from others.
const WORDS: usize = 40;

/// What can be offered for the findings that `span` meets, in their order: for each, its line, then the file.
pub fn suppressions(analysis: &Analysis, span: Span, has_comments: bool) -> Vec<(Finding, Suppression)> {
    let language = analysis.settings().language;
    let mut offers = Vec::new();
    let findings = analysis.findings().into_iter().filter(|finding| finding.span.meets(span));
    // What is said of a suppression is put right by taking it away.
    for finding in findings.filter(|finding| finding.rule.code != "GK001") {
        let Some(unit) = analysis.unit_at(finding.span.start) else { continue };
        let local = Span::new(finding.span.start - unit.offset, finding.span.end.saturating_sub(unit.offset));
        let code = finding.rule.code;
        for file in [false, true] {
            let edit = if has_comments {
                let comment = suppression::comment(code, file, language);
                let line_break = if unit.source.contains("\r\n") { "\r\n" } else { "\n" };
                SuppressionEdit::Comment(if file {
                    let at = top(analysis);
                    let content =
                        if at.1 { format!("{line_break}{comment}") } else { format!("{comment}{line_break}") };
                    TextEdit { span: Span::at(at.0), content }
                } else {
                    let line = suppression::line_of(unit.source, local.start).shift(unit.offset);
                    // A byte order mark stays first.
                    let mark =
                        if unit.offset == 0 && line.start == 0 && unit.source.starts_with('\u{feff}') { 3 } else { 0 };
                    TextEdit { span: Span::at(line.start + mark), content: format!("{comment}{line_break}") }
                })
            } else {
                let text = (!file).then(|| words(unit.shown(suppression::place_of(unit.source, unit.report, local))));
                if text.as_ref().is_some_and(String::is_empty) {
                    continue;
                }
                let reason = say!(language, "（请填写理由）", "(reason)");
                SuppressionEdit::Entry(SuppressionEntry { code, text, reason })
            };
            let rule = finding.rule.title(language);
            let (place, english) = match (file, has_comments) {
                (false, true) => ("此行", "on this line"),
                (true, true) => ("整个文件", "in this file"),
                (false, false) => ("此行（写入 gongkai.toml）", "in this row (in gongkai.toml)"),
                (true, false) => ("本文件（写入 gongkai.toml）", "in this file (in gongkai.toml)"),
            };
            let title = say!(language, "忽略“{rule}”（{code}）：{place}", "Ignore “{rule}” ({code}) {english}");
            offers.push((finding.clone(), Suppression { title, edit }));
        }
    }
    offers
}

/// What tells a row or line from others: the words that it starts with.
fn words(text: &str) -> String {
    // The label of a row: what stands before its first figure's cell.
    let end = text.find(['\t', '|']).filter(|end| text.get(..*end).is_some_and(|label| !label.trim().is_empty()));
    let label = end.and_then(|end| text.get(..end)).unwrap_or(text);
    let label: String = label.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    label.trim().chars().take(WORDS).collect()
}

/// Where a comment about the whole file goes, and whether behind a line rather than before one: the top, but behind a byte
/// order mark, the front matter of Markdown, and a document type.
fn top(analysis: &Analysis) -> (usize, bool) {
    let Some(unit) = analysis.units().next() else { return (0, false) };
    let source = unit.source;
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = source.get(start..).unwrap_or_default();
    let mut lines = body.split_inclusive('\n');
    if lines.next().is_some_and(|line| line.trim_end() == "---") {
        let mut at = body.split_inclusive('\n').next().map_or(0, str::len);
        for line in lines {
            at += line.len();
            if line.trim_end() == "---" {
                return (start + at, !line.ends_with('\n'));
            }
        }
        return (start, false);
    }
    let head = body.trim_start();
    let is_declared = |mark: &str| head.get(..mark.len()).is_some_and(|first| first.eq_ignore_ascii_case(mark));
    if (is_declared("<!doctype") || is_declared("<?xml"))
        && let Some(close) = body.find('>')
    {
        return (start + close + 1, true);
    }
    (start, false)
}
