//! The work that an edit causes: which bytes are parsed again, and which facets of a report are checked again.
#![allow(clippy::expect_used, reason = "a test may panic")]

use gongkai::analysis::{Analysis, Reparsed};
use gongkai::report::Facets;
use gongkai::rules::{Applicability, Finding};
use gongkai::text::{Encoding, Span};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports").join(name);
    fs::read_to_string(&path).expect("an example report")
}

/// A document with edits, compared with a fresh one after each.
struct Edited {
    text: String,
    analysis: Analysis,
    /// How many findings were worded after the last edit; the others were copied.
    worded: usize,
}

impl Edited {
    fn new(text: String) -> Edited {
        let analysis = Analysis::new(&text, Arc::default());
        assert!(analysis.check_until(|| false), "everything is checked");
        let (_, worded) = wordings(&analysis);
        Edited { text, analysis, worded }
    }

    /// Replaces `what`, which occurs once, by `content`.
    #[track_caller]
    fn replace(&mut self, what: &str, content: &str) -> Reparsed {
        let at = self.text.find(what).expect("it is there");
        assert_eq!(self.text.rfind(what), Some(at), "once");
        self.edit(Span::new(at, at + what.len()), content)
    }

    /// The same, but replaces only the parts between `【】` in `what` and `content`.
    #[track_caller]
    fn retype(&mut self, what: &str, content: &str) {
        let parts = |text: &str| -> Vec<String> { text.split(['【', '】']).map(str::to_owned).collect() };
        let (what, content) = (parts(what), parts(content));
        let at = self.text.find(&what.concat()).expect("it is there") + what[0].len();
        assert_eq!(self.text.matches(&what.concat()).count(), 1, "once");
        self.edit(Span::new(at, at + what[1].len()), &content[1]);
    }

    #[track_caller]
    fn edit(&mut self, span: Span, content: &str) -> Reparsed {
        self.text.replace_range(span.range(), content);
        let reparsed = self.analysis.edit(span, content);
        let fresh = Analysis::new(&self.text, Arc::default());
        let starts = |analysis: &Analysis| analysis.units().map(|unit| unit.offset).collect::<Vec<_>>();
        assert_eq!(starts(&self.analysis), starts(&fresh), "borders after {content:?}");
        assert_eq!(self.analysis.findings(), fresh.findings());
        assert!(fresh.check_until(|| false), "everything is checked");
        assert_eq!(published(&self.analysis), published(&fresh), "drafts after {content:?}");
        let (got, worded) = wordings(&self.analysis);
        self.worded = worded;
        assert_eq!(got, wordings(&fresh).0, "words after {content:?}");
        for ((offset, _), line) in self.analysis.document().units().zip(self.analysis.document().first_lines()) {
            let start = self.analysis.text().position(offset, Encoding::Utf8);
            assert_eq!((start.column == 0).then_some(start.line), line);
        }
        reparsed
    }

    /// The reported contradictions.
    fn contradictions(&self) -> Vec<Finding> {
        let mut found = self.analysis.findings();
        found.retain(|finding| finding.rule.code.starts_with("GK30"));
        found
    }

    /// The contradiction whose message starts with `start`.
    #[track_caller]
    fn starting_with(&self, start: &str) -> Finding {
        let mut found = self.contradictions();
        let all: Vec<String> = found.iter().map(|finding| finding.message.clone()).collect();
        found.retain(|finding| finding.message.starts_with(start));
        assert_eq!(found.len(), 1, "{start}: {all:#?}");
        found.remove(0)
    }

    /// The text that the last edit parsed again.
    fn parsed(&self, reparsed: Reparsed) -> &str {
        reparsed.span.of(&self.text)
    }
}

/// The findings as they are published, with drafts of some fixes.
fn published(analysis: &Analysis) -> Vec<Finding> {
    analysis.reported().iter().map(|reported| reported.finding.as_ref().clone()).collect()
}

/// The published findings, and how many of them were worded.
fn wordings(analysis: &Analysis) -> (String, usize) {
    let (mut words, mut worded) = (Vec::new(), 0);
    let written = analysis.serialize(&analysis.reported(), Encoding::Utf16, &mut words, |finding, places, words| {
        worded += 1;
        let related: Vec<&str> = finding.related.iter().map(|related| related.message.as_str()).collect();
        writeln!(words, "{} {} {places:?} {related:?}", finding.rule.code, finding.message)
    });
    written.expect("memory takes all");
    (String::from_utf8(words).expect("words"), worded)
}

