//! The server's text of a document.

use crate::client::{Client, URI};
use crate::fixture;
use serde_json::{Value, json};

#[test]
fn changes_apply_in_every_encoding_that_can_be_negotiated() {
    for (offered, agreed, behind) in [
        (json!(["utf-16", "utf-8", "utf-32"]), "utf-8", 7),
        (json!(["utf-16", "utf-32"]), "utf-32", 2),
        (json!(["utf-16"]), "utf-16", 3),
        (Value::Null, "utf-16", 3),
    ] {
        let mut capabilities = json!({});
        if !offered.is_null() {
            capabilities = json!({"general": {"positionEncodings": offered}});
        }
        let (mut client, result) = Client::start_with(json!({"capabilities": capabilities}));
        assert_eq!(result["capabilities"]["positionEncoding"], agreed);
        client.open("表😀二\r\n三");
        client.change(2, Some([0, behind, 0, behind]), "x");
        client.change(3, Some([1, 0, 9, 9]), "四");
        assert_eq!(client.text(), ("表😀x二\r\n四".to_owned(), 3), "{agreed}");
    }
}

#[test]
fn several_changes_in_one_message_apply_in_order() {
    let mut client = Client::start(json!({}));
    client.open("一二三\n");
    let range = |from, to| json!({"start": {"line": 0, "character": from}, "end": {"line": 0, "character": to}});
    client.notify(
        "textDocument/didChange",
        json!({"textDocument": {"uri": URI, "version": 9}, "contentChanges": [
            {"range": range(0, 1), "text": ""}, {"range": range(0, 1), "text": "2"}, {"range": range(2, 2), "text": "四"}
        ]}),
    );
    assert_eq!(client.text(), ("2三四\n".to_owned(), 9));
    client.change(10, None, "全新");
    assert_eq!(client.text(), ("全新".to_owned(), 10));
}

#[test]
fn opening_a_document_twice_takes_the_second_text() {
    let mut client = Client::start(json!({}));
    client.open("旧");
    client.open_as(URI, 5, "新");
    assert_eq!(client.text(), ("新".to_owned(), 5));
    client.wait("a line in the log", |message| message["params"]["type"] == 2);
}

#[test]
fn messages_about_a_closed_document_do_no_harm() {
    let mut client = Client::start(json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}));
    client.change(2, Some([0, 0, 0, 0]), "x");
    client.wait("a line in the log", |message| message["params"]["type"] == 2);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    let document = json!({"uri": URI});
    let at = json!({"line": 0, "character": 0});
    for (method, params) in [
        ("textDocument/hover", json!({"textDocument": document, "position": at})),
        ("textDocument/documentSymbol", json!({"textDocument": document})),
        ("textDocument/foldingRange", json!({"textDocument": document})),
        (
            "textDocument/codeAction",
            json!({"textDocument": document, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}),
        ),
    ] {
        assert_eq!(client.call(method, params), Value::Null, "{method}");
    }
    let pulled = client.call("textDocument/diagnostic", json!({"textDocument": document}));
    assert_eq!(pulled, json!({"kind": "full", "items": []}));
}

#[test]
fn positions_outside_the_text_are_clamped() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::report());
    let far = json!({"line": 99_999, "character": 99_999});
    client.call("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": far}));
    let length = fixture::report().len();
    client.change(2, Some([99_999, 0, 99_999, 5]), "尾");
    assert_eq!(client.text().0.len(), length + "尾".len());
}
