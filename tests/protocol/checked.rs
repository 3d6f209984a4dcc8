//! A client that checks every message in both directions against the meta model, and every range against the text.

use crate::client::Client;
use crate::meta::{Conversation, MetaModel, Sender};
use gongkai::text::{Encoding, Position, Text};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::LazyLock;

static MODEL: LazyLock<MetaModel> = LazyLock::new(MetaModel::load);

/// The client of a connection.
pub(crate) struct Checked {
    client: Client,
    conversation: Conversation<'static>,
    next_id: i64,
    encoding: Encoding,
    /// The open documents: version and text.
    documents: HashMap<String, (i32, Text)>,
    /// The document of each open request.
    about: HashMap<i64, String>,
    /// The responses.
    answers: HashMap<i64, Value>,
    /// The methods of the server's notifications and requests, with their numbers.
    pub(crate) told: HashMap<String, usize>,
    /// The last diagnostics pushed for each document.
    pub(crate) pushed: HashMap<String, Value>,
    /// The capabilities of the server.
    pub(crate) capabilities: Value,
}

impl Checked {
    /// A connection after the handshake.
    pub(crate) fn start(params: Value) -> Checked {
        let mut checked = Checked {
            client: Client::spawn(),
            conversation: Conversation::new(&MODEL),
            next_id: 0,
            encoding: Encoding::Utf16,
            documents: HashMap::new(),
            about: HashMap::new(),
            answers: HashMap::new(),
            told: HashMap::new(),
            pushed: HashMap::new(),
            capabilities: Value::Null,
        };
        checked.capabilities = checked.call("initialize", params)["capabilities"].clone();
        checked.encoding = match checked.capabilities["positionEncoding"].as_str() {
            Some("utf-8") => Encoding::Utf8,
            Some("utf-32") => Encoding::Utf32,
            _ => Encoding::Utf16,
        };
        checked.notify("initialized", json!({}));
        checked
    }

    #[track_caller]
    fn take(&mut self, sender: Sender, message: &Value) {
        if let Err(problem) = self.conversation.take(sender, message) {
            let shown: String = message.to_string().chars().take(2000).collect();
            panic!("{sender:?} sent what LSP 3.17 does not know.\n{problem}\n{shown}");
        }
    }

    #[track_caller]
    fn send(&mut self, message: &Value) {
        self.take(Sender::Client, message);
        self.client.send(message);
    }

    #[track_caller]
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and returns its id.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        if let Some(uri) = params["textDocument"]["uri"].as_str() {
            self.about.insert(self.next_id, uri.to_owned());
        }
        let mut message = json!({"jsonrpc": "2.0", "id": self.next_id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        self.next_id
    }

    /// The answer to a request, which must not be an error.
    #[track_caller]
    pub(crate) fn result(&mut self, id: i64) -> Value {
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// The answer to a request.
    #[track_caller]
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return answer;
            }
            self.receive();
        }
    }

    #[track_caller]
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.result(id)
    }

    /// Receives one message, and responds to a request.
    #[track_caller]
    pub(crate) fn receive(&mut self) {
        let message = self.client.next();
        self.take(Sender::Server, &message);
        let Some(method) = message["method"].as_str().map(str::to_owned) else {
            let Some(id) = message["id"].as_i64() else { return };
            if let Some(uri) = self.about.remove(&id) {
                self.check_ranges(&uri, &message["result"]);
            }
            self.answers.insert(id, message);
            return;
        };
        *self.told.entry(method.clone()).or_default() += 1;
        if method == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap().to_owned();
            let current = self.documents.get(&uri).map(|(version, _)| i64::from(*version));
            if message["params"]["version"].as_i64() == current {
                self.check_ranges(&uri, &message["params"]["diagnostics"]);
            }
            self.pushed.insert(uri, message["params"].clone());
        }
        if let Some(id) = message.get("id") {
            let result = match method.as_str() {
                "workspace/configuration" => json!([{"language": "zh"}]),
                "window/showDocument" => json!({"success": true}),
                "workspace/applyEdit" => json!({"applied": true}),
                _ => Value::Null,
            };
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
        }
    }

    /// Requests that the server left without an answer.
    pub(crate) fn unanswered(&self) -> Vec<&str> {
        self.conversation.unanswered(Sender::Client)
    }

    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.documents.insert(uri.to_owned(), (1, Text::new(text)));
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Replaces the text between two positions and returns the new version.
    pub(crate) fn change(&mut self, uri: &str, from: Position, to: Position, content: &str) -> i32 {
        let encoding = self.encoding;
        let (version, text) = self.documents.get_mut(uri).unwrap();
        *version += 1;
        let span = gongkai::text::Span::new(text.offset(from, encoding), text.offset(to, encoding));
        text.edit(span, content);
        let version = *version;
        let at = |position: Position| json!({"line": position.line, "character": position.column});
        let change = json!({"range": {"start": at(from), "end": at(to)}, "text": content});
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
        version
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.documents.remove(uri);
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// The number of units in each line of a document.
    pub(crate) fn widths(&self, uri: &str) -> Vec<usize> {
        let (_, text) = &self.documents[uri];
        let text = text.to_string();
        let units = |line: &str| line.chars().map(|c| self.encoding.units(c)).sum();
        text.lines().map(units).collect()
    }

    /// Checks that every range in `value` is inside the document, between characters, and not reversed.
    #[track_caller]
    fn check_ranges(&self, uri: &str, value: &Value) {
        let Some((_, text)) = self.documents.get(uri) else { return };
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            if let (Some(start), Some(end)) = (position(&value["start"]), position(&value["end"])) {
                for at in [start, end] {
                    let offset = text.offset(at, self.encoding);
                    assert_eq!(text.position(offset, self.encoding), at, "{uri} has no such position");
                }
                assert!((start.line, start.column) <= (end.line, end.column), "{value}");
            }
            match value {
                // It belongs to another document: a configuration file, or a file that does not exist yet.
                Value::Object(object) if object.get("textDocument").is_some_and(|other| other["uri"] != uri) => {}
                Value::Object(object) => {
                    let here = |key: &str| key == uri || !key.contains(':');
                    open.extend(object.iter().filter(|(key, _)| here(key)).map(|(_, value)| value));
                }
                Value::Array(array) => open.extend(array),
                _ => {}
            }
        }
    }

    /// Sends `shutdown` and `exit`; the server exits with 0.
    #[track_caller]
    pub(crate) fn end(mut self) {
        self.call("shutdown", Value::Null);
        assert_eq!(self.unanswered(), Vec::<&str>::new());
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        assert_eq!(self.client.exit().0, Some(0));
    }
}

fn position(value: &Value) -> Option<Position> {
    let part = |name: &str| Some(value.get(name)?.as_u64()? as usize);
    Some(Position { line: part("line")?, column: part("character")? })
}
