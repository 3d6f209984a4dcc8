//! GK110 subsection-number: sub-headings are not numbered in sequence.

use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, Severity, WORDS};
use crate::say;
use crate::statute::{Section, chinese_numeral, key_length, ordinal, subsection_number};
use crate::text::{Span, TextEdit};

rule! {
    code: "GK110",
    name: "subsection-number",
    severity: Info,
    reads: WORDS,
    title: ["小标题序号不连续", "Sub-headings are not numbered in sequence"],
    checks: [
        "一个部分之内，“（一）（二）……”是否连续：跳号、重号，小标题漏了序号，或者又用了上一级的序号（“（三）”之下再编“（一）（二）”）。“总体情况”之内又从“一、”起编号的，与六个部分相混，为警告。每个部分只提示一处。",
        "Whether （一）（二）… inside a section are in sequence: a gap, a repeat, a sub-heading without its number, or the numbers of the level above used again below an item. Numbers that start at 一、 again inside 总体情况 look like those of the six sections: a warning. There is one finding for a section.",
    ],
    basis: [
        "国办公开办函〔2021〕30号要求报告内容准确、全面；序号不连续往往是漏了一段或者改动后没有重排。",
        "国办公开办函〔2021〕30号 asks for reports that are exact and complete; a gap often means that a passage was lost.",
    ],
    example: [
        "\
不符：“（二）”之后直接是“（四）”。

相符：依次编号；另起的“（一）”视为重新编号。",
        "\
Fires: `（四）` follows `（二）`.

Silent: they go on in sequence; a second list starts at `（一）`.",
    ],
    fix: [
        "按顺序重排其后的序号，给小标题补上序号，或者改用下一级的序号；需结合上下文，不自动修正。",
        "The fix renumbers the later ones, adds the number, or uses the numbers of the level below. The context has to be reviewed, so the fix is unsafe.",
    ],
}

/// A line that starts with a number in brackets.
struct Numbered {
    number: u8,
    /// The number and its brackets.
    mark: Span,
    /// Its place among the lines of the section.
    at: usize,
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for section in Section::ALL {
        let lines: Vec<Span> = context
            .report
            .paragraphs
            .iter()
            .filter(|line| line.section == Some(section))
            .map(|line| line.span)
            .collect();
        let numbered: Vec<Numbered> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, span)| {
                let (number, length) = subsection_number(context.text(*span))?;
                Some(Numbered { number, mark: Span::new(span.start, span.start + length), at })
            })
            .collect();
        // One finding for a section: later breaks follow from the first one.
        let finding = broken_sequence(context, &lines, &numbered)
            .or_else(|| used_again(context, &numbered))
            .or_else(|| top_level_again(context, section, &lines))
            .or_else(|| lost_number(context, &lines, &numbered));
        findings.extend(finding);
    }
}

fn broken_sequence(context: &Context<'_>, lines: &[Span], numbered: &[Numbered]) -> Option<Finding> {
    let language = context.language;
    // After a list inside an item, the outer numbering continues.
    let mut outer: Vec<u8> = Vec::new();
    let mut broken = None;
    for (index, pair) in numbered.windows(2).enumerate() {
        let [before, this] = pair else { continue };
        let due = before.number.saturating_add(1);
        if this.number == due {
            continue;
        }
        if this.number == 1 && before.number != 1 {
            outer.push(before.number);
        } else if let Some(at) = outer.iter().rposition(|number| number.saturating_add(1) == this.number) {
            outer.truncate(at);
        } else if !counted_inside(context, lines, before, this) {
            broken = Some((index + 1, due));
            break;
        }
    }
    let (index, due) = broken?;
    let this = numbered.get(index)?;
    let written = context.text(this.mark);
    let wanted = format!("（{}）", ordinal(due));
    let message = match this.number < due {
        true => say!(
            language,
            "序号“{written}”重复，应为“{wanted}”",
            "The number {written} is already used; it should be {wanted}"
        ),
        false => say!(
            language,
            "序号不连续，“{written}”应为“{wanted}”，或者缺了一项",
            "The numbers have a gap: {written} should be {wanted}, or an item is missing"
        ),
    };
    // The rest of the sequence is renumbered too.
    let mut next = due;
    let mut last = this.number;
    let mut edits = Vec::new();
    for other in numbered.get(index..)? {
        if !edits.is_empty() && other.number != last.saturating_add(1) {
            break;
        }
        last = other.number;
        edits.push(TextEdit { span: other.mark, content: format!("（{}）", ordinal(next)) });
        next = next.saturating_add(1);
    }
    let title = say!(language, "从这里起重排序号", "Renumber from here");
    Some(Finding::new(&RULE, this.mark, message).fix(Fix::doubtful(title, edits)))
}

