//! The check of a single file, given as bytes: the base of the packages for Python and for browsers.

use super::{Letter, encoded, figure_rows, finding_json, not_opened, not_word, report_heads};
use crate::analysis::history::{DigestId, GivenReport, History, RegionRole, digest_of};
use crate::analysis::{Analysis, DocumentFindings};
use crate::config::{Language, Settings};
use crate::configuration;
use crate::files::{OpenedFile, open};
use crate::ide::{fix_all, fixed_point};
use crate::report::{Digest, Document};
use crate::rules::Neighbours;
use std::sync::Arc;

/// A file with its settings. Its findings are those of `gongkai check` for this file alone.
#[derive(Clone, Debug)]
pub struct FileCheck {
    name: String,
    file: OpenedFile,
    settings: Arc<Settings>,
    given: GivenReport,
    /// Digests of the reports of another file, with which those of this one are compared.
    others: Vec<Digest>,
}

/// The name of a file without one.
const UNNAMED: &str = "-";

impl FileCheck {
    /// Opens the file `bytes` with the name `name`, if it has one. `configuration` is the text of a `gongkai.toml`.
    /// Messages are in `language`, or else in that of the configuration, or else in Chinese.
    ///
    /// # Errors
    ///
    /// A message that says why the file or the configuration cannot be read, and what to do.
    pub fn open(
        bytes: Vec<u8>,
        name: Option<&str>,
        configuration: Option<&str>,
        language: Option<Language>,
    ) -> Result<FileCheck, String> {
        let base = Settings { language: language.unwrap_or_default(), ..Settings::default() };
        let (configuration, problems) = configuration::parse(configuration.unwrap_or_default(), &base);
        let name = name.map(|name| name.replace('\\', "/"));
        let mut settings = configuration.settings_for(name.as_deref());
        settings.language = language.unwrap_or(settings.language);
        let (body, year) = name.as_deref().map(|name| configuration.report_in(name)).unwrap_or_default();
        let name = name.unwrap_or_else(|| UNNAMED.to_owned());
        if let Some(problem) = problems.first() {
            return Err(format!("{}: {}", configuration::FILE_NAME, problem.message));
        }
        let file = open(bytes, &name, None).map_err(|error| not_opened(error, settings.language))?;
        Ok(FileCheck {
            name,
            file,
            settings: Arc::new(settings),
            given: GivenReport { body, year },
            others: Vec::new(),
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its content.
    pub fn file(&self) -> &OpenedFile {
        &self.file
    }

    /// Its settings.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Sets the language of messages.
    pub fn set_language(&mut self, language: Language) {
        Arc::make_mut(&mut self.settings).language = language;
    }

    /// Compares its reports with those of `other` from now on, as if both files were in one folder. Returns whether `other`
    /// holds last year's report of a body of `document`, which is this file with its edits.
    pub fn put_beside(&mut self, other: &FileCheck, document: &Document) -> bool {
        self.others = other.digests(&other.file.document()).into_iter().flatten().collect();
        self.neighbours(document).iter().any(|neighbours| !neighbours.last_year.is_empty())
    }

    /// Its analysis, in which each report is compared with the others of the file.
    pub fn analysis(&self) -> Analysis {
        self.analysis_of(self.file.document())
    }

    /// The analysis of `document`, which is this file with its edits.
    pub fn analysis_of(&self, document: Document) -> Analysis {
        let neighbours = self.neighbours(&document);
        Analysis::beside(document, Arc::clone(&self.settings), neighbours)
    }

    /// The digest of each report of `document` whose body and year are known.
    fn digests(&self, document: &Document) -> Vec<Option<Digest>> {
        document.units().map(|(_, unit)| digest_of(unit, &self.name, &self.given)).collect()
    }

    /// For each report of `document`, those that it is compared with, such as last year's report of the same body.
    fn neighbours(&self, document: &Document) -> Vec<Neighbours> {
        let own = self.digests(document);
        let count = own.len();
        let digests: Vec<_> = own.into_iter().chain(self.others.iter().cloned().map(Some)).collect();
        let mut history = History::default();
        let id = |index: usize| DigestId::try_from(index).ok();
        for (index, digest) in digests.iter().enumerate() {
            if let (Some(id), Some(digest)) = (id(index), digest) {
                history.add(id, digest, RegionRole::Other);
            }
        }
        let fetch = |id: DigestId| digests.get(usize::try_from(id).ok()?)?.clone();
        let beside = |(index, digest): (usize, &Option<_>)| match digest {
            Some(digest) => history.neighbours(id(index), digest, RegionRole::Other, fetch),
            None => Neighbours::default(),
        };
        digests.iter().take(count).enumerate().map(beside).collect()
    }

    /// The findings of `analysis`, by position, then code, with the fixes that can be written into the file.
    pub fn outcome(&self, analysis: &Analysis) -> DocumentFindings {
        let mut outcome = analysis.outcome();
        let mut found: Vec<_> = outcome.findings.into_iter().zip(outcome.identities).collect();
        found.sort_by(|(a, _), (b, _)| (a.span, a.rule.code).cmp(&(b.span, b.rule.code)));
        (outcome.findings, outcome.identities) = found.into_iter().unzip();
        if let OpenedFile::Word(word) = &self.file {
            word.keep_writable(&mut outcome.findings);
        }
        outcome
    }

    /// Its findings in the format of `gongkai check --output-format json`: a JSON array.
    pub fn findings(&self) -> String {
        let analysis = self.analysis();
        let outcome = self.outcome(&analysis);
        let found = outcome.findings.iter().zip(&outcome.identities);
        let found: Vec<_> =
            found.map(|(finding, known)| finding_json(&self.name, analysis.text(), finding, known)).collect();
        json(&found)
    }

    /// Its figures in the format of `gongkai extract`: a JSON array.
    pub fn figures(&self) -> String {
        let document = self.file.document();
        json(&figure_rows(&document, &self.name, &self.given))
    }

    /// Its letter of findings, a page.
    pub fn letter(&self) -> String {
        self.letter_of(&self.analysis())
    }

    /// The letter about the findings of `analysis`, which is the current analysis of this file.
    pub fn letter_of(&self, analysis: &Analysis) -> String {
        let heads = report_heads(analysis.document(), &self.name, &self.given);
        Letter::new(analysis, &self.outcome(analysis), &heads).page(self.settings.language)
    }

    /// Its bytes with every safe fix applied, as `gongkai check --fix` writes them.
    ///
    /// # Errors
    ///
    /// A message that says why the file must not be changed.
    pub fn fixed(&self) -> Result<Vec<u8>, String> {
        let language = self.settings.language;
        match &self.file {
            OpenedFile::Text(file) => {
                let fixed = fixed_point(&Analysis::new(&file.text, Arc::clone(&self.settings)));
                encoded(file, &fixed.text.unwrap_or_else(|| file.text.clone()), language).map(|(_, bytes)| bytes)
            }
            OpenedFile::Word(file) => {
                let fixed = file.fixed(&self.settings, Analysis::findings, fix_all);
                let fixed = fixed.map_err(|error| not_word(error, language))?;
                Ok(fixed.map_or_else(|| file.bytes().to_vec(), |fixed| fixed.bytes))
            }
        }
    }
}

fn json(value: &impl serde::Serialize) -> String {
    // Serialisation cannot fail here: keys of maps are strings, and numbers are finite.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "云岭市档案局2023年政府信息公开工作年度报告\r\n一、总体情况\r\n三、收到和处理政府信息公开申请情况\r\n\
        二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 3 |\r\n";

    fn open(text: &str, name: Option<&str>, configuration: Option<&str>) -> Result<FileCheck, String> {
        FileCheck::open(text.as_bytes().to_vec(), name, configuration, None)
    }

    #[test]
    fn a_file_is_checked_under_its_name_and_its_configuration() {
        let findings = open(REPORT, Some(r"报告\2023.txt"), None).unwrap().findings();
        assert!(findings.contains(r#""filename":"报告/2023.txt","code":"GK303""#), "{findings}");
        let findings = open(REPORT, None, Some("ignore = [\"GK3\"]\nlanguage = \"en\"\n")).unwrap().findings();
        assert!(findings.contains(r#""filename":"-""#) && !findings.contains("GK3"), "{findings}");
        assert!(findings.contains("section") && !findings.contains("缺少"), "{findings}");
        let problem = open(REPORT, None, Some("nonsense = 1")).unwrap_err();
        assert!(problem.starts_with("gongkai.toml: ") && problem.contains("nonsense"), "{problem}");
        let problem = open("%PDF-1.7", Some("a.pdf"), None).unwrap_err();
        assert!(problem.starts_with("PDF 文件"), "{problem}");
    }

    #[test]
    fn fixes_keep_line_ends_and_encoding() {
        let gbk = crate::files::Charset::named("gbk").unwrap();
        let bytes = gbk.encode(&REPORT.replace("| 3 |", "| ２ |")).unwrap();
        let check = FileCheck::open(bytes, Some("a.txt"), None, None).unwrap();
        let fixed = check.fixed().unwrap();
        assert_eq!(fixed, gbk.encode(&REPORT.replace("| 3 |", "| 2 |")).unwrap());
        assert!(
            check.figures().contains(r#""row":"二、上年结转政府信息公开申请数量","column":"总计","value":2,"#),
            "{}",
            check.figures()
        );
        assert!(check.letter().contains("<p>云岭市档案局：</p>"));
    }

    #[test]
    fn last_years_report_is_put_beside() {
        let mut check = open(REPORT, None, None).unwrap();
        let last = REPORT.replace("2023", "2022");
        let mut beside = |text: &str| check.put_beside(&open(text, None, None).unwrap(), &Document::new(REPORT));
        assert!(beside(&last));
        assert!(!beside(&last.replace("档案局", "水务局")));
        assert!(!beside(REPORT));
    }
}
