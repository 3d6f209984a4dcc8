//! Passages as they are written down, one JSON object a line.

use serde_json::Value;
use std::collections::BTreeMap;

/// A passage and what its figures say.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    pub(crate) id: String,
    pub(crate) year: u16,
    pub(crate) body: String,
    /// Where in 总体情况 it has its place.
    pub(crate) section: String,
    pub(crate) text: String,
    pub(crate) facts: Vec<Fact>,
    /// What the tables hold where the text does not say it.
    pub(crate) tables: BTreeMap<String, i64>,
    /// Codes that count neither way.
    pub(crate) may_fire: Vec<String>,
}

/// A figure of a passage, or a statement without one.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// Characters of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
    pub(crate) says: Vec<String>,
    pub(crate) compare: Compare,
    pub(crate) holds: bool,
}

/// Whether a figure may be held against the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compare {
    Always,
    /// Careful people would differ.
    Unsure,
    Never,
}

/// A figure as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// The digits without the point.
    pub(crate) digits: i64,
    pub(crate) decimals: u32,
    script: Script,
    pub(crate) percent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Plain,
    /// `1,234`
    Grouped,
    /// `１２`
    FullWidth,
    /// `十二`
    Chinese,
}

/// The passages of a file; says which line is not one.
pub(crate) fn read(text: &str) -> Result<Vec<Passage>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| passage(line).map_err(|problem| format!("line {}: {problem}", index + 1))).collect()
}

fn passage(line: &str) -> Result<Passage, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = |name: &str| value[name].as_str().map(str::to_owned).ok_or(format!("no {name}"));
    let list = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let own = text("text")?;
    let characters: Vec<char> = own.chars().collect();
    let fact = |fact: &Value| -> Result<Fact, String> {
        let place = |name: &str| fact[name].as_u64().map(|at| at as usize).ok_or(format!("a fact without {name}"));
        let (start, end) = (place("start")?, place("end")?);
        let written: String = characters.get(start..end).ok_or("a fact beyond the end")?.iter().collect();
        if fact["text"].as_str() != Some(&written) {
            return Err(format!("{written:?} is at {start}..{end}, not {}", fact["text"]));
        }
        let compare = match fact["compare"].as_str() {
            None => Compare::Always,
            Some("unsure") => Compare::Unsure,
            Some("never") => Compare::Never,
            Some(other) => return Err(format!("compare {other:?}")),
        };
        let holds = fact["holds"].as_bool().unwrap_or(true);
        Ok(Fact { start, end, text: written, says: list(&fact["says"]), compare, holds })
    };
    let facts = value["facts"].as_array().ok_or("no facts")?;
    let tables = value["tables"].as_object().ok_or("no tables")?;
    Ok(Passage {
        id: text("id")?,
        year: value["year"].as_u64().ok_or("no year")? as u16,
        body: text("body")?,
        section: text("section")?,
        facts: facts.iter().map(fact).collect::<Result<_, _>>()?,
        tables: tables.iter().filter_map(|(name, count)| Some((name.clone(), count.as_i64()?))).collect(),
        may_fire: list(&value["may_fire"]),
        text: own,
    })
}

impl Passage {
    /// The text with the characters of `fact` as `written`.
    pub(crate) fn with(&self, fact: &Fact, written: &str) -> String {
        let before = self.text.chars().take(fact.start);
        before.chain(written.chars()).chain(self.text.chars().skip(fact.end)).collect()
    }

    /// Which line of the text a fact is on; lines without a word are none.
    pub(crate) fn line(&self, fact: &Fact) -> usize {
        let before: String = self.text.chars().take(fact.start).collect();
        let ends = before.lines().filter(|line| !line.trim().is_empty()).count();
        let starts_line = before.ends_with('\n') || before.is_empty();
        if starts_line { ends } else { ends.saturating_sub(1) }
    }

    /// The sentence a fact is in, with the figure and what it was changed to between brackets.
    pub(crate) fn sentence(&self, fact: &Fact, changed: &str) -> String {
        let characters: Vec<char> = self.text.chars().collect();
        let ends = |c: &char| matches!(c, '。' | '\n' | '；');
        let first = characters[..fact.start].iter().rposition(ends).map_or(0, |at| at + 1);
        let last = characters[fact.end..].iter().position(ends).map_or(characters.len(), |at| fact.end + at + 1);
        let part = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
        let change = if changed.is_empty() { String::new() } else { format!("→{changed}") };
        let (before, after) = (part(first, fact.start), part(fact.end, last));
        format!("{before}【{}{change}】{after}", fact.text).replace('\n', "⏎")
    }
}

