//! Dates and periods in the prose, and the days on which reports are due.

use crate::config::{Deadlines, MonthDay};
use crate::report::{Joint, Paragraph, Report, YearMention, words};
use crate::statute::{Body, BodyKind, Level, chinese_numeral};
use crate::text::{FoldedChar, Memo, Span, fold, fold_char};
use std::cell::RefCell;
use std::rc::Rc;

/// A month and a day of a year.
pub(in crate::rules) type Date = (u16, (u8, u8));

/// A period that the report states.
pub(in crate::rules) struct Period {
    /// The text from its first year to the end of its last date.
    pub(in crate::rules) span: Span,
    pub(in crate::rules) start: Date,
    pub(in crate::rules) end: Date,
    /// Whether the words around it state that it is the period of the figures.
    pub(in crate::rules) is_stated: bool,
}

thread_local! {
    /// The periods in sentences that name a year; spans count from the start of the sentence.
    static PERIODS: RefCell<Memo<String, Rc<[Period]>>> = const { RefCell::new(Memo::new(256)) };
}

/// Words that state the period of the figures.
const WORDS: [&str; 8] = ["统计期", "统计时", "数据统计", "期限", "时限", "所列数据", "时间范围", "起止时间"];

/// Of the `periods` of a report, the one that it states; else the first, a whole year from date to date.
pub(in crate::rules) fn period(periods: &[Period]) -> Option<&Period> {
    periods.iter().find(|period| period.is_stated).or_else(|| periods.first())
}

/// Every period that the report states, and every whole year from date to date, in the order of the text.
pub(in crate::rules) fn periods(report: &Report, source: &str) -> Vec<Period> {
    let mut found = Vec::new();
    for lines in passages(report) {
        let may_state =
            lines.iter().any(|line| !line.years.is_empty()) || (lines.len() > 1 && says(source, lines, "年"));
        let Some(first) = lines.first().filter(|_| may_state) else { continue };
        let text = words(lines, source);
        for (at, sentence) in sentences(&text).filter(|(_, sentence)| sentence.contains('年')) {
            let periods = Memo::of_text(&PERIODS, sentence, || {
                let words = PassageText::new(sentence);
                words.periods().filter(|period| period.is_stated || is_whole_year(period).is_some()).collect()
            });
            let start = first.span.start + at;
            found.extend(periods.iter().map(|period| Period { span: period.span.shift(start), ..*period }));
        }
    }
    found
}

/// The parts of `text` that end with a full stop outside 《》, each with where it starts.
fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    // 《, 》 and 。 start with the same byte, and few others do.
    let stops = memchr::memchr_iter(0xe3, bytes).filter_map(move |at| {
        match bytes.get(at + 1..at + 3) {
            Some([0x80, 0x8a]) => depth += 1,
            Some([0x80, 0x8b]) => depth = depth.saturating_sub(1),
            Some([0x80, 0x82]) if depth == 0 => return Some(at + 3),
            _ => {}
        }
        None
    });
    let mut start = 0;
    stops.chain([text.len()]).map(move |end| {
        let from = std::mem::replace(&mut start, end);
        (from, text.get(from..end).unwrap_or_default())
    })
}

/// The lines of words in runs that may be one sentence each: a date may be broken anywhere.
fn passages(report: &Report) -> impl Iterator<Item = &[Paragraph]> {
    report.paragraphs.chunk_by(|_, next| next.follows || next.joint != Joint::Starts)
}

fn says(source: &str, lines: &[Paragraph], word: &str) -> bool {
    lines.iter().any(|line| line.span.of(source).contains(word))
}

/// Whether the report mentions its period in a form that is not recognised: `统计期限为2022年1-12月`.
pub(in crate::rules) fn says_period(report: &Report, source: &str) -> bool {
    passages(report).any(|lines| {
        let dated = lines.iter().any(|line| !line.years.is_empty());
        let states = |said: &str| ["统计期", "统计时"].iter().any(|word| said.contains(word));
        dated && states(&fold(&words(lines, source)))
    })
}

