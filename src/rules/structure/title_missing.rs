//! GK101 title-missing: there is no title.

use crate::report::Facets;
use crate::report::page_writer::Side;
use crate::rules::support::context::Context;
use crate::rules::{Finding, WORDS};
use crate::say;
use crate::statute::title_of;

rule! {
    code: "GK101",
    name: "title-missing",
    severity: Warning,
    reads: WORDS.and(Facets::YEAR).and(Facets::MARKS),
    title: ["缺少标题", "There is no title"],
    checks: [
        "第一部分之前是否有标题。",
        "Whether there is a title before the first section.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条、第五十条要求的年度报告应当看得出是哪个机关、哪一年的报告；通行的标题是“机关名称＋YYYY年政府信息公开工作年度报告”。",
        "A report under Articles 49 and 50 of the Regulation has to show whose report it is and for which year; the usual title is the name of the body followed by `YYYY年政府信息公开工作年度报告`.",
    ],
    example: [
        "\
不符：全文从“一、总体情况”开始。

相符：“一、总体情况”之前有“云岭市档案局2023年政府信息公开工作年度报告”。",
        "\
Fires: the text begins with `一、总体情况`.

Silent: `云岭市档案局2023年政府信息公开工作年度报告` comes before it.",
    ],
    fix: [
        "在最前面插入标题，年度取自正文，机关名称由填报人填写，不自动修正。",
        "The fix inserts a title at the top with the year that the text states. The name of the body has to be filled in, so the fix is unsafe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    // Tables alone are a draft of a part of a report.
    let Some(first) = report.sections.iter().find(|heading| heading.section.is_some()) else { return };
    if report.title.as_ref().is_some_and(|title| title.span.start < first.span.start) {
        return;
    }
    let language = context.language;
    let year = report.year.map(|(year, _)| year);
    let example = match year {
        Some(year) => title_of("××", year),
        None => title_of("××", "××××"),
    };
    let message = say!(
        language,
        "第一部分之前没有标题，应有“{example}”这样的标题",
        "There is no title before the first section; it should read like “{example}”"
    );
    let mut finding = Finding::new(&RULE, first.span, message);
    if let Some(year) = year {
        // After the top of a page, before the first text of the report.
        let preamble =
            report.paragraphs.iter().find(|line| line.span.start >= first.span.start || line.span.len() > 60);
        let before = preamble.map_or(first.span, |line| line.span.min(first.span));
        let title = title_of("（机关名称）", year);
        let message = say!(language, "插入标题“{title}”", "Insert the title “{title}”");
        finding = context.with_line(finding, message, (before, Side::Before), &title);
    }
    findings.push(finding);
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn a_report_without_a_title() {
        let source = report(2022);
        let title = "云岭市档案局2022年政府信息公开工作年度报告\n\n";
        let without = source.replace(title, "");
        offers("GK101", &without, &format!("（机关名称）2022年政府信息公开工作年度报告\n{without}"));
        reports("GK101", Severity::Warning, &without.replace("一、总体情况", "⟦总体情况⟧"));
    }

    #[test]
    fn titles_however_they_are_written() {
        let source = report(2022);
        let title = "云岭市档案局2022年政府信息公开工作年度报告";
        for other in [
            "云岭市档案局\n2022年政府信息公开工作年度报告",
            "云岭市档案局2022年政府信息公开工作\n年度报告",
            "云岭市档案局\n\n2022年政府信息公开\n\n工作年度报告",
            "云岭市档案局政府信息公开工作年度报告",
            "# 云岭市档案局2022年度信息公开年报",
        ] {
            silent("GK101", &source.replace(title, other));
        }
        let tables = &source[source.find("申请人情况").unwrap()..source.find("四、政府").unwrap()];
        silent("GK101", tables);
    }

    #[test]
    fn the_title_goes_behind_the_top_of_a_page_and_before_what_the_report_says_first() {
        let without = report(2022).replace("云岭市档案局2022年政府信息公开工作年度报告\n\n", "");
        let title = "（机关名称）2022年政府信息公开工作年度报告";
        let top = "索引号：000012022\n发布机构：云岭市档案局\n";
        let preamble = "根据《政府信息公开条例》的规定，编制本报告，现予公布。\n";
        offers("GK101", &format!("{top}{preamble}{without}"), &format!("{top}{title}\n{preamble}{without}"));
        // Twenty characters are a line of the page still, 21 are a sentence.
        let (line, longer) =
            ("页面上方的一行字恰好写满二十个汉字不多不\n", "页面上方的一行字恰好写满二十个汉字还多出\n");
        offers("GK101", &format!("{line}{without}"), &format!("{line}{title}\n{without}"));
        let longer = format!("又{longer}");
        offers("GK101", &format!("{longer}{without}"), &format!("{title}\n{longer}{without}"));
    }
}
