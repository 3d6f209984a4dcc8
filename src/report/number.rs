//! Reads the value of a cell: nothing, a placeholder, a figure in any spelling, or something else.

use super::{MeasureWord, Number, NumberForm, Tail, Value};
use crate::syntax::is_space;
use crate::text::{FoldedChar, Span, fold_char};

/// The value of the cell `text`, and its span without white space around it; for a blank cell, the whole span.
pub(super) fn read(text: &str) -> (Span, Value) {
    if let Some(value) = digits(text) {
        return (Span::new(0, text.len()), value);
    }
    let trimmed = trim(text);
    let content = trimmed.of(text);
    let is_blank = |content: &str| content.replace("&nbsp;", "").chars().all(is_space);
    if content.is_empty() || (content.starts_with("&nbsp;") && is_blank(content)) {
        return (Span::new(0, text.len()), Value::Blank);
    }
    (trimmed, value(content))
}

/// The span of `text` without white space around it.
pub(super) fn trim(text: &str) -> Span {
    let start = text.len() - text.trim_start_matches(is_space).len();
    Span::new(start, start + text.trim_matches(is_space).len())
}

/// The usual case: digits and nothing else.
fn digits(content: &str) -> Option<Value> {
    if content.len() > 9 || !content.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = content.parse().ok()?;
    let form = NumberForm { leading_zeros: content.len() > 1 && content.starts_with('0'), ..NumberForm::default() };
    Some(Value::Number(Number { scaled: number * 10_000, decimals: 0, tail: Tail::Zero, form }))
}

fn value(content: &str) -> Value {
    if let Some(value) = digits(content) {
        return value;
    }
    // Then words: figures and placeholders start with no other hanzi than these.
    if content.starts_with(|c| matches!(c, '\u{4e00}'..='\u{9fff}') && !matches!(c, '无' | '不' | '空' | '增' | '减'))
    {
        return Value::Other;
    }
    if is_placeholder(content) {
        return Value::Placeholder;
    }
    number(content).map_or(Value::Other, Value::Number)
}

fn is_placeholder(content: &str) -> bool {
    let mut folded = crate::text::fold(content);
    folded.make_ascii_uppercase();
    matches!(
        folded.as_str(),
        "/" | "\\" | "无" | "N/A" | "NA" | "不适用" | "空" | "*" | "…" | "..." | "......" | "?" | "·"
    ) || folded.chars().all(|c| c == '-')
}

/// Units after a number, folded; a longer one before the one that it ends with. 万 alone means 万元: nothing else in a
/// report is counted in ten thousands.
const UNITS: &[(&str, MeasureWord)] = &[
    ("人民币万元", MeasureWord::TenThousandYuan),
    ("万元", MeasureWord::TenThousandYuan),
    ("万", MeasureWord::TenThousandYuan),
    ("人民币元", MeasureWord::Yuan),
    ("元", MeasureWord::Yuan),
    ("件", MeasureWord::Piece),
    ("条", MeasureWord::Piece),
    ("项", MeasureWord::Piece),
    ("宗", MeasureWord::Piece),
    ("份", MeasureWord::Piece),
    ("个", MeasureWord::Piece),
    ("起", MeasureWord::Piece),
    ("次", MeasureWord::Measure),
    ("笔", MeasureWord::Measure),
    ("批", MeasureWord::Measure),
    ("家", MeasureWord::Measure),
    ("人", MeasureWord::Measure),
];

/// What is left of `text` without the unit that it ends with, and the unit.
fn strip_unit(text: &[char]) -> Option<(&[char], MeasureWord)> {
    UNITS.iter().find_map(|(unit, meaning)| {
        let length = unit.chars().count();
        let (rest, end) = text.split_at_checked(text.len().checked_sub(length)?)?;
        end.iter().copied().eq(unit.chars()).then_some((rest, *meaning))
    })
}

/// The figure of `content` and its remark: `22` and `（其中修订16件）`. The remark is either in brackets at the
/// end or begins with a word that begins such a remark. A unit in brackets, or an ordinal, is no remark.
fn split_note(content: &str) -> Option<(&str, Note)> {
    const WORDS: [&str; 3] = ["其中", "包括", "含"];
    let bracket = content.find(['(', '（', '[', '【', '〔']);
    let word = WORDS.iter().filter_map(|word| content.find(word)).min();
    let at = bracket.into_iter().chain(word).min()?;
    let (figure, said) = content.split_at_checked(at)?;
    let figure = figure.trim_end_matches(|c| is_space(c) || matches!(c, '，' | ',' | '、' | '；' | ';' | '：' | ':'));
    if bracket != Some(at) {
        return Some((figure, Note::Remark));
    }
    let inside = said.strip_suffix([')', '）', ']', '】', '〕'])?;
    let inside: Vec<char> = crate::text::fold(inside).chars().skip(1).collect();
    let is_word = |c: &char| matches!(c, '\u{4e00}'..='\u{9fff}') && !"一二三四五六七八九十".contains(*c);
    match strip_unit(&inside) {
        Some(([], unit)) => Some((figure, Note::Unit(unit))),
        _ => inside.iter().any(is_word).then_some((figure, Note::Remark)),
    }
}

/// What follows a figure.
enum Note {
    /// A unit in brackets.
    Unit(MeasureWord),
    /// Words about it.
    Remark,
}

