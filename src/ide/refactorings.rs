//! Rewrites without a finding: they complete an unfinished report, count cases in another column, and write a table in
//! another layout.

use super::actions::{Action, ActionKind, insertions};
use super::convert::figures_of;
use super::fix_all::{apply_fixes, fix_all};
use super::moved_cases::moved_cases;
use crate::analysis::{Analysis, Reported, Unit};
use crate::config::{Language, Severity};
use crate::report::table_writer::render;
use crate::report::{RowShape, Table};
use crate::say;
use crate::statute::{Column, Row};
use crate::syntax::Layout;
use crate::text::{Span, TextEdit, lines_around};

/// A longer report, in bytes, is not tried in other layouts each time that the cursor moves.
const LONGEST: usize = 200_000;

/// What can be done where `span` is.
pub fn refactorings(analysis: &Analysis, span: Span) -> Vec<Action> {
    let mut actions = Vec::new();
    for (number, unit) in analysis.units().enumerate() {
        let own = Span::new(unit.offset, unit.offset + unit.source.len());
        if !own.meets(span) || !unit.report.is_recognised() || unit.source.len() > LONGEST {
            continue;
        }
        actions.extend(complete(analysis, number, unit, span));
        for table in &unit.report.tables {
            let all = table.rows.iter().flatten().fold(table.span, |span, row| span.cover(row.span));
            if all.shift(unit.offset).meets(span) {
                actions.extend(moved_cases(analysis, &unit, table, span));
                actions.extend(layouts(analysis, &unit, table, all));
            }
        }
    }
    actions
}

fn rewrite(title: String, edits: Vec<TextEdit>) -> Action {
    Action { title, kind: ActionKind::Rewrite, preferred: false, edits, finding: None }
}

/// On the title of an incomplete report: inserts all missing parts, and then the forced values of blank cells.
fn complete(analysis: &Analysis, number: usize, unit: Unit<'_>, span: Span) -> Option<Action> {
    let title = unit.report.title.as_ref()?.span;
    if !lines_around(unit.source, title).shift(unit.offset).meets(span) {
        return None;
    }
    let of_unit = |analysis: &Analysis| {
        let unit = analysis.units().nth(number);
        unit.map_or(Span::default(), |unit| Span::new(unit.offset, unit.offset + unit.source.len()))
    };
    if insertions(&analysis.findings(), of_unit(analysis)).0 == 0 {
        return None;
    }
    let fixed = apply_fixes(analysis, |analysis| {
        let (all, own) = (analysis.findings(), of_unit(analysis));
        let (count, edits) = insertions(&all, own);
        if count > 0 {
            return edits;
        }
        let blanks: Vec<_> =
            all.into_iter().filter(|finding| finding.rule.name == "blank-cell" && own.meets(finding.span)).collect();
        fix_all(&blanks)
    });
    let language = analysis.settings().language;
    let title = say!(
        language,
        "补全报告：插入缺少的部分、表格和行，填入按勾稽关系确定的数",
        "Complete the report: insert what is missing, and fill in what the sums give"
    );
    (!fixed.edits.is_empty()).then(|| rewrite(title, fixed.edits))
}

/// The layouts that a table can be typed in.
const LAYOUTS: [Layout; 4] = [Layout::Markdown, Layout::Tabs, Layout::Pipes, Layout::CellLines];

fn name_of(layout: Layout, language: Language) -> Option<String> {
    Some(match layout {
        Layout::Markdown => say!(language, "Markdown 表格", "a Markdown table"),
        Layout::Tabs => say!(language, "制表符分隔", "cells set off by tabs"),
        Layout::Pipes => say!(language, "竖线分隔", "cells set off by pipes"),
        Layout::CellLines => say!(language, "一格一行", "one cell a line"),
        _ => return None,
    })
}

