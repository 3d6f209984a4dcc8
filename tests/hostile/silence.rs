//! A client that stops reading and continues to write.

use crate::client::{Client, TIMEOUT, URI, frame};
use crate::fixture;
use crate::oracle::{assert_diagnostics, edited, recovers, size, wrong_figure};
use gongkai::text::Encoding;
use serde_json::{Value, json};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The memory that the server may use in addition: for waiting messages (32 MiB), for one message in tower-lsp, and for
/// what the allocator keeps.
const BOUND: u64 = 100 << 20;

/// The memory of process `pid`, in bytes.
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

fn message(method: &str, params: Value) -> Vec<u8> {
    frame(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string())
}

#[test]
#[cfg(target_os = "linux")]
fn a_client_that_stops_reading_does_not_fill_the_memory() {
    let edits = size(10_000, 300) as i64;
    let mut text = fixture::wrong();
    let (line, column) = wrong_figure(&text);
    let mut input = message("initialized", json!({}));
    let document = json!({"uri": URI, "languageId": "markdown", "version": 1, "text": text});
    input.extend(message("textDocument/didOpen", json!({"textDocument": document})));
    // Edits coalesce, and their diagnostics may fit into a pipe; these responses do not.
    let hover = json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": column}});
    for id in 0..2_000 {
        let request =
            json!({"jsonrpc": "2.0", "id": format!("h{id}"), "method": "textDocument/hover", "params": hover});
        input.extend(frame(&request.to_string()));
    }
    for version in 2..edits + 2 {
        let figure = ["6", "8", "9"][version as usize % 3];
        let range = [line, column, line, column + 1];
        text = edited(&text, range.map(|part| part as u64), figure, Encoding::Utf16);
        let change = json!({"range": crate::oracle::range(range[0], range[1], range[2], range[3]), "text": figure});
        let document = json!({"uri": URI, "version": version});
        input.extend(message("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]})));
    }
    // Messages that cannot coalesce and are cheap to handle.
    let ignored = message("$/ignored", json!("a".repeat(1_000_000)));
    let (open, gate) = channel();
    let mut client = Client::spawn_reading_after(gate);
    let hello = json!({"processId": null, "rootUri": null, "capabilities": {}});
    client.send(&json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}));
    let before = resident(client.pid());
    let mut stdin = client.take_stdin();
    let (done, written) = channel();
    std::thread::spawn(move || {
        use std::io::Write;
        stdin.write_all(&input).unwrap();
        for _ in 0..size(100, 40) {
            stdin.write_all(&ignored).unwrap();
        }
        done.send(stdin).unwrap();
    });
    // The server reads all edits, and of the later messages as many as fit.
    let mut most = 0;
    for _ in 0..30 {
        assert!(matches!(written.recv_timeout(Duration::from_millis(100)), Err(RecvTimeoutError::Timeout)), "it waits");
        most = most.max(resident(client.pid()));
    }
    assert!(most < before + BOUND, "{} MB", most >> 20);
    // Once the client reads again, all results are right.
    open.send(()).unwrap();
    assert_diagnostics(&mut client, URI, edits + 1, &text, Encoding::Utf16);
    client.put_stdin(written.recv_timeout(TIMEOUT).unwrap());
    client.answer(0);
    client.assert_alive();
    recovers(&mut client);
    println!("{} MB before, {} MB at most, {} MB after", before >> 20, most >> 20, resident(client.pid()) >> 20);
}

#[test]
#[cfg(target_os = "linux")]
fn a_client_that_never_stops_writing_does_not_fill_the_memory() {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    let (line, column) = wrong_figure(&fixture::wrong());
    let round = |client: &mut Client, first: i64| {
        let edits = size(2_000, 40) as i64;
        for version in first..first + edits {
            client.change(version as i32, Some([line, column, line, column + 1]), "9");
            client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
        }
        let text = fixture::wrong().replace(fixture::WRONG, &fixture::WRONG.replace('8', "9"));
        assert_diagnostics(client, URI, first + edits - 1, &text, Encoding::Utf16);
        client.assert_alive();
        first + edits
    };
    let mut next = round(&mut client, 2);
    let settled = resident(client.pid());
    for _ in 0..4 {
        next = round(&mut client, next);
    }
    let after = resident(client.pid());
    // It keeps neither old states nor old messages.
    assert!(after < settled + (32 << 20), "{} MB became {} MB", settled >> 20, after >> 20);
    recovers(&mut client);
}