/// `text` with `line` inserted before the line that starts with `before`.
fn with_line(text: &str, before: &str, line: &str) -> String {
    let at = text.find(before).expect("it is there");
    format!("{}{line}\n{}", text.get(..at).expect("a border"), text.get(at..).expect("a border"))
}

const NAMES: [&str; 3] = ["cells-by-line-2019.txt", "tabs-2023.txt", "markdown-2024-right.md"];

#[test]
fn an_edit_of_prose_does_not_recheck_the_tables() {
    for name in NAMES {
        let line = "我局重视这项工作，经验有待总结甲乙丙。";
        let text = example(name);
        let second = text.lines().find(|line| line.contains("二、")).expect("a second section").to_owned();
        let mut edited = Edited::new(with_line(&text, &second, line));
        let reparsed = edited.replace("甲乙丙", "甲乙丁丙");
        assert!(reparsed.checked.meets(Facets::PROSE), "{name}");
        for kept in [Facets::TABLES, Facets::HEADINGS, Facets::TITLE, Facets::YEAR] {
            assert!(!reparsed.checked.meets(kept), "{name}: {kept:?}");
        }
        let parsed = edited.parsed(reparsed);
        assert!(parsed.contains("甲乙丁丙"), "{name}: {parsed}");
        assert!(parsed.lines().filter(|line| !line.trim().is_empty()).count() <= 4, "{name}: {parsed}");
    }
}

/// The paragraphs below a heading are read together. Their statements are kept while the user types into a paragraph
/// without statements.
#[test]
fn an_edit_between_statements_rechecks_only_what_depends_on_it() {
    let lines = "（二）依申请公开情况\n我局安排专人值守。\n全年收到政府信息公开申请15件，其中网上申请9件、当面申请6件。\n\
        各股室各负其责甲乙。\n办结13件。\n没有收取费用。\n结转下年度继续办理2件。";
    let mut edited = Edited::new(with_line(&example("tabs-2023.txt"), "二、主动公开", lines));
    let stated = |edited: &Edited| {
        let units: Vec<_> = edited.analysis.units().collect();
        let statements = units.iter().flat_map(|unit| unit.report.statements.clone()).collect::<Vec<_>>();
        let fresh = Analysis::new(&edited.text, Arc::default());
        let again: Vec<_> = fresh.units().flat_map(|unit| unit.report.statements.clone()).collect();
        assert_eq!(statements, again);
        statements.into_iter().filter_map(|statement| Some((statement.fact?, statement.amount))).collect::<Vec<_>>()
    };
    let before = stated(&edited);
    for (what, content, same) in [
        ("各负其责甲乙", "各负其责甲丙乙", true),
        ("安排专人值守", "安排了两名专人值守", true),
        // Cases of another kind than applications.
        ("各股室各负其责甲丙乙", "各股室办理信访件", false),
        ("各股室办理信访件", "各股室各负其责", true),
        ("没有收取费用", "收取了费用", false),
        ("收取了费用", "没有收取费用", true),
        ("（二）依申请公开情况", "（二）主动公开情况", false),
        ("（二）主动公开情况", "（二）依申请公开情况", true),
        ("安排了两名专人值守。", "安排了两名专人值守，受理：", false),
    ] {
        let at = edited.text.rfind(what).expect("it is there");
        edited.edit(Span::new(at, at + what.len()), content);
        let now = stated(&edited);
        assert!(!same || now == before, "{content}: {now:?}");
    }
}

