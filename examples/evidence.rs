//! Measures the rules on generated reports: `cargo run --release --no-default-features --example evidence -- 10000`
//!
//! So many consistent reports, in every layout and both editions, must give no error and no warning; of so many faults,
//! each in a report that is right but for it, the right rule has to find almost all on the right row, and the safe fixes
//! have to restore what has one explanation and to leave everything else alone. The reports are the same ones every time;
//! a second number starts elsewhere. Exit code 1 if the figures are worse than they have to be.
//!
//! The prose of these reports is from the one generator; so many reports with prose from the other, `generator::phrases`,
//! must be as silent, and what is wrong in their prose has to be found as well. `--prose` measures only these, `--misses`
//! prints what is missed, and what is reported that is right, by sentence pattern.
//!
//! `--write` puts the tables into `docs/evidence.md`.
//!
//! The count may also be in the environment variable `GONGKAI_CASES`.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that measures and prints"
)]

#[path = "../tests/generator/mod.rs"]
mod generator;

use generator::conversion::{self, Reading};
use generator::faults::{Cure, Fault, Kind, faulty};
use generator::phrases::planted::planted;
use generator::phrases::{self, Lie};
use generator::verdict::{Brief, Verdict, brief, findings, loud, verdict_of};
use generator::{Layout, Model, Rng, Style, Wish, render, seen};
use gongkai::ide::fix_all;
use gongkai::rules::{Severity, rules};
use gongkai::statute::Edition;
use gongkai::text::apply;
use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

/// What has been printed.
static PRINTED: Mutex<String> = Mutex::new(String::new());

/// Prints a line, and keeps it for the page.
macro_rules! tell {
    ($($words:tt)*) => {{
        let line = format!($($words)*);
        println!("{line}");
        if let Ok(mut printed) = PRINTED.lock() {
            printed.push_str(&line);
            printed.push('\n');
        }
    }};
}

/// The measured part of the page is between these lines.
const MARKS: [&str; 2] = ["<!-- measured -->\n", "<!-- end of what was measured -->"];

/// Puts what has been printed into the page at `path`.
fn write_page(path: &str) -> std::io::Result<()> {
    let page = fs::read_to_string(path)?;
    let printed = PRINTED.lock().map(|printed| printed.replace("\n## ", "\n### ")).unwrap_or_default();
    let parts = page.split_once(MARKS[0]).and_then(|(before, rest)| Some((before, rest.split_once(MARKS[1])?.1)));
    let Some((before, after)) = parts else { return Err(std::io::Error::other("the page has no marks")) };
    fs::write(path, format!("{before}{}\n{}\n\n{}{after}", MARKS[0], printed.trim(), MARKS[1]))
}

/// The share of all faults that have to be found, and of those of any one rule.
const ENOUGH: (f64, f64) = (0.995, 0.97);

/// How many failures of each kind are printed.
const SHOWN: usize = 2;

/// What consistent reports of a layout and an edition gave.
#[derive(Default)]
struct Silence {
    reports: usize,
    errors: usize,
    warnings: usize,
}

/// What faults of a rule, or of a kind, came to.
#[derive(Clone, Default)]
struct Tally {
    due: usize,
    found: usize,
    /// Errors and warnings that were not due, in how many texts.
    beside: usize,
    /// Texts that have to be restored, and that were: byte for byte, or but for white space.
    exact: [usize; 2],
    up_to_space: [usize; 2],
    /// Texts that have to stay as they are, and that did.
    untouched: [usize; 2],
    /// Texts that have to stay or to be restored, and that did or were.
    either: [usize; 2],
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.due += other.due;
        self.found += other.found;
        self.beside += other.beside;
        let pairs = [
            (&mut self.exact, other.exact),
            (&mut self.up_to_space, other.up_to_space),
            (&mut self.untouched, other.untouched),
            (&mut self.either, other.either),
        ];
        for (mine, theirs) in pairs {
            mine[0] += theirs[0];
            mine[1] += theirs[1];
        }
    }

    /// Counts a cure of this kind, and whether it was achieved.
    fn cure(&mut self, cure: Cure, done: bool) {
        let pair = match cure {
            Cure::Exact => &mut self.exact,
            Cure::UpToSpace => &mut self.up_to_space,
            Cure::None => &mut self.untouched,
            Cure::NoneOrUpToSpace => &mut self.either,
        };
        pair[0] += usize::from(done);
        pair[1] += 1;
    }

    fn share(&self) -> f64 {
        if self.due == 0 { 1.0 } else { self.found as f64 / self.due as f64 }
    }
}

