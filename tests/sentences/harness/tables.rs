//! Tables that agree with everything a passage says.

use super::passage::{Compare, Passage};
use crate::generator::{Model, Size, Wish};
use gongkai::statute::{Column, Edition, Outcome, Row, TableKind};
use std::collections::BTreeMap;

/// Figures by what they are called in the passages.
pub(crate) type Known = BTreeMap<String, i64>;

/// The groups of outcomes, with their rows and what these are called.
const GROUPS: [(&str, &[(&str, Row)]); 6] = [
    ("granted", &[("granted alone", Row::Granted)]),
    ("partial", &[("partial alone", Row::PartlyGranted)]),
    (
        "refused",
        &[
            ("row r7", Row::EnforcementFile),
            ("row r1", Row::StateSecret),
            ("row r2", Row::ForbiddenByLaw),
            ("row r3", Row::SafetyAndStability),
            ("row r4", Row::ThirdParty),
            ("row r5", Row::InternalAffairs),
            ("row r6", Row::ProcessInformation),
            ("row r8", Row::AdministrativeQuery),
        ],
    ),
    ("unable", &[("row u1", Row::NotHeld), ("row u2", Row::ToBeCreated), ("row u3", Row::StillUnclear)]),
    (
        "declined",
        &[
            ("row d1", Row::Petition),
            ("row d2", Row::Repeated),
            ("row d3", Row::Publication),
            ("row d4", Row::Excessive),
            ("row d5", Row::Confirmation),
        ],
    ),
    ("other", &[("row o3", Row::OtherOutcome), ("row o1", Row::NotCorrected), ("row o2", Row::FeeNotPaid)]),
];

/// The groups that take what is left over, the likeliest first.
const REST: [&str; 6] = ["unable", "granted", "refused", "declined", "partial", "other"];

/// The results of reviews and suits.
const RESULTS: [(&str, Outcome); 4] = [
    ("upheld", Outcome::Upheld),
    ("other", Outcome::Other),
    ("corrected", Outcome::Corrected),
    ("pending", Outcome::Pending),
];

/// What a passage says, and what its tables add.
#[derive(Clone, Debug)]
pub(crate) struct Solution {
    pub(crate) known: Known,
    /// In 万元.
    fee: Option<String>,
    year: u16,
    body: String,
}

/// What the passage says of the tables: figures under the names of the passages. Of what is unsure the plainest reading.
fn said(passage: &Passage) -> Result<Known, String> {
    let mut known: Known = passage.tables.clone();
    let mut set = |name: &str, count: i64| match known.insert(name.to_owned(), count) {
        Some(other) if other != count => Err(format!("{name} is {other} and {count}")),
        _ => Ok(()),
    };
    for fact in passage.facts.iter().filter(|fact| fact.compare != Compare::Never && fact.holds) {
        for meaning in fact.meanings() {
            match meaning {
                "completion rate" | "fee" | "year" => {}
                "all handled" => set("carried over", 0)?,
                _ if meaning.starts_with("share of ") => {}
                _ => match meaning.strip_prefix("none of ") {
                    Some(things) => things.split(" and of ").try_for_each(|thing| set(thing, 0))?,
                    None => set(meaning, fact.count().ok_or(format!("{} is no count", fact.text))?)?,
                },
            }
        }
    }
    Ok(known)
}

