//! Counts cases of a row in another of its columns, where that alone makes every sum of the table hold.
//!
//! An applicant or an outcome that was counted in the wrong column leaves two columns off by opposite amounts. Which row
//! it was in only the records tell, so the user chooses the row with the cursor, and the title counts the other rows that
//! would do.

use super::actions::{Action, ActionKind};
use super::sums::{Verdict, verdict};
use crate::analysis::{Analysis, Unit};
use crate::config::Language;
use crate::report::Table;
use crate::say;
use crate::statute::{CellRef, Column, Identity, IdentityKind, TableKind};
use crate::text::{Span, TextEdit};

/// A number of cases, and the two cells of a row: the one that counts them, and the one that should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Move {
    count: i64,
    from: CellRef,
    to: CellRef,
}

/// The action for the row at `span`; none if the row has no such move, or several.
pub(super) fn moved_cases(analysis: &Analysis, unit: &Unit<'_>, table: &Table, span: Span) -> Option<Action> {
    let is_there = |row: usize| {
        let row = table.rows.get(row).and_then(Option::as_ref);
        row.is_some_and(|row| {
            let whole = row.label.map_or(row.span, |(label, _)| row.span.cover(label));
            whole.shift(unit.offset).meets(span)
        })
    };
    let here = (0..table.rows.len()).find(|row| is_there(*row))?;
    let residuals = residuals(table);
    let [one] = moves(table, &residuals, here).try_into().ok()?;
    let elsewhere =
        (0..table.rows.len()).filter(|row| *row != here && !moves(table, &residuals, *row).is_empty()).count();
    let edit = |place: CellRef, by: i64| {
        let cell = table.cell(place)?;
        let content = cell.count()?.checked_add(by)?.to_string();
        Some(TextEdit { span: cell.span, content })
    };
    let edits = source_edits(unit, vec![edit(one.from, -one.count)?, edit(one.to, one.count)?])?;
    let title = title(table, one, elsewhere, analysis.settings().language)?;
    Some(Action { title, kind: ActionKind::Rewrite, preferred: false, edits, finding: None })
}

/// What each identity of `table` is off by; `None` if a cell of it is no number.
fn residuals(table: &Table) -> Vec<Option<i64>> {
    let residual = |identity: &Identity| match verdict(table, identity) {
        Verdict::Holds => Some(0),
        // In ten-thousandths; cases are whole.
        Verdict::Off(plus, minus) => i64::try_from(plus.checked_sub(minus)? / 10_000).ok(),
        Verdict::Open(_) | Verdict::Unknown => None,
    };
    table.spec.identities().iter().map(residual).collect()
}

/// Every move in `row` after which each identity of the table that can be checked holds. A cell takes part only if each
/// identity that the move affects can be checked.
fn moves(table: &Table, residuals: &[Option<i64>], row: usize) -> Vec<Move> {
    let spec = table.spec;
    let violated = residuals.iter().filter(|residual| residual.is_some_and(|residual| residual != 0)).count();
    if violated < 2 {
        return Vec::new();
    }
    let identities = spec.identities();
    // The total of a row counts no cases of its own.
    let is_total = |place: CellRef| {
        let of_row = |identity: &&Identity| !matches!(identity.kind, IdentityKind::Subtotal | IdentityKind::Balance);
        identities.iter().filter(of_row).any(|identity| identity.total == place)
    };
    let columns = spec.rows.get(row).map_or(0, |row| row.columns.len());
    let cells: Vec<(CellRef, i64)> = (0..columns)
        .map(|column| CellRef { row, column })
        .filter(|place| !is_total(*place))
        .filter_map(|place| Some((place, table.cell(place)?.count()?)))
        .collect();
    let mut found = Vec::new();
    for (from, there) in &cells {
        for (to, _) in cells.iter().filter(|(to, _)| to != from) {
            let change = |index: usize| {
                let of = |place: CellRef| {
                    let own = spec.identities_of(place).iter().find(|(other, _)| *other == index);
                    own.map_or(0, |(_, coefficient)| i64::from(*coefficient))
                };
                of(*to) - of(*from)
            };
            let affected: Vec<(usize, i64)> =
                (0..identities.len()).map(|index| (index, change(index))).filter(|(_, change)| *change != 0).collect();
            // How many cases the first of them asks for; the others have to agree.
            let count = affected.first().and_then(|(index, change)| {
                let residual = residuals.get(*index).copied().flatten()?;
                (residual % change == 0).then_some(-residual / change)
            });
            let Some(count) = count.filter(|count| *count > 0 && count <= there) else { continue };
            let holds = |(index, change): &(usize, i64)| {
                residuals.get(*index).copied().flatten().is_some_and(|residual| residual + change * count == 0)
            };
            let corrected = affected.len() == violated && affected.iter().all(holds);
            if corrected {
                found.push(Move { count, from: *from, to: *to });
            }
        }
    }
    found
}

