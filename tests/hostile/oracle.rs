//! The right results: the library's findings for a text, and the text after an edit, without the server's code.

use crate::client::Client;
use crate::fixture;
use gongkai::analysis::check;
use gongkai::config::Settings;
use gongkai::rules::{Applicability, Severity};
use gongkai::text::{Encoding, Text};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The diagnostics that the server has to publish for `text`, in the order of the library.
pub(crate) fn expected(text: &str, encoding: Encoding) -> Vec<Value> {
    let rope = Text::new(text);
    let place = |offset| {
        let at = rope.position(offset, encoding);
        json!({"line": at.line, "character": at.column})
    };
    let findings = check(text, &Settings::default());
    let diagnostic = |finding: &gongkai::rules::Finding| {
        let fix = finding.fixes.iter().map(|fix| fix.applicability).min().map(|applicability| match applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        });
        json!({
            "code": finding.rule.code,
            "message": finding.message,
            "severity": match finding.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Info => 3,
            },
            "range": {"start": place(finding.span.start), "end": place(finding.span.end)},
            "source": "gongkai",
            "data": {"name": finding.rule.name, "fix": fix},
        })
    };
    findings.iter().map(diagnostic).collect()
}

/// The parts of each diagnostic that [`expected`] has.
pub(crate) fn shown(diagnostics: &Value) -> Vec<Value> {
    let parts = ["code", "message", "severity", "range", "source", "data"];
    let one = |diagnostic: &Value| {
        Value::Object(parts.iter().map(|part| ((*part).to_owned(), diagnostic[part].clone())).collect())
    };
    diagnostics.as_array().unwrap().iter().map(one).collect()
}

/// The diagnostics pushed for `uri` at `version`; `None` for a document that is closed.
#[track_caller]
pub(crate) fn pushed(client: &mut Client, uri: &str, version: Option<i64>) -> Value {
    let published = client.wait(&format!("diagnostics of {uri} at {version:?}"), |message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == uri
            && message["params"]["version"].as_i64() == version
    });
    published["params"]["diagnostics"].clone()
}

/// Checks that the server publishes for `uri`, at `version`, what the library finds in `text`. A long document is read
/// report by report: earlier messages have part of the diagnostics and no others.
#[track_caller]
pub(crate) fn assert_diagnostics(client: &mut Client, uri: &str, version: i64, text: &str, encoding: Encoding) {
    let expected = expected(text, encoding);
    loop {
        let found = shown(&pushed(client, uri, Some(version)));
        let is_part = found.len() < expected.len() && {
            let mut rest = expected.iter();
            found.iter().all(|one| rest.any(|other| other == one))
        };
        if !is_part {
            assert_eq!(found, expected, "{uri} at {version}");
            return;
        }
    }
}

/// Checks that the server still works after a fault: a new report gets its diagnostics, an edit updates them, and closing
/// clears them. Columns are in UTF-16 units.
#[track_caller]
pub(crate) fn recovers(client: &mut Client) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let uri = format!("file:///tmp/gongkai-hostile/after-{}.md", COUNT.fetch_add(1, Ordering::Relaxed));
    let wrong = fixture::wrong();
    assert_ne!(expected(&wrong, Encoding::Utf16), expected(&fixture::report(), Encoding::Utf16));
    client.open_as(&uri, 1, &wrong);
    assert_diagnostics(client, &uri, 1, &wrong, Encoding::Utf16);
    let (line, column) = wrong_figure(&wrong);
    let change = json!({"range": range(line, column, line, column + 1), "text": "7"});
    edit(client, &uri, json!(2), json!([change]));
    assert_diagnostics(client, &uri, 2, &fixture::report(), Encoding::Utf16);
    if let Some(seed) = seed() {
        edit(client, &uri, json!(3), json!([{"text": seed}]));
        assert_diagnostics(client, &uri, 3, &seed, Encoding::Utf16);
    }
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(pushed(client, &uri, None), json!([]));
}

/// The same for a client that pulls diagnostics.
#[track_caller]
pub(crate) fn recovers_pulled(client: &mut Client) {
    let uri = "file:///tmp/gongkai-hostile/pulled.md";
    let pull = |client: &mut Client| client.call("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
    client.open_as(uri, 1, &fixture::wrong());
    assert_eq!(shown(&pull(client)["items"]), expected(&fixture::wrong(), Encoding::Utf16));
    edit(client, uri, json!(2), json!([{"text": fixture::report()}]));
    assert_eq!(shown(&pull(client)["items"]), expected(&fixture::report(), Encoding::Utf16));
}

/// A published report, if the folder beside the project has them.
fn seed() -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let mut paths: Vec<_> = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    std::fs::read_to_string(paths.first()?).ok()
}

/// Line and column, in characters, of the figure of [`fixture::WRONG`] in `text`.
pub(crate) fn wrong_figure(text: &str) -> (usize, usize) {
    let before = &text[..text.find(fixture::WRONG).unwrap()];
    (before.matches('\n').count(), fixture::WRONG.chars().count() - 3)
}

pub(crate) fn range(line: usize, column: usize, end_line: usize, end_column: usize) -> Value {
    json!({"start": {"line": line, "character": column}, "end": {"line": end_line, "character": end_column}})
}

pub(crate) fn edit(client: &mut Client, uri: &str, version: Value, changes: Value) {
    let document = json!({"uri": uri, "version": version});
    client.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
}

/// The byte offset of `line` and `column` in `text`, as LSP defines it: lines end at `\n`, `\r\n` and `\r`; a position
/// beyond the text means its end, one beyond a line the end of the line, and one inside a character its start.
pub(crate) fn offset(text: &str, line: u64, column: u64, encoding: Encoding) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut lines) = (0, 0);
    while lines < line {
        let Some(end) = text[at..].find(['\n', '\r']) else { return text.len() };
        at += end + if bytes[at + end..].starts_with(b"\r\n") { 2 } else { 1 };
        lines += 1;
    }
    let mut left = column;
    for c in text[at..].chars().take_while(|c| !matches!(c, '\n' | '\r')) {
        let units = match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        } as u64;
        if units > left {
            break;
        }
        left -= units;
        at += c.len_utf8();
    }
    at
}

/// `text` after a change; a reversed range means an insertion at its start.
pub(crate) fn edited(text: &str, range: [u64; 4], content: &str, encoding: Encoding) -> String {
    let start = offset(text, range[0], range[1], encoding);
    let end = offset(text, range[2], range[3], encoding).max(start);
    format!("{}{content}{}", &text[..start], &text[end..])
}

/// `full` in an optimised build, `small` in a debug build, which is ten times as slow.
pub(crate) fn size(full: usize, small: usize) -> usize {
    if cfg!(debug_assertions) && std::env::var_os("GONGKAI_TEST_SERVER").is_none() { small } else { full }
}

/// The names of the encodings and the encodings.
pub(crate) const ENCODINGS: [(&str, Encoding); 3] =
    [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)];
