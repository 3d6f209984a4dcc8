//! GK401 received to GK410 documents: a figure of the prose that a table gives too.

use crate::report::Statement;
use crate::rules::support::context::Context;
use crate::rules::support::narrative;
use crate::rules::{BOTH, Finding, Fix, Related};
use crate::say;
use crate::statute::Row;
use crate::statute::prose::Fact;
use crate::text::{Span, TextEdit};

/// Declares one comparison: what facts it is about, and what its page says besides what all of them say.
macro_rules! comparison {
    (
        static $rule:ident;
        code: $code:literal,
        name: $name:literal,
        severity: $severity:ident,
        facts: $facts:pat,
        title: [$title_zh:literal, $title_en:literal],
        checks: [$checks_zh:literal, $checks_en:literal],
        fires: [$fires_zh:literal, $fires_en:literal],
        silent: [$silent_zh:literal, $silent_en:literal],
        $(also: $also:ident,)?
    ) => {
        rule! {
            static $rule;
            code: $code,
            name: $name,
            severity: $severity,
            reads: BOTH,
            title: [$title_zh, $title_en],
            checks: [
                concat!(
                    $checks_zh,
                    "\n\n写明是别的年度、累计数、约数、增减数、引文或《》内的数字不核对；范围更窄的（如“网上收到”）不核对；统计范围与本报告不同的（如部门报告中的“全市”）只作提示。"
                ),
                concat!(
                    $checks_en,
                    "\n\nFigures of another year, cumulative, approximate or planned figures, changes and quotations are not compared, nor are figures of something narrower (received online). If the text has another scope than the report (the whole city, in a department’s report), the finding is information."
                ),
            ],
            basis: [
                "正文与表格统计的是同一事项，同一年度的数字应当一致；审核时逐项对照。",
                "Text and table count the same things in the same year, and reviewers compare them one by one.",
            ],
            example: [
                concat!("不符：", $fires_zh, "\n\n相符：", $silent_zh),
                concat!("Fires: ", $fires_en, "\n\nSilent: ", $silent_en),
            ],
            fix: [
                "正文与表格何者有误须由填报人核对：提供“改正文”和“改表格”两种改法，均不自动采用。",
                "Only the records show which of the two is wrong: both changes are offered, both are unsafe.",
            ],
            check: |context, findings| {
                narrative::compare(context, &$rule, findings, |fact| matches!(fact, $facts));
                $($also(context, findings);)?
            },
        }
    };
}

comparison! {
    static RECEIVED;
    code: "GK401",
    name: "received",
    severity: Error,
    facts: Fact::Received | Fact::Accepted | Fact::InHand | Fact::ReceivedAndAnswered,
    title: ["正文的收到申请数与表三不符", "Applications received: text and table differ"],
    checks: ["正文所述本年收到（受理、新收、接到）政府信息公开申请的件数，应等于表三“本年新收”的总计；包含上年结转的，等于两项之和。“未收到”即为 0。", "The number of applications that the text says were received or accepted equals the total of the first row of Table 3, or that of the first two rows together. None received is 0."],
    fires: ["正文“收到政府信息公开申请5件”，表三本年新收总计为 4。", "`收到政府信息公开申请5件` where Table 3 has 4."],
    silent: ["正文“收到政府信息公开申请4件”。", "`收到政府信息公开申请4件`."],
}

comparison! {
    static ANSWERED;
    code: "GK402",
    name: "answered",
    severity: Error,
    facts: Fact::Handled | Fact::Processed,
    title: ["正文的办结答复数与表三不符", "Applications answered: text and table differ"],
    checks: ["正文所述答复、办结政府信息公开申请的件数，应等于表三办理结果“总计”行的总计（只统计本年新收的，为扣除上年结转后的数）。", "The number of applications that the text says were answered equals the total of the outcomes in Table 3 (or, of those received this year alone, that less those carried over)."],
    fires: ["正文“答复4件”，表三办理结果总计为 3。", "`答复4件` where the outcomes of Table 3 make 3."],
    silent: ["正文“答复3件”。", "`答复3件`."],
}

