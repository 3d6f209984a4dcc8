//! What is wrong with a text that is not TOML, in sentences of our own.

use crate::config::Language;
use crate::say;
use crate::text::Span;

/// Quotation marks and punctuation of Chinese that TOML does not take, with what it takes.
const CHINESE: [(char, char); 11] = [
    ('“', '"'),
    ('”', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('＂', '"'),
    ('＝', '='),
    ('，', ','),
    ('、', ','),
    ('［', '['),
    ('］', ']'),
    ('【', '['),
];

/// What kind of mistake it is.
enum Mistake {
    /// This character of Chinese in place of that one.
    Chinese(char, char),
    /// A text that begins with a quotation mark and does not end with one.
    UnclosedQuote,
    /// A text without quotation marks.
    Unquoted,
    /// No value after `=`.
    NoValue,
    /// A name without `=`.
    NoEqualSign,
    /// The same key, or the same table, twice.
    Twice,
    /// No comma between the elements of a list or table, or no bracket at its end.
    NoComma,
    /// No bracket at the end of a list or table.
    Unclosed,
    /// A backslash in a text, as in a path of Windows.
    Backslash,
    /// A key that has to be in quotation marks.
    BareKey,
    /// More after the end of a value.
    Extra,
    Other,
}

/// The message about a mistake at `span` of `source`, which the library reports as `original`.
pub(super) fn message(source: &str, span: Span, original: &str, language: Language) -> String {
    if language == Language::English {
        return format!("not TOML: {original}");
    }
    let what = match mistake(source, span, original) {
        Mistake::Chinese(found, due) => format!("此处用了中文标点 {found} ，请改为英文的 {due}"),
        Mistake::UnclosedQuote => "文字缺少结尾的引号：请在这一行补上英文双引号 \"".to_owned(),
        Mistake::Unquoted => "值应放在英文双引号中，如 language = \"zh\"".to_owned(),
        Mistake::NoValue => "“=”后面没有值：请填写，或删去这一行".to_owned(),
        Mistake::NoEqualSign => "缺少“=”：一行应写作“名称 = 值”，说明文字应以 # 开头".to_owned(),
        Mistake::Twice => {
            let key = span.of(source).trim();
            format!("“{key}”前面已经写过：同一名称只能出现一次，请合并")
        }
        Mistake::NoComma => "列表的各项之间缺少英文逗号，或列表末尾缺少 ]".to_owned(),
        Mistake::Unclosed => "缺少结尾的括号：[ 应有 ]，{ 应有 }".to_owned(),
        Mistake::Backslash => "双引号中的 \\ 有特殊含义：路径请用 / 分隔，或改用英文单引号".to_owned(),
        Mistake::BareKey => "名称只能用英文字母、数字、- 和 _；其他名称应放在英文双引号中".to_owned(),
        Mistake::Extra => "值后面有多余的内容：每项设置应单独成行".to_owned(),
        Mistake::Other => return format!("此处不符合 TOML 的写法（{original}）"),
    };
    say!(language, "不符合 TOML 的写法：{what}", "not TOML: {what}")
}

fn mistake(source: &str, span: Span, original: &str) -> Mistake {
    let at = source.get(span.start..).unwrap_or_default();
    let line = at.lines().next().unwrap_or_default();
    let is_about = |words: &[&str]| words.iter().any(|word| original.starts_with(word));
    let chinese = |c: char| CHINESE.into_iter().find(|(found, _)| *found == c);
    if is_about(&["duplicate key"]) {
        return Mistake::Twice;
    }
    if is_about(&["invalid basic string", "invalid literal string", "invalid multi-line"]) {
        return Mistake::UnclosedQuote;
    }
    if is_about(&["missing escaped value", "too few unicode"]) {
        return Mistake::Backslash;
    }
    // The mark of Chinese is where the library stops, or right before or after.
    let before = source.get(..span.start).and_then(|before| before.chars().next_back());
    if let Some((found, due)) = line.chars().next().or(before).and_then(chinese).or_else(|| before.and_then(chinese)) {
        return Mistake::Chinese(found, due);
    }
    match original {
        _ if is_about(&["string values must be quoted", "invalid boolean", "invalid value", "missing value"]) => {
            match line.trim().is_empty() {
                true => Mistake::NoValue,
                false => Mistake::Unquoted,
            }
        }
        _ if is_about(&["key with no value"]) => Mistake::NoEqualSign,
        _ if is_about(&["missing comma"]) => Mistake::NoComma,
        _ if is_about(&["unclosed"]) => Mistake::Unclosed,
        _ if is_about(&["invalid unquoted key"]) => Mistake::BareKey,
        _ if is_about(&["unexpected key or value"]) => Mistake::Extra,
        _ => Mistake::Other,
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Language, Settings};
    use crate::configuration::parse;
    use crate::text::Encoding;

    /// The place, counted from 1, and the message about the first problem of `source`.
    #[track_caller]
    fn problem(source: &str, language: Language) -> (usize, usize, String) {
        let (_, problems) = parse(source, &Settings { language, ..Settings::default() });
        let problem = problems.first().unwrap();
        let place = crate::text::Text::new(source).position(problem.span.start, Encoding::Utf32);
        (place.line + 1, place.column + 1, problem.message.clone())
    }

    #[test]
    fn each_mistake_has_a_sentence() {
        for (source, line, due) in [
            ("language = zh\n", 1, "值应放在英文双引号中"),
            ("max_findings = 5\nlanguage = zh\n", 2, "值应放在英文双引号中"),
            ("language = “zh”\n", 1, "中文标点 “ ，请改为英文的 \""),
            ("language = \"zh\n", 1, "缺少结尾的引号"),
            ("language = \"zh”\n", 1, "缺少结尾的引号"),
            ("language = 'zh\n", 1, "缺少结尾的引号"),
            ("select = [\"GK3\", \"GK5\"\nlanguage = \"zh\"\n", 2, "缺少英文逗号，或列表末尾缺少 ]"),
            ("select = [\"GK3\"，\"GK5\"]\n", 1, "中文标点 ， ，请改为英文的 ,"),
            ("select = [\"GK3\" \"GK5\"]\n", 1, "缺少英文逗号"),
            ("language = \"zh\"\nlanguage = \"en\"\n", 2, "“language”前面已经写过"),
            ("[region]\nlevel = \"county\"\n[region]\nmembers = []\n", 3, "“region”前面已经写过"),
            ("language ＝ \"zh\"\n", 1, "中文标点 ＝ ，请改为英文的 ="),
            ("language : \"zh\"\n", 1, "缺少“=”"),
            ("language\n", 1, "缺少“=”"),
            ("language = \n", 1, "“=”后面没有值"),
            ("[region\nlevel = \"county\"\n", 1, "缺少结尾的括号"),
            ("severity = { GK201 = \"error\"", 1, "缺少结尾的括号"),
            ("语言 = \"zh\"\n", 1, "名称只能用英文字母"),
            ("exclude = [\"C:\\年报\"]\n", 1, "路径请用 / 分隔"),
            ("language = \"zh\" select = []\n", 1, "值后面有多余的内容"),
            ("max_findings = 010\n", 1, "此处不符合 TOML 的写法（"),
        ] {
            let (found, _, message) = problem(source, Language::Chinese);
            assert!(found == line && message.contains(due), "{source}{found}: {message}");
            let is_ours = !message.contains("expected") || due.starts_with("此处");
            assert!(is_ours, "{source}{message}");
            let (_, _, message) = problem(source, Language::English);
            assert!(message.starts_with("not TOML: "), "{message}");
        }
    }

    #[test]
    fn values_of_the_wrong_type_and_unknown_keys_have_sentences_too() {
        for (source, due) in [
            ("select = \"GK3\"\n", "select 应为列表"),
            ("lang = \"zh\"\n", "没有配置项“lang”"),
            ("max_findings = \"many\"\n", "max_findings"),
            ("language = 3\n", "language"),
        ] {
            let (line, _, message) = problem(source, Language::Chinese);
            assert!(line == 1 && message.contains(due) && !message.contains("expected"), "{message}");
        }
    }
}
