//! GK608 personal-data: what identifies a person.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::support::line_content::{LineContent, PersonalDatum};
use crate::rules::support::running_text::is_han;
use crate::rules::{Finding, Fix, Severity, WORDS};
use crate::say;
use crate::text::{Span, TextEdit, fold};

rule! {
    code: "GK608",
    name: "personal-data",
    severity: Error,
    reads: WORDS.and(Facets::LABELS),
    title: ["写有个人信息", "Personal data is left in the report"],
    checks: [
        "\
报告中可以识别个人的信息：

- 公民身份号码：18 位，出生日期和校验码都正确的（错误）；
- “申请人”之后的姓名（警告）；
- 联系方式以外的手机号码（提示）。

写明联系人、咨询电话等的句子里的号码不提示；已作“张某”“138****0000”等隐名处理的不提示。",
        "\
What identifies a person in the report:

- the identity number of a citizen, 18 characters with a date of birth and a check digit that are right (an error);
- the name after 申请人 (a warning);
- a mobile number outside a contact clause (information).

It is silent about the numbers of a sentence that says whom to contact, and about what is masked, such as `张某` or `138****0000`.",
    ],
    basis: [
        "《政府信息公开条例》第十五条：涉及个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。年度报告向社会公布，只需要件数，不需要申请人的个人信息。",
        "Article 15 of the Regulation: information that would harm the lawful rights of a third party, such as their privacy, must not be disclosed. The annual report is published; it needs the number of applications, not the applicants.",
    ],
    example: [
        "\
不符：“申请人张建国要求公开征地信息”。

相符：“申请人张某要求公开征地信息”“一名申请人要求公开征地信息”。",
        "\
Fires: `申请人张建国要求公开征地信息`.

Silent: `申请人张某要求公开征地信息`; `一名申请人要求公开征地信息`.",
    ],
    fix: [
        "可作隐名处理，须由填报人确认，不自动修正。",
        "Masking it is offered. It changes the text, so it is unsafe.",
    ],
}

/// Words that a sentence has which says whom to contact.
const CONTACT: &[&str] = &[
    "联系",
    "电话",
    "咨询",
    "邮编",
    "邮政编码",
    "邮箱",
    "传真",
    "热线",
    "地址",
    "监督举报",
    "疑问",
    "负责人",
    "经办人",
];

/// The surnames that are frequent and begin few words that follow 申请人.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖袁潘蔡蒋杜叶魏苏吕丁卢姚沈姜崔谭廖石贾韦邹熊孟秦邱侯尹薛闫龙黎贺郝龚邵钱汤尤严";

/// Words that begin as names do.
const NO_NAMES: &[&str] = &[
    "张贴", "张榜", "陈述", "周边", "周围", "周末", "马上", "林业", "林地", "林权", "林木", "谢绝", "石油", "石材",
    "杨梅", "李子", "黄金", "黄页", "苏木", "姚黄", "朱批", "罗列", "郑重", "严格", "严重", "尤其", "汤药", "钱款",
    "贺信", "龙头", "叶片", "唐突", "肖像", "丁类", "杜绝", "沈阳", "徐州", "郑州", "苏州", "杨浦", "梁平", "秦皇",
    "黎明", "王府", "孙子", "孙女", "胡乱", "彭州", "邓州", "潘多", "蔡甸", "韩城", "曹县", "魏县", "孟州", "邹城",
    "吴江", "吴中", "黄浦", "黄山", "黄石", "马鞍", "石家", "唐山", "林区", "宋体",
];

/// What follows a name.
const AFTER_NAME: &[&str] = &[
    "，", ",", "。", "；", ";", "、", "（", "(", "“", "》", "于", "向", "提出", "提交", "不服", "申请", "要求", "诉",
    "等", "的", "与", "因", "认为", "就", "以", "通过", "在", "对", "邮寄", "来函", "来信", "来电", "持", "未", "已",
    "多次", "再次", "反映", "查阅", "查询",
];

/// Characters that replace the omitted part of a name, or that follow a surname without a given name.
const MASKS: [char; 5] = ['某', '氏', '姓', '先', '女'];

/// The number of a citizen: its length, and the weights of its digits (GB 11643).
const NUMBER: usize = 18;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: &[u8; 11] = b"10X98765432";

/// How long a mobile number is.
const MOBILE: usize = 11;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (span, line) in context.words() {
        let found = line.personal.get_or_init(|| personal(line));
        findings.extend(found.iter().map(|(place, kind)| finding(context, place.shift(span.start), *kind)));
    }
    // Words that are astray in a table are part of the report too.
    for stray in &context.report.strays {
        let found = personal(&LineContent::of(context.text(*stray)));
        findings.extend(found.into_iter().map(|(place, kind)| finding(context, place.shift(stray.start), kind)));
    }
}

