//! GK606 boilerplate: general or borrowed wording.

use crate::report::Paragraph;
use crate::rules::support::context::Context;
use crate::rules::support::line_content::LineContent;
use crate::rules::support::running_text::is_numeral;
use crate::rules::{Finding, WORDS};
use crate::say;
use crate::statute::Section;
use crate::text::{CharacterSet, Span, WordSet};
use std::sync::LazyLock;

rule! {
    code: "GK606",
    name: "boilerplate",
    severity: Info,
    reads: WORDS,
    title: ["内容空泛或照搬", "The wording is general or borrowed"],
    checks: [
        "总体情况全文没有一个数据；或者部门的报告里出现“各级政府部门”“多数部门”等只有政府汇总报告才用的说法。",
        "The overview has no figure at all; or a department's report mentions 各级政府部门 or 多数部门, as only a government's report would.",
    ],
    basis: [
        "国办公开办函〔2021〕30号：出现内容雷同、敷衍塞责等问题并造成不良后果的，依据《条例》第四十七条严肃追究责任。",
        "国办公开办函〔2021〕30号 warns of reports whose content is the same as others, or perfunctory, and of the responsibility under Article 47.",
    ],
    example: [
        "\
不符：总体情况只写“认真贯彻落实，公开工作有序开展”；某局的报告写“多数部门公开不够及时”。

相符：“主动公开政府信息12条，未收到申请”；“我局公开不够及时”。",
        "\
Fires: An overview that says no more than `公开工作有序开展`; `多数部门公开不够及时` in the report of one department.

Silent: `主动公开政府信息12条，未收到申请`; `我局公开不够及时`.",
    ],
    fix: [
        "由填报人补充或改写，不自动修正。",
        "Only the author can write what happened.",
    ],
}

/// Words of a report on many departments.
const OF_MANY: &[&str] = &["各级政府部门", "大多数部门", "多数部门", "大部分部门"];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let overview: Vec<&Paragraph> =
        context.report.paragraphs.iter().filter(|paragraph| paragraph.section == Some(Section::Overview)).collect();
    if let Some(heading) = context.report.section(Section::Overview)
        && !overview.is_empty()
        && !overview.iter().any(|paragraph| states_figure(context, paragraph.span))
    {
        let name = context.text(heading.name);
        let message = say!(
            language,
            "“{name}”没有一个数据，内容空泛；请写明公开、申请、答复等的数量",
            "“{name}” has no figure at all: state how much was disclosed, applied for and answered"
        );
        findings.push(Finding::new(&RULE, heading.name, message));
    }
    if !context.report.body().is_some_and(|body| body.is_department()) {
        return;
    }
    for paragraph in &context.report.paragraphs {
        let line = context.line(paragraph.span);
        let first = line.of_many.get_or_init(|| {
            static KNOWN: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(OF_MANY.iter().copied()));
            line.found(&KNOWN).next().map(|(at, word)| (at, OF_MANY[word]))
        });
        let Some((at, words)) = *first else { continue };
        let message = say!(
            language,
            "“{words}”像是照搬政府汇总报告的说法；本机关的报告应写本机关的情况",
            "“{words}” reads like a government's report on many departments; this report should describe its own body"
        );
        findings.push(Finding::new(&RULE, Span::new(at, at + words.len()).shift(paragraph.span.start), message));
    }
}

fn states_figure(context: &Context<'_>, span: Span) -> bool {
    let line = context.line(span);
    *line.has_figure.get_or_init(|| has_figure(&line))
}

