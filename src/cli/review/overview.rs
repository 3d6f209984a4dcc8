//! The overview of all bodies: a page and a workbook. Both depend only on the result of the review.

use super::words::{self, Bilingual, GROUPS, say};
use crate::cli::on_disk::{Sorter, StoredAsJson, spool};
use crate::cli::output::escape;
use crate::cli::output::workbook::{SheetCell, SheetId, Tables};
use crate::config::Language;
use crate::rules::RuleMeta;
use serde::{Deserialize, Serialize};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::io::{Seek, Write};

/// The overview's row for one report, or for a body that has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// Its rank by the share of 其他处理, from [`Overview::write`]; `None` if there are no such cases.
    pub(super) rank: Option<usize>,
}

impl BodyRow {
    /// 其他处理 and （七）总计, if there are such cases.
    fn share(&self) -> Option<(i64, i64)> {
        self.other.filter(|(other, all)| *other > 0 && *all > 0)
    }

    /// The worst first, those without a report at the end.
    fn by_state(&self, other: &BodyRow) -> Ordering {
        let key = |row: &BodyRow| (row.state.max(State::Late), Reverse(row.counts), row.year.map(Reverse));
        (key(self), &self.body, &self.file).cmp(&(key(other), &other.body, &other.file))
    }

    /// The largest share of 其他处理 first, those without such cases at the end.
    fn by_share(&self, other: &BodyRow) -> Ordering {
        match (self.share(), other.share()) {
            // Shares are compared as fractions.
            (Some(a), Some(b)) => (i128::from(b.0) * i128::from(a.1))
                .cmp(&(i128::from(a.0) * i128::from(b.1)))
                .then(b.0.cmp(&a.0))
                .then_with(|| self.by_state(other)),
            (a, b) => a.is_none().cmp(&b.is_none()).then_with(|| self.by_state(other)),
        }
    }
}

/// Rows in an order.
macro_rules! ordered_rows {
    ($($name:ident by $order:ident;)*) => {$(
        #[derive(Serialize, Deserialize)]
        struct $name(BodyRow);

        impl Ord for $name {
            fn cmp(&self, other: &$name) -> Ordering {
                self.0.$order(&other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &$name) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &$name) -> bool {
                self.cmp(other).is_eq()
            }
        }

        impl Eq for $name {}

        impl StoredAsJson for $name {}
    )*};
}

ordered_rows! {
    ByState by by_state;
    ByShare by by_share;
}

/// Whether a report has arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// The content of the overview. The rows are on disk if there are many.
pub(super) struct Overview {
    rows: Sorter<ByShare>,
    totals: Totals,
    /// For each rule, the numbers of its findings and of the files with findings.
    pub(super) rules: BTreeMap<&'static str, (&'static RuleMeta, usize, usize)>,
    is_second_round: bool,
}

/// Sums over all rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    arrived: usize,
    late: usize,
    missing: usize,
    others: usize,
    /// Numbers of errors, warnings and information.
    pub(super) counts: [usize; 3],
    rounds: [usize; 3],
}

impl Totals {
    fn add(&mut self, row: &BodyRow) {
        self.arrived += usize::from(row.state <= State::Late);
        self.late += usize::from(row.state == State::Late);
        self.missing += usize::from(matches!(row.state, State::Missing | State::NotThisTime));
        self.others += usize::from(row.state > State::NotThisTime);
        self.counts.iter_mut().zip(row.counts).for_each(|(sum, count)| *sum += count);
        self.rounds.iter_mut().zip(row.rounds).for_each(|(sum, count)| *sum += count);
    }
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
    /// Without rows.
    pub(super) fn new(is_second_round: bool) -> Overview {
        Overview { rows: Sorter::new(), totals: Totals::default(), rules: BTreeMap::new(), is_second_round }
    }

    /// Adds `row`.
    pub(super) fn add(&mut self, row: BodyRow) -> std::io::Result<()> {
        self.totals.add(&row);
        self.rows.add(ByShare(row))
    }

    /// Writes the page to `page` and the sheet of the bodies to `tables`; returns the sums.
    pub(super) fn write(
        self,
        page: &mut impl Write,
        tables: &mut Tables,
        language: Language,
    ) -> anyhow::Result<Totals> {
        let Overview { rows, totals, rules, is_second_round } = self;
        let page = &mut OverviewPage { html: page, language, is_second_round };
        let mut shares = spool();
        let (mut by_state, mut rank) = (Sorter::new(), 0);
        {
            let shares = &mut OverviewPage { html: &mut shares, language, is_second_round };
            rows.each(|ByShare(mut row)| {
                if let Some((other, all)) = row.share() {
                    rank += 1;
                    row.rank = Some(rank);
                    shares.share_row(rank, &row, other, all)?;
                }
                by_state.add(ByState(row))
            })?;
        }
        page.start(&totals)?;
        let sheet = bodies_sheet(tables, language)?;
        by_state.each(|ByState(row)| {
            page.body_row(&row)?;
            Ok::<(), anyhow::Error>(tables.add(sheet, sheet_cells(&row, language, is_second_round))?)
        })?;
        page.html.write_all(b"</tbody></table>\n")?;
        page.kinds_table(&rules)?;
        page.shares_start(rank > 0)?;
        shares.rewind()?;
        std::io::copy(&mut shares, page.html)?;
        page.html.write_all(if rank > 0 { b"</tbody></table>\n</body>\n</html>\n" } else { b"</body>\n</html>\n" })?;
        Ok(totals)
    }
}

