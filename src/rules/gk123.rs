//! GK123 date-late: the report is dated late, or not at all.

use super::context::Context;
use super::dates::date_end;
use super::{Finding, Rule, RuleMeta, Severity, WORDS};
use crate::config::MonthDay;
use crate::report::{Facets, Paragraph, YearMention};
use crate::say;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    meta: RuleMeta {
        code: "GK123",
        name: "date-late",
        severity: Severity::Warning,
        title: ["报告日期", "The date"],
        documentation: [CHINESE, ENGLISH],
    },
    reads: WORDS.and(Facets::YEAR),
    check,
};

const CHINESE: &str = "\
## 检查内容

落款日期是否在期限之内：部门的年度报告为次年 1 月 31 日前，各级政府的为 3 月 31 日前。没有日期的作提示。

## 依据

《政府信息公开条例》第四十九条。

## 示例

不符：档案局 2022 年的报告，落款为“2023年2月20日”。

相符：落款为“2023年1月20日”。

## 如何修正

日期如实填写，不自动修正。

## 配置

可用 `ignore` 关闭；期限由 `[dates]` 的 `department`（部门）和 `government`（一级政府）设定，如 `department = \"02-15\"`。
";

const ENGLISH: &str = "\
## What it checks

Whether the report is dated in time: a department’s by 31 January of the next year, a government’s by 31 March. A missing date is an information.

## Why

Article 49 of the Regulation.

## Example

Fires: the report of an archive office for 2022 is dated `2023年2月20日`.

Silent: it is dated `2023年1月20日`.

## How it is fixed

The date has to be the true one; there is no automatic fix.

## Configuration

Switched off by `ignore`. The last days are set by `department` and `government` in `[dates]`, as `department = \"02-15\"`.
";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let Some((year, _)) = report.year else { return };
    let (Some(first), Some(last)) = (report.sections.first(), report.sections.last()) else { return };
    let is_date_line = |line: &Paragraph| {
        let words = context.line(line.span);
        let text = words.folded();
        text.chars().count() <= 40 && !text.contains(['。', ',', ';'])
    };
    let dated = |line: &Paragraph| -> Option<YearMention> {
        let mention = line.years.iter().rfind(|mention| mention.date.is_some() && !mention.quoted).copied();
        mention.filter(|_| is_date_line(line))
    };
    let lines = || report.paragraphs.iter();
    let closing = lines().rev().take_while(|line| line.span.start > last.span.start).find_map(dated);
    let opening = lines().take_while(|line| line.span.start < first.span.start).find_map(dated);
    let Some(mention) = closing.or(opening) else {
        // The page may tell in another form when it was published.
        let told = lines()
            .filter(|line| line.span.start < first.span.start || line.span.start > last.span.start)
            .any(|line| is_date_line(line) && has_numeric_date(context.line(line.span).folded()));
        if !told && last.section.is_some() {
            let span =
                lines().rev().map(|line| line.span).find(|span| span.start > last.span.start).unwrap_or(last.span);
            let message = say!(language, "报告末尾没有日期", "The report does not end in a date");
            findings.push(Finding::new(&RULE, span, message).severity(Severity::Info));
        }
        return;
    };
    let Some((month, day)) = mention.date else { return };
    let government = report.body().is_none_or(|body| body.is_government());
    let deadlines = context.settings.deadlines;
    let MonthDay { month: last_month, day: last_day } =
        if government { deadlines.government } else { deadlines.department };
    let next = year.saturating_add(1);
    if (mention.year, month, day) <= (next, last_month, last_day) {
        return;
    }
    let written = Span::new(mention.span.start, date_end(context, &mention));
    let message = match government {
        true => say!(
            language,
            "{year} 年的报告应在 {next} 年 {last_month} 月 {last_day} 日前公布，落款为“{}”",
            "The report for {year} was due by {next}-{last_month:02}-{last_day:02}; it is dated “{}”",
            context.text(written)
        ),
        false => say!(
            language,
            "{year} 年的报告应在 {next} 年 {last_month} 月 {last_day} 日前报送并公布，落款为“{}”",
            "The report for {year} was due by {next}-{last_month:02}-{last_day:02}; it is dated “{}”",
            context.text(written)
        ),
    };
    findings.push(Finding::new(&RULE, written, message));
}

/// `2023-01-20`, `2023.1.20`, `2023/1/20`.
fn has_numeric_date(folded: &str) -> bool {
    let parts: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).collect();
    parts.windows(3).any(|window| match window {
        [year, month, day] => year.len() >= 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len()),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::rules::testing::*;

    #[test]
    fn late() {
        let source = report(2022);
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "⟦2023年2月20日⟧"));
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "  ⟦2024 年 1 月 5 日⟧"));
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "⟦二〇二三年二月一日⟧"));
        let government = source.replace("云岭市档案局", "云岭市人民政府");
        reports("GK123", Severity::Warning, &government.replace("2023年1月20日", "⟦2023年4月1日⟧"));
    }

    #[test]
    fn the_last_day_is_as_set() {
        let source = report(2022);
        let mut settings = Settings { select: vec!["GK123".to_owned()], ..Settings::default() };
        settings.deadlines.department = MonthDay { month: 1, day: 19 };
        assert_eq!(findings_under(&settings, &source).len(), 1);
        settings.deadlines.department = MonthDay { month: 1, day: 20 };
        assert_eq!(findings_under(&settings, &source), []);
    }

    #[test]
    fn no_date() {
        let source = report(2022);
        let without = source.replace("云岭市档案局\n2023年1月20日\n", "⟦云岭市档案局⟧\n");
        reports("GK123", Severity::Info, &without);
    }

    #[test]
    fn in_time() {
        let source = report(2022);
        silent("GK123", &source);
        silent("GK123", &source.replace("2023年1月20日", "2023年1月31日"));
        silent("GK123", &source.replace("2023年1月20日", "（发布日期：2023-02-20）"));
        silent("GK123", &source.replace("云岭市档案局", "云岭市人民政府").replace("2023年1月20日", "2023年3月31日"));
        silent("GK123", &source.replace("云岭市档案局2022", "云岭市2022").replace("2023年1月20日", "2023年3月1日"));
        // A date in a sentence is not that of the report.
        silent("GK123", &source.replace("信息处理费。", "信息处理费。\n自2023年5月1日起，执行新的收费标准。"));
    }

    #[test]
    fn a_date_at_the_top_of_the_page() {
        let source = report(2022).replace("云岭市档案局\n2023年1月20日\n", "云岭市档案局\n");
        let at_top = |line: &str| source.replacen("一、总体", &format!("{line}\n一、总体"), 1);
        reports("GK123", Severity::Warning, &at_top("发布日期：⟦2023年2月20日⟧"));
        silent("GK123", &at_top("发布日期：2023年1月20日"));
        silent("GK123", &at_top("发布日期：2023-01-20"));
    }

    #[test]
    fn the_last_date_of_the_line_and_no_date_of_a_sentence() {
        let source = report(2022);
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "⟦2023年2月20日⟧（2024年印发）"));
        let sentence = "自2023年5月1日起，执行新的收费标准。";
        reports("GK123", Severity::Info, &source.replace("2023年1月20日", &format!("⟦{sentence}⟧")));
    }

    #[test]
    fn dates_in_digits() {
        for date in ["2023-01-20", "2023.1.20", "日期2023/1/2 10:00"] {
            assert!(has_numeric_date(date), "{date}");
        }
        for other in ["202-01-20", "12-01-20", "1-1-20", "2023-001-20", "2023-01-200", "2023--20", "20230120"] {
            assert!(!has_numeric_date(other), "{other}");
        }
    }
}
