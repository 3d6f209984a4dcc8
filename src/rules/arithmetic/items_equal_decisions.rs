//! GK311 items-equal-decisions: as many items as decisions.

use crate::rules::support::cells::NamedCount;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, TABLES};
use crate::say;
use crate::statute::Column;

rule! {
    code: "GK311",
    name: "items-equal-decisions",
    severity: Info,
    reads: TABLES,
    title: ["项目数量与处理决定数量相同", "As many items as decisions"],
    checks: [
        "2019 年格式表二某行的上一年项目数量与处理决定数量相同，且不少于 50。",
        "In a row of Table 2 of the 2019 format the items last year equal the decisions, and are 50 or more.",
    ],
    basis: [
        "国办公开办函〔2019〕60号的这两栏含义不同：项目数量是事项的个数，处理决定数量是当年作出决定的件数。两者都较大又恰好相同，可能把件数填在了项目一栏。",
        "The two columns of 国办公开办函〔2019〕60号 are different things: items are kinds of matters, and decisions are the cases decided in the year. If both are large and equal, decisions may have been counted as items.",
    ],
    example: [
        "\
不符：上一年项目数量 174，处理决定数量 174。

相符：上一年项目数量 8，处理决定数量 174。",
        "\
Fires: 174 items last year, 174 decisions.

Silent: 8 items last year, 174 decisions.",
    ],
    fix: [
        "须由填报人核对，不自动修正。",
        "Only the records show whether the items are right.",
    ],
    configuration: [
        "达到多少才比较，由 `[thresholds]` 的 `GK311` 设定。",
        "`GK311` in `[thresholds]` sets the number from which the two are compared.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let large = context.settings.threshold("GK311");
    let language = context.language;
    for table in &context.report.tables {
        for spec in table.spec.rows {
            let count = |column| NamedCount::find(table, spec.row, column, language);
            let (Some(items), Some(decisions)) = (count(Column::ItemsLastYear), count(Column::Decisions)) else {
                continue;
            };
            if items.value != decisions.value || items.value < large {
                continue;
            }
            let NamedCount { value, span, name } = items;
            let column = names::column(Column::Decisions, language);
            let message = say!(
                language,
                "{name}与{column}都是 {value}；项目数量是事项的个数，不是办件数，请核对",
                "{name} and {column} are both {value}: items are kinds of matters, not cases; check them"
            );
            findings.push(Finding::new(&RULE, span, message).related([decisions.related()]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn large_and_equal() {
        let source = report(2020).replace("行政处罚 | 0 | 0 | 0 |", "行政处罚 | ⟦174⟧ | 34 | 174 |");
        reports("GK311", Severity::Info, &source);
        reports("GK311", Severity::Info, &source.replace("| 174 |", "| 1,74 |").replace("⟦174⟧", "⟦174.0⟧"));
    }

    #[test]
    fn small_or_different() {
        for row in ["49 | 0 | 49", "174 | 0 | 175", "/ | 0 | 174", "174 | 0 | "] {
            silent("GK311", &report(2020).replace("行政处罚 | 0 | 0 | 0 |", &format!("行政处罚 | {row} |")));
        }
    }

    #[test]
    fn from_fifty_on() {
        reports("GK311", Severity::Info, &report(2020).replace("行政处罚 | 0 | 0 | 0 |", "行政处罚 | ⟦50⟧ | 0 | 50 |"));
    }
}
