//! Lists whose parts make their total.

use super::fill::{Hand, chosen};

/// How the outcomes are called.
const OUTCOMES: [(&str, &[&str]); 6] = [
    ("granted", &["予以公开", "同意公开", "准予公开", "决定予以公开", "“予以公开”"]),
    ("partial", &["部分公开", "予以部分公开", "区分处理后部分公开", "“部分公开”"]),
    ("refused", &["不予公开", "依法不予公开", "决定不予公开", "“不予公开”"]),
    ("unable", &["无法提供", "本机关不掌握等无法提供", "因不掌握等原因无法提供", "“无法提供”"]),
    ("declined", &["不予处理", "依法不予处理", "“不予处理”"]),
    ("other", &["其他处理", "其他情形", "作其他处理", "“其他处理”"]),
];

/// What leads in the outcomes, after how many were handled.
const OUTCOMES_LEAD: &[&str] = &[
    "，其中",
    "，其中：",
    "。其中，",
    "，分别为",
    "，包括",
    "（",
    "：",
    "。按[办理|答复]结果分，",
    "。从答复[类型|结果]看，",
    "，[答复|办理]结果为：",
    "。在已[办结|答复]的申请中，",
    "。办理结果如下：",
];

/// What is published, by topic.
const TOPICS: [&str; 26] = [
    "机构概况",
    "政策解读",
    "规划计划",
    "预算决算",
    "人事任免",
    "招标采购",
    "办事指南",
    "通知公告",
    "工作动态",
    "建议提案答复",
    "执法公示",
    "统计数据",
    "应急预案",
    "民生保障",
    "重点项目",
    "环境保护",
    "食品安全",
    "招生考试",
    "医疗服务",
    "社会救助",
    "补贴发放",
    "安全生产",
    "会议信息",
    "领导信息",
    "住房保障",
    "文化体育",
];

/// Where it is published.
const CHANNELS: [&str; 6] = ["政府网站", "微信公众号", "微博", "公示栏", "新闻媒体", "移动客户端"];

/// Total first.
const TOTAL: &[&str] = &[
    "{Y}年，{we}[主动公开|公开|发布][政府信息|各类信息|信息]{T}",
    "全年通过[门户网站|政府网站|信息公开平台][公开|发布|更新]信息{T}",
    "{we}[累计|共|全年共]主动公开政府信息{T}",
    "[年内|本年度]公开各类政府信息[共计|合计|]{T}",
    "[在网站|在信息公开专栏]主动公开信息数{T}",
    "向社会[公布|公开]政府信息{T}",
    "{we}网站全年更新信息{T}",
];

/// What leads in its parts.
const TOTAL_LEAD: &[&str] = &[
    "，其中",
    "，其中：",
    "。其中，",
    "（",
    "（其中",
    "，具体为：",
    "，包括",
    "。从[内容|类别]看，",
    "。按[类别|栏目]分，",
    "。在[主动公开|公开]的信息中，",
    "，分别是",
    "，公开内容[有|为]",
];

/// Total last.
const TOTAL_LAST: &[&str] = &["，[合计|共计|总计]公开信息{T}", "，全年[总计|合计]公开{T}", "，以上[合计|共计]{T}"];

/// The words before the parts if the total comes last.
const PARTS_FIRST: &[&str] = &["{Y}年，{we}公开", "全年公开", "通过网站发布", "主动公开"];

/// The outcomes of everything handled.
pub(super) fn outcomes(hand: &mut Hand<'_>) {
    let list = hand.new_list();
    // The total was written last.
    if let Some(said) = hand.said.iter_mut().rev().find(|said| said.what != "never" && said.what != "carried over") {
        if said.what != "handled" {
            hand.push("。");
            return;
        }
        said.lists.push((list, true));
    }
    let lead_pattern = *hand.rng.pick(OUTCOMES_LEAD);
    let lead = chosen(lead_pattern, hand.rng);
    hand.push(&lead);
    let zeros = hand.rng.one_in(4);
    let separator = *hand.rng.pick(&["、", "，", "；"]);
    let (style, quoted) = (hand.rng.below(7), hand.rng.one_in(5));
    let separator = if style == 3 { "；" } else { separator };
    let shown: Vec<_> = OUTCOMES.iter().filter(|(name, _)| zeros || hand.value(name) > 0).collect();
    for (index, (group, names)) in shown.iter().enumerate() {
        if index > 0 {
            hand.push(separator);
        }
        let name = if quoted { names[names.len() - 1] } else { *hand.rng.pick(&names[..names.len() - 1]) };
        let text = match style {
            0 => format!("{name}的{{{group}@p}}{{m}}"),
            1 if lead != "（" => format!("{name}{{{group}@p}}{{m}}（{{%{group}}}）"),
            2 if lead != "（" => format!("{name}{{{group}@p}}{{m}}（占{{%{group}}}）"),
            3 if lead != "（" => format!("{name}{{{group}@p}}{{m}}，占{{%{group}}}"),
            4 if !quoted => format!("{name}的有{{{group}@p}}{{m}}"),
            _ => format!("{name}{{{group}@p}}{{m}}"),
        };
        let pattern = ["…的N件", "…N件（p%）", "…N件（占p%）", "…N件，占p%", "…的有N件", "…N件", "…N件"][style];
        hand.fill(&text, pattern, list);
    }
    hand.push(if lead == "（" { "）。" } else { "。" });
}

