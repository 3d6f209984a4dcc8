//! Reads `gongkai.toml` and the editor's settings into [`Settings`], and checks every key and value.
//!
//! All settings are in one table, [`KEYS`], from which the JSON schema, the editor's settings and the documentation are
//! generated. Reading is pure; only [`nearest`], [`resolve`] and [`Loaded`] access the disk.

mod completion;
mod entry;
mod keys;
mod node;
mod schema;
mod syntax_error;

pub use completion::{SettingOffer, completions};
pub use entry::{NewEntry, add_entry};
pub use keys::{KEYS, Key, KeyKind};
pub use schema::{documentation, editor_settings, schema};

use crate::config::{Exemption, Language, PlacePattern, RegionLevel, Settings};
use crate::rules::selection;
use crate::say;
use crate::text::Span;
use globset::{GlobBuilder, GlobMatcher};
use node::{Node, TomlValue};
use std::path::{Path, PathBuf};

/// The name of the file.
pub const FILE_NAME: &str = "gongkai.toml";

/// The content of a configuration file.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    settings: Settings,
    entries: Vec<Entry>,
    exclude: Vec<GlobMatcher>,
    region: RegionSettings,
    reports: Vec<ReportEntry>,
}

/// An entry of `[[ignore]]`.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The place of its `code`.
    pub span: Span,
    /// Codes, names or groups, in their normal spelling.
    pub codes: Vec<String>,
    /// The path that it is about, as written; `None` for every file.
    pub path: Option<String>,
    /// Text in the row that it is about; `None` for every row.
    pub text: Option<String>,
    /// The fingerprint of the single finding that it is about; `None` for every finding.
    pub fingerprint: Option<String>,
    /// The place of the findings that it is about; `None` for any place.
    pub place: Option<PlacePattern>,
    matcher: Option<GlobMatcher>,
}

/// A path with wildcards, and its place in the file.
#[derive(Clone, Debug)]
pub struct PathPattern {
    /// The place.
    pub span: Span,
    /// As written.
    pub pattern: String,
    matcher: GlobMatcher,
}

impl PathPattern {
    /// Whether it is about `path`, given from the configuration's folder with `/` between its parts.
    pub fn is_about(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let mut parts = ends.filter_map(|end| path.get(..end));
        parts.any(|part| self.matcher.is_match(part))
    }

    /// Whether it names one file, rather than any number.
    pub fn is_of_one_file(&self) -> bool {
        !self.pattern.contains(['*', '?', '[', '{', '\\']) && !self.pattern.ends_with('/')
    }
}

/// The table `[region]`.
#[derive(Clone, Debug, Default)]
pub struct RegionSettings {
    /// The place of the members.
    pub span: Span,
    /// The level of its government.
    pub level: Option<RegionLevel>,
    /// The files with reports of members.
    pub members: Vec<PathPattern>,
    report: Option<GlobMatcher>,
    exclude: Vec<PathPattern>,
}

impl RegionSettings {
    /// Whether it lists members.
    pub fn has_members(&self) -> bool {
        !self.members.is_empty()
    }

    /// Whether the file `path`, relative to the configuration's folder, contains the region's own report.
    pub fn is_report(&self, path: &str) -> bool {
        self.report.as_ref().is_some_and(|matcher| matcher.is_match(path))
    }

    /// Whether the file `path`, relative to the configuration's folder, contains the report of a member.
    pub fn is_member(&self, path: &str) -> bool {
        let among = |patterns: &[PathPattern]| patterns.iter().any(|pattern| pattern.is_about(path));
        among(&self.members) && !among(&self.exclude) && !self.is_report(path)
    }
}

/// An entry of `[[report]]`.
#[derive(Clone, Debug)]
struct ReportEntry {
    matcher: GlobMatcher,
    body: Option<String>,
    year: Option<u16>,
}

/// A problem in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place.
    pub span: Span,
    /// The problem and what to do.
    pub message: String,
}

impl Entry {
    /// Whether it is about the file `path`, given from the configuration's folder with `/` between its parts.
    pub fn is_about(&self, path: &str) -> bool {
        self.matcher.as_ref().is_none_or(|matcher| matcher.is_match(path))
    }

    /// Whether it names one file, rather than any number.
    pub fn is_of_one_file(&self) -> bool {
        self.path.as_ref().is_some_and(|path| !path.contains(['*', '?', '[', '{', '\\']))
    }
}

