//! Sentences about decisions, charges and documents.

use super::fill::Hand;

/// Decisions and charges.
const DECISIONS: &[&str] = &[
    "全年[作出|做出]行政许可决定{licences}件、行政处罚决定{penalties}件、行政强制决定{coercions}件",
    "[办理|办结]行政许可{licences}件，[实施|作出]行政处罚{penalties}件",
    "行政许可、行政处罚、行政强制处理决定[分别为|分别是]{licences}件、{penalties}件和{coercions}件",
    "[履职情况|执法情况]：行政许可{licences}件，行政处罚{penalties}件，行政强制{coercions}件",
    "{we}全年行政处罚决定[共|共计|]{penalties}[件|项]",
    "{we}全年行政许可[处理|]决定[共|共计|]{licences}[件|项]",
    "[采取|实施]行政强制[措施|]{coercions}[次|件|起]",
    "作出行政处罚[决定|]{penalties}[件|起|宗]，[全部上网公开|均按规定公示]",
    "?2021?行政许可{licences}件，行政处罚{penalties}件，行政事业性收费{fee}",
    "?2021?全年[收取|征收]行政事业性收费{fee}",
    "?2021?行政事业性收费[共|共计|合计]{fee}，[全部上缴财政|收费标准已向社会公开]",
    "?licences>0?[全年|年内]作出{licences}件行政许可[决定|]和{penalties}件行政处罚[决定|]",
    "行政许可[数量|办理量][为|]{licences}件，行政强制[数量|]为{coercions}件",
    "本年度行政处罚处理决定{penalties}件、行政强制处理决定{coercions}件",
];

/// Documents of the body itself.
const DOCUMENTS: &[&str] = &[
    "[全年|年内]制发行政规范性文件{documents made}件",
    "[印发|出台|发布|制定]行政规范性文件{documents made}件",
    "?2021?制发行政规范性文件{documents made}件，废止{documents ended}件，现行有效{documents valid}件",
    "?2021?[新出台|新制定|新发布]行政规范性文件{documents made}件，[清理废止|宣布失效]{documents ended}件",
    "?2021?[截至年底|目前|年末]，现行有效行政规范性文件[共|]{documents valid}件",
    "?2021?开展文件清理，废止行政规范性文件{documents ended}件，继续有效{documents valid}件",
    "?2021?{we}[制发|印发]行政规范性文件{documents made}件、废止{documents ended}件，截至{Y}年12月31日现行有效{documents valid}件",
    "以{we}名义印发行政规范性文件{documents made}件，[均配发解读材料|同步公开解读材料]",
    "?2021,rules valid>0?现行有效规章{rules valid}件，行政规范性文件{documents valid}件",
    "?rules made>0?制定规章{rules made}件，制发行政规范性文件{documents made}件",
    "?2021,rules ended>0?废止规章{rules ended}件",
    "?2021?行政规范性文件本年制发{documents made}件、本年废止{documents ended}件、现行有效{documents valid}件",
    "?2021?公布行政规范性文件目录，其中现行有效{documents valid}件，当年制发{documents made}件",
    "?documents made=0?<none of documents made:[未制发|没有制发|未出台]行政规范性文件>",
    "?2021,documents ended>0?[宣布废止|清理废止|集中废止]行政规范性文件{documents ended}件",
];

/// Of decisions or documents, a sentence.
pub(super) fn decisions(hand: &mut Hand<'_>) {
    if hand.one(DECISIONS) {
        hand.push("。");
    }
}

pub(super) fn documents(hand: &mut Hand<'_>) {
    if hand.one(DOCUMENTS) {
        hand.push("。");
    }
}
