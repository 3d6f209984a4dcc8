//! What stands between tower-lsp and stdout: whole messages, those of tower-lsp and those that the server serialises
//! itself, each in one write, straight from the thread that serves.
//!
//! tower-lsp turns a notification into a tree of JSON values before it turns that into text; diagnostics go past it.
//! A client that does not read holds the server up in a write, as it should. Its messages are read all the same, by
//! the other thread, so that neither waits for the other for ever, and so are `exit` and the end of the input.

use super::session::lock;
use serde::Serialize;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use tokio::io::AsyncWrite;

/// The way to stdout.
#[derive(Clone)]
pub(super) struct Output {
    stdout: Arc<Mutex<Box<dyn Write + Send>>>,
}

/// A notification as JSON-RPC has it.
#[derive(Serialize)]
struct Notification<'a, P> {
    jsonrpc: &'static str,
    method: &'a str,
    params: &'a P,
}

/// Standard output without the line buffer of `std`, which would tear header and body apart into two writes.
#[cfg(unix)]
fn stdout() -> Box<dyn Write + Send> {
    use std::os::fd::AsFd;
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(stdout) => Box::new(std::fs::File::from(stdout)),
        Err(_) => Box::new(io::stdout()),
    }
}

#[cfg(not(unix))]
fn stdout() -> Box<dyn Write + Send> {
    Box::new(io::stdout())
}

impl Output {
    pub(super) fn new() -> Output {
        Output::to(stdout())
    }

    /// To something else than stdout.
    pub(super) fn to(writer: Box<dyn Write + Send>) -> Output {
        Output { stdout: Arc::new(Mutex::new(writer)) }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut stdout = lock(&self.stdout);
        stdout.write_all(bytes)?;
        stdout.flush()
    }

    /// Sends `message`.
    pub(super) fn send(&self, message: &Message) -> io::Result<()> {
        self.write(&message.0)
    }
}

/// A message with its header, ready to be written.
pub(super) struct Message(Vec<u8>);

impl Message {
    /// A notification.
    pub(super) fn notification(method: &str, params: &impl Serialize) -> io::Result<Message> {
        let body = serde_json::to_vec(&Notification { jsonrpc: "2.0", method, params })?;
        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        frame.extend_from_slice(&body);
        Ok(Message(frame))
    }
}

impl AsyncWrite for Output {
    /// Takes everything at once. tower-lsp offers whole messages, so what goes past it never lands inside of one.
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.write(buf).map(|()| buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
