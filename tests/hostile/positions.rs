//! Positions outside the document.

use crate::client::{Client, URI};
use crate::fixture;
use crate::oracle::{self, ENCODINGS, assert_diagnostics, edit, edited, recovers, wrong_figure};
use serde_json::{Value, json};

const FAR: u64 = u32::MAX as u64;

/// Sends each change to the report in every encoding, and compares after each.
#[track_caller]
fn changes(text: &str, changes: &[([u64; 4], &str)]) {
    for (name, encoding) in ENCODINGS {
        let mut client = Client::start(json!({"general": {"positionEncodings": [name]}}));
        let mut text = text.to_owned();
        client.open(&text);
        assert_diagnostics(&mut client, URI, 1, &text, encoding);
        for (index, (range, content)) in changes.iter().enumerate() {
            let version = index as i64 + 2;
            text = edited(&text, *range, content, encoding);
            let start = json!({"line": range[0], "character": range[1]});
            let end = json!({"line": range[2], "character": range[3]});
            let change = json!({"range": {"start": start, "end": end}, "text": content});
            edit(&mut client, URI, json!(version), json!([change]));
            assert_diagnostics(&mut client, URI, version, &text, encoding);
        }
        if name == "utf-16" {
            recovers(&mut client);
        }
    }
}

fn row() -> u64 {
    wrong_figure(&fixture::wrong()).0 as u64
}

#[test]
fn edits_outside_the_text_are_clamped() {
    let row = row();
    changes(
        &fixture::wrong(),
        &[
            // Past the end of the row's line: its line break is kept.
            ([row, FAR, row, FAR], " 9 |"),
            ([row, 5, row, FAR], ""),
            ([FAR, FAR, FAR, FAR], "尾\n"),
            ([FAR, 0, FAR, FAR], fixture::WRONG),
            ([row - 1, FAR, FAR, FAR], "\n"),
            ([0, 0, FAR, FAR], &fixture::wrong()),
            ([99_999, 3, 99_999, 3], "x"),
        ],
    );
}

#[test]
fn reversed_ranges_insert_at_their_start() {
    let row = row();
    changes(
        &fixture::wrong(),
        &[
            ([row, 9, row, 2], "5"),
            ([row + 1, 0, row, 0], "| 多出的一行 |\n"),
            ([FAR, FAR, 0, 0], "尾"),
            ([row, 1, 0, FAR], ""),
        ],
    );
}

#[test]
fn positions_inside_a_character_mean_its_start() {
    // In every encoding some of these columns are inside 😀 or 𠮷, or between a letter and its accent.
    let text = fixture::wrong().replace(fixture::WRONG, &format!("😀𠮷e\u{301}{}", fixture::WRONG));
    let row = row();
    let inside: Vec<([u64; 4], &str)> = (0..9).map(|column| ([row, column, row, column], "1")).collect();
    changes(&text, &inside);
    changes(&text, &[([row, 1, row, 3], ""), ([row, 1, row, 2], "😀"), ([row, 0, row, 1], "|")]);
}

/// A request of each kind that has a position.
fn requests(uri: &str, start: &Value, end: &Value) -> Vec<(&'static str, Value)> {
    let document = json!({"uri": uri});
    vec![
        ("textDocument/hover", json!({"textDocument": document, "position": start})),
        (
            "textDocument/codeAction",
            json!({"textDocument": document, "range": {"start": start, "end": end}, "context": {"diagnostics": []}}),
        ),
    ]
}

#[test]
fn requests_for_positions_outside_the_text_are_answered() {
    let literals = json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {}}}});
    let mut client = Client::start(literals);
    client.open(&fixture::wrong());
    let row = row();
    for (start, end) in [([FAR, FAR], [0, 0]), ([row, FAR], [row, 0]), ([99_999, 0], [99_999, 9]), ([row, 3], [row, 1])]
    {
        let at = |place: [u64; 2]| json!({"line": place[0], "character": place[1]});
        for (method, params) in requests(URI, &at(start), &at(end)) {
            let id = client.request(method, params);
            assert!(client.answer(id).get("error").is_none(), "{method} at {start:?}");
        }
    }
    // Values that are not positions are refused with an error of JSON-RPC.
    for at in [
        json!({"line": -1, "character": 0}),
        json!({"line": 4_294_967_296_u64, "character": 0}),
        json!({"line": 1.5, "character": 0}),
        json!({"line": "1", "character": 0}),
        json!(null),
        json!([]),
    ] {
        for (method, params) in requests(URI, &at, &at) {
            let id = client.request(method, params);
            assert_eq!(client.answer(id)["error"]["code"], -32602, "{method} at {at}");
        }
    }
    recovers(&mut client);
}

#[test]
fn a_wrong_range_length_is_ignored() {
    let mut client = Client::start(json!({}));
    let text = fixture::wrong();
    client.open(&text);
    let (line, column) = wrong_figure(&text);
    for (version, length) in [(2, json!(0)), (3, json!(999_999)), (4, json!(u32::MAX))] {
        let change =
            json!({"range": oracle::range(line, column, line, column + 1), "rangeLength": length, "text": "9"});
        edit(&mut client, URI, json!(version), json!([change]));
        let text = text.replace(fixture::WRONG, &fixture::WRONG.replace('8', "9"));
        assert_diagnostics(&mut client, URI, version, &text, gongkai::text::Encoding::Utf16);
    }
    recovers(&mut client);
}
