//! For any input the server continues to read, answers every request once, and has the right text of its documents.
//!
//! A first byte below [`CONVERSATION`] starts a conversation: valid messages, almost valid ones, and bytes that are not
//! messages, each followed by a message that has to arrive. Any other first byte starts arbitrary bytes from a pipe.

use super::pieces::pieces;
use super::{Law, script};
use arbitrary::{Result as Read, Unstructured};
use gongkai::lsp::{messages, replay};
use gongkai::text::{Encoding, Position, Span, Text};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// First bytes below this start a conversation.
const CONVERSATION: u8 = 0x20;

/// The largest number of messages of one input.
const MESSAGES: usize = 24;

/// An unknown notification, which has to arrive.
const MARKER: &str = "$/marker";

/// Any bytes on the server's standard input.
pub(crate) fn any(bytes: &[u8]) -> Law {
    match bytes {
        [first, rest @ ..] if *first < CONVERSATION => Conversation::new(*first, rest).verify(),
        // Requests of other tests that hang or panic on purpose.
        bytes if bytes.windows(5).any(|word| word == b"debug") => Ok(()),
        bytes => answered(bytes).map(drop),
    }
}

/// Checks that every request in `stream` has one response and that there are no others. Returns the responses by id.
fn answered(stream: &[u8]) -> Result<BTreeMap<String, Value>, String> {
    let context = || String::from_utf8_lossy(stream).into_owned();
    let mut due: BTreeMap<String, usize> = BTreeMap::new();
    for message in messages(stream) {
        if let (Some(id), Some(_)) = (message.get("id").filter(|id| !id.is_null()), message.get("method")) {
            *due.entry(id.to_string()).or_default() += 1;
        }
    }
    let replayed = replay(stream).map_err(|error| error.to_string())?;
    let mut answers = BTreeMap::new();
    for body in written(&replayed.output)? {
        let message = parse(&body).map_err(|problem| format!("written: {problem}\n{}", context()))?;
        let id = match message.get("id") {
            Some(id) if message.get("method").is_none() && !id.is_null() => id.to_string(),
            _ => continue,
        };
        match due.get_mut(&id) {
            Some(count) if *count > 0 => *count -= 1,
            _ => return Err(format!("no open request for {body}\n{}", context())),
        }
        if message.get("result").is_some() == message.get("error").is_some() {
            return Err(format!("neither a result nor an error: {body}\n{}", context()));
        }
        answers.insert(id, Value::Object(message));
    }
    match due.iter().find(|(_, count)| **count > 0) {
        Some((id, count)) => Err(format!("no answer to {count} requests {id}\n{}", context())),
        None => Ok(answers),
    }
}

/// `body` as a message of JSON-RPC 2.0.
fn parse(body: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(body) {
        Ok(Value::Object(message)) if message.get("jsonrpc") == Some(&json!("2.0")) => Ok(message),
        Ok(_) => Err(format!("no message: {body}")),
        Err(error) => Err(format!("{error}: {body}")),
    }
}

/// The bodies of the frames in the server's output, which has nothing else.
fn written(mut output: &[u8]) -> Result<Vec<String>, String> {
    let mut bodies = Vec::new();
    while !output.is_empty() {
        let end = output.windows(4).position(|end| end == b"\r\n\r\n").ok_or("a header without an end")?;
        let header = String::from_utf8_lossy(&output[..end]).into_owned();
        let length = header.strip_prefix("Content-Length: ").and_then(|length| length.parse::<usize>().ok());
        let body = length.and_then(|length| output.get(end + 4..end + 4 + length));
        let body = body.ok_or_else(|| format!("a header that is wrong: {header}"))?;
        bodies.push(String::from_utf8(body.to_vec()).map_err(|error| error.to_string())?);
        output = &output[end + 4 + body.len()..];
    }
    Ok(bodies)
}

