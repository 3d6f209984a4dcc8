//! What was measured, against what is wanted, as a table.

use serde_json::{Value, json};
use std::fmt::Write;
use std::time::Duration;

/// Something that was measured.
#[derive(Clone, Copy)]
pub(crate) enum Quantity {
    Time(Duration),
    Bytes(u64),
    Instructions(u64),
}

impl Quantity {
    /// In seconds, bytes or instructions.
    fn value(self) -> f64 {
        match self {
            Quantity::Time(time) => time.as_secs_f64(),
            Quantity::Bytes(count) | Quantity::Instructions(count) => count as f64,
        }
    }

    fn text(self) -> String {
        match self {
            Quantity::Time(time) if time < Duration::from_millis(100) => format!("{:.2} ms", time.as_secs_f64() * 1e3),
            Quantity::Time(time) => format!("{:.0} ms", time.as_secs_f64() * 1e3),
            Quantity::Bytes(bytes) => format!("{:.1} MB", bytes as f64 / 1e6),
            Quantity::Instructions(count) => format!("{:.0},000", count as f64 / 1e3),
        }
    }
}

/// What is wanted of it.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    /// At most this multiple of the echo server.
    TimesEcho(f64),
    /// At most this multiple of its own median for one edit.
    TimesOwn(f64),
    /// At most so long.
    Within(Duration),
    /// Stated, no more.
    Nothing,
}

/// A line of the table.
pub(crate) struct Row {
    /// The document, and what was done.
    pub(crate) what: String,
    /// gongkai's.
    pub(crate) own: Quantity,
    /// What it is compared with.
    pub(crate) reference: Option<Quantity>,
    pub(crate) wanted: Wanted,
    /// Processor time: gongkai's and that of the echo server.
    pub(crate) processor: Option<(Duration, Duration)>,
}

impl Row {
    fn ratio(&self) -> Option<f64> {
        self.reference.map(|reference| self.own.value() / reference.value())
    }

    /// Whether what is wanted was reached, if anything is.
    pub(crate) fn reached(&self) -> Option<bool> {
        match self.wanted {
            Wanted::TimesEcho(most) | Wanted::TimesOwn(most) => Some(self.ratio()? <= most),
            Wanted::Within(most) => Some(self.own.value() <= most.as_secs_f64()),
            Wanted::Nothing => None,
        }
    }

    fn cells(&self) -> [String; 7] {
        let none = || "–".to_owned();
        let reference = self.reference.map_or_else(none, Quantity::text);
        let ratio = self.ratio().map_or_else(none, |ratio| format!("{ratio:.2}"));
        let wanted = match self.wanted {
            Wanted::TimesEcho(most) => format!("≤ {most} × echo"),
            Wanted::TimesOwn(most) => format!("≤ {most} × own edit"),
            Wanted::Within(most) => format!("≤ {} ms", most.as_millis()),
            Wanted::Nothing => none(),
        };
        let mark = self.reached().map_or_else(none, |reached| if reached { "✓" } else { "✗" }.to_owned());
        let processor = self.processor.map_or_else(none, |(own, echo)| {
            format!("{:.2} / {:.2} ms", own.as_secs_f64() * 1e3, echo.as_secs_f64() * 1e3)
        });
        [self.what.clone(), self.own.text(), reference, ratio, wanted, mark, processor]
    }

    fn json(&self) -> Value {
        let seconds = |time: Duration| time.as_secs_f64();
        json!({
            "what": self.what,
            "own": self.own.value(),
            "reference": self.reference.map(Quantity::value),
            "ratio": self.ratio(),
            "wanted": self.cells()[4],
            "reached": self.reached(),
            "processor_seconds": self.processor.map(|(own, echo)| [seconds(own), seconds(echo)]),
        })
    }
}

const HEADER: [&str; 7] = ["what", "gongkai", "compared with", "ratio", "wanted", "", "CPU, gongkai / echo"];

/// The rows as a table of Markdown.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let lines = std::iter::once(HEADER.map(str::to_owned))
        .chain([["---", "--:", "--:", "--:", "---", "---", "--:"].map(str::to_owned)])
        .chain(rows.iter().map(Row::cells));
    let mut table = String::new();
    for cells in lines {
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table
}

/// The rows for a terminal.
pub(crate) fn plain(rows: &[Row]) -> String {
    let lines: Vec<[String; 7]> =
        std::iter::once(HEADER.map(str::to_owned)).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| lines.iter().map(|cells| cells[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..HEADER.len()).map(width).collect();
    let mut table = String::new();
    for cells in &lines {
        let mut line = String::new();
        for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let _ = match column {
                1..=3 | 6 => write!(line, "{cell:>width$}  "),
                _ => write!(line, "{cell:<width$}  "),
            };
        }
        let _ = writeln!(table, "{}", line.trim_end());
    }
    table
}

/// The rows for programs; times in seconds, memory in bytes.
pub(crate) fn as_json(rows: &[Row], notes: &[String]) -> Value {
    json!({"notes": notes, "rows": rows.iter().map(Row::json).collect::<Vec<_>>()})
}
