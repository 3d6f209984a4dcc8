//! GK203 not-a-number: not a number.

use crate::report::Value;
use crate::rules::support::context::Context;
use crate::rules::support::figure::Figure;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, SPELLING, Severity};
use crate::say;
use crate::statute::Quantity;
use crate::text::{Span, TextEdit};

rule! {
    code: "GK203",
    name: "not-a-number",
    severity: Error,
    reads: SPELLING,
    title: ["应填数字的单元格不是数字", "A cell does not hold a number"],
    checks: [
        "应填数字的单元格里是别的文字。2019 年格式“本年增/减”一栏写“增3”“减3”的，以及数字后面附有说明的（如“22（其中修订16件）”），含义明确但写法不规范，作为警告；附有说明的，其数字照常参加核对。",
        "A cell that needs a number contains other text. Text that can be understood is only a warning: `增3` or `减3` in the column 本年增/减 of the 2019 format, and a figure with a remark after it, such as `22（其中修订16件）`. The sums are checked with this figure.",
    ],
    basis: [
        "格式规定的表格填报数字；带文字的单元格无法汇总。",
        "The official tables require numbers; text cannot be added up.",
    ],
    example: [
        "\
不符：自然人一栏填“约3”；“本年增/减”填“减3”；“本年制发件数”填“22（其中修订16件）”。

相符：自然人一栏填“3”；“本年增/减”填“-3”；“本年制发件数”填“22”。",
        "\
Fires: `约3` under natural persons; `减3` in 本年增/减; `22（其中修订16件）` in 本年制发件数.

Silent: `3`; `-3`; `22`.",
    ],
    fix: [
        "“本年增/减”一栏的“增N”改为“N”、“减N”改为“-N”（可自动修正）；数字后的说明移到正文中，可只留数字，须由填报人确认；其余由填报人改正。",
        "In 本年增/减, `增N` becomes `N` and `减N` becomes `-N`: a safe fix. Leaving the figure without its remark is offered; the remark belongs in the text of the report, so this is an unsafe fix. Anything else has to be corrected by hand.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in &context.report.tables {
        for (place, cell) in table.cells() {
            let written = context.text(cell.span);
            findings.push(match &cell.value {
                Value::Number(number) if number.form.remark => {
                    remark(context, Figure { table, place, cell, number }, written)
                }
                Value::Number(number) if number.form.worded_sign => {
                    worded_sign(context, Figure { table, place, cell, number }, written)
                }
                Value::Other => no_number(context, cell.span, names::cell(table, place, context.language), written),
                _ => continue,
            });
        }
    }
}

/// The finding on a cell that holds no number.
fn no_number(context: &Context<'_>, span: Span, name: &str, written: &str) -> Finding {
    let message =
        say!(context.language, "{name}应填数字，现为“{written}”", "{name} should be a number, but is “{written}”");
    Finding::new(&RULE, span, message)
}

/// The finding on a figure whose sign is a word. Only a change has a sign.
fn worded_sign(context: &Context<'_>, figure: Figure<'_>, written: &str) -> Finding {
    let (language, span, name) = (context.language, figure.cell.span, figure.name(context.language));
    let is_change = figure.quantity() == Quantity::Change && figure.number.is_whole();
    match figure.written_well(context).filter(|_| is_change) {
        Some(value) => {
            let message = say!(
                language,
                "{name}写作“{written}”，应填带正负号的数字 {value}",
                "{name} is “{written}”: write the signed number {value}"
            );
            Finding::new(&RULE, span, message).severity(Severity::Warning).fix(Fix::safe(
                say!(language, "改为 {value}", "Change it to {value}"),
                vec![TextEdit { span, content: value }],
            ))
        }
        None => no_number(context, span, name, written),
    }
}

/// The finding on a figure with words about it after it.
fn remark(context: &Context<'_>, figure: Figure<'_>, written: &str) -> Finding {
    let (language, name) = (context.language, figure.name(context.language));
    let written = written.split_whitespace().collect::<String>();
    let message = say!(
        language,
        "{name}写作“{written}”，单元格应只填数字，说明请写在正文中",
        "{name} is “{written}”: write only the number, and the remark in the text of the report"
    );
    let finding = Finding::new(&RULE, figure.cell.span, message).severity(Severity::Warning);
    match figure.written_well(context) {
        Some(value) => finding.fix(Fix::doubtful(
            say!(language, "只留数字 {value}", "Keep only the number {value}"),
            vec![TextEdit { span: figure.cell.span, content: value }],
        )),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn figures_with_a_remark() {
        let source = report(2022);
        for two in
            ["2（其中1件为上年结转）", "2(含补正1件)", "2，其中网上申请1件", "2件（均为网上申请）", "2 【注：含补正】"]
        {
            let marked = source.replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | ⟦{two}⟧ |"));
            reports("GK203", Severity::Warning, &marked);
            offers("GK203", &marked.replace(['⟦', '⟧'], ""), &source);
        }
        // The figure is added up like any other.
        let wrong = source.replace("（一）予以公开 | 2 |", "（一）予以公开 | 3（其中1件为上年结转） |");
        assert_eq!(findings("GK303", &wrong).len(), 1);
        // What is no figure with a remark.
        for other in ["2（一）", "2（）", "2(1)", "（其中1件）", "约2（含补正）", "2（含补正", "两件（含补正）"]
        {
            let marked = source.replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | ⟦{other}⟧ |"));
            reports("GK203", Severity::Error, &marked);
        }
    }

    #[test]
    fn words_where_a_number_is_due() {
        let source = report(2022);
        for other in ["约3", "三", "3.", "O", "见附件"] {
            reports(
                "GK203",
                Severity::Error,
                &source.replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | ⟦{other}⟧ |")),
            );
        }
        reports("GK203", Severity::Error, &source.replace("行政许可 | 0", "行政许可 | ⟦减3⟧"));
    }

    #[test]
    fn worded_signs_in_the_signed_column() {
        let source = report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -3 |");
        reports("GK203", Severity::Warning, &source.replace("| -3 |", "| ⟦减3⟧ |"));
        fixes_to("GK203", &source.replace("| -3 |", "| 减少3 |"), &source);
        fixes_to("GK203", &source.replace("| -3 |", "| 增34 |"), &source.replace("| -3 |", "| 34 |"));
        // What is more than a sign in words is no number, and nothing to be guessed.
        for other in ["减3元", "减1 2", "减2.5"] {
            reports("GK203", Severity::Error, &source.replace("| -3 |", &format!("| ⟦{other}⟧ |")));
        }
    }

    #[test]
    fn numbers_in_other_spellings_are_other_findings() {
        for other in ["２", "2件", "1,234", "-2", "2.0", "007", "/", "无", ""] {
            silent("GK203", &report(2022).replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | {other} |")));
        }
    }
}
