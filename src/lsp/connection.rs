//! The loop that serves a client: messages go through the dispatcher to tower-lsp's service; answers and diagnostics go
//! out. All of it runs on one thread, which waits for nothing but the next message.
//!
//! It replaces tower-lsp's `Server::serve`, which turns every message into a tree of JSON values:
//! `docs/decisions/0034-our-own-loop.md`.

use super::dispatcher::{Dispatcher, MessageState};
use super::input::MessageInput;
use super::message::Message;
use super::output::{Answer, Output};
use super::publish::Publisher;
use super::session::Session;
use futures::future::BoxFuture;
use futures::sink::Sink;
use futures::stream::{FuturesUnordered, Stream};
use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tower_lsp::ClientSocket;
use tower_lsp::jsonrpc::{Request, Response};
use tower_service::Service;

/// After this many messages the loop lets pending answers and diagnostics go out before it takes in more.
const BATCH: usize = 128;

/// One client and all unfinished work for it.
pub(super) struct Connection<S> {
    session: Arc<Session>,
    dispatcher: Dispatcher<S>,
    socket: ClientSocket,
    output: Output,
    publisher: Publisher,
    /// Requests that are being answered.
    answering: FuturesUnordered<BoxFuture<'static, Option<Answer>>>,
    /// Background tasks: see [`Session::spawn`].
    background: FuturesUnordered<BoxFuture<'static, ()>>,
}

/// The next item of `stream`, if it is ready.
fn next<S: Stream + Unpin>(stream: &mut S, cx: &mut Context<'_>) -> Option<S::Item> {
    match Pin::new(stream).poll_next(cx) {
        Poll::Ready(next) => next,
        Poll::Pending => None,
    }
}

impl<S> Connection<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    pub(super) fn new(session: Arc<Session>, service: S, socket: ClientSocket, output: Output) -> Connection<S> {
        Connection {
            dispatcher: Dispatcher::new(service, Arc::clone(&session)),
            session,
            socket,
            output,
            publisher: Publisher::default(),
            answering: FuturesUnordered::new(),
            background: FuturesUnordered::new(),
        }
    }

    /// Serves until the input has ended and all requests are answered, or until `grace` after the end of the input.
    pub(super) async fn serve<R: Read>(&mut self, input: &mut MessageInput<R>, grace: Duration) -> io::Result<()> {
        poll_fn(|cx| self.poll_serve(cx, input)).await?;
        let rest = poll_fn(|cx| {
            self.write(cx)?;
            if self.answering.is_empty() { Poll::Ready(Ok(())) } else { Poll::Pending }
        });
        tokio::time::timeout(grace, rest).await.unwrap_or(Ok(()))
    }

    /// Does all work that is ready. Finishes at the end of the input.
    fn poll_serve<R: Read>(&mut self, cx: &mut Context<'_>, input: &mut MessageInput<R>) -> Poll<io::Result<()>> {
        input.begin();
        loop {
            // The loop takes in all messages that have arrived before it computes anything, so that edits coalesce.
            let Some(taken) = self.take_all(cx, input) else {
                return Poll::Ready(self.write(cx).map(drop));
            };
            let written = self.write(cx)?;
            let published = self.publisher.publish_next(&self.session, &mut self.output)?;
            if !self.answering.is_empty() || self.session.queue.is_waiting() || self.session.workspace.is_active() {
                input.start_backup();
            } else if !taken && !written && !published {
                match ready!(input.wait(cx)) {
                    Some(message) => {
                        if self.take_in(message) {
                            self.write(cx)?;
                        }
                    }
                    None => return Poll::Ready(Ok(())),
                }
                continue;
            }
            if !taken && !written && !published {
                return Poll::Pending;
            }
        }
    }

    /// Takes in the messages that have arrived; returns whether there were any, or `None` at the end of the input.
    fn take_all<R: Read>(&mut self, cx: &mut Context<'_>, input: &mut MessageInput<R>) -> Option<bool> {
        for count in 0..BATCH {
            let Poll::Ready(message) = input.next(cx) else { return Some(count > 0) };
            if self.take_in(message?) {
                break;
            }
        }
        Some(true)
    }

    /// Takes in `message`; returns whether later messages have to wait until it is answered.
    fn take_in(&mut self, message: Message) -> bool {
        match self.dispatcher.take_in(message) {
            MessageState::Done(None) => {}
            MessageState::Done(Some(answer)) => self.answering.push(Box::pin(std::future::ready(Some(answer)))),
            MessageState::Handling { handling, is_first } => {
                self.answering.push(handling);
                return is_first;
            }
            // A reply to a request that is no longer pending is dropped.
            MessageState::Response(response) => drop(Pin::new(&mut self.socket).start_send(response)),
        }
        false
    }

    /// Writes the answers that are ready and the server's own notifications and requests; returns whether there were
    /// any.
    fn write(&mut self, cx: &mut Context<'_>) -> io::Result<bool> {
        let mut written = false;
        loop {
            let mut any = false;
            self.background.extend(self.session.spawned());
            while let Some(answer) = next(&mut self.answering, cx) {
                any = true;
                if let Some(answer) = answer {
                    self.output.answer(&self.session.documents.spellings.answer(answer))?;
                }
            }
            while let Some(()) = next(&mut self.background, cx) {
                any = true;
            }
            while let Some(request) = next(&mut self.socket, cx) {
                any = true;
                let spellings = &self.session.documents.spellings;
                self.output.request(request, |params| spellings.value(params))?;
            }
            if !any {
                return Ok(written);
            }
            written = true;
        }
    }
}
