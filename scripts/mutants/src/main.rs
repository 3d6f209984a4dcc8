//! Mutation testing with one build: every mutant that cargo-mutants would try, behind a switch.
//!
//! cargo-mutants builds the crate anew for each mutant. Here a copy of the project is rewritten so that all of them are
//! compiled at once, and an environment variable says which one is on. What does not compile that way is left out, and
//! listed; so is what the compiler evaluates (constants), where no switch can stand.
//!
//! ```text
//! cargo run --manifest-path scripts/mutants/Cargo.toml -- [OPTIONS]
//!
//! --project DIR   the project (default: .)
//! --work DIR      where the copy, its build and the records are kept (default: target/mutants)
//! --files GLOBS   which files, separated by commas (default: src/rules/**,src/statute/**)
//! --only TEXTS    only mutants whose name contains one of TEXTS, separated by commas
//! --skip TEXTS    no mutants of files whose path contains one of TEXTS, separated by commas
//! --tier N        1: the tests of the mutant's own module; 2: every quick test that comes by; 3: the slow ones too (default)
//! --jobs N        so many at once (default: 1)
//! --build         build, and stop
//! --keep          do not build: take what is there
//! --again         what an earlier run killed stays dead
//! --rules         silence each rule in turn instead, and list the tests that notice; with --tier 1 or 2 without layouts
//!                 and properties
//! ```
//!
//! It needs `cargo install cargo-mutants`, for the list.

mod rewrite;
mod run;
mod tree;

use run::{Fate, explore, hunt};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tree::{build, check, copy, list};

