//! The texts and fixes of contradictions: shared by GK301 to GK304.

use crate::config::Language;
use crate::report::{Cell, Table};
use crate::rules::arithmetic::error_localization::{Cause, Change, Contradiction, Resolution};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, Related, Rule};
use crate::say;
use crate::statute::{CellRef, Identity, IdentityKind, TableSpec};
use crate::text::{Memo, Span, TextEdit};
use std::cell::RefCell;
use std::rc::Rc;

/// The largest number of fixes that are offered if several are possible.
const MAX_RIVALS: usize = 8;
/// The largest number of moves between two cells that are offered.
const MAX_PAIRS: usize = 5;

/// If this many figures of a row are wrong, the row may be in the wrong columns.
const SHIFTED: usize = 3;

thread_local! {
    /// The texts of contradictions. A report has some tens at most, and an edit of a figure changes a few of them.
    static WORDS: RefCell<Memo<Case, Option<Rc<ContradictionText>>>> = const { RefCell::new(Memo::new(256)) };
}

/// The texts of a contradiction, which do not depend on the position of its table.
struct ContradictionText {
    message: String,
    /// Every operand with its text; those of the reported identity come first, and are marked as such.
    operands: Vec<(bool, CellRef, String)>,
}

/// Everything that the texts depend on.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Case {
    /// The address of the table's specification.
    spec: *const TableSpec,
    language: Language,
    contradiction: Contradiction,
    /// The counts of the cells in it.
    counts: Vec<Option<i64>>,
}

/// Adds a finding for every contradiction that is reported under `kind`.
pub(in crate::rules) fn check(
    rule: &'static Rule,
    kind: IdentityKind,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    for (table, resolution) in context.resolutions() {
        for contradiction in &resolution.contradictions {
            if table.spec.identities()[contradiction.identity].kind == kind {
                findings.extend(finding(rule, context, (table, resolution), contradiction));
            }
        }
    }
}

/// Whether so much of the row of `contradiction` is wrong that its figures are probably in the wrong columns.
fn is_shifted(resolution: &Resolution, contradiction: &Contradiction) -> bool {
    let row = contradiction.place.row;
    let certain = |it: &&Contradiction| it.place.row == row && matches!(it.cause, Cause::One(_));
    resolution.contradictions.iter().filter(certain).count() >= SHIFTED
}

/// The cells of the identities that `contradiction` violates, some more than once.
fn parts(resolution: &Resolution, contradiction: &Contradiction) -> impl Iterator<Item = CellRef> {
    let identities = resolution.values.spec().identities();
    let violated = std::iter::once(&contradiction.identity).chain(&contradiction.violated);
    violated.flat_map(|index| identities[*index].terms.iter().map(|(cell, _)| *cell))
}

/// The texts of `contradiction`; `None` if its cells are not in the table.
fn words(
    context: &Context<'_>,
    (table, resolution): (&Table, &Resolution),
    contradiction: &Contradiction,
) -> Option<Rc<ContradictionText>> {
    let case = Case {
        spec: table.spec,
        language: context.language,
        contradiction: contradiction.clone(),
        counts: parts(resolution, contradiction).map(|cell| resolution.values.get(cell)).collect(),
    };
    Memo::get_or_make(&WORDS, &case, || {
        let message = message(context, (table, resolution), contradiction)?;
        Some(Rc::new(ContradictionText { message, operands: operands(context, table, contradiction) }))
    })
}

