//! What can be written at a place of `gongkai.toml`: names of tables and keys, values, codes of rules.

use super::keys::{ENTRY_KEYS, KEYS, Key, KeyKind, LEVELS, REPORT_KEYS, SEVERITIES};
use crate::config::{Language, THRESHOLDS};
use crate::rules::rules;
use crate::text::Span;

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingOffer {
    /// What is replaced, up to the place.
    pub span: Span,
    /// What a list shows, and what is written.
    pub content: String,
    /// What it is.
    pub detail: String,
    /// The rule that it names.
    pub rule: Option<&'static str>,
}

/// What can be written at `offset` of `source`.
pub fn completions(source: &str, offset: usize, language: Language) -> Vec<SettingOffer> {
    let Some(before) = source.get(..offset) else { return Vec::new() };
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.get(start..).unwrap_or_default();
    if is_in_comment(line) {
        return Vec::new();
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let typed = line.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
    let table = table_of(before.get(..start).unwrap_or_default());
    let place = Span::new(offset - typed.len(), offset);
    match line.split_once('=') {
        Some((key, value)) => {
            let key = key.trim();
            let name = if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
            values(&name, value, place, language)
        }
        // A list of several lines belongs to the key above it.
        None => match open_list(before) {
            Some(key) => values(&key, "[\"", place, language),
            None => keys(&table, line, place, source, language),
        },
    }
}

/// Whether a `#` outside of quotes comes before the end of `line`.
fn is_in_comment(line: &str) -> bool {
    let mut quote = None;
    line.chars().any(|c| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        quote.is_none() && c == '#'
    })
}

/// The name of the table that the end of `before` is in; empty at the top.
fn table_of(before: &str) -> String {
    let header = before.lines().rev().map(str::trim).find(|line| line.starts_with('['));
    header.map_or_else(String::new, |header| header.trim_matches(['[', ']', ' ']).to_owned())
}

/// The key whose list is still open at the end of `before`.
fn open_list(before: &str) -> Option<String> {
    let at = before.rfind(['[', ']']).filter(|at| before.get(*at..).is_some_and(|rest| rest.starts_with('[')))?;
    let line = before.get(..at)?.rsplit('\n').next()?;
    let (key, value) = line.split_once('=')?;
    value.trim().is_empty().then(|| key.trim().to_owned())
}

fn keys(table: &str, line: &str, place: Span, source: &str, language: Language) -> Vec<SettingOffer> {
    let say = |words: &[&'static str; 2]| match language {
        Language::Chinese => words[0].to_owned(),
        Language::English => words[1].to_owned(),
    };
    let offer = |content: String, detail: String| SettingOffer { span: place, content, detail, rule: None };
    if line.trim_start().starts_with('[') {
        return Vec::new();
    }
    let of_list: Option<Vec<SettingOffer>> = match table {
        "ignore" => Some(ENTRY_KEYS.iter().map(|(name, words, _)| offer(format!("{name} = "), say(words))).collect()),
        "report" => Some(REPORT_KEYS.iter().map(|(name, words)| offer(format!("{name} = "), say(words))).collect()),
        _ => None,
    };
    if let Some(of_list) = of_list {
        return of_list;
    }
    let is_set = |name: &str| source.lines().any(|line| line.trim_start().starts_with(name));
    let mut offers = Vec::new();
    let mut tables: Vec<&str> = Vec::new();
    for key in KEYS {
        match key.name.split_once('.') {
            Some((own, name)) if own == table && !is_set(name) => {
                offers.push(offer(format!("{name} = "), say(&key.documentation)))
            }
            Some((own, _)) if table.is_empty() && !tables.contains(&own) && !is_set(&format!("[{own}]")) => {
                tables.push(own);
                offers.push(offer(format!("[{own}]\n"), String::new()));
            }
            None if table.is_empty() && key.kind == KeyKind::Reports => {
                offers.push(offer("[[report]]\n".to_owned(), say(&key.documentation)));
            }
            None if table.is_empty() && !is_set(key.name) => {
                offers.push(offer(format!("{} = ", key.name), say(&key.documentation)));
            }
            _ => {}
        }
    }
    if table.is_empty() {
        offers.push(offer("[[ignore]]\n".to_owned(), String::new()));
    }
    offers
}

