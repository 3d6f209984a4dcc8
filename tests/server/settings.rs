//! Settings from all sources, configuration files, and suppressed findings.

use crate::client::Client;
use crate::fixture;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A client with all capabilities except pulling diagnostics.
fn capabilities() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-32"]},
        "textDocument": {
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
            "hover": {"contentFormat": ["markdown"]},
        },
        "workspace": {
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]},
        },
    })
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.canonicalize().unwrap_or(path.to_owned()).display())
}

fn folder() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().canonicalize().unwrap().join("report.md");
    std::fs::write(&report, fixture::wrong()).unwrap();
    let uri = uri(&report);
    (folder, uri)
}

fn write(folder: &TempDir, toml: &str) {
    std::fs::write(folder.path().join("gongkai.toml"), toml).unwrap();
}

/// The next diagnostics for `uri`: their codes, or messages of those without a code; without the one about the missing
/// date.
#[track_caller]
fn next(client: &mut Client, uri: &str) -> Vec<String> {
    let published = client.wait("diagnostics", |message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
    });
    let diagnostics = published["params"]["diagnostics"].as_array().unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    diagnostics
        .iter()
        .map(|one| text(&one["code"]).or_else(|| text(&one["message"])).unwrap())
        .filter(|code| code != "GK123")
        .collect()
}

fn open(client: &mut Client, uri: &str, language: &str, text: &str) {
    let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
    client.notify("textDocument/didOpen", json!({"textDocument": document}));
}

#[track_caller]
fn asked_for_settings(client: &mut Client) -> Value {
    client.wait("a question for the settings", |message| message["method"] == "workspace/configuration")["id"].clone()
}

fn answer(client: &mut Client, id: &Value, settings: Value) {
    client.send(&json!({"jsonrpc": "2.0", "id": id, "result": [settings]}));
}

#[test]
fn settings_are_read_at_the_start_from_notifications_and_by_request() {
    let (_folder, uri) = folder();
    let mut capabilities = capabilities();
    capabilities["workspace"]["configuration"] = json!(true);
    let (mut client, _) = Client::start_with(json!({
        "capabilities": capabilities, "initializationOptions": {"ignore": ["GK303"]},
    }));
    let first = asked_for_settings(&mut client);
    open(&mut client, &uri, "markdown", &fixture::wrong());
    assert_eq!(next(&mut client, &uri), Vec::<String>::new(), "told at the start");
    // A missing or late response delays nothing.
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"gongkai": {"ignore": []}}}));
    assert_eq!(next(&mut client, &uri), ["GK303"], "pushed");
    let second = asked_for_settings(&mut client);
    answer(&mut client, &first, json!({"ignore": ["GK303"]}));
    client.assert_alive();
    answer(&mut client, &second, json!({"ignore": [], "severity": {"GK303": "info"}}));
    let published = client.wait("diagnostics", |message| message["method"] == "textDocument/publishDiagnostics");
    let severities: Vec<i64> = published["params"]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|diagnostic| diagnostic["code"] != "GK123")
        .map(|diagnostic| diagnostic["severity"].as_i64().unwrap())
        .collect();
    assert_eq!(severities, [3], "the answer to the last question, and not the late one to the first");
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    let third = asked_for_settings(&mut client);
    answer(&mut client, &third, Value::Null);
    client.assert_alive();
}

#[test]
fn the_configuration_file_overrides_the_editor_and_is_watched() {
    let (folder, uri) = folder();
    let mut capabilities = capabilities();
    capabilities["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let options = json!({"ignore": ["GK3"]});
    let (mut client, _) = Client::start_with(json!({"capabilities": capabilities, "initializationOptions": options}));
    let registered = client.wait("a registration", |message| message["method"] == "client/registerCapability");
    assert_eq!(registered["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.send(&json!({"jsonrpc": "2.0", "id": registered["id"], "result": null}));
    write(&folder, "ignore = ['GK2']\n");
    open(&mut client, &uri, "markdown", &fixture::wrong());
    assert_eq!(next(&mut client, &uri), ["GK303"]);
    write(&folder, "ignore = ['GK303']\n");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(next(&mut client, &uri), Vec::<String>::new());
    std::fs::remove_file(folder.path().join("gongkai.toml")).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(next(&mut client, &uri), Vec::<String>::new(), "the editor's own settings");
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"ignore": []}}));
    assert_eq!(next(&mut client, &uri), ["GK303"]);
}

