//! The measurements. Each puts the two servers through the same, by turns, round after round; what counts is the median
//! over the rounds without stolen time.

use crate::client::{Client, notification, request};
use crate::documents::{Document, Site};
use crate::machine::{peak_memory, processor_time, stolen};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// An editor is quiet for a while before a key is pressed.
const QUIET: Duration = Duration::from_millis(5);

/// A server that said nothing for so long has said everything.
pub(crate) const SETTLED: Duration = Duration::from_millis(200);

/// How many edits a storm has.
pub(crate) const STORM: usize = 50;

/// Of a round, at most this part may have been stolen.
const STOLEN_AT_MOST: f64 = 0.01;

/// How often everything is done, and with what.
pub(crate) struct Bench {
    /// Where nothing is that a server could read.
    pub(crate) folder: PathBuf,
    pub(crate) rounds: usize,
    /// Edits in a round.
    pub(crate) edits: usize,
    /// What is measured.
    pub(crate) program: PathBuf,
    /// How many rounds were thrown away, out of how many.
    pub(crate) thrown: Cell<(usize, usize)>,
}

/// Which server.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Gongkai,
    /// The bare one, which publishes that number of diagnostics.
    Echo(usize),
}

/// Both servers with the same document open, or about to be.
pub(crate) struct Pair {
    pub(crate) echo: Subject,
    pub(crate) own: Subject,
}

/// A server with a document.
pub(crate) struct Subject {
    pub(crate) client: Client,
    uri: String,
    version: i64,
}

/// One round of edits with one server.
pub(crate) struct Edits {
    p50: Duration,
    p99: Duration,
    processor: Option<Duration>,
}

/// What edits took.
pub(crate) struct Latency {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    /// For one edit.
    pub(crate) processor: Option<Duration>,
}

/// The value that `part` of all are at most as large as.
pub(crate) fn quantile(mut values: Vec<Duration>, part: f64) -> Duration {
    values.sort_unstable();
    let rank = (values.len() as f64 * part).ceil() as usize;
    values[rank.clamp(1, values.len()) - 1]
}

pub(crate) fn median(values: impl IntoIterator<Item = Duration>) -> Duration {
    quantile(values.into_iter().collect(), 0.5)
}

impl Bench {
    /// The program that is the server, and its arguments.
    pub(crate) fn command(&self, kind: Kind) -> (PathBuf, Vec<String>) {
        match kind {
            Kind::Gongkai => (self.program.clone(), vec!["server".to_owned()]),
            Kind::Echo(count) => (std::env::current_exe().unwrap(), vec![crate::ECHO.to_owned(), count.to_string()]),
        }
    }

    pub(crate) fn spawn(&self, kind: Kind) -> Client {
        let (program, arguments) = self.command(kind);
        Client::spawn(&program, &arguments, &self.folder)
    }

    /// The server with nothing open yet.
    pub(crate) fn subject(&self, kind: Kind) -> Subject {
        let mut client = self.spawn(kind);
        client.initialize();
        Subject::new(client, self)
    }

    fn uri(&self, index: usize) -> String {
        format!("file://{}/report-{index}.txt", self.folder.display())
    }

    /// What `round` gives in as many rounds as are asked for: those with stolen time are made up for, as long as that
    /// does not double their number.
    pub(crate) fn rounds<T>(&self, mut round: impl FnMut() -> T) -> Vec<T> {
        let (mut kept, mut thrown) = (Vec::new(), Vec::new());
        while kept.len() < self.rounds && kept.len() + thrown.len() < 2 * self.rounds {
            let (begun, before) = (Instant::now(), stolen());
            let result = round();
            let taken = stolen().zip(before).map_or(Duration::ZERO, |(now, before)| now.saturating_sub(before));
            let clean = taken.as_secs_f64() <= begun.elapsed().as_secs_f64() * STOLEN_AT_MOST;
            if clean { kept.push(result) } else { thrown.push(result) }
        }
        let (so_far, of) = self.thrown.get();
        self.thrown.set((so_far + thrown.len(), of + kept.len() + thrown.len()));
        // Figures of a bad machine, said to be such, are better than none.
        if kept.is_empty() { thrown } else { kept }
    }

    /// Both servers with `document` open and read to its end.
    pub(crate) fn open(&self, document: &Document, echo: Kind) -> Pair {
        let mut pair = Pair { echo: self.subject(echo), own: self.subject(Kind::Gongkai) };
        for subject in [&mut pair.echo, &mut pair.own] {
            subject.open(&document.text);
            subject.client.settle(SETTLED);
        }
        pair
    }

    /// How long the two take for an edit at `sites`: the echo server and gongkai.
    pub(crate) fn edits(&self, pair: &mut Pair, sites: &[Site]) -> [Latency; 2] {
        let mut turn = 0;
        let rounds = self.rounds(|| {
            turn += 1;
            let sites: Vec<Site> =
                sites.iter().cycle().skip(turn * self.edits / 2).take(self.edits / 2).copied().collect();
            [pair.echo.edits(&sites), pair.own.edits(&sites)]
        });
        [0, 1].map(|server| {
            let all = || rounds.iter().map(|round| &round[server]);
            Latency {
                p50: median(all().map(|edits| edits.p50)),
                p99: median(all().map(|edits| edits.p99)),
                processor: all().map(|edits| edits.processor).collect::<Option<Vec<_>>>().map(median),
            }
        })
    }

