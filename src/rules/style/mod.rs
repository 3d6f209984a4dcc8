//! Rules about how the prose is written.

use super::rule::Rule;

pub(in crate::rules) mod boilerplate;
pub(in crate::rules) mod bracket_mix;
pub(in crate::rules) mod half_width_punctuation;
pub(in crate::rules) mod nested_title;
pub(in crate::rules) mod personal_data;
pub(in crate::rules) mod residue;
pub(in crate::rules) mod unbalanced;
pub(in crate::rules) mod wording;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &half_width_punctuation::RULE,
    &bracket_mix::RULE,
    &unbalanced::RULE,
    &residue::RULE,
    &wording::RULE,
    &boilerplate::RULE,
    &nested_title::RULE,
    &personal_data::RULE,
];
