//! GK404 outcome: the text gives another number of applications for an outcome than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::prose::Fact;

rule! {
    code: "GK404",
    name: "outcome",
    severity: Error,
    reads: BOTH,
    title: ["正文的办理结果与表三不符", "Outcomes: text and table differ"],
    checks: [
        "\
正文所述予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，应等于表三相应行（或该类各行）的总计。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of applications that the text gives for an outcome equals the total of its row in Table 3, or of the rows of its group together.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“予以公开2件”，表三为 3。

相符：正文“予以公开3件”。",
        "\
Fires: `予以公开2件` where Table 3 has 3.

Silent: `予以公开3件`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| matches!(fact, Fact::Ended(_)));
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK404", Severity::Error, &saying(2022, sentence));
        due("答复政府信息公开申请3件，其中予以公开⟦2⟧件，不予公开⟦1⟧件。");
        due("答复政府信息公开申请3件，予以公开3件、部分公开⟦1⟧件。");
        due("答复政府信息公开申请3件，予以公开、部分公开共⟦2⟧件。");
        due("政府信息公开申请无法提供⟦1⟧件；不予处理⟦两⟧件。");
        due("2022年政府信息公开申请中，属于国家秘密⟦1⟧件。");
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK404", &saying(2022, sentence));
        quiet("答复政府信息公开申请3件，予以公开3件，不予公开0件。");
        quiet("因涉及第三方不予公开2件，政府信息公开申请已答复。");
        quiet("主动公开2件，政府信息公开工作有序。");
        quiet("行政复议维持2件，政府信息公开工作有序。");
    }

    #[test]
    fn a_group_is_the_sum_of_its_rows() {
        let (message, related) = said("GK404", &saying(2022, "答复政府信息公开申请3件，不予公开2件。"));
        assert_eq!(message, "正文为 2件，表三“（三）不予公开”各项总计之和为 0，两处应一致，请核对后改正其一");
        assert_eq!(related.len(), 8);
    }
}
