//! The arguments of the command line: names, values and the help text, without behaviour.

use super::configuration::RunScope;
use crate::config::Language;
use crate::files::Charset;
use crate::rules::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const ABOUT: &str = "Checks 政府信息公开工作年度报告, the annual report on government information disclosure";

const AFTER_HELP: &str = "\
Exit codes:
  0  nothing at or above --fail-on
  1  something was
  2  wrong usage, unreadable input or a failed write

Without --lang, messages are English where LC_ALL, LC_MESSAGES or LANG (the first that is set) asks
for it, and Chinese everywhere else.";

const CHECK_AFTER_HELP: &str = "\
Findings go to stdout, everything else to stderr.

In folders, .txt .md .markdown .html .htm .docx files are checked. What .gitignore or .ignore
excludes, hidden files and symbolic links are left out, and what `exclude` in gongkai.toml names.
A file that is named is always checked, unless with --force-exclude. How many files were passed over
because of their kind, and in how many no report was recognised, is said after every run.

In a Word file (.docx), a row is a paragraph, counted in the order of the document with those of cells,
and a column a character of it. --fix changes the document alone; the other parts stay as they are.
Cells with tracked changes or fields are left and named. Of a Word file, --diff is only to be read.

--fix applies safe fixes until there is nothing left to apply, and reports what remains. A file keeps its
owner, mode, attributes and links. It is replaced by a finished temporary file; where that would lose
something or is not allowed, it is written in place, with a copy of the old content until that is done.
With `-` the fixed text goes to stdout and the findings to stderr.

A baseline holds fingerprints of findings: they stay the same while body, year, rule, place and figures do.
What it holds is neither reported nor changed by --fix and --diff.

--diff prints what --fix would do, and no findings. The exit code is 1 if anything would change, or
if there is a finding at or above --fail-on. `patch` and `git apply` take it: it is in the encoding of
the file. Of a file in UTF-16, which is no text to them, it is in UTF-8 and only to be read.

Exit codes:
  0  nothing at or above --fail-on
  1  something was
  2  wrong usage, unreadable input or a failed write";

const REVIEW_AFTER_HELP: &str = "\
For each file NAME in the folder: NAME.审核意见.html, a letter to its body. Over all: 总览.html, 总览.xlsx and
findings.json. Everything is a single file without scripts that needs no network, and prints on A4.

With --previous, findings.json has \"round\" for each finding: fixed, remaining or new. A finding is the same
while body, year, rule, place and figures are. Findings of a report that is not in the folder this time remain.

Exit codes:
  0  everything was reviewed
  2  wrong usage, unreadable input or a failed write";

const EXTRACT_AFTER_HELP: &str = "\
Columns: file, body, year, format, table, row, column, value, text, line, character. `format` is the year of
the official format (2019 or 2021), `table` 2 to 4. `value` is empty where the cell holds no number; `text` is
what stands in the cell. Line and character are 1-based; characters are Unicode scalar values.

Exit codes:
  0  every file was read
  2  wrong usage, unreadable input or a failed write";

const ROLLUP_AFTER_HELP: &str = "\
Members of vertical systems, members without a report and members with two that differ are named on stderr.

Exit codes:
  0  every member's report for the year was added up
  1  a report is missing, or a figure could not be read: sums are of the rest
  2  wrong usage, unreadable input or a failed write";

const COMPARE_AFTER_HELP: &str = "\
Exit codes:
  0  all figures are the same
  1  a figure differs
  2  wrong usage or unreadable input";

