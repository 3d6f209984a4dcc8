//! The words of letters and overviews, in Chinese and in English: everything that an officer reads and no report says.

use crate::config::Language;
use crate::rules::Severity;

/// A text in Chinese and in English.
pub(super) type Words = [&'static str; 2];

/// `words` for a reader; `{}` in them is replaced by `values`, one after the other.
pub(super) fn say(words: Words, language: Language, values: &[&str]) -> String {
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

pub(super) const LETTER_TITLE: Words =
    ["政府信息公开工作年度报告审核意见", "Findings on the annual report on information disclosure"];
pub(super) const TO: Words = ["{}：", "To: {}"];
pub(super) const TO_UNKNOWN: Words = ["报送单位：", "To: the reporting body"];
pub(super) const OPENING: Words = [
    "你单位报送的《{}》收悉。对照《中华人民共和国政府信息公开条例》和{}规定的格式审核，意见如下。",
    "we have received “{}” and examined it by the Regulation on Open Government Information and the format laid down in {}. Our findings are as follows.",
];
pub(super) const NO_FINDINGS: Words =
    ["经审核，未发现需要修改或核实的问题。", "Nothing was found that has to be changed or checked."];
pub(super) const COUNTS: Words = [
    "共有须修改的问题 {} 处、请核实的问题 {} 处，另附提示 {} 条。",
    "There are {} points to be changed, {} to be checked, and {} hints.",
];
pub(super) const ROUND_COUNTS: Words = [
    "与上次审核意见相比：已改正 {} 处，仍存在 {} 处，新增 {} 处。",
    "Since the last findings: {} fixed, {} remaining, {} new.",
];
pub(super) const FIXED_HEADING: Words = ["上次提出、现已改正的问题", "Found the last time and fixed since"];
pub(super) const CLOSING: Words = [
    "请逐条修改、核实，将修改后的报告连同说明报送我们；数字以原始台账为准。",
    "Please change or check each point and send us the revised report. What the records say decides.",
];
pub(super) const CLOSING_CLEAN: Words = ["请按规定期限公布。", "Please publish it by the day due."];
pub(super) const SIGNED: Words =
    ["政府信息公开工作主管部门（盖章）", "Office in charge of open government information (seal)"];
pub(super) const DATED: Words = ["　　　　年　　月　　日", "Date: ____________________"];
pub(super) const BASIS: Words = ["依据", "Basis"];
pub(super) const SAME_BASIS: Words = ["同第 {} 条", "as for point {}"];
pub(super) const FIGURES: Words = ["相关内容", "Related"];
pub(super) const QUOTED: Words = ["原文", "In the text"];
pub(super) const PROPOSED: Words = ["建议", "Proposed"];
pub(super) const OR: Words = ["；或", "; or "];
pub(super) const SEPARATOR: Words = ["；", "; "];
pub(super) const QUOTE: Words = ["“{}”", "“{}”"];
pub(super) const FOOTER: Words = [
    "本意见由 gongkai {} 依据规则自动核对生成，规则编号见各条末尾。",
    "Checked by rule with gongkai {}; the number of the rule is at the end of each point.",
];
pub(super) const REPORT: Words = ["报告：《{}》", "Report: “{}”"];
pub(super) const TABLE: Words = ["表{}", "Table {}"];
pub(super) const SECTION: Words = ["第{}部分", "Section {}"];
pub(super) const ROW: Words = ["“{}”行", "row “{}”"];
pub(super) const COLUMN: Words = ["“{}”列", "column “{}”"];
pub(super) const COMMA: Words = ["，", ", "];
pub(super) const COMMENTER: Words = ["审核意见", "Review"];
pub(super) const UNKNOWN_BODY: Words = ["（单位不明）", "(unknown body)"];
pub(super) const TITLE_PLACE: Words = ["标题和前言", "Title and preamble"];

/// The headings over the findings of a severity.
pub(super) fn heading(severity: Severity) -> Words {
    match severity {
        Severity::Error => ["须修改的问题", "To be changed"],
        Severity::Warning => ["请核实的问题", "To be checked"],
        Severity::Info => ["提示", "Hints"],
    }
}

pub(super) const HINTS_SUMMARY: Words =
    ["提示 {} 条（供参考，点击展开）", "{} hints (for your information; click to open)"];
pub(super) const FIXED: Words = ["已改正", "fixed"];
pub(super) const REMAINING: Words = ["仍存在", "remaining"];
pub(super) const NEW: Words = ["新增", "new"];

pub(super) const OVERVIEW_TITLE: Words =
    ["政府信息公开工作年度报告审核总览", "Overview of the annual reports on information disclosure"];
pub(super) const OVERVIEW_COUNTS: Words = [
    "共收到报告 {} 份，其中逾期 {} 份；缺报 {} 个单位；未识别为年度报告或无法读取的文件 {} 个。",
    "{} reports arrived, {} of them late; {} bodies have none; {} files are no report or could not be read.",
];
pub(super) const OVERVIEW_FINDINGS: Words =
    ["须修改的问题 {} 处，请核实的问题 {} 处，提示 {} 条。", "{} points to be changed, {} to be checked, {} hints."];
pub(super) const BODIES: Words = ["各单位情况", "Bodies"];
pub(super) const BODY: Words = ["单位", "Body"];
pub(super) const YEAR: Words = ["年度", "Year"];
pub(super) const FILE: Words = ["文件", "File"];
pub(super) const STATE: Words = ["报送情况", "State"];
pub(super) const ERRORS: Words = ["须修改", "Change"];
pub(super) const WARNINGS: Words = ["请核实", "Check"];
pub(super) const HINTS: Words = ["提示", "Hints"];
pub(super) const LETTER: Words = ["审核意见", "Letter"];
pub(super) const ARRIVED: Words = ["已报送", "arrived"];
pub(super) const LATE: Words = ["逾期", "late"];
pub(super) const MISSING: Words = ["缺报", "missing"];
pub(super) const NOT_A_REPORT: Words = ["未识别为年度报告", "not recognised as a report"];
pub(super) const UNREADABLE: Words = ["无法读取", "unreadable"];
pub(super) const NOT_THIS_TIME: Words = ["本次未报送", "not sent this time"];
pub(super) const BY_KIND: Words = ["问题分类", "By kind"];
pub(super) const KIND: Words = ["类别", "Kind"];
pub(super) const RULE: Words = ["规则", "Rule"];
pub(super) const RULE_NAME: Words = ["名称", "Name"];
pub(super) const COUNT: Words = ["处数", "Number"];
pub(super) const FILES: Words = ["涉及文件", "Files"];
pub(super) const OTHER_HANDLING: Words = ["“其他处理”占比排序", "Share of “other handling”"];
pub(super) const OTHER_HANDLING_WHY: Words = [
    "国办公开办函〔2019〕60号要求原则上对每件申请作出法定答复，“其他处理”只用于极少数情形；占比高的单位应当重点核实。",
    "By 国办公开办函〔2019〕60号 every application gets a statutory outcome in principle; bodies with a large share of “other handling” should be looked at.",
];
pub(super) const OTHER: Words = ["其他处理件数", "Other handling"];
pub(super) const HANDLED: Words = ["办理结果总计", "Handled in all"];
pub(super) const SHARE: Words = ["占比", "Share"];
pub(super) const RANK: Words = ["排名", "Rank"];
pub(super) const NONE_HERE: Words = ["没有。", "None."];
pub(super) const SHEET_BODIES: Words = ["单位", "Bodies"];
pub(super) const SHEET_FINDINGS: Words = ["问题", "Findings"];
pub(super) const SHEET_FIGURES: Words = ["数据", "Figures"];
pub(super) const SEVERITY: Words = ["级别", "Severity"];
pub(super) const PLACE: Words = ["位置", "Place"];
pub(super) const FINDING: Words = ["问题", "Finding"];
pub(super) const ROUND: Words = ["轮次", "Round"];
pub(super) const TABLE_HEAD: Words = ["表", "Table"];
pub(super) const ROW_HEAD: Words = ["行", "Row"];
pub(super) const COLUMN_HEAD: Words = ["列", "Column"];
pub(super) const VALUE: Words = ["数值", "Value"];
pub(super) const TEXT: Words = ["原文", "Text"];
pub(super) const FINGERPRINT: Words = ["指纹", "Fingerprint"];

/// The groups of rules by the first three characters of their codes.
pub(super) const GROUPS: [(&str, Words); 7] = [
    ("GK1", ["结构与格式", "Structure"]),
    ("GK2", ["数据填写", "Figures"]),
    ("GK3", ["数据勾稽", "Arithmetic"]),
    ("GK4", ["文表一致", "Text and tables"]),
    ("GK5", ["年度、单位之间", "Years and bodies"]),
    ("GK6", ["文字规范", "Style"]),
    ("GK0", ["其他", "Other"]),
];
