//! The prose of a report as tokens: words that the statute knows, numbers in every spelling, years, punctuation.

use super::{Amount, Measure};
use crate::statute::Row;
use crate::statute::prose::{Act, Ending, Subject, Term, word_at};
use crate::text::{FoldedChar, Span, fold_char};

/// A token and where it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

impl Token {
    /// Moves it `by` bytes to the right.
    pub(super) fn shift(&mut self, by: usize) {
        self.span = self.span.shift(by);
        if let TokenKind::Number(figure) = &mut self.kind {
            figure.digits = figure.digits.shift(by);
            figure.measure = figure.measure.map(|(measure, span)| (measure, span.shift(by)));
        }
    }
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// A word that the statute knows.
    Term(Term),
    /// Other words; the last character of them.
    Unknown(char),
    /// A number.
    Number(NumberToken),
    /// `2021年`
    Year(u16),
    /// `12月`: a month.
    Month(u8),
    /// `31日`, `10:30`: a number that counts nothing; the day, if it is one.
    Date(Option<u8>),
    /// A mark.
    Mark(Punctuation),
}

/// A number with what follows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NumberToken {
    pub(super) amount: Amount,
    /// Its digits alone.
    pub(super) digits: Span,
    pub(super) measure: Option<(Measure, Span)>,
    /// `十余件`, `1.2万条`, `3至5件`
    pub(super) rough: bool,
}

/// Punctuation, by what it does to a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Punctuation {
    /// 。！？
    Stop,
    /// ；
    Semicolon,
    /// ，
    Comma,
    /// 、
    Enumeration,
    /// ：
    Colon,
    /// （
    Open,
    /// ）
    Close,
    /// “ 《
    OpenQuote,
    /// ” 》
    CloseQuote,
}

/// A character as it is compared, where it is, and whether white space comes before it.
#[derive(Clone, Copy)]
struct Char {
    c: char,
    start: usize,
    end: usize,
    gap: bool,
}

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut scanner = Scanner { chars: chars(text), at: 0, quoted: false, tokens: Vec::new() };
    while scanner.at < scanner.chars.len() {
        let before = scanner.at;
        scanner.step();
        // Every step takes something.
        scanner.at = scanner.at.max(before + 1);
    }
    not_held(unbracket(unquote(scanner.tokens)))
}

/// Makes one ending of the words that say that the body has nothing to do with what is asked for: `不属于本机关掌握`,
/// `不属我局职责范围`.
fn not_held(tokens: Vec<Token>) -> Vec<Token> {
    let is = |token: &Token, term: Term| token.kind == TokenKind::Term(term);
    if !tokens.iter().any(|token| is(token, Term::NotOf)) {
        return tokens;
    }
    let holds =
        |token: &Token| matches!(token.kind, TokenKind::Term(Term::Holding | Term::Act(Act::Open | Act::Issue)));
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(mut token) = tokens.next() {
        if is(&token, Term::NotOf)
            && let Some(own) = tokens.next_if(|next| is(next, Term::Own))
        {
            token.kind = TokenKind::Term(Term::Ending(Ending::Among(Row::NotHeld)));
            token.span = token.span.cover(own.span);
            while let Some(next) = tokens.next_if(holds) {
                token.span = token.span.cover(next.span);
            }
        }
        kept.push(token);
    }
    kept
}

