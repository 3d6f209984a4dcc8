//! GK601 half-width-punctuation: half-width punctuation in Chinese text.

use crate::rules::support::context::Context;
use crate::rules::support::running_text::{At, full_width, is_chinese, is_han, is_numeral};
use crate::rules::{Finding, Fix, Related, WORDS};
use crate::say;
use crate::text::{Span, TextEdit};

rule! {
    code: "GK601",
    name: "half-width-punctuation",
    severity: Info,
    reads: WORDS,
    title: ["中文之间用了半角标点", "Half-width punctuation in Chinese text"],
    checks: [
        "汉字之间的半角逗号、分号、冒号和括号。数字、网址、时间里的不算，“(一)”一类序号由 GK602 检查。一份报告超过十处的，只提示一次。",
        "A comma, semicolon, colon or bracket in half width between Chinese characters. In numbers, addresses and times they are right; numbers like `(一)` are left to GK602. More than ten in a report are one finding.",
    ],
    basis: [
        "中文行文使用全角标点；半角标点多是粘贴或输入法切换留下的，影响版面和检索。",
        "Chinese text has full-width punctuation. Half-width marks come from pasting and from switching input methods.",
    ],
    example: [
        "\
不符：“2021年,我局认真贯彻落实”。

相符：“2021年，我局认真贯彻落实”“134,691”“上午9:30”。",
        "\
Fires: `2021年,我局认真贯彻落实`.

Silent: `2021年，我局认真贯彻落实`; `134,691`; `上午9:30`.",
    ],
    fix: [
        "可改为全角；超过十处的，一次全部改正。正文的改动须由填报人确认，不自动修正。",
        "Full width is offered; above ten, all at once. Words are never changed automatically.",
    ],
    configuration: [
        "超过多少处合并为一处提示，由 `[thresholds]` 的 `GK601` 设定。",
        "`GK601` in `[thresholds]` sets the number above which all of them are one finding.",
    ],
}

/// Marks to be widened together: a comma by itself, the two brackets of a pair.
type Marks = Vec<At>;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let many = usize::try_from(context.settings.threshold("GK601")).unwrap_or(usize::MAX);
    let language = context.language;
    let mut found: Vec<Marks> = Vec::new();
    for (span, line) in context.words() {
        let known = line.half_width.get_or_init(|| {
            // Most lines have none.
            let bytes = line.text().as_bytes();
            if memchr::memchr3(b',', b';', b':', bytes).or_else(|| memchr::memchr2(b'(', b')', bytes)).is_none() {
                return Vec::new();
            }
            let characters: Vec<At> = line.text().char_indices().collect();
            marks(&characters).into_iter().chain(brackets(&characters)).collect()
        });
        let shift = |(at, c): &At| (span.start + at, *c);
        found.extend(known.iter().map(|marks| marks.iter().map(shift).collect::<Marks>()));
    }
    found.sort();
    if found.len() <= many {
        for marks in &found {
            let (Some(first), written) = (marks.first(), text(marks)) else { continue };
            let due: String = written.chars().filter_map(full_width).collect();
            let message = say!(
                language,
                "中文之间的“{written}”是半角标点，应为“{due}”",
                "“{written}” between Chinese characters is half-width: write “{due}”"
            );
            let fix = Fix::doubtful(say!(language, "改为“{due}”", "Change it to “{due}”"), edits(marks));
            let others = marks.iter().skip(1).map(|mark| Related { span: place(mark), message: mark.1.to_string() });
            findings.push(Finding::new(&RULE, place(first), message).related(others).fix(fix));
        }
        return;
    }
    let count = found.len();
    let Some(first) = found.first().and_then(|marks| marks.first()) else { return };
    let message = say!(
        language,
        "全文有 {count} 处中文之间用了半角标点，应为全角",
        "There is half-width punctuation between Chinese characters in {count} places: use full width"
    );
    let all = found.iter().flat_map(|marks| edits(marks)).collect();
    let title = say!(language, "将 {count} 处全部改为全角", "Change all {count} to full width");
    findings.push(Finding::new(&RULE, place(first), message).fix(Fix::doubtful(title, all)));
}

fn place((at, c): &At) -> Span {
    Span::new(*at, at + c.len_utf8())
}

fn text(marks: &[At]) -> String {
    marks.iter().map(|(_, c)| *c).collect()
}

