//! `gongkai.toml` on the command line, and the files that are generated from the table of keys: the schema, the settings
//! of VS Code, the readmes' tables. `UPDATE_DOCS=1 cargo test --test configuration` writes them again.

#![cfg(all(feature = "cli", feature = "server"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod check;
#[path = "../folder/mod.rs"]
mod folder;
mod written;
