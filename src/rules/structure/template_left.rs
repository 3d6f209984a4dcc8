//! GK126 template-left: words or blanks of the template are left.

use crate::rules::support::context::Context;
use crate::rules::{Finding, Severity, WORDS};
use crate::say;
use crate::text::{CharacterSet, Span};

rule! {
    code: "GK126",
    name: "template-left",
    severity: Error,
    reads: WORDS,
    title: ["模板文字未填写", "Text of the template is not filled in"],
    checks: [
        "格式中提示填写的文字“（文字描述）”“（文字描述，收取信息处理费情况在此处报告。）”是否还留在报告中；以及没有填写的“XX”“××”“____”“〔　〕”（与局、条、件、年、号等字相连的）。隐去的姓名、号码不算。",
        "Whether words of the form are left in the report, `（文字描述）` or `（文字描述，收取信息处理费情况在此处报告。）`: an error; or blanks that were never filled in, `XX`, `××`, `____`, `〔　〕` beside 局, 条, 件, 年, 号 and the like: a warning. Masked names and numbers do not count.",
    ],
    basis: [
        "国办公开办函〔2021〕30号：年度报告应内容准确、全面；这些文字是格式的填写说明。",
        "国办公开办函〔2021〕30号 asks for reports that are exact and complete; these words only say what to fill in.",
    ],
    example: [
        "\
不符：“六、其他需要报告的事项”之下写“（文字描述，收取信息处理费情况在此处报告。）”；“主动公开政府信息XX条”。

相符：已按实际情况填写；“申请人张××”。",
        "\
Fires: section 六 says `（文字描述，收取信息处理费情况在此处报告。）`; `主动公开政府信息XX条`.

Silent: they are filled in; `申请人张××`.",
    ],
    fix: [
        "由填报人填写，不自动修正。",
        "Only the author knows the right text; there is no automatic fix.",
    ],
}

/// Instructions of the form where text has to be written.
const DESCRIBE: &str = "文字描述";

/// Characters of which every blank and instruction contains one.
static MARKS: CharacterSet = CharacterSet::new(&['X', 'x', 'Ｘ', 'ｘ', '×', '✕', '_', '＿', '〔', '［', '述']);

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let language = context.language;
    for (span, line) in context.words() {
        if !line.characters().may_meet(&MARKS) {
            continue;
        }
        let text = line.text();
        let (literals, blanks) = line.template.get_or_init(|| (literals(text).collect(), blanks(text)));
        for literal in literals {
            let written = literal.of(text);
            let message = say!(
                language,
                "“{written}”是格式中的填写说明，应换成实际内容",
                "“{written}” is an instruction of the template: replace it by the facts"
            );
            findings.push(Finding::new(&RULE, literal.shift(span.start), message));
        }
        for blank in blanks {
            let written = blank.of(text);
            let message = say!(language, "“{written}”没有填写", "“{written}” was not filled in");
            findings.push(Finding::new(&RULE, blank.shift(span.start), message).severity(Severity::Warning));
        }
    }
}

/// `（文字描述）` and `（文字描述，……）` in `text`.
fn literals(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices(DESCRIBE).filter_map(|(at, word)| {
        let before = text.get(..at)?.trim_end();
        let open = before.chars().next_back().filter(|c| matches!(c, '（' | '('))?;
        let rest = text.get(at + word.len()..)?;
        let next = rest.trim_start().chars().next()?;
        if !matches!(next, '）' | ')' | '，' | ',') {
            return None;
        }
        let close = rest.find(['）', ')'])?;
        let end = at + word.len() + close;
        let length = text.get(end..)?.chars().next()?.len_utf8();
        Some(Span::new(before.len() - open.len_utf8(), end + length))
    })
}

/// Blanks in `text` that have to be filled in.
fn blanks(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let same = |other: char| if is_cross(c) { is_cross(other) } else { matches!(other, '_' | '＿') };
        let rest = text.get(at..).unwrap_or_default();
        let length: usize = match c {
            c if is_cross(c) || matches!(c, '_' | '＿') => {
                rest.chars().take_while(|other| same(*other)).map(char::len_utf8).sum()
            }
            '〔' | '［' => number_blank(rest).unwrap_or(0),
            _ => 0,
        };
        let span = Span::new(at, at + length.max(c.len_utf8()));
        if length > 0 && is_blank(text, span, c) {
            found.push(span);
        }
        at = span.end;
    }
    found
}

fn is_cross(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕')
}

/// The length of the empty brackets at the start of `rest`, in the place of the year in a document's number: `〔　〕`,
/// before 号.
fn number_blank(rest: &str) -> Option<usize> {
    let mut inner = rest.chars();
    let open = inner.next()?;
    let after = inner.as_str().trim_start();
    let close = after.chars().next().filter(|c| matches!(c, '〕' | '］'))?;
    let following = after.get(close.len_utf8()..)?;
    let number: String = following.chars().take(6).collect();
    number.contains('号').then_some(rest.len() - following.len()).filter(|length| *length > open.len_utf8())
}

