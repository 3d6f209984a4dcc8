//! The findings of an earlier review, and whether they are fixed.

use crate::analysis::history::body_key;
use crate::config::Language;
use crate::exchange::Round;
use crate::say;
use anyhow::{Context, anyhow};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The file that a review writes for the next review and for other programs.
pub(super) const FILE: &str = "findings.json";

/// A finding of an earlier review, with all its fields.
type EarlierFinding = Map<String, Value>;

/// A report of two reviews: its body and year, or, if one of them is unknown, the name of its file without folders.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum ReportKey {
    /// By [`body_key`] and year.
    Known(u64, u64),
    File(String),
}

impl ReportKey {
    /// The key of the report of `body` for `year` in `file`. An unknown body is "", an unknown year 0.
    pub(super) fn of(body: &str, year: u64, file: &str) -> ReportKey {
        match !body.is_empty() && year != 0 {
            true => ReportKey::Known(body_key(body), year),
            false => ReportKey::of_file(file),
        }
    }

    /// The key of a report in `file` of which body or year is unknown.
    pub(super) fn of_file(file: &str) -> ReportKey {
        ReportKey::File(file.rsplit('/').next().unwrap_or_default().to_owned())
    }
}

/// The findings of an earlier review that are not matched yet.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    by_fingerprint: BTreeMap<String, EarlierFinding>,
    /// The fingerprints of each report.
    by_report: HashMap<ReportKey, Vec<String>>,
}

fn text<'a>(finding: &'a EarlierFinding, key: &str) -> &'a str {
    finding.get(key).and_then(Value::as_str).unwrap_or_default()
}

impl Earlier {
    /// The findings of the review that wrote into `folder`.
    pub(super) fn read(folder: &Path, language: Language) -> anyhow::Result<Earlier> {
        let path = folder.join(FILE);
        let shown = path.display();
        let source = std::fs::read_to_string(&path).with_context(|| {
            say!(
                language,
                "{shown}: 无法读取上一轮审核的结果：--previous 应为上次的 --out 文件夹",
                "{shown}: the earlier review cannot be read: --previous is the folder that was --out the last time"
            )
        })?;
        let findings: Vec<EarlierFinding> =
            serde_json::from_str(source.trim_start_matches('\u{feff}')).map_err(|error| {
                anyhow!(say!(
                    language,
                    "{shown}: 不是审核结果（{error}）",
                    "{shown}: these are no findings of a review ({error})"
                ))
            })?;
        let mut earlier = Earlier::default();
        for finding in findings.into_iter().filter(|finding| text(finding, "round") != Round::Fixed.key()) {
            let fingerprint = text(&finding, "fingerprint").to_owned();
            let (body, year, file) = report_of(&finding);
            earlier.by_report.entry(ReportKey::of(&body, year, &file)).or_default().push(fingerprint.clone());
            earlier.by_fingerprint.insert(fingerprint, finding);
        }
        Ok(earlier)
    }

    /// Whether the finding `fingerprint` is new or remains from the last review. A remaining one is then matched.
    pub(super) fn round_of(&mut self, fingerprint: &str) -> Round {
        match self.by_fingerprint.remove(fingerprint) {
            Some(_) => Round::Remaining,
            None => Round::New,
        }
    }

    /// The earlier findings that are fixed in the reports `keys`. Call it after all current findings of these reports are
    /// matched.
    pub(super) fn fixed(&mut self, keys: impl IntoIterator<Item = ReportKey>) -> Vec<EarlierFinding> {
        let mut gone = Vec::new();
        for fingerprint in keys.into_iter().filter_map(|key| self.by_report.remove(&key)).flatten() {
            gone.extend(self.by_fingerprint.remove(&fingerprint));
        }
        sort(&mut gone);
        gone
    }

    /// The findings that are left: those of reports that are missing this time.
    pub(super) fn rest(self) -> Vec<EarlierFinding> {
        let mut rest: Vec<EarlierFinding> = self.by_fingerprint.into_values().collect();
        sort(&mut rest);
        rest
    }
}

fn sort(findings: &mut [EarlierFinding]) {
    let place = |finding: &EarlierFinding, key: &str| finding.get("location").and_then(|at| at.get(key)?.as_u64());
    let key = |finding: &EarlierFinding| {
        let name = text(finding, "filename").to_owned();
        (name, place(finding, "row"), place(finding, "column"), text(finding, "code").to_owned())
    };
    findings.sort_by_key(key);
}

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
        let fixed = earlier.fixed([ReportKey::of("甲局", 2023, "a.txt")]);
        assert_eq!(fixed.iter().map(|one| text(one, "fingerprint")).collect::<Vec<_>>(), ["b"]);
        assert_eq!(earlier.rest().iter().map(|one| text(one, "fingerprint")).collect::<Vec<_>>(), ["d"]);
    }

    #[test]
    fn what_is_no_review_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Earlier::read(folder.path(), Language::Chinese).unwrap_err().to_string().contains("--previous"));
        std::fs::write(folder.path().join(FILE), "{}").unwrap();
        assert!(Earlier::read(folder.path(), Language::English).is_err());
    }
}
