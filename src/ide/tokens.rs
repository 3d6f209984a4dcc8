//! What the words of a report are, for colours: title, headings, names of rows and columns, figures.

use crate::analysis::{Analysis, Unit};
use crate::report::{LabelUse, Value};
use crate::statute::Label;
use crate::text::Span;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColourKind {
    /// The title of a report.
    Title,
    /// A heading of the top level.
    Heading,
    /// The name of a row or of a group of rows.
    RowLabel,
    /// The name of a column, or words over several.
    ColumnLabel,
    /// An item of Article 20.
    Item,
    /// A figure.
    Figure,
}

/// A piece of text with what it is. It is on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColourToken {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: ColourKind,
    /// Whether it is a figure that others add up to.
    pub is_total: bool,
    /// Whether it is a figure in the text, outside the tables.
    pub is_stated: bool,
}

/// The tokens that `span` meets, in the order of the text; no two share a byte.
pub fn semantic_tokens(analysis: &Analysis, span: Span) -> Vec<ColourToken> {
    let mut tokens = Vec::new();
    for unit in analysis.units().filter(|unit| unit.report.is_recognised()) {
        let own = Span::new(unit.offset, unit.offset + unit.source.len());
        if own.meets(span) {
            let shifted = |token: ColourToken| ColourToken { span: token.span.shift(unit.offset), ..token };
            tokens.extend(report_tokens(unit).into_iter().map(shifted));
        }
    }
    tokens.retain(|token| token.span.meets(span));
    tokens
}

/// The tokens of one report, with spans from its start. They depend on its text only.
pub fn report_tokens(unit: Unit<'_>) -> Vec<ColourToken> {
    let mut tokens = Vec::new();
    if !unit.report.is_recognised() {
        return tokens;
    }
    let report = unit.report;
    let plain = |span: Span, kind| ColourToken { span, kind, is_total: false, is_stated: false };
    let mut own: Vec<ColourToken> = Vec::new();
    for table in &report.tables {
        for (place, cell) in table.cells().filter(|(_, cell)| matches!(cell.value, Value::Number(_))) {
            let is_total = table.spec.identities().iter().any(|identity| identity.total == place);
            own.push(ColourToken { is_total, ..plain(cell.span, ColourKind::Figure) });
        }
    }
    own.extend(
        report
            .statements
            .iter()
            .map(|statement| ColourToken { is_stated: true, ..plain(statement.span, ColourKind::Figure) }),
    );
    own.extend(report.labels.iter().map(|label| plain(label.span, of_label(label))));
    own.extend(report.sections.iter().map(|heading| plain(heading.span, ColourKind::Heading)));
    own.extend(report.title.iter().map(|title| plain(title.span, ColourKind::Title)));
    let mut lines: Vec<ColourToken> = own.into_iter().flat_map(|token| on_lines(unit.source, token)).collect();
    // Of two that share bytes the smaller says more; the other is dropped.
    lines.sort_by_key(|token| (token.span.start, token.span.len()));
    let mut end = 0;
    for token in lines {
        if token.span.start >= end {
            end = token.span.end;
            tokens.push(token);
        }
    }
    tokens
}

fn of_label(label: &LabelUse) -> ColourKind {
    match label.label.label {
        Label::Row(_) | Label::Group(_) => ColourKind::RowLabel,
        Label::Column(_) | Label::Header(_) => ColourKind::ColumnLabel,
        Label::Item(_) => ColourKind::Item,
    }
}

/// `token` line by line, without white space at the ends.
fn on_lines(source: &str, token: ColourToken) -> Vec<ColourToken> {
    let text = token.span.of(source);
    let mut parts = Vec::new();
    let mut at = token.span.start;
    for line in text.split_inclusive(['\n', '\r']) {
        let start = at + (line.len() - line.trim_start().len());
        let span = Span::new(start, start + line.trim().len());
        if !span.is_empty() {
            parts.push(ColourToken { span, ..token });
        }
        at += line.len();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::analysis;

    #[test]
    fn each_word_is_told_what_it_is() {
        let (source, analysis) = analysis();
        let all = semantic_tokens(&analysis, Span::new(0, source.len()));
        let of = |kind| -> Vec<&str> {
            all.iter().filter(|token| token.kind == kind).map(|token| token.span.of(&source)).collect()
        };
        assert_eq!(of(ColourKind::Title), ["白石县档案局2023年政府信息公开工作年度报告"]);
        assert_eq!(of(ColourKind::Heading).len(), 3);
        assert_eq!(of(ColourKind::RowLabel).len(), 5);
        assert_eq!(of(ColourKind::ColumnLabel).len(), 7);
        assert_eq!(of(ColourKind::Figure).len(), 36, "35 of the table, one of the text");
        let totals = all.iter().filter(|token| token.is_total).count();
        // A column of totals, and the row （七）总计.
        assert_eq!(totals, 5 + 6);
        assert_eq!(
            all.iter().filter(|token| token.is_stated).map(|token| token.span.of(&source)).collect::<Vec<_>>(),
            ["7"]
        );
        assert!(all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }

    #[test]
    fn only_what_is_asked_for_is_given() {
        let (source, analysis) = analysis();
        let at = source.find("二、主动公开").unwrap();
        let found = semantic_tokens(&analysis, Span::new(at, at + 1));
        assert_eq!(found.iter().map(|token| token.kind).collect::<Vec<_>>(), [ColourKind::Heading]);
    }
}
