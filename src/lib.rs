//! gongkai reads, checks, explains and fixes 政府信息公开工作年度报告, the annual report on government information disclosure.
//!
//! Data goes one way; each layer imports only from those to its left:
//!
//! ```text
//! text → syntax → statute → report → rules → configuration → analysis → ide → files → exchange → { lsp | cli }
//! ```
//!
//! - [`text`]: rope, byte spans, edits, lines and columns, how characters are compared.
//! - [`syntax`]: the blocks and cells of a document in each layout; lossless, never fails.
//! - [`statute`]: the law and the official formats as data.
//! - [`report`]: what a document means: reports, tables of typed cells, statements of the prose.
//! - [`rules`]: what is wrong with a report, and how it is put right.
//! - [`config`]: what can be set, as one struct; every layer may import it.
//! - `configuration`: `gongkai.toml` and editor settings read into that struct.
//! - [`analysis`]: the one entry from text to findings; keeps results from edit to edit.
//! - [`ide`]: editor features as data over byte offsets.
//! - `files`: encodings and containers.
//! - `exchange`: findings, figures, letters and fixed bytes of a file, for programs and people.
//! - `lsp`: the language server.
//! - `cli`: the command line.
//!
//! `ARCHITECTURE.md` has the invariants and the way of an edit.

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
#[cfg(feature = "configuration")]
pub mod configuration;
#[cfg(feature = "exchange")]
pub mod exchange;
#[cfg(feature = "files")]
pub mod files;
pub mod ide;
#[cfg(feature = "server")]
pub mod lsp;
pub mod report;
pub mod rules;
pub mod statute;
pub mod syntax;
pub mod text;
