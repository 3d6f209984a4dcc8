//! A report of an invented body, right in every figure.
#![allow(dead_code, reason = "each test binary that includes this uses a part of it")]

/// The figure that is wrong in [`WRONG`]: `（一）予以公开`, 总计.
pub(crate) const RIGHT: &str = "| （一）予以公开 | 6 | 1 | 0 | 0 | 0 | 0 | 7 |";
pub(crate) const WRONG: &str = "| （一）予以公开 | 6 | 1 | 0 | 0 | 0 | 0 | 8 |";

/// The report with one total wrong by one.
pub(crate) fn wrong() -> String {
    let report = report();
    assert!(report.contains(RIGHT));
    report.replace(RIGHT, WRONG)
}

/// A document that is not a report.
pub(crate) const OTHER: &str = "# 会议纪要\n\n| 事项 | 数量 |\n|---|---|\n| 桌椅 | 3 |\n";

pub(crate) fn report() -> String {
    let mut rows = vec![
        ("一、本年新收政府信息公开申请数量", [10, 2, 0, 0, 0, 0, 12]),
        ("二、上年结转政府信息公开申请数量", [1, 0, 0, 0, 0, 0, 1]),
        ("（一）予以公开", [6, 1, 0, 0, 0, 0, 7]),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", [0; 7]),
    ];
    rows.extend(["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"].map(|row| (row, [0; 7])));
    rows.extend(["4.保护第三方合法权益", "5.属于三类内部事务信息"].map(|row| (row, [0; 7])));
    rows.extend(["6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"].map(|row| (row, [0; 7])));
    rows.push(("1.本机关不掌握相关政府信息", [3, 1, 0, 0, 0, 0, 4]));
    rows.extend(["2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"].map(|row| (row, [0; 7])));
    rows.extend(["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物"].map(|row| (row, [0; 7])));
    rows.extend(["4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息"].map(|row| (row, [0; 7])));
    rows.push(("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", [0; 7]));
    rows.push(("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", [0; 7]));
    rows.push(("3.其他", [0; 7]));
    rows.push(("（七）总计", [9, 2, 0, 0, 0, 0, 11]));
    rows.push(("四、结转下年度继续办理", [2, 0, 0, 0, 0, 0, 2]));
    let table: String = rows
        .iter()
        .map(|(label, figures)| {
            let figures: String = figures.iter().map(|figure| format!(" {figure} |")).collect();
            format!("| {label} |{figures}\n")
        })
        .collect();
    let zeros = " 0 |".repeat(15);
    let (outcomes, rule) = (" 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |".repeat(3), "---|".repeat(15));
    format!(
        "# 云溪区水务局2023年政府信息公开工作年度报告\n\n\
         本报告统计期限为2023年1月1日至2023年12月31日。\n\n\
         ## 一、总体情况\n\n\
         （一）主动公开。全年发布供水与防汛信息36条。\n\
         （二）依申请公开。全年收到政府信息公开申请12件。\n\
         （三）政府信息管理。完善发布审核制度。\n\
         （四）政府信息公开平台建设。维护门户网站专栏。\n\
         （五）监督保障。组织培训2次。\n\n\
         ## 二、主动公开政府信息情况\n\n\
         | 第二十条第（一）项 | | | |\n|---|---|---|---|\n\
         | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n\
         | 规章 | 0 | 0 | 0 |\n\
         | 行政规范性文件 | 1 | 0 | 4 |\n\
         | 第二十条第（五）项 | | | |\n\
         | 信息内容 | 本年处理决定数量 | | |\n\
         | 行政许可 | 25 | | |\n\
         | 第二十条第（六）项 | | | |\n\
         | 信息内容 | 本年处理决定数量 | | |\n\
         | 行政处罚 | 3 | | |\n\
         | 行政强制 | 0 | | |\n\
         | 第二十条第（八）项 | | | |\n\
         | 信息内容 | 本年收费金额（单位：万元） | | |\n\
         | 行政事业性收费 | 12.5 | | |\n\n\
         ## 三、收到和处理政府信息公开申请情况\n\n\
         | 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n\
         |---|---|---|---|---|---|---|---|\n{table}\n\
         ## 四、政府信息公开行政复议、行政诉讼情况\n\n\
         |{outcomes}\n|{rule}\n|{zeros}\n\n\
         ## 五、存在的主要问题及改进情况\n\n\
         解读形式较为单一。下一步将增加图表和视频解读，改进发布质量。\n\n\
         ## 六、其他需要报告的事项\n\n\
         本年度未收取信息处理费。\n"
    )
}
