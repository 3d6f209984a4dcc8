//! How a session begins and ends.

use crate::client::{Client, URI, frame};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The limit for “at once” on a busy machine. Without the cures these tests take a minute or do not end.
const AT_ONCE: Duration = Duration::from_secs(3);

/// The duration of a slow request.
const LONG: u64 = 60_000;

#[test]
fn initialize_returns_the_name_and_the_capabilities_of_the_server() {
    let uses = ["hover", "documentSymbol", "foldingRange", "codeAction"].map(|feature| (feature.to_owned(), json!({})));
    let capabilities = json!({"textDocument": serde_json::Map::from_iter(uses)});
    let (mut client, result) = Client::start_with(json!({"processId": null, "capabilities": capabilities}));
    assert_eq!(result["serverInfo"], json!({"name": "gongkai", "version": env!("CARGO_PKG_VERSION")}));
    let offered = &result["capabilities"];
    assert_eq!(offered["positionEncoding"], "utf-16");
    assert_eq!(offered["textDocumentSync"], json!({"openClose": true, "change": 2, "save": true}));
    assert_eq!(offered["hoverProvider"], true);
    assert_eq!(offered["documentSymbolProvider"], true);
    assert_eq!(offered["foldingRangeProvider"], true);
    let kinds = json!(["quickfix", "source.fixAll.gongkai", "refactor.rewrite"]);
    assert_eq!(offered["codeActionProvider"]["codeActionKinds"], kinds);
    let line = client.wait("a line in the log", |message| message["method"] == "window/logMessage");
    assert!(line["params"]["message"].as_str().unwrap().contains(env!("CARGO_PKG_VERSION")), "{line}");
}

#[test]
fn unknown_capabilities_of_a_client_are_ignored() {
    let capabilities = json!({
        "textDocument": {
            "foldingRange": {"foldingRangeKind": {"valueSet": ["comment", "imports", "region", "paragraph"]}},
            "hover": {"contentFormat": ["html", "markdown"]},
            "semanticTokens": {"requests": 3},
            "diagnostic": {}
        },
        "workspace": {"diagnostics": {"refreshSupport": true}, "workspaceEdit": {"failureHandling": "hope"}}
    });
    let (_, result) = Client::start_with(json!({"trace": "compact", "capabilities": capabilities}));
    assert!(result["capabilities"]["diagnosticProvider"].is_object(), "{result}");
}

#[test]
fn messages_before_initialize_are_refused_or_dropped() {
    let mut client = Client::spawn();
    let id = client.request("textDocument/hover", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32002);
    client.open("# 早到的文件\n");
    client.call("initialize", json!({"capabilities": {}}));
    assert_eq!(client.call("gongkai/debug/text", json!({"uri": URI})), Value::Null);
}

#[test]
fn a_client_that_does_not_wait_for_initialize_gets_its_diagnostics() {
    let mut client = Client::spawn();
    let id = client.request("initialize", json!({"capabilities": {}}));
    client.notify("initialized", json!({}));
    client.open(&crate::fixture::report());
    // Only a log message may come before it.
    let first = client.wait("a message", |message| message["method"] != "window/logMessage");
    assert_eq!(first["id"], id, "{first}");
    client.pushed(1);
}

#[test]
fn requests_right_after_initialize_are_answered() {
    let mut client = Client::spawn();
    let hello = json!({"jsonrpc": "2.0", "id": "first", "method": "initialize", "params": {"capabilities": {}}});
    let fold = json!({"textDocument": {"uri": URI}});
    let next = json!({"jsonrpc": "2.0", "id": "next", "method": "textDocument/foldingRange", "params": fold});
    // In one write, as from a client that does not wait.
    client.raw(&[hello, next].map(|message| frame(&message.to_string())).concat());
    let first = client.wait("an answer", |message| message.get("id").is_some());
    assert_eq!(first["id"], "first", "{first}");
    let answer = client.wait("an answer", |message| message["id"] == "next");
    assert!(answer.get("error").is_none(), "{answer}");
}