#[test]
fn an_edit_of_a_figure_does_not_recheck_prose_and_labels() {
    for name in NAMES {
        let text = example(name);
        let mut edited = Edited::new(text.clone());
        let unit = edited.analysis.units().next().expect("a report");
        let table = unit.report.tables.last().expect("a table");
        let (_, cell) = table.cells().find(|(_, cell)| cell.count() == Some(0)).expect("a zero");
        let at = unit.offset + cell.span.end;
        let reparsed = edited.edit(Span::new(at - 1, at), "5");
        assert!(reparsed.checked.meets(Facets::VALUES), "{name}");
        for kept in [Facets::PROSE, Facets::HEADINGS, Facets::TITLE, Facets::YEAR, Facets::LABELS, Facets::SPELLING] {
            assert!(!reparsed.checked.meets(kept), "{name}: {kept:?}");
        }
        // Figures that are not plain digits change more facets.
        let reparsed = edited.edit(Span::new(at - 1, at), "约5");
        assert!(reparsed.checked.meets(Facets::SPELLING), "{name}");
        assert!(!reparsed.checked.meets(Facets::PROSE), "{name}");
    }
}

#[test]
fn an_edit_of_one_report_does_not_recheck_the_others() {
    let one = example("tabs-2023.txt");
    let one = format!("{}\n", one.trim_end());
    let mut edited = Edited::new(one.repeat(20));
    assert_eq!(edited.analysis.units().count(), 20);
    let at = 11 * one.len() + one.rfind('。').expect("a sentence");
    let reparsed = edited.edit(Span::at(at), "了");
    assert!(reparsed.span.start >= 11 * one.len() && reparsed.span.end <= 12 * one.len() + "了".len());
    assert!(!reparsed.checked.meets(Facets::TABLES), "{:?} {}", reparsed.checked, edited.parsed(reparsed));
}

#[test]
fn an_edit_of_a_heading_or_title_rechecks_the_whole_report() {
    for name in NAMES {
        let mut edited = Edited::new(example(name));
        let report = edited.analysis.units().next().expect("a report").report;
        let heading = report.sections.first().expect("a section").name;
        let reparsed = edited.edit(Span::at(heading.end), "甲");
        assert_eq!(reparsed.checked, Facets::ALL, "{name}");
    }
}

#[test]
fn reports_are_checked_only_on_request() {
    let one = format!("{}\n", example("tabs-2023.txt").trim_end());
    let analysis = Analysis::new(&one.repeat(5), Arc::default());
    assert!(analysis.reported().is_empty(), "nothing is known yet");
    let mut reports = 0;
    let complete = analysis.check_until(|| {
        reports += 1;
        reports == 2
    });
    assert!(!complete, "two of five are checked");
    let some = analysis.reported().len();
    assert!(analysis.check_until(|| false));
    let all = analysis.reported().len();
    assert_eq!((some * 5, all), (all * 2, analysis.findings().len()));
}

/// Found by a million edits: a report in markup may start inside a line of the one before.
#[test]
fn the_start_of_a_report_inside_a_line_moves_with_an_edit() {
    let one = example("tabs-2023.txt");
    let title = "<h1>云岭市水务局2022年政府信息公开工作年度报告</h1>";
    let page = format!("{title}<p>一、总体情况</p>\n<p>二、主动公开政府信息情况</p>\n<p>三、收到和处理</p>\n");
    let mut edited = Edited::new(format!("{}\n尾{page}", one.trim_end()));
    assert_eq!(edited.analysis.units().count(), 2);
    for (what, content) in [("<h1>", "<h>"), ("<h>", "<h1>"), ("尾", "尾尾"), ("尾尾", "")] {
        edited.replace(what, content);
    }
}

#[test]
fn a_tag_may_start_in_one_report_and_end_in_the_next() {
    let one = example("tabs-2023.txt");
    let first = with_line(&one, "二、", "<meta 信息");
    let second = with_line(&one, "二、", "甲乙丙");
    let mut edited = Edited::new(format!("{first}\n{second}"));
    for (what, content) in [("甲乙丙", "甲>丙"), ("甲>丙", "甲丙")] {
        edited.replace(what, content);
    }
}

#[test]
fn findings_about_the_year_point_at_its_new_place() {
    // The tables are of the other edition, and the year is in two paragraphs and nowhere else.
    let text = example("cells-by-line-2019.txt").replace('年', "岁");
    let text = format!("说明：2022年。\n{text}\n另说2022年。\n");
    let mut edited = Edited::new(text);
    let year = |edited: &Edited| edited.analysis.units().next().and_then(|unit| unit.report.year);
    assert_eq!(year(&edited).map(|(year, _)| year), Some(2022));
    let findings = edited.analysis.findings();
    assert!(
        findings.iter().flat_map(|finding| &finding.related).any(|related| related.span.start < 20),
        "one shows it"
    );
    edited.replace("说明：2022年", "说明：今年");
    assert_eq!(year(&edited).map(|(year, _)| year), Some(2022));
}

