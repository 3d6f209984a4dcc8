//! Writes invented reports into a folder, for trying a program on many files:
//! `cargo run --release --no-default-features --example corpus -- FOLDER [COUNT [FIRST]]`
//!
//! Of every four one is right, one has a fault in its tables, one is right with prose from the second generator, and one has a
//! fault in that prose. They are in every layout, and the same ones every time; `FIRST` starts elsewhere.
#![allow(clippy::expect_used, clippy::print_stderr, reason = "a program that is tried by hand")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use generator::faults::{Kind, faulty};
use generator::phrases::planted::planted;
use generator::phrases::{self, Lie};
use generator::{Layout, Model, Rng, Style, Wish, render};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn report(seed: u64) -> (Layout, String) {
    let mut rng = Rng::new(seed);
    let layout = *rng.pick(&Layout::every());
    let plain = rng.one_in(3);
    let style = || if plain { Style::plain(layout) } else { Style::quirky(layout, &mut Rng::new(seed ^ 0x5eed)) };
    let kind = Kind::ALL[(seed / 4 % Kind::ALL.len() as u64) as usize];
    let text = match seed % 4 {
        // Not every report has a place for every fault.
        1 => (0..20).find_map(|_| faulty(kind, rng.next(), layout, plain)).map(|fault| fault.text),
        2 => Some(render(&phrases::report(seed, Lie::Nothing, false).0, &style()).text),
        3 => (0..20).find_map(|_| planted(rng.next(), layout, plain, false)).map(|fault| fault.text),
        _ => None,
    };
    let wish = Wish::any(&mut rng);
    (layout, text.unwrap_or_else(|| render(&Model::new(rng.next(), wish), &style()).text))
}

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: corpus FOLDER [COUNT [FIRST]]");
        return ExitCode::from(2);
    };
    let mut number = |default: u64| arguments.next().map_or(default, |text| text.parse().expect("a number"));
    let (count, first) = (number(2000), number(0));
    fs::create_dir_all(&folder).expect("the folder cannot be made");
    for seed in first..first + count {
        let (layout, text) = report(seed);
        let extension = if layout.is_html() { "html" } else { "md" };
        fs::write(Path::new(&folder).join(format!("{seed:05}.{extension}")), text).expect("a file cannot be written");
    }
    ExitCode::SUCCESS
}
