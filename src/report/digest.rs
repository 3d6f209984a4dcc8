//! The digest of a report, with which it is compared: its figures and prints of its words, in a compact form.

use super::{Cell, MeasureWord, Report, ReportUnit, Value, passages, words};
use crate::statute::{Column, Edition, Quantity, Row, Section, TableKind, TableSpec};
use crate::text::fold;

/// The compact data of a report for comparison with others.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    /// The body, as it is written.
    pub body: String,
    /// The year it reports on.
    pub year: u16,
    tables: Vec<TableDigest>,
    clauses: Vec<Clause>,
}

/// The figures of a table, row by row, in ten-thousandths.
#[derive(Clone, Debug, PartialEq)]
struct TableDigest {
    spec: &'static TableSpec,
    values: Vec<Option<i64>>,
}

/// A clause of sections 一 and 五: its print, and how many characters it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause {
    /// Its print.
    pub print: u32,
    /// Its length in characters, without digits, spaces and the body's name.
    pub length: u16,
}

/// Shorter clauses are the same in any two reports.
const SHORTEST: usize = 6;
/// With fewer characters than this there is too little to compare.
const ENOUGH: u32 = 150;
/// A line without a full stop is a heading up to this many characters.
const HEADING: usize = 24;

impl Digest {
    /// That of `unit`, which is the report of `body` for `year`.
    pub fn of(unit: &ReportUnit, body: &str, year: u16) -> Digest {
        let (source, report) = match unit.view() {
            Some(view) => (view.text.text(), &view.report),
            None => (unit.source(), unit.report()),
        };
        let figures = |table: &super::Table| {
            let rows = table.rows.iter().zip(table.spec.rows);
            let values = rows.flat_map(|(found, spec)| {
                spec.columns.iter().enumerate().map(move |(index, column)| {
                    let cell = found.as_ref().and_then(|row| row.cells.get(index)?.as_ref());
                    cell.and_then(|cell| figure(cell, *column))
                })
            });
            TableDigest { spec: table.spec, values: values.collect() }
        };
        let tables = report.tables.iter().map(figures).collect();
        Digest { body: body.to_owned(), year, tables, clauses: clauses(source, report, body) }
    }

    /// The figure of `row` in `column`, in ten-thousandths, if it is there and can be read.
    pub fn figure(&self, row: Row, column: Column) -> Option<i64> {
        let table = self.tables.iter().find(|table| table.spec.kind == row.table())?;
        let mut places = table.places().zip(&table.values);
        places.find(|(place, _)| *place == (row, column)).and_then(|(_, value)| *value)
    }

    /// Every figure of its tables, in ten-thousandths; none where it cannot be read.
    pub fn figures(&self) -> impl Iterator<Item = (Row, Column, Option<i64>)> {
        self.tables
            .iter()
            .flat_map(|table| table.places().zip(&table.values))
            .map(|((row, column), v)| (row, column, *v))
    }

    /// Whether it has the table of `kind`.
    pub fn has_table(&self, kind: TableKind) -> bool {
        self.tables.iter().any(|table| table.spec.kind == kind)
    }

    /// The edition of its tables, if it has any.
    pub fn edition(&self) -> Option<Edition> {
        self.tables.first().map(|table| table.spec.edition)
    }

