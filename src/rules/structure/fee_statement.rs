//! GK120 fee-statement: section 六 does not report the information handling fee.

use crate::report::Facets;
use crate::report::page_writer::Side;
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, Severity, WORDS};
use crate::say;
use crate::statute::{Edition, Section, TableKind};
use crate::text::{Span, TextEdit, fold};

rule! {
    code: "GK120",
    name: "fee-statement",
    severity: Warning,
    reads: WORDS.and(Facets::YEAR).and(Facets::LABELS).and(Facets::MARKS),
    title: ["未报告信息处理费", "The information handling fee is not reported"],
    checks: [
        "2021 年格式的第六部分是否写明收取信息处理费的情况。只是用词不规范（如“信息公开处理费”）、金额不是 10 元的倍数的，或者收取了却没有写明收费通知件数和金额的，作提示。",
        "Whether section 六 of the 2021 format states the fees charged for handling information. The wrong term (`信息公开处理费`), an amount that is not a multiple of 10 yuan, and fees stated without the number of notices and the amounts, are information.",
    ],
    basis: [
        "国办公开办函〔2021〕30号：第六部分为文字描述，“收取信息处理费情况在此处报告”；收费标准见国办函〔2020〕109号。",
        "国办公开办函〔2021〕30号: section 六 is prose, `收取信息处理费情况在此处报告`; the rates are those of 国办函〔2020〕109号.",
    ],
    example: [
        "\
不符：第六部分只写“无”。

相符：“本年度未发出收费通知，未收取信息处理费。”",
        "\
Fires: section 六 says `无` and no more.

Silent: `本年度未发出收费通知，未收取信息处理费。`",
    ],
    fix: [
        "插入一句留有空格的说明，由填报人填写，不自动修正；“公开处理费”改为“公开信息处理费”可自动修正。",
        "The fix inserts a sentence with blanks to fill in, so it is unsafe. `公开处理费` becomes `公开信息处理费`: a safe fix.",
    ],
}

/// The names of the fee.
const TERM: &str = "信息处理费";
const SENTENCE: &str = "本年度发出信息处理费收费通知____件，总金额____元，实际收取____元。";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let edition = report.edition_due().or_else(|| Some(report.table(TableKind::Disclosure)?.spec.edition));
    if edition != Some(Edition::F2021) {
        return;
    }
    let Some(heading) = report.section(Section::Other) else { return };
    let language = context.language;
    let lines = || report.paragraphs.iter().map(|line| line.span).filter(|span| span.start > heading.span.start);
    // A word may be broken over lines.
    let said = lines().map(|span| context.line(span)).fold(String::new(), |all, line| all + line.folded());
    if said.contains(TERM) {
        findings.extend(lines().flat_map(|span| odd_amounts(context, span)));
        findings.extend(incomplete(context, lines(), &said));
        return;
    }
    if let Some(finding) = lines().find_map(|span| other_term(context, span)) {
        findings.push(finding);
        return;
    }
    let elsewhere = report.paragraphs.iter().find(|line| context.line(line.span).folded().contains(TERM));
    let message = match elsewhere {
        Some(_) => say!(
            language,
            "收取信息处理费的情况应在第六部分报告，现写在别的部分",
            "The information handling fee is reported here: it belongs in section 六"
        ),
        None => say!(
            language,
            "第六部分没有写明收取信息处理费的情况，没有收取的也应写明",
            "Section 六 does not report the information handling fee: state it, even if nothing was charged"
        ),
    };
    let title = say!(language, "插入一句，数字待填", "Insert a sentence, its figures to be filled in");
    findings.push(context.with_line(
        Finding::new(&RULE, heading.span, message),
        title,
        (heading.span, Side::After),
        SENTENCE,
    ));
}

