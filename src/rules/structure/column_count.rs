//! GK118 column-count: a row has too many or too few values.

use crate::config::Language;
use crate::report::{Cell, RowShape, Table, TableRow};
use crate::rules::figures::split_number;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Applicability, Finding, Fix, Related, Severity, TABLES};
use crate::say;
use crate::statute::TableKind;
use crate::text::{Span, TextEdit};

rule! {
    code: "GK118",
    name: "column-count",
    severity: Warning,
    reads: TABLES,
    title: ["一行的数值个数不符", "A row has too many or too few values"],
    checks: [
        "每一行的数值个数应与表格的栏数一致：表三每行 7 个，表四共 15 个，表二按所在栏目。多出或缺少的在该行提示，同一表中多出或缺少同样个数的各行作一处报告，写在第一行；表四没有行名可依，个数不符即为错误。",
        "Every row has as many values as its table has columns: 7 in Table 3, 15 in Table 4, those of its block in Table 2. Rows of a table with the same surplus, or the same lack, are one finding, on the first of them. In Table 4, where no label identifies the values, it is an error.",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号.",
    ],
    example: [
        "\
不符：“2.重复申请”之后有八个数。

相符：“2.重复申请”之后有七个数。",
        "\
Fires: `2.重复申请` is followed by eight values.

Silent: it is followed by seven.",
    ],
    fix: [
        "不论去掉哪一个，余下的都相同且满足行总计的，去掉多出的一个（可自动修正）。去掉某一个才满足行总计的，列出由填报人确认。各行一次改齐。",
        "If every way of dropping the surplus leaves the same row, and that row satisfies its total, the surplus is dropped: a safe fix. If only one way satisfies the total, it is offered as an unsafe fix. The fix corrects all rows of the finding at once.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in &context.report.tables {
        let mut causes: Vec<Vec<Odd<'_>>> = Vec::new();
        for odd in odd_rows(table) {
            // Rows with the same surplus, or the same lack, have a common cause.
            match causes.iter_mut().find(|cause| cause.first().is_some_and(|first| first.is_like(&odd))) {
                Some(cause) => cause.push(odd),
                None => causes.push(vec![odd]),
            }
        }
        findings.extend(causes.iter().filter_map(|rows| finding(context, table, rows)));
    }
}

/// A row whose number of values is wrong.
struct Odd<'a> {
    index: usize,
    row: &'a TableRow,
    values: &'a [Cell],
    due: usize,
}

impl Odd<'_> {
    /// Whether both rows have the same surplus or lack.
    fn is_like(&self, other: &Odd<'_>) -> bool {
        self.values.len() + other.due == other.values.len() + self.due
    }

    /// From its first value to its last.
    fn span(&self) -> Span {
        match (self.values.first(), self.values.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => self.row.label.map_or(self.row.span, |(span, _)| span),
        }
    }

    fn name(&self, table: &Table, language: Language) -> &'static str {
        match table.spec.kind {
            TableKind::Review => names::table(table.spec.kind, language),
            _ => names::row(table.spec.rows[self.index].row, language),
        }
    }

    /// `应有 7 个数，现有 8 个，多出 1 个`
    fn message(&self, table: &Table, language: Language) -> String {
        let (name, due, found) = (self.name(table, language), self.due, self.values.len());
        if found > due {
            let more = found - due;
            say!(
                language,
                "{name}应有 {due} 个数，现有 {found} 个，多出 {more} 个",
                "{name} should have {due} values, but has {found}: {more} too many"
            )
        } else {
            let less = due - found;
            say!(
                language,
                "{name}应有 {due} 个数，现有 {found} 个，缺少 {less} 个",
                "{name} should have {due} values, but has {found}: {less} too few"
            )
        }
    }
}

/// The rows of `table` whose number of values is wrong, those left out of which a number was torn.
fn odd_rows(table: &Table) -> impl Iterator<Item = Odd<'_>> {
    table.rows.iter().enumerate().filter_map(|(index, row)| {
        let row = row.as_ref().filter(|_| split_number::split(table, index).is_none())?;
        let (RowShape::Short(values) | RowShape::Surplus(values)) = &row.shape else { return None };
        Some(Odd { index, row, values, due: table.spec.rows[index].columns.len() })
    })
}

