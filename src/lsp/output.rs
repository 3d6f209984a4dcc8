//! What stands between tower-lsp and stdout: a thread that writes whole messages, those of tower-lsp and those that the
//! server serialises itself.
//!
//! tower-lsp turns a notification into a tree of JSON values before it turns that into text, which for the diagnostics
//! of one report takes longer than finding them. They go past it, straight into the same queue.

use serde::Serialize;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, ready};
use tokio::io::AsyncWrite;
use tokio::sync::oneshot;

/// Whole messages, and whom to tell when they are written.
struct Chunk {
    bytes: Vec<u8>,
    written: oneshot::Sender<()>,
}

/// The way to stdout.
#[derive(Clone)]
pub(super) struct Outlet {
    chunks: Sender<Chunk>,
}

/// What tower-lsp writes to.
pub(super) struct Output {
    outlet: Outlet,
    /// Of the newest chunk; when it is written, all before it are.
    writing: Option<oneshot::Receiver<()>>,
}

/// A notification as JSON-RPC has it.
#[derive(Serialize)]
struct Notification<'a, P> {
    jsonrpc: &'static str,
    method: &'a str,
    params: &'a P,
}

/// Starts the thread that writes.
pub(super) fn start() -> io::Result<Output> {
    let (chunks, queue) = channel();
    std::thread::Builder::new().name("stdout".to_owned()).spawn(move || write(stdout(), &queue))?;
    Ok(Output { outlet: Outlet { chunks }, writing: None })
}

/// Standard output without the line buffer of `std`, which would tear header and body apart into two writes.
#[cfg(unix)]
fn stdout() -> Box<dyn Write> {
    use std::os::fd::AsFd;
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(stdout) => Box::new(std::fs::File::from(stdout)),
        Err(_) => Box::new(io::stdout()),
    }
}

#[cfg(not(unix))]
fn stdout() -> Box<dyn Write> {
    Box::new(io::stdout())
}

/// Writes what comes, until nobody listens any more; whoever waits then is told by the dropped queue.
fn write(mut stdout: Box<dyn Write>, queue: &Receiver<Chunk>) {
    while let Ok(Chunk { bytes, written }) = queue.recv() {
        if stdout.write_all(&bytes).and_then(|()| stdout.flush()).is_err() {
            return;
        }
        // Whether anybody waited does not matter.
        let _ = written.send(());
    }
}

fn gone() -> io::Error {
    io::ErrorKind::BrokenPipe.into()
}

impl Outlet {
    fn put(&self, bytes: Vec<u8>) -> io::Result<oneshot::Receiver<()>> {
        let (written, writing) = oneshot::channel();
        self.chunks.send(Chunk { bytes, written }).map_err(|_| gone())?;
        Ok(writing)
    }

    /// Sends a notification, and waits until it is written: who sends no faster than the client reads never queues up.
    pub(super) async fn notify(&self, method: &str, params: &impl Serialize) -> io::Result<()> {
        let body = serde_json::to_vec(&Notification { jsonrpc: "2.0", method, params })?;
        let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        frame.extend_from_slice(&body);
        self.put(frame)?.await.map_err(|_| gone())
    }
}

impl Output {
    /// The way past tower-lsp.
    pub(super) fn outlet(&self) -> Outlet {
        self.outlet.clone()
    }
}

impl AsyncWrite for Output {
    /// Takes everything at once. tower-lsp offers whole messages, so what goes past it never lands inside of one.
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.writing = Some(self.outlet.put(buf.to_vec())?);
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Some(writing) = &mut self.writing {
            let written = ready!(Pin::new(writing).poll(cx));
            self.writing = None;
            written.map_err(|_| gone())?;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}
