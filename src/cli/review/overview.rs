//! The overview of all bodies: a page and a workbook. Both depend only on the result of the review.

use super::words::{self, Bilingual, GROUPS, say};
use crate::cli::output::escape;
use crate::cli::output::workbook::{SheetCell, Tables};
use crate::config::Language;
use crate::rules::RuleMeta;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// The overview's row for one report, or for a body that has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct BodyRow {
    pub(super) body: String,
    pub(super) year: Option<u16>,
    pub(super) file: String,
    /// The path of the letter, relative to the overview; `None` if there is no letter.
    pub(super) letter: Option<String>,
    pub(super) state: State,
    /// Numbers of errors, warnings and information.
    pub(super) counts: [usize; 3],
    /// Numbers of errors and warnings together, by group of rules, in the order of [`GROUPS`].
    pub(super) by_group: [usize; GROUPS.len()],
    /// Numbers of fixed, remaining and new findings.
    pub(super) rounds: [usize; 3],
    /// 其他处理 and （七）总计 of Table 3, if both can be read.
    pub(super) other: Option<(i64, i64)>,
}

/// Whether a report has arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// In time, as far as is known.
    #[default]
    Arrived,
    /// After the day due.
    Late,
    /// It was there in the last review, or last year, and is missing now.
    Missing,
    /// It was there in the last review and is missing now.
    NotThisTime,
    /// The file contains no report.
    NotAReport,
    /// The file cannot be read.
    Unreadable,
}

impl State {
    fn words(self) -> Bilingual {
        match self {
            State::Arrived => words::ARRIVED,
            State::Late => words::LATE,
            State::Missing => words::MISSING,
            State::NotThisTime => words::NOT_THIS_TIME,
            State::NotAReport => words::NOT_A_REPORT,
            State::Unreadable => words::UNREADABLE,
        }
    }
}

/// The content of the overview.
#[derive(Debug, Default)]
pub(super) struct Overview {
    pub(super) bodies: Vec<BodyRow>,
    /// For each rule, the numbers of its findings and of the files with findings.
    pub(super) rules: BTreeMap<&'static str, (&'static RuleMeta, usize, usize)>,
    pub(super) is_second_round: bool,
}

