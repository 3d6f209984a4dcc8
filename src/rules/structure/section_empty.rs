//! GK108 section-empty: section 五 has no content.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::{Finding, Severity};
use crate::say;
use crate::statute::{Section, key_length};
use crate::text::Span;

rule! {
    code: "GK108",
    name: "section-empty",
    severity: Error,
    reads: Facets::ALL,
    title: ["第五部分没有内容", "Section 五 has no content"],
    checks: [
        "“存在的主要问题及改进情况”是否有实际内容：空白、只写“无”或不足 10 个字的作错误；只写问题、没有一个字谈改进的作提示。",
        "Whether section 五 has any content: empty, `无`, or under ten characters is an error; problems without any word about improvement are information.",
    ],
    basis: [
        "《政府信息公开条例》第五十条要求报告“存在的主要问题及改进情况”；国办公开办函〔2021〕30号：出现内容雷同、敷衍塞责等问题并造成不良后果的，严肃追究责任。",
        "Article 50 of the Regulation asks for `存在的主要问题及改进情况`; 国办公开办函〔2021〕30号 warns of perfunctory reports.",
    ],
    example: [
        "\
不符：“五、存在的主要问题及改进情况”之下只写“无。”

相符：写明一两个具体问题和相应的改进情况。",
        "\
Fires: section 五 says `无。` and no more.

Silent: it names a problem or two and what was done about them.",
    ],
    fix: [
        "需由填报人补写，不自动修正。",
        "The author has to write it; there is no automatic fix.",
    ],
    configuration: [
        "少于多少字算作内容不足，由 `[thresholds]` 的 `GK108` 设定。",
        "`GK108` in `[thresholds]` sets how many characters count as content.",
    ],
}

/// Words about improvement.
const IMPROVEMENT: [&str; 20] = [
    "改进",
    "改善",
    "整改",
    "措施",
    "下一步",
    "今后",
    "将",
    "加强",
    "加大",
    "完善",
    "提升",
    "提高",
    "优化",
    "落实",
    "强化",
    "推进",
    "解决",
    "健全",
    "规范",
    "深化",
];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let least = usize::try_from(context.settings.threshold("GK108")).unwrap_or(usize::MAX);
    let report = context.report;
    let Some(index) = report.sections.iter().position(|h| h.section.is_some_and(|(s, _)| s == Section::Problems))
    else {
        return;
    };
    let Some((heading, after)) = report.sections.get(index..).and_then(|sections| sections.split_first()) else {
        return;
    };
    // Text under a heading that is not one of the six still belongs to the section.
    let end = after.iter().find(|next| next.section.is_some()).map_or(context.source.len(), |next| next.span.start);
    let lines: Vec<Span> = report
        .paragraphs
        .iter()
        .map(|line| line.span)
        .chain(after.iter().filter(|next| next.section.is_none()).map(|next| next.name))
        .filter(|span| heading.span.end <= span.start && span.end <= end)
        .collect();
    let language = context.language;
    let mut inside = 0;
    for span in &lines {
        inside += key_length(context.text(*span), least);
        // Most sections have enough text in their first line.
        if inside >= least {
            break;
        }
    }
    if inside < least {
        let all = lines.iter().copied().reduce(Span::cover);
        // There is a table or a picture, so the section is not empty.
        let whole = context.source.get(heading.span.end..end).unwrap_or_default();
        if key_length(whole, least) == least && !after.is_empty() {
            return;
        }
        let name = context.text(heading.name);
        let message = match all.map(|span| context.text(span)) {
            Some(written) if !written.contains(['\n', '\r']) => say!(
                language,
                "“{name}”只写了“{written}”，应写明具体问题和改进情况",
                "“{name}” contains only “{written}”; name the problems and what is done about them"
            ),
            _ => say!(
                language,
                "“{name}”没有内容，应写明具体问题和改进情况",
                "“{name}” is empty; name the problems and what is done about them"
            ),
        };
        findings.push(Finding::new(&RULE, all.unwrap_or(heading.span), message));
    } else if !lines.iter().any(|span| IMPROVEMENT.iter().any(|word| context.text(*span).contains(word))) {
        let message = say!(
            language,
            "这一部分只写了问题，没有写改进情况，请补写",
            "This section describes problems but no improvement: add what is done about them"
        );
        findings.push(Finding::new(&RULE, heading.span, message).severity(Severity::Info));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    const CONTENT: &str = "存在的主要问题是公开内容不够丰富，下一步将改进公开方式，提高公开质量。";

    #[test]
    fn nothing_to_the_point() {
        let source = report(2022);
        let heading = "五、存在的主要问题及改进情况";
        reports(
            "GK108",
            Severity::Error,
            &source.replace(CONTENT, " \u{3000}").replace(heading, &format!("⟦{heading}⟧")),
        );
    }

    #[test]
    fn problems_and_improvement() {
        let source = report(2022);
        silent("GK108", &source.replace(CONTENT, "公开的内容不够丰富，形式比较单一。\n\n五、改进措施\n\n多公开。"));
        silent("GK108", &source.replace(CONTENT, "（一）问题\n公开内容不够丰富。\n（二）今后打算\n多公开。"));
        silent("GK108", &source.replace("五、存在的主要问题及改进情况\n", ""));
    }

    #[test]
    fn ten_characters_are_enough() {
        silent("GK108", &report(2022).replace(CONTENT, "今后将改进公开的方式"));
        reports("GK108", Severity::Error, &report(2022).replace(CONTENT, "⟦今后改进公开的方式⟧"));
    }

    #[test]
    fn a_line_is_quoted_and_several_are_not() {
        let name = "存在的主要问题及改进情况";
        let (message, _) = said("GK108", &report(2022).replace(CONTENT, "无。"));
        assert_eq!(message, format!("“{name}”只写了“无。”，应写明具体问题和改进情况"));
        let (message, _) = said("GK108", &report(2022).replace(CONTENT, "无。\n没有。"));
        assert_eq!(message, format!("“{name}”没有内容，应写明具体问题和改进情况"));
    }

    #[test]
    fn all_lines_count_together() {
        let heading = "五、存在的主要问题及改进情况";
        let marked = report(2022).replace(heading, &format!("⟦{heading}⟧"));
        // Four characters, and enough after them; ten and no more: there is something, and nothing of improvement.
        for problems in ["一是不够。\n公开的内容不够丰富，形式比较单一，时效性不强。", "公开的内容不够丰富了。"]
        {
            reports("GK108", Severity::Info, &marked.replace(CONTENT, problems));
        }
    }

    #[test]
    fn a_table_is_something() {
        let table = "整改事项 | 已完成数量 | 未完成数量 |\n公开栏目设置 | 3 | 0 |\n信息发布时效 | 5 | 1 |";
        silent("GK108", &report(2022).replace(CONTENT, table));
    }
}
