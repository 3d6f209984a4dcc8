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

    /// The reports, in the order of their files.
    pub fn reports(&self) -> impl Iterator<Item = KnownReport<'_>> {
        self.places.iter().filter_map(|(path, position)| self.known(path, *position))
    }

    /// The reports of `body` for `year`.
    pub fn reports_of(&self, body: &str, year: u16) -> impl Iterator<Item = KnownReport<'_>> {
        self.history.reports_of(body, year).filter_map(|id| {
            let (path, position) = self.places.get(usize::try_from(id).ok()?)?;
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

    /// The members of `region` without a report, by year; see [`History::missing`].
    pub fn missing(&self, region: usize) -> Vec<(u16, Vec<String>)> {
        self.history.missing(region, |id| self.fetch(id))
    }

    fn fetch(&self, id: DigestId) -> Option<Digest> {
        let (path, position) = self.places.get(usize::try_from(id).ok()?)?;
        Digest::decode(&self.files.get(path)?.reports.get(*position)?.digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with reports of these bodies and years, some of which share their words.
    fn file(reports: &[(usize, u16)], role: RegionRole) -> IndexedFile {
        let text: String = reports
            .iter()
            .map(|(body, year)| {
                let body = ["云岭市水务局", "云岭市体育局", "云岭市民政局", "云岭市"][body % 4];
                let words =
                    ["更新办事指南和收费目录并公布结果", "组织业务培训并逐条整改所提问题"][usize::from(year % 2)];
                format!(
                    "{body}{year}年政府信息公开工作年度报告\n\n一、总体情况\n\n{words}。\n\n\
                     三、收到和处理政府信息公开申请情况\n\n五、存在的主要问题及改进情况\n\n{body}公开内容不够丰富。\n\n"
                )
            })
            .collect();
        IndexedFile::of(&Document::new(&text), "a.txt", &GivenReport::default(), role)
    }

    /// Whatever happened to the files, the index answers as one that was made from the files as they are now.
    #[test]
    fn an_index_that_changed_equals_a_new_one() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from((state >> 33) % below).unwrap()
        };
        let mut index = ReportIndex::default();
        let mut files: BTreeMap<String, IndexedFile> = BTreeMap::new();
        for step in 0..400 {
            let path = format!("{}.txt", random(9));
            if random(4) == 0 {
                assert_eq!(index.remove(&path), files.remove(&path).is_some());
            } else {
                let reports: Vec<(usize, u16)> =
                    (0..random(3)).map(|_| (random(4), 2021 + u16::try_from(random(3)).unwrap())).collect();
                let role = [RegionRole::Other, RegionRole::Member(0), RegionRole::Region(0)][random(3)];
                let new = file(&reports, role);
                index.put(path.clone(), new.clone());
                files.insert(path, new);
            }
            if random(3) > 0 {
                index.settle();
                let mut fresh = ReportIndex::default();
                files.iter().for_each(|(path, file)| fresh.put(path.clone(), file.clone()));
                fresh.settle();
                assert!(index.reports().eq(fresh.reports()), "step {step}");
                assert_eq!((index.len(), index.is_empty()), (fresh.len(), fresh.is_empty()));
                assert_eq!(index.missing(0), fresh.missing(0), "step {step}");
                for path in files.keys() {
                    assert_eq!(index.neighbours(path), fresh.neighbours(path), "step {step}: {path}");
                }
            }
        }
        assert_eq!(index.neighbours("no such file"), None);
    }
}
