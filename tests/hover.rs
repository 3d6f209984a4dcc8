//! Hovers on names of the statute and on figures, in a small report of an invented body.

use gongkai::analysis::Analysis;
use gongkai::config::{Language, Settings};
use gongkai::ide::{Hover, hover};
use std::sync::Arc;

/// A report of 2021's format, pipes between the cells. The first column of 表三 holds, but for （七）, whose total should
/// be 12.
const REPORT: &str = "\
临溪县档案服务局2023年政府信息公开工作年度报告

一、总体情况

我局按照条例第二十条第（六）项的要求公开处罚决定。

二、主动公开政府信息情况

| 第二十条第（一）项 |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | 2 | 1 | 7 |
| 第二十条第（五）项 |
| 信息内容 | 本年处理决定数量 |
| 行政许可 | 31 |
| 第二十条第（六）项 |
| 信息内容 | 本年处理决定数量 |
| 行政处罚 | 4 |
| 行政强制 | [x](command:evil) |
| 第二十条第（八）项 |
| 信息内容 | 本年收费金额（单位：万元） |
| 行政事业性收费 | 1.25 |

三、收到和处理政府信息公开申请情况

| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |
| | 自然人 | 法人或其他组织 | 总计 |
| | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |
| 一、本年新收政府信息公开申请数量 | 10 | 2 | 0 | 0 | 0 | 0 | 12 |
| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| 三、本年度办理结果 | （一）予以公开 | 6 | 2 | 0 | 0 | 0 | 0 | 8 |
| | （二）部分公开（区分处理的，只计这一情形，不计其他情形） | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | （三）不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 4.保护第三方合法权益 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 6.属于四类过程性信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 8.属于行政查询事项 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |
| | （四）无法提供 | 1.本机关不掌握相关政府信息 | 1 | 0 | 0 | 0 | 0 | 0 | |
| | | 2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 3.补正后申请内容仍不明确 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | （五）不予处理 | 1.信访举报投诉类申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 3.要求提供公开出版物 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 4.无正当理由大量反复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 5.要求行政机关确认或重新出具已获取信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | （六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | | 3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| | （七）总计 | 10 | 2 | 0 | 0 | 0 | 0 | 13 |
| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |

四、政府信息公开行政复议、行政诉讼情况

| 行政复议 | 行政诉讼 |
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |
| | | | | | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
| 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 2 | 0 | 0 | 3 |

五、存在的主要问题及改进情况

公开目录更新不够及时，今后按月检查。

六、其他需要报告的事项

本年度没有收取信息处理费。
";

fn analyse(source: &str, language: Language) -> Analysis {
    Analysis::new(source, Arc::new(Settings { language, ..Settings::default() }))
}

/// The hover at the first character of the `nth` occurrence (from 0) of `what` after `after`.
#[track_caller]
fn hover_on(language: Language, after: &str, what: &str, nth: usize) -> Hover {
    let start = REPORT.find(after).unwrap_or_else(|| panic!("no {after}"));
    let (at, _) = REPORT[start..].match_indices(what).nth(nth).unwrap_or_else(|| panic!("no {what}"));
    hover(&analyse(REPORT, language), start + at).unwrap_or_else(|| panic!("nothing said about {what}"))
}

/// Checks that the hover on `what` after `after` contains each of `expected`.
#[track_caller]
fn check(after: &str, what: &str, expected: &[&str]) -> Hover {
    let hover = hover_on(Language::Chinese, after, what, 0);
    for words in expected {
        assert!(hover.markdown.contains(words), "no {words:?} in\n{}", hover.markdown);
    }
    hover
}

#[test]
fn an_item_of_article_20_is_explained_with_its_article_and_figures() {
    let hover = check(
        "二、主动公开",
        "第二十条第（五）项",
        &[
            "**第二十条第（五）项**\n\n表二 › 第二十条第（五）项",
            "办事指南",
            "\n- 行政许可：处理决定数量 31\n",
            "依据：《中华人民共和国政府信息公开条例》第二十条第（五）项\n\n> 办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
        ],
    );
    assert_eq!(hover.span.of(REPORT), "第二十条第（五）项");
}

#[test]
fn an_item_mentioned_in_prose_is_explained_too() {
    let hover = check("一、总体情况", "第二十条第（六）项", &["全部处理决定", "- 行政处罚：处理决定数量 4"]);
    assert_eq!(hover.span.of(REPORT), "第二十条第（六）项");
    assert!(!hover.markdown.contains("表二 ›"), "{}", hover.markdown);
}