/// The applications: what was received and carried in, handled and carried over, group by group and row by row.
fn solve(passage: &Passage, known: &mut Known) -> Result<(), String> {
    let get = |known: &Known, name: &str| known.get(name).copied();
    let set = |known: &mut Known, name: &str, count: i64| {
        if count < 0 {
            return Err(format!("{name} would be {count}"));
        }
        known.entry(name.to_owned()).or_insert(count);
        Ok(())
    };
    // Rows make groups, two groups in one figure are halved.
    for (group, rows) in GROUPS {
        let rows: Vec<i64> = rows.iter().filter_map(|(name, _)| get(known, name)).collect();
        if !rows.is_empty() {
            set(known, group, rows.iter().sum())?;
        }
    }
    if let Some(both) = get(known, "granted+partial") {
        let granted = get(known, "granted").unwrap_or_else(|| both - get(known, "partial").unwrap_or(both / 3));
        set(known, "granted", granted)?;
        set(known, "partial", both - granted)?;
    }
    const ALL: &str = "received and carried in";
    let derive = |known: &mut Known| -> Result<(), String> {
        for _ in 0..3 {
            for (whole, a, b) in [(ALL, "received", "carried in"), (ALL, "handled", "carried over")] {
                match (get(known, whole), get(known, a), get(known, b)) {
                    (None, Some(a), Some(b)) => set(known, whole, a + b)?,
                    (Some(whole), Some(a), None) => set(known, b, whole - a)?,
                    (Some(whole), None, Some(b)) => set(known, a, whole - b)?,
                    _ => {}
                }
            }
        }
        Ok(())
    };
    derive(known)?;
    let rate = passage.facts.iter().filter(|fact| fact.says("completion rate")).find_map(|fact| fact.number());
    if let (Some(rate), Some(all), None) = (rate, get(known, ALL).or(get(known, "received")), get(known, "handled")) {
        let handled = (0..=all).rev().find(|handled| shown(*handled, all, rate.decimals) == rate.digits);
        set(known, "carried over", all - handled.ok_or("no such rate")?)?;
        derive(known)?;
    }
    if let (Some(received), Some(handled)) = (get(known, "received"), get(known, "handled")) {
        set(known, "carried in", (handled - received).max(0))?;
        derive(known)?;
    }
    let groups: Vec<i64> = GROUPS.iter().filter_map(|(group, _)| get(known, group)).collect();
    for (name, count) in [("carried over", 0), ("carried in", 0)] {
        if get(known, name).is_none() {
            set(known, name, count)?;
            derive(known)?;
        }
    }
    if get(known, "handled").is_none() {
        let handled = if groups.is_empty() { 5 } else { groups.iter().sum() };
        set(known, "handled", handled)?;
        derive(known)?;
    }
    let [all, received, carried_in, handled, carried_over] =
        [ALL, "received", "carried in", "handled", "carried over"].map(|name| get(known, name).unwrap_or(0));
    if received + carried_in != all || handled + carried_over != all {
        return Err(format!("{received} + {carried_in}, {handled} + {carried_over} and {all} do not agree"));
    }
    let rest = handled - groups.iter().sum::<i64>();
    if rest != 0 {
        let free = REST.into_iter().find(|group| get(known, group).is_none());
        set(known, free.ok_or(format!("{rest} handled applications in no group"))?, rest)?;
    }
    Ok(())
}

/// `part` of `whole` in per cent with that number of decimals, rounded half up, without the point.
pub(crate) fn shown(part: i64, whole: i64, decimals: u32) -> i64 {
    let scale = 100 * 10_i64.pow(decimals);
    if whole == 0 { 0 } else { (2 * part * scale + whole) / (2 * whole) }
}

/// Reviews or suits: a total and four results.
fn results(known: &Known, name: &str, prefix: &str) -> Result<[i64; 5], String> {
    let part = |result: &str| known.get(&format!("{prefix} {result}")).copied();
    let parts = RESULTS.map(|(result, _)| part(result));
    let sum: i64 = parts.iter().flatten().sum();
    let total = known.get(name).copied().unwrap_or(sum);
    let rest = total - sum;
    let mut counts = parts.map(|part| part.unwrap_or(0));
    if rest != 0 {
        let free = parts.iter().position(Option::is_none).filter(|_| rest > 0);
        counts[free.ok_or(format!("{rest} {name} without a result"))?] += rest;
    }
    let [a, b, c, d] = counts;
    Ok([a, b, c, d, total])
}

impl Solution {
    /// Figures for all tables that agree with `passage`.
    pub(crate) fn of(passage: &Passage) -> Result<Solution, String> {
        let mut known = said(passage)?;
        solve(passage, &mut known)?;
        if let Some(both) = known.get("reviews+suits").copied() {
            let suits =
                known.get("suits").copied().unwrap_or_else(|| both - known.get("reviews").unwrap_or(&(both / 2)));
            known.insert("suits".to_owned(), suits);
            known.entry("reviews".to_owned()).or_insert(both - suits);
        }
        if let (Some(direct), Some(after)) = (known.get("suits direct"), known.get("suits after-review")) {
            let both = direct + after;
            known.entry("suits".to_owned()).or_insert(both);
        }
        let fee = passage.facts.iter().find(|fact| fact.says("fee") && fact.compare != Compare::Never);
        let fee = fee.and_then(|fact| {
            let number = fact.number()?;
            let after: String = passage.text.chars().skip(fact.end).take(3).collect();
            let scale = if after.trim_start().starts_with('万') { 0 } else { 4 };
            Some(decimal(number.digits, number.decimals + scale))
        });
        Ok(Solution { known, fee, year: passage.year, body: passage.body.clone() })
    }

