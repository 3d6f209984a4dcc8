//! GK202 placeholder: a placeholder for a number.

use crate::report::Value;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, SPELLING};
use crate::say;
use crate::text::TextEdit;

rule! {
    code: "GK202",
    name: "placeholder",
    severity: Warning,
    reads: SPELLING,
    title: ["以符号代替数字", "A placeholder is in place of a number"],
    checks: [
        "应填数字的单元格里填的是“/”“-”“——”“无”“N/A”“不适用”之类的符号或文字。",
        "A cell that needs a number contains `/`, `-`, `——`, `无`, `N/A`, `不适用` or the like.",
    ],
    basis: [
        "格式规定的表格每格均应填报数字，没有发生的填 0；符号无法与漏填、未统计区分，相关合计也无从核对。",
        "Every cell of the official tables has to contain a number, 0 if nothing happened. A sign cannot be distinguished from an omission, and no sum with it can be checked.",
    ],
    example: [
        "\
不符：行政强制一行填“/”。

相符：填“0”。",
        "\
Fires: `/` for the number of decisions.

Silent: `0`.",
    ],
    fix: [
        "可改为 0。是没有发生还是没有统计，须由填报人确认，因此不自动修正。",
        "0 is offered. Only the records show whether nothing happened or nothing was counted, so the fix is unsafe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for table in &context.report.tables {
        for (place, cell) in table.cells().filter(|(_, cell)| cell.value == Value::Placeholder) {
            let (name, written) = (names::cell(table, place, language), context.text(cell.span));
            let message = say!(
                language,
                "{name}应填数字，现为“{written}”；没有发生的应填 0",
                "{name} should be a number, but is “{written}”; fill in 0 if nothing happened"
            );
            let zero = TextEdit { span: cell.span, content: "0".to_owned() };
            let fix = Fix::doubtful(say!(language, "改为 0", "Change it to 0"), vec![zero]);
            findings.push(Finding::new(&RULE, cell.span, message).fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn signs_and_words_for_nothing() {
        let source = report(2022);
        for sign in ["——", "－", "n/a", "\\"] {
            let marked = source.replace("2.重复申请 | 0 |", &format!("2.重复申请 | ⟦{sign}⟧ |"));
            reports("GK202", Severity::Warning, &marked);
        }
        offers("GK202", &source.replace("行政处罚 | 0", "行政处罚 | 无"), &source);
        offers("GK202", &report(2020).replace("行政处罚 | 0 | 0", "行政处罚 | 0 | -"), &report(2020));
    }

    #[test]
    fn numbers_blanks_and_text_are_no_placeholders() {
        for other in ["0", "-2", "", "\u{3000}", "约3", "无法统计"] {
            silent("GK202", &report(2022).replace("2.重复申请 | 0 |", &format!("2.重复申请 | {other} |")));
        }
    }
}