/// Leaves out the quotes around a term of the statute: `“予以公开”8件`, `《政府信息公开申请书》15件` say what they would say
/// without.
fn unquote(tokens: Vec<Token>) -> Vec<Token> {
    let opens = |token: &Token| token.kind == TokenKind::Mark(Punctuation::OpenQuote);
    if !tokens.iter().any(opens) {
        return tokens;
    }
    let mut left_out = vec![false; tokens.len()];
    let mut open: Option<usize> = None;
    for (index, token) in tokens.iter().enumerate() {
        match &token.kind {
            TokenKind::Mark(Punctuation::OpenQuote) => open = Some(index),
            TokenKind::Mark(Punctuation::CloseQuote) => {
                let Some(start) = open.take() else { continue };
                let inside = tokens.get(start + 1..index).unwrap_or_default();
                let term = |token: &Token| match &token.kind {
                    TokenKind::Term(term) => Some(*term),
                    _ => None,
                };
                let names = |term: Term| {
                    matches!(
                        term,
                        Term::Ending(_) | Term::Subject(Subject::Application) | Term::Request | Term::Suit { .. }
                    )
                };
                if inside.iter().all(|token| term(token).is_some()) && inside.iter().filter_map(term).any(names) {
                    for place in [start, index] {
                        if let Some(left_out) = left_out.get_mut(place) {
                            *left_out = true;
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let kept = tokens.into_iter().zip(left_out).filter(|(_, left_out)| !left_out);
    kept.map(|(token, _)| token).collect()
}

/// Leaves out the brackets around a number alone after a word: `收到的申请（2件）`.
fn unbracket(tokens: Vec<Token>) -> Vec<Token> {
    let is_bracketed = |index: usize| {
        let kind = |index: usize| tokens.get(index).map(|token| &token.kind);
        let before = index.checked_sub(1).and_then(kind);
        matches!(before, Some(TokenKind::Term(Term::Request | Term::Subject(Subject::Application) | Term::Act(_))))
            && kind(index) == Some(&TokenKind::Mark(Punctuation::Open))
            && matches!(kind(index + 1), Some(TokenKind::Number(_)))
            && kind(index + 2) == Some(&TokenKind::Mark(Punctuation::Close))
    };
    let left_out: Vec<bool> =
        (0..tokens.len()).map(|index| is_bracketed(index) || index.checked_sub(2).is_some_and(is_bracketed)).collect();
    let kept = tokens.into_iter().zip(left_out).filter(|(_, left_out)| !left_out);
    kept.map(|(token, _)| token).collect()
}

fn chars(text: &str) -> Vec<Char> {
    let mut chars = Vec::with_capacity(text.len() / 3 + 1);
    let mut gap = false;
    for (start, original) in text.char_indices() {
        let c = match original {
            // Quotes lose their direction when they are folded.
            '“' | '”' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' => original,
            '*' | '#' | '`' | '|' => {
                gap = true;
                continue;
            }
            _ => match fold_char(original) {
                FoldedChar::Drop => {
                    gap = true;
                    continue;
                }
                FoldedChar::One(folded) => folded,
                FoldedChar::Nfkc => original,
            },
        };
        chars.push(Char { c, start, end: start + original.len_utf8(), gap });
        gap = false;
    }
    chars
}

struct Scanner {
    chars: Vec<Char>,
    at: usize,
    /// Between straight quotes.
    quoted: bool,
    tokens: Vec<Token>,
}

impl Scanner {
    fn char(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|char| char.c)
    }

    /// The span of the characters from `start` up to, not including, `end`.
    fn span(&self, start: usize, end: usize) -> Span {
        let first = self.chars.get(start).map_or(0, |char| char.start);
        let last = end.checked_sub(1).and_then(|last| self.chars.get(last)).map_or(first, |char| char.end);
        Span::new(first, last.max(first))
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let span = self.span(self.at, self.at + length);
        self.at += length;
        // Words that nothing is known of are one token.
        if let (TokenKind::Unknown(_), Some(Token { kind: TokenKind::Unknown(last), span: whole })) =
            (&kind, self.tokens.last_mut())
        {
            if let TokenKind::Unknown(c) = kind {
                *last = c;
            }
            *whole = whole.cover(span);
            return;
        }
        self.tokens.push(Token { kind, span });
    }

    fn step(&mut self) {
        let Some(c) = self.char(self.at) else { return };
        if let Some(length) = self.enumerator() {
            return self.push(TokenKind::Mark(Punctuation::Comma), length);
        }
        if let Some(mark) = self.mark(c) {
            return self.push(TokenKind::Mark(mark), 1);
        }
        if c.is_ascii_digit() {
            return self.number();
        }
        if let Some((value, length)) = self.chinese_number() {
            // `一是…二是…` sets items of a list apart.
            if self.char(self.at + length) == Some('是') && value <= 20 {
                return self.push(TokenKind::Mark(Punctuation::Comma), length + 1);
            }
            let times = || self.times(value, self.at + length);
            let measure = self.counted(self.at + length).or_else(|| self.volumes(self.at + length)).or_else(times);
            // 两项合计
            if let Some((_, taken)) = measure
                && word_at(|index| self.char(self.at + length + taken + index))
                    .is_some_and(|(_, term)| term == Term::Sum)
            {
                return self.push(TokenKind::Term(Term::Neutral), length + taken);
            }
            if let Some((measure, taken)) = measure {
                let digits = self.span(self.at, self.at + length);
                let span = self.span(self.at + length, self.at + length + taken);
                let figure = NumberToken {
                    amount: Amount::Count(value),
                    digits,
                    measure: Some((measure, span)),
                    rough: self.rough_before() || self.rough_after(self.at + length + taken),
                };
                return self.push(TokenKind::Number(figure), length + taken);
            }
            if let Some((length, year)) = self.chinese_year() {
                return self.push(TokenKind::Year(year), length);
            }
        }
        if let Some((length, term)) = word_at(|index| self.char(self.at + index)) {
            return self.push(TokenKind::Term(term), length);
        }
        self.push(TokenKind::Unknown(c), 1);
    }

    /// `1.`, `2、`, `（3）`, `①`, `第一，` at the start of a sentence or a part of it: sets items of a list apart. Its length.
    fn enumerator(&self) -> Option<usize> {
        let starts = match self.tokens.last() {
            None => true,
            Some(Token { kind: TokenKind::Mark(mark), .. }) => {
                !matches!(mark, Punctuation::OpenQuote | Punctuation::CloseQuote)
            }
            Some(_) => false,
        };
        if !starts {
            return None;
        }
        let (open, from) = match self.char(self.at)? {
            '①'..='⑳' => return Some(1),
            '(' => (true, self.at + 1),
            '第' => {
                let length = (self.at + 1..).take_while(|at| self.char(*at).is_some_and(is_numeral)).count();
                let ends = matches!(self.char(self.at + 1 + length), Some(',' | '、' | ':'));
                return (length > 0 && ends).then_some(length + 2);
            }
            _ => (false, self.at),
        };
        let numeral = |c: char| c.is_ascii_digit() || (is_numeral(c) && !matches!(c, '两' | '零' | '〇'));
        let length = (from..).take(3).take_while(|at| self.char(*at).is_some_and(numeral)).count();
        if !(1..=2).contains(&length) {
            return None;
        }
        let after = self.char(from + length)?;
        let next = self.char(from + length + 1);
        match (open, after) {
            (true, ')') => Some(length + 2),
            // `1.5`, `3、5件`: a decimal, and two numbers.
            (false, '.' | '、') if !next.is_some_and(|c| c.is_ascii_digit()) => Some(length + 1),
            (false, ')') => Some(length + 1),
            _ => None,
        }
    }

    fn mark(&mut self, c: char) -> Option<Punctuation> {
        Some(match c {
            '。' | '!' | '?' | '.' | '…' => Punctuation::Stop,
            ';' => Punctuation::Semicolon,
            ',' => Punctuation::Comma,
            '、' => Punctuation::Enumeration,
            ':' => Punctuation::Colon,
            '(' => Punctuation::Open,
            ')' => Punctuation::Close,
            '“' | '「' | '『' | '《' | '〈' => Punctuation::OpenQuote,
            '”' | '」' | '』' | '》' | '〉' => Punctuation::CloseQuote,
            '"' => {
                self.quoted = !self.quoted;
                if self.quoted { Punctuation::OpenQuote } else { Punctuation::CloseQuote }
            }
            _ => return None,
        })
    }

    /// A run of ASCII digits and what belongs to it.
    fn number(&mut self) {
        let start = self.at;
        let digits = |from: usize| (from..).take_while(|index| self.char(*index).is_some_and(|c| c.is_ascii_digit()));
        let run = |from: usize| {
            // White space inside a number: it is not known whether it is one.
            digits(from).take_while(|index| *index == from || self.chars.get(*index).is_some_and(|c| !c.gap)).count()
        };
        let mut end = start + run(start);
        let mut parts: Vec<(usize, usize)> = vec![(start, end)];
        if end - start <= 3 {
            while self.char(end) == Some(',') && run(end + 1) == 3 {
                parts.push((end + 1, end + 4));
                end += 4;
            }
        }
        let mut decimals = 0;
        if self.char(end) == Some('.') && run(end + 1) > 0 {
            decimals = run(end + 1);
            parts.push((end + 1, end + 1 + decimals));
            end += 1 + decimals;
        }
        let before = start.checked_sub(1).and_then(|index| self.char(index));
        let split = self.chars.get(start).is_some_and(|c| c.gap) && before.is_some_and(|c| c.is_ascii_digit());
        let after = self.char(end);
        let glued = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '_' | '@' | '='));
        let joined = matches!(after, Some('-' | '~' | ':' | '/' | '.' | '～'))
            && self.char(end + 1).is_some_and(|c| c.is_ascii_digit());
        if glued(before) || glued(after) || joined || matches!(before, Some('第' | '-' | '~')) {
            // A name, a date, a time or a range: taken whole, it counts nothing.
            let more = (end..)
                .take_while(|index| {
                    self.char(*index).is_some_and(|c| c.is_ascii_alphanumeric() || "-~:/._@=～".contains(c))
                })
                .count();
            return self.push(TokenKind::Date(None), end + more - start);
        }
        let chars: String =
            parts.iter().flat_map(|(from, to)| (*from..*to).filter_map(|index| self.char(index))).collect();
        match after {
            Some('年') if end - start == 4 && decimals == 0 => {
                let year = chars.parse().unwrap_or_default();
                // 于2024年初办结
                if self.char(end + 1) == Some('初') && !matches!(self.char(end + 2), Some('步' | '中' | '级')) {
                    end += 1;
                }
                let kind = if (1990..2100).contains(&year) { TokenKind::Year(year) } else { TokenKind::Date(None) };
                return self.push(kind, end + 1 - start);
            }
            Some('月') if decimals == 0 => {
                let month = chars.parse().ok().filter(|month| (1..=12).contains(month));
                return self.push(month.map_or(TokenKind::Date(None), TokenKind::Month), end + 1 - start);
            }
            Some('日' | '号') if decimals == 0 => {
                let day = chars.parse().ok().filter(|day| (1..=31).contains(day));
                return self.push(TokenKind::Date(day), end + 1 - start);
            }
            Some('年' | '月' | '日' | '号' | '时' | '点') => {
                return self.push(TokenKind::Date(None), end + 1 - start);
            }
            _ => {}
        }
        let Ok(mut scaled) = chars.parse::<i128>() else { return self.push(TokenKind::Date(None), end - start) };
        if chars.len() > 15 {
            return self.push(TokenKind::Date(None), end - start);
        }
        let digits = self.span(start, end);
        if after == Some('%') {
            let amount = Amount::Percent { digits: scaled, decimals };
            let span = self.span(end, end + 1);
            let figure = NumberToken {
                amount,
                digits,
                measure: Some((Measure::Percent, span)),
                rough: self.rough_before() || self.rough_after(end + 1),
            };
            return self.push(TokenKind::Number(figure), end + 1 - start);
        }
        let mut rough = split || decimals > 0 || self.rough_before();
        let money = |at: usize| match (self.char(at), self.char(at + 1)) {
            (Some('万'), Some('元')) => Some((Measure::TenThousandYuan, 2)),
            (Some('元'), _) => Some((Measure::Yuan, 1)),
            _ => None,
        };
        if let Some((measure, length)) = money(end) {
            let amount = Amount::Decimal { digits: scaled, decimals };
            let span = self.span(end, end + length);
            let rough = split || self.rough_before() || self.rough_after(end + length);
            let figure = NumberToken { amount, digits, measure: Some((measure, span)), rough };
            return self.push(TokenKind::Number(figure), end + length - start);
        }
        let digits = match after {
            Some('万') => {
                (scaled, rough, end) = (scaled.saturating_mul(10_000), true, end + 1);
                self.span(start, end)
            }
            Some('亿') => {
                (scaled, rough, end) = (scaled.saturating_mul(100_000_000), true, end + 1);
                self.span(start, end)
            }
            _ => digits,
        };
        let measure = match self.char(end) {
            // `十余件`, `3-5件`: how many is not said.
            Some('余' | '多' | '几') => {
                rough = true;
                end += 1;
                self.measure(end)
            }
            _ => self.measure(end),
        };
        let from = end;
        // `15个工作日`: a time.
        if measure.is_some_and(|(_, length)| {
            (from..from + length).filter_map(|at| self.char(at)).any(|c| matches!(c, '天' | '时'))
                || self.char(from + length - 1) == Some('日')
        }) {
            let length = measure.map_or(0, |(_, length)| length);
            return self.push(TokenKind::Date(None), from + length - start);
        }
        if let Some((_, length)) = measure {
            end += length;
        }
        rough |= self.rough_after(end);
        let amount =
            if decimals > 0 { Amount::Other } else { Amount::Count(i64::try_from(scaled).unwrap_or(i64::MAX)) };
        let measure = measure.map(|(measure, length)| (measure, self.span(from, from + length)));
        self.push(TokenKind::Number(NumberToken { amount, digits, measure, rough }), end - start);
    }

    /// Whether the number here is one end of a range, or says no exact number for another reason.
    fn rough_before(&self) -> bool {
        let figure = self.char(self.at).is_some_and(|c| c.is_ascii_digit());
        self.at.checked_sub(1).and_then(|index| self.char(index)).is_some_and(|c| {
            matches!(c, '每' | '各') || (!figure && matches!(c, '几' | '数')) || (c == '至' && self.ranges())
        })
    }

    /// Whether the number here ends a range: 3件至5件.
    fn ranges(&self) -> bool {
        let before = self.at.checked_sub(2).and_then(|index| self.char(index));
        before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '件' | '条' | '项' | '份' | '%' | '个' | '人' | '次'))
    }

    fn rough_after(&self, at: usize) -> bool {
        let next = self.char(at);
        let second = self.char(at + 1);
        matches!(
            (next, second),
            (Some('以'), Some('上' | '下' | '内')) | (Some('左'), Some('右')) | (Some('余' | '多'), _)
        ) || (matches!(next, Some('至' | '到' | '-' | '~')) && second.is_some_and(|c| c.is_ascii_digit()))
    }

    /// The measure word at `at`, and its length.
    fn measure(&self, at: usize) -> Option<(Measure, usize)> {
        const OTHER: [&str; 33] = [
            "人次",
            "件次",
            "工作日",
            "小时",
            "亿元",
            "个百分点",
            "个工作日",
            "平方",
            "公里",
            "个",
            "篇",
            "次",
            "期",
            "场",
            "家",
            "户",
            "人",
            "名",
            "页",
            "类",
            "种",
            "部",
            "册",
            "字",
            "幅",
            "张",
            "天",
            "倍",
            "处",
            "批",
            "位",
            "单",
            "封",
        ];
        let other =
            OTHER.iter().find(|word| word.chars().enumerate().all(|(index, c)| self.char(at + index) == Some(c)));
        if let Some(word) = other {
            // `个` of 个工作日 and 个百分点 is another word than that of things.
            let first = if word.chars().count() > 1 { '\0' } else { word.chars().next().unwrap_or('\0') };
            return Some((Measure::Other(first), word.chars().count()));
        }
        self.counted(at)
    }

    /// A measure word for what is published, which is also used with a numeral in words: 六篇, 两部规章.
    fn volumes(&self, at: usize) -> Option<(Measure, usize)> {
        let volume = |c: &char| match c {
            '部' => !matches!(self.char(at + 1), Some('分' | '门' | '署' | '委' | '队' | '长' | '级')),
            _ => matches!(c, '篇' | '册'),
        };
        self.char(at).filter(volume).map(|c| (Measure::Other(c), 1))
    }

    /// 六次; 一次 mostly says how something is done (一次办结, 一次性告知), and is a number only where a mark follows: 其他情形一次，.
    fn times(&self, count: i64, at: usize) -> Option<(Measure, usize)> {
        let next = self.char(at + 1);
        let plain = self.char(at) == Some('次') && !matches!(next, Some('性' | '元' | '要' | '级' | '数'));
        let alone = next.is_none_or(|c| matches!(c, ',' | '，' | '、' | ';' | '；' | '。' | '(' | ')' | '（' | '）'));
        (plain && (count != 1 || alone)).then_some((Measure::Other('次'), 1))
    }

    /// A measure word for cases and documents at `at`, and its length.
    fn counted(&self, at: usize) -> Option<(Measure, usize)> {
        let measure = match self.char(at)? {
            '件' => Measure::Piece,
            '条' => Measure::Entry,
            c @ ('宗' | '份' | '起' | '例') => Measure::Case(c),
            '项' => Measure::Item,
            _ => return None,
        };
        // 事件次数, 件(次), 条例, 项目: another word.
        match (measure, self.char(at + 1), self.char(at + 2)) {
            (Measure::Piece, Some('次'), _) => Some((Measure::Other('\0'), 2)),
            (Measure::Piece, Some('('), Some('次')) => Some((Measure::Other('\0'), 4)),
            (Measure::Entry, Some('例'), _) | (Measure::Item, Some('目'), _) => None,
            _ => Some((measure, 1)),
        }
    }

    /// The Chinese numeral here, below a thousand, and its length.
    fn chinese_number(&self) -> Option<(i64, usize)> {
        if !self.char(self.at).is_some_and(is_numeral) {
            return None;
        }
        let (mut total, mut ones, mut length) = (0i64, None, 0);
        let before = self.at.checked_sub(1).and_then(|index| self.char(index));
        // 第四十九条, 每件, and the rest of a numeral that was not read.
        if before.is_some_and(|c| {
            is_numeral(c) || matches!(c, '第' | '每' | '逐' | '同' | '任' | '某' | '统' | '唯' | '万' | '千')
        }) {
            return None;
        }
        while let Some(c) = self.char(self.at + length) {
            let digit = "零一二三四五六七八九".chars().position(|other| other == c).and_then(|n| i64::try_from(n).ok());
            match (c, digit) {
                ('两', _) if ones.is_none() => ones = Some(2),
                ('〇', _) if ones.is_none() => ones = Some(0),
                ('十', _) => total += ones.take().unwrap_or(1) * 10,
                ('百', _) if total == 0 => total += ones.take()? * 100,
                (_, Some(0)) if total > 0 && ones.is_none() => {}
                (_, Some(digit)) if ones.is_none() => ones = Some(digit),
                (_, Some(_)) => return None,
                _ => break,
            }
            length += 1;
            if length > 7 {
                return None;
            }
        }
        (length > 0).then(|| (total + ones.unwrap_or(0), length))
    }

    /// `二〇二一年`
    fn chinese_year(&self) -> Option<(usize, u16)> {
        let mut year = 0u16;
        for index in 0..4 {
            let c = self.char(self.at + index)?;
            let digit = match c {
                '〇' | '零' => 0,
                _ => "一二三四五六七八九".chars().position(|other| other == c)? + 1,
            };
            year = year * 10 + u16::try_from(digit).ok()?;
        }
        (self.char(self.at + 4) == Some('年') && (1990..2100).contains(&year)).then_some((5, year))
    }
}

/// Whether `c` is a digit of a Chinese numeral below a thousand.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(Amount, &str, bool)> {
        let figures = tokens(text).into_iter().filter_map(|token| match token.kind {
            TokenKind::Number(figure) => Some((figure.amount, figure.digits.of(text), figure.rough)),
            _ => None,
        });
        figures.collect()
    }

    #[test]
    fn numbers_in_every_spelling() {
        for (text, value, digits) in [
            ("12件", 12, "12"),
            ("１２ 件", 12, "１２"),
            ("1,024条", 1024, "1,024"),
            ("１,０２４条", 1024, "１,０２４"),
            ("1，234件", 1234, "1，234"),
            ("三件", 3, "三"),
            ("两件", 2, "两"),
            ("十二件", 12, "十二"),
            ("二十件", 20, "二十"),
            ("一百零三件", 103, "一百零三"),
            ("三百二十一件", 321, "三百二十一"),
            ("零件", 0, "零"),
        ] {
            assert_eq!(numbers(text), [(Amount::Count(value), digits, false)], "{text}");
        }
        assert_eq!(numbers("其他情形一次，占5%")[0], (Amount::Count(1), "一", false));
        assert_eq!(numbers("一次办结，一次性告知"), []);
        assert_eq!(numbers("99.5%"), [(Amount::Percent { digits: 995, decimals: 1 }, "99.5", false)]);
        assert_eq!(numbers("100％"), [(Amount::Percent { digits: 100, decimals: 0 }, "100", false)]);
    }

    #[test]
    fn numbers_that_are_not_exact() {
        for text in ["1.2万条", "3万件", "30余件", "30多件", "5件以上", "5件左右", "1 2件", "3件至5件"]
        {
            assert!(numbers(text).last().is_none_or(|(_, _, rough)| *rough) || text == "3件至5件", "{text}");
        }
        assert!(numbers("3件至5件").iter().all(|(_, _, rough)| *rough));
    }

    #[test]
    fn what_is_no_number_of_things() {
        for text in [
            "2021年",
            "12月31日",
            "2022-01-25",
            "10:30",
            "10：30",
            "IPv6",
            "第3项",
            "第四十九条",
            "第二十条第（一）项",
            "第三件",
            "二〇二一年",
            "一是加强",
            "统一件",
            "3-5件",
            "http://a.b/12",
            "5.12.3",
            "二〇二一年一月二十五日",
            "条例",
            "事件",
        ] {
            assert_eq!(numbers(text), [], "{text}");
        }
    }
}