    pub(crate) fn get(&self, name: &str) -> i64 {
        self.known.get(name).copied().unwrap_or(0)
    }

    /// The same tables with one application left over, one of the year's new ones; what the text says stays if it can.
    pub(crate) fn with_one_left(&self, none_received: bool) -> Solution {
        let mut other = self.clone();
        let mut add = |name: &str, by: i64| *other.known.entry(name.to_owned()).or_insert(0) += by;
        add("carried over", 1);
        if none_received {
            add("received", 1);
            return other;
        }
        add("handled", -1);
        let fullest = REST.into_iter().max_by_key(|group| self.get(group));
        if let Some(group) = fullest {
            add(group, -1);
            let rows = GROUPS.iter().find(|(name, _)| *name == group).map_or(&[][..], |(_, rows)| rows);
            if let Some((row, _)) =
                rows.iter().max_by_key(|(row, _)| self.get(row)).filter(|(row, _)| self.get(row) > 0)
            {
                add(row, -1);
            }
        }
        other
    }

    /// The same tables with one more application of last year, which is left over.
    pub(crate) fn with_one_from_last_year(&self) -> Solution {
        self.with_one_more("carried in").with_one_more("carried over")
    }

    /// The same with one more of `name`.
    pub(crate) fn with_one_more(&self, name: &str) -> Solution {
        let mut other = self.clone();
        *other.known.entry(name.to_owned()).or_insert(0) += 1;
        other
    }

    /// A report with these tables and no prose.
    pub(crate) fn model(&self) -> Result<Model, String> {
        let wish = Wish { year: self.year, size: Size::Zero, figures_in_prose: false };
        let mut model = Model::new(u64::from(self.year), wish);
        model.body = self.body.clone();
        model.preamble = Vec::new();
        model.closing = Vec::new();
        self.fill_applications(&mut model)?;
        self.fill_reviews(&mut model)?;
        self.fill_disclosure(&mut model);
        Ok(model)
    }

    fn fill_applications(&self, model: &mut Model) -> Result<(), String> {
        let spec = model.spec(TableKind::Applications);
        // All of one applicant at first.
        let mut rows = vec![[0_i64; 7]; spec.rows.len()];
        let of_year = |row: Row| match row {
            Row::OtherOutcome | Row::NotCorrected | Row::FeeNotPaid if model.edition == Edition::F2019 => {
                Row::OtherHandling
            }
            _ => row,
        };
        let mut put = |row: Row, count: i64| {
            if let Some(index) = spec.index(of_year(row)) {
                rows[index][0] += count;
            }
        };
        put(Row::Received, self.get("received"));
        put(Row::CarriedIn, self.get("carried in"));
        put(Row::Handled, self.get("handled"));
        put(Row::CarriedOut, self.get("carried over"));
        for (group, of_group) in GROUPS {
            let own: Vec<i64> = of_group.iter().map(|(name, _)| self.get(name)).collect();
            let rest = self.get(group) - own.iter().sum::<i64>();
            let free = of_group.iter().position(|(name, _)| !self.known.contains_key(*name));
            if rest < 0 || (rest > 0 && free.is_none()) {
                return Err(format!("the rows of {group} do not make it"));
            }
            for (index, (_, row)) in of_group.iter().enumerate() {
                put(*row, own[index] + if Some(index) == free { rest } else { 0 });
            }
        }
        // Those of others are taken from what was received and from the fullest rows.
        let received = self.get("received");
        let natural = self.known.get("applicants natural").copied();
        let companies = self.known.get("applicants companies").copied();
        let others = self.known.get("applicants others").copied();
        let legal = self.known.get("applicants legal").copied();
        let legal = legal.or(natural.map(|natural| received - natural));
        let legal = legal.unwrap_or_else(|| companies.unwrap_or(0) + others.unwrap_or(0));
        let of_companies = companies.unwrap_or_else(|| legal - others.unwrap_or(0));
        if legal > received || legal < 0 || of_companies > legal {
            return Err("the applicants do not make what was received".to_owned());
        }
        let [at_received, at_handled, at_out] =
            [Row::Received, Row::Handled, Row::CarriedOut].map(|row| spec.index(row).unwrap_or(0));
        for (column, mut count) in [(1, of_companies), (5, legal - of_companies)] {
            rows[at_received][0] -= count;
            rows[at_received][column] += count;
            for (index, row) in spec.rows.iter().enumerate() {
                let moved = count.min(rows[index][0]);
                if row.row.is_outcome() || index == at_out {
                    rows[index][0] -= moved;
                    rows[index][column] += moved;
                    count -= moved;
                    if row.row.is_outcome() {
                        rows[at_handled][0] -= moved;
                        rows[at_handled][column] += moved;
                    }
                }
            }
        }
        for row in &mut rows {
            row[6] = row[..6].iter().sum();
        }
        let text = |row: &[i64; 7]| row.iter().map(i64::to_string).collect();
        model.figures[TableKind::Applications as usize] = rows.iter().map(text).collect();
        Ok(())
    }