/// Writes the page.
struct OverviewPage<'a, W> {
    html: &'a mut W,
    language: Language,
    is_second_round: bool,
}

impl<W: Write> OverviewPage<'_, W> {
    fn of(&self, words: Bilingual) -> &'static str {
        words[self.language as usize]
    }

    /// All up to the first row of the table of bodies.
    fn start(&mut self, totals: &Totals) -> std::io::Result<()> {
        let language = self.language;
        let tag = ["zh-CN", "en"][language as usize];
        let title = self.of(words::OVERVIEW_TITLE);
        write!(
            self.html,
            "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
             <body>\n"
        )?;
        let Totals { arrived, late, missing, others, .. } = totals;
        let text = |pattern: Bilingual, numbers: &[&usize]| {
            let numbers: Vec<String> = numbers.iter().map(|number| number.to_string()).collect();
            escape(&say(pattern, language, &numbers.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        let counted = text(words::OVERVIEW_COUNTS, &[arrived, late, missing, others]);
        let [errors, warnings, hints] = &totals.counts;
        let found = text(words::OVERVIEW_FINDINGS, &[errors, warnings, hints]);
        write!(self.html, "<h1>{title}</h1>\n<p>{counted}</p>\n<p>{found}</p>\n")?;
        if self.is_second_round {
            let [fixed, remaining, new] = &totals.rounds;
            writeln!(self.html, "<p>{}</p>", text(words::ROUND_COUNTS, &[fixed, remaining, new]))?;
        }
        let mut heads = vec![words::BODY, words::YEAR, words::STATE, words::ERRORS, words::WARNINGS, words::HINTS];
        if self.is_second_round {
            heads.extend([words::FIXED, words::REMAINING, words::NEW]);
        }
        heads.extend([words::LETTER, words::FILE]);
        writeln!(self.html, "<h2>{}</h2>", words::BODIES[language as usize])?;
        self.open_table(&heads)
    }

    fn body_row(&mut self, row: &BodyRow) -> std::io::Result<()> {
        let is_here = row.state <= State::Late;
        let name = if row.body.is_empty() { self.of(words::UNKNOWN_BODY) } else { &row.body };
        let year = row.year.map(|year| year.to_string()).unwrap_or_default();
        let state = self.of(row.state.words());
        let class = if row.state == State::Arrived { "" } else { " class=\"bad\"" };
        write!(self.html, "<tr><td>{}</td><td class=\"n\">{year}</td><td{class}>{state}</td>", escape(name))?;
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
            write!(self.html, "<td class=\"{class}\">{shown}</td>")?;
        }
        let letter = row.letter.as_ref().map_or_else(String::new, |letter| {
            format!("<a href=\"{}\">{}</a>", escape(&crate::cli::root::encoded(letter)), self.of(words::LETTER))
        });
        writeln!(self.html, "<td>{letter}</td><td class=\"file\">{}</td></tr>", escape(&row.file))
    }

    fn kinds_table(
        &mut self,
        rules: &BTreeMap<&'static str, (&'static RuleMeta, usize, usize)>,
    ) -> std::io::Result<()> {
        writeln!(self.html, "<h2>{}</h2>", self.of(words::BY_KIND))?;
        let mut rules: Vec<_> = rules.values().collect();
        rules.sort_by_key(|(rule, count, _)| (rule.code.get(..3), Reverse(*count), rule.code));
        if rules.is_empty() {
            return writeln!(self.html, "<p>{}</p>", self.of(words::NONE_HERE));
        }
        self.open_table(&[words::KIND, words::RULE, words::RULE_NAME, words::COUNT, words::FILES])?;
        for (rule, count, files) in rules {
            let group = group_of(rule.code).and_then(|index| GROUPS.get(index)).map_or("", |group| self.of(group.1));
            let (code, title) = (rule.code, escape(rule.title(self.language)));
            writeln!(
                self.html,
                "<tr><td>{group}</td><td>{code}</td><td>{title}</td><td class=\"n\">{count}</td><td class=\"n\">{files}</td></tr>"
            )?;
        }
        writeln!(self.html, "</tbody></table>")
    }

    /// The heading of the table of shares, and its first row if there are `any`.
    fn shares_start(&mut self, any: bool) -> std::io::Result<()> {
        let (heading, why) = (self.of(words::OTHER_HANDLING), self.of(words::OTHER_HANDLING_WHY));
        writeln!(self.html, "<h2>{}</h2>\n<p class=\"why\">{}</p>", escape(heading), escape(why))?;
        if !any {
            return writeln!(self.html, "<p>{}</p>", self.of(words::NONE_HERE));
        }
        self.open_table(&[words::RANK, words::BODY, words::YEAR, words::OTHER, words::HANDLED, words::SHARE])
    }

    fn share_row(&mut self, rank: usize, row: &BodyRow, other: i64, all: i64) -> std::io::Result<()> {
        let year = row.year.map(|year| year.to_string()).unwrap_or_default();
        writeln!(
            self.html,
            "<tr><td class=\"n\">{rank}</td><td>{}</td><td class=\"n\">{year}</td><td class=\"n\">{other}</td>\
             <td class=\"n\">{all}</td><td class=\"n\">{:.1}%</td></tr>",
            escape(&row.body),
            percent(other, all)
        )
    }

    fn open_table(&mut self, heads: &[Bilingual]) -> std::io::Result<()> {
        let heads: String = heads.iter().map(|head| format!("<th>{}</th>", escape(self.of(*head)))).collect();
        writeln!(self.html, "<table><thead><tr>{heads}</tr></thead><tbody>")
    }
}

