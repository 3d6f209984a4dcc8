//! GK121 year-mismatch: the year is another one elsewhere.

use crate::report::{Facets, Paragraph, StatedYear, YearMention};
use crate::rules::support::context::Context;
use crate::rules::support::dates::{is_whole_year, period};
use crate::rules::{Finding, Related, Severity, WORDS};
use crate::say;
use crate::statute::Section;
use crate::statute::prose::{Act, Fact, Subject};
use crate::text::{Span, fold};

rule! {
    code: "GK121",
    name: "year-mismatch",
    severity: Error,
    reads: WORDS.and(Facets::YEAR),
    title: ["年度前后不一致", "The year is not the same throughout"],
    checks: [
        "标题的年度与统计期限的年度是否一致；正文中说“我局”“全年”的句子，或者统计本机关工作数量的句子（如“制作、获取政府信息总数467条”），是否写成了别的年份。书名号内的名称、与上年的比较、第五部分的下一年打算和落款日期不在其内。",
        "Whether the year of the title is that of the period; whether a sentence of the narrative about the body itself, the whole year, or a figure of its own work names another year. Names in 《》, comparisons with other years, plans for next year in section 五 and the date line do not count.",
    ],
    basis: [
        "《政府信息公开条例》第四十九条、第五十条：年度报告报告上一年度的工作。",
        "Articles 49 and 50 of the Regulation: the report is on the year before.",
    ],
    example: [
        "\
不符：2022 年的报告写“统计期限自2021年1月1日起至2021年12月31日止”；2022 年的报告写“2021年，我局主动公开信息12条”。

相符：“较2021年增长8%”；“编制《2021年政府信息公开工作年度报告》”。",
        "\
Fires: a report for 2022 says `统计期限自2021年1月1日起至2021年12月31日止`, or `2021年，我局主动公开信息12条`.

Silent: `较2021年增长8%`, `编制《2021年政府信息公开工作年度报告》`.",
    ],
    fix: [
        "需核对哪一处为准，不自动修正。",
        "The author has to find out which is right; there is no automatic fix.",
    ],
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    let Some((year, stated)) = report.year else { return };
    // A title that only names another report does not state the year of this one.
    let titled = report.title.as_ref().and_then(|title| title.year).filter(|titled| *titled == (year, stated));
    if let Some(title_year) = titled
        && let Some(period) = period(context.periods())
        && let Some(period_year) = is_whole_year(period)
        && period_year != title_year.0
    {
        let message = say!(
            language,
            "统计期限是 {period_year} 年，标题是 {} 年的报告，应当一致",
            "The period is {period_year}, but the title says {}; they should agree",
            title_year.0
        );
        let related = Related {
            span: title_year.1,
            message: say!(language, "标题的年度 {}", "The title says {}", title_year.0),
        };
        findings.push(Finding::new(&RULE, period.span, message).related([related]));
    }
    for line in &report.paragraphs {
        for mention in line.years.iter().filter(|mention| mention.year != year) {
            if !is_about_that_year(context, line, mention, year) {
                continue;
            }
            let other = mention.year;
            let message = say!(
                language,
                "这是 {year} 年度的报告，此处写的是 {other} 年，请核对",
                "This is the report for {year}, but the text here says {other}: check the year"
            );
            let related =
                Related { span: stated, message: say!(language, "报告年度 {year}", "The report is for {year}") };
            findings.push(Finding::new(&RULE, mention.span, message).severity(Severity::Warning).related([related]));
        }
    }
}

/// Words that compare years, name a document, or refer to the future or the past.
const OF_OTHER_YEARS: [&str; 46] = [
    "上年",
    "去年",
    "上一年",
    "前一年",
    "较",
    "比",
    "增长",
    "增加",
    "减少",
    "下降",
    "上升",
    "以来",
    "起",
    "历年",
    "累计",
    "截至",
    "截止",
    "结转",
    "规划",
    "计划",
    "要点",
    "方案",
    "印发",
    "修订",
    "施行",
    "实施",
    "通知",
    "文件",
    "预算",
    "决算",
    "年报",
    "年鉴",
    "公报",
    "连续",
    "自",
    "从",
    "至",
    "将",
    "拟",
    "明年",
    "下一年",
    "下年",
    "成立",
    "挂牌",
    "改革",
    "近年",
];

