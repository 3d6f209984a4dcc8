//! The text before the first section of a report: its legal basis, its parts, its contact.

use crate::report::{Report, passages, words};
use crate::statute::Body;
use crate::text::{Memo, Span};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// A passage before the first section: lines that may be one sentence.
pub(in crate::rules) struct Passage<'a> {
    /// Its text, as written.
    pub(in crate::rules) text: Cow<'a, str>,
    /// The start of the text in the report.
    pub(in crate::rules) start: usize,
}

impl Passage<'_> {
    /// The place of `part` of its text in the report.
    pub(in crate::rules) fn place(&self, part: Span) -> Span {
        part.shift(self.start)
    }
}

/// At most this many lines belong to the preamble; later lines are something else.
const MOST: usize = 40;

/// The passages before the first section, without the title.
pub(in crate::rules) fn preamble<'a>(report: &Report, source: &'a str) -> Vec<Passage<'a>> {
    let Some(first) = report.sections.iter().find(|heading| heading.section.is_some()) else { return Vec::new() };
    let before = report.paragraphs.partition_point(|line| line.span.start < first.span.start).min(MOST);
    let lines = report.paragraphs.get(..before).unwrap_or_default();
    let passages = passages(lines).filter_map(|passage| Some((passage, passage.first()?.span.start)));
    passages.map(|(passage, start)| Passage { text: words(passage, source), start }).collect()
}

/// The role in which the preamble names a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum BodyRole {
    /// `现公布…2023年政府信息公开工作年度报告`: the body that reports.
    Report,
    /// `由…编制`
    Maker,
    /// `请与…联系`
    Contact,
}

/// A body that a passage names; `span` counts from the start of the passage.
pub(in crate::rules) struct Named {
    pub(in crate::rules) body: Body,
    pub(in crate::rules) role: BodyRole,
    pub(in crate::rules) span: Span,
}

thread_local! {
    /// The bodies in passages.
    static NAMED: RefCell<Memo<String, Rc<[Named]>>> = const { RefCell::new(Memo::new(256)) };
}

/// The bodies that the passage `text` names in full, in the order of the text.
pub(in crate::rules) fn named(text: &str) -> Rc<[Named]> {
    Memo::of_text(&NAMED, text, || {
        let reports = reports(text).map(|span| (BodyRole::Report, span));
        let makers = makers(text).map(|span| (BodyRole::Maker, span));
        let contacts = contacts(text).map(|span| (BodyRole::Contact, span));
        let all = reports.chain(makers).chain(contacts);
        let mut named: Vec<Named> = all
            .filter_map(|(role, span)| {
                let body = Body::of(span.of(text));
                (span.len() <= LONGEST && body.is_named_in_full()).then_some(Named { body, role, span })
            })
            .collect();
        named.sort_by_key(|named| named.span);
        named.into()
    })
}

/// A longer text is not a name.
const LONGEST: usize = 120;

/// Characters that no name contains.
const BOUNDARIES: &[char] =
    &['，', '。', '；', '：', '、', ',', ';', ':', '（', '）', '(', ')', '《', '》', '〈', '〉', '“', '”', '"', ' '];

/// Words that come before a name and are not part of it.
const BEFORE_NAMES: &[&str] = &[
    "公布", "发布", "公开", "编制", "编写", "撰写", "完成", "关于", "做好", "印发", "报告", "如下", "现将", "请与",
    "联系",
];

/// Words that may be left before a name.
const PARTICLES: &[&str] = &["了", "的", "现", "特", "由", "将", "把", "与", "向", "是", "为", "在"];