#[test]
fn the_hover_on_a_row_names_what_counts_and_its_article() {
    let hover = check(
        "三、收到",
        "8.属于行政查询事项",
        &[
            "表三 › 三、本年度办理结果 › （三）不予公开 › 8.属于行政查询事项",
            "工商、不动产登记资料等",
            "**计入**：",
            "- 行合计：总计 3 = 自然人 3 ✓",
            "依据：《中华人民共和国政府信息公开条例》第三十六条第（七）项\n\n> 所申请公开信息属于工商、不动产登记资料等信息",
        ],
    );
    assert_eq!(hover.span.of(REPORT), "8.属于行政查询事项");
}

#[test]
fn the_hover_on_a_provision_names_how_it_is_known() {
    let (derived, reference) = ("1.属于国家秘密", "5.要求行政机关确认");
    let said = ["依据（由条文推出）：《中华人民共和国政府信息公开条例》第十四条\n\n> 依法确定为国家秘密的政府信息"];
    check("三、收到", derived, &said);
    let said = [
        "参考（不是法条）：《江苏省政府信息公开申请办理答复规范》（国务院办公厅政府信息与政务公开办公室2020年1月10日转发，供参考）\n\n> 申请人要求对已获取",
        "\n\n依据：年度报告格式",
    ];
    check("三、收到", reference, &said);
    for (what, words) in [
        (derived, "Basis (derived from its words): Regulation on Open Government Information"),
        (reference, "For reference (no provision of law): Guide on answers to applications, Jiangsu"),
    ] {
        let said = hover_on(Language::English, "三、收到", what, 0).markdown;
        assert!(said.contains(words), "no {words:?} in\n{said}");
    }
}

#[test]
fn the_hover_on_a_figure_shows_its_path_and_sums() {
    let hover = check(
        "8.属于行政查询事项",
        "3",
        &[
            "**8.属于行政查询事项 · 自然人：3**\n\n表三 › 三、本年度办理结果 › （三）不予公开 › 8.属于行政查询事项 › 自然人\n\n",
            "- 行合计：总计 3 = 自然人 3 ✓",
            "- 办理结果合计（自然人）：（七）总计 10 = （一）予以公开 6 + 8.属于行政查询事项 3 + 1.本机关不掌握相关政府信息 1 ✓",
            "第三十六条第（七）项",
        ],
    );
    assert_eq!(hover.span.of(REPORT), "3");
}

#[test]
fn the_hover_on_a_wrong_total_shows_the_difference() {
    let total = hover_on(Language::Chinese, "（七）总计", "13", 0).markdown;
    for words in [
        "**（七）总计 · 总计：13**",
        "- 行合计：总计 13 = 自然人 10 + 商业企业 2 ✗ 左边 13，右边 12，差 1",
        "- 勾稽关系（总计）：一、本年新收政府信息公开申请数量 12 + 二、上年结转政府信息公开申请数量 1 = （七）总计 13 + 四、结转下年度继续办理 1 ✗ 左边 13，右边 14，差 1",
    ] {
        assert!(total.contains(words), "no {words:?} in\n{total}");
    }
}

#[test]
fn the_hover_on_a_blank_cell_computes_its_value() {
    let start = REPORT.find("1.本机关不掌握相关政府信息").expect("the row");
    let end = start + REPORT[start..].find('\n').expect("its end");
    let blank = end - "|".len();
    let markdown = hover(&analyse(REPORT, Language::Chinese), blank).expect("a hover").markdown;
    for words in ["：□（空白）**", "- 行合计：总计 □ = 自然人 1（其余无误时 □ 为 1）"] {
        assert!(markdown.contains(words), "no {words:?} in\n{markdown}");
    }
}

#[test]
fn the_hover_on_a_figure_of_table_4_names_its_headers() {
    let row = "| 1 | 0 | 0 | 0 | 1 | ";
    let wrong = hover_on(Language::Chinese, row, "3", 0).markdown;
    for words in [
        "**复议后起诉 · 总计：3**\n\n表四 › 行政诉讼 › 复议后起诉 › 总计",
        "- 本组合计（复议后起诉）：总计 3 = 结果纠正 2 ✗ 左边 3，右边 2，差 1",
    ] {
        assert!(wrong.contains(words), "no {words:?} in\n{wrong}");
    }
    let sum = hover_on(Language::Chinese, row, "1", 0).markdown;
    assert!(sum.contains("表四 › 行政复议 › 结果维持"), "{sum}");
    assert!(sum.contains("- 本组合计（行政复议）：总计 1 = 结果维持 1 ✓"), "{sum}");
}

