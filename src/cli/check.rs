//! `gongkai check`: files in, findings out.

use super::Exit;
use super::apply_fixes::{apply_fixes, apply_fixes_to_word};
use super::arguments::{Check, Color, OutputFormat};
use super::baseline::{self, Comparison, HeldBack, NewBaseline};
use super::checked::{Checked, FileKind, Form};
use super::configuration::{Configurations, UsedExemptions};
use super::files::{Failure, Gathered, Input, Inputs, Source, gather};
use super::interrupt;
use super::on_disk::spool;
use super::output;
use super::output::{Printer, Rendered, Setup, copy, diff, next_part};
use super::parallel::in_order;
use super::progress::Progress;
use super::replace::replace;
use super::root::Root;
use super::summary::Counts;
use super::surroundings::{Manner, ReadFile, Surroundings};
use super::terminal::{print, print_error, say_line};
use crate::analysis::{Analysis, ReportPlace};
use crate::config::{Language, Settings};
use crate::configuration::resolve;
use crate::exchange::{encoded, not_word};
use crate::files::docx::WordFile;
use crate::files::{Charset, OpenedFile, TextFile};
use crate::report::Document;
use crate::rules::Neighbours;
use crate::say;
use crate::syntax::wordml::Lock;
use crate::text::Span;
use anyhow::{Context, bail};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{ErrorKind, IsTerminal, Read, Seek, Write};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use tempfile::SpooledTempFile;

/// Checks the files that `arguments` name. `language` is the one of `--lang`, if it is given.
pub(super) fn check(arguments: &Check, language: Option<Language>) -> anyhow::Result<Exit> {
    anstream::ColorChoice::from(arguments.color).write_global();
    let mut configurations = Configurations::new(&arguments.scope(), language)?;
    let mut gathered = gather(&arguments.paths, arguments.stdin_filename.as_deref(), configurations.language())?;
    configurations.find(&arguments.scope(), &gathered)?;
    configurations.exclude(&arguments.scope(), &mut gathered)?;
    // Files that the run itself reads or writes are not checked.
    let own = [&arguments.output_file, &arguments.baseline, &arguments.write_baseline]
        .map(|path| path.as_deref().map(resolve));
    gathered.passed_over.retain(|file| !own.contains(&Some(resolve(&file.path))));
    let language = configurations.language();
    if arguments.fix && gathered.inputs.len() > 1 && gathered.inputs.has_stdin() {
        bail!(say!(
            language,
            "--fix 时，“-”（标准输入）不能与其他文件一起使用",
            "with --fix, `-` (standard input) cannot be combined with files"
        ));
    }
    if gathered.inputs.is_empty() && gathered.failures.is_empty() && !arguments.quiet {
        say_line(&say!(language, "没有找到可检查的文件", "no files to check were found"));
    }
    if arguments.output_format == OutputFormat::Xlsx
        && arguments.output_file.is_none()
        && std::io::stdout().is_terminal()
    {
        bail!(say!(
            language,
            "Excel 文件不能显示在终端上：请用 --output-file 指定文件",
            "an Excel file cannot be shown on a terminal: name a file with --output-file"
        ));
    }
    if arguments.fix {
        interrupt::finish_what_is_begun();
    }
    run(arguments, &configurations, gathered)
}

/// How many files are processed at a time; `wanted` is the user's number.
pub(super) fn jobs(wanted: Option<NonZeroUsize>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    wanted.map_or_else(processors, usize::from)
}

/// The outcome of one input: a file that cannot be written is still checked.
struct FileOutcome {
    checked: Option<Checked>,
    failure: Option<Failure>,
}

/// The reports with which each unit of a document is compared.
type Beside<'a> = dyn Fn(&Document) -> Vec<Neighbours> + 'a;

