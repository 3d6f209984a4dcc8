//! Enlarges the pipes between the server and its client.

#[cfg(target_os = "linux")]
use std::os::fd::AsFd;

/// The largest size that Linux allows an unprivileged process.
#[cfg(target_os = "linux")]
const ROOM: usize = 1 << 20;

/// Enlarges the buffer of `end`, if it is a pipe, to a megabyte. The default is 64 KB, and a process that writes more
/// sleeps until the other side has read some of it: three times for the diagnostics of a hundred reports, a hundred and
/// fifty times for a document of ten megabytes. If the system refuses, the pipe keeps its size.
#[cfg(target_os = "linux")]
pub(super) fn widen(end: impl AsFd) {
    let _ = rustix::pipe::fcntl_setpipe_size(end, ROOM);
}

/// Other systems have no such call.
#[cfg(not(target_os = "linux"))]
pub(super) fn widen<T>(_: T) {}
