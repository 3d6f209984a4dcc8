//! GK116 row-label: a row goes by another label.

use crate::report::{Facets, LabelUse, Table};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, Related, Severity};
use crate::say;
use crate::statute::{Label, Likeness, TableKind, key, recognise, same_key};
use crate::text::{Span, TextEdit};

rule! {
    code: "GK116",
    name: "row-label",
    severity: Warning,
    reads: Facets::LABELS,
    title: ["行名不规范", "A row label differs from the format"],
    checks: [
        "表二、表三的行名是否与规定的一致；空格、全半角和标点的差别不算。一个行名被拆成两格的，提示一次。",
        "Whether the rows of tables 2 and 3 have the labels of the format, except for spacing, width and punctuation. A label split over two cells is reported once.",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号.",
    ],
    example: [
        "\
不符：“2.其他法律法规禁止公开”；“三、本年度办理”与“结果”分在两行。

相符：“2.其他法律行政法规禁止公开”；“(一) 予以公开”。",
        "\
Fires: `2.其他法律法规禁止公开`; `三、本年度办理` in one row and `结果` in the next.

Silent: `2.其他法律行政法规禁止公开`, `(一) 予以公开`.",
    ],
    fix: [
        "改为规定的行名，可自动修正；凭位置认出的行、拆开的行名和混有其他文字的格，改法供参考。",
        "The fix writes the label of the format: a safe fix. It is unsafe if only the position identifies the row, if the label is split, or if the cell has much other text.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let split = split_labels(context);
    for (pieces, due) in &split {
        findings.extend(torn(context, pieces, due));
    }
    // In the order of the text, as they were found.
    let pieces: Vec<Span> = split.iter().flat_map(|(pieces, _)| pieces).copied().collect();
    let in_pieces = |span: Span| pieces.binary_search(&span).is_ok();
    for table in report.tables.iter().filter(|table| table.spec.kind != TableKind::Review) {
        let rows = || table.spec.rows.iter().zip(&table.rows);
        let labels = report.labels.iter().filter(|label| label.table == Some(table.spec.kind));
        let mut known: Vec<Span> = Vec::new();
        for label in labels {
            let Some(due) = due_label(table, label) else { continue };
            known.push(label.span);
            if label.label.likeness == Likeness::Broken {
                continue;
            }
            if !same_key(context.text(label.span), due)
                && !in_pieces(label.span)
                && !is_of_other_format(context, table, label.label.label, context.text(label.span))
            {
                let certain = !names::says_more(context.text(label.span), due);
                findings.push(other_label(context, table, label.span, due, certain));
            }
        }
        // Rows that were known by their position, not by their words.
        for (spec, row) in rows() {
            let Some((span, _)) = row.as_ref().and_then(|row| row.label) else { continue };
            let other = || is_of_other_format(context, table, Label::Row(spec.row), context.text(span));
            if known.binary_search(&span).is_err() && !in_pieces(span) && !other() {
                findings.push(other_label(context, table, span, spec.label, false));
            }
        }
    }
}

/// What the format prints where `label` is; nothing for a label of another edition, or of no row.
fn due_label(table: &Table, label: &LabelUse) -> Option<&'static str> {
    match label.label.label {
        Label::Row(row) => {
            let own = table.spec.rows.iter().find(|spec| spec.row == row).map(|spec| spec.label);
            // （六）其他处理 is a row in one edition and heads rows in the other.
            own.or_else(|| row.heads_rows_of(table.spec.edition).then(|| row.name()))
        }
        Label::Group(group) => Some(group.name()),
        _ => None,
    }
}

/// Whether `written` is the label that the format of the report's year prints for `label`, in a table of the other
/// format. GK111 reports the wrong format once, and the labels are not changed to those of a format that must not be
/// used.
fn is_of_other_format(context: &Context<'_>, table: &Table, label: Label, written: &str) -> bool {
    let Label::Row(row) = label else { return false };
    let due = context.report.edition_due().filter(|due| *due != table.spec.edition);
    let spec = due.map(|due| due.format().table(table.spec.kind));
    let printed = spec.and_then(|spec| spec.rows.get(spec.index(row)?)).map(|row| row.label);
    printed.is_some_and(|printed| same_key(written, printed))
}