#[test]
fn shutdown_then_exit_ends_with_0_although_stdin_stays_open() {
    for params in [None, Some(Value::Null), Some(json!({})), Some(json!([]))] {
        let mut client = Client::start(json!({}));
        let mut shutdown = json!({"jsonrpc": "2.0", "id": "last", "method": "shutdown"});
        if let Some(params) = params {
            shutdown["params"] = params;
        }
        client.send(&shutdown);
        let answer = client.wait("an answer to shutdown", |message| message["id"] == "last");
        assert_eq!(answer["result"], Value::Null, "{answer}");
        let id = client.request("textDocument/hover", json!({}));
        assert_eq!(client.answer(id)["error"]["code"], -32600, "a request after shutdown");
        client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        let (code, took) = client.exit();
        assert_eq!(code, Some(0));
        assert!(took < AT_ONCE, "{took:?}");
    }
}

#[test]
fn a_client_that_does_not_wait_for_shutdown_still_gets_its_answer() {
    let mut client = Client::start(json!({}));
    let id = client.request("shutdown", Value::Null);
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.answer(id)["result"], Value::Null);
    assert_eq!(client.exit().0, Some(0));
}

#[test]
fn exit_without_shutdown_ends_with_1() {
    let mut client = Client::start(json!({}));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit().0, Some(1));
    let mut client = Client::spawn();
    client.send(&json!({"jsonrpc": "2.0", "method": "exit", "params": null}));
    assert_eq!(client.exit().0, Some(1), "before initialize");
}

#[test]
fn exit_and_the_end_of_input_do_not_wait_for_handlers_in_flight() {
    for close in [false, true] {
        let mut client = Client::start(json!({}));
        let slow = client.request("gongkai/debug/sleep", json!([LONG]));
        client.assert_alive();
        assert!(client.received().iter().all(|message| message["id"] != slow), "it sleeps");
        end(&mut client, close);
    }
}

#[test]
fn exit_and_the_end_of_input_end_a_server_that_hangs() {
    for close in [false, true] {
        let mut client = Client::start(json!({}));
        client.request("gongkai/debug/block", json!([LONG]));
        // Later messages are not handled.
        client.request("textDocument/foldingRange", json!({"textDocument": {"uri": URI}}));
        std::thread::sleep(Duration::from_millis(200));
        assert!(client.received().iter().all(|message| message["id"].is_null()), "it hangs");
        end(&mut client, close);
    }
}

#[track_caller]
fn end(client: &mut Client, close: bool) {
    if close {
        client.close_stdin();
    } else {
        client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    }
    let (code, took) = client.exit();
    assert_eq!(code, Some(1));
    assert!(took < AT_ONCE, "{took:?}");
}

#[test]
fn the_end_of_input_after_shutdown_exits_with_0() {
    let mut client = Client::start(json!({}));
    client.call("shutdown", Value::Null);
    client.close_stdin();
    assert_eq!(client.exit().0, Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_does_not_outlive_the_process_that_started_it() {
    let mut parent = Command::new("sleep").arg("1").spawn().unwrap();
    let (mut client, _) = Client::start_with(json!({"processId": parent.id(), "capabilities": {}}));
    client.assert_alive();
    parent.wait().unwrap();
    let start = Instant::now();
    assert_eq!(client.exit().0, Some(1));
    assert!(start.elapsed() < Duration::from_secs(20), "looked for every 10 s");
}

#[test]
fn a_client_process_that_is_not_visible_does_not_end_the_session() {
    let (mut client, _) = Client::start_with(json!({"processId": 4_000_000_000_u32, "capabilities": {}}));
    std::thread::sleep(Duration::from_millis(300));
    client.assert_alive();
}

#[test]
fn a_client_that_closes_its_input_ends_the_session() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = command.spawn().unwrap();
    drop(server.stdout.take());
    let mut stdin = server.stdin.take().unwrap();
    let start = Instant::now();
    let status = loop {
        // Several: the first may be answered before the server notices.
        let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}});
        let _ = stdin.write_all(&crate::client::frame(&hello.to_string()));
        if let Some(status) = server.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > crate::client::TIMEOUT {
            server.kill().unwrap();
            panic!("the server does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(1));
}
