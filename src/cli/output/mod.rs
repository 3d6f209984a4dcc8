//! Output formats for findings. They are written file by file and not kept in memory.

mod concise;
mod github;
mod html;
mod json;
mod junit;
mod patch;
mod sarif;
mod text;
pub(super) mod workbook;

pub(super) use crate::exchange::escape_html as escape;
use crate::exchange::{row_and_column, severity_key};
pub(super) use json::{indented, reviewed};
pub(super) use patch::diff;

use super::arguments::{FailOn, OutputFormat};
use super::checked::Checked;
use super::files::Failure;
use super::on_disk::spool;
use super::root::Root;
use crate::analysis::{Analysis, ReportPlace};
use crate::config::Language;
use crate::rules::{RuleMeta, Severity};
use crate::say;
use crate::text::Span;
use std::io::{Read, Seek, SeekFrom, Write};
use tempfile::SpooledTempFile;

/// The parameters of every output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setup<'a> {
    /// The reader's language.
    pub(super) language: Language,
    /// The severity from which a finding counts as a failure.
    pub(super) fail_on: FailOn,
    /// The folder to which the paths for services are relative.
    pub(super) root: &'a Root,
    /// Whether the output is coloured, if the format has colours.
    pub(super) colored: bool,
}

/// Writes the findings of files, one file after the other.
pub(super) struct Printer<'a, W: Write> {
    format: OutputFormat,
    setup: Setup<'a>,
    out: W,
    /// The parts, if the text before them depends on all of them.
    waiting: Option<SpooledTempFile>,
    /// Whether a part was written already.
    started: bool,
    counts: [usize; 3],
    cases: junit::Cases,
    used: Vec<&'static RuleMeta>,
    book: Option<workbook::Findings>,
}

/// The output for one file, without the separators between files.
pub(super) struct Rendered(String);

impl Rendered {
    /// Its text.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// The output that was stored as `text`.
    pub(super) fn again(text: String) -> Rendered {
        Rendered(text)
    }
}

impl<'a, W: Write> Printer<'a, W> {
    /// Writes in `format` to `out`.
    pub(super) fn new(format: OutputFormat, setup: Setup<'a>, out: W) -> anyhow::Result<Printer<'a, W>> {
        let waits = matches!(format, OutputFormat::Junit | OutputFormat::Html);
        let book = (format == OutputFormat::Xlsx).then(|| workbook::Findings::new(setup.language)).transpose()?;
        let mut printer = Printer {
            format,
            setup,
            out,
            waiting: waits.then(spool),
            started: false,
            counts: [0; 3],
            cases: junit::Cases::default(),
            used: Vec::new(),
            book,
        };
        match format {
            OutputFormat::Json => printer.put("[")?,
            OutputFormat::Sarif => printer.put(&sarif::head(&setup)?)?,
            _ => {}
        }
        Ok(printer)
    }

    /// The output for `file`. Files have to be rendered in the order in which they are written, except in formats that
    /// count nothing.
    pub(super) fn render(&mut self, file: &Checked) -> anyhow::Result<Rendered> {
        for finding in &file.findings {
            let index = match finding.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Info => 2,
            };
            self.counts[index] += 1;
        }
        let setup = &self.setup;
        Ok(Rendered(match self.format {
            OutputFormat::Text => text::part(setup, file),
            OutputFormat::Concise => concise::part(file),
            OutputFormat::Json => json::part(file)?,
            OutputFormat::JsonLines => json::lines(file)?,
            OutputFormat::Sarif => sarif::part(setup, file, &mut self.used)?,
            OutputFormat::Github => github::part(setup, file),
            OutputFormat::Junit => junit::part(setup, file, &mut self.cases),
            OutputFormat::Html => html::part(setup, file),
            OutputFormat::Xlsx => {
                if let Some(book) = &mut self.book {
                    book.add(file)?;
                }
                String::new()
            }
        }))
    }

    /// Writes the rendered output of a file.
    pub(super) fn write(&mut self, Rendered(part): &Rendered) -> anyhow::Result<()> {
        if part.is_empty() {
            return Ok(());
        }
        let is_array = matches!(self.format, OutputFormat::Json | OutputFormat::Sarif);
        if is_array {
            self.put(if self.started { ",\n" } else { "\n" })?;
        }
        self.started = true;
        self.put(part)
    }

    /// Writes the part after all files. `failures` are the files that cannot be read. Returns the writer.
    pub(super) fn finish(mut self, failures: &[Failure]) -> anyhow::Result<W> {
        let setup = self.setup;
        match self.format {
            OutputFormat::Json => self.put(if self.started { "\n]\n" } else { "]\n" })?,
            OutputFormat::Sarif => {
                let indent = if self.started { "\n      " } else { "" };
                let tail = sarif::tail(&setup, failures, &self.used)?;
                self.put(&format!("{indent}{tail}"))?;
            }
            OutputFormat::Junit => self.put(&junit::tail(failures))?,
            OutputFormat::Html => self.put(html::TAIL)?,
            OutputFormat::Xlsx => {
                if let Some(book) = self.book.take() {
                    let mut file = spool();
                    book.finish(failures, &mut file)?;
                    file.rewind()?;
                    std::io::copy(&mut file, &mut self.out)?;
                }
            }
            _ => {}
        }
        if let Some(mut parts) = self.waiting.take() {
            let head = match self.format {
                OutputFormat::Junit => junit::head(failures, self.cases),
                _ => html::head(&setup, failures, self.counts),
            };
            self.out.write_all(head.as_bytes())?;
            copy(&mut parts, &mut self.out)?;
        }
        self.out.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, text: &str) -> anyhow::Result<()> {
        match &mut self.waiting {
            Some(waiting) => waiting.write_all(text.as_bytes())?,
            None => self.out.write_all(text.as_bytes())?,
        }
        Ok(())
    }
}

