//! Ends the session when the process that started the server is gone, although stdin stays open.
//!
//! A pipe that some other child of the editor inherited keeps stdin open after the editor died.

use std::time::Duration;

/// How often is looked.
const INTERVAL: Duration = Duration::from_secs(10);

/// Ends this process when process `pid` is gone: there is nothing to be saved. Does nothing if that cannot be seen now, as
/// from within a container.
///
/// A thread of its own, because the one that serves may be in a write to a pipe that nobody reads any more and
/// somebody still holds.
pub(super) fn watch(pid: u64) {
    let Some(birth) = birth(pid) else { return };
    let watching = std::thread::Builder::new().name("parent".to_owned()).spawn(move || {
        while self::birth(pid) == Some(birth) {
            std::thread::sleep(INTERVAL);
        }
        std::process::exit(1);
    });
    if watching.is_err() {
        super::stderr::print_error("gongkai: 无法启动线程 / cannot start a thread");
    }
}

/// When process `pid` was started, in ticks since the machine was: a process id is used again, the two together are
/// not. `None` if there is no such process, or it is dead and only waits to be collected.
///
/// Known on Linux only. On Windows the pipe ends with the editor, and elsewhere there is no safe way to ask.
fn birth(pid: u64) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the name in brackets, which may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let state = fields.next()?;
    if matches!(state, "Z" | "X") {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    #[cfg(target_os = "linux")]
    fn a_living_process_has_a_birth_and_a_dead_one_has_none() {
        use super::{Duration, birth};
        assert_eq!(birth(std::process::id().into()), birth(std::process::id().into()));
        assert!(birth(std::process::id().into()).is_some());
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let pid = child.id().into();
        let deadline = std::time::Instant::now() + Duration::from_secs(10);
        while birth(pid).is_some() {
            assert!(std::time::Instant::now() < deadline, "a child that ended, not yet collected, counts as gone");
            std::thread::sleep(Duration::from_millis(5));
        }
        child.wait().unwrap();
        assert_eq!(birth(pid), None);
    }
}
