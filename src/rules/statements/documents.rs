//! GK410 documents: the text gives another number of rules or normative documents than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::prose::Fact;

rule! {
    code: "GK410",
    name: "documents",
    severity: Warning,
    reads: BOTH,
    title: ["正文的文件制发数与表二不符", "Rules and normative documents: text and table differ"],
    checks: [
        "\
正文所述制发、废止、现行有效的规章和行政规范性文件件数，应等于表二相应栏。政策性文件、规章制度不是规范性文件，不在此列。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of rules or normative documents that the text says were issued, repealed or are in force equals its column in Table 2. Policy papers and house rules are neither.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“制发行政规范性文件3件”，表二为 1。

相符：正文“制发行政规范性文件1件，印发政策性文件3件”。",
        "\
Fires: `制发行政规范性文件3件` where Table 2 has 1.

Silent: `印发政策性文件3件`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| {
        matches!(fact, Fact::Issued(_) | Fact::Repealed(_) | Fact::InForce(_))
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK410", Severity::Warning, &saying(2022, sentence));
        due("制发行政规范性文件⟦3⟧件、废止⟦2⟧件。");
        due("制发的⟦3⟧件规范性文件均同步公开。");
        due("现行有效规范性文件⟦8⟧件。");
        due("出台政府规章⟦1⟧件。");
        reports("GK410", Severity::Warning, &saying(2020, "制发规范性文件⟦3⟧件。"));
    }

    #[test]
    fn the_same_number_and_other_papers() {
        let quiet = |sentence: &str| silent("GK410", &saying(2022, sentence));
        quiet("制发行政规范性文件1件，废止0件，现行有效5件。");
        quiet("印发政策性文件3件。");
        quiet("制定规章制度5项。");
        quiet("公开规范性文件3件。");
        quiet("对2012年以来的规范性文件逐件核对；清理失效文件6件。");
        quiet("制定规章和规范性文件共3件。");
    }
}
