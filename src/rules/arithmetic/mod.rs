//! Rules about the sums that relate the figures of the tables.

use super::rule::Rule;

pub(in crate::rules) mod bound;
pub(in crate::rules) mod contradictions;
pub(in crate::rules) mod documents_in_force;
pub(in crate::rules) mod error_localization;
pub(in crate::rules) mod fee_vs_handling;
pub(in crate::rules) mod identity_rules;
pub(in crate::rules) mod item_change;
pub(in crate::rules) mod items_equal_decisions;
pub(in crate::rules) mod other_dominant;
pub(in crate::rules) mod published_vs_made;
pub(in crate::rules) mod review_first;
pub(in crate::rules) mod rule_maker;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &identity_rules::BALANCE,
    &identity_rules::SUBTOTAL,
    &identity_rules::ROW_TOTAL,
    &identity_rules::REVIEW_TOTAL,
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
