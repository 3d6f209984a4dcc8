//! The requests of this project: the report as data, a figure written into a cell, a new report, a folder that is checked.

use crate::client::{Client, URI};
use crate::fixture;
use serde_json::{Value, json};
use std::path::Path;

fn capabilities(encoding: &str, pulls: bool) -> Value {
    let mut capabilities = json!({
        "general": {"positionEncodings": [encoding]},
        "textDocument": {"publishDiagnostics": {"relatedInformation": true}},
        "workspace": {"workspaceEdit": {"documentChanges": true}}
    });
    if pulls {
        capabilities["textDocument"]["diagnostic"] = json!({});
    }
    capabilities
}

#[track_caller]
fn report(client: &mut Client) -> Value {
    client.call("gongkai/report", json!({"textDocument": {"uri": URI}}))
}

/// The figure cells of `report` with their texts.
fn figures(report: &Value) -> Vec<&Value> {
    let tables = report["parts"].as_array().unwrap().iter().filter(|part| part["kind"] == "table");
    let rows = tables.flat_map(|table| table["rows"].as_array().unwrap());
    rows.flat_map(|row| row.as_array().unwrap()).filter(|cell| cell["kind"] == "figure").collect()
}

#[track_caller]
fn figure<'a>(report: &'a Value, row: &str, column: &str) -> &'a Value {
    let figures = figures(report);
    figures.into_iter().find(|cell| cell["row"] == row && cell["column"] == column).unwrap()
}

/// The text at `range` of `text`, in UTF-16 units.
fn at(text: &str, range: &Value) -> String {
    let [from, to] = ["start", "end"].map(|end| {
        let place = &range[end];
        let line = text.lines().nth(place["line"].as_u64().unwrap() as usize).unwrap();
        let units = place["character"].as_u64().unwrap() as usize;
        (place["line"].clone(), String::from_utf16(&line.encode_utf16().take(units).collect::<Vec<_>>()).unwrap())
    });
    assert_eq!(from.0, to.0, "on one line");
    to.1.strip_prefix(&from.1).unwrap().to_owned()
}