fn frame(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// A client and its state.
struct Conversation {
    stream: Vec<u8>,
    /// The parameters of `initialize`.
    opening: Value,
    encoding: Encoding,
    /// The open documents, with version and text.
    documents: BTreeMap<&'static str, (i64, Text)>,
    /// Whether it sent something with an effect that is not known here.
    is_vague: bool,
    /// Whether it sent `shutdown`.
    is_over: bool,
    requests: i64,
    markers: usize,
}

const URIS: [&str; 3] = ["file:///nowhere/report.md", "untitled:report", "file:///nowhere/gongkai.toml"];

impl Conversation {
    fn new(first: u8, bytes: &[u8]) -> Conversation {
        let (encoding, name) = match first & 3 {
            0 => (Encoding::Utf8, "utf-8"),
            1 => (Encoding::Utf32, "utf-32"),
            _ => (Encoding::Utf16, "utf-16"),
        };
        let mut capabilities = json!({"general": {"positionEncodings": [name]}});
        if first & 4 != 0 {
            capabilities["textDocument"] = json!({"diagnostic": {}, "codeAction": {"codeActionLiteralSupport": {}},
                "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}});
        }
        if first & 8 != 0 {
            capabilities["workspace"] =
                json!({"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true}});
        }
        let opening = json!({"processId": null, "capabilities": capabilities});
        let mut conversation = Conversation {
            stream: Vec::new(),
            opening,
            encoding,
            documents: BTreeMap::new(),
            is_vague: false,
            is_over: false,
            requests: 0,
            markers: 0,
        };
        let mut rest = Unstructured::new(bytes);
        // Without `initialize` every request is refused, but answered.
        if first & 16 == 0 {
            conversation.open();
        }
        for _ in 0..MESSAGES {
            if rest.is_empty() || conversation.is_over || conversation.say(&mut rest).is_err() {
                break;
            }
            conversation.mark();
        }
        conversation
    }

    fn open(&mut self) {
        self.request("initialize", self.opening.clone());
        self.notify("initialized", json!({}));
    }

    fn send(&mut self, message: &Value) {
        self.stream.extend(frame(message.to_string().as_bytes()));
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn request(&mut self, method: &str, params: Value) -> i64 {
        self.requests += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.requests, "method": method, "params": params}));
        self.requests
    }

    fn mark(&mut self) {
        self.notify(MARKER, json!([self.markers]));
        self.markers += 1;
    }

    /// One message, or bytes that are not a message.
    fn say(&mut self, rest: &mut Unstructured<'_>) -> Read<()> {
        let uri = *rest.choose(&URIS)?;
        let document = json!({"uri": uri});
        match rest.int_in_range(0..=19)? {
            0 | 1 => {
                let text = if rest.arbitrary()? { script::report(rest)? } else { words(rest)? };
                let version = rest.arbitrary::<i16>()?.into();
                self.documents.insert(uri, (version, Text::new(&text)));
                let language = *rest.choose(&["markdown", "plaintext", "gongkai-report", "html", ""])?;
                let item = json!({"uri": uri, "languageId": language, "version": version, "text": text});
                self.notify("textDocument/didOpen", json!({"textDocument": item}));
            }
            2..=6 => self.change(uri, rest)?,
            7 => {
                self.documents.remove(uri);
                self.notify("textDocument/didClose", json!({"textDocument": document}));
            }
            8 => {
                self.request("textDocument/hover", json!({"textDocument": document, "position": position(rest)?}));
            }
            9 => {
                let context = json!({"diagnostics": []});
                let params = json!({"textDocument": document, "range": range(rest)?, "context": context});
                self.request("textDocument/codeAction", params);
            }
            10 => {
                let methods = ["documentSymbol", "foldingRange", "diagnostic", "nothingOfTheKind"];
                let method = format!("textDocument/{}", rest.choose(&methods)?);
                self.request(&method, json!({"textDocument": document}));
            }
            11 => {
                self.is_vague = true;
                let settings = json!({rest.choose(&["ignore", "select", "language", "maxFindings", "severity"])?.to_string(): value(rest, 3)?});
                let params = if rest.arbitrary()? { json!({"settings": settings}) } else { value(rest, 3)? };
                self.notify("workspace/didChangeConfiguration", params);
            }
            12 => self.notify("$/cancelRequest", json!({"id": rest.arbitrary::<u8>()?})),
            // A response to a request that the server may have sent, or not.
            13 => {
                self.is_vague = true;
                let id = rest.arbitrary::<u8>()? % 4;
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": value(rest, 3)?}));
            }
            14 => {
                self.is_vague = true;
                let methods = [
                    "textDocument/didOpen",
                    "textDocument/didChange",
                    "textDocument/didClose",
                    "initialized",
                    "workspace/didChangeWatchedFiles",
                    "textDocument/didSave",
                    "initialize",
                    "$/setTrace",
                    "",
                ];
                let (method, params) = (*rest.choose(&methods)?, value(rest, 4)?);
                if rest.arbitrary()? {
                    self.notify(method, params);
                } else {
                    self.request(method, params);
                }
            }
            15 => {
                // An arbitrary body.
                let len = rest.arbitrary_len::<u8>()?.min(200);
                let body = rest.bytes(len)?.to_vec();
                self.is_vague = true;
                self.is_over = String::from_utf8_lossy(&body).contains("exit");
                self.stream.extend(frame(&body));
            }
            16 => {
                // Bytes between messages. They must not contain a header.
                let len = rest.arbitrary_len::<u8>()?.min(40);
                let mut junk = rest.bytes(len)?.to_vec();
                junk.retain(|byte| *byte != b':');
                self.stream.extend(junk);
                if rest.arbitrary()? {
                    self.stream.extend(b"\r\n");
                }
            }
            17 => {
                // A wrong or unusual header.
                let body = json!({"jsonrpc": "2.0", "method": MARKER, "params": "of a header"}).to_string();
                let short = usize::from(rest.arbitrary::<u8>()?) % body.len();
                let header = match rest.int_in_range(0..=4)? {
                    0 => format!("content-length:{}\r\nX-A: 1\r\n\r\n", body.len()),
                    1 => format!("Content-Type: x; charset=utf-8\nContent-Length: {}\n\n", body.len()),
                    2 => format!("Content-Length: {short}\r\n\r\n"),
                    3 => "Content-Length: many\r\n\r\n".to_owned(),
                    _ => "Content-Length: 18446744073709551616\r\n\r\n".to_owned(),
                };
                self.stream.extend((header + &body).into_bytes());
            }
            18 => {
                self.is_over = rest.ratio(1u8, 4u8)?;
                if self.is_over {
                    self.request("shutdown", Value::Null);
                    self.notify("exit", Value::Null);
                }
            }
            _ => self.notify("textDocument/didSave", json!({"textDocument": document})),
        }
        Ok(())
    }

    /// Changes of a document that may be open.
    fn change(&mut self, uri: &'static str, rest: &mut Unstructured<'_>) -> Read<()> {
        let version = rest.arbitrary::<i16>()?.into();
        let mut changes = Vec::new();
        for _ in 0..rest.int_in_range(1..=3)? {
            let content = words(rest)?;
            if rest.ratio(1u8, 8u8)? {
                if let Some((_, text)) = self.documents.get_mut(uri) {
                    *text = Text::new(&content);
                }
                changes.push(json!({"text": content}));
            } else {
                let range = range(rest)?;
                if let Some((_, text)) = self.documents.get_mut(uri) {
                    let at = |end: &str| {
                        let number = |name: &str| range[end][name].as_u64().unwrap_or_default() as usize;
                        text.offset(Position { line: number("line"), column: number("character") }, self.encoding)
                    };
                    let start = at("start");
                    text.edit(Span::new(start, at("end").max(start)), &content);
                }
                changes.push(json!({"range": range, "text": content}));
            }
        }
        if let Some((known, _)) = self.documents.get_mut(uri) {
            *known = version;
        }
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        Ok(())
    }

    /// Checks that every notification arrived, every request has a response, and every document has the diagnostics of one
    /// that is opened with its present text.
    fn verify(mut self) -> Law {
        let mut asked: Vec<(&str, i64)> = Vec::new();
        if !self.is_over {
            for uri in self.documents.keys().copied().collect::<Vec<_>>() {
                asked.push((uri, self.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}))));
            }
        }
        let context = || String::from_utf8_lossy(&self.stream).into_owned();
        let due: Vec<Value> = (0..self.markers).map(|number| json!([number])).collect();
        let passed = messages(&self.stream);
        let marker = |message: &Value| (message["method"] == MARKER).then(|| message["params"].clone());
        let got = passed.iter().filter_map(marker);
        let got: Vec<Value> = got.filter(Value::is_array).collect();
        // Messages after `exit` are not read.
        if got != due && !(self.is_over && due.starts_with(&got)) {
            return Err(format!("of {} markers {got:?} got through\n{}", self.markers, context()));
        }
        let answers = answered(&self.stream)?;
        if self.is_vague || self.is_over {
            return Ok(());
        }
        for (uri, id) in asked {
            let (version, text) = &self.documents[uri];
            let mut fresh = Conversation { stream: Vec::new(), requests: 0, ..Conversation::new(16, &[]) };
            fresh.opening = self.opening.clone();
            fresh.open();
            let item = json!({"uri": uri, "languageId": "", "version": version, "text": text.to_string()});
            fresh.notify("textDocument/didOpen", json!({"textDocument": item}));
            let again = fresh.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
            let fresh = answered(&fresh.stream)?;
            let items =
                |answers: &BTreeMap<String, Value>, id: i64| answers[&id.to_string()]["result"]["items"].clone();
            // Before `initialize` no document is opened.
            if !answers[&id.to_string()]["error"].is_null() {
                continue;
            }
            let (got, due) = (items(&answers, id), items(&fresh, again));
            if got != due {
                return Err(format!("{uri}: {got:#}\n---- due {due:#}\n{}", context()));
            }
        }
        Ok(())
    }
}

