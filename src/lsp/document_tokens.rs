//! The tokens of a document as the protocol counts them: each from the one before.
//!
//! The tokens of a report are kept, as numbers and as JSON: after an edit only one report has other tokens.

use super::{convert, token_legend};
use crate::analysis::{Analysis, Unit};
use crate::ide::{self, ColourToken, ReportMemo};
use crate::text::{Encoding, Lines, Span, changed_part};
use serde_json::value::RawValue;
use std::cell::RefCell;
use std::fmt::Write;
use std::sync::Arc;
use tower_lsp::lsp_types::{Position, SemanticToken, SemanticTokensEdit};

thread_local! {
    static TOKENS: RefCell<ReportMemo<Encoding, Arc<ReportTokens>>> = const { RefCell::new(ReportMemo::new(ide::REPORTS)) };
}

/// The tokens of a report, the first counted from its start.
#[derive(Debug)]
struct ReportTokens {
    tokens: Vec<SemanticToken>,
    /// All but the first as numbers with a comma before each.
    others: String,
    /// The line of the last one, counted from the first line of the report.
    last_line: u32,
}

impl ReportTokens {
    fn of(unit: Unit<'_>, encoding: Encoding) -> ReportTokens {
        let lines = Lines::new(unit.source);
        let place = |offset| convert::narrow(lines.position(offset, encoding));
        let tokens = ide::report_tokens(unit).into_iter();
        let mut numbers = RelativeNumbers::default();
        let tokens = tokens.map(|token| numbers.of(token, place(token.span.start), place(token.span.end))).collect();
        ReportTokens::new(tokens, numbers.line)
    }

    fn new(tokens: Vec<SemanticToken>, last_line: u32) -> ReportTokens {
        let mut others = String::new();
        tokens.iter().skip(1).for_each(|token| write_token(*token, &mut others));
        ReportTokens { tokens, others, last_line }
    }
}

/// Appends the numbers of `token`, with a comma before each.
fn write_token(token: SemanticToken, json: &mut String) {
    let SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset } = token;
    for number in [delta_line, delta_start, length, token_type, token_modifiers_bitset] {
        // Writing to a string cannot fail.
        let _ = write!(json, ",{number}");
    }
}

/// The tokens of a document: for each report that has any, its first one, counted from the last one before, and all of
/// them.
#[derive(Clone, Debug, Default)]
pub(super) struct DocumentTokens(Vec<(SemanticToken, Arc<ReportTokens>)>);

impl DocumentTokens {
    /// The tokens of `analysis`.
    pub(super) fn of(analysis: &Analysis, encoding: Encoding) -> DocumentTokens {
        let mut all = DocumentTokens::default();
        let mut last = 0;
        for (unit, first_line) in analysis.units().zip(analysis.document().first_lines()) {
            let Some(first_line) = first_line.and_then(|line| u32::try_from(line).ok()) else {
                // A report that starts inside a line.
                let tokens = encoded(analysis, Span::new(0, analysis.text().len()), encoding);
                let first = tokens.first().copied();
                let tokens = Arc::new(ReportTokens::new(tokens, 0));
                return DocumentTokens(first.map(|first| (first, tokens)).into_iter().collect());
            };
            let known = ide::by_report(&TOKENS, encoding, unit, |unit| Arc::new(ReportTokens::of(unit, encoding)));
            let Some(first) = known.tokens.first() else { continue };
            let line = first_line.saturating_add(first.delta_line);
            let first = SemanticToken { delta_line: line.saturating_sub(last), ..*first };
            last = first_line.saturating_add(known.last_line);
            all.0.push((first, known));
        }
        all
    }

    /// All of them as JSON; `None` never.
    pub(super) fn written(&self) -> Option<Box<RawValue>> {
        let length: usize = self.0.iter().map(|(_, tokens)| tokens.others.len() + 32).sum();
        let mut json = String::with_capacity(length + 2);
        json.push('[');
        for (index, (first, tokens)) in self.0.iter().enumerate() {
            write_token(*first, &mut json);
            if index == 0 {
                // Without the first comma.
                json.replace_range(1..2, "");
            }
            json.push_str(&tokens.others);
        }
        json.push(']');
        RawValue::from_string(json).ok()
    }

    /// The tokens of report `index` counted as the client has them.
    fn of_report(&self, index: usize) -> Vec<SemanticToken> {
        let report = self.0.get(index);
        let others = report.map(|(_, tokens)| tokens.tokens.get(1..).unwrap_or_default());
        report.map(|(first, _)| *first).into_iter().chain(others.unwrap_or_default().iter().copied()).collect()
    }

