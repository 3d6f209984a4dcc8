//! How figures are written: shared by the rules about the writing of a number.
//!
//! All of them offer the same edit, the number in its correct form, so that any of their fixes corrects all faults of a
//! cell at once.

use crate::config::Language;
use crate::report::{Cell, MeasureWord, Table, Tail};
use crate::rules::support::context::Context;
use crate::rules::support::figure::Figure;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, Related, Rule};
use crate::say;
use crate::statute::{CellRef, Column, Label, Quantity, Row};
use crate::text::{Span, TextEdit, fold};

/// The unit that a header names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum HeaderUnit {
    /// The header names no unit.
    Missing,
    /// 元
    Yuan,
    /// 万元
    TenThousandYuan,
    /// Another unit of money.
    Other,
}

/// The cell of `row` in `column`, with its place.
pub(in crate::rules) fn find(table: &Table, row: Row, column: Column) -> Option<(CellRef, &Cell)> {
    let index = table.spec.index(row)?;
    let place = CellRef { row: index, column: table.spec.rows[index].columns.iter().position(|c| *c == column)? };
    Some((place, table.cell(place)?))
}

/// A count in a table, with its place and its name.
pub(in crate::rules) struct NamedCount {
    pub(in crate::rules) value: i64,
    pub(in crate::rules) span: Span,
    /// `“规范性文件”本年新公开数量`
    pub(in crate::rules) name: &'static str,
}

impl NamedCount {
    /// The count of `row` in `column`; `None` where there is no such cell, or no count in it.
    pub(in crate::rules) fn find(table: &Table, row: Row, column: Column, language: Language) -> Option<NamedCount> {
        let (place, cell) = find(table, row, column)?;
        Some(NamedCount { value: cell.count()?, span: cell.span, name: names::cell(table, place, language) })
    }

    /// This count as an operand of a finding.
    pub(in crate::rules) fn related(&self) -> Related {
        Related { span: self.span, message: format!("{} {}", self.name, self.value) }
    }
}

/// The unit of the figure at `place`, as the header of its column or the label of its row names it, and the header.
pub(in crate::rules) fn header_unit(
    context: &Context<'_>,
    table: &Table,
    place: CellRef,
) -> (HeaderUnit, Option<Span>) {
    let (_, column) = table.names(place);
    let header = context
        .report
        .labels
        .iter()
        .find(|label| label.table == Some(table.spec.kind) && label.label.label == Label::Column(column))
        .map(|label| label.span);
    let row = table.rows.get(place.row).and_then(|row| row.as_ref()?.label).map(|(span, _)| span);
    let named = header.into_iter().chain(row).map(|span| money(context.text(span)));
    (named.into_iter().find(|unit| *unit != HeaderUnit::Missing).unwrap_or(HeaderUnit::Missing), header)
}

/// The unit of money that `text` names.
fn money(text: &str) -> HeaderUnit {
    let folded = fold(text);
    let Some(at) = folded.find('元') else { return HeaderUnit::Missing };
    match folded.get(..at).and_then(|before| before.chars().next_back()) {
        Some('万') => HeaderUnit::TenThousandYuan,
        Some('百' | '千' | '亿' | '美' | '欧' | '日') => HeaderUnit::Other,
        _ => HeaderUnit::Yuan,
    }
}

/// `scaled` ten-thousandths in digits: with the decimals it needs, but at least `decimals`.
pub(in crate::rules) fn digits(scaled: i128, decimals: usize) -> String {
    let (sign, size) = (if scaled < 0 { "-" } else { "" }, scaled.unsigned_abs());
    let fraction = format!("{:04}", size % 10_000);
    let needed = fraction.trim_end_matches('0').len();
    let shown = fraction.get(..needed.max(decimals).min(4)).unwrap_or_default();
    let point = if shown.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{shown}", size / 10_000)
}

