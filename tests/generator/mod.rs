//! Test support: a deterministic generator of consistent reports, in every layout, and of single faults in them.
//!
//! A [`Model`] says what a report means and nothing of how it looks; a [`Style`] says how it looks; [`render`] makes the
//! text and tells where every figure, row and heading is in it, so that [`faults`] can put a fault in byte by byte.
//! Labels come from `gongkai::statute`: none is spelled here. No input or output.
#![allow(dead_code, reason = "each test binary that includes this uses a part of it")]

mod builder;
pub(crate) mod conversion;
mod converted;
pub(crate) mod faults;
mod grid;
pub(crate) mod laws;
mod layout;
mod markdown;
pub(crate) mod outline;
pub(crate) mod phrases;
mod prose;
pub(crate) mod seen;
mod slips;
pub(crate) mod verdict;
mod writer;

pub(crate) use layout::{Layout, Mix, Rendered, Style};
pub(crate) use prose::{as_right, statement};
pub(crate) use writer::{render, render_without};

use gongkai::statute::{CellRef, Column, Edition, Identity, IdentityKind, Outcome, Row, RowSpec, TableKind, TableSpec};

/// A small generator of pseudo-random numbers (SplitMix64): the same everywhere, for ever.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// True once in `n` times.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// How much a body has to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Nothing at all.
    Zero,
    /// A few applications.
    Office,
    /// Dozens.
    County,
    /// Thousands.
    Metropolis,
}

impl Size {
    pub(crate) const ALL: [Size; 4] = [Size::Zero, Size::Office, Size::County, Size::Metropolis];
}

/// A figure of a report: table, row and column of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    pub(crate) table: TableKind,
    pub(crate) cell: CellRef,
}

/// What a report says, whatever it looks like. Every identity of its tables holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Model {
    pub(crate) year: u16,
    pub(crate) body: String,
    /// The edition of its tables.
    pub(crate) edition: Edition,
    /// That of 表三 alone, where it is another.
    pub(crate) of_applications: Option<Edition>,
    /// 表二, 表三, 表四: the figures, row by row, as written.
    pub(crate) figures: [Vec<Vec<String>>; 3],
    /// Paragraphs before the first section.
    pub(crate) preamble: Vec<String>,
    /// Paragraphs of the six sections; those of 二, 三 and 四 are before the table.
    pub(crate) sections: [Vec<String>; 6],
    /// Lines after the last section: who signs, and when.
    pub(crate) closing: Vec<String>,
}

/// What a [`Model`] is to be like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) year: u16,
    pub(crate) size: Size,
    /// Whether the prose states figures of the tables: then a fault in a table is a contradiction to the prose too.
    pub(crate) figures_in_prose: bool,
}

impl Wish {
    /// Any year from 2019 to 2025, any size.
    pub(crate) fn any(rng: &mut Rng) -> Wish {
        Wish { year: 2019 + rng.below(7) as u16, size: *rng.pick(&Size::ALL), figures_in_prose: rng.one_in(2) }
    }
}

impl Model {
    /// The report for `seed`.
    pub(crate) fn new(seed: u64, wish: Wish) -> Model {
        let mut rng = Rng::new(seed);
        let edition = Edition::of_year(wish.year);
        let text = |rows: Vec<Vec<i64>>| rows.iter().map(|row| row.iter().map(i64::to_string).collect()).collect();
        let figures = [
            disclosure(edition, wish.size, &mut rng),
            text(applications(edition, wish.size, &mut rng)),
            text(vec![review(wish.size, &mut rng)]),
        ];
        let mut model = Model { year: wish.year, body: prose::body(&mut rng), edition, figures, ..Model::empty() };
        prose::write(&mut model, wish.figures_in_prose, &mut rng);
        model
    }

    /// A report that says nothing.
    fn empty() -> Model {
        Model {
            year: 0,
            body: String::new(),
            edition: Edition::F2021,
            of_applications: None,
            figures: Default::default(),
            preamble: Vec::new(),
            sections: Default::default(),
            closing: Vec::new(),
        }
    }

    /// Gives it the year, the body and the edition that `title` tells.
    fn entitle(&mut self, title: &str) {
        let digits = title.find(|c: char| c.is_ascii_digit()).expect("the title names a year");
        self.body = title[..digits].to_owned();
        self.year = title[digits..digits + 4].parse().expect("the title names a year");
        self.edition = Edition::of_year(self.year);
    }

