//! HTML as sites publish it: what editors, word processors and sites do to a page does not change what is read, and causes
//! no findings.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod generator;

use generator::{Layout, Model, Rendered, Rng, Size, Style, Wish, render};
use gongkai::analysis::{Analysis, check};
use gongkai::config::Settings;
use gongkai::ide::{Symbol, fix_all, hover, symbols};
use gongkai::rules::Severity;
use gongkai::statute::{CellRef, Row, Section, TableKind};
use gongkai::text::apply;
use std::sync::Arc;

/// A habit of writing pages: its name, and what it does to a page.
type Habit = (&'static str, fn(&str) -> String);

/// The habits. The pages of the generator are plain: `<td>12</td>`, `<p>…</p>`.
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

/// `page` with each of its tags as `change` writes it.
fn tags(page: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    let mut rest = page;
    while let Some((words, tag, after)) =
        rest.split_once('<').and_then(|(words, rest)| rest.split_once('>').map(|(tag, after)| (words, tag, after)))
    {
        changed.push_str(words);
        let is_name = tag.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        changed.push_str(&if is_name { change(&format!("<{tag}>")) } else { format!("<{tag}>") });
        rest = after;
    }
    changed + rest
}

fn without(page: &str, tags: &[&str]) -> String {
    tags.iter().fold(page.to_owned(), |page, tag| page.replace(tag, ""))
}

/// `page` with each cell with a figure as `change` writes it.
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

/// The content of a page: the year, the body, the sections, every figure with its place, and the findings.
#[derive(Debug, PartialEq)]
struct Read {
    year: Option<u16>,
    body: Option<String>,
    sections: Vec<Option<Section>>,
    figures: Vec<(TableKind, CellRef, gongkai::report::Value)>,
    /// Its findings.
    findings: Vec<String>,
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
        findings: analysis.findings().iter().map(|it| format!("{} {}", it.rule.code, it.message)).collect(),
    }
}

fn alarms(page: &str) -> Vec<String> {
    let found = check(page, &Settings::default());
    let loud = found.iter().filter(|finding| finding.severity >= Severity::Warning);
    loud.map(|finding| format!("{} {:?}: {}", finding.rule.code, finding.span.of(page), finding.message)).collect()
}

fn rendered(seed: u64, year: u16) -> (Model, Rendered) {
    let wish = Wish { year, size: Size::County, figures_in_prose: true };
    let model = Model::new(seed, wish);
    let rendered = render(&model, &Style::plain(Layout::Html));
    (model, rendered)
}

fn page(seed: u64, year: u16) -> String {
    rendered(seed, year).1.text
}

/// What is read or found in `changed` and not in `plain`.
fn differences(plain: &str, changed: &str) -> Vec<String> {
    let (due, found) = (read(plain), read(changed));
    let mut differences = Vec::new();
    if (&found.year, &found.body, &found.sections) != (&due.year, &due.body, &due.sections) {
        differences.push(format!("{:?} {:?} {:?}", found.year, found.body, found.sections));
    }
    if found.figures.len() != due.figures.len() {
        differences.push(format!("{} figures for {}", found.figures.len(), due.figures.len()));
    }
    let figures = found.figures.iter().zip(&due.figures).filter(|(found, due)| found != due);
    differences.extend(figures.take(3).map(|(found, due)| format!("{found:?} for {due:?}")));
    differences.extend(found.findings.into_iter().filter(|finding| !due.findings.contains(finding)));
    differences
}

