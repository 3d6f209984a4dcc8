//! The figures of a report beside those of last year's, and the figures that one report carries over from another.

use super::sums::{FigurePlace, decimal, figure_at};
use crate::analysis::{Analysis, Unit};
use crate::config::Language;
use crate::report::{Cell, Document, Table, Value};
use crate::say;
use crate::statute::{CellRef, Column, Identity, IdentityKind, Quantity, Row};
use crate::text::Span;

/// A figure in another report of the same body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedFigure {
    /// The body.
    pub body: String,
    /// The year of that report.
    pub year: u16,
    row: Row,
    column: Column,
}

/// The figure of last year's report that the one at `offset` repeats: what was left then is what is carried over now.
pub fn carried_from(analysis: &Analysis, offset: usize) -> Option<CarriedFigure> {
    carried(analysis, offset, Row::CarriedIn, Row::CarriedOut, |year| year.checked_sub(1))
}

/// The figure of next year's report that repeats the one at `offset`.
pub fn carried_to(analysis: &Analysis, offset: usize) -> Option<CarriedFigure> {
    carried(analysis, offset, Row::CarriedOut, Row::CarriedIn, |year| year.checked_add(1))
}

fn carried(
    analysis: &Analysis,
    offset: usize,
    from: Row,
    to: Row,
    year_of: impl Fn(u16) -> Option<u16>,
) -> Option<CarriedFigure> {
    let unit = analysis.unit_at(offset)?;
    let (_, FigurePlace::Cell(table, place)) = figure_at(unit.report, offset - unit.offset)? else { return None };
    let (row, column) = table.names(place);
    let neighbours = unit.neighbours;
    // Whose report it is was found out together with the other reports.
    (row == from && !neighbours.body.is_empty()).then_some(())?;
    Some(CarriedFigure { body: neighbours.body.clone(), year: year_of(neighbours.year)?, row: to, column })
}

impl CarriedFigure {
    /// Its place in the unit `unit` of `document`, which is that report.
    pub fn place_in(&self, document: &Document, unit: usize) -> Option<Span> {
        let (offset, unit) = document.units().nth(unit)?;
        let table = unit.report().table(self.row.table())?;
        let mut cells = table.cells().filter(|(place, _)| table.names(*place) == (self.row, self.column));
        cells.next().map(|(_, cell)| cell.span.shift(offset))
    }
}

/// Last year's figure for the cell at `place`, in ten-thousandths, if last year's report is known and, of several
/// versions of it, all that have the figure have the same.
pub(super) fn last_years(unit: &Unit<'_>, table: &Table, place: CellRef) -> Option<i64> {
    let (row, column) = table.names(place);
    let mut figures = unit.neighbours.last_year.iter().filter_map(|digest| digest.figure(row, column));
    let first = figures.next()?;
    figures.all(|other| other == first).then_some(first)
}

/// Last year's figure for the cell at `place` in words, with the change since then if the cell is a number. Nothing if
/// both are 0.
pub(super) fn beside_last_year(
    unit: &Unit<'_>,
    table: &Table,
    place: CellRef,
    cell: &Cell,
    language: Language,
) -> Option<String> {
    let last = last_years(unit, table, place)?;
    let this = match &cell.value {
        Value::Number(number) => Some(number.scaled),
        Value::Blank => None,
        _ => return None,
    };
    if last == 0 && this.unwrap_or_default() == 0 {
        return None;
    }
    let change = this.map(|this| i128::from(this) - i128::from(last)).filter(|change| *change != 0);
    let change = change.map_or_else(String::new, |change| {
        let (sign, size) = (if change > 0 { "+" } else { "−" }, decimal(change.abs()));
        say!(language, "（{sign}{size}）", " ({sign}{size})")
    });
    let last = decimal(i128::from(last));
    Some(say!(language, "上年 {last}{change}", "last year {last}{change}"))
}

/// Whether the cell at `place` deserves a hint: it is no part of the total of its row.
pub(super) fn is_summary(table: &Table, place: CellRef) -> bool {
    let identities =
        table.spec.identities_of(place).iter().filter_map(|(index, _)| table.spec.identities().get(*index));
    let is_row = |identity: &Identity| matches!(identity.kind, IdentityKind::RowTotal | IdentityKind::ReviewTotal);
    let (_, column) = table.names(place);
    column.quantity() != Quantity::Change
        && identities.filter(|identity| is_row(identity)).all(|identity| identity.total == place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::history::{GivenReport, digest_of};
    use crate::ide::samples::{SOURCE, analysis_of, offset_of};
    use crate::ide::{definitions, hints, hover};
    use crate::rules::Neighbours;
    use std::sync::Arc;

    /// The report beside last year's, which is `last`.
    fn beside(last: &str) -> (String, Analysis) {
        let (source, mut analysis) = analysis_of(SOURCE);
        let document = Document::new(last);
        let digest = digest_of(document.unit(0).unwrap(), "a.txt", &GivenReport::default()).unwrap();
        let neighbours = Neighbours {
            body: "白石县档案局".to_owned(),
            year: 2023,
            last_year: vec![Arc::new(digest)],
            ..Neighbours::NONE
        };
        assert!(analysis.compare_with(&[neighbours]));
        (source, analysis)
    }

    fn last_year() -> String {
        let last = SOURCE.replace("2023", "2022").replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t3\t1\t0\t0\t0\t0\t4");
        last.replace("（七）总计\t5\t2\t0\t0\t0\t0\t7", "（七）总计\t9\t0\t0\t0\t0\t0\t9")
    }

    #[test]
    fn totals_have_last_years_figure_and_the_change_beside_them() {
        let (source, analysis) = beside(&last_year());
        let found = hints(&analysis, Span::new(0, source.len()));
        let labels: Vec<&str> = found.iter().map(|hint| &*hint.label).collect();
        assert_eq!(labels, ["上年 4（+3）", "上年 7", "上年 9（−2）"]);
        assert_eq!(found[0].offset, offset_of(&source, "数量\t5\t2\t0\t0\t0\t0\t7‸"));
        let (source, alone) = analysis_of(SOURCE);
        assert_eq!(hints(&alone, Span::new(0, source.len())), []);
    }

    #[test]
    fn a_hover_has_last_years_figure() {
        let (source, analysis) = beside(&last_year());
        let of = |place: &str| hover(&analysis, offset_of(&source, place)).unwrap().markdown;
        assert!(of("一、本年新收政府信息公开申请数量\t‸5").contains("上年 3（+2）"));
        assert!(!of("二、上年结转政府信息公开申请数量\t‸0").contains("上年 0"));
    }

    #[test]
    fn what_is_carried_over_leads_to_the_other_report_and_back() {
        let (source, analysis) = beside(&last_year());
        let place = offset_of(&source, "二、上年结转政府信息公开申请数量\t0\t‸0");
        let from = carried_from(&analysis, place).unwrap();
        assert_eq!((&*from.body, from.year), ("白石县档案局", 2022));
        let last = last_year();
        let span = from.place_in(&Document::new(&last), 0).unwrap();
        assert_eq!(span.start, offset_of(&last, "四、结转下年度继续办理\t0\t‸0"));
        assert!(!definitions(&analysis, place).is_empty(), "its totals too");
        let to = carried_to(&analysis, offset_of(&source, "四、结转下年度继续办理\t‸0")).unwrap();
        assert_eq!(to.year, 2024);
        assert_eq!(carried_from(&analysis, offset_of(&source, "四、结转下年度继续办理\t‸0")), None);
        let (_, alone) = analysis_of(SOURCE);
        assert_eq!(carried_from(&alone, place), None);
    }
}
