//! The language server. Only this module may name `tower_lsp` or `lsp_types`.
//!
//! The way of a message:
//!
//! ```text
//! stdin ─ frames ─ input ─ connection ─ dispatcher ─┬─ open, change, close: applied here, in wire order ─ publish ─┐
//!                                                   └─ tower-lsp's service ─ handlers ─ output ─────────── stdout ─┘
//! ```
//!
//! One thread does all of it, and another one reads while it is busy. [`frames`] and [`dispatcher`] handle what
//! tower-lsp does badly: the order of edits, panics, `exit`, the end of the input, malformed messages, unknown
//! capabilities. Each of these has a test in `tests/server/`.

#![warn(clippy::indexing_slicing)]

mod capabilities;
mod closed;
mod configurations;
mod connection;
mod convert;
mod diagnostics;
mod dispatcher;
mod document_tokens;
mod documents;
mod folder_checks;
mod frames;
mod handlers;
#[cfg(debug_assertions)]
mod hooks;
mod input;
mod locks;
mod long_answers;
mod message;
mod output;
mod parent;
mod pipe;
mod publish;
mod publish_queue;
mod replay;
mod server;
mod session;
mod stderr;
mod token_legend;
mod uris;
mod workspace;
mod workspace_scan;

use connection::Connection;
use frames::{End, Frames};
use input::MessageInput;
use output::Output;
#[doc(hidden)]
pub use replay::{Replayed, messages, replay};
use server::Server;
use session::Session;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

/// How long running handlers may take after the last message.
const GRACE: Duration = Duration::from_millis(5);

/// How long the serving thread may be silent after the end of the input before the other thread ends the process.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves on standard input and output until the client sends `exit`, disappears or closes the input. Returns the exit
/// code that LSP requires: 0 after `shutdown`, else 1. The caller has to end the process with it, because the other
/// thread may still be blocked in a read.
pub fn run() -> i32 {
    pipe::widen(io::stdin());
    pipe::widen(io::stdout());
    let end = Arc::new(End::default());
    let mut input = MessageInput::new(Frames::new(io::stdin(), Arc::clone(&end)));
    let (backup, watch) = (input.backup(), Arc::clone(&end));
    let reading = std::thread::Builder::new().name("backup".to_owned()).spawn(move || {
        backup.run();
        std::thread::sleep(PATIENCE);
        std::process::exit(watch.exit_code());
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let (Ok(_), Ok(runtime)) = (reading, runtime) else {
        stderr::print_error("gongkai: 无法启动线程 / cannot start a thread");
        return 1;
    };
    // If the client no longer reads, the session is over all the same.
    let _ = runtime.block_on(serve(&mut input, Output::new(), GRACE, stderr::print_error));
    end.exit_code()
}

/// Serves until the input has ended and its results are written, or until `grace` after the end of the input. Log lines
/// from before `initialize` go to `print_error`.
async fn serve<R: Read>(
    input: &mut MessageInput<R>,
    output: Output,
    grace: Duration,
    print_error: fn(&str),
) -> io::Result<()> {
    let mut session = None;
    let builder = tower_lsp::LspService::build(|client| {
        let created = Session::new(client, print_error);
        session = Some(Arc::clone(&created));
        Server::new(created)
    });
    let builder = builder
        .custom_method("gongkai/ruleDocumentation", Server::rule_documentation)
        .custom_method("gongkai/setCell", Server::set_cell)
        .custom_method("gongkai/newReport", Server::new_report)
        .custom_method("gongkai/checkFolder", Server::check_folder);
    #[cfg(debug_assertions)]
    let builder = hooks::register(builder);
    let (service, socket) = builder.finish();
    let Some(session) = session else { return Ok(()) };
    let mut connection = Connection::new(session, service, socket, output);
    let served = connection.serve(input, grace).await;
    // Freeing a thousand open reports one by one takes a while, and the process ends anyway.
    std::mem::forget(connection);
    served
}
