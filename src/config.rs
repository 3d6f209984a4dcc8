//! What can be set, as one struct; `gongkai.toml` and the editor's settings are read into it.

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
    /// The language for a BCP 47 tag (`zh-cn`, `en`), as an editor states it: Chinese for any Chinese, English for any other.
    pub fn of_tag(tag: &str) -> Language {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Language::Chinese } else { Language::English }
    }
}

/// What a check depends on beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of messages.
    pub language: Language,
    /// Codes, names or groups (`GK3`) that are reported; empty for all.
    pub select: Vec<String>,
    /// Codes, names or groups that are not reported.
    pub ignore: Vec<String>,
    /// At most so many findings of a document are sent to an editor.
    pub max_findings: usize,
}

impl Settings {
    /// Whether findings of the rule `code`, named `name`, are reported.
    pub fn reports(&self, code: &str, name: &str) -> bool {
        let names = |list: &[String]| {
            list.iter()
                .any(|entry| entry == name || code.strip_prefix(entry.as_str()).is_some_and(|_| !entry.is_empty()))
        };
        (self.select.is_empty() || names(&self.select)) && !names(&self.ignore)
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { language: Language::default(), select: Vec::new(), ignore: Vec::new(), max_findings: 1000 }
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
