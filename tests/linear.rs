//! The cost of reading and checking prose is proportional to its length, in any form: one long line, a paragraph of many
//! lines, a list of many parts.
//!
//! The tests measure the processor time of this thread, and only its growth: four times the text may take eight times as
//! long; a quadratic cost would take sixteen times as long.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and whoever reads its log has to know")]

mod generator;

use generator::{Layout, Model, Size, Style, Wish, render};
use gongkai::analysis::check;
use gongkai::config::Settings;
use std::fs;
use std::time::Instant;

/// The size in characters that is compared with four times as much: in one line, and in many.
const OF_A_LINE: usize = 30_000;
const OF_LINES: usize = 10_000;

/// The largest ratio of the times.
const BOUND: f64 = 8.0;

/// A report with all tables whose overview is `prose`.
fn report(prose: &str) -> String {
    let mut model = Model::new(7, Wish { year: 2024, size: Size::County, figures_in_prose: false });
    model.sections[0] = vec!["（二）依申请公开".to_owned(), prose.to_owned()];
    render(&model, &Style::plain(Layout::Tabs)).text
}

/// The texts of `piece` for 0, 1, 2 …, up to `size` characters.
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

/// The processor time of this thread, in nanoseconds.
fn spent(start: Instant) -> u128 {
    let scheduled = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let own = scheduled.and_then(|text| text.split(' ').next().and_then(|first| first.parse().ok()));
    own.unwrap_or_else(|| start.elapsed().as_nanos())
}

/// The time to check `text`, the shorter of two.
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
fn the_cost_of_one_long_line_is_linear() {
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
fn the_cost_of_a_long_paragraph_is_linear() {
    grows_in_proportion("lines", OF_LINES, |size| {
        long(size, |index| format!("全年收到申请{}件，\n办结{}件\n", index % 90, index % 70))
    });
    grows_in_proportion("blank lines", OF_LINES, |size| {
        long(size, |index| format!("结转下年度\n\n{}件\n\n", index % 90))
    });
    grows_in_proportion("words", OF_LINES, |size| long(size, |_| "坚持以公开为常态不公开为例外\n".to_owned()));
}

#[test]
fn the_cost_of_a_long_list_is_linear() {
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
fn the_cost_of_a_long_table_is_linear() {
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