#[test]
fn a_report_is_sent_as_data_with_places_and_findings() {
    let text = fixture::wrong();
    let mut client = Client::start(capabilities("utf-16", false));
    client.open(&text);
    let reports = report(&mut client);
    assert_eq!(reports.as_array().unwrap().len(), 1);
    let report = &reports[0];
    assert_eq!((&report["year"], &report["edition"]), (&json!(2023), &json!(2021)));
    assert_eq!(figures(report).len(), 10 + 25 * 7 + 15);
    let total = figure(report, "（一）予以公开", "总计");
    assert_eq!((&total["text"], &total["state"], &total["value"]), (&json!("8"), &json!("number"), &json!(8.0)));
    assert_eq!(total["due"], "7");
    assert_eq!(at(&text, &total["range"]), "8");
    let found = report["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "GK303").unwrap();
    assert_eq!(found["range"], total["range"]);
    assert_eq!(found["place"], json!({"section": 3, "table": 3, "row": "（一）予以公开", "column": "总计"}));
    assert_eq!(found["fixes"][0]["edits"][0]["newText"], "7");
    let headings: Vec<&Value> =
        report["parts"].as_array().unwrap().iter().filter(|part| part["kind"] == "heading").collect();
    assert_eq!(
        headings.iter().map(|heading| heading["section"].as_u64()).collect::<Vec<_>>(),
        (1..=6).map(Some).collect::<Vec<_>>()
    );
}

#[test]
fn the_report_of_other_or_closed_documents_is_null() {
    let mut client = Client::start(capabilities("utf-16", false));
    client.open(fixture::OTHER);
    assert_eq!(report(&mut client), Value::Null);
    let missing = json!({"textDocument": {"uri": "file:///no/such/report.txt"}});
    assert_eq!(client.call("gongkai/report", missing), Value::Null);
}

#[test]
fn a_word_file_is_read_from_the_disk_and_one_that_cannot_be_read_is_named() {
    let (path, uri) = folder();
    let word = path.path().join("b.docx");
    let convert = std::process::Command::new(crate::client::program())
        .args(["convert".as_ref(), path.path().join("c.md").as_os_str(), word.as_os_str()])
        .output()
        .unwrap();
    assert!(convert.status.success(), "{convert:?}");
    let mut client = Client::start(capabilities("utf-16", false));
    let reports = client.call("gongkai/report", json!({"textDocument": {"uri": format!("{uri}/b.docx")}}));
    let total = figure(&reports[0], "（一）予以公开", "总计");
    assert_eq!((&total["text"], &total["due"]), (&json!("8"), &json!("7")));
    assert!(reports[0]["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == "GK303"));
    let new = client.call("gongkai/newReport", json!({"year": 2024, "from": format!("{uri}/b.docx")}));
    assert!(new["text"].as_str().unwrap().contains("财政局2024年"), "{new}");
    let closed = client.call("gongkai/report", json!({"textDocument": {"uri": format!("{uri}/a.md")}}));
    assert_eq!(closed[0]["year"], 2023);
    std::fs::write(&word, b"PK\x03\x04 and no more").unwrap();
    let id = client.request("gongkai/report", json!({"textDocument": {"uri": format!("{uri}/b.docx")}}));
    let error = client.answer(id)["error"]["message"].clone();
    assert!(error.as_str().unwrap().contains("Word"), "{error}");
}

/// The one edit of the answer to `gongkai/setCell`.
#[track_caller]
fn set(client: &mut Client, row: &str, column: &str, value: &str) -> Value {
    let cell = json!({"textDocument": {"uri": URI}, "table": 3, "row": row, "column": column, "value": value});
    let edit = client.call("gongkai/setCell", cell);
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!((changes.len(), &changes[0]["textDocument"]["uri"]), (1, &json!(URI)));
    changes[0].clone()
}

#[test]
fn a_figure_is_written_into_its_cell_and_nowhere_else() {
    let text = fixture::wrong();
    let mut client = Client::start(capabilities("utf-16", false));
    client.open_as(URI, 7, &text);
    let change = set(&mut client, "（一）予以公开", "总计", "7");
    assert_eq!(change["textDocument"]["version"], 7);
    let edits = change["edits"].as_array().unwrap();
    assert_eq!((edits.len(), &edits[0]["newText"]), (1, &json!("7")));
    assert_eq!(at(&text, &edits[0]["range"]), "8");
    let same = set(&mut client, "（一）予以公开", "总计", "8");
    assert_eq!(same["edits"], json!([]), "it is there already");
}

#[test]
fn a_cell_that_cannot_be_written_is_refused_with_the_reason() {
    let mut client = Client::start(capabilities("utf-16", false));
    client.open(&fixture::report());
    for (table, row, column, value) in
        [(3, "（一）予以公开", "合计", "1"), (9, "（一）予以公开", "总计", "1"), (3, "（一）予以公开", "总计", "1|2")]
    {
        let cell = json!({"textDocument": {"uri": URI}, "table": table, "row": row, "column": column, "value": value});
        let id = client.request("gongkai/setCell", cell);
        let error = client.answer(id)["error"].clone();
        assert_eq!(error["code"], -32602, "{error}");
        assert!(!error["message"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_new_report_has_the_figures_carried_over() {
    let mut client = Client::start(capabilities("utf-16", false));
    client.open(&fixture::report());
    let new = client.call("gongkai/newReport", json!({"year": 2024, "from": URI, "format": "md"}));
    let text = new["text"].as_str().unwrap();
    assert!(text.starts_with("# 云溪区水务局2024年政府信息公开工作年度报告\n"), "{text}");
    let row = text.lines().find(|line| line.contains("二、上年结转")).unwrap();
    assert!(row.ends_with("| 2 | 0 | 0 | 0 | 0 | 0 | 2 |"), "{row}");
    let plain = client.call("gongkai/newReport", json!({"year": 2020, "body": "云溪区水务局"}));
    assert!(plain["text"].as_str().unwrap().contains("采购总金额"), "the format of its year");
    for (params, word) in [
        (json!({"year": 2025, "from": URI}), "2023"),
        (json!({"year": 2025}), "单位"),
        (json!({"year": 2024, "from": "file:///no/such.txt"}), ""),
        (json!({"year": 2024, "body": "云溪区水务局", "format": "pdf"}), "txt"),
    ] {
        let id = client.request("gongkai/newReport", params.clone());
        let error = client.answer(id)["error"].clone();
        assert!(error["message"].as_str().unwrap().contains(word), "{params}: {error}");
    }
}

/// A folder with a right report, a wrong one, a wrong one in GBK, and another file.
fn folder() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    let write = |name: &str, text: &str| std::fs::write(path.join(name), text).unwrap();
    write("a.md", &fixture::report());
    // Its tables are on lines of more UTF-16 units than characters.
    write(
        "b.md",
        &fixture::wrong().replace("水务局", "民政局").replace(fixture::WRONG, &format!("😀{}", fixture::WRONG)),
    );
    write("c.md", &fixture::wrong().replace("水务局", "财政局"));
    write("d.md", fixture::OTHER);
    let uri = format!("file://{}", path.display());
    (folder, uri)
}

/// The diagnostics published before the response to `id`, by the last part of the URI.
fn published(client: &mut Client, id: i64) -> (Value, Vec<(String, Value)>) {
    let mut found = Vec::new();
    loop {
        let message = client.wait("an answer or diagnostics", |message| {
            message["method"] == "textDocument/publishDiagnostics"
                || (message["id"] == id && message["method"].is_null())
        });
        if message["id"] == id {
            return (message, found);
        }
        let params = &message["params"];
        let name = params["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        found.push((name, params["diagnostics"].clone()));
    }
}

#[test]
fn a_folder_is_checked_into_the_diagnostics_of_files_that_are_not_open() {
    let (path, uri) = folder();
    let mut client = Client::start(capabilities("utf-16", true));
    let open = std::fs::read_to_string(path.path().join("c.md")).unwrap();
    client.open_as(&format!("{uri}/c.md"), 1, &open);
    let id = client.request("gongkai/checkFolder", json!({"uri": uri, "workDoneToken": "folder"}));
    let (answer, found) = published(&mut client, id);
    let summary = &answer["result"];
    assert!(summary["errors"].as_u64().unwrap() >= 2, "{answer}");
    assert!(!summary["messages"].as_array().unwrap().is_empty(), "{answer}");
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"b.md") && !names.contains(&"c.md") && !names.contains(&"d.md"), "{names:?}");
    let of_b = &found.iter().find(|(name, _)| name == "b.md").unwrap().1;
    let wrong = of_b.as_array().unwrap().iter().find(|diagnostic| diagnostic["code"] == "GK303").unwrap();
    let text = std::fs::read_to_string(path.path().join("b.md")).unwrap();
    assert_eq!(at(&text, &wrong["range"]), "8");
    let progress = client.received().into_iter().filter(|message| message["method"] == "$/progress");
    let kinds: Vec<String> =
        progress.map(|message| message["params"]["value"]["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!((kinds.first().map(String::as_str), kinds.last().map(String::as_str)), (Some("begin"), Some("end")));
    assert!(kinds.iter().any(|kind| kind == "report"), "{kinds:?}");
    // A fixed file has no diagnostics left; an opened one is pulled by the client.
    std::fs::write(path.path().join("b.md"), fixture::report().replace("水务局", "民政局")).unwrap();
    let id = client.request("gongkai/checkFolder", json!({"uri": uri}));
    let (_, found) = published(&mut client, id);
    let of_b = found.iter().rev().find(|(name, _)| name == "b.md").map(|(_, diagnostics)| diagnostics.clone());
    let errors = of_b.unwrap().as_array().unwrap().iter().filter(|diagnostic| diagnostic["severity"] == 1).count();
    assert_eq!(errors, 0);
}

#[test]
fn the_settings_of_the_editor_apply_to_a_folder_below_its_configuration_file() {
    let (path, uri) = folder();
    let mut params = json!({"processId": null, "capabilities": capabilities("utf-16", false)});
    params["initializationOptions"] = json!({"select": ["GK303"], "severity": {"GK303": "info"}, "language": "en"});
    let (mut client, _) = Client::start_with(params);
    let check = |client: &mut Client| {
        let id = client.request("gongkai/checkFolder", json!({"uri": uri}));
        let (_, found) = published(client, id);
        let of_b = found.into_iter().rev().find(|(name, _)| name == "b.md").unwrap().1;
        of_b.as_array().unwrap().clone()
    };
    let found = check(&mut client);
    assert!(found.iter().all(|diagnostic| diagnostic["code"] == "GK303" && diagnostic["severity"] == 3), "{found:#?}");
    assert!(
        found[0]["message"].as_str().unwrap().is_ascii() || found[0]["message"].as_str().unwrap().contains("should")
    );
    std::fs::write(path.path().join("gongkai.toml"), "severity = { GK303 = 'warning' }\n").unwrap();
    let found = check(&mut client);
    assert!(found.iter().any(|diagnostic| diagnostic["code"] == "GK303" && diagnostic["severity"] == 2), "{found:#?}");
}

#[test]
fn a_folder_check_can_be_cancelled_and_needs_a_folder() {
    let (path, uri) = folder();
    for number in 0..400 {
        let name = path.path().join(format!("more{number}.md"));
        std::fs::write(name, fixture::wrong().replace("水务局", &format!("第{number}所"))).unwrap();
    }
    let mut client = Client::start(capabilities("utf-16", false));
    let id = client.request("gongkai/checkFolder", json!({"uri": uri, "workDoneToken": 7}));
    client.wait("the beginning", |message| message["params"]["value"]["kind"] == "begin");
    client.notify("window/workDoneProgress/cancel", json!({"token": 7}));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    let id = client.request("gongkai/checkFolder", json!({"uri": uri}));
    client.notify("$/cancelRequest", json!({"id": id}));
    let answer = client.answer(id);
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_object(), "{answer}");
    let id = client.request("gongkai/checkFolder", json!({"uri": "file:///no/such/folder"}));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    assert!(Path::new(&path.path().join("a.md")).exists());
}

#[test]
fn cited_laws_are_links_where_the_client_names_their_addresses() {
    let report = fixture::report().replace(
        "本报告统计期限",
        "根据《中华人民共和国政府信息公开条例》第五十条和国办公开办函〔2021〕30号编制。本报告统计期限",
    );
    let line = report.lines().position(|line| line.starts_with("根据")).unwrap();
    let start = |laws: Value, uses: bool| {
        let capabilities = if uses { json!({"textDocument": {"documentLink": {}}}) } else { json!({}) };
        let options = json!({"lawUrls": laws});
        let (mut client, result) =
            Client::start_with(json!({"capabilities": capabilities, "initializationOptions": options}));
        client.open(&report);
        (client, result["capabilities"]["documentLinkProvider"].clone())
    };
    let address = "https://law.example/regulation";
    let (mut client, offer) = start(json!({"政府信息公开条例": address, "水法": address, "行政复议法": 3}), true);
    assert_eq!(offer, json!({"resolveProvider": false}));
    let links = client.call("textDocument/documentLink", json!({"textDocument": {"uri": URI}}));
    // The notice has no address.
    let range = json!({"start": {"line": line, "character": 2}, "end": {"line": line, "character": 23}});
    assert_eq!(links, json!([{"range": range, "target": address}]));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"gongkai": {"features": {"documentLinks": false}}}}),
    );
    assert!(client.call("textDocument/documentLink", json!({"textDocument": {"uri": URI}})).is_null());
    for (laws, uses) in
        [(json!({"政府信息公开条例": address}), false), (json!({}), true), (json!({"水法": address}), true)]
    {
        assert!(start(laws, uses).1.is_null());
    }
}
