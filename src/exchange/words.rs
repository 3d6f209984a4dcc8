//! The words of a letter of findings, in Chinese and in English: everything that an officer reads and no report says.

use crate::config::Language;
use crate::rules::Severity;

/// A text in Chinese and in English.
pub(crate) type Words = [&'static str; 2];

/// `words` for a reader; `{}` in them is replaced by `values`, one after the other.
pub(crate) fn say(words: Words, language: Language, values: &[&str]) -> String {
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

pub(crate) const LETTER_TITLE: Words =
    ["政府信息公开工作年度报告审核意见", "Findings on the annual report on information disclosure"];
pub(crate) const TO: Words = ["{}：", "To: {}"];
pub(crate) const TO_UNKNOWN: Words = ["报送单位：", "To: the reporting body"];
pub(crate) const OPENING: Words = [
    "你单位报送的《{}》收悉。对照《中华人民共和国政府信息公开条例》和{}规定的格式审核，意见如下。",
    "we have received “{}” and examined it by the Regulation on Open Government Information and the format laid down in {}. Our findings are as follows.",
];
pub(crate) const NO_FINDINGS: Words =
    ["经审核，未发现需要修改或核实的问题。", "Nothing was found that has to be changed or checked."];
pub(crate) const COUNTS: Words = [
    "共有须修改的问题 {} 处、请核实的问题 {} 处，另附提示 {} 条。",
    "There are {} points to be changed, {} to be checked, and {} hints.",
];
pub(crate) const ROUND_COUNTS: Words = [
    "与上次审核意见相比：已改正 {} 处，仍存在 {} 处，新增 {} 处。",
    "Since the last findings: {} fixed, {} remaining, {} new.",
];
pub(crate) const FIXED_HEADING: Words = ["上次提出、现已改正的问题", "Found the last time and fixed since"];
pub(crate) const CLOSING: Words = [
    "请逐条修改、核实，将修改后的报告连同说明报送我们；数字以原始台账为准。",
    "Please change or check each point and send us the revised report. What the records say decides.",
];
pub(crate) const CLOSING_CLEAN: Words = ["请按规定期限公布。", "Please publish it by the day due."];
pub(crate) const SIGNED: Words =
    ["政府信息公开工作主管部门（盖章）", "Office in charge of open government information (seal)"];
pub(crate) const DATED: Words = ["　　　　年　　月　　日", "Date: ____________________"];
pub(crate) const BASIS: Words = ["依据", "Basis"];
pub(crate) const SAME_BASIS: Words = ["同第 {} 条", "as for point {}"];
pub(crate) const FIGURES: Words = ["相关内容", "Related"];
pub(crate) const QUOTED: Words = ["原文", "In the text"];
pub(crate) const PROPOSED: Words = ["建议", "Proposed"];
pub(crate) const OR: Words = ["；或", "; or "];
pub(crate) const SEPARATOR: Words = ["；", "; "];
pub(crate) const QUOTE: Words = ["“{}”", "“{}”"];
pub(crate) const FOOTER: Words = [
    "本意见由 gongkai {} 依据规则自动核对生成，规则编号见各条末尾。",
    "Checked by rule with gongkai {}; the number of the rule is at the end of each point.",
];
pub(crate) const REPORT: Words = ["报告：《{}》", "Report: “{}”"];
pub(crate) const TABLE: Words = ["表{}", "Table {}"];
pub(crate) const SECTION: Words = ["第{}部分", "Section {}"];
pub(crate) const ROW: Words = ["“{}”行", "row “{}”"];
pub(crate) const COLUMN: Words = ["“{}”列", "column “{}”"];
pub(crate) const COMMA: Words = ["，", ", "];
pub(crate) const TITLE_PLACE: Words = ["标题和前言", "Title and preamble"];
pub(crate) const HINTS_SUMMARY: Words =
    ["提示 {} 条（供参考，点击展开）", "{} hints (for your information; click to open)"];
pub(crate) const FIXED: Words = ["已改正", "fixed"];
pub(crate) const REMAINING: Words = ["仍存在", "remaining"];
pub(crate) const NEW: Words = ["新增", "new"];

/// The headings over the findings of a severity.
pub(crate) fn heading(severity: Severity) -> Words {
    match severity {
        Severity::Error => ["须修改的问题", "To be changed"],
        Severity::Warning => ["请核实的问题", "To be checked"],
        Severity::Info => ["提示", "Hints"],
    }
}
