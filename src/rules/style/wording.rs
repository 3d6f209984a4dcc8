//! GK605 wording: a common slip of wording.

use crate::rules::support::context::Context;
use crate::rules::support::line_content::LineContent;
use crate::rules::support::running_text::is_han;
use crate::rules::{Finding, Fix, WORDS};
use crate::say;
use crate::text::{Span, TextEdit, WordSet};
use std::sync::LazyLock;

rule! {
    code: "GK605",
    name: "wording",
    severity: Info,
    reads: WORDS,
    title: ["有错词或重复", "A common slip of wording"],
    checks: [
        "年度报告中常见的错词（“截止目前”“行政诉共”“布署”）、重复的词（“精神精神”“审核审核”“的的”）和重复的标点（“，，”）。只收确有把握的：两个字以上的词，后面接标点才算重复；前后两半各自成词（“研究研究所”）、动词重叠（“讨论讨论”）、数量词重叠（“一次一次”）的不算。",
        "Slips that are common in these reports (截止目前, 行政诉共, 布署), doubled words (精神精神, 审核审核, 的的) and doubled marks (，，): only certain mistakes are reported. A word of two characters and more is doubled where a mark follows the second time. It is not where the second half begins another word (研究研究所), where a verb is repeated on purpose (讨论讨论), or a number is (一次一次).",
    ],
    basis: [
        "错词、漏字和重复是草拟、粘贴时的疏漏；漏字还会使数字的含义不清，如“行政诉共3项”。",
        "They are left over from drafting and pasting. A lost character can make a figure unclear, as in 行政诉共3项.",
    ],
    example: [
        "\
不符：“截止目前，公开信息49条”“严格信息审核审核，”。

相符：“截至目前，公开信息49条”“公示截止12月31日”“设置公开公开栏”。",
        "\
Fires: `截止目前，公开信息49条`; `严格信息审核审核，`.

Silent: `截至目前，公开信息49条`; `公示截止12月31日`; `设置公开公开栏`.",
    ],
    fix: [
        "可改为正确写法。正文的改动须由填报人确认，不自动修正。",
        "The right form is offered. Words are never changed automatically.",
    ],
}

/// Slips, and their corrections.
const SLIPS: &[(&str, &str)] = &[
    ("截止目前", "截至目前"),
    ("截止到目前", "截至目前"),
    ("截止今日", "截至今日"),
    ("截止至", "截至"),
    ("行政诉共", "行政诉讼共"),
    ("布署", "部署"),
    ("一如继往", "一如既往"),
    ("再接再励", "再接再厉"),
    ("按步就班", "按部就班"),
    ("通迅", "通讯"),
    ("进一步进一步", "进一步"),
    ("我局我局", "我局"),
    ("以及以及", "以及"),
    ("并且并且", "并且"),
    ("截至截至", "截至"),
    ("，，", "，"),
    ("、、", "、"),
    ("；；", "；"),
    ("：：", "："),
];

/// A phrase of this many Chinese characters does not occur twice in a row.
const LONG: std::ops::RangeInclusive<usize> = 5..=12;

/// A word of this many Chinese characters does not occur twice in a row either, if the text after it shows that the
/// second one is not the start of another word.
const SHORT: std::ops::RangeInclusive<usize> = 2..=4;

/// Words that are repeated on purpose, or that may be two separate words.
const TWICE: &[&str] = &[
    "工作", "研究", "讨论", "商量", "了解", "学习", "交流", "考虑", "总结", "锻炼", "休息", "介绍", "整理", "琢磨",
    "体会", "体验", "感受", "放松", "沟通", "观察", "关心", "参观", "尝试", "打听", "收拾", "熟悉", "活动", "帮助",
    "斟酌", "推敲", "比较", "分析", "修改", "解释", "协商", "反思", "回顾", "梳理", "走访", "请教", "非常", "特别",
    "十分", "相当", "永远", "好好", "大家", "努力", "加油", "谢谢", "妈妈", "爸爸", "爷爷", "奶奶",
];