#[test]
fn white_space_typed_beside_a_figure_belongs_to_the_cell() {
    for name in ["tabs-2023.txt", "cells-by-line-2019.txt"] {
        let text = example(name);
        let digit = |(_, c): &(usize, char)| c.is_ascii_digit();
        let row = text.find("一、本年新收").expect("the first row");
        let figures: Vec<usize> = text.char_indices().filter(digit).map(|(at, _)| at).filter(|at| *at > row).collect();
        for at in figures.into_iter().take(8) {
            let mut edited = Edited::new(text.clone());
            for (offset, content) in [(1, " "), (0, "\u{3000}"), (0, "7"), (1, "7")] {
                edited.edit(Span::at(at + offset), content);
            }
        }
    }
}

#[test]
fn a_fix_that_inserts_where_text_is_typed_remains_valid() {
    // The third section has no heading; its insertion is offered at the start of the document, beside a figure.
    let text = example("tabs-2023.txt");
    let table = text.find("一、本年新收").expect("the third table");
    let table: Vec<&str> = text.get(table..).expect("a border").lines().take(26).collect();
    let mut edited = Edited::new(format!("399 | 272 （六）其他处理\n{}", table.join("\n")));
    for content in ["1", "20", "7"] {
        edited.edit(Span::at(0), content);
    }
}

#[test]
fn a_comment_may_end_on_the_line_where_a_report_starts() {
    let page =
        "<h1>云岭市水务局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p>\n二、主动公开政府信息情况\n三、收到\n";
    let first = format!("{}\n甲乙 | 0 | 0 |\n丙\n| 第二十条第（五）</tr>-->", example("tabs-2023.txt").trim_end());
    let mut edited = Edited::new(format!("{first}{page}"));
    assert_eq!(edited.analysis.units().count(), 2);
    for (what, content) in [("甲乙", "三、收到和处理政府信息公开申请情况\n<!--0"), ("<!--", "")] {
        edited.replace(what, content);
    }
}

#[test]
fn splitting_a_line_break_changes_the_line_ends_of_fixes() {
    let text = example("tabs-2023.txt");
    let row = text.lines().find(|line| line.starts_with("一、本年新收")).expect("the first row").to_owned();
    let text = text.replace(&format!("{row}\n"), "");
    let at = text.find("。\n").expect("a sentence") + '。'.len_utf8();
    let mut edited =
        Edited::new(format!("{}\r{}", text.get(..at).expect("a border"), text.get(at..).expect("a border")));
    for (span, content) in [(Span::at(at + 1), "甲"), (Span::new(at + 1, at + 1 + '甲'.len_utf8()), "")] {
        edited.edit(span, content);
    }
}

/// An example without contradictions, with each of `faults` in its place.
#[track_caller]
fn contradicting(faults: &[(&str, &str)]) -> String {
    let text = example("pipes-2020-right.txt");
    faults.iter().fold(text, |text, (right, wrong)| {
        assert_eq!(text.matches(right).count(), 1, "{right}");
        text.replace(right, wrong)
    })
}

/// Several figures of one row, so that no one or two cells explain it.
const UNEXPLAINED: (&str, &str) = ("予以公开 | 18 | 0 | 0 | 1 | 0 | 0 | 19", "予以公开 | 28 | 5 | 9 | 1 | 0 | 0 | 19");
/// A total that is wrong in its row, its column and its balance.
const TOTAL: (&str, &str) = ("(七)总计 | 36 | 0 | 0 | 1 | 1 | 1 | 39", "(七)总计 | 36 | 0 | 0 | 1 | 1 | 1 | 49");
/// Three wrong figures in one row.
const SHIFTED: (&str, &str) = ("(七)总计 | 36 | 0 | 0 | 1 | 1 | 1 | 39", "(七)总计 | 38 | 5 | 7 | 1 | 1 | 1 | 无");
/// A total with several possible explanations.
const REVIEW: (&str, &str) = ("0 | 0 | 1 | 0 | 1 | 0", "0 | 0 | 1 | 0 | 12 | 0");
/// A case in the wrong column.
const MOVED: (&str, &str) = ("1.本机关不掌握相关政府信息 | 6 | 0 |", "1.本机关不掌握相关政府信息 | 5 | 1 |");

