//! Contradictions put into words: what GK301 to GK304 have in common.

use super::context::Context;
use super::localise::{Cause, Change, Contradiction, Explanation, Values, recomputed, same_row};
use super::{Finding, Fix, Related, Rule, names};
use crate::report::Table;
use crate::say;
use crate::statute::{CellRef, Identity, IdentityKind};
use crate::text::TextEdit;

/// At most so many fixes are offered where several would do.
const MAX_RIVALS: usize = 8;
/// At most so many moves between two cells are offered.
const MAX_PAIRS: usize = 5;

/// Where so many figures of a row are each wrong, the row may well stand in the wrong columns.
const SHIFTED: usize = 3;

/// Adds a finding for every contradiction that is reported under `kind`.
pub(super) fn check(rule: &'static Rule, kind: IdentityKind, context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (table, resolution) in context.resolutions() {
        let in_row = |row: usize| {
            let certain = |it: &&Contradiction| matches!(it.cause, Cause::One(_)) && it.place.row == row;
            resolution.contradictions.iter().filter(certain).count()
        };
        for contradiction in &resolution.contradictions {
            let identity = &table.spec.identities()[contradiction.identity];
            if identity.kind == kind {
                let shifted = in_row(contradiction.place.row) >= SHIFTED;
                findings.extend(finding(rule, context, table, identity, contradiction, shifted));
            }
        }
    }
}

fn finding(
    rule: &'static Rule,
    context: &Context<'_>,
    table: &Table,
    identity: &Identity,
    contradiction: &Contradiction,
    shifted: bool,
) -> Option<Finding> {
    let language = context.language;
    let span = table.cell(contradiction.place)?.span;
    let message = match &contradiction.cause {
        Cause::One(change) | Cause::Several(change) => blame(context, table, identity, *change)?,
        _ => disagreement(context, table, identity)?,
    };
    let message = match &contradiction.cause {
        Cause::Rivals(rivals) => {
            let count = rivals.len();
            let slips = rivals.iter().filter(|rival| rival.slip).count();
            let hint = match slips {
                // Among figures of one digit every change is a slip, which tells nothing.
                slips if slips == 0 || slips == count => String::new(),
                _ => say!(language, "，其中 {slips} 处像是录入笔误", ", {slips} of them by a slip of the finger"),
            };
            say!(
                language,
                "{message}；可能有误的单元格有 {count} 处{hint}，请核对原始数据",
                "{message}; any of {count} cells may be wrong{hint}: check against the records"
            )
        }
        Cause::Pairs(_) => say!(
            language,
            "{message}；改动任何一个单元格都不能使各项勾稽关系同时成立，可能有一件计错了栏目",
            "{message}; no change of a single cell makes every sum hold: a case may be counted in the wrong place"
        ),
        Cause::Unknown => say!(
            language,
            "{message}；同时有多处不符，请逐项核对",
            "{message}; several sums are wrong together: check each figure"
        ),
        Cause::One(_) | Cause::Several(_) => message,
    };
    let mut finding = Finding::new(rule, span, message).related(operands(context, table, contradiction));
    match &contradiction.cause {
        Cause::One(change) => {
            let fix = if shifted { Fix::doubtful } else { Fix::safe };
            finding = finding.fix(fix(set(context, table, *change), edits(table, &[*change])));
        }
        Cause::Several(change) => {
            finding = finding.fix(Fix::doubtful(set(context, table, *change), edits(table, &[*change])));
        }
        Cause::Rivals(rivals) => {
            let all_slips = rivals.iter().all(|rival| rival.slip);
            for rival in rivals.iter().take(MAX_RIVALS) {
                finding = finding.fix(alternative(context, table, rival, rival.slip && !all_slips));
            }
        }
        Cause::Pairs(pairs) => {
            for pair in pairs.iter().take(MAX_PAIRS) {
                finding = finding.fix(alternative(context, table, pair, pair.slip));
            }
        }
        Cause::Unknown => {
            let changes = recomputed(&Values::of(table));
            if !changes.is_empty() {
                let (name, count) = (names::table(table.spec.kind, language), changes.len());
                let message = say!(
                    language,
                    "按明细重新计算{name}的全部合计（改动 {count} 处）",
                    "Recompute every total of {name} from the figures below it ({count} changes)"
                );
                finding = finding.fix(Fix { rewrite: true, ..Fix::doubtful(message, edits(table, &changes)) });
            }
        }
    }
    Some(finding)
}

