//! GK119 column-label: a column goes by another name.

use crate::report::{Facets, Table};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, Related, Severity};
use crate::say;
use crate::statute::{Column, Label, Likeness, Outcome, Row, TableKind, key, recognise};
use crate::text::{Span, TextEdit};

rule! {
    code: "GK119",
    name: "column-label",
    severity: Warning,
    reads: Facets::LABELS,
    title: ["列名不规范", "A column name differs from the format"],
    checks: [
        "各表的列名是否与规定的一致。换了用词的作警告，由所在位置认定是哪一列；只写了一半（“结果”“尚未”）或字间有空格的，每张表提示一次；一格分两行、两格写、合起来就是列名的不提示。",
        "Whether the columns have the names of the format. Another word is a warning: the position identifies the column. Names that are cut off (`结果`, `尚未`) or spaced are information, one finding for a table. A name over two lines or two rows of its cell is not a finding.",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号.",
    ],
    example: [
        "\
不符：“社会组织”。

相符：“社会公益组织”；分行写的“社会⏎公益⏎组织”也认可。",
        "\
Fires: `社会组织`.

Silent: `社会公益组织`, also where the cell breaks it over lines.",
    ],
    fix: [
        "改为规定的列名，按所在位置补全，可自动修正；一格分几行写的、格中混有其他文字的，由填报人确认。",
        "The fix writes the name of the format, chosen by position if the name is cut off: a safe fix, unless the cell has several lines or much other text.",
    ],
}

/// A header that differs from the printed one.
struct Deviant {
    span: Span,
    /// The printed header; `None` if two columns would fit.
    due: Option<Column>,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Cut,
    Spaced,
    Otherwise,
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in &context.report.tables {
        let (other, partial): (Vec<Deviant>, Vec<Deviant>) =
            deviants(context, table).into_iter().partition(|deviant| deviant.how == How::Otherwise);
        findings.extend(other.iter().filter_map(|deviant| another_word(context, table, deviant)));
        findings.extend(cut_or_spaced(context, table, &partial));
    }
}

fn deviants(context: &Context<'_>, table: &Table) -> Vec<Deviant> {
    let kind = table.spec.kind;
    let columns: Vec<(Span, Column, Likeness)> = context
        .report
        .labels
        .iter()
        .filter(|label| label.table == Some(kind))
        .filter_map(|label| match label.label.label {
            // Headers that a PDF split show nothing about the report's own headers.
            Label::Column(_) if label.label.likeness == Likeness::Broken => None,
            Label::Column(column) => Some((label.span, column, label.label.likeness)),
            _ => None,
        })
        .collect();
    // With the five of each group of 表四 in their order, the position identifies a name that is cut off.
    let whole_groups = kind == TableKind::Review && columns.len().is_multiple_of(Outcome::ALL.len());
    let mut deviants = Vec::new();
    for (index, (span, column, likeness)) in columns.iter().enumerate() {
        let text = context.text(*span);
        let due = match column {
            _ if kind != TableKind::Review => Some(*column),
            _ if whole_groups => Outcome::ALL.get(index % Outcome::ALL.len()).map(|outcome| Column::Review(*outcome)),
            Column::OtherOrganisations => Some(Column::Review(Outcome::Other)),
            _ if *likeness == Likeness::Cut => None,
            _ => Some(*column),
        };
        if due.is_some_and(|due| due.name() == text || is_over_two_cells(context, table, *span, due)) {
            continue;
        }
        let (written, printed) = (key(text), due.map(|due| key(due.name())));
        let how = match printed {
            // A note on the unit after the name is part of the header.
            Some(printed) if written.starts_with(&printed) && *likeness == Likeness::Standard => {
                if !is_spaced(text) {
                    continue;
                }
                How::Spaced
            }
            Some(printed) if printed.starts_with(&written) => How::Cut,
            None => How::Cut,
            // 处理决定数量 and 本年处理决定数量 are the same column in two editions, and another order of the columns of 表四 is
            // not a matter of names.
            Some(_) if *likeness == Likeness::Standard => {
                if !is_spaced(text) {
                    continue;
                }
                How::Spaced
            }
            Some(_) => How::Otherwise,
        };
        deviants.push(Deviant { span: *span, due, how });
    }
    if kind == TableKind::Review {
        // `结果` in one row and `维持` in the next are halves of names, not other words.
        drop_halves(context, table, &mut deviants);
        if deviants.iter().any(|deviant| deviant.how == How::Cut) {
            for deviant in deviants.iter_mut().filter(|deviant| deviant.how == How::Otherwise) {
                (deviant.due, deviant.how) = (None, How::Cut);
            }
        }
    } else {
        let present: Vec<Column> = columns.iter().map(|(_, column, _)| *column).collect();
        deviants.extend(cut_strays(context, table, present.clone()));
        let halves = drop_halves(context, table, &mut deviants);
        let known: Vec<Span> = deviants.iter().map(|deviant| deviant.span).chain(halves).collect();
        deviants.extend(by_place(context, table, &present, &known));
        deviants.sort_by_key(|deviant| deviant.span);
    }
    deviants
}