/// Reads, checks and fixes one input.
fn one(
    input: &Input,
    arguments: &Check,
    settings: &Arc<Settings>,
    (known, beside): (&BTreeSet<String>, &Beside<'_>),
    read: Option<ReadFile>,
) -> FileOutcome {
    let language = settings.language;
    let failure = |message| Some(Failure { name: input.name.clone(), message });
    let (file, document) = match read {
        Some(ReadFile { file, document }) => (file, Some(document)),
        None => match input.read(arguments.encoding, language) {
            Ok(file) => (file, None),
            Err(failure) => return FileOutcome { checked: None, failure: Some(failure) },
        },
    };
    // The core should never panic; if it does, the other files are still checked.
    let by = CheckContext { settings, known, beside, document: &Cell::new(document) };
    let work = || match &file {
        OpenedFile::Text(file) => one_text(input, file, arguments, by),
        OpenedFile::Word(file) => one_word(input, file, arguments, by),
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| FileOutcome {
        checked: None,
        failure: failure(say!(
            language,
            "检查时程序出错，未能完成：请报告此问题",
            "the check broke off because of an error in the program: please report it"
        )),
    })
}

/// The settings and other inputs of the check of a file.
#[derive(Clone, Copy)]
struct CheckContext<'a> {
    settings: &'a Arc<Settings>,
    /// The fingerprints of findings that no fix may touch.
    known: &'a BTreeSet<String>,
    beside: &'a Beside<'a>,
    /// The model of the file as it is, if there is one already.
    document: &'a Cell<Option<Document>>,
}

/// Checks and fixes the text `file`.
fn one_text(input: &Input, file: &TextFile, arguments: &Check, by: CheckContext<'_>) -> FileOutcome {
    let CheckContext { settings, known, beside, document } = by;
    let language = settings.language;
    let (source, charset) = (&file.text, file.charset);
    let failure = |message| Some(Failure { name: input.name.clone(), message });
    let check = |text: &str, repaired| {
        // Only what is not fixed comes with a model.
        let document = document.take().unwrap_or_else(|| Document::new(text));
        let neighbours = beside(&document);
        let analysis = Analysis::beside(document, Arc::clone(settings), neighbours);
        Checked { repaired, ..checked_of(&input.name, &analysis, Form::Text(charset)) }
    };
    let repaired =
        (arguments.fix || arguments.diff).then(|| apply_fixes(source, settings, arguments.unsafe_fixes, known));
    let repaired = repaired.filter(|repaired| repaired.text != *source);
    match (arguments.fix, repaired) {
        (true, Some(repaired)) => {
            let bytes = encoded(file, &repaired.text, language);
            let written = bytes.and_then(|(old, new)| match &input.source {
                Source::File(path) => replace(path, &old, &new, language),
                Source::Stdin => Ok(()),
            });
            match written {
                Ok(()) => FileOutcome {
                    checked: Some(check(&repaired.text, Some((source.clone(), repaired.clone())))),
                    failure: None,
                },
                Err(message) => FileOutcome { checked: Some(check(source, None)), failure: failure(message) },
            }
        }
        (_, repaired) => {
            let repaired = repaired.map(|repaired| (source.clone(), repaired));
            FileOutcome { checked: Some(check(source, repaired)), failure: None }
        }
    }
}

/// Checks and fixes the Word file `file`.
fn one_word(input: &Input, file: &WordFile, arguments: &Check, by: CheckContext<'_>) -> FileOutcome {
    let CheckContext { settings, known, beside, document } = by;
    let language = settings.language;
    // Standard output is written last, so only its bytes are still needed.
    let bytes = |file: &WordFile| if input.source == Source::Stdin { file.bytes().to_vec() } else { Vec::new() };
    let check = |file: &WordFile, repaired| {
        let form = Form::Word { bytes: Vec::new(), left: Vec::new() };
        let document = document.take().unwrap_or_else(|| file.document());
        let neighbours = beside(&document);
        let analysis = Analysis::beside(document, Arc::clone(settings), neighbours);
        let mut checked = Checked { repaired, ..checked_of(&input.name, &analysis, form) };
        let left = file.keep_writable(&mut checked.findings);
        let place = |left: &crate::files::docx::Left| {
            let place = checked.identities.get(left.finding)?.place.clone();
            Some((checked.findings.get(left.finding)?.span, place, left.lock))
        };
        checked.form = Form::Word { bytes: bytes(file), left: left.iter().filter_map(place).collect() };
        checked
    };
    let unchanged = |message| FileOutcome {
        checked: Some(check(file, None)),
        failure: Some(Failure { name: input.name.clone(), message }),
    };
    if !arguments.fix && !arguments.diff {
        return FileOutcome { checked: Some(check(file, None)), failure: None };
    }
    let (fixed, repaired) = match apply_fixes_to_word(file, settings, arguments.unsafe_fixes, known) {
        Ok(Some((fixed, repaired))) => (fixed, Some((file.text().to_owned(), repaired))),
        Ok(None) => return FileOutcome { checked: Some(check(file, None)), failure: None },
        Err(error) => return unchanged(not_word(error, language)),
    };
    if arguments.diff {
        return FileOutcome { checked: Some(check(file, repaired)), failure: None };
    }
    let written = match &input.source {
        Source::File(path) => replace(path, file.bytes(), &fixed.bytes, language),
        Source::Stdin => Ok(()),
    };
    match written {
        Ok(()) => FileOutcome { checked: Some(check(&fixed.file, repaired)), failure: None },
        Err(message) => unchanged(message),
    }
}

