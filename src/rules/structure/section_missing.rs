//! GK103 section-missing: a section is missing.

use crate::report::Facets;
use crate::report::page_writer::{NewPart, Side};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::rewrite;
use crate::rules::{Finding, Fix};
use crate::say;
use crate::statute::{Edition, Section, TableKind};
use crate::text::{Span, TextEdit};

rule! {
    code: "GK103",
    name: "section-missing",
    severity: Error,
    reads: Facets::LABELS.and(Facets::TITLE).and(Facets::HEADINGS).and(Facets::MARKS),
    title: ["缺少法定章节", "A section is missing"],
    checks: [
        "年度报告应有的六个部分是否齐全：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。",
        "Whether the report has all six sections.",
    ],
    basis: [
        "《政府信息公开条例》第五十条规定了年度报告应当包括的内容；国办公开办函〔2021〕30号规定了六个部分的格式。",
        "Article 50 of the Regulation lists the content of a report; 国办公开办函〔2021〕30号 prescribes the six sections.",
    ],
    example: [
        "\
不符：第四部分之后直接是“六、其他需要报告的事项”。

相符：六个标题齐全，没有内容的部分写明情况。",
        "\
Fires: section 四 is followed by `六、其他需要报告的事项`.

Silent: all six headings are there.",
    ],
    fix: [
        "在应有的位置插入标准标题，第二、三、四部分连同空白的表格一并插入，由填报人补写内容，不自动修正。缺少几个部分的，可以一次全部插入。",
        "\
The standard heading is inserted where it belongs, in sections 二, 三 and 四 with an empty table. Its content has to be written,
so the fix is unsafe. Where several sections are missing, one action inserts them all.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    // Tables alone are a draft of a part of a report, not a report without sections.
    if report.title.is_none() && report.sections.is_empty() {
        return;
    }
    for section in Section::ALL.into_iter().filter(|section| report.section(*section).is_none()) {
        let Some((span, before)) = place(context, section) else { continue };
        let language = context.language;
        let heading = section.heading();
        let message = match before {
            true => say!(language, "此处之前缺少“{heading}”这一部分", "The section “{heading}” is missing before this"),
            false => say!(language, "此处之后缺少“{heading}”这一部分", "The section “{heading}” is missing after this"),
        };
        let finding = Finding::new(&RULE, span, message);
        findings.push(match fix(context, section, span, before) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// The fix that inserts `section`, with an empty table if it has one and there is none: `before` the line of `span`, or
/// else at the end of the report.
fn fix(context: &Context<'_>, section: Section, span: Span, before: bool) -> Option<Fix> {
    // Pushed diagnostics only show whether there is a fix.
    if context.drafts {
        return Some(Fix { draft: true, ..Fix::doubtful(String::new(), Vec::new()) });
    }
    let (report, language, heading) = (context.report, context.language, section.heading());
    let kind = TableKind::ALL.into_iter().find(|kind| kind.section() == section && report.table(*kind).is_none());
    let edition = report.edition_due().or_else(|| report.tables.first().map(|table| table.spec.edition));
    let spec = kind.map(|kind| edition.unwrap_or(Edition::F2021).format().table(kind));
    let part = spec.filter(|_| context.page.is_some()).and_then(|spec| rewrite::blank_part(context, spec));
    let table = spec.filter(|_| context.page.is_none()).and_then(|spec| rewrite::blank(context, spec));
    let with_table = part.is_some() || table.is_some();
    let line = context.line_break();
    let text = match &table {
        Some(table) => format!("{heading}{line}{line}{table}{line}"),
        None => heading.clone(),
    };
    let message = match (before, kind.filter(|_| with_table).map(|kind| names::table(kind, language))) {
        (true, None) => say!(language, "在此之前插入标题“{heading}”", "Insert the heading “{heading}” before this"),
        (false, None) => say!(language, "在文末插入标题“{heading}”", "Insert the heading “{heading}” at the end"),
        (true, Some(name)) => say!(
            language,
            "在此之前插入“{heading}”和空白的{name}",
            "Insert “{heading}” with an empty {name} before this"
        ),
        (false, Some(name)) => {
            say!(language, "在文末插入“{heading}”和空白的{name}", "Insert “{heading}” with an empty {name} at the end")
        }
    };
    if let Some(page) = context.page {
        let parts: Vec<NewPart<'_>> = std::iter::once(NewPart::Heading(&heading)).chain(part).collect();
        let edit = match before {
            true => page.insert(span, Side::Before, &parts),
            false => page.insert(last_line(context)?, Side::After, &parts),
        };
        return Some(Fix::doubtful(message, vec![edit?]).of_source(true));
    }
    if before {
        return Some(Fix::doubtful(message, vec![context.line_before(span.start, &text)]));
    }
    let marks = context.heading_marks(span.start);
    let end = context.source.trim_end().len();
    let content = format!("{line}{line}{marks}{text}{}", if table.is_some() { "" } else { line });
    Some(Fix::doubtful(message, vec![TextEdit { span: Span::at(end), content }]))
}

/// The last line or table of the report.
fn last_line(context: &Context<'_>) -> Option<Span> {
    let report = context.report;
    let lines = report.paragraphs.iter().map(|line| line.span).chain(report.sections.iter().map(|line| line.span));
    let tables = report.tables.iter().map(|table| table.span);
    lines.chain(tables).chain(report.title.as_ref().map(|title| title.span)).max_by_key(|span| span.end)
}

/// The place at which a missing section is reported: before its table, else before the next section, else after the
/// last.
fn place(context: &Context<'_>, section: Section) -> Option<(Span, bool)> {
    let report = context.report;
    let table = TableKind::ALL.into_iter().find(|kind| kind.section() == section).and_then(|kind| report.table(kind));
    if let Some(table) = table {
        // The first label of the table is above its first row.
        let first = report.labels.iter().find(|label| label.table == Some(table.spec.kind));
        return Some((first.map_or(table.span, |label| label.span), true));
    }
    let known = || report.sections.iter().filter_map(|heading| Some((heading.section?.0, heading.span)));
    if let Some((_, span)) = known().find(|(other, _)| *other > section) {
        return Some((span, true));
    }
    let last = known().map(|(_, span)| span).next_back();
    last.or(report.title.as_ref().map(|title| title.span)).map(|span| (span, false))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn a_missing_section_is_reported_where_it_belongs() {
        let source = report(2022);
        let without = source.replace("五、存在的主要问题及改进情况\n", "");
        reports("GK103", Severity::Error, &without.replace("六、其他需要报告的事项", "⟦六、其他需要报告的事项⟧"));
        let without = source.replace("三、收到和处理政府信息公开申请情况\n", "");
        reports("GK103", Severity::Error, &without.replacen("申请人情况", "⟦申请人情况⟧", 1));
        let source = source.replace('\n', "\r\n");
        let without = source.replace("二、主动公开政府信息情况\r\n\r\n", "");
        offers("GK103", &without, &without.replacen("第二十条", "二、主动公开政府信息情况\r\n第二十条", 1));
    }

    #[test]
    fn other_names_and_tables_alone_are_no_missing_sections() {
        silent(
            "GK103",
            &report(2022).replace("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
        );
        silent(
            "GK103",
            &report(2022).replace(
                "四、政府信息公开行政复议、行政诉讼情况",
                "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            ),
        );
        silent("GK103", &report(2022).replace("一、总体情况", "一、总体公开情况及措施"));
        let tables = report(2022);
        let tables = &tables[tables.find("申请人情况").unwrap()..tables.find("四、政府").unwrap()];
        silent("GK103", tables);
    }

    #[test]
    fn without_a_title_too() {
        let source = report(2022).replace("云岭市档案局2022年政府信息公开工作年度报告\n\n", "");
        let without = source.replace("五、存在的主要问题及改进情况\n", "");
        reports("GK103", Severity::Error, &without.replace("六、其他需要报告的事项", "⟦六、其他需要报告的事项⟧"));
    }

    #[test]
    fn a_section_comes_with_its_table() {
        let source = report(2022);
        let (start, end) = (source.find("三、收到和处理").unwrap(), source.find("四、政府信息公开行政复议").unwrap());
        let without = format!("{}{}", &source[..start], &source[end..]);
        let found = findings("GK103", &without);
        let [finding] = found.as_slice() else { panic!("{found:#?}") };
        let fixed = crate::text::apply(&without, &finding.fixes[0].edits);
        for code in ["GK103", "GK106", "GK113", "GK114", "GK116", "GK118"] {
            silent(code, &fixed);
        }
    }

    #[test]
    fn the_last_sections_go_to_the_end() {
        let source = report(2022);
        let without = format!("{}\n", source[..source.find("五、存在").unwrap()].trim_end());
        let found = findings("GK103", &without);
        assert_eq!(found.len(), 2, "{found:#?}");
        // The last one first: both go to the same place.
        let fixed =
            found.iter().rev().fold(without, |text, finding| crate::text::apply(&text, &finding.fixes[0].edits));
        assert!(
            fixed.contains("\n\n五、存在的主要问题及改进情况\n") && fixed.contains("\n\n六、其他需要报告的事项\n"),
            "{fixed}"
        );
        silent("GK103", &fixed);
        let title = "云岭市档案局2022年政府信息公开工作年度报告\n一、总体情况\n\n无。\n";
        assert_eq!(findings("GK103", title).iter().filter(|finding| finding.fixes.len() == 1).count(), 5);
    }

    #[test]
    fn the_heading_goes_before_the_next_section() {
        let source = report(2022).replace("五、存在的主要问题及改进情况\n\n", "");
        offers("GK103", &source, &source.replace("六、其他", "五、存在的主要问题及改进情况\n六、其他"));
    }
}