    /// The clauses of sections 一 and 五.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The digest as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        number(self.body.len() as u64, &mut bytes);
        bytes.extend(self.body.as_bytes());
        bytes.extend(self.year.to_le_bytes());
        bytes.push(u8::try_from(self.tables.len()).unwrap_or(u8::MAX));
        for table in &self.tables {
            bytes.extend([table.spec.edition as u8, table.spec.kind as u8]);
            for value in &table.values {
                // Zero is a figure that is not there; signs take the last bit.
                let value = value.map_or(0, |value| (((value << 1) ^ (value >> 63)) as u64).saturating_add(1));
                number(value, &mut bytes);
            }
        }
        number(self.clauses.len() as u64, &mut bytes);
        for clause in &self.clauses {
            bytes.extend(clause.print.to_le_bytes());
            bytes.extend(clause.length.to_le_bytes());
        }
        bytes
    }

    /// The digest from the `bytes` of [`Digest::encode`].
    pub fn decode(mut bytes: &[u8]) -> Option<Digest> {
        let bytes = &mut bytes;
        let length = usize::try_from(next_number(bytes)?).ok()?;
        let body = String::from_utf8(bytes.split_off(..length)?.to_vec()).ok()?;
        let year = u16::from_le_bytes(*bytes.split_off(..2)?.first_chunk()?);
        let mut tables = Vec::new();
        for _ in 0..*bytes.split_off_first()? {
            let edition = [Edition::F2019, Edition::F2021].into_iter();
            let (of, kind) = (*bytes.split_off_first()?, *bytes.split_off_first()?);
            let edition = edition.into_iter().find(|edition| *edition as u8 == of)?;
            let spec = edition.format().table(TableKind::ALL.into_iter().find(|one| *one as u8 == kind)?);
            let count = spec.rows.iter().map(|row| row.columns.len()).sum();
            let mut values = Vec::with_capacity(count);
            for _ in 0..count {
                let value = next_number(bytes)?;
                values.push(value.checked_sub(1).map(|value| ((value >> 1) as i64) ^ -((value & 1) as i64)));
            }
            tables.push(TableDigest { spec, values });
        }
        let count = next_number(bytes)?;
        let mut clauses = Vec::new();
        for _ in 0..count {
            let print = u32::from_le_bytes(*bytes.split_off(..4)?.first_chunk()?);
            let length = u16::from_le_bytes(*bytes.split_off(..2)?.first_chunk()?);
            clauses.push(Clause { print, length });
        }
        Some(Digest { body, year, tables, clauses })
    }
}

impl TableDigest {
    fn places(&self) -> impl Iterator<Item = (Row, Column)> {
        self.spec.rows.iter().flat_map(|row| row.columns.iter().map(move |column| (row.row, *column)))
    }
}

/// What `cell` says in ten-thousandths of its column's unit, if that is certain.
fn figure(cell: &Cell, column: Column) -> Option<i64> {
    let Value::Number(number) = &cell.value else { return None };
    let form = number.form;
    let is_amount = column.quantity() == Quantity::Amount;
    let other_unit = match form.unit {
        None => false,
        Some(MeasureWord::Yuan) => true,
        Some(MeasureWord::TenThousandYuan) => !is_amount,
        Some(MeasureWord::Piece | MeasureWord::Measure) => is_amount,
    };
    let odd = form.worded_sign || form.remark || form.separators == Some(false) || other_unit;
    let broken = !is_amount && !number.is_whole();
    (!odd && !broken).then_some(number.scaled)
}

/// The clauses of sections 一 and 五 of `report`, whose text is `source`: in the order of their prints, each once.
/// Headings, digits and the name of `body` do not count.
pub fn clauses(source: &str, report: &Report, body: &str) -> Vec<Clause> {
    let body = fold(body);
    let mut clauses = Vec::new();
    for passage in passages(&report.paragraphs) {
        let section = passage.first().and_then(|first| first.section);
        if !matches!(section, Some(Section::Overview | Section::Problems)) {
            continue;
        }
        let text = words(passage, source);
        let folded = fold(&text);
        if !text.contains(['。', '；', ';']) && folded.chars().count() <= HEADING {
            continue;
        }
        let folded = if body.is_empty() { folded } else { folded.replace(&body, "") };
        for clause in folded.split(['。', '；', ';', ',', '，', '：', ':', '！', '？', '!', '?']) {
            let (mut print, mut length) = (0x811c_9dc5_u32, 0);
            for c in clause.chars().filter(|c| c.is_alphabetic()) {
                print = (print ^ u32::from(c)).wrapping_mul(0x0100_0193);
                length += 1;
            }
            if length >= SHORTEST {
                // The last characters reach only some of the bits by themselves.
                let print = (print ^ (print >> 15)).wrapping_mul(0x85eb_ca6b);
                clauses
                    .push(Clause { print: print ^ (print >> 13), length: u16::try_from(length).unwrap_or(u16::MAX) });
            }
        }
    }
    clauses.sort_unstable();
    clauses.dedup_by_key(|clause| clause.print);
    clauses
}

