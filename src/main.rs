//! Passes the arguments to the command line and returns its exit code; nothing else.

use std::process::ExitCode;

/// The server makes many small allocations at each keystroke, which this allocator does faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(gongkai::cli::run(std::env::args_os(), gongkai::lsp::run))
}
