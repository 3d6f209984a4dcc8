//! gongkai reads, checks, explains and fixes 政府信息公开工作年度报告, the annual report on government information disclosure.
//!
//! Data flows from left to right; each layer imports only from the layers to its left:
//!
//! ```text
//! text → syntax → statute → report → rules → configuration → analysis → ide → files → exchange → { lsp | cli }
//! ```
//!
//! - [`text`]: rope, byte spans, edits, lines and columns, comparison of characters.
//! - [`syntax`]: the blocks and cells of a document in each layout; parsing is lossless and never fails.
//! - [`statute`]: the law and the official formats as data.
//! - [`report`]: the meaning of a document: reports, tables of typed cells, statements in the prose.
//! - [`rules`]: the checks of a report, and the fixes of what they find.
//! - [`config`]: all settings as one struct; every layer may import it.
//! - `configuration`: reads `gongkai.toml` and editor settings into that struct.
//! - [`analysis`]: the only entry from text to findings; keeps results from edit to edit.
//! - [`ide`]: editor features as data over byte offsets.
//! - `files`: encodings and containers.
//! - `exchange`: a file's findings, figures, letter and fixed bytes, for other programs and for people.
//! - `lsp`: the language server.
//! - `cli`: the command line.
//!
//! `ARCHITECTURE.md` states the invariants and follows an edit through the layers.

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
