//! Tests of the validator: valid messages pass, and invalid ones are refused.

use crate::meta::{Conversation, MetaModel, Sender};
use serde_json::{Value, json};

/// The problem with `value` as a `name` of the model; empty if there is none.
fn verdict(name: &str, value: &Value) -> String {
    match MetaModel::load().check_named(name, value) {
        Ok(()) => String::new(),
        Err(problem) => problem.to_string(),
    }
}

#[track_caller]
fn passes(name: &str, value: Value) {
    assert_eq!(verdict(name, &value), "", "{value}");
}

#[track_caller]
fn refused(name: &str, value: Value, why: &str) {
    let found = verdict(name, &value);
    assert!(found.contains(why), "{found:?} for {value}");
}

fn range() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}})
}

#[test]
fn every_name_in_the_model_is_declared() {
    assert_eq!(MetaModel::load().undeclared(), Vec::<String>::new());
}

#[test]
fn base_types_have_their_ranges() {
    passes("Position", json!({"line": 0, "character": i32::MAX}));
    refused("Position", json!({"line": 0, "character": -1}), "character: not uinteger");
    refused("Position", json!({"line": 0, "character": 2_147_483_648_u32}), "character: not uinteger");
    refused("Position", json!({"line": 0, "character": 1.5}), "character: not uinteger");
    refused("Position", json!({"line": "0", "character": 1}), "line: not uinteger");
    passes("VersionedTextDocumentIdentifier", json!({"uri": "file:///a", "version": -1}));
    refused(
        "VersionedTextDocumentIdentifier",
        json!({"uri": "file:///a", "version": i64::from(i32::MIN) - 1}),
        "version",
    );
}

#[test]
fn uris_are_escaped_and_have_a_scheme() {
    for uri in ["file:///tmp/%E8%A1%A8.md", "untitled:Untitled-1", "https://example.invalid/a?b=c#d"] {
        passes("TextDocumentIdentifier", json!({"uri": uri}));
    }
    for uri in ["/tmp/a.md", "file:///tmp/表.md", "file:///a b", "file:///%zz", "", ":x", "1a:b"] {
        refused("TextDocumentIdentifier", json!({"uri": uri}), "uri: not DocumentUri");
    }
}

#[test]
fn structures_have_all_required_properties_and_no_unknown_ones() {
    passes("Diagnostic", json!({"range": range(), "message": "x"}));
    refused("Diagnostic", json!({"range": range()}), "message is missing");
    refused("Diagnostic", json!({"range": range(), "message": "x", "sourcce": "y"}), "sourcce: the model has no such");
    refused("Diagnostic", json!({"range": range(), "message": "x", "source": null}), "source: not string");
    refused("Diagnostic", json!([]), "not an object");
    refused(
        "Diagnostic",
        json!({"range": range(), "message": "x", "relatedInformation": [{"message": "y", "location": {"uri": "a:b"}}]}),
        "relatedInformation.0.location: range is missing",
    );
}

#[test]
fn properties_of_parents_and_literals_are_checked() {
    // Its own properties, those of `TextDocumentPositionParams`, and those of `WorkDoneProgressParams`.
    let at = json!({"line": 1, "character": 1});
    passes("HoverParams", json!({"textDocument": {"uri": "a:b"}, "position": at, "workDoneToken": "t"}));
    refused("HoverParams", json!({"textDocument": {"uri": "a:b"}}), "position is missing");
    refused("HoverParams", json!({"textDocument": {"uri": "a:b"}, "position": at, "context": {}}), "context");
    passes("InitializeResult", json!({"capabilities": {}, "serverInfo": {"name": "x"}}));
    refused("InitializeResult", json!({"capabilities": {}, "serverInfo": {}}), "serverInfo: name is missing");
}