/// All that was measured.
#[derive(Default)]
struct Measured {
    silence: BTreeMap<(usize, u16), Silence>,
    rules: BTreeMap<&'static str, Tally>,
    kinds: BTreeMap<Kind, Tally>,
    /// By layout, what was read of what converters leave.
    converted: BTreeMap<usize, Reading>,
    failures: Vec<String>,
    prose: Prose,
}

/// What was measured on the prose of the second generator.
#[derive(Default)]
struct Prose {
    reports: usize,
    errors: usize,
    warnings: usize,
    /// By the expected rule and by kind of statement: the wrong figures, and those that were found.
    rules: BTreeMap<&'static str, (usize, usize)>,
    kinds: BTreeMap<String, (usize, usize)>,
    /// Texts with an unexpected error or warning.
    beside: usize,
    /// Figures that may be any, and texts with a finding when one was changed.
    free: (usize, usize),
    /// Paragraphs that safe fixes change.
    touched: usize,
    /// By pattern: how often a figure of it was wrong, what was missed, and a sentence.
    patterns: BTreeMap<&'static str, (usize, usize, String)>,
    alarms: Vec<String>,
}

impl Prose {
    fn merge(&mut self, other: Prose) {
        self.reports += other.reports;
        self.errors += other.errors;
        self.warnings += other.warnings;
        for (code, (due, found)) in other.rules {
            let mine = self.rules.entry(code).or_default();
            *mine = (mine.0 + due, mine.1 + found);
        }
        for (kind, (due, found)) in other.kinds {
            let mine = self.kinds.entry(kind).or_default();
            *mine = (mine.0 + due, mine.1 + found);
        }
        self.beside += other.beside;
        self.free = (self.free.0 + other.free.0, self.free.1 + other.free.1);
        self.touched += other.touched;
        for (pattern, (due, missed, sentence)) in other.patterns {
            let mine = self.patterns.entry(pattern).or_default();
            *mine = (mine.0 + due, mine.1 + missed, if sentence.is_empty() { mine.2.clone() } else { sentence });
        }
        self.alarms.extend(other.alarms);
    }

    fn all(&self) -> (usize, usize) {
        self.rules.values().fold((0, 0), |all, rule| (all.0 + rule.0, all.1 + rule.1))
    }

    fn is_enough(&self) -> bool {
        let share = |(due, found): (usize, usize)| if due == 0 { 1.0 } else { found as f64 / due as f64 };
        share(self.all()) >= ENOUGH.0 && self.rules.values().all(|rule| share(*rule) >= ENOUGH.1)
    }

    fn print(&self, misses: bool) {
        let Prose { reports, errors, warnings, beside, free, touched, .. } = self;
        tell!("\n## The second generator of prose\n");
        tell!("{reports} consistent reports: {errors} errors, {warnings} warnings.");
        tell!("{} figures of other things changed: {} with a finding.", free.0, free.1);
        tell!("{beside} faults with an unexpected error or warning, {touched} paragraphs changed by safe fixes.");
        let row = |name: &str, (due, found): (usize, usize)| {
            let share = if due == 0 { 100.0 } else { found as f64 * 100.0 / due as f64 };
            tell!("| {name} | {due} | {found} | {share:.2} % |");
        };
        tell!("\n| rule | injected | found | share |\n| --- | ---: | ---: | ---: |");
        self.rules.iter().for_each(|(code, counts)| row(code, *counts));
        row("all", self.all());
        tell!("\n| what is wrong | injected | found | share |\n| --- | ---: | ---: | ---: |");
        self.kinds.iter().for_each(|(kind, counts)| row(kind, *counts));
        if misses {
            tell!("\nMissed by pattern:");
            let mut patterns: Vec<_> = self.patterns.iter().filter(|(_, (_, missed, _))| *missed > 0).collect();
            patterns.sort_by_key(|(_, (_, missed, _))| std::cmp::Reverse(*missed));
            for (pattern, (due, missed, sentence)) in patterns {
                tell!("{missed}/{due}  {pattern}\n      {sentence}");
            }
            tell!("\nReported, and right:\n{}", self.alarms.join("\n"));
        }
    }
}

