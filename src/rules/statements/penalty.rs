//! GK408 penalty: the text gives another number of penalties than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::Row;
use crate::statute::prose::Fact;

rule! {
    code: "GK408",
    name: "penalty",
    severity: Error,
    reads: BOTH,
    title: ["正文的行政处罚数与表二不符", "Administrative penalties: text and table differ"],
    checks: [
        "\
正文所述本年办理、作出的行政处罚决定件数，应等于表二“行政处罚”的处理决定数量。公示、公开的行政处罚信息条数和事项清单的项数不在此列。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of administrative penalties that the text says were decided equals the number of decisions in Table 2. What was published about them, and the items of a list, are other numbers.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“作出行政处罚决定5件”，表二为 0。

相符：正文“公示行政处罚信息5条”。",
        "\
Fires: `作出行政处罚决定5件` where Table 2 has 0.

Silent: `公示行政处罚信息5条`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| fact == Fact::Decisions(Row::Penalties));
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK408", Severity::Error, &saying(2022, sentence));
        due("作出行政处罚决定⟦5⟧件。");
        due("作出⟦5⟧件行政处罚决定。");
        due("全年行政处罚⟦5⟧起。");
        due("全年共办理行政许可事项0件,行政处罚事项⟦1⟧件。");
        due("2022年作出行政处罚决定⟦十一⟧件。");
        reports("GK408", Severity::Error, &saying(2020, "作出行政处罚决定⟦5⟧件。"));
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK408", &saying(2022, sentence));
        quiet("作出行政处罚决定0件。");
        quiet("公示行政处罚信息5条。");
        quiet("公开行政处罚、政府采购等信息5条。");
        quiet("2021年作出行政处罚决定5件。");
        quiet("近三年作出行政处罚决定5件。");
        quiet("作出涉及安全生产的行政处罚决定5件。");
        quiet("公示审批、行政处罚205条。");
        quiet("简易程序行政处罚3件。");
        quiet("立案查处行政处罚案件12起。");
    }
}
