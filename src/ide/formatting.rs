//! Tables put in order: columns of a table of pipes under each other, by the width that characters have on a screen; digits and
//! brackets in cells as the format prints them. No figure changes.

use super::by_report::{REPORTS, ReportMemo, by_report};
use super::convert::figures;
use crate::analysis::{Analysis, Unit};
use crate::report::Value;
use crate::statute::Label;
use crate::syntax::{BlockKind, Layout, Tree, is_space};
use crate::text::{Span, TextEdit, apply, lines_around, width};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// The edits that put the tables in order that `span` meets: whole lines of them, only those in `span`.
pub fn formatting(analysis: &Analysis, span: Span) -> Vec<TextEdit> {
    let mut all = Vec::new();
    for (unit, tree) in analysis.units().zip(analysis.trees()) {
        let whole = Span::new(unit.offset, unit.offset + unit.source.len());
        if !whole.meets(span) || !unit.report.is_recognised() {
            continue;
        }
        let moved = |edit: &TextEdit| TextEdit { span: edit.span.shift(unit.offset), ..edit.clone() };
        if span.start <= whole.start && whole.end <= span.end {
            let edits = by_report(&EDITS, (), unit, |unit| harmless(&unit, of_tables(&unit, tree)).into());
            all.extend(edits.iter().map(moved));
            continue;
        }
        let is_asked_for = |edit: &TextEdit| {
            let here = edit.span.shift(unit.offset);
            span.start <= here.start && here.end <= span.end
        };
        let mut edits = of_tables(&unit, tree);
        edits.retain(is_asked_for);
        all.extend(harmless(&unit, edits).iter().map(moved));
    }
    all
}

thread_local! {
    /// The edits of a whole report.
    static EDITS: RefCell<ReportMemo<(), Rc<[TextEdit]>>> = const { RefCell::new(ReportMemo::new(REPORTS)) };
}

/// The edits that put all tables of `unit` in order.
fn of_tables(unit: &Unit<'_>, tree: &Tree) -> Vec<TextEdit> {
    let cells = of_cells(unit);
    let mut edits = Vec::new();
    let mut start = 0;
    for block in &tree.blocks {
        let own = Span::new(start, start + block.len);
        start = own.end;
        let inside = |edit: &&TextEdit| own.start <= edit.span.start && edit.span.end <= own.end;
        match block.kind {
            BlockKind::Table(Layout::Markdown | Layout::Pipes) => edits.extend(of_pipes(unit, own, &cells)),
            BlockKind::Table(Layout::Tabs | Layout::CellLines | Layout::PipedLines) => {
                edits.extend(cells.iter().filter(inside).cloned());
            }
            _ => {}
        }
    }
    edits
}

/// `edits`, or none if one of them changes a figure or a name of the report.
fn harmless(unit: &Unit<'_>, edits: Vec<TextEdit>) -> Vec<TextEdit> {
    if is_harmless(unit, &edits) { edits } else { Vec::new() }
}

/// Whether every figure and every name of the report is what it was after `edits`.
fn is_harmless(unit: &Unit<'_>, edits: &[TextEdit]) -> bool {
    if edits.is_empty() {
        return true;
    }
    let known = |source: &str| {
        let analysis = Analysis::new(source, Arc::default());
        let figures: Vec<_> =
            figures(&analysis).into_iter().map(|(kind, place, text)| (kind, place, half_width(&text))).collect();
        let labels: Vec<_> = analysis
            .units()
            .flat_map(|unit| &unit.report.labels)
            .map(|label| (label.label.label, label.table))
            .collect();
        (figures, labels)
    };
    known(unit.source) == known(&apply(unit.source, edits))
}

/// `figure` with its digits and signs in half width.
fn half_width(figure: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '．' | '＋' | '－' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    figure.chars().map(narrow).collect()
}

/// The edits of single cells: full-width digits, and half-width brackets in names.
fn of_cells(unit: &Unit<'_>) -> Vec<TextEdit> {
    if unit.view.is_some() {
        return Vec::new();
    }
    let figures = unit.report.tables.iter().flat_map(|table| table.cells()).filter_map(|(_, cell)| {
        let written = cell.span.of(unit.source);
        let is_wide = matches!(&cell.value, Value::Number(number) if number.form.full_width);
        let content = half_width(written);
        (is_wide && content != written).then_some(TextEdit { span: cell.span, content })
    });
    let labels = unit.report.labels.iter().filter(|label| label.table.is_some()).filter_map(|label| {
        let written = label.span.of(unit.source);
        let is_name = matches!(label.label.label, Label::Row(_) | Label::Group(_) | Label::Item(_));
        let content = written.replace('(', "（").replace(')', "）");
        (is_name && content != written).then_some(TextEdit { span: label.span, content })
    });
    let mut edits: Vec<TextEdit> = figures.chain(labels).collect();
    edits.sort();
    edits.dedup_by(|one, other| one.span.start < other.span.end);
    edits
}

/// A row of a table of pipes.
struct PipedRow {
    /// The line without its line break.
    span: Span,
    /// What is in its cells, without white space around it.
    cells: Vec<String>,
    /// Whether it starts and ends with a pipe.
    borders: [bool; 2],
    /// Whether it is the rule below the header.
    is_rule: bool,
}

