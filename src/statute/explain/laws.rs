//! Finds laws and notices in a text, with the article after the name; and the parts of a report that are based on an
//! article.

use super::{Article, Basis, Bilingual, Explanation, Law, column, item, row, section, table};
use crate::statute::{Edition, Item, Section, TableKind, ordinal};
use std::ops::Range;

/// A law named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The bytes of its name, brackets and the article's number.
    pub range: Range<usize>,
    /// The law.
    pub law: Law,
    /// The article, if one follows.
    pub article: Option<Article>,
}

/// The names of each law in titles, the longest name first.
const NAMES: [(&str, Law); 8] = [
    ("中华人民共和国政府信息公开工作年度报告格式", Law::Format(Edition::F2021)),
    ("中华人民共和国政府信息公开条例", Law::Regulation),
    ("政府信息公开信息处理费管理办法", Law::FeeMeasures),
    ("中华人民共和国行政复议法", Law::ReviewLaw),
    ("政府信息公开条例", Law::Regulation),
    ("信息处理费管理办法", Law::FeeMeasures),
    ("行政复议法", Law::ReviewLaw),
    ("条例", Law::Regulation),
];

/// After these words `条例` by itself is the Regulation, also without 《》.
const BEFORE_BARE: [&str; 6] = ["按照", "根据", "依据", "依照", "落实", "执行"];

/// Every law that `text` names, in order.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut add = |start: usize, end: usize, law: Law| {
        let rest = text.get(end..).unwrap_or_default();
        let (article, length) = article_at(rest).unzip();
        let range = start..end + length.unwrap_or_default();
        if found.iter().all(|other| other.range.end <= range.start || range.end <= other.range.start) {
            found.push(Mention { range, law, article });
        }
    };
    for (start, _) in text.match_indices('《') {
        let inner = text.get(start + '《'.len_utf8()..).unwrap_or_default();
        let Some(length) = inner.find('》') else { continue };
        let name = inner.get(..length).unwrap_or_default();
        let name = name.split(['（', '(']).next().unwrap_or_default().trim();
        if let Some((_, law)) = NAMES.iter().find(|(known, _)| *known == name) {
            add(start, start + '《'.len_utf8() + length + '》'.len_utf8(), *law);
        }
    }
    for word in BEFORE_BARE {
        for (at, _) in text.match_indices(word) {
            let start = at + word.len();
            let rest = text.get(start..).unwrap_or_default();
            if let Some((known, law)) = NAMES.iter().find(|(known, _)| rest.starts_with(known)) {
                add(start, start + known.len(), *law);
            }
        }
    }
    for edition in [Edition::F2019, Edition::F2021] {
        for (start, notice) in text.match_indices(edition.notice()) {
            add(start, start + notice.len(), Law::Format(edition));
        }
    }
    found.sort_by_key(|mention| mention.range.start);
    found
}

/// The article that `text` starts with, `第五十条第（四）项`, and its length.
fn article_at(text: &str) -> Option<(Article, usize)> {
    let (number, mut length) = numbered(text, "条")?;
    let part = |text: &str, length: &mut usize, what: &str| {
        let found = numbered(text.get(*length..).unwrap_or_default(), what);
        found.map(|(number, more)| {
            *length += more;
            number
        })
    };
    let paragraph = part(text, &mut length, "款");
    let item = part(text, &mut length, "项");
    Some((Article { number, paragraph, item }, length))
}

/// `第（四）项`, `第四项`: the number, and the length.
fn numbered(text: &str, what: &str) -> Option<(u8, usize)> {
    let rest = text.strip_prefix('第')?;
    let end = rest.find(what)?;
    let numeral = rest.get(..end)?.trim_matches(['（', '）', '(', ')']);
    // No provision has a number that is longer.
    let number = (numeral.chars().count() <= 4).then(|| (1..100).find(|number| ordinal(*number) == numeral))??;
    Some((number, '第'.len_utf8() + end + what.len()))
}

impl Law {
    /// Its description, in one sentence.
    pub fn meaning(self) -> Bilingual {
        match self {
            Law::Regulation => [
                "国务院令第711号，自2019年5月15日起施行。",
                "State Council Decree No. 711, in force since 15 May 2019.",
            ],
            Law::ReviewLaw => {
                ["规定行政复议的申请、受理和决定。", "On applying for administrative review, and deciding it."]
            }
            Law::FeeMeasures => [
                "信息处理费按件或者按量收取，属于行政事业性收费。",
                "The fee is charged by the application or by the page; it is an administrative fee.",
            ],
            Law::ReplyGuide => [
                "说明各种处理结果在什么情形下作出；由国务院办公厅政府信息与政务公开办公室转发，供工作中参考。",
                "Says when each outcome is given; forwarded by the office in charge, for reference in the work.",
            ],
            Law::Interpretation => [
                "审理政府信息公开行政案件的司法解释，自2025年6月1日起施行。",
                "Judicial interpretation on cases of information disclosure, in force since 1 June 2025.",
            ],
            Law::Format(_) => [
                "规定年度报告的六个部分和三张表格。",
                "Prescribes the six sections and the three tables of the report.",
            ],
        }
    }
}

