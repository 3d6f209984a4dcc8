//! Writes an official table in the layout of a report's tables.

use crate::statute::{Column, Group, Header, Quantity, Row, RowSpec, TableKind, TableSpec};
use crate::syntax::Layout;
use std::borrow::Cow;

/// Whether a table can be typed in `layout`.
pub(crate) fn can_render(layout: Layout) -> bool {
    match layout {
        Layout::CellLines | Layout::PipedLines | Layout::Pipes | Layout::Tabs | Layout::Markdown => true,
        Layout::Html | Layout::Word | Layout::Spaced | Layout::BareLines => false,
    }
}

/// The table of `spec` in `layout`, each figure as `figure` gives it, blank where that is empty; no line break at its
/// end. `None` for a layout in which no table can be typed.
pub(crate) fn render<'a>(
    spec: &TableSpec,
    layout: Layout,
    line_break: &str,
    figure: impl Fn(Row, Column) -> &'a str,
) -> Option<String> {
    if !can_render(layout) {
        return None;
    }
    let values = |row: &RowSpec| row.columns.iter().map(|column| figure(row.row, *column)).collect::<Vec<&'a str>>();
    let rows = match spec.kind {
        TableKind::Disclosure => disclosure(spec, values),
        TableKind::Applications => applications(spec, values),
        TableKind::Review => review(spec, values),
    };
    // Rows of pipes with next to nothing between them are no table to see; a rule below the first makes them one.
    let filled = rows.iter().filter(|row| row.values.iter().any(|value| !value.is_empty())).count();
    let layout = if layout == Layout::Pipes && filled * 3 < rows.len() { Layout::Markdown } else { layout };
    let width = rows.iter().map(|row| row.labels.len() + row.values.len()).max().unwrap_or(0);
    let mut lines: Vec<String> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells = || row.labels.iter().map(|label| &**label).chain(row.values.iter().copied());
        if layout == Layout::Tabs {
            let line = cells().collect::<Vec<_>>().join("\t");
            lines.push(if line.contains('\t') { line } else { format!("{line}\t") });
        } else if layout == Layout::Pipes {
            lines.push(format!("{} |", cells().collect::<Vec<_>>().join(" | ")));
        } else if layout == Layout::Markdown {
            let padded: Vec<&str> = cells().chain(std::iter::repeat("")).take(width).collect();
            lines.push(format!("| {} |", padded.join(" | ")));
            if index == 0 {
                lines.push(format!("|{}", " --- |".repeat(width)));
            }
        } else if layout == Layout::CellLines {
            lines.extend(cells().map(|cell| format!("\t{cell}")));
            lines.push(String::new());
        } else if layout == Layout::PipedLines {
            // No cell is where another reaches over several rows.
            let labels = row.labels.iter().map(|label| &**label).filter(|label| !label.is_empty());
            let kept: Vec<&str> = labels.chain(row.values.iter().copied()).collect();
            for (at, cell) in kept.iter().enumerate() {
                lines.push(format!("{cell} {}", if at + 1 == kept.len() { "| ||" } else { "|" }));
            }
        } else {
            return None;
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    Some(lines.join(line_break))
}

/// Labels and headers, then figures.
#[derive(Default)]
struct SkeletonLine<'a> {
    labels: Vec<Cow<'a, str>>,
    values: Vec<&'a str>,
}

fn header<'a>(cells: impl IntoIterator<Item = &'a str>) -> SkeletonLine<'a> {
    SkeletonLine { labels: cells.into_iter().map(Cow::Borrowed).collect(), values: Vec::new() }
}

