//! `gongkai review`: from a folder of reports it writes a letter for each, an overview, a workbook and a list of
//! findings.

mod overview;
mod rounds;
mod words;

use super::Exit;
use super::arguments::Review;
use super::check::{checked_of, jobs};
use super::checked::{Checked, FileKind, Form};
use super::configuration::{Configurations, RunScope, UsedExemptions};
use super::extract;
use super::files::{Failure, Gathered, Input, Inputs, Source, gather};
use super::on_disk::{Sorter, StoredAsJson};
use super::output::workbook::{SheetCell, SheetId, Tables};
use super::output::{self, indented, severity_word};
use super::parallel::in_order;
use super::progress::Progress;
use super::surroundings::{Manner, ReadFile, Surroundings};
use super::terminal::{print_error, say_line};
use crate::analysis::history::{RegionRole, body_key};
use crate::analysis::{Analysis, number_of};
use crate::config::Language;
use crate::configuration::resolve;
use crate::exchange::{
    Addressed, FigureRow, Letter, LetterItem, ReportHead, Round, figure_rows, letter_item, not_word, report_at,
    report_heads,
};
use crate::files::docx::{Comment, Commenter};
use crate::files::{Charset, OpenedFile};
use crate::report::Digest;
use crate::rules::{Finding, Severity};
use crate::say;
use crate::statute::{Column, Row};
use anyhow::{Context, bail};
use overview::{BodyRow, Overview, State, group_of};
use rounds::{Earlier, ReportKey, in_round};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::{BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The end of a letter's file name, after the name of the report's file.
const LETTER: &str = "审核意见.html";
/// The end of the file name of a copy with comments, after the name of the report's file.
const COMMENTED: &str = "批注.docx";
/// The overview.
const OVERVIEW: &str = "总览.html";
/// The overview as a workbook.
const WORKBOOK: &str = "总览.xlsx";

/// A figure of the workbook.
#[derive(Debug)]
struct WorkbookFigure {
    table: u8,
    row: &'static str,
    column: String,
    value: Option<f64>,
    text: String,
}

/// The outcome of one file.
struct Reviewed {
    checked: Option<Checked>,
    /// The reports in it, in order.
    heads: Vec<ReportHead>,
    /// For each finding, the index of its report, and its item in the letter.
    items: Vec<(usize, LetterItem)>,
    figures: Vec<WorkbookFigure>,
    /// A copy of the file with the findings as comments, if it is requested and possible.
    commented: Option<Vec<u8>>,
    failure: Option<Failure>,
}

/// Reviews the folder that `arguments` name.
pub(super) fn review(arguments: &Review, language: Option<Language>) -> anyhow::Result<Exit> {
    let paths = [arguments.folder.clone()];
    let reading = &arguments.reading;
    let scope =
        RunScope { select: arguments.select.as_deref(), ignore: arguments.ignore.as_deref(), ..reading.scope(&paths) };
    let mut configurations = Configurations::new(&scope, language)?;
    let spoken = configurations.language();
    if !arguments.folder.is_dir() {
        let shown = arguments.folder.display();
        bail!(say!(spoken, "{shown}: 不是文件夹", "{shown}: there is no such folder"));
    }
    let mut gathered = gather(&paths, None, spoken)?;
    configurations.find(&scope, &gathered)?;
    configurations.exclude(&scope, &mut gathered)?;
    // The files that a review writes are not reports.
    let written = [Some(&arguments.out), arguments.previous.as_ref()];
    let written: Vec<PathBuf> = written.into_iter().flatten().map(|path| resolve(&path.join("_"))).collect();
    let is_written = |path: &Path| {
        let path = resolve(path);
        written.iter().filter_map(|inside| inside.parent()).any(|folder| path.starts_with(folder))
    };
    gathered.inputs.retain(|input| match &input.source {
        Source::File(path) => !is_written(path) && !is_of_review(path),
        Source::Stdin => true,
    })?;
    gathered.passed_over.retain(|file| !is_written(&file.path));
    let language = configurations.language();
    let earlier = arguments.previous.as_deref().map(|folder| Earlier::read(folder, language)).transpose()?;
    std::fs::create_dir_all(&arguments.out).with_context(|| unwritable(&arguments.out, language))?;

    let Gathered { inputs, failures, passed_over, .. } = gathered;
    let mut progress = Progress::new(2 * inputs.len(), reading.quiet);
    let jobs = jobs(reading.jobs);
    let manner = Manner { encoding: reading.encoding, jobs, fixes: None, known: &BTreeSet::new(), read_again: true };
    let surroundings = Surroundings::of(&inputs, &configurations, manner, &mut progress)?;
    let letters = LetterNames::of(inputs.iter(), &arguments.folder);
    let mut desk = ReviewWriter::new(arguments, &configurations, &surroundings, earlier, failures)?;
    in_order(
        inputs.len(),
        jobs,
        |index| {
            let input = inputs.get(index)?;
            let manner = (reading.encoding, arguments.comments);
            let reviewed = one(index, &input, manner, &configurations, &surroundings);
            Ok((input, reviewed))
        },
        |index, outcome: std::io::Result<_>| {
            let (input, reviewed) = outcome?;
            desk.take(index, &input, &letters.name(&input), reviewed)?;
            progress.advance();
            anyhow::Ok(())
        },
    )?;
    drop(progress);
    desk.finish(&scope, &inputs, passed_over.len())
}

/// Whether `path` has the name of a file that a review writes.
fn is_of_review(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    [LETTER, COMMENTED, OVERVIEW].iter().any(|end| name.ends_with(end))
}

fn unwritable(path: &Path, language: Language) -> String {
    let path = path.display();
    say!(language, "{path}: 无法写入", "{path}: cannot be written")
}

/// The paths of the letters in their folder: those of the reports in theirs.
struct LetterNames<'a> {
    folder: &'a Path,
    /// Hashes of the paths without extensions that several files have. The extensions are part of the names of their
    /// letters.
    shared: BTreeSet<u64>,
}