/// Whether the name of `column` is in two cells, of which the one at `span` is the first or the second.
fn is_over_two_cells(context: &Context<'_>, table: &Table, span: Span, column: Column) -> bool {
    let printed = [column.name(), column.name_in(table.spec.edition)].map(key);
    let written = key(context.text(span));
    let (before, after) = (key(context.cell_before(span)), key(context.cell_after(span)));
    printed.iter().any(|printed| {
        (!before.is_empty() && *printed == format!("{before}{written}"))
            || (!after.is_empty() && *printed == format!("{written}{after}"))
    })
}

/// Texts in `table` and its headers that are not labels.
fn strays<'a>(context: &Context<'a>, table: &Table) -> impl Iterator<Item = Span> + use<'a> {
    let report = context.report;
    let first = report.labels.iter().find(|label| label.table == Some(table.spec.kind)).map(|label| label.span);
    let area = first.map_or(table.span, |first| first.cover(table.span));
    report.strays.iter().copied().filter(move |span| area.start <= span.start && span.end <= area.end)
}

/// Headers cut off so far that only their position identifies the column: the first missing one with this start.
fn cut_strays(context: &Context<'_>, table: &Table, mut present: Vec<Column>) -> Vec<Deviant> {
    let mut found = Vec::new();
    for span in strays(context, table) {
        let written = key(context.text(span));
        if written.chars().count() < 2 {
            continue;
        }
        let missing = table
            .spec
            .rows
            .iter()
            .flat_map(|row| row.columns)
            .find(|column| !present.contains(column) && key(column.name()).starts_with(&written));
        if let Some(column) = missing {
            present.push(*column);
            found.push(Deviant { span, due: Some(*column), how: How::Cut });
        }
    }
    found
}

/// Removes from `deviants` the halves of names that are complete with a text after them: the lines or rows of one
/// header cell. Returns the places of all halves.
fn drop_halves(context: &Context<'_>, table: &Table, deviants: &mut Vec<Deviant>) -> Vec<Span> {
    if deviants.is_empty() {
        return Vec::new();
    }
    let mut texts: Vec<Span> = deviants.iter().map(|deviant| deviant.span).chain(strays(context, table)).collect();
    texts.sort();
    texts.dedup();
    let mut parts: Vec<(Span, String)> = texts.iter().map(|span| (*span, key(context.text(*span)))).collect();
    let names: Vec<String> =
        table.spec.rows.iter().flat_map(|row| row.columns).map(|column| key(column.name())).collect();
    let mut halves: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some((span, start)) = parts.get(at).cloned() {
        let rest = |name: &String| name.strip_prefix(&start).filter(|rest| !rest.is_empty()).map(str::to_owned);
        let rests: Vec<String> = names.iter().filter_map(rest).collect();
        let other = parts.iter().skip(at + 1).position(|(_, part)| rests.contains(part));
        match other.filter(|_| start.chars().count() >= 2) {
            Some(other) => {
                halves.extend([span, parts.remove(at + 1 + other).0]);
                parts.remove(at);
            }
            None => at += 1,
        }
    }
    let is_half = |deviant: &Deviant| halves.contains(&deviant.span);
    // The five results of 表四 are cut off alike, and 其他 before 结果 need not be one name: all are halves, or none is.
    if table.spec.kind == TableKind::Review && !deviants.iter().all(is_half) {
        return Vec::new();
    }
    deviants.retain(|deviant| !is_half(deviant));
    halves
}