fn finding(context: &Context<'_>, span: Span, kind: PersonalDatum) -> Finding {
    let language = context.language;
    let masked = masked(context.text(span), kind);
    let (severity, message) = match kind {
        PersonalDatum::IdentityNumber => (
            Severity::Error,
            say!(
                language,
                "写出了公民身份号码，公布前应删去或作隐名处理",
                "This is the identity number of a citizen: take it out or mask it before the report is published"
            ),
        ),
        PersonalDatum::Name => (
            Severity::Warning,
            say!(
                language,
                "写出了申请人的姓名，公布前应删去或作隐名处理",
                "This names an applicant: take the name out or mask it before the report is published"
            ),
        ),
        PersonalDatum::Mobile => (
            Severity::Info,
            say!(
                language,
                "写出了手机号码，又不是公布的联系方式，请核对是否应当删去",
                "This is a mobile number that is not given as a contact: check whether it should be taken out"
            ),
        ),
    };
    let fix = Fix::doubtful(
        say!(language, "改为“{masked}”", "Change it to “{masked}”"),
        vec![TextEdit { span, content: masked }],
    );
    Finding::new(&RULE, span, message).severity(severity).fix(fix)
}

/// `text` with its identifying part masked.
fn masked(text: &str, kind: PersonalDatum) -> String {
    let chars: Vec<char> = text.chars().collect();
    let shown = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let last = chars.len().saturating_sub(4);
    match kind {
        PersonalDatum::IdentityNumber => format!("{}********{}", shown(0, 6), shown(last, chars.len())),
        PersonalDatum::Name => format!("{}某", shown(0, 1)),
        PersonalDatum::Mobile => format!("{}****{}", shown(0, 3), shown(last, chars.len())),
    }
}

/// What identifies a person in `line`.
fn personal(line: &LineContent) -> Vec<(Span, PersonalDatum)> {
    let text = line.text();
    let mut found = Vec::new();
    if line.characters().may_hold('申') {
        found.extend(names(text).map(|span| (span, PersonalDatum::Name)));
    }
    found.extend(numbers(text));
    found.sort_by_key(|(span, _)| *span);
    found
}

/// Runs of digits that are the number of a citizen or of a mobile telephone.
fn numbers(text: &str) -> Vec<(Span, PersonalDatum)> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text.get(rest..).and_then(|tail| tail.find(is_digit)).map(|at| rest + at) {
        let tail = text.get(start..).unwrap_or_default();
        let length = tail.find(|c: char| !is_digit(c)).unwrap_or(tail.len());
        // The last character of an identity number may be an X.
        let x = tail.get(length..).and_then(|after| after.chars().next()).filter(|c| matches!(c, 'x' | 'X' | 'Ｘ'));
        let end = start + length + x.map_or(0, char::len_utf8);
        rest = end;
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        // Part of a longer number, an address or a file name.
        let goes_on = |c: Option<char>| {
            c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '/' | '=' | '_' | '-' | '.' | '*'))
        };
        if goes_on(before) || goes_on(after) {
            continue;
        }
        let span = Span::new(start, end);
        let digits = fold(span.of(text));
        if is_identity_number(digits.as_bytes()) {
            found.push((span, PersonalDatum::IdentityNumber));
        } else if x.is_none() && is_mobile(digits.as_bytes()) && !is_contact(text, span) {
            found.push((span, PersonalDatum::Mobile));
        }
    }
    found
}

/// Whether `number` has a region, a date of birth and a check digit that are right.
fn is_identity_number(number: &[u8]) -> bool {
    let number = number.to_ascii_uppercase();
    let (Some((check, digits)), NUMBER) = (number.split_last(), number.len()) else { return false };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let part = |from: usize, to: usize| {
        digits.get(from..to).unwrap_or_default().iter().fold(0u32, |value, digit| value * 10 + u32::from(digit - b'0'))
    };
    let (province, year, month, day) = (part(0, 2), part(6, 10), part(10, 12), part(12, 14));
    let provinces = [11..=15, 21..=23, 31..=37, 41..=46, 50..=54, 61..=65, 71..=71, 81..=83];
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    provinces.iter().any(|range| range.contains(&province))
        && (1900..=2099).contains(&year)
        && (1..=days).contains(&day)
        && CHECK_DIGITS.get(sum as usize % CHECK_DIGITS.len()) == Some(check)
}

fn is_mobile(number: &[u8]) -> bool {
    number.len() == MOBILE && matches!(number, [b'1', b'3'..=b'9', ..])
}

/// Whether the sentence that `span` is in says whom to contact.
fn is_contact(text: &str, span: Span) -> bool {
    let ends = ['。', '！', '？'];
    let start = text.get(..span.start).and_then(|before| before.rfind(ends)).unwrap_or(0);
    let end = text.get(span.end..).and_then(|after| after.find(ends)).map_or(text.len(), |at| span.end + at);
    let sentence = text.get(start..end).unwrap_or_default();
    CONTACT.iter().any(|word| sentence.contains(word)) && !sentence.contains("申请人")
}

