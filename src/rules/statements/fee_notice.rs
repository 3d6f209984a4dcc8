//! GK416 fee-notice: fees that were not paid, and no notice to pay them.

use crate::rules::arithmetic::error_localization::Resolution;
use crate::rules::support::cells::find;
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::{BOTH, Finding, Related, Severity};
use crate::say;
use crate::statute::{Column, Row, Section, TableKind};
use crate::text::Span;

rule! {
    code: "GK416",
    name: "fee-notice",
    severity: Warning,
    reads: BOTH,
    title: ["逾期未缴费与收费通知不符", "Fees not paid without a notice"],
    checks: [
        "表三（六）2“申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请”大于 0，而第六部分没有写收费通知（警告），或者写明没有发出收费通知（错误）。",
        "The row （六）2 of Table 3 (fees not paid after a notice) is above 0, and section 六 does not mention notices (a warning), or states that there were none (an error).",
    ],
    basis: [
        "这一行所计的是发出收费通知后申请人没有缴费的申请。国办公开办函〔2021〕30号：各行政机关收取信息处理费的情况，在第六部分专门报告。",
        "The row counts applications whose fees were not paid after the notice to pay them was sent. 国办公开办函〔2021〕30号 requires a report on the fees in section 六.",
    ],
    example: [
        "\
不符：（六）2 为 1，第六部分写“本年度未发出收费通知”。

相符：（六）2 为 1，第六部分写“本年度发出收费通知1件，总金额200元，实际收取0元”。",
        "\
Fires: （六）2 is 1, and section 六 says `本年度未发出收费通知`.

Silent: （六）2 is 1, and section 六 says `本年度发出收费通知1件，总金额200元，实际收取0元`.",
    ],
    fix: [
        "补写收费通知的情况，或者改正表三，由填报人核对，不自动修正。",
        "The author has to correct the section or the table by the records.",
    ],
}

/// The names of a notice, folded.
const NOTICES: [&str; 4] = ["收费通知", "缴费通知", "交费通知", "缴纳通知"];
/// Words that deny what follows them in the clause.
const DENIALS: [&str; 4] = ["未", "没有", "无", "不存在"];
/// Words after a denial that show that it denies a payment instead.
const PAYMENT: [&str; 5] = ["未按", "未依", "未在", "未缴", "未交"];

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let Some(table) = report.table(TableKind::Applications) else { return };
    let Some((place, cell)) = find(table, Row::FeeNotPaid, Column::AllApplicants) else { return };
    let (Some(count), Some(heading)) = (cell.count().filter(|count| *count > 0), report.section(Section::Other)) else {
        return;
    };
    // A total that does not add up is another finding.
    let is_doubtful = |resolution: &Resolution| resolution.contradictions.iter().any(|it| it.place.row == place.row);
    if context.resolutions().iter().any(|(other, resolution)| std::ptr::eq(*other, table) && is_doubtful(resolution)) {
        return;
    }
    let language = context.language;
    let name = names::cell(table, place, language);
    let related = Related { span: cell.span, message: format!("{name} {count}") };
    let lines = || report.paragraphs.iter().filter(|line| line.section == Some(Section::Other)).map(|line| line.span);
    if let Some(span) = lines().find_map(|line| denied(context.text(line)).map(|span| span.shift(line.start))) {
        let message = say!(
            language,
            "这里写没有发出收费通知，而{name}为 {count}：没有收费通知，就没有逾期未按通知缴费的申请",
            "The text says that no notice to pay was sent, but {name} is {count}: without a notice no application can lapse for lack of payment"
        );
        findings.push(Finding::new(&RULE, span, message).severity(Severity::Error).related([related]));
        return;
    }
    // A word may be split over lines.
    let said = lines().map(|line| context.line(line)).fold(String::new(), |all, line| all + line.folded());
    if !NOTICES.iter().any(|notice| said.contains(notice)) {
        let message = say!(
            language,
            "{name}为 {count}，第六部分没有写收费通知的件数和金额，请补充或核对表三",
            "{name} is {count}, and section 六 does not mention notices to pay: add their number and amount, or check Table 3"
        );
        findings.push(Finding::new(&RULE, heading.span, message).related([related]));
    }
}

/// The clause of `text` that states that no notice was sent.
fn denied(text: &str) -> Option<Span> {
    let mut start = 0;
    for clause in text.split_inclusive(['，', '。', '；', '、', ',', ';']) {
        let words = clause.trim_end_matches(['，', '。', '；', '、', ',', ';']);
        let span = Span::new(start, start + words.len());
        start += clause.len();
        let notice = NOTICES.iter().filter_map(|notice| words.find(notice).map(|at| (at, notice.len()))).min();
        let Some((at, length)) = notice else { continue };
        let (before, after) = (words.get(..at)?, words.get(at + length..)?);
        let is_denied = DENIALS.iter().any(|denial| before.contains(denial))
            && !PAYMENT.iter().any(|payment| before.contains(payment));
        if is_denied || is_none(after) {
            let leading = words.len() - words.trim_start().len();
            return Some(Span::new(span.start + leading, span.end));
        }
    }
    None
}

/// Whether the number that follows is 0.
fn is_none(after: &str) -> bool {
    let digits: String = after.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let zero = !digits.is_empty() && digits.bytes().all(|digit| digit == b'0');
    zero || (digits.is_empty() && (after.contains("零件") || after.ends_with('无')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    const SENTENCE: &str = "本年度未收取政府信息公开信息处理费。";
    const ROW: &str =
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 |";

    fn with(count: u8, sentence: &str) -> String {
        let row = ROW.replacen("| 0 |", &format!("| {count} |"), 1) + &format!(" {count} |");
        let source = report(2022);
        assert!(source.contains(ROW) && source.contains(SENTENCE));
        source.replace(&format!("{ROW} 0 |"), &row).replace(SENTENCE, sentence)
    }

    #[test]
    fn notices_that_were_not_sent() {
        for sentence in [
            "⟦本年度未发出收费通知⟧，未收取信息处理费。",
            "⟦信息处理费：没有发出收费通知⟧。",
            "⟦发出信息处理费收费通知0件⟧，实际收取0元。",
            "⟦不存在发出缴费通知的情况⟧，信息处理费为0元。",
        ] {
            reports("GK416", Severity::Error, &with(1, sentence));
            silent("GK416", &with(0, &sentence.replace(['⟦', '⟧'], "")));
        }
    }

    #[test]
    fn notices_that_are_not_spoken_of() {
        let heading = "六、其他需要报告的事项";
        for sentence in [SENTENCE, "无其他需要报告的事项。"] {
            let source = with(2, sentence).replace(heading, &format!("⟦{heading}⟧"));
            reports("GK416", Severity::Warning, &source);
            silent("GK416", &with(0, sentence));
        }
    }

    #[test]
    fn notices_that_were_sent() {
        for sentence in [
            "本年度发出收费通知2件，总金额400元，实际收取0元，信息处理费未收取。",
            "依申请公开信息处理费发出收费通\n知1件，申请人未缴纳。",
            "申请人逾期未按收费通知缴纳信息处理费的1件。",
            "信息处理费：发出收费通知10件，收取0元。",
        ] {
            silent("GK416", &with(1, sentence));
        }
        // The format of 2019 has no such row.
    }
}
