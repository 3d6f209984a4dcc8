//! The summary on stderr after a check: how many files and findings there were, and which files were not read.

use super::arguments::{Check, OutputFormat};
use super::baseline::HeldBack;
use super::checked::{Checked, FileKind};
use super::files::PassedOver;
use super::output::severity_word;
use super::rule::pad;
use crate::analysis::{BySeverity, number_of};
use crate::config::{Language, counted};
use crate::rules::{Applicability, RuleMeta, Severity};
use crate::say;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The counts of a run. Their size does not depend on the number of files.
#[derive(Default)]
pub(super) struct Counts {
    /// How many of the files are reports.
    pub(super) reports: usize,
    /// How many of the files are not reports.
    pub(super) unrecognised: usize,
    /// How many files and lines fixes have changed, or would change.
    changed: (usize, usize),
    /// Numbers of errors, warnings and information.
    severities: BySeverity,
    /// How many findings have a safe fix.
    fixable: usize,
    /// The rule of the first finding.
    first: Option<&'static str>,
    by_rule: BTreeMap<(&'static str, Reverse<Severity>), (usize, &'static RuleMeta)>,
    /// For each file, with `--summary`: whether it is not a report, its counts, its name.
    by_file: Option<Vec<(bool, Reverse<BySeverity>, String)>>,
    /// The files in folders that were not read.
    pub(super) passed_over: Vec<PassedOver>,
    /// The effect of the baseline, if there is one.
    pub(super) held_back: Option<HeldBack>,
}

impl Counts {
    /// Counts of zero; with a summary by file if `lists_files`.
    pub(super) fn new(lists_files: bool, passed_over: Vec<PassedOver>) -> Counts {
        Counts { by_file: lists_files.then(Vec::new), passed_over, ..Counts::default() }
    }

    /// Adds `file`, which may be a report, another text or a configuration file.
    pub(super) fn add(&mut self, file: &Checked) {
        match file.kind {
            FileKind::Report => self.reports += 1,
            FileKind::Other => self.unrecognised += 1,
            FileKind::Configuration => {}
        }
        if let Some(lines) = file.lines_changed() {
            self.changed.0 += 1;
            self.changed.1 += lines;
        }
        let mut severities = BySeverity::default();
        for finding in &file.findings {
            *number_of(finding.severity, &mut severities) += 1;
            let is_safe = finding.fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
            self.fixable += usize::from(is_safe);
            let key = (finding.rule.code, Reverse(finding.severity));
            self.by_rule.entry(key).or_insert((0, finding.rule)).0 += 1;
        }
        self.first = self.first.or(file.findings.first().map(|finding| finding.rule.code));
        self.severities.iter_mut().zip(severities).for_each(|(all, more)| *all += more);
        if let Some(list) = &mut self.by_file {
            list.push((file.kind == FileKind::Other, Reverse(severities), file.name.clone()));
        }
    }

    /// The lines after every run.
    pub(super) fn lines(&self, arguments: &Check, language: Language) -> Vec<String> {
        let mut lines = Vec::new();
        let (files, changed) = self.changed;
        let number = counted(language, changed, "# 行", "line");
        let fixed = counted(language, files, "# 个文件", "file");
        if arguments.diff {
            lines.push(say!(language, "将修改 {fixed}，共 {number}", "would change {number} in {fixed}"));
        } else if arguments.fix && files > 0 {
            lines.push(say!(language, "已修改 {fixed}，共 {number}", "changed {number} in {fixed}"));
        }
        let [errors, warnings, infos] = self.severities;
        let errors = counted(language, errors, "错误 # 处", "error");
        let warnings = counted(language, warnings, "警告 # 处", "warning");
        let infos = counted(language, infos, "提示 # 处", "info");
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
        // An editor that reads another output has its own ways to these.
        if !matches!(arguments.output_format, OutputFormat::Text | OutputFormat::Concise) {
            return lines;
        }
        let fixable = self.fixable;
        if fixable > 0 && !arguments.fix && !arguments.diff {
            lines.push(say!(
                language,
                "其中 {fixable} 处可用 --fix 自动修改（先用 --diff 查看）",
                "{fixable} of them can be fixed with --fix (look first with --diff)"
            ));
        }
        if let Some(code) = self.first {
            lines.push(say!(language, "规则说明：gongkai rule {code}", "to read about a rule: gongkai rule {code}"));
        }
        lines
    }

    /// How many files were not recognised, and how many were skipped, by kind: these files have no findings, but they
    /// were not checked.
    pub(super) fn not_read(&self, language: Language) -> String {
        let (unrecognised, passed_over) = (self.unrecognised, self.passed_over.len());
        let unrecognised = counted(language, unrecognised, "# 个文件", "file");
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for file in &self.passed_over {
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

    /// Whether every file is a report, and there is at least one.
    pub(super) fn is_all_reports(&self) -> bool {
        self.reports > 0 && self.unrecognised == 0 && self.passed_over.is_empty()
    }

    /// A line for each rule with findings and each severity of them: the most frequent first.
    pub(super) fn by_rule(&self, language: Language) -> Vec<String> {
        let mut counts: Vec<_> = self.by_rule.iter().collect();
        counts.sort_by_key(|(key, (count, _))| (Reverse(*count), **key));
        let line = |((code, severity), (count, rule)): (&(&str, Reverse<Severity>), &(usize, &RuleMeta))| {
            let severity = pad(severity_word(severity.0, language), 7);
            let name = match language {
                Language::Chinese => rule.title(language),
                Language::English => rule.name,
            };
            format!("{count:>6}  {code}  {severity}  {name}")
        };
        counts.into_iter().map(line).collect()
    }

    /// A line for each file, the worst first: by errors, then warnings, then the rest; files that are not reports are
    /// at the end.
    pub(super) fn by_file(&self, language: Language) -> Vec<String> {
        let mut files: Vec<_> = self.by_file.iter().flatten().collect();
        files.sort();
        let heads = [Severity::Error, Severity::Warning, Severity::Info].map(|level| severity_word(level, language));
        let [errors, warnings, infos] = heads.map(|head| pad(head, 8));
        let mut lines = vec![format!("{errors}{warnings}{infos}{}", say!(language, "文件", "file"))];
        lines.extend(files.into_iter().map(|(is_none, Reverse(counts), name)| {
            let counts: String = counts.map(|count| format!("{count:<8}")).concat();
            let note = match is_none {
                true => say!(language, "（未识别为年度报告）", " (not recognised as a report)"),
                false => String::new(),
            };
            format!("{counts}{name}{note}")
        }));
        lines
    }
}
