//! The type of rules, and the macro that declares one.

use super::finding::Finding;
use super::rule_meta::RuleMeta;
use super::support::context::Context;
use crate::report::Facets;
use std::ops::Deref;

/// Declares a rule: the static `RULE`, or the one named after `static`. Texts for users are pairs, Chinese and English.
/// The rule's page with its headings and its section on configuration follows from them. `check` is the function
/// `check` of the same file unless another one is given.
macro_rules! rule {
    (
        static $rule:ident;
        code: $code:expr,
        name: $name:expr,
        severity: $severity:ident,
        reads: $reads:expr,
        title: [$title_zh:expr, $title_en:expr],
        checks: [$checks_zh:expr, $checks_en:expr $(,)?],
        basis: [$basis_zh:expr, $basis_en:expr $(,)?],
        example: [$example_zh:expr, $example_en:expr $(,)?],
        fix: [$fix_zh:expr, $fix_en:expr $(,)?],
        $(configuration: [$configuration_zh:expr, $configuration_en:expr $(,)?],)?
        $(check: $check:expr,)?
    ) => {
        pub(in crate::rules) static $rule: $crate::rules::Rule = $crate::rules::Rule::new(
            $crate::rules::RuleMeta {
                code: $code,
                name: $name,
                severity: $crate::config::Severity::$severity,
                title: [$title_zh, $title_en],
                documentation: [
                    concat!(
                        "## 检查内容\n\n", $checks_zh, "\n\n## 依据\n\n", $basis_zh, "\n\n## 示例\n\n", $example_zh,
                        "\n\n## 如何修正\n\n", $fix_zh,
                        "\n\n## 配置\n\n可用 `ignore` 关闭", or!([$(concat!("；", $configuration_zh))?] "。"), "\n"
                    ),
                    concat!(
                        "## What it checks\n\n", $checks_en, "\n\n## Why\n\n", $basis_en, "\n\n## Example\n\n", $example_en,
                        "\n\n## How it is fixed\n\n", $fix_en,
                        "\n\n## Configuration\n\nSwitched off by `ignore`.", $(" ", $configuration_en,)? "\n"
                    ),
                ],
                source: file!(),
            },
            $reads,
            or!([$($check)?] check),
        );
    };
    ($($fields:tt)+) => {
        rule! { static RULE; $($fields)+ }
    };
}

/// The expression in brackets, or the other expression if the brackets are empty.
macro_rules! or {
    ([] $default:expr) => {
        $default
    };
    ([$given:expr] $default:expr) => {
        $given
    };
}

/// A rule: its metadata and its check.
pub(super) struct Rule {
    pub(super) meta: RuleMeta,
    /// The facets of a report that it reads: an edit of other facets cannot change its findings.
    reads: Facets,
    /// Adds its findings, in any order.
    check: fn(&Context<'_>, &mut Vec<Finding>),
}

impl Deref for Rule {
    type Target = RuleMeta;

    fn deref(&self) -> &RuleMeta {
        &self.meta
    }
}

impl Rule {
    pub(super) const fn new(meta: RuleMeta, reads: Facets, check: fn(&Context<'_>, &mut Vec<Finding>)) -> Rule {
        Rule { meta, reads, check }
    }

    /// Adds the rule's findings.
    pub(super) fn find(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let known = findings.len();
        (self.check)(context, findings);
        findings.iter_mut().skip(known).for_each(|finding| context.withhold_safe_fixes(finding));
    }

    /// The facets that its findings depend on. They include the year if it reads tables, because the year decides
    /// whether a fix in a table is safe.
    pub(super) fn reads(&self) -> Facets {
        if self.reads.meets(Facets::TABLES) { self.reads.and(Facets::YEAR) } else { self.reads }
    }
}

/// The facets that rules about the figures of a table read.
pub(super) const TABLES: Facets = Facets::TABLES.and(Facets::YEAR);
/// The facets that rules about the writing of single figures read.
pub(super) const SPELLING: Facets = Facets::SPELLING.and(Facets::LABELS);
/// The facets that rules about the wording of the prose read.
pub(super) const WORDS: Facets = Facets::TITLE.and(Facets::HEADINGS).and(Facets::PROSE);
/// The facets that rules that compare prose with a table read.
pub(super) const BOTH: Facets = TABLES.and(WORDS);

/// The facets of a rule whose check finds nothing by itself.
pub(super) const NOTHING: Facets = Facets::NONE;
