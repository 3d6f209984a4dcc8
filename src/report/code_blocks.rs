//! Fenced code blocks of Markdown: a handbook or a readme shows a table of the report in one, and is no report itself.

use super::Report;
use crate::text::Span;

/// A code block with the title and at least this many sections is a whole report.
const WHOLE: usize = 4;

/// Whether what makes `report`, the model of `source`, a report is only shown in code blocks.
pub(super) fn is_example(report: &Report, source: &str) -> bool {
    if !source.contains("```") && !source.contains("~~~") {
        return false;
    }
    let blocks = code_blocks(source);
    let sections = || report.sections.iter().filter(|heading| heading.section.is_some()).map(|heading| heading.span);
    let title = report.title.as_ref().map(|title| title.span);
    let holds = |block: &&Span, span: Span| block.start <= span.start && span.end <= block.end;
    let shows = |block: &&Span| {
        let is_whole = title.is_some_and(|title| holds(block, title))
            && sections().filter(|section| holds(block, *section)).count() >= WHOLE;
        !is_whole
    };
    let examples: Vec<&Span> = blocks.iter().filter(shows).collect();
    let is_outside = |span: &Span| !examples.iter().any(|block| holds(block, *span));
    let rows = report.tables.iter().flat_map(|table| &table.rows).flatten().map(|row| row.span);
    let (outside, rows) = (sections().filter(is_outside).count(), rows.filter(is_outside).count());
    !examples.is_empty() && !Report::has_enough(outside, rows, title.is_some_and(|title| is_outside(&title)))
}

/// The code blocks of `source`, from their opening lines to their closing ones. Without a closing line there is none:
/// a few stray marks do not hide the rest of a report.
fn code_blocks(source: &str) -> Vec<Span> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let end = start + line.len();
        let words = line.trim();
        let mark = words.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        if let Some(mark) = mark {
            let rest = words.trim_start_matches(mark);
            let length = words.len() - rest.len();
            match open {
                Some((from, opened, count)) if mark == opened && length >= count && rest.is_empty() => {
                    blocks.push(Span::new(from, end));
                    open = None;
                }
                None if length >= 3 && (mark == '~' || !rest.contains('`')) => open = Some((start, mark, length)),
                _ => {}
            }
        }
        start = end;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Document;

    const TABLE: &str = "| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n\
        | --- | --- | --- | --- | --- | --- | --- | --- |\n\
        | 一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n\
        | 二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n\
        | （七）总计 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n\
        | 四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
    const TITLE: &str = "云岭市水务局2023年政府信息公开工作年度报告";

    fn sections(table: &str) -> String {
        format!(
            "一、总体情况\n\n二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n\n{table}\n\
             五、存在的主要问题及改进情况\n\n六、其他需要报告的事项\n"
        )
    }

    #[track_caller]
    fn reads(text: &str, is_report: bool) {
        let document = Document::new(text);
        let found = document.units().any(|(_, unit)| unit.report().is_recognised());
        assert_eq!(found, is_report, "{text}");
    }

    #[test]
    fn a_handbook_that_shows_a_table_is_no_report() {
        reads(&format!("# 填报手册\n\n表三如下：\n\n```text\n{TABLE}```\n\n请逐格填写。\n"), false);
        reads(&format!("# 填报手册\n\n~~~~markdown\n{TABLE}~~~\n~~~~\n"), false);
        reads(&format!("- 表三：\n\n  ```\n{TABLE}  ```\n"), false);
        reads(&format!("# 手册\n\n```\n{}```\n", sections(TABLE)), false);
        reads(&format!("# 手册\n\n```\n{TITLE}\n\n{TABLE}```\n\n说明。\n"), false);
        reads(&format!("# 手册\r\n\r\n```\r\n{}```\r\n", TABLE.replace('\n', "\r\n")), false);
        reads(&format!("```\n{TABLE}```\n\n```\n{}```\n", sections("")), false);
    }

    #[test]
    fn a_report_is_a_report_with_code_blocks_or_in_one() {
        reads(TABLE, true);
        reads(&format!("{TITLE}\n\n{}", sections(TABLE)), true);
        // Its own sections, with the tables in a code block.
        reads(&format!("# {TITLE}\n\n{}", sections(&format!("```\n{TABLE}```\n"))), true);
        // Pasted as a whole.
        reads(&format!("```\n{TITLE}\n\n{}```\n", sections(TABLE)), true);
        reads(&format!("检查这份报告：\n\n```text\n{TITLE}\n\n{}```\n", sections(TABLE)), true);
        // Marks that open no block, or none that ends.
        reads(&format!("{TITLE}\n\n```\n\n{}", sections(TABLE)), true);
        reads(&format!("```{TITLE}```\n\n{}\n```", sections(TABLE)), true);
    }

    #[test]
    fn fences_are_closed_by_their_own_marks() {
        let spans =
            |source: &str| code_blocks(source).iter().map(|span| span.of(source).to_owned()).collect::<Vec<_>>();
        assert_eq!(spans("```\na\n```\nb\n"), ["```\na\n```\n"]);
        assert_eq!(spans("````\n```\n````\n"), ["````\n```\n````\n"]);
        assert_eq!(spans("```\n~~~\n```"), ["```\n~~~\n```"]);
        assert!(
            spans("```\na\n").is_empty() && spans("`` `\na\n``\n").is_empty() && spans("``` a`b\n```\n").is_empty()
        );
    }
}