#[test]
fn contradictions_are_the_same_as_fresh_ones_after_edits_of_figures() {
    for faults in [&[UNEXPLAINED, REVIEW][..], &[TOTAL], &[SHIFTED], &[MOVED]] {
        let mut edited = Edited::new(contradicting(faults));
        let unit = edited.analysis.units().next().expect("a report");
        let offset = unit.offset;
        let tables = unit.report.tables.iter().skip(1);
        let cells: Vec<Span> = tables.flat_map(|table| table.cells().map(|(_, cell)| cell.span)).collect();
        assert!(cells.len() > 150);
        // Every row, and each column several times.
        for (index, span) in cells.into_iter().step_by(5).enumerate() {
            let span = span.shift(offset);
            let old = span.of(&edited.text).to_owned();
            let content = ["7", "无", "", "31"][index % 4];
            edited.edit(span, content);
            edited.edit(Span::new(span.start, span.start + content.len()), &old);
        }
    }
}

#[test]
fn contradictions_are_the_same_as_fresh_ones_after_edits_of_labels() {
    for faults in [&[UNEXPLAINED][..], &[TOTAL]] {
        let mut edited = Edited::new(contradicting(faults));
        let start = edited.text.find("一、本年新收").expect("the first row");
        let end = edited.text.find("四、结转下").expect("the last row");
        let rows: Vec<(usize, String)> = edited.text[start..end]
            .match_indices('\n')
            .map(|(at, _)| start + at + 1)
            .map(|at| (at, edited.text[at..].split(" | ").next().unwrap_or_default().to_owned()))
            .collect();
        for (index, (at, label)) in rows.iter().enumerate().step_by(2) {
            // No label, then that of the row below.
            for content in ["甲", rows.get(index + 1).map_or("", |(_, label)| label.as_str())] {
                edited.edit(Span::new(*at, at + label.len()), content);
                edited.edit(Span::new(*at, at + content.len()), label);
            }
        }
    }
}

#[test]
fn a_changed_operand_is_shown_in_an_unchanged_finding() {
    let mut edited = Edited::new(contradicting(&[UNEXPLAINED]));
    let start = "“（一）予以公开”总计为 19，各项之和为";
    assert!(edited.starting_with(start).message.contains(" 43（自然人 28 + 商业企业 5 + 科研机构 9 + "));
    edited.retype("28 | 【5】 | 9", "28 | 【6】 | 9");
    assert!(edited.starting_with(start).message.contains(" 44（自然人 28 + 商业企业 6 + 科研机构 9 + "));
}

#[test]
fn the_number_of_wrong_totals_is_updated() {
    let mut edited = Edited::new(contradicting(&[UNEXPLAINED]));
    let count = |edited: &Edited| edited.starting_with("“（一）予以公开”总计为 19").fixes[0].edits.len();
    let before = count(&edited);
    edited.retype("6 | 0 | 0 | 0 | 1 | 0 | 【7】", "6 | 0 | 0 | 0 | 1 | 0 | 【8】");
    assert_eq!(count(&edited), before + 1);
}

/// Applications were handled in other columns than those in which they were received: every total is right, and none is
/// recomputed until one is wrong.
#[test]
fn recomputing_totals_is_offered_once_one_is_wrong() {
    let (right, wrong) = ("申请数量 | 35 | 0 | 0 | 1 | 1 | 1 | 38", "申请数量 | 32 | 1 | 2 | 1 | 1 | 1 | 38");
    let mut edited = Edited::new(contradicting(&[(right, wrong)]));
    let fixes = |edited: &Edited| -> Vec<usize> {
        let balances = edited.contradictions().into_iter().filter(|finding| finding.message.contains("两者应相等"));
        balances.map(|finding| finding.fixes.len()).collect()
    };
    assert_eq!(fixes(&edited), [0; 3]);
    edited.retype("6 | 0 | 0 | 0 | 1 | 0 | 【7】", "6 | 0 | 0 | 0 | 1 | 0 | 【8】");
    assert_eq!(fixes(&edited), [1; 3]);
    edited.retype("6 | 0 | 0 | 0 | 1 | 0 | 【8】", "6 | 0 | 0 | 0 | 1 | 0 | 【7】");
    assert_eq!(fixes(&edited), [0; 3]);
}

