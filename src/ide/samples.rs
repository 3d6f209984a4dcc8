//! A small report for the tests of this folder.

use crate::analysis::Analysis;
use crate::config::Settings;
use std::sync::Arc;

/// An invented report with a part of 表三: seven applications, all of them answered.
pub(super) const SOURCE: &str = "\
白石县档案局2023年政府信息公开工作年度报告
一、总体情况
（一）依申请公开。2023年收到政府信息公开申请7件。

二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计
一、本年新收政府信息公开申请数量\t5\t2\t0\t0\t0\t0\t7
二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0
（一）予以公开\t5\t2\t0\t0\t0\t0\t7
（七）总计\t5\t2\t0\t0\t0\t0\t7
四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0
";

/// The report and its analysis.
pub(super) fn analysis() -> (String, Analysis) {
    analysis_of(SOURCE)
}

/// `source` and its analysis.
pub(super) fn analysis_of(source: &str) -> (String, Analysis) {
    (source.to_owned(), Analysis::new(source, Arc::new(Settings::default())))
}

/// Where `‸` is in `place`, a part of `source`.
#[track_caller]
pub(super) fn offset_of(source: &str, place: &str) -> usize {
    let at = place.find('‸').unwrap();
    source.find(&place.replace('‸', "")).unwrap_or_else(|| panic!("{place} in {source}")) + at
}
