//! The editor's settings (`initializationOptions`, `workspace/didChangeConfiguration`) read into [`Settings`].

use crate::config::{Language, Settings};
use crate::say;
use serde_json::Value;

/// Reads `options`, either `{"gongkai": {…}}` or `{…}`, into `settings`. What is not understood is left as it is; gives
/// a line for each value of the wrong kind. Keys of others, such as the path to this program, are passed over.
pub(super) fn read(settings: &mut Settings, options: &Value) -> Vec<String> {
    let options = options.get("gongkai").unwrap_or(options);
    let Some(options) = options.as_object() else { return Vec::new() };
    let mut problems = Vec::new();
    for (key, value) in options.iter().filter(|(_, value)| !value.is_null()) {
        let understood = match key.as_str() {
            "select" => codes(value).map(|codes| settings.select = codes),
            "ignore" => codes(value).map(|codes| settings.ignore = codes),
            "maxFindings" | "max_findings" => {
                value.as_u64().and_then(|most| usize::try_from(most).ok()).map(|most| settings.max_findings = most)
            }
            "language" => value.as_str().map(|tag| settings.language = Language::of_tag(tag)),
            _ => Some(()),
        };
        if understood.is_none() {
            problems.push(say!(
                settings.language,
                "gongkai：设置 {key} 的值无效：{value}",
                "gongkai: setting {key} has an invalid value: {value}"
            ));
        }
    }
    problems
}

fn codes(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|code| code.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn options_may_be_nested_or_bare() {
        for options in
            [json!({"select": ["GK3"], "maxFindings": 5}), json!({"gongkai": {"select": ["GK3"], "max_findings": 5}})]
        {
            let mut settings = Settings::default();
            assert_eq!(read(&mut settings, &options), Vec::<String>::new());
            assert_eq!((settings.select, settings.max_findings), (vec!["GK3".to_owned()], 5));
        }
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named_and_left_out() {
        let mut settings = Settings::default();
        let problems = read(&mut settings, &json!({"ignore": "GK601", "maxFindings": -1, "path": 3, "select": null}));
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("ignore") && problems[1].contains("maxFindings"), "{problems:?}");
        assert_eq!(settings, Settings::default());
        assert!(read(&mut settings, &json!("nonsense")).is_empty());
    }
}
