//! Which reports a report is compared with: the year before, other bodies, the members of a region. The history takes a
//! digest of each report and returns what the rules compare a report with. It reads no files.

use crate::report::{Digest, Document, Report, ReportUnit, share};
use crate::rules::{Members, Neighbours};
use crate::statute::{Body, key};
use std::collections::{BTreeMap, BTreeSet};
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

/// A fact about a report, in the order in which facts are looked up. A report has some twenty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportFact {
    /// It is the report of the body with this key for this year.
    Body {
        /// The key of the body, see [`body_key`].
        body: u64,
        /// The year.
        year: u16,
        /// The report.
        id: DigestId,
    },
    /// A clause with this print is among those with its smallest prints.
    Clause {
        /// The year of the report.
        year: u16,
        /// The print.
        print: u32,
        /// The report.
        id: DigestId,
    },
    /// It is the report of a member of a region.
    Member {
        /// The region.
        region: u32,
        /// The key of the member.
        body: u64,
        /// The year.
        year: u16,
        /// The report.
        id: DigestId,
        /// The print of its figures.
        figures: u64,
    },
    /// It is the region's own report.
    Region {
        /// The region.
        region: u32,
        /// The year.
        year: u16,
        /// The report.
        id: DigestId,
    },
}

impl ReportFact {
    /// The facts about the report `id`.
    pub fn of(id: DigestId, digest: &Digest, role: RegionRole) -> impl Iterator<Item = ReportFact> {
        let (body, year) = (body_key(&digest.body), digest.year);
        let role = match role {
            RegionRole::Member(region) if !Body::of(&digest.body).is_vertical() => {
                let (region, figures) = (region_number(region), print_of_figures(digest));
                Some(ReportFact::Member { region, body, year, id, figures })
            }
            RegionRole::Region(region) => Some(ReportFact::Region { region: region_number(region), year, id }),
            RegionRole::Member(_) | RegionRole::Other => None,
        };
        let clauses = prints(digest).map(move |print| ReportFact::Clause { year, print, id });
        [ReportFact::Body { body, year, id }].into_iter().chain(clauses).chain(role)
    }
}

/// Writes facts as bytes and reads them: the number of the kind, then its fields in the given order. Facts are looked up
/// in blocks, so that reading one has to be as fast as copying it.
macro_rules! stored_facts {
    ($($kind:literal => $name:ident { $($field:ident: $number:ty),* },)*) => {
        impl ReportFact {
            /// Appends the fact to `bytes`.
            pub fn encode(&self, bytes: &mut Vec<u8>) {
                match *self {
                    $(ReportFact::$name { $($field),* } => {
                        bytes.push($kind);
                        $(bytes.extend($field.to_le_bytes());)*
                    })*
                }
            }

            /// The fact from the `bytes` of [`ReportFact::encode`].
            pub fn decode(bytes: &[u8]) -> Option<ReportFact> {
                let (kind, mut rest) = bytes.split_first()?;
                match kind {
                    $($kind => Some(ReportFact::$name { $($field: <$number>::from_le_bytes(next(&mut rest)?)),* }),)*
                    _ => None,
                }
            }
        }
    };
}

stored_facts! {
    0 => Body { body: u64, year: u16, id: DigestId },
    1 => Clause { year: u16, print: u32, id: DigestId },
    2 => Member { region: u32, body: u64, year: u16, id: DigestId, figures: u64 },
    3 => Region { region: u32, year: u16, id: DigestId },
}

/// Removes the first bytes of `bytes`.
fn next<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}

/// A region's number as it is in a fact.
fn region_number(region: usize) -> u32 {
    u32::try_from(region).unwrap_or(u32::MAX)
}

/// Facts in order, in memory or on disk.
pub trait ReportFacts {
    /// The facts from `start` on.
    fn starting_at(&self, start: ReportFact) -> impl Iterator<Item = ReportFact>;
}

impl ReportFacts for BTreeSet<ReportFact> {
    fn starting_at(&self, start: ReportFact) -> impl Iterator<Item = ReportFact> {
        self.range(start..).copied()
    }
}

/// An index of all reports, by the facts about them.
#[derive(Debug, Default)]
pub struct History<F = BTreeSet<ReportFact>> {
    facts: F,
}

/// The report of a member.
#[derive(Clone, Copy, Debug)]
struct MemberReport {
    year: u16,
    id: DigestId,
    /// The print of its figures.
    figures: u64,
}

impl History {
    /// Adds the report `id`.
    pub fn add(&mut self, id: DigestId, digest: &Digest, role: RegionRole) {
        self.facts.extend(ReportFact::of(id, digest, role));
    }

    /// Removes the report `id`, which was added with this digest and this role.
    pub fn remove(&mut self, id: DigestId, digest: &Digest, role: RegionRole) {
        ReportFact::of(id, digest, role).for_each(|fact| {
            self.facts.remove(&fact);
        });
    }
}

impl<F: ReportFacts> History<F> {
    /// The index of the reports that `facts` are about.
    pub fn new(facts: F) -> History<F> {
        History { facts }
    }

    /// The reports of `body` for `year`.
    pub fn reports_of(&self, body: &str, year: u16) -> impl Iterator<Item = DigestId> {
        self.of_body(body_key(body), year)
    }

    fn of_body(&self, key: u64, wanted: u16) -> impl Iterator<Item = DigestId> {
        let facts = self.facts.starting_at(ReportFact::Body { body: key, year: wanted, id: 0 });
        facts.map_while(move |fact| match fact {
            ReportFact::Body { body, year, id } if (body, year) == (key, wanted) => Some(id),
            _ => None,
        })
    }

