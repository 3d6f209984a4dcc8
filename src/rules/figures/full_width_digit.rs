//! GK206 full-width-digit: full-width digits.

use crate::rules::support::context::Context;
use crate::rules::{Finding, SPELLING};
use crate::say;

rule! {
    code: "GK206",
    name: "full-width-digit",
    severity: Warning,
    reads: SPELLING,
    title: ["数字用了全角字符", "A number has full-width digits"],
    checks: [
        "单元格里的数字、小数点或正负号是全角字符（０-９ ．＋－）。",
        "A figure is written with full-width digits, point or sign (０-９ ．＋－).",
    ],
    basis: [
        "国办公开办函〔2019〕60号、〔2021〕30号规定的表格填报数字；汇总和核对都要能直接读取。",
        "The tables of 国办公开办函〔2019〕60号 and 〔2021〕30号 require numbers that can be read and added up directly.",
    ],
    example: [
        "\
不符：“１２”。

相符：“12”。",
        "\
Fires: `１２`.

Silent: `12`.",
    ],
    fix: [
        "改为半角（可自动修正），数值不变。",
        "They become half-width: a safe fix that does not change the value.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures().iter().filter(|figure| figure.number.form.full_width) {
        let (name, written) = (figure.name(language), context.text(figure.cell.span));
        let message = say!(
            language,
            "{name}用了全角字符“{written}”，应改用半角数字",
            "{name} is written in full width, “{written}”: use half-width digits"
        );
        findings.push(figure.badly_written(&RULE, context, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn full_width_digits_points_and_signs() {
        let source = report(2022);
        for two in ["２", "０２", "２件", "２.0", "2．0"] {
            let marked = source.replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | ⟦{two}⟧ |"));
            reports("GK206", Severity::Warning, &marked);
            fixes_to("GK206", &marked.replace(['⟦', '⟧'], ""), &source);
        }
        let amount = source.replace("行政事业性收费 | 0", "行政事业性收费 | 12.50");
        fixes_to("GK206", &amount.replace("12.50", "１２．５０"), &amount);
        let signed = report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -2 |");
        fixes_to("GK206", &signed.replace("| -2 |", "| －２ |"), &signed);
        fixes_to("GK206", &signed.replace("| -2 |", "| ＋２ |"), &signed.replace("| -2 |", "| +2 |"));
    }

    #[test]
    fn other_full_width_characters() {
        // A full-width comma is a separator, full-width space no character at all; circled and Chinese numerals are no numbers.
        for other in ["1，234", "\u{3000}2\u{3000}", "②", "二", "—2"] {
            silent("GK206", &report(2022).replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | {other} |")));
        }
    }

    #[test]
    fn four_decimals_are_still_an_amount() {
        let amount = report(2022).replace("行政事业性收费 | 0", "行政事业性收费 | 12.3456");
        fixes_to("GK206", &amount.replace("12.3456", "１２.3456"), &amount);
        let found = findings("GK206", &amount.replace("12.3456", "１２.34567"));
        assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()), "{found:#?}");
    }
}
