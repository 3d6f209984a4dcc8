//! Which reports a report is compared with: the year before, other bodies, the members of a region. The history takes a
//! digest of each report and returns what the rules compare a report with. It reads no files.

use crate::report::{Digest, Document, Report, ReportUnit, share};
use crate::rules::{Members, Neighbours};
use crate::statute::{Body, key};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The number of a digest, assigned by the program that keeps the digests. If several reports are equally close, the one
/// with the smallest number counts, so numbers follow the order of the files' names.
pub type DigestId = u32;

/// The key of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAs {
    /// The body, as it is written.
    pub body: String,
    /// The year it reports on.
    pub year: u16,
}

/// Body and year that a configuration states for the report in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenReport {
    /// The body.
    pub body: Option<String>,
    /// The year.
    pub year: Option<u16>,
}

/// The role of a file in a region; a number identifies the region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionRole {
    /// None.
    Other,
    /// It holds the report of a member.
    Member(usize),
    /// It holds the region's own report.
    Region(usize),
}

/// The key of `report` in the file `path`: from the configuration, else from its title, else from the names of the file
/// and of its folders.
pub fn known_as(report: &Report, path: &str, given: &GivenReport) -> Option<KnownAs> {
    if !report.is_recognised() {
        return None;
    }
    let title = report.title.as_ref();
    let titled = || title.and_then(|title| title.body.as_ref()).map(|(body, _)| body.clone());
    let body = given.body.clone().or_else(titled).or_else(|| body_of_path(path))?;
    let dated = || report.year.map(|(year, _)| year);
    let year = given.year.or_else(dated).or_else(|| year_of_path(path))?;
    Some(KnownAs { body, year })
}

/// The year in the name of a file, or in the name of the innermost folder that has one.
fn year_of_path(path: &str) -> Option<u16> {
    path.rsplit('/').find_map(|part| {
        let digits = part.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
        digits.filter_map(|run| run.parse().ok()).find(|year| (2008..=2099).contains(year))
    })
}

/// Words in file names that do not belong to the body's name.
const BESIDE: [&str; 9] = [
    "政府信息公开工作年度报告",
    "信息公开工作年度报告",
    "政府信息公开年度报告",
    "信息公开年度报告",
    "政府信息公开年报",
    "信息公开年报",
    "年度报告",
    "年报",
    "年度",
];

/// The body in the name of a file, if that is certain: a place and a unit.
fn body_of_path(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = BESIDE.iter().fold(stem.to_owned(), |name, word| name.replace(word, " "));
    let words = name.split(|c: char| !c.is_alphabetic() || c.is_ascii() || c == '年');
    let found = words.max_by_key(|word| word.chars().count())?;
    Body::of(found).is_named_in_full().then(|| found.to_owned())
}

