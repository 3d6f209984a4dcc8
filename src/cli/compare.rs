//! `gongkai compare`: the figures and sentences that differ between two versions of a report.

use super::Exit;
use super::arguments::{Compare, RuleFormat};
use super::files::{Input, Source, display};
use super::terminal::{print, printable};
use crate::analysis::history::first_report;
use crate::analysis::{ReportPlace, place_of_cell};
use crate::config::Language;
use crate::files::Charset;
use crate::report::{Cell, Digest, Document, Report, ReportUnit, Table, Value, passages, words};
use crate::say;
use crate::statute::{CellRef, Section, TableKind};
use crate::syntax::without_markdown;
use anyhow::{anyhow, bail};
use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;
use std::path::Path;

/// A file and its first report.
pub(super) struct OneReport {
    document: Document,
    /// The index of the unit.
    unit: usize,
    /// The digest, which is compared.
    pub(super) digest: Digest,
}

impl OneReport {
    fn unit(&self) -> Option<&ReportUnit> {
        self.document.unit(self.unit)
    }
}

/// The report in the file `path`.
pub(super) fn the_report(path: &Path, encoding: Option<Charset>, language: Language) -> anyhow::Result<OneReport> {
    let name = display(path);
    let input = Input { name: name.clone(), source: Source::File(path.to_owned()), is_named: true };
    let file = input.read(encoding, language).map_err(|failure| anyhow!("{name}: {}", failure.message))?;
    let document = file.document();
    let Some((unit, digest)) = first_report(&document, &name) else {
        bail!(say!(language, "{name}: 未识别出年度报告", "{name}: no report was recognised"));
    };
    Ok(OneReport { unit, digest, document })
}

/// A figure that differs.
#[derive(Debug, PartialEq, Serialize)]
struct FigureDifference {
    table: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    /// The content in each report; `None` where there is no such cell.
    a: Option<String>,
    b: Option<String>,
}

/// A sentence that only one of the reports has.
#[derive(Debug, PartialEq, Serialize)]
struct SentenceDifference {
    section: Option<u8>,
    /// The report that has it: `a` or `b`.
    only: char,
    text: String,
}

/// The differences.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Differences {
    a: String,
    b: String,
    figures: Vec<FigureDifference>,
    sentences: Vec<SentenceDifference>,
}

