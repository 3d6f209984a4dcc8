//! Writes a report as a page: a single file without external resources.

use super::{OutlineCell, OutlineItem, ReportOutline};
use crate::syntax::escape_words;

const STYLE: &str = "body{font:16px/1.8 serif;max-width:50rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.5rem;text-align:center}\
    h2{font-size:1.1rem}table{border-collapse:collapse;width:100%}td{border:1px solid #333;padding:.2rem .4rem;text-align:center}";

/// `outline` as HTML.
pub(super) fn write(outline: &ReportOutline) -> String {
    let mut body = String::new();
    for item in &outline.items {
        match item {
            OutlineItem::Title(words) => body.push_str(&format!("<h1>{}</h1>\n", escape_words(words))),
            OutlineItem::Heading(words) => body.push_str(&format!("<h2>{}</h2>\n", escape_words(words))),
            OutlineItem::Line(words) => body.push_str(&format!("<p>{}</p>\n", escape_words(words))),
            OutlineItem::Table(rows) => table(&mut body, rows),
        }
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn table(body: &mut String, rows: &[Vec<OutlineCell>]) {
    body.push_str("<table>\n");
    for row in rows {
        body.push_str("<tr>");
        for cell in row {
            let mut reach = String::new();
            for (name, number) in [("rowspan", cell.place.down), ("colspan", cell.place.across)] {
                if number > 1 {
                    reach.push_str(&format!(" {name}=\"{number}\""));
                }
            }
            body.push_str(&format!("<td{reach}>{}</td>", escape_words(&cell.text)));
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</table>\n");
}