/// Whether the sentence that starts with `mention` is about the body's own work in that year.
fn is_about_that_year(context: &Context<'_>, line: &Paragraph, mention: &YearMention, year: u16) -> bool {
    if mention.quoted || mention.date.is_some() || mention.year.abs_diff(year) > 9 {
        return false;
    }
    if line.section == Some(Section::Problems) && mention.year > year {
        return false;
    }
    let text = context.text(line.span);
    let at = mention.span.start.saturating_sub(line.span.start);
    let is_end = |c: char| matches!(c, '。' | '；' | ';' | '！');
    let start =
        text.get(..at).and_then(|before| before.rfind(is_end).map(|end| (before, end))).map_or(0, |(before, end)| {
            end + before.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        });
    let end = text.get(at..).and_then(|rest| rest.find(is_end)).map_or(text.len(), |end| at + end);
    let sentence = Span::new(line.span.start + start, line.span.start + end);
    let others = line.years.iter().filter(|other| sentence.start <= other.span.start && other.span.end <= sentence.end);
    if others.into_iter().any(|other| !other.quoted && (other.year == year || other.date.is_some())) {
        return false;
    }
    let before = context.source.get(sentence.start..mention.span.start).unwrap_or_default();
    // 据统计：2021年…; 从申请数量看，2021年…: the statement starts after the lead-in.
    let lead_in = ["：", ":", "看，", "看,", "统计，", "统计,"]
        .iter()
        .filter_map(|end| Some(before.rfind(end)? + end.len()))
        .max();
    let before = before.get(lead_in.unwrap_or(0)..).unwrap_or_default();
    let said = fold(context.text(Span::new(mention.span.start - before.len(), sentence.end)));
    // 以来信方式, 现将…: other words. 截至年底 is of that year.
    let plain = ["现将", "以来信", "以来电", "以来函", "以来访", "截至年底", "截至年末"]
        .iter()
        .fold(said.clone(), |text, word| text.replace(word, ""));
    // A year whose work is counted may carry over from the one before.
    let counts = counts_its_work(context, sentence, mention.year);
    let carries =
        |word: &str| counts && plain.contains("结转") && matches!(word, "结转" | "上年" | "上一年" | "下年" | "下一年");
    if OF_OTHER_YEARS.iter().any(|word| plain.contains(word) && !carries(word)) {
        return false;
    }
    // `2021年12月` is a date in the year, often of something that lasted.
    let after = fold(context.source.get(mention.span.end..line.span.end).unwrap_or_default());
    let after = after.trim_start_matches('年');
    if after.split_once('月').is_some_and(|(month, _)| crate::statute::chinese_numeral(month).is_some()) {
        return false;
    }
    // 现将2021年政府信息公开工作情况报告如下
    let opens_report =
        line.section.is_none() && ["现将", "现公布", "现予公布", "本报告"].iter().any(|word| said.contains(word));
    let opens = before.chars().all(|c| !c.is_alphanumeric() || "一二三四五六七八九十是0123456789".contains(c));
    opens_report || (opens && (counts || speaks_of_the_body(&said)))
}

/// Whether `sentence` gives a figure of the body's own work in `year`: what it published, made, received or decided.
fn counts_its_work(context: &Context<'_>, sentence: Span, year: u16) -> bool {
    context.report.statements.iter().any(|statement| {
        let inside = sentence.start <= statement.span.start && statement.span.end <= sentence.end;
        let made = match statement.subject {
            Some(Subject::Information) => {
                matches!(statement.act, Some(Act::Issue | Act::Publish | Act::Open | Act::Announce))
            }
            Some(Subject::Application) => matches!(statement.act, Some(Act::Receive | Act::Accept)),
            _ => false,
        };
        // Applications carried over from the year before name that year.
        let carried = matches!(statement.fact, Some(Fact::Carried | Fact::CarriedIn | Fact::CarriedOut));
        let own = (statement.fact.is_some() || made) && !carried;
        inside && own && statement.guard.is_none() && !statement.quoted && statement.year == StatedYear::Named(year)
    })
}

