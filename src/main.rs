//! Hands the arguments to the command line and its verdict to the system; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    gongkai::cli::run(std::env::args_os(), gongkai::lsp::run)
}
