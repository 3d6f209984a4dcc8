//! GK507 roll-up: a region's figure is the sum of its members'.

use crate::report::{Facets, Table, Value};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Related, Severity, TABLES};
use crate::say;
use crate::statute::{CellRef, Row};
use crate::text::Span;

rule! {
    code: "GK507",
    name: "roll-up",
    severity: Warning,
    reads: TABLES.and(Facets::OTHERS),
    title: ["汇总数与各单位之和不符", "A region's figure is not the sum of its members'"],
    checks: [
        "`gongkai.toml` 的 `[region]` 指明了汇总报告和成员，且各成员同年度报告都在一并检查的文件中时：汇总报告的每个数应等于各成员之和。成员中的垂直管理单位不计入；有成员没有该数、没有报告，或有两份不同的报告时不比较。规章和规范性文件少于各成员之和的，可能是联合制发的文件，降为提示。",
        "When `[region]` in `gongkai.toml` names the region's own report and its members, and the reports of all members for the year are among the files: each figure of the region's report is the sum of its members'. Bodies of vertical systems are not members. Nothing is compared if a member lacks the figure or a report, or has two that differ. Fewer rules and normative documents than the sum may come from documents issued jointly: that is information.",
    ],
    basis: [
        "《中华人民共和国政府信息公开条例》第四十九条第二款：县级以上地方人民政府的政府信息公开工作主管部门应当在每年3月31日前向社会公布本级政府上一年度政府信息公开工作年度报告；其数字由各单位的数字汇总而成。",
        "Article 49 of the Regulation: the region's report is on its government as a whole, and its figures add up those of its bodies.",
    ],
    example: [
        "\
不符：各成员予以公开合计 128 件，汇总报告为 130。

相符：汇总报告为 128。",
        "\
Fires: the members granted 128 applications, the region's report says 130.

Silent: it says 128.",
    ],
    fix: [
        "是汇总有误还是成员报告有误须由汇总单位核对；`gongkai rollup` 列出各成员的数。不自动修正。",
        "Only the records show whether the sum or a member is wrong; `gongkai rollup` lists the contribution of each member.",
    ],
    configuration: [
        "汇总关系见 `[region]`。同一单位的报告按（单位、年度）识别：标题，其次文件名，或 `gongkai.toml` 的 `[[report]]`。",
        "See `[region]`. Reports are matched by body and year: from the title, else from the name of the file, or from `[[report]]` in `gongkai.toml`.",
    ],
}

/// A figure that differs.
struct Differing {
    place: CellRef,
    span: Span,
    value: i64,
    due: i64,
    may_be: bool,
    /// Whether it adds up other figures of the table.
    is_sum: bool,
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(members) = &context.neighbours.members else { return };
    for table in &context.report.tables {
        let mut differing: Vec<Differing> = table
            .cells()
            .filter_map(|(place, cell)| {
                let (row, column) = table.names(place);
                let Value::Number(number) = &cell.value else { return None };
                let certain = number.form.unit.is_none() && !number.form.worded_sign && !number.form.remark;
                let sum = members.sum(row, column).filter(|_| certain)?;
                let (_, may_be) = sum.difference(number.scaled, row.additivity())?;
                let is_sum = column.is_total() || row == Row::Handled;
                Some(Differing { place, span: cell.span, value: number.scaled, due: sum.total, may_be, is_sum })
            })
            .collect();
        // A difference that follows from another figure is not a finding of its own.
        let explained: Vec<bool> =
            differing.iter().map(|cell| cell.is_sum && follows(table, cell, &differing)).collect();
        let mut explained = explained.into_iter();
        differing.retain(|_| !explained.next().unwrap_or_default());
        for row in differing.chunk_by(|a, b| a.place.row == b.place.row) {
            put_row(context, table, row, members.count, findings);
        }
    }
}

/// Whether the difference of `cell`, a sum, equals that of the figures that it adds up along its row or down its
/// column.
fn follows(table: &Table, cell: &Differing, differing: &[Differing]) -> bool {
    let off = |other: &Differing| other.value - other.due;
    let of = |place: CellRef| differing.iter().find(|other| other.place == place).map_or(0, off);
    let identities = table.spec.identities();
    identities.iter().filter(|identity| identity.total == cell.place).any(|identity| {
        let others = identity.terms.iter().filter(|(term, _)| *term != cell.place);
        let is_sum = identity.terms.iter().all(|(term, sign)| *term == cell.place || *sign > 0);
        is_sum && others.map(|(term, _)| of(*term)).sum::<i64>() == off(cell)
    })
}

