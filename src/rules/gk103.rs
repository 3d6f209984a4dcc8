//! GK103 section-missing: a section is missing.

use super::context::Context;
use super::{Finding, Fix, Rule, RuleMeta, Severity};
use crate::report::Facets;
use crate::say;
use crate::statute::{Section, TableKind};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    meta: RuleMeta {
        code: "GK103",
        name: "section-missing",
        severity: Severity::Error,
        title: ["缺少法定章节", "A section is missing"],
        documentation: [CHINESE, ENGLISH],
    },
    reads: Facets::LABELS.and(Facets::TITLE).and(Facets::HEADINGS).and(Facets::MARKS),
    check,
};

const CHINESE: &str = "\
## 检查内容

年度报告应有的六个部分是否齐全：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。

## 依据

《政府信息公开条例》第五十条规定了年度报告应当包括的内容；国办公开办函〔2021〕30号规定了六个部分的格式。

## 示例

不符：第四部分之后直接是“六、其他需要报告的事项”。

相符：六个标题齐全，没有内容的部分写明情况。

## 如何修正

在应有的位置插入标准标题，由填报人补写内容，不自动修正。

## 配置

可用 `ignore` 关闭。
";

const ENGLISH: &str = "\
## What it checks

Whether all six sections of the report are there.

## Why

Article 50 of the Regulation lists what a report has to hold; 国办公开办函〔2021〕30号 prescribes the six sections.

## Example

Fires: section 四 is followed by `六、其他需要报告的事项`.

Silent: all six headings are there.

## How it is fixed

The standard heading is inserted where it belongs. Its content has to be written, so the fix is not safe.

## Configuration

Switched off by `ignore`.
";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    // Tables alone are a part of a report that somebody works on, not a report without sections.
    if report.title.is_none() && report.sections.is_empty() {
        return;
    }
    for section in Section::ALL.into_iter().filter(|section| report.section(*section).is_none()) {
        let Some((span, before)) = place(context, section) else { continue };
        let language = context.language;
        let heading = section.heading();
        let message = match before {
            true => say!(language, "此处之前缺少“{heading}”这一部分", "The section “{heading}” is missing before this"),
            false => say!(language, "此处之后缺少“{heading}”这一部分", "The section “{heading}” is missing after this"),
        };
        let mut finding = Finding::new(&RULE, span, message);
        if before {
            let message = say!(language, "在此之前插入标题“{heading}”", "Insert the heading “{heading}” before this");
            finding = finding.fix(Fix::doubtful(message, vec![context.line_before(span.start, &heading)]));
        }
        findings.push(finding);
    }
}

/// Where a missing section is reported: before its table, else before the next section, else after the last.
fn place(context: &Context<'_>, section: Section) -> Option<(Span, bool)> {
    let report = context.report;
    let table = TableKind::ALL.into_iter().find(|kind| kind.section() == section).and_then(|kind| report.table(kind));
    if let Some(table) = table {
        // The first label of the table stands above its first row.
        let first = report.labels.iter().find(|label| label.table == Some(table.spec.kind));
        return Some((first.map_or(table.span, |label| label.span), true));
    }
    let known = || report.sections.iter().filter_map(|heading| Some((heading.section?.0, heading.span)));
    if let Some((_, span)) = known().find(|(other, _)| *other > section) {
        return Some((span, true));
    }
    let last = known().map(|(_, span)| span).next_back();
    last.or(report.title.as_ref().map(|title| title.span)).map(|span| (span, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::*;

    #[test]
    fn a_missing_section_is_reported_where_it_belongs() {
        let source = report(2022);
        let without = source.replace("五、存在的主要问题及改进情况\n", "");
        reports("GK103", Severity::Error, &without.replace("六、其他需要报告的事项", "⟦六、其他需要报告的事项⟧"));
        let without = source.replace("三、收到和处理政府信息公开申请情况\n", "");
        reports("GK103", Severity::Error, &without.replacen("申请人情况", "⟦申请人情况⟧", 1));
        let source = source.replace('\n', "\r\n");
        let without = source.replace("二、主动公开政府信息情况\r\n\r\n", "");
        offers("GK103", &without, &without.replacen("第二十条", "二、主动公开政府信息情况\r\n第二十条", 1));
    }

    #[test]
    fn other_names_and_tables_alone_are_no_missing_sections() {
        silent(
            "GK103",
            &report(2022).replace("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
        );
        silent(
            "GK103",
            &report(2022).replace(
                "四、政府信息公开行政复议、行政诉讼情况",
                "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            ),
        );
        silent("GK103", &report(2022).replace("一、总体情况", "一、总体公开情况及措施"));
        let tables = report(2022);
        let tables = &tables[tables.find("申请人情况").unwrap()..tables.find("四、政府").unwrap()];
        silent("GK103", tables);
    }

    #[test]
    fn without_a_title_too() {
        let source = report(2022).replace("云岭市档案局2022年政府信息公开工作年度报告\n\n", "");
        let without = source.replace("五、存在的主要问题及改进情况\n", "");
        reports("GK103", Severity::Error, &without.replace("六、其他需要报告的事项", "⟦六、其他需要报告的事项⟧"));
    }

    #[test]
    fn the_heading_goes_before_the_next_section() {
        let source = report(2022).replace("五、存在的主要问题及改进情况\n\n", "");
        offers("GK103", &source, &source.replace("六、其他", "五、存在的主要问题及改进情况\n六、其他"));
    }
}
