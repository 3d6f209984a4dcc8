//! Automatic numbering: the number of a paragraph, from `numbering.xml` and `styles.xml`.
//!
//! A paragraph names a list (`w:num`) and a level, itself or by its style. Lists with the same `w:abstractNum` count
//! together.

use super::xml::{Element, MalformedXml, Xml, is_on, value};
use std::collections::{HashMap, HashSet};

/// Lists have nine levels.
const LEVELS: usize = 9;

/// The longest chain of base styles that is followed, because styles may form a circle.
const DEEPEST: usize = 32;

/// A style, as far as it affects the visible text of a paragraph or a run.
#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: ListRef,
    /// Whether its text is skipped: hidden, struck out, or superscript as the marks of notes.
    unread: Option<bool>,
    /// Whether it is the style of a line in a table of contents.
    of_contents: bool,
}

/// The list and the level that a paragraph or a style names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListRef {
    /// `w:numId`; `0` takes the paragraph out of every list.
    pub(super) list: Option<String>,
    /// `w:ilvl`
    pub(super) level: Option<usize>,
}

/// A level of a list.
#[derive(Clone, Debug)]
struct ListLevel {
    start: u32,
    format: String,
    /// `%1、`
    text: String,
    /// The style whose paragraphs are on this level.
    style: Option<String>,
    /// The level after which it starts again, from `w:lvlRestart`; 0 means never.
    restart: Option<usize>,
    /// Whether the numbers of other levels in it are decimal.
    is_legal: bool,
}

impl Default for ListLevel {
    fn default() -> ListLevel {
        ListLevel {
            start: 1,
            format: "decimal".into(),
            text: String::new(),
            style: None,
            restart: None,
            is_legal: false,
        }
    }
}

/// A kind of list: `w:abstractNum`.
#[derive(Clone, Debug, Default)]
struct ListKind {
    levels: Vec<ListLevel>,
    /// The style whose list it is.
    of_style: Option<String>,
}

/// A list: `w:num`.
#[derive(Clone, Debug, Default)]
struct NumberedList {
    kind: String,
    /// The start values of levels that differ from those of its kind, or whole levels.
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, ListLevel>,
}