fn speaks_of_the_body(said: &str) -> bool {
    const UNITS: &str = "局委办厅部院所站队中单区市县镇乡街处馆校社会行公省州旗机";
    let own = |word: &str| {
        said.match_indices(word).any(|(at, _)| {
            said.get(at + word.len()..).and_then(|rest| rest.chars().next()).is_some_and(|next| UNITS.contains(next))
        })
    };
    own("我")
        || own("本")
        || ["全年", "全市", "全县", "全区", "全局", "全省", "全镇"].iter().any(|word| said.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    #[test]
    fn the_period_is_of_another_year() {
        let source = report(2022);
        reports(
            "GK121",
            Severity::Error,
            &source.replace("2022年1月1日起至2022年12月31日", "⟦2021年1月1日起至2021年12月31日⟧"),
        );
        reports(
            "GK121",
            Severity::Error,
            &source.replace("自2022年1月1日起至2022年12月31日止", "为⟦2021年1月1日至12月31日⟧"),
        );
    }

    #[test]
    fn a_sentence_of_another_year() {
        let source = report(2022);
        for said in [
            "⟦2021⟧年，我局主动公开政府信息12条。",
            "工作有序开展。⟦2021⟧年全年受理申请4件。",
            "一是⟦2020⟧年度我单位办理情况良好；二是制度健全。",
            "⟦二〇二一⟧年，我局工作有序。",
            "⟦2021⟧年制作、获取政府信息总数12条。",
            "据统计：⟦2021⟧年主动公开政府信息12条。",
            "⟦2021⟧年以来信、传真方式收到政府信息公开申请4件。",
            "据统计，⟦2020⟧年我局收到政府信息公开申请4件，结转下年度1件。",
            "⟦2020⟧年我局收到政府信息公开申请4件，截至年底仍在办理1件。",
            "从办理结果看，⟦2019⟧年共收到政府信息公开申请4件。",
        ] {
            reports("GK121", Severity::Warning, &source.replace("我局主动公开政府信息12条。", said));
        }
        let preamble = source.replacen("\n\n", "\n\n现将我局⟦2021⟧年政府信息公开工作情况报告如下：\n\n", 1);
        reports("GK121", Severity::Warning, &preamble);
    }

    #[test]
    fn years_that_belong_there() {
        let source = report(2022);
        for said in [
            "2022年，我局主动公开政府信息12条，较2021年增长8%。",
            "2021年，我局编制《云岭市档案局2021年政府信息公开工作年度报告》，较上年早。",
            "我局公布《2021年政府信息公开工作年度报告》。",
            "2021年12月，我局公布机构职能。",
            "2020年以来，我局每季度公开一次。",
            "2021年预算，我局按时公开。",
            "根据2021年机构改革，我局重新公布职能。",
            "2021年我局公开10条，2022年12条。",
            "自2019年5月15日起，我局按照条例办理申请。",
            "我局2021年受理的申请4件，已在今年办结。",
            "2023年，我局将继续公开。",
        ] {
            silent("GK121", &source.replace("我局主动公开政府信息12条。", said));
        }
        silent("GK121", &source.replace("下一步将", "2023年，我局"));
        let mentioned = source.replace("云岭市档案局2022年政府信息公开工作年度报告\n", "");
        silent("GK121", &format!("{mentioned}\n云岭市档案局2021年政府信息公开工作年度报告\n"));
        silent("GK121", &source.replace("2022年1月1日起至2022年12月31日", "2021年1月1日起至2022年6月30日"));
    }

    #[test]
    fn up_to_nine_years_off_is_a_slip() {
        let source = report(2022);
        let said = |year: &str| source.replace("我局主动公开", &format!("{year}年，我局主动公开"));
        reports("GK121", Severity::Warning, &said("⟦2013⟧"));
        reports("GK121", Severity::Warning, &said("⟦2023⟧"));
        silent("GK121", &said("2012"));
        silent("GK121", &said("2010"));
        silent("GK121", &source.replace("我局主动公开", "《2021年政务公开》专刊由我局编发。我局主动公开"));
    }

    #[test]
    fn section_five_may_speak_of_next_year() {
        let source = report(2022);
        let said = |year: &str| source.replace("，下一步将改进", &format!("。{year}年，我局改进"));
        silent("GK121", &said("2023"));
        silent("GK121", &said("2024"));
        reports("GK121", Severity::Warning, &said("⟦2021⟧"));
    }

    #[test]
    fn another_sentence_about_the_right_year_is_no_excuse() {
        let said = "⟦2021⟧年，我局主动公开政府信息12条。2022年的工作已有安排。";
        reports("GK121", Severity::Warning, &report(2022).replace("我局主动公开政府信息12条。", said));
    }

    #[test]
    fn the_report_is_opened_before_the_first_section() {
        let source = report(2022);
        let opening = "本报告附有2021年政府信息公开的图表。\n";
        silent("GK121", &source.replace("（二）依申请公开情况。\n", &format!("（二）依申请公开情况。\n{opening}")));
        silent("GK121", &source.replacen("\n\n", "\n\n云岭市档案局2021年的工作情况良好。\n\n", 1));
    }
}
