//! `gongkai rollup`: sums the members' tables into the region's, and lists what each member contributed.

use super::Exit;
use super::arguments::{Rollup, RollupFormat};
use super::check::jobs;
use super::configuration::Configurations;
use super::files::{Gathered, gather};
use super::output::workbook::{SheetCell, Tables};
use super::progress::Progress;
use super::surroundings::{Manner, Surroundings};
use super::terminal::{print, print_error, printable, say_line};
use crate::analysis::history::{RegionRole, body_key};
use crate::config::Language;
use crate::ide::{NewReport, new_report};
use crate::report::Digest;
use crate::rules::Members;
use crate::say;
use crate::statute::{Additivity, Body, Column, Edition, Row, TableKind};
use crate::syntax::Layout;
use crate::text::width;
use anyhow::{Context, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The reports of the members for one year.
struct Sums {
    year: u16,
    /// The region's own name, if its report is among the files.
    region: Option<String>,
    /// Each member once, by name.
    members: Vec<Digest>,
    totals: Members,
    /// Bodies of vertical systems, which do not count.
    vertical: BTreeSet<String>,
}

/// Adds up the reports that `arguments` name.
pub(super) fn rollup(arguments: &Rollup, language: Option<Language>) -> anyhow::Result<Exit> {
    let reading = &arguments.reading;
    let scope = reading.scope(&arguments.paths);
    let mut configurations = Configurations::new(&scope, language)?;
    let mut gathered = gather(&arguments.paths, None, configurations.language())?;
    configurations.find(&scope, &gathered)?;
    configurations.exclude(&scope, &mut gathered)?;
    let language = configurations.language();
    let Gathered { inputs, failures, .. } = gathered;
    let manner = Manner {
        encoding: reading.encoding,
        jobs: jobs(reading.jobs),
        fixes: None,
        known: &BTreeSet::new(),
        read_again: false,
    };
    let mut progress = Progress::new(inputs.len(), reading.quiet);
    let surroundings = Surroundings::of(&inputs, &configurations, manner, &mut progress)?;
    drop(progress);
    let mut failed = failures.iter().map(|one| format!("{}: {}", one.name, one.message)).collect::<Vec<_>>();
    let mut digests: Vec<Digest> = Vec::new();
    let mut regions: BTreeMap<u16, String> = BTreeMap::new();
    for (index, input) in inputs.iter().enumerate() {
        let role = configurations.stated(&input).role;
        let mut found = surroundings.of_input(index).peekable();
        if matches!(role, RegionRole::Member(_)) && found.peek().is_none() {
            // Either the file cannot be read, or the body of its report is unknown.
            let why = match input.read(reading.encoding, language) {
                Err(failure) => failure.message,
                Ok(_) => say!(
                    language,
                    "不知道是哪个单位、哪一年的报告：请在 gongkai.toml 的 [[report]] 中写明",
                    "it is not known whose report for which year it is: say so under [[report]] in gongkai.toml"
                ),
            };
            failed.push(format!("{}: {why}", input.name));
        }
        for digest in found {
            match role {
                RegionRole::Member(_) => digests.push(digest),
                RegionRole::Region(_) => {
                    regions.insert(digest.year, digest.body);
                }
                RegionRole::Other => {}
            }
        }
    }
    let latest = digests.iter().map(|digest| digest.year).max();
    let Some(year) = arguments.year.or(latest) else {
        failed.iter().for_each(|line| print_error(language, line));
        bail!(say!(
            language,
            "没有成员单位的报告：请在 gongkai.toml 的 [region] 中用 members 指明",
            "there are no reports of members: name them by `members` of [region] in gongkai.toml"
        ));
    };
    let sums = Sums::of(digests, year, regions.remove(&year));
    write(arguments, &sums, language)?;
    failed.sort();
    failed.iter().for_each(|line| print_error(language, line));
    let complete = tell(&sums, reading.quiet, language);
    Ok(match (failed.is_empty(), complete) {
        (false, _) => Exit::Trouble,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Clean,
    })
}

impl Sums {
    fn of(digests: Vec<Digest>, year: u16, region: Option<String>) -> Sums {
        let mut vertical = BTreeSet::new();
        let mut totals = Members::default();
        let mut members: BTreeMap<u64, Digest> = BTreeMap::new();
        let mut before: BTreeMap<u64, String> = BTreeMap::new();
        for digest in digests {
            let key = body_key(&digest.body);
            if Body::of(&digest.body).is_vertical() {
                vertical.insert(digest.body);
            } else if digest.year == year {
                match members.get(&key) {
                    Some(known) if !known.figures().eq(digest.figures()) => totals.doubtful.push(digest.body),
                    Some(_) => {}
                    None => {
                        members.insert(key, digest);
                    }
                }
            } else if digest.year + 1 == year {
                before.insert(key, digest.body);
            }
        }
        totals.missing =
            before.into_iter().filter(|(key, _)| !members.contains_key(key)).map(|(_, name)| name).collect();
        totals.missing.sort();
        let mut members: Vec<Digest> = members.into_values().collect();
        members.sort_by(|a, b| a.body.cmp(&b.body));
        members.iter().for_each(|digest| totals.add(digest));
        Sums { year, region, members, totals, vertical }
    }

    fn edition(&self) -> Edition {
        Edition::of_year(self.year)
    }

    /// The sum of `row` in `column` over the members that have this figure.
    fn total(&self, row: Row, column: Column) -> Option<i64> {
        self.totals.sums.get(&(row, column)).map(|sum| sum.total)
    }

    /// The members whose figure is not 0, with the figure.
    fn contributions(&self, row: Row, column: Column) -> impl Iterator<Item = (&str, i64)> {
        let figures =
            self.members.iter().filter_map(move |digest| Some((digest.body.as_str(), digest.figure(row, column)?)));
        figures.filter(|(_, figure)| *figure != 0)
    }

    /// The members that lack a figure.
    fn lacking(&self) -> Vec<(&str, usize)> {
        let edition = self.edition();
        let lacks = |digest: &Digest| {
            let tables = TableKind::ALL.into_iter().flat_map(|kind| edition.format().table(kind).rows);
            let places = tables.flat_map(|spec| spec.columns.iter().map(|column| (spec.row, *column)));
            places.filter(|(row, column)| digest.figure(*row, *column).is_none()).count()
        };
        let all = self.members.iter().map(|digest| (digest.body.as_str(), lacks(digest)));
        all.filter(|(_, lacking)| *lacking > 0).collect()
    }
}

/// Prints on stderr what is missing in the sums; returns whether nothing is.
fn tell(sums: &Sums, quiet: bool, language: Language) -> bool {
    let Members { missing, doubtful, count, .. } = &sums.totals;
    let lacking = sums.lacking();
    let complete = missing.is_empty() && doubtful.is_empty() && lacking.is_empty();
    if quiet {
        return complete;
    }
    let year = sums.year;
    say_line(&say!(language, "{year}年：已汇总 {count} 个成员单位", "{year}: {count} members were added up"));
    let names = |list: &[String]| list.join(&say!(language, "、", ", "));
    if !missing.is_empty() {
        let names = names(missing);
        say_line(&say!(language, "上年有、本年没有报告：{names}", "with a report last year and none now: {names}"));
    }
    if !doubtful.is_empty() {
        let names = names(doubtful);
        say_line(&say!(
            language,
            "有两份不同的报告，只计入了一份：{names}",
            "with two reports that differ, of which one was counted: {names}"
        ));
    }
    for (body, number) in lacking {
        say_line(&say!(
            language,
            "{body}：有 {number} 个数字缺少或不能读取，未计入",
            "{body}: {number} figures are missing or cannot be read, and were not counted"
        ));
    }
    if !sums.vertical.is_empty() {
        let names = names(&sums.vertical.iter().cloned().collect::<Vec<_>>());
        say_line(&say!(language, "垂直管理单位，不计入：{names}", "of vertical systems, and not counted: {names}"));
    }
    let [rules, documents] = [Row::Rules, Row::NormativeDocuments].map(|row| match language {
        Language::Chinese => row.name(),
        Language::English => row.english(),
    });
    say_line(&say!(
        language,
        "“{rules}”“{documents}”为各单位之和，联合制发的须扣除重复",
        "“{rules}” and “{documents}” are plain sums: those issued jointly have to be taken off"
    ));
    complete
}

fn write(arguments: &Rollup, sums: &Sums, language: Language) -> anyhow::Result<()> {
    let bytes = match arguments.format {
        RollupFormat::Text => text(sums, language).into_bytes(),
        RollupFormat::Markdown => markdown(sums, language).into_bytes(),
        RollupFormat::Csv => csv(sums)?,
        RollupFormat::Xlsx => workbook(sums, language)?,
        RollupFormat::Report => report(sums).into_bytes(),
    };
    let Some(path) = &arguments.output else {
        if arguments.format == RollupFormat::Xlsx && std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            bail!(say!(
                language,
                "Excel 文件不能显示在终端上：请用 --output 指定文件",
                "an Excel file cannot be shown on a terminal: name a file with --output"
            ));
        }
        return print(&bytes);
    };
    let shown = path.display();
    std::fs::write(path, bytes).with_context(|| say!(language, "{shown}: 无法写入", "{shown}: cannot be written"))
}

