//! GK508 member-missing: a member of the region has no report.

use crate::config::{Language, Settings};
use crate::report::Facets;
use crate::rules::Finding;
use crate::rules::support::context::Context;
use crate::say;
use crate::text::Span;

rule! {
    code: "GK508",
    name: "member-missing",
    severity: Info,
    reads: Facets::TITLE.and(Facets::YEAR).and(Facets::HEADINGS).and(Facets::OTHERS),
    title: ["有成员单位缺报告", "A member has no report"],
    checks: [
        "`gongkai.toml` 的 `[region]` 指明了成员时：上年度有报告而本年度没有的成员。有汇总报告的，提示在其标题处；没有的，提示在 `gongkai.toml` 的 `members` 处。`members` 中没有通配符而找不到文件的路径也在此提示。一个年度的成员报告一份也没有时不提示。",
        "When `[region]` in `gongkai.toml` names members: members that have a report for the year before and none for this year. The finding is at the title of the region's own report, or at `members` in `gongkai.toml` if there is none. A path among `members` without wildcards that leads to no file is reported too. A year without any member's report is skipped.",
    ],
    basis: [
        "《中华人民共和国政府信息公开条例》第四十九条第一款：县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作年度报告并向社会公布。",
        "Article 49 of the Regulation: each body hands in and publishes its report by 31 January.",
    ],
    example: [
        "\
不符：2022 年有 60 个成员的报告，2023 年只有 59 个。

相符：两年的成员相同；机构撤并的可列入 `exclude`。",
        "\
Fires: 60 members have a report for 2022, 59 for 2023.

Silent: the members are the same in both years; bodies that were merged can be put into `exclude`.",
    ],
    fix: [
        "催报，或将撤并的机构列入 `[region]` 的 `exclude`。",
        "Request the report, or add a body that no longer exists to `exclude` of `[region]`.",
    ],
    configuration: [
        "汇总关系见 `[region]`。同一单位的报告按（单位、年度）识别：标题，其次文件名，或 `gongkai.toml` 的 `[[report]]`。",
        "See `[region]`. Reports are matched by body and year: from the title, else from the name of the file, or from `[[report]]` in `gongkai.toml`.",
    ],
}

/// The largest number of names in a message.
const SHOWN: usize = 8;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(members) = &context.neighbours.members else { return };
    if members.count == 0 || members.missing.is_empty() {
        return;
    }
    let report = context.report;
    let title = report.title.as_ref().map(|title| title.span);
    let place = title.or(report.sections.first().map(|heading| heading.span)).unwrap_or_default();
    findings.push(Finding::new(&RULE, place, message(context.neighbours.year, &members.missing, context.language)));
}

/// The finding at `span` of a configuration that names members: these have no report for `year`.
pub(in crate::rules) fn of_configuration(span: Span, year: u16, missing: &[String], settings: &Settings) -> Finding {
    severe(Finding::new(&RULE, span, message(year, missing, settings.language)), settings)
}

/// The finding at `span` of a configuration, a path of a member that leads to no report.
pub(in crate::rules) fn of_path(span: Span, path: &str, settings: &Settings) -> Finding {
    let message = say!(
        settings.language,
        "成员“{path}”没有找到报告；请催报，或核对路径",
        "no report was found for the member `{path}`: ask for it, or check the path"
    );
    severe(Finding::new(&RULE, span, message), settings)
}

fn severe(mut finding: Finding, settings: &Settings) -> Finding {
    let set = settings.severity_of(RULE.meta.code, RULE.meta.name);
    finding.severity = set.unwrap_or(finding.severity);
    finding
}

fn message(year: u16, missing: &[String], language: Language) -> String {
    let count = missing.len();
    let names = missing.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(&say!(language, "、", ", "));
    let more = match count.checked_sub(SHOWN) {
        Some(more @ 1..) => say!(language, "等（另有 {more} 个）", " and {more} more"),
        _ => String::new(),
    };
    say!(
        language,
        "有 {count} 个成员单位上年有报告，而没有{year}年报告：{names}{more}",
        "{count} members had a report last year and have none for {year}: {names}{more}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;
    use crate::rules::support::testing::*;
    use crate::rules::{Members, Neighbours};
    use std::sync::Arc;

    fn beside(count: usize, missing: &[&str]) -> Neighbours {
        let missing = missing.iter().map(|name| (*name).to_owned()).collect();
        Neighbours { members: Some(Arc::new(Members { count, missing, ..Members::default() })), ..last_years(&[]) }
    }

    #[test]
    fn members_without_a_report() {
        let marked = report(2022).replacen(
            "云岭市档案局2022年政府信息公开工作年度报告",
            "⟦云岭市档案局2022年政府信息公开工作年度报告⟧",
            1,
        );
        reports_beside("GK508", Severity::Info, &beside(3, &["云岭市体育局"]), &marked);
        silent_beside("GK508", &beside(3, &[]), &report(2022));
        silent_beside("GK508", &beside(0, &["云岭市体育局"]), &report(2022));
    }

    #[test]
    fn many_are_counted() {
        let names: Vec<String> = (0..12).map(|n| format!("第{n}局")).collect();
        let said = message(2022, &names, Language::Chinese);
        assert!(said.starts_with("有 12 个成员单位") && said.ends_with("等（另有 4 个）"), "{said}");
    }
}
