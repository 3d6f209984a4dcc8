//! GK109 aspect-missing: the overview leaves out an aspect.

use crate::config::Language;
use crate::report::Facets;
use crate::report::page_writer::{NewPart, Side};
use crate::rules::support::context::Context;
use crate::rules::support::line_content::LineContent;
use crate::rules::{Finding, Fix, WORDS};
use crate::say;
use crate::statute::{Aspect, BodyKind, Section, ordinal, subsection_number};
use crate::text::{WordSet, keeps_hanzi};
use std::cell::LazyCell;
use std::sync::LazyLock;

rule! {
    code: "GK109",
    name: "aspect-missing",
    severity: Info,
    reads: WORDS.and(Facets::MARKS),
    title: ["总体情况不全面", "The overview leaves out an aspect"],
    checks: [
        "“总体情况”是否谈到主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面，看小标题，也看正文用词；各级人民政府的报告还应谈到工作考核（含绩效管理、绩效考核）、社会评议和责任追究结果情况。",
        "Whether 总体情况 covers its five aspects, by a sub-heading or in words; the report of a people’s government also of 工作考核 (绩效管理 and 绩效考核 are the same), 社会评议 and 责任追究.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的格式；《政府信息公开条例》第五十条第四项。",
        "The format of 国办公开办函〔2021〕30号; Article 50, item 4 of the Regulation.",
    ],
    example: [
        "\
不符：“总体情况”没有一处谈到平台建设。

相符：有“（四）政府信息公开平台建设情况”，或者正文写到网站栏目、政务新媒体的建设。",
        "\
Fires: nothing in 总体情况 is about platforms.

Silent: there is `（四）政府信息公开平台建设情况`, or the text describes the website, the official accounts and the like.",
    ],
    fix: [
        "在“总体情况”末尾插入相应的小标题，内容由填报人补写，不自动修正。",
        "The sub-heading is inserted at the end of 总体情况. Its content has to be written, so the fix is unsafe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let Some(heading) = report.section(Section::Overview) else { return };
    let lines: Vec<_> =
        report.paragraphs.iter().filter(|line| line.section == Some(Section::Overview)).map(|line| line.span).collect();
    // Without spaces and line breaks, because a word may be split over lines.
    let said = LazyCell::new(|| {
        lines.iter().map(|span| context.line(*span)).fold(String::new(), |all, line| all + line.folded())
    });
    let in_lines = lines.iter().map(|span| topics_of(&context.line(*span))).fold(0, |all, topics| all | topics);
    let says =
        |topic: usize, words: &[&str]| in_lines >> topic & 1 == 1 || words.iter().any(|word| said.contains(word));
    let aspects = Aspect::ALL.into_iter().enumerate();
    let missing: Vec<Aspect> =
        aspects.filter(|(index, aspect)| !says(*index, aspect.words())).map(|(_, aspect)| aspect).collect();
    let results: Vec<&str> = match report.body() {
        // Article 50 requires it of people's governments; the administration of a zone is not one.
        Some(body) if matches!(body.kind(), BodyKind::Region | BodyKind::Township) => {
            let results = (Aspect::ALL.len()..).zip(Aspect::OF_GOVERNMENTS);
            results.filter(|(index, (_, words))| !says(*index, words)).map(|(_, (name, _))| name).collect()
        }
        _ => Vec::new(),
    };
    if !missing.is_empty() {
        let names = listed(
            missing.iter().map(|aspect| match language {
                Language::Chinese => aspect.name(),
                Language::English => aspect.english(),
            }),
            language,
        );
        let message = say!(language, "“总体情况”没有谈到{names}", "The overview does not cover {names}");
        let used = lines.iter().filter_map(|span| Some(subsection_number(context.text(*span))?.0)).max().unwrap_or(0);
        let headings: Vec<String> = missing
            .iter()
            .zip(1u8..)
            .map(|(aspect, more)| format!("（{}）{}情况", ordinal(used.saturating_add(more)), aspect.name()))
            .collect();
        let last = lines.last().map_or(heading.span, |span| *span);
        let title =
            say!(language, "在末尾插入小标题，内容待写", "Insert a sub-heading at its end, its content to be written");
        let finding = Finding::new(&RULE, heading.span, message);
        findings.push(match context.page {
            Some(page) => {
                let lines: Vec<NewPart<'_>> = headings.iter().map(|line| NewPart::Line(line)).collect();
                match page.insert(last, Side::After, &lines) {
                    Some(edit) => finding.fix(Fix::doubtful(title, vec![edit]).of_source(true)),
                    None => finding,
                }
            }
            None => {
                let edit = context.line_after(last.end, &headings.join(context.line_break()));
                finding.fix(Fix::doubtful(title, vec![edit]))
            }
        });
    }
    if !results.is_empty() {
        let names = listed(results.into_iter(), language);
        let message = say!(
            language,
            "政府的年度报告应写明工作考核、社会评议和责任追究结果情况，这里没有谈到{names}",
            "A government’s report has to state the results of 工作考核, 社会评议 and 责任追究; this one does not cover {names}"
        );
        findings.push(Finding::new(&RULE, heading.span, message));
    }
}

/// The topics of `line`: a bit for each aspect, and for each topic that governments have to report.
fn topics_of(line: &LineContent) -> u8 {
    static KNOWN: LazyLock<(WordSet, Vec<u8>)> = LazyLock::new(|| {
        let aspects = Aspect::ALL.iter().map(|aspect| aspect.words());
        let topics = aspects.chain(Aspect::OF_GOVERNMENTS.iter().map(|(_, words)| *words));
        let words = topics.zip(0..).flat_map(|(words, topic)| words.iter().map(move |word| (*word, topic)));
        let (words, topics): (Vec<_>, Vec<_>) = words.unzip();
        (WordSet::new(words), topics)
    });
    *line.topics.get_or_init(|| {
        let (words, topics) = &*KNOWN;
        // The words consist of hanzi; if the line's hanzi fold to themselves, the words are in the unfolded line.
        let topics = |all, (_, word): (usize, usize)| all | 1 << topics[word];
        match keeps_hanzi(line.text()) {
            true => line.found(words).fold(0, topics),
            false => words.found(line.folded()).fold(0, topics),
        }
    })
}

fn listed<'a>(names: impl Iterator<Item = &'a str>, language: Language) -> String {
    let names: Vec<&str> = names.collect();
    names.join(match language {
        Language::Chinese => "、",
        Language::English => ", ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;

    /// The words are searched in the unfolded line, if its hanzi fold to themselves.
    #[test]
    fn the_words_are_hanzi() {
        let aspects = Aspect::ALL.iter().flat_map(|aspect| aspect.words());
        for word in aspects.chain(Aspect::OF_GOVERNMENTS.iter().flat_map(|(_, words)| *words)) {
            assert!(word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{word}");
        }
    }
    use crate::config::Settings;
    use crate::rules::support::testing::*;

    #[test]
    fn an_aspect_is_missing() {
        let source = report(2022);
        let without = source.replace("（四）政府信息公开平台建设情况。\n", "");
        reports("GK109", Severity::Info, &without.replace("一、总体情况", "⟦一、总体情况⟧"));
        offers(
            "GK109",
            &without,
            &source
                .replace("（四）政府信息公开平台建设情况。\n", "")
                .replace("（五）监督保障情况。\n", "（五）监督保障情况。\n（六）政府信息公开平台建设情况\n"),
        );
        let government = source.replace("云岭市档案局", "云岭市人民政府");
        reports("GK109", Severity::Info, &government.replace("一、总体情况", "⟦一、总体情况⟧"));
    }

    #[test]
    fn all_are_spoken_of() {
        let source = report(2022);
        silent("GK109", &source.replace("（四）政府信息公开平台建设情况。", "完善门户网\n站。"));
        let government = source.replace("云岭市档案局", "云岭市人民政府");
        silent(
            "GK109",
            &government.replace("监督保障情况。", "监督保障情况。纳入考核，开展社会评议，未发生责任追究。"),
        );
        silent(
            "GK109",
            &government.replace("监督保障情况。", "监督保障情况。列入绩效管理，开展满意度调查，无责任追究情形。"),
        );
        // Offices, departments and the administrations of zones are not governments.
        for other in ["云岭市人民政府办公室", "云岭市高新区管委会"] {
            silent("GK109", &source.replace("云岭市档案局", other));
        }
        silent("GK109", &source.replace("一、总体情况\n", ""));
    }

    #[test]
    fn every_aspect_that_is_missing_is_named() {
        let source = report(2022).replace("（四）政府信息公开平台建设情况。\n（五）监督保障情况。\n", "");
        let (message, _) = said("GK109", &source);
        assert_eq!(message, "“总体情况”没有谈到政府信息公开平台建设、监督保障");
    }

    #[test]
    fn the_aspects_have_english_names() {
        let settings =
            Settings { select: vec!["GK109".to_owned()], language: Language::English, ..Settings::default() };
        let start = report(2022).find("（一）主动公开情况").unwrap();
        let end = report(2022).find("二、主动公开政府信息情况").unwrap();
        let source = format!("{}工作有序。\n\n{}", &report(2022)[..start], &report(2022)[end..]);
        let found = findings_under(&settings, &source);
        assert_eq!(
            found[0].message,
            "The overview does not cover disclosure on the body's own initiative, disclosure on request, management of \
             information, platforms, supervision and support"
        );
    }
}
