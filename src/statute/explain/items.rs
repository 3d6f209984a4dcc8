//! The fifteen items of Article 20.

use super::{Explanation, regulation};
use crate::statute::Item;

/// What item `item` of Article 20 asks to be published, and which figures of 表二 it feeds.
pub fn item(item: Item) -> &'static Explanation {
    &ITEMS[usize::from(item.number() - 1)]
}

static ITEMS: [Explanation; 15] = [
    Explanation {
        meaning: [
            "本机关制定的规章、规范性文件全文应当主动公开，并注明文号、日期和是否有效。",
            "The full text of the rules and normative documents the body has issued, with number, date and whether they are in force.",
        ],
        counts: [
            "对应表二的规章、规范性文件件数：2021年格式填制发、废止、现行有效件数；2019年格式填新制作、新公开、对外公开总数量。",
            "Feeds the rows on rules and normative documents of Table 2: issued, repealed and in force (2021 format); newly made, newly published and published in all (2019 format).",
        ],
        excludes: Some([
            "没有规章制定权的机关，规章一行填0；转发文件、工作通知、政策解读不计。",
            "A body without rule-making power enters 0 for rules. Forwarded documents, working notices and commentaries do not count.",
        ]),
        basis: &[regulation(20).item(1).quote("行政法规、规章和规范性文件")],
    },
    Explanation {
        meaning: [
            "本机关是谁、管什么、在哪里、怎么联系：即网站“机构概况”一类的内容。",
            "Who the body is, what it is for, where it sits and how to reach it: the “about us” pages.",
        ],
        counts: [
            "表二没有对应数字，更新情况写在“一、总体情况”的主动公开部分。",
            "No figure of Table 2; section 1 states what was updated, under disclosure on one's own initiative.",
        ],
        excludes: None,
        basis: &[regulation(20).item(2).quote("机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名")],
    },
    Explanation {
        meaning: [
            "发展规划、专项规划、区域规划，以及与规划配套的政策。",
            "Development plans, sector plans, regional plans, and the policies that go with them.",
        ],
        counts: ["表二没有对应数字，公开情况写在“一、总体情况”。", "No figure of Table 2; told in section 1."],
        excludes: None,
        basis: &[regulation(20).item(3).quote("国民经济和社会发展规划、专项规划、区域规划及相关政策")],
    },
    Explanation {
        meaning: ["统计公报、统计数据等统计信息。", "Statistical bulletins and series."],
        counts: ["表二没有对应数字，公开情况写在“一、总体情况”。", "No figure of Table 2; told in section 1."],
        excludes: None,
        basis: &[regulation(20).item(4).quote("国民经济和社会发展统计信息")],
    },
    Explanation {
        meaning: [
            "行政许可和其他对外管理服务事项的办事指南（依据、条件、程序）和办理结果。",
            "Administrative licences and other services to the public: the guide to each item (basis, conditions, procedure) and the results.",
        ],
        counts: [
            "对应表二的行政许可：2021年格式填本年处理决定数量；2019年格式填上一年项目数量、本年增/减、处理决定数量，并另填其他对外管理服务事项。",
            "Feeds the row on licences of Table 2: decisions of the year (2021 format); items last year, change and decisions, with a row for other services (2019 format).",
        ],
        excludes: Some([
            "2021年格式不再单列其他对外管理服务事项，这类事项不并入行政许可。",
            "The 2021 format has no row for other services; they are not added to the licences.",
        ]),
        basis: &[regulation(20).item(5).quote("办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果")],
    },
    Explanation {
        meaning: [
            "行政处罚、行政强制的依据、条件、程序，以及本机关认为具有一定社会影响的处罚决定。",
            "The basis, conditions and procedure of penalties and coercive measures, and the penalty decisions that the body finds of some social impact.",
        ],
        counts: [
            "对应表二的行政处罚、行政强制：填本年作出的全部处理决定，已公开的和依法未公开的都计入。",
            "Feeds the rows on penalties and coercion of Table 2: all decisions of the year, whether published or lawfully not published.",
        ],
        excludes: Some([
            "不是只填在网上公开了的决定；移送其他机关、未作出决定的案件不计。",
            "Not only the decisions put on line. Cases passed on to another body, or without a decision, do not count.",
        ]),
        basis: &[regulation(20)
            .item(6)
            .quote("实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定")],
    },
    Explanation {
        meaning: ["本机关的预算、决算信息。", "The body's budget and final accounts."],
        counts: [
            "表二没有对应数字，公开情况一般写在“一、总体情况”。",
            "No figure of Table 2; usually told in section 1.",
        ],
        excludes: None,
        basis: &[regulation(20).item(7).quote("财政预算、决算信息")],
    },
    Explanation {
        meaning: [
            "本机关的行政事业性收费项目，以及每个项目的收费依据和标准。",
            "The administrative fees the body charges, with the basis and rate of each.",
        ],
        counts: [
            "对应表二的行政事业性收费：2021年格式填本年收费金额（万元）；2019年格式填上一年项目数量和本年增/减。",
            "Feeds the row on fees of Table 2: the amount charged in 万元, ten thousand yuan (2021 format); items last year and change (2019 format).",
        ],
        excludes: Some([
            "罚没收入、经营服务性收费不计。信息处理费属于行政事业性收费，还要在“六、其他需要报告的事项”中报告。",
            "Fines and charges for commercial services do not count. The information processing fee is an administrative fee, and is also reported in section 6.",
        ]),
        basis: &[regulation(20).item(8).quote("行政事业性收费项目及其依据、标准")],
    },
    Explanation {
        meaning: [
            "政府集中采购的目录、标准和实施情况。",
            "Centralised government procurement: catalogue, standards and how it was carried out.",
        ],
        counts: [
            "2019年格式在表二填采购项目数量、采购总金额；2021年格式不再填数，仍须主动公开。",
            "The 2019 format has the number of projects and the total amount in Table 2; the 2021 format has no figure, the duty to publish remains.",
        ],
        excludes: None,
        basis: &[regulation(20).item(9).quote("政府集中采购项目的目录、标准及实施情况")],
    },
    Explanation {
        meaning: ["重大建设项目的批准文件和进展。", "Approvals of major construction projects and their progress."],
        counts: ["表二没有对应数字，公开情况写在“一、总体情况”。", "No figure of Table 2; told in section 1."],
        excludes: None,
        basis: &[regulation(20).item(10).quote("重大建设项目的批准和实施情况")],
    },
    Explanation {
        meaning: [
            "扶贫、教育、医疗、社会保障、促进就业等民生领域的政策、措施和落实情况。",
            "Policies, measures and results on poverty relief, education, health care, social security and employment.",
        ],
        counts: ["表二没有对应数字，公开情况写在“一、总体情况”。", "No figure of Table 2; told in section 1."],
        excludes: None,
        basis: &[regulation(20).item(11).quote("扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况")],
    },
    Explanation {
        meaning: [
            "突发公共事件的应急预案、预警信息，以及应对处置情况。",
            "Public emergencies: plans, warnings and the response.",
        ],
        counts: ["表二没有对应数字，公开情况写在“一、总体情况”。", "No figure of Table 2; told in section 1."],
        excludes: None,
        basis: &[regulation(20).item(12).quote("突发公共事件的应急预案、预警信息及应对情况")],
    },
    Explanation {
        meaning: [
            "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况。",
            "Results of inspections in environmental protection, public health, work safety, food and drugs, and product quality.",
        ],
        counts: [
            "表二没有对应数字，公开情况写在“一、总体情况”；由检查引出的处罚决定计入行政处罚。",
            "No figure of Table 2; told in section 1. A penalty that follows from an inspection counts under penalties.",
        ],
        excludes: None,
        basis: &[regulation(20).item(13).quote("环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况")],
    },
    Explanation {
        meaning: [
            "公务员招考的职位、名额、报考条件，以及录用结果。",
            "Civil service recruitment: posts, places, conditions and who was taken on.",
        ],
        counts: ["表二没有对应数字，公开情况写在“一、总体情况”。", "No figure of Table 2; told in section 1."],
        excludes: None,
        basis: &[regulation(20).item(14).quote("公务员招考的职位、名额、报考条件等事项以及录用结果")],
    },
    Explanation {
        meaning: [
            "兜底规定：其他法律、法规、规章和国家有关规定要求主动公开的信息。",
            "The catch-all: whatever another law, regulation, rule or national provision requires to be published.",
        ],
        counts: ["表二没有对应数字，公开情况写在“一、总体情况”。", "No figure of Table 2; told in section 1."],
        excludes: None,
        basis: &[regulation(20).item(15).quote("法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息")],
    },
];
