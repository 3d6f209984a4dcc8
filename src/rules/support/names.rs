//! Names of rows, columns and cells for readers.

use crate::config::Language;
use crate::report::Table;
use crate::say;
use crate::statute::{CellRef, Column, Edition, Identity, IdentityKind, Row, TableKind, TableSpec, key};
use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

/// `“（三）8.属于行政查询事项”`: a row by its label, with its group's number where the label alone is ambiguous; empty for
/// the row of 表四.
pub(in crate::rules) fn row(row: Row, language: Language) -> &'static str {
    // A finding names up to thirty rows.
    static NAMES: [[OnceLock<String>; ROWS]; 2] = [const { [const { OnceLock::new() }; ROWS] }; 2];
    NAMES[language as usize][row as usize].get_or_init(|| name(row, language))
}

/// The number of rows.
const ROWS: usize = Row::ReviewAndLitigation as usize + 1;

fn name(row: Row, language: Language) -> String {
    match language {
        Language::English => format!("\"{}\"", row.english()),
        Language::Chinese => {
            // Without the note in brackets; quotes inside quotes are single ones.
            let name = row.name();
            let label = name.rfind('（').filter(|at| *at > 0).and_then(|at| name.get(..at)).unwrap_or(name);
            let label = match label.contains('“') {
                true => Cow::Owned(label.replace('“', "‘").replace('”', "’")),
                false => Cow::Borrowed(label),
            };
            // Only the detail rows, numbered in ASCII, need their group: 1. is under four of them.
            let group = row.groups().last().filter(|_| label.starts_with(|c: char| c.is_ascii_digit()));
            let number = group.and_then(|group| group.name().split_inclusive('）').next()).unwrap_or_default();
            format!("“{number}{label}”")
        }
    }
}

/// Words of the document as a message quotes them: in one line, with single quotes inside quotes.
pub(in crate::rules) fn written(text: &str) -> String {
    let mut shown = String::new();
    for c in text.trim().chars() {
        match c {
            '\n' | '\r' | '\t' => {}
            '“' => shown.push('‘'),
            '”' => shown.push('’'),
            c => shown.push(c),
        }
    }
    shown
}

/// Whether `text`, which is in the place of the label `due`, has so much more content that a person has to read it
/// before it is replaced: for example a cell joined to the sentence before it, or the start of a comment that hides
/// later text.
pub(in crate::rules) fn says_more(text: &str, due: &str) -> bool {
    let length = |label: &str| key(label).chars().count();
    text.contains('\t') || text.contains("<!--") || length(text) > 2 * length(due) + 8
}

/// `表三`, `Table 3`.
pub(in crate::rules) fn table(kind: TableKind, language: Language) -> &'static str {
    match language {
        Language::Chinese => kind.name(),
        Language::English => kind.english(),
    }
}

/// `自然人`, `行政诉讼（复议后起诉）结果维持`: a column by its headers and its name.
pub(in crate::rules) fn column(column: Column, language: Language) -> Cow<'static, str> {
    match (language, column) {
        (Language::Chinese, _) => column.full_name(),
        (Language::English, Column::Review(_) | Column::DirectSuit(_) | Column::SuitAfterReview(_)) => {
            let inner = column.headers().last().map(|header| header.english()).unwrap_or_default();
            format!("{inner}, {}", column.english()).into()
        }
        (Language::English, _) => column.english().into(),
    }
}

/// `“（一）予以公开”总计`: a cell by its row and its column.
pub(in crate::rules) fn cell(table: &Table, place: CellRef, language: Language) -> &'static str {
    // A report has some two hundred cells, and a finding names up to thirty.
    static ALL: LazyLock<Vec<TableNames>> = LazyLock::new(|| {
        let specs = [Edition::F2019, Edition::F2021].into_iter();
        specs.flat_map(|edition| TableKind::ALL.map(|kind| TableNames::new(edition.format().table(kind)))).collect()
    });
    let names = ALL.iter().find(|names| std::ptr::eq(names.spec, table.spec));
    names.map_or("", |names| names.cell(table, place, language))
}

/// The names of the cells of a table, computed on first use.
struct TableNames {
    spec: &'static TableSpec,
    width: usize,
    names: [Vec<OnceLock<String>>; 2],
}

impl TableNames {
    fn new(spec: &'static TableSpec) -> TableNames {
        let width = spec.rows.iter().map(|row| row.columns.len()).max().unwrap_or(0);
        let names = || (0..width * spec.rows.len()).map(|_| OnceLock::new()).collect();
        TableNames { spec, width, names: [names(), names()] }
    }

    fn cell(&self, table: &Table, place: CellRef, language: Language) -> &str {
        let (r, c) = table.names(place);
        self.names[language as usize][place.row * self.width + place.column].get_or_init(|| {
            let column = column(c, language);
            if self.spec.kind == TableKind::Review {
                return say!(language, "表四“{}”", "Table 4, {}", column);
            }
            match language {
                Language::Chinese => [row(r, language), &column].concat(),
                Language::English => [row(r, language), ", ", &column].concat(),
            }
        })
    }
}

/// `cell` as an operand of `identity`: by the column in a sum along a row, by the row in a sum down a column.
pub(in crate::rules) fn operand(
    table: &Table,
    identity: &Identity,
    place: CellRef,
    language: Language,
) -> &'static str {
    let (r, c) = table.names(place);
    let along_row = matches!(identity.kind, IdentityKind::RowTotal | IdentityKind::ReviewTotal);
    match (along_row, language) {
        (true, Language::Chinese) => c.name(),
        (true, Language::English) => c.english(),
        (false, _) => row(r, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statute::Row;

    #[test]
    fn rows_by_their_labels() {
        for (which, due) in [
            (Row::Received, "“一、本年新收政府信息公开申请数量”"),
            (Row::Granted, "“（一）予以公开”"),
            // Without the note in brackets.
            (Row::PartlyGranted, "“（二）部分公开”"),
            // With the number of its group; quotes inside quotes are single ones.
            (Row::SafetyAndStability, "“（三）3.危及‘三安全一稳定’”"),
            (Row::Repeated, "“（五）2.重复申请”"),
            (Row::Licences, "“行政许可”"),
        ] {
            assert_eq!(row(which, Language::Chinese), due);
        }
    }

    #[test]
    fn words_of_the_document_in_one_line() {
        assert_eq!(written(" 3.危及“三安全\r\n一稳定”\t"), "3.危及‘三安全一稳定’");
    }

    #[test]
    fn what_says_more_than_twice_the_label() {
        let due = "重复申请";
        assert!(!says_more(&"甲".repeat(16), due));
        assert!(says_more(&"甲".repeat(17), due));
        assert!(says_more("重复\t申请", due) && says_more("重复<!--申请", due));
        assert!(!says_more("重 复 申 请 （含 去 年 的）", due));
    }
}
