//! The reports of a document as typed data: title, headings, words, the three tables in their official form, and the
//! findings.
//!
//! Programs and previews read this data. The caller chooses the type of places: `range` turns a span of the document
//! into a place of that type.

use super::sums::{decimal, due};
use crate::analysis::{Analysis, DocumentFindings, FindingIdentity, Unit, place_of_cell};
use crate::config::{Language, Severity};
use crate::report::official_form::{FormCell, FormContent, official_form};
use crate::report::{Joint, Report, Table, TableRow, Value};
use crate::rules::{Applicability, Finding};
use crate::statute::{CellRef, Section};
use crate::syntax::{CellPlace, Layout};
use crate::text::Span;
use serde::Serialize;

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportData<R> {
    /// Where it is in the document.
    pub range: R,
    /// The body that reports.
    pub body: Option<String>,
    /// The year it reports on.
    pub year: Option<u16>,
    /// The year in the name of the format of its tables, else of the format for its year.
    pub edition: Option<u16>,
    /// Its title.
    pub title: Option<WordsData<R>>,
    /// What follows the title, in the order of the text.
    pub parts: Vec<PartData<R>>,
    /// The sections of the format that it lacks.
    pub missing: Vec<MissingSection>,
    /// Its findings, by position.
    pub findings: Vec<FindingData<R>>,
}

/// A section that a report lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingSection {
    /// Its number, 1 to 6.
    pub section: u8,
    /// Its heading in the format.
    pub text: String,
}

/// Words of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordsData<R> {
    /// The visible words.
    pub text: String,
    /// Where they are.
    pub range: R,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum PartData<R> {
    /// A heading of the top level.
    Heading {
        /// The number of the section that it opens, 1 to 6.
        section: Option<u8>,
        /// The words.
        #[serde(flatten)]
        words: WordsData<R>,
    },
    /// A paragraph: lines that are one sentence are one.
    Paragraph {
        /// The number of its section.
        section: Option<u8>,
        /// The words.
        #[serde(flatten)]
        words: WordsData<R>,
    },
    /// A table.
    Table(TableData<R>),
}

/// A table in its official form, with the figures of the report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TableData<R> {
    /// 2 to 4, for 表二 to 表四.
    pub table: u8,
    /// The year in the name of its format.
    pub edition: u16,
    /// How it is laid out in the document.
    pub layout: Option<&'static str>,
    /// Where it is.
    pub range: R,
    /// Its rows, each with the cells that start in it.
    pub rows: Vec<Vec<CellData<R>>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellData<R> {
    /// How many columns it reaches over.
    pub across: usize,
    /// How many rows it reaches over.
    pub down: usize,
    /// The text of the form, or the report's own text.
    pub text: String,
    /// What it is.
    #[serde(flatten)]
    pub content: ContentData<R>,
}

/// What a cell of a table is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ContentData<R> {
    /// Words over columns.
    Header,
    /// The name of a row or of a group of rows.
    Label,
    /// A figure.
    Figure(FigureData<R>),
}

/// A figure of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureData<R> {
    /// The label of its row as the format prints it; none in 表四, whose row has no label.
    pub row: Option<String>,
    /// The header of its column, after the ones above it where it alone is ambiguous.
    pub column: Option<String>,
    /// The state of the cell in the report.
    pub state: FigureState,
    /// Where it is; none if there is no such cell.
    pub range: Option<R>,
    /// Its value, if it is a number.
    pub value: Option<f64>,
    /// The value that the sums require, if that is certain and differs.
    pub due: Option<String>,
}

/// The content of a figure's cell in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureState {
    /// A number.
    Number,
    /// Nothing.
    Blank,
    /// A dash, a stroke or a word for nothing.
    Placeholder,
    /// Other words.
    Other,
    /// The row exists, but it is unknown which of its values is in this cell.
    Unread,
    /// There is no such row.
    Missing,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingData<R> {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// What the rule is about, in the reader's language.
    pub title: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// The problem and what to do.
    pub message: String,
    /// Where.
    pub range: R,
    /// Where in the terms of the report.
    pub place: PlaceData,
    /// Ways to correct it.
    pub fixes: Vec<FixData<R>>,
}

/// A place in a report, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PlaceData {
    /// The number of the section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<u8>,
    /// The number of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u8>,
    /// The label of the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The header of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