/// The sheet of the bodies, without rows.
fn bodies_sheet(tables: &mut Tables, language: Language) -> anyhow::Result<SheetId> {
    let of = |words: Bilingual| words[language as usize];
    let mut columns = vec![
        (of(words::BODY), 28.0),
        (of(words::YEAR), 7.0),
        (of(words::STATE), 16.0),
        (of(words::ERRORS), 8.0),
        (of(words::WARNINGS), 8.0),
        (of(words::HINTS), 8.0),
    ];
    columns.extend(GROUPS.iter().map(|(_, name)| (of(*name), 12.0)));
    columns.extend(
        [words::FIXED, words::REMAINING, words::NEW, words::OTHER, words::HANDLED, words::SHARE, words::RANK]
            .map(|name| (of(name), 12.0)),
    );
    columns.push((of(words::FILE), 50.0));
    Ok(tables.sheet(of(words::SHEET_BODIES), &columns)?)
}

fn sheet_cells(row: &BodyRow, language: Language, is_second_round: bool) -> Vec<SheetCell> {
    let year = row.year.map_or(SheetCell::Blank, |year| SheetCell::Number(year.into()));
    let state = row.state.words()[language as usize];
    let mut cells = vec![SheetCell::from(row.body.as_str()), year, state.into()];
    let is_here = row.state <= State::Late;
    let number = |count: &usize| if is_here || *count > 0 { SheetCell::from(*count) } else { SheetCell::Blank };
    cells.extend(row.counts.iter().chain(&row.by_group).map(number));
    cells.extend(row.rounds.iter().map(|count| if is_second_round { number(count) } else { SheetCell::Blank }));
    cells.extend(match row.other {
        Some((other, all)) => {
            let share = (all > 0).then(|| (percent(other, all) * 10.0).round() / 10.0);
            let share = share.map_or(SheetCell::Blank, SheetCell::Number);
            let rank = row.rank.map_or(SheetCell::Blank, SheetCell::from);
            [SheetCell::Number(other as f64), SheetCell::Number(all as f64), share, rank]
        }
        None => [SheetCell::Blank, SheetCell::Blank, SheetCell::Blank, SheetCell::Blank],
    });
    cells.push(row.file.as_str().into());
    cells
}

/// The index in [`GROUPS`] of the group of the rule `code`.
pub(super) fn group_of(code: &str) -> Option<usize> {
    GROUPS.iter().position(|(group, _)| code.starts_with(group))
}

fn percent(part: i64, all: i64) -> f64 {
    part as f64 * 100.0 / all as f64
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

    fn page() -> String {
        let mut overview = Overview::new(false);
        for row in [
            row("甲局", State::Arrived, [0, 1, 0], Some((1, 100))),
            row("乙局", State::Missing, [0, 0, 0], None),
            row("丙<局>", State::Late, [3, 0, 0], Some((2, 4))),
        ] {
            overview.add(row).unwrap();
        }
        let (mut page, mut tables) = (Vec::new(), Tables::new().unwrap());
        overview.write(&mut page, &mut tables, Language::Chinese).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn the_worst_comes_first_and_what_is_missing_last() {
        let page = page();
        let places = ["<td>丙&lt;局&gt;</td>", "<td>甲局</td>", "<td>乙局</td>"].map(|name| page.find(name).unwrap());
        assert!(places.is_sorted(), "{page}");
    }

    #[test]
    fn the_page_shows_all_and_fetches_nothing() {
        let page = page();
        for due in ["共收到报告 2 份，其中逾期 1 份；缺报 1 个单位", "50.0%", "1.0%", "缺报</td>"] {
            assert!(page.contains(due), "{due}\n{page}");
        }
        assert!(page.find("50.0%") < page.find("1.0%"), "ranked by share");
        for fetched in ["<script", "http:", "https:", "src=", "url(", "@import"] {
            assert!(!page.contains(fetched), "{fetched}");
        }
    }
}
