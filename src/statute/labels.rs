//! Recognises labels in their various spellings.

use super::formats::{F2019, F2021};
use super::{Column, Edition, Group, Header, Item, Outcome, Row};
use crate::text::{CharacterSummary, FoldedChar, fold_char, fold_where, folded_chars, plain_runs};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The meaning of a label cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// A row. （六）其他处理 is [`Row::OtherHandling`] here; the table decides whether it heads sub-rows.
    Row(Row),
    /// A group of rows.
    Group(Group),
    /// A column; the table decides the meaning of `总计` and `其他`.
    Column(Column),
    /// A header over several columns, or over the labels.
    Header(Header),
    /// `第二十条第（五）项`
    Item(Item),
}

impl Label {
    /// The edition, if only one has it.
    pub fn edition(self) -> Option<Edition> {
        match self {
            Label::Column(
                Column::NewlyMade
                | Column::NewlyPublished
                | Column::PublishedInAll
                | Column::ItemsLastYear
                | Column::ItemChange
                | Column::ProcurementItems
                | Column::ProcurementAmount,
            )
            | Label::Row(Row::OtherServices | Row::Procurement) => Some(Edition::F2019),
            Label::Item(item) if Item::new(9) == Some(item) => Some(Edition::F2019),
            Label::Column(Column::Issued | Column::Repealed | Column::InForce | Column::FeeAmount)
            | Label::Row(Row::NotCorrected | Row::FeeNotPaid | Row::OtherOutcome) => Some(Edition::F2021),
            _ => None,
        }
    }
}

/// How a label was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// As printed, except for spacing, width and punctuation.
    Standard,
    /// As printed, but over lines that do not directly follow each other, as in text from a PDF: its span covers a
    /// part.
    Broken,
    /// Cut off: `结果` for `结果维持`.
    Cut,
    /// Recognised by its key words, with another wording.
    Variant,
}

/// A recognised label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LabelMatch {
    /// Its meaning.
    pub label: Label,
    /// How it was written.
    pub likeness: Likeness,
}

/// The key of a label for comparison: its letters, digits and hanzi, folded, without spaces and punctuation.
pub fn key(label: &str) -> String {
    fold_where(label, is_letter)
}

/// The characters of [`key`].
pub(super) fn letters(label: &str) -> impl Iterator<Item = char> {
    folded_chars(label).filter(|c| is_letter(*c))
}

/// Whether a folded character counts.
fn is_letter(c: char) -> bool {
    // The standard library's test is slow, and nearly all characters are hanzi, commas and full stops.
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '。' | '、' => false,
        c => c.is_alphanumeric(),
    }
}

/// Whether two labels have the same [`key`].
pub fn same_key(a: &str, b: &str) -> bool {
    a == b || letters(a).eq(letters(b))
}

/// The number of characters of the [`key`] of `label`, but at most `most`.
pub fn key_length(label: &str, most: usize) -> usize {
    let mut length = 0;
    for (plain, other) in plain_runs(label) {
        length += plain.chars().count();
        length += match other.chars().next().map(fold_char) {
            Some(FoldedChar::One(c)) => usize::from(is_letter(c)),
            Some(FoldedChar::Nfkc) => letters(other).count(),
            Some(FoldedChar::Drop) | None => 0,
        };
        if length >= most {
            return most;
        }
    }
    length
}

/// The Chinese numeral of `number`, 0 to 99: `五`, `十二`, `二十`.
pub fn ordinal(number: u8) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u8| DIGITS[usize::from(n % 10)];
    match (number / 10 % 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (tens, ones) => {
            let tens = if tens == 1 { "" } else { digit(tens) };
            format!("{tens}十{}", if ones == 0 { "" } else { digit(ones) })
        }
    }
}

/// The value of a Chinese numeral below a hundred, or of an ASCII one.
pub fn chinese_numeral(numeral: &str) -> Option<u8> {
    if let Ok(number) = numeral.parse() {
        return Some(number);
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u8);
    let (mut total, mut ones, mut seen) = (0u8, None, false);
    for c in numeral.chars() {
        if c == '十' && total == 0 {
            total = ones.take().unwrap_or(1) * 10;
        } else {
            if ones.is_some() {
                return None;
            }
            ones = Some(digit(c)?);
        }
        seen = true;
    }
    seen.then(|| total + ones.unwrap_or(0))
}

/// The item named by `第二十条第（五）项` or a shorter form, and nothing else in `key`.
pub fn article_20_item(key: &str) -> Option<Item> {
    let numeral = key.strip_prefix("第二十条")?.strip_prefix('第')?.strip_suffix('项')?;
    Item::new(chinese_numeral(numeral)?)
}

