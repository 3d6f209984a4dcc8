//! Rules about the parts of a report: title, sections, headings, tables, rows and columns, dates, the body.

use super::rule::Rule;

pub(in crate::rules) mod aspect_missing;
pub(in crate::rules) mod column_count;
pub(in crate::rules) mod column_label;
pub(in crate::rules) mod date_late;
pub(in crate::rules) mod fee_statement;
pub(in crate::rules) mod other_body;
pub(in crate::rules) mod outdated_basis;
pub(in crate::rules) mod overview_length;
pub(in crate::rules) mod page_meta;
pub(in crate::rules) mod period;
pub(in crate::rules) mod preamble_list;
pub(in crate::rules) mod row_label;
pub(in crate::rules) mod row_label_missing;
pub(in crate::rules) mod row_missing;
pub(in crate::rules) mod row_order;
pub(in crate::rules) mod scope;
pub(in crate::rules) mod section_empty;
pub(in crate::rules) mod section_extra;
pub(in crate::rules) mod section_missing;
pub(in crate::rules) mod section_name;
pub(in crate::rules) mod section_number;
pub(in crate::rules) mod section_order;
pub(in crate::rules) mod subsection_number;
pub(in crate::rules) mod table_missing;
pub(in crate::rules) mod template_hybrid;
pub(in crate::rules) mod template_left;
pub(in crate::rules) mod template_year;
pub(in crate::rules) mod title_format;
pub(in crate::rules) mod title_missing;
pub(in crate::rules) mod year_mismatch;

/// The rules of this group, by code.
pub(super) static RULES: &[&Rule] = &[
    &title_missing::RULE,
    &title_format::RULE,
    &section_missing::RULE,
    &section_number::RULE,
    &section_name::RULE,
    &section_order::RULE,
    &section_extra::RULE,
    &section_empty::RULE,
    &aspect_missing::RULE,
    &subsection_number::RULE,
    &template_year::RULE,
    &template_hybrid::RULE,
    &table_missing::RULE,
    &row_missing::RULE,
    &row_label_missing::RULE,
    &row_label::RULE,
    &row_order::RULE,
    &column_count::RULE,
    &column_label::RULE,
    &fee_statement::RULE,
    &year_mismatch::RULE,
    &period::RULE,
    &date_late::RULE,
    &preamble_list::RULE,
    &other_body::RULE,
    &template_left::RULE,
    &outdated_basis::RULE,
    &overview_length::RULE,
    &page_meta::RULE,
    &scope::RULE,
];
