//! The laws of `tests/laws`, as the fuzz targets try them.
#![allow(clippy::expect_used, reason = "a law that does not hold ends the run")]

#[path = "../../tests/generator/mod.rs"]
mod generator;
#[path = "../../tests/laws/mod.rs"]
mod laws;

/// Panics if the law of the target `name` does not hold for `bytes`.
#[track_caller]
pub fn hold(name: &str, bytes: &[u8]) {
    let (_, law) = laws::TARGETS.iter().find(|(other, _)| *other == name).expect("a target has a law");
    laws::assert_law(law(bytes));
}