/// `edits` of the figures of `unit` as edits of the document; `None` if a figure is in pieces.
fn source_edits(unit: &Unit<'_>, edits: Vec<TextEdit>) -> Option<Vec<TextEdit>> {
    let is_whole = |edit: &TextEdit| {
        let written = edit.span.of(unit.source);
        !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit()) && !unit.report.is_pieced(edit.span)
    };
    edits.iter().all(is_whole).then(|| {
        let moved = |edit: TextEdit| TextEdit { span: edit.span.shift(unit.offset), ..edit };
        let mut edits: Vec<TextEdit> = edits.into_iter().map(moved).collect();
        edits.sort();
        edits
    })
}

fn title(table: &Table, one: Move, elsewhere: usize, language: Language) -> Option<String> {
    let Move { count, from, to } = one;
    let (row, _) = table.names(from);
    let kind = table.spec.kind;
    let name = |place: CellRef| column(table.names(place).1, language);
    let figures = |place: CellRef, by: i64| {
        let old = table.cell(place)?.count()?;
        Some(format!("{old} → {}", old.checked_add(by)?))
    };
    let (was, is) = (figures(from, -count)?, figures(to, count)?);
    let (from, to) = (name(from), name(to));
    let others = match elsewhere {
        0 => String::new(),
        1 => say!(language, "；另有 1 行也可如此", "; one other row would do as well"),
        count => say!(language, "；另有 {count} 行也可如此", "; {count} other rows would do as well"),
    };
    Some(match language {
        Language::Chinese => {
            let place = match kind {
                TableKind::Review => kind.name().to_owned(),
                _ => format!("{}“{}”", kind.name(), row.name().replace('“', "‘").replace('”', "’")),
            };
            format!("将{place}的 {count} 件由“{from}”（{was}）改计入“{to}”（{is}），改后本表勾稽关系成立{others}")
        }
        Language::English => {
            let place = match kind {
                TableKind::Review => kind.english().to_owned(),
                _ => format!("{}, \"{}\"", kind.english(), row.english()),
            };
            format!(
                "Move {count} of {place} from \"{from}\" ({was}) to \"{to}\" ({is}): every sum of the table then holds{others}"
            )
        }
    })
}

