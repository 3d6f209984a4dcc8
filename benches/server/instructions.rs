//! How many instructions an edit and an opening take, counted by valgrind: other programs on the machine change nothing of
//! that, and the counts of two versions can be compared where their times cannot.

use crate::client::Client;
use crate::documents::{Document, Documents, Site};
use crate::measure::{Bench, Kind, SETTLED, Subject};
use crate::table::{Quantity, Row, Wanted};
use std::fs;
use std::path::Path;

/// Edits of the shorter and of the longer run. Their difference has neither start nor opening in it.
const SHORT: usize = 20;
const LONG: usize = 120;

/// So many documents are opened at once.
const MANY: usize = 100;

/// All of it.
pub(crate) fn rows(bench: &Bench, documents: &Documents) -> Vec<Row> {
    let report = documents.report();
    let mut rows = edits(bench, "one report", &report);
    rows.extend(edits(bench, "100 reports", &documents.compendium(100)));
    let opened = |kind: Kind, count: usize| {
        run(bench, kind, |subject| {
            for index in 0..count {
                subject.open_beside(index, &report.text);
            }
            subject.client.settle(4 * SETTLED);
        })
    };
    let each = |kind: Kind| {
        let [start, one, many] = [0, 1, 1 + MANY].map(|count| opened(kind, count));
        [one - start, (many - one) / MANY as u64]
    };
    let ([first, next], [echo_first, echo_next]) = (each(Kind::Gongkai), each(Kind::Echo(0)));
    rows.push(row("one report: opened".to_owned(), [first, echo_first]));
    rows.push(row(format!("the same text {MANY} times more: each opened"), [next, echo_next]));
    rows
}

fn row(what: String, [own, echo]: [u64; 2]) -> Row {
    Row {
        what,
        own: Quantity::Instructions(own),
        reference: Some(Quantity::Instructions(echo)),
        wanted: Wanted::Nothing,
        processor: None,
    }
}

fn edits(bench: &Bench, name: &str, document: &Document) -> Vec<Row> {
    let kinds = [
        ("a digit in a figure", &document.figures),
        ("a character in a word", &document.prose),
        ("a digit in a statement", &document.stated),
    ];
    let of = |kind: Kind, sites: &[Site]| {
        let [short, long] = [SHORT, LONG].map(|count| {
            run(bench, kind, |subject| {
                subject.open(&document.text);
                subject.client.settle(SETTLED);
                let sites: Vec<Site> = sites.iter().cycle().take(count / 2).copied().collect();
                subject.edits(&sites);
            })
        });
        (long - short) / (LONG - SHORT) as u64
    };
    let row = |(what, sites): (&str, &Vec<Site>)| {
        row(format!("{name}: {what}"), [Kind::Gongkai, Kind::Echo(0)].map(|kind| of(kind, sites)))
    };
    kinds.into_iter().map(row).collect()
}

/// The instructions of a server from its start to its end that has `work` to do.
fn run(bench: &Bench, kind: Kind, work: impl Fn(&mut Subject)) -> u64 {
    let counts = bench.folder.join("callgrind.out");
    let (program, arguments) = bench.command(kind);
    let mut all = vec!["--tool=callgrind".to_owned(), format!("--callgrind-out-file={}", counts.display())];
    all.push(program.display().to_string());
    all.extend(arguments);
    let mut client = Client::spawn(Path::new("valgrind"), &all, &bench.folder);
    client.initialize();
    let mut subject = Subject::new(client, bench);
    work(&mut subject);
    subject.client.shutdown();
    subject.client.exit();
    let counts = fs::read_to_string(counts).unwrap();
    let total = counts.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")));
    total.unwrap().trim().parse().unwrap()
}