#[test]
fn the_fix_writes_the_total_that_is_wrong_now() {
    let rows = |first, second| {
        format!(
            "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 【{first} | ||\n3.要求提供公开出版物 | 0 | 0 | 0 | 0 | 0 | 0 | {second}】 | ||"
        )
    };
    let (first, second) = (rows(5, 0), rows(0, 5));
    let right = rows(0, 0).replace(['【', '】'], "");
    let mut edited = Edited::new(contradicting(&[UNEXPLAINED, (&right, &first.replace(['【', '】'], ""))]));
    let fix = |edited: &Edited| edited.starting_with("“（一）予以公开”总计为 19").fixes[0].clone();
    let before = fix(&edited);
    edited.retype(&first, &second);
    let after = fix(&edited);
    assert_eq!(before.message, after.message);
    assert_ne!(before.edits, after.edits);
}

#[test]
fn the_wrong_figure_is_certain_again_once_the_others_are_right() {
    let mut edited = Edited::new(contradicting(&[SHIFTED]));
    let applicability = |edited: &Edited| edited.starting_with("“（七）总计”自然人").fixes[0].applicability;
    assert_eq!(applicability(&edited), Applicability::Unsafe);
    edited.retype("38 | 5 | 【7】", "38 | 5 | 【0】");
    assert_eq!(applicability(&edited), Applicability::Safe);
    edited.retype("38 | 5 | 【0】", "38 | 5 | 【7】");
    assert_eq!(applicability(&edited), Applicability::Unsafe);
}

#[test]
fn a_blank_cell_is_filled_and_a_word_is_not_replaced() {
    let mut edited = Edited::new(contradicting(&[]));
    let count = |edited: &Edited| edited.analysis.findings().iter().filter(|it| it.rule.code == "GK201").count();
    edited.retype("秘密 | 0 | 0 | 【0】", "秘密 | 0 | 0 | 【无】");
    assert_eq!(count(&edited), 0);
    edited.retype("秘密 | 0 | 0 | 【无】", "秘密 | 0 | 0 | 【】");
    assert_eq!(count(&edited), 1);
    edited.retype("秘密 | 0 | 0 | 【】", "秘密 | 0 | 0 | 【无】");
    assert_eq!(count(&edited), 0);
}

#[test]
fn a_finding_points_at_the_row_that_is_read_now() {
    // The row is there twice: the second counts once the first has another label.
    let row = "(二)部分公开(区分处理的，只计这一情形，不计其他情形) | 3 | 0 | 0 | 0 | 0 | 0 | 3 | ||\n";
    let text = with_line(&contradicting(&[TOTAL]), row, &row.trim_end().replace("(二)部分", "(二) 部分"));
    let label = "(二) 部分公开(区分处理的，只计这一情形，不计其他情形)";
    let mut edited = Edited::new(text);
    let shown = |edited: &Edited| {
        let finding = edited.starting_with("“（七）总计”总计应为 39");
        let related = finding.related.iter().find(|related| related.message == "“（二）部分公开”总计 3");
        (finding.message.clone(), related.expect("it is an operand").span)
    };
    let (message, before) = shown(&edited);
    edited.replace(label, "甲乙丙丁");
    let (again, after) = shown(&edited);
    assert_eq!(message, again);
    assert!(after.start > before.end, "{before:?} {after:?}");
    edited.replace("甲乙丙丁", label);
    assert_eq!(shown(&edited), (message, before));
}