const STYLE: &str = "\
@page{size:A4 landscape;margin:16mm}\
body{font:15px/1.6 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',system-ui,sans-serif;color:#1a1a1a;\
max-width:76rem;margin:2rem auto;padding:0 1.2rem}\
h1{font-size:1.5rem;margin:0 0 .6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;break-after:avoid}\
p{margin:.3rem 0}p.why{color:#555;font-size:.9rem}\
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{border:1px solid #c8c8c8;padding:.3rem .55rem;vertical-align:top}\
th{background:#eef2f7;text-align:left;white-space:nowrap}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
td.file{word-break:break-all;color:#555;font-size:.85rem}tr{break-inside:avoid}thead{display:table-header-group}\
.bad{color:#b00020;font-weight:bold}.zero{color:#aaa}\
@media print{body{margin:0;padding:0;max-width:none;font-size:10pt}a{color:inherit;text-decoration:none}}";

impl Overview {
    /// Sorts the bodies: the worst first, those without a report at the end.
    pub(super) fn sort(&mut self) {
        self.bodies.sort_by(|a, b| {
            let key = |row: &BodyRow| (row.state.max(State::Late), Reverse(row.counts), row.year.map(Reverse));
            (key(a), &a.body, &a.file).cmp(&(key(b), &b.body, &b.file))
        });
    }

    fn number(&self, is: impl Fn(State) -> bool) -> String {
        self.bodies.iter().filter(|row| is(row.state)).count().to_string()
    }

    /// The bodies by the share of 其他处理, the largest first, without those that have none.
    fn by_other(&self) -> Vec<(&BodyRow, i64, i64)> {
        let with = self.bodies.iter().filter_map(|row| row.other.map(|(other, all)| (row, other, all)));
        let mut with: Vec<_> = with.filter(|(_, other, all)| *other > 0 && *all > 0).collect();
        // Shares are compared as fractions.
        with.sort_by(|a, b| {
            (i128::from(b.1) * i128::from(a.2)).cmp(&(i128::from(a.1) * i128::from(b.2))).then(b.1.cmp(&a.1))
        });
        with
    }

    /// The page.
    pub(super) fn page(&self, language: Language) -> String {
        let tag = ["zh-CN", "en"][language as usize];
        let title = words::OVERVIEW_TITLE[language as usize];
        let arrived = self.number(|state| state <= State::Late);
        let (late, missing) = (
            self.number(|state| state == State::Late),
            self.number(|state| matches!(state, State::Missing | State::NotThisTime)),
        );
        let others = self.number(|state| state > State::NotThisTime);
        let counted = say(words::OVERVIEW_COUNTS, language, &[&arrived, &late, &missing, &others]);
        let sum = |index: usize| self.bodies.iter().map(|row| row.counts[index]).sum::<usize>().to_string();
        let found = say(words::OVERVIEW_FINDINGS, language, &[&sum(0), &sum(1), &sum(2)]);
        let mut body = format!("<h1>{title}</h1>\n<p>{}</p>\n<p>{}</p>\n", escape(&counted), escape(&found));
        if self.is_second_round {
            let sum = |index: usize| self.bodies.iter().map(|row| row.rounds[index]).sum::<usize>().to_string();
            let rounds = say(words::ROUND_COUNTS, language, &[&sum(0), &sum(1), &sum(2)]);
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(body, "<p>{}</p>", escape(&rounds));
        }
        self.bodies_table(&mut body, language);
        self.kinds_table(&mut body, language);
        self.other_table(&mut body, language);
        format!(
            "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
             <body>\n{body}</body>\n</html>\n"
        )
    }

    fn bodies_table(&self, body: &mut String, language: Language) {
        let mut heads = vec![words::BODY, words::YEAR, words::STATE, words::ERRORS, words::WARNINGS, words::HINTS];
        if self.is_second_round {
            heads.extend([words::FIXED, words::REMAINING, words::NEW]);
        }
        heads.extend([words::LETTER, words::FILE]);
        let _ = writeln!(body, "<h2>{}</h2>", words::BODIES[language as usize]);
        open_table(body, &heads, language);
        for row in &self.bodies {
            let is_here = row.state <= State::Late;
            let name =
                if row.body.is_empty() { escape(words::UNKNOWN_BODY[language as usize]) } else { escape(&row.body) };
            let year = row.year.map(|year| year.to_string()).unwrap_or_default();
            let state = row.state.words()[language as usize];
            let class = if row.state == State::Arrived { "" } else { " class=\"bad\"" };
            let _ = write!(body, "<tr><td>{name}</td><td class=\"n\">{year}</td><td{class}>{state}</td>");
            let mut counts: Vec<usize> = row.counts.to_vec();
            if self.is_second_round {
                counts.extend(row.rounds);
            }
            for (index, count) in counts.into_iter().enumerate() {
                let class = match (index, count) {
                    (_, 0) => "n zero",
                    (0, _) => "n bad",
                    _ => "n",
                };
                let shown = if is_here || count > 0 { count.to_string() } else { String::new() };
                let _ = write!(body, "<td class=\"{class}\">{shown}</td>");
            }
            let letter = row.letter.as_ref().map_or_else(String::new, |letter| {
                format!(
                    "<a href=\"{}\">{}</a>",
                    escape(&crate::cli::root::encoded(letter)),
                    words::LETTER[language as usize]
                )
            });
            let _ = writeln!(body, "<td>{letter}</td><td class=\"file\">{}</td></tr>", escape(&row.file));
        }
        let _ = writeln!(body, "</tbody></table>");
    }

    fn kinds_table(&self, body: &mut String, language: Language) {
        let _ = writeln!(body, "<h2>{}</h2>", words::BY_KIND[language as usize]);
        let mut rules: Vec<_> = self.rules.values().collect();
        rules.sort_by_key(|(rule, count, _)| (rule.code.get(..3), Reverse(*count), rule.code));
        if rules.is_empty() {
            let _ = writeln!(body, "<p>{}</p>", words::NONE_HERE[language as usize]);
            return;
        }
        open_table(body, &[words::KIND, words::RULE, words::RULE_NAME, words::COUNT, words::FILES], language);
        for (rule, count, files) in rules {
            let group = group_of(rule.code).map_or("", |index| GROUPS[index].1[language as usize]);
            let (code, title) = (rule.code, escape(rule.title(language)));
            let _ = writeln!(
                body,
                "<tr><td>{group}</td><td>{code}</td><td>{title}</td><td class=\"n\">{count}</td><td class=\"n\">{files}</td></tr>"
            );
        }
        let _ = writeln!(body, "</tbody></table>");
    }

    fn other_table(&self, body: &mut String, language: Language) {
        let _ = writeln!(
            body,
            "<h2>{}</h2>\n<p class=\"why\">{}</p>",
            escape(words::OTHER_HANDLING[language as usize]),
            escape(words::OTHER_HANDLING_WHY[language as usize])
        );
        let ranked = self.by_other();
        if ranked.is_empty() {
            let _ = writeln!(body, "<p>{}</p>", words::NONE_HERE[language as usize]);
            return;
        }
        let heads = [words::RANK, words::BODY, words::YEAR, words::OTHER, words::HANDLED, words::SHARE];
        open_table(body, &heads, language);
        for (index, (row, other, all)) in ranked.into_iter().enumerate() {
            let year = row.year.map(|year| year.to_string()).unwrap_or_default();
            let _ = writeln!(
                body,
                "<tr><td class=\"n\">{}</td><td>{}</td><td class=\"n\">{year}</td><td class=\"n\">{other}</td>\
                 <td class=\"n\">{all}</td><td class=\"n\">{:.1}%</td></tr>",
                index + 1,
                escape(&row.body),
                percent(other, all)
            );
        }
        let _ = writeln!(body, "</tbody></table>");
    }

    /// The sheet of the bodies.
    pub(super) fn sheet(&self, tables: &mut Tables, language: Language) -> anyhow::Result<()> {
        let of = |words: Bilingual| words[language as usize];
        let mut columns: Vec<(String, f64)> = vec![
            (of(words::BODY).to_owned(), 28.0),
            (of(words::YEAR).to_owned(), 7.0),
            (of(words::STATE).to_owned(), 16.0),
            (of(words::ERRORS).to_owned(), 8.0),
            (of(words::WARNINGS).to_owned(), 8.0),
            (of(words::HINTS).to_owned(), 8.0),
        ];
        columns.extend(GROUPS.iter().map(|(_, name)| (of(*name).to_owned(), 12.0)));
        columns.extend(
            [words::FIXED, words::REMAINING, words::NEW, words::OTHER, words::HANDLED, words::SHARE, words::RANK]
                .map(|name| (of(name).to_owned(), 12.0)),
        );
        columns.push((of(words::FILE).to_owned(), 50.0));
        let columns: Vec<(&str, f64)> = columns.iter().map(|(name, width)| (name.as_str(), *width)).collect();
        let sheet = tables.sheet(of(words::SHEET_BODIES), &columns)?;
        let ranked = self.by_other().into_iter().enumerate();
        let ranks: HashMap<*const BodyRow, usize> =
            ranked.map(|(rank, (row, ..))| (std::ptr::from_ref(row), rank + 1)).collect();
        for row in &self.bodies {
            let year = row.year.map_or(SheetCell::Blank, |year| SheetCell::Number(year.into()));
            let mut cells = vec![SheetCell::from(row.body.as_str()), year, of(row.state.words()).into()];
            let is_here = row.state <= State::Late;
            let number = |count: &usize| if is_here || *count > 0 { SheetCell::from(*count) } else { SheetCell::Blank };
            cells.extend(row.counts.iter().chain(&row.by_group).map(number));
            let rounds =
                row.rounds.iter().map(|count| if self.is_second_round { number(count) } else { SheetCell::Blank });
            cells.extend(rounds);
            match row.other {
                Some((other, all)) => {
                    let share = if all > 0 {
                        SheetCell::Number((percent(other, all) * 10.0).round() / 10.0)
                    } else {
                        SheetCell::Blank
                    };
                    let rank = ranks.get(&std::ptr::from_ref(row));
                    let rank = rank.map_or(SheetCell::Blank, |rank| SheetCell::from(*rank));
                    cells.extend([SheetCell::Number(other as f64), SheetCell::Number(all as f64), share, rank]);
                }
                None => cells.extend([SheetCell::Blank, SheetCell::Blank, SheetCell::Blank, SheetCell::Blank]),
            }
            cells.push(row.file.as_str().into());
            tables.add(sheet, cells)?;
        }
        Ok(())
    }
}

/// The index in [`GROUPS`] of the group of the rule `code`.
pub(super) fn group_of(code: &str) -> Option<usize> {
    GROUPS.iter().position(|(group, _)| code.starts_with(group))
}

fn percent(part: i64, all: i64) -> f64 {
    part as f64 * 100.0 / all as f64
}

fn open_table(body: &mut String, heads: &[Bilingual], language: Language) {
    let heads: String = heads.iter().map(|head| format!("<th>{}</th>", escape(head[language as usize]))).collect();
    let _ = writeln!(body, "<table><thead><tr>{heads}</tr></thead><tbody>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(body: &str, state: State, counts: [usize; 3], other: Option<(i64, i64)>) -> BodyRow {
        BodyRow {
            body: body.to_owned(),
            state,
            counts,
            other,
            letter: Some(format!("{body}.审核意见.html")),
            ..BodyRow::default()
        }
    }

    fn overview() -> Overview {
        let mut overview = Overview {
            bodies: vec![
                row("甲局", State::Arrived, [0, 1, 0], Some((1, 100))),
                row("乙局", State::Missing, [0, 0, 0], None),
                row("丙<局>", State::Late, [3, 0, 0], Some((2, 4))),
            ],
            ..Overview::default()
        };
        overview.sort();
        overview
    }

    #[test]
    fn the_worst_comes_first_and_what_is_missing_last() {
        let names: Vec<String> = overview().bodies.into_iter().map(|row| row.body).collect();
        assert_eq!(names, ["丙<局>", "甲局", "乙局"]);
    }

    #[test]
    fn the_page_shows_all_and_fetches_nothing() {
        let page = overview().page(Language::Chinese);
        for due in ["共收到报告 2 份，其中逾期 1 份；缺报 1 个单位", "丙&lt;局&gt;", "50.0%", "1.0%", "缺报</td>"]
        {
            assert!(page.contains(due), "{due}\n{page}");
        }
        assert!(page.find("50.0%") < page.find("1.0%"), "ranked by share");
        for fetched in ["<script", "http:", "https:", "src=", "url(", "@import"] {
            assert!(!page.contains(fetched), "{fetched}");
        }
    }
}
