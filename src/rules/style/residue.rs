//! GK604 residue: left-overs of a page or an editor.

use crate::report::Facets;
use crate::rules::support::context::Context;
use crate::rules::support::line_content::LineContent;
use crate::rules::{Finding, Fix, Related, Severity, WORDS};
use crate::say;
use crate::text::{CharacterSet, Span, TextEdit, fold};

rule! {
    code: "GK604",
    name: "residue",
    severity: Warning,
    reads: WORDS.and(Facets::MARKS),
    title: ["残留的网页或编辑软件文字", "Text is left over from a web page or an editor"],
    checks: [
        "正文里残留的书签标记（如“[bookmark: _GoBack]”）、未转换的网页字符（如“&nbsp;”）、未更新的域（“错误!未找到引用源。”），以及转换工具放弃表格后留下的“[TABLE]”。“打印”“关闭”“扫一扫”“分享到”等网页文字作为提示，每份报告只提示一次，列出各处。",
        "A bookmark (`[bookmark: _GoBack]`), an entity that was not converted (`&nbsp;`), a broken field (`错误!未找到引用源。`), and the `[TABLE]` that a converter writes where it leaves a table out. The words of a web page (打印, 关闭, 扫一扫, 分享到) are information: one finding for the report, with all its places.",
    ],
    basis: [
        "这些文字不属于年度报告，是从文档或网页粘贴时带入的，公开前应清除。",
        "They are not part of the report, but were pasted with it.",
    ],
    example: [
        "\
不符：“[bookmark: _GoBack]我单位把该项工作列入重要议事日程”；单独一行的“[TABLE]”。

相符：“我单位把该项工作列入重要议事日程”。",
        "\
Fires: `[bookmark: _GoBack]我单位把该项工作列入重要议事日程`; a line `[TABLE]`.

Silent: `我单位把该项工作列入重要议事日程`.",
    ],
    fix: [
        "可清除书签标记、还原网页字符、删除整行的网页文字。正文的改动须由填报人确认，不自动修正。“[TABLE]”处的表格要从原文件取得：请检查原来的文档，或者换一种方式转换。",
        "Taking out a bookmark, converting an entity, and deleting the lines of a page are offered. Words are never changed automatically. The table of a `[TABLE]` is in the document that was converted: check that one, or convert it another way.",
    ],
}

/// Entities, and their characters.
const ENTITIES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&ensp;", " "),
    ("&emsp;", " "),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&mdash;", "—"),
    ("&middot;", "·"),
    ("&hellip;", "…"),
    ("&quot;", "\""),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
];

/// The text that a word processor writes for a broken reference, folded.
const BROKEN_FIELDS: &[&str] = &[
    "错误!未找到引用源",
    "错误!未定义书签",
    "错误!文档中没有指定样式的文字",
    "Error!Referencesourcenotfound",
    "Error!Bookmarknotdefined",
];

/// Buttons that only web pages have, folded; the longer ones first.
const BUTTONS: &[&str] = &["打印本页", "打印页面", "打印本文", "关闭窗口", "关闭本页", "关闭页面", "打印", "关闭"];

/// Words around the text of a page, folded; the longer ones first.
const SURROUNDINGS: &[&str] = &[
    "分享到",
    "分享至",
    "分享",
    "收藏本页",
    "加入收藏",
    "收藏",
    "返回顶部",
    "返回首页",
    "返回列表",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "新浪微博",
    "腾讯微博",
    "QQ空间",
    "微信",
    "微博",
    "大中小",
    "字体",
    "字号",
];

/// Words after which a line gives data of the page, at its edges only.
const PAGE_DATA: &[&str] =
    &["当前位置", "您的位置", "您当前的位置", "浏览次数", "阅读次数", "访问次数", "点击数", "点击量", "点击次数"];

/// This many lines at the end of the text may be the edge of a page, with any content.
const EDGE: usize = 4;

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let lines = context.words();
    let entities = context.source.contains('&') && !is_markup(context.source);
    let first_heading = context.report.sections.first().map_or(usize::MAX, |heading| heading.span.start);
    let last_sentence =
        lines.iter().rev().find(|(_, line)| line.text().contains('。')).map_or(0, |(span, _)| span.start);
    let count = lines.len();
    let mut of_page = Vec::new();
    for (index, (span, line)) in lines.iter().enumerate() {
        let span = *span;
        if entities {
            entities_in(context, span, findings);
        }
        if !line.is_suspicious.get_or_init(|| is_suspicious(line)) {
            continue;
        }
        if is_left_out(line) {
            findings.push(left_out(context, span));
            continue;
        }
        bookmarks(context, span, findings);
        let edge = span.start < first_heading.max(1) || span.start > last_sentence || index + EDGE >= count;
        if is_chrome(line, edge) {
            of_page.push(span);
        }
    }
    findings.extend(chrome(context, &of_page));
}

