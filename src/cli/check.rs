//! `gongkai check`: files in, findings out.

use super::Exit;
use super::arguments::{Check, Color};
use super::configuration::Configurations;
use super::files::{Failure, Gathered, Input, Source, gather};
use super::interrupt;
use super::mend::{Mended, mend};
use super::output;
use super::output::{Run, diff, severity_word, write};
use super::replace::replace;
use super::rule::pad;
use super::terminal::{complain, print, say_line};
use crate::analysis::{self, Analysis, FindingIdentity};
use crate::config::{Language, Settings};
use crate::files::{Charset, TextFile, Unwritable};
use crate::rules::{Applicability, Finding, RuleMeta, Severity};
use crate::say;
use crate::text::{Span, Text};
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A file that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    /// What it is called.
    pub(super) name: String,
    /// Its text as it now stands.
    pub(super) text: Text,
    /// What there is to say about that text, by position, then code.
    pub(super) findings: Vec<Finding>,
    /// For each of them, where it is and what it is known by.
    pub(super) identities: Vec<FindingIdentity>,
    /// The places of the rows that findings stand in.
    pub(super) rows: Vec<Option<Span>>,
    /// Whether a report was recognised in it.
    is_report: bool,
    /// The entries of its configuration that held a finding back.
    pub(super) exemptions_used: Vec<usize>,
    /// How it writes its characters.
    charset: Charset,
    /// What fixes have made of it, if they were asked for and there were any; and the text before.
    mended: Option<(String, Mended)>,
}

impl Checked {
    /// A configuration file with what there is to say of it.
    pub(super) fn of_configuration(name: &str, source: &str, findings: Vec<Finding>) -> Checked {
        let (name, text, rows) = (name.to_owned(), Text::new(source), vec![None; findings.len()]);
        let identities = analysis::identify(&text, &findings);
        Checked {
            name,
            text,
            findings,
            identities,
            rows,
            is_report: false,
            exemptions_used: Vec::new(),
            charset: Charset::Utf8,
            mended: None,
        }
    }
}

#[cfg(test)]
impl Checked {
    /// A file with made-up findings, for testing outputs.
    pub(super) fn for_test(name: &str, source: &str, findings: Vec<Finding>, rows: Vec<Option<Span>>) -> Checked {
        let (name, text) = (name.to_owned(), Text::new(source));
        let identities = analysis::identify(&text, &findings);
        Checked {
            name,
            text,
            findings,
            identities,
            rows,
            is_report: true,
            exemptions_used: Vec::new(),
            charset: Charset::Utf8,
            mended: None,
        }
    }
}

