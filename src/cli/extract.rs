//! `gongkai extract`: every figure of every report, one a row, for spreadsheets and databases.

use super::Exit;
use super::arguments::{DataFormat, Extract};
use super::check::jobs;
use super::configuration::Configurations;
use super::files::{Failure, Gathered, Input, gather};
use super::parallel::in_order;
use super::progress::Progress;
use super::terminal::{print_error, say_line};
use crate::analysis::history::GivenReport;
use crate::config::Language;
use crate::exchange::{FigureRow, figure_rows};
use crate::files::Charset;
use crate::say;
use anyhow::{Context, bail};
use std::io::{BufWriter, ErrorKind, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The outcome of one file.
#[derive(Debug, Default)]
struct Extracted {
    /// The bytes to write.
    bytes: Vec<u8>,
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
    let mut progress = Progress::new(inputs.len(), quiet, language);
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
            progress.aside(|| out.write(&extracted.bytes))?;
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
        written(&rows, format).map(|bytes| Extracted { bytes, figures: rows.len(), is_report, failure: None })
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

fn written(rows: &[FigureRow<'_>], format: DataFormat) -> anyhow::Result<Vec<u8>> {
    match format {
        DataFormat::Csv => {
            let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
            for row in rows {
                writer.serialize(row)?;
            }
            Ok(writer.into_inner()?)
        }
        DataFormat::JsonLines => {
            let mut bytes = Vec::new();
            for row in rows {
                serde_json::to_writer(&mut bytes, row)?;
                bytes.push(b'\n');
            }
            Ok(bytes)
        }
        // This format was refused before.
        DataFormat::Parquet => Ok(Vec::new()),
    }
}

/// Writes figures; after the reader has closed the pipe, it drops them.
struct FigureWriter {
    sink: Option<BufWriter<Box<dyn Write>>>,
}

/// The names of the columns.
const COLUMNS: [&str; 11] =
    ["file", "body", "year", "format", "table", "row", "column", "value", "text", "line", "character"];

impl FigureWriter {
    fn open(arguments: &Extract, language: Language) -> anyhow::Result<FigureWriter> {
        if arguments.format == DataFormat::Parquet {
            bail!(say!(
                language,
                "本程序不写 Parquet：请导出 CSV，再用 DuckDB 转换（见 docs/data.md）",
                "Parquet is not written: write CSV and convert it with DuckDB (docs/data.md)"
            ));
        }
        let sink: Box<dyn Write> = match &arguments.output {
            Some(path) => Box::new(create(path, language)?),
            None => Box::new(std::io::stdout()),
        };
        let mut sink = BufWriter::new(sink);
        if arguments.format == DataFormat::Csv {
            sink.write_all(format!("{}\n", COLUMNS.join(",")).as_bytes())?;
        }
        Ok(FigureWriter { sink: Some(sink) })
    }

    fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let Some(sink) = &mut self.sink else { return Ok(()) };
        match sink.write_all(bytes) {
            // The reader may close the pipe early.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.sink = None;
                Ok(())
            }
            other => Ok(other?),
        }
    }

    fn finish(mut self) -> anyhow::Result<()> {
        match self.sink.as_mut().map(Write::flush) {
            Some(Err(error)) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }
}

/// Creates the file `path`.
pub(super) fn create(path: &Path, language: Language) -> anyhow::Result<std::fs::File> {
    std::fs::File::create(path).with_context(|| {
        let path = path.display();
        say!(language, "{path}: 无法写入", "{path}: cannot be written")
    })
}
