//! What stands between tower-lsp and stdout: whole messages, those of tower-lsp and those that the server serialises
//! itself, each in one write, straight from the thread that serves.
//!
//! tower-lsp turns a notification into a tree of JSON values before it turns that into text; diagnostics go past it.
//! A client that does not read holds the server up in a write, as it should. Its messages are read all the same, by
//! the other thread, so that neither waits for the other for ever, and so are `exit` and the end of the input.

use super::session::lock;
use serde::Serialize;
use std::borrow::Cow;
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
        self.write(message.frame.get(message.start..).unwrap_or_default())
    }
}

/// A message with its header, ready to be written.
pub(super) struct Message {
    frame: Vec<u8>,
    /// Where the header starts.
    start: usize,
}

impl Message {
    /// A notification.
    pub(super) fn notification(method: &str, params: &impl Serialize) -> io::Result<Message> {
        Message::written(|json| Ok(serde_json::to_writer(json, &Notification { jsonrpc: "2.0", method, params })?))
    }

    /// What `write` writes.
    pub(super) fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<Message> {
        // Room for a header, which tells how long the body is.
        let mut frame = vec![b' '; ROOM];
        write(&mut frame)?;
        let header = format!("Content-Length: {}\r\n\r\n", frame.len() - ROOM);
        let start = ROOM.saturating_sub(header.len());
        if let Some(room) = frame.get_mut(start..ROOM) {
            room.copy_from_slice(header.as_bytes());
        }
        Ok(Message { frame, start })
    }
}

/// Enough for a header with any length.
const ROOM: usize = 48;

/// What tower-lsp puts between the method of a request without parameters and its id. JSON-RPC knows no such parameters.
const NULL_PARAMS: &[u8] = b",\"params\":null,\"id\":";

/// `frames`, whole messages, with no `"params": null` in any request of the server's own. Looks at the start of each
/// message only.
fn without_null_params(frames: &[u8]) -> Cow<'_, [u8]> {
    let mut mended: Vec<u8> = Vec::new();
    let mut rest = frames;
    while let Some((head, body, behind)) = cut(rest) {
        let frame = rest.get(..head.len() + body.len()).unwrap_or_default();
        match (bare_request(body), mended.is_empty()) {
            (Some(body), first) => {
                if first {
                    mended.extend_from_slice(frames.get(..frames.len() - rest.len()).unwrap_or_default());
                }
                mended.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
                mended.extend_from_slice(&body);
            }
            (None, true) => {}
            (None, false) => mended.extend_from_slice(frame),
        }
        rest = behind;
    }
    if mended.is_empty() {
        return Cow::Borrowed(frames);
    }
    mended.extend_from_slice(rest);
    Cow::Owned(mended)
}

/// The header and the body of the first of `frames`, and what is behind it; `None` at the end.
fn cut(frames: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let end = frames.windows(4).take(64).position(|bytes| bytes == b"\r\n\r\n")?;
    let (head, rest) = frames.split_at_checked(end + 4)?;
    let length = std::str::from_utf8(head).ok()?.trim().strip_prefix("Content-Length: ")?.parse().ok()?;
    let (body, behind) = rest.split_at_checked(length)?;
    Some((head, body, behind))
}

/// `body` without its `"params": null`, if it is a request that has it.
fn bare_request(body: &[u8]) -> Option<Vec<u8>> {
    let method = body.strip_prefix(b"{\"jsonrpc\":\"2.0\",\"method\":\"")?;
    // A method holds no quote, so what stands behind the one that ends it is not inside of any value.
    let (_, behind) = method.split_at_checked(method.iter().position(|byte| *byte == b'"')? + 1)?;
    let id = behind.strip_prefix(NULL_PARAMS)?;
    let method = body.get(..body.len() - behind.len())?;
    Some([method, b",\"id\":", id].concat())
}

impl AsyncWrite for Output {
    /// Takes everything at once. tower-lsp offers whole messages, so what goes past it never lands inside of one.
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.write(&without_null_params(buf)).map(|()| buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::without_null_params;

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn a_request_without_parameters_has_none_and_all_else_stays() {
        let request = r#"{"jsonrpc":"2.0","method":"workspace/diagnostic/refresh","params":null,"id":2}"#;
        let answer =
            r#"{"jsonrpc":"2.0","result":{"x":{"params":null,"id":1},"表":",\"params\":null,\"id\":"},"id":1}"#;
        let told = r#"{"jsonrpc":"2.0","method":"x","params":[{"method":"y","params":null,"id":1}]}"#;
        let frames = [answer, request, told, request].map(frame).concat();
        let bare = r#"{"jsonrpc":"2.0","method":"workspace/diagnostic/refresh","id":2}"#;
        let expected = [answer, bare, told, bare].map(frame).concat();
        assert_eq!(String::from_utf8(without_null_params(frames.as_bytes()).into_owned()).unwrap(), expected);
        for other in [frame(answer), frame(request)[..40].to_owned(), format!("x{}", frame(request))] {
            assert_eq!(without_null_params(other.as_bytes()), other.as_bytes());
        }
    }
}
