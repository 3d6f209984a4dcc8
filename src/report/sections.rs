//! Which headings are those of the six sections.

use super::SectionHeading;
use super::reading::Heading;
use crate::statute::{Section, SectionMatch};
use crate::text::Span;

/// A heading where it stands: what its line says, the line's span, whether anything but another heading follows it.
pub(super) struct Candidate<'a> {
    pub(super) heading: &'a Heading,
    pub(super) offset: usize,
    pub(super) span: Span,
    pub(super) has_content: bool,
}

/// The headings of the top level among `candidates`, which come in the order of the text. For each of the six sections
/// the best candidate is taken; of the others those are kept that go on with the numbering of the top level, while a
/// numbering that starts anew is one inside a section.
pub(super) fn choose(candidates: &[Candidate<'_>], end: usize) -> Vec<SectionHeading> {
    let mut chosen: Vec<Option<usize>> = vec![None; Section::ALL.len()];
    for section in Section::ALL {
        chosen[section as usize] = candidates
            .iter()
            .enumerate()
            .filter_map(|(index, candidate)| {
                let (found, fit) = candidate.heading.section?;
                let ordinal = candidate.heading.ordinal.map(|(number, _)| number);
                let rank = (fit, ordinal.is_none(), ordinal != Some(section.number()), !candidate.has_content);
                (found == section).then_some((rank, index))
            })
            .min()
            .map(|(_, index)| index);
    }
    let mut headings = Vec::new();
    let mut inside = false;
    for (index, candidate) in candidates.iter().enumerate() {
        let heading = candidate.heading;
        let section = heading.section.filter(|(section, _)| chosen[*section as usize] == Some(index));
        if section.is_some() {
            inside = false;
        } else {
            let Some((number, _)) = heading.ordinal else { continue };
            inside |= number == 1 || headings.is_empty();
            if inside || heading.section.is_some_and(|(_, fit)| fit <= SectionMatch::Close) {
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