const NEW_AFTER_HELP: &str = "\
An existing file is not overwritten. Figures are blank, but for those that follow from --from: the applications
carried over, and in the format of 2019 the number of items last year.";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "gongkai", version, about = ABOUT, after_help = AFTER_HELP, max_term_width = 100)]
pub(super) struct Arguments {
    /// Language of messages
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(super) lang: Option<Lang>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check files and folders
    Check(Box<Check>),
    /// Check the reports of a folder and write letters of findings
    Review(Review),
    /// Write every figure of every report, one a row
    Extract(Extract),
    /// Add up the reports of a region's members
    Rollup(Rollup),
    /// Show which figures and sentences of two reports differ
    Compare(Compare),
    /// Write an empty report in the format of its year
    New(New),
    /// Write a report in another form, figures unchanged
    Convert(Convert),
    /// Explain a rule, or list all
    Rule(RuleArguments),
    /// Run the language server on stdin and stdout
    Server {
        /// Accepted and ignored: editors append it
        #[arg(long)]
        stdio: bool,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of the program or of a command
    Man(Manual),
}

/// `gongkai man`
#[derive(Args, Debug)]
pub(super) struct Manual {
    /// The command; without it, the program
    pub(super) command: Option<String>,
}

/// `gongkai check`
#[derive(Args, Debug)]
#[command(after_help = CHECK_AFTER_HELP)]
pub(super) struct Check {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// Apply the safe fixes in place
    #[arg(long)]
    pub(super) fix: bool,
    /// Print the changes of --fix as a unified diff, change nothing
    #[arg(long, conflicts_with = "fix")]
    pub(super) diff: bool,
    /// With --fix or --diff: also apply the first fix of each finding that has no safe one
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: OutputFormat,
    /// Write findings to a file instead of stdout
    #[arg(long, value_name = "FILE")]
    pub(super) output_file: Option<PathBuf>,
    /// Report only these: codes, names or groups (GK303, row-total, GK3), separated by commas
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Option<Vec<String>>,
    /// Do not report these
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Option<Vec<String>>,
    /// The severity from which findings make the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(super) fail_on: FailOn,
    /// Configuration file, instead of the nearest gongkai.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long)]
    pub(super) no_config: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Print only errors on stderr
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// List on stderr the files that were skipped or not recognised, and why
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Count the findings of each rule, on stderr
    #[arg(long)]
    pub(super) statistics: bool,
    /// Count the findings of each file, the worst file first, on stderr
    #[arg(long)]
    pub(super) summary: bool,
    /// Do not report the findings in this file (see --write-baseline)
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the current findings to a file, for --baseline; without --baseline, none of them is reported
    #[arg(long, value_name = "FILE")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Exit with 2 if a file contains no report, or a file was skipped because of its kind
    #[arg(long)]
    pub(super) require_report: bool,
    /// Apply `exclude` in gongkai.toml to named files too
    #[arg(long)]
    pub(super) force_exclude: bool,
    /// How many files are checked at a time [default: as many as there are processors]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// The file name of standard input
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Encoding of the files, instead of the detected one: utf-8, utf-16le, utf-16be, gbk, gb18030
    #[arg(long, value_name = "ENCODING", value_parser = charset)]
    pub(super) encoding: Option<Charset>,
    /// The settings of an editor, as JSON; configuration files override them
    #[arg(long, hide = true, value_name = "JSON")]
    pub(super) editor_settings: Vec<String>,
}

impl Check {
    /// Its arguments about files and configurations.
    pub(super) fn scope(&self) -> RunScope<'_> {
        RunScope {
            paths: &self.paths,
            config: self.config.as_deref(),
            no_config: self.no_config,
            force_exclude: self.force_exclude,
            select: self.select.as_deref(),
            ignore: self.ignore.as_deref(),
            editor_settings: &self.editor_settings,
        }
    }
}

/// How files are read.
#[derive(Args, Debug)]
pub(super) struct ReadingOptions {
    /// Configuration file, instead of the nearest gongkai.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long)]
    pub(super) no_config: bool,
    /// Encoding of the files, instead of the detected one: utf-8, utf-16le, utf-16be, gbk, gb18030
    #[arg(long, value_name = "ENCODING", value_parser = charset)]
    pub(super) encoding: Option<Charset>,
    /// How many files are read at a time [default: as many as there are processors]
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// Print only errors on stderr
    #[arg(short, long)]
    pub(super) quiet: bool,
}

impl ReadingOptions {
    /// Its arguments about configurations, and the files at `paths`.
    pub(super) fn scope<'a>(&'a self, paths: &'a [PathBuf]) -> RunScope<'a> {
        RunScope { paths, config: self.config.as_deref(), no_config: self.no_config, ..RunScope::default() }
    }
}

/// `gongkai review`
#[derive(Args, Debug)]
#[command(after_help = REVIEW_AFTER_HELP)]
pub(super) struct Review {
    /// The folder with the reports
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    /// The folder that the letters and the overview are written to
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    /// The folder of an earlier review: findings are marked as fixed, remaining or new
    #[arg(long, value_name = "FOLDER")]
    pub(super) previous: Option<PathBuf>,
    /// For .docx, also write a copy with the findings as comments
    #[arg(long)]
    pub(super) comments: bool,
    /// Review only by these rules: codes, names or groups (GK303, row-total, GK3), separated by commas
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) select: Option<Vec<String>>,
    /// Do not review by these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(super) ignore: Option<Vec<String>>,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
}

/// `gongkai extract`
#[derive(Args, Debug)]
#[command(after_help = EXTRACT_AFTER_HELP)]
pub(super) struct Extract {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// How figures are written
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub(super) format: DataFormat,
    /// Write to a file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
}

