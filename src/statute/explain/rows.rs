//! The rows of the three tables.

use super::{Explanation, FORMAT_2019, FORMAT_2021, Law, REPLY_GUIDE, article, regulation, whole};
use crate::statute::Row;

/// What a row of the tables holds.
pub fn row(row: Row) -> &'static Explanation {
    match row {
        Row::Rules => {
            const {
                &Explanation {
                    meaning: [
                        "国务院部门，省、自治区、直辖市和设区的市、自治州的人民政府等有规章制定权的机关依法制定的规章。",
                        "Rules (规章) made by a body that has the power to make them: a ministry, a provincial or prefecture-level government.",
                    ],
                    counts: [
                        "只计本机关制定的规章；县级机关、乡镇和没有规章制定权的部门填0。",
                        "Only rules the body made itself. County bodies, townships and departments without the power enter 0.",
                    ],
                    excludes: Some([
                        "行政规范性文件计入下一行；行政法规不在本表填数。",
                        "Normative documents go into the next row; administrative regulations have no figure here.",
                    ]),
                    basis: &[regulation(20).item(1).quote("行政法规、规章和规范性文件"), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Row::NormativeDocuments => {
            const {
                &Explanation {
                    meaning: [
                        "行政机关制定的、涉及公民和组织权利义务、在一定期限内反复适用的公文。",
                        "Documents of the body that touch the rights and duties of people and organisations and apply again and again for a time.",
                    ],
                    counts: [
                        "经合法性审核、按规范性文件登记的件数；填报前与司法行政部门核对。",
                        "Those registered as normative documents after legal review; agree the figure with the judicial administration first.",
                    ],
                    excludes: Some([
                        "内部管理制度、工作方案、会议纪要、请示报告、人事任免不计；规章计入上一行。",
                        "Internal rules, work plans, minutes, reports and appointments do not count; rules (规章) go into the row above.",
                    ]),
                    basis: &[regulation(20).item(1).quote("行政法规、规章和规范性文件"), FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Row::Licences => {
            const {
                &Explanation {
                    meaning: ["本机关依法办理的行政许可。", "Administrative licences that the body decides on."],
                    counts: [
                        "本年作出的许可决定，准予和不准予的都计；2019年格式另填项目数量及增减。",
                        "Decisions of the year, whether granted or refused; the 2019 format also has items and their change.",
                    ],
                    excludes: Some([
                        "只收件未决定的不计；行政确认、备案、咨询等其他服务事项不计入行政许可。",
                        "Not what was received but not decided, and not other services such as confirmations, filings or enquiries.",
                    ]),
                    basis: &[
                        regulation(20)
                            .item(5)
                            .quote("办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果"),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Row::OtherServices => {
            const {
                &Explanation {
                    meaning: [
                        "行政许可以外的对外管理服务事项，只见于2019年格式。",
                        "Management and service items other than licences; in the 2019 format only.",
                    ],
                    counts: [
                        "上一年项目数量、本年增/减、本年作出的处理决定数量。",
                        "Items last year, change this year, decisions this year.",
                    ],
                    excludes: Some([
                        "行政许可计入上一行；2021年格式已取消本行，不要并入行政许可。",
                        "Licences go into the row above. The 2021 format dropped this row: do not add it to the licences.",
                    ]),
                    basis: &[
                        regulation(20)
                            .item(5)
                            .quote("办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果"),
                        FORMAT_2019,
                    ],
                }
            }
        }
        Row::Penalties => {
            const {
                &Explanation {
                    meaning: ["本机关依法作出的行政处罚。", "Administrative penalties imposed by the body."],
                    counts: [
                        "本年作出的全部处罚决定，已公开的和依法未公开的都计入。",
                        "All penalty decisions of the year, whether published or lawfully not published.",
                    ],
                    excludes: Some([
                        "立案、告知、移送而未作出处罚决定的不计；查封、扣押等强制措施计入行政强制。",
                        "Not cases opened, announced or passed on without a decision; sealing and seizure count as coercion.",
                    ]),
                    basis: &[
                        regulation(20).item(6).quote(
                            "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
                        ),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Row::Coercion => {
            const {
                &Explanation {
                    meaning: [
                        "本机关依法作出的行政强制措施和行政强制执行决定。",
                        "Coercive measures and enforcement decisions of the body.",
                    ],
                    counts: [
                        "本年作出的全部强制决定，如查封、扣押、冻结、代履行，已公开的和依法未公开的都计入。",
                        "All decisions of the year, such as sealing, seizure, freezing or performance by others, whether published or not.",
                    ],
                    excludes: Some([
                        "行政处罚计入上一行；申请人民法院强制执行、由法院作出裁定的不计。",
                        "Penalties go into the row above; enforcement ordered by a court does not count.",
                    ]),
                    basis: &[
                        regulation(20).item(6).quote(
                            "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
                        ),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Row::Fees => {
            const {
                &Explanation {
                    meaning: ["本机关依法收取的行政事业性收费。", "Administrative fees charged by the body."],
                    counts: [
                        "2021年格式填本年收费金额，单位是万元，最多4位小数；2019年格式填上一年项目数量和本年增/减。",
                        "2021 format: the amount charged, in 万元 (ten thousand yuan), at most four decimals; 2019 format: items last year and change.",
                    ],
                    excludes: Some([
                        "罚没收入、税收、经营服务性收费不计；不要把元当成万元填入。",
                        "Not fines, taxes or charges for commercial services. Do not enter yuan for 万元.",
                    ]),
                    basis: &[
                        regulation(20).item(8).quote("行政事业性收费项目及其依据、标准"),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Row::Procurement => {
            const {
                &Explanation {
                    meaning: [
                        "本机关实施的政府集中采购，只见于2019年格式。",
                        "Centralised procurement carried out by the body; in the 2019 format only.",
                    ],
                    counts: [
                        "本年采购项目数量和采购总金额；金额要注明单位。",
                        "Projects of the year and their total amount; the unit has to be said.",
                    ],
                    excludes: Some([
                        "分散采购不计；2021年格式已取消本行。",
                        "Not decentralised procurement. The 2021 format dropped this row.",
                    ]),
                    basis: &[regulation(20).item(9).quote("政府集中采购项目的目录、标准及实施情况"), FORMAT_2019],
                }
            }
        }
        Row::Received => {
            const {
                &Explanation {
                    meaning: [
                        "本年1月1日至12月31日收到的政府信息公开申请。",
                        "Applications received from 1 January to 31 December of the year.",
                    ],
                    counts: [
                        "以“收到申请之日”判断：当面提交看提交日，邮寄看签收日，网上和传真看双方确认之日。",
                        "By the date of receipt: handed in, the day it was; by post, the day it was signed for; on line or by fax, the day both sides confirmed.",
                    ],
                    excludes: Some([
                        "上年收到、本年继续办的计入第二项；申请人补正后重新提交材料的，仍是同一件，不再计一次。",
                        "What came in last year and is still open goes into row 2. An application that was corrected is still the same one.",
                    ]),
                    basis: &[regulation(31).derived(), regulation(27).derived(), regulation(29).derived()],
                }
            }
        }
        Row::CarriedIn => {
            const {
                &Explanation {
                    meaning: [
                        "上年收到、到上年12月31日还没有答复的申请。",
                        "Applications of last year that were still open on 31 December last year.",
                    ],
                    counts: [
                        "七列数字都应与上一年报告的第四项（结转下年度继续办理）一致。",
                        "All seven figures should equal row 4 (carried over) of last year's report.",
                    ],
                    excludes: Some([
                        "本年收到的计入第一项，即使本年没有办完。",
                        "What came in this year goes into row 1, even if it is still open.",
                    ]),
                    basis: &[regulation(33).derived()],
                }
            }
        }
        Row::Granted => {
            const {
                &Explanation {
                meaning: [
                    "向申请人全部公开了所申请的信息。",
                    "All the information asked for was disclosed.",
                ],
                counts: [
                    "提供了信息，或者告知了获取的方式、途径和时间；信息已经主动公开、告知去哪里查的，也计在这里。",
                    "The information was given, or the applicant was told how, where and when to get it; also if it had been published already.",
                ],
                excludes: Some([
                    "只提供了一部分的计入（二）部分公开；公报、报刊、书籍等公开出版物计入（五）3。",
                    "If only a part was given: (2). Gazettes, newspapers and books: (5) 3.",
                ]),
                basis: &[
                    regulation(36)
                        .item(1)
                        .quote("所申请公开信息已经主动公开的，告知申请人获取该政府信息的方式、途径")
                        .derived(),
                    regulation(36)
                        .item(2)
                        .quote(
                            "所申请公开信息可以公开的，向申请人提供该政府信息，或者告知申请人获取该政府信息的方式、途径和时间",
                        )
                        .derived(),
                    REPLY_GUIDE,
                ],
            }
            }
        }
        Row::PartlyGranted => {
            const {
                &Explanation {
                meaning: [
                    "所申请的信息作了区分处理：能公开的部分提供，其余部分不公开并说明理由。",
                    "The information was divided: what could be disclosed was given, the rest withheld with reasons.",
                ],
                counts: [
                    "一件申请只在这里计一次。",
                    "Such an application is counted once, here.",
                ],
                excludes: Some([
                    "未公开的那一部分不再按理由计入（三）不予公开。",
                    "The part withheld is not counted again under (3).",
                ]),
                basis: &[
                    regulation(37).quote(
                        "申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人提供可以公开的政府信息内容，并对不予公开的内容说明理由。",
                    ),
                    FORMAT_2021, FORMAT_2019,
                ],
            }
            }
        }
        Row::StateSecret => {
            const {
                &Explanation {
                    meaning: [
                        "所申请的信息依法确定为国家秘密，不予公开。",
                        "Withheld: the information is a state secret, classified by law.",
                    ],
                    counts: [
                        "以依法确定为国家秘密为理由，答复不予公开的申请。",
                        "Applications refused because the information has been classified by law.",
                    ],
                    excludes: Some([
                        "其他法律、行政法规禁止公开的计入第2行；区分处理后公开一部分的计入（二）。",
                        "Forbidden by another law or administrative regulation: row 2. Partly disclosed: (2).",
                    ]),
                    basis: &[regulation(14).quote("依法确定为国家秘密的政府信息").derived(), REPLY_GUIDE],
                }
            }
        }
        Row::ForbiddenByLaw => {
            const {
                &Explanation {
                    meaning: [
                        "其他法律、行政法规明文禁止公开，不予公开。",
                        "Withheld: another law or administrative regulation forbids disclosure.",
                    ],
                    counts: [
                        "以法律、行政法规禁止公开为理由，答复不予公开的申请。",
                        "Applications refused because a law or administrative regulation forbids disclosure.",
                    ],
                    excludes: Some([
                        "条文只说法律、行政法规，不包括规章和文件；国家秘密计入第1行。",
                        "The article names laws and administrative regulations, not rules or documents. State secrets: row 1.",
                    ]),
                    basis: &[regulation(14).quote("法律、行政法规禁止公开的政府信息").derived(), REPLY_GUIDE],
                }
            }
        }
        Row::SafetyAndStability => {
            const {
                &Explanation {
                    meaning: [
                        "公开后可能危及国家安全、公共安全、经济安全、社会稳定，不予公开。",
                        "Withheld: disclosure might endanger national, public or economic security or social stability.",
                    ],
                    counts: [
                        "以此为理由答复不予公开的申请；“三安全一稳定”指国家安全、公共安全、经济安全和社会稳定。",
                        "Applications refused for that reason; the row's four goods are national, public and economic security and social stability.",
                    ],
                    excludes: Some(["依法确定为国家秘密的计入第1行。", "Information that has been classified: row 1."]),
                    basis: &[regulation(14)
                        .quote("公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息，不予公开")],
                }
            }
        }
        Row::ThirdParty => {
            const {
                &Explanation {
                    meaning: [
                        "涉及商业秘密、个人隐私等，公开会损害第三方合法权益，不予公开。",
                        "Withheld: disclosure would harm a third party, by commercial secrets, privacy or the like.",
                    ],
                    counts: [
                        "书面征求第三方意见后，第三方不同意且有合理理由，又不存在重大公共利益需要公开的。",
                        "The third party was asked in writing and objects with good reason, and no major public interest asks for disclosure.",
                    ],
                    excludes: Some([
                        "第三方同意或者因公共利益决定公开的计入（一）；遮盖个人信息后提供的计入（二）。",
                        "Disclosed with consent or for the public interest: (1). Given with personal data blacked out: (2).",
                    ]),
                    basis: &[
                        regulation(15).quote(
                            "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开。",
                        ),
                        regulation(32).quote("第三方不同意公开且有合理理由的，行政机关不予公开。"),
                    ],
                }
            }
        }
        Row::InternalAffairs => {
            const {
                &Explanation {
                    meaning: [
                        "三类内部事务信息：人事管理、后勤管理、内部工作流程，可以不予公开。",
                        "Withheld: internal affairs, of three kinds: personnel, logistics, internal procedure.",
                    ],
                    counts: ["以内部事务信息为理由答复不予公开的申请。", "Applications refused for that reason."],
                    excludes: Some([
                        "法律、法规、规章规定应当公开的，不能以此为由；讨论记录、过程稿等计入第6行。",
                        "Not where a law, regulation or rule asks for disclosure. Records of discussion, drafts and so on: row 6.",
                    ]),
                    basis: &[regulation(16).paragraph(1).quote(
                        "行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开。",
                    )],
                }
            }
        }
        Row::ProcessInformation => {
            const {
                &Explanation {
                meaning: [
                    "四类过程性信息：讨论记录、过程稿、磋商信函、请示报告，可以不予公开。",
                    "Withheld: process information, of four kinds: records of discussion, drafts, letters of consultation, requests and reports.",
                ],
                counts: [
                    "以过程性信息为理由答复不予公开的申请。",
                    "Applications refused for that reason.",
                ],
                excludes: Some([
                    "法律、法规、规章规定应当公开的，从其规定；行政执法案卷计入第7行。",
                    "Not where a law, regulation or rule asks for disclosure. Enforcement files: row 7.",
                ]),
                basis: &[regulation(16).paragraph(2).quote(
                    "行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法案卷信息，可以不予公开。",
                )],
            }
            }
        }
        Row::EnforcementFile => {
            const {
                &Explanation {
                meaning: [
                    "行政执法案卷信息，可以不予公开。",
                    "Withheld: the information is part of an enforcement file.",
                ],
                counts: [
                    "以行政执法案卷信息为理由答复不予公开的申请。",
                    "Applications refused for that reason.",
                ],
                excludes: Some([
                    "法律、法规、规章规定应当公开的，从其规定；讨论记录、过程稿等计入第6行。",
                    "Not where a law, regulation or rule asks for disclosure. Records of discussion, drafts and so on: row 6.",
                ]),
                basis: &[regulation(16).paragraph(2).quote(
                    "行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法案卷信息，可以不予公开。",
                )],
            }
            }
        }
        Row::AdministrativeQuery => {
            const {
                &Explanation {
                meaning: [
                    "工商、不动产登记资料等，法律、行政法规对怎么获取另有规定的，告知申请人按规定查询。",
                    "Company and real-estate registers and the like, for which a law or administrative regulation has its own way of access: the applicant is told to use it.",
                ],
                counts: [
                    "答复内容是告知依照有关法律、行政法规的规定办理的申请。",
                    "Replies that point to the law or administrative regulation with that way of access.",
                ],
                excludes: Some([
                    "没有专门查询规定、只是不便提供的，不计在这里；本机关不负责公开的计入（四）1。",
                    "Not where no such provision exists. If another body is responsible: (4) 1.",
                ]),
                basis: &[regulation(36).item(7).quote(
                    "所申请公开信息属于工商、不动产登记资料等信息，有关法律、行政法规对信息的获取有特别规定的，告知申请人依照有关法律、行政法规的规定办理。",
                )],
            }
            }
        }
        Row::NotHeld => {
            const {
                &Explanation {
                    meaning: [
                        "本机关没有所申请的信息：检索后没有找到，或者不由本机关负责公开。",
                        "The body does not have the information: searched for and not found, or another body is responsible.",
                    ],
                    counts: [
                        "答复信息不存在的；答复不属于本机关负责公开、告知负责机关的。",
                        "Replies that the information does not exist, or that another body is responsible for it.",
                    ],
                    excludes: Some([
                        "有材料但要汇总、加工、分析才能答复的计入第2行；属于查询事项的计入（三）8。",
                        "If it would have to be compiled or analysed: row 2. Registers with their own access: (3) 8.",
                    ]),
                    basis: &[
                        regulation(36)
                            .item(4)
                            .quote("经检索没有所申请公开信息的，告知申请人该政府信息不存在")
                            .derived(),
                        regulation(36)
                            .item(5)
                            .quote("所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由")
                            .derived(),
                        REPLY_GUIDE,
                    ],
                }
            }
        }
        Row::ToBeCreated => {
            const {
                &Explanation {
                    meaning: [
                        "没有现成的信息，要对现有信息加工、分析才能提供，可以不予提供。",
                        "There is no such information as it is; existing information would have to be processed or analysed.",
                    ],
                    counts: [
                        "需要专门汇总、统计、撰写材料才能答复的申请。",
                        "Applications that would need figures or papers made for them.",
                    ],
                    excludes: Some([
                        "能区分处理后提供一部分的计入（二）；视难易情况加工后提供了的计入（一）；没有相关信息的计入第1行。",
                        "If a part can be given: (2). If it was processed and given after all: (1). If there is no information at all: row 1.",
                    ]),
                    basis: &[
                        regulation(38).quote("需要行政机关对现有政府信息进行加工、分析的，行政机关可以不予提供。"),
                        REPLY_GUIDE,
                    ],
                }
            }
        }
        Row::StillUnclear => {
            const {
                &Explanation {
                meaning: [
                    "申请人补正了，但仍看不出要申请什么信息，无法提供。",
                    "The applicant did correct the application, but what is asked for is still unclear.",
                ],
                counts: [
                    "本机关一次性告知补正、申请人已经补正、内容仍不明确的；补正原则上不超过一次。",
                    "The body asked for a correction, the applicant sent one, and it does not help. As a rule a correction is asked for once.",
                ],
                excludes: Some([
                    "申请人逾期没有补正的计入（六）1。",
                    "If the applicant sent no correction in time: (6) 1.",
                ]),
                basis: &[
                    regulation(30)
                        .quote(
                            "政府信息公开申请内容不明确的，行政机关应当给予指导和释明，并自收到申请之日起7个工作日内一次性告知申请人作出补正，说明需要补正的事项和合理的补正期限。",
                        )
                        .derived(),
                    regulation(29)
                        .paragraph(2)
                        .item(2)
                        .quote("申请公开的政府信息的名称、文号或者便于行政机关查询的其他特征性描述")
                        .derived(),
                    REPLY_GUIDE,
                ],
            }
            }
        }
        Row::Petition => {
            const {
                &Explanation {
                meaning: [
                    "以信息公开申请的形式进行信访、投诉、举报，不作为政府信息公开申请处理。",
                    "A petition, complaint or report in the guise of an application; it is not handled as one.",
                ],
                counts: [
                    "已经告知申请人不作为信息公开申请处理的；可以一并告知应当走的渠道。",
                    "The applicant was told so, and may be told the proper channel.",
                ],
                excludes: Some([
                    "不是以政府信息公开申请的形式提出的信访、投诉、举报不计。",
                    "Not petitions, complaints and reports that were not put as an application.",
                ]),
                basis: &[regulation(39).paragraph(1).quote(
                    "申请人以政府信息公开申请的形式进行信访、投诉、举报等活动，行政机关应当告知申请人不作为政府信息公开申请处理并可以告知通过相应渠道提出。",
                )],
            }
            }
        }
        Row::Repeated => {
            const {
                &Explanation {
                meaning: [
                    "本机关已经答复过，同一申请人又申请相同的信息，告知不予重复处理。",
                    "The body has already answered, and the applicant asks for the same information again.",
                ],
                counts: [
                    "申请人相同、信息相同、前一次已经答复，三者都具备的。",
                    "The same applicant, the same information, and an answer already given: all three.",
                ],
                excludes: Some([
                    "其他行政机关答复过的不是重复申请，应当处理；前一次还没有答复的不计在这里。",
                    "If another body has answered it is no repetition and has to be handled. Not where the first is still open.",
                ]),
                basis: &[regulation(36).item(6).quote(
                    "行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理",
                ), REPLY_GUIDE],
            }
            }
        }
        Row::Publication => {
            const {
                &Explanation {
                meaning: [
                    "要求提供政府公报、报刊、书籍等公开出版物，可以告知获取的途径。",
                    "Asks for gazettes, newspapers, books or other published material; the applicant may be told where to get it.",
                ],
                counts: [
                    "答复内容是告知出版物获取途径的。",
                    "Replies that say where the publication is to be had.",
                ],
                excludes: Some([
                    "信息在本机关网站等处已经主动公开、告知查询途径的，计入（一）予以公开。",
                    "Information the body has published itself, as on its site: (1).",
                ]),
                basis: &[regulation(39).paragraph(2).quote(
                    "申请人提出的申请内容为要求行政机关提供政府公报、报刊、书籍等公开出版物的，行政机关可以告知获取的途径。",
                )],
            }
            }
        }
        Row::Excessive => {
            const {
                &Explanation {
                meaning: [
                    "申请的数量、频次明显超过合理范围，说明的理由不合理，告知不予处理。",
                    "Number or frequency is clearly beyond reason, and the reasons given are not accepted.",
                ],
                counts: [
                    "要求申请人说明过理由、认定不合理、已经告知不予处理的。",
                    "The applicant was asked for reasons, they were found wanting, and the applicant was told.",
                ],
                excludes: Some([
                    "理由合理、延迟答复的，按最后的答复计；收取信息处理费而申请人逾期不缴的计入（六）2。",
                    "If the reasons are accepted and the answer comes later, that answer decides. If a fee was asked and not paid: (6) 2.",
                ]),
                basis: &[regulation(35).quote(
                    "申请人申请公开政府信息的数量、频次明显超过合理范围，行政机关可以要求申请人说明理由。行政机关认为申请理由不合理的，告知申请人不予处理",
                )],
            }
            }
        }
        Row::Confirmation => {
            const {
                &Explanation {
                    meaning: [
                        "要求本机关确认信息真伪，或者把申请人已经拿到的信息再出具一份。",
                        "Asks the body to confirm, or to issue again, what the applicant already holds.",
                    ],
                    counts: [
                        "申请的内容是确认或者重新出具，不是获取信息。《条例》没有专门条文。",
                        "What is asked for is a confirmation or another copy, not information. The Regulation has no provision of its own.",
                    ],
                    excludes: Some([
                        "再次要求公开已经答复过的相同信息，计入第2行重复申请。",
                        "The same information asked for again: row 2.",
                    ]),
                    basis: &[
                        REPLY_GUIDE.quote("申请人要求对已获取的政府信息进行确认或者重新出具的，行政机关可以不予处理。"),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
        Row::OtherHandling => {
            const {
                &Explanation {
                    meaning: [
                        "不属于（一）至（五）的处理结果。2019年格式只有这一行，2021年格式分为三行。",
                        "What is none of (1) to (5). One row in the 2019 format, three in the 2021 format.",
                    ],
                    counts: [
                        "设这一项主要是考虑新旧条例衔接和极少数特殊情况；原则上每件申请都应当按法定方式处理，数量偏高的，主管部门要了解情况。",
                        "Meant for the transition to the new Regulation and for rare cases: as a rule every application gets an outcome that the law names. The office in charge looks into high figures.",
                    ],
                    excludes: Some([
                        "能归入（一）至（五）的，不要放在这里；还没有办结的计入第四项。",
                        "Nothing that fits (1) to (5). What is still open: row 4.",
                    ]),
                    basis: &[FORMAT_2019],
                }
            }
        }
        Row::NotCorrected => {
            const {
                &Explanation {
                    meaning: [
                        "通知补正后，申请人没有正当理由逾期不补正，视为放弃申请，不再处理。",
                        "Asked to correct the application, the applicant did not in time and without good reason; it counts as given up.",
                    ],
                    counts: [
                        "一次性告知过补正事项和期限、期限已过、申请人没有补正的。",
                        "The body said what to correct and by when; the time has passed and nothing came.",
                    ],
                    excludes: Some([
                        "补正了但仍不明确的计入（四）3；补正期限还没到的计入第四项。",
                        "Corrected but still unclear: (4) 3. Time not yet over: row 4.",
                    ]),
                    basis: &[regulation(30)
                        .quote("申请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该政府信息公开申请。")],
                }
            }
        }
        Row::FeeNotPaid => {
            const {
                &Explanation {
                    meaning: [
                        "发出信息处理费收费通知后，申请人逾期不缴费，视为撤回申请，不再处理。",
                        "A fee notice was sent and the fee not paid in time; the application counts as withdrawn.",
                    ],
                    counts: [
                        "收到收费通知后20个工作日内没有缴费的。",
                        "Not paid within 20 working days of the fee notice.",
                    ],
                    excludes: Some([
                        "缴费后办理的按办理结果计；因数量、频次过多而不予处理的计入（五）4。",
                        "If paid, the outcome decides. Declined for number or frequency: (5) 4.",
                    ]),
                    basis: &[
                        whole(Law::FeeMeasures),
                        regulation(42).paragraph(1).quote(
                            "申请人申请公开政府信息的数量、频次明显超过合理范围的，行政机关可以收取信息处理费。",
                        ),
                    ],
                }
            }
        }
        Row::OtherOutcome => {
            const {
                &Explanation {
                    meaning: [
                        "前面各行都不能归入的办结情形。",
                        "Applications that were closed in a way no other row has.",
                    ],
                    counts: [
                        "国办公开办函〔2019〕60号：原则上所有申请都应当按法定方式处理。数量多时先核对能否归入其他行。",
                        "By 国办公开办函〔2019〕60号 every application gets, as a rule, an outcome that the law names. If there are many here, see first whether another row fits.",
                    ],
                    excludes: Some(["尚未办结的计入第四项，不放在这里。", "What is still open: row 4."]),
                    basis: &[FORMAT_2021],
                }
            }
        }
        Row::Handled => {
            const {
                &Explanation {
                    meaning: [
                        "本年办结的全部申请，即（一）至（六）各行之和。",
                        "All applications closed this year: the sum of the rows (1) to (6).",
                    ],
                    counts: [
                        "每列都要满足：第一项＋第二项＝本行＋第四项。一件申请只计入一个结果。",
                        "In every column row 1 + row 2 = this row + row 4. An application has one outcome only.",
                    ],
                    excludes: Some([
                        "到12月31日还没有答复的不计，计入第四项。",
                        "What was still open on 31 December: row 4.",
                    ]),
                    basis: &[FORMAT_2021, FORMAT_2019],
                }
            }
        }
        Row::CarriedOut => {
            const {
                &Explanation {
                meaning: [
                    "到本年12月31日还没有答复、转到下年继续办的申请。",
                    "Applications still open on 31 December of the year.",
                ],
                counts: [
                    "还在20个工作日答复期限内、依法延长、等待补正或者征求第三方意见的。",
                    "Within the 20 working days, lawfully extended, waiting for a correction or for a third party.",
                ],
                excludes: Some([
                    "已经作出答复的，按结果计入第三项；下年报告的第二项要与本行一致。",
                    "What was answered goes by its outcome under 3. Next year's row 2 has to equal this row.",
                ]),
                basis: &[
                    regulation(33)
                        .paragraph(2)
                        .quote(
                            "行政机关不能当场答复的，应当自收到申请之日起20个工作日内予以答复；需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人，延长的期限最长不得超过20个工作日。",
                        )
                        .derived(),
                ],
            }
            }
        }
        Row::ReviewAndLitigation => {
            const {
                &Explanation {
                    meaning: [
                        "因政府信息公开工作被申请行政复议、提起行政诉讼的案件。",
                        "Cases of review and litigation about the body's work on information disclosure.",
                    ],
                    counts: [
                        "复议和诉讼分开填，诉讼再按是否经过复议分开填，各按结果分列。",
                        "Review and litigation apart; litigation by whether a review came first; each by result.",
                    ],
                    excludes: Some([
                        "与政府信息公开无关的不计；行政复议机关作为共同被告的诉讼，只由原行为主体计，复议机关不计。",
                        "Not cases that are about anything else. A suit with the review body as co-defendant counts with the body that acted first, not with the review body.",
                    ]),
                    basis: &[
                        regulation(50)
                            .paragraph(1)
                            .item(3)
                            .quote("因政府信息公开工作被申请行政复议、提起行政诉讼的情况"),
                        regulation(51),
                        article(Law::ReviewLaw, 23).paragraph(1).item(4),
                        FORMAT_2021,
                        FORMAT_2019,
                    ],
                }
            }
        }
    }
}
