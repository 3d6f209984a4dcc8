//! The six sections and their names.

use super::Section;
use super::labels::{chinese_numeral, key, letters};
use std::sync::LazyLock;

pub(super) struct SectionSpec {
    pub(super) section: Section,
    /// The standard name, without the ordinal.
    pub(super) name: &'static str,
    /// Other names that are accepted in practice.
    accepted: &'static [&'static str],
    /// A heading is this section, under another name, if it has every word of one of these lists.
    words: &'static [&'static [&'static str]],
    pub(super) english: &'static str,
}

pub(super) static SPECS: [SectionSpec; 6] = [
    SectionSpec {
        section: Section::Overview,
        name: "总体情况",
        accepted: &[],
        words: &[&["总体", "情况"], &["总体概述"], &["工作概述"], &["概述"], &["总体工作"]],
        english: "Overview",
    },
    SectionSpec {
        section: Section::Disclosure,
        name: "主动公开政府信息情况",
        accepted: &[],
        words: &[&["主动公开"]],
        english: "Information disclosed on the body's own initiative",
    },
    SectionSpec {
        section: Section::Applications,
        name: "收到和处理政府信息公开申请情况",
        accepted: &[],
        words: &[&["申请", "收到"], &["申请", "处理"], &["申请", "办理"], &["依申请公开"]],
        english: "Applications received and handled",
    },
    SectionSpec {
        section: Section::Review,
        name: "政府信息公开行政复议、行政诉讼情况",
        accepted: &["因政府信息公开工作被申请行政复议、提起行政诉讼情况"],
        words: &[&["复议", "诉讼"], &["行政复议"], &["行政诉讼"]],
        english: "Administrative review and litigation",
    },
    SectionSpec {
        section: Section::Problems,
        name: "存在的主要问题及改进情况",
        accepted: &[
            "政府信息公开工作存在的主要问题及改进情况",
            "存在的主要问题和改进情况",
            "政府信息公开工作存在的主要问题和改进情况",
        ],
        words: &[&["问题", "改进"], &["存在", "问题"], &["主要问题"]],
        english: "Main problems and improvements",
    },
    SectionSpec {
        section: Section::Other,
        name: "其他需要报告的事项",
        accepted: &[],
        words: &[&["其他", "报告", "事项"], &["其他", "说明", "事项"], &["其他事项"], &["需要", "报告", "事项"]],
        english: "Other matters to report",
    },
];

/// The five aspects of the work that 一、总体情况 covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// 主动公开
    Initiative,
    /// 依申请公开
    Request,
    /// 政府信息管理
    Management,
    /// 政府信息公开平台建设
    Platforms,
    /// 监督保障
    Supervision,
}

impl Aspect {
    /// All five, in order.
    pub const ALL: [Aspect; 5] =
        [Aspect::Initiative, Aspect::Request, Aspect::Management, Aspect::Platforms, Aspect::Supervision];

    /// The topics of supervision that a government's report has to cover, with the words that name them (Article 50,
    /// item 4).
    pub const OF_GOVERNMENTS: [(&'static str, &'static [&'static str]); 3] = [
        ("工作考核", &["考核", "考评", "绩效管理", "绩效评价"]),
        ("社会评议", &["评议", "满意度", "公众评价"]),
        ("责任追究", &["责任追究", "追究责任", "追究相关责任", "追责", "问责"]),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Initiative => "主动公开",
            Aspect::Request => "依申请公开",
            Aspect::Management => "政府信息管理",
            Aspect::Platforms => "政府信息公开平台建设",
            Aspect::Supervision => "监督保障",
        }
    }

    /// An English name.
    pub fn english(self) -> &'static str {
        match self {
            Aspect::Initiative => "disclosure on the body's own initiative",
            Aspect::Request => "disclosure on request",
            Aspect::Management => "management of information",
            Aspect::Platforms => "platforms",
            Aspect::Supervision => "supervision and support",
        }
    }

