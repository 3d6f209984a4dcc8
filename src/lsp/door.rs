//! What every message passes before tower-lsp's router sees it.
//!
//! `Server::serve` calls this synchronously and in wire order, while handlers run concurrently behind it. So a
//! document is opened, changed and closed right here: left to handlers, edits overtake each other. Panics end here.

use super::frames::MALFORMED;
use super::handlers::{settings, sync};
use super::session::Session;
use crate::say;
use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::lsp_types::MessageType;
use tower_service::Service;

/// The error of a request that comes before `initialize`: `ServerNotInitialized`.
const NOT_INITIALIZED: ErrorCode = ErrorCode::ServerError(-32002);

/// tower-lsp's service behind the door.
pub(super) struct Door<S> {
    inner: S,
    session: Arc<Session>,
    /// Whether `shutdown` was asked for.
    shut: bool,
}

impl<S> Door<S> {
    pub(super) fn new(inner: S, session: Arc<Session>) -> Door<S> {
        Door { inner, session, shut: false }
    }

    /// What a request is refused with whatever it asks for. tower-lsp looks at the method first, and takes a request
    /// whose method starts with `$/` for a notification.
    fn untimely(&mut self, request: &Request) -> Option<Response> {
        let id = request.id()?;
        let method = request.method();
        let error = if method == MALFORMED {
            return None;
        } else if !self.session.is_agreed() && method != "initialize" {
            Error { code: NOT_INITIALIZED, message: "Server not initialized".into(), data: None }
        } else if self.shut {
            Error::invalid_request()
        } else if method.starts_with("$/") {
            Error::method_not_found()
        } else {
            self.shut = method == "shutdown";
            return None;
        };
        Some(Response::from_error(id.clone(), error))
    }

    /// Applies a notification that changes what later messages are about; gives back any other message.
    fn take_in(&self, request: Request) -> Result<Option<Response>, Request> {
        let method = request.method();
        if method == MALFORMED {
            return Ok(Some(self.refuse(request)));
        }
        let notification: fn(&Arc<Session>, Value) -> serde_json::Result<()> = match method {
            "textDocument/didOpen" => sync::open,
            "textDocument/didChange" => sync::change,
            "textDocument/didClose" => sync::close,
            "textDocument/didSave" => sync::save,
            "workspace/didChangeConfiguration" => settings::changed,
            "workspace/didChangeWatchedFiles" => settings::file_changed,
            "initialized" => settings::initialized,
            // The reader ended the session when it saw this one.
            "exit" => |_, _| Ok(()),
            _ => return Err(request),
        };
        if request.id().is_some() {
            return Err(request);
        }
        // What comes before `initialize` is dropped, as LSP asks.
        if self.session.is_agreed() {
            let (method, _, params) = request.into_parts();
            if let Err(error) = notification(&self.session, params.unwrap_or_default()) {
                self.session.log(MessageType::ERROR, format!("gongkai: {method}: {error}"));
            }
        }
        Ok(None)
    }

    /// The answer to a message that could not be read.
    fn refuse(&self, request: Request) -> Response {
        let (_, id, params) = request.into_parts();
        let problem = params.as_ref().and_then(|params| params.get("problem")).and_then(Value::as_str);
        let problem = problem.unwrap_or_default();
        let language = self.session.settings().language;
        let line = say!(
            language,
            "gongkai：丢弃了一条无法解析的消息：{problem}",
            "gongkai: dropped a message that could not be read: {problem}"
        );
        self.session.log(MessageType::ERROR, line);
        match id {
            Some(id) => Response::from_error(id, Error::invalid_request()),
            None => Response::from_error(Id::Null, Error::parse_error()),
        }
    }

    /// `request` as tower-lsp reads it without stumbling.
    fn ease(&self, request: Request) -> Request {
        match request.method() {
            // Whatever it holds has been read; lsp-types would refuse all of it for one value that it does not know.
            "initialize" => {
                let (method, id, params) = request.into_parts();
                self.session.agree(&params.unwrap_or_default());
                rebuild(method, id, Some(json!({"capabilities": {}})))
            }
            // tower-lsp takes no parameters here, not even the `null` and `{}` that some clients send.
            "shutdown" => {
                let (method, id, _) = request.into_parts();
                rebuild(method, id, None)
            }
            _ => request,
        }
    }
}

fn rebuild(method: impl Into<std::borrow::Cow<'static, str>>, id: Option<Id>, params: Option<Value>) -> Request {
    let mut request = Request::build(method);
    if let Some(id) = id {
        request = request.id(id);
    }
    if let Some(params) = params {
        request = request.params(params);
    }
    request.finish()
}

impl<S> Service<Request> for Door<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Option<Response>, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let id = request.id().cloned();
        let method = request.method().to_owned();
        let session = Arc::clone(&self.session);
        if let Some(response) = self.untimely(&request) {
            return ready(Ok(Some(response))).boxed();
        }
        let entered = catch_unwind(AssertUnwindSafe(|| match self.take_in(request) {
            Ok(response) => Err(response),
            Err(request) => Ok(self.inner.call(self.ease(request))),
        }));
        let handling = match entered {
            Ok(Ok(handling)) => handling,
            Ok(Err(response)) => return ready(Ok(response)).boxed(),
            Err(_) => return ready(Ok(panicked(&session, &method, id))).boxed(),
        };
        async move {
            let outcome = AssertUnwindSafe(handling).catch_unwind().await;
            if method == "initialize" {
                session.queue.start();
            }
            match outcome {
                // tower-lsp says nothing to a request whose name starts with `$/`.
                Ok(Ok(None)) => Ok(id.map(|id| Response::from_error(id, Error::method_not_found()))),
                Ok(outcome) => outcome,
                Err(_) => Ok(panicked(&session, &method, id)),
            }
        }
        .boxed()
    }
}

/// The answer to a request whose handler panicked; what went wrong is on stderr already.
fn panicked(session: &Session, method: &str, id: Option<Id>) -> Option<Response> {
    let language = session.settings().language;
    let line = say!(
        language,
        "gongkai：处理 {method} 时发生内部错误，请报告",
        "gongkai: an internal error while handling {method}; please report it"
    );
    session.log(MessageType::ERROR, line);
    id.map(|id| Response::from_error(id, Error::internal_error()))
}