comparison! {
    static CARRIED;
    code: "GK403",
    name: "carried",
    severity: Error,
    facts: Fact::CarriedIn | Fact::CarriedOut | Fact::Carried,
    title: ["正文的结转数与表三不符", "Applications carried over: text and table differ"],
    checks: ["正文所述结转下年度的件数应等于表三“结转下年度继续办理”的总计；上年结转的件数应等于“上年结转”的总计。只写“结转”的，符合其一即可。写明结转到哪一年、从哪一年结转的，应为报告年度的下一年、上一年。", "The number of applications that the text says are carried over to next year equals the last row of Table 3; of those carried over from last year, the second row. If the text does not say which, either will do. A year that it names must be the next one, or the one before."],
    fires: ["正文“结转下年度2件”，表三为 1。", "`结转下年度2件` where Table 3 has 1."],
    silent: ["正文“结转下年度1件”。", "`结转下年度1件`."],
    also: carried_years,
}

comparison! {
    static OUTCOME;
    code: "GK404",
    name: "outcome",
    severity: Error,
    facts: Fact::Ended(_),
    title: ["正文的办理结果与表三不符", "Outcomes: text and table differ"],
    checks: ["正文所述予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，应等于表三相应行（或该类各行）的总计。", "The number of applications that the text gives for an outcome equals the total of its row in Table 3, or of the rows of its group together."],
    fires: ["正文“予以公开2件”，表三为 3。", "`予以公开2件` where Table 3 has 3."],
    silent: ["正文“予以公开3件”。", "`予以公开3件`."],
}

comparison! {
    static REVIEW;
    code: "GK405",
    name: "review",
    severity: Error,
    facts: Fact::Review(_) | Fact::Cases(_),
    title: ["正文的行政复议数与表四不符", "Reviews: text and table differ"],
    checks: ["正文所述因政府信息公开被申请行政复议的件数及其结果，应等于表四“行政复议”各栏。作为复议机关办理的案件不在此列。", "The number of administrative reviews over disclosure in the text, and their results, equal the columns of Table 4. Cases that the body decides as a review office do not count."],
    fires: ["正文“被申请行政复议2件”，表四为 1。", "`被申请行政复议2件` where Table 4 has 1."],
    silent: ["正文“被申请行政复议1件”。", "`被申请行政复议1件`."],
}

comparison! {
    static LITIGATION;
    code: "GK406",
    name: "litigation",
    severity: Error,
    facts: Fact::Litigation(_) | Fact::DirectSuit(_) | Fact::SuitAfterReview(_),
    title: ["正文的行政诉讼数与表四不符", "Litigation: text and table differ"],
    checks: ["正文所述因政府信息公开被提起行政诉讼的件数及其结果，应等于表四“未经复议直接起诉”与“复议后起诉”两类之和；分别说明的，等于各自的数。", "The number of cases before a court over disclosure in the text, and their results, equal both kinds in Table 4 together, or the kind that is named."],
    fires: ["正文“行政诉讼2件”，表四两类合计为 0。", "`行政诉讼2件` where both kinds in Table 4 make 0."],
    silent: ["正文“行政诉讼0件”或“未发生行政诉讼”。", "`行政诉讼0件`."],
}

comparison! {
    static LICENCE;
    code: "GK407",
    name: "licence",
    severity: Error,
    facts: Fact::Decisions(Row::Licences),
    title: ["正文的行政许可数与表二不符", "Administrative licences: text and table differ"],
    checks: ["正文所述本年办理、作出的行政许可决定件数，应等于表二“行政许可”的处理决定数量。公示、公开的行政许可信息条数和事项清单的项数不在此列。", "The number of administrative licences that the text says were decided equals the number of decisions in Table 2. Figures of published information, and of items in a list, do not count."],
    fires: ["正文“作出行政许可决定5件”，表二为 0。", "`作出行政许可决定5件` where Table 2 has 0."],
    silent: ["正文“公示行政许可信息5条”。", "`公示行政许可信息5条`."],
}