    /// The medians of what `act` takes with the two.
    pub(crate) fn both(&self, pair: &mut Pair, mut act: impl FnMut(&mut Subject, usize) -> Duration) -> [Duration; 2] {
        let mut turn = 0;
        let times = self.rounds(|| {
            turn += 1;
            [act(&mut pair.echo, turn), act(&mut pair.own, turn)]
        });
        [0, 1].map(|server| median(times.iter().map(|times| times[server])))
    }

    /// The medians of what `act` takes with a fresh process of the two.
    pub(crate) fn fresh(&self, echo: Kind, act: impl Fn(&Bench, Kind) -> Duration) -> [Duration; 2] {
        let times = self.rounds(|| [act(self, echo), act(self, Kind::Gongkai)]);
        [0, 1].map(|server| median(times.iter().map(|times| times[server])))
    }

    /// From opening `texts`, all at once, until each has diagnostics.
    pub(crate) fn open_all(&self, kind: Kind, texts: &[String]) -> Duration {
        let mut subject = self.subject(kind);
        let mut waiting: Vec<String> = (0..texts.len()).map(|index| self.uri(index)).collect();
        let opens: Vec<u8> = waiting.iter().zip(texts).flat_map(|(uri, text)| did_open(uri, 1, text)).collect();
        std::thread::sleep(QUIET);
        let begun = subject.client.write(&opens);
        let done = subject.client.wait("diagnostics of every document", |message| {
            waiting.retain(|uri| message["params"]["uri"] != uri.as_str());
            waiting.is_empty()
        });
        done - begun
    }
}

fn did_open(uri: &str, version: i64, text: &str) -> Vec<u8> {
    let document = json!({"uri": uri, "languageId": "plaintext", "version": version, "text": text});
    notification("textDocument/didOpen", json!({"textDocument": document}))
}

impl Subject {
    pub(crate) fn new(client: Client, bench: &Bench) -> Subject {
        Subject { client, uri: bench.uri(0), version: 0 }
    }

    /// Opens `text` as document `index`, and waits for nothing.
    pub(crate) fn open_beside(&mut self, index: usize, text: &str) {
        self.client.write(&did_open(&self.uri.replace("report-0", &format!("report-{index}")), 1, text));
    }

    /// Opens `text`; gives when that began, and when its first diagnostics came.
    pub(crate) fn open(&mut self, text: &str) -> (Instant, Instant) {
        self.version += 1;
        let open = did_open(&self.uri, self.version, text);
        let begun = self.client.write(&open);
        (begun, self.client.diagnostics(self.version))
    }

    fn change(&mut self, site: Site, back: bool) -> Vec<u8> {
        self.version += 1;
        let document = json!({"uri": self.uri, "version": self.version});
        notification("textDocument/didChange", json!({"textDocument": document, "contentChanges": [site.change(back)]}))
    }

    /// A character typed and taken back at each of `sites`.
    pub(crate) fn edits(&mut self, sites: &[Site]) -> Edits {
        let mut times = Vec::new();
        let before = processor_time(self.client.id());
        for (site, back) in sites.iter().flat_map(|site| [(*site, false), (*site, true)]) {
            let change = self.change(site, back);
            std::thread::sleep(QUIET);
            let begun = self.client.write(&change);
            times.push(self.client.diagnostics(self.version) - begun);
        }
        let after = processor_time(self.client.id());
        let processor = after.zip(before).map(|(after, before)| after.saturating_sub(before) / times.len() as u32);
        Edits { p50: quantile(times.clone(), 0.5), p99: quantile(times, 0.99), processor }
    }

    /// `count` changes at `site`, the last of which leaves it as it was if `count` is even.
    fn changes(&mut self, site: Site, count: usize) -> Vec<u8> {
        (0..count).flat_map(|index| self.change(site, index % 2 == 1)).collect()
    }

    /// From the first byte of a storm until the diagnostics of its last version.
    pub(crate) fn storm(&mut self, site: Site) -> Duration {
        let changes = self.changes(site, STORM);
        std::thread::sleep(QUIET);
        let begun = self.client.write(&changes);
        self.client.diagnostics(self.version) - begun
    }

    /// From the first byte of `edits` changes, and a question after them, until the answer. Leaves the text as it was.
    pub(crate) fn hover(&mut self, site: Site, edits: usize) -> Duration {
        let mut bytes = self.changes(site, edits);
        let id = self.version;
        let asked = json!({"textDocument": {"uri": self.uri}, "position": site.position()});
        bytes.extend(request(id, "textDocument/hover", asked));
        std::thread::sleep(QUIET);
        let begun = self.client.write(&bytes);
        let answered = self.client.wait("an answer to hover", |message| message["id"] == id);
        if edits % 2 == 1 {
            let back = self.change(site, true);
            self.client.write(&back);
        }
        // The answer may overtake the diagnostics.
        self.client.settle(Duration::from_millis(50));
        answered - begun
    }

    /// From the first byte of an edit, and a request after it, until the answer; and the answer. Leaves the text as it was.
    pub(crate) fn request(&mut self, site: Site, method: &str, mut params: Value) -> (Duration, Value) {
        let mut bytes = self.changes(site, 1);
        let id = self.version;
        params["textDocument"] = json!({"uri": self.uri});
        bytes.extend(request(id, method, params));
        std::thread::sleep(QUIET);
        let begun = self.client.write(&bytes);
        let (answered, answer) = self.client.answer(id);
        let back = self.change(site, true);
        self.client.write(&back);
        self.client.settle(Duration::from_millis(20));
        (answered - begun, answer)
    }

    pub(crate) fn peak_memory(&self) -> Option<u64> {
        peak_memory(self.client.id())
    }
}