/// The year, if `period` is a whole year.
pub(in crate::rules) fn is_whole_year(period: &Period) -> Option<u16> {
    let whole = period.start.0 == period.end.0 && period.start.1 == (1, 1) && period.end.1 == (12, 31);
    whole.then_some(period.start.0)
}

/// The folded characters of a sentence, each with its place in it.
struct PassageText {
    chars: Vec<(char, Span)>,
}

/// A date among them, and its first and last character.
struct Written {
    date: Date,
    from: usize,
    to: usize,
}

impl PassageText {
    fn new(text: &str) -> PassageText {
        let chars = text.char_indices().filter_map(|(at, c)| {
            let place = Span::new(at, at + c.len_utf8());
            match fold_char(c) {
                FoldedChar::Drop => None,
                FoldedChar::One(folded) => Some((folded, place)),
                FoldedChar::Nfkc => Some((c, place)),
            }
        });
        PassageText { chars: chars.collect() }
    }

    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(c, _)| *c)
    }

    fn periods(&self) -> impl Iterator<Item = Period> {
        let dates = self.dates();
        let mut joined = Vec::new();
        let mut done = 0;
        for (index, first) in dates.iter().enumerate().filter(|(_, date)| date.is_year) {
            if first.written.from < done {
                continue;
            }
            let Some(next) = dates.get(index + 1) else { break };
            let between = self.chars.get(first.written.to..next.written.from).unwrap_or_default();
            if between.is_empty() || !between.iter().all(|(c, _)| "起至到止-~".contains(*c)) {
                continue;
            }
            let year = if next.is_year { next.written.date.0 } else { first.written.date.0 };
            let span = self.span(first.written.from, next.written.to);
            let is_stated = self.is_stated(first.written.from);
            done = next.written.to;
            joined.push(Period { span, start: first.written.date, end: (year, next.written.date.1), is_stated });
        }
        joined.into_iter()
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.chars.get(from).map_or(0, |(_, place)| place.start);
        let end = to.checked_sub(1).and_then(|last| self.chars.get(last)).map_or(start, |(_, place)| place.end);
        Span { start, end }
    }

    /// Whether the sentence before the character `index` states a period.
    fn is_stated(&self, index: usize) -> bool {
        let before = self.chars.get(..index).unwrap_or_default();
        let sentence = before.iter().rev().take_while(|(c, _)| !matches!(c, '。' | ';')).count();
        let said: String = before.get(before.len() - sentence..).unwrap_or_default().iter().map(|(c, _)| *c).collect();
        WORDS.iter().any(|word| said.contains(word))
    }

    /// Every date outside 《》, with a year or, after another date, without one.
    fn dates(&self) -> Vec<DateMatch> {
        let mut found: Vec<DateMatch> = Vec::new();
        let mut depth = 0usize;
        let mut index = 0;
        while let Some(c) = self.at(index) {
            match c {
                '《' => depth += 1,
                '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let year = (depth == 0 && c == '年').then(|| self.year_before(index)).flatten();
            let follows =
                found.last().is_some_and(|last| index == last.written.to || self.is_joint(last.written.to, index));
            if let Some((year, from)) = year
                && let Some((day, to)) = self.day_after(index + 1)
            {
                found.push(DateMatch { written: Written { date: (year, day), from, to }, is_year: true });
                index = to;
                continue;
            }
            if depth == 0
                && follows
                && !self.starts_year(index)
                && let Some((day, to)) = self.day_after(index)
            {
                let year = found.last().map_or(0, |last| last.written.date.0);
                found.push(DateMatch { written: Written { date: (year, day), from: index, to }, is_year: false });
                index = to;
                continue;
            }
            index += 1;
        }
        found
    }

    /// Whether the characters from `from` to `to` join two dates.
    fn is_joint(&self, from: usize, to: usize) -> bool {
        let between = self.chars.get(from..to).unwrap_or_default();
        !between.is_empty() && between.len() <= 4 && between.iter().all(|(c, _)| "起至到止-~".contains(*c))
    }

    /// Whether a year starts at `index`, so that the text there is not a day without a year.
    fn starts_year(&self, index: usize) -> bool {
        (index..index + 5).any(|at| self.at(at) == Some('年'))
    }

    /// The year whose digits end before the character `index`, and the start of the digits.
    fn year_before(&self, index: usize) -> Option<(u16, usize)> {
        let start = index.checked_sub(4)?;
        let digits = self.chars.get(start..index)?;
        let mut year = 0u16;
        for (c, _) in digits {
            let digit = match c {
                '〇' | '零' | '○' | 'O' => 0,
                c => c
                    .to_digit(10)
                    .or_else(|| "一二三四五六七八九".chars().position(|d| d == *c).map(|n| n as u32 + 1))?,
            };
            year = year * 10 + digit as u16;
        }
        let before = start.checked_sub(1).and_then(|before| self.at(before));
        (!before.is_some_and(|c| c.is_ascii_digit()) && (1990..=2100).contains(&year)).then_some((year, start))
    }

    /// The month and day that start at the character `index`, and their end.
    fn day_after(&self, index: usize) -> Option<((u8, u8), usize)> {
        let number = |from: usize, ends: &[char]| -> Option<(u8, usize)> {
            let length = (1..=3).find(|length| self.at(from + length).is_some_and(|c| ends.contains(&c)))?;
            let text: String = self.chars.get(from..from + length)?.iter().map(|(c, _)| *c).collect();
            Some((chinese_numeral(&text)?, from + length + 1))
        };
        let (month, at) = number(index, &['月'])?;
        let (day, end) = number(at, &['日', '号'])?;
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(((month, day), end))
    }
}

