//! Which entries of the settings hold which findings of a report back.

use super::Unit;
use super::identity::{FindingIdentity, ReportPlace, identities};
use crate::config::{Exemption, PlacePattern, Settings};
use crate::rules::Finding;
use crate::rules::suppression::exempted_by;
use crate::statute::key;

/// For each of `findings`, all that were found in `unit`, the entries that hold it back; empty if none holds any back.
pub(super) fn exempted(findings: &[Finding], unit: Unit<'_>, settings: &Settings) -> Vec<Vec<usize>> {
    if settings.exemptions.is_empty() {
        return Vec::new();
    }
    let by: Vec<Vec<&Exemption>> = findings
        .iter()
        .map(|finding| exempted_by(unit.source, unit.report, |span| unit.shown(span), finding, &settings.exemptions))
        .collect();
    // Most entries are about rules and rows: what a finding is known by is worked out only where one asks for it.
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

/// Whether `exemption` is about the finding that is `known` so.
fn is_about(exemption: &Exemption, known: Option<&FindingIdentity>) -> bool {
    let has = |wanted: &str| known.is_some_and(|known| known.fingerprint == wanted);
    let is_at = |wanted: &PlacePattern| known.is_some_and(|known| known.place.fits(wanted));
    exemption.fingerprint.as_deref().is_none_or(has) && exemption.place.as_ref().is_none_or(is_at)
}

impl ReportPlace {
    /// Whether it is one of the places that `pattern` names.
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
