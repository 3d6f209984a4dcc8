//! GK115 row-label-missing: the label of a row is lost.

use crate::report::{RowShape, Value};
use crate::rules::arithmetic::error_localization::Values;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{Finding, Fix, TABLES};
use crate::say;
use crate::statute::IdentityKind;
use crate::text::TextEdit;

rule! {
    code: "GK115",
    name: "row-label-missing",
    severity: Error,
    reads: TABLES,
    title: ["行名丢失", "A row has lost its label"],
    checks: [
        "表格相邻两行之间有一行没有行名，而数值比应有的多出一个：多出的值占了行名的位置。网页表格按合并单元格能够确定位置的行，行名的格子空着的也算。",
        "Between two known rows is one without a label and with one value too many: a value is in the place of the label. In an HTML table, a row that its merged cells identify counts too if its label's cell is blank.",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格；此类错误多由网页编辑器粘贴造成。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号; pasting into a web editor does this.",
    ],
    example: [
        "\
不符：“（三）不予公开”之后是八个 0，下一行是“2.其他法律行政法规禁止公开”。

相符：“（三）不予公开”之后是“1.属于国家秘密”和七个 0。",
        "\
Fires: `（三）不予公开` is followed by eight zeros, then by `2.其他法律行政法规禁止公开`.

Silent: it is followed by `1.属于国家秘密` and seven zeros.",
    ],
    fix: [
        "把占位的第一个值换成应有的行名，空着的填上行名；其余七个数满足行总计的，可自动修正，否则由填报人确认。",
        "The fix writes the label in place of the first value, or into the blank cell. It is safe if the other seven values satisfy the row total, otherwise it is unsafe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for table in &context.report.tables {
        for (index, row) in table.rows.iter().enumerate() {
            let Some(row) = row else { continue };
            let RowShape::LabelLost(cell) = &row.shape else { continue };
            let values = Values::of(table);
            let language = context.language;
            let spec = &table.spec.rows[index];
            let (label, written) = (spec.label, context.text(cell.span));
            let (table_name, name) = (names::table(table.spec.kind, language), names::row(spec.row, language));
            let blank = cell.value == Value::Blank;
            let message = if blank {
                say!(
                    language,
                    "{table_name}此行缺少行名{name}，行名的格子是空的",
                    "{table_name}: this row lacks its label {name}; the label's cell is blank"
                )
            } else {
                say!(
                    language,
                    "{table_name}此行缺少行名{name}，行名的位置上是“{written}”，后面的数值各错了一格",
                    "{table_name}: this row lacks its label {name}; “{written}” is in its place, and the values after it are displaced"
                )
            };
            let total = table
                .spec
                .identities()
                .iter()
                .find(|identity| identity.kind == IdentityKind::RowTotal && identity.total.row == index);
            let adds_up = total.is_some_and(|identity| values.residual(identity) == Some(0));
            let title = if blank {
                say!(language, "填上行名“{label}”", "Fill in the label “{label}”")
            } else {
                say!(language, "将“{written}”换成行名“{label}”", "Replace “{written}” by the label “{label}”")
            };
            let edits = vec![TextEdit { span: cell.span, content: label.to_owned() }];
            let fix = if adds_up { Fix::safe(title, edits) } else { Fix::doubtful(title, edits) };
            findings.push(Finding::new(&RULE, cell.span, message).fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn a_value_in_the_place_of_the_label() {
        let source = report(2022);
        reports("GK115", Severity::Error, &source.replace("1.属于国家秘密 |", "⟦0⟧ |"));
        reports("GK115", Severity::Error, &source.replace("（一）予以公开 |", "⟦0⟧ |"));
        fixes_to("GK115", &source.replace("1.属于国家秘密 |", "0 |"), &source);
    }

    #[test]
    fn rows_with_their_labels_or_without_any_place_for_one() {
        // Two rows are missing here, so it is unknown to which of them the values belong.
        let source = report(2022).replace("1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", "");
        silent("GK115", &source.replace("2.其他法律行政法规禁止公开 |", "0 |"));
    }

    #[test]
    fn a_row_that_does_not_add_up_is_only_offered() {
        let source = report(2022).replace("1.属于国家秘密 | 0 | 0 |", "0 | 0 | 5 |");
        offers("GK115", &source, &source.replace("0 | 0 | 5 |", "1.属于国家秘密 | 0 | 5 |"));
    }

    #[test]
    fn the_label_and_what_stands_in_its_place_are_named() {
        let (message, _) = said("GK115", &report(2022).replace("1.属于国家秘密 |", "0 |"));
        assert_eq!(message, "表三此行缺少行名“（三）1.属于国家秘密”，行名的位置上是“0”，后面的数值各错了一格");
    }
}
