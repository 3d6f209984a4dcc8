//! Published reports in a folder beside the project. Without them these tests pass.

use crate::client::{Client, URI};
use serde_json::{Value, json};
use std::path::Path;

fn seed(number: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let mut seeds = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let file = seeds.find(|file| file.file_name().to_string_lossy().starts_with(number))?;
    Some(std::fs::read_to_string(file.path()).unwrap())
}

#[track_caller]
fn codes(diagnostics: &[Value], code: &str) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic["code"] == code).count()
}

fn client() -> Client {
    Client::start(json!({
        "general": {"positionEncodings": ["utf-8"]},
        "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}
    }))
}

/// Sends the edits of `action` as one change; returns the text of the server and its diagnostics.
fn apply(client: &mut Client, version: i32, action: &Value) -> (String, Vec<Value>) {
    let mut edits = action["edit"]["changes"][URI].as_array().unwrap().clone();
    // From the last to the first, so that no edit moves another.
    edits.sort_by_key(|edit| {
        let start = &edit["range"]["start"];
        std::cmp::Reverse((start["line"].as_u64(), start["character"].as_u64()))
    });
    let changes: Vec<Value> =
        edits.iter().map(|edit| json!({"range": edit["range"], "text": edit["newText"]})).collect();
    let document = json!({"uri": URI, "version": version});
    client.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    (client.text().0, client.pushed(version))
}

#[track_caller]
fn actions(client: &mut Client, range: Value, only: &str) -> Vec<Value> {
    let context = json!({"diagnostics": [], "only": [only]});
    let params = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
    client.call("textDocument/codeAction", params).as_array().unwrap().clone()
}

#[test]
fn blank_totals_in_tables_of_the_wrong_year_are_filled_on_demand_only_and_no_other_byte_changes() {
    let Some(seed) = seed("000") else { return };
    let mut client = client();
    client.open(&seed);
    let diagnostics = client.pushed(1);
    assert_eq!(codes(&diagnostics, "GK201"), 1, "{diagnostics:#?}");
    let blank = diagnostics.iter().find(|one| one["code"] == "GK201").unwrap()["range"].clone();
    // The tables are not in the format of the year: no safe fix changes them.
    assert_eq!(actions(&mut client, blank.clone(), "source.fixAll.gongkai"), Vec::<Value>::new());
    let found = actions(&mut client, blank, "quickfix");
    let fills = |action: &&Value| action["diagnostics"][0]["code"] == "GK201" && action["edit"].is_object();
    let (fixed, diagnostics) = apply(&mut client, 2, found.iter().find(fills).unwrap());
    assert_eq!(codes(&diagnostics, "GK201"), 0);
    let mut differing = 0;
    for (before, after) in seed.lines().zip(fixed.lines()) {
        if before != after {
            differing += 1;
            assert!(before.trim().is_empty() && after.trim() == "0", "{before:?} became {after:?}");
        }
    }
    assert_eq!((differing, seed.lines().count()), (23, fixed.lines().count()));
}

#[test]
fn one_wrong_figure_is_one_diagnostic_whose_fix_restores_the_report() {
    let Some(seed) = seed("004") else { return };
    let line = seed.lines().position(|line| line.starts_with("(七) 总计")).unwrap();
    let text: Vec<&str> = seed.lines().collect();
    let figures: Vec<(usize, &str)> = text[line]
        .match_indices(|c: char| c.is_ascii_digit())
        .filter(|(at, _)| *at == 0 || !text[line].as_bytes()[at - 1].is_ascii_digit())
        .map(|(at, _)| (at, text[line][at..].split(|c: char| !c.is_ascii_digit()).next().unwrap()))
        .collect();
    // The first, one of the zeros, and the total; the extra zero in the row is not an error of the report.
    for (at, figure) in [figures[0], figures[3], figures[figures.len() - 1]] {
        let mut client = client();
        client.open(&seed);
        let before = client.pushed(1);
        let wrong = (figure.parse::<u32>().unwrap() + 1).to_string();
        client.change(2, Some([line, at, line, at + figure.len()]), &wrong);
        let after = client.pushed(2);
        let new: Vec<&Value> = after.iter().filter(|diagnostic| !before.contains(diagnostic)).collect();
        assert_eq!(new.len(), 1, "{figure} at {at}: {new:#?}");
        let range =
            json!({"start": {"line": line, "character": at}, "end": {"line": line, "character": at + wrong.len()}});
        assert_eq!(new[0]["range"], range);
        let found = actions(&mut client, range, "quickfix");
        let preferred = found.iter().find(|action| action["isPreferred"] == true).expect("a preferred fix");
        assert_eq!(apply(&mut client, 3, preferred).0, seed);
    }
}