/// `“（一）予以公开”总计应为 12（自然人 10 + 商业企业 2），现为 11，差 1`
fn blame(context: &Context<'_>, table: &Table, identity: &Identity, change: Change) -> Option<String> {
    let language = context.language;
    let place = names::cell(table, change.cell, language);
    let (old, new, gap) = (change.old, change.new, change.old.abs_diff(change.new));
    if change.cell == identity.total && identity.kind != IdentityKind::Balance {
        let sum = sum(context, table, identity, change.cell);
        return Some(say!(
            language,
            "{place}应为 {new}（{sum}），现为 {old}，差 {gap}",
            "{place} should be {new} ({sum}), but is {old}: off by {gap}"
        ));
    }
    let law = law(context, table, identity)?;
    Some(say!(
        language,
        "{place}应为 {new}，现为 {old}，差 {gap}：{law}",
        "{place} should be {new}, but is {old}, off by {gap}: {law}"
    ))
}

/// The two sides of an identity that does not hold, as a sentence.
fn disagreement(context: &Context<'_>, table: &Table, identity: &Identity) -> Option<String> {
    let language = context.language;
    let residual = Values::of(table).residual(identity)?.unsigned_abs();
    let law = law(context, table, identity)?;
    Some(say!(language, "{law}，差 {residual}", "{law}: off by {residual}"))
}

/// `“一、…”9 + “二、…”0 = 9，“（七）总计”8 + “四、…”0 = 8，两边不等`
fn law(context: &Context<'_>, table: &Table, identity: &Identity) -> Option<String> {
    let language = context.language;
    let side = |sign: i8| -> Option<(String, i64)> {
        let mut total = 0;
        let mut parts = Vec::new();
        for (cell, coefficient) in identity.terms.iter().filter(|(_, coefficient)| *coefficient == sign) {
            let value = table.cell(*cell)?.count()?;
            total += value * i64::from(*coefficient) * i64::from(sign);
            parts.push((names::operand(table, identity, *cell, language), value));
        }
        Some((join(&parts), total))
    };
    let ((left, left_sum), (right, right_sum)) = (side(1)?, side(-1)?);
    let column = match identity.kind {
        IdentityKind::RowTotal | IdentityKind::ReviewTotal => String::new(),
        _ => {
            let (_, column) = table.names(identity.total);
            let column = names::column(column, language);
            say!(language, "{column}一列，", "in column {column}, ")
        }
    };
    if identity.kind == IdentityKind::Balance {
        return Some(say!(
            language,
            "{column}{left} 之和为 {left_sum}，{right} 之和为 {right_sum}，两者应相等",
            "{column}{left} make {left_sum}, {right} make {right_sum}; the two should be equal"
        ));
    }
    let total = names::operand(table, identity, identity.total, language);
    let row = match identity.kind {
        IdentityKind::RowTotal => names::row(table.names(identity.total).0, language),
        IdentityKind::ReviewTotal => {
            let (_, column) = table.names(identity.total);
            let header = column.headers().last().map_or("", |header| match language {
                crate::config::Language::Chinese => header.name(),
                crate::config::Language::English => header.english(),
            });
            say!(language, "“{header}”", "\"{header}\"")
        }
        _ => String::new(),
    };
    Some(say!(
        language,
        "{column}{row}{total}为 {right_sum}，各项之和为 {left_sum}（{left}）",
        "{column}{row} {total} is {right_sum}, its parts make {left_sum} ({left})"
    ))
}