    /// Words that name it.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Aspect::Initiative => &["主动公开"],
            Aspect::Request => &["依申请", "公开申请", "申请公开"],
            Aspect::Management => &[
                "信息管理",
                "信息发布管理",
                "信息资源",
                "保密审查",
                "公开审查",
                "信息审核",
                "发布审核",
                "审核发布",
                "三审",
                "动态调整",
                "公开属性",
                "规范性文件管理",
                "规范性文件清理",
            ],
            Aspect::Platforms => &["平台", "网站", "栏目", "专栏", "新媒体", "公众号"],
            Aspect::Supervision => &["监督", "保障", "考核", "考评", "督查", "培训", "评议", "追究", "问责"],
        }
    }
}

/// The end of the title, after its year.
pub const TITLE_TAIL: &str = "年政府信息公开工作年度报告";

/// Words that the end of a title may consist of.
const TITLE_WORDS: [&str; 10] = ["年度", "年报", "年", "政府", "政务", "信息", "公开", "工作", "报告", "情况"];

/// Words with which the end of a title starts, if it does not include the year.
const TITLE_STARTS: [&str; 4] = ["政府信息公开", "政务信息公开", "政务公开", "信息公开"];

/// Whether `text` is only the end of a title: an annual report on disclosure.
pub fn is_title_tail(text: &str) -> bool {
    let mut rest = text;
    while let Some(shorter) = TITLE_WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest.is_empty() && (text.ends_with("年度报告") || text.ends_with("年报"))
}

/// Where in `title` the words on disclosure start.
pub fn title_words_at(title: &str) -> Option<usize> {
    TITLE_STARTS.iter().filter_map(|word| title.find(word)).min()
}

/// The name between the year and the tail, in `2021年云岭市档案局政府信息公开工作年度报告`, of which `text` is what follows the
/// digits, without spaces.
pub fn body_after_year(text: &str) -> Option<&str> {
    let text = text.strip_prefix('年')?;
    let text = text.strip_prefix('度').unwrap_or(text);
    let (body, tail) = text.split_at_checked(title_words_at(text)?)?;
    (!body.is_empty() && is_title_tail(tail)).then_some(body)
}

/// The title of the report of `body` for `year`.
pub fn title_of(body: &str, year: impl std::fmt::Display) -> String {
    format!("{body}{year}{TITLE_TAIL}")
}

/// The number that a line starts with as a sub-heading does, `（二）改进措施`, and the length of it with its brackets.
pub fn subsection_number(line: &str) -> Option<(u8, usize)> {
    let inner = line.strip_prefix(['（', '(', '〔'])?;
    let (numeral, rest) = inner.split_once(['）', ')', '〕'])?;
    if numeral.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = chinese_numeral(numeral.trim())?;
    Some((number, line.len() - rest.len()))
}

/// A part of 表四: a group of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewPart {
    /// 行政复议
    Review,
    /// 行政诉讼 › 未经复议直接起诉
    DirectSuit,
    /// 行政诉讼 › 复议后起诉
    SuitAfterReview,
}

/// Which part of 表四 a line before its figures names.
pub fn review_part(line: &str) -> Option<ReviewPart> {
    let key = key(line);
    let part = if key.contains("复议后") {
        ReviewPart::SuitAfterReview
    } else if key.contains("直接起诉") {
        ReviewPart::DirectSuit
    } else if key.contains("行政复议") && !key.contains("诉讼") {
        ReviewPart::Review
    } else {
        return None;
    };
    Some(part)
}

/// How well a heading's name fits the section it was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionMatch {
    /// The standard name, or one that differs in spacing, width or punctuation only.
    Standard,
    /// A name accepted in practice.
    Accepted,
    /// Another wording of the standard name: it has nearly all of its characters.
    Close,
    /// Recognisable, but another name.
    Other,
}