/// A report has one table of a kind; a document has one for each report.
#[test]
fn contradictions_of_two_reports_with_equal_figures_are_both_reported() {
    let one = contradicting(&[UNEXPLAINED]);
    // Other figures in another place lead to the same contradictions.
    let other = one.replace("28 | 5 | 9", "29 | 5 | 8");
    let mut edited = Edited::new(format!("{}\n{other}", one.trim_end()));
    assert_eq!(edited.analysis.units().count(), 2);
    let sums = |edited: &Edited| -> Vec<String> {
        let found = edited.contradictions();
        found.iter().map(|it| it.message.split(['（', '）']).nth(3).unwrap_or_default().to_owned()).collect()
    };
    let sum = |parts: &str| format!("{parts} + 社会公益组织 1");
    let (first, second) = (sum("自然人 28 + 商业企业 5 + 科研机构 9"), sum("自然人 29 + 商业企业 5 + 科研机构 8"));
    assert_eq!(sums(&edited), [first.clone(), second.clone()]);
    edited.retype("28 | 5 | 【9】", "28 | 5 | 【7】");
    assert_eq!(sums(&edited), [sum("自然人 28 + 商业企业 5 + 科研机构 7"), second.clone()]);
    edited.retype("【29】 | 5 | 8", "【30】 | 5 | 8");
    edited.retype("28 | 5 | 【7】", "28 | 5 | 【9】");
    edited.retype("【30】 | 5 | 8", "【29】 | 5 | 8");
    assert_eq!(sums(&edited), [first, second]);
}

/// A table that is inserted before others changes which of them counts.
#[test]
fn a_table_inserted_before_another_does_not_change_its_findings() {
    let mut edited = Edited::new(contradicting(&[UNEXPLAINED, REVIEW]));
    let before = edited.contradictions();
    let start = edited.text.find("二、主动公开").expect("the second section");
    let end = edited.text.find("三、收到和处理").expect("the third");
    let section = edited.text[start..end].to_owned();
    edited.edit(Span::new(start, end), "");
    let without: Vec<String> = edited.contradictions().into_iter().map(|it| it.message).collect();
    assert_eq!(without, before.iter().map(|it| it.message.clone()).collect::<Vec<_>>());
    edited.edit(Span::at(start), &section);
    assert_eq!(edited.contradictions(), before);
}

/// The place of `start`, which occurs only once.
#[track_caller]
fn place_of(text: &str, start: &str) -> usize {
    assert_eq!(text.matches(start).count(), 1, "{start}");
    text.find(start).expect("it is there")
}

#[test]
fn unchanged_findings_are_not_worded_again() {
    let mut edited = Edited::new(contradicting(&[UNEXPLAINED, REVIEW]));
    let all = edited.worded;
    assert_eq!(all, 3);
    let paragraph = place_of(&edited.text, "优化“阳光招生”专题");
    edited.edit(Span::at(paragraph), "又");
    assert_eq!(edited.worded, 0, "a word in a line without findings");
    // Every later line has a new number. One finding is before the edit.
    edited.edit(Span::at(paragraph), "\n");
    assert_eq!(edited.worded, all - 1);
    edited.edit(Span::new(paragraph, paragraph + 1), "");
    assert_eq!(edited.worded, all - 1);
    // It is an operand of one finding, and not a total of several.
    edited.retype("28 | 【5】 | 9", "28 | 【6】 | 9");
    assert!((1..all).contains(&edited.worded), "{} of {all}", edited.worded);
    // The text before the line break has not moved.
    let end = edited.text.len();
    edited.edit(Span::at(end), "\n\n");
    assert_eq!(edited.worded, 0);
}

/// A line before several findings is split in two and joined again, in every way there is.
#[test]
fn findings_point_at_their_lines_for_all_line_ends() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = contradicting(&[UNEXPLAINED, REVIEW]).replace('\n', line_break);
        let mut edited = Edited::new(text);
        let heading = place_of(&edited.text, "二、主动公开");
        for at in [heading, heading - line_break.len(), heading - line_break.len() / 2 - 1, heading + 3] {
            for content in ["字", "\r", "\n", "\r\n", "字\r", "\n字", "\r字\n"] {
                edited.edit(Span::at(at), content);
                edited.edit(Span::new(at, at + content.len()), "");
            }
        }
        // The line before it and the heading are one line.
        let before = edited.text[..heading].trim_end().len();
        let gone = edited.text[before..heading].to_owned();
        edited.edit(Span::new(before, heading), "");
        edited.edit(Span::at(before), &gone);
    }
}
