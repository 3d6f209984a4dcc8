//! `gongkai new`: an empty report in the format of its year.

use super::Exit;
use super::arguments::New;
use super::compare::the_report;
use super::terminal::say_line;
use crate::config::Language;
use crate::exchange::{GivenBy, not_new};
use crate::ide::{layout_of_extension, next_report};
use crate::say;
use anyhow::{Context, anyhow, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

/// Writes an empty report according to `arguments`.
pub(super) fn new(arguments: &New, language: Language) -> anyhow::Result<Exit> {
    let last = match &arguments.from {
        Some(path) => Some(the_report(path, arguments.encoding, language)?.digest),
        None => None,
    };
    let path = &arguments.out;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let text = layout_of_extension(extension)
        .and_then(|layout| next_report(arguments.year, arguments.body.as_deref(), layout, last.as_ref()))
        .map_err(|problem| anyhow!(not_new(problem, arguments.year, GivenBy::Options, language)))?;
    let shown = path.display();
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!(say!(
                language,
                "{shown}: 文件已存在，未改动",
                "{shown}: the file is there already and is left unchanged"
            ))
        }
        other => other.with_context(|| say!(language, "{shown}: 无法写入", "{shown}: cannot be written"))?,
    };
    file.write_all(text.as_bytes())?;
    say_line(&say!(language, "已写入 {shown}", "written to {shown}"));
    Ok(Exit::Clean)
}
