//! Cuts the input into messages.
//!
//! The input may be damaged: bad JSON, a lone surrogate, a header in lower case, garbage between messages. Every
//! message that can be found is passed on, and input that cannot be read becomes a [`Message::Malformed`], so that the
//! client gets an error and the session continues. `exit` is the end of the input.

use super::message::{Malformed, Message};
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A message longer than this is taken for a damaged header.
const LONGEST: usize = 1 << 28;

/// A line longer than this is not a header.
const LONGEST_HEADER: u64 = 1 << 13;

/// How many bytes are read at once: the size of a pipe's buffer.
const AT_ONCE: usize = 1 << 16;

/// The headers that clients write are shorter than this.
const HEAD: usize = 256;

/// The state that decides the exit code of the session.
#[derive(Debug, Default)]
pub(super) struct End {
    shutdown: AtomicBool,
}

impl End {
    /// 0 if the client requested `shutdown`, else 1.
    pub(super) fn exit_code(&self) -> i32 {
        i32::from(!self.shutdown.load(Ordering::SeqCst))
    }
}

/// The messages of a reader.
pub(super) struct Frames<R> {
    reader: BufReader<R>,
    end: Arc<End>,
}

/// A part of the input.
enum InputPart {
    /// A message's body.
    Body(Vec<u8>),
    /// Input outside any message.
    Garbage(String),
}

impl<R: Read> Frames<R> {
    pub(super) fn new(reader: R, end: Arc<End>) -> Frames<R> {
        Frames { reader: BufReader::with_capacity(AT_ONCE, reader), end }
    }

    /// Whether the buffer holds the whole next message.
    pub(super) fn has_whole(&self) -> bool {
        let buffer = self.reader.buffer();
        let behind_head = |head: &[u8]| {
            let end = head.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
            let head = std::str::from_utf8(head.get(..end)?).ok()?;
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length:"))?;
            (end + 4).checked_add(length.trim().parse().ok()?)
        };
        behind_head(buffer.get(..HEAD).unwrap_or(buffer)).is_some_and(|end| end <= buffer.len())
    }

    /// The next message and its length in bytes; `None` at `exit` and at the end of the input.
    pub(super) fn next(&mut self) -> Option<(Message, usize)> {
        loop {
            let (message, length) = match self.piece()? {
                InputPart::Body(body) if body.is_empty() => continue,
                InputPart::Body(body) => {
                    let length = body.len();
                    (Message::read(repaired(body)), length)
                }
                InputPart::Garbage(problem) => (Message::Malformed(Malformed { problem, id: None }), 0),
            };
            match &message {
                Message::Call(call) if call.method == "exit" => return None,
                Message::Call(call) if call.method == "shutdown" => self.end.shutdown.store(true, Ordering::SeqCst),
                _ => {}
            }
            return Some((message, length));
        }
    }

    /// The next part of the input: headers and body, or garbage between messages.
    fn piece(&mut self) -> Option<InputPart> {
        let mut length: Option<usize> = None;
        loop {
            let mut line = Vec::new();
            if self.reader.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line).ok()? == 0 {
                return None;
            }
            let line = String::from_utf8_lossy(&line);
            let header = line.trim();
            let lower = header.to_ascii_lowercase();
            // After a broken message the next header does not start a line.
            if let Some(start) = lower.find("content-length:") {
                length = header.get(start + "content-length:".len()..).and_then(|value| value.trim().parse().ok());
                match length {
                    Some(length) if length > LONGEST => return Some(InputPart::Garbage(format!("{length} bytes"))),
                    Some(_) if start == 0 => {}
                    Some(length) => {
                        // The bytes before the header are lost; the message itself is not.
                        self.skip_headers()?;
                        return self.body(length);
                    }
                    None => return Some(InputPart::Garbage(shorten(header))),
                }
            } else if header.is_empty() {
                match length {
                    Some(length) => return self.body(length),
                    None => continue,
                }
            } else if !is_header(header) {
                return Some(InputPart::Garbage(shorten(header)));
            }
        }
    }

    fn skip_headers(&mut self) -> Option<()> {
        loop {
            let mut line = Vec::new();
            if self.reader.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line).ok()? == 0 {
                return None;
            }
            if line.trim_ascii().is_empty() {
                return Some(());
            }
        }
    }

    fn body(&mut self, length: usize) -> Option<InputPart> {
        let mut body = Vec::with_capacity(length.min(AT_ONCE));
        // The buffer grows with the data that arrives, so that a false length in a header does not allocate memory.
        let read = self.reader.by_ref().take(length as u64).read_to_end(&mut body).ok()?;
        (read == length).then_some(InputPart::Body(body))
    }
}

/// Whether `line` has the form of a header, even one that LSP does not define.
fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

/// `body` as UTF-8 JSON with well-formed strings: U+FFFD replaces every byte that is not UTF-8 and every lone
/// surrogate. In UTF-16 it is as long as what it replaces, so the client's later positions stay valid.
fn repaired(body: Vec<u8>) -> String {
    let body = String::from_utf8(body).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let holds = |escape: &str| memchr::memmem::find(body.as_bytes(), escape.as_bytes()).is_some();
    if holds("\\ud") || holds("\\uD") { repair_surrogates(&body) } else { body }
}

fn repair_surrogates(body: &str) -> String {
    let mut fixed = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        fixed.push_str(before);
        let (kept, len) = match surrogate(escape) {
            Some(0xD800..=0xDBFF) => match escape.get(6..).and_then(surrogate) {
                Some(0xDC00..=0xDFFF) => (escape.get(..12), 12),
                _ => (Some("\\ufffd"), 6),
            },
            Some(0xDC00..=0xDFFF) => (Some("\\ufffd"), 6),
            _ => {
                // Any other escape. Both bytes of `\\` are taken, so that the second does not start another escape.
                let len = 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
                (escape.get(..len), len)
            }
        };
        fixed.push_str(kept.unwrap_or_default());
        rest = escape.get(len..).unwrap_or_default();
    }
    fixed.push_str(rest);
    fixed
}