/// `value` ten-thousandths in digits.
fn digits(value: i64) -> String {
    let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    let fraction = format!("{:04}", size % 10_000);
    let needed = fraction.trim_end_matches('0');
    match needed {
        "" => format!("{sign}{}", size / 10_000),
        needed => format!("{sign}{}.{needed}", size / 10_000),
    }
}

/// The rows of a table with the same columns: headers, then a label and figures in each.
struct SumTable {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The tables of `sums` in the format of the year.
fn blocks(sums: &Sums, kind: TableKind, language: Language) -> Vec<SumTable> {
    let spec = sums.edition().format().table(kind);
    let mut blocks: Vec<SumTable> = Vec::new();
    let figure = |row, column| sums.total(row, column).map_or_else(String::new, digits);
    if kind == TableKind::Review {
        // Fifteen columns are too wide, so each of them becomes a row.
        let rows = spec.rows.iter().flat_map(|row| {
            row.columns.iter().map(|column| {
                let name = match language {
                    Language::Chinese => column.full_name().into_owned(),
                    Language::English => format!("{} ({})", column.english(), column.full_name()),
                };
                vec![name, figure(row.row, *column)]
            })
        });
        let heads = [say!(language, "项目", "Figure"), say!(language, "合计", "Sum")];
        return vec![SumTable { head: heads.into(), rows: rows.collect() }];
    }
    let mut columns: &[Column] = &[];
    for row in spec.rows {
        if row.columns != columns || blocks.is_empty() {
            columns = row.columns;
            let names = columns.iter().map(|column| match language {
                Language::Chinese => column.name_in(spec.edition).to_owned(),
                Language::English => column.english().to_owned(),
            });
            let head = std::iter::once(say!(language, "行", "Row")).chain(names).collect();
            blocks.push(SumTable { head, rows: Vec::new() });
        }
        let label = match language {
            Language::Chinese => row.label,
            Language::English => row.row.english(),
        };
        let figures = row.columns.iter().map(|column| figure(row.row, *column));
        if let Some(block) = blocks.last_mut() {
            block.rows.push(std::iter::once(label.to_owned()).chain(figures).collect());
        }
    }
    blocks
}

fn heading(sums: &Sums, language: Language) -> String {
    let (year, count) = (sums.year, sums.totals.count);
    let region = sums.region.as_deref().unwrap_or_default();
    say!(language, "{region}{year}年汇总（{count} 个成员单位）", "{region} {year}: sums of {count} members")
        .trim()
        .to_owned()
}

fn table_heading(kind: TableKind, language: Language) -> String {
    match language {
        Language::Chinese => format!("{}：{}", kind.name(), kind.section().name()),
        Language::English => format!("{}: {}", kind.english(), kind.section().english()),
    }
}

/// For each figure that is not 0, the contribution of each member.
fn shares(sums: &Sums, kind: TableKind, language: Language) -> Vec<String> {
    let spec = sums.edition().format().table(kind);
    let mut lines = Vec::new();
    for row in spec.rows {
        for column in row.columns {
            let parts: Vec<String> = sums
                .contributions(row.row, *column)
                .map(|(body, figure)| format!("{} {}", printable(body), digits(figure)))
                .collect();
            let Some(total) = sums.total(row.row, *column).filter(|_| !parts.is_empty()) else { continue };
            let name = match (language, row.label) {
                (Language::Chinese, "") => column.full_name().into_owned(),
                (Language::Chinese, label) => format!("{label} › {}", column.name_in(spec.edition)),
                (Language::English, "") => format!("{} ({})", column.english(), column.full_name()),
                (Language::English, _) => format!("{} › {}", row.row.english(), column.english()),
            };
            lines.push(format!("{name}: {} = {}", digits(total), parts.join(" + ")));
        }
    }
    lines
}

fn text(sums: &Sums, language: Language) -> String {
    let mut text = heading(sums, language) + "\n";
    for kind in TableKind::ALL {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(text, "\n{}", table_heading(kind, language));
        for block in blocks(sums, kind, language) {
            let rows: Vec<&Vec<String>> = std::iter::once(&block.head).chain(&block.rows).collect();
            let wide = |text: &str| text.chars().map(width).sum::<usize>();
            let columns = block.head.len();
            let widths: Vec<usize> = (0..columns)
                .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| wide(cell)).max().unwrap_or(0))
                .collect();
            for row in rows {
                let cells = row.iter().zip(&widths).enumerate().map(|(index, (cell, width))| {
                    let space = " ".repeat(width.saturating_sub(wide(cell)));
                    if index == 0 { format!("{cell}{space}") } else { format!("{space}{cell}") }
                });
                let line = cells.collect::<Vec<_>>().join("  ");
                let _ = writeln!(text, "  {}", line.trim_end());
            }
        }
        let shares = shares(sums, kind, language);
        if !shares.is_empty() {
            let _ = writeln!(text, "\n  {}", say!(language, "其中：", "Of which:"));
            shares.iter().for_each(|line| {
                let _ = writeln!(text, "  {line}");
            });
        }
    }
    text
}