/// A way to correct a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FixData<R> {
    /// What it does.
    pub title: String,
    /// Whether it is right in every case.
    pub safe: bool,
    /// Whether it is the one to take.
    pub preferred: bool,
    /// What it changes.
    pub edits: Vec<EditData<R>>,
}

/// A change of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EditData<R> {
    /// What is replaced.
    pub range: R,
    /// By what.
    pub new_text: String,
}

/// The reports of the document, in order, with their findings from `outcome`; empty if the document contains no report.
pub fn report_data<R>(analysis: &Analysis, outcome: DocumentFindings, range: impl Fn(Span) -> R) -> Vec<ReportData<R>> {
    let mut findings = outcome.findings.into_iter().zip(outcome.identities).peekable();
    let language = analysis.settings().language;
    let mut reports = Vec::new();
    for unit in analysis.units() {
        let end = unit.offset + unit.source.len();
        let mut own = Vec::new();
        while let Some(found) =
            findings.next_if(|(finding, _)| finding.span.start < end || end == analysis.text().len())
        {
            own.push(found);
        }
        if unit.report.is_recognised() {
            reports.push(of_unit(unit, own, language, &range));
        }
    }
    reports
}

fn of_unit<R>(
    unit: Unit<'_>,
    findings: Vec<(Finding, FindingIdentity)>,
    language: Language,
    range: &impl Fn(Span) -> R,
) -> ReportData<R> {
    let report = unit.report;
    let here = |span: Span| range(span.shift(unit.offset));
    let words = |span: Span| {
        let span = without_marks(unit, span);
        WordsData { text: one_line(&unit.words(span)), range: here(span) }
    };
    let title = report.title.as_ref();
    let edition = report.tables.first().map(|table| table.spec.edition).or_else(|| report.edition_due());
    let missing = Section::ALL.into_iter().filter(|section| report.section(*section).is_none());
    ReportData {
        range: here(Span::new(0, unit.source.len())),
        body: title.and_then(|title| title.body.as_ref()).map(|(body, _)| body.clone()),
        year: report.year.map(|(year, _)| year),
        edition: edition.map(|edition| edition.year()),
        title: title.map(|title| words(title.span)),
        parts: parts(unit, &here),
        missing: missing.map(|section| MissingSection { section: section.number(), text: section.heading() }).collect(),
        findings: findings
            .into_iter()
            .map(|(finding, identity)| of_finding(finding, identity, language, range))
            .collect(),
    }
}

/// `span` without the marks of a heading in Markdown before its words.
fn without_marks(unit: Unit<'_>, span: Span) -> Span {
    let written = span.of(unit.source);
    let words = written.trim_start_matches(['#', ' ']);
    match written.starts_with('#') {
        true => Span::new(span.end - words.len(), span.end),
        false => span,
    }
}

/// `text` without line breaks: lines join without a blank between hanzi.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        join(&mut line, part);
    }
    line
}

/// Puts `part` after `line`, with a blank between two words that are not Chinese.
fn join(line: &mut String, part: &str) {
    if line.ends_with(|c: char| c.is_ascii_alphanumeric()) && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
        line.push(' ');
    }
    line.push_str(part);
}

/// A part of a report before its places are known to the reader.
enum RawPart<'a> {
    Heading(Option<u8>, Span),
    Paragraph(Option<u8>, String),
    Table(&'a Table),
}

