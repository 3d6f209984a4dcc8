//! `gongkai rule`: prints a rule's documentation, or a list of rules.

use super::Exit;
use super::arguments::{RuleArguments, RuleFormat};
use super::output::severity_word;
use super::terminal::{print, print_error};
use crate::config::Language;
use crate::exchange::severity_key;
use crate::rules::selection;
use crate::rules::{RuleMeta, rules};
use crate::text::width;
use serde::Serialize;

/// A rule in JSON.
#[derive(Serialize)]
struct RuleJson {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    title: InBoth,
    documentation: InBoth,
}

/// A text in both languages.
#[derive(Serialize)]
struct InBoth {
    zh: &'static str,
    en: &'static str,
}

/// Explains the rule in `arguments`, or lists all rules.
pub(super) fn rule(arguments: &RuleArguments, language: Language) -> anyhow::Result<Exit> {
    let found = match &arguments.code {
        None => rules().collect(),
        Some(wanted) => match selection::find_by_title(wanted) {
            Some(found) => found,
            None => {
                print_error(language, &selection::unknown(wanted, language));
                return Ok(Exit::Trouble);
            }
        },
    };
    let single = match found.as_slice() {
        [rule] if arguments.code.is_some() => Some(*rule),
        _ => None,
    };
    let mut text = match (arguments.output_format, single) {
        (RuleFormat::Json, Some(rule)) => serde_json::to_string_pretty(&json(rule))?,
        (RuleFormat::Json, None) => {
            serde_json::to_string_pretty(&found.iter().map(|rule| json(rule)).collect::<Vec<_>>())?
        }
        (RuleFormat::Text, Some(rule)) => explanation(rule, language),
        (RuleFormat::Text, None) => list(&found, language),
    };
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    print(text.as_bytes())?;
    Ok(Exit::Clean)
}

fn json(rule: &'static RuleMeta) -> RuleJson {
    RuleJson {
        code: rule.code,
        name: rule.name,
        severity: severity_key(rule.severity),
        title: in_both(|language| rule.title(language)),
        documentation: in_both(|language| rule.documentation(language)),
    }
}

fn in_both(text: impl Fn(Language) -> &'static str) -> InBoth {
    InBoth { zh: text(Language::Chinese).trim(), en: text(Language::English).trim() }
}

fn explanation(rule: &RuleMeta, language: Language) -> String {
    let (code, name, title) = (rule.code, rule.name, rule.title(language));
    let severity = severity_word(rule.severity, language);
    format!("# {title} ({code} {name})\n\n{severity}\n\n{}\n", rule.documentation(language).trim())
}

fn list(rules: &[&'static RuleMeta], language: Language) -> String {
    let mut text = String::new();
    for rule in rules {
        let severity = pad(severity_word(rule.severity, language), 7);
        text += &format!("{}  {severity}  {:<22}  {}\n", rule.code, rule.name, rule.title(language));
    }
    text
}

/// `word` padded with spaces to `columns` columns of a terminal.
pub(super) fn pad(word: &str, columns: usize) -> String {
    let taken: usize = word.chars().map(width).sum();
    format!("{word}{}", " ".repeat(columns.saturating_sub(taken)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_both_scripts() {
        assert_eq!(pad("错误", 7), "错误   ");
        assert_eq!(pad("error", 7), "error  ");
        assert_eq!(pad("warnings", 7), "warnings");
    }
}
