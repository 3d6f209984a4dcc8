//! All settings as one struct; `configuration` reads `gongkai.toml` and the editor's settings into it.

use std::collections::BTreeMap;

/// The language of messages and explanations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// Simplified Chinese, in official terms.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The language for a BCP 47 tag (`zh-cn`, `en`), as an editor states it: Chinese for any Chinese, English for any
    /// other.
    pub fn of_tag(tag: &str) -> Language {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Language::Chinese } else { Language::English }
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong.
    Warning,
    /// An arithmetic contradiction, or a statutory part missing.
    Error,
}

/// A day of any year. Days compare in calendar order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl MonthDay {
    /// The day, if a leap year has it.
    pub fn new(month: u8, day: u8) -> Option<MonthDay> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 29,
            _ => 0,
        };
        (1..=days).contains(&day).then_some(MonthDay { month, day })
    }
}

/// The last day, in the year after the one reported on, on which a report is still in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deadlines {
    /// A department's, a township's, and that of the office of a government.
    pub department: MonthDay,
    /// That of a county and all of its bodies.
    pub county: MonthDay,
    /// That of a prefecture and all of its bodies.
    pub prefecture: MonthDay,
    /// That of a province and all of its bodies.
    pub province: MonthDay,
}

impl Default for Deadlines {
    fn default() -> Deadlines {
        Deadlines {
            department: MonthDay { month: 1, day: 31 },
            county: MonthDay { month: 2, day: 20 },
            prefecture: MonthDay { month: 3, day: 10 },
            province: MonthDay { month: 3, day: 31 },
        }
    }
}

/// The thresholds of rules: the rule's code and the default. The rule's documentation says what each means.
pub const THRESHOLDS: [(&str, i64); 8] = [
    ("GK108", 10),
    ("GK128", 1000),
    ("GK309", 10),
    ("GK311", 50),
    ("GK504", 10),
    ("GK505", 50),
    ("GK506", 50),
    ("GK601", 10),
];

/// The level of the government of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionLevel {
    /// 省、自治区、直辖市
    Province,
    /// 设区的市、自治州
    Prefecture,
    /// 县、县级市、区
    County,
}

impl Deadlines {
    /// The last day for the report of a region of `level`.
    pub fn of_region(&self, level: RegionLevel) -> MonthDay {
        match level {
            RegionLevel::Province => self.province,
            RegionLevel::Prefecture => self.prefecture,
            RegionLevel::County => self.county,
        }
    }
}

/// Findings that are not reported: an entry of `[[ignore]]` whose files include the checked one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemption {
    /// The index of the entry in the configuration.
    pub entry: usize,
    /// Codes, names or groups.
    pub codes: Vec<String>,
    /// Text that the row or line contains; `None` for every row and line.
    pub text: Option<String>,
    /// The fingerprint of a single finding; `None` for every finding.
    pub fingerprint: Option<String>,
    /// The place of the findings; `None` for any place.
    pub place: Option<PlacePattern>,
}

/// A place in a report: a field that is `None` matches anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacePattern {
    /// The number of the section, 1 to 6.
    pub section: Option<u8>,
    /// The number of the table, 2 to 4.
    pub table: Option<u8>,
    /// The label of the row, as the format prints it; spaces and punctuation do not count.
    pub row: Option<String>,
    /// The header of the column, in the same way.
    pub column: Option<String>,
}

/// What an editor offers besides findings and explanations; each can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// Completion: sections and tables that are missing, the figure that a blank cell must have, sentences filled from
    /// the tables, codes of rules.
    pub completion: bool,
    /// The summary above the title and each table: errors, year, whether it balances.
    pub code_lenses: bool,
    /// Hints in the lines: the sum of its parts beside a total, the column of a figure that is alone on its line.
    pub inlay_hints: bool,
    /// Among these hints, last year's figure and the change since then.
    pub last_year_hints: bool,
    /// Go to definition: from a figure of the text to its cell, from a total to its parts, from what was carried over to
    /// last year's report.
    pub definition: bool,
    /// Find references: from a cell to the figures of the text and the totals, from what is left to next year's report.
    pub references: bool,
    /// Marks the figures that belong to the one at the cursor.
    pub document_highlight: bool,
    /// Growing selections: figure, row, table, section, report.
    pub selection_ranges: bool,
    /// Links on cited laws, where the editor names their addresses.
    pub document_links: bool,
    /// Finds the reports of the open folders by body and year; sections, tables and rows of the open reports by name.
    pub workspace_symbols: bool,
    /// Explanations on hover: meaning, what counts, the article, the formula.
    pub hover: bool,
    /// Actions that put findings right or hold them back.
    pub code_actions: bool,
    /// The outline: sections, sub-headings, tables, rows.
    pub document_symbols: bool,
    /// Sections and tables fold.
    pub folding_ranges: bool,
    /// Colours by meaning: title, headings, labels, figures.
    pub semantic_tokens: bool,
    /// Tables in order: columns aligned, digits and brackets of cells in one form; no figure changes.
    pub formatting: bool,
}

impl Default for Features {
    fn default() -> Features {
        Features {
            completion: true,
            code_lenses: true,
            inlay_hints: true,
            last_year_hints: true,
            definition: true,
            references: true,
            document_highlight: true,
            selection_ranges: true,
            document_links: true,
            workspace_symbols: true,
            hover: true,
            code_actions: true,
            document_symbols: true,
            folding_ranges: true,
            semantic_tokens: true,
            formatting: true,
        }
    }
}

