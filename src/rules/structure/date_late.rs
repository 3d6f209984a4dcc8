//! GK123 date-late: the report is dated late, or not at all.

use crate::config::{Deadlines, Language, MonthDay};
use crate::report::{Facets, Paragraph, YearMention};
use crate::rules::support::context::Context;
use crate::rules::support::dates::{date_end, due};
use crate::rules::{Finding, Severity, WORDS};
use crate::say;
use crate::statute::Body;
use crate::text::Span;

rule! {
    code: "GK123",
    name: "date-late",
    severity: Warning,
    reads: WORDS.and(Facets::YEAR),
    title: ["落款日期缺失、过早或逾期", "The date is missing, too early or late"],
    checks: [
        "落款日期是否在期限之内：部门、乡镇（街道）、政府办公室的年度报告为次年 1 月 31 日前，汇总的报告县级为 2 月 20 日前、市级为 3 月 10 日前、省级为 3 月 31 日前。由机关名称不能确定级别（如县级市还是设区的市），而日期晚于其中较早的期限的，作提示；没有日期的，作提示；日期早于报告年度结束的，为警告。",
        "Whether the report is dated in time: by 31 January of the next year for a department, a township or the office of a government; reports on a region and all of its bodies by 20 February for a county, 10 March for a prefecture, 31 March for a province. If the name does not show the level (a city may have either) and the date is after the earlier of the days, the finding is information, and so is a missing date. A date before the end of the reported year is a warning.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条；市、县两级汇总报告的期限从通行的工作安排，可以配置。",
        "Article 49 of the Regulation; the days of counties and prefectures are the usual ones and can be configured.",
    ],
    example: [
        "\
不符：档案局 2022 年的报告，落款为“2023年2月20日”。

相符：落款为“2023年1月20日”。",
        "\
Fires: the report of an archive office for 2022 is dated `2023年2月20日`.

Silent: it is dated `2023年1月20日`.",
    ],
    fix: [
        "日期如实填写，不自动修正。",
        "The author has to write the true date; there is no automatic fix.",
    ],
    configuration: [
        "期限由 `[dates]` 的 `department`（部门、乡镇、政府办公室）、`county`（县级）、`prefecture`（市级）、`province`（省级）设定，如 `department = \"02-15\"`。",
        "The last days are set by `department`, `county`, `prefecture` and `province` in `[dates]`, for example `department = \"02-15\"`.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let Some((year, _)) = report.year else { return };
    let (Some(first), Some(last)) = (report.sections.first(), report.sections.last()) else { return };
    let lines = || report.paragraphs.iter();
    let Some(mention) = date(context) else {
        // The page may state its date of publication in another form.
        let told = lines()
            .filter(|line| line.span.start < first.span.start || line.span.start > last.span.start)
            .any(|line| is_date_line(context, line) && has_numeric_date(context.line(line.span).folded()));
        let told = told || report.page.as_ref().is_some_and(|page| page.published.is_some());
        if !told && last.section.is_some() {
            let span =
                lines().rev().map(|line| line.span).find(|span| span.start > last.span.start).unwrap_or(last.span);
            let message =
                say!(language, "报告末尾没有日期，请补上", "There is no date at the end of the report: add it");
            findings.push(Finding::new(&RULE, span, message).severity(Severity::Info));
        }
        return;
    };
    let Some((month, day)) = mention.date else { return };
    let written = Span::new(mention.span.start, date_end(context.source, &mention));
    let shown = context.text(written);
    if mention.year <= year {
        // 统计期限 in a line of its own is not the date of the report.
        let closes = mention.span.start > last.span.start;
        if closes && lines().find(|line| line.span.meets(mention.span)).is_some_and(|line| line.years.len() == 1) {
            let message = say!(
                language,
                "落款“{shown}”早于报告年度结束，{year} 年的报告应在 {} 年公布",
                "The date “{shown}” is before the end of the reported year; a report for {year} is published in {}",
                year.saturating_add(1)
            );
            findings.push(Finding::new(&RULE, written, message));
        }
        return;
    }
    let body = report.body();
    let date = (mention.year, MonthDay { month, day });
    let Some(late) = lateness(date, year, body.as_deref(), context.settings.days_due()) else { return };
    let dated = say!(language, "落款为“{shown}”", "it is dated “{shown}”");
    let finding = Finding::new(&RULE, written, late.message(year, &dated, language));
    findings.push(if late.is_certain { finding } else { finding.severity(Severity::Info) });
}

fn is_date_line(context: &Context<'_>, line: &Paragraph) -> bool {
    let words = context.line(line.span);
    let text = words.folded();
    text.chars().count() <= 40 && !text.contains(['。', ',', ';'])
}

/// Whether the report itself is dated late: then the late publication of the page is not a second finding.
pub(in crate::rules) fn is_dated_late(context: &Context<'_>, year: u16) -> bool {
    let date = date(context).and_then(|mention| Some((mention.year, mention.date?)));
    date.is_some_and(|(dated, (month, day))| {
        let deadlines = context.settings.days_due();
        lateness((dated, MonthDay { month, day }), year, context.report.body().as_deref(), deadlines).is_some()
    })
}

/// The date of the report: the last one after its last section, else the first one before its first.
fn date(context: &Context<'_>) -> Option<YearMention> {
    let report = context.report;
    let (first, last) = (report.sections.first()?, report.sections.last()?);
    let dated = |line: &Paragraph| -> Option<YearMention> {
        let mention = line.years.iter().rfind(|mention| mention.date.is_some() && !mention.quoted).copied();
        mention.filter(|_| is_date_line(context, line))
    };
    let lines = || report.paragraphs.iter();
    let closing = lines().rev().take_while(|line| line.span.start > last.span.start).find_map(dated);
    closing.or_else(|| lines().take_while(|line| line.span.start < first.span.start).find_map(dated))
}

/// A date after the last day.
pub(in crate::rules) struct Lateness {
    /// Whether it is late at every possible level of the body.
    pub(in crate::rules) is_certain: bool,
    earliest: MonthDay,
    latest: MonthDay,
}

/// Whether `date` is late for the report of `body` for `year`.
pub(in crate::rules) fn lateness(
    date: (u16, MonthDay),
    year: u16,
    body: Option<&Body>,
    deadlines: Deadlines,
) -> Option<Lateness> {
    let (earliest, latest) = due(body, deadlines);
    let next = year.saturating_add(1);
    let is_certain = date > (next, latest);
    // The level of a body without a name is unknown.
    let may_be = body.is_some() && date > (next, earliest);
    (is_certain || may_be).then_some(Lateness { is_certain, earliest, latest })
}

impl Lateness {
    /// The message; `dated` is the clause with the date.
    pub(in crate::rules) fn message(&self, year: u16, dated: &str, language: Language) -> String {
        let next = year.saturating_add(1);
        let MonthDay { month, day } = self.latest;
        if self.is_certain {
            return say!(
                language,
                "{year} 年的报告应在 {next} 年 {month} 月 {day} 日前公布，{dated}",
                "The report for {year} was due by {next}-{month:02}-{day:02}; {dated}"
            );
        }
        let MonthDay { month: first_month, day: first_day } = self.earliest;
        say!(
            language,
            "{year} 年的报告最早的期限是 {next} 年 {first_month} 月 {first_day} 日，最迟 {month} 月 {day} 日，依机关级别而定，{dated}；请核对",
            "The report for {year} was due between {next}-{first_month:02}-{first_day:02} and {next}-{month:02}-{day:02}, by the level of the body; {dated}: please check"
        )
    }
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
    use crate::rules::support::testing::*;

    #[test]
    fn late() {
        let source = report(2022);
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "⟦2023年2月20日⟧"));
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "  ⟦2024 年 1 月 5 日⟧"));
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "⟦二〇二三年二月一日⟧"));
        let government = source.replace("云岭市档案局", "云岭市人民政府");
        reports("GK123", Severity::Warning, &government.replace("2023年1月20日", "⟦2023年4月1日⟧"));
        for (body, day) in [
            ("云岭县人民政府", "2023年2月21日"),
            ("云岭市青河区", "2023年2月21日"),
            ("云岭州人民政府", "2023年3月11日"),
            ("云岭省", "2023年4月1日"),
            ("云岭市人民政府办公室", "2023年2月1日"),
            ("青溪镇人民政府", "2023年2月1日"),
        ] {
            let late = source.replace("云岭市档案局", body).replace("2023年1月20日", &format!("⟦{day}⟧"));
            reports("GK123", Severity::Warning, &late);
        }
    }

    #[test]
    fn perhaps_late() {
        let source = report(2022).replace("云岭市档案局", "云岭市人民政府");
        reports("GK123", Severity::Info, &source.replace("2023年1月20日", "⟦2023年2月21日⟧"));
        reports("GK123", Severity::Info, &source.replace("2023年1月20日", "⟦2023年3月10日⟧"));
        silent("GK123", &source.replace("2023年1月20日", "2023年2月20日"));
        let zone = source.replace("云岭市人民政府", "云岭市高新区管委会");
        reports("GK123", Severity::Info, &zone.replace("2023年1月20日", "⟦2023年2月21日⟧"));
        // Without a name only the last of all days is certain.
        let nameless = source.replace("云岭市人民政府2022年", "2022年");
        silent("GK123", &nameless.replace("2023年1月20日", "2023年3月31日"));
        reports("GK123", Severity::Warning, &nameless.replace("2023年1月20日", "⟦2023年4月1日⟧"));
    }

    #[test]
    fn before_the_year_is_over() {
        let source = report(2022);
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "⟦2022年1月20日⟧"));
        reports("GK123", Severity::Warning, &source.replace("2023年1月20日", "⟦2022年12月31日⟧"));
        silent("GK123", &source.replace("2023年1月20日", "统计期限：2022年1月1日至2022年12月31日"));
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
        silent("GK123", &source.replace("2023年1月20日", "2023年1月31日"));
        silent("GK123", &source.replace("2023年1月20日", "（发布日期：2023-02-20）"));
        silent("GK123", &source.replace("云岭市档案局", "云岭省人民政府").replace("2023年1月20日", "2023年3月31日"));
        silent("GK123", &source.replace("云岭市档案局2022", "云岭市2022").replace("2023年1月20日", "2023年2月20日"));
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
