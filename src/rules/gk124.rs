//! GK124 preamble-list: the preamble lists other names than the headings.

use super::context::Context;
use super::{Finding, Related, Rule, RuleMeta, Severity, WORDS};
use crate::report::SectionHeading;
use crate::say;
use crate::statute::key;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    meta: RuleMeta {
        code: "GK124",
        name: "preamble-list",
        severity: Severity::Info,
        title: ["引言所列与标题不一致", "The preamble lists other sections"],
        documentation: [CHINESE, ENGLISH],
    },
    reads: WORDS,
    check,
};

const CHINESE: &str = "\
## 检查内容

引言中“由……六个部分组成”所列的名称与各部分的标题是否一致。

## 依据

引言便于阅读，应与正文一致；规定的名称见国办公开办函〔2021〕30号。

## 示例

不符：引言写“主动公开政府工作情况”，标题是“二、主动公开政府信息情况”。

相符：引言逐一照录各部分的标题，或者不列。

## 如何修正

改引言或者改标题，由填报人决定，不自动修正。

## 配置

可用 `ignore` 关闭。
";

const ENGLISH: &str = "\
## What it checks

Whether the names that the preamble lists (`由……六个部分组成`) are those of the headings.

## Why

The preamble should agree with the text; the names are those of 国办公开办函〔2021〕30号.

## Example

Fires: the preamble says `主动公开政府工作情况`, the heading is `二、主动公开政府信息情况`.

Silent: it lists the headings as they are, or none.

## How it is fixed

By changing the one or the other; there is no automatic fix.

## Configuration

Switched off by `ignore`.
";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let headings: Vec<&SectionHeading> = report.sections.iter().filter(|heading| heading.section.is_some()).collect();
    let Some(first) = headings.first() else { return };
    for line in report.paragraphs.iter().take_while(|line| line.span.start < first.span.start) {
        let words = context.line(line.span);
        let Some(list) = *words.list.get_or_init(|| list(words.text())) else { continue };
        let list = list.shift(line.span.start);
        let said = key(context.text(list));
        let other: Vec<&&SectionHeading> =
            headings.iter().filter(|heading| !said.contains(&key(context.text(heading.name)))).collect();
        // A list that has none of the headings is of something else.
        if other.is_empty() || other.len() == headings.len() {
            continue;
        }
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
        findings.push(Finding::new(&RULE, list, message).related(related));
        return;
    }
}

/// The list in `由……六个部分组成` or `包括……六部分`.
fn list(text: &str) -> Option<Span> {
    let ends = ["六个部分", "六部分", "6个部分", "6部分", "组成"];
    let end = ends.iter().filter_map(|word| text.find(word)).min()?;
    let before = text.get(..end)?;
    let starts = ["由", "包括", "包含", "分为", "："];
    let sentence = before.rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let start = starts
        .iter()
        .filter_map(|word| Some(sentence + before.get(sentence..)?.find(word)? + word.len()))
        .min()
        .filter(|start| *start < end);
    match start {
        Some(start) => Some(Span::new(start, end)),
        // 包括以下六个部分：……
        None => {
            let colon = text.get(end..)?.find(['：', ':'])?;
            let start = end + colon + text.get(end + colon..)?.chars().next()?.len_utf8();
            let rest = text.get(start..)?;
            let stop = rest.find('。').unwrap_or(rest.len());
            Some(Span::new(start, start + stop))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::*;

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
        silent("GK124", &report(2022));
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
}