/// A column with the headers above it.
fn column(column: Column, language: Language) -> String {
    match language {
        Language::Chinese => column.full_name().into_owned(),
        Language::English => {
            let above = column.headers().last().map(|header| header.english());
            match column {
                Column::Review(_) | Column::DirectSuit(_) | Column::SuitAfterReview(_) => {
                    format!("{}, {}", above.unwrap_or_default(), column.english())
                }
                _ => column.english().to_owned(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Settings, Severity};
    use crate::ide::refactorings;
    use crate::ide::samples::SOURCE;
    use crate::text::apply;
    use std::sync::Arc;

    /// 表三 with every row, tabs between the cells, and these rows: received, carried in, granted, partly granted, total,
    /// carried out. All other rows are 0.
    fn source(rows: [[i64; 7]; 6]) -> String {
        use crate::report::table_writer::render;
        use crate::statute::{Edition, Row};
        use crate::syntax::Layout;
        let spec = Edition::F2021.format().table(TableKind::Applications);
        let own = [Row::Received, Row::CarriedIn, Row::Granted, Row::PartlyGranted, Row::Handled, Row::CarriedOut];
        let written: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(i64::to_string).collect()).collect();
        let figure = |row: Row, column: Column| -> &str {
            let at = own.iter().position(|other| *other == row);
            let columns = spec.rows.first().map_or(&[][..], |row| row.columns);
            let column = columns.iter().position(|other| *other == column);
            at.zip(column).and_then(|(row, column)| written.get(row)?.get(column)).map_or("0", String::as_str)
        };
        let table = render(spec, Layout::Tabs, "\n", figure).unwrap();
        format!(
            "白石县档案局2023年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n{table}\n\n五、存在的主要问题及改进情况\n"
        )
    }

    const RIGHT: [[i64; 7]; 6] = [
        [5, 2, 0, 0, 0, 0, 7],
        [0, 0, 0, 0, 0, 0, 0],
        [3, 2, 0, 0, 0, 0, 5],
        [2, 0, 0, 0, 0, 0, 2],
        [5, 2, 0, 0, 0, 0, 7],
        [0, 0, 0, 0, 0, 0, 0],
    ];

    /// The moves that are offered at `label`, with the text that each makes.
    fn offered(source: &str, label: &str, language: Language) -> Vec<(String, String)> {
        let analysis = Analysis::new(source, Arc::new(Settings { language, ..Settings::default() }));
        let at = Span::at(source.find(label).unwrap_or_else(|| panic!("{label} in {source}")));
        let actions = refactorings(&analysis, at);
        let moves = actions.into_iter().filter(|action| action.title.contains('→'));
        moves
            .map(|action| {
                assert_eq!((action.kind, action.preferred), (ActionKind::Rewrite, false));
                (action.title, apply(source, &action.edits))
            })
            .collect()
    }

    #[test]
    fn a_case_in_the_wrong_column_is_counted_in_the_right_one() {
        let mut rows = RIGHT;
        rows[2] = [2, 3, 0, 0, 0, 0, 5];
        let wrong = source(rows);
        let chinese = offered(&wrong, "（一）予以公开", Language::Chinese);
        let [(title, text)] = chinese.as_slice() else { panic!("{chinese:#?}") };
        assert_eq!(
            title,
            "将表三“（一）予以公开”的 1 件由“商业企业”（3 → 2）改计入“自然人”（2 → 3），改后本表勾稽关系成立"
        );
        assert_eq!(*text, source(RIGHT));
        let [(title, _)] = offered(&wrong, "（一）予以公开", Language::English).try_into().unwrap();
        assert_eq!(
            title,
            "Move 1 of Table 3, \"(1) Granted\" from \"businesses\" (3 → 2) to \"natural persons\" (2 → 3): every sum of the \
             table then holds"
        );
        // （二）部分公开 has no case of a business that could be moved, and the rows of the balance do not say so.
        for other in ["（二）部分公开", "一、本年新收", "（七）总计", "申请人情况"] {
            assert_eq!(offered(&wrong, other, Language::Chinese), [], "{other}");
        }
        let report = crate::analysis::check(text, &Settings::default());
        let sums = |finding: &&crate::rules::Finding| finding.rule.code.starts_with("GK3");
        assert_eq!(report.iter().filter(sums).filter(|it| it.severity != Severity::Info).count(), 0);
    }

    #[test]
    fn the_user_chooses_the_row_and_reads_how_many_others_would_do() {
        let mut rows = RIGHT;
        rows[3] = [1, 1, 0, 0, 0, 0, 2];
        let wrong = source(rows);
        for (label, others) in [("（一）予以公开", 1), ("（二）部分公开", 1)] {
            let [(title, text)] = offered(&wrong, label, Language::Chinese).try_into().unwrap();
            assert!(title.ends_with(&format!("；另有 {others} 行也可如此")), "{title}");
            let report = crate::analysis::check(&text, &Settings::default());
            assert!(report.iter().all(|finding| !finding.rule.code.starts_with("GK30")), "{report:#?}");
        }
    }

    #[test]
    fn the_totals_of_the_columns_can_be_the_wrong_ones() {
        let mut rows = RIGHT;
        rows[4] = [4, 3, 0, 0, 0, 0, 7];
        let wrong = source(rows);
        let [(title, text)] = offered(&wrong, "（七）总计", Language::Chinese).try_into().unwrap();
        assert!(title.contains("“（七）总计”的 1 件由“商业企业”（3 → 2）改计入“自然人”（4 → 5）"), "{title}");
        assert_eq!(text, source(RIGHT));
        assert_eq!(offered(&wrong, "（一）予以公开", Language::Chinese), []);
    }

    #[test]
    fn nothing_is_offered_where_a_move_explains_not_everything() {
        let check = |rows: [[i64; 7]; 6], label: &str| {
            assert_eq!(offered(&source(rows), label, Language::Chinese), [], "{label} {rows:?}");
        };
        check(RIGHT, "（一）予以公开");
        // One wrong figure.
        let mut rows = RIGHT;
        rows[2] = [3, 3, 0, 0, 0, 0, 5];
        check(rows, "（一）予以公开");
        // Off by amounts that are not opposite.
        rows[2] = [1, 3, 0, 0, 0, 0, 5];
        check(rows, "（一）予以公开");
        // Two moves, or one and something else that is wrong in the table.
        rows[2] = [2, 2, 1, 0, 0, 0, 5];
        rows[3] = [1, 1, 0, 0, 0, 0, 2];
        check(rows, "（一）予以公开");
        rows[2] = [2, 3, 0, 0, 0, 0, 5];
        rows[3] = [2, 0, 0, 0, 0, 0, 9];
        check(rows, "（一）予以公开");
        // More cases than the cell has.
        rows = RIGHT;
        rows[2] = [9, 0, 0, 0, 0, 0, 9];
        rows[0] = [5, 6, 0, 0, 0, 0, 11];
        rows[4] = [5, 6, 0, 0, 0, 0, 11];
        check(rows, "（二）部分公开");
    }

    #[test]
    fn what_cannot_be_checked_is_not_moved() {
        let mut rows = RIGHT;
        rows[2] = [2, 3, 0, 0, 0, 0, 5];
        let wrong = source(rows);
        // A blank or a word in one of the two columns.
        for (from, to) in [("（七）总计\t5\t2", "（七）总计\t5\t"), ("2.重复申请\t0\t0", "2.重复申请\t0\t无")]
        {
            assert_eq!(wrong.matches(from).count(), 1, "{from}");
            assert_eq!(offered(&wrong.replace(from, to), "（一）予以公开", Language::Chinese), [], "{to}");
        }
        // The figure is written in a way that an edit would change.
        let wide = wrong.replace("（一）予以公开\t2\t3", "（一）予以公开\t２\t3");
        assert_eq!(offered(&wide, "（一）予以公开", Language::Chinese), []);
        // A table that lacks rows has no subtotals to check.
        let part = SOURCE.replace("（一）予以公开\t5\t2", "（一）予以公开\t4\t3");
        assert_eq!(offered(&part, "（一）予以公开", Language::Chinese), []);
    }

    #[test]
    fn the_cell_of_a_page_is_edited_between_its_tags() {
        let mut rows = RIGHT;
        rows[2] = [2, 3, 0, 0, 0, 0, 5];
        let page = |text: &str| {
            let mut page = String::from("<html><body><div class=\"head\">首页</div>\n");
            for line in text.lines().filter(|line| !line.is_empty()) {
                match line.contains('\t') {
                    true => {
                        let cells: String = line.split('\t').map(|cell| format!("<td><p>{cell}</p></td>")).collect();
                        page.push_str(&format!("<tr>{cells}</tr>\n"));
                    }
                    false if line.starts_with("五") => page.push_str(&format!("</table><p>{line}</p>")),
                    false => page.push_str(&format!(
                        "<p>{line}</p>\n{}",
                        if line.starts_with("三") { "<table border=1>" } else { "" }
                    )),
                }
            }
            page + "</body></html>\n"
        };
        let wrong = page(&source(rows));
        let [(_, text)] = offered(&wrong, "（一）予以公开", Language::Chinese).try_into().unwrap();
        assert_eq!(text, page(&source(RIGHT)));
    }
}