/// One finding for `rows`, on the first of them.
fn finding(context: &Context<'_>, table: &Table, rows: &[Odd<'_>]) -> Option<Finding> {
    let language = context.language;
    let (first, others) = rows.split_first()?;
    let one = first.message(table, language);
    let message = match others.len() {
        0 => one,
        more => say!(language, "{one}；另有 {more} 行也是如此", "{one}; {more} more rows are alike"),
    };
    let severity = if table.spec.kind == TableKind::Review { Severity::Error } else { Severity::Warning };
    let related = others.iter().map(|odd| Related { span: odd.span(), message: odd.message(table, language) });
    let mut finding = Finding::new(&RULE, first.span(), message).severity(severity).related(related);
    let surplus = rows.iter().filter(|odd| matches!(odd.row.shape, RowShape::Surplus(_)));
    let fixes: Vec<Fix> = surplus.filter_map(|odd| drop_surplus(context, table, odd.values, odd.due)).collect();
    for applicability in [Applicability::Safe, Applicability::Unsafe] {
        let mut alike = fixes.iter().filter(|fix| fix.applicability == applicability).cloned();
        let Some(mut fix) = alike.next() else { continue };
        let count = alike.by_ref().fold(1, |count, other| {
            fix.edits.extend(other.edits);
            count + 1
        });
        if count > 1 {
            fix.message = say!(language, "删去这 {count} 行中多出的数", "Drop the surplus values of {count} rows");
        }
        finding = finding.fix(fix);
    }
    Some(finding)
}

/// The value to drop, if the row then satisfies its total, and dropping another value never results in another such
/// row.
fn drop_surplus(context: &Context<'_>, table: &Table, values: &[Cell], due: usize) -> Option<Fix> {
    if table.spec.identities().is_empty() {
        return None;
    }
    let counts: Vec<i64> = values.iter().map(Cell::count).collect::<Option<_>>()?;
    let language = context.language;
    let same = counts.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    if same {
        // Every way results in the same row; zeros add up to themselves.
        let adds_up = counts.first() == Some(&0);
        let edits = (due..values.len()).filter_map(|at| without(values, at)).collect();
        let more = values.len() - due;
        let title = say!(language, "删去多出的 {more} 个 0", "Drop the {more} surplus zeros");
        return adds_up.then(|| Fix::safe(title, edits));
    }
    if values.len() != due + 1 || table.spec.kind != TableKind::Applications {
        return None;
    }
    let mut fits: Vec<(Vec<i64>, usize)> = Vec::new();
    for at in 0..values.len() {
        let kept: Vec<i64> =
            counts.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, count)| *count).collect();
        let (total, parts) = kept.split_last()?;
        if *total == parts.iter().sum::<i64>() && !fits.iter().any(|(other, _)| *other == kept) {
            fits.push((kept, at));
        }
    }
    let [(_, at)] = fits.as_slice() else { return None };
    let dropped = counts.get(*at)?;
    let title =
        say!(language, "删去多出的“{dropped}”，使行总计成立", "Drop a surplus “{dropped}”, so that the row adds up");
    Some(Fix::doubtful(title, vec![without(values, *at)?]))
}

