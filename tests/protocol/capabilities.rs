//! Calls every capability of the server, at many places of a document. A capability that is not listed here fails the
//! test: no capability remains without a test.

use crate::checked::Checked;
use serde_json::{Value, json};

/// The number of requests that are open at a time: enough to keep the server busy, few enough for its queue.
const BATCH: usize = 64;

/// The requests of a session: each method, with the number of results that were not `null` or empty.
pub(crate) type Tally = std::collections::BTreeMap<&'static str, usize>;

/// Calls all capabilities on each of `documents`.
pub(crate) fn exercise(client: &mut Checked, documents: &[String], tally: &mut Tally) {
    let offered = client.capabilities.as_object().unwrap().clone();
    for (name, options) in offered.iter().filter(|(_, options)| !matches!(options, Value::Null | Value::Bool(false))) {
        match name.as_str() {
            // Negotiated, and part of every position.
            "positionEncoding" => {}
            "textDocumentSync" => synchronise(client, options, &documents[0]),
            "workspace" => workspace(client, options),
            "diagnosticProvider" => diagnostics(client, options, documents, tally),
            "executeCommandProvider" => commands(client, options),
            "workspaceSymbolProvider" => {
                for query in ["", "表", "总计"] {
                    let found = client.call("workspace/symbol", json!({"query": query}));
                    count(tally, "workspace/symbol", &found);
                    resolve(client, options, "workspaceSymbol/resolve", &found);
                }
            }
            "semanticTokensProvider" => semantic_tokens(client, options, documents, tally),
            _ => {
                let call = CALLS.iter().find(|call| call.capability == name);
                let call = call.unwrap_or_else(|| panic!("{name} is offered, and no test calls it"));
                for uri in documents {
                    each_place(client, call, options, uri, tally);
                }
            }
        }
    }
}

/// A capability with requests about a document.
struct Call {
    capability: &'static str,
    method: &'static str,
    /// The places to request it for.
    place: Place,
    /// The other parameters.
    more: fn(&Value) -> Value,
    /// The request that completes each of its results, if the options offer it.
    resolve: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Document,
    Position,
    Range,
}

fn nothing(_: &Value) -> Value {
    json!({})
}

fn formatting(_: &Value) -> Value {
    json!({"options": {"tabSize": 4, "insertSpaces": true}})
}

const fn call(capability: &'static str, method: &'static str, place: Place) -> Call {
    Call { capability, method, place, more: nothing, resolve: "" }
}

const CALLS: &[Call] = &[
    Call {
        resolve: "completionItem/resolve",
        ..call("completionProvider", "textDocument/completion", Place::Position)
    },
    call("hoverProvider", "textDocument/hover", Place::Position),
    call("signatureHelpProvider", "textDocument/signatureHelp", Place::Position),
    call("declarationProvider", "textDocument/declaration", Place::Position),
    call("definitionProvider", "textDocument/definition", Place::Position),
    call("typeDefinitionProvider", "textDocument/typeDefinition", Place::Position),
    call("implementationProvider", "textDocument/implementation", Place::Position),
    Call {
        more: |_| json!({"context": {"includeDeclaration": true}}),
        ..call("referencesProvider", "textDocument/references", Place::Position)
    },
    call("documentHighlightProvider", "textDocument/documentHighlight", Place::Position),
    call("documentSymbolProvider", "textDocument/documentSymbol", Place::Document),
    Call {
        more: |_| json!({"context": {"diagnostics": []}}),
        resolve: "codeAction/resolve",
        ..call("codeActionProvider", "textDocument/codeAction", Place::Range)
    },
    Call { resolve: "codeLens/resolve", ..call("codeLensProvider", "textDocument/codeLens", Place::Document) },
    Call {
        resolve: "documentLink/resolve",
        ..call("documentLinkProvider", "textDocument/documentLink", Place::Document)
    },
    call("colorProvider", "textDocument/documentColor", Place::Document),
    Call { more: formatting, ..call("documentFormattingProvider", "textDocument/formatting", Place::Document) },
    Call { more: formatting, ..call("documentRangeFormattingProvider", "textDocument/rangeFormatting", Place::Range) },
    Call {
        more: |options| json!({"ch": options["firstTriggerCharacter"], "options": formatting(options)["options"]}),
        ..call("documentOnTypeFormattingProvider", "textDocument/onTypeFormatting", Place::Position)
    },
    Call { more: |_| json!({"newName": "新名"}), ..call("renameProvider", "textDocument/rename", Place::Position) },
    call("foldingRangeProvider", "textDocument/foldingRange", Place::Document),
    Call {
        more: |_| json!({"positions": [{"line": 0, "character": 0}, {"line": 9, "character": 3}]}),
        ..call("selectionRangeProvider", "textDocument/selectionRange", Place::Document)
    },
    call("callHierarchyProvider", "textDocument/prepareCallHierarchy", Place::Position),
    call("typeHierarchyProvider", "textDocument/prepareTypeHierarchy", Place::Position),
    call("linkedEditingRangeProvider", "textDocument/linkedEditingRange", Place::Position),
    call("monikerProvider", "textDocument/moniker", Place::Position),
    Call { resolve: "inlayHint/resolve", ..call("inlayHintProvider", "textDocument/inlayHint", Place::Range) },
];