fn markdown(sums: &Sums, language: Language) -> String {
    let mut text = format!("# {}\n", heading(sums, language));
    let escaped = |cell: &String| cell.replace('|', "\\|");
    for kind in TableKind::ALL {
        let _ = writeln!(text, "\n## {}", table_heading(kind, language));
        for block in blocks(sums, kind, language) {
            let _ = writeln!(text, "\n| {} |", block.head.iter().map(escaped).collect::<Vec<_>>().join(" | "));
            let rule: Vec<&str> = (0..block.head.len()).map(|index| if index == 0 { "---" } else { "---:" }).collect();
            let _ = writeln!(text, "| {} |", rule.join(" | "));
            for row in &block.rows {
                let _ = writeln!(text, "| {} |", row.iter().map(escaped).collect::<Vec<_>>().join(" | "));
            }
        }
        let shares = shares(sums, kind, language);
        if !shares.is_empty() {
            let _ = writeln!(text, "\n{}\n", say!(language, "其中：", "Of which:"));
            shares.iter().for_each(|line| {
                let _ = writeln!(text, "- {line}");
            });
        }
    }
    text
}

fn csv(sums: &Sums) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // The row without a body is the sum.
    writer.write_record(["year", "table", "row", "column", "body", "value"])?;
    for kind in TableKind::ALL {
        let spec = sums.edition().format().table(kind);
        let (year, table) = (sums.year.to_string(), kind.section().number().to_string());
        for row in spec.rows {
            for column in row.columns {
                let name = column.full_name();
                let name = if kind == TableKind::Review { &*name } else { column.name_in(spec.edition) };
                let total = sums.total(row.row, *column).map_or_else(String::new, digits);
                writer.write_record([&year, &table, row.label, name, "", &total])?;
                for (body, figure) in sums.contributions(row.row, *column) {
                    writer.write_record([&year, &table, row.label, name, body, &digits(figure)])?;
                }
            }
        }
    }
    Ok(writer.into_inner()?)
}

