//! Laws that hold for every report, checked on generated ones.

mod generator;

use generator::{Layout, Model, Rng, Size, Style, Wish, render};
use gongkai::statute::TableKind;
use proptest::prelude::*;

/// How many cases each law is tried on; the environment variable `GONGKAI_CASES` sets another number.
fn cases(default: u32) -> ProptestConfig {
    let cases = std::env::var("GONGKAI_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(default);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() }
}

/// A model and a style for `seed`; plain if the seed says so.
fn report(seed: u64, layout: Layout) -> (Model, Style) {
    let mut rng = Rng::new(seed);
    let wish = Wish::any(&mut rng);
    let style = if rng.one_in(3) { Style::plain(layout) } else { Style::quirky(layout, &mut rng) };
    (Model::new(rng.next(), wish), style)
}

fn layouts() -> impl Strategy<Value = Layout> {
    proptest::sample::select(&Layout::ALL[..])
}

#[test]
#[ignore = "prints samples to look at"]
fn samples() {
    for layout in Layout::ALL {
        let wish = Wish { year: 2021, size: Size::County, figures_in_prose: true };
        let model = Model::new(5, wish);
        println!("===== {layout:?} plain\n{}", render(&model, &Style::plain(layout)).text);
        let style = Style::quirky(layout, &mut Rng::new(layout as u64 + 10));
        println!("===== {style:?}\n{}", render(&model, &style).text);
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_generator_keeps_every_identity_and_knows_where_its_figures_stand(seed: u64, layout in layouts()) {
        let (model, style) = report(seed, layout);
        let rendered = render(&model, &style);
        for table in TableKind::ALL {
            for identity in model.spec(table).identities() {
                let value = |cell| model.number(generator::Place { table, cell });
                prop_assert_eq!(Model::excess(identity, value), 0);
            }
        }
        prop_assert_eq!(rendered.cells.len(), model.places().len());
        for (place, cell) in &rendered.cells {
            prop_assert_eq!(&rendered.text[cell.figure.clone()], model.figure(*place));
            prop_assert_eq!(rendered.text[cell.content.clone()].trim(), model.figure(*place));
            prop_assert!(cell.start <= cell.content.start && cell.next.is_none_or(|next| next > cell.content.end));
        }
        prop_assert_eq!(rendered.headings.len(), 6);
        prop_assert!(rendered.tables.windows(2).all(|pair| pair[0].end < pair[1].start));
    }
}