/// A few words for a document.
fn words(rest: &mut Unstructured<'_>) -> Read<String> {
    let mut words = String::new();
    for _ in 0..rest.int_in_range(0..=4)? {
        words.push_str(rest.choose(pieces())?);
    }
    if rest.ratio(1u8, 8u8)? {
        words.push(rest.arbitrary()?);
    }
    Ok(words)
}

fn position(rest: &mut Unstructured<'_>) -> Read<Value> {
    let line: u32 = if rest.ratio(1u8, 16u8)? { rest.arbitrary()? } else { rest.int_in_range(0..=90)? };
    let character: u32 = if rest.ratio(1u8, 16u8)? { rest.arbitrary()? } else { rest.int_in_range(0..=40)? };
    Ok(json!({"line": line, "character": character}))
}

fn range(rest: &mut Unstructured<'_>) -> Read<Value> {
    let start = position(rest)?;
    let end = if rest.arbitrary()? { start.clone() } else { position(rest)? };
    Ok(json!({"start": start, "end": end}))
}

/// Any JSON of that number of levels.
fn value(rest: &mut Unstructured<'_>, depth: usize) -> Read<Value> {
    const NAMES: [&str; 12] = [
        "textDocument",
        "uri",
        "text",
        "version",
        "contentChanges",
        "range",
        "start",
        "line",
        "settings",
        "gongkai",
        "rules",
        "languageId",
    ];
    Ok(match rest.int_in_range(0..=if depth == 0 { 5 } else { 8 })? {
        0 => Value::Null,
        1 => json!(rest.arbitrary::<bool>()?),
        2 => json!(rest.arbitrary::<i64>()?),
        3 => json!(rest.arbitrary::<f64>()?),
        4 => json!(rest.choose(&URIS)?),
        5 => json!(words(rest)?),
        6 => (0..rest.int_in_range(0..=3)?).map(|_| value(rest, depth - 1)).collect::<Read<_>>()?,
        _ => {
            let mut object = Map::new();
            for _ in 0..rest.int_in_range(0..=4)? {
                object.insert((*rest.choose(&NAMES)?).to_owned(), value(rest, depth - 1)?);
            }
            Value::Object(object)
        }
    })
}
