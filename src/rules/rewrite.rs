//! Tables written anew, for fixes that insert or convert one.

use super::context::Context;
use crate::report::Table;
use crate::report::skeleton::{layout_of, render};
use crate::statute::{Column, Row, TableSpec};
use crate::syntax::Layout;
use crate::text::{Span, TextEdit};

/// The lines that `table` stands in.
fn lines_of(context: &Context<'_>, table: &Table) -> Span {
    Span::new(context.line_start(table.span.start), context.line_end(table.span.end))
}

/// An empty table of `spec` in the layout of the tables that are there.
pub(super) fn blank(context: &Context<'_>, spec: &TableSpec) -> Option<String> {
    let there = context.report.tables.first().map(|table| context.text(lines_of(context, table)));
    let layout = match there {
        Some(lines) => layout_of(lines)?,
        None if context.source.contains("\n#") || context.source.starts_with('#') => Layout::Markdown,
        None => Layout::Tabs,
    };
    render(spec, layout, context.line_break(), |_, _| String::new())
}

/// The edit that writes `table` as one of `spec`: figures that both have are kept as they are, the others are blank.
pub(super) fn convert(context: &Context<'_>, table: &Table, spec: &TableSpec) -> Option<TextEdit> {
    let span = lines_of(context, table);
    let layout = layout_of(context.text(span))?;
    let kept = |row: Row, column: Column| {
        let columns = table.spec.rows.iter().find(|own| own.row == row)?.columns;
        let at = columns.iter().position(|own| *own == column)?;
        let cell = table.row(row)?.cells.get(at)?.as_ref()?;
        Some(context.text(cell.span).trim().to_owned())
    };
    let content = render(spec, layout, context.line_break(), |row, column| kept(row, column).unwrap_or_default())?;
    Some(TextEdit { span, content })
}
