//! Findings and other tables as sheets of an Excel file.

use super::severity_word;
use crate::cli::checked::Checked;
use crate::cli::files::Failure;
use crate::config::Language;
use crate::exchange::row_and_column;
use crate::rules::Severity;
use crate::say;
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// The largest number of rows in a sheet of Excel.
const ROWS: u32 = 1_048_576;
/// The largest number of characters in a cell of Excel.
const CHARACTERS: usize = 32_767;

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) enum SheetCell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Blank,
}

impl From<&str> for SheetCell {
    fn from(text: &str) -> SheetCell {
        SheetCell::Text(text.to_owned())
    }
}

impl From<String> for SheetCell {
    fn from(text: String) -> SheetCell {
        SheetCell::Text(text)
    }
}

impl From<usize> for SheetCell {
    fn from(number: usize) -> SheetCell {
        SheetCell::Number(number as f64)
    }
}

/// The sheets of an Excel file, written row by row; written rows are not kept in memory.
pub(in crate::cli) struct Tables {
    book: Workbook,
    sheets: Vec<Sheet>,
}

/// A sheet, continued on further sheets if it has too many rows.
struct Sheet {
    name: String,
    columns: Vec<(String, f64)>,
    full: Vec<Worksheet>,
    sheet: Worksheet,
    next: u32,
}

/// The index of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct SheetId(usize);

impl Tables {
    /// A file without sheets.
    pub(in crate::cli) fn new() -> Result<Tables, XlsxError> {
        let mut book = Workbook::new();
        // The same input gives the same file.
        let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created));
        Ok(Tables { book, sheets: Vec::new() })
    }

    /// Adds the sheet `name`, with the name and the width in characters of each column. Its header stays visible, and
    /// its rows can be filtered.
    pub(in crate::cli) fn sheet(&mut self, name: &str, columns: &[(&str, f64)]) -> Result<SheetId, XlsxError> {
        let columns: Vec<(String, f64)> = columns.iter().map(|(name, width)| ((*name).to_owned(), *width)).collect();
        let sheet = headed(&mut self.book, name, &columns)?;
        self.sheets.push(Sheet { name: name.to_owned(), columns, full: Vec::new(), sheet, next: 1 });
        Ok(SheetId(self.sheets.len() - 1))
    }

    /// Adds a row to `sheet`.
    pub(in crate::cli) fn add(
        &mut self,
        SheetId(index): SheetId,
        cells: impl IntoIterator<Item = SheetCell>,
    ) -> Result<(), XlsxError> {
        let Some(Sheet { name, columns, full, sheet, next }) = self.sheets.get_mut(index) else { return Ok(()) };
        if *next >= ROWS {
            let further = headed(&mut self.book, &format!("{name} {}", full.len() + 2), columns)?;
            full.push(closed(std::mem::replace(sheet, further), columns.len(), *next)?);
            *next = 1;
        }
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                SheetCell::Text(text) => {
                    let text: String =
                        text.chars().filter(|c| !c.is_control() || *c == '\n').take(CHARACTERS).collect();
                    sheet.write_string_with_format(*next, column, text, &wrapped)?;
                }
                SheetCell::Number(number) => {
                    sheet.write_number_with_format(*next, column, number, &wrapped)?;
                }
                SheetCell::Blank => {}
            }
        }
        *next += 1;
        Ok(())
    }

    /// Writes the file to `to`.
    pub(in crate::cli) fn finish(mut self, to: impl Write + Send) -> Result<(), XlsxError> {
        for Sheet { columns, full, sheet, next, .. } in self.sheets {
            for sheet in full {
                self.book.push_worksheet(sheet);
            }
            self.book.push_worksheet(closed(sheet, columns.len(), next)?);
        }
        self.book.save_to_writer(to)
    }
}

fn headed(book: &mut Workbook, name: &str, columns: &[(String, f64)]) -> Result<Worksheet, XlsxError> {
    let mut sheet = book.new_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00DD_E6F0)).set_align(FormatAlign::Top);
    for (index, (_, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(index, *width)?;
    }
    for (index, (column, _)) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, index, column, &head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(sheet)
}

fn closed(mut sheet: Worksheet, columns: usize, next: u32) -> Result<Worksheet, XlsxError> {
    if let (Some(last), 2..) = (columns.checked_sub(1), next) {
        sheet.autofilter(0, 0, next - 1, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(sheet)
}

/// The findings of a run: `check --output-format xlsx`.
pub(super) struct Findings {
    tables: Tables,
    sheet: SheetId,
    language: Language,
}

impl Findings {
    pub(super) fn new(language: Language) -> Result<Findings, XlsxError> {
        let mut tables = Tables::new()?;
        let sheet = match language {
            Language::Chinese => tables.sheet(
                "问题",
                &[
                    ("文件", 40.0),
                    ("级别", 8.0),
                    ("规则", 9.0),
                    ("名称", 24.0),
                    ("表", 6.0),
                    ("行", 30.0),
                    ("列", 22.0),
                    ("问题", 70.0),
                    ("建议", 40.0),
                    ("文本行", 8.0),
                    ("字符", 8.0),
                    ("指纹", 20.0),
                ],
            ),
            Language::English => tables.sheet(
                "Findings",
                &[
                    ("File", 40.0),
                    ("Severity", 9.0),
                    ("Rule", 9.0),
                    ("Name", 24.0),
                    ("Table", 7.0),
                    ("Row", 30.0),
                    ("Column", 22.0),
                    ("Finding", 70.0),
                    ("Proposal", 40.0),
                    ("Line", 8.0),
                    ("Character", 10.0),
                    ("Fingerprint", 20.0),
                ],
            ),
        }?;
        Ok(Findings { tables, sheet, language })
    }

    pub(super) fn add(&mut self, file: &Checked) -> anyhow::Result<()> {
        for (finding, identity) in file.findings.iter().zip(&file.identities) {
            let (row, column) = row_and_column(&file.text, finding.span.start);
            let place = &identity.place;
            let text = |text: Option<&str>| text.map_or(SheetCell::Blank, SheetCell::from);
            self.tables.add(
                self.sheet,
                [
                    SheetCell::from(file.name.as_str()),
                    severity_word(finding.severity, self.language).into(),
                    finding.rule.code.into(),
                    finding.rule.title(self.language).into(),
                    place.table.map_or(SheetCell::Blank, |table| SheetCell::Number(table.into())),
                    text(place.row),
                    text(place.column.as_deref()),
                    finding.message.as_str().into(),
                    text(finding.fixes.first().map(|fix| fix.message.as_str())),
                    row.into(),
                    column.into(),
                    identity.fingerprint.as_str().into(),
                ],
            )?;
        }
        Ok(())
    }

    /// Writes the file to `to`.
    pub(super) fn finish(mut self, failures: &[Failure], to: impl Write + Send) -> anyhow::Result<()> {
        let word = severity_word(Severity::Error, self.language);
        let title = say!(self.language, "无法读取", "not read");
        for failure in failures {
            let blank = || SheetCell::Blank;
            self.tables.add(
                self.sheet,
                [
                    SheetCell::from(failure.name.as_str()),
                    word.into(),
                    blank(),
                    title.as_str().into(),
                    blank(),
                    blank(),
                    blank(),
                    failure.message.as_str().into(),
                ],
            )?;
        }
        Ok(self.tables.finish(to)?)
    }
}
