//! A hostile client: the faults of editors, plug-ins and the system between them and the server. In every case the server
//! returns the right error or result, and afterwards the right diagnostics: those of the library for the same text.
//!
//! `docs/reliability.md` has a row for each of these tests. They use no request that only a debug build has: with
//! `GONGKAI_TEST_SERVER=target/release/gongkai` they test the released program, at full size.

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
