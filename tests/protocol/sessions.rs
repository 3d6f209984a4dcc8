//! The sessions: clients with many and few capabilities, in every encoding, with documents of every layout.

use crate::capabilities::{Tally, exercise};
use crate::checked::Checked;
use crate::fixture;
use gongkai::text::Position;
use serde_json::{Value, json};
use std::path::Path;

const ENCODINGS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// All capabilities of today's editors that a server may use.
pub(crate) fn rich(encoding: &str, pulls: bool) -> Value {
    let mut capabilities = json!({
        "general": {"positionEncodings": [encoding], "markdown": {"parser": "marked", "version": "1.1.0"}},
        "textDocument": {
            "synchronization": {"dynamicRegistration": true, "willSave": true, "willSaveWaitUntil": true, "didSave": true},
            "completion": {
                "completionItem": {"snippetSupport": true, "documentationFormat": ["markdown", "plaintext"],
                    "resolveSupport": {"properties": ["documentation", "detail"]}, "labelDetailsSupport": true},
                "completionList": {"itemDefaults": ["editRange"]}, "contextSupport": true
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "definition": {"linkSupport": true},
            "declaration": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true, "labelSupport": true},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
                "isPreferredSupport": true, "disabledSupport": true, "dataSupport": true, "honorsChangeAnnotations": true,
                "resolveSupport": {"properties": ["edit"]}
            },
            "codeLens": {"dynamicRegistration": true},
            "references": {"dynamicRegistration": false},
            "documentHighlight": {"dynamicRegistration": false},
            "documentLink": {"dynamicRegistration": false, "tooltipSupport": true},
            "selectionRange": {"dynamicRegistration": false},
            "formatting": {"dynamicRegistration": false},
            "rangeFormatting": {"dynamicRegistration": false},
            "onTypeFormatting": {"dynamicRegistration": false},
            "rename": {"prepareSupport": true, "honorsChangeAnnotations": true},
            "foldingRange": {"foldingRange": {"collapsedText": true}, "foldingRangeKind": {"valueSet": ["comment", "region"]}},
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
                "dataSupport": true, "tagSupport": {"valueSet": [1, 2]}},
            "semanticTokens": {"requests": {"range": true, "full": {"delta": true}}, "tokenTypes": ["number", "string"],
                "tokenModifiers": ["readonly"], "formats": ["relative"], "augmentsSyntaxTokens": true},
            "inlayHint": {"resolveSupport": {"properties": ["tooltip"]}}
        },
        "window": {"workDoneProgress": true, "showDocument": {"support": true},
            "showMessage": {"messageActionItem": {"additionalPropertiesSupport": true}}},
        "workspace": {
            "applyEdit": true, "symbol": {"dynamicRegistration": false}, "executeCommand": {}, "configuration": true, "workspaceFolders": true,
            "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"],
                "failureHandling": "textOnlyTransactional", "changeAnnotationSupport": {"groupsOnLabel": true}},
            "codeLens": {"refreshSupport": true}, "semanticTokens": {"refreshSupport": true},
            "inlayHint": {"refreshSupport": true}, "diagnostics": {"refreshSupport": true}
        }
    });
    if pulls {
        capabilities["textDocument"]["diagnostic"] =
            json!({"dynamicRegistration": true, "relatedDocumentSupport": true});
    }
    capabilities
}

/// An editor without optional capabilities except the encoding and hovers.
fn poor(encoding: &str) -> Value {
    json!({"general": {"positionEncodings": [encoding]}, "textDocument": {"hover": {}}})
}

pub(crate) fn hello(capabilities: Value, folder: Option<&str>) -> Value {
    let folders = folder.map(|uri| json!([{"uri": uri, "name": "reports"}]));
    let laws =
        json!({"政府信息公开条例": "https://law.example/1", "国办公开办函〔2021〕30号": "https://law.example/2"});
    json!({"initializationOptions": {"lawUrls": laws}, "processId": std::process::id(), "rootUri": folder, "workspaceFolders": folders, "locale": "zh-cn",
        "clientInfo": {"name": "checked"}, "capabilities": capabilities})
}

fn report(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// A temporary folder and its URI.
fn folder() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("file://{}", folder.path().canonicalize().unwrap().display());
    (folder, uri)
}

/// A report with characters before its figures that each encoding counts differently.
fn in_many_units() -> String {
    fixture::wrong().replace(fixture::WRONG, &format!("😀{}", fixture::WRONG)).replace("本年度", "𠮷本e\u{301}年度")
}

/// Opens one document of each kind: name, language, text.
fn open(client: &mut Checked, folder: &str) -> Vec<String> {
    let compendium = format!("{}\n{}", in_many_units(), fixture::report().replace("水务局", "农业农村局"));
    let documents = [
        ("wrong.md", "markdown", in_many_units()),
        ("plain.txt", "plaintext", report("tabs-2023.txt").replace('\n', "\r\n")),
        ("page.html", "html", report("published-page-2023.html")),
        ("all.md", "gongkai-report", compendium),
        ("other.md", "markdown", fixture::OTHER.to_owned()),
        ("empty.txt", "plaintext", String::new()),
        ("gongkai.toml", "toml", "language = 'zh'\nselect = ['GK3', 'nonsense']\nunknown = 1\n".to_owned()),
    ];
    let open = |(name, language, text): &(&str, &str, String)| {
        let uri = format!("{folder}/{name}");
        client.open(&uri, language, text);
        uri
    };
    documents.iter().map(open).collect()
}

