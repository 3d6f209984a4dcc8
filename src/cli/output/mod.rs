//! Findings as people and programs want them. Every format is a function from a run to a text.

mod concise;
mod github;
mod html;
mod json;
mod junit;
mod patch;
mod sarif;
mod text;

pub(super) use patch::diff;

use super::arguments::{FailOn, Format};
use super::checked::Checked;
use super::files::Failure;
use super::root::Root;
use crate::analysis::{Analysis, ReportPlace};
use crate::config::Language;
use crate::rules::Severity;
use crate::say;
use crate::text::{Encoding, Span, Text};

/// All that an output can tell of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'a> {
    /// The files that were checked, by name.
    pub(super) files: &'a [Checked],
    /// What could not be read or written, by name.
    pub(super) failures: &'a [Failure],
    /// The reader's language.
    pub(super) language: Language,
    /// From which severity a finding counts as a failure.
    pub(super) fail_on: FailOn,
    /// The folder that services look at.
    pub(super) root: &'a Root,
}

/// `run` in `format`, with colours if `colored` and the format has any.
pub(super) fn write(format: Format, run: &Run<'_>, colored: bool) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => text::text(run, colored),
        Format::Concise => concise::concise(run),
        Format::Json => json::json(run)?,
        Format::JsonLines => json::json_lines(run)?,
        Format::Sarif => sarif::sarif(run)?,
        Format::Github => github::github(run),
        Format::Junit => junit::junit(run),
        Format::Html => html::html(run),
    })
}

/// A severity as programs spell it.
pub(super) fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// A severity as people read it.
pub(super) fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (severity, Language::English) => severity_key(severity),
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Info, Language::Chinese) => "提示",
    }
}

/// One-based row and column of a byte; the column counts Unicode scalar values. A byte order mark is none: it is gone
/// once a program has read the file as text.
pub(super) fn row_and_column(text: &Text, offset: usize) -> (usize, usize) {
    let position = text.position(offset, Encoding::Utf32);
    let marked = position.line == 0 && position.column > 0 && has_mark(text);
    (position.line + 1, position.column + 1 - usize::from(marked))
}

/// The words that name `place`: its table or section, its row, its column.
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

/// Where `offset` of the text of `file` is: its line and column, or in a Word file its paragraph and character.
pub(super) fn position_words(file: &Checked, offset: usize, language: Language) -> String {
    let (row, column) = row_and_column(&file.text, offset);
    match file.is_word() {
        true => say!(language, "第 {row} 段第 {column} 字", "paragraph {row}, character {column}"),
        false => say!(language, "第 {row} 行第 {column} 列", "line {row}, column {column}"),
    }
}

/// Whether `text` starts with a byte order mark.
fn has_mark(text: &Text) -> bool {
    text.slice(Span::new(0, MARK.len_utf8())).starts_with(MARK)
}

/// The byte order mark.
const MARK: char = '\u{feff}';

/// The label of the table row that `span` stands in, to show a reader where in the table that is.
pub(super) fn row_of(analysis: &Analysis, span: Span) -> Option<Span> {
    let unit = analysis.unit_at(span.start)?;
    let tables = unit.report.tables.iter().filter(|table| table.span.shift(unit.offset).meets(span));
    let rows = tables.flat_map(|table| table.rows.iter().flatten());
    let label = |row: &crate::report::TableRow| row.label.map(|(label, _)| label.shift(unit.offset));
    rows.filter(|row| row.span.shift(unit.offset).meets(span)).find_map(label)
}

#[cfg(test)]
impl<'a> Run<'a> {
    /// A run over `files` in which nothing else happened.
    fn of(files: &'a [Checked], language: Language) -> Run<'a> {
        static HERE: std::sync::LazyLock<Root> = std::sync::LazyLock::new(Root::here);
        Run { files, failures: &[], language, fail_on: FailOn::Error, root: &HERE }
    }
}

/// A file with one finding, with wide characters before its operand.
#[cfg(test)]
fn example() -> Checked {
    use crate::analysis::{FindingIdentity, ReportPlace};
    use crate::rules::{Applicability, Finding, Fix, Related, RuleMeta, Serial};
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
            edits: vec![TextEdit { span: total, content: "12".into() }],
        }],
        serial: Serial::default(),
    };
    assert_eq!((total.of(source), Span::new(9, 11).of(source)), ("11", "10"));
    let place = ReportPlace { section: Some(3), table: Some(3), row: Some("（一）予以公开"), column: None };
    let identity = FindingIdentity { place, fingerprint: "9f3c".into() };
    let mut file = Checked::for_test("reports/2021.txt", source, vec![finding], vec![None]);
    file.identities = vec![identity];
    file
}
