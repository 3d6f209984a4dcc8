//! The words of overviews and workbooks, in Chinese and in English. `exchange` has those of letters.

pub(super) use crate::exchange::letter_words::{
    BASIS, Bilingual, FIXED, NEW, OR, PROPOSED, REMAINING, ROUND_COUNTS, heading, say,
};

pub(super) const COMMENTER: Bilingual = ["审核意见", "Review"];
pub(super) const UNKNOWN_BODY: Bilingual = ["（单位不明）", "(unknown body)"];
pub(super) const OVERVIEW_TITLE: Bilingual =
    ["政府信息公开工作年度报告审核总览", "Overview of the annual reports on information disclosure"];
pub(super) const OVERVIEW_COUNTS: Bilingual = [
    "共收到报告 {} 份，其中逾期 {} 份；缺报 {} 个单位；未识别为年度报告或无法读取的文件 {} 个。",
    "{} reports arrived, {} of them late; {} bodies have none; {} files are no report or could not be read.",
];
pub(super) const OVERVIEW_FINDINGS: Bilingual =
    ["须修改的问题 {} 处，请核实的问题 {} 处，提示 {} 条。", "{} points to be changed, {} to be checked, {} hints."];
pub(super) const BODIES: Bilingual = ["各单位情况", "Bodies"];
pub(super) const BODY: Bilingual = ["单位", "Body"];
pub(super) const YEAR: Bilingual = ["年度", "Year"];
pub(super) const FILE: Bilingual = ["文件", "File"];
pub(super) const STATE: Bilingual = ["报送情况", "State"];
pub(super) const ERRORS: Bilingual = ["须修改", "Change"];
pub(super) const WARNINGS: Bilingual = ["请核实", "Check"];
pub(super) const HINTS: Bilingual = ["提示", "Hints"];
pub(super) const LETTER: Bilingual = ["审核意见", "Letter"];
pub(super) const ARRIVED: Bilingual = ["已报送", "arrived"];
pub(super) const LATE: Bilingual = ["逾期", "late"];
pub(super) const MISSING: Bilingual = ["缺报", "missing"];
pub(super) const NOT_A_REPORT: Bilingual = ["未识别为年度报告", "not recognised as a report"];
pub(super) const UNREADABLE: Bilingual = ["无法读取", "unreadable"];
pub(super) const NOT_THIS_TIME: Bilingual = ["本次未报送", "not sent this time"];
pub(super) const BY_KIND: Bilingual = ["问题分类", "By kind"];
pub(super) const KIND: Bilingual = ["类别", "Kind"];
pub(super) const RULE: Bilingual = ["规则", "Rule"];
pub(super) const RULE_NAME: Bilingual = ["名称", "Name"];
pub(super) const COUNT: Bilingual = ["处数", "Number"];
pub(super) const FILES: Bilingual = ["涉及文件", "Files"];
pub(super) const OTHER_HANDLING: Bilingual = ["“其他处理”占比排序", "Share of “other handling”"];
pub(super) const OTHER_HANDLING_WHY: Bilingual = [
    "国办公开办函〔2019〕60号要求原则上对每件申请作出法定答复，“其他处理”只用于极少数情形；占比高的单位应当重点核实。",
    "By 国办公开办函〔2019〕60号 every application gets a statutory outcome in principle; bodies with a large share of “other handling” should be looked at.",
];
pub(super) const OTHER: Bilingual = ["其他处理件数", "Other handling"];
pub(super) const HANDLED: Bilingual = ["办理结果总计", "Handled in all"];
pub(super) const SHARE: Bilingual = ["占比", "Share"];
pub(super) const RANK: Bilingual = ["排名", "Rank"];
pub(super) const NONE_HERE: Bilingual = ["没有。", "None."];
pub(super) const SHEET_BODIES: Bilingual = ["单位", "Bodies"];
pub(super) const SHEET_FINDINGS: Bilingual = ["问题", "Findings"];
pub(super) const SHEET_FIGURES: Bilingual = ["数据", "Figures"];
pub(super) const SEVERITY: Bilingual = ["级别", "Severity"];
pub(super) const PLACE: Bilingual = ["位置", "Place"];
pub(super) const FINDING: Bilingual = ["问题", "Finding"];
pub(super) const ROUND: Bilingual = ["轮次", "Round"];
pub(super) const TABLE_HEAD: Bilingual = ["表", "Table"];
pub(super) const ROW_HEAD: Bilingual = ["行", "Row"];
pub(super) const COLUMN_HEAD: Bilingual = ["列", "Column"];
pub(super) const VALUE: Bilingual = ["数值", "Value"];
pub(super) const TEXT: Bilingual = ["原文", "Text"];
pub(super) const FINGERPRINT: Bilingual = ["指纹", "Fingerprint"];

/// The groups of rules by the first three characters of their codes.
pub(super) const GROUPS: [(&str, Bilingual); 7] = [
    ("GK1", ["结构与格式", "Structure"]),
    ("GK2", ["数据填写", "Figures"]),
    ("GK3", ["数据勾稽", "Arithmetic"]),
    ("GK4", ["文表一致", "Text and tables"]),
    ("GK5", ["年度、单位之间", "Years and bodies"]),
    ("GK6", ["文字规范", "Style"]),
    ("GK0", ["其他", "Other"]),
];
