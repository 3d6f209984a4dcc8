//! Navigation between related figures: a figure of the text and its cells, a total and its parts.

use super::sums::{FigurePlace, cells_of, figure_at, operands_of, statements_of, totals_of};
use crate::analysis::Analysis;
use crate::text::Span;

/// A figure that is highlighted with the one at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The place.
    pub span: Span,
    /// Whether it is a result: a total.
    pub is_total: bool,
}

/// The sources of the figure at `offset`: the cells that a figure of the text repeats, or the parts of a total; for a
/// cell that is not a total, the totals that contain it. In the order of the text.
pub fn definitions(analysis: &Analysis, offset: usize) -> Vec<Span> {
    at(analysis, offset, |report, figure| match figure {
        FigurePlace::Stated(statement) => cells_of(report, statement),
        FigurePlace::Cell(table, place) => match operands_of(table, place) {
            operands if operands.is_empty() => totals_of(table, place),
            operands => operands,
        },
    })
}

/// The uses of the figure at `offset`: figures of the text, and totals. With `itself`, also the figure.
pub fn references(analysis: &Analysis, offset: usize, itself: bool) -> Vec<Span> {
    let Some(unit) = analysis.unit_at(offset) else { return Vec::new() };
    let Some((span, _)) = figure_at(unit.report, offset - unit.offset) else { return Vec::new() };
    let mut found = at(analysis, offset, |report, figure| match figure {
        FigurePlace::Stated(statement) => {
            let same = |other: &&crate::report::Statement| other.fact == statement.fact && other.span != statement.span;
            report.statements.iter().filter(same).map(|other| other.span).chain(cells_of(report, statement)).collect()
        }
        FigurePlace::Cell(table, place) => {
            let mut found = statements_of(report, table, place);
            found.extend(totals_of(table, place));
            found
        }
    });
    if itself {
        found.push(span.shift(unit.offset));
    }
    found.sort();
    found.dedup();
    found
}

/// The figure at `offset`, the parts that it is made of and the totals that it is a part of, in the order of the text.
pub fn highlights(analysis: &Analysis, offset: usize) -> Vec<Highlight> {
    let Some(unit) = analysis.unit_at(offset) else { return Vec::new() };
    let Some((span, figure)) = figure_at(unit.report, offset - unit.offset) else { return Vec::new() };
    let part = |span: Span| Highlight { span, is_total: false };
    let total = |span: Span| Highlight { span, is_total: true };
    let mut found: Vec<Highlight> = match figure {
        FigurePlace::Stated(statement) => cells_of(unit.report, statement).into_iter().map(part).collect(),
        FigurePlace::Cell(table, place) => {
            let totals = totals_of(table, place).into_iter().map(total);
            let operands: Vec<Span> = operands_of(table, place);
            let own = Highlight { span, is_total: !operands.is_empty() };
            let stated = statements_of(unit.report, table, place).into_iter().map(part);
            let mut found: Vec<Highlight> = std::iter::once(own).chain(totals).chain(stated).collect();
            found.extend(operands.into_iter().map(part));
            found
        }
    };
    if matches!(figure, FigurePlace::Stated(_)) && !found.is_empty() {
        found.push(part(span));
    }
    found.sort_by_key(|highlight| (highlight.span, !highlight.is_total));
    found.dedup_by_key(|highlight| highlight.span);
    found.into_iter().map(|one| Highlight { span: one.span.shift(unit.offset), ..one }).collect()
}

/// What `find` gives for the figure at `offset`, in the document.
fn at(
    analysis: &Analysis,
    offset: usize,
    find: impl Fn(&crate::report::Report, FigurePlace<'_>) -> Vec<Span>,
) -> Vec<Span> {
    let Some(unit) = analysis.unit_at(offset) else { return Vec::new() };
    let Some((_, figure)) = figure_at(unit.report, offset - unit.offset) else { return Vec::new() };
    find(unit.report, figure).into_iter().map(|span| span.shift(unit.offset)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{analysis, offset_of};

    fn words(source: &str, spans: &[Span]) -> Vec<String> {
        spans.iter().map(|span| span.of(source).to_owned()).collect()
    }

    #[test]
    fn a_figure_of_the_text_leads_to_its_cell_and_back() {
        let (source, analysis) = analysis();
        let stated = offset_of(&source, "申请‸7件");
        let cell = offset_of(&source, "一、本年新收政府信息公开申请数量\t5\t2\t0\t0\t0\t0\t‸7");
        assert_eq!(definitions(&analysis, stated), [Span::new(cell, cell + 1)]);
        let back = references(&analysis, cell, false);
        assert!(back.contains(&Span::new(stated, stated + 1)), "{:?}", words(&source, &back));
        assert!(references(&analysis, cell, true).contains(&Span::new(cell, cell + 1)));
    }

    #[test]
    fn a_total_leads_to_its_parts_and_a_part_to_its_totals() {
        let (source, analysis) = analysis();
        let total = offset_of(&source, "一、本年新收政府信息公开申请数量\t5\t2\t0\t0\t0\t0\t‸7");
        assert_eq!(words(&source, &definitions(&analysis, total)), ["5", "2", "0", "0", "0", "0"]);
        let part = offset_of(&source, "一、本年新收政府信息公开申请数量\t‸5");
        let totals = definitions(&analysis, part);
        assert!(totals.contains(&Span::new(total, total + 1)), "{:?}", words(&source, &totals));
        let shown = highlights(&analysis, total);
        assert!(shown.contains(&Highlight { span: Span::new(total, total + 1), is_total: true }), "{shown:?}");
        assert!(shown.contains(&Highlight { span: Span::new(part, part + 1), is_total: false }), "{shown:?}");
    }

    #[test]
    fn what_is_no_figure_leads_nowhere() {
        let (source, analysis) = analysis();
        let heading = offset_of(&source, "一、总体‸情况");
        assert!(definitions(&analysis, heading).is_empty() && references(&analysis, heading, true).is_empty());
        assert!(highlights(&analysis, heading).is_empty());
    }
}