/// The number by which a body's name is compared: `云岭市人民政府` reports as `云岭市政府` and as `云岭市`.
pub fn body_key(name: &str) -> u64 {
    let name = key(name).replace("人民政府", "政府");
    let name = name.strip_suffix("政府").filter(|rest| rest.chars().count() > 1).unwrap_or(&name);
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Reports are candidates for comparison if they share one of this many of their smallest prints.
const PRINTS: usize = 16;
/// A clause that more reports than this contain does not distinguish any of them.
const COMMON: usize = 32;
/// This many of the most similar reports are compared word by word.
const CANDIDATES: usize = 4;

/// An index of all reports, which holds a few numbers of each.
#[derive(Debug, Default)]
pub struct History {
    by_body: HashMap<(u64, u16), Vec<DigestId>>,
    /// Reports by year and by the smallest prints of their clauses.
    by_print: HashMap<(u16, u32), Vec<DigestId>>,
    regions: BTreeMap<usize, RegionReports>,
}

/// A region, as far as its members' reports are at hand.
#[derive(Debug, Default)]
struct RegionReports {
    /// The reports of each member by year.
    members: BTreeMap<u64, BTreeMap<u16, BTreeMap<DigestId, MemberReport>>>,
    /// The region's own reports by year.
    own: BTreeMap<u16, BTreeSet<DigestId>>,
}

/// The report of a member.
#[derive(Debug)]
struct MemberReport {
    /// The member, as it is written there.
    body: Box<str>,
    /// The print of its figures.
    figures: u64,
}

impl History {
    /// Adds the report `id`.
    pub fn add(&mut self, id: DigestId, digest: &Digest, role: RegionRole) {
        let body = body_key(&digest.body);
        insert(self.by_body.entry((body, digest.year)).or_default(), id);
        for print in prints(digest) {
            insert(self.by_print.entry((digest.year, print)).or_default(), id);
        }
        match role {
            RegionRole::Member(region) if !Body::of(&digest.body).is_vertical() => {
                let years = self.regions.entry(region).or_default().members.entry(body).or_default();
                let report = MemberReport { body: digest.body.as_str().into(), figures: print_of_figures(digest) };
                years.entry(digest.year).or_default().insert(id, report);
            }
            RegionRole::Region(region) => {
                self.regions.entry(region).or_default().own.entry(digest.year).or_default().insert(id);
            }
            RegionRole::Member(_) | RegionRole::Other => {}
        }
    }

    /// Removes the report `id`, which was added with this digest and this role.
    pub fn remove(&mut self, id: DigestId, digest: &Digest, role: RegionRole) {
        let body = body_key(&digest.body);
        remove(&mut self.by_body, (body, digest.year), id);
        for print in prints(digest) {
            remove(&mut self.by_print, (digest.year, print), id);
        }
        let (RegionRole::Member(region) | RegionRole::Region(region)) = role else { return };
        let Some(region) = self.regions.get_mut(&region) else { return };
        if let Some(years) = region.members.get_mut(&body)
            && let Some(reports) = years.get_mut(&digest.year)
        {
            reports.remove(&id);
            years.retain(|_, reports| !reports.is_empty());
        }
        region.members.retain(|_, years| !years.is_empty());
        if let Some(own) = region.own.get_mut(&digest.year) {
            own.remove(&id);
        }
        region.own.retain(|_, own| !own.is_empty());
    }

    /// The reports of `body` for `year`.
    pub fn reports_of(&self, body: &str, year: u16) -> &[DigestId] {
        self.by_body.get(&(body_key(body), year)).map_or(&[], Vec::as_slice)
    }

    /// The reports that the report with `digest` is compared with; `id` is its number if it was added. `fetch` returns
    /// the digests of others.
    pub fn neighbours(
        &self,
        id: Option<DigestId>,
        digest: &Digest,
        role: RegionRole,
        fetch: impl Fn(DigestId) -> Option<Digest>,
    ) -> Neighbours {
        let body = body_key(&digest.body);
        let last = self.by_body.get(&(body, digest.year.saturating_sub(1)));
        let last_year = last.into_iter().flatten().filter_map(|id| fetch(*id)).map(Arc::new).collect();
        let members = match role {
            RegionRole::Region(region) => {
                self.regions.get(&region).map(|region| Arc::new(region.members(digest.year, &fetch)))
            }
            RegionRole::Other | RegionRole::Member(_) => None,
        };
        let sibling = self.sibling(id, body, digest, fetch).map(Arc::new);
        Neighbours { body: digest.body.clone(), year: digest.year, last_year, sibling, members }
    }

    /// The report of another body for the same year that has the most words in common with `digest`.
    fn sibling(
        &self,
        id: Option<DigestId>,
        body: u64,
        digest: &Digest,
        fetch: impl Fn(DigestId) -> Option<Digest>,
    ) -> Option<Digest> {
        let mut common: BTreeMap<DigestId, usize> = BTreeMap::new();
        for print in prints(digest) {
            let holders = self.by_print.get(&(digest.year, print)).filter(|holders| holders.len() <= COMMON);
            for holder in holders.into_iter().flatten().filter(|holder| Some(**holder) != id) {
                *common.entry(*holder).or_default() += 1;
            }
        }
        let mut likely: Vec<(DigestId, usize)> = common.into_iter().collect();
        likely.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        let others = likely.into_iter().take(CANDIDATES).filter_map(|(id, _)| fetch(id));
        let shares = others.filter(|other| body_key(&other.body) != body).filter_map(|other| {
            let share = share(digest.clauses(), other.clauses())?;
            Some((share, other))
        });
        let best = shares.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, digest)| digest)
    }

    /// The members of `region` that have no report for a year although they have one for the year before: by year. It
    /// skips years without any member's report, and years for which the region has a report of its own.
    pub fn missing(&self, region: usize) -> Vec<(u16, Vec<String>)> {
        let Some(region) = self.regions.get(&region) else { return Vec::new() };
        let years: BTreeSet<u16> = region.members.values().flat_map(BTreeMap::keys).copied().collect();
        let years = years.into_iter().filter(|year| !region.own.contains_key(year));
        let years = years.map(|year| (year, region.missing(year)));
        years.filter(|(_, missing)| !missing.is_empty()).collect()
    }
}

