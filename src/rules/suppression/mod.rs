//! Suppression of findings: by comments in the text, and by exemptions in the settings.
//!
//! A comment depends only on its own line and the lines after it, so a report's comments are kept with the report.
//! Which findings they suppress is computed for the whole document, because `ignore-file` covers all of it.

mod unused_suppression;

use super::rule::Rule;
use crate::config::{Exemption, Language, Settings, names_rule};
use crate::report::Report;
use crate::rules::selection::{find, normalise_one, unknown};
use crate::rules::{Applicability, Finding, Fix, RuleMeta};
use crate::say;
use crate::statute::key;
use crate::syntax::is_space;
use crate::text::{Span, TextEdit, lines_around};

/// The rule about suppressions themselves.
pub(super) static RULES: &[&Rule] = &[&unused_suppression::RULE];

/// A comment that suppresses findings: `<!-- gongkai: ignore GK303 … -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The comment.
    pub span: Span,
    /// The span to delete in order to remove the comment: its whole line, if nothing else is in it.
    pub removal: Span,
    /// The scope of the directive.
    pub scope: DirectiveScope,
    /// The rules that it names.
    pub rules: Vec<NamedRule>,
    /// The word that should be `ignore` or `ignore-file`.
    pub verb: Span,
}

/// Where a directive suppresses findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectiveScope {
    /// The whole document.
    File,
    /// Findings that start in this line, or in the element of markup that starts in it.
    Line(Span),
    /// The line after the end of this report: the first of the next one.
    After,
    /// None: the word is unknown.
    Unknown,
}

/// A rule as a directive names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRule {
    /// The span of the name.
    pub span: Span,
    /// The name as written.
    pub written: String,
    /// The name in its normal spelling: a code, a name or a group; `None` if there is no such rule.
    pub entry: Option<String>,
}

impl Directive {
    /// The same directive, with every span moved `by` bytes to the right.
    pub fn shift(&self, by: usize) -> Directive {
        let mut directive = self.clone();
        directive.span = directive.span.shift(by);
        directive.removal = directive.removal.shift(by);
        directive.verb = directive.verb.shift(by);
        if let DirectiveScope::Line(line) = &mut directive.scope {
            *line = line.shift(by);
        }
        for rule in &mut directive.rules {
            rule.span = rule.span.shift(by);
        }
        directive
    }
}

/// How far from the start of a line the end of an element that starts in it is searched.
const ELEMENT: usize = 16 * 1024;

/// The directives in `source`, in order.
pub fn directives(source: &str) -> Vec<Directive> {
    let mut found: Vec<Directive> = Vec::new();
    if !source.contains("<!--") {
        return found;
    }
    // The directives from this index on are about the next line that is not blank.
    let mut waiting = 0;
    let mut at = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let start = at;
        at += line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        let first = found.len();
        let alone = comments(content, start, &mut found);
        for directive in found.iter_mut().skip(first) {
            if alone {
                let end = if line.ends_with('\r') && source.get(at..).is_some_and(|rest| rest.starts_with('\n')) {
                    at + 1
                } else {
                    at
                };
                directive.removal = Span::new(start, end);
            } else if directive.scope == DirectiveScope::After {
                directive.scope = DirectiveScope::Line(Span::new(start, start + content.len()));
            }
        }
        if !alone {
            let target = element(source, start, content);
            for directive in found.iter_mut().take(first).skip(waiting) {
                if directive.scope == DirectiveScope::After {
                    directive.scope = DirectiveScope::Line(target);
                }
            }
            waiting = found.len();
        }
    }
    // With two comments in one line, removing one must not remove the line.
    for index in 1..found.len() {
        if let [one, other] = &mut found[index - 1..=index]
            && one.removal.start == other.removal.start
        {
            one.removal = one.span;
            other.removal = other.span;
        }
    }
    found
}

/// Adds the directives in the line `content` at `start`; returns whether it contains only white space and comments.
fn comments(content: &str, start: usize, found: &mut Vec<Directive>) -> bool {
    let mut alone = true;
    let mut at = 0;
    while let Some(open) = content.get(at..).and_then(|rest| rest.find("<!--")).map(|open| at + open) {
        let Some(close) = content.get(open + 4..).and_then(|rest| rest.find("-->")).map(|close| open + 4 + close)
        else {
            break;
        };
        alone &= content.get(at..open).unwrap_or_default().chars().all(is_space);
        found.extend(directive(content, Span::new(open + 4, close)).map(|directive| directive.shift(start)));
        at = close + 3;
    }
    alone && content.get(at..).unwrap_or_default().chars().all(is_space)
}

