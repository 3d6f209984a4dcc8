//! GK505 same-as-last-year: the words of last year's report.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::support::years::sameness;
use crate::rules::{Finding, WORDS};
use crate::say;

rule! {
    code: "GK505",
    name: "same-as-last-year",
    severity: Warning,
    reads: WORDS.and(Facets::OTHERS),
    title: ["与上年报告内容雷同", "Much of the text is last year’s"],
    checks: [
        "同一单位上年度报告一并检查时：一、总体情况和五、存在的主要问题及改进情况的文字，有一半以上与上年报告相同。按分句比较，数字、标点、标题和单位名称不计；文字不足 150 字的不比较。",
        "When last year's report of the same body is among the files: more than half of the words of sections 一 and 五 are those of last year's. The rule compares clauses; digits, punctuation, headings and the body's name do not count. Fewer than 150 characters are not compared.",
    ],
    basis: [
        "国办公开办函〔2021〕30号：“出现不按时发布、发布内容不准确不全面或者内容雷同、敷衍塞责等问题并造成不良后果的……严肃追究”责任。",
        "国办公开办函〔2021〕30号 names reports with the same content as others among what bodies are held responsible for.",
    ],
    example: [
        "\
不符：两节 1200 字，其中 900 字与上年逐句相同。

相符：两节 1200 字，其中 300 字与上年相同。",
        "\
Fires: 900 of 1,200 characters are in the same clauses as last year.

Silent: 300 of 1,200 characters are.",
    ],
    fix: [
        "须据实重写，不自动修正。",
        "The author has to rewrite the sections; there is no automatic fix.",
    ],
    configuration: [
        "达到百分之几才报告，由 `[thresholds]` 的 `GK505` 设定。同一单位的报告按（单位、年度）识别：标题，其次文件名，或 `gongkai.toml` 的 `[[report]]`。",
        "`GK505` in `[thresholds]` sets the percentage. Reports are matched by body and year: from the title, else from the name of the file, or from `[[report]]` in `gongkai.toml`.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let others = context.neighbours.last_year.iter();
    let Some((share, _, place, related)) = sameness(context, others) else { return };
    if i64::from(share) <= context.settings.threshold("GK505") {
        return;
    }
    let last = context.neighbours.year.saturating_sub(1);
    let message = say!(
        language,
        "一、五两部分约 {share}% 的文字与{last}年报告相同；请据实反映本年度的工作、问题和改进措施",
        "about {share}% of the words of sections 一 and 五 are those of the report for {last}: state this year's work, \
         problems and measures"
    );
    findings.push(Finding::new(&RULE, place, message).related(related));
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    const OLD: &str = "全年围绕优化营商环境更新办事指南和收费目录，及时发布惠民补贴发放结果；组织三次业务培训，逐条整改第三方评估指出的问题。        公众号每周推送政策图解，热线来电逐件登记并在五个工作日内回复，旧城改造项目的进度按月张贴到社区公告栏。";
    const NEW: &str = "修订主动公开目录后新增养老托育栏目，对接政务数据平台自动更新机构信息；开展两轮保密审查抽查，退回格式不规范的稿件。        答复文书统一使用新版模板，与司法行政部门会商疑难申请四次，并把败诉案例编成手册发到各科室。";

    fn with(year: u16, words: &str) -> String {
        report(year).replace("我局主动公开政府信息12条。", words)
    }

    #[test]
    fn words_of_last_year() {
        let beside = last_years(&[&with(2021, OLD)]);
        let marked = with(2022, OLD).replace("一、总体情况", "一、⟦总体情况⟧");
        reports_beside("GK505", Severity::Warning, &beside, &marked);
        silent_beside("GK505", &beside, &with(2022, NEW));
        silent("GK505", &with(2022, OLD));
    }

    #[test]
    fn the_share_can_be_set() {
        let beside = last_years(&[&with(2021, OLD)]);
        let mut settings = only("GK505");
        settings.thresholds.insert("GK505".to_owned(), 100);
        assert_eq!(findings_beside_under(&settings, &beside, &with(2022, OLD)), []);
    }
}