/// Characters of numbers and measures, which are doubled to mean each of them: 一项一项, 逐条逐条, 每日每日. And those of
/// masked names.
const OF_NUMBERS: &str = "一二三四五六七八九十百千万亿两几半双零〇每各逐某";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (span, line) in context.words() {
        let slips = line.slips.get_or_init(|| slips(line));
        findings.extend(slips.iter().map(|(place, due)| slip(context, place.shift(span.start), due)));
    }
}

/// Doubled or wrong in some places only; see [`is_slip`].
const DOUBTFUL: [(&str, &str); 2] = [("的的", "的"), ("截止", "截至")];

/// The slips in `line`, and their corrections.
fn slips(line: &LineContent) -> Vec<(Span, String)> {
    static KNOWN: LazyLock<WordSet> =
        LazyLock::new(|| WordSet::new(SLIPS.iter().chain(&DOUBTFUL).map(|(wrong, _)| *wrong)));
    let text = line.text();
    let mut found: Vec<(Span, String)> = Vec::new();
    let mut last = None;
    for (at, index) in line.found(&KNOWN) {
        // Of several words at one place the first counts.
        if last == Some(at) {
            continue;
        }
        last = Some(at);
        let Some((wrong, due)) = SLIPS.iter().chain(&DOUBTFUL).nth(index) else { continue };
        if is_slip(text, at, wrong) {
            found.push((Span::new(at, at + wrong.len()), (*due).to_owned()));
        }
    }
    found.extend(doubled_words(text).into_iter().map(|(span, due)| (span, due.to_owned())));
    found.sort_by_key(|(span, _)| *span);
    // A slip that is known by itself may be a doubled word as well.
    found.dedup_by(|next, before| next.0.meets(before.0));
    if may_repeat(text) {
        let mut recent = Recent::default();
        let said_twice = text.char_indices().filter_map(|(at, c)| recent.said_twice(text, at, c));
        found.extend(said_twice.map(|(span, due)| (span, due.to_owned())));
        found.sort_by_key(|(span, _)| *span);
    }
    found
}

/// Words of [`SHORT`] characters that occur twice in a row in `text`, and the word.
fn doubled_words(text: &str) -> Vec<(Span, &str)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(Span, &str)> = Vec::new();
    for length in SHORT.map(|characters| characters * HAN) {
        // How many bytes in a row are as the ones a word further on.
        let mut same = 0;
        for (at, (byte, later)) in bytes.iter().zip(bytes.iter().skip(length)).enumerate() {
            same = if byte == later { same + 1 } else { 0 };
            // Those of whole characters alone: a word that starts in the middle of one is none.
            let Some(start) =
                (at + 1).checked_sub(length).filter(|start| same >= length && text.is_char_boundary(*start))
            else {
                continue;
            };
            let span = Span::new(start, start + 2 * length);
            let is_new = !found.iter().rev().take(2).any(|(known, _)| known.meets(span));
            if is_new && let Some(word) = text.get(start..start + length).filter(|word| is_said_twice(text, span, word))
            {
                found.push((span, word));
                same = 0;
            }
        }
    }
    found.sort_by_key(|(span, _)| *span);
    found.dedup_by(|next, before| next.0.meets(before.0));
    found
}

/// The number of bytes of a Chinese character, except for the rarest.
const HAN: usize = 3;

/// Whether `word`, which is twice in `span`, is repeated by mistake.
fn is_said_twice(text: &str, span: Span, word: &str) -> bool {
    let mut characters = word.chars();
    let first = characters.next();
    let one_character = characters.all(|c| Some(c) == first);
    let after = text.get(span.end..).unwrap_or_default().chars().next();
    // A line without a mark before its end may be a piece of a table.
    let ends = match after {
        Some(c) => matches!(c, '，' | '。' | '；' | '、' | '：' | '！' | '？' | '）' | '”' | ',' | ';'),
        None => text.contains(['，', '。', '；', '、', '：']),
    };
    ends && !one_character
        && word.chars().all(|c| is_han(c) && !OF_NUMBERS.contains(c))
        && !TWICE.contains(&word)
        // 依申请 and 申请: the first belongs to what is before.
        && !text.get(..span.start).is_some_and(|before| before.ends_with(['依', '未', '不', '主']))
}

