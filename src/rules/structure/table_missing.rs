//! GK113 table-missing: a table is missing.

use crate::report::page_writer::Side;
use crate::report::{Facets, Table, Unread};
use crate::rules::support::context::Context;
use crate::rules::support::names;
use crate::rules::support::rewrite;
use crate::rules::{Finding, Fix, Related, Severity};
use crate::say;
use crate::statute::{Edition, TableKind};
use crate::text::Span;

rule! {
    code: "GK113",
    name: "table-missing",
    severity: Error,
    reads: Facets::ALL,
    title: ["缺少表格", "A table is missing"],
    checks: [
        "第二、三、四部分之下是否有规定的表格。标题之下什么都没有的，表格可能是图片或附件，提示会说明。有该表的行名或数字、但排列方式无法识别的，只提示“无法识别”，不作缺表。转换时漏掉的（[TABLE]），也只作提示。",
        "Whether sections 二, 三 and 四 contain their tables. If nothing follows a heading, the table may be an image or an attachment; the message says so. If labels or figures of the table are present but cannot be read as a table, the finding is information and says that. The same applies to a table that a converter left out (`[TABLE]`).",
    ],
    basis: [
        "国办公开办函〔2021〕30号、〔2019〕60号规定的表格。",
        "The tables of 国办公开办函〔2021〕30号 and 〔2019〕60号.",
    ],
    example: [
        "\
不符：“三、收到和处理政府信息公开申请情况”之下没有表格。

相符：表格以文字形式列出，没有发生的填 0。",
        "\
Fires: no table follows `三、收到和处理政府信息公开申请情况`.

Silent: the table is there as text, with 0 where nothing happened.",
    ],
    fix: [
        "在标题之下插入空表，由填报人填写，不自动修正。",
        "The fix inserts an empty table below the heading to fill in, so it is unsafe.",
    ],
}

/// Rows that are there but cannot be read, one finding a table.
fn unread_rows(context: &Context<'_>, table: &Table) -> Option<Finding> {
    let language = context.language;
    let kind = table.spec.kind;
    let mut unread = context.report.unread(kind);
    let first = unread.next()?;
    let written = |row: &Unread| row.row.map_or_else(String::new, |row| names::row(row, language).to_owned());
    let others: Vec<Related> = unread.map(|row| Related { span: row.span, message: written(row) }).collect();
    let (name, written) = (names::table(kind, language), written(first));
    let message = match others.len() {
        0 => say!(
            language,
            "{name}的{written}一行排列方式无法识别，未检查",
            "The row {written} of {name} cannot be read: it is not checked"
        ),
        more => say!(
            language,
            "{name}的{written}等行（另有 {more} 行）排列方式无法识别，未检查",
            "The row {written} of {name} and {more} more cannot be read: they are not checked"
        ),
    };
    Some(Finding::new(&RULE, first.span, message).severity(Severity::Info).related(others))
}

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let report = context.report;
    let language = context.language;
    findings.extend(report.tables.iter().filter_map(|table| unread_rows(context, table)));
    for kind in TableKind::ALL.into_iter().filter(|kind| report.table(*kind).is_none()) {
        // If the heading is missing too, only that is reported.
        let Some(heading) = report.section(kind.section()) else { continue };
        let name = names::table(kind, language);
        if let Some(unread) = report.unread(kind).next() {
            let message = say!(
                language,
                "这一部分有{name}的内容，但排列方式无法识别，未检查；请按规定的表格列出",
                "This section has content of {name}, but its layout cannot be read: it is not checked; lay it out as the prescribed table"
            );
            let there = Related { span: unread.span, message: say!(language, "{name}的内容", "Content of {name}") };
            findings.push(Finding::new(&RULE, heading.span, message).severity(Severity::Info).related([there]));
            continue;
        }
        let rest = context.source.get(heading.span.end..heading.extent.end).unwrap_or_default();
        // A converter writes a note where it leaves a table out.
        if let Some(at) = rest.find(LEFT_OUT) {
            let start = heading.span.end + at;
            let message = say!(
                language,
                "转换时漏掉了{name}（{LEFT_OUT}），未检查；请从原文件补上",
                "The converter left {name} out ({LEFT_OUT}): it is not checked; add it from the original file"
            );
            let place = Span::new(start, start + LEFT_OUT.len());
            findings.push(Finding::new(&RULE, place, message).severity(Severity::Info));
            continue;
        }
        let message = match is_picture(rest) {
            true => say!(
                language,
                "标题之下没有{name}的文字内容，表格可能为图片或附件；应以文字表格列出",
                "There is no text of {name} below this heading; it may be an image or an attachment; give it as text here"
            ),
            false => say!(
                language,
                "这一部分没有找到{name}，应列出规定的表格，没有发生的填 0",
                "This section lacks {name}: add the prescribed table, with 0 where nothing happened"
            ),
        };
        let mut finding = Finding::new(&RULE, heading.span, message);
        let edition = report.edition_due().or_else(|| report.tables.first().map(|table| table.spec.edition));
        let spec = edition.unwrap_or(Edition::F2021).format().table(kind);
        let edit = match context.page {
            Some(page) => {
                rewrite::blank_part(context, spec).and_then(|table| page.insert(heading.span, Side::After, &[table]))
            }
            None => rewrite::blank(context, spec).map(|table| {
                let line = context.line_break();
                context.line_after(heading.span.end, &format!("{line}{table}{line}"))
            }),
        };
        if let Some(edit) = edit {
            let title = say!(language, "插入空白的{name}", "Insert an empty {name}");
            finding = finding.fix(Fix::doubtful(title, vec![edit]).of_source(context.page.is_some()));
        }
        findings.push(finding);
    }
}

