//! Ctrl-C while files are written: the current file is finished, and no other is begun.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The state of all threads.
struct InterruptState {
    /// How many files are being written.
    writing: usize,
    /// Whether the program is about to end.
    ending: bool,
}

static STATE: Mutex<InterruptState> = Mutex::new(InterruptState { writing: 0, ending: false });
static CHANGED: Condvar = Condvar::new();

fn state() -> MutexGuard<'static, InterruptState> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A guard: a file is being written as long as it lives.
pub(super) struct Writing(());

impl Writing {
    /// Begins to write a file. Does not return if the program is about to end.
    pub(super) fn begin() -> Writing {
        let mut state = state();
        while state.ending {
            state = CHANGED.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.writing += 1;
        Writing(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        state().writing -= 1;
        CHANGED.notify_all();
    }
}

/// From now on, signals that would end the program at once (SIGINT, SIGTERM, SIGHUP) end it after the files that are
/// being written are finished, with the same exit status.
#[cfg(unix)]
pub(super) fn finish_what_is_begun() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    let watched = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(*signal));
    // Without the thread, signals end the program at once, as they do by default.
    let Ok(mut signals) = Signals::new(watched) else { return };
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in &mut signals {
            stop_writing();
            let _ = emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
pub(super) fn finish_what_is_begun() {}

/// Waits until no file is being written, and lets no other be begun. The wait is limited, because a disk may not
/// answer.
#[cfg(unix)]
fn stop_writing() {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);
    let mut state = state();
    state.ending = true;
    let _ = CHANGED.wait_timeout_while(state, PATIENCE, |state| state.writing > 0);
}

/// Whether the program was started to ignore `signal`, as with `nohup`.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    mask & 1 << (signal - 1) != 0
}
