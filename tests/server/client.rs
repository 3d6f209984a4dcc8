//! A small synchronous client. Every wait has a limit.
#![allow(dead_code, reason = "each test binary that includes this uses a part of it")]

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Long enough for a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

pub(crate) const URI: &str = "file:///tmp/report.md";

/// The client of a server process.
pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Messages from the server that no test has read yet.
    inbox: VecDeque<Value>,
    next_id: i64,
}

/// The program under test. `GONGKAI_TEST_SERVER` names another build of it, for tests that need none of the requests
/// that only a debug build answers.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("GONGKAI_TEST_SERVER").map_or_else(|| env!("CARGO_BIN_EXE_gongkai").into(), PathBuf::from)
}

impl Client {
    /// A server before its first message.
    pub(crate) fn spawn() -> Client {
        let (open, gate) = channel();
        drop(open);
        Client::spawn_reading_after(gate)
    }

    /// The same; its output is not read until the other end of `gate` sends or is dropped.
    pub(crate) fn spawn_reading_after(gate: Receiver<()>) -> Client {
        Client::spawn_as(Command::new(program()), gate)
    }

    /// A server of a user whose home folder is `home`, after the handshake with `params`.
    pub(crate) fn start_at_home(home: &Path, params: Value) -> Client {
        let (open, gate) = channel();
        drop(open);
        let mut command = Command::new(program());
        command.env("HOME", home);
        let mut client = Client::spawn_as(command, gate);
        client.call("initialize", params);
        client.notify("initialized", json!({}));
        client
    }

    fn spawn_as(mut command: Command, gate: Receiver<()>) -> Client {
        let mut child =
            command.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let _ = gate.recv();
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client { stdin: child.stdin.take(), child, messages, inbox: VecDeque::new(), next_id: 0 }
    }

    /// A server after the handshake with a client of `capabilities`.
    pub(crate) fn start(capabilities: Value) -> Client {
        Client::start_with(json!({"processId": null, "capabilities": capabilities})).0
    }

    /// The same with all parameters of `initialize`; also returns its result.
    pub(crate) fn start_with(params: Value) -> (Client, Value) {
        let mut client = Client::spawn();
        let result = client.call("initialize", params);
        client.notify("initialized", json!({}));
        (client, result)
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        // The next wait for an answer detects that the server is gone.
        let _ = self.stdin.as_mut().unwrap().write_all(bytes);
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.raw(&frame(&message.to_string()));
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and returns its id.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        if message["params"].is_null() {
            message.as_object_mut().unwrap().remove("params");
        }
        self.send(&message);
        id
    }

    /// The response to request `id`.
    #[track_caller]
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(&format!("an answer to request {id}"), |message| message["id"] == id && message["method"].is_null())
    }

    /// Sends a request and returns its result.
    #[track_caller]
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The first message that `wanted` accepts; earlier ones are kept.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + TIMEOUT;
        let mut seen = 0;
        loop {
            if let Some(found) = (seen..self.inbox.len()).find(|&index| wanted(&self.inbox[index])) {
                return self.inbox.remove(found).unwrap();
            }
            seen = self.inbox.len();
            match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => self.inbox.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("no {what} in {TIMEOUT:?}; got {:?}", self.inbox),
                Err(RecvTimeoutError::Disconnected) => panic!("the server ended before {what}; got {:?}", self.inbox),
            }
        }
    }

    /// The next message of any kind.
    #[track_caller]
    pub(crate) fn next(&mut self) -> Value {
        self.wait("a message", |_| true)
    }

    /// Checks that the server still answers requests.
    #[track_caller]
    pub(crate) fn assert_alive(&mut self) {
        self.call("textDocument/foldingRange", json!({"textDocument": {"uri": "file:///nowhere"}}));
    }

    pub(crate) fn open(&mut self, text: &str) {
        self.open_as(URI, 1, text);
    }

    pub(crate) fn open_as(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// One change at `[line, column, line, column]`, or of the whole text.
    pub(crate) fn change(&mut self, version: i32, range: Option<[usize; 4]>, text: &str) {
        let change = match range {
            Some([l1, c1, l2, c2]) => json!({"text": text, "range": {
                "start": {"line": l1, "character": c1}, "end": {"line": l2, "character": c2}}}),
            None => json!({"text": text}),
        };
        let document = json!({"uri": URI, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
    }

    /// The diagnostics pushed for `version` of the document.
    #[track_caller]
    pub(crate) fn pushed(&mut self, version: i32) -> Vec<Value> {
        let published = self.wait(&format!("diagnostics of version {version}"), |message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version
        });
        published["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The document as the server has it, with its version.
    #[track_caller]
    pub(crate) fn text(&mut self) -> (String, i64) {
        let state = self.call("gongkai/debug/text", json!({"uri": URI}));
        (state["text"].as_str().unwrap().to_owned(), state["version"].as_i64().unwrap())
    }

    /// The notifications and requests received so far.
    pub(crate) fn received(&mut self) -> Vec<Value> {
        self.inbox.extend(self.messages.try_iter());
        self.inbox.iter().cloned().collect()
    }

    pub(crate) fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// The server's input, for another thread to write to; the client writes no more.
    pub(crate) fn take_stdin(&mut self) -> ChildStdin {
        self.stdin.take().unwrap()
    }

    /// Returns the input that [`Client::take_stdin`] took.
    pub(crate) fn put_stdin(&mut self, stdin: ChildStdin) {
        self.stdin = Some(stdin);
    }

    /// The server's process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits, without a limit, until the process has exited, and returns the exit code.
    pub(crate) fn wait_gone(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// The exit code, and the time until the exit.
    #[track_caller]
    pub(crate) fn exit(&mut self) -> (Option<i32>, Duration) {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.code(), start.elapsed());
            }
            assert!(start.elapsed() < TIMEOUT, "the server does not end");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn read(stdout: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().strip_prefix("Content-Length: ") {
            Some(value) => length = value.parse().ok(),
            None if line.trim().is_empty() => break,
            None => panic!("not a header: {line:?}"),
        }
    }
    let mut body = vec![0; length.unwrap()];
    stdout.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}
