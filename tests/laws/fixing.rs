//! Fixes are inside the text and do not overlap. Safe fixes repair their findings and cause no errors; a second run changes
//! nothing.

use super::Law;
use super::script::Script;
use gongkai::analysis::{Analysis, check};
use gongkai::config::Settings;
use gongkai::ide::{fix_all, fixed_point};
use gongkai::rules::{Applicability, Finding, Fix, Severity};
use gongkai::text::{Span, TextEdit, apply, compatible};

/// The largest number of edits of one input.
const EDITS: usize = 12;

/// The number of safe fixes of a report that are applied one by one.
const TRIED: usize = 8;

/// Any report after any edits.
pub(crate) fn any(bytes: &[u8]) -> Law {
    let mut script = Script::new(bytes);
    let mut text = script.text();
    for _ in 0..EDITS {
        let Some((span, content)) = script.edit(&text) else { break };
        text.replace_range(span.range(), &content);
    }
    of(&text)
}

/// Any text.
pub(crate) fn of(text: &str) -> Law {
    let found = findings(text);
    for (finding, fix) in found.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix))) {
        sound(text, &fix.edits).map_err(|problem| format!("{} “{}”: {problem}", finding.rule.code, fix.message))?;
    }
    let mut tried: Vec<&'static str> = Vec::new();
    for finding in &found {
        let Some(fix) = safe(finding) else { continue };
        // A second fix of the same rule is less likely to find a problem.
        if tried.len() < TRIED && tried.iter().filter(|code| **code == finding.rule.code).count() < 2 {
            tried.push(finding.rule.code);
            cures(text, &found, &[finding], &fix.edits)?;
        }
    }
    one_edit(text)?;
    let all = fix_all(&found);
    sound(text, &all).map_err(|problem| format!("all safe fixes: {problem}"))?;
    let cured: Vec<&Finding> = found.iter().filter(|finding| is_among(finding, &all)).collect();
    cures(text, &found, &cured, &all)?;
    let fixed = apply(text, &all);
    let again = fix_all(&findings(&fixed));
    if again.is_empty() {
        return Ok(());
    }
    let twice = apply(&fixed, &again);
    Err(format!(
        "safe fixes have more to do when they are done: {again:#?}\n{text}\n---- once\n{fixed}\n---- twice\n{twice}"
    ))
}

/// Fixing the whole document gives the same text as rounds that each read it again.
fn one_edit(text: &str) -> Law {
    let fixed = fixed_point(&Analysis::new(text, Default::default()));
    sound(text, &fixed.edits).map_err(|problem| format!("the edit of all rounds: {problem}"))?;
    let mut expected = text.to_owned();
    let mut seen = vec![expected.clone()];
    for _ in 0..10 {
        let next = apply(&expected, &fix_all(&findings(&expected)));
        if seen.contains(&next) {
            break;
        }
        seen.push(next.clone());
        expected = next;
    }
    if apply(text, &fixed.edits) != expected || fixed.text.as_ref().unwrap_or(&text.to_owned()) != &expected {
        return Err(format!("all rounds in one edit: {:#?}\n{text}\n---- should make\n{expected}", fixed.edits));
    }
    Ok(())
}

fn findings(text: &str) -> Vec<Finding> {
    check(text, &Settings::default())
}

fn safe(finding: &Finding) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
}

/// Whether `edits` contain the safe fix of `finding`.
fn is_among(finding: &Finding, edits: &[TextEdit]) -> bool {
    safe(finding).is_some_and(|fix| fix.edits.iter().all(|edit| edits.contains(edit)))
}

/// Checks that the edits are inside `text` and do not overlap.
fn sound(text: &str, edits: &[TextEdit]) -> Law {
    for (index, edit) in edits.iter().enumerate() {
        if text.get(edit.span.range()).is_none() {
            return Err(format!("{edit:?} is outside the text, or inside a character\n{text}"));
        }
        if let Some(other) = edits[..index].iter().find(|other| !compatible(edit, other)) {
            return Err(format!("{edit:?} and {other:?} clash\n{text}"));
        }
    }
    Ok(())
}

/// Checks that after `edits` none of `cured` is found, and no new error.
fn cures(text: &str, before: &[Finding], cured: &[&Finding], edits: &[TextEdit]) -> Law {
    let fixed = apply(text, edits);
    let after = findings(&fixed);
    let context = || format!("{text}\n---- and after {edits:?}\n{fixed}");
    for finding in cured {
        let place = moved(finding.span, edits);
        let same = |other: &&Finding| other.rule == finding.rule && other.span == place;
        if let Some(other) = after.iter().find(same) {
            return Err(format!("{} is still found: {other:#?}\n{}", finding.rule.code, context()));
        }
    }
    for error in after.iter().filter(|finding| finding.severity == Severity::Error) {
        let known = |other: &Finding| {
            // A contradiction may move to another of its figures once more of them are known.
            let sums = |finding: &Finding| finding.rule.code.starts_with("GK3") && finding.severity == Severity::Error;
            (sums(other) && sums(error)) || (other.rule == error.rule && moved(other.span, edits).meets(error.span))
        };
        if !before.iter().any(known) {
            return Err(format!("a safe fix brings {error:#?}\n{}", context()));
        }
    }
    Ok(())
}

/// The place of `span` after `edits`; a replacement inside it, or at its edge, belongs to it.
fn moved(span: Span, edits: &[TextEdit]) -> Span {
    let (mut start, mut end) = (span.start as isize, span.end as isize);
    for edit in edits {
        let growth = edit.content.len() as isize - edit.span.len() as isize;
        if edit.span.end < span.start || (edit.span.end == span.start && !edit.span.is_empty()) {
            start += growth;
        } else if edit.span.start < span.start {
            // An edit across its start: the replacement is the new start.
            start -= (span.start - edit.span.start) as isize;
        }
        if edit.span.start <= span.end {
            end += growth;
        }
    }
    Span::new(start.max(0) as usize, end.max(start).max(0) as usize)
}
