//! The letter of findings to a body: a page in one file, without scripts, for A4. The page depends only on its content.

use super::escape_html as escape;
use super::letter_words::{self as words, say};
use crate::config::Language;
use crate::rules::Severity;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The content of a letter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letter {
    /// The reports in the file.
    pub reports: Vec<Addressed>,
    /// Whether there was an earlier review to compare with.
    pub is_second_round: bool,
}

/// A report and its findings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Addressed {
    /// The body, if it is known.
    pub body: Option<String>,
    /// The title, or a replacement for it.
    pub title: String,
    /// The notice whose format the report has to follow.
    pub notice: &'static str,
    /// The findings, in the order of the text.
    pub items: Vec<LetterItem>,
    /// The findings of the last review that are fixed.
    pub fixed: Vec<String>,
}

/// A finding in a letter.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterItem {
    /// Its severity.
    pub severity: Severity,
    /// The rule's code.
    pub code: &'static str,
    /// Its place, in the reader's words.
    pub place: String,
    /// The problem.
    pub message: String,
    /// The text of the report that it is about, if it is not in a table.
    pub quote: Option<String>,
    /// The figures that disagree.
    pub figures: Vec<String>,
    /// The law or the notice that requires it.
    pub basis: String,
    /// Proposed changes, the likeliest first.
    pub proposals: Vec<String>,
    /// Whether the last review found it.
    pub round: Round,
}

/// Whether the last review had the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// The last review had it, and it is gone.
    Fixed,
    /// The last review had it, and it is still there.
    Remaining,
    /// The last review did not have it.
    New,
}

impl Round {
    /// The keyword for programs.
    pub fn key(self) -> &'static str {
        match self {
            Round::Fixed => "fixed",
            Round::Remaining => "remaining",
            Round::New => "new",
        }
    }

    /// The name for people.
    pub(crate) fn words(self) -> words::Bilingual {
        match self {
            Round::Fixed => words::FIXED,
            Round::Remaining => words::REMAINING,
            Round::New => words::NEW,
        }
    }
}

/// At most this many figures, and at most this many proposals, are listed under a finding.
const FIGURES: usize = 9;
const PROPOSALS: usize = 4;

const STYLE: &str = "\
@page{size:A4;margin:28mm 24mm 24mm}\
body{font:16px/1.75 FangSong,STFangsong,'FangSong_GB2312','Noto Serif CJK SC','Source Han Serif SC','Songti SC',SimSun,serif;\
color:#111;max-width:46rem;margin:2.5rem auto;padding:0 1.5rem}\
h1{font:bold 1.6rem/1.4 'FZXiaoBiaoSong-B05S','Noto Serif CJK SC','Songti SC',SimSun,serif;text-align:center;margin:0 0 1.6rem}\
h2{font:bold 1.1rem/1.6 SimHei,'Heiti SC','Noto Sans CJK SC',sans-serif;margin:1.6rem 0 .5rem;break-after:avoid}\
h3{font:bold 1.05rem/1.6 'Noto Serif CJK SC','Songti SC',SimSun,serif;margin:2rem 0 .4rem;border-top:1px solid #999;padding-top:1rem}\
p{margin:.5rem 0}p.body{text-indent:2em}\
ol{margin:.4rem 0;padding-left:2.2em}li{margin:0 0 .9rem;break-inside:avoid}\
.place{font-family:SimHei,'Heiti SC','Noto Sans CJK SC',sans-serif;font-weight:bold}\
.code{color:#777;font:.8rem monospace;margin-left:.4em;white-space:nowrap}\
dl{margin:.15rem 0 0;font-size:.92rem;color:#333;display:grid;grid-template-columns:4.4em 1fr;column-gap:.6em}\
dt{color:#666}dd{margin:0}\
.round{border:1px solid #888;border-radius:3px;font:.78rem sans-serif;padding:0 .35em;margin-right:.5em;white-space:nowrap}\
.new{border-color:#b00020;color:#b00020}.fixed{border-color:#1b7a3d;color:#1b7a3d}\
details{margin:1.2rem 0;border:1px solid #ccc;padding:.4rem 1rem}summary{cursor:pointer;color:#444}\
.sign{margin:2.6rem 0 0;text-align:right;line-height:2;break-inside:avoid}\
footer{margin-top:2rem;border-top:1px solid #ccc;padding-top:.4rem;font-size:.8rem;color:#777}\
@media print{body{margin:0;padding:0;max-width:none;font-size:12pt}details:not([open]){display:none}footer{font-size:9pt}}";

impl Letter {
    /// The letter as a page.
    pub fn page(&self, language: Language) -> String {
        page(self, language)
    }
}

