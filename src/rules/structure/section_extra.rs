//! GK107 section-extra: a section that is none of the six.

use crate::report::{Facets, SectionHeading};
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, WORDS};
use crate::say;
use crate::statute::{Section, ordinal, subsection_number};
use crate::text::{Span, TextEdit};

rule! {
    code: "GK107",
    name: "section-extra",
    severity: Warning,
    reads: WORDS.and(Facets::MARKS),
    title: ["有规定以外的章节", "A section is not one of the six"],
    checks: [
        "除规定的六个部分外，是否另有同一层级的标题。",
        "Whether there are top-level headings other than the six sections.",
    ],
    basis: [
        "国办公开办函〔2021〕30号：年度报告内容严格按照条例第五十条的规定确定，“不能遗漏，也不宜泛化”。",
        "国办公开办函〔2021〕30号: the content is that of Article 50, nothing left out, and not widened either (`不能遗漏，也不宜泛化`).",
    ],
    example: [
        "\
不符：“四、存在的主要问题及改进情况”之后另有“五、改进措施”。

相符：写成该部分之下的“（二）改进措施”。",
        "\
Fires: `五、改进措施` after `四、存在的主要问题及改进情况`.

Silent: it is `（二）改进措施` inside that section.",
    ],
    fix: [
        "降为前一部分之下的“（二）……”，需结合上下文，不自动修正。",
        "The heading becomes a sub-heading of the section before it. The context has to be reviewed, so the fix is unsafe.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let known: Vec<(Section, usize)> =
        report.sections.iter().filter_map(|heading| Some((heading.section?.0, heading.span.start))).collect();
    let mut lines = report.paragraphs.iter().map(|line| line.span).peekable();
    let mut before: Option<&SectionHeading> = None;
    // The highest number of a sub-heading of the section before.
    let mut used = None;
    for heading in &report.sections {
        while let Some(line) = lines.next_if(|line| line.start < heading.span.start) {
            used = used.max(subsection_number(context.text(line)).map(|(number, _)| number));
        }
        if heading.section.is_some() {
            before = Some(heading);
            used = None;
            continue;
        }
        if stands_for_a_missing_section(&known, heading) {
            continue;
        }
        let name = context.text(heading.name);
        let Some(before) = before else {
            let message = say!(
                language,
                "“{name}”不是年度报告规定的六个部分之一，应并入相应的部分",
                "“{name}” is not one of the six sections of the report: move it into one of them"
            );
            findings.push(Finding::new(&RULE, heading.span, message));
            continue;
        };
        // By the number it should have, where GK104 reports that its own is wrong.
        let other = match before.section {
            Some((section, _)) => format!("{}、{}", ordinal(section.number()), context.text(before.name).trim()),
            None => context.text(before.span).trim().to_owned(),
        };
        let message = say!(
            language,
            "“{name}”不是年度报告规定的六个部分之一，应作为“{other}”之下的一项",
            "“{name}” is not one of the six sections of the report: make it an item of “{other}”"
        );
        findings.push(Finding::new(&RULE, heading.span, message).fix(demote(context, before, heading, used)));
    }
}

/// Whether `heading` has the number and the place of a section that is missing: that is one finding already. `known`
/// are the sections that are there, and where they start.
fn stands_for_a_missing_section(known: &[(Section, usize)], heading: &SectionHeading) -> bool {
    let Some((number, _)) = heading.ordinal else { return false };
    let Some(section) = Section::ALL.into_iter().find(|section| section.number() == number) else { return false };
    known.iter().all(|(other, start)| *other != section && (*other < section) == (*start < heading.span.start))
}

/// Makes `heading` a sub-heading of `before`, whose sub-headings are numbered up to `used`.
fn demote(context: &Context<'_>, before: &SectionHeading, heading: &SectionHeading, used: Option<u8>) -> Fix {
    let mut edits = Vec::new();
    let number = match used {
        Some(used) => used.saturating_add(1),
        // The section before it becomes the first of the two.
        None => {
            let name = match before.section {
                // 存在的主要问题 of 存在的主要问题及改进情况
                Some((Section::Problems, _)) => Section::Problems.name().split('及').next().unwrap_or_default(),
                _ => "有关情况",
            };
            edits.push(context.line_after(before.span.end, &format!("（一）{name}")));
            2
        }
    };
    let due = format!("（{}）", ordinal(number));
    let start = heading.ordinal.map_or(heading.name.start, |(_, span)| span.start);
    edits.push(TextEdit { span: Span::new(start, heading.name.start), content: due.clone() });
    let message = say!(context.language, "降为前一部分之下的“{due}”", "Make it {due} of the section before");
    Fix::doubtful(message, edits)
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    #[test]
    fn a_section_too_many() {
        let source = report(2022);
        let more = source.replace("六、其他", "⟦六、改进措施⟧\n加强公开。\n七、其他");
        reports("GK107", Severity::Warning, &more);
        reports("GK107", Severity::Warning, &source.replace("六、其他", "⟦五、改进措施⟧\n加强公开。\n六、其他"));
        reports("GK107", Severity::Warning, &format!("{source}⟦七、附件⟧\n附件若干。\n"));
        offers(
            "GK107",
            &source.replace("六、其他", "五、改进措施\n加强公开。\n六、其他"),
            &source
                .replace("改进情况\n\n存在", "改进情况\n（一）存在的主要问题\n\n存在")
                .replace("六、其他", "（二）改进措施\n加强公开。\n六、其他"),
        );
        offers(
            "GK107",
            &source.replace("六、其他", "（一）问题\n五、改进措施\n加强公开。\n六、其他"),
            &source.replace("六、其他", "（一）问题\n（二）改进措施\n加强公开。\n六、其他"),
        );
    }

    #[test]
    fn the_six_sections_and_what_is_counted_inside_them() {
        let source = report(2022);
        silent("GK107", &source.replace("存在的主要问题是", "一、存在的问题\n二、改进措施\n存在的主要问题是"));
        silent(
            "GK107",
            &source.replace("存在的主要问题是", "一是公开不够。\n二、改进公开方式，提高质量。\n存在的主要问题是"),
        );
        silent("GK107", &source.replace("存在的主要问题是", "（三）改进措施\n1、措施\n## 措施\n存在的主要问题是"));
        // It is in the place of a missing section, which is reported instead.
        silent("GK107", &source.replace("五、存在的主要问题及改进情况", "五、下一步工作打算"));
    }
}
