//! The settings for each input: from `gongkai.toml` files, the command line and the environment.

use super::checked::Checked;
use super::files::{Gathered, Input, Inputs, Source, display};
use super::terminal::language_of_environment;
use crate::analysis::history::GivenReport;
use crate::analysis::{StatedReport, missing_reports};
use crate::config::{Language, Settings};
use crate::configuration::{FILE_NAME, Loaded, PathPattern, nearest, read_options, resolve};
use crate::rules::{Finding, rules, selection, suppression};
use crate::say;
use crate::text::{Position, Text};
use anyhow::{Context, anyhow, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The configuration files of a run, and the arguments that override them.
pub(super) struct Configurations {
    base: Settings,
    command_line: CommandLine,
    /// The file that applies to every input, if the command line names one.
    named: Option<Loaded>,
    /// The files that were found, by path: all that apply to an input.
    found: BTreeMap<PathBuf, Loaded>,
}

/// For each configuration file, the entries that exempted a finding.
#[derive(Default)]
pub(super) struct UsedExemptions(BTreeMap<PathBuf, BTreeSet<usize>>);

struct CommandLine {
    language: Option<Language>,
    select: Option<Vec<String>>,
    ignore: Option<Vec<String>>,
}

/// The arguments about files and about the configurations that apply to them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunScope<'a> {
    /// The files and folders that it names.
    pub(super) paths: &'a [PathBuf],
    /// The configuration file that it names.
    pub(super) config: Option<&'a Path>,
    /// Whether configuration files are ignored.
    pub(super) no_config: bool,
    /// Whether named files may be excluded too.
    pub(super) force_exclude: bool,
    /// The selected rules, as written.
    pub(super) select: Option<&'a [String]>,
    /// The ignored rules, as written.
    pub(super) ignore: Option<&'a [String]>,
    /// The settings of an editor, as JSON; later ones override earlier ones.
    pub(super) editor_settings: &'a [String],
}

impl Configurations {
    /// The settings of the command line, and the file that it names. `language` is the one of `--lang`.
    pub(super) fn new(scope: &RunScope<'_>, language: Option<Language>) -> anyhow::Result<Configurations> {
        let mut base = Settings { language: language.unwrap_or_else(language_of_environment), ..Settings::default() };
        for options in scope.editor_settings {
            let options = serde_json::from_str(options).context("--editor-settings")?;
            // The language server reports mistakes in an editor's settings.
            let _ = read_options(&options, &mut base);
        }
        let named = match scope.config {
            Some(path) => Some(read(path.to_owned(), &base)?),
            None => None,
        };
        let told = language.or_else(|| named.as_ref().map(|named| named.configuration.settings().language));
        let told = told.unwrap_or(base.language);
        let named_rules = |list: Option<&[String]>, option: &str| match list {
            Some(list) => selection::normalise(list, told)
                .map(Some)
                .map_err(|message| anyhow!(message).context(option.to_owned())),
            None => Ok(None),
        };
        let select = named_rules(scope.select, "--select")?;
        let ignore = named_rules(scope.ignore, "--ignore")?;
        let command_line = CommandLine { language, select, ignore };
        Ok(Configurations { base, command_line, named, found: BTreeMap::new() })
    }

    /// Finds the files that apply to the `gathered` inputs, unless the command line names one or ignores them.
    pub(super) fn find(&mut self, scope: &RunScope<'_>, gathered: &Gathered) -> anyhow::Result<()> {
        if self.named.is_some() || scope.no_config {
            return Ok(());
        }
        let passed_over = gathered.passed_over.iter().map(|file| resolve(&file.path));
        // Files of one folder follow each other.
        let mut last = PathBuf::new();
        for place in gathered.inputs.iter().map(|input| place(&input)).chain(passed_over) {
            let Some(folder) = place.parent().filter(|folder| *folder != last) else { continue };
            if let Some(path) = nearest(folder)
                && !self.found.contains_key(&path)
            {
                self.found.insert(path.clone(), read(path, &self.base)?);
            }
            last = folder.to_owned();
        }
        Ok(())
    }

    /// Every configuration file of the run.
    fn loaded(&self) -> impl Iterator<Item = &Loaded> {
        self.named.iter().chain(self.found.values())
    }

    /// The first name, in alphabetical order, of a configuration file that may have findings.
    pub(super) fn first_with_entries(&self) -> Option<String> {
        let may_err = |loaded: &&Loaded| {
            !loaded.configuration.entries().is_empty() || loaded.configuration.region().has_members()
        };
        self.loaded().filter(may_err).map(|loaded| name_of(&loaded.path)).min()
    }

