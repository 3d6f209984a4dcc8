//! The figures stated in prose, and what each is a number of.
//!
//! `token` splits a paragraph into words and numbers, `passage` caches these by its text, `clause` reads the words beside a figure, `discourse` keeps the
//! context from clause to clause and from sentence to sentence, `list` keeps the parts of a figure, and `fact` determines
//! the figure of the tables. The meaning of the words is data of the statute. The unit is a passage: the paragraphs under
//! one heading.

mod clause;
mod discourse;
mod fact;
mod list;
mod passage;
#[cfg(test)]
mod tests;
mod token;

use crate::statute::prose::{Act, Fact, FigureScope, Guard, Subject};
use crate::text::{Fingerprint, Span};
use discourse::Spoken;
use passage::PassageReading;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// A figure stated in prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its quantity.
    pub amount: Amount,
    /// The digits, or the words that state it: `未收到`, `全部办结`.
    pub span: Span,
    /// The measure word after it.
    pub measure: Option<(Measure, Span)>,
    /// The counted thing.
    pub subject: Option<Subject>,
    /// The act.
    pub act: Option<Act>,
    /// The fact, if a table has it too and the figure covers all of it.
    pub fact: Option<Fact>,
    /// The source of the counted thing.
    pub known: SubjectSource,
    /// Its year.
    pub year: StatedYear,
    /// The year to which it states that something is carried over.
    pub to_year: Option<u16>,
    /// The year from which it states that something was carried over.
    pub from_year: Option<u16>,
    /// The bodies that it covers, if it names them.
    pub scope: Option<(FigureScope, Span)>,
    /// The reason not to compare it with anything.
    pub guard: Option<Guard>,
    /// Whether it is inside quotes.
    pub quoted: bool,
    /// Its role.
    pub role: FigureRole,
    /// The figure of which it is a part: its index among the statements.
    pub part_of: Option<usize>,
    /// The parts that the text lists; several lists if it is divided in several ways.
    pub parts: Vec<Parts>,
    /// For a figure in words, the place for a number and a measure word.
    pub place: Option<Span>,
    /// The sentence.
    pub sentence: Span,
}

/// The source of the counted thing of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubjectSource {
    /// Its clause names it.
    #[default]
    Said,
    /// An earlier clause named it, and no other subject has replaced it since.
    Carried,
}

/// The quantity of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A count.
    Count(i64),
    /// A percentage: 99.5 % is 995 with one decimal.
    Percent {
        /// The digits without the point.
        digits: i128,
        /// The number of digits after the point.
        decimals: usize,
    },
    /// A number with decimals, or an amount of money: 36.5 is 365 with one decimal.
    Decimal {
        /// The digits without the point.
        digits: i128,
        /// The number of digits after the point.
        decimals: usize,
    },
    /// All; `on_time` if only those that were due.
    All {
        /// 按时, 期限内
        on_time: bool,
    },
    /// A number that counts no things: 1.5 hours.
    Other,
}

/// A measure word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// 件
    Piece,
    /// 条
    Entry,
    /// 宗, 份, 起, 例: that word.
    Case(char),
    /// 项
    Item,
    /// %
    Percent,
    /// 元
    Yuan,
    /// 万元
    TenThousandYuan,
    /// Any other: 次, 人, 篇; that word, or `\0` for a longer one.
    Other(char),
}

/// The year of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedYear {
    /// It is not named.
    Unsaid,
    /// 今年, 本年度
    This,
    /// 上年, 去年
    Last,
    /// 2021年
    Named(u16),
}

/// The role of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureRole {
    /// A number of things.
    Number,
    /// 办结率
    Rate,
    /// 占 p%: the share of the statement with this index.
    ShareOf(usize),
    /// 予以公开占 p%: the share of the applications with this outcome.
    Share,
}

/// The parts of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// The parts: indices of statements, in the order of the text.
    pub items: Vec<usize>,
    /// Whether the text shows that these are all: 分别为, or 其他 as the last of them.
    pub all: bool,
    /// Whether the text shows that there are more: 等, or something else among them.
    pub open: bool,
    /// Whether one thing may be counted in two of them: 涉及征地8件，图文解读5件.
    pub overlap: bool,
    /// Whether the parts are named alike: `…类`, `…信息`.
    pub alike: bool,
    /// The sum of the figures between them that count other things: 访谈2期. Some texts include them in the whole.
    pub beside: i64,
}

/// The paragraphs under one heading: how each was read, and which statements they have.
#[derive(Clone, Debug, PartialEq)]
pub struct Subsection {
    /// The topic that its heading names.
    topic: Option<Subject>,
    paragraphs: Vec<ReadParagraph>,
    /// The indices of their statements among those of the report.
    statements: Range<usize>,
}

