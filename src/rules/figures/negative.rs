//! GK204 negative: a negative number.

use crate::rules::support::context::Context;
use crate::rules::{Finding, SPELLING};
use crate::say;
use crate::statute::Quantity;

rule! {
    code: "GK204",
    name: "negative",
    severity: Error,
    reads: SPELLING,
    title: ["数字为负", "A negative number"],
    checks: [
        "除 2019 年格式“本年增/减”一栏外，单元格里的数字不能小于 0。",
        "Outside the column 本年增/减 of the 2019 format no figure is below 0.",
    ],
    basis: [
        "各栏填报的是件数、项目数量或金额，没有负数；只有“本年增/减”是变化量。",
        "The cells contain numbers of cases and items, and amounts of money. Only 本年增/减 is a change.",
    ],
    example: [
        "\
不符：自然人一栏填“-2”。

相符：“本年增/减”填“-2”。",
        "\
Fires: -2 under natural persons.

Silent: -2 under 本年增/减.",
    ],
    fix: [
        "应填多少须由填报人核对，不自动修正。",
        "Only the records show the right figure.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures() {
        if figure.number.scaled < 0 && figure.quantity() != Quantity::Change {
            let (name, written) = (figure.name(language), context.text(figure.cell.span));
            let message = say!(
                language,
                "{name}不能为负数，现为 {written}，请核对",
                "{name} cannot be negative, but is {written}: check it against the records"
            );
            findings.push(Finding::new(&RULE, figure.cell.span, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn less_than_nothing() {
        let source = report(2022);
        for number in ["-2", "－2", "-0.5", "-1,234", "—3"] {
            let marked = source.replace("2.重复申请 | 0 |", &format!("2.重复申请 | ⟦{number}⟧ |"));
            reports("GK204", Severity::Error, &marked);
        }
        reports("GK204", Severity::Error, &source.replace("行政事业性收费 | 0", "行政事业性收费 | ⟦-0.5⟧"));
    }

    #[test]
    fn changes_and_zero() {
        // A sign in words is no number: another finding.
        for other in ["-0", "减3", "-", "1-2"] {
            silent("GK204", &report(2022).replace("2.重复申请 | 0 |", &format!("2.重复申请 | {other} |")));
        }
    }

    #[test]
    fn the_cell_is_named() {
        let (message, _) = said("GK204", &report(2022).replace("2.重复申请 | 0 |", "2.重复申请 | -2 |"));
        assert_eq!(message, "“（五）2.重复申请”自然人不能为负数，现为 -2，请核对");
    }
}