impl Configuration {
    /// The settings for every file.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The entries of `[[ignore]]` that are about single files or rows.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The settings about a region.
    pub fn region(&self) -> &RegionSettings {
        &self.region
    }

    /// The body and year that it states for the report in the file `path`, relative to the configuration's folder.
    pub fn report_in(&self, path: &str) -> (Option<String>, Option<u16>) {
        let mut entries = self.reports.iter().filter(|entry| entry.matcher.is_match(path));
        entries.next().map_or((None, None), |entry| (entry.body.clone(), entry.year))
    }

    /// Whether a folder walk skips the file `path` or one of its folders. The path is relative to the configuration's
    /// folder, with `/` between its parts.
    pub fn excludes(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let mut parts = ends.filter_map(|end| path.get(..end));
        parts.any(|part| self.exclude.iter().any(|matcher| matcher.is_match(part)))
    }

    /// The settings for the file `path`, relative to the configuration's folder with `/` between its parts; `None` for
    /// a text that is not a file in that folder.
    pub fn settings_for(&self, path: Option<&str>) -> Settings {
        let about = |entry: &Entry| match path {
            Some(path) => entry.is_about(path),
            None => entry.path.is_none(),
        };
        let exemptions = self.entries.iter().enumerate().filter(|(_, entry)| about(entry));
        let exemptions = exemptions.map(|(index, entry)| Exemption {
            entry: index,
            codes: entry.codes.clone(),
            text: entry.text.clone(),
            fingerprint: entry.fingerprint.clone(),
            place: entry.place.clone(),
        });
        let is_region = path.is_some_and(|path| self.region.is_report(path));
        let region_level = self.region.level.filter(|_| is_region);
        Settings { exemptions: exemptions.collect(), region_level, ..self.settings.clone() }
    }
}

/// Reads a configuration file over the settings `base`. Invalid values are ignored and returned as problems.
pub fn parse(source: &str, base: &Settings) -> (Configuration, Vec<Problem>) {
    let mut configuration = Configuration { settings: base.clone(), ..Configuration::default() };
    let table = match node::of_toml(source) {
        Ok(table) => table,
        Err((span, original)) => {
            let message = syntax_error::message(source, span, &original, base.language);
            return (configuration, vec![Problem { span, message }]);
        }
    };
    let mut reader = keys::Reader::new(&mut configuration.settings);
    reader.file(&table);
    let keys::Reader { entries, exclude, region, reports, mut problems, .. } = reader;
    problems.sort_by_key(|problem| problem.span);
    (configuration.entries, configuration.exclude) = (entries, exclude);
    (configuration.region, configuration.reports) = (region, reports);
    (configuration, problems)
}

/// Reads the editor's settings, either `{"gongkai": {…}}` or `{…}`, into `settings`. Returns a message for each invalid
/// value, which changes nothing. Ignores keys of the editor itself, such as the path to this program.
pub fn read_options(options: &serde_json::Value, settings: &mut Settings) -> Vec<String> {
    let options = options.get("gongkai").unwrap_or(options);
    let mut reader = keys::Reader::new(settings);
    reader.editor(&node::of_json(options));
    reader.problems.into_iter().map(|problem| problem.message).collect()
}

/// The nearest configuration file from `folder` upwards.
pub fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

/// A configuration file on the disk.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The place.
    pub path: PathBuf,
    /// Its text.
    pub source: String,
    /// Its content.
    pub configuration: Configuration,
    /// The problems in it.
    pub problems: Vec<Problem>,
}

impl Loaded {
    /// Reads the file `path` over the settings `base`.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is not UTF-8.
    pub fn read(path: PathBuf, base: &Settings) -> std::io::Result<Loaded> {
        let source = std::fs::read_to_string(&path)?;
        Ok(Loaded::of(path, source, base))
    }

    /// The file `path` with the text `source`, over the settings `base`.
    pub fn of(path: PathBuf, source: String, base: &Settings) -> Loaded {
        let (configuration, problems) = parse(&source, base);
        Loaded { path, source, configuration, problems }
    }

