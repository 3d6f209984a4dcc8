//! What is found in reports with a passage as it is, and once something in it is changed.

use super::CODES;
use super::passage::{Compare, Fact, Passage};
use super::tables::{Solution, shown};
use crate::generator::phrases::due;
use crate::generator::verdict::{Brief, brief, findings, loud};
use crate::generator::{Layout, Model, Rng, Style, render};
use std::collections::BTreeMap;
use std::thread;

/// What came of a number of passages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) passages: usize,
    /// By kind of statement: the changed figures, and those that were found.
    pub(crate) kinds: BTreeMap<&'static str, (usize, usize)>,
    /// Passages with an error or a warning as they are.
    pub(crate) alarms: Vec<String>,
    /// Figures that must not be compared: how many, and what was found of them.
    pub(crate) never: usize,
    pub(crate) compared: Vec<String>,
    pub(crate) misses: Vec<String>,
    /// Passages that no tables agree with.
    pub(crate) unsolved: Vec<String>,
}

impl Tally {
    fn count(&mut self, kind: &'static str, found: bool) {
        let (all, right) = self.kinds.entry(kind).or_default();
        *all += 1;
        *right += usize::from(found);
    }

    pub(crate) fn merge(&mut self, other: Tally) {
        self.passages += other.passages;
        for (kind, (all, right)) in other.kinds {
            let mine = self.kinds.entry(kind).or_default();
            *mine = (mine.0 + all, mine.1 + right);
        }
        self.alarms.extend(other.alarms);
        self.never += other.never;
        self.compared.extend(other.compared);
        self.misses.extend(other.misses);
        self.unsolved.extend(other.unsolved);
    }

    /// All figures changed, and those found.
    pub(crate) fn all(&self) -> (usize, usize) {
        self.kinds.values().fold((0, 0), |(all, right), kind| (all + kind.0, right + kind.1))
    }

    /// The kind of which the least are found.
    pub(crate) fn worst(&self) -> f64 {
        self.kinds.values().map(|(all, right)| share(*right, *all)).fold(100.0, f64::min)
    }

    pub(crate) fn recall(&self) -> f64 {
        let (all, right) = self.all();
        share(right, all)
    }

    pub(crate) fn false_alarms(&self) -> f64 {
        100.0 - share(self.passages - self.alarms.len(), self.passages)
    }

    /// A table of what was found.
    pub(crate) fn table(&self) -> String {
        let mut lines =
            vec!["| kind | changed | found | share |".to_owned(), "| --- | ---: | ---: | ---: |".to_owned()];
        let row = |kind: &str, (all, right): (usize, usize)| {
            format!("| {kind} | {all} | {right} | {:.1} % |", share(right, all))
        };
        lines.extend(self.kinds.iter().map(|(kind, counts)| row(kind, *counts)));
        lines.push(row("all", self.all()));
        lines.push(String::new());
        lines.push(format!(
            "{} passages, {} with a false alarm ({:.1} %); {} figures that must not be compared, {} of them were.",
            self.passages,
            self.alarms.len(),
            self.false_alarms(),
            self.never,
            self.compared.len()
        ));
        lines.join("\n")
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 }
}

