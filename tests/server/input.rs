//! Input and panics that would end tower-lsp.

use crate::client::{Client, frame};
use serde_json::{Value, json};

#[test]
fn malformed_frames_are_answered_and_logged() {
    let mut client = Client::start(json!({}));
    for bad in ["{", "[]", "not json", r#"{"jsonrpc":"1.0","method":"x"}"#, r#"{"jsonrpc":"2.0","id":[],"method":"x"}"#]
    {
        client.raw(&frame(bad));
        let answer = client.wait("a parse error", |message| message["error"]["code"] == -32700);
        assert_eq!(answer["id"], Value::Null, "{bad}");
        client.wait("a line in the log", |message| {
            message["method"] == "window/logMessage" && message["params"]["type"] == 1
        });
        client.assert_alive();
    }
    client.raw(b"Content-Length: x\r\n\r\nrubbish\r\n\r\n");
    client.assert_alive();
    client.send(&json!({"jsonrpc": "1.0", "id": 77, "method": "textDocument/hover"}));
    assert_eq!(client.answer(77)["error"]["code"], -32600, "who can be answered, is");
}

#[test]
fn a_request_with_any_method_name_is_answered() {
    let mut client = Client::start(json!({}));
    for method in ["$/setTrace", "$/cancelRequest", "$/nothing", "textDocument/didOpen", "initialized"] {
        let id = client.request(method, json!({}));
        assert!(client.answer(id)["error"]["code"].is_i64(), "{method}");
    }
}

#[test]
fn malformed_frames_before_initialize_do_not_end_the_server() {
    let mut client = Client::spawn();
    client.raw(b"hello?\r\n");
    client.raw(&frame("{"));
    client.call("initialize", json!({"capabilities": {}}));
}

#[test]
fn headers_are_read_in_any_case_and_number() {
    let mut client = Client::start(json!({}));
    let body =
        r#"{"jsonrpc":"2.0","id":5,"method":"textDocument/foldingRange","params":{"textDocument":{"uri":"a:b"}}}"#;
    let header = format!("X-One: 1\r\nX-Two: 2\r\ncontent-length: {}\r\ncontent-type: text/x\r\n\r\n", body.len());
    client.raw(header.as_bytes());
    client.raw(body.as_bytes());
    client.answer(5);
    assert!(client.received().iter().all(|message| message.get("error").is_none()), "{:?}", client.received());
}

#[test]
fn lone_surrogates_become_one_replacement_character() {
    let mut client = Client::start(json!({}));
    let open = r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":
        {"uri":"file:///tmp/report.md","languageId":"markdown","version":1,"text":"a\ud842b\\ud842\ud83d\ude00"}}}"#;
    client.raw(&frame(open));
    assert_eq!(client.text().0, "a\u{fffd}b\\ud842😀");
    client.change(2, Some([0, 2, 0, 3]), "c");
    assert_eq!(client.text().0, "a\u{fffd}c\\ud842😀", "positions behind it hold");
}

#[test]
fn a_panic_in_a_handler_is_one_failed_request() {
    let mut client = Client::start(json!({}));
    for _ in 0..3 {
        let id = client.request("gongkai/debug/panic", Value::Null);
        assert_eq!(client.answer(id)["error"]["code"], -32603);
    }
    client.wait("a line in the log", |message| {
        message["params"]["message"].as_str().is_some_and(|line| line.contains("gongkai/debug/panic"))
    });
    client.assert_alive();
}

#[test]
fn notifications_with_wrong_parameters_are_logged() {
    let mut client = Client::start(json!({}));
    for method in ["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose"] {
        for params in [json!({}), json!([]), json!({"textDocument": {"uri": "not a uri"}})] {
            client.notify(method, params);
        }
        client.wait("a line in the log", |message| {
            message["params"]["message"].as_str().is_some_and(|line| line.contains(method))
        });
    }
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    client.notify("$/setTrace", json!({"value": "off"}));
    client.assert_alive();
}

#[test]
fn unknown_requests_are_refused_and_unknown_notifications_ignored() {
    let mut client = Client::start(json!({}));
    let id = client.request("gongkai/nonsense", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32601);
    client.notify("gongkai/nonsense", json!({}));
    client.assert_alive();
}
