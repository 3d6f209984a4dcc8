//! GK201 blank-cell: a cell is blank.

use super::context::Context;
use super::{Finding, Fix, Rule, RuleMeta, Severity, TABLES, names};
use crate::report::Value;
use crate::say;

pub(super) static RULE: Rule = Rule {
    meta: RuleMeta {
        code: "GK201",
        name: "blank-cell",
        severity: Severity::Warning,
        title: ["应填数字的单元格为空", "A cell is blank"],
        documentation: [CHINESE, ENGLISH],
    },
    reads: TABLES,
    check,
};

const CHINESE: &str = "\
## 检查内容

表二、表三、表四中应填数字的单元格为空，或只有空格（含全角空格、不间断空格）。

## 依据

格式规定的表格每格均应填报，没有发生的填 0；空白无法与漏填区分，相关合计也无从核对。

## 示例

不符：“（一）予以公开”六栏均为 0，总计为空。

相符：总计填 0。

## 如何修正

勾稽关系能唯一确定其值的（同一关系中只有一个空白，或合计为 0），填入该值（可自动修正）。不能确定的只作提示。

## 配置

可用 `ignore` 关闭。
";

const ENGLISH: &str = "\
## What it checks

A cell in which a number is due is empty, or holds nothing but spaces of any kind.

## Why

Every cell of the official tables is to be filled in, with 0 where nothing happened: a blank cannot be told from an omission, and no sum over it can be checked.

## Example

Fires: six zeros in the row （一）予以公开, and an empty total.

Silent: the total is 0.

## How it is fixed

Where the identities force one value (a single blank among known operands, or a total of 0) it is filled in: a safe fix. Elsewhere the blank is only reported.

## Configuration

Switched off by `ignore`.
";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for (table, resolution) in context.resolutions() {
        for (place, cell) in table.cells().filter(|(_, cell)| cell.value == Value::Blank) {
            let name = names::cell(table, place, language);
            let value = resolution.forced.iter().find(|(forced, _)| *forced == place).map(|(_, value)| *value);
            findings.push(match value {
                Some(value) => Finding::new(
                    &RULE,
                    cell.span,
                    say!(language, "{name}未填，按勾稽关系应为 {value}", "{name} is blank; the sums make it {value}"),
                )
                .fix(Fix::safe(
                    say!(language, "在{name}填入 {value}", "Fill in {value} for {name}"),
                    vec![context.fill(cell, value)],
                )),
                None => Finding::new(
                    &RULE,
                    cell.span,
                    say!(language, "{name}未填；没有发生的应填 0", "{name} is blank; where nothing happened, 0 is due"),
                ),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::*;

    #[test]
    fn blanks_of_every_kind() {
        let source = report(2022);
        for blank in [" ", "  ", "\u{3000}", "\u{a0}", "&nbsp;"] {
            let row = format!("（一）予以公开 | 2 |{blank}| 0 |");
            let due = format!("（一）予以公开 | 2 |⟦{blank}⟧| 0 |");
            let marked = source.replace("（一）予以公开 | 2 | 1 | 0 |", &due);
            reports("GK201", Severity::Warning, &marked);
            assert!(source.replace("（一）予以公开 | 2 | 1 | 0 |", &row).contains(&row));
        }
        mends("GK201", &source.replace("（一）予以公开 | 2 | 1 | 0 |", "（一）予以公开 | 2 |  | 0 |"), &source);
    }

    #[test]
    fn what_no_identity_forces_is_not_filled() {
        let source = report(2022).replace("行政许可 | 0 |", "行政许可 | |");
        let found = findings("GK201", &source);
        assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()));
        // The row makes it 4, its column 2: whatever is filled in, something does not hold.
        let source = report(2022)
            .replace("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 |  | 1 | 0 | 0 | 0 | 0 | 5 |");
        let found = findings("GK201", &source);
        assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()));
    }

    #[test]
    fn padding_is_no_blank() {
        silent("GK201", &report(2022));
        silent("GK201", &report(2022).replace("行政许可 | 0 |", "行政许可 | 0 | | |"));
        silent("GK201", &report(2022).replace("（二）部分公开", " | （二）部分公开"));
    }

    #[test]
    fn a_figure_goes_behind_the_spaces_but_not_to_the_pipe() {
        let source = report(2022);
        let with = |cell: &str| source.replace("（一）予以公开 | 2 | 1 |", &format!("（一）予以公开 | 2 |{cell}|"));
        for (blank, filled) in [("  ", " 1 "), (" ", " 1"), ("\u{3000}", "\u{3000}1"), ("   ", "  1 ")] {
            mends("GK201", &with(blank), &with(filled));
        }
        let tabs = source.replace(" |\n", "\n").replace(" | ", "\t");
        let with = |cell: &str| tabs.replace("（一）予以公开\t2\t1\t", &format!("（一）予以公开\t2\t{cell}\t"));
        mends("GK201", &with("  "), &with("  1"));
    }
}