impl Measured {
    fn merge(&mut self, other: Measured) {
        for (key, silence) in other.silence {
            let mine = self.silence.entry(key).or_default();
            mine.reports += silence.reports;
            mine.errors += silence.errors;
            mine.warnings += silence.warnings;
        }
        for (code, tally) in other.rules {
            self.rules.entry(code).or_default().add(&tally);
        }
        for (kind, tally) in other.kinds {
            self.kinds.entry(kind).or_default().add(&tally);
        }
        for (layout, reading) in other.converted {
            self.converted.entry(layout).or_default().add(reading);
        }
        self.failures.extend(other.failures);
        self.prose.merge(other.prose);
    }
}

/// Which way a report of the second generator looks for `seed`: its layout, whether plain, whether with broken lines.
fn look(seed: u64) -> (Layout, bool, bool) {
    let layouts = Layout::every();
    let layout = layouts[(seed % layouts.len() as u64) as usize];
    (layout, seed.is_multiple_of(3), layout == Layout::Spaced && seed.is_multiple_of(4))
}

/// A consistent report of the second generator, and one with a fault in its prose.
fn second_hand(seed: u64, prose: &mut Prose) {
    let (layout, plain, broken) = look(seed);
    let style = if plain { Style::plain(layout) } else { Style::quirky(layout, &mut Rng::new(seed ^ 0x5eed)) };
    let (model, _) = phrases::report(seed, Lie::Nothing, broken);
    let text = render(&model, &style).text;
    let before = loud(brief(&text, &findings(&text)));
    prose.reports += 1;
    prose.errors += before.iter().filter(|(_, severity, _)| *severity == Severity::Error).count();
    prose.warnings += before.iter().filter(|(_, severity, _)| *severity == Severity::Warning).count();
    for (code, _, line) in &before {
        let sentence = text.lines().nth(line - 1).unwrap_or_default();
        prose.alarms.push(format!("{code}, seed {seed}, {layout:?}: {sentence}"));
    }
    let mut rng = Rng::new(seed ^ 0xfa017);
    let Some(fault) = (0..20).find_map(|_| planted(rng.next(), layout, plain, broken)) else { return };
    let found = findings(&fault.text);
    // What is reported of the report as it is right has been counted already.
    let mut loud_ones = loud(brief(&fault.text, &found));
    if fault.text != fault.original {
        for before in loud(brief(&fault.original, &findings(&fault.original))) {
            if let Some(at) = loud_ones.iter().position(|brief| *brief == before) {
                loud_ones.swap_remove(at);
            }
        }
    }
    // Untidy labels are put right by safe fixes, prose is not.
    let fixed = apply(&fault.text, &fix_all(&found));
    let html = layout.is_html();
    let kept = seen::words(&fixed, html).contains(&seen::words(&fault.paragraph(), false));
    // 条 for 件 may be put right.
    let measured = found.iter().any(|finding| finding.rule.code == "GK415");
    prose.touched += usize::from(!kept && !measured);
    if fault.codes.is_empty() {
        prose.free.0 += 1;
        if !loud_ones.is_empty() {
            prose.free.1 += 1;
            prose.alarms.push(format!("{loud_ones:?}, seed {seed}: {}", fault.sentence()));
        }
        return;
    }
    let is_due = |(code, _, line): &Brief| fault.codes.contains(code) && fault.lines.contains(line);
    let is_found = loud_ones.iter().any(is_due);
    let of_prose = |(code, _, _): &&Brief| !fault.codes.contains(code);
    prose.beside += usize::from(loud_ones.iter().any(|brief| of_prose(&brief)));
    let rule = prose.rules.entry(fault.codes[0]).or_default();
    *rule = (rule.0 + 1, rule.1 + usize::from(is_found));
    let kind = prose.kinds.entry(fault.said.what.clone()).or_default();
    *kind = (kind.0 + 1, kind.1 + usize::from(is_found));
    let pattern = prose.patterns.entry(fault.said.pattern).or_default();
    pattern.0 += 1;
    if !is_found {
        pattern.1 += 1;
        pattern.2 = fault.sentence();
    }
}

/// A consistent report for `seed` as a converter leaves it.
fn converted(seed: u64, measured: &mut Measured) {
    let index = (seed % Layout::CONVERTED.len() as u64) as usize;
    let (model, style) = generator::laws::report(seed ^ 0xc0de, Layout::CONVERTED[index]);
    let (reading, wrong) = conversion::read(&model, &render(&model, &style));
    measured.converted.entry(index).or_default().add(reading);
    if !wrong.is_empty() {
        measured.failures.push(format!("converted report, seed {seed}, {:?}: {wrong:?}", Layout::CONVERTED[index]));
    }
}