impl LetterNames<'_> {
    fn of(inputs: impl Iterator<Item = Input>, folder: &Path) -> LetterNames<'_> {
        let mut names = LetterNames { folder, shared: BTreeSet::new() };
        let mut hashes: Vec<u64> = inputs.map(|input| hash_of(&names.path(&input).with_extension(""))).collect();
        hashes.sort_unstable();
        names.shared = hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        names
    }

    /// The path of `input` in its folder.
    fn path(&self, input: &Input) -> PathBuf {
        match &input.source {
            Source::File(path) => path.strip_prefix(self.folder).unwrap_or(path).to_owned(),
            Source::Stdin => PathBuf::from(&input.name),
        }
    }

    /// The path of the letter about `input`.
    fn name(&self, input: &Input) -> PathBuf {
        let path = self.path(input);
        let short = path.with_extension("");
        let named = if self.shared.contains(&hash_of(&short)) { path } else { short };
        let file = named.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        named.with_file_name(format!("{file}.{LETTER}"))
    }
}

/// The same in every run.
fn hash_of(path: &Path) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}

fn one(
    index: usize,
    input: &Input,
    (encoding, comments): (Option<Charset>, bool),
    configurations: &Configurations,
    surroundings: &Surroundings,
) -> Reviewed {
    let settings = configurations.settings(input);
    let language = settings.language;
    let failed = |failure| Reviewed {
        checked: None,
        heads: Vec::new(),
        items: Vec::new(),
        figures: Vec::new(),
        commented: None,
        failure: Some(failure),
    };
    let (file, document) = match surroundings.take(index) {
        Some(ReadFile { file, document }) => (file, Some(document)),
        None => match input.read(encoding, language) {
            Ok(file) => (file, None),
            Err(failure) => return failed(failure),
        },
    };
    // The core should never panic; if it does, the other files are still reviewed.
    let work = || {
        let document = document.unwrap_or_else(|| file.document());
        let neighbours = surroundings.beside(index, input, &document, configurations);
        let given = configurations.given(input);
        let heads = report_heads(&document, &input.name, &given);
        let figures = figure_rows(&document, &input.name, &given).into_iter().map(figure).collect();
        let analysis = Analysis::beside(document, Arc::clone(&settings), neighbours);
        let mut checked = checked_of(&input.name, &analysis, Form::of(&file));
        if let OpenedFile::Word(word) = &file {
            word.keep_writable(&mut checked.findings);
        }
        let items = checked.findings.iter().zip(&checked.identities).map(|(finding, identity)| {
            (report_at(&heads, finding.span.start), letter_item(&analysis, finding, identity))
        });
        let items: Vec<(usize, LetterItem)> = items.collect();
        let mut reviewed = Reviewed { checked: None, heads, items, figures, commented: None, failure: None };
        if let (true, OpenedFile::Word(word)) = (comments, &file) {
            match word.with_comments(&comments_of(&checked, &reviewed.items, language), &commenter(language)) {
                Ok(copy) => reviewed.commented = Some(copy),
                Err(error) => {
                    let message = not_word(error, language);
                    reviewed.failure = Some(Failure { name: input.name.clone(), message });
                }
            }
        }
        Reviewed { checked: Some(checked), ..reviewed }
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        failed(Failure {
            name: input.name.clone(),
            message: say!(
                language,
                "审核时程序出错，未能完成：请报告此问题",
                "the review broke off because of an error in the program: please report it"
            ),
        })
    })
}

