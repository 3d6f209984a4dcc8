//! Configuration files that are broken, that are open under another spelling of their path, or that are above the open
//! folders; and the names of documents.

use crate::client::Client;
use crate::fixture;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const PROTECTED: &str = "[[ignore]]\ncode = 'GK303'\nreason = 'as printed'\n";

fn capabilities() -> Value {
    json!({
        "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
        "workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
    })
}

/// A folder without links in its path, with a report with a wrong total.
fn folder(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().canonicalize().unwrap().join(name);
    fs::create_dir_all(&inner).unwrap();
    fs::write(inner.join("年报.txt"), fixture::wrong()).unwrap();
    (folder, inner)
}

/// The URI of `path` as VS Code spells it, with all possible characters encoded.
fn encoded(path: &Path) -> String {
    let mut uri = "file://".to_owned();
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn open(client: &mut Client, uri: &str, language: &str, version: i32, text: &str) {
    let document = json!({"uri": uri, "languageId": language, "version": version, "text": text});
    client.notify("textDocument/didOpen", json!({"textDocument": document}));
}

/// The code actions for the line with the wrong figure, by kind.
fn offers(client: &mut Client, uri: &str, kind: &str) -> Vec<Value> {
    let line = fixture::wrong().lines().position(|line| line == fixture::WRONG).unwrap();
    let range = json!({"start": {"line": line, "character": 0}, "end": {"line": line + 1, "character": 0}});
    let context = json!({"diagnostics": [], "only": [kind]});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
    client.call("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
}

/// Whether the wrong total is reported for `uri`, by the next diagnostics.
#[track_caller]
fn is_reported(client: &mut Client, uri: &str) -> bool {
    let published = client.wait(&format!("diagnostics of {uri}"), |message| {
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
    });
    published["params"]["diagnostics"].as_array().unwrap().iter().any(|one| one["code"] == "GK303")
}

#[track_caller]
fn shown(client: &mut Client) -> String {
    let message = client.wait("a message to the user", |message| message["method"] == "window/showMessage");
    message["params"]["message"].as_str().unwrap().to_owned()
}

fn changed(client: &mut Client) {
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
}

#[test]
fn a_broken_configuration_leaves_the_last_valid_one_in_force() {
    let (_keep, folder) = folder("a");
    let (toml, report) = (folder.join("gongkai.toml"), encoded(&folder.join("年报.txt")));
    fs::write(&toml, PROTECTED).unwrap();
    let mut client = Client::start(capabilities());
    open(&mut client, &report, "plaintext", 1, &fixture::wrong());
    assert!(!is_reported(&mut client, &report), "the file protects it");
    let broken = [
        "[[ignore]]\ncode = 'GK3",
        "<<<<<<< HEAD\n[[ignore]]\ncode = 'GK303'\nreason = 'as printed'\n=======\n>>>>>>> other\n",
        "[[ignor]]\ncode = 'GK303'\nreason = 'as printed'\n",
        "[[ignore]]\ncode = 'GK303'\n",
    ];
    for text in broken {
        fs::write(&toml, text).unwrap();
        changed(&mut client);
        let message = shown(&mut client);
        assert!(message.contains("gongkai.toml") && message.contains("沿用"), "{message}");
        assert_eq!(offers(&mut client, &report, "source.fixAll"), Vec::<Value>::new(), "{text}");
        // A document that is opened then is also checked by the last valid configuration.
        let other = encoded(&folder.join("another.txt"));
        open(&mut client, &other, "plaintext", 1, &fixture::wrong());
        assert!(!is_reported(&mut client, &other), "{text}");
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": other}}));
        assert!(!is_reported(&mut client, &other));
    }
    // Each time it breaks there is one message, even for the same mistake, and not one for each document.
    for _ in 0..2 {
        fs::write(&toml, PROTECTED).unwrap();
        changed(&mut client);
        // The server reads the file later.
        client.assert_alive();
        fs::write(&toml, broken[0]).unwrap();
        changed(&mut client);
        changed(&mut client);
        shown(&mut client);
        client.assert_alive();
        assert!(client.received().iter().all(|message| message["method"] != "window/showMessage"));
    }
    fs::write(&toml, "").unwrap();
    changed(&mut client);
    assert!(is_reported(&mut client, &report), "put right, and it protects nothing");
    assert_eq!(offers(&mut client, &report, "source.fixAll").len(), 1);
}

#[test]
fn a_configuration_that_was_never_valid_disables_fix_all() {
    let (_keep, folder) = folder("a");
    let (toml, report) = (folder.join("gongkai.toml"), encoded(&folder.join("年报.txt")));
    for text in [b"[[ignore]]\ncode = 'GK3".as_slice(), b"[[ignor]]\n", b"\xff\xfe"] {
        fs::write(&toml, text).unwrap();
        let mut client = Client::start(capabilities());
        open(&mut client, &report, "plaintext", 1, &fixture::wrong());
        assert!(is_reported(&mut client, &report));
        assert!(shown(&mut client).contains("修正全部"));
        assert_eq!(offers(&mut client, &report, "source.fixAll"), Vec::<Value>::new());
        assert!(!offers(&mut client, &report, "quickfix").is_empty(), "one by one, by whoever looks at it");
        fs::remove_file(&toml).unwrap();
        changed(&mut client);
        assert_eq!(offers(&mut client, &report, "source.fixAll").len(), 1, "without a file there is no doubt");
    }
}

/// Checks that the quick fix that writes into `gongkai.toml` edits the client's document: `toml` in version 7.
#[track_caller]
fn writes_into(client: &mut Client, report: &str, toml: &str, text: &str) {
    open(client, toml, "toml", 7, text);
    open(client, report, "plaintext", 1, &fixture::wrong());
    let offers = offers(client, report, "quickfix");
    let edits: Vec<&Value> = offers
        .iter()
        .map(|offer| &offer["edit"]["documentChanges"][0])
        .filter(|edit| edit["textDocument"]["uri"] != report)
        .collect();
    assert!(!edits.is_empty(), "{offers:#?}");
    for edit in edits {
        assert_eq!(edit["textDocument"], json!({"uri": toml, "version": 7}));
        let end = json!({"line": text.matches('\n').count(), "character": 0});
        assert_eq!(edit["edits"][0]["range"]["start"], end, "behind what is typed and not saved");
    }
}

const UNSAVED: &str = "language = 'zh'\n# not saved\n# yet\n";

#[test]
fn an_open_configuration_is_recognised_under_any_spelling_of_its_path() {
    for name in ["a (1)", "b+c", "d'e", "f&g", "h@i", "j,k", "l=m", "n;o", "p!q", "年报 [草稿]", "100%"] {
        let (_keep, folder) = folder(name);
        let (toml, report) = (folder.join("gongkai.toml"), folder.join("年报.txt"));
        fs::write(&toml, "language = 'zh'\n").unwrap();
        writes_into(&mut Client::start(capabilities()), &encoded(&report), &encoded(&toml), UNSAVED);
        if name != "100%" {
            let plain = |path: &Path| format!("file://{}", path.display());
            writes_into(&mut Client::start(capabilities()), &plain(&report), &plain(&toml), UNSAVED);
            writes_into(&mut Client::start(capabilities()), &encoded(&report), &plain(&toml), UNSAVED);
        }
    }
}

#[test]
fn a_drive_letter_is_recognised_in_any_spelling() {
    for (report, toml) in [
        ("file:///c%3A/reports/a.txt", "file:///C:/reports/gongkai.toml"),
        ("file:///C:/reports/a.txt", "file:///c%3A/reports/gongkai.toml"),
        ("file:///c:/reports/a.txt", "file:///c%3a/reports/gongkai.toml"),
    ] {
        writes_into(&mut Client::start(capabilities()), report, toml, UNSAVED);
    }
}

#[cfg(unix)]
#[test]
fn an_open_configuration_is_recognised_through_a_link() {
    let (keep, folder) = folder("real");
    let link = keep.path().canonicalize().unwrap().join("link");
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    fs::write(folder.join("gongkai.toml"), "language = 'zh'\n").unwrap();
    for (report, toml) in [(&folder, &link), (&link, &folder), (&link, &link)] {
        let (report, toml) = (report.join("年报.txt"), toml.join("gongkai.toml"));
        writes_into(&mut Client::start(capabilities()), &encoded(&report), &encoded(&toml), UNSAVED);
    }
    // The file itself is a link.
    let shared = keep.path().canonicalize().unwrap().join("shared.toml");
    fs::rename(folder.join("gongkai.toml"), &shared).unwrap();
    std::os::unix::fs::symlink(&shared, folder.join("gongkai.toml")).unwrap();
    writes_into(&mut Client::start(capabilities()), &encoded(&folder.join("年报.txt")), &encoded(&shared), UNSAVED);
    // Not open: the client's spelling of its path.
    let mut client = Client::start(capabilities());
    let report = encoded(&link.join("年报.txt"));
    open(&mut client, &report, "plaintext", 1, &fixture::wrong());
    let expected = encoded(&link.join("gongkai.toml"));
    let offers = offers(&mut client, &report, "quickfix");
    let uris: Vec<&Value> =
        offers.iter().map(|offer| &offer["edit"]["documentChanges"][0]["textDocument"]["uri"]).collect();
    assert!(uris.iter().any(|uri| **uri == expected), "{uris:?} {expected}");
}

#[test]
fn a_document_is_the_same_under_any_spelling_of_its_uri() {
    let (_keep, folder) = folder("a (1)");
    let path = folder.join("年报.txt");
    let (theirs, other) = (encoded(&path), format!("file://{}", path.display()));
    let mut client = Client::start(capabilities());
    open(&mut client, &theirs, "plaintext", 1, &fixture::report());
    assert!(!is_reported(&mut client, &theirs));
    let document = json!({"uri": other, "version": 2});
    client.notify(
        "textDocument/didChange",
        json!({"textDocument": document, "contentChanges": [{"text": fixture::wrong()}]}),
    );
    assert!(is_reported(&mut client, &theirs), "under the name that the client gave it");
    let all = offers(&mut client, &other, "source.fixAll");
    assert_eq!(all[0]["edit"]["documentChanges"][0]["textDocument"], json!({"uri": theirs, "version": 2}));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": other}}));
    assert!(!is_reported(&mut client, &theirs));
    client.assert_alive();
}

#[test]
fn a_uri_without_encoding_is_returned_unchanged() {
    for uri in ["file:///tmp/云岭 年报.txt", "file:///tmp/a|b^c`{d}.txt", "FILE:///tmp/x.txt", "untitled:年报 1"]
    {
        let mut related = capabilities();
        related["textDocument"]["publishDiagnostics"] = json!({"relatedInformation": true});
        let mut client = Client::start(related.clone());
        open(&mut client, uri, "plaintext", 1, &fixture::wrong());
        let published = client.wait("diagnostics", |message| message["method"] == "textDocument/publishDiagnostics");
        assert_eq!(published["params"]["uri"], uri);
        let diagnostics = published["params"]["diagnostics"].as_array().unwrap();
        let wrong = diagnostics.iter().find(|one| one["code"] == "GK303").unwrap();
        assert_eq!(wrong["relatedInformation"][0]["location"]["uri"], uri);
        let edits = offers(&mut client, uri, "source.fixAll");
        assert_eq!(edits[0]["edit"]["documentChanges"][0]["textDocument"]["uri"], uri);
        let symbols = client.call("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
        assert_eq!(symbols[0]["location"]["uri"], uri, "{symbols}");
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
        let published = client.wait("diagnostics", |message| message["method"] == "textDocument/publishDiagnostics");
        assert_eq!(published["params"]["uri"], uri);
        related["workspace"] = json!({});
        let mut client = Client::start(related);
        open(&mut client, uri, "plaintext", 1, &fixture::wrong());
        let edits = offers(&mut client, uri, "source.fixAll");
        assert!(edits[0]["edit"]["changes"][uri].is_array(), "{edits:?}");
    }
}

/// Waits until the client is asked to watch the configuration file in `folder`, a URI with `/` at its end.
#[track_caller]
fn watches(client: &mut Client, folder: &str) {
    client.wait(&format!("a watch of {folder}"), |message| {
        let registrations = message["params"]["registrations"].as_array().into_iter().flatten();
        let mut watchers =
            registrations.flat_map(|one| one["registerOptions"]["watchers"].as_array().into_iter().flatten());
        watchers.any(|watcher| {
            let pattern = &watcher["globPattern"];
            let is_relative = pattern["pattern"] == "gongkai.toml" && pattern["baseUri"] == folder;
            is_relative
                || pattern.as_str().is_some_and(|path| format!("file://{path}") == format!("{folder}gongkai.toml"))
        })
    });
}

#[test]
fn configurations_above_open_folders_are_watched_and_folders_may_be_added() {
    for relative in [true, false] {
        let (_keep, outer) = folder("above");
        let (first, second) = (outer.join("first"), outer.join("second/inner"));
        fs::create_dir_all(&first).unwrap();
        fs::create_dir_all(&second).unwrap();
        let mut capabilities = capabilities();
        capabilities["workspace"]["workspaceFolders"] = json!(true);
        capabilities["workspace"]["didChangeWatchedFiles"] =
            json!({"dynamicRegistration": true, "relativePatternSupport": relative});
        let folders = json!([{"uri": encoded(&first), "name": "first"}]);
        let (mut client, offered) =
            Client::start_with(json!({"processId": null, "workspaceFolders": folders, "capabilities": capabilities}));
        assert_eq!(offered["capabilities"]["workspace"]["workspaceFolders"]["changeNotifications"], true);
        let above = |path: &Path| format!("file://{}/", path.display());
        watches(&mut client, &above(&outer));
        // One above the folder is found, and its changes are noticed.
        let report = encoded(&first.join("年报.txt"));
        open(&mut client, &report, "plaintext", 1, &fixture::wrong());
        assert!(is_reported(&mut client, &report));
        fs::write(outer.join("gongkai.toml"), PROTECTED).unwrap();
        changed(&mut client);
        assert!(!is_reported(&mut client, &report));
        fs::remove_file(outer.join("gongkai.toml")).unwrap();
        changed(&mut client);
        assert!(is_reported(&mut client, &report));
        // A configuration file may be written into an added folder.
        let added = json!([{"uri": encoded(&second), "name": "second"}]);
        client.notify("workspace/didChangeWorkspaceFolders", json!({"event": {"added": added, "removed": folders}}));
        watches(&mut client, &above(second.parent().unwrap()));
        let report = encoded(&second.join("deeper.txt"));
        open(&mut client, &report, "plaintext", 1, &fixture::wrong());
        let offers = offers(&mut client, &report, "quickfix");
        let created: Vec<&Value> = offers.iter().map(|offer| &offer["edit"]["documentChanges"][0]["uri"]).collect();
        assert!(created.contains(&&json!(encoded(&second.join("gongkai.toml")))), "{created:?}");
        // A report in no open folder at all.
        let (_keep, elsewhere) = folder("elsewhere");
        open(&mut client, &encoded(&elsewhere.join("年报.txt")), "plaintext", 1, &fixture::wrong());
        watches(&mut client, &above(&elsewhere));
    }
}

#[test]
fn an_untitled_document_is_checked_as_one_of_the_workspace() {
    let (_keep, folder) = folder("a");
    fs::write(folder.join("gongkai.toml"), PROTECTED).unwrap();
    let folders = json!([{"uri": encoded(&folder), "name": "a"}]);
    let hello = json!({"processId": null, "workspaceFolders": folders, "capabilities": capabilities()});
    let (mut client, _) = Client::start_with(hello);
    open(&mut client, "untitled:Untitled-1", "plaintext", 1, &fixture::wrong());
    assert!(!is_reported(&mut client, "untitled:Untitled-1"));
    // The folder that it already has.
    let (_keep, other) = self::folder("other");
    let elsewhere = encoded(&other.join("new.txt")).replace("file://", "untitled:");
    open(&mut client, &elsewhere, "plaintext", 1, &fixture::wrong());
    assert!(is_reported(&mut client, &elsewhere));
    let mut client = Client::start(capabilities());
    open(&mut client, "untitled:Untitled-1", "plaintext", 1, &fixture::wrong());
    assert!(is_reported(&mut client, "untitled:Untitled-1"), "no folder is open");
}

/// `text` with the edits of `action`, which count characters, applied.
fn apply(text: &str, action: &Value) -> String {
    let text_of = gongkai::text::Text::new(text);
    let offset = |place: &Value| {
        let number = |part: &str| place[part].as_u64().unwrap() as usize;
        let position = gongkai::text::Position { line: number("line"), column: number("character") };
        text_of.offset(position, gongkai::text::Encoding::Utf16)
    };
    let changes = action["edit"]["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    let edits: Vec<gongkai::text::TextEdit> = changes[0]["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| gongkai::text::TextEdit {
            span: gongkai::text::Span::new(offset(&edit["range"]["start"]), offset(&edit["range"]["end"])),
            content: edit["newText"].as_str().unwrap().to_owned(),
        })
        .collect();
    gongkai::text::apply(text, &edits)
}

#[test]
fn fix_all_and_check_fix_give_the_same_text() {
    let report = fixture::report();
    // The unit is recognised only once the row has as many figures as columns, in a second round.
    let row = "| 4.无正当理由大量反复申请 | 0 | 0 |";
    assert!(report.contains(row));
    let late = report.replace(row, "| 4.无正当理由大量反复申请 | 0 | 0件 | 0 |");
    let page =
        format!("<html><body><table><tr><td>x</td></tr></table>{}</body></html>", report.replace('\n', "<br>\n"));
    let mut rounds = 0;
    for text in
        [fixture::wrong(), late.clone(), late.replace(" 0 |", "  |"), report.replace(" 0 |", " ０ |"), page, report]
    {
        let (_keep, folder) = folder("a");
        let file = folder.join("年报.txt");
        fs::write(&file, &text).unwrap();
        let output =
            Command::new(crate::client::program()).args(["check", "--fix", "--quiet"]).arg(&file).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
        let expected = fs::read_to_string(&file).unwrap();
        let mut client = Client::start(capabilities());
        let uri = encoded(&file);
        open(&mut client, &uri, "plaintext", 1, &text);
        let actions = offers(&mut client, &uri, "source.fixAll.gongkai");
        let fixed = actions.first().map_or(text.clone(), |action| apply(&text, action));
        assert_eq!(fixed, expected);
        let once = gongkai::ide::fix_all(&gongkai::analysis::check(&text, &Default::default()));
        rounds += usize::from(gongkai::text::apply(&text, &once) != expected);
    }
    assert!(rounds > 0, "none of them needs a second round");
}