/// How much of `these` clauses is among `others`, in percent of their characters; none if there is too little to tell.
pub fn share(these: &[Clause], others: &[Clause]) -> Option<u32> {
    let (mut all, mut same) = (0u32, 0u32);
    for clause in these {
        let length = u32::from(clause.length);
        all = all.saturating_add(length);
        if others.binary_search_by_key(&clause.print, |other| other.print).is_ok() {
            same = same.saturating_add(length);
        }
    }
    let percent = |all| u32::try_from(u64::from(same) * 100 / u64::from(all)).unwrap_or(100);
    (all >= ENOUGH).then(|| percent(all))
}

/// `value` in as few bytes as it takes, seven bits in each.
fn number(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn next_number(bytes: &mut &[u8]) -> Option<u64> {
    let (mut value, mut shift) = (0u64, 0u32);
    loop {
        let byte = *bytes.split_off_first()?;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Document;

    const TEXT: &str = "云岭市档案局2020年政府信息公开工作年度报告\n\n一、总体情况\n\n（一）主动公开情况\n\n\
        云岭市档案局全年主动公开政府信息12条，比上年增加3条；及时更新机构职能和办事指南。\n\n\
        二、主动公开政府信息情况\n第二十条第（五）项 |\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n\
        行政许可 | 1,234 | -2 | 7 |\n其他对外管理服务事项 | 减3 | 3件 | / |\n第二十条第（九）项 |\n\
        信息内容 | 采购项目数量 | 采购总金额（单位：万元） |\n政府集中采购 | 1 | 12.5元 |\n\
        五、存在的主要问题及改进情况\n\n公开内容还不够丰富，今后将加强培训。\n";

    fn digest(text: &str) -> Digest {
        let document = Document::new(text);
        Digest::of(document.unit(0).unwrap(), "云岭市档案局", 2020)
    }

    #[test]
    fn figures_are_there_where_they_are_certain() {
        let digest = digest(TEXT);
        for (row, column, due) in [
            (Row::Licences, Column::ItemsLastYear, Some(12_340_000)),
            (Row::Licences, Column::ItemChange, Some(-20_000)),
            (Row::OtherServices, Column::ItemsLastYear, None),
            (Row::OtherServices, Column::ItemChange, Some(30_000)),
            (Row::OtherServices, Column::Decisions, None),
            (Row::Procurement, Column::ProcurementAmount, None),
            (Row::Received, Column::NaturalPersons, None),
        ] {
            assert_eq!(digest.figure(row, column), due, "{row:?} {column:?}");
        }
        assert_eq!(digest.edition(), Some(Edition::F2019));
    }

    #[test]
    fn bytes_lead_back() {
        let mut digest = digest(TEXT);
        digest.tables[0].values[0] = Some(i64::MIN);
        digest.tables[0].values[1] = Some(i64::MAX - 1);
        assert_eq!(Digest::decode(&digest.encode()).map(|back| back.clauses), Some(digest.clauses.clone()));
        digest.tables[0].values[0] = Some(-7);
        let bytes = digest.encode();
        assert_eq!(Digest::decode(&bytes), Some(digest));
        for end in 0..bytes.len() {
            assert_eq!(Digest::decode(&bytes[..end]), None, "{end}");
        }
    }

    #[test]
    fn years_figures_names_and_headings_make_no_difference() {
        let these = digest(TEXT);
        assert_eq!(these.clauses.len(), 5, "{:?}", these.clauses);
        let other = TEXT.replace("信息12条", "信息480条").replace("（一）主动公开情况", "（一）主动公开工作");
        assert_eq!(these.clauses, digest(&other).clauses);
        let other = digest(&TEXT.replace("办事指南", "收费目录"));
        assert_eq!(these.clauses.iter().filter(|one| other.clauses.contains(one)).count(), 4);
    }

    #[test]
    fn a_share_is_of_characters() {
        let clause = |print, length| Clause { print, length };
        let these = [clause(1, 90), clause(2, 60), clause(3, 30)];
        assert_eq!(share(&these, &[clause(1, 90)]), Some(50));
        assert_eq!(share(&these, &[clause(2, 60), clause(3, 30), clause(9, 500)]), Some(50));
        assert_eq!(share(&these, &[]), Some(0));
        assert_eq!(share(&these[1..], &these), None);
    }
}
