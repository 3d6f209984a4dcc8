//! The meaning of each name of the statute: what counts under it, what does not, and the legal basis.
//!
//! Every function matches exhaustively, so that a new name does not compile without its explanation. The Chinese is
//! written for the clerk who fills in the form. Only [`Basis::quote`] contains the law's own words; everything else is
//! explanation, and is shown outside quotations.

mod aspects;
mod column_terms;
mod headings;
mod identity_terms;
mod items;
pub mod laws;
mod rows;

pub use aspects::aspect;
pub use column_terms::{column, outcome};
pub use headings::{group, header, section, table};
pub use identity_terms::{identity, identity_name};
pub use items::item;
pub use rows::row;

use super::{Edition, ordinal};

/// The same words in Chinese and in English.
pub type Bilingual = [&'static str; 2];

/// The explanation of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it is, in one or two sentences.
    pub meaning: Bilingual,
    /// What counts here.
    pub counts: Bilingual,
    /// What does not count, and where it goes instead.
    pub excludes: Option<Bilingual>,
    /// The legal basis, the nearest provision first; never empty.
    pub basis: &'static [Basis],
}

/// A provision on which an explanation is based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The law or notice.
    pub law: Law,
    /// Which article of it; `None` for the whole of it.
    pub article: Option<Article>,
    /// The provision's own words, with full-width brackets as in print.
    pub quote: Option<&'static str>,
    /// How certain it is that this is the provision.
    pub certainty: Certainty,
}

/// A place in a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Article {
    /// 条
    pub number: u8,
    /// 款, where the article has several.
    pub paragraph: Option<u8>,
    /// 项
    pub item: Option<u8>,
}

/// A law or notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Law {
    /// 中华人民共和国政府信息公开条例
    Regulation,
    /// 中华人民共和国行政复议法
    ReviewLaw,
    /// 政府信息公开信息处理费管理办法
    FeeMeasures,
    /// 江苏省政府信息公开申请办理答复规范, which the office of the State Council forwarded for reference: no law.
    ReplyGuide,
    /// 最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释
    Interpretation,
    /// The notice that prescribes an edition of the format.
    Format(Edition),
}

/// How certain it is that a provision is the basis of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Checked against a source.
    Checked,
    /// Derived from the provision's words.
    Derived,
    /// From a source that is not a provision, for reference.
    Reference,
}

impl Law {
    /// Its name, in Chinese and in English.
    pub fn name(self) -> [String; 2] {
        match self {
            Law::Regulation => [
                "《中华人民共和国政府信息公开条例》".to_owned(),
                "Regulation on Open Government Information (国务院令第711号)".to_owned(),
            ],
            Law::ReviewLaw => {
                ["《中华人民共和国行政复议法》".to_owned(), "Administrative Review Law (行政复议法)".to_owned()]
            }
            Law::FeeMeasures => [
                "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）".to_owned(),
                "Measures on information processing fees (国办函〔2020〕109号)".to_owned(),
            ],
            Law::ReplyGuide => [
                "《江苏省政府信息公开申请办理答复规范》（国务院办公厅政府信息与政务公开办公室2020年1月10日转发，供参考）".to_owned(),
                "Guide on answers to applications, Jiangsu (forwarded by the General Office of the State Council on 10 January 2020, for reference)"
                    .to_owned(),
            ],
            Law::Interpretation => [
                "最高人民法院司法解释（法释〔2025〕8号）".to_owned(),
                "Judicial interpretation of the Supreme People's Court (法释〔2025〕8号)".to_owned(),
            ],
            Law::Format(edition) => [
                format!("年度报告格式（{}）", edition.notice()),
                format!("Format of the annual report ({})", edition.notice()),
            ],
        }
    }
}

impl Article {
    /// `第五十条第一款第（四）项`, `Art. 50 para. 1 item 4`.
    pub fn name(self) -> [String; 2] {
        let part = |number: Option<u8>, write: fn(u8) -> String| number.map(write).unwrap_or_default();
        [
            format!(
                "第{}条{}{}",
                ordinal(self.number),
                part(self.paragraph, |n| format!("第{}款", ordinal(n))),
                part(self.item, |n| format!("第（{}）项", ordinal(n))),
            ),
            format!(
                "Art. {}{}{}",
                self.number,
                part(self.paragraph, |n| format!(" para. {n}")),
                part(self.item, |n| format!(" item {n}")),
            ),
        ]
    }
}

impl Basis {
    /// Law and article, in Chinese and in English: `《中华人民共和国政府信息公开条例》第三十六条第（七）项`.
    pub fn name(self) -> [String; 2] {
        let [chinese, english] = self.law.name();
        match self.article.map(Article::name) {
            None => [chinese, english],
            Some([article, in_english]) => [format!("{chinese}{article}"), format!("{english}, {in_english}")],
        }
    }

    /// The same in the paragraph `number`.
    const fn paragraph(self, number: u8) -> Basis {
        match self.article {
            Some(article) => Basis { article: Some(Article { paragraph: Some(number), ..article }), ..self },
            None => self,
        }
    }

    /// The same in the item `number`.
    const fn item(self, number: u8) -> Basis {
        match self.article {
            Some(article) => Basis { article: Some(Article { item: Some(number), ..article }), ..self },
            None => self,
        }
    }

    /// With the provision's own words.
    const fn quote(self, quote: &'static str) -> Basis {
        Basis { quote: Some(quote), ..self }
    }

    /// Marks it as derived.
    const fn derived(self) -> Basis {
        Basis { certainty: Certainty::Derived, ..self }
    }

    /// Marks it as a reference.
    const fn for_reference(self) -> Basis {
        Basis { certainty: Certainty::Reference, ..self }
    }
}

/// Article `number` of `law`.
const fn article(law: Law, number: u8) -> Basis {
    let article = Some(Article { number, paragraph: None, item: None });
    Basis { law, article, quote: None, certainty: Certainty::Checked }
}

/// Article `number` of the Regulation.
const fn regulation(number: u8) -> Basis {
    article(Law::Regulation, number)
}

/// All of `law`.
const fn whole(law: Law) -> Basis {
    Basis { law, article: None, quote: None, certainty: Certainty::Checked }
}

/// The guide that defines every outcome.
const REPLY_GUIDE: Basis = whole(Law::ReplyGuide).for_reference();
/// The format of 2019.
const FORMAT_2019: Basis = whole(Law::Format(Edition::F2019));
/// The format of 2021.
const FORMAT_2021: Basis = whole(Law::Format(Edition::F2021));

#[cfg(test)]
mod tests;
