//! GK205 decimal: a count is not a whole number.

use crate::rules::support::context::Context;
use crate::rules::{Finding, SPELLING, Severity};
use crate::say;
use crate::statute::Quantity;

rule! {
    code: "GK205",
    name: "decimal",
    severity: Error,
    reads: SPELLING,
    title: ["件数不是整数", "A count is not a whole number"],
    checks: [
        "填报件数、项目数量的单元格应为整数。只是写成“3.0”的，作为提示。",
        "A number of cases or items is a whole number. `3.0` is information only.",
    ],
    basis: [
        "申请、决定、文件和项目都按件计，没有半件。金额（万元）可以有小数。",
        "Applications, decisions, documents and items are counted one by one. Amounts of money in 万元 may have decimals.",
    ],
    example: [
        "\
不符：自然人一栏填“2.5”。

相符：自然人一栏填“2”；收费金额填“12.5”。",
        "\
Fires: 2.5 under natural persons.

Silent: 2 under natural persons; 12.5 as an amount of fees.",
    ],
    fix: [
        "“3.0”改为“3”（可自动修正）；其余由填报人核对。",
        "`3.0` becomes `3`: a safe fix. Anything else has to be checked against the records.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures() {
        if figure.number.decimals == 0 || figure.quantity() == Quantity::Amount {
            continue;
        }
        let (name, written) = (figure.name(language), context.text(figure.cell.span));
        findings.push(if figure.number.is_whole() {
            let message = say!(
                language,
                "{name}是件数，不必写小数：{written}",
                "{name} is a whole number and needs no decimals: {written}"
            );
            figure.badly_written(&RULE, context, message).severity(Severity::Info)
        } else {
            let message = say!(
                language,
                "{name}应为整数，现为 {written}，请核对",
                "{name} should be a whole number, but is {written}: check it against the records"
            );
            Finding::new(&RULE, figure.cell.span, message)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn parts_of_a_case() {
        let source = report(2022);
        for number in ["2.5", "0.3", "２．５", "3.00001"] {
            let marked = source.replace("2.重复申请 | 0 |", &format!("2.重复申请 | ⟦{number}⟧ |"));
            reports("GK205", Severity::Error, &marked);
        }
    }

    #[test]
    fn decimals_that_say_nothing() {
        let source = report(2022);
        for two in ["2.0", "2.000000", "２．０", "02.0", "2.0件"] {
            fixes_to("GK205", &source.replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | {two} |")), &source);
        }
        fixes_to(
            "GK205",
            &report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -2.0 |"),
            &report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -2 |"),
        );
    }

    #[test]
    fn amounts_have_decimals() {
        silent("GK205", &report(2020).replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 15 | 1001.115 |"));
    }
}
