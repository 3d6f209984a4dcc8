//! GK603 unbalanced: quotes or brackets that do not match.

use crate::config::Language;
use crate::rules::support::context::Context;
use crate::rules::support::running_text::{At, is_numeral};
use crate::rules::{Finding, Related, WORDS};
use crate::say;
use crate::text::{CharacterSet, Span};

rule! {
    code: "GK603",
    name: "unbalanced",
    severity: Info,
    reads: WORDS,
    title: ["引号、书名号或括号不成对", "Quotes or brackets that do not match"],
    checks: [
        "一段之中“”、《》、（）左右不成对。被换行断开的一段合在一起看；“1）”一类序号不算。一段中每种标点提示一次。",
        "Within a paragraph some “, ”, 《, 》, （ or ） has no counterpart. The lines of a split paragraph are taken together; numbers like `1）` do not count. One finding for each kind of mark in a paragraph.",
    ],
    basis: [
        "标点不成对使文意不清，多是删改时留下的。",
        "Without its end, the extent of a quotation or a title is unclear. Such marks are left over from editing.",
    ],
    example: [
        "\
不符：“按照“一事一审原则公开”。

相符：“按照“一事一审”原则公开”。",
        "\
Fires: `按照“一事一审原则公开`.

Silent: `按照“一事一审”原则公开`.",
    ],
    fix: [
        "缺少的一半应在何处须由填报人确定，不自动修正。",
        "Only the author knows where the other half belongs.",
    ],
}

/// A kind of marks that go in pairs.
struct Pair {
    /// Their names, in Chinese and in English.
    names: [&'static str; 2],
    opening: &'static [char],
    closing: &'static [char],
    /// Whether one may be inside another of its kind.
    nests: bool,
}

const PAIRS: [Pair; 3] = [
    Pair { names: ["引号", "quotation mark"], opening: &['“'], closing: &['”'], nests: false },
    Pair { names: ["书名号", "title mark"], opening: &['《'], closing: &['》'], nests: true },
    Pair { names: ["括号", "bracket"], opening: &['（', '('], closing: &['）', ')'], nests: true },
];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for paragraph in paragraphs(context) {
        for (Pair { names: [kind, english], opening, closing, .. }, alone) in
            PAIRS.iter().zip(unmatched(context, &paragraph))
        {
            let Some((first, others)) = alone.split_first() else { continue };
            let span = |(at, c): &At| Span::new(*at, at + c.len_utf8());
            let (mark, opens) = (first.1, opening.contains(&first.1));
            let missing = if opens { closing.first() } else { opening.first() };
            let missing = missing.copied().unwrap_or(mark);
            let (side, other) = match (opens, language) {
                (true, Language::Chinese) => ("左", "右"),
                (false, Language::Chinese) => ("右", "左"),
                (true, Language::English) => ("opening", "closing"),
                (false, Language::English) => ("closing", "opening"),
            };
            let message = match others.len() {
                0 => say!(
                    language,
                    "{side}{kind} {mark} 不成对，本段缺少{other}{kind} {missing}",
                    "The {side} {english} {mark} has no counterpart: this paragraph lacks the {other} {missing}"
                ),
                more => say!(
                    language,
                    "{side}{kind} {mark} 不成对，本段缺少{other}{kind} {missing}；另有 {more} 处同样不成对",
                    "The {side} {english} {mark} has no counterpart, nor have {more} more: this paragraph lacks the {other} {missing}"
                ),
            };
            let related = others.iter().map(|other| Related { span: span(other), message: other.1.to_string() });
            findings.push(Finding::new(&RULE, span(first), message).related(related));
        }
    }
}

/// The lines of each paragraph: more than one where a narrow page broke it.
fn paragraphs(context: &Context<'_>) -> Vec<Vec<Span>> {
    let over = |line: &Span| context.text(*line).ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?']);
    let mut whole: Vec<Vec<Span>> = Vec::new();
    for paragraph in &context.report.paragraphs {
        match whole.last_mut() {
            Some(lines) if paragraph.follows && !lines.last().is_some_and(over) => lines.push(paragraph.span),
            _ => whole.push(vec![paragraph.span]),
        }
    }
    whole
}