#[test]
fn the_hover_on_a_figure_of_table_2_names_its_item() {
    check(
        "行政许可 |",
        "31",
        &[
            "**行政许可 · 处理决定数量：31**\n\n表二 › 第二十条第（五）项 › 行政许可 › 处理决定数量",
            "**处理决定数量**：",
        ],
    );
    check("行政事业性收费 |", "1.25", &[r"**行政事业性收费 · 本年收费金额：1\.25**", "4位小数"]);
}

#[test]
fn the_hover_on_a_column_of_table_3_shows_its_sums() {
    check(
        "三、收到",
        "商业企业",
        &[
            "表三 › 法人或其他组织 › 商业企业",
            "- 办理结果合计（商业企业）：（七）总计 2 = （一）予以公开 2 ✓",
            "- 勾稽关系（商业企业）：一、本年新收政府信息公开申请数量 2 + 二、上年结转政府信息公开申请数量 0 = （七）总计 2 + 四、结转下年度继续办理 0 ✓",
        ],
    );
}

#[test]
fn headers_with_the_same_name_are_distinguished_by_their_table() {
    let in_table_3 = hover_on(Language::Chinese, "| | 自然人", "总计", 0).markdown;
    assert!(in_table_3.contains("六列相加"), "{in_table_3}");
    let in_table_4 = hover_on(Language::Chinese, "| 结果维持", "总计", 2).markdown;
    assert!(in_table_4.contains("表四 › 行政诉讼 › 复议后起诉 › 总计"), "{in_table_4}");
    assert!(in_table_4.contains("✗ 左边 3，右边 2，差 1"), "{in_table_4}");
    check("| | | 商业企业", "其他", &["前四类以外的法人或者其他组织"]);
}

#[test]
fn groups_and_headers_are_explained() {
    check(
        "三、收到",
        "（三）不予公开",
        &["按理由分为8行", "- 8.属于行政查询事项：总计 3\n- 其余 7 行总计都是 0", "第三十六条第（三）项"],
    );
    check("三、收到", "（六）其他处理", &["分为3行"]);
    check("三、收到", "三、本年度办理结果", &["- 办理结果合计（总计）："]);
    check("三、收到", "（本列数据", &["七列都要满足", "✗"]);
    check("四、政府信息公开行政复议、行政诉讼情况\n", "未经复议直接起诉", &["第二十三条第一款第（四）项"]);
}

#[test]
fn a_section_heading_is_explained_with_its_table() {
    let hover = check(
        "三、收到",
        "三、收到",
        &["**三、收到和处理政府信息公开申请情况**", "第五十条第一款第（二）项", "**表三**：", "- 勾稽关系 39 条："],
    );
    assert_eq!(hover.span.of(REPORT), "三、收到和处理政府信息公开申请情况");
    check("六、其他", "六、其他", &["信息处理费"]);
}

#[test]
fn text_of_the_document_cannot_become_markup() {
    let hover = check("行政强制 |", "[x]", &[r"\[x\]\(command\:evil\)"]);
    assert!(!hover.markdown.contains("](command"), "{}", hover.markdown);
    let item = hover_on(Language::Chinese, "二、主动公开", "第二十条第（六）项", 0).markdown;
    assert!(item.contains(r"“\[x\]\(command\:…”") && !item.contains("](command"), "{item}");
}

#[test]
fn readers_of_english_get_english_beside_the_official_name() {
    let row = hover_on(Language::English, "三、收到", "8.属于行政查询事项", 0).markdown;
    for words in [
        "**8.属于行政查询事项** · (3) 8. Administrative query",
        "Table 3 › 3. Outcomes this year › (3) Withheld › (3) 8. Administrative query",
        "- row total: total 3 = natural persons 3 ✓",
        "Art. 36 item 7",
    ] {
        assert!(row.contains(words), "no {words:?} in\n{row}");
    }
}

#[test]
fn there_is_no_hover_where_there_is_nothing_to_explain() {
    let analysis = analyse(REPORT, Language::Chinese);
    assert_eq!(hover(&analysis, REPORT.find("公开目录更新").expect("a sentence")), None);
    assert_eq!(hover(&analysis, REPORT.len() + 100), None);
    assert_eq!(hover(&analyse("会议纪要\n\n第二十条第（五）项\n", Language::Chinese), 20), None);
}

