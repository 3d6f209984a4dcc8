//! Growing selections: a figure, its row, its table, its section, its report.

use crate::analysis::Analysis;
use crate::report::Table;
use crate::syntax::is_space;
use crate::text::Span;

/// The parts of a report that contain `offset`, the smallest first, each inside the next. The last is the whole
/// document.
pub fn selections(analysis: &Analysis, offset: usize) -> Vec<Span> {
    let whole = Span::new(0, analysis.text().len());
    let mut found = vec![whole];
    if let Some(unit) = analysis.unit_at(offset) {
        let (source, local) = (unit.source, offset - unit.offset);
        let mut parts = vec![Span::new(0, source.len())];
        let report = unit.report;
        parts.extend(report.title.iter().map(|title| title.span));
        for heading in &report.sections {
            parts.extend([heading.extent, heading.span, heading.name]);
        }
        parts.extend(
            report.paragraphs.iter().flat_map(|paragraph| [paragraph.span, sentence(source, paragraph.span, local)]),
        );
        parts.extend(report.statements.iter().map(|statement| statement.span));
        for table in &report.tables {
            parts.push(all_of(table));
            for row in table.rows.iter().flatten() {
                parts.push(row.span);
                parts.extend(row.label.iter().map(|(label, _)| *label));
                parts.extend(row.cells.iter().flatten().map(|cell| cell.span));
            }
        }
        parts.retain(|part| part.touches(local) && !part.is_empty());
        found.extend(parts.into_iter().map(|part| part.shift(unit.offset)));
    }
    found.sort_by_key(|span| (span.len(), span.start));
    // Each has to be inside the next; of two that cross, the smaller is kept.
    let mut chain: Vec<Span> = Vec::new();
    for span in found {
        if chain.last().is_none_or(|inner| span != *inner && span.start <= inner.start && inner.end <= span.end) {
            chain.push(span);
        }
    }
    if chain.last() != Some(&whole) {
        chain.push(whole);
    }
    chain
}

/// `table` with all of its rows.
fn all_of(table: &Table) -> Span {
    table.rows.iter().flatten().fold(table.span, |span, row| span.cover(row.span))
}

/// The sentence of `paragraph` that `offset` is in.
fn sentence(source: &str, paragraph: Span, offset: usize) -> Span {
    let text = paragraph.of(source);
    let at = offset.saturating_sub(paragraph.start).min(text.len());
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let start = before.rfind('。').map_or(0, |end| end + '。'.len_utf8());
    let blank = text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches(is_space).len());
    let end = after.find('。').map_or(text.len(), |end| at + end + '。'.len_utf8());
    Span::new((start + blank).min(end), end).shift(paragraph.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{analysis, offset_of};

    #[test]
    fn a_selection_grows_from_a_figure_to_the_document() {
        let (source, analysis) = analysis();
        let at = offset_of(&source, "（一）予以公开\t‸5");
        let chain = selections(&analysis, at);
        let words: Vec<&str> = chain.iter().map(|span| span.of(&source)).collect();
        assert_eq!(words[0], "5");
        assert_eq!(words[1], "（一）予以公开\t5\t2\t0\t0\t0\t0\t7");
        assert!(words[2].starts_with("自然人") && words[2].ends_with('0'), "{words:#?}");
        assert!(words[3].starts_with("三、收到"), "{words:#?}");
        assert_eq!(*words.last().unwrap(), source);
    }

    #[test]
    fn at_every_place_each_holds_the_one_before() {
        let (source, analysis) = analysis();
        for (at, _) in source.char_indices() {
            let chain = selections(&analysis, at);
            for pair in chain.windows(2) {
                let [inner, outer] = pair else { continue };
                assert!(outer.start <= inner.start && inner.end <= outer.end && inner != outer, "{at}: {chain:?}");
            }
            assert!(chain.iter().all(|span| span.touches(at)), "{at}: {chain:?}");
        }
    }
}
