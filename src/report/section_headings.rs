//! Chooses the headings of the six sections.

use super::SectionHeading;
use super::reading::Heading;
use crate::statute::{Section, SectionMatch};
use crate::text::Span;
use std::borrow::Cow;

/// A heading where it is: what its line says, the line's span, what follows it before the next one.
pub(super) struct Candidate<'a> {
    pub(super) heading: Cow<'a, Heading>,
    pub(super) offset: usize,
    pub(super) span: Span,
    pub(super) has_content: bool,
    /// Whether a table with the label of a row follows.
    pub(super) has_table: bool,
}

impl Candidate<'_> {
    fn number(&self) -> Option<u8> {
        self.heading.ordinal.map(|(number, _)| number)
    }

    /// Whether its number is that of the section that its name is of.
    fn agrees(&self) -> bool {
        self.heading.section.is_some_and(|(section, _)| self.number() == Some(section.number()))
    }

    fn fits(&self, worst: SectionMatch) -> bool {
        self.heading.section.is_some_and(|(_, fit)| fit <= worst)
    }
}

/// The headings of the top level among `candidates`, which come in the order of the text. For each of the six sections
/// the best candidate is taken; of the others those are kept that go on with the numbering of the top level, while a
/// numbering that starts anew is one inside a section.
pub(super) fn choose(candidates: &[Candidate<'_>], end: usize) -> Vec<SectionHeading> {
    let below = below_the_top(candidates);
    let mut chosen: Vec<Option<usize>> = vec![None; Section::ALL.len()];
    for section in Section::ALL {
        chosen[section as usize] = candidates
            .iter()
            .enumerate()
            .filter(|(index, _)| !below[*index])
            .filter_map(|(index, candidate)| {
                let (found, fit) = candidate.heading.section?;
                let ordinal = candidate.number();
                let rank = (fit, ordinal.is_none(), ordinal != Some(section.number()), !candidate.has_content);
                (found == section).then_some((rank, index))
            })
            .min()
            .map(|(_, index)| index);
    }
    let mut headings = Vec::new();
    let mut inside = false;
    for (index, candidate) in candidates.iter().enumerate() {
        let heading = &candidate.heading;
        let section = heading.section.filter(|(section, _)| chosen[*section as usize] == Some(index));
        if section.is_some() {
            inside = false;
        } else {
            let Some((number, _)) = heading.ordinal else { continue };
            inside |= number == 1 || headings.is_empty();
            if inside || heading.listed || heading.section.is_some_and(|(_, fit)| fit <= SectionMatch::Close) {
                continue;
            }
        }
        headings.push(SectionHeading {
            section,
            ordinal: heading.ordinal.map(|(number, span)| (number, span.shift(candidate.offset))),
            name: heading.name.shift(candidate.offset),
            span: candidate.span,
            extent: Span::new(candidate.span.start, end),
        });
    }
    for index in 1..headings.len() {
        headings[index - 1].extent.end = headings[index].span.start;
    }
    headings
}

/// Where a list gives a heading its number: to change that is to change the list.
pub(super) fn numbered_by_lists(candidates: &[Candidate<'_>]) -> impl Iterator<Item = Span> {
    candidates.iter().filter(|candidate| candidate.heading.listed).map(|candidate| candidate.span)
}

/// Which of `candidates` are headings inside a section, whatever they are named: those that are marked as deeper than
/// the headings of the sections, those that a list numbers where the sections have numerals of their own, and those of
/// a numbering that starts anew.
fn below_the_top(candidates: &[Candidate<'_>]) -> Vec<bool> {
    // Of the headings that are certain: number and name agree.
    let certain = || candidates.iter().filter(|candidate| candidate.agrees() && candidate.fits(SectionMatch::Close));
    let top = certain().filter_map(|candidate| candidate.heading.level).max().or_else(|| {
        let named = candidates.iter().filter(|candidate| candidate.fits(SectionMatch::Accepted));
        let levels: Vec<u8> = named.filter_map(|candidate| candidate.heading.level).collect();
        let often = |level: u8| levels.iter().filter(|other| **other == level).count();
        levels.iter().copied().max_by_key(|level| (often(*level), u8::MAX - level))
    });
    let own = certain().filter(|candidate| !candidate.heading.listed).count();
    // The number that a numbering inside a section goes on with.
    let mut next: Option<u8> = None;
    let mut numbered = false;
    let mut below = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let number = candidate.number();
        let of_section = candidate.fits(SectionMatch::Accepted) || candidate.has_table;
        let anew = match number {
            Some(1) => numbered && !of_section && !candidate.agrees(),
            Some(_) => number == next && !of_section,
            None => false,
        };
        next = if anew { number.map(|number| number + 1) } else { next.filter(|_| number.is_none()) };
        numbered |= number.is_some();
        let certain = candidate.agrees() && candidate.fits(SectionMatch::Close);
        let deeper = match (candidate.heading.level, top) {
            (Some(level), Some(top)) => level > top && !certain,
            _ => false,
        };
        below.push(deeper || anew || (candidate.heading.listed && own > 1));
    }
    below
}

#[cfg(test)]
mod tests {
    use crate::report::Document;
    use crate::statute::Section;

    /// The sections that are found in `text`.
    fn found(text: &str) -> Vec<Section> {
        let text = format!("云岭市水务局2023年政府信息公开工作年度报告\n\n{text}");
        let document = Document::new(&text);
        let sections = document.units().flat_map(|(_, unit)| unit.report().sections.clone());
        sections.filter_map(|heading| heading.section.map(|(section, _)| section)).collect()
    }

    const WITHOUT_TWO: [Section; 3] = [Section::Overview, Section::Applications, Section::Other];

    #[test]
    fn what_is_deeper_than_the_sections_is_none() {
        for sub in [
            "### （一）主动公开情况",
            "### 主动公开政府信息情况",
            "### 1. 主动公开情况",
            "#### 一、主动公开情况\n\n甲。\n\n#### 二、依申请公开情况",
            "**（一）主动公开情况**",
        ] {
            let text = format!(
                "## 一、总体情况\n\n{sub}\n\n甲。\n\n## 三、收到和处理政府信息公开申请情况\n\n乙。\n\n## 六、其他需要报告的事项\n\n丙。\n"
            );
            assert_eq!(found(&text), WITHOUT_TWO, "{sub}");
        }
        let page = "<h2>一、总体情况</h2><h3>主动公开政府信息情况</h3><p>甲。</p><h2>三、收到和处理政府信息公开申请情况</h2><p>乙。</p>\
                    <h2>六、其他需要报告的事项</h2><p>丙。</p>";
        assert_eq!(found(page), WITHOUT_TWO);
    }

    #[test]
    fn a_numbering_that_starts_anew_is_inside_a_section() {
        let text = "一、总体情况\n\n一、主动公开情况\n甲。\n二、依申请公开情况\n乙。\n\n三、收到和处理政府信息公开申请情况\n丙。\n\n六、其他需要报告的事项\n丁。\n";
        assert_eq!(found(text), WITHOUT_TWO);
    }

    #[test]
    fn levels_that_differ_by_a_slip_are_no_matter() {
        let text =
            "## 一、总体情况\n\n甲。\n\n### 二、主动公开政府信息情况\n\n乙。\n\n# 六、其他需要报告的事项\n\n丙。\n";
        assert_eq!(found(text), [Section::Overview, Section::Disclosure, Section::Other]);
        let text = "# 总体情况\n\n甲。\n\n# 主动公开政府信息情况\n\n乙。\n\n## 主动公开政府信息的数量\n\n# 其他需要报告的事项\n\n丙。\n";
        assert_eq!(found(text), [Section::Overview, Section::Disclosure, Section::Other]);
    }

    #[test]
    fn a_list_numbers_sections() {
        let all = [Section::Overview, Section::Disclosure, Section::Other];
        let text =
            "1.  **总体情况**\n\n甲。\n\n2.  **主动公开政府信息情况**\n\n乙。\n\n6.  其他需要报告的事项\n\n丙。\n";
        assert_eq!(found(text), all);
        let page = "<ol><li>总体情况</li></ol><p>甲。</p><ol start=\"2\"><li><p>主动公开政府信息情况</p></li></ol><p>乙。</p>\
                    <ol start=6><li>其他需要报告的事项</ol><p>丙。</p>";
        assert_eq!(found(page), all);
        // A list of the parts before the sections.
        let listed = "本报告包括：\n\n1. 总体情况\n2. 主动公开政府信息情况\n3. 其他需要报告的事项\n\n";
        let text =
            "一、总体情况\n\n甲。\n\n三、收到和处理政府信息公开申请情况\n\n乙。\n\n六、其他需要报告的事项\n\n丙。\n";
        assert_eq!(found(&format!("{listed}{text}")), WITHOUT_TWO);
    }
}