    /// The same report with tables of the other edition, figures as before where both have the row.
    pub(crate) fn in_other_edition(&self, seed: u64) -> Model {
        let mut rng = Rng::new(seed);
        let edition = if self.edition == Edition::F2019 { Edition::F2021 } else { Edition::F2019 };
        let text = |rows: Vec<Vec<i64>>| rows.iter().map(|row| row.iter().map(i64::to_string).collect()).collect();
        let mut other = self.clone();
        other.edition = edition;
        other.figures[0] = disclosure(edition, Size::County, &mut rng);
        other.figures[1] = text(applications(edition, Size::County, &mut rng));
        other
    }

    /// The same report with 表三 alone of the other edition.
    pub(crate) fn with_applications_of_other_edition(&self, seed: u64) -> Model {
        let other = self.in_other_edition(seed);
        let mut hybrid = self.clone();
        hybrid.of_applications = Some(other.edition);
        hybrid.figures[TableKind::Applications as usize] = other.figures[TableKind::Applications as usize].clone();
        hybrid
    }

    pub(crate) fn spec(&self, table: TableKind) -> &'static TableSpec {
        let own = self.of_applications.filter(|_| table == TableKind::Applications);
        own.unwrap_or(self.edition).format().table(table)
    }

    pub(crate) fn title(&self) -> String {
        format!("{}{}年政府信息公开工作年度报告", self.body, self.year)
    }

    /// Every figure's place, table by table, row by row.
    pub(crate) fn places(&self) -> Vec<Place> {
        let of_table = |table: TableKind| {
            let rows = self.spec(table).rows.iter().enumerate();
            rows.flat_map(move |(row, spec)| {
                (0..spec.columns.len()).map(move |column| Place { table, cell: CellRef { row, column } })
            })
        };
        TableKind::ALL.into_iter().flat_map(of_table).collect()
    }

    pub(crate) fn figure(&self, place: Place) -> &str {
        &self.figures[place.table as usize][place.cell.row][place.cell.column]
    }

    /// The figure at `place` as a whole number.
    pub(crate) fn number(&self, place: Place) -> i64 {
        self.figure(place).parse().expect("only amounts of money are no whole numbers")
    }

    /// The figure of `row` in `column`, by name.
    pub(crate) fn named(&self, row: Row, column: Column) -> Option<Place> {
        let spec = self.spec(row.table());
        let index = spec.index(row)?;
        let column = spec.rows[index].columns.iter().position(|other| *other == column)?;
        Some(Place { table: row.table(), cell: CellRef { row: index, column } })
    }

    /// What `place` is called.
    pub(crate) fn names(&self, place: Place) -> (Row, Column) {
        let row = &self.spec(place.table).rows[place.cell.row];
        (row.row, row.columns[place.cell.column])
    }

    /// Σ coefficient × figure of `identity` with the figures as `value` gives them.
    pub(crate) fn excess(identity: &Identity, value: impl Fn(CellRef) -> i64) -> i64 {
        identity.terms.iter().map(|(cell, coefficient)| i64::from(*coefficient) * value(*cell)).sum()
    }

    /// The identities that do not hold once the figure at `place` is `changed`.
    pub(crate) fn violated(&self, place: Place, changed: i64) -> Vec<&'static Identity> {
        let value = |cell| {
            let other = Place { table: place.table, cell };
            if other == place { changed } else { self.number(other) }
        };
        let identities = self.spec(place.table).identities().iter();
        identities.filter(|identity| Model::excess(identity, value) != 0).collect()
    }

    /// Every change of one cell that makes all identities of a table hold once the figure at `place` is `changed`:
    /// which cell, and to what. Found by trying each cell.
    pub(crate) fn explanations(&self, place: Place, changed: i64) -> Vec<(CellRef, i64)> {
        let violated = self.violated(place, changed);
        let value = |cell| {
            let other = Place { table: place.table, cell };
            if other == place { changed } else { self.number(other) }
        };
        let mut found = Vec::new();
        for candidate in self.places().into_iter().filter(|candidate| candidate.table == place.table) {
            let cell = candidate.cell;
            let Some(first) = violated.first() else { continue };
            let coefficient = i64::from(first.coefficient(cell));
            if coefficient == 0 {
                continue;
            }
            let repaired = value(cell) - coefficient * Model::excess(first, value);
            let holds = self.spec(place.table).identities().iter().all(|identity| {
                Model::excess(identity, |other| if other == cell { repaired } else { value(other) }) == 0
            });
            if holds && repaired >= 0 {
                found.push((cell, repaired));
            }
        }
        found
    }

    /// The code of the rule for an identity.
    pub(crate) fn code(kind: IdentityKind) -> &'static str {
        match kind {
            IdentityKind::Balance => "GK301",
            IdentityKind::Subtotal => "GK302",
            IdentityKind::RowTotal => "GK303",
            IdentityKind::ReviewTotal => "GK304",
        }
    }
}

