//! The findings of an earlier review, and whether they are fixed.

use crate::analysis::history::body_key;
use crate::cli::on_disk::{DiskList, Sorted, Sorter, Stored, StoredAsJson};
use crate::config::Language;
use crate::exchange::Round;
use crate::say;
use crate::text::Fingerprint;
use anyhow::{Context, anyhow};
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// The file that a review writes for the next review and for other programs.
pub(super) const FILE: &str = "findings.json";

/// A finding of an earlier review, with all its fields.
pub(super) type EarlierFinding = Map<String, Value>;

impl StoredAsJson for EarlierFinding {}

/// A report of two reviews: a hash of its body and year, or, if one of them is unknown, of the name of its file without
/// folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ReportKey(u128);

impl ReportKey {
    /// The key of the report of `body` for `year` in `file`. An unknown body is "", an unknown year 0.
    pub(super) fn of(body: &str, year: u64, file: &str) -> ReportKey {
        if body.is_empty() || year == 0 {
            return ReportKey::of_file(file);
        }
        let mut key = Fingerprint::default();
        key.add(&body_key(body).to_le_bytes());
        key.add(&year.to_le_bytes());
        ReportKey(key.finish())
    }

    /// The key of a report in `file` of which body or year is unknown.
    pub(super) fn of_file(file: &str) -> ReportKey {
        ReportKey(Fingerprint::of(file.rsplit('/').next().unwrap_or_default().as_bytes()))
    }
}

/// The number of a finding, by a hash of its fingerprint or of its report.
type NumberedHash = (u128, u64);

impl Stored for NumberedHash {
    fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.0.to_le_bytes());
        bytes.extend(self.1.to_le_bytes());
    }

    fn decode(bytes: &[u8]) -> Option<NumberedHash> {
        let (hash, number) = bytes.split_first_chunk()?;
        Some((u128::from_le_bytes(*hash), u64::decode(number)?))
    }
}

/// The findings of an earlier review that are not matched yet. They are on disk, except for a bit of each.
#[derive(Default)]
pub(super) struct Earlier {
    findings: DiskList<EarlierFinding>,
    by_fingerprint: Sorted<NumberedHash>,
    by_report: Sorted<NumberedHash>,
    /// Whether each finding is matched.
    matched: Vec<u64>,
}

fn text<'a>(finding: &'a EarlierFinding, key: &str) -> &'a str {
    finding.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Takes the items of a list of findings one by one.
struct EachFinding<F>(F);

impl<'de, F: FnMut(EarlierFinding) -> io::Result<()>> Visitor<'de> for EachFinding<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of findings")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(finding) = list.next_element()? {
            self.0(finding).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}

impl Earlier {
    /// The findings of the review that wrote into `folder`.
    pub(super) fn read(folder: &Path, language: Language) -> anyhow::Result<Earlier> {
        let path = folder.join(FILE);
        let shown = path.display();
        let unread = || {
            say!(
                language,
                "{shown}: 无法读取上一轮审核的结果：--previous 应为上次的 --out 文件夹",
                "{shown}: the earlier review cannot be read: --previous is the folder that was --out the last time"
            )
        };
        let mut file = BufReader::new(File::open(&path).with_context(unread)?);
        if file.fill_buf().with_context(unread)?.starts_with("\u{feff}".as_bytes()) {
            file.consume('\u{feff}'.len_utf8());
        }
        let (mut earlier, mut by_fingerprint, mut by_report) = (Earlier::default(), Sorter::new(), Sorter::new());
        let mut take = |finding: EarlierFinding| {
            if text(&finding, "round") == Round::Fixed.key() {
                return Ok(());
            }
            let number = earlier.findings.len() as u64;
            let (body, year, file) = report_of(&finding);
            by_report.add((ReportKey::of(&body, year, &file).0, number))?;
            by_fingerprint.add((Fingerprint::of(text(&finding, "fingerprint").as_bytes()), number))?;
            earlier.findings.push(&finding)
        };
        let mut json = serde_json::Deserializer::from_reader(file);
        json.deserialize_seq(EachFinding(&mut take)).and_then(|()| json.end()).map_err(|error| {
            anyhow!(say!(
                language,
                "{shown}: 不是审核结果（{error}）",
                "{shown}: these are no findings of a review ({error})"
            ))
        })?;
        earlier.matched = vec![0; earlier.findings.len().div_ceil(64)];
        earlier.by_fingerprint = by_fingerprint.finish()?;
        earlier.by_report = by_report.finish()?;
        earlier.match_duplicates();
        Ok(earlier)
    }