/// Whether `c` ends a word.
fn is_border(c: char) -> bool {
    is_space(c) || is_comma(c) || matches!(c, ':' | '：')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// The next word of `content` in `span`, after white space, and whether a comma precedes it.
fn word(content: &str, span: Span) -> Option<(Span, bool)> {
    let text = span.of(content);
    let after = text.trim_start_matches(|c| is_space(c) || is_comma(c));
    let skipped = text.len() - after.len();
    let comma = text.get(..skipped).is_some_and(|skipped| skipped.contains(is_comma));
    let len = after.find(is_border).unwrap_or(after.len());
    (len > 0).then(|| (Span::new(span.start + skipped, span.start + skipped + len), comma))
}

/// Reads the text between `<!--` and `-->`.
fn directive(content: &str, inside: Span) -> Option<Directive> {
    let (name, _) = word(content, inside)?;
    if !name.of(content).eq_ignore_ascii_case("gongkai") {
        return None;
    }
    let rest = Span::new(name.end, inside.end).of(content).trim_start_matches(is_space);
    let after = rest.strip_prefix([':', '：'])?;
    let start = inside.end - after.len();
    let verb = word(content, Span::new(start, inside.end)).map_or(Span::at(start), |(verb, _)| verb);
    let scope = match verb.of(content).to_ascii_lowercase().as_str() {
        "ignore" => DirectiveScope::After,
        "ignore-file" => DirectiveScope::File,
        _ => DirectiveScope::Unknown,
    };
    let mut rules: Vec<NamedRule> = Vec::new();
    let mut at = verb.end;
    while let Some((span, comma)) = word(content, Span::new(at, inside.end)) {
        let written = span.of(content);
        let entry = normalise_one(written);
        // This word starts the reason: it is neither a code nor, after a comma, the name of a rule.
        let is_code = written.get(..2).is_some_and(|two| two.eq_ignore_ascii_case("GK"))
            && written.chars().skip(2).all(|c| c.is_ascii_digit());
        let is_first = rules.is_empty() && written.is_ascii();
        if !(is_code || is_first || (comma && entry.is_some())) {
            break;
        }
        rules.push(NamedRule { span, written: written.to_owned(), entry });
        at = span.end;
    }
    let span = Span::new(inside.start - 4, inside.end + 3);
    Some(Directive { span, removal: span, scope, rules, verb })
}

/// The line `content` at `start`, extended to the end of the element that starts in it, if that element contains text.
fn element(source: &str, start: usize, content: &str) -> Span {
    const ELEMENTS: [&str; 11] = ["tr", "td", "th", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"];
    let line = Span::new(start, start + content.len());
    let Some(tag) = content.trim_start_matches(is_space).strip_prefix('<') else { return line };
    let name: String = tag.chars().take(3).take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    if !ELEMENTS.contains(&name.as_str()) {
        return line;
    }
    let end = source.len().min(start + ELEMENT);
    let end = (end..=source.len()).find(|&end| source.is_char_boundary(end)).unwrap_or(source.len());
    let window = source.get(start..end).unwrap_or_default();
    let closes = window
        .match_indices("</")
        .find(|(at, _)| window.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(&name)));
    closes.map_or(line, |(at, _)| Span::new(start, (start + at).max(line.end)))
}

/// Which of `exemptions` match the rule of `finding` and the text of its row or line. The finding is one of `report`,
/// whose text is `source`. Place and fingerprint are not compared here.
pub fn exempted_by<'a, 'e>(
    source: &str,
    report: &Report,
    shown: impl Fn(Span) -> &'a str,
    finding: &Finding,
    exemptions: &'e [Exemption],
) -> Vec<&'e Exemption> {
    let mut place = None;
    let by = exemptions.iter().filter(|exemption| {
        let rule = finding.rule;
        exemption.codes.iter().any(|entry| names_rule(entry, rule.code, rule.name))
            && exemption.text.as_ref().is_none_or(|text| {
                let wanted = key(text);
                let place = place.get_or_insert_with(|| key(shown(place_of(source, report, finding.span))));
                !wanted.is_empty() && place.contains(&wanted)
            })
    });
    by.collect()
}

