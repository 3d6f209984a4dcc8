//! Test support: Word files written directly, so that a test decides every element. A page of the generator is converted
//! element by element.
#![allow(dead_code, reason = "each test binary that includes this uses a part of it")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The namespaces of a document.
pub(crate) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\"";

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A Word file to be written.
#[derive(Clone, Debug)]
pub(crate) struct Docx {
    /// `word/document.xml`
    pub(crate) document: String,
    /// The content of `w:styles` and of `w:numbering`.
    pub(crate) styles: String,
    pub(crate) numbering: String,
    /// Other parts of the document: the kind of their relationship, their content type, their content.
    pub(crate) parts: Vec<(&'static str, String)>,
    /// Other entries, unchanged.
    pub(crate) entries: Vec<(&'static str, Vec<u8>)>,
}

/// `text` in an element or attribute.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A run with `text`.
pub(crate) fn run(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(
        "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(text)
    )
}

/// A paragraph of these runs.
pub(crate) fn paragraph(runs: &str) -> String {
    format!("<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr>{runs}</w:p>")
}

/// The document with this content of its body.
pub(crate) fn document(body: &str) -> String {
    let section = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>"
    )
}

impl Docx {
    /// The file with this body.
    pub(crate) fn of_body(body: &str) -> Docx {
        Docx {
            document: document(body),
            styles: String::new(),
            numbering: String::new(),
            parts: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// The report in a page of the generator.
    pub(crate) fn of_page(page: &str) -> Docx {
        let start = page.find("<div class=\"content\">").map_or(0, |at| at + "<div class=\"content\">".len());
        let end = page.find("</div><footer>").unwrap_or(page.len());
        Docx::of_body(&body(&page[start..end]))
    }

    /// The same with another document.
    pub(crate) fn with(&self, change: impl Fn(&str) -> String) -> Docx {
        Docx { document: change(&self.document), ..self.clone() }
    }

    /// Its entries, in order.
    pub(crate) fn all_entries(&self) -> Vec<(String, Vec<u8>)> {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
        let of_part = |kind: &str| format!("word/{kind}.xml");
        let mut parts: Vec<(&str, String)> = Vec::new();
        if !self.styles.is_empty() {
            parts.push(("styles", format!("{head}<w:styles {NAMESPACES}>{}</w:styles>", self.styles)));
        }
        if !self.numbering.is_empty() {
            parts.push(("numbering", format!("{head}<w:numbering {NAMESPACES}>{}</w:numbering>", self.numbering)));
        }
        parts.extend(self.parts.iter().map(|(kind, content)| (*kind, format!("{head}{content}"))));
        let overrides: String = parts
            .iter()
            .map(|(kind, _)| {
                format!("<Override PartName=\"/{}\" ContentType=\"{WORD_TYPE}.{kind}+xml\"/>", of_part(kind))
            })
            .collect();
        let types = format!(
            "{head}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"bin\" ContentType=\"application/octet-stream\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"{WORD_TYPE}.document.main+xml\"/>{overrides}</Types>"
        );
        let roots = format!(
            "{head}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        );
        let own: String = parts
            .iter()
            .enumerate()
            .map(|(index, (kind, _))| {
                format!("<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{kind}.xml\"/>", index + 1)
            })
            .collect();
        let own = format!("{head}<Relationships xmlns=\"{PACKAGE}/relationships\">{own}</Relationships>");
        let mut entries = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("_rels/.rels".to_owned(), roots.into_bytes()),
            ("word/document.xml".to_owned(), self.document.clone().into_bytes()),
            ("word/_rels/document.xml.rels".to_owned(), own.into_bytes()),
        ];
        entries.extend(parts.into_iter().map(|(kind, content)| (of_part(kind), content.into_bytes())));
        entries.extend(self.entries.iter().map(|(name, content)| ((*name).to_owned(), content.clone())));
        entries
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        zipped(&self.all_entries())
    }
}

/// An archive of `entries`.
pub(crate) fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let method = if name.ends_with(".bin") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).expect("a name");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// An element or words of a page as the generator writes it.
enum Piece<'a> {
    Tag(&'a str),
    Words(&'a str),
}

fn pieces(page: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = page;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_tag = rest.starts_with('<');
        let end = if is_tag { rest.find('>').map(|at| at + 1) } else { rest.find('<') }.unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if is_tag { Piece::Tag(piece) } else { Piece::Words(piece) })
    })
}

