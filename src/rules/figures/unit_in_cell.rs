//! GK208 unit-in-cell: a unit in a cell.

use crate::report::MeasureWord;
use crate::rules::support::cells::{HeaderUnit, digits, header_unit};
use crate::rules::support::context::Context;
use crate::rules::support::figure::Figure;
use crate::rules::{Finding, Fix, SPELLING};
use crate::say;
use crate::statute::Quantity;
use crate::text::{Span, TextEdit};

rule! {
    code: "GK208",
    name: "unit-in-cell",
    severity: Warning,
    reads: SPELLING,
    title: ["单元格内带单位", "A cell contains a unit"],
    checks: [
        "单元格里的数字后面带有单位：“件”“条”“宗”“份”“项”“个”“起”“次”“笔”“批”“家”“人”等量词，“元”“万元”“万”，不论是否加括号。",
        "A figure is followed by a unit, in brackets or not: a measure word (件, 条, 宗, 份, 项, 个, 起, 次, 笔, 批, 家, 人), 元, 万元 or 万.",
    ],
    basis: [
        "单位由表头和格式统一规定，单元格只填数字；国办公开办函〔2019〕60号、〔2021〕30号规定的表格填报数字；汇总和核对都要能直接读取。",
        "The header and the format set the unit; the cell contains only the number. The tables of 国办公开办函〔2019〕60号 and 〔2021〕30号 require numbers that can be read and added up directly.",
    ],
    example: [
        "\
不符：“5件”“2笔”“1001.115万元”“205(万)”。

相符：“5”；表头注明“（单位：万元）”，单元格填“1001.115”。",
        "\
Fires: `5件`; `2笔`; `1001.115万元`; `205(万)`.

Silent: `5`; `1001.115` under a header that says `（单位：万元）`.",
    ],
    fix: [
        "件数去掉“件”“条”“宗”“份”“项”“个”“起”；金额的单位与表头相同的去掉，表头为万元而填元的换算为万元（均可自动修正）。“次”“笔”“批”“家”“人”所计的可能不是件数，去掉量词须由填报人确认；表头没有单位的，可把单位移到表头，也须由填报人确认。",
        "After a count 件, 条, 宗, 份, 项, 个 and 起 are dropped; so is a unit of money that is also in the header; an amount in 元 under a header in 万元 is converted: safe fixes. What is counted by 次, 笔, 批, 家 or 人 may be something else, so dropping these is an unsafe fix. Moving a unit to a header that names none is unsafe too.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures() {
        let Some(unit) = figure.number.form.unit else { continue };
        let (name, written) = (figure.name(language), context.text(figure.cell.span));
        let money = figure.quantity() == Quantity::Amount;
        let message = match (unit, money) {
            (MeasureWord::Yuan | MeasureWord::TenThousandYuan, false)
            | (MeasureWord::Piece | MeasureWord::Measure, true) => say!(
                language,
                "{name}的“{written}”所带单位与这一栏不符，请核对后只填数字",
                "{name} has a unit that is not of its column, “{written}”: check it and write only the number"
            ),
            _ => say!(
                language,
                "{name}的“{written}”带有单位，单元格应只填数字",
                "{name} has a unit, “{written}”: write only the number"
            ),
        };
        let mut finding = figure.badly_written(&RULE, context, message);
        if finding.fixes.is_empty() {
            finding.fixes.extend(move_to_header(context, figure, unit));
        }
        findings.push(finding);
    }
}

