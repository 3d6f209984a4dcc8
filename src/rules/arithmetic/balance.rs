//! GK301 balance: the columns do not balance.

use crate::rules::support::context::Context;
use crate::rules::arithmetic::identities;
use crate::rules::{Finding, TABLES};
use crate::statute::IdentityKind;

rule! {
    code: "GK301",
    name: "balance",
    severity: Error,
    reads: TABLES,
    title: ["各列平衡关系不符", "The columns do not balance"],
    checks: [
        "表三每一列（自然人、商业企业……总计）都应满足：一、本年新收 + 二、上年结转 = （七）总计 + 四、结转下年度继续办理。",
        "In every column of Table 3: received + carried in = （七）总计 + carried out.",
    ],
    basis: [
        "格式表三表头注明“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”（国办公开办函〔2021〕30号，2019年格式同）。",
        "The header of the table in the official format says so (国办公开办函〔2021〕30号; the format of 2019 alike).",
    ],
    example: [
        "\
不符：某列新收 9、上年结转 0，（七）总计 8、结转下年 0。

相符：新收 9、上年结转 0，（七）总计 8、结转下年 1。",
        "\
Fires: received 9, carried in 0; （七）总计 8, carried out 0.

Silent: received 9, carried in 0; （七）总计 8, carried out 1.",
    ],
    fix: [
        "只改一个单元格就能使全部勾稽关系成立、且别无他法时，改该单元格（可自动修正）。有多种可能时逐一列出，由填报人选择，不自动修正。有空白或无法识别的数字时不作判断。",
        "If exactly one change of one cell makes every identity hold, that change is offered as a safe fix. If several would, each is offered and none is safe. A blank or unreadable operand makes the identity uncheckable.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    identities::check(&RULE, IdentityKind::Balance, context, findings);
}

#[cfg(test)]
mod tests {

    use crate::rules::support::testing::*;

    #[test]
    fn a_column_that_does_not_balance() {
        // Only 自然人 and 总计 of 四 differ: a case moved from this year's figures to next year's.
        let source = report(2022).replace(
            "四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        );
        assert_eq!(findings("GK301", &source).len(), 1);
        assert!(
            findings("GK301", &source)[0]
                .fixes
                .iter()
                .all(|fix| fix.applicability == crate::rules::Applicability::Unsafe)
        );
    }

    #[test]
    fn columns_that_balance_or_cannot_be_checked() {
        silent("GK301", &report(2022));
        silent("GK301", &report(2022).replace("四、结转下年度继续办理 | 1 |", "四、结转下年度继续办理 |  |"));
    }
}