/// The headings, paragraphs and tables of the report, in the order of the text.
fn parts<R>(unit: Unit<'_>, here: &impl Fn(Span) -> R) -> Vec<PartData<R>> {
    let Report { sections, paragraphs, tables, .. } = unit.report;
    let mut raw: Vec<(Span, RawPart<'_>)> = Vec::new();
    for paragraph in paragraphs {
        let span = without_marks(unit, paragraph.span);
        let text = one_line(&unit.words(span));
        match (paragraph.joint, raw.last_mut()) {
            (Joint::PageEdge, _) => {}
            (Joint::Continues, Some((span, RawPart::Paragraph(_, words)))) => {
                *span = span.cover(paragraph.span);
                join(words, &text);
            }
            _ => {
                let section = paragraph.section.map(|section| section.number());
                raw.push((span, RawPart::Paragraph(section, text)));
            }
        }
    }
    let headings = sections.iter().map(|heading| {
        let section = heading.section.map(|(section, _)| section.number());
        let span = without_marks(unit, heading.span);
        (span, RawPart::Heading(section, span))
    });
    raw.extend(headings);
    raw.extend(tables.iter().map(|table| (table.span, RawPart::Table(table))));
    raw.sort_by_key(|(span, _)| *span);
    let words = |text: String, span: Span| WordsData { text, range: here(span) };
    let part = |(span, part): (Span, RawPart<'_>)| match part {
        RawPart::Heading(section, heading) => {
            PartData::Heading { section, words: words(one_line(&unit.words(heading)), span) }
        }
        RawPart::Paragraph(section, text) => PartData::Paragraph { section, words: words(text, span) },
        RawPart::Table(table) => PartData::Table(of_table(unit, table, here)),
    };
    raw.into_iter().map(part).collect()
}

fn of_table<R>(unit: Unit<'_>, table: &Table, here: &impl Fn(Span) -> R) -> TableData<R> {
    let spec = table.spec;
    let cell = |form: FormCell| {
        let CellPlace { across, down, .. } = form.place;
        let (text, content) = match form.content {
            FormContent::Header(words) => (words, ContentData::Header),
            FormContent::Label(label) => (label.to_owned(), ContentData::Label),
            FormContent::Figure(place) => of_figure(unit, table, place, here),
        };
        CellData { across, down, text, content }
    };
    let rows = official_form(spec).into_iter().map(|row| row.into_iter().map(cell).collect());
    TableData {
        table: spec.kind.section().number(),
        edition: spec.edition.year(),
        layout: table.layout.map(name_of),
        range: here(table.rows.iter().flatten().fold(table.span, |span, row| span.cover(row.span))),
        rows: rows.collect(),
    }
}

fn of_figure<R>(unit: Unit<'_>, table: &Table, place: CellRef, here: &impl Fn(Span) -> R) -> (String, ContentData<R>) {
    let names = place_of_cell(table.spec, place);
    let row: Option<&TableRow> = table.rows.get(place.row).and_then(Option::as_ref);
    let cell = table.cell(place);
    let state = match cell.map(|cell| &cell.value) {
        Some(Value::Number(_)) => FigureState::Number,
        Some(Value::Blank) => FigureState::Blank,
        Some(Value::Placeholder) => FigureState::Placeholder,
        Some(Value::Other) => FigureState::Other,
        None if row.is_some() => FigureState::Unread,
        None => FigureState::Missing,
    };
    let value = match cell.map(|cell| &cell.value) {
        Some(Value::Number(number)) => Some(number.scaled as f64 / 10_000.0),
        _ => None,
    };
    let figure = FigureData {
        row: names.row.map(str::to_owned),
        column: names.column.map(|column| column.into_owned()),
        state,
        range: cell.map(|cell| here(cell.span)),
        value,
        due: due(table, place).map(decimal),
    };
    (cell.map_or_else(String::new, |cell| one_line(unit.shown(cell.span))), ContentData::Figure(figure))
}

/// What a layout is called in data.
fn name_of(layout: Layout) -> &'static str {
    match layout {
        Layout::CellLines => "cell-lines",
        Layout::PipedLines => "piped-lines",
        Layout::Pipes => "pipes",
        Layout::Tabs => "tabs",
        Layout::Markdown => "markdown",
        Layout::Html => "html",
        Layout::Word => "word",
        Layout::Spaced => "spaced",
        Layout::BareLines => "bare-lines",
    }
}