fn values(name: &str, value: &str, place: Span, language: Language) -> Vec<SettingOffer> {
    let is_quoted = value.matches(['"', '\'']).count() % 2 == 1;
    let plain =
        |content: &str| SettingOffer { span: place, content: content.to_owned(), detail: String::new(), rule: None };
    let text = |content: &str| plain(&if is_quoted { content.to_owned() } else { format!("\"{content}\"") });
    let rules = || {
        let offer = |rule: &'static crate::rules::RuleMeta| SettingOffer {
            detail: rule.title(language).to_owned(),
            rule: Some(rule.code),
            ..text(rule.code)
        };
        rules().map(offer).collect::<Vec<_>>()
    };
    if name == "ignore.code" {
        return rules();
    }
    let Some(Key { kind, .. }) = KEYS.iter().find(|key| key.name == name) else { return Vec::new() };
    match kind {
        KeyKind::Rules | KeyKind::Exemptions => rules(),
        KeyKind::Language => ["zh", "en"].map(text).to_vec(),
        KeyKind::Level => LEVELS.iter().map(|(name, _)| text(name)).collect(),
        KeyKind::Switch => ["true", "false"].map(plain).to_vec(),
        // `{ GK303 = "error" }`
        KeyKind::Severities if value.contains('=') => SEVERITIES.iter().map(|(name, _)| text(name)).collect(),
        KeyKind::Severities => rules()
            .into_iter()
            .map(|offer| SettingOffer { content: offer.rule.unwrap_or_default().to_owned(), ..offer })
            .collect(),
        KeyKind::Thresholds if !value.contains('=') => THRESHOLDS.iter().map(|(code, _)| plain(code)).collect(),
        KeyKind::Thresholds | KeyKind::Count | KeyKind::Day | KeyKind::Path | KeyKind::Paths | KeyKind::Reports => {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn offers(source: &str) -> Vec<String> {
        let at = source.find('‸').unwrap();
        let found = completions(&source.replace('‸', ""), at, Language::Chinese);
        assert!(found.iter().all(|offer| offer.span.end == at));
        found.into_iter().map(|offer| offer.content).collect()
    }

    #[test]
    fn keys_are_those_of_the_table_that_are_not_set() {
        let top = offers("language = \"zh\"\n‸\n");
        assert!(top.contains(&"select = ".to_owned()) && top.contains(&"[dates]\n".to_owned()), "{top:?}");
        assert!(top.contains(&"[[ignore]]\n".to_owned()) && !top.contains(&"language = ".to_owned()), "{top:?}");
        let dates = offers("[dates]\ncounty = \"02-20\"\nde‸");
        assert!(dates.contains(&"department = ".to_owned()) && !dates.contains(&"county = ".to_owned()), "{dates:?}");
        assert!(offers("[[ignore]]\n‸").contains(&"reason = ".to_owned()));
        assert_eq!(offers("# ‸"), Vec::<String>::new());
    }

    #[test]
    fn values_are_those_that_the_key_takes() {
        assert_eq!(offers("language = ‸"), ["\"zh\"", "\"en\""]);
        assert_eq!(offers("language = \"‸"), ["zh", "en"]);
        assert_eq!(offers("[features]\nhover = ‸"), ["true", "false"]);
        assert!(offers("select = [\"GK303\", \"GK‸").contains(&"GK201".to_owned()));
        assert!(
            offers("select = [\n  \"GK‸").contains(&"\"GK201\"".to_owned())
                || offers("select = [\n  \"GK‸").contains(&"GK201".to_owned())
        );
        assert!(offers("[[ignore]]\ncode = \"‸").contains(&"GK601".to_owned()));
        assert!(offers("severity = { ‸").contains(&"GK303".to_owned()));
        assert_eq!(offers("severity = { GK303 = \"‸"), ["error", "warning", "info"]);
        assert_eq!(offers("max_findings = ‸"), Vec::<String>::new());
    }
}
