//! Completions at a place: missing sections with their tables; the figure that a blank cell must have;
//! sentences filled from the tables; rules in comments.

use super::sums::{FigurePlace, decimal, figure_at, forced_values};
use crate::analysis::{Analysis, Unit};
use crate::config::Language;
use crate::report::{Table, Value};
use crate::rules::rules;
use crate::say;
use crate::statute::{CellRef, Column, Outcome, Row, Section, TableKind, sentences};
use crate::syntax::is_space;
use crate::text::{Span, lines_around};

/// The kind of a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A section, or a heading.
    Section,
    /// A figure.
    Figure,
    /// A sentence.
    Sentence,
    /// A rule.
    Rule,
    /// A setting.
    Setting,
}

/// A completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it is.
    pub kind: CompletionKind,
    /// What a list shows.
    pub label: String,
    /// A few words more.
    pub detail: String,
    /// The replaced part of the line, up to the place.
    pub span: Span,
    /// The new text.
    pub content: String,
    /// The text that is compared with the typed one.
    pub filter: String,
    /// The rule whose page explains it.
    pub rule: Option<&'static str>,
}

/// The completions at `offset`, the likeliest first.
pub fn completions(analysis: &Analysis, offset: usize, has_comments: bool) -> Vec<Completion> {
    let Some(unit) = analysis.unit_at(offset) else { return Vec::new() };
    let place = CompletionPlace {
        analysis,
        unit,
        offset: offset - unit.offset,
        line: lines_around(unit.source, Span::at(offset - unit.offset)),
        language: analysis.settings().language,
    };
    let mut found = match has_comments.then(|| place.in_comment()).flatten() {
        Some(typed) => place.rules(typed),
        None => [place.figures(), place.sections(), place.sentences()].concat(),
    };
    found.iter_mut().for_each(|one| one.span = one.span.shift(unit.offset));
    found
}

/// What can be written at `offset` of the configuration file `source`.
#[cfg(feature = "configuration")]
pub fn configuration_completions(source: &str, offset: usize, language: Language) -> Vec<Completion> {
    let offers = crate::configuration::completions(source, offset, language).into_iter();
    let offers = offers.map(|offer| Completion {
        kind: if offer.rule.is_some() { CompletionKind::Rule } else { CompletionKind::Setting },
        label: offer.content.trim_end_matches([' ', '=', '\n']).to_owned(),
        detail: offer.detail,
        span: offer.span,
        filter: offer.content.clone(),
        content: offer.content,
        rule: offer.rule,
    });
    offers.collect()
}

struct CompletionPlace<'a> {
    analysis: &'a Analysis,
    unit: Unit<'a>,
    /// From the start of the unit.
    offset: usize,
    /// The line that it is on, without its line break.
    line: Span,
    language: Language,
}