/// The fee by another name.
fn other_term(context: &Context<'_>, line: Span) -> Option<Finding> {
    let language = context.language;
    let text = context.text(line);
    let word = ["信息公开处理费", "处理费", "收费", "费用", "收取"].into_iter().find(|word| text.contains(word))?;
    let at = line.start + text.find(word)?;
    let message = say!(language, "“{word}”宜写明为“{TERM}”", "Instead of “{word}” the fee should be called {TERM}");
    let finding = Finding::new(&RULE, Span::new(at, at + word.len()), message).severity(Severity::Info);
    let Some(before) = word.find("处理费").filter(|before| *before > 0) else { return Some(finding) };
    let edit = TextEdit { span: Span::at(at + before), content: TERM.trim_end_matches("处理费").to_owned() };
    Some(finding.fix(Fix::safe(say!(language, "补上“信息”二字", "Insert 信息"), vec![edit])))
}

/// A statement in `lines`, whose text is `said`, that the fee was charged, without the number and the amount of the
/// notices.
fn incomplete(context: &Context<'_>, lines: impl Iterator<Item = Span>, said: &str) -> Option<Finding> {
    if said.contains("通知") {
        return None;
    }
    let language = context.language;
    let charged = |line: Span| {
        let text = context.text(line);
        if !context.line(line).folded().contains(TERM) || text.contains("事业性收费") {
            return None;
        }
        // The amount belongs to the fee, not to something else in the line.
        let (span, _) = amounts(text).into_iter().find(|(span, sum)| {
            let before = text.get(..span.start).unwrap_or_default();
            let clause = before.rsplit(['。', '；', ';']).next().unwrap_or_default();
            *sum > 0 && fold(clause).contains(TERM)
        })?;
        Some(span.shift(line.start))
    };
    let span = lines.filter_map(charged).next()?;
    let message = say!(
        language,
        "收取了信息处理费的，应写明发出收费通知的件数、总金额和实际收取的总金额",
        "If the fee was charged, state the number of notices, their total amount and the amount received"
    );
    Some(Finding::new(&RULE, span, message).severity(Severity::Info))
}

/// Amounts of the fee in `line` that cannot result from the rates, which are multiples of ten yuan.
fn odd_amounts(context: &Context<'_>, line: Span) -> Vec<Finding> {
    let text = context.text(line);
    // Only in a line about this fee and no other.
    if !text.contains('元') || !context.line(line).folded().contains(TERM) || text.contains("事业性收费") {
        return Vec::new();
    }
    amounts(text)
        .into_iter()
        .filter(|(_, ten_thousandths)| ten_thousandths % 100_000 != 0)
        .map(|(span, _)| {
            let amount = span.of(text);
            let message = say!(
                context.language,
                "信息处理费按 10 元的倍数计收，“{amount}”请核对",
                "The rates of the fee are multiples of 10 yuan; please check “{amount}”"
            );
            Finding::new(&RULE, span.shift(line.start), message).severity(Severity::Info)
        })
        .collect()
}

