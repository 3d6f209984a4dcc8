//! `docs/statute.md`: the meaning of each name in a report, from the explanations in `src/statute/explain`.

use gongkai::statute::explain::{self, Certainty, Explanation};
use gongkai::statute::{Edition, IdentityKind, Item, Section, TableKind};
use std::fmt::Write;

const OPENING: &str = "\
# What each name of the report means

The explanations that a hover shows: for every item of Article 20, section, table, row, column and sum of
政府信息公开工作年度报告, what it is, what counts, what to mind, and what it rests on. A block quotation is the Regulation's
own text; everything else is explanation. 由条文推出 marks a provision that was found by deriving, 参见 one that is near
where no provision says it.

This page is generated from `src/statute/explain`; see `tests/generated`.
";

/// The entry of one name.
fn entry(page: &mut String, level: usize, name: &str, english: &str, explanation: &Explanation) -> std::fmt::Result {
    writeln!(page, "\n{} {name}\n", "#".repeat(level))?;
    writeln!(page, "_{english}_\n")?;
    let parts = [("", Some(explanation.meaning)), ("计入", Some(explanation.counts)), ("注意", explanation.excludes)];
    for (part, [chinese, english]) in parts.into_iter().filter_map(|(part, words)| Some((part, words?))) {
        let part = if part.is_empty() { String::new() } else { format!("**{part}**：") };
        writeln!(page, "- {part}{chinese}<br>{english}")?;
    }
    for basis in explanation.basis {
        let kind = match basis.certainty {
            Certainty::Checked => "依据",
            Certainty::Derived => "依据（由条文推出）",
            Certainty::Reference => "参考",
        };
        let [law, _] = basis.name();
        writeln!(page, "- {kind}：{law}")?;
        if let Some(quote) = basis.quote {
            writeln!(page, "  > {quote}")?;
        }
    }
    Ok(())
}

/// The page.
pub(crate) fn page() -> Result<String, std::fmt::Error> {
    let mut page = OPENING.to_owned();
    page.push_str("\n## 六个部分\n");
    for section in Section::ALL {
        entry(&mut page, 3, &section.heading(), section.english(), explain::section(section))?;
    }
    page.push_str("\n## 第二十条\n");
    for item in (1..=15).filter_map(Item::new) {
        entry(&mut page, 3, &item.name(), &format!("Article 20 item {}", item.number()), explain::item(item))?;
    }
    for kind in TableKind::ALL {
        writeln!(page, "\n## {}\n", kind.name())?;
        let [meaning, english] = explain::table(kind).meaning;
        writeln!(page, "{meaning}<br>{english}")?;
        // The newest edition first, then the names that only an older one has.
        let specs = [Edition::F2021, Edition::F2019].map(|edition| edition.format().table(kind));
        let (mut rows, mut columns, mut groups, mut headers) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in specs.iter().flat_map(|spec| spec.rows) {
            for group in row.row.groups() {
                if !groups.contains(group) {
                    groups.push(*group);
                    entry(&mut page, 3, group.name(), group.english(), explain::group(*group))?;
                }
            }
            if !row.label.is_empty() && !rows.contains(&row.row) {
                rows.push(row.row);
                entry(&mut page, 3, row.label, row.row.english(), explain::row(row.row))?;
            }
        }
        for column in specs.iter().flat_map(|spec| spec.rows).flat_map(|row| row.columns) {
            for header in column.headers() {
                if !headers.contains(header) {
                    headers.push(*header);
                    entry(&mut page, 3, header.name(), header.english(), explain::header(*header))?;
                }
            }
            let explanation = explain::column(*column);
            if !columns.contains(&explanation) {
                columns.push(explanation);
                entry(&mut page, 3, column.name(), column.english(), explanation)?;
            }
        }
    }
    page.push_str("\n## 勾稽关系\n");
    for kind in [IdentityKind::RowTotal, IdentityKind::Subtotal, IdentityKind::Balance, IdentityKind::ReviewTotal] {
        let [name, english] = explain::identity_name(kind);
        entry(&mut page, 3, name, english, explain::identity(kind))?;
    }
    Ok(page)
}
