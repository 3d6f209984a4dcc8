//! What is measured, and what is wanted of each.

use crate::documents::{Document, Documents, statements};
use crate::measure::{Bench, Kind, Latency, Pair, SETTLED, STORM, median};
use crate::table::{Quantity, Row, Wanted};
use std::time::Duration;

/// A part of the figures.
type Scenario = fn(&Bench, &Documents) -> Vec<Row>;

/// All of them by name.
pub(crate) const ALL: [(&str, Scenario); 9] = [
    ("report", report),
    ("megabyte", megabyte),
    ("ten-megabytes", ten_megabytes),
    ("requests", crate::requests::measure),
    ("capped", capped),
    ("many", many),
    ("line", line),
    ("start", start),
    ("end", end),
];

/// An echo server that says nothing of a document.
pub(crate) const SILENT: Kind = Kind::Echo(0);

/// The process has to be gone within this.
const GONE: Duration = Duration::from_millis(10);

pub(crate) fn time(what: impl Into<String>, [echo, own]: [Duration; 2], most: f64) -> Row {
    Row {
        what: what.into(),
        own: Quantity::Time(own),
        reference: Some(Quantity::Time(echo)),
        wanted: Wanted::TimesEcho(most),
        processor: None,
    }
}

/// The rows on edits.
fn latency(what: &str, [echo, own]: [Latency; 2], most: f64) -> [Row; 2] {
    let mut half = time(format!("{what}, p50"), [echo.p50, own.p50], most);
    half.processor = own.processor.zip(echo.processor);
    let tail = Row {
        what: format!("{what}, p99"),
        own: Quantity::Time(own.p99),
        reference: Some(Quantity::Time(own.p50)),
        wanted: Wanted::TimesOwn(3.0),
        processor: None,
    };
    [half, tail]
}

/// The rows on edits in tables and in prose.
fn edits(bench: &Bench, pair: &mut Pair, what: &str, document: &Document, most: f64) -> Vec<Row> {
    let mut rows = Vec::new();
    for (kind, sites) in [("a figure", &document.figures), ("a word", &document.prose)] {
        rows.extend(latency(&format!("{what}: keystroke in {kind} → diagnostics"), bench.edits(pair, sites), most));
    }
    rows
}

fn memory(what: &str, pair: &Pair) -> Option<Row> {
    Some(Row {
        what: format!("{what}: peak memory"),
        own: Quantity::Bytes(pair.own.peak_memory()?),
        reference: Some(Quantity::Bytes(pair.echo.peak_memory()?)),
        wanted: Wanted::TimesEcho(3.0),
        processor: None,
    })
}

fn describe(name: &str, document: &Document) -> String {
    let size = document.text.len() as f64;
    let size = if size < 1e5 { format!("{:.1} KB", size / 1e3) } else { format!("{:.1} MB", size / 1e6) };
    format!("{name}, {size}, {} findings", document.findings)
}

/// One report.
fn report(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let document = documents.report();
    let name = describe("one report", &document);
    let mut pair = bench.open(&document, SILENT);
    let mut rows = edits(bench, &mut pair, &name, &document, 2.0);
    let single = rows.first().map(|row| row.own);
    let [_, storm] =
        bench.both(&mut pair, |subject, turn| subject.storm(document.figures[turn % document.figures.len()]));
    rows.push(Row {
        what: format!("the same: {STORM} edits at once → diagnostics of the last"),
        own: Quantity::Time(storm),
        reference: single,
        wanted: Wanted::TimesOwn(2.0),
        processor: None,
    });
    rows.extend(memory("the same", &pair));
    rows
}

/// A hundred reports.
fn megabyte(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let document = documents.compendium(100);
    let mut pair = bench.open(&document, SILENT);
    let mut rows = edits(bench, &mut pair, &describe("100 reports", &document), &document, 2.5);
    for (what, edits) in [("an edit".to_owned(), 1), (format!("{STORM} edits"), STORM)] {
        let times = bench
            .both(&mut pair, |subject, turn| subject.hover(document.figures[turn % document.figures.len()], edits));
        rows.push(time(format!("the same: hover right after {what}"), times, 3.0));
    }
    rows.extend(memory("the same", &pair));
    rows
}

