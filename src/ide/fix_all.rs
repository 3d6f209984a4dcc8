//! Applies fixes until none is left: for `gongkai check --fix`, and for an editor's action on the whole document.

use crate::analysis::{Analysis, Unit};
use crate::rules::{Applicability, Finding};
use crate::text::{TextEdit, apply, compatible, compose};
use std::cmp::Reverse;
use std::collections::HashSet;

/// The largest number of rounds in which fixes are applied. One round is usual; a blank that follows from another blank
/// needs a second one.
const ROUNDS: usize = 10;

/// A text with its fixes applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The edits from the old text to the new: by position, no two at the same place.
    pub edits: Vec<TextEdit>,
    /// The new text; `None` if nothing changed.
    pub text: Option<String>,
}

/// The text of `analysis` with every safe fix applied, and those that are safe once others are applied.
pub fn fixed_point(analysis: &Analysis) -> Fixed {
    let edits = fixed_edits(analysis);
    let text = (!edits.is_empty()).then(|| apply(&analysis.text().to_string(), &edits));
    Fixed { edits, text }
}

/// The edits of [`fixed_point`]. Those of a report are kept until its findings change.
pub fn fixed_edits(analysis: &Analysis) -> Vec<TextEdit> {
    report_by_report(analysis).unwrap_or_else(|| apply_fixes(analysis, |analysis| fix_all(&analysis.findings())).edits)
}

/// The same, found in one report after the other. `None` if the reports depend on each other: a comment suppresses
/// findings, or a fix changes where a report starts.
fn report_by_report(analysis: &Analysis) -> Option<Vec<TextEdit>> {
    if analysis.has_directives() {
        return None;
    }
    let mut all = Vec::new();
    for (index, unit) in analysis.units().enumerate() {
        let edits = analysis.edits_of(index, || Some(fixed_report(analysis, index, unit)?.into()))?;
        all.extend(edits.iter().map(|edit| TextEdit { span: edit.span.shift(unit.offset), ..edit.clone() }));
    }
    Some(all)
}

/// The edits of `unit`, which is unit `index`, with spans from its start; `None` if they change where a report starts.
fn fixed_report(analysis: &Analysis, index: usize, unit: Unit<'_>) -> Option<Vec<TextEdit>> {
    let starts = |analysis: &Analysis| (analysis.units().count(), analysis.units().nth(index).map(|unit| unit.offset));
    let first = fix_all(&analysis.findings_of(index)?);
    if first.is_empty() {
        return Some(first);
    }
    let due = starts(analysis);
    let (mut edited, mut is_alone) = (analysis.clone(), true);
    let fixed = rounds(unit.source, first, |edits| {
        for edit in edits.iter().rev() {
            edited.edit(edit.span.shift(unit.offset), &edit.content);
        }
        is_alone &= starts(&edited) == due;
        match edited.findings_of(index).filter(|_| is_alone) {
            Some(findings) => fix_all(&findings),
            None => {
                is_alone = false;
                Vec::new()
            }
        }
    });
    is_alone.then_some(fixed.edits)
}

/// The text of `analysis` with the edits that `choose` takes from its findings applied, repeatedly until it takes none.
pub fn apply_fixes(analysis: &Analysis, mut choose: impl FnMut(&Analysis) -> Vec<TextEdit>) -> Fixed {
    let first = choose(analysis);
    if first.is_empty() {
        return Fixed::default();
    }
    let mut analysis = analysis.clone();
    rounds(&analysis.text().to_string(), first, |edits| {
        // From the end, so that no edit moves the place of another.
        for edit in edits.iter().rev() {
            analysis.edit(edit.span, &edit.content);
        }
        choose(&analysis)
    })
}

/// `source` with the `edits` of the first round applied, and then those that `next` gives for each text that came of
/// it.
pub(crate) fn rounds(
    source: &str,
    mut edits: Vec<TextEdit>,
    mut next: impl FnMut(&[TextEdit]) -> Vec<TextEdit>,
) -> Fixed {
    let mut text = source.to_owned();
    let mut all: Vec<TextEdit> = Vec::new();
    let mut seen = HashSet::from([text.clone()]);
    for _ in 0..ROUNDS {
        let new = apply(&text, &edits);
        // Two fixes that undo each other would never end.
        if !seen.insert(new.clone()) {
            break;
        }
        all = compose(source, &all, &text, &edits);
        text = new;
        edits = next(&edits);
    }
    Fixed { edits: all, text: (text != source).then_some(text) }
}

/// The edits of the safe fixes in `findings` that can be applied together, in order of position: of a finding's fixes
/// the first safe one, and none that clashes with that of a graver finding or an earlier one.
pub fn fix_all(findings: &[Finding]) -> Vec<TextEdit> {
    let mut edits: Vec<TextEdit> = Vec::new();
    // A wrong figure gets its correct value, not only another form, which would have to be corrected again.
    let mut gravest: Vec<&Finding> = findings.iter().collect();
    gravest.sort_by_key(|finding| Reverse(finding.severity));
    for finding in gravest {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe) else { continue };
        add(&fix.edits, &mut edits);
    }
    edits.sort();
    edits
}

