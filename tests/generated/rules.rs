//! `docs/rules/`: a page for each rule, an index of them, and the table of rules in both readmes.

use gongkai::config::Language;
use gongkai::rules::{RuleMeta, Severity, rules};
use std::fmt::Write;

/// The headings that a rule's documentation has, in this order, in Chinese and in English.
const HEADINGS: [[&str; 5]; 2] = [
    ["检查内容", "依据", "示例", "如何修正", "配置"],
    ["What it checks", "Why", "Example", "How it is fixed", "Configuration"],
];

/// The groups of codes with their subjects.
const GROUPS: [(&str, &str); 7] = [
    ("GK0", "屏蔽 · Suppression"),
    ("GK1", "结构 · Structure"),
    ("GK2", "单元格 · Cells"),
    ("GK3", "勾稽关系 · Arithmetic"),
    ("GK4", "文字与表格 · Narrative against table"),
    ("GK5", "跨年度、跨单位 · Across years and bodies"),
    ("GK6", "文字规范 · Style"),
];

fn severity(severity: Severity) -> [&'static str; 2] {
    match severity {
        Severity::Error => ["错误", "error"],
        Severity::Warning => ["警告", "warning"],
        Severity::Info => ["提示", "information"],
    }
}

/// Every page of `docs/rules`: its name and its content.
pub(crate) fn pages() -> impl Iterator<Item = (String, String)> {
    rules().map(page).chain([("docs/rules/README.md".to_owned(), index())])
}

fn page(rule: &'static RuleMeta) -> (String, String) {
    let RuleMeta { code, name, title, source, .. } = rule;
    let mut page = format!("# {code} {name}\n");
    for language in [Language::Chinese, Language::English] {
        let level = match language {
            Language::Chinese => format!("级别：{}。", severity(rule.severity)[0]),
            Language::English => format!("Severity: {}.", severity(rule.severity)[1]),
        };
        let documentation = demote(rule.documentation(language).trim());
        page += &format!("\n## {}\n\n{level}\n\n{documentation}\n", title[language as usize]);
    }
    page += &format!(
        "\n---\n\n[所有规则 · All rules](README.md). `gongkai rule {code}` 给出同样的说明。\
         This page is generated from `{}`; see `tests/generated`.\n",
        source.replace('\\', "/")
    );
    (format!("docs/rules/{code}.md"), page)
}

/// `markdown` with each heading a level lower.
fn demote(markdown: &str) -> String {
    let (mut demoted, mut fenced) = (String::new(), false);
    for line in markdown.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let deeper = !fenced && line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
        let mark = if deeper { "#" } else { "" };
        demoted += &format!("{mark}{line}\n");
    }
    demoted.trim_end().to_owned()
}

fn index() -> String {
    let mut page = "\
# 规则 · Rules

每条规则一页：检查内容、依据、示例、如何修正、配置。级别是一般情形的级别，个别情形可以较低。

A page for each rule: what it checks, why, an example, how it is fixed, configuration. The severity is that of the rule; a
single finding may have a lower one.

This index is generated from `src/rules`; see `tests/generated`.
"
    .to_owned();
    for (group, about) in GROUPS {
        let mut rules = rules().filter(|rule| rule.code.starts_with(group)).peekable();
        if rules.peek().is_none() {
            continue;
        }
        page +=
            &format!("\n## {group} {about}\n\n| 代码 Code | 名称 Name | 级别 Severity | 检查什么 | What is found |\n");
        page += "| --- | --- | --- | --- | --- |\n";
        for rule in rules {
            let RuleMeta { code, name, title: [chinese, english], .. } = rule;
            let [level, severity] = severity(rule.severity);
            page += &format!("| [{code}]({code}.md) | {name} | {level} {severity} | {chinese} | {english} |\n");
        }
    }
    page
}

/// `readme` with a new table of rules between the marks.
pub(crate) fn with_table(readme: &str, language: usize) -> String {
    const MARKS: [&str; 2] = ["<!-- rules -->\n", "<!-- /rules -->"];
    let (before, rest) = readme.split_once(MARKS[0]).expect("the readme has a mark where the table starts");
    let (_, after) = rest.split_once(MARKS[1]).expect("the readme has a mark where the table ends");
    let mut table = String::new();
    let heads = [["代码", "名称", "级别", "检查什么"], ["Code", "Name", "Severity", "What is found"]][language];
    writeln!(table, "| {} |\n| --- | --- | --- | --- |", heads.join(" | ")).expect("writing to a string");
    for rule in rules() {
        let (code, severity, title) = (rule.code, severity(rule.severity)[language], rule.title[language]);
        table += &format!("| [{code}](docs/rules/{code}.md) | {} | {severity} | {title} |\n", rule.name);
    }
    format!("{before}{}{table}{}{after}", MARKS[0], MARKS[1])
}

#[test]
fn every_rule_is_documented_under_the_fixed_headings() {
    for rule in rules() {
        for (documentation, headings) in rule.documentation.iter().zip(HEADINGS) {
            let found: Vec<&str> = documentation.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(found, headings, "{}", rule.code);
            let parts =
                documentation.split("## ").skip(1).map(|part| part.split_once('\n').map_or("", |(_, text)| text));
            assert!(parts.clone().all(|text| !text.trim().is_empty()), "{} has an empty part", rule.code);
        }
        assert!(GROUPS.iter().any(|(group, _)| rule.code.starts_with(group)), "{} is in no group", rule.code);
    }
}

#[test]
fn headings_are_demoted_but_not_in_code() {
    assert_eq!(demote("## a\ntext\n```\n# b\n```\n#c"), "### a\ntext\n```\n# b\n```\n#c");
}
