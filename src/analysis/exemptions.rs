//! Which entries of the settings exempt which findings of a report.

use super::Unit;
use super::identity::{FindingIdentity, ReportPlace, identities};
use crate::config::{Exemption, PlacePattern, Settings};
use crate::rules::Finding;
use crate::rules::suppression::exempted_by;
use crate::statute::key;

/// For each of `findings`, which are all findings of `unit`, the entries that exempt it; empty if none is exempted.
pub(super) fn exempted(findings: &[Finding], unit: Unit<'_>, settings: &Settings) -> Vec<Vec<usize>> {
    if settings.exemptions.is_empty() {
        return Vec::new();
    }
    let by: Vec<Vec<&Exemption>> = findings
        .iter()
        .map(|finding| exempted_by(unit.source, unit.report, |span| unit.shown(span), finding, &settings.exemptions))
        .collect();
    // Most entries are about rules and rows: a finding's place and fingerprint are computed only for an entry with
    // either.
    let is_closer = |exemption: &&Exemption| exemption.fingerprint.is_some() || exemption.place.is_some();
    let known = match by.iter().flatten().any(is_closer) {
        true => identities(findings, unit, settings),
        false => Vec::new(),
    };
    let entries = |(index, by): (usize, Vec<&Exemption>)| {
        let known = known.get(index);
        by.into_iter().filter(|exemption| is_about(exemption, known)).map(|exemption| exemption.entry).collect()
    };
    by.into_iter().enumerate().map(entries).collect()
}

/// Whether `exemption` matches the finding with the identity `known`.
fn is_about(exemption: &Exemption, known: Option<&FindingIdentity>) -> bool {
    let has = |wanted: &str| known.is_some_and(|known| known.fingerprint == wanted);
    let is_at = |wanted: &PlacePattern| known.is_some_and(|known| known.place.fits(wanted));
    exemption.fingerprint.as_deref().is_none_or(has) && exemption.place.as_ref().is_none_or(is_at)
}

impl ReportPlace {
    /// Whether `pattern` matches this place.
    fn fits(&self, pattern: &PlacePattern) -> bool {
        let same = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| found.is_some_and(|found| key(found) == key(wanted)))
        };
        pattern.section.is_none_or(|wanted| self.section == Some(wanted))
            && pattern.table.is_none_or(|wanted| self.table == Some(wanted))
            && same(&pattern.row, self.row)
            && same(&pattern.column, self.column.as_deref())
    }
}
