//! Sessions with the real program over its standard input and output, seen from the editor's side.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails, and says where")]

mod client;
mod configurations;
mod diagnostics;
mod features;
mod fixture;
mod input;
mod lifecycle;
mod load;
mod requests;
mod seeds;
mod settings;
mod sync;
mod written_report;
mod years;
