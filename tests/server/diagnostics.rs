//! Diagnostics, pushed and pulled.

use crate::client::{Client, URI};
use crate::fixture;
use serde_json::{Value, json};
use std::path::Path;

fn with_code<'a>(diagnostics: &'a [Value], code: &str) -> Vec<&'a Value> {
    diagnostics.iter().filter(|diagnostic| diagnostic["code"] == code).collect()
}

/// The one diagnostic of a wrong total in `diagnostics`.
#[track_caller]
fn wrong_total(diagnostics: &[Value]) -> &Value {
    let found = with_code(diagnostics, "GK303");
    assert_eq!(found.len(), 1, "{diagnostics:#?}");
    found[0]
}

/// The place of the wrong figure: line, and column in characters.
fn wrong_figure() -> (usize, usize) {
    let report = fixture::wrong();
    let line = report.lines().position(|line| line == fixture::WRONG).unwrap();
    (line, fixture::WRONG.chars().count() - 3)
}

#[test]
fn diagnostics_are_pushed_with_the_version_to_a_client_that_cannot_pull() {
    let (mut client, result) = Client::start_with(json!({"capabilities": {}}));
    assert_eq!(result["capabilities"]["diagnosticProvider"], Value::Null);
    client.open(&fixture::wrong());
    let diagnostics = client.pushed(1);
    let wrong = wrong_total(&diagnostics);
    assert!(wrong.get("codeDescription").is_none(), "the client named no place of the pages");
    assert_eq!(wrong["source"], "gongkai");
    assert_eq!(wrong["severity"], 1);
    let (line, column) = wrong_figure();
    let range = json!({"start": {"line": line, "character": column}, "end": {"line": line, "character": column + 1}});
    assert_eq!(wrong["range"], range);
    assert_eq!(wrong["data"]["name"], "row-total");
    assert_eq!(wrong["data"]["fix"], "safe");
    assert!(wrong.get("relatedInformation").is_none(), "the client did not say that it shows any");
    client.change(2, Some([line, column, line, column + 1]), "7");
    let diagnostics = client.pushed(2);
    assert!(with_code(&diagnostics, "GK303").is_empty(), "{diagnostics:#?}");
}

