//! Ways to suppress a finding: a comment before its line or at the top of the file, or an entry of the configuration if
//! the text cannot contain comments.

use crate::analysis::{Analysis, Reported};
use crate::rules::{Finding, suppression};
use crate::say;
use crate::statute::key;
use crate::text::{Span, TextEdit};

/// A way to suppress a finding that an editor can offer.
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
    /// The words of the row, if it is about a row that they tell from all others with such a finding.
    pub text: Option<String>,
    /// The fingerprint of the finding, if it is about a place that has no words of its own. With neither it is about
    /// the whole file.
    pub fingerprint: Option<String>,
    /// A place for the reason.
    pub reason: String,
}

/// How many characters of a line tell it from others.
const WORDS: usize = 40;

/// What can be offered for the findings that `span` meets, in their order: for each, its line, then the file.
pub fn suppressions(analysis: &Analysis, span: Span, has_comments: bool) -> Vec<(Finding, Suppression)> {
    let language = analysis.settings().language;
    let mut offers = Vec::new();
    let outcome = analysis.outcome_in(span);
    // A finding about a suppression is not suppressed but fixed by removing the suppression.
    let here = |finding: &Finding| finding.span.meets(span) && finding.rule.code != "GK001";
    let found = outcome.findings.into_iter().zip(outcome.identities).filter(|(finding, _)| here(finding));
    let found: Vec<_> = found.collect();
    let rows = match has_comments || found.is_empty() {
        true => Vec::new(),
        false => analysis.reported().iter().filter_map(|reported| row_of(analysis, reported)).collect(),
    };
    for (finding, identity) in found {
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
                let row = suppression::place_of(unit.source, unit.report, local);
                let text = (!file).then(|| words(unit.shown(row)));
                let text = text.filter(|text| is_of_one_row(text, row.shift(unit.offset), &finding, &rows));
                let fingerprint = (!file && text.is_none()).then(|| identity.fingerprint.clone());
                let reason = say!(language, "（请填写理由）", "(reason)");
                SuppressionEdit::Entry(SuppressionEntry { code, text, fingerprint, reason })
            };
            let rule = finding.rule.title(language);
            let is_one = matches!(&edit, SuppressionEdit::Entry(entry) if entry.fingerprint.is_some());
            let (place, english) = match (file, has_comments) {
                (false, true) => ("此行", "on this line"),
                (true, true) => ("整个文件", "in this file"),
                (false, false) if is_one => ("仅此一处（写入 gongkai.toml）", "only here (in gongkai.toml)"),
                (false, false) => ("此行（写入 gongkai.toml）", "in this row (in gongkai.toml)"),
                (true, false) => ("本文件（写入 gongkai.toml）", "in this file (in gongkai.toml)"),
            };
            let title = say!(language, "忽略“{rule}”（{code}）：{place}", "Ignore “{rule}” ({code}) {english}");
            offers.push((finding.clone(), Suppression { title, edit }));
        }
    }
    offers
}

/// A finding's rule, its row or line in the document, and what is compared of the row's words.
type RowOf = (&'static str, Span, String);

fn row_of(analysis: &Analysis, reported: &Reported<'_>) -> Option<RowOf> {
    let start = reported.offset + reported.finding.span.start;
    let unit = analysis.unit_at(start)?;
    let local = Span::at(start.saturating_sub(unit.offset));
    let row = suppression::place_of(unit.source, unit.report, local);
    Some((reported.finding.rule.code, row.shift(unit.offset), key(unit.shown(row))))
}

/// Whether an entry with the words `text` suppresses the findings of the rule of `finding` in `row`, and in no other of
/// `rows`.
fn is_of_one_row(text: &str, row: Span, finding: &Finding, rows: &[RowOf]) -> bool {
    let wanted = key(text);
    let is_other =
        |(code, other, words): &RowOf| *code == finding.rule.code && *other != row && words.contains(&wanted);
    !wanted.is_empty() && !rows.iter().any(is_other)
}

/// The words at the start of a row or line, which distinguish it from others.
fn words(text: &str) -> String {
    // The label of a row: what is before its first figure's cell.
    let end = text.find(['\t', '|']).filter(|end| text.get(..*end).is_some_and(|label| !label.trim().is_empty()));
    let label = end.and_then(|end| text.get(..end)).unwrap_or(text);
    let label: String = label.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    label.trim().chars().take(WORDS).collect()
}

/// Where a comment about the whole file goes, and whether after a line rather than before one: the top, but after a
/// byte order mark, the front matter of Markdown, and a document type.
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