#[test]
fn mistakes_in_the_configuration_are_shown_once_and_marked_if_it_is_open() {
    let (folder, report) = folder();
    let mut client = Client::start(capabilities());
    write(&folder, "selekt = []\nignore = ['GK303']\n");
    open(&mut client, &report, "markdown", &fixture::wrong());
    assert_eq!(next(&mut client, &report), Vec::<String>::new(), "what is understood holds");
    let shown = client.wait("a message", |message| message["method"] == "window/showMessage");
    assert!(shown["params"]["message"].as_str().unwrap().contains("select"), "{shown}");
    let toml = uri(&folder.path().join("gongkai.toml"));
    open(&mut client, &toml, "toml", "selekt = []\nignore = ['GK303']\n");
    let marked = next(&mut client, &toml);
    assert!(marked.len() == 1 && marked[0].contains("select"), "{marked:?}");
    let hover = client
        .call("textDocument/hover", json!({"textDocument": {"uri": toml}, "position": {"line": 1, "character": 13}}));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("row-total"), "{hover}");
    let document = json!({"uri": toml, "version": 2});
    let text = "ignore = []\n";
    client.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": text}]}));
    assert_eq!(next(&mut client, &toml), Vec::<String>::new());
    write(&folder, text);
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": toml}}));
    assert_eq!(next(&mut client, &report), ["GK303"]);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": toml}}));
    client.assert_alive();
    assert!(!client.received().iter().any(|message| message["method"] == "window/showMessage"), "shown again");
}

/// The actions whose title mentions `gongkai.toml` or ignoring, for the wrong figure.
fn offers(client: &mut Client, uri: &str) -> Vec<Value> {
    let report = fixture::wrong();
    let line = report.lines().position(|line| line == fixture::WRONG).unwrap();
    let range = json!({"start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0}});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let actions = client.call("textDocument/codeAction", params);
    let ignores = |action: &&Value| action["title"].as_str().unwrap().contains("忽略");
    actions.as_array().unwrap().iter().filter(ignores).cloned().collect()
}

#[test]
fn a_suppression_comment_is_offered_where_the_format_has_comments() {
    let (_folder, uri) = folder();
    let mut client = Client::start(capabilities());
    open(&mut client, &uri, "markdown", &fixture::wrong());
    let offers = offers(&mut client, &uri);
    assert_eq!(offers.len(), 2, "{offers:#?}");
    for offer in offers {
        assert_eq!(offer["kind"], "quickfix");
        assert!(offer.get("isPreferred").is_none(), "{offer}");
        let edits = &offer["edit"]["documentChanges"][0]["edits"];
        assert!(edits[0]["newText"].as_str().unwrap().starts_with("<!-- gongkai: ignore"), "{offer}");
    }
}

/// One entry leads to a choice, for any number of findings.
#[test]
fn ways_to_ignore_a_finding_are_one_entry_if_the_client_can_choose() {
    let (folder, uri) = folder();
    let mut asked = capabilities();
    asked["workspace"]["applyEdit"] = json!(true);
    asked["workspace"]["executeCommand"] = json!({});
    let hello = json!({"capabilities": asked});
    let (mut client, offered) = Client::start_with(hello.clone());
    assert_eq!(offered["capabilities"]["executeCommandProvider"]["commands"], json!(["gongkai.suppress"]));
    open(&mut client, &uri, "markdown", &fixture::wrong());
    let one = offers(&mut client, &uri);
    assert_eq!(one.len(), 1, "{one:#?}");
    assert_eq!(one[0]["title"], "忽略“行总计不符”（GK303）…");
    assert!(one[0].get("edit").is_none() && one[0]["diagnostics"][0]["code"] == "GK303", "{one:#?}");
    // Chosen and done.
    client.call("workspace/executeCommand", one[0]["command"].clone());
    let question = client.wait("a question", |message| message["method"] == "window/showMessageRequest");
    let choices = question["params"]["actions"].as_array().unwrap();
    assert_eq!(choices.len(), 2, "{question}");
    client.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": choices[1]}));
    let applied = client.wait("an edit", |message| message["method"] == "workspace/applyEdit");
    let edit = &applied["params"]["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({"uri": uri, "version": 1}));
    assert!(edit["edits"][0]["newText"].as_str().unwrap().starts_with("<!-- gongkai: ignore-file GK303"), "{edit}");
    client.send(&json!({"jsonrpc": "2.0", "id": applied["id"], "result": {"applied": true}}));
    // Cancelled.
    client.call("workspace/executeCommand", one[0]["command"].clone());
    let question = client.wait("a question", |message| message["method"] == "window/showMessageRequest");
    client.send(&json!({"jsonrpc": "2.0", "id": question["id"], "result": null}));
    client.assert_alive();
    assert!(client.received().iter().all(|message| message["method"] != "workspace/applyEdit"));
    for params in [json!({"command": "gongkai.suppress"}), json!({"command": "other", "arguments": [[]]})] {
        let id = client.request("workspace/executeCommand", params);
        assert_eq!(client.answer(id)["error"]["code"], -32602);
    }
    // A client with a menu of its own.
    let mut own = hello;
    own["initializationOptions"] = json!({"suppressionMenu": true});
    let (mut client, offered) = Client::start_with(own);
    assert!(offered["capabilities"].get("executeCommandProvider").is_none());
    open(&mut client, &uri, "plaintext", &fixture::wrong());
    let one = offers(&mut client, &uri);
    assert_eq!(one.len(), 1, "{one:#?}");
    assert_eq!(one[0]["command"]["command"], "gongkai.chooseSuppression");
    let choices = one[0]["command"]["arguments"][0].as_array().unwrap();
    assert_eq!(choices.len(), 2, "{choices:#?}");
    assert!(choices.iter().all(|choice| choice["title"].as_str().unwrap().contains("行总计不符")), "{choices:#?}");
    drop(folder);
}

#[test]
fn findings_in_plain_text_are_ignored_in_the_configuration_file() {
    let (folder, uri) = folder();
    let toml = format!("file://{}", folder.path().canonicalize().unwrap().join("gongkai.toml").display());
    let mut client = Client::start(capabilities());
    open(&mut client, &uri, "plaintext", &fixture::wrong());
    assert_eq!(next(&mut client, &uri), ["GK303"]);
    let created = offers(&mut client, &uri);
    assert_eq!(created.len(), 2, "{created:#?}");
    let changes = created[0]["edit"]["documentChanges"].as_array().unwrap();
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(toml)));
    let text = changes[1]["edits"][0]["newText"].as_str().unwrap().to_owned();
    // The entry as offered suppresses the finding.
    write(&folder, &text);
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(next(&mut client, &uri), Vec::<String>::new(), "{text}");
    write(&folder, "language = 'zh'\n");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(next(&mut client, &uri), ["GK303"]);
    let appended = offers(&mut client, &uri);
    let change = &appended[1]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], toml);
    assert_eq!(change["edits"][0]["range"]["start"], json!({"line": 1, "character": 0}));
    std::fs::remove_file(folder.path().join("gongkai.toml")).unwrap();
    let mut client = Client::start(json!({"textDocument": capabilities()["textDocument"]}));
    open(&mut client, &uri, "plaintext", &fixture::wrong());
    assert_eq!(offers(&mut client, &uri), Vec::<Value>::new(), "a client that creates no files");
}

