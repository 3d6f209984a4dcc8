//! Selection of rules by code, name or group, and a suggestion if there is no such rule.

use crate::config::Language;
use crate::rules::{RuleMeta, rules};
use crate::say;

/// The rule with the code or name `wanted`, or the rules of the group `wanted`, in upper or lower case.
pub fn find(wanted: &str) -> Option<Vec<&'static RuleMeta>> {
    find_in(&rules().collect::<Vec<_>>(), wanted)
}

/// The result of [`find`], or the rule whose title is `wanted`, or the rules whose titles contain it, in either
/// language.
pub fn find_by_title(wanted: &str) -> Option<Vec<&'static RuleMeta>> {
    if let Some(found) = find(wanted) {
        return Some(found);
    }
    let all: Vec<_> = rules().collect();
    let key = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = key(wanted);
    let holds = |is_it: fn(&str, &str) -> bool| -> Vec<_> {
        all.iter().copied().filter(|rule| rule.title.iter().any(|title| is_it(&key(title), &wanted))).collect()
    };
    let exact = holds(|title, wanted| title == wanted);
    let found =
        if exact.is_empty() && !wanted.is_empty() { holds(|title, wanted| title.contains(wanted)) } else { exact };
    (!found.is_empty()).then_some(found)
}

fn find_in(rules: &[&'static RuleMeta], wanted: &str) -> Option<Vec<&'static RuleMeta>> {
    let code = wanted.to_ascii_uppercase();
    let exact = rules.iter().find(|rule| rule.code == code || rule.name.eq_ignore_ascii_case(wanted));
    if let Some(rule) = exact {
        return Some(vec![rule]);
    }
    let group: Vec<_> = rules.iter().copied().filter(|rule| is_group(&code) && rule.code.starts_with(&code)).collect();
    (!group.is_empty()).then_some(group)
}

/// `GK3`
fn is_group(code: &str) -> bool {
    code.len() == 3 && code.starts_with("GK")
}

/// `wanted` in its normal spelling: codes and groups in upper case, names in lower case; `None` if there is no such
/// rule.
pub fn normalise_one(wanted: &str) -> Option<String> {
    let found = find(wanted)?;
    Some(match found.as_slice() {
        [rule] if rule.name.eq_ignore_ascii_case(wanted) => rule.name.to_owned(),
        _ => wanted.to_ascii_uppercase(),
    })
}

/// Each of `wanted` as [`normalise_one`] spells it, without blank ones.
///
/// # Errors
///
/// A message about the first one that names no rule.
pub fn normalise(wanted: &[String], language: Language) -> Result<Vec<String>, String> {
    let wanted = wanted.iter().map(|one| one.trim()).filter(|one| !one.is_empty());
    wanted.map(|one| normalise_one(one).ok_or_else(|| unknown(one, language))).collect()
}

/// A message that `wanted` names no rule.
pub fn unknown(wanted: &str, language: Language) -> String {
    match nearest_rule(&rules().collect::<Vec<_>>(), wanted) {
        Some(near) => say!(
            language,
            "没有规则“{wanted}”，是否指“{near}”？运行 gongkai rule 可列出全部规则",
            "there is no rule `{wanted}`; did you mean `{near}`? `gongkai rule` lists all rules"
        ),
        None => say!(
            language,
            "没有规则“{wanted}”；运行 gongkai rule 可列出全部规则",
            "there is no rule `{wanted}`; `gongkai rule` lists all rules"
        ),
    }
}

fn nearest_rule(rules: &[&'static RuleMeta], wanted: &str) -> Option<&'static str> {
    let codes = rules.iter().map(|rule| rule.code);
    nearest(wanted, codes.chain(rules.iter().map(|rule| rule.name)))
}

/// The candidate with the smallest edit distance; the first of several.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_ascii_lowercase();
    candidates.into_iter().min_by_key(|candidate| distance(&wanted, &candidate.to_ascii_lowercase()))
}

/// The Levenshtein distance between `a` and `b`, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    // costs[j]: from the part of `a` read so far to the first j letters of `b`.
    let mut costs: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cost, d) in costs.iter_mut().skip(1).zip(&b) {
            let replaced = diagonal + usize::from(c != *d);
            diagonal = *cost;
            left = replaced.min(left + 1).min(*cost + 1);
            *cost = left;
        }
        if let Some(first) = costs.first_mut() {
            *first = i + 1;
        }
    }
    costs.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;

    const ROW_TOTAL: RuleMeta = RuleMeta {
        code: "GK303",
        name: "row-total",
        severity: Severity::Error,
        title: ["行合计", "row total"],
        documentation: ["", ""],
        source: file!(),
    };
    const BLANK: RuleMeta = RuleMeta { code: "GK201", name: "blank-cell", ..ROW_TOTAL };
    const BALANCE: RuleMeta = RuleMeta { code: "GK301", name: "balance", ..ROW_TOTAL };
    const RULES: &[&RuleMeta] = &[&BLANK, &BALANCE, &ROW_TOTAL];

    #[track_caller]
    fn check(wanted: &str, codes: &[&str]) {
        let found = find_in(RULES, wanted).unwrap_or_default();
        assert_eq!(found.iter().map(|rule| rule.code).collect::<Vec<_>>(), codes, "{wanted}");
    }

    #[test]
    fn rules_are_found_by_code_name_and_group() {
        check("GK303", &["GK303"]);
        check("gk303", &["GK303"]);
        check("row-total", &["GK303"]);
        check("GK3", &["GK301", "GK303"]);
        check("GK30", &[]);
        check("GK", &[]);
        check("", &[]);
        check("total", &[]);
    }

    #[test]
    fn titles_are_understood_in_both_languages() {
        for rule in rules() {
            for title in rule.title {
                let found = find_by_title(title).unwrap_or_default();
                assert!(found.iter().any(|found| found.code == rule.code), "{title}");
            }
        }
        assert!(find_by_title("").is_none());
        assert!(find_by_title("没有这样的标题").is_none());
        assert!(find("行合计").is_none(), "elsewhere a rule has its code or name");
    }

    #[test]
    fn what_was_probably_meant() {
        assert_eq!(nearest_rule(RULES, "GK304"), Some("GK301"));
        assert_eq!(nearest_rule(RULES, "row-totl"), Some("row-total"));
        assert_eq!(nearest_rule(RULES, "BALANCES"), Some("balance"));
        assert_eq!(nearest_rule(&[], "GK304"), None);
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 2)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn spelled_as_the_rules_are() {
        let normalised = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(|one| (*one).to_owned()).collect();
            normalise(&wanted, Language::Chinese)
        };
        let due = ["GK303", "row-total", "GK3"].map(str::to_owned).to_vec();
        assert_eq!(normalised(&["gk303", " Row-Total ", "", "  ", "gk3"]), Ok(due));
        assert_eq!(
            normalised(&["GK303", "row-totl"]),
            Err("没有规则“row-totl”，是否指“row-total”？运行 gongkai rule 可列出全部规则".to_owned())
        );
    }
}