/// `自然人 10 + 商业企业 2`: the operands beside `except` that are not zero.
fn sum(context: &Context<'_>, table: &Table, identity: &Identity, except: CellRef) -> String {
    let parts: Vec<(String, i64)> = identity
        .terms
        .iter()
        .filter(|(cell, _)| *cell != except)
        .filter_map(|(cell, _)| {
            Some((names::operand(table, identity, *cell, context.language), table.cell(*cell)?.count()?))
        })
        .collect();
    let joined = join(&parts);
    match parts.iter().all(|(_, value)| *value == 0) {
        true => say!(context.language, "各项均为 0", "every part is 0"),
        false => joined,
    }
}

/// The parts that are not zero, or all if there are few.
fn join(parts: &[(String, i64)]) -> String {
    let shown: Vec<String> = parts
        .iter()
        .filter(|(_, value)| *value != 0 || parts.len() <= 2)
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    if shown.is_empty() { "0".to_owned() } else { shown.join(" + ") }
}

/// Every operand of the violated identities but the place of the finding: those of the one that is reported first, in the
/// order of the text.
fn operands(context: &Context<'_>, table: &Table, contradiction: &Contradiction) -> Vec<Related> {
    let mut places: Vec<(CellRef, usize)> = Vec::new();
    for index in std::iter::once(&contradiction.identity).chain(&contradiction.violated) {
        for (cell, _) in &table.spec.identities()[*index].terms {
            if *cell != contradiction.place && !places.iter().any(|(place, _)| place == cell) {
                places.push((*cell, *index));
            }
        }
    }
    let mut related: Vec<(bool, Related)> = places
        .into_iter()
        .filter_map(|(place, index)| {
            let cell = table.cell(place)?;
            let name = names::cell(table, place, context.language);
            let related = Related { span: cell.span, message: format!("{name} {}", cell.count()?) };
            Some((index != contradiction.identity, related))
        })
        .collect();
    related.sort_by_key(|(other, related)| (*other, related.span));
    related.into_iter().map(|(_, related)| related).collect()
}

fn set(context: &Context<'_>, table: &Table, change: Change) -> String {
    let language = context.language;
    let (place, old, new) = (names::cell(table, change.cell, language), change.old, change.new);
    say!(language, "将{place}由 {old} 改为 {new}", "Change {place} from {old} to {new}")
}

fn alternative(context: &Context<'_>, table: &Table, explanation: &Explanation, slip: bool) -> Fix {
    let language = context.language;
    let changes = &explanation.changes;
    let mut message = match changes.as_slice() {
        [a, b] if same_row(changes) && a.new - a.old == b.old - b.new => {
            let (from, to) = if a.new < a.old { (a, b) } else { (b, a) };
            let count = to.new - to.old;
            let row = names::row(table.names(from.cell).0, language);
            let (from, to) = (table.names(from.cell).1, table.names(to.cell).1);
            let (from, to) = (names::column(from, language), names::column(to, language));
            say!(
                language,
                "将{row}的 {count} 件由“{from}”改计入“{to}”",
                "Count {count} of {row} under \"{to}\" instead of \"{from}\""
            )
        }
        _ => changes
            .iter()
            .map(|change| set(context, table, *change))
            .collect::<Vec<_>>()
            .join(&say!(language, "，", "; ")),
    };
    if slip {
        message.push_str(&say!(language, "（像是录入笔误）", " (looks like a slip of the finger)"));
    }
    Fix::doubtful(message, edits(table, changes))
}

fn edits(table: &Table, changes: &[Change]) -> Vec<TextEdit> {
    changes
        .iter()
        .filter_map(|change| Some(TextEdit { span: table.cell(change.cell)?.span, content: change.new.to_string() }))
        .collect()
}
