//! The reports that a report is compared with: those of other years and other bodies, as far as they are available. The
//! rules do not know how they were found.

use crate::report::Digest;
use crate::statute::{Additivity, Column, Row};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The reports that a report is compared with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// The body of the report.
    pub body: String,
    /// The year of the report.
    pub year: u16,
    /// The reports of the same body for the year before: several if several files contain one.
    pub last_year: Vec<Arc<Digest>>,
    /// The report of another body for the same year that has the most words in common with this one.
    pub sibling: Option<Arc<Digest>>,
    /// The members, if it is a region's report.
    pub members: Option<Arc<Members>>,
}

/// Reports of the members of a region for one year, added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    /// How many members have a report.
    pub count: usize,
    /// The names of the members without a report.
    pub missing: Vec<String>,
    /// The names of the members with several reports that differ.
    pub doubtful: Vec<String>,
    /// For each figure, the sum over the members.
    pub sums: BTreeMap<(Row, Column), Sum>,
}

/// The sum of a figure over the members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The sum of the figures that can be read, in ten-thousandths.
    pub total: i64,
    /// The largest of them.
    pub largest: i64,
    /// How many members have the figure.
    pub count: usize,
}

impl Neighbours {
    /// No other report is available.
    pub const NONE: Neighbours =
        Neighbours { body: String::new(), year: 0, last_year: Vec::new(), sibling: None, members: None };
}

impl Members {
    /// Adds the figures of `digest`.
    pub fn add(&mut self, digest: &Digest) {
        self.count += 1;
        for (row, column, value) in digest.figures() {
            if let Some(value) = value {
                let sum = self.sums.entry((row, column)).or_default();
                sum.total = sum.total.saturating_add(value);
                sum.largest = sum.largest.max(value);
                sum.count += 1;
            }
        }
    }

    /// Whether there is exactly one report of every member.
    pub fn is_complete(&self) -> bool {
        self.count > 0 && self.missing.is_empty() && self.doubtful.is_empty()
    }

    /// The sum of `row` in `column`, if every member has that figure.
    pub fn sum(&self, row: Row, column: Column) -> Option<Sum> {
        self.sums.get(&(row, column)).copied().filter(|sum| self.is_complete() && sum.count == self.count)
    }
}

impl Sum {
    /// The difference of a region's figure `value`, and whether the difference may be legitimate.
    pub fn difference(&self, value: i64, additivity: Additivity) -> Option<(i64, bool)> {
        let difference = value.saturating_sub(self.total);
        let joint = additivity == Additivity::JointlyIssued && value < self.total && value >= self.largest;
        (difference != 0).then_some((difference, joint))
    }
}
