//! Large quantities.

use crate::client::{Client, URI};
use crate::fixture;
use crate::oracle::{assert_diagnostics, edit, edited, expected, pushed, range, recovers, shown, size, wrong_figure};
use gongkai::text::Encoding;
use serde_json::{Value, json};

#[test]
fn ten_thousand_edits_without_waiting() {
    let edits = size(10_000, 300);
    let mut client = Client::start(json!({}));
    let mut text = fixture::wrong();
    client.open(&text);
    let (line, column) = wrong_figure(&text);
    let last = edits as i64 + 1;
    for version in 2..=last {
        // The figure, its label, and lines that are added and removed above it.
        let (range, content) = match version % 4 {
            0 => ([line, column, line, column + 1], ["7", "8", "9"][version as usize % 3]),
            1 => ([0, 3, 0, 3], "区"),
            2 => ([0, 3, 0, 4], ""),
            _ => ([line, 2, line, 2 + usize::from(version % 8 < 4)], if version % 8 < 4 { "" } else { "（" }),
        };
        text = edited(&text, range.map(|part| part as u64), content, Encoding::Utf16);
        let change = json!({"range": crate::oracle::range(range[0], range[1], range[2], range[3]), "text": content});
        edit(&mut client, URI, json!(version), json!([change]));
    }
    assert_diagnostics(&mut client, URI, last, &text, Encoding::Utf16);
    let versions: Vec<i64> =
        client.received().iter().filter_map(|message| message["params"]["version"].as_i64()).collect();
    assert!(versions.is_sorted() && versions.last().is_none_or(|version| *version < last), "{versions:?}");
    recovers(&mut client);
}

#[test]
fn five_hundred_open_documents() {
    let mut client = Client::start(json!({}));
    let uri = |number: usize| format!("file:///tmp/gongkai-hostile/{number}.md");
    // Each has its own body and its own wrong figure.
    let text = |number: usize| {
        let row = fixture::WRONG.replace('8', &(8 + number).to_string());
        fixture::wrong().replace(fixture::WRONG, &row).replace("水务局", &format!("第{number}局"))
    };
    let count = size(500, 100);
    for number in 0..count {
        client.open_as(&uri(number), 1, &text(number));
    }
    for number in 0..count {
        assert_diagnostics(&mut client, &uri(number), 1, &text(number), Encoding::Utf16);
    }
    // One edit in each, from the last to the first.
    for number in (0..count).rev() {
        edit(&mut client, &uri(number), json!(2), json!([{"range": range(0, 0, 0, 0), "text": "\n"}]));
    }
    for number in (0..count).step_by(7) {
        assert_diagnostics(&mut client, &uri(number), 2, &format!("\n{}", text(number)), Encoding::Utf16);
    }
    for number in 0..count {
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri(number)}}));
    }
    for number in 0..count {
        assert_eq!(pushed(&mut client, &uri(number), None), json!([]));
    }
    recovers(&mut client);
}

#[test]
fn a_line_of_five_megabytes() {
    let length = size(5_000_000, 100_000);
    for filler in ["字", "| 0 ", "a"] {
        let mut client = Client::start(json!({}));
        let long = filler.repeat(length / filler.len());
        let text = fixture::wrong().replace("解读形式较为单一。", &long);
        client.open(&text);
        assert_diagnostics(&mut client, URI, 1, &text, Encoding::Utf16);
        // At its end, inside it, and after it.
        let line = text[..text.find(&long).unwrap()].matches('\n').count();
        let end = long.encode_utf16().count();
        let (row, column) = wrong_figure(&text);
        let mut text = text;
        for (version, (range, content)) in (2..).zip([
            ([line, end, line, end], "。"),
            ([line, end / 2, line, end / 2], "，"),
            ([row, column, row, column + 1], "7"),
        ]) {
            text = edited(&text, range.map(|part| part as u64), content, Encoding::Utf16);
            let change =
                json!({"range": crate::oracle::range(range[0], range[1], range[2], range[3]), "text": content});
            edit(&mut client, URI, json!(version), json!([change]));
            assert_diagnostics(&mut client, URI, version, &text, Encoding::Utf16);
        }
        client.call(
            "textDocument/hover",
            json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": end}}),
        );
        recovers(&mut client);
    }
}

