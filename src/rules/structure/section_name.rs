//! GK105 section-name: a section goes by another name.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, Severity};
use crate::say;
use crate::statute::SectionMatch;
use crate::text::TextEdit;

rule! {
    code: "GK105",
    name: "section-name",
    severity: Warning,
    reads: Facets::HEADINGS,
    title: ["章节标题不规范", "A section name differs from the format"],
    checks: [
        "六个部分的标题是否用规定的名称。通行的其他写法不提示；只差几个字的作提示；认得出是哪一部分但另有名称的作警告。",
        "Whether the six sections have the names of the format. Names accepted in practice are not reported; names that differ in a few characters are information, other recognisable ones a warning.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的六个部分。",
        "The six sections of 国办公开办函〔2021〕30号.",
    ],
    example: [
        "\
不符：“一、总体公开情况及措施”。

相符：“一、总体情况”；“四、因政府信息公开工作被申请行政复议、提起行政诉讼情况”这样的写法也认可。",
        "\
Fires: `一、总体公开情况及措施`.

Silent: `一、总体情况`, and accepted names such as `四、因政府信息公开工作被申请行政复议、提起行政诉讼情况`.",
    ],
    fix: [
        "改为规定的名称；序号相符或者只差几个字的可自动修正，其余供参考。",
        "The name is replaced: a safe fix if the number fits or only a few characters differ, else an unsafe one.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for heading in &context.report.sections {
        let Some((section, fit)) = heading.section else { continue };
        let severity = match fit {
            SectionMatch::Standard | SectionMatch::Accepted => continue,
            SectionMatch::Close => Severity::Info,
            SectionMatch::Other => Severity::Warning,
        };
        let (written, due) = (context.text(heading.name), section.name());
        let message = say!(
            language,
            "标题“{written}”与规定的“{due}”不一致",
            "The heading “{written}” is not the prescribed “{due}”"
        );
        let title = say!(language, "改为“{due}”", "Change it to “{due}”");
        let edits = vec![TextEdit { span: heading.name, content: due.to_owned() }];
        let certain =
            fit == SectionMatch::Close || heading.ordinal.is_some_and(|(number, _)| number == section.number());
        let fix = if certain { Fix::safe(title, edits) } else { Fix::doubtful(title, edits) };
        findings.push(Finding::new(&RULE, heading.name, message).severity(severity).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::support::testing::*;

    #[test]
    fn other_names() {
        let source = report(2022);
        fixes_to("GK105", &source.replace("一、总体情况", "一、总体公开情况及措施"), &source);
        fixes_to("GK105", &source.replace("其他需要报告的事项", "其它需要报告的事项"), &source);
        offers("GK105", &source.replace("一、总体情况", "## 工作概述"), &source.replace("一、总体情况", "## 总体情况"));
    }

    #[test]
    fn the_prescribed_names_and_those_accepted() {
        let source = report(2022);
        silent("GK105", &source.replace("行政复议、行政诉讼情况", "行政复议,行政诉讼情况"));
        silent("GK105", &source.replace("五、存在", "五、政府信息公开工作存在"));
        // A section that is none of the six is another finding.
        silent("GK105", &source.replace("六、其他", "六、改进措施\n加强公开。\n七、其他"));
    }
}
