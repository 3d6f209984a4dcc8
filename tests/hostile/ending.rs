//! The ways in which a session ends.

use crate::client::{Client, URI, frame};
use crate::fixture;
use crate::oracle::{assert_diagnostics, size};
use gongkai::text::Encoding;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The limit on a busy machine. Without the cures these sessions take a second, a minute, or do not end.
/// `docs/reliability.md` has the times on a quiet machine.
const SOON: Duration = Duration::from_millis(500);

/// A session with a report that was checked.
fn session() -> Client {
    let mut client = Client::start(json!({}));
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    client
}

/// The time from `end` until the process exited, and its exit code.
#[track_caller]
fn gone(mut client: Client, end: impl FnOnce(&mut Client)) -> (Option<i32>, Duration) {
    let start = Instant::now();
    end(&mut client);
    let code = client.wait_gone();
    (code, start.elapsed())
}

fn exit(client: &mut Client) {
    client.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
}

/// Ends several sessions and returns the median time.
fn median(end: fn(&mut Client), code: i32, prepare: fn(&mut Client)) -> Duration {
    let mut times: Vec<Duration> = (0..size(20, 5))
        .map(|_| {
            let mut client = session();
            prepare(&mut client);
            let (found, took) = gone(client, end);
            assert_eq!(found, Some(code));
            took
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

#[test]
fn exit_and_the_end_of_input_end_the_process_at_once() {
    let shutdown = |client: &mut Client| drop(client.call("shutdown", Value::Null));
    for (what, end, code, prepare) in [
        ("exit after shutdown", exit as fn(&mut Client), 0, shutdown as fn(&mut Client)),
        ("exit without shutdown", exit, 1, |_| {}),
        ("end of input after shutdown", Client::close_stdin, 0, shutdown),
        ("end of input without shutdown", Client::close_stdin, 1, |_| {}),
    ] {
        let took = median(end, code, prepare);
        println!("{what}: {took:?}");
        assert!(took < SOON, "{what}: {took:?}");
    }
}

#[test]
fn input_that_ends_within_a_message_ends_the_session() {
    let whole = frame(r#"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}"#);
    for cut in [
        1,
        9,
        "Content-Length: 6".len(),
        "Content-Length: 66\r".len(),
        "Content-Length: 66\r\n\r".len(),
        whole.len() / 2,
        whole.len() - 1,
    ] {
        let (code, took) = gone(session(), |client| {
            client.raw(&whole[..cut]);
            client.close_stdin();
        });
        assert_eq!(code, Some(1), "{cut}");
        assert!(took < SOON, "{cut}: {took:?}");
    }
    // Before the first message.
    let (code, took) = gone(Client::spawn(), Client::close_stdin);
    assert_eq!(code, Some(1));
    assert!(took < SOON, "{took:?}");
}

#[test]
fn a_client_that_stops_reading_and_leaves_ends_the_session() {
    let mut command = std::process::Command::new(crate::client::program());
    command.arg("server").stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    // Its last message takes long to write in a build with symbols.
    command.stderr(std::process::Stdio::null()).env_remove("RUST_BACKTRACE");
    let mut server = command.spawn().unwrap();
    let mut stdin = server.stdin.take().unwrap();
    let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}});
    let ask = json!({"jsonrpc": "2.0", "id": 1, "method": "gongkai/x"});
    let mut input = frame(&hello.to_string());
    // More responses than the pipe holds: the server is blocked in a write.
    (0..30_000).for_each(|_| input.extend(frame(&ask.to_string())));
    std::io::Write::write_all(&mut stdin, &input).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(server.try_wait().unwrap().is_none(), "it waits to be read");
    let start = Instant::now();
    drop(server.stdout.take());
    let status = server.wait().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_parent_ends_the_session_even_if_the_pipes_stay_open() {
    let mut parent = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let hello = json!({"processId": parent.id(), "rootUri": null, "capabilities": {}});
    let (mut client, _) = Client::start_with(hello.clone());
    client.open(&fixture::wrong());
    assert_diagnostics(&mut client, URI, 1, &fixture::wrong(), Encoding::Utf16);
    // Another server is blocked in a write: its responses are not read, and its pipe is not closed.
    let (open, gate) = std::sync::mpsc::channel();
    let mut deaf = Client::spawn_reading_after(gate);
    deaf.send(&json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}));
    (1..30_000).for_each(|id| deaf.send(&json!({"jsonrpc": "2.0", "id": id, "method": "gongkai/x"})));
    parent.kill().unwrap();
    // It was not waited for: a dead process that still has its number counts as ended.
    let start = Instant::now();
    assert_eq!(client.wait_gone(), Some(1));
    assert_eq!(deaf.wait_gone(), Some(1));
    assert!(start.elapsed() < Duration::from_secs(15), "looked for every 10 s");
    drop(open);
    parent.wait().unwrap();
}