/// The number without its unit, and the unit in the header that has none.
fn move_to_header(context: &Context<'_>, figure: &Figure<'_>, unit: MeasureWord) -> Option<Fix> {
    let unit = match unit {
        MeasureWord::Yuan => "元",
        MeasureWord::TenThousandYuan => "万元",
        MeasureWord::Piece | MeasureWord::Measure => return None,
    };
    let (named, header) = header_unit(context, figure.table, figure.place);
    let number = figure.number;
    let certain = number.form.separators.is_none_or(|in_threes| in_threes) && number.decimals <= 4;
    if figure.quantity() != Quantity::Amount || named != HeaderUnit::Missing || !certain {
        return None;
    }
    let number = digits(i128::from(number.scaled), number.decimals);
    let mut edits = vec![TextEdit { span: figure.cell.span, content: number.clone() }];
    edits.extend(header.map(|span| TextEdit { span: Span::at(span.end), content: format!("（单位：{unit}）") }));
    let message = say!(
        context.language,
        "单元格改为 {number}，表头注明“（单位：{unit}）”",
        "Change it to {number}, and write （单位：{unit}） in the header"
    );
    Some(Fix::doubtful(message, edits))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn measure_words_after_counts() {
        let source = report(2022);
        for two in ["2件", "2 条", "２件", "02宗", "2（件）", "2 (起)"] {
            let marked = source.replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | ⟦{two}⟧ |"));
            reports("GK208", Severity::Warning, &marked);
            fixes_to("GK208", &marked.replace(['⟦', '⟧'], ""), &source);
        }
        let signed = report(2020).replace("行政许可 | 0 | 0 |", "行政许可 | 5 | -2 |");
        fixes_to("GK208", &signed.replace("| -2 |", "| -2项 |"), &signed);
    }

    #[test]
    fn measure_words_that_may_count_something_else() {
        let source = report(2020).replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 2 | 205 |");
        for two in ["2笔", "2（批）", "2 家", "2次", "2人"] {
            let marked = source.replace("| 2 | 205 |", &format!("| ⟦{two}⟧ | 205 |"));
            reports("GK208", Severity::Warning, &marked);
            offers("GK208", &marked.replace(['⟦', '⟧'], ""), &source);
        }
    }

    #[test]
    fn ten_thousand_alone_is_money() {
        let source = report(2020).replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 2 | 205 |");
        for amount in ["205万", "205(万)", "205（万元）", "205 万元"] {
            fixes_to("GK208", &source.replace("| 205 |", &format!("| {amount} |")), &source);
        }
        let bare = source.replace("采购总金额（单位：万元）", "采购总金额");
        offers("GK208", &bare.replace("| 205 |", "| 205(万) |"), &source);
        // Of a count it is another unit, and the figure is none to add up.
        let count = report(2022).replace("（一）予以公开 | 2 |", "（一）予以公开 | 2万 |");
        assert!(said("GK208", &count).0.contains("所带单位与这一栏不符"));
        silent("GK302", &count);
        silent("GK303", &count);
    }

    #[test]
    fn amounts_under_a_header_with_a_unit() {
        let source = report(2022).replace("行政事业性收费 | 0", "行政事业性收费 | 12.5");
        fixes_to("GK208", &source.replace("12.5", "12.5万元"), &source);
        fixes_to("GK208", &source.replace("12.5", "125,000元"), &source);
        fixes_to("GK208", &source.replace("12.5", "125000.00 元"), &source);
        // The unit of the header, whichever it is.
        let yuan = source.replace("（单位：万元）", "（单位：元）").replace("12.5", "125000");
        fixes_to("GK208", &yuan.replace("125000", "125000元"), &yuan);
        // Part of a yuan does not go into four decimals of ten thousand.
        let found = findings("GK208", &source.replace("12.5", "125000.5元"));
        assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()));
    }

    #[test]
    fn amounts_under_a_header_without_one() {
        let source = report(2020).replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 15 | 1001.115 |");
        let bare = source.replace("采购总金额（单位：万元）", "采购总金额");
        let marked = bare.replace("1001.115", "⟦1001.115万元⟧");
        reports("GK208", Severity::Warning, &marked);
        offers("GK208", &bare.replace("1001.115", "1001.115万元"), &source);
    }

    #[test]
    fn units_of_another_column() {
        for wrong in ["2元", "2万元"] {
            let source = report(2022).replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | ⟦{wrong}⟧ |"));
            reports("GK208", Severity::Warning, &source);
            assert!(findings("GK208", &source.replace(['⟦', '⟧'], "")).iter().all(|finding| finding.fixes.is_empty()));
        }
    }

    #[test]
    fn no_unit_in_the_cell() {
        for other in ["件", "约2件", "减3项", "2人次", "2（两）", "2（其中1件为上年结转）", "2件（含1件补正）"]
        {
            silent("GK208", &report(2022).replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | {other} |")));
        }
    }

    #[test]
    fn a_unit_of_another_column_is_told_from_one_too_many() {
        let count =
            |written: &str| report(2022).replace("（一）予以公开 | 2 |", &format!("（一）予以公开 | {written} |"));
        let fees = |written: &str| report(2022).replace("行政事业性收费 | 0", &format!("行政事业性收费 | {written}"));
        for source in [count("2元"), count("2万元"), fees("3件")] {
            let (message, _) = said("GK208", &source);
            assert!(message.contains("所带单位与这一栏不符"), "{message}");
        }
        for source in [count("2件"), fees("3万元"), fees("3元")] {
            let (message, _) = said("GK208", &source);
            assert!(message.contains("带有单位，单元格应只填数字"), "{message}");
        }
    }

    #[test]
    fn a_doubtful_number_keeps_its_unit() {
        let bare = report(2020).replace("采购总金额（单位：万元）", "采购总金额");
        for written in ["1,01万元", "1.12345万元"] {
            let source = bare.replace("政府集中采购 | 0 | 0 |", &format!("政府集中采购 | 15 | {written} |"));
            let found = findings("GK208", &source);
            assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()), "{found:#?}");
        }
    }
}
