//! GK207 thousands-separator: thousands separators.

use crate::rules::support::context::Context;
use crate::rules::{Finding, SPELLING};
use crate::say;

rule! {
    code: "GK207",
    name: "thousands-separator",
    severity: Warning,
    reads: SPELLING,
    title: ["数字中有千位分隔符", "A number has thousands separators"],
    checks: [
        "单元格里的数字用逗号或空格分隔，如“134,691”“1，234”“1 234”。",
        "A figure is grouped by commas or spaces: `134,691`, `1，234`, `1 234`.",
    ],
    basis: [
        "国办公开办函〔2019〕60号、〔2021〕30号规定的表格填报数字；汇总和核对都要能直接读取。",
        "The tables of 国办公开办函〔2019〕60号 and 〔2021〕30号 require numbers that can be read and added up directly.",
    ],
    example: [
        "\
不符：“134,691”。

相符：“134691”。",
        "\
Fires: `134,691`.

Silent: `134691`.",
    ],
    fix: [
        "每三位一组的，去掉分隔符（可自动修正）；分组不合三位的，可能是小数点误为逗号或两个数粘在一起，由填报人核对。",
        "Groups of three are joined: a safe fix. Other groups may be a decimal comma, or two numbers in one cell, and have to be checked by hand.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures() {
        let Some(in_threes) = figure.number.form.separators else { continue };
        let (name, written) = (figure.name(language), context.text(figure.cell.span));
        let message = match in_threes {
            true => say!(
                language,
                "{name}的“{written}”带有分隔符，应只填数字",
                "{name} has separators, “{written}”: write only the digits"
            ),
            false => say!(
                language,
                "{name}的“{written}”带有分隔符，且不是三位一组，请核对后只填数字",
                "{name} has separators that make no groups of three, “{written}”: check it and write only the digits"
            ),
        };
        findings.push(figure.badly_written(&RULE, context, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn grouped_digits() {
        let source = report(2022).replace("行政许可 | 0", "行政许可 | 134691");
        for number in
            ["134,691", "134，691", "134 691", "134\u{3000}691", "134\u{a0}691", "１３４，６９１", "134,691件"]
        {
            let marked = source.replace("134691", &format!("⟦{number}⟧"));
            reports("GK207", Severity::Warning, &marked);
            fixes_to("GK207", &source.replace("134691", number), &source);
        }
        let amount = report(2020).replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 93 | 1234.50 |");
        fixes_to("GK207", &amount.replace("1234.50", "1,234.50"), &amount);
    }

    #[test]
    fn groups_that_leave_a_doubt_are_not_joined() {
        for number in ["12,34", "1 2", "1234,567", "0 000", "0,123"] {
            let marked = report(2022).replace("行政许可 | 0", &format!("行政许可 | ⟦{number}⟧"));
            reports("GK207", Severity::Warning, &marked);
            let found = findings("GK207", &marked.replace(['⟦', '⟧'], ""));
            assert!(found.iter().all(|finding| finding.fixes.is_empty()), "{number}");
        }
    }

    #[test]
    fn plain_digits_and_padding() {
        for other in ["134691", " 134691 ", "\u{3000}1\u{3000}", "1.234", "1、234", ",1", "减1,234"] {
            silent("GK207", &report(2022).replace("行政许可 | 0", &format!("行政许可 | {other}")));
        }
    }
}