#[test]
fn hovers_work_in_each_report_of_a_document() {
    let both = format!("{REPORT}\n{REPORT}");
    let second = both.rfind("8.属于行政查询事项").expect("the row of the second report");
    let hover = hover(&analyse(&both, Language::Chinese), second).expect("a hover");
    assert_eq!(hover.span.start, second);
    assert_eq!(hover.span.of(&both), "8.属于行政查询事项");
}

#[test]
fn every_place_can_be_hovered_over() {
    for language in [Language::Chinese, Language::English] {
        let analysis = analyse(REPORT, language);
        let mut explained = 0;
        for offset in (0..=REPORT.len()).step_by(3) {
            if let Some(hover) = hover(&analysis, offset) {
                explained += 1;
                assert!(hover.span.touches(offset) && !hover.span.of(REPORT).contains('\n'));
                assert!(hover.markdown.starts_with("**") && !hover.markdown.contains("\n\n\n"), "{}", hover.markdown);
                assert!(hover.markdown.chars().count() < 1600, "a wall of text:\n{}", hover.markdown);
            }
        }
        assert!(explained > 700, "{explained}");
    }
}

/// The hover at the first character of `what` in `REPORT` with `after` in place of `before`.
#[track_caller]
fn hover_changed(before: &str, after: &str, what: &str) -> String {
    assert!(REPORT.contains(before), "no {before:?}");
    let report = REPORT.replacen(before, after, 1);
    let at = report.find(after).unwrap_or_default() + after.find(what).unwrap_or_else(|| panic!("no {what:?}"));
    hover(&analyse(&report, Language::Chinese), at).unwrap_or_else(|| panic!("nothing said about {what:?}")).markdown
}

#[test]
fn a_number_in_the_place_of_a_label_is_explained() {
    let markdown =
        hover_changed("| （三）不予公开 | 1.属于国家秘密 | 0 | 0 |", "| （三）不予公开 | 5 | 0 | 0 |", "5 |");
    assert!(markdown.contains("› （三）不予公开 › 1.属于国家秘密\n\n这一行的行名丢了"), "{markdown}");
}

/// The hover on `what` in the report with `prose` in place of the sentence in 一、总体情况.
#[track_caller]
fn in_prose(prose: &str, what: &str) -> Hover {
    let report = REPORT.replace("我局按照条例第二十条第（六）项的要求公开处罚决定。", prose);
    let at = report.find(what).unwrap_or_else(|| panic!("no {what}"));
    let said = hover(&analyse(&report, Language::Chinese), at).unwrap_or_else(|| panic!("nothing said about {what}"));
    assert_eq!(said.span.of(&report), what);
    said
}

#[test]
fn the_hover_on_a_figure_in_prose_shows_its_meaning_and_the_figure_of_the_table() {
    let prose = "全年收到政府信息公开申请12件，结转下年度继续办理3件。";
    let right = in_prose(prose, "12件").markdown;
    assert!(
        right.starts_with("**12**：表三为 12 ✓\n\n- 表三 › 一、本年新收政府信息公开申请数量 › 总计：12"),
        "{right}"
    );
    let wrong = in_prose(prose, "3件").markdown;
    assert!(wrong.starts_with("**3**：表三为 1 ✗ 差 2\n\n- 表三 › 四、结转下年度继续办理 › 总计：1"), "{wrong}");
}

#[test]
fn a_law_is_explained_with_the_words_of_its_article() {
    let law = in_prose("根据《中华人民共和国政府信息公开条例》编制。", "《中华人民共和国政府信息公开条例》").markdown;
    assert!(law.contains("国务院令第711号"), "{law}");
    let article = in_prose("按照《条例》第五十条的要求，", "《条例》第五十条").markdown;
    assert!(article.starts_with("**《中华人民共和国政府信息公开条例》第五十条**\n\n"), "{article}");
    assert!(article.contains("> 第五十条第一款第（一）项：行政机关主动公开政府信息的情况"), "{article}");
    assert!(article.contains("一、总体情况"), "{article}");
}

