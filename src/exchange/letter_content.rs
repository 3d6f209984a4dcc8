//! The content of a letter: the reports of a file and their findings, in words.

use super::letter::{Addressed, Letter, LetterItem, Round};
use super::letter_words as words;
use super::plain_text::plain_text;
use crate::analysis::history::{GivenReport, known_as};
use crate::analysis::{Analysis, DocumentFindings, FindingIdentity, ReportPlace, Unit};
use crate::config::Language;
use crate::report::Document;
use crate::rules::{Finding, RELATED_LIMIT};
use crate::say;
use crate::statute::{Edition, Section, ordinal};
use crate::text::Span;

/// The head of a report in a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportHead {
    /// The offset at which it starts.
    pub offset: usize,
    /// Its body, if it is known.
    pub body: Option<String>,
    /// The year it is about, if it is known.
    pub year: Option<u16>,
    /// Its title, or else the name of its file.
    pub title: String,
    /// The notice whose format it has to follow.
    pub notice: &'static str,
}

/// The reports in `document`, which is the file `name`, in the order of the text.
pub fn report_heads(document: &Document, name: &str, given: &GivenReport) -> Vec<ReportHead> {
    let recognised = document.units().filter(|(_, unit)| unit.report().is_recognised());
    let head = |(offset, unit)| {
        let unit = Unit::of_report(offset, unit);
        let report = unit.report;
        let known = known_as(report, name, given);
        let titled = report.title.as_ref().and_then(|title| title.body.as_ref());
        let body = known.as_ref().map(|known| known.body.clone()).or(titled.map(|(body, _)| body.clone()));
        let year = known.map(|known| known.year).or(report.year.map(|(year, _)| year));
        let edition = report.edition_due().or(report.tables.first().map(|table| table.spec.edition));
        let title = report.title.as_ref().map(|title| flat(&unit.words(title.span)));
        ReportHead {
            offset,
            body,
            year,
            title: title.filter(|title| !title.is_empty()).unwrap_or_else(|| name.to_owned()),
            notice: edition.unwrap_or(Edition::F2021).notice(),
        }
    };
    recognised.map(head).collect()
}

/// The index in `heads` of the report that contains `offset`.
pub fn report_at(heads: &[ReportHead], offset: usize) -> usize {
    heads.iter().rposition(|head| head.offset <= offset).unwrap_or_default()
}

impl Letter {
    /// The letter of a first review about the reports of `heads`, with the findings `outcome` of `analysis`.
    pub fn new(analysis: &Analysis, outcome: &DocumentFindings, heads: &[ReportHead]) -> Letter {
        let mut letter = Letter { reports: heads.iter().map(Addressed::from).collect(), is_second_round: false };
        for (finding, identity) in outcome.findings.iter().zip(&outcome.identities) {
            let item = letter_item(analysis, finding, identity);
            if let Some(report) = letter.reports.get_mut(report_at(heads, finding.span.start)) {
                report.items.push(item);
            }
        }
        letter
    }
}

impl From<&ReportHead> for Addressed {
    fn from(head: &ReportHead) -> Addressed {
        let ReportHead { body, title, notice, .. } = head.clone();
        Addressed { body, title, notice, ..Addressed::default() }
    }
}

/// `text` in one line.
fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.concat()
}

/// The item of a letter about `finding` of `analysis`.
pub fn letter_item(analysis: &Analysis, finding: &Finding, identity: &FindingIdentity) -> LetterItem {
    let language = analysis.settings().language;
    let FindingIdentity { place, .. } = identity;
    let quote = if place.table.is_none() { quote(analysis, finding.span) } else { None };
    let figures = finding.related.iter().map(|related| related.message.clone());
    let proposals = finding.fixes.iter().map(|fix| fix.message.clone());
    LetterItem {
        severity: finding.severity,
        code: finding.rule.code,
        place: place_words(place, language),
        message: finding.message.clone(),
        quote,
        figures: figures.take(RELATED_LIMIT + 1).collect(),
        basis: basis(finding.rule.documentation(language), language),
        proposals: proposals.collect(),
        round: Round::New,
    }
}

/// The first paragraph of the part of a rule's documentation about its legal basis.
fn basis(documentation: &str, language: Language) -> String {
    let heading = say!(language, "## 依据", "## Why");
    let lines = documentation.lines().skip_while(|line| line.trim() != heading).skip(1);
    let paragraph = lines.skip_while(|line| line.trim().is_empty()).take_while(|line| !line.trim().is_empty());
    let lines: Vec<&str> = paragraph.take_while(|line| !line.starts_with('#')).map(str::trim).collect();
    let separator = match language {
        Language::Chinese => "",
        Language::English => " ",
    };
    plain_text(&lines.join(separator))
}

