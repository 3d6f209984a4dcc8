//! Hands the arguments to the command line and its verdict to the system; nothing else.

use std::process::ExitCode;

/// The server answers each keystroke with many small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gongkai::cli::run(std::env::args_os(), gongkai::lsp::run)
}
