//! Output for people: the reader's language, colours, stdout and stderr.

use crate::config::Language;
use crate::say;
use anyhow::Context;
use std::io::{ErrorKind, Write};

/// The language of the environment: that of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is not empty.
pub(super) fn language_of_environment() -> Language {
    language_of(["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default()))
}

/// English for `en`, `en_GB.UTF-8` and the like; Chinese for everything else, including `C`, `POSIX` and an empty
/// locale.
fn language_of(locales: [String; 3]) -> Language {
    let locale = locales.into_iter().find(|locale| !locale.is_empty()).unwrap_or_default();
    let primary = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("en") { Language::English } else { Language::Chinese }
}

/// Writes `bytes` to stdout unchanged. A closed pipe is no error, because the reader may have seen enough.
pub(super) fn print(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("stdout"),
    }
}

/// Prints a line on stderr.
pub(super) fn say_line(line: &str) {
    // A closed stderr is no reason to fail.
    let _ = writeln!(anstream::stderr().lock(), "{}", printable(line));
}

/// Prints an error on stderr.
pub(super) fn print_error(language: Language, message: &str) {
    let message = printable(message);
    let red = anstream::stderr().lock();
    let mut red = red;
    let word = say!(language, "错误", "error");
    let colon = say!(language, "：", ": ");
    let _ = writeln!(red, "\u{1b}[1;31m{word}\u{1b}[0m{colon}{message}");
}

/// `text` without control characters, except line ends: a report or a file name must not be able to colour, move or
/// hide text in a terminal.
pub(super) fn printable(text: &str) -> String {
    let visible = |c: char| {
        let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if (c.is_control() && c != '\n' && c != '\t') || bidi { char::REPLACEMENT_CHARACTER } else { c }
    };
    text.chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_that_is_set_decides() {
        let language = |all: &str, messages: &str, lang: &str| language_of([all, messages, lang].map(str::to_owned));
        assert_eq!(language("", "", "en_US.UTF-8"), Language::English);
        assert_eq!(language("", "zh_CN.UTF-8", "en_US.UTF-8"), Language::Chinese);
        assert_eq!(language("en", "zh_CN.UTF-8", ""), Language::English);
        assert_eq!(language("C", "", "en_US.UTF-8"), Language::Chinese);
        assert_eq!(language("", "", ""), Language::Chinese);
        assert_eq!(language("", "", "eno_XX"), Language::Chinese, "not every word that starts with en is English");
    }

    #[test]
    fn a_terminal_is_given_no_orders() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b\r\n"), "a\u{fffd}[31m\u{fffd}b\u{fffd}\n");
    }
}
