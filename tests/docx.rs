//! Word files as users have them: what Word and WPS do to a file does not change the findings in its report.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod generator;
mod word;

use generator::{Layout, Model, Rng, Size, Style, Wish, faults, render};
use gongkai::analysis::{Analysis, ReportPlace};
use gongkai::files::docx::{Comment, Commenter, Unreadable, WordFile, new_file};
use gongkai::files::{OpenError, OpenedFile, open};
use gongkai::ide::{ReportOutline, figures as figures_of};
use gongkai::rules::{Applicability, Finding};
use gongkai::syntax::Layout as TableLayout;
use gongkai::syntax::wordml::Lock;
use gongkai::text::Span;
use std::sync::Arc;
use word::{Docx, paragraph, run};

/// A change: its name, and what it does to a file and to the page that says the same.
type Change = (&'static str, fn(&Docx) -> Docx, fn(&str) -> String);

fn same(page: &str) -> String {
    page.to_owned()
}

/// `text` with every cell with a figure, from `<w:p>` to `</w:p>`, as `change` writes it.
fn figures(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("<w:t xml:space=\"preserve\">") {
        let start = at + "<w:t xml:space=\"preserve\">".len();
        let length = rest[start..].find("</w:t>").expect("text is closed");
        let words = &rest[start..start + length];
        let end = start + length + "</w:t></w:r>".len();
        let run_start = rest[..at].rfind("<w:r>").expect("text is in a run");
        if !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()) {
            changed.push_str(&rest[..run_start]);
            changed.push_str(&change(words));
        } else {
            changed.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    changed + rest
}

/// The same for a page.
fn page_figures(page: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::new();
    let mut rest = page;
    while let Some(at) = rest.find("<td") {
        let start = at + rest[at..].find('>').expect("tags are closed") + 1;
        let length = rest[start..].find("</td>").expect("cells are closed");
        let cell = &rest[start..start + length];
        let is_figure = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
        changed.push_str(&rest[..start]);
        changed.push_str(&if is_figure { change(cell) } else { cell.to_owned() });
        rest = &rest[start + length..];
    }
    changed + rest
}

const ORDINALS: [&str; 6] = ["一、", "二、", "三、", "四、", "五、", "六、"];

/// The headings of sections without their ordinals, each with these properties of its paragraph.
fn numbered(document: &str, properties: &str) -> String {
    ORDINALS.iter().fold(document.to_owned(), |document, ordinal| {
        let open = "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">";
        let new = open.replace("<w:pPr>", &format!("<w:pPr>{properties}"));
        let start = format!("{open}{ordinal}");
        let mut parts = document.split(&start);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            // Labels of rows have such numbers too, but in cells.
            let is_cell = out.ends_with("</w:tcPr>");
            out.push_str(if is_cell { open } else { &new });
            out.push_str(if is_cell { ordinal } else { "" });
            out.push_str(part);
        }
        out
    })
}

const LIST: &str = "<w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"chineseCounting\"/>STYLE<w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"5\"><w:abstractNumId w:val=\"3\"/></w:num>";

/// `text` with `content` before the first paragraph.
fn at_start(document: &str, what: &str) -> String {
    document.replacen("<w:body>", &format!("<w:body>{what}"), 1)
}

fn split_words(document: &str, word: &str, between: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let (first, second): (String, String) =
        (chars[..chars.len() / 2].iter().collect(), chars[chars.len() / 2..].iter().collect());
    document.replace(&format!(">{word}</w:t>"), &format!(">{first}{between}{second}</w:t>"))
}

const NEW_PARAGRAPH: &str = "</w:t></w:r></w:p><w:p><w:r><w:t>";

fn words_of_part(name: &str, kind: &str) -> String {
    format!(
        "<w:{name} {}><w:{kind} w:id=\"1\">{}</w:{kind}></w:{name}>",
        word::NAMESPACES,
        paragraph(&run("七、其他情况2019年，共收到政府信息公开申请999件。"))
    )
}

const CHANGES: [Change; 45] = [
    ("a file as it is", Docx::clone, same),
    (
        "cells that go on below as WPS writes them",
        |docx| docx.with(|it| it.replace("<w:vMerge/>", "<w:vMerge w:val=\"continue\"/>")),
        same,
    ),
    (
        "two paragraphs in the cell of a header",
        |docx| docx.with(|it| split_words(&split_words(it, "商业企业", NEW_PARAGRAPH), "公益组织", NEW_PARAGRAPH)),
        same,
    ),
    (
        "a line break in the cell of a header",
        |docx| {
            docx.with(|it| {
                split_words(
                    &split_words(it, "商业企业", "</w:t><w:br/><w:t>"),
                    "科研机构",
                    "</w:t></w:r><w:r><w:br w:type=\"textWrapping\"/><w:t>",
                )
            })
        },
        same,
    ),
    (
        "a label that runs down the page",
        |docx| {
            docx.with(|it| {
                let down: Vec<String> = "三、本年度办理结果".chars().map(String::from).collect();
                it.replace(">三、本年度办理结果<", &format!(">{}<", down.join(NEW_PARAGRAPH)))
            })
        },
        same,
    ),
    (
        "a figure over several runs",
        |docx| docx.with(|it| figures(it, |figure| figure.chars().map(|c| run(&c.to_string())).collect())),
        same,
    ),
    (
        "runs that begin and end anywhere",
        |docx| {
            docx.with(|it| it.replace("年政府", "</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:t>年</w:t></w:r><w:r w:rsidR=\"00A1\"><w:t>政府"))
        },
        same,
    ),
    (
        "blanks that are an ideographic space",
        |docx| docx.with(|it| figures(it, |figure| run(if figure == "0" { "\u{3000}" } else { figure }))),
        |page| page_figures(page, |figure| if figure == "0" { "\u{3000}".into() } else { figure.into() }),
    ),
    (
        "blanks that are cells without a run",
        |docx| docx.with(|it| figures(it, |figure| run(if figure == "0" { "" } else { figure }))),
        |page| page_figures(page, |figure| if figure == "0" { String::new() } else { figure.into() }),
    ),
    (
        "headings that are numbered by a list",
        |docx| Docx {
            document: numbered(&docx.document, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr>"),
            numbering: LIST.replace("STYLE", ""),
            ..docx.clone()
        },
        same,
    ),
    (
        "headings that are numbered by their style",
        |docx| {
            Docx {
        document: numbered(&docx.document, "<w:pStyle w:val=\"h\"/>"),
        numbering: LIST.replace("STYLE", "<w:pStyle w:val=\"h\"/>"),
        styles: "<w:style w:type=\"paragraph\" w:styleId=\"h\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"g\"/></w:style>\
                 <w:style w:type=\"paragraph\" w:styleId=\"g\"><w:name w:val=\"g\"/><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>".into(),
        ..docx.clone()
    }
        },
        same,
    ),
    (
        "deleted and inserted text",
        |docx| {
            docx.with(|it| figures(it, |figure| {
        format!("<w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>77</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"a\">{}</w:ins>", run(figure))
    }))
        },
        same,
    ),
    (
        "text that was moved",
        |docx| {
            docx.with(|it| figures(it, |figure| {
        format!("<w:moveFromRangeStart w:id=\"1\" w:name=\"m\"/><w:moveFrom w:id=\"2\" w:author=\"a\">{}</w:moveFrom><w:moveFromRangeEnd w:id=\"1\"/><w:moveTo w:id=\"3\" w:author=\"a\">{}</w:moveTo>", run("66"), run(figure))
    }))
        },
        same,
    ),
    (
        "a paragraph that was deleted, and an end of one",
        |docx| {
            docx.with(|it| {
        let gone = "<w:p><w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr></w:pPr><w:del w:id=\"2\" w:author=\"a\"><w:r><w:delText>七、其他</w:delText></w:r></w:del></w:p>";
        let it = at_start(it, gone);
        it.replacen("年政府信息公开工作年度报告</w:t></w:r></w:p>", "年政府</w:t></w:r></w:p>", 1)
            .replacen("年政府</w:t></w:r></w:p>", &format!("年政府</w:t></w:r></w:p>{}", paragraph(&run("信息公开工作年度报告"))), 1)
            .replacen("<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr>", "<w:p><w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr></w:pPr>", 1)
    })
        },
        same,
    ),
    (
        "a row that was deleted",
        |docx| {
            docx.with(|it| {
        it.replace("</w:tbl>", "<w:tr><w:trPr><w:del w:id=\"1\" w:author=\"a\"/></w:trPr><w:tc><w:p><w:r><w:t>（七）总计</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>8</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    })
        },
        same,
    ),
    (
        "hidden text",
        |docx| {
            docx.with(|it| figures(&at_start(it, &paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>七、其他</w:t></w:r>")), |figure| {
        format!("<w:r><w:rPr><w:vanish w:val=\"1\"/></w:rPr><w:t>55</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>{figure}</w:t></w:r>")
    }))
        },
        same,
    ),
    (
        "text that is hidden by its style",
        |docx| {
            Docx {
        document: figures(&docx.document, |figure| format!("<w:r><w:rPr><w:rStyle w:val=\"x\"/></w:rPr><w:t>55</w:t></w:r>{}", run(figure))),
        styles: "<w:style w:type=\"character\" w:styleId=\"x\"><w:name w:val=\"x\"/><w:basedOn w:val=\"y\"/></w:style>\
                 <w:style w:type=\"character\" w:styleId=\"y\"><w:name w:val=\"y\"/><w:rPr><w:vanish/></w:rPr></w:style>".into(),
        ..docx.clone()
    }
        },
        same,
    ),
    (
        "text that was struck out, and marks of notes",
        |docx| {
            docx.with(|it| figures(it, |figure| {
        format!("<w:r><w:rPr><w:strike/></w:rPr><w:t>55</w:t></w:r>{}<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>[1]</w:t></w:r>", run(figure))
    }))
        },
        same,
    ),
    (
        "controls around runs and paragraphs",
        |docx| {
            docx.with(|it| {
        let it = figures(it, |figure| format!("<w:sdt><w:sdtPr><w:alias w:val=\"9\"/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run(figure)));
        at_start(&it, "<w:sdt><w:sdtPr><w:id w:val=\"1\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>")
    })
        },
        same,
    ),
    (
        "controls around cells and rows",
        |docx| {
            docx.with(|it| {
                let open = "<w:sdt><w:sdtPr><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent>";
                let it =
                    it.replace("<w:tc>", &format!("{open}<w:tc>")).replace("</w:tc>", "</w:tc></w:sdtContent></w:sdt>");
                it.replace("<w:tr>", &format!("{open}<w:tr>")).replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
            })
        },
        same,
    ),
    (
        "fields",
        |docx| {
            docx.with(|it| figures(it, |figure| {
        format!("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> =SUM(LEFT) 99 </w:instrText></w:r><w:r><w:t>44</w:t></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", run(figure))
    }))
        },
        same,
    ),
    (
        "simple fields",
        |docx| {
            docx.with(|it| {
                figures(it, |figure| format!("<w:fldSimple w:instr=\" = 99 \">{}</w:fldSimple>", run(figure)))
            })
        },
        same,
    ),
    (
        "fields inside fields",
        |docx| {
            docx.with(|it| {
                figures(it, |figure| {
                    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
                    let inner = format!(
                        "{}<w:r><w:instrText>REF x</w:instrText></w:r>{}{}{}",
                        field("begin"),
                        field("separate"),
                        run("33"),
                        field("end")
                    );
                    format!(
                        "{}<w:r><w:instrText>IF </w:instrText></w:r>{inner}{}{}{}",
                        field("begin"),
                        field("separate"),
                        run(figure),
                        field("end")
                    )
                })
            })
        },
        same,
    ),
    (
        "a text box in both branches",
        |docx| {
            docx.with(|it| {
        let title = it.find("年政府信息公开工作年度报告").expect("a title");
        let start = it[..title].rfind("<w:p>").expect("a paragraph");
        let end = title + it[title..].find("</w:p>").expect("closed") + "</w:p>".len();
        let boxed = &it[start..end];
        let anchor = format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline><a:graphic><a:graphicData uri=\"x\"><wps:wsp><wps:txbx><w:txbxContent>{boxed}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>\
             <mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{boxed}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        );
        format!("{}{anchor}{}", &it[..start], &it[end..])
    })
        },
        same,
    ),
    (
        "bookmarks and marks of comments",
        |docx| {
            docx.with(|it| figures(it, |figure| {
        format!("<w:bookmarkStart w:id=\"1\" w:name=\"_9\"/><w:commentRangeStart w:id=\"1\"/>{}<w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r><w:bookmarkEnd w:id=\"1\"/><w:permStart w:id=\"2\"/><w:permEnd w:id=\"2\"/>", run(figure))
    }))
        },
        same,
    ),
    (
        "links",
        |docx| {
            docx.with(|it| {
                figures(it, |figure| {
                    format!("<w:hyperlink w:anchor=\"_9\" w:history=\"1\">{}</w:hyperlink>", run(figure))
                })
            })
        },
        same,
    ),
    (
        "smart tags and custom elements",
        |docx| {
            docx.with(|it| figures(it, |figure| format!("<w:smartTag w:uri=\"u\" w:element=\"e\"><w:smartTagPr><w:attr w:name=\"n\" w:val=\"9\"/></w:smartTagPr><w:customXml w:element=\"c\">{}</w:customXml></w:smartTag>", run(figure))))
        },
        same,
    ),
    (
        "tabs and spaces before a paragraph",
        |docx| {
            docx.with(|it| {
                it.replace(
                    "</w:pPr><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t",
                    "</w:pPr><w:r><w:tab/><w:t xml:space=\"preserve\">  </w:t></w:r><w:r><w:t",
                )
            })
        },
        same,
    ),
    (
        "characters of a symbol font",
        |docx| {
            docx.with(|it| it.replacen("<w:t xml:space=\"preserve\">一、", "<w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/></w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">一、", 1))
        },
        |page| page.replacen("<p><strong>一、", "<p>□</p><p><strong>一、", 1),
    ),
    (
        "notes, comments, headers and footers",
        |docx| Docx {
            document: docx.document.replace(
                "</w:p>",
                "<w:r><w:footnoteReference w:id=\"1\"/></w:r><w:r><w:endnoteReference w:id=\"1\"/></w:r></w:p>",
            ),
            parts: vec![
                ("footnotes", words_of_part("footnotes", "footnote")),
                ("endnotes", words_of_part("endnotes", "endnote")),
                ("comments", words_of_part("comments", "comment")),
                ("header", words_of_part("hdr", "sdt")),
                ("footer", words_of_part("ftr", "sdt")),
            ],
            ..docx.clone()
        },
        same,
    ),
    (
        "a frame around the words of a cell",
        |docx| {
            docx.with(|it| figures(it, |figure| {
        format!("</w:p><w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"500\"/></w:tblGrid><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p>", paragraph(&run(figure)))
    }).replace("<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p><w:tbl>", "<w:tbl>"))
        },
        same,
    ),
    (
        "a page laid out by a table",
        |docx| {
            docx.with(|it| {
                let it = it.replacen("<w:body>", "<w:body><w:tbl><w:tblPr/><w:tr><w:tc><w:p/></w:tc><w:tc>", 1);
                it.replace("<w:sectPr>", "</w:tc></w:tr></w:tbl><w:p/><w:sectPr>")
            })
        },
        same,
    ),
    (
        "columns that jitter",
        |docx| {
            docx.with(|it| {
                // Every border has a narrow column after it, which every other row ignores.
                let it = it.replace(
                    "<w:gridCol w:w=\"900\"/>",
                    "<w:gridCol w:w=\"890\"/><w:gridCol w:w=\"10\"/><w:gridCol w:w=\"0\"/>",
                );
                let it = it
                    .replace("<w:tcPr></w:tcPr>", "<w:tcPr><w:gridSpan w:val=\"1\"/></w:tcPr>")
                    .replace("<w:tcPr><w:vMerge", "<w:tcPr><w:gridSpan w:val=\"1\"/><w:vMerge");
                (1..40).rev().fold(it, |it, span| {
                    it.replace(
                        &format!("<w:gridSpan w:val=\"{span}\"/>"),
                        &format!("<w:gridSpan w:val=\"{}\"></w:gridSpan>", span * 3),
                    )
                })
            })
        },
        same,
    ),
    (
        "cells merged to the right as old programs do",
        |docx| {
            docx.with(|it| {
                let mut out = String::new();
                let mut rest = it;
                while let Some(at) = rest.find("<w:gridSpan w:val=\"") {
                    let (before, cell) = rest.split_at(at);
                    let (value, after) = cell["<w:gridSpan w:val=\"".len()..].split_once("\"/>").expect("closed");
                    let end = after.find("</w:tc>").expect("a cell") + "</w:tc>".len();
                    out.push_str(before);
                    out.push_str("<w:hMerge w:val=\"restart\"/>");
                    out.push_str(&after[..end]);
                    let down = if after[..end].contains("<w:vMerge/>") { "<w:vMerge/>" } else { "" };
                    let more =
                        format!("<w:tc><w:tcPr><w:hMerge/>{down}</w:tcPr><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc>");
                    out.push_str(&more.repeat(value.parse::<usize>().expect("a number") - 1));
                    rest = &after[end..];
                }
                out + rest
            })
        },
        same,
    ),
    (
        "the strict edition",
        |docx| {
            docx.with(|it| {
                it.replace(
                    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
            })
        },
        same,
    ),
    (
        "another prefix",
        |docx| {
            docx.with(|it| {
                it.replace("<w:", "<甲:")
                    .replace("</w:", "</甲:")
                    .replace(" w:", " 甲:")
                    .replace("xmlns:w=", "xmlns:甲=")
            })
        },
        same,
    ),
    (
        "no prefix",
        |docx| docx.with(|it| it.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns=")),
        same,
    ),
    (
        "changes of properties",
        |docx| {
            docx.with(|it| {
        let it = it.replace("</w:pPr>", "<w:pPrChange w:id=\"1\" w:author=\"a\"><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>");
        it.replace("</w:rPr><w:t", "<w:rPrChange w:id=\"1\" w:author=\"a\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t")
    })
        },
        same,
    ),
    (
        "a table of contents",
        |docx| {
            docx.with(|it| {
        let line = |index: usize, words: &str| {
            let begin = if index == 0 { "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" } else { "" };
            let end = if index == 5 { "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" } else { "" };
            paragraph(&format!("{begin}{}<w:r><w:tab/></w:r>{}{end}", run(&format!("{}{words}", ORDINALS[index])), run("3")))
        };
        let names = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"];
        let lines: String = names.iter().enumerate().map(|(index, name)| line(index, name)).collect();
        let title = it.find("年政府信息公开工作年度报告").expect("a title");
        let end = title + it[title..].find("</w:p>").expect("closed") + "</w:p>".len();
        format!("{}{lines}{}", &it[..end], &it[end..])
    })
        },
        same,
    ),
    ("elements apart", |docx| docx.with(|it| it.replace("><w:", ">\n  <w:").replace("></w:", ">\n</w:")), same),
    (
        "references, comments and instructions",
        |docx| {
            docx.with(|it| {
                it.replace('总', "&#x603B;").replace('、', "&#12289;").replace("<w:tc>", "<!-- 9 --><w:tc><?x 9?>")
            })
        },
        same,
    ),
    (
        "words in another form of text",
        |docx| docx.with(|it| figures(it, |figure| format!("<w:r><w:t><![CDATA[{figure}]]></w:t></w:r>"))),
        same,
    ),
    (
        "what takes no place",
        |docx| {
            docx.with(|it| {
                figures(it, |figure| {
                    run(&figure.replace('0', "0\u{ad}\u{200b}"))
                        .replace("</w:t>", "</w:t><w:softHyphen/><w:lastRenderedPageBreak/>")
                })
            })
        },
        same,
    ),
    (
        "guides over words",
        |docx| {
            docx.with(|it| figures(it, |figure| format!("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", run(figure))))
        },
        same,
    ),
    (
        "columns left out before a row",
        |docx| {
            docx.with(|it| {
                it.replace("<w:tr>", "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>")
                    .replace("<w:tblGrid>", "<w:tblGrid><w:gridCol w:w=\"108\"/>")
            })
        },
        same,
    ),
];

/// The parts of a finding that do not depend on the format of the file.
fn summary(finding: &Finding, place: &ReportPlace, fingerprint: &str) -> String {
    format!("{} {:?} {} {place:?} {fingerprint}", finding.rule.code, finding.severity, finding.message)
}

fn summaries(analysis: &Analysis) -> Vec<String> {
    let outcome = analysis.outcome();
    let pairs = outcome.findings.iter().zip(&outcome.identities);
    let mut said: Vec<String> = pairs.map(|(finding, it)| summary(finding, &it.place, &it.fingerprint)).collect();
    said.sort();
    said
}

fn summaries_of_page(page: &str) -> Vec<String> {
    summaries(&Analysis::new(page, Arc::default()))
}

#[track_caller]
fn opened(docx: &Docx) -> WordFile {
    WordFile::open(docx.bytes()).expect("a file of our own")
}

fn summaries_of_file(docx: &Docx) -> Vec<String> {
    summaries(&opened(docx).analysis(&Arc::default()))
}

fn page(seed: u64, year: u16) -> String {
    let wish = Wish { year, size: Size::County, figures_in_prose: true };
    render(&Model::new(seed, wish), &Style::plain(Layout::Html)).text
}

/// Pages with a fault each, of any kind.
fn faulty_pages(seed: u64, count: usize) -> Vec<String> {
    let mut rng = Rng::new(seed);
    let mut pages = Vec::new();
    while pages.len() < count {
        let kind = *rng.pick(&faults::Kind::ALL);
        pages.extend(faults::faulty(kind, rng.next(), Layout::Html, true).map(|fault| fault.text));
    }
    pages
}

#[test]
fn what_word_does_to_a_file_does_not_change_the_findings() {
    let mut failures = Vec::new();
    let mut pages = vec![page(1, 2022), page(2, 2020)];
    pages.extend(faulty_pages(3, 6));
    let plain_due: Vec<Vec<String>> = pages.iter().map(|page| summaries_of_page(page)).collect();
    for (number, (name, change, in_page)) in CHANGES.into_iter().enumerate() {
        for (index, page) in
            pages.iter().enumerate().filter(|(index, _)| *index == number % 2 || *index == 2 + number % 6)
        {
            let plain = Docx::of_page(page);
            let docx = change(&plain);
            assert!(name == "a file as it is" || docx.bytes() != plain.bytes(), "{name}: there is nothing to do");
            let other = in_page(page);
            let due = if other == *page { plain_due[index].clone() } else { summaries_of_page(&other) };
            let found = summaries_of_file(&docx);
            let more: Vec<_> = found.iter().filter(|it| !due.contains(it)).collect();
            let less: Vec<_> = due.iter().filter(|it| !found.contains(it)).collect();
            if !more.is_empty() || !less.is_empty() {
                failures.push(format!("{name}, page {index}: more {more:#?}, less {less:#?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The entries of an archive, in order: names, and the bytes from each one's header to the next.
fn raw_entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut places = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).expect("an entry");
        places.push((entry.name().expect("a name").into_owned(), entry.header_start() as usize));
    }
    let end = archive.central_directory_start() as usize;
    let ends: Vec<usize> = places.iter().skip(1).map(|(_, start)| *start).chain([end]).collect();
    places.into_iter().zip(ends).map(|((name, start), end)| (name, bytes[start..end].to_vec())).collect()
}

/// The file after its safe fixes.
fn fixed(docx: &Docx) -> Option<(WordFile, Vec<u8>)> {
    let fixed =
        opened(docx).fixed(&Arc::default(), Analysis::findings, gongkai::ide::fix_all).expect("a copy can be made");
    fixed.map(|fixed| (fixed.file, fixed.bytes))
}

#[test]
fn a_fix_changes_one_entry_of_the_archive_and_a_second_one_nothing() {
    let blank = |seed: usize| {
        (0..).find_map(|more| faults::faulty(faults::Kind::Blank, 100 * seed as u64 + more, Layout::Html, true))
    };
    let mut changed = 0;
    for (index, (name, change, _)) in CHANGES.into_iter().enumerate() {
        let page = blank(index).expect("every report has a figure that may be missing").text;
        let mut docx = change(&Docx::of_page(&page));
        docx.entries = vec![("word/media/image1.bin", vec![7; 300]), ("customXml/item1.xml", b"<a/>".to_vec())];
        let before = docx.bytes();
        let Some((file, after)) = fixed(&docx) else { continue };
        changed += 1;
        let (old, new) = (raw_entries(&before), raw_entries(&after));
        assert_eq!(old.len(), new.len(), "{name}");
        for ((old_name, old), (new_name, new)) in old.iter().zip(&new) {
            assert_eq!(old_name, new_name);
            assert_eq!(old == new, old_name != "word/document.xml", "{name}: {old_name}");
        }
        let again = WordFile::open(after.clone()).expect("what was written can be read");
        assert_eq!(again.text(), file.text());
        assert!(
            again.fixed(&Arc::default(), Analysis::findings, gongkai::ide::fix_all).expect("it can be read").is_none(),
            "{name}"
        );
        let safe = |findings: &[Finding]| {
            findings.iter().flat_map(|it| &it.fixes).filter(|fix| fix.applicability == Applicability::Safe).count()
        };
        let mut left = again.analysis(&Arc::default()).findings();
        again.keep_writable(&mut left);
        assert_eq!(safe(&left), 0, "{name}");
    }
    assert!(changed > 30, "{changed}");
}

#[test]
fn the_fixes_of_a_word_file_are_those_of_the_page() {
    let mut compared = 0;
    for page in faulty_pages(23, 30) {
        let in_page = gongkai::ide::fixed_point(&Analysis::new(&page, Arc::default()));
        let in_file = fixed(&Docx::of_page(&page));
        assert_eq!(in_page.text.is_some(), in_file.is_some(), "{page}");
        let (Some(text), Some((file, _))) = (in_page.text, in_file) else { continue };
        assert_eq!(summaries(&file.analysis(&Arc::default())), summaries_of_page(&text));
        compared += 1;
    }
    assert!(compared > 3, "{compared}");
}

/// A report with a blank cell; `cell` is the content of its paragraph.
fn with_blank(cell: &str) -> Docx {
    let docx = Docx::of_page(&page(5, 2023));
    let at = docx.document.rfind("<w:t xml:space=\"preserve\">0</w:t></w:r>").expect("a zero");
    let start = docx.document[..at].rfind("<w:r>").expect("a run");
    let end = at + "<w:t xml:space=\"preserve\">0</w:t></w:r>".len();
    docx.with(|it| format!("{}{cell}{}", &it[..start], &it[end..]))
}

#[test]
fn a_blank_cell_is_filled_in_the_way_its_paragraph_is_written() {
    let due = "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>0</w:t></w:r></w:p>";
    let (file, bytes) = fixed(&with_blank("")).expect("a blank is filled");
    let document = |bytes: &[u8]| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        std::io::read_to_string(archive.by_name("word/document.xml").expect("a document")).expect("text")
    };
    assert!(document(&bytes).contains(due), "{}", document(&bytes));
    assert_eq!(summaries_of_file(&Docx::of_page(&page(5, 2023))), summaries(&file.analysis(&Arc::default())));
    // The blank is an ideographic space in two runs.
    let (_, bytes) = fixed(&with_blank(&format!("{}{}", run("\u{3000}"), run(" ")))).expect("a blank is filled");
    let written = document(&bytes);
    assert!(written.contains("<w:t xml:space=\"preserve\"> 0</w:t>"), "{written}");
}

#[test]
fn cells_with_tracked_changes_or_fields_are_not_fixed_but_named() {
    let field = format!("<w:fldSimple w:instr=\" =1 \">{}</w:fldSimple>", run("\u{3000}"));
    let change = "<w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>3</w:delText></w:r></w:del>";
    let bound = format!(
        "<w:sdt><w:sdtPr><w:dataBinding w:xpath=\"/a\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        run("\u{3000}")
    );
    for (cell, lock) in [(field.as_str(), Lock::Field), (change, Lock::Changes), (bound.as_str(), Lock::Field)] {
        let docx = with_blank(cell);
        assert!(fixed(&docx).is_none());
        let file = opened(&docx);
        let mut findings = file.analysis(&Arc::default()).findings();
        let left = file.keep_writable(&mut findings);
        assert_eq!(left.iter().map(|left| left.lock).collect::<Vec<_>>(), [lock], "{findings:#?}");
        assert_eq!(findings[left[0].finding].rule.code, "GK201");
        assert!(findings[left[0].finding].fixes.iter().all(|fix| fix.applicability == Applicability::Unsafe));
    }
}

#[test]
fn other_office_files_are_refused_with_advice() {
    let docx = Docx::of_page(&page(1, 2023));
    let refused = |bytes: &[u8], name: &str| match open(bytes.to_vec(), name, None) {
        Err(OpenError::Unreadable(error)) => error,
        other => panic!("{name}: {other:?}"),
    };
    let ole = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encrypted = [ole.as_slice(), &encrypted].concat();
    assert_eq!(refused(&ole, "a.doc"), Unreadable::OldWord);
    assert_eq!(refused(&ole, "a.docx"), Unreadable::OldWord);
    assert_eq!(refused(&ole, "a.wps"), Unreadable::Wps);
    assert_eq!(refused(&encrypted, "a.docx"), Unreadable::Encrypted);
    assert_eq!(refused(b"%PDF-1.7\n", "a.docx"), Unreadable::Pdf);
    assert_eq!(refused(b"{\\rtf1}", "a.doc"), Unreadable::Rtf);
    assert_eq!(refused(b"", "a.docx"), Unreadable::Damaged);
    assert_eq!(refused("年度报告".as_bytes(), "a.docx"), Unreadable::Damaged);
    let bytes = docx.bytes();
    assert_eq!(refused(&bytes[..bytes.len() / 2], "a.docx"), Unreadable::Damaged);
    assert_eq!(refused(&word::zipped(&[("mimetype".into(), b"x".to_vec())]), "a.docx"), Unreadable::NoDocument);
    for broken in [
        docx.with(|it| it.replacen("</w:tbl>", "</w:tr>", 1)),
        docx.with(|it| it[..it.len() / 2].to_owned().chars().collect()),
        docx.with(|it| it.replacen("<w:document", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document", 1)),
        docx.with(|it| it.replacen("总", "&b;", 1)),
        docx.with(|_| "<a/>".into()),
        docx.with(|it| it.replacen("<w:body>", &format!("<w:body>{}", "<w:sdt>".repeat(5000)), 1)),
    ] {
        assert!(matches!(refused(&broken.bytes(), "a.docx"), Unreadable::Malformed(_)));
    }
    // An archive that expands to far more than its size, and a small document with the same ratio.
    let bomb = docx.with(|it| it.replacen("<w:body>", &format!("<w:body>{}", "<w:p></w:p>".repeat(8 << 20)), 1));
    assert_eq!(refused(&bomb.bytes(), "a.docx"), Unreadable::TooLarge);
    let tight = docx.with(|it| it.replacen("<w:body>", &format!("<w:body>{}", "<w:p></w:p>".repeat(1 << 15)), 1));
    assert_eq!(summaries_of_file(&tight), summaries_of_file(&docx));
    // A damaged entry: its checksum is wrong.
    let at = bytes.windows(17).position(|name| name == b"word/document.xml").expect("a name") + 400;
    let mut damaged = bytes.clone();
    damaged[at] ^= 0x55;
    assert!(matches!(refused(&damaged, "a.docx"), Unreadable::Damaged | Unreadable::Malformed(_)));
    // With macros, or with another extension, it is still a Word file.
    assert!(matches!(open(bytes, "a.docm", None), Ok(OpenedFile::Word(_))));
}

/// An entry of an archive as text.
fn entry(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    std::io::read_to_string(archive.by_name(name).expect("an entry")).expect("text")
}

#[test]
fn comments_are_added_to_a_copy_with_the_same_text() {
    let by = Commenter { author: "审核".into(), date: Some("2026-02-20T09:00:00Z".into()) };
    let comment = |span: Span, words: &str| Comment { span, paragraphs: vec![words.to_owned(), "依据".into()] };
    for (name, change, _) in CHANGES {
        let mut docx = change(&Docx::of_page(&page(9, 2023)));
        docx.entries = vec![("word/media/image1.bin", vec![7; 300])];
        let (before, file) = (docx.bytes(), opened(&docx));
        let text = file.text();
        let title = text.find("年政府").expect("a title");
        let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let row = lines[lines.len() * 3 / 4];
        let cell = text[row..].chars().next().map_or(0, |c| c.len_utf8());
        // The title, a figure, both again at the same places, the end of the text, and a span over paragraphs.
        let spans = [
            Span::new(title, title + 3),
            Span::new(row, row + cell),
            Span::at(row),
            Span::at(text.len()),
            Span::new(title, row),
        ];
        let comments: Vec<Comment> = spans.iter().map(|span| comment(*span, "合计 <应为> & 12")).collect();
        let after = file.with_comments(&comments, &by).unwrap_or_else(|error| panic!("{name}: {error}"));
        let copy = WordFile::open(after.clone()).expect("a copy");
        assert_eq!(summaries(&copy.analysis(&Arc::default())), summaries(&file.analysis(&Arc::default())), "{name}");
        let (document, part) = (entry(&after, "word/document.xml"), entry(&after, "word/comments.xml"));
        assert_eq!(part.matches("合计 &lt;应为&gt; &amp; 12").count(), 5, "{name}");
        let own = entry(&before, "word/document.xml");
        for mark in ["commentRangeStart ", "commentRangeEnd ", "commentReference "] {
            assert_eq!(document.matches(mark).count(), own.matches(mark).count() + 5, "{name}: {mark}");
        }
        for (old_name, old) in raw_entries(&before) {
            let changes =
                ["word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"];
            let new = raw_entries(&after).into_iter().find(|(name, _)| *name == old_name).expect("an entry").1;
            assert!(old == new || changes.contains(&old_name.as_str()), "{name}: {old_name}");
        }
        // The comments of a second reviewer are after those of the first.
        let twice = copy.with_comments(&comments[..1], &by).expect("a copy");
        let ids = |part: &str| part.matches("<w:comment ").count();
        assert_eq!(ids(&entry(&twice, "word/comments.xml")), ids(&part) + 1, "{name}");
        assert_eq!(entry(&twice, "[Content_Types].xml"), entry(&after, "[Content_Types].xml"));
    }
}

/// `outline` in every format, each read again.
fn in_every_form(page: &str) -> Vec<(&'static str, Vec<String>, usize)> {
    let analysis = Analysis::new(page, Arc::default());
    let outline = ReportOutline::of(&analysis);
    let due = figures_of(&analysis);
    let texts =
        [TableLayout::Tabs, TableLayout::Pipes, TableLayout::CellLines, TableLayout::PipedLines, TableLayout::Markdown];
    let mut forms: Vec<(&'static str, Analysis)> = Vec::new();
    for layout in texts {
        let text = outline.text(layout).expect("it can be typed");
        let name = match layout {
            TableLayout::Tabs => "tabs",
            TableLayout::Pipes => "pipes",
            TableLayout::CellLines => "cell lines",
            TableLayout::PipedLines => "piped lines",
            _ => "markdown",
        };
        forms.push((name, Analysis::new(&text, Arc::default())));
    }
    forms.push(("html", Analysis::new(&outline.html(), Arc::default())));
    let word = WordFile::open(new_file(&outline.word()).expect("small")).expect("a file of our own");
    forms.push(("docx", word.analysis(&Arc::default())));
    let differing = |analysis: &Analysis| {
        let found = figures_of(analysis);
        found.iter().filter(|figure| !due.contains(figure)).count()
            + due.iter().filter(|figure| !found.contains(figure)).count()
    };
    forms.into_iter().map(|(name, analysis)| (name, summaries(&analysis), differing(&analysis))).collect()
}

#[test]
fn converting_a_report_keeps_its_findings() {
    let mut failures = Vec::new();
    for seed in 0..8 {
        for (index, page) in
            [page(seed, 2019 + (seed % 7) as u16)].into_iter().chain(faulty_pages(40 + seed, 1)).enumerate()
        {
            let due = summaries_of_page(&page);
            // Other formats have no place for the `meta` elements of a page.
            if due.iter().any(|finding| finding.starts_with("GK129")) {
                continue;
            }
            for (name, found, differing) in in_every_form(&page) {
                // Not every layout has a place for rows that are longer or shorter than their table.
                if found != due || differing > 0 {
                    let more: Vec<_> = found.iter().filter(|it| !due.contains(it)).collect();
                    let less: Vec<_> = due.iter().filter(|it| !found.contains(it)).collect();
                    failures.push(format!(
                        "{name}, seed {seed}, page {index}: {differing} figures, more {more:#?}, less {less:#?}"
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