#[test]
fn habits_of_editors_do_not_change_what_is_read() {
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
fn several_habits_at_once_do_not_change_what_is_read() {
    let mut failures = Vec::new();
    for seed in 0..12 {
        let mut rng = Rng::new(seed);
        let plain = page(seed, 2023);
        let mut changed = plain.clone();
        let mut names = Vec::new();
        for _ in 0..3 {
            let (name, habit) = *rng.pick(&HABITS);
            // Most of them replace tags as the generator writes them.
            if !names.contains(&name) && changed.contains("<td>") && changed.contains("</td>") {
                changed = habit(&changed);
                names.push(name);
            }
        }
        failures.extend(differences(&plain, &changed).into_iter().map(|it| format!("{seed} {names:?}: {it}")));
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// A row, and its new label.
type Relabel = (Row, fn(&str) -> String);

/// The page with other labels for rows of 表三, each made from the right one.
fn relabelled(seed: u64, year: u16, rows: &[Relabel]) -> (String, String) {
    let (model, rendered) = rendered(seed, year);
    let spec = model.spec(TableKind::Applications);
    let mut page = rendered.text.clone();
    // From the end, so that earlier places do not move.
    let mut rows: Vec<_> = rows.iter().map(|(row, change)| (spec.index(*row).expect("a row"), change)).collect();
    rows.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
    for (index, change) in rows {
        let place = rendered.labels[&(TableKind::Applications, index)].clone();
        page.replace_range(place.clone(), &change(&rendered.text[place]));
    }
    (rendered.text, page)
}

/// The codes of the errors and warnings, and the page after its safe fixes.
fn checked(page: &str) -> (Vec<&'static str>, String) {
    let found = check(page, &Settings::default());
    let loud = found.iter().filter(|finding| finding.severity >= Severity::Warning);
    (loud.map(|finding| finding.rule.code).collect(), apply(page, &fix_all(&found)))
}

#[test]
fn rows_with_blank_labels_are_identified_by_the_cell_beside_them() {
    let blank: fn(&str) -> String = |_| String::new();
    let spaces: fn(&str) -> String = |_| "<p>&nbsp;</p>".to_owned();
    for rows in [
        &[(Row::ThirdParty, blank)][..],
        &[(Row::ThirdParty, blank), (Row::InternalAffairs, blank), (Row::AdministrativeQuery, blank)],
        &[(Row::StateSecret, blank), (Row::NotHeld, blank), (Row::ToBeCreated, blank)],
        &[(Row::Granted, blank), (Row::PartlyGranted, blank)],
    ] {
        let (plain, page) = relabelled(5, 2022, rows);
        assert_eq!(differences(&plain, &page).len(), rows.len(), "{:#?}", differences(&plain, &page));
        assert_eq!(checked(&page), (vec!["GK115"; rows.len()], plain), "{rows:?}");
    }
    let (plain, page) = relabelled(5, 2020, &[(Row::Repeated, spaces), (Row::Publication, spaces)]);
    let (codes, fixed) = checked(&page);
    assert_eq!(codes, ["GK115", "GK115"]);
    assert_eq!(fixed.replace("<p>", "").replace("</p>", ""), plain.replace("<p>", "").replace("</p>", ""));
}

#[test]
fn rows_with_misspelled_labels_are_identified_by_the_cell_beside_them() {
    let other: fn(&str) -> String = |_| "同上".to_owned();
    let (plain, page) =
        relabelled(6, 2023, &[(Row::Publication, other), (Row::Excessive, other), (Row::OtherOutcome, other)]);
    assert_eq!(checked(&page).0, ["GK116", "GK116", "GK116"]);
    assert_eq!(differences(&plain, &page).len(), 3, "the figures are read all the same");
}

#[test]
fn of_two_rows_with_one_label_the_one_out_of_place_is_reported() {
    let second: fn(&str) -> String = |_| "2.重复申请".to_owned();
    for row in [Row::Petition, Row::Publication] {
        let (plain, page) = relabelled(7, 2022, &[(row, second)]);
        assert_eq!(checked(&page), (vec!["GK116"], plain), "{row:?}");
    }
}

#[test]
fn a_figure_too_few_or_too_many_is_one_finding_on_its_row() {
    for seed in 0..6 {
        let (model, rendered) = rendered(seed, 2022);
        let rows = model.spec(TableKind::Applications).rows.len();
        for row in [0, 2, 4, 9, 15, rows - 2, rows - 1] {
            let cell = CellRef { row, column: 3 };
            let place = rendered.cells[&generator::Place { table: TableKind::Applications, cell }].clone();
            let next = place.next.expect("a cell after it");
            let mut fewer = rendered.text.clone();
            fewer.replace_range(place.start..next, "");
            assert_eq!(checked(&fewer).0, ["GK118"], "{row} of {seed}\n{fewer}");
            let mut more = rendered.text.clone();
            more.insert_str(next, "<td>7</td>");
            assert_eq!(checked(&more).0, ["GK118"], "{row} of {seed}\n{more}");
        }
    }
}

#[test]
fn a_table_split_over_two_elements_is_one_table() {
    for (seed, year) in [(3, 2023), (4, 2019)] {
        let (model, rendered) = rendered(seed, year);
        for row in [Row::PartlyGranted, Row::ThirdParty, Row::NotHeld, Row::CarriedOut] {
            let index = model.spec(TableKind::Applications).index(row).expect("a row");
            let label = rendered.labels[&(TableKind::Applications, index)].start;
            let at = rendered.text[..label].rfind("<tr>").expect("a row starts");
            for between in ["", "<p align=center>- 4 -</p>", "<div style=\"page-break-before:always\"><br></div>\n\n"] {
                let mut parted = rendered.text.clone();
                parted.insert_str(at, &format!("</tbody></table>{between}<table border=\"1\"><tbody>"));
                assert_eq!(differences(&rendered.text, &parted), [""; 0], "{row:?} {between}\n{parted}");
            }
        }
    }
}

#[test]
fn several_reports_on_one_page_are_checked_one_by_one() {
    let (first, second) = (page(8, 2022), page(9, 2021));
    let body =
        |page: &str| page[page.find("<h1>").expect("a title")..page.find("</div><footer>").expect("an end")].to_owned();
    let both = format!("<html><body><div>{}</div><hr><div>{}</div></body></html>", body(&first), body(&second));
    let analysis = Analysis::new(&both, Arc::default());
    let years: Vec<_> = analysis.units().filter_map(|unit| unit.report.year).map(|(year, _)| year).collect();
    assert_eq!((years, alarms(&both)), (vec![2022, 2021], vec![]), "{both}");
}

/// All texts about `page`: messages, titles of fixes, the outline, and hovers at many places.
fn texts_about(page: &str) -> Vec<String> {
    fn names(symbol: &Symbol, texts: &mut Vec<String>) {
        texts.extend([symbol.name.clone(), symbol.detail.clone()]);
        symbol.children.iter().for_each(|child| names(child, texts));
    }
    let analysis = Analysis::new(page, Arc::default());
    let mut texts = Vec::new();
    for finding in analysis.findings() {
        texts.push(finding.message.clone());
        texts.extend(finding.related.iter().map(|related| related.message.clone()));
        texts.extend(finding.fixes.iter().map(|fix| fix.message.clone()));
    }
    symbols(&analysis).iter().for_each(|symbol| names(symbol, &mut texts));
    let places = page.char_indices().step_by(7).filter_map(|(offset, _)| hover(&analysis, offset));
    texts.extend(places.map(|hover| hover.markdown));
    texts.sort();
    texts.dedup();
    texts
}

#[test]
fn texts_about_a_page_quote_its_visible_words() {
    let wrong: [(&str, &str); 9] = [
        ("一、总体情况", "七、总体</span><span>情&nbsp;况"),
        ("二、主动公开", "二、主动<b>公&emsp;示</b>"),
        ("行政规范性文件", "行政<o:p></o:p>规范&nbsp;文件"),
        ("商业企业", "商业<br>公<span>司</span>"),
        ("总计</td>", "合&nbsp;<i>计</i></td>"),
        ("（一）予以公开</td>", "（一）予<b>以</b>&ldquo;公开&rdquo;了</td>"),
        ("<td>0</td>", "<td><span>约</span>&nbsp;<b>3</b>&gt;件</td>"),
        ("<td>0</td>", "<td><span>1</span>&nbsp;件</td>"),
        ("政府信息公开工作年度报告</h1>", "政府<span>信息</span>年&nbsp;报</h1>"),
    ];
    for seed in 0..3 {
        let plain = page(seed, 2022);
        let mut wrongs = plain.clone();
        for (index, (right, wrong)) in wrong.iter().enumerate() {
            wrongs = wrongs.replacen(right, wrong, 1 + index % 3);
        }
        let styled = Style::quirky(Layout::WordHtml, &mut Rng::new(seed));
        let model = Model::new(seed, Wish { year: 2021, size: Size::Office, figures_in_prose: true });
        for page in [plain, wrongs, render(&model, &styled).text] {
            let texts = texts_about(&page);
            assert!(texts.len() > 100, "{texts:#?}");
            for words in &texts {
                let marks = ["span", "nbsp", "emsp", "quo;", "lt;", "<b", "</", "<i", "o:p", "\\<", "\n\n\n"];
                assert!(!marks.iter().any(|mark| words.contains(mark)), "{words}\n{page}");
            }
        }
    }
}

/// The rules whose fixes insert lines, rows or tables, or convert tables.
const INSERTS: [&str; 8] = ["GK101", "GK103", "GK108", "GK111", "GK112", "GK113", "GK114", "GK120"];

/// The rules that report what the user still has to write into an insertion.
const TO_BE_WRITTEN: [&str; 4] = ["GK106", "GK120", "GK126", "GK201"];

/// A part that is removed from a page.
type Gap = (&'static str, &'static str, fn(&str) -> String);

/// `page` without the element that starts at the last `start` before `words`, up to the next `end` after them.
fn without_element(page: &str, words: &str, start: &str, end: &str) -> String {
    let at = page.find(words).unwrap_or_else(|| panic!("{words} in {page}"));
    let from = page[..at].rfind(start).expect("it starts");
    let to = at + page[at..].find(end).expect("it ends") + end.len();
    format!("{}{}", &page[..from], &page[to..])
}

/// `page` without the row of 表三 with this label, which is not the first of its group.
fn without_row(page: &str, label: &str) -> String {
    let at = page.find(label).unwrap_or_else(|| panic!("{label} in {page}"));
    let mut shorter = without_element(page, label, "<tr>", "</tr>");
    // A cell above that spans it becomes one row shorter: the two nearest cells with such a span.
    let rows = |from: usize| shorter[from..at].matches("<tr>").count();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while let Some(found) = shorter[from..at].find("rowspan=\"") {
        let start = from + found + "rowspan=\"".len();
        let length = shorter[start..].find('"').expect("a quote");
        let count: usize = shorter[start..start + length].parse().expect("a number");
        if count > rows(start) + 1 {
            spans.push((start, length));
        }
        from = start;
    }
    for (start, length) in spans.into_iter().rev() {
        let count: usize = shorter[start..start + length].parse().expect("a number");
        shorter.replace_range(start..start + length, &(count - 1).to_string());
    }
    shorter
}

const GAPS: [Gap; 9] = [
    ("a row of a group", "GK114", |page| without_row(page, "6.属于四类过程性信息")),
    ("the last row of a group", "GK114", |page| without_row(page, "8.属于行政查询事项")),
    ("a row of the results", "GK114", |page| without_row(page, "（七）总计")),
    ("the last row", "GK114", |page| without_element(page, "四、结转下年度继续办理", "<tr>", "</tr>")),
    ("the last section", "GK103", |page| {
        let start =
            page[..page.find("六、其他需要报告的事项</").expect("a heading")].rfind("<p>").expect("a paragraph");
        let end = page.find("</div><footer>").expect("an end");
        format!("{}{}", &page[..start], &page[end..])
    }),
    ("a sentence about the fee", "GK120", |page| {
        without_element(page, "信息处理费", "<p>", "</p>")
            .replace("六、其他需要报告的事项</strong></p>", "六、其他需要报告的事项</strong></p>\n<p>无。</p>")
    }),
    ("a heading and its table", "GK103", |page| {
        let page = without_element(page, "一、本年新收政府信息公开申请数量", "<table", "</table>");
        without_element(&page, "三、收到和处理政府信息公开申请情况</", "<p>", "</p>")
    }),
    ("a table", "GK113", |page| without_element(page, "结果维持", "<table", "</table>")),
    ("the format of the year", "GK111", |page| page.to_owned()),
];

/// The fix of a finding of `code` in `page`, and the fixed page; `None` if there is no such fix.
fn completed(page: &str, code: &str) -> Option<String> {
    let found = check(page, &Settings::default());
    let finding = found.iter().find(|finding| finding.rule.code == code)?;
    let fix = finding.fixes.first()?;
    assert!(fix.applicability != gongkai::rules::Applicability::Safe && !fix.edits.is_empty());
    for edit in &fix.edits {
        // A fix replaces only a number of rows, the name of a tag that gets one, or the rows of a table.
        let old = edit.span.of(page).trim().to_ascii_lowercase();
        let is_count = old.bytes().all(|byte| byte.is_ascii_digit()) || matches!(old.as_str(), "td" | "th");
        assert!(is_count || old.starts_with("<tr"), "{code} {old}");
    }
    Some(apply(page, &fix.edits))
}

/// The problems with the page after the fix of `code`.
fn harm(page: &str, completed: &str, code: &str) -> Vec<String> {
    let (before, after) = (read(page), read(completed));
    let mut harm = Vec::new();
    let written = |read: &Read| -> Vec<(TableKind, String)> {
        let figures = read.figures.iter().filter(|(.., value)| *value != gongkai::report::Value::Blank);
        figures.map(|(kind, _, value)| (*kind, format!("{value:?}"))).collect()
    };
    // The other format has fewer cells; the common ones keep their figures.
    let same = match code {
        "GK111" => {
            written(&after).iter().all(|figure| written(&before).contains(figure)) && written(&after).len() > 150
        }
        _ => written(&after) == written(&before),
    };
    if !same {
        harm.push(format!("{} figures of {}", written(&after).len(), written(&before).len()));
    }
    let loud = |page: &str| -> Vec<(&'static str, String)> {
        let found = check(page, &Settings::default());
        let loud = found.iter().filter(|it| it.severity >= Severity::Warning);
        loud.map(|it| (it.rule.code, format!("{} {}", it.rule.code, it.message))).collect()
    };
    let known = loud(page);
    let new = loud(completed).into_iter().filter(|(of, _)| *of == code || !TO_BE_WRITTEN.contains(of));
    harm.extend(new.filter(|finding| finding.0 == code || !known.contains(finding)).map(|(_, words)| words));
    harm
}

#[test]
fn insertions_copy_the_markup_of_the_page() {
    let mut failures = Vec::new();
    let mut offered = std::collections::BTreeMap::<&str, usize>::new();
    for (number, (gap, code, leave_out)) in GAPS.into_iter().enumerate() {
        assert!(INSERTS.contains(&code));
        let plain = match code {
            "GK111" => page(4, 2020).replace("2020", "2022").replace("2021", "2023"),
            _ => page(3, 2022),
        };
        let short = leave_out(&plain);
        let fixed = completed(&short, code).unwrap_or_else(|| panic!("{gap}: nothing is offered in\n{short}"));
        failures.extend(harm(&short, &fixed, code).into_iter().map(|it| format!("{gap}: {it}\n{fixed}")));
        for (name, habit) in HABITS.iter().skip(number % 3).step_by(3) {
            let short = habit(&short);
            let Some(fixed) = completed(&short, code) else { continue };
            *offered.entry(gap).or_default() += 1;
            failures.extend(harm(&short, &fixed, code).into_iter().map(|it| format!("{gap}, {name}: {it}")));
        }
    }
    assert!(failures.is_empty(), "{} {}", failures.len(), failures.join("\n"));
    assert!(offered.len() == GAPS.len() && offered.values().all(|count| *count > HABITS.len() / 6), "{offered:#?}");
}