/// A count as a body of `size` has it; often 0, as most cells are.
fn count(size: Size, rng: &mut Rng) -> i64 {
    match size {
        Size::Zero => 0,
        Size::Office if rng.one_in(5) => rng.between(1, 4),
        Size::Office => 0,
        Size::County if rng.one_in(2) => rng.between(1, 60),
        Size::County => 0,
        Size::Metropolis if rng.one_in(4) => rng.between(0, 9),
        Size::Metropolis => rng.between(10, 4800),
    }
}

/// 表二.
fn disclosure(edition: Edition, size: Size, rng: &mut Rng) -> Vec<Vec<String>> {
    let amount = |rng: &mut Rng| match count(size, rng) {
        0 => "0".to_owned(),
        whole => match rng.below(3) {
            0 => whole.to_string(),
            1 => format!("{whole}.{}", rng.between(1, 9)),
            _ => format!("{whole}.{:04}", rng.between(1, 9999)),
        },
    };
    let row = |columns: &[Column], rng: &mut Rng| -> Vec<String> {
        match columns {
            [Column::Issued, ..] => {
                let (issued, repealed) = (count(size, rng), count(size, rng));
                [issued, repealed, issued + count(size, rng)].map(|n| n.to_string()).to_vec()
            }
            [Column::NewlyMade, ..] => {
                let made = count(size, rng);
                [made, made, made + count(size, rng)].map(|n| n.to_string()).to_vec()
            }
            [Column::ItemsLastYear, ..] => {
                let last = count(size, rng);
                let change = if last > 0 && rng.one_in(3) { -rng.between(1, last) } else { count(size, rng) };
                let plus = if change > 0 && rng.one_in(4) { "+" } else { "" };
                let mut figures = vec![last.to_string(), format!("{plus}{change}")];
                if columns.len() == 3 {
                    figures.push(count(size, rng).to_string());
                }
                figures
            }
            [Column::ProcurementItems, ..] => {
                let amount = amount(rng);
                let items = if amount == "0" { 0 } else { rng.between(10, 200) };
                vec![items.to_string(), amount]
            }
            [Column::FeeAmount] => vec![amount(rng)],
            _ => columns.iter().map(|_| count(size, rng).to_string()).collect(),
        }
    };
    let figures = |spec: &RowSpec, rng: &mut Rng| match spec.row {
        // None of the bodies makes rules.
        Row::Rules => vec!["0".to_owned(); spec.columns.len()],
        _ => row(spec.columns, rng),
    };
    edition.format().table(TableKind::Disclosure).rows.iter().map(|spec| figures(spec, rng)).collect()
}

/// 表三, filled from the outcomes up.
fn applications(edition: Edition, size: Size, rng: &mut Rng) -> Vec<Vec<i64>> {
    let spec = edition.format().table(TableKind::Applications);
    let mut rows = vec![vec![0; 7]; spec.rows.len()];
    let at = |row| spec.index(row).expect("every edition has it");
    let (received, carried_in) = (at(Row::Received), at(Row::CarriedIn));
    let (handled, carried_out) = (at(Row::Handled), at(Row::CarriedOut));
    #[expect(clippy::needless_range_loop, reason = "a column runs through all rows")]
    for column in 0..6 {
        // Most applicants are natural persons.
        let size = if column > 0 && rng.one_in(3) { Size::Zero } else { size };
        for (row, spec) in spec.rows.iter().enumerate() {
            // The prose says that no notice to pay was sent.
            if spec.row.is_outcome() && spec.row != Row::FeeNotPaid {
                rows[row][column] = count(size, rng);
                rows[handled][column] += rows[row][column];
            }
        }
        rows[carried_out][column] = count(size, rng);
        let all = rows[handled][column] + rows[carried_out][column];
        rows[carried_in][column] = if rng.one_in(2) { rng.between(0, all) } else { 0 };
        rows[received][column] = all - rows[carried_in][column];
    }
    for row in &mut rows {
        row[6] = row[..6].iter().sum();
    }
    rows
}

/// 表四.
fn review(size: Size, rng: &mut Rng) -> Vec<i64> {
    let mut figures = Vec::new();
    for _ in 0..3 {
        let parts: Vec<i64> = Outcome::ALL[..4].iter().map(|_| count(size, rng)).collect();
        let total = parts.iter().sum();
        figures.extend(parts);
        figures.push(total);
    }
    figures
}