/// Whether `wrong`, which is at `at`, is a slip there.
fn is_slip(text: &str, at: usize, wrong: &str) -> bool {
    match wrong {
        "的的" => is_doubled(text, at, wrong),
        "截止" => is_as_of(text, at),
        // Three commas in a row are some other mark.
        _ => !goes_on(text, at, wrong),
    }
}

/// Bytes that are compared at once.
const AT_ONCE: usize = 8;

/// Whether a long phrase may be said twice in a row. The shortest has five characters in fifteen bytes, of which every
/// eight are as they were one phrase before; and of any fifteen bytes eight start at a multiple of eight.
fn may_repeat(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at_once = |at: usize| bytes.get(at..at + AT_ONCE);
    let as_before = |at: usize, length: usize| {
        at.checked_sub(3 * length).is_some_and(|at_before| at_once(at_before) == at_once(at))
    };
    let places = (0..bytes.len()).step_by(AT_ONCE).take_while(|at| at + AT_ONCE <= bytes.len());
    places.into_iter().any(|at| LONG.into_iter().any(|length| as_before(at, length)))
}

fn slip(context: &Context<'_>, span: Span, due: &str) -> Finding {
    let language = context.language;
    let written = context.text(span);
    let message = say!(language, "“{written}”应为“{due}”", "“{written}” should be “{due}”");
    let edit = TextEdit { span, content: due.to_owned() };
    Finding::new(&RULE, span, message)
        .fix(Fix::doubtful(say!(language, "改为“{due}”", "Change it to “{due}”"), vec![edit]))
}

/// Whether the doubled mark at `at` is longer than two.
fn goes_on(text: &str, at: usize, wrong: &str) -> bool {
    let mark = wrong.chars().next().filter(|c| !is_han(*c));
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + wrong.len()..).and_then(|text| text.chars().next());
    mark.is_some() && (before == mark || after == mark)
}

/// Whether `的的` at `at` is no part of 目的的, 的的确确 and the like.
fn is_doubled(text: &str, at: usize, wrong: &str) -> bool {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let after = text.get(at + wrong.len()..).and_then(|text| text.chars().next());
    before.is_some_and(|c| is_han(c) && !"目标众有端打中靶鹄的".contains(c))
        && after.is_some_and(|c| is_han(c) && !"确士哥的".contains(c))
}

/// Whether `截止` at `at` is a mistake for 截至: at the start of a clause, before a year.
fn is_as_of(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|text| text.trim_end().chars().next_back());
    let rest = text.get(at + "截止".len()..).unwrap_or_default();
    let rest = rest.strip_prefix('到').unwrap_or(rest);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let year = digits == 4 && rest.get(4..).is_some_and(|rest| rest.starts_with('年'));
    // The date ends the clause, and another follows.
    let clause =
        rest.chars().take(16).find(|c| matches!(c, '，' | ',' | '。' | '；')).is_some_and(|c| matches!(c, '，' | ','));
    before.is_none_or(|c| matches!(c, '。' | '，' | '；' | '）' | ',' | ';' | ')')) && year && clause
}

/// The last place of each Chinese character of a line.
struct Recent {
    /// The character, the byte where it is; by its code's last bits.
    last: [(char, usize); 256],
    /// Up to here a phrase said twice has been found.
    done: usize,
}

impl Default for Recent {
    fn default() -> Recent {
        Recent { last: [('\0', 0); 256], done: 0 }
    }
}

