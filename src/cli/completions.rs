//! What a shell offers while a command is typed, and the script that has the shell ask. The shell asks the program each time, so
//! it offers what this version knows: rules with their titles, also after a comma.

use super::help;
use crate::config::Language;
use crate::rules::rules;
use anyhow::Context;
use clap::Command;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap_complete::Shell;
use clap_complete::env::{CompleteEnv, Shells};
use std::collections::BTreeSet;
use std::ffi::OsString;

/// The variable by which a shell asks.
const VARIABLE: &str = "GONGKAI_COMPLETE";

/// What the program is called on a command line.
const NAME: &str = "gongkai";

/// Arguments that name rules: by command and name.
const RULES: [(&str, &str); 5] =
    [("check", "select"), ("check", "ignore"), ("review", "select"), ("review", "ignore"), ("rule", "code")];

/// The script that has `shell` ask this program.
pub(super) fn script(shell: Shell) -> anyhow::Result<Vec<u8>> {
    let (shell, shells) = (shell.to_string(), Shells::builtins());
    let shell = shells.completer(&shell).with_context(|| shell.clone())?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    Ok(script)
}

/// Prints the completions that a shell requests. Returns whether there was such a request.
pub(super) fn answer(arguments: &[OsString], language: Language) -> anyhow::Result<bool> {
    let folder = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(|| offering_rules(help::command(language), language)).var(VARIABLE);
    Ok(asked.try_complete(arguments.iter().cloned(), folder.as_deref())?)
}

/// `command` with the rules as what its arguments may be.
fn offering_rules(command: Command, language: Language) -> Command {
    RULES.into_iter().fold(command, |command, (name, argument)| {
        command.mut_subcommand(name, |command| {
            command.mut_arg(argument, |argument| {
                argument.value_parser(PossibleValuesParser::new(names_of_rules(language)))
            })
        })
    })
}

/// Codes, then groups, then names; codes and names with the rule's title.
fn names_of_rules(language: Language) -> Vec<PossibleValue> {
    let titled = |name: &'static str, [chinese, english]: [&'static str; 2]| {
        PossibleValue::new(name).help(match language {
            Language::Chinese => chinese,
            Language::English => english,
        })
    };
    let codes = rules().map(|rule| titled(rule.code, rule.title));
    let groups: BTreeSet<&str> = rules().filter_map(|rule| rule.code.get(..3)).collect();
    let names = rules().map(|rule| titled(rule.name, rule.title));
    codes.chain(groups.into_iter().map(PossibleValue::new)).chain(names).collect()
}
