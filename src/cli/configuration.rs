//! Which settings each input is checked by: `gongkai.toml` files, the command line, the environment.

use super::arguments::Check;
use super::checked::Checked;
use super::files::{Gathered, Input, Source, display};
use super::terminal::language_of_environment;
use crate::config::{Language, Settings};
use crate::configuration::{Loaded, nearest, resolve};
use crate::rules::{Finding, selection, suppression};
use crate::say;
use crate::text::{Position, Text};
use anyhow::{anyhow, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The configuration files of a run, and what the command line says over them.
pub(super) struct Configurations {
    base: Settings,
    command_line: CommandLine,
    /// The one that holds for every input, if the command line names one.
    named: Option<Loaded>,
    /// Those that were found, by path.
    found: BTreeMap<PathBuf, Loaded>,
    /// For each folder that an input is in, the file that holds there.
    of_folder: BTreeMap<PathBuf, Option<PathBuf>>,
}

struct CommandLine {
    language: Option<Language>,
    select: Option<Vec<String>>,
    ignore: Option<Vec<String>>,
}

impl Configurations {
    /// What `arguments` say, and the file that they name. `language` is the one that the command line asks for.
    pub(super) fn new(arguments: &Check, language: Option<Language>) -> anyhow::Result<Configurations> {
        let base = Settings { language: language.unwrap_or_else(language_of_environment), ..Settings::default() };
        let named = match &arguments.config {
            Some(path) => Some(read(path.clone(), &base)?),
            None => None,
        };
        let told = language.or_else(|| named.as_ref().map(|named| named.configuration.settings().language));
        let told = told.unwrap_or(base.language);
        let rules = |list: &Option<Vec<String>>, option: &str| match list {
            Some(list) => selection::normalise(list, told)
                .map(Some)
                .map_err(|message| anyhow!(message).context(option.to_owned())),
            None => Ok(None),
        };
        let select = rules(&arguments.select, "--select")?;
        let ignore = rules(&arguments.ignore, "--ignore")?;
        let command_line = CommandLine { language, select, ignore };
        Ok(Configurations { base, command_line, named, found: BTreeMap::new(), of_folder: BTreeMap::new() })
    }

    /// Looks for the files that hold for what was `gathered`, unless the command line says otherwise.
    pub(super) fn find(&mut self, arguments: &Check, gathered: &Gathered) -> anyhow::Result<()> {
        if self.named.is_some() || arguments.no_config {
            return Ok(());
        }
        let passed_over = gathered.passed_over.iter().map(|file| resolve(&file.path));
        for place in gathered.inputs.iter().map(place).chain(passed_over) {
            let Some(folder) = place.parent().map(Path::to_owned) else { continue };
            if self.of_folder.contains_key(&folder) {
                continue;
            }
            let path = nearest(&folder);
            if let Some(path) = &path
                && !self.found.contains_key(path)
            {
                self.found.insert(path.clone(), read(path.clone(), &self.base)?);
            }
            self.of_folder.insert(folder, path);
        }
        Ok(())
    }

    /// The configuration file that `input` is checked by.
    fn of(&self, input: &Input) -> Option<&Loaded> {
        self.of_place(&place(input))
    }

    /// The configuration file for the file at `place`.
    fn of_place(&self, place: &Path) -> Option<&Loaded> {
        if self.named.is_some() {
            return self.named.as_ref();
        }
        self.found.get(self.of_folder.get(place.parent()?)?.as_ref()?)
    }

    /// Leaves out what the configurations exclude: files met in folders, and, if the command line says so, named ones.
    pub(super) fn exclude(&self, arguments: &Check, gathered: &mut Gathered) {
        let is_excluded = |place: &Path| self.of_place(place).is_some_and(|loaded| loaded.excludes(place));
        let Gathered { inputs, passed_over, excluded, .. } = gathered;
        inputs.retain(|input| {
            let out = (!input.is_named || arguments.force_exclude) && input.name != "-" && is_excluded(&place(input));
            if out {
                excluded.push(input.name.clone());
            }
            !out
        });
        passed_over.retain(|file| !is_excluded(&resolve(&file.path)));
    }

    /// The settings that `input` is checked by.
    pub(super) fn settings(&self, input: &Input) -> Arc<Settings> {
        let path = (input.source != Source::Stdin || input.name != "-").then(|| place(input));
        let settings = self.of(input).map(|loaded| loaded.settings_for(path.as_deref()));
        let mut settings = settings.unwrap_or_else(|| self.base.clone());
        let CommandLine { language, select, ignore } = &self.command_line;
        settings.language = language.unwrap_or(settings.language);
        if let Some(select) = select {
            settings.select.clone_from(select);
        }
        if let Some(ignore) = ignore {
            settings.ignore.clone_from(ignore);
        }
        Arc::new(settings)
    }

    /// The language in which the run itself speaks: that of its files, if they are of one mind.
    pub(super) fn language(&self) -> Language {
        if let Some(language) = self.command_line.language {
            return language;
        }
        let mut languages =
            self.named.iter().chain(self.found.values()).map(|loaded| loaded.configuration.settings().language);
        match languages.next() {
            Some(first) if languages.all(|other| other == first) => first,
            _ => self.base.language,
        }
    }

    /// The configuration files with entries that hold nothing back (GK001). An entry counts only if every file that it
    /// may be about was checked: it is about one file, or all of the configuration's folder was walked.
    pub(super) fn unused(&self, arguments: &Check, inputs: &[Input], files: &[Checked]) -> Vec<Checked> {
        let Some(rule) = selection::find("GK001").and_then(|rules| rules.first().copied()) else { return Vec::new() };
        let walked: Vec<PathBuf> =
            arguments.paths.iter().filter(|path| path.is_dir()).filter_map(|path| path.canonicalize().ok()).collect();
        let checked: BTreeMap<&str, &Checked> = files.iter().map(|file| (file.name.as_str(), file)).collect();
        let mut lists = Vec::new();
        for loaded in self.named.iter().chain(self.found.values()) {
            let folder = resolve(&loaded.path).parent().map(Path::to_owned).unwrap_or_default();
            let all = self.named.is_none() && walked.iter().any(|walked| folder.starts_with(walked));
            let (mut about, mut used) = (BTreeSet::new(), BTreeSet::new());
            let is_this = |input: &Input| self.of(input).is_some_and(|of| of.path == loaded.path);
            for input in inputs.iter().filter(|input| is_this(input)) {
                let settings = self.settings(input);
                let Some(file) = checked.get(input.name.as_str()) else { continue };
                let looked_for = |codes: &[String]| {
                    let rules = codes.iter().filter_map(|code| selection::find(code)).flatten();
                    rules.into_iter().any(|rule| settings.reports(rule.code, rule.name))
                };
                if settings.reports(rule.code, rule.name) {
                    let exemptions = settings.exemptions.iter().filter(|exemption| looked_for(&exemption.codes));
                    about.extend(exemptions.map(|exemption| exemption.entry));
                }
                used.extend(file.exemptions_used.iter().copied());
            }
            let language = self.command_line.language.unwrap_or(loaded.configuration.settings().language);
            let idle = loaded.configuration.entries().iter().enumerate().filter(|(index, entry)| {
                (all || entry.is_of_one_file()) && about.contains(index) && !used.contains(index)
            });
            let findings: Vec<Finding> = idle
                .map(|(_, entry)| suppression::unused_entry(entry.span, language, loaded.configuration.settings()))
                .collect();
            if !findings.is_empty() {
                lists.push(Checked::of_configuration(&name_of(&loaded.path), &loaded.source, findings));
            }
        }
        lists
    }
}

/// Where `input` is; standard input is in the current folder, or where its name says.
fn place(input: &Input) -> PathBuf {
    match &input.source {
        Source::File(path) => resolve(path),
        Source::Stdin => resolve(Path::new(&input.name)),
    }
}

/// What the file `path` is called in the output: from the current folder, if it is below.
fn name_of(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    display(here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path))
}

/// Reads the file `path`; what is not understood in it is an error.
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
