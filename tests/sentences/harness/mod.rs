//! Labelled passages of prose: what they say of the tables, reports whose tables agree with them, and what is found when
//! a figure of them is changed.

mod passage;
mod tables;
mod trial;

pub(crate) use passage::read;
pub(crate) use trial::{Tally, try_all};

/// What the rules on prose are checked by.
pub(crate) const CODES: [&str; 18] = [
    "GK121", "GK401", "GK402", "GK403", "GK404", "GK405", "GK406", "GK407", "GK408", "GK409", "GK410", "GK411",
    "GK412", "GK413", "GK414", "GK415", "GK416", "GK417",
];
