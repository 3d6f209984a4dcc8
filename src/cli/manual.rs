//! `gongkai man`: the manual page of the program or of a command.

use super::Exit;
use super::arguments::Manual;
use super::help;
use super::terminal::print;
use crate::config::Language;
use crate::say;
use anyhow::bail;

/// Prints the page named by `arguments`.
pub(super) fn manual(arguments: &Manual, language: Language) -> anyhow::Result<Exit> {
    let mut program = help::command(language);
    program.build();
    let command = match arguments.command.as_deref() {
        None => program,
        Some(name) => match program.get_subcommands().find(|command| command.get_name() == name) {
            // Its page is called `gongkai-check`: the parser names it so.
            Some(command) => command.clone().version(env!("CARGO_PKG_VERSION")),
            None => bail!(say!(language, "没有命令“{name}”", "there is no command `{name}`")),
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .manual("gongkai")
        .source(concat!("gongkai ", env!("CARGO_PKG_VERSION")))
        .render(&mut page)?;
    print(&page)?;
    Ok(Exit::Clean)
}