/// Copies the whole `spool` to `out`.
pub(super) fn copy(spool: &mut SpooledTempFile, out: &mut impl Write) -> std::io::Result<()> {
    spool.seek(SeekFrom::Start(0))?;
    std::io::copy(spool, out).map(|_| ())
}

/// The next `length` bytes of `spool`, as text.
pub(super) fn next_part(spool: &mut SpooledTempFile, length: usize) -> std::io::Result<String> {
    let mut bytes = vec![0; length];
    spool.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|error| std::io::Error::other(error.to_string()))
}

/// The name of a severity for people.
pub(super) fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (severity, Language::English) => severity_key(severity),
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Info, Language::Chinese) => "提示",
    }
}

/// The name of `place`: its table or section, its row, its column.
pub(super) fn place_words(place: &ReportPlace, language: Language) -> Vec<String> {
    let number = |number: u8| match language {
        Language::Chinese => crate::statute::ordinal(number),
        Language::English => number.to_string(),
    };
    let mut parts = Vec::new();
    match (place.table, place.section) {
        (Some(table), _) => parts.push(say!(language, "表{}", "Table {}", number(table))),
        (None, Some(section)) => parts.push(say!(language, "第{}部分", "Section {}", number(section))),
        (None, None) => {}
    }
    parts.extend(place.row.map(str::to_owned));
    parts.extend(place.column.as_deref().map(str::to_owned));
    parts
}

/// The place of `offset` in the text of `file`: line and column, or in a Word file paragraph and character.
pub(super) fn position_words(file: &Checked, offset: usize, language: Language) -> String {
    let (row, column) = row_and_column(&file.text, offset);
    match file.is_word() {
        true => say!(language, "第 {row} 段第 {column} 字", "paragraph {row}, character {column}"),
        false => say!(language, "第 {row} 行第 {column} 列", "line {row}, column {column}"),
    }
}

/// The label of the table row that contains `span`, to show a reader where in the table it is.
pub(super) fn row_of(analysis: &Analysis, span: Span) -> Option<Span> {
    let unit = analysis.unit_at(span.start)?;
    let tables = unit.report.tables.iter().filter(|table| table.span.shift(unit.offset).meets(span));
    let rows = tables.flat_map(|table| table.rows.iter().flatten());
    let label = |row: &crate::report::TableRow| row.label.map(|(label, _)| label.shift(unit.offset));
    rows.filter(|row| row.span.shift(unit.offset).meets(span)).find_map(label)
}

#[cfg(test)]
impl Setup<'_> {
    /// The parameters of a run in the current folder.
    fn here(language: Language) -> Setup<'static> {
        static HERE: std::sync::LazyLock<Root> = std::sync::LazyLock::new(Root::here);
        Setup { language, fail_on: FailOn::Error, root: &HERE, colored: false }
    }
}

/// The output of a run over `files` in `format`.
#[cfg(test)]
fn rendered(format: OutputFormat, files: &[Checked], failures: &[Failure], language: Language) -> String {
    rendered_with(format, files, failures, language, FailOn::Error)
}

#[cfg(test)]
fn rendered_with(
    format: OutputFormat,
    files: &[Checked],
    failures: &[Failure],
    language: Language,
    fail_on: FailOn,
) -> String {
    let mut out = Vec::new();
    let mut printer = Printer::new(format, Setup { fail_on, ..Setup::here(language) }, &mut out).unwrap();
    for file in files {
        let part = printer.render(file).unwrap();
        printer.write(&part).unwrap();
    }
    printer.finish(failures).unwrap();
    String::from_utf8(out).unwrap()
}

/// A file with one finding, with wide characters before its operand.
#[cfg(test)]
fn example() -> Checked {
    use crate::analysis::{FindingIdentity, ReportPlace};
    use crate::rules::{Applicability, Finding, FindingNumber, Fix, Related, RuleMeta};
    use crate::text::TextEdit;
    const RULE: RuleMeta = RuleMeta {
        code: "GK303",
        name: "row-total",
        severity: Severity::Error,
        title: ["行合计不符", "row total"],
        documentation: ["## 内容\n\n各项之和应等于总计。", "## What\n\nA row has to add up."],
        source: file!(),
    };
    let source = "甲\n\t𠮷10\n\t11\n";
    let total = Span::new(13, 15);
    let finding = Finding {
        rule: &RULE,
        severity: Severity::Error,
        span: total,
        message: "总计应为 12，现为 11".into(),
        related: vec![Related { span: Span::new(9, 11), message: "“自然人” 10".into() }],
        fixes: vec![Fix {
            message: "将总计改为 12".into(),
            applicability: Applicability::Safe,
            preferred: true,
            rewrite: false,
            draft: false,
            of_source: false,
            edits: vec![TextEdit { span: total, content: "12".into() }],
        }],
        number: FindingNumber::default(),
    };
    assert_eq!((total.of(source), Span::new(9, 11).of(source)), ("11", "10"));
    let place = ReportPlace { section: Some(3), table: Some(3), row: Some("（一）予以公开"), column: None };
    let identity = FindingIdentity { place, fingerprint: "9f3c".into() };
    let mut file = Checked::for_test("reports/2021.txt", source, vec![finding], vec![None]);
    file.identities = vec![identity];
    file
}