impl Fact {
    pub(crate) fn says(&self, what: &str) -> bool {
        self.says.iter().any(|said| said == what)
    }

    pub(crate) fn number(&self) -> Option<Number> {
        Number::read(&self.text)
    }

    /// The figure as a count.
    pub(crate) fn count(&self) -> Option<i64> {
        self.number().filter(|number| number.decimals == 0 && !number.percent).map(|number| number.digits)
    }

    /// The lists that the figure is the total of, or a part, and whether they name all parts.
    pub(crate) fn lists(&self, role: &str) -> Vec<(&str, bool)> {
        let list = |said: &'_ String| -> Option<(usize, bool)> {
            let open = said.starts_with("open ");
            let rest = said.strip_prefix("open ").unwrap_or(said);
            let name = rest.strip_prefix(role)?.strip_prefix(' ')?;
            Some((said.len() - name.len(), open))
        };
        self.says.iter().filter_map(|said| list(said).map(|(at, open)| (&said[at..], !open))).collect()
    }

    /// What it says beside being part of a list.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = &str> {
        let list = |said: &str| ["total ", "part ", "open "].iter().any(|role| said.starts_with(role));
        self.says.iter().map(String::as_str).filter(move |said| !list(said))
    }
}

const CHINESE: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

impl Number {
    pub(crate) fn read(text: &str) -> Option<Number> {
        let (text, percent) = match text.strip_suffix(['%', '％']) {
            Some(text) => (text, true),
            None => (text, false),
        };
        let text = text.trim();
        if text.chars().all(|c| CHINESE.contains(&c) || matches!(c, '零' | '两' | '十' | '百')) {
            return Some(Number { digits: chinese(text)?, decimals: 0, script: Script::Chinese, percent });
        }
        let script = if text.contains([',', '，']) {
            Script::Grouped
        } else if text.contains(|c| ('０'..='９').contains(&c)) {
            Script::FullWidth
        } else {
            Script::Plain
        };
        let narrow = |c: char| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            '．' => '.',
            _ => c,
        };
        let text: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).map(narrow).collect();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}");
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then_some(())?;
        Some(Number { digits: digits.parse().ok()?, decimals: fraction.len() as u32, script, percent })
    }

    /// The figure `digits`, written in the same way.
    pub(crate) fn write(self, digits: i64) -> String {
        let unit = 10_i64.pow(self.decimals);
        let mut text = match (self.script, self.decimals) {
            (Script::Chinese, _) if (0..100).contains(&digits) => in_chinese(digits),
            (_, 0) => digits.to_string(),
            (_, decimals) => format!("{}.{:0width$}", digits / unit, digits % unit, width = decimals as usize),
        };
        match self.script {
            Script::Grouped => {
                let whole = text.find('.').unwrap_or(text.len());
                for at in (1..whole).rev().filter(|at| (whole - at) % 3 == 0) {
                    text.insert(at, ',');
                }
            }
            Script::FullWidth => {
                let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
                text = text.chars().map(wide).collect();
            }
            Script::Plain | Script::Chinese => {}
        }
        if self.percent { text + "%" } else { text }
    }
}

fn chinese(text: &str) -> Option<i64> {
    let digit = |c: char| match c {
        '零' => Some(0),
        '两' => Some(2),
        _ => CHINESE.iter().position(|digit| *digit == c).map(|digit| digit as i64),
    };
    let (mut sum, mut last) = (0, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            _ => {
                last = digit(c);
                continue;
            }
        };
        sum += last.take().unwrap_or(1) * unit;
    }
    Some(sum + last.unwrap_or(0))
}

fn in_chinese(count: i64) -> String {
    let digit = |count: i64| CHINESE[count as usize].to_string();
    match (count / 10, count % 10) {
        (0, 0) => "零".to_owned(),
        (0, ones) => digit(ones),
        (tens, ones) => {
            let tens = if tens == 1 { String::new() } else { digit(tens) };
            let ones = if ones == 0 { String::new() } else { digit(ones) };
            format!("{tens}十{ones}")
        }
    }
}