/// Everything that a check depends on besides the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of messages.
    pub language: Language,
    /// Codes, names or groups (`GK3`) that are reported; empty for all.
    pub select: Vec<String>,
    /// Codes, names or groups that are not reported.
    pub ignore: Vec<String>,
    /// Severities that replace the catalogue's, by code, name or group.
    pub severity: BTreeMap<String, Severity>,
    /// Thresholds that replace those of [`THRESHOLDS`], by code.
    pub thresholds: BTreeMap<String, i64>,
    /// The days after which a report is late.
    pub deadlines: Deadlines,
    /// The level of the region, if the report is known to be a region's own report.
    pub region_level: Option<RegionLevel>,
    /// Findings of single files or rows that are not reported.
    pub exemptions: Vec<Exemption>,
    /// The server sends an editor at most this many findings of a document.
    pub max_findings: usize,
    /// The features that the server offers in an editor.
    pub features: Features,
}

/// Whether `entry`, a code, name or group as rules spell them, names the rule `code`, called `name`.
pub fn names_rule(entry: &str, code: &str, name: &str) -> bool {
    entry == name || (!entry.is_empty() && code.starts_with(entry))
}

impl Settings {
    /// Whether findings of the rule `code`, named `name`, are reported.
    pub fn reports(&self, code: &str, name: &str) -> bool {
        let names = |list: &[String]| list.iter().any(|entry| names_rule(entry, code, name));
        (self.select.is_empty() || names(&self.select)) && !names(&self.ignore)
    }

    /// The severity that is set for the rule `code`, named `name`: an entry for the rule takes precedence over one for
    /// its group.
    pub fn severity_of(&self, code: &str, name: &str) -> Option<Severity> {
        let own = self.severity.get(code).or_else(|| self.severity.get(name));
        let of_group = || self.severity.iter().find(|(entry, _)| names_rule(entry, code, name)).map(|(_, level)| level);
        own.or_else(of_group).copied()
    }
}

impl Settings {
    /// The days after which the report is late: if the level of its region is known, only the day for that level.
    pub fn days_due(&self) -> Deadlines {
        let Some(level) = self.region_level else { return self.deadlines };
        let day = self.deadlines.of_region(level);
        Deadlines { department: day, county: day, prefecture: day, province: day }
    }

    /// The threshold of the rule `code`; 0 if it has none.
    pub fn threshold(&self, code: &str) -> i64 {
        let usual = || THRESHOLDS.iter().find(|(of, _)| *of == code).map(|(_, number)| *number);
        self.thresholds.get(code).copied().or_else(usual).unwrap_or_default()
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            language: Language::default(),
            select: Vec::new(),
            ignore: Vec::new(),
            severity: BTreeMap::new(),
            thresholds: BTreeMap::new(),
            deadlines: Deadlines::default(),
            region_level: None,
            exemptions: Vec::new(),
            max_findings: 1000,
            features: Features::default(),
        }
    }
}

/// A number with its noun, in English with an “s” unless it is one; in Chinese the number replaces `#`.
pub fn counted(language: Language, number: usize, zh: &str, en: &str) -> String {
    match language {
        Language::Chinese => zh.replace('#', &number.to_string()),
        Language::English => format!("{number} {en}{}", if number == 1 { "" } else { "s" }),
    }
}

/// The variant of a text for the reader's language: `say!(language, "中文 {x}", "English {x}")`.
#[macro_export]
macro_rules! say {
    ($language:expr, $zh:literal, $en:literal $(, $($args:tt)*)?) => {
        match $language {
            $crate::config::Language::Chinese => format!($zh $(, $($args)*)?),
            $crate::config::Language::English => format!($en $(, $($args)*)?),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_kind_has_no_plural() {
        for (number, expected) in [(0, "0 errors"), (1, "1 error"), (2, "2 errors")] {
            assert_eq!(counted(Language::English, number, "错误 # 处", "error"), expected);
        }
        assert_eq!(counted(Language::Chinese, 1, "错误 # 处", "error"), "错误 1 处");
    }

    #[test]
    fn what_is_said_of_a_rule_goes_before_what_is_said_of_its_group() {
        let severity = [("GK1", Severity::Info), ("GK103", Severity::Warning), ("row-total", Severity::Info)];
        let settings = Settings {
            severity: severity.map(|(entry, level)| (entry.to_owned(), level)).into(),
            ..Settings::default()
        };
        assert_eq!(settings.severity_of("GK103", "section-missing"), Some(Severity::Warning));
        assert_eq!(settings.severity_of("GK104", "section-number"), Some(Severity::Info));
        assert_eq!(settings.severity_of("GK303", "row-total"), Some(Severity::Info));
        assert_eq!(settings.severity_of("GK304", "review-total"), None);
    }

    #[test]
    fn days_that_are_none() {
        for (month, day) in [(0, 1), (13, 1), (1, 0), (1, 32), (4, 31), (2, 30)] {
            assert_eq!(MonthDay::new(month, day), None, "{month} {day}");
        }
        assert!(MonthDay::new(2, 29) < MonthDay::new(3, 1));
    }
}
