//! GK122 period: the period is missing or no year.

use crate::report::Facets;
use crate::report::page_writer::Side;
use crate::rules::support::context::Context;
use crate::rules::support::dates::{Period, is_whole_year, says_period};
use crate::rules::{Finding, Fix, Related, Severity, WORDS};
use crate::say;
use crate::text::TextEdit;

rule! {
    code: "GK122",
    name: "period",
    severity: Error,
    reads: WORDS.and(Facets::YEAR).and(Facets::MARKS),
    title: ["统计期限缺失或有误", "The period is missing or wrong"],
    checks: [
        "是否写明统计期限，并且是报告年度的 1 月 1 日至 12 月 31 日。没有写明的、写明两次的作提示。分行写的也能认出。",
        "Whether the period is stated, and runs from 1 January to 31 December of the report year. A missing statement and a repeated one are information. The statement may be split over lines.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条、第五十条：年度报告报告一个年度的工作。",
        "Articles 49 and 50 of the Regulation: the report is on one year.",
    ],
    example: [
        "\
不符：“统计期限自2022年1月1日起至2022年11月30日止”。

相符：“统计期限自2022年1月1日起至2022年12月31日止”；“2022年1月1日至12月31日”。",
        "\
Fires: `统计期限自2022年1月1日起至2022年11月30日止`.

Silent: `统计期限自2022年1月1日起至2022年12月31日止`, `2022年1月1日至12月31日`.",
    ],
    fix: [
        "没有写明的，插入一句；期限写错的，改为整年。都需核对，不自动修正。",
        "The fix inserts a missing statement, and changes a wrong one to the whole year. Both have to be checked, so neither fix is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let year = report.year.map(|(year, _)| year);
    let periods = context.periods();
    let stated = || periods.iter().filter(|period| period.is_stated);
    let wrong = stated().find(|period| is_whole_year(period).is_none());
    if let Some(period) = wrong.or_else(|| stated().next()).or_else(|| periods.first()) {
        // A whole year that is not the title's is another finding.
        if is_whole_year(period).is_some() {
            findings.extend(stated_twice(context, stated()));
            return;
        }
        let written = context.text(period.span);
        let year = year.unwrap_or(period.start.0);
        let message = say!(
            language,
            "统计期限应为 {year} 年 1 月 1 日至 12 月 31 日，现为“{written}”",
            "The period should be 1 January to 31 December {year}; it says “{written}”"
        );
        let content = format!("{year}年1月1日起至{year}年12月31日");
        let title = say!(language, "改为“{content}”", "Change it to “{content}”");
        let fix = Fix::doubtful(title, vec![TextEdit { span: period.span, content }]);
        findings.push(Finding::new(&RULE, period.span, message).fix(fix));
        return;
    }
    let Some(first) = report.sections.iter().find(|heading| heading.section.is_some()) else { return };
    if says_period(context.report, context.source) {
        return;
    }
    let message = say!(
        language,
        "没有写明统计期限（1 月 1 日至 12 月 31 日）",
        "The period (1 January to 31 December) is not stated"
    );
    let mut finding = Finding::new(&RULE, first.span, message).severity(Severity::Info);
    if let Some(year) = year {
        let sentence = format!("本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。");
        let title = say!(language, "在第一部分之前插入一句", "Insert a sentence before the first section");
        finding = match context.page {
            Some(_) => context.with_line(finding, title, (first.span, Side::Before), &sentence),
            None => {
                // Without the marks of the heading.
                let span = crate::text::Span::at(context.line_start(first.span.start));
                let content = format!("{sentence}{}", context.line_break());
                finding.fix(Fix::doubtful(title, vec![TextEdit { span, content }]))
            }
        };
    }
    findings.push(finding);
}

/// The second of the periods `stated`, if it says the same as the first.
fn stated_twice<'a>(context: &Context<'_>, mut stated: impl Iterator<Item = &'a Period>) -> Option<Finding> {
    let language = context.language;
    let first = stated.next()?;
    let second = stated.find(|other| (other.start, other.end) == (first.start, first.end))?;
    let message = say!(language, "统计期限写了两次，留一处即可", "The period is stated twice; once is enough");
    let there = Related { span: first.span, message: say!(language, "第一次写明", "It is stated here first") };
    Some(Finding::new(&RULE, second.span, message).severity(Severity::Info).related([there]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    const PERIOD: &str = "自2022年1月1日起至2022年12月31日止";

    #[test]
    fn a_period_that_is_no_year() {
        let source = report(2022);
        reports("GK122", Severity::Error, &source.replace(PERIOD, "为⟦2022年1月1日-2023年1月1日⟧"));
        offers("GK122", &source.replace(PERIOD, "自2022年1月1日起至2022年11月30日止"), &source);
    }

    #[test]
    fn no_period_at_all() {
        let source = report(2022);
        let sentence = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n";
        let without = source.replace(sentence, "");
        offers("GK122", &without, &without.replace("一、总体情况", &format!("{sentence}一、总体情况")));
    }

    #[test]
    fn a_whole_year() {
        let source = report(2022);
        for other in [
            "为2022年1月1日至12月31日",
            "自 2022 年 1 月 1 日起至 2022 年 12 月 31 日止",
            "为２０２２年１月１日—１２月３１日",
            "从二〇二二年一月一日到十二月三十一日",
            "为2022年1-12月",
        ] {
            silent("GK122", &source.replace(PERIOD, other));
        }
        // Another whole year is another finding, and other spans of time are not periods.
        silent("GK122", &source.replace("2022年1月1日起至2022年12月31日", "2021年1月1日起至2021年12月31日"));
        silent("GK122", &source.replace("我局主动", "2022年3月1日至2022年3月31日为宣传月。我局主动"));
    }

    #[test]
    fn without_the_words_a_whole_year_is_the_period() {
        let sentence = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n";
        let year = "2022年1月1日至12月31日，我局加强公开工作。\n";
        let campaign = "2022年3月1日至2022年3月31日为宣传月。\n";
        let source = report(2022);
        silent("GK122", &source.replace(sentence, year));
        silent("GK122", &source.replace(sentence, &format!("{campaign}{year}")));
        let marked = source.replace(sentence, campaign).replace("一、总体情况", "⟦一、总体情况⟧");
        reports("GK122", Severity::Info, &marked);
    }

    #[test]
    fn dates_of_other_things_beside_the_period() {
        let source = report(2022);
        for before in [
            // In the same line, but another sentence.
            "2022年3月1日至2022年3月31日为宣传月。本报告所列",
            // Two dates and no period.
            "数据统计工作于2022年3月1日启动，2022年12月20日完成。本报告所列",
            // The title of another document.
            "统计期限不同于《2022年3月1日至2022年3月31日宣传月总结》。本报告所列",
        ] {
            silent("GK122", &source.replace("本报告所列", before));
        }
    }

    #[test]
    fn a_period_over_lines() {
        let source = report(2022);
        for other in [
            "自2022\n年1月1日起至2022年12月31日止",
            "自 2022\n年 1 月 1 日起至 2022 年 12 月 31 日止",
            "自2022年1月1\n日起至12月\n31日止",
            "自2022年1月1日\n起至2022年12月31日止",
        ] {
            silent("GK122", &source.replace(PERIOD, other));
        }
        reports("GK122", Severity::Error, &source.replace(PERIOD, "自⟦2022\n年1月1日起至2022年11月\n30日⟧止"));
    }

    #[test]
    fn a_period_stated_twice() {
        let source = report(2022);
        let twice = source.replace("我局主动公开政府信息12条。", "数据统计期限为⟦2022年1月1日至12月31日⟧。");
        reports("GK122", Severity::Info, &twice);
        // Of two periods, the wrong one is reported.
        let wrong = source.replace("我局主动公开政府信息12条。", "数据统计期限为⟦2022年1月1日至11月30日⟧。");
        reports("GK122", Severity::Error, &wrong);
        // A year given as two dates is not by itself a statement of the period.
        silent("GK122", &source.replace("我局主动公开政府信息12条。", "2022年1月1日至12月31日，我局公开12条。"));
    }
}