/// The name of the place, for a reader.
fn place_words(place: &ReportPlace, language: Language) -> String {
    let number = |number: u8| match language {
        Language::Chinese => ordinal(number),
        Language::English => number.to_string(),
    };
    let mut parts = Vec::new();
    match (place.table, place.section) {
        (Some(table), _) => parts.push(words::say(words::TABLE, language, &[&number(table)])),
        (None, Some(section)) => {
            let known = Section::ALL.into_iter().find(|one| one.number() == section);
            parts.push(match (known, language) {
                (Some(known), Language::Chinese) => known.heading(),
                (Some(known), Language::English) => {
                    format!("{} ({})", words::say(words::SECTION, language, &[&number(section)]), known.english())
                }
                (None, _) => words::say(words::SECTION, language, &[&number(section)]),
            });
        }
        (None, None) => parts.push(words::TITLE_PLACE[language as usize].to_owned()),
    }
    parts.extend(place.row.map(|row| words::say(words::ROW, language, &[without_note(row)])));
    parts.extend(place.column.as_deref().map(|column| words::say(words::COLUMN, language, &[column])));
    parts.join(words::COMMA[language as usize])
}

/// A row's label without the note in brackets at its end.
fn without_note(label: &str) -> &str {
    let note = label.rfind('（').filter(|at| *at > 0 && label.ends_with('）'));
    note.and_then(|at| label.get(..at)).unwrap_or(label)
}

/// The most characters of a report that a letter quotes.
const QUOTED: usize = 80;

/// The visible text of the sentence that contains `span`, shortened if it is long; `None` if there is nothing to quote.
fn quote(analysis: &Analysis, span: Span) -> Option<String> {
    if span.is_empty() {
        return None;
    }
    let unit = analysis.unit_at(span.start)?;
    let inside = Span::new(span.start.checked_sub(unit.offset)?, span.end.checked_sub(unit.offset)?);
    let text = match unit.view {
        Some(_) => flat(unit.shown(inside)),
        None => {
            let ends = ['。', '；', '\n', '\r', '\t', '|'];
            let before = unit.source.get(..inside.start)?;
            let after = unit.source.get(inside.end..)?;
            let head = before.rsplit(ends).next().unwrap_or_default();
            let tail = after.split(ends).next().unwrap_or_default();
            let stop =
                if after[tail.len()..].starts_with(['。', '；']) { &after[tail.len()..tail.len() + 3] } else { "" };
            flat(&[head, inside.of(unit.source), tail, stop].concat())
        }
    };
    let count = text.chars().count();
    if count <= QUOTED {
        return (!text.is_empty()).then_some(text);
    }
    // A long sentence is cut around the span.
    let about = flat(unit.shown(inside));
    let start = text.find(&about).map_or(0, |at| text[..at].chars().count());
    let room = QUOTED.saturating_sub(about.chars().count().min(QUOTED));
    let from = start.saturating_sub(room / 2);
    let cut: String = text.chars().skip(from).take(QUOTED).collect();
    let (ahead, following) = (if from > 0 { "……" } else { "" }, if from + QUOTED < count { "……" } else { "" });
    Some(format!("{ahead}{cut}{following}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn the_basis_is_the_first_paragraph_under_its_heading() {
        let documentation = "## 检查内容\n\n甲\n\n## 依据\n\n乙`丙`\n丁\n\n戊\n\n## 示例\n";
        assert_eq!(basis(documentation, Language::Chinese), "乙丙丁");
        assert_eq!(basis("## What it checks\n\na\n\n## Why\n\nb\nc\n", Language::English), "b c");
        assert_eq!(basis("", Language::Chinese), "");
    }

    #[test]
    fn places_are_named_for_readers() {
        let place = ReportPlace { section: Some(3), table: Some(3), row: Some("甲"), column: Some("总计".into()) };
        assert_eq!(place_words(&place, Language::Chinese), "表三，“甲”行，“总计”列");
        assert_eq!(place_words(&place, Language::English), "Table 3, row “甲”, column “总计”");
        let place = ReportPlace { section: Some(1), ..ReportPlace::default() };
        assert_eq!(place_words(&place, Language::Chinese), "一、总体情况");
        assert_eq!(place_words(&ReportPlace::default(), Language::Chinese), "标题和前言");
    }

    #[test]
    fn a_sentence_is_quoted_and_a_long_one_cut() {
        let text = format!("甲。乙{}丙丁{}戊。己", "一".repeat(100), "二".repeat(100));
        let analysis = Analysis::new(&text, Arc::default());
        let at = text.find("丙丁").unwrap();
        let quoted = quote(&analysis, Span::new(at, at + 6)).unwrap();
        assert!(quoted.starts_with("……一") && quoted.ends_with("二……") && quoted.contains("丙丁"), "{quoted}");
        let at = text.find("甲").unwrap();
        assert_eq!(quote(&analysis, Span::new(at, at + 3)).as_deref(), Some("甲。"));
        assert_eq!(quote(&analysis, Span::at(at)), None);
    }
}
