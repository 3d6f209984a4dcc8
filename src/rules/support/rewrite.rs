//! Writes tables for fixes that insert or convert one.

use crate::report::page_writer::NewPart;
use crate::report::table_writer::{can_render, render};
use crate::report::{Table, TableRow};
use crate::rules::support::context::Context;
use crate::statute::{Column, Row, TableSpec};
use crate::syntax::Layout;
use crate::text::{Span, TextEdit};

/// The lines of `table`.
fn lines_of(context: &Context<'_>, table: &Table) -> Span {
    Span::new(context.line_start(table.span.start), context.line_end(table.span.end))
}

/// An empty table of `spec` in the layout of the report's tables.
pub(in crate::rules) fn blank(context: &Context<'_>, spec: &TableSpec) -> Option<String> {
    let layout = match context.report.tables.first() {
        Some(table) => table.layout?,
        None if context.source.contains("\n#") || context.source.starts_with('#') => Layout::Markdown,
        None => Layout::Tabs,
    };
    render(spec, layout, context.line_break(), |_, _| "")
}

/// An empty table of `spec` as a part that is inserted into `page`.
pub(in crate::rules) fn blank_part(context: &Context<'_>, spec: &'static TableSpec) -> Option<NewPart<'static>> {
    let of_page = match context.report.tables.first() {
        Some(table) => table.layout? == Layout::Html,
        None => context.report.page.is_some(),
    };
    if of_page { Some(NewPart::Table(spec)) } else { blank(context, spec).map(NewPart::Text) }
}

/// The edit that converts `table` to `spec`: figures that both formats have keep their writing, the others are blank. It is
/// of the source if the report is marked up.
pub(in crate::rules) fn convert(context: &Context<'_>, table: &Table, spec: &'static TableSpec) -> Option<TextEdit> {
    let span = lines_of(context, table);
    let layout = table.layout?;
    if context.drafts && can_render(layout) {
        return Some(TextEdit { span, content: String::new() });
    }
    let kept = |row: Row, column: Column| {
        let columns = table.spec.rows.iter().find(|own| own.row == row)?.columns;
        let at = columns.iter().position(|own| *own == column)?;
        let cell = table.row(row)?.cells.get(at)?.as_ref()?;
        Some(context.text(cell.span).trim())
    };
    let figure = |row: Row, column: Column| kept(row, column).unwrap_or_default();
    if let Some(page) = context.page.filter(|_| layout == Layout::Html) {
        return page.convert(table, spec, figure);
    }
    let content = render(spec, layout, context.line_break(), figure)?;
    match context.page {
        Some(page) => page.replace_lines(table.span, content),
        None => Some(TextEdit { span, content }),
    }
}

/// The edit that inserts a blank row labelled `label` after the row `before`, or before the row `after` if there is
/// none. It copies the form of one of the two that has `due` figures.
pub(in crate::rules) fn insert_row(
    context: &Context<'_>,
    before: Option<&TableRow>,
    after: Option<&TableRow>,
    label: &str,
    due: usize,
) -> Option<TextEdit> {
    let model = [before, after].into_iter().flatten().find_map(|row| blank_like(context, row, label, due))?;
    let line = context.line_break();
    // In the layout with one cell a line after a tab, an empty line ends a row.
    let end = if model.contains(['\n', '\r']) && model.starts_with('\t') { line } else { "" };
    match (before, after) {
        (Some(before), _) => {
            let last = before.cells.last()?.as_ref()?.span.end;
            Some(TextEdit { span: Span::at(context.line_end(last)), content: format!("{line}{end}{model}") })
        }
        (None, Some(after)) => {
            let start = context.line_start(after.label?.0.start);
            Some(TextEdit { span: Span::at(start), content: format!("{model}{line}{end}") })
        }
        (None, None) => None,
    }
}

/// The lines of `row` with another label and blank cells; `None` unless its lines contain exactly one row with `due`
/// figures.
fn blank_like(context: &Context<'_>, row: &TableRow, label: &str, due: usize) -> Option<String> {
    let (written, _) = row.label?;
    let cells: Option<Vec<Span>> = row.cells.iter().map(|cell| cell.as_ref().map(|cell| cell.span)).collect();
    let cells = cells.filter(|cells| cells.len() == due)?;
    let last = cells.last()?.end;
    let between = |from: usize, to: usize| {
        let text = context.source.get(from..to)?;
        text.chars().all(|c| c == '|' || c.is_whitespace()).then_some(text)
    };
    // Labels of groups before it belong to that row.
    let before = context.source.get(context.line_start(written.start)..written.start)?;
    let mut blank: String = before.chars().filter(|c| *c == '|' || c.is_whitespace()).collect();
    blank.push_str(label);
    let mut at = written.end;
    for cell in cells {
        blank.push_str(between(at, cell.start)?);
        at = cell.end;
    }
    blank.push_str(between(last, context.line_end(last))?);
    Some(blank)
}
