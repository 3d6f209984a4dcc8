//! Reading and checking prose costs in proportion to its length, whatever it is written as: one long line, a paragraph of
//! many lines, a list of many parts.
//!
//! What is counted is the processor's time of this thread, not that of the clock, and only how it grows: four times the
//! text may take eight times as long, where a cost that grows with the square would take sixteen times.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and whoever reads its log has to know")]

mod generator;

use generator::{Layout, Model, Size, Style, Wish, render};
use gongkai::analysis::check;
use gongkai::config::Settings;
use std::fs;
use std::time::Instant;

/// The size that is compared with four times as much, in characters: in one line, and in many.
const OF_A_LINE: usize = 30_000;
const OF_LINES: usize = 10_000;

/// How much longer the longer one may take.
const BOUND: f64 = 8.0;

/// A report with all tables whose overview is `prose`.
fn report(prose: &str) -> String {
    let mut model = Model::new(7, Wish { year: 2024, size: Size::County, figures_in_prose: false });
    model.sections[0] = vec!["（二）依申请公开".to_owned(), prose.to_owned()];
    render(&model, &Style::plain(Layout::Tabs)).text
}

/// `size` characters of what `piece` gives for 0, 1, 2 ….
fn long(size: usize, piece: impl Fn(usize) -> String) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for index in 0.. {
        if length >= size {
            break;
        }
        let piece = piece(index);
        length += piece.chars().count();
        text.push_str(&piece);
    }
    text
}

/// The processor's time that this thread has had, in nanoseconds.
fn spent(start: Instant) -> u128 {
    let scheduled = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let own = scheduled.and_then(|text| text.split(' ').next().and_then(|first| first.parse().ok()));
    own.unwrap_or_else(|| start.elapsed().as_nanos())
}

/// What it takes to check `text`, the lesser of two times.
fn cost(text: &str) -> f64 {
    let once = || {
        let start = Instant::now();
        let before = if fs::exists("/proc/thread-self/schedstat").unwrap_or(false) { spent(start) } else { 0 };
        let findings = check(text, &Settings::default());
        assert!(findings.len() < text.len(), "there are fewer findings than characters");
        spent(start) - before
    };
    let least = (0..2).map(|_| once()).min().unwrap_or(1);
    least.max(1) as f64
}

fn grows_in_proportion(name: &str, size: usize, text: impl Fn(usize) -> String) {
    let [small, large] = [size, 4 * size].map(|size| cost(&report(&text(size))));
    println!("{name}: {:.1} times for four times the text ({:.0} ms)", large / small, large / 1e6);
    assert!(large < BOUND * small, "{name}: four times the text takes {:.1} times as long", large / small);
}

#[test]
fn a_line_of_many_statements() {
    grows_in_proportion("sentences", OF_A_LINE, |size| {
        long(size, |index| format!("全年收到政府信息公开申请{}件。", index % 90))
    });
    grows_in_proportion("clauses", OF_A_LINE, |size| {
        long(size, |index| format!("收到申请{}件，办结{}件，", index % 90, index % 70))
    });
    grows_in_proportion("no stop", OF_A_LINE, |size| long(size, |index| format!("答复{}件", index % 90)));
    grows_in_proportion("figures", OF_A_LINE, |size| long(size, |index| format!("{} ", index % 90)));
}

#[test]
fn a_paragraph_of_many_lines() {
    grows_in_proportion("lines", OF_LINES, |size| {
        long(size, |index| format!("全年收到申请{}件，\n办结{}件\n", index % 90, index % 70))
    });
    grows_in_proportion("blank lines", OF_LINES, |size| {
        long(size, |index| format!("结转下年度\n\n{}件\n\n", index % 90))
    });
    grows_in_proportion("words", OF_LINES, |size| long(size, |_| "坚持以公开为常态不公开为例外\n".to_owned()));
}

#[test]
fn a_list_of_many_parts() {
    let list = |between: &'static str| {
        move |size| {
            let parts = long(size, |index| format!("动态信息{}条{between}", index % 90));
            format!("公开政府信息99999条，其中{parts}其他1条。")
        }
    };
    grows_in_proportion("commas", OF_A_LINE, list("，"));
    grows_in_proportion("semicolons", OF_A_LINE, list("；"));
    grows_in_proportion("lines", OF_LINES, list("；\n"));
    let nested = |size| long(size, |index| format!("公开{}条（其中动态{}条", index % 90, index % 40));
    grows_in_proportion("brackets", OF_A_LINE, nested);
}

#[test]
fn a_table_of_many_rows() {
    let rows = |row: &'static str| move |size| format!("情况\n\n{}", long(size, |_| row.to_owned()));
    grows_in_proportion("one cell a line", OF_LINES, rows("2.重复申请\n0\n0\n0\n0\n0\n0\n0\n"));
    grows_in_proportion("between blank lines", OF_LINES, rows("2.重复申请\n\n0\n\n0\n\n0\n\n0\n\n0\n\n0\n\n0\n\n"));
    grows_in_proportion("columns", OF_LINES, rows("2.重复申请  0 0 0 0 0 0 0\n"));
    grows_in_proportion("over lines", OF_LINES, rows("2.重复申\n    0 0 0 0\n请       0 0 0\n"));
    grows_in_proportion("figures alone", OF_LINES, rows("0\n"));
    grows_in_proportion("words alone", OF_LINES, rows("重复\n"));
    grows_in_proportion("headings alone", OF_LINES, rows("一、重复\n"));
    grows_in_proportion("pipes alone", OF_LINES, rows("重复\n|\n"));
    grows_in_proportion("lines with a figure", OF_LINES, rows("行政许可 97\n"));
}