#[test]
fn the_title_and_the_sub_headings_are_explained() {
    let title = check(
        "",
        "临溪县档案服务局2023年政府信息公开工作年度报告",
        &["- 机关：临溪县档案服务局", "- 年度：2023", "〔2021〕30号"],
    );
    assert_eq!(title.span.of(REPORT), "临溪县档案服务局2023年政府信息公开工作年度报告");
    let prose = "（一）主动公开情况。发布信息3条。\n（四）政府信息公开平台建设\n（五）监督保障：组织培训。";
    assert!(in_prose(prose, "（一）主动公开情况").markdown.contains("应与表二一致"));
    assert!(in_prose(prose, "（四）政府信息公开平台建设").markdown.contains("政府网站"));
    // A heading and strong text in Markdown.
    for heading in ["### （一）主动公开", "**（一）主动公开", "## **（一）主动公开"] {
        let prose = format!("{heading}**\n\n发布信息3条。");
        assert!(in_prose(&prose, heading).markdown.contains("应与表二一致"), "{prose}");
    }
    let supervision = in_prose(prose, "（五）监督保障").markdown;
    assert!(supervision.contains("社会评议和责任追究") && supervision.contains("第五十条"), "{supervision}");
}

#[test]
fn the_hover_on_a_row_with_too_many_values_says_so() {
    let (before, after) = ("| | | 2.重复申请 | 0 |", "| | | 2.重复申请 | 0 | 7 |");
    let label = hover_changed(before, after, "2.重复申请");
    assert!(label.contains("这一行有 8 个数值，应为 7 个，不能确定"), "{label}");
    let value = hover_changed(before, after, "7 |");
    assert!(value.starts_with("**2.重复申请：7**\n\n") && value.contains("不能确定哪个数属于哪一列"), "{value}");
}

#[test]
fn the_same_name_is_a_row_in_2019_and_a_group_in_2021() {
    let start = REPORT.find("| | （六）其他处理").expect("the group");
    let end = start + REPORT[start..].find("| | （七）").expect("the row behind it");
    let table = REPORT.replace(&REPORT[start..end], "| | （六）其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n");
    let table = table.replace("本年制发件数", "本年新制作数量").replace("本年废止件数", "本年新公开数量");
    let report = table.replace("现行有效件数", "对外公开总数量").replace("2023年", "2020年");
    let at = report.find("（六）其他处理").expect("the row");
    let markdown = hover(&analyse(&report, Language::Chinese), at).expect("a hover").markdown;
    assert!(markdown.contains("- 行合计：总计 0 = 0 ✓") && markdown.contains("〔2019〕60号"), "{markdown}");
    assert!(!markdown.contains("〔2021〕"), "{markdown}");
}

#[test]
fn huge_figures_are_not_added_up() {
    let huge = "9".repeat(34);
    let report = REPORT.replace("| 6 | 2 | 0 |", &format!("| {huge} | {huge} | 0 |"));
    let analysis = analyse(&report, Language::Chinese);
    let markdown = hover(&analysis, report.find(&huge).expect("the figure")).expect("a hover").markdown;
    assert!(markdown.contains("- 行合计：总计 8 = 自然人 "), "{markdown}");
    for offset in (0..report.len()).step_by(7) {
        hover(&analysis, offset);
    }
}

/// Reads the reports in `../shared/seeds`, which are optional: without them the test passes.
#[test]
fn published_reports_are_explained_in_every_layout() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut seen = 0;
    for path in entries.flatten().map(|entry| entry.path()) {
        let Ok(source) = std::fs::read_to_string(&path) else { continue };
        let analysis = analyse(&source, Language::Chinese);
        let find = |names: [&str; 2]| names.iter().find_map(|name| source.find(name));
        let item = find(["第二十条第（五）项", "第二十条第(五)项"]).or_else(|| source.find("第二十条第 （五）项"));
        let query = find(["8.属于行政查询事项", "8．属于行政查询事项"]);
        for (at, article) in [(item, "第二十条第（五）项"), (query, "第三十六条第（七）项")] {
            let at = at.unwrap_or_else(|| panic!("{}: nothing to hover over", path.display()));
            let said = hover(&analysis, at).unwrap_or_else(|| panic!("{}: nothing said", path.display()));
            assert!(said.markdown.contains("依据：") && said.markdown.contains(article), "{}", said.markdown);
        }
        for offset in (0..source.len()).step_by(11) {
            let said = hover(&analysis, offset);
            assert!(said.is_none_or(|said| said.span.touches(offset) && said.markdown.starts_with("**")));
        }
        seen += 1;
    }
    assert!(seen > 0, "{folder} is empty");
}
