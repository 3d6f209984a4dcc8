//! The reports of a set of files that change one by one: what an editor knows of the files around an open report. It
//! reads no files.

use super::history::{DigestId, GivenReport, History, RegionRole, digest_of};
use crate::report::{Digest, Document};
use crate::rules::Neighbours;
use std::collections::BTreeMap;

/// The reports in a file.
#[derive(Clone, Debug)]
pub struct IndexedFile {
    role: RegionRole,
    /// How many units the file has, whether or not they are reports.
    units: usize,
    reports: Vec<IndexedReport>,
}

/// A report whose body and year are known.
#[derive(Clone, Debug)]
struct IndexedReport {
    /// The number of its unit in the file.
    unit: usize,
    /// The line on which it starts.
    line: usize,
    body: String,
    year: u16,
    /// Its digest; see [`Digest::encode`].
    digest: Vec<u8>,
}

/// A report of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownReport<'a> {
    /// The path of its file.
    pub path: &'a str,
    /// The number of its unit in the file.
    pub unit: usize,
    /// The line on which it starts, counted from 0.
    pub line: usize,
    /// The body, as it is written.
    pub body: &'a str,
    /// The year.
    pub year: u16,
}

/// The reports of all files.
#[derive(Debug, Default)]
pub struct ReportIndex {
    files: BTreeMap<String, IndexedFile>,
    /// The path and the position in its file of each report, by number.
    places: Vec<(String, usize)>,
    history: History,
    /// Whether reports were added or removed, so that the numbers and the history are out of date.
    is_stale: bool,
}

impl IndexedFile {
    /// The reports of `document`, which is a file with the name `name` and this `role`. `given` is what a configuration
    /// states about it.
    pub fn of(document: &Document, name: &str, given: &GivenReport, role: RegionRole) -> IndexedFile {
        let units = document.units().zip(document.first_lines()).enumerate();
        let reports = units.filter_map(|(unit, ((offset, content), line))| {
            let digest = digest_of(content, name, given)?;
            let line = line.unwrap_or_else(|| document.text().position(offset, Default::default()).line);
            Some(IndexedReport { unit, line, digest: digest.encode(), body: digest.body, year: digest.year })
        });
        IndexedFile { role, units: document.units().count(), reports: reports.collect() }
    }
}

impl ReportIndex {
    /// Adds the file `path`, or replaces it. Paths have `/` between their parts.
    pub fn put(&mut self, path: String, file: IndexedFile) {
        let old = self.files.get(&path);
        let same_numbers = old.map_or(0, |old| old.reports.len()) == file.reports.len();
        if self.is_stale || !same_numbers {
            self.is_stale |= !same_numbers;
            self.files.insert(path, file);
            return;
        }
        let first =
            DigestId::try_from(self.places.partition_point(|(other, _)| *other < path)).unwrap_or(DigestId::MAX);
        let old = self.files.insert(path.clone(), file);
        let new = self.files.get(&path);
        for (file, is_new) in [(old.as_ref(), false), (new, true)] {
            let Some(file) = file else { continue };
            for (id, report) in (first..).zip(&file.reports) {
                let Some(digest) = Digest::decode(&report.digest) else { continue };
                match is_new {
                    true => self.history.add(id, &digest, file.role),
                    false => self.history.remove(id, &digest, file.role),
                }
            }
        }
    }

    /// Removes the file `path`; returns whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        let removed = self.files.remove(path);
        self.is_stale |= removed.as_ref().is_some_and(|file| !file.reports.is_empty());
        removed.is_some()
    }

    /// Updates the numbers of the reports, after files were added or removed. Until then the index answers for the
    /// files as they were.
    pub fn settle(&mut self) {
        if !self.is_stale {
            return;
        }
        let (mut places, mut history) = (Vec::new(), History::default());
        for (path, file) in &self.files {
            for (position, report) in file.reports.iter().enumerate() {
                if let (Some(digest), Ok(id)) = (Digest::decode(&report.digest), DigestId::try_from(places.len())) {
                    history.add(id, &digest, file.role);
                }
                places.push((path.clone(), position));
            }
        }
        (self.places, self.history, self.is_stale) = (places, history, false);
    }

    /// The number of reports.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no report.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether the file `path` is among them.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The reports, in the order of their files.
    pub fn reports(&self) -> impl Iterator<Item = KnownReport<'_>> {
        self.places.iter().filter_map(|(path, position)| self.known(path, *position))
    }

    /// The reports of `body` for `year`.
    pub fn reports_of(&self, body: &str, year: u16) -> impl Iterator<Item = KnownReport<'_>> {
        self.history.reports_of(body, year).iter().filter_map(|id| {
            let (path, position) = self.places.get(usize::try_from(*id).ok()?)?;
            self.known(path, *position)
        })
    }

    fn known<'a>(&'a self, path: &'a str, position: usize) -> Option<KnownReport<'a>> {
        let report = self.files.get(path)?.reports.get(position)?;
        let IndexedReport { unit, line, ref body, year, .. } = *report;
        Some(KnownReport { path, unit, line, body, year })
    }

    /// For each unit of the file `path`, the reports that it is compared with; `None` if there is no such file.
    pub fn neighbours(&self, path: &str) -> Option<Vec<Neighbours>> {
        let file = self.files.get(path)?;
        let mut all = vec![Neighbours::default(); file.units];
        let first = DigestId::try_from(self.places.partition_point(|(other, _)| other.as_str() < path)).ok()?;
        for (id, report) in (first..).zip(&file.reports) {
            if let (Some(digest), Some(place)) = (Digest::decode(&report.digest), all.get_mut(report.unit)) {
                *place = self.history.neighbours(Some(id), &digest, file.role, |id| self.fetch(id));
            }
        }
        Some(all)
    }

    /// What is known of regions and of their members.
    pub fn history(&self) -> &History {
        &self.history
    }

    fn fetch(&self, id: DigestId) -> Option<Digest> {
        let (path, position) = self.places.get(usize::try_from(id).ok()?)?;
        Digest::decode(&self.files.get(path)?.reports.get(*position)?.digest)
    }
}