/// Words that identify a row's label with another wording. The label has to contain all words of one list. The entries
/// are in the order in which they are tried.
const ROW_WORDS: &[(Row, &[&[&str]])] = &[
    (Row::NotCorrected, &[&["逾期不补正"], &["逾期", "补正"]]),
    (Row::FeeNotPaid, &[&["缴纳费用"], &["收费通知"]]),
    (Row::StateSecret, &[&["国家秘密"]]),
    (Row::ForbiddenByLaw, &[&["禁止公开"]]),
    (Row::SafetyAndStability, &[&["三安全一稳定"], &["三安全"]]),
    (Row::ThirdParty, &[&["第三方"]]),
    (Row::InternalAffairs, &[&["内部事务"]]),
    (Row::ProcessInformation, &[&["过程性"]]),
    (Row::EnforcementFile, &[&["执法案卷"]]),
    (Row::AdministrativeQuery, &[&["查询事项"]]),
    (Row::NotHeld, &[&["不掌握"]]),
    (Row::ToBeCreated, &[&["另行制作"]]),
    (Row::StillUnclear, &[&["仍不明确"]]),
    (Row::Petition, &[&["信访"], &["举报", "投诉"]]),
    (Row::Repeated, &[&["重复申请"]]),
    (Row::Publication, &[&["出版物"]]),
    (Row::Excessive, &[&["大量反复"], &["反复申请"]]),
    (Row::Confirmation, &[&["确认或重新出具"], &["重新出具"]]),
    (Row::Received, &[&["新收", "申请"]]),
    (Row::CarriedIn, &[&["上年", "结转"], &["上年度", "结转"]]),
    (Row::CarriedOut, &[&["结转", "下年"], &["结转", "下一年"]]),
    (Row::PartlyGranted, &[&["部分公开"]]),
    (Row::Granted, &[&["予以公开"]]),
    (Row::OtherHandling, &[&["其他处理"]]),
    (Row::OtherServices, &[&["对外管理服务"]]),
    (Row::NormativeDocuments, &[&["规范性文件"]]),
    (Row::Fees, &[&["事业性收费"]]),
    (Row::Procurement, &[&["集中采购"]]),
];

/// The same for columns and headers.
const COLUMN_WORDS: &[(Label, &[&str])] = &[
    (Label::Column(Column::NewlyMade), &["新制作", "数"]),
    (Label::Column(Column::NewlyPublished), &["新公开", "数"]),
    (Label::Column(Column::PublishedInAll), &["公开总数"]),
    (Label::Column(Column::Issued), &["制发", "数"]),
    (Label::Column(Column::Repealed), &["废止", "数"]),
    (Label::Column(Column::InForce), &["现行有效"]),
    (Label::Column(Column::ItemsLastYear), &["上一年", "项目"]),
    (Label::Column(Column::ItemChange), &["本年增"]),
    (Label::Column(Column::Decisions), &["处理决定"]),
    (Label::Column(Column::FeeAmount), &["收费金额"]),
    (Label::Column(Column::ProcurementItems), &["采购项目"]),
    (Label::Column(Column::ProcurementAmount), &["采购总金额"]),
    (Label::Column(Column::ProcurementAmount), &["采购金额"]),
    (Label::Column(Column::PublicInterestBodies), &["社会", "组织"]),
    (Label::Column(Column::PublicInterestBodies), &["公益", "组织"]),
    (Label::Column(Column::LegalServices), &["法律服务"]),
    (Label::Column(Column::Businesses), &["企业"]),
    (Label::Column(Column::ResearchBodies), &["科研"]),
    (Label::Header(Header::BalanceNote), &["勾稽关系"]),
];

/// Words that exclude a match with the list above.
const NOT_A_ROW: &[(Row, &str)] = &[
    (Row::Granted, "不予公开"),
    (Row::Granted, "部分"),
    (Row::Received, "结转"),
    (Row::CarriedIn, "下年"),
    (Row::CarriedOut, "上年"),
];