/// The file `name` with the findings of `analysis`, by position, then code.
pub(super) fn checked_of(name: &str, analysis: &Analysis, form: Form) -> Checked {
    let outcome = analysis.outcome();
    let mut identified: Vec<_> = outcome.findings.into_iter().zip(outcome.identities).collect();
    identified.sort_by(|(a, _), (b, _)| (a.span, a.rule.code).cmp(&(b.span, b.rule.code)));
    let (findings, identities): (Vec<_>, Vec<_>) = identified.into_iter().unzip();
    Checked {
        name: name.to_owned(),
        text: analysis.text().clone(),
        rows: findings.iter().map(|finding| output::row_of(analysis, finding.span)).collect(),
        findings,
        identities,
        kind: if analysis.is_report() { FileKind::Report } else { FileKind::Other },
        exemptions_used: outcome.exemptions_used,
        form,
        repaired: None,
    }
}

/// The destination of findings.
enum Sink {
    /// Stdout, immediately. The reader may close the pipe.
    Stdout,
    /// A file, or stderr line by line, after all files are checked.
    Later(SpooledTempFile),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Sink::Stdout => match std::io::stdout().lock().write(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
                other => other,
            },
            Sink::Later(spool) => spool.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Sink::Stdout => match std::io::stdout().lock().flush() {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                other => other,
            },
            Sink::Later(spool) => spool.flush(),
        }
    }
}

/// Rendered files that have to wait, because a file whose findings are known only at the end may come before them.
struct Held {
    /// The first name that has to wait.
    from: String,
    /// For each file its name and its rendered text, each with its length before it.
    parts: SpooledTempFile,
}

