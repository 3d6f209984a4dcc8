//! Ends the session when the process that started the server is gone, although stdin stays open.
//!
//! If another child of the editor inherited the pipe, stdin stays open after the editor has died.

use std::time::Duration;

/// How often the thread checks the process.
const INTERVAL: Duration = Duration::from_secs(10);

/// Ends this process when process `pid` is gone: there is nothing to save. Does nothing if it cannot see that process
/// now, for example from within a container.
///
/// It runs on a thread of its own, because the serving thread may be blocked in a write to a pipe that some process
/// holds open without reading.
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

/// When process `pid` was started, in ticks since the machine started. Process ids are reused, but an id together with
/// its start time is unique. `None` if there is no such process, or if it is a zombie.
///
/// Only on Linux. On Windows the pipe ends with the editor, and elsewhere there is no safe way to find out.
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