static STANDARD: LazyLock<HashMap<String, Label>> = LazyLock::new(|| {
    let mut labels = HashMap::new();
    let mut add = |label: &str, meaning: Label| {
        let key = key(label);
        // `（一）予以公开` is often written without its number, `1.属于国家秘密` never means anything else either.
        labels.entry(key).or_insert(meaning);
    };
    // Many rows have the same columns, and folding their names takes long.
    let mut columns = vec![Column::OtherOrganisations];
    for table in F2021.tables.iter().chain(&F2019.tables) {
        for row in table.rows.iter().filter(|row| !row.label.is_empty()) {
            add(row.label, Label::Row(row.row));
            for column in row.columns {
                if !columns.contains(column) {
                    columns.push(*column);
                    add(column.name(), Label::Column(*column));
                }
            }
        }
    }
    for outcome in Outcome::ALL {
        add(outcome.name(), Label::Column(Column::Review(outcome)));
    }
    add("其他", Label::Column(Column::OtherOrganisations));
    add("本年处理决定数量", Label::Column(Column::Decisions));
    add("本年增减", Label::Column(Column::ItemChange));
    for (header, names) in [
        (Header::Content, &["信息内容"] as &[_]),
        (Header::Applicants, &["申请人情况"]),
        (Header::Organisations, &["法人或其他组织"]),
        (Header::Review, &["行政复议"]),
        (Header::Litigation, &["行政诉讼"]),
        (Header::DirectSuit, &["未经复议直接起诉"]),
        (Header::SuitAfterReview, &["复议后起诉"]),
    ] {
        for name in names {
            add(name, Label::Header(header));
        }
    }
    add(Header::BalanceNote.name(), Label::Header(Header::BalanceNote));
    for group in [Group::Outcomes, Group::Withheld, Group::Unavailable, Group::Declined] {
        add(group.name(), Label::Group(group));
    }
    labels
});

/// The same labels without their numbers: `予以公开`, `属于国家秘密`.
static BARE: LazyLock<HashMap<String, Label>> = LazyLock::new(|| {
    STANDARD
        .iter()
        .filter_map(|(key, label)| {
            let bare = without_number(key);
            (bare != key && !matches!(bare, "其他" | "总计")).then(|| (bare.to_owned(), *label))
        })
        .collect()
});

