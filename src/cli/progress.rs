//! The progress of a long run: a bar on stderr after the first second, if stderr is a terminal.

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
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A run over `total` files; `quiet` runs show nothing.
    pub(super) fn new(total: usize, quiet: bool) -> Progress {
        let shown = !quiet && std::io::stderr().is_terminal();
        Progress { total, done: 0, start: Instant::now(), shown, bar: None }
    }

    /// One more file is done.
    pub(super) fn advance(&mut self) {
        self.done += 1;
        if !self.shown {
            return;
        }
        if self.bar.is_none() && self.start.elapsed() >= PATIENCE {
            self.bar = Some(bar(self.total));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(u64::try_from(self.done).unwrap_or(u64::MAX));
        }
    }

    /// Does `work`, with the bar hidden if it `prints` on a terminal.
    pub(super) fn aside<T>(&self, prints: bool, work: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) if prints && std::io::stdout().is_terminal() => bar.suspend(work),
            _ => work(),
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

fn bar(total: usize) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(REFRESH);
    let bar = ProgressBar::with_draw_target(Some(u64::try_from(total).unwrap_or(u64::MAX)), target);
    // Hanzi are two columns wide, and a bar that is longer than the line is not cleared as a whole: so it has no words.
    // If the template is invalid, the default one is used.
    let style =
        ProgressStyle::with_template("{wide_bar} {pos}/{len} -{eta}").unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("=> "));
    bar
}