/// Checks what `arguments` name. `language` is the one that the command line asks for, if it does.
pub(super) fn check(arguments: &Check, language: Option<Language>) -> anyhow::Result<Exit> {
    anstream::ColorChoice::from(arguments.color).write_global();
    let mut configurations = Configurations::new(arguments, language)?;
    let gathered = gather(&arguments.paths, arguments.stdin_filename.as_deref(), configurations.language());
    configurations.find(arguments, &gathered.inputs)?;
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
    let outcomes =
        in_parallel(&gathered.inputs, jobs(arguments), |input| one(input, arguments, &configurations.settings(input)));
    report(arguments, &configurations, gathered, outcomes)
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
struct Outcome {
    checked: Option<Checked>,
    failure: Option<Failure>,
}

/// Reads, checks and mends one input.
fn one(input: &Input, arguments: &Check, settings: &Arc<Settings>) -> Outcome {
    let language = settings.language;
    let failure = |message| Some(Failure { name: input.name.clone(), message });
    let file = match input.read(arguments.encoding, language) {
        Ok(file) => file,
        Err(failure) => return Outcome { checked: None, failure: Some(failure) },
    };
    let (source, charset) = (&file.text, file.charset);
    // The core does not panic. Should it ever, the other files are still checked.
    let work = || {
        let mended = (arguments.fix || arguments.diff).then(|| mend(source, settings, arguments.unsafe_fixes));
        let mended = mended.filter(|mended| mended.text != *source);
        match (arguments.fix, mended) {
            (true, Some(mended)) => {
                let bytes = encoded(&file, &mended.text, language);
                let written = bytes.and_then(|(old, new)| match &input.source {
                    Source::File(path) => replace(path, &old, &new, language),
                    Source::Stdin => Ok(()),
                });
                match written {
                    Ok(()) => Outcome {
                        checked: Some(judge(
                            input,
                            (&mended.text, charset),
                            settings,
                            Some((source.clone(), mended.clone())),
                        )),
                        failure: None,
                    },
                    Err(message) => Outcome {
                        checked: Some(judge(input, (source, charset), settings, None)),
                        failure: failure(message),
                    },
                }
            }
            (_, mended) => {
                let mended = mended.map(|mended| (source.clone(), mended));
                Outcome { checked: Some(judge(input, (source, charset), settings, mended)), failure: None }
            }
        }
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Outcome {
        checked: None,
        failure: failure(say!(
            language,
            "检查时程序出错，未能完成：请报告此问题",
            "the check broke off because of an error in the program: please report it"
        )),
    })
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

/// What there is to say about `text`.
fn judge(
    input: &Input,
    (text, charset): (&str, Charset),
    settings: &Arc<Settings>,
    mended: Option<(String, Mended)>,
) -> Checked {
    let analysis = Analysis::new(text, Arc::clone(settings));
    let outcome = analysis.outcome();
    let mut identified: Vec<_> = outcome.findings.into_iter().zip(outcome.identities).collect();
    identified.sort_by(|(a, _), (b, _)| (a.span, a.rule.code).cmp(&(b.span, b.rule.code)));
    let (findings, identities): (Vec<_>, Vec<_>) = identified.into_iter().unzip();
    Checked {
        name: input.name.clone(),
        text: analysis.text().clone(),
        rows: findings.iter().map(|finding| output::row_of(&analysis, finding.span)).collect(),
        findings,
        identities,
        is_report: analysis.is_report(),
        exemptions_used: outcome.exemptions_used,
        charset,
        mended,
    }
}

/// Prints everything, and tells what the run comes to.
fn report(
    arguments: &Check,
    configurations: &Configurations,
    gathered: Gathered,
    outcomes: Vec<Outcome>,
) -> anyhow::Result<Exit> {
    let language = configurations.language();
    let mut failures = gathered.failures;
    let mut files = Vec::new();
    for outcome in outcomes {
        files.extend(outcome.checked);
        failures.extend(outcome.failure);
    }
    failures.sort_by(|a, b| a.name.cmp(&b.name));
    let number = files.len();
    if failures.is_empty() {
        // What a file that was not read may need is not unused.
        files.extend(configurations.unused(arguments, &gathered.inputs, &files));
        files.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let run = Run { files: &files, failures: &failures, language, fail_on: arguments.fail_on };
    let from_stdin = gathered.inputs.iter().any(|input| input.source == Source::Stdin);

    let to_file = arguments.output_file.as_deref();
    let colored = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if to_file.is_some() => false,
        Color::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    };
    if arguments.diff {
        let changed =
            files.iter().filter_map(|file| file.mended.as_ref().map(|(old, new)| (&file.name, old, &new.text)));
        let text: String = changed.map(|(name, old, new)| diff(name, old, new, colored)).collect();
        put(text.as_bytes(), to_file, language)?;
    } else if arguments.fix && from_stdin {
        if let Some(file) = files.iter().find(|file| gathered.inputs.iter().any(|input| input.name == file.name)) {
            // What the encoding cannot hold was refused before.
            let text = file.text.to_string();
            print(&file.charset.encode(&text).unwrap_or_else(|_| text.into_bytes()))?;
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

    if arguments.verbose {
        for skipped in &gathered.skipped {
            say_line(&format!("{}: {}", skipped.name, skipped.message));
        }
        for file in files.iter().filter(|file| !file.is_report && file.findings.is_empty()) {
            let message = say!(language, "未识别出年度报告", "no report was recognised");
            say_line(&format!("{}: {message}", file.name));
        }
    }
    for failure in &failures {
        complain(language, &format!("{}: {}", failure.name, failure.message));
    }
    if !arguments.quiet {
        summary(arguments, language, &files, number);
    }
    if arguments.statistics {
        statistics(&files, language);
    }
    let fails = |file: &Checked| file.findings.iter().any(|finding| arguments.fail_on.fails(finding.severity));
    Ok(if !failures.is_empty() {
        Exit::Trouble
    } else if files.iter().any(fails) || (arguments.diff && files.iter().any(|file| file.mended.is_some())) {
        Exit::Findings
    } else {
        Exit::Clean
    })
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

fn summary(arguments: &Check, language: Language, files: &[Checked], number: usize) {
    let counted = |number: usize, zh: &str, en: &str| match language {
        Language::Chinese => zh.replace('#', &number.to_string()),
        Language::English => format!("{number} {en}{}", if number == 1 { "" } else { "s" }),
    };
    let changed: Vec<usize> = files.iter().filter_map(|file| Some(file.mended.as_ref()?.1.lines)).collect();
    let lines = counted(changed.iter().sum(), "# 行", "line");
    let mended = counted(changed.len(), "# 个文件", "file");
    if arguments.diff {
        say_line(&say!(language, "将修改 {mended}，共 {lines}", "would change {lines} in {mended}"));
    } else if arguments.fix && !changed.is_empty() {
        say_line(&say!(language, "已修改 {mended}，共 {lines}", "changed {lines} in {mended}"));
    }
    let findings = || files.iter().flat_map(|file| &file.findings);
    let of = |severity| findings().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) = (
        counted(of(Severity::Error), "错误 # 处", "error"),
        counted(of(Severity::Warning), "警告 # 处", "warning"),
        counted(of(Severity::Info), "提示 # 处", "info"),
    );
    let checked = counted(number, "# 个文件", "file");
    say_line(&say!(
        language,
        "检查了 {checked}：{errors}，{warnings}，{infos}",
        "checked {checked}: {errors}, {warnings}, {infos}"
    ));
    let safe = |finding: &&Finding| finding.fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
    let fixable = findings().filter(safe).count();
    if fixable > 0 && !arguments.fix && !arguments.diff {
        say_line(&say!(
            language,
            "其中 {fixable} 处可用 --fix 自动修改（先用 --diff 查看）",
            "{fixable} of them can be fixed with --fix (look first with --diff)"
        ));
    }
    if let Some(finding) = findings().next() {
        let code = finding.rule.code;
        say_line(&say!(language, "规则说明：gongkai rule {code}", "to read about a rule: gongkai rule {code}"));
    }
}

fn statistics(files: &[Checked], language: Language) {
    let mut counts: BTreeMap<&str, (usize, &RuleMeta)> = BTreeMap::new();
    for finding in files.iter().flat_map(|file| &file.findings) {
        counts.entry(finding.rule.code).or_insert((0, finding.rule)).0 += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(count, rule)| (std::cmp::Reverse(*count), rule.code));
    for (count, rule) in counts {
        let severity = pad(severity_word(rule.severity, language), 7);
        say_line(&format!("{count:>6}  {}  {severity}  {}", rule.code, rule.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        let inputs: Vec<Input> =
            (0..50).map(|n| Input { name: format!("{n}"), source: Source::File(format!("{n}").into()) }).collect();
        for jobs in [1, 3, 64] {
            let done = in_parallel(&inputs, jobs, |input| input.name.clone());
            assert_eq!(done, inputs.iter().map(|input| input.name.clone()).collect::<Vec<_>>());
        }
        assert!(in_parallel(&[], 4, |input| input.name.clone()).is_empty());
    }
}
