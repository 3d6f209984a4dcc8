//! GK405 review: the text gives another number of reviews than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::prose::Fact;

rule! {
    code: "GK405",
    name: "review",
    severity: Error,
    reads: BOTH,
    title: ["正文的行政复议数与表四不符", "Reviews: text and table differ"],
    checks: [
        "\
正文所述因政府信息公开被申请行政复议的件数及其结果，应等于表四“行政复议”各栏。作为复议机关办理的案件不在此列。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of administrative reviews over disclosure in the text, and their results, equal the columns of Table 4. Cases that the body decides as a review office are another matter.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“被申请行政复议2件”，表四为 1。

相符：正文“被申请行政复议1件”。",
        "\
Fires: `被申请行政复议2件` where Table 4 has 1.

Silent: `被申请行政复议1件`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| matches!(fact, Fact::Review(_) | Fact::Cases(_)));
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK405", Severity::Error, &saying(2022, sentence));
        due("因政府信息公开被申请行政复议⟦2⟧件。");
        due("因政府信息公开引发行政复议案件1件，其中结果维持⟦0⟧件，结果纠正⟦1⟧件。");
        due("⟦未发生⟧因政府信息公开被申请行政复议、提起行政诉讼的情况。");
        due("依申请公开方面，行政复议⟦3⟧起。");
        due("政府信息公开行政复议、行政诉讼共⟦5⟧件。");
    }

    #[test]
    fn the_same_number_and_cases_of_others() {
        let quiet = |sentence: &str| silent("GK405", &saying(2022, sentence));
        quiet("因政府信息公开被申请行政复议1件，结果维持1件。");
        quiet("全年办理行政复议案件35件，政府信息公开工作有序。");
        quiet("审结行政复议35件，纠正5件，政府信息公开工作有序。");
        quiet("2021年因政府信息公开被申请行政复议5件。");
        quiet("没有发生因政府信息公开提起行政诉讼的情况。");
    }
}