struct DateMatch {
    written: Written,
    is_year: bool,
}

/// Where the date that `mention` starts ends: after its 日.
pub(in crate::rules) fn date_end(source: &str, mention: &YearMention) -> usize {
    let rest = source.get(mention.span.end..).unwrap_or_default();
    let line = rest.char_indices().take_while(|(_, c)| !matches!(c, '\n' | '\r'));
    let near = line.take(24).find(|(_, c)| *c == '日');
    near.map_or(mention.span.end, |(at, c)| mention.span.end + at + c.len_utf8())
}

/// The days in the next year on which the report of `body` is due: the earliest and the latest that its name allows.
/// They are equal if the day is certain.
pub(in crate::rules) fn due(body: Option<&Body>, deadlines: Deadlines) -> (MonthDay, MonthDay) {
    let Deadlines { department, county, prefecture, province } = deadlines;
    let of_level = |level: &Level| match level {
        Level::State | Level::Province => province,
        Level::Prefecture => prefecture,
        Level::County => county,
        Level::Township => department,
    };
    let days: Vec<MonthDay> = match body.map(|body| (body.kind(), body)) {
        Some((BodyKind::Region, body)) => body.levels().iter().map(of_level).collect(),
        Some((BodyKind::Zone, _)) => vec![county, prefecture],
        Some(_) => vec![department],
        None => vec![department, county, prefecture, province],
    };
    let earliest = days.iter().copied().min().unwrap_or(department);
    (earliest, days.iter().copied().max().unwrap_or(earliest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_a_full_stop_outside_of_titles() {
        let found = |text| sentences(text).map(|(_, sentence)| sentence).collect::<Vec<_>>();
        assert_eq!(found("甲、乙。丙《丁。》戊。己"), ["甲、乙。", "丙《丁。》戊。", "己"]);
        assert_eq!(found("甲》。乙《丙。丁"), ["甲》。", "乙《丙。丁"]);
        assert!(sentences("甲。乙").map(|(start, _)| start).eq([0, 6]));
    }
}
