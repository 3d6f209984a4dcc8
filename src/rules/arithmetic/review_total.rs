//! GK304 review-total: reviews or suits do not add up.

use crate::rules::support::context::Context;
use crate::rules::arithmetic::identities;
use crate::rules::{Finding, TABLES};
use crate::statute::IdentityKind;

rule! {
    code: "GK304",
    name: "review-total",
    severity: Error,
    reads: TABLES,
    title: ["复议诉讼总计不符", "Reviews or suits do not add up"],
    checks: [
        "表四的行政复议、未经复议直接起诉、复议后起诉三组，每组：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。",
        "In each of the three groups of Table 4: upheld + corrected + other + pending = total.",
    ],
    basis: [
        "格式表四的列结构（国办公开办函〔2021〕30号、〔2019〕60号）。",
        "The columns of the official formats (国办公开办函〔2021〕30号, 〔2019〕60号).",
    ],
    example: [
        "\
不符：结果维持 2、结果纠正 0、其他结果 1、尚未审结 0，总计 2。

相符：结果维持 2、结果纠正 0、其他结果 1、尚未审结 0，总计 3。",
        "\
Fires: upheld 2, corrected 0, other 1, pending 0; total 2.

Silent: upheld 2, corrected 0, other 1, pending 0; total 3.",
    ],
    fix: [
        "一组只有一条关系，改任何一格都可能成立，所以逐一列出可能，像录入笔误的排在前面，均不自动修正。",
        "A group has one identity only, so that a change of any cell may be right: each is offered, those that undo a slip of the finger first, and none is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    identities::check(&RULE, IdentityKind::ReviewTotal, context, findings);
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn a_group_that_does_not_add_up() {
        let source = report(2022).replace("1 | 0 | 0 | 0 | 1 | 0 |", "1 | 0 | 0 | 0 | ⟦2⟧ | 0 |");
        reports("GK304", Severity::Error, &source);
        let (source, _) = unmark(&source);
        assert_eq!(findings("GK304", &source)[0].fixes.len(), 5);
    }

    #[test]
    fn groups_that_add_up_or_cannot_be_checked() {
        silent("GK304", &report(2022));
        silent("GK304", &report(2022).replace("1 | 0 | 0 | 0 | 1 | 0 |", "1 | - | 0 | 0 | 2 | 0 |"));
    }
}
