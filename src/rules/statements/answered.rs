//! GK402 answered: the text gives another number of applications answered than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::prose::Fact;

rule! {
    code: "GK402",
    name: "answered",
    severity: Error,
    reads: BOTH,
    title: ["正文的办结答复数与表三不符", "Applications answered: text and table differ"],
    checks: [
        "\
正文所述答复、办结政府信息公开申请的件数，应等于表三办理结果“总计”行的总计（只统计本年新收的，为扣除上年结转后的数）。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of applications that the text says were answered equals the total of the outcomes in Table 3 (or, of those received this year alone, that less those carried over).

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“答复4件”，表三办理结果总计为 3。

相符：正文“答复3件”。",
        "\
Fires: `答复4件` where the outcomes of Table 3 make 3.

Silent: `答复3件`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| matches!(fact, Fact::Handled | Fact::Processed));
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK402", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，答复⟦4⟧件。");
        due("收到政府信息公开申请4件，按时办结⟦2⟧件，结转1件。");
        due("全年办理政府信息公开申请⟦9⟧件。");
        due("答复政府信息公开申请⟦两⟧件。");
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK402", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，办结3件。");
        quiet("办理政府信息公开申请4件。");
        quiet("收到政府信息公开申请4件，首批答复2件，其后答复1件。");
        quiet("政府信息公开工作有序，受理行政许可申请500件，办结480件。");
        quiet("政府信息公开工作有序，信访件办结5件。");
        quiet("政府信息公开工作有序，答复人大代表建议5件。");
        quiet("答复政府信息公开申请9人次。");
    }

    #[test]
    fn of_those_received_this_year_alone() {
        // One carried over from the year before, and all but one answered.
        let source = |sentence: &str| {
            saying(2022, sentence)
                .replace(
                    "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                    "二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
                )
                .replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |")
                .replace("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（七）总计 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |")
        };
        silent("GK402", &source("收到政府信息公开申请4件，答复4件。"));
        silent("GK402", &source("收到政府信息公开申请4件，答复3件。"));
        reports("GK402", Severity::Error, &source("收到政府信息公开申请4件，答复⟦2⟧件。"));
    }

    #[test]
    fn a_total_that_is_right_though_its_column_is_not() {
        // The total of the first row is to blame, and nothing is said of that.
        let wrong = "（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 2 |";
        let source =
            |sentence: &str| saying(2022, sentence).replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", wrong);
        reports("GK402", Severity::Error, &source("答复政府信息公开申请⟦2⟧件。"));
        // Here the total itself is: one cause is one finding.
        let total = "（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 2 |";
        let source =
            saying(2022, "答复政府信息公开申请3件。").replace("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", total);
        silent("GK402", &source);
    }
}
