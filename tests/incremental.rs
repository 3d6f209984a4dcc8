//! What an edit makes necessary, and what it leaves alone: which bytes are parsed again, which sides of a report are judged
//! again.
#![allow(clippy::expect_used, reason = "a test may panic")]

use gongkai::analysis::{Analysis, Reparsed};
use gongkai::report::Facets;
use gongkai::text::{Encoding, Span};
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports").join(name);
    fs::read_to_string(&path).expect("an example report")
}

/// A document that is edited, and what each edit came to.
struct Edited {
    text: String,
    analysis: Analysis,
}

impl Edited {
    fn new(text: String) -> Edited {
        let analysis = Analysis::new(&text, Arc::default());
        assert!(analysis.advance(|| false), "everything is judged");
        Edited { text, analysis }
    }

    /// Puts `content` in the place of `what`, of which there is one only.
    #[track_caller]
    fn replace(&mut self, what: &str, content: &str) -> Reparsed {
        let at = self.text.find(what).expect("it is there");
        assert_eq!(self.text.rfind(what), Some(at), "once");
        self.edit(Span::new(at, at + what.len()), content)
    }

    #[track_caller]
    fn edit(&mut self, span: Span, content: &str) -> Reparsed {
        self.text.replace_range(span.range(), content);
        let reparsed = self.analysis.edit(span, content);
        let fresh = Analysis::new(&self.text, Arc::default());
        let starts = |analysis: &Analysis| analysis.units().map(|unit| unit.offset).collect::<Vec<_>>();
        assert_eq!(starts(&self.analysis), starts(&fresh), "borders after {content:?}");
        assert_eq!(self.analysis.findings(), fresh.findings());
        for ((offset, _), line) in self.analysis.document().units().zip(self.analysis.document().first_lines()) {
            let start = self.analysis.text().position(offset, Encoding::Utf8);
            assert_eq!((start.column == 0).then_some(start.line), line);
        }
        reparsed
    }

    /// What was parsed again by the last edit.
    fn parsed(&self, reparsed: Reparsed) -> &str {
        reparsed.span.of(&self.text)
    }
}

/// `text` with `line` put before the line that `before` starts.
fn with_line(text: &str, before: &str, line: &str) -> String {
    let at = text.find(before).expect("it is there");
    format!("{}{line}\n{}", text.get(..at).expect("a border"), text.get(at..).expect("a border"))
}

const NAMES: [&str; 3] = ["cells-by-line-2019.txt", "tabs-2023.txt", "markdown-2024-right.md"];

#[test]
fn a_word_in_the_narrative_leaves_the_tables_alone() {
    for name in NAMES {
        let line = "我局重视这项工作，经验有待总结甲乙丙。";
        let text = example(name);
        let second = text.lines().find(|line| line.contains("二、")).expect("a second section").to_owned();
        let mut edited = Edited::new(with_line(&text, &second, line));
        let reparsed = edited.replace("甲乙丙", "甲乙丁丙");
        assert!(reparsed.judged.meets(Facets::PROSE), "{name}");
        for kept in [Facets::TABLES, Facets::HEADINGS, Facets::TITLE, Facets::YEAR] {
            assert!(!reparsed.judged.meets(kept), "{name}: {kept:?}");
        }
        let parsed = edited.parsed(reparsed);
        assert!(parsed.contains("甲乙丁丙"), "{name}: {parsed}");
        assert!(parsed.lines().filter(|line| !line.trim().is_empty()).count() <= 4, "{name}: {parsed}");
    }
}

