//! Every request that the server offers, right after an edit of a document of a megabyte, against the bare server's hover
//! right after the same edit.

use crate::documents::{Documents, Site};
use crate::measure::{Bench, Kind, SETTLED, Subject, median};
use crate::scenarios::{SILENT, time};
use crate::table::Row;
use serde_json::{Value, json};
use std::time::Duration;

/// A request may take this many times as long as the bare server's hover.
const MOST: f64 = 5.0;

/// Edits with a request after each, in one round.
const ASKED: usize = 3;

/// The parameters of a request at `site`, given the last answer to it; those of the document are added.
type Parameters = fn(Site, &Value) -> Value;

fn at(site: Site, _: &Value) -> Value {
    json!({"position": site.position()})
}

fn on_screen(site: Site, _: &Value) -> Value {
    json!({"range": site.screen()})
}

fn of_all(_: Site, _: &Value) -> Value {
    json!({})
}

/// The requests, by what they are called in the table.
const REQUESTS: [(&str, &str, Parameters); 28] = [
    ("hover", "textDocument/hover", at),
    ("completion in a cell", "textDocument/completion", at),
    ("completionItem/resolve", "completionItem/resolve", |_, _| json!({"label": "GK303", "data": {"code": "GK303"}})),
    ("inlay hints of a screen", "textDocument/inlayHint", on_screen),
    ("code lenses", "textDocument/codeLens", of_all),
    ("definition", "textDocument/definition", at),
    (
        "references",
        "textDocument/references",
        |site, _| json!({"position": site.position(), "context": {"includeDeclaration": true}}),
    ),
    ("highlights", "textDocument/documentHighlight", at),
    ("links", "textDocument/documentLink", of_all),
    ("selection ranges", "textDocument/selectionRange", |site, _| json!({"positions": [site.position()]})),
    ("code actions as the cursor moves", "textDocument/codeAction", |site, _| {
        let range = json!({"start": site.position(), "end": site.position()});
        json!({"range": range, "context": {"diagnostics": [], "triggerKind": 2}})
    }),
    ("code actions, all of them", "textDocument/codeAction", |site, _| {
        let range = json!({"start": site.position(), "end": site.position()});
        json!({"range": range, "context": {"diagnostics": [], "triggerKind": 1}})
    }),
    ("quick fixes alone", "textDocument/codeAction", |site, _| {
        let range = json!({"start": site.position(), "end": site.position()});
        json!({"range": range, "context": {"diagnostics": [], "only": ["quickfix"]}})
    }),
    ("fix all", "textDocument/codeAction", |site, _| {
        let range = json!({"start": site.position(), "end": site.position()});
        json!({"range": range, "context": {"diagnostics": [], "only": ["source.fixAll"]}})
    }),
    ("folding ranges", "textDocument/foldingRange", of_all),
    ("outline", "textDocument/documentSymbol", of_all),
    ("workspace symbols", "workspace/symbol", |_, _| json!({"query": "予以公开"})),
    ("semantic tokens of a screen", "textDocument/semanticTokens/range", on_screen),
    (
        "semantic tokens, delta",
        "textDocument/semanticTokens/full/delta",
        |_, last| json!({"previousResultId": last["resultId"].as_str().unwrap_or_default()}),
    ),
    ("semantic tokens of all", "textDocument/semanticTokens/full", of_all),
    (
        "formatting of a screen",
        "textDocument/rangeFormatting",
        |site, _| json!({"range": site.screen(), "options": {"tabSize": 4, "insertSpaces": true}}),
    ),
    (
        "formatting on a line break",
        "textDocument/onTypeFormatting",
        |site, _| json!({"position": site.position(), "ch": "\n", "options": {"tabSize": 4, "insertSpaces": true}}),
    ),
    ("formatting of all", "textDocument/formatting", |_, _| json!({"options": {"tabSize": 4, "insertSpaces": true}})),
    ("gongkai/ruleDocumentation", "gongkai/ruleDocumentation", |_, _| json!({"code": "GK303"})),
    ("gongkai/newReport", "gongkai/newReport", |_, _| json!({"year": 2023, "body": "云岭市水务局", "format": "txt"})),
    (
        "gongkai/setCell",
        "gongkai/setCell",
        |_, _| json!({"table": 3, "row": "（一）予以公开", "column": "自然人", "value": "7"}),
    ),
    ("gongkai/report", "gongkai/report", of_all),
    (
        "textDocument/diagnostic",
        "textDocument/diagnostic",
        |_, last| json!({"previousResultId": last["resultId"].as_str().unwrap_or_default()}),
    ),
];

/// What an editor announces that shows all of it.
fn capabilities(pulls: bool) -> Value {
    let tokens = json!({
        "requests": {"full": {"delta": true}, "range": true}, "formats": ["relative"],
        "tokenTypes": ["class", "function", "variable", "property", "number", "enum", "string", "keyword"],
        "tokenModifiers": ["readonly", "documentation"],
    });
    let mut all = json!({
        "publishDiagnostics": {"relatedInformation": true, "versionSupport": true}, "hover": {}, "definition": {},
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}}, "references": {}, "inlayHint": {},
        "documentHighlight": {}, "documentLink": {}, "foldingRange": {"lineFoldingOnly": true}, "codeLens": {},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}, "selectionRange": {}, "semanticTokens": tokens,
        "formatting": {}, "rangeFormatting": {}, "onTypeFormatting": {}, "codeAction": {"codeActionLiteralSupport": {
            "codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}}},
    });
    if pulls {
        all["diagnostic"] = json!({});
    }
    all
}

fn subject(bench: &Bench, kind: Kind, text: &str, pulls: bool) -> Subject {
    let mut client = bench.spawn(kind);
    client.initialize_as(capabilities(pulls));
    let mut subject = Subject::new(client, bench);
    if pulls {
        subject.open_beside(0, text);
    } else {
        subject.open(text);
    }
    subject.client.settle(SETTLED);
    subject
}

/// The rows of all requests.
pub(crate) fn measure(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let document = documents.compendium(100);
    let mut echo = subject(bench, SILENT, &document.text, false);
    let mut own = subject(bench, Kind::Gongkai, &document.text, false);
    let mut rows = Vec::new();
    for (name, method, parameters) in REQUESTS {
        let pulls = method == "textDocument/diagnostic";
        if pulls {
            own = subject(bench, Kind::Gongkai, &document.text, true);
        }
        let (mut last, mut turn) = (Value::Null, 0);
        let times = bench.rounds(|| {
            let mut ask = |subject: &mut Subject, method: &str, parameters: Parameters, last: &mut Value| {
                let times = (0..ASKED).map(|_| {
                    turn += 1;
                    let site = document.figures[turn % document.figures.len()];
                    let (time, answer) = subject.request(site, method, parameters(site, last));
                    *last = answer;
                    time
                });
                median(times.collect::<Vec<Duration>>())
            };
            let bare = ask(&mut echo, "textDocument/hover", at, &mut Value::Null);
            [bare, ask(&mut own, method, parameters, &mut last)]
        });
        let times = [0, 1].map(|server| median(times.iter().map(|times| times[server])));
        let size = last.to_string().len();
        let size = if size < 100_000 { String::new() } else { format!(", {:.1} MB", size as f64 / 1e6) };
        rows.push(time(format!("100 reports, 1.0 MB, after an edit: {name}{size}"), times, MOST));
    }
    rows
}
