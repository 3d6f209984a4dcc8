//! Words between the figures: the column of one that has a line to itself, what a total should be, and last year's
//! figure.

use super::last_year::{beside_last_year, is_summary};
use super::sums::{decimal, sums_of_parts};
use crate::analysis::{Analysis, Unit};
use crate::config::Language;
use crate::report::{Cell, Table};
use crate::say;
use crate::statute::CellRef;
use crate::syntax::{Layout, is_space};
use crate::text::{Span, lines_around};

/// Words that are shown between the characters of a document and are no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Before which character.
    pub offset: usize,
    /// The words.
    pub label: String,
    /// Whether a blank goes after it, else before.
    pub is_before: bool,
    /// What more there is to say.
    pub tooltip: String,
}

/// The hints in `span`, in the order of the text.
pub fn hints(analysis: &Analysis, span: Span) -> Vec<Hint> {
    let language = analysis.settings().language;
    let mut hints = Vec::new();
    for unit in analysis.units() {
        let own = Span::new(unit.offset, unit.offset + unit.source.len());
        if !own.meets(span) {
            continue;
        }
        for table in &unit.report.tables {
            for (place, cell) in table.cells() {
                let here = cell.span.shift(unit.offset);
                if here.meets(span) {
                    hints.extend(of_column(&unit, table, place, cell, language));
                    hints.extend(of_total(&unit, table, place, cell, language));
                    if analysis.settings().features.last_year_hints {
                        hints.extend(of_last_year(&unit, table, place, cell, language));
                    }
                }
            }
        }
    }
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// The name of the column of a figure that is alone on its line.
fn of_column(unit: &Unit<'_>, table: &Table, place: CellRef, cell: &Cell, language: Language) -> Option<Hint> {
    let is_lone = |layout: Layout| matches!(layout, Layout::CellLines | Layout::PipedLines | Layout::BareLines);
    if !table.layout.is_some_and(is_lone) || unit.view.is_some() {
        return None;
    }
    let line = lines_around(unit.source, Span::at(cell.span.start));
    let rest = [Span::new(line.start, cell.span.start), Span::new(cell.span.end.min(line.end), line.end)];
    let is_alone = rest.iter().all(|rest| rest.of(unit.source).chars().all(|c| is_space(c) || c == '|'));
    let (_, column) = table.names(place);
    let label = match language {
        Language::Chinese => column.full_name().into_owned(),
        Language::English => column.english().to_owned(),
    };
    is_alone.then(|| Hint {
        offset: cell.span.start + unit.offset,
        label: say!(language, "{label}：", "{label}:"),
        is_before: true,
        tooltip: String::new(),
    })
}

/// The sum of its parts after a total that is another number or blank.
fn of_total(unit: &Unit<'_>, table: &Table, place: CellRef, cell: &Cell, language: Language) -> Option<Hint> {
    // Two sums that differ say that a part is wrong, not what the total is.
    let [sum] = sums_of_parts(table, place)[..] else { return None };
    let sum = decimal(sum);
    Some(Hint {
        offset: cell.span.end + unit.offset,
        label: say!(language, "各项之和 {sum}", "sum {sum}"),
        is_before: false,
        tooltip: say!(
            language,
            "合计与各项之和不一致，或者空着：合计或某一项有误。",
            "The total is blank, or is not the sum of its parts: it or one of them is wrong."
        ),
    })
}

/// Last year's figure and the change since then, after a total and after a figure that is part of none.
fn of_last_year(unit: &Unit<'_>, table: &Table, place: CellRef, cell: &Cell, language: Language) -> Option<Hint> {
    if !is_summary(table, place) {
        return None;
    }
    Some(Hint {
        offset: cell.span.end + unit.offset,
        label: beside_last_year(unit, table, place, cell, language)?,
        is_before: false,
        tooltip: say!(
            language,
            "同一单位{}年报告中的数，以及与它相比的增减。",
            "The figure in the report of the same body for {}, and the change since then.",
            unit.neighbours.year.saturating_sub(1)
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis, analysis_of, offset_of};

    fn labels(analysis: &Analysis) -> Vec<String> {
        hints(analysis, Span::new(0, analysis.text().len())).into_iter().map(|hint| hint.label).collect()
    }

    #[test]
    fn a_wrong_or_blank_total_has_its_sum_beside_it() {
        let (_, sound) = analysis();
        assert_eq!(labels(&sound), Vec::<String>::new());
        for total in ["8", ""] {
            let (source, wrong) =
                analysis_of(&SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", &format!("数量\t5\t2\t0\t0\t0\t0\t{total}")));
            let found = hints(&wrong, Span::new(0, source.len()));
            assert_eq!(labels(&wrong), ["各项之和 7"], "{total}");
            assert_eq!(found[0].offset, offset_of(&source, &format!("数量\t5\t2\t0\t0\t0\t0\t{total}‸\n")));
        }
    }

    #[test]
    fn only_what_is_asked_for_is_given() {
        let (source, wrong) = analysis_of(&SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t5\t2\t0\t0\t0\t0\t8"));
        assert_eq!(hints(&wrong, Span::new(0, offset_of(&source, "‸二、主动公开"))), []);
    }

    #[test]
    fn a_figure_with_a_line_to_itself_has_the_name_of_its_column() {
        let (head, rows) = SOURCE.split_at(SOURCE.find("\t自然人").unwrap());
        let lines: String = rows
            .lines()
            .map(|row| row.split('\t').map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n")
            .collect();
        let (_, analysis) = analysis_of(&format!("{head}{lines}"));
        let found = labels(&analysis);
        assert_eq!(found.iter().filter(|label| *label == "自然人：").count(), 5, "{found:?}");
        assert_eq!(found.len(), 35, "{found:?}");
    }
}