fn put_row(context: &Context<'_>, table: &Table, row: &[Differing], count: usize, findings: &mut Vec<Finding>) {
    let language = context.language;
    let Some(first) = row.first() else { return };
    let shown = |value: i64| crate::rules::support::cells::digits(value.into(), 0);
    let (name, value, due) = (names::cell(table, first.place, language), shown(first.value), shown(first.due));
    let off = shown((first.value - first.due).abs());
    let doubt = match first.may_be {
        true => say!(language, "；如有联合制发的文件请核对", "; there may be documents issued jointly"),
        false => String::new(),
    };
    let message = say!(
        language,
        "{name}为 {value}，{count} 个成员单位之和为 {due}，差 {off}{doubt}",
        "{name} is {value}, the sum of {count} members is {due}, a difference of {off}{doubt}"
    );
    let related = row.iter().skip(1).map(|cell| {
        let (name, value, due) = (names::cell(table, cell.place, language), shown(cell.value), shown(cell.due));
        let message = say!(language, "{name} {value}（成员之和 {due}）", "{name} {value} (members {due})");
        Related { span: cell.span, message }
    });
    let severity = if row.iter().all(|cell| cell.may_be) { Severity::Info } else { RULE.meta.severity };
    let finding = Finding::new(&RULE, first.span, message).severity(severity).related(related);
    findings.push(finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;
    use crate::rules::{Members, Neighbours};
    use crate::statute::Column;
    use std::sync::Arc;

    /// Two members, each with the figures of the sample report.
    fn beside(change: impl Fn(&mut Members)) -> Neighbours {
        let mut members = Members::default();
        for body in ["云岭市林草局", "云岭市水务局"] {
            members.add(&digest(&report(2022).replace("云岭市档案局", body)));
        }
        change(&mut members);
        Neighbours { members: Some(Arc::new(members)), ..last_years(&[]) }
    }

    /// The region's report: all figures twice those of the sample.
    fn region() -> String {
        let mut source = report(2022);
        for (row, figures, doubled) in [
            (Row::Received, "3 | 1 | 0 | 0 | 0 | 0 | 4", "6 | 2 | 0 | 0 | 0 | 0 | 8"),
            (Row::Granted, "2 | 1 | 0 | 0 | 0 | 0 | 3", "4 | 2 | 0 | 0 | 0 | 0 | 6"),
            (Row::Handled, "2 | 1 | 0 | 0 | 0 | 0 | 3", "4 | 2 | 0 | 0 | 0 | 0 | 6"),
            (Row::CarriedOut, "1 | 0 | 0 | 0 | 0 | 0 | 1", "2 | 0 | 0 | 0 | 0 | 0 | 2"),
            (Row::NormativeDocuments, "1 | 0 | 5", "2 | 0 | 10"),
        ] {
            let label = row_label(row);
            let changed = source.replace(&format!("{label} | {figures} |"), &format!("{label} | {doubled} |"));
            assert_ne!(changed, source);
            source = changed;
        }
        source.replace("\n1 | 0 | 0 | 0 | 1 |", "\n2 | 0 | 0 | 0 | 2 |")
    }

    #[test]
    fn the_sum_is_silent() {
        silent_beside("GK507", &beside(|_| ()), &region());
    }

    #[test]
    fn one_cause_is_one_finding() {
        // A case too many in one cell, and in the three sums that it is part of.
        let granted = row_label(Row::Granted);
        let handled = row_label(Row::Handled);
        let marked = region()
            .replace(
                &format!("{granted} | 4 | 2 | 0 | 0 | 0 | 0 | 6"),
                &format!("{granted} | ⟦5⟧ | 2 | 0 | 0 | 0 | 0 | 7"),
            )
            .replace(
                &format!("{handled} | 4 | 2 | 0 | 0 | 0 | 0 | 6"),
                &format!("{handled} | 5 | 2 | 0 | 0 | 0 | 0 | 7"),
            );
        reports_beside("GK507", Severity::Warning, &beside(|_| ()), &marked);
        // A total that nothing explains.
        let marked = region().replace(&format!("{handled} | 4"), &format!("{handled} | ⟦5⟧"));
        reports_beside("GK507", Severity::Warning, &beside(|_| ()), &marked);
    }

    #[test]
    fn documents_may_be_issued_jointly() {
        let label = row_label(Row::NormativeDocuments);
        let with = |figures: &str| region().replace(&format!("{label} | 2 | 0 | 10"), &format!("{label} | {figures}"));
        reports_beside("GK507", Severity::Info, &beside(|_| ()), &with("2 | 0 | ⟦8⟧"));
        reports_beside("GK507", Severity::Warning, &beside(|_| ()), &with("2 | 0 | ⟦11⟧"));
        reports_beside("GK507", Severity::Warning, &beside(|_| ()), &with("2 | 0 | ⟦4⟧"));
    }

    #[test]
    fn nothing_is_compared_with_a_part() {
        let missing = |members: &mut Members| members.missing.push("云岭市体育局".to_owned());
        silent_beside("GK507", &beside(missing), &report(2022));
        let doubtful = |members: &mut Members| members.doubtful.push("云岭市体育局".to_owned());
        silent_beside("GK507", &beside(doubtful), &report(2022));
        let unread = |members: &mut Members| {
            members.sums.entry((Row::Granted, Column::NaturalPersons)).and_modify(|sum| sum.count = 1);
        };
        let granted = row_label(Row::Granted);
        let odd = region().replace(
            &format!("{granted} | 4 | 2 | 0 | 0 | 0 | 0 | 6"),
            &format!("{granted} | 9 | 2 | 0 | 0 | 0 | 0 | 6"),
        );
        silent_beside("GK507", &beside(unread), &odd);
        assert_eq!(findings_beside("GK507", &beside(|_| ()), &odd).len(), 1);
    }
}