    /// What the configuration of `input` states about it.
    pub(super) fn stated(&self, input: &Input) -> StatedReport {
        let Some(loaded) = self.of(input) else { return StatedReport::default() };
        let number = self.loaded().position(|one| one.path == loaded.path).unwrap_or_default();
        StatedReport::of(loaded, number, &place(input))
    }

    /// The body and year that the configuration states for the report in `input`.
    pub(super) fn given(&self, input: &Input) -> GivenReport {
        self.stated(input).given
    }

    /// Whether the settings of any file select a rule of the group `group`.
    pub(super) fn may_report(&self, group: &str) -> bool {
        let reports = |settings: &Settings| {
            let mut rules = rules().filter(|rule| rule.code.starts_with(group));
            rules.any(|rule| settings.reports(rule.code, rule.name))
        };
        let of_loaded = |loaded: &Loaded| reports(&self.over(loaded.configuration.settings().clone()));
        reports(&self.over(self.base.clone())) || self.loaded().any(of_loaded)
    }

    /// The configuration file for `input`.
    fn of(&self, input: &Input) -> Option<&Loaded> {
        self.of_place(&place(input))
    }

    /// The configuration file for the file at `place`.
    fn of_place(&self, place: &Path) -> Option<&Loaded> {
        if self.named.is_some() {
            return self.named.as_ref();
        }
        place.ancestors().skip(1).find_map(|folder| self.found.get(&folder.join(FILE_NAME)))
    }

    /// Removes the files that the configurations exclude: files found in folders, and, with `--force-exclude`, named
    /// ones.
    pub(super) fn exclude(&self, scope: &RunScope<'_>, gathered: &mut Gathered) -> std::io::Result<()> {
        if self.loaded().next().is_none() {
            return Ok(());
        }
        let is_excluded = |place: &Path| self.of_place(place).is_some_and(|loaded| loaded.excludes(place));
        let Gathered { inputs, passed_over, excluded, .. } = gathered;
        inputs.retain(|input| {
            let out = (!input.is_named || scope.force_exclude) && input.name != "-" && is_excluded(&place(input));
            if out {
                excluded.push(input.name.clone());
            }
            !out
        })?;
        passed_over.retain(|file| !is_excluded(&resolve(&file.path)));
        Ok(())
    }

    /// Notes that `entries` of the configuration of `input` exempted findings.
    pub(super) fn note_used(&self, input: &Input, entries: &[usize], used: &mut UsedExemptions) {
        if let (false, Some(loaded)) = (entries.is_empty(), self.of(input)) {
            used.0.entry(loaded.path.clone()).or_default().extend(entries);
        }
    }

    /// The settings for `input`.
    pub(super) fn settings(&self, input: &Input) -> Arc<Settings> {
        let path = (input.source != Source::Stdin || input.name != "-").then(|| place(input));
        let settings = self.of(input).map(|loaded| loaded.settings_for(path.as_deref()));
        Arc::new(self.over(settings.unwrap_or_else(|| self.base.clone())))
    }

    /// `settings`, overridden by the command line.
    fn over(&self, mut settings: Settings) -> Settings {
        let CommandLine { language, select, ignore } = &self.command_line;
        settings.language = language.unwrap_or(settings.language);
        if let Some(select) = select {
            settings.select.clone_from(select);
        }
        if let Some(ignore) = ignore {
            settings.ignore.clone_from(ignore);
        }
        settings
    }

    /// The language of the run's own messages: that of its files, if they all have the same.
    pub(super) fn language(&self) -> Language {
        if let Some(language) = self.command_line.language {
            return language;
        }
        let mut languages = self.loaded().map(|loaded| loaded.configuration.settings().language);
        match languages.next() {
            Some(first) if languages.all(|other| other == first) => first,
            _ => self.base.language,
        }
    }

    /// The configuration files with findings: unused entries (GK001), members without a report (GK508), which `missing`
    /// returns for the region with a number. The findings are complete only if every file that they are about was checked.
    pub(super) fn findings(
        &self,
        scope: &RunScope<'_>,
        inputs: &Inputs,
        used: &UsedExemptions,
        missing: impl Fn(usize) -> Vec<(u16, Vec<String>)>,
    ) -> Vec<Checked> {
        let mut lists: BTreeMap<&Path, (&Loaded, Vec<Finding>)> = BTreeMap::new();
        let unused = self.unused(scope, inputs, used).into_iter();
        for (loaded, findings) in unused.chain(self.missing(scope, inputs, missing)) {
            lists.entry(&loaded.path).or_insert((loaded, Vec::new())).1.extend(findings);
        }
        let checked = lists.into_values().map(|(loaded, mut findings)| {
            findings.sort_by(Finding::order);
            Checked::of_configuration(&name_of(&loaded.path), &loaded.source, findings)
        });
        checked.collect()
    }