/// Places in every line: its start, its middle, its end, and beyond.
fn positions(client: &Checked, uri: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for (line, width) in client.widths(uri).into_iter().enumerate() {
        let mut columns = vec![0, width / 3, width - width / 4, width + 7];
        columns.dedup();
        found.extend(columns.into_iter().map(|character| json!({"line": line, "character": character})));
    }
    found.push(json!({"line": i32::MAX, "character": i32::MAX}));
    found
}

/// Every line, a few lines at a time, the whole document, and ranges outside it.
fn ranges(client: &Checked, uri: &str) -> Vec<Value> {
    let widths = client.widths(uri);
    let at = |line: usize, character: usize| json!({"line": line, "character": character});
    let range = |start: Value, end: Value| json!({"start": start, "end": end});
    let mut found: Vec<Value> =
        widths.iter().enumerate().map(|(line, width)| range(at(line, width / 2), at(line, width / 2))).collect();
    found.extend((0..widths.len()).step_by(9).map(|line| range(at(line, 0), at(line + 9, 0))));
    let last = i32::MAX as usize;
    found.extend([
        range(at(0, 0), at(last, last)),
        range(at(last, 0), at(0, 0)),
        range(at(last, last), at(last, last)),
    ]);
    found
}

fn each_place(client: &mut Checked, call: &Call, options: &Value, uri: &str, tally: &mut Tally) {
    let places = match call.place {
        Place::Document => vec![Value::Null],
        Place::Position => positions(client, uri),
        Place::Range => ranges(client, uri),
    };
    for places in places.chunks(BATCH) {
        let params = |place: &Value| {
            let mut params = (call.more)(options);
            params["textDocument"] = json!({"uri": uri});
            match call.place {
                Place::Document => {}
                Place::Position => params["position"] = place.clone(),
                Place::Range => params["range"] = place.clone(),
            }
            params
        };
        let ids: Vec<i64> = places.iter().map(|place| client.request(call.method, params(place))).collect();
        let results: Vec<Value> = ids.into_iter().map(|id| client.result(id)).collect();
        for (place, result) in places.iter().zip(&results) {
            count(tally, call.method, result);
            resolve(client, options, call.resolve, result);
            if call.method == "textDocument/rename" && options["prepareProvider"] == true {
                client.call("textDocument/prepareRename", json!({"textDocument": {"uri": uri}, "position": place}));
            }
        }
    }
}

fn count(tally: &mut Tally, method: &'static str, result: &Value) {
    let empty = result.is_null() || result.as_array().is_some_and(Vec::is_empty);
    *tally.entry(method).or_default() += usize::from(!empty);
}

/// Completes each of `results`, if that is offered.
fn resolve(client: &mut Checked, options: &Value, method: &str, results: &Value) {
    if options["resolveProvider"] != true {
        return;
    }
    let items = if results["items"].is_array() { &results["items"] } else { results };
    for item in items.as_array().into_iter().flatten() {
        client.call(method, item.clone());
    }
}

/// Edits, saves and closes a document of its own, and one that is not open.
fn synchronise(client: &mut Checked, options: &Value, uri: &str) {
    let document = json!({"uri": uri});
    if options["willSave"] == true {
        client.notify("textDocument/willSave", json!({"textDocument": document, "reason": 1}));
    }
    if options["willSaveWaitUntil"] == true {
        client.call("textDocument/willSaveWaitUntil", json!({"textDocument": document, "reason": 1}));
    }
    if options["save"].is_object() || options["save"] == true {
        client.notify("textDocument/didSave", json!({"textDocument": document}));
    }
    for absent in ["file:///nowhere/a.md", "untitled:Untitled-1"] {
        let document = json!({"uri": absent, "version": 2});
        client.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": "x"}]}));
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": absent}}));
        client.notify("textDocument/didSave", json!({"textDocument": {"uri": absent}}));
    }
}

