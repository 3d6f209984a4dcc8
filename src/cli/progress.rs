//! The progress of a long run: a bar on stderr after the first second, if stderr is a terminal.

use crate::config::Language;
use crate::say;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// A run shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a second the bar is drawn at most.
const REFRESH: u8 = 10;

/// The progress of a run.
pub(super) struct Progress {
    total: usize,
    done: usize,
    start: Instant,
    /// Whether the bar is drawn at all.
    shown: bool,
    language: Language,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A run over `total` files; `quiet` runs show nothing.
    pub(super) fn new(total: usize, quiet: bool, language: Language) -> Progress {
        let shown = !quiet && std::io::stderr().is_terminal();
        Progress { total, done: 0, start: Instant::now(), shown, language, bar: None }
    }

    /// One more file is done.
    pub(super) fn advance(&mut self) {
        self.done += 1;
        if !self.shown {
            return;
        }
        if self.bar.is_none() && self.start.elapsed() >= PATIENCE {
            self.bar = Some(bar(self.total, self.language));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(u64::try_from(self.done).unwrap_or(u64::MAX));
        }
    }

    /// Does `work`, which prints, with the bar hidden.
    pub(super) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize, language: Language) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(REFRESH);
    let bar = ProgressBar::with_draw_target(Some(u64::try_from(total).unwrap_or(u64::MAX)), target);
    let left = say!(language, "剩余约", "left:");
    let template = format!("{{wide_bar}} {{pos}}/{{len}} {left} {{eta}}");
    // If the template is invalid, the default one is used.
    let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("=> "));
    bar
}
