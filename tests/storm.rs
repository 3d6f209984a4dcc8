//! Many random edits. After each, everything visible of the document is compared with a fresh reading of its text.
//!
//! ```text
//! GONGKAI_EDITS=1000000 cargo test --release --test storm -- --nocapture
//! ```
#![allow(clippy::expect_used, reason = "a test may panic")]

mod generator;
mod laws;

use generator::Rng;
use laws::editing::{Edited, Request};
use laws::script::Script;
use std::time::Instant;

/// The seed of the first document; the others have the following numbers.
const SEED: u64 = 2019;

/// Edits of one document.
const EACH: usize = 100;

/// The environment variable `GONGKAI_EDITS` sets the number of edits. The documents have one to five reports in every layout.
#[test]
fn random_edits_leave_no_difference() {
    let asked = std::env::var("GONGKAI_EDITS").ok().and_then(|edits| edits.parse().ok());
    let wanted: usize = asked.unwrap_or(200);
    let seed = std::env::var("GONGKAI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let start = Instant::now();
    let (mut done, mut unseen, mut documents, mut compendia, mut bytes) = (0, 0, 0, 0, 0);
    let mut differences = Vec::new();
    while done < wanted {
        let mut rng = Rng::new(seed + documents);
        documents += 1;
        // Users mostly edit a document with one report.
        let reports = if rng.one_in(10) { rng.between(2, 5) as u8 } else { 1 };
        compendia += u64::from(reports > 1);
        let mut input: Vec<u8> = (0..EACH * 20).map(|_| rng.next() as u8).collect();
        input.insert(0, reports);
        let mut script = Script::new(&input);
        let mut edited = Edited::new(script.text());
        for _ in 0..EACH.min(wanted - done) {
            let Some((span, content)) = script.edit(&edited.text) else { break };
            let request = script.request();
            done += 1;
            unseen += usize::from(request != Request::Everything);
            if let Err(problem) = edited.edit(span, &content, request) {
                differences.push(format!("seed {}: {problem}", seed + documents - 1));
                break;
            }
            bytes += edited.text.len();
        }
        if let Err(problem) = edited.compare() {
            differences.push(format!("seed {}: {problem}", seed + documents - 1));
        }
    }
    let (seconds, length) = (start.elapsed().as_secs_f64(), bytes / done.max(1));
    {
        println!(
            "{done} edits ({unseen} compared only after the next) of {documents} documents ({compendia} of several reports; {length} bytes on average) from seed \
             {seed} in {seconds:.0} s: {} differences",
            differences.len()
        );
    }
    differences.truncate(3);
    assert!(differences.is_empty(), "{}", differences.join("\n========\n"));
}
