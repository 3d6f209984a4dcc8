//! Rules about how the figures in table cells are written.

use super::rule::Rule;

pub(in crate::rules) mod blank_cell;
pub(in crate::rules) mod decimal;
pub(in crate::rules) mod fee_precision;
pub(in crate::rules) mod fee_unit;
pub(in crate::rules) mod full_width_digit;
pub(in crate::rules) mod negative;
pub(in crate::rules) mod not_a_number;
pub(in crate::rules) mod number_form;
pub(in crate::rules) mod placeholder;
pub(in crate::rules) mod procurement_unit;
pub(in crate::rules) mod split_number;
pub(in crate::rules) mod thousands_separator;
pub(in crate::rules) mod unit_in_cell;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &blank_cell::RULE,
    &placeholder::RULE,
    &not_a_number::RULE,
    &negative::RULE,
    &decimal::RULE,
    &full_width_digit::RULE,
    &thousands_separator::RULE,
    &unit_in_cell::RULE,
    &number_form::RULE,
    &split_number::RULE,
    &fee_precision::RULE,
    &fee_unit::RULE,
    &procurement_unit::RULE,
];
