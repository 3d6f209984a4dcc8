//! Other reports that a report is compared with: figures of other years and other bodies, as far as they are at hand. Who finds
//! them is no matter of the rules.

use crate::report::Digest;
use crate::statute::{Additivity, Column, Row};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The reports beside a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// The body by which it is known.
    pub body: String,
    /// The year by which it is known.
    pub year: u16,
    /// The reports of the same body for the year before: several if several files hold one.
    pub last_year: Vec<Arc<Digest>>,
    /// The report of another body for the same year that has most of its words in common with this.
    pub sibling: Option<Arc<Digest>>,
    /// If it is a region's report: its members.
    pub members: Option<Arc<Members>>,
}

/// Reports of the members of a region for one year, added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    /// How many members have a report.
    pub count: usize,
    /// The names of those that have none.
    pub missing: Vec<String>,
    /// The names of those that have several that differ.
    pub doubtful: Vec<String>,
    /// For each figure, what the members' come to.
    pub sums: BTreeMap<(Row, Column), Sum>,
}

/// A figure of all members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The sum of those that can be read, in ten-thousandths.
    pub total: i64,
    /// The largest of them.
    pub largest: i64,
    /// How many members have it.
    pub count: usize,
}

impl Neighbours {
    /// No other report is at hand.
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

    /// Whether every member's report is here, and which one is meant is certain.
    pub fn is_complete(&self) -> bool {
        self.count > 0 && self.missing.is_empty() && self.doubtful.is_empty()
    }

    /// What the region's figure of `row` in `column` has to be, if every member has it.
    pub fn sum(&self, row: Row, column: Column) -> Option<Sum> {
        self.sums.get(&(row, column)).copied().filter(|sum| self.is_complete() && sum.count == self.count)
    }
}

impl Sum {
    /// How a region's figure `value` differs: by how much, and whether that may be as it should.
    pub fn difference(&self, value: i64, additivity: Additivity) -> Option<(i64, bool)> {
        let difference = value.saturating_sub(self.total);
        let joint = additivity == Additivity::JointlyIssued && value < self.total && value >= self.largest;
        (difference != 0).then_some((difference, joint))
    }
}
