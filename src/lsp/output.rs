//! Writes whole messages to stdout, each in one write, directly from the serving thread.
//!
//! If the client does not read, the server blocks in a write, as it should. Another thread still reads the client's
//! messages, `exit` and the end of the input, so that client and server never wait for each other for ever.

use serde::Serialize;
use serde_json::Value;
use std::io::{self, Write};
use tower_lsp::jsonrpc::{Id, Request, Response};

/// The destination of messages.
pub(super) struct Output {
    writer: Box<dyn Write + Send>,
}

/// Standard output without the line buffer of `std`, which would split header and body into two writes.
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

    /// An output that goes to `writer` instead of stdout.
    pub(super) fn to(writer: Box<dyn Write + Send>) -> Output {
        Output { writer }
    }

    /// Sends `message`.
    pub(super) fn send(&mut self, message: &Outgoing) -> io::Result<()> {
        self.writer.write_all(message.frame.get(message.start..).unwrap_or_default())?;
        self.writer.flush()
    }

    /// Sends an answer.
    pub(super) fn answer(&mut self, answer: &Answer) -> io::Result<()> {
        match answer {
            Answer::Response(response) => self.send(&Outgoing::of(response)?),
            Answer::Written(message) => self.send(message),
        }
    }

    /// Sends a request or a notification, with its parameters as `spell` returns them. tower-lsp writes `null` for
    /// missing parameters, which JSON-RPC does not allow.
    pub(super) fn request(&mut self, request: Request, spell: impl FnOnce(Value) -> Value) -> io::Result<()> {
        let (method, id, params) = request.into_parts();
        let params = params.filter(|params| !params.is_null()).map(spell);
        self.send(&Outgoing::of(&WireCall { jsonrpc: "2.0", method: &method, params, id })?)
    }
}

/// A request or a notification in JSON-RPC.
#[derive(Serialize)]
struct WireCall<'a> {
    jsonrpc: &'static str,
    method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
}

/// The answer to a request.
pub(super) enum Answer {
    /// One that tower-lsp has made, or an error.
    Response(Response),
    /// A result that is JSON already: see [`super::long_answers`].
    Written(Outgoing),
}

/// A message with its header, ready to be written.
pub(super) struct Outgoing {
    frame: Vec<u8>,
    /// Where the header starts.
    start: usize,
}

impl Outgoing {
    fn of(message: &impl Serialize) -> io::Result<Outgoing> {
        Outgoing::written(Vec::new(), |json| Ok(serde_json::to_writer(json, message)?))
    }

    /// The message that `write` writes, in the buffer `frame`.
    pub(super) fn written<E>(
        mut frame: Vec<u8>,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<Outgoing, E> {
        frame.clear();
        // The header states the length of the body, so it is written after the body, into the space before it.
        frame.resize(ROOM, b' ');
        write(&mut frame)?;
        let header = format!("Content-Length: {}\r\n\r\n", frame.len() - ROOM);
        let start = ROOM.saturating_sub(header.len());
        if let Some(room) = frame.get_mut(start..ROOM) {
            room.copy_from_slice(header.as_bytes());
        }
        Ok(Outgoing { frame, start })
    }

    /// The answer to the request `id` with the result that `write` writes.
    ///
    /// # Errors
    ///
    /// `write` fails.
    pub(super) fn result<E: From<io::Error>>(
        id: &Id,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<Outgoing, E> {
        Outgoing::written(Vec::new(), |json| {
            json.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
            serde_json::to_writer(&mut *json, id).map_err(io::Error::from)?;
            json.extend_from_slice(br#","result":"#);
            write(json)?;
            json.push(b'}');
            Ok(())
        })
    }

    /// The message without its header.
    pub(super) fn body(&self) -> &[u8] {
        self.frame.get(ROOM..).unwrap_or_default()
    }

    /// The buffer, for the next message.
    pub(super) fn into_room(self) -> Vec<u8> {
        self.frame
    }
}

/// Enough for a header with any length.
const ROOM: usize = 48;

#[cfg(test)]
mod tests {
    use super::super::replay::Memory;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_without_parameters_has_none_and_all_else_stays() {
        let memory = Memory::default();
        let mut output = Output::to(Box::new(memory.clone()));
        let request = |params: Option<Value>| {
            let request = Request::build("表").id(2);
            params.into_iter().fold(request, |request, params| request.params(params)).finish()
        };
        for params in [Some(Value::Null), None, Some(json!({"params": null}))] {
            output.request(request(params), |params| params).unwrap();
        }
        output.answer(&Answer::Response(Response::from_ok(Id::Number(1), Value::Null))).unwrap();
        let null = Outgoing::result::<io::Error>(&Id::Number(1), |json| json.write_all(b"null"));
        output.answer(&Answer::Written(null.unwrap())).unwrap();
        let bodies = [
            r#"{"jsonrpc":"2.0","method":"表","id":2}"#,
            r#"{"jsonrpc":"2.0","method":"表","id":2}"#,
            r#"{"jsonrpc":"2.0","method":"表","params":{"params":null},"id":2}"#,
            r#"{"jsonrpc":"2.0","result":null,"id":1}"#,
            r#"{"jsonrpc":"2.0","id":1,"result":null}"#,
        ];
        let expected: String =
            bodies.iter().map(|body| format!("Content-Length: {}\r\n\r\n{body}", body.len())).collect();
        assert_eq!(String::from_utf8(memory.bytes.lock().unwrap().clone()).unwrap(), expected);
    }
}
