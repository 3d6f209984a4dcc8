//! Sums of the statements of a sentence.

use crate::report::{FigureRole, Statement};
use crate::statute::prose::{Act, Fact, Subject};
use std::collections::HashMap;

/// The sums of a report's statements, sentence by sentence. They are computed once for all rules, because a sentence
/// may have any number of statements.
#[derive(Debug, Default)]
pub(in crate::rules) struct SentenceSums {
    /// By the start of the sentence and the fact: the sum of its figures.
    sums: HashMap<(usize, Option<Fact>), Option<i64>>,
    /// By the start of the sentence and the fact: the largest of its figures.
    largest: HashMap<(usize, Option<Fact>), i64>,
    /// By the figure that they are parts of: the parts without a fact, at most [`FEW`] of them, and their sum.
    pub(in crate::rules) unknown: HashMap<usize, (Vec<i64>, Option<i64>)>,
    /// By the start of the sentence: the sum of the applications answered in one of several ways.
    one_way: HashMap<usize, Option<i64>>,
    /// By the start of the sentence: the sum of what it says became of the applications.
    became: HashMap<usize, Option<i64>>,
    /// By the start of the sentence: where it first says how many applications were withdrawn.
    withdrawn: HashMap<usize, usize>,
}

/// At most this many parts of a list that have no fact are examined one by one.
const FEW: usize = 16;

impl SentenceSums {
    pub(in crate::rules) fn new(statements: &[Statement]) -> SentenceSums {
        let mut found = SentenceSums::default();
        let numbers = statements.iter().filter(|statement| statement.role == FigureRole::Number);
        for statement in numbers {
            let Some(count) = statement.count() else { continue };
            let sum = found.sums.entry((statement.sentence.start, statement.fact)).or_insert(Some(0));
            *sum = sum.and_then(|sum| sum.checked_add(count));
            let largest = found.largest.entry((statement.sentence.start, statement.fact)).or_insert(count);
            *largest = count.max(*largest);
            if statement.fact.is_none()
                && (statement.subject, statement.act) == (Some(Subject::Application), Some(Act::Answer))
            {
                let sum = found.one_way.entry(statement.sentence.start).or_insert(Some(0));
                *sum = sum.and_then(|sum| sum.checked_add(count));
            }
            if statement.fact == Some(Fact::Withdrawn) {
                found.withdrawn.entry(statement.sentence.start).or_insert(statement.span.start);
            }
            let of_outcome = match statement.fact {
                Some(Fact::Handled | Fact::Ended(_) | Fact::Withdrawn) => true,
                None => matches!(statement.subject, None | Some(Subject::Application)),
                _ => false,
            };
            if of_outcome && statement.part_of.is_none() {
                let sum = found.became.entry(statement.sentence.start).or_insert(Some(0));
                *sum = sum.and_then(|sum| sum.checked_add(count));
            }
            let unknown = matches!(statement.fact, None | Some(Fact::Withdrawn))
                && matches!(
                    statement.subject,
                    None | Some(Subject::Application | Subject::Information | Subject::Other)
                );
            if let Some(whole) = statement.part_of.filter(|_| unknown) {
                let (few, sum) = found.unknown.entry(whole).or_insert((Vec::new(), Some(0)));
                if few.len() < FEW {
                    few.push(count);
                }
                *sum = sum.and_then(|sum| sum.checked_add(count));
            }
        }
        found
    }

    /// How many applications were answered in one of several ways, by the sentence of `statement`: 当场答复3件.
    pub(in crate::rules) fn answered_in_one_way(&self, statement: &Statement) -> Option<i64> {
        self.one_way.get(&statement.sentence.start).copied().flatten()
    }

    /// The sum of what the sentence of `statement` says became of the applications: 答复7件，不予受理4件，….
    pub(in crate::rules) fn of_outcomes(&self, statement: &Statement) -> Option<i64> {
        self.became.get(&statement.sentence.start).copied().flatten()
    }

    /// How many applications were withdrawn, if the sentence of `statement` says so before it.
    pub(in crate::rules) fn withdrawn_before(&self, statement: &Statement) -> Option<i64> {
        let first = self.withdrawn.get(&statement.sentence.start)?;
        self.sum(statement, Some(Fact::Withdrawn)).filter(|_| *first < statement.span.start)
    }

    /// The largest of the figures of `statement`'s sentence that are `fact`.
    pub(in crate::rules) fn largest(&self, statement: &Statement, fact: Fact) -> Option<i64> {
        self.largest.get(&(statement.sentence.start, Some(fact))).copied()
    }

    /// The sum of the figures of `statement`'s sentence that are `fact`; `None` if there are none.
    pub(in crate::rules) fn sum(&self, statement: &Statement, fact: Option<Fact>) -> Option<i64> {
        self.sums.get(&(statement.sentence.start, fact)).copied().flatten()
    }
}
