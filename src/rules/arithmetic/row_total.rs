//! GK303 row-total: a row does not add up.

use crate::rules::support::context::Context;
use crate::rules::arithmetic::identities;
use crate::rules::{Finding, TABLES};
use crate::statute::IdentityKind;

rule! {
    code: "GK303",
    name: "row-total",
    severity: Error,
    reads: TABLES,
    title: ["行总计不符", "A row does not add up"],
    checks: [
        "表三每一行的总计应等于自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他六栏之和。",
        "In every row of Table 3, 总计 is the sum of the six applicant columns.",
    ],
    basis: [
        "格式表三的列结构（国办公开办函〔2021〕30号、〔2019〕60号）；《政府信息公开条例》第四十九条、第五十条要求年度报告如实反映收到和处理申请的情况。",
        "The columns of the official formats (国办公开办函〔2021〕30号, 〔2019〕60号); Articles 49 and 50 of the Regulation ask for a true account of the applications.",
    ],
    example: [
        "\
不符：自然人 10、商业企业 2、其余为 0，总计 11。

相符：自然人 10、商业企业 2、其余为 0，总计 12。",
        "\
Fires: natural persons 10, businesses 2, all others 0; total 11.

Silent: natural persons 10, businesses 2, all others 0; total 12.",
    ],
    fix: [
        "同时参照本列的（七）总计和平衡关系确定错在哪一格：只有一个单元格可解释全部不符时，改该单元格（可自动修正）；否则逐一列出可能，由填报人选择。",
        "The subtotal and the balance of the column tell which cell is wrong. If a single cell explains everything that does not hold, changing it is a safe fix; otherwise every possibility is offered and none is safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    identities::check(&RULE, IdentityKind::RowTotal, context, findings);
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn the_cell_to_blame_is_found_and_mended() {
        let source = report(2022);
        for (right, wrong, marked) in [
            (
                "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3",
                "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 2",
                "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | ⟦2⟧",
            ),
            ("予以公开 | 2 | 1 |", "予以公开 | 2 | 11 |", "予以公开 | 2 | ⟦11⟧ |"),
            ("总计 | 2 | 1 | 0", "总计 | 2 | 1 | 4", "总计 | 2 | 1 | ⟦4⟧"),
            ("申请数量 | 3 |", "申请数量 | 30 |", "申请数量 | ⟦30⟧ |"),
        ] {
            reports("GK303", Severity::Error, &source.replace(right, marked));
            mends("GK303", &source.replace(right, wrong), &source);
        }
    }

    #[test]
    fn rivals_are_all_offered_and_none_is_safe() {
        // The row below is unreadable, so that no column tells.
        let source = report(2022)
            .replace("（二）部分公开", "（二）")
            .replace("予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3", "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 4");
        let source = source.replace(
            "区分处理的，只计这一情形，不计其他情形） | 0 | 0 | 0 | 0 | 0 | 0 | 0",
            "） | 无 | 无 | 无 | 无 | 无 | 无 | 无",
        );
        let found = findings("GK303", &source);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].fixes.len() > 1
                && found[0].fixes.iter().all(|fix| fix.applicability == crate::rules::Applicability::Unsafe)
        );
    }

    #[test]
    fn one_cause_is_one_finding() {
        let source =
            report(2022).replace("予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3", "予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 2");
        for code in ["GK301", "GK302", "GK304"] {
            silent(code, &source);
        }
    }

    #[test]
    fn rows_that_add_up_or_cannot_be_checked() {
        silent("GK303", &report(2022));
        silent("GK303", &report(2022).replace("予以公开 | 2 | 1 | 0 |", "予以公开 | 2 | 1 |  |"));
        silent("GK303", &report(2022).replace("予以公开 | 2 | 1 |", "予以公开 | ２ | 1件 |"));
    }
}
