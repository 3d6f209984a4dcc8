//! The command line: `check`, `review`, `extract`, `rollup`, `compare`, `new`, `rule`, `completions`, `man`,
//! and the way to `server`.
//!
//! It reads files, calls [`crate::analysis`] and prints the results. It does no checks itself, and knows nothing of
//! LSP.

mod apply_fixes;
mod arguments;
mod baseline;
mod check;
mod checked;
mod compare;
mod completions;
mod configuration;
mod convert;
mod extract;
mod files;
mod help;
mod interrupt;
mod manual;
mod new;
mod on_disk;
mod output;
mod parallel;
mod parquet;
mod progress;
mod replace;
mod review;
mod rollup;
mod root;
mod rule;
mod summary;
mod surroundings;
mod terminal;

use arguments::Command;
use std::ffi::OsString;

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// No finding at or above `--fail-on`.
    Clean,
    /// A finding at or above `--fail-on`.
    Findings,
    /// Wrong usage, unreadable input or a failed write.
    Trouble,
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> u8 {
        match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Trouble => 2,
        }
    }
}

/// Runs the command in `arguments`, whose first element is the program's name. `server` runs the language server and
/// returns its exit code. It is a parameter because the command line knows nothing of LSP.
pub fn run(arguments: impl IntoIterator<Item = OsString>, server: impl FnOnce() -> i32) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let serve = || u8::try_from(server()).unwrap_or(2);
    // An editor waits for `gongkai server`, so it starts without the parser.
    if let [_, command] = arguments.as_slice()
        && command == "server"
    {
        return serve();
    }
    let spoken = help::language_asked_for(&arguments).unwrap_or_else(terminal::language_of_environment);
    match completions::answer(&arguments, spoken) {
        Ok(false) => {}
        Ok(true) => return Exit::Clean.into(),
        Err(error) => {
            terminal::print_error(spoken, &format!("{error:#}"));
            return Exit::Trouble.into();
        }
    }
    let arguments = match help::parse(arguments, spoken) {
        Ok(arguments) => arguments,
        // `--help` and `--version` end here too, with exit code 0.
        Err(code) => return code,
    };
    let language = arguments.lang.map_or(spoken, Into::into);
    let done = match arguments.command {
        Command::Check(check) => check::check(&check, arguments.lang.map(Into::into)),
        Command::Review(review) => review::review(&review, arguments.lang.map(Into::into)),
        Command::Extract(extract) => extract::extract(&extract, arguments.lang.map(Into::into)),
        Command::Rollup(rollup) => rollup::rollup(&rollup, arguments.lang.map(Into::into)),
        Command::Compare(compare) => compare::compare(&compare, language),
        Command::New(new) => new::new(&new, language),
        Command::Convert(arguments) => convert::convert(&arguments, language),
        Command::Rule(rule) => rule::rule(&rule, language),
        Command::Completions { shell } => {
            completions::script(shell).and_then(|script| terminal::print(&script)).map(|()| Exit::Clean)
        }
        Command::Man(manual) => manual::manual(&manual, language),
        Command::Server { stdio: _ } => return serve(),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) => {
            terminal::print_error(language, &format!("{error:#}"));
            Exit::Trouble.into()
        }
    }
}
