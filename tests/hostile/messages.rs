//! Messages in the wrong order, of the wrong form, or about unknown things.

use crate::client::{Client, URI, frame};
use crate::fixture;
use crate::oracle::{assert_diagnostics, recovers, recovers_pulled};
use gongkai::text::Encoding;
use serde_json::{Value, json};

#[test]
fn before_initialize_requests_are_refused_and_notifications_dropped() {
    let mut client = Client::spawn();
    for method in ["textDocument/hover", "textDocument/diagnostic", "workspace/executeCommand", "shutdown", "gongkai/x"]
    {
        let id = client.request(method, json!({"textDocument": {"uri": URI}}));
        assert_eq!(client.answer(id)["error"]["code"], -32002, "{method}");
    }
    client.open(&fixture::wrong());
    client.notify("initialized", json!({}));
    client.notify("$/cancelRequest", json!({"id": 1}));
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"ignore": ["GK3"]}}));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": "file:///other"}}));
    client.call("initialize", json!({"processId": null, "rootUri": null, "capabilities": {}}));
    client.notify("initialized", json!({}));
    client.assert_alive();
    assert!(client.received().iter().all(|message| message["method"] != "textDocument/publishDiagnostics"));
    recovers(&mut client);
}

#[test]
fn a_second_initialize_is_refused_and_changes_nothing() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    let other = json!({"processId": null, "rootUri": null, "locale": "en", "initializationOptions": {"ignore": ["GK"]},
        "capabilities": {"general": {"positionEncodings": ["utf-8"]}, "textDocument": {"diagnostic": {}}}});
    let id = client.request("initialize", other);
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    client.notify("initialized", json!({}));
    recovers(&mut client);
}

#[test]
fn initialize_accepts_any_parameters() {
    for params in [
        Value::Null,
        json!({}),
        json!([]),
        json!({"processId": "x", "rootUri": 3, "capabilities": null}),
        json!({"capabilities": {"general": {"positionEncodings": ["utf-7", 8]}, "textDocument": [], "workspace": true}}),
        json!({"capabilities": {}, "initializationOptions": [1, {"select": 3}], "workspaceFolders": {"a": 1}, "trace": 9}),
        json!({"processId": -1, "capabilities": {"textDocument": {"publishDiagnostics": "yes"}}, "locale": ["zh"]}),
    ] {
        let mut client = Client::spawn();
        let result = client.call("initialize", params.clone());
        assert_eq!(result["capabilities"]["positionEncoding"], "utf-16", "{params}");
        client.notify("initialized", json!({}));
        recovers(&mut client);
    }
}

#[test]
fn after_shutdown_everything_but_exit_is_refused() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    // The last diagnostics are right.
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    client.call("shutdown", Value::Null);
    for method in ["textDocument/hover", "textDocument/diagnostic", "initialize", "shutdown", "gongkai/x"] {
        let id = client.request(method, json!({"textDocument": {"uri": URI}}));
        assert_eq!(client.answer(id)["error"]["code"], -32600, "{method}");
    }
    client.change(2, Some([0, 0, 0, 0]), "x");
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    client.raw(&frame("{"));
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(client.exit().0, Some(0));
}

