//! The editor's end of a server process: bytes out, frames in, and when each was complete.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Whatever is waited for, it is not waited for any longer.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A server process and the pipes to it.
pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    frames: Receiver<Frame>,
    /// Just before the process was started.
    pub(crate) started: Instant,
}

/// A message as it came.
struct Frame {
    /// When its last byte was there.
    at: Instant,
    body: Vec<u8>,
}

/// `message` with its header.
pub(crate) fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A notification with its header.
pub(crate) fn notification(method: &str, params: Value) -> Vec<u8> {
    frame(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
}

/// A request with its header.
pub(crate) fn request(id: i64, method: &str, params: Value) -> Vec<u8> {
    let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
    if !params.is_null() {
        message["params"] = params;
    }
    frame(&message)
}

/// The body of the next frame; `None` when there is no more.
fn body(stdout: &mut BufReader<ChildStdout>) -> Option<Vec<u8>> {
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        } else if line.trim().is_empty() {
            let mut body = vec![0; length];
            stdout.read_exact(&mut body).ok()?;
            return Some(body);
        }
    }
}

impl Client {
    /// Starts `program`, which is sent nothing yet. It runs in `folder`, where no configuration is found.
    pub(crate) fn spawn(program: &Path, arguments: &[String], folder: &Path) -> Client {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let started = Instant::now();
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::with_capacity(1 << 16, child.stdout.take().unwrap());
        let (sender, frames) = channel();
        std::thread::spawn(move || {
            while let Some(body) = body(&mut stdout) {
                if sender.send(Frame { at: Instant::now(), body }).is_err() {
                    return;
                }
            }
        });
        Client { stdin: child.stdin.take(), child, frames, started }
    }

    /// Shakes hands as an editor that is pushed diagnostics; gives when `initialize` was answered.
    pub(crate) fn initialize(&mut self) -> Instant {
        let published = json!({"relatedInformation": true, "versionSupport": true});
        self.initialize_as(json!({"publishDiagnostics": published}))
    }

    /// The same, as an editor with these capabilities of a text document.
    pub(crate) fn initialize_as(&mut self, text_document: Value) -> Instant {
        let capabilities = json!({"general": {"positionEncodings": ["utf-16"]}, "textDocument": text_document});
        self.write(&request(
            0,
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": capabilities}),
        ));
        let answered = self.wait("an answer to initialize", |message| message["id"] == 0);
        self.write(&notification("initialized", json!({})));
        answered
    }

    /// Writes `bytes`; gives when that began.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Instant {
        let begun = Instant::now();
        self.stdin.as_mut().unwrap().write_all(bytes).unwrap();
        begun
    }

    /// When the last byte of the first message came that is `wanted`; those before it are dropped.
    pub(crate) fn wait(&mut self, what: &str, mut wanted: impl FnMut(&Value) -> bool) -> Instant {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            match self.frames.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(frame) => {
                    if serde_json::from_slice(&frame.body).is_ok_and(|message| wanted(&message)) {
                        return frame.at;
                    }
                }
                Err(RecvTimeoutError::Timeout) => panic!("no {what} in {TIMEOUT:?}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended before {what}"),
            }
        }
    }

    /// The answer to the request `id`, and when its last byte came.
    pub(crate) fn answer(&mut self, id: i64) -> (Instant, Value) {
        let mut answer = Value::Null;
        let at = self.wait("an answer", |message| {
            let is_it = message["id"] == id;
            if is_it {
                answer = message["result"].clone();
                assert!(message["error"].is_null(), "{}", message["error"]);
            }
            is_it
        });
        (at, answer)
    }

    /// When the diagnostics of `version` came.
    pub(crate) fn diagnostics(&mut self, version: i64) -> Instant {
        self.wait("diagnostics", |message| message["params"]["version"] == version)
    }

    /// Waits until nothing came for `quiet`. Gives when the last message came and how many diagnostics it had, if one
    /// came.
    pub(crate) fn settle(&mut self, quiet: Duration) -> Option<(Instant, usize)> {
        let mut last = None;
        while let Ok(frame) = self.frames.recv_timeout(quiet) {
            last = Some(frame);
        }
        let last = last?;
        let message: Value = serde_json::from_slice(&last.body).unwrap();
        Some((last.at, message["params"]["diagnostics"].as_array().map_or(0, Vec::len)))
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks for `shutdown` and gets its answer.
    pub(crate) fn shutdown(&mut self) {
        self.write(&request(1, "shutdown", Value::Null));
        self.wait("an answer to shutdown", |message| message["id"] == 1);
    }

    /// Says `exit`, and leaves stdin open; gives how long the process lived on.
    pub(crate) fn exit(mut self) -> Duration {
        let begun = self.write(&notification("exit", Value::Null));
        self.child.wait().unwrap();
        begun.elapsed()
    }

    /// Closes stdin; gives how long the process lived on.
    pub(crate) fn close(mut self) -> Duration {
        let begun = Instant::now();
        drop(self.stdin.take());
        self.child.wait().unwrap();
        begun.elapsed()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Gone already, or about to be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