    fn fill_reviews(&self, model: &mut Model) -> Result<(), String> {
        let reviews = results(&self.known, "reviews", "reviews")?;
        let suits = results(&self.known, "suits", "suits")?;
        let after = self.known.get("suits after-review").copied();
        let direct = self.known.get("suits direct").copied();
        let after = after.or(direct.map(|direct| suits[4] - direct)).unwrap_or(0);
        if direct.is_some_and(|direct| direct + after != suits[4]) || after > suits[4] {
            return Err("the two sorts of suits do not make all".to_owned());
        }
        // The suits after a review are the first ones.
        let mut left = after;
        let mut of_after = [0; 5];
        for (index, count) in suits[..4].iter().enumerate() {
            of_after[index] = left.min(*count);
            left -= of_after[index];
        }
        of_after[4] = after;
        for (index, (_, outcome)) in RESULTS.into_iter().chain([("", Outcome::Total)]).enumerate() {
            for (column, count) in [
                (Column::Review(outcome), reviews[index]),
                (Column::DirectSuit(outcome), suits[index] - of_after[index]),
                (Column::SuitAfterReview(outcome), of_after[index]),
            ] {
                put(model, Row::ReviewAndLitigation, column, count.to_string());
            }
        }
        Ok(())
    }

    fn fill_disclosure(&self, model: &mut Model) {
        let count = |name: &str, usual: i64| self.known.get(name).copied().unwrap_or(usual);
        for (name, row, usual) in [("rules", Row::Rules, [0, 0, 0]), ("documents", Row::NormativeDocuments, [2, 1, 9])]
        {
            let [made, ended, valid] = ["made", "ended", "valid"].map(|what| format!("{name} {what}"));
            let (made, ended) = (count(&made, usual[0]), count(&ended, usual[1]));
            let valid = count(&valid, usual[2].max(made));
            for (column, figure) in [
                (Column::Issued, made),
                (Column::NewlyMade, made),
                (Column::NewlyPublished, made),
                (Column::Repealed, ended),
                (Column::InForce, valid),
                (Column::PublishedInAll, valid),
            ] {
                put(model, row, column, figure.to_string());
            }
        }
        for (name, row, usual) in
            [("licences", Row::Licences, 7), ("penalties", Row::Penalties, 4), ("coercions", Row::Coercion, 2)]
        {
            put(model, row, Column::Decisions, count(name, usual).to_string());
        }
        put(model, Row::Fees, Column::FeeAmount, self.fee.clone().unwrap_or_else(|| "1.5".to_owned()));
    }
}

fn put(model: &mut Model, row: Row, column: Column, figure: String) {
    if let Some(place) = model.named(row, column) {
        model.figures[place.table as usize][place.cell.row][place.cell.column] = figure;
    }
}

/// `digits` with the point before the last `decimals` of them, without needless zeros.
fn decimal(digits: i64, decimals: u32) -> String {
    let unit = 10_i64.pow(decimals);
    let fraction = format!("{:0width$}", digits % unit, width = decimals as usize);
    let fraction = if decimals == 0 { "" } else { fraction.trim_end_matches('0') };
    if fraction.is_empty() { (digits / unit).to_string() } else { format!("{}.{fraction}", digits / unit) }
}