/// `gongkai rollup`
#[derive(Args, Debug)]
#[command(after_help = ROLLUP_AFTER_HELP)]
pub(super) struct Rollup {
    /// Files and folders; `[region]` in gongkai.toml lists the members among them
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// The year, instead of the latest that members report on
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u16).range(2008..=2099))]
    pub(super) year: Option<u16>,
    /// How the tables are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: RollupFormat,
    /// Write to a file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: ReadingOptions,
}

/// `gongkai compare`
#[derive(Args, Debug)]
#[command(after_help = COMPARE_AFTER_HELP)]
pub(super) struct Compare {
    /// One version of the report
    #[arg(value_name = "A")]
    pub(super) a: PathBuf,
    /// The other
    #[arg(value_name = "B")]
    pub(super) b: PathBuf,
    /// How differences are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: RuleFormat,
    /// Encoding of the files, instead of the detected one: utf-8, utf-16le, utf-16be, gbk, gb18030
    #[arg(long, value_name = "ENCODING", value_parser = charset)]
    pub(super) encoding: Option<Charset>,
}

/// `gongkai new`
#[derive(Args, Debug)]
#[command(after_help = NEW_AFTER_HELP)]
pub(super) struct New {
    /// The file to write; its extension sets the layout (.md, else text with tabs)
    #[arg(value_name = "OUT")]
    pub(super) out: PathBuf,
    /// The year that the report is about
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u16).range(2019..=2099))]
    pub(super) year: u16,
    /// The body that reports; the default is that of --from
    #[arg(long, value_name = "NAME")]
    pub(super) body: Option<String>,
    /// Last year's report, from which the carried-over figures are taken
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// Encoding of --from, instead of the detected one: utf-8, utf-16le, utf-16be, gbk, gb18030
    #[arg(long, value_name = "ENCODING", value_parser = charset)]
    pub(super) encoding: Option<Charset>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DataFormat {
    /// Comma-separated values, with a header
    Csv,
    /// One JSON object a line
    JsonLines,
    /// Parquet, for DuckDB, Polars, Spark and others
    Parquet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RollupFormat {
    /// Tables for people
    Text,
    /// The same in Markdown
    Markdown,
    /// One contribution a row
    Csv,
    /// An Excel file: the tables, and who contributed what
    Xlsx,
    /// The region's own report, its tables filled in
    Report,
}

fn charset(name: &str) -> Result<Charset, String> {
    Charset::named(name).ok_or_else(|| "known are utf-8, utf-16le, utf-16be, gbk, gb18030 and big5".to_owned())
}

/// `gongkai convert`
#[derive(Args, Debug)]
pub(super) struct Convert {
    /// The report
    #[arg(value_name = "IN")]
    pub(super) input: PathBuf,
    /// The file to write: .docx, .html, .md or .txt
    #[arg(value_name = "OUT")]
    pub(super) output: PathBuf,
    /// How tables are laid out in .txt
    #[arg(long, value_name = "LAYOUT", default_value = "tabs")]
    pub(super) layout: TextLayout,
    /// Overwrite an existing file
    #[arg(long)]
    pub(super) force: bool,
    /// The encoding of the report, instead of the detected one: utf-8, utf-16le, utf-16be, gbk, gb18030
    #[arg(long, value_name = "ENCODING", value_parser = charset)]
    pub(super) encoding: Option<Charset>,
}

/// How tables are laid out in text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TextLayout {
    /// Tabs between the cells of a row
    Tabs,
    /// Pipes between the cells of a row
    Pipes,
    /// One cell a line after a tab, an empty line after a row
    CellLines,
    /// One cell a line before a pipe
    PipedLines,
}

/// `gongkai rule`
#[derive(Args, Debug)]
pub(super) struct RuleArguments {
    /// A code, a name, a group or a title (GK303, row-total, GK3), or words of a title
    pub(super) code: Option<String>,
    /// How rules are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: RuleFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Zh => Language::Chinese,
            Lang::En => Language::English,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// Source lines with carets, for people
    Text,
    /// One line a finding: FILE:ROW:COLUMN: SEVERITY[CODE] MESSAGE
    Concise,
    /// One JSON array
    Json,
    /// One JSON object a line
    JsonLines,
    /// SARIF 2.1.0
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// JUnit XML; findings at or above --fail-on are failures
    Junit,
    /// A page for a browser, in one file
    Html,
    /// An Excel file; not to stdout if that is a terminal
    Xlsx,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RuleFormat {
    /// For people
    Text,
    /// JSON: an object for a code or name, an array otherwise
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Info,
    /// Nothing
    Never,
}

impl FailOn {
    /// Whether a finding of `severity` makes the run fail.
    pub(super) fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Info => true,
            FailOn::Never => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> anstream::ColorChoice {
        match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
    }
}
