//! Reading never fails, loses nothing, and returns only places that exist.

use super::Law;
use crate::generator::laws::floor;
use gongkai::analysis::Analysis;
use gongkai::ide;
use gongkai::report::{Page, Report, RowShape, TableRow};
use gongkai::rules::Finding;
use gongkai::syntax::Tree;
use gongkai::text::{Span, apply, with_usual_hanzi};
use std::sync::Arc;

/// Any bytes, as an editor would show them.
pub(crate) fn any(bytes: &[u8]) -> Law {
    of(&String::from_utf8_lossy(bytes))
}

/// Any text.
pub(crate) fn of(text: &str) -> Law {
    tiles(&Tree::parse(text), text)?;
    let analysis = Analysis::new(text, Arc::default());
    if *analysis.text() != *text {
        return Err(format!("the text is another:\n{}\n----\n{text}", analysis.text()));
    }
    // Radicals are read as the hanzi they look like, where they are.
    let read = &*with_usual_hanzi(text);
    let mut end = 0;
    for (unit, tree) in analysis.units().zip(analysis.trees()) {
        if unit.offset != end || read.get(end..end + unit.source.len()) != Some(unit.source) {
            return Err(format!("the report at {} is not the text there\n{text}", unit.offset));
        }
        end += unit.source.len();
        tiles(tree, unit.source)?;
        for span in spans(unit.report) {
            if unit.source.get(span.range()).is_none() {
                return Err(format!("{span:?} in the model of the report at {} is no span\n{text}", unit.offset));
            }
        }
    }
    if end != text.len() {
        return Err(format!("the reports end at {end}\n{text}"));
    }
    let findings = analysis.findings();
    for finding in &findings {
        if let Some(span) = places(finding).find(|span| text.get(span.range()).is_none()) {
            return Err(format!("{span:?} of {} is no span\n{text}", finding.rule.code));
        }
        if finding.message.is_empty() {
            return Err(format!("{} says nothing\n{text}", finding.rule.code));
        }
    }
    let sorted = |pair: &[Finding]| (pair[0].span, pair[0].rule.code) <= (pair[1].span, pair[1].rule.code);
    if !findings.windows(2).all(sorted) {
        return Err(format!("the findings are not in order: {findings:#?}\n{text}"));
    }
    features(&analysis, text, &findings)
}

/// Calls every feature of an editor at many places.
fn features(analysis: &Analysis, text: &str, findings: &[Finding]) -> Law {
    let within = |what: &str, span: Span| match text.get(span.range()) {
        Some(_) => Ok(()),
        None => Err(format!("{span:?} of {what} is no span\n{text}")),
    };
    let mut symbols = ide::symbols(analysis);
    while let Some(symbol) = symbols.pop() {
        within("a symbol", symbol.span)?;
        within("a symbol's name", symbol.selection)?;
        symbols.extend(symbol.children);
    }
    for fold in ide::folding(analysis) {
        within("a fold", fold.span)?;
    }
    let step = text.len() / 16 + 1;
    let places = (0..=text.len() + 1).step_by(step).chain(findings.iter().take(16).map(|finding| finding.span.start));
    for offset in places {
        for offset in [offset, floor(text, offset)] {
            if let Some(hover) = ide::hover(analysis, offset) {
                within("a hover", hover.span)?;
            }
            let _ = analysis.rule_at(offset);
            let offset = floor(text, offset);
            for has_comments in [false, true] {
                for offer in ide::completions(analysis, offset, has_comments) {
                    within("a completion", offer.span)?;
                    if offer.span.end != offset {
                        return Err(format!("{offer:?} is not offered where it is typed, at {offset}\n{text}"));
                    }
                }
            }
            for span in ide::definitions(analysis, offset).into_iter().chain(ide::references(analysis, offset, true)) {
                within("a reference", span)?;
            }
            for highlight in ide::highlights(analysis, offset) {
                within("a highlight", highlight.span)?;
            }
            let chain = ide::selections(analysis, offset);
            for pair in chain.windows(2) {
                within("a selection", pair[0])?;
                if !(pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1]) {
                    return Err(format!("selections do not grow at {offset}: {chain:?}\n{text}"));
                }
            }
        }
    }
    let whole = Span::new(0, text.len());
    for hint in ide::hints(analysis, whole) {
        within("a hint", Span::at(hint.offset))?;
    }
    let mut end = 0;
    for token in ide::semantic_tokens(analysis, whole) {
        within("a token", token.span)?;
        if token.span.start < end || token.span.is_empty() || token.span.of(text).contains(['\n', '\r']) {
            return Err(format!("{token:?} shares bytes with another, or is not on one line\n{text}"));
        }
        end = token.span.end;
    }
    let formatting = ide::formatting(analysis, whole);
    for edit in &formatting {
        within("a formatting", edit.span)?;
    }
    if !formatting.is_empty() {
        let formatted = Analysis::new(&apply(text, &formatting), Arc::clone(analysis.settings()));
        if !ide::formatting(&formatted, Span::new(0, formatted.text().len())).is_empty() {
            return Err(format!("what is formatted is formatted again\n{text}"));
        }
    }
    for report in ide::report_data(analysis, analysis.outcome(), |span| span) {
        within("a report", report.range)?;
    }
    for lens in ide::lenses(analysis) {
        within("a lens", lens.span)?;
    }
    for edit in ide::actions(analysis, whole).iter().flat_map(|action| &action.edits) {
        within("an action", edit.span)?;
    }
    for has_comments in [false, true] {
        for (_, suppression) in ide::suppressions(analysis, whole, has_comments) {
            if let ide::SuppressionEdit::Comment(edit) = suppression.edit {
                within("a suppression", edit.span)?;
            }
        }
    }
    Ok(())
}

