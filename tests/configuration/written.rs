//! The files that are generated from the table of keys are up to date.

use gongkai::configuration::{KEYS, documentation, editor_settings, schema};
use serde_json::Value;
use std::path::PathBuf;

/// Checks that the file `path` is `expected`, or writes it if files are to be updated.
#[track_caller]
fn fresh(path: &str, expected: &str) {
    let whole = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&whole, expected).unwrap();
    }
    let committed = std::fs::read_to_string(&whole).unwrap_or_default();
    assert!(committed == expected, "{path} is stale: UPDATE_DOCS=1 cargo test --test configuration");
}

fn read(path: &str) -> String {
    std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// `text` with `content` between `from` and `to`.
#[track_caller]
fn between(text: &str, from: &str, to: &str, content: &str) -> String {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from}")) + from.len();
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("no {to}"));
    format!("{}{content}{}", &text[..start], &text[end..])
}

#[test]
fn the_schema_is_fresh() {
    fresh("docs/gongkai.schema.json", &format!("{:#}\n", schema()));
}

#[test]
fn the_settings_of_vs_code_are_fresh() {
    let mut properties = String::new();
    for (index, (name, schema)) in editor_settings().into_iter().enumerate() {
        properties.push_str(&format!("        \"{name}\": {{\n"));
        let order = [
            "type",
            "enum",
            "items",
            "properties",
            "additionalProperties",
            "minimum",
            "pattern",
            "uniqueItems",
            "default",
        ];
        let fields = schema.as_object().unwrap();
        for field in order.iter().filter(|field| fields.contains_key(**field)) {
            let value = format!("{:#}", fields[*field]).replace('\n', "\n          ");
            properties.push_str(&format!("          \"{field}\": {value},\n"));
        }
        assert!(fields.keys().all(|field| order.contains(&field.as_str())), "{fields:?}");
        let placeholder = name.replacen("gongkai.", "configuration.", 1);
        properties.push_str(&format!(
            "          \"scope\": \"window\",\n          \"order\": {},\n          \"markdownDescription\": \"%{placeholder}%\"\n        }},\n",
            index + 2
        ));
    }
    let manifest = read("editors/vscode/package.json");
    let from = "\"markdownDescription\": \"%configuration.server.path%\"\n        },\n";
    let manifest = between(&manifest, from, "        \"gongkai.trace.server\": {", &properties);
    serde_json::from_str::<Value>(&manifest).unwrap();
    fresh("editors/vscode/package.json", &manifest);
    for (path, language) in [("editors/vscode/package.nls.json", 1), ("editors/vscode/package.nls.zh-cn.json", 0)] {
        let lines: String = KEYS
            .iter()
            .filter(|key| editor_settings().iter().any(|(name, _)| *name == format!("gongkai.{}", key.editor_name())))
            .map(|key| {
                let words = Value::from(key.documentation[language]);
                format!("  \"configuration.{}\": {words},\n", key.editor_name())
            })
            .collect();
        let texts = read(path);
        let server =
            texts.lines().find(|line| line.contains("\"configuration.server.path\"")).unwrap().to_owned() + "\n";
        fresh(path, &between(&texts, &server, "  \"configuration.trace.server\":", &lines));
    }
}

#[test]
fn the_readmes_tables_are_fresh() {
    for (path, language) in [("README.zh-CN.md", 0), ("README.md", 1)] {
        let table = format!("\n{}", documentation(language));
        fresh(path, &between(&read(path), "<!-- configuration -->", "<!-- /configuration -->", &table));
    }
}
