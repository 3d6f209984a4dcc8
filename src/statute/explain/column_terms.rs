//! The columns of the three tables.

use super::{Explanation, FORMAT_2019, FORMAT_2021, Law, article, regulation};
use crate::statute::{Column, Outcome};

/// What a column of the tables holds.
pub fn column(column: Column) -> &'static Explanation {
    match column {
        Column::NewlyMade => {
            const {
                &Explanation {
                    meaning: ["本年新制定的件数（2019年格式）。", "Documents made this year (2019 format)."],
                    counts: ["本年由本机关印发的，不论是否公开。", "Issued by the body this year, published or not."],
                    excludes: Some([
                        "往年制定、本年才公开的不计，计入后一列。",
                        "Not older ones published this year: next column.",
                    ]),
                    basis: &[FORMAT_2019],
                }
            }
        }
        Column::NewlyPublished => {
            const {
                &Explanation {
                    meaning: ["本年新公开的件数（2019年格式）。", "Documents published this year (2019 format)."],
                    counts: [
                        "本年首次主动公开的，一般不多于本年新制作数量。",
                        "First published this year; usually no more than were made.",
                    ],
                    excludes: Some(["往年已经公开、本年仍在网上的不计。", "Not those published in earlier years."]),
                    basis: &[FORMAT_2019],
                }
            }
        }
        Column::PublishedInAll => {
            const {
                &Explanation {
                    meaning: [
                        "到年底对外公开的总件数（2019年格式）。",
                        "Documents published in all by the end of the year (2019 format).",
                    ],
                    counts: [
                        "历年累计、仍然公开的，不少于本年新公开数量。",
                        "Of all years and still public; no fewer than newly published.",
                    ],
                    excludes: None,
                    basis: &[FORMAT_2019],
                }
            }
        }
        Column::Issued => {
            const {
                &Explanation {
                    meaning: [
                        "本年1月1日至12月31日制定并印发的件数。",
                        "Issued from 1 January to 31 December of the year.",
                    ],
                    counts: [
                        "本机关制发的，包括本年制发本年又废止的。",
                        "Issued by the body, even if repealed within the year.",
                    ],
                    excludes: Some([
                        "转发上级文件的不计；联合制发的由牵头机关计。",
                        "Not documents of others that were passed on; joint documents are the leading body's.",
                    ]),
                    basis: &[FORMAT_2021],
                }
            }
        }
        Column::Repealed => {
            const {
                &Explanation {
                    meaning: ["本年废止或者失效的件数。", "Repealed or expired within the year."],
                    counts: [
                        "本机关本年公布废止、宣布失效的。",
                        "Those the body declared repealed or no longer in force.",
                    ],
                    excludes: Some(["只作修改、仍然有效的不计。", "Not those amended and still in force."]),
                    basis: &[FORMAT_2021],
                }
            }
        }
        Column::InForce => {
            const {
                &Explanation {
                    meaning: ["到本年12月31日仍然有效的件数，历年累计。", "In force on 31 December, of all years."],
                    counts: [
                        "一般等于上年现行有效件数，加本年制发，减本年废止；应当不少于本年制发减本年废止。",
                        "As a rule last year's figure plus issued minus repealed; no fewer than issued minus repealed.",
                    ],
                    excludes: Some([
                        "不是只填本年制发的；已经废止、失效的不计。",
                        "Not only this year's; not those repealed or expired.",
                    ]),
                    basis: &[FORMAT_2021],
                }
            }
        }
        Column::ItemsLastYear => {
            const {
                &Explanation {
                    meaning: [
                        "上一年底的事项（项目）数量（2019年格式）。",
                        "Items at the end of last year (2019 format).",
                    ],
                    counts: ["清单上的事项数，不是办理的件数。", "Items on the list, not cases handled."],
                    excludes: Some(["办理件数填入处理决定数量。", "Cases go into the column of decisions."]),
                    basis: &[FORMAT_2019],
                }
            }
        }
        Column::ItemChange => {
            const {
                &Explanation {
                    meaning: [
                        "本年事项（项目）数量比上一年增加或者减少多少（2019年格式）。",
                        "How many items more or fewer than last year (2019 format).",
                    ],
                    counts: [
                        "增加填正数，减少填负数，如-2；这是唯一可以填负数的一列。",
                        "Positive for more, negative for fewer, as -2: the only column with a sign.",
                    ],
                    excludes: Some([
                        "不是办理件数的增减；减少数不能超过上一年项目数量。",
                        "Not the change in cases; no more can go than there were.",
                    ]),
                    basis: &[FORMAT_2019],
                }
            }
        }
        Column::Decisions => {
            const {
                &Explanation {
                    meaning: ["本年作出的处理决定件数。", "Decisions made this year."],
                    counts: [
                        "以作出决定的日期为准，已公开的和依法未公开的都计入。",
                        "By the date of the decision, whether published or lawfully not published.",
                    ],
                    excludes: Some([
                        "受理、立案而未作出决定的不计；事项清单上的项目数不填在这里。",
                        "Not cases without a decision, nor the number of items on the list.",
                    ]),
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::FeeAmount => {
            const {
                &Explanation {
                    meaning: [
                        "本年收取的行政事业性收费总额，单位是万元。",
                        "All administrative fees charged this year, in 万元 (ten thousand yuan).",
                    ],
                    counts: [
                        "以万元为单位，第4位小数是1元；格子里只填数字，不写单位。如 12345 元填 1.2345。",
                        "In 万元, whose fourth decimal is one yuan; the figure only, no unit. 12345 yuan is 1.2345.",
                    ],
                    excludes: Some([
                        "不以元填报；行政处罚的罚款不是行政事业性收费。",
                        "Not in yuan; fines are penalties, no fees.",
                    ]),
                    basis: &[FORMAT_2021, regulation(20).item(8)],
                }
            }
        }
        Column::ProcurementItems => {
            const {
                &Explanation {
                    meaning: [
                        "本年实施的政府集中采购项目数（2019年格式）。",
                        "Projects of centralised procurement this year (2019 format).",
                    ],
                    counts: ["以项目计，不以件数、批次计。", "By project, not by piece or lot."],
                    excludes: None,
                    basis: &[FORMAT_2019, regulation(20).item(9)],
                }
            }
        }
        Column::ProcurementAmount => {
            const {
                &Explanation {
                    meaning: [
                        "本年政府集中采购的总金额（2019年格式）。",
                        "Total amount of centralised procurement this year (2019 format).",
                    ],
                    counts: [
                        "要看清单位；表头没有印单位的，应当注明是元还是万元。",
                        "Mind the unit; where the header has none, say whether yuan or 万元.",
                    ],
                    excludes: None,
                    basis: &[FORMAT_2019, regulation(20).item(9)],
                }
            }
        }
        Column::NaturalPersons => {
            const {
                &Explanation {
                    meaning: ["以个人名义提出申请的公民。", "People who apply in their own name."],
                    counts: [
                        "以申请书上的申请人为准，一件计一次。",
                        "By the applicant on the form; one application, one count.",
                    ],
                    excludes: Some([
                        "以单位名义申请的，按单位性质计入后面各列。",
                        "Applications in the name of an organisation go into the columns behind.",
                    ]),
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::Businesses => {
            const {
                &Explanation {
                    meaning: [
                        "公司、合伙企业等以营利为目的的企业。",
                        "Companies, partnerships and other enterprises for profit.",
                    ],
                    counts: ["以企业名义提出的申请。", "Applications in the enterprise's name."],
                    excludes: Some([
                        "企业员工以个人名义申请的计入自然人。",
                        "An employee in his or her own name is a natural person.",
                    ]),
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::ResearchBodies => {
            const {
                &Explanation {
                    meaning: ["从事科学研究的机构。", "Institutions of research."],
                    counts: ["以机构名义提出的申请。", "Applications in the institution's name."],
                    excludes: Some([
                        "研究人员以个人名义申请的计入自然人。",
                        "A researcher in his or her own name is a natural person.",
                    ]),
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::PublicInterestBodies => {
            const {
                &Explanation {
                    meaning: [
                        "从事公益活动的社会组织，如基金会、社会服务机构、公益性社会团体。",
                        "Public-interest organisations, such as foundations, service bodies and associations.",
                    ],
                    counts: ["以组织名义提出的申请。", "Applications in the organisation's name."],
                    excludes: Some([
                        "列名是社会公益组织，不是社会组织；其他性质的组织计入“其他”。",
                        "Organisations of another nature go into “other”.",
                    ]),
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::LegalServices => {
            const {
                &Explanation {
                    meaning: ["律师事务所等提供法律服务的机构。", "Law firms and others that give legal services."],
                    counts: ["以机构名义提出的申请。", "Applications in the firm's name."],
                    excludes: Some([
                        "律师代理他人申请的，按委托人的性质计。",
                        "If a lawyer acts for someone, the client's nature decides.",
                    ]),
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::OtherOrganisations => {
            const {
                &Explanation {
                    meaning: [
                        "前四类以外的法人或者其他组织。",
                        "Legal persons and organisations that are none of the four before.",
                    ],
                    counts: [
                        "如村（居）民委员会、业主委员会等以组织名义提出的申请。",
                        "Such as village, residents' or owners' committees, in the organisation's name.",
                    ],
                    excludes: Some([
                        "个人申请计入自然人；与（六）3.其他那一行无关。",
                        "People are natural persons. Not to be confused with row (6) 3.",
                    ]),
                    basis: &[regulation(27), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::AllApplicants => {
            const {
                &Explanation {
                    meaning: ["本行全部申请人的合计。", "All applicants of the row."],
                    counts: [
                        "等于自然人与五类法人或其他组织之和，六列相加。",
                        "Natural persons plus the five kinds of organisation: six columns.",
                    ],
                    excludes: Some([
                        "不是表四的总计，也不是（七）总计那一行。",
                        "Not the total of Table 4, nor the row (7) Total.",
                    ]),
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Column::Review(result) | Column::DirectSuit(result) | Column::SuitAfterReview(result) => outcome(result),
    }
}

/// What a result of review or litigation means, in any of the three groups of 表四.
pub fn outcome(outcome: Outcome) -> &'static Explanation {
    match outcome {
        Outcome::Upheld => {
            const {
                &Explanation {
                    meaning: [
                        "复议机关或者法院支持了本机关的处理。",
                        "The review body or court upheld what the body had done.",
                    ],
                    counts: [
                        "诉讼中判决驳回诉讼请求的，行政复议中决定维持的。通知没有给这一栏下定义，以上是由司法解释推得的。",
                        "Claims dismissed by a court, decisions upheld on review. No notice defines the column: this is derived from the judicial interpretation.",
                    ],
                    excludes: Some([
                        "不予立案、驳回起诉、撤诉的计入其他结果。",
                        "Not admitted, rejected or withdrawn: other result.",
                    ]),
                    basis: &[article(Law::Interpretation, 14).derived(), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Outcome::Corrected => {
            const {
                &Explanation {
                    meaning: ["本机关的处理被纠正。", "The review or the court corrected what the body had done."],
                    counts: [
                        "被撤销、责令公开或者确认违法的。通知没有给这一栏下定义，以上是由司法解释推得的。",
                        "Revoked, ordered to disclose, or found unlawful. No notice defines the column: this is derived from the judicial interpretation.",
                    ],
                    excludes: Some(["还没有结论的计入尚未审结。", "Without a result yet: pending."]),
                    basis: &[
                        article(Law::Interpretation, 11).derived(),
                        article(Law::Interpretation, 12).derived(),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Outcome::Other => {
            const {
                &Explanation {
                    meaning: ["已经结案，但既不是维持也不是纠正。", "Closed, but neither upheld nor corrected."],
                    counts: [
                        "不予立案、驳回起诉、撤诉的。通知没有给这一栏下定义，以上是由司法解释推得的。",
                        "Not admitted, the action rejected, or withdrawn. No notice defines the column: this is derived from the judicial interpretation.",
                    ],
                    excludes: Some(["没有结案的计入尚未审结。", "Not closed: pending."]),
                    basis: &[article(Law::Interpretation, 10).derived(), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Outcome::Pending => {
            const {
                &Explanation {
                    meaning: ["到本年12月31日还没有审结。", "Without a result on 31 December of the year."],
                    counts: ["已经受理、还没有作出复议决定或者裁判的。", "Admitted, with no decision or judgment yet."],
                    excludes: Some([
                        "年内已经结案的，按结果计入前三列。",
                        "Closed within the year: by its result, in the columns before.",
                    ]),
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Outcome::Total => {
            const {
                &Explanation {
                    meaning: ["本组四种结果的合计。", "The four results of the group together."],
                    counts: ["结果维持＋结果纠正＋其他结果＋尚未审结。", "Upheld + corrected + other + pending."],
                    excludes: Some(["三组分开合计，不互相加总。", "Each group by itself."]),
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
    }
}