/// The note that a converter writes where it leaves a table out.
const LEFT_OUT: &str = "[TABLE]";

fn is_left_out(line: &LineContent) -> bool {
    line.text().len() < 2 * LEFT_OUT.len() && line.text().replace(['\\', '*', '>', ' '], "") == LEFT_OUT
}

fn left_out(context: &Context<'_>, span: Span) -> Finding {
    let message = say!(
        context.language,
        "转换工具没有转出这里的表格，只留下“{LEFT_OUT}”：请核对原文件中的表格，或换一种方式转换后再检查",
        "The converter left a table out here and wrote “{LEFT_OUT}”: check the table in the original file, or convert it another way"
    );
    Finding::new(&RULE, span, message)
}

/// Whether `line` may contain a bookmark, a broken field or the text of a page.
fn is_suspicious(line: &LineContent) -> bool {
    static MARKS: CharacterSet = CharacterSet::new(&['[', '!', '！']);
    let suspicious = |(at, c): (usize, char)| match c {
        '[' => line.text().get(at..).is_some_and(|rest| rest.starts_with("[bookmark:")) || is_left_out(line),
        c => matches!(c, '!' | '！'),
    };
    line.characters().may_meet(&MARKS) && MARKS.found(line.text()).any(suspicious) || is_chrome(line, true)
}

/// Whether entities may be intended: in HTML, and in Markdown.
fn is_markup(source: &str) -> bool {
    source.contains("</")
        || source.lines().any(|line| line.starts_with("## ") || line.starts_with("|-") || line.starts_with("| -"))
}

fn residue(context: &Context<'_>, span: Span, fix: Option<&str>) -> Finding {
    let language = context.language;
    let written = context.text(span);
    let message = say!(
        language,
        "“{written}”是粘贴时残留的文字，不属于报告，请清除",
        "“{written}” is left over from pasting and is not part of the report: take it out"
    );
    let finding = Finding::new(&RULE, span, message);
    let Some(content) = fix else { return finding };
    let title = match content.trim() {
        "" => say!(language, "清除“{written}”", "Take “{written}” out"),
        due => say!(language, "改为“{due}”", "Change it to “{due}”"),
    };
    finding.fix(Fix::doubtful(title, vec![TextEdit { span, content: content.to_owned() }]))
}

fn bookmarks(context: &Context<'_>, line: Span, findings: &mut Vec<Finding>) {
    let text = context.text(line);
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("[bookmark:")).map(|at| from + at) {
        let rest = text.get(at..).unwrap_or_default();
        let Some(len) = rest.find(']').filter(|len| *len < 120) else { break };
        findings.push(residue(context, Span::new(at, at + len + 1).shift(line.start), Some("")));
        from = at + len;
    }
    if text.contains(['!', '！']) && BROKEN_FIELDS.iter().any(|field| fold(text).contains(field)) {
        let mark = text.find("错误").or_else(|| text.find("Error")).unwrap_or(0);
        let rest = text.get(mark..).unwrap_or_default();
        let len = rest.find(['。', '.']).unwrap_or(rest.len());
        findings.push(residue(context, Span::new(mark, mark + len).shift(line.start), None));
    }
}

fn entities_in(context: &Context<'_>, line: Span, findings: &mut Vec<Finding>) {
    let text = context.text(line);
    let entity = |rest: &str| ENTITIES.iter().find(|(name, _)| rest.starts_with(name)).copied();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('&')).map(|at| from + at) {
        let Some((name, content)) = text.get(at..).and_then(entity) else {
            from = at + 1;
            continue;
        };
        // A run of one entity is one left-over; spaces at the ends of a line say nothing.
        let mut end = at + name.len();
        let mut times = 1;
        while text.get(end..).is_some_and(|rest| rest.starts_with(name)) {
            end += name.len();
            times += 1;
        }
        let content = match content {
            " " if at == 0 || end == text.len() => String::new(),
            " " => " ".to_owned(),
            other => other.repeat(times),
        };
        findings.push(residue(context, Span::new(at, end).shift(line.start), Some(&content)));
        from = end;
    }
}

