//! 国办公开办函〔2019〕60号: the reports of 2019 and 2020.

use super::{Format, REVIEW, RowSpec, TableSpec, applications};
use crate::statute::{Column, Edition, Row, TableKind};

const DOCUMENTS: &[Column] = &[Column::NewlyMade, Column::NewlyPublished, Column::PublishedInAll];
const ITEMS: &[Column] = &[Column::ItemsLastYear, Column::ItemChange, Column::Decisions];

/// The format on trial of 2019.
pub static F2019: Format = Format {
    edition: Edition::F2019,
    tables: [
        TableSpec {
            kind: TableKind::Disclosure,
            edition: Edition::F2019,
            rows: &[
                RowSpec { row: Row::Rules, label: "规章", columns: DOCUMENTS },
                RowSpec { row: Row::NormativeDocuments, label: "规范性文件", columns: DOCUMENTS },
                RowSpec { row: Row::Licences, label: "行政许可", columns: ITEMS },
                RowSpec { row: Row::OtherServices, label: "其他对外管理服务事项", columns: ITEMS },
                RowSpec { row: Row::Penalties, label: "行政处罚", columns: ITEMS },
                RowSpec { row: Row::Coercion, label: "行政强制", columns: ITEMS },
                RowSpec {
                    row: Row::Fees,
                    label: "行政事业性收费",
                    columns: &[Column::ItemsLastYear, Column::ItemChange],
                },
                RowSpec {
                    row: Row::Procurement,
                    label: "政府集中采购",
                    columns: &[Column::ProcurementItems, Column::ProcurementAmount],
                },
            ],
        },
        TableSpec {
            kind: TableKind::Applications,
            edition: Edition::F2019,
            rows: &[
                applications(Row::Received, "一、本年新收政府信息公开申请数量"),
                applications(Row::CarriedIn, "二、上年结转政府信息公开申请数量"),
                applications(Row::Granted, "（一）予以公开"),
                applications(Row::PartlyGranted, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
                applications(Row::StateSecret, "1.属于国家秘密"),
                applications(Row::ForbiddenByLaw, "2.其他法律行政法规禁止公开"),
                applications(Row::SafetyAndStability, "3.危及“三安全一稳定”"),
                applications(Row::ThirdParty, "4.保护第三方合法权益"),
                applications(Row::InternalAffairs, "5.属于三类内部事务信息"),
                applications(Row::ProcessInformation, "6.属于四类过程性信息"),
                applications(Row::EnforcementFile, "7.属于行政执法案卷"),
                applications(Row::AdministrativeQuery, "8.属于行政查询事项"),
                applications(Row::NotHeld, "1.本机关不掌握相关政府信息"),
                applications(Row::ToBeCreated, "2.没有现成信息需要另行制作"),
                applications(Row::StillUnclear, "3.补正后申请内容仍不明确"),
                applications(Row::Petition, "1.信访举报投诉类申请"),
                applications(Row::Repeated, "2.重复申请"),
                applications(Row::Publication, "3.要求提供公开出版物"),
                applications(Row::Excessive, "4.无正当理由大量反复申请"),
                applications(Row::Confirmation, "5.要求行政机关确认或重新出具已获取信息"),
                applications(Row::OtherHandling, "（六）其他处理"),
                applications(Row::Handled, "（七）总计"),
                applications(Row::CarriedOut, "四、结转下年度继续办理"),
            ],
        },
        TableSpec { kind: TableKind::Review, edition: Edition::F2019, rows: REVIEW },
    ],
};