/// `key` without a leading Chinese or ASCII number.
fn without_number(key: &str) -> &str {
    key.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// The meaning of the label `text`, in any spelling; `None` if it is not a label of any table.
pub fn recognise(text: &str) -> Option<LabelMatch> {
    // The longest label has some 45 characters; anything much longer is prose.
    if text.len() > 400 {
        return None;
    }
    let key = key(text);
    let first = key.chars().next()?;
    if key.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    if let Some(label) = STANDARD.get(&key) {
        return Some(LabelMatch { label: *label, likeness: Likeness::Standard });
    }
    if first == '第'
        && let Some(item) = article_20_item(&key)
    {
        return Some(LabelMatch { label: Label::Item(item), likeness: Likeness::Standard });
    }
    let variant = |label| Some(LabelMatch { label, likeness: Likeness::Variant });
    if let Some(label) = BARE.get(without_number(&key)) {
        return variant(*label);
    }
    if key.chars().count() > 60 {
        return None;
    }
    let characters = CharacterSummary::of(&key).characters;
    let holds = |word: &str| word.chars().all(|c| characters.may_hold(c)) && key.contains(word);
    // Notes in brackets after a header: `本年收费金额（单位：万元，保留4位小数）`.
    for (label, words) in COLUMN_WORDS {
        if words.iter().all(|word| holds(word)) {
            let name = match label {
                Label::Column(column) => self::key(column.name()),
                _ => String::new(),
            };
            let rest = key.strip_prefix(&name);
            let likeness = match rest {
                Some(rest) if rest.is_empty() || ["单位", "万元", "元"].iter().any(|unit| rest.starts_with(unit)) => {
                    Likeness::Standard
                }
                _ => Likeness::Variant,
            };
            return Some(LabelMatch { label: *label, likeness });
        }
    }
    let (has_number, bare) = (without_number(&key) != key, without_number(&key));
    for (row, lists) in ROW_WORDS {
        let fits = lists.iter().any(|words| words.iter().all(|word| holds(word)));
        if fits && !NOT_A_ROW.iter().any(|(other, word)| other == row && key.contains(word)) {
            return variant(Label::Row(*row));
        }
    }
    match bare {
        _ if bare.contains("办理结果") => variant(Label::Group(Group::Outcomes)),
        "总计" | "合计" if has_number => variant(Label::Row(Row::Handled)),
        "合计" => variant(Label::Column(Column::AllApplicants)),
        "其它" => variant(Label::Column(Column::OtherOrganisations)),
        "公民" => variant(Label::Column(Column::NaturalPersons)),
        "维持" => variant(Label::Column(Column::Review(Outcome::Upheld))),
        "纠正" => variant(Label::Column(Column::Review(Outcome::Corrected))),
        "未审结" => variant(Label::Column(Column::Review(Outcome::Pending))),
        "结果" | "尚未" => Some(LabelMatch {
            label: Label::Column(Column::Review(if bare == "结果" { Outcome::Corrected } else { Outcome::Pending })),
            likeness: Likeness::Cut,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, label: Label, likeness: Likeness) {
        assert_eq!(recognise(text), Some(LabelMatch { label, likeness }), "{text}");
    }

    #[test]
    fn every_printed_label_is_recognised() {
        for table in F2021.tables.iter().chain(&F2019.tables) {
            for row in table.rows.iter().filter(|row| !row.label.is_empty()) {
                check(row.label, Label::Row(row.row), Likeness::Standard);
            }
        }
    }

    #[test]
    fn other_spellings() {
        use Likeness::*;
        check("(一) 予以公开", Label::Row(Row::Granted), Standard);
        check("(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)", Label::Row(Row::PartlyGranted), Standard);
        check("（二）部分公开", Label::Row(Row::PartlyGranted), Variant);
        check("1、属于国家秘密", Label::Row(Row::StateSecret), Standard);
        check("3.危及\"三安全一稳定\"", Label::Row(Row::SafetyAndStability), Standard);
        check("2.其他法律法规禁止公开", Label::Row(Row::ForbiddenByLaw), Variant);
        check("(三)不予公开", Label::Group(Group::Withheld), Standard);
        check("(七) 总计", Label::Row(Row::Handled), Standard);
        check("总计", Label::Column(Column::AllApplicants), Standard);
        check("其他", Label::Column(Column::OtherOrganisations), Standard);
        check("3.其他", Label::Row(Row::OtherOutcome), Standard);
        check("社会组织", Label::Column(Column::PublicInterestBodies), Variant);
        check("公益组织", Label::Column(Column::PublicInterestBodies), Variant);
        check("本年新\n制作数量", Label::Column(Column::NewlyMade), Standard);
        check("本年收费金额（单位：万元，保留4位小数）", Label::Column(Column::FeeAmount), Standard);
        check("采购总金额(单位:万元)", Label::Column(Column::ProcurementAmount), Standard);
        check("第二十条  第（一）项", Label::Item(Item(1)), Standard);
        check("行政复议", Label::Header(Header::Review), Standard);
        check("规范性文件", Label::Row(Row::NormativeDocuments), Standard);
        assert_eq!(recognise("0"), None);
        assert_eq!(recognise("结果提交"), None);
        assert_eq!(recognise("减3"), None);
    }

    #[test]
    fn numerals() {
        for (number, numeral) in [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")] {
            assert_eq!(ordinal(number), numeral);
            assert_eq!(chinese_numeral(numeral), Some(number));
        }
        assert_eq!(chinese_numeral("7"), Some(7));
        assert_eq!(chinese_numeral(""), None);
        assert_eq!(chinese_numeral("一一"), None);
    }

    #[test]
    fn groups_and_short_names() {
        use Likeness::*;
        for (text, label, likeness) in [
            ("不予公开", Label::Group(Group::Withheld), Variant),
            ("无法提供", Label::Group(Group::Unavailable), Variant),
            ("不予处理", Label::Group(Group::Declined), Variant),
            ("本年办理结果", Label::Group(Group::Outcomes), Variant),
            ("（七）合计", Label::Row(Row::Handled), Variant),
            ("合计", Label::Column(Column::AllApplicants), Variant),
            ("其它", Label::Column(Column::OtherOrganisations), Variant),
            ("公民", Label::Column(Column::NaturalPersons), Variant),
            ("维持", Label::Column(Column::Review(Outcome::Upheld)), Variant),
            ("纠正", Label::Column(Column::Review(Outcome::Corrected)), Variant),
            ("未审结", Label::Column(Column::Review(Outcome::Pending)), Variant),
            ("结果", Label::Column(Column::Review(Outcome::Corrected)), Cut),
            ("尚未", Label::Column(Column::Review(Outcome::Pending)), Cut),
        ] {
            check(text, label, likeness);
        }
    }

    #[test]
    fn other_and_total_say_nothing_without_their_number() {
        for text in ["5.其他", "八、其他", "（三）其他"] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_long_is_prose() {
        let label = |text: String| recognise(&text).map(|found| found.label);
        assert_eq!(label(format!("部分公开{}", "甲".repeat(56))), Some(Label::Row(Row::PartlyGranted)));
        assert_eq!(label(format!("部分公开{}", "甲".repeat(57))), None);
        assert_eq!(label(format!("规章{}", " ".repeat(394))), Some(Label::Row(Row::Rules)));
        assert_eq!(label(format!("规章{}", " ".repeat(395))), None);
    }

    #[test]
    fn labels_that_only_one_edition_has() {
        assert_eq!(Label::Item(Item::new(9).unwrap()).edition(), Some(Edition::F2019));
        assert_eq!(Label::Item(Item::new(5).unwrap()).edition(), None);
    }
}