/// The edits that put the columns of the table in `block` under each other.
fn of_pipes(unit: &Unit<'_>, block: Span, cells: &[TextEdit]) -> Vec<TextEdit> {
    let mut rows = Vec::new();
    let mut at = block.start;
    while at < block.end {
        let line = lines_around(unit.source, Span::at(at));
        let own: Vec<TextEdit> =
            cells.iter().filter(|edit| line.start <= edit.span.start && edit.span.end <= line.end).cloned().collect();
        let own: Vec<TextEdit> = own
            .into_iter()
            .map(|edit| TextEdit { span: Span::new(edit.span.start - line.start, edit.span.end - line.start), ..edit })
            .collect();
        rows.extend(row(&apply(line.of(unit.source), &own), line));
        let rest = unit.source.get(line.end..).unwrap_or_default();
        at = line.end + if rest.starts_with("\r\n") { 2 } else { 1 };
    }
    let mut widths: Vec<usize> = Vec::new();
    for row in rows.iter().filter(|row| !row.is_rule) {
        for (column, cell) in row.cells.iter().enumerate() {
            let own = shown_width(cell);
            match widths.get_mut(column) {
                Some(width) => *width = own.max(*width),
                None => widths.push(own.max(3)),
            }
        }
    }
    // A line that would be longer than any window is not put under others.
    const WIDEST: usize = 60;
    widths.iter_mut().for_each(|width| *width = (*width).min(WIDEST));
    let changed = rows.iter().filter_map(|row| {
        let content = row.written(&widths);
        (content != row.span.of(unit.source)).then_some(TextEdit { span: row.span, content })
    });
    changed.collect()
}

/// The row in `line`, whose words are `text`.
fn row(text: &str, span: Span) -> Option<PipedRow> {
    let trimmed = text.trim_matches(is_space);
    if !trimmed.contains('|') {
        return None;
    }
    let borders = [trimmed.starts_with('|'), trimmed.ends_with('|') && !trimmed.ends_with("\\|")];
    let inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let inner = if borders[1] { inner.strip_suffix('|').unwrap_or(inner) } else { inner };
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in inner.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => cells.last_mut()?.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    let cells: Vec<String> = cells.into_iter().map(|cell| cell.trim_matches(is_space).to_owned()).collect();
    let is_rule = cells
        .iter()
        .all(|cell| !cell.is_empty() && cell.contains('-') && cell.bytes().all(|byte| matches!(byte, b'-' | b':')));
    Some(PipedRow { span, cells, borders, is_rule })
}

impl PipedRow {
    fn written(&self, widths: &[usize]) -> String {
        let cells = self.cells.iter().enumerate().map(|(column, cell)| {
            let width = widths.get(column).copied().unwrap_or(3);
            if self.is_rule {
                let (left, right) = (cell.starts_with(':'), cell.len() > 1 && cell.ends_with(':'));
                let dashes = width - usize::from(left) - usize::from(right);
                return format!(
                    "{}{}{}",
                    if left { ":" } else { "" },
                    "-".repeat(dashes),
                    if right { ":" } else { "" }
                );
            }
            let room = " ".repeat(width.saturating_sub(shown_width(cell)));
            let is_figure = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b','));
            if is_figure { format!("{room}{cell}") } else { format!("{cell}{room}") }
        });
        let inner = cells.collect::<Vec<_>>().join(" | ");
        let start = if self.borders[0] { "| " } else { "" };
        let end = if self.borders[1] { " |" } else { "" };
        let line = format!("{start}{inner}{end}");
        if self.borders[1] { line } else { line.trim_end().to_owned() }
    }
}

/// How many columns of a screen `text` takes.
fn shown_width(text: &str) -> usize {
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis_of};

    fn formatted(source: &str) -> String {
        let (_, analysis) = analysis_of(source);
        apply(source, &formatting(&analysis, Span::new(0, source.len())))
    }

    #[test]
    fn columns_come_under_each_other_by_the_width_of_their_characters() {
        let table: String = SOURCE
            .lines()
            .map(|line| match line.contains('\t') {
                true => format!("|{}|\n", line.replace('\t', "|")),
                false => format!("{line}\n\n"),
            })
            .collect();
        let table = table.replacen("总计|\n", "总计|\n|---|:--:|--:|---|---|---|---|---|\n", 1);
        let done = formatted(&table);
        let rows: Vec<&str> = done.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), 7, "{done}");
        let pipes = |row: &str| -> Vec<usize> {
            row.char_indices().filter(|(_, c)| *c == '|').map(|(at, _)| shown_width(&row[..at])).collect()
        };
        assert!(rows.iter().all(|row| pipes(row) == pipes(rows[0])), "{done}");
        assert!(rows[1].contains(":---") && rows[2].contains("     5 |"), "{done}");
        assert_eq!(formatted(&done), done, "again, nothing changes");
    }

    #[test]
    fn digits_and_brackets_in_cells_are_as_the_format_prints_them() {
        let wide = SOURCE.replace("（一）予以公开\t5", "(一)予以公开\t５");
        assert_eq!(formatted(&wide), SOURCE);
        // Nothing outside the tables, and nothing that is no figure.
        let other = SOURCE.replace("收到政府信息公开申请7件", "收到(本级)政府信息公开申请７件");
        assert_eq!(formatted(&other), other);
    }

    #[test]
    fn what_is_no_report_is_left_alone() {
        assert_eq!(formatted("|a|b|\n|-|-|\n|1|2|\n"), "|a|b|\n|-|-|\n|1|2|\n");
    }
}
