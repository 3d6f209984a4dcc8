//! GK305 bound: a part above its total.

use crate::report::Table;
use crate::rules::arithmetic::error_localization::Values;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Related, TABLES};
use crate::say;
use crate::statute::{CellRef, Identity, IdentityKind, Row};

rule! {
    code: "GK305",
    name: "bound",
    severity: Warning,
    reads: TABLES,
    title: ["分项大于总计", "A part is greater than its total"],
    checks: [
        "表三某列的勾稽关系因有空白或非数字而无法核对时，各项办理结果不应大于（七）总计，结转下年度继续办理不应大于本年新收与上年结转之和。",
        "If a blank or unreadable cell prevents the check of a sum of Table 3, no outcome may be above （七）总计 of its column, and 结转下年度继续办理 may not be above the sum of received and carried-in applications.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的勾稽关系：第一项加第二项之和，等于第三项加第四项之和。各项均不为负，部分不会大于总数。",
        "国办公开办函〔2021〕30号: the first and second rows together equal the third and fourth. No cell is negative, so no part is above the whole.",
    ],
    example: [
        "\
不符：（七）总计 3，予以公开 5，部分公开一格空白。

相符：（七）总计 5，予以公开 5，部分公开一格空白。",
        "\
Fires: （七）总计 is 3, 予以公开 is 5, and 部分公开 is blank.

Silent: （七）总计 is 5, 予以公开 is 5, and 部分公开 is blank.",
    ],
    fix: [
        "哪一个数有误须由填报人核对，不自动修正。各数齐全的，由 GK301、GK302 核对。",
        "Only the records show which of the two is wrong. If all figures are present, GK301 and GK302 check the sums.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (table, resolution) in context.resolutions() {
        let values = &resolution.values;
        let identities = table.spec.identities();
        // A cell that a contradiction already reports is not reported again.
        let blamed = |cell: CellRef| {
            resolution
                .contradictions
                .iter()
                .flat_map(|contradiction| &contradiction.violated)
                .any(|violated| identities.get(*violated).is_some_and(|identity| identity.coefficient(cell) != 0))
        };
        for identity in identities.iter().filter(|identity| values.residual(identity).is_none()) {
            let found = match identity.kind {
                IdentityKind::Subtotal => parts_above(context, table, identity, values),
                IdentityKind::Balance => carried_above(context, table, identity, values),
                IdentityKind::RowTotal | IdentityKind::ReviewTotal => None,
            };
            let Some((finding, cells)) = found else { continue };
            if !cells.into_iter().any(blamed) {
                findings.push(finding);
            }
        }
    }
}

/// Outcomes above the total of their column: a finding at the outcome, or at the total if there are several.
fn parts_above(
    context: &Context<'_>,
    table: &Table,
    identity: &Identity,
    values: &Values<'_>,
) -> Option<(Finding, Vec<CellRef>)> {
    let language = context.language;
    let total = values.get(identity.total)?;
    let parts: Vec<(CellRef, i64)> = identity
        .terms
        .iter()
        .filter(|(cell, _)| *cell != identity.total)
        .filter_map(|(cell, _)| Some((*cell, values.get(*cell).filter(|value| *value > total)?)))
        .collect();
    let whole = names::cell(table, identity.total, language);
    let (place, message) = match parts.as_slice() {
        [] => return None,
        [(cell, value)] => {
            let name = names::cell(table, *cell, language);
            let message = say!(
                language,
                "{name}为 {value}，大于{whole} {total}",
                "{name} is {value}, more than {whole}, {total}"
            );
            (*cell, message)
        }
        several => {
            let count = several.len();
            let message = say!(
                language,
                "{whole}为 {total}，有 {count} 项大于它",
                "{whole} is {total}, and {count} of its parts are more than that"
            );
            (identity.total, message)
        }
    };
    let mut cells: Vec<CellRef> = parts.iter().map(|(cell, _)| *cell).collect();
    cells.push(identity.total);
    Some((Finding::new(&RULE, table.cell(place)?.span, message).related(related(context, table, &cells, place)), cells))
}

