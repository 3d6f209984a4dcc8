//! GK106 section-order: the sections are in another order.

use crate::report::{Facets, SectionHeading};
use crate::rules::support::context::Context;
use crate::rules::support::order;
use crate::rules::{Finding, Related};
use crate::say;
use crate::statute::{Section, SectionMatch};

rule! {
    code: "GK106",
    name: "section-order",
    severity: Error,
    reads: Facets::HEADINGS,
    title: ["章节顺序不符", "The sections are out of order"],
    checks: [
        "六个部分是否按规定的顺序排列。",
        "Whether the six sections are in the order of the format.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的格式。",
        "The format of 国办公开办函〔2021〕30号.",
    ],
    example: [
        "\
不符：“四、政府信息公开行政复议、行政诉讼情况”排在“三、收到和处理政府信息公开申请情况”之前。

相符：按一至六的顺序排列。",
        "\
Fires: `四、政府信息公开行政复议、行政诉讼情况` comes before `三、收到和处理政府信息公开申请情况`.

Silent: the sections are in the order of their numbers.",
    ],
    fix: [
        "需把整个部分移到应有的位置，由填报人处理，不自动修正。",
        "The author has to move the whole section to its place; there is no automatic fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    // A line that only resembles a section's name, without a number, may be a sub-heading of another section.
    let known: Vec<(Section, &SectionHeading)> = context
        .report
        .sections
        .iter()
        .filter_map(|heading| {
            let (section, fit) = heading.section?;
            (fit <= SectionMatch::Close || heading.ordinal.is_some()).then_some((section, heading))
        })
        .collect();
    let sections: Vec<Section> = known.iter().map(|(section, _)| *section).collect();
    let displaced = order::displaced(&sections);
    for index in &displaced {
        let Some((section, heading)) = known.get(*index) else { continue };
        let name = context.text(heading.name);
        let kept = || known.iter().enumerate().filter(|(at, _)| !displaced.contains(at)).map(|(_, other)| other);
        let next = kept().find(|(other, _)| other > section);
        let before = kept().rfind(|(other, _)| other < section);
        let (message, neighbour) = match (next, before) {
            (Some((_, next)), _) => {
                let other = context.text(next.name);
                (say!(language, "“{name}”应排在“{other}”之前", "“{name}” belongs before “{other}”"), next)
            }
            (None, Some((_, before))) => {
                let other = context.text(before.name);
                (say!(language, "“{name}”应排在“{other}”之后", "“{name}” belongs after “{other}”"), before)
            }
            (None, None) => continue,
        };
        let related = Related { span: neighbour.span, message: context.text(neighbour.span).trim().to_owned() };
        findings.push(Finding::new(&RULE, heading.span, message).related([related]));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::support::testing::*;

    fn swapped(source: &str) -> String {
        let at = |heading: &str| source.find(heading).unwrap();
        let (three, four, five) = (at("三、收到"), at("四、政府"), at("五、存在"));
        format!("{}{}{}{}", &source[..three], &source[four..five], &source[three..four], &source[five..])
    }

    #[test]
    fn a_section_out_of_its_place() {
        let source = swapped(&report(2022));
        reports(
            "GK106",
            Severity::Error,
            &source.replace("三、收到和处理政府信息公开申请情况", "⟦三、收到和处理政府信息公开申请情况⟧"),
        );
        // Numbers in sequence do not make it right.
        let source = source.replace("四、政府信息", "三、政府信息").replace("三、收到", "四、收到");
        reports(
            "GK106",
            Severity::Error,
            &source.replace("四、收到和处理政府信息公开申请情况", "⟦四、收到和处理政府信息公开申请情况⟧"),
        );
        let source = report(2022);
        let (five, six) = (source.find("五、存在").unwrap(), source.find("六、其他").unwrap());
        let first = source.find("一、总体").unwrap();
        let moved = format!("{}{}{}{}", &source[..first], &source[five..six], &source[first..five], &source[six..]);
        reports(
            "GK106",
            Severity::Error,
            &moved.replace("五、存在的主要问题及改进情况", "⟦五、存在的主要问题及改进情况⟧"),
        );
    }

    #[test]
    fn sections_in_order() {
        let source = report(2022);
        silent("GK106", &source.replace("五、存在", "四、存在"));
        silent("GK106", &source.replace("三、收到和处理政府信息公开申请情况\n", ""));
        silent(
            "GK106",
            &source.replace("五、存在的主要问题及改进情况\n", "").replace("（二）依申请", "## 存在问题\n（二）依申请"),
        );
    }

    #[test]
    fn the_place_is_named_by_the_next_section_or_the_last_before() {
        let three = "收到和处理政府信息公开申请情况";
        let (message, related) = said("GK106", &swapped(&report(2022)));
        assert_eq!(message, format!("“{three}”应排在“政府信息公开行政复议、行政诉讼情况”之前"));
        assert_eq!(related[0].0, "四、政府信息公开行政复议、行政诉讼情况");
        let source = report(2022);
        let (first, six) = (source.find("一、总体").unwrap(), source.find("六、其他").unwrap());
        let moved = format!("{}{}{}", &source[..first], &source[six..], &source[first..six]);
        let (message, _) = said("GK106", &moved);
        assert_eq!(message, "“其他需要报告的事项”应排在“存在的主要问题及改进情况”之后");
    }

    #[test]
    fn a_name_without_a_number_has_its_place_too() {
        let source = swapped(&report(2022)).replace("三、收到", "收到");
        reports(
            "GK106",
            Severity::Error,
            &source.replace("收到和处理政府信息公开申请情况\n", "⟦收到和处理政府信息公开申请情况⟧\n"),
        );
    }
}