fn other_label(context: &Context<'_>, table: &Table, span: Span, due: &str, certain: bool) -> Finding {
    let language = context.language;
    let (written, shown) = (names::written(context.text(span)), names::written(due));
    let name = names::table(table.spec.kind, language);
    let message = say!(
        language,
        "{name}的行名“{written}”与规定的“{shown}”不一致",
        "The row label “{written}” of {name} should be “{shown}”"
    );
    let rest = context.cell_after(span);
    if !rest.is_empty() && key(context.text(span)) + &key(rest) == key(due) {
        let message =
            say!(language, "{name}的行名“{shown}”分写在两格里", "The label “{shown}” of {name} is in two cells");
        return Finding::new(&RULE, span, message).severity(Severity::Info);
    }
    let title = say!(language, "改为“{shown}”", "Change it to “{shown}”");
    let edits = vec![TextEdit { span, content: due.to_owned() }];
    Finding::new(&RULE, span, message).fix(if certain { Fix::safe(title, edits) } else { Fix::doubtful(title, edits) })
}

/// Labels that are in two or three cells, one after the other.
fn split_labels(context: &Context<'_>) -> Vec<(Vec<Span>, String)> {
    let report = context.report;
    let variants =
        report.labels.iter().filter(|label| label.table.is_some() && label.label.likeness > Likeness::Broken);
    let mut texts: Vec<Span> = report.strays.iter().copied().chain(variants.map(|label| label.span)).collect();
    texts.sort();
    texts.dedup();
    let mut found = Vec::new();
    let mut at = 0;
    while at < texts.len() {
        let label = (2..=3).find_map(|size| {
            let pieces = texts.get(at..at + size)?;
            let joined: String = pieces.iter().map(|span| context.text(*span)).collect();
            let label = recognise(&joined).filter(|label| label.likeness == Likeness::Standard)?;
            let due = match label.label {
                Label::Row(row) => row.name(),
                Label::Group(group) => group.name(),
                _ => return None,
            };
            Some((pieces.to_vec(), due.to_owned()))
        });
        at += label.as_ref().map_or(1, |(pieces, _)| pieces.len());
        found.extend(label);
    }
    found
}