fn workbook(sums: &Sums, language: Language) -> anyhow::Result<Vec<u8>> {
    let mut tables = Tables::new()?;
    let words = |zh: &'static str, en: &'static str| match language {
        Language::Chinese => zh,
        Language::English => en,
    };
    let columns = [(words("表", "Table"), 8.0), (words("行", "Row"), 50.0), (words("列", "Column"), 30.0)];
    let with = |more: &[(&'static str, f64)]| [columns.as_slice(), more].concat();
    let sheet =
        tables.sheet(words("汇总", "Sums"), &with(&[(words("合计", "Sum"), 12.0), (words("说明", "Note"), 24.0)]))?;
    let parts = tables.sheet(
        words("明细", "Contributions"),
        &with(&[(words("单位", "Body"), 30.0), (words("数值", "Value"), 12.0)]),
    )?;
    for kind in TableKind::ALL {
        let spec = sums.edition().format().table(kind);
        for row in spec.rows {
            for column in row.columns {
                let name = column.full_name();
                let name = if kind == TableKind::Review { &*name } else { column.name_in(spec.edition) };
                let lead = || [SheetCell::from(kind.name()), row.label.into(), name.into()];
                let scaled = |value: i64| SheetCell::Number(value as f64 / 10_000.0);
                let total = sums.total(row.row, *column).map_or(SheetCell::Blank, scaled);
                let note = match row.row.additivity() {
                    Additivity::JointlyIssued => {
                        words("联合制发的须扣除重复", "take off what was issued jointly").into()
                    }
                    Additivity::Sum => SheetCell::Blank,
                };
                tables.add(sheet, lead().into_iter().chain([total, note]))?;
                for (body, figure) in sums.contributions(row.row, *column) {
                    tables.add(parts, lead().into_iter().chain([SheetCell::from(body), scaled(figure)]))?;
                }
            }
        }
    }
    let mut bytes = Vec::new();
    tables.finish(&mut bytes)?;
    Ok(bytes)
}

fn report(sums: &Sums) -> String {
    let body = sums.region.as_deref().unwrap_or("本地区");
    let new = NewReport { body, year: sums.year, layout: Layout::Markdown };
    new_report(new, |row, column| sums.total(row, column).map(digits))
}
