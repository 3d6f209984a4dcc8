//! Figures as Parquet, group of rows by group of rows, so that memory does not grow with their number.

use crate::exchange::FigureRow;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

/// The columns. A body, a year or a number may be missing; everything else is there.
const SCHEMA: &str = "message figures {
    required binary file (STRING);
    optional binary body (STRING);
    optional int32 year;
    required int32 format;
    required int32 table;
    required binary row (STRING);
    required binary column (STRING);
    optional double value;
    required binary text (STRING);
    required int64 line;
    required int64 character;
}";

/// A group has this many rows, and those of its last file.
const GROUP: usize = 65_536;

/// A row of the file, with what several rows share.
#[derive(Debug)]
pub(super) struct ParquetRow {
    file: Arc<str>,
    body: Option<Arc<str>>,
    year: Option<u16>,
    format: u16,
    table: u8,
    row: &'static str,
    column: Cow<'static, str>,
    value: Option<f64>,
    text: String,
    line: usize,
    character: usize,
}

/// The `rows` of one file.
pub(super) fn parquet_rows(rows: Vec<FigureRow<'_>>) -> Vec<ParquetRow> {
    let (mut file, mut body): (Arc<str>, Option<Arc<str>>) = (Arc::from(""), None);
    let row = |row: FigureRow<'_>| {
        if *file != *row.file {
            file = Arc::from(row.file);
        }
        if body.as_deref() != row.body.as_deref() {
            body = row.body.as_deref().map(Arc::from);
        }
        let (file, body) = (Arc::clone(&file), body.clone());
        let FigureRow { year, format, table, row, column, value, text, line, character, .. } = row;
        ParquetRow { file, body, year, format, table, row, column, value, text, line, character }
    };
    rows.into_iter().map(row).collect()
}

/// Writes a Parquet file.
pub(super) struct ParquetWriter<W: Write + Send> {
    file: SerializedFileWriter<W>,
    /// The rows of the group at hand.
    rows: Vec<ParquetRow>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Writes to `out`.
    pub(super) fn new(out: W) -> Result<ParquetWriter<W>> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("gongkai ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let schema = Arc::new(parse_message_type(SCHEMA)?);
        Ok(ParquetWriter { file: SerializedFileWriter::new(out, schema, Arc::new(properties))?, rows: Vec::new() })
    }

    /// Adds the rows of a file.
    pub(super) fn add(&mut self, rows: Vec<ParquetRow>) -> Result<()> {
        self.rows.extend(rows);
        if self.rows.len() >= GROUP { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.file.next_row_group()?;
        let text = |text: &str| Some(ByteArray::from(text));
        column::<ByteArrayType, _>(&mut group, &rows, |row| text(&row.file))?;
        column::<ByteArrayType, _>(&mut group, &rows, |row| row.body.as_deref().map(ByteArray::from))?;
        column::<Int32Type, _>(&mut group, &rows, |row| row.year.map(i32::from))?;
        column::<Int32Type, _>(&mut group, &rows, |row| Some(row.format.into()))?;
        column::<Int32Type, _>(&mut group, &rows, |row| Some(row.table.into()))?;
        column::<ByteArrayType, _>(&mut group, &rows, |row| text(row.row))?;
        column::<ByteArrayType, _>(&mut group, &rows, |row| text(&row.column))?;
        column::<DoubleType, _>(&mut group, &rows, |row| row.value)?;
        column::<ByteArrayType, _>(&mut group, &rows, |row| text(&row.text))?;
        column::<Int64Type, _>(&mut group, &rows, |row| Some(i64::try_from(row.line).unwrap_or(i64::MAX)))?;
        column::<Int64Type, _>(&mut group, &rows, |row| Some(i64::try_from(row.character).unwrap_or(i64::MAX)))?;
        group.close()?;
        Ok(())
    }

    /// Writes the rows that are left, and the end of the file.
    pub(super) fn finish(mut self) -> Result<()> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }
}

/// Writes the next column: for each row its value, or none.
fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[ParquetRow],
    value: impl Fn(&ParquetRow) -> Option<T::T>,
) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let values: Vec<Option<T::T>> = rows.iter().map(value).collect();
    let present: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    // A column that is always there takes no levels.
    column.typed::<T>().write_batch(&values, Some(&present), None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    fn row(number: usize) -> FigureRow<'static> {
        FigureRow {
            file: if number < 60_000 { "甲.txt" } else { "乙.txt" },
            body: (!number.is_multiple_of(3)).then_some(Cow::Borrowed("云岭市水务局")),
            year: (!number.is_multiple_of(5)).then_some(2023),
            format: 2021,
            table: 3,
            row: "（一）予以公开",
            column: Cow::Borrowed("总计"),
            value: (!number.is_multiple_of(7)).then_some(number as f64 / 4.0),
            text: format!("{number}件"),
            line: number + 1,
            character: 9,
        }
    }

    fn written(count: usize) -> SerializedFileReader<bytes::Bytes> {
        let mut bytes = Vec::new();
        let mut writer = ParquetWriter::new(&mut bytes).unwrap();
        for first in (0..count).step_by(1000) {
            writer.add(parquet_rows((first..count.min(first + 1000)).map(row).collect())).unwrap();
        }
        writer.finish().unwrap();
        SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let count = 150_000;
        let reader = written(count);
        assert_eq!(reader.metadata().num_row_groups(), 3);
        assert_eq!(reader.metadata().file_metadata().num_rows(), count as i64);
        for (number, found) in reader.get_row_iter(None).unwrap().enumerate() {
            let due = row(number);
            let text = |text: &str| Field::Str(text.to_owned());
            let fields = [
                ("file", text(due.file)),
                ("body", due.body.map_or(Field::Null, |body| text(&body))),
                ("year", due.year.map_or(Field::Null, |year| Field::Int(year.into()))),
                ("format", Field::Int(2021)),
                ("table", Field::Int(3)),
                ("row", text(due.row)),
                ("column", text(&due.column)),
                ("value", due.value.map_or(Field::Null, Field::Double)),
                ("text", text(&due.text)),
                ("line", Field::Long(number as i64 + 1)),
                ("character", Field::Long(9)),
            ];
            let found: Vec<(&str, Field)> =
                found.as_ref().unwrap().get_column_iter().map(|(name, field)| (name.as_str(), field.clone())).collect();
            assert_eq!(found, fields);
        }
    }

    #[test]
    fn a_file_without_figures_is_a_file() {
        let reader = written(0);
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
        assert_eq!(reader.metadata().file_metadata().schema().get_fields().len(), 11);
    }
}