fn page(letter: &Letter, language: Language) -> String {
    let tag = ["zh-CN", "en"][language as usize];
    let title = words::LETTER_TITLE[language as usize];
    let mut body = String::new();
    for (index, report) in letter.reports.iter().enumerate() {
        if index > 0 {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(body, "<h3>{}</h3>", escape(&say(words::REPORT, language, &[&report.title])));
        }
        one(&mut body, report, letter.is_second_round, language);
    }
    let is_clean = letter.reports.iter().all(is_clean);
    let closing = if is_clean { words::CLOSING_CLEAN } else { words::CLOSING };
    let line = |words: words::Bilingual| escape(words[language as usize]);
    let footer = escape(&say(words::FOOTER, language, &[env!("CARGO_PKG_VERSION")]));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n{body}<p class=\"body\">{}</p>\n<p class=\"sign\">{}<br>{}</p>\n\
         <footer>{footer}</footer>\n</body>\n</html>\n",
        line(closing),
        line(words::SIGNED),
        line(words::DATED),
    )
}

/// Whether nothing has to be changed or checked.
fn is_clean(report: &Addressed) -> bool {
    report.items.iter().all(|item| item.severity == Severity::Info)
}

fn one(body: &mut String, report: &Addressed, is_second_round: bool, language: Language) {
    let to = match &report.body {
        Some(name) => say(words::TO, language, &[name]),
        None => words::TO_UNKNOWN[language as usize].to_owned(),
    };
    let opening = say(words::OPENING, language, &[&report.title, report.notice]);
    let _ = writeln!(body, "<p>{}</p>\n<p class=\"body\">{}</p>", escape(&to), escape(&opening));
    let of = |severity| report.items.iter().filter(move |item| item.severity == severity);
    let count = |severity| of(severity).count().to_string();
    let [errors, warnings, hints] = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    let mut summary = match is_clean(report) {
        true => words::NO_FINDINGS[language as usize].to_owned(),
        false => say(words::COUNTS, language, &[&errors, &warnings, &hints]),
    };
    if is_second_round {
        let of_round = |round| report.items.iter().filter(|item| item.round == round).count().to_string();
        let (remaining, new) = (of_round(Round::Remaining), of_round(Round::New));
        summary.push_str(["", " "][language as usize]);
        summary.push_str(&say(words::ROUND_COUNTS, language, &[&report.fixed.len().to_string(), &remaining, &new]));
    }
    let _ = writeln!(body, "<p class=\"body\">{}</p>", escape(&summary));
    let mut points = Points { next: 1, basis_of: BTreeMap::new(), shows_round: is_second_round, language };
    for severity in [Severity::Error, Severity::Warning] {
        if of(severity).next().is_some() {
            let heading = numbered(points.heading(), words::heading(severity), language);
            let _ = writeln!(body, "<h2>{}</h2>", escape(&heading));
            points.list(body, of(severity));
        }
    }
    if of(Severity::Info).next().is_some() {
        let summary = say(words::HINTS_SUMMARY, language, &[&hints]);
        let _ = writeln!(body, "<details>\n<summary>{}</summary>", escape(&summary));
        points.list(body, of(Severity::Info));
        let _ = writeln!(body, "</details>");
    }
    if !report.fixed.is_empty() {
        let heading = numbered(points.heading(), words::FIXED_HEADING, language);
        let _ = writeln!(body, "<h2>{}</h2>\n<ul>", escape(&heading));
        for message in &report.fixed {
            let fixed = escape(words::FIXED[language as usize]);
            let _ = writeln!(body, "<li><span class=\"round fixed\">{fixed}</span>{}</li>", escape(message));
        }
        let _ = writeln!(body, "</ul>");
    }
}

/// A heading with its number, in the style of official letters.
fn numbered(number: u8, words: words::Bilingual, language: Language) -> String {
    let text = words[language as usize];
    match language {
        Language::Chinese => format!("{}、{text}", crate::statute::ordinal(number)),
        Language::English => format!("{number}. {text}"),
    }
}

/// The points of a letter, with continuous numbers.
struct Points {
    next: usize,
    /// For each rule, the point that states its basis.
    basis_of: BTreeMap<&'static str, usize>,
    shows_round: bool,
    language: Language,
}

impl Points {
    /// The number of the next heading.
    fn heading(&mut self) -> u8 {
        let number = self.basis_of.entry("").or_insert(0);
        *number += 1;
        u8::try_from(*number).unwrap_or(u8::MAX)
    }

