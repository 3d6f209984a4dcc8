//! Tests run against one mutant at a time.

use crate::Result;
use crate::tree::Binary;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Which tests come by each mutant: the binary's index and the test's name.
pub type Reach = BTreeMap<u32, BTreeSet<(usize, String)>>;

/// Tests that try out so much that they come last.
const SLOW: [&str; 4] =
    ["as_by_trying_all", "forced_blanks_are_what_stood_there", "a_consistent_table_has_no_contradiction", "cli::"];
/// Test binaries that try out so much that they come last, and are not asked which mutants they come by.
const SLOW_BINARIES: [&str; 2] = ["layouts", "properties"];

fn is_slow(test: &str) -> bool {
    SLOW.iter().any(|slow| test.contains(slow))
}

/// Whether `binary` is one of those that come last.
pub fn is_slow_binary(binary: &Binary) -> bool {
    SLOW_BINARIES.contains(&binary.name.as_str())
}

/// Runs every binary once without a mutant: which tests pass by which mutants.
pub fn explore(binaries: &[Binary], tree: &Path, scratch: &Path, keep: bool) -> Result<Reach> {
    let mut reach = Reach::new();
    for (index, binary) in binaries.iter().enumerate() {
        if is_slow_binary(binary) {
            continue;
        }
        let seen = scratch.join(format!("seen-{}", binary.name));
        if !keep || !seen.is_file() {
            let _ = fs::remove_file(&seen);
            // Two threads: with one, libtest runs the tests on the main thread, which has no test's name.
            let mut arguments = vec!["--test-threads=2"];
            arguments.extend(SLOW.iter().flat_map(|slow| ["--skip", slow]));
            let mut command = command(binary, tree, "0", &arguments);
            command.env("GONGKAI_MUTANTS_SEEN", &seen);
            let (outcome, time) = run(command, Duration::from_secs(900), scratch)?;
            if outcome != Outcome::Passed {
                let output = fs::read_to_string(scratch.join("output")).unwrap_or_default();
                let _ = fs::remove_file(&seen);
                return Err(format!("{} fails without a mutant\n{output}", binary.name).into());
            }
            eprintln!("{}: {:.1} s", binary.name, time.as_secs_f64());
        }
        for line in fs::read_to_string(&seen).unwrap_or_default().lines() {
            let Some((test, id)) = line.split_once('\t') else { continue };
            if let Ok(id) = id.parse() {
                reach.entry(id).or_default().insert((index, test.to_owned()));
            }
        }
    }
    Ok(reach)
}

fn command(binary: &Binary, tree: &Path, which: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(&binary.path);
    command.args(arguments).current_dir(tree).env("GONGKAI_MUTANT", which).env("CARGO_MANIFEST_DIR", tree);
    command.env("INSTA_UPDATE", "no").env("INSTA_WORKSPACE_ROOT", tree);
    // The same made-up inputs for every mutant.
    command.env("PROPTEST_RNG_SEED", "2021").env("RUST_BACKTRACE", "0");
    command
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Passed,
    Failed,
    TimedOut,
}

