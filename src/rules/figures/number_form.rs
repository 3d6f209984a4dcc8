//! GK209 number-form: an unusual way to write a number.

use crate::rules::support::context::Context;
use crate::rules::{Finding, SPELLING};
use crate::say;
use crate::statute::Quantity;

rule! {
    code: "GK209",
    name: "number-form",
    severity: Info,
    reads: SPELLING,
    title: ["数字写法不规范", "A number is not in the usual form"],
    checks: [
        "数字前有多余的 0（“007”）、多余的正号（“+5”），或者负号写成破折号（“—2”）、写成“-0”。“本年增/减”一栏可以写“+5”。",
        "A figure has leading zeros (`007`), a plus sign (`+5`), a dash for a minus sign (`—2`), or is `-0`. In 本年增/减 `+5` is right.",
    ],
    basis: [
        "国办公开办函〔2019〕60号、〔2021〕30号规定的表格填报数字；汇总和核对都要能直接读取。",
        "The tables of 国办公开办函〔2019〕60号 and 〔2021〕30号 require numbers that can be read and added up directly.",
    ],
    example: [
        "\
不符：“007”。

相符：“7”；“本年增/减”填“+5”。",
        "\
Fires: `007`.

Silent: `7`; `+5` in 本年增/减.",
    ],
    fix: [
        "改为通常写法（可自动修正），数值不变。",
        "It is written in the usual way: a safe fix that does not change the value.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures() {
        let form = figure.number.form;
        let plus = form.plus && figure.quantity() != Quantity::Change;
        // Grouped digits are a finding of their own, zeros or not.
        let zeros = form.leading_zeros && form.separators.is_none();
        if !(plus || zeros || form.odd_minus) {
            continue;
        }
        let (name, written) = (figure.name(language), context.text(figure.cell.span));
        let message = match figure.written_well(context) {
            Some(due) => say!(
                language,
                "{name}写作“{written}”，通常写作 {due}",
                "{name} is written “{written}”; the usual form is {due}"
            ),
            None => say!(
                language,
                "{name}写作“{written}”，请改为通常的写法",
                "{name} is written “{written}”: write it in the usual way"
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
    fn zeros_signs_and_dashes() {
        let source = report(2022);
        for two in ["02", "002", "+2", "＋2", "+02", "002件"] {
            let marked = source.replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | ⟦{two}⟧ |"));
            reports("GK209", Severity::Info, &marked);
            fixes_to("GK209", &marked.replace(['⟦', '⟧'], ""), &source);
        }
        fixes_to("GK209", &source.replace("2.重复申请 | 0 |", "2.重复申请 | -0 |"), &source);
        fixes_to("GK209", &source.replace("2.重复申请 | 0 |", "2.重复申请 | 00 |"), &source);
        let amount = source.replace("行政事业性收费 | 0", "行政事业性收费 | 0.50");
        fixes_to("GK209", &amount.replace("0.50", "00.50"), &amount);
        let signed = report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -2 |");
        fixes_to("GK209", &signed.replace("| -2 |", "| —2 |"), &signed);
        fixes_to("GK209", &signed.replace("| -2 |", "| −2 |"), &signed);
    }

    #[test]
    fn usual_forms() {
        silent("GK209", &report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | +5 |"));
        silent("GK209", &report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -2 |"));
        for other in ["0", "20", "0.5", "-2", "减03", "0 000"] {
            silent("GK209", &report(2022).replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | {other} |")));
        }
    }
}