impl Figure<'_> {
    pub(in crate::rules) fn quantity(&self) -> Quantity {
        self.table.names(self.place).1.quantity()
    }

    /// `“（一）予以公开”总计`
    pub(in crate::rules) fn name(&self, language: Language) -> &'static str {
        names::cell(self.table, self.place, language)
    }

    /// The figure in its correct form; `None` if that is not certain.
    pub(in crate::rules) fn written_well(&self, context: &Context<'_>) -> Option<String> {
        let (number, form) = (self.number, self.number.form);
        if form.separators == Some(false) || (form.separators.is_some() && form.leading_zeros) {
            return None;
        }
        let quantity = self.quantity();
        let header = || header_unit(context, self.table, self.place).0;
        let mut decimals = number.decimals;
        let mut scaled = i128::from(number.scaled);
        match (form.unit, quantity) {
            (None, _) | (Some(MeasureWord::Piece | MeasureWord::Measure), Quantity::Count | Quantity::Change) => {}
            (Some(MeasureWord::TenThousandYuan), Quantity::Amount) if header() == HeaderUnit::TenThousandYuan => {}
            (Some(MeasureWord::Yuan), Quantity::Amount) if header() == HeaderUnit::Yuan => {}
            (Some(MeasureWord::Yuan), Quantity::Amount)
                if header() == HeaderUnit::TenThousandYuan && scaled % 10_000 == 0 && number.tail == Tail::Zero =>
            {
                scaled /= 10_000;
                decimals = 0;
            }
            _ => return None,
        }
        if quantity != Quantity::Amount && number.is_whole() {
            decimals = 0;
        } else if decimals > 4 {
            return None;
        }
        let plus = if form.plus && quantity == Quantity::Change { "+" } else { "" };
        Some(format!("{plus}{}", digits(scaled, decimals)))
    }

    /// A finding on the cell, with a fix that writes the figure in its correct form.
    pub(in crate::rules) fn badly_written(
        &self,
        rule: &'static Rule,
        context: &Context<'_>,
        message: String,
    ) -> Finding {
        let finding = Finding::new(rule, self.cell.span, message);
        match self.written_well(context) {
            Some(due) => finding.fix(self.rewrite(context, due)),
            None => finding,
        }
    }

    /// The fix that writes `due` into the cell. It is safe if it deletes nothing that may have a meaning: three 批 may
    /// be more than three cases.
    fn rewrite(&self, context: &Context<'_>, due: String) -> Fix {
        let message = say!(context.language, "改为 {due}", "Change it to {due}");
        let edits = vec![TextEdit { span: self.cell.span, content: due }];
        match self.number.form.unit {
            Some(MeasureWord::Measure) => Fix::doubtful(message, edits),
            _ => Fix::safe(message, edits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, check};
    use crate::config::Settings;
    use crate::ide::fix_all;
    use crate::report::Value;
    use crate::statute::TableKind;
    use crate::text::apply;
    use std::sync::Arc;

    #[test]
    fn ten_thousandths_in_digits() {
        for (scaled, decimals, due) in [
            (10_000, 0, "1"),
            (10_000, 2, "1.00"),
            (10_011_150, 3, "1001.115"),
            (1, 0, "0.0001"),
            (-5_000, 0, "-0.5"),
            (0, 9, "0.0000"),
        ] {
            assert_eq!(digits(scaled, decimals), due);
        }
    }

    /// Safe fixes keep the value of a figure, however it is written, and leave nothing else to fix.
    #[test]
    fn safe_fixes_keep_the_value() {
        let report = |change: &str, amount: &str, items: &str| {
            format!(
                "云岭市档案局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项 |\n\
                 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政许可 | {items} | {change} | 0 |\n\
                 第二十条第（九）项 |\n信息内容 | 采购项目数量 | 采购总金额（单位：万元） |\n政府集中采购 | 1 | {amount} |\n"
            )
        };
        let places = [
            (Row::Licences, Column::ItemsLastYear),
            (Row::Licences, Column::ItemChange),
            (Row::Procurement, Column::ProcurementAmount),
        ];
        let settings = Settings {
            select: ["GK203", "GK205", "GK206", "GK207", "GK208", "GK209"].map(str::to_owned).to_vec(),
            ..Settings::default()
        };
        let value = |source: &str, row, column| {
            let analysis = Analysis::new(source, Arc::default());
            let report = analysis.units().next().expect("a report").report;
            let table = report.table(TableKind::Disclosure).expect("the table");
            match find(table, row, column).map(|(_, cell)| cell.value.clone()) {
                Some(Value::Number(number)) => Some((number.scaled, number.tail, number.form.unit)),
                _ => None,
            }
        };
        for (row, column) in places {
            for sign in ["", "+", "－", "—", "减"] {
                for digits in ["0", "7", "007", "1,234", "１２", "1 234", "12,34", "0 123"] {
                    for fraction in ["", ".0", ".50", "．２５", ".12345"] {
                        for unit in ["", "件", " 元", "万元", "（万元）", "(件)", "笔"] {
                            let written = format!("{sign}{digits}{fraction}{unit}");
                            let source = match column {
                                Column::ItemsLastYear => report("0", "0", &written),
                                Column::ItemChange => report(&written, "0", "0"),
                                _ => report("0", &written, "0"),
                            };
                            let fixed = apply(&source, &fix_all(&check(&source, &settings)));
                            let (before, after) = (value(&source, row, column), value(&fixed, row, column));
                            let yuan = matches!(before, Some((_, _, Some(MeasureWord::Yuan))));
                            let scale = if yuan && fixed != source { 10_000 } else { 1 };
                            assert_eq!(
                                before.map(|(scaled, tail, _)| (scaled, tail)),
                                after.map(|(scaled, tail, _)| (scaled * scale, tail)),
                                "{written}"
                            );
                            assert_eq!(fix_all(&check(&fixed, &settings)), [], "{written}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn units_of_headers() {
        assert_eq!(money("采购总金额"), HeaderUnit::Missing);
        assert_eq!(money("采购总金额（单位：万元）"), HeaderUnit::TenThousandYuan);
        assert_eq!(money("采购总金额(单位: 元)"), HeaderUnit::Yuan);
        assert_eq!(money("采购总金额（亿元）"), HeaderUnit::Other);
    }
}
