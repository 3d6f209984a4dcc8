//! GK302 subtotal: the outcomes do not add up.

use crate::rules::support::context::Context;
use crate::rules::arithmetic::identities;
use crate::rules::{Finding, TABLES};
use crate::statute::IdentityKind;

rule! {
    code: "GK302",
    name: "subtotal",
    severity: Error,
    reads: TABLES,
    title: ["（七）总计与各项不符", "The outcomes do not add up"],
    checks: [
        "表三每一列的（七）总计应等于（一）予以公开至（六）其他处理各明细行之和（2021年格式 21 行，2019年格式 19 行）。",
        "In every column of Table 3, （七）总计 is the sum of the outcomes above it: 21 rows in the format of 2021, 19 in that of 2019.",
    ],
    basis: [
        "格式表三的（七）总计即本年度办理结果各项之和（国办公开办函〔2021〕30号、〔2019〕60号）。",
        "That is what the row is, in both official formats (国办公开办函〔2021〕30号, 〔2019〕60号).",
    ],
    example: [
        "\
不符：自然人一列明细合计 9，（七）总计 8。

相符：自然人一列明细合计 9，（七）总计 9。",
        "\
Fires: the outcomes of natural persons make 9, （七）总计 says 8.

Silent: they make 9, and it says 9.",
    ],
    fix: [
        "只改一个单元格就能使全部勾稽关系成立、且别无他法时，改该单元格（可自动修正）。两行之间计错栏目等需两处同时改动的，最多列出五种供选择，不自动修正。",
        "If exactly one change of one cell makes every identity hold, that change is offered as a safe fix. Where two cells have to change together, at most five ways are offered, none safe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    identities::check(&RULE, IdentityKind::Subtotal, context, findings);
}

#[cfg(test)]
mod tests {

    use crate::rules::support::testing::*;

    #[test]
    fn outcomes_that_do_not_add_up() {
        // With a case in another column, two subtotals are off, and every row still adds up.
        let source = report(2022).replace("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 1 | 2 |");
        let found = findings("GK302", &source);
        assert_eq!(found.len(), 1);
        let back: Vec<_> = found[0].fixes.iter().map(|fix| crate::text::apply(&source, &fix.edits)).collect();
        assert!(back.contains(&report(2022)), "{back:#?}");
    }

    #[test]
    fn outcomes_that_add_up_or_cannot_be_checked() {
        silent("GK302", &report(2022));
        silent("GK302", &report(2022).replace("2.重复申请 | 0 |", "2.重复申请 | 无 |"));
    }

    /// The report with another column of natural persons in three rows, whose totals are left at `totals`.
    fn without_totals(figures: [i64; 3], total: i64) -> String {
        let rows = ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"];
        let mut source = report(2022).replace("（七）总计 | 2 | 1 |", &format!("（七）总计 | {total} | 1 |"));
        for (row, figure) in rows.into_iter().zip(figures) {
            source = source.replace(&format!("{row} | 0 |"), &format!("{row} | {figure} |"));
        }
        source
    }

    #[test]
    fn a_column_that_does_not_add_up_beside_rows_that_do_not() {
        // 2 + 4 + 1 + 1 make 8. Four rows have totals that leave their natural persons out.
        let found = findings("GK302", &without_totals([4, 1, 1], 7));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].message.contains("自然人一列"), "{}", found[0].message);
        assert!(found[0].message.contains("同时有多处不符"), "{}", found[0].message);
        assert_eq!(findings("GK303", &without_totals([4, 1, 1], 7)).len(), 4);
        silent("GK302", &without_totals([4, 1, 1], 8));
    }

    #[test]
    fn as_many_as_do_not_add_up_may_be_counted_in_the_wrong_column() {
        let source = report(2022).replace("（七）总计 | 2 | 1 | 0 |", "（七）总计 | 0 | 1 | 2 |");
        let (message, _) = said("GK302", &source);
        assert!(message.contains("可能有 2 件计错了栏目"), "{message}");
    }
}
