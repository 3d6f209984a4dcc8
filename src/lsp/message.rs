//! The messages of a client: JSON-RPC 2.0, parsed once. Parameters stay text until a handler parses them as the type it
//! needs; only tower-lsp's router gets a tree of JSON values.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::ops::Range;
use tower_lsp::jsonrpc::{Id, Request, Response};

/// A message.
#[derive(Debug)]
pub(super) enum Message {
    /// A request or a notification.
    Call(Call),
    /// An answer to a request of the server.
    Response(Response),
    /// A message that cannot be read.
    Malformed(Malformed),
}

/// A request, if it has an id, or a notification.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) id: Option<Id>,
    pub(super) params: Params,
}

/// The parameters of a call, not parsed yet.
#[derive(Debug)]
pub(super) struct Params {
    /// The message, and the range of the parameters in it; `None` if it has none.
    body: String,
    place: Range<usize>,
}

/// A message that cannot be read. If it has an id, it is a request and gets an error as its answer.
#[derive(Debug)]
pub(super) struct Malformed {
    pub(super) problem: String,
    pub(super) id: Option<Id>,
}

/// The members of a message; each of them is optional.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    #[serde(borrow, default)]
    method: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "given")]
    id: Option<Id>,
    #[serde(borrow, default)]
    params: Option<&'a RawValue>,
}

/// Reads a member that is present, even if it is `null`.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Message {
    /// The message with this body.
    pub(super) fn read(body: String) -> Message {
        let envelope: Envelope<'_> = match serde_json::from_str(&body) {
            Ok(envelope) => envelope,
            Err(error) => return Message::Malformed(Malformed::new(&error, &body)),
        };
        if envelope.jsonrpc != "2.0" {
            let problem = format!("jsonrpc: {:?}", envelope.jsonrpc);
            return Message::Malformed(Malformed { problem, ..Malformed::new(&"", &body) });
        }
        match (envelope.method, envelope.id) {
            (None, Some(id)) => Message::Response(
                // Some clients omit a result that is `null`.
                serde_json::from_str(&body).unwrap_or_else(|_| Response::from_ok(id, Value::Null)),
            ),
            (method, id) => {
                let place = envelope.params.map_or(0..0, |params| within(&body, params.get()));
                let method = method.unwrap_or_default().into_owned();
                Message::Call(Call { method, id, params: Params { body, place } })
            }
        }
    }
}

/// The range of `part` in `whole`, of which it is a slice.
fn within(whole: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    start..start + part.len()
}

impl Malformed {
    /// The message `body`, which cannot be read because of `problem`.
    fn new(problem: &impl ToString, body: &str) -> Malformed {
        let id = serde_json::from_str::<Value>(body).ok().and_then(|message| {
            message.get("method")?;
            match message.get("id")? {
                Value::Number(number) => number.as_i64().map(Id::Number),
                Value::String(name) => Some(Id::String(name.clone())),
                _ => None,
            }
        });
        Malformed { problem: problem.to_string(), id }
    }
}

impl Params {
    fn text(&self) -> &str {
        match self.body.get(self.place.clone()) {
            Some("") | None => "null",
            Some(text) => text,
        }
    }

    /// The parameters, parsed as a `T`.
    pub(super) fn read<'a, T: Deserialize<'a>>(&'a self) -> serde_json::Result<T> {
        serde_json::from_str(self.text())
    }
}

impl Call {
    /// The call with its parameters as a value: `null` if there are none.
    pub(super) fn read(self) -> Result<(Call, Value), Malformed> {
        match self.params.read() {
            Ok(params) => Ok((self, params)),
            Err(error) => Err(Malformed { problem: error.to_string(), id: self.id }),
        }
    }

    /// The call as a request for tower-lsp's router, with these parameters.
    pub(super) fn request(self, params: Option<Value>) -> Request {
        let mut request = Request::build(self.method);
        if let Some(id) = self.id {
            request = request.id(id);
        }
        if let Some(params) = params {
            request = request.params(params);
        }
        request.finish()
    }
}
