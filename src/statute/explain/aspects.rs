//! The five aspects of 一、总体情况.

use super::Bilingual;
use crate::statute::Aspect;

/// The content under the sub-heading of `aspect`.
pub fn aspect(aspect: Aspect) -> Bilingual {
    match aspect {
        Aspect::Initiative => [
            "概述全年主动公开政府信息的工作；写到规章、行政规范性文件、许可、处罚、强制、收费的数字，应与表二一致。",
            "The year's disclosure on the body's own initiative; figures of documents, licences, penalties, coercive measures and fees have to agree with Table 2.",
        ],
        Aspect::Request => [
            "概述全年收到和办理政府信息公开申请的情况；收到、办结、结转的件数应与表三一致。",
            "The year's applications and how they were handled; those received, answered and carried over have to agree with Table 3.",
        ],
        Aspect::Management => [
            "概述政府信息的制作、审查、保存、动态调整，以及规范性文件的管理。",
            "How information is made, examined, kept and kept up to date, and how normative documents are managed.",
        ],
        Aspect::Platforms => [
            "概述政府网站、政务新媒体等公开平台的建设。",
            "The platforms: the government's web site, its accounts in other media.",
        ],
        Aspect::Supervision => [
            "概述考核、培训、监督等保障措施；各级人民政府的年度报告还应包括工作考核、社会评议和责任追究结果情况。",
            "Assessment, training, supervision; a government's report also tells the results of assessment, public appraisal and accountability.",
        ],
    }
}
