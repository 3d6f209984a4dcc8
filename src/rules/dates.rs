//! Dates and periods in the prose, for the rules that ask for them.

use super::context::Context;
use crate::report::YearMention;
use crate::statute::chinese_numeral;
use crate::text::{Span, fold};

/// A month and a day of a year.
type Date = (u16, (u8, u8));

/// A span of time that the report says it is about.
pub(super) struct Period {
    /// From its first year to the end of its last date.
    pub(super) span: Span,
    pub(super) start: Date,
    pub(super) end: Date,
    /// Whether the words around it say that it is the period of the figures.
    pub(super) is_stated: bool,
}

/// Words that state the period of the figures.
const WORDS: [&str; 7] = ["统计期", "统计时", "数据统计", "期限", "时限", "所列数据", "时间范围"];

/// The period that the report states; else the first whole year from date to date that it names.
pub(super) fn period(context: &Context<'_>) -> Option<Period> {
    let mut whole = None;
    for line in &context.report.paragraphs {
        let dated: Vec<&YearMention> =
            line.years.iter().filter(|mention| !mention.quoted && mention.date.is_some()).collect();
        for (index, mention) in dated.iter().enumerate() {
            let next = dated.get(index + 1).copied();
            let Some(mut period) = from(context, mention, next, line.span.end) else { continue };
            period.is_stated = near_words(context, line.span.start, mention.span.start);
            if period.is_stated {
                return Some(period);
            }
            if whole.is_none() && is_whole_year(&period).is_some() {
                whole = Some(period);
            }
        }
    }
    whole
}

/// Whether the sentence before `offset` states a period.
fn near_words(context: &Context<'_>, start: usize, offset: usize) -> bool {
    let before = context.source.get(start..offset).unwrap_or_default();
    let sentence = before.rsplit(['。', '；']).next().unwrap_or_default();
    let said = fold(sentence);
    WORDS.iter().any(|word| said.contains(word))
}

/// Whether the report speaks of its period in a way that is not understood: `统计期限为2022年1-12月`.
pub(super) fn says_period(context: &Context<'_>) -> bool {
    context.report.paragraphs.iter().any(|line| {
        let said = || context.line(line.span);
        !line.years.is_empty() && ["统计期", "统计时"].iter().any(|word| said().folded().contains(word))
    })
}

/// The year that `period` is all of.
pub(super) fn is_whole_year(period: &Period) -> Option<u16> {
    let whole = period.start.0 == period.end.0 && period.start.1 == (1, 1) && period.end.1 == (12, 31);
    whole.then_some(period.start.0)
}

/// The period from the date `mention` to the date behind it.
fn from(context: &Context<'_>, mention: &YearMention, next: Option<&YearMention>, end: usize) -> Option<Period> {
    let start = (mention.year, mention.date?);
    let first_end = date_end(context, mention);
    let is_joined = |between: &str| {
        let between = fold(between);
        !between.is_empty() && between.chars().all(|c| "起至到止-~".contains(c))
    };
    if let Some(next) = next
        && let Some(date) = next.date
        && is_joined(context.source.get(first_end..next.span.start).unwrap_or_default())
    {
        let span = Span::new(mention.span.start, date_end(context, next));
        return Some(Period { span, start, end: (next.year, date), is_stated: false });
    }
    // `至12月31日`, of the same year.
    let rest = context.source.get(first_end..end)?;
    let day = rest.find('日').filter(|at| *at <= 60)?;
    let text = rest.get(..day)?;
    let (before, day_of_month) = text.split_once('月')?;
    let at = before.find(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c))?;
    let (joint, month) = before.split_at_checked(at)?;
    let date = (chinese_numeral(&fold(month))?, chinese_numeral(&fold(day_of_month))?);
    let span = Span::new(mention.span.start, first_end + day + '日'.len_utf8());
    is_joined(joint).then_some(Period { span, start, end: (mention.year, date), is_stated: false })
}

/// Where the date that `mention` starts ends: behind its 日.
pub(super) fn date_end(context: &Context<'_>, mention: &YearMention) -> usize {
    let rest = context.source.get(mention.span.end..).unwrap_or_default();
    let line = rest.char_indices().take_while(|(_, c)| !matches!(c, '\n' | '\r'));
    let near = line.take(24).find(|(_, c)| *c == '日');
    near.map_or(mention.span.end, |(at, c)| mention.span.end + at + c.len_utf8())
}
