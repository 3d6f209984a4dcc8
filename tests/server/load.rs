//! Many messages at once.

use crate::client::{Client, TIMEOUT, URI, frame};
use crate::fixture;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

#[test]
fn five_hundred_edits_without_waiting_apply_in_order() {
    let mut client = Client::start(json!({}));
    let mut expected: Vec<char> = Vec::new();
    client.open("");
    for edit in 0..500 {
        // Each place depends on the edits before.
        let at = (edit * 7919) % (expected.len() + 1);
        let typed = char::from_u32(0x4E00 + edit as u32).unwrap();
        client.change(edit as i32 + 2, Some([0, at, 0, at]), &typed.to_string());
        expected.insert(at, typed);
    }
    assert_eq!(client.text(), (expected.into_iter().collect(), 501));
}

#[test]
fn pushed_versions_only_increase_and_end_at_the_last() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::report());
    for version in 2..=300 {
        client.change(
            version,
            Some([0, 2, 0, if version % 2 == 0 { 2 } else { 3 }]),
            if version % 2 == 0 { "区" } else { "" },
        );
    }
    client.pushed(300);
    let versions: Vec<i64> =
        client.received().iter().filter_map(|message| message["params"]["version"].as_i64()).collect();
    assert!(versions.is_sorted() && versions.last().is_none_or(|last| *last < 300), "{versions:?}");
}

#[test]
fn slow_requests_do_not_delay_others_and_can_be_cancelled() {
    let mut client = Client::start(json!({}));
    let slow: Vec<i64> = (0..100).map(|_| client.request("gongkai/debug/sleep", json!([60_000]))).collect();
    client.assert_alive();
    client.notify("$/cancelRequest", json!({"id": slow[50]}));
    assert_eq!(client.answer(slow[50])["error"]["code"], -32800);
    client.assert_alive();
}

/// A client that pulls diagnostics and supports refreshes.
fn pulling() -> Client {
    Client::start(json!({
        "textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}
    }))
}

#[test]
fn requests_to_the_client_may_be_answered_late_or_never() {
    let mut client = pulling();
    client.open(&fixture::report());
    // More than the queues of tower-lsp hold. Each differs from the one before; equal settings cause no refresh.
    for most in 1..=150 {
        client.notify("workspace/didChangeConfiguration", json!({"settings": {"maxFindings": most}}));
    }
    client.assert_alive();
    let mut asked: Vec<Value> = Vec::new();
    while asked.len() < 150 {
        let request =
            client.wait("a request to refresh", |message| message["method"] == "workspace/diagnostic/refresh");
        asked.push(request["id"].clone());
    }
    client.assert_alive();
    // Responses that are late, errors, without a result, repeated, or to an unknown request. The others never come.
    for id in &asked[..50] {
        client.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
    }
    client.send(&json!({"jsonrpc": "2.0", "id": asked[50], "error": {"code": -32601, "message": "no"}}));
    client.send(&json!({"jsonrpc": "2.0", "id": asked[51]}));
    client.send(&json!({"jsonrpc": "2.0", "id": asked[0], "result": null}));
    client.send(&json!({"jsonrpc": "2.0", "id": 999_999, "result": null}));
    client.send(&json!({"jsonrpc": "2.0", "id": "what", "result": null}));
    client.assert_alive();
    let pulled = client.call("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}));
    assert_eq!(pulled["kind"], "full");
}

#[test]
fn a_client_that_writes_everything_before_reading_is_not_blocked() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = command.spawn().unwrap();
    let (sender, done) = channel();
    let (mut stdin, mut stdout) = (server.stdin.take().unwrap(), server.stdout.take().unwrap());
    std::thread::spawn(move || {
        let mut send = |message: Value| stdin.write_all(&frame(&message.to_string())).unwrap();
        send(json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}}));
        // The requests and the responses are each many times what a pipe holds.
        for id in 1..=5000 {
            send(json!({"jsonrpc": "2.0", "id": id, "method": "gongkai/nonsense", "params": {}}));
        }
        send(json!({"jsonrpc": "2.0", "method": "exit"}));
        sender.send("written").unwrap();
        let mut answers = String::new();
        stdout.read_to_string(&mut answers).unwrap();
        sender.send("read").unwrap();
    });
    let written = done.recv_timeout(TIMEOUT);
    let read = done.recv_timeout(TIMEOUT);
    let _ = server.kill();
    server.wait().unwrap();
    assert_eq!((written, read), (Ok("written"), Ok("read")));
}
