//! What tests that try a law on many generated reports have in common.

use super::{Layout, Model, Rng, Style, Wish};
use proptest::prelude::{ProptestConfig, Strategy};
use proptest::test_runner::RngSeed;

/// How many cases each law is tried on, the same ones every time; with the environment variable `GONGKAI_CASES` as many
/// as it says, and others every time.
pub(crate) fn cases(default: u32) -> ProptestConfig {
    let asked = std::env::var("GONGKAI_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2019) };
    ProptestConfig {
        cases: asked.unwrap_or(default),
        rng_seed,
        // A seed is no smaller for being a smaller number, and every failure prints its document.
        max_shrink_iters: 0,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Any of `layouts`.
pub(crate) fn any_of(layouts: &[Layout]) -> impl Strategy<Value = Layout> + use<> {
    proptest::sample::select(layouts.to_vec())
}

/// A model and a style for `seed`; plain if the seed says so.
pub(crate) fn report(seed: u64, layout: Layout) -> (Model, Style) {
    let mut rng = Rng::new(seed);
    let wish = Wish::any(&mut rng);
    let style = if rng.one_in(3) { Style::plain(layout) } else { Style::quirky(layout, &mut rng) };
    (Model::new(rng.next(), wish), style)
}

/// `offset` or the nearest start of a character before it.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or_default()
}

/// A place in `text` and one after it, to be replaced by something: mostly near each other.
pub(crate) fn any_range(rng: &mut Rng, text: &str) -> (usize, usize) {
    let start = rng.below(text.len() + 1);
    let length = if rng.one_in(3) {
        0
    } else if rng.one_in(8) {
        rng.below(2000)
    } else {
        rng.below(12)
    };
    let (start, end) = (floor(text, start), floor(text, start + length));
    (start, end.max(start))
}
