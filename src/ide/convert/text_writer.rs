//! A report as text: tables with tabs or pipes between the cells, one cell a line, or in Markdown.

use super::{OutlineCell, OutlineItem, ReportOutline, Slot, slots};
use crate::syntax::Layout;

/// `outline` in `layout`.
pub(super) fn write(outline: &ReportOutline, layout: Layout) -> String {
    let is_markdown = layout == Layout::Markdown;
    let mut out = String::new();
    let mut was_table = false;
    for item in &outline.items {
        let is_table = matches!(item, OutlineItem::Table(_));
        if !out.is_empty() && (is_markdown || is_table || was_table) {
            out.push('\n');
        }
        was_table = is_table;
        match item {
            OutlineItem::Title(words) => line(&mut out, if is_markdown { "# " } else { "" }, words, is_markdown),
            OutlineItem::Heading(words) => line(&mut out, if is_markdown { "## " } else { "" }, words, is_markdown),
            OutlineItem::Line(words) => line(&mut out, "", words, is_markdown),
            OutlineItem::Table(rows) => table(&mut out, rows, layout),
        }
    }
    out
}

fn line(out: &mut String, mark: &str, words: &str, is_markdown: bool) {
    out.push_str(mark);
    out.push_str(&if is_markdown { escaped(words) } else { words.replace('|', "｜") });
    out.push('\n');
}

/// `words` for Markdown, with references for what would be a mark or a tag.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '|' => out.push_str("&#124;"),
            '*' => out.push_str("&#42;"),
            '_' => out.push_str("&#95;"),
            '`' => out.push_str("&#96;"),
            c => out.push(c),
        }
    }
    out
}

fn table(out: &mut String, rows: &[Vec<OutlineCell>], layout: Layout) {
    let rows = slots(rows);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for (index, row) in rows.iter().enumerate() {
        let cells = |keep: fn(&Slot<'_>) -> bool| -> Vec<String> {
            let text = |slot: &Slot<'_>| match slot {
                Slot::Starts(cell) if layout == Layout::Markdown => escaped(&cell.text),
                Slot::Starts(cell) => cell.text.replace('|', "｜"),
                _ => String::new(),
            };
            row.iter().filter(|slot| keep(slot)).map(text).collect()
        };
        let starts = |slot: &Slot<'_>| matches!(slot, Slot::Starts(_) | Slot::Empty);
        match layout {
            Layout::CellLines => {
                let kept = cells(|slot| matches!(slot, Slot::Starts(_) | Slot::Down(true) | Slot::Empty));
                kept.iter().for_each(|cell| out.push_str(&format!("\t{cell}\n")));
                out.push('\n');
            }
            Layout::PipedLines => {
                let kept = cells(starts);
                for (at, cell) in kept.iter().enumerate() {
                    out.push_str(&format!("{cell} {}\n", if at + 1 == kept.len() { "| ||" } else { "|" }));
                }
            }
            Layout::Pipes => out.push_str(&format!("{} |\n", cells(starts).join(" | "))),
            Layout::Markdown => {
                let mut kept = cells(|_| true);
                kept.resize(width, String::new());
                out.push_str(&format!("| {} |\n", kept.join(" | ")));
                if index == 0 {
                    out.push_str(&format!("|{}\n", " --- |".repeat(width)));
                }
            }
            _ => {
                let text = cells(|_| true).join("\t");
                // A line without a tab is none of the table.
                let tab = if text.contains('\t') { "" } else { "\t" };
                out.push_str(&format!("{text}{tab}\n"));
            }
        }
    }
}
