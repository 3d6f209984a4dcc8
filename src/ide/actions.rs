//! Quick fixes, for one finding and for several of one rule.

use super::fix_all::{apply_fixes, fix_all};
use crate::analysis::Analysis;
use crate::rules::{Applicability, Finding, Fix};
use crate::say;
use crate::text::{Span, TextEdit, compatible};

/// The kind of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Corrects one finding.
    QuickFix,
    /// Applies every safe fix of the document.
    FixAll,
    /// Rewrites more than a finding's place.
    Rewrite,
}

/// An action that an editor can offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What a menu shows.
    pub title: String,
    /// What it is.
    pub kind: ActionKind,
    /// Whether an editor should prefer it.
    pub preferred: bool,
    /// What it changes; no two edits touch the same place.
    pub edits: Vec<TextEdit>,
    /// The finding that it corrects.
    pub finding: Option<Finding>,
}

/// The fixes for the findings that `span` touches, in the order of the findings; then, for each of their rules that has
/// more safe fixes in the same table, one action that applies them all.
pub fn actions(analysis: &Analysis, span: Span) -> Vec<Action> {
    let all = analysis.findings_in(span);
    let mut actions = Vec::new();
    let mut together: Vec<Action> = Vec::new();
    for finding in all.iter().filter(|finding| finding.span.meets(span)) {
        for fix in &finding.fixes {
            actions.push(Action {
                title: fix.message.clone(),
                kind: if fix.rewrite { ActionKind::Rewrite } else { ActionKind::QuickFix },
                preferred: fix.preferred && fix.applicability == Applicability::Safe,
                edits: fix.edits.clone(),
                finding: Some(finding.clone()),
            });
        }
        let several = [in_the_same_table(analysis, &all, finding), all_that_is_missing(analysis, &all, finding)];
        for action in several.into_iter().flatten() {
            if together.iter().all(|other| other.edits != action.edits) {
                together.push(action);
            }
        }
    }
    actions.extend(together);
    actions
}

/// The action that applies the safe fixes of every finding of the same rule in the table of `finding`, if it has such a
/// fix and is not the only one.
fn in_the_same_table(analysis: &Analysis, all: &[Finding], finding: &Finding) -> Option<Action> {
    let unit = analysis.unit_at(finding.span.start)?;
    let tables = unit.report.tables.iter().map(|table| table.span.shift(unit.offset));
    let table = tables.into_iter().find(|table| table.meets(finding.span))?;
    let same: Vec<Finding> = all
        .iter()
        .filter(|other| other.rule == finding.rule && table.meets(other.span))
        .filter(|other| other.fixes.iter().any(|fix| fix.applicability == Applicability::Safe))
        .cloned()
        .collect();
    let count = same.len();
    if count < 2 || !same.contains(finding) {
        return None;
    }
    let language = analysis.settings().language;
    let (title, code) = (finding.rule.title(language), finding.rule.code);
    Some(Action {
        title: say!(
            language,
            "修正本表全部 {count} 处“{title}”（{code}）",
            "Fix all {count} of “{title}” in this table ({code})"
        ),
        kind: ActionKind::QuickFix,
        preferred: false,
        edits: fix_all(&same),
        finding: Some(finding.clone()),
    })
}

/// The rules about missing parts of the official format that can be inserted.
const MISSING: [&str; 3] = ["section-missing", "table-missing", "row-missing"];

