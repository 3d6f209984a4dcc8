//! Messages of the server while there is no client to receive them.

use std::io::Write;

/// Prints a line on stderr.
pub(super) fn print_error(line: &str) {
    // A closed stderr is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}
