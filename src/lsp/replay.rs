//! A session in memory, without a process or a thread: it takes all messages of a client and returns all messages of
//! the server. Tests use it to run thousands of sessions a second.

use super::frames::{End, Frames};
use super::input::MessageInput;
use super::locks::lock;
use super::message::{Malformed, Message};
use super::output::Output;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tower_lsp::jsonrpc::Id;

/// The result of a session.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Every byte that the server sent.
    pub output: Vec<u8>,
    /// The exit code that the process would have.
    pub exit_code: i32,
}

/// The messages in `input` as the server reads them. A message that cannot be read has the method
/// `$/gongkai/malformed`, and its id if it is a request.
pub fn messages(input: &[u8]) -> Vec<Value> {
    let mut frames = Frames::new(input, Arc::new(End::default()));
    std::iter::from_fn(|| frames.next()).map(|(message, _)| value(message)).collect()
}

fn value(message: Message) -> Value {
    let call = |method: &str, id: Option<Id>, params: Value| match id {
        Some(id) => json!({"jsonrpc": "2.0", "method": method, "id": id, "params": params}),
        None => json!({"jsonrpc": "2.0", "method": method, "params": params}),
    };
    match message {
        Message::Call(read) => match read.read() {
            Ok((read, params)) => call(&read.method, read.id, params),
            Err(malformed) => value(Message::Malformed(malformed)),
        },
        Message::Response(response) => json!(response),
        Message::Malformed(Malformed { problem, id }) => call("$/gongkai/malformed", id, json!({"problem": problem})),
    }
}

/// Runs a session with a client that sends `input`, closes its end and reads the server's messages. A panic that would
/// end the server is a panic here.
pub fn replay(input: &[u8]) -> io::Result<Replayed> {
    let end = Arc::new(End::default());
    let mut read = MessageInput::new(Frames::new(input, Arc::clone(&end)));
    let written = Memory::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(super::serve(&mut read, Output::to(Box::new(written.clone())), Duration::MAX, |_| ()))?;
    let output = std::mem::take(&mut *lock(&written.bytes));
    Ok(Replayed { output, exit_code: end.exit_code() })
}

/// The written bytes, shared.
#[derive(Clone, Default)]
pub(super) struct Memory {
    pub(super) bytes: Arc<Mutex<Vec<u8>>>,
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
