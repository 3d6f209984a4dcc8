//! GK306 documents-in-force: more issued than in force or repealed.

use crate::rules::support::cells::NamedCount;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, TABLES};
use crate::say;
use crate::statute::{Column, Row};

rule! {
    code: "GK306",
    name: "documents-in-force",
    severity: Warning,
    reads: TABLES,
    title: ["制发件数大于现行有效与废止之和", "More issued than in force or repealed"],
    checks: [
        "2021 年格式表二中，规章、行政规范性文件的本年制发件数不应大于现行有效件数与本年废止件数之和。",
        "In Table 2 of the 2021 format: issued this year ≤ in force + repealed this year, for rules and for normative documents.",
    ],
    basis: [
        "本年制发的文件年末或者仍然有效，或者已在当年废止。",
        "A document issued this year is in force at its end, or was repealed within it.",
    ],
    example: [
        "\
不符：本年制发 5，本年废止 0，现行有效 0。

相符：本年制发 5，本年废止 1，现行有效 20。",
        "\
Fires: 5 issued, 0 repealed, 0 in force.

Silent: 5 issued, 1 repealed, 20 in force.",
    ],
    fix: [
        "哪一个数有误须由填报人核对，不自动修正。",
        "Only the records show which figure is wrong.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for table in &context.report.tables {
        for row in [Row::Rules, Row::NormativeDocuments] {
            let count = |column| NamedCount::find(table, row, column, language);
            let (Some(issued), Some(repealed), Some(in_force)) =
                (count(Column::Issued), count(Column::Repealed), count(Column::InForce))
            else {
                continue;
            };
            if issued.value <= in_force.value.saturating_add(repealed.value) {
                continue;
            }
            let (a, b) = (names::column(Column::Issued, language), names::column(Column::Repealed, language));
            let related = [issued.related(), repealed.related()];
            let (issued, repealed, NamedCount { value, span, name }) = (issued.value, repealed.value, in_force);
            let message = say!(
                language,
                "{name}为 {value}，与{b} {repealed} 之和小于{a} {issued}；本年制发的文件应仍然有效或已废止，请核对",
                "{name} is {value}; with {repealed} {b} that is less than {issued} {a}: what was issued is in force or repealed, check the three"
            );
            findings.push(Finding::new(&RULE, span, message).related(related));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn more_issued_than_there_are() {
        let source = report(2022);
        reports(
            "GK306",
            Severity::Warning,
            &source.replace("行政规范性文件 | 1 | 0 | 5 |", "行政规范性文件 | 5 | 1 | ⟦3⟧ |"),
        );
        reports("GK306", Severity::Warning, &source.replace("规章 | 0 | 0 | 0 |", "规章 | 1 | 0 | ⟦0⟧ |"));
    }

    #[test]
    fn documents_that_are_accounted_for() {
        silent("GK306", &report(2022).replace("行政规范性文件 | 1 | 0 | 5 |", "行政规范性文件 | 5 | 2 | 3 |"));
        silent("GK306", &report(2022).replace("行政规范性文件 | 1 | 0 | 5 |", "行政规范性文件 | 5 | / | 3 |"));
    }
}