/// A list inside an item that is numbered as the items are, `（一）（二）` below `（三）`: one finding for the whole list.
fn used_again(context: &Context<'_>, numbered: &[Numbered]) -> Option<Finding> {
    let language = context.language;
    let (start, end) = numbered.iter().enumerate().skip(1).find_map(|(start, first)| {
        let outer = numbered.get(start - 1)?.number;
        if first.number != 1 || outer == 1 {
            return None;
        }
        let rest = numbered.get(start..)?;
        let length = rest.iter().zip(1u8..).take_while(|(item, number)| item.number == *number).count();
        // The outer numbers go on after it: else it may be a second list.
        let next = rest.get(length)?;
        (length >= 2 && next.number == outer.saturating_add(1)).then_some((start, start + length))
    })?;
    let (list, outer) = (numbered.get(start..end)?, numbered.get(start - 1)?);
    let (first, above) = (list.first()?, context.text(outer.mark));
    let message = say!(
        language,
        "“{above}”之下的各项又用“（一）（二）”编号，与上一级相同；下一级一般用“1.”“2.”",
        "The items below {above} are numbered （一）（二） again, like the level above; use 1. and 2. for them"
    );
    let edits = list.iter().map(|item| TextEdit { span: item.mark, content: format!("{}.", item.number) }).collect();
    let title = say!(language, "改用“1.”“2.”编号", "Number them 1. and 2.");
    Some(Finding::new(&RULE, first.mark, message).fix(Fix::doubtful(title, edits)))
}

/// `一、` of a line, with the mark that follows the numeral.
fn top_level_number(line: &str) -> Option<(u8, usize)> {
    // No more than two characters.
    let (end, _) = line.char_indices().take(7).find(|(_, c)| *c == '、')?;
    let numeral = line.get(..end).filter(|numeral| (1..=6).contains(&numeral.len()))?;
    if numeral.starts_with(|c: char| c.is_ascii()) {
        return None;
    }
    Some((chinese_numeral(numeral.trim())?, end + '、'.len_utf8()))
}

/// Items inside `section` that are numbered `一、二、三` as the sections are: one finding for the whole list.
fn top_level_again(context: &Context<'_>, section: Section, lines: &[Span]) -> Option<Finding> {
    let language = context.language;
    let mut list: Vec<(u8, Span)> = Vec::new();
    for span in lines {
        let Some((number, length)) = top_level_number(context.text(*span)) else { continue };
        let due = list.last().map_or(1, |(last, _)| last.saturating_add(1));
        if number == due {
            list.push((number, Span::new(span.start, span.start + length)));
        }
    }
    // One alone is no list.
    let (_, first) = *list.first().filter(|_| list.len() >= 2)?;
    let heading = context.report.section(section)?;
    let name = context.text(heading.name);
    let message = say!(
        language,
        "“{name}”之内又从“一、”起编号，与六个部分的序号重复；应改用“（一）（二）”",
        "Inside “{name}” the numbers start at 一、 again, like those of the six sections; use （一）（二）"
    );
    let severity = if section == Section::Overview { Severity::Warning } else { Severity::Info };
    let edits = list
        .iter()
        .map(|(number, span)| TextEdit { span: *span, content: format!("（{}）", ordinal(*number)) })
        .collect();
    let title = say!(language, "改用“（一）（二）”编号", "Number them （一）（二）");
    Some(Finding::new(&RULE, first, message).severity(severity).fix(Fix::doubtful(title, edits)))
}

/// Whether a number between the two is inside a line before `this`: `（一）……；（二）……` in one paragraph.
fn counted_inside(context: &Context<'_>, lines: &[Span], before: &Numbered, this: &Numbered) -> bool {
    let Some(due) = this.number.checked_sub(1) else { return false };
    let mark = format!("({})", ordinal(due));
    lines.get(before.at..this.at).unwrap_or_default().iter().any(|span| context.line(*span).folded().contains(&mark))
}

