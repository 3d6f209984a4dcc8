//! What can be folded: sections and tables.

use crate::analysis::{Analysis, Unit};
use crate::text::Span;

/// A part of the text that can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fold {
    /// From the first byte of its first line to the last byte of its content.
    pub span: Span,
}

/// Every foldable part, in order of position: sections, tables, and reports where there are several. Blank lines after
/// a part stay visible, so that what follows does not stick to it.
pub fn folding(analysis: &Analysis) -> Vec<Fold> {
    let units: Vec<Unit<'_>> = analysis.units().filter(|unit| unit.report.is_recognised()).collect();
    let several = units.len() > 1;
    let mut folds: Vec<Fold> = units.iter().flat_map(|unit| parts(unit, several)).collect();
    folds.sort_by_key(|fold| (fold.span.start, std::cmp::Reverse(fold.span.end)));
    folds.dedup();
    folds
}

fn parts(unit: &Unit<'_>, whole: bool) -> Vec<Fold> {
    let Unit { offset, source, report, .. } = *unit;
    let all = whole.then(|| Span::new(source.len() - source.trim_start().len(), source.len()));
    let sections = report.sections.iter().map(|heading| heading.extent);
    let tables = report.tables.iter().map(|table| table.span);
    let spans = all.into_iter().chain(sections).chain(tables);
    spans
        .filter_map(|span| {
            let start = source.get(..span.start)?.rfind(['\n', '\r']).map_or(0, |end| end + 1);
            let end = span.start + span.of(source).trim_end().len();
            (start < end).then(|| Fold { span: Span::new(start, end).shift(offset) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, SectionHeading};
    use crate::rules::Neighbours;

    #[test]
    fn a_section_folds_from_its_line_to_its_last_word() {
        let source = "报告\n ## 一、总体情况\n正文\n\n二、\n \n";
        let heading = |from: &str, to: usize| {
            let start = source.find(from).unwrap();
            let span = Span::new(start, start + from.len());
            SectionHeading { section: None, ordinal: None, name: span, span, extent: Span::new(start, to) }
        };
        let sections = vec![heading("一、总体情况", source.find("二、").unwrap()), heading("二、", source.len())];
        let report = Report { sections, ..Report::default() };
        let folds = |whole| {
            let folds =
                parts(&Unit { offset: 0, source, report: &report, view: None, neighbours: &Neighbours::NONE }, whole);
            folds.into_iter().map(|fold| fold.span.of(source).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(folds(false), [" ## 一、总体情况\n正文", "二、"]);
        assert_eq!(folds(true)[0], source.trim_end(), "one of several reports folds as a whole");
        let moved =
            parts(&Unit { offset: 5, source, report: &report, view: None, neighbours: &Neighbours::NONE }, false);
        assert_eq!(moved[1].span.start, source.find("二、").unwrap() + 5);
    }
}
