//! GK406 litigation: the text gives another number of cases before a court than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::prose::Fact;

rule! {
    code: "GK406",
    name: "litigation",
    severity: Error,
    reads: BOTH,
    title: ["正文的行政诉讼数与表四不符", "Litigation: text and table differ"],
    checks: [
        "\
正文所述因政府信息公开被提起行政诉讼的件数及其结果，应等于表四“未经复议直接起诉”与“复议后起诉”两类之和；分别说明的，等于各自的数。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of cases before a court over disclosure in the text, and their results, equal both kinds in Table 4 together, or the kind that is named.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“行政诉讼2件”，表四两类合计为 0。

相符：正文“行政诉讼0件”或“未发生行政诉讼”。",
        "\
Fires: `行政诉讼2件` where both kinds in Table 4 make 0.

Silent: `行政诉讼0件`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| {
        matches!(fact, Fact::Litigation(_) | Fact::DirectSuit(_) | Fact::SuitAfterReview(_))
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    /// The sample report with two cases of one kind and one of the other.
    fn sued(sentence: &str) -> String {
        saying(2022, sentence)
            .replace("| 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "| 1 | 2 | 0 | 0 | 0 | 2 | 0 | 1 | 0 | 0 | 1 |")
    }

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK406", Severity::Error, &sued(sentence));
        due("因政府信息公开被提起行政诉讼⟦2⟧件。");
        due("涉及政府信息公开的行政诉讼3件，其中结果维持⟦3⟧件。");
        due("涉及政府信息公开的行政诉讼3件，其中未经复议直接起诉⟦1⟧件，复议后起诉⟦2⟧件。");
        due("⟦没有发生⟧因政府信息公开提起行政诉讼的情况。");
        due("因政府信息公开申请产生的行政诉共⟦5⟧项。");
    }

    #[test]
    fn the_same_number_and_other_cases() {
        let quiet = |sentence: &str| silent("GK406", &sued(sentence));
        quiet("因政府信息公开被提起行政诉讼3件，结果维持2件，结果纠正1件。");
        quiet("涉及政府信息公开的行政诉讼3件，其中未经复议直接起诉2件，复议后起诉1件。");
        quiet("代理行政诉讼案件30件，政府信息公开工作有序。");
    }

    #[test]
    fn both_ways_to_court_are_counted_together() {
        let (message, related) = said("GK406", &sued("因政府信息公开被提起行政诉讼2件。"));
        assert_eq!(message, "正文为 2件，表四两类总计之和为 3，两处应一致，请核对后改正其一");
        assert_eq!(related.len(), 2);
    }

    #[test]
    fn a_sum_in_doubt_is_the_finding_for_its_own_group_only() {
        let source =
            |sentence: &str| saying(2022, sentence).replace("1 | 0 | 0 | 0 | 1 | 0 |", "1 | 0 | 0 | 0 | 12 | 0 |");
        reports("GK406", Severity::Error, &source("因政府信息公开被提起行政诉讼⟦2⟧件。"));
        silent("GK405", &source("因政府信息公开被申请行政复议1件。"));
    }
}