/// How a list of the parts of a report may call `section`, without what joins words (和, 及, 、, 的): the names of the
/// format and the words of Article 50. One name of a list is enough to name the part.
pub fn names_in_list(section: Section) -> &'static [&'static [&'static str]] {
    match section {
        Section::Overview => &[&["总体情况"]],
        Section::Disclosure => {
            &[&["主动公开政府信息情况"], &["主动公开信息情况"], &["政府信息主动公开情况"], &["主动公开情况"]]
        }
        Section::Applications => &[
            &["收到处理政府信息公开申请"],
            &["收到处理政府信息申请"],
            &["收到处理信息公开申请"],
            &["政府信息公开申请收到处理"],
            &["处理政府信息公开申请情况"],
            &["政府信息公开申请情况"],
        ],
        Section::Review => &[&["行政复议", "行政诉讼"], &["复议诉讼"]],
        Section::Problems => &[&["问题改进情况"], &["问题改进工作情况"]],
        Section::Other => &[&["其他需要报告事项"], &["其它需要报告事项"], &["需要报告其他事项"], &["其他报告事项"]],
    }
}

/// `text` as names of parts are compared: its [`key`] without what joins words.
pub fn part_key(text: &str) -> String {
    let mut joined = key(text).replace("以及", "");
    joined.retain(|c| !matches!(c, '和' | '及' | '与' | '或' | '的'));
    joined
}

/// The keys of every standard and accepted name, worked out once: each heading is compared with all of them.
static KEYS: LazyLock<Vec<(String, Section, SectionMatch)>> = LazyLock::new(|| {
    let accepted = SPECS.iter().flat_map(|spec| spec.accepted.iter().map(move |name| (name, spec)));
    let accepted = accepted.map(|(name, spec)| (key(name), spec.section, SectionMatch::Accepted));
    SPECS.iter().map(|spec| (key(spec.name), spec.section, SectionMatch::Standard)).chain(accepted).collect()
});

/// Which section a top-level heading named `name` (without its ordinal) opens, and how well the name fits.
pub fn recognise_section(name: &str) -> Option<(Section, SectionMatch)> {
    let key = key(name);
    if let Some(named) = named(&key) {
        return Some(named);
    }
    if key.chars().count() > 40 {
        return None;
    }
    let spec = SPECS.iter().rev().find(|spec| {
        spec.words.iter().any(|words| words.iter().all(|word| key.contains(word)))
            // Problems with disclosing on one's own initiative are still problems.
            && !(spec.section == Section::Disclosure && key.contains("问题"))
    })?;
    let standard = KEYS.iter().find(|(_, section, _)| *section == spec.section);
    let close = standard.is_some_and(|(standard, ..)| is_close(&key, standard));
    Some((spec.section, if close { SectionMatch::Close } else { SectionMatch::Other }))
}

/// The same for a standard or an accepted name, and nothing else.
pub fn section_named(name: &str) -> Option<(Section, SectionMatch)> {
    // This is called for every line; the first character excludes most of them.
    let first = letters(name).next()?;
    KEYS.iter().any(|(known, ..)| known.starts_with(first)).then(|| named(&key(name)))?
}

fn named(key: &str) -> Option<(Section, SectionMatch)> {
    KEYS.iter().find(|(known, ..)| known == key).map(|(_, section, fit)| (*section, *fit))
}