/// Tries every passage, on all cores.
pub(crate) fn try_all(passages: &[Passage]) -> Tally {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let mut all = Tally::default();
    thread::scope(|scope| {
        let size = passages.len().div_ceil(workers).max(1);
        let threads: Vec<_> = passages
            .chunks(size)
            .map(|chunk| {
                scope.spawn(|| {
                    let mut tally = Tally::default();
                    chunk.iter().for_each(|passage| try_one(passage, &mut tally));
                    tally
                })
            })
            .collect();
        for thread in threads {
            match thread.join() {
                Ok(tally) => all.merge(tally),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    all
}

/// A report with a passage in it, and on which lines its own lines are.
struct Report {
    text: String,
    lines: Vec<usize>,
}

/// The report of `model` with `text` in its place.
fn report(model: &Model, passage: &Passage, text: &str) -> Report {
    let mut model = model.clone();
    let own: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let aspects: [(&str, &str, &str); 5] = [
        ("主动公开", "（一）主动公开情况", "围绕群众关切及时公开机构职能和财政预算决算等信息。"),
        ("依申请公开", "（二）依申请公开情况", "明确登记、审核、答复各环节的责任和时限。"),
        ("政府信息管理", "（三）政府信息管理情况", "坚持先审查、后公开，落实保密审查和动态调整机制。"),
        ("平台建设", "（四）政府信息公开平台建设情况", "优化门户网站栏目，规范政务新媒体管理。"),
        ("监督保障", "（五）监督保障情况", "开展业务培训，做好工作考核、社会评议和责任追究结果情况的汇总。"),
    ];
    let mut overview = Vec::new();
    if passage.section == "总体" {
        overview.extend(own.iter().cloned());
    }
    for (name, heading, usual) in aspects {
        overview.push(heading.to_owned());
        if passage.section == name {
            overview.extend(own.iter().cloned());
        } else {
            overview.push(usual.to_owned());
        }
    }
    let mut other = vec!["本年度未发出收费通知，未收取政府信息公开信息处理费。".to_owned()];
    if passage.section == "其他需要报告的事项" {
        other.clone_from(&own);
    }
    let problems = vec![
        "（一）存在的主要问题".to_owned(),
        "一是公开内容的时效性有待提高；二是政策解读的形式还比较单一。".to_owned(),
        "（二）改进情况".to_owned(),
        "下一步将加强业务培训，丰富解读形式，提升公开质量。".to_owned(),
    ];
    model.sections = [overview, Vec::new(), Vec::new(), Vec::new(), problems, other];
    let rendered = render(&model, &Style::plain(Layout::Tabs));
    let mut from = 0;
    let lines = own
        .iter()
        .map(|line| {
            let found = rendered.text[from..].find(line.as_str()).map_or(from, |at| from + at);
            from = found + line.len();
            rendered.line(found)
        })
        .collect();
    Report { text: rendered.text, lines }
}

/// The errors and warnings of the rules on prose.
fn found(report: &Report) -> Vec<Brief> {
    let mut found = loud(brief(&report.text, &findings(&report.text)));
    found.retain(|(code, _, _)| CODES.contains(code));
    found
}

/// What is in `found` and not in `before`.
fn new(before: &[Brief], mut found: Vec<Brief>) -> Vec<Brief> {
    for brief in before {
        if let Some(at) = found.iter().position(|(code, _, line)| (*code, *line) == (brief.0, brief.2)) {
            found.swap_remove(at);
        }
    }
    found
}

fn try_one(passage: &Passage, tally: &mut Tally) {
    tally.passages += 1;
    let solution = Solution::of(passage).and_then(|solution| Ok((solution.model()?, solution)));
    let (model, solution) = match solution {
        Ok(solution) => solution,
        Err(problem) => return tally.unsolved.push(format!("{}: {problem}", passage.id)),
    };
    let right = report(&model, passage, &passage.text);
    let before = found(&right);
    as_it_is(passage, &right, &before, tally);
    for fact in &passage.facts {
        let changes = match fact.compare {
            // A finding that counts neither way shows nothing.
            Compare::Always if fact.holds && !fact.says.is_empty() && undecided(passage, fact) => continue,
            Compare::Always if fact.holds && !fact.says.is_empty() => {
                say_otherwise(passage, fact, &solution, &model, &before, tally);
                continue;
            }
            Compare::Never => never(passage, fact),
            _ => continue,
        };
        let Some(changes) = changes else { continue };
        tally.never += 1;
        for changed in changes {
            let wrong = report(&model, passage, &passage.with(fact, &changed));
            let more = new(&before, found(&wrong));
            if !more.is_empty() {
                let sentence = passage.sentence(fact, &changed);
                tally.compared.push(format!("{}  {}  {sentence}", passage.id, codes(&more)));
                break;
            }
        }
    }
}

/// Whether all that may rightly be found about `fact` may be found in the passage as it is.
fn undecided(passage: &Passage, fact: &Fact) -> bool {
    let codes = right_codes(fact);
    !codes.is_empty() && codes.iter().all(|code| passage.may_fire.iter().any(|may| may == code))
}

fn codes(found: &[Brief]) -> String {
    let codes: Vec<&str> = found.iter().map(|(code, _, _)| *code).collect();
    codes.join(" ")
}

/// What is due in the passage as it is: what does not hold in it, and nothing else.
fn as_it_is(passage: &Passage, report: &Report, before: &[Brief], tally: &mut Tally) {
    let mut rest = before.to_vec();
    rest.retain(|(code, _, _)| !passage.may_fire.iter().any(|may| may == code));
    let wrong: Vec<&Fact> =
        passage.facts.iter().filter(|fact| !fact.holds && fact.compare != Compare::Unsure).collect();
    let mut due: Vec<(Vec<&str>, Vec<usize>, &Fact)> = Vec::new();
    for fact in &wrong {
        // Of a list that does not add up, one finding is due.
        let is_part = fact.lists("total").is_empty() && !fact.lists("part").is_empty();
        let has_total = wrong.iter().any(|other| {
            other.lists("total").iter().any(|(list, _)| fact.lists("part").iter().any(|(part, _)| part == list))
        });
        if !(is_part && has_total) {
            due.push((right_codes(fact), lines(passage, fact, report), fact));
        }
    }
    for (codes, lines, fact) in due {
        let at = rest.iter().position(|(code, _, line)| codes.contains(code) && lines.contains(line));
        tally.count("wrong as written", at.is_some());
        match at {
            Some(_) => rest.retain(|(code, _, line)| !(codes.contains(code) && lines.contains(line))),
            None => tally.misses.push(miss(passage, fact, "wrong as written", "")),
        }
    }
    if !rest.is_empty() {
        let text = passage.text.replace('\n', "⏎");
        tally.alarms.push(format!("{}  {}  {text}", passage.id, codes(&rest)));
    }
}

/// The lines on which a finding about `fact` may be: its own, and that of the total of its list.
fn lines(passage: &Passage, fact: &Fact, report: &Report) -> Vec<usize> {
    let of = |fact: &Fact| report.lines.get(passage.line(fact)).copied().unwrap_or(0);
    let mut lines = vec![of(fact)];
    for (list, _) in fact.lists("part") {
        let total = passage.facts.iter().find(|total| total.lists("total").iter().any(|(name, _)| *name == list));
        lines.extend(total.map(of));
    }
    lines
}

fn miss(passage: &Passage, fact: &Fact, kind: &str, changed: &str) -> String {
    format!("{}  {kind}  {}", passage.id, passage.sentence(fact, changed))
}

/// What a fact is counted under.
fn kind(fact: &Fact) -> &'static str {
    match fact.meanings().next() {
        None if fact.lists("total").iter().any(|(_, closed)| *closed) => "list total",
        None if fact.lists("part").iter().any(|(_, closed)| *closed) => "list part",
        None => "open list",
        Some("all handled") => "all handled",
        Some("completion rate") => "completion rate",
        Some("fee") => "fee",
        Some("year") => "year",
        Some("received" | "received and carried in") => "received",
        Some("carried in") => "carried in",
        Some("carried over") => "carried over",
        Some("handled") => "handled",
        Some("licences" | "penalties" | "coercions") => "decisions",
        Some(other) if other.starts_with("none of") => "none of",
        Some(other) if other.starts_with("share of") => "share",
        Some(other) if other.starts_with("applicants") => "applicants",
        Some(other) if other.starts_with("reviews") => "reviews",
        Some(other) if other.starts_with("suits") => "suits",
        Some(other) if other.starts_with("documents") || other.starts_with("rules") => "documents",
        Some(_) => "outcomes",
    }
}

/// The codes by which it is right to find that `fact` is wrong.
fn right_codes(fact: &Fact) -> Vec<&'static str> {
    let mut codes: Vec<&str> = fact.meanings().flat_map(due).copied().collect();
    if !fact.lists("total").is_empty() || !fact.lists("part").is_empty() {
        codes.push("GK411");
    }
    codes
}

/// Changes what `fact` says, or the tables, and sees what is found.
fn say_otherwise(
    passage: &Passage,
    fact: &Fact,
    solution: &Solution,
    model: &Model,
    before: &[Brief],
    tally: &mut Tally,
) {
    let mut tried = |kind: &'static str, found: bool, changed: &str| {
        tally.count(kind, found);
        if !found {
            tally.misses.push(miss(passage, fact, kind, changed));
        }
    };
    let seen = |model: &Model, text: &str, codes: &[&str]| {
        let wrong = report(model, passage, text);
        let lines = lines(passage, fact, &wrong);
        let more = new(before, found(&wrong));
        more.iter().any(|(code, _, line)| codes.contains(code) && lines.contains(line))
    };
    let mut with_tables = |kind: &'static str, wrong: Solution, codes: &[&str], note: &str| {
        let found = wrong.model().is_ok_and(|model| seen(&model, &passage.text, codes));
        tried(kind, found, note);
    };
    let mut wordless = false;
    for meaning in fact.meanings().map(str::to_owned).collect::<Vec<_>>() {
        if meaning == "all handled" {
            // Where the text also says how many were handled or carried over, that is wrong by the same cause.
            let mut codes = vec!["GK414"];
            let told = |name: &str| passage.facts.iter().any(|other| other.says(name));
            codes.extend(told("handled").then_some("GK402"));
            codes.extend(told("carried over").then_some("GK403"));
            with_tables("all handled", solution.with_one_left(false), &codes, "one left over");
            wordless = true;
        } else if let Some(things) = meaning.strip_prefix("none of ") {
            for thing in things.split(" and of ") {
                let (kind, wrong, codes): (_, _, &[&str]) = match thing {
                    "received" => ("none received", solution.with_one_left(true), &["GK401", "GK414"]),
                    "reviews" => ("none reviewed", solution.with_one_more(thing), &["GK405", "GK414"]),
                    "suits" => ("no suits", solution.with_one_more(thing), &["GK406", "GK414"]),
                    "carried in" => ("none carried in", solution.with_one_from_last_year(), &["GK403"]),
                    "carried over" => ("none carried over", solution.with_one_left(false), &["GK403", "GK414"]),
                    _ => (
                        "none of others",
                        solution.with_one_more(thing),
                        &["GK404", "GK407", "GK408", "GK409", "GK410"],
                    ),
                };
                with_tables(kind, wrong, codes, thing);
            }
            wordless = true;
        }
    }
    if wordless {
        return;
    }
    let Some(changed) = otherwise(passage, fact, solution) else {
        return tally.unsolved.push(format!("{}: {:?} cannot be changed", passage.id, fact.text));
    };
    let text = passage.with(fact, &changed);
    let found = seen(model, &text, &right_codes(fact));
    tried(kind(fact), found, &changed);
}