/// The row that `span` starts in, or else the line.
pub fn place_of(source: &str, report: &Report, span: Span) -> Span {
    let rows = report.tables.iter().flat_map(|table| table.rows.iter().flatten());
    if let Some(row) = rows.map(|row| row.span).find(|row| row.touches(span.start)) {
        return row;
    }
    line_of(source, span.start)
}

/// The line that `offset` is in, without its line break.
pub fn line_of(source: &str, offset: usize) -> Span {
    lines_around(source, Span::at(offset))
}

/// The `findings` that `directives` do not suppress; each comes with the offset of its spans and whether the settings
/// exempt it. Also a finding for each directive, or rule in one, that suppresses nothing; its spans count from the
/// start of the document, as those of `directives` do.
///
/// A directive about rules that the settings switch off is not reported as unused.
pub fn suppress<'a>(
    findings: impl Iterator<Item = (usize, &'a Finding, bool)>,
    directives: &[Directive],
    settings: &Settings,
) -> (Vec<bool>, Vec<Finding>) {
    let mut used: Vec<Vec<bool>> = directives.iter().map(|directive| vec![false; directive.rules.len()]).collect();
    let kept = findings
        .map(|(offset, finding, exempted)| {
            !holds_back(finding, finding.span.start + offset, directives, &mut used) && !exempted
        })
        .collect();
    let mut own = Vec::new();
    if settings.reports(unused_suppression::RULE.meta.code, unused_suppression::RULE.meta.name) {
        own = unused(directives, &used, settings);
        own.retain(|finding| !holds_back(finding, finding.span.start, directives, &mut used));
    }
    (kept, own)
}

/// Whether any of `directives` suppresses `finding`, which starts at `start`; notes which of them do.
fn holds_back(finding: &Finding, start: usize, directives: &[Directive], used: &mut [Vec<bool>]) -> bool {
    let mut held = false;
    for (directive, used) in directives.iter().zip(used) {
        let speaks = match directive.scope {
            DirectiveScope::File => true,
            DirectiveScope::Line(line) => line.touches(start),
            DirectiveScope::After | DirectiveScope::Unknown => false,
        };
        if !speaks {
            continue;
        }
        for (rule, used) in directive.rules.iter().zip(used) {
            if rule.entry.as_ref().is_some_and(|entry| names_rule(entry, finding.rule.code, finding.rule.name)) {
                *used = true;
                held = true;
            }
        }
    }
    held
}

fn unused(directives: &[Directive], used: &[Vec<bool>], settings: &Settings) -> Vec<Finding> {
    let language = settings.language;
    let severity = settings.severity_of(unused_suppression::RULE.meta.code, unused_suppression::RULE.meta.name);
    let mut findings = Vec::new();
    let mut add = |span: Span, message: String, fix: Option<Fix>| {
        let mut finding = Finding::new(&unused_suppression::RULE, span, message);
        finding.fixes.extend(fix);
        finding.severity = severity.unwrap_or(finding.severity);
        findings.push(finding);
    };
    for (directive, used) in directives.iter().zip(used) {
        if directive.scope == DirectiveScope::Unknown {
            let message = say!(
                language,
                "“gongkai:”之后应为 ignore（忽略下一行）或 ignore-file（忽略整个文件）",
                "what follows `gongkai:` must be `ignore` (for the next line) or `ignore-file`"
            );
            add(if directive.verb.is_empty() { directive.span } else { directive.verb }, message, None);
            continue;
        }
        if directive.rules.is_empty() {
            let message = say!(
                language,
                "没有写明忽略哪条规则：请写规则代码，如 <!-- gongkai: ignore GK303 理由 -->",
                "it does not say which rule: give its code, as in <!-- gongkai: ignore GK303 reason -->"
            );
            add(directive.span, message, None);
            continue;
        }
        let is_idle = |rule: &NamedRule, used: bool| {
            let entry = rule.entry.as_deref().unwrap_or_default();
            // GK001 itself may be suppressed in advance, and a rule that is switched off has no findings.
            let looked_for = |rule: &RuleMeta| {
                rule.code != unused_suppression::RULE.meta.code && settings.reports(rule.code, rule.name)
            };
            !used && find(entry).is_some_and(|rules| rules.into_iter().any(looked_for))
        };
        let all_idle = directive.rules.iter().zip(used).all(|(rule, used)| is_idle(rule, *used));
        for (index, (rule, used)) in directive.rules.iter().zip(used).enumerate() {
            if rule.entry.is_none() {
                add(rule.span, unknown(&rule.written, language), None);
            } else if is_idle(rule, *used) {
                let name = &rule.written;
                let message = match directive.scope {
                    DirectiveScope::File => say!(
                        language,
                        "文件中没有 {name} 的问题，这条忽略已无作用，可以删去",
                        "there is no {name} in this file to ignore: remove the comment"
                    ),
                    _ => say!(
                        language,
                        "下一行没有 {name} 的问题，这条忽略已无作用，可以删去",
                        "there is no {name} on the next line to ignore: remove the comment"
                    ),
                };
                add(if all_idle && directive.rules.len() == 1 { directive.span } else { rule.span }, message, {
                    let fix = if all_idle { Some(directive.removal) } else { without(directive, index) };
                    fix.map(|span| Fix {
                        message: say!(language, "删去这条忽略", "Remove it"),
                        applicability: Applicability::Safe,
                        preferred: true,
                        rewrite: false,
                        edits: vec![TextEdit { span, content: String::new() }],
                        draft: false,
                        of_source: false,
                    })
                });
            }
        }
    }
    findings
}