/// Styles and lists of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
    kinds: HashMap<String, ListKind>,
    lists: HashMap<String, NumberedList>,
    /// The current numbers of each kind.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start value was used.
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `styles.xml` and `numbering.xml`.
    pub(super) fn read(styles: Option<&str>, numbering: Option<&str>) -> Result<Numbering, MalformedXml> {
        let mut read = Numbering::default();
        if let Some(styles) = styles {
            read.styles(styles)?;
        }
        if let Some(numbering) = numbering {
            read.lists(numbering)?;
        }
        Ok(read)
    }

    fn styles(&mut self, source: &str) -> Result<(), MalformedXml> {
        let mut xml = Xml::new(source);
        let mut open: Option<(String, Style)> = None;
        while let Some(element) = xml.next_element()? {
            let name = element.word_name();
            match (&element, name) {
                (Element::Start { attributes, .. }, "style") => {
                    let id = value(attributes, "styleId").unwrap_or_default();
                    if value(attributes, "type").as_deref() == Some("paragraph")
                        && value(attributes, "default").is_some_and(|on| is_on(Some(&on)))
                    {
                        self.default_paragraph = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                (Element::End { .. }, "style") => self.styles.extend(open.take()),
                (Element::Start { attributes, .. }, name) => {
                    let Some((_, style)) = &mut open else { continue };
                    let val = || value(attributes, "val");
                    match name {
                        "name" => {
                            style.of_contents = val().is_some_and(|name| name.to_ascii_lowercase().starts_with("toc "));
                        }
                        "basedOn" => style.based_on = val(),
                        "numId" => style.list.list = val(),
                        "ilvl" => style.list.level = val().and_then(|level| level.parse().ok()),
                        "pPrChange" | "rPrChange" | "tblStylePr" => xml.skip()?,
                        name => {
                            if let Some(unread) = unread(name, val().as_deref()) {
                                style.unread = Some(style.unread.unwrap_or_default() || unread);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn lists(&mut self, source: &str) -> Result<(), MalformedXml> {
        let mut xml = Xml::new(source);
        let mut kind: Option<(String, ListKind)> = None;
        let mut list: Option<(String, NumberedList)> = None;
        let mut level: Option<(usize, ListLevel)> = None;
        let mut overridden = 0;
        while let Some(element) = xml.next_element()? {
            let name = element.word_name();
            let attributes = match &element {
                Element::Start { attributes, .. } => attributes,
                Element::End { .. } => {
                    match name {
                        "abstractNum" => self.kinds.extend(kind.take()),
                        "num" => self.lists.extend(list.take()),
                        "lvl" => {
                            let Some((index, read)) = level.take() else { continue };
                            if let Some((_, list)) = &mut list {
                                list.levels.insert(index, read);
                            } else if let Some((_, kind)) = &mut kind {
                                if kind.levels.len() <= index {
                                    kind.levels.resize(index + 1, ListLevel::default());
                                }
                                if let Some(place) = kind.levels.get_mut(index) {
                                    *place = read;
                                }
                            }
                        }
                        _ => {}
                    }
                    continue;
                }
                _ => continue,
            };
            let val = || value(attributes, "val");
            let index = || value(attributes, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0).min(LEVELS - 1);
            match name {
                "abstractNum" => {
                    kind = Some((value(attributes, "abstractNumId").unwrap_or_default(), ListKind::default()))
                }
                "num" => list = Some((value(attributes, "numId").unwrap_or_default(), NumberedList::default())),
                "lvl" => level = Some((index(), ListLevel::default())),
                "lvlOverride" => overridden = index(),
                _ => {}
            }
            if let Some((_, level)) = &mut level {
                match name {
                    "start" => level.start = number(val()).unwrap_or(1),
                    // In mc:AlternateContent the format for older programs comes second.
                    "numFmt" => level.format = val().unwrap_or_default(),
                    "lvlText" => level.text = val().unwrap_or_default(),
                    "pStyle" => level.style = val(),
                    "lvlRestart" => level.restart = val().and_then(|level| level.parse().ok()),
                    "isLgl" => level.is_legal = is_on(val().as_deref()),
                    _ => {}
                }
            } else if let Some((_, list)) = &mut list {
                match name {
                    "abstractNumId" => list.kind = val().unwrap_or_default(),
                    "startOverride" => drop(list.starts.insert(overridden, number(val()).unwrap_or(1))),
                    _ => {}
                }
            } else if let (Some((_, kind)), "numStyleLink") = (&mut kind, name) {
                kind.of_style = val();
            }
        }
        Ok(())
    }

    /// The style `id` and its base styles, the nearest first.
    fn with_bases<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let mut next = id;
        let style = move || {
            let id = next?;
            let style = self.styles.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        };
        std::iter::from_fn(style).take(DEEPEST)
    }

    /// Whether text in the style `id` is skipped.
    pub(super) fn is_unread(&self, id: &str) -> bool {
        self.with_bases(Some(id)).find_map(|(_, style)| style.unread).unwrap_or_default()
    }

    /// Whether `id` is the style of a line in a table of contents.
    pub(super) fn is_of_contents(&self, id: &str) -> bool {
        self.with_bases(Some(id)).any(|(_, style)| style.of_contents)
    }

    /// The number of the next paragraph, which may have the style `style` and a list `own`.
    pub(super) fn next(&mut self, style: Option<&str>, own: &ListRef) -> Option<String> {
        let style = style.or(self.default_paragraph.as_deref());
        let of_style =
            self.with_bases(style).find(|(_, style)| style.list.list.is_some()).map(|(id, found)| (id, &found.list));
        let list_id = own.list.as_deref().or_else(|| of_style.and_then(|(_, list)| list.list.as_deref()))?;
        let list = self.lists.get(list_id)?;
        let kind_id = self.kind_of(list)?;
        let kind = self.kinds.get(kind_id)?;
        let by_style = || {
            let (id, list) = of_style?;
            let linked = kind.levels.iter().position(|level| level.style.as_deref() == Some(id));
            linked.or(list.level)
        };
        let level = own.level.or_else(by_style).unwrap_or(0).min(LEVELS - 1);
        let level_of = |index: usize| list.levels.get(&index).or_else(|| kind.levels.get(index));
        let counted = level_of(level)?;
        let own_start = list.starts.get(&level).copied().or(list.levels.get(&level).map(|level| level.start));
        let begins = own_start.is_some() && !self.begun.contains(&(list_id.to_owned(), level));
        let counts = self.counts.get(kind_id).copied().unwrap_or_default();
        let mut counts = counts;
        let last = counts.get(level).copied().flatten();
        let number = match (last, own_start) {
            (_, Some(start)) if begins => start,
            (Some(last), _) => last.saturating_add(1),
            (None, start) => start.unwrap_or(counted.start),
        };
        for (index, count) in counts.iter_mut().enumerate() {
            if index == level {
                *count = Some(number);
            } else if index < level {
                // A higher level that has no number yet counts as begun.
                count.get_or_insert(level_of(index).map_or(1, |level| level.start));
            } else if level_of(index).is_none_or(|below| below.restart.is_none_or(|after| after > level)) {
                *count = None;
            }
        }
        let shown = match counted.format.as_str() {
            "bullet" | "none" => None,
            _ => Some(written(counted, &counts, |index| level_of(index).map_or("decimal", |level| &level.format))),
        };
        let (kind_id, list_id) = (kind_id.to_owned(), list_id.to_owned());
        self.counts.insert(kind_id, counts);
        if begins {
            self.begun.insert((list_id, level));
        }
        shown.filter(|shown| !shown.is_empty())
    }

    /// The kind of `list`; if the kind names a style, the kind of that style's list.
    fn kind_of<'a>(&'a self, list: &'a NumberedList) -> Option<&'a str> {
        let kind = self.kinds.get(&list.kind)?;
        let linked = kind.of_style.as_deref().and_then(|style| self.styles.get(style));
        let linked = linked.and_then(|style| self.lists.get(style.list.list.as_deref()?));
        match linked {
            Some(linked) if kind.levels.is_empty() && self.kinds.contains_key(&linked.kind) => Some(&linked.kind),
            _ => Some(&list.kind),
        }
    }
}

/// Whether the property `name` of a run or a style makes its text skipped; `None` for other properties.
pub(super) fn unread(name: &str, value: Option<&str>) -> Option<bool> {
    match name {
        "vanish" | "strike" | "dstrike" => Some(is_on(value)),
        "vertAlign" => Some(value == Some("superscript")),
        _ => None,
    }
}

fn number(text: Option<String>) -> Option<u32> {
    text?.trim().parse().ok()
}

/// The text of `level` with the numbers in `counts`; `format_of` returns the formats of levels.
fn written<'a>(level: &ListLevel, counts: &[Option<u32>; LEVELS], format_of: impl Fn(usize) -> &'a str) -> String {
    let mut shown = String::new();
    let mut rest = level.text.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        shown.push_str(before);
        let index = after.chars().next().and_then(|digit| digit.to_digit(10)).filter(|digit| *digit > 0);
        match index {
            Some(index) => {
                let index = index as usize - 1;
                let format = if level.is_legal { "decimal" } else { format_of(index) };
                shown.push_str(&formatted(counts.get(index).copied().flatten().unwrap_or(1), format));
                rest = after.get(1..).unwrap_or_default();
            }
            None => {
                shown.push('%');
                rest = after;
            }
        }
    }
    shown.push_str(rest);
    shown
}

/// `number` in the format `format`.
fn formatted(number: u32, format: &str) -> String {
    let nth = |list: &str| {
        let chars: Vec<char> = list.chars().collect();
        let index = (number as usize).checked_sub(1)?;
        chars.get(index).map(char::to_string)
    };
    let by_digits = |digits: &str| -> String {
        let digits: Vec<char> = digits.chars().collect();
        let written = number.to_string();
        written.bytes().filter_map(|byte| digits.get(usize::from(byte - b'0'))).collect()
    };
    let special = match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => Some(chinese(number, "零一二三四五六七八九", "十百千万", true)),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            Some(chinese(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟万", false))
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            Some(by_digits("〇一二三四五六七八九"))
        }
        "decimalFullWidth" | "decimalFullWidth2" => Some(by_digits("０１２３４５６７８９")),
        "decimalZero" => Some(format!("{number:02}")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen" => nth("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => nth("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥"),
        "ideographEnclosedCircle" => nth("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "lowerLetter" => Some(letters(number, b'a')),
        "upperLetter" => Some(letters(number, b'A')),
        "lowerRoman" => Some(roman(number).to_ascii_lowercase()),
        "upperRoman" => Some(roman(number)),
        "none" => Some(String::new()),
        _ => None,
    };
    special.unwrap_or_else(|| number.to_string())
}

/// `number` in Chinese: with `digits` from 0 to 9 and `units` for ten, hundred, thousand and ten thousand. `short`
/// omits the one before ten.
fn chinese(number: u32, digits: &str, units: &str, short: bool) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let units: Vec<char> = units.chars().collect();
    let digit = |value: u32| digits.get(value as usize).copied().unwrap_or('零');
    if number == 0 || number > 9999 {
        return if number == 0 { digit(0).to_string() } else { number.to_string() };
    }
    let mut shown = String::new();
    let mut gap = false;
    for (power, unit) in [(1000, units.get(2)), (100, units.get(1)), (10, units.first()), (1, None)] {
        let value = number / power % 10;
        if value == 0 {
            gap = !shown.is_empty();
            continue;
        }
        if gap {
            shown.push(digit(0));
            gap = false;
        }
        if !(short && power == 10 && value == 1 && shown.is_empty()) {
            shown.push(digit(value));
        }
        shown.extend(unit);
    }
    shown
}

/// `number` in letters: a … z, aa … zz, as word processors count.
fn letters(number: u32, first: u8) -> String {
    let Some(index) = number.checked_sub(1) else { return "0".into() };
    let letter = char::from(first + u8::try_from(index % 26).unwrap_or_default());
    let times = (index / 26 + 1).min(30) as usize;
    std::iter::repeat_n(letter, times).collect()
}

fn roman(number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let (mut rest, mut shown) = (number, String::new());
    for (value, letters) in VALUES {
        while rest >= value {
            shown.push_str(letters);
            rest -= value;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, due) in [
            (1, "chineseCounting", "一"),
            (10, "chineseCounting", "十"),
            (21, "chineseCountingThousand", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "japaneseCounting", "一百一十"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (20, "ideographDigital", "二〇"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (28, "lowerLetter", "bb"),
            (4, "upperRoman", "IV"),
            (7, "decimalZero", "07"),
            (7, "somethingNew", "7"),
        ] {
            assert_eq!(formatted(number, format), due, "{number} {format}");
        }
    }

    const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    fn numbering(levels: &str, lists: &str, styles: &str) -> Numbering {
        let numbering = format!(
            "<w:numbering {WORD}><w:abstractNum w:abstractNumId=\"7\">{levels}</w:abstractNum>{lists}</w:numbering>"
        );
        let styles = format!("<w:styles {WORD}>{styles}</w:styles>");
        Numbering::read(Some(&styles), Some(&numbering)).unwrap()
    }

    fn level(index: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    }

    fn list(list: &str, level: usize) -> ListRef {
        ListRef { list: Some(list.into()), level: Some(level) }
    }

    #[test]
    fn levels_count_by_themselves_and_start_again() {
        let levels = level(0, "chineseCounting", "%1、", "") + &level(1, "chineseCounting", "（%2）", "");
        let lists = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
                     <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";
        let mut numbering = numbering(&levels, lists, "");
        let shown: Vec<String> = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("2", 0), ("2", 0), ("1", 0)]
            .into_iter()
            .filter_map(|(id, level)| numbering.next(None, &list(id, level)))
            .collect();
        assert_eq!(shown, ["一、", "（一）", "（二）", "二、", "（一）", "五、", "六、", "七、"]);
        assert_eq!(numbering.next(None, &list("0", 0)), None);
        assert_eq!(numbering.next(None, &ListRef::default()), None);
    }

    #[test]
    fn a_style_has_a_list_and_the_list_tells_its_level() {
        let levels =
            level(0, "decimal", "%1", "") + &level(1, "chineseCounting", "第%2部分", "<w:pStyle w:val=\"b\"/>");
        let lists = "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>";
        let styles = "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style>\
                      <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
        let mut numbering = numbering(&levels, lists, styles);
        assert_eq!(numbering.next(Some("a"), &ListRef::default()).as_deref(), Some("第一部分"));
        assert_eq!(numbering.next(Some("b"), &ListRef::default()).as_deref(), Some("第二部分"));
        assert_eq!(numbering.next(Some("b"), &list("0", 0)), None, "taken out of the list");
    }
}
