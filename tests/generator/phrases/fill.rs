//! Sentence patterns and how they are filled in.
//!
//! A pattern is text with
//!
//! - `?over>0,2021?` before it: when it can be used;
//! - `[a|b|]`: one of these;
//! - `{received}`: a figure of the tables, noted as such; `{received@t}` and `{received@p}` are also the total and a part of
//!   a list; `{%granted}` is its share of what was handled, `{%rate}` that of the applications which were handled;
//! - `{#3-40}`: any figure, of something that no table holds;
//! - `{we}` `{scope}` `{Y}` `{Y+1}` `{Y-1}` `{m}`: who reports, all that it reports on, years, the measure word of the
//!   applications; `{Y!}` is a year that must be the report's;
//! - `<all handled:文字>`: a statement without a figure.

use super::super::{Model, Rng};
use super::Lie;
use gongkai::statute::{Column, Edition, Group, Outcome, Row};
use std::ops::Range;

/// What a figure or a few words of a paragraph say.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// As in the labelled passages, or `never`.
    pub(crate) what: String,
    pub(crate) pattern: &'static str,
    /// In the paragraph.
    pub(crate) characters: Range<usize>,
    pub(crate) figure: Figure,
    /// The lists it belongs to, and whether it is the total of them.
    pub(crate) lists: Vec<(usize, bool)>,
    /// The paragraph.
    pub(crate) paragraph: String,
}

/// A figure as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// Without the point.
    pub(crate) digits: i64,
    pub(crate) decimals: u32,
    pub(crate) percent: bool,
    script: Script,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Plain,
    Chinese,
    FullWidth,
}

/// The names of the outcomes' groups, and their rows.
const GROUPS: [&str; 6] = ["granted", "partial", "refused", "unable", "declined", "other"];
const ROWS: [(&str, Row); 12] = [
    ("row r1", Row::StateSecret),
    ("row r3", Row::SafetyAndStability),
    ("row r4", Row::ThirdParty),
    ("row r5", Row::InternalAffairs),
    ("row r6", Row::ProcessInformation),
    ("row r7", Row::EnforcementFile),
    ("row r8", Row::AdministrativeQuery),
    ("row u1", Row::NotHeld),
    ("row u2", Row::ToBeCreated),
    ("row u3", Row::StillUnclear),
    ("row d1", Row::Petition),
    ("row d2", Row::Repeated),
];
const RESULTS: [(&str, Outcome); 4] = [
    ("upheld", Outcome::Upheld),
    ("corrected", Outcome::Corrected),
    ("other", Outcome::Other),
    ("pending", Outcome::Pending),
];

/// What the tables hold under the name of a slot.
pub(super) fn value(model: &Model, name: &str) -> Option<i64> {
    let of = |row, column| model.named(row, column).map(|place| model.number(place));
    let all = |row| of(row, Column::AllApplicants);
    let review = |column: fn(Outcome) -> Column, outcome| of(Row::ReviewAndLitigation, column(outcome));
    let suits = |outcome| Some(review(Column::DirectSuit, outcome)? + review(Column::SuitAfterReview, outcome)?);
    let group = |name: &str| -> i64 {
        let rows = model.spec(Row::Granted.table()).rows.iter().map(|spec| spec.row);
        let of_group = |row: &Row| {
            let index = match row {
                Row::Granted => 0,
                Row::PartlyGranted => 1,
                Row::OtherHandling | Row::NotCorrected | Row::FeeNotPaid | Row::OtherOutcome => 5,
                _ => match row.groups().last() {
                    Some(Group::Withheld) => 2,
                    Some(Group::Unavailable) => 3,
                    Some(Group::Declined) => 4,
                    _ => return false,
                },
            };
            GROUPS[index] == name
        };
        rows.filter(of_group).filter_map(all).sum()
    };
    let newly = |row| of(row, Column::Issued).or_else(|| of(row, Column::NewlyMade));
    match name {
        "received" => all(Row::Received),
        "carried in" => all(Row::CarriedIn),
        "received and carried in" => Some(all(Row::Received)? + all(Row::CarriedIn)?),
        "handled" => all(Row::Handled),
        "carried over" => all(Row::CarriedOut),
        "granted+partial" => Some(group("granted") + group("partial")),
        "applicants natural" => of(Row::Received, Column::NaturalPersons),
        "applicants legal" => Some(all(Row::Received)? - of(Row::Received, Column::NaturalPersons)?),
        "fee not paid" => all(Row::FeeNotPaid),
        "reviews" => review(Column::Review, Outcome::Total),
        "suits" => suits(Outcome::Total),
        "suits direct" => review(Column::DirectSuit, Outcome::Total),
        "suits after-review" => review(Column::SuitAfterReview, Outcome::Total),
        "licences" => of(Row::Licences, Column::Decisions),
        "penalties" => of(Row::Penalties, Column::Decisions),
        "coercions" => of(Row::Coercion, Column::Decisions),
        "documents made" => newly(Row::NormativeDocuments),
        "documents ended" => of(Row::NormativeDocuments, Column::Repealed),
        "documents valid" => of(Row::NormativeDocuments, Column::InForce),
        "rules made" => newly(Row::Rules),
        "rules ended" => of(Row::Rules, Column::Repealed),
        "rules valid" => of(Row::Rules, Column::InForce),
        _ => {
            if GROUPS.contains(&name) {
                return Some(group(name));
            }
            if let Some((_, row)) = ROWS.iter().find(|(row, _)| *row == name) {
                return all(*row);
            }
            let (of_what, result) = name.split_once(' ')?;
            let (_, outcome) = *RESULTS.iter().find(|(name, _)| *name == result)?;
            match of_what {
                "reviews" => review(Column::Review, outcome),
                "suits" => suits(outcome),
                _ => None,
            }
        }
    }
}