#[test]
fn closed_enumerations_are_closed_and_open_ones_open() {
    passes("Diagnostic", json!({"range": range(), "message": "x", "severity": 4, "tags": [1, 2]}));
    refused(
        "Diagnostic",
        json!({"range": range(), "message": "x", "severity": 5}),
        "severity: not one of DiagnosticSeverity",
    );
    refused("Diagnostic", json!({"range": range(), "message": "x", "severity": "error"}), "severity");
    refused("MarkupContent", json!({"kind": "html", "value": "x"}), "kind: not one of MarkupKind");
    passes("CodeAction", json!({"title": "x", "kind": "source.fixAll.gongkai"}));
    refused("CodeAction", json!({"title": "x", "kind": 3}), "kind: not string");
    passes("FoldingRange", json!({"startLine": 1, "endLine": 2, "kind": "paragraph"}));
}

#[test]
fn alternatives_maps_tuples_and_literals_are_distinguished() {
    passes("Hover", json!({"contents": {"kind": "markdown", "value": "x"}}));
    passes("Hover", json!({"contents": ["x", {"language": "a", "value": "b"}]}));
    refused("Hover", json!({"contents": {"kind": "markdown"}}), "contents: ");
    refused("Hover", json!({"contents": 3}), "contents: ");
    let edit = json!({"range": range(), "newText": ""});
    passes("WorkspaceEdit", json!({"changes": {"file:///a": [edit]}}));
    refused("WorkspaceEdit", json!({"changes": {"a b": [edit]}}), "changes.a b: not DocumentUri");
    refused(
        "WorkspaceEdit",
        json!({"changes": {"file:///a": [{"range": range()}]}}),
        "changes.file:///a.0: newText is missing",
    );
    passes("WorkspaceEdit", json!({"documentChanges": [{"kind": "create", "uri": "file:///a"}]}));
    refused("WorkspaceEdit", json!({"documentChanges": [{"kind": "crate", "uri": "file:///a"}]}), "documentChanges.0");
    passes("ParameterInformation", json!({"label": [1, 2]}));
    refused("ParameterInformation", json!({"label": [1]}), "label: ");
    passes("DocumentDiagnosticReport", json!({"kind": "unchanged", "resultId": "1"}));
    refused("DocumentDiagnosticReport", json!({"kind": "unchanged"}), "is missing");
    refused("DocumentDiagnosticReport", json!({"kind": "full"}), "is missing");
}

/// The problem with the last message of a conversation; empty if there is none. All earlier messages have to be valid.
fn last(messages: &[(Sender, Value)]) -> String {
    let model = MetaModel::load();
    let mut conversation = Conversation::new(&model);
    let (last, before) = messages.split_last().unwrap();
    for (sender, message) in before {
        conversation.take(*sender, message).unwrap_or_else(|problem| panic!("{problem}: {message}"));
    }
    match conversation.take(last.0, &last.1) {
        Ok(()) => String::new(),
        Err(problem) => problem.to_string(),
    }
}

fn from_client(message: Value) -> (Sender, Value) {
    (Sender::Client, message)
}

fn from_server(message: Value) -> (Sender, Value) {
    (Sender::Server, message)
}

#[test]
fn messages_have_the_form_of_json_rpc() {
    for (message, why) in [
        (json!({"method": "initialized", "params": {}}), "jsonrpc"),
        (json!({"jsonrpc": "2.0"}), "neither"),
        (json!({"jsonrpc": "2.0", "method": "initialized", "params": {}, "extra": 1}), "extra"),
        (json!({"jsonrpc": "2.0", "method": "shutdown", "id": null}), "an id"),
        (json!({"jsonrpc": "2.0", "method": "shutdown", "id": 1.5}), "an id"),
        (json!({"jsonrpc": "2.0", "method": "shutdown", "id": 1, "result": null}), "both"),
        (json!({"jsonrpc": "2.0", "method": "shutdown", "id": 1, "params": null}), "params: not nothing"),
        (json!({"jsonrpc": "2.0", "method": "textDocument/hover", "id": 1}), "missing"),
        (json!([{"jsonrpc": "2.0", "method": "initialized", "params": {}}]), "not an object"),
        (json!({"jsonrpc": "2.0", "method": "gongkai/nonsense", "id": 1}), "has no request"),
    ] {
        let found = last(&[from_client(message.clone())]);
        assert!(found.contains(why), "{found:?} for {message}");
    }
    assert_eq!(last(&[from_client(json!({"jsonrpc": "2.0", "method": "shutdown", "id": "a"}))]), "");
}

