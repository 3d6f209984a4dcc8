//! GK111 template-year: tables of another year.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::rewrite;
use crate::rules::{Finding, Fix, Related, TABLES};
use crate::say;
use crate::statute::{Edition, TableKind};
use crate::text::{TextEdit, compatible};

rule! {
    code: "GK111",
    name: "template-year",
    severity: Error,
    reads: TABLES.and(Facets::MARKS),
    title: ["表格与报告年度不符", "The tables are those of another year"],
    checks: [
        "2019、2020 年度的报告用 2019 年格式的表格，2021 年度起用 2021 年修订的格式。用错格式的，在最先显示错误的表格上提示一次。",
        "Reports for 2019 and 2020 use the tables of the 2019 format, later ones those of the revised format of 2021. There is one finding, at the first table with the wrong format.",
    ],
    basis: [
        "国办公开办函〔2019〕60号（试行格式）、国办公开办函〔2021〕30号（现行格式）。",
        "国办公开办函〔2019〕60号 (on trial), 国办公开办函〔2021〕30号 (in force).",
    ],
    example: [
        "\
不符：2021 年度报告的表二有“上一年项目数量”“政府集中采购”。

相符：2021 年度报告的表二为“本年制发件数、本年废止件数、现行有效件数”等栏。",
        "\
Fires: a report for 2021 with the columns 上一年项目数量 or the row 政府集中采购.

Silent: a report for 2021 with 本年制发件数, 本年废止件数, 现行有效件数.",
    ],
    fix: [
        "可以把表格换成相应年度的格式：两种格式都有的数字（许可、处罚、强制的处理决定数量，表三）保留，其余留空待填，不自动修正。用错格式的表格不再逐行提示缺行。",
        "The tables can be converted: figures that both formats have (decisions on licences, penalties and coercion, table 3) are kept, the others are left blank to fill in, so the fix is unsafe. Rows that only the other format has are not reported as missing.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some((year, stated)) = context.report.year else { return };
    let due = Edition::of_year(year);
    let Some(table) = context.of_wrong_format().next() else { return };
    let language = context.language;
    let span = table.witness.unwrap_or_else(|| first_label(context, table.spec.kind).unwrap_or(table.span));
    let (used, right) = (table.spec.edition, due);
    let name = names::table(table.spec.kind, language);
    let message = say!(
        language,
        "这是 {year} 年度的报告，{name}却用了 {} 年格式（{}）；应使用 {} 年格式（{}）的表格",
        "This is the report for {year}, but {name} follows the format of {} ({}); it should follow that of {} ({})",
        used.year(),
        used.notice(),
        right.year(),
        right.notice()
    );
    let related = Related { span: stated, message: say!(language, "报告年度 {year}", "The report is for {year}") };
    let finding = Finding::new(&RULE, span, message).related([related]);
    let edits: Option<Vec<TextEdit>> = context
        .of_wrong_format()
        .map(|table| rewrite::convert(context, table, due.format().table(table.spec.kind)))
        .collect();
    // Tables that run into each other have lines in common.
    let clash =
        |edits: &[TextEdit]| edits.iter().enumerate().any(|(at, a)| edits[..at].iter().any(|b| !compatible(a, b)));
    findings.push(match edits.filter(|edits| !clash(edits)) {
        Some(edits) => {
            let title = say!(
                language,
                "换成 {} 年格式的表格，保留两种格式都有的数字，其余留空",
                "Convert to the tables of {}: figures that both have are kept, the others are blank",
                right.year()
            );
            finding.fix(Fix { draft: context.drafts, ..Fix::rewrite(title, edits) }.of_source(context.page.is_some()))
        }
        None => finding,
    });
}

fn first_label(context: &Context<'_>, kind: TableKind) -> Option<crate::text::Span> {
    context.report.labels.iter().find(|label| label.table == Some(kind)).map(|label| label.span)
}

#[cfg(test)]
mod tests {
    use crate::analysis::Analysis;
    use crate::rules::Applicability;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;
    use crate::text::Span;

    #[test]
    fn the_tables_are_converted() {
        for (year, other) in [(2020, 2022), (2022, 2020)] {
            let source = report(year)
                .replace(&(year + 1).to_string(), "NEXT")
                .replace(&year.to_string(), &other.to_string())
                .replace("NEXT", &(other + 1).to_string());
            let fix = &findings("GK111", &source)[0].fixes[0];
            assert!(fix.rewrite);
            // 表四 is the same in both.
            assert_eq!(fix.edits.len(), 2);
            let fixed = crate::text::apply(&source, &fix.edits);
            for code in
                ["GK111", "GK112", "GK113", "GK114", "GK115", "GK116", "GK117", "GK118", "GK119", "GK301", "GK303"]
            {
                silent(code, &fixed);
            }
            assert!(fixed.contains("一、本年新收政府信息公开申请数量 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |"), "{fixed}");
        }
    }

    /// They get no safe fixes, except 表四, which is the same in both formats.
    #[test]
    fn a_format_that_must_not_be_used_has_no_safe_fix() {
        let source = report(2020)
            .replace("2.重复申请 | 0 | 0 |", "2.重复申请 | 0 | 5 |")
            .replace("2.没有现成信息需要另行制作 | 0 |", "2.没有现成信息需要另行制作 | ０ |")
            .replace("行政许可 | 0 | 0 | 0 |", "行政许可 | 0 | 减3 | 0 |")
            .replace("1 | 0 | 0 | 0 | 1 | 0 |", "1 | 0 | 0 | 0 | １ | 0 |");
        let safe = |analysis: &Analysis| -> Vec<&str> {
            let found = analysis.findings();
            let safe = found.iter().filter(|it| it.fixes.iter().any(|fix| fix.applicability == Applicability::Safe));
            safe.map(|finding| finding.rule.code).collect()
        };
        let mut analysis = Analysis::new(&source, Default::default());
        assert_eq!(safe(&analysis), ["GK203", "GK206", "GK303", "GK206"]);
        // The year alone makes the difference, in either direction.
        let year = source.find("2020").unwrap();
        for (year_said, due) in [("2022", &["GK206"][..]), ("2020", &["GK203", "GK206", "GK303", "GK206"])] {
            analysis.edit(Span::new(year, year + 4), year_said);
            assert_eq!(safe(&analysis), due);
            let fresh = Analysis::new(&analysis.text().to_string(), Default::default());
            assert_eq!(analysis.findings(), fresh.findings());
        }
    }

    #[test]
    fn tables_of_the_right_edition() {
        // Without a year the format is unknown.
        silent("GK111", &report(2020).replace("2020年", "本年").replace("2021年", ""));
    }

    #[test]
    fn what_both_editions_ask_for_is_kept() {
        let old = report(2020)
            .replace("行政许可 | 0 | 0 | 0 |", "行政许可 | 5 | -2 | 132 |")
            .replace("行政处罚 | 0 | 0 | 0 |", "行政处罚 | 4 | 1 | 45 |")
            .replace("2020", "2022")
            .replace("2021", "2023");
        let fixed = crate::text::apply(&old, &findings("GK111", &old)[0].fixes[0].edits);
        assert!(fixed.contains("行政许可 | 132 |") && fixed.contains("行政处罚 | 45 |"), "{fixed}");
    }

    #[test]
    fn a_table_that_no_label_gives_away_is_shown_by_its_first() {
        let old = report(2020).replace("2020", "2022").replace("2021", "2023");
        let (start, end) = (old.find("第二十条第（一）项").unwrap(), old.find("三、收到和处理").unwrap());
        let bare = format!("{}{}", &old[..start], &old[end..]);
        reports("GK111", Severity::Error, &bare.replacen("申请人情况", "⟦申请人情况⟧", 1));
    }
}