/// Runs a whole session and returns its requests.
fn session(capabilities: Value, encoding: &str) -> (Tally, Checked) {
    let (folder, uri) = folder();
    let mut client = Checked::start(hello(capabilities, Some(&uri)));
    assert_eq!(client.capabilities["positionEncoding"], encoding);
    let documents = open(&mut client, &uri);
    let mut tally = Tally::new();
    exercise(&mut client, &documents, &mut tally);
    // Edits, each with its diagnostics; then other settings, in all the ways to send them.
    let pushes = client.capabilities["diagnosticProvider"].is_null();
    let at = |line, column| Position { line, column };
    for (from, to, content) in [
        (at(0, 2), at(0, 3), "😀"),
        (at(40, 0), at(41, 0), ""),
        (at(3, 0), at(3, 0), "| 表 |\n"),
        (at(9999, 0), at(9999, 9), "尾"),
    ] {
        let version = client.change(&documents[0], from, to, content);
        while pushes && client.pushed.get(&documents[0]).is_none_or(|params| params["version"] != version) {
            client.receive();
        }
        client.call("textDocument/documentSymbol", json!({"textDocument": {"uri": documents[0]}}));
    }
    let told = |client: &Checked, method: &str| client.told.get(method).copied().unwrap_or_default();
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"gongkai": {"language": "en"}}}));
    std::fs::write(folder.path().join("gongkai.toml"), "language = 'en'\nmax-findings = 1\nnonsense = 1\n").unwrap();
    let changed = json!({"changes": [{"uri": format!("{uri}/gongkai.toml"), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", changed);
    client.notify("$/setTrace", json!({"value": "verbose"}));
    // Mistakes in the file are shown once.
    while told(&client, "window/showMessage") == 0 {
        client.receive();
    }
    for uri in &documents {
        client.close(uri);
    }
    // The response to this request comes after all earlier messages.
    client.call("textDocument/foldingRange", json!({"textDocument": {"uri": documents[0]}}));
    if pushes {
        for uri in &documents {
            while client.pushed.get(uri).is_none_or(|params| params["diagnostics"] != json!([])) {
                client.receive();
            }
        }
    }
    (tally, client)
}

#[test]
fn a_client_with_all_capabilities_that_pulls_diagnostics() {
    for encoding in ENCODINGS {
        let (tally, client) = session(rich(encoding, true), encoding);
        for method in [
            "hover",
            "codeAction",
            "documentSymbol",
            "foldingRange",
            "diagnostic",
            "completion",
            "inlayHint",
            "codeLens",
            "definition",
            "references",
            "documentHighlight",
            "documentLink",
            "selectionRange",
        ] {
            let full = tally.get(format!("textDocument/{method}").as_str()).copied().unwrap_or_default();
            assert!(full > 0, "{method} never gave anything in {encoding}: {tally:?}");
        }
        for method in ["workspace/configuration", "client/registerCapability", "workspace/diagnostic/refresh"] {
            assert!(client.told.contains_key(method), "{method} was not sent in {encoding}: {:?}", client.told);
        }
        assert!(!client.told.contains_key("textDocument/publishDiagnostics"));
        client.end();
    }
}

#[test]
fn a_client_with_all_capabilities_that_gets_diagnostics_pushed() {
    for encoding in ENCODINGS {
        let (_, client) = session(rich(encoding, false), encoding);
        assert!(client.told.contains_key("window/logMessage"));
        client.end();
    }
}

#[test]
fn a_client_without_capabilities() {
    for encoding in ENCODINGS {
        let (tally, client) = session(poor(encoding), encoding);
        assert!(tally["textDocument/hover"] > 0, "{tally:?}");
        assert!(client.told.contains_key("textDocument/publishDiagnostics"));
        client.end();
    }
}

#[test]
fn refusals_have_the_error_codes_of_the_protocol() {
    let mut client = Checked::start(hello(json!({}), None));
    let at = json!({"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}});
    // In the model, but not offered.
    for method in ["textDocument/moniker", "textDocument/implementation", "textDocument/prepareTypeHierarchy"] {
        let id = client.request(method, at.clone());
        assert_eq!(client.answer(id)["error"]["code"], -32601, "{method}");
    }
    let id = client.request("initialize", hello(json!({}), None));
    assert_eq!(client.answer(id)["error"]["code"], -32600, "a second initialize");
    client.notify("$/cancelRequest", json!({"id": 999}));
    client.call("shutdown", Value::Null);
    let id = client.request("textDocument/hover", at);
    assert_eq!(client.answer(id)["error"]["code"], -32600, "after shutdown");
}