/// The author of the comments, without a date, so that the same report results in the same copy.
fn commenter(language: Language) -> Commenter {
    Commenter { author: words::COMMENTER[language as usize].to_owned(), date: None }
}

/// A comment for each finding that has a place: the problem, its legal basis, the proposed change.
fn comments_of(checked: &Checked, items: &[(usize, LetterItem)], language: Language) -> Vec<Comment> {
    let labelled = |words: words::Bilingual, text: &str| {
        let colon = ["：", ": "][language as usize];
        format!("{}{colon}{text}", words[language as usize])
    };
    let comment = |(finding, (_, item)): (&Finding, &(usize, LetterItem))| {
        let mut paragraphs = vec![labelled(words::heading(item.severity), &item.message)];
        if !item.basis.is_empty() {
            paragraphs.push(labelled(words::BASIS, &item.basis));
        }
        if !item.proposals.is_empty() {
            paragraphs.push(labelled(words::PROPOSED, &item.proposals.join(words::OR[language as usize])));
        }
        Comment { span: finding.span, paragraphs }
    };
    checked.findings.iter().zip(items).map(comment).collect()
}

fn figure(row: FigureRow<'_>) -> WorkbookFigure {
    let FigureRow { table, row, column, value, text, .. } = row;
    WorkbookFigure { table, row, column: column.into_owned(), value, text }
}

/// Writes the results, file by file.
struct ReviewWriter<'a> {
    arguments: &'a Review,
    configurations: &'a Configurations,
    surroundings: &'a Surroundings,
    language: Language,
    earlier: Option<Earlier>,
    failures: Vec<Failure>,
    json: BufWriter<File>,
    /// How many findings were written to the list.
    listed: usize,
    tables: Tables,
    findings: SheetId,
    figures: SheetId,
    overview: Overview,
    letters: usize,
    exemptions_used: UsedExemptions,
    /// The bodies that have reports.
    bodies: Sorter<KnownBody>,
    /// How many of them were noted.
    noted: u64,
    latest_year: Option<u16>,
    /// Whether any of them is a member of a region.
    any_members: bool,
}

/// A body that has a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct KnownBody {
    key: u64,
    /// Its number, in the order of the files.
    number: u64,
    name: String,
    year: u16,
    is_member: bool,
}

impl StoredAsJson for KnownBody {}

