//! GK407 licence: the text gives another number of licences than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::Row;
use crate::statute::prose::Fact;

rule! {
    code: "GK407",
    name: "licence",
    severity: Error,
    reads: BOTH,
    title: ["正文的行政许可数与表二不符", "Administrative licences: text and table differ"],
    checks: [
        "\
正文所述本年办理、作出的行政许可决定件数，应等于表二“行政许可”的处理决定数量。公示、公开的行政许可信息条数和事项清单的项数不在此列。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of administrative licences that the text says were decided equals the number of decisions in Table 2. What was published about them, and the items of a list, are other numbers.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“作出行政许可决定5件”，表二为 0。

相符：正文“公示行政许可信息5条”。",
        "\
Fires: `作出行政许可决定5件` where Table 2 has 0.

Silent: `公示行政许可信息5条`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| fact == Fact::Decisions(Row::Licences));
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK407", Severity::Error, &saying(2022, sentence));
        due("作出行政许可决定⟦5⟧件。");
        due("作出⟦5⟧件行政许可决定。");
        due("全年行政许可⟦5⟧起。");
        due("办结行政许可⟦7⟧件。");
        reports("GK407", Severity::Error, &saying(2020, "作出行政许可决定⟦5⟧件。"));
    }

    #[test]
    fn the_same_number_and_other_things() {
        let quiet = |sentence: &str| silent("GK407", &saying(2022, sentence));
        quiet("作出行政许可决定0件。");
        quiet("公示行政许可信息5条。");
        quiet("公开行政许可、政府采购等信息5条。");
        quiet("2021年作出行政许可决定5件。");
        quiet("近三年作出行政许可决定5件。");
        quiet("作出涉及安全生产的行政许可决定5件。");
        quiet("受理行政许可申请500件。");
        quiet("公布行政许可事项23项。");
        quiet("行政许可23项。");
    }
}
