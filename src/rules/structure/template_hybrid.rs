//! GK112 template-hybrid: parts of both formats.

use crate::report::{Facets, Table};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::rewrite;
use crate::rules::{Finding, Fix, Related, TABLES};
use crate::say;
use crate::statute::{Edition, Row, TableKind};
use crate::text::Span;

rule! {
    code: "GK112",
    name: "template-hybrid",
    severity: Warning,
    reads: TABLES.and(Facets::MARKS),
    title: ["表格混用两种格式", "The tables mix two formats"],
    checks: [
        "表二、表三是否出自同一种格式：表二已用 2021 年格式，表三的“（六）其他处理”却仍是一行；或者表二里混有另一种格式的行、栏。",
        "Whether tables 2 and 3 have the same format: table 2 follows that of 2021, and `（六）其他处理` of table 3 is still one row; or table 2 mixes rows and columns of both.",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号.",
    ],
    example: [
        "\
不符：表二有“现行有效件数”，表三“（六）其他处理”没有分成三行。

相符：“（六）其他处理”分为“1.申请人无正当理由逾期不补正……”等三行。",
        "\
Fires: table 2 has `现行有效件数`, and `（六）其他处理` of table 3 has no sub-rows.

Silent: it has its three sub-rows.",
    ],
    fix: [
        "把表三换成与表二相同的格式，“（六）其他处理”之下的三行留空，由填报人填写，不自动修正。",
        "The fix converts Table 3 to the format of table 2, with the three sub-rows of `（六）其他处理` blank to fill in, so it is unsafe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let Some(disclosure) = report.table(TableKind::Disclosure) else { return };
    let edition = disclosure.spec.edition;
    // Tables of another year altogether are another finding.
    if report.edition_due().is_some_and(|due| due != edition) {
        return;
    }
    let shown = disclosure.witness.map(|span| {
        let label = names::written(context.text(span));
        Related { span, message: say!(language, "表二“{label}”", "Table 2: “{label}”") }
    });
    if let Some(table) = report.table(TableKind::Applications).filter(|table| table.spec.edition != edition) {
        let span = first_of(context, table, table.spec.edition)
            .or_else(|| label(table, Row::OtherHandling))
            .unwrap_or(table.span);
        let row = names::row(Row::OtherHandling, language);
        let message = match edition {
            Edition::F2021 => say!(
                language,
                "表二是 2021 年格式，表三的{row}却是 2019 年格式的一行，应分为三行",
                "Table 2 follows the format of 2021, but {row} of table 3 is one row as in 2019; it should have three sub-rows"
            ),
            Edition::F2019 => say!(
                language,
                "表二是 2019 年格式，表三的{row}却按 2021 年格式分了行",
                "Table 2 follows the format of 2019, but {row} of table 3 is divided as in 2021"
            ),
        };
        let mut finding = Finding::new(&RULE, span, message).related(shown);
        if let Some(edit) = rewrite::convert(context, table, edition.format().table(TableKind::Applications)) {
            let divided = names::row(Row::OtherHandling, language);
            let title = say!(
                language,
                "把表三换成 {} 年格式，其余数字保留，{divided}留空",
                "Convert table 3 to the format of {}: other figures are kept, {divided} is blank",
                edition.year()
            );
            let fix = Fix { draft: context.drafts, ..Fix::rewrite(title, vec![edit]) };
            finding = finding.fix(fix.of_source(context.page.is_some()));
        }
        findings.push(finding);
        return;
    }
    let other = if edition == Edition::F2021 { Edition::F2019 } else { Edition::F2021 };
    if let Some(span) = first_of(context, disclosure, other) {
        let (written, used) = (names::written(context.text(span)), other.year());
        let message = say!(
            language,
            "表二是 {} 年格式，“{written}”却是 {used} 年格式的内容",
            "Table 2 follows the format of {}, but “{written}” belongs to the format of {used}",
            edition.year()
        );
        findings.push(Finding::new(&RULE, span, message).related(shown));
    }
}

/// The first label in `table` that `edition` alone has.
fn first_of(context: &Context<'_>, table: &Table, edition: Edition) -> Option<Span> {
    let mut labels = context.report.labels.iter().filter(|label| label.table == Some(table.spec.kind));
    labels.find(|label| label.label.label.edition() == Some(edition)).map(|label| label.span)
}

fn label(table: &Table, row: Row) -> Option<Span> {
    table.row(row)?.label.map(|(span, _)| span)
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analysis;
    use crate::config::Settings;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;
    use std::sync::Arc;

    /// The report for 2022 with the single row （六）其他处理 of 2019.
    fn hybrid() -> String {
        let source = report(2022);
        let from = source.find("1.申请人无正当").unwrap();
        let to = source.find("（七）总计").unwrap();
        format!("{}（六）其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n{}", &source[..from], &source[to..])
    }

    #[test]
    fn both_formats() {
        reports("GK112", Severity::Warning, &hybrid().replace("（六）其他处理", "⟦（六）其他处理⟧"));
        let source = report(2022);
        let mixed = source
            .replace("信息内容 | 处理决定数量 |\n行政许可", "信息内容 | ⟦上一年项目数量⟧ | 处理决定数量 |\n行政许可");
        reports("GK112", Severity::Warning, &mixed);
    }

    #[test]
    fn the_sub_rows_are_inserted() {
        let source = hybrid();
        let fix = &findings("GK112", &source)[0].fixes[0];
        let fixed = crate::text::apply(&source, &fix.edits);
        for code in ["GK111", "GK112", "GK114", "GK115", "GK116", "GK117", "GK118"] {
            silent(code, &fixed);
        }
        assert_eq!(findings("GK201", &fixed).len(), 1, "{fixed}");
    }

    /// What is only drafted would empty the table.
    #[test]
    fn the_table_is_converted_when_the_fix_is_asked_for() {
        let source = hybrid();
        let analysis = Analysis::new(&source, Arc::default());
        analysis.check_until(|| false);
        let drafts: Vec<&str> = analysis
            .reported()
            .iter()
            .filter(|it| it.finding.fixes.iter().any(|fix| fix.draft))
            .map(|it| it.finding.rule.code)
            .collect();
        assert_eq!(drafts, ["GK112"]);
        let found = analysis.findings();
        assert!(found.iter().all(|finding| finding.fixes.iter().all(|fix| !fix.draft)));
        assert_eq!(found, findings_under(&Settings::default(), &source));
    }

    #[test]
    fn one_format() {
        // Another year's tables are another finding.
        silent("GK112", &report(2020).replace("2020", "2022").replace("2021", "2023"));
        silent("GK112", &hybrid().replace("2022", "2020").replace("2023", "2021"));
        silent("GK112", &report(2022).replace("1.申请人无正当", "（六）其他处理 | 1.申请人无正当"));
    }
}
