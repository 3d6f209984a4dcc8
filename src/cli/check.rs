//! `gongkai check`: files in, findings out.

use super::Exit;
use super::arguments::{Check, Color};
use super::baseline::{self, HeldBack};
use super::checked::{Checked, Form};
use super::configuration::Configurations;
use super::files::{Failure, Gathered, Input, Source, gather, not_word};
use super::interrupt;
use super::mend::{Mended, mend, mend_word};
use super::output;
use super::output::{Run, diff, write};
use super::replace::replace;
use super::root::Root;
use super::summary::Counts;
use super::terminal::{complain, print, say_line};
use crate::analysis::{Analysis, ReportPlace};
use crate::config::{Language, Settings};
use crate::configuration::resolve;
use crate::files::docx::WordFile;
use crate::files::{Charset, Opened, TextFile, Unwritable};
use crate::say;
use crate::syntax::wordml::Lock;
use crate::text::Span;
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Checks what `arguments` name. `language` is the one that the command line asks for, if it does.
pub(super) fn check(arguments: &Check, language: Option<Language>) -> anyhow::Result<Exit> {
    anstream::ColorChoice::from(arguments.color).write_global();
    let mut configurations = Configurations::new(arguments, language)?;
    let mut gathered = gather(&arguments.paths, arguments.stdin_filename.as_deref(), configurations.language());
    configurations.find(arguments, &gathered)?;
    configurations.exclude(arguments, &mut gathered);
    // What the run itself reads and writes was not meant to be checked.
    let own = [&arguments.output_file, &arguments.baseline, &arguments.write_baseline]
        .map(|path| path.as_deref().map(resolve));
    gathered.passed_over.retain(|file| !own.contains(&Some(resolve(&file.path))));
    let language = configurations.language();
    if arguments.fix && gathered.inputs.len() > 1 && gathered.inputs.iter().any(|input| input.source == Source::Stdin) {
        bail!(say!(
            language,
            "--fix 时，“-”（标准输入）不能与其他文件一起使用",
            "with --fix, `-` (standard input) cannot be combined with files"
        ));
    }
    if gathered.inputs.is_empty() && gathered.failures.is_empty() && !arguments.quiet {
        say_line(&say!(language, "没有找到可检查的文件", "no files to check were found"));
    }
    if arguments.fix {
        interrupt::finish_what_is_begun();
    }
    let baseline = arguments.baseline.as_deref().map(|path| baseline::read(path, language)).transpose()?;
    let none = BTreeSet::new();
    let known = baseline.as_ref().unwrap_or(&none);
    let outcomes = in_parallel(&gathered.inputs, jobs(arguments), |input| {
        one(input, arguments, &configurations.settings(input), known)
    });
    report(arguments, &configurations, gathered, outcomes, baseline)
}

fn jobs(arguments: &Check) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    arguments.jobs.map_or_else(processors, usize::from)
}

/// `work` on every input, at most `jobs` at a time; results in the order of the inputs, whoever was first.
fn in_parallel<T: Send>(inputs: &[Input], jobs: usize, work: impl Fn(&Input) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(inputs.len()));
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = inputs.get(index) else { break };
            let result = work(input);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..jobs.min(inputs.len()) {
            scope.spawn(worker);
        }
        worker();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What became of one input: a file that could not be written was still checked.
struct FileOutcome {
    checked: Option<Checked>,
    failure: Option<Failure>,
}

