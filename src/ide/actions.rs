//! Quick fixes and the one action that applies every safe fix.

use crate::analysis::Analysis;
use crate::rules::{Applicability, Finding};
use crate::say;
use crate::text::{Span, TextEdit, compatible};
use std::cmp::Reverse;

/// What an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Puts one finding right.
    QuickFix,
    /// Applies every safe fix of the document.
    FixAll,
    /// Rewrites more than a finding's place.
    Rewrite,
}

/// Something an editor can offer to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What a menu shows.
    pub title: String,
    /// What it is.
    pub kind: ActionKind,
    /// Whether it is the one to take unasked.
    pub preferred: bool,
    /// What it changes; no two edits touch the same place.
    pub edits: Vec<TextEdit>,
    /// The finding it puts right.
    pub finding: Option<Finding>,
}

/// The fixes for the findings that `span` meets, in the order of the findings; then, for each of their rules that has more
/// safe fixes in the same table, one action that applies them all.
pub fn actions(analysis: &Analysis, span: Span) -> Vec<Action> {
    let all = analysis.findings();
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
        let action = in_the_same_table(analysis, &all, finding);
        together.extend(action.filter(|action| together.iter().all(|other| other.edits != action.edits)));
    }
    actions.extend(together);
    actions
}

/// The action that applies the safe fixes of every finding of the same rule in the table of `finding`, if it has such a fix
/// and is not the only one.
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

/// The edits of every safe fix in `findings`, in order of position: of a finding's fixes the first safe one, and none
/// that clashes with that of a graver finding or an earlier one.
pub fn fix_all(findings: &[Finding]) -> Vec<TextEdit> {
    let mut edits: Vec<TextEdit> = Vec::new();
    // A figure that is wrong is put right, not only written in another way: that would leave it to be put right again.
    let mut gravest: Vec<&Finding> = findings.iter().collect();
    gravest.sort_by_key(|finding| Reverse(finding.severity));
    for finding in gravest {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe) else { continue };
        let new: Vec<&TextEdit> = fix.edits.iter().filter(|edit| !edits.contains(edit)).collect();
        if new.iter().all(|edit| edits.iter().all(|other| compatible(edit, other))) {
            edits.extend(new.into_iter().cloned());
        }
    }
    edits.sort();
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::check;
    use crate::config::{Settings, Severity};
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

    #[test]
    fn of_fixes_that_clash_that_of_the_graver_finding_is_taken() {
        let found = check(TABLE, &Settings::default());
        let blank = found.into_iter().find(|finding| finding.rule.code == "GK201").unwrap();
        let mut graver = Finding { severity: Severity::Error, ..blank.clone() };
        graver.fixes[0].edits[0].content = "7".to_owned();
        let edits = graver.fixes[0].edits.clone();
        assert_ne!(edits, blank.fixes[0].edits);
        assert_eq!(fix_all(&[blank, graver]), edits);
    }
}
