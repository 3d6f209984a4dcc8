//! GK307 item-change: more items dropped than there were.

use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::statute::{CellRef, Column};

rule! {
    code: "GK307",
    name: "item-change",
    severity: Error,
    reads: TABLES,
    title: ["项目数量减为负数", "More items dropped than there were"],
    checks: [
        "2019 年格式表二中，上一年项目数量加本年增/减不能小于 0。",
        "In Table 2 of the 2019 format: items last year + change this year ≥ 0.",
    ],
    basis: [
        "国办公开办函〔2019〕60号：本年增/减是在上一年项目数量基础上的变化。",
        "国办公开办函〔2019〕60号: the change is one of last year's number.",
    ],
    example: [
        "\
不符：上一年项目数量 2，本年增/减 -3。

相符：上一年项目数量 5，本年增/减 -2。",
        "\
Fires: 2 items last year, change -3.

Silent: 5 items last year, change -2.",
    ],
    fix: [
        "两个数中哪一个有误须由填报人核对，不自动修正。",
        "Only the records show which of the two is wrong.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for table in &context.report.tables {
        for (row, spec) in table.spec.rows.iter().enumerate() {
            let at = |column| Some(CellRef { row, column: spec.columns.iter().position(|other| *other == column)? });
            let (Some(before), Some(change)) = (at(Column::ItemsLastYear), at(Column::ItemChange)) else { continue };
            let (Some(before), Some(cell)) = (table.cell(before), table.cell(change)) else { continue };
            let (Some(items), Some(delta)) = (before.count(), cell.integer()) else { continue };
            let left = items.saturating_add(delta);
            if left >= 0 {
                continue;
            }
            let name = names::row(spec.row, language);
            let message = say!(
                language,
                "{name}上一年项目数量 {items} 加本年增/减 {delta} 为 {left}，不能小于 0",
                "{name}: {items} items last year and a change of {delta} make {left}, less than 0"
            );
            let related = Related {
                span: before.span,
                message: say!(language, "上一年项目数量 {items}", "items last year: {items}"),
            };
            findings.push(Finding::new(&RULE, cell.span, message).related([related]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn more_dropped_than_there_were() {
        reports("GK307", Severity::Error, &report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 2 | ⟦-3⟧ |"));
        reports("GK307", Severity::Error, &report(2020).replace("行政处罚 | 0 | 0 |", "行政处罚 | 2 | ⟦减3⟧ |"));
    }

    #[test]
    fn a_change_that_leaves_something() {
        silent("GK307", &report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -5 |"));
        silent("GK307", &report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 无 | -5 |"));
    }
}