#[test]
fn a_figure_leaves_the_narrative_and_the_labels_alone() {
    for name in NAMES {
        let text = example(name);
        let mut edited = Edited::new(text.clone());
        let unit = edited.analysis.units().next().expect("a report");
        let table = unit.report.tables.last().expect("a table");
        let (_, cell) = table.cells().find(|(_, cell)| cell.count() == Some(0)).expect("a zero");
        let at = unit.offset + cell.span.end;
        let reparsed = edited.edit(Span::new(at - 1, at), "5");
        assert!(reparsed.judged.meets(Facets::VALUES), "{name}");
        for kept in [Facets::PROSE, Facets::HEADINGS, Facets::TITLE, Facets::YEAR, Facets::LABELS, Facets::SPELLING] {
            assert!(!reparsed.judged.meets(kept), "{name}: {kept:?}");
        }
        // What is written otherwise than in plain digits is another matter.
        let reparsed = edited.edit(Span::new(at - 1, at), "约5");
        assert!(reparsed.judged.meets(Facets::SPELLING), "{name}");
        assert!(!reparsed.judged.meets(Facets::PROSE), "{name}");
    }
}

#[test]
fn an_edit_in_one_report_of_many_leaves_the_others_alone() {
    let one = example("tabs-2023.txt");
    let one = format!("{}\n", one.trim_end());
    let mut edited = Edited::new(one.repeat(20));
    assert_eq!(edited.analysis.units().count(), 20);
    let at = 11 * one.len() + one.rfind('。').expect("a sentence");
    let reparsed = edited.edit(Span::at(at), "了");
    assert!(reparsed.span.start >= 11 * one.len() && reparsed.span.end <= 12 * one.len() + "了".len());
    assert!(!reparsed.judged.meets(Facets::TABLES), "{:?} {}", reparsed.judged, edited.parsed(reparsed));
}

#[test]
fn a_heading_or_a_title_concerns_the_whole_report() {
    for name in NAMES {
        let mut edited = Edited::new(example(name));
        let report = edited.analysis.units().next().expect("a report").report;
        let heading = report.sections.first().expect("a section").name;
        let reparsed = edited.edit(Span::at(heading.end), "甲");
        assert_eq!(reparsed.judged, Facets::ALL, "{name}");
    }
}

#[test]
fn what_nobody_asked_for_is_not_judged() {
    let one = format!("{}\n", example("tabs-2023.txt").trim_end());
    let analysis = Analysis::new(&one.repeat(5), Arc::default());
    assert!(analysis.reported().is_empty(), "nothing is known yet");
    let mut reports = 0;
    let complete = analysis.advance(|| {
        reports += 1;
        reports == 2
    });
    assert!(!complete, "two of five are judged");
    let some = analysis.reported().len();
    assert!(analysis.advance(|| false));
    let all = analysis.reported().len();
    assert_eq!((some * 5, all), (all * 2, analysis.findings().len()));
}

/// Found by a million edits: a report in markup may start where a line of the one before goes on.
#[test]
fn a_border_inside_a_line_moves_when_that_line_is_edited() {
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
fn a_tag_that_starts_in_one_report_may_end_in_the_next() {
    let one = example("tabs-2023.txt");
    let first = with_line(&one, "二、", "<meta 信息");
    let second = with_line(&one, "二、", "甲乙丙");
    let mut edited = Edited::new(format!("{first}\n{second}"));
    for (what, content) in [("甲乙丙", "甲>丙"), ("甲>丙", "甲丙")] {
        edited.replace(what, content);
    }
}

#[test]
fn findings_about_the_year_show_where_it_is_said_now() {
    // The tables are of the other edition, and the year is said in two paragraphs and nowhere else.
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
fn white_space_put_beside_a_figure_belongs_to_its_cell_and_not_to_the_figure() {
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
fn a_fix_that_inserts_where_something_is_typed_stays_one() {
    // No heading of the third section: one is offered in front of the document, where a figure stands.
    let text = example("tabs-2023.txt");
    let table = text.find("一、本年新收").expect("the third table");
    let table: Vec<&str> = text.get(table..).expect("a border").lines().take(26).collect();
    let mut edited = Edited::new(format!("399 | 272 （六）其他处理\n{}", table.join("\n")));
    for content in ["1", "20", "7"] {
        edited.edit(Span::at(0), content);
    }
}

#[test]
fn a_comment_may_come_to_end_on_the_line_of_a_border() {
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
fn a_line_break_that_is_torn_apart_changes_how_fixes_write_lines() {
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
