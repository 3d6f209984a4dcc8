//! A report as the parts of a Word file; the container is made elsewhere.

use super::{OutlineCell, OutlineItem, ReportOutline, Slot, slots};
use crate::syntax::{escape_words, is_xml};

/// The parts of a Word file that a report is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordParts {
    /// The document.
    pub document: String,
    /// Its styles.
    pub styles: String,
}

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// How wide a page is between its margins, in twentieths of a point.
const PAGE: usize = 9000;

/// `outline` as the parts of a Word file.
pub(super) fn write(outline: &ReportOutline) -> WordParts {
    let mut body = String::new();
    for item in &outline.items {
        match item {
            OutlineItem::Title(words) => body.push_str(&paragraph("Title", &run(words))),
            OutlineItem::Heading(words) => body.push_str(&paragraph("Heading1", &run(words))),
            OutlineItem::Line(words) => body.push_str(&paragraph("Normal", &run(words))),
            OutlineItem::Table(rows) => table(&mut body, rows),
        }
    }
    // A document ends with a paragraph, not with a table.
    if body.ends_with("</w:tbl>") {
        body.push_str("<w:p/>");
    }
    let section = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                   <w:pgMar w:top=\"1440\" w:right=\"1453\" w:bottom=\"1440\" w:left=\"1453\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr>";
    WordParts {
        document: format!("{HEAD}<w:document {WORD}><w:body>{body}{section}</w:body></w:document>"),
        styles: styles(),
    }
}

fn styles() -> String {
    let fonts = |east: &str| {
        format!(
            "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{east}\" w:cs=\"Times New Roman\"/>"
        )
    };
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        let base = if id == "Normal" { " w:default=\"1\"" } else { "" };
        let on = if id == "Normal" { "" } else { "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>" };
        format!(
            "<w:style w:type=\"paragraph\"{base} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{on}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let size = |half: usize| format!("<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>");
    let normal = style("Normal", "Normal", "", &format!("{}{}", fonts("仿宋"), size(28)));
    let title = style("Title", "Title", "<w:jc w:val=\"center\"/>", &format!("{}<w:b/>{}", fonts("宋体"), size(36)));
    let heading =
        style("Heading1", "heading 1", "<w:outlineLvl w:val=\"0\"/>", &format!("{}{}", fonts("黑体"), size(30)));
    let cell = style("TableText", "Table Text", "<w:jc w:val=\"center\"/>", &format!("{}{}", fonts("宋体"), size(18)));
    format!("{HEAD}<w:styles {WORD}>{normal}{title}{heading}{cell}</w:styles>")
}

fn run(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words))
}

fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

fn table(body: &mut String, rows: &[Vec<OutlineCell>]) {
    let rows = slots(rows);
    let width = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .iter()
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"))
        .collect();
    body.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{PAGE}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{}</w:tblGrid>",
        format!("<w:gridCol w:w=\"{}\"/>", PAGE / width).repeat(width)
    ));
    for row in &rows {
        body.push_str("<w:tr>");
        let mut at = 0;
        while let Some(slot) = row.get(at) {
            let goes_on = |slot: &&Slot<'_>| {
                matches!(
                    (slot, row.get(at)),
                    (Slot::Across, Some(Slot::Starts(_))) | (Slot::Down(false), Some(Slot::Down(_)))
                )
            };
            let across = 1 + row.iter().skip(at + 1).take_while(goes_on).count();
            let (text, merge) = match slot {
                Slot::Starts(cell) if cell.place.down > 1 => (cell.text.as_str(), "<w:vMerge w:val=\"restart\"/>"),
                Slot::Starts(cell) => (cell.text.as_str(), ""),
                Slot::Down(_) => ("", "<w:vMerge w:val=\"continue\"/>"),
                Slot::Across | Slot::Empty => ("", ""),
            };
            let span = if across > 1 { format!("<w:gridSpan w:val=\"{across}\"/>") } else { String::new() };
            let cell_width = PAGE / width * across;
            body.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{cell_width}\" w:type=\"dxa\"/>{span}{merge}</w:tcPr>{}</w:tc>",
                paragraph("TableText", &run(text))
            ));
            at += across;
        }
        // A row has a cell.
        if row.is_empty() {
            body.push_str("<w:tc><w:p/></w:tc>");
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl>");
}

/// `words` in an element; characters that XML does not have are left out.
fn escaped(words: &str) -> String {
    let allowed: String = words.chars().filter(|c| is_xml(*c)).collect();
    escape_words(&allowed).into_owned()
}