/// The UTF-16 unit of the `\uXXXX` at the start of `text`.
fn surrogate(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;
    use serde_json::{Value, json};

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    /// The method that a message that cannot be read has in the tests.
    const MALFORMED: &str = "$/gongkai/malformed";

    /// The messages read from `input`, as JSON, and the exit code.
    fn read(input: &[u8]) -> (Vec<Value>, i32) {
        let end = Arc::new(End::default());
        let mut frames = Frames::new(input, Arc::clone(&end));
        while frames.next().is_some() {}
        (messages(input), end.exit_code())
    }

    #[track_caller]
    fn methods(input: &[u8], expected: &[&str]) {
        let (messages, _) = read(input);
        let found: Vec<&str> = messages.iter().map(|message| message["method"].as_str().unwrap_or("-")).collect();
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(input));
    }

    const PING: &str = r#"{"jsonrpc":"2.0","method":"ping"}"#;

    #[test]
    fn messages_pass_with_any_legal_header() {
        methods(frame(PING).as_bytes(), &["ping"]);
        let lower =
            format!("content-length: {}\r\nContent-Type: x; charset=utf-16\r\nX-A: 1\r\n\r\n{PING}", PING.len());
        methods(lower.as_bytes(), &["ping"]);
        let first = format!("X-A: 1\r\nX-B: 2\r\nContent-Length: {}\r\n\r\n{PING}", PING.len());
        methods(first.as_bytes(), &["ping"]);
        let swapped = format!("Content-Type: application/json\r\nContent-Length:{}\r\n\r\n{PING}", PING.len());
        methods(swapped.as_bytes(), &["ping"]);
    }

    #[test]
    fn what_does_not_parse_is_replaced_and_the_next_message_is_read() {
        for bad in ["{", "[]", "[1]", "null", r#"{"jsonrpc":"1.0","method":"x"}"#, r#"{"jsonrpc":"2.0","id":1.5}"#] {
            methods((frame(bad) + &frame(PING)).as_bytes(), &[MALFORMED, "ping"]);
        }
        let deep = format!(r#"{{"jsonrpc":"2.0","method":"x","params":{}1{}}}"#, "[".repeat(500), "]".repeat(500));
        methods((frame(&deep) + &frame(PING)).as_bytes(), &[MALFORMED, "ping"]);
        methods(format!("garbage\r\n{}", frame(PING)).as_bytes(), &[MALFORMED, "ping"]);
        methods(format!("garbage{}", frame(PING)).as_bytes(), &["ping"]);
        methods(format!("Content-Length: many\r\n\r\n{}", frame(PING)).as_bytes(), &[MALFORMED, "ping"]);
        methods(format!("Content-Length: 99999999999\r\n\r\n{}", frame(PING)).as_bytes(), &[MALFORMED, "ping"]);
        methods(format!("Content-Length: 0\r\n\r\n{}", frame(PING)).as_bytes(), &["ping"]);
        // After a length that is too short, the end of the body is before the next header.
        methods(format!("Content-Length: 4\r\n\r\n{PING}{}", frame(PING)).as_bytes(), &[MALFORMED, "ping"]);
    }

    #[test]
    fn who_waits_for_an_answer_gets_one() {
        let (messages, _) = read(frame(r#"{"jsonrpc":"1.0","method":"x","id":7}"#).as_bytes());
        assert_eq!(messages[0]["id"], 7);
        let (messages, _) = read(frame(r#"{"jsonrpc":"2.0","id":3}"#).as_bytes());
        assert_eq!(messages[0], json!({"jsonrpc": "2.0", "id": 3, "result": null}), "a response without a result");
    }

    #[test]
    fn lone_surrogates_and_bad_bytes_become_replacement_characters() {
        let text = |body: &[u8]| {
            let mut input = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
            input.extend_from_slice(body);
            read(&input).0[0]["params"].as_str().unwrap().to_owned()
        };
        let message = |text: &str| format!(r#"{{"jsonrpc":"2.0","method":"x","params":"{text}"}}"#);
        let check =
            |escaped: &str, expected: &str| assert_eq!(text(message(escaped).as_bytes()), expected, "{escaped}");
        check(r"a\ud842b", "a\u{fffd}b");
        check(r"a\uDC00b", "a\u{fffd}b");
        check(r"\ud83d\ude00", "😀");
        check(r"\ud83d\ud83d\ude00", "\u{fffd}😀");
        check(r"\\ud842", r"\ud842");
        check(r"\ud842\\ud842\n", "\u{fffd}\\ud842\n");
        check(r"\ud842", "\u{fffd}");
        let mut bytes = message("a?b").into_bytes();
        *bytes.iter_mut().find(|byte| **byte == b'?').unwrap() = 0xff;
        assert_eq!(text(&bytes), "a\u{fffd}b");
    }

    #[test]
    fn reading_ends_at_exit_and_the_code_tells_whether_shutdown_came_first() {
        let exit = frame(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        let shutdown = frame(r#"{"jsonrpc":"2.0","method":"shutdown","id":1}"#);
        let (messages, code) = read((exit.clone() + &frame(PING)).as_bytes());
        assert_eq!((messages.len(), code), (0, 1));
        let (messages, code) = read((shutdown + &exit).as_bytes());
        assert_eq!((messages.len(), code), (1, 0));
        assert_eq!(read(b"").1, 1);
        assert_eq!(read(b"Content-Length: 10\r\n\r\n{").0.len(), 0, "an input that ends within a message");
    }
}