/// The action that inserts all missing parts in the report of `finding`, if there are several.
fn all_that_is_missing(analysis: &Analysis, all: &[Finding], finding: &Finding) -> Option<Action> {
    if !MISSING.contains(&finding.rule.name) || finding.fixes.is_empty() {
        return None;
    }
    let start = finding.span.start;
    let of_unit = |analysis: &Analysis| {
        let unit = analysis.unit_at(start);
        unit.map_or(Span::default(), |unit| Span::new(unit.offset, unit.offset + unit.source.len()))
    };
    let (count, edits) = insertions(all, of_unit(analysis));
    if count < 2 {
        return None;
    }
    // In a page what waits for another insertion comes in the next round.
    let edits = match analysis.unit_at(start)?.view {
        Some(_) => apply_fixes(analysis, |analysis| insertions(&analysis.findings(), of_unit(analysis)).1).edits,
        None => edits,
    };
    let language = analysis.settings().language;
    Some(Action {
        title: say!(language, "插入全部缺少的内容（{count} 处）", "Insert all that is missing ({count} places)"),
        kind: ActionKind::QuickFix,
        preferred: false,
        edits,
        finding: Some(finding.clone()),
    })
}

/// What inserts all that is missing in the report at `span`, by what was found in the document, and how many things that are.
pub(super) fn insertions(all: &[Finding], span: Span) -> (usize, Vec<TextEdit>) {
    let is_missing = |other: &&Finding| MISSING.contains(&other.rule.name) && span.meets(other.span);
    let fixes = all.iter().filter(is_missing).filter_map(|other| other.fixes.first());
    let fixes: Vec<&Fix> = fixes.collect();
    let mut edits: Vec<TextEdit> = Vec::new();
    for fix in &fixes {
        // In a page a row that is inserted makes the cells around it longer; a second row there waits for the next round.
        let replaces = |edit: &TextEdit| !edit.span.is_empty();
        let clashes =
            |edit: &TextEdit| edits.iter().any(|other| (replaces(edit) || replaces(other)) && !compatible(other, edit));
        if fix.edits.iter().any(clashes) {
            continue;
        }
        for edit in &fix.edits {
            match edits.iter_mut().find(|other| other.span == edit.span) {
                Some(other) => other.content.push_str(&edit.content),
                None => edits.push(edit.clone()),
            }
        }
    }
    edits.sort();
    (fixes.len(), edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::text::apply;
    use std::sync::Arc;

    const TABLE: &str = "\
云岭市档案局2022年政府信息公开工作年度报告
一、总体情况
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 |  |
二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 |  |
（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
";

    #[test]
    fn one_action_inserts_all_that_is_missing() {
        let source = TABLE.replace("三、收到", "## 三、收到");
        let analysis = Analysis::new(&source, Arc::new(Settings::default()));
        let at = source.find("三、收到").unwrap();
        let offered: Vec<Action> = actions(&analysis, Span::at(at));
        let all = offered.iter().find(|action| action.title.starts_with("插入全部")).unwrap();
        let fixed = apply(&source, &all.edits);
        let places: Vec<usize> = crate::statute::Section::ALL
            .iter()
            .map(|section| fixed.find(&section.heading()).unwrap_or_else(|| panic!("{fixed}")))
            .collect();
        assert!(places.is_sorted(), "{fixed}");
        let left: Vec<&str> = crate::analysis::check(&fixed, &Settings::default())
            .iter()
            .map(|finding| finding.rule.code)
            .filter(|code| ["GK103", "GK106", "GK113", "GK114"].contains(code))
            .collect();
        assert_eq!(left, Vec::<&str>::new(), "{fixed}");
    }

    #[test]
    fn one_action_fills_every_blank_of_a_table() {
        let analysis = Analysis::new(TABLE, Arc::new(Settings::default()));
        let at = TABLE.find(" |\n二").unwrap();
        let offered: Vec<Action> = actions(&analysis, Span::at(at));
        let blanks: Vec<&Action> =
            offered.iter().filter(|action| action.finding.as_ref().is_some_and(|f| f.rule.code == "GK201")).collect();
        let [one, all] = blanks.as_slice() else { panic!("{blanks:#?}") };
        assert!(one.preferred && !all.preferred);
        assert_eq!((one.edits.len(), all.edits.len()), (1, 2));
        let filled = apply(TABLE, &all.edits);
        assert!(filled.contains("| 0 | 1 |\n二") && filled.contains("| 0 | 0 |\n（一）"), "{filled}");
    }
}