impl Recent {
    /// A long phrase that occurs twice in a row and a character of whose second time is at `at`: the two, and the
    /// one that is meant.
    fn said_twice<'a>(&mut self, text: &'a str, at: usize, c: char) -> Option<(Span, &'a str)> {
        if !is_han(c) {
            return None;
        }
        let slot = self.last.get_mut(c as usize % 256)?;
        let (same, before) = std::mem::replace(slot, (c, at));
        // Chinese characters take three bytes each, but for the rarest.
        let len = at - before;
        if same != c || !len.is_multiple_of(3) || !LONG.contains(&(len / 3)) || before < self.done {
            return None;
        }
        // The phrase may have begun with another character: go back as far as the two are the same.
        let bytes = text.as_bytes();
        let equal = |index: usize| {
            index >= self.done && bytes.get(index).is_some_and(|byte| bytes.get(index + len) == Some(byte))
        };
        let back = (1..=before.min(len)).take_while(|back| equal(before - back)).count();
        // At the start of a character, however the bytes happen to agree.
        let start = (before - back..=before).find(|start| text.is_char_boundary(*start))?;
        let (first, second) = (text.get(start..start + len)?, text.get(start + len..start + 2 * len)?);
        if first != second || !first.chars().all(is_han) {
            return None;
        }
        self.done = start + 2 * len;
        Some((Span::new(start, start + 2 * len), second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    /// Few characters, so that many phrases occur twice: by chance, broken by a mark, by one that takes four bytes or one.
    #[test]
    fn no_line_that_says_a_phrase_twice_is_left_out() {
        let alphabet = ['公', '开', '信', '息', '，', 'a', '\u{20000}'];
        let (mut state, mut found) = (1u32, 0);
        for _ in 0..30_000 {
            let mut random = |below: usize| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                usize::try_from(state >> 8).unwrap() % below
            };
            let mut some =
                |most: usize| -> String { (0..random(most)).map(|_| alphabet[random(alphabet.len())]).collect() };
            let (before, phrase, following) = (some(6), some(14), some(4));
            let line = format!("{before}{phrase}{phrase}{following}");
            let mut recent = Recent::default();
            let twice = line.char_indices().filter(|(at, c)| recent.said_twice(&line, *at, *c).is_some()).count();
            assert!(twice == 0 || may_repeat(&line), "{line}");
            found += twice;
        }
        assert!(found > 300, "{found}");
        assert!(!may_repeat("我局主动公开政府信息12条，我局主动公开政府信息13条。"));
    }

    fn with(sentence: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", sentence)
    }

    #[test]
    fn slips_and_doubled_words() {
        for (marked, fixed) in [
            ("⟦截止目前⟧，公开信息12条。", "截至目前，公开信息12条。"),
            ("产生的⟦行政诉共⟧3项。", "产生的行政诉讼共3项。"),
            ("按照统一⟦布署⟧公开12条。", "按照统一部署公开12条。"),
            ("⟦进一步进一步⟧公开12条。", "进一步公开12条。"),
            ("我局公开⟦的的⟧信息12条。", "我局公开的信息12条。"),
            ("公开12条⟦，，⟧解读3条。", "公开12条，解读3条。"),
        ] {
            reports("GK605", Severity::Info, &with(marked));
            offers("GK605", &with(&marked.replace(['⟦', '⟧'], "")), &with(fixed));
        }
    }

    #[test]
    fn years_and_long_phrases() {
        let source = with("⟦截止⟧2022年12月31日，公开12条。");
        reports("GK605", Severity::Info, &source);
        offers("GK605", &source.replace(['⟦', '⟧'], ""), &with("截至2022年12月31日，公开12条。"));
        let twice = with("做好⟦政府信息公开政府信息公开⟧工作12项。");
        reports("GK605", Severity::Info, &twice);
        offers("GK605", &twice.replace(['⟦', '⟧'], ""), &with("做好政府信息公开工作12项。"));
    }

    #[test]
    fn words_that_are_said_twice() {
        for (marked, fixed) in [
            ("深入学习会议⟦精神精神⟧，公开12条。", "深入学习会议精神，公开12条。"),
            ("严格信息⟦审核审核⟧、公开12条。", "严格信息审核、公开12条。"),
            ("公开12条，解决群众反映的⟦问题问题⟧", "公开12条，解决群众反映的问题"),
            ("提高群众⟦满意度满意度⟧；公开12条。", "提高群众满意度；公开12条。"),
            ("推进⟦政务公开政务公开⟧（12条）。", "推进政务公开（12条）。"),
        ] {
            let marked = marked.replace("⟧（12条）。", "⟧，公开12条。");
            let fixed = fixed.replace("（12条）。", "，公开12条。");
            reports("GK605", Severity::Info, &with(&marked));
            offers("GK605", &with(&marked.replace(['⟦', '⟧'], "")), &with(&fixed));
        }
        // Each once, however often it occurs, and a known slip once.
        reports("GK605", Severity::Info, &with("做好⟦宣传解读宣传解读⟧，⟦平台平台⟧，公开12条。"));
        reports("GK605", Severity::Info, &with("公开12条，⟦进一步进一步⟧。"));
    }

    #[test]
    fn words_that_only_look_doubled() {
        for right in [
            "截至目前，公开12条。",
            "申报截止日期为6月1日，公开12条。",
            "公示期截止2022年12月31日，公开12条。",
            "以便民为目的的信息公开12条，的的确确。",
            "政务公开公开栏12处，工作人员的工作工作量12件。",
            "研究研究，讨论讨论，一次一次地公开12条。",
            "公开12条……，，，其他。",
            "加强加强再加强，层层落实、层层落实责任12项。",
            "一二三四五一二三四六，12条。",
            "2022202220222022年公开12条。",
            "设立研究研究所，公开12条。",
            "推进工作工作，公开12条。",
            "常常、处处、人人、某某、妈妈，一一公开12条。",
            "逐一逐一、一项一项、每日每日、逐条逐条，公开12条。",
            "王某某王某某，公开12条。",
            "依申请申请，公开12条。",
            "上级有关规定规定应当公开12条。",
            "学习学习强国平台，公开12条。",
            "信用信用等级12个，公开公开栏12处。",
            "十二十二，百分之百百分之百，公开12条。",
            "高高兴兴、认认真真，公开12条。",
            "按规定、规定，公开12条。",
        ] {
            silent("GK605", &with(right));
        }
    }

    #[test]
    fn phrases_of_characters_that_stand_close_in_the_code() {
        reports("GK605", Severity::Info, &with("做好⟦三上下不与三上下不与⟧工作12项。"));
    }

    #[test]
    fn what_stands_on_either_side_tells() {
        for right in [
            "我局2022年开展培训，公开12条。",
            "各项工作做得的的确确好，公开12条。",
            "“公开的的”是错字，已改正12处。",
            "，截止1200人次，公开12条。",
        ] {
            silent("GK605", &with(right));
        }
    }

    #[test]
    fn a_phrase_may_repeat_its_own_characters() {
        for marked in [
            "做好⟦信息公开信息化信息公开信息化⟧工作12项。",
            // A third time is left until the second is gone, and so is the start of one.
            "做好⟦信息公开信息化信息公开信息化⟧信息工作12项。",
            "做好⟦公开信息工作公开信息工作⟧公开信息工作12项。",
            "做好⟦公开信息工作公开信息工作⟧公开信息工作公开12项。",
            "做好⟦公开信息工作公开信息工作⟧及⟦申请办理服务申请办理服务⟧12项。",
            "做好⟦公开信息工作公开信息工作⟧⟦申请办理服务申请办理服务⟧12项。",
        ] {
            reports("GK605", Severity::Info, &with(marked));
        }
        silent("GK605", &with("宣传、培训、宣传、培训、公开12次。"));
    }
}
