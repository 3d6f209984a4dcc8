//! GK411 parts-sum: the parts listed after a figure do not add up to it.

use crate::report::{Parts, Statement};
use crate::rules::arithmetic::error_localization::is_slip;
use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding, Fix, Related, Severity};
use crate::say;
use crate::statute::TableKind;
use crate::statute::prose::Fact;

rule! {
    code: "GK411",
    name: "parts-sum",
    severity: Error,
    reads: BOTH,
    title: ["分项之和不等于总数", "Parts do not add up"],
    checks: [
        "\
正文中“共N条，其中甲a条、乙b条、丙c条”一类的完整列举，各分项之和应等于总数；任一分项不能大于总数。

列举以“等”结尾、只举一项、计量单位不同或看不出列举完毕的，不核对。",
        "\
In a list of all parts (`共N条，其中甲a条、乙b条、丙c条`) the parts add up to the total, and none is greater than the total.

A list that ends in 等, has one part only, mixes measure words or may be incomplete is not checked.",
    ],
    basis: [
        "总数由分项组成，列举完整时两者应当相等。",
        "A complete list adds up to its total.",
    ],
    example: [
        "\
不符：“主动公开信息928条，其中概况类9条，动态类883条，目录类63条”（分项之和 955）。

相符：“主动公开信息928条，其中概况类9条，动态类883条，目录类36条”。",
        "\
Fires: `主动公开信息928条，其中概况类9条，动态类883条，目录类63条` (955).

Silent: `…目录类36条`.",
    ],
    fix: [
        "总数或某一分项有误须由填报人核对：提供改总数和改各分项的改法，均不自动采用。",
        "The total or one of the parts is wrong, and only the records show which: each change is offered, none is safe.",
    ],
}

/// The most parts that a message spells out.
const MAX_TERMS: usize = 20;

/// The most parts for which a fix is offered.
const MAX_PARTS: usize = 5;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for statement in &context.report.statements {
        // One list that does not hold is enough: the whole may be wrong.
        findings.extend(statement.parts.iter().find_map(|parts| finding(context, statement, parts)));
    }
}

fn finding(context: &Context<'_>, whole: &Statement, parts: &Parts) -> Option<Finding> {
    let language = context.language;
    let count = whole.count_in_list()?;
    let items: Vec<&Statement> = parts.items.iter().filter_map(|item| context.report.statements.get(*item)).collect();
    let counts: Vec<i64> = items.iter().map(|item| item.count_in_list()).collect::<Option<_>>()?;
    let sum = counts.iter().try_fold(0i64, |sum, count| sum.checked_add(*count))?;
    // 共2130条，其中政策90条，访谈2期，其他2038条: with the 2 or without.
    if sum == count || sum.checked_add(parts.beside) == Some(count) {
        return None;
    }
    // 收到9件，上年结转1件，其中网络5件，信函5件: of both together.
    let carried = context.sentence_sums().sum(whole, Some(Fact::CarriedIn));
    if whole.fact == Some(Fact::Received) && carried.and_then(|carried| carried.checked_add(count)) == Some(sum) {
        return None;
    }
    // 收到9件，上年结转1件，合计10件，其中网络5件，信函4件: of those received.
    let received = context.sentence_sums().sum(whole, Some(Fact::Received));
    if whole.fact == Some(Fact::InHand) && received == Some(sum) {
        return None;
    }
    let severity = verdict(count, sum, &counts, parts)?;
    // What was answered may have been received the year before.
    let ended = items.iter().any(|item| matches!(item.fact, Some(Fact::Ended(_))));
    if ended && whole.fact != Some(Fact::Handled) {
        let table = context.report.table(TableKind::Applications);
        let most = table.and_then(|table| narrative::sum(table, &Fact::InHand.cells(table.spec)));
        if most.is_none_or(|most| sum <= most) {
            return None;
        }
    }
    // A figure that contradicts its table is the finding.
    if narrative::is_contradicted(context, whole) || items.iter().any(|item| narrative::is_contradicted(context, item))
    {
        return None;
    }
    let mut terms: Vec<String> = counts.iter().take(MAX_TERMS).map(i64::to_string).collect();
    if counts.len() > MAX_TERMS {
        terms.push("…".to_owned());
    }
    let (terms, gap) = (terms.join(" + "), sum.abs_diff(count));
    let message = say!(
        language,
        "总数为 {count}，所列各项之和为 {sum}（{terms}），差 {gap}，请核对总数和各分项",
        "The total is {count}, but its parts add up to {sum} ({terms}): off by {gap}; check the total and each part"
    );
    let related = items
        .iter()
        .zip(&counts)
        .map(|(item, count)| Related { span: item.span, message: say!(language, "分项 {count}", "part: {count}") });
    let mut finding = Finding::new(&RULE, whole.span, message).severity(severity).related(related);
    if let Some(edits) = narrative::restate(context, whole, sum) {
        let message = say!(language, "将总数改为 {sum}", "Change the total to {sum}");
        finding = finding.fix(Fix::doubtful(message, edits));
    }
    for (item, part) in items.iter().zip(&counts).take(MAX_PARTS) {
        let due = count.checked_sub(sum).and_then(|gap| part.checked_add(gap)).filter(|due| *due >= 0);
        if let Some((due, edits)) = due.and_then(|due| Some((due, narrative::restate(context, item, due)?))) {
            let message = say!(language, "将分项 {part} 改为 {due}", "Change the part {part} to {due}");
            finding = finding.fix(Fix::doubtful(message, edits));
        }
    }
    Some(finding)
}

