//! The serialised findings that a client has, copied for as long as neither a finding nor its position changes.

use super::{Analysis, Origin, Reported};
use crate::rules::{Finding, FindingNumber};
use crate::text::{Encoding, Lines, Position};

/// A start and an exclusive end, in lines and columns.
pub type PositionRange = [Position; 2];

/// The serialised findings of a report, as the client last received them.
#[derive(Debug, Default)]
pub(super) struct PublishedFindings {
    /// Where the report started.
    start: Position,
    encoding: Encoding,
    /// The findings in the order in which they were published, with the end of each in `bytes`.
    findings: Vec<(FindingNumber, usize)>,
    bytes: Vec<u8>,
}

impl PublishedFindings {
    /// Whether they are exactly the `reported` findings.
    fn are(&self, reported: &[Reported<'_>]) -> bool {
        self.findings.len() == reported.len()
            && self.findings.iter().zip(reported).all(|((number, _), reported)| *number == reported.finding.number)
    }

    /// The bytes of finding `number`. The search starts at index `next`, which is then set to the index after the
    /// finding.
    fn bytes_of(&self, number: FindingNumber, next: &mut usize) -> Option<&[u8]> {
        let is_it = |(known, _): &(FindingNumber, usize)| *known == number;
        let after = self.findings.get(*next..)?.iter().position(is_it).map(|skipped| *next + skipped);
        let index = after.or_else(|| self.findings.iter().position(is_it))?;
        let (_, end) = self.findings.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.findings.get(before)).map_or(0, |(_, end)| *end);
        *next = index + 1;
        self.bytes.get(start..*end)
    }
}

/// Finds the lines and columns of findings, report by report.
struct PositionFinder<'a> {
    analysis: &'a Analysis,
    encoding: Encoding,
    /// The report of the last search: its offset, its position in lines and columns, and its lines.
    report: Option<(usize, Position, Lines<'a>)>,
}

impl<'a> PositionFinder<'a> {
    /// Appends the range of `reported` to `positions`, followed by the ranges of its related places.
    fn find(&mut self, reported: &Reported<'a>, positions: &mut Vec<PositionRange>) {
        positions.clear();
        let (analysis, encoding) = (self.analysis, self.encoding);
        let Some(origin) = reported.origin else {
            let at = |offset| analysis.text().position(offset, encoding);
            positions.extend(reported.finding.places().map(|span| [at(span.start), at(span.end)]));
            return;
        };
        if self.report.as_ref().is_none_or(|(offset, ..)| *offset != reported.offset) {
            let start = origin.start(analysis, reported.offset, encoding);
            self.report = Some((reported.offset, start, Lines::new(origin.unit.source())));
        }
        let Some((_, start, lines)) = &self.report else { return };
        let at = |offset| {
            let Position { line, column } = lines.position(offset, encoding);
            Position { line: line + start.line, column: column + if line == 0 { start.column } else { 0 } }
        };
        positions.extend(reported.finding.places().map(|span| [at(span.start), at(span.end)]));
    }
}

impl Origin<'_> {
    /// The position at which its report starts, which is at `offset`.
    fn start(self, analysis: &Analysis, offset: usize, encoding: Encoding) -> Position {
        match self.line {
            Some(line) => Position { line, column: 0 },
            None => analysis.text().position(offset, encoding),
        }
    }
}

impl Analysis {
    /// The ranges of each of `reported` and of its related places, in columns of `encoding`.
    pub fn positions<'a>(
        &'a self,
        reported: &'a [Reported<'a>],
        encoding: Encoding,
    ) -> impl Iterator<Item = (&'a Reported<'a>, Vec<PositionRange>)> {
        let mut finder = PositionFinder { analysis: self, encoding, report: None };
        reported.iter().map(move |reported| {
            let mut positions = Vec::new();
            finder.find(reported, &mut positions);
            (reported, positions)
        })
    }

    /// Appends `reported` to `out`, each as `write` serialises it with what [`Analysis::positions`] gives. The bytes of
    /// a finding that neither changed nor moved since the last call are copied, so callers use the same `write` for a
    /// document each time.
    ///
    /// # Errors
    ///
    /// What `write` returns.
    pub fn serialize<E>(
        &self,
        reported: &[Reported<'_>],
        encoding: Encoding,
        out: &mut Vec<u8>,
        mut write: impl FnMut(&Finding, &[PositionRange], &mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut finder = PositionFinder { analysis: self, encoding, report: None };
        let mut positions = Vec::new();
        let same_report = |a: &Reported<'_>, b: &Reported<'_>| a.is_beside(b);
        for reported in reported.chunk_by(same_report) {
            let Some((origin, offset)) = reported.first().and_then(|first| Some((first.origin?, first.offset))) else {
                for reported in reported {
                    finder.find(reported, &mut positions);
                    write(&reported.finding, &positions, out)?;
                }
                continue;
            };
            let start = origin.start(self, offset, encoding);
            let mut published = origin.checked.published();
            if (published.start, published.encoding) != (start, encoding) {
                *published = PublishedFindings { start, encoding, ..PublishedFindings::default() };
            }
            if published.are(reported) {
                out.extend_from_slice(&published.bytes);
                continue;
            }
            let (from, mut next) = (out.len(), 0);
            let mut findings = Vec::with_capacity(reported.len());
            for reported in reported {
                match published.bytes_of(reported.finding.number, &mut next) {
                    Some(bytes) => out.extend_from_slice(bytes),
                    None => {
                        finder.find(reported, &mut positions);
                        write(&reported.finding, &positions, out)?;
                    }
                }
                findings.push((reported.finding.number, out.len() - from));
            }
            published.findings = findings;
            published.bytes.clear();
            debug_assert!(from <= out.len(), "`write` only appends");
            published.bytes.extend_from_slice(out.get(from..).unwrap_or_default());
        }
        Ok(())
    }
}
