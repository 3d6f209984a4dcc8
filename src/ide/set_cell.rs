//! Writes a figure into one cell of a table, and changes no other figure.

use super::convert::figures_of;
use crate::analysis::{Analysis, Unit};
use crate::config::Language;
use crate::report::{Document, Report, Table, Value};
use crate::say;
use crate::statute::{CellRef, Column, TableKind, same_key};
use crate::text::{TextEdit, apply};

/// A cell of a table, as the format names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellName<'a> {
    /// Which of the document's reports, from 0.
    pub report: usize,
    /// 2 to 4, for 表二 to 表四.
    pub table: u8,
    /// The label of the row; empty in 表四, whose row has none.
    pub row: &'a str,
    /// The header of the column; in 表四 after the headers above it: `行政复议结果维持`.
    pub column: &'a str,
}

/// Why a figure cannot be written into a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellRefusal {
    /// There is no such report, or it has no such table.
    NoTable,
    /// The format has no such row or column.
    NoName,
    /// The row is missing, or its values do not fit its columns.
    NoCell,
    /// The value would be read differently there, or would change another figure.
    NotAlone,
}

impl CellRefusal {
    /// What to do, for a reader.
    pub fn message(self, language: Language) -> String {
        match self {
            CellRefusal::NoTable => say!(language, "报告中没有这张表", "the report has no such table"),
            CellRefusal::NoName => {
                say!(language, "规定格式中没有这一行或这一栏", "the format has no such row or column")
            }
            CellRefusal::NoCell => say!(
                language,
                "报告中没有这一格：缺少这一行，或这一行的数与各栏对不上，请先在文本中补齐",
                "the report has no such cell: the row is missing, or its values do not fit its columns; see to that in the text first"
            ),
            CellRefusal::NotAlone => say!(
                language,
                "不能只改这一格：请直接在文本中修改",
                "this cell cannot be changed by itself: change it in the text"
            ),
        }
    }
}

/// The edits that write `value` into the cell called `name`. No other figure of the document changes by them.
///
/// # Errors
///
/// Where there is no such cell, or it cannot be written alone.
pub fn set_cell(analysis: &Analysis, name: CellName<'_>, value: &str) -> Result<Vec<TextEdit>, CellRefusal> {
    let value = value.trim();
    if value.contains(['\n', '\r', '\t', '|']) {
        return Err(CellRefusal::NotAlone);
    }
    let kind = TableKind::ALL.into_iter().find(|kind| kind.section().number() == name.table);
    let kind = kind.ok_or(CellRefusal::NoTable)?;
    let recognised = analysis.document().units().filter(|(_, unit)| unit.report().is_recognised());
    let (offset, unit) = recognised.into_iter().nth(name.report).ok_or(CellRefusal::NoTable)?;
    // Marked-up text is edited through its visible text.
    let (source, report): (&str, &Report) = match unit.view() {
        Some(view) => (view.text.text(), &view.report),
        None => (unit.source(), unit.report()),
    };
    let table = report.table(kind).ok_or(CellRefusal::NoTable)?;
    let place = place(table, name).ok_or(CellRefusal::NoName)?;
    let cell = table.cell(place).ok_or(CellRefusal::NoCell)?;
    if cell.span.of(source) == value {
        return Ok(Vec::new());
    }
    let edit = match cell.value {
        Value::Blank if value.is_empty() => return Ok(Vec::new()),
        Value::Blank => cell.filled(source, value),
        _ => TextEdit { span: cell.span, content: value.to_owned() },
    };
    let edits = match unit.view() {
        Some(view) => view.text.source_edits(&edit).ok_or(CellRefusal::NotAlone)?,
        None => vec![edit],
    };
    let own = edits;
    let edits: Vec<TextEdit> =
        own.iter().map(|edit| TextEdit { span: edit.span.shift(offset), ..edit.clone() }).collect();
    let is_alone = is_alone(Unit::of_report(0, unit), &own, (kind, place), value);
    if is_alone { Ok(edits) } else { Err(CellRefusal::NotAlone) }
}

/// The place of the cell that `name` names.
fn place(table: &Table, name: CellName<'_>) -> Option<CellRef> {
    let spec = table.spec;
    let row = spec.rows.iter().position(|row| row.label == name.row);
    let row = row.or_else(|| spec.rows.iter().position(|row| same_key(row.label, name.row)))?;
    let is_named = |column: &Column| {
        let names = [column.full_name().into_owned(), column.name_in(spec.edition).to_owned()];
        names.iter().any(|own| own == name.column || same_key(own, name.column))
    };
    let mut columns = spec.rows.get(row)?.columns.iter().enumerate().filter(|(_, column)| is_named(column));
    let (column, _) = columns.next()?;
    // In 表四 the last words of a header are those of three columns.
    columns.next().is_none().then_some(CellRef { row, column })
}

