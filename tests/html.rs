//! HTML as it is met in the wild: what editors, word processors and sites do to a page changes nothing that is read of the
//! report in it, and raises no alarm.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod generator;

use generator::{Layout, Model, Rng, Size, Style, Wish, render};
use gongkai::analysis::{Analysis, check};
use gongkai::config::Settings;
use gongkai::rules::Severity;
use gongkai::statute::{CellRef, Section, TableKind};
use std::sync::Arc;

/// A way to write a page otherwise.
type Habit = (&'static str, fn(&str) -> String);

/// What is done to the pages of the generator, which are plain: `<td>12</td>`, `<p>…</p>`.
const HABITS: [Habit; 27] = [
    ("tags in upper case, attributes without quotes", |page| tags(page, |tag| tag.to_uppercase().replace('"', ""))),
    ("no end tags of cells and rows", |page| without(page, &["</td>", "</tr>", "</tbody>"])),
    ("no end tags of paragraphs", |page| without(page, &["</p>"])),
    ("header cells", |page| page.replace("<td", "<th").replace("</td>", "</th>")),
    ("a head and a body, the foot before it", |page| page.replace("<tbody>", "<tfoot></tfoot><thead></thead><tbody>")),
    ("a tag around each digit", |page| {
        figures(page, |figure| figure.chars().map(|c| format!("<span lang=EN-US>{c}</span>")).collect())
    }),
    ("fonts that begin and end anywhere", |page| {
        figures(page, |figure| figure.replace('0', "</font><font color=\"red\">0")).replace('年', "</font>年<font>")
    }),
    ("what a word processor adds", |page| {
        let page = page.replace("<p>", "<p class=MsoNormal style='mso-char-indent-count:2.0;display:inline-block'>");
        let page = page.replace("</td>", "<o:p></o:p></td>").replace("</p>", "<o:p>&nbsp;</o:p></p>");
        page.replace("<body>", "<!--[if gte mso 9]><xml><w:Word>一、总体情况</w:Word></xml><![endif]--><body>")
    }),
    ("numbers of paragraphs as a word processor writes them", |page| {
        let mark = |numeral: &str| {
            format!(
                "<![if !supportLists]><span style='mso-list:Ignore'>{numeral}、<span style='font:7.0pt \"Times\"'>&nbsp; </span></span><![endif]>"
            )
        };
        let numerals = ["一", "二", "三", "四", "五", "六"];
        let heading = |numeral: &str| format!("<p><strong>{numeral}、");
        numerals.iter().fold(page.to_owned(), |page, numeral| {
            page.replace(&heading(numeral), &format!("<p><strong>{}", mark(numeral)))
        })
    }),
    ("names of spaces", |page| {
        page.replace("<?xml", "").replace("<body>", "<body><?xml:namespace prefix = o ns = \"urn:schemas\" />")
    }),
    ("spaces of every kind around figures", |page| {
        figures(page, |figure| format!("&#160;&ensp;{figure}&emsp;&#12288;&#8203;"))
    }),
    ("line breaks inside labels", |page| {
        page.replace("商业企业", "商业<br>企业")
            .replace("公益组织", "公益<BR/>组织")
            .replace("结果维持", "结果<br />维持")
    }),
    ("labels that run down the page", |page| {
        page.replace("三、本年度办理结果", "三<br>、<br>本<br>年<br>度<br>办<br>理<br>结<br>果")
    }),
    ("places where a line may be broken", |page| figures(page, |figure| figure.replace('0', "<wbr>0&shy;\u{200b}"))),
    ("marks of footnotes", |page| figures(page, |figure| format!("{figure}<sup><a href=\"#1\">[1]</a></sup>"))),
    ("words that were struck out", |page| figures(page, |figure| format!("<del>7</del><s>8</s>{figure}"))),
    ("what is not seen", |page| {
        let page =
            figures(page, |figure| format!("<span style=\"display:none\">9</span>{figure}<input type=hidden value=3>"));
        let page =
            page.replace("</p>", "<i hidden>2019年</i></p><div style='DISPLAY: NONE'><p>七、其他<div>a</div></div>");
        let page = page.replace("</tr>", "<td hidden>5</td></tr><tr style=\"display:none\"><td>4<td>4</tr>");
        page.replace("<table", "<template><table><tr><td>1<td>2</table></template><noscript>2018年</noscript><table")
    }),
    ("a row that sets the widths", |page| {
        page.replace(
            "<tbody>",
            "<colgroup><col width=72><col></colgroup><tbody><tr height=0 style='display:none'><td></td><td></td></tr>",
        )
    }),
    ("comments", |page| page.replace("</td>", "<!-- 3 --></td>").replace("<p>", "<!-- 2017年 <p> --><p>")),
    ("a page laid out by tables", |page| {
        let page = page.replace("<h1>", "<table><tr><td>&nbsp;</td><td><table width=900><tr><td><h1>");
        page.replace("<footer>", "</td></tr></table></td><td></td></tr></table><footer>")
    }),
    ("a frame around the words of a cell", |page| {
        figures(page, |figure| format!("<table><tbody><tr><td><p>{figure}</p></td></tr></tbody></table>"))
    }),
    ("a caption", |page| page.replace("<tbody>", "<caption>单位：件</caption><tbody>")),
    ("characters as references", |page| {
        let page = figures(page, |figure| figure.chars().map(|c| format!("&#{};", c as u32)).collect());
        page.replace('总', "&#x603B;").replace('“', "&ldquo;").replace('”', "&#8221;").replace('、', "&#12289;")
    }),
    ("lines of the source broken anywhere", |page| {
        let page = page.replace("政府信息公开申请", "政府信息公\r\n  开申请").replace("机构", "机\n构");
        page.replace("<td", "\n  <td\n    ").replace("</td>", "\n  </td>")
    }),
    ("all in one line", |page| page.replace(['\n', '\r'], "")),
    ("another encoding said", |page| page.replace("charset=\"utf-8\"", "charset=\"gb2312\"")),
    ("a picture written out", |page| {
        page.replace("<h1>", &format!("<img src=\"data:image/png;base64,{}\">\n<h1>", "QUJD".repeat(4000)))
    }),
];

/// `page` with each of its tags as `change` gives it.
fn tags(page: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    let mut rest = page;
    while let Some((words, tag, behind)) =
        rest.split_once('<').and_then(|(words, rest)| rest.split_once('>').map(|(tag, behind)| (words, tag, behind)))
    {
        changed.push_str(words);
        let is_name = tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        changed.push_str(&if is_name { change(&format!("<{tag}>")) } else { format!("<{tag}>") });
        rest = behind;
    }
    changed + rest
}

fn without(page: &str, tags: &[&str]) -> String {
    tags.iter().fold(page.to_owned(), |page, tag| page.replace(tag, ""))
}

/// `page` with each cell that holds a figure as `change` gives it.
fn figures(page: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    let mut rest = page;
    while let Some(at) = rest.find("<td>") {
        let start = at + "<td>".len();
        let length = rest[start..].find("</td>").expect("cells are closed");
        let cell = &rest[start..start + length];
        let is_figure = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        changed.push_str(&rest[..start]);
        changed.push_str(&if is_figure { change(cell) } else { cell.to_owned() });
        rest = &rest[start + length..];
    }
    changed + rest
}

/// What is read of a page: the year, the body, the sections, and every figure in its place.
#[derive(Debug, PartialEq)]
struct Read {
    year: Option<u16>,
    body: Option<String>,
    sections: Vec<Option<Section>>,
    figures: Vec<(TableKind, CellRef, gongkai::report::Value)>,
}

fn read(page: &str) -> Read {
    let analysis = Analysis::new(page, Arc::default());
    let units: Vec<_> = analysis.units().filter(|unit| unit.report.is_recognised()).collect();
    let [unit] = units.as_slice() else { panic!("{} reports in\n{page}", units.len()) };
    let report = unit.report;
    let figures = report.tables.iter().flat_map(|table| {
        table.cells().map(|(place, cell)| (table.spec.kind, place, cell.value.clone())).collect::<Vec<_>>()
    });
    let body = report.title.as_ref().and_then(|title| title.body.clone());
    Read {
        year: report.year.map(|(year, _)| year),
        body: body.map(|(body, _)| body.split_whitespace().collect()),
        sections: report.sections.iter().map(|heading| heading.section.map(|(section, _)| section)).collect(),
        figures: figures.collect(),
    }
}

fn alarms(page: &str) -> Vec<String> {
    let found = check(page, &Settings::default());
    let loud = found.iter().filter(|finding| finding.severity >= Severity::Warning);
    loud.map(|finding| format!("{} {:?}: {}", finding.rule.code, finding.span.of(page), finding.message)).collect()
}

fn page(seed: u64, year: u16) -> String {
    let wish = Wish { year, size: Size::County, figures_in_prose: true };
    render(&Model::new(seed, wish), &Style::plain(Layout::Html)).text
}

/// What is read of `changed` that is not read of `plain`, and what is said of it.
fn differences(plain: &str, changed: &str) -> Vec<String> {
    let (due, found) = (read(plain), read(changed));
    let mut differences = alarms(changed);
    if (&found.year, &found.body, &found.sections) != (&due.year, &due.body, &due.sections) {
        differences.push(format!("{:?} {:?} {:?}", found.year, found.body, found.sections));
    }
    if found.figures.len() != due.figures.len() {
        differences.push(format!("{} figures for {}", found.figures.len(), due.figures.len()));
    }
    let figures = found.figures.iter().zip(&due.figures).filter(|(found, due)| found != due);
    differences.extend(figures.take(3).map(|(found, due)| format!("{found:?} for {due:?}")));
    differences
}

#[test]
fn habits_change_nothing_that_is_read() {
    let mut failures = Vec::new();
    for (seed, year) in [(1, 2022), (2, 2020)] {
        let plain = page(seed, year);
        assert_eq!((read(&plain).figures.len() > 180, alarms(&plain)), (true, vec![]), "{plain}");
        for (name, habit) in HABITS {
            let changed = habit(&plain);
            assert!(changed != plain, "{name}: there is nothing to do");
            failures.extend(differences(&plain, &changed).into_iter().map(|it| format!("{name}: {it}")));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn habits_go_together() {
    let mut failures = Vec::new();
    for seed in 0..12 {
        let mut rng = Rng::new(seed);
        let plain = page(seed, 2023);
        let mut changed = plain.clone();
        let mut names = Vec::new();
        for _ in 0..3 {
            let (name, habit) = *rng.pick(&HABITS);
            // Most look for tags as the generator writes them.
            if !names.contains(&name) && changed.contains("<td>") && changed.contains("</td>") {
                changed = habit(&changed);
                names.push(name);
            }
        }
        failures.extend(differences(&plain, &changed).into_iter().map(|it| format!("{seed} {names:?}: {it}")));
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
