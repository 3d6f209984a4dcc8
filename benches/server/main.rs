//! Measures the server from an editor's side, against a bare tower-lsp server in the same run:
//!
//! ```text
//! cargo bench --bench server -- [--instructions] [--program FILE] [--quick] [--only NAME]… [--json FILE] [--write] [--strict]
//!
//! --instructions  counts instructions instead, for which the machine need not be quiet; valgrind has to be there
//! --program FILE  measures that program instead of this version's
//! --quick          few rounds: to see that it works, not for figures
//! --only NAME      report, megabyte, ten-megabytes, requests, capped, many, line, start or end
//! --json FILE      writes the figures there too
//! --write          writes the table into docs/performance.md
//! --strict         fails if a figure is not reached
//! ```
//!
//! Started as `server echo COUNT` this program is the bare server itself: that of `examples/echo.rs`.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the figures, and what comes next")]

mod client;
mod documents;
#[path = "../../examples/echo.rs"]
#[expect(dead_code, reason = "its main is the example's")]
mod echo;
mod instructions;
mod machine;
mod measure;
mod requests;
mod scenarios;
mod table;

use measure::Bench;
use std::cell::Cell;
use std::path::Path;
use std::process::ExitCode;

/// The argument that makes this program the bare server.
const ECHO: &str = "echo";

/// Between these, `docs/performance.md` has the table.
const BEGIN: &str = "<!-- begin: cargo bench --bench server -- --write -->";
const END: &str = "<!-- end -->";

/// What was asked for.
#[derive(Default)]
struct Options {
    quick: bool,
    instructions: bool,
    program: Option<String>,
    only: Vec<String>,
    json: Option<String>,
    write: bool,
    strict: bool,
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--quick" => options.quick = true,
            "--instructions" => options.instructions = true,
            "--program" => options.program = Some(value()?),
            "--only" => options.only.push(value()?),
            "--json" => options.json = Some(value()?),
            "--write" => options.write = true,
            "--strict" => options.strict = true,
            // From cargo.
            "--bench" => {}
            _ => return Err(format!("{argument} is no option of this")),
        }
    }
    match options.only.iter().find(|name| scenarios::ALL.iter().all(|(other, _)| other != name)) {
        Some(name) => Err(format!("nothing is called {name}: {:?} are", scenarios::ALL.map(|(name, _)| name))),
        None if options.instructions && (options.write || !options.only.is_empty()) => {
            Err("--instructions goes with neither --write nor --only".to_owned())
        }
        None if options.write && !options.only.is_empty() => {
            Err("--write takes all figures, not --only some".to_owned())
        }
        None => Ok(options),
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.peek().is_some_and(|argument| argument == ECHO) {
        let count = arguments.nth(1).and_then(|count| count.parse().ok()).unwrap_or_default();
        return echo::serve(count).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    // As `cargo test --all-targets` starts it: without optimisation, which says nothing.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("nothing is measured: start this with cargo bench --bench server");
        return ExitCode::SUCCESS;
    }
    match options(arguments) {
        Ok(options) => run(&options),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> ExitCode {
    let folder = tempfile::tempdir().unwrap();
    let (rounds, edits) = if options.quick { (3, 20) } else { (9, 100) };
    let program = options.program.as_deref().unwrap_or(env!("CARGO_BIN_EXE_gongkai")).into();
    let bench = Bench { folder: folder.path().to_owned(), rounds, edits, program, thrown: Cell::default() };
    let documents = documents::Documents::new();
    if options.instructions {
        println!("{}", table::plain(&instructions::rows(&bench, &documents)));
        return ExitCode::SUCCESS;
    }
    let mut rows = Vec::new();
    for (name, scenario) in scenarios::ALL {
        if options.only.is_empty() || options.only.iter().any(|only| only == name) {
            eprintln!("measuring {name} …");
            rows.extend(scenario(&bench, &documents));
        }
    }
    let (thrown, all) = bench.thrown.get();
    let missed = rows.iter().filter(|row| row.reached() == Some(false)).count();
    let notes = vec![
        format!("Measured {}.", machine::description()),
        format!("{all} rounds, {thrown} of them thrown away because time was stolen from the machine."),
        format!("{missed} figures not reached."),
    ];
    println!("{}\n{}", table::plain(&rows), notes.join("\n"));
    if let Some(file) = &options.json {
        std::fs::write(file, table::as_json(&rows, &notes).to_string()).unwrap();
    }
    if options.write {
        write(&format!("\n{}\n{}\n", table::markdown(&rows), notes.join("\n")));
    }
    if options.strict && missed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Puts `figures` into their place in `docs/performance.md`.
fn write(figures: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    std::fs::write(&path, format!("{before}{BEGIN}\n{figures}\n{END}{after}")).unwrap();
}
