//! GK417 fee-amount: the text gives another amount of 行政事业性收费 than the table.

use crate::report::{Amount, Measure, Statement};
use crate::rules::Related;
use crate::rules::support::cells::{HeaderUnit, header_unit};
use crate::rules::support::context::Context;
use crate::rules::support::figure::Figure;
use crate::rules::support::names;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding};
use crate::say;
use crate::statute::prose::Fact;
use crate::statute::{Column, Row};

rule! {
    code: "GK417",
    name: "fee-amount",
    severity: Error,
    reads: BOTH,
    title: ["正文的收费金额与表二不符", "Fees: text and table differ"],
    checks: [
        "\
正文所述本年行政事业性收费的金额（元或万元），应等于表二“行政事业性收费”的本年收费金额。按两处中较粗的位数比较，四舍五入和截去尾数都认可。

信息处理费是另一事项，由 GK308 核对；约数、别的年度、累计数不核对。",
        "\
The amount of administrative fees (行政事业性收费) that the text gives, in yuan or ten thousand yuan, equals the amount in Table 2. They are compared at the coarser of the two precisions; a figure may be rounded or cut off.

Processing fees (信息处理费) are another thing: see GK308. Approximate amounts, other years and cumulative amounts are not compared.",
    ],
    basis: [
        "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
        "Text and table count the same things in the same year, and reviewers compare them one by one.",
    ],
    example: [
        "\
不符：正文“收取行政事业性收费12.5万元”，表二为 12.6。

相符：正文“收取行政事业性收费126000元”，表二为 12.6（万元）。",
        "\
Fires: `收取行政事业性收费12.5万元` where Table 2 has 12.6.

Silent: `收取行政事业性收费126000元` where Table 2 has 12.6 (ten thousand yuan).",
    ],
    fix: [
        "正文与表格何者有误须由填报人核对，不自动修正。",
        "Only the records show which of the two is wrong; there is no automatic fix.",
    ],
}

/// An amount of money: its value in units of 10⁻¹⁰ yuan, and that of its last digit.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Money {
    value: i128,
    step: i128,
}

impl Money {
    fn new(digits: i128, decimals: usize, ten_thousands: bool) -> Option<Money> {
        let exponent = 10usize.checked_sub(decimals)? + if ten_thousands { 4 } else { 0 };
        let step = 10i128.checked_pow(u32::try_from(exponent).ok()?)?;
        Some(Money { value: digits.checked_mul(step)?, step })
    }

    /// Whether the two are one amount, rounded or cut off to the coarser precision.
    fn agrees(self, other: Money) -> bool {
        let step = self.step.max(other.step);
        let near = (self.value - other.value).abs().saturating_mul(2) <= step;
        near || self.value.div_euclid(step) == other.value.div_euclid(step)
    }
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let year = context.report.year.map(|(year, _)| year);
    let Some(fees) = context.figures().iter().find(|figure| figure.table.names(figure.place).1 == Column::FeeAmount)
    else {
        return;
    };
    let Some(due) = in_table(context, fees) else { return };
    for statement in &context.report.statements {
        let plain = statement.fact == Some(Fact::Fee) && statement.guard.is_none() && !statement.quoted;
        if plain && narrative::of_year(statement, year) && !narrative::scope_differs(context, statement) {
            findings.extend(compare(context, statement, fees, due));
        }
    }
}

/// The amount in the table; `None` if its unit is unknown.
fn in_table(context: &Context<'_>, fees: &Figure<'_>) -> Option<Money> {
    let written = context.text(fees.cell.span);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let decimals = written.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count());
    let ten_thousands = match header_unit(context, fees.table, fees.place).0 {
        HeaderUnit::TenThousandYuan => true,
        HeaderUnit::Yuan => false,
        HeaderUnit::Missing | HeaderUnit::Other => return None,
    };
    // Any other form is a finding of its own.
    let plain = written.chars().all(|c| c.is_ascii_digit() || c == '.') && fees.number.form.unit.is_none();
    if plain { Money::new(digits.parse().ok()?, decimals, ten_thousands) } else { None }
}

fn compare(context: &Context<'_>, statement: &Statement, fees: &Figure<'_>, due: Money) -> Option<Finding> {
    let language = context.language;
    let Amount::Decimal { digits, decimals } = statement.amount else { return None };
    let (measure, unit) = statement.measure?;
    let stated = Money::new(digits, decimals, measure == Measure::TenThousandYuan)?;
    if stated.agrees(due) {
        return None;
    }
    let (written, unit) = (context.text(statement.span), context.text(unit));
    let (name, amount) = (names::row(Row::Fees, language), context.text(fees.cell.span));
    let message = say!(
        language,
        "正文为 {written}{unit}，表二“{name}”本年收费金额为 {amount}（单位按表头），两处应一致，请核对后改正其一",
        "The text says {written}{unit}, but {name} in Table 2 is {amount} (in the unit of its header): find out which is right and change the other"
    );
    let related = Related { span: fees.cell.span, message: format!("{name} {amount}") };
    Some(Finding::new(&RULE, statement.span, message).related([related]))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn charging(amount: &str, sentence: &str) -> String {
        let source = saying(2022, sentence);
        let row = "行政事业性收费 | 0 |";
        assert!(source.contains(row));
        source.replace(row, &format!("行政事业性收费 | {amount} |"))
    }

    #[test]
    fn another_amount() {
        let due = |amount: &str, sentence: &str| reports("GK417", Severity::Error, &charging(amount, sentence));
        due("12.6", "全年收取行政事业性收费⟦12.5⟧万元。");
        due("12.6", "行政事业性收费⟦125000⟧元。");
        due("0", "本年行政事业性收费⟦3⟧万元。");
        due("36.208417", "行政许可31件，行政事业性收费⟦36.28417⟧万元。");
    }

    #[test]
    fn the_same_amount_and_other_money() {
        let quiet = |amount: &str, sentence: &str| silent("GK417", &charging(amount, sentence));
        quiet("12.6", "全年收取行政事业性收费12.6万元。");
        quiet("12.6", "全年收取行政事业性收费126000元。");
        quiet("12.6", "全年收取行政事业性收费12.60万元。");
        quiet("12.6149", "全年收取行政事业性收费12.61万元。");
        quiet("12.6151", "全年收取行政事业性收费12.61万元。");
        quiet("13", "全年收取行政事业性收费12.6万元。");
        quiet("12.6", "全年收取信息处理费500元。");
        quiet("12.6", "全年收取行政事业性收费约13万元。");
        quiet("12.6", "2021年收取行政事业性收费3万元。");
        quiet("12.6", "累计收取行政事业性收费300万元。");
        quiet("12.6", "减免行政事业性收费3万元。");
        quiet("12.6", "行政事业性收费3项。");
        quiet("", "全年收取行政事业性收费3万元。");
        quiet("12.6万元", "全年收取行政事业性收费3万元。");
    }
}
