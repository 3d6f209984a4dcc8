//! What is said on stderr once everything was checked: how much there was, and what was not read.

use super::arguments::Check;
use super::baseline::HeldBack;
use super::checked::Checked;
use super::files::PassedOver;
use super::output::severity_word;
use super::rule::pad;
use crate::config::Language;
use crate::rules::{Applicability, Finding, RuleMeta, Severity};
use crate::say;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a run came to, beside its findings.
pub(super) struct Counts<'a> {
    /// The files that were read, and the configuration files that something was found in.
    pub(super) files: &'a [Checked],
    /// How many of them are reports.
    pub(super) reports: usize,
    /// The names of those in which no report was recognised.
    pub(super) unrecognised: Vec<String>,
    /// What was met in folders and not read.
    pub(super) passed_over: &'a [PassedOver],
    /// What the baseline did, if there is one.
    pub(super) held_back: Option<HeldBack>,
}

/// `number` of something: Chinese with the number in the place of `#`.
fn counted(language: Language, number: usize, zh: &str, en: &str) -> String {
    match language {
        Language::Chinese => zh.replace('#', &number.to_string()),
        Language::English => format!("{number} {en}{}", if number == 1 { "" } else { "s" }),
    }
}

impl Counts<'_> {
    /// The lines after every run.
    pub(super) fn lines(&self, arguments: &Check, language: Language) -> Vec<String> {
        let mut lines = Vec::new();
        let changed: Vec<usize> = self.files.iter().filter_map(Checked::lines_changed).collect();
        let number = counted(language, changed.iter().sum(), "# 行", "line");
        let mended = counted(language, changed.len(), "# 个文件", "file");
        if arguments.diff {
            lines.push(say!(language, "将修改 {mended}，共 {number}", "would change {number} in {mended}"));
        } else if arguments.fix && !changed.is_empty() {
            lines.push(say!(language, "已修改 {mended}，共 {number}", "changed {number} in {mended}"));
        }
        let findings = || self.files.iter().flat_map(|file| &file.findings);
        let of = |severity| findings().filter(|finding| finding.severity == severity).count();
        let errors = counted(language, of(Severity::Error), "错误 # 处", "error");
        let warnings = counted(language, of(Severity::Warning), "警告 # 处", "warning");
        let infos = counted(language, of(Severity::Info), "提示 # 处", "info");
        let checked = counted(language, self.reports, "# 个文件", "file");
        lines.push(say!(
            language,
            "检查了 {checked}：{errors}，{warnings}，{infos}",
            "checked {checked}: {errors}, {warnings}, {infos}"
        ));
        lines.push(self.not_read(language));
        if let Some(HeldBack { known, gone }) = self.held_back {
            lines.push(say!(
                language,
                "基线中已有的问题 {known} 处未列出；基线中有 {gone} 处已不存在",
                "{known} known by the baseline and not listed; {gone} of the baseline are gone"
            ));
        }
        let safe = |finding: &&Finding| finding.fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
        let fixable = findings().filter(safe).count();
        if fixable > 0 && !arguments.fix && !arguments.diff {
            lines.push(say!(
                language,
                "其中 {fixable} 处可用 --fix 自动修改（先用 --diff 查看）",
                "{fixable} of them can be fixed with --fix (look first with --diff)"
            ));
        }
        if let Some(finding) = findings().next() {
            let code = finding.rule.code;
            lines.push(say!(language, "规则说明：gongkai rule {code}", "to read about a rule: gongkai rule {code}"));
        }
        lines
    }

    /// How many files were not recognised, and how many passed over, by kind: none of these is right because nothing was
    /// found in it.
    pub(super) fn not_read(&self, language: Language) -> String {
        let (unrecognised, passed_over) = (self.unrecognised.len(), self.passed_over.len());
        let unrecognised = counted(language, unrecognised, "# 个文件", "file");
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for file in self.passed_over {
            *kinds.entry(&file.kind).or_default() += 1;
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(kind, number)| (Reverse(*number), *kind));
        let kinds: Vec<String> = kinds
            .into_iter()
            .map(|(kind, number)| match kind {
                "" => say!(language, "{number} 个无扩展名", "{number} without an extension"),
                kind => say!(language, "{number} 个 {kind}", "{number} {kind}"),
            })
            .collect();
        let kinds = match (kinds.is_empty(), language) {
            (true, _) => String::new(),
            (false, Language::Chinese) => format!("（{}）", kinds.join("、")),
            (false, Language::English) => format!(" ({})", kinds.join(", ")),
        };
        let passed_over = counted(language, passed_over, "# 个文件", "file");
        say!(
            language,
            "未识别为年度报告：{unrecognised}；跳过：{passed_over}{kinds}",
            "not recognised as a report: {unrecognised}; passed over: {passed_over}{kinds}"
        )
    }

    /// Whether everything that was met is a report, and there is one.
    pub(super) fn is_all_reports(&self) -> bool {
        self.reports > 0 && self.unrecognised.is_empty() && self.passed_over.is_empty()
    }

    /// A line for each rule that found something, and each severity that it found it with: the most frequent first.
    pub(super) fn by_rule(&self, language: Language) -> Vec<String> {
        let mut counts: BTreeMap<(&str, Reverse<Severity>), (usize, &RuleMeta)> = BTreeMap::new();
        for finding in self.files.iter().flat_map(|file| &file.findings) {
            counts.entry((finding.rule.code, Reverse(finding.severity))).or_insert((0, finding.rule)).0 += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(key, (count, _))| (Reverse(*count), *key));
        let line = |((code, severity), (count, rule)): ((&str, Reverse<Severity>), (usize, &RuleMeta))| {
            let severity = pad(severity_word(severity.0, language), 7);
            let name = match language {
                Language::Chinese => rule.title(language),
                Language::English => rule.name,
            };
            format!("{count:>6}  {code}  {severity}  {name}")
        };
        counts.into_iter().map(line).collect()
    }

    /// A line for each file, the worst first: by errors, then warnings, then the rest; at the end those that are no
    /// report.
    pub(super) fn by_file(&self, language: Language) -> Vec<String> {
        let count = |file: &Checked| {
            let of = |severity| file.findings.iter().filter(|finding| finding.severity == severity).count();
            [Severity::Error, Severity::Warning, Severity::Info].map(of)
        };
        let mut files: Vec<_> = self.files.iter().map(|file| (count(file), file)).collect();
        let is_none = |file: &Checked| self.unrecognised.contains(&file.name);
        files.sort_by_key(|(counts, file)| (is_none(file), Reverse(*counts), &file.name));
        let heads = [Severity::Error, Severity::Warning, Severity::Info].map(|level| severity_word(level, language));
        let [errors, warnings, infos] = heads.map(|head| pad(head, 8));
        let mut lines = vec![format!("{errors}{warnings}{infos}{}", say!(language, "文件", "file"))];
        lines.extend(files.into_iter().map(|(counts, file)| {
            let counts: String = counts.map(|count| format!("{count:<8}")).concat();
            let note = match is_none(file) {
                true => say!(language, "（未识别为年度报告）", " (not recognised as a report)"),
                false => String::new(),
            };
            format!("{counts}{}{note}", file.name)
        }));
        lines
    }
}
