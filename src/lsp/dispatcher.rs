//! Every message passes the dispatcher before tower-lsp's router sees it.
//!
//! The dispatcher gets messages in wire order; requests are answered later. So it opens, changes and closes documents
//! itself: in handlers, one edit could overtake another. It also catches panics.

use super::handlers::{check_folder, settings, sync};
use super::long_answers::{self, Unanswered};
use super::message::{Call, Malformed, Message, Params};
use super::output::{Answer, Outgoing};
use super::session::Session;
use crate::say;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::lsp_types::MessageType;
use tower_service::Service;

/// The error of a request that comes before `initialize`: `ServerNotInitialized`.
const NOT_INITIALIZED: ErrorCode = ErrorCode::ServerError(-32002);

/// The state of a message after it was taken in.
pub(super) enum MessageState {
    /// It is done, and this is its answer, if it was a request.
    Done(Option<Answer>),
    /// It is being answered. Messages after the first one, `initialize`, have to wait until it is answered.
    Handling { handling: BoxFuture<'static, Option<Answer>>, is_first: bool },
    /// It answers a request of the server.
    Response(Response),
}

/// tower-lsp's service, with the checks and the work that come before it.
pub(super) struct Dispatcher<S> {
    inner: S,
    session: Arc<Session>,
    /// Whether the client has requested `shutdown`.
    shut: bool,
}

impl<S> Dispatcher<S> {
    pub(super) fn new(inner: S, session: Arc<Session>) -> Dispatcher<S> {
        Dispatcher { inner, session, shut: false }
    }

    /// The error for a request that comes before `initialize` or after `shutdown`. tower-lsp looks at the method first,
    /// and takes a request whose method starts with `$/` for a notification.
    fn untimely(&mut self, call: &Call) -> Option<Response> {
        let id = call.id.as_ref()?;
        let method = call.method.as_str();
        let error = if !self.session.is_initialized() && method != "initialize" {
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

    /// Applies a notification that changes documents or settings; returns any other message.
    fn apply(&self, call: Call) -> Option<Call> {
        let notification: fn(&Arc<Session>, Params) -> serde_json::Result<()> = match call.method.as_str() {
            "textDocument/didOpen" => sync::open,
            "textDocument/didChange" => sync::change,
            "textDocument/didClose" => sync::close,
            "textDocument/didSave" => sync::save,
            "workspace/didChangeConfiguration" => settings::changed,
            "workspace/didChangeWatchedFiles" => settings::file_changed,
            "workspace/didChangeWorkspaceFolders" => settings::folders_changed,
            "window/workDoneProgress/cancel" => check_folder::cancel,
            "initialized" => settings::initialized,
            _ => return Some(call),
        };
        if call.id.is_some() {
            return Some(call);
        }
        // Notifications before `initialize` are dropped, as LSP requires.
        if self.session.is_initialized()
            && let Err(error) = notification(&self.session, call.params)
        {
            self.session.log(MessageType::ERROR, format!("gongkai: {}: {error}", call.method));
        }
        None
    }

    /// The answer to a message that could not be read.
    fn refuse(&self, malformed: Malformed) -> Response {
        let Malformed { problem, id } = malformed;
        let line = say!(
            self.session.settings().language,
            "gongkai：丢弃了一条无法解析的消息：{problem}",
            "gongkai: dropped a message that could not be read: {problem}"
        );
        self.session.log(MessageType::ERROR, line);
        match id {
            Some(id) => Response::from_error(id, Error::invalid_request()),
            None => Response::from_error(Id::Null, Error::parse_error()),
        }
    }

    /// `call` in a form that tower-lsp reads without error.
    fn ease(&self, call: Call) -> Result<Request, Malformed> {
        match call.method.as_str() {
            // The session reads the parameters itself; lsp-types would refuse all of them for one value that it does
            // not know.
            "initialize" => {
                let (call, params) = call.read()?;
                self.session.initialize(&params);
                Ok(call.request(Some(json!({"capabilities": {}}))))
            }
            // tower-lsp accepts no parameters here, not even the `null` and `{}` that some clients send.
            "shutdown" => Ok(call.request(None)),
            _ => {
                let (call, params) = call.read()?;
                Ok(call.request(Some(params).filter(|params| !params.is_null())))
            }
        }
    }
}

impl<S> Dispatcher<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    /// Takes in a message. A message that changes a document or a setting is applied when this returns.
    pub(super) fn take_in(&mut self, message: Message) -> MessageState {
        match message {
            Message::Call(call) => self.call(call),
            Message::Response(response) => MessageState::Response(response),
            Message::Malformed(malformed) => MessageState::Done(Some(Answer::Response(self.refuse(malformed)))),
        }
    }

    fn call(&mut self, call: Call) -> MessageState {
        if let Some(response) = self.untimely(&call) {
            return MessageState::Done(Some(Answer::Response(response)));
        }
        let (id, method) = (call.id.clone(), call.method.clone());
        let session = Arc::clone(&self.session);
        let handling = match catch_unwind(AssertUnwindSafe(|| self.handling(call))) {
            Ok(Ok(Some(handling))) => handling,
            Ok(Ok(None)) => return MessageState::Done(None),
            Ok(Err(malformed)) => return MessageState::Done(Some(Answer::Response(self.refuse(malformed)))),
            Err(_) => return MessageState::Done(panicked(&session, &method, id)),
        };
        let is_first = method == "initialize";
        let handling = async move {
            let outcome = AssertUnwindSafe(handling).catch_unwind().await;
            if is_first {
                session.queue.start();
            }
            match outcome {
                Ok(Some(answer)) => Some(answer),
                // tower-lsp does not answer a request whose method starts with `$/`.
                Ok(None) => id.map(|id| Answer::Response(Response::from_error(id, Error::method_not_found()))),
                Err(_) => panicked(&session, &method, id),
            }
        };
        MessageState::Handling { handling: handling.boxed(), is_first }
    }

    /// What answers `call`; `None` if the call changed a document or a setting, which is done.
    fn handling(&mut self, call: Call) -> Result<Option<BoxFuture<'static, Option<Answer>>>, Malformed> {
        let Some(call) = self.apply(call) else { return Ok(None) };
        if let (Some(id), Some(answer)) = (call.id.clone(), long_answers::of(&call.method)) {
            let session = Arc::clone(&self.session);
            let handling = async move {
                Some(match Outgoing::result(&id, |json| answer(&session, &call.params, json)) {
                    Ok(message) => Answer::Written(message),
                    Err(Unanswered(error)) => Answer::Response(Response::from_error(id, error)),
                })
            };
            return Ok(Some(handling.boxed()));
        }
        let handling = self.inner.call(self.ease(call)?);
        Ok(Some(handling.map(|outcome| outcome.ok().flatten().map(Answer::Response)).boxed()))
    }
}

/// The answer to a request whose handler panicked; the panic's message is on stderr already.
fn panicked(session: &Session, method: &str, id: Option<Id>) -> Option<Answer> {
    let language = session.settings().language;
    let line = say!(
        language,
        "gongkai：处理 {method} 时发生内部错误，请报告",
        "gongkai: an internal error while handling {method}; please report it"
    );
    session.log(MessageType::ERROR, line);
    id.map(|id| Answer::Response(Response::from_error(id, Error::internal_error())))
}