/// Other words in the place of a column: of texts between two known columns as many as there are columns between these,
/// each is the name of one. Columns that are `present` are not looked for, nor are texts that are `known` otherwise.
fn by_place(context: &Context<'_>, table: &Table, present: &[Column], known: &[Span]) -> Vec<Deviant> {
    let labels = context.report.labels.iter().filter(|label| label.table == Some(table.spec.kind));
    let mut items: Vec<(Span, Option<Label>)> = labels.map(|label| (label.span, Some(label.label.label))).collect();
    let strays = strays(context, table).filter(|span| !known.contains(span));
    items.extend(strays.map(|span| (span, None)));
    items.sort_by_key(|(span, _)| *span);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = items.iter().skip(at).position(|(_, label)| label.is_none()).map(|more| at + more) {
        let length = items.iter().skip(start).take_while(|(_, label)| label.is_none()).count();
        at = start + length;
        let before = start.checked_sub(1).and_then(|before| items.get(before)).and_then(|(_, label)| *label);
        let after = items.get(at).and_then(|(_, label)| *label);
        let row = items.iter().skip(at).find_map(|(_, label)| match label {
            Some(Label::Row(row)) => Some(*row),
            _ => None,
        });
        let Some(columns) = columns_at(table, row, before, after, length) else { continue };
        // In 表二 each block has columns of its own, and some of them are those of another.
        let is_present = |column: &Column| table.spec.kind == TableKind::Applications && present.contains(column);
        let texts = items.iter().skip(start).take(length).map(|(span, _)| *span);
        for (span, column) in texts.zip(columns) {
            if !is_present(column) && is_like(&key(context.text(span)), &key(column.name())) {
                found.push(Deviant { span, due: Some(*column), how: How::Otherwise });
            }
        }
    }
    found
}

/// The columns whose names are due in `length` texts between the labels `before` and `after`, above the row `row`.
fn columns_at(
    table: &Table,
    row: Option<Row>,
    before: Option<Label>,
    after: Option<Label>,
    length: usize,
) -> Option<&'static [Column]> {
    let columns = table.spec.rows.get(table.spec.index(row?)?)?.columns;
    let index = |label: Option<Label>| match label {
        Some(Label::Column(column)) => columns.iter().position(|other| *other == column),
        _ => None,
    };
    let (first, last) = match (index(before), index(after), before) {
        (Some(before), Some(after), _) if before < after => (before + 1, after),
        (_, Some(after), Some(Label::Header(_) | Label::Column(_))) => (after.checked_sub(length)?, after),
        (Some(before), None, _) => (before + 1, before + 1 + length),
        (None, None, Some(Label::Header(_))) => (0, columns.len()),
        _ => return None,
    };
    (last - first == length).then(|| columns.get(first..last)).flatten()
}