/// Digits, and numerals.
const NUMBERS: CharacterSet = CharacterSet::new(&[
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '０', '１', '２', '３', '４', '５', '６', '７', '８', '９', '〇',
    '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百',
]);

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a line states any figure: a number that is no date, no number of a list or a document, or a word for none.
fn has_figure(line: &LineContent) -> bool {
    static NONE: LazyLock<WordSet> =
        LazyLock::new(|| WordSet::new(["未收到", "没有收到", "未产生", "未发生", "为零", "零申请"]));
    if line.found(&NONE).next().is_some() {
        return true;
    }
    if !line.characters().may_meet(&NUMBERS) {
        return false;
    }
    let line: Vec<char> = line.text().chars().collect();
    let mut quoted = 0usize;
    let mut index = 0;
    while let Some(c) = line.get(index).copied() {
        let start = index;
        index += 1;
        match c {
            '《' => quoted += 1,
            '》' => quoted = quoted.saturating_sub(1),
            _ => {}
        }
        let digits = is_digit(c);
        if quoted > 0 || !(digits || is_numeral(c)) {
            continue;
        }
        let same = |c: char| if digits { is_digit(c) || c == '.' || c == ',' } else { is_numeral(c) };
        while line.get(index).is_some_and(|c| same(*c)) {
            index += 1;
        }
        let before = line.get(..start).and_then(|line| line.iter().rev().copied().find(|c| !c.is_whitespace()));
        let after = line.get(index..).and_then(|line| line.iter().copied().find(|c| !c.is_whitespace()));
        if digits {
            let dated = matches!(after, Some('年' | '月' | '日' | '号' | '、' | '）' | ')'));
            let named = before.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '第' | '〔' | '[' | '（' | '('));
            // `1.主动公开` at the start of a line: the point was taken for part of the number.
            let listed = start == 0;
            if !dated && !named && !listed {
                return true;
            }
        } else {
            // One and ten are in set phrases.
            let plain = index == start + 1 && matches!(c, '一' | '十' | '百' | '零' | '〇');
            let counted = matches!(
                after,
                Some('件' | '条' | '项' | '次' | '份' | '期' | '篇' | '场' | '宗' | '起' | '余' | '多')
            );
            if counted && !plain && before != Some('第') {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn no_digit_or_numeral_is_overlooked() {
        for c in ('\0'..=char::MAX).filter(|c| is_digit(*c) || is_numeral(*c)) {
            assert!(NUMBERS.may_hold(c), "{c}");
        }
    }

    fn with(sentence: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", sentence)
    }

    #[test]
    fn an_overview_without_a_figure() {
        for sentence in [
            "我局认真贯彻落实条例，公开工作有序开展。",
            "一是加强领导；二是完善制度；第三，推进“一网通办”。",
            "按照国办发〔2022〕8号文件和《2022年政务公开工作要点》第3部分，做好公开工作。",
            "2022年12月，我局召开会议。",
            "\n1.主动公开。\n2、依申请公开。",
            "\n1.1主动公开工作有序。\n1.2依申请公开工作有序。",
        ] {
            let source = with(sentence).replace("一、总体情况", "一、⟦总体情况⟧");
            reports("GK606", Severity::Info, &source);
        }
    }

    #[test]
    fn figures_of_every_kind() {
        for sentence in [
            "公开12条。",
            "公开１２条。",
            "收到申请三件。",
            "本年未收到申请。",
            "公开十二条。",
            "办结率100%。",
            "公开信息共计 1,234 条。",
        ] {
            silent("GK606", &with(sentence));
        }
        // An empty section is another finding.
        silent(
            "GK606",
            "云岭市档案局2022年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n",
        );
    }

    #[test]
    fn figures_in_titles_do_not_count_and_those_behind_them_do() {
        let silent_title = with("按照《政务公开工作要点12条》做好公开工作。").replace("一、总体情况", "一、⟦总体情况⟧");
        reports("GK606", Severity::Info, &silent_title);
        silent("GK606", &with("按照《要点》做好公开工作，公开12条。"));
        silent("GK606", &with("按照《关于〈要点〉的通知》和《要点》公开12条。"));
    }

    #[test]
    fn one_and_ten_in_set_phrases_are_no_figures() {
        for sentence in ["我局召开一次会议，做好一项工作。", "一次会议部署工作。", "办好十条便民措施。"]
        {
            reports("GK606", Severity::Info, &with(sentence).replace("一、总体情况", "一、⟦总体情况⟧"));
        }
        silent("GK606", &with("我局召开十一次会议。"));
    }
}