#[test]
fn messages_in_the_wrong_direction_are_refused() {
    let publish = json!({"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics",
        "params": {"uri": "file:///a", "diagnostics": []}});
    assert_eq!(last(&[from_server(publish.clone())]), "");
    assert!(last(&[from_client(publish)]).contains("Client has no notification"));
    let hover = json!({"jsonrpc": "2.0", "method": "textDocument/hover", "id": 1, "params": {}});
    assert!(last(&[from_server(hover)]).contains("Server has no request"));
}

#[test]
fn a_response_has_the_type_of_its_request() {
    let request = |id: i64, method: &str| {
        from_client(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": {"textDocument": {"uri": "a:b"}}}))
    };
    let answer = |id: i64, result: Value| from_server(json!({"jsonrpc": "2.0", "id": id, "result": result}));
    let symbols = "textDocument/documentSymbol";
    assert_eq!(last(&[request(1, symbols), answer(1, Value::Null)]), "");
    assert!(last(&[request(1, symbols), answer(2, Value::Null)]).contains("no open request"));
    assert!(last(&[request(1, symbols), answer(1, Value::Null), answer(1, Value::Null)]).contains("no open request"));
    assert!(last(&[request(1, symbols), request(1, symbols)]).contains("in use"));
    let fold = json!([{"startLine": 1, "endLine": 2}]);
    assert_eq!(last(&[request(1, "textDocument/foldingRange"), answer(1, fold.clone())]), "");
    assert!(last(&[request(1, symbols), answer(1, fold)]).contains("0: "));
    assert!(
        last(&[request(1, symbols), from_client(json!({"jsonrpc": "2.0", "id": 1, "result": null}))])
            .contains("no open request")
    );
    assert!(last(&[request(1, symbols), from_server(json!({"jsonrpc": "2.0", "id": 1}))]).contains("and not both"));
}

#[test]
fn errors_have_a_code_and_a_message() {
    let request = from_client(json!({"jsonrpc": "2.0", "id": 1, "method": "textDocument/diagnostic",
        "params": {"textDocument": {"uri": "a:b"}}}));
    let error =
        |error: Value| last(&[request.clone(), from_server(json!({"jsonrpc": "2.0", "id": 1, "error": error}))]);
    assert_eq!(error(json!({"code": -32803, "message": "x"})), "");
    assert_eq!(error(json!({"code": -32802, "message": "x", "data": {"retriggerRequest": true}})), "");
    assert!(error(json!({"code": -32802, "message": "x", "data": {}})).contains("retriggerRequest is missing"));
    assert!(error(json!({"code": "x", "message": "x"})).contains("code"));
    assert!(error(json!({"code": 1})).contains("message"));
    assert!(error(json!({"code": 1, "message": "x", "reason": "y"})).contains("reason"));
    let unread = json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32700, "message": "Parse error"}});
    assert_eq!(last(&[from_server(unread)]), "");
}

#[test]
fn registrations_and_partial_results_are_checked() {
    let register = |options: Value| {
        let registration = json!({"id": "1", "method": "workspace/didChangeWatchedFiles", "registerOptions": options});
        let params = json!({"registrations": [registration]});
        last(&[from_server(
            json!({"jsonrpc": "2.0", "id": 1, "method": "client/registerCapability", "params": params}),
        )])
    };
    assert_eq!(register(json!({"watchers": [{"globPattern": "**/*.md"}]})), "");
    assert!(register(json!({"watchers": [{"glob": "**/*.md"}]})).contains("globPattern is missing"));
    let params = json!({"textDocument": {"uri": "a:b"}, "partialResultToken": 7});
    let request =
        from_client(json!({"jsonrpc": "2.0", "id": 1, "method": "textDocument/documentSymbol", "params": params}));
    let progress = |value: Value| {
        from_server(json!({"jsonrpc": "2.0", "method": "$/progress", "params": {"token": 7, "value": value}}))
    };
    assert_eq!(last(&[request.clone(), progress(json!([]))]), "");
    assert!(last(&[request, progress(json!([{"name": "x"}]))]).contains("0: "));
}