impl<'a> ReviewWriter<'a> {
    fn new(
        arguments: &'a Review,
        configurations: &'a Configurations,
        surroundings: &'a Surroundings,
        earlier: Option<Earlier>,
        failures: Vec<Failure>,
    ) -> anyhow::Result<ReviewWriter<'a>> {
        let language = configurations.language();
        let path = arguments.out.join(rounds::FILE);
        let mut json = BufWriter::new(extract::create(&path, language)?);
        json.write_all(b"[")?;
        let mut tables = Tables::new()?;
        let of = |words: words::Bilingual| words[language as usize];
        let findings = tables.sheet(
            of(words::SHEET_FINDINGS),
            &[
                (of(words::BODY), 28.0),
                (of(words::YEAR), 7.0),
                (of(words::SEVERITY), 8.0),
                (of(words::RULE), 8.0),
                (of(words::RULE_NAME), 24.0),
                (of(words::PLACE), 40.0),
                (of(words::FINDING), 70.0),
                (of(words::PROPOSED), 40.0),
                (of(words::ROUND), 9.0),
                (of(words::FILE), 40.0),
                (of(words::FINGERPRINT), 20.0),
            ],
        )?;
        let figures = tables.sheet(
            of(words::SHEET_FIGURES),
            &[
                (of(words::BODY), 28.0),
                (of(words::YEAR), 7.0),
                (of(words::TABLE_HEAD), 6.0),
                (of(words::ROW_HEAD), 40.0),
                (of(words::COLUMN_HEAD), 28.0),
                (of(words::VALUE), 12.0),
                (of(words::TEXT), 14.0),
                (of(words::FILE), 40.0),
            ],
        )?;
        let overview = Overview::new(earlier.is_some());
        Ok(ReviewWriter {
            arguments,
            configurations,
            surroundings,
            language,
            earlier,
            failures,
            json,
            listed: 0,
            tables,
            findings,
            figures,
            overview,
            letters: 0,
            exemptions_used: UsedExemptions::default(),
            bodies: Sorter::new(),
            noted: 0,
            latest_year: None,
            any_members: false,
        })
    }

    fn take(&mut self, index: usize, input: &Input, letter: &Path, reviewed: Reviewed) -> anyhow::Result<()> {
        let Reviewed { checked, heads, items, figures, commented, failure } = reviewed;
        if let Some(failure) = failure {
            if checked.is_none() {
                let row = BodyRow { file: failure.name.clone(), state: State::Unreadable, ..BodyRow::default() };
                self.overview.add(row)?;
            }
            self.failures.push(failure);
        }
        let Some(checked) = checked else { return Ok(()) };
        self.configurations.note_used(input, &checked.exemptions_used, &mut self.exemptions_used);
        if checked.kind != FileKind::Report {
            let row = BodyRow { file: checked.name, state: State::NotAReport, ..BodyRow::default() };
            self.overview.add(row)?;
            return Ok(());
        }
        let reports: Vec<Addressed> = heads.iter().map(Addressed::from).collect();
        let mut letter_of = Letter { reports, is_second_round: self.earlier.is_some() };
        let shown = letter.to_string_lossy().replace('\\', "/");
        let mut rows: Vec<BodyRow> = heads
            .iter()
            .map(|head| BodyRow {
                body: head.body.clone().unwrap_or_default(),
                year: head.year,
                file: checked.name.clone(),
                letter: Some(shown.clone()),
                ..BodyRow::default()
            })
            .collect();
        self.other_handling(index, &mut rows);
        self.note_bodies(input, &heads)?;
        self.items(&checked, &heads, items, &mut letter_of, &mut rows)?;
        self.what_was_fixed(&checked.name, &heads, &mut letter_of, &mut rows)?;
        self.count_rules(&checked);
        let head = heads.first();
        for figure in figures {
            let text = SheetCell::from(figure.text);
            let value = figure.value.map_or(SheetCell::Blank, SheetCell::Number);
            self.tables.add(
                self.figures,
                [
                    SheetCell::from(head.and_then(|head| head.body.as_deref()).unwrap_or_default()),
                    head.and_then(|head| head.year).map_or(SheetCell::Blank, |year| SheetCell::Number(year.into())),
                    SheetCell::Number(figure.table.into()),
                    figure.row.into(),
                    figure.column.into(),
                    value,
                    text,
                    checked.name.as_str().into(),
                ],
            )?;
        }
        rows.into_iter().try_for_each(|row| self.overview.add(row))?;
        let path = self.arguments.out.join(letter);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| unwritable(folder, self.language))?;
        }
        let page = letter_of.page(self.language);
        std::fs::write(&path, page).with_context(|| unwritable(&path, self.language))?;
        self.letters += 1;
        if let Some(copy) = commented {
            let name = letter.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let path = path.with_file_name(name.replace(LETTER, COMMENTED));
            std::fs::write(&path, copy).with_context(|| unwritable(&path, self.language))?;
        }
        Ok(())
    }

    /// Sets 其他处理 and （七）总计 in `rows`, which belong to input `index`.
    fn other_handling(&self, index: usize, rows: &mut [BodyRow]) {
        for digest in self.surroundings.of_input(index) {
            let is_it = |row: &&mut BodyRow| row.year == Some(digest.year) && row.body == digest.body;
            if let Some(row) = rows.iter_mut().find(is_it) {
                row.other = other_handling(&digest);
            }
        }
    }

    fn note_bodies(&mut self, input: &Input, heads: &[ReportHead]) -> std::io::Result<()> {
        let is_member = matches!(self.configurations.stated(input).role, RegionRole::Member(_));
        for head in heads {
            let (Some(body), Some(year)) = (&head.body, head.year) else { continue };
            let (key, number) = (body_key(body), self.noted);
            self.bodies.add(KnownBody { key, number, name: body.clone(), year, is_member })?;
            self.noted += 1;
            self.latest_year = self.latest_year.max(Some(year));
            self.any_members |= is_member;
        }
        Ok(())
    }

    /// Writes every finding of `checked`, and adds it to the letter and the overview.
    fn items(
        &mut self,
        checked: &Checked,
        heads: &[ReportHead],
        items: Vec<(usize, LetterItem)>,
        letter: &mut Letter,
        rows: &mut [BodyRow],
    ) -> anyhow::Result<()> {
        for (index, (report, mut item)) in items.into_iter().enumerate() {
            let fingerprint = &checked.identities[index].fingerprint;
            if let Some(earlier) = &mut self.earlier {
                item.round = earlier.round_of(fingerprint);
            }
            let head = heads.get(report);
            let (body, year) = (head.and_then(|head| head.body.as_deref()), head.and_then(|head| head.year));
            let json = output::reviewed(checked, index, (item.round.key(), body, year))?;
            self.list(&json)?;
            self.sheet_row(
                body,
                year,
                &item,
                checked.findings[index].rule.title(self.language),
                &checked.name,
                fingerprint,
            )?;
            if let Some(row) = rows.get_mut(report) {
                *number_of(item.severity, &mut row.counts) += 1;
                if let Some(group) = group_of(item.code).filter(|_| item.severity > Severity::Info) {
                    row.by_group[group] += 1;
                }
                let round = [Round::Fixed, Round::Remaining, Round::New].iter().position(|round| *round == item.round);
                row.rounds[round.unwrap_or(2)] += 1;
                if item.code == "GK123" && item.severity > Severity::Info {
                    row.state = State::Late;
                }
            }
            if let Some(report) = letter.reports.get_mut(report) {
                report.items.push(item);
            }
        }
        Ok(())
    }

    fn sheet_row(
        &mut self,
        body: Option<&str>,
        year: Option<u16>,
        item: &LetterItem,
        title: &str,
        file: &str,
        fingerprint: &str,
    ) -> anyhow::Result<()> {
        let language = self.language;
        let round = match self.earlier {
            Some(_) => SheetCell::from(item.round.words()[language as usize]),
            None => SheetCell::Blank,
        };
        let proposal = item.proposals.join(words::OR[language as usize]);
        self.tables.add(
            self.findings,
            [
                SheetCell::from(body.unwrap_or_default()),
                year.map_or(SheetCell::Blank, |year| SheetCell::Number(year.into())),
                severity_word(item.severity, language).into(),
                item.code.into(),
                title.into(),
                item.place.as_str().into(),
                item.message.as_str().into(),
                if proposal.is_empty() { SheetCell::Blank } else { proposal.into() },
                round,
                file.into(),
                fingerprint.into(),
            ],
        )?;
        Ok(())
    }

    /// Adds the findings of the last review that are fixed in these reports.
    fn what_was_fixed(
        &mut self,
        name: &str,
        heads: &[ReportHead],
        letter: &mut Letter,
        rows: &mut [BodyRow],
    ) -> anyhow::Result<()> {
        let Some(earlier) = &mut self.earlier else { return Ok(()) };
        let key = |head: &ReportHead| {
            ReportKey::of(head.body.as_deref().unwrap_or_default(), head.year.unwrap_or_default().into(), name)
        };
        let keys: Vec<ReportKey> = heads.iter().map(key).collect();
        let fixed = earlier.fixed(heads.iter().map(key).chain([ReportKey::of_file(name)]))?;
        for finding in fixed {
            let (body, year, _) = rounds::report_of(&finding);
            let index = keys.iter().position(|key| *key == ReportKey::of(&body, year, name)).unwrap_or_default();
            if let Some(report) = letter.reports.get_mut(index) {
                report.fixed.push(rounds::message(&finding));
            }
            if let Some(row) = rows.get_mut(index) {
                row.rounds[0] += 1;
            }
            let json = serde_json::to_string_pretty(&Value::Object(in_round(finding, Round::Fixed)))?;
            self.list(&json)?;
        }
        Ok(())
    }

    fn count_rules(&mut self, checked: &Checked) {
        let mut seen = BTreeSet::new();
        for finding in &checked.findings {
            let counted = self.overview.rules.entry(finding.rule.code).or_insert((finding.rule, 0, 0));
            counted.1 += 1;
            counted.2 += usize::from(seen.insert(finding.rule.code));
        }
    }

    /// Adds a finding to the list.
    fn list(&mut self, json: &str) -> anyhow::Result<()> {
        let comma = if self.listed == 0 { "\n" } else { ",\n" };
        self.json.write_all(format!("{comma}{}", indented(json, 2)).as_bytes())?;
        self.listed += 1;
        Ok(())
    }

    fn finish(mut self, scope: &RunScope<'_>, inputs: &Inputs, passed_over: usize) -> anyhow::Result<Exit> {
        let language = self.language;
        if self.failures.is_empty() {
            let missing = |region| self.surroundings.missing(region);
            for checked in self.configurations.findings(scope, inputs, &self.exemptions_used, missing) {
                self.configuration(&checked)?;
            }
        }
        let not_this_time = self.not_this_time()?;
        self.missing(&not_this_time)?;
        self.json.write_all(if self.listed == 0 { b"]\n" } else { b"\n]\n" })?;
        self.json.flush()?;
        let out = &self.arguments.out;
        let create = |name: &str| extract::create(&out.join(name), language);
        let unwritten = |name: &str| unwritable(&out.join(name), language);
        let mut page = BufWriter::new(create(OVERVIEW)?);
        let totals = self.overview.write(&mut page, &mut self.tables, language);
        let totals =
            totals.and_then(|totals| Ok(page.flush().map(|()| totals)?)).with_context(|| unwritten(OVERVIEW))?;
        let mut workbook = BufWriter::new(create(WORKBOOK)?);
        self.tables.finish(&mut workbook).with_context(|| unwritten(WORKBOOK))?;
        workbook.flush().with_context(|| unwritten(WORKBOOK))?;
        self.failures.sort_by(|a, b| a.name.cmp(&b.name));
        for failure in &self.failures {
            print_error(language, &format!("{}: {}", failure.name, failure.message));
        }
        if !self.arguments.reading.quiet {
            let (letters, out) = (self.letters, self.arguments.out.display());
            let [errors, warnings, hints] = totals.counts;
            say_line(&say!(
                language,
                "已审核报告文件 {letters} 个：须修改 {errors} 处，请核实 {warnings} 处，提示 {hints} 条；跳过 {passed_over} 个其他文件",
                "reviewed {letters} files with reports: {errors} to be changed, {warnings} to be checked, {hints} hints; \
                 passed over {passed_over} others"
            ));
            say_line(&say!(language, "已写入 {out}：先看{OVERVIEW}", "written to {out}: start with {OVERVIEW}"));
        }
        Ok(if self.failures.is_empty() { Exit::Clean } else { Exit::Trouble })
    }

    /// Adds the findings in a configuration file.
    fn configuration(&mut self, checked: &Checked) -> anyhow::Result<()> {
        for index in 0..checked.findings.len() {
            let fingerprint = &checked.identities[index].fingerprint;
            let round = self.earlier.as_mut().map_or(Round::New, |earlier| earlier.round_of(fingerprint));
            let json = output::reviewed(checked, index, (round.key(), None, None))?;
            self.list(&json)?;
        }
        self.count_rules(checked);
        Ok(())
    }

    /// Adds the bodies that have a report for the year before the latest, but none for the latest, except those of the
    /// reports in `not_this_time`.
    fn missing(&mut self, not_this_time: &HashSet<ReportKey>) -> anyhow::Result<()> {
        let bodies = std::mem::replace(&mut self.bodies, Sorter::new());
        let Some(latest) = self.latest_year else { return Ok(()) };
        let (any_members, overview) = (self.any_members, &mut self.overview);
        let mut add = |body: BodyYears| {
            let BodyYears { name, is_member, has_last, has_latest, .. } = body;
            let is_wanted = is_member || !any_members;
            if has_last && !has_latest && is_wanted && !not_this_time.contains(&ReportKey::of(&name, latest.into(), ""))
            {
                overview.add(BodyRow {
                    body: name,
                    year: Some(latest),
                    state: State::Missing,
                    ..BodyRow::default()
                })?;
            }
            anyhow::Ok(())
        };
        let mut last: Option<BodyYears> = None;
        bodies.each(|KnownBody { key, name, year, is_member, .. }| {
            if last.as_ref().is_none_or(|last| last.key != key) {
                let new = BodyYears { key, name, is_member: false, has_last: false, has_latest: false };
                last.replace(new).map_or(Ok(()), &mut add)?;
            }
            if let Some(body) = &mut last {
                body.is_member |= is_member;
                body.has_latest |= year == latest;
                body.has_last |= year + 1 == latest;
            }
            anyhow::Ok(())
        })?;
        last.map_or(Ok(()), add)
    }

    /// Adds the findings of the last review whose reports are missing now: they remain. Returns these reports.
    fn not_this_time(&mut self) -> anyhow::Result<HashSet<ReportKey>> {
        let mut reports = HashSet::new();
        let Some(earlier) = self.earlier.take() else { return Ok(reports) };
        let mut findings = Sorter::new();
        let mut number = 0;
        earlier.rest(|finding| {
            let (body, year, file) = rounds::report_of(&finding);
            if !body.is_empty() {
                findings.add(ReportFinding { body, year, number, file })?;
                number += 1;
            }
            let json = serde_json::to_string_pretty(&Value::Object(in_round(finding, Round::Remaining)))?;
            self.list(&json)
        })?;
        let mut last: Option<BodyRow> = None;
        let overview = &mut self.overview;
        findings.each(|ReportFinding { body, year, file, .. }| {
            let year = u16::try_from(year).ok().filter(|year| *year > 0);
            if last.as_ref().is_none_or(|row| row.body != body || row.year != year) {
                reports.insert(ReportKey::of(&body, year.unwrap_or_default().into(), &file));
                let new = BodyRow { body, year, file, state: State::NotThisTime, ..BodyRow::default() };
                last.replace(new).map_or(Ok(()), |row| overview.add(row))?;
            }
            if let Some(row) = &mut last {
                row.rounds[1] += 1;
            }
            anyhow::Ok(())
        })?;
        last.map_or(Ok(()), |row| overview.add(row))?;
        Ok(reports)
    }
}