fn run(mut command: Command, limit: Duration, scratch: &Path) -> Result<(Outcome, Duration)> {
    let output = File::create(scratch.join("output"))?;
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stderr(output.try_clone()?).stdout(output).spawn()?;
    loop {
        if let Some(status) = child.try_wait()? {
            let outcome = if status.success() { Outcome::Passed } else { Outcome::Failed };
            return Ok((outcome, start.elapsed()));
        }
        // What counts is the time that it computed: the machine may be busy, or the process be stopped for a while.
        if start.elapsed() > limit && computed(child.id()).is_none_or(|time| time > limit) {
            child.kill()?;
            child.wait()?;
            return Ok((Outcome::TimedOut, start.elapsed()));
        }
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// How long the process `id` has computed, where the system tells.
fn computed(id: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Behind the name, which may hold anything: the state is field 3, the times are fields 14 and 15, in hundredths of a second.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// What became of a mutant.
#[derive(Clone, Debug)]
pub enum Fate {
    /// By this test, or all that failed.
    Killed(String),
    TimedOut(String),
    Survived,
}

/// The first test that fails with the mutant on.
fn failed(scratch: &Path) -> String {
    let output = fs::read_to_string(scratch.join("output")).unwrap_or_default();
    let failed = output.lines().filter(|line| line.starts_with("test ") && line.ends_with("FAILED"));
    let names: Vec<&str> = failed.filter_map(|line| line.split_whitespace().nth(1)).collect();
    if names.is_empty() { "(no test named)".to_owned() } else { names.join(" ") }
}

/// Runs the tests with the mutant `which` on, the likeliest to fail and the quickest first.
pub fn hunt(
    which: &str,
    file: &str,
    binaries: &[Binary],
    reach: &BTreeSet<(usize, String)>,
    tier: u32,
    tree: &Path,
    scratch: &Path,
) -> Result<Fate> {
    let attempt = |binary: &Binary, arguments: &[&str], limit: u64| {
        let mut all = vec!["--test-threads=1"];
        all.extend(arguments);
        let limit = Duration::from_secs(limit);
        Ok::<_, Box<dyn std::error::Error>>(match run(command(binary, tree, which, &all), limit, scratch)?.0 {
            Outcome::Passed => None,
            Outcome::Failed => Some(Fate::Killed(format!("{}: {}", binary.name, failed(scratch)))),
            Outcome::TimedOut => Some(Fate::TimedOut(binary.name.clone())),
        })
    };
    let module = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    let statute = file.starts_with("src/statute");
    for (index, binary) in binaries.iter().enumerate() {
        if is_slow_binary(binary) {
            continue;
        }
        let tests = reach.iter().filter(|(at, test)| *at == index && !is_slow(test)).map(|(_, test)| test.as_str());
        let (own, others): (Vec<&str>, Vec<&str>) = tests.partition(|test| test.starts_with(&format!("{module}::")));
        if tier == 1 {
            if !own.is_empty() {
                let mut arguments = vec!["--exact"];
                arguments.extend(&own);
                if let Some(fate) = attempt(binary, &arguments, 20)? {
                    return Ok(fate);
                }
            }
            continue;
        }
        let nameless = others.iter().any(|test| !test.contains("::") && binary.name == "lib");
        if nameless {
            if let Some(fate) = attempt(binary, &["--skip", "cli::", "--skip", "localise::tests"], 30)? {
                return Ok(fate);
            }
            continue;
        }
        let mut chunks: Vec<&[&str]> = vec![&own];
        chunks.extend(others.chunks(40));
        for chunk in chunks.into_iter().filter(|chunk| !chunk.is_empty()) {
            let mut arguments = vec!["--exact"];
            arguments.extend(chunk);
            if let Some(fate) = attempt(binary, &arguments, 20)? {
                return Ok(fate);
            }
        }
    }
    let slow = tier > 2;
    // What is worked out once for all tests is reached by the first of them only: any may be the one that fails.
    let once = (0..binaries.len()).any(|index| reach.iter().filter(|(at, _)| *at == index).count() == 1);
    if tier > 1 && once {
        for binary in binaries.iter().filter(|binary| !is_slow_binary(binary)) {
            let skips: Vec<&str> = SLOW.iter().flat_map(|slow| ["--skip", *slow]).collect();
            if let Some(fate) = attempt(binary, &skips, 30)? {
                return Ok(fate);
            }
        }
    }
    if slow && !reach.is_empty() {
        if let Some(lib) = binaries.iter().find(|binary| binary.name == "lib")
            && (module.ends_with("localise") || statute)
            && let Some(fate) = attempt(lib, &["rules::arithmetic::error_localization::tests"], 120)?
        {
            return Ok(fate);
        }
        for binary in binaries.iter().filter(|binary| is_slow_binary(binary)) {
            if let Some(fate) = attempt(binary, &[], 240)? {
                return Ok(fate);
            }
        }
    }
    Ok(Fate::Survived)
}

/// The tests of `binary` that fail with the rule `code` silenced.
pub fn silenced(code: &str, binary: &Binary, tree: &Path, scratch: &Path) -> Result<Option<String>> {
    let arguments = ["--test-threads=1", "--skip", "cli::", "--skip", "localise::tests"];
    let (outcome, _) = run(command(binary, tree, code, &arguments), Duration::from_secs(120), scratch)?;
    Ok((outcome != Outcome::Passed).then(|| failed(scratch)))
}
