//! GK304 review-total: reviews or suits do not add up.

use super::context::Context;
use super::{Finding, Rule, RuleMeta, Severity, TABLES, arithmetic};
use crate::statute::IdentityKind;

pub(super) static RULE: Rule = Rule {
    meta: RuleMeta {
        code: "GK304",
        name: "review-total",
        severity: Severity::Error,
        title: ["复议诉讼总计不符", "Reviews or suits do not add up"],
        documentation: [CHINESE, ENGLISH],
    },
    reads: TABLES,
    check,
};

const CHINESE: &str = "\
## 检查内容

表四的行政复议、未经复议直接起诉、复议后起诉三组，每组：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。

## 依据

格式表四的列结构（国办公开办函〔2021〕30号、〔2019〕60号）。

## 示例

不符：结果维持 2、结果纠正 0、其他结果 1、尚未审结 0，总计 2。

相符：结果维持 2、结果纠正 0、其他结果 1、尚未审结 0，总计 3。

## 如何修正

一组只有一条关系，改任何一格都可能成立，所以逐一列出可能，像录入笔误的排在前面，均不自动修正。

## 配置

可用 `ignore` 关闭。
";

const ENGLISH: &str = "\
## What it checks

In each of the three groups of Table 4: upheld + corrected + other + pending = total.

## Why

The columns of the official formats (国办公开办函〔2021〕30号, 〔2019〕60号).

## Example

Fires: upheld 2, corrected 0, other 1, pending 0; total 2.

Silent: upheld 2, corrected 0, other 1, pending 0; total 3.

## How it is fixed

A group has one identity only, so that a change of any cell may be right: each is offered, those that undo a slip of the finger first, and none is safe.

## Configuration

Switched off by `ignore`.
";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    arithmetic::check(&RULE, IdentityKind::ReviewTotal, context, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::*;

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