/// Reads a number with signs, units and brackets around it. `None` if it is not a number, or has too many digits.
fn number(content: &str) -> Option<Number> {
    let mut form = NumberForm::default();
    let content = match split_note(content) {
        Some((figure, Note::Unit(unit))) => {
            form.unit = Some(unit);
            figure
        }
        Some((figure, Note::Remark)) => {
            form.remark = true;
            figure
        }
        None => content,
    };
    let mut chars: Vec<char> = Vec::with_capacity(content.len());
    for c in content.chars() {
        match fold_char(c) {
            FoldedChar::One(folded) => {
                form.full_width |= folded != c && matches!(c, '０'..='９' | '．' | '＋' | '－');
                form.odd_minus |= folded == '-' && !matches!(c, '-' | '－');
                chars.push(folded);
            }
            FoldedChar::Drop => chars.push(' '),
            FoldedChar::Nfkc => return None,
        }
    }
    let mut rest: &[char] = &chars;
    let mut negative = false;
    match rest {
        ['增', '加', tail @ ..] | ['增', tail @ ..] => (form.worded_sign, rest) = (true, tail),
        ['减', '少', tail @ ..] | ['减', tail @ ..] => (form.worded_sign, negative, rest) = (true, true, tail),
        ['-', tail @ ..] => (negative, rest) = (true, tail),
        ['+', tail @ ..] => (form.plus, rest) = (true, tail),
        _ => {}
    }
    while let [' ', tail @ ..] = rest {
        rest = tail;
    }
    if form.unit.is_none()
        && let Some((head, unit)) = strip_unit(rest)
    {
        (form.unit, rest) = (Some(unit), head);
    }
    while let [head @ .., ' '] = rest {
        rest = head;
    }
    let point = rest.iter().position(|c| *c == '.').unwrap_or(rest.len());
    let (whole, fraction) = rest.split_at(point);
    let fraction = fraction.get(1..).unwrap_or_default();
    if whole.is_empty() || (point < rest.len() && fraction.is_empty()) || !fraction.iter().all(char::is_ascii_digit) {
        return None;
    }
    let groups: Vec<&[char]> = whole.split(|c| matches!(c, ',' | ' ')).collect();
    if groups.iter().any(|group| group.is_empty() || !group.iter().all(char::is_ascii_digit)) {
        return None;
    }
    if let [first, others @ ..] = groups.as_slice()
        && !others.is_empty()
    {
        form.separators = Some(first.len() <= 3 && others.iter().all(|group| group.len() == 3));
    }
    let digits: Vec<char> = groups.concat();
    if digits.len() > 15 || fraction.len() > 15 {
        return None;
    }
    form.leading_zeros = digits.len() > 1 && digits.first() == Some(&'0');
    let mut scaled: i64 = 0;
    for digit in digits.iter().chain(fraction.iter().chain(&['0'; 4]).take(4)) {
        scaled = scaled.checked_mul(10)?.checked_add(i64::from(digit.to_digit(10)?))?;
    }
    let tail = match fraction.get(4..).unwrap_or_default() {
        [] => Tail::Zero,
        digits if digits.iter().all(|digit| *digit == '0') => Tail::Zero,
        ['5'..='9', ..] => Tail::High,
        _ => Tail::Low,
    };
    form.odd_minus |= negative && !form.worded_sign && scaled == 0 && tail == Tail::Zero;
    Some(Number { scaled: if negative { -scaled } else { scaled }, decimals: fraction.len(), tail, form })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(text: &str) -> Option<i64> {
        match read(text).1 {
            Value::Number(number) => Some(number.scaled),
            _ => None,
        }
    }

    #[test]
    fn figures_in_any_spelling() {
        for (text, value) in [
            ("0", 0),
            ("\u{3000} 12 ", 120_000),
            ("007", 70_000),
            ("１２", 120_000),
            ("134,691", 1_346_910_000),
            ("1，234", 12_340_000),
            ("1 234", 12_340_000),
            ("1001.115万元", 10_011_150),
            ("5件", 50_000),
            ("-2", -20_000),
            ("－2", -20_000),
            ("减3", -30_000),
            ("增加34", 340_000),
            ("+5", 50_000),
            ("3.0", 30_000),
        ] {
            assert_eq!(scaled(text), Some(value), "{text}");
        }
    }

    #[test]
    fn decimals_behind_the_fourth_and_odd_signs() {
        let read = |text| match read(text).1 {
            Value::Number(number) => (number.scaled, number.tail, number.form.odd_minus),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(read("3.00000"), (30_000, Tail::Zero, false));
        assert_eq!(read("3.00001"), (30_000, Tail::Low, false));
        assert_eq!(read("0.12345"), (1_234, Tail::High, false));
        assert_eq!(read("0.1234499"), (1_234, Tail::Low, false));
        assert_eq!(read("-2"), (-20_000, Tail::Zero, false));
        assert_eq!(read("—2"), (-20_000, Tail::Zero, true));
        assert_eq!(read("-0"), (0, Tail::Zero, true));
    }

    #[test]
    fn what_is_no_figure() {
        for text in ["约3", "3.", "一", "3/4", "1e5", "O", "12345678901234567890", ",5", "5,,6", "件"] {
            assert_eq!(read(text).1, Value::Other, "{text}");
        }
        for text in ["/", "-", "——", "无", "n/a", "不适用", "－"] {
            assert_eq!(read(text).1, Value::Placeholder, "{text}");
        }
        for text in ["", " ", "\u{3000}", "\u{a0}", "&nbsp;"] {
            assert_eq!(read(text), (Span::new(0, text.len()), Value::Blank), "{text}");
        }
    }
}
