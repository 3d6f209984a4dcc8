//! Rules that compare statements in the prose with the tables and with each other.

use super::rule::Rule;

pub(in crate::rules) mod comparisons;
pub(in crate::rules) mod completion_rate;
pub(in crate::rules) mod contradiction;
pub(in crate::rules) mod fee_amount;
pub(in crate::rules) mod fee_notice;
pub(in crate::rules) mod measure_word;
pub(in crate::rules) mod parts_sum;
pub(in crate::rules) mod share;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &comparisons::RECEIVED,
    &comparisons::ANSWERED,
    &comparisons::CARRIED,
    &comparisons::OUTCOME,
    &comparisons::REVIEW,
    &comparisons::LITIGATION,
    &comparisons::LICENCE,
    &comparisons::PENALTY,
    &comparisons::COERCION,
    &comparisons::DOCUMENTS,
    &parts_sum::RULE,
    &completion_rate::RULE,
    &share::RULE,
    &contradiction::RULE,
    &measure_word::RULE,
    &fee_notice::RULE,
    &fee_amount::RULE,
];