/// The largest number of characters of a sub-heading in a line of its own.
const HEADING: usize = 30;

/// A line without a number that looks like the numbered sub-headings before it.
fn lost_number(context: &Context<'_>, lines: &[Span], numbered: &[Numbered]) -> Option<Finding> {
    let language = context.language;
    let length = |span: &Span| {
        let line = context.line(*span);
        *line.letters.get_or_init(|| key_length(line.text(), 2 * HEADING + 1))
    };
    let is_heading = |span: &Span| (5..=HEADING).contains(&length(span));
    // Several sub-headings in lines of their own, each with a longer text after it, set the pattern.
    if numbered.len() < 3 || !numbered.iter().all(|line| lines.get(line.at).is_some_and(is_heading)) {
        return None;
    }
    let last = numbered.last()?;
    let (_, span) = lines.iter().enumerate().skip(last.at + 1).find(|(at, span)| {
        if !is_heading(span) {
            return false;
        }
        // The line above and the one below are running text.
        let above = || at.checked_sub(1).and_then(|above| lines.get(above)).map_or(0, length);
        let below = || lines.get(at + 1).map_or(0, length);
        let text = context.text(**span);
        let opens = text.chars().next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let listed =
            || ["一", "二", "三", "四", "五", "首先", "其次", "第"].iter().any(|start| text.starts_with(start));
        let spoken = || text.contains(|c: char| c.is_numeric()) || text.ends_with(['：', ':', '；', '，']);
        opens && !listed() && !spoken() && above() > HEADING && below() > 2 * HEADING
    })?;
    let due = format!("（{}）", ordinal(last.number.saturating_add(1)));
    let text = context.text(*span);
    let message = say!(language, "小标题“{text}”漏了序号“{due}”", "The sub-heading “{text}” lacks its number {due}");
    let title = say!(language, "补上“{due}”", "Insert {due}");
    let edits = vec![TextEdit { span: Span::at(span.start), content: due }];
    Some(Finding::new(&RULE, *span, message).fix(Fix::doubtful(title, edits)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn gaps_and_repeats() {
        let source = report(2022);
        reports("GK110", Severity::Info, &source.replace("（二）依申请公开情况。\n", "").replace("（三）", "⟦（三）⟧"));
        let gap = source.replace("（二）依申请公开情况。\n", "");
        let fixed = gap.replacen("（三）政府", "（二）政府", 1).replacen("（四）政府", "（三）政府", 1).replacen(
            "（五）监督",
            "（四）监督",
            1,
        );
        offers("GK110", &gap, &fixed);
        reports("GK110", Severity::Info, &source.replacen("（三）政府", "⟦(二)⟧政府", 1));
    }

    #[test]
    fn a_lost_number() {
        let source = report(2022);
        let long = "我局按照要求做好各项工作，".repeat(8);
        let text = |mark: &str| {
            format!(
                "（一）主动公开\n{long}\n（二）依申请公开\n{long}\n（三）政府信息管理和平台\n{long}\n{mark}监督保障有力\n{long}\n"
            )
        };
        let from = source.find("（一）主动").unwrap();
        let to = source.find("\n二、主动").unwrap();
        let with = |mark: &str| format!("{}{}{}", &source[..from], text(mark), &source[to..]);
        reports("GK110", Severity::Info, &with("").replace("监督保障有力", "⟦监督保障有力⟧"));
        offers("GK110", &with(""), &with("（四）"));
        silent("GK110", &with("一是"));
        silent("GK110", &with("（四）"));
    }

    #[test]
    fn numbers_in_sequence() {
        let source = report(2022);
        silent(
            "GK110",
            &source.replace("（二）依申请公开情况。\n", "").replace("信息12条。", "信息12条。（二）依申请公开情况。"),
        );
        silent(
            "GK110",
            &source
                .replace("（三）政府信息管理情况。", "（三）政府信息管理情况。\n（一）登记\n（二）审查")
                .replace("（四）", "（三）")
                .replace("（五）", "（四）"),
        );
        // Two lists, each numbered for itself.
        silent(
            "GK110",
            &source.replace(
                "存在的主要问题是",
                "问题：\n（一）内容少\n（二）形式少\n改进：\n（一）多公开\n（二）勤更新\n存在的主要问题是",
            ),
        );
        silent("GK110", &source.replace("（一）主动公开情况。", "按照第二十条第（五）项，"));
    }

    #[test]
    fn a_repeat_is_told_from_a_gap() {
        let source = report(2022);
        let (message, _) = said("GK110", &source.replace("（二）依申请公开情况。\n", ""));
        assert_eq!(message, "序号不连续，“（三）”应为“（二）”，或者缺了一项");
        let (message, _) = said("GK110", &source.replacen("（三）政府", "（二）政府", 1));
        assert_eq!(message, "序号“（二）”重复，应为“（三）”");
    }

    #[test]
    fn numbers_of_the_level_above() {
        let source = report(2022);
        let inner = |mark: &str| format!("（三）政府信息管理情况。\n{mark}登记\n（二）审查");
        let nested = |mark: &str| source.replace("（三）政府信息管理情况。", &inner(mark));
        reports("GK110", Severity::Info, &nested("⟦（一）⟧"));
        offers(
            "GK110",
            &nested("（一）"),
            &source.replace("（三）政府信息管理情况。", "（三）政府信息管理情况。\n1.登记\n2.审查"),
        );
    }

    #[test]
    fn numbers_of_the_sections_inside_a_section() {
        let source = report(2022);
        let mut inside = source.clone();
        for (number, name) in
            [("一", "主动公开"), ("二", "依申请"), ("三", "政府信息管"), ("四", "政府信息公开平"), ("五", "监督")]
        {
            inside = inside.replacen(&format!("（{number}）{name}"), &format!("{number}、{name}"), 1);
        }
        reports("GK110", Severity::Warning, &inside.replacen("\n一、主动", "\n⟦一、⟧主动", 1));
        offers("GK110", &inside, &source);
        let problems = source.replace("存在的主要问题是", "一、内容不多\n二、形式单一\n存在的主要问题是");
        reports("GK110", Severity::Info, &problems.replace("一、内容", "⟦一、⟧内容"));
        // One alone is no list.
        silent("GK110", &source.replace("存在的主要问题是", "一、内容不多\n存在的主要问题是"));
    }

    /// The overview with these lines for its sub-headings and what is under them.
    fn overview(lines: &[&str]) -> String {
        let source = report(2022);
        let from = source.find("（一）主动").unwrap();
        let to = source.find("\n二、主动").unwrap();
        format!("{}{}\n{}", &source[..from], lines.join("\n"), &source[to..])
    }

    #[test]
    fn what_makes_a_line_a_sub_heading_that_lost_its_number() {
        let long = "我局按照要求做好各项工作".repeat(8);
        let long = long.as_str();
        let start = ["（一）主动公开", long, "（二）依申请公开", long, "（三）政府信息管理和平台", long];
        let with = |rest: &[&str]| overview(&[&start, rest].concat());
        reports("GK110", Severity::Info, &with(&["⟦监督保障有力⟧", long]));
        for rest in [["监督保障有力2次", long], ["监督保障有力：", long], [long, long]] {
            silent("GK110", &with(&rest));
        }
        // More than thirty characters above it, more than sixty below.
        let (thirty, sixty) = ("办".repeat(30), "办".repeat(60));
        silent("GK110", &with(&[&thirty, "监督保障有力", long]));
        silent("GK110", &with(&["监督保障有力", &sixty]));
        reports("GK110", Severity::Info, &with(&[&format!("{thirty}理"), "⟦监督保障有力⟧", &format!("{sixty}理")]));
        // Two numbers set no pattern, nor do numbers that open a sentence.
        silent("GK110", &overview(&["（一）主动公开", long, "（二）依申请公开", long, "监督保障有力", long]));
        let sentence = format!("（三）{long}");
        silent(
            "GK110",
            &overview(&["（一）主动公开", long, "（二）依申请公开", long, &sentence, "监督保障有力", long]),
        );
        // It is after the last number.
        silent("GK110", &overview(&[&["（一）主动公开", long, "监督保障有力", long], &start[2..]].concat()));
    }
}