    /// The edits that make these tokens of `old`: one for each report that has other tokens, or one for all if there are
    /// more or fewer reports.
    pub(super) fn difference(&self, old: &DocumentTokens) -> Vec<SemanticTokensEdit> {
        if self.0.len() != old.0.len() {
            let all = |tokens: &DocumentTokens| -> Vec<SemanticToken> {
                (0..tokens.0.len()).flat_map(|index| tokens.of_report(index)).collect()
            };
            return difference(&all(old), &all(self), 0).into_iter().collect();
        }
        let (mut start, mut edits) = (0, Vec::new());
        for (index, ((first, tokens), (old_first, old_tokens))) in self.0.iter().zip(&old.0).enumerate() {
            if first != old_first || !Arc::ptr_eq(tokens, old_tokens) {
                edits.extend(difference(&old.of_report(index), &self.of_report(index), start));
            }
            start += old_tokens.tokens.len();
        }
        edits
    }
}

/// Where the last token started.
#[derive(Default)]
struct RelativeNumbers {
    line: u32,
    start: u32,
}

impl RelativeNumbers {
    /// `token` from `start` to `end`, counted from the last one.
    fn of(&mut self, token: ColourToken, start: Position, end: Position) -> SemanticToken {
        let delta_line = start.line.saturating_sub(self.line);
        let delta_start = if delta_line == 0 { start.character.saturating_sub(self.start) } else { start.character };
        (self.line, self.start) = (start.line, start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: end.character.saturating_sub(start.character),
            token_type: token_legend::number_of(token.kind),
            token_modifiers_bitset: u32::from(token.is_total) | (u32::from(token.is_stated) << 1),
        }
    }
}

/// The tokens of `span`, each counted from the one before.
pub(super) fn encoded(analysis: &Analysis, span: Span, encoding: Encoding) -> Vec<SemanticToken> {
    let text = analysis.text();
    let mut numbers = RelativeNumbers::default();
    let tokens = ide::semantic_tokens(analysis, span).into_iter();
    let encoded = tokens.map(|token| {
        let range = convert::range(text, token.span, encoding);
        numbers.of(token, range.start, range.end)
    });
    encoded.collect()
}

/// The one edit that makes `new` of `old`, which are the tokens from number `start` on, if they differ.
fn difference(old: &[SemanticToken], new: &[SemanticToken], start: usize) -> Option<SemanticTokensEdit> {
    /// The protocol encodes a token as this number of integers.
    const NUMBERS: usize = 5;
    let (gone, come) = changed_part(old, new)?;
    let number = |tokens: usize| u32::try_from(tokens * NUMBERS).unwrap_or(u32::MAX);
    Some(SemanticTokensEdit {
        start: number(start + gone.start),
        delete_count: number(gone.len()),
        data: Some(new.get(come).unwrap_or_default().to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_reports() -> String {
        let report = |body: &str| {
            format!("{body}2023年政府信息公开工作年度报告\n一、总体情况\n收到申请5件。😀\n二、主动公开政府信息情况\n")
        };
        format!("{}\r\n{}", report("白石县档案局"), report("白石县水务局"))
    }

    fn numbers(tokens: &[SemanticToken]) -> Vec<u32> {
        let each = |token: &SemanticToken| {
            let SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset } = *token;
            [delta_line, delta_start, length, token_type, token_modifiers_bitset]
        };
        tokens.iter().flat_map(each).collect()
    }

    #[test]
    fn tokens_of_reports_put_together_are_those_of_the_document() {
        let two = two_reports();
        let others = [format!("\n\n{two}"), two.replace('\n', "\r"), String::new(), "会议纪要\n".to_owned()];
        for text in std::iter::once(two).chain(others) {
            let analysis = Analysis::new(&text, Arc::default());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let whole = numbers(&encoded(&analysis, Span::new(0, text.len()), encoding));
                let written = DocumentTokens::of(&analysis, encoding).written().unwrap();
                assert_eq!(serde_json::from_str::<Vec<u32>>(written.get()).unwrap(), whole, "{text:?}");
            }
        }
    }

    #[test]
    fn the_edits_of_a_delta_make_the_new_tokens() {
        let two = two_reports();
        let of = |text: &str| {
            let analysis = Analysis::new(text, Arc::default());
            let tokens = DocumentTokens::of(&analysis, Encoding::Utf16);
            let numbers: Vec<u32> = serde_json::from_str(tokens.written().unwrap().get()).unwrap();
            (tokens, numbers)
        };
        let texts = [
            two.clone(),
            two.replace("5件", "15件"),
            two.replacen("5件", "15件", 1),
            two.replacen("一、", "\n\n一、", 1),
            format!("\n{two}"),
            two.lines().take(4).collect::<Vec<_>>().join("\n"),
            String::new(),
        ];
        for (old, new) in texts.iter().flat_map(|old| texts.iter().map(move |new| (old, new))) {
            let ((old_tokens, mut numbers), (new_tokens, due)) = (of(old), of(new));
            let edits = new_tokens.difference(&old_tokens);
            assert!(edits.is_sorted_by_key(|edit| edit.start));
            // The numbers of an edit count in the old tokens.
            for edit in edits.iter().rev() {
                let start = edit.start as usize;
                let data = self::numbers(edit.data.as_deref().unwrap_or_default());
                numbers.splice(start..start + edit.delete_count as usize, data);
            }
            assert_eq!(numbers, due, "{old:?} {new:?}");
        }
    }
}
