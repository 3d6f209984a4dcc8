//! Hover, code actions, outline, folding.

use crate::client::{Client, URI};
use crate::fixture;
use serde_json::{Value, json};

fn capabilities() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8"]},
        "textDocument": {
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
            "hover": {"contentFormat": ["markdown"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}}
    })
}

/// The same client without `what`.
fn without(what: &str) -> Value {
    let mut capabilities = capabilities();
    *capabilities.pointer_mut(what).unwrap() = Value::Null;
    capabilities
}

fn line_of(text: &str, what: &str) -> usize {
    text.lines().position(|line| line.contains(what)).unwrap()
}

/// The code actions for the whole line with `what`.
#[track_caller]
fn actions(client: &mut Client, text: &str, what: &str, only: Option<&[&str]>) -> Vec<Value> {
    let line = line_of(text, what);
    let mut context = json!({"diagnostics": []});
    if let Some(only) = only {
        context["only"] = json!(only);
    }
    let range = json!({"start": {"line": line, "character": 0}, "end": {"line": line, "character": 9999}});
    let params = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
    client.call("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
}

/// `text` with the edits of `action`, whose columns are bytes, applied.
fn apply(text: &str, action: &Value) -> String {
    let mut edits = action["edit"]["documentChanges"][0]["edits"].as_array().unwrap().clone();
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
    let offset = |place: &Value| {
        starts[place["line"].as_u64().unwrap() as usize] + place["character"].as_u64().unwrap() as usize
    };
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    let mut text = text.to_owned();
    for edit in edits {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text
}

#[test]
fn a_wrong_total_has_one_preferred_fix_that_repairs_the_report() {
    let mut client = Client::start(capabilities());
    let report = fixture::wrong();
    client.open_as(URI, 4, &report);
    let actions = actions(&mut client, &report, fixture::WRONG, Some(&["quickfix"]));
    let preferred: Vec<&Value> = actions.iter().filter(|action| action["isPreferred"] == true).collect();
    assert_eq!(preferred.len(), 1, "{actions:#?}");
    assert_eq!(preferred[0]["kind"], "quickfix");
    assert_eq!(preferred[0]["diagnostics"][0]["code"], "GK303");
    let document = json!({"uri": URI, "version": 4});
    assert_eq!(preferred[0]["edit"]["documentChanges"][0]["textDocument"], document);
    assert_eq!(apply(&report, preferred[0]), fixture::report());
}

#[test]
fn only_requested_kinds_of_actions_are_offered() {
    let mut client = Client::start(capabilities());
    let report = fixture::wrong();
    client.open(&report);
    let mut kinds = |only: Option<&[&str]>| {
        let actions = actions(&mut client, &report, fixture::WRONG, only);
        let mut kinds: Vec<String> = actions.iter().map(|action| action["kind"].as_str().unwrap().to_owned()).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(Some(&["quickfix"])), ["quickfix"]);
    for only in ["source", "source.fixAll", "source.fixAll.gongkai"] {
        assert_eq!(kinds(Some(&[only])), ["source.fixAll.gongkai"], "{only}");
    }
    for everything in [None, Some(&[""][..])] {
        let all = kinds(everything);
        assert!(all.iter().any(|kind| kind == "quickfix") && all.iter().any(|kind| kind == "source.fixAll.gongkai"));
    }
    for nothing in ["source.organizeImports", "refactor.extract", "quick"] {
        assert_eq!(kinds(Some(&[nothing])), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn an_action_names_the_diagnostic_that_the_client_sent() {
    let mut client = Client::start(capabilities());
    let report = fixture::wrong();
    client.open(&report);
    let mut theirs = client.pushed(1).into_iter().find(|diagnostic| diagnostic["code"] == "GK303").unwrap();
    theirs["data"]["mark"] = json!("theirs");
    let params = json!({"textDocument": {"uri": URI}, "range": theirs["range"], "context": {"diagnostics": [theirs]}});
    let actions = client.call("textDocument/codeAction", params);
    assert_eq!(actions[0]["diagnostics"][0]["data"]["mark"], "theirs", "{actions:#?}");
}

#[test]
fn a_client_without_versions_gets_plain_edits_and_one_without_literals_none() {
    let report = fixture::wrong();
    let mut client = Client::start(without("/workspace/workspaceEdit/documentChanges"));
    client.open(&report);
    let found = actions(&mut client, &report, fixture::WRONG, Some(&["source.fixAll"]));
    assert!(found[0]["edit"]["changes"][URI].is_array(), "{found:#?}");
    let mut client = Client::start(without("/textDocument/codeAction/codeActionLiteralSupport"));
    client.open(&report);
    assert_eq!(actions(&mut client, &report, fixture::WRONG, None), Vec::<Value>::new());
}

#[test]
fn a_report_without_findings_has_nothing_to_fix() {
    let mut client = Client::start(capabilities());
    client.open(&fixture::report());
    assert_eq!(actions(&mut client, &fixture::report(), fixture::RIGHT, Some(&["source.fixAll"])), Vec::<Value>::new());
}

#[track_caller]
fn hover(client: &mut Client, text: &str, what: &str) -> Value {
    let line = line_of(text, what);
    let column = text.lines().nth(line).unwrap().find(what).unwrap();
    let at = json!({"line": line, "character": column + 3});
    client.call("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": at}))
}

#[test]
fn hover_explains_in_the_form_that_the_client_shows() {
    let report = fixture::report();
    let mut client = Client::start(capabilities());
    client.open(&report);
    let item = hover(&mut client, &report, "第二十条第（五）项");
    assert_eq!(item["contents"]["kind"], "markdown");
    assert!(item["contents"]["value"].as_str().unwrap().contains("行政许可"), "{item}");
    let row = hover(&mut client, &report, "8.属于行政查询事项");
    assert!(row["contents"]["value"].as_str().unwrap().contains("第三十六条"), "{row}");
    let mut client = Client::start(without("/textDocument/hover/contentFormat"));
    client.open(&report);
    let plain = hover(&mut client, &report, "8.属于行政查询事项");
    assert_eq!(plain["contents"]["kind"], "plaintext");
    assert!(!plain["contents"]["value"].as_str().unwrap().contains("**"), "{plain}");
}

fn inside(inner: &Value, outer: &Value) -> bool {
    let at = |place: &Value| (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
    at(&outer["start"]) <= at(&inner["start"]) && at(&inner["end"]) <= at(&outer["end"])
}

#[track_caller]
fn check_nesting(symbol: &Value) {
    assert!(inside(&symbol["selectionRange"], &symbol["range"]), "{symbol}");
    for child in symbol["children"].as_array().into_iter().flatten() {
        assert!(inside(&child["range"], &symbol["range"]), "{child} in {}", symbol["name"]);
        check_nesting(child);
    }
}

#[test]
fn the_outline_has_reports_sections_tables_and_rows() {
    let mut client = Client::start(capabilities());
    client.open(&fixture::report());
    let outline = client.call("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
    assert_eq!(outline.as_array().unwrap().len(), 1);
    let report = &outline[0];
    check_nesting(report);
    assert!(report["name"].as_str().unwrap().contains("云溪区水务局2023年"), "{report}");
    let sections = report["children"].as_array().unwrap();
    assert_eq!(sections.len(), 6, "{sections:#?}");
    let tables: Vec<usize> =
        sections.iter().map(|section| section["children"].as_array().map_or(0, Vec::len)).collect();
    assert_eq!(tables, [5, 1, 1, 1, 0, 0], "five parts, then 表二, 表三 and 表四 in their sections");
    assert_eq!(sections[0]["children"][1]["name"], "（二）依申请公开");
    let rows = sections[2]["children"][0]["children"].as_array().unwrap();
    assert_eq!(rows.len(), 25);
    assert_eq!((&rows[2]["name"], &rows[2]["detail"]), (&json!("（一）予以公开"), &json!("6 1 0 0 0 0 7")));
}

#[test]
fn the_outline_is_a_list_for_a_client_without_trees() {
    let mut client = Client::start(without("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"));
    client.open(&fixture::report());
    let outline = client.call("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
    let outline = outline.as_array().unwrap();
    assert!(outline.len() > 30 && outline.iter().all(|symbol| symbol["location"]["uri"] == URI));
    assert_eq!(outline[1]["containerName"], outline[0]["name"]);
}

#[test]
fn sections_and_tables_fold() {
    let report = fixture::report();
    let mut client = Client::start(capabilities());
    client.open(&report);
    let folds = client.call("textDocument/foldingRange", json!({"textDocument": {"uri": URI}}));
    let folds: Vec<(usize, usize)> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| (fold["startLine"].as_u64().unwrap() as usize, fold["endLine"].as_u64().unwrap() as usize))
        .collect();
    for section in ["一、总体情况", "二、主动公开", "三、收到和处理", "五、存在的", "六、其他"]
    {
        let start = line_of(&report, &format!("## {section}"));
        assert!(folds.iter().any(|fold| fold.0 == start), "{section}: {folds:?}");
    }
    let (third, fourth) = (line_of(&report, "## 三、"), line_of(&report, "## 四、"));
    assert!(folds.contains(&(third, fourth - 2)), "the blank line stays: {folds:?}");
    let last = line_of(&report, "四、结转下年度继续办理");
    assert!(folds.iter().any(|fold| fold.0 > third && fold.1 == last), "the table folds: {folds:?}");
    assert!(folds.iter().all(|(start, end)| start < end), "{folds:?}");
}

/// A client with tokens and formatting.
fn writer() -> Client {
    let mut capabilities = capabilities();
    for feature in ["semanticTokens", "formatting", "rangeFormatting", "onTypeFormatting"] {
        capabilities["textDocument"][feature] = json!({});
    }
    Client::start(capabilities)
}

/// The numbers of the tokens in `result`.
fn numbers(result: &Value) -> Vec<u64> {
    result["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

#[test]
fn a_delta_of_tokens_gives_the_tokens_of_a_fresh_server() {
    let mut client = writer();
    let mut text = fixture::wrong();
    client.open(&text);
    let document = json!({"uri": URI});
    let full = client.call("textDocument/semanticTokens/full", json!({"textDocument": document}));
    let (mut known, mut id) = (numbers(&full), full["resultId"].clone());
    let row = line_of(&text, fixture::WRONG);
    let edits = [
        ([row, 2, row, 2], "表\n"),
        ([0, 0, 0, 2], ""),
        ([row, 0, row + 1, 0], ""),
        ([4, 0, 4, 0], "（一）主动公开9件\n\n"),
        ([0, 0, 0, 0], "# "),
    ];
    for (version, (range, content)) in (2..).zip(edits) {
        client.change(version, Some(range), content);
        let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        let [l1, c1, l2, c2] = range;
        text.replace_range(starts[l1] + c1..starts[l2] + c2, content);
        let params = json!({"textDocument": document, "previousResultId": id});
        let delta = client.call("textDocument/semanticTokens/full/delta", params);
        for edit in delta["edits"].as_array().unwrap() {
            let at = |name: &str| edit[name].as_u64().unwrap() as usize;
            known.splice(at("start")..at("start") + at("deleteCount"), numbers(edit));
        }
        let mut fresh = writer();
        fresh.open(&text);
        let due = fresh.call("textDocument/semanticTokens/full", json!({"textDocument": document}));
        assert_eq!(known, numbers(&due), "after version {version}");
        id = delta["resultId"].clone();
    }
    let lost = json!({"textDocument": document, "previousResultId": "none"});
    assert_eq!(numbers(&client.call("textDocument/semanticTokens/full/delta", lost)), known, "all of it");
}

#[test]
fn formatting_aligns_columns_and_changes_no_figure() {
    let mut client = writer();
    let text = fixture::report();
    client.open(&text);
    let options = json!({"tabSize": 4, "insertSpaces": true});
    let edits = client.call("textDocument/formatting", json!({"textDocument": {"uri": URI}, "options": options}));
    let formatted = apply(&text, &json!({"edit": {"documentChanges": [{"edits": edits}]}}));
    let squeezed = |text: &str| text.replace([' ', '-'], "");
    assert_eq!(squeezed(&formatted), squeezed(&text));
    let rows: Vec<&str> =
        formatted.lines().filter(|line| line.starts_with("| 规章") || line.starts_with("| 行政")).collect();
    assert!(rows.windows(2).all(|pair| pair[0].ends_with(" |") && pair[1].ends_with(" |")), "{formatted}");
    client.change(2, None, &formatted);
    let again = client.call("textDocument/formatting", json!({"textDocument": {"uri": URI}, "options": options}));
    assert_eq!(again, json!([]));
    client.change(3, None, &text);
    let line = line_of(&text, "| 规章");
    let one = json!({"start": {"line": line, "character": 0}, "end": {"line": line, "character": 3}});
    let range = json!({"textDocument": {"uri": URI}, "range": one, "options": options});
    let edits = client.call("textDocument/rangeFormatting", range);
    assert_eq!(edits.as_array().unwrap().len(), 1, "{edits}");
    let typed = json!({"textDocument": {"uri": URI}, "position": {"line": line + 1, "character": 0}, "ch": "\n", "options": options});
    assert_eq!(client.call("textDocument/onTypeFormatting", typed), edits);
}

#[test]
fn nothing_is_offered_to_a_client_without_capabilities() {
    let (_, result) = Client::start_with(json!({"processId": null, "capabilities": {}}));
    let offered = result["capabilities"].as_object().unwrap();
    let names: Vec<&String> = offered.keys().filter(|name| name.ends_with("Provider")).collect();
    assert_eq!(names, Vec::<&String>::new());
}

#[test]
fn a_document_with_only_a_title_is_a_report() {
    let mut client = Client::start(capabilities());
    client.open("云溪区水务局2023年政府信息公开工作年度报告\n");
    assert!(client.pushed(1).iter().any(|diagnostic| diagnostic["code"] == "GK103"));
    client.change(2, None, "关于印发云溪区水务局2023年政府信息公开工作年度报告的通知\n");
    assert_eq!(client.pushed(2), Vec::<Value>::new());
}
