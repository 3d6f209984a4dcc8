//! gongkai: reading, judging, explaining and mending 政府信息公开工作年度报告, the annual report on government
//! information disclosure.
//!
//! One way through the house; each layer imports only what stands to its left:
//!
//! ```text
//! text → syntax → statute → report → rules → configuration → analysis → ide → files → { lsp | cli }
//! ```

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
#[cfg(feature = "configuration")]
pub mod configuration;
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