/// Different ones of `names`.
fn some_of(hand: &mut Hand<'_>, names: &[&'static str], count: usize) -> Vec<&'static str> {
    let mut left = names.to_vec();
    (0..count).map(|_| left.swap_remove(hand.rng.below(left.len()))).collect()
}

/// What was published, by topic or by channel; some parts have parts of their own.
pub(super) fn published(hand: &mut Hand<'_>) {
    let by_topic = !hand.rng.one_in(5);
    let count = if by_topic { 2 + hand.rng.below(6) } else { 2 + hand.rng.below(3) };
    let names = some_of(hand, if by_topic { &TOPICS } else { &CHANNELS }, count);
    let counts: Vec<i64> = names.iter().map(|_| hand.rng.between(1, 400)).collect();
    let total: i64 = counts.iter().sum();
    let measure = *hand.rng.pick(&["条", "条", "条", "条", "篇", "件"]);
    let suffix = if by_topic { *hand.rng.pick(&["", "", "类", "类信息", "信息"]) } else { "" };
    let list = hand.new_list();
    let separator = *hand.rng.pick(&["、", "，", "；", "，"]);
    let last = hand.rng.one_in(5);
    let mut closing = "。";
    if last {
        let pattern = *hand.rng.pick(PARTS_FIRST);
        hand.write(pattern);
    } else {
        let pattern = *hand.rng.pick(TOTAL);
        with_total(hand, pattern, total, measure, list);
        // Channels are no topics.
        let leads = if by_topic { TOTAL_LEAD } else { &TOTAL_LEAD[..6] };
        let lead_pattern = *hand.rng.pick(leads);
        let lead = chosen(lead_pattern, hand.rng);
        if lead.starts_with('（') {
            closing = "）。";
        }
        hand.push(&lead);
    }
    let nested =
        if closing == "。" && counts.len() > 2 && hand.rng.one_in(4) { hand.rng.below(counts.len()) } else { 99 };
    let style = hand.rng.below(4);
    for (index, (name, count)) in names.iter().zip(&counts).enumerate() {
        if index > 0 {
            let ends = index + 1 == names.len() && separator == "、" && hand.rng.one_in(4);
            hand.push(if ends { "和" } else { separator });
        }
        let by = if by_topic || last { "" } else { *hand.rng.pick(&["通过", "经", ""]) };
        hand.push(by);
        hand.push(name);
        hand.push(suffix);
        hand.push(match (style, by) {
            (0, "") => "共",
            (_, "通过" | "经") => "公开",
            _ => "",
        });
        let inner = hand.new_list();
        hand.figure("part", "…N条", *count, 0, false, Some((list, false)));
        hand.push(measure);
        if index == nested && *count > 2 {
            let first = hand.rng.between(1, count - 1);
            let two = some_of(hand, &["市级", "县级", "部门", "乡镇", "日常", "专项"], 2);
            // The part is the total of what is in it.
            if let Some(part) = hand.said.last_mut() {
                part.lists.push((inner, true));
            }
            hand.push("（");
            hand.push(two[0]);
            hand.figure("part", "（…N条、…N条）", first, 0, false, Some((inner, false)));
            hand.push(measure);
            hand.push("、");
            hand.push(two[1]);
            hand.figure("part", "（…N条、…N条）", count - first, 0, false, Some((inner, false)));
            hand.push(measure);
            hand.push("）");
        }
    }
    if last {
        let pattern = *hand.rng.pick(TOTAL_LAST);
        with_total(hand, pattern, total, measure, list);
    }
    hand.push(closing);
}

/// A pattern with `{T}` for a total.
fn with_total(hand: &mut Hand<'_>, pattern: &'static str, total: i64, measure: &str, list: usize) {
    let text = chosen(pattern, hand.rng);
    let (before, after) = text.split_once("{T}").unwrap_or((&text, ""));
    hand.fill(before, pattern, list);
    hand.figure("total", pattern, total, 0, false, Some((list, true)));
    hand.push(measure);
    hand.fill(after, pattern, list);
}