/// Who writes, and what has been written of a paragraph.
pub(super) struct Hand<'a> {
    pub(super) model: &'a Model,
    pub(super) rng: &'a mut Rng,
    pub(super) lie: Lie,
    /// Who reports, in its own words.
    we: &'static [&'static str],
    scope: &'static str,
    region: bool,
    pub(super) measure: &'static str,
    /// Spaces around figures.
    spaced: bool,
    script: Script,
    /// Of shares.
    decimals: u32,
    pub(super) text: String,
    pub(super) said: Vec<Said>,
    lists: usize,
    pub(super) paragraphs: Vec<(String, Vec<Said>)>,
}

impl<'a> Hand<'a> {
    pub(super) fn new(model: &'a Model, lie: Lie, rng: &'a mut Rng) -> Hand<'a> {
        let body = &model.body;
        let region = body.ends_with("人民政府");
        let (we, scope): (&[&str], &str) = if region {
            match body.chars().rev().nth(4) {
                Some('县') => (&["全县", "我县", "全县各级行政机关"], "全县"),
                Some('区') => (&["全区", "我区", "全区各级行政机关"], "全区"),
                _ => (&["全市", "我市", "全市各级行政机关"], "全市"),
            }
        } else if body.ends_with('局') {
            (&["我局", "本局", "本机关", "本单位"], "全局")
        } else {
            (&["我办", "本办", "本机关", "本单位"], "我办")
        };
        let measure = if rng.one_in(4) { *rng.pick(&["条", "宗", "份", "项", "次"]) } else { "件" };
        let script = match rng.below(16) {
            0 => Script::FullWidth,
            1 => Script::Chinese,
            _ => Script::Plain,
        };
        let spaced = rng.one_in(8);
        let decimals = *rng.pick(&[0, 1, 1, 2, 2]);
        Hand {
            model,
            rng,
            lie,
            we,
            scope,
            region,
            measure,
            spaced,
            script,
            decimals,
            text: String::new(),
            said: Vec::new(),
            lists: 0,
            paragraphs: Vec::new(),
        }
    }

    pub(super) fn value(&self, name: &str) -> i64 {
        value(self.model, name).unwrap_or(0)
    }

    /// Whether a pattern can be used: its condition holds, and the tables have its figures.
    pub(super) fn fits(&self, pattern: &str) -> bool {
        let (condition, text) = parts(pattern);
        let holds = |condition: &str| -> bool {
            match condition {
                "" => true,
                "region" => self.region,
                "office" => !self.region,
                "2021" => self.model.edition == Edition::F2021,
                _ => {
                    let (at, sign) =
                        condition.char_indices().find(|(_, c)| matches!(c, '>' | '=' | '<')).unwrap_or((0, '='));
                    let bound: i64 = condition[at + 1..].parse().unwrap_or(0);
                    let Some(value) = value(self.model, &condition[..at]) else { return false };
                    match sign {
                        '>' => value > bound,
                        '<' => value < bound,
                        _ => value == bound,
                    }
                }
            }
        };
        // After a date no year follows.
        const PERIODS: [&str; 7] = ["{Y", "全年", "[全年", "[年", "[本年", "本年", "一年"];
        let dated = self.text.ends_with("31日，");
        let said = text.strip_prefix("{we}").unwrap_or(text);
        if dated && PERIODS.iter().any(|period| said.starts_with(period)) {
            return false;
        }
        let known = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).all(|slot| {
            let name = slot.trim_end_matches("@t").trim_end_matches("@p").trim_start_matches('%');
            matches!(slot, "we" | "scope" | "m" | "Y" | "Y!" | "Y+1" | "Y-1" | "%rate" | "fee")
                || slot.starts_with('#')
                || value(self.model, name).is_some()
        });
        condition.split(',').all(holds) && known
    }

    /// Writes one of `patterns` that can be used; whether there was one.
    pub(super) fn one(&mut self, patterns: &'static [&'static str]) -> bool {
        let fitting: Vec<&'static str> = patterns.iter().copied().filter(|pattern| self.fits(pattern)).collect();
        if fitting.is_empty() {
            return false;
        }
        let pattern = *self.rng.pick(&fitting);
        self.write(pattern);
        true
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The list that the figures written next belong to.
    pub(super) fn new_list(&mut self) -> usize {
        self.lists += 1;
        self.lists
    }

    pub(super) fn write(&mut self, pattern: &'static str) {
        let list = self.new_list();
        let text = chosen(parts(pattern).1, self.rng);
        self.fill(&text, pattern, list);
    }

    /// Writes a pattern without alternatives.
    pub(super) fn fill(&mut self, text: &str, pattern: &'static str, list: usize) {
        let mut statement: Option<(String, usize)> = None;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '{' => {
                    let (slot, after) = rest.split_once('}').unwrap_or((rest, ""));
                    rest = after;
                    self.slot(slot, pattern, list);
                }
                '<' => {
                    let (what, after) = rest.split_once(':').unwrap_or((rest, ""));
                    rest = after;
                    statement = Some((what.to_owned(), self.text.chars().count()));
                }
                '>' => {
                    if let Some((what, start)) = statement.take() {
                        let end = self.text.chars().count();
                        let figure = Figure { digits: 0, decimals: 0, percent: false, script: Script::Plain };
                        self.note(what, pattern, start..end, figure, None);
                    }
                }
                _ => self.text.push(c),
            }
        }
    }

    fn note(
        &mut self,
        what: String,
        pattern: &'static str,
        characters: Range<usize>,
        figure: Figure,
        list: Option<(usize, bool)>,
    ) {
        let lists = list.into_iter().collect();
        self.said.push(Said { what, pattern, characters, figure, lists, paragraph: String::new() });
    }

    fn slot(&mut self, slot: &str, pattern: &'static str, list: usize) {
        let year = i64::from(self.model.year);
        match slot {
            "we" => {
                let we = *self.rng.pick(self.we);
                return self.push(we);
            }
            "scope" => return self.push(self.scope),
            "m" => return self.push(self.measure),
            "Y" => return self.push(&year.to_string()),
            "Y+1" => return self.push(&(year + 1).to_string()),
            "Y-1" => return self.push(&(year - 1).to_string()),
            "Y!" => return self.figure("year", pattern, year, 0, false, None),
            "fee" => return self.fee(pattern),
            _ => {}
        }
        if let Some((low, high)) = slot.strip_prefix('#').and_then(|range| range.split_once('-')) {
            let (low, high) = (low.parse().unwrap_or(1), high.parse().unwrap_or(9));
            let any = self.rng.between(low, high);
            return self.figure("never", pattern, any, 0, false, None);
        }
        if let Some(name) = slot.strip_prefix('%') {
            let decimals = self.decimals;
            let (part, whole, what) = if name == "rate" {
                (self.value("handled"), self.value("received and carried in"), "completion rate".to_owned())
            } else {
                (self.value(name), self.value("handled"), format!("share of {name}"))
            };
            return self.figure(&what, pattern, share(part, whole, decimals), decimals, true, None);
        }
        let (name, list) = match slot.rsplit_once('@') {
            Some((name, "t")) => (name, Some((list, true))),
            Some((name, _)) => (name, Some((list, false))),
            None => (slot, None),
        };
        let value = self.value(name);
        self.figure(name, pattern, value, 0, false, list);
    }

    /// The charges of the year, in the one unit or the other.
    fn fee(&mut self, pattern: &'static str) {
        let place = self.model.named(Row::Fees, Column::FeeAmount);
        let amount = place.map_or("0", |place| self.model.figure(place)).to_owned();
        let (whole, fraction) = amount.split_once('.').unwrap_or((&amount, ""));
        let mut decimals = fraction.len() as u32;
        let mut digits: i64 = format!("{whole}{fraction}").parse().unwrap_or(0);
        let in_yuan = self.rng.one_in(3);
        if in_yuan {
            while decimals < 4 {
                (digits, decimals) = (digits * 10, decimals + 1);
            }
            decimals = 0;
        }
        self.figure("fee", pattern, digits, decimals, false, None);
        self.push(if in_yuan { "元" } else { "万元" });
    }

    /// A figure that is not in the tables.
    pub(super) fn figure(
        &mut self,
        what: &str,
        pattern: &'static str,
        digits: i64,
        decimals: u32,
        percent: bool,
        list: Option<(usize, bool)>,
    ) {
        let script = match self.script {
            Script::Chinese if !(0..=10).contains(&digits) || percent || decimals > 0 => Script::Plain,
            script if what == "year" || what == "fee" || percent => {
                if script == Script::FullWidth {
                    Script::FullWidth
                } else {
                    Script::Plain
                }
            }
            script => script,
        };
        let figure = Figure { digits, decimals, percent, script };
        let spaced = self.spaced && script == Script::Plain && what != "year";
        if spaced && !self.text.is_empty() && !self.text.ends_with(['（', '，', '。', '；', '：', '、', ' ']) {
            self.push(" ");
        }
        let start = self.text.chars().count();
        self.push(&figure.write(digits));
        let end = self.text.chars().count();
        self.note(what.to_owned(), pattern, start..end, figure, list);
        if spaced && !percent {
            self.push(" ");
        }
    }

    /// Ends the paragraph.
    pub(super) fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut said = std::mem::take(&mut self.said);
        if text.is_empty() {
            return;
        }
        for said in &mut said {
            said.paragraph.clone_from(&text);
        }
        self.paragraphs.push((text, said));
    }
}

