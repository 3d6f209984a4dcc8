//! Writes entries of `[[ignore]]` into a configuration file, in the form that fits it.

use super::{TomlValue, node};
use crate::text::{Span, TextEdit};

/// A new entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The path, relative to the configuration's folder.
    pub path: String,
    /// The rule's code.
    pub code: String,
    /// Text in the row, if the entry is about a row.
    pub text: Option<String>,
    /// The fingerprint, if the entry is about a single finding.
    pub fingerprint: Option<String>,
    /// The reason.
    pub reason: String,
}

/// The edit that writes `entry` into the configuration file `source`: after the last entry of a list, or else as a
/// table at the end. `None` if the file is not valid TOML, because then the result is unknown.
pub fn add_entry(source: &str, entry: &NewEntry) -> Option<TextEdit> {
    let document = node::of_toml(source).ok()?;
    let fields: Vec<String> = [
        Some(("path", &entry.path)),
        Some(("code", &entry.code)),
        entry.text.as_ref().map(|text| ("text", text)),
        entry.fingerprint.as_ref().map(|fingerprint| ("fingerprint", fingerprint)),
        Some(("reason", &entry.reason)),
    ]
    .into_iter()
    .flatten()
    .map(|(key, value)| format!("{key} = {}", quoted(value)))
    .collect();
    let listed = match &document.value {
        TomlValue::Table(entries) => entries.iter().find(|(name, ..)| name == "ignore").map(|(.., node)| node),
        _ => None,
    };
    if let Some(node) = listed
        && let TomlValue::List(list) = &node.value
        && node.span.of(source).starts_with('[')
        && !node.span.of(source).starts_with("[[")
    {
        // After the last value, or in an empty list after the opening bracket.
        let at = list.last().map_or(node.span.start + 1, |last| last.span.end);
        let comma = if list.is_empty() { "" } else { ", " };
        return Some(TextEdit { span: Span::at(at), content: format!("{comma}{{ {} }}", fields.join(", ")) });
    }
    let line_break = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut content = String::new();
    if !source.is_empty() {
        content.push_str(if source.ends_with('\n') { line_break } else { "" });
        if !source.ends_with('\n') {
            content.push_str(&line_break.repeat(2));
        }
    }
    content.push_str("[[ignore]]");
    content.push_str(line_break);
    for field in fields {
        content.push_str(&field);
        content.push_str(line_break);
    }
    Some(TextEdit { span: Span::at(source.len()), content })
}

/// `text` as a TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::configuration::parse;
    use crate::text::apply;

    #[track_caller]
    fn check(before: &str, after: &str) {
        let entry = NewEntry {
            path: "甲 \"乙\".txt".to_owned(),
            code: "GK303".to_owned(),
            text: Some("总计\t".to_owned()),
            fingerprint: None,
            reason: "理由".to_owned(),
        };
        let edit = add_entry(before, &entry).unwrap();
        let written = apply(before, &[edit]);
        assert_eq!(written, after);
        let (configuration, problems) = parse(&written, &Settings::default());
        assert_eq!(problems, [], "{written}");
        let last = configuration.entries().last().unwrap();
        assert_eq!((last.path.as_deref(), last.text.as_deref()), (Some("甲 \"乙\".txt"), Some("总计\t")));
    }

    #[test]
    fn an_entry_goes_where_it_fits() {
        let fields = "path = \"甲 \\\"乙\\\".txt\"\ncode = \"GK303\"\ntext = \"总计\\u0009\"\nreason = \"理由\"\n";
        let inline = fields.trim_end().replace('\n', ", ");
        check("", &format!("[[ignore]]\n{fields}"));
        check("language = 'zh'", &format!("language = 'zh'\n\n[[ignore]]\n{fields}"));
        check("[dates]\n", &format!("[dates]\n\n[[ignore]]\n{fields}"));
        let first = "[[ignore]]\ncode = 'GK2'\nreason = 'x'\n";
        check(first, &format!("{first}\n[[ignore]]\n{fields}"));
        check("ignore = []\n[dates]", &format!("ignore = [{{ {inline} }}]\n[dates]"));
        check("ignore = [\n  'GK2', # x\n]", &format!("ignore = [\n  'GK2', {{ {inline} }}, # x\n]"));
        check("ignore = ['GK2']", &format!("ignore = ['GK2', {{ {inline} }}]"));
    }

    #[test]
    fn nothing_is_written_into_what_is_no_toml() {
        let entry =
            NewEntry { path: String::new(), code: String::new(), text: None, fingerprint: None, reason: String::new() };
        assert_eq!(add_entry("ignore = [", &entry), None);
    }
}