/// Whether `line` is text of a page around the report; `edge` says whether it is where such text is to be expected.
fn is_chrome(line: &LineContent, edge: bool) -> bool {
    let text = line.text();
    if text.len() > 120 || text.contains(['。', '，']) {
        return false;
    }
    let folded = line.folded();
    let scan = ["扫一扫", "微信扫一扫", "手机扫一扫", "用手机扫一扫", "用微信扫一扫"]
        .iter()
        .any(|word| folded.starts_with(word));
    let mut rest = folded;
    let mut found = false;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let strip = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word));
        let Some(after) = strip(BUTTONS).or_else(|| strip(SURROUNDINGS)) else { break };
        (rest, found) = (after, true);
    }
    let all = rest.is_empty() && found;
    let data = edge && PAGE_DATA.iter().any(|word| folded.strip_prefix(word).is_some_and(|rest| rest.starts_with(':')));
    all || data || scan
}

/// The finding on the lines of a page, one for all of them.
fn chrome(context: &Context<'_>, lines: &[Span]) -> Option<Finding> {
    let language = context.language;
    let (first, others) = lines.split_first()?;
    let text = context.text(*first);
    let message = match others.len() {
        0 => say!(
            language,
            "“{text}”是网页上的文字，不属于报告，请删除",
            "“{text}” belongs to a web page, not to the report: take it out"
        ),
        more => say!(
            language,
            "“{text}”是网页上的文字，不属于报告，请删除；另有 {more} 处",
            "“{text}” belongs to a web page, not to the report: take it out, and {more} more"
        ),
    };
    let edits =
        lines.iter().map(|line| TextEdit { span: whole_line(context, *line), content: String::new() }).collect();
    let title = match others.len() {
        0 => say!(language, "删除这一行", "Delete the line"),
        more => say!(language, "删除这 {} 行", "Delete these {} lines", more + 1),
    };
    let related = others.iter().map(|span| Related { span: *span, message: context.text(*span).to_owned() });
    let finding = Finding::new(&RULE, *first, message).severity(Severity::Info).related(related);
    Some(finding.fix(Fix::doubtful(title, edits)))
}

