//! Code that several rules share.

pub(in crate::rules) mod cells;
pub(in crate::rules) mod context;
pub(in crate::rules) mod dates;
pub(in crate::rules) mod figure;
pub(in crate::rules) mod line_content;
pub(in crate::rules) mod names;
pub(in crate::rules) mod narrative;
pub(in crate::rules) mod neighbours;
pub(in crate::rules) mod order;
pub(in crate::rules) mod preamble;
pub(in crate::rules) mod rewrite;
pub(in crate::rules) mod running_text;
pub(in crate::rules) mod sentence_sums;
#[cfg(test)]
pub(in crate::rules) mod testing;
pub(in crate::rules) mod years;
