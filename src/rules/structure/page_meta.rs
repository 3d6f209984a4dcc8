//! GK129 page-meta: the page says something else of the report than the report itself.

use crate::config::MonthDay;
use crate::report::{Facets, Page};
use crate::rules::structure::date_late::{is_dated_late, lateness};
use crate::rules::support::context::Context;
use crate::rules::{Finding, Related, Severity, WORDS};
use crate::say;
use crate::statute::Body;
use crate::text::fold;

rule! {
    code: "GK129",
    name: "page-meta",
    severity: Warning,
    reads: WORDS.and(Facets::YEAR),
    title: ["网页信息与报告不符", "The metadata of the page differ from the report"],
    checks: [
        "网页（HTML）头部的 `PubDate` 是否在期限之内，`ArticleTitle` 是否与报告的标题一致，`ContentSource` 是否另一个机关。由机关名称不能确定级别的发布日期、只差“年度”一字的标题和来源，作提示。报告落款已经逾期的，不重复提示发布日期。",
        "In HTML, whether `PubDate` is after the day due, `ArticleTitle` differs from the report’s title, and `ContentSource` from its body. A date that is late only at one of the possible levels of the body, a title that differs only in 年度, and the source are information. If the report itself is dated late, its publication is not a second finding.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条规定的期限以公布为准；标题、来源是检索和归集年度报告的依据。",
        "Article 49 of the Regulation sets days for publication; reports are searched for and collected by their title and source.",
    ],
    example: [
        "\
不符：县档案局 2022 年的报告，`<meta name=\"PubDate\" content=\"2023-02-20\">`。

相符：`2023-01-20`。",
        "\
Fires: the report of a county’s archive office for 2022 has `<meta name=\"PubDate\" content=\"2023-02-20\">`.

Silent: `2023-01-20`.",
    ],
    fix: [
        "在网站后台改正，不自动修正。",
        "Correct it in the site’s system; there is no automatic fix.",
    ],
    configuration: [
        "期限与 GK123 相同，由 `[dates]` 设定。",
        "The days are those of GK123, set in `[dates]`.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(page) = &context.report.page else { return };
    findings.extend(published(context, page));
    findings.extend(title(context, page));
    findings.extend(source(context, page));
}

/// The finding that the page was published late.
fn published(context: &Context<'_>, page: &Page) -> Option<Finding> {
    let language = context.language;
    let said = page.published.as_ref()?;
    let (year, _) = context.report.year?;
    let mut numbers = said.text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let published: u16 = numbers.next()?.parse().ok()?;
    let date = MonthDay::new(numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?)?;
    let late = lateness((published, date), year, context.report.body().as_deref(), context.settings.days_due())?;
    if is_dated_late(context, year) {
        return None;
    }
    let shown = said.text.as_str();
    let dated = say!(language, "网页的发布日期为“{shown}”", "the page was published on “{shown}”");
    let finding = Finding::new(&RULE, said.span, late.message(year, &dated, language));
    Some(if late.is_certain { finding } else { finding.severity(Severity::Info) })
}

/// The finding that the page has another title for the report.
fn title(context: &Context<'_>, page: &Page) -> Option<Finding> {
    let language = context.language;
    let said = page.title.as_ref()?;
    let title = context.report.title.as_ref()?;
    // A title may be split over lines, with the name of the body in the line above.
    let above = title.body.as_ref().map(|(_, span)| *span).filter(|span| span.end <= title.span.start);
    let own = above.map_or(title.span, |above| above.cover(title.span));
    let (written, own_title) = (fold(&said.text), fold(context.text(own)));
    // The names of the column and of the site may follow it.
    if written.is_empty() || written.contains(&own_title) || own_title.contains(&written) {
        return None;
    }
    let without = |title: &str| title.replace("年度", "年");
    let severity = if without(&written).contains(&without(&own_title)) { Severity::Info } else { Severity::Warning };
    let (shown, other) = (said.text.as_str(), context.text(title.span).trim());
    let message = say!(
        language,
        "网页标题“{shown}”与报告的标题“{other}”不一致",
        "The page calls this “{shown}”, the report itself “{other}”"
    );
    let there = Related { span: title.span, message: say!(language, "报告的标题", "The title of the report") };
    Some(Finding::new(&RULE, said.span, message).severity(severity).related([there]))
}

/// Words in the name of the operator of a site.
const SITES: &[&str] = &["网", "信息中心", "数据", "融媒体", "新闻", "党工委", "信息公开"];

/// The finding that the page names another body as its source.
fn source(context: &Context<'_>, page: &Page) -> Option<Finding> {
    let language = context.language;
    let said = page.source.as_ref()?;
    let own = context.report.body().filter(|body| body.places().next().is_some())?;
    let other = Body::of(&said.text);
    let may_be = !other.is_named_in_full()
        || other.shares_name(&own)
        || other.may_be_above(&own)
        || SITES.iter().any(|word| said.text.contains(word));
    if may_be {
        return None;
    }
    let shown = said.text.as_str();
    let message = say!(
        language,
        "网页的来源“{shown}”不是报告的机关，请核对",
        "The page has this from “{shown}”, which is not the body of the report; please check"
    );
    Some(Finding::new(&RULE, said.span, message).severity(Severity::Info))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    /// A page with the sample report for `body`, dated in time, and these lines in its head.
    fn page(body: &str, head: &str) -> String {
        let text = report(2022).replace("云岭市档案局", body);
        let lines = text.lines().filter(|line| !line.contains('|') && !line.is_empty());
        let lines: String = lines.map(|line| format!("<p>{line}</p>\n")).collect();
        format!("<html><head>{head}</head><body><div class=\"article\">\n{lines}</div></body></html>")
    }

    fn meta(name: &str, content: &str) -> String {
        format!("<meta name=\"{name}\" content=\"{content}\"/>")
    }

    #[test]
    fn published_late() {
        let late = |day: &str| meta("PubDate", &format!("⟦{day}⟧"));
        reports("GK129", Severity::Warning, &page("云岭市档案局", &late("2023-02-20 10:00")));
        reports("GK129", Severity::Warning, &page("云岭县人民政府", &late("2023/2/21")));
        reports("GK129", Severity::Info, &page("云岭市人民政府", &late("2023-02-21")));
        for (body, day) in
            [("云岭市档案局", "2023-01-31 23:59"), ("云岭县人民政府", "2023-02-20"), ("云岭市档案局", "昨日")]
        {
            silent("GK129", &page(body, &meta("PubDate", day)));
        }
        // The report says so itself.
        let dated = page("云岭市档案局", &meta("PubDate", "2023-02-20")).replace("2023年1月20日", "2023年2月20日");
        silent("GK129", &dated);
    }

    #[test]
    fn another_title() {
        let titled = |title: &str| page("云岭市档案局", &meta("ArticleTitle", title));
        reports("GK129", Severity::Warning, &titled("⟦云岭市财政局2022年政府信息公开工作年度报告⟧"));
        reports("GK129", Severity::Warning, &titled("⟦云岭市档案局2021年政府信息公开工作年度报告⟧"));
        reports("GK129", Severity::Info, &titled("⟦云岭市档案局2022年度政府信息公开工作年度报告⟧"));
        for title in [
            "云岭市档案局2022年政府信息公开工作年度报告",
            "云岭市档案局 2022年政府信息公开工作年度报告_信息公开年报_云岭市人民政府",
            "2022年政府信息公开工作年度报告",
            "",
        ] {
            silent("GK129", &titled(title));
        }
    }

    #[test]
    fn another_source() {
        let from = |body: &str, source: &str| page(body, &meta("ContentSource", source));
        reports("GK129", Severity::Info, &from("云岭县档案局", "⟦白山县财政局⟧"));
        for (body, source) in [
            ("云岭县档案局", "云岭县人民政府办公室"),
            ("青河县档案局", "云岭市人民政府"),
            ("云岭县档案局", "本网"),
            ("云岭县档案局", "县档案局"),
            ("云岭县档案局", "白山县人民政府网"),
        ] {
            silent("GK129", &from(body, source));
        }
    }
}