/// A consistent report for `seed`; every third one is as printed.
fn consistent(seed: u64, measured: &mut Measured) {
    let mut rng = Rng::new(seed);
    let wish = Wish::any(&mut rng);
    let layouts = Layout::every();
    let index = (seed % layouts.len() as u64) as usize;
    let layout = layouts[index];
    let style = if rng.one_in(3) { Style::plain(layout) } else { Style::quirky(layout, &mut rng) };
    let model = Model::new(rng.next(), wish);
    let text = render(&model, &style).text;
    let found = loud(brief(&text, &findings(&text)));
    let silence = measured.silence.entry((index, Edition::of_year(model.year).year())).or_default();
    silence.reports += 1;
    silence.errors += found.iter().filter(|(_, severity, _)| *severity == Severity::Error).count();
    silence.warnings += found.iter().filter(|(_, severity, _)| *severity == Severity::Warning).count();
    if !found.is_empty() {
        measured.failures.push(format!("consistent report, seed {seed}, {layout:?}: {found:?}"));
    }
}

fn fault(seed: u64, measured: &mut Measured) {
    let mut rng = Rng::new(seed ^ 0xfa017);
    let kind = Kind::ALL[(seed % Kind::ALL.len() as u64) as usize];
    let layout = *rng.pick(&Layout::every());
    let plain = rng.one_in(3);
    // Not every report has a place for every fault.
    let Some((found, fault_seed)) = (0..20).find_map(|_| {
        let seed = rng.next();
        Some((faulty(kind, seed, layout, plain)?, seed))
    }) else {
        return;
    };
    let Some(verdict) = verdict_of(&found) else { return };
    count(&found, &verdict, measured);
    if !verdict.is_right() {
        let Verdict { missing, others, cured, settled, .. } = &verdict;
        let words = format!(
            "{kind:?}, seed {fault_seed}, {layout:?}{}: {}missing {missing:?}, beside {others:?}, cured {cured}, settled {settled}",
            if plain { " plain" } else { "" },
            found.note
        );
        measured.failures.push(words);
    }
}

fn count(fault: &Fault, verdict: &Verdict, measured: &mut Measured) {
    let mut tally = Tally { beside: usize::from(!verdict.others.is_empty()), ..Tally::default() };
    tally.cure(fault.cure, verdict.cured && verdict.settled);
    // A fault that any of the sums may report belongs to none of them alone.
    for due in fault.expected.iter().flatten() {
        let found = usize::from(!verdict.missing.contains(due));
        let rule = measured.rules.entry(due.code).or_default();
        rule.due += 1;
        rule.found += found;
        tally.due += 1;
        tally.found += found;
    }
    if fault.expected.is_none() {
        tally.due += 1;
        tally.found += usize::from(verdict.missing.is_empty());
    } else if let Some(first) = fault.expected.iter().flatten().next() {
        let cures = Tally { due: 0, found: 0, ..tally.clone() };
        measured.rules.entry(first.code).or_default().add(&cures);
    }
    measured.kinds.entry(fault.kind).or_default().add(&tally);
}

fn measure(count: u64, start: u64, prose_alone: bool) -> Measured {
    let workers = thread::available_parallelism().map_or(1, |workers| workers.get() as u64);
    let part = |worker: u64| {
        let mut measured = Measured::default();
        for seed in (start..start + count).filter(|seed| seed % workers == worker) {
            second_hand(seed, &mut measured.prose);
            if !prose_alone {
                consistent(seed, &mut measured);
                converted(seed, &mut measured);
                fault(seed, &mut measured);
            }
        }
        measured
    };
    let mut measured = Measured::default();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || part(worker))).collect();
        for thread in threads {
            match thread.join() {
                Ok(part) => measured.merge(part),
                Err(_) => measured.failures.push("a check panicked".to_owned()),
            }
        }
    });
    measured
}

/// `done/due`, or a dash where nothing was due.
fn ratio([done, due]: [usize; 2]) -> String {
    if due == 0 { "–".to_owned() } else { format!("{done}/{due}") }
}

fn row(name: &str, tally: &Tally) -> String {
    let share = if tally.due == 0 { "–".to_owned() } else { format!("{:.2} %", tally.share() * 100.0) };
    let Tally { due, found, beside, .. } = tally;
    let cures = [tally.exact, tally.up_to_space, tally.untouched, tally.either].map(ratio).join(" | ");
    format!("| {name} | {due} | {found} | {share} | {beside} | {cures} |")
}

const HEAD: &str = "injected | found | share | with unexpected findings | restored exactly | restored up to space | \
                    left unchanged | restored or unchanged |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";

