//! What the prose says, against the tables and against itself.

use super::rule::Rule;

pub(in crate::rules) mod answered;
pub(in crate::rules) mod carried;
pub(in crate::rules) mod coercion;
pub(in crate::rules) mod completion_rate;
pub(in crate::rules) mod contradiction;
pub(in crate::rules) mod documents;
pub(in crate::rules) mod fee_amount;
pub(in crate::rules) mod fee_notice;
pub(in crate::rules) mod licence;
pub(in crate::rules) mod litigation;
pub(in crate::rules) mod measure_word;
pub(in crate::rules) mod outcome;
pub(in crate::rules) mod parts_sum;
pub(in crate::rules) mod penalty;
pub(in crate::rules) mod received;
pub(in crate::rules) mod review;
pub(in crate::rules) mod share;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &received::RULE,
    &answered::RULE,
    &carried::RULE,
    &outcome::RULE,
    &review::RULE,
    &litigation::RULE,
    &licence::RULE,
    &penalty::RULE,
    &coercion::RULE,
    &documents::RULE,
    &parts_sum::RULE,
    &completion_rate::RULE,
    &share::RULE,
    &contradiction::RULE,
    &measure_word::RULE,
    &fee_notice::RULE,
    &fee_amount::RULE,
];