/// The edits of one fix of each of `findings`, the first safe one or else the first, and none that clashes with an
/// earlier one. Safe fixes go first: an unsafe one must not keep a safe one out.
pub fn first_edits(findings: &[Finding]) -> Vec<TextEdit> {
    let mut edits = fix_all(findings);
    let is_safe = |finding: &&Finding| finding.fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
    for fix in findings.iter().filter(|finding| !is_safe(finding)).filter_map(|finding| finding.fixes.first()) {
        add(&fix.edits, &mut edits);
    }
    edits.sort();
    edits
}

/// Adds the edits of a fix, all of them or none.
fn add(fix: &[TextEdit], edits: &mut Vec<TextEdit>) {
    let new: Vec<&TextEdit> = fix.iter().filter(|edit| !edits.contains(edit)).collect();
    if new.iter().all(|edit| edits.iter().all(|other| compatible(edit, other))) {
        edits.extend(new.into_iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::samples::{SOURCE, analysis_of};
    use crate::rules::{FindingNumber, Fix, RuleMeta, Severity};
    use crate::text::Span;

    const RULE: RuleMeta = RuleMeta {
        code: "GK303",
        name: "row-total",
        severity: Severity::Error,
        title: ["", ""],
        documentation: ["", ""],
        source: file!(),
    };

    fn edit(start: usize, end: usize, content: &str) -> TextEdit {
        TextEdit { span: Span::new(start, end), content: content.into() }
    }

    fn finding(severity: Severity, fixes: &[(Applicability, TextEdit)]) -> Finding {
        let fix = |(applicability, edit): &(Applicability, TextEdit)| Fix {
            message: String::new(),
            applicability: *applicability,
            preferred: false,
            rewrite: false,
            draft: false,
            of_source: false,
            edits: vec![edit.clone()],
        };
        Finding {
            rule: &RULE,
            severity,
            span: Span::at(0),
            message: String::new(),
            related: Vec::new(),
            fixes: fixes.iter().map(fix).collect(),
            number: FindingNumber::default(),
        }
    }

    /// The outcome of `rounds` over edits that depend on the text alone.
    fn fixed(source: &str, edits: impl Fn(&str) -> Vec<TextEdit>) -> Fixed {
        let mut text = source.to_owned();
        rounds(source, edits(source), |done| {
            text = apply(&text, done);
            edits(&text)
        })
    }

    #[test]
    fn reports_one_by_one_are_fixed_as_the_document_is_also_after_a_comment_came_and_went() {
        let wrong = SOURCE.replace("数量\t5\t2\t0\t0\t0\t0\t7", "数量\t5\t2\t0\t0\t0\t0\t8");
        let (source, mut analysis) = analysis_of(&format!("{wrong}{}", wrong.replace("档案局", "水务局")));
        let whole = |analysis: &Analysis| apply_fixes(analysis, |analysis| fix_all(&analysis.findings())).edits;
        let check = |analysis: &Analysis, due: usize| {
            assert_eq!(fixed_edits(analysis), whole(analysis));
            assert_eq!(fixed_edits(analysis).len(), due);
        };
        check(&analysis, 2);
        let comment = "<!-- gongkai: ignore-file GK303 -->\n";
        analysis.edit(Span::at(source.len()), comment);
        check(&analysis, 0);
        analysis.edit(Span::new(source.len(), source.len() + comment.len()), "");
        check(&analysis, 2);
    }

    #[test]
    fn fixes_are_looked_for_again_in_what_fixes_have_made() {
        let fixed = fixed("a", |text| match text {
            "a" => vec![edit(0, 1, "b")],
            "b" => vec![edit(0, 1, "c")],
            _ => Vec::new(),
        });
        assert_eq!(fixed, Fixed { text: Some("c".into()), edits: vec![edit(0, 1, "c")] });
    }

    #[test]
    fn fixes_that_undo_each_other_come_to_an_end() {
        let there_and_back = fixed("a", |text| vec![edit(0, 1, if text == "a" { "b" } else { "a" })]);
        assert_eq!(there_and_back.text.as_deref(), Some("b"), "the first of the two texts stays");
        let grows = fixed("", |text| vec![edit(text.len(), text.len(), "x")]);
        let all = "x".repeat(ROUNDS);
        assert_eq!(grows, Fixed { edits: vec![edit(0, 0, &all)], text: Some(all) });
    }

    #[test]
    fn a_safe_fix_comes_before_an_unsafe_one_that_clashes_with_it() {
        use Applicability::{Safe, Unsafe};
        let findings = [
            finding(Severity::Error, &[(Unsafe, edit(0, 2, "u")), (Unsafe, edit(5, 6, "never"))]),
            finding(Severity::Error, &[(Unsafe, edit(3, 4, "never")), (Safe, edit(1, 2, "s"))]),
            finding(Severity::Error, &[(Unsafe, edit(3, 4, "u"))]),
        ];
        assert_eq!(first_edits(&findings), [edit(1, 2, "s"), edit(3, 4, "u")]);
        assert_eq!(fix_all(&findings), [edit(1, 2, "s")]);
    }

    #[test]
    fn of_fixes_that_clash_that_of_the_graver_finding_is_taken() {
        let blank = finding(Severity::Warning, &[(Applicability::Safe, edit(0, 0, "1"))]);
        let graver = finding(Severity::Error, &[(Applicability::Safe, edit(0, 0, "7"))]);
        assert_eq!(fix_all(&[blank, graver]), [edit(0, 0, "7")]);
    }
}