    /// Of findings with one fingerprint only the last is to be matched.
    fn match_duplicates(&mut self) {
        let mut last: Option<NumberedHash> = None;
        let mut duplicates = Vec::new();
        for (hash, number) in self.by_fingerprint.starting_at((0, 0)) {
            duplicates.extend(last.filter(|last| last.0 == hash).map(|last| last.1));
            last = Some((hash, number));
        }
        for number in duplicates {
            self.take(number);
        }
    }

    /// Marks finding `number` as matched; returns whether it was not.
    fn take(&mut self, number: u64) -> bool {
        let Some(bits) = usize::try_from(number / 64).ok().and_then(|at| self.matched.get_mut(at)) else {
            return false;
        };
        let bit = 1 << (number % 64);
        let is_new = *bits & bit == 0;
        *bits |= bit;
        is_new
    }

    /// The numbers of the findings with `hash` in `list`.
    fn numbers(list: &Sorted<NumberedHash>, hash: u128) -> Vec<u64> {
        list.starting_at((hash, 0)).take_while(|(other, _)| *other == hash).map(|(_, number)| number).collect()
    }

    /// Whether the finding `fingerprint` is new or remains from the last review. A remaining one is then matched.
    pub(super) fn round_of(&mut self, fingerprint: &str) -> Round {
        let numbers = Earlier::numbers(&self.by_fingerprint, Fingerprint::of(fingerprint.as_bytes()));
        match numbers.into_iter().any(|number| self.take(number)) {
            true => Round::Remaining,
            false => Round::New,
        }
    }

    /// The earlier findings that are fixed in the reports `keys`. Call it after all current findings of these reports are
    /// matched.
    pub(super) fn fixed(&mut self, keys: impl IntoIterator<Item = ReportKey>) -> io::Result<Vec<EarlierFinding>> {
        let mut gone = Vec::new();
        for ReportKey(hash) in keys {
            for number in Earlier::numbers(&self.by_report, hash) {
                if self.take(number) {
                    gone.push(Ordered(self.findings.get(usize::try_from(number).map_err(io::Error::other)?)?));
                }
            }
        }
        gone.sort();
        Ok(gone.into_iter().map(|Ordered(finding)| finding).collect())
    }

    /// Calls `take` with the findings that are left: those of reports that are missing this time.
    pub(super) fn rest(mut self, mut take: impl FnMut(EarlierFinding) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let mut rest = Sorter::new();
        for number in 0..self.findings.len() {
            if self.take(number as u64) {
                rest.add(Ordered(self.findings.get(number)?))?;
            }
        }
        rest.each(|Ordered(finding)| take(finding))
    }
}

/// A finding in the order of files and places.
#[derive(Serialize, Deserialize)]
struct Ordered(EarlierFinding);

