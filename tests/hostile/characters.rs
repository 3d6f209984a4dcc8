//! Characters that cause errors in other programs.

use crate::client::{Client, URI, frame};
use crate::fixture;
use crate::oracle::{ENCODINGS, assert_diagnostics, edit, edited, offset, recovers};
use gongkai::text::Encoding;
use serde_json::json;

/// NUL; a lone CR; form feed, VT, NEL, U+2028 and U+2029, which end a line in some programs but not in LSP; a byte order
/// mark; marks of the writing direction; characters outside the first plane; joined characters; noncharacters.
const ODD: [&str; 16] = [
    "\0",
    "\0\0\n\0",
    "\r",
    "\n\r",
    "\u{c}",
    "\u{b}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{202e}",
    "😀",
    "👩\u{200d}👩\u{200d}👧",
    "\u{ffff}",
    "\u{e000}\u{10ffff}",
    "\u{1b}[31m",
];

#[test]
fn odd_characters_do_not_move_positions() {
    for (name, encoding) in ENCODINGS {
        let mut client = Client::start(json!({"general": {"positionEncodings": [name]}}));
        let mut version = 0;
        for odd in ODD {
            // Before the report, in a line above the wrong figure, in the row of the figure, and at the end.
            let text = format!("{odd}{}{odd}", fixture::wrong());
            let text = text.replace("二、主动公开", &format!("{odd}二、主动公开{odd}"));
            let text = text.replace(fixture::WRONG, &format!("{}{odd}", fixture::WRONG));
            version += 1;
            client.open_as(URI, version, &text);
            assert_diagnostics(&mut client, URI, version.into(), &text, encoding);
            // The figure, at the client's position.
            let figure = text.find(fixture::WRONG).unwrap() + fixture::WRONG.len() - 3;
            let (line, column) = place(&text, figure, encoding);
            version += 1;
            let range = [line, column, line, column + 1];
            let fixed = edited(&text, range, "7", encoding);
            assert_eq!(fixed, text.replace(fixture::WRONG, fixture::RIGHT), "{odd:?}");
            let change = json!({"range": crate::oracle::range(line as usize, column as usize, line as usize, column as usize + 1), "text": "7"});
            edit(&mut client, URI, json!(version), json!([change]));
            assert_diagnostics(&mut client, URI, version.into(), &fixed, encoding);
        }
        if encoding == Encoding::Utf16 {
            recovers(&mut client);
        }
    }
}

/// The position of byte `at`, found by trying every position.
fn place(text: &str, at: usize, encoding: Encoding) -> (u64, u64) {
    let line = (0..)
        .take_while(|line| offset(text, *line, 0, encoding) <= at && offset(text, *line, 0, encoding) < text.len());
    let line = line.last().unwrap();
    let column = (0..).find(|column| offset(text, line, *column, encoding) >= at).unwrap();
    (line, column)
}

#[test]
fn broken_characters_become_replacement_characters() {
    let mut client = Client::start(json!({}));
    let text = fixture::wrong().replace("云溪区", "云\u{fffd}区");
    let escaped = serde_json::to_string(&fixture::wrong()).unwrap();
    let open = |text: &str, version: i64| {
        format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{"uri":"{URI}","languageId":"markdown","version":{version},"text":{text}}}}}}}"#
        )
    };
    for (version, half) in [(1, r"\ud842"), (2, r"\uDFB7"), (3, r"\udfb7")] {
        client.raw(&frame(&open(&escaped.replace("云溪区", &format!("云{half}区")), version)));
        assert_diagnostics(&mut client, URI, version, &text, Encoding::Utf16);
    }
    // A byte that is not UTF-8 in place of the character; the length is that of the bytes that are sent.
    let body = open(&escaped, 4).into_bytes();
    let at = body.windows("溪".len()).position(|bytes| bytes == "溪".as_bytes()).unwrap();
    let body = [&body[..at], &[0xff], &body[at + "溪".len()..]].concat();
    client.raw(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    client.raw(&body);
    assert_diagnostics(&mut client, URI, 4, &text, Encoding::Utf16);
    recovers(&mut client);
}