/// What pandoc writes in place of a table that it cannot write.
const LEFT_OUT: &str = "[TABLE]";

/// Whether there is no text, or only a picture or an attachment.
fn is_picture(rest: &str) -> bool {
    let words = rest.trim();
    words.is_empty()
        || ["![", "<img", ".jpg", ".png", ".xls", ".doc", ".pdf", "附件", "见附表", "图片"]
            .iter()
            .any(|mark| words.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::support::testing::*;

    fn without(source: &str, from: &str, to: &str) -> String {
        let (start, end) = (source.find(from).unwrap() + from.len(), source.find(to).unwrap());
        format!("{}\n\n{}", &source[..start], &source[end..])
    }

    #[test]
    fn a_section_without_its_table() {
        let source = report(2022);
        for (heading, next) in [
            ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"),
            ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"),
            ("四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"),
        ] {
            let bare = without(&source, heading, next);
            let marked = bare.replace(heading, &format!("⟦{heading}⟧"));
            reports("GK113", Severity::Error, &marked);
            assert!(findings("GK113", &bare)[0].message.contains("图片或附件"));
            let told = bare.replace(heading, &format!("{heading}\n\n本年度没有发生。"));
            reports("GK113", Severity::Error, &told.replace(heading, &format!("⟦{heading}⟧")));
            assert!(!findings("GK113", &told)[0].message.contains("图片或附件"));
        }
    }

    #[test]
    fn an_empty_table_is_inserted() {
        let source = report(2022);
        for (from, to) in [
            ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"),
            ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"),
            ("四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"),
        ] {
            let bare = without(&source, from, to);
            let fix = &findings("GK113", &bare)[0].fixes[0];
            let fixed = crate::text::apply(&bare, &fix.edits);
            for code in ["GK113", "GK114", "GK115", "GK116", "GK117", "GK118", "GK119"] {
                silent(code, &fixed);
            }
        }
    }

    #[test]
    fn tables_that_are_there_and_sections_that_are_not() {
        let source = report(2022);
        let bare = without(&source, "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况");
        silent("GK113", &bare.replace("二、主动公开政府信息情况", ""));
        silent("GK113", &source.replace("三、收到和处理政府信息公开申请情况", ""));
    }

    #[test]
    fn without_any_table_the_headings_tell_the_layout() {
        let source = report(2022);
        let (start, end) = (source.find("第二十条第（一）项").unwrap(), source.find("五、存在").unwrap());
        let bare = format!("{}{}", &source[..start], &source[end..]);
        let content = |source: &str| findings("GK113", source)[0].fixes[0].edits[0].content.clone();
        assert!(content(&bare).contains("行政许可\t"));
        let heading = bare.replace("一、总体", "# 一、总体").replace("二、主动", "# 二、主动");
        assert!(content(&heading).contains("| 行政许可 |"));
        assert!(content(&format!("# {bare}")).contains("| 行政许可 |"));
    }

    #[test]
    fn a_table_that_a_converter_left_out() {
        let source = report(2022);
        let bare = without(&source, "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况");
        let left_out =
            bare.replace("三、收到和处理政府信息公开申请情况", "三、收到和处理政府信息公开申请情况\n\n⟦[TABLE]⟧\n");
        reports("GK113", Severity::Info, &left_out);
        assert!(findings("GK113", &unmark(&left_out).0)[0].fixes.is_empty());
    }
}