/// The quoted words of the provisions of `law` in `article`; each once.
pub fn quotes(law: Law, article: Article) -> Vec<(Basis, &'static str)> {
    let mut quotes: Vec<(Basis, &'static str)> = Vec::new();
    for basis in all().flat_map(|(_, explanation)| explanation.basis) {
        let within = |own: Article| {
            let holds = |asked: Option<u8>, own: Option<u8>| asked.is_none() || asked == own;
            own.number == article.number && holds(article.paragraph, own.paragraph) && holds(article.item, own.item)
        };
        if let Some(quote) = basis.quote
            && basis.law == law
            && basis.article.is_some_and(within)
            && quotes.iter().all(|(_, known)| *known != quote)
        {
            quotes.push((*basis, quote));
        }
    }
    quotes.sort_by_key(|(basis, _)| basis.article.map(|own| (own.paragraph, own.item)));
    quotes
}

/// The sections and the rows of tables that are based on `article` of `law`, by their Chinese names, each once.
pub fn resting_on(law: Law, article: Article) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let rests = |basis: &Basis| basis.law == law && basis.article.is_some_and(|own| own.number == article.number);
    for (name, explanation) in all() {
        if explanation.basis.iter().any(rests) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Everything that is explained, with its name.
fn all() -> impl Iterator<Item = (String, &'static Explanation)> {
    let sections = Section::ALL.into_iter().map(|of| (of.heading(), section(of)));
    let tables = TableKind::ALL.into_iter().map(|of| (of.name().to_owned(), table(of)));
    let items = (1..=15).filter_map(Item::new).map(|of| (of.name().to_owned(), item(of)));
    let specs = || [Edition::F2021, Edition::F2019].into_iter().flat_map(|edition| edition.format().tables.iter());
    let rows = specs().flat_map(|spec| spec.rows).map(|spec| (spec.row.name().to_owned(), row(spec.row)));
    let columns = specs().flat_map(|spec| spec.rows).flat_map(|spec| spec.columns);
    let columns = columns.map(|of| (of.name().to_owned(), column(*of)));
    sections.chain(tables).chain(items).chain(rows).chain(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Law, Option<[u8; 3]>)]) {
        let found = mentions(text);
        let found: Vec<_> = found
            .iter()
            .map(|mention| {
                let article = mention.article.map(|article| {
                    [article.number, article.paragraph.unwrap_or_default(), article.item.unwrap_or_default()]
                });
                (text.get(mention.range.clone()).unwrap_or_default(), mention.law, article)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn laws_are_known_by_their_names_with_the_article_after_them() {
        let whole = "《中华人民共和国政府信息公开条例》";
        check(
            &format!("根据{whole}（以下简称《条例》）"),
            &[(whole, Law::Regulation, None), ("《条例》", Law::Regulation, None)],
        );
        check(
            "按照《条例》第五十条第（四）项的要求",
            &[("《条例》第五十条第（四）项", Law::Regulation, Some([50, 0, 4]))],
        );
        check("依据条例第二十三条第一款第四项，", &[("条例第二十三条第一款第四项", Law::Regulation, Some([23, 1, 4]))]);
        check(
            "《行政复议法》第十条、国办公开办函〔2021〕30号",
            &[
                ("《行政复议法》第十条", Law::ReviewLaw, Some([10, 0, 0])),
                ("国办公开办函〔2021〕30号", Law::Format(Edition::F2021), None),
            ],
        );
        check("《云岭市档案条例》第五条、《云岭市政府信息公开条例实施办法》、本条例、第五条", &[]);
        check("按照条例", &[("条例", Law::Regulation, None)]);
        check("《条例", &[]);
    }

    #[test]
    fn the_words_of_an_article_are_those_of_its_items() {
        let article = |number, item| Article { number, paragraph: None, item };
        let fifty = quotes(Law::Regulation, article(50, None));
        assert!(fifty.len() > 3, "{fifty:?}");
        assert_eq!(quotes(Law::Regulation, article(20, Some(5))).len(), 1);
        assert!(quotes(Law::Regulation, article(55, None)).is_empty());
        assert!(resting_on(Law::Regulation, article(50, None)).contains(&Section::Overview.heading()));
    }
}