/// The names after 申请人.
fn names(text: &str) -> impl Iterator<Item = Span> + '_ {
    const APPLICANT: &str = "申请人";
    text.match_indices(APPLICANT).filter_map(|(at, _)| {
        let rest = text.get(at + APPLICANT.len()..)?;
        let words = rest.trim_start_matches(['：', ':', ' ', '\u{3000}', '为', '（', '(', '“']);
        let words = words.strip_prefix("姓名").map_or(words, |words| words.trim_start_matches(['：', ':', '为']));
        let start = text.len() - words.len();
        let surname = words.chars().next()?;
        if !SURNAMES.contains(surname) || NO_NAMES.iter().any(|word| words.starts_with(word)) {
            return None;
        }
        // Two characters, or three.
        [2, 3].into_iter().find_map(|length| {
            let end = words.char_indices().nth(length).map_or(words.len(), |(end, _)| end);
            let (name, after) = words.split_at_checked(end)?;
            let is_name = name.chars().count() == length
                && name.chars().all(is_han)
                && !name.chars().skip(1).any(|c| MASKS.contains(&c))
                && (after.is_empty() || AFTER_NAME.iter().any(|word| after.starts_with(word)))
                && !after.starts_with("（化名）");
            is_name.then_some(Span::new(start, start + end))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    fn with(sentence: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", sentence)
    }

    /// An invented identity number: region, date and ordinal are made up, with the right check digit.
    fn number(digits: &str) -> String {
        let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        format!("{digits}{}", char::from(CHECK_DIGITS[sum as usize % 11]))
    }

    #[test]
    fn numbers_of_citizens() {
        for digits in ["11000019000101000", "65999920000229123", "33010119991231999"] {
            let number = number(digits);
            reports("GK608", Severity::Error, &with(&format!("申请公开身份证⟦{number}⟧的登记信息1条。")));
            // In a contact clause too, because it is not a telephone number.
            reports("GK608", Severity::Error, &with(&format!("联系人证件⟦{number}⟧，共1条。")));
        }
        // Another check digit, no such day, no such region, a year far off, part of something longer.
        let right = number("11000019000101000");
        let wrong = format!("{}{}", &right[..17], if right.ends_with('0') { '1' } else { '0' });
        let [day, region, year] = ["33010119990230123", "99010119990228123", "33010118990228123"].map(number);
        let longer = format!("{right}0");
        for other in [wrong, day, region, year, longer, format!("A{right}"), "330101********1234".to_owned()] {
            silent("GK608", &with(&format!("统一编号{other}，共1条。")));
        }
        let found = findings("GK608", &with(&format!("证件{right}，1条。")));
        assert_eq!(found[0].fixes[0].edits[0].content, format!("110000********{}", &right[14..]));
    }

    #[test]
    fn names_of_applicants() {
        for sentence in [
            "申请人⟦张建国⟧要求公开征地信息1条。",
            "申请人：⟦李梅⟧，申请公开1条。",
            "申请人⟦王小明⟧于3月向我局申请1条。",
            "申请人⟦陈红⟧、⟦⟧等",
        ] {
            let sentence = sentence.replace("、⟦⟧等", "等2人申请1条。");
            reports("GK608", Severity::Warning, &with(&sentence));
        }
        offers("GK608", &with("申请人张建国要求公开1条。"), &with("申请人张某要求公开1条。"));
    }

    #[test]
    fn words_after_applicant_that_are_not_names() {
        for sentence in [
            "申请人张某要求公开1条。",
            "申请人李某某、王××申请公开1条。",
            "申请人陈述的理由1条。",
            "申请人严重不满的1条。",
            "申请人林权登记的信息1条。",
            "申请人向我局申请1条。",
            "申请人应当补正的1条。",
            "申请人王先生申请1条。",
            "申请人张建国（化名）申请1条。",
            "申请人黄石市民申请1条。",
            "申请人，张局长要求公开1条。",
            "告知申请人周边的1条。",
            "被申请人和申请人各1条。",
        ] {
            silent("GK608", &with(sentence));
        }
    }

    #[test]
    fn mobile_numbers() {
        reports("GK608", Severity::Info, &with("向⟦13800000000⟧发送短信1条。"));
        reports("GK608", Severity::Info, &with("申请人电话⟦13800000000⟧，公开1条。"));
        offers("GK608", &with("向13800000000发送短信1条。"), &with("向138****0000发送短信1条。"));
        for sentence in [
            "联系人：办公室，手机13800000000。",
            "如有疑问，请拨打13800000000。",
            "咨询电话：13800000000。",
            "向138****0000发送短信1条。",
            "编号138000000001的1条。",
            "编号12345678901的1条。",
            "邮件发至13800000000@example.com，1条。",
            "见gk/13800000000.html，1条。",
        ] {
            silent("GK608", &with(sentence));
        }
    }
}