    /// Members of regions without a report, if the run walked the configuration's whole folder.
    fn missing(
        &self,
        scope: &RunScope<'_>,
        inputs: &Inputs,
        missing: impl Fn(usize) -> Vec<(u16, Vec<String>)>,
    ) -> Vec<(&Loaded, Vec<Finding>)> {
        let mut lists = Vec::new();
        for (number, loaded) in self.loaded().enumerate() {
            if !loaded.configuration.region().has_members() || !self.is_walked(loaded, scope) {
                continue;
            }
            let settings = self.over(loaded.configuration.settings().clone());
            // The members that have a file.
            let members = &loaded.configuration.region().members;
            let mut here = BTreeSet::new();
            for path in inputs.iter().filter_map(|input| loaded.path_of(&place(&input))) {
                let is_about = members.iter().filter(|member| member.is_about(&path));
                here.extend(is_about.map(|member| member.pattern.as_str()));
            }
            let is_here = |member: &PathPattern| here.contains(member.pattern.as_str());
            let findings = missing_reports(loaded, &settings, || missing(number), is_here);
            if !findings.is_empty() {
                lists.push((loaded, findings));
            }
        }
        lists
    }

    /// Whether the run walked the whole folder of `loaded`.
    fn is_walked(&self, loaded: &Loaded, scope: &RunScope<'_>) -> bool {
        let walked = scope.paths.iter().filter(|path| path.is_dir()).filter_map(|path| path.canonicalize().ok());
        let folder = resolve(&loaded.path).parent().map(Path::to_owned).unwrap_or_default();
        walked.into_iter().any(|walked| folder.starts_with(walked))
    }

    /// The configuration files with unused entries (GK001). An entry counts only if every file that it may be about was
    /// checked: it is about a single file, or the run walked the configuration's whole folder.
    fn unused(&self, scope: &RunScope<'_>, inputs: &Inputs, used: &UsedExemptions) -> Vec<(&Loaded, Vec<Finding>)> {
        let Some(rule) = selection::find("GK001").and_then(|rules| rules.first().copied()) else { return Vec::new() };
        let mut lists = Vec::new();
        for loaded in self.loaded().filter(|loaded| !loaded.configuration.entries().is_empty()) {
            let all = self.named.is_none() && self.is_walked(loaded, scope);
            let mut about = BTreeSet::new();
            let used = used.0.get(&loaded.path);
            let is_used = |entry: &usize| used.is_some_and(|used| used.contains(entry));
            let is_this = |input: &Input| self.of(input).is_some_and(|of| of.path == loaded.path);
            for input in inputs.iter().filter(is_this) {
                let settings = self.settings(&input);
                let looked_for = |codes: &[String]| {
                    let rules = codes.iter().filter_map(|code| selection::find(code)).flatten();
                    rules.into_iter().any(|rule| settings.reports(rule.code, rule.name))
                };
                if settings.reports(rule.code, rule.name) {
                    let exemptions = settings.exemptions.iter().filter(|exemption| looked_for(&exemption.codes));
                    about.extend(exemptions.map(|exemption| exemption.entry));
                }
            }
            let language = self.command_line.language.unwrap_or(loaded.configuration.settings().language);
            let idle =
                loaded.configuration.entries().iter().enumerate().filter(|(index, entry)| {
                    (all || entry.is_of_one_file()) && about.contains(index) && !is_used(index)
                });
            let findings: Vec<Finding> = idle
                .map(|(_, entry)| suppression::unused_entry(entry.span, language, loaded.configuration.settings()))
                .collect();
            if !findings.is_empty() {
                lists.push((loaded, findings));
            }
        }
        lists
    }
}

/// The path of `input`; standard input is in the current folder, or at the path of its name.
fn place(input: &Input) -> PathBuf {
    match &input.source {
        Source::File(path) => resolve(path),
        Source::Stdin => resolve(Path::new(&input.name)),
    }
}

/// The name of the file `path` in the output: relative to the current folder, if it is below it.
fn name_of(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    display(here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path))
}

/// Reads the file `path`; a problem in it is an error.
fn read(path: PathBuf, base: &Settings) -> anyhow::Result<Loaded> {
    let name = name_of(&path);
    let loaded = Loaded::read(path, base).map_err(|error| {
        let language = base.language;
        anyhow!(say!(
            language,
            "{name}: 无法读取配置文件（{error}）",
            "{name}: the configuration cannot be read ({error})"
        ))
    })?;
    if loaded.problems.is_empty() {
        return Ok(loaded);
    }
    let text = Text::new(&loaded.source);
    let lines = loaded.problems.iter().map(|problem| {
        let Position { line, column } = text.position(problem.span.start, crate::text::Encoding::Utf32);
        format!("{name}:{}:{}: {}", line + 1, column + 1, problem.message)
    });
    bail!(lines.collect::<Vec<_>>().join("\n"))
}
