//! Documents that are opened, changed and closed against the rules of LSP.

use crate::client::{Client, URI};
use crate::fixture;
use crate::oracle::{assert_diagnostics, edit, expected, pushed, range, recovers, shown, wrong_figure};
use gongkai::text::Encoding;
use serde_json::{Value, json};

/// Checks that the server logs exactly `number` warnings, possibly after the response to a later request.
#[track_caller]
fn assert_warnings(client: &mut Client, times: usize) {
    let is_warning = |message: &Value| message["method"] == "window/logMessage" && message["params"]["type"] == 2;
    for _ in 0..times {
        client.wait("a warning", is_warning);
    }
    client.assert_alive();
    assert!(!client.received().iter().any(is_warning), "{:?}", client.received());
}

#[test]
fn documents_that_are_not_open_can_be_edited_saved_and_closed() {
    let mut client = Client::start(json!({}));
    edit(&mut client, URI, json!(2), json!([{"text": fixture::wrong()}]));
    edit(&mut client, URI, json!(3), json!([{"range": range(0, 0, 0, 0), "text": "x"}]));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}, "text": fixture::wrong()}));
    client.notify("textDocument/willSave", json!({"textDocument": {"uri": URI}, "reason": 1}));
    assert_warnings(&mut client, 3);
    assert!(client.received().iter().all(|message| message["method"] != "textDocument/publishDiagnostics"));
    // Once opened, it has the text that was opened.
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    recovers(&mut client);
}

#[test]
fn versions_may_decrease_repeat_and_be_negative() {
    let mut client = Client::start(json!({}));
    client.open_as(URI, 7, &fixture::wrong());
    assert_diagnostics(&mut client, URI, 7, &fixture::wrong(), Encoding::Utf16);
    // Changes apply in the order of the messages, whatever their versions.
    for (version, text) in [
        (3, fixture::report()),
        (-5, fixture::wrong()),
        (i64::from(i32::MIN), fixture::OTHER.to_owned()),
        (0, fixture::wrong()),
    ] {
        edit(&mut client, URI, json!(version), json!([{"text": text}]));
        assert_diagnostics(&mut client, URI, version, &text, Encoding::Utf16);
    }
    let (line, column) = wrong_figure(&fixture::wrong());
    for figure in ["9", "7"] {
        edit(&mut client, URI, json!(0), json!([{"range": range(line, column, line, column + 1), "text": figure}]));
        let text = fixture::wrong().replace(fixture::WRONG, &fixture::WRONG.replace('8', figure));
        assert_diagnostics(&mut client, URI, 0, &text, Encoding::Utf16);
    }
    recovers(&mut client);
}

#[test]
fn a_document_opened_twice_has_the_second_text() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::report());
    assert_diagnostics(&mut client, URI, 1, &fixture::report(), Encoding::Utf16);
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    // Diagnostics may overtake log messages; a response does not.
    client.assert_alive();
    assert_warnings(&mut client, 1);
    // The first notification closes it; the second is reported.
    for _ in 0..2 {
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    }
    assert_eq!(pushed(&mut client, URI, None), json!([]));
    client.assert_alive();
    assert_warnings(&mut client, 1);
    recovers(&mut client);
}

#[test]
fn an_unreadable_change_changes_nothing_until_the_next_whole_text() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    let backwards = json!({"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}});
    for (version, changes) in [
        (Value::Null, json!([{"text": ""}])),
        (json!("2"), json!([{"text": ""}])),
        (json!(i64::from(i32::MAX) + 1), json!([{"text": ""}])),
        (json!(2), Value::Null),
        (json!(2), json!({})),
        (json!(2), json!([{"range": backwards, "text": ""}])),
        // A valid change beside an invalid one: neither is applied.
        (json!(2), json!([{"text": ""}, {"text": 3}])),
    ] {
        edit(&mut client, URI, version, changes);
        client.wait("a line in the log", |message| {
            message["params"]["type"] == 1
                && message["params"]["message"].as_str().is_some_and(|line| line.contains("textDocument/didChange"))
        });
    }
    // An empty list of changes is valid, and the text is still the opened one.
    edit(&mut client, URI, json!(8), json!([]));
    assert_diagnostics(&mut client, URI, 8, &fixture::wrong(), Encoding::Utf16);
    edit(&mut client, URI, json!(9), json!([{"text": fixture::report()}]));
    assert_diagnostics(&mut client, URI, 9, &fixture::report(), Encoding::Utf16);
    recovers(&mut client);
}

#[test]
fn the_text_in_a_save_notification_is_ignored() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    // The server does not request the text of a save, and ignores it.
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}, "text": fixture::OTHER}));
    client.notify("textDocument/willSave", json!({"textDocument": {"uri": URI}, "reason": 1}));
    let id = client.request("textDocument/willSaveWaitUntil", json!({"textDocument": {"uri": URI}, "reason": 1}));
    assert_eq!(client.answer(id)["error"]["code"], -32601, "not offered");
    edit(&mut client, URI, json!(2), json!([]));
    assert_diagnostics(&mut client, URI, 2, &fixture::wrong(), Encoding::Utf16);
    recovers(&mut client);
}

#[test]
fn any_uri_may_name_a_document() {
    let mut client = Client::start(json!({}));
    let uris = [
        "untitled:Untitled-1",
        "file:///",
        "file:///tmp/%E8%A1%A8%20%25.md",
        "inmemory://model/1",
        "a:",
        "git:/a.md?%7B%7D#x",
        "file://host/share/a.md",
        "data:,x",
    ];
    for uri in uris {
        client.open_as(uri, 1, &fixture::wrong());
        assert_diagnostics(&mut client, uri, 1, &fixture::wrong(), Encoding::Utf16);
    }
    for uri in ["", "a.md", "/tmp/a.md", "file//x"] {
        client.open_as(uri, 1, &fixture::wrong());
        client.wait("a line in the log", |message| message["params"]["type"] == 1);
    }
    recovers(&mut client);
}

#[test]
fn a_closed_document_has_no_diagnostics_to_pull() {
    let mut client = Client::start(json!({"textDocument": {"diagnostic": {}}}));
    let pull = |client: &mut Client, previous: &Value| {
        let mut params = json!({"textDocument": {"uri": URI}});
        if !previous.is_null() {
            params["previousResultId"] = previous.clone();
        }
        client.call("textDocument/diagnostic", params)
    };
    assert_eq!(pull(&mut client, &Value::Null), json!({"kind": "full", "items": []}));
    client.open(&fixture::wrong());
    let found = pull(&mut client, &Value::Null);
    assert_eq!(shown(&found["items"]), expected(&fixture::wrong(), Encoding::Utf16));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    for previous in [Value::Null, found["resultId"].clone(), json!(""), json!("\0")] {
        assert_eq!(pull(&mut client, &previous), json!({"kind": "full", "items": []}), "{previous}");
    }
    crate::oracle::recovers_pulled(&mut client);
}