/// A generator of numbers for a fact of a passage.
fn rng(passage: &Passage, fact: &Fact) -> Rng {
    let seed = passage.id.bytes().fold(fact.start as u64, |seed, byte| seed.wrapping_mul(131) + u64::from(byte));
    Rng::new(seed)
}

/// Another figure for `fact`, which is wrong in every reading.
fn otherwise(passage: &Passage, fact: &Fact, solution: &Solution) -> Option<String> {
    let number = fact.number()?;
    let mut rng = rng(passage, fact);
    let sum = |role: &str, list: &str| -> i64 {
        let of_list = |other: &&Fact| other.lists(role).iter().any(|(name, _)| *name == list);
        passage.facts.iter().filter(of_list).filter_map(Fact::count).sum()
    };
    let (value, handled, received) = (number.digits, solution.get("handled"), solution.get("received"));
    let all = received + solution.get("carried in");
    if number.percent {
        // No way of reckoning may give it.
        let unit = 10_i64.pow(number.decimals);
        let part = fact
            .meanings()
            .find_map(|meaning| meaning.strip_prefix("share of "))
            .map_or(handled, |group| group.split('+').map(|group| solution.get(group)).sum());
        let wholes = [received, all, handled];
        let far = |other: i64| {
            let ways = wholes.iter().flat_map(|whole| {
                [
                    shown(part, *whole, number.decimals),
                    shown(part - solution.get("carried in"), *whole, number.decimals),
                ]
            });
            (0..=100 * unit).contains(&other) && ways.into_iter().all(|way| (way - other).abs() >= 2 * unit.min(2))
        };
        let candidates = (2..40).map(|by| if value > 50 * unit { value - by * unit } else { value + by * unit });
        return candidates.filter(|other| far(*other)).nth(rng.below(3)).map(|other| number.write(other));
    }
    let is_count = number.decimals == 0;
    if is_count && let Some((list, _)) = fact.lists("total").first() {
        // The parts exceed it; where that cannot be, a digit is doubled.
        let sum = sum("part", list);
        let by = rng.between(1, 9);
        let less = if sum > by { sum - by } else { sum - 1 };
        return Some(number.write(if less > 0 { less } else { value * 10 + (value % 10) }));
    }
    if is_count && let Some((list, _)) = fact.lists("part").first() {
        let total = sum("total", list);
        return Some(number.write(value + (total - sum("part", list)).max(0) + rng.between(1, 9)));
    }
    if fact.says("fee") {
        // More than what the table may be rounded to.
        let least = if is_count { 60_000 } else { 3 * 10_i64.pow(number.decimals) };
        return Some(number.write(value + value / 20 + least));
    }
    if !is_count {
        return Some(number.write(value + rng.between(2, 9) * 10_i64.pow(number.decimals)));
    }
    let readings =
        if fact.meanings().any(|meaning| meaning.starts_with("received")) { [received, all] } else { [value; 2] };
    let start = rng.between(1, 5);
    let down = rng.one_in(2);
    let candidates = (start..start + 9).map(|by| if down && value > by { value - by } else { value + by });
    let mut candidates = candidates.filter(|other| !readings.contains(other));
    candidates.next().map(|other| number.write(other))
}

/// Other figures for one that must not be compared; `None` for words.
fn never(passage: &Passage, fact: &Fact) -> Option<Vec<String>> {
    let number = fact.number()?;
    let mut rng = rng(passage, fact);
    let (value, unit) = (number.digits, 10_i64.pow(number.decimals));
    let more = value + rng.between(1, 9) * unit;
    let less = if value > 3 * unit { value - rng.between(1, 3) * unit } else { value * 10 + 3 * unit };
    let changes = if number.percent { [less.min(97 * unit), less / 2] } else { [more, less] };
    Some(changes.iter().map(|other| number.write(*other)).collect())
}
