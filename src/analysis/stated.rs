//! The statements of a configuration file about other files: whose reports they hold, and which of them belong to its
//! region.

use super::history::{GivenReport, RegionRole};
use crate::config::Settings;
use crate::configuration::{Loaded, PathPattern};
use crate::rules::{Finding, missing_members, missing_path, selection};
use std::path::Path;

/// What a configuration states about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedReport {
    /// The body and year of the report in it.
    pub given: GivenReport,
    /// Its role in the region of the configuration.
    pub role: RegionRole,
}

impl Default for StatedReport {
    /// What no configuration states.
    fn default() -> StatedReport {
        StatedReport { given: GivenReport::default(), role: RegionRole::Other }
    }
}

impl StatedReport {
    /// What `loaded` states about `file`, a path from [`crate::configuration::resolve`]. `region` is the number of its
    /// region.
    pub fn of(loaded: &Loaded, region: usize, file: &Path) -> StatedReport {
        let Some(path) = loaded.path_of(file) else { return StatedReport::default() };
        let configuration = &loaded.configuration;
        let (body, year) = configuration.report_in(&path);
        let role = if configuration.region().is_report(&path) {
            RegionRole::Region(region)
        } else if configuration.region().is_member(&path) {
            RegionRole::Member(region)
        } else {
            RegionRole::Other
        };
        StatedReport { given: GivenReport { body, year }, role }
    }
}

/// The findings of `loaded` about members of its region without a report (GK508), under `settings`. `missing` returns
/// these members by year, see [`super::history::History::missing`]; `is_here` says whether there is a file for a member.
pub fn missing_reports(
    loaded: &Loaded,
    settings: &Settings,
    missing: impl FnOnce() -> Vec<(u16, Vec<String>)>,
    is_here: impl Fn(&PathPattern) -> bool,
) -> Vec<Finding> {
    let stated = loaded.configuration.region();
    let mut rules = selection::find("GK508").into_iter().flatten();
    if !stated.has_members() || !rules.any(|rule| settings.reports(rule.code, rule.name)) {
        return Vec::new();
    }
    let missing = missing().into_iter();
    let mut findings: Vec<Finding> =
        missing.map(|(year, missing)| missing_members(stated.span, year, &missing, settings)).collect();
    let gone = stated.members.iter().filter(|member| member.is_of_one_file() && !is_here(member));
    findings.extend(gone.map(|member| missing_path(member.span, &member.pattern, settings)));
    findings
}