fn of_finding<R>(
    finding: Finding,
    identity: FindingIdentity,
    language: Language,
    range: &impl Fn(Span) -> R,
) -> FindingData<R> {
    let place = identity.place;
    let fixes = finding.fixes.into_iter().map(|fix| FixData {
        title: fix.message,
        safe: fix.applicability == Applicability::Safe,
        preferred: fix.preferred,
        edits: fix.edits.into_iter().map(|edit| EditData { range: range(edit.span), new_text: edit.content }).collect(),
    });
    FindingData {
        code: finding.rule.code,
        name: finding.rule.name,
        title: finding.rule.title(language),
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        message: finding.message,
        range: range(finding.span),
        place: PlaceData {
            section: place.section,
            table: place.table,
            row: place.row.map(str::to_owned),
            column: place.column.map(|column| column.into_owned()),
        },
        fixes: fixes.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis_of};

    fn data(source: &str) -> ReportData<Span> {
        let (_, analysis) = analysis_of(source);
        let mut reports = report_data(&analysis, analysis.outcome(), |span| span);
        assert_eq!(reports.len(), 1);
        reports.remove(0)
    }

    fn figure<'a>(report: &'a ReportData<Span>, row: &str, column: &str) -> (&'a str, &'a FigureData<Span>) {
        let tables = report.parts.iter().filter_map(|part| match part {
            PartData::Table(table) => Some(table),
            _ => None,
        });
        let mut cells = tables.flat_map(|table| &table.rows).flatten().filter_map(|cell| match &cell.content {
            ContentData::Figure(figure) => Some((cell.text.as_str(), figure)),
            _ => None,
        });
        cells
            .find(|(_, figure)| figure.row.as_deref() == Some(row) && figure.column.as_deref() == Some(column))
            .unwrap_or_else(|| panic!("{row} {column}"))
    }

    #[test]
    fn a_report_has_its_parts_in_order_and_its_figures_in_the_official_form() {
        let wrong = SOURCE.replace("（一）予以公开\t5\t2\t0\t0\t0\t0\t7", "（一）予以公开\t5\t2\t0\t\t0\t0\t8");
        let report = data(&wrong);
        assert_eq!(report.body.as_deref(), Some("白石县档案局"));
        assert_eq!((report.year, report.edition), (Some(2023), Some(2021)));
        let kinds: Vec<String> = report
            .parts
            .iter()
            .map(|part| match part {
                PartData::Heading { section, .. } => format!("heading {section:?}"),
                PartData::Paragraph { words, .. } => words.text.clone(),
                PartData::Table(table) => format!("table {}", table.table),
            })
            .collect();
        assert_eq!(
            kinds,
            [
                "heading Some(1)",
                "（一）依申请公开。2023年收到政府信息公开申请7件。",
                "heading Some(2)",
                "heading Some(3)",
                "table 3"
            ]
        );
        let missing: Vec<&str> = report.missing.iter().map(|missing| missing.text.as_str()).collect();
        assert_eq!(
            missing,
            ["四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
        );
        let (text, total) = figure(&report, "（一）予以公开", "总计");
        assert_eq!((text, total.state, total.value), ("8", FigureState::Number, Some(8.0)));
        assert_eq!(total.range.map(|span| span.of(&wrong)), Some("8"));
        let (text, blank) = figure(&report, "（一）予以公开", "社会公益组织");
        assert_eq!((text, blank.state, blank.value), ("", FigureState::Blank, None));
        let (_, missing) = figure(&report, "2.重复申请", "总计");
        assert_eq!((missing.state, missing.range), (FigureState::Missing, None));
        assert!(report.findings.iter().any(|finding| finding.code == "GK201" && finding.place.table == Some(3)));
    }

    #[test]
    fn each_report_of_a_document_has_its_own_findings() {
        let wrong = SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t5\t2\t0\t0\t0\t0\t9");
        let (source, analysis) = analysis_of(&format!("{SOURCE}{}", wrong.replace("档案局", "水务局")));
        let reports = report_data(&analysis, analysis.outcome(), |span| span);
        assert_eq!(reports.len(), 2);
        for report in &reports {
            for finding in &report.findings {
                let Span { start, end } = report.range;
                assert!(start <= finding.range.start && finding.range.end <= end, "{finding:#?}");
            }
        }
        let sums = |report: &ReportData<Span>| report.findings.iter().filter(|one| one.code == "GK303").count();
        assert_eq!((sums(&reports[0]), sums(&reports[1])), (0, 1));
        let (_, total) = figure(&reports[1], "一、本年新收政府信息公开申请数量", "总计");
        assert_eq!(total.due.as_deref(), Some("7"));
        let text: String = reports[1].title.as_ref().map(|title| title.range.of(&source).to_owned()).unwrap();
        assert_eq!(text, "白石县水务局2023年政府信息公开工作年度报告");
    }

    #[test]
    fn marks_of_headings_are_no_words() {
        let source = SOURCE
            .replacen("白石县", "# 白石县", 1)
            .replace("\n一、", "\n## 一、")
            .replace("（一）依申请公开。", "### （一）依申请公开。");
        let report = data(&source);
        assert_eq!(report.title.map(|title| title.text).as_deref(), Some("白石县档案局2023年政府信息公开工作年度报告"));
        for part in &report.parts {
            if let PartData::Heading { words, .. } | PartData::Paragraph { words, .. } = part {
                assert!(!words.text.starts_with('#'), "{words:?}");
                assert_eq!(words.range.of(&source), words.text);
            }
        }
    }

    #[test]
    fn other_text_is_no_report() {
        let (_, analysis) = analysis_of("会议纪要\n\n桌椅 3\n");
        assert_eq!(report_data(&analysis, analysis.outcome(), |span| span), []);
    }
}