/// A thousand reports.
fn ten_megabytes(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let document = documents.compendium(1000);
    let opened = bench.fresh(SILENT, |bench, kind| {
        let (begun, shown) = bench.subject(kind).open(&document.text);
        shown - begun
    });
    let read = bench.rounds(|| {
        let mut subject = bench.subject(Kind::Gongkai);
        let (begun, shown) = subject.open(&document.text);
        subject.client.settle(SETTLED).map_or(shown, |(last, _)| last) - begun
    });
    let mut pair = bench.open(&document, SILENT);
    let mut rows = edits(bench, &mut pair, &describe("1,000 reports", &document), &document, 4.0);
    rows.push(time("the same: opened → first diagnostics", opened, 2.0));
    rows.push(Row {
        what: "the same: opened → all diagnostics".to_owned(),
        own: Quantity::Time(median(read)),
        reference: Some(Quantity::Time(opened[0])),
        wanted: Wanted::Nothing,
        processor: None,
    });
    rows.extend(memory("the same", &pair));
    rows
}

/// More findings than are shown.
fn capped(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let document = documents.faulty_compendium(1000);
    let mut probe = bench.subject(Kind::Gongkai);
    probe.open(&document.text);
    let (_, shown) = probe.client.settle(SETTLED).unwrap();
    let mut pair = bench.open(&document, Kind::Echo(shown));
    let name = format!("{}, {shown} shown", describe("1,000 reports", &document));
    edits(bench, &mut pair, &name, &document, 2.0)
}

/// A folder of reports.
fn many(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let report = documents.report();
    let texts = vec![report.text.clone(); 200];
    let times = bench.fresh(SILENT, |bench, kind| bench.open_all(kind, &texts));
    vec![time(format!("200 × {}: opened → all have diagnostics", describe("one report", &report)), times, 4.0)]
}

/// A line of megabytes.
fn line(bench: &Bench, _: &Documents) -> Vec<Row> {
    let [in_one, in_many] = statements().map(|text| {
        median(bench.rounds(|| {
            let mut subject = bench.subject(Kind::Gongkai);
            let (begun, shown) = subject.open(&text);
            subject.client.settle(SETTLED).map_or(shown, |(last, _)| last) - begun
        }))
    });
    vec![Row {
        what: "5.0 MB of statements in one line, and in lines: opened → all diagnostics".to_owned(),
        own: Quantity::Time(in_one),
        reference: Some(Quantity::Time(in_many)),
        wanted: Wanted::TimesOwn(3.0),
        processor: None,
    }]
}

/// One start is over in two milliseconds, and the next may take longer: this number of starts is one measurement.
const STARTS: usize = 9;

fn starts(start: impl Fn() -> Duration) -> Duration {
    median((0..STARTS).map(|_| start()))
}

/// From nothing.
fn start(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let document = documents.report();
    let answered = bench.fresh(SILENT, |bench, kind| {
        starts(|| {
            let mut client = bench.spawn(kind);
            client.initialize() - client.started
        })
    });
    let shown = bench.fresh(SILENT, |bench, kind| {
        starts(|| {
            let mut subject = bench.subject(kind);
            let (_, shown) = subject.open(&document.text);
            shown - subject.client.started
        })
    });
    vec![
        time("cold start → initialize answered", answered, 1.2),
        time(format!("cold start → diagnostics of {}", describe("one report", &document)), shown, 2.0),
    ]
}

/// To nothing.
fn end(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, document) in [("one report", documents.report()), ("1,000 reports", documents.compendium(1000))] {
        for (what, says_exit) in [("exit", true), ("end of stdin", false)] {
            let times = bench.rounds(|| {
                let mut subject = bench.subject(Kind::Gongkai);
                subject.open(&document.text);
                subject.client.settle(SETTLED);
                subject.client.shutdown();
                if says_exit { subject.client.exit() } else { subject.client.close() }
            });
            rows.push(Row {
                what: format!("{name} open: {what} → the process is gone"),
                own: Quantity::Time(median(times)),
                reference: None,
                wanted: Wanted::Within(GONE),
                processor: None,
            });
        }
    }
    rows
}