/// The name that ends at `end` of `text`.
fn name_before(text: &str, end: usize) -> Option<Span> {
    let before = text.get(..end)?;
    let boundary = before.rfind(BOUNDARIES).map(|at| at + before.get(at..).map_or(0, first_length));
    let word = BEFORE_NAMES.iter().filter_map(|word| before.rfind(word).map(|at| at + word.len())).max();
    let mut start = boundary.max(word).unwrap_or(0);
    while let Some(particle) =
        PARTICLES.iter().find(|particle| before.get(start..).is_some_and(|rest| rest.starts_with(**particle)))
    {
        start += particle.len();
    }
    (start < end).then(|| Span::new(start, end))
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The names before the year in the title of a report: `…2023年政府信息公开工作年度报告`.
fn reports(text: &str) -> impl Iterator<Item = Span> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇零一二三四五六七八九".contains(c);
    text.match_indices('年').filter_map(move |(at, _)| {
        let after = text.get(at + '年'.len_utf8()..)?;
        let after = after.strip_prefix('度').unwrap_or(after);
        let tail: String = after.chars().take(20).collect();
        let starts = ["政府信息公开", "政务公开", "政务信息公开", "信息公开"].iter().any(|word| tail.starts_with(word));
        if !starts || !["年度报告", "年报"].iter().any(|word| tail.contains(word)) {
            return None;
        }
        let before = text.get(..at)?;
        let digits = before.trim_end_matches(|c| is_digit(c) || c == ' ');
        (digits.len() < before.len()).then(|| name_before(text, digits.len())).flatten()
    })
}

/// The names in `由…编制`.
fn makers(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices('由').filter_map(|(at, by)| {
        let start = at + by.len();
        let rest = text.get(start..)?;
        let rest = rest.get(..rest.find(BOUNDARIES).unwrap_or(rest.len()))?;
        let end = ["组织编制", "负责编制", "汇总编制", "编制", "编写", "撰写"]
            .iter()
            .filter_map(|word| rest.find(word))
            .min()?;
        (end > 0).then(|| Span::new(start, start + end))
    })
}

/// The names in `请与…联系`, `请联系…`, `向…咨询`, `联系单位：…`.
fn contacts(text: &str) -> impl Iterator<Item = Span> {
    let until = |start: usize, ends: &[&str]| -> Option<Span> {
        let rest = text.get(start..)?;
        let rest = rest.get(..rest.find(BOUNDARIES).unwrap_or(rest.len()))?;
        let end = ends.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
        (end > 0).then(|| Span::new(start, start + end))
    };
    let with = ["请与", "可与", "请向", "可向", "请联系", "联系单位：", "联系部门：", "联系机构：", "受理机构："];
    let places = with.into_iter().flat_map(move |word| text.match_indices(word));
    places.filter_map(move |(at, word)| until(at + word.len(), &["联系", "咨询", "反映", "反馈", "提出", "询问"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, due: &[(BodyRole, &str)]) {
        let found = named(text);
        let found: Vec<(BodyRole, &str)> = found.iter().map(|named| (named.role, named.span.of(text))).collect();
        assert_eq!(found, due, "{text}");
    }

    #[test]
    fn bodies_and_what_they_are_named_for() {
        check(
            "根据条例规定，现公布云岭市档案局2023年政府信息公开工作年度报告。",
            &[(BodyRole::Report, "云岭市档案局")],
        );
        check("特向社会公布《云岭市档案局 2023年度政府信息公开年度报告》。", &[(BodyRole::Report, "云岭市档案局")]);
        check(
            "特编制云岭市青河区人民政府２０２３年政府信息公开工作年度报告",
            &[(BodyRole::Report, "云岭市青河区人民政府")],
        );
        check("本报告由云岭市档案局编制，全文包括六个部分。", &[(BodyRole::Maker, "云岭市档案局")]);
        check(
            "如对本报告有疑问，请与云岭市档案局办公室联系（地址：云岭市青河区和平路1号）。",
            &[(BodyRole::Contact, "云岭市档案局办公室")],
        );
        check(
            "如有疑问，请联系云岭市档案局办公室，联系电话：0000-0000000。",
            &[(BodyRole::Contact, "云岭市档案局办公室")],
        );
    }

    #[test]
    fn names_of_documents_and_words_for_oneself() {
        for text in [
            "按照《云岭市人民政府办公室关于做好2023年政府信息公开工作年度报告编制公布工作的通知》要求，我局编制完成了本报告。",
            "根据《中华人民共和国政府信息公开工作年度报告格式》编制。",
            "如对本报告有疑问，请与我局办公室联系。",
            "现公布2023年政府信息公开工作年度报告。",
            "由市政府办公室汇总编制。",
        ] {
            check(text, &[]);
        }
    }
}