fn number(tag: &str, name: &str) -> usize {
    let value = tag.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.and_then(|(value, _)| value.parse().ok()).unwrap_or(1)
}

/// The words of a page, whose references are few.
fn plain(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

/// The body of a document with the text of the page `page`.
pub(crate) fn body(page: &str) -> String {
    let (mut out, mut words) = (String::new(), None::<String>);
    // The cells that continue below: by column, the number of further rows and the width.
    let mut open: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut column = 0;
    let mut cell = None::<String>;
    let continued = |open: &mut BTreeMap<usize, (usize, usize)>, column: &mut usize, out: &mut String| {
        while let Some((rows, across)) = open.get_mut(column) {
            out.push_str(&format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{across}\"/><w:vMerge/></w:tcPr><w:p/></w:tc>"));
            *rows -= 1;
            let (done, width) = (*rows == 0, *across);
            if done {
                open.remove(column);
            }
            *column += width;
        }
    };
    for piece in pieces(page) {
        match piece {
            Piece::Words(text) => {
                if let Some(words) = &mut words {
                    words.push_str(&plain(text));
                }
            }
            Piece::Tag(tag) => match tag.trim_start_matches('<').split(['>', ' ']).next().unwrap_or_default() {
                "p" | "h1" => words = Some(String::new()),
                "/p" | "/h1" if cell.is_none() => {
                    out.push_str(&paragraph(&run(&words.take().unwrap_or_default())));
                }
                "/p" => {
                    let text = words.replace(String::new()).unwrap_or_default();
                    if let Some(cell) = &mut cell {
                        cell.push_str(&paragraph(&run(&text)));
                    }
                }
                "br" => words.get_or_insert_default().push('\u{b}'),
                "table" => out.push_str("<w:tbl><w:tblPr/><w:tblGrid>GRID</w:tblGrid>"),
                "/table" => {
                    open.clear();
                    out.push_str("</w:tbl>");
                }
                "tr" => {
                    out.push_str("<w:tr>");
                    column = 0;
                }
                "/tr" => {
                    continued(&mut open, &mut column, &mut out);
                    out.push_str("</w:tr>");
                }
                "td" => {
                    continued(&mut open, &mut column, &mut out);
                    let (across, down) = (number(tag, "colspan"), number(tag, "rowspan"));
                    let mut properties = String::new();
                    if across > 1 {
                        properties += &format!("<w:gridSpan w:val=\"{across}\"/>");
                    }
                    if down > 1 {
                        properties += "<w:vMerge w:val=\"restart\"/>";
                        open.insert(column, (down - 1, across));
                    }
                    column += across;
                    out.push_str(&format!("<w:tc><w:tcPr>{properties}</w:tcPr>"));
                    (cell, words) = (Some(String::new()), Some(String::new()));
                    // The cell that continues below this one is not beside it.
                    if down > 1 {
                        let (start, entry) = (column - across, (down - 1, across));
                        open.insert(start, entry);
                    }
                }
                "/td" => {
                    let rest = words.take().unwrap_or_default();
                    let mut content = cell.take().unwrap_or_default();
                    if content.is_empty() || !rest.is_empty() {
                        content.push_str(&paragraph(&run(&rest)));
                    }
                    out.push_str(&content.replace('\u{b}', "</w:t><w:br/><w:t>"));
                    out.push_str("</w:tc>");
                }
                _ => {}
            },
        }
    }
    with_grids(&out)
}

/// Writes the columns of every table: as many as its first row has, of one width.
fn with_grids(body: &str) -> String {
    let mut out = String::new();
    let mut parts = body.split("GRID");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let row = part.split("</w:tr>").next().unwrap_or_default();
        let columns: usize = row
            .split("<w:tc>")
            .skip(1)
            .map(|cell| {
                let span = cell.split_once("w:gridSpan w:val=\"").and_then(|(_, rest)| rest.split_once('"'));
                span.and_then(|(value, _)| value.parse().ok()).unwrap_or(1)
            })
            .sum();
        out.push_str(&"<w:gridCol w:w=\"900\"/>".repeat(columns));
        out.push_str(part);
    }
    out
}