/// For each kind the marks without a counterpart, in the order of the text.
fn unmatched(context: &Context<'_>, paragraph: &[Span]) -> [Vec<At>; 3] {
    let is_matched = |span: &Span| {
        let line = context.line(*span);
        let matched = || unmatched_in([(0, line.text())]).iter().all(Vec::is_empty);
        *line.is_matched.get_or_init(|| !line.characters().may_meet(&MARKS) || matched())
    };
    if paragraph.iter().all(is_matched) {
        return Default::default();
    }
    unmatched_in(paragraph.iter().map(|line| (line.start, context.text(*line))))
}

/// All marks that come in pairs.
const MARKS: CharacterSet = CharacterSet::new(&['“', '”', '"', '《', '》', '（', '(', '）', ')']);

/// The same in `lines`, each with where it starts.
fn unmatched_in<'a>(lines: impl IntoIterator<Item = (usize, &'a str)>) -> [Vec<At>; 3] {
    let mut open: [Vec<At>; 3] = Default::default();
    let mut alone: [Vec<At>; 3] = Default::default();
    for (start, text) in lines {
        for (at, c) in MARKS.found(text) {
            // A straight quote closes a curly one.
            let (kind, opens) = match c {
                '“' => (0, true),
                '”' | '"' => (0, false),
                '《' => (1, true),
                '》' => (1, false),
                '（' | '(' => (2, true),
                '）' | ')' => (2, false),
                _ => continue,
            };
            let (Some(open), Some(alone), Some(pair)) = (open.get_mut(kind), alone.get_mut(kind), PAIRS.get(kind))
            else {
                continue;
            };
            let mark = (start + at, c);
            if opens {
                if !pair.nests {
                    alone.append(open);
                }
                open.push(mark);
            } else if open.pop().is_none() && c != '"' && !ends_number(text.get(..at).unwrap_or_default()) {
                alone.push(mark);
            }
        }
    }
    for (alone, open) in alone.iter_mut().zip(&mut open) {
        alone.append(open);
        alone.sort_unstable();
    }
    alone
}

/// Whether `before` ends in the number of a list, as `1` before `）`.
fn ends_number(before: &str) -> bool {
    let is_number = |c: char| c.is_ascii_alphanumeric() || is_numeral(c) || ('０'..='９').contains(&c);
    let len = before.chars().rev().take(4).take_while(|c| is_number(*c)).count();
    let outside = before.chars().rev().nth(len);
    (1..=3).contains(&len) && outside.is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn with(sentence: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", sentence)
    }

    #[test]
    fn marks_without_a_counterpart() {
        for marked in [
            "按照一事一审⟦”⟧原则，公开12条。",
            "贯彻条例⟦》⟧，公开12条。",
            "按照⟦“⟧一把手抓的机制，坚持“一事一审原则，公开12条。",
            "⟦《⟧关于印发《办法的通知》公开12条。",
        ] {
            reports("GK603", Severity::Info, &with(marked));
        }
    }

    #[test]
    fn marks_that_match() {
        for right in [
            "《关于印发《办法》的通知》公开12条。",
            "公开12条（其中政策类3条)，其他(9条）。",
            "a)公开12条；十一）其他。",
            "按照“一事一审\"原则，公开12条。",
            "公开“一网通办”12条",
        ] {
            silent("GK603", &with(right));
        }
    }

    #[test]
    fn a_paragraph_in_several_lines() {
        silent("GK603", &with("按照“先审查、\n后公开”的原则（公开12条，\n其中政策类3条）。"));
        // The sentence is over: what follows is another paragraph.
        reports("GK603", Severity::Info, &with("按照⟦“⟧先审查的原则。\n后公开⟦”⟧的原则。"));
    }
}