fn message(
    context: &Context<'_>,
    (table, resolution): (&Table, &Resolution),
    contradiction: &Contradiction,
) -> Option<String> {
    let language = context.language;
    let identity = &table.spec.identities()[contradiction.identity];
    let message = match &contradiction.cause {
        Cause::One(change) | Cause::Several(change) => blame(context, table, identity, *change)?,
        _ => disagreement(context, (table, resolution), identity)?,
    };
    Some(match &contradiction.cause {
        Cause::Rivals(rivals) => {
            let count = rivals.len();
            let slips = rivals.iter().filter(|rival| rival.slip).count();
            let hint = match slips {
                // With figures of one digit every change is a typing error, so this proves nothing.
                slips if slips == 0 || slips == count => String::new(),
                _ => say!(language, "，其中 {slips} 处像是录入笔误", ", {slips} of them by a typing error"),
            };
            say!(
                language,
                "{message}；可能有误的单元格有 {count} 处{hint}，请核对原始数据",
                "{message}; any of {count} cells may be wrong{hint}: check against the records"
            )
        }
        Cause::Pairs(pairs) => {
            let hint = match pairs.iter().take(MAX_PAIRS).find_map(|pair| moved(&pair.changes)) {
                Some((count, Along::Row)) => {
                    say!(language, "可能有 {count} 件计错了栏目", "{count} may be counted in the wrong column")
                }
                Some((count, Along::Column)) => {
                    say!(language, "可能有 {count} 件计到了别的行", "{count} may be counted in the wrong row")
                }
                None => say!(language, "请核对原始数据", "check against the records"),
            };
            say!(
                language,
                "{message}；改动任何一个单元格都不能使各项勾稽关系同时成立，{hint}",
                "{message}; no change of a single cell makes every sum hold: {hint}"
            )
        }
        Cause::Unknown => say!(
            language,
            "{message}；同时有多处不符，请逐项核对",
            "{message}; several sums are wrong together: check each figure"
        ),
        Cause::One(_) | Cause::Several(_) => message,
    })
}

