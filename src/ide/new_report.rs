//! Writes an empty report in the format of its year: headings, tables, and the known figures.

use crate::report::Digest;
use crate::report::table_writer::render;
use crate::statute::{Aspect, Column, Edition, Row, Section, TableKind, ordinal};
use crate::syntax::Layout;

/// The parameters of a new report.
#[derive(Clone, Copy, Debug)]
pub struct NewReport<'a> {
    /// The body that reports.
    pub body: &'a str,
    /// The year it reports on.
    pub year: u16,
    /// How its tables are typed: [`Layout::Markdown`] makes headings of Markdown too.
    pub layout: Layout,
}

/// Why a new report cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewReportProblem {
    /// The given last report is for this year, which is not the year before.
    OtherYear(u16),
    /// Neither the request nor last year's report names the body.
    NoBody,
    /// There is no layout of that name in which a report can be typed.
    NoLayout,
}

/// The text of a report of `body` for `year`. What follows from `last`, the report for the year before, is filled in;
/// it also names the body if `body` does not.
///
/// # Errors
///
/// Where `last` is for another year, or nothing names the body.
pub fn next_report(
    year: u16,
    body: Option<&str>,
    layout: Layout,
    last: Option<&Digest>,
) -> Result<String, NewReportProblem> {
    if let Some(last) = last.filter(|last| last.year.checked_add(1) != Some(year)) {
        return Err(NewReportProblem::OtherYear(last.year));
    }
    let named = body.map(str::trim).filter(|body| !body.is_empty());
    let body = named.or_else(|| last.map(|last| last.body.trim())).filter(|body| !body.is_empty());
    let body = body.ok_or(NewReportProblem::NoBody)?;
    Ok(new_report(NewReport { body, year, layout }, |row, column| carried_over(last?, row, column)))
}

/// The layout in which a report is typed in files of that `extension`.
///
/// # Errors
///
/// For files in which none can be typed.
pub fn layout_of_extension(extension: &str) -> Result<Layout, NewReportProblem> {
    match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Ok(Layout::Markdown),
        "txt" => Ok(Layout::Tabs),
        _ => Err(NewReportProblem::NoLayout),
    }
}

/// The text of `new`, with the figures that `figure` gives; the others are blank.
pub fn new_report(new: NewReport<'_>, figure: impl Fn(Row, Column) -> Option<String>) -> String {
    let NewReport { body, year, layout } = new;
    let edition = Edition::of_year(year);
    let is_markdown = layout == Layout::Markdown;
    let [title_mark, mark] = if is_markdown { ["# ", "## "] } else { ["", ""] };
    let mut text = format!(
        "{title_mark}{body}{year}年政府信息公开工作年度报告\n\n\
         本报告根据《中华人民共和国政府信息公开条例》和{}的要求编制。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n",
        edition.notice()
    );
    for section in Section::ALL {
        text.push_str(&format!("\n{mark}{}\n\n", section.heading()));
        let kind = TableKind::ALL.into_iter().find(|kind| kind.section() == section);
        if let Some(kind) = kind {
            let spec = edition.format().table(kind);
            let mut figures: Vec<((Row, Column), String)> = Vec::new();
            for row in spec.rows {
                let known =
                    row.columns.iter().filter_map(|column| Some(((row.row, *column), figure(row.row, *column)?)));
                figures.extend(known);
            }
            let find = |row, column| {
                let known = figures.iter().find(|(place, _)| *place == (row, column));
                known.map_or("", |(_, figure)| figure.as_str())
            };
            text.push_str(&render(spec, layout, "\n", find).unwrap_or_default());
            text.push('\n');
        } else if section == Section::Overview {
            for (number, aspect) in (1..).zip(Aspect::ALL) {
                text.push_str(&format!("（{}）{}\n\n", ordinal(number), aspect.name()));
            }
        }
    }
    text.push_str(&format!("\n{body}\n"));
    text
}

/// The figure of `row` in `column` that follows from `last` year's report.
pub fn carried_over(last: &Digest, row: Row, column: Column) -> Option<String> {
    let value = match (row, column) {
        (Row::CarriedIn, column) => last.figure(Row::CarriedOut, column)?,
        (row, Column::ItemsLastYear) => {
            last.figure(row, Column::ItemsLastYear)?.checked_add(last.figure(row, Column::ItemChange)?)?
        }
        _ => return None,
    };
    (value >= 0 && value % 10_000 == 0).then(|| (value / 10_000).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::check;
    use crate::config::Settings;
    use crate::report::{Document, Value};

    #[test]
    fn a_new_report_is_read_in_its_format_and_lacks_only_what_has_to_be_filled_in() {
        for year in [2019, 2020, 2021, 2025] {
            for layout in [Layout::Tabs, Layout::Markdown] {
                let text = new_report(NewReport { body: "云岭县水务局", year, layout }, |row, _| {
                    (row == Row::CarriedIn).then(|| "0".to_owned())
                });
                let document = Document::new(&text);
                let report = document.unit(0).unwrap().report();
                assert_eq!(report.year.map(|(year, _)| year), Some(year));
                assert_eq!(report.tables.len(), 3, "{text}");
                for table in &report.tables {
                    assert_eq!(table.spec.edition, Edition::of_year(year));
                    assert!(table.rows.iter().all(Option::is_some), "{text}");
                    let filled = table.cells().filter(|(_, cell)| cell.value != Value::Blank).count();
                    assert_eq!(filled, if table.spec.kind == TableKind::Applications { 7 } else { 0 }, "{text}");
                }
                let found = check(&text, &Settings::default());
                let due = ["GK108", "GK109", "GK120", "GK122", "GK123", "GK201", "GK606"];
                let odd: Vec<_> = found.iter().filter(|one| !due.contains(&one.rule.code)).collect();
                assert!(odd.is_empty(), "{year} {layout:?}\n{odd:#?}\n{text}");
            }
        }
    }
}
