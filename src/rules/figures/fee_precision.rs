//! GK211 fee-precision: too many decimals.

use crate::report::{MeasureWord, Tail};
use crate::rules::support::cells::{HeaderUnit, digits, header_unit};
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, SPELLING, Severity};
use crate::say;
use crate::statute::Quantity;
use crate::text::TextEdit;

rule! {
    code: "GK211",
    name: "fee-precision",
    severity: Warning,
    reads: SPELLING,
    title: ["金额小数过多", "An amount has too many decimals"],
    checks: [
        "以万元为单位的金额多于 4 位小数：5 至 6 位的作提示，7 位及以上的作为警告。",
        "An amount in 万元 (ten thousand yuan) has more than four decimals: information for five and six, a warning from the seventh on.",
    ],
    basis: [
        "没有文件规定保留几位小数。以万元为单位，第 4 位小数是 1 元，第 6 位是 1 分；比 1 分更细的金额不存在，通常是换算时未取舍，或单位有误。",
        "No notice says how many decimals to keep. The fourth decimal of ten thousand yuan is one yuan, the sixth is one cent (分). Nothing is paid in less than a cent: more decimals come from a conversion, or the unit is a different one.",
    ],
    example: [
        "\
不符：“12.345678”（提示）；“12.3456789”（警告）。

相符：“12.3457”。",
        "\
Fires: `12.345678` (information); `12.3456789` (a warning).

Silent: `12.3457`.",
    ],
    fix: [
        "可四舍五入到 4 位小数。数值因此改变，须由填报人确认，不自动修正。",
        "Rounding to four decimals, half up, is offered. It changes the value, so it is unsafe.",
    ],
}

/// The decimal of 万元 that is worth a cent.
const CENTS: usize = 6;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for figure in context.figures() {
        let (number, form) = (figure.number, figure.number.form);
        if figure.quantity() != Quantity::Amount || number.decimals <= 4 || form.unit == Some(MeasureWord::Yuan) {
            continue;
        }
        let header = header_unit(context, figure.table, figure.place).0;
        if form.unit.is_none() && matches!(header, HeaderUnit::Yuan | HeaderUnit::Other) {
            continue;
        }
        let (name, decimals) = (figure.name(language), number.decimals);
        let (message, severity) = match decimals {
            5 | CENTS => {
                let [worth, in_english] = if decimals == 5 { ["1 角", "0.1 yuan"] } else { ["1 分", "0.01 yuan"] };
                let message = say!(
                    language,
                    "{name}有 {decimals} 位小数，以万元为单位，末位相当于 {worth}，请核对是否需要这样精确",
                    "{name} has {decimals} decimals; in ten thousand yuan the last one is worth {in_english}: check whether it needs this precision"
                );
                (message, Severity::Info)
            }
            _ => {
                let message = say!(
                    language,
                    "{name}有 {decimals} 位小数，以万元为单位，末位不足 1 分，请核对换算和单位",
                    "{name} has {decimals} decimals; in ten thousand yuan the last one is worth less than 0.01 yuan: check the conversion and the unit"
                );
                (message, Severity::Warning)
            }
        };
        let mut finding = Finding::new(&RULE, figure.cell.span, message).severity(severity);
        // With a unit after it, the unit has to go first.
        if form.unit.is_none() && form.separators.is_none_or(|in_threes| in_threes && !form.leading_zeros) {
            let up = i128::from(number.tail == Tail::High);
            let rounded = digits(i128::from(number.scaled) + if number.scaled < 0 { -up } else { up }, 0);
            let edit = TextEdit { span: figure.cell.span, content: rounded.clone() };
            finding =
                finding.fix(Fix::doubtful(say!(language, "四舍五入为 {rounded}", "Round it to {rounded}"), vec![edit]));
        }
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn more_than_four_decimals() {
        let source = report(2022).replace("行政事业性收费 | 0", "行政事业性收费 | 12.3457");
        for (long, severity, worth) in [
            ("12.34567", Severity::Info, "1 角"),
            ("12.345678", Severity::Info, "1 分"),
            ("12.3456789", Severity::Warning, "不足 1 分"),
        ] {
            let marked = source.replace("12.3457", &format!("⟦{long}⟧"));
            reports("GK211", severity, &marked);
            let (message, _) = said("GK211", &marked.replace(['⟦', '⟧'], ""));
            assert!(message.contains(worth), "{message}");
        }
        for long in ["12.345678", "12.34565", "12.3457499", "12.34570"] {
            offers("GK211", &source.replace("12.3457", long), &source);
        }
        let old = report(2020).replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 2 | 0.99996 |");
        offers("GK211", &old, &old.replace("0.99996", "1"));
    }

    #[test]
    fn four_decimals_or_another_unit() {
        for number in ["59237.2449", "96171.6", "0", "0.0001"] {
            silent("GK211", &report(2022).replace("行政事业性收费 | 0", &format!("行政事业性收费 | {number}")));
        }
        let yuan = report(2020).replace("政府集中采购 | 0 | 0 |", "政府集中采购 | 2 | 0.99996 |");
        silent("GK211", &yuan.replace("采购总金额（单位：万元）", "采购总金额（元）"));
        // A count with decimals is another finding.
        silent("GK211", &report(2022).replace("行政许可 | 0", "行政许可 | 1.23456"));
    }

    #[test]
    fn rounding_takes_the_sign_and_leaves_what_is_not_certain() {
        let with = |written: &str| report(2022).replace("行政事业性收费 | 0", &format!("行政事业性收费 | {written}"));
        for (long, short) in [("-1.23456", "-1.2346"), ("0.00009", "0.0001"), ("1,234.56789", "1234.5679")] {
            offers("GK211", &with(long), &with(short));
        }
        for doubtful in ["12.345678万元", "12,34.56789", "01,234.56789"] {
            let found = findings("GK211", &with(doubtful));
            assert!(matches!(found.as_slice(), [finding] if finding.fixes.is_empty()), "{doubtful}: {found:#?}");
        }
    }
}