/// The condition of a pattern, and the rest of it.
fn parts(pattern: &str) -> (&str, &str) {
    pattern.strip_prefix('?').and_then(|rest| rest.split_once('?')).unwrap_or(("", pattern))
}

/// A pattern with one of each of its alternatives.
pub(super) fn chosen(pattern: &str, rng: &mut Rng) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, following) = after.split_once(']').unwrap_or((after, ""));
        let choices: Vec<&str> = inside.split('|').collect();
        text.push_str(before);
        text.push_str(rng.pick::<&str>(&choices));
        rest = following;
    }
    text + rest
}

/// `part` of `whole` in per cent, rounded half up, without the point.
pub(super) fn share(part: i64, whole: i64, decimals: u32) -> i64 {
    let scale = 100 * 10_i64.pow(decimals);
    if whole == 0 { scale } else { (2 * part * scale + whole) / (2 * whole) }
}

impl Figure {
    /// `digits` written in the same way.
    pub(crate) fn write(self, digits: i64) -> String {
        const CHINESE: [&str; 11] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
        let unit = 10_i64.pow(self.decimals);
        let mut text = match self.script {
            Script::Chinese if (0..=10).contains(&digits) => CHINESE[digits as usize].to_owned(),
            _ if self.decimals == 0 => digits.to_string(),
            _ => format!("{}.{:0width$}", digits / unit, digits % unit, width = self.decimals as usize),
        };
        if self.script == Script::FullWidth {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
            text = text.chars().map(|c| if c == '.' { c } else { wide(c) }).collect();
        }
        if self.percent { text + "%" } else { text }
    }
}
