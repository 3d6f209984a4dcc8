//! The fixed texts of a letter of findings, in Chinese and in English.

use crate::config::Language;
use crate::rules::Severity;

pub(crate) use crate::statute::explain::Bilingual;

/// `words` for a reader; `{}` in them is replaced by `values`, one after the other.
pub(crate) fn say(words: Bilingual, language: Language, values: &[&str]) -> String {
    let mut text = String::new();
    let mut values = values.iter();
    let mut parts = words[language as usize].split("{}");
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        text.push_str(values.next().unwrap_or(&""));
        text.push_str(part);
    }
    text
}

pub(crate) const LETTER_TITLE: Bilingual =
    ["政府信息公开工作年度报告审核意见", "Findings on the annual report on information disclosure"];
pub(crate) const TO: Bilingual = ["{}：", "To: {}"];
pub(crate) const TO_UNKNOWN: Bilingual = ["报送单位：", "To: the reporting body"];
pub(crate) const OPENING: Bilingual = [
    "你单位报送的《{}》收悉。对照《中华人民共和国政府信息公开条例》和{}规定的格式审核，意见如下。",
    "we have received “{}” and examined it by the Regulation on Open Government Information and the format laid down in {}. Our findings are as follows.",
];
pub(crate) const NO_FINDINGS: Bilingual =
    ["经审核，未发现需要修改或核实的问题。", "Nothing was found that has to be changed or checked."];
pub(crate) const COUNTS: Bilingual = [
    "共有须修改的问题 {} 处、请核实的问题 {} 处，另附提示 {} 条。",
    "There are {} points to be changed, {} to be checked, and {} hints.",
];
pub(crate) const ROUND_COUNTS: Bilingual = [
    "与上次审核意见相比：已改正 {} 处，仍存在 {} 处，新增 {} 处。",
    "Since the last findings: {} fixed, {} remaining, {} new.",
];
pub(crate) const FIXED_HEADING: Bilingual = ["上次提出、现已改正的问题", "Found the last time and fixed since"];
pub(crate) const CLOSING: Bilingual = [
    "请逐条修改、核实，将修改后的报告连同说明报送我们；数字以原始台账为准。",
    "Please change or check each point and send us the revised report. What the records say decides.",
];
pub(crate) const CLOSING_CLEAN: Bilingual = ["请按规定期限公布。", "Please publish it by the day due."];
pub(crate) const SIGNED: Bilingual =
    ["政府信息公开工作主管部门（盖章）", "Office in charge of open government information (seal)"];
pub(crate) const DATED: Bilingual = ["　　　　年　　月　　日", "Date: ____________________"];
pub(crate) const BASIS: Bilingual = ["依据", "Basis"];
pub(crate) const SAME_BASIS: Bilingual = ["同第 {} 条", "as for point {}"];
pub(crate) const FIGURES: Bilingual = ["相关内容", "Related"];
pub(crate) const QUOTED: Bilingual = ["原文", "In the text"];
pub(crate) const PROPOSED: Bilingual = ["建议", "Proposed"];
pub(crate) const OR: Bilingual = ["；或", "; or "];
pub(crate) const SEPARATOR: Bilingual = ["；", "; "];
pub(crate) const QUOTE: Bilingual = ["“{}”", "“{}”"];
pub(crate) const FOOTER: Bilingual = [
    "本意见由 gongkai {} 依据规则自动核对生成，规则编号见各条末尾。",
    "Checked by rule with gongkai {}; the number of the rule is at the end of each point.",
];
pub(crate) const REPORT: Bilingual = ["报告：《{}》", "Report: “{}”"];
pub(crate) const TABLE: Bilingual = ["表{}", "Table {}"];
pub(crate) const SECTION: Bilingual = ["第{}部分", "Section {}"];
pub(crate) const ROW: Bilingual = ["“{}”行", "row “{}”"];
pub(crate) const COLUMN: Bilingual = ["“{}”列", "column “{}”"];
pub(crate) const COMMA: Bilingual = ["，", ", "];
pub(crate) const TITLE_PLACE: Bilingual = ["标题和前言", "Title and preamble"];
pub(crate) const HINTS_SUMMARY: Bilingual =
    ["提示 {} 条（供参考，点击展开）", "{} hints (for your information; click to open)"];
pub(crate) const FIXED: Bilingual = ["已改正", "fixed"];
pub(crate) const REMAINING: Bilingual = ["仍存在", "remaining"];
pub(crate) const NEW: Bilingual = ["新增", "new"];

/// The headings over the findings of a severity.
pub(crate) fn heading(severity: Severity) -> Bilingual {
    match severity {
        Severity::Error => ["须修改的问题", "To be changed"],
        Severity::Warning => ["请核实的问题", "To be checked"],
        Severity::Info => ["提示", "Hints"],
    }
}
