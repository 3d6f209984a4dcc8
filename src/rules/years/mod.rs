//! Rules that compare a report with those of other years and other bodies, as far as these are available.

use super::rule::Rule;

pub(in crate::rules) mod carry_over;
pub(in crate::rules) mod documents_carry;
pub(in crate::rules) mod items_carry;
pub(in crate::rules) mod jump;
pub(in crate::rules) mod member_missing;
pub(in crate::rules) mod roll_up;
pub(in crate::rules) mod same_as_last_year;
pub(in crate::rules) mod same_as_sibling;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &carry_over::RULE,
    &documents_carry::RULE,
    &items_carry::RULE,
    &jump::RULE,
    &same_as_last_year::RULE,
    &same_as_sibling::RULE,
    &roll_up::RULE,
    &member_missing::RULE,
];