/// What is counted, and the parts of dates.
const COUNTED: &[char] = &['条', '件', '份', '次', '项', '个', '起', '宗', '篇', '元', '万', '期', '人', '年'];

/// Whether `span` of `text`, which starts with `first`, is a blank by what is around it.
fn is_blank(text: &str, span: Span, first: char) -> bool {
    let written = span.of(text);
    let before = text.get(..span.start).unwrap_or_default().trim_end_matches(' ').chars().next_back();
    let rest = text.get(span.end..).unwrap_or_default().trim_start_matches(' ');
    let after = rest.chars().next();
    let count = written.chars().count();
    match first {
        '〔' | '［' => true,
        '_' | '＿' => {
            let unit = |c: char| COUNTED.contains(&c) || matches!(c, '月' | '日' | '号' | '局' | '厅');
            count >= 3 && (after.is_some_and(unit) || before.is_some_and(|c| matches!(c, '第' | '共')))
        }
        _ => {
            let is_digit = |c: char| c.is_ascii_digit();
            // `20XX年`, `202X年`
            if after == Some('年') && before.is_some_and(is_digit) {
                return true;
            }
            if count < 2 || before.is_some_and(|c| is_digit(c) || c.is_ascii_alphabetic() || c == '*') {
                return false;
            }
            match after {
                // `〔2023〕××号`, and no number of a house, a case or a car.
                Some('号') => before.is_some_and(|c| matches!(c, '〕' | ']' | '］' | '第')),
                // The name of something that was masked: `××项目`, `××条例`.
                Some('项' | '条' | '个' | '元' | '人' | '期')
                    if rest
                        .chars()
                        .nth(1)
                        .is_some_and(|c| matches!(c, '目' | '例' | '款' | '人' | '素' | '员' | '间' | '刊')) =>
                {
                    false
                }
                Some(c) if COUNTED.contains(&c) => {
                    // `李××人`: a name that was masked.
                    c != '人' || !before.is_some_and(is_hanzi)
                }
                Some('月' | '日') => before.is_some_and(|c| matches!(c, '年' | '月')),
                Some('局' | '委' | '厅' | '办') => {
                    let rest: String = rest.chars().skip(1).take(2).collect();
                    let title = rest.starts_with('长') || rest == "主任";
                    !title
                        && before.is_none_or(|c| !is_hanzi(c) || matches!(c, '市' | '县' | '区' | '省' | '州' | '我'))
                }
                Some('省' | '市' | '县' | '区' | '镇' | '乡') => {
                    let rest: String = rest.chars().skip(1).take(2).collect();
                    let named = rest.starts_with(is_cross) || rest == "人民" || rest == "政府";
                    named && before.is_none_or(|c| !is_hanzi(c))
                }
                _ => false,
            }
        }
    }
}

fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn words_of_the_form() {
        let source = report(2022);
        for literal in ["（文字描述）", "(文字描述)", "（文字描述，收取信息处理费情况在此处报告。）"]
        {
            let left = source.replace("本年度未收取政府信息公开信息处理费。", &format!("⟦{literal}⟧"));
            reports("GK126", Severity::Error, &left);
        }
        silent("GK126", &source.replace("我局主动", "以文字描述为主。我局主动"));
        silent("GK126", &source.replace("我局主动", "我局（文字描述和图表）主动"));
    }

    #[test]
    fn blanks_of_the_form() {
        let source = report(2022);
        let with = |sentence: &str| source.replace("我局主动公开政府信息12条。", sentence);
        for sentence in [
            "我局主动公开政府信息⟦XX⟧条。",
            "我局主动公开政府信息⟦××⟧条，⟦××⟧件。",
            "⟦XX⟧局主动公开政府信息12条。",
            "⟦XX⟧市人民政府主动公开政府信息12条。",
            "20⟦XX⟧年，我局主动公开。",
            "202⟦X⟧年，我局主动公开。",
            "发出收费通知⟦____⟧件，总金额 ⟦____⟧ 元。",
            "根据云政办⟦〔　〕⟧12号编制。",
            "根据云政办〔2022〕⟦××⟧号编制。",
        ] {
            reports("GK126", Severity::Warning, &with(sentence));
        }
        reports("GK126", Severity::Warning, &source.replacen("云岭市档案局2022年", "云岭市⟦××⟧局2022年", 1));
    }

    #[test]
    fn masked_names_and_numbers() {
        let source = report(2022);
        let with = |sentence: &str| source.replace("我局主动公开政府信息12条。", sentence);
        for sentence in [
            "申请人张××申请公开12条。",
            "申请人李XX人在外地。",
            "张××局长带队检查。",
            "联系电话138××××1234。",
            "地址：和平路XX号。",
            "尺寸为20×30厘米。",
            "车牌云A·XXX12。",
            "Windows XX 版。",
            "按照《XX规划》公开。",
            "__主动公开__政府信息12条。",
            "选项[ ]和〔〕。",
            "XXL码。",
            "关于××项目征地信息的申请。",
            "依据《××条例》公开。",
            "李某诉××市人民政府一案已审结。",
        ] {
            silent("GK126", &with(sentence));
        }
    }
}