#[test]
fn a_document_of_twenty_megabytes() {
    let length = size(20_000_000, 200_000);
    // A compendium of right reports with a wrong one in the middle.
    let count = length / fixture::report().len() + 1;
    let report = |number: usize| {
        let report = if number == count / 2 { fixture::wrong() } else { fixture::report() };
        report.replace("水务局", &format!("第{number}局"))
    };
    let text: String = (0..count).map(report).collect();
    assert!(text.len() >= length);
    // Every report has a finding: the limit must not cut any off.
    let params = json!({"capabilities": {}, "initializationOptions": {"maxFindings": 1_000_000}});
    let (mut client, _) = Client::start_with(params);
    client.open(&text);
    assert_diagnostics(&mut client, URI, 1, &text, Encoding::Utf16);
    let (line, column) = wrong_figure(&text);
    let change = json!({"range": range(line, column, line, column + 1), "text": "7"});
    edit(&mut client, URI, json!(2), json!([change]));
    assert_diagnostics(&mut client, URI, 2, &text.replace(fixture::WRONG, fixture::RIGHT), Encoding::Utf16);
    client.call("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
    client.call("textDocument/foldingRange", json!({"textDocument": {"uri": URI}}));
    recovers(&mut client);
}

#[test]
fn twenty_megabytes_without_a_report() {
    let length = size(20_000_000, 60_000);
    // A line of a thousand blocks, a column of figures, and other texts that could be read again for each of their parts.
    for filler in ["\n", "表\n", "| 0 | 0 |\n", "\t", "<td>0", "<p>字", "字<br>", "1\n", "字 1\n", "# \n", "0 "] {
        let text = filler.repeat(length / 11 / filler.len());
        let mut client = Client::start(json!({}));
        client.open(&text);
        assert_diagnostics(&mut client, URI, 1, &text, Encoding::Utf16);
        edit(&mut client, URI, json!(2), json!([{"range": range(1, 0, 1, 0), "text": "第"}]));
        assert_diagnostics(&mut client, URI, 2, &edited(&text, [1, 0, 1, 0], "第", Encoding::Utf16), Encoding::Utf16);
        recovers(&mut client);
    }
}

#[test]
fn more_requests_than_the_queue_holds_are_all_answered() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    let count = size(10_000, 1_000);
    let asked: Vec<i64> = (0..count)
        .map(|number| {
            let at = json!({"line": number % 60, "character": number % 7});
            client.request("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": at}))
        })
        .collect();
    let mut answered: Vec<i64> = Vec::new();
    while answered.len() < count {
        let answer = client.wait("an answer", |message| message["method"].is_null());
        assert!(answer.get("error").is_none(), "{answer}");
        answered.extend(answer["id"].as_i64());
    }
    answered.sort_unstable();
    assert_eq!(answered, asked);
    recovers(&mut client);
}

#[test]
fn findings_beyond_the_limit_are_counted() {
    let params = json!({"capabilities": {}, "initializationOptions": {"maxFindings": 3}});
    let (mut client, _) = Client::start_with(params);
    let text = fixture::wrong().replace("2023年政府", "2023政府").replace(" 0 |\n", " 5 |\n");
    let all = expected(&text, Encoding::Utf16);
    assert!(all.len() > 5, "{}", all.len());
    client.open(&text);
    let found = pushed(&mut client, URI, Some(1));
    assert!(found[0]["message"].as_str().unwrap().contains(&(all.len() - 3).to_string()), "{}", found[0]);
    let shown = shown(&Value::Array(found.as_array().unwrap()[1..].to_vec()));
    assert_eq!(shown.len(), 3);
    // The most severe, in the order of the text.
    let severity = |diagnostic: &Value| diagnostic["severity"].as_u64().unwrap();
    let mut gravest: Vec<u64> = all.iter().map(severity).collect();
    gravest.sort_unstable();
    assert!(shown.iter().all(|one| severity(one) <= gravest[2] && all.contains(one)), "{shown:#?}");
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"maxFindings": 1000}}));
    assert_diagnostics(&mut client, URI, 1, &text, Encoding::Utf16);
    recovers(&mut client);
}
