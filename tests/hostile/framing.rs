//! Malformed headers and bodies.

use crate::client::{Client, frame};
use crate::oracle::{recovers, size};
use serde_json::{Value, json};

fn request(id: i64) -> String {
    json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/foldingRange", "params": {"textDocument": {"uri": "a:b"}}})
        .to_string()
}

#[test]
fn legal_and_some_illegal_headers_are_read() {
    let mut client = Client::start(json!({}));
    let forms: [fn(usize) -> String; 9] = [
        |length| format!("Content-Length: {length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n"),
        |length| format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {length}\r\n\r\n"),
        |length| format!("content-length:{length}\r\n\r\n"),
        |length| format!("CONTENT-LENGTH:   {length}   \r\n\r\n"),
        |length| format!("Content-Length: {length}\n\n"),
        |length| format!("\r\n\r\n\nContent-Length: {length}\r\n\r\n"),
        |length| format!("X-A: 1\r\nX-B: 2\r\nX-C: 3\r\nContent-Length: {length}\r\n\r\n"),
        |length| format!("Content-Length: 1\r\nContent-Length: {length}\r\n\r\n"),
        |length| format!("Content-Length: +{length}\r\n\r\n"),
    ];
    for (id, header) in (500..).zip(forms) {
        let body = request(id);
        client.raw(header(body.len()).as_bytes());
        client.raw(body.as_bytes());
        assert_eq!(client.answer(id)["result"], Value::Null, "{}", header(1));
    }
    // In pieces of one byte.
    for byte in frame(&request(600)) {
        client.raw(&[byte]);
    }
    client.answer(600);
    recovers(&mut client);
}

#[test]
fn invalid_lengths_lose_one_message_at_most() {
    let mut client = Client::start(json!({}));
    for (id, length) in (700..).zip([
        "-5",
        "",
        "x",
        "1e3",
        "0x10",
        "99999999999",
        "18446744073709551616",
        "268435457",
        "9999999999999999999999",
    ]) {
        client.raw(format!("Content-Length: {length}\r\n\r\n").as_bytes());
        client.raw(&frame(&request(id)));
        client.answer(id);
        client.wait("a line in the log", |message| message["params"]["type"] == 1);
    }
    // An empty body is not a message.
    client.raw(b"Content-Length: 0\r\n\r\n");
    client.raw(&frame(&request(800)));
    client.answer(800);
    recovers(&mut client);
}

#[test]
fn wrong_lengths_lose_only_the_messages_that_they_cut() {
    let mut client = Client::start(json!({}));
    let body = request(900);
    for wrong in [1, 10, body.len() - 1, body.len() + 1, body.len() + 20, body.len() + 60] {
        client.raw(format!("Content-Length: {wrong}\r\n\r\n{body}").as_bytes());
        // The first of these may be lost with it.
        for id in 901..=903 {
            client.raw(&frame(&request(id)));
        }
        client.answer(903);
        client.wait("a line in the log", |message| message["params"]["type"] == 1);
    }
    recovers(&mut client);
}

#[test]
fn bytes_between_messages_are_skipped() {
    let mut client = Client::start(json!({}));
    let long = "x".repeat(100_000);
    let headers = "X-Header: y\r\n".repeat(10_000);
    let rubbish: [&[u8]; 8] = [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\0\0\0\0\r\n",
        b"\xff\xfe\xfd\n",
        b"warning: a plug-in that prints\n",
        b": \r\n\r\n",
        long.as_bytes(),
        b"\n",
        headers.as_bytes(),
    ];
    for (id, rubbish) in (1000..).zip(rubbish) {
        client.raw(rubbish);
        client.raw(&frame(&request(id)));
        client.answer(id);
    }
    recovers(&mut client);
}

#[test]
fn bodies_that_are_not_messages_are_answered_with_an_error() {
    let mut client = Client::start(json!({}));
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("\"{}", "a".repeat(size(10_000_000, 1_000_000)));
    for body in ["", " ", "{", "null", "1", "\"x\"", "true", "[]", "[1]", "{\"a\":}", "\u{feff}{}", "NaN", &deep, &long]
    {
        client.raw(&frame(body));
        if !body.is_empty() {
            let answer = client.wait("a parse error", |message| message["error"]["code"] == -32700);
            assert_eq!(answer["id"], Value::Null);
        }
    }
    // A batch is valid in JSON-RPC but not in LSP: nothing in it is done.
    client.raw(&frame(&format!("[{},{}]", request(1100), request(1101))));
    client.wait("a parse error", |message| message["error"]["code"] == -32700);
    client.raw(&frame(&request(1102)));
    client.answer(1102);
    assert!(client.received().iter().all(|message| message["id"] != 1100 && message["id"] != 1101));
    recovers(&mut client);
}