impl RegionReports {
    /// The names of the members that have a report for the year before `year`, but none for `year`.
    fn missing(&self, year: u16) -> Vec<String> {
        let had = |years: &&BTreeMap<u16, _>| years.contains_key(&(year - 1)) && !years.contains_key(&year);
        let name = |years: &BTreeMap<u16, BTreeMap<DigestId, MemberReport>>| {
            let first = years.values().flatten().min_by_key(|(id, _)| **id);
            first.map_or_else(String::new, |(_, report)| report.body.clone().into())
        };
        let mut missing: Vec<String> = self.members.values().filter(had).map(name).collect();
        missing.sort();
        missing
    }

    /// The reports of the members for `year`, added up. Of several reports of a member the first one counts.
    fn members(&self, year: u16, fetch: impl Fn(DigestId) -> Option<Digest>) -> Members {
        let mut members = Members { missing: self.missing(year), ..Members::default() };
        for reports in self.members.values().filter_map(|years| years.get(&year)) {
            let Some((first, report)) = reports.first_key_value() else { continue };
            if let Some(digest) = fetch(*first) {
                members.add(&digest);
            }
            if reports.values().any(|other| other.figures != report.figures) {
                members.doubtful.push(report.body.clone().into());
            }
        }
        members
    }
}

/// Inserts `id` into `ids`, which are in order.
fn insert(ids: &mut Vec<DigestId>, id: DigestId) {
    if let Err(at) = ids.binary_search(&id) {
        ids.insert(at, id);
    }
}

/// Removes `id` from the numbers of `key` in `map`.
fn remove<K: Eq + std::hash::Hash>(map: &mut HashMap<K, Vec<DigestId>>, key: K, id: DigestId) {
    if let Some(ids) = map.get_mut(&key) {
        ids.retain(|other| *other != id);
        if ids.is_empty() {
            map.remove(&key);
        }
    }
}

/// The smallest prints of the clauses of `digest`.
fn prints(digest: &Digest) -> impl Iterator<Item = u32> {
    // Clauses are in the order of their prints.
    digest.clauses().iter().map(|clause| clause.print).take(PRINTS)
}

fn print_of_figures(digest: &Digest) -> u64 {
    let figures = digest.figures().map(|(_, _, value)| value.map_or(u64::MAX, |value| value as u64));
    figures.fold(0xcbf2_9ce4_8422_2325, |hash, value| (hash ^ value).wrapping_mul(0x0100_0000_01b3).rotate_left(23))
}

/// The digest of `unit` in the file `path`, if its body and year are known.
pub fn digest_of(unit: &ReportUnit, path: &str, given: &GivenReport) -> Option<Digest> {
    let KnownAs { body, year } = known_as(unit.report(), path, given)?;
    Some(Digest::of(unit, &body, year))
}