/// Every sum of money in `text`, with its unit, in ten-thousandths of a yuan.
fn amounts(text: &str) -> Vec<(Span, i128)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('元') {
        let before = text.get(..at).unwrap_or_default();
        let number = before.trim_end_matches([' ', '万']);
        let is_part =
            |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '.' | '．' | ',' | '，');
        let start = number.char_indices().rev().take_while(|(_, c)| is_part(*c)).last().map(|(start, _)| start);
        let Some(start) = start else { continue };
        let digits = fold(number.get(start..).unwrap_or_default()).replace(',', "");
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits.as_str(), ""));
        if whole.is_empty() || decimals.len() > 4 {
            continue;
        }
        let Ok(value) = format!("{whole}{decimals:0<4}").parse::<i128>() else { continue };
        let scale = if before.trim_end_matches(' ').ends_with('万') { 10_000 } else { 1 };
        let start = start + (number.len() - start)
            - number.get(start..).unwrap_or_default().trim_start_matches([',', '，', '.', '．']).len();
        found.push((Span::new(start, at + '元'.len_utf8()), value.saturating_mul(scale)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    const SAID: &str = "本年度未收取政府信息公开信息处理费。";

    #[test]
    fn nothing_is_said() {
        let source = report(2022);
        let heading = "六、其他需要报告的事项";
        for other in ["无。", "", "本机关没有其他需要报告的事项。"] {
            let without = source.replace(SAID, other);
            reports("GK120", Severity::Warning, &without.replace(heading, &format!("⟦{heading}⟧")));
            offers("GK120", &without, &without.replace(heading, &format!("{heading}\n{SENTENCE}")));
        }
        // It belongs in this section.
        let elsewhere = source.replace(SAID, "无。").replace("（二）依申请公开情况。", SAID);
        reports("GK120", Severity::Warning, &elsewhere.replace(heading, &format!("⟦{heading}⟧")));
    }

    #[test]
    fn another_term_and_odd_amounts() {
        let source = report(2022);
        reports("GK120", Severity::Info, &source.replace(SAID, "本年度没有产生⟦信息公开处理费⟧。"));
        fixes_to(
            "GK120",
            &source.replace(SAID, "本年度没有产生信息公开处理费。"),
            &source.replace(SAID, "本年度没有产生信息公开信息处理费。"),
        );
        reports("GK120", Severity::Info, &source.replace(SAID, "本年度没有⟦收费⟧。"));
        let notice = "发出收费通知1件。本年度收取信息处理费";
        reports("GK120", Severity::Info, &source.replace(SAID, &format!("{notice}⟦1,035元⟧。")));
        reports("GK120", Severity::Info, &source.replace(SAID, &format!("{notice} ⟦0.0035 万元⟧。")));
    }

    #[test]
    fn statements_of_the_fee() {
        let source = report(2022);
        for said in [
            "发出收费通知2件，总金额１，２００元，实际收取信息处理费1200.00元。",
            "全年收取政府信息公开信息处理费 0 元",
            "发出收费通知1件，收取信息处理费0.012万元。",
            "本年度无信息\n处理费。",
            "收取信息处理费若干元。",
        ] {
            silent("GK120", &source.replace(SAID, said));
        }
        // No topic yet.
        silent("GK120", &report(2020).replace(SAID, "无。"));
        // The missing section is another finding.
        silent("GK120", &source.replace("六、其他需要报告的事项\n", "").replace(SAID, ""));
    }

    #[test]
    fn fees_without_the_notices() {
        let source = report(2022);
        for said in ["本年度收取信息处理费⟦300元⟧。", "全年收取政府信息公开信息处理费⟦0.03万元⟧，已上缴国库。"]
        {
            reports("GK120", Severity::Info, &source.replace(SAID, said));
        }
        for said in [
            "全年收取政府信息公开信息处理费0元。",
            "本年度未收取信息处理费。专项经费支出300元。",
            "向2名申请人发出收费通知2件，总金额300元，实际收取信息处理费300元。",
        ] {
            silent("GK120", &source.replace(SAID, said));
        }
    }

    #[test]
    fn another_fee_is_not_renamed() {
        let source = report(2022).replace(SAID, "本年度没有产生污水⟦处理费⟧。");
        reports("GK120", Severity::Info, &source);
        assert_eq!(findings("GK120", &unmark(&source).0).first().map(|finding| finding.fixes.len()), Some(0));
    }

    #[test]
    fn amounts_of_other_things() {
        let source = report(2022);
        for said in [
            "本年度未收取信息处理费。\n政务公开专项经费支出1,035元。",
            "本年度行政事业性收费1,035元，未收取信息处理费。",
        ] {
            silent("GK120", &source.replace(SAID, said));
        }
    }

    #[test]
    fn sums_of_money() {
        for (text, due) in [
            ("1035元", &[("1035元", 10_350_000)][..]),
            ("收取１，２００．５ 元和0.0035 万元", &[("１，２００．５ 元", 12_005_000), ("0.0035 万元", 350_000)]),
            ("，12.3456元", &[("12.3456元", 123_456)]),
            // No whole number, too many decimals, no digits.
            (".5元", &[]),
            ("1.23456元", &[]),
            ("若干元", &[]),
        ] {
            let found: Vec<(&str, i128)> = amounts(text).into_iter().map(|(span, sum)| (span.of(text), sum)).collect();
            assert_eq!(found, due, "{text}");
        }
    }
}