/// How certain it is that the parts should make the whole, if it is.
fn verdict(count: i64, sum: i64, counts: &[i64], parts: &Parts) -> Option<Severity> {
    // Of one part alone, only that it is more than the whole.
    if let [part] = counts {
        return (*part > count && !parts.overlap).then_some(Severity::Error);
    }
    let largest = counts.iter().max().copied().unwrap_or(0);
    // No list has parts that make more than the whole, unless one thing is counted in two of them.
    if largest > count || (sum > count && !parts.overlap) {
        return Some(Severity::Error);
    }
    if sum > count || parts.overlap {
        return None;
    }
    let near = counts.len() >= 3 && sum.saturating_mul(10) >= count.saturating_mul(9);
    match (parts.open, parts.all || near) {
        (false, true) => Some(Severity::Error),
        // 制发公文412件，其中规范性文件2件、纪要39件: far from all.
        (false, false) => (is_slip(count, sum) && sum.saturating_mul(2) >= count).then_some(Severity::Warning),
        // 等: what is not named makes the rest.
        (true, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn parts_that_make_another_sum() {
        let due = |sentence: &str| reports("GK411", Severity::Error, &saying(2022, sentence));
        due("公开信息共⟦928⟧条,其中:概况类信息更新量9条,政务动态信息更新量883条,信息公开目录信息更新量63条。");
        due("公布信息⟦792⟧条，其中网站信息102条，公示审批、行政处罚信息205条，微信信息458条。");
        due("公布信息⟦214⟧条，其中机构职能类9条，政策文件类20条，执法信息类17条，其他类114条。");
        due("公布信息⟦10⟧条（其中网站12条、微信3条）。");
        due("公布信息⟦１０⟧条：网站6条，微信3条。");
        due("公布信息⟦10⟧条，分别为网站6条、微信3条。");
    }

    #[test]
    fn parts_that_add_up_and_lists_that_are_not_whole() {
        let quiet = |sentence: &str| silent("GK411", &saying(2022, sentence));
        quiet("公开信息共928条,其中:概况类信息更新量9条,政务动态信息更新量883条,信息公开目录信息更新量36条。");
        quiet("公布信息792条，其中主动公开信息102条，公示审批、行政处罚205条，微信485条。");
        quiet("公布信息500条，其中财政信息20条，规划信息10条，统计信息30条。");
        quiet("公布信息500条，其中财政信息20条，规划信息10条，统计信息430条等。");
        quiet("公布信息500条，其中财政信息20条。");
        quiet("公布信息9条，其中涉及征地8条，图文解读5条。");
        quiet("一是公布信息500条；二是更新栏目20条；三是回应关切10条。");
        quiet("累计公布信息500条，其中财政类20条，规划类10条，统计类30条。");
        quiet("公布信息10条，其中网站6条，视频3个，微信5条。");
        quiet("收到政府信息公开申请4件，其中予以公开3件，不予公开0件。");
    }

    #[test]
    fn one_cause_is_one_finding() {
        let source = saying(2022, "收到政府信息公开申请5件，其中网上申请3件，信函申请1件，当面申请0件。");
        silent("GK411", &source);
        assert_eq!(findings("GK401", &source).len(), 1);
    }

    #[test]
    fn each_change_is_offered() {
        let source = saying(2022, "公布信息10条：网站6条，微信3条。");
        offers("GK411", &source, &saying(2022, "公布信息9条：网站6条，微信3条。"));
        assert_eq!(findings("GK411", &source).first().map(|finding| finding.fixes.len()), Some(3));
    }

    #[test]
    fn how_certain_a_list_is() {
        let plain = Parts { items: Vec::new(), all: false, open: false, overlap: false, alike: false, beside: 0 };
        let all = Parts { all: true, ..plain.clone() };
        let open = Parts { open: true, ..plain.clone() };
        let overlap = Parts { overlap: true, ..plain.clone() };
        let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
        assert_eq!(verdict(100, 60, &[30, 30], &all), error);
        assert_eq!(verdict(100, 60, &[30, 30], &plain), None);
        assert_eq!(verdict(10, 13, &[6, 7], &plain), error);
        assert_eq!(verdict(10, 13, &[6, 7], &open), error);
        assert_eq!(verdict(10, 13, &[6, 7], &overlap), None);
        assert_eq!(verdict(10, 14, &[11, 3], &overlap), error);
        assert_eq!(verdict(97, 96, &[90, 6], &plain), warning);
        assert_eq!(verdict(97, 96, &[90, 6], &open), None);
        assert_eq!(verdict(100, 91, &[30, 30, 31], &plain), error);
        assert_eq!(verdict(100, 91, &[30, 30, 31], &open), None);
        assert_eq!(verdict(100, 89, &[30, 30, 29], &plain), None);
        assert_eq!(verdict(10, 11, &[11], &plain), error);
        assert_eq!(verdict(10, 9, &[9], &plain), None);
    }

    #[test]
    fn what_was_answered_may_be_more_than_was_received() {
        // Without the table nothing else is known of the figures.
        let without = |sentence: &str| {
            let source = saying(2022, sentence);
            let (start, end) = (source.find("申请人情况").unwrap(), source.find("四、政府信息公开行政复议").unwrap());
            format!("{}{}", &source[..start], &source[end..])
        };
        let parts = "其中予以公开6件，部分公开3件，不予公开2件。";
        silent("GK411", &without(&format!("收到政府信息公开申请10件，{parts}")));
        reports("GK411", Severity::Error, &without(&format!("答复政府信息公开申请⟦10⟧件，{parts}")));
    }
}