impl Held {
    fn add(&mut self, name: &str, part: &Rendered) -> std::io::Result<()> {
        for text in [name, part.text()] {
            self.parts.write_all(&(text.len() as u64).to_le_bytes())?;
            self.parts.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    /// The next name or text; none at the end.
    fn next(&mut self) -> std::io::Result<Option<String>> {
        let mut length = [0; 8];
        match self.parts.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let length = usize::try_from(u64::from_le_bytes(length)).map_err(std::io::Error::other)?;
        next_part(&mut self.parts, length).map(Some)
    }
}

/// The output of a run.
enum RunOutput<'a> {
    Findings(Box<Printer<'a, Sink>>),
    Diffs(Sink),
}

/// A run, file by file.
struct CheckRun<'a> {
    arguments: &'a Check,
    configurations: &'a Configurations,
    language: Language,
    colored: bool,
    out: RunOutput<'a>,
    held: Option<Held>,
    failures: Vec<Failure>,
    counts: Counts,
    /// The names of files without a report, if `--verbose` lists them.
    unrecognised: Vec<String>,
    /// A line for each place whose safe fix must not be applied.
    left: Vec<String>,
    named: Option<Comparison<'a>>,
    written: Option<NewBaseline>,
    exemptions_used: UsedExemptions,
    surroundings: &'a Surroundings,
    fails: bool,
}

/// Checks the `gathered` files, and prints the outcome.
fn run(arguments: &Check, configurations: &Configurations, gathered: Gathered) -> anyhow::Result<Exit> {
    let language = configurations.language();
    let Gathered { inputs, failures, passed_over, excluded } = gathered;
    let names = inputs.iter().map(|input| input.name);
    let root = Root::of(names.chain(failures.iter().map(|one| one.name.clone())));
    let to_file = arguments.output_file.is_some();
    // The fixed text goes to stdout, and the remaining findings to stderr.
    let fixes_stdin = arguments.fix && inputs.has_stdin();
    let colored = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if to_file => false,
        Color::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    };
    let colored = colored && !fixes_stdin;
    let sink = if to_file || fixes_stdin { Sink::Later(spool()) } else { Sink::Stdout };
    let setup = Setup { language, fail_on: arguments.fail_on, root: &root, colored };
    let out = match arguments.diff {
        true => RunOutput::Diffs(sink),
        false => RunOutput::Findings(Box::new(Printer::new(arguments.output_format, setup, sink)?)),
    };
    let held = configurations.first_with_entries().map(|from| Held { from, parts: spool() });
    let named = arguments.baseline.as_deref().map(|path| baseline::read(path, language)).transpose()?;
    let none = BTreeSet::new();
    let known = named.as_ref().unwrap_or(&none);
    let jobs = jobs(arguments.jobs);
    // Reports are compared only if there are several.
    let compares = inputs.len() > 1 && configurations.may_report("GK5");
    let steps = if compares { 2 * inputs.len() } else { inputs.len() };
    let mut progress = Progress::new(steps, arguments.quiet);
    let surroundings = match compares {
        true => {
            let fixes = (arguments.fix || arguments.diff).then_some(arguments.unsafe_fixes);
            let manner = Manner { encoding: arguments.encoding, jobs, fixes, known, read_again: true };
            Surroundings::of(&inputs, configurations, manner, &mut progress)?
        }
        false => Surroundings::default(),
    };
    let mut session = CheckRun {
        arguments,
        configurations,
        language,
        colored,
        out,
        held,
        failures,
        counts: Counts::new(arguments.summary, passed_over),
        unrecognised: Vec::new(),
        left: Vec::new(),
        named: named.as_ref().map(Comparison::new),
        written: arguments.write_baseline.is_some().then(NewBaseline::new).transpose()?,
        exemptions_used: UsedExemptions::default(),
        surroundings: &surroundings,
        fails: false,
    };
    in_order(
        inputs.len(),
        jobs,
        |index| {
            let input = inputs.get(index)?;
            let beside = |document: &Document| surroundings.beside(index, &input, document, configurations);
            let settings = configurations.settings(&input);
            let outcome = one(&input, arguments, &settings, (known, &beside), surroundings.take(index));
            Ok((input, outcome))
        },
        |_, outcome: std::io::Result<_>| {
            let (input, outcome) = outcome?;
            // A file without findings is not listed.
            let is_listed = |file: &Checked| !file.findings.is_empty() || file.repaired.is_some();
            let prints = outcome.checked.as_ref().is_some_and(is_listed);
            let taken = progress.aside(prints, || session.take(&input, outcome));
            progress.advance();
            taken
        },
    )?;
    drop(progress);
    session.finish(&inputs, &excluded)
}

