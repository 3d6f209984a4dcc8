//! GK130 scope: the preamble says that the report covers another scope than its title.

use crate::rules::support::context::Context;
use crate::rules::{Finding, WORDS};
use crate::say;
use crate::statute::BodyKind;
use crate::text::Span;

rule! {
    code: "GK130",
    name: "scope",
    severity: Info,
    reads: WORDS,
    title: ["报告范围与标题不符", "The scope is not that of the title"],
    checks: [
        "标题是一个地区（政府）的，引言却说数据只是办公室的；或者标题是政府办公室的，引言却说汇总了全地区的情况。",
        "Whether the title is that of a region (its government) while the preamble states that the figures are only those of its office, or the title is that of the office while the preamble states that the report sums up the region.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条：各级人民政府的年度报告反映本地区的工作，部门的反映本机关的工作；范围不清，数据无从核对和汇总。",
        "Article 49 of the Regulation: a government reports on its region, a department on itself. Without a clear scope no figure can be checked or added up.",
    ],
    example: [
        "\
不符：标题为“云岭县人民政府2023年……”，引言写“本报告所列数据仅为县政府办公室的数据”。

相符：标题为“云岭县人民政府办公室2023年……”。",
        "\
Fires: the title is `云岭县人民政府2023年…`, the preamble says `本报告所列数据仅为县政府办公室的数据`.

Silent: the title is `云岭县人民政府办公室2023年…`.",
    ],
    fix: [
        "由填报人改标题或者改引言，不自动修正。",
        "The author has to change the title or the preamble; there is no automatic fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let Some(body) = context.report.body() else { return };
    let (scope, message) = match body.kind() {
        BodyKind::Region => (
            office_alone as fn(&str) -> Option<Span>,
            say!(
                language,
                "标题是一个地区的报告，这里却说只是办公室的数据；请核对报告的范围",
                "The title is that of a region, but the text here says that the figures are those of its office alone: check the scope of the report"
            ),
        ),
        BodyKind::Office => (
            whole_region as fn(&str) -> Option<Span>,
            say!(
                language,
                "标题是政府办公室的报告，这里却说汇总了全地区的情况；请核对报告的范围",
                "The title is that of the office, but the text here says that the report sums up the region: check the scope of the report"
            ),
        ),
        _ => return,
    };
    let found = context.preamble().iter().find_map(|passage| scope(&passage.text).map(|span| passage.place(span)));
    findings.extend(found.map(|span| Finding::new(&RULE, span, message)));
}

/// The clauses of `text`, each with where it starts.
fn clauses(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(['，', '。', '；', ',', ';', '\n']).map(move |clause| {
        let start = at;
        at += clause.len();
        (start, clause)
    })
}

/// Words for what a report says.
const CONTENT: &[&str] = &["数据", "本报告", "本年报", "本年度报告", "统计范围", "统计口径", "反映"];

/// The clause that says that the report is about an office alone: `本报告数据仅为市政府办公室的数据`.
fn office_alone(text: &str) -> Option<Span> {
    clauses(text).find_map(|(start, clause)| {
        let office = ["办公室", "办公厅", "政府办", "区府办", "县府办", "市府办"];
        let at = office.iter().filter_map(|word| clause.find(word)).min()?;
        let only = ["仅", "只"].iter().filter_map(|word| clause.find(word)).min()?;
        if clause.get(..only)?.ends_with('不') {
            return None;
        }
        let near = only < at && clause.get(only..at)?.chars().count() <= 16;
        let about = CONTENT.iter().any(|word| clause.contains(word))
            && !["联系", "下载", "咨询"].iter().any(|word| clause.contains(word));
        (near && about).then(|| trimmed(start, clause))
    })
}

/// The clause that says that the report sums up a region: `汇总全市各级行政机关…编制`.
fn whole_region(text: &str) -> Option<Span> {
    clauses(text).find_map(|(start, clause)| {
        let sums = ["汇总", "综合"].iter().filter_map(|word| clause.find(word)).min()?;
        let of_all = [
            "全市",
            "全县",
            "全区",
            "全省",
            "全州",
            "各县",
            "各区",
            "各乡镇",
            "各镇",
            "各部门",
            "各单位",
            "各级行政机关",
        ];
        let all = of_all.iter().filter_map(|word| clause.get(sums..)?.find(word)).min()?;
        let made = ["编制", "而成", "形成", "情况"].iter().any(|word| clause.contains(word));
        (made && all <= 60).then(|| trimmed(start, clause))
    })
}

fn trimmed(start: usize, clause: &str) -> Span {
    let text = clause.trim_end_matches(['，', '。', '；', ',', ';', '\n', '\r', ' ']);
    let skipped = text.len() - text.trim_start().len();
    Span::new(start + skipped, start + text.len())
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn another_scope() {
        let sentence = "⟦本报告只反映县人民政府办公室的工作⟧，不含各部门。";
        reports("GK130", Severity::Info, &opening_with("云岭县", sentence));
    }

    #[test]
    fn the_scope_of_the_title() {
        for (body, sentence) in [
            ("云岭县人民政府", "本报告由县政府办公室编制，不仅在网站公布。"),
            ("云岭县人民政府", "本报告不仅反映县政府办公室的工作，也反映各部门的工作。"),
            ("云岭市档案局", "本报告汇总全市各单位情况编制而成。"),
            ("云岭县人民政府办公室", "根据条例和各级要求编制。"),
        ] {
            silent("GK130", &opening_with(body, sentence));
        }
    }
}
