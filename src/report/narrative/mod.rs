//! The figures stated in prose: a small grammar of quantity statements.
//!
//! `token` makes words and numbers of a line, `grammar` says of every number what it is a number of. What the words mean
//! is data of the statute. A line is read by itself; lines that are one paragraph, broken by hand, are read together.

mod grammar;
#[cfg(test)]
mod tests;
mod token;

use crate::statute::prose::{Act, Fact, Guard, Scope, Subject};
use crate::syntax::is_space;
use crate::text::{Characters, Span};

/// A figure stated in prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it says.
    pub amount: Amount,
    /// The digits, or the words that say it: `未收到`, `全部办结`.
    pub span: Span,
    /// The measure word behind it.
    pub measure: Option<(Measure, Span)>,
    /// What it is a number of.
    pub subject: Option<Subject>,
    /// What was done.
    pub act: Option<Act>,
    /// What a table says too, if it is a figure of a table, and of all of that.
    pub fact: Option<Fact>,
    /// The year it is of.
    pub year: StatedYear,
    /// Of whom it speaks, if it says so.
    pub scope: Option<(Scope, Span)>,
    /// Why it is not to be compared with anything.
    pub guard: Option<Guard>,
    /// Whether it stands inside quotes.
    pub quoted: bool,
    /// What role it has beside that of a number of things.
    pub role: Role,
    /// The figure that it is a part of: its index among the statements.
    pub part_of: Option<usize>,
    /// The parts it is said to consist of.
    pub parts: Option<Parts>,
    /// For a figure in words, where a number and a measure word would go.
    pub place: Option<Span>,
    /// The sentence.
    pub sentence: Span,
}

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Count(i64),
    /// A percentage: 99.5 % is 995 with one decimal.
    Percent {
        /// The digits without the point.
        digits: i128,
        /// How many of them stand behind it.
        decimals: usize,
    },
    /// All there are; `on_time` if only of those that were due.
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
    /// 宗, 份, 起, 例
    Case,
    /// 项
    Item,
    /// %
    Percent,
    /// Any other: 次, 人, 万元.
    Other,
}

/// The year that a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedYear {
    /// It does not say.
    Unsaid,
    /// 今年, 本年度
    This,
    /// 上年, 去年
    Last,
    /// 2021年
    Named(u16),
}

/// What role a figure has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A number of things.
    Number,
    /// 办结率
    Rate,
    /// 占 p%: the share of the statement with this index.
    ShareOf(usize),
}

/// The parts of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// The parts: indices of statements, in the order of the text.
    pub items: Vec<usize>,
    /// Whether the text says that these are all.
    pub all: bool,
    /// Whether the parts are named alike: `…类`, `…信息`.
    pub alike: bool,
}

/// The statements of `text`; spans count from its start.
pub(super) fn read(text: &str) -> Vec<Statement> {
    if may_state(text) { grammar::read(&token::tokens(text)) } else { Vec::new() }
}

/// The characters that [`may_state`] asks for, and those of [`token::is_numeral`].
const TELLING: Characters = Characters::new(&[
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '０', '１', '２', '３', '４', '５', '６', '７', '８', '９', '件',
    '条', '项', '宗', '份', '起', '例', '未', '没', '无', '存', '均', '全', '都', '悉', '请', '议', '诉', '复', '结',
    '公', '零', '〇', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百',
]);

/// Whether `text` may hold a figure: most lines hold none, and need no closer look.
fn may_state(text: &str) -> bool {
    let (mut denial, mut all, mut topic) = (false, false, false);
    // Where the numeral before ends.
    let mut numeral_end = None;
    for (at, c) in TELLING.found(text) {
        // White space may stand between a numeral and its measure word.
        let between = |end: usize| text.get(end..at).unwrap_or_default();
        let numeral = numeral_end.is_some_and(|end| between(end).chars().all(is_space));
        match c {
            '0'..='9' | '０'..='９' => return true,
            '件' | '条' | '项' | '宗' | '份' | '起' | '例' if numeral => return true,
            '未' | '没' | '无' | '存' => denial = true,
            '均' | '全' | '都' | '悉' => all = true,
            // 申请, 复议, 诉讼; 办结, 答复
            '请' | '议' | '诉' | '复' | '结' | '公' => topic = true,
            _ => {}
        }
        if token::is_numeral(c) {
            numeral_end = Some(at + c.len_utf8());
        }
    }
    (denial || all) && topic
}

/// Whether the line `next`, which follows the line `line`, may go on with its sentence.
pub(super) fn goes_on(line: &str, next: &str) -> bool {
    let Some(last) = line.chars().next_back() else { return false };
    if matches!(last, '。' | '！' | '？' | '；' | '：' | ';' | ':' | '.' | '!' | '?' | '”' | '》') || enumerated(next)
    {
        return false;
    }
    let long = line.char_indices().nth(20).is_some();
    matches!(last, '，' | '、' | ',') || (long && (!enumerated(line) || line.contains(['，', '。', ','])))
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
    /// Puts every span where `to` does.
    pub(super) fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        let put = |span: &mut Span| *span = to(*span);
        put(&mut self.span);
        put(&mut self.sentence);
        self.measure.iter_mut().for_each(|(_, span)| put(span));
        self.scope.iter_mut().for_each(|(_, span)| put(span));
        self.place.iter_mut().for_each(put);
    }

    /// The number of things it states, if it may be held against others.
    pub fn count(&self) -> Option<i64> {
        match self.amount {
            Amount::Count(count) if self.guard.is_none() && !self.quoted => Some(count),
            _ => None,
        }
    }

    /// The same statement, moved `by` bytes to the right, as one behind `before` others.
    pub(super) fn shift(&self, by: usize, before: usize) -> Statement {
        let mut moved = self.clone();
        moved.map_spans(|span| span.shift(by));
        for whole in moved.part_of.iter_mut() {
            *whole += before;
        }
        if let Role::ShareOf(whole) = &mut moved.role {
            *whole += before;
        }
        for part in moved.parts.iter_mut().flat_map(|parts| &mut parts.items) {
            *part += before;
        }
        moved
    }
}