fn disclosure<'a>(spec: &TableSpec, values: impl Fn(&RowSpec) -> Vec<&'a str>) -> Vec<SkeletonLine<'a>> {
    let mut lines = Vec::new();
    let mut item = None;
    for row in spec.rows {
        if row.row.item() != item {
            item = row.row.item();
            lines.extend(item.map(|item| SkeletonLine { labels: vec![item.name().into()], values: Vec::new() }));
            let columns = row.columns.iter().map(|column| match column.quantity() {
                Quantity::Amount => format!("{}（单位：万元）", column.name_in(spec.edition)).into(),
                _ => column.name_in(spec.edition).into(),
            });
            let labels = std::iter::once(Header::Content.name().into()).chain(columns).collect();
            lines.push(SkeletonLine { labels, values: Vec::new() });
        }
        lines.push(SkeletonLine { labels: vec![row.label.into()], values: values(row) });
    }
    lines
}

fn applications<'a>(spec: &TableSpec, values: impl Fn(&RowSpec) -> Vec<&'a str>) -> Vec<SkeletonLine<'a>> {
    let name = |column: Column| column.name();
    let mut lines = vec![
        header([Header::BalanceNote.name(), "", "", Header::Applicants.name(), "", "", "", "", "", ""]),
        header([
            "",
            "",
            "",
            name(Column::NaturalPersons),
            Header::Organisations.name(),
            "",
            "",
            "",
            "",
            name(Column::AllApplicants),
        ]),
        header([
            "",
            "",
            "",
            "",
            name(Column::Businesses),
            name(Column::ResearchBodies),
            name(Column::PublicInterestBodies),
            name(Column::LegalServices),
            name(Column::OtherOrganisations),
            "",
        ]),
    ];
    let mut open: &[Group] = &[];
    for row in spec.rows {
        // A group's name is in its first row only; where it heads no rows of this edition it is a row itself.
        let groups = row.row.groups();
        let cell = |level: usize| match groups.get(level) {
            Some(group) if open.get(level) != Some(group) => group.name().into(),
            _ => "".into(),
        };
        lines.push(SkeletonLine { labels: vec![cell(0), cell(1), row.label.into()], values: values(row) });
        open = groups;
    }
    lines
}

fn review<'a>(spec: &TableSpec, values: impl Fn(&RowSpec) -> Vec<&'a str>) -> Vec<SkeletonLine<'a>> {
    let Some(row) = spec.rows.first() else { return Vec::new() };
    let above = |level: usize| {
        let mut last: Option<Header> = None;
        let cells = row.columns.iter().map(|column| {
            let found = column.headers().get(level).copied();
            let cell = if found != last { found.map_or("", Header::name) } else { "" };
            last = found;
            cell.into()
        });
        SkeletonLine { labels: cells.collect(), values: Vec::new() }
    };
    let names = header(row.columns.iter().map(|column| column.name()));
    vec![above(0), above(1), names, SkeletonLine { labels: Vec::new(), values: values(row) }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Document, Value};
    use crate::statute::{Edition, Section};

    #[test]
    fn what_is_written_is_read_again() {
        for edition in [Edition::F2019, Edition::F2021] {
            for layout in [Layout::Tabs, Layout::Pipes, Layout::Markdown, Layout::CellLines, Layout::PipedLines] {
                for filled in [true, false] {
                    let mut text = String::new();
                    for kind in TableKind::ALL {
                        let figure = |_, _| if filled { "7" } else { "" };
                        let spec = edition.format().table(kind);
                        let table = render(spec, layout, "\n", figure).unwrap();
                        text.push_str(&format!("{}\n\n{table}\n\n\n\n", kind.section().heading()));
                    }
                    text.push_str(&Section::Problems.heading());
                    let document = Document::new(&text);
                    let report = document.unit(0).unwrap().report();
                    let context = format!("{edition:?} {layout:?} {filled}\n{text}\n{report:#?}");
                    assert_eq!(report.tables.len(), 3, "{context}");
                    for table in &report.tables {
                        assert_eq!(table.spec.edition, edition, "{context}");
                        for row in &table.rows {
                            let row = row.as_ref().expect(&context);
                            for cell in &row.cells {
                                let value = &cell.as_ref().expect(&context).value;
                                assert_eq!(*value != Value::Blank, filled, "{context}");
                            }
                        }
                    }
                }
            }
        }
    }
}
