//! A configuration file: TOML to [`Settings`], every key and value looked at.

use super::selection::{nearest, normalise};
use crate::config::{Language, Settings};
use crate::say;
use anyhow::{Context, anyhow, bail};
use std::path::Path;
use toml::{Table, Value};

const KEYS: [&str; 3] = ["select", "ignore", "language"];

/// The settings in the file `path`, over those of `settings`.
pub(super) fn read(path: &Path, settings: Settings) -> anyhow::Result<Settings> {
    let language = settings.language;
    let place = || path.display().to_string();
    let source = std::fs::read_to_string(path)
        .map_err(|error| {
            anyhow!(say!(language, "无法读取配置文件（{error}）", "the configuration cannot be read ({error})"))
        })
        .with_context(place)?;
    parse(&source, settings).with_context(place)
}

fn parse(source: &str, mut settings: Settings) -> anyhow::Result<Settings> {
    let language = settings.language;
    let table: Table = source.parse()?;
    // The language first: it decides how the rest is complained about. The rest by name, which is how a table gives it.
    if let Some(value) = table.get("language") {
        settings.language = match value.as_str() {
            Some("zh") => Language::Chinese,
            Some("en") => Language::English,
            _ => bail!(say!(
                language,
                "language 应为 \"zh\" 或 \"en\"，现为 {value}",
                "`language` must be \"zh\" or \"en\", not {value}"
            )),
        };
    }
    let language = settings.language;
    for (key, value) in &table {
        match key.as_str() {
            "select" => settings.select = normalise(&strings(key, value, language)?, language).context("select")?,
            "ignore" => settings.ignore = normalise(&strings(key, value, language)?, language).context("ignore")?,
            "language" => {}
            _ => {
                let near = nearest(key, KEYS).unwrap_or_default();
                bail!(say!(
                    language,
                    "没有配置项“{key}”，是否指“{near}”？",
                    "there is no setting `{key}`; did you mean `{near}`?"
                ))
            }
        }
    }
    Ok(settings)
}

/// The strings of a list.
fn strings(key: &str, value: &Value, language: Language) -> anyhow::Result<Vec<String>> {
    let list = value.as_array().and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect());
    list.ok_or_else(|| {
        anyhow!(say!(
            language,
            "{key} 应为字符串列表，如 {key} = [\"GK3\"]，现为 {value}",
            "`{key}` must be a list of strings, such as {key} = [\"GK3\"], not {value}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Settings {
        Settings { language: Language::English, ..Settings::default() }
    }

    #[track_caller]
    fn check(source: &str, complaint: &str) {
        match parse(source, english()) {
            Ok(settings) => panic!("{source}: {settings:?}"),
            Err(error) => assert!(format!("{error:#}").contains(complaint), "{source}: {error:#}"),
        }
    }

    #[test]
    fn keys_are_taken_over() {
        assert_eq!(parse("", english()).unwrap(), english());
        let settings = parse("language = \"zh\"\nselect = []\nignore = []", english()).unwrap();
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn what_is_wrong_is_named() {
        check("selekt = []", "did you mean `select`?");
        check("select = \"GK3\"", "must be a list of strings");
        check("ignore = [3]", "must be a list of strings");
        check("language = \"fr\"", "not \"fr\"");
        check("select = [", "line 1");
        check("select = [\"no such rule\"]", "there is no rule `no such rule`");
    }
}