/// `table`, which is all of `span`, in each of the other layouts in which it is read as what it is.
fn layouts(analysis: &Analysis, unit: &Unit<'_>, table: &Table, span: Span) -> Vec<Action> {
    let is_whole = |row: &Option<crate::report::TableRow>| {
        row.as_ref().is_some_and(|row| matches!(row.shape, RowShape::Full) && row.cells.iter().all(Option::is_some))
    };
    let Some(own) = table.layout.filter(|layout| LAYOUTS.contains(layout)) else { return Vec::new() };
    if !table.rows.iter().all(is_whole) || !table.surplus_rows.is_empty() || unit.report.is_pieced(span) {
        return Vec::new();
    }
    let language = analysis.settings().language;
    let line_break = if unit.source.contains("\r\n") { "\r\n" } else { "\n" };
    let place = lines_around(unit.source, span);
    let figure = |row: Row, column: Column| -> &str {
        let at = table.spec.rows.iter().position(|spec| spec.row == row);
        let cell = at.and_then(|at| {
            let column = table.spec.rows.get(at)?.columns.iter().position(|own| *own == column)?;
            table.rows.get(at)?.as_ref()?.cells.get(column)?.as_ref()
        });
        cell.map_or("", |cell| unit.shown(cell.span).trim())
    };
    let is_apart = |text: &str| text.trim_matches([' ', '\t']).is_empty() || text.ends_with(&line_break.repeat(2));
    let before = unit.source.get(..place.start).unwrap_or_default();
    let after = unit.source.get(place.end..).unwrap_or_default();
    let wrong_before = wrong_in(analysis, *unit);
    let mut actions = Vec::new();
    for layout in LAYOUTS.into_iter().filter(|layout| *layout != own) {
        let (Some(name), Some(written)) = (name_of(layout, language), render(table.spec, layout, line_break, figure))
        else {
            continue;
        };
        let start = if is_apart(before) { "" } else { line_break };
        let end = if after.is_empty() || after.starts_with(&line_break.repeat(2)) { "" } else { line_break };
        let edit = TextEdit { span: place.shift(unit.offset), content: format!("{start}{written}{end}") };
        let mut edited = analysis.clone();
        edited.edit(edit.span, &edit.content);
        let new = edited.unit_at(unit.offset).filter(|new| new.offset == unit.offset);
        let is_the_same = new.is_some_and(|new| {
            let is_typed = new.report.table(table.spec.kind).is_some_and(|new| new.layout == Some(layout));
            is_typed && figures_of(new) == figures_of(*unit) && wrong_in(&edited, new) <= wrong_before
        });
        if !is_the_same {
            continue;
        }
        let table = match language {
            Language::Chinese => table.spec.kind.name(),
            Language::English => table.spec.kind.english(),
        };
        let title = say!(language, "将{table}改为{name}", "Type {table} as {name}");
        actions.push(rewrite(title, vec![edit]));
    }
    actions
}

/// How many errors and warnings `unit` has.
fn wrong_in(analysis: &Analysis, unit: Unit<'_>) -> usize {
    analysis.check_until(|| false);
    let is_wrong =
        |reported: &&Reported<'_>| reported.offset == unit.offset && reported.finding.severity != Severity::Info;
    analysis.reported().iter().filter(is_wrong).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::convert::figures;
    use crate::ide::new_report::{NewReport, new_report};
    use crate::ide::samples::analysis_of;
    use crate::text::apply;

    fn whole(layout: Layout) -> String {
        let text =
            new_report(NewReport { body: "云岭县水务局", year: 2023, layout }, |_, _| Some("0".to_owned()));
        text.replace("（五）监督保障\n", "（五）监督保障\n本年组织培训2次。\n")
    }

    #[test]
    fn a_table_is_typed_in_other_layouts_and_back() {
        for (layout, others) in [(Layout::Tabs, 3), (Layout::Markdown, 3)] {
            let source = whole(layout);
            let (_, analysis) = analysis_of(&source);
            let at = source.find("（一）予以公开").unwrap();
            let actions = refactorings(&analysis, Span::at(at));
            let titles: Vec<&str> = actions.iter().map(|action| action.title.as_str()).collect();
            assert_eq!(actions.len(), others, "{layout:?} {titles:?}");
            for action in &actions {
                let edited = apply(&source, &action.edits);
                let (_, edited) = analysis_of(&edited);
                assert_eq!(figures(&edited), figures(&analysis), "{}", action.title);
            }
        }
    }

    #[test]
    fn a_title_becomes_a_report_that_only_lacks_its_figures_and_words() {
        let source = "云岭县水务局2023年政府信息公开工作年度报告\n";
        let (_, analysis) = analysis_of(source);
        let actions = refactorings(&analysis, Span::at(3));
        let [action] = actions.as_slice() else { panic!("{actions:#?}") };
        let (text, completed) = analysis_of(&apply(source, &action.edits));
        let unit = completed.units().next().unwrap();
        assert_eq!((unit.report.tables.len(), unit.report.sections.len()), (3, 6), "{text}");
        let wrong: Vec<&str> = completed
            .findings()
            .iter()
            .filter(|finding| finding.severity == Severity::Error && finding.rule.code != "GK108")
            .map(|finding| finding.rule.code)
            .collect();
        assert_eq!(wrong, Vec::<&str>::new(), "{text}");
        assert_eq!(refactorings(&completed, Span::at(3)), []);
    }

    #[test]
    fn a_table_that_lacks_a_row_keeps_its_layout() {
        let source = whole(Layout::Tabs);
        let row = source.lines().find(|line| line.contains("2.重复申请")).unwrap();
        let (_, analysis) = analysis_of(&source.replace(&format!("{row}\n"), ""));
        let at = source.find("（一）予以公开").unwrap();
        assert_eq!(refactorings(&analysis, Span::at(at)), []);
    }
}