impl CompletionPlace<'_> {
    /// The line before the place.
    fn before(&self) -> &str {
        Span::new(self.line.start, self.offset).of(self.unit.source)
    }

    /// The line after the place.
    fn after(&self) -> &str {
        Span::new(self.offset, self.line.end.max(self.offset)).of(self.unit.source)
    }

    /// The code that is being typed, if that is in a comment about rules.
    fn in_comment(&self) -> Option<Span> {
        let before = self.before();
        let open = before.rfind("<!--")?;
        let inside = before.get(open + 4..)?;
        if inside.contains("-->") {
            return None;
        }
        let rest = inside.trim_start().strip_prefix("gongkai")?.trim_start().strip_prefix([':', '：'])?.trim_start();
        let rest = rest.strip_prefix("ignore-file").or_else(|| rest.strip_prefix("ignore"))?;
        // After the codes comes the reason.
        let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ',' | '，' | '、' | ' ');
        if !rest.starts_with(is_space) || !rest.chars().all(is_code) {
            return None;
        }
        let typed = rest.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().unwrap_or_default();
        Some(Span::new(self.offset - typed.len(), self.offset))
    }

    /// Every rule; first those with findings.
    fn rules(&self, typed: Span) -> Vec<Completion> {
        let mut found: Vec<&str> = self.analysis.findings().iter().map(|finding| finding.rule.code).collect();
        found.sort_unstable();
        found.dedup();
        let mut all: Vec<_> = rules().collect();
        all.sort_by_key(|rule| (!found.contains(&rule.code), rule.code));
        let offer = |rule: &'static crate::rules::RuleMeta| Completion {
            kind: CompletionKind::Rule,
            label: rule.code.to_owned(),
            detail: rule.title(self.language).to_owned(),
            span: typed,
            content: rule.code.to_owned(),
            filter: format!("{} {} {}", rule.code, rule.name, rule.title(self.language)),
            rule: Some(rule.code),
        };
        all.into_iter().filter(|rule| rule.code != "GK001").map(offer).collect()
    }

    /// The figure that the other cells determine for the blank cell at the place.
    fn figures(&self) -> Vec<Completion> {
        let Some((span, FigurePlace::Cell(table, place))) = figure_at(self.unit.report, self.offset) else {
            return Vec::new();
        };
        if table.cell(place).is_none_or(|cell| cell.value != Value::Blank) || !self.is_on_line(span) {
            return Vec::new();
        }
        let values = forced_values(table, place);
        let several = values.len() > 1;
        let offer = |value| {
            let figure = decimal(value);
            let detail = match several {
                false => say!(self.language, "由勾稽关系得出", "what the identities ask for"),
                true => say!(self.language, "由其中一条勾稽关系得出", "what one of the identities asks for"),
            };
            let (kind, filter) = (CompletionKind::Figure, figure.clone());
            let at = Span::at(self.offset);
            Completion { kind, label: figure.clone(), detail, span: at, content: figure, filter, rule: None }
        };
        values.into_iter().map(offer).collect()
    }

    fn is_on_line(&self, span: Span) -> bool {
        self.line.start <= span.start && span.end <= self.line.end
    }

    /// Whether the place is on a line of its own, or at the end of what may become one; and not in a table.
    fn is_on_free_line(&self) -> bool {
        let in_table = self.unit.report.tables.iter().any(|table| {
            let all = table.rows.iter().flatten().fold(table.span, |span, row| span.cover(row.span));
            all.start < self.offset && self.offset < all.end
        });
        self.after().chars().all(is_space) && !in_table && self.unit.view.is_none()
    }

    /// The sections that are missing, in their order, with empty tables in the layout of the report.
    fn sections(&self) -> Vec<Completion> {
        let report = self.unit.report;
        let typed = self.before().trim_start_matches(|c: char| is_space(c) || c == '#');
        if !report.is_recognised() || !self.is_on_free_line() {
            return Vec::new();
        }
        let findings = self.analysis.findings();
        let missing = findings.iter().filter(|finding| finding.rule.name == "section-missing");
        let contents: Vec<&str> = missing
            .flat_map(|finding| &finding.fixes)
            .flat_map(|fix| &fix.edits)
            .map(|edit| edit.content.trim())
            .collect();
        let offers =
            Section::ALL.into_iter().filter(|section| report.section(*section).is_none()).filter_map(|section| {
                let heading = section.heading();
                if !heading.starts_with(typed) {
                    return None;
                }
                let content =
                    contents.iter().find(|content| content.lines().next().is_some_and(|line| line.contains(&heading)));
                let content = (*content?).to_owned();
                let with_table = content.lines().count() > 2;
                let detail = match with_table {
                    true => {
                        say!(self.language, "缺少的部分，含空白表格", "a section that is missing, with its empty table")
                    }
                    false => say!(self.language, "缺少的部分", "a section that is missing"),
                };
                let first = content.lines().next().unwrap_or_default().to_owned();
                Some(Completion {
                    kind: CompletionKind::Section,
                    label: heading,
                    detail,
                    span: Span::new(self.line.start, self.offset),
                    content,
                    filter: first,
                    rule: None,
                })
            });
        offers.collect()
    }

    /// Sentences filled from the tables, in the sections where they belong.
    fn sentences(&self) -> Vec<Completion> {
        let report = self.unit.report;
        let section = report.sections.iter().rev().find(|heading| heading.extent.start <= self.offset);
        let section = section.and_then(|heading| heading.section).map(|(section, _)| section);
        if section != Some(Section::Overview) || !self.is_on_free_line() {
            return Vec::new();
        }
        let Some((year, _)) = report.year else { return Vec::new() };
        // The part typed so far: the last sentence of the line.
        let before = self.before();
        let start = before.rfind(['。', '；']).map_or(0, |end| end + '。'.len_utf8());
        let typed = before.get(start..).unwrap_or_default().trim_start_matches(is_space);
        let span = Span::new(self.offset - typed.len(), self.offset);
        let offer = |(name, content): (String, String)| Completion {
            kind: CompletionKind::Sentence,
            label: name,
            detail: content.clone(),
            span,
            filter: content.clone(),
            content,
            rule: None,
        };
        let sentences = [self.of_applications(year), self.of_review(year)];
        sentences.into_iter().flatten().filter(|(_, content)| content.starts_with(typed)).map(offer).collect()
    }

    fn of_applications(&self, year: u16) -> Option<(String, String)> {
        let table = self.unit.report.table(TableKind::Applications)?;
        let total = |row| count(table, row, Column::AllApplicants);
        let (received, before) = (total(Row::Received)?, total(Row::CarriedIn)?);
        let (handled, after) = (total(Row::Handled)?, total(Row::CarriedOut)?);
        let content = sentences::of_applications(year, [received, before, handled, after]);
        Some((say!(self.language, "依申请公开（按表三）", "Applications, after Table 3"), content))
    }

    fn of_review(&self, year: u16) -> Option<(String, String)> {
        let table = self.unit.report.table(TableKind::Review)?;
        let total = |column| count(table, Row::ReviewAndLitigation, column);
        let reviews = total(Column::Review(Outcome::Total))?;
        let direct = total(Column::DirectSuit(Outcome::Total))?;
        let suits = direct.checked_add(total(Column::SuitAfterReview(Outcome::Total))?)?;
        let content = sentences::of_review(year, [reviews, suits]);
        Some((say!(self.language, "复议诉讼（按表四）", "Reviews and suits, after Table 4"), content))
    }
}