/// The span to delete from `directive` so that it no longer names its rule `index`: the name, and its separator from
/// the next name or the one before. `None` if the next name is unused too, because the two spans would meet.
fn without(directive: &Directive, index: usize) -> Option<Span> {
    let rule = directive.rules.get(index)?;
    match (index.checked_sub(1).and_then(|before| directive.rules.get(before)), directive.rules.get(index + 1)) {
        (_, Some(next)) => Some(Span::new(rule.span.start, next.span.start)),
        (Some(before), None) => Some(Span::new(before.span.end, rule.span.end)),
        (None, None) => None,
    }
}

/// The finding that the entry of a configuration file at `span` suppresses nothing.
pub fn unused_entry(span: Span, language: Language, settings: &Settings) -> Finding {
    let message = say!(
        language,
        "所指的文件中没有这条规则的问题，这条 [[ignore]] 已无作用，可以删去",
        "there is no such finding in the files that this entry is about: remove it"
    );
    let finding = Finding::new(&unused_suppression::RULE, span, message);
    let severity = settings.severity_of(finding.rule.code, finding.rule.name);
    let severity = severity.unwrap_or(finding.severity);
    finding.severity(severity)
}

/// The comment that suppresses `code`, with a place for the reason.
pub fn comment(code: &str, file: bool, language: Language) -> String {
    let verb = if file { "ignore-file" } else { "ignore" };
    let reason = say!(language, "（请填写理由）", "(reason)");
    format!("<!-- gongkai: {verb} {code} {reason} -->")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::unmark;

    /// The directives of a text: the words of their scope, and the rules as written.
    fn read(source: &str) -> Vec<(String, Vec<&str>)> {
        directives(source)
            .into_iter()
            .map(|directive| {
                let scope = match directive.scope {
                    DirectiveScope::Line(line) => line.of(source).to_owned(),
                    other => format!("{other:?}"),
                };
                (scope, directive.rules.iter().map(|rule| rule.span.of(source)).collect())
            })
            .collect()
    }

    #[track_caller]
    fn check(source: &str, scope: &str, rules: &[&str]) {
        assert_eq!(read(source), [(scope.to_owned(), rules.to_vec())], "{source}");
    }

    #[test]
    fn a_comment_names_rules_and_speaks_of_the_next_line() {
        check("<!-- gongkai: ignore GK303 合计见说明 -->\n甲\n乙", "甲", &["GK303"]);
        check("<!--gongkai:ignore gk303-->\r\n\r\n甲\r\n", "甲", &["gk303"]);
        check("\u{feff}<!-- gongkai： ignore GK303，row-total、GK2 理由 -->\n甲", "甲", &["GK303", "row-total", "GK2"]);
        check("<!-- gongkai: ignore GK303 GK301 balance of last year -->\n甲", "甲", &["GK303", "GK301"]);
        check("<!-- gongkai: ignore row-total, balance -->\n甲", "甲", &["row-total", "balance"]);
        check("<!-- gongkai: ignore-file GK601 理由 -->", "File", &["GK601"]);
        check("甲 <!-- gongkai: ignore GK303 --> 乙\n丙", "甲 <!-- gongkai: ignore GK303 --> 乙", &["GK303"]);
        check("<!-- gongkai: ignore GK303 -->\n\n", "After", &["GK303"]);
        check("<!-- gongkai: ignore nonsense 理由 -->\n甲", "甲", &["nonsense"]);
        check("<!-- gongkai: ignore 理由 -->\n甲", "甲", &[]);
        check("<!-- gongkai: ignore -->\n甲", "甲", &[]);
        check("<!-- gongkai: -->\n甲", "Unknown", &[]);
        check("<!-- gongkai: ignroe GK303 -->\n甲", "Unknown", &["GK303"]);
    }

    #[test]
    fn other_comments_are_left_alone() {
        for source in
            ["<!-- ignore GK303 -->", "<!-- gongkai GK303 -->", "<!-- gongkai: ignore GK303", "<!-->", "<!---->"]
        {
            assert_eq!(read(source), [], "{source}");
        }
    }

    #[test]
    fn several_comments_speak_of_the_same_line() {
        let source = "<!-- gongkai: ignore GK303 -->\n<!-- 说明 -->\n\n <!-- gongkai: ignore GK301 -->\n甲";
        assert_eq!(read(source), [("甲".to_owned(), vec!["GK303"]), ("甲".to_owned(), vec!["GK301"])]);
    }

    #[test]
    fn an_element_of_markup_is_spoken_of_as_a_whole() {
        let row = "<tr>\n<td>甲</td>\n<td>1</td>\n";
        check(&format!("<!-- gongkai: ignore GK303 -->\n{row}</tr>\n<tr></tr>"), row, &["GK303"]);
        check("<!-- gongkai: ignore GK303 -->\n<TR>甲\n乙", "<TR>甲", &["GK303"]);
        check("<!-- gongkai: ignore GK303 -->\n<table>\n</table>", "<table>", &["GK303"]);
        let row = format!("<tr>\n{}", "<td>1</td>\n".repeat(500));
        check(&format!("<!-- gongkai: ignore GK303 -->\n{row}</tr>"), &row, &["GK303"]);
        // An element that closes only far below is not taken as a whole.
        let cells = "<td>1</td>\n".repeat(ELEMENT / 10);
        check(&format!("<!-- gongkai: ignore GK303 -->\n<tr>\n{cells}</tr>"), "<tr>", &["GK303"]);
    }

    #[test]
    fn a_comment_goes_with_its_line() {
        let removal = |marked: &str| {
            let (source, spans) = unmark(marked);
            let found: Vec<Span> = directives(&source).iter().map(|directive| directive.removal).collect();
            assert_eq!(found, spans, "{source:?}");
        };
        removal("甲\n⟦  <!-- gongkai: ignore GK303 -->\n⟧乙");
        removal("甲\r\n⟦<!-- gongkai: ignore GK303 -->\r\n⟧乙");
        removal("甲\r⟦<!-- gongkai: ignore GK303 -->\r⟧乙");
        removal("甲\n⟦<!-- gongkai: ignore GK303 -->⟧");
        removal("甲 ⟦<!-- gongkai: ignore GK303 -->⟧\n乙");
        removal("⟦<!-- gongkai: ignore GK303 -->⟧ ⟦<!-- gongkai: ignore GK301 -->⟧\n乙");
    }

    #[test]
    fn a_comment_that_holds_nothing_back_is_told() {
        let idle = |marked: &str, messages: &[&str]| {
            let (source, due) = unmark(marked);
            let (_, own) = suppress(std::iter::empty(), &directives(&source), &Settings::default());
            let spans: Vec<Span> = own.iter().map(|finding| finding.span).collect();
            let said: Vec<&str> = own.iter().map(|finding| finding.message.as_str()).collect();
            assert_eq!((spans, said), (due, messages.to_vec()), "{source}");
        };
        let next = |code: &str| format!("下一行没有 {code} 的问题，这条忽略已无作用，可以删去");
        idle("⟦<!-- gongkai: ignore GK303 -->⟧\n甲", &[&next("GK303")]);
        idle("<!-- gongkai: ignore ⟦GK303⟧ ⟦GK301⟧ -->\n甲", &[&next("GK303"), &next("GK301")]);
        idle("⟦<!-- gongkai: ignore-file GK601 -->⟧\n甲", &["文件中没有 GK601 的问题，这条忽略已无作用，可以删去"]);
    }
}
