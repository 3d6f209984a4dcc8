//! GK124 preamble-list: the preamble lists other names than the headings.

use crate::report::SectionHeading;
use crate::rules::support::context::Context;
use crate::rules::{Finding, Related, WORDS};
use crate::say;
use crate::statute::{Section, chinese_numeral, names_in_list, part_key};
use crate::text::{Memo, Span};
use std::cell::RefCell;

rule! {
    code: "GK124",
    name: "preamble-list",
    severity: Info,
    reads: WORDS,
    title: ["引言所列与标题不一致", "The preamble lists other sections"],
    checks: [
        "引言中“由……六个部分组成”所列的各部分与标题是否一致，所说的个数与所列的是否相同。按部分比较，不逐字比较：“和”“及”“以及”、顿号相通，《条例》第五十条的用语（“因政府信息公开工作被申请行政复议、提起行政诉讼情况”等）视为同一部分；只写“由总体情况等六个部分组成”的不算列名。",
        "Whether the parts that the preamble lists (`由……六个部分组成`) are those of the headings, and whether it lists as many as it says. Parts are compared, not letters: 和, 及, 以及 and 、 join alike, and the words of Article 50 name the same parts. `由总体情况等六个部分组成` lists nothing.",
    ],
    basis: [
        "引言便于阅读，应与正文一致；规定的名称见国办公开办函〔2021〕30号。",
        "The preamble should agree with the text; the names are those of 国办公开办函〔2021〕30号.",
    ],
    example: [
        "\
不符：引言写“主动公开政府工作情况”，标题是“二、主动公开政府信息情况”。

相符：引言逐一照录各部分的标题，或者不列。",
        "\
Fires: the preamble says `主动公开政府工作情况`, the heading is `二、主动公开政府信息情况`.

Silent: it lists the headings as they are, or none.",
    ],
    fix: [
        "改引言或者改标题，由填报人决定，不自动修正。",
        "The author has to change one or the other; there is no automatic fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let headings: Vec<&SectionHeading> = report.sections.iter().filter(|heading| heading.section.is_some()).collect();
    for passage in context.preamble() {
        let Some(list) = Memo::of_text(&LISTS, &passage.text, || list(&passage.text)) else { continue };
        let written = list.names.of(&passage.text);
        let said = part_key(written);
        let other: Vec<&&SectionHeading> =
            headings.iter().filter(|heading| !is_listed(&said, heading, context.text(heading.name))).collect();
        let listed = headings.len() - other.len();
        // `由总体情况等六个部分组成` is not a list, and a list with hardly any of the headings is about something else.
        if listed < LEAST || (list.is_open && !other.is_empty()) {
            continue;
        }
        let place = passage.place(list.names);
        if !other.is_empty() {
            let names: Vec<String> = other.iter().map(|heading| format!("“{}”", context.text(heading.name))).collect();
            let names = names.join("");
            let message = say!(
                language,
                "引言所列的名称与标题不一致，其中没有{names}",
                "The names listed here are not those of the headings: {names} not among them"
            );
            let related = other
                .iter()
                .map(|heading| Related { span: heading.span, message: context.text(heading.span).trim().to_owned() });
            findings.push(Finding::new(&RULE, place, message).related(related));
            return;
        }
        let Some((number, digits)) = list.number else { return };
        // Names of parts have joints of their own: only of a list of the six alone is it certain how many it has.
        if usize::from(number) != Section::ALL.len() && has_nothing_else(&said, listed) {
            let digits = passage.place(digits);
            let written = context.text(digits);
            let message = say!(
                language,
                "引言写“{written}个部分”，所列的是 {listed} 个",
                "The preamble says {written} parts and lists {listed}"
            );
            findings.push(Finding::new(&RULE, digits, message));
        }
        return;
    }
}

/// A list of fewer headings is not a list of the parts of the report.
const LEAST: usize = 2;

/// Whether the list that says `said` names the part that `heading` opens: by its own name, or by another name of that
/// part.
fn is_listed(said: &str, heading: &SectionHeading, name: &str) -> bool {
    let other_names = heading.section.map_or(&[][..], |(section, _)| names_in_list(section));
    said.contains(&part_key(name)) || other_names.iter().any(|words| words.iter().all(|word| said.contains(word)))
}

/// Whether a list of `listed` parts is too short to have any others.
fn has_nothing_else(said: &str, listed: usize) -> bool {
    // The six names of the format have 72 characters, the longest ones in use a third more.
    listed == Section::ALL.len()
        && said.chars().count() <= 100
        && !["附", "概述", "说明"].iter().any(|word| said.contains(word))
}

thread_local! {
    /// The lists in passages; spans count from the start of the passage.
    static LISTS: RefCell<Memo<String, Option<PartList>>> = const { RefCell::new(Memo::new(256)) };
}

/// A list of the parts of a report.
#[derive(Clone, Copy)]
struct PartList {
    /// The names.
    names: Span,
    /// Whether it leaves some of them out: `总体情况等`.
    is_open: bool,
    /// The stated number of parts.
    number: Option<(u8, Span)>,
}

/// The number of parts that `text` states, and its place: `六` of `六个部分`, `六部分`.
fn number_of_parts(text: &str) -> Option<(u8, Span)> {
    let at = text.match_indices("部分").find_map(|(at, _)| {
        let before = text.get(..at)?.trim_end_matches('个').trim_end();
        let numeral = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
        let start = before.char_indices().rev().take_while(|(_, c)| numeral(c)).last()?.0;
        Some(Span::new(start, before.len()))
    })?;
    Some((chinese_numeral(at.of(text))?, at))
}

/// How many names the list `said` has, by what is between them.
fn count_of_names(said: &str) -> usize {
    let between = said.matches(['、', '，', ',']).count() + said.matches("以及").count();
    // A mark in the name of the fourth part, and one before 以及, set nothing off.
    let inside = ["复议、", "复议，", "、以及", "，以及", ",以及"].iter().map(|word| said.matches(word).count()).sum();
    1 + between.saturating_sub(inside)
}

/// The list in `由……六个部分组成`, `包括……六部分`, `包括以下六个部分：……`, `全文包括……。`
fn list(text: &str) -> Option<PartList> {
    const STARTS: [&str; 8] = ["由", "包括", "包含", "分为", "内容为", "内容有", "：", ":"];
    let mut sentence = 0;
    for piece in text.split_inclusive('。') {
        let start = sentence;
        sentence += piece.len();
        let number = number_of_parts(piece);
        let end = number.map(|(_, span)| span.start).or_else(|| piece.find("组成")).or_else(|| piece.find("构成"));
        let end = end.unwrap_or_else(|| piece.trim_end_matches('。').len());
        let before = piece.get(..end)?;
        let found = STARTS.iter().filter_map(|word| Some(before.find(word)? + word.len())).min();
        let places = |from: usize, to: usize| {
            let names = piece.get(from..to)?;
            names.contains("情况").then(|| Span::new(from, from + names.trim_end_matches(['，', ',', ' ', '共']).len()))
        };
        // 包括以下六个部分：……
        let after = || {
            let colon = piece.get(end..)?.find(['：', ':'])?;
            let from = end + colon + piece.get(end + colon..)?.chars().next()?.len_utf8();
            places(from, piece.trim_end_matches('。').len())
        };
        let Some(names) = found.and_then(|from| places(from, end)).or_else(after) else { continue };
        let said = names.of(piece).trim_end();
        // With as many names as it says that there are parts, a list is whole, `等` or not.
        let is_open = said.ends_with('等') && number.is_none_or(|(number, _)| count_of_names(said) < number.into());
        return Some(PartList {
            names: names.shift(start),
            is_open,
            number: number.map(|(number, span)| (number, span.shift(start))),
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn with(list: &str) -> String {
        report(2022).replacen("\n\n", &format!("\n\n{list}\n\n"), 1)
    }

    const NAMES: &str = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项";

    #[test]
    fn names_that_are_not_those_of_the_headings() {
        let other = NAMES.replace("主动公开政府信息情况", "主动公开政府工作情况");
        reports("GK124", Severity::Info, &with(&format!("根据条例编制。全文由⟦{other}⟧六个部分组成。")));
        reports("GK124", Severity::Info, &with(&format!("本报告共六个部分：⟦{other}⟧。")));
    }

    #[test]
    fn the_headings_or_no_list() {
        silent("GK124", &with(&format!("根据条例编制。全文由{NAMES}六个部分组成。")));
        silent("GK124", &with("本报告由云岭市档案局编制，全文由文字和表格组成。"));
        silent("GK124", &with("本报告共六个部分。"));
    }

    #[test]
    fn the_heading_that_is_not_listed_is_named() {
        let other = NAMES.replace("主动公开政府信息情况", "主动公开政府工作情况");
        let (message, related) = said("GK124", &with(&format!("全文由{other}六个部分组成。")));
        assert_eq!(message, "引言所列的名称与标题不一致，其中没有“主动公开政府信息情况”");
        assert_eq!(related.len(), 1);
        assert_eq!(related[0].0, "二、主动公开政府信息情况");
    }

    #[test]
    fn where_the_list_starts() {
        let other = NAMES.replace("主动公开政府信息情况", "主动公开政府工作情况");
        for list in [
            format!("先说明编制的缘由。全文由⟦{other}⟧六个部分组成。"),
            format!("本报告由六个部分组成：⟦{other}⟧。"),
            format!("本报告共六个部分:⟦{other}⟧。"),
        ] {
            reports("GK124", Severity::Info, &with(&list));
        }
    }

    #[test]
    fn parts_by_other_names_are_the_same_parts() {
        for (name, other) in [
            ("行政复议、行政诉讼情况", "行政复议和行政诉讼情况"),
            ("政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
            ("政府信息公开行政复议、行政诉讼情况", "因政府信息公开申请行政复议或提起行政诉讼的情况"),
            ("存在的主要问题及改进情况", "问题和改进情况"),
            ("存在的主要问题及改进情况、", "政府信息公开工作存在的主要问题和改进情况，以及"),
            ("主动公开政府信息情况", "行政机关主动公开政府信息的情况"),
            ("收到和处理政府信息公开申请情况", "行政机关收到和处理政府信息公开申请的情况"),
        ] {
            let list = NAMES.replace(name, other);
            assert_ne!(list, NAMES);
            silent("GK124", &with(&format!("全文由{list}等六个部分组成。")));
            silent("GK124", &with(&format!("本报告包括{list}。")));
        }
        silent("GK124", &with("本报告由总体情况等六个部分组成。"));
        silent("GK124", &with("本报告由总体情况、主动公开政府信息情况等六个部分组成。"));
        let five = NAMES.replace("、其他需要报告的事项", "");
        silent("GK124", &with(&format!("全文由{five}等六个部分组成。")));
        // As many names as stated, and others.
        let other = NAMES.replace("其他需要报告的事项", "下一步工作打算");
        reports("GK124", Severity::Info, &with(&format!("全文由⟦{other}等⟧六个部分组成。")));
    }

    #[test]
    fn more_parts_than_are_listed() {
        reports("GK124", Severity::Info, &with(&format!("全文由{NAMES}⟦七⟧个部分组成。")));
        silent("GK124", &with(&format!("全文由{NAMES}和附表七个部分组成。")));
        let five = NAMES.replace("、其他需要报告的事项", "");
        reports("GK124", Severity::Info, &with(&format!("全文由⟦{five}⟧六个部分组成。")));
        reports("GK124", Severity::Info, &with(&format!("全文包括⟦{five}⟧。")));
    }
}