#[test]
fn a_diagnostic_links_to_the_page_of_its_rule_if_the_client_supports_that() {
    for (base, expected) in [
        ("https://docs.example/rules", "https://docs.example/rules/GK303.md"),
        ("https://docs.example/rules/", "https://docs.example/rules/GK303.md"),
        ("gongkai-rule:/", "gongkai-rule:/GK303.md"),
    ] {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules/GK303.md").is_file());
        for pulls in [false, true] {
            let capabilities = if pulls { json!({"textDocument": {"diagnostic": {}}}) } else { json!({}) };
            let options = json!({"documentationUrl": base});
            let hello = json!({"capabilities": capabilities, "initializationOptions": options});
            let (mut client, _) = Client::start_with(hello);
            client.open(&fixture::wrong());
            let diagnostics = match pulls {
                false => client.pushed(1),
                true => {
                    let pulled = client.call("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}));
                    pulled["items"].as_array().unwrap().clone()
                }
            };
            assert_eq!(wrong_total(&diagnostics)["codeDescription"]["href"], expected);
        }
    }
    for nonsense in [json!("rules"), json!(3), json!(null)] {
        let options = json!({"documentationUrl": nonsense});
        let (mut client, _) = Client::start_with(json!({"capabilities": {}, "initializationOptions": options}));
        client.open(&fixture::wrong());
        assert!(wrong_total(&client.pushed(1)).get("codeDescription").is_none());
    }
}

#[test]
fn the_page_of_a_rule_is_sent_on_request() {
    let mut client = Client::start(json!({}));
    let mut page =
        |params: Value| client.call("gongkai/ruleDocumentation", params)["markdown"].as_str().unwrap().to_owned();
    let chinese = page(json!({"code": "GK303"}));
    assert!(chinese.starts_with("# GK303 row-total\n") && chinese.contains("## 如何修正"), "{chinese}");
    assert_eq!(page(json!({"code": "row-total", "language": "zh-cn"})), chinese);
    assert!(page(json!({"code": "GK303", "language": "en"})).contains("## How it is fixed"));
    for code in ["GK999", "GK3", ""] {
        let id = client.request("gongkai/ruleDocumentation", json!({"code": code}));
        assert_eq!(client.answer(id)["error"]["code"], -32602, "{code}");
    }
}

#[test]
fn no_diagnostics_are_pushed_to_a_client_that_pulls() {
    let mut client = Client::start(json!({"textDocument": {"diagnostic": {}}}));
    let pull = |client: &mut Client, previous: Value| {
        let mut params = json!({"textDocument": {"uri": URI}});
        if !previous.is_null() {
            params["previousResultId"] = previous;
        }
        client.call("textDocument/diagnostic", params)
    };
    client.open(&fixture::wrong());
    let first = pull(&mut client, Value::Null);
    assert_eq!(first["kind"], "full");
    wrong_total(first["items"].as_array().unwrap());
    let again = pull(&mut client, first["resultId"].clone());
    assert_eq!(again, json!({"kind": "unchanged", "resultId": first["resultId"]}));
    let (line, column) = wrong_figure();
    client.change(2, Some([line, column, line, column + 1]), "7");
    let fixed = pull(&mut client, first["resultId"].clone());
    assert_eq!(fixed["kind"], "full");
    assert_ne!(fixed["resultId"], first["resultId"]);
    assert!(with_code(fixed["items"].as_array().unwrap(), "GK303").is_empty());
    client.open_as(URI, 1, &fixture::wrong());
    assert_eq!(pull(&mut client, first["resultId"].clone())["kind"], "full", "opened again is not the same");
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    client.assert_alive();
    let pushed = client.received().iter().any(|message| message["method"] == "textDocument/publishDiagnostics");
    assert!(!pushed, "{:?}", client.received());
}

#[test]
fn the_operands_are_related_information() {
    let mut client = Client::start(json!({"textDocument": {"publishDiagnostics": {"relatedInformation": true}}}));
    client.open(&fixture::wrong());
    let diagnostics = client.pushed(1);
    let related = wrong_total(&diagnostics)["relatedInformation"].as_array().unwrap();
    assert!(related.iter().all(|operand| operand["location"]["uri"] == URI));
    let (line, _) = wrong_figure();
    assert!(related.iter().any(|operand| operand["location"]["range"]["start"]["line"] == line), "{related:#?}");
}

#[test]
fn columns_are_in_the_negotiated_encoding() {
    let (line, column) = wrong_figure();
    let before: String = fixture::WRONG.chars().take(column).collect();
    for (encoding, expected) in [("utf-8", before.len() + 4), ("utf-16", column + 2), ("utf-32", column + 1)] {
        let mut client = Client::start(json!({"general": {"positionEncodings": [encoding]}}));
        // A character of two UTF-16 units goes before the first pipe of the row, outside the label.
        client.open(&fixture::wrong().replace(fixture::WRONG, &format!("😀{}", fixture::WRONG)));
        let diagnostics = client.pushed(1);
        let wrong = with_code(&diagnostics, "GK303");
        let start = wrong.first().map(|wrong| &wrong["range"]["start"]);
        assert_eq!(start, Some(&json!({"line": line, "character": expected})), "{encoding}: {diagnostics:#?}");
    }
}

#[test]
fn closing_a_document_clears_its_diagnostics() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    wrong_total(&client.pushed(1));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    let cleared = client.wait("an empty set", |message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
}

#[test]
fn a_document_without_a_report_has_no_diagnostics() {
    let mut client = Client::start(json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}}));
    client.open(fixture::OTHER);
    assert_eq!(client.pushed(1), Vec::<Value>::new());
    let document = json!({"uri": URI});
    assert_eq!(client.call("textDocument/documentSymbol", json!({"textDocument": document})), Value::Null);
    let at = json!({"line": 2, "character": 3});
    assert_eq!(client.call("textDocument/hover", json!({"textDocument": document, "position": at})), Value::Null);
    client.change(2, None, &fixture::wrong());
    wrong_total(&client.pushed(2));
    client.change(3, None, fixture::OTHER);
    assert_eq!(client.pushed(3), Vec::<Value>::new());
}

#[test]
fn messages_are_in_the_clients_language() {
    for (locale, chinese) in
        [(Value::Null, true), (json!("zh-cn"), true), (json!("zh-Hant"), true), (json!("en"), false)]
    {
        let (mut client, _) = Client::start_with(json!({"capabilities": {}, "locale": locale}));
        client.open(&fixture::wrong());
        let diagnostics = client.pushed(1);
        let message = wrong_total(&diagnostics)["message"].as_str().unwrap().to_owned();
        assert_eq!(message.contains("应为"), chinese, "{locale}: {message}");
    }
}

#[test]
fn settings_are_read_from_initialize_and_from_notifications() {
    for options in [json!({"ignore": ["GK303"]}), json!({"gongkai": {"ignore": ["row-total"]}})] {
        let (mut client, _) = Client::start_with(json!({"capabilities": {}, "initializationOptions": options}));
        client.open(&fixture::wrong());
        assert!(with_code(&client.pushed(1), "GK303").is_empty());
        client.notify("workspace/didChangeConfiguration", json!({"settings": {"gongkai": {"ignore": []}}}));
        wrong_total(&client.pushed(1));
    }
}

#[test]
fn beyond_the_limit_the_most_severe_are_sent_with_the_number_of_the_others() {
    let most = json!({"maxFindings": 1});
    let (mut client, _) = Client::start_with(json!({"capabilities": {}, "initializationOptions": most}));
    // A wrong total, which is an error, after a blank cell, which is a warning.
    client.open(&fixture::wrong().replace("| 行政处罚 | 3 |", "| 行政处罚 |   |"));
    let diagnostics = client.pushed(1);
    assert_eq!(diagnostics.len(), 2, "{diagnostics:#?}");
    assert_eq!((&diagnostics[0]["severity"], &diagnostics[0]["range"]["start"]["line"]), (&json!(3), &json!(0)));
    wrong_total(&diagnostics);
}
