//! Characters that look like usual hanzi and replace them: radicals, and hanzi that another standard encoded twice.
//! Programs that print to PDF write them instead of the usual ones.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Radicals of the CJK supplement that NFKC does not change, and their hanzi, in the order of their codes.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺁', '厂'),
    ('⺄', '乙'),
    ('⺅', '亻'),
    ('⺆', '冂'),
    ('⺈', '刀'),
    ('⺉', '刂'),
    ('⺊', '卜'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺐', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺕', '彐'),
    ('⺖', '忄'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺜', '日'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '氺'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺦', '丬'),
    ('⺧', '牛'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺪', '疋'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺯', '糹'),
    ('⺰', '纟'),
    ('⺱', '罓'),
    ('⺲', '罒'),
    ('⺶', '羊'),
    ('⺷', '羊'),
    ('⺸', '羊'),
    ('⺹', '耂'),
    ('⺺', '肀'),
    ('⺻', '聿'),
    ('⺼', '肉'),
    ('⺽', '臼'),
    ('⺾', '艹'),
    ('⺿', '艹'),
    ('⻀', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻇', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻊', '足'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻏', '邑'),
    ('⻐', '钅'),
    ('⻑', '長'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻞', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻡', '首'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻱', '龜'),
    ('⻲', '亀'),
    ('⻳', '龟'),
];

/// The usual hanzi for `c`, if it is a radical or a second code of one. Both take as many bytes, in UTF-8 and in
/// UTF-16.
fn usual(c: char) -> Option<char> {
    let found = match c {
        '\u{2e80}'..='\u{2eff}' => {
            let index = SUPPLEMENT.binary_search_by_key(&c, |(radical, _)| *radical).ok()?;
            SUPPLEMENT.get(index).map(|(_, hanzi)| *hanzi)
        }
        // NFKC maps these two to forms that are not in use today.
        '⼾' => Some('户'),
        '⾭' => Some('青'),
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => std::iter::once(c).nfkc().next(),
        _ => None,
    };
    found.filter(|other| *other != c && other.len_utf8() == c.len_utf8())
}

/// `text` with the usual hanzi instead of radicals and of hanzi with a second code. All other bytes and all character
/// boundaries stay in place.
pub fn with_usual_hanzi(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let starts_one = |at: usize| {
        let two = (bytes.get(at), bytes.get(at + 1));
        matches!(two, (Some(0xe2), Some(0xba..=0xbf)) | (Some(0xef), Some(0xa4..=0xab)))
    };
    let Some(first) = memchr::memchr2_iter(0xe2, 0xef, bytes).find(|at| starts_one(*at)) else {
        return Cow::Borrowed(text);
    };
    let (before, rest) = text.split_at(first);
    let mut usual_text = String::with_capacity(text.len());
    usual_text.push_str(before);
    usual_text.extend(rest.chars().map(|c| usual(c).unwrap_or(c)));
    Cow::Owned(usual_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_read_as_the_hanzi_they_are() {
        assert_eq!(with_usual_hanzi("⼀、总体情况 ⾃然⼈ ⺠政局 ⻔⼾"), "一、总体情况 自然人 民政局 门户");
        assert_eq!(with_usual_hanzi("\u{f967}予公开，\u{fa08}政"), "不予公开，行政");
        assert!(matches!(with_usual_hanzi("“一”——，（公开）😀\u{feff}⺀"), Cow::Owned(_)), "no hanzi for the last");
        assert!(matches!(with_usual_hanzi("“一”——，（公开）😀\u{feff}"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_moves() {
        assert!(SUPPLEMENT.is_sorted_by_key(|(radical, _)| *radical));
        for c in ('\u{2e80}'..='\u{2fdf}').chain('\u{f900}'..='\u{faff}') {
            let text = format!("a{c}b");
            let usual = with_usual_hanzi(&text);
            assert_eq!(usual.len(), text.len());
            assert_eq!(usual.encode_utf16().count(), text.encode_utf16().count());
            assert_eq!(with_usual_hanzi(&usual), usual);
        }
    }
}
