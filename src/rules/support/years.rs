//! Shared by the rules that compare a report with others.

use crate::report::{Clause, Digest, clauses, share};
use crate::rules::support::context::Context;
use crate::rules::{Neighbours, Related};
use crate::say;
use crate::statute::{CellRef, Section};
use crate::text::Span;
use std::sync::Arc;

/// A figure, and its expected value according to another report.
pub(in crate::rules) struct Compared {
    pub(in crate::rules) place: CellRef,
    pub(in crate::rules) span: Span,
    pub(in crate::rules) this: i64,
    pub(in crate::rules) due: i64,
}

/// The figures that differ from last year's report; `compare` returns those that can be compared. If there are several
/// versions of last year's report, the closest one counts. `None` if there is none, or if nothing differs.
pub(in crate::rules) fn closest(
    neighbours: &Neighbours,
    compare: impl Fn(&Digest) -> Vec<Compared>,
) -> Option<Vec<Compared>> {
    let differing = neighbours.last_year.iter().map(|digest| {
        let mut compared = compare(digest);
        compared.retain(|cell| cell.this != cell.due);
        compared
    });
    differing.min_by_key(Vec::len).filter(|differing| !differing.is_empty())
}

/// The report among `others` that has the largest share of its words in common with this one: the share in percent, the
/// other report, the place of a finding about it, and the related places.
pub(in crate::rules) fn sameness<'a>(
    context: &Context<'_>,
    others: impl Iterator<Item = &'a Arc<Digest>>,
) -> Option<(u32, &'a Digest, Span, Option<Related>)> {
    let mut others = others.peekable();
    others.peek()?;
    let report = context.report;
    let these: Vec<Clause> = clauses(context.source, report, &context.neighbours.body);
    let shares = others.filter_map(|other| Some((share(&these, other.clauses())?, &**other)));
    let (share, other) = shares.max_by_key(|(share, _)| *share)?;
    let headings = [Section::Overview, Section::Problems].map(|section| report.section(section));
    let mut headings = headings.into_iter().flatten().map(|heading| heading.name);
    let title = report.title.as_ref().map(|title| title.span);
    let place = headings.next().or(title).unwrap_or_default();
    let message = say!(context.language, "亦在比较之列", "compared too");
    Some((share, other, place, headings.next().map(|span| Related { span, message })))
}