impl Ordered {
    fn key(&self) -> (&str, Option<u64>, Option<u64>, &str) {
        let place = |key: &str| self.0.get("location").and_then(|at| at.get(key)?.as_u64());
        (text(&self.0, "filename"), place("row"), place("column"), text(&self.0, "code"))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Ordered) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Ordered) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ordered {
    fn eq(&self, other: &Ordered) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ordered {}

impl StoredAsJson for Ordered {}

/// `finding` as this review writes it, in `round`.
pub(super) fn in_round(mut finding: EarlierFinding, round: Round) -> EarlierFinding {
    finding.insert("round".to_owned(), Value::from(round.key()));
    finding
}

/// The message of an earlier finding, with its place.
pub(super) fn message(finding: &EarlierFinding) -> String {
    text(finding, "message").to_owned()
}

/// The body, the year and the file of an earlier finding.
pub(super) fn report_of(finding: &EarlierFinding) -> (String, u64, String) {
    let year = finding.get("year").and_then(Value::as_u64).unwrap_or_default();
    (text(finding, "body").to_owned(), year, text(finding, "filename").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier(source: &str) -> Earlier {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), source).unwrap();
        Earlier::read(folder.path(), Language::English).unwrap()
    }

    #[test]
    fn each_finding_is_accounted_for_once() {
        let finding = |print: &str, file: &str, round: &str| {
            format!(
                r#"{{"fingerprint":"{print}","filename":"{file}","body":"甲局","year":2023,"round":"{round}","message":"m"}}"#
            )
        };
        let list = [
            finding("a", "a.txt", "new"),
            finding("b", "a.txt", "remaining"),
            finding("c", "a.txt", "fixed"),
            finding("d", "b.txt", "new").replace("甲局", "乙局"),
        ];
        let mut earlier = earlier(&format!("[{}]", list.join(",")));
        assert_eq!(earlier.round_of("a"), Round::Remaining);
        assert_eq!(earlier.round_of("a"), Round::New, "the same fingerprint a second time is another finding");
        assert_eq!(earlier.round_of("c"), Round::New, "what was fixed and is back is new");
        let fixed = earlier.fixed([ReportKey::of("甲局", 2023, "a.txt")]).unwrap();
        assert_eq!(fixed.iter().map(|one| text(one, "fingerprint")).collect::<Vec<_>>(), ["b"]);
        assert_eq!(rest(earlier), ["d"]);
    }

    fn rest(earlier: Earlier) -> Vec<String> {
        let mut rest = Vec::new();
        let take = |finding: EarlierFinding| {
            rest.push(text(&finding, "fingerprint").to_owned());
            Ok(())
        };
        earlier.rest(take).unwrap();
        rest
    }

    #[test]
    fn of_findings_with_one_fingerprint_one_remains() {
        let finding = |file: &str| format!(r#"{{"fingerprint":"a","filename":"{file}","message":"m"}}"#);
        let mut earlier = earlier(&format!("\u{feff}[{},{}]", finding("a.txt"), finding("b.txt")));
        assert_eq!([(); 2].map(|()| earlier.round_of("a")), [Round::Remaining, Round::New]);
        assert_eq!(rest(earlier), Vec::<String>::new());
    }

    #[test]
    fn many_findings_are_matched_on_disk() {
        let number = 40_000;
        let finding = |index: usize| {
            let file = index % 1000;
            format!(r#"{{"fingerprint":"{index:x}","filename":"{file}.txt","location":{{"row":{index}}}}}"#)
        };
        let list: Vec<String> = (0..number).map(finding).collect();
        let mut earlier = earlier(&format!("[{}]", list.join(",\n")));
        for index in (0..number).filter(|index| index % 3 == 0) {
            assert_eq!(earlier.round_of(&format!("{index:x}")), Round::Remaining, "{index}");
        }
        let fixed = earlier.fixed([ReportKey::of_file("x/7.txt")]).unwrap();
        let fixed: Vec<usize> =
            fixed.iter().map(|finding| usize::from_str_radix(text(finding, "fingerprint"), 16).unwrap()).collect();
        let due: Vec<usize> = (7..number).step_by(1000).filter(|index| index % 3 != 0).collect();
        assert_eq!(fixed, due);
        assert_eq!(rest(earlier).len(), number - number.div_ceil(3) - due.len());
    }

    #[test]
    fn what_is_no_review_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Earlier::read(folder.path(), Language::Chinese).err().unwrap().to_string().contains("--previous"));
        std::fs::write(folder.path().join(FILE), "{}").unwrap();
        assert!(Earlier::read(folder.path(), Language::English).is_err());
    }
}