/// Reads, checks and mends one input.
fn one(input: &Input, arguments: &Check, settings: &Arc<Settings>, known: &BTreeSet<String>) -> FileOutcome {
    let language = settings.language;
    let failure = |message| Some(Failure { name: input.name.clone(), message });
    let file = match input.read(arguments.encoding, language) {
        Ok(file) => file,
        Err(failure) => return FileOutcome { checked: None, failure: Some(failure) },
    };
    // The core does not panic. Should it ever, the other files are still checked.
    let work = || match &file {
        Opened::Text(file) => one_text(input, file, arguments, settings, known),
        Opened::Word(file) => one_word(input, file, arguments, settings, known),
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

/// Checks and fixes the text `file`.
fn one_text(
    input: &Input,
    file: &TextFile,
    arguments: &Check,
    settings: &Arc<Settings>,
    known: &BTreeSet<String>,
) -> FileOutcome {
    let language = settings.language;
    let (source, charset) = (&file.text, file.charset);
    let failure = |message| Some(Failure { name: input.name.clone(), message });
    let judge = |text: &str, mended| {
        let analysis = Analysis::new(text, Arc::clone(settings));
        judge(input, &analysis, Form::Text(charset), mended)
    };
    let mended = (arguments.fix || arguments.diff).then(|| mend(source, settings, arguments.unsafe_fixes, known));
    let mended = mended.filter(|mended| mended.text != *source);
    match (arguments.fix, mended) {
        (true, Some(mended)) => {
            let bytes = encoded(file, &mended.text, language);
            let written = bytes.and_then(|(old, new)| match &input.source {
                Source::File(path) => replace(path, &old, &new, language),
                Source::Stdin => Ok(()),
            });
            match written {
                Ok(()) => FileOutcome {
                    checked: Some(judge(&mended.text, Some((source.clone(), mended.clone())))),
                    failure: None,
                },
                Err(message) => FileOutcome { checked: Some(judge(source, None)), failure: failure(message) },
            }
        }
        (_, mended) => {
            let mended = mended.map(|mended| (source.clone(), mended));
            FileOutcome { checked: Some(judge(source, mended)), failure: None }
        }
    }
}

/// Checks and fixes the Word file `file`.
fn one_word(
    input: &Input,
    file: &WordFile,
    arguments: &Check,
    settings: &Arc<Settings>,
    known: &BTreeSet<String>,
) -> FileOutcome {
    let language = settings.language;
    // What goes to standard output is written last; the bytes of files are not needed any more.
    let bytes = |file: &WordFile| if input.source == Source::Stdin { file.bytes().to_vec() } else { Vec::new() };
    let judge = |file: &WordFile, mended| {
        let form = Form::Word { bytes: Vec::new(), left: Vec::new() };
        let mut checked = judge(input, &file.analysis(settings), form, mended);
        let left = file.keep_writable(&mut checked.findings);
        let place = |left: &crate::files::docx::Left| {
            let place = checked.identities.get(left.finding)?.place.clone();
            Some((checked.findings.get(left.finding)?.span, place, left.lock))
        };
        checked.form = Form::Word { bytes: bytes(file), left: left.iter().filter_map(place).collect() };
        checked
    };
    let unchanged = |message| FileOutcome {
        checked: Some(judge(file, None)),
        failure: Some(Failure { name: input.name.clone(), message }),
    };
    if !arguments.fix && !arguments.diff {
        return FileOutcome { checked: Some(judge(file, None)), failure: None };
    }
    let (fixed, mended) = match mend_word(file, settings, arguments.unsafe_fixes, known) {
        Ok(Some((fixed, mended))) => (fixed, Some((file.text().to_owned(), mended))),
        Ok(None) => return FileOutcome { checked: Some(judge(file, None)), failure: None },
        Err(error) => return unchanged(not_word(error, language)),
    };
    if arguments.diff {
        return FileOutcome { checked: Some(judge(file, mended)), failure: None };
    }
    let written = match &input.source {
        Source::File(path) => replace(path, file.bytes(), &fixed.bytes, language),
        Source::Stdin => Ok(()),
    };
    match written {
        Ok(()) => FileOutcome { checked: Some(judge(&fixed.file, mended)), failure: None },
        Err(message) => unchanged(message),
    }
}

/// The bytes of `file` as they are, and those that say `text` in its encoding; or why they must not be written.
fn encoded(file: &TextFile, text: &str, language: Language) -> Result<(Vec<u8>, Vec<u8>), String> {
    let name = file.charset.name();
    if !file.exact {
        return Err(say!(
            language,
            "含有不能按 {name} 原样写回的字节，未改动：请另存为 UTF-8 后再修正",
            "it holds bytes that cannot be written back as they are in {name}, and is left unchanged: save it as UTF-8 first"
        ));
    }
    let encode = |text: &str| {
        file.charset.encode(text).map_err(|Unwritable { character, .. }| {
            say!(
                language,
                "{name} 编码中没有“{character}”这个字符，未改动：请另存为 UTF-8 后再修正",
                "{name} has no character “{character}”; the file is left unchanged: save it as UTF-8 first"
            )
        })
    };
    Ok((encode(&file.text)?, encode(text)?))
}

/// What `analysis` finds in `input`.
fn judge(input: &Input, analysis: &Analysis, form: Form, mended: Option<(String, Mended)>) -> Checked {
    let outcome = analysis.outcome();
    let mut identified: Vec<_> = outcome.findings.into_iter().zip(outcome.identities).collect();
    identified.sort_by(|(a, _), (b, _)| (a.span, a.rule.code).cmp(&(b.span, b.rule.code)));
    let (findings, identities): (Vec<_>, Vec<_>) = identified.into_iter().unzip();
    Checked {
        name: input.name.clone(),
        text: analysis.text().clone(),
        rows: findings.iter().map(|finding| output::row_of(analysis, finding.span)).collect(),
        findings,
        identities,
        is_report: analysis.is_report(),
        exemptions_used: outcome.exemptions_used,
        form,
        mended,
    }
}

/// Prints everything, and tells what the run comes to.
fn report(
    arguments: &Check,
    configurations: &Configurations,
    gathered: Gathered,
    outcomes: Vec<FileOutcome>,
    baseline: Option<BTreeSet<String>>,
) -> anyhow::Result<Exit> {
    let language = configurations.language();
    let mut failures = gathered.failures;
    let mut files = Vec::new();
    for outcome in outcomes {
        files.extend(outcome.checked);
        failures.extend(outcome.failure);
    }
    failures.sort_by(|a, b| a.name.cmp(&b.name));
    let unrecognised: Vec<String> = files.iter().filter(|file| !file.is_report).map(|file| file.name.clone()).collect();
    let reports = files.len() - unrecognised.len();
    if failures.is_empty() {
        // What a file that was not read may need is not unused.
        files.extend(configurations.unused(arguments, &gathered.inputs, &files));
        files.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let held_back = compare_with_baseline(arguments, baseline, &mut files, failures.is_empty(), language)?;
    let root =
        Root::of(files.iter().map(|file| file.name.as_str()).chain(failures.iter().map(|one| one.name.as_str())));
    let run = Run { files: &files, failures: &failures, language, fail_on: arguments.fail_on, root: &root };
    let from_stdin = gathered.inputs.iter().any(|input| input.source == Source::Stdin);

    let to_file = arguments.output_file.as_deref();
    let colored = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if to_file.is_some() => false,
        Color::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    };
    if arguments.diff {
        let mut bytes = Vec::new();
        for file in &files {
            let Some((old, new)) = &file.mended else { continue };
            let text = diff(&file.name, old, &new.text, colored);
            let charset = match file.form {
                Form::Text(charset) => charset,
                Form::Word { .. } => Charset::Utf8,
            };
            bytes.extend(if colored { text.into_bytes() } else { in_encoding(&text, charset) });
        }
        put(&bytes, to_file, language)?;
    } else if arguments.fix && from_stdin {
        if let Some(file) = files.iter().find(|file| gathered.inputs.iter().any(|input| input.name == file.name)) {
            print(&file.bytes())?;
        }
        let text = write(arguments.output_format, &run, false)?;
        match to_file {
            Some(_) => put(text.as_bytes(), to_file, language)?,
            None => text.lines().for_each(say_line),
        }
    } else {
        let text = write(arguments.output_format, &run, colored)?;
        put(text.as_bytes(), to_file, language)?;
    }

    let counts = Counts { files: &files, reports, unrecognised, passed_over: &gathered.passed_over, held_back };
    if arguments.verbose {
        for file in &gathered.excluded {
            say_line(&say!(
                language,
                "{file}: 按配置中的 exclude 排除",
                "{file}: left out by `exclude` in the configuration"
            ));
        }
        for file in &gathered.passed_over {
            let (name, kind) = (&file.name, &file.kind);
            say_line(&say!(
                language,
                "{name}: 跳过，不读取此类文件（{kind}）",
                "{name}: passed over, files of this kind are not read ({kind})"
            ));
        }
        for name in &counts.unrecognised {
            say_line(&say!(language, "{name}: 未识别出年度报告", "{name}: no report was recognised"));
        }
    }
    for failure in &failures {
        complain(language, &format!("{}: {}", failure.name, failure.message));
    }
    if arguments.fix || arguments.diff {
        files.iter().flat_map(|file| left_lines(file, language)).for_each(|line| say_line(&line));
    }
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
        let none =
            if reports == 0 { say!(language, "没有年度报告；", "there is no report; ") } else { String::new() };
        complain(language, &format!("--require-report: {none}{what}"));
    }
    let fails = |file: &Checked| file.findings.iter().any(|finding| arguments.fail_on.fails(finding.severity));
    Ok(if !failures.is_empty() || lacks_reports {
        Exit::Trouble
    } else if files.iter().any(fails) || (arguments.diff && files.iter().any(|file| file.mended.is_some())) {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Writes the baseline that is asked for, and takes what is known out of `files`: what is in the one that is named, or
/// else in the one that was written.
fn compare_with_baseline(
    arguments: &Check,
    named: Option<BTreeSet<String>>,
    files: &mut [Checked],
    is_complete: bool,
    language: Language,
) -> anyhow::Result<Option<HeldBack>> {
    if let Some(path) = &arguments.write_baseline {
        if !is_complete {
            bail!(say!(
                language,
                "有文件未能检查，未写入基线：请先解决",
                "not everything could be checked, and the baseline was not written: see to that first"
            ));
        }
        put(baseline::written(files)?.as_bytes(), Some(path), language)?;
        let (number, shown) = (files.iter().map(|file| file.findings.len()).sum::<usize>(), path.display());
        if !arguments.quiet {
            say_line(&say!(language, "基线已写入 {shown}：{number} 处", "wrote {number} findings to {shown}"));
        }
    }
    let written = || files.iter().flat_map(|file| &file.identities).map(|identity| identity.fingerprint.clone());
    let known = match (named, &arguments.write_baseline) {
        (Some(named), _) => named,
        (None, Some(_)) => written().collect(),
        (None, None) => return Ok(None),
    };
    Ok(Some(baseline::hold_back(&known, files)))
}

/// A line for each place that has a safe fix, but must be left as it is.
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

/// A diff as the file's encoding has it, so that it can be applied to the file. Names are in the system's encoding. UTF-16
/// is no text to the programs that apply diffs, and is shown as UTF-8.
fn in_encoding(diff: &str, charset: Charset) -> Vec<u8> {
    let names = diff.match_indices('\n').nth(1).map_or(diff.len(), |(at, _)| at + 1);
    let (names, lines) = diff.split_at(names);
    match (charset, charset.encode(lines)) {
        (Charset::Legacy(_), Ok(lines)) => [names.as_bytes(), &lines].concat(),
        _ => diff.as_bytes().to_vec(),
    }
}

/// `bytes` to the file that was asked for, or to stdout.
fn put(bytes: &[u8], file: Option<&Path>, language: Language) -> anyhow::Result<()> {
    match file {
        None => print(bytes),
        Some(path) => std::fs::write(path, bytes).with_context(|| {
            let path = path.display();
            say!(language, "{path}: 无法写入", "{path}: cannot be written")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        let inputs: Vec<Input> = (0..50)
            .map(|n| Input { name: format!("{n}"), source: Source::File(format!("{n}").into()), is_named: true })
            .collect();
        for jobs in [1, 3, 64] {
            let done = in_parallel(&inputs, jobs, |input| input.name.clone());
            assert_eq!(done, inputs.iter().map(|input| input.name.clone()).collect::<Vec<_>>());
        }
        assert!(in_parallel(&[], 4, |input| input.name.clone()).is_empty());
    }
}