impl CheckRun<'_> {
    /// Writes and counts the outcome of one input.
    fn take(&mut self, input: &Input, outcome: FileOutcome) -> anyhow::Result<()> {
        self.failures.extend(outcome.failure);
        let Some(mut file) = outcome.checked else { return Ok(()) };
        if self.arguments.fix && input.source == Source::Stdin {
            print(&file.bytes())?;
        }
        self.configurations.note_used(input, &file.exemptions_used, &mut self.exemptions_used);
        if file.kind == FileKind::Other && self.arguments.verbose {
            self.unrecognised.push(file.name.clone());
        }
        if self.arguments.fix || self.arguments.diff {
            self.left.extend(left_lines(&file, self.language));
        }
        self.compare(&mut file)?;
        self.fails |= self.is_failure(&file);
        self.counts.add(&file);
        match &mut self.out {
            RunOutput::Findings(printer) => {
                let part = printer.render(&file)?;
                match &mut self.held {
                    Some(held) if file.name >= held.from => held.add(&file.name, &part)?,
                    _ => printer.write(&part)?,
                }
            }
            RunOutput::Diffs(sink) => {
                if let Some((old, new)) = &file.repaired {
                    let text = diff(&file.name, old, &new.text, self.colored);
                    let charset = match file.form {
                        Form::Text(charset) => charset,
                        Form::Word { .. } => Charset::Utf8,
                    };
                    if matches!(charset, Charset::Utf16Le | Charset::Utf16Be) && !self.arguments.quiet {
                        let name = &file.name;
                        say_line(&say!(
                            self.language,
                            "提示：{name} 是 UTF-16 编码，patch 和 git apply 不能应用对它的修改，请用 --fix",
                            "Note: {name} is in UTF-16: patch and git apply cannot apply its changes; use --fix"
                        ));
                    }
                    let bytes = if self.colored { text.into_bytes() } else { in_encoding(&text, charset) };
                    sink.write_all(&bytes)?;
                }
            }
        }
        Ok(())
    }

    /// Removes the findings in the baseline from `file`.
    fn compare(&mut self, file: &mut Checked) -> anyhow::Result<()> {
        if let Some(written) = &mut self.written {
            written.add(file)?;
            if self.named.is_none() {
                file.retain(|_| false);
            }
        }
        if let Some(named) = &mut self.named {
            named.hold_back(file);
        }
        Ok(())
    }

    fn is_failure(&self, file: &Checked) -> bool {
        let fails = file.findings.iter().any(|finding| self.arguments.fail_on.fails(finding.severity));
        fails || (self.arguments.diff && file.repaired.is_some())
    }

    /// Writes the findings that are known only at the end, and prints the summary.
    fn finish(mut self, inputs: &Inputs, excluded: &[String]) -> anyhow::Result<Exit> {
        let (arguments, language) = (self.arguments, self.language);
        let mut late = Vec::new();
        if self.failures.is_empty() {
            // An exemption that a file which was not read may need does not count as unused.
            let missing = |region| self.surroundings.missing(region);
            late = self.configurations.findings(&arguments.scope(), inputs, &self.exemptions_used, missing);
        }
        late.sort_by(|a, b| a.name.cmp(&b.name));
        for file in &mut late {
            self.compare(file)?;
            self.fails |= self.is_failure(file);
            self.counts.add(file);
        }
        self.failures.sort_by(|a, b| a.name.cmp(&b.name));
        self.write_baseline()?;
        let failures = std::mem::take(&mut self.failures);
        let sink = match self.out {
            RunOutput::Findings(mut printer) => {
                release(&mut printer, self.held, &late)?;
                printer.finish(&failures)?
            }
            RunOutput::Diffs(sink) => sink,
        };
        if let Sink::Later(mut spool) = sink {
            match arguments.output_file.as_deref() {
                Some(path) => {
                    let written = std::fs::File::create(path).and_then(|mut file| copy(&mut spool, &mut file));
                    written.with_context(|| unwritable(path, language))?;
                }
                None => {
                    let mut text = Vec::new();
                    copy(&mut spool, &mut text)?;
                    String::from_utf8_lossy(&text).lines().for_each(say_line);
                }
            }
        }
        let counts = self.counts;
        if arguments.verbose {
            for file in excluded {
                say_line(&say!(
                    language,
                    "{file}: 按配置中的 exclude 排除",
                    "{file}: left out by `exclude` in the configuration"
                ));
            }
            for file in &counts.passed_over {
                let (name, kind) = (&file.name, &file.kind);
                say_line(&say!(
                    language,
                    "{name}: 跳过，不读取此类文件（{kind}）",
                    "{name}: passed over, files of this kind are not read ({kind})"
                ));
            }
            for name in &self.unrecognised {
                say_line(&say!(language, "{name}: 未识别出年度报告", "{name}: no report was recognised"));
            }
        }
        for failure in &failures {
            print_error(language, &format!("{}: {}", failure.name, failure.message));
        }
        self.left.iter().for_each(|line| say_line(line));
        if !arguments.quiet {
            counts.lines(arguments, language).iter().for_each(|line| say_line(line));
        }
        if arguments.statistics {
            counts.by_rule(language).iter().for_each(|line| say_line(line));
        }
        if arguments.summary {
            counts.by_file(language).iter().for_each(|line| say_line(line));
        }
        let lacks_reports = arguments.require_report && !counts.is_all_reports();
        if lacks_reports {
            let what = counts.not_read(language);
            let none = match counts.reports {
                0 => say!(language, "没有年度报告；", "there is no report; "),
                _ => String::new(),
            };
            print_error(language, &format!("--require-report: {none}{what}"));
        }
        Ok(if !failures.is_empty() || lacks_reports {
            Exit::Trouble
        } else if self.fails {
            Exit::Findings
        } else {
            Exit::Clean
        })
    }

    /// Writes the baseline of `--write-baseline`, and counts the findings that `--baseline` suppressed.
    fn write_baseline(&mut self) -> anyhow::Result<()> {
        let (language, is_complete) = (self.language, self.failures.is_empty());
        let Some(written) = self.written.take() else {
            self.counts.held_back = self.named.as_ref().map(Comparison::held_back);
            return Ok(());
        };
        if !is_complete {
            bail!(say!(
                language,
                "有文件未能检查，未写入基线：请先解决",
                "not everything could be checked, and the baseline was not written: see to that first"
            ));
        }
        let Some(path) = self.arguments.write_baseline.as_deref() else { return Ok(()) };
        let (number, shown) = (written.number, path.display());
        written.finish(path).with_context(|| unwritable(path, language))?;
        if !self.arguments.quiet {
            say_line(&say!(language, "基线已写入 {shown}：{number} 处", "wrote {number} findings to {shown}"));
        }
        let all = HeldBack { known: number, gone: 0 };
        self.counts.held_back = Some(self.named.as_ref().map_or(all, Comparison::held_back));
        Ok(())
    }
}