    /// The problems in one sentence: the first one with its place, and the number of others.
    pub fn problem(&self, language: Language) -> String {
        let Some(first) = self.problems.first() else { return String::new() };
        let before = self.source.get(..first.span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let (message, more) = (&first.message, self.problems.len() - 1);
        match more {
            0 => say!(language, "第 {line} 行第 {column} 列：{message}", "line {line}, column {column}: {message}"),
            _ => say!(
                language,
                "第 {line} 行第 {column} 列：{message}（另有 {more} 处）",
                "line {line}, column {column}: {message} ({more} more)"
            ),
        }
    }

    /// The settings for `file`, a path from [`resolve`].
    pub fn settings_for(&self, file: Option<&Path>) -> Settings {
        self.configuration.settings_for(file.and_then(|file| self.path_of(file)).as_deref())
    }

    /// Whether a folder walk skips `file`, a path from [`resolve`].
    pub fn excludes(&self, file: &Path) -> bool {
        self.path_of(file).is_some_and(|path| self.configuration.excludes(&path))
    }

    /// The path of `file` relative to the configuration's folder.
    pub fn path_of(&self, file: &Path) -> Option<String> {
        let folder = self.path.parent()?;
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        relative(file, &folder.canonicalize().ok()?)
    }
}

/// The path of `file`, with links and `..` resolved in its folder, as far as the folder exists.
pub fn resolve(file: &Path) -> PathBuf {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    match (absolute.parent().and_then(|folder| folder.canonicalize().ok()), absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

/// The path of `file` relative to `folder`, with `/` between its parts; `None` for a file outside.
pub fn relative(file: &Path, folder: &Path) -> Option<String> {
    let inside = file.strip_prefix(folder).ok()?;
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// `pattern` as a glob: `*` stays within a folder, `**` crosses folders. A pattern without `/` matches files of that
/// name in any folder, and one that ends in `/` everything in that folder.
fn glob(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let anchored = pattern.strip_prefix("./").or_else(|| pattern.strip_prefix('/'));
    let mut whole = match anchored {
        Some(anchored) => anchored.to_owned(),
        None if !pattern.trim_end_matches('/').contains('/') => format!("**/{pattern}"),
        None => pattern.to_owned(),
    };
    if whole.ends_with('/') {
        whole.push_str("**");
    }
    Ok(GlobBuilder::new(&whole).literal_separator(true).backslash_escape(true).build()?.compile_matcher())
}

/// The code, name or group at `offset`, with its span: for a hover on a configuration file.
pub fn rule_at(source: &str, offset: usize) -> Option<(Span, String)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let before = source.get(..offset)?;
    let start = before
        .rfind(|c| !is_part(c))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let after = source.get(offset..)?;
    let end = after.find(|c| !is_part(c)).map_or(source.len(), |len| offset + len);
    let span = Span::new(start, end);
    // Only in a string or a key, where a rule can be named, and not in a comment.
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    if source.get(line_start..start)?.contains('#') {
        return None;
    }
    selection::find(span.of(source)).map(|_| (span, span.of(source).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{MonthDay, Severity};
    use serde_json::json;

    fn english() -> Settings {
        Settings { language: Language::English, ..Settings::default() }
    }

    #[track_caller]
    fn good(source: &str) -> Configuration {
        let (configuration, problems) = parse(source, &english());
        assert_eq!(problems, [], "{source}");
        configuration
    }

    /// Checks that `marked` has exactly one problem, at the marked place, with the message `complaint`.
    #[track_caller]
    fn bad(marked: &str, complaint: &str) {
        let (source, spans) = crate::rules::unmark(marked);
        let (_, problems) = parse(&source, &english());
        let found: Vec<Span> = problems.iter().map(|problem| problem.span).collect();
        assert_eq!(found, spans, "{problems:?}");
        assert!(problems.iter().all(|problem| problem.message.contains(complaint)), "{problems:?}");
    }

    #[test]
    fn every_key_is_taken_over() {
        assert_eq!(good("").settings(), &english());
        let configuration = good(
            "select = ['gk3', 'Row-Total']\nlanguage = 'zh'\nmax_findings = 7\n[severity]\nGK104 = 'info'\nGK3 = 'warning'\n\
             [dates]\ndepartment = '02-15'\nprovince = '04-30'\n\
             [thresholds]\nGK601 = 20\n\
             [features]\ninlay_hints = false\n\
             [[ignore]]\ncode = 'GK203'\nreason = 'a'\n\
             [[ignore]]\npath = 'a/*.txt'\ncode = ['GK303', 'balance']\ntext = '予以公开'\nreason = 'b'\n",
        );
        let settings = configuration.settings();
        assert_eq!(settings.language, Language::Chinese);
        assert_eq!(settings.select, ["GK3", "row-total"]);
        assert_eq!(settings.max_findings, 7);
        assert_eq!(settings.severity_of("GK303", "row-total"), Some(Severity::Warning));
        assert_eq!(settings.severity_of("GK104", "section-number"), Some(Severity::Info));
        assert_eq!(Some(settings.deadlines.department), MonthDay::new(2, 15));
        assert_eq!(Some(settings.deadlines.province), MonthDay::new(4, 30));
        assert_eq!(settings.deadlines.county, Settings::default().deadlines.county);
        assert_eq!((settings.threshold("GK601"), settings.threshold("GK311")), (20, 50));
        assert!(!settings.features.inlay_hints && settings.features.completion);
        assert_eq!(configuration.entries().len(), 2);
        assert_eq!(configuration.settings_for(Some("b.txt")).exemptions.len(), 1);
        assert_eq!(configuration.settings_for(Some("a/b.txt")).exemptions.len(), 2);
        assert_eq!(configuration.settings_for(None).exemptions.len(), 1);
    }

    #[test]
    fn a_region_and_its_members() {
        let configuration = good(
            "[region]\nreport = '*/云岭县.txt'\nlevel = 'county'\nmembers = ['2023/', '2022/*局.txt']\nexclude = ['税务局.txt']\n\
             [[report]]\npath = '2023/a.txt'\nbody = '云岭县水务局'\nyear = 2023\n",
        );
        let region = configuration.region();
        for (path, report, member) in [
            ("2023/云岭县.txt", true, false),
            ("2023/民政局.txt", false, true),
            ("2023/x/民政局.txt", false, true),
            ("2023/税务局.txt", false, false),
            ("2022/民政局.txt", false, true),
            ("2022/云岭镇.txt", false, false),
        ] {
            assert_eq!((region.is_report(path), region.is_member(path)), (report, member), "{path}");
        }
        assert_eq!(configuration.report_in("2023/a.txt"), (Some("云岭县水务局".to_owned()), Some(2023)));
        assert_eq!(configuration.report_in("2023/b.txt"), (None, None));
        let level = |path| configuration.settings_for(Some(path)).region_level;
        assert_eq!((level("2023/云岭县.txt"), level("2023/a.txt")), (Some(RegionLevel::County), None));
        assert!(!good("").region().has_members());
    }

    #[test]
    fn a_list_may_hold_codes_and_entries() {
        let configuration = good("ignore = ['GK2', { path = 'a.txt', code = 'GK303', reason = 'x' }]");
        assert_eq!(configuration.settings().ignore, ["GK2"]);
        assert_eq!(configuration.entries().len(), 1);
    }

    #[test]
    fn what_is_wrong_is_named_where_it_stands() {
        bad("⟦selekt⟧ = []", "did you mean `select`?");
        bad("exclude = ⟦'a'⟧", "must be a list");
        bad("exclude = [⟦'a/[b'⟧, ⟦3⟧]", "");
        bad("select = ⟦'GK3'⟧", "must be a list");
        bad("ignore = [⟦3⟧, 'GK2']", "must be");
        bad("language = ⟦'fr'⟧", "`language` must be");
        bad("select = [⟦'no such rule'⟧]", "there is no rule `no such rule`");
        bad("max_findings = ⟦-1⟧", "must be");
        bad("[severity]\n⟦GK999⟧ = 'info'\nGK303 = ⟦'fatal'⟧", "");
        bad("[dates]\n⟦provnce⟧ = '01-31'", "did you mean `province`?");
        bad("[thresholds]\nGK601 = ⟦-1⟧", "at least 0");
        bad("[thresholds]\n⟦GK602⟧ = 1", "did you mean `GK601`?");
        bad("[region]\nlevel = ⟦'town'⟧\nmembers = ⟦'a'⟧", "");
        bad("[region]\n⟦member⟧ = ['a']", "did you mean `members`?");
        bad("[[report]]\npath = 'a'\nyear = ⟦1999⟧", "a year");
        bad("[[report]]\npath = 'a'\n⟦boddy⟧ = 'x'", "did you mean `body`?");
        bad("dates.department = ⟦'02-30'⟧", "must be a day");
        bad("[features]\ncompletion = ⟦'no'⟧\n⟦hovers⟧ = false", "");
        bad("[[ignore]]\ncode = 'GK303'\nreason = 'x'\nfingerprint = ⟦'12'⟧", "sixteen hexadecimal digits");
        bad("[[ignore]]\ncode = 'GK303'\nreason = 'x'\nplace = ⟦'表三'⟧", "must be a table");
        bad("[[ignore]]\ncode = 'GK303'\nreason = 'x'\nplace = { table = ⟦7⟧, ⟦rwo⟧ = 'x' }", "");
        bad("[[ignore]]\n⟦paht⟧ = 'a'\ncode = 'GK303'\nreason = 'x'", "did you mean `path`?");
        bad("[[ignore]]\ncode = 'GK303'\nreason = ⟦' '⟧", "why");
        bad("[[ignore]]\npath = ⟦'a/[b'⟧\ncode = 'GK303'\nreason = 'x'", "`path`");
        let (_, problems) = parse("select = [", &english());
        assert!(problems[0].message.contains("not TOML"), "{problems:?}");
        let (_, problems) = parse("[[ignore]]\npath = 'a'\nreason = 'x'", &english());
        assert!(problems[0].message.contains("`code`"), "{problems:?}");
        let (_, problems) = parse("[[ignore]]\npath = 'a'\ncode = 'GK303'", &english());
        assert!(problems[0].message.contains("`reason`"), "{problems:?}");
    }

    #[test]
    fn the_language_of_the_file_is_the_one_that_it_is_complained_in() {
        let (_, problems) = parse("selekt = []\nlanguage = 'zh'", &english());
        assert!(problems[0].message.contains("是否指“select”"), "{problems:?}");
    }

    #[test]
    fn patterns() {
        for (pattern, path, expected) in [
            ("a.txt", "a.txt", true),
            ("a.txt", "x/y/a.txt", true),
            ("./a.txt", "x/a.txt", false),
            ("x/a.txt", "x/a.txt", true),
            ("x/a.txt", "y/x/a.txt", false),
            ("x/*.txt", "x/y/a.txt", false),
            ("x/**", "x/y/a.txt", true),
            ("x/", "x/y/a.txt", true),
            ("**/2021*.md", "x/2021年.md", true),
        ] {
            assert_eq!(glob(pattern).unwrap().is_match(path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_excluded() {
        let configuration = good("exclude = ['drafts', 'old/2019*.txt', './top.txt']");
        for (path, excluded) in [
            ("drafts/a.txt", true),
            ("x/drafts/y/a.txt", true),
            ("draft/a.txt", false),
            ("old/2019年.txt", true),
            ("x/old/2019.txt", false),
            ("top.txt", true),
            ("x/top.txt", false),
        ] {
            assert_eq!(configuration.excludes(path), excluded, "{path}");
        }
        assert!(!good("").excludes("a.txt"));
    }

    #[test]
    fn options_may_be_nested_or_bare() {
        for options in
            [json!({"select": ["GK3"], "maxFindings": 5}), json!({"gongkai": {"select": ["gk3"], "max_findings": 5}})]
        {
            let mut settings = Settings::default();
            assert_eq!(read_options(&options, &mut settings), Vec::<String>::new());
            assert_eq!((settings.select, settings.max_findings), (vec!["GK3".to_owned()], 5));
        }
    }

    #[test]
    fn options_may_hold_every_key() {
        let mut settings = Settings::default();
        let options = json!({
            "language": "auto", "severity": {"GK303": "info"}, "dates": {"department": "02-01"}, "ignore": ["GK203"],
        });
        assert_eq!(read_options(&options, &mut settings), Vec::<String>::new());
        assert_eq!(settings.language, Language::Chinese);
        assert_eq!(settings.severity_of("GK303", "row-total"), Some(Severity::Info));
        assert_eq!(Some(settings.deadlines.department), MonthDay::new(2, 1));
        read_options(&json!({"language": "en"}), &mut settings);
        assert_eq!(settings.language, Language::English);
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named_and_left_out() {
        let mut settings = Settings::default();
        let options =
            json!({"ignore": "GK601", "maxFindings": -1, "path": 3, "select": null, "trace": {"server": "off"}});
        let problems = read_options(&options, &mut settings);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("ignore") && problems[1].contains("maxFindings"), "{problems:?}");
        assert_eq!(settings, Settings::default());
        assert!(read_options(&json!("nonsense"), &mut settings).is_empty());
    }

    #[test]
    fn rules_are_found_under_the_cursor() {
        let source = "ignore = ['GK303', \"row-total\"] # GK301\n[severity]\nGK2 = 'info'";
        let at = |what: &str| rule_at(source, source.find(what).unwrap() + 1).map(|(span, _)| span.of(source));
        assert_eq!(at("GK303"), Some("GK303"));
        assert_eq!(at("row-total"), Some("row-total"));
        assert_eq!(at("GK2"), Some("GK2"));
        assert_eq!(at("GK301"), None);
        assert_eq!(at("ignore"), None);
        assert_eq!(rule_at("理由", 1), None);
    }
}