fn torn(context: &Context<'_>, pieces: &[Span], due: &str) -> Option<Finding> {
    let language = context.language;
    let (first, others) = pieces.split_first()?;
    let shown = names::written(due);
    let message = say!(
        language,
        "行名“{shown}”被拆开了，另一部分在别的格里",
        "The label “{shown}” is split; the rest of it is in another cell"
    );
    let related = others.iter().map(|span| {
        let rest = names::written(context.text(*span));
        Related { span: *span, message: say!(language, "其余部分“{rest}”", "The rest: “{rest}”") }
    });
    let mut edits = vec![TextEdit { span: *first, content: due.to_owned() }];
    edits.extend(others.iter().map(|span| TextEdit { span: *span, content: String::new() }));
    let fix = Fix::doubtful(say!(language, "把行名“{shown}”并到一格", "Put the label “{shown}” into one cell"), edits);
    let in_one_line = others.iter().all(|span| context.line_start(span.start) == context.line_start(first.start));
    let severity = if in_one_line { Severity::Info } else { Severity::Warning };
    Some(Finding::new(&RULE, *first, message).severity(severity).related(related).fix(fix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn other_words() {
        let source = report(2022);
        for (due, other) in [
            ("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开"),
            ("（一）予以公开", "予以公开"),
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
            ("行政规范性文件", "规范性文件"),
            ("5.属于三类内部事务信息", "6.属于三类内部事务信息"),
            ("四、结转下年度继续办理", "四、结转至下一年度继续办理"),
        ] {
            reports("GK116", Severity::Warning, &source.replace(&format!("{due} |"), &format!("⟦{other}⟧ |")));
            fixes_to("GK116", &source.replace(&format!("{due} |"), &format!("{other} |")), &source);
        }
        let groups = source.replace("1.属于国家秘密", "（三）不予公开 | 1.属于国家秘密");
        silent("GK116", &groups);
        reports("GK116", Severity::Warning, &groups.replace("（三）不予公开", "⟦不予公开⟧"));
    }

    #[test]
    fn labels_split_over_rows() {
        let source = report(2022)
            .replace("（一）予以公开 |", "⟦三、本年度办理⟧ | （一）予以公开 |")
            .replace("（二）部分", "结果 | （二）部分");
        reports("GK116", Severity::Warning, &source);
        let source = report(2022)
            .replace("（一）予以公开 |", "⟦三、本年度⟧ | （一）予以公开 |")
            .replace("（二）部分", "办理结果 | （二）部分");
        reports("GK116", Severity::Warning, &source);
        let joined = report(2022)
            .replace("（一）予以公开 |", "三、本年度办理结果 | （一）予以公开 |")
            .replace("（二）部分", " | （二）部分");
        let (source, _) = unmark(&source);
        offers("GK116", &source, &joined);
    }

    #[test]
    fn a_label_that_a_pdf_broke_is_no_piece_of_another() {
        // A table without its rules, in which two rows lost their own labels beside that of the group.
        let spaced = report(2022).replace(" |", "");
        let (whole, zeros) = ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", " 0".repeat(7));
        let broken = format!("（二）部分公开（区分处理的，只计这一情{zeros}\n形，不计其他情形）");
        let lost = spaced
            .replace("（一）予以公开", "⟦三、本年度⟧")
            .replace(&format!("{whole}{zeros}"), &broken)
            .replace("1.属于国家秘密", "办理结果");
        assert!(lost.contains(&broken));
        reports("GK116", Severity::Warning, &lost);
        let (_, others) = said("GK116", &unmark(&lost).0);
        assert_eq!(others, [("办理结果".to_owned(), "其余部分“办理结果”".to_owned())]);
    }

    #[test]
    fn a_row_known_by_its_position() {
        let source = report(2022);
        reports("GK116", Severity::Warning, &source.replace("2.重复申请 |", "⟦2.已答复⟧ |"));
        offers("GK116", &source.replace("2.重复申请 |", "2.已答复 |"), &source);
    }

    #[test]
    fn a_cell_that_says_much_else_is_not_overwritten_unasked() {
        let source = report(2022);
        let label = "（一）予以公开";
        let other = "经审查不存在不宜公开的情形，因而依照条例（一）予以公开";
        offers("GK116", &source.replace(&format!("{label} |"), &format!("{other} |")), &source);
        // Found by a fuzzer: the fix would reveal text that an unclosed comment hides.
        let hiding = source.replace(&format!("{label} |"), &format!("{label} 的 <!-- |"));
        for fix in findings("GK116", &hiding).iter().flat_map(|finding| &finding.fixes) {
            assert_eq!(fix.applicability, crate::rules::Applicability::Unsafe);
        }
    }

    #[test]
    fn spacing_width_and_punctuation() {
        for year in [2019, 2022] {
            silent("GK116", &report(year));
            let source = report(year);
            silent(
                "GK116",
                &source
                    .replace("（一）予以公开", "(一) 予以 公开")
                    .replace("3.危及“三安全一稳定”", "３、危及\"三安全一稳定\""),
            );
            silent("GK116", &source.replace("（区分处理的，只计", "(区分处理的,只计"));
        }
        // Tables of another year are another finding.
        silent("GK116", &report(2020).replace("2020", "2022").replace("2021", "2023"));
    }

    #[test]
    fn the_label_of_a_row_split_over_two() {
        let source = report(2022);
        let zeros = " | 0".repeat(7);
        let (whole, start) = ("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出具");
        let split =
            |start: &str| source.replace(&format!("{whole}{zeros} |"), &format!("{start}{zeros} |\n已获取信息 |"));
        reports("GK116", Severity::Warning, &split(&format!("⟦{start}⟧")));
        let found = findings("GK116", &split(start));
        let contents: Vec<&str> = found[0].fixes[0].edits.iter().map(|edit| edit.content.as_str()).collect();
        assert_eq!(contents, [whole, ""]);
    }

    #[test]
    fn after_the_wrong_format_its_names_are_not_put_right() {
        // The tables of 2019 in a report for 2022, with the names of 2021.
        let old = report(2020).replace("2020", "2022").replace("2021", "2023");
        silent("GK116", &old.replace("\n规范性文件", "\n行政规范性文件"));
        // A label that is wrong in both formats is still reported.
        reports("GK116", Severity::Warning, &old.replace("\n规范性文件", "\n⟦行政规范文件⟧"));
    }

    #[test]
    fn a_label_in_two_cells_is_a_hint_at_most() {
        for (label, cut) in [
            ("二、上年结转政府信息公开申请数量", "二、上年结转政府信息 | 公开申请数量"),
            ("四、结转下年度继续办理", "四、结转下年度继续办 | 理"),
        ] {
            for finding in findings("GK116", &report(2022).replace(label, cut)) {
                assert_eq!(finding.severity, Severity::Info, "{}", finding.message);
                assert!(finding.fixes.iter().all(|fix| fix.applicability == crate::rules::Applicability::Unsafe));
            }
        }
    }
}