/// A finding if more applications are carried over than there were to handle.
fn carried_above(
    context: &Context<'_>,
    table: &Table,
    identity: &Identity,
    values: &Values<'_>,
) -> Option<(Finding, Vec<CellRef>)> {
    let language = context.language;
    let at = |row| {
        let index = table.spec.index(row)?;
        identity.terms.iter().map(|(cell, _)| *cell).find(|cell| cell.row == index)
    };
    let (received, carried_in, carried_out) = (at(Row::Received)?, at(Row::CarriedIn)?, at(Row::CarriedOut)?);
    let there = values.get(received)?.saturating_add(values.get(carried_in)?);
    let left = values.get(carried_out).filter(|left| *left > there)?;
    let name = names::cell(table, carried_out, language);
    let (first, second) = (names::row(Row::Received, language), names::row(Row::CarriedIn, language));
    let message = say!(
        language,
        "{name}为 {left}，大于{first}与{second}之和 {there}",
        "{name} is {left}, more than {first} and {second} together, {there}"
    );
    let cells = vec![received, carried_in, carried_out];
    let finding = Finding::new(&RULE, table.cell(carried_out)?.span, message);
    Some((finding.related(related(context, table, &cells, carried_out)), cells))
}

/// The cells except `place`, with their content.
fn related(context: &Context<'_>, table: &Table, cells: &[CellRef], place: CellRef) -> Vec<Related> {
    let others = cells.iter().filter(|cell| **cell != place);
    others
        .filter_map(|other| {
            let cell = table.cell(*other)?;
            let name = names::cell(table, *other, context.language);
            Some(Related { span: cell.span, message: format!("{name} {}", cell.count()?) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    /// The report with an unreadable cell in the first column, so that its sums cannot be checked.
    fn uncheckable() -> String {
        report(2022).replace(
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形） | 0 |",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形） | 见附件 |",
        )
    }

    #[test]
    fn an_outcome_above_the_total() {
        let source =
            uncheckable().replace("3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "3.其他 | ⟦5⟧ | 0 | 0 | 0 | 0 | 0 | 5 |");
        // The last column is complete: there it is a contradiction, and not reported again; the row's own sum holds.
        reports("GK305", Severity::Warning, &source);
    }

    #[test]
    fn several_outcomes_above_the_total() {
        let source = uncheckable()
            .replace("3.其他 | 0 |", "3.其他 | 5 |")
            .replace("2.重复申请 | 0 |", "2.重复申请 | 7 |")
            .replace("| 0 | 0 | 0 | 0 | 0 | 0 |\n", "| 0 | 0 | 0 | 0 | 0 | / |\n")
            .replace("（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（七）总计 | ⟦2⟧ | 1 | 0 | 0 | 0 | 0 | / |");
        reports("GK305", Severity::Warning, &source);
    }

    #[test]
    fn more_carried_over_than_there_was() {
        let source = report(2022).replace("（七）总计 | 2 |", "（七）总计 | 见附件 |").replace(
            "结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            "结转下年度继续办理 | ⟦9⟧ | 0 | 0 | 0 | 0 | 0 | / |",
        );
        reports("GK305", Severity::Warning, &source);
    }

    #[test]
    fn what_can_be_checked_or_is_within_bounds() {
        silent("GK305", &uncheckable());
        silent("GK305", &uncheckable().replace("3.其他 | 0 |", "3.其他 | 2 |"));
        // The sum itself can be checked, by another rule.
        silent("GK305", &report(2022).replace("3.其他 | 0 |", "3.其他 | 5 |"));
        // If the row's own total is wrong, another rule reports it.
        silent("GK305", &uncheckable().replace("3.其他 | 0 |", "3.其他 | 5 |"));
        silent(
            "GK305",
            &report(2022).replace("（七）总计 | 2 |", "（七）总计 | |").replace("3.其他 | 0 |", "3.其他 | 5 |"),
        );
    }

    #[test]
    fn the_whole_is_shown_beside_the_part() {
        let source =
            uncheckable().replace("3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "3.其他 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |");
        let (message, related) = said("GK305", &source);
        assert_eq!(message, "“（六）3.其他”自然人为 5，大于“（七）总计”自然人 2");
        assert_eq!(related, [("2".to_owned(), "“（七）总计”自然人 2".to_owned())]);
    }

    #[test]
    fn as_many_carried_over_as_there_were() {
        let source = report(2022).replace("（七）总计 | 2 |", "（七）总计 | 见附件 |").replace(
            "结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            "结转下年度继续办理 | 3 | 0 | 0 | 0 | 0 | 0 | / |",
        );
        silent("GK305", &source);
    }
}
