//! A hostile client: every fault that an editor, a plug-in or the system between can commit. In every case the right
//! error or the right answer, and afterwards the right diagnostics: those that the library gives for the same text.
//!
//! `docs/reliability.md` has a row for each of these tests. They need none of the requests that only a debug build
//! answers: with `GONGKAI_TEST_SERVER=target/release/gongkai` they try the program as it is shipped, at full size.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails, and says where")]

#[path = "../server/client.rs"]
mod client;
#[path = "../server/fixture.rs"]
mod fixture;

mod characters;
mod documents;
mod ending;
mod framing;
mod messages;
mod oracle;
mod page;
mod positions;
mod quantity;
mod silence;
