//! GK128 overview-length: the overview is too long.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::{Finding, WORDS};
use crate::say;
use crate::statute::{BodyKind, Edition, Section};

rule! {
    code: "GK128",
    name: "overview-length",
    severity: Info,
    reads: WORDS.and(Facets::YEAR),
    title: ["总体情况过长", "The overview is too long"],
    checks: [
        "2021 年格式的“总体情况”是否超过 1000 字（不计空白）。一个地区汇总的报告不作此提示。",
        "Whether 总体情况 of the 2021 format has more than 1,000 characters, without white space. Reports on a whole region are not checked.",
    ],
    basis: [
        "国办公开办函〔2021〕30号：年度报告内容不能遗漏，也不宜泛化。",
        "国办公开办函〔2021〕30号: nothing may be left out of the report, and nothing is to be added to it.",
    ],
    example: [
        "\
不符：县档案局报告的“总体情况”有 2300 字。

相符：有 900 字；县人民政府的报告。",
        "\
Fires: 2,300 characters in the report of a county’s archive office.

Silent: 900 characters; the report of a county’s government.",
    ],
    fix: [
        "由填报人精简，不自动修正。",
        "Only the author can shorten it; there is no automatic fix.",
    ],
    configuration: [
        "字数由 `[thresholds]` 的 `GK128` 设定，如 `GK128 = 1500`。",
        "`GK128` in `[thresholds]` sets the number of characters, as `GK128 = 1500`.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let is_due = report.edition_due() == Some(Edition::F2021);
    let is_region = report.body().is_none_or(|body| matches!(body.kind(), BodyKind::Region | BodyKind::Zone));
    let Some(heading) = report.section(Section::Overview).filter(|_| is_due && !is_region) else { return };
    let most = usize::try_from(context.settings.threshold("GK128")).unwrap_or(usize::MAX);
    let lines = report.paragraphs.iter().filter(|line| line.section == Some(Section::Overview));
    let length: usize = lines.map(|line| context.text(line.span).chars().filter(|c| !c.is_whitespace()).count()).sum();
    if length <= most {
        return;
    }
    let message = say!(
        language,
        "“总体情况”有 {length} 字，一般不超过 {most} 字",
        "总体情况 has {length} characters; {most} are usually enough"
    );
    findings.push(Finding::new(&RULE, heading.span, message));
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn longer_than_a_thousand_characters() {
        let source = report(2022);
        let long = |more: usize| source.replace("我局主动公开", &format!("{}我局主动公开", "办".repeat(more)));
        reports("GK128", Severity::Info, &long(1000).replace("一、总体情况", "⟦一、总体情况⟧"));
        silent("GK128", &long(800));
        // White space does not count.
        silent("GK128", &source.replace("我局主动公开", &format!("{}我局主动公开", " \u{3000}".repeat(1000))));
        silent("GK128", &long(1000).replace("云岭市档案局", "云岭市人民政府"));
        silent("GK128", &long(1000).replace("云岭市档案局", "云岭市高新区管委会"));
        silent("GK128", &long(1000).replace("云岭市档案局2022年", "2022年"));
        silent("GK128", &report(2020).replace("我局主动公开", &format!("{}我局主动公开", "办".repeat(1000))));
    }

    #[test]
    fn the_number_can_be_set() {
        let mut settings =
            crate::config::Settings { select: vec!["GK128".to_owned()], ..crate::config::Settings::default() };
        settings.thresholds.insert("GK128".to_owned(), 10);
        let found = findings_under(&settings, &report(2022));
        assert!(found[0].message.contains("一般不超过 10 字"), "{found:?}");
    }
}