    fn list<'a>(&mut self, body: &mut String, items: impl Iterator<Item = &'a LetterItem>) {
        let language = self.language;
        let _ = writeln!(body, "<ol start=\"{}\">", self.next);
        for item in items {
            let round = match (self.shows_round, item.round) {
                (true, round) => {
                    let (key, words) = (round.key(), round.words()[language as usize]);
                    format!("<span class=\"round {key}\">{words}</span>")
                }
                (false, _) => String::new(),
            };
            let (place, message, code) = (escape(&item.place), escape(&item.message), item.code);
            let colon = ["：", ": "][language as usize];
            let _ = writeln!(
                body,
                "<li>{round}<span class=\"place\">{place}</span>{colon}{message}<span class=\"code\">{code}</span>\n<dl>"
            );
            let mut line = |words: words::Bilingual, text: &str| {
                let _ = writeln!(body, "<dt>{}</dt><dd>{}</dd>", words[language as usize], escape(text));
            };
            if let Some(quote) = &item.quote {
                line(words::QUOTED, &say(words::QUOTE, language, &[quote]));
            }
            let separator = words::SEPARATOR[language as usize];
            if !item.figures.is_empty() {
                let figures: Vec<&str> = item.figures.iter().take(FIGURES).map(String::as_str).collect();
                line(words::FIGURES, &figures.join(separator));
            }
            match self.basis_of.get(code) {
                Some(point) => line(words::BASIS, &say(words::SAME_BASIS, language, &[&point.to_string()])),
                None if item.basis.is_empty() => {}
                None => {
                    line(words::BASIS, &item.basis);
                    self.basis_of.insert(code, self.next);
                }
            }
            if !item.proposals.is_empty() {
                let proposals: Vec<&str> = item.proposals.iter().take(PROPOSALS).map(String::as_str).collect();
                line(words::PROPOSED, &proposals.join(words::OR[language as usize]));
            }
            let _ = writeln!(body, "</dl></li>");
            self.next += 1;
        }
        let _ = writeln!(body, "</ol>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(severity: Severity, code: &'static str, message: &str) -> LetterItem {
        LetterItem {
            severity,
            code,
            place: "表三，“（一）予以公开”行，“总计”列".to_owned(),
            message: message.to_owned(),
            quote: None,
            figures: vec!["自然人 10".to_owned(), "商业企业 2".to_owned()],
            basis: "国办公开办函〔2021〕30号".to_owned(),
            proposals: vec!["将总计改为 12".to_owned(), "将自然人改为 9".to_owned()],
            round: Round::New,
        }
    }

    fn letter(items: Vec<LetterItem>) -> Letter {
        let report = Addressed {
            body: Some("云岭县水务局".to_owned()),
            title: "云岭县水务局2023年政府信息公开工作年度报告".to_owned(),
            notice: "国办公开办函〔2021〕30号",
            items,
            fixed: Vec::new(),
        };
        Letter { reports: vec![report], is_second_round: false }
    }

    #[test]
    fn a_letter_says_what_is_wrong_where_and_why() {
        let items = vec![
            item(Severity::Error, "GK303", "总计应为 12，现为 11"),
            item(Severity::Error, "GK303", "总计应为 4，现为 5"),
            item(Severity::Info, "GK601", "半角标点"),
        ];
        let page = page(&letter(items), Language::Chinese);
        for due in [
            "<p>云岭县水务局：</p>",
            "你单位报送的《云岭县水务局2023年政府信息公开工作年度报告》收悉。",
            "共有须修改的问题 2 处、请核实的问题 0 处，另附提示 1 条。",
            "<h2>一、须修改的问题</h2>",
            "表三，“（一）予以公开”行，“总计”列</span>：总计应为 12，现为 11",
            "<dt>相关内容</dt><dd>自然人 10；商业企业 2</dd>",
            "<dt>依据</dt><dd>国办公开办函〔2021〕30号</dd>",
            "<dt>依据</dt><dd>同第 1 条</dd>",
            "<dt>建议</dt><dd>将总计改为 12；或将自然人改为 9</dd>",
            "<ol start=\"3\">",
            "<details>",
        ] {
            assert!(page.contains(due), "{due}\n{page}");
        }
        assert!(!page.contains("请核实的问题</h2>"), "no heading over nothing");
        for not_due in ["<script", "http:", "https:", "src=", "url(", "@import", "行第"] {
            assert!(!page.contains(not_due), "{not_due}");
        }
    }

    #[test]
    fn a_clean_report_has_a_short_letter() {
        let page = page(&letter(Vec::new()), Language::Chinese);
        assert!(page.contains("未发现需要修改或核实的问题。") && page.contains("请按规定期限公布。"), "{page}");
        assert!(!page.contains("<h2>"), "{page}");
    }

    #[test]
    fn a_second_round_says_what_became_of_the_first() {
        let mut letter = letter(vec![LetterItem { round: Round::Remaining, ..item(Severity::Error, "GK303", "甲") }]);
        letter.is_second_round = true;
        letter.reports[0].fixed = vec!["乙<b>".to_owned()];
        let page = page(&letter, Language::Chinese);
        assert!(page.contains("与上次审核意见相比：已改正 1 处，仍存在 1 处，新增 0 处。"), "{page}");
        assert!(page.contains("<span class=\"round remaining\">仍存在</span>"), "{page}");
        assert!(page.contains("已改正</span>乙&lt;b&gt;"), "{page}");
        let english = super::page(&letter, Language::English);
        assert!(english.contains("Since the last findings: 1 fixed, 1 remaining, 0 new."), "{english}");
    }

    #[test]
    fn nothing_of_a_report_is_markup() {
        let mut letter = letter(vec![item(Severity::Error, "GK303", "<img src=x onerror=alert(1)>")]);
        letter.reports[0].title = "</style><script>".to_owned();
        letter.reports[0].body = None;
        let page = page(&letter, Language::English);
        assert!(!page.contains("<img") && !page.contains("<script>"), "{page}");
        assert!(page.contains("To: the reporting body"), "{page}");
    }
}
