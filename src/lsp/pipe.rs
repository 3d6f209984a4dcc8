//! Room in the pipes between the server and its client.

#[cfg(target_os = "linux")]
use std::os::fd::AsFd;

/// The most that Linux gives anybody who asks.
#[cfg(target_os = "linux")]
const ROOM: usize = 1 << 20;

/// Lets `end`, if it is that of a pipe, hold a megabyte. Otherwise it holds 64 KB, and whoever writes more goes to sleep until
/// the other one has read some of it: three times for the diagnostics of a hundred reports, a hundred and fifty times for a
/// document of ten megabytes. Where that is refused, it stays as it is.
#[cfg(target_os = "linux")]
pub(super) fn widen(end: impl AsFd) {
    let _ = rustix::pipe::fcntl_setpipe_size(end, ROOM);
}

/// No other system can be asked.
#[cfg(not(target_os = "linux"))]
pub(super) fn widen<T>(_: T) {}