/// What may fail.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The test binaries in the order in which they are tried; others are left out.
const ORDER: [&str; 10] = [
    "lib",
    "cases",
    "fixtures",
    "incremental",
    "layouts",
    "suppression",
    "hover",
    "registry",
    "generated",
    "properties",
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let project = PathBuf::from(option("--project").unwrap_or_else(|| ".".to_owned()));
    let work = PathBuf::from(option("--work").unwrap_or_else(|| "target/mutants".to_owned()));
    let jobs: usize = option("--jobs").and_then(|jobs| jobs.parse().ok()).unwrap_or(1);
    let only = option("--only");
    let files: Vec<String> = match option("--files") {
        Some(files) => files.split(',').map(str::to_owned).collect(),
        None => vec!["src/rules/**".to_owned(), "src/statute/**".to_owned()],
    };
    fs::create_dir_all(&work)?;
    // cargo and the tests run in the copy, and are told where to write.
    let work = fs::canonicalize(&work)?;
    let (tree, target) = (work.join("tree"), work.join("target"));
    let mutants = list(&project, &files)?;
    println!("{} mutants", mutants.len());

    // Build, leaving out what does not compile.
    let mut refused: BTreeSet<u32> = BTreeSet::new();
    let known = work.join("refused");
    let before = fs::read_to_string(&known).unwrap_or_default();
    let names: BTreeSet<&str> = before.lines().collect();
    refused.extend(mutants.iter().filter(|mutant| names.contains(mutant.key.as_str())).map(|mutant| mutant.id));
    let left = if arguments.iter().any(|argument| argument == "--keep") {
        let apart = fs::read_to_string(work.join("apart"))?;
        let apart: BTreeSet<&str> = apart.lines().collect();
        mutants.iter().filter(|mutant| apart.contains(mutant.key.as_str())).map(|mutant| mutant.id).collect()
    } else {
        loop {
            let left = copy(&project, &tree, &mutants, &refused)?;
            let more = check(&tree, &target)?;
            if more.is_empty() {
                break left;
            }
            println!("{} do not compile behind the switch", more.len());
            refused.extend(more);
            let names: Vec<&str> = mutants.iter().filter(|m| refused.contains(&m.id)).map(|m| m.key.as_str()).collect();
            fs::write(&known, names.join("\n"))?;
        }
    };
    let tests: Vec<&str> = ORDER.into_iter().filter(|name| *name != "lib").collect();
    let binaries = build(&tree, &target, &tests)?;
    let apart: Vec<&str> =
        mutants.iter().filter(|mutant| left.contains(&mutant.id)).map(|mutant| mutant.key.as_str()).collect();
    fs::write(work.join("apart"), apart.join("\n"))?;
    println!("{} cannot stand behind a switch: see {}", left.len(), work.join("apart").display());
    if arguments.iter().any(|argument| argument == "--build") {
        return Ok(());
    }

    let binaries: Vec<_> =
        ORDER.iter().filter_map(|name| binaries.iter().find(|binary| binary.name == *name).cloned()).collect();
    let tree = fs::canonicalize(&tree)?;
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let reach = explore(&binaries, &tree, &work, has("--keep"))?;
    let tier: u32 = option("--tier").and_then(|tier| tier.parse().ok()).unwrap_or(3);
    if arguments.iter().any(|argument| argument == "--rules") {
        return silence_rules(&binaries, tier, &tree, &work);
    }
    // What an earlier run killed stays dead: tests are only added.
    let record = work.join("killed");
    let earlier = fs::read_to_string(&record).unwrap_or_default();
    let dead: BTreeSet<&str> = if arguments.iter().any(|argument| argument == "--again") {
        earlier.lines().collect()
    } else {
        fs::write(&record, "")?;
        BTreeSet::new()
    };
    let mut queue: Vec<&rewrite::Mutant> = mutants
        .iter()
        .filter(|mutant| !left.contains(&mutant.id))
        .filter(|mutant| !dead.contains(mutant.key.as_str()))
        .filter(|mutant| option("--skip").is_none_or(|skip| !skip.split(',').any(|skip| mutant.file.contains(skip))))
        .filter(|mutant| only.as_ref().is_none_or(|only| only.split(',').any(|only| mutant.name.contains(only))))
        .collect();
    // The arithmetic first, what all rules share last.
    queue.sort_by_key(|mutant| {
        let named = |names: &[&str]| names.iter().any(|name| mutant.file.contains(name));
        match () {
            () if named(&["rules/arithmetic", "support/cells", "identities"]) => 0,
            () if named(&["rules/mod.rs", "template_year", "template_hybrid", "table_missing", "row_missing"]) => 3,
            () if named(&["src/statute"]) => 2,
            () => 1,
        }
    });
    let next = Mutex::new(queue.iter());
    let fates: Mutex<BTreeMap<u32, Fate>> = Mutex::default();
    let none = BTreeSet::new();
    std::thread::scope(|scope| {
        for job in 0..jobs {
            let record = &record;
            let (next, fates, reach, none, binaries, tree) = (&next, &fates, &reach, &none, &binaries, &tree);
            let scratch = work.join(format!("job{job}"));
            scope.spawn(move || {
                fs::create_dir_all(&scratch).expect("a folder");
                loop {
                    let Some(mutant) = next.lock().ok().and_then(|mut next| next.next()) else { return };
                    let reach = reach.get(&mutant.id).unwrap_or(none);
                    let fate = hunt(&mutant.id.to_string(), &mutant.file, binaries, reach, tier, tree, &scratch)
                        .expect("the tests to run");
                    let seen = if reach.is_empty() { " (no test comes by)" } else { "" };
                    println!("{}\t{}{seen}", show(&fate), mutant.name);
                    if !matches!(fate, Fate::Survived) {
                        let mut file = fs::OpenOptions::new().append(true).open(&record).expect("the record");
                        writeln!(file, "{}", mutant.key).expect("the record");
                    }
                    if let Ok(mut fates) = fates.lock() {
                        fates.insert(mutant.id, fate);
                    }
                }
            });
        }
    });
    let fates = fates.into_inner()?;
    let count = |which: fn(&Fate) -> bool| fates.values().filter(|fate| which(fate)).count();
    println!(
        "{} killed, {} by running out of time, {} survived",
        count(|fate| matches!(fate, Fate::Killed(_))),
        count(|fate| matches!(fate, Fate::TimedOut(_))),
        count(|fate| matches!(fate, Fate::Survived))
    );
    Ok(())
}

fn show(fate: &Fate) -> String {
    match fate {
        Fate::Killed(by) => format!("killed\t{by}"),
        Fate::TimedOut(by) => format!("timeout\t{by}"),
        Fate::Survived => "SURVIVED\t".to_owned(),
    }
}

/// Silences each rule in turn: which tests notice.
fn silence_rules(binaries: &[tree::Binary], tier: u32, tree: &Path, scratch: &Path) -> Result<()> {
    let list = fs::read_to_string(tree.join("tests/catalogue.txt"))?;
    let codes = list.lines().filter(|line| line.starts_with("GK")).filter_map(|line| line.split_whitespace().next());
    for code in codes {
        for binary in binaries.iter().filter(|binary| tier > 2 || !run::is_slow_binary(binary)) {
            if let Some(failed) = run::silenced(code, binary, tree, scratch)? {
                println!("{code}\t{}\t{failed}", binary.name);
            }
        }
    }
    Ok(())
}
