//! GK104 section-number: a section has the wrong number.

use crate::report::{Facets, SectionHeading};
use crate::rules::support::context::Context;
use crate::rules::{Finding, Fix, Severity};
use crate::say;
use crate::statute::{SectionMatch, ordinal};
use crate::text::{Span, TextEdit};

rule! {
    code: "GK104",
    name: "section-number",
    severity: Error,
    reads: Facets::HEADINGS,
    title: ["章节序号不符", "A section has the wrong number"],
    checks: [
        "六个部分的标题应依次编为一、二、三、四、五、六；没有序号、序号错误或与别的部分重复的，在错误的标题上提示一次。序号正确、但写作“三是”的，为警告。",
        "The six sections are numbered 一 to 六. A heading without a number, with a wrong number, or with that of another section is reported once, at the wrong heading. The right number written as `三是` is a warning.",
    ],
    basis: [
        "国办公开办函〔2021〕30号规定的格式。",
        "The format of 国办公开办函〔2021〕30号.",
    ],
    example: [
        "\
不符：“四、政府信息公开行政复议、行政诉讼情况”之后又有“四、存在的主要问题及改进情况”。

相符：其后为“五、存在的主要问题及改进情况”。",
        "\
Fires: `四、政府信息公开行政复议、行政诉讼情况` is followed by `四、存在的主要问题及改进情况`.

Silent: it is followed by `五、存在的主要问题及改进情况`.",
    ],
    fix: [
        "把序号改为该部分应有的序号，可自动修正；该序号已被别的标题占用的，标题与规定名称相差较大的，由填报人确认。缺少一个部分而其后顺延编号的，只提示缺少的部分。",
        "The number is replaced by the section's own: a safe fix, unless another heading has that number already, or the name is far from that of the section. If a section is missing and the later ones are numbered in sequence, only the missing one is reported.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    let mut in_sequence = true;
    for (index, heading) in context.report.sections.iter().enumerate() {
        let number = heading.ordinal.map(|(number, _)| number);
        in_sequence &= number.map(usize::from) == Some(index + 1);
        let Some((section, fit)) = heading.section else { continue };
        // Numbers in sequence are right; a missing or an extra section is another finding.
        if number == Some(section.number()) || in_sequence {
            findings.extend(spoken(context, heading));
            continue;
        }
        let due = ordinal(section.number());
        // Where another heading has the number already, more than this one has to change.
        let taken = context.report.sections.iter().any(|other| {
            other.span != heading.span && other.ordinal.map(|(number, _)| number) == Some(section.number())
        });
        // A name that differs much from that of the section does not prove its number.
        let renumber = if taken || fit == SectionMatch::Other { Fix::doubtful } else { Fix::safe };
        let name = context.text(heading.name);
        let finding = match heading.ordinal {
            Some((_, span)) => {
                let written = context.text(span);
                let twice = context.report.sections.iter().any(|other| {
                    other.span != heading.span
                        && other.ordinal.map(|(number, _)| number) == number
                        && other.section.is_some_and(|(section, _)| Some(section.number()) == number)
                });
                let message = match twice {
                    true => say!(
                        language,
                        "“{name}”应为第{due}部分，序号“{written}”与前面的部分重复",
                        "“{name}” is section {due}; the number {written} belongs to another section"
                    ),
                    false => say!(
                        language,
                        "“{name}”的序号应为“{due}”，现为“{written}”",
                        "“{name}” should be numbered {due}, not {written}"
                    ),
                };
                Finding::new(&RULE, span, message).fix(renumber(
                    say!(language, "将序号改为“{due}”", "Change the number to {due}"),
                    vec![TextEdit { span, content: due }],
                ))
            }
            None => {
                // `、总体情况` has kept the mark.
                let mark = if name.starts_with('、') { "" } else { "、" };
                let message = say!(language, "“{name}”缺少序号“{due}、”", "“{name}” lacks its number {due}、");
                Finding::new(&RULE, heading.span, message).fix(renumber(
                    say!(language, "补上序号“{due}、”", "Insert {due}、 before it"),
                    vec![TextEdit { span: Span::at(heading.name.start), content: format!("{due}{mark}") }],
                ))
            }
        };
        findings.push(finding);
    }
}

/// `三是…`: the right number, written as an item of a list in a sentence has it.
fn spoken(context: &Context<'_>, heading: &SectionHeading) -> Option<Finding> {
    let language = context.language;
    let (_, numeral) = heading.ordinal?;
    let mark = Span::new(numeral.end, heading.name.start);
    if context.text(mark).trim() != "是" {
        return None;
    }
    let (number, name) = (context.text(numeral), context.text(heading.name));
    let message = say!(
        language,
        "“{name}”的序号应写作“{number}、”，现为“{number}是”",
        "The number of “{name}” should be written {number}、, not {number}是"
    );
    let title = say!(language, "改为“{number}、”", "Change it to {number}、");
    let fix = Fix::safe(title, vec![TextEdit { span: mark, content: "、".to_owned() }]);
    Some(Finding::new(&RULE, numeral.cover(mark), message).severity(Severity::Warning).fix(fix))
}

#[cfg(test)]
mod tests {
    use crate::rules::support::testing::*;

    #[test]
    fn a_wrong_or_lost_number_is_written() {
        let source = report(2022);
        fixes_to("GK104", &source.replace("五、存在", "四、存在"), &source);
        fixes_to("GK104", &source.replace("一、总体情况", "总体情况"), &source);
    }

    #[test]
    fn a_number_that_is_taken_is_only_offered() {
        let source = report(2022).replace("六、其他", "五、改进措施\n加强公开。\n六、其他");
        offers("GK104", &source.replace("五、存在", "四、存在"), &source);
    }

    #[test]
    fn a_number_is_put_before_the_mark_that_is_left() {
        let source = report(2022);
        fixes_to("GK104", &source.replace("一、总体情况", "、总体情况"), &source);
        // In markup too, after the tags.
        fixes_to(
            "GK104",
            &source.replace("一、总体情况", "</p>、总体情况"),
            &source.replace("一、总体", "</p>一、总体"),
        );
    }

    #[test]
    fn a_number_for_another_name_is_only_offered() {
        let source = report(2022);
        let lost = source.replace("一、总体情况", "## 一206总体情况");
        offers("GK104", &lost, &source.replace("一、总体情况", "## 一、一206总体情况"));
    }

    #[test]
    fn numbers_in_sequence_and_numbers_inside_sections_are_right() {
        let source = report(2022);
        silent("GK104", &source.replace("五、存在的主要问题及改进情况\n", "").replace("六、", "五、"));
        silent("GK104", &source.replace("存在的主要问题是", "一、存在的问题\n二、改进措施\n存在的主要问题是"));
        silent("GK104", &source.replace("六、其他", "五、改进措施\n加强公开。\n六、其他"));
    }

    #[test]
    fn a_number_of_another_section_is_told_from_a_number_of_none() {
        let source = report(2022);
        let name = "存在的主要问题及改进情况";
        let (message, _) = said("GK104", &source.replace("五、存在", "四、存在"));
        assert_eq!(message, format!("“{name}”应为第五部分，序号“四”与前面的部分重复"));
        let (message, _) = said("GK104", &source.replace("五、存在", "九、存在"));
        assert_eq!(message, format!("“{name}”的序号应为“五”，现为“九”"));
        // The section whose number it is has another one itself.
        let found = findings("GK104", &source.replace("四、政府", "八、政府").replace("五、存在", "四、存在"));
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "“政府信息公开行政复议、行政诉讼情况”的序号应为“四”，现为“八”",
                "“存在的主要问题及改进情况”的序号应为“五”，现为“四”",
            ]
        );
    }

    #[test]
    fn a_number_as_in_a_sentence() {
        let source = report(2022);
        let spoken = source.replace("三、收到和处理", "三是收到和处理");
        fixes_to("GK104", &spoken, &source);
        silent("GK103", &spoken);
        // Items of a list in the text are no headings.
        let listed = "一是总体情况；\n二是主动公开政府信息情况；\n三是收到和处理政府信息公开申请情况。\n";
        silent("GK104", &source.replacen("\n\n", &format!("\n\n{listed}\n"), 1));
        silent("GK106", &source.replacen("\n\n", &format!("\n\n{listed}\n"), 1));
    }
}
