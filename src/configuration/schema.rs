//! [`KEYS`] in the forms that other programs and people read: a JSON schema, an editor's settings, a page.

use super::keys::{ENTRY_KEYS, KEYS, Key, KeyKind, LEVELS, REPORT_KEYS, SEVERITIES};
use crate::config::{MonthDay, Settings, THRESHOLDS};
use crate::rules::rules;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The JSON schema of `gongkai.toml`.
pub fn schema() -> Value {
    let mut root = object(&[]);
    for key in KEYS {
        let mut place = &mut root;
        let (tables, name) = match key.name.rsplit_once('.') {
            Some((tables, name)) => (tables, name),
            None => ("", key.name),
        };
        for table in tables.split('.').filter(|table| !table.is_empty()) {
            place = &mut place["properties"][table];
            if place.is_null() {
                *place = object(&[]);
            }
        }
        let [zh, en] = key.documentation;
        let mut property = value_schema(key.kind, true);
        property["description"] = json!(format!("{zh}\n{en}"));
        if let Some(default) = default(key) {
            property["default"] = default;
        }
        place["properties"][name] = property;
    }
    root["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    root["title"] = json!("gongkai.toml");
    root
}

fn object(required: &[&str]) -> Value {
    let mut object = json!({"type": "object", "additionalProperties": false, "properties": {}});
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

/// The schema of an existing code, name or group.
fn rule_schema() -> Value {
    let rules: Vec<_> = rules().collect();
    let mut groups: Vec<&str> = rules.iter().filter_map(|rule| rule.code.get(..3)).collect();
    groups.dedup();
    let names = rules.iter().map(|rule| rule.name);
    json!({"type": "string", "examples": groups.into_iter().chain(rules.iter().map(|rule| rule.code)).chain(names).collect::<Vec<_>>()})
}

fn value_schema(kind: KeyKind, is_file: bool) -> Value {
    let levels = || SEVERITIES.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    match kind {
        KeyKind::Exemptions if is_file => {
            json!({"type": "array", "items": {"anyOf": [rule_schema(), entry_schema()]}, "uniqueItems": true})
        }
        KeyKind::Rules | KeyKind::Exemptions => json!({"type": "array", "items": rule_schema(), "uniqueItems": true}),
        KeyKind::Paths => json!({"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": true}),
        KeyKind::Language if is_file => json!({"type": "string", "enum": ["zh", "en"]}),
        KeyKind::Language => json!({"type": "string", "enum": ["auto", "zh", "en"]}),
        KeyKind::Count => json!({"type": "integer", "minimum": 1}),
        KeyKind::Severities => json!({"type": "object", "additionalProperties": {"type": "string", "enum": levels()}}),
        KeyKind::Thresholds => {
            let number = |(code, default): (&str, i64)| {
                (code.to_owned(), json!({"type": "integer", "minimum": 0, "default": default}))
            };
            let numbers: Map<String, Value> = THRESHOLDS.into_iter().map(number).collect();
            json!({"type": "object", "properties": numbers, "additionalProperties": false})
        }
        KeyKind::Path => json!({"type": "string", "minLength": 1}),
        KeyKind::Level => {
            json!({"type": "string", "enum": LEVELS.iter().map(|(name, _)| *name).collect::<Vec<_>>()})
        }
        KeyKind::Reports => json!({"type": "array", "items": report_schema()}),
        KeyKind::Switch => json!({"type": "boolean"}),
        KeyKind::Day => json!({"type": "string", "pattern": "^(0?[1-9]|1[0-2])-(0?[1-9]|[12][0-9]|3[01])$"}),
    }
}

fn entry_schema() -> Value {
    let required: Vec<&str> = ENTRY_KEYS.iter().filter(|(.., required)| *required).map(|(name, ..)| *name).collect();
    let mut entry = object(&required);
    for (name, [zh, en], _) in ENTRY_KEYS {
        let mut property = match name {
            "code" => json!({"anyOf": [rule_schema(), {"type": "array", "items": rule_schema()}]}),
            "fingerprint" => json!({"type": "string", "pattern": "^[0-9a-fA-F]{16}$"}),
            "place" => place_schema(),
            _ => json!({"type": "string", "minLength": 1}),
        };
        property["description"] = json!(format!("{zh}\n{en}"));
        entry["properties"][name] = property;
    }
    entry
}

fn place_schema() -> Value {
    let number = |first: u8, last: u8| json!({"type": "integer", "minimum": first, "maximum": last});
    let label = || json!({"type": "string", "minLength": 1});
    let mut place = object(&[]);
    place["properties"] = json!({"section": number(1, 6), "table": number(2, 4), "row": label(), "column": label()});
    place["minProperties"] = json!(1);
    place
}

fn report_schema() -> Value {
    let mut report = object(&["path"]);
    for (name, [zh, en]) in REPORT_KEYS {
        let mut property = match name {
            "year" => json!({"type": "integer", "minimum": 2008, "maximum": 2099}),
            _ => json!({"type": "string", "minLength": 1}),
        };
        property["description"] = json!(format!("{zh}\n{en}"));
        report["properties"][name] = property;
    }
    report
}

/// The default of the key, if it has one.
fn default(key: &Key) -> Option<Value> {
    let settings = Settings::default();
    let day = |day: MonthDay| json!(format!("{:02}-{:02}", day.month, day.day));
    match key.kind {
        KeyKind::Rules | KeyKind::Exemptions | KeyKind::Paths | KeyKind::Reports => Some(json!([])),
        KeyKind::Language | KeyKind::Path | KeyKind::Level => None,
        KeyKind::Count => Some(json!(settings.max_findings)),
        KeyKind::Severities | KeyKind::Thresholds => Some(json!({})),
        KeyKind::Switch => Some(json!(true)),
        KeyKind::Day => Some(day(*key.day(&mut Settings::default().deadlines))),
    }
}

/// The settings of an editor: for each key its full name (`gongkai.maxFindings`) and the JSON schema of its value, with
/// a default and without descriptions.
pub fn editor_settings() -> Vec<(String, Value)> {
    let setting = |key: &Key| {
        let mut value = value_schema(key.kind, false);
        value["default"] = match key.kind {
            KeyKind::Language => json!("auto"),
            _ => default(key).unwrap_or_default(),
        };
        if let Some(items) = value.get_mut("items").and_then(Value::as_object_mut) {
            // Editors do not show this schema, so it does not repeat the list of rules.
            items.retain(|name, _| name == "type");
        }
        (format!("gongkai.{}", key.editor_name()), sorted(value))
    };
    KEYS.iter().filter(|key| !key.kind.is_of_file()).map(setting).collect()
}

/// `value` with its keys in the usual order of manifests.
fn sorted(value: Value) -> Value {
    let Value::Object(mut fields) = value else { return value };
    let mut ordered = Map::new();
    for name in
        ["type", "enum", "items", "properties", "additionalProperties", "minimum", "pattern", "uniqueItems", "default"]
    {
        if let Some(value) = fields.remove(name) {
            ordered.insert(name.to_owned(), value);
        }
    }
    ordered.extend(fields);
    Value::Object(ordered)
}

/// The keys as a table in Markdown: in Chinese (0) or in English (1).
pub fn documentation(language: usize) -> String {
    let heads = [["`gongkai.toml`", "编辑器", "作用"], ["`gongkai.toml`", "Editor", "What it does"]];
    let [file, editor, what] = heads[language.min(1)];
    let mut table = format!("| {file} | {editor} | {what} |\n| --- | --- | --- |\n");
    for key in KEYS {
        let words = key.documentation[language.min(1)];
        // Writing to a string cannot fail.
        let editor = match key.kind {
            kind if kind.is_of_file() => "–".to_owned(),
            _ => format!("`gongkai.{}`", key.editor_name()),
        };
        let _ = writeln!(table, "| `{}` | {editor} | {words} |", key.name);
    }
    table
}