/// The count in a cell of `table`.
fn count(table: &Table, row: Row, column: Column) -> Option<i64> {
    let row = table.spec.index(row)?;
    let column = table.spec.rows.get(row)?.columns.iter().position(|other| *other == column)?;
    table.cell(CellRef { row, column })?.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis_of, offset_of};
    use crate::text::{TextEdit, apply};

    /// What is offered at `‸` in `source`, with the analysis.
    fn offered(source: &str) -> (String, Vec<Completion>) {
        let at = source.find('‸').unwrap();
        let (source, analysis) = analysis_of(&source.replace('‸', ""));
        let found = completions(&analysis, at, true);
        for one in &found {
            assert!(one.span.end == at && !one.span.of(&source).contains('\n'), "{one:?}");
        }
        (source, found)
    }

    fn written(source: &str, one: &Completion) -> String {
        apply(source, &[TextEdit { span: one.span, content: one.content.clone() }])
    }

    #[test]
    fn a_blank_cell_is_offered_the_figure_that_it_must_have() {
        let blank = SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t5\t‸\t0\t0\t0\t0\t7");
        let (source, found) = offered(&blank);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, CompletionKind::Figure);
        assert_eq!(written(&source, &found[0]), SOURCE);
        let (_, filled) = offered(&SOURCE.replace("数量\t5\t2", "数量\t5\t‸2"));
        assert_eq!(filled, []);
    }

    #[test]
    fn sections_that_are_missing_are_offered_in_their_order_with_their_tables() {
        let (source, found) = offered(&format!("{SOURCE}\n‸"));
        let labels: Vec<&str> = found.iter().map(|one| one.label.as_str()).collect();
        let due: Vec<String> =
            [Section::Review, Section::Problems, Section::Other].iter().map(|section| section.heading()).collect();
        assert_eq!(labels, due);
        assert!(found[0].detail.contains("空白表格") && found[0].content.lines().count() > 2, "{found:?}");
        let (_, analysis) = analysis_of(&written(&source, &found[0]));
        let report = analysis.units().next().unwrap().report;
        assert!(report.section(Section::Review).is_some() && report.table(TableKind::Review).is_some());
        let (_, typed) = offered(&format!("{SOURCE}\n五‸"));
        assert_eq!(typed.len(), 1);
        let (_, in_table) = offered(&SOURCE.replace("（七）总计", "‸（七）总计"));
        assert_eq!(in_table, []);
    }

    #[test]
    fn sentences_are_filled_from_the_tables_and_say_nothing_wrong() {
        let source = SOURCE.replace("申请7件。\n", "申请7件。\n‸\n");
        let (source, found) = offered(&source);
        let sentence = found.iter().find(|one| one.kind == CompletionKind::Sentence).unwrap();
        assert_eq!(
            sentence.content,
            "2023年，新收政府信息公开申请7件，上年结转0件，共办结7件，结转下年度继续办理0件。"
        );
        let codes = |source: &str| -> Vec<&str> {
            analysis_of(source).1.findings().iter().map(|finding| finding.rule.code).collect()
        };
        assert_eq!(codes(&written(&source, sentence)), codes(&source));
    }

    #[test]
    fn in_a_comment_rules_are_offered_those_that_were_found_first() {
        let wrong = SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t5\t2\t0\t0\t0\t0\t8");
        for typed in
            ["<!-- gongkai: ignore ‸ -->", "<!-- gongkai: ignore GK3‸ -->", "<!--gongkai:ignore-file GK304, ‸-->"]
        {
            let (source, found) = offered(&wrong.replace("（一）依申请", &format!("{typed}\n（一）依申请")));
            let at = found.iter().position(|one| one.label == "GK303").unwrap();
            assert!(at < found.iter().position(|one| one.label == "GK301").unwrap_or(usize::MAX), "{typed}");
            assert!(written(&source, &found[at]).contains("GK303"), "{typed}");
            assert!(found.iter().all(|one| one.kind == CompletionKind::Rule && one.rule.is_some()));
        }
        for other in ["<!-- gongkai: ignore GK303 理由‸ -->", "<!-- 其他 ‸ -->"] {
            let (_, found) = offered(&wrong.replace("（一）依申请", &format!("{other}\n（一）依申请")));
            assert!(found.iter().all(|one| one.kind != CompletionKind::Rule), "{other}");
        }
    }

    #[test]
    fn nothing_is_offered_in_what_is_no_report() {
        assert_eq!(offered("会议通知\n\n‸\n").1, []);
    }

    #[test]
    fn every_offer_ends_where_it_is_typed() {
        let wrong = SOURCE.replace("\t2\t", "\t\t");
        let (source, analysis) = analysis_of(&wrong);
        for (at, _) in source.char_indices() {
            for one in completions(&analysis, at, true) {
                assert!(one.span.end == at && one.span.start <= at, "{at}: {one:?}");
            }
        }
        let _ = offset_of(&source, "一、总体‸");
    }
}