/// Whether `written` has at least half of the characters of `printed`, in their order.
fn is_like(written: &str, printed: &str) -> bool {
    let printed: Vec<char> = printed.chars().collect();
    if written.chars().count() > 2 * printed.len() {
        return false;
    }
    let mut row = vec![0usize; printed.len() + 1];
    for a in written.chars() {
        let mut diagonal = 0;
        for (at, b) in printed.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == *b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    2 * row[printed.len()] >= printed.len()
}

/// Whether white space is between two hanzi of one line.
fn is_spaced(text: &str) -> bool {
    let is_hanzi = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let mut before: Option<char> = None;
    let mut space = false;
    for c in text.chars() {
        if matches!(c, '\n' | '\r') {
            before = None;
        } else if c.is_whitespace() {
            space = true;
            continue;
        } else {
            if space && before.is_some_and(|before| is_hanzi(&before)) && is_hanzi(&c) {
                return true;
            }
            before = Some(c);
        }
        space = false;
    }
    false
}

/// The edit that writes the header as printed, its note on the unit kept.
fn as_printed(context: &Context<'_>, table: &Table, deviant: &Deviant) -> Option<TextEdit> {
    let due = deviant.due?;
    let text = context.text(deviant.span);
    if deviant.how == How::Spaced {
        let content = text.chars().filter(|c| !c.is_whitespace()).collect();
        return Some(TextEdit { span: deviant.span, content });
    }
    let note =
        text.find(['（', '(']).and_then(|at| text.get(at..)).filter(|note| note.contains('元')).unwrap_or_default();
    Some(TextEdit { span: deviant.span, content: format!("{}{note}", due.name_in(table.spec.edition)) })
}

/// Whether the header extends over several lines, so that an edit would overwrite the text between them.
fn is_spread(context: &Context<'_>, deviant: &Deviant) -> bool {
    context.text(deviant.span).contains(['\n', '\r', '<'])
}

fn another_word(context: &Context<'_>, table: &Table, deviant: &Deviant) -> Option<Finding> {
    let language = context.language;
    let (written, due) = (names::written(context.text(deviant.span)), deviant.due?.name_in(table.spec.edition));
    let name = names::table(table.spec.kind, language);
    let message = say!(
        language,
        "{name}的列名“{written}”与规定的“{due}”不一致",
        "The column name “{written}” of {name} should be “{due}”"
    );
    let mut finding = Finding::new(&RULE, deviant.span, message);
    // A note in brackets may be all that is wrong; it stays as it is.
    let edit = as_printed(context, table, deviant).filter(|edit| edit.content != context.text(deviant.span));
    if let Some(edit) = edit {
        let printed = recognise(&edit.content).is_some_and(|label| label.likeness == Likeness::Standard);
        let certain =
            printed && !is_spread(context, deviant) && !names::says_more(context.text(deviant.span), &edit.content);
        let fix = if certain { Fix::safe } else { Fix::doubtful };
        finding = finding.fix(fix(say!(language, "改为“{due}”", "Change it to “{due}”"), vec![edit]));
    }
    Some(finding)
}

/// One finding for all headers of a table that are cut off or spaced.
fn cut_or_spaced(context: &Context<'_>, table: &Table, deviants: &[Deviant]) -> Option<Finding> {
    let language = context.language;
    let (first, others) = deviants.split_first()?;
    let say_one = |deviant: &Deviant| {
        let written = names::written(context.text(deviant.span));
        match (deviant.due, deviant.how) {
            (Some(due), How::Spaced) => {
                let due = due.name();
                say!(language, "列名“{due}”字间有空格", "The name of the column “{due}” has spaces in it")
            }
            (Some(due), _) => {
                let due = due.name();
                say!(language, "列名“{written}”不完整，应为“{due}”", "The column “{written}” is cut off; it is “{due}”")
            }
            (None, _) => say!(language, "列名“{written}”不完整", "The name of the column “{written}” is cut off"),
        }
    };
    let name = names::table(table.spec.kind, language);
    let message = match (say_one(first), others.len()) {
        (what, 0) => say!(language, "{name}的{what}", "{name}: {what}"),
        (what, more) => say!(language, "{name}的{what}；另有 {more} 处", "{name}: {what}; and {more} more"),
    };
    let related = others.iter().map(|deviant| Related { span: deviant.span, message: say_one(deviant) });
    let finding = Finding::new(&RULE, first.span, message).severity(Severity::Info).related(related);
    let edits: Option<Vec<TextEdit>> = deviants.iter().map(|deviant| as_printed(context, table, deviant)).collect();
    let Some(edits) = edits else { return Some(finding) };
    let title = say!(language, "按格式写全列名", "Write the names as the format does");
    // What is around a name that only its beginning is left of may be the rest of it; spaces may be there for looks.
    let doubt = deviants.iter().any(|deviant| context.report.strays.binary_search(&deviant.span).is_ok())
        || deviants.iter().any(|deviant| deviant.how == How::Spaced || is_spread(context, deviant));
    Some(finding.fix(if doubt { Fix::doubtful(title, edits) } else { Fix::safe(title, edits) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn another_word_for_a_column() {
        let source = report(2022);
        for (due, other) in [("社会公益组织", "社会组织"), ("自然人", "公民"), ("现行有效件数", "现行有效数量")]
        {
            reports("GK119", Severity::Warning, &source.replacen(due, &format!("⟦{other}⟧"), 1));
            fixes_to("GK119", &source.replacen(due, other, 1), &source);
        }
        // The unit is kept.
        let fees = source.replace("本年收费金额（单位：万元）", "行政收费金额（万元）");
        let fixed = source.replace("本年收费金额（单位：万元）", "本年收费金额（万元）");
        fixes_to("GK119", &fees, &fixed);
    }

    #[test]
    fn what_else_a_cell_says_is_kept() {
        let source = report(2022);
        let prose = source.replacen("社会公益组织", "对政府信息公开申请作出答复并予以公开3件社会公益组织", 1);
        offers("GK119", &prose, &source);
        // Only the note differs, so there is no name to replace.
        let note = source.replace("（单位：万元）", "（7.属于行政执法案卷位:万元）");
        assert_eq!(findings("GK119", &note).first().map(|finding| finding.fixes.len()), Some(0));
    }

    #[test]
    fn cut_off_and_spaced_are_one_information() {
        let source = report(2022);
        let cut = source.replace("结果维持 | 结果纠正 | 其他结果 | 尚未审结 |", "⟦结果⟧ | 结果 | 其他 | 尚未 |");
        reports("GK119", Severity::Info, &cut);
        let (cut, _) = unmark(&cut);
        fixes_to("GK119", &cut, &source);
        let spaced = source.replace("商业企业", "⟦商业 企业⟧").replace("法律服务机构", "法律 服务机构");
        reports("GK119", Severity::Info, &spaced);
        let (spaced, _) = unmark(&spaced);
        offers("GK119", &spaced, &source);
        let old = report(2020);
        let cut = old.replace("本年新制作数量 | 本年新公开数量", "⟦本年新⟧ | 本年新");
        reports("GK119", Severity::Info, &cut);
        let (cut, _) = unmark(&cut);
        offers("GK119", &cut, &old);
    }

    #[test]
    fn names_as_printed() {
        let source = report(2022);
        silent("GK119", &source.replace("处理决定数量", "本年处理决定数量"));
        silent("GK119", &source.replace("（单位：万元）", "（单位：万元，保留4位小数）"));
        // Words of the tables in the prose.
        silent(
            "GK119",
            &source.replace("（二）依申请公开情况。", "（二）依申请公开情况。社会组织申请较多，结果均已答复。"),
        );
    }

    /// The sample report with other names for the five results of administrative review.
    fn review(names: &str) -> String {
        let source = report(2022);
        let five = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议";
        assert!(source.contains(five));
        source.replace(five, &format!("{names} | 未经复议"))
    }

    #[test]
    fn without_all_five_results_a_name_stands_for_itself() {
        // If one is missing, the position proves nothing: 其他 is unique among the results, but 结果 may be either of two.
        let cut = review("结果维持 | ⟦其他⟧ | 尚未审结 | 总计");
        reports("GK119", Severity::Info, &cut);
        fixes_to("GK119", &unmark(&cut).0, &review("结果维持 | 其他结果 | 尚未审结 | 总计"));
        let unknown = review("⟦结果⟧ | 其他结果 | 尚未审结 | 总计");
        reports("GK119", Severity::Info, &unknown);
        assert_eq!(findings("GK119", &unmark(&unknown).0)[0].fixes, []);
    }

    #[test]
    fn another_word_for_a_result() {
        reports("GK119", Severity::Warning, &review("⟦维持⟧ | 结果纠正 | 其他结果 | 尚未审结 | 总计"));
        fixes_to("GK119", &review("维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"), &report(2022));
        // Another order is none.
        silent("GK119", &review("结果纠正 | 结果维持 | 其他结果 | 尚未审结 | 总计"));
    }

    #[test]
    fn what_begins_as_a_missing_column_of_its_own_table() {
        let source = report(2022);
        reports("GK119", Severity::Info, &source.replace("商业企业", "⟦商业⟧"));
        offers("GK119", &source.replace("商业企业", "商业"), &source);
        // One character is too little, and what is in another table is none of this one's.
        silent("GK119", &source.replace("商业企业", "商"));
        let missing = source.replace("自然人 | 商业企业 |", "自然人 | |");
        silent("GK119", &missing.replace("行政许可 | 0 |", "商业 |\n行政许可 | 0 |"));
    }

    #[test]
    fn a_header_that_a_pdf_tore_apart_is_not_held_against_its_author() {
        let spaced = report(2022).replace(" |", "");
        silent("GK119", &spaced);
        silent("GK119", &spaced.replace("本年制发件数", "本年 制发件数").replace("现行有效件数", "现行有 效件数"));
    }

    #[test]
    fn another_word_is_known_by_its_place() {
        let source = report(2022);
        for (due, other) in [
            ("现行有效件数", "先行有效件数"),
            ("现行有效件数", "累计有效件数"),
            ("本年废止件数", "本年废除件数"),
            ("本年制发件数", "本年印发件数"),
            ("科研机构", "研究机构"),
            ("法律服务机构", "法律机构"),
        ] {
            reports("GK119", Severity::Warning, &source.replacen(due, &format!("⟦{other}⟧"), 1));
            fixes_to("GK119", &source.replacen(due, other, 1), &source);
        }
        // Two beside each other.
        let two = source.replace("科研机构 | 社会公益组织", "⟦研究机构⟧ | ⟦社会组织⟧");
        reports("GK119", Severity::Warning, &two);
        // Words that are like none, or of which it is not certain where they belong.
        for other in ["备注", "是否公开"] {
            silent("GK119", &source.replacen("现行有效件数", other, 1));
        }
        silent("GK119", &source.replacen("本年制发件数 | ", "本年印发件数 | 本年制发件数 | ", 1));
    }

    #[test]
    fn the_rows_of_one_header_cell_join_to_its_name() {
        let source = report(2022);
        let header = "申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 |";
        let rows = "申请人情况 | 自然人 | 商业 | 科研机构 | 社会公益 |";
        let below = " | | 企业 | | 组织 | | | |\n";
        let line = source.lines().find(|line| line.starts_with(header)).unwrap();
        silent("GK119", &source.replace(line, &format!("{}\n{}", line.replace(header, rows), below.trim_end())));
    }

    #[test]
    fn a_name_in_two_cells() {
        let source = report(2022);
        silent("GK119", &source.replacen("信息内容 | 处理决定数量 |", "信息内容 | 本 | 年处理决定数量 |", 1));
        silent("GK119", &source.replacen("本年废止件数", "本年废 | 止件数", 1));
        // By itself it is cut off, and the fix writes the name in the format of its year.
        fixes_to(
            "GK119",
            &source.replacen("信息内容 | 处理决定数量 |", "信息内容 | 年处理决定数量 |", 1),
            &source.replacen("信息内容 | 处理决定数量 |", "信息内容 | 本年处理决定数量 |", 1),
        );
    }
}
