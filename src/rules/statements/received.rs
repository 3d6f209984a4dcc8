//! GK401 received: the text gives another number of applications received than the table.

use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::statute::prose::Fact;

rule! {
    code: "GK401",
    name: "received",
    severity: Error,
    reads: BOTH,
    title: ["正文的收到申请数与表三不符", "Applications received: text and table differ"],
    checks: [
        "\
正文所述本年收到（受理、新收、接到）政府信息公开申请的件数，应等于表三“本年新收”的总计；包含上年结转的，等于两项之和。“未收到”即为 0。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。",
        "\
The number of applications that the text says were received or accepted equals the total of the first row of Table 3, or that of the first two rows together. None received is 0.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“收到政府信息公开申请5件”，表三本年新收总计为 4。

相符：正文“收到政府信息公开申请4件”。",
        "\
Fires: `收到政府信息公开申请5件` where Table 3 has 4.

Silent: `收到政府信息公开申请4件`.",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
        "Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| {
        matches!(fact, Fact::Received | Fact::Accepted | Fact::InHand | Fact::ReceivedAndAnswered)
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    fn due(sentence: &str) {
        reports("GK401", Severity::Error, &saying(2022, sentence));
    }

    fn quiet(sentence: &str) {
        silent("GK401", &saying(2022, sentence));
    }

    #[test]
    fn another_number() {
        due("2022年，我局共收到政府信息公开申请⟦5⟧件。");
        due("全年受理依申请公开 ⟦１２⟧ 件，均依法处理。");
        due("本年度收到公民、法人和其他组织的政府信息公开申请共计⟦三⟧件。");
        due("⟦未收到⟧政府信息公开申请。");
        due("收到⟦5⟧件政府信息公开申请；");
        due("2021年收到政府信息公开申请9件，2022年收到政府信息公开申请⟦5⟧件。");
        due("收到政府信息公开申请⟦5⟧件（其中网上申请2件），比上年增加1件。");
        due("2022年，我局认真做好政府信息公开工作，全年共收到公民、法人和其他组织提出的政府\n信息公开申请⟦5⟧件。");
    }

    #[test]
    fn the_same_number_and_other_numbers() {
        quiet("2022年，我局共收到政府信息公开申请4件。");
        quiet("收到政府信息公开申请四件。");
        quiet("2021年收到政府信息公开申请9件。");
        quiet("上年收到政府信息公开申请9件。");
        quiet("截至9月底，收到政府信息公开申请9件。");
        quiet("累计收到政府信息公开申请9件。");
        quiet("网上收到政府信息公开申请2件。");
        quiet("收到政府信息公开申请较上年增加2件。");
        quiet("编制《收到政府信息公开申请9件的说明》。");
        quiet("收到政府信息公开申请4件，受理3件。");
        quiet("全年收到群众来信9件，政府信息公开工作有序。");
        // With those carried over from last year.
        let carried = saying(2022, "收到政府信息公开申请6件（含上年结转2件）。");
        let row = "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
        silent("GK401", &carried.replace(row, "二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |"));
        // What cannot be read cannot be compared.
        silent(
            "GK401",
            &saying(2022, "收到政府信息公开申请9件。")
                .replace("数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |", "数量 | 3 | 1 | 0 | 0 | 0 | 0 | |"),
        );
        // The sum that does not hold is the finding.
        silent(
            "GK401",
            &saying(2022, "收到政府信息公开申请4件。")
                .replace("数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |", "数量 | 3 | 1 | 0 | 0 | 0 | 0 | 5 |"),
        );
    }

    #[test]
    fn another_range_is_a_hint() {
        reports("GK401", Severity::Info, &saying(2022, "全市共收到政府信息公开申请⟦500⟧件。"));
        due("我局收到政府信息公开申请⟦500⟧件。");
        let of_government =
            saying(2022, "全市共收到政府信息公开申请⟦500⟧件。").replace("云岭市档案局", "云岭市人民政府");
        reports("GK401", Severity::Error, &of_government);
    }

    #[test]
    fn both_changes_are_offered() {
        let source = saying(2022, "收到政府信息公开申请５件。");
        offers("GK401", &source, &saying(2022, "收到政府信息公开申请4件。"));
        let found = findings("GK401", &source);
        let fixes: Vec<_> = found.iter().flat_map(|finding| &finding.fixes).collect();
        assert_eq!(fixes.len(), 2);
        assert!(fixes.iter().all(|fix| !fix.preferred && fix.applicability == crate::rules::Applicability::Unsafe));
        offers("GK401", &saying(2022, "未收到政府信息公开申请。"), &saying(2022, "收到政府信息公开申请4件。"));
    }

    #[test]
    fn what_else_a_sentence_says_of_those_received() {
        let source = |sentence: &str| saying(2022, sentence);
        // Received and accepted are two things if both are said together.
        silent("GK401", &source("收到政府信息公开申请4件，受理3件。"));
        reports("GK401", Severity::Error, &source("收到政府信息公开申请4件。受理政府信息公开申请⟦3⟧件。"));
    }

    #[test]
    fn another_office_may_have_received_others() {
        let sentence = "市政府办收到政府信息公开申请⟦9⟧件。";
        reports("GK401", Severity::Info, &saying(2022, sentence));
        let office = saying(2022, sentence).replacen("云岭市档案局", "云岭市人民政府办公室", 1);
        reports("GK401", Severity::Error, &office);
        let (message, _) = said("GK401", &unmark(&saying(2022, sentence)).0);
        assert_eq!(
            message,
            "正文为 9件，表三“一、本年新收政府信息公开申请数量”总计为 \
             4（含上年结转也不相符），两处应一致，请核对后改正其一（正文说的是“市政府办”，如统计范围不同可不改）"
        );
    }

    #[test]
    fn the_text_is_put_as_the_table_has_it() {
        let source = saying(2022, "收到政府信息公开申请1,234件。");
        offers("GK401", &source, &saying(2022, "收到政府信息公开申请4件。"));
        let source = saying(2022, "政府信息公开申请收到数为9。");
        offers("GK401", &source, &saying(2022, "政府信息公开申请收到数为4。"));
    }
}
