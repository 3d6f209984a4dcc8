//! GK102 title-format: the title is not the usual one.

use crate::report::{Facets, Title};
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, Severity};
use crate::say;
use crate::statute::{TITLE_TAIL, is_title_tail, title_of, title_words_at};
use crate::text::{Span, TextEdit, fold};

rule! {
    code: "GK102",
    name: "title-format",
    severity: Warning,
    reads: Facets::TITLE.and(Facets::HEADINGS).and(Facets::YEAR),
    title: ["标题不规范", "The title does not have the usual form"],
    checks: [
        "标题是否以“YYYY年政府信息公开工作年度报告”结尾。只把“YYYY年”写成“YYYY年度”的、年度写在机关名称之前的，或者标题分成几行的，只作提示。",
        "Whether the title ends in `YYYY年政府信息公开工作年度报告`. Where only `YYYY年度` is written for `YYYY年`, the year comes before the body, or the title is broken over lines, the finding is information.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条、第五十条所称的政府信息公开工作年度报告；标题写法从通行做法。",
        "Articles 49 and 50 of the Regulation call it 政府信息公开工作年度报告; the form of the title is the usual one.",
    ],
    example: [
        "\
不符：“云岭市档案局2023年度信息公开工作年度报告”。

相符：“云岭市档案局2023年政府信息公开工作年度报告”。",
        "\
Fires: `云岭市档案局2023年度信息公开工作年度报告`.

Silent: `云岭市档案局2023年政府信息公开工作年度报告`.",
    ],
    fix: [
        "只把“年度”改为“年”的，可自动修正；改动别的字、年份不在末段之前、缺少年份或者标题分行的，改法供参考，不自动修正。",
        "The fix rewrites the words after the year: a safe fix if only 年度 becomes 年. It is unsafe if other words change, if the year is elsewhere or missing, or if the title is split over lines.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let Some(title) = &report.title else { return };
    // A title after the first section is only a mention; a missing title is another finding.
    let first = report.sections.iter().find(|heading| heading.section.is_some());
    if first.is_some_and(|first| first.span.start < title.span.start) {
        return;
    }
    // A title that only the page has belongs to the site.
    if report.page.as_ref().is_some_and(|page| !page.article.meets(title.span)) {
        return;
    }
    let language = context.language;
    let Some((year, digits)) = title.year else {
        findings.push(without_year(context, title));
        return;
    };
    let end = content_end(context, title);
    let tail = Span::new(digits.end, end);
    let written = fold(context.text(tail));
    if written == TITLE_TAIL {
        findings.extend(broken(context, title));
        return;
    }
    if let Some(finding) = year_first(context, title, year, Span::new(digits.start, end)) {
        findings.push(finding);
        return;
    }
    let only_year = written == TITLE_TAIL.replacen('年', "年度", 1);
    let full = match &title.body {
        Some((body, _)) => title_of(body, year),
        None => title_of("", year),
    };
    let message = match only_year {
        true => say!(
            language,
            "标题一般写作“{year}年”，不写“{year}年度”：“{full}”",
            "The title usually says {year}年, not {year}年度: “{full}”"
        ),
        false => say!(language, "标题应以“{year}{TITLE_TAIL}”结尾", "The title should end in “{year}{TITLE_TAIL}”"),
    };
    let mut finding = Finding::new(&RULE, title.span, message);
    if only_year {
        finding = finding.severity(Severity::Info);
    }
    let title_of_fix = say!(language, "改为“{year}{TITLE_TAIL}”", "Change it to “{year}{TITLE_TAIL}”");
    if is_title_tail(&written) {
        let edits = vec![TextEdit { span: tail, content: TITLE_TAIL.to_owned() }];
        // A title of other words is the writer's choice; `年度` for `年` is a slip.
        finding =
            finding.fix(if only_year { Fix::safe(title_of_fix, edits) } else { Fix::doubtful(title_of_fix, edits) });
    }
    findings.push(finding);
}

/// The end of the title's words, before the marks of a Markdown heading.
fn content_end(context: &Context<'_>, title: &Title) -> usize {
    let text = context.text(title.span);
    title.span.start + text.trim_end_matches(|c: char| matches!(c, '*' | '#') || c.is_whitespace()).len()
}

fn without_year(context: &Context<'_>, title: &Title) -> Finding {
    let language = context.language;
    let message = say!(
        language,
        "标题没有写明年度，应以“YYYY{TITLE_TAIL}”结尾",
        "The title does not say the year; it should end in “YYYY{TITLE_TAIL}”"
    );
    let finding = Finding::new(&RULE, title.span, message);
    let text = context.text(title.span);
    let (Some(at), Some((year, _))) = (title_words_at(text), context.report.year) else { return finding };
    let message = say!(language, "补上“{year}年”", "Insert {year}年");
    let span = Span::at(title.span.start + at);
    finding.fix(Fix::doubtful(message, vec![TextEdit { span, content: format!("{year}年") }]))
}

/// A title whose year, which `named` starts with, is before the name of the body.
fn year_first(context: &Context<'_>, title: &Title, year: u16, named: Span) -> Option<Finding> {
    let language = context.language;
    let (body, span) = title.body.as_ref().filter(|(_, span)| span.start >= named.start)?;
    let full = title_of(body, year);
    let tail = fold(context.text(Span::new(span.end, named.end)));
    let usual = TITLE_TAIL.trim_start_matches('年');
    let message = say!(
        language,
        "标题一般先写机关名称、后写年度：“{full}”",
        "The title usually names the body before the year: “{full}”"
    );
    let severity = if tail == usual { Severity::Info } else { Severity::Warning };
    let title_of_fix = say!(language, "改为“{full}”", "Change it to “{full}”");
    let fix = Fix::doubtful(title_of_fix, vec![TextEdit { span: named, content: full }]);
    Some(Finding::new(&RULE, title.span, message).severity(severity).fix(fix))
}

/// A title in the usual words, broken over lines.
fn broken(context: &Context<'_>, title: &Title) -> Option<Finding> {
    let language = context.language;
    let above = title.body.as_ref().map(|(_, span)| *span).filter(|span| span.end <= title.span.start);
    let span = above.map_or(title.span, |above| above.cover(title.span));
    let text = context.text(span);
    if !text.contains(['\n', '\r']) {
        return None;
    }
    let message = say!(
        language,
        "标题分成了几行；机关名称与“{TITLE_TAIL}”写在一行里才读得完整",
        "The title is broken over lines; write the name of the body and the rest on one line"
    );
    let edits = gaps(text).map(|gap| TextEdit { span: gap.shift(span.start), content: String::new() }).collect();
    let fix = Fix::doubtful(say!(language, "并成一行", "Join the lines"), edits);
    Some(Finding::new(&RULE, title.span, message).severity(Severity::Info).fix(fix))
}

/// The runs of white space in `text` that hold a line break.
fn gaps(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive(|c: char| !c.is_whitespace()).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let gap = piece.trim_end_matches(|c: char| !c.is_whitespace());
        gap.contains(['\n', '\r']).then(|| Span::new(start, start + gap.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    const TITLE: &str = "云岭市档案局2022年政府信息公开工作年度报告";

    #[test]
    fn other_words_in_the_title() {
        let source = report(2022);
        for other in [
            "云岭市档案局2022年度信息公开工作年度报告",
            "云岭市档案局2022年政府信息公开年度报告",
            "云岭市档案局2022年政务公开工作年度报告",
            "云岭市档案局2022年政府信息公开工作年报",
        ] {
            reports("GK102", Severity::Warning, &source.replace(TITLE, &format!("⟦{other}⟧")));
            offers("GK102", &source.replace(TITLE, other), &source);
        }
        reports("GK102", Severity::Info, &source.replace(TITLE, "⟦云岭市档案局2022年度政府信息公开工作年度报告⟧"));
        fixes_to("GK102", &source.replace("2022年政府信息公开工作", "2022年度政府信息公开工作"), &source);
        offers("GK102", &source.replace(TITLE, "2022年云岭市档案局政府信息公开年度报告"), &source);
        offers("GK102", &source.replace(TITLE, "云岭市档案局政府信息公开工作年度报告"), &source);
    }

    #[test]
    fn a_title_over_lines() {
        let source = report(2022);
        let two = source.replace(TITLE, "云岭市档案局\r\n 2022年政府信息公开工作年度报告");
        reports(
            "GK102",
            Severity::Info,
            &two.replacen("2022年政府信息公开工作年度报告", "⟦2022年政府信息公开工作年度报告⟧", 1),
        );
        offers("GK102", &two, &source);
        let three = source.replace(TITLE, "云岭市档案局\n\n2022年政府信息公开\n工作年度报告");
        offers("GK102", &three, &source);
    }

    #[test]
    fn the_usual_title() {
        let source = report(2022);
        silent("GK102", &source.replace(TITLE, "# **云岭市档案局 2022 年政府信息公开工作年度报告** #"));
        silent("GK102", &source.replace(TITLE, "2022年政府信息公开工作年度报告"));
        silent("GK102", &source.replace(TITLE, "云岭市档案局二〇二二年政府信息公开工作年度报告"));
        silent("GK102", &source.replace(TITLE, ""));
        // The name of another document in the text is no title.
        silent("GK102", &source.replace("我局主动", "编制《云岭市档案局2021年度信息公开年度报告》，主动"));
    }

    #[test]
    fn a_title_behind_the_first_section_is_a_mention() {
        let source = report(2022).replace(&format!("{TITLE}\n\n"), "");
        silent("GK102", &format!("{source}\n云岭市档案局2021年度信息公开年度报告\n"));
    }

    #[test]
    fn a_year_before_the_body() {
        let source = report(2022);
        for (other, severity) in [
            ("2022年云岭市档案局政府信息公开工作年度报告", Severity::Info),
            ("2022年度云岭市档案局政府信息公开工作年度报告", Severity::Info),
            ("2022年云岭市档案局政府信息公开年度报告", Severity::Warning),
        ] {
            reports("GK102", severity, &source.replace(TITLE, &format!("⟦{other}⟧")));
            offers("GK102", &source.replace(TITLE, other), &source);
        }
    }
}
