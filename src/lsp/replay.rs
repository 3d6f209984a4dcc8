//! A session in memory: all of what a client sends in, all of what it gets out, without a process or a thread. It is how
//! tests send the server whatever comes to their mind, thousands of times a second.

use super::frames::{End, Frames, Input};
use super::output::Output;
use super::session::lock;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What came of a session.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Every byte that the client got.
    pub output: Vec<u8>,
    /// What the process would end with.
    pub exit_code: i32,
}

/// The bodies of the messages in `input` as they are passed on to tower-lsp.
pub fn messages(input: &[u8]) -> Vec<String> {
    let mut frames = Frames::new(input, Arc::new(End::default()));
    std::iter::from_fn(|| frames.next()).collect()
}

/// The session with a client that sends `input`, closes its end and waits for what the server has to say. What panics where
/// it would end the server panics here.
pub fn replay(input: &[u8]) -> io::Result<Replayed> {
    let end = Arc::new(End::default());
    let (read, sender) = Input::new();
    Frames::new(input, Arc::clone(&end)).send_to(sender);
    let written = Memory::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(super::serve(read, Output::to(Box::new(written.clone())), Duration::MAX));
    let output = std::mem::take(&mut *lock(&written.bytes));
    Ok(Replayed { output, exit_code: end.exit_code() })
}

/// What was written, shared.
#[derive(Clone, Default)]
struct Memory {
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Write for Memory {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        lock(&self.bytes).extend_from_slice(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
