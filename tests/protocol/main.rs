//! Checks every message between server and client, in both directions, against the meta model of LSP 3.17, in sessions
//! that call all capabilities of the server.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails, and says where")]

mod capabilities;
mod checked;
#[path = "../server/client.rs"]
mod client;
mod features;
#[path = "../server/fixture.rs"]
mod fixture;
mod meta;
mod refusals;
mod sessions;
