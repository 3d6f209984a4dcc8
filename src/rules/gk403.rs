//! GK403 carried: the text gives another number of applications carried over than the table.

use super::context::Context;
use super::{BOTH, Finding, Rule, RuleMeta, Severity, narrative};
use crate::statute::prose::Fact;

pub(super) static RULE: Rule = Rule {
    meta: RuleMeta {
        code: "GK403",
        name: "carried",
        severity: Severity::Error,
        title: ["正文的结转数与表三不符", "Applications carried over: text and table differ"],
        documentation: [CHINESE, ENGLISH],
    },
    reads: BOTH,
    check,
};

const CHINESE: &str = "\
## 检查内容

正文所述结转下年度的件数应等于表三“结转下年度继续办理”的总计；上年结转的件数应等于“上年结转”的总计。只写“结转”的，符合其一即可。

写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。

## 依据

正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。

## 示例

不符：正文“结转下年度2件”，表三为 1。

相符：正文“结转下年度1件”。

## 如何修正

正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。

## 配置

可用 `ignore` 关闭。
";

const ENGLISH: &str = "\
## What it checks

The number of applications that the text says are carried over to next year equals the last row of Table 3; of those carried over from last year, the second row. Where it says neither, either will do.

Figures of another year, cumulative or rounded ones, changes, plans and quotations are left alone, and so are those of something narrower (received online). Where the text speaks of another range than the report (the whole city, in a department's report), it is only a hint.

## Why

Text and table count the same things in the same year, and reviewers compare them one by one.

## Example

Fires: `结转下年度2件` where Table 3 has 1.

Silent: `结转下年度1件`.

## How it is fixed

Which of the two is wrong only the records tell: both changes are offered, neither is preferred, neither is safe.

## Configuration

Switched off by `ignore`.
";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    narrative::compare(context, &RULE, findings, |fact| {
        matches!(fact, Fact::CarriedIn | Fact::CarriedOut | Fact::Carried)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::*;

    #[test]
    fn another_number() {
        let due = |sentence: &str| reports("GK403", Severity::Error, &saying(2022, sentence));
        due("收到政府信息公开申请4件，结转下年度继续办理⟦2⟧件。");
        due("收到政府信息公开申请4件，上年结转⟦1⟧件，答复3件，结转1件。");
        due("收到政府信息公开申请4件，结转至2023年办理⟦3⟧件。");
        due("2021年结转政府信息公开申请⟦3⟧件。");
    }

    #[test]
    fn the_same_number() {
        let quiet = |sentence: &str| silent("GK403", &saying(2022, sentence));
        quiet("收到政府信息公开申请4件，结转下一年度1件。");
        quiet("收到政府信息公开申请4件，上年结转0件，结转1件。");
        quiet("2020年结转政府信息公开申请3件。");
        quiet("资金结转5项，政府信息公开工作有序。");
    }

    #[test]
    fn carried_over_from_one_year_or_to_the_other() {
        let source = |sentence: &str| {
            saying(2022, sentence)
                .replace(
                    "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                    "二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
                )
                .replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |")
                .replace("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（七）总计 | 4 | 1 | 0 | 0 | 0 | 0 | 5 |")
        };
        silent("GK403", &source("收到政府信息公开申请4件，结转1件。"));
        silent("GK403", &source("收到政府信息公开申请4件，结转2件。"));
        reports("GK403", Severity::Error, &source("收到政府信息公开申请4件，结转⟦3⟧件。"));
    }
}