comparison! {
    static PENALTY;
    code: "GK408",
    name: "penalty",
    severity: Error,
    facts: Fact::Decisions(Row::Penalties),
    title: ["正文的行政处罚数与表二不符", "Administrative penalties: text and table differ"],
    checks: ["正文所述本年办理、作出的行政处罚决定件数，应等于表二“行政处罚”的处理决定数量。公示、公开的行政处罚信息条数和事项清单的项数不在此列。", "The number of administrative penalties that the text says were decided equals the number of decisions in Table 2. Figures of published information, and of items in a list, do not count."],
    fires: ["正文“作出行政处罚决定5件”，表二为 0。", "`作出行政处罚决定5件` where Table 2 has 0."],
    silent: ["正文“公示行政处罚信息5条”。", "`公示行政处罚信息5条`."],
}

comparison! {
    static COERCION;
    code: "GK409",
    name: "coercion",
    severity: Error,
    facts: Fact::Decisions(Row::Coercion),
    title: ["正文的行政强制数与表二不符", "Administrative coercive measures: text and table differ"],
    checks: ["正文所述本年办理、作出的行政强制决定件数，应等于表二“行政强制”的处理决定数量。公示、公开的行政强制信息条数和事项清单的项数不在此列。", "The number of administrative coercive measures that the text says were decided equals the number of decisions in Table 2. Figures of published information, and of items in a list, do not count."],
    fires: ["正文“作出行政强制决定5件”，表二为 0。", "`作出行政强制决定5件` where Table 2 has 0."],
    silent: ["正文“公示行政强制信息5条”。", "`公示行政强制信息5条`."],
}

comparison! {
    static DOCUMENTS;
    code: "GK410",
    name: "documents",
    severity: Warning,
    facts: Fact::Issued(_) | Fact::Repealed(_) | Fact::InForce(_),
    title: ["正文的文件制发数与表二不符", "Rules and normative documents: text and table differ"],
    checks: ["正文所述制发、废止、现行有效的规章和行政规范性文件件数，应等于表二相应栏。政策性文件、规章制度不是规范性文件，不在此列。", "The number of rules or normative documents that the text says were issued, repealed or are in force equals its column in Table 2. Policy papers and internal rules do not count."],
    fires: ["正文“制发行政规范性文件3件”，表二为 1。", "`制发行政规范性文件3件` where Table 2 has 1."],
    silent: ["正文“制发行政规范性文件1件，印发政策性文件3件”。", "`印发政策性文件3件`."],
}

/// Figures carried over from or into a year that is not next to the report's.
fn carried_years(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some((year, stated)) = context.report.year else { return };
    for statement in &context.report.statements {
        findings.extend(of_another_year(context, statement, year, stated));
    }
}

/// 结转至2024年 in a report for 2022: applications go on into the next year, and come from the year before.
fn of_another_year(context: &Context<'_>, statement: &Statement, year: u16, stated: Span) -> Option<Finding> {
    let language = context.language;
    statement.count()?;
    let (named, due) = match (statement.fact?, statement.to_year, statement.from_year) {
        (Fact::CarriedOut, Some(named), _) if named != year + 1 => (named, year + 1),
        // 2022年结转 may be said of what this year leaves.
        (Fact::Carried | Fact::CarriedIn, None, Some(named)) if named.abs_diff(year) > 1 => (named, year - 1),
        _ => return None,
    };
    let place = Span::new(statement.sentence.start, statement.span.end);
    let written = named.to_string();
    let at = context.text(place).rfind(&written).map(|at| place.start + at);
    let span = at.map_or(statement.span, |at| Span::new(at, at + written.len()));
    let message = say!(
        language,
        "这是 {year} 年度的报告，结转的年度应为 {due} 年，现写 {named} 年",
        "This is the report for {year}: what is carried over should name {due}, but names {named}"
    );
    let related = Related { span: stated, message: say!(language, "报告年度 {year}", "The report is for {year}") };
    let fix = Fix::doubtful(
        say!(language, "将 {named} 改为 {due}", "Change {named} to {due}"),
        vec![TextEdit { span, content: due.to_string() }],
    );
    let finding = Finding::new(&CARRIED, span, message).related([related]);
    Some(if at.is_some() { finding.fix(fix) } else { finding })
}

#[cfg(test)]
mod tests;
