//! The documents to measure with: an invented report of this repository, brought to the length of a published one, once
//! or many times over, with a chosen number of things wrong.

use gongkai::analysis::{Analysis, check};
use gongkai::config::Settings;
use gongkai::ide::fix_all;
use gongkai::report::Value;
use gongkai::text::{Encoding, Lines, Span, apply};
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// The layout of most published reports: a cell a line.
const MODEL: &str = include_str!("../../tests/reports/cells-by-line-2019.txt");

/// The place in its name, which is replaced by others.
const PLACE: &str = "云岭";

/// Where the first part ends, and with it the place for more words.
const SECOND_PART: &str = "二、主动公开政府信息情况\n";

/// As long as a published report with much to say.
const LENGTH: usize = 9_500;

/// What the paragraphs that make it so long are put together from: no figures, no years, nothing to find.
const WHO: [&str; 5] = ["办公室", "各业务科室", "下属各单位", "政务公开工作小组", "窗口值班人员"];
const WHAT: [&str; 5] = ["梳理公开目录", "核对栏目内容", "完善答复范本", "整理历史文件", "回应群众来信"];
const HOW: [&str; 5] = [
    "逐项明确责任人和完成时限，做到件件有着落、事事有回音",
    "对照上级要求查漏补缺，把群众看得懂、用得上作为检验标准",
    "坚持先审查后公开，把保密审查贯穿拟稿、审核和发布全过程",
    "与业务工作同部署、同落实，防止公开与办理两张皮",
    "邀请企业和群众代表提出意见，能改的当场改，不能改的说明理由",
];

/// The places of a compendium are named by two of these.
const SYLLABLES: [char; 32] = [
    '云', '岭', '青', '石', '雁', '回', '松', '涧', '桐', '溪', '栖', '霞', '枫', '渡', '芦', '湾', '竹', '坪', '梅',
    '坞', '兰', '谷', '鹤', '浦', '鹭', '洲', '柳', '营', '榆', '台', '杏', '埠',
];

/// A text, and where in it is typed.
pub(crate) struct Document {
    pub(crate) text: String,
    /// After figures of the tables, spread over all of it.
    pub(crate) figures: Vec<Site>,
    /// Inside paragraphs, spread over all of it.
    pub(crate) prose: Vec<Site>,
    /// After figures that the prose states.
    pub(crate) stated: Vec<Site>,
    /// How many findings there are in it.
    pub(crate) findings: usize,
}

/// A place where one character is typed and taken back.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    line: usize,
    column: usize,
    typed: char,
}

impl Site {
    /// The change of LSP that types the character there, or takes it `back`.
    pub(crate) fn change(self, back: bool) -> Json {
        let position = |column: usize| json!({"line": self.line, "character": column});
        let end = if back { self.column + 1 } else { self.column };
        let text = if back { String::new() } else { self.typed.to_string() };
        json!({"range": {"start": position(self.column), "end": position(end)}, "text": text})
    }

    /// The lines that an editor shows around it.
    pub(crate) fn screen(self) -> Json {
        let line = |line: usize| json!({"line": line, "character": 0});
        json!({"start": line(self.line.saturating_sub(30)), "end": line(self.line + 30)})
    }

    pub(crate) fn position(self) -> Json {
        json!({"line": self.line, "character": self.column})
    }
}

/// A report with nothing wrong.
fn consistent() -> String {
    let settings = Settings::default();
    let mut text = apply(MODEL, &fix_all(&check(MODEL, &settings)));
    let mut more = String::new();
    let parts =
        WHO.iter().flat_map(|who| WHAT.iter().flat_map(move |what| HOW.iter().map(move |how| (who, what, how))));
    // Every seventh, so that paragraphs beside each other do not begin alike.
    let parts: Vec<_> = parts.collect();
    for index in 0..parts.len() {
        if text.len() + more.len() >= LENGTH {
            break;
        }
        let (who, what, how) = parts[index * 7 % parts.len()];
        more += &format!("{who}{what}，{how}。\n");
    }
    text = text.replacen(SECOND_PART, &(more + SECOND_PART), 1);
    let findings = check(&text, &settings);
    assert!(findings.is_empty(), "nothing may be wrong with it: {findings:#?}");
    text
}

/// `report` with figures changed, one after the other, until there are as many as `wanted` findings in it.
fn broken(mut report: String, wanted: usize) -> (String, usize) {
    let settings = Settings::default();
    let mut found = check(&report, &settings).len();
    for span in cells(&report).into_iter().step_by(3) {
        if found >= wanted {
            break;
        }
        // The figure stays as long as it is, and so do the places of all others.
        let mut changed = report.clone();
        let last = span.end - 1;
        let digit = report.as_bytes()[last] - b'0';
        changed.replace_range(last..span.end, &((digit + 3) % 10).to_string());
        let now = check(&changed, &settings).len();
        if now > found && now <= wanted {
            (report, found) = (changed, now);
        }
    }
    (report, found)
}

/// The figures in the tables of a report.
fn cells(report: &str) -> Vec<Span> {
    let analysis = Analysis::new(report, Arc::new(Settings::default()));
    let tables = analysis.units().flat_map(|unit| &unit.report.tables);
    let cells = tables.flat_map(|table| table.cells()).map(|(_, cell)| cell);
    let numbers = cells.filter(|cell| matches!(cell.value, Value::Number(_)));
    numbers.map(|cell| cell.span).filter(|span| span.of(report).bytes().all(|byte| byte.is_ascii_digit())).collect()
}