/// The first report of `document`, which is the file `path`: its unit and its digest. A draft may lack a title or a
/// year.
pub fn first_report(document: &Document, path: &str) -> Option<(usize, Digest)> {
    let (number, (_, unit)) = document.units().enumerate().find(|(_, (_, unit))| unit.report().is_recognised())?;
    let report = unit.report();
    let is_titled = report.title.as_ref().is_some_and(|title| title.body.is_some());
    let given = GivenReport { body: (!is_titled).then(String::new), year: report.year.is_none().then_some(0) };
    Some((number, digest_of(unit, path, &given)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(body: &str, year: u16, words: &str) -> Digest {
        let text = format!(
            "{body}{year}年政府信息公开工作年度报告\n\n一、总体情况\n\n{words}\n\n三、收到和处理政府信息公开申请情况\n\n\
             五、存在的主要问题及改进情况\n\n公开内容不够丰富，今后加以改进。\n"
        );
        let document = Document::new(&text);
        digest_of(document.unit(0).unwrap(), "a.txt", &GivenReport::default()).unwrap()
    }

    fn words(seed: usize) -> String {
        (0..12)
            .map(|n| format!("第{}个栏目完成了第{}轮改版工作。", chinese(seed * 100 + n), chinese(n + seed)))
            .collect()
    }

    /// A word for `number`, whatever it means.
    fn chinese(number: usize) -> String {
        number.to_string().chars().map(|c| char::from_u32(0x4e8c + 37 * (c as u32 - 48)).unwrap()).collect()
    }

    struct Kept(Vec<Digest>, History);

    impl Kept {
        fn new(digests: Vec<(Digest, RegionRole)>) -> Kept {
            let mut history = History::default();
            for (id, (digest, role)) in (0..).zip(&digests) {
                history.add(id, digest, *role);
            }
            Kept(digests.into_iter().map(|(digest, _)| digest).collect(), history)
        }

        fn beside(&self, id: u32, role: RegionRole) -> Neighbours {
            self.1.neighbours(Some(id), &self.0[id as usize], role, |id| self.0.get(id as usize).cloned())
        }
    }

    #[test]
    fn a_report_is_known_by_what_is_at_hand() {
        let report = |text: &str| Document::new(text).unit(0).unwrap().report().clone();
        let sections = "一、总体情况\n\n二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n";
        let known = |text: &str, path: &str, given: &GivenReport| {
            known_as(&report(text), path, given).map(|known| format!("{} {}", known.body, known.year))
        };
        let titled = format!("云岭市档案局2022年政府信息公开工作年度报告\n\n{sections}");
        let none = GivenReport::default();
        assert_eq!(known(&titled, "2019/水务局.txt", &none).as_deref(), Some("云岭市档案局 2022"));
        for path in
            ["x/云岭市水务局2021年政府信息公开工作年度报告.txt", "2021/云岭市水务局.docx", "2021_云岭市水务局_年报.md"]
        {
            assert_eq!(known(sections, path, &none).as_deref(), Some("云岭市水务局 2021"), "{path}");
        }
        assert_eq!(known(sections, "2021/a.txt", &none), None);
        assert_eq!(known(sections, "2021/水务局.txt", &none), None, "no place, no certainty");
        let given = GivenReport { body: Some("云岭市水务局".to_owned()), year: Some(2020) };
        assert_eq!(known(sections, "a.txt", &given).as_deref(), Some("云岭市水务局 2020"));
        assert_eq!(known(&titled, "a.txt", &given).as_deref(), Some("云岭市水务局 2020"));
        assert_eq!(known("会议通知", "2021/云岭市水务局.txt", &none), None);
    }

    #[test]
    fn one_body_under_several_names() {
        let is_same_body = |one, other| body_key(one) == body_key(other);
        assert!(is_same_body("云岭市人民政府", "云岭市"));
        assert!(is_same_body("云岭市政府办公室", "云岭市人民政府办公室"));
        assert!(!is_same_body("云岭市", "云岭市政府办公室"));
        assert!(!is_same_body("云岭市水务局", "云岭市水利局"));
    }

    #[test]
    fn last_year_and_siblings() {
        let kept = Kept::new(vec![
            (digest("云岭市水务局", 2021, &words(1)), RegionRole::Other),
            (digest("云岭市水务局", 2022, &words(2)), RegionRole::Other),
            (digest("云岭市体育局", 2022, &words(2)), RegionRole::Other),
            (digest("云岭市体育局", 2021, &words(2)), RegionRole::Other),
            (digest("云岭市民政局", 2022, &words(5)), RegionRole::Other),
            (digest("云岭市水务局", 2022, &words(2)), RegionRole::Other),
        ]);
        let beside = kept.beside(1, RegionRole::Other);
        assert_eq!(
            beside.last_year.iter().map(|one| (&*one.body, one.year)).collect::<Vec<_>>(),
            [("云岭市水务局", 2021)]
        );
        assert_eq!(
            beside.sibling.as_ref().map(|one| &*one.body),
            Some("云岭市体育局"),
            "not the other copy of its own"
        );
        assert!(kept.beside(4, RegionRole::Other).last_year.is_empty());
        let likely = kept.beside(4, RegionRole::Other).sibling;
        let share = likely.and_then(|other| share(kept.0[4].clauses(), other.clauses()));
        assert!(share.is_none_or(|share| share < 20), "{share:?}");
    }

    #[test]
    fn a_region_has_its_members() {
        let region = (0, RegionRole::Member(0));
        let kept = Kept::new(vec![
            (digest("云岭市水务局", 2021, ""), region.1),
            (digest("云岭市体育局", 2021, ""), region.1),
            (digest("云岭市税务局", 2021, ""), region.1),
            (digest("云岭市水务局", 2022, ""), region.1),
            (digest("云岭市水务局", 2022, ""), region.1),
            (digest("云岭市", 2022, ""), RegionRole::Region(region.0)),
        ]);
        let members = kept.beside(5, RegionRole::Region(0)).members.unwrap();
        assert_eq!(
            (members.count, &*members.missing, &*members.doubtful),
            (1, &["云岭市体育局".to_owned()][..], &[][..])
        );
        assert_eq!(kept.1.missing(0), [], "it is said of the region's own report");
        assert!(kept.beside(3, RegionRole::Member(0)).members.is_none());
    }
}
