//! The sums that bind the figures of the tables.

use super::rule::Rule;

pub(in crate::rules) mod balance;
pub(in crate::rules) mod bound;
pub(in crate::rules) mod documents_in_force;
pub(in crate::rules) mod fee_vs_handling;
pub(in crate::rules) mod identities;
pub(in crate::rules) mod item_change;
pub(in crate::rules) mod items_equal_decisions;
pub(in crate::rules) mod localise;
pub(in crate::rules) mod other_dominant;
pub(in crate::rules) mod published_vs_made;
pub(in crate::rules) mod review_first;
pub(in crate::rules) mod review_total;
pub(in crate::rules) mod row_total;
pub(in crate::rules) mod rule_maker;
pub(in crate::rules) mod subtotal;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &balance::RULE,
    &subtotal::RULE,
    &row_total::RULE,
    &review_total::RULE,
    &bound::RULE,
    &documents_in_force::RULE,
    &item_change::RULE,
    &fee_vs_handling::RULE,
    &other_dominant::RULE,
    &review_first::RULE,
    &items_equal_decisions::RULE,
    &published_vs_made::RULE,
    &rule_maker::RULE,
];