#[test]
fn ids_may_be_strings_and_are_returned_unchanged() {
    let mut client = Client::start(json!({}));
    let params = json!({"textDocument": {"uri": URI}});
    for id in [
        json!("a"),
        json!(""),
        json!("1"),
        json!("表\0\u{2028}"),
        json!(0),
        json!(-1),
        json!(i32::MIN),
        json!(i64::MAX),
    ] {
        client.send(&json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/foldingRange", "params": params}));
        let answer = client.wait("an answer", |message| message["id"] == id && message.get("method").is_none());
        assert_eq!(answer["result"], Value::Null, "{id}");
    }
    // An invalid id is answered with `id: null`.
    for id in [json!(1.5), json!(true), json!([]), json!({}), json!(u64::MAX)] {
        client.send(&json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/foldingRange", "params": params}));
        let answer = client.wait("an error", |message| message.get("error").is_some());
        assert_eq!(answer["id"], Value::Null, "{id}");
    }
    client.send(&json!({"jsonrpc": "2.0", "id": null, "method": "textDocument/foldingRange", "params": params}));
    client.wait("an answer to null", |message| message.get("id").is_some_and(Value::is_null));
    recovers(&mut client);
}

#[test]
fn a_repeated_id_is_answered_again() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    let ask = json!({"jsonrpc": "2.0", "id": 4242, "method": "textDocument/documentSymbol",
        "params": {"textDocument": {"uri": URI}}});
    for _ in 0..50 {
        client.send(&ask);
    }
    for _ in 0..50 {
        client.answer(4242);
    }
    client.assert_alive();
    assert!(client.received().iter().all(|message| message["id"] != 4242), "once each");
    recovers(&mut client);
}

#[test]
fn missing_or_wrong_parameters_are_refused() {
    let mut client = Client::start(json!({}));
    for method in ["hover", "codeAction", "documentSymbol", "foldingRange"] {
        for params in [
            Value::Null,
            json!([]),
            json!({}),
            json!([{"textDocument": {"uri": URI}}]),
            json!({"textDocument": URI}),
            json!({"textDocument": {"uri": 3}, "position": {"line": 0, "character": 0}}),
            json!({"textDocument": {"uri": "not a uri"}, "position": {"line": 0, "character": 0}}),
        ] {
            let id = client.request(&format!("textDocument/{method}"), params.clone());
            assert_eq!(client.answer(id)["error"]["code"], -32602, "{method} {params}");
        }
    }
    recovers(&mut client);
}

#[test]
fn unknown_requests_are_refused_and_unknown_notifications_skipped() {
    let mut client = Client::start(json!({}));
    for method in ["$/x", "", "textDocument/", "textDocument/hover ", "exit\0", "\u{2028}"] {
        client.notify(method, json!({"x": 1}));
        if method.is_empty() {
            continue;
        }
        let id = client.request(method, json!({}));
        let code = client.answer(id)["error"]["code"].as_i64();
        assert!(matches!(code, Some(-32601 | -32600)), "{method:?}: {code:?}");
    }
    for method in
        ["$/setTrace", "$/progress", "window/workDoneProgress/cancel", "telemetry/event", "workspace/didRenameFiles"]
    {
        for params in [Value::Null, json!([]), json!({"value": 3})] {
            client.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
        }
    }
    // Requests sent as notifications, and notifications sent as requests.
    client.notify("textDocument/hover", json!({}));
    client.notify("shutdown", Value::Null);
    client.notify("initialize", json!({}));
    let id = client.request("textDocument/didOpen", json!({}));
    assert!(client.answer(id).get("error").is_some());
    recovers(&mut client);
}

#[test]
fn a_cancelled_request_is_answered_once_and_an_unknown_id_ignored() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    let at = json!({"textDocument": {"uri": URI}, "position": {"line": 9, "character": 2}});
    let mut asked = Vec::new();
    for _ in 0..300 {
        let id = client.request("textDocument/hover", at.clone());
        client.notify("$/cancelRequest", json!({"id": id}));
        asked.push(id);
    }
    for id in asked {
        let answer = client.answer(id);
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
    }
    for params in [
        json!({"id": 999_999}),
        json!({"id": "x"}),
        json!({"id": null}),
        json!({"id": 1.5}),
        json!({}),
        json!([]),
        Value::Null,
    ] {
        client.notify("$/cancelRequest", params);
    }
    client.assert_alive();
    // Responses without a request.
    client.send(&json!({"jsonrpc": "2.0", "id": 31, "result": {}}));
    client.send(&json!({"jsonrpc": "2.0", "id": "y", "error": {"code": 1, "message": ""}}));
    client.send(&json!({"jsonrpc": "2.0", "id": 32}));
    client.send(&json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32700, "message": ""}}));
    recovers(&mut client);
}

#[test]
fn requests_to_the_client_may_remain_unanswered() {
    let mut client = Client::start(json!({
        "workspace": {"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true},
            "diagnostics": {"refreshSupport": true}},
        "textDocument": {"diagnostic": {}}
    }));
    client.open(&fixture::wrong());
    for most in 0..300 {
        let settings = json!({"gongkai": {"maxFindings": 1000 + most % 2}});
        client.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
    }
    let asked = |method: &str| {
        let method = method.to_owned();
        move |message: &Value| message["method"] == method.as_str()
    };
    client.wait("a question", asked("workspace/configuration"));
    client.wait("a registration", asked("client/registerCapability"));
    client.wait("a request to ask again", asked("workspace/diagnostic/refresh"));
    recovers_pulled(&mut client);
}

#[test]
fn malformed_settings_leave_the_last_valid_ones() {
    let mut client = Client::start(json!({"workspace": {"configuration": true}}));
    for settings in [
        Value::Null,
        json!(3),
        json!([]),
        json!("x"),
        json!({"gongkai": []}),
        json!({"select": 3}),
        json!({"maxFindings": -1}),
        json!({"severity": {"GK303": "fatal"}}),
        json!({"nonsense": {"a": [1]}}),
    ] {
        client.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
        let question = client.wait("a question", |message| message["method"] == "workspace/configuration");
        for result in [json!([settings]), json!([])] {
            client.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": result}));
        }
    }
    client.notify("workspace/didChangeConfiguration", Value::Null);
    client.notify("workspace/didChangeWatchedFiles", json!([1]));
    client.notify("workspace/didChangeConfiguration", json!({"settings": {}}));
    client.assert_alive();
    recovers(&mut client);
}
