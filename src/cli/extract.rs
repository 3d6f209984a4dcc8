//! `gongkai extract`: every figure of every report, one a row, for spreadsheets and databases.

use super::Exit;
use super::arguments::{DataFormat, Extract};
use super::check::jobs;
use super::configuration::Configurations;
use super::files::{Failure, Gathered, Input, gather};
use super::parallel::in_order;
use super::parquet::{ParquetRow, ParquetWriter, parquet_rows};
use super::progress::Progress;
use super::terminal::{print_error, say_line};
use crate::analysis::history::GivenReport;
use crate::config::Language;
use crate::exchange::{FigureRow, figure_rows};
use crate::files::Charset;
use crate::say;
use anyhow::{Context, bail};
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The figures of one file, ready to be written.
#[derive(Debug)]
enum WrittenRows {
    Text(Vec<u8>),
    Parquet(Vec<ParquetRow>),
}

/// The outcome of one file.
#[derive(Debug, Default)]
struct Extracted {
    ready: Option<WrittenRows>,
    figures: usize,
    is_report: bool,
    failure: Option<Failure>,
}

/// Writes the figures of the files that `arguments` name.
pub(super) fn extract(arguments: &Extract, language: Option<Language>) -> anyhow::Result<Exit> {
    let scope = arguments.reading.scope(&arguments.paths);
    let mut configurations = Configurations::new(&scope, language)?;
    let mut gathered = gather(&arguments.paths, None, configurations.language())?;
    configurations.find(&scope, &gathered)?;
    configurations.exclude(&scope, &mut gathered)?;
    let language = configurations.language();
    let Gathered { inputs, mut failures, .. } = gathered;
    let mut out = FigureWriter::open(arguments, language)?;
    let (mut reports, mut figures) = (0usize, 0usize);
    let (quiet, encoding) = (arguments.reading.quiet, arguments.reading.encoding);
    let mut progress = Progress::new(inputs.len(), quiet);
    in_order(
        inputs.len(),
        jobs(arguments.reading.jobs),
        |index| {
            let input = inputs.get(index)?;
            Ok(one(&input, encoding, &configurations.given(&input), arguments.format, language))
        },
        |_, extracted: std::io::Result<Extracted>| {
            let extracted = extracted?;
            failures.extend(extracted.failure);
            reports += usize::from(extracted.is_report);
            figures += extracted.figures;
            if let Some(ready) = extracted.ready {
                progress.aside(arguments.output.is_none(), || out.write(ready))?;
            }
            progress.advance();
            anyhow::Ok(())
        },
    )?;
    drop(progress);
    out.finish()?;
    failures.sort_by(|a, b| a.name.cmp(&b.name));
    for failure in &failures {
        print_error(language, &format!("{}: {}", failure.name, failure.message));
    }
    if !quiet {
        let others = inputs.len() - reports;
        say_line(&say!(
            language,
            "{reports} 份报告，{figures} 个数字；不是年度报告或未能读取的文件 {others} 个",
            "{figures} figures of {reports} reports; {others} files were no report or could not be read"
        ));
    }
    Ok(if failures.is_empty() { Exit::Clean } else { Exit::Trouble })
}

fn one(
    input: &Input,
    encoding: Option<Charset>,
    given: &GivenReport,
    format: DataFormat,
    language: Language,
) -> Extracted {
    let file = match input.read(encoding, language) {
        Ok(file) => file,
        Err(failure) => return Extracted { failure: Some(failure), ..Extracted::default() },
    };
    // The core should never panic; if it does, the other files are still read.
    let work = || {
        let document = file.document();
        let rows = figure_rows(&document, &input.name, given);
        let is_report = document.units().any(|(_, unit)| unit.report().is_recognised());
        let figures = rows.len();
        ready(rows, format).map(|ready| Extracted { ready: Some(ready), figures, is_report, failure: None })
    };
    let failed =
        |message| Extracted { failure: Some(Failure { name: input.name.clone(), message }), ..Extracted::default() };
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(extracted)) => extracted,
        Ok(Err(error)) => failed(error.to_string()),
        Err(_) => failed(say!(
            language,
            "读取时程序出错，未能完成：请报告此问题",
            "reading broke off because of an error in the program: please report it"
        )),
    }
}

fn ready(rows: Vec<FigureRow<'_>>, format: DataFormat) -> anyhow::Result<WrittenRows> {
    Ok(match format {
        DataFormat::Csv => {
            let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
            for row in rows {
                writer.serialize(row)?;
            }
            WrittenRows::Text(writer.into_inner()?)
        }
        DataFormat::JsonLines => {
            let mut bytes = Vec::new();
            for row in rows {
                serde_json::to_writer(&mut bytes, &row)?;
                bytes.push(b'\n');
            }
            WrittenRows::Text(bytes)
        }
        DataFormat::Parquet => WrittenRows::Parquet(parquet_rows(rows)),
    })
}

/// A file or standard output. After the reader has closed the pipe, it drops what is written.
struct FigureOutput(Option<Box<dyn Write + Send>>);

impl Write for FigureOutput {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.as_mut().map(|out| out.write(bytes)) {
            Some(Err(error)) if error.kind() == ErrorKind::BrokenPipe => self.0 = None,
            Some(other) => return other,
            None => {}
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self.0.as_mut().map(Write::flush) {
            Some(Err(error)) if error.kind() != ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }
}

/// Writes figures.
enum FigureWriter {
    Text(BufWriter<FigureOutput>),
    Parquet(Box<ParquetWriter<FigureOutput>>),
}

/// The names of the columns.
const COLUMNS: [&str; 11] =
    ["file", "body", "year", "format", "table", "row", "column", "value", "text", "line", "character"];

impl FigureWriter {
    fn open(arguments: &Extract, language: Language) -> anyhow::Result<FigureWriter> {
        let is_parquet = arguments.format == DataFormat::Parquet;
        if is_parquet && arguments.output.is_none() && std::io::stdout().is_terminal() {
            bail!(say!(
                language,
                "Parquet 文件不能显示在终端上：请用 --output 指定文件",
                "a Parquet file cannot be shown on a terminal: name a file with --output"
            ));
        }
        let out = FigureOutput(Some(match &arguments.output {
            Some(path) => Box::new(create(path, language)?),
            None => Box::new(std::io::stdout()),
        }));
        if is_parquet {
            return Ok(FigureWriter::Parquet(Box::new(ParquetWriter::new(out)?)));
        }
        let mut out = BufWriter::new(out);
        if arguments.format == DataFormat::Csv {
            out.write_all(format!("{}\n", COLUMNS.join(",")).as_bytes())?;
        }
        Ok(FigureWriter::Text(out))
    }

    fn write(&mut self, ready: WrittenRows) -> anyhow::Result<()> {
        match (self, ready) {
            (FigureWriter::Text(out), WrittenRows::Text(bytes)) => out.write_all(&bytes)?,
            (FigureWriter::Parquet(out), WrittenRows::Parquet(rows)) => out.add(rows)?,
            // All rows are in the format of the file.
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        match self {
            FigureWriter::Text(mut out) => out.flush()?,
            FigureWriter::Parquet(out) => out.finish()?,
        }
        Ok(())
    }
}

/// Creates the file `path`.
pub(super) fn create(path: &Path, language: Language) -> anyhow::Result<std::fs::File> {
    std::fs::File::create(path).with_context(|| {
        let path = path.display();
        say!(language, "{path}: 无法写入", "{path}: cannot be written")
    })
}