/// Compares the reports that `arguments` name.
pub(super) fn compare(arguments: &Compare, language: Language) -> anyhow::Result<Exit> {
    let [a, b] = [&arguments.a, &arguments.b].map(|path| the_report(path, arguments.encoding, language));
    let (a, b) = (a?, b?);
    let (Some(one), Some(other)) = (a.unit(), b.unit()) else { return Ok(Exit::Clean) };
    let mut found = differences(one, other);
    (found.a, found.b) = (display(&arguments.a), display(&arguments.b));
    let text = match arguments.output_format {
        RuleFormat::Json => serde_json::to_string_pretty(&found)? + "\n",
        RuleFormat::Text => shown(&found, language),
    };
    print(text.as_bytes())?;
    Ok(if found.figures.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// The visible text of a report, and its model.
fn seen(unit: &ReportUnit) -> (&str, &Report) {
    match unit.view() {
        Some(view) => (view.text.text(), &view.report),
        None => (unit.source(), unit.report()),
    }
}

fn differences(a: &ReportUnit, b: &ReportUnit) -> Differences {
    let (a, b) = (seen(a), seen(b));
    let mut found = Differences::default();
    for kind in TableKind::ALL {
        figures(&mut found.figures, kind, (a.0, a.1.table(kind)), (b.0, b.1.table(kind)));
    }
    let [one, other] = [a, b].map(|(source, report)| sentences(source, report));
    let [old, new] = [&one, &other].map(|list| list.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        let (only, list, index) = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => ('a', &one, change.old_index()),
            ChangeTag::Insert => ('b', &other, change.new_index()),
        };
        if let Some((section, text)) = index.and_then(|index| list.get(index)) {
            found.sentences.push(SentenceDifference { section: *section, only, text: text.clone() });
        }
    }
    found
}

/// Adds the differing figures of the table of `kind`, in rows and columns that both formats have.
fn figures(found: &mut Vec<FigureDifference>, kind: TableKind, a: (&str, Option<&Table>), b: (&str, Option<&Table>)) {
    let table = kind.section().number();
    let (one, other) = match (a.1, b.1) {
        (Some(one), Some(other)) => (one, other),
        (None, None) => return,
        (one, _) => {
            let whole = |is_there: bool| is_there.then(|| kind.name().to_owned());
            let difference =
                FigureDifference { table, row: None, column: None, a: whole(one.is_some()), b: whole(one.is_none()) };
            found.push(difference);
            return;
        }
    };
    for (row, spec) in one.spec.rows.iter().enumerate() {
        let Some(other_row) = other.spec.index(spec.row) else { continue };
        let other_columns = other.spec.rows[other_row].columns;
        for (column, name) in spec.columns.iter().enumerate() {
            let Some(other_column) = other_columns.iter().position(|other| other == name) else { continue };
            let place = CellRef { row, column };
            let cells = (one.cell(place), other.cell(CellRef { row: other_row, column: other_column }));
            if is_same(a.0, b.0, cells) {
                continue;
            }
            let ReportPlace { row, column, .. } = place_of_cell(one.spec, place);
            let text = |source: &str, cell: Option<&Cell>| cell.map(|cell| cell.span.of(source).trim().to_owned());
            found.push(FigureDifference {
                table,
                row,
                column: column.map(|column| column.into_owned()),
                a: text(a.0, cells.0),
                b: text(b.0, cells.1),
            });
        }
    }
}

fn is_same(a: &str, b: &str, cells: (Option<&Cell>, Option<&Cell>)) -> bool {
    match cells {
        (None, None) => true,
        (Some(one), Some(other)) => match (&one.value, &other.value) {
            (Value::Number(x), Value::Number(y)) => {
                let sign = |number: &crate::report::Number| number.form.worded_sign;
                (x.scaled, x.tail, x.is_money(), sign(x)) == (y.scaled, y.tail, y.is_money(), sign(y))
            }
            (x, y) if std::mem::discriminant(x) != std::mem::discriminant(y) => false,
            (Value::Blank, _) => true,
            _ => one.span.of(a).trim() == other.span.of(b).trim(),
        },
        _ => false,
    }
}

/// The sentences of `report`, each with its section, without spaces and marks of Markdown.
fn sentences(source: &str, report: &Report) -> Vec<(Option<u8>, String)> {
    let mut sentences = Vec::new();
    let title = report.title.as_ref().map(|title| title.span.of(source)).unwrap_or_default();
    let mut add = |section: Option<Section>, text: &str| {
        let text: String = text.split_whitespace().collect();
        if !text.is_empty() {
            sentences.push((section.map(Section::number), text));
        }
    };
    add(None, &without_markdown(title));
    for passage in passages(&report.paragraphs) {
        let section = passage.first().and_then(|first| first.section);
        let words: String = words(passage, source).lines().map(without_markdown).collect();
        words.split_inclusive(['。', '；', '！', '？']).for_each(|sentence| add(section, sentence));
    }
    sentences
}

fn shown(found: &Differences, language: Language) -> String {
    let mut text = String::new();
    let count = (found.figures.len(), found.sentences.len());
    let head = match count {
        (0, 0) => say!(language, "数字和文字都相同", "all figures and sentences are the same"),
        (figures, sentences) => say!(
            language,
            "不同的数字 {figures} 个，不同的句子 {sentences} 句",
            "{figures} figures and {sentences} sentences differ"
        ),
    };
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(text, "{head}\n  A  {}\n  B  {}", printable(&found.a), printable(&found.b));
    for figure in &found.figures {
        let table = TableKind::ALL.into_iter().find(|kind| kind.section().number() == figure.table);
        let table = table.map_or("", |kind| match language {
            Language::Chinese => kind.name(),
            Language::English => kind.english(),
        });
        let parts = [Some(table), figure.row, figure.column.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        let none = say!(language, "（没有）", "(none)");
        let blank = say!(language, "（空白）", "(blank)");
        let value = |text: &Option<String>| match text.as_deref() {
            None => none.clone(),
            Some("") => blank.clone(),
            Some(text) => printable(text),
        };
        let _ = writeln!(text, "{}: {} → {}", parts.join(" › "), value(&figure.a), value(&figure.b));
    }
    for sentence in &found.sentences {
        let sign = if sentence.only == 'a' { '-' } else { '+' };
        let _ = writeln!(text, "{sign} {}", printable(&sentence.text));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(a: &str, b: &str) -> Differences {
        let [a, b] = [a, b].map(Document::new);
        differences(a.unit(0).unwrap(), b.unit(0).unwrap())
    }

    const REPORT: &str = "云岭县水务局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息12条。收到申请3件。\n\n\
        二、主动公开政府信息情况\n第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 12 |\n第二十条第（六）项 |\n\
        信息内容 | 本年处理决定数量 |\n行政处罚 | 3 |\n行政强制 |  |\n";

    #[test]
    fn what_is_written_otherwise_is_the_same() {
        let other = REPORT.replace("| 12 |", "| １２件 |").replace("全年公开", "全年 公开");
        assert_eq!(compared(REPORT, &other), Differences::default());
    }

    #[test]
    fn figures_and_sentences_that_differ() {
        let other =
            REPORT.replace("| 12 |", "| 21 |").replace("行政强制 |  |", "行政强制 | 0 |").replace("3件。", "4件。");
        let found = compared(REPORT, &other);
        let figures: Vec<_> = found.figures.iter().map(|one| (one.row, one.a.as_deref(), one.b.as_deref())).collect();
        assert_eq!(figures, [(Some("行政许可"), Some("12"), Some("21")), (Some("行政强制"), Some(""), Some("0"))]);
        let sentences: Vec<_> = found.sentences.iter().map(|one| (one.only, one.text.as_str())).collect();
        assert_eq!(sentences, [('a', "收到申请3件。"), ('b', "收到申请4件。")]);
    }
}