/// The edit that deletes the value at `at`, with its separator.
fn without(values: &[Cell], at: usize) -> Option<TextEdit> {
    let cell = values.get(at)?;
    let span = match at.checked_sub(1).and_then(|before| values.get(before)) {
        Some(before) => Span::new(before.span.end, cell.span.end),
        None => Span::new(cell.span.start, values.get(at + 1)?.span.start),
    };
    Some(TextEdit { span, content: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn too_many_and_too_few() {
        let source = report(2022);
        let more = source.replace("2.重复申请 | 0 |", "2.重复申请 | 0 | 0 |");
        reports(
            "GK118",
            Severity::Warning,
            &more.replace(
                "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "2.重复申请 | ⟦0 | 0 | 0 | 0 | 0 | 0 | 0 | 0⟧ |",
            ),
        );
        fixes_to("GK118", &more, &source);
        let less = source.replace("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "2.重复申请 | ⟦0 | 0 | 0 | 0 | 0 | 0⟧ |");
        reports("GK118", Severity::Warning, &less);
        let review = source.replace(
            "1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "⟦1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0⟧ |",
        );
        reports("GK118", Severity::Error, &review);
    }

    #[test]
    fn the_only_way_that_adds_up_is_offered() {
        let source = report(2022);
        let more = source.replace("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 2 | 1 | 0 |");
        offers("GK118", &more, &source);
        let unclear = source.replace(
            "（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |",
            "（一）予以公开 | 2 | 1 | 1 | 0 | 0 | 0 | 0 | 4 |",
        );
        let found = findings("GK118", &unclear);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn blank_cells_around_the_figures_are_no_values() {
        silent("GK118", &report(2022).replace("行政许可 | 0 |", "行政许可 | 0 | | |"));
        silent("GK118", &report(2022).replace("2.重复申请 | 0 |", "| 2.重复申请 | 0 |"));
    }

    #[test]
    fn a_blank_behind_the_total_does_not_hide_that_a_figure_is_gone() {
        let whole = "（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 |";
        let gone = report(2022).replace(whole, "（一）予以公开 | ⟦2 | 1 | 0 | 0 | 0 | 3⟧ | |");
        reports("GK118", Severity::Warning, &gone);
        for code in ["GK201", "GK302", "GK303"] {
            silent(code, &unmark(&gone).0);
        }
        // If every column adds up, the total is the missing value.
        let blank = report(2022).replace(whole, "（一）予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | |");
        silent("GK118", &blank);
    }

    #[test]
    fn how_many_there_are_and_should_be() {
        let source = report(2022);
        let (message, _) = said("GK118", &source.replace("2.重复申请 | 0 |", "2.重复申请 | 0 | 0 | 0 |"));
        assert_eq!(message, "“（五）2.重复申请”应有 7 个数，现有 9 个，多出 2 个");
        let (message, _) = said("GK118", &source.replace("2.重复申请 | 0 | 0 | 0 |", "2.重复申请 | 0 |"));
        assert_eq!(message, "“（五）2.重复申请”应有 7 个数，现有 5 个，缺少 2 个");
        let (message, _) = said("GK118", &source.replace("1 | 0 | 0 | 0 | 1 | 0 | 0 |", "1 | 0 | 0 | 0 | 1 | 0 |"));
        assert_eq!(message, "表四应有 15 个数，现有 14 个，缺少 1 个");
    }

    #[test]
    fn what_makes_the_row_add_up_goes() {
        let source = report(2022);
        let titles = |source: &str| -> Vec<String> {
            findings("GK118", source).iter().flat_map(|f| &f.fixes).map(|fix| fix.message.clone()).collect()
        };
        let zeros = source.replace("2.重复申请 | 0 |", "2.重复申请 | 0 | 0 | 0 |");
        assert_eq!(titles(&zeros), ["删去多出的 2 个 0"]);
        fixes_to("GK118", &zeros, &source);
        offers("GK118", &source.replace("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 2 | 1 | 5 |"), &source);
        offers("GK118", &source.replace("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 9 | 2 | 1 |"), &source);
        assert!(titles(&source.replace("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 2 | 1 | 0 | 0 |")).is_empty());
    }

    #[test]
    fn rows_with_the_same_surplus_are_one_finding() {
        let source = report(2022);
        let mut more = source.clone();
        for row in ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "2.重复申请"] {
            more = more.replacen(&format!("{row} | 0 |"), &format!("{row} | 0 | 0 |"), 1);
        }
        let (message, related) = said("GK118", &more);
        assert_eq!(message, "“（三）1.属于国家秘密”应有 7 个数，现有 8 个，多出 1 个；另有 2 行也是如此");
        assert_eq!(related.len(), 2);
        fixes_to("GK118", &more, &source);
        // Another surplus, and a lack, are other causes.
        let two = more.replacen("3.要求提供公开出版物 | 0 |", "3.要求提供公开出版物 | 0 | 0 | 0 |", 1);
        assert_eq!(findings("GK118", &two).len(), 2);
        let less = two.replacen(
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形） | 0 |",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形） |",
            1,
        );
        assert_eq!(findings("GK118", &less).len(), 3);
        // An uncertain value is not dropped with the others.
        let unclear = more.replacen("（一）予以公开 | 2 | 1 |", "（一）予以公开 | 2 | 1 | 0 |", 1);
        let fixes = &findings("GK118", &unclear)[0].fixes;
        assert_eq!(
            fixes.iter().map(|fix| (fix.applicability, fix.edits.len())).collect::<Vec<_>>(),
            [(Applicability::Safe, 3), (Applicability::Unsafe, 1)]
        );
    }
}
