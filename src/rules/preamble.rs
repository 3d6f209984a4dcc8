//! What a report says before its first section: on which basis it was made, what it consists of, whom to ask.

use super::context::Context;
use crate::text::Span;

/// A passage before the first section, whose lines may be one sentence.
pub(super) struct Passage<'a> {
    /// What it says, as it is written.
    pub(super) text: &'a str,
    /// Where that starts.
    pub(super) start: usize,
}

impl Passage<'_> {
    /// Where `part` of its text is in the report.
    pub(super) fn place(&self, part: Span) -> Span {
        part.shift(self.start)
    }
}

/// So many passages may be before the first section; what follows is something else.
const MOST: usize = 40;

/// The passages before the first section, without the title.
pub(super) fn preamble<'a>(context: &Context<'a>) -> Vec<Passage<'a>> {
    let report = context.report;
    let Some(first) = report.sections.iter().find(|heading| heading.section.is_some()) else { return Vec::new() };
    let lines = report.paragraphs.iter().take_while(|line| line.span.start < first.span.start).take(MOST);
    let lines: Vec<_> = lines.collect();
    let passages = lines.chunk_by(|_, next| next.follows);
    let spans = passages.filter_map(|lines| lines.iter().map(|line| line.span).reduce(Span::cover));
    spans.map(|span| Passage { text: context.text(span), start: span.start }).collect()
}
