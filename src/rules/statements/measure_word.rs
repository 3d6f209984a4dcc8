//! GK415 measure-word: applications are counted in 条 instead of 件.

use crate::report::Measure;
use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding, Fix};
use crate::say;
use crate::statute::TableKind;
use crate::text::TextEdit;

rule! {
    code: "GK415",
    name: "measure-word",
    severity: Info,
    reads: BOTH,
    title: ["申请的计量单位应为“件”", "Applications are counted in 件"],
    checks: [
        "正文中政府信息公开申请以“条”计数的，应改为“件”。信息以“条”计数，不在此列。",
        "Applications counted in 条 should be counted in 件. Items of information are rightly counted in 条.",
    ],
    basis: [
        "表三以件统计申请；“条”是信息的单位，混用使人分不清说的是申请还是信息。",
        "Table 3 counts applications in 件; 条 is the unit of information, so the meaning is unclear.",
    ],
    example: [
        "\
不符：“收到政府信息公开申请2条”。

相符：“收到政府信息公开申请2件”“公开信息422条”。",
        "\
Fires: `收到政府信息公开申请2条`.

Silent: `收到政府信息公开申请2件`, `公开信息422条`.",
    ],
    fix: [
        "数字与表三一致的，把“条”改为“件”，可自动修正；不一致的只提供改法。",
        "条 becomes 件: a safe fix if the number is that of the table, otherwise an unsafe one.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for statement in context.report.statements.iter().filter(|statement| !statement.quoted) {
        let Some((Measure::Entry, span)) = statement.measure else { continue };
        let Some(fact) = statement.fact.filter(|fact| fact.table() == Some(TableKind::Applications)) else { continue };
        let count = context.text(statement.span);
        let written = context.text(span);
        let message = say!(
            language,
            "政府信息公开申请以“件”计数，“{count}{written}”应为“{count}件”",
            "Applications are counted in 件: {count}{written} should be {count}件"
        );
        let edits = vec![TextEdit { span, content: "件".to_owned() }];
        let action = say!(language, "将“{written}”改为“件”", "Change {written} to 件");
        let table = context.report.table(TableKind::Applications);
        let agrees = table.and_then(|table| narrative::sum(table, &fact.cells(table.spec)));
        let fix = match agrees.is_some() && agrees == statement.count() {
            true => Fix::safe(action, edits),
            false => Fix::doubtful(action, edits),
        };
        findings.push(Finding::new(&RULE, span, message).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::support::testing::*;

    #[test]
    fn applications_in_entries() {
        fixes_to("GK415", &saying(2022, "收到政府信息公开申请4条。"), &saying(2022, "收到政府信息公开申请4件。"));
        offers("GK415", &saying(2022, "收到政府信息公开申请9条。"), &saying(2022, "收到政府信息公开申请9件。"));
    }
}