fn edits(marks: &[At]) -> Vec<TextEdit> {
    marks
        .iter()
        .filter_map(|mark| Some(TextEdit { span: place(mark), content: full_width(mark.1)?.to_string() }))
        .collect()
}

/// Commas, semicolons and colons with a Chinese character on either side; spaces and brackets between do not count.
fn marks(line: &[At]) -> Vec<Marks> {
    let skipped = |c: char| c == ' ' || matches!(c, '(' | ')');
    let mut found = Vec::new();
    // The character before, spaces and brackets left out.
    let mut before: Option<char> = None;
    for (index, mark) in line.iter().enumerate() {
        if skipped(mark.1) {
            continue;
        }
        if matches!(mark.1, ',' | ';' | ':') && before.is_some_and(is_chinese) {
            let after = line.iter().skip(index + 1).take(8).map(|(_, c)| *c).find(|c| !skipped(*c));
            if after.is_some_and(is_chinese) {
                found.push(vec![*mark]);
            }
        }
        before = Some(mark.1);
    }
    found
}

/// Pairs of brackets round Chinese words, of which one at least is half-width.
fn brackets(line: &[At]) -> Vec<Marks> {
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    // How many Chinese characters that are no numeral are before each place.
    let mut counts = Vec::with_capacity(line.len());
    let mut words = 0usize;
    for (_, c) in line {
        counts.push(words);
        words += usize::from(is_han(*c) && !is_numeral(*c));
    }
    for (index, (_, c)) in line.iter().enumerate() {
        match c {
            '(' | '（' => open.push(index),
            ')' | '）' => {
                let Some(start) = open.pop() else { continue };
                let (Some(left), Some(from), Some(to)) = (line.get(start), counts.get(start), counts.get(index)) else {
                    continue;
                };
                let outside =
                    start.checked_sub(1).and_then(|before| line.get(before)).is_none_or(|(_, c)| is_chinese(*c));
                if to <= from || !outside {
                    continue;
                }
                let narrow: Marks = [*left, (line.get(index).map_or(0, |(at, _)| *at), *c)]
                    .into_iter()
                    .filter(|(_, c)| matches!(c, '(' | ')'))
                    .collect();
                if !narrow.is_empty() {
                    found.push(narrow);
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    /// The report with `sentence` in its overview.
    fn with(sentence: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", sentence)
    }

    #[test]
    fn marks_between_chinese_characters() {
        for marked in [
            "公开信息12条⟦;⟧其他信息未公开。",
            "按照“先审查”⟦,⟧“后公开”的原则公开12条。",
            "公开信息12条 ⟦,⟧ 其中政策类3条。",
        ] {
            reports("GK601", Severity::Info, &with(marked));
        }
        offers("GK601", &with("2022年,我局公开12条。"), &with("2022年，我局公开12条。"));
    }

    #[test]
    fn brackets_go_in_pairs() {
        let source = with("收到申请9件⟦(⟧其中来局申请2件)，均已答复。");
        reports("GK601", Severity::Info, &source);
        offers("GK601", &source.replace(['⟦', '⟧'], ""), &with("收到申请9件（其中来局申请2件），均已答复。"));
        // One of the two is right already.
        offers("GK601", &with("收到申请9件（其中来局申请2件)。"), &with("收到申请9件（其中来局申请2件）。"));
        offers("GK601", &with("收到申请9件(其中来局申请2件）。"), &with("收到申请9件（其中来局申请2件）。"));
    }

    #[test]
    fn marks_that_are_right() {
        for right in [
            "支持IPv6，投入3(三)万元。",
            "(六)其他情况。公开12条。",
            "公开ABC,DEF两类12条。",
            "见《通知》（云政办〔2022〕1号）,12条。",
        ] {
            silent("GK601", &with(right));
        }
    }

    #[test]
    fn above_ten_there_is_one_finding() {
        let many = "甲,乙".repeat(11);
        let source = with(&many);
        let found = findings("GK601", &source);
        assert_eq!(found.len(), 1);
        offers("GK601", &source, &with(&"甲，乙".repeat(11)));
        assert_eq!(findings("GK601", &with(&"甲,乙".repeat(10))).len(), 10);
    }

    #[test]
    fn the_marks_are_shown_as_they_stand_and_as_they_should() {
        let (message, _) = said("GK601", &with("我局主动公开,政府信息12条。"));
        assert_eq!(message, "中文之间的“,”是半角标点，应为“，”");
    }
}