fn main() -> ExitCode {
    let number = |text: String| text.parse::<u64>().ok();
    let (flags, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|text| text.starts_with("--"));
    let given = |flag: &str| flags.iter().any(|other| other == flag);
    let mut arguments = arguments.into_iter();
    let asked = arguments.next().or_else(|| std::env::var("GONGKAI_CASES").ok());
    let start = arguments.next().and_then(number).unwrap_or(0);
    let Some(cases) = asked.map_or(Some(1000), number) else {
        eprintln!("usage: evidence [COUNT [FIRST]] [--prose] [--misses]");
        return ExitCode::from(2);
    };
    let reports = format!("{cases} consistent reports, and as many reports with a fault, from number {start} on");
    tell!("\n{reports}; the second generator of prose wrote as many of its own.\n");
    let measured = measure(cases, start, given("--prose"));
    if given("--prose") {
        measured.prose.print(given("--misses"));
        return if measured.prose.is_enough() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }

    tell!(
        "## Consistent reports\n\n| layout | format | reports | errors | warnings |\n| --- | --- | ---: | ---: | ---: |"
    );
    let mut sum = Silence::default();
    for ((layout, edition), Silence { reports, errors, warnings }) in &measured.silence {
        let name = Layout::every().get(*layout).map(|layout| format!("{layout:?}")).unwrap_or_default();
        tell!("| {name} | {edition} | {reports} | {errors} | {warnings} |");
        (sum.reports, sum.errors, sum.warnings) = (sum.reports + reports, sum.errors + errors, sum.warnings + warnings);
    }
    tell!("| all | | {} | {} | {} |", sum.reports, sum.errors, sum.warnings);

    tell!(
        "\n## Converted reports\n\n| layout | reports | rows | read | share | misread | reported missing | errors and \
         warnings |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    let mut conversions = Reading::default();
    for (layout, reading) in &measured.converted {
        let name = Layout::CONVERTED.get(*layout).map(|layout| format!("{layout:?}")).unwrap_or_default();
        let Reading { reports, rows, read, misread, missing, loud } = reading;
        let share = *read as f64 / (*rows).max(1) as f64 * 100.0;
        tell!("| {name} | {reports} | {rows} | {read} | {share:.2} % | {misread} | {missing} | {loud} |");
        conversions.add(*reading);
    }

    tell!("\n## Faults by rule\n\n| rule | {HEAD}");
    for (code, tally) in &measured.rules {
        tell!("{}", row(code, tally));
    }
    tell!("\n## Faults by kind\n\n| kind | {HEAD}");
    let mut all = Tally::default();
    for (kind, tally) in &measured.kinds {
        tell!("{}", row(&format!("{kind:?}"), tally));
        all.add(tally);
    }
    tell!("{}", row("all", &all));
    let untried: Vec<&str> = rules().map(|rule| rule.code).filter(|code| !measured.rules.contains_key(code)).collect();
    tell!("\nRules for which no fault is generated: {}.", untried.join(", "));

    measured.prose.print(given("--misses"));

    // A few of each kind.
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for failure in &measured.failures {
        let kind = failure.split(',').next().unwrap_or_default();
        let count = shown.entry(kind).or_default();
        *count += 1;
        if *count <= SHOWN {
            eprintln!("{failure}");
        }
    }
    if !measured.failures.is_empty() {
        eprintln!("{} failures in all, at most {SHOWN} of each kind shown", measured.failures.len());
    }
    let converted_right = conversions.loud + conversions.misread == 0;
    let silent = converted_right
        && sum.errors + sum.warnings + measured.prose.errors + measured.prose.warnings + measured.prose.free.1 == 0;
    let enough = measured.prose.is_enough()
        && all.share() >= ENOUGH.0
        && measured.rules.values().all(|tally| tally.share() >= ENOUGH.1);
    let cures = [all.exact, all.up_to_space, all.untouched, all.either];
    let cured = cures.iter().all(|[done, due]| done == due);
    tell!(
        "\nSilent on consistent reports: {}. Found enough: {}. Fixes as expected: {}.",
        word(silent),
        word(enough),
        word(cured)
    );
    if given("--write")
        && let Err(problem) = write_page(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/evidence.md"))
    {
        eprintln!("docs/evidence.md: {problem}");
        return ExitCode::FAILURE;
    }
    if silent && enough && cured && measured.failures.iter().all(|failure| !failure.contains("panicked")) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn word(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