/// Writes the `held` files together with the `late` ones, by name.
fn release<W: Write>(printer: &mut Printer<'_, W>, held: Option<Held>, late: &[Checked]) -> anyhow::Result<()> {
    let mut late = late.iter().peekable();
    if let Some(mut held) = held {
        held.parts.rewind()?;
        while let (Some(name), Some(part)) = (held.next()?, held.next()?) {
            while let Some(file) = late.next_if(|file| file.name < name) {
                let part = printer.render(file)?;
                printer.write(&part)?;
            }
            printer.write(&Rendered::again(part))?;
        }
    }
    for file in late {
        let part = printer.render(file)?;
        printer.write(&part)?;
    }
    Ok(())
}

fn unwritable(path: &Path, language: Language) -> String {
    let path = path.display();
    say!(language, "{path}: 无法写入", "{path}: cannot be written")
}

/// A line for each place whose safe fix must not be applied.
fn left_lines(file: &Checked, language: Language) -> Vec<String> {
    let Form::Word { left, .. } = &file.form else { return Vec::new() };
    let line = |(span, place, lock): &(Span, ReportPlace, Lock)| {
        let mut parts = output::place_words(place, language);
        parts.push(output::position_words(file, span.start, language));
        let place = parts.join(&say!(language, "，", ", "));
        let name = &file.name;
        match lock {
            Lock::Changes => say!(
                language,
                "{name}: {place}：含有修订，未自动修改：请在 Word 或 WPS 中接受或拒绝修订后再运行",
                "{name}: {place}: has tracked changes and is left as it is: accept or reject them in Word or WPS, then run again"
            ),
            Lock::Field => say!(
                language,
                "{name}: {place}：含有域或受保护的内容，未自动修改：请在 Word 或 WPS 中手工修改",
                "{name}: {place}: has a field or protected content and is left as it is: change it by hand in Word or WPS"
            ),
        }
    };
    left.iter().map(line).collect()
}

/// A diff in the file's encoding, so that it can be applied to the file. Names are in the system's encoding. Programs
/// that apply diffs do not read UTF-16, so such a diff is in UTF-8.
fn in_encoding(diff: &str, charset: Charset) -> Vec<u8> {
    let names = diff.match_indices('\n').nth(1).map_or(diff.len(), |(at, _)| at + 1);
    let (names, lines) = diff.split_at(names);
    match (charset, charset.encode(lines)) {
        (Charset::Legacy(_), Ok(lines)) => [names.as_bytes(), &lines].concat(),
        _ => diff.as_bytes().to_vec(),
    }
}