/// The years of a body, as far as they matter.
struct BodyYears {
    key: u64,
    name: String,
    is_member: bool,
    /// Whether it has a report for the year before the latest one.
    has_last: bool,
    has_latest: bool,
}

/// The report of a finding of the last review, and the number of the finding.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct ReportFinding {
    body: String,
    year: u64,
    number: u64,
    file: String,
}

impl StoredAsJson for ReportFinding {}

/// 其他处理 and （七）总计, if both can be read.
fn other_handling(digest: &Digest) -> Option<(i64, i64)> {
    let figure = |row| digest.figure(row, Column::AllApplicants).map(|value| value / 10_000);
    let parts = [Row::OtherHandling, Row::NotCorrected, Row::FeeNotPaid, Row::OtherOutcome].map(figure);
    let other = parts.into_iter().flatten().reduce(|sum, part| sum + part)?;
    Some((other, figure(Row::Handled)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_called_as_the_reports() {
        let input = |path: &str| Input { name: path.to_owned(), source: Source::File(path.into()), is_named: false };
        let inputs = ["r/a.txt", "r/b.txt", "r/b.md", "r/x/a.docx", "r/云岭县水务局2023.5.txt"].map(input);
        let names = LetterNames::of(inputs.iter().cloned(), Path::new("r"));
        let names: Vec<String> = inputs.iter().map(|input| names.name(input).display().to_string()).collect();
        assert_eq!(
            names,
            [
                "a.审核意见.html",
                "b.txt.审核意见.html",
                "b.md.审核意见.html",
                "x/a.审核意见.html",
                "云岭县水务局2023.5.审核意见.html"
            ]
        );
    }
}
