//! Sections, tables, groups of rows, and headers over columns.

use super::{Explanation, FORMAT_2019, FORMAT_2021, Law, article, regulation, whole};
use crate::statute::{Group, Header, Section, TableKind};

/// What a section has to say.
pub fn section(section: Section) -> &'static Explanation {
    match section {
        Section::Overview => {
            const {
                &Explanation {
                    meaning: [
                        "用文字概述全年政府信息公开工作。",
                        "The year's work on information disclosure, told in words.",
                    ],
                    counts: [
                        "写五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障；文中数字要与后面的表一致。各级人民政府还要写工作考核、社会评议和责任追究结果。",
                        "Five aspects: disclosure on one's own initiative, on application, management of information, the platform, supervision; its figures have to agree with the tables. A government adds assessment, public appraisal and accountability.",
                    ],
                    excludes: Some([
                        "问题和改进写在第五部分，信息处理费写在第六部分。",
                        "Problems go into section 5, the processing fee into section 6.",
                    ]),
                    basis: &[
                        regulation(50).paragraph(1).item(1).quote("行政机关主动公开政府信息的情况"),
                        regulation(50).paragraph(1).item(4).quote(
                            "各级人民政府的政府信息公开工作年度报告还应当包括工作考核、社会评议和责任追究结果情况",
                        ),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Section::Disclosure => {
            const {
                &Explanation {
                    meaning: ["用表二报告第二十条规定的主动公开情况。", "Disclosure under Article 20, in Table 2."],
                    counts: [
                        "2021年格式填第（一）（五）（六）（八）项；2019年格式还有第（九）项。没有的填0，不留空。",
                        "Items 1, 5, 6 and 8 in the 2021 format, item 9 too in the 2019 format. Enter 0 where there is nothing; leave no blank.",
                    ],
                    excludes: Some([
                        "主动公开了多少条信息写在第一部分，不填在表二。",
                        "Section 1 states how many pieces were published, not this table.",
                    ]),
                    basis: &[
                        regulation(50).paragraph(1).item(1).quote("行政机关主动公开政府信息的情况"),
                        regulation(20),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Section::Applications => {
            const {
                &Explanation {
                    meaning: [
                        "用表三报告收到多少申请、怎样办理。",
                        "How many applications came in and what became of them, in Table 3.",
                    ],
                    counts: [
                        "按申请人和办理结果交叉填报；一件申请只计入一个结果。",
                        "By applicant and by outcome; an application has one outcome only.",
                    ],
                    excludes: Some([
                        "咨询、信访、投诉等不是以政府信息公开申请提出的不计。",
                        "Not enquiries, petitions and complaints that came as such.",
                    ]),
                    basis: &[
                        regulation(50).paragraph(1).item(2).quote("行政机关收到和处理政府信息公开申请的情况"),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Section::Review => {
            const {
                &Explanation {
                    meaning: [
                        "用表四报告因政府信息公开工作引起的复议和诉讼。",
                        "Reviews and suits about information disclosure, in Table 4.",
                    ],
                    counts: [
                        "行政复议、未经复议直接起诉、复议后起诉三组，各按结果填报。",
                        "Three groups, each by result: review, suit without review, suit after review.",
                    ],
                    excludes: Some(["与政府信息公开无关的案件不计。", "Not cases about anything else."]),
                    basis: &[
                        regulation(50)
                            .paragraph(1)
                            .item(3)
                            .quote("因政府信息公开工作被申请行政复议、提起行政诉讼的情况"),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Section::Problems => {
            const {
                &Explanation {
                    meaning: [
                        "用文字报告本年存在的主要问题，以及怎样改进。",
                        "The year's main problems and what is done about them, in words.",
                    ],
                    counts: [
                        "问题和改进都要写，写本机关的实际情况；只写“无”等于没有报告。",
                        "Both the problems and the improvements, the body's own. “None” is no report.",
                    ],
                    excludes: Some([
                        "改进措施不另设一个一级标题。",
                        "Improvements get no top-level heading of their own.",
                    ]),
                    basis: &[
                        regulation(50).paragraph(1).item(4).quote("政府信息公开工作存在的主要问题及改进情况"),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Section::Other => {
            const {
                &Explanation {
                    meaning: ["报告前五部分没有写到、应当报告的事项。", "Whatever else has to be reported."],
                    counts: [
                        "2021年格式要求在这里报告收取信息处理费的情况：发出收费通知的件数和总金额、实际收取的总金额；没有收取也要说明。",
                        "In the 2021 format the information processing fee: notices sent, their total, and what was received; say so if there was none.",
                    ],
                    excludes: Some(["前面已有的内容不重复。", "Nothing that stands before."]),
                    basis: &[
                        regulation(50).paragraph(1).item(5).quote("其他需要报告的事项"),
                        FORMAT_2021,
                        FORMAT_2019,
                        whole(Law::FeeMeasures),
                    ],
                }
            }
        }
    }
}

/// What a table holds.
pub fn table(kind: TableKind) -> &'static Explanation {
    match kind {
        TableKind::Disclosure => {
            const {
                &Explanation {
                    meaning: [
                        "表二：主动公开政府信息情况，按第二十条各项分块。",
                        "Table 2: disclosure on one's own initiative, in blocks by item of Article 20.",
                    ],
                    counts: [
                        "件数填整数；行政事业性收费填万元，最多4位小数；2019年格式的本年增/减可以填负数。",
                        "Whole numbers; fees in 万元 with at most four decimals; change this year (2019 format) may be negative.",
                    ],
                    excludes: Some([
                        "格子里只填数字，不写单位、不留空、不画斜线。",
                        "Figures only: no unit, no blank, no dash.",
                    ]),
                    basis: &[FORMAT_2021, FORMAT_2019, regulation(20)],
                }
            }
        }
        TableKind::Applications => {
            const {
                &Explanation {
                    meaning: [
                        "表三：收到和处理政府信息公开申请情况，行是办理结果，列是申请人。",
                        "Table 3: applications received and handled; rows are outcomes, columns applicants.",
                    ],
                    counts: [
                        "三条勾稽关系：每列第一项加第二项等于第三项加第四项；（七）总计等于各结果之和；每行总计等于六列之和。",
                        "Three sums: in a column row 1 + row 2 = row 3 + row 4; (7) Total is the sum of the outcomes; a row's total is the sum of its six columns.",
                    ],
                    excludes: Some([
                        "没有的填0，不留空；2021年格式25行，2019年格式23行。",
                        "0 where there is nothing, no blanks; 25 rows in the 2021 format, 23 in the 2019 format.",
                    ]),
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        TableKind::Review => {
            const {
                &Explanation {
                    meaning: [
                        "表四：政府信息公开行政复议、行政诉讼情况，一行15个数。",
                        "Table 4: review and litigation, fifteen figures in one row.",
                    ],
                    counts: [
                        "三组各五列：结果维持、结果纠正、其他结果、尚未审结、总计；每组总计等于前四列之和。",
                        "Three groups of five: upheld, corrected, other, pending, total; each total is the sum of the four before it.",
                    ],
                    excludes: None,
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
    }
}

/// What a group of rows of 表三 has in common.
pub fn group(group: Group) -> &'static Explanation {
    match group {
        Group::Outcomes => {
            const {
                &Explanation {
                    meaning: [
                        "本年办结的申请，按答复结果分为（一）至（六），（七）是总计。",
                        "Applications closed this year, by outcome (1) to (6); (7) is their total.",
                    ],
                    counts: [
                        "本年新收和上年结转中，本年已经办结的。",
                        "Of those received and those carried in, all that were closed this year.",
                    ],
                    excludes: Some(["还没有办结的计入第四项。", "Still open: row 4."]),
                    basis: &[regulation(36), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Group::Withheld => {
            const {
                &Explanation {
                    meaning: [
                        "有所申请的信息，依法不予公开，按理由分为8行。",
                        "The information is there and is withheld by law; eight rows by reason.",
                    ],
                    counts: [
                        "一件申请有几个理由的，按答复的主要理由计入一行。",
                        "With several reasons the main one decides; one row only.",
                    ],
                    excludes: Some([
                        "公开了一部分的计入（二）；没有该信息的计入（四）。",
                        "Partly disclosed: (2). Not held: (4).",
                    ]),
                    basis: &[
                        regulation(36)
                            .item(3)
                            .quote("行政机关依据本条例的规定决定不予公开的，告知申请人不予公开并说明理由"),
                        regulation(14),
                        regulation(15),
                        regulation(16),
                    ],
                }
            }
        }
        Group::Unavailable => {
            const {
                &Explanation {
                    meaning: [
                        "不是不愿公开，而是没有可提供的信息，分为3行。",
                        "Not refused: there is nothing to give; three rows.",
                    ],
                    counts: [
                        "不掌握信息、需要另行制作、补正后仍不明确。",
                        "Not held, would have to be created, or still unclear after correction.",
                    ],
                    excludes: Some([
                        "有信息而依法不公开的计入（三）；没有补正的计入（六）1。",
                        "Withheld by law: (3). Not corrected: (6) 1.",
                    ]),
                    basis: &[
                        regulation(36).item(4).derived(),
                        regulation(36).item(5).derived(),
                        regulation(38),
                        regulation(30).derived(),
                    ],
                }
            }
        }
        Group::Declined => {
            const {
                &Explanation {
                    meaning: [
                        "告知申请人不予处理，分为5行。",
                        "The body informs the applicant that it does not process the application; five rows.",
                    ],
                    counts: [
                        "信访举报投诉、重复申请、要求公开出版物、大量反复申请、要求确认或重新出具。",
                        "Petitions, repetitions, publications, excess, and requests to confirm or re-issue.",
                    ],
                    excludes: Some(["申请人放弃、逾期不缴费的计入（六）。", "Given up, or the fee not paid: (6)."]),
                    basis: &[regulation(35), regulation(36).item(6), regulation(39)],
                }
            }
        }
        Group::OtherHandling => {
            const {
                &Explanation {
                    meaning: [
                        "不属于（一）至（五）的处理结果，2021年格式分为3行。",
                        "What is none of (1) to (5); three rows in the 2021 format.",
                    ],
                    counts: ["逾期不补正、逾期不缴费、其他。", "Not corrected in time, fee not paid, other."],
                    excludes: Some(["2019年格式只有一行，不要混用。", "The 2019 format has one row; do not mix them."]),
                    basis: &[FORMAT_2021, regulation(30), regulation(42)],
                }
            }
        }
    }
}

/// What a header over columns, or over the labels, says.
pub fn header(header: Header) -> &'static Explanation {
    match header {
        Header::Content => {
            const {
                &Explanation {
                    meaning: [
                        "表头：左边一列是信息的种类，右边各列填数字。",
                        "A header: kinds of information on the left, figures on the right.",
                    ],
                    counts: ["这一格不填数字。", "No figure here."],
                    excludes: None,
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Header::BalanceNote => {
            const {
                &Explanation {
                    meaning: [
                        "表三的勾稽关系：每一列都是新收加上年结转，等于（七）总计加结转下年度。",
                        "The balance of Table 3: in every column received plus carried in equals (7) total plus carried out.",
                    ],
                    counts: [
                        "七列都要满足；第三项指（七）总计那一行。",
                        "All seven columns; “row 3” is the row (7) Total.",
                    ],
                    excludes: None,
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Header::Applicants => {
            const {
                &Explanation {
                    meaning: [
                        "申请人的种类：自然人，以及五类法人或其他组织。",
                        "Kinds of applicant: natural persons and five kinds of organisation.",
                    ],
                    counts: [
                        "每件申请按申请人性质计入一列，最后一列是总计。",
                        "Each application goes into one column by its applicant; the last column is the total.",
                    ],
                    excludes: None,
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Header::Organisations => {
            const {
                &Explanation {
                    meaning: [
                        "以单位名义提出的申请，按单位性质分为五列。",
                        "Applications in the name of an organisation, in five columns by its nature.",
                    ],
                    counts: [
                        "商业企业、科研机构、社会公益组织、法律服务机构、其他。",
                        "Businesses, research bodies, public-interest bodies, legal services, other.",
                    ],
                    excludes: Some(["个人申请计入自然人。", "People are natural persons."]),
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Header::Review => {
            const {
                &Explanation {
                    meaning: [
                        "因政府信息公开工作被申请行政复议的案件。",
                        "Administrative reviews about information disclosure.",
                    ],
                    counts: [
                        "以本机关为被申请人的复议案件，按结果分为四列，另有总计。",
                        "Reviews against the body, in four columns by result, and a total.",
                    ],
                    excludes: Some(["本机关作为复议机关审理的案件不计。", "Not reviews that the body decides itself."]),
                    basis: &[
                        regulation(51).quote("也可以依法申请行政复议或者提起行政诉讼"),
                        article(Law::ReviewLaw, 23).paragraph(1).item(4),
                    ],
                }
            }
        }
        Header::Litigation => {
            const {
                &Explanation {
                    meaning: ["因政府信息公开工作被提起行政诉讼的案件。", "Lawsuits about information disclosure."],
                    counts: [
                        "以本机关为被告的案件，按起诉前有没有经过复议分为两组。",
                        "Suits against the body, in two groups by whether a review came first.",
                    ],
                    excludes: Some(["复议案件填在左边一组。", "Reviews go into the group on the left."]),
                    basis: &[regulation(51).quote("也可以依法申请行政复议或者提起行政诉讼")],
                }
            }
        }
        Header::DirectSuit => {
            const {
                &Explanation {
                    meaning: ["没有经过行政复议、直接向法院起诉的案件。", "Suits that were brought without a review."],
                    counts: [
                        "按结果分为四列，另有总计。修订后的行政复议法规定不予公开的应当先申请复议，这一组数字大时请核对案由。",
                        "Four columns by result, and a total. Under the amended Administrative Review Law a refusal to disclose goes to review first: if this group is large, check what the suits are about.",
                    ],
                    excludes: Some([
                        "经过复议再起诉的计入复议后起诉。",
                        "Suits after a review go into the next group.",
                    ]),
                    basis: &[
                        article(Law::ReviewLaw, 23).paragraph(1).item(4),
                        regulation(51).quote("也可以依法申请行政复议或者提起行政诉讼"),
                    ],
                }
            }
        }
        Header::SuitAfterReview => {
            const {
                &Explanation {
                    meaning: ["先经行政复议、对复议结果不服再起诉的案件。", "Suits that were brought after a review."],
                    counts: ["按诉讼结果分为四列，另有总计。", "Four columns by the court's result, and a total."],
                    excludes: Some([
                        "复议阶段的结果填在行政复议一组。",
                        "The result of the review goes into the review group.",
                    ]),
                    basis: &[
                        regulation(51).quote("也可以依法申请行政复议或者提起行政诉讼"),
                        article(Law::ReviewLaw, 23).paragraph(1).item(4),
                    ],
                }
            }
        }
    }
}