/// The middles of its paragraphs.
fn middles(report: &str) -> Vec<usize> {
    let analysis = Analysis::new(report, Arc::new(Settings::default()));
    let paragraphs = analysis.units().flat_map(|unit| &unit.report.paragraphs);
    let long = paragraphs.filter(|paragraph| paragraph.span.len() > 60);
    long.map(|paragraph| {
        (paragraph.span.start + paragraph.span.len() / 6 * 3..).find(|at| report.is_char_boundary(*at))
    })
    .map(Option::unwrap)
    .collect()
}

/// After the figures that its prose states.
fn stated(report: &str) -> Vec<usize> {
    let analysis = Analysis::new(report, Arc::new(Settings::default()));
    let statements = analysis.units().flat_map(|unit| &unit.report.statements).map(|statement| statement.span);
    statements.filter(|span| span.of(report).ends_with(|c: char| c.is_ascii_digit())).map(|span| span.end).collect()
}

/// The documents, made once.
pub(crate) struct Documents {
    /// Nothing is wrong.
    consistent: String,
    /// Some 25 findings.
    faulty: (String, usize),
    /// A few findings.
    slightly: (String, usize),
}

impl Documents {
    pub(crate) fn new() -> Documents {
        let consistent = consistent();
        let (faulty, slightly) = (broken(consistent.clone(), 25), broken(consistent.clone(), 2));
        Documents { consistent, faulty, slightly }
    }

    /// One report with some 25 findings.
    pub(crate) fn report(&self) -> Document {
        assemble(&[&self.faulty], |_| PLACE.to_owned())
    }

    /// `count` reports with at most a hundred findings in all.
    pub(crate) fn compendium(&self, count: usize) -> Document {
        let consistent = (self.consistent.clone(), 0);
        let every = (count * self.slightly.1).div_ceil(100).max(1);
        let pick = |index: usize| if index.is_multiple_of(every) { &self.slightly } else { &consistent };
        assemble(&(0..count).map(pick).collect::<Vec<_>>(), place)
    }

    /// `count` reports with many findings in each.
    pub(crate) fn faulty_compendium(&self, count: usize) -> Document {
        assemble(&vec![&self.faulty; count], place)
    }
}

/// A report whose overview states five megabytes of figures: in one line, and in a line for each five.
pub(crate) fn statements() -> [String; 2] {
    const SIZE: usize = 5_000_000;
    let mut stated = [String::with_capacity(SIZE), String::with_capacity(SIZE + SIZE / 50)];
    for index in 0.. {
        if stated[0].len() >= SIZE {
            break;
        }
        let ends_sentence = index % 5 == 4;
        let piece = format!("收到申请{}件{}", index % 90, if ends_sentence { '。' } else { '，' });
        for text in &mut stated {
            text.push_str(&piece);
        }
        if ends_sentence {
            stated[1].push('\n');
        }
    }
    stated.map(|stated| consistent().replacen(SECOND_PART, &format!("{stated}\n{SECOND_PART}"), 1))
}

/// The place that report `index` of a compendium is from.
fn place(index: usize) -> String {
    let (first, second) = (index / SYLLABLES.len() % SYLLABLES.len(), index % SYLLABLES.len());
    [SYLLABLES[first], SYLLABLES[second]].iter().collect()
}

/// The reports, each with its findings, from `place` each, one after the other.
fn assemble(reports: &[&(String, usize)], place: impl Fn(usize) -> String) -> Document {
    let (mut text, mut findings) = (String::new(), 0);
    let (mut figures, mut prose, mut typed) = (Vec::new(), Vec::new(), Vec::new());
    let mut first_line = 0;
    for (index, (report, found)) in reports.iter().enumerate() {
        let report = report.replace(PLACE, &place(index));
        // Many places in a single report, some in each of many.
        let step = if reports.len() == 1 { 1 } else { 16 };
        if reports.len() < 200 || index % 10 == 0 {
            let lines = Lines::new(&report);
            let site = |offset: usize, typed: char| {
                let position = lines.position(offset, Encoding::Utf16);
                Site { line: first_line + position.line, column: position.column, typed }
            };
            figures.extend(cells(&report).iter().skip(index % step).step_by(step).map(|span| site(span.end, '7')));
            prose.extend(middles(&report).into_iter().skip(index % 4).step_by(step.min(4)).map(|at| site(at, '也')));
            typed.extend(stated(&report).into_iter().skip(index % 4).step_by(step.min(4)).map(|at| site(at, '7')));
        }
        first_line += report.matches('\n').count();
        text += &report;
        findings += found;
    }
    Document { text, figures: spread(figures), prose: spread(prose), stated: spread(typed), findings }
}

/// The same in an order that jumps to and fro.
fn spread(sites: Vec<Site>) -> Vec<Site> {
    // No number of sites has this prime in it, as there are fewer.
    const STRIDE: usize = 7_919;
    assert!(!sites.is_empty() && !sites.len().is_multiple_of(STRIDE), "{} sites", sites.len());
    (0..sites.len()).map(|index| sites[index * STRIDE % sites.len()]).collect()
}