/// Checks that the blocks of `tree` tile `text`, and that the leaves of each block tile the block, between characters.
fn tiles(tree: &Tree, text: &str) -> Law {
    let mut at = 0;
    for block in &tree.blocks {
        let start = at;
        for leaf in block.leaves.iter() {
            at += leaf.len();
            if !text.is_char_boundary(at) {
                return Err(format!("a leaf of {:?} at {start} ends inside a character\n{text}", block.kind));
            }
        }
        if at != start + block.len || block.len == 0 {
            return Err(format!("the leaves of {:?} at {start} do not make it up\n{text}", block.kind));
        }
        for cell in block.rows().concat() {
            if text.get(start + cell.start..start + cell.end).is_none() {
                return Err(format!("{cell:?} in {:?} at {start} is no cell\n{text}", block.kind));
            }
        }
        // Its visible text is computed without a panic.
        let _ = block.view(&text[start..at]);
    }
    if at == text.len() { Ok(()) } else { Err(format!("the blocks end at {at}\n{text}")) }
}

/// All places of a finding.
fn places(finding: &Finding) -> impl Iterator<Item = Span> {
    let related = finding.related.iter().map(|related| related.span);
    let edits = finding.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
    related.chain(edits).chain([finding.span])
}

/// All spans of a report's model.
fn spans(report: &Report) -> Vec<Span> {
    // Every field by name, so that a new one is not forgotten.
    let Report {
        title,
        year,
        sections,
        tables,
        paragraphs,
        strays,
        labels,
        statements,
        subsections: _,
        unread,
        pieced,
        page,
        lines_name_rows: _,
        is_example: _,
    } = report;
    let mut spans = strays.clone();
    spans.extend(unread.iter().map(|unread| unread.span));
    spans.extend(pieced);
    if let Some(title) = title {
        spans.push(title.span);
        spans.extend(title.body.iter().map(|(_, span)| *span));
        spans.extend(title.year.iter().map(|(_, span)| *span));
    }
    spans.extend(year.iter().map(|(_, span)| *span));
    for heading in sections {
        spans.extend([heading.name, heading.span, heading.extent]);
        spans.extend(heading.ordinal.iter().map(|(_, span)| *span));
    }
    for paragraph in paragraphs {
        spans.push(paragraph.span);
        spans.extend(paragraph.years.iter().map(|year| year.span));
    }
    if let Some(Page { article, title, published, source }) = page {
        spans.push(*article);
        spans.extend([title, published, source].into_iter().flatten().map(|said| said.span));
    }
    spans.extend(labels.iter().map(|label| label.span));
    spans.extend(statements.iter().map(|statement| statement.span));
    for table in tables {
        spans.push(table.span);
        spans.extend(table.witness);
        spans.extend(table.surplus_rows.iter().map(|(_, span)| *span));
        spans.extend(table.rows.iter().flatten().flat_map(of_row));
    }
    spans
}

fn of_row(row: &TableRow) -> Vec<Span> {
    let mut spans = vec![row.span];
    spans.extend(row.label.iter().map(|(span, _)| *span));
    spans.extend(row.cells.iter().flatten().map(|cell| cell.span));
    match &row.shape {
        RowShape::Short(cells) | RowShape::Surplus(cells) => spans.extend(cells.iter().map(|cell| cell.span)),
        RowShape::LabelLost(cell) => spans.push(cell.span),
        RowShape::Full | RowShape::Padded | RowShape::Unread => {}
    }
    spans
}