/// Whether `edits` of a report change the cell and no other figure. Other reports of the document do not depend on it.
fn is_alone(unit: Unit<'_>, edits: &[TextEdit], cell: (TableKind, CellRef), value: &str) -> bool {
    let mut edits = edits.to_vec();
    edits.sort();
    let edited = Document::new(&apply(unit.source, &edits));
    let mut units = edited.units();
    let (Some((0, new)), None) = (units.next(), units.next()) else { return false };
    let (old, new) = (figures_of(unit), figures_of(Unit::of_report(0, new)));
    let written: String = value.split_whitespace().collect();
    let mut changed = old.iter().zip(&new).filter(|(old, new)| old != new);
    old.len() == new.len()
        && changed.next().is_some_and(|(_, (kind, place, text))| (*kind, *place) == cell && *text == written)
        && changed.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis_of};

    const GRANTED: &str = "（一）予以公开";

    #[track_caller]
    fn check(source: &str, (table, row, column): (u8, &str, &str), value: &str, expected: Result<&str, CellRefusal>) {
        let (_, analysis) = analysis_of(source);
        let name = CellName { report: 0, table, row, column };
        let changed = set_cell(&analysis, name, value).map(|edits| apply(source, &edits));
        assert_eq!(changed.as_deref().map_err(|refusal| *refusal), expected);
    }

    #[test]
    fn only_the_cell_changes() {
        let row = "（一）予以公开\t5\t2\t0\t0\t0\t0\t7";
        let with = |new: &str| SOURCE.replace(row, new);
        check(SOURCE, (3, GRANTED, "总计"), "12", Ok(&with("（一）予以公开\t5\t2\t0\t0\t0\t0\t12")));
        check(SOURCE, (3, "(一)予以公开", "商业企业"), " 3 ", Ok(&with("（一）予以公开\t5\t3\t0\t0\t0\t0\t7")));
        check(SOURCE, (3, GRANTED, "科研机构"), "", Ok(&with("（一）予以公开\t5\t2\t\t0\t0\t0\t7")));
        check(SOURCE, (3, GRANTED, "总计"), "7", Ok(SOURCE));
        let blank = with("（一）予以公开\t5\t2\t0\t0\t0\t0\t");
        check(&blank, (3, GRANTED, "总计"), "7", Ok(SOURCE));
    }

    #[test]
    fn a_cell_of_a_page_or_of_markdown_keeps_what_is_around_it() {
        let row = "<tr><td>（一）予以公开</td><td>5</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td><b>7</b></td></tr>";
        let page = format!(
            "<h1>白石县档案局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>三、收到和处理政府信息公开申请情况</p>\
             <table><tr><td>一、本年新收政府信息公开申请数量</td><td>5</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td>7</td></tr>\
             {row}<tr><td>（七）总计</td><td>5</td><td>2</td><td>0</td><td>0</td><td>0</td><td>0</td><td>7</td></tr></table>"
        );
        let expected = page.replace("<b>7</b>", "<b>8</b>");
        check(&page, (3, GRANTED, "总计"), "8", Ok(&expected));
        check(&page, (3, GRANTED, "总计"), "<8>", Ok(&page.replace("<b>7</b>", "<b>&lt;8&gt;</b>")));
        let markdown = SOURCE.replace('\t', " | ");
        check(&markdown, (3, GRANTED, "自然人"), "6", Ok(&markdown.replace("公开 | 5", "公开 | 6")));
    }

    #[test]
    fn what_cannot_be_written_alone_is_refused() {
        check(SOURCE, (2, "规章", "本年制发件数"), "1", Err(CellRefusal::NoTable));
        check(SOURCE, (5, GRANTED, "总计"), "1", Err(CellRefusal::NoTable));
        check(SOURCE, (3, "予以", "总计"), "1", Err(CellRefusal::NoName));
        check(SOURCE, (3, GRANTED, "合计"), "1", Err(CellRefusal::NoName));
        check(SOURCE, (3, "2.重复申请", "总计"), "1", Err(CellRefusal::NoCell));
        check(SOURCE, (3, GRANTED, "总计"), "1\t2", Err(CellRefusal::NotAlone));
        check(SOURCE, (3, GRANTED, "总计"), "1\n", Ok(&SOURCE.replace("0\t7\n（七）", "0\t1\n（七）")));
    }

    #[test]
    fn a_report_of_several_is_meant_by_its_number() {
        let two = format!("{SOURCE}{}", SOURCE.replace("档案局", "水务局"));
        let (_, analysis) = analysis_of(&two);
        let name = CellName { report: 1, table: 3, row: GRANTED, column: "总计" };
        let edits = set_cell(&analysis, name, "9").unwrap();
        assert!(edits[0].span.start > SOURCE.len());
        assert_eq!(set_cell(&analysis, CellName { report: 2, ..name }, "9"), Err(CellRefusal::NoTable));
    }
}