fn finding(
    rule: &'static Rule,
    context: &Context<'_>,
    (table, resolution): (&Table, &Resolution),
    contradiction: &Contradiction,
) -> Option<Finding> {
    let language = context.language;
    let span = table.cell(contradiction.place)?.span;
    let words = words(context, (table, resolution), contradiction)?;
    let mut operands: Vec<(bool, Span, &str)> = words
        .operands
        .iter()
        .filter_map(|(other, place, message)| Some((*other, table.cell(*place)?.span, message.as_str())))
        .collect();
    // In the order of the text. One more than are shown, so that there is an entry that counts the others.
    operands.sort_by_key(|(other, span, _)| (*other, *span));
    let related = operands.into_iter().map(|(_, span, message)| Related { span, message: message.to_owned() });
    let mut finding = Finding::new(rule, span, words.message.clone()).related(related);
    let fix = |new: fn(String, Vec<TextEdit>) -> Fix, changes: &[Change], message: &dyn Fn() -> String| {
        // Pushed diagnostics only show whether there is a fix.
        if context.drafts {
            return Fix { draft: true, ..new(String::new(), Vec::new()) };
        }
        new(message(), edits(table, changes))
    };
    match &contradiction.cause {
        Cause::One(change) => {
            let new = if is_shifted(resolution, contradiction) { Fix::doubtful } else { Fix::safe };
            finding = finding.fix(fix(new, &[*change], &|| set(context, table, *change)));
        }
        Cause::Several(change) => {
            finding = finding.fix(fix(Fix::doubtful, &[*change], &|| set(context, table, *change)));
        }
        Cause::Rivals(rivals) => {
            let all_slips = rivals.iter().all(|rival| rival.slip);
            for rival in rivals.iter().take(MAX_RIVALS) {
                let slip = rival.slip && !all_slips;
                finding = finding
                    .fix(fix(Fix::doubtful, &rival.changes, &|| alternative(context, table, &rival.changes, slip)));
            }
        }
        Cause::Pairs(pairs) => {
            for pair in pairs.iter().take(MAX_PAIRS) {
                finding = finding
                    .fix(fix(Fix::doubtful, &pair.changes, &|| alternative(context, table, &pair.changes, pair.slip)));
            }
        }
        Cause::Unknown => {
            let all_totals = resolution.all_totals();
            if !all_totals.is_empty() {
                // Each of these findings offers all of them.
                finding = finding.fix(fix(Fix::rewrite, all_totals, &|| {
                    let (name, count) = (names::table(table.spec.kind, language), all_totals.len());
                    say!(
                        language,
                        "按明细重新计算{name}的全部合计（改动 {count} 处）",
                        "Recompute every total of {name} from the figures below it ({count} changes)"
                    )
                }));
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
fn disagreement(
    context: &Context<'_>,
    (table, resolution): (&Table, &Resolution),
    identity: &Identity,
) -> Option<String> {
    let language = context.language;
    let residual = resolution.values.residual(identity)?.unsigned_abs();
    let law = law(context, table, identity)?;
    Some(say!(language, "{law}，差 {residual}", "{law}: off by {residual}"))
}

/// `“一、…”9 + “二、…”0 = 9，“（七）总计”8 + “四、…”0 = 8，两边不等`
fn law(context: &Context<'_>, table: &Table, identity: &Identity) -> Option<String> {
    let language = context.language;
    let side = |sign: i8| -> Option<(String, i64)> {
        let parts = identity
            .terms
            .iter()
            .filter(|(_, coefficient)| *coefficient == sign)
            .map(|(cell, _)| Some((names::operand(table, identity, *cell, language), table.cell(*cell)?.count()?)));
        let parts: Vec<(&str, i64)> = parts.collect::<Option<_>>()?;
        Some((join(&parts), parts.iter().map(|(_, value)| value).sum()))
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
        IdentityKind::RowTotal => {
            let row = names::row(table.names(identity.total).0, language);
            say!(language, "{row}", "{row} ")
        }
        IdentityKind::ReviewTotal => {
            let (_, column) = table.names(identity.total);
            let header = column.headers().last().map_or("", |header| match language {
                crate::config::Language::Chinese => header.name(),
                crate::config::Language::English => header.english(),
            });
            say!(language, "“{header}”", "\"{header}\" ")
        }
        _ => String::new(),
    };
    Some(say!(
        language,
        "{column}{row}{total}为 {right_sum}，各项之和为 {left_sum}（{left}）",
        "{column}{row}{total} is {right_sum}, its parts make {left_sum} ({left})"
    ))
}

/// `自然人 10 + 商业企业 2`: the operands other than `except` that are not zero.
fn sum(context: &Context<'_>, table: &Table, identity: &Identity, except: CellRef) -> String {
    let parts: Vec<(&str, i64)> = identity
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
fn join(parts: &[(&str, i64)]) -> String {
    let shown = || parts.iter().filter(|(_, value)| *value != 0 || parts.len() <= 2);
    let mut joined = String::with_capacity(shown().map(|(name, _)| name.len() + 8).sum());
    for (name, value) in shown() {
        let before = if joined.is_empty() { "" } else { " + " };
        [before, name, " ", &value.to_string()].iter().for_each(|part| joined.push_str(part));
    }
    if joined.is_empty() { "0".to_owned() } else { joined }
}

/// The operands of the violated identities that are not 0, except the place of the finding, each with its text and
/// whether it is of another identity than the one that is reported.
fn operands(context: &Context<'_>, table: &Table, contradiction: &Contradiction) -> Vec<(bool, CellRef, String)> {
    let mut operands: Vec<(bool, CellRef, String)> = Vec::with_capacity(8);
    for index in std::iter::once(&contradiction.identity).chain(&contradiction.violated) {
        for (place, _) in &table.spec.identities()[*index].terms {
            if *place != contradiction.place
                && !operands.iter().any(|(_, known, _)| known == place)
                && let Some(count) = table.cell(*place).and_then(Cell::count).filter(|count| *count != 0)
            {
                let message = [names::cell(table, *place, context.language), " ", &count.to_string()].concat();
                operands.push((*index != contradiction.identity, *place, message));
            }
        }
    }
    operands
}

fn set(context: &Context<'_>, table: &Table, change: Change) -> String {
    let language = context.language;
    let (place, old, new) = (names::cell(table, change.cell, language), change.old, change.new);
    say!(language, "将{place}由 {old} 改为 {new}", "Change {place} from {old} to {new}")
}

/// The title of the fix by `changes`, which may be a `slip`.
fn alternative(context: &Context<'_>, table: &Table, changes: &[Change], slip: bool) -> String {
    let language = context.language;
    let mut message = match (moved(changes), changes) {
        (Some((count, Along::Row)), [a, b]) => {
            let (from, to) = if a.new < a.old { (a, b) } else { (b, a) };
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
        message.push_str(&say!(language, "（像是录入笔误）", " (looks like a typing error)"));
    }
    message
}

/// The wrong place in which cases are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Along {
    /// In another column of the row.
    Row,
    /// In another row of the column.
    Column,
}

/// How many cases `changes` move from one cell to another, if they do nothing else.
fn moved(changes: &[Change]) -> Option<(i64, Along)> {
    let [a, b] = changes else { return None };
    let count = a.new - a.old;
    let along = if a.cell.row == b.cell.row { Along::Row } else { Along::Column };
    let in_line = along == Along::Row || a.cell.column == b.cell.column;
    (in_line && count == b.old - b.new).then_some((count.abs(), along))
}

fn edits(table: &Table, changes: &[Change]) -> Vec<TextEdit> {
    changes
        .iter()
        .filter_map(|change| Some(TextEdit { span: table.cell(change.cell)?.span, content: change.new.to_string() }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::config::{Language, Settings};
    use crate::rules::support::testing::*;
    use crate::rules::{Applicability, Finding};
    use std::sync::Arc;

    /// The findings of the four rules in `source`.
    fn contradictions(source: &str, language: Language) -> Vec<Finding> {
        let select = ["GK301", "GK302", "GK303", "GK304"].map(str::to_owned).to_vec();
        findings_under(&Settings { select, language, ..Settings::default() }, source)
    }

    /// One finding on `place`, with these messages in Chinese and in English, and these fixes in Chinese.
    #[track_caller]
    fn says(source: &str, place: &str, chinese: &str, english: &str, fixes: &[&str]) -> Finding {
        let shown = |language| {
            let found = contradictions(source, language);
            let [finding] = found.as_slice() else { panic!("{found:#?}") };
            finding.clone()
        };
        assert_eq!(shown(Language::English).message, english);
        let finding = shown(Language::Chinese);
        assert_eq!(finding.message, chinese);
        assert_eq!(finding.span.of(source), place);
        let offered: Vec<&str> = finding.fixes.iter().map(|fix| fix.message.as_str()).collect();
        assert_eq!(offered, fixes);
        finding
    }

    /// The sample report for 2022 with `from` replaced.
    fn with(from: &str, to: &str) -> String {
        assert_eq!(report(2022).matches(from).count(), 1);
        report(2022).replace(from, to)
    }

    /// The operands of `finding`, the first few.
    fn operands_of(finding: &Finding, count: usize) -> Vec<&str> {
        finding.related.iter().map(|related| related.message.as_str()).take(count).collect()
    }

    #[test]
    fn a_wrong_total_shows_its_parts() {
        let source =
            with("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 2 |");
        let finding = says(
            &source,
            "2",
            "“（一）予以公开”总计应为 3（自然人 2 + 商业企业 1），现为 2，差 1",
            "\"(1) Granted\", total should be 3 (natural persons 2 + businesses 1), but is 2: off by 1",
            &["将“（一）予以公开”总计由 2 改为 3"],
        );
        assert!(finding.fixes[0].applicability == Applicability::Safe && !finding.fixes[0].rewrite);
        // First the row that is reported, from left to right and without the cell itself; then the column. What is 0
        // explains nothing.
        assert_eq!(
            operands_of(&finding, 9),
            ["“（一）予以公开”自然人 2", "“（一）予以公开”商业企业 1", "“（七）总计”总计 3"]
        );
    }

    #[test]
    fn a_long_sum_shows_eight_operands_and_counts_the_others() {
        let mut source = report(2022);
        let rows = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "5.属于三类内部事务信息", "6.属于四类过程性信息"];
        let more = [
            "7.属于行政执法案卷",
            "2.没有现成信息需要另行制作",
            "2.重复申请",
            "3.要求提供公开出版物",
            "1.信访举报投诉类申请",
        ];
        for row in rows.into_iter().chain(more) {
            let zeros = format!("{row} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |");
            assert!(source.contains(&zeros), "{row}");
            source = source.replace(&zeros, &format!("{row} | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"));
        }
        let found = contradictions(&source, Language::Chinese);
        let longest = found.iter().max_by_key(|finding| finding.related.len()).unwrap();
        assert_eq!(longest.related.len(), 9, "{found:#?}");
        assert!(longest.related[8].message.starts_with("另有 "), "{longest:#?}");
        assert!(longest.related[..8].iter().all(|related| !related.message.ends_with(" 0")), "{longest:#?}");
    }

    #[test]
    fn a_total_of_nothing_says_so() {
        says(
            &with("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 4 |"),
            "4",
            "“（五）2.重复申请”总计应为 0（各项均为 0），现为 4，差 4",
            "\"(5) 2. Repeated application\", total should be 0 (every part is 0), but is 4: off by 4",
            &["将“（五）2.重复申请”总计由 4 改为 0"],
        );
    }

    #[test]
    fn a_wrong_part_shows_the_sum_that_it_breaks() {
        says(
            &with("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 2 | 11 |"),
            "11",
            "“（一）予以公开”商业企业应为 1，现为 11，差 10：“（一）予以公开”总计为 3，各项之和为 13（自然人 2 + 商业企业 11）",
            "\"(1) Granted\", businesses should be 1, but is 11, off by 10: \"(1) Granted\" total is 3, its parts make 13 \
             (natural persons 2 + businesses 11)",
            &["将“（一）予以公开”商业企业由 11 改为 1"],
        );
    }

    #[test]
    fn a_total_that_only_the_balance_contradicts_shows_both_sides() {
        // One outcome is no number and one total is missing: neither the column's sum nor the row's can be checked.
        let source = with("2.重复申请 | 0 |", "2.重复申请 | 无 |");
        let source = source.replace("（七）总计 | 2 | 1 | 0 |", "（七）总计 | 5 | 1 | 无 |");
        says(
            &source,
            "5",
            "“（七）总计”自然人应为 2，现为 5，差 3：自然人一列，“一、本年新收政府信息公开申请数量” 3 + “二、上年结转政府信息公开申请数量” 0 之和为 \
             3，“（七）总计” 5 + “四、结转下年度继续办理” 1 之和为 6，两者应相等",
            "\"(7) Total\", natural persons should be 2, but is 5, off by 3: in column natural persons, \"1. Applications \
             received this year\" 3 + \"2. Applications carried over from last year\" 0 make 3, \"(7) Total\" 5 + \"4. Carried \
             over to next year\" 1 make 6; the two should be equal",
            &["将“（七）总计”自然人由 5 改为 2"],
        );
    }

    #[test]
    fn rivals_say_how_many_and_which_are_slips() {
        let finding = says(
            &with("1 | 0 | 0 | 0 | 1 | 0 |", "1 | 0 | 0 | 0 | 12 | 0 |"),
            "12",
            "“行政复议”总计为 12，各项之和为 1（结果维持 1），差 11；可能有误的单元格有 5 处，其中 2 处像是录入笔误，请核对原始数据",
            "\"administrative review\" total is 12, its parts make 1 (upheld 1): off by 11; any of 5 cells may be wrong, 2 of \
             them by a typing error: check against the records",
            &[
                "将表四“行政复议总计”由 12 改为 1（像是录入笔误）",
                "将表四“行政复议结果维持”由 1 改为 12（像是录入笔误）",
                "将表四“行政复议结果纠正”由 0 改为 11",
                "将表四“行政复议其他结果”由 0 改为 11",
                "将表四“行政复议尚未审结”由 0 改为 11",
            ],
        );
        assert!(finding.fixes.iter().all(|fix| fix.applicability == Applicability::Unsafe && !fix.preferred));
        assert_eq!(operands_of(&finding, 1), ["表四“行政复议结果维持” 1"]);
    }

    #[test]
    fn where_every_rival_or_none_is_a_slip_that_is_not_said() {
        for (total, parts, list) in [
            ("2", "1 | 0 | 0 | 0", "结果维持 1"),
            ("555", "10 | 20 | 30 | 40", "结果维持 10 + 结果纠正 20 + 其他结果 30 + 尚未审结 40"),
        ] {
            let source = with("1 | 0 | 0 | 0 | 1 | 0 |", &format!("{parts} | {total} | 0 |"));
            let found = contradictions(&source, Language::Chinese);
            let sum: i64 = parts.split(" | ").filter_map(|part| part.parse::<i64>().ok()).sum();
            let gap = total.parse::<i64>().unwrap_or(0) - sum;
            assert_eq!(
                found[0].message,
                format!(
                    "“行政复议”总计为 {total}，各项之和为 {sum}（{list}），差 {gap}；可能有误的单元格有 5 处，请核对原始数据"
                )
            );
            assert!(found[0].fixes.iter().all(|fix| !fix.message.contains("笔误")), "{:#?}", found[0].fixes);
        }
    }

    #[test]
    fn a_case_in_the_wrong_column_is_counted_in_the_other() {
        for (figures, from, to) in [("1 | 2", "商业企业", "自然人"), ("3 | 0", "自然人", "商业企业")] {
            let source = with("（一）予以公开 | 2 | 1 |", &format!("（一）予以公开 | {figures} |"));
            let found = contradictions(&source, Language::Chinese);
            assert_eq!(found.len(), 1);
            assert_eq!(
                found[0].fixes[0].message,
                format!("将“（一）予以公开”的 1 件由“{from}”改计入“{to}”（像是录入笔误）")
            );
            assert_eq!(crate::text::apply(&source, &found[0].fixes[0].edits), report(2022));
        }
        says(
            &with("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 1 | 2 |"),
            "2",
            "自然人一列，“（七）总计”为 2，各项之和为 1（“（一）予以公开” 1），差 1；改动任何一个单元格都不能使各项勾稽关系同时成立，可能有 1 件计错了栏目",
            "in column natural persons, \"(7) Total\" is 2, its parts make 1 (\"(1) Granted\" 1): off by 1; no change of a \
             single cell makes every sum hold: 1 may be counted in the wrong column",
            &["将“（一）予以公开”的 1 件由“商业企业”改计入“自然人”（像是录入笔误）"],
        );
    }

    #[test]
    fn a_balance_that_fails_in_two_columns_shows_both_sides() {
        let finding = says(
            &with(
                "四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
                "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            ),
            "2",
            "自然人一列，“一、本年新收政府信息公开申请数量” 3 + “二、上年结转政府信息公开申请数量” 0 之和为 3，“（七）总计” 2 + “四、结转下年度继续办理” 0 \
             之和为 2，两者应相等，差 1；改动任何一个单元格都不能使各项勾稽关系同时成立，请核对原始数据",
            "in column natural persons, \"1. Applications received this year\" 3 + \"2. Applications carried over from last \
             year\" 0 make 3, \"(7) Total\" 2 + \"4. Carried over to next year\" 0 make 2; the two should be equal: off by \
             1; no change of a single cell makes every sum hold: check against the records",
            &[
                "将“一、本年新收政府信息公开申请数量”自然人由 3 改为 2，将“一、本年新收政府信息公开申请数量”总计由 4 改为 3（像是录入笔误）",
                "将“四、结转下年度继续办理”自然人由 0 改为 1，将“四、结转下年度继续办理”总计由 0 改为 1（像是录入笔误）",
            ],
        );
        assert!(finding.fixes.iter().all(|fix| fix.applicability == Applicability::Unsafe));
    }

    #[test]
    fn several_wrong_cells_are_computed_anew_from_the_figures_below() {
        let finding = says(
            &with("（一）予以公开 | 2 | 1 | 0 |", "（一）予以公开 | 7 | 5 | 9 |"),
            "3",
            "“（一）予以公开”总计为 3，各项之和为 21（自然人 7 + 商业企业 5 + 科研机构 9），差 18；同时有多处不符，请逐项核对",
            "\"(1) Granted\" total is 3, its parts make 21 (natural persons 7 + businesses 5 + research bodies 9): off by \
             18; several sums are wrong together: check each figure",
            &["按明细重新计算表三的全部合计（改动 5 处）"],
        );
        assert!(finding.fixes[0].rewrite && finding.fixes[0].applicability == Applicability::Unsafe);
        let contents: Vec<&str> = finding.fixes[0].edits.iter().map(|edit| edit.content.as_str()).collect();
        assert_eq!(contents, ["21", "7", "5", "9", "21"]);
    }

    /// While the user types, fixes that write a whole table or all totals stay drafts, until the fixes are requested.
    #[test]
    fn what_is_drafted_is_written_when_it_is_asked_for() {
        // Of another edition than the year's too, so that a table is to be converted.
        let source =
            with("（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |", "（一）予以公开 | 7 | 5 | 9 | 0 | 0 | 0 | 3 |")
                .replace("2022年", "2020年");
        let analysis = Analysis::new(&source, Arc::default());
        analysis.check_until(|| false);
        let is_draft = |finding: &Finding| finding.fixes.iter().any(|fix| fix.draft);
        let drafts = analysis.reported();
        let mut drafts: Vec<&str> =
            drafts.iter().map(|it| &*it.finding).filter(|it| is_draft(it)).map(|it| it.rule.code).collect();
        drafts.dedup();
        assert_eq!(drafts, ["GK111", "GK303"]);
        let written = findings_under(&Settings::default(), &source);
        assert!(!written.iter().any(is_draft));
        assert_eq!(analysis.findings(), written);
    }

    #[test]
    fn few_parts_are_all_shown_and_of_many_those_that_count() {
        let part = |name: &'static str, value| (name, value);
        assert_eq!(join(&[part("a", 0), part("b", 3)]), "a 0 + b 3");
        assert_eq!(join(&[part("a", 0), part("b", 3), part("c", 0)]), "b 3");
        assert_eq!(join(&[part("a", 0), part("b", 0), part("c", 0)]), "0");
    }

    #[test]
    fn three_wrong_figures_of_a_row_may_stand_in_the_wrong_columns() {
        let safe = |source: &str| -> Vec<bool> {
            let found = contradictions(source, Language::Chinese);
            found.iter().map(|finding| finding.fixes[0].applicability == Applicability::Safe).collect()
        };
        // Without a total of the totals, each column and each row is independent.
        let total = "（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |";
        assert_eq!(safe(&with(total, "（七）总计 | 4 | 5 | 0 | 0 | 0 | 0 | 无 |")), [true; 2]);
        assert_eq!(safe(&with(total, "（七）总计 | 4 | 5 | 7 | 0 | 0 | 0 | 无 |")), [false; 3]);
        let mut source = with(total, "（七）总计 | 2 | 1 | 0 | 0 | 0 | 0 | 无 |");
        for row in ["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请"]
        {
            let zeros = |total| format!("{row} | 0 | 0 | 0 | 0 | 0 | 0 | {total} |");
            assert!(source.contains(&zeros(0)));
            source = source.replace(&zeros(0), &zeros(6));
        }
        assert_eq!(safe(&source), [true; 4]);
    }
}
