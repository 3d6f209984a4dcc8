//! Findings put into words for a client, which are said again for as long as they stand where they did.

use super::{Analysis, Origin, Reported};
use crate::rules::{Finding, Serial};
use crate::text::{Encoding, Lines, Position};

/// Where something starts and where it ends.
pub type Place = [Position; 2];

/// What a client was told of a report the last time.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Where the report started.
    start: Position,
    encoding: Encoding,
    /// The findings in the order in which they were told, and where in `words` each of them ends.
    findings: Vec<(Serial, usize)>,
    words: Vec<u8>,
}

impl Told {
    /// Whether `reported` is what was told, all of it.
    fn is_of(&self, reported: &[Reported<'_>]) -> bool {
        self.findings.len() == reported.len()
            && self.findings.iter().zip(reported).all(|((serial, _), reported)| *serial == reported.finding.serial)
    }

    /// What was said of the finding `serial`, looked for first where `at` points, which then points behind it.
    fn of(&self, serial: Serial, at: &mut usize) -> Option<&[u8]> {
        let is_it = |(known, _): &(Serial, usize)| *known == serial;
        let behind = self.findings.get(*at..)?.iter().position(is_it).map(|skipped| *at + skipped);
        let index = behind.or_else(|| self.findings.iter().position(is_it))?;
        let (_, end) = self.findings.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.findings.get(before)).map_or(0, |(_, end)| *end);
        *at = index + 1;
        self.words.get(start..*end)
    }
}

/// Finds the lines and columns of findings, report by report.
struct Surveyor<'a> {
    analysis: &'a Analysis,
    encoding: Encoding,
    /// The report that was looked at last: where it starts in the text, in lines and columns, and its lines.
    report: Option<(usize, Position, Lines<'a>)>,
}

impl<'a> Surveyor<'a> {
    /// Puts where `reported` stands into `places`, and then what is related to it.
    fn survey(&mut self, reported: &Reported<'a>, places: &mut Vec<Place>) {
        places.clear();
        let (analysis, encoding) = (self.analysis, self.encoding);
        let Some(origin) = reported.origin else {
            let at = |offset| analysis.text().position(offset, encoding);
            places.extend(reported.finding.places().map(|span| [at(span.start), at(span.end)]));
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
        places.extend(reported.finding.places().map(|span| [at(span.start), at(span.end)]));
    }
}

impl Origin<'_> {
    /// Where its report starts, which is at `offset`.
    fn start(self, analysis: &Analysis, offset: usize, encoding: Encoding) -> Position {
        match self.line {
            Some(line) => Position { line, column: 0 },
            None => analysis.text().position(offset, encoding),
        }
    }
}

impl Analysis {
    /// Where each of `reported` stands, and what is related to it, in columns of `encoding`.
    pub fn places<'a>(
        &'a self,
        reported: &'a [Reported<'a>],
        encoding: Encoding,
    ) -> impl Iterator<Item = (&'a Reported<'a>, Vec<Place>)> {
        let mut surveyor = Surveyor { analysis: self, encoding, report: None };
        reported.iter().map(move |reported| {
            let mut places = Vec::new();
            surveyor.survey(reported, &mut places);
            (reported, places)
        })
    }

    /// Writes `reported` behind `out`: each as `say` puts it into words, given what [`Analysis::places`] gives. What `say`
    /// made of a finding stands again for as long as that says the same and stands where it did. So for one document it has
    /// to be the same `say` each time.
    pub fn tell<E>(
        &self,
        reported: &[Reported<'_>],
        encoding: Encoding,
        out: &mut Vec<u8>,
        mut say: impl FnMut(&Finding, &[Place], &mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut surveyor = Surveyor { analysis: self, encoding, report: None };
        let mut places = Vec::new();
        let same_report = |a: &Reported<'_>, b: &Reported<'_>| a.is_beside(b);
        for reported in reported.chunk_by(same_report) {
            let Some((origin, offset)) = reported.first().and_then(|first| Some((first.origin?, first.offset))) else {
                for reported in reported {
                    surveyor.survey(reported, &mut places);
                    say(&reported.finding, &places, out)?;
                }
                continue;
            };
            let start = origin.start(self, offset, encoding);
            let mut told = origin.judged.told();
            if (told.start, told.encoding) != (start, encoding) {
                *told = Told { start, encoding, ..Told::default() };
            }
            if told.is_of(reported) {
                out.extend_from_slice(&told.words);
                continue;
            }
            let (from, mut at) = (out.len(), 0);
            let mut findings = Vec::with_capacity(reported.len());
            for reported in reported {
                match told.of(reported.finding.serial, &mut at) {
                    Some(words) => out.extend_from_slice(words),
                    None => {
                        surveyor.survey(reported, &mut places);
                        say(&reported.finding, &places, out)?;
                    }
                }
                findings.push((reported.finding.serial, out.len() - from));
            }
            told.findings = findings;
            told.words.clear();
            told.words.extend_from_slice(out.get(from..).unwrap_or_default());
        }
        Ok(())
    }
}