fn workspace(client: &mut Checked, options: &Value) {
    for (name, options) in options.as_object().unwrap() {
        match name.as_str() {
            "workspaceFolders" => {
                if !matches!(options["changeNotifications"], Value::Null | Value::Bool(false)) {
                    let event = json!({"added": [{"uri": "file:///nowhere", "name": "a"}], "removed": []});
                    client.notify("workspace/didChangeWorkspaceFolders", json!({"event": event}));
                }
            }
            "fileOperations" => {
                for (operation, _) in options.as_object().unwrap() {
                    let renamed = operation.ends_with("Rename");
                    let file = if renamed {
                        json!({"oldUri": "file:///a.md", "newUri": "file:///b.md"})
                    } else {
                        json!({"uri": "file:///a.md"})
                    };
                    let method = format!("workspace/{operation}Files");
                    match operation.starts_with("will") {
                        true => drop(client.call(&method, json!({"files": [file]}))),
                        false => client.notify(&method, json!({"files": [file]})),
                    }
                }
            }
            other => panic!("workspace.{other} is offered, and no test calls it"),
        }
    }
}

/// Pulls the diagnostics of each document twice, the second time with the result id, and those of a closed document.
fn diagnostics(client: &mut Checked, options: &Value, documents: &[String], tally: &mut Tally) {
    let method = "textDocument/diagnostic";
    for uri in documents.iter().map(String::as_str).chain(["file:///nowhere/a.md"]) {
        let mut params = json!({"textDocument": {"uri": uri}});
        if options["identifier"].is_string() {
            params["identifier"] = options["identifier"].clone();
        }
        let first = client.call(method, params.clone());
        assert_eq!(first["kind"], "full", "{uri}");
        count(tally, method, &first["items"]);
        if first["resultId"].is_string() {
            params["previousResultId"] = first["resultId"].clone();
            assert_eq!(client.call(method, params.clone())["kind"], "unchanged", "{uri}");
        }
        params["previousResultId"] = json!("of another server");
        assert_eq!(client.call(method, params)["items"], first["items"], "{uri}");
    }
    if options["workspaceDiagnostics"] == true {
        let ask = json!({"previousResultIds": [], "partialResultToken": "all"});
        let found = client.call("workspace/diagnostic", ask);
        count(tally, "workspace/diagnostic", &found["items"]);
    }
}

fn commands(client: &mut Checked, options: &Value) {
    for command in options["commands"].as_array().unwrap() {
        for arguments in [None, Some(json!([])), Some(json!([{"uri": "file:///nowhere/a.md"}]))] {
            let mut params = json!({"command": command});
            if let Some(arguments) = arguments {
                params["arguments"] = arguments;
            }
            // A command without its parameters may return an error.
            let id = client.request("workspace/executeCommand", params);
            client.answer(id);
        }
    }
}

fn semantic_tokens(client: &mut Checked, options: &Value, documents: &[String], tally: &mut Tally) {
    let types = options["legend"]["tokenTypes"].as_array().unwrap().len() as u64;
    let check = |result: &Value| {
        for token in result["data"].as_array().into_iter().flatten().collect::<Vec<_>>().chunks(5) {
            assert!(token.len() == 5 && token[3].as_u64().is_some_and(|kind| kind < types), "{token:?}");
        }
    };
    for uri in documents {
        let document = json!({"uri": uri});
        if !matches!(options["full"], Value::Null | Value::Bool(false)) {
            let full = client.call("textDocument/semanticTokens/full", json!({"textDocument": document}));
            check(&full);
            count(tally, "textDocument/semanticTokens/full", &full["data"]);
            if options["full"]["delta"] == true && full["resultId"].is_string() {
                let params = json!({"textDocument": document, "previousResultId": full["resultId"]});
                client.call("textDocument/semanticTokens/full/delta", params);
            }
        }
        if !matches!(options["range"], Value::Null | Value::Bool(false)) {
            for range in ranges(client, uri) {
                let params = json!({"textDocument": document, "range": range});
                check(&client.call("textDocument/semanticTokens/range", params));
            }
        }
    }
}