    /// The reports for `wanted` with a clause of this print.
    fn with_clause(&self, wanted: u16, of: u32) -> impl Iterator<Item = DigestId> {
        let facts = self.facts.starting_at(ReportFact::Clause { year: wanted, print: of, id: 0 });
        facts.map_while(move |fact| match fact {
            ReportFact::Clause { year, print, id } if (year, print) == (wanted, of) => Some(id),
            _ => None,
        })
    }

    /// Calls `take` with the reports of each member of `region`, by year.
    fn each_member(&self, region: u32, mut take: impl FnMut(&[MemberReport])) {
        let start = ReportFact::Member { region, body: 0, year: 0, id: 0, figures: 0 };
        let mut reports = Vec::new();
        let mut last = None;
        for fact in self.facts.starting_at(start) {
            let ReportFact::Member { region: of, body, year, id, figures } = fact else { break };
            if of != region {
                break;
            }
            if last.is_some_and(|last| last != body) {
                take(&reports);
                reports.clear();
            }
            last = Some(body);
            reports.push(MemberReport { year, id, figures });
        }
        if !reports.is_empty() {
            take(&reports);
        }
    }

    /// The years for which `region` has a report of its own.
    fn own_years(&self, region: u32) -> BTreeSet<u16> {
        let facts = self.facts.starting_at(ReportFact::Region { region, year: 0, id: 0 });
        let years = facts.map_while(|fact| match fact {
            ReportFact::Region { region: of, year, .. } if of == region => Some(year),
            _ => None,
        });
        years.collect()
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
        let last = self.of_body(body, digest.year.saturating_sub(1));
        let last_year = last.filter_map(&fetch).map(Arc::new).collect();
        let members = match role {
            RegionRole::Region(region) => Some(Arc::new(self.members(region_number(region), digest.year, &fetch))),
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
        let mut holders = Vec::with_capacity(COMMON + 1);
        for print in prints(digest) {
            holders.clear();
            holders.extend(self.with_clause(digest.year, print).take(COMMON + 1));
            if holders.len() <= COMMON {
                for holder in holders.iter().filter(|holder| Some(**holder) != id) {
                    *common.entry(*holder).or_default() += 1;
                }
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
    pub fn missing(&self, region: usize, fetch: impl Fn(DigestId) -> Option<Digest>) -> Vec<(u16, Vec<String>)> {
        let region = region_number(region);
        let mut years = BTreeSet::new();
        self.each_member(region, |reports| years.extend(reports.iter().map(|report| report.year)));
        for year in self.own_years(region) {
            years.remove(&year);
        }
        let mut missing: BTreeMap<u16, Vec<String>> = BTreeMap::new();
        self.each_member(region, |reports| {
            for year in missing_years(reports).filter(|year| years.contains(year)) {
                missing.entry(year).or_default().extend(name(reports, &fetch));
            }
        });
        missing.values_mut().for_each(|names| names.sort());
        missing.into_iter().collect()
    }

    /// The reports of the members of `region` for `year`, added up. Of several reports of a member the first one counts.
    fn members(&self, region: u32, year: u16, fetch: impl Fn(DigestId) -> Option<Digest>) -> Members {
        let mut members = Members::default();
        self.each_member(region, |all| {
            let reports: Vec<&MemberReport> = all.iter().filter(|report| report.year == year).collect();
            let Some(first) = reports.first() else {
                if missing_years(all).any(|missing| missing == year) {
                    members.missing.extend(name(all, &fetch));
                }
                return;
            };
            let Some(digest) = fetch(first.id) else { return };
            members.add(&digest);
            if reports.iter().any(|other| other.figures != first.figures) {
                members.doubtful.push(digest.body);
            }
        });
        members.missing.sort();
        members
    }
}

/// The years for which a member has no report although it has one for the year before. `reports` are all of its reports,
/// by year.
fn missing_years(reports: &[MemberReport]) -> impl Iterator<Item = u16> {
    let next = reports.iter().skip(1).map(|report| Some(report.year)).chain([None]);
    let last =
        reports.iter().zip(next).filter(|(report, next)| next.is_none_or(|next| next > report.year.saturating_add(1)));
    last.map(|(report, _)| report.year.saturating_add(1))
}

/// The name of the member with these `reports`, as it is written in the first one.
fn name(reports: &[MemberReport], fetch: impl Fn(DigestId) -> Option<Digest>) -> Option<String> {
    let first = reports.iter().min_by_key(|report| report.id)?;
    Some(fetch(first.id)?.body)
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
    fn facts_are_read_back_from_their_bytes() {
        let digest = digest("云岭市水务局", 2021, &words(1));
        for role in [RegionRole::Other, RegionRole::Member(3), RegionRole::Region(70_000)] {
            for fact in ReportFact::of(77, &digest, role) {
                let mut bytes = Vec::new();
                fact.encode(&mut bytes);
                assert_eq!(ReportFact::decode(&bytes), Some(fact));
                assert_eq!(ReportFact::decode(&bytes[..bytes.len() - 1]), None);
            }
        }
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
        let missing = kept.1.missing(0, |id| kept.0.get(id as usize).cloned());
        assert_eq!(missing, [], "it is said of the region's own report");
        assert!(kept.beside(3, RegionRole::Member(0)).members.is_none());
    }
}