/// A paragraph that was read.
#[derive(Clone, Debug, PartialEq)]
struct ReadParagraph {
    /// 128 bits of its text.
    key: u128,
    /// Its start: a table between two paragraphs may grow.
    start: usize,
    /// The contexts before and after it, if it states nothing and that is all it does.
    silent: Option<[Spoken; 2]>,
}

impl Subsection {
    /// Moves the starts of its paragraphs by `to`.
    pub(super) fn map_starts(&mut self, to: impl Fn(Span) -> Span) {
        self.paragraphs.iter_mut().for_each(|paragraph| paragraph.start = to(Span::at(paragraph.start)).start);
    }

    /// The new place of `span`, in one of its paragraphs, if they start where `paragraphs` do.
    fn moved(&self, span: Span, paragraphs: &[(usize, Cow<'_, str>)]) -> Span {
        let index = self.paragraphs.partition_point(|known| known.start <= span.start).saturating_sub(1);
        let Some((known, (to, _))) = self.paragraphs.get(index).zip(paragraphs.get(index)) else { return span };
        Span::new(span.start - known.start + to, span.end - known.start + to)
    }

    /// Whether `paragraphs`, with the keys `keys`, have the same statements apart from their places: each has the same text,
    /// or states nothing in either text and leaves the same context.
    fn states_the_same(&self, keys: &[u128], paragraphs: &[(usize, Cow<'_, str>)]) -> bool {
        let same = |((known, key), (_, text)): ((&ReadParagraph, &u128), &(usize, Cow<'_, str>))| {
            known.key == *key
                || known
                    .silent
                    .is_some_and(|[before, after]| PassageReading::of(text).silent_reading(before) == Some(after))
        };
        let changed_heading = || keys.first() != self.paragraphs.first().map(|known| &known.key);
        keys.len() == self.paragraphs.len()
            && self.paragraphs.iter().zip(keys).zip(paragraphs).all(same)
            && (!changed_heading() || topic(paragraphs) == self.topic)
    }
}

/// Adds the statements of the paragraphs under one heading, each with its start, to `found`. Those of `before`, the subsections
/// and statements of an earlier model, are copied where the paragraphs state the same.
pub(super) fn read_again(
    paragraphs: &[(usize, Cow<'_, str>)],
    before: (&[Subsection], &[Statement]),
    found: &mut Vec<Statement>,
) -> Option<Subsection> {
    paragraphs.first()?;
    let keys: Vec<u128> = paragraphs.iter().map(|(_, text)| Fingerprint::of(text.as_bytes())).collect();
    let first = found.len();
    let (subsections, statements) = before;
    // Usually nothing of it changed, and to compare keys is cheaper than to read.
    let same = subsections.iter().find(|known| known.paragraphs.iter().map(|known| &known.key).eq(&keys));
    let known = same.or_else(|| subsections.iter().find(|known| known.states_the_same(&keys, paragraphs)));
    match known.and_then(|known| Some((known, statements.get(known.statements.clone())?))) {
        Some((known, said)) => {
            found.extend(said.iter().map(|statement| {
                let mut statement = statement.clone();
                statement.map_spans(|span| known.moved(span, paragraphs));
                statement.move_indices(known.statements.start, first);
                statement
            }));
            let mut again = known.clone();
            again.statements = first..found.len();
            for ((paragraph, key), (start, _)) in again.paragraphs.iter_mut().zip(keys).zip(paragraphs) {
                (paragraph.key, paragraph.start) = (key, *start);
            }
            Some(again)
        }
        None => {
            let topic = topic(paragraphs);
            let passages: Vec<(usize, Rc<PassageReading>)> =
                paragraphs.iter().map(|(start, text)| (*start, PassageReading::of(text))).collect();
            let (statements, silent) = passage::read(&passages, topic);
            found.extend(statements);
            found.iter_mut().skip(first).for_each(|statement| statement.move_indices(0, first));
            let paragraphs = keys.into_iter().zip(paragraphs).zip(silent);
            let paragraphs =
                paragraphs.map(|((key, (start, _)), silent)| ReadParagraph { key, start: *start, silent }).collect();
            Some(Subsection { topic, paragraphs, statements: first..found.len() })
        }
    }
}

/// The topic that the heading of `paragraphs` names, if the first of them starts with one.
fn topic(paragraphs: &[(usize, Cow<'_, str>)]) -> Option<Subject> {
    let (_, first) = paragraphs.first().filter(|(_, first)| opens_subsection(first))?;
    let passage = PassageReading::of(first);
    let tokens = passage.tokens();
    let ends = |token: &token::Token| {
        matches!(
            token.kind,
            token::TokenKind::Mark(token::Punctuation::Stop | token::Punctuation::Colon) | token::TokenKind::Number(_)
        )
    };
    let stop = tokens.iter().position(ends).unwrap_or(tokens.len());
    discourse::topic(tokens.get(..stop.min(LONGEST_HEADING)).unwrap_or_default())
}

/// The number of tokens in which the heading at the start of a paragraph is searched for.
const LONGEST_HEADING: usize = 24;

/// Whether `line` is a sub-heading, or starts with one: `（二）依申请公开。全年收到…`.
pub(super) fn opens_subsection(line: &str) -> bool {
    let line = line.trim_start_matches(['#', '*', '_', '>', ' ', '\u{3000}']);
    let Some(rest) = line.strip_prefix(['（', '(']) else { return false };
    let numeral = rest.chars().take_while(|c| token::is_numeral(*c)).count();
    numeral > 0 && rest.chars().nth(numeral).is_some_and(|c| matches!(c, '）' | ')'))
}

/// Whether the line `next`, after the line `line`, may continue its sentence.
pub(super) fn goes_on(line: &str, next: &str) -> bool {
    let Some(last) = line.chars().next_back() else { return false };
    if breaks_number(line, next) {
        return true;
    }
    if matches!(last, '。' | '！' | '？' | '；' | '：' | ';' | ':' | '.' | '!' | '?' | '”' | '》') || enumerated(next)
    {
        return false;
    }
    let long = line.char_indices().nth(20).is_some();
    matches!(last, '，' | '、' | ',') || (long && (!enumerated(line) || line.contains(['，', '。', ','])))
}

/// Whether the break between two lines is inside a number: `12`, `.50%`; `29.`, `17%`. After the point, only a percentage
/// distinguishes the rest of a number from the number of an item.
fn breaks_number(line: &str, next: &str) -> bool {
    let ends_in_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    match (line.strip_suffix('.'), next.strip_prefix('.')) {
        (None, Some(decimals)) => ends_in_digit(line) && decimals.starts_with(|c: char| c.is_ascii_digit()),
        (Some(whole), None) => {
            let rest = next.trim_start_matches(|c: char| c.is_ascii_digit());
            ends_in_digit(whole) && rest.len() < next.len() && rest.starts_with(['%', '％'])
        }
        _ => false,
    }
}

/// Whether `line` starts as an item of a list does: `（一）`, `1.`, `一是`, `- `.
fn enumerated(line: &str) -> bool {
    let mut chars = line.chars();
    match (chars.next(), chars.next()) {
        (Some('（' | '(' | '-' | '*' | '#' | '•' | '·' | '①'..='⑳'), _) => true,
        (Some('一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'), Some('、' | '是' | '.' | '．')) => {
            true
        }
        (Some('第'), Some('一' | '二' | '三' | '四' | '五' | '六')) => true,
        (Some(c), Some('.' | '、' | '．' | ')' | '）')) => c.is_ascii_digit(),
        _ => false,
    }
}

impl Statement {
    /// Moves every span by `to`.
    pub(super) fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        let put = |span: &mut Span| *span = to(*span);
        put(&mut self.span);
        put(&mut self.sentence);
        self.measure.iter_mut().for_each(|(_, span)| put(span));
        self.scope.iter_mut().for_each(|(_, span)| put(span));
        self.place.iter_mut().for_each(put);
    }

    /// Its count, if it may be compared with others.
    pub fn count(&self) -> Option<i64> {
        match self.amount {
            Amount::Count(count) if self.guard.is_none() && !self.quoted => Some(count),
            _ => None,
        }
    }

    /// Its count, if it may be compared with the other figures of its list; there it does not matter of which years it is.
    pub fn count_in_list(&self) -> Option<i64> {
        match (self.amount, self.guard) {
            (Amount::Count(count), None | Some(Guard::Running | Guard::Now)) if !self.quoted => Some(count),
            _ => None,
        }
    }

    /// Renumbers its references to other statements, which count from `from`, to count from `to`.
    fn move_indices(&mut self, from: usize, to: usize) {
        for whole in self.part_of.iter_mut() {
            *whole = *whole - from + to;
        }
        if let FigureRole::ShareOf(whole) = &mut self.role {
            *whole = *whole - from + to;
        }
        for part in self.parts.iter_mut().flat_map(|parts| &mut parts.items) {
            *part = *part - from + to;
        }
    }
}
