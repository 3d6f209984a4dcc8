//! GK502 documents-carry: documents in force follow from last year.

use crate::report::Facets;
use crate::rules::support::cells::find;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::years::{Compared, closest};
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::statute::{Column, TableKind};

rule! {
    code: "GK502",
    name: "documents-carry",
    severity: Warning,
    reads: TABLES.and(Facets::OTHERS),
    title: ["现行有效件数与上年不衔接", "Documents in force do not follow from last year"],
    checks: [
        "同一单位上年度报告一并检查时：本年现行有效件数 = 上年现行有效件数 + 本年制发件数 − 本年废止件数。",
        "When last year's report of the same body is among the files: documents in force = those of last year + issued − repealed.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的表二三栏分别为制发、废止和现行有效，其间应当衔接。",
        "Table 2 of 国办公开办函〔2021〕30号 has a column for each of the three, and they follow from one another.",
    ],
    example: [
        "\
不符：上年现行有效 30，本年制发 2、废止 1，现行有效 35。

相符：上年现行有效 30，本年制发 2、废止 1，现行有效 31。",
        "\
Fires: 30 in force last year, 2 issued, 1 repealed, 35 in force.

Silent: 30 in force last year, 2 issued, 1 repealed, 31 in force.",
    ],
    fix: [
        "可能是某一栏有误，也可能是清理、失效未计入废止；须由填报人核对，不自动修正。",
        "Any of the figures may be wrong, or documents lapsed without being counted as repealed: only the records show which.",
    ],
    configuration: [
        "同一单位的报告按（单位、年度）识别：标题，其次文件名，或 `gongkai.toml` 的 `[[report]]`。",
        "Reports are matched by body and year: from the title, else from the name of the file, or from `[[report]]` in `gongkai.toml`.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let Some(table) = context.report.table(TableKind::Disclosure) else { return };
    for spec in table.spec.rows {
        let value = |column| {
            let (place, cell) = find(table, spec.row, column)?;
            Some((place, cell.span, cell.count()?))
        };
        let figures = (value(Column::Issued), value(Column::Repealed), value(Column::InForce));
        let (Some(issued), Some(repealed), Some((place, span, this))) = figures else { continue };
        let compare = |digest: &crate::report::Digest| {
            let last = digest.figure(spec.row, Column::InForce).map(|last| last / 10_000);
            let due = |last: i64| last.saturating_add(issued.2).saturating_sub(repealed.2);
            last.map(|last| Compared { place, span, this, due: due(last) }).into_iter().collect()
        };
        let Some(differing) = closest(context.neighbours, compare) else { continue };
        let Some(Compared { due, .. }) = differing.first() else { continue };
        let last = due - issued.2 + repealed.2;
        let name = names::cell(table, place, language);
        let (made, gone, off) = (issued.2, repealed.2, this.abs_diff(*due));
        let message = say!(
            language,
            "{name}为 {this}，按上年现行有效 {last} + 本年制发 {made} − 本年废止 {gone} 应为 {due}，差 {off}；请核对",
            "{name} is {this}; last year's {last} + {made} issued − {gone} repealed is {due}, a difference of {off}: check \
             the figures"
        );
        let related = [issued, repealed].map(|(place, span, value)| Related {
            span,
            message: format!("{} {value}", names::cell(table, place, language)),
        });
        findings.push(Finding::new(&RULE, span, message).related(related));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;
    use crate::statute::Row;

    /// The report for 2022, with `figures` of normative documents.
    fn with(figures: &str) -> String {
        let label = row_label(Row::NormativeDocuments);
        report(2022).replace(&format!("{label} | 1 | 0 | 5 |"), &format!("{label} | {figures} |"))
    }

    #[test]
    fn what_follows_from_last_year() {
        let beside = last_years(&[&report(2021)]);
        silent_beside("GK502", &beside, &with("1 | 0 | 6"));
        silent_beside("GK502", &beside, &with("2 | 3 | 4"));
        silent_beside("GK502", &beside, &with("/ | 3 | 4"));
        // The format before has no such column.
        silent_beside("GK502", &last_years(&[&report(2020)]), &with("1 | 0 | 5"));
        silent("GK502", &with("1 | 0 | 50"));
    }

    #[test]
    fn what_does_not() {
        let beside = last_years(&[&report(2021)]);
        reports_beside("GK502", Severity::Warning, &beside, &with("1 | 0 | ⟦5⟧"));
        let found = findings_beside("GK502", &beside, &with("3 | 1 | 9"));
        assert!(found[0].message.contains("上年现行有效 5 + 本年制发 3 − 本年废止 1 应为 7，差 2"), "{found:?}");
    }
}