/// Whether `name` differs from `standard` only in at most three missing or added characters, and not in the first one.
fn is_close(name: &str, standard: &str) -> bool {
    let (name, standard): (Vec<char>, Vec<char>) = (name.chars().collect(), standard.chars().collect());
    if name.first() != standard.first() {
        return false;
    }
    let mut previous: Vec<usize> = (0..=standard.len()).collect();
    for (i, a) in name.iter().enumerate() {
        let mut current = vec![i + 1];
        for (j, b) in standard.iter().enumerate() {
            let kept = previous[j] + if a == b { 0 } else { 2 };
            current.push(kept.min(previous[j + 1] + 1).min(current[j] + 1));
        }
        previous = current;
    }
    previous[standard.len()] <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sections() {
        use SectionMatch::*;
        let check = |name, section, fit| assert_eq!(recognise_section(name), Some((section, fit)), "{name}");
        check("总体情况", Section::Overview, Standard);
        check("总体公开情况及措施", Section::Overview, Other);
        check("收到和处理政府信息公开申请情 况", Section::Applications, Standard);
        check("政府信息公开行政复议和行政诉讼情况", Section::Review, Close);
        check("因政府信息公开工作被申请行政复议、提起行政诉讼情况", Section::Review, Accepted);
        check("政府信息公开工作存在的主要问题及改进情况", Section::Problems, Accepted);
        check("存在问题及改进情况", Section::Problems, Close);
        check("主动公开政府信息存在的问题", Section::Problems, Other);
        check("其它需要报告的事项", Section::Other, Close);
        assert_eq!(recognise_section("改进措施"), None);
        assert_eq!(recognise_section("本年度办理结果"), None);
    }

    #[test]
    fn a_long_line_is_no_heading() {
        let section = |more| recognise_section(&format!("存在的主要问题{}", "甲".repeat(more)));
        assert_eq!(section(33), Some((Section::Problems, SectionMatch::Other)));
        assert_eq!(section(34), None);
    }

    #[test]
    fn the_name_between_the_year_and_the_tail() {
        assert_eq!(body_after_year("年云岭市档案局政府信息公开年度报告"), Some("云岭市档案局"));
        assert_eq!(body_after_year("年度云岭市档案局信息公开年报"), Some("云岭市档案局"));
        assert_eq!(body_after_year("年度政府信息公开年度报告"), None);
        assert_eq!(body_after_year("年云岭市档案局政府信息公开宣传周年度报告"), None);
    }

    #[test]
    fn parts_by_other_names() {
        let names = |section, text: &str| {
            let key = part_key(text);
            names_in_list(section).iter().any(|words| words.iter().all(|word| key.contains(word)))
        };
        for (section, text) in [
            (Section::Review, "政府信息公开行政复议和行政诉讼情况"),
            (Section::Review, "因政府信息公开工作被申请行政复议、提起行政诉讼的情况"),
            (Section::Review, "因政府信息公开申请行政复议或提起行政诉讼情况"),
            (Section::Problems, "主要问题和改进情况"),
            (Section::Problems, "政府信息公开工作存在的主要问题及改进的情况"),
            (Section::Applications, "行政机关收到和处理政府信息公开申请的情况"),
            (Section::Disclosure, "行政机关主动公开政府信息的情况"),
            (Section::Other, "以及其他需要报告的事项"),
            (Section::Other, "需要报告的其他事项"),
        ] {
            assert!(names(section, text), "{text}");
        }
        assert!(!names(Section::Problems, "存在的主要问题及改进措施"));
        assert!(!names(Section::Disclosure, "主动公开政府工作情况"));
    }

    #[test]
    fn close_is_three_characters_more_or_less() {
        for (name, close) in [
            ("总体情况", true),
            ("总体工作的情况", true),
            ("总情", true),
            ("总体工作开展情况", false),
            ("总体工作概况", false),
            ("本年总体情况", false),
        ] {
            assert_eq!(is_close(name, "总体情况"), close, "{name}");
        }
    }

    #[test]
    fn sub_headings_have_numbers_in_words() {
        assert_eq!(subsection_number("（二）改进措施"), Some((2, "（二）".len())));
        assert_eq!(subsection_number("(二十一）改进措施"), Some((21, "(二十一）".len())));
        for other in ["（2）改进措施", "（甲）改进措施", "二、改进措施", "（二改进措施", ""] {
            assert_eq!(subsection_number(other), None, "{other}");
        }
    }
}