/// `line` with its end, so that no empty line is left.
fn whole_line(context: &Context<'_>, line: Span) -> Span {
    let after = context.source.get(line.end..).unwrap_or_default();
    let content_end = line.end + after.len() - after.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']).len();
    let rest = context.source.get(content_end..).unwrap_or_default();
    let line_break = ["\r\n", "\n", "\r"].into_iter().find(|end| rest.starts_with(end)).map_or(0, str::len);
    Span::new(line.start, content_end + line_break)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    fn with(sentence: &str) -> String {
        report(2022).replace("我局主动公开政府信息12条。", sentence)
    }

    #[test]
    fn bookmarks_and_entities() {
        let source = with("我局公开12条。");
        for (marked, fixed) in [
            ("⟦[bookmark: _GoBack]⟧我局公开12条。", "我局公开12条。"),
            ("我局公开⟦[bookmark: _Toc1234]⟧12条。", "我局公开12条。"),
            ("我局⟦&nbsp;&nbsp;⟧公开12条。", "我局 公开12条。"),
            ("我局⟦&ldquo;⟧公开12条。", "我局“公开12条。"),
            ("我局⟦&mdash;&mdash;⟧公开12条。", "我局——公开12条。"),
        ] {
            reports("GK604", Severity::Warning, &source.replace("我局公开12条。", marked));
            offers("GK604", &source.replace("我局公开12条。", &marked.replace(['⟦', '⟧'], "")), &with(fixed));
        }
        let line = source.replace("\n（三）政府", "\n⟦&nbsp;&nbsp;⟧（三）政府");
        reports("GK604", Severity::Warning, &line);
        reports("GK604", Severity::Warning, &with("情况见⟦错误！未找到引用源⟧。"));
    }

    #[test]
    fn pieces_of_a_page() {
        let source = report(2022);
        for line in ["打印", "【打印】 【关闭】", "打印本页｜关闭窗口", "扫一扫在手机打开当前页", "分享到： 打印"]
        {
            reports("GK604", Severity::Info, &source.replace("（三）政府", &format!("⟦{line}⟧\n（三）政府")));
            offers("GK604", &source.replace("（三）政府", &format!("{line}\n（三）政府")), &source);
        }
        for line in [
            "打印 关闭",
            "扫一扫在手机打开当前页",
            "分享到:",
            "分享到：微信 新浪微博 QQ空间",
            "【字体：大 中 小】",
            "上一篇：",
            "浏览次数：1234",
        ] {
            reports("GK604", Severity::Info, &format!("⟦{line}⟧\n{source}"));
            reports("GK604", Severity::Info, &format!("{source}⟦{line}⟧\n"));
        }
        reports("GK604", Severity::Info, &source.replace("（三）政府", "⟦分享到：⟧\n（三）政府"));
    }

    #[test]
    fn a_page_is_one_finding() {
        let source = report(2022);
        let page = |mark: [&str; 2]| {
            let inside = source.replace("（三）政府", "打印 关闭\n（三）政府");
            format!("{}【字体：大 中 小】{}\n{inside}上一篇：\n扫一扫在手机打开当前页\n", mark[0], mark[1])
        };
        reports("GK604", Severity::Info, &page(["⟦", "⟧"]));
        let (message, related) = said("GK604", &page(["", ""]));
        assert!(message.contains("另有 3 处") && related.len() == 3, "{message} {related:?}");
        offers("GK604", &page(["", ""]), &source);
    }

    #[test]
    fn a_table_that_was_left_out() {
        let source = report(2022);
        for line in ["⟦[TABLE]⟧", "\\⟦[TABLE\\]⟧", "⟦**[TABLE]**⟧"] {
            reports("GK604", Severity::Warning, &source.replace("（三）政府", &format!("{line}\n（三）政府")));
        }
        for line in ["[TABLE]公开12条。", "见[TABLE]，公开12条。", "[TABLES]，公开12条。"] {
            silent("GK604", &with(line));
        }
    }

    #[test]
    fn words_of_a_report() {
        for sentence in [
            "群众扫一扫二维码即可查询，公开12条。",
            "提供打印、关闭等功能12项。",
            "A&B公司申请12件，R&amp公司1件。",
            "打印费用12元",
            "通过微信公开12条",
            "[1]公开12条。",
            "[bookmark: 我局公开12条。",
        ] {
            silent("GK604", &with(sentence));
        }
        // In Markdown an entity is intended.
        silent("GK604", &with("我局&nbsp;公开12条。").replace("一、总体情况", "## 一、总体情况"));
        for rule in ["|---|---|", "| --- | --- |"] {
            silent("GK604", &format!("{}{rule}\n", with("我局&nbsp;公开12条。")));
        }
        // A blank cell is another finding.
        silent("GK604", &report(2022).replace("行政许可 | 0 |", "行政许可 | &nbsp; |"));
    }

    #[test]
    fn every_bookmark_of_a_line_and_no_exclamation() {
        reports("GK604", Severity::Warning, &with("我局在网站公开⟦[bookmark: a1]⟧12条、⟦[bookmark: b2]⟧解读3条。"));
        silent("GK604", &with("公开12条!"));
    }

    #[test]
    fn spaces_at_either_end_of_a_line_say_nothing() {
        let source = with("我局公开12条。");
        for (written, due) in
            [("&nbsp;我局公开12条。\n", "我局公开12条。\n"), ("我局公开12条。&nbsp;\n", "我局公开12条。\n")]
        {
            let line = source.replace("（三）政府", &format!("{written}（三）政府"));
            offers("GK604", &line, &source.replace("（三）政府", &format!("{due}（三）政府")));
        }
    }

    #[test]
    fn what_stands_behind_the_last_sentence_is_at_the_edge() {
        let source = report(2022);
        let names = "云岭市档案局\n".repeat(EDGE + 1);
        reports("GK604", Severity::Info, &format!("{source}⟦打印⟧\n{names}"));
    }

    #[test]
    fn a_bracket_that_closes_far_behind_closes_something_else() {
        let bookmark = |length: usize| format!("[bookmark:{}]", "a".repeat(length));
        reports("GK604", Severity::Warning, &with(&format!("我局公开⟦{}⟧12条。", bookmark(109))));
        silent("GK604", &with(&format!("我局公开{}12条。", bookmark(110))));
    }

    #[test]
    fn lines_of_buttons_and_nothing_else() {
        let line = |line: &str| report(2022).replace("（三）政府", &format!("{line}\n（三）政府"));
        silent("GK604", &line("打印费用12元"));
        silent("GK604", &line("——【】——"));
        // Up to 120 bytes.
        let buttons = "打印 关闭 ".repeat(8);
        reports("GK604", Severity::Info, &line(&format!("⟦{buttons}  打印⟧")));
        silent("GK604", &line(&format!("{buttons}   打印")));
    }
}