#[test]
fn the_server_and_the_command_line_find_the_same() {
    let comment = "<!-- gongkai: ignore GK303, GK304 x -->\n";
    let report = fixture::wrong().replace(fixture::WRONG, &format!("{comment}{}", fixture::WRONG));
    let blank = fixture::wrong().replace(" 0 |", "  |");
    for (text, toml) in [
        (fixture::wrong(), ""),
        (fixture::wrong(), "severity = { GK3 = 'warning' }\n"),
        (fixture::wrong(), "[[ignore]]\npath = 'report.md'\ncode = 'GK3'\nreason = 'x'\n"),
        (report, "language = 'en'\n"),
        (blank.clone(), ""),
        (blank, "select = ['blank-cell']\nlanguage = 'en'\n"),
    ] {
        let (folder, uri) = folder();
        write(&folder, toml);
        std::fs::write(folder.path().join("report.md"), &text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["check", "report.md", "--output-format=json"])
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .current_dir(folder.path())
            .output()
            .unwrap();
        let printed: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        let printed: Vec<Value> = printed
            .iter()
            .map(|finding| {
                let at = |place: &str| {
                    let one = |part: &str| finding[place][part].as_u64().unwrap() - 1;
                    json!({"line": one("row"), "character": one("column")})
                };
                let severity =
                    ["error", "warning", "info"].iter().position(|name| finding["severity"] == *name).unwrap();
                json!({
                    "code": finding["code"], "message": finding["message"], "severity": severity + 1,
                    "range": {"start": at("location"), "end": at("end_location")},
                })
            })
            .collect();
        let mut client = Client::start(capabilities());
        open(&mut client, &uri, "markdown", &text);
        let published = client.wait("diagnostics", |message| message["method"] == "textDocument/publishDiagnostics");
        let shown: Vec<Value> = published["params"]["diagnostics"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                json!({
                    "code": one["code"], "message": one["message"], "severity": one["severity"], "range": one["range"],
                })
            })
            .collect();
        assert_eq!(shown, printed, "{toml}");
    }
}
