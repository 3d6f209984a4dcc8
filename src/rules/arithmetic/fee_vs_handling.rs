//! GK308 fee-vs-handling: more handling fees than administrative fees.

use crate::report::{MeasureWord, Tail, YearMention};
use crate::rules::support::cells::{HeaderUnit, digits, header_unit};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{BOTH, Finding, Related};
use crate::say;
use crate::statute::{Column, Row, Section};
use crate::text::{FoldedChar, Span, fold_char};

rule! {
    code: "GK308",
    name: "fee-vs-handling",
    severity: Warning,
    reads: BOTH,
    title: ["信息处理费多于收费金额", "More handling fees than administrative fees"],
    checks: [
        "第六部分写明实际收取的信息处理费，不应大于表二的行政事业性收费金额（万元）。发出收费通知的金额不计。",
        "The collected handling fees stated in section 6 are not above the administrative fees of Table 2, which are in 万元. Amounts in fee notices do not count.",
    ],
    basis: [
        "国办函〔2020〕109号：信息处理费属于行政事业性收费。",
        "国办函〔2020〕109号: the information handling fee is an administrative fee.",
    ],
    example: [
        "\
不符：第六部分写“收取信息处理费600元”，表二行政事业性收费填 0。

相符：第六部分写“收取信息处理费600元”，表二填 0.06。",
        "\
Fires: `收取信息处理费600元` in section 6, and 0 as administrative fees.

Silent: `收取信息处理费600元`, and 0.06.",
    ],
    fix: [
        "哪一个数有误须由填报人核对，不自动修正。",
        "Only the records show which of the two is wrong.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let Some((collected, span)) = collected(context) else { return };
    let Some(fees) = context.figures().iter().find(|figure| figure.table.names(figure.place).1 == Column::FeeAmount)
    else {
        return;
    };
    let header = header_unit(context, fees.table, fees.place).0;
    let in_yuan = match (fees.number.form.unit, header) {
        (Some(MeasureWord::Yuan), _) | (None, HeaderUnit::Yuan) => true,
        (Some(MeasureWord::TenThousandYuan), _) | (None, HeaderUnit::TenThousandYuan | HeaderUnit::Missing) => false,
        (Some(MeasureWord::Piece | MeasureWord::Measure), _) | (None, HeaderUnit::Other) => return,
    };
    let factor = if in_yuan { 1 } else { 10_000 };
    // A figure may be any amount that rounds to it, except zero.
    let places = u32::try_from(fees.number.decimals.min(4)).unwrap_or(4);
    let rounding = if fees.number.scaled == 0 { 0 } else { 10i128.pow(4 - places) / 2 };
    let highest = i128::from(fees.number.scaled).saturating_add(rounding).saturating_mul(factor);
    if collected <= highest || fees.number.tail != Tail::Zero {
        return;
    }
    let (name, written) = (fees.name(language), context.text(fees.cell.span));
    let fees_row = names::row(Row::Fees, language);
    let (yuan, due) = (digits(collected, 0), digits(collected / factor, 0));
    let unit = match (in_yuan, language) {
        (true, crate::config::Language::Chinese) => "元",
        (false, crate::config::Language::Chinese) => "万元",
        (true, crate::config::Language::English) => "yuan",
        (false, crate::config::Language::English) => "ten thousand yuan",
    };
    let message = say!(
        language,
        "{name}为 {written}，小于第六部分所述收取的信息处理费 {yuan} 元（{due} {unit}）；信息处理费也是{fees_row}，应计入，请核对",
        "{name} is {written}, less than the handling fees of {yuan} yuan ({due} {unit}) in section 6; they belong to {fees_row} too: check both"
    );
    let related = say!(language, "收取信息处理费 {yuan} 元", "handling fees collected: {yuan} yuan");
    findings.push(Finding::new(&RULE, fees.cell.span, message).related([Related { span, message: related }]));
}

/// The collected handling fees stated in section 6, in ten-thousandths of a yuan, and their place; `None` if there is
/// no such statement, or more than one.
fn collected(context: &Context<'_>) -> Option<(i128, Span)> {
    let names = |year: &YearMention| context.report.year.is_none_or(|(due, _)| due == year.year);
    let mut found = None;
    for paragraph in context.report.paragraphs.iter().filter(|p| p.section == Some(Section::Other)) {
        let line = context.line(paragraph.span);
        let fees = line.handling_fees.get_or_init(|| handling_fees(line.text()));
        match (fees.as_slice(), found) {
            ([], _) => {}
            _ if !paragraph.years.iter().all(names) => {}
            ([(value, span)], None) => found = Some((*value, span.shift(paragraph.span.start))),
            _ => return None,
        }
    }
    found
}

/// The collected handling fees stated in `line`.
fn handling_fees(line: &str) -> Vec<(i128, Span)> {
    let mut fees = Vec::new();
    if !line.contains("处理费") {
        return fees;
    }
    let mut start = 0;
    for clause in line.split_inclusive(['，', '。', '；', ';', '、', '？', '（', '）']) {
        let offset = start;
        start += clause.len();
        let states = ["收取", "实收", "收入", "收到"].iter().any(|word| clause.contains(word));
        let other = ["通知", "应收", "未", "减", "免", "标准", "每", "超过", "上年", "去年", "拟", "需", "退"];
        if states && !other.iter().any(|word| clause.contains(word)) {
            fees.extend(amounts(clause).into_iter().map(|(value, span)| (value, span.shift(offset))));
        }
    }
    fees
}

/// The amounts of money in `clause`, in ten-thousandths of a yuan, with the spans of their digits.
fn amounts(clause: &str) -> Vec<(i128, Span)> {
    let mut amounts = Vec::new();
    // Digits before and after the point, in the order of the text.
    let mut number: Option<(i128, Option<u32>, Span)> = None;
    let mut chars = clause.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let folded = match fold_char(c) {
            FoldedChar::One(folded) => folded,
            FoldedChar::Drop => ' ',
            FoldedChar::Nfkc => c,
        };
        let end = at + c.len_utf8();
        match (folded, &mut number) {
            (digit @ '0'..='9', None) => {
                number = Some((i128::from(digit as u8 - b'0') * 10_000, None, Span::new(at, end)));
            }
            (digit @ '0'..='9', Some((value, decimals, span))) => {
                let digit = i128::from(digit as u8 - b'0');
                *value = match decimals {
                    None => value.saturating_mul(10).saturating_add(digit * 10_000),
                    Some(decimals) => {
                        *decimals += 1;
                        value.saturating_add(digit * 10_000 / 10i128.pow((*decimals).min(9)))
                    }
                };
                span.end = end;
            }
            ('.', Some((_, decimals @ None, _))) => *decimals = Some(0),
            (',' | ' ', Some(_)) => {}
            ('元', Some((value, _, span))) => {
                amounts.push((*value, *span));
                number = None;
            }
            ('万', Some((value, _, span))) => {
                if chars.next_if(|(_, next)| *next == '元').is_some() {
                    amounts.push((value.saturating_mul(10_000), *span));
                }
                number = None;
            }
            _ => number = None,
        }
    }
    amounts
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn with(statement: &str, fees: &str) -> String {
        report(2022)
            .replace("本年度未收取政府信息公开信息处理费。", statement)
            .replace("行政事业性收费 | 0", &format!("行政事业性收费 | {fees}"))
    }

    #[test]
    fn handling_fees_that_the_table_lacks() {
        for statement in [
            "本年度收取政府信息公开信息处理费600元。",
            "2022年共发出收费通知3件，总金额900元，实际收取信息处理费６００元。",
            "本机关收取信息处理费 600 元。",
            "全年收取政府信息公开信息处理费0.06万元。",
        ] {
            reports("GK308", Severity::Warning, &with(statement, "⟦0⟧"));
            silent("GK308", &with(statement, "0.06"));
        }
        reports("GK308", Severity::Warning, &with("收取信息处理费12,600元。", "⟦0.5⟧"));
        reports("GK308", Severity::Warning, &with("收取信息处理费600元。", "⟦599元⟧"));
    }

    #[test]
    fn what_was_not_collected_or_is_within_the_table() {
        for statement in [
            "本年度收取政府信息公开信息处理费0元。",
            "本年度发出收费通知3件，总金额900元，实际收取0元。",
            "信息处理费按件收取的，每件100元；本年度未收取。",
            "2021年收取信息处理费600元，2022年未收取。",
            "收取工本费600元。",
            "收取信息处理费600元，其中按件收取400元。",
            "收取信息处理费600余元。",
        ] {
            silent("GK308", &with(statement, "0"));
        }
        // 0.1 is any amount from 500 to 1500 yuan.
        silent("GK308", &with("收取信息处理费1200元。", "0.1"));
        silent("GK308", &with("收取信息处理费600元。", "/"));
        silent("GK308", &with("收取信息处理费600元。", "600元"));
    }

    #[test]
    fn what_was_collected_is_shown_where_it_stands_and_in_the_unit_of_the_table() {
        let (message, related) = said("GK308", &with("发出收费通知3件，实际收取信息处理费612元。", "0"));
        assert!(message.contains("信息处理费 612 元（0.0612 万元）"), "{message}");
        assert_eq!(related, [("612".to_owned(), "收取信息处理费 612 元".to_owned())]);
        let (_, related) = said("GK308", &with("本年发出收费通知，实收信息处理费６元。", "0"));
        assert_eq!(related, [("６".to_owned(), "收取信息处理费 6 元".to_owned())]);
    }

    #[test]
    fn a_clause_without_an_amount_says_nothing_of_the_next() {
        reports("GK308", Severity::Warning, &with("依法收取信息处理费，实际收取600元。", "⟦0⟧"));
    }
}
