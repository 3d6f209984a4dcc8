//! What the server says where no client can hear it.

use std::io::Write;

/// A line on stderr, for as long as there is nobody else to tell.
pub(super) fn print_error(line: &str) {
    // Nothing can be done about a stderr that is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}
